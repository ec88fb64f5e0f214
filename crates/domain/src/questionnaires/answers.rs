//! Answers as they are typed, and the values they mean.

use super::content::{Choice, Item, Kind, Words};
use super::facts::Context;
use crate::rules::units;
use crate::rules::{Quantity, Value};
use crate::time::parse_date;
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// One answer as given: what was typed is kept even when it is not valid yet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Entry {
    /// Yes or no.
    Bool(bool),
    /// Text, number, date or the code of an option, as typed.
    Text(String),
    /// Codes of several options.
    Codes(Vec<String>),
    /// A number as typed and its unit.
    Quantity {
        /// The number as typed.
        value: String,
        /// UCUM code.
        unit: String,
    },
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[private]")
    }
}

impl Entry {
    /// Whether nothing was entered; white space is nothing.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Bool(_) => false,
            Self::Text(text) => text.trim().is_empty(),
            Self::Codes(codes) => codes.is_empty(),
            Self::Quantity { value, .. } => value.trim().is_empty(),
        }
    }
}

/// An answer as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Yes or no, in the reader's words.
    Bool(bool),
    /// A date, in the reader's format.
    Date(NaiveDate),
    /// One text or several: as typed, with its unit, or the texts of options.
    Texts(Vec<String>),
}

/// How people read an answer to an item; nothing for a blank one.
#[must_use]
pub fn shown(item: &Item, entry: &Entry, language: &str) -> Option<Shown> {
    if entry.is_blank() {
        return None;
    }
    let option = |code: &String| {
        let found = item.options.iter().find(|option| option.code == *code);
        found.map_or(code.clone(), |option| {
            option.text.in_language(language).to_owned()
        })
    };
    Some(match entry {
        Entry::Bool(answer) => Shown::Bool(*answer),
        Entry::Codes(codes) => Shown::Texts(codes.iter().map(option).collect()),
        Entry::Text(code) if item.kind == Kind::Choice => Shown::Texts(vec![option(code)]),
        Entry::Text(text) if item.kind == Kind::Date => match text.trim().parse() {
            Ok(date) => Shown::Date(date),
            Err(_) => Shown::Texts(vec![text.clone()]),
        },
        Entry::Text(text) => Shown::Texts(vec![text.clone()]),
        Entry::Quantity { value, unit } => {
            let unit = units::find(unit).map_or(unit.as_str(), |unit| unit.label);
            Shown::Texts(vec![format!("{value} {unit}")])
        }
    })
}

/// Answers by link id.
pub type Answers = BTreeMap<String, Entry>;

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Must be answered.
    Required,
    /// Not a number.
    NotANumber,
    /// Has decimal places where none are allowed.
    NotAWholeNumber,
    /// Too many decimal places; `limit` says how many are allowed.
    TooManyPlaces,
    /// Less than `limit`.
    TooSmall,
    /// More than `limit`.
    TooLarge,
    /// No such calendar date.
    NotADate,
    /// Before `limit`.
    TooEarly,
    /// After `limit`.
    TooLate,
    /// More than `limit` characters.
    TooLong,
    /// Does not look as it must.
    WrongFormat,
    /// No such option.
    UnknownOption,
    /// "None of these" together with others.
    ExclusiveOption,
    /// The unit is not offered.
    UnitNotAllowed,
    /// Another kind of value is needed.
    WrongKind,
    /// A condition of the form is not met; `message` says which.
    Condition,
    /// The form has no such item.
    UnknownItem,
    /// The item takes no answer.
    NotAnswerable,
    /// Sent and saved answers differ.
    NotSaved,
    /// Recommended and blank, and the person has not chosen to leave it.
    RecommendedBlank,
    /// The form is too large to evaluate.
    TooComplex,
}

