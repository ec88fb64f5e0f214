//! When a person is reminded of a visit.

use super::stored_words;
use crate::time::{self, Holiday};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A reminder before a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Some business days before, usually three.
    ThreeDays,
    /// What to do before: usually a day ahead, or two hours before the fast begins if that is earlier.
    Preparation,
    /// Some days before, usually one.
    OneDay,
}

stored_words! {
    Step { ThreeDays = "three_days", Preparation = "preparation", OneDay = "one_day", }
}

/// A visit, as far as reminders go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminded<'a> {
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The zone of its location.
    pub zone: Tz,
    /// When its location does not work.
    pub holidays: &'a [Holiday],
    /// Whether there is something to do before.
    pub prepares: bool,
    /// Hours before the start with nothing but water.
    pub fasting_hours: u8,
}

impl Reminded<'_> {
    /// When a step is due for somebody whose clocks are those of a zone; never where there is
    /// nothing to say, or where the employer does not want it.
    #[must_use]
    pub fn due(&self, step: Step, rules: &Reminders, reader: Tz) -> Option<DateTime<Utc>> {
        let date = time::local_date(self.starts_at, self.zone);
        let at = |date: NaiveDate, by_days: &ByDays| {
            let after_midnight = TimeDelta::minutes(by_days.minute.into());
            time::start_instant(date.and_time(NaiveTime::MIN) + after_midnight, reader)
        };
        match step {
            Step::ThreeDays => {
                let by_days = rules.three_days.wanted()?;
                let days = usize::from(by_days.days);
                let day = time::business_days_before(date, days, self.holidays)?;
                Some(at(day, by_days))
            }
            Step::OneDay => {
                let by_days = rules.one_day.wanted()?;
                let day = date.checked_sub_days(Days::new(by_days.days.into()))?;
                Some(at(day, by_days))
            }
            Step::Preparation => {
                let by_hours = rules.preparation.wanted()?;
                let fast = match self.fasting_hours {
                    0 => 0,
                    hours => i64::from(hours) + 2,
                };
                let ahead = fast.max(by_hours.hours.into());
                self.prepares
                    .then_some(self.starts_at - TimeDelta::hours(ahead))
            }
        }
    }

    /// The steps that are still to come after an instant, the earliest first: those whose time has
    /// passed when a visit is booked are not caught up on.
    #[must_use]
    pub fn plan(
        &self,
        rules: &Reminders,
        reader: Tz,
        after: DateTime<Utc>,
    ) -> Vec<(Step, DateTime<Utc>)> {
        let due = |step: &Step| Some((*step, self.due(*step, rules, reader)?));
        let ahead = |(_, due): &(Step, DateTime<Utc>)| after < *due && *due < self.starts_at;
        let mut steps: Vec<_> = Step::ALL.iter().filter_map(due).filter(ahead).collect();
        steps.sort_by_key(|(step, due)| (*due, *step));
        steps
    }
}

/// A way on which a reminder goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By mail.
    Email,
}

stored_words! {
    Channel { Email = "email", }
}

/// How an employer wants people to be reminded; what is not said is as usual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reminders {
    /// Some business days before.
    pub three_days: ByDays,
    /// Some days before.
    pub one_day: ByDays,
    /// What to do before.
    pub preparation: ByHours,
}

/// A reminder so many days before, at a time of day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByDays {
    /// Whether it is sent.
    pub on: bool,
    /// How many days before.
    pub days: u8,
    /// The minute of the reader's day.
    pub minute: u16,
    /// The ways it goes out on.
    pub channels: Vec<Channel>,
}

/// A reminder so many hours before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByHours {
    /// Whether it is sent.
    pub on: bool,
    /// How many hours before; two hours before a fast begins where that is earlier.
    pub hours: u8,
    /// The ways it goes out on.
    pub channels: Vec<Channel>,
}

/// The most days and hours before a visit, and the last minute of a day.
pub const MOST_DAYS: u8 = 30;
/// The most hours before a visit.
pub const MOST_HOURS: u8 = 72;
/// The last minute of a day.
pub const LAST_MINUTE: u16 = 24 * 60 - 1;

impl ByDays {
    fn usual(days: u8) -> Self {
        Self {
            on: true,
            days,
            minute: 9 * 60,
            channels: vec![Channel::Email],
        }
    }

    fn wanted(&self) -> Option<&Self> {
        self.on.then_some(self)
    }
}

impl ByHours {
    fn wanted(&self) -> Option<&Self> {
        self.on.then_some(self)
    }
}

