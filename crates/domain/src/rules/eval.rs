//! The evaluator: Kleene's three-valued logic over values that may be missing.

use super::check::pattern;
use super::functions::Builtin;
use super::syntax::{Arithmetic, Comparison, Expr, Function, Node};
use super::units;
use super::value::Value;
use crate::time;
use chrono::{Datelike, NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::cmp::Ordering;

/// Where the values of a rule's names come from.
pub trait Facts {
    /// The value of a name. `scope` holds the instance number in each repeat around the rule,
    /// outermost first; a name in fewer repeats uses only the first of them.
    fn value(&self, name: &str, scope: &[usize]) -> Value;

    /// How many instances a repeat has within `scope`.
    fn instances(&self, _group: &str, _scope: &[usize]) -> usize {
        0
    }

    /// What a function of the place gives.
    fn call(&self, _function: &str, _args: &[Value], _field: Option<&str>) -> Value {
        Value::None
    }
}

/// How much evaluating is still allowed; shared by all rules of a form.
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    left: usize,
    exhausted: bool,
}

impl Steps {
    /// Steps allowed for a whole form.
    pub const FORM: usize = 10_000;

    /// Allows so many steps.
    #[must_use]
    pub fn new(allowed: usize) -> Self {
        Self {
            left: allowed,
            exhausted: false,
        }
    }

    /// Whether a rule was cut short.
    #[must_use]
    pub fn exhausted(self) -> bool {
        self.exhausted
    }

    fn take(&mut self) -> bool {
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                true
            }
            None => {
                self.exhausted = true;
                false
            }
        }
    }
}

impl Default for Steps {
    fn default() -> Self {
        Self::new(Self::FORM)
    }
}

pub(super) fn evaluate(
    expr: &Expr,
    facts: &dyn Facts,
    scope: &[usize],
    steps: &mut Steps,
) -> Value {
    Evaluator { facts, steps }.value(expr, scope)
}

struct Evaluator<'a> {
    facts: &'a dyn Facts,
    steps: &'a mut Steps,
}

impl Evaluator<'_> {
    fn value(&mut self, expr: &Expr, scope: &[usize]) -> Value {
        if !self.steps.take() {
            return Value::None;
        }
        match &expr.node {
            Node::Literal(value) => value.clone(),
            Node::Name(name) => self.facts.value(name, scope),
            Node::And(parts) => self.kleene(parts.iter().map(|part| (part, scope)), false),
            Node::Or(parts) => self.kleene(parts.iter().map(|part| (part, scope)), true),
            Node::Not(inner) => Value::from_truth(self.value(inner, scope).truth().map(|t| !t)),
            Node::Compare(comparison, left, right) => {
                let (left, right) = (self.value(left, scope), self.value(right, scope));
                Value::from_truth(left.compare(&right).map(|order| comparison.holds(order)))
            }
            Node::In(value, list) => self.among(value, list, scope),
            Node::Combine(arithmetic, left, right) => {
                let (left, right) = (self.value(left, scope), self.value(right, scope));
                Value::from_number(
                    left.number()
                        .zip(right.number())
                        .and_then(|(a, b)| arithmetic.of(a, b)),
                )
            }
            Node::Negate(inner) => {
                Value::from_number(self.value(inner, scope).number().map(|n| -n))
            }
            Node::Gather {
                function,
                group,
                each,
            } => self.gathered(*function, group, each.first(), scope),
            Node::Call {
                function: Function::Builtin(builtin),
                args,
                ..
            } => self.builtin(*builtin, args, scope),
            Node::Call {
                function: Function::Fact(name),
                args,
                field,
            } => {
                let values: Vec<Value> = args.iter().map(|arg| self.value(arg, scope)).collect();
                self.facts.call(name, &values, field.as_deref())
            }
        }
    }

    /// `and` with `decisive` false, `or` with `decisive` true: one decisive part decides; else one
    /// unknown part leaves it unknown.
    fn kleene<'e, 's>(
        &mut self,
        parts: impl Iterator<Item = (&'e Expr, &'s [usize])>,
        decisive: bool,
    ) -> Value {
        let mut unknown = false;
        for (part, scope) in parts {
            match self.value(part, scope).truth() {
                Some(truth) if truth == decisive => return Value::Bool(decisive),
                Some(_) => {}
                None => unknown = true,
            }
        }
        if unknown {
            Value::None
        } else {
            Value::Bool(!decisive)
        }
    }

    fn among(&mut self, value: &Expr, list: &[Expr], scope: &[usize]) -> Value {
        let value = self.value(value, scope);
        let mut unknown = value.is_none();
        for part in list {
            match value.compare(&self.value(part, scope)) {
                Some(Ordering::Equal) => return Value::Bool(true),
                Some(_) => {}
                None => unknown = true,
            }
        }
        if unknown {
            Value::None
        } else {
            Value::Bool(false)
        }
    }

    fn builtin(&mut self, function: Builtin, args: &[Expr], scope: &[usize]) -> Value {
        match (function, args) {
            (Builtin::Answered, [value]) => Value::Bool(!self.value(value, scope).is_none()),
            (Builtin::Coalesce, values) => values
                .iter()
                .map(|value| self.value(value, scope))
                .find(|value| !value.is_none())
                .unwrap_or(Value::None),
            (Builtin::If, [condition, yes, no]) => match self.value(condition, scope).truth() {
                Some(true) => self.value(yes, scope),
                Some(false) => self.value(no, scope),
                None => Value::None,
            },
            (Builtin::Count, [set]) => match self.value(set, scope) {
                Value::Set(codes) => Value::from_number(Some(codes.len().into())),
                _ => Value::from_number(Some(Decimal::ZERO)),
            },
            (Builtin::Sum | Builtin::Avg | Builtin::Min | Builtin::Max, values) => {
                let values = values
                    .iter()
                    .map(|value| self.value(value, scope))
                    .collect();
                summary(function, values)
            }
            (Builtin::Selected, [item, code]) => {
                let (item, code) = (self.value(item, scope), self.value(code, scope));
                selected(&item, &code)
            }
            (Builtin::Units, [quantity, unit]) => {
                match (self.value(quantity, scope), self.value(unit, scope)) {
                    (Value::Quantity(q), Value::Text(unit)) => {
                        Value::from_number(units::convert(q.value, &q.unit, &unit))
                    }
                    _ => Value::None,
                }
            }
            (simple, args) => {
                let values: Vec<Value> = args.iter().map(|arg| self.value(arg, scope)).collect();
                plain(simple, &values).unwrap_or(Value::None)
            }
        }
    }

    fn gathered(
        &mut self,
        function: Builtin,
        group: &str,
        each: Option<&Expr>,
        scope: &[usize],
    ) -> Value {
        let instances = self.facts.instances(group, scope);
        let scopes: Vec<Vec<usize>> = (0..instances)
            .map(|instance| scope.iter().copied().chain([instance]).collect())
            .collect();
        let Some(each) = each else {
            return Value::from_number(Some(instances.into()));
        };
        let parts = scopes.iter().map(|scope| (each, scope.as_slice()));
        match function {
            Builtin::Any => self.kleene(parts, true),
            Builtin::All => self.kleene(parts, false),
            Builtin::Count => {
                let met = parts
                    .filter(|(each, scope)| self.value(each, scope).truth() == Some(true))
                    .count();
                Value::from_number(Some(met.into()))
            }
            _ => {
                let values = parts.map(|(each, scope)| self.value(each, scope)).collect();
                summary(function, values)
            }
        }
    }
}

