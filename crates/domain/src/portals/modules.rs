//! What the modules of a portal may be set to.

use super::{Module, PortalAudience, Texts, markup, own_text};
use crate::scheduling::{BookingOptions, SupervisorOptions};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

/// The settings of a module.
pub type Settings = Map<String, Value>;

/// The most characters of a module's own name.
pub const LONGEST_NAME: usize = 60;

/// The module with which people book visits.
pub const APPOINTMENTS: &str = "appointments";
/// The module with which supervisors get visits for their reports.
pub const SUPERVISOR_SCHEDULING: &str = "supervisor_scheduling";

/// What stands beside what is past due; only while that cannot be booked.
const WARNING: &str = "past_due_warning";
const LATE: &str = "allow_past_due";

/// No comment can be given; then no kind of visit can need one.
const NO_COMMENTS: &str = "disable_comments";
const NEED_COMMENTS: &str = "comment_required_types";

/// Where a module that is a link leads.
const ADDRESS: &str = "address";

/// The modules of a portal for people; the first six are on in a new one.
const EMPLOYEE: [&str; 10] = [
    APPOINTMENTS,
    "medical_information",
    "injury_report",
    "work_status",
    "send_message",
    "health_resources",
    "questionnaire_1",
    "questionnaire_2",
    "questionnaire_3",
    "forms",
];
/// Those of a portal for supervisors; the first four are on in a new one.
const SUPERVISOR: [&str; 20] = [
    "orders",
    "work_status",
    SUPERVISOR_SCHEDULING,
    "support",
    "case_review_status",
    "order_status",
    "health_surveillance",
    "reports",
    "send_message",
    "health_resources",
    "job_tasks",
    "questionnaire_link_1",
    "questionnaire_link_2",
    "questionnaire_link_3",
    "form_link_1",
    "form_link_2",
    "form_link_3",
    "page_link_1",
    "page_link_2",
    "page_link_3",
];
/// What was a module once: what people are to answer is always within their reach.
const NO_MODULE: &str = "questionnaires";

/// The modules there are for an audience, and how many of the first ones are on in a new portal.
fn catalogue(audience: PortalAudience) -> (&'static [&'static str], usize) {
    match audience {
        PortalAudience::Employee => (&EMPLOYEE, 6),
        PortalAudience::Supervisor => (&SUPERVISOR, 4),
        PortalAudience::Applicant => (&[], 0),
    }
}

/// The modules of a new portal.
#[must_use]
pub fn usually_on(audience: PortalAudience) -> Vec<Module> {
    let (keys, on) = catalogue(audience);
    let module = |key: &&str| Module {
        key: (*key).to_owned(),
        ..Module::default()
    };
    keys.iter().take(on).map(module).collect()
}

/// The modules of a portal and those it could have, which are switched off, after them.
#[must_use]
pub fn whole(audience: PortalAudience, mut modules: Vec<Module>) -> Vec<Module> {
    let (keys, _) = catalogue(audience);
    for key in keys {
        if !modules.iter().any(|module| module.key == *key) {
            modules.push(Module {
                key: (*key).to_owned(),
                off: true,
                ..Module::default()
            });
        }
    }
    modules
}

/// Whether the app of an audience has a page for a module yet, or the module leads elsewhere.
#[must_use]
pub fn has_page(audience: PortalAudience, key: &str) -> bool {
    match audience {
        PortalAudience::Employee => matches!(key, APPOINTMENTS | "work_status" | "send_message"),
        PortalAudience::Supervisor => {
            matches!(key, SUPERVISOR_SCHEDULING | "send_message") || is_link(key)
        }
        PortalAudience::Applicant => false,
    }
}

/// Whether a module is a link to an address.
#[must_use]
pub fn is_link(key: &str) -> bool {
    key.starts_with("page_link_")
}

/// What an option may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// On or off.
    Flag,
    /// A whole number.
    Number {
        /// The least.
        from: u16,
        /// The most.
        to: u16,
    },
    /// Words by language, each within so many characters.
    Text {
        /// The most.
        to: usize,
    },
    /// The same with bold, italic and links.
    Markup {
        /// The most.
        to: usize,
    },
    /// One of some words.
    Word(&'static [&'static str]),
    /// Some kinds of visits.
    Types,
    /// Where a link may lead.
    Address,
}

