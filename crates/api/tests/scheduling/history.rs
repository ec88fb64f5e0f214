//! How a visit came to be what it is.

use super::moving::move_to;
use super::*;
use salus_types::scheduling::{StepKind, VisitStep};

async fn steps(client: &Client, visit: AppointmentId) -> Vec<VisitStep> {
    let page = client.list_appointment_history(visit).await;
    page.expect("a history").items
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clinic_reads_what_was_done_with_a_visit_when_and_by_whom() {
    let app = start().await;
    let (employee, desk) = (app.employee().await, app.scheduler().await);
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    let first = app.state.clock.now();
    app.state.clock.set(first + TimeDelta::hours(1));
    let moved = move_to(&employee, &booked, "2027-03-01T13:15:00Z");
    let moved = moved.await.expect("a move");
    let gone = employee.cancel_my_appointment(moved.id, moved.version, &ill());
    let gone = gone.await.expect("given back").value;
    let again = desk.undo_cancellation(gone.id, gone.version).await;
    let again = again.expect("taken up again").value;
    app.state.clock.set(again.starts_at);
    desk.check_in_appointment(again.id, again.version, &CheckIn::default())
        .await
        .expect("there");

    let all = steps(&desk, booked.id).await;
    let kinds: Vec<_> = all.iter().map(|one| one.kind).collect();
    let told = [
        StepKind::Booked,
        StepKind::Moved,
        StepKind::Cancelled,
        StepKind::Restored,
        StepKind::CheckedIn,
    ];
    assert_eq!(kinds, told);
    let by: Vec<_> = all.iter().map(|one| one.by.as_deref()).collect();
    let (elena, rosa) = (all[0].by.as_deref(), all[3].by.as_deref());
    assert_eq!(elena, Some("Elena Castillo"));
    assert_ne!(rosa, elena);
    assert_eq!(by, [elena, elena, elena, rosa, rosa]);
    let sides: Vec<_> = all.iter().filter_map(|one| one.side).collect();
    let (person, clinic) = (Audience::Employee, Audience::Clinic);
    assert_eq!(sides, [person, person, person, clinic, clinic]);
    assert_eq!((all[1].at - all[0].at).num_minutes(), 60);
    assert!((first - all[0].at).num_minutes().abs() < 1);
    let before = all[1].before.as_ref().expect("another time");
    assert_eq!(before.starts_at, booked.starts_at);
    assert_eq!(all[1].after.starts_at, moved.starts_at);
    assert!(all[2..].iter().all(|one| one.before.is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_elsewhere_has_no_history_here() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    let foreign = app.signed_in("foreign-clinician").await;
    let refused = foreign.list_appointment_history(booked.id).await;
    assert!(refused.expect_err("elsewhere").is(NOT_FOUND));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_step_can_be_left_out_or_changed_by_what_the_server_may_do() {
    let app = start().await;
    let may = "SELECT string_agg(privilege_type, ' ' ORDER BY privilege_type)
          FROM information_schema.role_table_grants
         WHERE table_name = 'visit_steps' AND grantee IN ('salus_app', 'salus_supervisor', 'salus_authn', 'salus_audit')";
    assert_eq!(app.database.text(may).await, "SELECT");
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    book(&employee, FIT, &free[0]).await.expect("a booking");
    for state in ["checked_in", "booked", "cancelled"] {
        let by_hand = format!("UPDATE appointments SET state = '{state}'");
        app.database.execute(&by_hand).await;
    }
    let told = "SELECT string_agg(state, ' ' ORDER BY number) FROM visit_steps";
    assert_eq!(
        app.database.text(told).await,
        "booked checked_in booked cancelled"
    );
}

/// The part of the migration that tells of the visits there were before it.
fn told_of_before() -> &'static str {
    let up = include_str!("../../../../migrations/2026-11-30-010000_visit_steps/up.sql");
    let (_, part) = up.split_once("-- Of the visits there are").expect("a part");
    let (_, part) = part.split_once('\n').expect("its statements");
    part
}

#[tokio::test(flavor = "multi_thread")]
async fn of_visits_from_before_it_is_told_that_they_were_booked_and_what_became_of_them() {
    let app = start().await;
    let (employee, desk) = (app.employee().await, app.scheduler().await);
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    let moved = move_to(&employee, &booked, "2027-03-01T13:15:00Z");
    let moved = moved.await.expect("a move");
    let again = async || {
        let sql = format!("DELETE FROM visit_steps; {}", told_of_before());
        app.database.execute(&sql).await;
        let all = steps(&desk, booked.id).await.into_iter();
        let all = all.map(|one| (one.kind, one.side));
        all.collect::<Vec<_>>()
    };
    let (person, clinic) = (Some(Audience::Employee), Some(Audience::Clinic));
    let first = (StepKind::Booked, person);
    assert_eq!(again().await, [first]);
    let coming = employee.confirm_my_appointment(moved.id, moved.version);
    coming.await.expect("will come");
    let all = steps(&desk, booked.id).await;
    assert_eq!(all.last().map(|one| one.kind), Some(StepKind::Attending));
    for (state, told) in [
        ("fulfilled", (StepKind::Completed, clinic)),
        ("no_show", (StepKind::Missed, None)),
    ] {
        let sql = format!("UPDATE appointments SET state = '{state}'");
        app.database.execute(&sql).await;
        assert_eq!(again().await, [first, told]);
    }
    let missed = steps(&desk, booked.id).await;
    assert_eq!(missed[1].at, moved.starts_at);
    let denied = "UPDATE appointments SET state = 'cancelled', denial_sealed = decode('00', 'hex')";
    app.database.execute(denied).await;
    let kinds: Vec<_> = again().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [StepKind::Requested, StepKind::Denied]);
}