impl ErrorCode {
    /// The word programs read.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::NotANumber => "not_a_number",
            Self::NotAWholeNumber => "not_a_whole_number",
            Self::TooManyPlaces => "too_many_places",
            Self::TooSmall => "too_small",
            Self::TooLarge => "too_large",
            Self::NotADate => "not_a_date",
            Self::TooEarly => "too_early",
            Self::TooLate => "too_late",
            Self::TooLong => "too_long",
            Self::WrongFormat => "wrong_format",
            Self::UnknownOption => "unknown_option",
            Self::ExclusiveOption => "exclusive_option",
            Self::UnitNotAllowed => "unit_not_allowed",
            Self::WrongKind => "wrong_kind",
            Self::Condition => "condition",
            Self::UnknownItem => "unknown_item",
            Self::NotAnswerable => "not_answerable",
            Self::NotSaved => "not_saved",
            Self::RecommendedBlank => "recommended_blank",
            Self::TooComplex => "too_complex",
        }
    }
}

/// One thing wrong with one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerError {
    /// The item.
    pub link_id: String,
    /// What is wrong.
    pub code: ErrorCode,
    /// The bound that is not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The author's words for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Words>,
}

impl AnswerError {
    pub(super) fn new(link_id: &str, code: ErrorCode) -> Self {
        Self {
            link_id: link_id.to_owned(),
            code,
            limit: None,
            message: None,
        }
    }
}

/// A failed reading: what is wrong, and the bound.
pub(super) type Unreadable = (ErrorCode, Option<String>);

/// The value an entry means for an item; nothing for a blank one.
pub(super) fn read(item: &Item, entry: &Entry, context: &Context) -> Result<Value, Unreadable> {
    if entry.is_blank() {
        return Ok(Value::None);
    }
    match (item.kind, entry) {
        (Kind::Text | Kind::LongText, Entry::Text(text)) => read_text(item, text),
        (Kind::Integer | Kind::Decimal, Entry::Text(text)) => {
            let number = read_number(item, text)?;
            within(item, number, number)?;
            Ok(Value::Number(number.normalize()))
        }
        (Kind::Quantity, Entry::Quantity { value, unit }) => read_quantity(item, value, unit),
        (Kind::YesNo, Entry::Bool(answer)) => Ok(Value::Bool(*answer)),
        (Kind::Choice, Entry::Text(code)) => {
            known(&item.options, code)?;
            Ok(Value::Text(code.clone()))
        }
        (Kind::MultiChoice, Entry::Codes(codes)) => read_codes(item, codes),
        (Kind::Date, Entry::Text(text)) => read_date(item, text, context),
        (kind, _) if !kind.is_answerable() => Err((ErrorCode::NotAnswerable, None)),
        _ => Err((ErrorCode::WrongKind, None)),
    }
}

fn read_text(item: &Item, text: &str) -> Result<Value, Unreadable> {
    let text = text.trim();
    let limit = item.text_limit();
    if text.chars().nth(limit).is_some() {
        return Err((ErrorCode::TooLong, Some(limit.to_string())));
    }
    if let Some(pattern) = &item.pattern
        && !crate::rules::text_fits(text, pattern)
    {
        return Err((ErrorCode::WrongFormat, None));
    }
    Ok(Value::Text(text.to_owned()))
}

/// A number as people type it: digits, one point, perhaps a sign.
fn read_number(item: &Item, text: &str) -> Result<Decimal, Unreadable> {
    let text = text.trim();
    let plain = text.strip_prefix(['-', '+']).unwrap_or(text);
    let shaped = !plain.is_empty()
        && plain.len() <= 30
        && plain.chars().all(|c| c.is_ascii_digit() || c == '.')
        && plain.chars().any(|c| c.is_ascii_digit());
    let number = Decimal::from_str_exact(text)
        .ok()
        .filter(|_| shaped)
        .ok_or((ErrorCode::NotANumber, None))?;
    let places = match item.kind {
        Kind::Integer => 0,
        _ => item.places.unwrap_or(6).min(6),
    };
    if number.normalize().scale() <= places {
        return Ok(number);
    }
    match item.kind {
        Kind::Integer => Err((ErrorCode::NotAWholeNumber, None)),
        _ => Err((ErrorCode::TooManyPlaces, Some(places.to_string()))),
    }
}

