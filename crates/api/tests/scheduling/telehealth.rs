//! Visits online: where the person will be, who may see them there, and the link.

use super::*;

/// Monday 1 March 2027, 16:00 in Fort Wayne: when the nurse begins to see people by video.
const MONDAY_FOUR: &str = "2027-03-01T21:00:00Z";

async fn online(client: &Client, region: Option<&str>) -> Vec<Slot> {
    let query = SlotsQuery {
        appointment_type_id: VIDEO,
        location: None,
        resource: None,
        modality: Some(Modality::Telehealth),
        region: region.map(str::to_owned),
        item: None,
        moving: None,
        from: day("2027-03-01"),
        to: day("2027-03-01"),
        limit: None,
        cursor: None,
    };
    client.list_my_slots(&query).await.expect("slots").items
}

fn in_region(slot: &Slot, region: Option<&str>) -> HoldSlot {
    HoldSlot {
        region: region.map(str::to_owned),
        ..wish(VIDEO, slot)
    }
}

async fn book_online(client: &Client) -> Appointment {
    let first = online(client, Some("US-IN")).await.remove(0);
    let held = client
        .hold_my_slot(&new_key(), &in_region(&first, Some("US-IN")))
        .await
        .expect("a hold");
    let command = BookAppointment {
        hold_id: held.id,
        comment: None,
    };
    let booked = client.book_my_appointment(&new_key(), &command).await;
    booked.expect("a booking").value
}

