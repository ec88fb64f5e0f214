//! Reasons for giving a visit back: set up, offered to those they name, deleted and restored.

use super::*;
use salus_types::problem::FORBIDDEN;

fn flat_tyre() -> CreateCancelReason {
    let label = |language: &str, label: &str| CancelReasonLabel {
        language: language.to_owned(),
        label: label.to_owned(),
    };
    CreateCancelReason {
        code: "flat_tyre".to_owned(),
        labels: vec![label("en", "A flat tyre"), label("es", "Un pinchazo")],
        used_by: vec![Audience::Employee],
        no_show: false,
        wants_text: false,
        position: 1,
        active: true,
    }
}

/// The codes a person may choose from.
async fn offered(client: &Client) -> Vec<String> {
    let reasons = client.list_my_cancel_reasons().await.expect("reasons");
    reasons.items.into_iter().map(|one| one.code).collect()
}

async fn made(clinic: &Client, new: &CreateCancelReason) -> ClinicCancelReason {
    let made = clinic.create_cancel_reason(&new_key(), new).await;
    made.expect("a reason").value
}

/// The codes of what was wrong, with where.
fn told(refused: &Error) -> Vec<(String, String)> {
    let problem = refused.problem().expect("a problem");
    let errors = problem.errors.iter();
    errors
        .map(|one| (one.pointer.clone(), one.code.clone()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_is_offered_to_those_it_names_in_their_language() {
    let app = start().await;
    let clinic = app.scheduler().await;
    made(&clinic, &flat_tyre()).await;
    let employee = app.employee().await;
    for (language, label) in [("en", "A flat tyre"), ("es", "Un pinchazo")] {
        let speaks = format!("UPDATE accounts SET language = '{language}'");
        app.database.execute(&speaks).await;
        let reasons = employee.list_my_cancel_reasons().await.expect("reasons");
        let new = reasons.items.iter().find(|one| one.code == "flat_tyre");
        assert_eq!(new.expect("it").label, label);
        assert_eq!(
            reasons.items.len(),
            6,
            "the five usual ones and the new one"
        );
    }
    let all = clinic.list_cancel_reasons(&DeletedQuery::default()).await;
    let all = all.expect("reasons").items;
    let new = all.iter().find(|one| one.code == "flat_tyre").expect("it");
    assert!(!new.offered, "staff may not give it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_given_back_for_a_new_reason_and_names_it_after_it_was_deleted() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let reason = made(&clinic, &flat_tyre()).await;
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let visit = book(&employee, FIT, &free[0]).await.expect("a booking");
    let given = CancelAppointment {
        reason: "flat_tyre".to_owned(),
        comment: None,
    };
    employee
        .cancel_my_appointment(visit.id, visit.version, &given)
        .await
        .expect("given back");
    let gone = clinic
        .delete_cancel_reason(reason.id, reason.version)
        .await
        .expect("deleted")
        .value;
    assert!(gone.deleted_at.is_some());
    assert!(!offered(&employee).await.contains(&"flat_tyre".to_owned()));
    let past = employee
        .get_my_appointment(visit.id)
        .await
        .expect("it")
        .value;
    assert_eq!(past.cancel_reason.as_deref(), Some("A flat tyre"));
    let back = clinic
        .restore_cancel_reason(gone.id, gone.version)
        .await
        .expect("restored")
        .value;
    assert!(back.deleted_at.is_none());
    assert!(offered(&employee).await.contains(&"flat_tyre".to_owned()));
    let saves = clinic.list_cancel_reason_revisions(back.id).await;
    let acts: Vec<_> = saves
        .expect("saves")
        .items
        .iter()
        .map(|one| one.act)
        .collect();
    let done = [
        RevisionAct::Restored,
        RevisionAct::Deleted,
        RevisionAct::Created,
    ];
    assert_eq!(acts, done);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_that_is_made_inactive_cannot_be_given() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let reason = made(&clinic, &flat_tyre()).await;
    let off = ChangeCancelReason {
        active: Some(false),
        ..ChangeCancelReason::default()
    };
    let changed = clinic
        .change_cancel_reason(reason.id, reason.version, &off)
        .await
        .expect("changed")
        .value;
    assert_eq!(changed.labels, reason.labels, "what is absent stays");
    let employee = app.employee().await;
    let free = slots(&employee, FIT, "2027-03-01", 1).await;
    let visit = book(&employee, FIT, &free[0]).await.expect("a booking");
    let given = CancelAppointment {
        reason: "flat_tyre".to_owned(),
        comment: None,
    };
    let refused = employee
        .cancel_my_appointment(visit.id, visit.version, &given)
        .await
        .expect_err("inactive");
    let wrong = ("/reason".to_owned(), "unknown_reason".to_owned());
    assert_eq!(told(&refused), [wrong]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_is_written_in_every_language_under_a_code_of_its_own() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let mut new = flat_tyre();
    new.code = "ill".to_owned();
    new.labels.truncate(1);
    new.used_by.clear();
    let refused = clinic.create_cancel_reason(&new_key(), &new).await;
    let wrong = [
        ("/used_by", "required"),
        ("/code", "taken"),
        ("/labels", "every_language"),
    ];
    let wrong = wrong.map(|(at, code)| (at.to_owned(), code.to_owned()));
    assert_eq!(told(&refused.expect_err("much is wrong")), wrong);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_night_gives_is_renamed_and_neither_deleted_nor_chosen() {
    let app = start().await;
    let clinic = app.scheduler().await;
    let all = clinic.list_cancel_reasons(&DeletedQuery::default()).await;
    let all = all.expect("reasons").items;
    let night = all.into_iter().find(|one| one.fixed).expect("the night's");
    let refused = clinic.delete_cancel_reason(night.id, night.version).await;
    assert!(refused.expect_err("it stays").is(WRONG_STATE));
    let chosen = ChangeCancelReason {
        used_by: Some(vec![Audience::Clinic]),
        ..ChangeCancelReason::default()
    };
    let refused = clinic
        .change_cancel_reason(night.id, night.version, &chosen)
        .await
        .expect_err("nobody chooses it");
    let wrong = ("/used_by".to_owned(), "night_only".to_owned());
    assert_eq!(told(&refused), [wrong]);
    let mut labels = night.labels;
    labels[0].label = "Nobody answered".to_owned();
    let renamed = ChangeCancelReason {
        labels: Some(labels),
        ..ChangeCancelReason::default()
    };
    let renamed = clinic
        .change_cancel_reason(night.id, night.version, &renamed)
        .await
        .expect("renamed");
    assert_eq!(renamed.value.label, "Nobody answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clinician_reads_reasons_and_changes_none() {
    let app = start().await;
    let clinician = app.clinician().await;
    let all = clinician
        .list_cancel_reasons(&DeletedQuery::default())
        .await;
    let one = all.expect("reasons").items.remove(0);
    let refused = clinician.delete_cancel_reason(one.id, one.version).await;
    assert!(refused.expect_err("only the front desk").is(FORBIDDEN));
}
