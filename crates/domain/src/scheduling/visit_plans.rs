//! One visit for everything due: which due visits can be made one after the other, and when.

use super::{After, Item, Slot};
use crate::ids::AppointmentTypeId;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

/// The longest a person waits between two parts of a visit.
pub const LONGEST_GAP: TimeDelta = TimeDelta::minutes(15);
/// The most parts of one visit.
pub const MOST_PARTS: usize = 8;
/// How many due ones are looked at; nobody has as many.
const MOST_DUE: usize = 63;
/// The most plans that are worth reading.
pub const MOST_PLANS: usize = 3;

/// Something due, and the times that are free for it.
#[derive(Clone, Debug)]
pub struct DueVisit {
    /// The kind of visit that answers it.
    pub kind: AppointmentTypeId,
    /// From when to when it is wanted.
    pub dates: Item,
    /// Whether nothing may be eaten before.
    pub fasting: bool,
    /// Where it comes among visits made one after the other; the lower is earlier.
    pub bundle_order: u8,
    /// Which other one it follows, where that is due too.
    pub after: Option<After>,
    /// When it could be, in the order of time.
    pub times: Vec<Slot>,
}

/// A part of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which of the due ones, by its place in what was given.
    pub due: usize,
    /// When, and what it takes.
    pub slot: Slot,
}

/// Everything due, in as few visits as possible: each visit's parts one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisitPlan {
    /// The visits in the order of time.
    pub visits: Vec<Vec<Part>>,
}

/// What can be planned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plans {
    /// At most three on different dates: fewest visits first, then all in time, then the earliest
    /// finish. One of more visits is only there if it is better in the rest.
    pub plans: Vec<VisitPlan>,
    /// What no plan holds.
    pub left_out: Vec<usize>,
}

impl VisitPlan {
    /// How many parts there are in all.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.visits.iter().map(Vec::len).sum()
    }

    /// How many visits fewer than one for each part.
    #[must_use]
    pub fn saves(&self) -> usize {
        self.parts() - self.visits.len()
    }
}

/// Plans everything due: the best there is for up to eight, a good one above.
#[must_use]
pub fn plan(due: &[DueVisit]) -> Plans {
    let mut planner = Planner::new(due);
    let found = if due.len() <= MOST_PARTS {
        planner.best()
    } else {
        planner.good().into_iter().collect()
    };
    let plans: Vec<VisitPlan> = found.into_iter().map(shown).collect();
    let planned: HashSet<usize> = plans
        .iter()
        .flat_map(|plan| plan.visits.iter().flatten().map(|part| part.due))
        .collect();
    Plans {
        plans,
        left_out: (0..due.len())
            .filter(|due| !planned.contains(due))
            .collect(),
    }
}

/// Whether somebody may make these visits: the parts of each one after the other in their order,
/// and what follows something else, after it.
#[must_use]
pub fn is_sound(due: &[DueVisit], plan: &VisitPlan) -> bool {
    let planner = Planner::new(due);
    let mut earlier: Vec<Visit> = Vec::new();
    for parts in &plan.visits {
        let chosen: Vec<(usize, &Slot)> = parts.iter().map(|part| (part.due, &part.slot)).collect();
        let mask = chosen.iter().fold(0_u64, |mask, (due, _)| mask | 1 << *due);
        let given: Vec<usize> = chosen.iter().map(|(due, _)| *due).collect();
        let together = chosen.windows(2).all(|pair| match pair {
            [(_, first), (_, second)] => {
                let gap = second.starts_at - end_of(first);
                (TimeDelta::zero()..=LONGEST_GAP).contains(&gap) && first.place == second.place
            }
            _ => true,
        });
        let Some(visit) = planner.visit(&chosen) else {
            return false;
        };
        if !together || given != planner.ordered(mask) || !planner.follows(&earlier, &visit) {
            return false;
        }
        earlier.push(visit);
    }
    let planned: Vec<usize> = plan.visits.iter().flatten().map(|part| part.due).collect();
    planner.keeps_together(&planned)
}

/// When the person can go on to something else.
fn end_of(slot: &Slot) -> DateTime<Utc> {
    slot.ends_at.max(slot.shown_ends_at)
}

fn shown(mut visits: Vec<Visit<'_>>) -> VisitPlan {
    visits.sort_by_key(|visit| visit.from);
    let part = |(due, slot): &(usize, &Slot)| Part {
        due: *due,
        slot: (*slot).clone(),
    };
    VisitPlan {
        visits: visits
            .iter()
            .map(|visit| visit.parts.iter().map(part).collect())
            .collect(),
    }
}

