//! What a portal lets its people do with appointments.

use super::Audience;
use crate::ids::AppointmentTypeId;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// The options of a portal's appointments module; the defaults are those of a new portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "snake_case")]
pub struct BookingOptions {
    /// What stands above the visits, with bold, italic and links; empty for nothing.
    pub alert_text: String,
    /// Whether people book by themselves.
    pub schedule: bool,
    /// Whether people can ask the clinic for a visit.
    pub request: bool,
    /// Whether an item past its due date can still be booked.
    pub allow_past_due: bool,
    /// What stands beside the date of an item past due while it cannot be booked; empty for the usual
    /// words.
    pub past_due_warning: String,
    /// How many days back past visits are shown.
    pub days_past: u16,
    /// How many days ahead may be searched, today not counted.
    pub days_out: u16,
    /// How many days the list opens with; 0 is all at once.
    pub days_before_showing: u16,
    /// Whether only days of the list can be chosen.
    pub disable_calendar_search: bool,
    /// Whether "first available provider" heads the list of providers.
    pub first_available: bool,
    /// Whether the provider is chosen by the system and named only after booking.
    pub force_any_provider: bool,
    /// Types this portal does not offer.
    pub excluded_types: Vec<AppointmentTypeId>,
    /// Whether an item shows before its visible date; its slots still begin there.
    pub ignore_visible_date: bool,
    /// Whether no comment can be given.
    pub disable_comments: bool,
    /// Types that cannot be booked without a comment.
    pub comment_required_types: Vec<AppointmentTypeId>,
    /// What stands above the comment; empty for the usual words.
    pub comment_prompt: String,
    /// What the button for a new visit says; empty for the usual words.
    pub new_button_text: String,
    /// Whether booked, moved and cancelled visits are told by no e-mail.
    pub disable_emails: bool,
    /// Minutes a chosen time is kept, 2 to 15.
    pub hold_minutes: u16,
    /// Whether everything due can be booked together.
    pub one_visit: bool,
    /// Whether people are offered times that become free.
    pub earlier_offers: bool,
    /// How many visits one person may have ahead, 1 to 20.
    pub max_open: u16,
    /// Whether people check in by themselves.
    pub use_checkin: bool,
    /// How many minutes before the start they can, at most a day.
    pub checkin_before_minutes: u16,
    /// How many minutes after it they still can, at most four hours.
    pub checkin_after_minutes: u16,
}

/// The longest a portal may open check-in before and after a start.
pub const LONGEST_CHECK_IN: (TimeDelta, TimeDelta) = (TimeDelta::days(1), TimeDelta::hours(4));

impl Default for BookingOptions {
    fn default() -> Self {
        Self {
            alert_text: String::new(),
            schedule: true,
            request: false,
            allow_past_due: false,
            past_due_warning: String::new(),
            days_past: 90,
            days_out: 60,
            days_before_showing: 0,
            disable_calendar_search: false,
            first_available: true,
            force_any_provider: false,
            excluded_types: Vec::new(),
            ignore_visible_date: false,
            disable_comments: false,
            comment_required_types: Vec::new(),
            comment_prompt: String::new(),
            new_button_text: String::new(),
            disable_emails: false,
            hold_minutes: 5,
            one_visit: true,
            earlier_offers: true,
            max_open: 5,
            use_checkin: false,
            checkin_before_minutes: 360,
            checkin_after_minutes: 15,
        }
    }
}

impl BookingOptions {
    /// How far ahead free times are searched and shown.
    #[must_use]
    pub fn reach(&self) -> Reach {
        Reach {
            days_out: self.days_out,
            days_before_showing: self.days_before_showing,
        }
    }

    /// The last local date that may be booked.
    #[must_use]
    pub fn last_day(&self, today: NaiveDate) -> NaiveDate {
        self.reach().last_day(today)
    }

    /// Whether somebody may book after the date something is due: staff always, people where the
    /// portal allows it, their supervisors never.
    #[must_use]
    pub fn may_be_late(&self, audience: Audience) -> bool {
        match audience {
            Audience::Employee => self.allow_past_due,
            Audience::Supervisor => false,
            Audience::Clinic => true,
        }
    }

    /// The portal's own words beside an item past due; only while it cannot be booked.
    #[must_use]
    pub fn own_past_due_warning(&self) -> Option<&str> {
        let words = self.past_due_warning.trim();
        (!self.allow_past_due && !words.is_empty()).then_some(words)
    }

    /// Whether people can check in now for a visit, both ends included.
    #[must_use]
    pub fn is_check_in_open(&self, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        let minutes = |count: u16| TimeDelta::minutes(count.into());
        self.use_checkin
            && starts_at - minutes(self.checkin_before_minutes) <= now
            && now <= starts_at + minutes(self.checkin_after_minutes)
    }
}

/// How far ahead free times are searched, and how many days of them are shown at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// How many days ahead may be searched, today not counted.
    pub days_out: u16,
    /// How many days the list opens with; 0 is all at once.
    pub days_before_showing: u16,
}

impl Reach {
    /// The last local date that may be booked.
    #[must_use]
    pub fn last_day(&self, today: NaiveDate) -> NaiveDate {
        today
            .checked_add_days(Days::new(u64::from(self.days_out)))
            .unwrap_or(NaiveDate::MAX)
    }

    /// The last date the list of days shows after so many presses of "Show more days".
    ///
    /// With `days_before_showing` 0 it is the last day that may be booked. Otherwise the list opens
    /// with that many days, today counted, and grows by as many; when none of the days it opens
    /// with holds a slot, it reaches by itself to `first_free`.
    #[must_use]
    pub fn shown_until(
        &self,
        today: NaiveDate,
        presses: u16,
        first_free: Option<NaiveDate>,
    ) -> NaiveDate {
        let last = self.last_day(today);
        if self.days_before_showing == 0 {
            return last;
        }
        let page = u64::from(self.days_before_showing);
        let end_of = |pages: u64| {
            today
                .checked_add_days(Days::new((page * pages).saturating_sub(1)))
                .unwrap_or(NaiveDate::MAX)
        };
        let opening = first_free.map_or(end_of(1), |free| end_of(1).max(free));
        let grown = opening
            .checked_add_days(Days::new(page * u64::from(presses)))
            .unwrap_or(NaiveDate::MAX);
        grown.min(last)
    }
}
