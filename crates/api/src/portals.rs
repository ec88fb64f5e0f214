//! Portals: the look before sign-in, the effective portal after, the administration's list.

use actix_web::http::header;
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use salus_domain::access::{Act, DataClass};
use salus_domain::ids::{EmployerId, PortalId};
use salus_domain::portals::{Candidate, Content, effective, text};
use salus_store::database::Connection;
use salus_store::portals as store;
use salus_types::portals::{Appearance, Module, Portal, PortalSummary};
use salus_types::problem::Problem;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::access::{Admin, Caller, HatKind, Me, Team};
use crate::error::ApiError;
use crate::http::request::current;
use crate::state::AppState;

/// Registers the operations of this feature.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_public_portal)
        .service(get_public_image)
        .service(get_my_portal)
        .service(get_team_portal)
        .service(list_portals);
}

/// How a portal presents itself before sign-in, in the asked language.
#[utoipa::path(
    tag = "portals",
    security(()),
    params(("slug" = String, Path, description = "The portal's address name")),
    responses((status = 200, body = Appearance), (status = 304, description = "Not modified"), (status = 404, body = Problem))
)]
#[get("/public/portals/{slug}")]
pub async fn get_public_portal(
    state: Data<AppState>,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let mut tx = state.database.authn().await?;
    let row = store::find_portal(tx.connection(), &slug)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let language = current().language;
    let content = row.content();
    let appearance = appearance(
        tx.connection(),
        &content,
        &row.slug,
        &row.audience,
        &language,
    )
    .await?;
    tx.commit().await?;
    let etag = format!("\"{}-{language}\"", row.number);
    let known = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let mut response = if known == Some(etag.as_str()) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "Accept-Language, Salus-Language"));
    Ok(
        if known.is_some_and(|known| known.starts_with(&format!("\"{}-{language}", row.number))) {
            response.finish()
        } else {
            response.json(appearance)
        },
    )
}

/// A portal's picture, by its content; it never changes.
#[utoipa::path(
    tag = "portals",
    security(()),
    params(("hash" = String, Path, description = "SHA-256 of the picture")),
    responses((status = 200, description = "The picture", content_type = "image/png"), (status = 404, body = Problem))
)]
#[get("/public/images/{hash}")]
pub async fn get_public_image(
    state: Data<AppState>,
    hash: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let mut tx = state.database.authn().await?;
    let found = store::find_image(tx.connection(), &hash).await?;
    tx.commit().await?;
    let (media_type, bytes) = found.ok_or_else(ApiError::not_found)?;
    Ok(HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(bytes))
}

/// The employee portal of the signed-in person.
#[utoipa::path(
    tag = "portals",
    responses((status = 200, body = Portal), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[get("/me/portal")]
pub async fn get_my_portal(
    caller: Caller<Me>,
    state: Data<AppState>,
) -> Result<Json<Portal>, ApiError> {
    effective_portal(caller, &state, "employee").await
}

/// The supervisor portal of the signed-in account.
#[utoipa::path(
    tag = "portals",
    responses((status = 200, body = Portal), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[get("/team/portal")]
pub async fn get_team_portal(
    caller: Caller<Team>,
    state: Data<AppState>,
) -> Result<Json<Portal>, ApiError> {
    effective_portal(caller, &state, "supervisor").await
}

/// Every portal of the organization, by address name.
#[utoipa::path(
    tag = "portals",
    responses((status = 200, body = Vec<PortalSummary>), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/admin/portals")]
pub async fn list_portals(
    caller: Caller<Admin>,
    state: Data<AppState>,
) -> Result<Json<Vec<PortalSummary>>, ApiError> {
    let language = current().language;
    let rows = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::Configuration)?;
            Ok(store::list_portals(tx.conn(), &scope).await?)
        })
        .await?;
    let summaries = rows.into_iter().map(|row| {
        let content = row.content();
        PortalSummary {
            id: PortalId(row.id),
            employer_id: row.employer_id.map(EmployerId),
            audience: row.audience,
            name: named(&content, &row.slug, &language),
            slug: row.slug,
            enabled: row.enabled,
            published_version: Some(row.number),
            brand_color: content.brand_color,
            modules: content
                .modules
                .into_iter()
                .map(|module| module.key)
                .collect(),
        }
    });
    Ok(Json(summaries.collect()))
}

async fn effective_portal<H: HatKind>(
    caller: Caller<H>,
    state: &AppState,
    audience: &str,
) -> Result<Json<Portal>, ApiError> {
    let portal = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, DataClass::Configuration)?;
            let language = tx.actor.language.clone();
            // A supervisor gets the portal of those they supervise; the own chart is out of sight there.
            let person = tx.actor.reports.first().copied().or(tx.actor.person);
            let portal = portal_of(tx.conn(), person.map(Uuid::from), audience).await?;
            let portal = portal.ok_or_else(ApiError::not_found)?;
            let looks = appearance(
                tx.conn(),
                &portal.content,
                &portal.slug,
                audience,
                &language,
            )
            .await?;
            Ok(shown(portal, looks, &language))
        })
        .await?;
    Ok(Json(portal))
}

/// The published portal that applies to a person, for features that need its settings.
///
/// # Errors
/// What the database says.
pub async fn portal_of(
    conn: &mut Connection,
    person: Option<Uuid>,
    audience: &str,
) -> Result<Option<Candidate>, ApiError> {
    let employer = match person {
        Some(person) => store::employer_of(conn, person).await?,
        None => None,
    };
    let rows = store::portals_for(conn, audience).await?;
    Ok(effective(
        rows.iter().map(store::PortalRow::candidate).collect(),
        employer,
    ))
}

/// What a portal is called in a language.
#[must_use]
pub fn name_of(portal: &Candidate, language: &str) -> String {
    named(&portal.content, &portal.slug, language)
}

async fn appearance(
    conn: &mut Connection,
    content: &Content,
    slug: &str,
    audience: &str,
    language: &str,
) -> Result<Appearance, ApiError> {
    let default = &content.default_language;
    let in_language = |texts| text(texts, language, default).map(str::to_owned);
    let logo_url = match content.logo {
        Some(id) => store::image_hash(conn, id)
            .await?
            .map(|hash| format!("/api/v1/public/images/{hash}")),
        None => None,
    };
    let terms = content.terms.iter().filter_map(|(term, languages)| {
        let word = [language, default, "en"]
            .into_iter()
            .find_map(|tag| languages.get(tag))?;
        Some((term.clone(), word.clone()))
    });
    Ok(Appearance {
        slug: slug.to_owned(),
        audience: audience.to_owned(),
        name: named(content, slug, language),
        brand_color: content.brand_color.clone(),
        logo_url,
        logo_alt: in_language(&content.logo_alt),
        languages: content.languages.clone(),
        default_language: default.clone(),
        terms: terms.collect(),
        welcome: in_language(&content.welcome),
        support_contacts: content.support_contacts.clone(),
    })
}

fn shown(portal: Candidate, appearance: Appearance, language: &str) -> Portal {
    let default = portal.content.default_language.clone();
    let modules = portal.content.modules.into_iter().map(|module| Module {
        name: text(&module.name, language, &default).map(str::to_owned),
        key: module.key,
        settings: module.settings,
    });
    Portal {
        modules: modules.collect(),
        emergency_text: text(&portal.content.emergency_text, language, &default).map(str::to_owned),
        version: portal.version,
        appearance,
    }
}

fn named(content: &Content, slug: &str, language: &str) -> String {
    text(&content.name, language, &content.default_language)
        .unwrap_or(slug)
        .to_owned()
}
