//! The contract: the committed document is the code's, and every operation can be called.
#![cfg(test)]

use salus_api::openapi::examples::UNWORDED;
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::{
    accounts, audit, intake, messaging, people, portals, questionnaires, scheduling, surveillance,
    work_status,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document() -> Value {
    serde_json::to_value(salus_api::openapi::document()).unwrap()
}

fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if ["get", "post", "put", "patch", "delete"].contains(&method.as_str()) {
                found.push((method.clone(), path.clone(), operation));
            }
        }
    }
    found
}

#[test]
fn the_committed_document_is_what_the_handlers_say() {
    let file = root().join("openapi/salus.v1.json");
    let text = salus_api::openapi::text().unwrap();
    if std::env::var_os("SALUS_UPDATE").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == text,
        "openapi/salus.v1.json is not of this code; write it with SALUS_UPDATE=1 and review"
    );
}

#[test]
fn the_document_names_this_project_and_its_version_of_openapi() {
    let document = document();
    assert_eq!(document["info"]["title"], "Salus");
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
}

#[test]
fn every_operation_has_a_name_of_its_own_a_summary_and_a_tag() {
    let document = document();
    let mut names = Vec::new();
    for (method, path, operation) in operations(&document) {
        let name = operation["operationId"]
            .as_str()
            .unwrap_or_else(|| panic!("{method} {path} has no name"));
        assert!(!names.contains(&name.to_owned()), "{name} twice");
        names.push(name.to_owned());
        assert!(
            operation["summary"].as_str().is_some_and(|s| !s.is_empty()),
            "{name} has no summary"
        );
        let tag = operation["tags"][0].as_str().unwrap_or_default();
        assert!(
            document["tags"]
                .as_array()
                .unwrap()
                .iter()
                .any(|t| t["name"] == tag),
            "{name}: tag {tag}"
        );
    }
    assert!(names.len() > 20);
}

#[test]
fn every_operation_documents_what_a_wrong_query_or_body_is_answered() {
    let document = document();
    let mut missing = Vec::new();
    for (method, path, operation) in operations(&document) {
        let has_body = operation.get("requestBody").is_some();
        let parameters = operation["parameters"].as_array();
        let asks = parameters.is_some_and(|all| all.iter().any(|one| one["in"] == "query"));
        let wanted: &[&str] = match (has_body, asks) {
            (true, _) => &["400", "413", "415", "422", "429", "503"],
            (false, true) => &["400", "422", "429", "503"],
            (false, false) => &["429", "503"],
        };
        let answers = operation["responses"].as_object().unwrap();
        let left_out = wanted
            .iter()
            .filter(|status| !answers.contains_key(**status));
        missing.extend(left_out.map(|status| format!("{method} {path} {status}")));
    }
    assert!(missing.is_empty(), "undocumented: {missing:#?}");
}

#[test]
fn every_reference_leads_to_a_schema() {
    let document = document();
    let mut lost = Vec::new();
    let mut open = vec![&document];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(to)) = members.get("$ref") {
                    let found = document.pointer(to.trim_start_matches('#'));
                    lost.extend(found.is_none().then_some(to.as_str()));
                }
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn every_answer_says_what_it_is() {
    let document = document();
    let mut silent = Vec::new();
    for (method, path, operation) in operations(&document) {
        for (status, answer) in operation["responses"].as_object().unwrap() {
            if answer["description"].as_str().is_none_or(str::is_empty) {
                silent.push(format!("{method} {path} {status}"));
            }
        }
    }
    assert!(silent.is_empty(), "without a description: {silent:#?}");
}

#[test]
fn no_operation_names_a_parameter_twice() {
    let document = document();
    for (method, path, operation) in operations(&document) {
        let mut names = Vec::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = (&parameter["in"], &parameter["name"]);
            assert!(!names.contains(&name), "{method} {path}: {name:?}");
            names.push(name);
        }
    }
}

