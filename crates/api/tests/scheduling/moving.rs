//! Another time for a visit: what a move takes, keeps and refuses.

use super::*;
use futures_util::future::join;

const QUARTER_PAST: &str = "2027-03-01T13:15:00Z";

/// The free time of that day that starts then, for a visit that is moved.
async fn free_at(client: &Client, visit: &Appointment, start: &str) -> Slot {
    let start = instant(start);
    let query = SlotsQuery {
        appointment_type_id: visit.appointment_type_id,
        location: None,
        resource: None,
        modality: None,
        region: None,
        item: None,
        moving: Some(visit.id),
        from: start.date_naive(),
        to: start.date_naive(),
        limit: Some(200),
        cursor: None,
    };
    let free = client.list_my_slots(&query).await.expect("slots").items;
    free.into_iter()
        .find(|slot| slot.starts_at == start)
        .expect("that time is offered")
}

async fn hold_for(client: &Client, visit: &Appointment, slot: &Slot) -> Result<SlotHold, Error> {
    let command = HoldSlot {
        moving: Some(visit.id),
        resource_id: visit.resources.first().map(|lead| lead.id),
        ..wish(visit.appointment_type_id, slot)
    };
    client.hold_my_slot(&new_key(), &command).await
}

async fn put(client: &Client, visit: &Appointment, held: &SlotHold) -> Result<Appointment, Error> {
    let command = MoveAppointment { hold_id: held.id };
    let moved = client
        .move_my_appointment(visit.id, visit.version, &command)
        .await?;
    Ok(moved.value)
}

pub(super) async fn move_to(
    client: &Client,
    visit: &Appointment,
    start: &str,
) -> Result<Appointment, Error> {
    let slot = free_at(client, visit, start).await;
    let held = hold_for(client, visit, &slot).await?;
    put(client, visit, &held).await
}

/// Stretches of claims of a kind, by length in minutes, and how many there are of each.
async fn claims(app: &TestApp, which: &str) -> String {
    let query = format!(
        "SELECT coalesce(string_agg(line, ', '), '') FROM (
             SELECT to_char(starts_at AT TIME ZONE 'UTC', 'HH24:MI') || '-' || to_char(ends_at AT TIME ZONE 'UTC', 'HH24:MI')
                 || ' x' || count(*) AS line
               FROM claims WHERE {which} GROUP BY starts_at, ends_at ORDER BY starts_at, ends_at) lines"
    );
    app.database.text(&query).await
}

