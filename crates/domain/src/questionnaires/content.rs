//! What the author of a questionnaire writes: items, texts, rules.

use crate::rules::Type;
use crate::rules::units;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text in every language of the version, by language code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<String, String>);

impl Words {
    /// The text in a language; published versions have every offered language.
    #[must_use]
    pub fn in_language(&self, language: &str) -> &str {
        self.0
            .get(language)
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }
}

/// The content of one version; never changes once published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The language the author wrote in.
    pub base_language: String,
    /// The languages people may choose.
    pub languages: Vec<String>,
    /// Why the person is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduction: Option<Words>,
    /// About how long it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// Pages, sections and questions.
    pub items: Vec<Item>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A screen of its own.
    Page,
    /// A titled group of items.
    Section,
    /// Text to read.
    Display,
    /// One line of text.
    Text,
    /// Several lines of text.
    LongText,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// A number with a unit.
    Quantity,
    /// Yes or no.
    YesNo,
    /// One of several options.
    Choice,
    /// Any of several options.
    MultiChoice,
    /// A calendar date.
    Date,
    /// A value made by a rule.
    Calculated,
}

impl Kind {
    /// Whether it holds other items.
    #[must_use]
    pub fn is_container(self) -> bool {
        matches!(self, Self::Page | Self::Section)
    }

    /// Whether a person can answer it.
    #[must_use]
    pub fn is_answerable(self) -> bool {
        !matches!(
            self,
            Self::Page | Self::Section | Self::Display | Self::Calculated
        )
    }

    /// Whether it offers options.
    #[must_use]
    pub fn has_options(self) -> bool {
        matches!(self, Self::Choice | Self::MultiChoice)
    }
}

/// How much an answer is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Requirement {
    /// May stay blank.
    #[default]
    Optional,
    /// Asked about once when blank at the end.
    Recommended,
    /// Must be answered when shown.
    Required,
}

impl Requirement {
    fn is_optional(&self) -> bool {
        *self == Self::Optional
    }
}

/// How options are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Buttons below each other.
    Vertical,
    /// Buttons beside each other.
    Horizontal,
    /// A list that opens.
    Dropdown,
}

/// One item. Which of the optional parts mean something depends on `kind`; the compiler says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The stable name, `[a-z][a-z0-9_]{0,63}`, unique in the version.
    pub link_id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The question or title.
    #[serde(default)]
    pub text: Words,
    /// A line of help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Words>,
    /// How much an answer is wanted.
    #[serde(default, skip_serializing_if = "Requirement::is_optional")]
    pub requirement: Requirement,
    /// Shown only when this is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_when: Option<String>,
    /// Also required when this is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_when: Option<String>,
    /// Also recommended when this is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recommended_when: Option<String>,
    /// Wrong when one of these is false.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub valid_when: Vec<Validity>,
    /// Pointed out to the clinic when true.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flag_when: Vec<Flag>,
    /// The rule of a calculated item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calculate: Option<String>,
    /// A calculated item nobody sees while answering.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// The options of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// How the options are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout: Option<Layout>,
    /// Smallest number or earliest date (`2026-01-31`, `today`, `today-30`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Largest number or latest date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// Decimal places of a number, at most 6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
    /// Longest text, in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// What a text must look like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The units a quantity may be given in, the first preselected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// The unit a quantity is stored in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stored_unit: Option<String>,
    /// The observation an answer becomes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observation: Option<Observe>,
    /// The items inside a page or section.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
}

impl Item {
    /// The type of its value; none for containers, text to read, and calculated items (their rule
    /// decides).
    #[must_use]
    pub fn value_type(&self) -> Option<Type> {
        match self.kind {
            Kind::Page | Kind::Section | Kind::Display | Kind::Calculated => None,
            Kind::Text | Kind::LongText => Some(Type::Text),
            Kind::Integer => Some(Type::Int),
            Kind::Decimal => Some(Type::Decimal),
            Kind::Quantity => {
                let unit = self.stored_unit.as_deref().and_then(units::dimension);
                Some(Type::Quantity(unit))
            }
            Kind::YesNo => Some(Type::Bool),
            Kind::Choice => Some(Type::Code),
            Kind::MultiChoice => Some(Type::Set),
            Kind::Date => Some(Type::Date),
        }
    }

    /// The longest text it takes.
    #[must_use]
    pub fn text_limit(&self) -> usize {
        let (usual, most) = match self.kind {
            Kind::LongText => (10_000, 10_000),
            _ => (255, 1_000),
        };
        self.max_length.unwrap_or(usual).min(most)
    }
}

/// One option; its code never depends on the language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The stored code.
    pub code: String,
    /// What people read.
    pub text: Words,
    /// "None of these": excludes all others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub none_of_these: bool,
}

/// A condition an answer must meet, and what to say when it does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// The condition.
    pub rule: String,
    /// What is wrong and how to mend it.
    pub message: Words,
}

/// How urgent a flag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Look at it.
    Attention,
    /// Look at it first.
    Urgent,
}

impl Severity {
    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Attention => "attention",
            Self::Urgent => "urgent",
        }
    }
}

/// A condition the clinic wants pointed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// The condition.
    pub rule: String,
    /// How urgent.
    pub severity: Severity,
    /// What to look at.
    pub message: Words,
}

/// The coded observation an answer becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observe {
    /// `loinc` or `local`.
    pub system: String,
    /// The code in that system.
    pub code: String,
    /// Name of the observation.
    pub display: String,
}
