//! What of a kind of visit is changed after it was set up: texts, needs, forms, what it follows and
//! answers; and kinds and their other times that come back.

use super::*;
use salus_types::work_status::{LINT_CONFIRMATION_REQUIRED, LINT_TOKEN_STALE, LintConfirmation};

async fn kind(clinic: &Client, id: AppointmentTypeId) -> AppointmentType {
    clinic.get_appointment_type(id).await.expect("it").value
}

async fn change(
    clinic: &Client,
    id: AppointmentTypeId,
    change: &ChangeAppointmentType,
) -> Result<AppointmentType, Error> {
    let version = kind(clinic, id).await.version;
    let changed = clinic.change_appointment_type(id, version, change).await?;
    Ok(changed.value)
}

/// The codes of what was wrong, with where.
fn told(refused: &Error) -> Vec<(&str, &str)> {
    let problem = refused.problem().expect("a problem");
    let errors = problem.errors.iter();
    errors
        .map(|one| (one.pointer.as_str(), one.code.as_str()))
        .collect()
}

async fn renamed(clinic: &Client, name: &str) -> ChangeAppointmentType {
    let mut texts = kind(clinic, FIT).await.texts;
    let english = texts.iter_mut().find(|text| text.language == "en");
    name.clone_into(&mut english.expect("English").public_name);
    ChangeAppointmentType {
        texts: Some(texts),
        ..ChangeAppointmentType::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_read_what_the_clinic_writes_from_then_on() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let mut texts = kind(&clinic, FIT).await.texts;
    for text in &mut texts {
        text.public_name = "Mask fitting".to_owned();
        text.bring = vec![" Your mask ".to_owned()];
    }
    let new = ChangeAppointmentType {
        texts: Some(texts),
        fasting_hours: Some(2),
        ..ChangeAppointmentType::default()
    };
    let changed = change(&clinic, FIT, &new).await.expect("changed");
    assert_eq!(
        (changed.public_name.as_str(), changed.fasting_hours),
        ("Mask fitting", 2)
    );
    let employee = app.employee().await;
    let offered = employee.list_my_appointment_types().await.expect("types");
    let found = offered.items.iter().find(|one| one.id == FIT).expect("it");
    assert_eq!(found.public_name, "Mask fitting");
    let saves = clinic.list_appointment_type_revisions(FIT).await;
    let saves = saves.expect("saves").items;
    let names: Vec<_> = saves[0]
        .changes
        .iter()
        .map(|one| one.field.as_str())
        .collect();
    assert_eq!(names, ["fasting_hours", "texts"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_public_name_that_tells_of_health_is_confirmed_once_and_the_trail_keeps_why() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let telling = renamed(&clinic, "Hepatitis visit").await;
    let refused = change(&clinic, FIT, &telling).await.expect_err("it tells");
    assert!(refused.is(LINT_CONFIRMATION_REQUIRED), "{}", slug(&refused));
    let problem = refused.problem().expect("a problem");
    let token = problem.more["token"].as_str().expect("a token").to_owned();
    let pointer = problem.errors[0].pointer.clone();
    assert!(pointer.starts_with("/texts/") && pointer.ends_with("/public_name"));
    let confirmation = LintConfirmation {
        token,
        reason: "The campaign has this name.".to_owned(),
    };
    let other = ChangeAppointmentType {
        lint_confirmation: Some(confirmation.clone()),
        ..renamed(&clinic, "Tuberculosis visit").await
    };
    let refused = change(&clinic, FIT, &other)
        .await
        .expect_err("another text");
    assert!(refused.is(LINT_TOKEN_STALE), "{}", slug(&refused));
    let confirmed = ChangeAppointmentType {
        lint_confirmation: Some(confirmation),
        ..telling
    };
    let saved = change(&clinic, FIT, &confirmed).await.expect("confirmed");
    assert_eq!(saved.public_name, "Hepatitis visit");
    let reason =
        "SELECT reason FROM audit_events WHERE reason IS NOT NULL ORDER BY id DESC LIMIT 1";
    assert_eq!(
        app.database.text(reason).await,
        "The campaign has this name."
    );
    let longer = ChangeAppointmentType {
        duration: Some(35),
        ..ChangeAppointmentType::default()
    };
    let again = change(&clinic, FIT, &longer).await;
    again.expect("the name was confirmed before");
}

#[tokio::test(flavor = "multi_thread")]
async fn needs_forms_and_limits_are_replaced_as_a_whole() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let skilled = AppointmentTypeNeed {
        kind: ResourceKind::Provider,
        skill: Some("respirators".to_owned()),
        resource_id: None,
        count: 1,
    };
    let forms = kind(&clinic, AUDIO).await.questionnaire_ids;
    assert_eq!(forms.len(), 1);
    let new = ChangeAppointmentType {
        needs: Some(vec![skilled.clone()]),
        questionnaire_ids: Some(forms.clone()),
        max_moves: Some(0),
        bundle_order: Some(10),
        display_order: Some(1),
        ..ChangeAppointmentType::default()
    };
    let changed = change(&clinic, FIT, &new).await.expect("changed");
    assert_eq!(changed.needs, [skilled]);
    assert_eq!(changed.questionnaire_ids, forms);
    let numbers = (
        changed.max_moves,
        changed.bundle_order,
        changed.display_order,
    );
    assert_eq!(numbers, (0, 10, 1));
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    assert!(free.is_empty(), "nobody has the skill yet");
    let query = SetupQuery::default();
    let resources = clinic
        .list_resources(&query)
        .await
        .expect("resources")
        .items;
    let provider = resources
        .iter()
        .find(|one| one.kind == ResourceKind::Provider);
    let provider = provider.expect("a provider");
    let learnt = ChangeResource {
        skills: Some(vec!["respirators".to_owned()]),
        ..ChangeResource::default()
    };
    clinic
        .change_resource(provider.id, provider.version, &learnt)
        .await
        .expect("changed");
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    assert!(!booked.allowed.contains(&Act::Move), "it may not be moved");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_follows_another_one_and_never_itself() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let after = |id, least_hours, most_hours| ChangeAppointmentType {
        after: Some(Some(AfterType {
            appointment_type_id: id,
            least_hours,
            most_hours,
        })),
        ..ChangeAppointmentType::default()
    };
    let changed = change(&clinic, FIT, &after(AUDIO, 48, 72))
        .await
        .expect("it follows");
    assert_eq!(changed.after.map(|after| after.least_hours), Some(48));
    let circle = change(&clinic, AUDIO, &after(FIT, 1, 2))
        .await
        .expect_err("a circle");
    assert_eq!(
        told(&circle),
        [("/after/appointment_type_id", "follows_itself")]
    );
    let down = change(&clinic, FIT, &after(AUDIO, 72, 48))
        .await
        .expect_err("downwards");
    assert_eq!(told(&down), [("/after/most_hours", "out_of_range")]);
    let none = ChangeAppointmentType {
        after: Some(None),
        ..ChangeAppointmentType::default()
    };
    assert_eq!(
        change(&clinic, FIT, &none).await.expect("cleared").after,
        None
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_the_earlier_visit_takes_the_later_one_within_the_hours_after_it() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let after = ChangeAppointmentType {
        after: Some(Some(AfterType {
            appointment_type_id: AUDIO,
            least_hours: 48,
            most_hours: 72,
        })),
        ..ChangeAppointmentType::default()
    };
    change(&clinic, FIT, &after).await.expect("it follows");
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 5).await;
    assert_eq!(free[0].starts_at, instant(MONDAY_EIGHT), "after nothing");
    let tuesday = slots(&employee, FIT, "2027-03-02", 1).await.remove(0);
    let audio = slots(&employee, AUDIO, "2027-03-01", 1).await;
    let first = book(&employee, AUDIO, &audio[0]).await.expect("a booking");

    let free = slots(&employee, FIT, "2027-03-01", 5).await;
    let hours = |slot: &Slot| (slot.starts_at - first.starts_at).num_hours();
    assert!(!free.is_empty());
    for slot in &free {
        assert!((48..=72).contains(&hours(slot)), "{}", slot.starts_at);
    }
    let early = hold(&employee, FIT, &tuesday).await.expect_err("too soon");
    assert!(early.is(SLOT_NOT_OFFERED), "{}", slug(&early));
    book(&employee, FIT, &free[0]).await.expect("in its turn");
    let staff = for_person(TestApp::worker(4), FIT, &tuesday);
    let by_staff = clinic.book_appointment(&new_key(), &staff).await;
    by_staff.expect("staff may");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_is_answered_by_one_kind_at_a_time() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let answered = kind(&clinic, AUDIO).await.fulfils;
    assert!(!answered.is_empty());
    let fulfils = |items: &[salus_types::ids::OrderItemId]| ChangeAppointmentType {
        fulfils: Some(items.to_vec()),
        ..ChangeAppointmentType::default()
    };
    let refused = change(&clinic, FOLLOW_UP, &fulfils(&answered)).await;
    let refused = refused.expect_err("another kind answers it");
    assert_eq!(told(&refused)[0], ("/fulfils/0", "answered_elsewhere"));
    let less = change(&clinic, AUDIO, &fulfils(&[]))
        .await
        .expect("nothing");
    assert!(less.fulfils.is_empty());
    let taken = change(&clinic, FOLLOW_UP, &fulfils(&answered)).await;
    assert_eq!(taken.expect("free now").fulfils, answered);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_kind_comes_back_as_it_was_and_is_offered_again() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let before = kind(&clinic, FIT).await;
    let gone = clinic.delete_appointment_type(FIT, before.version).await;
    let gone = gone.expect("deleted").value;
    let employee = app.employee().await;
    let offered = employee.list_my_appointment_types().await.expect("types");
    assert!(offered.items.iter().all(|one| one.id != FIT));
    let deleted = DeletedQuery {
        deleted: Some(true),
    };
    let list = clinic
        .list_appointment_types(&deleted)
        .await
        .expect("types");
    assert_eq!(list.items, std::slice::from_ref(&gone));
    let later = ChangeAppointmentType {
        duration: Some(10),
        ..ChangeAppointmentType::default()
    };
    let refused = clinic
        .change_appointment_type(FIT, gone.version, &later)
        .await;
    assert!(refused.expect_err("it is deleted").is(WRONG_STATE));
    let back = clinic.restore_appointment_type(FIT, gone.version).await;
    let back = back.expect("restored").value;
    let same = AppointmentType {
        version: before.version,
        ..back.clone()
    };
    assert_eq!(same, before);
    let offered = employee.list_my_appointment_types().await.expect("types");
    assert!(offered.items.iter().any(|one| one.id == FIT));
    let twice = clinic.restore_appointment_type(FIT, back.version).await;
    assert!(twice.expect_err("it is there").is(WRONG_STATE));
}

#[tokio::test(flavor = "multi_thread")]
async fn other_times_come_back_unless_there_are_others_for_the_same_by_now() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let query = SetupQuery::default();
    let resources = clinic
        .list_resources(&query)
        .await
        .expect("resources")
        .items;
    let longer = CreateTypeOverrides {
        appointment_type_ids: vec![FIT],
        resource_ids: vec![resources[0].id],
        location_ids: vec![],
        times: OverriddenTimes {
            duration: Some(60),
            ..OverriddenTimes::default()
        },
    };
    let made = clinic.create_type_overrides(&new_key(), &longer).await;
    let made = made.expect("made").value.created.remove(0);
    let gone = clinic.delete_type_override(made.id, made.version).await;
    let gone = gone.expect("deleted").value;
    let again = clinic.create_type_overrides(&new_key(), &longer).await;
    let again = again.expect("made again").value.created.remove(0);
    let refused = clinic.restore_type_override(gone.id, gone.version).await;
    assert!(refused.expect_err("there is one").is(WRONG_STATE));
    let deleted = clinic.delete_type_override(again.id, again.version).await;
    deleted.expect("deleted");
    let back = clinic.restore_type_override(gone.id, gone.version).await;
    let back = back.expect("restored").value;
    assert_eq!((back.deleted_at, back.times.duration), (None, Some(60)));
}
