//! What differs between two versions of a portal, and when a version may be published.

use super::layout::usual_columns;
use super::{Content, PortalAudience, modules};
use crate::scheduling::stored_words;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

/// How far ahead a publication is planned at least.
pub const SOONEST: TimeDelta = TimeDelta::minutes(5);
/// How far ahead it is planned at most.
pub const LATEST: TimeDelta = TimeDelta::days(365);

/// Whether something can be published at a time that is said now.
#[must_use]
pub fn may_be_planned(publish_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (now + SOONEST..=now + LATEST).contains(&publish_at)
}

/// What became of a planned publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned {
    /// It is still to come.
    Waiting,
    /// It was made.
    Published,
    /// Somebody called it off.
    CalledOff,
    /// It could not be made when its time had come.
    Failed,
}

stored_words! {
    Planned {
        Waiting = "waiting",
        Published = "published",
        CalledOff = "called_off",
        Failed = "failed",
    }
}

impl Planned {
    /// Whether it is told beside the draft: while it waits, and what failed until the draft is looked after.
    #[must_use]
    pub fn is_told(
        self,
        settled_at: Option<DateTime<Utc>>,
        saved_at: Option<DateTime<Utc>>,
    ) -> bool {
        match self {
            Self::Waiting => true,
            Self::Failed => saved_at <= settled_at,
            Self::Published | Self::CalledOff => false,
        }
    }
}

/// Something that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Where, in a version [as it is compared](compared).
    pub pointer: String,
    /// What was said there; nothing where nothing was.
    pub before: Option<Value>,
    /// What is said there.
    pub after: Option<Value>,
}

/// A version as it is compared: all modules there are by their keys, each with whether it is on and all
/// of its options, and the order of those that are.
#[must_use]
pub fn compared(content: &Content, audience: PortalAudience) -> Value {
    let on = content.modules.iter().filter(|module| !module.off);
    let order = Value::from_iter(on.map(|module| module.key.as_str()));
    let all = modules::whole(audience, content.modules.clone());
    let read = modules::readable(&all).into_iter();
    let by_key = read.map(|module| {
        let (name, settings) = (module.name.into_iter(), module.settings);
        let name: Map<String, Value> = name.map(|(tag, name)| (tag, name.into())).collect();
        let said = [
            ("name", Value::Object(name)),
            ("on", Value::Bool(!module.off)),
            ("settings", Value::Object(settings)),
        ];
        let said = said.map(|(part, said)| (part.to_owned(), said));
        (module.key, Value::Object(Map::from_iter(said)))
    });
    let by_key: Map<String, Value> = by_key.collect();
    let mut whole = match serde_json::to_value(content) {
        Ok(Value::Object(whole)) => whole,
        _ => Map::new(),
    };
    whole.insert("modules".to_owned(), by_key.into());
    whole.insert("module_order".to_owned(), order);
    let columns = content.columns.unwrap_or(usual_columns(audience));
    whole.insert("columns".to_owned(), columns.into());
    whole.into()
}

/// What differs between two versions as they are compared, by place.
#[must_use]
pub fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    look(String::new(), Some(before), Some(after), &mut found);
    found
}

fn look(pointer: String, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Change>) {
    if let (Some(Value::Object(before)), Some(Value::Object(after))) = (before, after) {
        let new = after.keys().filter(|key| !before.contains_key(*key));
        let mut keys: Vec<&String> = before.keys().chain(new).collect();
        keys.sort_unstable();
        for key in keys {
            let place = key.replace('~', "~0").replace('/', "~1");
            let pointer = format!("{pointer}/{place}");
            look(pointer, before.get(key), after.get(key), found);
        }
    } else if before != after {
        found.push(Change {
            pointer,
            before: before.cloned(),
            after: after.cloned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portals::Module;
    use proptest::prelude::*;
    use serde_json::json;

    /// What becomes of a version when changes are made to it.
    fn made(mut whole: Value, changes: &[Change]) -> Value {
        for change in changes {
            let Some((parent, key)) = change.pointer.rsplit_once('/') else {
                whole = change.after.clone().unwrap();
                continue;
            };
            let key = key.replace("~1", "/").replace("~0", "~");
            let parent = whole.pointer_mut(parent).unwrap().as_object_mut().unwrap();
            match &change.after {
                Some(after) => parent.insert(key, after.clone()),
                None => parent.remove(&key),
            };
        }
        whole
    }

    fn between(before: &Content, after: &Content) -> Vec<Change> {
        let compared = |content| compared(content, PortalAudience::Employee);
        changes(&compared(before), &compared(after))
    }

    fn with(options: Value) -> Content {
        let Value::Object(settings) = options else {
            panic!("options are an object");
        };
        let module = Module {
            key: modules::APPOINTMENTS.to_owned(),
            name: [("en".to_owned(), "Visits".to_owned())].into(),
            settings,
            off: false,
        };
        Content {
            modules: vec![module],
            ..Content::default()
        }
    }

    #[test]
    fn an_option_that_was_as_usual_is_told_with_its_usual_value() {
        let after = with(json!({ "days_out": 14, "alert_text": { "en": "Closed." } }));
        let found = between(&with(json!({})), &after);
        let place = |option: &str| format!("/modules/appointments/settings/{option}");
        assert_eq!(
            found,
            [
                Change {
                    pointer: place("alert_text/en"),
                    before: None,
                    after: Some(json!("Closed.")),
                },
                Change {
                    pointer: place("days_out"),
                    before: Some(json!(60)),
                    after: Some(json!(14)),
                },
            ]
        );
    }

    #[test]
    fn the_same_options_in_other_words_are_no_change() {
        let usual = with(json!({ "days_out": 60, "request": false }));
        assert_eq!(between(&with(json!({})), &usual), []);
        let three = Content {
            columns: Some(3),
            ..usual.clone()
        };
        assert_eq!(between(&usual, &three), []);
    }

    #[test]
    fn a_module_that_is_switched_on_is_told_by_that_and_the_new_order() {
        let mut after = with(json!({}));
        after.modules.push(Module {
            key: "forms".to_owned(),
            ..Module::default()
        });
        let told = |found: Vec<Change>| {
            let one = |change: Change| (change.pointer, change.after);
            found.into_iter().map(one).collect::<Vec<_>>()
        };
        let order = json!(["appointments", "forms"]);
        assert_eq!(
            told(between(&with(json!({})), &after)),
            [
                ("/module_order".to_owned(), Some(order)),
                ("/modules/forms/on".to_owned(), Some(json!(true))),
            ]
        );
        after.columns = Some(4);
        let first = told(between(&with(json!({})), &after)).remove(0);
        assert_eq!(first, ("/columns".to_owned(), Some(json!(4))));
    }

    #[test]
    fn a_publication_is_planned_five_minutes_to_a_year_ahead() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let second = TimeDelta::seconds(1);
        assert!(may_be_planned(now + SOONEST, now));
        assert!(!may_be_planned(now + SOONEST - second, now));
        assert!(may_be_planned(now + LATEST, now));
        assert!(!may_be_planned(now + LATEST + second, now));
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (0..3_u8).prop_map(Value::from),
            "[a-c]{0,2}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::btree_map("[a-c~/]{0,2}", inner, 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_differs_makes_the_second_of_the_first(before in any_value(), after in any_value()) {
            let found = changes(&before, &after);
            prop_assert_eq!(found.is_empty(), before == after);
            prop_assert_eq!(made(before, &found), after);
        }
    }
}
