//! Writing to the clinic and reading what it answers.
#![cfg(test)]

use chrono::Duration;
use futures_util::StreamExt;
use futures_util::future::join_all;
use salus_api::sandbox::{APPOINTMENT_REQUEST, ASK_THE_CLINIC, CLINICAL_QUESTION, CLOSED, EARLIER};
use salus_client::{Client, new_key};
use salus_test_support::TestApp;
use salus_types::ids::{ConversationId, MessageTypeId};
use salus_types::messaging::{
    CONVERSATION_CLOSED, CloseConversation, Conversation, ConversationFilter, ConversationsQuery,
    MESSAGE_EMPTY, Marker, Message, NEEDS_REPLY, REOPEN_TOO_LATE, RETRACT_TOO_LATE, Role,
    SaveDraft, SendMessage, StartConversation, State, TYPE_NOT_SENDABLE, WorkList,
};
use salus_types::page::PageQuery;
use salus_types::problem::{NOT_FOUND, UNAUTHENTICATED};
use std::pin::pin;
use std::time::Duration as Wait;
use uuid::Uuid;

fn about(kind: Uuid, text: &str) -> StartConversation {
    StartConversation {
        type_id: MessageTypeId(kind),
        subject: None,
        person_id: None,
        text: text.to_owned(),
    }
}

fn saying(text: &str) -> SendMessage {
    SendMessage {
        text: text.to_owned(),
    }
}

async fn asked(client: &Client, text: &str) -> Conversation {
    let command = about(CLINICAL_QUESTION, text);
    let begun = client.start_my_conversation(&new_key(), &command).await;
    begun.unwrap().value
}

async fn answered(clinic: &Client, id: ConversationId, text: &str) -> Message {
    let sent = clinic
        .send_clinic_message(id, &new_key(), &saying(text))
        .await;
    sent.unwrap().value
}

async fn badge(client: &Client) -> u32 {
    client.get_my_unread_counts().await.unwrap().messages
}

async fn in_list(client: &Client) -> u32 {
    let query = ConversationsQuery::default();
    let list = client.list_my_conversations(&query).await.unwrap();
    list.items.iter().map(|one| one.unread).sum()
}

#[tokio::test]
async fn the_badge_follows_sending_reading_marking_and_taking_back() {
    let app = TestApp::start().await;
    let (person, clinic) = (app.signed_in("user8").await, app.clinician().await);
    let command = StartConversation {
        person_id: Some(TestApp::worker(8)),
        ..about(CLINICAL_QUESTION, "One")
    };
    let begun = clinic.start_clinic_conversation(&new_key(), &command).await;
    let id = begun.unwrap().value.id;
    answered(&clinic, id, "Two").await;
    answered(&clinic, id, "Three").await;
    person
        .send_my_message(id, &new_key(), &saying("Thank you"))
        .await
        .unwrap();
    assert_eq!((badge(&person).await, in_list(&person).await), (3, 3));
    person
        .read_my_conversation(id, Marker { seq: 4 })
        .await
        .unwrap();
    assert_eq!(badge(&person).await, 0);
    person
        .mark_my_conversation_unread(id, Marker { seq: 2 })
        .await
        .unwrap();
    assert_eq!(badge(&person).await, 2);
    let fourth = answered(&clinic, id, "Four").await;
    assert_eq!(badge(&person).await, 3);
    clinic.retract_clinic_message(fourth.id).await.unwrap();
    assert_eq!((badge(&person).await, in_list(&person).await), (2, 2));
}

#[tokio::test]
async fn closing_leaves_the_unread_reply_to_be_read() {
    let app = TestApp::start().await;
    let (person, clinic) = (app.employee().await, app.clinician().await);
    let id = ConversationId(EARLIER);
    assert_eq!(badge(&person).await, 1);
    let found = clinic.get_clinic_conversation(id).await.unwrap();
    clinic
        .close_clinic_conversation(id, found.version, &CloseConversation::default())
        .await
        .unwrap();
    assert_eq!(badge(&person).await, 1);
    person
        .read_my_conversation(id, Marker { seq: 99 })
        .await
        .unwrap();
    assert_eq!(badge(&person).await, 0);
}

