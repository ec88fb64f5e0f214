//! What supervisors may do about the visits of those who report to them.

use super::{Act, Appointment, Audience};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How supervisors get a time for somebody; always exactly one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// They ask the clinic.
    #[default]
    Request,
    /// They take a free time.
    Schedule,
    /// They do neither.
    None,
}

/// The options of a supervisor portal's scheduling module; the defaults are those of a new portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "snake_case")]
pub struct SupervisorOptions {
    /// How supervisors get a time.
    pub mode: Mode,
    /// Whether they may give a visit back.
    pub allow_cancel: bool,
}

impl Default for SupervisorOptions {
    fn default() -> Self {
        Self {
            mode: Mode::default(),
            allow_cancel: true,
        }
    }
}

/// What a supervisor may do about something that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemAct {
    /// Ask the clinic for a time.
    Request,
    /// Take a free time.
    Schedule,
}

impl SupervisorOptions {
    /// Without the module: supervisors see visits and do nothing about them.
    pub const OFF: Self = Self {
        mode: Mode::None,
        allow_cancel: false,
    };

    /// What may be done now with a visit that is seen; only kinds that supervisors may book are
    /// moved or given back by them.
    #[must_use]
    pub fn acts(&self, visit: &Appointment, bookable: bool, now: DateTime<Utc>) -> Vec<Act> {
        let mut acts = visit.allowed(Audience::Supervisor, now);
        acts.retain(|act| {
            bookable
                && match act {
                    Act::Move => self.mode == Mode::Schedule,
                    Act::Cancel => self.allow_cancel,
                    _ => false,
                }
        });
        acts
    }

    /// What may be done about something due: nothing once it is past due, which is the clinic's.
    #[must_use]
    pub fn item_acts(&self, bookable: bool, past_due: bool) -> Vec<ItemAct> {
        let act = match self.mode {
            Mode::Request => Some(ItemAct::Request),
            Mode::Schedule => Some(ItemAct::Schedule),
            Mode::None => None,
        };
        act.filter(|_| bookable && !past_due).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::AppointmentId;
    use crate::scheduling::{Moves, Notice, State};
    use uuid::Uuid;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn visit() -> Appointment {
        Appointment {
            id: AppointmentId(Uuid::nil()),
            state: State::Booked,
            starts_at: at("2027-03-10T15:00:00Z"),
            notice: Notice {
                cancel: 24,
                move_: 48,
            },
            moves: Moves { made: 0, most: 3 },
            attends: false,
            cancelled_at: None,
        }
    }

    fn schedules() -> SupervisorOptions {
        SupervisorOptions {
            mode: Mode::Schedule,
            allow_cancel: true,
        }
    }

    const EARLY: &str = "2027-03-01T15:00:00Z";

    #[test]
    fn a_supervisor_moves_and_gives_back_and_does_nothing_else() {
        let acts = schedules().acts(&visit(), true, at(EARLY));
        assert_eq!(acts, [Act::Move, Act::Cancel]);
    }

    #[test]
    fn the_notices_hold_for_supervisors_too() {
        let acts = |now| schedules().acts(&visit(), true, at(now));
        assert_eq!(acts("2027-03-08T15:00:01Z"), [Act::Cancel]);
        assert!(acts("2027-03-09T15:00:01Z").is_empty());
    }

    #[test]
    fn a_kind_that_supervisors_may_not_book_stays_as_it_is() {
        assert!(schedules().acts(&visit(), false, at(EARLY)).is_empty());
    }

    #[test]
    fn only_who_takes_times_moves_and_only_where_it_is_allowed_is_given_back() {
        let acts = |options: SupervisorOptions| options.acts(&visit(), true, at(EARLY));
        assert_eq!(acts(SupervisorOptions::default()), [Act::Cancel]);
        let keeps = SupervisorOptions {
            allow_cancel: false,
            ..schedules()
        };
        assert_eq!(acts(keeps), [Act::Move]);
        assert!(acts(SupervisorOptions::OFF).is_empty());
    }

    #[test]
    fn a_portal_says_one_way_of_getting_a_time_and_past_due_there_is_none() {
        let of = |mode, past_due| {
            let options = SupervisorOptions {
                mode,
                allow_cancel: true,
            };
            options.item_acts(true, past_due)
        };
        assert_eq!(of(Mode::Request, false), [ItemAct::Request]);
        assert_eq!(of(Mode::Schedule, false), [ItemAct::Schedule]);
        assert!(of(Mode::None, false).is_empty());
        assert!(of(Mode::Request, true).is_empty());
        assert!(of(Mode::Schedule, true).is_empty());
        assert!(schedules().item_acts(false, false).is_empty());
    }

    #[test]
    fn a_portal_that_says_nothing_lets_supervisors_ask() {
        let read: SupervisorOptions = serde_json::from_str("{}").unwrap();
        assert_eq!(read, SupervisorOptions::default());
        assert_eq!(read.mode, Mode::Request);
    }
}
