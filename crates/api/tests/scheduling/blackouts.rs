//! When resources are away: over visits it has to be confirmed, and a task to move them is opened.

use super::*;
use chrono::NaiveDateTime;
use salus_types::messaging::WorkList;
use salus_types::problem::{FORBIDDEN, INVALID};

fn local(text: &str) -> NaiveDateTime {
    text.parse().expect("a wall-clock time")
}

/// Everybody is away on Monday 1 March 2027, from 8 to 10.
fn monday_morning() -> CreateBlackout {
    CreateBlackout {
        resource_id: None,
        location_id: None,
        starts_local: local("2027-03-01T08:00:00"),
        ends_local: local("2027-03-01T10:00:00"),
        whole_days: false,
        modality: None,
        reason: "Training".to_owned(),
        yearly: false,
        confirm: false,
    }
}

async fn create(clinic: &Client, command: &CreateBlackout) -> Result<Blackout, Error> {
    let made = clinic.create_blackout(&new_key(), command).await?;
    Ok(made.value)
}

async fn resource(clinic: &Client, name: &str) -> Resource {
    let all = clinic
        .list_resources(&SetupQuery::default())
        .await
        .expect("resources")
        .items;
    all.into_iter()
        .find(|one| one.name == name)
        .expect("that resource")
}

async fn booked_at_eight(app: &TestApp) -> (Client, Appointment) {
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    (employee, booked)
}

async fn tasks(clinic: &Client) -> Vec<SchedulingTask> {
    clinic.list_scheduling_tasks().await.expect("tasks").items
}

