//! Places: how they offer times and what they do by themselves.

use actix_web::web::{Data, Json};
use actix_web::{get, patch};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::LocationId;
use salus_domain::scheduling::wait_list::{KEPT, LEAD};
use salus_domain::scheduling::{KeepTimes, PlaceSettings};
use salus_store::scheduling::{self as store, PlaceSettingsRecord};
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::{ChangeLocationSettings, LocationSettings, Revision, RevisionAct};
use std::ops::RangeInclusive;

use super::revisions::{self, Saved, keep, permit};
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Id, IfMatch, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

const CLASS: DataClass = DataClass::Configuration;
const KIND: &str = "location";

/// How a place offers times that become free, and what it does by itself.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The place")),
    responses(
        (status = 200, body = LocationSettings),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/locations/{id}/settings")]
pub async fn get_location_settings(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<LocationId>,
) -> Result<Versioned<LocationSettings>, ApiError> {
    state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            let found = store::place_settings(tx.shared(), id.0).await?;
            let found = found.ok_or_else(|| tx.missing(Act::Read, CLASS, id.0))?;
            Ok(Versioned::by(shown(id.0, &found), |one| one.version))
        })
        .await
}

/// Change how a place offers times and what it does by itself. Times that are being offered stay as
/// they are kept.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The place")),
    request_body = ChangeLocationSettings,
    responses(
        (status = 200, body = LocationSettings),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
        (status = 428, body = Problem),
    )
)]
#[patch("/clinic/locations/{id}/settings")]
pub async fn change_location_settings(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<LocationId>,
    version: IfMatch,
    body: Body<ChangeLocationSettings>,
) -> Result<Versioned<LocationSettings>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            permit(tx, Act::Change, CLASS, About::default().object(id))?;
            let before = store::lock_place_settings(tx.shared(), id).await?;
            let before = before.ok_or_else(|| tx.missing(Act::Change, CLASS, id))?;
            version.check(before.version)?;
            let rules = changed(before.rules, &body)?;
            store::save_place_settings(tx.shared(), id, &rules).await?;
            let after = PlaceSettingsRecord {
                rules,
                version: before.version + 1,
            };
            let (before, answer) = (shown(id, &before), shown(id, &after));
            let saved = Saved {
                kind: KIND,
                object: id.0,
                version: answer.version,
                act: RevisionAct::Changed,
                before: Some(&ChangeLocationSettings::from(&before)),
                after: Some(&ChangeLocationSettings::from(&answer)),
            };
            keep(tx, saved).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Who saved the settings of a place when, and what they were before and after; the latest first.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The place")),
    responses(
        (status = 200, body = Page<Revision>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/locations/{id}/settings/revisions")]
pub async fn list_location_settings_revisions(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<LocationId>,
) -> Result<Json<Page<Revision>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            if store::place_settings(tx.shared(), id.0).await?.is_none() {
                return Err(tx.missing(Act::Read, CLASS, id.0));
            }
            revisions::kept(tx, KIND, id.0).await
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// The settings with what is to be changed; every number that cannot be is told.
fn changed(
    before: PlaceSettings,
    wanted: &ChangeLocationSettings,
) -> Result<PlaceSettings, ApiError> {
    let mut wrong = Vec::new();
    let mut number = |pointer, wanted: Option<u16>, before, range: &RangeInclusive<u16>| {
        let number = wanted.unwrap_or(before);
        if !range.contains(&number) {
            let field = Field::new(pointer, "out_of_range");
            wrong.push(field.with("from", *range.start()).with("to", *range.end()));
        }
        number
    };
    let (soon, later) = (wanted.offer_minutes_soon, wanted.offer_minutes_later);
    let keep = KeepTimes {
        soon: number("/offer_minutes_soon", soon, before.keep.soon, &KEPT),
        later: number("/offer_minutes_later", later, before.keep.later, &KEPT),
        lead: number(
            "/offer_lead_hours",
            wanted.offer_lead_hours,
            before.keep.lead,
            &LEAD,
        ),
    };
    if !wrong.is_empty() {
        return Err(ApiError::invalid(wrong));
    }
    Ok(PlaceSettings {
        keep,
        broadcast: wanted.offer_broadcast.unwrap_or(before.broadcast),
        settles_no_shows: wanted.settles_no_shows.unwrap_or(before.settles_no_shows),
    })
}

fn shown(id: LocationId, record: &PlaceSettingsRecord) -> LocationSettings {
    let rules = &record.rules;
    LocationSettings {
        location_id: id,
        offer_minutes_soon: rules.keep.soon,
        offer_minutes_later: rules.keep.later,
        offer_lead_hours: rules.keep.lead,
        offer_broadcast: rules.broadcast,
        settles_no_shows: rules.settles_no_shows,
        version: record.version,
    }
}