/// Checks the bounds; the second number is the first in the unit of the bounds.
fn within(item: &Item, number: Decimal, compared: Decimal) -> Result<Decimal, Unreadable> {
    let bound = |text: &Option<String>| text.as_deref().and_then(|b| b.parse::<Decimal>().ok());
    if let Some(min) = bound(&item.min).filter(|min| compared < *min) {
        return Err((ErrorCode::TooSmall, Some(min.to_string())));
    }
    if let Some(max) = bound(&item.max).filter(|max| compared > *max) {
        return Err((ErrorCode::TooLarge, Some(max.to_string())));
    }
    Ok(number)
}

/// A quantity becomes its stored unit, to two places, half away from zero.
fn read_quantity(item: &Item, value: &str, unit: &str) -> Result<Value, Unreadable> {
    if !item.units.iter().any(|allowed| allowed == unit) {
        return Err((ErrorCode::UnitNotAllowed, None));
    }
    let number = read_number(item, value)?;
    let stored_unit = item.stored_unit.as_deref().unwrap_or(unit);
    let stored = units::convert(number, unit, stored_unit)
        .map(|converted| units::round(converted, 2))
        .ok_or((ErrorCode::UnitNotAllowed, None))?;
    within(item, number, stored)
        .map_err(|(code, limit)| (code, limit.map(|bound| format!("{bound} {stored_unit}"))))?;
    Ok(Value::Quantity(Quantity {
        value: stored.normalize(),
        unit: stored_unit.to_owned(),
    }))
}

fn known<'a>(options: &'a [Choice], code: &str) -> Result<&'a Choice, Unreadable> {
    options
        .iter()
        .find(|option| option.code == code)
        .ok_or((ErrorCode::UnknownOption, None))
}

fn read_codes(item: &Item, codes: &[String]) -> Result<Value, Unreadable> {
    let mut chosen = BTreeSet::new();
    let mut exclusive = false;
    for code in codes {
        exclusive |= known(&item.options, code)?.none_of_these;
        chosen.insert(code.clone());
    }
    if exclusive && chosen.len() > 1 {
        return Err((ErrorCode::ExclusiveOption, None));
    }
    Ok(Value::Set(chosen))
}

fn read_date(item: &Item, text: &str, context: &Context) -> Result<Value, Unreadable> {
    let text = text.trim();
    let date = parse_date(text).ok_or((ErrorCode::NotADate, None))?;
    let bound = |text: &Option<String>| {
        text.as_deref()
            .and_then(|text| date_bound(text, context.today))
    };
    if let Some(min) = bound(&item.min).filter(|min| date < *min) {
        return Err((ErrorCode::TooEarly, Some(min.to_string())));
    }
    if let Some(max) = bound(&item.max).filter(|max| date > *max) {
        return Err((ErrorCode::TooLate, Some(max.to_string())));
    }
    Ok(Value::Date(date))
}

/// Reads `2026-01-31`, `today`, `today-30`, `today+7`.
pub(super) fn date_bound(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let Some(shift) = text.strip_prefix("today") else {
        return parse_date(text);
    };
    if let Some(days) = shift.strip_prefix('+') {
        today.checked_add_days(Days::new(days.parse::<u32>().ok()?.into()))
    } else if let Some(days) = shift.strip_prefix('-') {
        today.checked_sub_days(Days::new(days.parse::<u32>().ok()?.into()))
    } else {
        shift.is_empty().then_some(today)
    }
}

/// What is chosen after an option was pressed: "none of these" clears all others, any other
/// clears "none of these". The second list is what was cleared, so that it can be said and undone.
#[must_use]
pub fn toggle(options: &[Choice], chosen: &[String], code: &str) -> (Vec<String>, Vec<String>) {
    if chosen.iter().any(|c| c == code) {
        let left = chosen.iter().filter(|c| *c != code).cloned().collect();
        return (left, Vec::new());
    }
    let exclusive = |code: &str| {
        options
            .iter()
            .any(|option| option.code == code && option.none_of_these)
    };
    let clears_all = exclusive(code);
    let (cleared, mut kept): (Vec<String>, Vec<String>) = chosen
        .iter()
        .cloned()
        .partition(|c| clears_all || exclusive(c));
    kept.push(code.to_owned());
    (kept, cleared)
}
