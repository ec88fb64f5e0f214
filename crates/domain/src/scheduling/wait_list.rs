//! Who waits for a time, and whom a time that became free is offered to.

use super::request::{DayPart, suits_week};
use super::{Modality, OfferState, OfferedTime, Slot, State, Stretch, stored_words};
use crate::ids::{LocationId, ResourceId, WaitListItemId};
use crate::time;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::ops::RangeInclusive;

/// For how many minutes an offer may be kept.
pub const KEPT: RangeInclusive<u16> = 5..=240;

/// How many hours ahead a freed time must start at least.
pub const LEAD: RangeInclusive<u16> = 1..=72;

/// How often a time that somebody left for an offered one is offered on.
pub const DEEPEST: u8 = 3;

/// How many people are told of a time at once where nobody keeps it.
pub const MOST_AT_ONCE: usize = 10;

/// The most offers one person gets in a week.
pub const MOST_IN_A_WEEK: u32 = 3;

/// Over which time offers count against the next one.
pub const LATELY: TimeDelta = TimeDelta::days(30);

/// Over which time [`MOST_IN_A_WEEK`] counts.
pub const WEEK: TimeDelta = TimeDelta::days(7);

/// A start nearer than this is kept for the shorter time.
const SOON: TimeDelta = TimeDelta::hours(72);

/// How far an item of the wait list has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// It waits for a time.
    Open,
    /// A time is kept for it.
    Offered,
    /// There is a visit for it.
    Booked,
    /// Nobody waits any more.
    Closed,
}

/// What made a time free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FreedBy {
    /// A visit was given back.
    Cancellation,
    /// A visit was moved away.
    Move,
    /// Somebody did not take a time the clinic had proposed.
    Refusal,
    /// A blackout was deleted, or ends earlier.
    BlackoutEnded,
    /// A schedule is new, longer, or takes more at the same time.
    CapacityAdded,
}

/// Why a time is not offered to somebody whose turn it would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// There is no way to tell them outside the portal.
    NoChannel,
    /// They are elsewhere at that time.
    PersonBusy,
    /// Another time is kept for them.
    LiveOffer,
    /// They had as many offers as one gets in a week.
    OffersInWeek,
    /// They are not to be disturbed now.
    QuietHours,
}

/// How a search for somebody ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Somebody took the time.
    Taken,
    /// Nobody did.
    Nobody,
    /// It starts too soon now.
    TooLate,
}

/// Why nobody waits any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedBecause {
    /// A time that was offered was taken.
    Taken,
    /// What it was for is no longer pending.
    Settled,
    /// The person said so.
    Person,
    /// The clinic said so.
    Clinic,
}

stored_words! {
    ItemState { Open = "open", Offered = "offered", Booked = "booked", Closed = "closed", }
    FreedBy {
        Cancellation = "cancellation",
        Move = "move",
        Refusal = "refusal",
        BlackoutEnded = "blackout_ended",
        CapacityAdded = "capacity_added",
    }
    Outcome { Taken = "taken", Nobody = "nobody", TooLate = "too_late", }
    ClosedBecause { Taken = "taken", Settled = "settled", Person = "person", Clinic = "clinic", }
    SkipReason {
        NoChannel = "no_channel",
        PersonBusy = "person_busy",
        LiveOffer = "live_offer",
        OffersInWeek = "offers_in_week",
        QuietHours = "quiet_hours",
    }
}

impl ItemState {
    /// The state of an item: closed for good, or what there is for it now.
    #[must_use]
    pub fn of(
        closed: bool,
        booked: bool,
        kept_until: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Self {
        if closed {
            Self::Closed
        } else if booked {
            Self::Booked
        } else if kept_until.is_some_and(|until| now < until) {
            Self::Offered
        } else {
            Self::Open
        }
    }
}

/// Whether a time that starts then is still wanted: nothing is closed or booked meanwhile, and a
/// visit that was to be earlier is still to come, and later.
#[must_use]
pub fn still_wants(
    state: ItemState,
    visit: Option<(State, DateTime<Utc>)>,
    starts_at: DateTime<Utc>,
) -> bool {
    let earlier = visit.is_none_or(|(visit, at)| {
        matches!(visit, State::Pending | State::Booked) && starts_at < at
    });
    matches!(state, ItemState::Open | ItemState::Offered) && earlier
}

/// Which times would suit whoever waits; what is not said is left open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Where.
    pub location: Option<LocationId>,
    /// With whom.
    pub resource: Option<ResourceId>,
    /// How.
    pub modality: Option<Modality>,
    /// In which part of the day; the whole day when nothing is said.
    pub part: Option<DayPart>,
    /// On which days of the week, 1 Monday to 7 Sunday (ISO 8601); every day when empty.
    pub weekdays: Vec<u8>,
}

