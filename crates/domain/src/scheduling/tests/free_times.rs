//! What is free, for whom, and who is chosen.

use super::*;
use crate::ids::HoldId;
use chrono::Days;

const MONDAY: &str = "2027-03-01";

#[test]
fn buffers_keep_their_distance_and_may_stick_out_of_the_window() {
    let times = Times {
        buffer_before: 10,
        buffer_after: 5,
        ..Times::of(30)
    };
    let mut ana = morning(ANA);
    ana.claims = vec![claim(1, times, "2027-03-01T10:00:00Z")];
    let mut clinic = Clinic::new(30, vec![ana]);
    clinic.kind.times = times;
    assert_eq!(
        clinic.starts_on(MONDAY),
        ["09:00", "09:15", "10:45", "11:00", "11:15", "11:30"]
    );
}

#[test]
fn a_long_visit_takes_every_start_it_covers_and_no_other() {
    let mut ana = every_half_hour(ANA);
    ana.claims = vec![claim(1, Times::of(60), "2027-03-01T09:00:00Z")];
    assert_eq!(
        Clinic::new(30, vec![ana]).starts_on(MONDAY),
        ["10:00", "10:30", "11:00", "11:30"]
    );
}

#[test]
fn a_schedule_of_one_slot_a_day_is_listed_and_can_be_taken() {
    let clinic = Clinic::new(
        30,
        vec![calendar(schedule(ANA, &[(Weekday::Mon, "09:00", "09:30")]))],
    );
    assert_eq!(clinic.starts_on(MONDAY), ["09:00"]);
    assert!(clinic.search().take(at("2027-03-01T09:00:00Z")).is_ok());
}

#[test]
fn a_capacity_of_three_takes_three_and_staff_may_force_as_many_as_overbooking_says() {
    let times = Times::of(30);
    let start = "2027-03-01T09:00:00Z";
    let mut ana = every_half_hour(ANA);
    for schedule in &mut ana.schedules {
        (schedule.capacity, schedule.overbook) = (3, 1);
    }
    let stretch = times.of_resource(at(start));
    for lane in 1..=3 {
        assert_eq!(ana.free_lane(stretch, 3, None), Some(lane));
        ana.claims.push(claim(lane, times, start));
    }
    let clinic = Clinic::new(30, vec![ana.clone()]);
    assert_eq!(clinic.search().take(at(start)), Err(Refused::Taken));
    assert_eq!(ana.override_lane(stretch, 1, None), Some(101));
    ana.claims.push(claim(101, times, start));
    assert_eq!(ana.override_lane(stretch, 1, None), None);
}

#[test]
fn the_first_available_provider_is_the_one_free_soonest() {
    let mut ana = every_half_hour(ANA);
    let mut ben = every_half_hour(BEN);
    ana.schedules = vec![schedule(ANA, &[(Weekday::Mon, "09:00", "09:30")])];
    ben.schedules = vec![schedule(BEN, &[(Weekday::Mon, "08:30", "09:00")])];
    let clinic = Clinic::new(30, vec![ana, ben]);
    let found = clinic.search().first_available(day(MONDAY), day(MONDAY));
    let who: Vec<_> = found
        .iter()
        .map(|slot| {
            (
                slot.starts_at.format("%H:%M").to_string(),
                slot.resources[0].resource_id,
            )
        })
        .collect();
    assert_eq!(who, [("08:30".to_owned(), BEN), ("09:00".to_owned(), ANA)]);
}

#[test]
fn among_free_providers_the_least_claimed_is_chosen_then_the_preferred_then_the_lowest_id() {
    let chosen = |ana: ResourceCalendar, ben: ResourceCalendar| {
        let clinic = Clinic::new(30, vec![ana, ben]);
        let found = clinic.search().first_available(day(MONDAY), day(MONDAY));
        let nine = found
            .into_iter()
            .find(|s| s.starts_at == at("2027-03-01T09:00:00Z"));
        nine.unwrap().resources[0].resource_id
    };
    assert_eq!(chosen(morning(ANA), morning(BEN)), ANA);

    let mut preferred = morning(BEN);
    preferred.schedules[0].priority = 6;
    assert_eq!(chosen(morning(ANA), preferred), BEN);

    let mut busier = morning(ANA);
    busier.schedules[0].priority = 9;
    busier.claims = vec![claim(1, Times::of(15), "2027-03-01T11:00:00Z")];
    assert_eq!(chosen(busier, morning(BEN)), BEN);
}

