//! Asking the clinic for a visit, and the times it proposes.

use super::*;
use crate::ids::{AppointmentRequestId, OfferId};
use crate::scheduling::offer::{NoLongerKept, OfferState, OfferedTime, TimesError, check_times};
use crate::scheduling::offered::can_be_named;
use crate::scheduling::request::{
    Act, DayPart, Event, Preference, PreferenceError, Request, State, WrongState, check_preferences,
};
use chrono::TimeDelta;

const ID: AppointmentRequestId = AppointmentRequestId(Uuid::from_u128(7));

fn request(state: State) -> Request {
    Request {
        id: ID,
        state,
        asked_by: Audience::Employee,
        offered_until: (state == State::Offered).then(|| at("2027-03-02T10:00:00Z")),
    }
}

fn preference(from: &str, to: &str, part: DayPart, weekdays: &[u8]) -> Preference {
    Preference {
        from: day(from),
        to: day(to),
        part,
        weekdays: weekdays.to_vec(),
    }
}

#[test]
fn a_request_goes_from_one_state_to_the_next_and_no_other_way() {
    let now = at("2027-03-01T10:00:00Z");
    let (staff, person) = (Audience::Clinic, Audience::Employee);
    let expected = [
        (
            State::Open,
            staff,
            vec![Act::See, Act::Offer, Act::Book, Act::Decline],
        ),
        (
            State::Seen,
            staff,
            vec![Act::Offer, Act::Book, Act::Decline],
        ),
        (
            State::Offered,
            staff,
            vec![Act::Offer, Act::Book, Act::Decline],
        ),
        (State::Open, person, vec![Act::Withdraw]),
        (State::Seen, person, vec![Act::Withdraw]),
        (
            State::Offered,
            person,
            vec![Act::Withdraw, Act::Accept, Act::Refuse],
        ),
    ];
    for (state, by, acts) in expected {
        assert_eq!(request(state).allowed(by, now), acts, "{state:?} {by:?}");
    }
    for state in [State::Booked, State::Declined, State::Withdrawn] {
        for by in Audience::ALL {
            assert!(request(state).allowed(*by, now).is_empty(), "{state:?}");
        }
    }
}

#[test]
fn only_who_asked_takes_a_request_back_and_only_the_person_answers() {
    let now = at("2027-03-01T10:00:00Z");
    let asked = Request {
        asked_by: Audience::Supervisor,
        ..request(State::Offered)
    };
    assert_eq!(asked.allowed(Audience::Supervisor, now), [Act::Withdraw]);
    assert_eq!(
        asked.allowed(Audience::Employee, now),
        [Act::Accept, Act::Refuse]
    );
}

#[test]
fn what_nobody_took_counts_as_open_from_the_instant_the_last_time_runs_out() {
    let until = at("2027-03-02T10:00:00Z");
    let (offered, event) = request(State::Seen)
        .offered(until, at("2027-03-01T10:00:00Z"))
        .unwrap();
    assert_eq!(event, Event::Offered(ID));
    let before = until - TimeDelta::seconds(1);
    assert_eq!(offered.state_at(before), State::Offered);
    assert!(offered.run_out(before).is_none());
    assert_eq!(offered.state_at(until), State::Open);
    let accept = offered.perform(Act::Accept, Audience::Employee, until);
    assert_eq!(accept, Err(WrongState));
    assert!(offered.allowed(Audience::Clinic, until).contains(&Act::See));
    let (open, event) = offered.run_out(until).unwrap();
    assert_eq!((open.state, open.offered_until), (State::Open, None));
    assert_eq!(event, Event::Expired(ID));
    assert!(open.run_out(until).is_none());
}

#[test]
fn taking_none_of_the_times_puts_the_request_back_and_taking_one_ends_it() {
    let now = at("2027-03-01T10:00:00Z");
    let offered = request(State::Offered);
    let (open, event) = offered
        .perform(Act::Refuse, Audience::Employee, now)
        .unwrap();
    assert_eq!((open.state, open.offered_until), (State::Open, None));
    assert_eq!(event, Event::Refused(ID));
    let (booked, event) = offered
        .perform(Act::Accept, Audience::Employee, now)
        .unwrap();
    assert_eq!(booked.state, State::Booked);
    assert_eq!(event, Event::Booked(ID));
}

#[test]
fn a_time_is_proposed_for_some_hours_and_never_beyond_its_start() {
    let now = at("2027-03-01T10:00:00Z");
    let id = OfferId(Uuid::from_u128(1));
    let offer = OfferedTime::held(id, at("2027-03-08T10:00:00Z"), 24, now);
    assert_eq!(offer.expires_at, at("2027-03-02T10:00:00Z"));
    let soon = OfferedTime::held(id, at("2027-03-01T12:00:00Z"), 24, now);
    assert_eq!(soon.expires_at, at("2027-03-01T12:00:00Z"));
    assert!(offer.accepted(at("2027-03-02T09:59:59Z")).is_ok());
    assert_eq!(offer.accepted(offer.expires_at), Err(NoLongerKept));
    let gone = OfferedTime {
        state: OfferState::Declined,
        ..offer
    };
    assert_eq!(gone.accepted(now), Err(NoLongerKept));
}