impl Wishes {
    /// Whether a time suits, on the clocks of its place.
    #[must_use]
    pub fn suit(&self, slot: &Slot) -> bool {
        let lead = slot.resources.first().map(|taken| taken.resource_id);
        let local = time::local_time(slot.starts_at, slot.place.zone);
        self.location.is_none_or(|id| id == slot.place.location_id)
            && (self.resource.is_none() || self.resource == lead)
            && self.modality.is_none_or(|how| how == slot.modality)
            && suits_week(self.part.unwrap_or(DayPart::Any), &self.weekdays, local)
    }
}

/// Time of resources at a place that became free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freed {
    /// Where.
    pub location: LocationId,
    /// Of which resources.
    pub resources: Vec<ResourceId>,
    /// When.
    pub gap: Stretch,
}

impl Freed {
    /// Whether a time could not be had without what became free.
    #[must_use]
    pub fn is_needed_by(&self, slot: &Slot) -> bool {
        slot.place.location_id == self.location
            && slot.resources.iter().any(|taken| {
                self.resources.contains(&taken.resource_id) && taken.claimed.overlaps(self.gap)
            })
    }
}

/// For how long offers of a place are kept, and how soon a time may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepTimes {
    /// Minutes when the start is within three days.
    pub soon: u16,
    /// Minutes when it is later.
    pub later: u16,
    /// Hours that must lie between now and the start.
    pub lead: u16,
}

impl Default for KeepTimes {
    fn default() -> Self {
        Self {
            soon: 15,
            later: 120,
            lead: 4,
        }
    }
}

impl KeepTimes {
    /// Whether a start is far enough ahead to be offered.
    #[must_use]
    pub fn allow(&self, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        starts_at >= self.earliest(now)
    }

    /// The first start that is.
    #[must_use]
    pub fn earliest(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + TimeDelta::hours(self.lead.into())
    }

    /// Until when a time that is offered now is kept.
    #[must_use]
    pub fn kept_until(&self, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
        let minutes = if starts_at - now <= SOON {
            self.soon
        } else {
            self.later
        };
        starts_at.min(now + TimeDelta::minutes(minutes.into()))
    }
}

/// How a place offers times that become free, and what it does by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceSettings {
    /// For how long they are kept, and how soon they may start.
    pub keep: KeepTimes,
    /// Several are told at once, and they are kept for none of them.
    pub broadcast: bool,
    /// Visits without a check-in count as missed at night.
    pub settles_no_shows: bool,
}

/// Somebody who waits, as far as it decides whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// For what.
    pub id: WaitListItemId,
    /// The clinic put it before the others.
    pub escalated: bool,
    /// The last date it is in time.
    pub due: Option<NaiveDate>,
    /// That date has passed.
    pub past_due: bool,
    /// How many offers there were for the person in the last 30 days.
    pub offers_lately: u32,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// Puts those who wait in the order of their turns: what the clinic put first; what is past due,
/// then what is due first, without a date last; who had the fewest offers lately; who waits
/// longest.
pub fn in_turn(waiting: &mut [Waiting]) {
    waiting.sort_by_key(|one| {
        (
            Reverse(one.escalated),
            Reverse(one.past_due),
            one.due.unwrap_or(NaiveDate::MAX),
            one.offers_lately,
            one.since,
            one.id,
        )
    });
}

/// Which end of quiet hours cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongHours {
    /// The first minute.
    #[error("the start is no whole minute")]
    From,
    /// The minute after the last.
    #[error("the end is no whole minute, or the start")]
    Until,
}

/// Hours of the day in which somebody is not to be disturbed; they may reach over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    /// Their first minute.
    pub from: NaiveTime,
    /// The first minute after them.
    pub until: NaiveTime,
}

impl QuietHours {
    /// Hours somebody chose: whole minutes, and the end another one than the start.
    ///
    /// # Errors
    /// [`WrongHours`].
    pub fn chosen(from: NaiveTime, until: NaiveTime) -> Result<Self, WrongHours> {
        let whole = |time: NaiveTime| time.second() == 0 && time.nanosecond() == 0;
        if !whole(from) {
            Err(WrongHours::From)
        } else if !whole(until) || from == until {
            Err(WrongHours::Until)
        } else {
            Ok(Self { from, until })
        }
    }

    /// Those from one minute of the day to another.
    #[must_use]
    pub fn of_minutes(from: u16, until: u16) -> Option<Self> {
        let time = |minute: u16| {
            NaiveTime::from_hms_opt(minute.div_euclid(60).into(), (minute % 60).into(), 0)
        };
        Some(Self {
            from: time(from)?,
            until: time(until)?,
        })
    }

    /// From which minute of the day to which.
    #[must_use]
    pub fn minutes(self) -> (u16, u16) {
        let minute = |time: NaiveTime| u16::try_from(time.num_seconds_from_midnight() / 60);
        (
            minute(self.from).unwrap_or_default(),
            minute(self.until).unwrap_or_default(),
        )
    }

