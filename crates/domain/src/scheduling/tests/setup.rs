//! What a clinic may set up, and what it would offer.

use super::*;
use crate::scheduling::appointment_type::{TypeError, Which, follows_itself};
use crate::scheduling::preview::preview;
use crate::scheduling::schedule::{ScheduleError, WindowError};
use chrono_tz::America::New_York;

#[test]
fn supervisors_know_of_what_they_book_and_of_what_answers_something_due() {
    use crate::scheduling::appointment_type::seen_by_default;
    assert!(seen_by_default(true, false) && seen_by_default(false, true));
    assert!(!seen_by_default(false, false));
}

#[test]
fn what_stands_for_a_place_in_mails_does_not_hold_its_name() {
    assert!(tells_the_place(
        "riverside CLINIC, Springfield",
        "Riverside Clinic"
    ));
    assert!(tells_the_place("Harbor", " Harbor "));
    assert!(!tells_the_place("Springfield", "Riverside Clinic"));
    assert!(!tells_the_place("Springfield", " "));
}

fn mornings(windows: &[(Weekday, &str, &str)]) -> Schedule {
    schedule(ANA, windows)
}

#[test]
fn a_window_ends_after_it_begins_and_may_end_at_midnight() {
    assert_eq!(Window::new(540, 540), Err(WindowError));
    assert_eq!(Window::new(540, 480), Err(WindowError));
    assert_eq!(Window::new(1380, 1441), Err(WindowError));
    assert!(Window::new(1380, 1440).is_ok());
}

#[test]
fn the_later_of_two_overlapping_windows_is_named_and_touching_is_no_overlap() {
    let meeting = mornings(&[
        (Weekday::Mon, "09:00", "12:00"),
        (Weekday::Tue, "09:00", "12:00"),
        (Weekday::Mon, "11:55", "13:00"),
    ]);
    assert_eq!(meeting.faults(), [ScheduleError::Overlap(2)]);
    let touching = mornings(&[
        (Weekday::Mon, "09:00", "12:00"),
        (Weekday::Mon, "12:00", "13:00"),
    ]);
    assert_eq!(touching.faults(), []);
    let mut dates = touching;
    let whole = window("09:00", "12:00");
    dates.pattern = Pattern::Dates(vec![
        (day("2027-03-01"), whole),
        (day("2027-03-02"), whole),
        (day("2027-03-01"), window("10:00", "10:30")),
    ]);
    assert_eq!(dates.faults(), [ScheduleError::Overlap(2)]);
}

#[test]
fn every_rule_a_schedule_breaks_is_told() {
    type Break = fn(&mut Schedule);
    let broken: [(Break, ScheduleError); 11] = [
        (
            |one| one.pattern = Pattern::Dates(vec![]),
            ScheduleError::NoWindow,
        ),
        (|one| one.interval = 25, ScheduleError::Interval),
        (|one| one.offset = 15, ScheduleError::Offset),
        (
            |one| {
                if let Pattern::Weekly { every_n_weeks, .. } = &mut one.pattern {
                    *every_n_weeks = 5;
                }
            },
            ScheduleError::Weeks,
        ),
        (
            |one| one.effective_until = Some(day("2025-12-31")),
            ScheduleError::Dates,
        ),
        (
            |one| one.types = TypeScope::Only(vec![]),
            ScheduleError::NoType,
        ),
        (|one| one.capacity = 51, ScheduleError::Capacity),
        (|one| one.daily_cap = Some(0), ScheduleError::DailyCap),
        (|one| one.overbook = 6, ScheduleError::Overbook),
        (|one| one.audience = vec![], ScheduleError::Audience),
        (|one| one.priority = 10, ScheduleError::Priority),
    ];
    for (change, fault) in broken {
        let mut one = mornings(&[(Weekday::Mon, "09:00", "12:00")]);
        assert_eq!(one.faults(), []);
        change(&mut one);
        assert_eq!(one.faults(), [fault]);
    }
}

#[test]
fn a_preview_shows_fourteen_days_with_what_each_offers() {
    let draft = mornings(&[(Weekday::Mon, "09:00", "10:00")]);
    let mut known = calendar(draft.clone());
    known.schedules.clear();
    known.blocked = vec![(
        Stretch {
            from: at("2027-03-08T14:00:00Z"),
            until: at("2027-03-08T14:30:00Z"),
        },
        None,
    )];
    let mut kind = visit_type(30);
    kind.needs = vec![];
    kind.locations = vec![];
    let place = Place {
        location_id: CLINIC,
        zone: New_York,
    };
    let from = day("2027-03-01");
    let shown = preview(
        &draft,
        &known,
        &kind,
        place,
        from,
        at("2027-02-22T13:00:00Z"),
    );
    assert_eq!(shown.len(), 14);
    let free: Vec<(String, usize)> = shown
        .iter()
        .filter(|(_, starts)| !starts.is_empty())
        .map(|(date, starts)| (date.to_string(), starts.len()))
        .collect();
    let expected = [("2027-03-01".to_owned(), 3), ("2027-03-08".to_owned(), 1)];
    assert_eq!(free, expected);
    assert_eq!(shown[7].1, [at("2027-03-08T14:30:00Z")]);
}

