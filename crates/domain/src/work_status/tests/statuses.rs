use super::*;
use RestrictionType::{Lift, NoWork};

#[test]
fn off_in_the_morning_and_limited_after_is_a_part_day_off() {
    let facts = facts(&[
        restriction(NoWork, "2026-05-01", Some("2026-05-04T12:00")),
        restriction(Lift, "2026-05-04T12:01", Some("2026-05-20")),
    ]);
    assert_eq!(
        status_on(&facts, date("2026-05-04")),
        DayStatus {
            status: WorkStatus::OffWork,
            part_day: true
        }
    );
    assert_eq!(
        status_at(&facts, utc("2026-05-04T16:00:59Z")),
        WorkStatus::OffWork
    );
    assert_eq!(
        status_at(&facts, utc("2026-05-04T16:01:00Z")),
        WorkStatus::Restricted
    );
}

#[test]
fn a_personal_restriction_is_the_employees_alone() {
    let mut personal = restriction(Lift, "2026-05-01", None);
    personal.terms.affects_work = false;
    let all = [personal];
    let facts = facts(&all);
    let now = utc("2026-05-04T12:00:00Z");
    let own = EmployeeWorkStatus::on(&facts, &all, None, now);
    assert_eq!(own.restrictions.len(), 1);
    assert!(own.restrictions[0].personal);
    assert_eq!(own.shared.status, WorkStatus::FullDuty);
    assert_eq!(own.shared.restrictions, []);
    assert_eq!(own.shared.release.from, None);
    assert_eq!(own.shared.release.until, None);
}

fn away(kind: AccommodationType) -> Accommodation {
    Accommodation {
        id: Uuid::from_u128(3),
        effect: kind.effect(),
        kind: Some(kind),
        details: Some(Private("details".to_owned())),
        interval: interval(
            Some(moment("2026-05-01")),
            Some(moment("2026-05-31")),
            false,
            New_York,
            utc("2026-05-01T00:00:00Z"),
        )
        .unwrap(),
    }
}

#[test]
fn a_supervisor_sees_off_work_and_never_which_lost_time_it_is() {
    let mut facts = facts(&[]);
    facts.accommodations = vec![away(AccommodationType::LostTimeMaternity)];
    let now = utc("2026-05-04T12:00:00Z");
    let seen = SharedWorkStatus::now(&facts, now);
    assert_eq!(seen.status, WorkStatus::OffWork);
    assert_eq!(seen.accommodations, []);
    let own = EmployeeWorkStatus::on(&facts, &[], None, now);
    assert_eq!(
        own.accommodations[0].kind,
        Some(AccommodationType::LostTimeMaternity)
    );
}

#[test]
fn lost_time_counts_whole_days_off_today_included() {
    let facts = facts(&[restriction(NoWork, "2026-02-27", Some("2026-03-03"))]);
    assert_eq!(lost_time_days(&facts, date("2026-03-03")), 5);
    assert_eq!(lost_time_days(&facts, date("2026-03-04")), 0);
}

#[test]
fn a_release_runs_until_the_visible_set_changes() {
    let facts = facts(&[
        restriction(Lift, "2026-05-01", Some("2026-05-31")),
        restriction(RestrictionType::Kneel, "2026-05-10", Some("2026-05-12")),
    ]);
    let release = release_at(&facts, utc("2026-05-05T12:00:00Z"));
    assert_eq!(release.status, WorkStatus::Restricted);
    assert_eq!(release.from, Some(utc("2026-05-01T04:00:00Z")));
    assert_eq!(release.until, Some(utc("2026-05-10T04:00:00Z")));
}

#[test]
fn full_duty_has_a_date_only_after_a_recent_restriction() {
    let facts = facts(&[restriction(Lift, "2026-01-01", Some("2026-01-31"))]);
    let from = |at: &str| release_at(&facts, utc(at)).from;
    let ended = utc("2026-02-01T05:00:00Z");
    assert_eq!(from("2026-02-10T12:00:00Z"), Some(ended));
    assert_eq!(from("2026-05-02T04:59:00Z"), Some(ended));
    assert_eq!(from("2026-05-02T05:00:00Z"), None);
}

