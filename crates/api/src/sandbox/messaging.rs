//! What people write about, who answers, and two earlier conversations.

use chrono::{Duration, NaiveDate};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::AppointmentRequestId;
use salus_domain::messaging::{self as rules, Side, State};
use salus_domain::scheduling::request::{Contact, DayPart};
use salus_domain::scheduling::{Audience, Modality, Preference};
use salus_store::messaging::{
    ConversationRow, MessageRow, NewConversation, NewMessageType, NewWorkQueue, Reader, Saved,
    insert_conversation, insert_message, insert_message_types, insert_work_queue, mark_seen,
    save_conversation, set_read_seq,
};
use salus_store::scheduling::{NewRequest, find_type, insert_request, record_of};
use salus_store::sealing::Place;
use serde_json::json;
use uuid::Uuid;

use super::accounts::account;
use super::organizations::NORTHWIND;
use super::people::worker;
use super::{FOREIGN, SALUS, id};
use crate::error::ApiError;
use crate::state::AppState;
use crate::transaction::Tx;

/// Ask a Clinical Question.
pub const CLINICAL_QUESTION: Uuid = id(0x5a1_7011);
/// Request an Appointment: the one schedulers see.
pub const APPOINTMENT_REQUEST: Uuid = id(0x5a1_7012);
/// Ask the Clinic, for supervisors.
pub const ASK_THE_CLINIC: Uuid = id(0x5a1_7021);
/// Elena Castillo's conversation, with one unread reply.
pub const EARLIER: Uuid = id(0x5a1_7101);
/// Tom Becker's closed conversation.
pub const CLOSED: Uuid = id(0x5a1_7102);

const QUEUE: Uuid = id(0x5a1_7001);
const FOREIGN_QUEUE: Uuid = id(0x5a1_7002);
const FOREIGN_QUESTION: Uuid = id(0x5a1_7031);

pub(super) async fn seed(state: &AppState) -> Result<(), ApiError> {
    state
        .run_system(SALUS, "seed_sandbox", async |tx| {
            queue(tx, QUEUE, "America/Indiana/Indianapolis").await?;
            types(tx).await?;
            earlier(tx).await?;
            closed(tx).await?;
            requests(tx).await
        })
        .await?;
    state
        .run_system(FOREIGN, "seed_sandbox", async |tx| {
            queue(tx, FOREIGN_QUEUE, "America/New_York").await?;
            let question = clinical_question(tx, FOREIGN_QUESTION, FOREIGN_QUEUE);
            insert_message_types(tx.conn(), &[question]).await?;
            Ok(())
        })
        .await
}

async fn queue(tx: &mut Tx, id: Uuid, zone: &str) -> Result<(), ApiError> {
    let holidays = [(2026, 11, 26), (2026, 12, 25), (2027, 1, 1), (2027, 5, 31)];
    let new = NewWorkQueue {
        id,
        provider_org_id: tx.actor.provider_org.0,
        name: "Clinic".to_owned(),
        time_zone: zone.to_owned(),
        holidays: holidays
            .into_iter()
            .filter_map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d))
            .collect(),
        created_at: tx.now,
    };
    insert_work_queue(tx.conn(), &new).await?;
    Ok(())
}

fn clinical_question(tx: &Tx, id: Uuid, queue: Uuid) -> NewMessageType {
    NewMessageType {
        id,
        provider_org_id: tx.actor.provider_org.0,
        key: "clinical_question".to_owned(),
        audience: "employee".to_owned(),
        kind: "conversation".to_owned(),
        names: json!({ "en": "Ask a Clinical Question", "es": "Hacer una pregunta clínica" }),
        descriptions: json!({
            "en": "About your health, a result, or what you may do at work",
            "es": "Sobre su salud, un resultado o lo que puede hacer en el trabajo",
        }),
        clinical: true,
        scheduling: false,
        work_queue_id: queue,
        emergency_text: true,
        position: 1,
        created_at: tx.now,
    }
}