#[test]
fn one_to_five_times_that_do_not_overlap_are_proposed_for_one_to_seventy_two_hours() {
    let first = at("2027-03-08T10:00:00Z");
    let time = |n: i64| Stretch::of_minutes(first + TimeDelta::minutes(30 * n), 30);
    let times: Vec<Stretch> = (0..6).map(time).collect();
    assert_eq!(check_times(&times[..5], 24), Ok(()), "touching is allowed");
    assert_eq!(check_times(&[], 24), Err(TimesError::Number));
    assert_eq!(check_times(&times, 24), Err(TimesError::Number));
    let shifted = Stretch::of_minutes(first + TimeDelta::minutes(15), 30);
    let overlapping = [times[0], times[3], shifted];
    assert_eq!(
        check_times(&overlapping, 24),
        Err(TimesError::Overlap { which: 2 })
    );
    for (hours, answer) in [
        (0, Err(TimesError::Hours)),
        (1, Ok(())),
        (72, Ok(())),
        (73, Err(TimesError::Hours)),
    ] {
        assert_eq!(check_times(&times[..1], hours), answer, "{hours}");
    }
}

#[test]
fn preferences_name_dates_ahead_and_each_day_of_the_week_once() {
    let today = day("2027-03-01");
    let good = preference("2027-02-27", "2027-03-01", DayPart::Any, &[1, 7]);
    assert_eq!(check_preferences(&vec![good.clone(); 3], today), Ok(()));
    assert_eq!(
        check_preferences(&vec![good.clone(); 4], today),
        Err(PreferenceError::TooMany)
    );
    let wrong = [
        (
            preference("2027-03-05", "2027-03-04", DayPart::Any, &[]),
            PreferenceError::Backwards { which: 1 },
        ),
        (
            preference("2027-02-01", "2027-02-28", DayPart::Any, &[]),
            PreferenceError::Past { which: 1 },
        ),
        (
            preference("2027-03-05", "2027-03-06", DayPart::Any, &[0]),
            PreferenceError::Weekday { which: 1 },
        ),
        (
            preference("2027-03-05", "2027-03-06", DayPart::Any, &[2, 2]),
            PreferenceError::Weekday { which: 1 },
        ),
    ];
    for (preference, error) in wrong {
        let all = [good.clone(), preference];
        assert_eq!(check_preferences(&all, today), Err(error));
    }
}

#[test]
fn a_time_suits_by_date_part_of_the_day_and_day_of_the_week() {
    let wanted = preference("2027-03-01", "2027-03-07", DayPart::Afternoon, &[1, 2]);
    let suits = |text: &str| wanted.suits(text.parse().unwrap());
    assert!(suits("2027-03-01T12:00:00"));
    assert!(suits("2027-03-02T16:59:00"));
    assert!(!suits("2027-03-01T11:59:00"), "too early");
    assert!(!suits("2027-03-01T17:00:00"), "too late");
    assert!(!suits("2027-03-03T12:00:00"), "a Wednesday");
    assert!(!suits("2027-03-08T12:00:00"), "the week after");
}

#[test]
fn whoever_the_kind_needs_first_and_works_where_it_takes_place_can_be_asked_for_by_name() {
    let kind = visit_type(30);
    let of_ana = morning(ANA);
    let (ana, schedule) = (&of_ana.resource, &of_ana.schedules[0]);
    let now = at("2027-03-01T12:00:00Z");
    let named = |provider: &Resource, schedule: &Schedule, by| {
        can_be_named(&kind, provider, schedule, by, now)
    };
    assert!(named(ana, schedule, Audience::Employee));
    let room = Resource {
        kind: ResourceKind::Room,
        ..ana.clone()
    };
    assert!(!named(&room, schedule, Audience::Employee), "a room");
    let elsewhere = Schedule {
        location_id: LocationId(Uuid::from_u128(77)),
        ..schedule.clone()
    };
    assert!(!named(ana, &elsewhere, Audience::Employee), "elsewhere");
    let other = Schedule {
        types: TypeScope::Only(vec![AppointmentTypeId(Uuid::from_u128(78))]),
        ..schedule.clone()
    };
    assert!(!named(ana, &other, Audience::Employee), "other kinds");
    let staff = Schedule {
        audience: vec![Audience::Clinic],
        ..schedule.clone()
    };
    assert!(!named(ana, &staff, Audience::Employee), "the clinic's own");
    assert!(named(ana, &staff, Audience::Clinic));
}
