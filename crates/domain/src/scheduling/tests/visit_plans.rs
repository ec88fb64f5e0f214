//! Everything due in as few visits as possible.

use super::*;
use crate::scheduling::visit_plans::{LONGEST_GAP, is_sound, plan};
use chrono::{Datelike, TimeDelta, Timelike};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn kind(number: usize) -> AppointmentTypeId {
    AppointmentTypeId(Uuid::from_u128(500 + number as u128))
}

fn time(start: DateTime<Utc>, minutes: u16, who: ResourceId) -> Slot {
    let visit = Stretch::of_minutes(start, minutes);
    Slot {
        starts_at: start,
        ends_at: visit.until,
        shown_ends_at: visit.until,
        local_date: start.date_naive(),
        place: Place {
            location_id: CLINIC,
            zone: chrono_tz::UTC,
        },
        modality: Modality::InPerson,
        resources: vec![Assigned {
            resource_id: who,
            lane: 1,
            schedule_id: None,
            claimed: visit,
        }],
        priority: 5,
    }
}

fn due(number: usize, times: Vec<Slot>) -> DueVisit {
    DueVisit {
        kind: kind(number),
        dates: Item {
            due_date: None,
            visible_date: None,
        },
        fasting: false,
        bundle_order: 50,
        after: None,
        times,
    }
}

/// Every start of a clinic that is open from Monday to Friday, 08:00 to 16:00, at which a visit of
/// so many minutes fits, every ten minutes, on dates in a window.
fn at_the_clinic(minutes: u16, first: &str, last: &str) -> Vec<Slot> {
    let from = day("2026-12-10").max(day(first));
    let mut slots = Vec::new();
    for date in from.iter_days().take_while(|date| *date <= day(last)) {
        if date.weekday().number_from_monday() > 5 {
            continue;
        }
        let opens = date.and_hms_opt(8, 0, 0).unwrap().and_utc();
        let closes = opens + TimeDelta::hours(8);
        let mut start = opens;
        while start + TimeDelta::minutes(minutes.into()) <= closes {
            slots.push(time(start, minutes, ANA));
            start += TimeDelta::minutes(10);
        }
    }
    slots
}

fn window_of(first: &str, last: &str) -> Item {
    Item {
        due_date: Some(day(last)),
        visible_date: Some(day(first)),
    }
}

/// Starts of each visit's parts.
fn starts(plan: &VisitPlan) -> Vec<Vec<(usize, String)>> {
    let part = |part: &Part| {
        let start = part.slot.starts_at.format("%a %-d %H:%M").to_string();
        (part.due, start)
    };
    let visits = plan.visits.iter();
    visits
        .map(|parts| parts.iter().map(part).collect())
        .collect()
}

#[test]
fn a_draw_an_audiogram_a_skin_test_and_a_fit_test_take_two_visits_since_somebody_reads_the_test() {
    let (draw, audiogram, placed, fit, read) = (0, 1, 2, 3, 4);
    let of = |number, minutes, first, last| DueVisit {
        dates: window_of(first, last),
        ..due(number, at_the_clinic(minutes, first, last))
    };
    let december = ("2026-12-01", "2026-12-31");
    let all = [
        DueVisit {
            fasting: true,
            ..of(draw, 10, "2026-11-25", "2026-12-20")
        },
        of(audiogram, 20, december.0, december.1),
        DueVisit {
            bundle_order: 90,
            ..of(placed, 10, december.0, december.1)
        },
        of(fit, 30, "2026-12-10", "2027-01-15"),
        DueVisit {
            after: Some(After {
                kind: kind(placed),
                least_hours: 48,
                most_hours: 72,
            }),
            ..of(read, 5, december.0, december.1)
        },
    ];
    let found = plan(&all);
    assert!(found.left_out.is_empty());
    let first = found.plans.first().unwrap();
    let at = |text: &str| text.to_owned();
    assert_eq!(
        starts(first),
        [
            vec![
                (draw, at("Fri 11 08:00")),
                (audiogram, at("Fri 11 08:10")),
                (fit, at("Fri 11 08:30")),
                (placed, at("Fri 11 09:00")),
            ],
            vec![(read, at("Mon 14 08:00"))],
        ]
    );
    let ends = first.visits[0].last().unwrap().slot.ends_at;
    assert_eq!((ends.hour(), ends.minute()), (9, 10));
    assert_eq!(first.saves(), 3);
    let dates: Vec<Vec<u32>> = found
        .plans
        .iter()
        .map(|plan| {
            let first = plan.visits.iter().filter_map(|parts| parts.first());
            first.map(|part| part.slot.local_date.day()).collect()
        })
        .collect();
    assert_eq!(dates[0], [11, 14]);
    assert!(dates.iter().all(|dates| dates.len() == 2 && dates[0] != 10));
    for one in &found.plans {
        assert!(is_sound(&all, one));
    }
}

