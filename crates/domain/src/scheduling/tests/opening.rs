//! What is offered when a change of the set-up makes time free.

use super::*;
use crate::scheduling::opening::{MOST, Opened, added, reopened, times};
use chrono::TimeDelta;

const NEW_YORK: Place = Place {
    location_id: CLINIC,
    zone: chrono_tz::America::New_York,
};

/// From noon of Monday 7 December 2026 in New York to eight o'clock of a Monday two weeks after.
fn within() -> Stretch {
    Stretch {
        from: at("2026-12-07T17:00:00Z"),
        until: at("2026-12-21T13:00:00Z"),
    }
}

fn hours(from: &str, hours: i64) -> Stretch {
    let from = at(from);
    Stretch {
        from,
        until: from + TimeDelta::hours(hours),
    }
}

/// Nine to noon on Mondays, as the clocks in New York show in December.
fn second_monday() -> Stretch {
    hours("2026-12-14T14:00:00Z", 3)
}

fn opened(whose: ResourceId, kind: ResourceKind, stretches: Vec<Stretch>) -> Opened {
    Opened {
        location: CLINIC,
        resource: whose,
        kind,
        stretches,
    }
}

#[test]
fn of_a_blackout_that_ends_only_the_working_time_ahead_is_free() {
    let kept = [hours("2026-12-06T00:00:00Z", 24 * 10)];
    let free = reopened(&morning(ANA), NEW_YORK, &kept, None, within());
    assert_eq!(free, [second_monday()]);
}

#[test]
fn what_another_blackout_still_keeps_is_not_free() {
    let kept = [hours("2026-12-06T00:00:00Z", 24 * 10)];
    let mut calendar = morning(ANA);
    calendar.blocked = vec![(hours("2026-12-14T14:00:00Z", 1), None)];
    let free = reopened(&calendar, NEW_YORK, &kept, None, within());
    assert_eq!(free, [hours("2026-12-14T15:00:00Z", 2)]);
    // One for visits online keeps nobody from coming.
    calendar.blocked = vec![(hours("2026-12-14T14:00:00Z", 1), Some(Modality::Telehealth))];
    let free = reopened(&calendar, NEW_YORK, &kept, None, within());
    assert_eq!(free, [second_monday()]);
}

#[test]
fn a_blackout_that_is_as_long_as_before_frees_nothing() {
    let kept = [hours("2026-12-06T00:00:00Z", 24 * 10)];
    let mut calendar = morning(ANA);
    calendar.blocked = kept.iter().map(|kept| (*kept, None)).collect();
    let free = reopened(&calendar, NEW_YORK, &kept, None, within());
    assert!(free.is_empty());
}

#[test]
fn a_new_schedule_gives_all_of_its_hours_and_a_longer_one_what_is_longer() {
    let calendar = morning(ANA);
    let new = schedule(ANA, &[(Weekday::Mon, "09:00", "12:00")]);
    let free = added(None, &new, &calendar, NEW_YORK, within());
    assert_eq!(free, [second_monday()]);
    let longer = schedule(ANA, &[(Weekday::Mon, "09:00", "13:00")]);
    let free = added(Some(&new), &longer, &calendar, NEW_YORK, within());
    // Noon to one today, too: the hours ahead begin then.
    assert_eq!(
        free,
        [
            hours("2026-12-07T17:00:00Z", 1),
            hours("2026-12-14T17:00:00Z", 1)
        ]
    );
    let shorter = added(Some(&longer), &new, &calendar, NEW_YORK, within());
    assert!(shorter.is_empty());
}

#[test]
fn a_schedule_that_takes_more_gives_all_of_its_hours_again() {
    let calendar = morning(ANA);
    let before = schedule(ANA, &[(Weekday::Mon, "09:00", "12:00")]);
    let free = |change: fn(&mut Schedule)| {
        let mut after = before.clone();
        change(&mut after);
        added(Some(&before), &after, &calendar, NEW_YORK, within())
    };
    assert_eq!(free(|after| after.capacity = 2), [second_monday()]);
    assert!(free(|after| after.daily_cap = Some(3)).is_empty());
    assert!(free(|after| after.interval = 30).is_empty());
    assert!(free(|after| after.modality = Some(Modality::InPerson)).is_empty());
    assert_eq!(free(|after| after.resource_id = BEN), [second_monday()]);
}

#[test]
fn what_is_offered_are_hours_the_soonest_first_and_not_more_than_a_change_may_begin() {
    let long = hours("2026-12-08T14:00:00Z", 20);
    let odd = Stretch::of_minutes(at("2026-12-09T15:00:00Z"), 90);
    let all = times(vec![
        opened(BEN, ResourceKind::Provider, vec![long]),
        opened(ANA, ResourceKind::Provider, vec![odd]),
    ]);
    assert_eq!(all.len(), 22);
    assert_eq!(all[0].gap, hours("2026-12-08T14:00:00Z", 1));
    assert_eq!(all[0].resources, [BEN]);
    let last = all.last().unwrap();
    assert_eq!(
        last.gap,
        Stretch::of_minutes(at("2026-12-09T16:00:00Z"), 30)
    );
    let most = times(vec![
        opened(BEN, ResourceKind::Provider, vec![long]),
        opened(ANA, ResourceKind::Provider, vec![long]),
    ]);
    assert_eq!(most.len(), MOST);
    assert_eq!(most[MOST - 1].gap, hours("2026-12-09T01:00:00Z", 1));
}

#[test]
fn rooms_are_offered_only_where_no_provider_is_free_again() {
    let morning = hours("2026-12-08T14:00:00Z", 1);
    let room = |stretches| opened(BEN, ResourceKind::Room, stretches);
    let provider = |stretches| opened(ANA, ResourceKind::Provider, stretches);
    let whose = |all: Vec<Opened>| -> Vec<ResourceId> {
        let all = times(all).into_iter();
        all.flat_map(|time| time.resources).collect()
    };
    assert_eq!(
        whose(vec![provider(vec![morning]), room(vec![morning])]),
        [ANA]
    );
    assert_eq!(whose(vec![provider(vec![]), room(vec![morning])]), [BEN]);
}
