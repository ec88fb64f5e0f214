//! Accommodations: what is checked, how they end, what they answer.

use super::*;
use std::collections::BTreeSet;

fn draft(starts: &str, ends: Option<&str>) -> AccommodationDraft {
    AccommodationDraft {
        kind: AccommodationType::TransitionalDuty,
        details: Some("  Works at the parts desk.  ".to_owned()),
        starts: Some(moment(starts)),
        ends: ends.map(moment),
        coverage: Coverage::Full,
        restrictions: Vec::new(),
    }
}

fn accommodation(
    starts: &str,
    ends: Option<&str>,
    answers: &[&Restriction],
) -> ClinicAccommodation {
    let restrictions: BTreeSet<_> = answers.iter().map(|one| one.id).collect();
    let terms = AccommodationDraft {
        restrictions: restrictions.iter().copied().collect(),
        ..draft(starts, ends)
    };
    let now = utc("2026-01-01T00:00:00Z");
    ClinicAccommodation {
        id: Uuid::from_u128(7),
        person_id: PersonId(Uuid::from_u128(1)),
        version: 1,
        state: State::Current,
        error_reason: None,
        terms: terms.check(New_York, now, &restrictions).unwrap(),
        notify: true,
        saved_by: AccountId(Uuid::from_u128(9)),
        saved_at: now,
    }
}

#[test]
fn an_accommodation_without_an_end_is_permanent_and_an_end_date_means_its_last_minute() {
    let now = utc("2026-05-01T12:00:00Z");
    let known = BTreeSet::new();
    let open = draft("2026-05-01", None)
        .check(New_York, now, &known)
        .unwrap();
    assert_eq!(open.interval.end, End::Permanent);
    assert_eq!(open.details.unwrap().expose(), "Works at the parts desk.");
    let dated = draft("2026-05-01", Some("2026-05-04"));
    let dated = dated.check(New_York, now, &known).unwrap();
    assert_eq!(dated.interval.end, End::At(utc("2026-05-05T04:00:00Z")));
}

#[test]
fn an_end_before_the_start_and_another_persons_restriction_are_refused_together() {
    let lifting = restriction(RestrictionType::Lift, "2026-05-01", None);
    let wrong = AccommodationDraft {
        restrictions: vec![lifting.id],
        ..draft("2026-05-04", Some("2026-05-01"))
    };
    let faults = wrong
        .check(New_York, utc("2026-05-01T12:00:00Z"), &BTreeSet::new())
        .unwrap_err();
    let kinds: Vec<_> = faults.iter().map(|fault| fault.kind).collect();
    assert_eq!(
        kinds,
        [FaultKind::EndBeforeStart, FaultKind::NotOfThisPerson]
    );
}

#[test]
fn ending_now_cancels_what_has_not_begun_and_ends_what_runs_with_this_minute() {
    let planned = accommodation("2026-06-01", None, &[]);
    let cancelled = planned
        .end(Ending::Now, by("2026-05-01T12:00:30Z"))
        .unwrap();
    assert_eq!((cancelled.state, cancelled.version), (State::Cancelled, 2));
    let running = accommodation("2026-04-01", None, &[]);
    let ended = running
        .end(Ending::Now, by("2026-05-01T12:00:30Z"))
        .unwrap();
    assert_eq!(
        ended.terms.interval.end,
        End::At(utc("2026-05-01T12:01:00Z"))
    );
    let again = cancelled.end(Ending::Now, by("2026-05-01T12:02:00Z"));
    assert_eq!(again, Err(ChangeError::NotCurrent));
}

#[test]
fn a_restriction_is_accommodated_only_while_an_active_accommodation_names_it() {
    let lifting = restriction(RestrictionType::Lift, "2026-05-01", None);
    let mut personal = restriction(RestrictionType::Kneel, "2026-05-01", None);
    personal.terms.affects_work = false;
    let all = [lifting.clone(), personal];
    let answer = accommodation("2026-05-01", Some("2026-05-10"), &[&lifting]);
    let on = |at: &str| not_accommodated(&all, std::slice::from_ref(&answer), utc(at));
    assert_eq!(on("2026-05-05T12:00:00Z"), []);
    assert_eq!(on("2026-05-12T12:00:00Z"), [lifting.id]);
    assert_eq!(on("2026-04-12T12:00:00Z"), []);
}
