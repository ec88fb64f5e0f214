//! Who reads what of a person's work status, and how restrictions are written.
#![cfg(test)]

use reqwest::Method;
use salus_client::{Client, new_key};
use salus_domain::work_status::catalogue::Side;
use salus_test_support::TestApp;
use salus_types::ids::PersonId;
use salus_types::problem::{
    FORBIDDEN, NOT_FOUND, PRECONDITION_REQUIRED, VERSION_CONFLICT, WRONG_STATE,
};
use salus_types::work_status::{
    ChangeRestriction, ClinicRestriction, END_REQUIRED, EndAllRestrictions, EndRestriction,
    ExtendRestriction, LADDER_NOT_FALLING, LINT_CONFIRMATION_REQUIRED, LINT_TOKEN_STALE, Limit,
    LintConfirmation, MarkRestrictionAsError, RestrictionType, RestrictionsQuery, State,
    TeamPeopleQuery, WorkStatus, WriteRestriction,
};
use serde_json::Value;
use std::collections::BTreeSet;

fn kneeling(ends: &str) -> WriteRestriction {
    WriteRestriction {
        kind: RestrictionType::Kneel,
        limit: Limit::NONE,
        side: Side::NotApplicable,
        starts: None,
        ends: Some(ends.parse().unwrap()),
        permanent: false,
        affects_work: true,
        comment: None,
        occupational: false,
        clinical_note: Some("Canary note 317.4159".to_owned()),
        problem: Some("Canary problem".to_owned()),
        reason_released: false,
        disability_criteria: true,
        provider_account_id: None,
        provider_name: None,
        notify: true,
        lint_confirmation: None,
    }
}

async fn written(app: &TestApp, n: u64, command: &WriteRestriction) -> ClinicRestriction {
    app.clinician()
        .await
        .write_restriction(TestApp::worker(n), &new_key(), command)
        .await
        .unwrap()
        .value
}

async fn raw(client: &Client, path: &str) -> (Value, String) {
    let request = client.request(Method::GET, path).unwrap();
    let text = client.send(request).await.unwrap().text().await.unwrap();
    (serde_json::from_str(&text).unwrap(), text)
}

fn keys(value: &Value, prefix: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                // Arguments of sentences are named by the messages.
                if key == "args" {
                    continue;
                }
                into.insert(format!("{prefix}{key}"));
                keys(inner, &format!("{prefix}{key}."), into);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, prefix, into)),
        _ => {}
    }
}

#[tokio::test]
async fn a_supervisor_gets_exactly_these_fields_and_no_clinical_value() {
    let app = TestApp::start().await;
    written(&app, 4, &kneeling("2099-01-31")).await;
    let supervisor = app.supervisor().await;
    let path = format!("/api/v1/team/people/{}/work-status", TestApp::worker(4));
    let (value, text) = raw(&supervisor, &path).await;
    let mut found = BTreeSet::new();
    keys(&value, "", &mut found);
    let allowed = [
        "accommodations",
        "accommodations.details",
        "accommodations.id",
        "accommodations.kind",
        "accommodations.period",
        "accommodations.period.ends",
        "accommodations.period.ends_at",
        "accommodations.period.starts",
        "accommodations.period.starts_at",
        "accommodations.period.time_zone",
        "clinic",
        "clinic.name",
        "clinic.phone",
        "follow_up",
        "follow_up.id",
        "follow_up.name",
        "follow_up.starts_at",
        "follow_up.time_zone",
        "on",
        "part_day",
        "person",
        "person.department",
        "person.id",
        "person.job",
        "person.name",
        "restrictions",
        "restrictions.comment",
        "restrictions.id",
        "restrictions.period",
        "restrictions.period.ends",
        "restrictions.period.ends_at",
        "restrictions.period.starts",
        "restrictions.period.starts_at",
        "restrictions.period.time_zone",
        "restrictions.phase",
        "restrictions.sentences",
        "restrictions.sentences.message",
        "restrictions.sentences.text",
        "since",
        "since.from",
        "since.from_at",
        "since.time_zone",
        "since.until",
        "since.until_at",
        "status",
    ];
    for key in &found {
        assert!(allowed.contains(&key.as_str()), "{key} has crossed");
    }
    for clinical in [
        "Canary",
        "317.4159",
        "shoulder strain",
        "Strain of",
        "Photosensitivity",
        "disability",
        "occupational",
    ] {
        assert!(!text.contains(clinical), "{clinical} has crossed");
    }
    assert!(text.contains("Do not kneel."));
    let (_, list) = raw(&supervisor, "/api/v1/team/people").await;
    for clinical in [
        "Canary",
        "Strain",
        "sprain",
        "Photosensitivity",
        "sun_protection",
    ] {
        assert!(!list.contains(clinical), "{clinical} has crossed");
    }
}

