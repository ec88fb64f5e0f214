//! The administration's list of portals, and new ones.

use actix_web::web::{Data, Json};
use actix_web::{get, post};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::audit::Entry;
use salus_domain::ids::{EmployerId, PortalId};
use salus_domain::portals::slug::{LONGEST, NoSlug, SHORTEST, Slug};
use salus_domain::portals::{Content, PortalAudience};
use salus_store::accounts::organization_name;
use salus_store::portals::{self as store, DraftedRow, MadePortalRow, PortalToMake};
use salus_types::page::Page;
use salus_types::portals::{CreatePortal, EmployerName, PortalSummary};
use salus_types::problem::{PORTAL_EXISTS, Problem, SLUG_TAKEN};
use uuid::Uuid;

use super::{drafts, named};
use crate::access::{Admin, Caller};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Id, Idempotency, Versioned};
use crate::http::request::current;
use crate::state::AppState;
use crate::transaction::Tx;

const CLASS: DataClass = DataClass::Configuration;

/// The portals of the organization and of the employers within reach, by address name, also those that
/// are not published yet.
#[utoipa::path(
    tag = "portals",
    responses((status = 200, body = Vec<PortalSummary>), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/admin/portals")]
pub async fn list_portals(
    caller: Caller<Admin>,
    state: Data<AppState>,
) -> Result<Json<Vec<PortalSummary>>, ApiError> {
    let summaries = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, CLASS)?;
            let drafted = store::drafted(tx.shared(), &scope).await?;
            let rows = store::list_portals(tx.shared(), &scope).await?;
            let shown = rows.into_iter().map(|row| summary(row, &drafted));
            Ok(shown.collect())
        })
        .await?;
    Ok(Json(summaries))
}

/// One of these portals, also one that is not published yet.
#[utoipa::path(
    tag = "portals",
    params(("id" = Uuid, Path, description = "The portal")),
    responses(
        (status = 200, body = PortalSummary),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/admin/portals/{id}")]
pub async fn get_portal(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<PortalId>,
) -> Result<Versioned<PortalSummary>, ApiError> {
    let portal = state.run(&caller, async |tx| read(tx, id.0).await).await?;
    Ok(Versioned::by(portal, |one| one.version))
}

/// The employers within reach that may have portals, by name.
#[utoipa::path(
    tag = "portals",
    responses((status = 200, body = Page<EmployerName>), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/admin/employers")]
pub async fn list_employers(
    caller: Caller<Admin>,
    state: Data<AppState>,
) -> Result<Json<Page<EmployerName>>, ApiError> {
    let found = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, CLASS)?;
            Ok(store::list_employers(tx.shared(), &scope).await?)
        })
        .await?;
    let items = found
        .into_iter()
        .map(|(id, name)| EmployerName { id, name });
    Ok(Json(Page::last(items.collect())))
}

/// Make a portal, empty or as a copy of another one. Nobody sees it before it is published, and until
/// then everybody keeps the portal they have.
#[utoipa::path(
    tag = "portals",
    request_body = CreatePortal,
    responses(
        (status = 201, body = PortalSummary),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`portal-exists`: there is one for these people, `portal_id`; `slug-taken`: the address name is another portal's"),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
    )
)]
#[post("/admin/portals")]
pub async fn create_portal(
    caller: Caller<Admin>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<CreatePortal>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            let id = PortalId(Uuid::now_v7());
            let about = About::default().object(id);
            let about = match body.employer_id {
                Some(employer) => about.employer(employer),
                None => about,
            };
            if !tx.scope(Act::Create, CLASS)?.covers(body.employer_id) {
                return Err(tx.missing(Act::Create, CLASS, id));
            }
            let permission = tx.allow(Act::Create, CLASS, about, ())?;
            tx.note(Entry::of(&permission));
            let (audience, slug) = read_command(&body)?;
            let owner = owner(tx, body.employer_id).await?;
            let begins_with = match body.copy_of {
                Some(model) => copy(tx, model, audience, body.employer_id, &owner).await?,
                None => Content::new_for(audience, &owner),
            };
            let new = PortalToMake {
                id,
                org: tx.actor.provider_org,
                employer: body.employer_id,
                audience: audience.as_str(),
                slug: slug.as_str().to_owned(),
                begins_with: serde_json::to_value(begins_with).map_err(ApiError::internal)?,
            };
            if !store::insert_portal(tx.shared(), &permission, &new, tx.now).await? {
                return Err(in_the_way(tx, &new).await?);
            }
            let made = read(tx, id).await?;
            Created::at(format!("/api/v1/admin/portals/{id}"), made.version, &made)
        })
        .await
}