const fn number(from: u16, to: u16) -> Kind {
    Kind::Number { from, to }
}

/// The options of the module with which people book visits.
pub const BOOKING: [(&str, Kind); 25] = [
    ("alert_text", Kind::Markup { to: 500 }),
    ("schedule", Kind::Flag),
    ("request", Kind::Flag),
    (LATE, Kind::Flag),
    (WARNING, Kind::Text { to: 500 }),
    ("days_past", number(0, 3650)),
    ("days_out", number(1, 365)),
    ("days_before_showing", number(0, 60)),
    ("disable_calendar_search", Kind::Flag),
    ("first_available", Kind::Flag),
    ("force_any_provider", Kind::Flag),
    ("excluded_types", Kind::Types),
    ("ignore_visible_date", Kind::Flag),
    (NO_COMMENTS, Kind::Flag),
    (NEED_COMMENTS, Kind::Types),
    ("comment_prompt", Kind::Text { to: 100 }),
    ("new_button_text", Kind::Text { to: 60 }),
    ("disable_emails", Kind::Flag),
    ("hold_minutes", number(2, 15)),
    ("one_visit", Kind::Flag),
    ("earlier_offers", Kind::Flag),
    ("max_open", number(1, 20)),
    ("use_checkin", Kind::Flag),
    ("checkin_before_minutes", number(0, 1440)),
    ("checkin_after_minutes", number(0, 240)),
];

/// The options of the module with which supervisors get visits for their reports.
pub const SCHEDULING: [(&str, Kind); 2] = [
    ("mode", Kind::Word(&["request", "schedule", "none"])),
    ("allow_cancel", Kind::Flag),
];

/// The options of a module that is a link.
const LINK: [(&str, Kind); 1] = [(ADDRESS, Kind::Address)];

/// The options of a module, where they can be set.
#[must_use]
pub fn options(key: &str) -> Option<&'static [(&'static str, Kind)]> {
    match key {
        APPOINTMENTS => Some(&BOOKING),
        SUPERVISOR_SCHEDULING => Some(&SCHEDULING),
        _ if is_link(key) => Some(&LINK),
        _ => None,
    }
}

/// What is wrong with the modules, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place, from the list of modules on.
    pub pointer: String,
    /// What is wrong there.
    pub what: Wrong,
}

/// Whether a fault is in a module that is switched off.
#[must_use]
pub fn is_of_off(fault: &Fault, modules: &[Module]) -> bool {
    let place = fault.pointer.split('/').nth(1);
    let place = place.and_then(|place| place.parse::<usize>().ok());
    place
        .and_then(|place| modules.get(place))
        .is_some_and(|module| module.off)
}

/// What can be wrong with an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// There is no such module or option here.
    Unknown,
    /// The module is there already.
    Twice,
    /// It is nothing of that kind.
    Kind,
    /// The number is too small or too large.
    Range {
        /// The least.
        from: u16,
        /// The most.
        to: u16,
    },
    /// Too many characters.
    TooLong {
        /// The most.
        limit: usize,
    },
    /// A link leads where none may lead.
    Link,
    /// Another module has the same name.
    SameName,
    /// It depends on something else that is set otherwise.
    Dependency,
    /// It is needed and nothing is said.
    Missing,
}

/// What options can name.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The kinds of visits there are.
    pub types: &'a BTreeSet<Uuid>,
    /// The languages there are.
    pub languages: &'a [&'a str],
}

/// What is wrong with the modules an administrator wrote.
#[must_use]
pub fn faults(audience: PortalAudience, modules: &[Module], known: Known<'_>) -> Vec<Fault> {
    let (keys, _) = catalogue(audience);
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (place, module) in modules.iter().enumerate() {
        let mut fault = |rest: &str, what| {
            found.push(Fault {
                pointer: format!("/{place}{rest}"),
                what,
            });
        };
        if !keys.contains(&module.key.as_str()) {
            fault("/key", Wrong::Unknown);
            continue;
        }
        if !seen.insert(module.key.as_str()) {
            fault("/key", Wrong::Twice);
        }
        for (language, name) in &module.name {
            let words = Value::from(name.as_str());
            let to = LONGEST_NAME;
            if let Some(what) = known.wrong_words(language, &words, to, false) {
                fault(&format!("/name/{language}"), what);
            }
        }
        for (option, what) in wrong_options(module, known) {
            fault(&format!("/settings/{option}"), what);
        }
        if leads_nowhere(module) {
            fault(&format!("/settings/{ADDRESS}"), Wrong::Missing);
        }
    }
    found
}

