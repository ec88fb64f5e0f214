//! Values and their types.

use super::units::{self, Dimension};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// What kind of value something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// True or false.
    Bool,
    /// A whole number.
    Int,
    /// An exact decimal number.
    Decimal,
    /// Text.
    Text,
    /// One of a list of options.
    Code,
    /// A calendar date.
    Date,
    /// An instant.
    DateTime,
    /// A time of day.
    Time,
    /// Several of a list of options.
    Set,
    /// A number with a unit; the dimension is known when the item fixes it.
    Quantity(Option<Dimension>),
}

impl Type {
    /// The word for it in messages and in stored content.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Bool => "yes_no",
            Self::Int => "integer",
            Self::Decimal => "decimal",
            Self::Text => "text",
            Self::Code => "code",
            Self::Date => "date",
            Self::DateTime => "datetime",
            Self::Time => "time",
            Self::Set => "set",
            Self::Quantity(_) => "quantity",
        }
    }

    /// Whether it is a plain number.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Int | Self::Decimal)
    }

    /// Whether `<` and `>` mean something for it.
    #[must_use]
    pub fn is_ordered(self) -> bool {
        matches!(
            self,
            Self::Int
                | Self::Decimal
                | Self::Date
                | Self::DateTime
                | Self::Time
                | Self::Quantity(_)
        )
    }
}

/// A number with a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The number.
    pub value: Decimal,
    /// The UCUM code.
    pub unit: String,
}

/// A value, or none. Options (codes) are text here; the checker keeps them apart from text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// No value: unanswered, hidden, not computable, unknown.
    None,
    /// True or false.
    Bool(bool),
    /// A number, whole or decimal.
    Number(Decimal),
    /// Text or the code of an option.
    Text(String),
    /// A calendar date.
    Date(NaiveDate),
    /// An instant.
    DateTime(DateTime<Utc>),
    /// A time of day.
    Time(NaiveTime),
    /// Codes of options.
    Set(BTreeSet<String>),
    /// A number with a unit.
    Quantity(Quantity),
}

impl Value {
    /// Whether there is no value.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// The value as JSON: numbers as exact text, sets as lists, a quantity with its unit.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::json;
        match self {
            Self::None => serde_json::Value::Null,
            Self::Bool(truth) => json!(truth),
            Self::Number(number) => json!(number.to_string()),
            Self::Text(text) => json!(text),
            Self::Date(date) => json!(date.to_string()),
            Self::DateTime(at) => json!(at.to_rfc3339()),
            Self::Time(time) => json!(time.to_string()),
            Self::Set(codes) => json!(codes),
            Self::Quantity(q) => json!({"value": q.value.to_string(), "unit": q.unit}),
        }
    }

    pub(crate) fn truth(&self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    pub(crate) fn from_truth(truth: Option<bool>) -> Self {
        truth.map_or(Self::None, Self::Bool)
    }

    pub(crate) fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn from_number(number: Option<Decimal>) -> Self {
        number.map_or(Self::None, |n| Self::Number(n.normalize()))
    }

    pub(crate) fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// How two values compare; nothing when one is missing or they are of different kinds.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            (Self::Number(a), Self::Number(b)) => Some(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            (Self::DateTime(a), Self::DateTime(b)) => Some(a.cmp(b)),
            (Self::Time(a), Self::Time(b)) => Some(a.cmp(b)),
            (Self::Set(a), Self::Set(b)) => Some(a.cmp(b)),
            (Self::Quantity(a), Self::Quantity(b)) => {
                Some(a.value.cmp(&units::convert(b.value, &b.unit, &a.unit)?))
            }
            _ => None,
        }
    }
}
