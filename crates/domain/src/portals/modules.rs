//! What the modules of a portal may be set to.

use super::{Module, PortalAudience};
use crate::scheduling::{BookingOptions, SupervisorOptions};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
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

const EMPLOYEE: [&str; 11] = [
    APPOINTMENTS,
    "medical_information",
    "injury_report",
    "work_status",
    "send_message",
    "questionnaires",
    "health_resources",
    "questionnaire_1",
    "questionnaire_2",
    "questionnaire_3",
    "forms",
];
const SUPERVISOR: [&str; 11] = [
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
];

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
    /// Words, within so many characters.
    Text {
        /// The most.
        to: usize,
    },
    /// One of some words.
    Word(&'static [&'static str]),
    /// Some kinds of visits.
    Types,
}

const fn number(from: u16, to: u16) -> Kind {
    Kind::Number { from, to }
}

/// The options of the module with which people book visits.
pub const BOOKING: [(&str, Kind); 23] = [
    ("schedule", Kind::Flag),
    ("request", Kind::Flag),
    (LATE, Kind::Flag),
    (WARNING, Kind::Text { to: 500 }),
    ("days_past", number(0, 3650)),
    ("days_out", number(1, 365)),
    ("days_before_showing", number(0, 60)),
    ("first_available", Kind::Flag),
    ("force_any_provider", Kind::Flag),
    ("excluded_types", Kind::Types),
    ("ignore_visible_date", Kind::Flag),
    ("disable_comments", Kind::Flag),
    ("comment_required_types", Kind::Types),
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

/// The options of a module, where they can be set.
#[must_use]
pub fn options(key: &str) -> Option<&'static [(&'static str, Kind)]> {
    match key {
        APPOINTMENTS => Some(&BOOKING),
        SUPERVISOR_SCHEDULING => Some(&SCHEDULING),
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
    /// It depends on something else that is set otherwise.
    Dependency,
}

/// What is wrong with the modules an administrator wrote; `known` are the kinds of visits there are.
#[must_use]
pub fn faults(audience: PortalAudience, modules: &[Module], known: &BTreeSet<Uuid>) -> Vec<Fault> {
    let keys: &[&str] = match audience {
        PortalAudience::Employee => &EMPLOYEE,
        PortalAudience::Supervisor => &SUPERVISOR,
        PortalAudience::Applicant => &[],
    };
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
            let limit = LONGEST_NAME;
            if name.chars().count() > limit {
                fault(&format!("/name/{language}"), Wrong::TooLong { limit });
            }
        }
        for (option, what) in wrong_options(module, known) {
            fault(&format!("/settings/{option}"), what);
        }
    }
    found
}

fn wrong_options<'a>(module: &'a Module, known: &BTreeSet<Uuid>) -> Vec<(&'a str, Wrong)> {
    let Some(options) = options(&module.key) else {
        return Vec::new();
    };
    let settings = &module.settings;
    let mut wrong = Vec::new();
    for (name, value) in settings {
        let kind = options.iter().find(|(known, _)| known == name);
        let what = match kind {
            Some((_, kind)) => kind.refuses(value, known),
            None => Some(Wrong::Unknown),
        };
        wrong.extend(what.map(|what| (name.as_str(), what)));
    }
    let flag = |name: &str| settings.get(name) == Some(&Value::Bool(true));
    let words = |name: &str| settings.get(name).and_then(Value::as_str);
    let whole = |name: &str| settings.get(name).and_then(Value::as_u64);
    if flag(LATE) && words(WARNING).is_some_and(|words| !words.trim().is_empty()) {
        wrong.push((WARNING, Wrong::Dependency));
    }
    if let (Some(shown), Some(out)) = (whole("days_before_showing"), whole("days_out"))
        && shown > out
        && let Ok(to) = u16::try_from(out)
    {
        wrong.push(("days_before_showing", Wrong::Range { from: 0, to }));
    }
    wrong
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
            (Self::Text { to }, Value::String(words)) => {
                (words.chars().count() > to).then_some(Wrong::TooLong { limit: to })
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
        _ => return Settings::new(),
    };
    match options {
        Ok(Value::Object(usual)) => usual,
        _ => Settings::new(),
    }
}

/// What is kept of the modules somebody wrote over those there were: words that cannot be read now
/// are kept for when they can, and options that are as usual are left out.
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
        let usual = usual(&module.key);
        let settings = &mut module.settings;
        settings.retain(|option, value| usual.get(option) != Some(value));
        module
    };
    written.into_iter().map(keep).collect()
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
/// message of that type can be sent.
#[must_use]
pub fn unmet(modules: &[Module], can_request: bool) -> Vec<Fault> {
    let lacks = |module: &Module| {
        let on = module.settings.get("request") == Some(&Value::Bool(true));
        module.key == APPOINTMENTS && on && !can_request
    };
    let places = modules.iter().enumerate();
    places
        .filter(|(_, module)| lacks(module))
        .map(|(place, _)| Fault {
            pointer: format!("/{place}/settings/request"),
            what: Wrong::Dependency,
        })
        .collect()
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
            name: Default::default(),
            settings,
        }
    }

    fn booking(settings: Value) -> Vec<(String, Wrong)> {
        let modules = [module(APPOINTMENTS, settings)];
        let known = [Uuid::from_u128(1)].into();
        let found = faults(PortalAudience::Employee, &modules, &known);
        found
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
        assert_eq!(names(&BOOKING), read(booking.clone()));
        let scheduling = serde_json::to_value(SupervisorOptions::default()).unwrap();
        assert_eq!(names(&SCHEDULING), read(scheduling));
        assert_eq!(super::tests::booking(booking), []);
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
        assert_eq!(booking(json!({ "comment_prompt": "x".repeat(100) })), []);
        let found = booking(json!({ "comment_prompt": "x".repeat(101) }));
        assert_eq!(found, one("comment_prompt", Wrong::TooLong { limit: 100 }));
    }

    #[test]
    fn the_list_opens_with_no_more_days_than_may_be_searched() {
        let days = |shown, out| json!({ "days_before_showing": shown, "days_out": out });
        assert_eq!(booking(days(30, 30)), []);
        let range = Wrong::Range { from: 0, to: 30 };
        assert_eq!(booking(days(31, 30)), one("days_before_showing", range));
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
        let found = faults(PortalAudience::Supervisor, &team, &BTreeSet::new());
        assert_eq!(found[0].what, Wrong::Kind);
        let found = faults(PortalAudience::Employee, &team, &BTreeSet::new());
        assert_eq!(
            (found[0].pointer.as_str(), &found[0].what),
            ("/0/key", &Wrong::Unknown)
        );
    }

    #[test]
    fn the_past_due_warning_exists_only_while_what_is_past_due_cannot_be_booked() {
        let before = [module(
            APPOINTMENTS,
            json!({ "past_due_warning": "Call us." }),
        )];
        let refused = booking(json!({ "allow_past_due": true, "past_due_warning": "Call us." }));
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
        assert_eq!(words, "Call us.");
        let cleared = json!({ "past_due_warning": "" });
        let cleared = kept(vec![module(APPOINTMENTS, cleared)], &off);
        assert_eq!(readable(&cleared)[0].settings["past_due_warning"], "");
    }

    #[test]
    fn asking_for_visits_needs_a_message_that_can_be_sent() {
        let asking = [module(APPOINTMENTS, json!({ "request": true }))];
        assert_eq!(unmet(&asking, true), []);
        let lacking = unmet(&asking, false);
        assert_eq!(lacking[0].pointer, "/0/settings/request");
        assert_eq!(unmet(&[module(APPOINTMENTS, json!({}))], false), []);
    }
}