#[test]
fn slots_come_by_start_then_preferred_schedule_then_resource() {
    let mut preferred = every_half_hour(BEN);
    preferred.schedules[0].priority = 6;
    let clinic = Clinic::new(30, vec![every_half_hour(ANA), preferred]);
    let found = clinic.search().slots(day(MONDAY), day(MONDAY));
    let first: Vec<_> = found
        .iter()
        .take(3)
        .map(|s| s.resources[0].resource_id)
        .collect();
    assert_eq!(first, [BEN, ANA, BEN]);
}

#[test]
fn a_time_is_offered_only_if_everything_it_takes_is_free() {
    let mut room = every_half_hour(BEN);
    room.resource.kind = ResourceKind::Room;
    room.claims = vec![claim(1, Times::of(60), "2027-03-01T09:30:00Z")];
    let mut clinic = Clinic::new(30, vec![every_half_hour(ANA), room]);
    clinic.kind.needs.push(Need {
        kind: ResourceKind::Room,
        which: appointment_type::Which::Any,
        count: 1,
    });
    assert_eq!(
        clinic.starts_on(MONDAY),
        ["09:00", "10:30", "11:00", "11:30"]
    );
    let taken = clinic.search().take(at("2027-03-01T09:00:00Z")).unwrap();
    let resources: Vec<_> = taken[0].resources.iter().map(|r| r.resource_id).collect();
    assert_eq!(resources, [ANA, BEN]);
}

#[test]
fn needs_of_one_kind_share_the_resources_so_that_each_gets_its_own() {
    let skilled = |who, skills: &[&str]| {
        let mut all = every_half_hour(who);
        all.resource.skills = skills.iter().map(|s| (*s).to_owned()).collect();
        all
    };
    let third = ResourceId(Uuid::from_u128(12));
    let mut clinic = Clinic::new(
        30,
        vec![
            skilled(ANA, &[]),
            skilled(BEN, &["audiometry"]),
            skilled(third, &[]),
        ],
    );
    clinic.kind.needs = vec![
        Need::one_provider(),
        Need::one_provider(),
        Need {
            which: appointment_type::Which::Skilled("audiometry".to_owned()),
            ..Need::one_provider()
        },
    ];
    let taken = clinic.search().take(at("2027-03-01T09:00:00Z")).unwrap();
    let of = |slot: &Slot| {
        slot.resources
            .iter()
            .map(|r| r.resource_id)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        taken.iter().map(of).collect::<Vec<_>>(),
        [vec![ANA, third, BEN], vec![third, ANA, BEN],]
    );
}

#[test]
fn a_person_is_busy_for_the_time_they_were_told() {
    let mut clinic = Clinic::new(30, vec![every_half_hour(ANA)]);
    let told = Times {
        shown_duration: 60,
        ..Times::of(30)
    };
    let other_visit = AppointmentId(Uuid::from_u128(7));
    clinic.person.busy = vec![(told.of_person(at("2027-03-01T10:00:00Z")), other_visit)];
    assert_eq!(
        clinic.starts_on(MONDAY),
        ["09:00", "09:30", "11:00", "11:30"]
    );
    let taken = clinic.search().take(at("2027-03-01T10:30:00Z"));
    assert_eq!(taken, Err(Refused::PersonBusy));
}

