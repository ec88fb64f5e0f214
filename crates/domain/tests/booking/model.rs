//! Booking as a table on paper: who has which five minutes. Knows nothing of how Salus does it.
//!
//! Time is counted in minutes since a midnight. Tests take the same steps here and in what they
//! test, and compare every answer and everything that is taken.

use std::collections::BTreeMap;

const CELL: i64 = 5;
const DAY: i64 = 24 * 60;
const OPENS: i64 = 8 * 60;
const CLOSES: i64 = 12 * 60;
const INTERVAL: i64 = 15;

/// What the clinic is like, and what the portal allows.
pub struct Clinic;

impl Clinic {
    /// How many people there are.
    pub const PEOPLE: usize = 6;
    /// So many providers, then so many rooms.
    pub const PROVIDERS: usize = 3;
    pub const ROOMS: usize = 1;
    pub const RESOURCES: usize = Self::PROVIDERS + Self::ROOMS;
    pub const HOLD_MINUTES: i64 = 5;
    pub const HOLDS_AN_HOUR: usize = 10;
    pub const MAX_OPEN: usize = 5;
    pub const DAYS_OUT: i64 = 3;
    /// Lanes staff may force beyond the capacity.
    pub const OVERBOOK: u16 = 1;
}

/// A kind of visit; hours are in hours, everything else in minutes.
pub struct Kind {
    pub duration: i64,
    pub shown: i64,
    pub before: i64,
    pub after: i64,
    pub wants_room: bool,
    pub notice_to_book: i64,
    pub cancel_notice: i64,
    pub move_notice: i64,
    pub max_moves: u8,
    pub max_per_day: usize,
}

/// A short visit with a provider, and a longer one with buffers that takes a room too.
pub const KINDS: [Kind; 2] = [
    Kind {
        duration: 15,
        shown: 15,
        before: 0,
        after: 0,
        wants_room: false,
        notice_to_book: 1,
        cancel_notice: 4,
        move_notice: 8,
        max_moves: 2,
        max_per_day: 2,
    },
    Kind {
        duration: 30,
        shown: 45,
        before: 5,
        after: 10,
        wants_room: true,
        notice_to_book: 0,
        cancel_notice: 6,
        move_notice: 2,
        max_moves: 3,
        max_per_day: 1,
    },
];

/// Something somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A person has a time kept, for a visit of theirs that is to be moved or for a new one.
    Hold {
        person: usize,
        kind: usize,
        start: i64,
        wanted: Option<usize>,
        moving: Option<usize>,
    },
    /// A person keeps their last time longer.
    Extend { person: usize },
    /// A person gives their last kept time back.
    Release { person: usize },
    /// A person books their last kept time, or moves the visit there for which it is kept.
    Confirm { person: usize },
    /// A visit is given back by its person.
    Cancel { visit: usize },
    /// A visit is given back by staff.
    StaffCancel { visit: usize },
    /// Staff book.
    StaffBook {
        person: usize,
        kind: usize,
        start: i64,
        wanted: Option<usize>,
    },
    /// Staff move.
    StaffMove { visit: usize, start: i64 },
    /// Staff book a short visit beyond the capacity of a provider.
    Force {
        person: usize,
        provider: usize,
        start: i64,
    },
    /// A resource's capacity changes.
    Capacity { resource: usize, capacity: u8 },
    /// Time passes.
    Pass { minutes: i64 },
}

/// What comes of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Done,
    Taken,
    Busy,
    NotOffered,
    Limit,
    HoldExpired,
    HoldLimit,
    WrongState,
    Begun,
    NoticeTooShort,
    TooManyMoves,
}
use Answer::{
    Begun, Busy, Done, HoldExpired, HoldLimit, Limit, NotOffered, NoticeTooShort, Taken,
    TooManyMoves, WrongState,
};

/// Whose a stretch of time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    Hold(usize),
    Visit(usize),
}

