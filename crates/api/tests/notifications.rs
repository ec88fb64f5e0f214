//! What leaves the portal: that there is something new, once, and nothing else.
#![cfg(test)]

use chrono::Duration;
use salus_api::mail::Letter;
use salus_api::notifications::work_once;
use salus_api::sandbox::{ASK_THE_CLINIC, CLINICAL_QUESTION, SALUS};
use salus_api::transaction::Tx;
use salus_client::{Client, new_key};
use salus_domain::work_status::catalogue::Side;
use salus_store::plumbing::take_mails;
use salus_store::sealing::Place;
use salus_test_support::TestApp;
use salus_types::ids::{ConversationId, MessageTypeId};
use salus_types::messaging::{Marker, SendMessage, StartConversation};
use salus_types::work_status::{
    ChangeRestriction, ClinicRestriction, EndRestriction, Limit, RestrictionType, WriteRestriction,
};

/// Lets so many minutes pass and writes the notices that are due then.
async fn after(app: &TestApp, minutes: i64) {
    let clock = &app.state.clock;
    clock.set(clock.now() + Duration::minutes(minutes));
    work_once(&app.state).await.unwrap();
}

/// How many notices there are, sent or not.
async fn notices(app: &TestApp) -> String {
    let count = "SELECT count(*)::text FROM outbox_mails WHERE kind = 'something-new'";
    app.database.text(count).await
}

/// The notices and their languages. Nothing is sent, because there is no mail server; the worker
/// that tries may just hold some.
async fn letters(app: &TestApp) -> Vec<(Letter, String)> {
    loop {
        let found = waiting(app).await;
        if found.len().to_string() == notices(app).await {
            return found;
        }
    }
}

async fn waiting(app: &TestApp) -> Vec<(Letter, String)> {
    let mut letters = app
        .state
        .run_system(SALUS, "test", async |tx: &mut Tx| {
            let later = tx.now + Duration::days(3);
            let key = tx.organization_key().await?;
            let mut found = Vec::new();
            for mail in take_mails(tx.conn(), later, 100).await? {
                let place = Place {
                    table: "outbox_mails",
                    column: "sealed",
                    row: mail.id,
                };
                let bytes = key.open(&place, &mail.sealed)?;
                found.push((serde_json::from_slice(&bytes).unwrap(), mail.language));
            }
            Ok(found)
        })
        .await
        .unwrap();
    letters.sort_by(|a: &(Letter, String), b| a.0.to.cmp(&b.0.to));
    letters
}

async fn addresses(app: &TestApp) -> Vec<String> {
    let letters = letters(app).await;
    letters.into_iter().map(|(letter, _)| letter.to).collect()
}

fn link(letter: &Letter) -> &str {
    let found = letter.variables.iter().find(|(name, _)| name == "link");
    &found.unwrap().1
}

async fn email(app: &TestApp, n: u64) -> String {
    let person = TestApp::worker(n);
    let query =
        format!("SELECT value FROM contact_points WHERE kind = 'email' AND person_id = '{person}'");
    app.database.text(&query).await
}

fn say(text: &str) -> SendMessage {
    SendMessage {
        text: text.to_owned(),
    }
}

async fn wrote(clinic: &Client, n: u64) -> ConversationId {
    let command = StartConversation {
        type_id: MessageTypeId(CLINICAL_QUESTION),
        subject: Some("Canary subject".to_owned()),
        person_id: Some(TestApp::worker(n)),
        text: "Canary text".to_owned(),
    };
    let begun = clinic.start_clinic_conversation(&new_key(), &command).await;
    begun.unwrap().value.id
}

async fn goes_on(clinic: &Client, id: ConversationId) {
    let sent = clinic
        .send_clinic_message(id, &new_key(), &say("More"))
        .await;
    sent.unwrap();
}

#[tokio::test]
async fn five_messages_in_one_unread_run_are_one_notice_and_the_next_comes_after_reading() {
    let app = TestApp::start().await;
    let (person, clinic) = (app.signed_in("user7").await, app.clinician().await);
    let id = wrote(&clinic, 7).await;
    for _ in 0..4 {
        goes_on(&clinic, id).await;
    }
    after(&app, 2).await;
    goes_on(&clinic, id).await;
    after(&app, 2).await;
    let sent = letters(&app).await;
    let [(letter, language)] = sent.as_slice() else {
        panic!("one notice, not {}", sent.len());
    };
    assert_eq!(letter.to, email(&app, 7).await);
    assert_eq!(language, "es");
    assert!(link(letter).ends_with(&format!("/messages/{id}")));
    person
        .read_my_conversation(id, Marker { seq: 6 })
        .await
        .unwrap();
    goes_on(&clinic, id).await;
    after(&app, 2).await;
    assert_eq!(notices(&app).await, "2");
}