#[tokio::test(flavor = "multi_thread")]
async fn while_one_is_away_nothing_is_offered_and_afterwards_it_is_again() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let made = create(&clinic, &monday_morning()).await.expect("made");
    let employee = app.employee().await;
    let first = |free: Vec<Slot>| free.first().map(|slot| slot.starts_at);
    let ten = Some(instant("2027-03-01T15:00:00Z"));
    assert_eq!(first(slots(&employee, FIT, "2027-03-01", 1).await), ten);
    let deleted = clinic.delete_blackout(made.id, made.version).await;
    let deleted = deleted.expect("deleted").value;
    let eight = Some(instant(MONDAY_EIGHT));
    assert_eq!(first(slots(&employee, FIT, "2027-03-01", 1).await), eight);
    let query = ConfirmQuery::default();
    let restored = clinic.restore_blackout(made.id, deleted.version, &query);
    restored.await.expect("restored");
    assert_eq!(first(slots(&employee, FIT, "2027-03-01", 1).await), ten);
    let kept = clinic.list_blackout_revisions(made.id).await;
    let acts: Vec<_> = kept
        .expect("them")
        .items
        .iter()
        .map(|one| one.act)
        .collect();
    assert_eq!(
        acts,
        [
            RevisionAct::Restored,
            RevisionAct::Deleted,
            RevisionAct::Created
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blackout_over_visits_is_confirmed_leaves_them_booked_and_opens_one_task() {
    let app = start().await;
    let (employee, booked) = booked_at_eight(&app).await;
    let clinic = app.scheduler().await;
    let refused = create(&clinic, &monday_morning()).await;
    let refused = refused.expect_err("not confirmed");
    assert!(
        refused.is(BLACKOUT_OVERLAPS_APPOINTMENTS),
        "{}",
        slug(&refused)
    );
    let told = refused.problem().expect("a problem");
    assert_eq!(told.more["count"], 1);
    let listed = &told.more["appointments"][0];
    assert_eq!(listed["id"], booked.id.to_string());
    assert!(listed.get("person").is_none(), "not whose it is");
    let none = clinic.list_blackouts(&SetupQuery::default()).await;
    assert_eq!(none.expect("them").items.len(), 2, "nothing was saved");
    assert!(tasks(&clinic).await.is_empty());

    let confirmed = CreateBlackout {
        confirm: true,
        ..monday_morning()
    };
    create(&clinic, &confirmed).await.expect("made");
    let still = employee.get_my_appointment(booked.id).await.expect("it");
    assert_eq!(still.value.state, State::Booked);
    let open = tasks(&clinic).await;
    let [task] = open.as_slice() else {
        panic!("one task: {open:?}");
    };
    assert_eq!(task.reason, "Training");
    let visits: Vec<_> = task.appointments.iter().map(|visit| visit.id).collect();
    assert_eq!(visits, [booked.id]);
    let summary = clinic.get_work_summary().await.expect("a summary");
    let waiting = summary
        .items
        .iter()
        .find(|one| one.list == WorkList::SchedulingTasks);
    assert_eq!(waiting.map(|one| one.count), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_done_when_its_visits_are_elsewhere() {
    let app = start().await;
    let (_, booked) = booked_at_eight(&app).await;
    let clinic = app.scheduler().await;
    let confirmed = CreateBlackout {
        confirm: true,
        ..monday_morning()
    };
    create(&clinic, &confirmed).await.expect("made");
    assert_eq!(tasks(&clinic).await.len(), 1);
    let cancelled = clinic
        .cancel_appointment(booked.id, booked.version, &ill())
        .await;
    cancelled.expect("given back");
    assert!(tasks(&clinic).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_closed_by_hand_or_with_its_blackout() {
    let app = start().await;
    booked_at_eight(&app).await;
    let clinic = app.scheduler().await;
    let confirmed = CreateBlackout {
        confirm: true,
        ..monday_morning()
    };
    let first = create(&clinic, &confirmed).await.expect("made");
    let task = tasks(&clinic).await.remove(0);
    let closed = clinic.close_scheduling_task(task.id, task.version).await;
    let closed = closed.expect("closed");
    assert!(closed.value.closed_at.is_some());
    assert!(tasks(&clinic).await.is_empty());
    let again = clinic.close_scheduling_task(task.id, closed.version).await;
    assert!(again.expect_err("closed").is(WRONG_STATE));

    let second = create(&clinic, &confirmed).await.expect("made");
    assert_eq!(tasks(&clinic).await.len(), 1);
    for one in [first, second] {
        let deleted = clinic.delete_blackout(one.id, one.version).await;
        deleted.expect("deleted");
    }
    assert!(tasks(&clinic).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_longer_blackout_asks_about_the_visits_it_had_not_covered_only() {
    let app = start().await;
    let (_, booked) = booked_at_eight(&app).await;
    let clinic = app.scheduler().await;
    let confirmed = CreateBlackout {
        confirm: true,
        ..monday_morning()
    };
    let made = create(&clinic, &confirmed).await.expect("made");
    let other = app.employee2().await;
    let ten = slots(&other, FIT, "2027-03-01", 1).await.remove(0);
    let later = book(&other, FIT, &ten).await.expect("a booking");
    let reworded = ChangeBlackout {
        reason: Some("A course".to_owned()),
        ..ChangeBlackout::default()
    };
    let made = clinic
        .change_blackout(made.id, made.version, &reworded)
        .await
        .expect("nothing to ask")
        .value;
    let longer = ChangeBlackout {
        ends_local: Some(local("2027-03-01T11:00:00")),
        ..ChangeBlackout::default()
    };
    let refused = clinic.change_blackout(made.id, made.version, &longer).await;
    let refused = refused.expect_err("not confirmed");
    let told = &refused.problem().expect("a problem").more["appointments"];
    assert_eq!(told.as_array().map(Vec::len), Some(1));
    assert_eq!(told[0]["id"], later.id.to_string());
    let longer = ChangeBlackout {
        confirm: Some(true),
        ..longer
    };
    let changed = clinic.change_blackout(made.id, made.version, &longer).await;
    changed.expect("confirmed");
    let open = tasks(&clinic).await;
    let visits: Vec<Vec<_>> = open
        .iter()
        .map(|task| task.appointments.iter().map(|visit| visit.id).collect())
        .collect();
    assert_eq!(visits, [vec![booked.id], vec![later.id]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clinician_is_away_themselves_and_says_nothing_of_others() {
    let app = start().await;
    let clinician = app.clinician().await;
    let nurse = resource(&clinician, "J. Lee, RN").await;
    assert!(nurse.own);
    let mine = CreateBlackout {
        resource_id: Some(nurse.id),
        ..monday_morning()
    };
    let made = create(&clinician, &mine).await.expect("their own");
    assert!(made.own);
    let room = resource(&clinician, "Exam room 1").await;
    let theirs = CreateBlackout {
        resource_id: Some(room.id),
        ..monday_morning()
    };
    for command in [theirs, monday_morning()] {
        let refused = create(&clinician, &command).await;
        assert!(refused.expect_err("not theirs").is(FORBIDDEN));
    }
    let stolen = ChangeBlackout {
        resource_id: Some(Some(room.id)),
        ..ChangeBlackout::default()
    };
    let refused = clinician
        .change_blackout(made.id, made.version, &stolen)
        .await;
    assert!(refused.expect_err("not theirs").is(FORBIDDEN));
    let all = clinician.list_blackouts(&SetupQuery::default()).await;
    let holiday = all.expect("them").items.remove(0);
    let refused = clinician.delete_blackout(holiday.id, holiday.version);
    assert!(refused.await.expect_err("not theirs").is(FORBIDDEN));
    let deleted = clinician.delete_blackout(made.id, made.version).await;
    deleted.expect("their own");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_blackout_is_told_at_each_field() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let room = resource(&clinic, "Exam room 1").await;
    let wrong = CreateBlackout {
        resource_id: Some(room.id),
        location_id: Some(room.home_location_id),
        ends_local: local("2027-03-01T08:00:00"),
        ..monday_morning()
    };
    let refused = create(&clinic, &wrong).await.expect_err("wrong");
    assert!(refused.is(INVALID));
    let problem = refused.problem().expect("a problem");
    let told: Vec<_> = problem
        .errors
        .iter()
        .map(|one| (one.pointer.as_str(), one.code.as_str()))
        .collect();
    assert_eq!(
        told,
        [("/location_id", "one_of"), ("/ends_local", "before_start")]
    );
}
