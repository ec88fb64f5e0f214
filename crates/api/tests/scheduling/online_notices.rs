//! What the front desk hears of bookings, moves and cancellations from outside.

use super::*;
use salus_types::messaging::WorkList;

/// Tuesday 23 February 2027: the next business day.
const TOMORROW: &str = "2027-02-23";

async fn tasks(app: &TestApp) -> Vec<SchedulingTask> {
    noted(app).await;
    let desk = app.scheduler().await;
    desk.list_scheduling_tasks().await.expect("tasks").items
}

fn about(task: &SchedulingTask) -> (SchedulingTaskKind, AppointmentId) {
    (task.kind, task.appointments[0].id)
}

async fn seen(app: &TestApp, task: &SchedulingTask) {
    let desk = app.scheduler().await;
    let closed = desk.close_scheduling_task(task.id, task.version).await;
    closed.expect("closed");
}

/// The last time of a day, for who has to give a day's notice.
async fn last_of(client: &Client, date: &str) -> Slot {
    slots(client, FIT, date, 1)
        .await
        .pop()
        .expect("a free time")
}

async fn moved(client: &Client, visit: &Appointment, date: &str) -> Appointment {
    let free = last_of(client, date).await;
    let command = HoldSlot {
        moving: Some(visit.id),
        ..wish(FIT, &free)
    };
    let held = client.hold_my_slot(&new_key(), &command).await;
    let command = MoveAppointment {
        hold_id: held.expect("a hold").id,
    };
    let moved = client
        .move_my_appointment(visit.id, visit.version, &command)
        .await;
    moved.expect("moved").value
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_for_the_next_business_day_is_one_task_and_a_move_brings_it_up_to_date() {
    let app = start().await;
    let employee = app.employee().await;
    let booked = book(&employee, FIT, &last_of(&employee, TOMORROW).await).await;
    let booked = booked.expect("a booking");
    let first = tasks(&app).await;
    assert_eq!(first.len(), 1);
    assert_eq!(
        about(&first[0]),
        (SchedulingTaskKind::BookedOnline, booked.id)
    );
    assert_eq!(tasks(&app).await, first, "once");

    // It is still news, wherever it went meanwhile.
    let later = moved(&employee, &booked, "2027-02-25").await;
    let second = tasks(&app).await;
    assert_eq!(second.len(), 1);
    assert_eq!(
        about(&second[0]),
        (SchedulingTaskKind::BookedOnline, booked.id)
    );
    assert_eq!(second[0].moved_from, Some(booked.starts_at));
    assert_eq!(second[0].appointments[0].starts_at, later.starts_at);

    seen(&app, &second[0]).await;
    moved(&employee, &later, TOMORROW).await;
    let third = tasks(&app).await;
    assert_eq!(third.len(), 1);
    assert_eq!(third[0].kind, SchedulingTaskKind::MovedOnline);
    assert_eq!(third[0].moved_from, Some(later.starts_at));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_for_the_next_business_day_is_a_task_until_staff_take_it_back() {
    let app = start().await;
    let employee = app.employee().await;
    let booked = book(&employee, FIT, &last_of(&employee, TOMORROW).await).await;
    let booked = booked.expect("a booking");
    seen(&app, &tasks(&app).await[0]).await;
    let cancelled = employee
        .cancel_my_appointment(booked.id, booked.version, &ill())
        .await;
    let cancelled = cancelled.expect("cancelled").value;
    let told = tasks(&app).await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        about(&told[0]),
        (SchedulingTaskKind::CancelledOnline, booked.id)
    );
    let desk = app.scheduler().await;
    let undone = desk.undo_cancellation(booked.id, cancelled.version).await;
    undone.expect("booked again");
    assert_eq!(tasks(&app).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_far_ahead_or_done_by_the_clinic_is_no_task() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-02-24", 1).await;
    book(&employee, FIT, &free[0]).await.expect("a booking");
    let desk = app.scheduler().await;
    let near = last_of(&app.employee2().await, TOMORROW).await;
    let command = for_person(TestApp::worker(6), FIT, &near);
    let booked = desk.book_appointment(&new_key(), &command).await;
    booked.expect("a booking");
    assert_eq!(tasks(&app).await, []);
    let noted = "SELECT string_agg(what || ' ' || changed_by || ' ' || at_once, ', ' ORDER BY happened_at, id)
        FROM visit_changes WHERE happened_at >= '2027-01-01'";
    assert_eq!(
        app.database.text(noted).await,
        "booked employee false, booked clinic false"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_a_time_is_answered_within_four_business_hours() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, PHYS, "2027-03-01", 1).await;
    let asked = book(&employee, PHYS, &free[0]).await.expect("a booking");
    let told = tasks(&app).await;
    assert_eq!(told.len(), 1);
    assert_eq!(about(&told[0]), (SchedulingTaskKind::ToConfirm, asked.id));
    // Asked on Monday at eight.
    let due = instant("2027-02-22T17:00:00Z");
    let late = told[0].due_at.expect("a time") - due;
    assert!(late.num_seconds() < 60, "{late}");

    let desk = app.scheduler().await;
    let overdue = async || {
        let summary = desk.get_work_summary().await.expect("a summary");
        let mut lists = summary.items.into_iter();
        let list = lists.find(|one| one.list == WorkList::SchedulingTasks);
        list.map(|one| (one.count, one.overdue))
    };
    assert_eq!(overdue().await, Some((1, 0)));
    app.state.clock.set(due + TimeDelta::minutes(5));
    assert_eq!(overdue().await, Some((1, 1)));
    let agreed = desk.confirm_appointment(asked.id, asked.version).await;
    agreed.expect("agreed");
    assert_eq!(tasks(&app).await, []);
    assert_eq!(overdue().await, Some((0, 0)));
}