impl Comparison {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order == Ordering::Equal,
            Self::NotEqual => order != Ordering::Equal,
            Self::Less => order == Ordering::Less,
            Self::LessOrEqual => order != Ordering::Greater,
            Self::Greater => order == Ordering::Greater,
            Self::GreaterOrEqual => order != Ordering::Less,
        }
    }
}

impl Arithmetic {
    fn of(self, left: Decimal, right: Decimal) -> Option<Decimal> {
        match self {
            Self::Add => left.checked_add(right),
            Self::Subtract => left.checked_sub(right),
            Self::Multiply => left.checked_mul(right),
            Self::Divide => left.checked_div(right),
        }
    }
}

/// One value of several; missing ones are left out.
fn summary(function: Builtin, values: Vec<Value>) -> Value {
    let mut present = values.into_iter().filter(|value| !value.is_none());
    match function {
        Builtin::First => present.next().unwrap_or(Value::None),
        Builtin::Last => present.next_back().unwrap_or(Value::None),
        Builtin::Min | Builtin::Max => {
            let wanted = if function == Builtin::Min {
                Ordering::Less
            } else {
                Ordering::Greater
            };
            present
                .reduce(|best, next| {
                    if next.compare(&best) == Some(wanted) {
                        next
                    } else {
                        best
                    }
                })
                .unwrap_or(Value::None)
        }
        _ => {
            let numbers: Vec<Decimal> = present.filter_map(|value| value.number()).collect();
            let total = numbers
                .iter()
                .try_fold(Decimal::ZERO, |sum, number| sum.checked_add(*number));
            Value::from_number(match function {
                Builtin::Avg => total.and_then(|sum| sum.checked_div(numbers.len().into())),
                _ => total,
            })
        }
    }
}

fn selected(item: &Value, code: &Value) -> Value {
    Value::from_truth(match (item, code) {
        (Value::Set(codes), Value::Text(code)) => Some(codes.contains(code)),
        (Value::Text(chosen), Value::Text(code)) => Some(chosen == code),
        _ => None,
    })
}

/// Functions of values that are all needed.
fn plain(function: Builtin, values: &[Value]) -> Option<Value> {
    let first = values.first()?;
    let second = values.get(1);
    let dates = || -> Option<(NaiveDate, NaiveDate)> { Some((first.date()?, second?.date()?)) };
    Some(match function {
        Builtin::Round => {
            let places = match second {
                Some(places) => places.number()?.to_u32()?.min(28),
                None => 0,
            };
            Value::from_number(Some(units::round(first.number()?, places)))
        }
        Builtin::Abs => Value::from_number(Some(first.number()?.abs())),
        Builtin::YearsBetween => {
            let (from, to) = dates()?;
            whole(time::years_between(from, to).into())
        }
        Builtin::MonthsBetween => {
            let (from, to) = dates()?;
            whole(months_between(from, to))
        }
        Builtin::DaysBetween => {
            let (from, to) = dates()?;
            whole((to - from).num_days())
        }
        Builtin::AddDays => {
            let days = TimeDelta::try_days(second?.number()?.to_i64()?)?;
            Value::Date(first.date()?.checked_add_signed(days)?)
        }
        Builtin::Length => whole(i64::try_from(first.text()?.chars().count()).ok()?),
        Builtin::Lower => Value::Text(first.text()?.to_lowercase()),
        Builtin::Contains => Value::Bool(first.text()?.contains(second?.text()?)),
        Builtin::Matches => Value::Bool(pattern(second?.text()?)?.is_match(first.text()?)),
        _ => return None,
    })
}

fn whole(number: i64) -> Value {
    Value::from_number(Some(number.into()))
}

/// Full months, counted like birthdays.
fn months_between(from: NaiveDate, to: NaiveDate) -> i64 {
    let months =
        i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month());
    if to.day() < from.day() {
        months - 1
    } else {
        months
    }
}
