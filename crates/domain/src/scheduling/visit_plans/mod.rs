//! One visit for everything due: which due visits can be made one after the other, and when.

mod exact;
mod greedy;
mod planner;
mod ranking;

use super::{After, Item, Slot};
use crate::ids::AppointmentTypeId;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use planner::Planner;
use std::collections::HashSet;

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