#[test]
fn what_wants_an_empty_stomach_comes_first_and_the_rest_as_the_clinic_likes_it() {
    let times = |minutes| at_the_clinic(minutes, "2026-12-10", "2026-12-10");
    let all = [
        DueVisit {
            bundle_order: 70,
            ..due(0, times(20))
        },
        DueVisit {
            bundle_order: 10,
            ..due(1, times(20))
        },
        DueVisit {
            fasting: true,
            bundle_order: 99,
            ..due(2, times(20))
        },
    ];
    let found = plan(&all);
    let order: Vec<_> = found.plans[0].visits[0]
        .iter()
        .map(|part| part.due)
        .collect();
    assert_eq!(order, [2, 1, 0]);
}

#[test]
fn parts_of_one_visit_are_never_more_than_a_quarter_of_an_hour_apart() {
    let monday = |time_of_day: &str| at(&format!("2027-03-01T{time_of_day}:00Z"));
    let first = || due(0, vec![time(monday("09:00"), 30, ANA)]);
    let second = |start| due(1, vec![time(monday(start), 30, BEN)]);
    assert_eq!(plan(&[first(), second("09:45")]).plans[0].visits.len(), 1);
    assert_eq!(plan(&[first(), second("09:50")]).plans[0].visits.len(), 2);
    let overlapping = plan(&[first(), second("09:15")]);
    assert_eq!(overlapping.left_out.len(), 1);
}

#[test]
fn what_must_be_kept_free_around_a_part_is_kept_free_of_the_next_one() {
    let monday = |time_of_day: &str| at(&format!("2027-03-01T{time_of_day}:00Z"));
    let mut cleaned = time(monday("09:00"), 30, ANA);
    cleaned.resources[0].claimed.until += TimeDelta::minutes(10);
    let next = [monday("09:30"), monday("09:45")].map(|start| time(start, 30, ANA));
    let found = plan(&[due(0, vec![cleaned]), due(1, next.to_vec())]);
    let second = &found.plans[0].visits[0][1];
    assert_eq!(second.slot.starts_at, monday("09:45"));
}

#[test]
fn what_cannot_be_read_is_not_placed() {
    let monday = at("2027-03-01T09:00:00Z");
    let read_after_a_week = DueVisit {
        after: Some(After {
            kind: kind(0),
            least_hours: 48,
            most_hours: 72,
        }),
        ..due(1, vec![time(monday + TimeDelta::days(7), 5, ANA)])
    };
    let all = [
        due(0, vec![time(monday, 10, ANA)]),
        read_after_a_week,
        due(2, vec![time(monday, 30, ANA)]),
    ];
    let found = plan(&all);
    assert_eq!(found.left_out, [0, 1]);
    assert_eq!(found.plans[0].parts(), 1);
}

#[test]
fn a_plan_that_was_tampered_with_is_not_sound() {
    let monday = at("2027-03-01T09:00:00Z");
    let all = [
        DueVisit {
            fasting: true,
            ..due(0, vec![time(monday, 10, ANA)])
        },
        due(1, vec![time(monday + TimeDelta::minutes(10), 10, ANA)]),
    ];
    let good = plan(&all).plans.remove(0);
    assert!(is_sound(&all, &good));
    let mut swapped = good.clone();
    swapped.visits[0].swap(0, 1);
    assert!(!is_sound(&all, &swapped));
    let mut apart = good.clone();
    apart.visits[0][1].slot.starts_at += LONGEST_GAP + TimeDelta::minutes(5);
    assert!(!is_sound(&all, &apart));
}

#[test]
fn more_than_eight_are_planned_in_few_visits_too() {
    let times = |minutes| at_the_clinic(minutes, "2026-12-10", "2026-12-18");
    let mut all: Vec<DueVisit> = (0..12).map(|number| due(number, times(20))).collect();
    all[11].after = Some(After {
        kind: kind(0),
        least_hours: 48,
        most_hours: 120,
    });
    let found = plan(&all);
    assert!(found.left_out.is_empty(), "{:?}", found.left_out);
    let only = &found.plans[0];
    assert_eq!((only.parts(), only.visits.len()), (12, 2));
    assert!(is_sound(&all, only));
}

/// What a plan is judged by: visits, late parts, when it is over; and its dates.
type Judged = (usize, usize, DateTime<Utc>);

/// The best plans by trying everything: every time of every part, and every way to cut what comes
/// one after the other into visits.
fn by_trying_everything(all: &[DueVisit]) -> Vec<Judged> {
    let mut best: BTreeMap<(usize, Vec<NaiveDate>), Judged> = BTreeMap::new();
    let mut chosen: Vec<(usize, &Slot)> = Vec::new();
    try_all(all, 0, &mut chosen, &mut best);
    let mut judged: Vec<Judged> = Vec::new();
    for visits in 1..=all.len() {
        let below = judged.iter().map(|(_, late, over)| (*late, *over)).min();
        let mut of_count: Vec<Judged> = best
            .iter()
            .filter(|((count, _), _)| *count == visits)
            .map(|(_, judged)| *judged)
            .filter(|(_, late, over)| below.is_none_or(|below| (*late, *over) < below))
            .collect();
        of_count.sort_unstable();
        of_count.truncate(3 - judged.len());
        judged.extend(of_count);
    }
    judged
}

