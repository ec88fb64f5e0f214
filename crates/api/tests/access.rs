//! Access coverage, audit coverage and canaries, driven by the OpenAPI document itself, so that a
//! new operation cannot hide.
#![cfg(test)]

use reqwest::Method;
use salus_test_support::TestApp;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use uuid::Uuid;

/// Every kind of caller; the first is nobody.
const CALLERS: [&str; 14] = [
    "nobody",
    "employee",
    "employee2",
    "other-employee",
    "supervisor",
    "supervisor2",
    "clinician",
    "scheduler",
    "admin",
    "privacy",
    "recorder",
    "auditor",
    "foreign-employee",
    "foreign-clinician",
];

/// Operations whose answers hold no person's data, or that end the session that would be audited.
const UNAUDITED: &[&str] = &[
    "open_session",
    "refresh_session",
    "get_session",
    "close_session",
    "list_sessions",
    "end_session",
    "change_settings",
    "get_quiet_hours",
    "replace_quiet_hours",
    "get_notification_preferences",
    "replace_notification_preferences",
    "list_audit_events",
    "list_my_access_ledger",
    "list_portals",
    "list_employers",
    "get_my_portal",
    "choose_my_portal",
    "get_team_portal",
    "get_public_portal",
    "get_public_image",
    "list_my_message_types",
    "list_team_message_types",
    "list_clinic_message_types",
    "get_my_unread_counts",
    "get_team_unread_counts",
    "get_clinic_unread_counts",
    "list_my_appointment_types",
    "find_my_slots",
    "list_my_slots",
    "list_clinic_slots",
    "find_clinic_slots",
    "list_resources",
    "list_appointment_types",
    "list_schedules",
    "get_schedule",
    "list_schedule_revisions",
    "preview_schedule",
    "get_blackout",
    "list_type_overrides",
    "get_appointment_type",
    "list_appointment_type_revisions",
    "list_type_override_revisions",
    "list_clinicians",
    "list_resource_revisions",
    "list_cancel_reason_revisions",
    "list_schedule_templates",
    "list_holidays",
    "list_blackout_revisions",
    "list_blackouts",
    "list_cancel_reasons",
    "list_my_cancel_reasons",
    "list_locations",
    "get_location_settings",
    "list_location_settings_revisions",
    "get_location",
    "list_order_items",
    "list_questionnaires",
    "list_restriction_types",
    "get_my_questionnaire_version",
    "get_work_summary",
    "list_hr_feed_runs",
    "get_hr_feed_run",
    "list_hr_feed_run_rows",
    "get_hr_feed_rejected_rows",
    "create_hr_feed_run",
    "decide_hr_feed_run",
    "start_code_redemption",
    "answer_code_redemption",
    "complete_code_redemption",
    "stream_my_events",
    "stream_team_events",
    "stream_clinic_events",
];

struct Operation {
    id: String,
    method: Method,
    path: String,
    /// Names of the parameters a query must have.
    query: Vec<String>,
    body: Option<Value>,
    /// A body that is no JSON: its media type and an example.
    raw: Option<(String, String)>,
    streams: bool,
}

fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(salus_api::openapi::document()).unwrap();
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else {
                continue;
            };
            let Some(id) = operation["operationId"].as_str() else {
                continue;
            };
            let contents = &operation["requestBody"]["content"];
            let content = &contents["application/json"];
            let body = content["schema"].is_object().then(|| {
                let least = example(&content["schema"], &document, 0);
                // Where nothing is required, something must still be said.
                if least == json!({}) {
                    content["example"].clone()
                } else {
                    least
                }
            });
            let raw = contents
                .as_object()
                .and_then(|contents| contents.iter().next())
                .filter(|_| body.is_none())
                .and_then(|(kind, content)| {
                    Some((kind.clone(), content["example"].as_str()?.to_owned()))
                });
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let query = parameters
                .filter(|one| one["in"] == "query" && one["required"] == true)
                .map(|one| one["name"].as_str().unwrap().to_owned())
                .collect();
            let streams = path.ends_with("/events");
            found.push(Operation {
                id: id.to_owned(),
                method,
                path: path.clone(),
                query,
                body,
                raw,
                streams,
            });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path).then(a.id.cmp(&b.id)));
    found
}

