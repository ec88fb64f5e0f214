//! The OpenAPI 3.1 document, derived from the handlers.

pub mod examples;
mod links;

use serde_json::Value;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayItems, Components, ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, Ref, RefOr, Required, Response, ResponseBuilder};
use utoipa::{Modify, OpenApi};

use crate::routes;
use examples::Composer;
use links::Links;
use salus_types::problem::GENERAL;

/// Everything of the document that no handler says.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Salus",
        description = "Occupational-health portals: scheduling, questionnaires, work status, messages, surveillance. \
            Problems follow RFC 9457; changes need If-Match, creating requests take Idempotency-Key; lists are \
            paged with cursor and limit.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
        contact(name = "The Salus project"),
    ),
    modifiers(&Security),
    servers((url = "/", description = "The installation that serves this document")),
    security(("access_token" = [])),
    tags(
        (name = "accounts", description = "Signing in, sessions, settings"),
        (name = "people", description = "Persons and what identifies them"),
        (name = "scheduling", description = "Appointments, slots, schedules"),
        (name = "questionnaires", description = "Forms, answers, review"),
        (name = "messaging", description = "Conversations with the clinic"),
        (name = "work_status", description = "What a person may do at work, and until when"),
        (name = "surveillance", description = "What is due"),
        (name = "intake", description = "HR feed and pick-up codes"),
        (name = "portals", description = "Branding, wording, modules"),
        (name = "audit", description = "Who opened whose record"),
    )
)]
pub struct Document;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        components.add_security_scheme(
            "access_token",
            SecurityScheme::Http(
                HttpBuilder::new()
                    .scheme(HttpAuthScheme::Bearer)
                    .bearer_format("JWT")
                    .build(),
            ),
        );
        components.add_security_scheme(
            "refresh_cookie",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("__Host-salus-refresh"))),
        );
    }
}

/// The whole document.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    use utoipa_actix_web::AppExt;
    let (_, document) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(Document::openapi())
        .service(
            utoipa_actix_web::scope(routes::ROOT).configure(|config| routes::operations(config)),
        )
        .split_for_parts();
    finished(document)
}

/// Adds to the handlers' document what is the same for many of them: examples, headers, links, the
/// problems that any of them may answer.
#[must_use]
pub fn finished(mut document: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    if let Some(components) = &mut document.components {
        name_items(components);
    }
    let links = Links::of(&serde_json::to_value(&document).unwrap_or_default());
    let schemas = document.components.as_ref().map(|parts| &parts.schemas);
    let composer = Composer::new(serde_json::to_value(schemas).unwrap_or_default());
    for (path, item) in &mut document.paths.paths {
        let creates = item.post.as_ref().is_some_and(|operation| {
            let statuses = &operation.responses.responses;
            is_behind_a_door(path) && (statuses.contains_key("201") || statuses.contains_key("202"))
        });
        if creates && let Some(operation) = &mut item.post {
            add_header(operation, IDEMPOTENCY_KEY);
            add_problem(operation, "409", "`idempotency-in-progress`");
            add_location(operation);
        }
        let operations = [
            &mut item.get,
            &mut item.post,
            &mut item.put,
            &mut item.patch,
            &mut item.delete,
        ];
        for operation in operations.into_iter().flatten() {
            if operation.responses.responses.contains_key("428") {
                add_header(operation, IF_MATCH);
                add_problem(operation, "412", "`version-conflict`");
            }
            if path.starts_with("/api/v1/me/") {
                add_header(operation, ACTS_FOR_PERSON);
            }
            if path.starts_with("/api/v1/team/") {
                add_header(operation, ACTS_FOR_SUPERVISOR);
            }
            add_problems(operation, is_behind_a_door(path));
            links.add(operation);
            describe_answers(operation);
            add_examples(operation, &composer);
        }
    }
    document
}

/// Lets a page name what it is a page of. utoipa writes a generic's type out in full, which would give
/// generated clients two types for one thing.
fn name_items(components: &mut Components) {
    let named = components.schemas.clone();
    for (name, schema) in &mut components.schemas {
        if let Some(of) = name.strip_prefix("Page_")
            && let RefOr::T(Schema::Object(page)) = schema
            && let Some(RefOr::T(Schema::Array(list))) = page.properties.get_mut("items")
            && let ArrayItems::RefOrSchema(item) = &mut list.items
            && named.get(of) == Some(item)
        {
            **item = Ref::from_schema_name(of).into();
        }
    }
}

/// A header of a request: its name, what it is for, whether it must be there.
type Header = (&'static str, &'static str, Required);

