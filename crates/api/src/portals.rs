//! Portals: the look before sign-in, the effective portal after, the administration's list.

mod drafts;
mod making;
mod planned;
mod reminders;

use actix_web::http::header;
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get, put};
use salus_domain::access::{Act, Actor, DataClass};
use salus_domain::portals::layout::usual_columns;
use salus_domain::portals::modules::said_in;
use salus_domain::portals::{
    Candidate, Content, PortalAudience, most_first, own_text, resolved, text,
};
use salus_store::database::Connection;
use salus_store::portals as store;
use salus_types::portals::{Appearance, ChoosePortal, Module, Portal, PortalChoice};
use salus_types::problem::Problem;
use uuid::Uuid;

use crate::access::{Caller, Me, Team};
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
pub use making::{create_portal, get_portal, list_employers, list_portals};
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
        .service(create_portal)
        .service(get_portal)
        .service(list_employers)
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
    let portal = state.run(&caller, async |tx| my_portal(tx).await);
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
        let employers = store::employers_of(tx.shared(), &[person.0]).await?;
        let portals = portals_from(tx, &employers, "employee").await?;
        if !portals.iter().any(|portal| portal.slug == body.slug) {
            return Err(ApiError::field("/slug", "one_of"));
        }
        store::choose_portal(tx.conn(), session, &body.slug).await?;
        tx.actor.portal = Some(body.slug.clone());
        my_portal(tx).await
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
    let portal = state.run(&caller, async |tx| team_portal(tx).await);
    Ok(Json(portal.await?))
}

/// The portal of the person, and those to choose among where there are several.
async fn my_portal(tx: &mut Tx) -> Result<Portal, ApiError> {
    tx.scope(Act::Read, DataClass::Configuration)?;
    let language = tx.actor.language.clone();
    let employers = match tx.actor.person {
        Some(person) => store::employers_of(tx.shared(), &[person.0]).await?,
        None => Vec::new(),
    };
    let portals = portals_from(tx, &employers, "employee").await?;
    let chosen = portals.len() < 2 || chosen(&portals, &tx.actor).is_some();
    let mut choices = Vec::new();
    if portals.len() > 1 {
        for portal in &portals {
            choices.push(choice(tx.conn(), portal, &employers, &language).await?);
        }
    }
    Ok(Portal {
        choices,
        chosen,
        ..effective_portal(tx, portals, "employee").await?
    })
}

/// The portal of a supervisor is one of those of the people they lead; their own chart is out of sight
/// there. Nobody chooses it: it is the one they came by, else that of the employer most of them work for.
async fn team_portal(tx: &mut Tx) -> Result<Portal, ApiError> {
    tx.scope(Act::Read, DataClass::Configuration)?;
    let reports: Vec<Uuid> = tx.actor.reports.iter().map(|person| person.0).collect();
    let employers = store::employers_of(tx.shared(), &reports).await?;
    let employers = most_first(&employers);
    let portals = portals_from(tx, &employers, "supervisor").await?;
    effective_portal(tx, portals, "supervisor").await
}

async fn effective_portal(
    tx: &mut Tx,
    portals: Vec<Candidate>,
    audience: &str,
) -> Result<Portal, ApiError> {
    let language = tx.actor.language.clone();
    let portal = settled(portals, &tx.actor).ok_or_else(ApiError::not_found)?;
    let looks = appearance(
        tx.conn(),
        &portal.content,
        &portal.slug,
        audience,
        &language,
    )
    .await?;
    Ok(shown(portal, looks, &language))
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
    let employers = match person {
        Some(person) => store::employers_of(tx.shared(), &[person]).await?,
        None => Vec::new(),
    };
    let portals = portals_from(tx, &employers, audience).await?;
    Ok(settled(portals, &tx.actor))
}

/// The portals that people of some employers have from them.
async fn portals_from(
    tx: &Tx,
    employers: &Employers,
    audience: &str,
) -> Result<Vec<Candidate>, ApiError> {
    let ids: Vec<Uuid> = employers.iter().map(|(id, _)| *id).collect();
    let rows = store::portals_for(tx.shared(), audience, &ids).await?;
    let candidates: Vec<Candidate> = rows.iter().map(store::PortalRow::candidate).collect();
    Ok(resolved(&candidates, &ids))
}

/// Ids and names of employers.
type Employers = [(Uuid, String)];

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
    employers: &Employers,
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
    let audience = PortalAudience::parse(&appearance.audience);
    let usual = usual_columns(audience.unwrap_or(PortalAudience::Employee));
    let modules = portal.content.modules.into_iter().map(|module| Module {
        name: own_text(&module.name, language, &default).map(str::to_owned),
        settings: said_in(&module, language, &default),
        key: module.key,
    });
    Portal {
        modules: modules.collect(),
        columns: portal.content.columns.unwrap_or(usual),
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
