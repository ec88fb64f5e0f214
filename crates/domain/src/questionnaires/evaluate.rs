//! What a form shows, requires, calculates, flags and refuses for given answers.

use super::answers::{AnswerError, Answers, ErrorCode, read};
use super::content::{Content, Item, Kind, Requirement, Severity, Words};
use super::facts::Context;
use crate::rules::{Facts, Rule, Steps, Type, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A version's content, checked and runnable.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    pub(super) content: Content,
    pub(super) nodes: Vec<Node>,
    pub(super) by_name: BTreeMap<String, usize>,
    pub(super) order: Vec<usize>,
}

/// An item with its rules compiled; the items inside it are nodes of their own.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) item: Item,
    pub(super) parent: Option<usize>,
    pub(super) kind: Option<Type>,
    pub(super) show: Option<Rule>,
    pub(super) required: Option<Rule>,
    pub(super) recommended: Option<Rule>,
    pub(super) valid: Vec<(Rule, Words)>,
    pub(super) flags: Vec<(Rule, Severity, Words)>,
    pub(super) calculate: Option<Rule>,
}

/// What a form says about one item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemState {
    /// The item.
    pub link_id: String,
    /// Whether it is shown.
    pub visible: bool,
    /// Whether it must be answered.
    pub required: bool,
    /// Whether it is asked about once when blank.
    pub recommended: bool,
    /// Its value; none when hidden, blank or not valid.
    pub value: Value,
}

/// A flag that a rule raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    /// The item whose rule it is.
    pub link_id: String,
    /// How urgent.
    pub severity: Severity,
    /// What to look at.
    pub message: Words,
}

/// What a form says for given answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Every item, in the order of the form.
    pub items: Vec<ItemState>,
    /// Everything wrong, in the order of the form.
    pub errors: Vec<AnswerError>,
    /// Every raised flag.
    pub flags: Vec<Raised>,
}

impl Outcome {
    /// What is said about an item.
    #[must_use]
    pub fn item(&self, link_id: &str) -> Option<&ItemState> {
        self.items.iter().find(|state| state.link_id == link_id)
    }

    /// Whether an item is shown.
    #[must_use]
    pub fn shows(&self, link_id: &str) -> bool {
        self.item(link_id).is_some_and(|state| state.visible)
    }

    /// What is wrong with an item's answer.
    #[must_use]
    pub fn error(&self, link_id: &str) -> Option<&AnswerError> {
        self.errors.iter().find(|error| error.link_id == link_id)
    }
}

impl Form {
    /// The content it was made from.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// An item by its name, without the items inside it.
    #[must_use]
    pub fn item(&self, link_id: &str) -> Option<&Item> {
        self.node(link_id).map(|node| &node.item)
    }

    /// Every item in the order of the form, without the items inside it.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.nodes.iter().map(|node| &node.item)
    }

    /// The container an item stands in.
    #[must_use]
    pub fn parent(&self, link_id: &str) -> Option<&Item> {
        let parent = self.node(link_id)?.parent?;
        self.nodes.get(parent).map(|node| &node.item)
    }

    /// The page an item stands on, itself included.
    #[must_use]
    pub fn page_of(&self, link_id: &str) -> Option<&str> {
        let mut node = self.node(link_id)?;
        while node.item.kind != Kind::Page {
            node = self.nodes.get(node.parent?)?;
        }
        Some(&node.item.link_id)
    }

    /// The type of an item's value.
    #[must_use]
    pub fn value_type(&self, link_id: &str) -> Option<Type> {
        self.node(link_id)?.kind
    }

    fn node(&self, link_id: &str) -> Option<&Node> {
        self.by_name
            .get(link_id)
            .and_then(|index| self.nodes.get(*index))
    }

    /// Says what is shown, required, calculated, flagged and wrong.
    #[must_use]
    pub fn evaluate(&self, answers: &Answers, context: &Context) -> Outcome {
        let mut run = Run::new(self, answers, context);
        for index in &self.order {
            run.show(*index);
        }
        run.finish()
    }
}

/// One evaluation. Nodes are visited in the order of their dependencies, so each rule runs once.
struct Run<'a> {
    form: &'a Form,
    answers: &'a Answers,
    context: &'a Context,
    visible: Vec<bool>,
    values: Vec<Value>,
    unreadable: BTreeMap<usize, AnswerError>,
    steps: Steps,
}

struct Known<'a> {
    form: &'a Form,
    context: &'a Context,
    values: &'a [Value],
}