#[test]
fn what_takes_if_match_or_an_idempotency_key_documents_what_comes_of_it() {
    let document = document();
    for (method, path, operation) in operations(&document) {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        for parameter in parameters {
            let statuses: &[&str] = match parameter["name"].as_str().unwrap() {
                "If-Match" => &["412", "428"],
                "Idempotency-Key" => &["400", "409", "422"],
                _ => &[],
            };
            for status in statuses {
                let answer = &operation["responses"][status];
                assert!(answer.is_object(), "{method} {path} {status}");
            }
        }
    }
}

#[test]
fn every_link_leads_to_a_parameter_or_a_body_of_an_operation() {
    let document = document();
    let operations = operations(&document);
    let mut links = 0;
    for (_, path, operation) in &operations {
        for answer in operation["responses"].as_object().unwrap().values() {
            for link in answer["links"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|one| one.1)
            {
                links += 1;
                let target = operations
                    .iter()
                    .find(|one| one.2["operationId"] == link["operationId"]);
                let (_, _, target) = target.unwrap_or_else(|| panic!("{path}: {link}"));
                assert!(link["requestBody"].is_null() || target["requestBody"].is_object());
                let named = target["parameters"].as_array().cloned().unwrap_or_default();
                for name in link["parameters"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|one| one.0)
                {
                    let known = named.iter().any(|one| {
                        let (place, own) = (one["in"].as_str(), one["name"].as_str());
                        name.split_once('.') == place.zip(own)
                    });
                    assert!(known, "{path}: {link}");
                }
            }
        }
    }
    assert!(links > 50, "{links}");
}

#[test]
fn what_was_made_leads_to_what_can_be_done_with_it() {
    let document = document();
    let links = |path: &str, method: &str, status: &str| {
        let answer = &document["paths"][path][method]["responses"][status];
        let links = answer["links"].as_object().cloned().unwrap_or_default();
        links.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(
        links("/api/v1/me/appointments", "post", "201"),
        [
            "cancel_my_appointment",
            "check_in_to_my_appointment",
            "confirm_my_appointment",
            "get_my_appointment",
            "get_my_calendar_file",
            "get_my_join_link",
            "move_my_appointment",
            "wish_earlier_appointment"
        ]
    );
    assert!(
        links("/api/v1/clinic/people/{id}/restrictions", "post", "201")
            .contains(&"change_restriction".to_owned())
    );
    assert_eq!(links("/api/v1/me/slots", "get", "200"), ["hold_my_slot"]);
}

#[test]
fn a_page_names_what_it_is_a_page_of() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for (name, schema) in schemas {
        if let Some(of) = name.strip_prefix("Page_") {
            let item = &schema["properties"]["items"]["items"]["$ref"];
            assert_eq!(*item, format!("#/components/schemas/{of}"));
        }
    }
}

#[tokio::test]
async fn an_address_asked_with_another_method_says_which_it_takes() {
    let app = salus_test_support::TestApp::start().await;
    let client = reqwest::Client::new();
    for (path, allowed) in [
        ("/api/v1/auth/sessions", "GET, POST"),
        ("/api/v1/me/profile", "GET"),
        (
            "/api/v1/me/appointments/01900000-0000-7000-8000-000000000000",
            "GET",
        ),
    ] {
        let request = client.request(reqwest::Method::TRACE, format!("{}{path}", app.url));
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 405, "{path}");
        assert_eq!(response.headers()["allow"], allowed);
        let problem: Value = response.json().await.unwrap();
        assert_eq!(problem["type"], "/problems/method-not-allowed");
    }
    let nowhere = client.get(format!("{}/api/v1/nowhere", app.url)).send();
    assert_eq!(nowhere.await.unwrap().status(), 404);
}

#[test]
fn every_operation_behind_a_door_documents_401() {
    let document = document();
    for (_, path, operation) in operations(&document) {
        if ["/me", "/team", "/clinic", "/admin"]
            .iter()
            .any(|door| path.starts_with(&format!("/api/v1{door}")))
        {
            assert!(
                operation["responses"]["401"].is_object(),
                "{}",
                operation["operationId"]
            );
        }
    }
}

