//! The type checker: every name known, every value of the type it is used as.

use super::hints::nearest;
use super::parser::{Parsed, parse};
use super::syntax::{Arithmetic, Comparison, Expr, Function, Node, Span};
use super::value::{Type, Value};
use super::{Reason, Rule, RuleError};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use regex_lite::{Regex, RegexBuilder};
use std::collections::BTreeSet;
use std::sync::Arc;

mod calls;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// Its type.
    pub kind: Type,
    /// The codes it can have, when they are a closed list.
    pub options: Option<Arc<[String]>>,
    /// The repeats it stands in, outermost first.
    pub groups: Vec<String>,
}

impl Described {
    /// A name outside of any repeat and without options.
    #[must_use]
    pub fn plain(kind: Type) -> Self {
        Self {
            kind,
            options: None,
            groups: Vec::new(),
        }
    }
}

/// A function that the place offers beside the language's own.
#[derive(Clone, Debug, PartialEq)]
pub struct FactFunction {
    /// Types of its values.
    pub takes: Vec<Type>,
    /// What it gives without a field.
    pub gives: Option<Type>,
    /// What it gives by field.
    pub fields: Vec<(String, Type)>,
}

/// What a place offers to the rules that stand in it.
pub trait Names {
    /// The item or fact of that name, with its dots.
    fn name(&self, name: &str) -> Option<Described>;

    /// For a repeat: the repeats it stands in, itself last.
    fn group(&self, _name: &str) -> Option<Vec<String>> {
        None
    }

    /// A function of the place.
    fn function(&self, _name: &str) -> Option<FactFunction> {
        None
    }

    /// Every name, for hints.
    fn all(&self) -> Vec<String>;

    /// Every function of the place, for hints.
    fn functions(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Reads and checks a rule that must give a value of type `expected` (any when `None`), standing
/// inside the repeats `scope`.
///
/// # Errors
/// Everything that is wrong, in the order of the text.
pub fn compile(
    source: &str,
    names: &dyn Names,
    expected: Option<Type>,
    scope: &[String],
) -> Result<Rule, Vec<RuleError>> {
    let Parsed { mut expr, nodes } = parse(source).map_err(|error| vec![error])?;
    let mut checker = Checker {
        names,
        scope: scope.to_vec(),
        errors: Vec::new(),
        used: BTreeSet::new(),
    };
    let found = checker.infer(&mut expr);
    if let (Some(expected), Some(found)) = (expected, &found)
        && !fits(found.kind, expected)
    {
        checker.types(expr.at, expected.word(), found.kind);
    }
    match found {
        Some(found) if checker.errors.is_empty() => Ok(Rule {
            expr,
            result: found.kind,
            names: checker.used,
            nodes,
        }),
        _ => {
            checker.errors.sort_by_key(|error| error.column);
            Err(checker.errors)
        }
    }
}

/// Compiles a text pattern; the engine works in linear time whatever the pattern.
pub(crate) fn pattern(text: &str) -> Option<Regex> {
    RegexBuilder::new(&format!("^(?:{text})$"))
        .size_limit(64 * 1024)
        .nest_limit(20)
        .build()
        .ok()
}

fn fits(found: Type, expected: Type) -> bool {
    found == expected
        || (found == Type::Int && expected == Type::Decimal)
        || matches!((found, expected), (Type::Quantity(_), Type::Quantity(None)))
}

struct Checker<'a> {
    names: &'a dyn Names,
    scope: Vec<String>,
    errors: Vec<RuleError>,
    used: BTreeSet<String>,
}

/// The type of a part; none when it is wrong and has been reported.
type Found = Option<Described>;

impl Checker<'_> {
    fn report(&mut self, at: Span, reason: Reason) -> Found {
        self.errors.push(RuleError::new(at, reason));
        None
    }

    fn types(&mut self, at: Span, expected: &'static str, found: Type) -> Found {
        let found = found.word();
        self.report(at, Reason::Type { expected, found })
    }

    fn give(kind: Type) -> Found {
        Some(Described::plain(kind))
    }

    fn infer(&mut self, expr: &mut Expr) -> Found {
        let at = expr.at;
        match &mut expr.node {
            Node::Literal(value) => Self::give(literal_type(value)),
            Node::Name(name) => {
                let name = name.clone();
                self.name(at, &name)
            }
            Node::And(parts) | Node::Or(parts) => {
                for part in parts {
                    self.need(part, Type::Bool);
                }
                Self::give(Type::Bool)
            }
            Node::Not(inner) => {
                self.need(inner, Type::Bool);
                Self::give(Type::Bool)
            }
            Node::Compare(comparison, left, right) => {
                let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
                let common = self.unify(left, right);
                if let Some(common) =
                    common.filter(|c| c.kind == Type::Set || (ordered && !c.kind.is_ordered()))
                {
                    self.types(at, "values that can be compared this way", common.kind);
                }
                Self::give(Type::Bool)
            }
            Node::In(value, list) => {
                for part in list {
                    self.unify(value, part);
                }
                Self::give(Type::Bool)
            }
            Node::Combine(arithmetic, left, right) => {
                let division = *arithmetic == Arithmetic::Divide;
                let left = self.need_number(left);
                let right = self.need_number(right);
                let whole = left == Some(Type::Int) && right == Some(Type::Int) && !division;
                Self::give(if whole { Type::Int } else { Type::Decimal })
            }
            Node::Negate(inner) => {
                let kind = self.need_number(inner)?;
                Self::give(kind)
            }
            // Only the checker makes these, from calls it has just checked.
            Node::Gather { .. } => None,
            Node::Call {
                function,
                args,
                field,
            } => match function {
                Function::Builtin(builtin) => {
                    if let Some(field) = field {
                        let name = field.clone();
                        let nearest = None;
                        return self.report(at, Reason::UnknownName { name, nearest });
                    }
                    let function = *builtin;
                    let Some(group) = self.group(function, args) else {
                        return self.builtin(at, function, args);
                    };
                    let mut each = args.split_off(1);
                    let found = self.gathered(at, function, &group, &mut each);
                    let group = group.last().cloned().unwrap_or_default();
                    expr.node = Node::Gather {
                        function,
                        group,
                        each,
                    };
                    found
                }
                Function::Fact(name) => self.fact(at, name, args, field.as_deref()),
            },
        }
    }

