//! Links of the document (OpenAPI 3.1, Link Object): what one answer names and another operation asks
//! for. Most follow from the addresses: what stands in `/<door>/<things>` can be asked for, changed
//! and ended at `/<door>/<things>/{id}`. Programs that test or explore the API go along them.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::openapi::link::{Link, LinkBuilder};
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Header, HeaderBuilder, ObjectBuilder, RefOr, Type};

/// The id of what was made.
const MADE: &str = "$response.body#/id";
/// The id of the first thing of a list.
const FIRST: &str = "$response.body#/items/0/id";
/// The id that was asked for.
const ASKED: &str = "$request.path.id";
/// The version an answer gives in its header.
const VERSION: &str = "$response.header.ETag";
/// The version of the first thing of a list, written as the header wants it.
const FIRST_VERSION: &str = "\"{$response.body#/items/0/version}\"";

/// An operation, the status of its answer, and where the answer leads.
type Step = (&'static str, &'static str, &'static str);

/// Steps whose answer fills a parameter that no address tells.
const INTO_PARAMETERS: &[(Step, &str, &str)] = &[
    (
        ("list_my_appointment_types", "200", "list_my_slots"),
        "query.type",
        FIRST,
    ),
    (
        ("get_my_response", "200", "get_my_questionnaire_version"),
        "path.id",
        "$response.body#/version_id",
    ),
];

/// Steps whose answer fills the next request's body.
const INTO_BODIES: &[(Step, &[(&str, &str)])] = &[
    (
        ("list_my_slots", "200", "hold_my_slot"),
        &[
            ("appointment_type_id", "{$request.query.type}"),
            ("starts_at", "{$response.body#/items/0/starts_at}"),
            ("location_id", "{$response.body#/items/0/location_id}"),
            ("modality", "{$response.body#/items/0/modality}"),
        ],
    ),
    (
        ("hold_my_slot", "201", "book_my_appointment"),
        &[("hold_id", "{$response.body#/id}")],
    ),
    (
        (
            "list_my_questionnaire_assignments",
            "200",
            "start_my_response",
        ),
        &[("assignment_id", "{$response.body#/items/0/id}")],
    ),
    (
        ("list_my_message_types", "200", "start_my_conversation"),
        &[
            ("type_id", "{$response.body#/items/0/id}"),
            ("text", "May I eat before the test?"),
        ],
    ),
];

/// An answer: the operation's name and the status.
type Answer = (String, String);

/// The links of a document, and which answers say a version.
#[derive(Default)]
pub(super) struct Links {
    links: BTreeMap<Answer, Vec<(String, Link)>>,
    versions: BTreeSet<Answer>,
}

impl Links {
    /// Reads them from the document the handlers make.
    pub(super) fn of(document: &Value) -> Self {
        let operations = operations(document);
        let mut links = Self::default();
        for source in &operations {
            for status in ["200", "201", "202"] {
                links.follow(document, &operations, source, status);
            }
        }
        for ((from, status, to), parameter, value) in INTO_PARAMETERS {
            let link = LinkBuilder::new()
                .operation_id(*to)
                .parameter(*parameter, *value);
            links.push((from, status), to, link.build());
        }
        for ((from, status, to), members) in INTO_BODIES {
            let body: serde_json::Map<_, _> = members
                .iter()
                .map(|(name, value)| ((*name).to_owned(), json!(value)))
                .collect();
            let link = LinkBuilder::new().operation_id(*to);
            let link = link.request_body(Some(Value::Object(body)));
            links.push((from, status), to, link.build());
        }
        links
    }

    /// Writes an operation's links and the header of its version.
    pub(super) fn add(&self, operation: &mut Operation) {
        let name = operation.operation_id.clone().unwrap_or_default();
        let changes = operation.responses.responses.contains_key("428");
        for (status, answer) in &mut operation.responses.responses {
            let RefOr::T(answer) = answer else { continue };
            let key = (name.clone(), status.clone());
            for (to, link) in self.links.get(&key).into_iter().flatten() {
                answer.links.insert(to.clone(), link.clone().into());
            }
            if self.versions.contains(&key) || changes && status == "200" {
                let version = header("Its version, for `If-Match`");
                answer.headers.insert("ETag".to_owned(), version.into());
            }
        }
    }

    fn follow(&mut self, document: &Value, all: &[Known<'_>], source: &Known<'_>, status: &str) {
        let answer = format!("/responses/{status}/content/application~1json/schema");
        let Some(schema) = source.operation.pointer(&answer) else {
            return;
        };
        let Some((things, known)) = source.names(document, schema) else {
            return;
        };
        let targets = all.iter().filter(|one| {
            let below = one.path.strip_prefix(&things);
            below.is_some_and(|rest| rest == "/{id}" || rest.starts_with("/{id}/"))
        });
        let answer = (source.name, status);
        for target in targets.filter(|target| target.name != source.name) {
            let mut link = LinkBuilder::new()
                .operation_id(target.name)
                .parameter("path.id", known.id);
            if target.needs_version() {
                link = link.parameter("header.If-Match", known.version);
                if known.version == VERSION {
                    self.versions.insert(owned(answer));
                }
            }
            self.push(answer, target.name, link.build());
        }
    }

    fn push(&mut self, answer: (&str, &str), to: &str, link: Link) {
        let links = self.links.entry(owned(answer)).or_default();
        links.push((to.to_owned(), link));
    }
}

/// A header of an answer.
pub(super) fn header(purpose: &str) -> Header {
    HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .description(Some(purpose))
        .build()
}

fn owned((name, status): (&str, &str)) -> Answer {
    (name.to_owned(), status.to_owned())
}

/// Where an answer has the id and the version of something.
struct Where {
    id: &'static str,
    version: &'static str,
}

/// An operation of the document.
struct Known<'a> {
    name: &'a str,
    method: &'a str,
    path: &'a str,
    operation: &'a Value,
}

impl Known<'_> {
    fn needs_version(&self) -> bool {
        self.operation["responses"].get("428").is_some()
    }

    /// The address of the things an answer names, and where it does.
    fn names(&self, document: &Value, schema: &Value) -> Option<(String, Where)> {
        let mut parts = self.path.trim_start_matches("/api/v1/").split('/');
        let (door, last) = (parts.next()?, parts.next_back()?);
        let things = |name: &str| format!("/api/v1/{door}/{name}");
        let first = pointer(document, schema, "items").and_then(|items| items.get("items"));
        match (self.method, last) {
            ("get", "{id}") => {
                let things = self.path.strip_suffix("/{id}")?.to_owned();
                let (id, version) = (ASKED, VERSION);
                Some((things, Where { id, version }))
            }
            ("get", name) => {
                pointer(document, first?, "id")?;
                let (id, version) = (FIRST, FIRST_VERSION);
                Some((things(name), Where { id, version }))
            }
            ("post", name) => {
                pointer(document, schema, "id")?;
                let (id, version) = (MADE, VERSION);
                Some((things(name), Where { id, version }))
            }
            _ => None,
        }
    }
}

/// A property of a schema, wherever the schema stands.
fn pointer<'a>(document: &'a Value, schema: &'a Value, property: &str) -> Option<&'a Value> {
    if let Some(to) = schema.get("$ref").and_then(Value::as_str) {
        let schema = document.pointer(to.trim_start_matches('#'))?;
        return pointer(document, schema, property);
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        return parts
            .iter()
            .find_map(|part| pointer(document, part, property));
    }
    schema.get("properties")?.get(property)
}

fn operations(document: &Value) -> Vec<Known<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .flat_map(|(path, item)| {
            let methods = item.as_object().into_iter().flatten();
            methods.filter_map(|(method, operation)| {
                let name = operation.get("operationId")?.as_str()?;
                Some(Known {
                    name,
                    method,
                    path,
                    operation,
                })
            })
        })
        .collect()
}
