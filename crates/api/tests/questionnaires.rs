//! Questionnaires: answering on several devices, submission, review, and who may see it.
#![cfg(test)]

use futures_util::future::join_all;
use salus_api::sandbox::questionnaires::{EMPLOYEE_ASSIGNMENT, EMPLOYEE2_ASSIGNMENT};
use salus_client::{Client, Error, new_key};
use salus_test_support::TestApp;
use salus_types::ids::{AssignmentId, PersonId, QuestionnaireVersionId, ResponseId};
use salus_types::problem::{FORBIDDEN, NOT_FOUND, VERSION_CONFLICT};
use salus_types::questionnaires::engine::{Answers, Entry};
use salus_types::questionnaires::problems::{
    ALREADY_SUBMITTED, ANSWER_CONFLICT, ANSWERS_INVALID, HIDDEN_ITEM_ANSWERED, PERSON_MISMATCH,
    RESPONSE_EMPTY,
};
use salus_types::questionnaires::{
    AnswerOperation, AssignQuestionnaire, AssignmentState, ObservationStatus, Response,
    ResponseState, ReviewQuery, SaveAnswers, StartResponse, SubmitResponse,
};
use serde_json::json;
use uuid::Uuid;

async fn start(client: &Client) -> Response {
    let command = StartResponse {
        assignment_id: AssignmentId(EMPLOYEE_ASSIGNMENT),
        language: None,
    };
    client
        .start_my_response(&new_key(), &command)
        .await
        .unwrap()
        .value
}

fn set(link_id: &str, value: serde_json::Value, base: i32) -> AnswerOperation {
    AnswerOperation {
        op_id: Uuid::now_v7(),
        path: format!("/answers/{link_id}"),
        value: serde_json::from_value(value).unwrap(),
        base,
    }
}

fn saving(operations: Vec<AnswerOperation>) -> SaveAnswers {
    SaveAnswers {
        operations,
        language: None,
    }
}

fn complete() -> Answers {
    serde_json::from_value(json!({
        "noise_recent": true, "noise_hours": "3", "noise_protection": "never",
        "ear_symptoms": ["none"], "respirator_use": "never", "smoker": false,
        "weight": {"value": "176", "unit": "[lb_av]"}, "height": {"value": "70", "unit": "[in_i]"},
        "takes_medicines": true, "medicines": "Ibuprofen 200 mg"
    }))
    .unwrap()
}

/// Saves a complete set of answers and says what to submit.
async fn answered(client: &Client) -> (Response, SubmitResponse) {
    let draft = start(client).await;
    let answers = complete();
    let operations = answers
        .iter()
        .map(|(link_id, entry)| set(link_id, serde_json::to_value(entry).unwrap(), 0))
        .collect();
    let saved = client
        .save_my_answers(draft.id, &saving(operations))
        .await
        .unwrap();
    let submit = SubmitResponse {
        person_id: draft.person_id,
        version: saved.version,
        today: saved.today,
        answers,
        leave_blank: false,
    };
    (draft, submit)
}

fn slug(error: &Error) -> (String, Vec<(String, String)>) {
    let problem = error.problem().expect("a problem");
    let errors = problem.errors.iter();
    (
        problem.slug().to_owned(),
        errors
            .map(|e| (e.pointer.clone(), e.code.clone()))
            .collect(),
    )
}

#[tokio::test]
async fn starting_five_times_at_once_makes_one_draft() {
    let app = TestApp::start().await;
    let client = app.employee().await;
    let (a, b, c, d, e) = tokio::join!(
        start(&client),
        start(&client),
        start(&client),
        start(&client),
        start(&client)
    );
    let ids = [a.id, b.id, c.id, d.id, e.id];
    assert!(ids.iter().all(|id| *id == a.id));
    let listed = client.list_my_questionnaire_assignments().await.unwrap();
    let assignment = listed.items.first().unwrap();
    assert_eq!(assignment.state, AssignmentState::InProgress);
    assert_eq!(assignment.response_id, Some(a.id));
}

