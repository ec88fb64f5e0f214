//! A good plan for many parts.

use super::planner::Planner;
use super::{LONGEST_GAP, MOST_PARTS, Visit, collide, end_of};
use crate::scheduling::Slot;
use std::cmp::Reverse;
use std::collections::HashSet;

impl<'a> Planner<'a> {
    /// A plan made by always taking the visit that holds most of what is left, then the earliest.
    pub(super) fn good(&mut self) -> Option<Vec<Visit<'a>>> {
        let mut left_out: HashSet<usize> = HashSet::new();
        loop {
            let wanted: Vec<usize> = (0..self.due.len())
                .filter(|due| !left_out.contains(due))
                .collect();
            let (visits, missed) = self.fill(&wanted);
            // What follows something, and what it follows, go together or not at all.
            let torn: Vec<usize> = missed
                .iter()
                .flat_map(|due| {
                    let later = wanted.iter().copied().filter(|later| {
                        self.earlier(*later)
                            .is_some_and(|(earlier, _)| earlier == *due)
                    });
                    later.chain(self.earlier(*due).map(|(earlier, _)| earlier))
                })
                .filter(|due| !missed.contains(due))
                .collect();
            if torn.is_empty() {
                return (!visits.is_empty()).then_some(visits);
            }
            left_out.extend(torn);
            left_out.extend(missed);
        }
    }

    fn fill(&self, wanted: &[usize]) -> (Vec<Visit<'a>>, Vec<usize>) {
        let mut left = wanted.to_vec();
        let mut visits: Vec<Visit> = Vec::new();
        while let Some(visit) = self.fullest(&left, &visits) {
            left.retain(|due| visit.slot_of(*due).is_none());
            visits.push(visit);
        }
        (visits, left)
    }

    fn fullest(&self, left: &[usize], visits: &[Visit<'a>]) -> Option<Visit<'a>> {
        let mask = left.iter().fold(0_u64, |mask, due| mask | 1 << *due);
        let order = self.ordered(mask);
        // What follows something that has no time yet has to wait for it.
        let ready = |due: &usize| {
            let earlier = self.earlier(*due).map(|(earlier, _)| earlier);
            earlier.is_none_or(|earlier| !left.contains(&earlier))
        };
        let mut best: Option<Visit> = None;
        for (position, first) in order.iter().enumerate().filter(|(_, due)| ready(due)) {
            for slot in self
                .times
                .get(*first)
                .into_iter()
                .flat_map(|times| times.values())
                .flatten()
            {
                let mut chosen = vec![(*first, *slot)];
                for next in order.iter().skip(position + 1).filter(|due| ready(due)) {
                    if chosen.len() < MOST_PARTS
                        && let Some(slot) = self.next_of(*next, &chosen)
                    {
                        chosen.push((*next, slot));
                    }
                }
                let Some(visit) = self.visit(&chosen) else {
                    continue;
                };
                let rank = |visit: &Visit| (Reverse(visit.parts.len()), visit.late, visit.until);
                let better = best.as_ref().is_none_or(|best| rank(&visit) < rank(best));
                if better && self.follows(visits, &visit) {
                    best = Some(visit);
                }
            }
        }
        best
    }

    fn next_of(&self, next: usize, chosen: &[(usize, &'a Slot)]) -> Option<&'a Slot> {
        let (_, last) = chosen.last()?;
        let until = end_of(last);
        let times = self.times.get(next)?.get(&last.local_date)?;
        let begin = times.partition_point(|slot| slot.starts_at < until);
        let mut near = times
            .iter()
            .skip(begin)
            .take_while(|slot| slot.starts_at <= until + LONGEST_GAP);
        near.find(|slot| {
            chosen.iter().all(|(_, other)| {
                other.place == slot.place
                    && other.modality == slot.modality
                    && !collide(other, slot)
            })
        })
        .copied()
    }
}
