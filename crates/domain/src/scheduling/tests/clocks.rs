//! Days on which the clocks change.

use super::*;
use crate::time;
use chrono::{TimeDelta, Timelike};
use chrono_tz::America::{New_York, Phoenix};
use chrono_tz::Australia::Lord_Howe;
use proptest::prelude::*;

fn half_hours(weekday: Weekday, start: &str, end: &str) -> Schedule {
    Schedule {
        interval: 30,
        ..schedule(ANA, &[(weekday, start, end)])
    }
}

fn wall_clock(schedule: Schedule, date: &str, zone: Tz) -> Vec<String> {
    let clinic = Clinic {
        zone,
        ..Clinic::new(30, vec![calendar(schedule)])
    };
    clinic
        .search()
        .slots(day(date), day(date))
        .iter()
        .map(|slot| {
            slot.starts_at
                .with_timezone(&zone)
                .format("%H:%M %:z")
                .to_string()
        })
        .collect()
}

#[test]
fn no_slot_lies_in_the_hour_that_spring_skips() {
    assert_eq!(
        wall_clock(
            half_hours(Weekday::Sun, "00:00", "04:00"),
            "2027-03-14",
            New_York
        ),
        [
            "00:00 -05:00",
            "00:30 -05:00",
            "01:00 -05:00",
            "01:30 -05:00",
            "03:00 -04:00",
            "03:30 -04:00"
        ]
    );
}

#[test]
fn the_hour_that_comes_twice_in_autumn_has_its_slots_twice() {
    let starts = wall_clock(
        half_hours(Weekday::Sun, "00:00", "04:00"),
        "2027-11-07",
        New_York,
    );
    assert_eq!(starts.len(), 10);
    assert_eq!(
        starts.get(2..6).unwrap(),
        [
            "01:00 -04:00",
            "01:30 -04:00",
            "01:00 -05:00",
            "01:30 -05:00"
        ]
    );
}

#[test]
fn a_clock_that_goes_back_half_an_hour_repeats_half_an_hour() {
    assert_eq!(
        wall_clock(
            half_hours(Weekday::Sun, "01:00", "03:00"),
            "2027-04-04",
            Lord_Howe
        ),
        [
            "01:00 +11:00",
            "01:30 +11:00",
            "01:30 +10:30",
            "02:00 +10:30",
            "02:30 +10:30"
        ]
    );
}

#[test]
fn a_weekly_window_keeps_its_wall_clock_through_the_year() {
    let weekly = schedule(ANA, &[(Weekday::Tue, "09:00", "10:00")]);
    let first = |date: &str| {
        *weekly
            .candidates(day(date), day(date), New_York)
            .first()
            .unwrap()
    };
    assert_eq!(first("2027-03-09"), at("2027-03-09T14:00:00Z"));
    assert_eq!(first("2027-03-16"), at("2027-03-16T13:00:00Z"));
    assert_eq!(first("2027-11-02"), at("2027-11-02T13:00:00Z"));
    assert_eq!(first("2027-11-09"), at("2027-11-09T14:00:00Z"));
}

#[test]
fn a_blackout_over_the_change_of_clocks_blocks_61_elapsed_hours() {
    let local = |text: &str| text.parse::<chrono::NaiveDateTime>().unwrap();
    let blackout = Blackout {
        id: crate::ids::BlackoutId(Uuid::from_u128(1)),
        target: Target::Location(CLINIC),
        span: Span::Times(local("2027-11-05T18:00:00"), local("2027-11-08T06:00:00")),
        modality: None,
        yearly: false,
    };
    let year = Stretch {
        from: at("2027-01-01T00:00:00Z"),
        until: at("2028-01-01T00:00:00Z"),
    };
    let stretches = blackout.stretches(year, New_York);
    assert_eq!(
        stretches.iter().map(|s| s.length()).collect::<Vec<_>>(),
        [TimeDelta::hours(61)]
    );

    let mut ana = calendar(schedule(ANA, &[(Weekday::Mon, "05:00", "07:00")]));
    ana.blocked = stretches
        .into_iter()
        .map(|stretch| (stretch, None))
        .collect();
    let clinic = Clinic {
        zone: New_York,
        ..Clinic::new(30, vec![ana])
    };
    assert_eq!(clinic.starts_on("2027-11-08"), ["06:00", "06:15", "06:30"]);
}

#[test]
fn a_yearly_blackout_on_29_february_blocks_leap_years_only() {
    let leap_day = day("2028-02-29");
    let blackout = Blackout {
        id: crate::ids::BlackoutId(Uuid::from_u128(1)),
        target: Target::Organization,
        span: Span::Dates(leap_day, leap_day),
        modality: None,
        yearly: true,
    };
    let blocked: Vec<i32> = (2027..=2033)
        .filter(|year| {
            let year_long = Stretch {
                from: time::day_start(NaiveDate::from_ymd_opt(*year, 1, 1).unwrap(), Phoenix),
                until: time::day_start(NaiveDate::from_ymd_opt(year + 1, 1, 1).unwrap(), Phoenix),
            };
            !blackout.stretches(year_long, Phoenix).is_empty()
        })
        .collect();
    assert_eq!(blocked, [2028, 2032]);
}