/// A small value that fits a schema: its example, else the least that is required.
fn example(schema: &Value, document: &Value, depth: usize) -> Value {
    if depth > 12 {
        return Value::Null;
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return example(
            &document["components"]["schemas"][name],
            document,
            depth + 1,
        );
    }
    if !schema["example"].is_null() {
        return schema["example"].clone();
    }
    if let Some(first) = schema["examples"][0].as_object() {
        return Value::Object(first.clone());
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(options) = schema[choice].as_array() {
            let first = options
                .iter()
                .find(|option| option["type"] != "null")
                .unwrap();
            return example(first, document, depth + 1);
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut whole = Map::new();
        for part in parts {
            if let Value::Object(fields) = example(part, document, depth + 1) {
                whole.extend(fields);
            }
        }
        return Value::Object(whole);
    }
    if let Some(first) = schema["enum"][0].as_str() {
        return json!(first);
    }
    let kind = schema["type"].as_str().or_else(|| {
        schema["type"].as_array().and_then(|kinds| {
            kinds
                .iter()
                .filter_map(Value::as_str)
                .find(|kind| *kind != "null")
        })
    });
    match (kind, schema["format"].as_str()) {
        (Some("object"), _) | (None, _) => {
            let mut fields = Map::new();
            for name in schema["required"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
            {
                fields.insert(
                    name.to_owned(),
                    example(&schema["properties"][name], document, depth + 1),
                );
            }
            Value::Object(fields)
        }
        (Some("array"), _) => json!([]),
        (Some("boolean"), _) => json!(true),
        (Some("integer" | "number"), _) => json!(1),
        (_, Some("uuid")) => json!(Uuid::nil()),
        (_, Some("date")) => json!("2026-12-01"),
        (_, Some("date-time")) => json!("2026-12-01T15:00:00Z"),
        _ => json!("x"),
    }
}

/// An object of employee@ (or of the organization) for the ids of a path.
async fn object(app: &TestApp, path: &str) -> String {
    let elena = TestApp::worker(4);
    let table = [
        ("/people/{id}", None),
        ("/appointments/{id}", Some("appointments")),
        ("/restrictions/{id}", Some("restrictions")),
        ("/accommodations/{id}", Some("accommodations")),
        ("/due-items/{id}", Some("due_items")),
        ("/responses/{id}", Some("questionnaire_responses")),
        ("/conversations/{id}", Some("conversations")),
        ("/messages/{id}", Some("messages")),
        ("/slot-holds/{id}", Some("slot_holds")),
        ("/wait-list-items/{id}", Some("wait_list_items")),
    ]
    .into_iter()
    .find(|(part, _)| path.contains(part));
    match table {
        Some((_, None)) => elena.to_string(),
        Some((_, Some(table))) => {
            let query = format!(
                "SELECT coalesce((SELECT id FROM {table} WHERE person_id = '{elena}' ORDER BY id LIMIT 1), '{}')::text",
                Uuid::from_u128(1)
            );
            app.database.text(&query).await
        }
        None if path.contains("/schedules/") => {
            app.database
                .text("SELECT id::text FROM schedules ORDER BY id LIMIT 1")
                .await
        }
        None if path.contains("/blackouts/") => {
            app.database
                .text("SELECT id::text FROM blackouts ORDER BY id LIMIT 1")
                .await
        }
        None if path.contains("/appointment-types/") => {
            salus_api::sandbox::scheduling::FOLLOW_UP.to_string()
        }
        None if path.contains("/questionnaire-versions/") => {
            app.database
                .text("SELECT id::text FROM questionnaire_versions ORDER BY id LIMIT 1")
                .await
        }
        None => Uuid::from_u128(1).to_string(),
    }
}

/// A value for a parameter that a query must have.
async fn parameter(app: &TestApp, name: &str) -> String {
    match name {
        "person" => TestApp::worker(4).to_string(),
        "type" => salus_api::sandbox::scheduling::FIT.to_string(),
        "location" => {
            let query = "SELECT location_id::text FROM schedules ORDER BY id LIMIT 1";
            app.database.text(query).await
        }
        "employer" => "northwind".to_owned(),
        "from" | "to" | "date" => "2026-12-01".to_owned(),
        _ => panic!("no value for the parameter {name}"),
    }
}

/// What a caller meets: the door (401, 403), a wall (404), or the operation itself.
async fn meet(
    app: &TestApp,
    operation: &Operation,
    caller: &str,
    ids: &str,
) -> (u16, String, String) {
    let client = if caller == "nobody" {
        app.anonymous()
    } else {
        app.signed_in(caller).await
    };
    let path = operation
        .path
        .replace("{id}", ids)
        .replace("{slug}", "northwind")
        .replace("{number}", "1")
        .replace("{hash}", &"0".repeat(64));
    let path = path
        .split('/')
        .map(|part| if part.starts_with('{') { ids } else { part })
        .collect::<Vec<_>>()
        .join("/");
    let mut request = client
        .request(operation.method.clone(), &path)
        .unwrap()
        .header("if-match", "\"1\"");
    for name in &operation.query {
        request = request.query(&[(name, parameter(app, name).await)]);
    }
    if let Some(body) = &operation.body {
        request = request.json(body);
    }
    if let Some((kind, body)) = &operation.raw {
        request = request
            .header("content-type", kind.as_str())
            .body(body.clone());
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let request_id = response.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    if operation.streams && status == 200 {
        return (status, request_id, String::new());
    }
    (status, request_id, response.text().await.unwrap())
}

fn class(status: u16) -> String {
    match status {
        401 | 403 | 404 => status.to_string(),
        // The request was not readable, which is found before the door is asked.
        400 | 415 | 422 | 428 => "input".to_owned(),
        500.. => format!("failed with {status}"),
        _ => "open".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_opens_to_exactly_the_callers_of_the_committed_table() {
    let app = TestApp::start().await;
    let mut text = format!("operation,{}\n", CALLERS.join(","));
    let mut unaudited = Vec::new();
    for operation in operations() {
        let ids = object(&app, &operation.path).await;
        let mut line = operation.id.clone();
        for caller in CALLERS {
            let (status, request_id, body) = meet(&app, &operation, caller, &ids).await;
            assert!(
                status < 500,
                "{} as {caller}: {status} {body}",
                operation.id
            );
            write!(line, ",{}", class(status)).unwrap();
            let audited = app
                .database
                .text(&format!(
                    "SELECT count(*)::text FROM audit_events WHERE request_id = '{request_id}'"
                ))
                .await;
            let personal =
                !UNAUDITED.contains(&operation.id.as_str()) && !operation.path.contains("/public/");
            // An empty list shows nobody's data.
            let empty = ["\"items\":[]", "\"appointments\":[]"];
            let shows = (200..300).contains(&status)
                && !empty.iter().any(|empty| body.contains(empty))
                && body != "[]";
            if personal && shows && caller != "nobody" && audited == "0" {
                unaudited.push(format!("{} as {caller}", operation.id));
            }
        }
        text.push_str(&line);
        text.push('\n');
    }
    assert!(unaudited.is_empty(), "no audit event: {unaudited:?}");
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/access-table.csv");
    if std::env::var_os("SALUS_UPDATE").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    for (ours, theirs) in text.lines().zip(committed.lines()) {
        assert_eq!(
            ours, theirs,
            "print the table again with SALUS_UPDATE=1 and review the difference"
        );
    }
    assert_eq!(text.lines().count(), committed.lines().count());
}

#[test]
fn every_operation_behind_a_door_is_asked_in_a_way_that_reaches_the_door() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/access-table.csv");
    let text = std::fs::read_to_string(file).unwrap();
    let operations = operations().into_iter();
    let doors: BTreeMap<String, String> = operations
        .filter(|one| !one.path.contains("/public/") && !one.path.contains("/auth/"))
        .map(|one| (one.id, one.path))
        .collect();
    let unasked = text.lines().skip(1).filter(|line| {
        let (id, met) = line.split_once(',').unwrap();
        doors.contains_key(id) && met.split(',').skip(1).all(|met| met == "input")
    });
    assert_eq!(unasked.collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn no_line_of_the_committed_table_opens_a_door_to_the_wrong_caller() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/access-table.csv");
    let text = std::fs::read_to_string(file).unwrap();
    let paths: BTreeMap<String, String> =
        operations().into_iter().map(|o| (o.id, o.path)).collect();
    let mut lines = text.lines();
    let callers: Vec<&str> = lines.next().unwrap().split(',').skip(1).collect();
    for line in lines {
        let mut cells = line.split(',');
        let id = cells.next().unwrap();
        let path = &paths[id];
        for (caller, met) in callers.iter().zip(cells) {
            let staff = ["admin", "privacy", "recorder", "auditor"].contains(caller);
            let clinic = ["clinician", "scheduler", "foreign-clinician"].contains(caller);
            let nobody = *caller == "nobody";
            let supervises = caller.starts_with("supervisor");
            let wrong = if met == "input" && !nobody
                || path.starts_with("/api/v1/public")
                || path.starts_with("/api/v1/auth")
            {
                false
            } else if nobody {
                met != "401"
            } else if path.starts_with("/api/v1/team") {
                !supervises && met != "403"
            } else if path.starts_with("/api/v1/clinic") {
                !clinic && met != "403"
            } else if path.starts_with("/api/v1/admin") {
                !staff && met != "403"
            } else if path.starts_with("/api/v1/me") {
                (staff || clinic) && met != "403"
            } else {
                true
            };
            assert!(!wrong, "{id}: {caller} met {met}");
            // What belongs to employee@ is not there for anybody else's own record or organization.
            let about_elena = path.contains("{id}") && met == "open";
            let elsewhere = [
                "employee2",
                "other-employee",
                "foreign-employee",
                "foreign-clinician",
                "supervisor2",
            ];
            let shared = ["end_session", "get_my_questionnaire_version"].contains(&id);
            assert!(
                !(about_elena && elsewhere.contains(caller) && !shared),
                "{id}: {caller} reached employee@'s object"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_clinical_of_any_report_appears_under_team() {
    let app = TestApp::start().await;
    let clinical = app
        .database
        .text(
            "SELECT string_agg(DISTINCT value, E'\\n') FROM ( \
             SELECT name AS value FROM appointment_types UNION ALL SELECT code FROM appointment_types WHERE length(code) > 3 \
             UNION ALL SELECT birth_date::text FROM persons WHERE birth_date IS NOT NULL \
             UNION ALL SELECT comment FROM restriction_versions WHERE NOT affects_work AND comment IS NOT NULL \
             UNION ALL SELECT kind FROM restriction_versions WHERE NOT affects_work) v \
             WHERE length(value) > 2 AND value NOT IN (SELECT name FROM appointment_type_texts t, \
             LATERAL (SELECT t.public_name AS name) n) \
             AND value NOT IN (SELECT kind FROM restriction_versions WHERE affects_work)",
        )
        .await;
    let markers: Vec<&str> = clinical.lines().collect();
    assert!(markers.len() > 10, "there are clinical values to look for");
    let mut looked = 0;
    for supervisor in ["supervisor", "supervisor2", "user1"] {
        let client = app.signed_in(supervisor).await;
        for operation in operations()
            .iter()
            .filter(|o| o.path.starts_with("/api/v1/team") && o.method == Method::GET)
        {
            if operation.streams {
                continue;
            }
            for worker in 1..=9 {
                let path = operation
                    .path
                    .replace("{id}", &TestApp::worker(worker).to_string());
                let response = client
                    .request(Method::GET, &path)
                    .unwrap()
                    .send()
                    .await
                    .unwrap();
                let body = response.text().await.unwrap();
                looked += 1;
                for marker in &markers {
                    let quoted = [
                        format!("\"{marker}\""),
                        format!("{marker} "),
                        format!(" {marker}"),
                    ];
                    assert!(
                        !quoted.iter().any(|q| body.contains(q)),
                        "{} told {supervisor}: {marker}",
                        operation.id
                    );
                }
            }
        }
    }
    assert!(looked > 20);
}
