//! Portals: the look before sign-in, the effective portal after, the administration's list.

mod drafts;
mod planned;
mod reminders;

use actix_web::http::header;
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get, put};
use salus_domain::access::{Act, Actor, DataClass};
use salus_domain::ids::{EmployerId, PortalId};
use salus_domain::portals::modules::said_in;
use salus_domain::portals::{Candidate, Content, own_text, resolved, text};
use salus_store::database::Connection;
use salus_store::portals as store;
use salus_types::portals::{Appearance, ChoosePortal, Module, Portal, PortalChoice, PortalSummary};
use salus_types::problem::Problem;
use uuid::Uuid;

use crate::access::{Admin, Caller, Me, Team};
use crate::error::ApiError;
use crate::extract::Body;
use crate::http::request::current;
use crate::routes::Operations;
use crate::state::AppState;
use crate::transaction::Tx;

pub use drafts::{
    compare_portal_versions, discard_portal_draft, get_portal_draft, list_portal_versions,
    publish_portal, replace_draft_modules,
};
pub use reminders::{get_draft_notifications, replace_draft_notifications};

pub use planned::{call_off_publication, publish_due_once, work};

/// Registers the operations of this feature.
pub fn routes(config: &mut impl Operations) {
    config
        .service(get_public_portal)
        .service(get_public_image)
        .service(get_my_portal)
        .service(choose_my_portal)
        .service(get_team_portal)
        .service(list_portals)
        .service(get_portal_draft)
        .service(replace_draft_modules)
        .service(get_draft_notifications)
        .service(replace_draft_notifications)
        .service(discard_portal_draft)
        .service(publish_portal)
        .service(call_off_publication)
        .service(list_portal_versions)
        .service(compare_portal_versions);
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
    let unchanged = known == Some(etag.as_str());
    let mut response = if unchanged {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "Accept-Language, Salus-Language"));
    Ok(if unchanged {
        response.finish()
    } else {
        response.json(appearance)
    })
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
    let portal = state.run(&caller, async |tx| effective_portal(tx, "employee").await);
    Ok(Json(portal.await?))
}

/// Choose one of several portals, for this session.
#[utoipa::path(
    tag = "portals",
    request_body = ChoosePortal,
    responses(
        (status = 200, body = Portal),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem, description = "`invalid`: none of the person's portals"),
    )
)]
#[put("/me/portal")]
pub async fn choose_my_portal(
    caller: Caller<Me>,
    state: Data<AppState>,
    body: Body<ChoosePortal>,
) -> Result<Json<Portal>, ApiError> {
    let session = caller.session;
    let portal = state.run(&caller, async |tx| {
        let person = tx.actor.own_person()?;
        let (portals, _) = portals_of(tx, Some(person.0), "employee").await?;
        if !portals.iter().any(|portal| portal.slug == body.slug) {
            return Err(ApiError::field("/slug", "one_of"));
        }
        store::choose_portal(tx.conn(), session, &body.slug).await?;
        tx.actor.portal = Some(body.slug.clone());
        effective_portal(tx, "employee").await
    });
    Ok(Json(portal.await?))
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
    let portal = state.run(&caller, async |tx| effective_portal(tx, "supervisor").await);
    Ok(Json(portal.await?))
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

async fn effective_portal(tx: &mut Tx, audience: &str) -> Result<Portal, ApiError> {
    tx.scope(Act::Read, DataClass::Configuration)?;
    let language = tx.actor.language.clone();
    // A supervisor gets the portal of those they supervise; the own chart is out of sight there.
    let person = tx.actor.reports.first().copied().or(tx.actor.person);
    let (portals, employers) = portals_of(tx, person.map(Uuid::from), audience).await?;
    let chosen = portals.len() < 2 || chosen(&portals, &tx.actor).is_some();
    let mut choices = Vec::new();
    if portals.len() > 1 {
        for portal in &portals {
            choices.push(choice(tx.conn(), portal, &employers, &language).await?);
        }
    }
    let portal = settled(portals, &tx.actor).ok_or_else(ApiError::not_found)?;
    let looks = appearance(
        tx.conn(),
        &portal.content,
        &portal.slug,
        audience,
        &language,
    )
    .await?;
    Ok(Portal {
        choices,
        chosen,
        ..shown(portal, looks, &language)
    })
}

/// The published portal that applies to a person, for features that need its settings.
///
/// # Errors
/// What the database says.
pub async fn portal_of(
    tx: &mut Tx,
    person: Option<Uuid>,
    audience: &str,
) -> Result<Option<Candidate>, ApiError> {
    let (portals, _) = portals_of(tx, person, audience).await?;
    Ok(settled(portals, &tx.actor))
}

/// The portals of a person, and the employers they have them from.
async fn portals_of(
    tx: &mut Tx,
    person: Option<Uuid>,
    audience: &str,
) -> Result<(Vec<Candidate>, Employers), ApiError> {
    let employers = match person {
        Some(person) => store::employers_of(tx.conn(), person).await?,
        None => Vec::new(),
    };
    let ids: Vec<Uuid> = employers.iter().map(|(id, _)| *id).collect();
    let rows = store::portals_for(tx.shared(), audience, &ids).await?;
    let candidates: Vec<Candidate> = rows.iter().map(store::PortalRow::candidate).collect();
    Ok((resolved(&candidates, &ids), employers))
}

/// Ids and names of employers.
type Employers = Vec<(Uuid, String)>;

/// The one the session chose or came through.
fn chosen<'a>(portals: &'a [Candidate], actor: &Actor) -> Option<&'a Candidate> {
    let slug = actor.portal.as_deref()?;
    portals.iter().find(|portal| portal.slug == slug)
}

