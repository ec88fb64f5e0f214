//! The best plans there are, for a few parts.

use super::planner::Planner;
use super::ranking::{Best, Could, Key};
use super::{MOST_PLANS, Visit};
use std::collections::BTreeMap;

impl<'a> Planner<'a> {
    /// The best plans of as many of the due ones as can be planned.
    pub(super) fn best(&mut self) -> Vec<Vec<Visit<'a>>> {
        let count = self.due.len();
        let all = (1_u64 << count) - 1;
        let of = |mask: u64| (0..count).filter(move |due| mask & (1 << due) != 0);
        for size in (1..=count).rev() {
            let mut best: Option<Vec<(Key, Vec<Visit>)>> = None;
            for mask in (1..=all).filter(|mask| mask.count_ones() as usize == size) {
                let planned: Vec<usize> = of(mask).collect();
                if !self.keeps_together(&planned) {
                    continue;
                }
                let found = self.plans_of(mask);
                let key = found.first().map(|(key, _)| key);
                let known = best.iter().flatten().next().map(|(key, _)| key);
                if key.is_some() && (known.is_none() || key < known) {
                    best = Some(found);
                }
            }
            if let Some(found) = best {
                return found.into_iter().map(|(_, visits)| visits).collect();
            }
        }
        Vec::new()
    }

    fn plans_of(&mut self, mask: u64) -> Vec<(Key, Vec<Visit<'a>>)> {
        let mut plans: Vec<(Key, Vec<Visit>)> = Vec::new();
        for visits in 1..=mask.count_ones() as usize {
            let Some(most) = MOST_PLANS.checked_sub(plans.len()).filter(|most| *most > 0) else {
                break;
            };
            let mut best = Best {
                most,
                below: plans.iter().map(|(key, _)| key.rank()).min(),
                last: None,
                found: BTreeMap::new(),
            };
            self.combine(mask, visits, &mut Vec::new(), &mut best);
            plans.extend(best.sorted());
        }
        plans
    }

    /// Divides what is left into so many visits, each in every way that could be the best.
    fn combine(
        &mut self,
        rest: u64,
        visits: usize,
        chosen: &mut Vec<Visit<'a>>,
        best: &mut Best<'a>,
    ) {
        if rest == 0 {
            if visits == 0 {
                best.add(chosen);
            }
            return;
        }
        if visits == 0 {
            return;
        }
        let lowest = rest & rest.wrapping_neg();
        let others = rest ^ lowest;
        let mut more = others;
        loop {
            let group = more | lowest;
            let left = rest ^ group;
            if (left == 0) == (visits == 1) && left.count_ones() as usize >= visits - 1 {
                self.choose(group, left, visits - 1, chosen, best);
            }
            if more == 0 {
                break;
            }
            more = (more - 1) & others;
        }
    }

    /// Makes a visit of a group in every way that could be the best, then divides what is left.
    fn choose(
        &mut self,
        group: u64,
        left: u64,
        visits: usize,
        chosen: &mut Vec<Visit<'a>>,
        best: &mut Best<'a>,
    ) {
        let ways = self.ways(group);
        for (date, of_date) in ways.iter() {
            let Some(first) = of_date.first() else {
                continue;
            };
            match best.could_take(chosen, first) {
                Could::Take => {}
                Could::NotThen => continue,
                Could::NotLater => break,
            }
            if left == 0 && best.has_better(chosen, first, *date) {
                continue;
            }
            for visit in of_date {
                if !self.follows(chosen, visit) {
                    continue;
                }
                chosen.push(visit.clone());
                self.combine(left, visits, chosen, best);
                chosen.pop();
                // The others of this date end later.
                if left == 0 {
                    break;
                }
            }
        }
    }
}
