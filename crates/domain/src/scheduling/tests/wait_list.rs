//! Whose turn it is when a time becomes free.

use super::*;
use crate::ids::WaitListItemId;
use crate::scheduling::offer::{OfferState, OfferedTime};
use crate::scheduling::request::DayPart;
use crate::scheduling::wait_list::{in_turn, still_wants};
use chrono::TimeDelta;

const NEW_YORK: Tz = chrono_tz::America::New_York;

fn item(number: u128) -> WaitListItemId {
    WaitListItemId(Uuid::from_u128(number))
}

/// Somebody who waits since 1 November for something without a date.
fn waiting(number: u128) -> Waiting {
    Waiting {
        id: item(number),
        escalated: false,
        due: None,
        past_due: false,
        offers_lately: 0,
        since: at("2026-11-01T12:00:00Z"),
    }
}

fn due(number: u128, date: &str) -> Waiting {
    Waiting {
        due: Some(day(date)),
        ..waiting(number)
    }
}

/// P1 due on 1 December, P2 put first and due on the 20th, P3 due on the 1st and asked twice
/// lately, P4 without a date.
fn four() -> Vec<Waiting> {
    vec![
        due(1, "2026-12-01"),
        Waiting {
            escalated: true,
            ..due(2, "2026-12-20")
        },
        Waiting {
            offers_lately: 2,
            ..due(3, "2026-12-01")
        },
        waiting(4),
    ]
}

/// Ana's half hour from nine on Tuesday 1 December 2026 in New York.
fn freed() -> Freed {
    Freed {
        location: CLINIC,
        resources: vec![ANA],
        gap: Stretch::of_minutes(at("2026-12-01T14:00:00Z"), 30),
    }
}

fn round(asked: &[u128]) -> Round {
    Round {
        freed: freed(),
        depth: 1,
        keep: KeepTimes::default(),
        broadcast: false,
        asked: asked.iter().map(|number| item(*number)).collect(),
    }
}

fn slot(starts_at: &str, minutes: u16, whose: ResourceId) -> Slot {
    let visit = Stretch::of_minutes(at(starts_at), minutes);
    Slot {
        starts_at: visit.from,
        ends_at: visit.until,
        shown_ends_at: visit.until,
        local_date: crate::time::local_date(visit.from, NEW_YORK),
        place: Place {
            location_id: CLINIC,
            zone: NEW_YORK,
        },
        modality: Modality::InPerson,
        resources: vec![Assigned {
            resource_id: whose,
            lane: 1,
            schedule_id: None,
            claimed: visit,
        }],
        priority: 5,
    }
}

fn turns(round: &Round, people: Vec<Waiting>) -> Vec<u128> {
    let turns = round.turns(people);
    turns.iter().map(|one| one.id.0.as_u128()).collect()
}

#[test]
fn who_was_put_first_comes_first_then_the_earliest_due_then_the_fewest_offers_and_no_date_last() {
    assert_eq!(turns(&round(&[]), four()), [2, 1, 3, 4]);
    let mut backwards = four();
    backwards.reverse();
    assert_eq!(turns(&round(&[]), backwards), [2, 1, 3, 4]);
}

#[test]
fn who_stays_silent_for_a_quarter_of_an_hour_is_followed_by_the_next() {
    let now = at("2026-11-30T14:00:00Z");
    let starts_at = at("2026-12-01T14:00:00Z");
    let first = OfferedTime {
        id: crate::ids::OfferId(Uuid::from_u128(1)),
        state: OfferState::Held,
        expires_at: KeepTimes::default().kept_until(starts_at, now),
    };
    let almost = now + TimeDelta::seconds(15 * 60 - 1);
    assert!(first.is_live(almost));
    assert!(!first.is_live(now + TimeDelta::minutes(15)));
    assert_eq!(turns(&round(&[2]), four()).first(), Some(&1));
    assert_eq!(turns(&round(&[2, 1, 3, 4]), four()), [0_u128; 0]);
}

#[test]
fn what_is_past_due_comes_before_what_is_not_and_who_waits_longer_before_who_waits_less() {
    let late = Waiting {
        past_due: true,
        ..due(1, "2026-11-20")
    };
    let older = Waiting {
        since: at("2026-10-01T12:00:00Z"),
        ..due(3, "2026-12-01")
    };
    let mut people = vec![due(2, "2026-12-01"), older, late];
    in_turn(&mut people);
    let order: Vec<_> = people.iter().map(|one| one.id.0.as_u128()).collect();
    assert_eq!(order, [1, 3, 2]);
}

