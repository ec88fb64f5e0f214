//! A browser's own description, made readable.

use crate::args;
use crate::i18n::Text;
use yew::AttrValue;

/// Browsers by the mark they leave, the imitated after their imitators.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Systems by the mark they leave.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// "Chrome on Windows", or the description itself when it says neither.
pub(crate) fn device_name(t: &Text, described: &str) -> AttrValue {
    let found = |marks: &[(&str, &'static str)]| {
        marks
            .iter()
            .find(|(mark, _)| described.contains(mark))
            .map(|(_, name)| *name)
    };
    // "HeadlessChrome/" and the like carry the mark too.
    match (found(&BROWSERS), found(&SYSTEMS)) {
        (Some(browser), Some(system)) => {
            t.msg("sessions-device", args!(browser = browser, system = system))
        }
        (Some(name), None) | (None, Some(name)) => AttrValue::Static(name),
        (None, None) if described.is_empty() => t.text("sessions-device-unknown"),
        (None, None) => AttrValue::from(described.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::ENGLISH;

    #[test]
    fn browsers_that_imitate_others_are_told_apart() {
        let t = Text::new(ENGLISH);
        let edge =
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0";
        let phone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1";
        assert_eq!(device_name(&t, edge), "Edge on Windows");
        assert_eq!(device_name(&t, phone), "Safari on iPhone");
        assert_eq!(device_name(&t, "salus-client/0.1"), "salus-client/0.1");
    }
}