    fn name(&mut self, at: Span, name: &str) -> Found {
        let Some(described) = self.names.name(name) else {
            if self.names.group(name).is_some() {
                let name = name.to_owned();
                return self.report(at, Reason::Repeated { name });
            }
            let all = self.names.all();
            let nearest = nearest(name, all.iter().map(String::as_str));
            let name = name.to_owned();
            return self.report(at, Reason::UnknownName { name, nearest });
        };
        self.used.insert(name.to_owned());
        if !self.scope.starts_with(&described.groups) {
            let name = name.to_owned();
            return self.report(at, Reason::Repeated { name });
        }
        Some(described)
    }

    /// A part that must be of a type.
    fn need(&mut self, expr: &mut Expr, expected: Type) {
        if let Some(found) = self.infer(expr)
            && !fits(found.kind, expected)
            && !coerce(expr, expected)
        {
            self.types(expr.at, expected.word(), found.kind);
        }
    }

    fn need_number(&mut self, expr: &mut Expr) -> Option<Type> {
        let found = self.infer(expr)?;
        if found.kind.is_number() {
            return Some(found.kind);
        }
        self.types(expr.at, "a number", found.kind);
        None
    }

    /// Two parts of one type; a quoted literal takes the type of what stands beside it.
    fn unify(&mut self, left: &mut Expr, right: &mut Expr) -> Found {
        let (a, b) = (self.infer(left)?, self.infer(right)?);
        if quoted(right) && !quoted(left) {
            return self.adapt(right, a);
        }
        if quoted(left) && !quoted(right) {
            return self.adapt(left, b);
        }
        match (a.kind, b.kind) {
            (x, y) if x == y => Some(a),
            (x, y) if x.is_number() && y.is_number() => Self::give(Type::Decimal),
            (Type::Quantity(x), Type::Quantity(y)) if x.is_none() || y.is_none() => Some(a),
            (x, y) => {
                let at = left.at.to(right.at);
                let (left, right) = (x.word(), y.word());
                self.report(at, Reason::Mismatch { left, right })
            }
        }
    }

    fn adapt(&mut self, literal: &mut Expr, beside: Described) -> Found {
        if let (Node::Literal(Value::Text(code)), Some(options)) = (&literal.node, &beside.options)
            && matches!(beside.kind, Type::Code | Type::Set)
        {
            if !options.contains(code) {
                let code = code.clone();
                let nearest = nearest(&code, options.iter().map(String::as_str));
                return self.report(literal.at, Reason::UnknownOption { code, nearest });
            }
            return Some(beside);
        }
        if coerce(literal, beside.kind) {
            return Some(beside);
        }
        let expected = beside.kind.word();
        self.types(literal.at, expected, Type::Text)
    }
}

fn literal_type(value: &Value) -> Type {
    match value {
        Value::Bool(_) => Type::Bool,
        Value::Number(number) if number.scale() == 0 => Type::Int,
        Value::Number(_) => Type::Decimal,
        Value::Date(_) => Type::Date,
        Value::DateTime(_) => Type::DateTime,
        Value::Time(_) => Type::Time,
        Value::Set(_) => Type::Set,
        Value::Quantity(_) => Type::Quantity(None),
        Value::Text(_) | Value::None => Type::Text,
    }
}

fn quoted(expr: &Expr) -> bool {
    matches!(&expr.node, Node::Literal(Value::Text(_)))
}

/// Turns a quoted literal into the value it means where another type than text is needed.
fn coerce(expr: &mut Expr, kind: Type) -> bool {
    let Node::Literal(Value::Text(text)) = &expr.node else {
        return false;
    };
    let value = match kind {
        Type::Text | Type::Code => return true,
        Type::Date => text.parse::<NaiveDate>().ok().map(Value::Date),
        Type::Time => text.parse::<NaiveTime>().ok().map(Value::Time),
        Type::DateTime => text.parse::<DateTime<Utc>>().ok().map(Value::DateTime),
        _ => None,
    };
    match value {
        Some(value) => {
            expr.node = Node::Literal(value);
            true
        }
        None => false,
    }
}