async fn types(tx: &mut Tx) -> Result<(), ApiError> {
    let question = clinical_question(tx, CLINICAL_QUESTION, QUEUE);
    let plain = |id, key: &str, audience: &str, position| NewMessageType {
        id,
        key: key.to_owned(),
        audience: audience.to_owned(),
        clinical: false,
        emergency_text: false,
        position,
        ..question.clone()
    };
    let rows = [
        NewMessageType {
            kind: "request".to_owned(),
            names: json!({ "en": "Request an Appointment", "es": "Pedir una cita" }),
            descriptions: json!({
                "en": "When you find no time that suits you, or need help with a visit",
                "es": "Si no encuentra una hora que le convenga o necesita ayuda con una cita",
            }),
            scheduling: true,
            ..plain(APPOINTMENT_REQUEST, "appointment_request", "employee", 2)
        },
        NewMessageType {
            names: json!({ "en": "Something Else", "es": "Otro asunto" }),
            descriptions: json!({
                "en": "Everything that fits nowhere else",
                "es": "Todo lo que no corresponde a otro tema",
            }),
            ..plain(id(0x5a1_7013), "something_else", "employee", 3)
        },
        NewMessageType {
            names: json!({ "en": "Ask the Clinic", "es": "Preguntar a la clínica" }),
            descriptions: json!({
                "en": "About scheduling and work status; the clinic cannot tell you medical reasons",
                "es": "Sobre citas y estado laboral; la clínica no puede decirle razones médicas",
            }),
            ..plain(ASK_THE_CLINIC, "ask_the_clinic", "supervisor", 1)
        },
        NewMessageType {
            kind: "request".to_owned(),
            names: json!({ "en": "Request an Appointment", "es": "Pedir una cita" }),
            descriptions: json!({
                "en": "For somebody who reports to you: say which days and times suit the work",
                "es": "Para alguien a su cargo: diga qué días y horas convienen al trabajo",
            }),
            scheduling: true,
            ..plain(id(0x5a1_7022), "team_appointment_request", "supervisor", 2)
        },
        question,
    ];
    insert_message_types(tx.conn(), &rows).await?;
    Ok(())
}

/// Who writes in the two conversations.
struct Line {
    side: Side,
    account: u64,
    name: &'static str,
    hours_ago: i64,
    text: &'static str,
}

async fn earlier(tx: &mut Tx) -> Result<(), ApiError> {
    let lines = [
        Line {
            side: Side::Portal,
            account: 4,
            name: "Elena Castillo",
            hours_ago: 50,
            text: "Hello, do I need to fast before my next visit?",
        },
        Line {
            side: Side::Clinic,
            account: 301,
            name: "J. Lee, RN",
            hours_ago: 26,
            text: "Hello Elena, no. Please bring your glasses and the list of what you take.",
        },
    ];
    let begun = (EARLIER, CLINICAL_QUESTION);
    let row = conversation(tx, begun, 4, "Before my next visit", &lines).await?;
    let nurse = reader(tx, &lines[1]);
    let now = tx.now;
    mark_seen(tx.conn(), &nurse, row.id.into(), 1, now).await?;
    set_read_seq(tx.conn(), &nurse, row.id.into(), 1, now).await?;
    Ok(())
}

async fn closed(tx: &mut Tx) -> Result<(), ApiError> {
    let lines = [
        Line {
            side: Side::Portal,
            account: 5,
            name: "Tom Becker",
            hours_ago: 240,
            text: "Where do I send the note of my own doctor?",
        },
        Line {
            side: Side::Clinic,
            account: 301,
            name: "J. Lee, RN",
            hours_ago: 230,
            text: "You can bring it to your visit. We will copy it.",
        },
    ];
    let begun = (CLOSED, CLINICAL_QUESTION);
    let mut row = conversation(tx, begun, 5, "A note from outside", &lines).await?;
    let now = tx.now;
    for (line, other) in [(&lines[0], &lines[1]), (&lines[1], &lines[0])] {
        let reader = reader(tx, line);
        let seq = if other.side == Side::Portal { 1 } else { 2 };
        mark_seen(tx.conn(), &reader, row.id.into(), seq, now).await?;
        set_read_seq(tx.conn(), &reader, row.id.into(), 2, now).await?;
    }
    row.last_seq = 2;
    let at = now - Duration::hours(200);
    let facts = rules::close(row.facts(), Side::Portal, false, at).unwrap_or_else(|_| row.facts());
    let saved = Saved {
        facts,
        last_seq: row.last_seq,
        last_message_at: row.last_message_at,
        closed_by: Some(Side::Portal),
        close_reason: None,
    };
    let saved = tx.allow(Act::Change, DataClass::Message, row.about(), saved)?;
    save_conversation(tx.conn(), row.id, &saved).await?;
    Ok(())
}

fn reader(tx: &Tx, line: &Line) -> Reader {
    Reader {
        org: tx.actor.provider_org,
        account: account(line.account).into(),
        name: line.name.to_owned(),
        side: line.side,
    }
}

