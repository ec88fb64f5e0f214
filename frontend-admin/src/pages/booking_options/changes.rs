//! What differs between two versions, in words.

use super::label;
use salus_types::portals::{PortalChange, PortalDraft};
use salus_ui::{Text, args, use_text};
use serde_json::Value;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct ChangesProps {
    /// What the kinds of visits are called is said there.
    pub(super) draft: PortalDraft,
    pub(super) changes: Vec<PortalChange>,
}

/// A sentence for each thing that differs.
#[component]
pub(super) fn Changes(props: &ChangesProps) -> Html {
    let t = use_text();
    if props.changes.is_empty() {
        return html! { <p>{ t.text("booking-changes-none") }</p> };
    }
    let sentence = |change: &PortalChange| {
        let words = Words {
            t: &t,
            draft: &props.draft,
            option: option_of(&change.pointer),
        };
        let (before, after) = (
            words.value(change.before.as_ref()),
            words.value(change.after.as_ref()),
        );
        html! {
            <li class="row" key={change.pointer.clone()}>
                <div class="row-body">
                    <p class="row-title">{ words.place(&change.pointer) }</p>
                    <p class="row-text">{ t.msg("booking-change", args!(before = before, after = after)) }</p>
                </div>
            </li>
        }
    };
    html! {
        <ul class="rows" aria-label={t.text("booking-changes")}>{ for props.changes.iter().map(sentence) }</ul>
    }
}

/// The option a place is about, if it is about one.
fn option_of(pointer: &str) -> Option<&str> {
    let rest = pointer.strip_prefix("/modules/")?;
    let (_, rest) = rest.split_once("/settings/")?;
    rest.split('/').next()
}

struct Words<'a> {
    t: &'a Text,
    draft: &'a PortalDraft,
    option: Option<&'a str>,
}

impl Words<'_> {
    /// What a place is called.
    fn place(&self, pointer: &str) -> AttrValue {
        let t = self.t;
        let parts: Vec<&str> = pointer.trim_start_matches('/').split('/').collect();
        let in_language = |label: AttrValue, language: &str| {
            t.msg(
                "booking-words-in",
                args!(label = label.to_string(), language = language),
            )
        };
        match parts.as_slice() {
            ["modules", key, "settings", option] => self.within(key, &label(t, option)),
            ["modules", key, "settings", option, language] => {
                self.within(key, &in_language(label(t, option), language))
            }
            ["modules", key, "name", language] => {
                let name = t.msg("booking-name", args!(language = *language));
                self.within(key, &name)
            }
            ["modules", key, ..] => self.module(key),
            [part, rest @ ..] => {
                let id = format!("portal-part-{}", part.replace('_', "-"));
                let label = t.find(&id).unwrap_or_else(|| t.text("portal-part-other"));
                match rest {
                    [language] => in_language(label, language),
                    _ => label,
                }
            }
            [] => t.text("portal-part-other"),
        }
    }

    /// What a module is called.
    fn module(&self, key: &str) -> AttrValue {
        let name = self.t.module_name(key);
        name.unwrap_or_else(|| AttrValue::from(key.to_owned()))
    }

    /// What a place of a module is called, after the module.
    fn within(&self, key: &str, place: &str) -> AttrValue {
        AttrValue::from(format!("{}: {place}", self.module(key)))
    }

    /// What is said there.
    fn value(&self, value: Option<&Value>) -> String {
        let t = self.t;
        let nothing = || t.text("booking-change-nothing").to_string();
        match value {
            None | Some(Value::Null) => nothing(),
            Some(Value::Bool(on)) => {
                let word = if *on {
                    "booking-change-on"
                } else {
                    "booking-change-off"
                };
                t.text(word).to_string()
            }
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::String(words)) if words.is_empty() => nothing(),
            Some(Value::String(mode)) if self.option == Some("mode") => t
                .msg("booking-mode", args!(mode = mode.as_str()))
                .to_string(),
            Some(Value::String(words)) => t
                .msg("booking-change-words", args!(words = words.as_str()))
                .to_string(),
            Some(Value::Array(items)) if items.is_empty() => nothing(),
            Some(Value::Array(items)) => {
                let named = items
                    .iter()
                    .filter_map(Value::as_str)
                    .map(|item| self.item(item));
                named.collect::<Vec<_>>().join(", ")
            }
            Some(Value::Object(fields)) if fields.is_empty() => nothing(),
            Some(Value::Object(_)) => t.text("booking-change-something").to_string(),
        }
    }

    /// A kind of visit or a module by its name.
    fn item(&self, item: &str) -> String {
        let kinds = &self.draft.appointment_types;
        let kind = kinds.iter().find(|kind| kind.id.to_string() == item);
        let kind = kind.map(|kind| kind.name.clone());
        kind.unwrap_or_else(|| self.module(item).to_string())
    }
}
