//! Every zone of the zone database, on the days on which its clocks change.

use super::*;
use crate::scheduling::appointment::{ActError, cancel, check_in, keeps_its_word, move_to};
use crate::time;
use chrono::{Days, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Timelike};
use proptest::prelude::*;
use std::sync::LazyLock;

/// A change of the clocks: where, the instant, and by how much the wall-clock jumps.
#[derive(Clone, Copy, Debug)]
struct Change {
    zone: Tz,
    at: DateTime<Utc>,
    by: TimeDelta,
}

/// Every change of clocks of every zone in three years.
static CHANGES: LazyLock<Vec<Change>> = LazyLock::new(|| {
    let changes = chrono_tz::TZ_VARIANTS.iter().flat_map(|zone| {
        let offset = move |at: DateTime<Utc>| time::local_time(at, *zone) - at.naive_utc();
        let days = day("2026-01-01").iter_days().take(3 * 365);
        let days = days.map(|date| date.and_time(chrono::NaiveTime::MIN).and_utc());
        days.filter_map(move |midnight| {
            let next = midnight + TimeDelta::days(1);
            let by = offset(next) - offset(midnight);
            if by.is_zero() {
                return None;
            }
            // Zones change on whole minutes.
            let mut minutes = (0_i64, 24 * 60);
            while minutes.1 - minutes.0 > 1 {
                let middle = minutes.0.midpoint(minutes.1);
                if offset(midnight + TimeDelta::minutes(middle)) == offset(midnight) {
                    minutes.0 = middle;
                } else {
                    minutes.1 = middle;
                }
            }
            let at = midnight + TimeDelta::minutes(minutes.1);
            Some(Change {
                zone: *zone,
                at,
                by,
            })
        })
    });
    changes.collect()
});

fn any_change() -> impl Strategy<Value = Change> {
    (0..CHANGES.len()).prop_map(|which| CHANGES[which])
}

/// The local date on which the clocks jump.
fn date_of(change: Change) -> NaiveDate {
    (time::local_time(change.at, change.zone) - change.by).date()
}

fn visit_at(start: DateTime<Utc>, notice: Notice) -> Appointment {
    Appointment {
        id: AppointmentId(Uuid::from_u128(1)),
        state: State::Booked,
        starts_at: start,
        notice,
        moves: Moves { made: 0, most: 3 },
        attends: false,
        cancelled_at: None,
    }
}

#[test]
fn clocks_change_in_many_zones_and_not_always_by_an_hour() {
    let zones: std::collections::BTreeSet<_> = CHANGES.iter().map(|c| c.zone.name()).collect();
    assert!(zones.len() > 150, "{}", zones.len());
    assert!(zones.contains("America/New_York") && !zones.contains("America/Phoenix"));
    let half = CHANGES.iter().filter(|c| c.by.num_minutes().abs() == 30);
    assert!(half.count() > 0, "Lord Howe");
}

#[test]
fn on_every_change_of_every_zone_the_starts_of_a_day_are_on_the_grid_in_the_window_and_exist() {
    for change in CHANGES.iter() {
        let date = date_of(*change);
        for (interval, offset) in [(15, 0), (60, 30)] {
            let mut whole = schedule(ANA, &[]);
            whole.pattern = Pattern::Dates(vec![(date, window("00:00", "24:00"))]);
            (whole.interval, whole.offset) = (interval, offset);
            let found = whole.candidates(date, date, change.zone);
            let locals: Vec<NaiveDateTime> = found
                .iter()
                .map(|start| time::local_time(*start, change.zone))
                .collect();
            for (start, local) in found.iter().zip(&locals) {
                let minute = local.hour() * 60 + local.minute();
                assert_eq!(
                    minute % u32::from(interval),
                    u32::from(offset),
                    "{change:?}"
                );
                assert_eq!(local.date(), date, "{change:?}");
                let instants = match change.zone.from_local_datetime(local) {
                    LocalResult::Single(only) => vec![only.to_utc()],
                    LocalResult::Ambiguous(first, second) => vec![first.to_utc(), second.to_utc()],
                    LocalResult::None => panic!("{local} does not exist: {change:?}"),
                };
                assert!(instants.contains(start), "{change:?}");
            }
            assert!(found.windows(2).all(|pair| pair[0] < pair[1]), "{change:?}");
            // So many of a day without a change, less what is skipped, more what comes twice.
            let between = found.last().unwrap().signed_duration_since(found[0]);
            let length = time::day_end(date, change.zone) - time::day_start(date, change.zone);
            assert!(between < length, "{change:?}");
            let by_hand = super::clocks::on_grid(
                &whole,
                Stretch {
                    from: time::day_start(date, change.zone),
                    until: time::day_end(date, change.zone),
                },
                change.zone,
            );
            assert_eq!(found.len(), by_hand, "{change:?}");
        }
    }
}

