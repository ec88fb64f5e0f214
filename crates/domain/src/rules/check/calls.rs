//! What functions take and give.

use super::{Checker, Found, coerce, fits, pattern, quoted};
use crate::rules::functions::Builtin;
use crate::rules::hints::nearest;
use crate::rules::syntax::{Expr, Node, Span};
use crate::rules::value::{Type, Value};
use crate::rules::{Reason, units};

impl Checker<'_> {
    pub(super) fn builtin(&mut self, at: Span, function: Builtin, args: &mut [Expr]) -> Found {
        match (function, args) {
            (Builtin::Answered, [value]) => {
                self.infer(value)?;
                Self::give(Type::Bool)
            }
            (Builtin::Coalesce, args @ [_, _, ..]) => self.common(args),
            (Builtin::If, [condition, values @ ..]) if values.len() == 2 => {
                self.need(condition, Type::Bool);
                self.common(values)
            }
            (Builtin::Count, [set]) => {
                self.need(set, Type::Set);
                Self::give(Type::Int)
            }
            (Builtin::Sum | Builtin::Avg, args @ [_, ..]) => {
                let mut whole = function == Builtin::Sum;
                for arg in args {
                    whole &= self.need_number(arg)? == Type::Int;
                }
                Self::give(if whole { Type::Int } else { Type::Decimal })
            }
            (Builtin::Min | Builtin::Max, args @ [_, ..]) => {
                let at = args.first().map_or(at, |first| first.at);
                let found = if let [only] = args {
                    self.infer(only)?
                } else {
                    self.common(args)?
                };
                self.ordered(at, found)
            }
            (Builtin::Round, [number]) => {
                self.need_number(number);
                Self::give(Type::Int)
            }
            (Builtin::Round, [number, places]) => {
                self.need_number(number);
                self.need(places, Type::Int);
                Self::give(Type::Decimal)
            }
            (Builtin::Abs, [number]) => {
                let kind = self.need_number(number)?;
                Self::give(kind)
            }
            (Builtin::YearsBetween | Builtin::MonthsBetween | Builtin::DaysBetween, [from, to]) => {
                self.need(from, Type::Date);
                self.need(to, Type::Date);
                Self::give(Type::Int)
            }
            (Builtin::AddDays, [date, days]) => {
                self.need(date, Type::Date);
                self.need(days, Type::Int);
                Self::give(Type::Date)
            }
            (Builtin::Length, [text]) => {
                self.need(text, Type::Text);
                Self::give(Type::Int)
            }
            (Builtin::Lower, [text]) => {
                self.need(text, Type::Text);
                Self::give(Type::Text)
            }
            (Builtin::Contains, [text, part]) => {
                self.need(text, Type::Text);
                self.need(part, Type::Text);
                Self::give(Type::Bool)
            }
            (Builtin::Selected, [item, code]) => self.selected(item, code),
            (Builtin::Units, [quantity, unit]) => self.units(quantity, unit),
            (Builtin::Matches, [text, pattern]) => self.matches(text, pattern),
            _ => self.report(
                at,
                Reason::Arguments {
                    function: function.name().to_owned(),
                    expected: function.takes(),
                },
            ),
        }
    }

    /// The repeat a gathering function names first, with the repeats it stands in.
    pub(super) fn group(&self, function: Builtin, args: &[Expr]) -> Option<Vec<String>> {
        match args.first().map(|first| &first.node) {
            Some(Node::Name(name)) if function.gathers() => self.names.group(name),
            _ => None,
        }
    }

    pub(super) fn gathered(
        &mut self,
        at: Span,
        function: Builtin,
        group: &[String],
        rest: &mut [Expr],
    ) -> Found {
        let (name, enclosing) = group.split_last()?;
        if !self.scope.starts_with(enclosing) {
            let name = name.clone();
            return self.report(at, Reason::Repeated { name });
        }
        self.used.insert(name.clone());
        let outer = std::mem::replace(&mut self.scope, group.to_vec());
        let found = self.each(at, function, rest);
        self.scope = outer;
        // Outside the group the value stands alone.
        found.map(|mut found| {
            found.groups = Vec::new();
            found
        })
    }

    fn each(&mut self, at: Span, function: Builtin, rest: &mut [Expr]) -> Found {
        match (function, rest) {
            (Builtin::Count, []) => Self::give(Type::Int),
            (Builtin::Count, [condition]) => {
                self.need(condition, Type::Bool);
                Self::give(Type::Int)
            }
            (Builtin::Any | Builtin::All, [condition]) => {
                self.need(condition, Type::Bool);
                Self::give(Type::Bool)
            }
            (Builtin::Sum, [number]) => {
                let kind = self.need_number(number)?;
                Self::give(kind)
            }
            (Builtin::Avg, [number]) => {
                self.need_number(number);
                Self::give(Type::Decimal)
            }
            (Builtin::Min | Builtin::Max, [value]) => {
                let found = self.infer(value)?;
                self.ordered(value.at, found)
            }
            (Builtin::First | Builtin::Last, [value]) => self.infer(value),
            _ => self.report(
                at,
                Reason::Arguments {
                    function: function.name().to_owned(),
                    expected: function.takes(),
                },
            ),
        }
    }

    fn ordered(&mut self, at: Span, found: super::Described) -> Found {
        if found.kind.is_ordered() {
            Some(found)
        } else {
            self.types(at, "numbers or dates", found.kind)
        }
    }

    /// Several values of one type.
    fn common(&mut self, args: &mut [Expr]) -> Found {
        let (first, rest) = args.split_first_mut()?;
        let mut found = self.infer(first)?;
        for next in rest {
            found = self.unify(first, next)?;
        }
        Some(found)
    }

    fn selected(&mut self, item: &mut Expr, code: &mut Expr) -> Found {
        let found = self.infer(item)?;
        if !matches!(found.kind, Type::Set | Type::Code) {
            return self.types(item.at, "an item with options", found.kind);
        }
        if quoted(code) {
            self.adapt(code, found)?;
        } else {
            self.need(code, Type::Code);
        }
        Self::give(Type::Bool)
    }

    fn units(&mut self, quantity: &mut Expr, unit: &mut Expr) -> Found {
        let found = self.infer(quantity)?;
        let Type::Quantity(dimension) = found.kind else {
            return self.types(quantity.at, "quantity", found.kind);
        };
        let Node::Literal(Value::Text(code)) = &unit.node else {
            return self.types(unit.at, "a quoted unit", Type::Text);
        };
        let fits = units::dimension(code)
            .is_some_and(|of_unit| dimension.is_none_or(|known| known == of_unit));
        if !fits {
            let unit_text = code.clone();
            return self.report(unit.at, Reason::Unit { unit: unit_text });
        }
        Self::give(Type::Decimal)
    }

    fn matches(&mut self, text: &mut Expr, with: &mut Expr) -> Found {
        self.need(text, Type::Text);
        match &with.node {
            Node::Literal(Value::Text(source)) if pattern(source).is_some() => {
                Self::give(Type::Bool)
            }
            _ => self.report(with.at, Reason::Pattern),
        }
    }

    pub(super) fn fact(
        &mut self,
        at: Span,
        name: &str,
        args: &mut [Expr],
        field: Option<&str>,
    ) -> Found {
        let Some(function) = self.names.function(name) else {
            let all = self.names.functions();
            let known = all
                .iter()
                .map(String::as_str)
                .chain(Builtin::ALL.iter().map(|(known, _)| *known));
            let nearest = nearest(name, known);
            let name = name.to_owned();
            return self.report(at, Reason::UnknownFunction { name, nearest });
        };
        if function.takes.len() != args.len() {
            let function = name.to_owned();
            let expected = "another number of values";
            return self.report(at, Reason::Arguments { function, expected });
        }
        for (arg, expected) in args.iter_mut().zip(&function.takes) {
            let found = self.infer(arg)?;
            if !fits(found.kind, *expected) && !coerce(arg, *expected) {
                self.types(arg.at, expected.word(), found.kind);
            }
        }
        let given = match field {
            None => function.gives,
            Some(field) => function
                .fields
                .iter()
                .find(|(known, _)| known == field)
                .map(|(_, kind)| *kind),
        };
        match given {
            Some(kind) => Self::give(kind),
            None => {
                let fields = function.fields.iter().map(|(known, _)| known.as_str());
                let nearest = nearest(field.unwrap_or_default(), fields);
                let name = match field {
                    Some(field) => format!("{name}(...).{field}"),
                    None => format!("{name}(...)"),
                };
                self.report(at, Reason::UnknownName { name, nearest })
            }
        }
    }
}