/// What two people asked the clinic for, each with the conversation that began with it.
async fn requests(tx: &mut Tx) -> Result<(), ApiError> {
    let asked = [
        (
            (0x5a1_3501, 4, "Elena Castillo", 70),
            (super::scheduling::PHYS, DayPart::Any),
            "It need not be soon. Any day is fine with me.",
        ),
        (
            (0x5a1_3502, 5, "Tom Becker", 30),
            (super::scheduling::AUDIO, DayPart::Afternoon),
            "I work the early shift. After three would be best.",
        ),
    ];
    for ((number, person, name, hours_ago), (kind, part), text) in asked {
        let (id, now) = (AppointmentRequestId(id(number)), tx.now);
        let sent_at = now - Duration::hours(hours_ago);
        let record = find_type(tx.shared(), kind, &[]).await?;
        let subject = record
            .map(|kind| kind.public_name("en"))
            .unwrap_or_default();
        let line = Line {
            side: Side::Portal,
            account: person,
            name,
            hours_ago,
            text,
        };
        let begun = (super::id(number + 0x100), APPOINTMENT_REQUEST);
        let conversation = conversation(tx, begun, person, &subject, &[line]).await?;
        let key = tx.chart_key(worker(person).into()).await?;
        let sealed_at = Place {
            table: "appointment_requests",
            column: "comment_sealed",
            row: id.0,
        };
        let comment_sealed = Some(key.seal(&sealed_at, text.as_bytes())?);
        let first = now.date_naive() + Duration::days(7);
        let new = NewRequest {
            id,
            org: tx.actor.provider_org,
            person: worker(person).into(),
            employer: NORTHWIND.into(),
            record: record_of(false),
            appointment_type: kind,
            location: None,
            resource: None,
            modality: Modality::InPerson,
            region: None,
            preferences: vec![Preference {
                from: first,
                to: first + Duration::days(20),
                part,
                weekdays: Vec::new(),
            }],
            contact: Contact::Message,
            comment_sealed,
            conversation: Some(conversation.id.into()),
            asked_by: Audience::Employee,
            created_by: Some(account(person).into()),
            answer_by: Some(sent_at + Duration::hours(72)),
            now: sent_at,
        };
        let about = About::person(new.person).employer(new.employer).object(id);
        let permission = tx.allow(Act::Create, DataClass::Appointment, about, ())?;
        insert_request(tx.shared(), &permission, &new).await?;
    }
    Ok(())
}

async fn conversation(
    tx: &mut Tx,
    (id, kind): (Uuid, Uuid),
    person: u64,
    subject: &str,
    lines: &[Line],
) -> Result<ConversationRow, ApiError> {
    let person = worker(person);
    let key = tx.chart_key(person.into()).await?;
    let place = |table, column, row| Place { table, column, row };
    let (org, now) = (tx.actor.provider_org.0, tx.now);
    let begun = lines.first().map_or(0, |line| line.hours_ago);
    let begun = now - Duration::hours(begun);
    let mut row = ConversationRow {
        id,
        employer_id: NORTHWIND,
        person_id: Some(person),
        portal_side: "employee".to_owned(),
        account_id: None,
        message_type_id: kind,
        scheduling: kind == APPOINTMENT_REQUEST,
        state: State::Open.as_str().to_owned(),
        subject_sealed: Some(key.seal(
            &place("conversations", "subject_sealed", id),
            subject.as_bytes(),
        )?),
        last_seq: 0,
        last_message_at: begun,
        last_side: None,
        reply_due_at: None,
        closed_at: None,
        closed_by_side: None,
        version: 1,
    };
    let new = NewConversation {
        id,
        provider_org_id: org,
        employer_id: row.employer_id,
        person_id: row.person_id,
        portal_side: row.portal_side.clone(),
        account_id: None,
        message_type_id: row.message_type_id,
        scheduling: row.scheduling,
        owner: "provider".to_owned(),
        governance: "hipaa".to_owned(),
        state: row.state.clone(),
        subject_sealed: row.subject_sealed.clone(),
        last_message_at: begun,
        created_at: begun,
        created_by: lines.first().map(|line| account(line.account)),
    };
    let new = tx.allow(Act::Create, DataClass::Message, row.about(), new)?;
    insert_conversation(tx.conn(), &new).await?;
    let mut facts = row.facts();
    for (line, seq) in lines.iter().zip(1..) {
        let message = Uuid::now_v7();
        let at = now - Duration::hours(line.hours_ago);
        let new = MessageRow {
            id: message,
            provider_org_id: org,
            employer_id: row.employer_id,
            person_id: row.person_id,
            conversation_id: id,
            seq,
            side: line.side.as_str().to_owned(),
            author_account_id: account(line.account),
            author_name: line.name.to_owned(),
            body_sealed: key.seal(
                &place("messages", "body_sealed", message),
                line.text.as_bytes(),
            )?,
            sent_at: at,
            retracted_at: None,
            created_at: at,
        };
        let new = tx.allow(Act::Create, DataClass::Message, row.about(), new)?;
        insert_message(tx.conn(), &new).await?;
        // Of a request the request itself waits for an answer.
        if !row.scheduling {
            facts = rules::sent(facts, line.side, None);
        }
        (row.last_seq, row.last_message_at) = (seq, at);
    }
    row.last_side = facts.last_side.map(|side| side.as_str().to_owned());
    let saved = Saved {
        facts,
        last_seq: row.last_seq,
        last_message_at: row.last_message_at,
        closed_by: None,
        close_reason: None,
    };
    let saved = tx.allow(Act::Change, DataClass::Message, row.about(), saved)?;
    save_conversation(tx.conn(), id, &saved).await?;
    Ok(row)
}
