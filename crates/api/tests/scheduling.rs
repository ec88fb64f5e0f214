//! Appointments through the typed client, against a real server and database.
#![cfg(test)]

#[path = "scheduling/bad_input.rs"]
mod bad_input;
#[path = "scheduling/blackouts.rs"]
mod blackouts;
#[path = "scheduling/broadcast.rs"]
mod broadcast;
#[path = "scheduling/calendar.rs"]
mod calendar;
#[path = "scheduling/cancel_reasons.rs"]
mod cancel_reasons;
#[path = "scheduling/check_in.rs"]
mod check_in;
#[path = "scheduling/digests.rs"]
mod digests;
#[path = "scheduling/history.rs"]
mod history;
#[path = "scheduling/holidays.rs"]
mod holidays;
#[path = "scheduling/kind_details.rs"]
mod kind_details;
#[path = "scheduling/kinds.rs"]
mod kinds;
#[path = "scheduling/locations.rs"]
mod locations;
#[path = "scheduling/model.rs"]
mod model;
#[path = "scheduling/moving.rs"]
mod moving;
#[path = "scheduling/named_providers.rs"]
mod named_providers;
#[path = "scheduling/nightly.rs"]
mod nightly;
#[path = "scheduling/offered.rs"]
mod offered;
#[path = "scheduling/online_notices.rs"]
mod online_notices;
#[path = "scheduling/opened_times.rs"]
mod opened_times;
#[path = "scheduling/opening_day.rs"]
mod opening_day;
#[path = "scheduling/overrides.rs"]
mod overrides;
#[path = "scheduling/overriding.rs"]
mod overriding;
#[path = "scheduling/paging.rs"]
mod paging;
#[path = "scheduling/places.rs"]
mod places;
#[path = "scheduling/portal_rules.rs"]
mod portal_rules;
#[path = "scheduling/progress.rs"]
mod progress;
#[path = "scheduling/quiet_hours.rs"]
mod quiet_hours;
#[path = "scheduling/reminder_settings.rs"]
mod reminder_settings;
#[path = "scheduling/requests.rs"]
mod requests;
#[path = "scheduling/resources.rs"]
mod resources;
#[path = "scheduling/rushes.rs"]
mod rushes;
#[path = "scheduling/schedules.rs"]
mod schedules;
#[path = "scheduling/states.rs"]
mod states;
#[path = "scheduling/team.rs"]
mod team;
#[path = "scheduling/telehealth.rs"]
mod telehealth;
#[path = "scheduling/templates.rs"]
mod templates;
#[path = "scheduling/told_nothing.rs"]
mod told_nothing;
#[path = "scheduling/visit_plans.rs"]
mod visit_plans;
#[path = "scheduling/wait_list.rs"]
mod wait_list;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use futures_util::future::join_all;
use reqwest::Method;
use salus_api::sandbox::scheduling::{AUDIO, FIT, FOLLOW_UP, PHYS, VIDEO};
use salus_api::settings::Settings;
use salus_client::{Client, Error, new_key};
use salus_test_support::TestApp;
use salus_types::ids::{AppointmentId, AppointmentTypeId, LocationId, PersonId};
use salus_types::problem::{NOT_FOUND, VERSION_CONFLICT, WRONG_STATE};
use salus_types::questionnaires::engine::Answers;
use salus_types::questionnaires::{
    AnswerOperation, AssignmentState, SaveAnswers, StartResponse, SubmitResponse,
};
use salus_types::scheduling::problems::*;
use salus_types::scheduling::*;

/// Monday 1 March 2027, 08:00 in Fort Wayne.
const MONDAY_EIGHT: &str = "2027-03-01T13:00:00Z";

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// A sandbox in which it is Monday 22 February 2027, 08:00 in Fort Wayne.
async fn start() -> TestApp {
    let app = TestApp::start().await;
    app.state.clock.set(instant("2027-02-22T13:00:00Z"));
    app
}

/// How often is looked whether the server's own worker is done.
const TRIES: u32 = 1000;