/// Whether a module that is shown is a link without an address.
fn leads_nowhere(module: &Module) -> bool {
    let address = module.settings.get(ADDRESS).and_then(Value::as_str);
    !module.off && is_link(&module.key) && address.unwrap_or_default().is_empty()
}

fn wrong_options(module: &Module, known: Known<'_>) -> Vec<(String, Wrong)> {
    let Some(options) = options(&module.key) else {
        return Vec::new();
    };
    let settings = &module.settings;
    let mut wrong = Vec::new();
    for (name, value) in settings {
        let kind = options.iter().find(|(known, _)| known == name);
        match (kind.map(|(_, kind)| *kind), value) {
            (Some(Kind::Text { to } | Kind::Markup { to }), Value::Object(texts)) => {
                let marked = matches!(kind, Some((_, Kind::Markup { .. })));
                for (language, words) in texts {
                    let what = known.wrong_words(language, words, to, marked);
                    wrong.extend(what.map(|what| (format!("{name}/{language}"), what)));
                }
            }
            (Some(kind), value) => {
                let what = kind.refuses(value, known.types);
                wrong.extend(what.map(|what| (name.clone(), what)));
            }
            (None, _) => wrong.push((name.clone(), Wrong::Unknown)),
        }
    }
    let flag = |name: &str| settings.get(name) == Some(&Value::Bool(true));
    let whole = |name: &str| settings.get(name).and_then(Value::as_u64);
    if flag(LATE) && settings.get(WARNING).is_some_and(has_words) {
        wrong.push((WARNING.to_owned(), Wrong::Dependency));
    }
    if asks_for_the_impossible(settings) {
        wrong.push((NEED_COMMENTS.to_owned(), Wrong::Dependency));
    }
    if let (Some(shown), Some(out)) = (whole("days_before_showing"), whole("days_out"))
        && shown > out
        && let Ok(to) = u16::try_from(out)
    {
        let range = Wrong::Range { from: 0, to };
        wrong.push(("days_before_showing".to_owned(), range));
    }
    wrong
}

/// Whether kinds of visits need a comment where none can be given: nobody could book them.
fn asks_for_the_impossible(settings: &Settings) -> bool {
    let needing = settings.get(NEED_COMMENTS).and_then(Value::as_array);
    settings.get(NO_COMMENTS) == Some(&Value::Bool(true))
        && needing.is_some_and(|kinds| !kinds.is_empty())
}

/// Whether an option says something in any language.
fn has_words(texts: &Value) -> bool {
    let says = |words: &Value| words.as_str().is_some_and(|words| !words.trim().is_empty());
    texts
        .as_object()
        .is_some_and(|texts| texts.values().any(says))
}

impl Known<'_> {
    /// What is wrong with words in a language.
    fn wrong_words(self, language: &str, words: &Value, to: usize, marked: bool) -> Option<Wrong> {
        let Value::String(words) = words else {
            return Some(Wrong::Kind);
        };
        if !self.languages.contains(&language) {
            Some(Wrong::Unknown)
        } else if words.trim().nfc().count() > to {
            Some(Wrong::TooLong { limit: to })
        } else if marked && !markup::refused_addresses(words).is_empty() {
            Some(Wrong::Link)
        } else {
            None
        }
    }
}

/// The modules that show the same name in one of some languages, those that are switched off aside; `usual` is what a module is called
/// where it has no name of its own.
#[must_use]
pub fn same_names(
    modules: &[Module],
    languages: &[String],
    default_language: &str,
    usual: impl Fn(&str, &str) -> Option<String>,
) -> Vec<Fault> {
    let mut found = Vec::new();
    for language in languages {
        let shown: Vec<Option<String>> = modules
            .iter()
            .map(|module| {
                if module.off {
                    return None;
                }
                let own = own_text(&module.name, language, default_language);
                let name = own
                    .map(str::to_owned)
                    .or_else(|| usual(&module.key, language));
                name.map(|name| name.nfc().collect::<String>().to_lowercase())
            })
            .collect();
        for (place, module) in modules.iter().enumerate() {
            let own = own_text(&module.name, language, default_language).is_some();
            let name = shown.get(place).and_then(Option::as_ref);
            let others = shown
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != place);
            let same = name.is_some()
                && others
                    .map(|(_, other)| other.as_ref())
                    .any(|other| other == name);
            if own && same {
                found.push(Fault {
                    pointer: format!("/{place}/name/{language}"),
                    what: Wrong::SameName,
                });
            }
        }
    }
    found
}

