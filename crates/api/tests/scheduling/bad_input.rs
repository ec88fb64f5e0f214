//! What is not taken: where it is wrong, when to try again, and what is kept all the same.

use super::requests::asking;
use super::team::set_option;
use super::*;
use salus_types::problem::{IDEMPOTENCY_KEY_REUSED, PRECONDITION_REQUIRED};

const MONDAY: &str = "2027-03-01";

/// Status, slug, and the first wrong field with what is wrong there.
fn told(refused: &Error) -> String {
    let problem = refused.problem().expect("a problem");
    let field = problem.errors.first().expect("a wrong field");
    let (status, slug) = (problem.status, problem.slug());
    format!("{status} {slug} {} {}", field.pointer, field.code)
}

/// Makes the portal want something written with every fit test.
async fn fit_tests_need_a_comment(app: &TestApp) {
    let kinds = format!("[\"{FIT}\"]");
    let option = "comment_required_types";
    set_option(app, "northwind", "appointments", option, &kinds).await;
}

/// Nothing, and what is nothing once it is trimmed.
fn nothing_written() -> [Option<String>; 3] {
    [None, Some(String::new()), Some(" \n\t ".to_owned())]
}

/// So many characters of two bytes each.
fn written(characters: usize) -> Option<String> {
    Some("é".repeat(characters))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_that_needs_a_comment_is_not_booked_without_one_and_the_time_stays_kept() {
    let app = start().await;
    fit_tests_need_a_comment(&app).await;
    let employee = app.employee().await;
    let kinds = employee.list_my_appointment_types().await.expect("kinds");
    let kinds = kinds.items.iter().filter(|kind| kind.comment_required);
    assert_eq!(kinds.map(|kind| kind.id).collect::<Vec<_>>(), [FIT]);
    let free = slots(&employee, FIT, MONDAY, 1).await;
    let held = hold(&employee, FIT, &free[0]).await.expect("a hold");
    let book = async |comment: Option<String>| {
        let command = BookAppointment {
            hold_id: held.id,
            comment,
        };
        employee.book_my_appointment(&new_key(), &command).await
    };
    for comment in nothing_written() {
        let refused = book(comment).await.expect_err("nothing is said");
        assert_eq!(told(&refused), "422 comment-required /comment required");
    }
    let refused = book(written(501)).await.expect_err("too much");
    assert_eq!(told(&refused), "422 invalid /comment too_long");
    let booked = book(written(500)).await.expect("a booking").value;
    assert_eq!(booked.comment, written(500));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_one_part_of_a_plan_needs_a_comment_all_of_it_does() {
    let app = TestApp::start().await;
    fit_tests_need_a_comment(&app).await;
    let employee = app.employee().await;
    let plans = employee.list_my_visit_plans().await.expect("plans");
    let plan = plans.items.first().expect("a plan");
    assert!(plan.comment_required);
    let book = async |comment: Option<String>| {
        let command = BookVisitPlan { comment };
        let booked = employee.book_my_visit_plan(&new_key(), &plan.id, &command);
        booked.await
    };
    for comment in nothing_written() {
        let refused = book(comment).await.expect_err("nothing is said");
        assert_eq!(told(&refused), "422 comment-required /comment required");
    }
    let refused = book(written(501)).await.expect_err("too much");
    assert_eq!(told(&refused), "422 invalid /comment too_long");
    let none = "SELECT count(*)::text FROM appointments";
    assert_eq!(app.database.text(none).await, "0");
    let booked = book(written(500)).await.expect("a booking").value;
    assert!(booked.items.iter().all(|one| one.comment == written(500)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_that_needs_a_comment_is_not_asked_for_without_one_either() {
    let app = start().await;
    fit_tests_need_a_comment(&app).await;
    let employee = app.employee().await;
    let ask = async |comment: Option<String>| {
        let command = RequestAppointment {
            comment,
            ..asking()
        };
        employee.request_my_appointment(&new_key(), &command).await
    };
    for comment in nothing_written() {
        let refused = ask(comment).await.expect_err("nothing is said");
        assert_eq!(told(&refused), "422 comment-required /comment required");
    }
    let refused = ask(written(1001)).await.expect_err("too much");
    assert_eq!(told(&refused), "422 invalid /comment too_long");
    let sent =
        "SELECT count(*)::text FROM outbox_events WHERE kind = 'appointment_request.received'";
    assert_eq!(app.database.text(sent).await, "0");
    let asked = ask(written(1000)).await.expect("a request").value;
    assert_eq!(asked.comment, written(1000));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_kept_ten_times_within_an_hour_is_told_when_the_next_one_can_be_kept() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, MONDAY, 1).await;
    for n in 0..10 {
        hold(&employee, FIT, &free[n % 2]).await.expect("a hold");
    }
    let request = employee.request(Method::POST, "/api/v1/me/slot-holds");
    let request = request.expect("a request").json(&wish(FIT, &free[0]));
    let request = request.header("idempotency-key", new_key());
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 429);
    let seconds = answer.headers()["retry-after"].to_str().expect("text");
    let seconds: i64 = seconds.parse().expect("a number");
    assert!((3_000..=3_601).contains(&seconds), "{seconds}");
    let body: serde_json::Value = answer.json().await.expect("JSON");
    assert_eq!(body["type"], "/problems/hold-limit");

    let clock = &app.state.clock;
    clock.set(clock.now() + TimeDelta::seconds(seconds));
    hold(&employee, FIT, &free[0])
        .await
        .expect("the first is an hour old");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_start_that_is_offered_for_that_kind_of_visit_can_be_kept() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, MONDAY, 1).await;
    // Half past eleven: half an hour fits in before lunch, three quarters do not.
    let before_lunch = "2027-03-01T16:30:00Z";
    let is_free = |start: &str| free.iter().any(|slot| slot.starts_at == instant(start));
    assert!(is_free(before_lunch));
    for (kind, start) in [
        (PHYS, before_lunch),
        // Off the grid: by minutes, and by a step that another grid could have.
        (FIT, "2027-03-01T13:07:00Z"),
        (FIT, "2027-03-01T13:05:00Z"),
        (FIT, "2027-03-01T13:00:01Z"),
        // At night, an hour ago, and further ahead than can be searched.
        (FIT, "2027-03-01T08:00:00Z"),
        (FIT, "2027-02-22T12:00:00Z"),
        (FIT, "2027-06-07T12:00:00Z"),
    ] {
        let slot = Slot {
            starts_at: instant(start),
            ..free[0].clone()
        };
        let refused = hold(&employee, kind, &slot).await.expect_err(start);
        assert_eq!(
            told(&refused),
            "422 slot-not-offered /starts_at not_offered",
            "{start}"
        );
    }
    let kept = "SELECT count(*)::text FROM claims";
    assert_eq!(app.database.text(kept).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_with_two_bookings_is_refused_and_books_once() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, MONDAY, 1).await;
    let held = hold(&employee, FIT, &free[0]).await.expect("a hold");
    let (key, first) = (
        new_key(),
        BookAppointment {
            hold_id: held.id,
            comment: None,
        },
    );
    let booked = employee.book_my_appointment(&key, &first).await;
    let booked = booked.expect("a booking").value;
    let other = BookAppointment {
        comment: Some("I wear glasses.".to_owned()),
        ..first
    };
    let refused = employee.book_my_appointment(&key, &other).await;
    let refused = refused.expect_err("something else");
    assert!(refused.is(IDEMPOTENCY_KEY_REUSED), "{}", slug(&refused));
    assert_eq!(refused.status(), Some(422));
    let once = "SELECT (SELECT count(*) FROM appointments) || ' ' \
        || (SELECT count(*) FROM outbox_events WHERE kind = 'appointment.booked')";
    assert_eq!(app.database.text(once).await, "1 1");
    let same = employee.get_my_appointment(booked.id).await.expect("it");
    assert_eq!(same.value, booked);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_a_visit_back_without_saying_which_version_they_read() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, MONDAY, 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    for (client, side) in [
        (&employee, "me"),
        (&app.supervisor().await, "team"),
        (&app.scheduler().await, "clinic"),
    ] {
        let path = format!("/api/v1/{side}/appointments/{}/cancellation", booked.id);
        let request = client.request(Method::POST, &path).expect("a request");
        let refused = client.send(request.json(&ill())).await;
        let refused = refused.expect_err("no version");
        assert!(refused.is(PRECONDITION_REQUIRED), "{}", slug(&refused));
        assert_eq!(refused.status(), Some(428), "{side}");
    }
    let same = employee.get_my_appointment(booked.id).await.expect("it");
    assert_eq!(same.value, booked);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_visit_is_not_there_and_every_attempt_is_in_the_trail() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, MONDAY, 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    for name in ["employee2", "other-employee", "foreign-employee"] {
        let other = app.signed_in(name).await;
        let seen = other.get_my_appointment(booked.id).await;
        let given_back = other.cancel_my_appointment(booked.id, booked.version, &ill());
        for refused in [seen.err(), given_back.await.err()] {
            let refused = refused.expect(name);
            assert!(refused.is(NOT_FOUND), "{name}: {}", slug(&refused));
        }
    }
    let foreign = app.signed_in("foreign-clinician").await;
    let refused = foreign.get_appointment(booked.id).await;
    assert!(refused.expect_err("elsewhere").is(NOT_FOUND));
    for (operation, act, attempts) in [
        ("get_my_appointment", "read", "3 3"),
        ("cancel_my_appointment", "change", "3 3"),
        ("get_appointment", "read", "1 1"),
    ] {
        let trail = format!(
            "SELECT count(*) || ' ' || count(DISTINCT account_id) FROM audit_events
              WHERE operation = '{operation}' AND act = '{act}' AND outcome = 'denied' AND '{}' = ANY(object_ids)",
            booked.id
        );
        assert_eq!(app.database.text(&trail).await, attempts, "{operation}");
    }
    let same = employee.get_my_appointment(booked.id).await.expect("it");
    assert_eq!(same.value, booked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_does_not_end_before_it_begins() {
    let app = start().await;
    let query = SlotsQuery {
        appointment_type_id: FIT,
        location: None,
        resource: None,
        modality: None,
        region: None,
        item: None,
        moving: None,
        from: day("2027-03-02"),
        to: day(MONDAY),
        limit: None,
        cursor: None,
    };
    let refused = app.employee().await.list_my_slots(&query).await;
    let refused = refused.expect_err("backwards");
    assert!(refused.is(SEARCH_WINDOW_TOO_WIDE), "{}", slug(&refused));
    assert_eq!(refused.status(), Some(422));
}
