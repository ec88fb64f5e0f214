//! When resources work: what a clinic sets up, changes, deletes and restores.

use super::*;
use salus_types::ids::ScheduleId;
use salus_types::problem::{FORBIDDEN, INVALID};

/// Saturday 6 March 2027; nobody works on it at first.
const SATURDAY: &str = "2027-03-06";

pub(super) async fn of_resource(clinic: &Client, name: &str) -> Schedule {
    let resources = clinic
        .list_resources(&SetupQuery::default())
        .await
        .expect("resources")
        .items;
    let wanted = resources.iter().find(|one| one.name == name);
    let id = wanted.expect("that resource").id;
    let schedules = clinic.list_schedules(&SetupQuery::default()).await;
    let all = schedules.expect("schedules").items;
    all.into_iter()
        .find(|one| one.resource_id == id)
        .expect("its schedule")
}

fn on_saturdays(like: &Schedule) -> CreateSchedule {
    CreateSchedule {
        every_n_weeks: Some(1),
        windows: vec![ScheduleWindow {
            weekday: Some(6),
            on_date: None,
            start_minute: 9 * 60,
            end_minute: 10 * 60,
        }],
        interval: 30,
        ..CreateSchedule::from(like.clone())
    }
}

async fn create(clinic: &Client, command: &CreateSchedule) -> Schedule {
    let made = clinic.create_schedule(&new_key(), command).await;
    made.expect("a schedule").value
}

/// Nurse and room on Saturdays, 9 to 10; the nurse's is answered.
pub(super) async fn open_saturdays(clinic: &Client) -> Schedule {
    let room = of_resource(clinic, "Exam room 1").await;
    create(clinic, &on_saturdays(&room)).await;
    let nurse = of_resource(clinic, "J. Lee, RN").await;
    create(clinic, &on_saturdays(&nurse)).await
}

fn pointers(error: &Error) -> Vec<(String, String)> {
    let problem = error.problem().expect("a problem");
    let told = |one: &salus_types::problem::FieldError| (one.pointer.clone(), one.code.clone());
    problem.errors.iter().map(told).collect()
}

