//! A portal's look: name, logo, colour, words, modules. Applied while the app runs.

use crate::color::{Rgb, brand_colors};
use crate::i18n::Terms;
use serde::Deserialize;

/// How a portal presents itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Look {
    /// The portal's address name.
    pub slug: Option<String>,
    /// The name beside the logo.
    pub name: Option<String>,
    /// Address of the logo.
    pub logo_url: Option<String>,
    /// What the logo shows, in words.
    pub logo_alt: Option<String>,
    /// The brand colour, `#RRGGBB`.
    pub brand_color: Option<String>,
    /// The portal's modules in their order.
    pub modules: Vec<Module>,
    /// The portal's own words for the replaceable terms.
    #[serde(skip)]
    pub terms: Option<Terms>,
}

/// One module of a portal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Module {
    /// Its key, such as `appointments`.
    pub key: String,
    /// The portal's own name for it.
    pub name: Option<String>,
}

/// The surfaces of the two themes on which brand-coloured text is hardest to read: the tint behind
/// the current place, as `styles/tokens.css` mixes it. What is legible there is so everywhere.
const LIGHT_PAGE: Rgb = Rgb(0xe6, 0xe8, 0xec);
const DARK_PAGE: Rgb = Rgb(0x2e, 0x36, 0x42);

/// The custom properties that carry a brand colour; the style sheet picks the theme's set.
#[must_use]
pub fn brand_properties(brand: Rgb) -> Vec<(&'static str, String)> {
    let light = brand_colors(brand, LIGHT_PAGE);
    let dark = brand_colors(brand, DARK_PAGE);
    let edge = |edge: Option<Rgb>| edge.map_or_else(|| "transparent".to_owned(), Rgb::hex);
    vec![
        ("--brand", light.fill.hex()),
        ("--on-brand", light.on_fill.hex()),
        ("--brand-text-light", light.text.hex()),
        ("--brand-edge-light", edge(light.edge)),
        ("--brand-text-dark", dark.text.hex()),
        ("--brand-edge-dark", edge(dark.edge)),
    ]
}

/// Puts a look on the page; `None` takes it off again.
#[cfg(target_arch = "wasm32")]
pub fn wear(look: Option<&Look>) {
    use wasm_bindgen::JsCast;
    let Some(root) = gloo::utils::document()
        .document_element()
        .and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok())
    else {
        return;
    };
    let brand = look.and_then(|look| Rgb::parse(look.brand_color.as_deref()?));
    match brand {
        Some(brand) => {
            for (name, value) in brand_properties(brand) {
                let _ = root.style().set_property(name, &value);
            }
        }
        None => {
            for (name, _) in brand_properties(LIGHT_PAGE) {
                let _ = root.style().remove_property(name);
            }
        }
    }
}

/// Outside a browser there is no page to dress.
#[cfg(not(target_arch = "wasm32"))]
pub fn wear(_look: Option<&Look>) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brand_colour_becomes_one_set_of_properties_for_each_theme() {
        let properties = brand_properties(Rgb(0x1d, 0x4e, 0xd8));
        let value = |name: &str| {
            let found = properties.iter().find(|(property, _)| *property == name);
            found.map(|(_, value)| value.as_str())
        };
        assert_eq!(value("--brand"), Some("#1d4ed8"));
        assert_eq!(value("--on-brand"), Some("#ffffff"));
        assert_eq!(value("--brand-text-light"), Some("#1d4ed8"));
        assert_ne!(value("--brand-text-dark"), Some("#1d4ed8"));
    }
}