impl Kind {
    /// What is wrong with a value for it.
    fn refuses(self, value: &Value, known: &BTreeSet<Uuid>) -> Option<Wrong> {
        match (self, value) {
            (Self::Flag, Value::Bool(_)) => None,
            (Self::Number { from, to }, Value::Number(number)) => {
                let fits = number
                    .as_u64()
                    .is_some_and(|number| (u64::from(from)..=u64::from(to)).contains(&number));
                (!fits).then_some(Wrong::Range { from, to })
            }
            (Self::Word(words), Value::String(word)) => {
                (!words.contains(&word.as_str())).then_some(Wrong::Kind)
            }
            (Self::Types, Value::Array(ids)) => {
                let id = |value: &Value| value.as_str()?.parse::<Uuid>().ok();
                let all = ids
                    .iter()
                    .all(|value| id(value).is_some_and(|id| known.contains(&id)));
                (!all).then_some(Wrong::Unknown)
            }
            (Self::Address, Value::String(address)) => {
                let leads = address.is_empty() || markup::Address::parse(address).is_some();
                (!leads).then_some(Wrong::Link)
            }
            _ => Some(Wrong::Kind),
        }
    }
}

/// The options of a module with their usual values.
#[must_use]
pub fn usual(key: &str) -> Settings {
    let options = match key {
        APPOINTMENTS => serde_json::to_value(BookingOptions::default()),
        SUPERVISOR_SCHEDULING => serde_json::to_value(SupervisorOptions::default()),
        _ if is_link(key) => Ok(serde_json::json!({ ADDRESS: "" })),
        _ => return Settings::new(),
    };
    let Ok(Value::Object(mut usual)) = options else {
        return Settings::new();
    };
    for (option, value) in &mut usual {
        if is_text(key, option) {
            *value = Value::Object(Settings::new());
        }
    }
    usual
}

/// Whether an option of a module is words by language.
fn is_text(key: &str, option: &str) -> bool {
    let mut known = options(key).unwrap_or_default().iter();
    let text = |kind: &Kind| matches!(kind, Kind::Text { .. } | Kind::Markup { .. });
    known.any(|(name, kind)| *name == option && text(kind))
}

/// The modules as they were stored, without what is none any more.
#[must_use]
pub fn current(mut modules: Vec<Module>) -> Vec<Module> {
    modules.retain(|module| module.key != NO_MODULE);
    modules
}

/// The modules as they were stored, with all words by language: those from before there were several
/// are in the portal's own.
#[must_use]
pub fn by_language(modules: Vec<Module>, default_language: &str) -> Vec<Module> {
    let read = |mut module: Module| {
        for (option, value) in &mut module.settings {
            if let (true, Value::String(words)) = (is_text(&module.key, option), &value) {
                let texts = [(default_language.to_owned(), words.clone().into())];
                *value = Value::Object(texts.into_iter().collect());
            }
        }
        module
    };
    current(modules).into_iter().map(read).collect()
}

/// The settings of a module as somebody reads them: words in the reader's language, else in the
/// portal's; none where the usual ones hold.
#[must_use]
pub fn said_in(module: &Module, language: &str, default_language: &str) -> Settings {
    let said = |(option, value): (&String, &Value)| {
        let value = match value {
            Value::Object(texts) if is_text(&module.key, option) => {
                let words = |(tag, words): (&String, &Value)| {
                    Some((tag.clone(), words.as_str()?.to_owned()))
                };
                let texts: Texts = texts.iter().filter_map(words).collect();
                let own = own_text(&texts, language, default_language);
                Value::from(own.unwrap_or_default())
            }
            other => other.clone(),
        };
        (option.clone(), value)
    };
    module.settings.iter().map(said).collect()
}