/// The one chosen, else the first.
fn settled(portals: Vec<Candidate>, actor: &Actor) -> Option<Candidate> {
    let chosen = chosen(&portals, actor).cloned();
    chosen.or_else(|| portals.into_iter().next())
}

async fn choice(
    conn: &mut Connection,
    portal: &Candidate,
    employers: &[(Uuid, String)],
    language: &str,
) -> Result<PortalChoice, ApiError> {
    let employer = employers
        .iter()
        .find(|(id, _)| Some(*id) == portal.employer);
    Ok(PortalChoice {
        slug: portal.slug.clone(),
        name: named(&portal.content, &portal.slug, language),
        logo_url: logo_url(conn, &portal.content).await?,
        employer: employer.map(|(_, name)| name.clone()),
    })
}

async fn logo_url(conn: &mut Connection, content: &Content) -> Result<Option<String>, ApiError> {
    let Some(id) = content.logo else {
        return Ok(None);
    };
    let hash = store::image_hash(conn, id).await?;
    Ok(hash.map(|hash| format!("/api/v1/public/images/{hash}")))
}

/// What a person's portal is called outside it, also where there is none.
#[must_use]
pub fn brand_of(portal: Option<&Candidate>, language: &str) -> String {
    match portal {
        Some(portal) => named(&portal.content, &portal.slug, language),
        None => "Salus".to_owned(),
    }
}

/// The address of a page of a person's portal, to be told outside it.
#[must_use]
pub fn link_to(base: &str, portal: Option<&Candidate>, audience: &str, path: &str) -> String {
    let base = base.trim_end_matches('/');
    let door = if audience == "supervisor" { "s" } else { "p" };
    match portal {
        Some(portal) => format!("{base}/{door}/{}{path}", portal.slug),
        None => format!("{base}/{audience}{path}"),
    }
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
        logo_url: logo_url(conn, content).await?,
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
        name: own_text(&module.name, language, &default).map(str::to_owned),
        settings: said_in(&module, language, &default),
        key: module.key,
    });
    Portal {
        modules: modules.collect(),
        emergency_text: text(&portal.content.emergency_text, language, &default).map(str::to_owned),
        version: portal.version,
        appearance,
        choices: Vec::new(),
        chosen: true,
    }
}

fn named(content: &Content, slug: &str, language: &str) -> String {
    text(&content.name, language, &content.default_language)
        .unwrap_or(slug)
        .to_owned()
}
