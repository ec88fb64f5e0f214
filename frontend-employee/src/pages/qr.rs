//! A short text as a QR code (ISO/IEC 18004).

use qrcode::{Color, QrCode};
use salus_ui::Text;
use std::fmt::Write;
use yew::prelude::*;

/// The empty squares around a code, without which scanners do not find it.
const AROUND: usize = 4;

/// The dark squares of a text's code as the path of a picture, and how many squares it is wide; nothing
/// where the text is too long.
fn squares(text: &str) -> Option<(String, usize)> {
    let code = QrCode::new(text.as_bytes()).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            let (x, y) = (at % width + AROUND, at / width + AROUND);
            write!(path, "M{x} {y}h1v1h-1z").ok()?;
        }
    }
    Some((path, width + 2 * AROUND))
}

/// What is typed at a clinic's door, or held before the reader there.
pub(crate) fn check_in_code(t: &Text, code: &str) -> Html {
    html! {
        <div class="stack">
            <strong class="numbers">{ code.to_owned() }</strong>
            { qr(code, t.text("appointment-check-in-qr")) }
        </div>
    }
}

/// A text as a picture that scanners read: just the text, and nothing else.
fn qr(text: &str, label: AttrValue) -> Html {
    let Some((path, width)) = squares(text) else {
        return Html::default();
    };
    let (view_box, side) = (format!("0 0 {width} {width}"), width.to_string());
    html! {
        <svg class="qr" viewBox={view_box} role="img" aria-label={label} shape-rendering="crispEdges">
            <rect width={side.clone()} height={side} fill="#fff" />
            <path d={path} fill="#000" />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_in_code_makes_the_smallest_picture() {
        let (_, width) = squares("K7M-2PX").unwrap();
        assert_eq!(width, 21 + 2 * AROUND);
    }

    #[test]
    fn another_code_makes_another_picture() {
        assert_eq!(squares("K7M-2PX"), squares("K7M-2PX"));
        assert_ne!(squares("K7M-2PX"), squares("K7M-2PY"));
    }

    #[test]
    fn a_picture_begins_with_the_mark_by_which_scanners_find_it() {
        let (path, _) = squares("K7M-2PX").unwrap();
        let dark = |x: usize, y: usize| path.contains(&format!("M{} {}h", x + AROUND, y + AROUND));
        let rows = [
            "#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######",
        ];
        for (y, row) in rows.iter().enumerate() {
            for (x, wanted) in row.chars().enumerate() {
                assert_eq!(dark(x, y), wanted == '#', "at {x}, {y}");
            }
        }
    }
}
