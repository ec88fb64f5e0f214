//! When a resource works.

use super::{Audience, Modality, Stretch, joined};
use crate::ids::{AppointmentTypeId, LocationId, ResourceId, ScheduleId};
use crate::time;
use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc,
    Weekday,
};
use chrono_tz::Tz;
use thiserror::Error;

/// Recurring availability of one resource at one location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Which one.
    pub id: ScheduleId,
    /// Whose time it is.
    pub resource_id: ResourceId,
    /// Where; its zone gives the windows their meaning.
    pub location_id: LocationId,
    /// How visits can take place; `None` is both ways.
    pub modality: Option<Modality>,
    /// For which types.
    pub types: TypeScope,
    /// The first date.
    pub effective_from: NaiveDate,
    /// The last date, itself included.
    pub effective_until: Option<NaiveDate>,
    /// On which days and at which wall-clock times.
    pub pattern: Pattern,
    /// Minutes between possible starts: 5, 10, 15, 20, 30 or 60.
    pub interval: u16,
    /// Minutes by which the starts are shifted, less than the interval.
    pub offset: u16,
    /// How many visits at the same time, 1 to 50.
    pub capacity: u8,
    /// How many visits on one local date.
    pub daily_cap: Option<u16>,
    /// How many more at the same time staff may force, 0 to 5.
    pub overbook: u8,
    /// Before this instant portal users do not see it.
    pub opens_at: Option<DateTime<Utc>>,
    /// Who may see it.
    pub audience: Vec<Audience>,
    /// 1 to 9; the higher is preferred among equals.
    pub priority: u8,
}

/// Which appointment types a schedule is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeScope {
    /// Every type.
    All,
    /// These.
    Only(Vec<AppointmentTypeId>),
}

/// The days of a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Every so many weeks, counted from the Monday of the week the schedule begins in.
    Weekly {
        /// 1 to 4.
        every_n_weeks: u8,
        /// The windows of such a week.
        windows: Vec<WeeklyWindow>,
    },
    /// On these dates only.
    Dates(Vec<(NaiveDate, Window)>),
}

/// A window of one weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeeklyWindow {
    /// The day.
    pub weekday: Weekday,
    /// The time of day.
    pub window: Window,
}

/// A wall-clock window within one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// Minutes after midnight, 0 to 1439.
    start: u16,
    /// Minutes after midnight, up to 1440, which is the end of the day.
    end: u16,
}

const DAY_MINUTES: u16 = 24 * 60;

/// The intervals a schedule may have, in minutes.
pub const INTERVALS: [u16; 6] = [5, 10, 15, 20, 30, 60];

/// A window ends before it begins, or crosses midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a window must end after it starts, on the same day")]
pub struct WindowError;

/// Why a schedule cannot be what somebody typed. Positions are those in the pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ScheduleError {
    /// It has no window at all.
    #[error("a schedule needs a window")]
    NoWindow,
    /// The window at this position overlaps one before it.
    #[error("the windows of one schedule may not overlap")]
    Overlap(usize),
    /// The interval is none of the allowed ones.
    #[error("the interval must be 5, 10, 15, 20, 30 or 60 minutes")]
    Interval,
    /// The shift is not less than the interval.
    #[error("the offset must be less than the interval")]
    Offset,
    /// The week count is not 1 to 4.
    #[error("a schedule repeats every 1 to 4 weeks")]
    Weeks,
    /// It ends before it begins.
    #[error("the last date must not be before the first")]
    Dates,
    /// It is for a list of types that is empty.
    #[error("a schedule for some types names them")]
    NoType,
    /// Not 1 to 50 at the same time.
    #[error("the capacity is 1 to 50")]
    Capacity,
    /// Not 1 to 1,000 on one date.
    #[error("the daily cap is 1 to 1000")]
    DailyCap,
    /// More than 5 beyond the capacity.
    #[error("at most 5 can be forced")]
    Overbook,
    /// Nobody may see it.
    #[error("somebody must be able to see it")]
    Audience,
    /// The priority is not 1 to 9.
    #[error("the priority is 1 to 9")]
    Priority,
}

/// The largest daily cap.
pub const LARGEST_DAILY_CAP: u16 = 1_000;

