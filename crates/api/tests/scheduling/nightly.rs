//! What the night does with visits that nobody said anything of.

use super::*;
use salus_api::scheduling::settle_once;

/// Half past midnight in Fort Wayne, the night after that Monday.
const HALF_PAST: &str = "2027-03-02T05:30:00Z";

async fn state_of(app: &TestApp, id: AppointmentId) -> String {
    let query = format!("SELECT state FROM appointments WHERE id = '{id}'");
    app.database.text(&query).await
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
async fn what_the_clinic_never_agreed_to_is_given_back_and_a_location_can_settle_by_itself() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, PHYS, "2027-03-01", 1).await;
    let asked = book(&employee, PHYS, &free[0]).await.expect("a booking");
    assert_eq!(asked.state, State::Pending);
    app.database
        .execute("UPDATE locations SET settles_no_shows = false")
        .await;
    settled_at(&app, instant(HALF_PAST)).await;
    assert_eq!(state_of(&app, asked.id).await, "pending");
    app.database
        .execute("UPDATE locations SET settles_no_shows = true")
        .await;
    settled_at(&app, instant(HALF_PAST)).await;
    let mine = employee.get_my_appointment(asked.id).await.expect("there");
    assert_eq!(mine.value.state, State::Cancelled);
    assert_eq!(
        mine.value.cancel_reason.as_deref(),
        Some("The clinic did not answer in time")
    );
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
