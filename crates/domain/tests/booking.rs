//! Booking against a table on paper: the rules of the crate, with as much of a store around them as
//! they need, give the same answers and take the same time as the table, step after step.
#![cfg(test)]

#[path = "booking/model.rs"]
mod model;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use model::{Answer, Clinic, Flaw, KINDS, Model, Owner, Step, Steps};
use salus_domain::ids::{
    AppointmentId, AppointmentTypeId, HoldId, LocationId, ResourceId, ScheduleId,
};
use salus_domain::scheduling::appointment::{ActError, cancel, move_to};
use salus_domain::scheduling::hold::{HoldError, may_take};
use salus_domain::scheduling::offered::Offer;
use salus_domain::scheduling::{
    Act, Appointment, AppointmentType, Assigned, Audience, BookingOptions, Claim, Hold, Modality,
    Moves, Need, NotOffered, Notice, Pattern, PersonCalendar, Place, Refused, Resource,
    ResourceCalendar, ResourceKind, Schedule, Search, Slot, State, Stretch, Times, TypeScope,
    WeeklyWindow, Window,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Where the test starts when nobody says otherwise.
const SEED: u64 = 20_270_405;

const AT: LocationId = LocationId(Uuid::from_u128(1));

fn kind_id(kind: usize) -> AppointmentTypeId {
    AppointmentTypeId(Uuid::from_u128(10 + kind as u128))
}

fn resource_id(resource: usize) -> ResourceId {
    ResourceId(Uuid::from_u128(100 + resource as u128))
}

fn hold_id(hold: usize) -> HoldId {
    HoldId(Uuid::from_u128(1_000_000 + hold as u128))
}

fn visit_id(visit: usize) -> AppointmentId {
    AppointmentId(Uuid::from_u128(2_000_000 + visit as u128))
}

/// Monday 5 April 2027, midnight.
fn instant(minute: i64) -> DateTime<Utc> {
    let monday = NaiveDate::from_ymd_opt(2027, 4, 5).expect("a date");
    monday.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::minutes(minute)
}

fn minute_of(at: DateTime<Utc>) -> i64 {
    (at - instant(0)).num_minutes()
}

struct KeptTime {
    person: usize,
    kind: usize,
    hold: Hold,
    slot: Slot,
    moving: Option<usize>,
    ended: bool,
}

struct BookedVisit {
    person: usize,
    kind: usize,
    rules: Appointment,
}

/// The rules of the crate and what a store would keep for them.
struct World {
    now: DateTime<Utc>,
    options: BookingOptions,
    kinds: Vec<AppointmentType>,
    calendars: Vec<ResourceCalendar>,
    people: Vec<(usize, Stretch, AppointmentId)>,
    holds: Vec<KeptTime>,
    held_at: Vec<(usize, DateTime<Utc>)>,
    visits: Vec<BookedVisit>,
}

fn minutes<T: TryFrom<i64>>(count: i64) -> T {
    T::try_from(count).unwrap_or_else(|_| panic!("{count} minutes"))
}

impl World {
    fn new() -> Self {
        let kinds = KINDS.iter().enumerate().map(|(number, kind)| {
            let mut needs = vec![Need::one_provider()];
            if kind.wants_room {
                needs.push(Need {
                    kind: ResourceKind::Room,
                    ..Need::one_provider()
                });
            }
            AppointmentType {
                id: kind_id(number),
                times: Times {
                    duration: minutes(kind.duration),
                    shown_duration: minutes(kind.shown),
                    buffer_before: minutes(kind.before),
                    buffer_after: minutes(kind.after),
                },
                exceptions: Vec::new(),
                modalities: vec![Modality::InPerson],
                needs,
                locations: vec![AT],
                employee_bookable: true,
                supervisor_bookable: false,
                visible_to_supervisor: false,
                clinic_confirms: false,
                min_notice_to_book: minutes(kind.notice_to_book),
                notice: Notice {
                    cancel: minutes(kind.cancel_notice),
                    move_: minutes(kind.move_notice),
                },
                max_per_day: u8::try_from(kind.max_per_day).expect("a few"),
                bundle_order: 50,
                after: None,
                active: true,
            }
        });
        let every_day = (0..7).map(|day| WeeklyWindow {
            weekday: chrono::Weekday::try_from(day).expect("a weekday"),
            window: Window::new(8 * 60, 12 * 60).expect("a window"),
        });
        let every_day: Vec<_> = every_day.collect();
        let calendars = (0..Clinic::RESOURCES).map(|number| ResourceCalendar {
            resource: Resource {
                id: resource_id(number),
                kind: match number < Clinic::PROVIDERS {
                    true => ResourceKind::Provider,
                    false => ResourceKind::Room,
                },
                skills: Vec::new(),
                home_location: AT,
                regions: Vec::new(),
            },
            schedules: vec![Schedule {
                id: ScheduleId(resource_id(number).0),
                resource_id: resource_id(number),
                location_id: AT,
                modality: None,
                types: TypeScope::All,
                effective_from: instant(0).date_naive(),
                effective_until: None,
                pattern: Pattern::Weekly {
                    every_n_weeks: 1,
                    windows: every_day.clone(),
                },
                interval: 15,
                offset: 0,
                capacity: 1,
                daily_cap: None,
                overbook: 1,
                opens_at: None,
                audience: Audience::ALL.to_vec(),
                priority: 5,
            }],
            blocked: Vec::new(),
            claims: Vec::new(),
        });
        Self {
            now: instant(0),
            options: BookingOptions {
                days_out: minutes(Clinic::DAYS_OUT),
                max_open: u16::try_from(Clinic::MAX_OPEN).expect("a few"),
                ..BookingOptions::default()
            },
            kinds: kinds.collect(),
            calendars: calendars.collect(),
            people: Vec::new(),
            holds: Vec::new(),
            held_at: Vec::new(),
            visits: Vec::new(),
        }
    }

    fn person(&self, person: usize, moving: Option<usize>) -> PersonCalendar {
        let standing = self.visits.iter().enumerate().filter(|(id, visit)| {
            visit.person == person && visit.rules.state == State::Booked && moving != Some(*id)
        });
        let standing: Vec<_> = standing.map(|(_, visit)| visit).collect();
        let ahead = standing
            .iter()
            .filter(|visit| visit.rules.starts_at > self.now);
        PersonCalendar {
            open: u16::try_from(ahead.count()).expect("a few"),
            visits: standing
                .iter()
                .map(|visit| (kind_id(visit.kind), visit.rules.starts_at.date_naive()))
                .collect(),
            busy: self
                .people
                .iter()
                .filter(|(who, ..)| *who == person)
                .map(|(_, stretch, visit)| (*stretch, *visit))
                .collect(),
            ends: Vec::new(),
        }
    }

    /// What a search is made for: by whom, for whom, what, with whom, in place of what.
    fn find(
        &self,
        audience: Audience,
        (person, kind): (usize, usize),
        start: DateTime<Utc>,
        wanted: Option<usize>,
        own: Option<HoldId>,
        moving: Option<usize>,
    ) -> Result<Slot, Refused> {
        let mut calendars = self.calendars.clone();
        for calendar in &mut calendars {
            calendar
                .claims
                .retain(|claim| own.is_none() || claim.hold_id != own);
        }
        let person = self.person(person, moving);
        let search = Search {
            offer: Offer {
                appointment_type: &self.kinds[kind],
                audience,
                options: &self.options,
                item: None,
                person: &person,
                moving: moving.is_some(),
                now: self.now,
            },
            place: Place {
                location_id: AT,
                zone: chrono_tz::UTC,
            },
            modality: Modality::InPerson,
            region: None,
            calendars: &calendars,
            wanted: wanted.map(resource_id),
            moving: moving.map(visit_id),
        };
        let ways = search.take(start)?;
        // Now and then, since listing a day takes longer than everything else.
        if start.minute() == 0 {
            let listed = search.slots(start.date_naive(), start.date_naive());
            for way in &ways {
                assert!(listed.contains(way), "what can be taken is listed");
            }
        }
        ways.into_iter().next().ok_or(Refused::Taken)
    }

    /// Takes time for a hold or a visit; where somebody has it the database would refuse.
    fn claim(&mut self, slot: &Slot, visit: Option<usize>, hold: Option<usize>) {
        for assigned in &slot.resources {
            let calendar = self
                .calendars
                .iter_mut()
                .find(|calendar| calendar.resource.id == assigned.resource_id)
                .expect("a resource");
            let collides = |claim: &Claim| {
                claim.lane == assigned.lane && claim.stretch.overlaps(assigned.claimed)
            };
            assert!(
                !calendar.claims.iter().any(collides),
                "what is found free is free: {assigned:?}"
            );
            calendar.claims.push(Claim {
                stretch: assigned.claimed,
                lane: assigned.lane,
                appointment_id: visit.map(visit_id),
                hold_id: hold.map(hold_id),
                schedule_id: assigned.schedule_id,
                local_date: slot.local_date,
            });
        }
    }

    fn claim_person(&mut self, visit: usize, start: DateTime<Utc>) {
        let (person, kind) = (self.visits[visit].person, self.visits[visit].kind);
        let stretch = self.kinds[kind].times.of_person(start);
        let elsewhere = |(who, taken, _): &(usize, Stretch, AppointmentId)| {
            *who == person && taken.overlaps(stretch)
        };
        assert!(
            !self.people.iter().any(elsewhere),
            "nobody is in two places"
        );
        self.people.push((person, stretch, visit_id(visit)));
    }

    fn free(&mut self, which: impl Fn(&Claim) -> bool) {
        for calendar in &mut self.calendars {
            calendar.claims.retain(|claim| !which(claim));
        }
    }

    fn free_visit(&mut self, visit: usize) {
        self.free(|claim| claim.appointment_id == Some(visit_id(visit)));
        self.people
            .retain(|(_, _, taken)| *taken != visit_id(visit));
    }

    fn end(&mut self, hold: usize) {
        self.holds[hold].ended = true;
        self.free(|claim| claim.hold_id == Some(hold_id(hold)));
    }

    fn own_claims(&self, visit: usize) -> Vec<(ResourceId, u16, Stretch)> {
        let of = |calendar: &ResourceCalendar| {
            let id = calendar.resource.id;
            let own = calendar
                .claims
                .iter()
                .filter(move |claim| claim.appointment_id == Some(visit_id(visit)));
            own.map(move |claim| (id, claim.lane, claim.stretch))
                .collect::<Vec<_>>()
        };
        self.calendars.iter().flat_map(of).collect()
    }

    fn write(&mut self, person: usize, kind: usize, slot: &Slot) {
        let id = self.visits.len();
        let of = &self.kinds[kind];
        self.visits.push(BookedVisit {
            person,
            kind,
            rules: Appointment {
                id: visit_id(id),
                state: State::Booked,
                starts_at: slot.starts_at,
                notice: of.notice,
                moves: Moves {
                    made: 0,
                    most: KINDS[kind].max_moves,
                },
                attends: false,
                cancelled_at: None,
            },
        });
        self.claim(slot, Some(id), None);
        self.claim_person(id, slot.starts_at);
    }

    fn take(&mut self, step: Step) -> Answer {
        match self.taken(step) {
            Ok(()) => Answer::Done,
            Err(refused) => refused,
        }
    }

    fn taken(&mut self, step: Step) -> Result<(), Answer> {
        let (staff, portal) = (Audience::Clinic, Audience::Employee);
        match step {
            Step::Hold {
                person,
                kind,
                start,
                wanted,
                moving,
            } => self.hold(person, kind, instant(start), wanted, moving)?,
            Step::Extend { person } => {
                let last = self.last_hold(person);
                let (now, minutes) = (self.now, self.options.hold_minutes);
                let kept = &mut self.holds[last];
                kept.hold = live(kept)?.extended(minutes, now).map_err(hold_answer)?;
            }
            Step::Release { person } => self.end(self.last_hold(person)),
            Step::Confirm { person } => self.confirm(self.last_hold(person))?,
            Step::Cancel { visit } => self.cancel(visit, portal)?,
            Step::StaffCancel { visit } => self.cancel(visit, staff)?,
            Step::StaffBook {
                person,
                kind,
                start,
                wanted,
            } => {
                let found = self.find(staff, (person, kind), instant(start), wanted, None, None);
                let slot = found.map_err(answer)?;
                self.write(person, kind, &slot);
            }
            Step::StaffMove { visit, start } => {
                let rules = self.visits[visit].rules;
                rules
                    .check(Act::Move, staff, self.now)
                    .map_err(act_answer)?;
                let what = (self.visits[visit].person, self.visits[visit].kind);
                let found = self.find(staff, what, instant(start), None, None, Some(visit));
                let slot = found.map_err(answer)?;
                self.put(visit, &slot, staff)?;
            }
            Step::Force {
                person,
                provider,
                start,
            } => {
                let start = instant(start);
                let found = self.find(staff, (person, 0), start, Some(provider), None, None);
                let slot = match found {
                    Err(Refused::Taken) => self.forced(provider, start)?,
                    found => found.map_err(answer)?,
                };
                self.write(person, 0, &slot);
            }
            Step::Capacity { resource, capacity } => {
                for schedule in &mut self.calendars[resource].schedules {
                    schedule.capacity = capacity;
                }
            }
            Step::Pass { minutes } => self.pass(minutes),
        }
        Ok(())
    }

    fn pass(&mut self, minutes: i64) {
        self.now += TimeDelta::minutes(minutes);
        let over: Vec<HoldId> = self
            .holds
            .iter()
            .rev()
            .take(64)
            .filter(|kept| !kept.hold.is_live(self.now))
            .map(|kept| kept.hold.id)
            .collect();
        let yesterday = self.now - TimeDelta::days(1);
        self.free(|claim| {
            claim.stretch.until <= yesterday
                || claim.hold_id.is_some_and(|hold| over.contains(&hold))
        });
        self.people.retain(|(_, taken, _)| taken.until > yesterday);
    }

    fn last_hold(&self, person: usize) -> usize {
        let last = self.holds.iter().rposition(|kept| kept.person == person);
        last.expect("a hold")
    }

    fn hold(
        &mut self,
        person: usize,
        kind: usize,
        start: DateTime<Utc>,
        wanted: Option<usize>,
        moving: Option<usize>,
    ) -> Result<(), Answer> {
        let portal = Audience::Employee;
        let own: Vec<_> = self
            .held_at
            .iter()
            .filter(|(who, _)| *who == person)
            .collect();
        let taken_at: Vec<_> = own.iter().map(|(_, at)| *at).collect();
        may_take(&taken_at, self.now).map_err(hold_answer)?;
        if let Some(visit) = moving {
            let rules = self.visits[visit].rules;
            rules
                .check(Act::Move, portal, self.now)
                .map_err(act_answer)?;
        }
        let old = self
            .holds
            .iter()
            .rposition(|kept| kept.person == person && !kept.ended);
        let found = self.find(
            portal,
            (person, kind),
            start,
            wanted,
            old.map(hold_id),
            moving,
        );
        let slot = found.map_err(answer)?;
        if let Some(old) = old {
            self.end(old);
        }
        let id = self.holds.len();
        let kept = match moving {
            Some(visit) => slot.beyond(&self.own_claims(visit)),
            None => slot.clone(),
        };
        self.claim(&kept, None, Some(id));
        self.holds.push(KeptTime {
            person,
            kind,
            hold: Hold::taken(hold_id(id), self.options.hold_minutes, self.now),
            slot,
            moving,
            ended: false,
        });
        self.held_at.push((person, self.now));
        Ok(())
    }

    fn confirm(&mut self, id: usize) -> Result<(), Answer> {
        let kept = &self.holds[id];
        live(kept)?.live(self.now).map_err(hold_answer)?;
        let (person, kind, moving) = (kept.person, kept.kind, kept.moving);
        let mut slot = kept.slot.clone();
        if let Some(visit) = moving {
            let rules = self.visits[visit].rules;
            move_to(rules, slot.starts_at, Audience::Employee, self.now).map_err(act_answer)?;
        }
        let calendar = self.person(person, moving);
        let times = self.kinds[kind].times;
        let notice = TimeDelta::hours(self.kinds[kind].min_notice_to_book.into());
        let offer = Offer {
            appointment_type: &self.kinds[kind],
            audience: Audience::Employee,
            options: &self.options,
            item: None,
            person: &calendar,
            moving: moving.is_some(),
            now: match self.now < slot.starts_at {
                true => self.now.min(slot.starts_at - notice),
                false => self.now,
            },
        };
        offer
            .check(slot.starts_at, chrono_tz::UTC)
            .map_err(|refused| answer(Refused::NotOffered(refused)))?;
        if !calendar.is_free(slot.starts_at, times, moving.map(visit_id)) {
            return Err(Answer::Busy);
        }
        let Some(visit) = moving else {
            self.end(id);
            self.write(person, kind, &slot);
            return Ok(());
        };
        self.stay_in_lanes(&mut slot, id, visit);
        let gone = |claim: &Claim| {
            claim.hold_id == Some(hold_id(id)) || claim.appointment_id == Some(visit_id(visit))
        };
        let collides = slot.resources.iter().any(|assigned| {
            let of = |calendar: &&ResourceCalendar| calendar.resource.id == assigned.resource_id;
            let claims = self
                .calendars
                .iter()
                .filter(of)
                .flat_map(|known| &known.claims);
            let mut others = claims.filter(|claim| !gone(claim));
            others.any(|claim| {
                claim.lane == assigned.lane && claim.stretch.overlaps(assigned.claimed)
            })
        });
        if collides {
            return Err(Answer::Taken);
        }
        self.end(id);
        self.put(visit, &slot, Audience::Employee)
    }

    /// What a hold keeps stays in its lane; where it keeps nothing, the visit's own.
    fn stay_in_lanes(&self, slot: &mut Slot, hold: usize, visit: usize) {
        let own = self.own_claims(visit);
        for assigned in &mut slot.resources {
            let of = |calendar: &&ResourceCalendar| calendar.resource.id == assigned.resource_id;
            let claims = self
                .calendars
                .iter()
                .filter(of)
                .flat_map(|known| &known.claims);
            let mut kept = claims.filter(|claim| claim.hold_id == Some(hold_id(hold)));
            let own = own.iter().find(|(id, ..)| *id == assigned.resource_id);
            let lane = kept
                .next()
                .map(|claim| claim.lane)
                .or(own.map(|(_, lane, _)| *lane));
            assigned.lane = lane.unwrap_or(1);
        }
    }

    fn put(&mut self, visit: usize, slot: &Slot, by: Audience) -> Result<(), Answer> {
        let rules = self.visits[visit].rules;
        let (moved, _) = move_to(rules, slot.starts_at, by, self.now).map_err(act_answer)?;
        self.free_visit(visit);
        self.visits[visit].rules = moved;
        self.claim(slot, Some(visit), None);
        self.claim_person(visit, slot.starts_at);
        Ok(())
    }

    fn cancel(&mut self, visit: usize, by: Audience) -> Result<(), Answer> {
        let rules = self.visits[visit].rules;
        let (cancelled, _) = cancel(rules, by, self.now).map_err(act_answer)?;
        self.visits[visit].rules = cancelled;
        self.free_visit(visit);
        Ok(())
    }

    fn forced(&self, provider: usize, start: DateTime<Utc>) -> Result<Slot, Answer> {
        let times = self.kinds[0].times;
        let calendar = &self.calendars[provider];
        let schedule = &calendar.schedules[0];
        let claimed = times.of_resource(start);
        let lane = calendar.override_lane(claimed, schedule.overbook, None);
        Ok(Slot {
            starts_at: start,
            ends_at: times.visit(start).until,
            shown_ends_at: times.shown(start).until,
            local_date: start.date_naive(),
            place: Place {
                location_id: AT,
                zone: chrono_tz::UTC,
            },
            modality: Modality::InPerson,
            resources: vec![Assigned {
                resource_id: calendar.resource.id,
                lane: lane.ok_or(Answer::Taken)?,
                schedule_id: Some(schedule.id),
                claimed,
            }],
            priority: schedule.priority,
        })
    }

    /// What is taken of resources, in five minutes.
    fn cells(&self) -> BTreeMap<model::Cell, Owner> {
        let mut cells = BTreeMap::new();
        for (number, calendar) in self.calendars.iter().enumerate() {
            for claim in &calendar.claims {
                let owner = match (claim.hold_id, claim.appointment_id) {
                    (Some(hold), _) => Owner::Hold(number_of(hold.0, 1_000_000)),
                    (None, Some(visit)) => Owner::Visit(number_of(visit.0, 2_000_000)),
                    (None, None) => panic!("a claim of nobody"),
                };
                for cell in each_five_minutes(claim.stretch, self.now) {
                    let before = cells.insert((number, claim.lane, cell), owner);
                    assert_eq!(before, None, "two have one place");
                }
            }
        }
        cells
    }

    /// Where people are, in five minutes.
    fn busy(&self) -> BTreeMap<(usize, i64), usize> {
        let mut cells = BTreeMap::new();
        for (person, stretch, visit) in &self.people {
            for cell in each_five_minutes(*stretch, self.now) {
                let before = cells.insert((*person, cell), number_of(visit.0, 2_000_000));
                assert_eq!(before, None, "a person is in two places");
            }
        }
        cells
    }
}

fn each_five_minutes(stretch: Stretch, now: DateTime<Utc>) -> impl Iterator<Item = i64> {
    let yesterday = minute_of(now) - 24 * 60;
    (minute_of(stretch.from)..minute_of(stretch.until))
        .step_by(5)
        .filter(move |cell| *cell > yesterday)
}

fn number_of(id: Uuid, base: u128) -> usize {
    usize::try_from(id.as_u128() - base).expect("a small number")
}

fn live(kept: &KeptTime) -> Result<Hold, Answer> {
    if kept.ended {
        return Err(Answer::HoldExpired);
    }
    Ok(kept.hold)
}

fn hold_answer(error: HoldError) -> Answer {
    match error {
        HoldError::Expired => Answer::HoldExpired,
        HoldError::Extended => Answer::WrongState,
        HoldError::Limit { .. } => Answer::HoldLimit,
    }
}

fn act_answer(error: ActError) -> Answer {
    match error {
        ActError::WrongState | ActError::CheckInClosed => Answer::WrongState,
        ActError::Begun => Answer::Begun,
        ActError::NoticeTooShort { .. } => Answer::NoticeTooShort,
        ActError::TooManyMoves => Answer::TooManyMoves,
    }
}

fn answer(refused: Refused) -> Answer {
    match refused {
        Refused::Taken => Answer::Taken,
        Refused::PersonBusy => Answer::Busy,
        Refused::NotOffered(NotOffered::Limit) => Answer::Limit,
        Refused::NotOffered(_) | Refused::NoCandidate | Refused::RegionNotCovered => {
            Answer::NotOffered
        }
    }
}

/// Takes so many steps on both sides; says where they part, and how often what was answered.
fn compare(seed: u64, count: usize, flaw: Option<Flaw>) -> Result<BTreeMap<String, usize>, String> {
    let (mut steps, mut model, mut world) = (Steps::new(seed), Model::new(flaw), World::new());
    let mut answers = BTreeMap::new();
    let mut last = Vec::new();
    for number in 0..count {
        let step = steps.choose(&model);
        last.push(step);
        if let Step::Confirm { person } = step {
            let kept = world.last_hold(person);
            assert_eq!(model.moves(person), world.holds[kept].moving);
        }
        let (expected, found) = (model.take(step), world.take(step));
        assert_eq!(instant(model.now()), world.now);
        let parted =
            expected != found || *model.taken() != world.cells() || *model.busy() != world.busy();
        if parted {
            let tail = &last[last.len().saturating_sub(12)..];
            return Err(format!(
                "seed {seed}, step {number}: expected {expected:?}, found {found:?} after {tail:#?}"
            ));
        }
        *answers.entry(format!("{found:?}")).or_default() += 1;
    }
    Ok(answers)
}

fn seed() -> u64 {
    let named = std::env::var("SALUS_SEED").ok();
    let seed = named.and_then(|text| text.parse().ok()).unwrap_or(SEED);
    println!("SALUS_SEED={seed}");
    seed
}

#[test]
fn a_hundred_thousand_steps_of_booking_go_as_they_go_on_paper() {
    let seed = seed();
    let mut all: BTreeMap<String, usize> = BTreeMap::new();
    // From the start now and then, so that the beginning is tried more than once.
    for run in 0..100 {
        let answers = compare(seed + run, 1_000, None);
        for (answer, count) in answers.unwrap_or_else(|parted| panic!("{parted}")) {
            *all.entry(answer).or_default() += count;
        }
    }
    println!("{all:?}");
    assert_eq!(all.values().sum::<usize>(), 100_000);
    assert_eq!(all.len(), 11, "every answer is given: {all:?}");
}

#[test]
fn every_mistake_on_paper_is_found() {
    let seed = seed();
    let flaws = [
        Flaw::HoldLastsAMinuteMore,
        Flaw::TouchingOverlaps,
        Flaw::OwnTimeBlocks,
        Flaw::OldHoldStays,
        Flaw::NoticeEndsEarly,
        Flaw::NoHoldLimit,
        Flaw::StaffMovesCount,
        Flaw::NobodyIsSpared,
        Flaw::ForcedIsRegular,
    ];
    for flaw in flaws {
        let found = (0..50).any(|run| compare(seed + run, 1_000, Some(flaw)).is_err());
        assert!(found, "{flaw:?} is not found");
    }
}