#[tokio::test]
async fn two_devices_merge_and_only_the_same_answer_conflicts() {
    let app = TestApp::start().await;
    let (phone, laptop) = (app.employee().await, app.employee().await);
    let draft = start(&phone).await;
    phone
        .save_my_answers(draft.id, &saving(vec![set("smoker", json!(true), 0)]))
        .await
        .unwrap();
    let other = laptop
        .save_my_answers(
            draft.id,
            &saving(vec![set("noise_recent", json!(false), 0)]),
        )
        .await
        .unwrap();
    assert_eq!(other.version, draft.version + 2);
    let conflict = laptop
        .save_my_answers(
            draft.id,
            &saving(vec![
                set("smoker", json!(false), 0),
                set("packs", json!("1"), 0),
            ]),
        )
        .await
        .unwrap_err();
    assert!(conflict.is(ANSWER_CONFLICT));
    let more = &conflict.problem().unwrap().more;
    let both = &more["conflicts"][0];
    assert_eq!(
        (&both["yours"], &both["saved"]),
        (&json!(false), &json!(true))
    );
    let now = phone.get_my_response(draft.id).await.unwrap().value;
    assert_eq!(
        now.answers["packs"].value,
        Some(Entry::Text("1".to_owned()))
    );
    assert_eq!(now.answers["smoker"].value, Some(Entry::Bool(true)));
}

#[tokio::test]
async fn operations_replayed_twice_change_nothing_more() {
    let app = TestApp::start().await;
    let client = app.employee().await;
    let draft = start(&client).await;
    let operations: Vec<AnswerOperation> = (0..40)
        .map(|n| match n % 2 {
            0 => set("medicines", json!(format!("Number {n}")), 0),
            _ => set("takes_medicines", json!(n % 4 == 1), 0),
        })
        .collect();
    client
        .save_my_answers(draft.id, &saving(operations[..25].to_vec()))
        .await
        .unwrap();
    let once = client
        .save_my_answers(draft.id, &saving(operations.clone()))
        .await
        .unwrap();
    let twice = client
        .save_my_answers(draft.id, &saving(operations))
        .await
        .unwrap();
    assert_eq!(once.version, draft.version + 40);
    assert_eq!(
        (twice.version, &twice.answers),
        (once.version, &once.answers)
    );
}

#[tokio::test]
async fn an_unknown_question_is_refused_and_the_other_answers_are_saved() {
    let app = TestApp::start().await;
    let client = app.employee().await;
    let draft = start(&client).await;
    let refused = client
        .save_my_answers(
            draft.id,
            &saving(vec![
                set("nothing", json!(true), 0),
                set("smoker", json!(true), 0),
            ]),
        )
        .await
        .unwrap_err();
    assert!(refused.is(ANSWERS_INVALID));
    let now = client.get_my_response(draft.id).await.unwrap().value;
    assert_eq!(now.answers.len(), 1);
}

#[tokio::test]
async fn a_submission_becomes_observations_and_the_clinic_signs_it() {
    let app = TestApp::start().await;
    let client = app.employee().await;
    let (draft, submit) = answered(&client).await;
    let sent = client.submit_my_response(draft.id, &submit).await.unwrap();
    assert_eq!(sent.state, ResponseState::Submitted);
    assert!(sent.receipt.is_some());

    let clinician = app.clinician().await;
    let list = clinician
        .list_responses(&ReviewQuery::default())
        .await
        .unwrap();
    assert_eq!(list.items.first().map(|item| item.id), Some(draft.id));
    let response = clinician.get_response(draft.id).await.unwrap();
    let observation = |code: &str| {
        let found = response.value.observations.iter().find(|o| o.code == code);
        let found = found.unwrap();
        (found.value.clone(), found.unit.clone(), found.status)
    };
    let preliminary = ObservationStatus::Preliminary;
    let kilograms = Some("kg".to_owned());
    assert_eq!(
        observation("29463-7"),
        (json!("79.83"), kilograms, preliminary)
    );
    assert_eq!(observation("39156-5"), (json!("25.25"), None, preliminary));
    assert_eq!(
        observation("medicines"),
        (json!("Ibuprofen 200 mg"), None, preliminary)
    );
    assert_eq!(response.value.flags.len(), 1);

    let signed = clinician
        .review_response(draft.id, response.version)
        .await
        .unwrap();
    assert_eq!(signed.value.state, ResponseState::Reviewed);
    let observations = &signed.value.observations;
    assert!(
        observations
            .iter()
            .all(|o| o.status == ObservationStatus::Final)
    );
    let late = clinician.review_response(draft.id, response.version).await;
    assert!(late.unwrap_err().is(VERSION_CONFLICT));
}

