//! The OpenAPI 3.1 document, derived from the handlers.

use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

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
        .service(utoipa_actix_web::scope("/api/v1").configure(crate::routes::operations))
        .split_for_parts();
    document
}

/// The document as committed: pretty JSON with a final newline.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn text() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&document())? + "\n")
}
