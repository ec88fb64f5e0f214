//! When a person is reminded of a visit.

use super::stored_words;
use crate::time;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// The wall-clock time of the reader at which reminders by days are sent.
const NINE: TimeDelta = TimeDelta::hours(9);

/// A reminder before a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Three business days before.
    ThreeDays,
    /// What to do before: a day ahead, or two hours before the fast begins if that is earlier.
    Preparation,
    /// The day before.
    OneDay,
}

stored_words! {
    Step { ThreeDays = "three_days", Preparation = "preparation", OneDay = "one_day", }
}

/// A visit, as far as reminders go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminded {
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The zone of its location.
    pub zone: Tz,
    /// Whether there is something to do before.
    pub prepares: bool,
    /// Hours before the start with nothing but water.
    pub fasting_hours: u8,
}

impl Reminded {
    /// When a step is due for somebody whose clocks are those of a zone; never where there is
    /// nothing to say.
    #[must_use]
    pub fn due(&self, step: Step, reader: Tz) -> Option<DateTime<Utc>> {
        let date = time::local_date(self.starts_at, self.zone);
        let at_nine =
            |date: NaiveDate| time::start_instant(date.and_time(NaiveTime::MIN) + NINE, reader);
        match step {
            Step::ThreeDays => Some(at_nine(business_days_before(date, 3)?)),
            Step::OneDay => Some(at_nine(date.checked_sub_days(Days::new(1))?)),
            Step::Preparation => {
                let fast = TimeDelta::hours(i64::from(self.fasting_hours) + 2);
                let ahead = match self.fasting_hours {
                    0 => TimeDelta::hours(24),
                    _ => fast.max(TimeDelta::hours(24)),
                };
                self.prepares.then_some(self.starts_at - ahead)
            }
        }
    }

    /// The steps that are still to come after an instant, the earliest first: those whose time has
    /// passed when a visit is booked are not caught up on.
    #[must_use]
    pub fn plan(&self, reader: Tz, after: DateTime<Utc>) -> Vec<(Step, DateTime<Utc>)> {
        let due = |step: &Step| Some((*step, self.due(*step, reader)?));
        let ahead = |(_, due): &(Step, DateTime<Utc>)| after < *due && *due < self.starts_at;
        let mut steps: Vec<_> = Step::ALL.iter().filter_map(due).filter(ahead).collect();
        steps.sort_by_key(|(step, due)| (*due, *step));
        steps
    }
}

/// The date so many business days before another.
fn business_days_before(date: NaiveDate, count: usize) -> Option<NaiveDate> {
    let earlier = date.iter_days().rev().skip(1);
    let mut business = earlier.filter(|day| time::is_business_day(*day, &[]));
    business.nth(count - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn visit(starts_at: &str) -> Reminded {
        Reminded {
            starts_at: at(starts_at),
            zone: chrono_tz::America::New_York,
            prepares: true,
            fasting_hours: 0,
        }
    }

    #[test]
    fn three_business_days_before_a_monday_is_the_wednesday_before_at_nine() {
        // Monday 1 March 2027, 10:00 in New York.
        let visit = visit("2027-03-01T15:00:00Z");
        let reader = chrono_tz::America::New_York;
        assert_eq!(
            visit.due(Step::ThreeDays, reader),
            Some(at("2027-02-24T14:00:00Z"))
        );
        assert_eq!(
            visit.due(Step::OneDay, reader),
            Some(at("2027-02-28T14:00:00Z"))
        );
        assert_eq!(
            visit.due(Step::Preparation, reader),
            Some(at("2027-02-28T15:00:00Z"))
        );
    }

    #[test]
    fn the_day_is_that_of_the_place_and_the_hour_that_of_the_reader() {
        let visit = visit("2027-03-01T15:00:00Z");
        let due = visit.due(Step::OneDay, chrono_tz::America::Los_Angeles);
        assert_eq!(due, Some(at("2027-02-28T17:00:00Z")));
    }

    #[test]
    fn who_fasts_hears_of_it_two_hours_before_the_fast_begins() {
        let reader = chrono_tz::America::New_York;
        let fasting = |hours| Reminded {
            fasting_hours: hours,
            ..visit("2027-03-01T15:00:00Z")
        };
        let short = fasting(12).due(Step::Preparation, reader);
        assert_eq!(short, Some(at("2027-02-28T15:00:00Z")));
        let long = fasting(24).due(Step::Preparation, reader);
        assert_eq!(long, Some(at("2027-02-28T13:00:00Z")));
        let nothing = Reminded {
            prepares: false,
            ..fasting(0)
        };
        assert_eq!(nothing.due(Step::Preparation, reader), None);
    }

    #[test]
    fn steps_whose_time_has_passed_are_not_caught_up_on() {
        let visit = visit("2027-03-01T15:00:00Z");
        let reader = chrono_tz::America::New_York;
        let steps = |after: &str| -> Vec<Step> {
            let plan = visit.plan(reader, at(after)).into_iter();
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
        fn in_every_zone_a_reminder_comes_before_the_visit_and_by_days_at_nine(
            minutes in 0_i64..4 * 366 * 24 * 60,
            place in 0..chrono_tz::TZ_VARIANTS.len(),
            reader in 0..chrono_tz::TZ_VARIANTS.len(),
            fasting_hours in 0_u8..=24,
        ) {
            let visit = Reminded {
                starts_at: at("2026-01-01T00:00:00Z") + TimeDelta::minutes(minutes),
                zone: chrono_tz::TZ_VARIANTS[place],
                prepares: true,
                fasting_hours,
            };
            let reader = chrono_tz::TZ_VARIANTS[reader];
            let date = time::local_date(visit.starts_at, visit.zone);
            let plan = visit.plan(reader, at("2025-01-01T00:00:00Z"));
            prop_assert!(plan.is_sorted_by_key(|(_, due)| *due));
            for (step, due) in plan {
                prop_assert!(due < visit.starts_at);
                let there = time::local_time(due, reader);
                match step {
                    Step::Preparation => {
                        let hours = (visit.starts_at - due).num_hours();
                        prop_assert_eq!(hours, i64::from(fasting_hours + 2).max(24));
                    }
                    Step::OneDay => prop_assert_eq!(there.date(), date - Days::new(1)),
                    Step::ThreeDays => {
                        let days = (date - there.date()).num_days();
                        prop_assert!((3..=5).contains(&days), "{} days", days);
                    }
                }
                // Where the clocks skip nine o'clock it is the first instant after it.
                if step != Step::Preparation {
                    prop_assert_eq!(due, time::start_instant(there.date().and_time(NaiveTime::MIN) + NINE, reader));
                }
            }
        }
    }
}