async fn booked_at_eight(app: &TestApp) -> (Client, Appointment) {
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    (employee, booked)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_moves_over_its_own_time_and_keeps_its_id() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let moved = move_to(&employee, &booked, QUARTER_PAST)
        .await
        .expect("a move");
    assert_eq!(moved.id, booked.id);
    assert_eq!(moved.starts_at, instant(QUARTER_PAST));
    assert_eq!(moved.version, booked.version + 1);
    assert_eq!(moved.comment, booked.comment);
    let counted = "SELECT sequence || ' ' || moves FROM appointments WHERE sequence > 0";
    assert_eq!(app.database.text(counted).await, "1 1");
    assert_eq!(
        claims(&app, "true").await,
        "13:15-13:45 x3",
        "two resources and the person"
    );
    let told = "SELECT count(*)::text FROM outbox_events WHERE kind = 'appointment.moved'";
    assert_eq!(app.database.text(told).await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_free_around_a_visit_moves_along_with_it() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, AUDIO, "2027-03-01", 1).await;
    let booked = book(&employee, AUDIO, &free[0]).await.expect("a booking");
    let around = "13:00-13:25 x1, 13:00-13:30 x2";
    assert_eq!(
        claims(&app, "true").await,
        around,
        "the person, two resources"
    );
    move_to(&employee, &booked, "2027-03-01T14:00:00Z")
        .await
        .expect("a move");
    assert_eq!(claims(&app, "true").await, around.replace("13:", "14:"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_for_moving_takes_only_what_the_visit_does_not_have_and_releasing_it_leaves_the_visit()
 {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let slot = free_at(&employee, &booked, QUARTER_PAST).await;
    let held = hold_for(&employee, &booked, &slot).await.expect("a hold");
    assert_eq!(claims(&app, "hold_id IS NOT NULL").await, "13:30-13:45 x2");
    employee
        .release_my_slot_hold(held.id)
        .await
        .expect("released");
    assert_eq!(claims(&app, "true").await, "13:00-13:30 x3");
    let same = employee.get_my_appointment(booked.id).await.expect("there");
    assert_eq!(same.value, booked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_onto_a_taken_time_leaves_everything_as_it_was() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let slot = free_at(&employee, &booked, "2027-03-01T14:00:00Z").await;
    let other = app.employee2().await;
    let nine = slots(&other, FIT, "2027-03-01", 1).await;
    let nine = nine.iter().find(|free| free.starts_at == slot.starts_at);
    book(&other, FIT, nine.expect("nine"))
        .await
        .expect("theirs");
    let refused = hold_for(&employee, &booked, &slot)
        .await
        .expect_err("taken");
    assert!(refused.is(SLOT_TAKEN), "{}", slug(&refused));
    let same = employee.get_my_appointment(booked.id).await.expect("there");
    assert_eq!(same.value, booked);
    assert_eq!(
        claims(&app, "starts_at < '2027-03-01T13:59:00Z'").await,
        "13:00-13:30 x3"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_ran_out_moves_nothing() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let slot = free_at(&employee, &booked, QUARTER_PAST).await;
    let held = hold_for(&employee, &booked, &slot).await.expect("a hold");
    app.state.clock.set(held.expires_at);
    let late = put(&employee, &booked, &held).await.expect_err("too late");
    assert!(late.is(HOLD_EXPIRED), "{}", slug(&late));
    let same = employee.get_my_appointment(booked.id).await.expect("there");
    assert_eq!(same.value.starts_at, booked.starts_at);
    assert_eq!(
        claims(&app, "appointment_id IS NOT NULL").await,
        "13:00-13:30 x3"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fourth_move_is_the_clinics() {
    let app = start().await;
    let (employee, mut visit) = booked_at_eight(&app).await;
    for start in [QUARTER_PAST, MONDAY_EIGHT, QUARTER_PAST] {
        assert!(visit.allowed.contains(&Act::Move));
        visit = move_to(&employee, &visit, start).await.expect("a move");
    }
    assert!(!visit.allowed.contains(&Act::Move));
    let slot = slots(&app.employee2().await, FIT, "2027-03-02", 1)
        .await
        .remove(0);
    let refused = hold_for(&employee, &visit, &slot)
        .await
        .expect_err("too many");
    assert!(refused.is(TOO_MANY_MOVES), "{}", slug(&refused));

    let clinic = app.scheduler().await;
    let command = MoveForPerson {
        starts_at: slot.starts_at,
        location_id: slot.location_id,
        modality: slot.modality,
        region: None,
        resource_id: None,
        set_aside: None,
    };
    let stale = clinic
        .move_appointment(visit.id, visit.version - 1, &command)
        .await
        .expect_err("stale");
    assert!(stale.is(VERSION_CONFLICT), "{}", slug(&stale));
    let moved = clinic
        .move_appointment(visit.id, visit.version, &command)
        .await
        .expect("staff may");
    assert_eq!(moved.value.starts_at, slot.starts_at);
    let counted = "SELECT sequence || ' ' || moves FROM appointments WHERE sequence > 0";
    assert_eq!(app.database.text(counted).await, "4 3");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clinic_moves_within_the_notice_but_never_onto_somebody_else() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let other = app.employee2().await;
    let nine = slots(&other, FIT, "2027-03-01", 1).await;
    let nine = nine
        .into_iter()
        .find(|free| free.starts_at == instant("2027-03-01T14:00:00Z"))
        .expect("nine");
    book(&other, FIT, &nine).await.expect("theirs");
    app.state
        .clock
        .set(booked.deadline_move + TimeDelta::seconds(1));
    let late = employee.get_my_appointment(booked.id).await.expect("there");
    assert!(!late.value.allowed.contains(&Act::Move));
    let refused = hold_for(&employee, &booked, &nine).await.expect_err("late");
    assert!(refused.is(NOTICE_TOO_SHORT), "{}", slug(&refused));

    let clinic = app.scheduler().await;
    let onto = |start: DateTime<Utc>| MoveForPerson {
        starts_at: start,
        location_id: nine.location_id,
        modality: nine.modality,
        region: None,
        resource_id: booked.resources.first().map(|lead| lead.id),
        set_aside: None,
    };
    let taken = clinic
        .move_appointment(booked.id, booked.version, &onto(nine.starts_at))
        .await
        .expect_err("taken");
    assert!(taken.is(SLOT_TAKEN), "{}", slug(&taken));
    let moved = clinic
        .move_appointment(booked.id, booked.version, &onto(instant(QUARTER_PAST)))
        .await
        .expect("staff may");
    assert_eq!(moved.value.starts_at, instant(QUARTER_PAST));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_for_moving_one_visit_does_nothing_else() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let slot = free_at(&employee, &booked, QUARTER_PAST).await;
    let held = hold_for(&employee, &booked, &slot).await.expect("a hold");
    let command = BookAppointment {
        hold_id: held.id,
        comment: None,
    };
    let refused = employee.book_my_appointment(&new_key(), &command).await;
    let refused = refused.expect_err("kept for moving");
    assert_eq!(refused.problem().map(|problem| problem.status), Some(422));

    let tuesday = slots(&employee, AUDIO, "2027-03-02", 1).await.remove(0);
    let plain = hold(&employee, AUDIO, &tuesday).await.expect("a hold");
    let refused = put(&employee, &booked, &plain)
        .await
        .expect_err("kept for booking");
    assert_eq!(refused.problem().map(|problem| problem.status), Some(422));

    let other = app.employee2().await;
    let query = HoldSlot {
        moving: Some(booked.id),
        ..wish(FIT, &slot)
    };
    let foreign = other.hold_my_slot(&new_key(), &query).await;
    let foreign = foreign.expect_err("not theirs");
    assert!(foreign.is(NOT_FOUND), "{}", slug(&foreign));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_forms_of_a_moved_visit_are_due_on_its_new_date() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, AUDIO, "2027-03-01", 1).await;
    let booked = book(&employee, AUDIO, &free[0]).await.expect("a booking");
    let due = format!(
        "SELECT due_on::text FROM questionnaire_assignments WHERE appointment_id = '{}'",
        booked.id
    );
    assert_eq!(app.database.text(&due).await, "2027-03-01");
    let later = slots(&app.employee2().await, AUDIO, "2027-03-03", 1).await;
    let start = later[0].starts_at.to_rfc3339();
    move_to(&employee, &booked, &start).await.expect("a move");
    assert_eq!(app.database.text(&due).await, "2027-03-03");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_moves_of_one_visit_at_once_one_happens() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let slot = free_at(&employee, &booked, QUARTER_PAST).await;
    let held = hold_for(&employee, &booked, &slot).await.expect("a hold");
    let clinic = app.scheduler().await;
    let command = MoveForPerson {
        starts_at: instant("2027-03-01T14:00:00Z"),
        location_id: slot.location_id,
        modality: slot.modality,
        region: None,
        resource_id: None,
        set_aside: None,
    };
    let (theirs, ours) = join(
        put(&employee, &booked, &held),
        clinic.move_appointment(booked.id, booked.version, &command),
    )
    .await;
    assert_ne!(theirs.is_ok(), ours.is_ok(), "{theirs:?} {ours:?}");
    let refused = theirs.err().or(ours.err()).expect("one is refused");
    assert!(refused.is(VERSION_CONFLICT), "{}", slug(&refused));
    let left = claims(&app, "appointment_id IS NOT NULL").await;
    assert!(left.ends_with("x3") && !left.contains(','), "{left}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calendar_file_follows_a_visit_under_one_identifier_and_says_nothing_of_it() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let file = async |visit: &Appointment| {
        let file = employee.get_my_calendar_file(visit.id).await;
        let file = String::from_utf8(file.expect("a file")).expect("text");
        file.replace("\r\n ", "")
    };
    let line = |file: &str, name: &str| {
        let found = file.lines().find(|line| line.starts_with(name));
        found.unwrap_or_default().to_owned()
    };
    let first = file(&booked).await;
    assert_eq!(line(&first, "METHOD"), "METHOD:PUBLISH");
    assert_eq!(line(&first, "SEQUENCE"), "SEQUENCE:0");
    assert_eq!(
        line(&first, "DTSTART;"),
        "DTSTART;TZID=America/Indiana/Indianapolis:20270301T080000"
    );
    assert_eq!(
        line(&first, "SUMMARY"),
        "SUMMARY:Appointment - Northwind Health"
    );
    for secret in [
        "Respirator",
        "fit test",
        "J. Lee",
        "Fort Wayne Clinic",
        "1910",
    ] {
        assert!(!first.contains(secret), "{secret}");
    }
    let moved = move_to(&employee, &booked, QUARTER_PAST)
        .await
        .expect("a move");
    let second = file(&moved).await;
    assert_eq!(line(&second, "UID"), line(&first, "UID"));
    assert_eq!(line(&second, "SEQUENCE"), "SEQUENCE:1");
    let gone = employee
        .cancel_my_appointment(moved.id, moved.version, &ill())
        .await
        .expect("a cancellation");
    let third = file(&gone.value).await;
    assert_eq!(line(&third, "UID"), line(&first, "UID"));
    assert_eq!(line(&third, "METHOD"), "METHOD:CANCEL");
    assert_eq!(line(&third, "STATUS"), "STATUS:CANCELLED");
    assert_eq!(line(&third, "SEQUENCE"), "SEQUENCE:2");
}
