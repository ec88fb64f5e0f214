//! The icons of the apps, as symbols inside the page: one file fewer to fetch, and they take the
//! colour of the text around them.

use std::fs;

use super::tools;
use crate::process::{Outcome, file_error};
use crate::workspace::Workspace;

/// The symbols named in `crates/ui/icons.txt`.
pub(super) fn symbols(workspace: &Workspace) -> Outcome<String> {
    let list = workspace.path("crates/ui/icons.txt");
    let names = fs::read_to_string(&list).map_err(|error| file_error("read", &list, &error))?;
    let folder = tools(workspace).join("node_modules/lucide-static/icons");
    let mut symbols = String::new();
    for name in names.lines().map(str::trim) {
        if name.is_empty() || name.starts_with('#') {
            continue;
        }
        let file = folder.join(format!("{name}.svg"));
        let picture =
            fs::read_to_string(&file).map_err(|error| file_error("read", &file, &error))?;
        let shapes =
            shapes(&picture).ok_or_else(|| format!("{} is not a picture", file.display()))?;
        symbols.push_str(&format!(
            "<symbol id=\"i-{name}\" viewBox=\"0 0 24 24\">{shapes}</symbol>"
        ));
    }
    Ok(symbols)
}

/// What stands inside the `svg` element, on one line.
fn shapes(picture: &str) -> Option<String> {
    let from = picture.find("<svg")?;
    let inside = picture.get(from..)?;
    let start = inside.find('>')? + 1;
    let end = inside.rfind("</svg>")?;
    let lines = inside.get(start..end)?.lines().map(str::trim);
    Some(lines.collect())
}

#[cfg(test)]
mod tests {
    use super::shapes;

    #[test]
    fn only_the_shapes_of_a_picture_are_kept() {
        let picture =
            "<!-- licence -->\n<svg\n  width=\"24\"\n>\n  <path d=\"M8 2v3\" />\n</svg>\n";
        assert_eq!(shapes(picture).as_deref(), Some("<path d=\"M8 2v3\" />"));
    }
}