/// Has everything that happened to visits told and noted; the server's own worker may hold some of it.
async fn noted(app: &TestApp) {
    use salus_api::notifications::{KINDS, work_once};
    let kinds: Vec<String> = KINDS[2..].iter().map(|kind| format!("'{kind}'")).collect();
    let left = format!(
        "SELECT count(*)::text FROM outbox_events WHERE delivered_at IS NULL AND kind IN ({})",
        kinds.join(", ")
    );
    for _ in 0..TRIES {
        work_once(&app.state).await.expect("told");
        if app.database.text(&left).await == "0" {
            return;
        }
    }
    panic!("something is never told");
}

async fn slots(client: &Client, kind: AppointmentTypeId, from: &str, days: u64) -> Vec<Slot> {
    let from = day(from);
    let query = SlotsQuery {
        appointment_type_id: kind,
        location: None,
        resource: None,
        modality: None,
        region: None,
        item: None,
        moving: None,
        from,
        to: from + Days::new(days - 1),
        limit: Some(200),
        cursor: None,
    };
    client.list_my_slots(&query).await.expect("slots").items
}

fn wish(kind: AppointmentTypeId, slot: &Slot) -> HoldSlot {
    HoldSlot {
        appointment_type_id: kind,
        starts_at: slot.starts_at,
        location_id: slot.location_id,
        modality: slot.modality,
        region: None,
        resource_id: None,
        item_id: None,
        moving: None,
    }
}

async fn hold(client: &Client, kind: AppointmentTypeId, slot: &Slot) -> Result<SlotHold, Error> {
    client.hold_my_slot(&new_key(), &wish(kind, slot)).await
}

async fn book(client: &Client, kind: AppointmentTypeId, slot: &Slot) -> Result<Appointment, Error> {
    let held = hold(client, kind, slot).await?;
    let command = BookAppointment {
        hold_id: held.id,
        comment: Some("I wear glasses.".to_owned()),
    };
    let booked = client.book_my_appointment(&new_key(), &command).await?;
    Ok(booked.value)
}

fn for_person(person_id: PersonId, kind: AppointmentTypeId, slot: &Slot) -> BookForPerson {
    BookForPerson {
        person_id,
        employer_id: None,
        appointment_type_id: kind,
        starts_at: slot.starts_at,
        location_id: slot.location_id,
        modality: slot.modality,
        region: None,
        resource_id: None,
        comment: None,
        walk_in: false,
        set_aside: None,
    }
}

fn ill() -> CancelAppointment {
    CancelAppointment {
        reason: "ill".to_owned(),
        comment: None,
    }
}