impl Default for Reminders {
    fn default() -> Self {
        Self {
            three_days: ByDays::usual(3),
            one_day: ByDays::usual(1),
            preparation: ByHours {
                on: true,
                hours: 24,
                channels: vec![Channel::Email],
            },
        }
    }
}

/// What is wrong with how people are to be reminded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderFault {
    /// The place, from the reminders on.
    pub pointer: String,
    /// The least and the most there; one way at least where it is nothing.
    pub range: Option<(u16, u16)>,
}

impl Reminders {
    /// Whether nothing differs from what is usual.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a step is sent.
    #[must_use]
    pub fn sends(&self, step: Step) -> bool {
        match step {
            Step::ThreeDays => self.three_days.on,
            Step::OneDay => self.one_day.on,
            Step::Preparation => self.preparation.on,
        }
    }

    /// Everything that is wrong.
    #[must_use]
    pub fn faults(&self) -> Vec<ReminderFault> {
        let mut faults = Vec::new();
        let mut check = |step: Step, field: &str, value: u16, (from, to): (u16, u16)| {
            if !(from..=to).contains(&value) {
                faults.push(ReminderFault {
                    pointer: format!("/{}/{field}", step.as_str()),
                    range: Some((from, to)),
                });
            }
        };
        let by_days = [
            (Step::ThreeDays, &self.three_days),
            (Step::OneDay, &self.one_day),
        ];
        for (step, one) in by_days {
            check(step, "days", one.days.into(), (0, MOST_DAYS.into()));
            check(step, "minute", one.minute, (0, LAST_MINUTE));
        }
        let hours = self.preparation.hours.into();
        check(Step::Preparation, "hours", hours, (1, MOST_HOURS.into()));
        let ways = [
            (Step::ThreeDays, &self.three_days.channels),
            (Step::OneDay, &self.one_day.channels),
            (Step::Preparation, &self.preparation.channels),
        ];
        for (step, channels) in ways {
            if self.sends(step) && channels.is_empty() {
                faults.push(ReminderFault {
                    pointer: format!("/{}/channels", step.as_str()),
                    range: None,
                });
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn visit(starts_at: &str) -> Reminded<'static> {
        Reminded {
            holidays: &[],
            starts_at: at(starts_at),
            zone: chrono_tz::America::New_York,
            prepares: true,
            fasting_hours: 0,
        }
    }

    fn usual(visit: &Reminded<'_>, step: Step, reader: Tz) -> Option<DateTime<Utc>> {
        visit.due(step, &Reminders::default(), reader)
    }

    #[test]
    fn business_days_leave_out_the_holidays_of_the_place() {
        let christmas = Holiday {
            date: time::parse_date("2026-12-25").unwrap(),
            yearly: true,
        };
        // Tuesday 29 December 2026, 10:00 in New York.
        let visit = Reminded {
            holidays: &[christmas],
            ..visit("2026-12-29T15:00:00Z")
        };
        let reader = chrono_tz::America::New_York;
        assert_eq!(
            usual(&visit, Step::ThreeDays, reader),
            Some(at("2026-12-23T14:00:00Z"))
        );
    }

    #[test]
    fn an_employer_says_when_people_are_reminded_and_of_what_not() {
        let visit = visit("2027-03-01T15:00:00Z");
        let reader = chrono_tz::America::New_York;
        let mut rules = Reminders::default();
        rules.three_days.days = 5;
        rules.three_days.minute = 17 * 60 + 30;
        rules.one_day.on = false;
        rules.preparation.hours = 48;
        let plan = visit.plan(&rules, reader, at("2027-02-01T00:00:00Z"));
        let expected = [
            (Step::ThreeDays, at("2027-02-22T22:30:00Z")),
            (Step::Preparation, at("2027-02-27T15:00:00Z")),
        ];
        assert_eq!(plan, expected);
    }

    #[test]
    fn what_an_employer_says_has_limits_and_names_a_way() {
        assert_eq!(Reminders::default().faults(), []);
        let mut wrong = Reminders::default();
        wrong.three_days.days = MOST_DAYS + 1;
        wrong.one_day.minute = LAST_MINUTE + 1;
        wrong.preparation.hours = 0;
        wrong.preparation.channels.clear();
        let pointers: Vec<_> = wrong.faults().into_iter().map(|one| one.pointer).collect();
        let expected = [
            "/three_days/days",
            "/one_day/minute",
            "/preparation/hours",
            "/preparation/channels",
        ];
        assert_eq!(pointers, expected);
        // What is off needs no way.
        wrong.preparation.on = false;
        assert_eq!(wrong.faults().len(), 3);
    }

    #[test]
    fn what_was_never_said_is_as_usual() {
        let read: Reminders = serde_json::from_str("{}").unwrap();
        assert_eq!(read, Reminders::default());
    }

    #[test]
    fn three_business_days_before_a_monday_is_the_wednesday_before_at_nine() {
        // Monday 1 March 2027, 10:00 in New York.
        let visit = visit("2027-03-01T15:00:00Z");
        let reader = chrono_tz::America::New_York;
        assert_eq!(
            usual(&visit, Step::ThreeDays, reader),
            Some(at("2027-02-24T14:00:00Z"))
        );
        assert_eq!(
            usual(&visit, Step::OneDay, reader),
            Some(at("2027-02-28T14:00:00Z"))
        );
        assert_eq!(
            usual(&visit, Step::Preparation, reader),
            Some(at("2027-02-28T15:00:00Z"))
        );
    }

    #[test]
    fn the_day_is_that_of_the_place_and_the_hour_that_of_the_reader() {
        let visit = visit("2027-03-01T15:00:00Z");
        let due = usual(&visit, Step::OneDay, chrono_tz::America::Los_Angeles);
        assert_eq!(due, Some(at("2027-02-28T17:00:00Z")));
    }

    #[test]
    fn who_fasts_hears_of_it_two_hours_before_the_fast_begins() {
        let reader = chrono_tz::America::New_York;
        let fasting = |hours| Reminded {
            fasting_hours: hours,
            ..visit("2027-03-01T15:00:00Z")
        };
        let short = usual(&fasting(12), Step::Preparation, reader);
        assert_eq!(short, Some(at("2027-02-28T15:00:00Z")));
        let long = usual(&fasting(24), Step::Preparation, reader);
        assert_eq!(long, Some(at("2027-02-28T13:00:00Z")));
        let nothing = Reminded {
            prepares: false,
            ..fasting(0)
        };
        assert_eq!(usual(&nothing, Step::Preparation, reader), None);
    }

    #[test]
    fn steps_whose_time_has_passed_are_not_caught_up_on() {
        let visit = visit("2027-03-01T15:00:00Z");
        let reader = chrono_tz::America::New_York;
        let steps = |after: &str| -> Vec<Step> {
            let plan = visit
                .plan(&Reminders::default(), reader, at(after))
                .into_iter();
            plan.map(|(step, _)| step).collect()
        };
        let all = [Step::ThreeDays, Step::OneDay, Step::Preparation];
        assert_eq!(steps("2027-02-01T00:00:00Z"), all);
        assert_eq!(steps("2027-02-24T14:00:00Z"), all[1..]);
        assert_eq!(steps("2027-02-28T14:30:00Z"), all[2..]);
        assert_eq!(steps("2027-02-28T15:00:00Z"), []);
    }

    proptest! {
        #[test]
        fn in_every_zone_a_reminder_comes_before_the_visit_and_by_days_at_the_time_of_day_wanted(
            minutes in 0_i64..4 * 366 * 24 * 60,
            place in 0..chrono_tz::TZ_VARIANTS.len(),
            reader in 0..chrono_tz::TZ_VARIANTS.len(),
            fasting_hours in 0_u8..=24,
            minute in 0..=LAST_MINUTE,
        ) {
            let visit = Reminded {
                holidays: &[],
                starts_at: at("2026-01-01T00:00:00Z") + TimeDelta::minutes(minutes),
                zone: chrono_tz::TZ_VARIANTS[place],
                prepares: true,
                fasting_hours,
            };
            let reader = chrono_tz::TZ_VARIANTS[reader];
            let date = time::local_date(visit.starts_at, visit.zone);
            let mut rules = Reminders::default();
            rules.three_days.minute = minute;
            rules.one_day.minute = minute;
            let plan = visit.plan(&rules, reader, at("2025-01-01T00:00:00Z"));
            prop_assert!(plan.is_sorted_by_key(|(_, due)| *due));
            // Where the clocks skip that time it is the first instant after it.
            let days_before = |days: u64| {
                let wanted = TimeDelta::minutes(minute.into());
                let day = (date - Days::new(days)).and_time(NaiveTime::MIN);
                time::start_instant(day + wanted, reader)
            };
            for (step, due) in plan {
                prop_assert!(due < visit.starts_at);
                match step {
                    Step::Preparation => {
                        let hours = (visit.starts_at - due).num_hours();
                        prop_assert_eq!(hours, i64::from(fasting_hours + 2).max(24));
                    }
                    Step::OneDay => prop_assert_eq!(due, days_before(1)),
                    Step::ThreeDays => {
                        prop_assert!((3..=5).any(|days| due == days_before(days)), "{}", due);
                    }
                }
            }
        }
    }
}
