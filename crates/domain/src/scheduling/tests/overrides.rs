//! What staff may set aside, and what nobody may.

use super::{ANA, BEN, CLINIC, Clinic, at, calendar, claim, every_half_hour};
use crate::ids::{AppointmentId, ResourceId};
use crate::scheduling::appointment_type::Which;
use crate::scheduling::overrides::{OverrideError, check};
use crate::scheduling::{Audience, Override, Overrides, Refused, ResourceCalendar, Stretch, Times};
use uuid::Uuid;

const START: &str = "2027-03-01T09:00:00Z";

/// A clinic where staff ask for half an hour.
fn of_staff(calendars: Vec<ResourceCalendar>) -> Clinic {
    Clinic {
        audience: Audience::Clinic,
        ..Clinic::new(30, calendars)
    }
}

/// What must be set aside for a start, and in which lane it then is.
fn needed(clinic: &Clinic, start: &str) -> Result<(Vec<Override>, u16), Refused> {
    let (aside, ways) = clinic.search().force(at(start))?;
    Ok((aside.kinds(), ways[0].resources[0].lane))
}

#[test]
fn a_time_that_is_free_asks_for_nothing() {
    let clinic = of_staff(vec![every_half_hour(ANA)]);
    assert_eq!(needed(&clinic, START), Ok((vec![], 1)));
    let regular = clinic.search().take(at(START));
    let forced = clinic.search().take_with(at(START), Overrides::NONE);
    assert_eq!(regular, forced);
}

#[test]
fn the_fourth_of_three_goes_into_the_extra_lane_and_the_fifth_nowhere() {
    let times = Times::of(30);
    let mut ana = every_half_hour(ANA);
    for schedule in &mut ana.schedules {
        (schedule.capacity, schedule.overbook) = (3, 1);
    }
    ana.claims = (1..=3).map(|lane| claim(lane, times, START)).collect();
    let clinic = of_staff(vec![ana.clone()]);
    assert_eq!(
        needed(&clinic, START),
        Ok((vec![Override::DoubleBook], 101))
    );
    ana.claims.push(claim(101, times, START));
    let clinic = of_staff(vec![ana]);
    assert_eq!(needed(&clinic, START), Err(Refused::Taken));
    let aside = Overrides::NONE.with(Override::DoubleBook);
    assert_eq!(
        clinic.search().take_with(at(START), aside),
        Err(Refused::Taken)
    );
}

#[test]
fn a_start_outside_the_hours_or_between_two_is_named_and_counts_for_no_schedule() {
    let clinic = of_staff(vec![every_half_hour(ANA)]);
    for start in ["2027-03-01T19:00:00Z", "2027-03-01T09:07:00Z"] {
        assert_eq!(
            needed(&clinic, start),
            Ok((vec![Override::OutsideHours], 1))
        );
    }
    let after_hours = clinic.search().force(at("2027-03-01T19:00:00Z")).unwrap();
    assert_eq!(after_hours.1[0].resources[0].schedule_id, None);
    assert_eq!(
        needed(&clinic, "2027-03-01T09:07:30Z"),
        Err(Refused::NoCandidate)
    );
}

#[test]
fn a_time_away_and_a_buffer_are_named_apart() {
    let mut ana = every_half_hour(ANA);
    let away = |from: &str, until: &str| Stretch {
        from: at(from),
        until: at(until),
    };
    ana.blocked = vec![(away(START, "2027-03-01T09:30:00Z"), None)];
    let mut clinic = of_staff(vec![ana]);
    clinic.kind.times = Times {
        buffer_after: 10,
        ..clinic.kind.times
    };
    assert_eq!(
        needed(&clinic, START),
        Ok((vec![Override::InsideBlackout], 1))
    );
    // Half an hour before, only the time that is kept free afterwards reaches into it.
    let before = "2027-03-01T08:30:00Z";
    clinic.calendars[0].schedules[0] =
        super::schedule(ANA, &[(chrono::Weekday::Mon, "08:00", "12:00")]);
    assert_eq!(
        needed(&clinic, before),
        Ok((vec![Override::IgnoreBuffer], 1))
    );
    let aside = Overrides::NONE.with(Override::IgnoreBuffer);
    let ways = clinic.search().take_with(at(before), aside).unwrap();
    assert_eq!(
        ways[0].resources[0].claimed,
        away(before, START),
        "only the visit itself is taken"
    );
}

