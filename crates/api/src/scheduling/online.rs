//! How providers see people online: where, and where those people may be.

use actix_web::patch;
use actix_web::web::Data;
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::ResourceId;
use salus_domain::scheduling::joining::LONGEST_LINK;
use salus_domain::scheduling::{JoinLink, Region, ResourceKind};
use salus_store::scheduling::{self as store, ResourceRecord};
use salus_types::problem::Problem;
use salus_types::scheduling::{ChangeOnline, Resource, RevisionAct};
use serde::{Deserialize, Serialize};

use super::resources::shown;
use super::revisions::{Saved, keep, merged, permit};
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Id, IfMatch, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

const CLASS: DataClass = DataClass::Configuration;
/// The most regions of one provider: every country, and a few parts.
const MOST_REGIONS: usize = 300;

/// What can be changed.
#[derive(Serialize, Deserialize)]
struct Online {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    join_link: Option<String>,
    #[serde(default)]
    regions: Vec<String>,
}

/// Change how a provider sees people online.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The provider")),
    request_body = ChangeOnline,
    responses(
        (status = 200, body = Resource),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
        (status = 428, body = Problem),
    )
)]
#[patch("/clinic/resources/{id}/online")]
pub async fn change_resource_online(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<ResourceId>,
    version: IfMatch,
    body: Body<ChangeOnline>,
) -> Result<Versioned<Resource>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            permit(tx, Act::Change, CLASS, About::default().object(id))?;
            let Some(found) = store::lock_resource(tx.conn(), id).await? else {
                return Err(tx.missing(Act::Change, CLASS, id));
            };
            version.check(found.version)?;
            let before = online(&found);
            let after = merged(&before, &*body)?;
            let (link, regions) = checked(&found, &after)?;
            store::save_online(tx.conn(), id, link.as_ref(), &regions).await?;
            let saved = Saved {
                kind: "resource",
                object: id.0,
                version: found.version + 1,
                act: RevisionAct::Changed,
                before: Some(&before),
                after: Some(&after),
            };
            keep(tx, saved).await?;
            let changed = store::lock_resource(tx.conn(), id).await?;
            let changed = changed.ok_or_else(ApiError::not_found)?;
            let answer = shown(changed, tx.actor.account);
            let version = answer.version;
            Ok(Versioned(answer, version))
        })
        .await
}

fn online(found: &ResourceRecord) -> Online {
    Online {
        join_link: found
            .join_link
            .as_ref()
            .map(|link| link.as_str().to_owned()),
        regions: codes(&found.rules.regions),
    }
}

pub(super) fn codes(regions: &[Region]) -> Vec<String> {
    regions.iter().map(Region::to_string).collect()
}

/// The link and the regions, each region once; every field that is wrong is told.
fn checked(
    found: &ResourceRecord,
    wanted: &Online,
) -> Result<(Option<JoinLink>, Vec<Region>), ApiError> {
    let mut wrong = Vec::new();
    let link = wanted.join_link.as_deref().map(JoinLink::parse).transpose();
    if link.is_err() {
        let field = Field::new("/join_link", "not_a_link").with("limit", LONGEST_LINK);
        wrong.push(field);
    }
    if found.rules.kind != ResourceKind::Provider && wanted.join_link.is_some() {
        wrong.push(Field::new("/join_link", "no_provider"));
    }
    let mut regions = Vec::new();
    for (position, code) in wanted.regions.iter().enumerate() {
        match Region::parse(code) {
            Some(region) => regions.push(region),
            None => wrong.push(Field::new(format!("/regions/{position}"), "unknown")),
        }
    }
    regions.sort_unstable();
    regions.dedup();
    if regions.len() > MOST_REGIONS {
        wrong.push(Field::new("/regions", "too_many").with("limit", MOST_REGIONS));
    }
    match link {
        Ok(link) if wrong.is_empty() => Ok((link, regions)),
        _ => Err(ApiError::invalid(wrong)),
    }
}
