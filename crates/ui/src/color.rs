//! Legible colours from any brand colour (WCAG 2.2, success criteria 1.4.3 and 1.4.11).

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// White.
pub const WHITE: Rgb = Rgb(255, 255, 255);
/// Black.
pub const BLACK: Rgb = Rgb(0, 0, 0);

/// The least contrast of text against what it stands on.
pub const TEXT_CONTRAST: f64 = 4.5;
/// The least contrast of a control's edge against the page.
pub const EDGE_CONTRAST: f64 = 3.0;

impl Rgb {
    /// Reads `#RGB` or `#RRGGBB`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        if !digits.chars().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(digits, 16).ok()?;
        let byte = |shift: u32| u8::try_from(value >> shift & 0xff).unwrap_or_default();
        let nibble = |shift: u32| u8::try_from((value >> shift & 0xf) * 17).unwrap_or_default();
        match digits.len() {
            3 => Some(Self(nibble(8), nibble(4), nibble(0))),
            6 => Some(Self(byte(16), byte(8), byte(0))),
            _ => None,
        }
    }

    /// Writes `#rrggbb`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// The WCAG contrast ratio of two colours, rounded down to two decimals.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
        (ratio * 100.0 + 1e-9).floor() / 100.0
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Moves each channel toward `end` by `percent` of the way, rounding half up.
    fn toward(self, end: Self, percent: u32) -> Self {
        let step = |from: u8, to: u8| {
            let mixed = (f64::from(from) * f64::from(100 - percent)
                + f64::from(to) * f64::from(percent))
                / 100.0;
            // Between 0 and 255 by construction.
            (mixed + 0.5).floor() as u8
        };
        Self(
            step(self.0, end.0),
            step(self.1, end.1),
            step(self.2, end.2),
        )
    }
}

/// What a brand colour becomes on one page colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrandColors {
    /// The fill of the main button.
    pub fill: Rgb,
    /// Text on the fill: white or black, whichever contrasts more.
    pub on_fill: Rgb,
    /// Brand-coloured text and icons on the page.
    pub text: Rgb,
    /// The edge a fill needs where it would hardly stand out from the page.
    pub edge: Option<Rgb>,
}

/// Makes a brand colour legible on a page, darker text on light pages, lighter text on dark ones.
#[must_use]
pub fn brand_colors(brand: Rgb, page: Rgb) -> BrandColors {
    let on_fill = if brand.contrast(WHITE) >= brand.contrast(BLACK) {
        WHITE
    } else {
        BLACK
    };
    let end = if page.contrast(BLACK) >= page.contrast(WHITE) {
        BLACK
    } else {
        WHITE
    };
    let text = (0..=100)
        .map(|percent| brand.toward(end, percent))
        .find(|color| color.contrast(page) >= TEXT_CONTRAST)
        .unwrap_or(end);
    let edge = (brand.contrast(page) < EDGE_CONTRAST).then_some(text);
    BrandColors {
        fill: brand,
        on_fill,
        text,
        edge,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_a_colour_are_read() {
        assert_eq!(Rgb::parse("#abc"), Some(Rgb(0xaa, 0xbb, 0xcc)));
        assert_eq!(Rgb::parse("#1D4ED8"), Some(Rgb(0x1d, 0x4e, 0xd8)));
        for wrong in ["1D4ED8", "#12345", "#12x", "#+12345", "red", ""] {
            assert_eq!(Rgb::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn black_on_white_contrasts_twenty_one_to_one() {
        assert!((BLACK.contrast(WHITE) - 21.0).abs() < f64::EPSILON);
    }

    #[test]
    fn text_on_a_brand_fill_is_always_legible() {
        for red in (0..=255u8).step_by(15) {
            for green in (0..=255u8).step_by(15) {
                for blue in (0..=255u8).step_by(15) {
                    let brand = Rgb(red, green, blue);
                    let colors = brand_colors(brand, WHITE);
                    assert!(colors.on_fill.contrast(brand) >= 4.58, "{brand:?}");
                }
            }
        }
    }

    #[test]
    fn brand_text_reaches_the_contrast_of_text_on_light_and_dark_pages() {
        for page in [WHITE, Rgb(0xf6, 0xf7, 0xf9), Rgb(0x12, 0x16, 0x1d)] {
            for brand in ["#ffff00", "#1d4ed8", "#000000", "#ffffff", "#7fd4c1"] {
                let brand = Rgb::parse(brand).unwrap();
                assert!(brand_colors(brand, page).text.contrast(page) >= TEXT_CONTRAST);
            }
        }
    }

    #[test]
    fn a_legible_brand_keeps_its_colour_and_needs_no_edge() {
        let blue = Rgb::parse("#1d4ed8").unwrap();
        let colors = brand_colors(blue, WHITE);
        assert_eq!(
            (colors.text, colors.edge, colors.on_fill),
            (blue, None, WHITE)
        );
    }

    #[test]
    fn a_pale_fill_gets_an_edge_in_the_colour_of_brand_text() {
        let colors = brand_colors(Rgb::parse("#ffee88").unwrap(), WHITE);
        assert_eq!(colors.edge, Some(colors.text));
        assert_eq!(colors.on_fill, BLACK);
    }
}
