//! Which plan is better.

use super::Visit;
use chrono::{DateTime, NaiveDate, Utc};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What makes one plan better than another of as many visits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) visits: usize,
    pub(super) late: usize,
    /// When the visits end, the last one first.
    pub(super) ends: Vec<DateTime<Utc>>,
}

impl Key {
    pub(super) fn of(visits: &[Visit]) -> Self {
        let mut ends: Vec<_> = visits.iter().map(|visit| visit.until).collect();
        ends.sort_unstable_by_key(|end| Reverse(*end));
        Self {
            visits: visits.len(),
            late: visits.iter().map(|visit| visit.late).sum(),
            ends,
        }
    }

    pub(super) fn rank(&self) -> Rank {
        (self.late, self.ends.first().copied())
    }
}

/// How many parts are late, and when everything is over.
pub(super) type Rank = (usize, Option<DateTime<Utc>>);

/// The best plans so far, one for each set of dates.
pub(super) struct Best<'a> {
    pub(super) most: usize,
    /// What a plan must be better than, if anything.
    pub(super) below: Option<Rank>,
    /// The worst that still is among them, once there are as many as are wanted.
    pub(super) last: Option<Rank>,
    pub(super) found: BTreeMap<Vec<NaiveDate>, (Key, Vec<Visit<'a>>)>,
}

/// Whether a visit can be part of one of the best plans.
pub(super) enum Could {
    Take,
    NotThen,
    /// Nor on any later date.
    NotLater,
}

impl<'a> Best<'a> {
    pub(super) fn add(&mut self, visits: &[Visit<'a>]) {
        let key = Key::of(visits);
        if self.below.is_some_and(|below| key.rank() >= below) {
            return;
        }
        let mut dates: Vec<NaiveDate> = visits.iter().filter_map(Visit::date).collect();
        dates.sort_unstable();
        let known = self.found.get(&dates);
        if known.is_none_or(|(known, _)| key < *known) {
            self.found.insert(dates, (key, visits.to_vec()));
            let mut ranks: Vec<Rank> = self.found.values().map(|(key, _)| key.rank()).collect();
            ranks.sort_unstable();
            let last = self.most.checked_sub(1).and_then(|last| ranks.get(last));
            self.last = last.copied();
        }
    }

    /// Whether a plan with this visit could still be among the best; all of its date are as late.
    pub(super) fn could_take(&self, chosen: &[Visit<'a>], visit: &Visit<'a>) -> Could {
        let late = visit.late + chosen.iter().map(|visit| visit.late).sum::<usize>();
        let ends = chosen.iter().map(|visit| visit.until).max();
        let rank: Rank = (late, ends.max(Some(visit.until)));
        let fails = |limit: &Rank, equal: bool| rank > *limit || (equal && rank == *limit);
        let failed = [(self.below, true), (self.last, false)]
            .into_iter()
            .filter_map(|(limit, equal)| limit.filter(|limit| fails(limit, equal)))
            .min();
        match failed {
            None => Could::Take,
            // A later date could be less late than this one only if this one is late at all.
            Some(limit) if limit.0 <= late - visit.late => Could::NotLater,
            Some(_) => Could::NotThen,
        }
    }

    /// Whether these dates have a plan that no visit of the date can better, given the one of it that
    /// ends first.
    pub(super) fn has_better(
        &self,
        chosen: &[Visit<'a>],
        first: &Visit<'a>,
        date: NaiveDate,
    ) -> bool {
        let mut dates: Vec<NaiveDate> = chosen.iter().filter_map(Visit::date).collect();
        dates.push(date);
        dates.sort_unstable();
        let Some((known, _)) = self.found.get(&dates) else {
            return false;
        };
        let mut ends: Vec<_> = chosen.iter().map(|visit| visit.until).collect();
        ends.push(first.until);
        ends.sort_unstable_by_key(|end| Reverse(*end));
        let least = Key {
            visits: dates.len(),
            late: first.late + chosen.iter().map(|visit| visit.late).sum::<usize>(),
            ends,
        };
        *known <= least
    }

    pub(super) fn sorted(self) -> Vec<(Key, Vec<Visit<'a>>)> {
        let mut all: Vec<_> = self.found.into_values().collect();
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        all.truncate(self.most);
        all
    }
}
