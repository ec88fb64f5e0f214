use super::*;

#[test]
fn an_end_date_without_a_time_ends_when_the_next_local_date_begins() {
    let interval = interval(
        Some(moment("2026-11-01")),
        Some(moment("2026-11-01")),
        false,
        New_York,
        utc("2026-01-01T00:00:00Z"),
    )
    .unwrap();
    assert_eq!(
        interval.end,
        End::At(utc("2026-11-02T05:00:00Z")),
        "1 November 2026 has 25 hours in New York"
    );
    assert_eq!(
        utc("2026-11-02T05:00:00Z") - interval.starts,
        Duration::hours(25)
    );
}

#[test]
fn a_start_in_a_skipped_hour_moves_forward_by_the_hour() {
    let start = moment("2026-03-08T02:30").start(New_York);
    assert_eq!(start, utc("2026-03-08T07:30:00Z"));
    assert_eq!(
        crate::time::local_time(start, New_York).to_string(),
        "2026-03-08 03:30:00"
    );
}

#[test]
fn of_two_equal_local_times_a_start_takes_the_earlier_and_an_end_the_later() {
    assert_eq!(
        moment("2026-11-01T01:30").start(New_York),
        utc("2026-11-01T05:30:00Z")
    );
    assert_eq!(
        moment("2026-11-01T01:30").end(New_York),
        utc("2026-11-01T06:31:00Z")
    );
}

#[test]
fn extending_by_a_year_falls_back_to_the_last_day_of_the_month() {
    let extended = restriction(RestrictionType::Lift, "2028-02-01", Some("2028-02-29"))
        .extend(Extension::Months(12), by("2028-02-10T12:00:00Z"))
        .unwrap();
    let last: NaiveDateTime = "2029-02-28T23:59:00".parse().unwrap();
    assert_eq!(extended.terms.interval.last_minute(), Some(last));
    assert_eq!(extended.version, 2);
}

#[test]
fn extending_needs_a_later_end() {
    let lift = restriction(RestrictionType::Lift, "2026-02-01", Some("2026-02-20"));
    let earlier = lift.extend(
        Extension::To(moment("2026-02-20")),
        by("2026-02-10T12:00:00Z"),
    );
    assert_eq!(earlier, Err(ChangeError::NotLater));
}

#[test]
fn ending_a_planned_restriction_now_cancels_it() {
    let planned = restriction(RestrictionType::Lift, "2026-02-01", Some("2026-02-20"));
    let ended = planned
        .end(Ending::Now, by("2026-01-10T12:00:00Z"))
        .unwrap();
    assert_eq!(ended.state, State::Cancelled);
    assert_eq!(ended.limitation(), None);
}

#[test]
fn an_end_before_the_start_is_refused() {
    let lift = restriction(RestrictionType::Lift, "2026-02-01", Some("2026-02-20"));
    let ended = lift.end(Ending::At(moment("2026-01-31")), by("2026-02-10T12:00:00Z"));
    assert_eq!(ended, Err(ChangeError::EndBeforeStart));
}

#[test]
fn end_all_ends_active_ones_tonight_and_cancels_later_ones() {
    let all = vec![
        restriction(RestrictionType::Lift, "2026-02-01", Some("2026-06-20")),
        restriction(RestrictionType::Carry, "2026-02-01", None),
        restriction(RestrictionType::Push, "2026-05-11", Some("2026-06-20")),
        restriction(RestrictionType::Pull, "2026-02-01", Some("2026-02-02")),
    ];
    let done = end_all(all, by("2026-05-04T14:00:00Z"));
    let ends: Vec<_> = done
        .ended
        .iter()
        .map(|restriction| restriction.terms.interval.end)
        .collect();
    assert_eq!(ends, [End::At(utc("2026-05-05T04:00:00Z")); 2]);
    assert_eq!(done.cancelled.len(), 1);
    assert_eq!(done.cancelled[0].state, State::Cancelled);
}

#[test]
fn a_mistake_needs_a_reason_and_leaves_every_status() {
    let lift = restriction(RestrictionType::Lift, "2026-02-01", None);
    let author = by("2026-02-10T12:00:00Z");
    assert_eq!(
        lift.clone().mark_error("  ", author),
        Err(ChangeError::ReasonRequired)
    );
    let marked = lift.mark_error("wrong person", author).unwrap();
    assert_eq!(marked.limitation(), None);
    assert_eq!(
        marked.mark_error("again", author),
        Err(ChangeError::NotCurrent)
    );
}

#[test]
fn a_moment_reads_back_what_it_writes() {
    for text in ["2026-03-08", "2026-03-08T02:30"] {
        assert_eq!(moment(text).to_string(), text);
    }
    assert!("2026-3-8 02:30".parse::<LocalMoment>().is_err());
}

proptest! {
    #[test]
    fn every_stretch_of_one_minute_or_more_contains_its_start_and_not_its_end(
        from in 0i64..525_600, long in 0i64..525_600, zone in 0usize..chrono_tz::TZ_VARIANTS.len(),
    ) {
        let zone: Tz = chrono_tz::TZ_VARIANTS[zone];
        let first: NaiveDateTime = "2026-01-01T00:00:00".parse().unwrap();
        let from = LocalMoment::at(first + Duration::minutes(from));
        let to = LocalMoment::at(first + Duration::minutes(long));
        if let Ok(interval) = interval(Some(from), Some(to), false, zone, utc("2026-01-01T00:00:00Z")) {
            let end = interval.end.instant().unwrap();
            prop_assert!(interval.starts < end);
            prop_assert!(interval.contains(interval.starts));
            prop_assert!(!interval.contains(end));
            prop_assert_eq!(interval.phase(end), Phase::Ended);
        }
    }

    #[test]
    fn a_whole_day_starts_and_ends_with_the_local_date(days in 0i64..3_650) {
        let on = date("2020-01-01") + Duration::days(days);
        let zone = New_York;
        let end = LocalMoment::on(on).end(zone);
        prop_assert_eq!(crate::time::local_date(end, zone), on + Duration::days(1));
        prop_assert_eq!(crate::time::local_date(end - Duration::minutes(1), zone), on);
    }
}