impl Window {
    /// A window from and to so many minutes after midnight.
    ///
    /// # Errors
    /// The end is not after the start, or is past midnight.
    pub fn new(start: u16, end: u16) -> Result<Self, WindowError> {
        if start < end && end <= DAY_MINUTES {
            Ok(Self { start, end })
        } else {
            Err(WindowError)
        }
    }

    /// Minutes after midnight at which it starts.
    #[must_use]
    pub fn start_minute(self) -> u16 {
        self.start
    }

    /// Minutes after midnight at which it ends; 1440 is the end of the day.
    #[must_use]
    pub fn end_minute(self) -> u16 {
        self.end
    }

    fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The window on a date, as instants. A start or end that the clocks skip moves to the first
    /// instant after the gap; of a time that happens twice the start takes the first and the end
    /// the second.
    #[must_use]
    pub fn on(self, date: NaiveDate, zone: Tz) -> Stretch {
        let until = if self.end == DAY_MINUTES {
            time::day_end(date, zone)
        } else {
            time::end_instant(date.and_time(minute_of_day(self.end)), zone)
        };
        Stretch {
            from: time::start_instant(date.and_time(minute_of_day(self.start)), zone),
            until,
        }
    }
}

impl Schedule {
    /// Every rule that is broken.
    #[must_use]
    pub fn faults(&self) -> Vec<ScheduleError> {
        let (windows, overlapping) = match &self.pattern {
            Pattern::Weekly { windows, .. } => {
                let meet = |a: &WeeklyWindow, b: &WeeklyWindow| {
                    a.weekday == b.weekday && a.window.overlaps(b.window)
                };
                (windows.len(), meeting(windows, meet))
            }
            Pattern::Dates(dates) => {
                let meet = |a: &(NaiveDate, Window), b: &(NaiveDate, Window)| {
                    a.0 == b.0 && a.1.overlaps(b.1)
                };
                (dates.len(), meeting(dates, meet))
            }
        };
        let weeks = match self.pattern {
            Pattern::Weekly { every_n_weeks, .. } => every_n_weeks,
            Pattern::Dates(_) => 1,
        };
        let ends_early = self
            .effective_until
            .is_some_and(|last| last < self.effective_from);
        let rules = [
            (windows == 0, ScheduleError::NoWindow),
            (!INTERVALS.contains(&self.interval), ScheduleError::Interval),
            (self.offset >= self.interval, ScheduleError::Offset),
            (!(1..=4).contains(&weeks), ScheduleError::Weeks),
            (ends_early, ScheduleError::Dates),
            (
                self.types == TypeScope::Only(Vec::new()),
                ScheduleError::NoType,
            ),
            (!(1..=50).contains(&self.capacity), ScheduleError::Capacity),
            (
                self.daily_cap
                    .is_some_and(|cap| !(1..=LARGEST_DAILY_CAP).contains(&cap)),
                ScheduleError::DailyCap,
            ),
            (self.overbook > 5, ScheduleError::Overbook),
            (self.audience.is_empty(), ScheduleError::Audience),
            (!(1..=9).contains(&self.priority), ScheduleError::Priority),
        ];
        let broken = rules.into_iter().filter(|(broken, _)| *broken);
        let overlaps = overlapping.into_iter().map(ScheduleError::Overlap);
        broken.map(|(_, fault)| fault).chain(overlaps).collect()
    }

    /// Whether it serves a type in a modality.
    #[must_use]
    pub fn serves(&self, appointment_type: AppointmentTypeId, modality: Modality) -> bool {
        self.modality.is_none_or(|only| only == modality)
            && match &self.types {
                TypeScope::All => true,
                TypeScope::Only(types) => types.contains(&appointment_type),
            }
    }

    /// Whether an audience sees it at an instant.
    #[must_use]
    pub fn is_visible_to(&self, audience: Audience, now: DateTime<Utc>) -> bool {
        audience == Audience::Clinic
            || (self.audience.contains(&audience)
                && self.opens_at.is_none_or(|opens_at| opens_at <= now))
    }

    /// The working time on the local dates `first` to `last`, both included; windows that touch
    /// are one stretch, across midnight too.
    #[must_use]
    pub fn open(&self, first: NaiveDate, last: NaiveDate, zone: Tz) -> Vec<Stretch> {
        let first = first.max(self.effective_from);
        let last = self.effective_until.map_or(last, |until| last.min(until));
        let mut stretches = Vec::new();
        for date in first.iter_days().take_while(|date| *date <= last) {
            self.windows_on(date, |window| stretches.push(window.on(date, zone)));
        }
        joined(stretches)
    }

