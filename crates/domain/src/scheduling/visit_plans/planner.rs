//! What can be put together: the ways to make one visit of some parts.

use super::{DueVisit, LONGEST_GAP, MOST_DUE, Visit, collide, end_of};
use crate::scheduling::{After, Slot};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

pub(super) type ByDate<'a> = BTreeMap<NaiveDate, Vec<Visit<'a>>>;

pub(super) struct Planner<'a> {
    pub(super) due: &'a [DueVisit],
    pub(super) times: Vec<BTreeMap<NaiveDate, Vec<&'a Slot>>>,
    /// For each one, which other it follows.
    pub(super) follows: Vec<Option<(usize, After)>>,
    /// Whether nothing is kept free around any part: then two parts one after the other never
    /// stand in each other's way.
    pub(super) without_buffers: bool,
    pub(super) known: HashMap<u64, Rc<ByDate<'a>>>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(due: &'a [DueVisit]) -> Self {
        let due = due.get(..MOST_DUE).unwrap_or(due);
        let times = due.iter().map(|one| {
            let mut by_date: BTreeMap<NaiveDate, Vec<&Slot>> = BTreeMap::new();
            let early = |slot: &&Slot| {
                let visible = one.dates.visible_date;
                visible.is_none_or(|visible| visible <= slot.local_date)
            };
            for slot in one.times.iter().filter(early) {
                by_date.entry(slot.local_date).or_default().push(slot);
            }
            by_date
        });
        let follows = due.iter().map(|one| {
            let after = one.after?;
            let earlier = due.iter().position(|other| other.kind == after.kind)?;
            Some((earlier, after))
        });
        let is_lean = |slot: &Slot| {
            slot.resources.iter().all(|taken| {
                taken.claimed.from >= slot.starts_at && taken.claimed.until <= slot.ends_at
            })
        };
        Self {
            due,
            times: times.collect(),
            follows: follows.collect(),
            without_buffers: due.iter().flat_map(|one| &one.times).all(is_lean),
            known: HashMap::new(),
        }
    }

    pub(super) fn get(&self, due: usize) -> Option<&'a DueVisit> {
        self.due.get(due)
    }

    pub(super) fn earlier(&self, due: usize) -> Option<(usize, After)> {
        *self.follows.get(due)?
    }

    /// The parts of a visit in their order: fasting first, then what others follow, then as the
    /// clinic likes it.
    pub(super) fn ordered(&self, mask: u64) -> Vec<usize> {
        let mut parts: Vec<usize> = (0..self.due.len())
            .filter(|due| mask & (1 << due) != 0)
            .collect();
        let depth = |due: usize| {
            let mut depth = 0_usize;
            let mut at = due;
            while let Some((earlier, _)) = self.earlier(at) {
                if mask & (1 << earlier) == 0 || depth > self.due.len() {
                    break;
                }
                depth += 1;
                at = earlier;
            }
            depth
        };
        parts.sort_by_key(|due| {
            let one = self.get(*due);
            let fasting = one.is_some_and(|one| one.fasting);
            let order = one.map_or(u8::MAX, |one| one.bundle_order);
            (!fasting, depth(*due), order, *due)
        });
        parts
    }

    /// The parts as a visit, if each comes rightly after what it follows.
    pub(super) fn visit(&self, parts: &[(usize, &'a Slot)]) -> Option<Visit<'a>> {
        let late = |(due, slot): &&(usize, &Slot)| {
            let one = self.get(*due);
            one.is_some_and(|one| one.dates.is_past_due(slot.local_date))
        };
        let visit = Visit {
            parts: parts.to_vec(),
            from: parts.first()?.1.starts_at,
            until: parts.iter().map(|(_, slot)| end_of(slot)).max()?,
            late: parts.iter().filter(late).count(),
        };
        self.follows(&[], &visit).then_some(visit)
    }

    /// Whether a visit can be made beside others: it overlaps none, and what follows something else
    /// comes rightly after it.
    pub(super) fn follows(&self, others: &[Visit<'_>], visit: &Visit<'_>) -> bool {
        let apart = |other: &Visit| other.until <= visit.from || visit.until <= other.from;
        if !others.iter().all(apart) {
            return false;
        }
        let slot_of = |due: usize| {
            let mut all = others.iter().chain(std::iter::once(visit));
            all.find_map(|visit| visit.slot_of(due))
        };
        (0..self.due.len()).all(|due| {
            let Some((earlier, after)) = self.earlier(due) else {
                return true;
            };
            match (slot_of(earlier), slot_of(due)) {
                (Some(earlier), Some(later)) => after.allows(earlier.ends_at, later.starts_at),
                _ => true,
            }
        })
    }

    /// Whether of two that follow each other there are both or none: what is placed must be read.
    pub(super) fn keeps_together(&self, planned: &[usize]) -> bool {
        (0..self.due.len()).all(|due| {
            self.earlier(due)
                .is_none_or(|(earlier, _)| planned.contains(&due) == planned.contains(&earlier))
        })
    }

    /// Every way to make a visit of these parts that could be the best for something.
    pub(super) fn ways(&mut self, mask: u64) -> Rc<ByDate<'a>> {
        if let Some(known) = self.known.get(&mask) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.find_ways(mask));
        self.known.insert(mask, Rc::clone(&found));
        found
    }

    fn find_ways(&self, mask: u64) -> ByDate<'a> {
        let parts = self.ordered(mask);
        let mut by_date = ByDate::new();
        let Some((first, rest)) = parts.split_first() else {
            return by_date;
        };
        let days_between = |due: &usize| {
            let after = self
                .earlier(*due)
                .filter(|(earlier, _)| parts.contains(earlier));
            after.is_some_and(|(_, after)| after.least_hours >= 24)
        };
        if parts.iter().any(days_between) {
            return by_date;
        }
        // Whose times matter to a part of another visit.
        let linked: Vec<usize> = parts
            .iter()
            .copied()
            .filter(|due| {
                (0..self.due.len()).any(|other| {
                    let pair = self.earlier(other).map(|(earlier, _)| (earlier, other));
                    pair.is_some_and(|(earlier, later)| {
                        let elsewhere = |one: usize| mask & (1 << one) == 0;
                        (earlier == *due && elsewhere(later))
                            || (later == *due && elsewhere(earlier))
                    })
                })
            })
            .collect();
        for (date, starts) in self.times.get(*first).into_iter().flatten() {
            let mut visits: Vec<Visit> = Vec::new();
            for slot in starts {
                let mut ways = Ways {
                    linked: &linked,
                    found: Vec::new(),
                    seen: HashSet::new(),
                };
                self.go_on(*date, rest, &mut vec![(*first, *slot)], &mut ways);
                visits.extend(ways.found);
            }
            if !visits.is_empty() {
                visits.sort_by_key(|visit| (visit.until, visit.from));
                by_date.insert(*date, visits);
            }
        }
        by_date
    }

    fn go_on(
        &self,
        date: NaiveDate,
        rest: &[usize],
        chosen: &mut Vec<(usize, &'a Slot)>,
        ways: &mut Ways<'_, 'a>,
    ) {
        let Some(until) = chosen.last().map(|(_, slot)| end_of(slot)) else {
            return;
        };
        let Some((next, rest)) = rest.split_first() else {
            if let Some(visit) = self.visit(chosen) {
                ways.add(visit);
            }
            return;
        };
        let links = ways.links(chosen);
        if self.without_buffers && !ways.seen.insert((chosen.len(), until, links)) {
            return;
        }
        let times = self.times.get(*next).and_then(|times| times.get(&date));
        let times = times.map(Vec::as_slice).unwrap_or_default();
        let begin = times.partition_point(|slot| slot.starts_at < until);
        for slot in times.iter().skip(begin) {
            if slot.starts_at > until + LONGEST_GAP {
                break;
            }
            let fits = chosen.iter().all(|(_, other)| {
                other.place == slot.place
                    && other.modality == slot.modality
                    && !collide(other, slot)
            });
            if fits && !ways.is_beaten(self.least(rest, end_of(slot))) {
                chosen.push((*next, slot));
                self.go_on(date, rest, chosen, ways);
                chosen.pop();
            }
        }
    }

    /// When a visit ends at the earliest that goes on with these parts.
    fn least(&self, rest: &[usize], from: DateTime<Utc>) -> DateTime<Utc> {
        rest.iter().fold(from, |at, due| {
            let first = self.get(*due).and_then(|one| one.times.first());
            first.map_or(at, |slot| at + (end_of(slot) - slot.starts_at))
        })
    }
}

/// A place in the search for ways: how many parts, until when, and when the linked ones start.
type Seen = (usize, DateTime<Utc>, Vec<DateTime<Utc>>);

/// The ways found from one start.
struct Ways<'l, 'a> {
    linked: &'l [usize],
    found: Vec<Visit<'a>>,
    seen: HashSet<Seen>,
}

impl<'a> Ways<'_, 'a> {
    fn links(&self, chosen: &[(usize, &Slot)]) -> Vec<DateTime<Utc>> {
        let linked = chosen.iter().filter(|(due, _)| self.linked.contains(due));
        linked.map(|(_, slot)| slot.starts_at).collect()
    }

    fn add(&mut self, visit: Visit<'a>) {
        let links = self.links(&visit.parts);
        let same = |known: &Visit| self.links(&known.parts) == links;
        match self.found.iter().position(same) {
            None => self.found.push(visit),
            Some(at) => {
                if let Some(known) = self
                    .found
                    .get_mut(at)
                    .filter(|known| visit.until < known.until)
                {
                    *known = visit;
                }
            }
        }
    }

    /// Whether something as good is known. Where times are linked every one of them counts.
    fn is_beaten(&self, least: DateTime<Utc>) -> bool {
        self.linked.is_empty() && self.found.iter().any(|known| known.until <= least)
    }
}
