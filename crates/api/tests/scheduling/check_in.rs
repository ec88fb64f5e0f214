//! Checking in at a clinic's door with the code of the visit.

use super::*;
use salus_types::ids::LocationId;

fn at_door(code: &str, location_id: LocationId) -> CheckInAtDoor {
    CheckInAtDoor {
        code: code.to_owned(),
        location_id,
    }
}

async fn booked_with_code(app: &TestApp) -> (Client, Appointment, String) {
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    let code = booked.check_in_code.clone().expect("a code");
    (employee, booked, code)
}

/// The same length, and not the code.
fn another(code: &str) -> String {
    let turned = code.chars().map(|c| match c {
        '-' => '-',
        '0' => '1',
        _ => '0',
    });
    turned.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_checks_in_around_the_start_and_typing_it_twice_is_typing_it_once() {
    let app = start().await;
    let (employee, booked, code) = booked_with_code(&app).await;
    let door = app.anonymous();
    let place = booked.place.id;
    // The portal opens check-in six hours before the start.
    app.state
        .clock
        .set(booked.starts_at - TimeDelta::hours(6) - TimeDelta::minutes(1));
    let early = door.check_in_at_door(&at_door(&code, place)).await;
    let early = early.expect_err("too early");
    assert!(early.is(CHECK_IN_CLOSED), "{}", slug(&early));

    let came = booked.starts_at - TimeDelta::hours(6);
    app.state.clock.set(came);
    let typed = code.to_lowercase().replace('-', " ");
    let here = door.check_in_at_door(&at_door(&typed, place)).await;
    let here = here.expect("checked in");
    assert!(came <= here.checked_in_at && here.checked_in_at < came + TimeDelta::minutes(1));
    app.state.clock.set(booked.starts_at);
    let again = door.check_in_at_door(&at_door(&code, place)).await;
    assert_eq!(again.expect("as before"), here);

    let mine = employee.get_my_appointment(booked.id).await.expect("mine");
    assert_eq!(mine.value.state, State::CheckedIn);
    assert_eq!(mine.value.check_in_code, None);
    let trail = format!(
        "SELECT string_agg(DISTINCT operation, ',') FROM audit_events WHERE '{}' = ANY(object_ids) AND 'state' = ANY(fields)",
        booked.id
    );
    assert_eq!(app.database.text(&trail).await, "check_in_at_door");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_code_has_the_same_answer_wherever_it_is_typed() {
    let app = start().await;
    let (_, booked, code) = booked_with_code(&app).await;
    app.state.clock.set(booked.starts_at);
    let door = app.anonymous();
    let nowhere = LocationId(uuid::Uuid::from_u128(7));
    let tries = [
        at_door(&another(&code), booked.place.id),
        at_door("", booked.place.id),
        at_door("not a code at all", booked.place.id),
        at_door(&code, nowhere),
    ];
    for wrong in &tries {
        let refused = door.check_in_at_door(wrong).await.expect_err("wrong");
        let problem = refused.problem().expect("a problem");
        assert_eq!((problem.slug(), problem.status), ("not-found", 404));
        assert!(problem.more.is_empty() && problem.errors.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_was_given_back_and_one_of_another_day_have_no_code_at_the_door() {
    let app = start().await;
    let (employee, booked, code) = booked_with_code(&app).await;
    let door = app.anonymous();
    let place = booked.place.id;
    app.state.clock.set(booked.starts_at - TimeDelta::hours(30));
    let other_day = door.check_in_at_door(&at_door(&code, place)).await;
    assert!(other_day.expect_err("tomorrow's").is(NOT_FOUND));
    employee
        .cancel_my_appointment(booked.id, booked.version, &ill())
        .await
        .expect("given back");
    app.state.clock.set(booked.starts_at);
    let given_back = door.check_in_at_door(&at_door(&code, place)).await;
    assert!(given_back.expect_err("given back").is(NOT_FOUND));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_door_at_which_too_many_wrong_codes_were_typed_takes_none_for_a_while() {
    let app = start().await;
    let (_, booked, code) = booked_with_code(&app).await;
    app.state.clock.set(booked.starts_at);
    let door = app.anonymous();
    let place = booked.place.id;
    for _ in 0..30 {
        let refused = door
            .check_in_at_door(&at_door(&another(&code), place))
            .await;
        assert!(refused.expect_err("wrong").is(NOT_FOUND));
    }
    let refused = door.check_in_at_door(&at_door(&code, place)).await;
    let refused = refused.expect_err("even the right one");
    assert!(refused.is(CHECK_IN_LOCKED), "{}", slug(&refused));
}