#[test]
fn a_visit_never_blocks_its_own_move() {
    let mut ana = morning(ANA);
    let own = claim(1, Times::of(30), "2027-03-01T10:00:00Z");
    let moving = own.appointment_id;
    ana.claims = vec![own];
    let mut clinic = Clinic::new(30, vec![ana]);
    let told = Times::of(30).of_person(at("2027-03-01T10:00:00Z"));
    clinic.person.busy = vec![(told, moving.unwrap())];
    assert!(clinic.search().take(at("2027-03-01T10:15:00Z")).is_err());
    clinic.moving = moving;
    assert!(clinic.search().take(at("2027-03-01T10:15:00Z")).is_ok());
}

#[test]
fn a_second_visit_of_a_type_waits_for_the_next_date() {
    let weekdays = [
        (Weekday::Mon, "09:00", "10:00"),
        (Weekday::Tue, "09:00", "10:00"),
    ];
    let mut clinic = Clinic::new(30, vec![calendar(schedule(ANA, &weekdays))]);
    clinic.person.visits = vec![(KIND, day(MONDAY))];
    let refused = clinic.search().take(at("2027-03-01T09:00:00Z"));
    assert_eq!(refused, Err(Refused::NotOffered(NotOffered::Limit)));
    assert!(clinic.search().take(at("2027-03-02T09:00:00Z")).is_ok());
}

#[test]
fn what_follows_a_visit_is_offered_in_the_hours_after_it_and_at_any_time_once_they_are_over() {
    let placed = AppointmentTypeId(Uuid::from_u128(77));
    let weekdays = [
        (Weekday::Mon, "09:00", "10:00"),
        (Weekday::Wed, "09:00", "10:00"),
        (Weekday::Thu, "09:00", "10:00"),
    ];
    let mut clinic = Clinic::new(30, vec![calendar(schedule(ANA, &weekdays))]);
    clinic.kind.after = Some(After {
        kind: placed,
        least_hours: 48,
        most_hours: 72,
    });
    let (monday, wednesday, thursday) = ("2027-03-01", "2027-03-03", "2027-03-04");
    assert_eq!(
        clinic.starts_on(monday).len(),
        3,
        "there is nothing to follow"
    );
    clinic.person.ends = vec![(placed, at("2027-03-01T09:15:00Z"))];
    assert_eq!(clinic.starts_on(monday), [""; 0]);
    assert_eq!(clinic.starts_on(wednesday), ["09:15", "09:30"]);
    assert_eq!(clinic.starts_on(thursday), ["09:00", "09:15"]);
    let early = clinic.search().take(at("2027-03-03T09:00:00Z"));
    assert_eq!(early, Err(Refused::NotOffered(NotOffered::NotInTurn)));
    clinic.audience = Audience::Clinic;
    assert_eq!(
        clinic.starts_on(wednesday).len(),
        3,
        "staff are not held to it"
    );

    clinic.audience = Audience::Employee;
    clinic.person.ends = vec![(placed, at("2026-12-01T09:15:00Z"))];
    assert_eq!(clinic.starts_on(monday).len(), 3, "too long ago to follow");
    clinic.person.ends = vec![(KIND, at("2027-03-01T09:15:00Z"))];
    assert_eq!(clinic.starts_on(monday).len(), 3, "something else");
}

#[test]
fn the_last_day_counts_from_today_through_leap_years() {
    let options = BookingOptions::default();
    assert_eq!(options.last_day(day("2028-01-01")), day("2028-03-01"));
    assert_eq!(options.last_day(day("2027-01-01")), day("2027-03-02"));
}

#[test]
fn a_full_day_cap_closes_the_day() {
    let mut ana = every_half_hour(ANA);
    ana.schedules[0].daily_cap = Some(1);
    let mut taken = claim(1, Times::of(30), "2027-03-01T09:00:00Z");
    taken.schedule_id = Some(ana.schedules[0].id);
    taken.hold_id = Some(HoldId(Uuid::from_u128(5)));
    ana.claims = vec![taken];
    let clinic = Clinic::new(30, vec![ana]);
    assert!(clinic.starts_on(MONDAY).is_empty());
    assert_eq!(clinic.starts_on("2027-03-08").len(), 6);
}