#[test]
fn a_yearly_blackout_over_new_year_blocks_both_ends_of_a_year() {
    let blackout = Blackout {
        id: crate::ids::BlackoutId(Uuid::from_u128(1)),
        target: Target::Organization,
        span: Span::Dates(day("2026-12-30"), day("2027-01-02")),
        modality: None,
        yearly: true,
    };
    let on = |from: &str, until: &str| {
        let within = Stretch {
            from: at(from),
            until: at(until),
        };
        blackout.stretches(within, chrono_tz::UTC).len()
    };
    assert_eq!(on("2028-01-01T00:00:00Z", "2028-01-02T00:00:00Z"), 1);
    assert_eq!(on("2028-12-31T00:00:00Z", "2029-01-01T00:00:00Z"), 1);
    assert_eq!(on("2028-06-01T00:00:00Z", "2028-07-01T00:00:00Z"), 0);
}

#[test]
fn windows_that_touch_across_midnight_hold_a_visit_over_midnight() {
    let night = schedule(
        ANA,
        &[
            (Weekday::Mon, "23:00", "24:00"),
            (Weekday::Tue, "00:00", "01:00"),
        ],
    );
    let clinic = Clinic::new(60, vec![calendar(night)]);
    assert_eq!(
        clinic.starts_on("2027-03-01"),
        ["23:00", "23:15", "23:30", "23:45"]
    );
    assert_eq!(clinic.starts_on("2027-03-02"), ["00:00"]);
}

#[test]
fn every_second_week_counts_from_the_monday_of_the_first_week() {
    let mut fortnightly = schedule(ANA, &[(Weekday::Mon, "09:00", "10:00")]);
    fortnightly.effective_from = day("2027-03-03");
    if let Pattern::Weekly { every_n_weeks, .. } = &mut fortnightly.pattern {
        *every_n_weeks = 2;
    }
    let open = |date: &str| {
        !fortnightly
            .candidates(day(date), day(date), New_York)
            .is_empty()
    };
    assert_eq!(
        [
            "2027-03-01",
            "2027-03-08",
            "2027-03-15",
            "2027-03-22",
            "2027-03-29"
        ]
        .map(open),
        [false, false, true, false, true]
    );
}

const ZONES: [Tz; 10] = [
    New_York,
    Phoenix,
    Lord_Howe,
    chrono_tz::America::Indiana::Indianapolis,
    chrono_tz::America::Denver,
    chrono_tz::America::Anchorage,
    chrono_tz::America::Havana,
    chrono_tz::Asia::Kathmandu,
    chrono_tz::Europe::Lisbon,
    chrono_tz::Pacific::Apia,
];

proptest! {
    #[test]
    fn candidates_are_ordered_distinct_on_the_grid_and_inside_the_window(
        zone in prop::sample::select(ZONES.to_vec()),
        day_of_span in 0u64..1500,
        start in 0u16..1435,
        length in 5u16..1440,
        interval in prop::sample::select(schedule::INTERVALS.to_vec()),
        shift in 0u16..12,
    ) {
        let date = day("2026-01-01") + chrono::Days::new(day_of_span);
        let end = (start + length).min(1440);
        let offset = (shift * 5) % interval;
        let only = window_of(start, end);
        let mut one_day = schedule(ANA, &[]);
        one_day.pattern = Pattern::Dates(vec![(date, only)]);
        one_day.interval = interval;
        one_day.offset = offset;

        let found = one_day.candidates(date, date, zone);

        prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
        let open = only.on(date, zone);
        for start_at in &found {
            prop_assert!(open.from <= *start_at && *start_at < open.until);
            let local = time::local_time(*start_at, zone);
            let minute = local.hour() * 60 + local.minute();
            prop_assert_eq!(minute % u32::from(interval), u32::from(offset));
            prop_assert_eq!(local.date(), date);
        }
        // Nothing on the grid is left out: every five minutes of the stretch are tried.
        let expected = on_grid(&one_day, open, zone);
        prop_assert_eq!(found.len(), expected);
    }

    #[test]
    fn none_is_left_out_where_working_time_goes_on_past_midnight(
        zone in prop::sample::select(ZONES.to_vec()),
        day_of_span in 0u64..1500,
        interval in prop::sample::select(schedule::INTERVALS.to_vec()),
        shift in 0u16..12,
    ) {
        let date = day("2026-01-01") + chrono::Days::new(day_of_span);
        let next = date + chrono::Days::new(1);
        let whole = window_of(0, 1440);
        let mut night = schedule(ANA, &[]);
        night.pattern = Pattern::Dates(vec![(date, whole), (next, whole)]);
        night.interval = interval;
        night.offset = (shift * 5) % interval;
        let open = Stretch {
            from: whole.on(date, zone).from,
            until: whole.on(next, zone).until,
        };
        let found = night.candidates(date, next, zone);
        prop_assert_eq!(found.len(), on_grid(&night, open, zone));
    }
}

/// How many starts there are, found by trying every minute.
pub(super) fn on_grid(schedule: &Schedule, open: Stretch, zone: Tz) -> usize {
    let minutes = std::iter::successors(Some(open.from), |at| Some(*at + TimeDelta::minutes(1)));
    minutes
        .take_while(|at| *at < open.until)
        .filter(|at| {
            let local = time::local_time(*at, zone);
            let minute = local.hour() * 60 + local.minute();
            at.timestamp().rem_euclid(300) == 0
                && minute % u32::from(schedule.interval) == u32::from(schedule.offset)
        })
        .count()
}

fn window_of(start: u16, end: u16) -> Window {
    Window::new(start, end).unwrap()
}