fn try_all<'a>(
    all: &'a [DueVisit],
    next: usize,
    chosen: &mut Vec<(usize, &'a Slot)>,
    best: &mut BTreeMap<(usize, Vec<NaiveDate>), Judged>,
) {
    if next < all.len() {
        for slot in &all[next].times {
            chosen.push((next, slot));
            try_all(all, next + 1, chosen, best);
            chosen.pop();
        }
        return;
    }
    let mut parts = chosen.clone();
    parts.sort_by_key(|(_, slot)| slot.starts_at);
    let apart = parts
        .windows(2)
        .all(|pair| pair[0].1.ends_at <= pair[1].1.starts_at);
    let in_order = all.iter().enumerate().all(|(later, one)| {
        one.after.is_none_or(|after| {
            let earlier = all.iter().position(|other| other.kind == after.kind);
            let slot = |which: usize| chosen[which].1;
            earlier.is_none_or(|earlier| after.allows(slot(earlier).ends_at, slot(later).starts_at))
        })
    });
    if !apart || !in_order {
        return;
    }
    // Each bit says whether a visit ends after that part.
    for cuts in 0..1_u32 << (parts.len() - 1) {
        let mut visits: Vec<Vec<(usize, &Slot)>> = vec![vec![]];
        for (at, part) in parts.iter().enumerate() {
            visits.last_mut().unwrap().push(*part);
            if cuts & (1 << at) != 0 {
                visits.push(vec![]);
            }
        }
        if !visits.iter().all(|visit| is_one_visit(all, visit)) {
            continue;
        }
        let late = |(which, slot): &&(usize, &Slot)| all[*which].dates.is_past_due(slot.local_date);
        let judged = (
            visits.len(),
            parts.iter().filter(late).count(),
            parts.last().unwrap().1.ends_at,
        );
        let dates = visits.iter().map(|visit| visit[0].1.local_date).collect();
        let known = best.entry((visits.len(), dates)).or_insert(judged);
        *known = judged.min(*known);
    }
}

fn is_one_visit(all: &[DueVisit], parts: &[(usize, &Slot)]) -> bool {
    let key = |which: usize| {
        let one = &all[which];
        let follows = one.after.is_some_and(|after| {
            parts
                .iter()
                .any(|(other, _)| all[*other].kind == after.kind)
        });
        (!one.fasting, follows, one.bundle_order, which)
    };
    parts.windows(2).all(|pair| {
        let ((first, one), (second, other)) = (pair[0], pair[1]);
        one.local_date == other.local_date
            && other.starts_at - one.ends_at <= LONGEST_GAP
            && key(first) < key(second)
    })
}

fn some_due() -> impl Strategy<Value = Vec<DueVisit>> {
    let one = (
        prop::collection::btree_set((0i64..3, 0i64..10), 1..8),
        prop::sample::select(vec![5u16, 10, 20]),
        any::<bool>(),
        1u8..4,
        0u64..3,
    );
    let link = (
        any::<bool>(),
        prop::sample::select(vec![(0u16, 0u16), (0, 4), (20, 30), (20, 60)]),
    );
    (prop::collection::vec(one, 1..=5), link).prop_map(|(ones, (linked, (least, most)))| {
        let mut all: Vec<DueVisit> = ones
            .into_iter()
            .enumerate()
            .map(
                |(number, (times, minutes, fasting, bundle_order, days))| DueVisit {
                    fasting: fasting && number % 2 == 0,
                    bundle_order,
                    dates: Item {
                        due_date: Some(day("2027-03-01") + chrono::Days::new(days)),
                        visible_date: None,
                    },
                    ..due(
                        number,
                        times
                            .into_iter()
                            .map(|(date, step)| {
                                let monday = at("2027-03-01T08:00:00Z");
                                let start =
                                    monday + TimeDelta::days(date) + TimeDelta::minutes(step * 10);
                                time(start, minutes, ANA)
                            })
                            .collect(),
                    )
                },
            )
            .collect();
        if linked && all.len() > 1 {
            // The last one follows the first: it neither fasts nor goes before it.
            let order = all[0].bundle_order;
            let last = all.last_mut().unwrap();
            last.after = Some(After {
                kind: kind(0),
                least_hours: least,
                most_hours: most,
            });
            (last.bundle_order, last.fasting) = (order.max(last.bundle_order), false);
        }
        all
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn the_plans_are_the_best_there_are(all in some_due()) {
        let found = plan(&all);
        let expected = by_trying_everything(&all);
        for one in &found.plans {
            prop_assert!(is_sound(&all, one));
        }
        if expected.is_empty() {
            prop_assert!(!found.left_out.is_empty() || all.is_empty());
        } else {
            prop_assert!(found.left_out.is_empty());
            let judged: Vec<Judged> = found.plans.iter().map(|plan| {
                let parts = || plan.visits.iter().flatten();
                let late = parts().filter(|part| all[part.due].dates.is_past_due(part.slot.local_date));
                let over = parts().map(|part| part.slot.ends_at).max().unwrap();
                (plan.visits.len(), late.count(), over)
            }).collect();
            prop_assert_eq!(judged, expected);
        }
    }
}
