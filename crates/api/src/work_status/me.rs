//! One's own work status.

use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::{Duration, NaiveDate};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::private::Private;
use salus_domain::time::day_start;
use salus_domain::work_status::{EmployeeWorkStatus, Facts, Restriction};
use salus_store::work_status::{own_accommodations, own_restrictions, work_people};
use salus_types::problem::Problem;
use salus_types::work_status::MyWorkStatus;
use serde::Deserialize;
use std::collections::HashMap;
use utoipa::IntoParams;

use super::shown;
use crate::access::{Caller, Me};
use crate::error::ApiError;
use crate::extract::Query;
use crate::state::AppState;

/// Which date is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OnQuery {
    /// A date in the zone of the work location; today when absent.
    #[serde(default)]
    pub on: Option<NaiveDate>,
}

/// How far back an ended restriction can still matter: the 90 days of the release sentence.
pub(super) const LOOK_BACK: Duration = Duration::days(92);

/// One's own work status: restrictions, personal ones too, and accommodations.
#[utoipa::path(
    tag = "work_status",
    params(OnQuery),
    responses((status = 200, body = MyWorkStatus), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/me/work-status")]
pub async fn get_my_work_status(
    caller: Caller<Me>,
    state: Data<AppState>,
    query: Query<OnQuery>,
) -> Result<Json<MyWorkStatus>, ApiError> {
    let shown = state
        .run(&caller, async |tx| {
            let me = tx.actor.own_person()?;
            let about = About::person(me);
            let allowed = tx.allow(Act::Read, DataClass::WorkStatus, about, me)?;
            let person = work_people(tx.conn(), &[me])
                .await?
                .pop()
                .ok_or_else(ApiError::not_found)?;
            let asked = query
                .0
                .on
                .map_or(tx.now, |date| day_start(date, person.zone));
            let since = asked.min(tx.now) - LOOK_BACK;
            let stored = own_restrictions(tx.conn(), &allowed, since).await?;
            let accommodations = own_accommodations(tx.conn(), me, since).await?;
            let names: HashMap<_, _> = stored
                .iter()
                .filter_map(|one| Some((one.restriction.id, one.provider.clone()?)))
                .collect();
            let mut restrictions: Vec<Restriction> = Vec::with_capacity(stored.len());
            for one in stored {
                let mut restriction = one.restriction;
                if one.sealed.problem.is_some() {
                    let key = tx.chart_key(me).await?;
                    let place = shown::place(restriction.id, shown::PROBLEM);
                    let reason = shown::open(&key, &place, one.sealed.problem.as_ref())?;
                    restriction.clinical.problem = reason.map(Private);
                }
                restrictions.push(restriction);
            }
            let facts = Facts {
                zone: person.zone,
                limitations: restrictions
                    .iter()
                    .filter_map(Restriction::limitation)
                    .collect(),
                accommodations,
                employed_until: person.employed_until,
            };
            let status = EmployeeWorkStatus::on(&facts, &restrictions, query.0.on, tx.now);
            Ok(shown::own(&tx.actor.language, status, person.zone, &names))
        })
        .await?;
    Ok(Json(shown))
}
