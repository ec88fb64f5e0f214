//! Kinds of visits: set up, changed for new visits or for those booked too, deleted when nobody waits.

use super::*;
use salus_types::problem::{FORBIDDEN, INVALID};

async fn kind(clinic: &Client, id: AppointmentTypeId) -> AppointmentType {
    clinic.get_appointment_type(id).await.expect("it").value
}

fn blood_test(places: &[salus_types::ids::LocationId]) -> CreateAppointmentType {
    let text = |language: &str, public_name: &str| AppointmentTypeText {
        language: language.to_owned(),
        public_name: public_name.to_owned(),
        prep_public: String::new(),
        prep_full: String::new(),
        bring: vec![],
    };
    CreateAppointmentType {
        code: "LAB".to_owned(),
        lint_confirmation: None,
        settings: AppointmentTypeSettings {
            name: "Blood draw".to_owned(),
            texts: vec![text("en", "Lab visit"), text("es", "Visita al laboratorio")],
            needs: vec![],
            questionnaire_ids: vec![],
            fulfils: vec![],
            duration: 10,
            shown_duration: None,
            buffer_before: 0,
            buffer_after: 0,
            modalities: vec![Modality::InPerson],
            location_ids: places.to_vec(),
            employee_bookable: true,
            supervisor_bookable: false,
            visible_to_supervisor: Some(false),
            clinic_confirms: false,
            min_notice_to_book: 1,
            cancel_notice: 24,
            move_notice: 24,
            max_moves: 3,
            max_per_day: 1,
            bundle_order: 50,
            after: None,
            fasting_hours: 8,
            display_order: 50,
            colour: "rose".to_owned(),
            active: true,
        },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_of_visit_is_set_up_and_booked() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let places = kind(&clinic, FIT).await.location_ids;
    let new = blood_test(&places);
    let made = clinic.create_appointment_type(&new_key(), &new).await;
    let made = made.expect("a kind").value;
    assert_eq!(made.shown_duration, 10, "told as long as it takes");
    let employee = app.employee().await;
    let free = slots(&employee, made.id, "2027-03-01", 1).await;
    assert_eq!(free[0].starts_at, instant(MONDAY_EIGHT));
    book(&employee, made.id, &free[0]).await.expect("a booking");
    let again = clinic.create_appointment_type(&new_key(), &new).await;
    let again = again.expect_err("the code is taken");
    let told = &again.problem().expect("a problem").errors[0];
    assert_eq!(
        (told.pointer.as_str(), told.code.as_str()),
        ("/code", "taken")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_counts_for_new_visits_only_unless_it_is_said_otherwise() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    let clinic = app.scheduler().await;
    let longer = |minutes, apply_to| ChangeAppointmentType {
        duration: Some(minutes),
        shown_duration: Some(minutes),
        apply_to,
        ..ChangeAppointmentType::default()
    };
    let before = kind(&clinic, FIT).await;
    let changed = clinic
        .change_appointment_type(FIT, before.version, &longer(45, None))
        .await
        .expect("changed")
        .value;
    assert_eq!(
        changed.cancel_notice, before.cancel_notice,
        "what is absent stays"
    );
    let same = employee
        .get_my_appointment(booked.id)
        .await
        .expect("it")
        .value;
    assert_eq!(same.ends_at, booked.ends_at);
    let also = longer(60, Some(ApplyTo::AlsoBooked));
    let changed = clinic
        .change_appointment_type(FIT, changed.version, &also)
        .await;
    changed.expect("changed");
    let then = employee
        .get_my_appointment(booked.id)
        .await
        .expect("it")
        .value;
    assert_eq!(then.ends_at - then.starts_at, TimeDelta::minutes(60));
    let taken = "SELECT string_agg(DISTINCT extract(epoch FROM ends_at - starts_at)::int::text, ',') FROM claims";
    assert_eq!(app.database.text(taken).await, "3600");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_one_booked_visit_would_collide_nothing_changes_and_it_is_listed() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let first = book(&employee, FIT, &free[0]).await.expect("a booking");
    let other = app.employee2().await;
    let half_past = instant("2027-03-01T13:30:00Z");
    let free = slots(&other, FIT, "2027-03-01", 1).await;
    let next = free.iter().find(|slot| slot.starts_at == half_past);
    let second = book(&other, FIT, next.expect("half past"))
        .await
        .expect("a booking");
    let clinic = app.scheduler().await;
    let before = kind(&clinic, FIT).await;
    let longer = ChangeAppointmentType {
        duration: Some(45),
        apply_to: Some(ApplyTo::AlsoBooked),
        ..ChangeAppointmentType::default()
    };
    let refused = clinic
        .change_appointment_type(FIT, before.version, &longer)
        .await;
    let refused = refused.expect_err("they meet");
    assert!(refused.is(TYPE_IN_USE), "{}", slug(&refused));
    let told = &refused.problem().expect("a problem").more["appointments"];
    let mut ids = [first.id.to_string(), second.id.to_string()];
    ids.sort();
    assert_eq!(*told, serde_json::json!(ids));
    assert_eq!(kind(&clinic, FIT).await, before);
    let shorter = ChangeAppointmentType {
        duration: Some(20),
        ..longer
    };
    let changed = clinic
        .change_appointment_type(FIT, before.version, &shorter)
        .await;
    changed.expect("shorter ones meet nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_somebody_has_ahead_of_them_is_made_inactive_and_not_deleted() {
    let app = start().await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    let clinic = app.scheduler().await;
    let version = kind(&clinic, FIT).await.version;
    let refused = clinic.delete_appointment_type(FIT, version).await;
    assert!(refused.expect_err("in use").is(TYPE_IN_USE));
    let off = ChangeAppointmentType {
        active: Some(false),
        ..ChangeAppointmentType::default()
    };
    let off = clinic.change_appointment_type(FIT, version, &off).await;
    let off = off.expect("inactive").value;
    let offered = employee.list_my_appointment_types().await.expect("types");
    assert!(offered.items.iter().all(|one| one.id != FIT));
    let given_back = employee
        .cancel_my_appointment(booked.id, booked.version, &ill())
        .await;
    given_back.expect("given back");
    let deleted = clinic.delete_appointment_type(FIT, off.version).await;
    deleted.expect("nobody waits");
    let all = clinic
        .list_appointment_types(&DeletedQuery::default())
        .await
        .expect("types")
        .items;
    assert!(all.iter().all(|one| one.id != FIT));
    let past = employee.get_my_appointment(booked.id).await.expect("it");
    assert_eq!(past.value.public_name, "Respirator fit test");
}

#[tokio::test(flavor = "multi_thread")]
async fn supervisors_know_of_a_kind_they_book_unless_it_is_said_otherwise() {
    let app = start().await;
    let clinic = app.scheduler().await;
    for (code, bookable, said, known) in [
        ("LAB-1", true, None, true),
        ("LAB-2", false, None, false),
        ("LAB-3", false, Some(true), true),
    ] {
        let mut new = blood_test(&[]);
        new.code = code.to_owned();
        new.settings.supervisor_bookable = bookable;
        new.settings.visible_to_supervisor = said;
        let made = clinic.create_appointment_type(&new_key(), &new).await;
        let made = made.expect("a kind").value;
        assert_eq!(made.visible_to_supervisor, known, "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_kind_is_told_at_each_field_and_clinicians_change_none() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let mut wrong = blood_test(&[]);
    wrong.code = "lab".to_owned();
    wrong.settings.texts.truncate(1);
    wrong.settings.texts[0].public_name = " ".to_owned();
    wrong.settings.duration = 12;
    wrong.settings.max_per_day = 0;
    wrong.settings.supervisor_bookable = true;
    let refused = clinic.create_appointment_type(&new_key(), &wrong).await;
    let refused = refused.expect_err("wrong");
    assert!(refused.is(INVALID));
    let problem = refused.problem().expect("a problem");
    let told: Vec<_> = problem
        .errors
        .iter()
        .map(|one| (one.pointer.as_str(), one.code.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("/code", "type_code"),
            ("/settings/duration", "duration"),
            ("/settings/max_per_day", "out_of_range"),
            ("/settings/visible_to_supervisor", "needed_to_book"),
            ("/settings/texts/0/public_name", "required"),
        ]
    );
    let clinician = app.clinician().await;
    let made = clinician
        .create_appointment_type(&new_key(), &blood_test(&[]))
        .await;
    assert!(made.expect_err("not theirs").is(FORBIDDEN));
}
