//! The clinic's places: what they are called, where they are, and their clocks.

use actix_web::web::Data;
use actix_web::{get, patch};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::LocationId;
use salus_domain::scheduling::tells_the_place;
use salus_domain::time::parse_zone;
use salus_store::scheduling::{self as store, LocationRecord};
use salus_types::problem::Problem;
use salus_types::scheduling::{ChangeClinicLocation, ClinicLocation, RevisionAct};

use super::nightly::look_at_clocks;
use super::revisions::{self, Saved, keep, permit};
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Id, IfMatch, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

const CLASS: DataClass = DataClass::Configuration;
const KIND: &str = "location";
/// The most characters of the parts of an address.
const LINE: usize = 120;

/// One of the clinic's places.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The place")),
    responses(
        (status = 200, body = ClinicLocation),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/locations/{id}")]
pub async fn get_location(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<LocationId>,
) -> Result<Versioned<ClinicLocation>, ApiError> {
    state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            let found = store::find_clinic(tx.shared(), id.0).await?;
            let (record, version) = found.ok_or_else(|| tx.missing(Act::Read, CLASS, id.0))?;
            Ok(Versioned(shown(&record, version), version))
        })
        .await
}

/// Change a place. Its visits stay at their instants, whatever its clocks show; each that would be at
/// another time of day than was promised becomes a task at once.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The place")),
    request_body = ChangeClinicLocation,
    responses(
        (status = 200, body = ClinicLocation),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
        (status = 428, body = Problem),
    )
)]
#[patch("/clinic/locations/{id}")]
pub async fn change_location(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<LocationId>,
    version: IfMatch,
    body: Body<ChangeClinicLocation>,
) -> Result<Versioned<ClinicLocation>, ApiError> {
    let id = id.0;
    let (answer, org) = state
        .run_retrying(&caller, async |tx: &mut Tx| {
            permit(tx, Act::Change, CLASS, About::default().object(id))?;
            let found = store::lock_clinic(tx.shared(), id).await?;
            let (record, current) = found.ok_or_else(|| tx.missing(Act::Change, CLASS, id))?;
            version.check(current)?;
            let before = ChangeClinicLocation::from(&shown(&record, current));
            let wanted = revisions::merged(&before, &*body)?;
            let changed = checked(&record, &wanted)?;
            store::save_clinic(tx.shared(), &changed).await?;
            let answer = shown(&changed, current + 1);
            let saved = Saved {
                kind: KIND,
                object: id.0,
                version: answer.version,
                act: RevisionAct::Changed,
                before: Some(&before),
                after: Some(&ChangeClinicLocation::from(&answer)),
            };
            keep(tx, saved).await?;
            let moved = record.place.zone != changed.place.zone;
            Ok((answer, moved.then_some(tx.actor.provider_org)))
        })
        .await?;
    if let Some(org) = org
        && let Err(error) = look_at_clocks(&state, org, Some(id)).await
    {
        // The place is changed; who looks each hour finds the visits too.
        tracing::warn!(
            error = error.logged(),
            "visits at a place with other clocks could not be looked after"
        );
    }
    Ok(Versioned::by(answer, |one| one.version))
}

/// A place as it may be saved; every field that is wrong is told.
fn checked(
    before: &LocationRecord,
    wanted: &ChangeClinicLocation,
) -> Result<LocationRecord, ApiError> {
    let mut wrong = Vec::new();
    let mut text = |pointer: &'static str, text: Option<&String>, needed: bool, limit: usize| {
        let text = text.map(|text| text.trim()).unwrap_or_default();
        if needed && text.is_empty() {
            wrong.push(Field::new(pointer, "required"));
        } else if text.chars().count() > limit {
            wrong.push(Field::new(pointer, "too_long").with("limit", limit));
        }
        text.to_owned()
    };
    let name = text("/name", wanted.name.as_ref(), true, LINE);
    let public_label = text("/public_label", wanted.public_label.as_ref(), true, 80);
    let mut line = |pointer, line: &Option<Option<String>>| {
        let written = text(pointer, line.as_ref().and_then(Option::as_ref), false, LINE);
        (!written.is_empty()).then_some(written)
    };
    let mut changed = LocationRecord {
        street: line("/street", &wanted.street),
        city: line("/city", &wanted.city),
        state: line("/state", &wanted.state),
        zip: line("/zip", &wanted.zip),
        phone: line("/phone", &wanted.phone),
        ..before.clone()
    };
    // What stands in mails must not say that somebody goes to a clinic.
    if tells_the_place(&public_label, &name) {
        wrong.push(Field::new("/public_label", "invalid"));
    }
    match wanted.zone.as_deref().and_then(parse_zone) {
        Some(zone) => changed.place.zone = zone,
        None => wrong.push(Field::new("/zone", "invalid")),
    }
    if !wrong.is_empty() {
        return Err(ApiError::invalid(wrong));
    }
    Ok(LocationRecord {
        name,
        public_label,
        ..changed
    })
}

fn shown(record: &LocationRecord, version: i32) -> ClinicLocation {
    ClinicLocation {
        id: record.place.location_id,
        name: record.name.clone(),
        public_label: record.public_label.clone(),
        street: record.street.clone(),
        city: record.city.clone(),
        state: record.state.clone(),
        zip: record.zip.clone(),
        phone: record.phone.clone(),
        zone: record.place.zone.name().to_owned(),
        version,
    }
}
