//! When places do not work: their holidays, which business days leave out.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, post};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{HolidayId, LocationId};
use salus_domain::time::Holiday as Rules;
use salus_store::scheduling::{self as store, HolidayRecord};
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::{AddHoliday, Holiday};
use uuid::Uuid;

use super::revisions::permit;
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Id, Idempotency, InnerId};
use crate::state::AppState;
use crate::transaction::Tx;

const CLASS: DataClass = DataClass::Configuration;
/// The most characters of a name.
const LONGEST_NAME: usize = 60;

/// The days on which a place does not work, the earliest first. Reminders and answers counted in
/// business days leave them out; what can be booked follows schedules and blackouts alone.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The place")),
    responses(
        (status = 200, body = Page<Holiday>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/locations/{id}/holidays")]
pub async fn list_holidays(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<LocationId>,
) -> Result<Json<Page<Holiday>>, ApiError> {
    let records = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            there(tx, Act::Read, id.0).await?;
            Ok(store::list_holidays(tx.shared(), Some(id.0)).await?)
        })
        .await?;
    Ok(Json(Page::last(records.into_iter().map(shown).collect())))
}

/// Add a day on which a place does not work.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The place")),
    request_body = AddHoliday,
    responses(
        (status = 201, body = Holiday),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
    )
)]
#[post("/clinic/locations/{id}/holidays")]
pub async fn add_holiday(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<LocationId>,
    key: Idempotency,
    body: Body<AddHoliday>,
) -> Result<Created, ApiError> {
    let location = id.0;
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            let (org, by, now) = (tx.actor.provider_org, tx.actor.account, tx.now);
            let id = HolidayId(Uuid::now_v7());
            permit(tx, Act::Create, CLASS, About::default().object(id))?;
            there(tx, Act::Create, location).await?;
            let name = body.name.trim();
            match name.chars().count() {
                0 => return Err(ApiError::field("/name", "required")),
                1..=LONGEST_NAME => {}
                _ => {
                    let field = Field::new("/name", "too_long").with("limit", LONGEST_NAME);
                    return Err(ApiError::invalid(vec![field]));
                }
            }
            let new = HolidayRecord {
                id,
                location,
                name: name.to_owned(),
                rules: Rules {
                    date: body.date,
                    yearly: body.yearly,
                },
            };
            if !store::insert_holiday(tx.shared(), org, &new, by, now).await? {
                return Err(ApiError::field("/date", "taken"));
            }
            let address = format!("/api/v1/clinic/locations/{location}/holidays/{id}");
            Created::at(address, 1, &shown(new))
        })
        .await
}

/// Remove a day on which a place does not work: it is a business day again, unless it is at a
/// weekend.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The place"),
        ("holiday" = Uuid, Path, description = "The holiday"),
    ),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[delete("/clinic/locations/{id}/holidays/{holiday}")]
pub async fn remove_holiday(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<LocationId>,
    holiday: InnerId<HolidayId>,
) -> Result<HttpResponse, ApiError> {
    let (location, holiday) = (id.0, holiday.0);
    state
        .run(&caller, async |tx: &mut Tx| {
            permit(tx, Act::Change, CLASS, About::default().object(holiday))?;
            if store::delete_holiday(tx.shared(), location, holiday).await? {
                Ok(())
            } else {
                Err(tx.missing(Act::Change, CLASS, holiday))
            }
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn there(tx: &mut Tx, act: Act, id: LocationId) -> Result<(), ApiError> {
    match store::find_location(tx.shared(), id).await? {
        Some(_) => Ok(()),
        None => Err(tx.missing(act, CLASS, id)),
    }
}

fn shown(record: HolidayRecord) -> Holiday {
    Holiday {
        id: record.id,
        name: record.name,
        date: record.rules.date,
        yearly: record.rules.yearly,
    }
}
