//! Accommodations: written by the clinic, read by the person and, without a cause, their
//! supervisor.
#![cfg(test)]

use salus_client::new_key;
use salus_test_support::TestApp;
use salus_types::ids::RestrictionId;
use salus_types::problem::{FORBIDDEN, INVALID, NOT_FOUND, VERSION_CONFLICT, WRONG_STATE};
use salus_types::work_status::{
    AccommodationAct, AccommodationType, ChangeAccommodation, ClinicAccommodation, Coverage,
    END_BEFORE_START, EndAccommodation, LINT_CONFIRMATION_REQUIRED, MarkAccommodationAsError,
    RestrictionsQuery, State, WorkStatus, WriteAccommodation,
};

fn desk() -> WriteAccommodation {
    WriteAccommodation {
        kind: AccommodationType::TransitionalDuty,
        details: Some("Works at the parts desk.".to_owned()),
        starts: None,
        ends: Some("2099-01-31".parse().unwrap()),
        coverage: Coverage::Full,
        restrictions: Vec::new(),
        notify: true,
        lint_confirmation: None,
    }
}

async fn written(app: &TestApp, n: u64, command: &WriteAccommodation) -> ClinicAccommodation {
    let clinician = app.clinician().await;
    let made = clinician
        .write_accommodation(TestApp::worker(n), &new_key(), command)
        .await;
    made.unwrap().value
}

async fn unanswered(app: &TestApp, n: u64) -> Vec<RestrictionId> {
    let clinician = app.clinician().await;
    let query = RestrictionsQuery::default();
    let list = clinician.list_person_accommodations(TestApp::worker(n), &query);
    list.await.unwrap().not_accommodated
}

#[tokio::test]
async fn an_accommodation_reaches_the_person_and_the_supervisor_and_answers_its_restrictions() {
    let app = TestApp::start().await;
    let open = unanswered(&app, 4).await;
    assert!(!open.is_empty());
    let command = WriteAccommodation {
        restrictions: open.clone(),
        ..desk()
    };
    let made = written(&app, 4, &command).await;
    assert_eq!(made.restrictions.len(), open.len());
    assert_eq!(made.saved_by.as_deref(), Some("J. Lee, RN"));
    assert!(unanswered(&app, 4).await.is_empty());
    let own = app.employee().await.get_my_work_status(None).await.unwrap();
    assert!(own.accommodations.iter().any(|one| one.id == made.id));
    let seen = app.supervisor().await;
    let seen = seen.get_team_work_status(TestApp::worker(4)).await.unwrap();
    let seen = seen.accommodations.iter().find(|one| one.id == made.id);
    assert_eq!(
        seen.unwrap().details.as_deref(),
        Some("Works at the parts desk.")
    );
}

#[tokio::test]
async fn of_somebody_away_the_supervisor_reads_off_work_and_no_cause() {
    let app = TestApp::start().await;
    let command = WriteAccommodation {
        kind: AccommodationType::LostTimeMaternity,
        details: Some("Canary maternity leave".to_owned()),
        ..desk()
    };
    let made = written(&app, 4, &command).await;
    assert!(made.away);
    let supervisor = app.supervisor().await;
    let seen = supervisor.get_team_work_status(TestApp::worker(4));
    let seen = seen.await.unwrap();
    assert_eq!(seen.status, WorkStatus::OffWork);
    let text = serde_json::to_string(&seen).unwrap().to_lowercase();
    for word in ["canary", "maternity", "lost_time"] {
        assert!(!text.contains(word), "{word} has crossed");
    }
    let own = app.employee().await.get_my_work_status(None).await.unwrap();
    let own = own.accommodations.iter().find(|one| one.id == made.id);
    assert_eq!(own.unwrap().kind, "lost_time_maternity");
}

#[tokio::test]
async fn changing_ending_and_marking_as_a_mistake_are_new_versions_that_stay_readable() {
    let app = TestApp::start().await;
    let clinician = app.clinician().await;
    let made = written(&app, 5, &desk()).await;
    let change = ChangeAccommodation {
        ends: Some(None),
        ..ChangeAccommodation::default()
    };
    let changed = clinician.change_accommodation(made.id, 1, &change);
    let changed = changed.await.unwrap();
    assert_eq!(changed.value.period.ends, None);
    assert_eq!(changed.value.period.starts_at, made.period.starts_at);
    assert_eq!(changed.value.details, made.details);
    let stale = clinician.change_accommodation(made.id, 1, &change).await;
    assert!(stale.unwrap_err().is(VERSION_CONFLICT));
    let now = EndAccommodation::default();
    let ended = clinician.end_accommodation(made.id, 2, &now).await.unwrap();
    assert!(ended.value.period.ends.is_some());
    let mistake = MarkAccommodationAsError {
        reason: "wrong person".to_owned(),
    };
    let marked = clinician.mark_accommodation_as_error(made.id, 3, &mistake);
    let marked = marked.await.unwrap().value;
    assert_eq!(marked.state, State::EnteredInError);
    assert!(!marked.allowed.contains(&AccommodationAct::Change));
    let again = clinician.end_accommodation(made.id, 4, &now).await;
    assert!(again.unwrap_err().is(WRONG_STATE));
    let versions = format!(
        "SELECT string_agg(version || ' ' || state, ', ' ORDER BY version) \
         FROM accommodation_versions WHERE accommodation_id = '{}'",
        made.id
    );
    assert_eq!(
        app.database.text(&versions).await,
        "1 current, 2 current, 3 current, 4 entered_in_error"
    );
}

#[tokio::test]
async fn what_is_wrong_is_named_at_its_field() {
    let app = TestApp::start().await;
    let clinician = app.clinician().await;
    let person = TestApp::worker(4);
    let backwards = WriteAccommodation {
        starts: Some("2099-02-01".parse().unwrap()),
        ..desk()
    };
    let foreign = WriteAccommodation {
        restrictions: vec![RestrictionId(uuid::Uuid::from_u128(1))],
        ..desk()
    };
    let why = WriteAccommodation {
        details: Some("Desk work because of a herniated disc".to_owned()),
        ..desk()
    };
    for (command, kind, pointer) in [
        (backwards, END_BEFORE_START, "/ends"),
        (foreign, INVALID, "/restrictions"),
        (why, LINT_CONFIRMATION_REQUIRED, "/details"),
    ] {
        let answer = clinician
            .write_accommodation(person, &new_key(), &command)
            .await;
        let error = answer.unwrap_err();
        assert!(error.is(kind), "{error}");
        assert_eq!(error.problem().unwrap().errors[0].pointer, pointer);
    }
}

#[tokio::test]
async fn only_clinicians_in_reach_write_accommodations() {
    let app = TestApp::start().await;
    let person = TestApp::worker(4);
    for client in [app.supervisor().await, app.scheduler().await] {
        let answer = client
            .write_accommodation(person, &new_key(), &desk())
            .await;
        assert!(answer.unwrap_err().is(FORBIDDEN));
    }
    let made = written(&app, 4, &desk()).await;
    let foreign = app.signed_in("foreign-clinician").await;
    let answer = foreign
        .write_accommodation(person, &new_key(), &desk())
        .await;
    assert!(answer.unwrap_err().is(NOT_FOUND));
    let now = EndAccommodation::default();
    let answer = foreign.end_accommodation(made.id, 1, &now).await;
    assert!(answer.unwrap_err().is(NOT_FOUND));
}