const IDEMPOTENCY_KEY: Header = (
    "Idempotency-Key",
    "Repeating the request under the same key within 24 hours gets the first answer again",
    Required::False,
);
const IF_MATCH: Header = (
    "If-Match",
    "The version that was read, from its ETag",
    Required::True,
);
const ACTS_FOR_PERSON: Header = (
    "Salus-For",
    "The person to act for, as a proxy of theirs; absent for oneself. Without a live right: 404.",
    Required::False,
);
const ACTS_FOR_SUPERVISOR: Header = (
    "Salus-For",
    "The account of the supervisor to stand in for; absent for oneself. Without a live right: 404.",
    Required::False,
);

fn is_behind_a_door(path: &str) -> bool {
    ["me", "team", "clinic", "admin"]
        .iter()
        .any(|door| path.starts_with(&format!("/api/v1/{door}/")))
}

fn add_header(operation: &mut Operation, (name, purpose, required): Header) {
    let header = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(purpose))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build();
    let parameters = operation.parameters.get_or_insert_default();
    parameters.push(header.into());
}

fn add_location(operation: &mut Operation) {
    for (status, answer) in &mut operation.responses.responses {
        if let RefOr::T(answer) = answer
            && ["201", "202"].contains(&status.as_str())
        {
            let location = links::header("Where to look for it");
            answer
                .headers
                .insert("Location".to_owned(), location.into());
        }
    }
}

/// Says of every answer what it is: OpenAPI wants a description, and generators refuse a document
/// without.
fn describe_answers(operation: &mut Operation) {
    for (status, answer) in &mut operation.responses.responses {
        if let RefOr::T(answer) = answer
            && answer.description.is_empty()
        {
            answer.description = description(status);
        }
    }
}

/// What an answer is of which the handler says no more than the status.
fn description(status: &str) -> String {
    let said = match status {
        "200" => "What it is now",
        "201" => "What was made",
        "202" => "Received; what becomes of it is found at its address",
        "204" => "Done",
        "304" => "As the caller knows it",
        "409" => "`wrong-state`",
        _ => {
            let kind = GENERAL
                .iter()
                .find(|kind| kind.status.to_string() == status);
            return kind.map_or_else(String::new, |kind| format!("`{}`", kind.slug));
        }
    };
    said.to_owned()
}

/// What every operation, every one behind a door, with a query or with a body may answer.
fn add_problems(operation: &mut Operation, behind_a_door: bool) {
    let mut parameters = operation.parameters.iter().flatten();
    let asks = parameters.any(|one| match one {
        RefOr::T(one) => one.parameter_in == ParameterIn::Query,
        RefOr::Ref(_) => false,
    });
    let mut answers = vec![("429", "`rate-limited`"), ("503", "`unavailable`")];
    if behind_a_door {
        answers.push(("403", "`forbidden`"));
        answers.push(("404", "`not-found`"));
    }
    let has_body = operation.request_body.is_some();
    if has_body || asks {
        answers.push(("400", "`malformed`"));
        answers.push(("422", "`invalid`, `unknown-field`"));
    }
    if has_body {
        answers.push(("413", "`payload-too-large`"));
        answers.push(("415", "`unsupported-media-type`"));
    }
    for (status, slugs) in answers {
        add_problem(operation, status, slugs);
    }
}

/// Documents a problem, unless the handler says what it means there.
fn add_problem(operation: &mut Operation, status: &str, slugs: &str) {
    let answer = operation.responses.responses.entry(status.to_owned());
    answer.or_insert_with(|| problem(slugs).into());
}

fn problem(slugs: &str) -> Response {
    let problem = Content::new(Some(Ref::from_schema_name("Problem")));
    ResponseBuilder::new()
        .description(slugs)
        .content("application/json", problem)
        .build()
}

fn add_examples(operation: &mut Operation, composer: &Composer) {
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        for (media_type, content) in &mut body.content {
            add_example(content, |schema| composer.body(media_type, schema));
        }
    }
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else {
            continue;
        };
        let status: u16 = status.parse().unwrap_or(500);
        let description = response.description.clone();
        if status >= 400
            && let Some(problem) = response.content.swap_remove("application/json")
        {
            let media_type = "application/problem+json".to_owned();
            response.content.insert(media_type, problem);
        }
        for (media_type, content) in &mut response.content {
            add_example(content, |schema| {
                if status >= 400 {
                    Some(examples::problem(status, &description))
                } else {
                    composer.body(media_type, schema)
                }
            });
        }
    }
}

fn add_example(content: &mut RefOr<Content>, example: impl Fn(&Value) -> Option<Value>) {
    if let RefOr::T(content) = content
        && content.example.is_none()
    {
        let schema = serde_json::to_value(&content.schema).unwrap_or_default();
        content.example = example(&schema);
    }
}

/// The document as committed: pretty JSON with a final newline.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn text() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&document())? + "\n")
}