#[test]
fn a_permanent_restriction_holds_until_further_notice() {
    let facts = facts(&[restriction(Lift, "2026-01-01", None)]);
    assert_eq!(release_at(&facts, utc("2026-02-10T12:00:00Z")).until, None);
}

#[test]
fn after_the_last_day_of_the_employment_nobody_is_on_duty() {
    let mut facts = facts(&[restriction(Lift, "2026-01-01", None)]);
    facts.employed_until = Some(date("2026-05-04"));
    assert_eq!(
        status_on(&facts, date("2026-05-04")).status,
        WorkStatus::Restricted
    );
    assert_eq!(
        status_on(&facts, date("2026-05-05")).status,
        WorkStatus::NotEmployed
    );
}

#[test]
fn the_reason_reaches_the_employee_only_when_released() {
    let mut lift = restriction(Lift, "2026-01-01", None);
    let reason = |restriction: &Restriction| {
        let all = [restriction.clone()];
        let now = utc("2026-02-10T12:00:00Z");
        EmployeeWorkStatus::on(&facts(&all), &all, None, now).restrictions[0]
            .reason
            .clone()
    };
    assert_eq!(reason(&lift), None);
    lift.clinical.reason_released = true;
    assert_eq!(reason(&lift), Some(Private("back".to_owned())));
}

prop_compose! {
    fn any_restriction()(
        kind in prop::sample::select(RestrictionType::ALL),
        from in 0i64..20_000, long in 1i64..20_000, permanent in any::<bool>(),
        affects_work in any::<bool>(), mistake in prop::bool::weighted(0.1),
    ) -> Restriction {
        let mut made = restriction(kind, "2026-03-01", None);
        let first = utc("2026-03-01T00:00:00Z") + Duration::minutes(from);
        made.terms.interval.starts = first;
        if !permanent {
            made.terms.interval.end = End::At(first + Duration::minutes(long));
        }
        made.terms.affects_work = affects_work;
        if mistake {
            made.state = State::EnteredInError;
        }
        made
    }
}

proptest! {
    #[test]
    fn a_supervisor_never_gets_a_personal_or_a_mistaken_restriction(
        all in prop::collection::vec(any_restriction(), 0..6), at in 0i64..40_000,
    ) {
        let now = utc("2026-03-01T00:00:00Z") + Duration::minutes(at);
        let seen = SharedWorkStatus::now(&facts(&all), now);
        for shown in &seen.restrictions {
            let source = all.iter().find(|one| one.id == shown.id).unwrap();
            prop_assert!(source.terms.affects_work);
            prop_assert_eq!(source.state, State::Current);
        }
        let without: Vec<_> = all.iter().filter(|one| one.terms.affects_work).cloned().collect();
        prop_assert_eq!(SharedWorkStatus::now(&facts(&without), now), seen);
    }

    #[test]
    fn the_status_of_a_date_is_the_most_limiting_of_its_instants(
        all in prop::collection::vec(any_restriction(), 0..6), day in 0i64..28,
    ) {
        let facts = facts(&all);
        let on = date("2026-03-01") + Duration::days(day);
        let mut at = crate::time::day_start(on, New_York);
        let mut seen = Vec::new();
        while at < crate::time::day_end(on, New_York) {
            seen.push(status_at(&facts, at));
            at += Duration::minutes(1);
        }
        let status = seen.iter().copied().max().unwrap();
        let part_day = seen.iter().any(|one| *one != seen[0]);
        prop_assert_eq!(status_on(&facts, on), DayStatus { status, part_day });
    }

    #[test]
    fn nothing_visible_changes_before_the_release_ends(
        all in prop::collection::vec(any_restriction(), 0..6), at in 0i64..40_000,
        between in 0.0f64..1.0,
    ) {
        let facts = facts(&all);
        let now = utc("2026-03-01T00:00:00Z") + Duration::minutes(at);
        let release = release_at(&facts, now);
        if let Some(until) = release.until {
            prop_assert!(until > now);
            #[expect(clippy::cast_possible_truncation, reason = "a count of seconds in a month")]
            let part = ((until - now).num_seconds() as f64 * between) as i64;
            let then = now + Duration::seconds(part);
            prop_assert_eq!(status_at(&facts, then), release.status);
            prop_assert_eq!(facts.visible_at(then), facts.visible_at(now));
        }
    }
}