#[tokio::test]
async fn a_personal_restriction_is_seen_by_the_employee_and_not_by_the_supervisor() {
    let app = TestApp::start().await;
    let own = app.employee().await.get_my_work_status(None).await.unwrap();
    assert_eq!(
        own.restrictions.iter().filter(|one| one.personal).count(),
        1
    );
    assert!(own.restrictions.iter().all(|one| one.reason.is_none()));
    let seen = app
        .supervisor()
        .await
        .get_team_work_status(TestApp::worker(4))
        .await
        .unwrap();
    assert_eq!(seen.restrictions.len(), own.restrictions.len() - 1);
}

#[tokio::test]
async fn another_supervisor_and_another_employer_find_nothing() {
    let app = TestApp::start().await;
    for name in ["supervisor2", "other-supervisor"] {
        let stranger = app.signed_in(name).await;
        let answer = stranger.get_team_work_status(TestApp::worker(4)).await;
        assert!(answer.unwrap_err().is(NOT_FOUND), "{name}");
    }
    let foreign = app.signed_in("foreign-clinician").await;
    let query = RestrictionsQuery::default();
    let answer = foreign
        .list_person_restrictions(TestApp::worker(4), &query)
        .await;
    assert!(answer.unwrap_err().is(NOT_FOUND));
}

#[tokio::test]
async fn the_clinics_door_is_closed_to_supervisors_and_reasons_to_the_front_desk() {
    let app = TestApp::start().await;
    let query = RestrictionsQuery::default();
    for client in [
        app.supervisor().await,
        app.employee().await,
        app.scheduler().await,
    ] {
        let answer = client
            .list_person_restrictions(TestApp::worker(4), &query)
            .await;
        assert!(answer.unwrap_err().is(FORBIDDEN));
    }
}

#[tokio::test]
async fn the_team_table_has_a_row_for_each_report_and_none_for_oneself() {
    let app = TestApp::start().await;
    let supervisor = app.supervisor().await;
    let team = supervisor
        .list_team_people(&TeamPeopleQuery::default())
        .await
        .unwrap();
    let ids: BTreeSet<PersonId> = team.items.iter().map(|row| row.person.id).collect();
    assert_eq!(ids, [4, 5, 8].map(TestApp::worker).into());
    let row = |n| {
        let id = TestApp::worker(n);
        team.items.iter().find(|row| row.person.id == id).unwrap()
    };
    assert_eq!(row(4).status, WorkStatus::Restricted);
    assert_eq!(row(4).restrictions, 2);
    assert_eq!(row(5).status, WorkStatus::OffWork);
    assert!(row(5).next_due.as_ref().unwrap().past_due);
    assert_eq!(row(8).status, WorkStatus::FullDuty);
    assert!(
        row(8).since.from.is_some(),
        "a restriction ended in the last 90 days"
    );
    let first = TeamPeopleQuery {
        limit: Some(2),
        ..TeamPeopleQuery::default()
    };
    let page = supervisor.list_team_people(&first).await.unwrap();
    let rest = TeamPeopleQuery {
        cursor: page.next_cursor.clone(),
        ..first
    };
    let rest = supervisor.list_team_people(&rest).await.unwrap();
    assert_eq!([page.items, rest.items].concat(), team.items);
}

#[tokio::test]
async fn a_restriction_without_an_end_or_with_a_rising_ladder_is_refused() {
    let app = TestApp::start().await;
    let clinician = app.clinician().await;
    let endless = WriteRestriction {
        ends: None,
        ..kneeling("2099-01-31")
    };
    let answer = clinician
        .write_restriction(TestApp::worker(4), &new_key(), &endless)
        .await;
    let error = answer.unwrap_err();
    assert!(error.is(END_REQUIRED));
    assert_eq!(error.problem().unwrap().errors[0].pointer, "/ends");
    let rising = serde_json::json!({"shape": "weight", "lines": [
        {"value": "10", "unit": "lb", "frequency": "occasional"},
        {"value": "20", "unit": "lb", "frequency": "frequent"},
    ]});
    let rising = WriteRestriction {
        kind: RestrictionType::Lift,
        limit: serde_json::from_value(rising).unwrap(),
        ..kneeling("2099-01-31")
    };
    let answer = clinician
        .write_restriction(TestApp::worker(4), &new_key(), &rising)
        .await;
    assert!(answer.unwrap_err().is(LADDER_NOT_FALLING));
}