#[test]
fn a_full_day_is_named() {
    let mut ana = every_half_hour(ANA);
    ana.schedules[0].daily_cap = Some(1);
    let mut taken = claim(1, Times::of(30), "2027-03-01T10:00:00Z");
    taken.schedule_id = Some(ana.schedules[0].id);
    ana.claims = vec![taken];
    let clinic = of_staff(vec![ana]);
    assert_eq!(needed(&clinic, START), Ok((vec![Override::OverCap], 1)));
}

#[test]
fn who_cannot_do_it_is_taken_only_when_asked_for_by_name() {
    let mut ben = every_half_hour(BEN);
    ben.resource.skills = vec!["audiometry".to_owned()];
    ben.claims = vec![claim(1, Times::of(30), START)];
    let mut clinic = of_staff(vec![every_half_hour(ANA), ben]);
    clinic.kind.needs[0].which = Which::Skilled("audiometry".to_owned());
    let mut search = clinic.search();
    assert_eq!(search.force(at(START)), Err(Refused::Taken));
    search.wanted = Some(ANA);
    let (aside, ways) = search.force(at(START)).unwrap();
    assert_eq!(aside.kinds(), [Override::NotQualified]);
    assert_eq!(ways[0].resources[0].resource_id, ANA);
}

#[test]
fn as_few_rules_as_possible_are_set_aside_whoever_it_is_with() {
    // Ana would need two, Ben one.
    let mut ana = every_half_hour(ANA);
    ana.blocked = vec![(Times::of(30).of_resource(at(START)), None)];
    ana.schedules[0].daily_cap = Some(0);
    let mut ben = every_half_hour(BEN);
    ben.schedules[0].daily_cap = Some(0);
    let clinic = of_staff(vec![ana, ben]);
    let (aside, ways) = clinic.search().force(at(START)).unwrap();
    assert_eq!(aside.kinds(), [Override::OverCap]);
    assert_eq!(ways.len(), 1);
    assert_eq!(ways[0].resources[0].resource_id, BEN);
}

#[test]
fn nothing_brings_back_the_past_and_nobody_is_at_two_places() {
    let mut clinic = of_staff(vec![every_half_hour(ANA)]);
    clinic.person.busy = vec![(
        Times::of(30).of_resource(at(START)),
        AppointmentId(Uuid::from_u128(7)),
    )];
    assert_eq!(needed(&clinic, START), Err(Refused::PersonBusy));
    clinic.now = at("2027-03-02T00:00:00Z");
    assert!(matches!(
        needed(&clinic, START),
        Err(Refused::NotOffered(_))
    ));
}

#[test]
fn just_what_is_needed_must_be_named() {
    let double = Overrides::NONE.with(Override::DoubleBook);
    let both = double.with(Override::OutsideHours);
    assert_eq!(check(double, double), Ok(()));
    assert_eq!(check(both, double), Err(OverrideError::Needed(both)));
    assert_eq!(check(double, both), Err(OverrideError::NotAskedFor));
    assert_eq!(
        check(Overrides::NONE, double),
        Err(OverrideError::NotAskedFor)
    );
}

#[test]
fn another_resource_of_the_visit_may_need_something_too() {
    let mut room = calendar(super::schedule(
        ResourceId(Uuid::from_u128(77)),
        &[(chrono::Weekday::Mon, "08:00", "12:00")],
    ));
    room.resource.kind = crate::scheduling::ResourceKind::Room;
    room.resource.home_location = CLINIC;
    room.schedules[0].overbook = 1;
    room.claims = vec![claim(1, Times::of(30), START)];
    let mut clinic = of_staff(vec![every_half_hour(ANA), room]);
    let mut second = clinic.kind.needs[0].clone();
    second.kind = crate::scheduling::ResourceKind::Room;
    clinic.kind.needs.push(second);
    assert_eq!(needed(&clinic, START), Ok((vec![Override::DoubleBook], 1)));
}
