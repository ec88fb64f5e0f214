//! The rules of all items: read, then type-checked in the order of evaluation, because a
//! calculated item's type is that of its rule.

use super::{Finding, Flat};
use crate::questionnaires::facts;
use crate::rules::{Described, Names, Reason, Rule, RuleError, Steps, Type, compile, parse};
use std::collections::{BTreeMap, BTreeSet};

/// The names an item's visibility and value depend on.
pub(super) struct Mentioned(pub(super) BTreeSet<String>);

/// An item's rules, compiled.
#[derive(Default)]
pub(super) struct Compiled {
    pub(super) kind: Option<Type>,
    pub(super) show: Option<Rule>,
    pub(super) required: Option<Rule>,
    pub(super) recommended: Option<Rule>,
    pub(super) valid: Vec<Rule>,
    pub(super) flags: Vec<Rule>,
    pub(super) calculate: Option<Rule>,
}

/// Reads the rules that decide the order of evaluation. Texts that do not read are reported when
/// they are compiled.
pub(super) fn parse_all(flat: &[Flat<'_>], findings: &mut Vec<Finding>) -> Vec<Mentioned> {
    let mut parts = 0;
    let mentioned = flat
        .iter()
        .map(|flat| {
            let item = flat.item;
            let ordering = [&item.show_when, &item.calculate];
            let others = [&item.required_when, &item.recommended_when];
            let lists = item.valid_when.iter().map(|valid| &valid.rule);
            let flags = item.flag_when.iter().map(|flag| &flag.rule);
            for source in others.into_iter().flatten().chain(lists).chain(flags) {
                parts += parse(source).map_or(0, |parsed| parsed.nodes);
            }
            let mut names = BTreeSet::new();
            for source in ordering.into_iter().flatten() {
                if let Ok(parsed) = parse(source) {
                    parts += parsed.nodes;
                    names.extend(parsed.names());
                }
            }
            Mentioned(names)
        })
        .collect();
    // Every rule runs once, so the parts of all rules bound the steps of an evaluation.
    if parts > Steps::FORM {
        findings.push(Finding {
            code: "E20".to_owned(),
            link_id: None,
            place: "rules".to_owned(),
            column: None,
            detail: Steps::FORM.to_string(),
            hint: None,
        });
    }
    mentioned
}

pub(super) fn compile_all(
    flat: &[Flat<'_>],
    order: &[usize],
    findings: &mut Vec<Finding>,
) -> Vec<Compiled> {
    let mut names = FormNames::of(flat);
    let mut compiled: BTreeMap<usize, Compiled> = BTreeMap::new();
    for index in order {
        let Some(flat) = flat.get(*index) else {
            continue;
        };
        let item = flat.item;
        let mut place = Place {
            flat,
            names: &names,
            findings,
        };
        let calculate = place.rule("calculate", item.calculate.as_deref(), None);
        let kind = match &calculate {
            Some(rule) => Some(rule.result()),
            None => item.value_type(),
        };
        let show = place.condition("show_when", item.show_when.as_deref());
        place.always_hidden(show.as_ref());
        names.calculated(&item.link_id, calculate.as_ref());
        compiled.insert(
            *index,
            Compiled {
                kind,
                show,
                calculate,
                ..Compiled::default()
            },
        );
    }
    // Conditions that only judge may mention any item, so they come last.
    flat.iter()
        .enumerate()
        .map(|(index, flat)| {
            let mut made = compiled.remove(&index).unwrap_or_default();
            let item = flat.item;
            let mut place = Place {
                flat,
                names: &names,
                findings,
            };
            made.required = place.condition("required_when", item.required_when.as_deref());
            made.recommended =
                place.condition("recommended_when", item.recommended_when.as_deref());
            made.valid = item
                .valid_when
                .iter()
                .filter_map(|valid| place.condition("valid_when", Some(&valid.rule)))
                .collect();
            made.flags = item
                .flag_when
                .iter()
                .filter_map(|flag| place.condition("flag_when", Some(&flag.rule)))
                .collect();
            made
        })
        .collect()
}

struct Place<'a> {
    flat: &'a Flat<'a>,
    names: &'a FormNames,
    findings: &'a mut Vec<Finding>,
}

impl Place<'_> {
    fn condition(&mut self, place: &str, source: Option<&str>) -> Option<Rule> {
        self.rule(place, source, Some(Type::Bool))
    }

    fn rule(&mut self, place: &str, source: Option<&str>, expected: Option<Type>) -> Option<Rule> {
        match compile(source?, self.names, expected, &[]) {
            Ok(rule) => Some(rule),
            Err(errors) => {
                let item = self.flat.item;
                let found = errors.iter().map(|error| Finding {
                    column: Some(error.column),
                    hint: hint(error),
                    ..Finding::new(error.code(), item, place, detail(error))
                });
                self.findings.extend(found);
                None
            }
        }
    }

    /// A condition without any name has its answer already (E08).
    fn always_hidden(&mut self, show: Option<&Rule>) {
        let never = show.is_some_and(|rule| {
            rule.names().is_empty() && !rule.holds(&NoFacts, &[], &mut Steps::default())
        });
        if never {
            let finding = Finding::new("E08", self.flat.item, "show_when", "");
            self.findings.push(finding);
        }
    }
}

struct NoFacts;

impl crate::rules::Facts for NoFacts {
    fn value(&self, _name: &str, _scope: &[usize]) -> crate::rules::Value {
        crate::rules::Value::None
    }
}

fn hint(error: &RuleError) -> Option<String> {
    match &error.reason {
        Reason::UnknownName { nearest, .. }
        | Reason::UnknownFunction { nearest, .. }
        | Reason::UnknownOption { nearest, .. } => nearest.clone(),
        _ => None,
    }
}

fn detail(error: &RuleError) -> String {
    match &error.reason {
        Reason::UnknownName { name, .. }
        | Reason::UnknownFunction { name, .. }
        | Reason::Repeated { name } => name.clone(),
        Reason::UnknownOption { code, .. } => code.clone(),
        Reason::Unit { unit } => unit.clone(),
        Reason::TooLarge { limit, .. } => limit.to_string(),
        other => other.to_string(),
    }
}

/// The names a form's rules may use.
struct FormNames {
    items: BTreeMap<String, Described>,
}

impl FormNames {
    fn of(flat: &[Flat<'_>]) -> Self {
        let items = flat
            .iter()
            .filter_map(|flat| {
                let item = flat.item;
                let mut described = Described::plain(item.value_type()?);
                if item.kind.has_options() {
                    described.options = Some(item.options.iter().map(|o| o.code.clone()).collect());
                }
                Some((item.link_id.clone(), described))
            })
            .collect();
        Self { items }
    }

    fn calculated(&mut self, link_id: &str, rule: Option<&Rule>) {
        if let Some(rule) = rule {
            let described = Described::plain(rule.result());
            self.items.insert(link_id.to_owned(), described);
        }
    }
}

impl Names for FormNames {
    fn name(&self, name: &str) -> Option<Described> {
        match self.items.get(name) {
            Some(described) => Some(described.clone()),
            None => facts::described(name),
        }
    }

    fn all(&self) -> Vec<String> {
        let facts = facts::FACTS.iter().map(|(name, _)| (*name).to_owned());
        self.items.keys().cloned().chain(facts).collect()
    }
}