#[test]
fn every_operation_has_a_client_method_of_its_name() {
    let document = document();
    let mut client = String::new();
    for entry in std::fs::read_dir(root().join("crates/client/src")).unwrap() {
        client.push_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    let missing: Vec<_> = operations(&document)
        .iter()
        .map(|(_, _, operation)| operation["operationId"].as_str().unwrap().to_owned())
        .filter(|name| !client.contains(&format!(" fn {name}(")))
        .collect();
    assert!(missing.is_empty(), "no client method: {missing:?}");
}

/// Whether an example is what its type reads, unknown fields of requests refused.
type Reads = fn(&Value) -> Result<(), String>;

fn reads<T: DeserializeOwned>(example: &Value) -> Result<(), String> {
    let text = example.to_string();
    let mut reader = serde_json::Deserializer::from_str(&text);
    serde_path_to_error::deserialize::<_, T>(&mut reader)
        .map(drop)
        .map_err(|error| format!("{}: {}", error.path(), error.inner()))
}

/// Every type that is the whole of a request or a response, by its name in the document.
fn types() -> BTreeMap<&'static str, Reads> {
    let types: Vec<(&str, Reads)> = vec![
        ("Problem", reads::<Problem>),
        ("ChangeSettings", reads::<accounts::ChangeSettings>),
        ("QuietHours", reads::<accounts::QuietHours>),
        ("ReplaceQuietHours", reads::<accounts::ReplaceQuietHours>),
        ("OpenSession", reads::<accounts::OpenSession>),
        ("Session", reads::<accounts::Session>),
        ("SignedIn", reads::<accounts::SignedIn>),
        ("[Device]", reads::<Vec<accounts::Device>>),
        ("Page_AuditEvent", reads::<Page<audit::AuditEvent>>),
        ("Page_LedgerEntry", reads::<Page<audit::LedgerEntry>>),
        ("AnswerRedemption", reads::<intake::AnswerRedemption>),
        ("CompleteRedemption", reads::<intake::CompleteRedemption>),
        ("DecideFeedRun", reads::<intake::DecideFeedRun>),
        ("FeedRun", reads::<intake::FeedRun>),
        ("MadePickupCode", reads::<intake::MadePickupCode>),
        ("MakePickupCode", reads::<intake::MakePickupCode>),
        ("PickupCodeList", reads::<intake::PickupCodeList>),
        ("Redemption", reads::<intake::Redemption>),
        ("StartRedemption", reads::<intake::StartRedemption>),
        ("Page_FeedRun", reads::<Page<intake::FeedRun>>),
        ("Page_FeedRunRow", reads::<Page<intake::FeedRunRow>>),
        ("Conversation", reads::<messaging::Conversation>),
        ("Message", reads::<messaging::Message>),
        ("MessageTypes", reads::<messaging::MessageTypes>),
        ("StartConversation", reads::<messaging::StartConversation>),
        ("SendMessage", reads::<messaging::SendMessage>),
        ("SaveDraft", reads::<messaging::SaveDraft>),
        ("Marker", reads::<messaging::Marker>),
        ("CloseConversation", reads::<messaging::CloseConversation>),
        ("UnreadCounts", reads::<messaging::UnreadCounts>),
        ("WorkSummary", reads::<messaging::WorkSummary>),
        ("Page_Conversation", reads::<Page<messaging::Conversation>>),
        ("Page_Message", reads::<Page<messaging::Message>>),
        ("?Draft", reads::<Option<messaging::Draft>>),
        ("Person", reads::<people::Person>),
        ("Page_Person", reads::<Page<people::Person>>),
        ("Appearance", reads::<portals::Appearance>),
        ("Portal", reads::<portals::Portal>),
        ("ChoosePortal", reads::<portals::ChoosePortal>),
        ("PublishPortal", reads::<portals::PublishPortal>),
        ("PortalDraft", reads::<portals::PortalDraft>),
        ("PortalVersion", reads::<portals::PortalVersion>),
        ("Page_PortalVersion", reads::<Page<portals::PortalVersion>>),
        ("VersionComparison", reads::<portals::VersionComparison>),
        ("ReplaceModules", reads::<portals::ReplaceModules>),
        ("DraftNotifications", reads::<portals::DraftNotifications>),
        (
            "ReplaceNotifications",
            reads::<portals::ReplaceNotifications>,
        ),
        ("[PortalSummary]", reads::<Vec<portals::PortalSummary>>),
        ("PortalSummary", reads::<portals::PortalSummary>),
        ("CreatePortal", reads::<portals::CreatePortal>),
        ("Page_EmployerName", reads::<Page<portals::EmployerName>>),
        (
            "AssignQuestionnaire",
            reads::<questionnaires::AssignQuestionnaire>,
        ),
        ("DraftSaved", reads::<questionnaires::DraftSaved>),
        (
            "QuestionnaireAssignment",
            reads::<questionnaires::QuestionnaireAssignment>,
        ),
        (
            "QuestionnaireVersion",
            reads::<questionnaires::QuestionnaireVersion>,
        ),
        ("QuestionnaireResponse", reads::<questionnaires::Response>),
        ("SaveAnswers", reads::<questionnaires::SaveAnswers>),
        ("StartResponse", reads::<questionnaires::StartResponse>),
        ("SubmitResponse", reads::<questionnaires::SubmitResponse>),
        (
            "SubmittedResponse",
            reads::<questionnaires::SubmittedResponse>,
        ),
        (
            "Page_Questionnaire",
            reads::<Page<questionnaires::Questionnaire>>,
        ),
        (
            "Page_QuestionnaireAssignment",
            reads::<Page<questionnaires::QuestionnaireAssignment>>,
        ),
        (
            "Page_SubmittedResponseSummary",
            reads::<Page<questionnaires::SubmittedResponseSummary>>,
        ),
        ("Appointment", reads::<scheduling::Appointment>),
        ("BookAppointment", reads::<scheduling::BookAppointment>),
        ("AnswerLink", reads::<scheduling::AnswerLink>),
        ("CheckInAtDoor", reads::<scheduling::CheckInAtDoor>),
        ("CheckedInAtDoor", reads::<scheduling::CheckedInAtDoor>),
        ("JoinLink", reads::<scheduling::JoinLink>),
        ("ChangeResource", reads::<scheduling::ChangeResource>),
        ("Resource", reads::<scheduling::Resource>),
        ("BookVisitPlan", reads::<scheduling::BookVisitPlan>),
        ("LinkedVisit", reads::<scheduling::LinkedVisit>),
        ("VisitPlans", reads::<scheduling::VisitPlans>),
        ("BookForPerson", reads::<scheduling::BookForPerson>),
        ("BookForReport", reads::<scheduling::BookForReport>),
        ("CancelAppointment", reads::<scheduling::CancelAppointment>),
        ("RequestForReport", reads::<scheduling::RequestForReport>),
        (
            "TeamAppointmentRequest",
            reads::<scheduling::TeamAppointmentRequest>,
        ),
        (
            "RequestAppointment",
            reads::<scheduling::RequestAppointment>,
        ),
        (
            "AppointmentRequest",
            reads::<scheduling::AppointmentRequest>,
        ),
        (
            "ClinicAppointmentRequest",
            reads::<scheduling::ClinicAppointmentRequest>,
        ),
        ("OfferTimes", reads::<scheduling::OfferTimes>),
        ("WaitListItem", reads::<scheduling::WaitListItem>),
        ("Page_WaitListItem", reads::<Page<scheduling::WaitListItem>>),
        (
            "ChangeWaitListItem",
            reads::<scheduling::ChangeWaitListItem>,
        ),
        ("WishEarlier", reads::<scheduling::WishEarlier>),
        (
            "ClinicWaitListItem",
            reads::<scheduling::ClinicWaitListItem>,
        ),
        (
            "Page_ClinicWaitListItem",
            reads::<Page<scheduling::ClinicWaitListItem>>,
        ),
        (
            "EscalateWaitListItem",
            reads::<scheduling::EscalateWaitListItem>,
        ),
        ("Page_OfferRound", reads::<Page<scheduling::OfferRound>>),
        ("BookRequest", reads::<scheduling::BookRequest>),
        ("DeclineRequest", reads::<scheduling::DeclineRequest>),
        ("CheckIn", reads::<scheduling::CheckIn>),
        ("DenyAppointment", reads::<scheduling::DenyAppointment>),
        (
            "MarkAppointmentAsError",
            reads::<scheduling::MarkAppointmentAsError>,
        ),
        (
            "CorrectAppointment",
            reads::<scheduling::CorrectAppointment>,
        ),
        ("MoveAppointment", reads::<scheduling::MoveAppointment>),
        ("MoveForPerson", reads::<scheduling::MoveForPerson>),
        ("ClinicAppointment", reads::<scheduling::ClinicAppointment>),
        ("DaySheet", reads::<scheduling::DaySheet>),
        ("HoldForReport", reads::<scheduling::HoldForReport>),
        ("HoldSlot", reads::<scheduling::HoldSlot>),
        ("OfferedTypes", reads::<scheduling::OfferedTypes>),
        ("SlotHold", reads::<scheduling::SlotHold>),
        ("TeamAppointment", reads::<scheduling::TeamAppointment>),
        ("TeamOfferedTypes", reads::<scheduling::TeamOfferedTypes>),
        ("TeamSlotHold", reads::<scheduling::TeamSlotHold>),
        ("Page_Appointment", reads::<Page<scheduling::Appointment>>),
        (
            "Page_AppointmentRequest",
            reads::<Page<scheduling::AppointmentRequest>>,
        ),
        (
            "Page_ClinicAppointmentRequest",
            reads::<Page<scheduling::ClinicAppointmentRequest>>,
        ),
        ("Page_AppointmentPlace", reads::<Page<scheduling::Place>>),
        (
            "Page_AppointmentType",
            reads::<Page<scheduling::AppointmentType>>,
        ),
        ("Page_Blackout", reads::<Page<scheduling::Blackout>>),
        ("Page_CancelReason", reads::<Page<scheduling::CancelReason>>),
        (
            "Page_ClinicAppointment",
            reads::<Page<scheduling::ClinicAppointment>>,
        ),
        ("Page_Resource", reads::<Page<scheduling::Resource>>),
        ("Page_Schedule", reads::<Page<scheduling::Schedule>>),
        ("Page_Slot", reads::<Page<scheduling::Slot>>),
        (
            "Page_TeamAppointment",
            reads::<Page<scheduling::TeamAppointment>>,
        ),
        ("CreateSchedule", reads::<scheduling::CreateSchedule>),
        ("ChangeSchedule", reads::<scheduling::ChangeSchedule>),
        ("DeletedSchedule", reads::<scheduling::DeletedSchedule>),
        ("PreviewSchedule", reads::<scheduling::PreviewSchedule>),
        ("Schedule", reads::<scheduling::Schedule>),
        ("SchedulePreview", reads::<scheduling::SchedulePreview>),
        ("AppointmentType", reads::<scheduling::AppointmentType>),
        (
            "CreateAppointmentType",
            reads::<scheduling::CreateAppointmentType>,
        ),
        (
            "ChangeAppointmentType",
            reads::<scheduling::ChangeAppointmentType>,
        ),
        ("Resource", reads::<scheduling::Resource>),
        ("CreateResource", reads::<scheduling::CreateResource>),
        ("ChangeResource", reads::<scheduling::ChangeResource>),
        ("DeletedResource", reads::<scheduling::DeletedResource>),
        ("LocationSettings", reads::<scheduling::LocationSettings>),
        (
            "ChangeLocationSettings",
            reads::<scheduling::ChangeLocationSettings>,
        ),
        ("Page_Clinician", reads::<Page<scheduling::Clinician>>),
        (
            "ClinicCancelReason",
            reads::<scheduling::ClinicCancelReason>,
        ),
        (
            "Page_ClinicCancelReason",
            reads::<Page<scheduling::ClinicCancelReason>>,
        ),
        (
            "CreateCancelReason",
            reads::<scheduling::CreateCancelReason>,
        ),
        (
            "ChangeCancelReason",
            reads::<scheduling::ChangeCancelReason>,
        ),
        ("ClinicLocation", reads::<scheduling::ClinicLocation>),
        (
            "ChangeClinicLocation",
            reads::<scheduling::ChangeClinicLocation>,
        ),
        ("ScheduleTemplate", reads::<scheduling::ScheduleTemplate>),
        (
            "CreateScheduleTemplate",
            reads::<scheduling::CreateScheduleTemplate>,
        ),
        (
            "Page_ScheduleTemplate",
            reads::<Page<scheduling::ScheduleTemplate>>,
        ),
        ("TypeOverride", reads::<scheduling::TypeOverride>),
        (
            "CreateTypeOverrides",
            reads::<scheduling::CreateTypeOverrides>,
        ),
        (
            "CreatedTypeOverrides",
            reads::<scheduling::CreatedTypeOverrides>,
        ),
        (
            "ChangeTypeOverride",
            reads::<scheduling::ChangeTypeOverride>,
        ),
        ("Page_TypeOverride", reads::<Page<scheduling::TypeOverride>>),
        ("Blackout", reads::<scheduling::Blackout>),
        ("CreateBlackout", reads::<scheduling::CreateBlackout>),
        ("ChangeBlackout", reads::<scheduling::ChangeBlackout>),
        (
            "NotificationPreferences",
            reads::<accounts::NotificationPreferences>,
        ),
        (
            "ReplaceNotificationPreferences",
            reads::<accounts::ReplaceNotificationPreferences>,
        ),
        ("Holiday", reads::<scheduling::Holiday>),
        ("AddHoliday", reads::<scheduling::AddHoliday>),
        ("Page_Holiday", reads::<Page<scheduling::Holiday>>),
        ("VisitStep", reads::<scheduling::VisitStep>),
        ("Page_VisitStep", reads::<Page<scheduling::VisitStep>>),
        ("SchedulingTask", reads::<scheduling::SchedulingTask>),
        (
            "Page_SchedulingTask",
            reads::<Page<scheduling::SchedulingTask>>,
        ),
        ("Page_Revision", reads::<Page<scheduling::Revision>>),
        ("ChangeDueItem", reads::<surveillance::ChangeDueItem>),
        ("ClinicDueItem", reads::<surveillance::ClinicDueItem>),
        ("ClinicDueItems", reads::<surveillance::ClinicDueItems>),
        ("CompleteDueItem", reads::<surveillance::CompleteDueItem>),
        ("EnterDueItem", reads::<surveillance::EnterDueItem>),
        ("MyDueItems", reads::<surveillance::MyDueItems>),
        ("OrderItems", reads::<surveillance::OrderItems>),
        ("TeamDueItems", reads::<surveillance::TeamDueItems>),
        ("WaiveDueItem", reads::<surveillance::WaiveDueItem>),
        ("ChangeRestriction", reads::<work_status::ChangeRestriction>),
        (
            "ChangeAccommodation",
            reads::<work_status::ChangeAccommodation>,
        ),
        (
            "ClinicAccommodation",
            reads::<work_status::ClinicAccommodation>,
        ),
        (
            "ClinicAccommodations",
            reads::<work_status::ClinicAccommodations>,
        ),
        ("EndAccommodation", reads::<work_status::EndAccommodation>),
        (
            "MarkAccommodationAsError",
            reads::<work_status::MarkAccommodationAsError>,
        ),
        (
            "WriteAccommodation",
            reads::<work_status::WriteAccommodation>,
        ),
        (
            "Page_TeamWaitListItem",
            reads::<Page<scheduling::TeamWaitListItem>>,
        ),
        ("ClinicRestriction", reads::<work_status::ClinicRestriction>),
        (
            "ClinicRestrictions",
            reads::<work_status::ClinicRestrictions>,
        ),
        ("ClinicWorkStatus", reads::<work_status::ClinicWorkStatus>),
        (
            "EndAllRestrictions",
            reads::<work_status::EndAllRestrictions>,
        ),
        ("EndRestriction", reads::<work_status::EndRestriction>),
        ("EndedRestrictions", reads::<work_status::EndedRestrictions>),
        ("ExtendRestriction", reads::<work_status::ExtendRestriction>),
        (
            "MarkRestrictionAsError",
            reads::<work_status::MarkRestrictionAsError>,
        ),
        ("MyWorkStatus", reads::<work_status::MyWorkStatus>),
        ("TeamPeople", reads::<work_status::TeamPeople>),
        ("TeamWorkStatus", reads::<work_status::TeamWorkStatus>),
        ("WriteRestriction", reads::<work_status::WriteRestriction>),
    ];
    types.into_iter().collect()
}

