//! The order of evaluation, and the cycles that have none.

use super::rules::Mentioned;
use super::{Finding, Flat};
use std::collections::{BTreeMap, BTreeSet};

/// Node numbers so that each comes after all that its visibility and value depend on: its
/// container and every item its `show_when` and `calculate` mention. Items in a cycle are reported
/// (E03) and left out.
pub(super) fn order(
    flat: &[Flat<'_>],
    mentioned: &[Mentioned],
    findings: &mut Vec<Finding>,
) -> Vec<usize> {
    let by_name: BTreeMap<&str, usize> = flat
        .iter()
        .enumerate()
        .map(|(index, flat)| (flat.item.link_id.as_str(), index))
        .collect();
    let needs: Vec<BTreeSet<usize>> = flat
        .iter()
        .zip(mentioned)
        .map(|(flat, mentioned)| {
            mentioned
                .0
                .iter()
                .filter_map(|name| by_name.get(name.as_str()).copied())
                .chain(flat.parent)
                .collect()
        })
        .collect();
    let mut placed = vec![false; flat.len()];
    let mut order = Vec::with_capacity(flat.len());
    loop {
        let before = order.len();
        for (index, needed) in needs.iter().enumerate() {
            let is_placed = |i: &usize| placed.get(*i).copied().unwrap_or(true);
            if !is_placed(&index) && needed.iter().all(is_placed) {
                if let Some(slot) = placed.get_mut(index) {
                    *slot = true;
                }
                order.push(index);
            }
        }
        if order.len() == before {
            break;
        }
    }
    for (index, flat) in flat.iter().enumerate() {
        if reaches_itself(index, &needs) {
            findings.push(Finding::new("E03", flat.item, "show_when", ""));
        }
    }
    order
}

fn reaches_itself(start: usize, needs: &[BTreeSet<usize>]) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(index) = open.pop() {
        for next in needs.get(index).into_iter().flatten() {
            if *next == start {
                return true;
            }
            if seen.insert(*next) {
                open.push(*next);
            }
        }
    }
    false
}