#[test]
fn of_two_who_are_alike_in_everything_the_order_is_always_the_same() {
    assert_eq!(turns(&round(&[]), vec![waiting(9), waiting(8)]), [8, 9]);
    assert_eq!(turns(&round(&[]), vec![waiting(8), waiting(9)]), [8, 9]);
}

#[test]
fn an_offer_is_kept_for_a_quarter_of_an_hour_within_three_days_and_for_two_hours_beyond() {
    let keep = KeepTimes::default();
    let now = at("2026-11-27T12:00:00Z");
    let minutes = |start: DateTime<Utc>| (keep.kept_until(start, now) - now).num_minutes();
    assert_eq!(minutes(now + TimeDelta::hours(72)), 15);
    assert_eq!(
        minutes(now + TimeDelta::hours(72) + TimeDelta::seconds(1)),
        120
    );
    assert_eq!(minutes(now + TimeDelta::minutes(5)), 5, "never beyond it");
}

#[test]
fn a_freed_time_must_start_four_hours_ahead() {
    let keep = KeepTimes::default();
    let now = at("2026-12-01T10:00:00Z");
    assert!(keep.allow(at("2026-12-01T14:00:00Z"), now));
    assert!(!keep.allow(at("2026-12-01T13:59:59Z"), now));
    assert!(!round(&[]).is_too_late(at("2026-12-01T10:30:00Z")));
    assert!(round(&[]).is_too_late(at("2026-12-01T10:30:01Z")));
}

#[test]
fn wishes_are_held_against_the_clocks_of_the_place() {
    let nine = slot("2026-12-01T14:00:00Z", 30, ANA);
    let suits = |wishes: Wishes| wishes.suit(&nine);
    let on = |weekdays: &[u8]| Wishes {
        weekdays: weekdays.to_vec(),
        ..Wishes::default()
    };
    let in_the = |part| Wishes {
        part: Some(part),
        ..Wishes::default()
    };
    assert!(suits(Wishes::default()));
    assert!(suits(on(&[2])) && !suits(on(&[1, 3])));
    assert!(suits(in_the(DayPart::Morning)) && !suits(in_the(DayPart::Afternoon)));
    let with = |resource| Wishes {
        resource: Some(resource),
        ..Wishes::default()
    };
    assert!(suits(with(ANA)) && !suits(with(BEN)));
    let at_place = |number| Wishes {
        location: Some(LocationId(Uuid::from_u128(number))),
        ..Wishes::default()
    };
    assert!(suits(at_place(2)) && !suits(at_place(3)));
    let how = |modality| Wishes {
        modality: Some(modality),
        ..Wishes::default()
    };
    assert!(suits(how(Modality::InPerson)) && !suits(how(Modality::Telehealth)));
}

#[test]
fn only_a_time_that_needs_what_became_free_is_offered() {
    let now = at("2026-11-30T14:00:00Z");
    let slots = [
        slot("2026-12-01T13:30:00Z", 30, ANA),
        slot("2026-12-01T14:00:00Z", 30, BEN),
        slot("2026-12-01T13:45:00Z", 30, ANA),
        slot("2026-12-01T14:00:00Z", 30, ANA),
    ];
    let found = round(&[]).first_fitting(&slots, &Wishes::default(), None, now);
    assert_eq!(found.as_ref(), Some(&slots[2]), "it reaches into the gap");
    let afternoon = Wishes {
        part: Some(DayPart::Afternoon),
        ..Wishes::default()
    };
    assert_eq!(
        round(&[]).first_fitting(&slots, &afternoon, None, now),
        None
    );
}

#[test]
fn who_has_a_visit_is_offered_earlier_ones_only() {
    let now = at("2026-11-30T14:00:00Z");
    let slots = [slot("2026-12-01T14:00:00Z", 30, ANA)];
    let before = |text: &str| {
        round(&[])
            .first_fitting(&slots, &Wishes::default(), Some(at(text)), now)
            .is_some()
    };
    assert!(before("2026-12-01T14:30:00Z"));
    assert!(!before("2026-12-01T14:00:00Z"));
}