impl Facts for Known<'_> {
    fn value(&self, name: &str, _scope: &[usize]) -> Value {
        match self.form.by_name.get(name) {
            Some(index) => self.values.get(*index).cloned().unwrap_or(Value::None),
            None => self.context.value(name),
        }
    }
}

impl<'a> Run<'a> {
    fn new(form: &'a Form, answers: &'a Answers, context: &'a Context) -> Self {
        Self {
            form,
            answers,
            context,
            visible: vec![false; form.nodes.len()],
            values: vec![Value::None; form.nodes.len()],
            unreadable: BTreeMap::new(),
            steps: Steps::default(),
        }
    }

    fn ask(&mut self, rule: &Rule) -> Value {
        let known = Known {
            form: self.form,
            context: self.context,
            values: &self.values,
        };
        rule.evaluate(&known, &[], &mut self.steps)
    }

    fn holds(&mut self, rule: Option<&Rule>) -> bool {
        rule.is_some_and(|rule| self.ask(rule) == Value::Bool(true))
    }

    fn show(&mut self, index: usize) {
        let Some(node) = self.form.nodes.get(index) else {
            return;
        };
        let around = node
            .parent
            .is_none_or(|parent| self.visible.get(parent).copied().unwrap_or(false));
        let shown = around && (node.show.is_none() || self.holds(node.show.as_ref()));
        if !shown {
            return;
        }
        let value = match &node.calculate {
            Some(rule) => self.ask(rule),
            None => self.read(index, node),
        };
        if let (Some(visible), Some(slot)) =
            (self.visible.get_mut(index), self.values.get_mut(index))
        {
            *visible = true;
            *slot = value;
        }
    }

    fn read(&mut self, index: usize, node: &Node) -> Value {
        let Some(entry) = self.answers.get(&node.item.link_id) else {
            return Value::None;
        };
        match read(&node.item, entry, self.context) {
            Ok(value) => value,
            Err((code, limit)) => {
                let error = AnswerError {
                    limit,
                    ..AnswerError::new(&node.item.link_id, code)
                };
                self.unreadable.insert(index, error);
                Value::None
            }
        }
    }

    fn finish(mut self) -> Outcome {
        let mut outcome = Outcome {
            items: Vec::with_capacity(self.form.nodes.len()),
            errors: Vec::new(),
            flags: Vec::new(),
        };
        let form = self.form;
        for (index, node) in form.nodes.iter().enumerate() {
            let state = self.judge(index, node, &mut outcome);
            outcome.items.push(state);
        }
        let unknown = self
            .answers
            .keys()
            .filter(|link_id| !form.by_name.contains_key(*link_id))
            .map(|link_id| AnswerError::new(link_id, ErrorCode::UnknownItem));
        outcome.errors.extend(unknown);
        if self.steps.exhausted() {
            outcome
                .errors
                .push(AnswerError::new("", ErrorCode::TooComplex));
        }
        outcome
    }

    fn judge(&mut self, index: usize, node: &Node, outcome: &mut Outcome) -> ItemState {
        let visible = self.visible.get(index).copied().unwrap_or(false);
        let value = self.values.get(index).cloned().unwrap_or(Value::None);
        let asked = visible && node.item.kind.is_answerable();
        let wanted = node.item.requirement;
        let required =
            asked && (wanted == Requirement::Required || self.holds(node.required.as_ref()));
        let recommended = asked
            && !required
            && (wanted == Requirement::Recommended || self.holds(node.recommended.as_ref()));
        if let Some(error) = self.unreadable.remove(&index) {
            outcome.errors.push(error);
        } else if required && value.is_none() {
            let error = AnswerError::new(&node.item.link_id, ErrorCode::Required);
            outcome.errors.push(error);
        } else if visible {
            self.conditions(node, outcome);
        }
        if visible {
            self.flags(node, outcome);
        }
        ItemState {
            link_id: node.item.link_id.clone(),
            visible,
            required,
            recommended,
            value,
        }
    }

    fn conditions(&mut self, node: &Node, outcome: &mut Outcome) {
        for (rule, message) in &node.valid {
            if self.ask(rule) == Value::Bool(false) {
                outcome.errors.push(AnswerError {
                    message: Some(message.clone()),
                    ..AnswerError::new(&node.item.link_id, ErrorCode::Condition)
                });
            }
        }
    }

    fn flags(&mut self, node: &Node, outcome: &mut Outcome) {
        for (rule, severity, message) in &node.flags {
            if self.ask(rule) == Value::Bool(true) {
                outcome.flags.push(Raised {
                    link_id: node.item.link_id.clone(),
                    severity: *severity,
                    message: message.clone(),
                });
            }
        }
    }
}