#[tokio::test]
async fn who_is_reading_or_wrote_the_message_gets_no_notice() {
    let app = TestApp::start().await;
    let (person, clinic) = (app.employee().await, app.clinician().await);
    let id = wrote(&clinic, 4).await;
    person
        .read_my_conversation(id, Marker { seq: 1 })
        .await
        .unwrap();
    person
        .send_my_message(id, &new_key(), &say("Thank you"))
        .await
        .unwrap();
    after(&app, 2).await;
    assert_eq!(notices(&app).await, "0");
    let taken_back = wrote(&clinic, 4).await;
    let page = salus_types::page::PageQuery::default();
    let messages = clinic
        .list_clinic_messages(taken_back, &page)
        .await
        .unwrap();
    clinic
        .retract_clinic_message(messages.items[0].id)
        .await
        .unwrap();
    after(&app, 2).await;
    assert_eq!(notices(&app).await, "0");
}

#[tokio::test]
async fn an_answer_to_a_supervisor_is_told_to_that_supervisor_only() {
    let app = TestApp::start().await;
    let (supervisor, clinic) = (app.supervisor().await, app.clinician().await);
    let command = StartConversation {
        type_id: MessageTypeId(ASK_THE_CLINIC),
        subject: None,
        person_id: Some(TestApp::worker(4)),
        text: "May she drive?".to_owned(),
    };
    let begun = supervisor
        .start_team_conversation(&new_key(), &command)
        .await;
    let id = begun.unwrap().value.id;
    goes_on(&clinic, id).await;
    after(&app, 2).await;
    let sent = letters(&app).await;
    let [(letter, _)] = sent.as_slice() else {
        panic!("one notice, not {}", sent.len());
    };
    assert_eq!(letter.to, email(&app, 2).await);
    assert!(link(letter).contains("/s/"));
}

fn kneeling() -> WriteRestriction {
    WriteRestriction {
        kind: RestrictionType::Kneel,
        limit: Limit::NONE,
        side: Side::NotApplicable,
        starts: None,
        ends: Some("2099-01-31".parse().unwrap()),
        permanent: false,
        affects_work: true,
        comment: None,
        occupational: false,
        clinical_note: None,
        problem: None,
        reason_released: false,
        disability_criteria: false,
        provider_account_id: None,
        provider_name: None,
        notify: true,
        lint_confirmation: None,
    }
}

async fn restricted(app: &TestApp, n: u64, command: &WriteRestriction) -> ClinicRestriction {
    let clinician = app.clinician().await;
    let made = clinician
        .write_restriction(TestApp::worker(n), &new_key(), command)
        .await;
    made.unwrap().value
}

#[tokio::test]
async fn what_changed_within_a_quarter_of_an_hour_is_one_notice_to_the_person_and_the_supervisor() {
    let app = TestApp::start().await;
    let made = restricted(&app, 4, &kneeling()).await;
    restricted(&app, 5, &kneeling()).await;
    let change = ChangeRestriction {
        permanent: Some(true),
        ends: Some(None),
        ..ChangeRestriction::default()
    };
    let clinician = app.clinician().await;
    clinician
        .change_restriction(made.id, 1, &change)
        .await
        .unwrap();
    after(&app, 14).await;
    assert_eq!(notices(&app).await, "0");
    after(&app, 2).await;
    let mut expected = Vec::new();
    for n in [2, 4, 5] {
        expected.push(email(&app, n).await);
    }
    expected.sort();
    assert_eq!(addresses(&app).await, expected);
    clinician
        .end_restriction(made.id, 2, &EndRestriction::default())
        .await
        .unwrap();
    after(&app, 16).await;
    assert_eq!(notices(&app).await, "5");
    after(&app, 16).await;
    assert_eq!(notices(&app).await, "5");
}

#[tokio::test]
async fn a_personal_restriction_is_told_to_the_person_alone_and_without_notice_nobody_is_told() {
    let app = TestApp::start().await;
    let personal = WriteRestriction {
        affects_work: false,
        ..kneeling()
    };
    restricted(&app, 4, &personal).await;
    let quiet = WriteRestriction {
        notify: false,
        ..kneeling()
    };
    restricted(&app, 5, &quiet).await;
    after(&app, 16).await;
    assert_eq!(addresses(&app).await, [email(&app, 4).await]);
}

#[tokio::test]
async fn a_notice_names_nothing_but_the_portal() {
    let app = TestApp::start().await;
    wrote(&app.clinician().await, 4).await;
    restricted(&app, 4, &kneeling()).await;
    after(&app, 16).await;
    let letters = letters(&app).await;
    assert_eq!(letters.len(), 3);
    for (letter, _) in letters {
        let text = serde_json::to_string(&letter).unwrap();
        for word in ["Canary", "Castillo", "Elena", "neel", "work-status"] {
            assert!(!text.contains(word), "{word} has left the portal");
        }
        let names: Vec<_> = letter.variables.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["brand", "link"]);
    }
}