#[test]
fn each_turn_that_is_passed_over_has_a_reason() {
    let free = Hindrances::default();
    let reason = |what: Hindrances| what.skip().map(|skip| skip.reason);
    assert_eq!(reason(free), None);
    let unreachable = Hindrances {
        unreachable: true,
        ..free
    };
    let busy = Hindrances { busy: true, ..free };
    let kept = Hindrances {
        has_live_offer: true,
        ..free
    };
    let often = |offers_in_week| Hindrances {
        offers_in_week,
        ..free
    };
    let asleep = Hindrances {
        quiet_until: Some(at("2026-12-01T12:00:00Z")),
        ..free
    };
    assert_eq!(reason(unreachable), Some(SkipReason::NoChannel));
    assert_eq!(reason(busy), Some(SkipReason::PersonBusy));
    assert_eq!(reason(kept), Some(SkipReason::LiveOffer));
    assert_eq!(
        (reason(often(2)), reason(often(3))),
        (None, Some(SkipReason::OffersInWeek))
    );
    assert_eq!(reason(asleep), Some(SkipReason::QuietHours));
}

#[test]
fn a_round_waits_only_for_those_for_whom_nothing_but_the_hour_stood_in_the_way() {
    let quiet = |until: &str| Hindrances {
        quiet_until: Some(at(until)),
        ..Hindrances::default()
    };
    let busy_too = Hindrances {
        busy: true,
        ..quiet("2026-12-01T10:00:00Z")
    };
    let skips: Vec<Skip> = [
        quiet("2026-12-01T13:00:00Z"),
        busy_too,
        quiet("2026-12-01T12:00:00Z"),
    ]
    .iter()
    .filter_map(Hindrances::skip)
    .collect();
    assert_eq!(Round::look_again(&skips), Some(at("2026-12-01T12:00:00Z")));
    let only_busy: Vec<Skip> = busy_too.skip().into_iter().collect();
    assert_eq!(Round::look_again(&only_busy), None);
}

#[test]
fn quiet_hours_are_whole_minutes_and_end_otherwise_than_they_begin() {
    let time = |text: &str| text.parse::<chrono::NaiveTime>().unwrap();
    let chosen = |from, until| QuietHours::chosen(time(from), time(until));
    assert!(chosen("21:00:00", "07:00:00").is_ok());
    assert_eq!(chosen("21:00:30", "07:00:00"), Err(WrongHours::From));
    assert_eq!(chosen("21:00:00", "07:00:30"), Err(WrongHours::Until));
    assert_eq!(chosen("21:00:00", "21:00:00"), Err(WrongHours::Until));
}

#[test]
fn quiet_hours_end_at_seven_on_the_clocks_of_the_person() {
    let night = QuietHours::of_minutes(21 * 60, 7 * 60).unwrap();
    assert_eq!(night.minutes(), (1260, 420));
    let end = |now: &str| night.end_of(at(now), NEW_YORK);
    // The night in which the clocks go forward.
    assert_eq!(
        end("2027-03-14T06:30:00Z"),
        Some(at("2027-03-14T11:00:00Z"))
    );
    assert_eq!(
        end("2027-03-14T02:00:00Z"),
        Some(at("2027-03-14T11:00:00Z"))
    );
    assert_eq!(
        end("2026-12-01T11:59:59Z"),
        Some(at("2026-12-01T12:00:00Z"))
    );
    assert_eq!(end("2026-12-01T12:00:00Z"), None);
    assert_eq!(end("2026-12-02T01:59:59Z"), None);
    assert_eq!(
        end("2026-12-02T02:00:00Z"),
        Some(at("2026-12-02T12:00:00Z"))
    );
}

#[test]
fn quiet_hours_within_one_day_end_on_that_day() {
    let noon = QuietHours {
        from: "12:00:00".parse().unwrap(),
        until: "13:00:00".parse().unwrap(),
    };
    let end = |now: &str| noon.end_of(at(now), NEW_YORK);
    assert_eq!(
        end("2026-12-01T17:30:00Z"),
        Some(at("2026-12-01T18:00:00Z"))
    );
    assert_eq!(end("2026-12-01T18:00:00Z"), None);
}

#[test]
fn a_time_is_offered_on_three_times_at_most() {
    let depths: Vec<_> = (1..=3)
        .map(|depth| Round {
            depth,
            ..round(&[])
        })
        .map(|round| round.next_depth())
        .collect();
    assert_eq!(depths, [Some(2), Some(3), None]);
}