/// One way to make a visit.
#[derive(Clone, Debug)]
struct Visit<'a> {
    parts: Vec<(usize, &'a Slot)>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    /// How many parts come after their due date.
    late: usize,
}

impl<'a> Visit<'a> {
    fn slot_of(&self, due: usize) -> Option<&'a Slot> {
        let part = self.parts.iter().find(|(known, _)| *known == due);
        part.map(|(_, slot)| *slot)
    }

    fn date(&self) -> Option<NaiveDate> {
        self.parts.first().map(|(_, slot)| slot.local_date)
    }
}

type ByDate<'a> = BTreeMap<NaiveDate, Vec<Visit<'a>>>;

struct Planner<'a> {
    due: &'a [DueVisit],
    times: Vec<BTreeMap<NaiveDate, Vec<&'a Slot>>>,
    /// For each one, which other it follows.
    follows: Vec<Option<(usize, After)>>,
    /// Whether nothing is kept free around any part: then two parts one after the other never
    /// stand in each other's way.
    without_buffers: bool,
    known: HashMap<u64, Rc<ByDate<'a>>>,
}

impl<'a> Planner<'a> {
    fn new(due: &'a [DueVisit]) -> Self {
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

    fn get(&self, due: usize) -> Option<&'a DueVisit> {
        self.due.get(due)
    }

    fn earlier(&self, due: usize) -> Option<(usize, After)> {
        *self.follows.get(due)?
    }

    /// The parts of a visit in their order: fasting first, then what others follow, then as the
    /// clinic likes it.
    fn ordered(&self, mask: u64) -> Vec<usize> {
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
    fn visit(&self, parts: &[(usize, &'a Slot)]) -> Option<Visit<'a>> {
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
    fn follows(&self, others: &[Visit<'_>], visit: &Visit<'_>) -> bool {
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
    fn keeps_together(&self, planned: &[usize]) -> bool {
        (0..self.due.len()).all(|due| {
            self.earlier(due)
                .is_none_or(|(earlier, _)| planned.contains(&due) == planned.contains(&earlier))
        })
    }

    /// Every way to make a visit of these parts that could be the best for something.
    fn ways(&mut self, mask: u64) -> Rc<ByDate<'a>> {
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

    /// The best plans of as many of the due ones as can be planned.
    fn best(&mut self) -> Vec<Vec<Visit<'a>>> {
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

    /// A plan made by always taking the visit that holds most of what is left, then the earliest.
    fn good(&mut self) -> Option<Vec<Visit<'a>>> {
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

/// Whether two parts take the same lane of something at the same time.
fn collide(one: &Slot, other: &Slot) -> bool {
    one.resources.iter().any(|taken| {
        other.resources.iter().any(|second| {
            taken.resource_id == second.resource_id
                && taken.lane == second.lane
                && taken.claimed.overlaps(second.claimed)
        })
    })
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

/// What makes one plan better than another of as many visits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    visits: usize,
    late: usize,
    /// When the visits end, the last one first.
    ends: Vec<DateTime<Utc>>,
}

impl Key {
    fn of(visits: &[Visit]) -> Self {
        let mut ends: Vec<_> = visits.iter().map(|visit| visit.until).collect();
        ends.sort_unstable_by_key(|end| Reverse(*end));
        Self {
            visits: visits.len(),
            late: visits.iter().map(|visit| visit.late).sum(),
            ends,
        }
    }

    fn rank(&self) -> Rank {
        (self.late, self.ends.first().copied())
    }
}

/// How many parts are late, and when everything is over.
type Rank = (usize, Option<DateTime<Utc>>);

/// The best plans so far, one for each set of dates.
struct Best<'a> {
    most: usize,
    /// What a plan must be better than, if anything.
    below: Option<Rank>,
    /// The worst that still is among them, once there are as many as are wanted.
    last: Option<Rank>,
    found: BTreeMap<Vec<NaiveDate>, (Key, Vec<Visit<'a>>)>,
}

/// Whether a visit can be part of one of the best plans.
enum Could {
    Take,
    NotThen,
    /// Nor on any later date.
    NotLater,
}

impl<'a> Best<'a> {
    fn add(&mut self, visits: &[Visit<'a>]) {
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
    fn could_take(&self, chosen: &[Visit<'a>], visit: &Visit<'a>) -> Could {
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
    fn has_better(&self, chosen: &[Visit<'a>], first: &Visit<'a>, date: NaiveDate) -> bool {
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

    fn sorted(self) -> Vec<(Key, Vec<Visit<'a>>)> {
        let mut all: Vec<_> = self.found.into_values().collect();
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        all.truncate(self.most);
        all
    }
}