#[tokio::test]
async fn the_writer_reads_sent_then_delivered_then_seen_and_by_whom() {
    let app = TestApp::start().await;
    let (person, clinic) = (app.employee().await, app.clinician().await);
    let id = asked(&person, "May I lift again?").await.id;
    let page = PageQuery::default();
    let mine = async || person.list_my_messages(id, &page).await.unwrap().items[0].clone();
    assert_eq!(
        (mine().await.delivered_at, mine().await.seen_at),
        (None, None)
    );
    clinic.list_clinic_messages(id, &page).await.unwrap();
    assert!(mine().await.delivered_at.is_some() && mine().await.seen_at.is_none());
    clinic
        .read_clinic_conversation(id, Marker { seq: 1 })
        .await
        .unwrap();
    assert_eq!(mine().await.seen_by.as_deref(), Some("J. Lee, RN"));
    let late = person
        .retract_my_message(mine().await.id)
        .await
        .unwrap_err();
    assert!(late.is(RETRACT_TOO_LATE));
}

#[tokio::test]
async fn a_message_is_taken_back_within_five_minutes_only() {
    let app = TestApp::start().await;
    let person = app.employee().await;
    let id = asked(&person, "Wrong words").await.id;
    let page = PageQuery::default();
    let first = person.list_my_messages(id, &page).await.unwrap().items[0].clone();
    let sent = person
        .send_my_message(id, &new_key(), &saying("More"))
        .await;
    let second = sent.unwrap().value;
    let gone = person.retract_my_message(second.id).await.unwrap();
    assert!(gone.retracted && gone.text.is_none());
    app.state.clock.set(first.sent_at + Duration::seconds(301));
    let late = person.retract_my_message(first.id).await.unwrap_err();
    assert!(late.is(RETRACT_TOO_LATE));
}

#[tokio::test]
async fn nobody_else_knows_of_a_conversation() {
    let app = TestApp::start().await;
    let id = asked(&app.employee().await, "Between us").await.id;
    for name in [
        "employee2",
        "supervisor",
        "other-employee",
        "foreign-employee",
    ] {
        let other = app.signed_in(name).await;
        let error = other.get_my_conversation(id).await.unwrap_err();
        assert!(error.is(NOT_FOUND), "{name}");
        let error = other
            .send_my_message(id, &new_key(), &saying("Hello"))
            .await
            .unwrap_err();
        assert!(error.is(NOT_FOUND), "{name}");
    }
    let supervisor = app.supervisor().await;
    let error = supervisor.get_team_conversation(id).await.unwrap_err();
    assert!(error.is(NOT_FOUND));
    let threads = supervisor
        .list_team_conversations(&ConversationsQuery::default())
        .await
        .unwrap();
    assert!(threads.items.is_empty());
    let elsewhere = app.signed_in("foreign-clinician").await;
    assert!(
        elsewhere
            .get_clinic_conversation(id)
            .await
            .unwrap_err()
            .is(NOT_FOUND)
    );
}

#[tokio::test]
async fn a_scheduler_has_the_threads_about_appointments_and_no_others() {
    let app = TestApp::start().await;
    let (person, desk) = (app.employee().await, app.scheduler().await);
    let clinical = asked(&person, "My back hurts").await.id;
    let command = about(APPOINTMENT_REQUEST, "Is there a time on Friday?");
    let request = person.start_my_conversation(&new_key(), &command).await;
    let request = request.unwrap().value;
    assert_eq!(
        request.notice.readers,
        vec![Role::Clinician, Role::Scheduler]
    );
    assert!(
        desk.get_clinic_conversation(clinical)
            .await
            .unwrap_err()
            .is(NOT_FOUND)
    );
    let list = desk
        .list_clinic_conversations(&ConversationsQuery::default())
        .await
        .unwrap();
    let ids: Vec<_> = list.items.iter().map(|one| one.id).collect();
    assert_eq!(ids.first(), Some(&request.id));
    assert!(!ids.contains(&clinical));
    let of_appointments = |one: &Conversation| one.notice.readers.contains(&Role::Scheduler);
    assert!(list.items.iter().all(of_appointments));
    answered(&desk, request.id, "Yes, at ten").await;
}

