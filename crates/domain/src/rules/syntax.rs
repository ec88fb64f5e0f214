//! The parts a rule is made of.

use super::functions::Builtin;
use super::value::Value;

/// A stretch of the rule's text, in characters, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Span {
    /// First character.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
}

impl Span {
    pub(crate) fn to(self, end: Self) -> Self {
        Self {
            start: self.start,
            end: end.end,
        }
    }
}

/// One part of a rule and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// Where it stands.
    pub at: Span,
    /// What it is.
    pub node: Node,
}

/// The kinds of parts.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A value written out.
    Literal(Value),
    /// An item, or something the place offers such as `person.age`.
    Name(String),
    /// All are true.
    And(Vec<Expr>),
    /// At least one is true.
    Or(Vec<Expr>),
    /// The opposite.
    Not(Box<Expr>),
    /// Two values compared.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// A value among others.
    In(Box<Expr>, Vec<Expr>),
    /// Two numbers combined.
    Combine(Arithmetic, Box<Expr>, Box<Expr>),
    /// A number with the other sign.
    Negate(Box<Expr>),
    /// A function over all instances of a repeat; the checker makes it from a call.
    Gather {
        /// The function.
        function: Builtin,
        /// The repeat.
        group: String,
        /// What is looked at in each instance.
        each: Vec<Expr>,
    },
    /// A function of values, or a field of what it gives.
    Call {
        /// The function.
        function: Function,
        /// Its values.
        args: Vec<Expr>,
        /// The field asked for.
        field: Option<String>,
    },
}

/// A function of the language or of the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Function {
    /// Part of the language.
    Builtin(Builtin),
    /// Offered by the place the rule stands in.
    Fact(String),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The same.
    Equal,
    /// Not the same.
    NotEqual,
    /// Less than.
    Less,
    /// Less than or the same.
    LessOrEqual,
    /// More than.
    Greater,
    /// More than or the same.
    GreaterOrEqual,
}

/// How two numbers are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// Sum.
    Add,
    /// Difference.
    Subtract,
    /// Product.
    Multiply,
    /// Quotient.
    Divide,
}