fn changed_fields(revision: &Revision) -> Vec<&str> {
    let changes = revision.changes.iter();
    changes.map(|change| change.field.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_up_is_offered_at_once() {
    let app = start().await;
    let employee = app.employee().await;
    assert!(slots(&employee, FIT, SATURDAY, 1).await.is_empty());
    let made = open_saturdays(&app.scheduler().await).await;
    assert_eq!(made.version, 1);
    let free = slots(&employee, FIT, SATURDAY, 1).await;
    let starts: Vec<_> = free.iter().map(|slot| slot.starts_at).collect();
    assert_eq!(
        starts,
        [
            instant("2027-03-06T14:00:00Z"),
            instant("2027-03-06T14:30:00Z")
        ]
    );
    book(&employee, FIT, &free[0]).await.expect("a booking");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_save_of_a_schedule_says_who_changed_what() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let made = open_saturdays(&clinic).await;
    let change = ChangeSchedule {
        capacity: Some(2),
        daily_cap: Some(Some(4)),
        ..ChangeSchedule::default()
    };
    let changed = clinic.change_schedule(made.id, made.version, &change).await;
    let changed = changed.expect("a change").value;
    assert_eq!((changed.capacity, changed.daily_cap), (2, Some(4)));
    assert_eq!(changed.windows, made.windows, "what is absent stays");
    let cleared = ChangeSchedule {
        daily_cap: Some(None),
        ..ChangeSchedule::default()
    };
    let cleared = clinic
        .change_schedule(made.id, changed.version, &cleared)
        .await
        .expect("a change")
        .value;
    assert_eq!(cleared.daily_cap, None, "null clears");

    let kept = clinic.list_schedule_revisions(made.id).await;
    let kept = kept.expect("revisions").items;
    let acts: Vec<_> = kept.iter().map(|one| (one.version, one.act)).collect();
    assert_eq!(
        acts,
        [
            (3, RevisionAct::Changed),
            (2, RevisionAct::Changed),
            (1, RevisionAct::Created)
        ]
    );
    assert_eq!(changed_fields(&kept[1]), ["capacity", "daily_cap"]);
    assert_eq!(kept[1].changes[0].before, Some(1.into()));
    assert_eq!(kept[1].changes[0].after, Some(2.into()));
    assert!(kept.iter().all(|one| one.saved_by.is_some()));
    let audited = "SELECT count(*)::text FROM audit_events WHERE data_class = 'configuration' AND act = 'change'";
    assert_eq!(app.database.text(audited).await, "2");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_somebody_else_changed_meanwhile_is_not_changed() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let made = open_saturdays(&clinic).await;
    let change = ChangeSchedule {
        priority: Some(7),
        ..ChangeSchedule::default()
    };
    let first = clinic.change_schedule(made.id, 1, &change).await;
    first.expect("the first change");
    let second = clinic.change_schedule(made.id, 1, &change).await;
    assert!(second.expect_err("stale").is(VERSION_CONFLICT));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_with_visits_ahead_is_deleted_when_confirmed_and_the_visits_stay() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let made = open_saturdays(&clinic).await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, SATURDAY, 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");

    let asked = ConfirmQuery::default();
    let refused = clinic.delete_schedule(made.id, made.version, &asked).await;
    let refused = refused.expect_err("not confirmed");
    assert!(refused.is(SCHEDULE_HAS_APPOINTMENTS), "{}", slug(&refused));
    let told = refused.problem().expect("a problem");
    assert_eq!(told.more["appointments_ahead"], 1);

    let confirmed = ConfirmQuery {
        confirm: Some(true),
    };
    let deleted = clinic
        .delete_schedule(made.id, made.version, &confirmed)
        .await
        .expect("deleted");
    assert_eq!(deleted.appointments_ahead, 1);
    assert!(deleted.schedule.deleted_at.is_some());
    let still = employee.get_my_appointment(booked.id).await.expect("it");
    assert_eq!(still.value.state, State::Booked);
    let other = app.employee2().await;
    assert!(slots(&other, FIT, SATURDAY, 1).await.is_empty());
    let shown = clinic.list_schedules(&SetupQuery::default()).await;
    let shown = shown.expect("schedules").items;
    assert!(shown.iter().all(|one| one.id != made.id));

    let version = deleted.schedule.version;
    let change = ChangeSchedule {
        priority: Some(7),
        ..ChangeSchedule::default()
    };
    let refused = clinic.change_schedule(made.id, version, &change).await;
    assert!(refused.expect_err("deleted").is(WRONG_STATE));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_schedule_is_found_and_restored() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let made = open_saturdays(&clinic).await;
    let asked = ConfirmQuery::default();
    let deleted = clinic.delete_schedule(made.id, made.version, &asked).await;
    let deleted = deleted.expect("deleted").schedule;
    let only_deleted = SetupQuery {
        deleted: Some(true),
        ..SetupQuery::default()
    };
    let found = clinic.list_schedules(&only_deleted).await.expect("them");
    assert_eq!(found.items, std::slice::from_ref(&deleted));
    let restored = clinic.restore_schedule(made.id, deleted.version).await;
    let restored = restored.expect("restored").value;
    assert_eq!(restored.deleted_at, None);
    assert_eq!(restored.windows, made.windows);
    let again = clinic.restore_schedule(made.id, restored.version).await;
    assert!(again.expect_err("in force").is(WRONG_STATE));
    let employee = app.employee().await;
    assert_eq!(slots(&employee, FIT, SATURDAY, 1).await.len(), 2);
    let kept = clinic.list_schedule_revisions(made.id).await;
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
async fn what_is_wrong_with_a_schedule_is_told_at_each_field() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let nurse = of_resource(&clinic, "J. Lee, RN").await;
    let at = |weekday, start_minute, end_minute| ScheduleWindow {
        weekday: Some(weekday),
        on_date: None,
        start_minute,
        end_minute,
    };
    let wrong = CreateSchedule {
        location_id: salus_types::ids::LocationId(uuid::Uuid::nil()),
        appointment_type_ids: Some(vec![FIT, AppointmentTypeId(uuid::Uuid::nil())]),
        windows: vec![at(1, 540, 720), at(1, 700, 800)],
        interval: 15,
        offset: 15,
        ..on_saturdays(&nurse)
    };
    let refused = clinic.create_schedule(&new_key(), &wrong).await;
    let refused = refused.expect_err("wrong");
    assert!(refused.is(INVALID));
    let told = pointers(&refused);
    let expected = [
        ("/offset", "offset"),
        ("/windows/1/start_minute", "window_overlap"),
        ("/location_id", "unknown"),
        ("/appointment_type_ids/1", "unknown"),
    ];
    assert_eq!(told, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));

    let backwards = CreateSchedule {
        windows: vec![at(1, 720, 720), at(8, 540, 600)],
        ..on_saturdays(&nurse)
    };
    let preview = PreviewSchedule {
        schedule: backwards,
        appointment_type_id: None,
        schedule_id: None,
        from: None,
    };
    let refused = clinic.preview_schedule(&preview).await;
    let told = pointers(&refused.expect_err("wrong"));
    let expected = [
        ("/schedule/windows/0/end_minute", "window_end"),
        ("/schedule/windows/1/weekday", "out_of_range"),
    ];
    assert_eq!(told, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_shows_what_a_draft_would_offer_and_saves_nothing() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let nurse = of_resource(&clinic, "J. Lee, RN").await;
    let preview = PreviewSchedule {
        schedule: on_saturdays(&nurse),
        appointment_type_id: Some(FIT),
        schedule_id: None,
        from: Some(day("2027-03-01")),
    };
    let shown = clinic.preview_schedule(&preview).await.expect("a preview");
    assert_eq!(shown.days.len(), 14);
    let free: Vec<_> = shown
        .days
        .iter()
        .filter(|day| !day.starts.is_empty())
        .map(|day| (day.date, day.starts.len()))
        .collect();
    assert_eq!(free, [(day(SATURDAY), 2), (day("2027-03-13"), 2)]);
    let kept = "SELECT count(*)::text FROM schedules";
    assert_eq!(app.database.text(kept).await, "4");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_leaves_out_what_is_taken() {
    let app = start().await;
    let clinic = app.scheduler().await;
    open_saturdays(&clinic).await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, SATURDAY, 1).await;
    book(&employee, FIT, &free[0]).await.expect("a booking");
    let nurse = of_resource(&clinic, "J. Lee, RN").await;
    let preview = PreviewSchedule {
        schedule: on_saturdays(&nurse),
        appointment_type_id: Some(FIT),
        schedule_id: None,
        from: Some(day(SATURDAY)),
    };
    let shown = clinic.preview_schedule(&preview).await.expect("a preview");
    let starts: Vec<_> = shown.days[0]
        .starts
        .iter()
        .map(|one| one.starts_at)
        .collect();
    assert_eq!(starts, [free[1].starts_at]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_capacity_of_three_takes_three_people_at_one_time_and_no_fourth() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let three = |like: &Schedule| CreateSchedule {
        capacity: 3,
        ..on_saturdays(like)
    };
    let room = of_resource(&clinic, "Exam room 1").await;
    create(&clinic, &three(&room)).await;
    let nurse = of_resource(&clinic, "J. Lee, RN").await;
    create(&clinic, &three(&nurse)).await;
    let crowd = app.crowd(4).await;
    let free = slots(&crowd[0].1, FIT, SATURDAY, 1).await;
    let mut met = Vec::new();
    for (_, client) in &crowd {
        let answer = book(client, FIT, &free[0]).await;
        met.push(answer.map_or_else(|error| slug(&error), |_| "booked".to_owned()));
    }
    assert_eq!(met, ["booked", "booked", "booked", "slot-taken"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clinician_reads_schedules_and_does_not_change_them() {
    let app = start().await;
    let clinician = app.clinician().await;
    let nurse = of_resource(&clinician, "J. Lee, RN").await;
    let made = clinician
        .create_schedule(&new_key(), &on_saturdays(&nurse))
        .await;
    assert!(made.expect_err("not theirs").is(FORBIDDEN));
    let asked = ConfirmQuery::default();
    let deleted = clinician
        .delete_schedule(nurse.id, nurse.version, &asked)
        .await;
    assert!(deleted.expect_err("not theirs").is(FORBIDDEN));
    let nowhere = ScheduleId(uuid::Uuid::nil());
    let missing = clinician.get_schedule(nowhere).await;
    assert!(missing.expect_err("not there").is(NOT_FOUND));
}