#[test]
fn staff_book_what_portal_users_are_not_offered() {
    let mut clinic = Clinic::new(30, vec![every_half_hour(ANA)]);
    clinic.kind.employee_bookable = false;
    clinic.kind.min_notice_to_book = 336;
    clinic.now = at("2027-03-01T08:00:00Z");
    assert!(clinic.starts_on(MONDAY).is_empty());
    clinic.audience = Audience::Clinic;
    assert_eq!(clinic.starts_on(MONDAY).len(), 6);
    clinic.now = at("2027-03-01T10:01:00Z");
    assert_eq!(clinic.starts_on(MONDAY), ["10:30", "11:00", "11:30"]);
}

#[test]
fn notice_to_book_is_met_exactly_at_its_limit() {
    let mut clinic = Clinic::new(30, vec![every_half_hour(ANA)]);
    clinic.kind.min_notice_to_book = 1;
    clinic.now = at("2027-03-01T09:00:00Z");
    assert_eq!(clinic.starts_on(MONDAY).first().unwrap(), "10:00");
    clinic.now = at("2027-03-01T09:00:01Z");
    assert_eq!(clinic.starts_on(MONDAY).first().unwrap(), "10:30");
}

#[test]
fn an_item_is_booked_from_its_visible_to_its_due_date() {
    let every_day =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed].map(|weekday| (weekday, "09:00", "09:30"));
    let mut clinic = Clinic::new(30, vec![calendar(schedule(ANA, &every_day))]);
    clinic.item = Some(Item {
        visible_date: Some(day("2027-03-02")),
        due_date: Some(day("2027-03-02")),
    });
    let dates = |clinic: &Clinic| {
        let found = clinic.search().slots(day("2027-03-01"), day("2027-03-03"));
        found.iter().map(|slot| slot.local_date).collect::<Vec<_>>()
    };
    assert_eq!(dates(&clinic), [day("2027-03-02")]);
    clinic.options.allow_past_due = true;
    assert_eq!(dates(&clinic), [day("2027-03-02"), day("2027-03-03")]);
}

#[test]
fn the_due_date_is_the_date_at_the_location() {
    let weekdays = [
        (Weekday::Tue, "00:00", "24:00"),
        (Weekday::Wed, "00:00", "24:00"),
    ];
    let mut clinic = Clinic::new(30, vec![calendar(schedule(ANA, &weekdays))]);
    clinic.zone = chrono_tz::America::Los_Angeles;
    clinic.item = Some(Item {
        visible_date: None,
        due_date: Some(day("2026-12-15")),
    });
    clinic.now = at("2026-12-16T07:30:00Z");
    assert!(clinic.search().take(at("2026-12-16T07:30:00Z")).is_ok());
    clinic.now = at("2026-12-16T08:00:00Z");
    assert_eq!(
        clinic.search().take(at("2026-12-16T08:00:00Z")),
        Err(Refused::NotOffered(NotOffered::PastDue))
    );
}

#[test]
fn supervisors_never_book_past_the_due_date() {
    let mut clinic = Clinic::new(30, vec![every_half_hour(ANA)]);
    clinic.kind.supervisor_bookable = true;
    clinic.options.allow_past_due = true;
    clinic.audience = Audience::Supervisor;
    clinic.item = Some(Item {
        visible_date: None,
        due_date: Some(day("2027-02-28")),
    });
    assert!(clinic.starts_on(MONDAY).is_empty());
    clinic.audience = Audience::Clinic;
    assert_eq!(clinic.starts_on(MONDAY).len(), 6);
}

#[test]
fn a_schedule_is_hidden_from_those_it_is_not_for_and_until_it_opens() {
    let mut ana = every_half_hour(ANA);
    ana.schedules[0].opens_at = Some(at("2027-02-01T00:00:00Z"));
    let mut clinic = Clinic::new(30, vec![ana.clone()]);
    assert!(clinic.starts_on(MONDAY).is_empty());
    clinic.now = at("2027-02-01T00:00:00Z");
    assert_eq!(clinic.starts_on(MONDAY).len(), 6);
    clinic.calendars[0].schedules[0].audience = vec![Audience::Clinic];
    assert!(clinic.starts_on(MONDAY).is_empty());
}

