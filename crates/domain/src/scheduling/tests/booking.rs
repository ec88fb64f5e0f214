//! Keeping a time, and giving a visit back.

use super::*;
use crate::ids::HoldId;
use crate::scheduling::appointment::{
    ActError, booked_state, cancel, check_in, correct, move_to, perform,
};
use crate::scheduling::hold::{HoldError, may_take};
use chrono::TimeDelta;

fn visit(starts_at: &str, notice: Notice) -> Appointment {
    Appointment {
        id: AppointmentId(Uuid::from_u128(1)),
        state: State::Booked,
        starts_at: at(starts_at),
        notice,
        moves: Moves { made: 0, most: 3 },
        attends: false,
        cancelled_at: None,
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
fn of_a_struck_visit_people_hear_only_where_they_were_to_come() {
    let start = at("2027-03-14T16:00:00Z");
    let struck = |state, now| {
        let visit = Appointment {
            state,
            ..visit("2027-03-14T16:00:00Z", A_DAY)
        };
        let (struck, event) = perform(visit, Act::Strike, Audience::Clinic, now).unwrap();
        assert_eq!(struck.state, State::EnteredInError);
        event
    };
    let before = start - TimeDelta::seconds(1);
    let id = AppointmentId(Uuid::from_u128(1));
    for state in [State::Pending, State::Booked] {
        assert_eq!(struck(state, before), Event::Cancelled(id));
        let quiet = Event::Changed(id, State::EnteredInError);
        assert_eq!(struck(state, start), quiet);
    }
    for state in [State::Cancelled, State::Fulfilled, State::NoShow] {
        let quiet = Event::Changed(id, State::EnteredInError);
        assert_eq!(struck(state, before), quiet);
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

#[test]
fn the_fourth_move_through_a_portal_is_refused_but_staff_may_move_on() {
    let now = at("2027-03-01T10:00:00Z");
    let later = at("2027-03-20T16:00:00Z");
    let mut visit = visit("2027-03-14T16:00:00Z", A_DAY);
    for made in 1..=3 {
        let (moved, event) = move_to(visit, later, Audience::Employee, now).unwrap();
        assert_eq!((moved.moves.made, moved.id), (made, visit.id));
        assert_eq!(event, Event::Moved(visit.id));
        visit = moved;
    }
    assert_eq!(
        move_to(visit, later, Audience::Employee, now),
        Err(ActError::TooManyMoves)
    );
    let by_supervisor = visit.allowed(Audience::Supervisor, now);
    assert!(!by_supervisor.contains(&Act::Move) && by_supervisor.contains(&Act::Cancel));
    let (moved, _) = move_to(visit, later, Audience::Clinic, now).unwrap();
    assert_eq!(moved.moves.made, 3, "what staff move does not count");
}

#[test]
fn a_moved_visit_keeps_its_state_and_has_notices_from_its_new_start() {
    let now = at("2027-03-01T10:00:00Z");
    let waiting = Appointment {
        state: State::Pending,
        ..visit("2027-03-14T16:00:00Z", A_DAY)
    };
    let start = at("2027-03-10T16:00:00Z");
    let (moved, _) = move_to(waiting, start, Audience::Employee, now).unwrap();
    assert_eq!(moved.state, State::Pending);
    assert_eq!(moved.cancel_deadline(), at("2027-03-09T16:00:00Z"));
}

#[test]
fn a_visit_that_is_over_or_given_back_is_not_moved() {
    let now = at("2027-03-01T10:00:00Z");
    let later = at("2027-03-20T16:00:00Z");
    for (state, refused) in [
        (State::CheckedIn, ActError::Begun),
        (State::Fulfilled, ActError::Begun),
        (State::Cancelled, ActError::WrongState),
        (State::NoShow, ActError::WrongState),
    ] {
        let over = Appointment {
            state,
            ..visit("2027-03-14T16:00:00Z", A_DAY)
        };
        assert_eq!(move_to(over, later, Audience::Clinic, now), Err(refused));
    }
}

#[test]
fn people_check_in_from_six_hours_before_the_start_to_a_quarter_of_an_hour_after_it() {
    let visit = visit("2027-03-14T14:00:00Z", A_DAY);
    let open = BookingOptions {
        use_checkin: true,
        ..BookingOptions::default()
    };
    for at_time in ["08:00:00", "14:15:00"] {
        let now = at(&format!("2027-03-14T{at_time}Z"));
        let (there, _) = check_in(visit, &open, now).unwrap();
        assert_eq!(there.state, State::CheckedIn);
        let without = check_in(visit, &BookingOptions::default(), now);
        assert_eq!(without, Err(ActError::CheckInClosed), "the portal has none");
    }
    for at_time in ["07:59:59", "14:15:01"] {
        let now = at(&format!("2027-03-14T{at_time}Z"));
        assert_eq!(
            check_in(visit, &open, now),
            Err(ActError::CheckInClosed),
            "{at_time}"
        );
    }
}

#[test]
fn staff_take_a_visit_from_the_door_to_its_end_and_back_by_one_step() {
    let now = at("2027-03-14T16:05:00Z");
    let visit = visit("2027-03-14T16:00:00Z", A_DAY);
    let go = |visit, act| perform(visit, act, Audience::Clinic, now).map(|(next, _)| next);
    let there = go(visit, Act::CheckIn).unwrap();
    assert_eq!(go(there, Act::UndoCheckIn).unwrap(), visit);
    let begun = go(there, Act::Begin).unwrap();
    assert_eq!(begun.state, State::InProgress);
    assert_eq!(go(begun, Act::UndoCheckIn), Err(ActError::WrongState));
    assert_eq!(go(begun, Act::Finish).unwrap().state, State::Fulfilled);
    assert_eq!(go(there, Act::Finish).unwrap().state, State::Fulfilled);
    assert_eq!(go(visit, Act::Begin), Err(ActError::WrongState));
}

#[test]
fn who_was_taken_for_missed_is_put_right_by_staff_only() {
    let now = at("2027-03-15T16:00:00Z");
    let missed = Appointment {
        state: State::NoShow,
        ..visit("2027-03-14T16:00:00Z", A_DAY)
    };
    for to in [State::Booked, State::Fulfilled] {
        let (put_right, _) = correct(missed, to, Audience::Clinic, now).unwrap();
        assert_eq!(put_right.state, to);
        let theirs = correct(missed, to, Audience::Employee, now);
        assert_eq!(theirs, Err(ActError::WrongState));
    }
    let elsewhere = correct(missed, State::Pending, Audience::Clinic, now);
    assert_eq!(elsewhere, Err(ActError::WrongState));
}

#[test]
fn people_say_once_that_they_will_come_and_say_it_anew_after_a_move() {
    let now = at("2027-03-01T10:00:00Z");
    let visit = visit("2027-03-14T16:00:00Z", A_DAY);
    let attend = |visit| perform(visit, Act::Attend, Audience::Employee, now);
    let (coming, _) = attend(visit).unwrap();
    assert!(coming.attends && coming.state == State::Booked);
    assert_eq!(attend(coming), Err(ActError::WrongState));
    let later = at("2027-03-20T16:00:00Z");
    let (moved, _) = move_to(coming, later, Audience::Clinic, now).unwrap();
    assert!(attend(moved).is_ok());
    let waiting = Appointment {
        state: State::Pending,
        ..visit
    };
    assert_eq!(attend(waiting), Err(ActError::WrongState));
}

#[test]
fn staff_undo_a_cancellation_within_thirty_days_and_before_the_start() {
    let visit = visit("2027-04-20T16:00:00Z", A_DAY);
    let cancelled_at = at("2027-03-01T10:00:00Z");
    let (gone, _) = cancel(visit, Audience::Employee, cancelled_at).unwrap();
    let undo = |gone, by, now| perform(gone, Act::UndoCancel, by, now).map(|(again, _)| again);
    let last = cancelled_at + TimeDelta::days(30);
    assert_eq!(undo(gone, Audience::Clinic, last).unwrap(), visit);
    let refused = Err(ActError::WrongState);
    let late = last + TimeDelta::seconds(1);
    assert_eq!(undo(gone, Audience::Clinic, late), refused);
    assert_eq!(undo(gone, Audience::Employee, last), refused);
    let soon = Appointment {
        starts_at: cancelled_at + TimeDelta::days(2),
        ..gone
    };
    assert!(
        undo(
            soon,
            Audience::Clinic,
            soon.starts_at - TimeDelta::seconds(1)
        )
        .is_ok()
    );
    assert_eq!(undo(soon, Audience::Clinic, soon.starts_at), refused);
}
