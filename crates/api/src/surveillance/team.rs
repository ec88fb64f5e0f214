//! What is due for a report: public names and dates.

use actix_web::get;
use actix_web::web::{Data, Json};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::PersonId;
use salus_domain::people::today;
use salus_store::surveillance::open_due_items;
use salus_store::work_status::work_people;
use salus_types::problem::Problem;
use salus_types::surveillance::{TeamDueItem, TeamDueItems};

use crate::access::{Caller, Team};
use crate::error::ApiError;
use crate::extract::Id;
use crate::state::AppState;

/// What is due for a report, by due date.
#[utoipa::path(
    tag = "surveillance",
    params(("id" = Uuid, Path, description = "The person")),
    responses((status = 200, body = TeamDueItems), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[get("/team/people/{id}/due-items")]
pub async fn list_team_due_items(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<PersonId>,
) -> Result<Json<TeamDueItems>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            tx.allow(Act::Read, DataClass::DueItem, About::person(id.0), id.0)?;
            let person = work_people(tx.conn(), &[id.0])
                .await?
                .pop()
                .ok_or_else(ApiError::not_found)?;
            let today = today(tx.now, person.zone);
            let rows = open_due_items(tx.conn(), &[id.0]).await?;
            Ok(rows
                .into_iter()
                .filter(|row| row.visible_on <= today)
                .map(|row| TeamDueItem {
                    id: row.id,
                    name: row.name,
                    due_on: row.due_on,
                    past_due: row.due_on < today,
                    booked: row.booked,
                })
                .collect())
        })
        .await?;
    Ok(Json(TeamDueItems {
        items,
        next_cursor: None,
    }))
}
