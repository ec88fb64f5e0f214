//! Examples of the document: composed from the schemas, so that they cannot fall behind them.
//!
//! A type that says its own example (`#[schema(example = …)]`, on the type or a field) has it. The
//! rest is put together from [`WORDS`]: one value for each field's name, since a name means the same
//! everywhere; where it does not, the type stands before it.

use chrono::NaiveDate;
use salus_types::problem::{GENERAL, Problem};
use serde_json::{Map, Value, json};

use crate::words;

/// Values by field name, by type and field name, or by type. For what is no text, the value is JSON;
/// `null` leaves the field out.
const WORDS: &[(&str, &str)] = &[
    (
        "access_token",
        "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.eyJhdWQiOiJzYWx1cyJ9.c2lnbmF0dXJl",
    ),
    ("account_state", "invited"),
    ("act", "read"),
    ("after", "Night shift"),
    ("allowed", "cancel"),
    ("appointment_time_zone", "America/Indiana/Indianapolis"),
    ("at_once", "4"),
    ("audience", "employee"),
    ("author", "Dana Whitfield"),
    ("before", "Day shift"),
    ("brand", "Northwind Health"),
    ("brand_color", "#1D4ED8"),
    (
        "LinkedVisit.address",
        "1200 Clinic Drive, Fort Wayne, IN, 46802",
    ),
    (
        "LinkedVisit.preparation",
        "Come clean-shaven where the mask touches your face.",
    ),
    ("left_out", "Skin test"),
    ("place_label", "Fort Wayne"),
    ("region", "US-IN"),
    ("regions", r#"["US-IN","US-OH"]"#),
    ("join_link", "https://video.example/room/{appointment}"),
    ("JoinLink.url", "https://video.example/room/0192f3a0"),
    ("check_in_code", "K7M-2PX"),
    ("CheckInAtDoor.code", "K7M-2PX"),
    ("CheckedInAtDoor.checked_in_at", "2026-11-23T14:25:00Z"),
    ("VisitPlan.id", "6f1c0b7d52c94a3b8d0c35d9a6f5e0a2"),
    ("birth_date", "1985-03-27"),
    ("bring", "Photo identification"),
    ("by", "Dana Whitfield"),
    ("cancel_comment", "null"),
    ("cancel_reason", "null"),
    ("capabilities", "verify_identity"),
    ("capacity", "clinic"),
    ("channel", "shown"),
    ("city", "Fort Wayne"),
    ("clinical_note", "Recheck grip strength at the next visit."),
    ("closed_by", "null"),
    ("code", "audiogram"),
    ("FeedFinding.code", "bad-date"),
    ("MadePickupCode.code", "7K3M-9QXT-V2RB"),
    ("colour", "#0F766E"),
    ("column", "birth_date"),
    ("check_in_comment", "null"),
    ("checked_in_at", "null"),
    ("comment", "Please use the side entrance."),
    ("denial", "null"),
    ("data_class", "work_status"),
    ("default_language", "en"),
    ("department", "Fabrication"),
    ("description", "Questions about your health at work"),
    ("details", "A stool at the workstation"),
    ("device", "Firefox on Android"),
    ("display_name", "Elena Castillo"),
    ("emergency_text", "In an emergency call 911."),
    ("employee_id", "user4"),
    ("employee_number", "user4"),
    ("employer", "Northwind"),
    ("error_reason", "null"),
    ("every", "60"),
    ("expected", "YYYY-MM-DD"),
    ("fact", "birth_date"),
    ("failure", "null"),
    ("failure_detail", "null"),
    ("field", "shift"),
    ("file_name", "people.csv"),
    ("first_name", "Elena"),
    ("found", "31/02/1985"),
    ("full", "Avoid loud noise for 14 hours before the test."),
    ("hat", "clinic"),
    ("hours_per_day", "8"),
    ("job", "Welder"),
    ("key", "appointments"),
    ("MessageType.key", "ask_clinical_question"),
    ("kind", "employee"),
    ("OrderItem.kind", "procedure"),
    ("ChangeAccommodation.kind", "transitional_duty"),
    ("label", "Conflict at work"),
    ("language", "en"),
    ("languages", "en"),
    ("last_four", "V2RB"),
    ("last_name", "Castillo"),
    ("last_side", "clinic"),
    ("last_words", "Yes, you may eat before the test."),
    (
        "link",
        "https://health.example/p/northwind/code#7K3M-9QXT-V2RB",
    ),
    ("link_id", "hearing_change"),
    ("location", "Fort Wayne Plant"),
    ("logo_alt", "Northwind Health"),
    (
        "logo_url",
        "/api/v1/public/images/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ),
    ("lost_supervisor", "user4"),
    ("FeedCounts.lost_supervisor", "1"),
    ("measure", "ended"),
    ("modules", "appointments"),
    (
        "Portal.modules",
        r#"[{"key":"appointments","settings":{}}]"#,
    ),
    ("name", "Elena Castillo"),
    ("Appearance.name", "Northwind Health"),
    ("Portal.name", "Northwind Health"),
    ("PortalChoice.name", "Northwind Health"),
    ("PortalSummary.name", "Northwind Health"),
    ("EmployerName.name", "Northwind"),
    ("CreatePortal.copy_of", "null"),
    ("columns", "3"),
    ("Module.name", "My appointments"),
    ("PortalDraft.name", "Northwind Health"),
    ("KnownType.name", "Audiogram"),
    ("DraftModule.name", r#"{"en":"My appointments"}"#),
    ("DraftModule.settings", r#"{"days_out":60}"#),
    ("unmet", "/modules/0/settings/request"),
    ("published_by", "Dana Whitfield"),
    ("PortalVersion.note", "Longer opening hours"),
    ("PublishPortal.note", "Longer opening hours"),
    ("PublishPortal.version", "null"),
    ("PublishPortal.publish_at", "null"),
    ("PlannedPublication.note", "Longer opening hours"),
    ("PlannedPublication.version", "null"),
    ("PlannedPublication.state", "waiting"),
    ("planned_by", "Dana Whitfield"),
    ("publish_at", "2026-12-01T05:00:00Z"),
    (
        "PortalChange.pointer",
        "/modules/appointments/settings/days_out",
    ),
    ("PortalChange.before", "60"),
    ("PortalChange.after", "14"),
    ("alert_text", "Closed on **Friday**."),
    ("comment_prompt", "Which shift do you work?"),
    ("new_button_text", "Make an appointment"),
    ("AppointmentPlace.name", "Fort Wayne Clinic"),
    ("next_cursor", "WyIyMDI2LTExLTIzVDE0OjMwOjAwWiJd"),
    ("note", "Done at another clinic; the letter is on file."),
    ("operation", "get_person"),
    ("organization", "Salus Sandbox"),
    ("outcome", "allowed"),
    ("FeedRunRow.outcome", "changed"),
    ("password", "green ladder by the river"),
    ("past_due_warning", "null"),
    ("per_day", "4"),
    ("person_name", "Elena Castillo"),
    ("phone", "+1 260 555 0142"),
    ("preferred_name", "Ellie"),
    ("problem", "Sprain of the right wrist"),
    ("provider", "Dana Whitfield"),
    ("provider_name", "Dana Whitfield"),
    ("public_label", "Fort Wayne"),
    ("public_name", "Hearing test"),
    ("purpose", "visit"),
    ("PickupCode.purpose", "self"),
    ("readers", "clinician"),
    ("reason", "Conflict at work"),
    ("receipt", "R-7K3M9Q"),
    ("request_id", "0192f0c1-5e7a-7c3e-9a41-3f0b6d2a8e11"),
    ("reviewed_by", "Dana Whitfield"),
    ("role", "clinician"),
    ("roles", "clinician"),
    ("saved_by", "Dana Whitfield"),
    ("seen_by", "Dana Whitfield"),
    ("skills", "audiometry"),
    ("slug", "northwind"),
    ("source", "upload"),
    ("state", "IN"),
    ("FeedRun.state", "paused"),
    ("PickupCode.state", "pending"),
    ("status", "active"),
    ("step", "fact"),
    ("street", "1200 Clinic Drive"),
    ("subject", "Before my hearing test"),
    ("supervisor_comment", "null"),
    ("summary", "Bring photo identification."),
    ("text", "May I eat before the test?"),
    ("time_zone", "America/Indiana/Indianapolis"),
    ("zone", "America/Indiana/Indianapolis"),
    ("token", "5f2c0b7de14f4a7fb5a9"),
    ("type_name", "Ask a clinical question"),
    ("unit", "kg"),
    ("unmapped", "badge colour"),
    ("value", "20"),
    ("waiver_note", "null"),
    ("waiver_reason", "null"),
    ("welcome", "Your health at work, in one place."),
    ("zip", "46802"),
    ("count", "3"),
    ("idle_seconds", "900"),
    ("warn_seconds", "120"),
    ("minutes", "30"),
    ("duration", "30"),
    ("expires_at", "2026-11-23T14:35:00Z"),
    ("ends_at", "2026-11-23T15:00:00Z"),
    ("expires_in", "300"),
    ("title", r#"{"en":"Before your exam"}"#),
    ("introduction", r#"{"en":"It takes five minutes."}"#),
    (
        "content",
        r#"{"base_language":"en","languages":["en"],"items":[{"link_id":"hearing_change","type":"yes_no","text":{"en":"Has your hearing changed?"}}]}"#,
    ),
    ("context", r#"{"today":"2026-11-23","language":"en"}"#),
    ("Answer", "true"),
    ("SubmittedAnswer.value", "true"),
    ("Observation.value", r#"{"value":"81","unit":"kg"}"#),
    ("AnswerOperation.value", "true"),
    (
        "QuestionnaireResponse.answers",
        r#"{"hearing_change":{"value":true,"version":1}}"#,
    ),
    ("DraftSaved.answers", r#"{"hearing_change":2}"#),
    ("SubmitResponse.answers", r#"{"hearing_change":true}"#),
    (
        "RaisedFlag",
        r#"{"link_id":"hearing_change","severity":"attention","message":{"en":"Hearing has changed"}}"#,
    ),
    (
        "SupportContact",
        r#"{"label":"Fort Wayne Clinic","phone":"+1 260 555 0142"}"#,
    ),
    (
        "terms",
        r#"{"person":{"singular":"employee","plural":"employees"}}"#,
    ),
    ("ClinicDueItem.status", "pending"),
    ("QuestionnaireResponse.allowed", "save"),
    ("SubmittedResponse.allowed", "review"),
    ("ExtendRestriction", r#"{"by":"P1M","permanent":false}"#),
    (
        "RestrictionLimit",
        r#"{"shape":"weight","lines":[{"value":"20","unit":"lb","frequency":"occasional"}]}"#,
    ),
    (
        "Doors",
        r#"{"employee":true,"supervisor":false,"clinic":false,"administration":false}"#,
    ),
    ("Session.roles", "[]"),
    ("Session.capabilities", "[]"),
    ("circles", "user4"),
    ("decision", "null"),
    ("starts", "2026-03-02"),
    ("ends", "2026-03-31"),
    ("starts_local", "2026-12-24T00:00:00"),
    ("ends_local", "2026-12-26T00:00:00"),
    ("decided_at", "null"),
    ("FeedRun.applied_at", "null"),
    ("FeedRun.reason", "null"),
    ("cancelled_by", "null"),
    ("closed_at", "null"),
    ("ClinicDueItem.completed_on", "null"),
    ("MyDueItem.completed_on", "null"),
    ("AppointmentTypeName.name", "Audiogram"),
    ("AppointmentType.name", "Audiogram"),
    ("AppointmentResource.name", "Exam room 2"),
    ("Resource.name", "Exam room 2"),
    ("SlotResource.name", "Exam room 2"),
    ("ClinicDueItem.name", "Audiogram"),
    ("MessageType.name", "Ask a clinical question"),
    ("OrderItem.name", "Audiogram"),
    ("MyDueItem.name", "Hearing test"),
    ("UpcomingDueItem.name", "Hearing test"),
    ("TeamNextAppointment.name", "Hearing test"),
    ("TeamNextDue.name", "Hearing test"),
    ("TeamDueItem.name", "Hearing test"),
    ("ClinicContact.name", "Fort Wayne Clinic"),
    ("MyAccommodation.kind", "equipment"),
    ("TeamAccommodation.kind", "equipment"),
    ("CancelAppointment.reason", "work_conflict"),
    ("CancelReason.code", "work_conflict"),
    (
        "DenyAppointment.reason",
        "Please come on a day on which you can fast.",
    ),
    ("CorrectAppointment.reason", "Seen in the other room."),
    (
        "DeclineRequest.reason",
        "We do this on Thursdays only. Please call us.",
    ),
    ("decline_reason", "null"),
    ("AppointmentRequest.state", "offered"),
    ("AppointmentRequest.allowed", "accept"),
    ("ClinicAppointmentRequest.state", "offered"),
    ("ClinicAppointmentRequest.allowed", "book"),
    ("RequestAppointment.contact", "message"),
    ("TeamAppointmentRequest.state", "open"),
    ("AppointmentRequest.contact", "message"),
    ("ClinicAppointmentRequest.contact", "message"),
    ("asked_by", "employee"),
    ("hours", "24"),
    ("part", "morning"),
    ("CorrectAppointment.state", "fulfilled"),
    ("Schedule.interval", "15"),
    ("Schedule.every_n_weeks", "1"),
    ("CreateSchedule.interval", "15"),
    ("ChangeSchedule.interval", "15"),
    ("CreateSchedule.appointment_type_ids", "null"),
    ("CreateSchedule.every_n_weeks", "1"),
    ("Schedule.opens_at", "null"),
    ("OverriddenTimes", r#"{"duration":40,"buffer_after":10}"#),
    ("ChangeTypeOverride.duration", "40"),
    ("ChangeTypeOverride.shown_duration", "45"),
    ("TypeOverride.deleted_at", "null"),
    ("AppointmentType.deleted_at", "null"),
    ("Resource.deleted_at", "null"),
    ("CreateResource.name", "Exam room 2"),
    ("CreateResource.kind", "room"),
    ("CreateResource.account_id", "null"),
    ("Resource.account_id", "null"),
    ("Resource.kind", "room"),
    ("offer_minutes_soon", "15"),
    ("offer_minutes_later", "120"),
    ("offer_lead_hours", "4"),
    ("ChangeResource.name", "Exam room 2"),
    ("Clinician.name", "Jordan Lee"),
    ("ClinicCancelReason.code", "work_conflict"),
    ("ClinicCancelReason.deleted_at", "null"),
    ("CreateCancelReason.code", "work_conflict"),
    ("ReminderByDays.days", "3"),
    ("ReminderByDays.minute", "540"),
    ("ReminderByHours.hours", "24"),
    ("VisitTime.place", "Fort Wayne Clinic"),
    ("VisitStep.kind", "moved"),
    ("Holiday.name", "Christmas Day"),
    ("Holiday.date", "2026-12-25"),
    ("AddHoliday.name", "Christmas Day"),
    ("AddHoliday.date", "2026-12-25"),
    ("ScheduleTemplate.name", "Mornings"),
    ("CreateScheduleTemplate.name", "Mornings"),
    ("ScheduleTemplateFields.interval", "15"),
    ("ScheduleTemplateFields.every_n_weeks", "1"),
    ("ScheduleTemplateFields.appointment_type_ids", "null"),
    ("AppointmentTypeSettings.name", "Audiogram"),
    ("AppointmentTypeSettings.colour", "teal"),
    ("ChangeAppointmentType.name", "Audiogram"),
    ("ChangeAppointmentType.colour", "teal"),
    ("AppointmentTypeNeed.skill", "null"),
    ("prep_public", "Bring photo identification."),
    (
        "prep_full",
        "Avoid loud noise for 14 hours before the test.",
    ),
    ("skill", "audiometry"),
    ("CreateBlackout.location_id", "null"),
    ("Blackout.location_id", "null"),
    ("Blackout.deleted_at", "null"),
    ("Blackout.reason", "Training in Indianapolis"),
    ("CreateBlackout.reason", "Training in Indianapolis"),
    ("ChangeBlackout.reason", "Training in Indianapolis"),
    ("SchedulingTask.reason", "Training in Indianapolis"),
    ("SchedulingTask.closed_at", "null"),
    ("Schedule.deleted_at", "null"),
    (
        "ScheduleWindow",
        r#"{"weekday":1,"start_minute":480,"end_minute":720}"#,
    ),
    (
        "RevisionChange",
        r#"{"field":"capacity","before":1,"after":2}"#,
    ),
    (
        "text/csv",
        "employee_id,last_name,first_name,birth_date,supervisor_id\nuser4,Castillo,Elena,1985-03-02,user2\n",
    ),
    (
        "text/calendar",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Salus//EN\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\nUID:0192f0c1-5e7a-7c3e-9a41-3f0b6d2a8e11@salus.example\r\nDTSTAMP:20261123T143000Z\r\nSEQUENCE:0\r\nDTSTART;TZID=America/Indiana/Indianapolis:20261207T093000\r\nDTEND;TZID=America/Indiana/Indianapolis:20261207T100000\r\nSUMMARY:Appointment - Northwind Health\r\nCLASS:PRIVATE\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ),
    (
        "text/event-stream",
        "id: 0192f0c1-5e7a-7c3e-9a41-3f0b6d2a8e11\nevent: conversation.changed\ndata: {\"conversation_id\":\"0192f0c1-5e7a-7c3e-9a41-3f0b6d2a8e12\"}\n\n",
    ),
];

/// What stands where there is no word yet; the tests refuse it.
pub const UNWORDED: &str = "…";

/// Composes examples from the schemas of a document.
pub(super) struct Composer {
    schemas: Value,
}

impl Composer {
    /// A composer for the document's named schemas.
    pub(super) fn new(schemas: Value) -> Self {
        Self { schemas }
    }

    /// An example of what a media type carries; none for pictures.
    pub(super) fn body(&self, media_type: &str, schema: &Value) -> Option<Value> {
        match media_type {
            "application/json" => Some(self.compose(schema, "", "", 0)),
            text => find("", text).map(|text| json!(text)),
        }
    }

    fn compose(&self, schema: &Value, of: &str, field: &str, depth: usize) -> Value {
        let own = schema
            .get("example")
            .or_else(|| schema.pointer("/examples/0"));
        if let Some(own) = own {
            return own.clone();
        }
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            let name = name.rsplit('/').next().unwrap_or_default();
            if let Some(whole) = find("", name).and_then(|text| serde_json::from_str(text).ok()) {
                return whole;
            }
            return match self.schemas.get(name) {
                // What holds itself ends here.
                Some(_) if depth > 12 => Value::Null,
                Some(schema) => {
                    self.compose(schema, name.trim_start_matches("Page_"), field, depth + 1)
                }
                None => Value::Null,
            };
        }
        if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
            let parts = parts
                .iter()
                .map(|part| self.compose(part, of, field, depth));
            let members = parts.filter_map(|part| part.as_object().cloned()).flatten();
            return Value::Object(members.collect());
        }
        let choices = ["oneOf", "anyOf"]
            .iter()
            .find_map(|key| schema.get(*key)?.as_array());
        if let Some(choices) = choices {
            let first = choices.iter().find(|choice| choice["type"] != "null");
            return first.map_or(Value::Null, |choice| self.compose(choice, of, field, depth));
        }
        if let Some(first) = schema.pointer("/enum/0") {
            return first.clone();
        }
        match kind(schema) {
            "object" => {
                let properties = schema.get("properties").and_then(Value::as_object);
                let members = properties.into_iter().flatten().map(|(name, property)| {
                    let value = word(of, name, property)
                        .unwrap_or_else(|| self.compose(property, of, name, depth));
                    (name.clone(), value)
                });
                // What is absent is left out, never null.
                let members = members.filter(|(_, value)| !value.is_null());
                Value::Object(members.collect::<Map<_, _>>())
            }
            "array" => {
                let items = schema.get("items").unwrap_or(&Value::Null);
                let item = word(of, field, items);
                json!([item.unwrap_or_else(|| self.compose(items, of, field, depth))])
            }
            "integer" | "number" => schema.get("minimum").cloned().unwrap_or(json!(1)),
            "boolean" => json!(false),
            "string" => match schema.get("format").and_then(Value::as_str) {
                Some("uuid") => json!(id(field)),
                Some("date-time") => json!("2026-11-23T14:30:00Z"),
                Some("date") => json!("2026-11-23"),
                _ => json!(UNWORDED),
            },
            _ => json!({}),
        }
    }
}

/// The problem an operation documents for a status, with the words people get.
pub(super) fn problem(status: u16, description: &str) -> Value {
    let documented = description.split('`').nth(1);
    let general = GENERAL.iter().find(|kind| kind.status == status);
    let slug = documented
        .or(general.map(|kind| kind.slug))
        .unwrap_or("internal");
    let problem = Problem {
        kind: format!("/problems/{slug}"),
        title: words::text("en", &format!("problem-{slug}"), &[]),
        status,
        detail: words::find("en", &format!("problem-{slug}-detail"), &[]),
        instance: id("request"),
        errors: Vec::new(),
        more: Map::new(),
    };
    serde_json::to_value(problem).unwrap_or_default()
}

fn kind(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => {
            let mut kinds = kinds.iter().filter_map(Value::as_str);
            kinds.find(|kind| *kind != "null").unwrap_or("object")
        }
        _ => "object",
    }
}

/// The word for a field, when it is of the kind the schema asks for: a name may be a text's in one
/// type and a number's in another.
fn word(of: &str, field: &str, schema: &Value) -> Option<Value> {
    let text = find(of, field)?;
    if text == "null" {
        return Some(Value::Null);
    }
    let own = ["$ref", "oneOf", "anyOf", "enum", "example", "examples"];
    if own.iter().any(|key| schema.get(*key).is_some()) {
        return None;
    }
    let format = schema.get("format").and_then(Value::as_str);
    match (kind(schema), format) {
        ("string", Some("uuid")) => None,
        ("string", Some("date")) => text.parse::<NaiveDate>().ok().map(|day| json!(day)),
        ("string", Some("date-time")) => text.contains('T').then(|| json!(text)),
        ("string", _) => Some(json!(text)),
        (kind, _) => {
            let value: Value = serde_json::from_str(text).ok()?;
            let fits = match kind {
                "integer" | "number" => value.is_number(),
                "array" => value.is_array(),
                "boolean" => value.is_boolean(),
                // An object of which the schema says no more may be any value.
                _ => schema.get("properties").is_none(),
            };
            fits.then_some(value)
        }
    }
}

fn find(of: &str, field: &str) -> Option<&'static str> {
    let named = |key: &str| WORDS.iter().find(|(name, _)| *name == key);
    named(&format!("{of}.{field}"))
        .or_else(|| named(field))
        .map(|(_, text)| *text)
}

/// An id that is the same for a field every time, and another for another field.
fn id(field: &str) -> String {
    let hash = field.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("0192f0c1-5e7a-7c3e-8a41-{:012x}", hash & 0xffff_ffff_ffff)
}