fn slug(error: &Error) -> String {
    error
        .problem()
        .map(|problem| problem.slug().to_owned())
        .unwrap_or_else(|| format!("{error:?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_books_a_time_that_is_free_and_sees_it() {
    let app = start().await;
    let employee = app.employee().await;
    let offered = employee.list_my_appointment_types().await.expect("types");
    let kinds: Vec<_> = offered
        .items
        .iter()
        .map(|kind| kind.public_name.as_str())
        .collect();
    assert_eq!(
        kinds,
        [
            "Hearing test",
            "Respirator fit test",
            "Health check",
            "Video visit"
        ]
    );

    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    assert_eq!(
        free.first().map(|slot| slot.starts_at),
        Some(instant(MONDAY_EIGHT))
    );
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    assert_eq!(booked.state, State::Booked);
    assert_eq!(booked.comment.as_deref(), Some("I wear glasses."));
    assert_eq!(
        booked
            .resources
            .iter()
            .map(|r| r.name.as_str())
            .collect::<Vec<_>>(),
        ["J. Lee, RN", "Exam room 1"]
    );
    assert_eq!(booked.allowed, [Act::Move, Act::Cancel, Act::Attend]);

    let mine = employee
        .list_my_appointments(&AppointmentsQuery {
            view: AppointmentView::Upcoming,
        })
        .await
        .expect("appointments");
    assert_eq!(mine.items, [booked]);
    let left = slots(&employee, FIT, "2027-03-01", 1).await;
    assert!(left.is_empty(), "one visit of a kind on a date");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_type_only_the_clinic_books_does_not_exist_in_the_portal() {
    let app = start().await;
    let employee = app.employee().await;
    let query = SlotsQuery {
        appointment_type_id: FOLLOW_UP,
        location: None,
        resource: None,
        modality: None,
        region: None,
        item: None,
        moving: None,
        from: day("2027-03-01"),
        to: day("2027-03-01"),
        limit: Some(200),
        cursor: None,
    };
    let refused = employee.list_my_slots(&query).await.expect_err("hidden");
    assert!(refused.is(NOT_FOUND), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blackout_day_holds_no_slot() {
    let app = TestApp::start().await;
    app.state.clock.set(instant("2028-12-11T13:00:00Z"));
    let employee = app.employee().await;
    // Two Mondays; the second is a holiday of every year.
    assert!(!slots(&employee, FIT, "2028-12-18", 1).await.is_empty());
    assert!(slots(&employee, FIT, "2028-12-25", 1).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_is_never_in_two_visits_and_the_loser_is_told_other_times() {
    let app = start().await;
    let (first, second) = (app.employee().await, app.employee2().await);
    let free = slots(&first, FIT, "2027-03-01", 1).await;
    book(&first, FIT, &free[0]).await.expect("a booking");
    let lost = hold(&second, FIT, &free[0]).await.expect_err("taken");
    assert!(lost.is(SLOT_TAKEN), "{}", slug(&lost));
    let others = &lost.problem().expect("a problem").more["next_slots"];
    let others: Vec<Slot> = serde_json::from_value(others.clone()).expect("slots");
    assert_eq!(others.len(), 3);
    hold(&second, FIT, &others[0])
        .await
        .expect("the time that was named is free");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_never_in_two_visits() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    book(&employee, FIT, &free[0]).await.expect("a booking");
    let clinic = app.scheduler().await;
    let command = for_person(TestApp::worker(4), AUDIO, &free[0]);
    let refused = clinic
        .book_appointment(&new_key(), &command)
        .await
        .expect_err("busy");
    assert!(refused.is(PERSON_BUSY), "{}", slug(&refused));
}

/// A sandbox whose server has the connections it has by default, and 64 people of Northwind.
async fn start_crowded() -> (TestApp, Vec<(PersonId, Client)>) {
    let usual = Settings::default().database_pool;
    let app = TestApp::start_with(|settings| settings.database_pool = usual).await;
    app.state.clock.set(instant("2027-02-22T13:00:00Z"));
    let crowd = app.crowd(64).await;
    (app, crowd)
}

/// One got the time; everybody else was told so with times that are free.
fn assert_one_won<T>(answers: &[Result<T, Error>]) {
    assert_eq!(answers.len(), 64);
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for error in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert!(error.is(SLOT_TAKEN), "{}", slug(error));
        let others = &error.problem().expect("a problem").more["next_slots"];
        assert_eq!(others.as_array().map(Vec::len), Some(3));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_people_who_want_one_time_one_keeps_it_and_the_rest_are_told_other_times() {
    let (app, crowd) = start_crowded().await;
    let free = slots(&app.employee().await, FIT, "2027-03-01", 1).await;
    let slot = free.first().expect("a free time");
    let answers = crowd.iter().map(|(_, client)| hold(client, FIT, slot));
    assert_one_won(&join_all(answers).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_people_booked_into_one_time_one_gets_it_and_the_rest_are_told_other_times() {
    let (app, crowd) = start_crowded().await;
    let free = slots(&app.employee().await, FIT, "2027-03-01", 1).await;
    let slot = free.first().expect("a free time");
    let clinic = app.scheduler().await;
    let answers = crowd.iter().map(|(person, _)| {
        let (clinic, command) = (clinic.clone(), for_person(*person, FIT, slot));
        async move { clinic.book_appointment(&new_key(), &command).await }
    });
    assert_one_won(&join_all(answers).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rush_on_one_time_keeps_nobody_else_waiting() {
    let (app, crowd) = start_crowded().await;
    let reader = app.employee2().await;
    let free = slots(&app.employee().await, FIT, "2027-03-01", 1).await;
    let slot = free.first().expect("a free time");
    let rush = join_all(crowd.iter().map(|(_, client)| hold(client, FIT, slot)));
    let read = async {
        for _ in 0..20 {
            reader.list_my_cancel_reasons().await.expect("an answer");
        }
    };
    let (answers, ()) = tokio::join!(rush, read);
    assert_one_won(&answers);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_has_run_out_books_nothing_and_frees_the_time() {
    let app = start().await;
    let (first, second) = (app.employee().await, app.employee2().await);
    let free = slots(&first, FIT, "2027-03-01", 1).await;
    let held = hold(&first, FIT, &free[0]).await.expect("a hold");
    let lost = hold(&second, FIT, &free[0])
        .await
        .expect_err("kept for somebody else");
    assert!(lost.is(SLOT_TAKEN), "{}", slug(&lost));

    app.state.clock.set(held.expires_at);
    let command = BookAppointment {
        hold_id: held.id,
        comment: None,
    };
    let late = first
        .book_my_appointment(&new_key(), &command)
        .await
        .expect_err("too late");
    assert!(late.is(HOLD_EXPIRED), "{}", slug(&late));
    hold(&second, FIT, &free[0])
        .await
        .expect("free again, swept or not");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_extended_once_and_given_back() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let held = hold(&employee, FIT, &free[0]).await.expect("a hold");
    let longer = employee
        .extend_my_slot_hold(held.id)
        .await
        .expect("an extension");
    assert_eq!(longer.expires_at, held.expires_at + TimeDelta::minutes(5));
    assert!(!longer.can_extend);
    assert!(employee.extend_my_slot_hold(held.id).await.is_err());
    employee
        .release_my_slot_hold(held.id)
        .await
        .expect("a release");
    hold(&app.employee2().await, FIT, &free[0])
        .await
        .expect("free again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_hold_frees_the_one_before() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    hold(&employee, FIT, &free[0]).await.expect("a hold");
    hold(&employee, FIT, &free[4]).await.expect("another");
    hold(&app.employee2().await, FIT, &free[0])
        .await
        .expect("free again");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_eleventh_hold_within_an_hour_has_to_wait() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    for n in 0..10 {
        hold(&employee, FIT, &free[n % 2]).await.expect("a hold");
    }
    let refused = hold(&employee, FIT, &free[0]).await.expect_err("too many");
    assert!(refused.is(HOLD_LIMIT), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_off_the_grid_is_not_offered() {
    let app = start().await;
    let employee = app.employee().await;
    let mut slot = slots(&employee, FIT, "2027-03-01", 1).await.remove(0);
    slot.starts_at += TimeDelta::minutes(7);
    let refused = hold(&employee, FIT, &slot).await.expect_err("off the grid");
    assert!(refused.is(SLOT_NOT_OFFERED), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_given_back_until_its_notice_begins_and_later_by_the_clinic_only() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");

    app.state
        .clock
        .set(booked.deadline_cancel + TimeDelta::seconds(1));
    let late = employee
        .cancel_my_appointment(booked.id, booked.version, &ill())
        .await
        .expect_err("too late");
    assert!(late.is(NOTICE_TOO_SHORT), "{}", slug(&late));

    let clinic = app.scheduler().await;
    let stale = clinic
        .cancel_appointment(booked.id, booked.version + 1, &ill())
        .await
        .expect_err("stale");
    assert!(stale.is(VERSION_CONFLICT), "{}", slug(&stale));
    let cancelled = clinic
        .cancel_appointment(booked.id, booked.version, &ill())
        .await
        .expect("staff may");
    assert_eq!(cancelled.value.state, State::Cancelled);
    assert_eq!(cancelled.value.cancel_reason.as_deref(), Some("I am ill"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_given_back_is_free_again_for_resources_and_person() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    let cancelled = employee
        .cancel_my_appointment(booked.id, booked.version, &ill())
        .await
        .expect("a cancellation");
    assert!(cancelled.value.allowed.is_empty());
    book(&employee, FIT, &free[0]).await.expect("free again");
    let past = employee
        .list_my_appointments(&AppointmentsQuery {
            view: AppointmentView::Past,
        })
        .await
        .expect("appointments");
    assert_eq!(
        past.items.iter().map(|visit| visit.id).collect::<Vec<_>>(),
        [booked.id]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_booking_sent_twice_is_one_visit() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let held = hold(&employee, FIT, &free[0]).await.expect("a hold");
    let (key, command) = (
        new_key(),
        BookAppointment {
            hold_id: held.id,
            comment: None,
        },
    );
    let first = employee
        .book_my_appointment(&key, &command)
        .await
        .expect("a booking");
    let again = employee
        .book_my_appointment(&key, &command)
        .await
        .expect("the same answer");
    assert_eq!(first, again);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_finds_a_persons_visit() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    for name in ["employee2", "other-employee", "foreign-employee"] {
        let other = app.signed_in(name).await;
        let refused = other.get_my_appointment(booked.id).await.expect_err(name);
        assert!(refused.is(NOT_FOUND), "{name}: {}", slug(&refused));
        let refused = other
            .cancel_my_appointment(booked.id, booked.version, &ill())
            .await
            .expect_err(name);
        assert!(refused.is(NOT_FOUND), "{name}: {}", slug(&refused));
    }
    let foreign = app.signed_in("foreign-clinician").await;
    let refused = foreign
        .get_appointment(booked.id)
        .await
        .expect_err("foreign");
    assert!(refused.is(NOT_FOUND), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_reads_time_place_and_public_name_of_a_reports_visit_and_nothing_else() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    let clinic = app.scheduler().await;
    let hidden = for_person(TestApp::worker(4), FOLLOW_UP, &free[8]);
    clinic
        .book_appointment(&new_key(), &hidden)
        .await
        .expect("a hidden visit");

    let supervisor = app.supervisor().await;
    let path = format!("/api/v1/team/people/{}/appointments", TestApp::worker(4));
    let request = supervisor.request(Method::GET, &path).expect("a request");
    let answer = supervisor.send(request).await.expect("an answer");
    let body: serde_json::Value = answer.json().await.expect("JSON");
    let items = body["items"].as_array().expect("items");
    assert_eq!(items.len(), 1, "the visit of a hidden kind is not listed");
    let mut fields: Vec<_> = items[0]
        .as_object()
        .expect("fields")
        .keys()
        .cloned()
        .collect();
    fields.sort();
    assert_eq!(
        fields,
        [
            "allowed",
            "ends_at",
            "id",
            "location",
            "modality",
            "person_id",
            "person_name",
            "public_name",
            "starts_at",
            "state",
            "version",
            "zone",
        ]
    );
    assert_eq!(items[0]["id"], serde_json::json!(booked.id));
    assert_eq!(items[0]["public_name"], "Respirator fit test");
    assert_eq!(items[0]["state"], "booked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_reads_the_visits_of_their_own_team_ahead_and_over() {
    let app = start().await;
    let (employee, other) = (app.employee().await, app.employee2().await);
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    book(&other, FIT, &free[8]).await.expect("a booking");
    let supervisor = app.supervisor().await;
    let seen = async |view| {
        let query = AppointmentsQuery { view };
        let team = supervisor.list_team_appointments(&query).await;
        let items = team.expect("a team").items.into_iter();
        items
            .map(|one| (one.id, one.person_id, one.state))
            .collect::<Vec<_>>()
    };
    let elena = TestApp::worker(4);
    let ahead = (booked.id, elena, TeamState::Booked);
    assert_eq!(seen(AppointmentView::Upcoming).await, [ahead]);
    assert_eq!(seen(AppointmentView::Past).await, []);
    employee
        .cancel_my_appointment(booked.id, booked.version, &ill())
        .await
        .expect("a cancellation");
    assert_eq!(seen(AppointmentView::Upcoming).await, []);
    let over = (booked.id, elena, TeamState::Cancelled);
    assert_eq!(seen(AppointmentView::Past).await, [over]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_waits_to_be_scheduled_until_it_has_a_visit() {
    let app = TestApp::start().await;
    let (employee, supervisor) = (app.employee().await, app.supervisor().await);
    let waiting = async || {
        let items = supervisor.list_team_wait_list_items().await;
        let items = items.expect("a list").items.into_iter();
        items
            .filter(|item| item.person_id == TestApp::worker(4))
            .count()
    };
    let before = waiting().await;
    let tomorrow = app.state.clock.now().date_naive() + Days::new(1);
    let free = slots(&employee, AUDIO, &tomorrow.to_string(), 12).await;
    let last = free.last().expect("a free time");
    book(&employee, AUDIO, last).await.expect("a booking");
    assert_eq!(waiting().await + 1, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_finds_no_visits_of_somebody_elses_report() {
    let app = start().await;
    let supervisor = app.supervisor().await;
    let refused = supervisor
        .list_report_appointments(TestApp::worker(6))
        .await
        .expect_err("not a report");
    assert!(refused.is(NOT_FOUND), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_sheet_has_a_column_for_each_resource_and_every_visit() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    let clinic = app.clinician().await;
    let query = DaySheetQuery {
        date: day("2027-03-01"),
        location: free[0].location_id,
    };
    let sheet = clinic.get_day_sheet(&query).await.expect("a day");
    let columns: Vec<_> = sheet
        .columns
        .iter()
        .map(|c| c.resource.name.as_str())
        .collect();
    assert_eq!(columns, ["J. Lee, RN", "Exam room 1", "Hearing booth"]);
    assert_eq!(sheet.columns[0].appointment_ids, [booked.id]);
    assert_eq!(sheet.columns[0].open.len(), 3);
    let visit = &sheet.appointments[0];
    assert_eq!(visit.person.name, "Elena Castillo");
    assert_eq!(visit.appointment_type.code, "FIT");
    assert_eq!(visit.comment.as_deref(), Some("I wear glasses."));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clinic_reads_what_it_has_set_up() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let everywhere = SetupQuery::default();
    assert_eq!(
        clinic
            .list_resources(&everywhere)
            .await
            .expect("resources")
            .items
            .len(),
        3
    );
    assert_eq!(
        clinic
            .list_appointment_types(&DeletedQuery::default())
            .await
            .expect("types")
            .items
            .len(),
        5
    );
    assert_eq!(
        clinic
            .list_schedules(&everywhere)
            .await
            .expect("schedules")
            .items
            .len(),
        4
    );
    assert_eq!(
        clinic
            .list_blackouts(&everywhere)
            .await
            .expect("blackouts")
            .items
            .len(),
        2
    );
    assert_eq!(
        clinic
            .list_cancel_reasons(&DeletedQuery::default())
            .await
            .expect("reasons")
            .items
            .iter()
            .filter(|reason| reason.offered)
            .count(),
        6
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_spans_31_days_at_most() {
    let app = start().await;
    let employee = app.employee().await;
    let query = SlotsQuery {
        appointment_type_id: FIT,
        location: None,
        resource: None,
        modality: None,
        region: None,
        item: None,
        moving: None,
        from: day("2027-03-01"),
        to: day("2027-04-01"),
        limit: Some(200),
        cursor: None,
    };
    let refused = employee.list_my_slots(&query).await.expect_err("too wide");
    assert!(refused.is(SEARCH_WINDOW_TOO_WIDE), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_visit_is_not_found() {
    let app = start().await;
    let unknown = AppointmentId(salus_api::sandbox::id(0xffff));
    let refused = app
        .employee()
        .await
        .get_my_appointment(unknown)
        .await
        .expect_err("unknown");
    assert!(refused.is(NOT_FOUND), "{}", slug(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn booking_hands_over_the_form_and_answers_what_is_due_until_it_is_given_back() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let tomorrow = app.state.clock.now().date_naive() + Days::new(1);
    let free = slots(&employee, AUDIO, &tomorrow.to_string(), 12).await;
    let last = free.last().expect("a free time");
    let booked = book(&employee, AUDIO, last).await.expect("a booking");
    let of_visit = |table: &str| {
        format!(
            "SELECT count(*)::text FROM {table} WHERE appointment_id = '{}'",
            booked.id
        )
    };
    let forms = app
        .database
        .text(&of_visit("questionnaire_assignments"))
        .await;
    let due = app.database.text(&of_visit("due_items")).await;
    assert_eq!((forms.as_str(), due.as_str()), ("1", "1"));

    employee
        .cancel_my_appointment(booked.id, booked.version, &ill())
        .await
        .expect("a cancellation");
    assert_eq!(app.database.text(&of_visit("due_items")).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_given_back_takes_its_form_along_and_the_next_brings_it_back_with_its_answers() {
    let app = start().await;
    let employee = app.employee().await;
    let open = async || {
        let listed = employee.list_my_questionnaire_assignments().await;
        let forms = listed.expect("forms").items.into_iter();
        forms
            .filter(|form| form.appointment_id.is_some())
            .collect::<Vec<_>>()
    };
    let free = slots(&employee, AUDIO, "2027-03-01", 1).await;
    let booked = book(&employee, AUDIO, &free[0]).await.expect("a booking");
    let form = open().await.remove(0);
    let begin = StartResponse {
        assignment_id: form.id,
        language: None,
    };
    let begun = employee.start_my_response(&new_key(), &begin).await;
    let draft = begun.expect("a draft").value;
    let answer = SaveAnswers {
        operations: vec![AnswerOperation {
            op_id: uuid::Uuid::now_v7(),
            path: "/answers/smoker".to_owned(),
            value: serde_json::from_value(serde_json::json!(true)).expect("an answer"),
            base: 0,
        }],
        language: None,
    };
    let saved = employee.save_my_answers(draft.id, &answer).await;
    let saved = saved.expect("saved");

    employee
        .cancel_my_appointment(booked.id, booked.version, &ill())
        .await
        .expect("a cancellation");
    assert_eq!(open().await, [], "nobody asks any more");
    let submit = SubmitResponse {
        person_id: draft.person_id,
        version: saved.version,
        today: saved.today,
        answers: Answers::new(),
        leave_blank: true,
    };
    let refused = employee.submit_my_response(draft.id, &submit).await;
    let refused = refused.expect_err("nobody asks any more");
    assert!(refused.is(WRONG_STATE), "{}", slug(&refused));

    let again = book(&employee, AUDIO, &free[1]).await.expect("a booking");
    let [back] = open().await.try_into().expect("the form, once");
    assert_eq!((back.id, back.answered), (form.id, 1));
    assert_eq!(back.appointment_id, Some(again.id));
    assert_eq!(back.state, AssignmentState::InProgress);
    let resumed = employee.start_my_response(&new_key(), &begin).await;
    let resumed = resumed.expect("the draft").value;
    assert_eq!(resumed.id, draft.id);
    assert!(resumed.answers.contains_key("smoker"));
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_were_sent_stay_sent_when_the_visit_is_given_back() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, AUDIO, "2027-03-01", 1).await;
    let booked = book(&employee, AUDIO, &free[0]).await.expect("a booking");
    let sent = format!(
        "UPDATE questionnaire_assignments SET state = 'submitted' WHERE appointment_id = '{}'",
        booked.id
    );
    app.database.execute(&sent).await;
    employee
        .cancel_my_appointment(booked.id, booked.version, &ill())
        .await
        .expect("a cancellation");
    let listed = employee.list_my_questionnaire_assignments().await;
    let states: Vec<_> = listed
        .expect("forms")
        .items
        .into_iter()
        .filter(|form| form.appointment_id == Some(booked.id))
        .map(|form| form.state)
        .collect();
    assert_eq!(states, [AssignmentState::Submitted]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_people_who_want_three_seats_three_get_one() {
    let (app, crowd) = start_crowded().await;
    app.database
        .execute("UPDATE schedules SET capacity = 3")
        .await;
    let free = slots(&app.employee().await, FIT, "2027-03-01", 1).await;
    let slot = free.first().expect("a free time");
    let answers = crowd.iter().map(|(_, client)| hold(client, FIT, slot));
    let answers = join_all(answers).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3);
    for error in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert!(error.is(SLOT_TAKEN), "{}", slug(error));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_hold_confirmed_64_times_at_once_books_once() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let held = hold(&employee, FIT, &free[0]).await.expect("a hold");
    let command = BookAppointment {
        hold_id: held.id,
        comment: Some("I wear glasses.".to_owned()),
    };
    let answers = join_all((0..64).map(|_| {
        let (employee, command, key) = (employee.clone(), command.clone(), new_key());
        async move { employee.book_my_appointment(&key, &command).await }
    }))
    .await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for error in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        let status = error.problem().map(|problem| problem.status);
        assert!(status.is_some_and(|status| status < 500), "{}", slug(error));
    }
}