proptest! {
    #[test]
    fn slots_lie_inside_the_window_and_end_in_it_around_every_change_of_clocks(
        change in any_change(),
        days in 0u64..3,
        start in 0u16..1380,
        length in 30u16..1440,
        duration in prop::sample::select(vec![5u16, 20, 45, 60, 90]),
        interval in prop::sample::select(schedule::INTERVALS.to_vec()),
    ) {
        let date = date_of(change) + Days::new(days) - Days::new(1);
        let open = Window::new(start, (start + length).min(1440)).unwrap();
        let mut one_day = schedule(ANA, &[]);
        one_day.pattern = Pattern::Dates(vec![(date, open)]);
        one_day.interval = interval;
        let clinic = Clinic {
            zone: change.zone,
            now: at("2025-12-01T00:00:00Z"),
            options: BookingOptions { days_out: 4_000, ..BookingOptions::default() },
            ..Clinic::new(duration, vec![calendar(one_day)])
        };
        let stretch = open.on(date, change.zone);
        for slot in clinic.search().slots(date, date) {
            let visit = Stretch::of_minutes(slot.starts_at, duration);
            prop_assert!(stretch.contains(visit));
            prop_assert_eq!(slot.ends_at - slot.starts_at, TimeDelta::minutes(duration.into()));
            let local = time::local_time(slot.starts_at, change.zone);
            prop_assert_eq!(slot.local_date, local.date());
            prop_assert_eq!((local.hour() * 60 + local.minute()) % u32::from(interval), 0);
            prop_assert!(clinic.search().take(slot.starts_at).is_ok());
        }
    }

    #[test]
    fn notices_are_elapsed_hours_over_every_change_of_clocks(
        change in any_change(),
        minutes_after in 0i64..(72 * 60),
        cancel_hours in 0u16..=336,
        move_hours in 0u16..=336,
    ) {
        let start = change.at + TimeDelta::minutes(minutes_after);
        let visit = visit_at(start, Notice { cancel: cancel_hours, move_: move_hours });
        let hours = |count: u16| TimeDelta::hours(count.into());
        prop_assert_eq!(start - visit.cancel_deadline(), hours(cancel_hours));
        prop_assert_eq!(start - visit.move_deadline(), hours(move_hours));
        let by = Audience::Employee;
        let second = TimeDelta::seconds(1);
        if cancel_hours > 0 {
            let last = visit.cancel_deadline();
            prop_assert!(cancel(visit, by, last).is_ok());
            let late = cancel(visit, by, last + second);
            prop_assert_eq!(late, Err(ActError::NoticeTooShort { deadline: last }));
        }
        if move_hours > 0 {
            let last = visit.move_deadline();
            let elsewhere = start + TimeDelta::days(7);
            prop_assert!(move_to(visit, elsewhere, by, last).is_ok());
            let late = move_to(visit, elsewhere, by, last + second);
            prop_assert_eq!(late, Err(ActError::NoticeTooShort { deadline: last }));
        }
    }

    #[test]
    fn check_in_is_open_for_elapsed_minutes_around_the_start_over_every_change_of_clocks(
        change in any_change(),
        minutes_around in -300i64..300,
        before in 0u16..=1440,
        after in 0u16..=240,
    ) {
        let start = change.at + TimeDelta::minutes(minutes_around);
        let visit = visit_at(start, Notice { cancel: 0, move_: 0 });
        let options = BookingOptions {
            use_checkin: true,
            checkin_before_minutes: before,
            checkin_after_minutes: after,
            ..BookingOptions::default()
        };
        let open = |now| check_in(visit, &options, now).is_ok();
        let second = TimeDelta::seconds(1);
        let first = start - TimeDelta::minutes(before.into());
        let last = start + TimeDelta::minutes(after.into());
        prop_assert!(open(first) && open(last) && open(start));
        prop_assert!(!open(first - second) && !open(last + second));
    }
}

#[test]
fn a_visit_keeps_its_word_until_its_place_has_other_clocks_at_its_start() {
    let start = at("2027-07-01T21:30:00Z");
    let promised = time::local_time(start, chrono_tz::America::Phoenix);
    assert!(keeps_its_word(start, promised, chrono_tz::America::Phoenix));
    // The same clocks in July, an hour apart in January.
    assert!(keeps_its_word(
        start,
        promised,
        chrono_tz::America::Los_Angeles
    ));
    assert!(!keeps_its_word(start, promised, chrono_tz::America::Denver));
}

proptest! {
    #[test]
    fn a_zone_with_other_rules_breaks_the_word_of_just_the_visits_it_moves(
        change in any_change(), hours in -48_i64..48,
    ) {
        // Rules that would not change the clocks here: those of the offset from before.
        let start = change.at + TimeDelta::hours(hours);
        let before = time::local_time(change.at - TimeDelta::minutes(1), change.zone)
            - (change.at - TimeDelta::minutes(1)).naive_utc();
        let promised = start.naive_utc() + before;
        let moved = time::local_time(start, change.zone) != promised;
        prop_assert_eq!(keeps_its_word(start, promised, change.zone), !moved);
        if hours < 0 {
            prop_assert!(keeps_its_word(start, promised, change.zone));
        }
    }
}