#[tokio::test]
async fn a_change_needs_the_version_that_was_read() {
    let app = TestApp::start().await;
    let made = written(&app, 4, &kneeling("2099-01-31")).await;
    let clinician = app.clinician().await;
    let change = ChangeRestriction {
        comment: Some(Some("Kneel on the pad if you must.".to_owned())),
        ..ChangeRestriction::default()
    };
    let changed = clinician
        .change_restriction(made.id, made.version, &change)
        .await
        .unwrap();
    assert_eq!(changed.version, 2);
    assert_eq!(changed.value.clinical_note, made.clinical_note);
    let stale = clinician
        .change_restriction(made.id, made.version, &change)
        .await;
    let error = stale.unwrap_err();
    assert!(error.is(VERSION_CONFLICT));
    assert_eq!(error.problem().unwrap().more["current_version"], 2);
    let path = format!("/api/v1/clinic/restrictions/{}", made.id);
    let request = clinician
        .request(Method::PATCH, &path)
        .unwrap()
        .json(&change);
    let missing = clinician.send(request).await.unwrap_err();
    assert!(missing.is(PRECONDITION_REQUIRED));
}

#[tokio::test]
async fn a_comment_that_says_why_needs_a_confirmation_of_exactly_that_text() {
    let app = TestApp::start().await;
    let clinician = app.clinician().await;
    let mut command = WriteRestriction {
        comment: Some("no lifting, L. disc M51.26".to_owned()),
        ..kneeling("2099-01-31")
    };
    let person = TestApp::worker(4);
    let answer = clinician
        .write_restriction(person, &new_key(), &command)
        .await;
    let error = answer.unwrap_err();
    assert!(error.is(LINT_CONFIRMATION_REQUIRED));
    let more = &error.problem().unwrap().more;
    let words: Vec<_> = more["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["word"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["disc", "M51.26"]);
    let confirmation = LintConfirmation {
        token: more["token"].as_str().unwrap().to_owned(),
        reason: "The employee asked us to say it.".to_owned(),
    };
    command.lint_confirmation = Some(confirmation);
    let other = WriteRestriction {
        comment: Some("no lifting, disc M51.27".to_owned()),
        ..command.clone()
    };
    let stale = clinician
        .write_restriction(person, &new_key(), &other)
        .await;
    assert!(stale.unwrap_err().is(LINT_TOKEN_STALE));
    let saved = clinician
        .write_restriction(person, &new_key(), &command)
        .await
        .unwrap();
    assert_eq!(saved.value.comment, command.comment);
}

#[tokio::test]
async fn what_the_clinics_form_sends_is_saved() {
    let app = TestApp::start().await;
    let body = serde_json::json!({
        "kind": "lift",
        "limit": {"shape": "weight", "lines": [
            {"value": "20", "unit": "lb", "frequency": "occasional"},
        ]},
        "side": "not_applicable",
        "ends": "2099-01-31",
        "permanent": false,
        "affects_work": true,
        "comment": "Ask for a second pair of hands at the press.",
        "occupational": false,
        "problem": "Rotator cuff strain",
        "reason_released": false,
        "disability_criteria": false,
        "notify": true,
    });
    let command: WriteRestriction = serde_json::from_value(body.clone()).unwrap();
    assert_eq!(serde_json::to_value(&command).unwrap(), body);
    let made = written(&app, 4, &command).await;
    assert_eq!(made.comment, command.comment);
    assert_eq!(made.problem, command.problem);
}

#[tokio::test]
async fn a_confirmation_with_too_short_a_reason_can_be_given_again() {
    let app = TestApp::start().await;
    let clinician = app.clinician().await;
    let person = TestApp::worker(4);
    let mut command = WriteRestriction {
        comment: Some("no lifting, L. disc M51.26".to_owned()),
        ..kneeling("2099-01-31")
    };
    let mut token = String::new();
    for (reason, wrong) in [
        (None, "/comment"),
        (Some("short"), "/lint_confirmation/reason"),
    ] {
        command.lint_confirmation = reason.map(|reason| LintConfirmation {
            token: token.clone(),
            reason: reason.to_owned(),
        });
        let answer = clinician
            .write_restriction(person, &new_key(), &command)
            .await;
        let error = answer.unwrap_err();
        let problem = error.problem().unwrap();
        assert_eq!(problem.errors[0].pointer, wrong);
        assert_eq!(problem.more["findings"].as_array().unwrap().len(), 2);
        token = problem.more["token"].as_str().unwrap().to_owned();
    }
    command.lint_confirmation = Some(LintConfirmation {
        token,
        reason: "The employee asked us to say it.".to_owned(),
    });
    let saved = clinician
        .write_restriction(person, &new_key(), &command)
        .await;
    assert_eq!(saved.unwrap().value.comment, command.comment);
}

#[tokio::test]
async fn extending_ending_and_marking_as_a_mistake_are_new_versions() {
    let app = TestApp::start().await;
    let made = written(&app, 4, &kneeling("2099-01-31")).await;
    let clinician = app.clinician().await;
    let by = ExtendRestriction {
        by: Some("P1M".to_owned()),
        ..ExtendRestriction::default()
    };
    let extended = clinician.extend_restriction(made.id, 1, &by).await.unwrap();
    assert_eq!(
        extended.value.period.ends.unwrap().to_string(),
        "2099-02-28"
    );
    let ended = clinician
        .end_restriction(made.id, 2, &EndRestriction::default())
        .await
        .unwrap();
    assert_eq!(ended.version, 3);
    let mistake = MarkRestrictionAsError {
        reason: "wrong person".to_owned(),
    };
    let marked = clinician
        .mark_restriction_as_error(made.id, 3, &mistake)
        .await
        .unwrap();
    assert_eq!(marked.value.state, State::EnteredInError);
    let seen = app
        .supervisor()
        .await
        .get_team_work_status(TestApp::worker(4))
        .await
        .unwrap();
    assert!(seen.restrictions.iter().all(|one| one.id != made.id));
    let again = clinician
        .mark_restriction_as_error(made.id, 4, &mistake)
        .await;
    assert!(again.unwrap_err().is(WRONG_STATE));
}

#[tokio::test]
async fn ending_all_takes_exactly_the_list_that_was_confirmed() {
    let app = TestApp::start().await;
    let clinician = app.clinician().await;
    let planned = WriteRestriction {
        starts: Some("2098-01-01".parse().unwrap()),
        ..kneeling("2099-01-31")
    };
    written(&app, 4, &planned).await;
    let person = TestApp::worker(4);
    let query = RestrictionsQuery::default();
    let listed = clinician
        .list_person_restrictions(person, &query)
        .await
        .unwrap();
    let mut confirmed: Vec<_> = listed.items.iter().map(|one| one.id).collect();
    let last = confirmed.pop().unwrap();
    let partly = EndAllRestrictions {
        confirmed: confirmed.clone(),
    };
    let answer = clinician.end_all_restrictions(person, &partly).await;
    assert!(answer.unwrap_err().is(WRONG_STATE));
    confirmed.push(last);
    let done = clinician
        .end_all_restrictions(person, &EndAllRestrictions { confirmed })
        .await
        .unwrap();
    assert_eq!((done.ended.len(), done.cancelled.len()), (3, 1));
}

#[tokio::test]
async fn repeating_a_request_under_its_key_writes_one_restriction() {
    let app = TestApp::start().await;
    let clinician = app.clinician().await;
    let (key, command) = (new_key(), kneeling("2099-01-31"));
    let person = TestApp::worker(4);
    let first = clinician
        .write_restriction(person, &key, &command)
        .await
        .unwrap();
    let second = clinician
        .write_restriction(person, &key, &command)
        .await
        .unwrap();
    assert_eq!(first.value, second.value);
}

#[tokio::test]
async fn the_reason_reaches_the_employee_when_it_is_released() {
    let app = TestApp::start().await;
    let command = WriteRestriction {
        reason_released: true,
        ..kneeling("2099-01-31")
    };
    let made = written(&app, 4, &command).await;
    let own = app.employee().await.get_my_work_status(None).await.unwrap();
    let one = own
        .restrictions
        .iter()
        .find(|one| one.id == made.id)
        .unwrap();
    assert_eq!(one.reason.as_deref(), Some("Canary problem"));
    assert_eq!(one.provider.as_deref(), Some("J. Lee, RN"));
}

#[tokio::test]
async fn the_same_sentence_is_told_in_the_readers_language() {
    let app = TestApp::start().await;
    written(&app, 7, &kneeling("2099-01-31")).await;
    let own = app
        .signed_in("user7")
        .await
        .get_my_work_status(None)
        .await
        .unwrap();
    assert_eq!(own.restrictions[0].sentences[0].text, "No se arrodille.");
}