#[test]
fn a_preview_for_a_type_the_schedule_is_not_for_is_empty() {
    let other = AppointmentTypeId(Uuid::from_u128(77));
    let mut draft = mornings(&[(Weekday::Mon, "09:00", "10:00")]);
    draft.types = TypeScope::Only(vec![other]);
    let place = Place {
        location_id: CLINIC,
        zone: New_York,
    };
    let known = calendar(draft.clone());
    let now = at("2027-02-22T13:00:00Z");
    let shown = preview(&draft, &known, &visit_type(30), place, day(MONDAY), now);
    assert!(shown.iter().all(|(_, starts)| starts.is_empty()));
}

const MONDAY: &str = "2027-03-01";

#[test]
fn a_visit_lies_under_a_blackout_it_overlaps_in_its_way_and_touching_is_no_overlap() {
    let local = |text: &str| text.parse::<chrono::NaiveDateTime>().unwrap();
    let blackout = Blackout {
        id: crate::ids::BlackoutId(Uuid::from_u128(1)),
        target: Target::Location(CLINIC),
        span: Span::Times(local("2027-03-01T09:00:00"), local("2027-03-01T10:00:00")),
        modality: Some(Modality::InPerson),
        yearly: false,
    };
    let under = |start: &str, modality| {
        let visit = Times::of(30).visit(at(start));
        blackout.covers(visit, modality, New_York)
    };
    assert!(under("2027-03-01T14:30:00Z", Modality::InPerson));
    assert!(under("2027-03-01T13:45:00Z", Modality::InPerson));
    assert!(!under("2027-03-01T15:00:00Z", Modality::InPerson));
    assert!(!under("2027-03-01T13:30:00Z", Modality::InPerson));
    assert!(!under("2027-03-01T14:30:00Z", Modality::Telehealth));
}

const ELSEWHERE: LocationId = LocationId(Uuid::from_u128(3));

fn exception(resource: Option<ResourceId>, location: Option<LocationId>) -> TimesException {
    TimesException {
        resource,
        location,
        ..TimesException::default()
    }
}

#[test]
fn field_by_field_the_most_specific_exception_wins() {
    let mut kind = visit_type(30);
    kind.exceptions = vec![
        TimesException {
            duration: Some(40),
            buffer_after: Some(5),
            buffer_before: Some(1),
            ..exception(None, Some(CLINIC))
        },
        TimesException {
            duration: Some(50),
            buffer_after: Some(10),
            ..exception(Some(ANA), None)
        },
        TimesException {
            duration: Some(60),
            ..exception(Some(ANA), Some(CLINIC))
        },
    ];
    let times = |lead, place| kind.times_with(lead, place);
    let expected = Times {
        duration: 60,
        shown_duration: 30,
        buffer_before: 1,
        buffer_after: 10,
    };
    assert_eq!(times(ANA, CLINIC), expected);
    assert_eq!(times(ANA, ELSEWHERE).duration, 50);
    assert_eq!(times(BEN, CLINIC).duration, 40);
    assert_eq!(times(BEN, ELSEWHERE), Times::of(30));
}

