//! What a clinic may set up, and what it would offer.

use super::*;
use crate::scheduling::preview::preview;
use crate::scheduling::schedule::{ScheduleError, WindowError};
use chrono_tz::America::New_York;

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