fn pointer(error: &Error) -> String {
    let problem = error.problem().expect("a problem");
    let first = problem.errors.first();
    first.map(|field| field.pointer.clone()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn times_online_are_offered_only_where_the_provider_may_see_people() {
    let app = start().await;
    let employee = app.employee().await;
    let inside = online(&employee, Some("US-IN")).await;
    assert_eq!(inside[0].starts_at, instant(MONDAY_FOUR));
    assert_eq!(online(&employee, Some("US-TX")).await, []);
    assert_eq!(online(&employee, None).await, []);

    let elsewhere = employee
        .hold_my_slot(&new_key(), &in_region(&inside[0], Some("US-TX")))
        .await
        .expect_err("outside");
    assert!(elsewhere.is(REGION_NOT_COVERED), "{}", slug(&elsewhere));
    assert_eq!(pointer(&elsewhere), "/region");
    for nowhere in [None, Some("Indiana")] {
        let refused = employee
            .hold_my_slot(&new_key(), &in_region(&inside[0], nowhere))
            .await
            .expect_err("nobody knows where");
        assert_eq!(refused.problem().map(|problem| problem.status), Some(422));
        assert_eq!(pointer(&refused), "/region");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_person_will_be_stays_with_the_visit_also_when_it_moves() {
    let app = start().await;
    let employee = app.employee().await;
    let free = online(&employee, Some("US-IN")).await;
    let booked = book_online(&employee).await;
    assert_eq!(booked.region.as_deref(), Some("US-IN"));
    assert_eq!(booked.check_in_code, None, "there is no door online");

    let later = HoldSlot {
        starts_at: booked.starts_at + TimeDelta::minutes(30),
        moving: Some(booked.id),
        ..in_region(&free[0], None)
    };
    let held = employee.hold_my_slot(&new_key(), &later).await;
    let command = MoveAppointment {
        hold_id: held.expect("a hold").id,
    };
    let moved = employee
        .move_my_appointment(booked.id, booked.version, &command)
        .await
        .expect("a move")
        .value;
    assert_eq!(moved.region.as_deref(), Some("US-IN"));
    let clinic = app.clinician().await;
    let seen = clinic
        .get_appointment(booked.id)
        .await
        .expect("there")
        .value;
    assert_eq!(seen.region.as_deref(), Some("US-IN"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_is_shown_from_a_quarter_before_the_start_until_half_an_hour_after_the_end() {
    let app = start().await;
    let employee = app.employee().await;
    let booked = book_online(&employee).await;
    let opens = booked.starts_at - TimeDelta::minutes(15);
    let closes = booked.ends_at + TimeDelta::minutes(30);
    let joining = booked.joining.expect("it can be joined some time");
    assert_eq!(
        (joining.opens_at, joining.closes_at, joining.open),
        (opens, closes, false)
    );

    app.state.clock.set(opens - TimeDelta::minutes(1));
    let early = employee.get_my_join_link(booked.id).await;
    let early = early.expect_err("too early");
    assert!(early.is(WRONG_STATE), "{}", slug(&early));
    let sent = serde_json::to_value(early.problem()).expect("JSON");
    assert_eq!(sent["opens_at"], serde_json::json!(opens));

    for at in [opens, closes - TimeDelta::minutes(1)] {
        app.state.clock.set(at);
        let link = employee.get_my_join_link(booked.id).await.expect("open");
        assert_eq!(link.url, format!("https://video.example/lee/{}", booked.id));
        let seen = employee.get_my_appointment(booked.id).await.expect("mine");
        assert!(seen.value.joining.is_some_and(|joining| joining.open));
    }
    app.state.clock.set(closes + TimeDelta::seconds(1));
    let late = employee.get_my_join_link(booked.id).await;
    let late = late.expect_err("too late");
    assert!(late.is(WRONG_STATE), "{}", slug(&late));
    let sent = serde_json::to_value(late.problem()).expect("JSON");
    assert_eq!(sent.get("opens_at"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_gets_the_link_and_a_visit_in_person_has_none() {
    let app = start().await;
    let employee = app.employee().await;
    let booked = book_online(&employee).await;
    app.state.clock.set(booked.starts_at);
    let other = app.employee2().await;
    let foreign = other.get_my_join_link(booked.id).await;
    let foreign = foreign.expect_err("somebody else's");
    assert!(foreign.is(NOT_FOUND), "{}", slug(&foreign));
    let free = slots(&other, FIT, "2027-03-08", 1).await;
    let here = book(&other, FIT, &free[0]).await.expect("a booking");
    assert_eq!(here.joining, None);
    app.state.clock.set(here.starts_at);
    let none = other.get_my_join_link(here.id).await;
    let none = none.expect_err("in person");
    assert!(none.is(NOT_FOUND), "{}", slug(&none));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_clinician_sets_the_region_aside() {
    let app = start().await;
    let free = online(&app.employee().await, Some("US-IN")).await;
    let wanted = BookForPerson {
        region: Some("US-TX".to_owned()),
        ..for_person(TestApp::worker(2), VIDEO, &free[0])
    };
    let aside = BookForPerson {
        set_aside: Some(OverrideRules {
            kinds: vec![Override::Region],
            reason: "Licensed there since last week.".to_owned(),
        }),
        ..wanted.clone()
    };
    let desk = app.scheduler().await;
    for command in [&wanted, &aside] {
        let refused = desk.book_appointment(&new_key(), command).await;
        let refused = refused.expect_err("not the front desk");
        assert!(refused.is(REGION_NOT_COVERED), "{}", slug(&refused));
    }
    let clinician = app.clinician().await;
    let refused = clinician.book_appointment(&new_key(), &wanted).await;
    let refused = refused.expect_err("without its name");
    assert!(refused.is(OVERRIDE_NEEDED), "{}", slug(&refused));
    let sent = serde_json::to_value(refused.problem()).expect("JSON");
    assert_eq!(sent["kinds"], serde_json::json!(["region"]));
    let booked = clinician.book_appointment(&new_key(), &aside).await;
    let booked = booked.expect("forced").value;
    let noted = booked.set_aside.expect("the mark");
    assert_eq!(noted.kinds, [Override::Region]);
    let unknown = BookForPerson {
        region: None,
        ..wanted
    };
    let refused = clinician.book_appointment(&new_key(), &unknown).await;
    assert_eq!(
        pointer(&refused.expect_err("nobody knows where")),
        "/region"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_front_desk_says_where_a_provider_sees_people_and_the_trail_keeps_it() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let all = clinic.list_resources(&SetupQuery::default()).await;
    let all = all.expect("resources").items;
    let nurse = all.iter().find(|one| one.name == "J. Lee, RN");
    let nurse = nurse.expect("the nurse").clone();
    let unsafe_link = ChangeResource {
        join_link: Some(Some("http://video.example/lee".to_owned())),
        regions: Some(vec!["US-IN".to_owned(), "Ohio".to_owned()]),
        ..ChangeResource::default()
    };
    let refused = clinic
        .change_resource(nurse.id, nurse.version, &unsafe_link)
        .await
        .expect_err("neither is right");
    let problem = refused.problem().expect("a problem");
    let pointers: Vec<_> = problem
        .errors
        .iter()
        .map(|one| one.pointer.as_str())
        .collect();
    assert_eq!(pointers, ["/join_link", "/regions/1"]);

    let change = ChangeResource {
        join_link: Some(Some("https://video.example/rooms/7".to_owned())),
        regions: Some(Vec::new()),
        ..ChangeResource::default()
    };
    let changed = clinic
        .change_resource(nurse.id, nurse.version, &change)
        .await
        .expect("changed")
        .value;
    assert_eq!(
        changed.join_link.as_deref(),
        Some("https://video.example/rooms/7")
    );
    assert!(changed.regions.is_empty());
    let stale = clinic
        .change_resource(nurse.id, nurse.version, &change)
        .await;
    assert!(stale.expect_err("stale").is(VERSION_CONFLICT));
    let anywhere = online(&app.employee().await, Some("US-TX")).await;
    assert!(!anywhere.is_empty());
    let trail =
        "SELECT count(*)::text FROM setup_revisions WHERE kind = 'resource' AND act = 'changed'";
    assert_eq!(app.database.text(trail).await, "1");
}
