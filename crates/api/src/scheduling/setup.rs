//! Where the clinic works.

use actix_web::get;
use actix_web::web::{Data, Json};
use salus_domain::access::{Act, DataClass};
use salus_store::scheduling as store;
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::Place;

use crate::access::{Caller, Clinic};
use crate::error::ApiError;
use crate::state::AppState;

/// The clinics whose calendars there are, by name.
#[utoipa::path(
    tag = "scheduling",
    responses(
        (status = 200, body = Page<Place>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/locations")]
pub async fn list_locations(
    caller: Caller<Clinic>,
    state: Data<AppState>,
) -> Result<Json<Page<Place>>, ApiError> {
    let records = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, DataClass::Configuration)?;
            Ok(store::list_clinics(tx.conn()).await?)
        })
        .await?;
    Ok(Json(Page::last(
        records.iter().map(super::shown::place).collect(),
    )))
}