    /// When the quiet hours end that an instant lies in.
    #[must_use]
    pub fn end_of(&self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let local = time::local_time(now, zone);
        let (clock, date) = (local.time(), local.date());
        let days = if self.from <= self.until {
            (self.from..self.until).contains(&clock).then_some(0)
        } else if clock >= self.from {
            Some(1)
        } else {
            (clock < self.until).then_some(0)
        }?;
        let day = date.checked_add_days(Days::new(days))?;
        Some(time::end_instant(day.and_time(self.until), zone))
    }
}

/// What stands in the way of offering somebody a time that would suit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hindrances {
    /// There is no way to tell them.
    pub unreachable: bool,
    /// They are elsewhere at that time.
    pub busy: bool,
    /// Another time is kept for them.
    pub has_live_offer: bool,
    /// How many offers they had in the last seven days.
    pub offers_in_week: u32,
    /// Until when they are not to be disturbed.
    pub quiet_until: Option<DateTime<Utc>>,
}

/// Why somebody's turn is passed over, and until when where that ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skip {
    /// Why.
    pub reason: SkipReason,
    /// When nothing stands in the way any more.
    pub until: Option<DateTime<Utc>>,
}

impl Hindrances {
    /// Why the turn is passed over. Quiet hours are named only where nothing else stands in the way.
    #[must_use]
    pub fn skip(&self) -> Option<Skip> {
        let for_good = [
            (self.unreachable, SkipReason::NoChannel),
            (self.busy, SkipReason::PersonBusy),
            (self.has_live_offer, SkipReason::LiveOffer),
            (
                self.offers_in_week >= MOST_IN_A_WEEK,
                SkipReason::OffersInWeek,
            ),
        ];
        let first = for_good.into_iter().find(|(stands, _)| *stands);
        match (first, self.quiet_until) {
            (Some((_, reason)), _) => Some(Skip {
                reason,
                until: None,
            }),
            (None, until @ Some(_)) => Some(Skip {
                reason: SkipReason::QuietHours,
                until,
            }),
            (None, None) => None,
        }
    }
}

/// What is to be done about a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is somebody's turn.
    Ask,
    /// Somebody is asked, or sleeps.
    Wait,
    /// It is over.
    End(Outcome),
}

/// A search for somebody who takes a time that became free: one after the other is asked, or several
/// are told at once and the first who takes it has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// What became free.
    pub freed: Freed,
    /// 1 for a time that was given back, 2 for one that somebody left in exchange, and so on.
    pub depth: u8,
    /// For how long it is kept for each.
    pub keep: KeepTimes,
    /// Several are told at once, and it is kept for none of them.
    pub broadcast: bool,
    /// Who was asked already.
    pub asked: Vec<WaitListItemId>,
}

impl Round {
    /// Whether nothing of it starts far enough ahead any more.
    #[must_use]
    pub fn is_too_late(&self, now: DateTime<Utc>) -> bool {
        !self.keep.allow(self.freed.gap.until, now)
    }

    /// How many are asked at once.
    #[must_use]
    pub fn at_once(&self) -> usize {
        if self.broadcast { MOST_AT_ONCE } else { 1 }
    }

    /// What is to be done now: the offers made so far decide, else whether somebody's quiet hours are
    /// waited for.
    #[must_use]
    pub fn step(
        &self,
        offers: &[OfferedTime],
        look_again_at: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Step {
        let is_taken = |offer: &OfferedTime| offer.state == OfferState::Accepted;
        if offers.iter().any(is_taken) {
            Step::End(Outcome::Taken)
        } else if offers.iter().any(|offer| offer.is_live(now)) {
            Step::Wait
        } else if self.is_too_late(now) {
            Step::End(Outcome::TooLate)
        } else if look_again_at.is_some_and(|at| now < at) {
            Step::Wait
        } else {
            Step::Ask
        }
    }

    /// Who is still to be asked, in the order of their turns.
    #[must_use]
    pub fn turns(&self, mut waiting: Vec<Waiting>) -> Vec<Waiting> {
        waiting.retain(|one| !self.asked.contains(&one.id));
        in_turn(&mut waiting);
        waiting
    }

    /// The first of some times that needs what became free, suits, and starts far enough ahead,
    /// before an instant where there is one.
    #[must_use]
    pub fn first_fitting(
        &self,
        slots: &[Slot],
        wishes: &Wishes,
        before: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Option<Slot> {
        slots
            .iter()
            .find(|slot| {
                self.freed.is_needed_by(slot)
                    && wishes.suit(slot)
                    && self.keep.allow(slot.starts_at, now)
                    && before.is_none_or(|before| slot.starts_at < before)
            })
            .cloned()
    }

    /// When to look again after nobody could be asked: when the first person is disturbed no more
    /// for whom nothing else stood in the way. Otherwise it is over.
    #[must_use]
    pub fn look_again(skips: &[Skip]) -> Option<DateTime<Utc>> {
        skips.iter().filter_map(|skip| skip.until).min()
    }

    /// How deep the round is for the time that whoever takes this one leaves; none where it has
    /// been offered on often enough.
    #[must_use]
    pub fn next_depth(&self) -> Option<u8> {
        (self.depth < DEEPEST).then_some(self.depth + 1)
    }
}
