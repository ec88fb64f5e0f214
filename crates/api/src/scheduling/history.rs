//! How a visit came to be what it is.

use actix_web::get;
use actix_web::web::{Data, Json};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentId, LocationId};
use salus_domain::scheduling::history::{Snapshot, Step, Time, steps};
use salus_store::scheduling::{self as store, LocationRecord};
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::{VisitStep, VisitTime};
use std::collections::{BTreeSet, HashMap};

use crate::access::{Caller, Clinic};
use crate::error::ApiError;
use crate::extract::Id;
use crate::state::AppState;
use crate::transaction::Tx;

/// The steps of a visit, from the booking on, with who took them.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The visit")),
    responses(
        (status = 200, body = Page<VisitStep>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/appointments/{id}/history")]
pub async fn list_appointment_history(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
) -> Result<Json<Page<VisitStep>>, ApiError> {
    let steps = state
        .run(&caller, async |tx| {
            let class = DataClass::AppointmentDetail;
            let Some(visit) = store::find_appointment(tx.shared(), id.0).await? else {
                return Err(tx.missing(Act::Read, class, id.0));
            };
            let about = About::person(visit.person)
                .employer(visit.employer)
                .object(id.0);
            tx.allow(Act::Read, class, about, ())?;
            history(tx, id.0).await
        })
        .await?;
    Ok(Json(Page::last(steps)))
}

async fn history(tx: &mut Tx, id: AppointmentId) -> Result<Vec<VisitStep>, ApiError> {
    let (snapshots, names): (Vec<Snapshot>, Vec<_>) =
        store::snapshots(tx.shared(), id).await?.into_iter().unzip();
    let by = snapshots.iter().map(|one| one.account).zip(names);
    let by: HashMap<_, _> = by.collect();
    let places: BTreeSet<LocationId> = snapshots.iter().map(|one| one.time.location).collect();
    let places: Vec<_> = places.into_iter().collect();
    let places = store::find_locations(tx.shared(), &places).await?;
    let told = steps(&snapshots).into_iter();
    told.map(|step: Step| {
        Ok(VisitStep {
            kind: step.kind,
            at: step.at,
            by: by.get(&step.account).cloned().flatten(),
            side: step.side,
            before: step.before.map(|time| shown(&time, &places)).transpose()?,
            after: shown(&step.after, &places)?,
        })
    })
    .collect()
}

fn shown(time: &Time, places: &[LocationRecord]) -> Result<VisitTime, ApiError> {
    let place = places
        .iter()
        .find(|known| known.place.location_id == time.location)
        .ok_or_else(|| ApiError::internal("a visit was at an unknown place"))?;
    Ok(VisitTime {
        starts_at: time.starts_at,
        place: place.name.clone(),
        zone: place.place.zone.name().to_owned(),
        modality: time.modality,
    })
}