/// What is kept of the modules somebody wrote over those there were: words that cannot be read now
/// are kept for when they can, and options that are as usual and words that say nothing are left out;
/// so are modules that are switched off and of which nothing is left then. A module that was not
/// written is switched off and keeps what was said of it.
#[must_use]
pub fn kept(written: Vec<Module>, before: &[Module]) -> Vec<Module> {
    let keep = |mut module: Module| {
        let earlier = before.iter().find(|known| known.key == module.key);
        let words = earlier.and_then(|known| known.settings.get(WARNING));
        if let (APPOINTMENTS, Some(words)) = (module.key.as_str(), words)
            && !module.settings.contains_key(WARNING)
        {
            module.settings.insert(WARNING.to_owned(), words.clone());
        }
        module.name.retain(|_, name| !name.trim().is_empty());
        let usual = usual(&module.key);
        for (option, value) in &mut module.settings {
            if let (true, Value::Object(texts)) = (is_text(&module.key, option), value) {
                let says =
                    |words: &Value| words.as_str().is_none_or(|words| !words.trim().is_empty());
                texts.retain(|_, words| says(words));
            }
        }
        let settings = &mut module.settings;
        settings.retain(|option, value| usual.get(option) != Some(value));
        module
    };
    let says =
        |module: &Module| !module.off || !module.name.is_empty() || !module.settings.is_empty();
    let left_out = |known: &&Module| written.iter().all(|one| one.key != known.key);
    let left_out: Vec<Module> = before
        .iter()
        .filter(left_out)
        .map(|known| Module {
            off: true,
            ..known.clone()
        })
        .collect();
    let all = written.into_iter().map(keep).chain(left_out);
    all.filter(says).collect()
}

/// The modules as an administrator reads them: with all of their options, but the words that have no
/// effect now.
#[must_use]
pub fn readable(modules: &[Module]) -> Vec<Module> {
    let read = |module: &Module| {
        let mut module = module.clone();
        let own = std::mem::replace(&mut module.settings, usual(&module.key));
        module.settings.extend(own);
        if module.settings.get(LATE) == Some(&Value::Bool(true)) {
            module.settings.remove(WARNING);
        }
        module
    };
    modules.iter().map(read).collect()
}