/// The document's name of a schema: `Name`, `[Name]` for a list, `?Name` where null is possible.
fn named(schema: &Value) -> String {
    let name = |schema: &Value| {
        let path = schema["$ref"].as_str().unwrap_or_default();
        path.rsplit('/').next().unwrap_or_default().to_owned()
    };
    match schema {
        _ if schema["items"].is_object() => format!("[{}]", name(&schema["items"])),
        _ if schema["oneOf"].is_array() => format!("?{}", name(&schema["oneOf"][0])),
        _ => name(schema),
    }
}

/// Every body of the document with its operation's name and its media type.
fn bodies(document: &Value) -> Vec<(String, String, &Value)> {
    let mut found = Vec::new();
    for (_, _, operation) in operations(document) {
        let name = operation["operationId"].as_str().unwrap();
        let responses = operation["responses"].as_object().unwrap();
        let contents = [("request".to_owned(), &operation["requestBody"])]
            .into_iter()
            .chain(
                responses
                    .iter()
                    .map(|(status, response)| (status.clone(), response)),
            );
        for (part, holder) in contents {
            for (media_type, content) in holder["content"].as_object().into_iter().flatten() {
                found.push((format!("{name} {part}"), media_type.clone(), content));
            }
        }
    }
    found
}

#[test]
fn every_body_but_a_picture_has_an_example_without_gaps() {
    let document = document();
    let wrong: Vec<_> = bodies(&document)
        .into_iter()
        .filter(|(_, media_type, content)| {
            let example = content["example"].to_string();
            media_type != "image/png" && (example == "null" || example.contains(UNWORDED))
        })
        .map(|(place, _, content)| format!("{place}: {}", content["example"]))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_reads_as_its_type() {
    let (document, types) = (document(), types());
    let mut wrong = Vec::new();
    for (place, media_type, content) in bodies(&document) {
        if !media_type.ends_with("json") {
            continue;
        }
        let name = named(&content["schema"]);
        let read = types.get(name.as_str());
        let read = read.map_or_else(
            || Err("is not in the list of types".to_owned()),
            |read| read(&content["example"]),
        );
        if let Err(why) = read {
            wrong.push(format!("{place} {name}: {why}"));
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whom_one_acts_for_can_be_said_behind_the_doors_that_know_it_and_nowhere_else() {
    let document = document();
    for (_, path, operation) in operations(&document) {
        let parameters = operation["parameters"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let named = parameters
            .iter()
            .any(|parameter| parameter["name"] == "Salus-For");
        let door = path.starts_with("/api/v1/me/") || path.starts_with("/api/v1/team/");
        assert_eq!(named, door, "{path}");
    }
}
