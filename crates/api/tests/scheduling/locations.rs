//! The clinic's places: what they are called, and what becomes of visits when their clocks change.

use super::*;
use salus_types::ids::LocationId;
use salus_types::problem::{FORBIDDEN, INVALID};

async fn place(clinic: &Client) -> ClinicLocation {
    let places = clinic.list_locations().await.expect("places").items;
    let id = places.first().expect("a place").id;
    let found = clinic.get_location(id).await;
    found.expect("the place").value
}

async fn tasks(clinic: &Client) -> Vec<(SchedulingTaskKind, Vec<AppointmentId>)> {
    let tasks = clinic.list_scheduling_tasks().await.expect("tasks").items;
    let visits = |task: &SchedulingTask| {
        let visits = task.appointments.iter();
        visits.map(|visit| visit.id).collect()
    };
    tasks.iter().map(|task| (task.kind, visits(task))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn visits_at_a_place_whose_zone_is_changed_become_tasks_at_once_and_none_moves() {
    let app = start().await;
    let (clinic, employee) = (app.scheduler().await, app.employee().await);
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let visit = book(&employee, FIT, &free[0]).await.expect("a booking");
    let before = clinic.get_location(visit.place.id).await;
    let before = before.expect("the place").value;
    let known = tasks(&clinic).await;
    let later = ChangeClinicLocation {
        zone: Some("America/Chicago".to_owned()),
        ..ChangeClinicLocation::default()
    };
    let changed = clinic.change_location(before.id, before.version, &later);
    let changed = changed.await.expect("changed").value;
    assert_eq!(
        changed,
        ClinicLocation {
            zone: "America/Chicago".to_owned(),
            version: before.version + 1,
            ..before
        }
    );
    let mut now = tasks(&clinic).await;
    now.retain(|task| !known.contains(task));
    let of_visit: Vec<_> = now
        .iter()
        .filter(|(_, visits)| visits.contains(&visit.id))
        .collect();
    assert_eq!(of_visit.len(), 1, "{now:?}");
    assert!(
        now.iter().all(|(kind, visits)| {
            *kind == SchedulingTaskKind::ZoneChanged && visits.len() == 1
        })
    );
    let still = employee.get_my_appointment(visit.id).await.expect("it");
    assert_eq!(still.value.starts_at, visit.starts_at);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_name_or_address_makes_no_task() {
    let app = start().await;
    let (clinic, employee) = (app.scheduler().await, app.employee().await);
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let visit = book(&employee, FIT, &free[0]).await.expect("a booking");
    let known = tasks(&clinic).await;
    let before = clinic.get_location(visit.place.id).await;
    let before = before.expect("the place").value;
    let moved = ChangeClinicLocation {
        name: Some(" Harbor clinic ".to_owned()),
        street: Some(Some("1 Quay".to_owned())),
        phone: Some(None),
        ..ChangeClinicLocation::default()
    };
    let changed = clinic.change_location(before.id, before.version, &moved);
    let changed = changed.await.expect("changed").value;
    assert_eq!(
        (changed.name.as_str(), changed.street.as_deref()),
        ("Harbor clinic", Some("1 Quay"))
    );
    assert_eq!(changed.phone, None);
    assert_eq!(tasks(&clinic).await, known);
    let saves = clinic.list_location_settings_revisions(before.id).await;
    let saves = saves.expect("saves").items;
    let fields = saves[0].changes.iter().map(|change| change.field.as_str());
    assert_eq!(fields.collect::<Vec<_>>(), ["name", "phone", "street"]);
    let stale = clinic.change_location(before.id, before.version, &moved);
    assert!(stale.await.expect_err("stale").is(VERSION_CONFLICT));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_zone_nobody_knows_and_a_label_that_names_the_clinic_are_refused() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let before = place(&clinic).await;
    let wrong = [
        (
            "/zone",
            ChangeClinicLocation {
                zone: Some("Mars/Olympus".to_owned()),
                ..ChangeClinicLocation::default()
            },
        ),
        (
            "/public_label",
            ChangeClinicLocation {
                public_label: Some(before.name.to_uppercase()),
                ..ChangeClinicLocation::default()
            },
        ),
        (
            "/public_label",
            ChangeClinicLocation {
                public_label: Some(format!("{}, by the river", before.name)),
                ..ChangeClinicLocation::default()
            },
        ),
        (
            "/street",
            ChangeClinicLocation {
                street: Some(Some("x".repeat(121))),
                ..ChangeClinicLocation::default()
            },
        ),
        (
            "/name",
            ChangeClinicLocation {
                name: Some("  ".to_owned()),
                ..ChangeClinicLocation::default()
            },
        ),
    ];
    for (pointer, command) in wrong {
        let refused = clinic.change_location(before.id, before.version, &command);
        let refused = refused.await.expect_err("refused");
        assert!(refused.is(INVALID), "{}", slug(&refused));
        let problem = refused.problem().expect("a problem");
        let pointers = problem.errors.iter().map(|one| one.pointer.as_str());
        assert_eq!(pointers.collect::<Vec<_>>(), [pointer]);
    }
    assert_eq!(place(&clinic).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clinician_reads_places_and_changes_none() {
    let app = start().await;
    let clinician = app.clinician().await;
    let before = place(&clinician).await;
    let nothing = ChangeClinicLocation::default();
    let refused = clinician.change_location(before.id, before.version, &nothing);
    assert!(refused.await.expect_err("refused").is(FORBIDDEN));
    let nowhere = LocationId(uuid::Uuid::nil());
    let missing = clinician.get_location(nowhere).await;
    assert!(missing.expect_err("no such place").is(NOT_FOUND));
}