#[test]
fn a_search_offers_and_takes_the_times_of_who_leads() {
    let monday = [(Weekday::Mon, "09:00", "10:00")];
    let mut clinic = Clinic::new(
        30,
        vec![
            calendar(schedule(ANA, &monday)),
            calendar(schedule(BEN, &monday)),
        ],
    );
    clinic.kind.exceptions = vec![TimesException {
        duration: Some(45),
        buffer_after: Some(15),
        ..exception(Some(ANA), None)
    }];
    let slots = clinic.search().slots(day(MONDAY), day(MONDAY));
    let of = |who: ResourceId| {
        let led = slots
            .iter()
            .filter(|slot| slot.resources[0].resource_id == who);
        led.map(|slot| slot.starts_at.format("%H:%M").to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(ANA), ["09:00", "09:15"]);
    assert_eq!(of(BEN), ["09:00", "09:15", "09:30"]);
    let ways = clinic.search().take(at("2027-03-01T09:00:00Z")).unwrap();
    let ana = ways
        .iter()
        .find(|slot| slot.resources[0].resource_id == ANA);
    let taken = ana.unwrap().resources[0].claimed;
    assert_eq!(taken, Times::of(60).visit(at("2027-03-01T09:00:00Z")));
    assert_eq!(ana.unwrap().ends_at, at("2027-03-01T09:45:00Z"));
}

#[test]
fn a_visit_that_is_taken_again_is_as_long_as_it_was_and_with_what_it_was_with() {
    let mut kind = visit_type(60);
    kind.times.buffer_after = 10;
    kind.exceptions = vec![TimesException {
        duration: Some(90),
        buffer_after: Some(5),
        ..exception(Some(ANA), None)
    }];
    let room = ResourceId(Uuid::from_u128(12));
    let with = [(ResourceKind::Provider, ANA), (ResourceKind::Room, room)];
    let taken = kind.as_taken((30, 45), CLINIC, &with);
    let times = Times {
        duration: 30,
        shown_duration: 45,
        buffer_before: 0,
        buffer_after: 5,
    };
    assert_eq!(taken.times_with(ANA, CLINIC), times);
    let wanted: Vec<_> = taken.needs.iter().map(|need| &need.which).collect();
    assert_eq!(wanted, [&Which::Named(ANA), &Which::Named(room)]);
}

#[test]
fn an_exception_is_for_something_and_changes_something_within_bounds() {
    use crate::scheduling::appointment_type::TimesError;
    let nothing = exception(None, None);
    assert_eq!(nothing.faults(), [TimesError::Nothing, TimesError::Nowhere]);
    let wild = TimesException {
        duration: Some(7),
        shown_duration: Some(721),
        buffer_before: Some(121),
        buffer_after: Some(121),
        ..exception(Some(ANA), None)
    };
    let all = [
        TimesError::Duration,
        TimesError::ShownDuration,
        TimesError::BufferBefore,
        TimesError::BufferAfter,
    ];
    assert_eq!(wild.faults(), all);
}

#[test]
fn visits_that_get_longer_collide_with_what_is_next_on_the_same_lane_or_person() {
    use crate::ids::PersonId;
    use crate::scheduling::retiming::{Claimed, Retimed, Taken, collisions};
    let visit = |number: u128| AppointmentId(Uuid::from_u128(number));
    let taken = |on, start: &str, owner: Option<AppointmentId>| Claimed {
        on,
        stretch: Times::of(30).visit(at(start)),
        visit: owner,
    };
    let longer = |number, start: &str| Retimed {
        id: visit(number),
        starts_at: at(start),
        times: Times::of(45),
    };
    let lane = Taken::Lane(ANA, 1);
    let (nine, half_past, ten) = (
        "2027-03-01T09:00:00Z",
        "2027-03-01T09:30:00Z",
        "2027-03-01T10:00:00Z",
    );
    let meet = |claims: &[Claimed], retimed: &[Retimed]| {
        collisions(claims, retimed).into_iter().collect::<Vec<_>>()
    };
    let apart = [
        taken(lane, nine, Some(visit(1))),
        taken(lane, ten, Some(visit(2))),
    ];
    assert_eq!(meet(&apart, &[longer(1, nine), longer(2, ten)]), []);
    let close = [
        taken(lane, nine, Some(visit(1))),
        taken(lane, half_past, Some(visit(2))),
    ];
    assert_eq!(meet(&close, &[longer(1, nine)]), [visit(1)]);
    let both = [longer(1, nine), longer(2, half_past)];
    assert_eq!(meet(&close, &both), [visit(1), visit(2)]);
    let other_lane = [
        taken(lane, nine, Some(visit(1))),
        taken(Taken::Lane(ANA, 2), half_past, Some(visit(2))),
    ];
    assert_eq!(meet(&other_lane, &both), []);
    let held = [
        taken(lane, nine, Some(visit(1))),
        taken(lane, half_past, None),
    ];
    assert_eq!(meet(&held, &both), [visit(1)]);
    let person = Taken::Person(PersonId(Uuid::from_u128(5)));
    let busy = [
        taken(person, nine, Some(visit(1))),
        taken(person, half_past, Some(visit(3))),
    ];
    assert_eq!(meet(&busy, &[longer(1, nine)]), [visit(1)]);
}

#[test]
fn a_kind_of_visit_follows_another_one_by_hours_that_go_up() {
    let after = |least_hours, most_hours| AppointmentType {
        after: Some(After {
            kind: AppointmentTypeId(Uuid::from_u128(9)),
            least_hours,
            most_hours,
        }),
        ..visit_type(30)
    };
    assert_eq!(after(48, 72).faults(), []);
    assert_eq!(after(48, 48).faults(), []);
    assert_eq!(after(72, 48).faults(), [TypeError::AfterHours]);
    assert_eq!(after(0, 8_761).faults(), [TypeError::AfterHours]);
    let nowhere = AppointmentType {
        bundle_order: 0,
        ..visit_type(30)
    };
    assert_eq!(nowhere.faults(), [TypeError::BundleOrder]);
}

#[test]
fn a_kind_of_visit_never_follows_itself() {
    let kind = |number| AppointmentTypeId(Uuid::from_u128(number));
    let all = [(kind(2), kind(1)), (kind(3), kind(2))];
    assert!(follows_itself(kind(1), kind(1), &[]));
    assert!(
        follows_itself(kind(1), kind(3), &all),
        "3 follows 2, 2 follows 1"
    );
    assert!(!follows_itself(kind(4), kind(3), &all));
    assert!(!follows_itself(kind(3), kind(2), &all));
}