/// A mistake in the table, which the comparison must find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A hold still holds in the minute it runs out.
    HoldLastsAMinuteMore,
    /// What touches overlaps.
    TouchingOverlaps,
    /// A visit stands in the way of its own move.
    OwnTimeBlocks,
    /// A new hold leaves the one before.
    OldHoldStays,
    /// The last instant of the notice is too late.
    NoticeEndsEarly,
    /// The eleventh hold within an hour is given.
    NoHoldLimit,
    /// Staff's moves are counted.
    StaffMovesCount,
    /// The lowest provider is chosen, busy or not.
    NobodyIsSpared,
    /// What is forced takes a regular lane.
    ForcedIsRegular,
}

struct Hold {
    person: usize,
    kind: usize,
    start: i64,
    resources: Vec<(usize, u16)>,
    moving: Option<usize>,
    expires: i64,
    extended: bool,
    ended: bool,
}

struct Visit {
    person: usize,
    kind: usize,
    start: i64,
    cancelled: bool,
    moves: u8,
}

/// A stretch of a resource: which resource, in which lane, which five minutes.
pub type Cell = (usize, u16, i64);

/// The table.
pub struct Model {
    flaw: Option<Flaw>,
    now: i64,
    capacity: [u8; Clinic::RESOURCES],
    taken: BTreeMap<Cell, Owner>,
    busy: BTreeMap<(usize, i64), usize>,
    holds: Vec<Hold>,
    held_at: Vec<(usize, i64)>,
    visits: Vec<Visit>,
}

/// Who asks: for themselves in the portal, or staff.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Portal,
    Staff,
}

fn cells(from: i64, until: i64) -> impl Iterator<Item = i64> {
    (from.div_euclid(CELL)..until.div_euclid(CELL)).map(|cell| cell * CELL)
}

fn day(at: i64) -> i64 {
    at.div_euclid(DAY)
}

impl Model {
    pub fn new(flaw: Option<Flaw>) -> Self {
        Self {
            flaw,
            now: 0,
            capacity: [1; Clinic::RESOURCES],
            taken: BTreeMap::new(),
            busy: BTreeMap::new(),
            holds: Vec::new(),
            held_at: Vec::new(),
            visits: Vec::new(),
        }
    }

    /// The minute it is.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// The visit the last time kept for a person is for, if it is to be moved.
    pub fn moves(&self, person: usize) -> Option<usize> {
        self.holds[self.last_hold(person)].moving
    }

    /// What is taken of resources now.
    pub fn taken(&self) -> &BTreeMap<Cell, Owner> {
        &self.taken
    }

    /// Where people are.
    pub fn busy(&self) -> &BTreeMap<(usize, i64), usize> {
        &self.busy
    }

