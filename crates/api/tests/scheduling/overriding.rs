//! Rules that staff set aside, by their names and with a reason.

use super::*;

const WHY: &str = "The inspector leaves tomorrow.";

async fn told(app: &TestApp, query: &str) -> String {
    app.database.text(query).await
}

fn with(kinds: &[Override], command: &BookForPerson) -> BookForPerson {
    BookForPerson {
        set_aside: Some(OverrideRules {
            kinds: kinds.to_vec(),
            reason: WHY.to_owned(),
        }),
        ..command.clone()
    }
}

fn kinds(error: &Error) -> serde_json::Value {
    let problem = error.problem().expect("a problem");
    let sent = serde_json::to_value(problem).expect("JSON");
    sent["kinds"].clone()
}

/// Monday at eight is somebody's; with whom, and for whom else it is wanted.
async fn taken_at_eight(app: &TestApp) -> (Client, Appointment, BookForPerson) {
    let first = app.employee().await;
    let eight = slots(&first, FIT, "2027-03-01", 1).await.remove(0);
    let booked = book(&first, FIT, &eight).await.expect("a booking");
    let wanted = BookForPerson {
        resource_id: booked.resources.first().map(|lead| lead.id),
        ..for_person(TestApp::worker(2), FIT, &eight)
    };
    (app.scheduler().await, booked, wanted)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_time_is_taken_again_only_by_name_with_a_reason_and_where_there_is_an_extra_lane() {
    let app = start().await;
    let (clinic, first, wanted) = taken_at_eight(&app).await;
    let refused = clinic.book_appointment(&new_key(), &wanted).await;
    let refused = refused.expect_err("no extra lane");
    assert!(refused.is(SLOT_TAKEN), "{}", slug(&refused));

    app.database
        .execute("UPDATE schedules SET overbook = 1")
        .await;
    let refused = clinic.book_appointment(&new_key(), &wanted).await;
    let refused = refused.expect_err("without its name");
    assert!(refused.is(OVERRIDE_NEEDED), "{}", slug(&refused));
    assert_eq!(kinds(&refused), serde_json::json!(["double_book"]));

    let mut short = with(&[Override::DoubleBook], &wanted);
    if let Some(rules) = &mut short.set_aside {
        rules.reason = "  because ".to_owned();
    }
    let refused = clinic.book_appointment(&new_key(), &short).await;
    let refused = refused.expect_err("without a reason");
    assert!(refused.is(OVERRIDE_REASON_REQUIRED), "{}", slug(&refused));

    let more = with(&[Override::DoubleBook, Override::OverCap], &wanted);
    let refused = clinic.book_appointment(&new_key(), &more).await;
    let refused = refused.expect_err("more than needed");
    let problem = refused.problem().expect("a problem");
    assert_eq!(problem.status, 422);
    assert_eq!(problem.errors[0].pointer, "/override/kinds");

    let double = with(&[Override::DoubleBook], &wanted);
    let booked = clinic.book_appointment(&new_key(), &double).await;
    let booked = booked.expect("forced").value;
    let noted = booked.set_aside.expect("the mark");
    assert_eq!(
        (noted.kinds.as_slice(), noted.reason.as_str()),
        (&[Override::DoubleBook][..], WHY)
    );
    let lanes = "SELECT string_agg(lane::text, ',' ORDER BY lane) FROM claims c JOIN resources r ON r.id = c.resource_id
        WHERE r.kind = 'provider'";
    assert_eq!(told(&app, lanes).await, "1,101");
    let trail = "SELECT reason || ' ' || array_to_string(fields, ',') FROM audit_events WHERE reason IS NOT NULL";
    assert_eq!(
        told(&app, trail).await,
        format!("{WHY} override.double_book,override.beside.{}", first.id)
    );

    let third = BookForPerson {
        person_id: TestApp::worker(3),
        ..double
    };
    let refused = clinic.book_appointment(&new_key(), &third).await;
    let refused = refused.expect_err("the extra lane is taken too");
    assert!(refused.is(SLOT_TAKEN), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_outside_the_hours_bears_a_mark_until_it_moves_into_them() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let eight = slots(&app.employee2().await, FIT, "2027-03-01", 1)
        .await
        .remove(0);
    let wanted = BookForPerson {
        starts_at: instant("2027-03-02T00:30:00Z"),
        ..for_person(TestApp::worker(2), FIT, &eight)
    };
    let refused = clinic.book_appointment(&new_key(), &wanted).await;
    let refused = refused.expect_err("half past seven in the evening");
    assert_eq!(kinds(&refused), serde_json::json!(["outside_hours"]));
    let late = with(&[Override::OutsideHours], &wanted);
    let late = clinic.book_appointment(&new_key(), &late).await;
    let late = late.expect("forced").value;
    assert!(late.set_aside.is_some());

    let into = MoveForPerson {
        starts_at: eight.starts_at,
        location_id: eight.location_id,
        modality: eight.modality,
        region: None,
        resource_id: None,
        set_aside: None,
    };
    let moved = clinic.move_appointment(late.id, late.version, &into).await;
    let moved = moved.expect("a move").value;
    assert_eq!(moved.set_aside, None);
    let out = MoveForPerson {
        starts_at: late.starts_at,
        ..into
    };
    let refused = clinic.move_appointment(moved.id, moved.version, &out).await;
    let refused = refused.expect_err("out again");
    assert_eq!(kinds(&refused), serde_json::json!(["outside_hours"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_forced_is_taken_up_again_with_its_mark_and_as_long_as_it_was() {
    let app = start().await;
    let (clinic, _, wanted) = taken_at_eight(&app).await;
    app.database
        .execute("UPDATE schedules SET overbook = 1")
        .await;
    let double = with(&[Override::DoubleBook], &wanted);
    let forced = clinic.book_appointment(&new_key(), &double).await;
    let forced = forced.expect("forced").value;
    let gone = clinic.cancel_appointment(forced.id, forced.version, &ill());
    let gone = gone.await.expect("given back").value;
    // By now the kind takes longer.
    let kind = clinic.get_appointment_type(FIT).await.expect("it").value;
    let longer = ChangeAppointmentType {
        duration: Some(60),
        ..ChangeAppointmentType::default()
    };
    let changed = clinic.change_appointment_type(FIT, kind.version, &longer);
    changed.await.expect("changed");

    let again = clinic.undo_cancellation(gone.id, gone.version).await;
    let again = again.expect("taken up again").value;
    assert_eq!(again.state, State::Booked);
    assert_eq!(again.ends_at, forced.ends_at);
    assert_eq!(again.resources, forced.resources);
    assert_eq!(again.set_aside, forced.set_aside);
    let lanes = "SELECT string_agg(lane::text, ',' ORDER BY lane) FROM claims c JOIN resources r ON r.id = c.resource_id
        WHERE r.kind = 'provider'";
    assert_eq!(told(&app, lanes).await, "1,101");
    let taken = "SELECT string_agg(DISTINCT extract(epoch FROM ends_at - starts_at)::int::text, ',') FROM claims";
    assert_eq!(told(&app, taken).await, "1800");
    let trail = "SELECT array_to_string(fields, ',') FROM audit_events
        WHERE operation = 'undo_cancellation' AND 'state' = ANY(fields)";
    assert_eq!(told(&app, trail).await, "state,override.double_book");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_puts_a_person_in_two_places_or_into_the_past() {
    let app = start().await;
    let (clinic, first, wanted) = taken_at_eight(&app).await;
    let twice = BookForPerson {
        person_id: TestApp::worker(4),
        appointment_type_id: AUDIO,
        starts_at: first.starts_at + TimeDelta::minutes(25),
        resource_id: None,
        ..wanted.clone()
    };
    let all = Override::ALL;
    let refused = clinic
        .book_appointment(&new_key(), &with(all, &twice))
        .await;
    let refused = refused.expect_err("elsewhere already");
    assert!(refused.is(PERSON_BUSY), "{}", slug(&refused));
    let past = BookForPerson {
        starts_at: instant("2027-02-22T12:00:00Z"),
        ..wanted
    };
    let refused = clinic.book_appointment(&new_key(), &with(all, &past)).await;
    let refused = refused.expect_err("an hour ago");
    assert!(refused.is(SLOT_NOT_OFFERED), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_three_at_a_time_the_fourth_is_forced_into_lane_101_and_the_fifth_nowhere() {
    let app = start().await;
    app.database
        .execute("UPDATE schedules SET capacity = 3, overbook = 1")
        .await;
    let employee = app.employee().await;
    let eight = slots(&employee, FIT, "2027-03-01", 1).await.remove(0);
    let clinic = app.scheduler().await;
    for person in [2, 3, 5] {
        let command = for_person(TestApp::worker(person), FIT, &eight);
        let booked = clinic.book_appointment(&new_key(), &command).await;
        booked.expect("one of three");
    }
    let refused = hold(&employee, FIT, &eight).await;
    let refused = refused.expect_err("the fourth");
    assert!(refused.is(SLOT_TAKEN), "{}", slug(&refused));

    let fourth = for_person(TestApp::worker(4), FIT, &eight);
    let refused = clinic.book_appointment(&new_key(), &fourth).await;
    let refused = refused.expect_err("without its name");
    assert_eq!(kinds(&refused), serde_json::json!(["double_book"]));
    let forced = with(&[Override::DoubleBook], &fourth);
    let forced = clinic.book_appointment(&new_key(), &forced).await;
    forced.expect("the fourth, forced");
    let lanes = "SELECT string_agg(lane::text, ',' ORDER BY lane) FROM claims c JOIN resources r ON r.id = c.resource_id
        WHERE r.kind = 'provider'";
    assert_eq!(told(&app, lanes).await, "1,2,3,101");

    let fifth = for_person(TestApp::worker(7), FIT, &eight);
    let fifth = with(&[Override::DoubleBook], &fifth);
    let refused = clinic.book_appointment(&new_key(), &fifth).await;
    let refused = refused.expect_err("the fifth");
    assert!(refused.is(SLOT_TAKEN), "{}", slug(&refused));
}