#[test]
fn an_item_is_open_again_from_the_instant_its_offer_runs_out() {
    let until = at("2026-12-01T12:00:00Z");
    let state = |closed, booked, now: &str| ItemState::of(closed, booked, Some(until), at(now));
    assert_eq!(
        state(false, false, "2026-12-01T11:59:59Z"),
        ItemState::Offered
    );
    assert_eq!(state(false, false, "2026-12-01T12:00:00Z"), ItemState::Open);
    assert_eq!(
        state(false, true, "2026-12-01T11:00:00Z"),
        ItemState::Booked
    );
    assert_eq!(state(true, true, "2026-12-01T11:00:00Z"), ItemState::Closed);
}

#[test]
fn a_round_goes_on_when_its_offer_was_declined_or_ran_out_and_never_before() {
    let now = at("2026-11-30T14:00:00Z");
    let offer = |state| OfferedTime {
        id: crate::ids::OfferId(Uuid::from_u128(1)),
        state,
        expires_at: now + TimeDelta::minutes(15),
    };
    let step = |last: Option<OfferedTime>, now| round(&[]).step(last.as_slice(), None, now);
    assert_eq!(step(None, now), Step::Ask);
    assert_eq!(step(Some(offer(OfferState::Held)), now), Step::Wait);
    let later = now + TimeDelta::minutes(15);
    assert_eq!(step(Some(offer(OfferState::Held)), later), Step::Ask);
    assert_eq!(step(Some(offer(OfferState::Declined)), now), Step::Ask);
    assert_eq!(
        step(Some(offer(OfferState::Accepted)), now),
        Step::End(Outcome::Taken)
    );
    let too_late = at("2026-12-01T11:00:00Z");
    assert_eq!(step(None, too_late), Step::End(Outcome::TooLate));
}

#[test]
fn an_offer_that_ran_out_is_not_revived_by_a_clock_that_is_set_back() {
    let now = at("2026-11-30T14:00:00Z");
    let gone = OfferedTime {
        id: crate::ids::OfferId(Uuid::from_u128(1)),
        state: OfferState::Expired,
        expires_at: now + TimeDelta::minutes(15),
    };
    assert!(!gone.is_live(now) && gone.accepted(now).is_err());
    assert_eq!(round(&[]).step(&[gone], None, now), Step::Ask);
}

#[test]
fn a_round_that_tells_several_at_once_waits_for_all_of_them_and_ends_with_the_first_who_takes_it() {
    let now = at("2026-11-30T15:00:00Z");
    let offer = |number: u128, state| OfferedTime {
        id: crate::ids::OfferId(Uuid::from_u128(number)),
        state,
        expires_at: now + TimeDelta::minutes(15),
    };
    let all = Round {
        broadcast: true,
        ..round(&[])
    };
    assert_eq!((all.at_once(), round(&[]).at_once()), (10, 1));
    let step = |offers: &[OfferedTime]| all.step(offers, None, now);
    let (held, declined) = (offer(1, OfferState::Held), offer(2, OfferState::Declined));
    assert_eq!(step(&[held, declined]), Step::Wait);
    assert_eq!(step(&[declined]), Step::Ask);
    let taken = offer(3, OfferState::Accepted);
    assert_eq!(step(&[taken, held, declined]), Step::End(Outcome::Taken));
}

#[test]
fn a_round_that_waits_for_the_morning_goes_on_when_it_comes() {
    let morning = at("2026-11-30T12:00:00Z");
    let step = |now| round(&[]).step(&[], Some(morning), now);
    assert_eq!(step(morning - TimeDelta::seconds(1)), Step::Wait);
    assert_eq!(step(morning), Step::Ask);
}

#[test]
fn an_offer_is_of_use_only_while_its_time_is_earlier_than_the_visit_that_is_still_to_come() {
    let nine = at("2026-12-01T14:00:00Z");
    let wants = |state, visit| still_wants(state, visit, nine);
    assert!(wants(ItemState::Open, None) && wants(ItemState::Offered, None));
    assert!(!wants(ItemState::Booked, None) && !wants(ItemState::Closed, None));
    let visit = |state, text: &str| wants(ItemState::Offered, Some((state, at(text))));
    assert!(visit(State::Booked, "2026-12-02T14:00:00Z"));
    assert!(!visit(State::Booked, "2026-12-01T14:00:00Z"));
    assert!(!visit(State::Cancelled, "2026-12-02T14:00:00Z"));
}