    fn has(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    /// Takes a step. What has happened a day ago is forgotten.
    pub fn take(&mut self, step: Step) -> Answer {
        match step {
            Step::Hold {
                person,
                kind,
                start,
                wanted,
                moving,
            } => self.hold(person, kind, start, wanted, moving),
            Step::Extend { person } => self.extend(person),
            Step::Release { person } => {
                let last = self.last_hold(person);
                self.end(last);
                Done
            }
            Step::Confirm { person } => self.confirm(person),
            Step::Cancel { visit } => self.cancel(visit, By::Portal),
            Step::StaffCancel { visit } => self.cancel(visit, By::Staff),
            Step::StaffBook {
                person,
                kind,
                start,
                wanted,
            } => match self.find(By::Staff, person, kind, start, wanted, None, None) {
                Ok(resources) => {
                    self.write(person, kind, start, &resources);
                    Done
                }
                Err(refused) => refused,
            },
            Step::StaffMove { visit, start } => self.staff_move(visit, start),
            Step::Force {
                person,
                provider,
                start,
            } => self.force(person, provider, start),
            Step::Capacity { resource, capacity } => {
                self.capacity[resource] = capacity;
                Done
            }
            Step::Pass { minutes } => {
                self.now += minutes;
                let late = i64::from(self.has(Flaw::HoldLastsAMinuteMore));
                let (now, holds) = (self.now, &self.holds);
                self.taken.retain(|(_, _, cell), owner| {
                    *cell > now - DAY
                        && match owner {
                            Owner::Hold(hold) => now < holds[*hold].expires + late,
                            Owner::Visit(_) => true,
                        }
                });
                self.busy.retain(|(_, cell), _| *cell > now - DAY);
                Done
            }
        }
    }

    fn last_hold(&self, person: usize) -> usize {
        self.holds
            .iter()
            .rposition(|hold| hold.person == person)
            .unwrap_or_else(|| panic!("{person} had a hold"))
    }

    fn hold(
        &mut self,
        person: usize,
        kind: usize,
        start: i64,
        wanted: Option<usize>,
        moving: Option<usize>,
    ) -> Answer {
        let recent = |(who, at): &&(usize, i64)| *who == person && *at + 60 > self.now;
        let recent = self.held_at.iter().filter(recent).count();
        if recent >= Clinic::HOLDS_AN_HOUR && !self.has(Flaw::NoHoldLimit) {
            return HoldLimit;
        }
        if let Some(visit) = moving
            && let Err(refused) = self.may_move(visit, By::Portal)
        {
            return refused;
        }
        let own = self.holds.iter().rposition(|hold| {
            hold.person == person && !hold.ended && !self.has(Flaw::OldHoldStays)
        });
        let resources = match self.find(By::Portal, person, kind, start, wanted, own, moving) {
            Ok(resources) => resources,
            Err(refused) => return refused,
        };
        if let Some(own) = own {
            self.end(own);
        }
        let id = self.holds.len();
        for (resource, lane) in &resources {
            let of = &KINDS[kind];
            for cell in cells(start - of.before, start + of.duration + of.after) {
                self.taken
                    .entry((*resource, *lane, cell))
                    .or_insert(Owner::Hold(id));
            }
        }
        self.holds.push(Hold {
            person,
            kind,
            start,
            resources,
            moving,
            expires: self.now + Clinic::HOLD_MINUTES,
            extended: false,
            ended: false,
        });
        self.held_at.push((person, self.now));
        Done
    }

    /// The resources of a start with their lanes, the leading one first; or why there are none.
    #[expect(clippy::too_many_arguments, reason = "what a search is about")]
    fn find(
        &self,
        by: By,
        person: usize,
        kind: usize,
        start: i64,
        wanted: Option<usize>,
        own: Option<usize>,
        moving: Option<usize>,
    ) -> Result<Vec<(usize, u16)>, Answer> {
        self.offered(by, person, kind, start, moving)?;
        let of = &KINDS[kind];
        let minute = start.rem_euclid(DAY);
        let on_grid = (minute - OPENS).rem_euclid(INTERVAL) == 0;
        if !on_grid || minute < OPENS || minute + of.duration > CLOSES {
            return Err(NotOffered);
        }
        self.person_is_free(person, kind, start, moving)?;
        let lane = |resource| self.free_lane(resource, kind, start, own, moving);
        let claimed = |resource: usize| {
            let that_day = self.taken.iter().filter(|((taken, _, cell), owner)| {
                *taken == resource
                    && day(*cell) == day(start)
                    && own.is_none_or(|own| **owner != Owner::Hold(own))
            });
            that_day.count()
        };
        let rooms = Clinic::PROVIDERS..Clinic::RESOURCES;
        let room = rooms
            .filter_map(|room| Some((claimed(room), room, lane(room)?)))
            .min()
            .map(|(_, room, lane)| (room, lane));
        let room = match (of.wants_room, room) {
            (false, _) => None,
            (true, Some(room)) => Some(room),
            (true, None) => return Err(Taken),
        };
        let spared = |provider| match self.has(Flaw::NobodyIsSpared) {
            true => 0,
            false => claimed(provider),
        };
        let (_, provider, lane) = (0..Clinic::PROVIDERS)
            .filter(|provider| wanted.is_none_or(|wanted| wanted == *provider))
            .filter_map(|provider| Some((spared(provider), provider, lane(provider)?)))
            .min()
            .ok_or(Taken)?;
        Ok([(provider, lane)].into_iter().chain(room).collect())
    }

    fn offered(
        &self,
        by: By,
        person: usize,
        kind: usize,
        start: i64,
        moving: Option<usize>,
    ) -> Result<(), Answer> {
        if start < self.now {
            return Err(NotOffered);
        }
        let of = &KINDS[kind];
        if by == By::Staff {
            return Ok(());
        }
        if start < self.now + of.notice_to_book * 60 {
            return Err(NotOffered);
        }
        self.within_limits(person, kind, start, moving)
    }

    fn within_limits(
        &self,
        person: usize,
        kind: usize,
        start: i64,
        moving: Option<usize>,
    ) -> Result<(), Answer> {
        if day(start) > day(self.now) + Clinic::DAYS_OUT {
            return Err(NotOffered);
        }
        let standing = |visit: &Visit| visit.person == person && !visit.cancelled;
        let that_day = self.visits.iter().enumerate().filter(|(id, visit)| {
            standing(visit)
                && visit.kind == kind
                && day(visit.start) == day(start)
                && moving != Some(*id)
        });
        if that_day.count() >= KINDS[kind].max_per_day {
            return Err(Limit);
        }
        let open = self.visits.iter();
        let open = open.filter(|visit| standing(visit) && visit.start > self.now);
        if moving.is_none() && open.count() >= Clinic::MAX_OPEN {
            return Err(Limit);
        }
        Ok(())
    }

    fn person_is_free(
        &self,
        person: usize,
        kind: usize,
        start: i64,
        moving: Option<usize>,
    ) -> Result<(), Answer> {
        let more = if self.has(Flaw::TouchingOverlaps) {
            CELL
        } else {
            0
        };
        let until = start + KINDS[kind].duration.max(KINDS[kind].shown);
        let busy = cells(start - more, until + more)
            .filter_map(|cell| self.busy.get(&(person, cell)))
            .any(|visit| moving != Some(*visit) || self.has(Flaw::OwnTimeBlocks));
        if busy { Err(Busy) } else { Ok(()) }
    }

    fn free_lane(
        &self,
        resource: usize,
        kind: usize,
        start: i64,
        own: Option<usize>,
        moving: Option<usize>,
    ) -> Option<u16> {
        let of = &KINDS[kind];
        let passable = |owner: &Owner| match owner {
            Owner::Hold(hold) => own == Some(*hold),
            Owner::Visit(visit) => moving == Some(*visit),
        };
        let is_free = |lane: &u16| {
            cells(start - of.before, start + of.duration + of.after).all(|cell| {
                self.taken
                    .get(&(resource, *lane, cell))
                    .is_none_or(passable)
            })
        };
        let regular = 1..=u16::from(self.capacity[resource]);
        let own_lane = moving
            .and_then(|visit| self.lane_of(visit, resource))
            .filter(|lane| regular.contains(lane));
        own_lane.into_iter().chain(regular).find(is_free)
    }

    fn lane_of(&self, visit: usize, resource: usize) -> Option<u16> {
        let own = |((taken, _, _), owner): &(&Cell, &Owner)| {
            *taken == resource && **owner == Owner::Visit(visit)
        };
        self.taken.iter().find(own).map(|((_, lane, _), _)| *lane)
    }

    fn live(&self, hold: usize) -> Result<(), Answer> {
        let late = i64::from(self.has(Flaw::HoldLastsAMinuteMore));
        let hold = &self.holds[hold];
        if hold.ended || self.now >= hold.expires + late {
            return Err(HoldExpired);
        }
        Ok(())
    }

    fn end(&mut self, hold: usize) {
        self.holds[hold].ended = true;
        self.taken.retain(|_, owner| *owner != Owner::Hold(hold));
    }

    fn extend(&mut self, person: usize) -> Answer {
        let last = self.last_hold(person);
        if let Err(refused) = self.live(last) {
            return refused;
        }
        let hold = &mut self.holds[last];
        if hold.extended {
            return WrongState;
        }
        hold.extended = true;
        hold.expires += Clinic::HOLD_MINUTES;
        Done
    }

    fn confirm(&mut self, person: usize) -> Answer {
        let last = self.last_hold(person);
        match self.confirmed(last) {
            Ok(()) => Done,
            Err(refused) => refused,
        }
    }

    fn confirmed(&mut self, id: usize) -> Result<(), Answer> {
        self.live(id)?;
        let hold = &self.holds[id];
        let (person, kind, start) = (hold.person, hold.kind, hold.start);
        let moving = hold.moving;
        if let Some(visit) = moving {
            self.may_move(visit, By::Portal)?;
        }
        if start < self.now {
            return Err(NotOffered);
        }
        self.within_limits(person, kind, start, moving)?;
        self.person_is_free(person, kind, start, moving)?;
        let resources = self.holds[id].resources.clone();
        let Some(visit) = moving else {
            self.end(id);
            self.write(person, kind, start, &resources);
            return Ok(());
        };
        // Staff may have moved the visit since: where the hold keeps nothing of a resource, the
        // visit goes on in the lane it has by now.
        let lanes: Vec<(usize, u16)> = resources
            .iter()
            .map(|(resource, lane)| {
                let kept = self
                    .taken
                    .iter()
                    .any(|((taken, _, _), owner)| *taken == *resource && *owner == Owner::Hold(id));
                let lane = if kept {
                    Some(*lane)
                } else {
                    self.lane_of(visit, *resource)
                };
                (*resource, lane.unwrap_or(1))
            })
            .collect();
        let of = &KINDS[kind];
        let in_the_way = lanes.iter().any(|(resource, lane)| {
            cells(start - of.before, start + of.duration + of.after).any(|cell| {
                let owner = self.taken.get(&(*resource, *lane, cell));
                owner
                    .is_some_and(|owner| *owner != Owner::Hold(id) && *owner != Owner::Visit(visit))
            })
        });
        if in_the_way {
            return Err(Taken);
        }
        self.end(id);
        self.put(visit, start, &lanes);
        self.visits[visit].moves += 1;
        Ok(())
    }

    fn write(&mut self, person: usize, kind: usize, start: i64, resources: &[(usize, u16)]) {
        self.visits.push(Visit {
            person,
            kind,
            start,
            cancelled: false,
            moves: 0,
        });
        self.put(self.visits.len() - 1, start, resources);
    }

    /// Gives back what a visit has and takes other time for it.
    fn put(&mut self, id: usize, start: i64, resources: &[(usize, u16)]) {
        self.free(id);
        let visit = &mut self.visits[id];
        visit.start = start;
        let (of, person) = (&KINDS[visit.kind], visit.person);
        for (resource, lane) in resources {
            for cell in cells(start - of.before, start + of.duration + of.after) {
                let before = self
                    .taken
                    .insert((*resource, *lane, cell), Owner::Visit(id));
                assert!(before.is_none() || self.flaw.is_some(), "{before:?}");
            }
        }
        for cell in cells(start, start + of.duration.max(of.shown)) {
            let before = self.busy.insert((person, cell), id);
            assert!(before.is_none() || self.flaw.is_some(), "{before:?}");
        }
    }

    fn free(&mut self, visit: usize) {
        self.taken.retain(|_, owner| *owner != Owner::Visit(visit));
        self.busy.retain(|_, busy| *busy != visit);
    }

    fn may_move(&self, id: usize, by: By) -> Result<(), Answer> {
        let visit = &self.visits[id];
        let of = &KINDS[visit.kind];
        if visit.cancelled {
            return Err(WrongState);
        }
        if by == By::Staff {
            return Ok(());
        }
        self.in_time(visit.start, of.move_notice)?;
        if visit.moves >= of.max_moves {
            return Err(TooManyMoves);
        }
        Ok(())
    }

    fn in_time(&self, start: i64, notice: i64) -> Result<(), Answer> {
        let early = i64::from(self.has(Flaw::NoticeEndsEarly));
        if start <= self.now {
            return Err(Begun);
        }
        if self.now > start - notice * 60 - early {
            return Err(NoticeTooShort);
        }
        Ok(())
    }

    fn cancel(&mut self, id: usize, by: By) -> Answer {
        let visit = &self.visits[id];
        if visit.cancelled {
            return WrongState;
        }
        if by == By::Portal
            && let Err(refused) = self.in_time(visit.start, KINDS[visit.kind].cancel_notice)
        {
            return refused;
        }
        self.visits[id].cancelled = true;
        self.free(id);
        Done
    }

    fn staff_move(&mut self, id: usize, start: i64) -> Answer {
        if let Err(refused) = self.may_move(id, By::Staff) {
            return refused;
        }
        let (person, kind) = (self.visits[id].person, self.visits[id].kind);
        match self.find(By::Staff, person, kind, start, None, None, Some(id)) {
            Ok(resources) => {
                self.put(id, start, &resources);
                self.visits[id].moves += u8::from(self.has(Flaw::StaffMovesCount));
                Done
            }
            Err(refused) => refused,
        }
    }

    /// A short visit in a lane beyond the capacity, where no regular one is free.
    fn force(&mut self, person: usize, provider: usize, start: i64) -> Answer {
        match self.find(By::Staff, person, 0, start, Some(provider), None, None) {
            Ok(resources) => {
                self.write(person, 0, start, &resources);
                Done
            }
            Err(Taken) => {
                let mut lanes = 101..101 + Clinic::OVERBOOK;
                if self.has(Flaw::ForcedIsRegular) {
                    lanes = 4..5;
                }
                let is_free = |lane: &u16| {
                    cells(start, start + KINDS[0].duration)
                        .all(|cell| !self.taken.contains_key(&(provider, *lane, cell)))
                };
                match lanes.find(is_free) {
                    Some(lane) => {
                        self.write(person, 0, start, &[(provider, lane)]);
                        Done
                    }
                    None => Taken,
                }
            }
            Err(refused) => refused,
        }
    }
}

/// Chooses steps; the same ones for the same seed.
pub struct Steps {
    state: u64,
    /// Who does most for a while: limits are reached by people who are at it.
    busiest: usize,
    /// What is tried at a limit.
    then: Option<Step>,
    /// Whether staff force lanes beyond the capacity.
    pub forces: bool,
    /// Whether it can be exactly the minute at which something ends. Where a clock goes on while a
    /// step is taken, it must not be.
    pub exact: bool,
}

impl Steps {
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed,
            busiest: 0,
            then: None,
            forces: true,
            exact: true,
        }
    }

    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count as u64).unwrap_or_default()
    }

    /// A number of minutes less than this.
    fn minutes(&mut self, less_than: u16) -> i64 {
        i64::try_from(self.next() % u64::from(less_than)).unwrap_or_default()
    }

    /// Mostly one on the grid that lies ahead; now and then one that cannot be.
    fn start(&mut self, model: &Model) -> i64 {
        let date = day(model.now) + self.minutes(4);
        let minute = OPENS - INTERVAL + INTERVAL * self.minutes(18);
        let off = if self.below(40) == 0 { CELL } else { 0 };
        date * DAY + minute + off
    }

    fn visit(&mut self, model: &Model, of: Option<usize>) -> Option<usize> {
        // The last ones are the ones that still can change.
        let from = model.visits.len().saturating_sub(16);
        let known: Vec<usize> = (from..model.visits.len())
            .filter(|id| of.is_none_or(|person| model.visits[*id].person == person))
            .collect();
        (!known.is_empty()).then(|| known[self.below(known.len())])
    }

    /// The minutes until a hold runs out or a notice begins, or until just after; what that is about
    /// is tried next.
    fn until_a_limit(&mut self, model: &Model) -> Option<i64> {
        let (limit, then) = match self.below(3) {
            0 => {
                let hold = model.holds.last()?;
                let person = hold.person;
                (hold.expires, Step::Confirm { person })
            }
            1 => {
                let visit = self.visit(model, None)?;
                let of = &model.visits[visit];
                let notice = KINDS[of.kind].cancel_notice;
                (of.start - notice * 60, Step::Cancel { visit })
            }
            _ => {
                let visit = self.visit(model, None)?;
                let of = &model.visits[visit];
                let then = Step::Hold {
                    person: of.person,
                    kind: of.kind,
                    start: self.start(model),
                    wanted: None,
                    moving: Some(visit),
                };
                (of.start - KINDS[of.kind].move_notice * 60, then)
            }
        };
        let minutes = limit - model.now + self.minutes(3) - 1;
        let near = (1..6 * 60).contains(&minutes);
        self.then = near.then_some(then);
        near.then_some(minutes)
    }

    /// The next step; it names only what there is.
    pub fn choose(&mut self, model: &Model) -> Step {
        if let Some(step) = self.then.take() {
            return step;
        }
        loop {
            match self.propose(model) {
                Some(Step::Pass { minutes }) => {
                    return Step::Pass {
                        minutes: self.not_at_an_end(model, minutes),
                    };
                }
                Some(step) => return step,
                None => {}
            }
        }
    }

    /// The minutes, or a few more so that nothing ends exactly then.
    fn not_at_an_end(&self, model: &Model, mut minutes: i64) -> i64 {
        let ends = |at: i64| {
            at % CELL == 0
                || model.holds.iter().any(|hold| hold.expires == at)
                || model.held_at.iter().any(|(_, held)| held + 60 == at)
        };
        while !self.exact && ends(model.now + minutes) {
            minutes += 1;
        }
        minutes
    }

    fn propose(&mut self, model: &Model) -> Option<Step> {
        if self.below(64) == 0 {
            self.busiest = self.below(Clinic::PEOPLE);
        }
        let person = match self.below(2) {
            0 => self.busiest,
            _ => self.below(Clinic::PEOPLE),
        };
        let last = model.holds.iter().rfind(|hold| hold.person == person);
        // What is over is tried too, but not most of the time.
        let over = last.is_some_and(|hold| hold.ended || hold.expires <= model.now);
        let had_hold = last.is_some() && (!over || self.below(8) == 0);
        Some(match self.below(32) {
            0..8 => {
                let moving = match self.below(3) {
                    0 => self.visit(model, Some(person)),
                    _ => None,
                };
                let kind = match moving {
                    Some(visit) => model.visits[visit].kind,
                    None => self.below(KINDS.len()),
                };
                Step::Hold {
                    person,
                    kind,
                    start: self.start(model),
                    wanted: (self.below(2) == 0).then(|| self.below(Clinic::PROVIDERS)),
                    moving,
                }
            }
            8..10 if had_hold => Step::Extend { person },
            10..11 if had_hold => Step::Release { person },
            11..17 if had_hold => Step::Confirm { person },
            17..19 => Step::Cancel {
                visit: self.visit(model, None)?,
            },
            19..20 => Step::StaffCancel {
                visit: self.visit(model, None)?,
            },
            20..23 => Step::StaffBook {
                person,
                kind: self.below(KINDS.len()),
                start: self.start(model),
                wanted: (self.below(2) == 0).then(|| self.below(Clinic::PROVIDERS)),
            },
            23..25 => Step::StaffMove {
                visit: self.visit(model, None)?,
                start: self.start(model),
            },
            25..26 if self.forces => Step::Force {
                person,
                provider: self.below(Clinic::PROVIDERS),
                start: self.start(model),
            },
            26..27 => Step::Capacity {
                resource: self.below(Clinic::RESOURCES),
                capacity: u8::try_from(1 + self.below(3)).unwrap_or(1),
            },
            27..32 => Step::Pass {
                minutes: match self.below(16) {
                    0 => 1 + self.minutes(90),
                    1..3 => self.until_a_limit(model)?,
                    _ => 1 + self.minutes(6),
                },
            },
            _ => return None,
        })
    }
}
