//! Times that differ with a resource or at a location: what is offered, booked and kept.

use super::*;
use salus_types::problem::INVALID;

async fn nurse(clinic: &Client) -> Resource {
    let all = clinic
        .list_resources(&SetupQuery::default())
        .await
        .expect("resources")
        .items;
    all.into_iter()
        .find(|one| one.kind == ResourceKind::Provider)
        .expect("the nurse")
}

fn longer(kinds: &[AppointmentTypeId], resource: &Resource) -> CreateTypeOverrides {
    CreateTypeOverrides {
        appointment_type_ids: kinds.to_vec(),
        resource_ids: vec![resource.id],
        location_ids: vec![],
        times: OverriddenTimes {
            duration: Some(60),
            shown_duration: Some(45),
            ..OverriddenTimes::default()
        },
    }
}

async fn create(clinic: &Client, command: &CreateTypeOverrides) -> CreatedTypeOverrides {
    let made = clinic.create_type_overrides(&new_key(), command).await;
    made.expect("overrides").value
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_offered_and_taken_with_the_times_of_who_leads_it() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let nurse = nurse(&clinic).await;
    create(&clinic, &longer(&[FIT], &nurse)).await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    assert_eq!(free[0].ends_at - free[0].starts_at, TimeDelta::minutes(45));
    let last = free.last().expect("a time").starts_at;
    assert_eq!(last, instant("2027-03-01T20:00:00Z"), "an hour before four");
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    assert_eq!(booked.ends_at, free[0].ends_at);
    let taken = "SELECT string_agg(DISTINCT extract(epoch FROM ends_at - starts_at)::int::text, ',') FROM claims";
    assert_eq!(
        app.database.text(taken).await,
        "3600",
        "resources and person"
    );
    let other = app.employee2().await;
    let next = slots(&other, FIT, "2027-03-01", 1).await;
    assert_eq!(next[0].starts_at, instant("2027-03-01T14:00:00Z"));
    let audio = slots(&other, AUDIO, "2027-03-01", 1).await;
    assert_eq!(audio[0].starts_at, instant("2027-03-01T14:00:00Z"));
    assert_eq!(
        audio[0].ends_at - audio[0].starts_at,
        TimeDelta::minutes(25)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn booked_visits_keep_the_times_of_who_leads_them_when_their_kind_takes_longer() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let nurse = nurse(&clinic).await;
    let own = CreateTypeOverrides {
        times: OverriddenTimes {
            duration: Some(30),
            buffer_after: Some(0),
            ..OverriddenTimes::default()
        },
        ..longer(&[FIT], &nurse)
    };
    create(&clinic, &own).await;
    let (first, second) = (app.employee().await, app.employee2().await);
    let free = slots(&first, FIT, "2027-03-01", 1).await;
    let at_eight = book(&first, FIT, &free[0]).await.expect("a booking");
    let free = slots(&second, FIT, "2027-03-01", 1).await;
    assert_eq!(free[0].starts_at, instant("2027-03-01T13:30:00Z"));
    book(&second, FIT, &free[0]).await.expect("a booking");
    // By the kind's own times the two would meet.
    let kind = clinic.get_appointment_type(FIT).await.expect("it").value;
    let change = ChangeAppointmentType {
        duration: Some(45),
        shown_duration: Some(25),
        buffer_after: Some(10),
        apply_to: Some(ApplyTo::AlsoBooked),
        ..ChangeAppointmentType::default()
    };
    let changed = clinic
        .change_appointment_type(FIT, kind.version, &change)
        .await;
    changed.expect("they meet nobody");
    let taken = "SELECT string_agg(DISTINCT extract(epoch FROM ends_at - starts_at)::int::text, ',') FROM claims";
    assert_eq!(app.database.text(taken).await, "1800");
    let same = first.get_my_appointment(at_eight.id).await.expect("it");
    let told = same.value.ends_at - same.value.starts_at;
    assert_eq!(told, TimeDelta::minutes(25), "what nothing differs from");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_there_is_already_is_left_alone_and_listed() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let nurse = nurse(&clinic).await;
    let first = create(&clinic, &longer(&[FIT], &nurse)).await;
    assert_eq!((first.created.len(), first.left_alone.len()), (1, 0));
    let mut both = longer(&[FIT, AUDIO], &nurse);
    both.times.duration = Some(90);
    let second = create(&clinic, &both).await;
    let made: Vec<_> = second
        .created
        .iter()
        .map(|one| one.appointment_type_id)
        .collect();
    assert_eq!(made, [AUDIO]);
    assert_eq!(second.left_alone, first.created);
    let mut elsewhere = longer(&[FIT], &nurse);
    elsewhere.location_ids = vec![nurse.home_location_id];
    let third = create(&clinic, &elsewhere).await;
    assert_eq!(third.created.len(), 1, "at a location it is another one");
    let all = clinic.list_type_overrides(&SetupQuery::default()).await;
    assert_eq!(all.expect("them").items.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_override_is_changed_and_deleted_and_the_usual_times_come_back() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let nurse = nurse(&clinic).await;
    let made = create(&clinic, &longer(&[FIT], &nurse))
        .await
        .created
        .remove(0);
    let shorter = ChangeTypeOverride {
        duration: Some(Some(20)),
        shown_duration: Some(None),
        ..ChangeTypeOverride::default()
    };
    let changed = clinic
        .change_type_override(made.id, made.version, &shorter)
        .await;
    let changed = changed.expect("changed").value;
    assert_eq!(
        (changed.times.duration, changed.times.shown_duration),
        (Some(20), None)
    );
    let nothing = ChangeTypeOverride {
        duration: Some(None),
        ..ChangeTypeOverride::default()
    };
    let refused = clinic
        .change_type_override(made.id, changed.version, &nothing)
        .await;
    assert!(refused.expect_err("it would change nothing").is(INVALID));
    let deleted = clinic.delete_type_override(made.id, changed.version).await;
    assert!(deleted.expect("deleted").value.deleted_at.is_some());
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    assert_eq!(free[0].ends_at - free[0].starts_at, TimeDelta::minutes(30));
    create(&clinic, &longer(&[FIT], &nurse)).await;
    let kept = clinic.list_type_override_revisions(made.id).await;
    let acts: Vec<_> = kept
        .expect("them")
        .items
        .iter()
        .map(|one| one.act)
        .collect();
    assert_eq!(
        acts,
        [
            RevisionAct::Deleted,
            RevisionAct::Changed,
            RevisionAct::Created
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_override_is_told_at_each_field() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let wrong = CreateTypeOverrides {
        appointment_type_ids: vec![AppointmentTypeId(uuid::Uuid::nil())],
        resource_ids: vec![],
        location_ids: vec![],
        times: OverriddenTimes {
            duration: Some(7),
            ..OverriddenTimes::default()
        },
    };
    let refused = clinic.create_type_overrides(&new_key(), &wrong).await;
    let refused = refused.expect_err("wrong");
    let problem = refused.problem().expect("a problem");
    let told: Vec<_> = problem
        .errors
        .iter()
        .map(|one| (one.pointer.as_str(), one.code.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("/appointment_type_ids/0", "unknown"),
            ("/times/duration", "duration"),
            ("/resource_ids", "required")
        ]
    );
}
