//! The compiler: everything that is wrong with a version's content, with place and hint, or a
//! form that runs.

mod items;
mod order;
mod rules;

use super::content::{Content, Item};
use super::evaluate::{Form, Node};
use crate::rules::Type;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing wrong with a version's content. No finding of code `E..` may be left at publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The check, such as `E01`.
    pub code: String,
    /// The item, when it is about one.
    pub link_id: Option<String>,
    /// The part of the item: `text`, `show_when`, `options`, ...
    pub place: String,
    /// The column in a rule, from 1.
    pub column: Option<usize>,
    /// The word, unit, code or limit concerned.
    pub detail: String,
    /// What was probably meant.
    pub hint: Option<String>,
}

impl Finding {
    fn new(code: &str, item: &Item, place: &str, detail: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            link_id: Some(item.link_id.clone()),
            place: place.to_owned(),
            column: None,
            detail: detail.into(),
            hint: None,
        }
    }
}

/// An item of the content, flattened.
pub(super) struct Flat<'a> {
    item: &'a Item,
    parent: Option<usize>,
    level: usize,
}

impl Form {
    /// Checks a version's content and makes it runnable.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn compile(content: Content) -> Result<Self, Vec<Finding>> {
        let flat = flatten(&content.items);
        let findings = items::check(&content, &flat);
        Self::finish(&content, &flat, findings)
    }

    /// Makes the content of a published version runnable: its items were checked then, and only
    /// its rules have to be read.
    ///
    /// # Errors
    /// What is wrong with the rules, in the order of the form.
    pub fn published(content: &Content) -> Result<Self, Vec<Finding>> {
        Self::finish(content, &flatten(&content.items), Vec::new())
    }

    fn finish(
        content: &Content,
        flat: &[Flat<'_>],
        mut findings: Vec<Finding>,
    ) -> Result<Self, Vec<Finding>> {
        let parsed = rules::parse_all(flat, &mut findings);
        let order = order::order(flat, &parsed, &mut findings);
        let compiled = rules::compile_all(flat, &order, &mut findings);
        if !findings.is_empty() {
            let place_of = |finding: &Finding| {
                flat.iter()
                    .position(|f| Some(&f.item.link_id) == finding.link_id.as_ref())
            };
            findings.sort_by_key(place_of);
            return Err(findings);
        }
        let nodes = make_nodes(flat, compiled);
        let by_name: BTreeMap<String, usize> = nodes
            .iter()
            .enumerate()
            .map(|(index, node)| (node.item.link_id.clone(), index))
            .collect();
        Ok(Self {
            nodes,
            by_name,
            order,
            content: content.clone(),
        })
    }
}

fn make_nodes(flat: &[Flat<'_>], compiled: Vec<rules::Compiled>) -> Vec<Node> {
    flat.iter()
        .zip(compiled)
        .map(|(flat, compiled)| {
            let item = Item {
                items: Vec::new(),
                ..flat.item.clone()
            };
            let messages = item.valid_when.iter().map(|valid| valid.message.clone());
            let raised = item
                .flag_when
                .iter()
                .map(|flag| (flag.severity, flag.message.clone()));
            Node {
                valid: compiled.valid.into_iter().zip(messages).collect(),
                flags: compiled
                    .flags
                    .into_iter()
                    .zip(raised)
                    .map(|(rule, (severity, message))| (rule, severity, message))
                    .collect(),
                kind: compiled.kind,
                show: compiled.show,
                required: compiled.required,
                recommended: compiled.recommended,
                calculate: compiled.calculate,
                parent: flat.parent,
                item,
            }
        })
        .collect()
}

/// Items in the order of the form, each after its container.
fn flatten(items: &[Item]) -> Vec<Flat<'_>> {
    fn walk<'a>(items: &'a [Item], parent: Option<usize>, level: usize, into: &mut Vec<Flat<'a>>) {
        // Deeper levels are refused by the checks; they need not be looked at.
        if level > super::MAX_LEVELS + 1 {
            return;
        }
        for item in items {
            let index = into.len();
            into.push(Flat {
                item,
                parent,
                level,
            });
            walk(&item.items, Some(index), level + 1, into);
        }
    }
    let mut flat = Vec::new();
    walk(items, None, 1, &mut flat);
    flat
}

/// Items whose value type differs from an earlier version (E06): a name keeps its meaning.
#[must_use]
pub fn changed_types(earlier: &Form, later: &Form) -> Vec<Finding> {
    later
        .items()
        .filter_map(|item| {
            let before = earlier.value_type(&item.link_id)?;
            let now = later.value_type(&item.link_id)?;
            let same = match (before, now) {
                (Type::Quantity(a), Type::Quantity(b)) => a == b,
                (a, b) => a == b,
            };
            (!same).then(|| Finding::new("E06", item, "type", before.word()))
        })
        .collect()
}