    fn windows_on(&self, date: NaiveDate, mut each: impl FnMut(Window)) {
        match &self.pattern {
            Pattern::Weekly {
                every_n_weeks,
                windows,
            } => {
                let weeks = (monday(date) - monday(self.effective_from)).num_weeks();
                if weeks.rem_euclid(i64::from((*every_n_weeks).max(1))) == 0 {
                    for weekly in windows.iter().filter(|w| w.weekday == date.weekday()) {
                        each(weekly.window);
                    }
                }
            }
            Pattern::Dates(dates) => {
                for (_, window) in dates.iter().filter(|(on, _)| *on == date) {
                    each(*window);
                }
            }
        }
    }

    /// The starts a stretch holds, each with its wall-clock: every whole five minutes whose minute of
    /// the day falls on the schedule's grid.
    pub fn starts_in(&self, stretch: Stretch, zone: Tz) -> impl Iterator<Item = Start> {
        let past = stretch.from.timestamp().rem_euclid(STEP);
        let rest = if past == 0 { 0 } else { STEP - past };
        let first = Start::at(stretch.from + TimeDelta::seconds(rest), zone);
        std::iter::successors(Some(first), move |start| Some(self.step(*start, zone)))
            .take_while(move |start| start.at < stretch.until)
            .filter(|start| self.is_on_grid(*start))
    }

    /// A later start that passes over none on the grid: the next one there, unless clocks change or a
    /// day begins before.
    fn step(&self, start: Start, zone: Tz) -> Start {
        let minutes = i64::from(start.local.hour() * 60 + start.local.minute());
        let interval = i64::from(self.interval.max(1));
        let to_grid = (i64::from(self.offset) - minutes - 1).rem_euclid(interval) + 1;
        if to_grid * 60 % STEP == 0 {
            let next = Start::at(start.at + TimeDelta::minutes(to_grid), zone);
            let alike = next.local - start.local == next.at - start.at;
            if alike && next.date() == start.date() {
                return next;
            }
        }
        Start::at(start.at + TimeDelta::seconds(STEP), zone)
    }

    /// Whether a start falls on the schedule's grid.
    #[must_use]
    pub fn is_on_grid(&self, start: Start) -> bool {
        let local = start.local.time();
        start.at.timestamp().rem_euclid(STEP) == 0
            && local.second() == 0
            && start.at.timestamp_subsec_nanos() == 0
            && (local.hour() * 60 + local.minute()) % u32::from(self.interval.max(1))
                == u32::from(self.offset)
    }

    /// Every start on the local dates `first` to `last`, both included, in order.
    #[must_use]
    pub fn candidates(&self, first: NaiveDate, last: NaiveDate, zone: Tz) -> Vec<DateTime<Utc>> {
        self.open(first, last, zone)
            .into_iter()
            .flat_map(|stretch| self.starts_in(stretch, zone))
            .map(|start| start.at)
            .collect()
    }
}

/// Visits start on whole five minutes; in seconds.
const STEP: i64 = 300;

/// When a visit could start, and what the clock on the wall shows then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Start {
    /// The instant.
    pub at: DateTime<Utc>,
    /// The wall-clock there.
    pub local: NaiveDateTime,
}

impl Start {
    /// An instant at a place.
    #[must_use]
    pub fn at(at: DateTime<Utc>, zone: Tz) -> Self {
        Self {
            at,
            local: time::local_time(at, zone),
        }
    }

    /// The date there.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.local.date()
    }
}

fn minute_of_day(minutes: u16) -> NaiveTime {
    NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minutes) * 60, 0)
        .unwrap_or(NaiveTime::MIN)
}

fn monday(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday())))
        .unwrap_or(date)
}

/// The positions of those that meet one before them.
fn meeting<T>(all: &[T], meets: impl Fn(&T, &T) -> bool) -> Vec<usize> {
    all.iter()
        .enumerate()
        .filter(|(position, one)| all.iter().take(*position).any(|before| meets(before, one)))
        .map(|(position, _)| position)
        .collect()
}
