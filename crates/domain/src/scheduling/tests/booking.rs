//! Keeping a time, and giving a visit back.

use super::*;
use crate::ids::HoldId;
use crate::scheduling::appointment::{ActError, booked_state, cancel, perform};
use crate::scheduling::hold::{HoldError, may_take};
use chrono::TimeDelta;

fn visit(starts_at: &str, notice: Notice) -> Appointment {
    Appointment {
        id: AppointmentId(Uuid::from_u128(1)),
        state: State::Booked,
        starts_at: at(starts_at),
        notice,
    }
}

const A_DAY: Notice = Notice {
    cancel: 24,
    move_: 24,
};

#[test]
fn a_hold_of_five_minutes_is_gone_after_five_minutes() {
    let hold = Hold::taken(HoldId(Uuid::from_u128(1)), 5, at("2027-03-01T10:00:00Z"));
    assert!(hold.live(at("2027-03-01T10:04:59Z")).is_ok());
    assert_eq!(
        hold.live(at("2027-03-01T10:05:00Z")),
        Err(HoldError::Expired)
    );
}

#[test]
fn a_hold_is_extended_once_and_only_while_it_lives() {
    let hold = Hold::taken(HoldId(Uuid::from_u128(1)), 5, at("2027-03-01T10:00:00Z"));
    let longer = hold.extended(5, at("2027-03-01T10:04:00Z")).unwrap();
    assert_eq!(longer.expires_at, at("2027-03-01T10:10:00Z"));
    assert_eq!(
        longer.extended(5, at("2027-03-01T10:05:00Z")),
        Err(HoldError::Extended)
    );
    assert_eq!(
        hold.extended(5, at("2027-03-01T10:05:00Z")),
        Err(HoldError::Expired)
    );
}

#[test]
fn the_eleventh_hold_within_an_hour_waits_until_the_first_is_an_hour_old() {
    let now = at("2027-03-01T10:59:59Z");
    let taken: Vec<_> = (0..10)
        .map(|minute| at("2027-03-01T10:00:00Z") + TimeDelta::minutes(minute))
        .collect();
    assert_eq!(
        may_take(&taken, now),
        Err(HoldError::Limit {
            again_at: at("2027-03-01T11:00:00Z")
        })
    );
    assert_eq!(may_take(&taken, now + TimeDelta::seconds(1)), Ok(()));
}

#[test]
fn notice_is_counted_in_elapsed_hours_over_a_change_of_the_clocks() {
    // Sunday noon in New York, on the day the clocks go forward.
    let visit = visit("2027-03-14T16:00:00Z", A_DAY);
    let saturday_eleven = at("2027-03-13T16:00:00Z");
    assert_eq!(visit.cancel_deadline(), saturday_eleven);
    assert!(cancel(visit, Audience::Employee, saturday_eleven).is_ok());
    let late = saturday_eleven + TimeDelta::seconds(1);
    assert_eq!(
        cancel(visit, Audience::Employee, late),
        Err(ActError::NoticeTooShort {
            deadline: saturday_eleven
        })
    );
    assert!(cancel(visit, Audience::Clinic, late).is_ok());
}

#[test]
fn cancelling_and_moving_have_notices_of_their_own() {
    let visit = visit(
        "2027-03-14T16:00:00Z",
        Notice {
            cancel: 24,
            move_: 48,
        },
    );
    let thirty_hours_before = at("2027-03-13T10:00:00Z");
    let acts = visit.allowed(Audience::Employee, thirty_hours_before);
    assert!(acts.contains(&Act::Cancel) && !acts.contains(&Act::Move));
}

#[test]
fn a_visit_that_has_begun_is_cancelled_by_staff_only() {
    let visit = visit(
        "2027-03-14T16:00:00Z",
        Notice {
            cancel: 0,
            move_: 0,
        },
    );
    let start = visit.starts_at;
    assert_eq!(
        cancel(visit, Audience::Employee, start),
        Err(ActError::Begun)
    );
    let (cancelled, event) = cancel(visit, Audience::Clinic, start).unwrap();
    assert_eq!(cancelled.state, State::Cancelled);
    assert_eq!(event, Event::Cancelled(visit.id));
    assert_eq!(
        cancel(cancelled, Audience::Clinic, start),
        Err(ActError::WrongState)
    );
}

#[test]
fn a_person_who_is_there_can_no_longer_cancel() {
    let there = Appointment {
        state: State::CheckedIn,
        ..visit("2027-03-14T16:00:00Z", A_DAY)
    };
    let before = at("2027-03-01T00:00:00Z");
    assert_eq!(
        cancel(there, Audience::Employee, before),
        Err(ActError::Begun)
    );
    assert_eq!(
        cancel(there, Audience::Clinic, before),
        Err(ActError::Begun)
    );
}

#[test]
fn a_portal_booking_waits_where_the_clinic_confirms() {
    assert_eq!(booked_state(true, Audience::Employee), State::Pending);
    assert_eq!(booked_state(true, Audience::Clinic), State::Booked);
    assert_eq!(booked_state(false, Audience::Employee), State::Booked);
    let waiting = Appointment {
        state: State::Pending,
        ..visit("2027-03-14T16:00:00Z", A_DAY)
    };
    let now = at("2027-03-01T00:00:00Z");
    let (agreed, event) = perform(waiting, Act::Confirm, Audience::Clinic, now).unwrap();
    assert_eq!(
        (agreed.state, event),
        (State::Booked, Event::Confirmed(waiting.id))
    );
    assert_eq!(
        perform(waiting, Act::Confirm, Audience::Employee, now),
        Err(ActError::WrongState)
    );
}

#[test]
fn what_was_struck_stays_struck() {
    let struck = Appointment {
        state: State::EnteredInError,
        ..visit("2027-03-14T16:00:00Z", A_DAY)
    };
    for act in Act::ALL {
        assert!(
            struck
                .check(*act, Audience::Clinic, at("2027-03-15T00:00:00Z"))
                .is_err()
        );
    }
}

#[test]
fn only_what_still_counts_keeps_its_claims() {
    let freed: Vec<_> = State::ALL
        .iter()
        .filter(|state| !state.holds_claims())
        .collect();
    assert_eq!(freed, [&State::Cancelled, &State::EnteredInError]);
}