#[tokio::test]
async fn a_submission_says_everything_that_is_wrong_and_keeps_the_draft() {
    let app = TestApp::start().await;
    let client = app.employee().await;
    let (draft, mut submit) = answered(&client).await;

    submit
        .answers
        .insert("packs".to_owned(), Entry::Text("2".to_owned()));
    let hidden = client
        .submit_my_response(draft.id, &submit)
        .await
        .unwrap_err();
    assert!(hidden.is(HIDDEN_ITEM_ANSWERED));
    submit.answers.remove("packs");

    submit
        .answers
        .insert("noise_hours".to_owned(), Entry::Text("many".to_owned()));
    submit.answers.remove("weight");
    let (problem, errors) = slug(
        &client
            .submit_my_response(draft.id, &submit)
            .await
            .unwrap_err(),
    );
    assert_eq!(problem, ANSWERS_INVALID.slug);
    let expected =
        |pointer: &str, code: &str| errors.contains(&(pointer.to_owned(), code.to_owned()));
    assert!(expected("/answers/noise_hours", "not_a_number"));
    assert!(expected("/answers/weight", "required"));

    submit.answers = Answers::new();
    let empty = client
        .submit_my_response(draft.id, &submit)
        .await
        .unwrap_err();
    assert!(empty.is(RESPONSE_EMPTY));
    submit.answers = complete();
    submit.person_id = PersonId(Uuid::now_v7());
    let other = client
        .submit_my_response(draft.id, &submit)
        .await
        .unwrap_err();
    assert!(other.is(PERSON_MISMATCH));
    let now = client.get_my_response(draft.id).await.unwrap().value;
    assert_eq!(now.state, ResponseState::Draft);
}

#[tokio::test]
async fn two_submissions_at_once_make_one() {
    let app = TestApp::start().await;
    let client = app.employee().await;
    let (draft, submit) = answered(&client).await;
    let (a, b) = tokio::join!(
        client.submit_my_response(draft.id, &submit),
        client.submit_my_response(draft.id, &submit)
    );
    let refused: Vec<Error> = [a, b].into_iter().filter_map(Result::err).collect();
    assert_eq!(refused.len(), 1);
    assert!(refused.iter().all(|error| error.is(ALREADY_SUBMITTED)));
}

#[tokio::test]
async fn starting_over_puts_the_draft_aside() {
    let app = TestApp::start().await;
    let client = app.employee().await;
    let draft = start(&client).await;
    let saved = client
        .save_my_answers(draft.id, &saving(vec![set("smoker", json!(true), 0)]))
        .await
        .unwrap();
    client
        .discard_my_response(draft.id, saved.version)
        .await
        .unwrap();
    let fresh = start(&client).await;
    assert!(fresh.id != draft.id && fresh.answers.is_empty());
}

#[tokio::test]
async fn a_form_of_another_person_does_not_exist() {
    let app = TestApp::start().await;
    let client = app.employee().await;
    let (draft, submit) = answered(&client).await;
    for stranger in [
        app.employee2().await,
        app.signed_in("other-employee").await,
        app.signed_in("foreign-employee").await,
    ] {
        let read = stranger.get_my_response(draft.id).await.unwrap_err();
        let saved = stranger
            .save_my_answers(draft.id, &saving(vec![set("smoker", json!(true), 0)]))
            .await
            .unwrap_err();
        let sent = stranger
            .submit_my_response(draft.id, &submit)
            .await
            .unwrap_err();
        let random = ResponseId(Uuid::now_v7());
        let nothing = stranger.get_my_response(random).await.unwrap_err();
        for error in [read, saved, sent, nothing] {
            assert!(error.is(NOT_FOUND), "{error}");
        }
    }
    let command = StartResponse {
        assignment_id: AssignmentId(EMPLOYEE2_ASSIGNMENT),
        language: None,
    };
    let other = client.start_my_response(&new_key(), &command).await;
    assert!(other.unwrap_err().is(NOT_FOUND));
}

