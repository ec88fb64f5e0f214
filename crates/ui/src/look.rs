//! A portal's look: name, logo, colour, words, modules. Applied while the app runs.

use crate::color::{Rgb, brand_colors};
use crate::i18n::Lang;
use crate::i18n::{Term, Terms};
use salus_types::portals::{Appearance, Module, Portal, PortalChoice};

/// How a portal presents itself and, once somebody is signed in, what it offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Name, logo, colour, words, contacts.
    pub appearance: Appearance,
    /// Its modules in their order; not known before sign-in.
    pub modules: Option<Vec<Module>>,
    /// How many of them stand side by side on the start page.
    pub columns: u8,
    /// What stands above the box of a clinical message.
    pub emergency_text: Option<String>,
    /// The portals one may choose among, where there are several.
    pub choices: Vec<PortalChoice>,
    /// Whether this portal is the only one or the one chosen.
    pub chosen: bool,
}

impl From<Appearance> for Look {
    fn from(appearance: Appearance) -> Self {
        Self {
            appearance,
            modules: None,
            columns: 1,
            emergency_text: None,
            choices: Vec::new(),
            chosen: true,
        }
    }
}

impl From<Portal> for Look {
    fn from(portal: Portal) -> Self {
        Self {
            appearance: portal.appearance,
            modules: Some(portal.modules),
            columns: portal.columns,
            emergency_text: portal.emergency_text,
            choices: portal.choices,
            chosen: portal.chosen,
        }
    }
}

impl Look {
    /// Whether the portal offers a language; one the apps know but the portal does not is not shown.
    #[must_use]
    pub fn offers(&self, lang: Lang) -> bool {
        let offered = &self.appearance.languages;
        offered.iter().any(|tag| tag == lang.language())
    }

    /// The built-in words of a language with the portal's own in their place.
    #[must_use]
    pub fn terms(&self, lang: Lang) -> Terms {
        let mut terms = Terms::built_in(lang);
        let own = &self.appearance.terms;
        if let Some(product) = own.get("product") {
            terms.product.clone_from(&product.singular);
        }
        let replaceable = [
            ("person", &mut terms.person),
            ("supervisor", &mut terms.supervisor),
            ("employer", &mut terms.employer),
            ("applicant", &mut terms.applicant),
            ("portal", &mut terms.portal),
        ];
        for (key, term) in replaceable {
            if let Some(word) = own.get(key) {
                *term = Term::own(&word.singular, &word.plural, lang);
            }
        }
        terms
    }
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
    let brand = look.and_then(|look| Rgb::parse(&look.appearance.brand_color));
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
    fn a_portals_words_replace_the_built_in_ones_with_their_article() {
        let look = Look::from(Appearance {
            slug: "acme".into(),
            audience: "employee".into(),
            name: "Acme Health".into(),
            brand_color: "#1D4ED8".into(),
            logo_url: None,
            logo_alt: None,
            languages: vec!["en".into()],
            default_language: "en".into(),
            terms: [(
                "person".to_owned(),
                salus_types::portals::Term {
                    singular: "associate".into(),
                    plural: "associates".into(),
                },
            )]
            .into(),
            welcome: None,
            support_contacts: vec![],
        });
        let terms = look.terms(crate::i18n::ENGLISH);
        assert_eq!(terms.person.plural, "associates");
        assert_eq!(terms.person.article, "an");
        assert_eq!(terms.supervisor.singular, "supervisor");
    }

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
