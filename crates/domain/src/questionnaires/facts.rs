//! What rules may know beside the answers.

use crate::rules::{Described, Type, Value};
use crate::time;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Facts about the person and the day, fixed by the server each time it saves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// The local date at the person's work location.
    pub today: NaiveDate,
    /// The language the person reads.
    pub language: String,
    /// The person's birth date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<NaiveDate>,
    /// The person's job.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
    /// Code of the person's department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Code of the person's work location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Kind of employment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment_kind: Option<String>,
    /// First day of the employment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hired_on: Option<NaiveDate>,
}

impl Context {
    /// The same facts on another day.
    #[must_use]
    pub fn at(&self, today: NaiveDate) -> Self {
        Self {
            today,
            ..self.clone()
        }
    }

    /// A context that knows the day only.
    #[must_use]
    pub fn on(today: NaiveDate) -> Self {
        Self {
            today,
            language: "en".to_owned(),
            birth_date: None,
            job: None,
            department: None,
            location: None,
            employment_kind: None,
            hired_on: None,
        }
    }

    pub(super) fn value(&self, name: &str) -> Value {
        let text = |text: &Option<String>| text.clone().map_or(Value::None, Value::Text);
        let date = |date: Option<NaiveDate>| date.map_or(Value::None, Value::Date);
        match name {
            "today" => Value::Date(self.today),
            "portal.language" => Value::Text(self.language.clone()),
            "person.birth_date" => date(self.birth_date),
            "person.age" => self.birth_date.map_or(Value::None, |born| {
                Value::Number(time::years_between(born, self.today).into())
            }),
            "employment.job" => text(&self.job),
            "employment.department" => text(&self.department),
            "employment.location" => text(&self.location),
            "employment.kind" => text(&self.employment_kind),
            "employment.hired_on" => date(self.hired_on),
            _ => Value::None,
        }
    }
}

/// Every fact with its type.
pub(super) const FACTS: &[(&str, Type)] = &[
    ("today", Type::Date),
    ("portal.language", Type::Code),
    ("person.birth_date", Type::Date),
    ("person.age", Type::Int),
    ("employment.job", Type::Text),
    ("employment.department", Type::Code),
    ("employment.location", Type::Code),
    ("employment.kind", Type::Code),
    ("employment.hired_on", Type::Date),
];

pub(super) fn described(name: &str) -> Option<Described> {
    FACTS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, kind)| Described::plain(*kind))
}
