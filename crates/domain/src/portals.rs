//! Portals: what a front door looks like and offers.

pub mod layout;
pub mod markup;
pub mod modules;
pub mod slug;
pub mod versions;

use crate::scheduling::reminders::Reminders;
use layout::Layout;
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

/// Employers, each once: those most of some people work for first.
#[must_use]
pub fn most_first(employments: &[(Uuid, String)]) -> Vec<(Uuid, String)> {
    let mut counted: BTreeMap<&(Uuid, String), usize> = BTreeMap::new();
    for employer in employments {
        *counted.entry(employer).or_default() += 1;
    }
    let mut employers: Vec<_> = counted.into_iter().collect();
    employers.sort_by_key(|(_, people)| std::cmp::Reverse(*people));
    let employers = employers.into_iter().map(|(employer, _)| employer.clone());
    employers.collect()
}

/// A text in several languages, by BCP 47 tag.
pub type Texts = BTreeMap<String, String>;

/// What a published version of a portal says. An option left out has its default, and one that a newer
/// server wrote is passed over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
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
    /// Modules, in order: those shown, and those that keep something for when they are.
    pub modules: Vec<Module>,
    /// How many of them stand side by side on the start page; as usual when nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<u8>,
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
            columns: None,
            support_contacts: Vec::new(),
            reminders: Reminders::default(),
        }
    }
}

impl Content {
    /// What a new portal says, called as its owner.
    #[must_use]
    pub fn new_for(audience: PortalAudience, owner: &str) -> Self {
        Self {
            modules: modules::usually_on(audience),
            ..Self::default()
        }
        .called(owner)
    }

    /// What a copy for an audience says. Another owner's copy has neither the name, the logo, the welcome and
    /// the contacts of this one nor its links; modules and reminders are those of their audience.
    #[must_use]
    pub fn copied(
        &self,
        from: PortalAudience,
        to: PortalAudience,
        other_owner: Option<&str>,
    ) -> Self {
        let mut copy = self.clone();
        if from != to {
            copy.modules = modules::usually_on(to);
            copy.columns = None;
            copy.reminders = Reminders::default();
        }
        match other_owner {
            None => copy,
            Some(owner) => {
                // Whom to call and what one owner links to are not another's.
                copy.modules.retain(|module| !modules::is_link(&module.key));
                Self {
                    logo: None,
                    logo_alt: Texts::new(),
                    welcome: Texts::new(),
                    support_contacts: Vec::new(),
                    ..copy
                }
                .called(owner)
            }
        }
    }

    fn called(self, owner: &str) -> Self {
        let name = [(self.default_language.clone(), owner.to_owned())];
        Self {
            name: name.into(),
            ..self
        }
    }

    /// Its modules and how they stand.
    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout {
            modules: self.modules.clone(),
            columns: self.columns,
        }
    }

    /// As people meet it: without the modules that are switched off.
    #[must_use]
    pub fn offered(mut self) -> Self {
        self.modules.retain(|module| !module.off);
        self
    }
}

/// A replacement word in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// One of it.
    pub singular: String,
    /// Several of it.
    pub plural: String,
}

/// A module of a portal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Module {
    /// Which: `appointments`, `work_status`, `send_message`, …
    pub key: String,
    /// Whether it is switched off: it is not shown, and keeps what is set for when it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
    /// The portal's own name for it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub name: Texts,
    /// Its settings beside the name; absent means the default.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub settings: serde_json::Map<String, serde_json::Value>,
}

/// Whom to ask for help.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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
    fn what_a_newer_server_wrote_beside_is_passed_over() {
        let newer = serde_json::json!({
            "brand_color": "#0F5E7A", "ticker": [{ "text": "Closed" }],
            "terms": { "person": { "en": { "singular": "member", "plural": "members", "article": "a" } } },
            "modules": [{ "key": "appointments", "colour": "red", "settings": { "days_out": 9 } }],
            "support_contacts": [{ "label": "Clinic", "fax": "+1 260 555 0199" }],
        });
        let read: Content = serde_json::from_value(newer).unwrap();
        assert_eq!(read.brand_color, "#0F5E7A");
        assert_eq!(read.modules[0].settings["days_out"], 9);
        assert_eq!(read.terms["person"]["en"].plural, "members");
        assert_eq!(read.support_contacts[0].label, "Clinic");
    }

    #[test]
    fn a_new_portal_has_the_usual_modules_of_its_audience_and_its_owners_name() {
        let keys = |content: &Content| {
            let keys = content.modules.iter().map(|module| module.key.clone());
            keys.collect::<Vec<_>>()
        };
        let employee = Content::new_for(PortalAudience::Employee, "Acme");
        assert_eq!(
            keys(&employee),
            [
                "appointments",
                "medical_information",
                "injury_report",
                "work_status",
                "send_message",
                "health_resources"
            ]
        );
        assert!(employee.modules.iter().all(|module| !module.off));
        assert_eq!(text(&employee.name, "es", "en"), Some("Acme"));
        let supervisor = Content::new_for(PortalAudience::Supervisor, "Acme");
        assert_eq!(
            keys(&supervisor),
            ["orders", "work_status", "supervisor_scheduling", "support"]
        );
    }

    #[test]
    fn the_employer_most_people_work_for_is_first_and_each_is_there_once() {
        let of = |n: u128| (Uuid::from_u128(n), n.to_string());
        let found = most_first(&[of(1), of(2), of(3), of(2)]);
        assert_eq!(found, [of(2), of(1), of(3)]);
    }

    #[test]
    fn a_copy_for_another_owner_has_neither_the_name_nor_the_logo() {
        use PortalAudience::{Employee, Supervisor};
        let mut model = Content {
            brand_color: "#0F5E7A".to_owned(),
            logo: Some(Uuid::from_u128(1)),
            logo_alt: [("en".to_owned(), "Acme".to_owned())].into(),
            columns: Some(4),
            ..Content::new_for(Employee, "Acme")
        };
        model.modules.truncate(1);
        model.support_contacts = vec![SupportContact::default()];
        model.welcome = [("en".to_owned(), "Hello from Acme".to_owned())].into();
        assert_eq!(model.copied(Employee, Employee, None), model);
        let other = model.copied(Employee, Employee, Some("Lakeside"));
        assert_eq!(text(&other.name, "en", "en"), Some("Lakeside"));
        assert_eq!((other.logo, other.logo_alt.len()), (None, 0));
        assert!(other.welcome.is_empty() && other.support_contacts.is_empty());
        assert_eq!((&other.modules, other.columns), (&model.modules, Some(4)));
        let team = model.copied(Employee, Supervisor, None);
        assert_eq!((team.logo, team.columns), (model.logo, None));
        assert_eq!(team.brand_color, model.brand_color);
        let usual = Content::new_for(Supervisor, "Acme").modules;
        assert_eq!(team.modules, usual);
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
