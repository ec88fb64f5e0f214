//! The rule language: conditions and calculations that people write without being programmers.
//!
//! A rule is text. [`compile`] reads it, checks every name and type against the [`Names`] its
//! place offers and returns a [`Rule`]; [`Rule::evaluate`] asks [`Facts`] for the values. A
//! missing value makes a comparison *unknown*, and `and`, `or`, `not` follow Kleene's logic, so
//! nobody is shown or asked something because an answer is still blank.
//!
//! Numbers are exact decimals of 28 digits. Overflow and division by zero give no value.

mod check;
mod eval;
mod functions;
mod hints;
mod lexer;
mod parser;
mod syntax;
pub mod units;
mod value;

pub use check::{Described, FactFunction, Names, compile};
pub use eval::{Facts, Steps};
pub use functions::Builtin;
pub use hints::nearest;
pub use parser::{MAX_CHARACTERS, MAX_DEPTH, MAX_NODES, Parsed, parse};
pub use syntax::{Arithmetic, Comparison, Expr, Function, Node, Span};
pub use value::{Quantity, Type, Value};

use std::collections::BTreeSet;

/// A rule that reads, type-checks and can be evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    expr: Expr,
    result: Type,
    names: BTreeSet<String>,
    nodes: usize,
}

impl Rule {
    /// The type of what the rule gives.
    #[must_use]
    pub fn result(&self) -> Type {
        self.result
    }

    /// Every name the rule mentions, groups included.
    #[must_use]
    pub fn names(&self) -> &BTreeSet<String> {
        &self.names
    }

    /// How many parts the rule has; one evaluation without repeats takes at most that many steps.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.nodes
    }

    /// The value of the rule. `scope` holds the instance number in every enclosing repeat,
    /// outermost first.
    #[must_use]
    pub fn evaluate(&self, facts: &dyn Facts, scope: &[usize], steps: &mut Steps) -> Value {
        eval::evaluate(&self.expr, facts, scope, steps)
    }

    /// Whether the rule is true; unknown counts as not.
    #[must_use]
    pub fn holds(&self, facts: &dyn Facts, scope: &[usize], steps: &mut Steps) -> bool {
        self.evaluate(facts, scope, steps) == Value::Bool(true)
    }
}

/// Whether a whole text fits a pattern; a pattern that cannot be used fits nothing.
#[must_use]
pub fn text_fits(text: &str, pattern: &str) -> bool {
    check::pattern(pattern).is_some_and(|pattern| pattern.is_match(text))
}

/// Whether a pattern can be used.
#[must_use]
pub fn is_pattern(pattern: &str) -> bool {
    check::pattern(pattern).is_some()
}

/// What is wrong with a rule, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {reason}")]
pub struct RuleError {
    /// First character, counted from 1.
    pub column: usize,
    /// How many characters it covers.
    pub length: usize,
    /// What is wrong.
    pub reason: Reason,
}

impl RuleError {
    pub(crate) fn new(at: Span, reason: Reason) -> Self {
        Self {
            column: at.start + 1,
            length: at.end.saturating_sub(at.start).max(1),
            reason,
        }
    }

    /// The compiler's code for it, such as `E01`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.reason.code()
    }
}

/// The ways a rule can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The text does not follow the grammar.
    #[error("expected {expected}, found {found}")]
    Syntax {
        /// What could stand here.
        expected: &'static str,
        /// What stands here.
        found: String,
    },
    /// More characters, parts or levels than a rule may have.
    #[error("the rule has more than {limit} {what}")]
    TooLarge {
        /// `characters`, `parts` or `levels`.
        what: &'static str,
        /// How many are allowed.
        limit: usize,
    },
    /// No such name here.
    #[error("there is no \"{name}\" here")]
    UnknownName {
        /// The name as written.
        name: String,
        /// The nearest name there is.
        nearest: Option<String>,
    },
    /// No such function.
    #[error("there is no function \"{name}\"")]
    UnknownFunction {
        /// The name as written.
        name: String,
        /// The nearest function there is.
        nearest: Option<String>,
    },
    /// A value of another type is needed.
    #[error("expected {expected}, found {found}")]
    Type {
        /// What is needed here.
        expected: &'static str,
        /// What stands here.
        found: &'static str,
    },
    /// Two values that cannot be compared or combined.
    #[error("{left} and {right} cannot be used together")]
    Mismatch {
        /// Type of the left side.
        left: &'static str,
        /// Type of the right side.
        right: &'static str,
    },
    /// A function got too few or too many values.
    #[error("{function} takes {expected}")]
    Arguments {
        /// The function.
        function: String,
        /// What it takes.
        expected: &'static str,
    },
    /// A repeated item used from outside its group.
    #[error("\"{name}\" repeats: use it inside count, any, all, sum, min, max, avg, first or last")]
    Repeated {
        /// The item.
        name: String,
    },
    /// The item has no such option.
    #[error("\"{code}\" is none of the options")]
    UnknownOption {
        /// The option as written.
        code: String,
        /// The nearest option there is.
        nearest: Option<String>,
    },
    /// A quantity cannot be given in this unit.
    #[error("the unit \"{unit}\" does not fit")]
    Unit {
        /// The unit as written.
        unit: String,
    },
    /// A text pattern that cannot be used.
    #[error("the pattern cannot be used")]
    Pattern,
}

impl Reason {
    /// The compiler's code for it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "E00",
            Self::UnknownName { .. } | Self::UnknownFunction { .. } => "E01",
            Self::Type { .. } | Self::Mismatch { .. } | Self::Arguments { .. } => "E02",
            Self::Repeated { .. } => "E04",
            Self::UnknownOption { .. } => "E07",
            Self::Unit { .. } => "E12",
            Self::TooLarge { .. } => "E20",
            Self::Pattern => "E22",
        }
    }
}

#[cfg(test)]
mod tests;
