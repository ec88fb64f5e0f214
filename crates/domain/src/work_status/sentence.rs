//! What a restriction says in plain verbs, as Fluent messages with arguments, so that every
//! reader's language says the same.

use super::catalogue::{RestrictionType, Side};
use super::limit::{Hours, Limit};
use super::restriction::Terms;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A value for a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Argument {
    /// A quantity, written as the reader's language writes numbers.
    Number(f64),
    /// A word or a code the message chooses by.
    Text(String),
}

impl Eq for Argument {}

/// A message of the locale files and its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// The message's id.
    pub id: String,
    /// Its arguments by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, Argument>,
}

impl Phrase {
    fn new(kind: RestrictionType, shape: &str) -> Self {
        Self {
            id: format!("work-status-{}-{shape}", kind.code().replace('_', "-")),
            args: BTreeMap::new(),
        }
    }

    fn text(mut self, name: &str, value: &str) -> Self {
        self.args
            .insert(name.to_owned(), Argument::Text(value.to_owned()));
        self
    }

    fn number(mut self, name: &str, value: f64) -> Self {
        self.args.insert(name.to_owned(), Argument::Number(value));
        self
    }

    fn side(self, side: Side) -> Self {
        self.text("side", side.code())
    }
}

impl Terms {
    /// What the restriction says, one sentence each.
    #[must_use]
    pub fn sentences(&self) -> Vec<Phrase> {
        sentences(self.kind, &self.limit, self.side)
    }
}

/// What a limit of a type says, one sentence each.
#[must_use]
pub fn sentences(kind: RestrictionType, limit: &Limit, side: Side) -> Vec<Phrase> {
    let say = |shape: &str| Phrase::new(kind, shape).side(side);
    let hours = |shape: &str, hours: Hours| say(shape).number("hours", hours.number());
    match limit {
        Limit::None {} => vec![say("none")],
        Limit::Weight {
            lines,
            hours_per_day,
        } => lines
            .iter()
            .map(|line| {
                say("weight")
                    .number("value", line.value.to_f64().unwrap_or_default())
                    .text("unit", line.unit.code())
                    .text("frequency", line.frequency.code())
            })
            .chain(hours_per_day.map(|most| hours("per-day", most)))
            .collect(),
        Limit::Hours { per_day, at_once } => per_day
            .map(|most| hours("per-day", most))
            .into_iter()
            .chain(at_once.map(|most| hours("at-once", most)))
            .collect(),
        Limit::Minutes { every } => vec![say("every").number("minutes", f64::from(*every))],
        Limit::Breaks { minutes, every } => vec![
            say("every")
                .number("minutes", f64::from(*minutes))
                .number("hours", every.number()),
        ],
        Limit::Days { per_week } => vec![say("most").number("days", f64::from(*per_week))],
        Limit::Choice { value } => vec![say("choice").text("choice", value)],
        Limit::Text { text } => vec![say("text").text("text", text)],
    }
}