#[test]
fn the_list_of_days_opens_grows_and_reaches_the_first_free_day() {
    let today = day("2027-03-01");
    let plus = |days| today + Days::new(days);
    let all_at_once = BookingOptions::default();
    assert_eq!(all_at_once.reach().shown_until(today, 0, None), plus(60));
    let by_week = BookingOptions {
        days_before_showing: 7,
        ..BookingOptions::default()
    };
    assert_eq!(
        by_week.reach().shown_until(today, 0, Some(plus(2))),
        plus(6)
    );
    assert_eq!(
        by_week.reach().shown_until(today, 1, Some(plus(2))),
        plus(13)
    );
    assert_eq!(
        by_week.reach().shown_until(today, 0, Some(plus(20))),
        plus(20)
    );
    assert_eq!(by_week.reach().shown_until(today, 50, None), plus(60));
}

#[test]
fn a_search_spans_one_to_31_days() {
    let from = day("2027-03-01");
    assert!(search::check_span(from, from + Days::new(30)).is_ok());
    assert!(search::check_span(from, from + Days::new(31)).is_err());
    assert!(search::check_span(from, from - Days::new(1)).is_err());
}

#[test]
fn a_hold_for_moving_a_visit_takes_only_what_the_visit_does_not_have() {
    let times = Times::of(30);
    let mut ana = morning(ANA);
    ana.claims = vec![claim(1, times, "2027-03-01T10:00:00Z")];
    let own = [(ANA, 1, ana.claims[0].stretch)];
    let mut clinic = Clinic::new(30, vec![ana.clone()]);
    let quarter_past = at("2027-03-01T10:15:00Z");
    assert_eq!(clinic.search().take(quarter_past), Err(Refused::Taken));
    clinic.moving = ana.claims[0].appointment_id;
    let slot = clinic.search().take(quarter_past).unwrap().remove(0);
    let half_past = at("2027-03-01T10:30:00Z");
    let held: Vec<_> = slot.beyond(&own).resources;
    assert_eq!(
        held.iter().map(|part| part.claimed).collect::<Vec<_>>(),
        [Stretch::of_minutes(half_past, 15)]
    );
    let elsewhere = [(BEN, 1, own[0].2), (ANA, 2, own[0].2)];
    assert_eq!(slot.beyond(&elsewhere), slot, "neither is its own place");
}

#[test]
fn a_visit_that_is_moved_stays_in_its_lane_where_it_can() {
    let times = Times::of(30);
    let mut ana = morning(ANA);
    ana.claims = vec![claim(2, times, "2027-03-01T10:00:00Z")];
    let moving = ana.claims[0].appointment_id;
    let later = times.of_resource(at("2027-03-01T10:15:00Z"));
    assert_eq!(ana.free_lane(later, 2, moving), Some(2));
    assert_eq!(
        ana.free_lane(later, 1, moving),
        Some(1),
        "a lane beyond the capacity is none"
    );
    ana.claims.push(Claim {
        appointment_id: None,
        ..claim(2, times, "2027-03-01T10:30:00Z")
    });
    assert_eq!(ana.free_lane(later, 2, moving), Some(1));
}

#[test]
fn what_others_cover_is_cut_out_of_a_stretch() {
    let of = |from: &str, until: &str| Stretch {
        from: at(&format!("2027-03-01T{from}:00Z")),
        until: at(&format!("2027-03-01T{until}:00Z")),
    };
    let whole = of("10:00", "11:00");
    assert_eq!(whole.without(&[]), [whole]);
    assert_eq!(whole.without(&[of("09:00", "10:00")]), [whole]);
    assert_eq!(
        whole.without(&[of("10:15", "10:30")]),
        [of("10:00", "10:15"), of("10:30", "11:00")]
    );
    assert_eq!(
        whole.without(&[of("09:00", "10:20"), of("10:40", "12:00")]),
        [of("10:20", "10:40")]
    );
    assert!(whole.without(&[of("09:00", "12:00")]).is_empty());
}