/// Whom the portal is for and its address name.
fn read_command(body: &CreatePortal) -> Result<(PortalAudience, Slug), ApiError> {
    let audience = PortalAudience::parse(&body.audience);
    // There is no app for applicants yet.
    let audience = audience.filter(|audience| *audience != PortalAudience::Applicant);
    match (audience, Slug::parse(&body.slug)) {
        (Some(audience), Ok(slug)) => Ok((audience, slug)),
        (audience, slug) => {
            let unknown = audience
                .is_none()
                .then(|| Field::new("/audience", "unknown"));
            let wrong = slug.err().map(|why| match why {
                NoSlug::Short => Field::new("/slug", "too_short").with("limit", SHORTEST),
                NoSlug::Long => Field::new("/slug", "too_long").with("limit", LONGEST),
                NoSlug::Characters => Field::new("/slug", "address_name"),
            });
            Err(ApiError::invalid(
                unknown.into_iter().chain(wrong).collect(),
            ))
        }
    }
}

/// What the employer is called, or the organization.
async fn owner(tx: &mut Tx, employer: Option<EmployerId>) -> Result<String, ApiError> {
    let Some(employer) = employer else {
        let org = tx.actor.provider_org;
        return Ok(organization_name(tx.conn(), org).await?);
    };
    let scope = tx.scope(Act::Read, CLASS)?;
    let employers = store::list_employers(tx.shared(), &scope).await?;
    let found = employers.into_iter().find(|(id, _)| *id == employer);
    let unknown = || ApiError::field("/employer_id", "unknown");
    found.map(|(_, name)| name).ok_or_else(unknown)
}

/// What a copy of another portal begins with.
async fn copy(
    tx: &mut Tx,
    model: PortalId,
    audience: PortalAudience,
    employer: Option<EmployerId>,
    owner: &str,
) -> Result<Content, ApiError> {
    let scope = tx.scope(Act::Read, CLASS)?;
    let Some(found) = store::get_portal(tx.shared(), &scope, model).await? else {
        return Err(ApiError::field("/copy_of", "unknown"));
    };
    let is_other = found.employer_id.map(EmployerId) != employer;
    let draft = drafts::read(tx, model).await?;
    let from = draft.audience()?;
    Ok(draft
        .to_copy()
        .copied(from, audience, is_other.then_some(owner)))
}

/// Why a portal could not be made: one for the same people, else the address name.
async fn in_the_way(tx: &mut Tx, new: &PortalToMake) -> Result<ApiError, ApiError> {
    let scope = tx.scope(Act::Read, CLASS)?;
    let rows = store::list_portals(tx.shared(), &scope).await?;
    let same = rows.into_iter().find(|row| {
        row.employer_id.map(EmployerId) == new.employer && row.audience == new.audience
    });
    Ok(match same {
        Some(row) => ApiError::of(PORTAL_EXISTS).with("portal_id", row.id),
        None => ApiError::of(SLUG_TAKEN).fields(vec![Field::new("/slug", "taken")]),
    })
}

async fn read(tx: &mut Tx, id: PortalId) -> Result<PortalSummary, ApiError> {
    let scope = tx.scope(Act::Read, CLASS)?;
    let Some(row) = store::get_portal(tx.shared(), &scope, id).await? else {
        return Err(tx.missing(Act::Read, CLASS, id));
    };
    let drafted = store::drafted(tx.shared(), &scope).await?;
    Ok(summary(row, &drafted))
}

fn summary(row: MadePortalRow, drafted: &[DraftedRow]) -> PortalSummary {
    let content = row.content();
    let (id, made) = (row.id, row.created_at);
    let sections = drafted.iter().filter(move |one| one.portal_id == id);
    let saved = sections.clone().map(|one| one.saved_at);
    let changed_at = saved.chain(row.published_at).chain([made]).max();
    PortalSummary {
        id: PortalId(id),
        employer_id: row.employer_id.map(EmployerId),
        employer: row.employer,
        audience: row.audience,
        name: named(&content, &row.slug, &current().language),
        slug: row.slug,
        enabled: row.enabled,
        published_version: row.number,
        changed: row.number.is_none() || sections.clone().any(|one| one.changed),
        changed_at: changed_at.unwrap_or(made),
        version: row.version,
        brand_color: content.brand_color.clone(),
        modules: content
            .offered()
            .modules
            .into_iter()
            .map(|module| module.key)
            .collect(),
    }
}
