//! Portals: what a front door looks like and offers.

pub mod markup;
pub mod modules;
pub mod versions;

use crate::scheduling::reminders::Reminders;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Whom a portal is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PortalAudience {
    /// The people themselves.
    Employee,
    /// Their supervisors.
    Supervisor,
    /// People who may become employees.
    Applicant,
}

impl PortalAudience {
    /// The audience of a stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let all = [Self::Employee, Self::Supervisor, Self::Applicant];
        all.into_iter().find(|audience| audience.as_str() == word)
    }

    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Supervisor => "supervisor",
            Self::Applicant => "applicant",
        }
    }
}

/// A text in several languages, by BCP 47 tag.
pub type Texts = BTreeMap<String, String>;

/// What a published version of a portal says. An option left out has its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Content {
    /// The name beside the logo.
    pub name: Texts,
    /// Colour of the primary action, `#RRGGBB`.
    pub brand_color: String,
    /// The logo, among the organization's pictures.
    pub logo: Option<Uuid>,
    /// What the logo shows, in words.
    pub logo_alt: Texts,
    /// Languages offered.
    pub languages: Vec<String>,
    /// The language texts fall back to.
    pub default_language: String,
    /// Words the portal uses in place of Salus' own: `person`, `supervisor`, `employer`, …
    pub terms: BTreeMap<String, BTreeMap<String, Term>>,
    /// Line under the greeting on the home page.
    pub welcome: Texts,
    /// Above the box of a clinical message.
    pub emergency_text: Texts,
    /// Modules shown, in order.
    pub modules: Vec<Module>,
    /// Whom to ask for help.
    pub support_contacts: Vec<SupportContact>,
    /// How people are reminded of visits.
    #[serde(skip_serializing_if = "Reminders::is_usual")]
    pub reminders: Reminders,
}

impl Default for Content {
    fn default() -> Self {
        Self {
            name: Texts::new(),
            brand_color: "#1D4ED8".to_owned(),
            logo: None,
            logo_alt: Texts::new(),
            languages: vec!["en".to_owned(), "es".to_owned()],
            default_language: "en".to_owned(),
            terms: BTreeMap::new(),
            welcome: Texts::new(),
            emergency_text: Texts::new(),
            modules: Vec::new(),
            support_contacts: Vec::new(),
            reminders: Reminders::default(),
        }
    }
}

/// A replacement word in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// One of it.
    pub singular: String,
    /// Several of it.
    pub plural: String,
}

/// A module of a portal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// Which: `appointments`, `work_status`, `send_message`, …
    pub key: String,
    /// The portal's own name for it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub name: Texts,
    /// Its settings beside the name; absent means the default.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub settings: serde_json::Map<String, serde_json::Value>,
}

/// Whom to ask for help.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SupportContact {
    /// Who or what it is.
    pub label: String,
    /// A telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// An e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When somebody answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
}

/// A text in the reader's language, else the portal's default language, else English.
#[must_use]
pub fn text<'a>(texts: &'a Texts, language: &str, default_language: &str) -> Option<&'a str> {
    [language, default_language, "en"]
        .into_iter()
        .find_map(|tag| texts.get(tag))
        .map(String::as_str)
}

/// A portal's own words in the reader's language, else in the portal's; without either the built-in
/// ones hold.
#[must_use]
pub fn own_text<'a>(texts: &'a Texts, language: &str, default_language: &str) -> Option<&'a str> {
    [language, default_language]
        .into_iter()
        .filter_map(|tag| texts.get(tag))
        .map(|words| words.trim())
        .find(|words| !words.is_empty())
}

/// A portal among those that may be a person's.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The employer it belongs to; none for the provider organization's own.
    pub employer: Option<Uuid>,
    /// Whether people may enter it.
    pub live: bool,
    /// What it says.
    pub content: Content,
    /// Its address name.
    pub slug: String,
    /// The version that is published.
    pub version: i32,
}

/// The portal of a person employed by an employer: the employer's own, else the organization's.
#[must_use]
pub fn effective(candidates: &[Candidate], employer: Option<Uuid>) -> Option<&Candidate> {
    let live = |owner: Option<Uuid>| {
        candidates
            .iter()
            .find(|portal| portal.live && portal.employer == owner)
    };
    employer
        .and_then(|employer| live(Some(employer)))
        .or_else(|| live(None))
}

/// The portals of a person employed by some employers, in their order, each once.
#[must_use]
pub fn resolved(candidates: &[Candidate], employers: &[Uuid]) -> Vec<Candidate> {
    let of_employers = employers.iter().map(|employer| Some(*employer));
    let nowhere = employers.is_empty().then_some(None);
    let mut found: Vec<Candidate> = Vec::new();
    for employer in of_employers.chain(nowhere) {
        if let Some(portal) = effective(candidates, employer)
            && !found.iter().any(|other| other.slug == portal.slug)
        {
            found.push(portal.clone());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn portal(employer: Option<u128>, live: bool, slug: &str) -> Candidate {
        Candidate {
            employer: employer.map(Uuid::from_u128),
            live,
            content: Content::default(),
            slug: slug.to_owned(),
            version: 1,
        }
    }

    #[test]
    fn an_employer_without_a_live_portal_shares_the_organizations() {
        let all = vec![
            portal(None, true, "shared"),
            portal(Some(1), true, "one"),
            portal(Some(2), false, "two"),
        ];
        let of = |employer| {
            effective(&all, Some(Uuid::from_u128(employer))).map(|portal| portal.slug.as_str())
        };
        assert_eq!(of(1), Some("one"));
        assert_eq!(of(2), Some("shared"));
        assert_eq!(of(3), Some("shared"));
    }

    #[test]
    fn somebody_employed_twice_has_the_portals_of_both_and_a_shared_one_once() {
        let all = vec![
            portal(None, true, "shared"),
            portal(Some(1), true, "one"),
            portal(Some(2), true, "two"),
        ];
        let of = |employers: &[u128]| {
            let employers: Vec<Uuid> = employers.iter().copied().map(Uuid::from_u128).collect();
            let found = resolved(&all, &employers).into_iter();
            found.map(|portal| portal.slug).collect::<Vec<_>>()
        };
        assert_eq!(of(&[2, 1]), ["two", "one"]);
        assert_eq!(of(&[3, 4]), ["shared"]);
        assert_eq!(of(&[]), ["shared"]);
    }

    #[test]
    fn a_missing_text_falls_back_to_the_portals_language_and_then_to_english() {
        let texts: Texts = [
            ("en".to_owned(), "Visits".to_owned()),
            ("fr".to_owned(), "Visites".to_owned()),
        ]
        .into();
        assert_eq!(text(&texts, "es", "fr"), Some("Visites"));
        assert_eq!(text(&texts, "es", "es"), Some("Visits"));
    }

    #[test]
    fn words_of_ones_own_that_are_missing_give_way_to_the_built_in_ones() {
        let texts: Texts = [
            ("en".to_owned(), " Visits ".to_owned()),
            ("es".to_owned(), " ".to_owned()),
        ]
        .into();
        assert_eq!(own_text(&texts, "en", "es"), Some("Visits"));
        assert_eq!(own_text(&texts, "es", "en"), Some("Visits"));
        assert_eq!(own_text(&texts, "es", "es"), None);
    }
}