/// What a portal's modules lack before they can be published: people can ask for visits only where a
/// message of that type can be sent, and kinds of visits can need a comment only where one can be given.
#[must_use]
pub fn unmet(modules: &[Module], can_request: bool) -> Vec<Fault> {
    let mut found = Vec::new();
    for (place, module) in modules.iter().enumerate() {
        if module.key != APPOINTMENTS || module.off {
            continue;
        }
        let settings = &module.settings;
        let asks = settings.get("request") == Some(&Value::Bool(true));
        let lacking = [
            ("request", asks && !can_request),
            (NEED_COMMENTS, asks_for_the_impossible(settings)),
        ];
        let lacking = lacking.into_iter().filter(|(_, lacks)| *lacks);
        found.extend(lacking.map(|(option, _)| Fault {
            pointer: format!("/{place}/settings/{option}"),
            what: Wrong::Dependency,
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn module(key: &str, settings: Value) -> Module {
        let Value::Object(settings) = settings else {
            panic!("settings are an object");
        };
        Module {
            key: key.to_owned(),
            settings,
            ..Module::default()
        }
    }

    fn off(key: &str, settings: Value) -> Module {
        Module {
            off: true,
            ..module(key, settings)
        }
    }

    fn found(audience: PortalAudience, modules: &[Module]) -> Vec<Fault> {
        let known = Known {
            types: &[Uuid::from_u128(1)].into(),
            languages: &["en", "es"],
        };
        faults(audience, modules, known)
    }

    fn booking(settings: Value) -> Vec<(String, Wrong)> {
        let modules = [module(APPOINTMENTS, settings)];
        found(PortalAudience::Employee, &modules)
            .into_iter()
            .map(|fault| (fault.pointer, fault.what))
            .collect()
    }

    fn one(option: &str, what: Wrong) -> Vec<(String, Wrong)> {
        vec![(format!("/0/settings/{option}"), what)]
    }

    #[test]
    fn every_option_that_is_read_can_be_set_and_no_other() {
        let names = |options: &[(&str, Kind)]| -> BTreeSet<String> {
            options.iter().map(|(name, _)| (*name).to_owned()).collect()
        };
        let read = |options: Value| -> BTreeSet<String> {
            let options = options.as_object().unwrap();
            options.keys().cloned().collect()
        };
        let booking = serde_json::to_value(BookingOptions::default()).unwrap();
        assert_eq!(names(&BOOKING), read(booking));
        let scheduling = serde_json::to_value(SupervisorOptions::default()).unwrap();
        assert_eq!(names(&SCHEDULING), read(scheduling));
        let usual = Value::Object(usual(APPOINTMENTS));
        assert_eq!(super::tests::booking(usual), []);
    }

    #[test]
    fn numbers_and_words_keep_their_limits_and_the_limits_themselves_are_allowed() {
        for (option, low, high) in [
            ("days_past", 0, 3650),
            ("days_out", 1, 365),
            ("hold_minutes", 2, 15),
            ("max_open", 1, 20),
            ("checkin_before_minutes", 0, 1440),
            ("checkin_after_minutes", 0, 240),
        ] {
            let range = || Wrong::Range {
                from: u16::try_from(low).unwrap(),
                to: u16::try_from(high).unwrap(),
            };
            assert_eq!(booking(json!({ option: low })), []);
            assert_eq!(booking(json!({ option: high })), []);
            assert_eq!(booking(json!({ option: high + 1 })), one(option, range()));
            assert_eq!(booking(json!({ option: low - 1 })), one(option, range()));
        }
        let prompt = |count: usize| json!({ "comment_prompt": { "es": "é".repeat(count) } });
        assert_eq!(booking(prompt(100)), []);
        let long = one("comment_prompt/es", Wrong::TooLong { limit: 100 });
        assert_eq!(booking(prompt(101)), long);
    }

    #[test]
    fn words_are_counted_as_they_are_read() {
        let composed =
            json!({ "comment_prompt": { "en": format!("  {}  ", "e\u{301}".repeat(100)) } });
        assert_eq!(booking(composed), []);
    }

    #[test]
    fn words_are_written_in_languages_there_are() {
        let found = booking(json!({ "alert_text": { "xx": "?" } }));
        assert_eq!(found, one("alert_text/xx", Wrong::Unknown));
        let found = booking(json!({ "alert_text": { "en": 1 } }));
        assert_eq!(found, one("alert_text/en", Wrong::Kind));
        let found = booking(json!({ "alert_text": "Closed on Friday." }));
        assert_eq!(found, one("alert_text", Wrong::Kind));
    }

    #[test]
    fn a_link_of_the_alert_leads_only_where_links_may_lead() {
        let alert = |words: &str| booking(json!({ "alert_text": { "en": words } }));
        assert_eq!(
            alert("**Closed** on Friday, see [more](https://e.example)"),
            []
        );
        for words in ["[a](javascript:alert(1))", "[a](//evil.example)"] {
            assert_eq!(alert(words), one("alert_text/en", Wrong::Link));
        }
        assert_eq!(
            booking(json!({ "new_button_text": { "en": "[a](//evil.example)" } })),
            []
        );
        let long = one("alert_text/en", Wrong::TooLong { limit: 500 });
        assert_eq!(alert(&"x".repeat(501)), long);
    }

    #[test]
    fn words_are_read_in_the_readers_language_else_in_the_portals() {
        let said = |language: &str, texts: Value| {
            let module = module(APPOINTMENTS, json!({ "alert_text": texts, "days_out": 9 }));
            let said = said_in(&module, language, "es");
            assert_eq!(said["days_out"], 9);
            said["alert_text"].clone()
        };
        assert_eq!(said("en", json!({ "en": "Hello", "es": "Hola" })), "Hello");
        assert_eq!(said("en", json!({ "en": " ", "es": "Hola" })), "Hola");
        assert_eq!(said("es", json!({ "en": "Hello" })), "");
        assert_eq!(said("en", json!("Written before")), "Written before");
        let before = vec![module(
            APPOINTMENTS,
            json!({ "alert_text": "Hola", "mode": "x" }),
        )];
        let read = by_language(before, "es");
        assert_eq!(read[0].settings["alert_text"], json!({ "es": "Hola" }));
        assert_eq!(read[0].settings["mode"], "x");
    }

    #[test]
    fn two_modules_show_no_name_twice_in_one_language() {
        let named = |key: &str, name: &[(&str, &str)]| Module {
            name: name
                .iter()
                .map(|(tag, name)| ((*tag).to_owned(), (*name).to_owned()))
                .collect(),
            ..module(key, json!({}))
        };
        let languages = ["en".to_owned(), "es".to_owned()];
        let usual = |key: &str, _: &str| Some(key.to_owned());
        let faulty = |modules: &[Module]| -> Vec<String> {
            let found = same_names(modules, &languages, "en", usual);
            found.into_iter().map(|fault| fault.pointer).collect()
        };
        let visits = || named(APPOINTMENTS, &[("en", "Visits"), ("es", "Visitas")]);
        assert_eq!(
            faulty(&[visits(), named("forms", &[("en", "Papers")])]),
            [""; 0]
        );
        let same = [
            visits(),
            named("forms", &[("en", "visits "), ("es", "Hojas")]),
        ];
        assert_eq!(faulty(&same), ["/0/name/en", "/1/name/en"]);
        let usual_one = [named(APPOINTMENTS, &[("es", "Forms")]), named("forms", &[])];
        assert_eq!(faulty(&usual_one), ["/0/name/es"]);
    }

    #[test]
    fn the_list_opens_with_no_more_days_than_may_be_searched() {
        let days = |shown, out| json!({ "days_before_showing": shown, "days_out": out });
        assert_eq!(booking(days(30, 30)), []);
        let range = Wrong::Range { from: 0, to: 30 };
        assert_eq!(booking(days(31, 30)), one("days_before_showing", range));
    }

    #[test]
    fn no_kind_of_visit_needs_a_comment_where_none_can_be_given() {
        let pair = |off: bool, kinds: &[Uuid]| json!({ "disable_comments": off, "comment_required_types": kinds });
        let kind = [Uuid::from_u128(1)];
        let refused = one("comment_required_types", Wrong::Dependency);
        assert_eq!(booking(pair(true, &kind)), refused);
        assert_eq!(booking(pair(true, &[])), []);
        assert_eq!(booking(pair(false, &kind)), []);
        let saved_before = [module(APPOINTMENTS, pair(true, &kind))];
        let lacking = unmet(&saved_before, true);
        assert_eq!(lacking[0].pointer, "/0/settings/comment_required_types");
    }

    #[test]
    fn what_is_no_option_is_named() {
        assert_eq!(
            booking(json!({ "colour": "red" })),
            one("colour", Wrong::Unknown)
        );
        assert_eq!(
            booking(json!({ "schedule": "yes" })),
            one("schedule", Wrong::Kind)
        );
        let types = |n: u128| json!({ "excluded_types": [Uuid::from_u128(n)] });
        assert_eq!(booking(types(1)), []);
        assert_eq!(booking(types(2)), one("excluded_types", Wrong::Unknown));
        let team = [module(SUPERVISOR_SCHEDULING, json!({ "mode": "both" }))];
        assert_eq!(
            found(PortalAudience::Supervisor, &team)[0].what,
            Wrong::Kind
        );
        let found = found(PortalAudience::Employee, &team);
        assert_eq!(
            (found[0].pointer.as_str(), &found[0].what),
            ("/0/key", &Wrong::Unknown)
        );
    }

    #[test]
    fn the_past_due_warning_exists_only_while_what_is_past_due_cannot_be_booked() {
        let before = [module(
            APPOINTMENTS,
            json!({ "past_due_warning": { "en": "Call us." } }),
        )];
        let refused =
            booking(json!({ "allow_past_due": true, "past_due_warning": { "en": "Call us." } }));
        assert_eq!(refused, one("past_due_warning", Wrong::Dependency));
        let on = kept(
            vec![module(APPOINTMENTS, json!({ "allow_past_due": true }))],
            &before,
        );
        assert_eq!(readable(&on)[0].settings.get("past_due_warning"), None);
        let off = kept(
            vec![module(APPOINTMENTS, json!({ "allow_past_due": false }))],
            &on,
        );
        let words = readable(&off)[0].settings["past_due_warning"].clone();
        assert_eq!(words, json!({ "en": "Call us." }));
        let cleared = json!({ "past_due_warning": { "en": "" } });
        let cleared = kept(vec![module(APPOINTMENTS, cleared)], &off);
        assert_eq!(
            readable(&cleared)[0].settings["past_due_warning"],
            json!({})
        );
    }

    #[test]
    fn asking_for_visits_needs_a_message_that_can_be_sent() {
        let asking = [module(APPOINTMENTS, json!({ "request": true }))];
        assert_eq!(unmet(&asking, true), []);
        let lacking = unmet(&asking, false);
        assert_eq!(lacking[0].pointer, "/0/settings/request");
        assert_eq!(unmet(&[module(APPOINTMENTS, json!({}))], false), []);
    }

    #[test]
    fn a_module_that_is_switched_off_keeps_what_is_set_and_stands_in_nobodys_way() {
        let modules = || vec![off(APPOINTMENTS, json!({ "days_out": 9, "request": true }))];
        assert_eq!(kept(modules(), &[]), modules());
        let on = [module(
            APPOINTMENTS,
            json!({ "days_out": 9, "request": true }),
        )];
        assert_eq!(kept(Vec::new(), &on), modules(), "left out");
        let in_it = Fault {
            pointer: "/0/settings/days_out".to_owned(),
            what: Wrong::Kind,
        };
        assert!(is_of_off(&in_it, &modules()) && !is_of_off(&in_it, &on));
        assert_eq!(unmet(&modules(), false), []);
        assert_eq!(kept(vec![off("forms", json!({}))], &[]), []);
        let named = |off: bool| Module {
            off,
            name: [("en".to_owned(), "Visits".to_owned())].into(),
            ..module("forms", json!({}))
        };
        let same = |off: bool| {
            let visits = Module {
                key: APPOINTMENTS.to_owned(),
                ..named(false)
            };
            let languages = ["en".to_owned()];
            same_names(&[visits, named(off)], &languages, "en", |_, _| None).len()
        };
        assert_eq!((same(false), same(true)), (2, 0));
    }

    #[test]
    fn what_a_portal_could_have_follows_what_it_has_and_is_off() {
        let own = vec![module("forms", json!({})), off(APPOINTMENTS, json!({}))];
        let all = whole(PortalAudience::Employee, own);
        let keys: BTreeSet<&str> = all.iter().map(|module| module.key.as_str()).collect();
        assert_eq!(keys, EMPLOYEE.into_iter().collect());
        assert_eq!((all.len(), all[0].key.as_str()), (EMPLOYEE.len(), "forms"));
        assert!(all.iter().skip(1).all(|module| module.off));
        let faults = found(PortalAudience::Employee, &all);
        assert_eq!(faults, []);
        assert_eq!(kept(all, &[]).len(), 1);
    }

    #[test]
    fn what_was_a_module_once_is_left_out() {
        let stored = vec![
            module("questionnaires", json!({})),
            module(APPOINTMENTS, json!({})),
        ];
        let read = by_language(stored, "en");
        assert_eq!((read.len(), read[0].key.as_str()), (1, APPOINTMENTS));
    }

    #[test]
    fn a_link_that_is_shown_leads_where_links_may_lead() {
        let link = |address: &str| {
            let one = module("page_link_1", json!({ "address": address }));
            let found = found(PortalAudience::Supervisor, &[one]);
            found
                .into_iter()
                .next()
                .map(|fault| (fault.pointer, fault.what))
        };
        let at = |what| Some(("/0/settings/address".to_owned(), what));
        for good in [
            "https://intranet.example/safety",
            "http://intranet",
            "/p/acme",
        ] {
            assert_eq!(link(good), None);
        }
        for wrong in ["javascript:alert(1)", "//evil.example", "safety"] {
            assert_eq!(link(wrong), at(Wrong::Link));
        }
        assert_eq!(link(""), at(Wrong::Missing));
        let unused = [off("page_link_1", json!({}))];
        assert_eq!(found(PortalAudience::Supervisor, &unused), []);
        let shown = readable(&unused);
        assert_eq!(shown[0].settings["address"], "");
        assert_eq!(
            found(PortalAudience::Employee, &unused)[0].what,
            Wrong::Unknown
        );
    }
}