#[tokio::test]
async fn a_supervisor_reaches_nothing_of_a_reports_questionnaire() {
    let app = TestApp::start().await;
    let (draft, submit) = answered(&app.employee().await).await;
    let supervisor = app.supervisor().await;
    let read = supervisor.get_my_response(draft.id).await.unwrap_err();
    let sent = supervisor
        .submit_my_response(draft.id, &submit)
        .await
        .unwrap_err();
    assert!(read.is(NOT_FOUND) && sent.is(NOT_FOUND));
    let review = supervisor.get_response(draft.id).await.unwrap_err();
    let list = supervisor
        .list_responses(&ReviewQuery::default())
        .await
        .unwrap_err();
    assert!(review.is(FORBIDDEN) && list.is(FORBIDDEN));
}

#[tokio::test]
async fn the_front_desk_sees_no_answers_and_the_clinic_no_drafts() {
    let app = TestApp::start().await;
    let (draft, _) = answered(&app.employee().await).await;
    let desk = app.scheduler().await;
    assert!(desk.get_response(draft.id).await.unwrap_err().is(NOT_FOUND));
    let list = desk.list_responses(&ReviewQuery::default()).await;
    assert!(list.unwrap_err().is(FORBIDDEN));
    let clinician = app.clinician().await;
    let drafts = clinician.get_response(draft.id).await.unwrap_err();
    assert!(drafts.is(NOT_FOUND));
}

#[tokio::test]
async fn the_clinic_can_ask_a_person_and_a_published_version_is_the_same_for_ever() {
    let app = TestApp::start().await;
    let clinician = app.clinician().await;
    let forms = clinician.list_questionnaires().await.unwrap();
    let form = forms.items.first().unwrap();
    assert_eq!(
        (form.key.as_str(), form.current_version),
        ("pre-exam", Some(1))
    );
    let command = AssignQuestionnaire {
        questionnaire_id: form.id,
        due_on: None,
    };
    let person = TestApp::worker(4);
    clinician
        .assign_questionnaire(person, &new_key(), &command)
        .await
        .unwrap();
    let client = app.employee().await;
    let mine = client.list_my_questionnaire_assignments().await.unwrap();
    assert_eq!(mine.items.len(), 2);
    let version = form.current_version_id.unwrap();
    let content = client.get_my_questionnaire_version(version).await.unwrap();
    assert_eq!(content.number, 1);
    let random = QuestionnaireVersionId(Uuid::now_v7());
    let nothing = client.get_my_questionnaire_version(random).await;
    assert!(nothing.unwrap_err().is(NOT_FOUND));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_devices_that_change_one_answer_one_wins_and_the_rest_see_both() {
    let app = TestApp::start().await;
    let client = app.employee().await;
    let draft = start(&client).await;
    let answers = join_all((0..64).map(|hours| {
        let command = saving(vec![set("noise_hours", json!(hours.to_string()), 0)]);
        let client = client.clone();
        async move { client.save_my_answers(draft.id, &command).await }
    }))
    .await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for error in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert!(error.is(ANSWER_CONFLICT), "{error:?}");
        let both = &error.problem().unwrap().more["conflicts"][0];
        assert_ne!(both["yours"], both["saved"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_submissions_at_once_one_is_taken() {
    let app = TestApp::start().await;
    let client = app.employee().await;
    let (draft, submit) = answered(&client).await;
    let answers = join_all((0..64).map(|_| client.submit_my_response(draft.id, &submit))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for error in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert!(error.is(ALREADY_SUBMITTED), "{error:?}");
    }
}