#[tokio::test]
async fn a_closed_conversation_takes_no_messages_until_it_is_opened_again() {
    let app = TestApp::start().await;
    let person = app.signed_in("user5").await;
    let id = ConversationId(CLOSED);
    let refused = person
        .send_my_message(id, &new_key(), &saying("Hello"))
        .await;
    let refused = refused.unwrap_err();
    assert!(refused.is(CONVERSATION_CLOSED));
    assert_eq!(refused.problem().unwrap().more["may_reopen"], true);
    let found = person.get_my_conversation(id).await.unwrap();
    let again = person
        .reopen_my_conversation(id, found.version)
        .await
        .unwrap();
    assert_eq!(again.value.state, State::Open);
    let closed = person
        .close_my_conversation(id, again.version, &CloseConversation::default())
        .await
        .unwrap();
    app.state
        .clock
        .set(closed.value.closed_at.unwrap() + Duration::days(91));
    let late = person
        .reopen_my_conversation(id, closed.version)
        .await
        .unwrap_err();
    assert!(late.is(REOPEN_TOO_LATE));
    let clinic = app.clinician().await;
    assert!(
        clinic
            .reopen_clinic_conversation(id, closed.version)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn staff_who_close_what_needs_a_reply_say_why() {
    let app = TestApp::start().await;
    let (person, clinic) = (app.employee().await, app.clinician().await);
    let asked = asked(&person, "Hello?").await;
    let refused = clinic
        .close_clinic_conversation(asked.id, asked.version, &CloseConversation::default())
        .await
        .unwrap_err();
    assert!(refused.is(NEEDS_REPLY));
    let why = CloseConversation {
        reason: Some("Answered by telephone".to_owned()),
    };
    let closed = clinic.close_clinic_conversation(asked.id, asked.version, &why);
    assert!(!closed.await.unwrap().value.needs_reply);
}

#[tokio::test]
async fn the_same_key_sends_once() {
    let app = TestApp::start().await;
    let person = app.employee().await;
    let id = asked(&person, "First").await.id;
    let key = new_key();
    let one = person
        .send_my_message(id, &key, &saying("Second"))
        .await
        .unwrap();
    let two = person
        .send_my_message(id, &key, &saying("Second"))
        .await
        .unwrap();
    assert_eq!(one.value, two.value);
    let page = PageQuery::default();
    assert_eq!(
        person
            .list_my_messages(id, &page)
            .await
            .unwrap()
            .items
            .len(),
        2
    );
}

#[tokio::test]
async fn empty_text_and_types_not_offered_are_refused() {
    let app = TestApp::start().await;
    let person = app.employee().await;
    let empty = person
        .start_my_conversation(&new_key(), &about(CLINICAL_QUESTION, " \n "))
        .await
        .unwrap_err();
    assert!(empty.is(MESSAGE_EMPTY));
    for kind in [ASK_THE_CLINIC, Uuid::nil()] {
        let command = about(kind, "Hello");
        let error = person.start_my_conversation(&new_key(), &command).await;
        assert!(error.unwrap_err().is(TYPE_NOT_SENDABLE));
    }
    let id = asked(&person, "Hello").await.id;
    let long = person
        .send_my_message(id, &new_key(), &saying(&"x".repeat(10_001)))
        .await
        .unwrap_err();
    assert_eq!(long.problem().unwrap().errors[0].code, "too_long");
}

#[tokio::test]
async fn what_is_typed_is_kept_until_it_is_sent() {
    let app = TestApp::start().await;
    let person = app.employee().await;
    let id = asked(&person, "Hello").await.id;
    let draft = SaveDraft {
        text: "And another thing ".to_owned(),
    };
    person.save_my_draft(id, &draft).await.unwrap();
    let kept = async || person.get_my_conversation(id).await.unwrap().value.draft;
    assert_eq!(kept().await.unwrap().text, draft.text);
    assert!(
        app.clinician()
            .await
            .get_clinic_conversation(id)
            .await
            .unwrap()
            .value
            .draft
            .is_none()
    );
    person
        .send_my_message(id, &new_key(), &saying(&draft.text))
        .await
        .unwrap();
    assert!(kept().await.is_none());
}

#[tokio::test]
async fn texts_are_sealed_in_the_database() {
    let app = TestApp::start().await;
    let secret = "zebra-striped bandage";
    asked(&app.employee().await, secret).await;
    let all = app
        .database
        .text("SELECT string_agg(m::text, '') || (SELECT string_agg(e::text, '') FROM outbox_events e) || (SELECT string_agg(c::text, '') FROM conversations c) FROM messages m")
        .await;
    assert!(!all.is_empty() && !all.contains("zebra"));
    let sealed = hex_of("zebra");
    assert!(!all.contains(&sealed));
}

fn hex_of(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn the_inbox_counts_what_needs_a_reply() {
    let app = TestApp::start().await;
    let (person, clinic) = (app.employee().await, app.clinician().await);
    let id = asked(&person, "Hello").await.id;
    let query = ConversationsQuery {
        state: Some(ConversationFilter::NeedsReply),
        ..ConversationsQuery::default()
    };
    let waiting = clinic.list_clinic_conversations(&query).await.unwrap();
    assert_eq!(
        waiting.items.iter().map(|one| one.id).collect::<Vec<_>>(),
        vec![id]
    );
    assert_eq!(
        waiting.items[0].person_name.as_deref(),
        Some("Elena Castillo")
    );
    let summary = clinic.get_work_summary().await.unwrap();
    let count = summary
        .items
        .iter()
        .find(|one| one.list == WorkList::Conversations);
    assert_eq!(count.unwrap().count, 1);
    answered(&clinic, id, "Hello").await;
    let waiting = clinic.list_clinic_conversations(&query).await.unwrap();
    assert!(waiting.items.is_empty());
}

#[tokio::test]
async fn a_supervisor_writes_about_a_report_and_the_clinic_answers() {
    let app = TestApp::start().await;
    let (supervisor, clinic) = (app.supervisor().await, app.clinician().await);
    let command = StartConversation {
        person_id: Some(TestApp::worker(4)),
        ..about(ASK_THE_CLINIC, "When can Elena be seen?")
    };
    let begun = supervisor
        .start_team_conversation(&new_key(), &command)
        .await;
    let id = begun.unwrap().value.id;
    answered(&clinic, id, "On Monday").await;
    let unread = supervisor.get_team_unread_counts().await.unwrap();
    assert_eq!(unread.messages, 1);
    let read = supervisor
        .read_team_conversation(id, Marker { seq: 2 })
        .await;
    assert_eq!(read.unwrap().unread, 0);
    let page = PageQuery::default();
    let messages = supervisor.list_team_messages(id, &page).await.unwrap();
    assert_eq!(messages.items.len(), 2);
    let error = app
        .employee()
        .await
        .get_my_conversation(id)
        .await
        .unwrap_err();
    assert!(error.is(NOT_FOUND));
    let stranger = StartConversation {
        person_id: Some(TestApp::worker(6)),
        ..command
    };
    let error = supervisor
        .start_team_conversation(&new_key(), &stranger)
        .await;
    assert_eq!(
        error.unwrap_err().problem().unwrap().errors[0].code,
        "not_a_report"
    );
}

#[tokio::test]
async fn open_pages_hear_of_a_new_message_and_others_do_not() {
    let app = TestApp::start().await;
    let (person, clinic) = (app.employee().await, app.clinician().await);
    let mut own = pin!(person.stream_my_events(None).await.unwrap());
    let mut inbox = pin!(clinic.stream_clinic_events(None).await.unwrap());
    let (other, supervisor) = (app.employee2().await, app.supervisor().await);
    let mut others = pin!(other.stream_my_events(None).await.unwrap());
    let mut team = pin!(supervisor.stream_team_events(None).await.unwrap());
    assert_eq!(own.next().await.unwrap().kind, "ready");
    assert_eq!(inbox.next().await.unwrap().kind, "ready");
    assert_eq!(others.next().await.unwrap().kind, "ready");
    assert_eq!(team.next().await.unwrap().kind, "ready");

    // The server begins to listen to the database beside starting: the first message may be early.
    let id = asked(&person, "Hello").await.id;
    let mut heard = None;
    for n in 0..20 {
        person
            .send_my_message(id, &new_key(), &saying(&format!("Again {n}")))
            .await
            .unwrap();
        if let Ok(event) = tokio::time::timeout(Wait::from_secs(1), own.next()).await {
            heard = event;
            break;
        }
    }
    let heard = heard.unwrap();
    assert_eq!(heard.kind, "message.sent");
    assert_eq!(heard.data["conversation_id"], id.to_string());
    assert!(heard.data.get("employer_id").is_none());
    let event = tokio::time::timeout(Wait::from_secs(10), inbox.next()).await;
    assert_eq!(
        event.unwrap().unwrap().data["conversation_id"],
        id.to_string()
    );

    // The first thing the other person hears of is their own.
    let theirs = asked(&other, "Hello").await.id;
    let event = tokio::time::timeout(Wait::from_secs(10), others.next()).await;
    assert_eq!(
        event.unwrap().unwrap().data["conversation_id"],
        theirs.to_string()
    );
    let command = about(ASK_THE_CLINIC, "Hello");
    let about_none = supervisor
        .start_team_conversation(&new_key(), &command)
        .await;
    let about_none = about_none.unwrap().value.id;
    let event = tokio::time::timeout(Wait::from_secs(10), team.next()).await;
    assert_eq!(
        event.unwrap().unwrap().data["conversation_id"],
        about_none.to_string()
    );
}

#[tokio::test]
async fn a_page_that_comes_back_hears_what_happened_while_it_was_away() {
    let app = TestApp::start().await;
    let (person, other) = (app.employee().await, app.employee2().await);
    let first = {
        let mut stream = pin!(person.stream_my_events(None).await.unwrap());
        stream.next().await.unwrap()
    };
    assert_eq!(first.kind, "ready");
    asked(&other, "Not for the first").await;
    let id = asked(&person, "Hello").await.id;
    let mut again = pin!(person.stream_my_events(Some(&first.id)).await.unwrap());
    let heard = again.next().await.unwrap();
    assert_eq!(heard.kind, "message.sent");
    assert_eq!(heard.data["conversation_id"], id.to_string());
    assert_eq!(again.next().await.unwrap().kind, "ready");
}

#[tokio::test]
async fn a_page_that_was_away_too_long_is_told_to_ask_again_for_all() {
    let app = TestApp::start().await;
    let person = app.employee().await;
    let long_ago = app.state.clock.now() - Duration::hours(2);
    let ahead = app.state.clock.now() + Duration::hours(2);
    for last in [
        long_ago.timestamp_micros().to_string(),
        ahead.timestamp_micros().to_string(),
        "nonsense".to_owned(),
    ] {
        let mut stream = pin!(person.stream_my_events(Some(&last)).await.unwrap());
        assert_eq!(stream.next().await.unwrap().kind, "resync", "{last}");
        assert_eq!(stream.next().await.unwrap().kind, "ready", "{last}");
    }
}

#[tokio::test]
async fn live_updates_need_a_session() {
    let app = TestApp::start().await;
    let refused = app.anonymous().stream_my_events(None).await;
    assert!(refused.err().unwrap().is(UNAUTHENTICATED));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_who_send_under_one_key_at_once_one_writes_and_the_rest_get_its_answer_or_wait() {
    let app = TestApp::start().await;
    let person = app.employee().await;
    let id = asked(&person, "First").await.id;
    let (key, said) = (new_key(), saying("Second"));
    let answers = join_all((0..64).map(|_| person.send_my_message(id, &key, &said))).await;
    let sent: Vec<_> = answers
        .iter()
        .filter_map(|answer| answer.as_ref().ok())
        .collect();
    let first = sent.first().expect("one is sent");
    assert!(sent.iter().all(|one| one.value == first.value));
    for error in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        let status = error.problem().map(|problem| problem.status);
        assert_eq!(status, Some(409), "{error:?}");
    }
    let page = PageQuery::default();
    let listed = person.list_my_messages(id, &page).await.unwrap();
    assert_eq!(listed.items.len(), 2);
}
