//! What the night does with visits that nobody said anything of.

use super::*;
use salus_api::scheduling::{look_after_once, settle_once};

/// Half past midnight in Fort Wayne, the night after that Monday.
const HALF_PAST: &str = "2027-03-02T05:30:00Z";

async fn state_of(app: &TestApp, id: AppointmentId) -> String {
    let query = format!("SELECT state FROM appointments WHERE id = '{id}'");
    app.database.text(&query).await
}

async fn tasks(app: &TestApp) -> Vec<SchedulingTask> {
    let clinic = app.scheduler().await;
    clinic.list_scheduling_tasks().await.expect("tasks").items
}

async fn looked_after(app: &TestApp) -> Vec<SchedulingTask> {
    look_after_once(&app.state).await.expect("looked after");
    tasks(app).await
}

async fn settled_at(app: &TestApp, at: DateTime<Utc>) {
    app.state.clock.set(at);
    settle_once(&app.state).await.expect("settled");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_did_not_come_has_missed_the_visit_from_half_past_midnight_on() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let missed = book(&employee, FIT, &free[0]).await.expect("a booking");
    let other = app.employee2().await;
    let free = slots(&other, FIT, "2027-03-01", 1).await;
    let came = book(&other, FIT, &free[0]).await.expect("a booking");
    app.state.clock.set(instant("2027-03-01T13:00:00Z"));
    let clinic = app.scheduler().await;
    clinic
        .check_in_appointment(came.id, came.version, &CheckIn::default())
        .await
        .expect("checked in");

    settled_at(&app, instant(HALF_PAST) - TimeDelta::seconds(1)).await;
    assert_eq!(state_of(&app, missed.id).await, "booked");
    settled_at(&app, instant(HALF_PAST)).await;
    assert_eq!(state_of(&app, missed.id).await, "no_show");
    assert_eq!(state_of(&app, came.id).await, "checked_in");
    let noted = format!(
        "SELECT string_agg(DISTINCT operation, ',') FROM audit_events WHERE '{}' = ANY(object_ids) AND 'state' = ANY(fields)",
        missed.id
    );
    assert_eq!(app.database.text(&noted).await, "settle_visits");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_clinic_never_agreed_to_is_given_back_also_where_it_says_itself_who_did_not_come()
{
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, PHYS, "2027-03-01", 1).await;
    let asked = book(&employee, PHYS, &free[0]).await.expect("a booking");
    assert_eq!(asked.state, State::Pending);
    let other = app.employee2().await;
    let free = slots(&other, FIT, "2027-03-01", 1).await;
    let agreed = book(&other, FIT, &free[0]).await.expect("a booking");
    app.database
        .execute("UPDATE locations SET settles_no_shows = false")
        .await;
    settled_at(&app, instant(HALF_PAST)).await;
    assert_eq!(state_of(&app, agreed.id).await, "booked");
    let mine = employee.get_my_appointment(asked.id).await.expect("there");
    assert_eq!(mine.value.state, State::Cancelled);
    assert_eq!(
        mine.value.cancel_reason.as_deref(),
        Some("The clinic did not answer in time")
    );
    let tasks = tasks(&app).await;
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].kind, SchedulingTaskKind::NotConfirmed);
    assert_eq!(tasks[0].appointments[0].id, asked.id);
    let left = format!(
        "SELECT count(*)::text FROM claims WHERE appointment_id = '{}'",
        asked.id
    );
    assert_eq!(app.database.text(&left).await, "0");
    let offered = employee.list_my_cancel_reasons().await.expect("reasons");
    assert!(
        offered
            .items
            .iter()
            .all(|reason| reason.code != "not_confirmed")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn visits_of_somebody_who_left_become_one_task_and_no_new_one_is_booked() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let first = book(&employee, FIT, &free[0]).await.expect("a booking");
    let free = slots(&employee, AUDIO, "2027-03-02", 1).await;
    let second = book(&employee, AUDIO, &free[0]).await.expect("a booking");
    let other = app.employee2().await;
    let stays = slots(&other, FIT, "2027-03-02", 1).await;
    book(&other, FIT, &stays[0]).await.expect("a booking");
    let free = slots(&employee, FIT, "2027-03-03", 1).await;

    // The last day is over at midnight of Wednesday 24 February.
    let midnight = instant("2027-02-25T05:00:00Z");
    let last_day = format!(
        "UPDATE employments SET ends_on = '2027-02-24', ends_at = '{midnight}' WHERE person_id =
            (SELECT person_id FROM appointments WHERE id = '{}')",
        first.id
    );
    app.database.execute(&last_day).await;
    app.state.clock.set(midnight - TimeDelta::minutes(1));
    assert_eq!(looked_after(&app).await, []);
    assert!(hold(&employee, FIT, &free[0]).await.is_ok());

    app.state.clock.set(midnight);
    let refused = hold(&employee, FIT, &free[0]).await;
    let refused = refused.expect_err("no longer employed");
    let status = refused.problem().map(|problem| problem.status);
    assert!(
        matches!(status, Some(403 | 404 | 422)),
        "{}",
        slug(&refused)
    );
    let tasks = looked_after(&app).await;
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].kind, SchedulingTaskKind::EmploymentEnded);
    let visits: Vec<_> = tasks[0].appointments.iter().map(|visit| visit.id).collect();
    assert_eq!(visits, [first.id, second.id]);
    assert_eq!(looked_after(&app).await, tasks, "once");
    assert_eq!(state_of(&app, first.id).await, "booked");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_book_somebody_who_left_for_whom_they_worked_for_last_and_nobody_is_surprised_by_it()
{
    let app = start().await;
    let clinic = app.scheduler().await;
    let aisha = TestApp::worker(6);
    let left = format!(
        "UPDATE employments SET ends_on = '2027-02-19', ends_at = '2027-02-20T05:00:00Z' WHERE person_id = '{aisha}'"
    );
    app.database.execute(&left).await;
    let query = ClinicSlotsQuery {
        person: aisha,
        appointment_type_id: FIT,
        location: LocationId(salus_api::sandbox::id(0x5a1_0201)),
        resource: None,
        modality: None,
        region: None,
        moving: None,
        from: day("2027-03-01"),
        to: day("2027-03-01"),
        limit: None,
        cursor: None,
    };
    let free = clinic.list_slots(&query).await.expect("times").items;
    let command = for_person(aisha, FIT, &free[0]);
    let booked = clinic.book_appointment(&new_key(), &command).await;
    let booked = booked.expect("an exam at the end").value;
    assert_eq!(booked.set_aside, None, "no rule stands in the way");
    assert_eq!(looked_after(&app).await, []);
    let nobody = for_person(PersonId(salus_api::sandbox::id(0xffff)), FIT, &free[1]);
    let refused = clinic.book_appointment(&new_key(), &nobody).await;
    assert!(refused.expect_err("there is no such person").is(NOT_FOUND));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_whose_place_has_other_clocks_stays_where_it_is_and_becomes_a_task() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    assert_eq!(looked_after(&app).await, []);

    // Its zone is edited: eight o'clock there is an hour later.
    app.database
        .execute("UPDATE locations SET time_zone = 'America/Chicago' WHERE kind = 'clinic'")
        .await;
    let tasks = looked_after(&app).await;
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].kind, SchedulingTaskKind::ZoneChanged);
    assert_eq!(tasks[0].appointments[0].id, booked.id);
    assert_eq!(tasks[0].appointments[0].starts_at, booked.starts_at);
    let mine = employee.get_my_appointment(booked.id).await.expect("mine");
    assert_eq!(mine.value.starts_at, booked.starts_at);
    assert_eq!(mine.value.version, booked.version);
    assert_eq!(looked_after(&app).await, tasks, "once");

    // Who leaves it as it is is not asked again.
    let clinic = app.scheduler().await;
    clinic
        .close_scheduling_task(tasks[0].id, tasks[0].version)
        .await
        .expect("closed");
    assert_eq!(looked_after(&app).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn new_rules_of_a_zone_move_no_visit_but_make_a_task_of_each_that_would_start_otherwise() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    let free = slots(&employee, AUDIO, "2027-03-02", 1).await;
    let same = book(&employee, AUDIO, &free[0]).await.expect("a booking");
    // As it was promised by rules under which the clocks were an hour ahead.
    let promised = format!(
        "UPDATE appointments SET local_start = local_start + interval '1 hour' WHERE id = '{}'",
        booked.id
    );
    app.database.execute(&promised).await;
    let tasks = looked_after(&app).await;
    let visits: Vec<_> = tasks
        .iter()
        .flat_map(|task| &task.appointments)
        .map(|visit| visit.id)
        .collect();
    assert_eq!(visits, [booked.id]);
    assert_ne!(visits, [same.id]);
    let mine = employee.get_my_appointment(booked.id).await.expect("mine");
    assert_eq!(mine.value.starts_at, booked.starts_at);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_due_before_there_was_a_wait_list_is_put_on_it_once() {
    let app = start().await;
    let waiting =
        "SELECT count(*)::text FROM wait_list_items w JOIN due_items d ON d.id = w.due_item_id
        WHERE w.created_at = d.created_at";
    let before: u32 = app.database.text(waiting).await.parse().expect("a count");
    assert!(before > 1);
    app.database
        .execute(
            "DELETE FROM wait_list_items WHERE due_item_id IS NOT NULL
                AND id <> (SELECT min(id::text)::uuid FROM wait_list_items WHERE due_item_id IS NOT NULL);
             UPDATE wait_list_items SET closed_at = '2027-02-01T00:00:00Z', closed_because = 'clinic'
              WHERE due_item_id IS NOT NULL",
        )
        .await;
    for _ in 0..2 {
        look_after_once(&app.state).await.expect("looked after");
        assert_eq!(app.database.text(waiting).await, before.to_string());
    }
    let closed = "SELECT count(*)::text FROM wait_list_items WHERE due_item_id IS NOT NULL AND closed_at IS NOT NULL";
    assert_eq!(
        app.database.text(closed).await,
        "1",
        "whom the clinic took off stays off"
    );
}
