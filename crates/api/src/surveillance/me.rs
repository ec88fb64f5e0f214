//! What is due for oneself.

use actix_web::get;
use actix_web::web::{Data, Json};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::people::today;
use salus_domain::scheduling::Audience;
use salus_store::surveillance::{MyDueRow, my_due_items};
use salus_store::work_status::work_people;
use salus_types::problem::Problem;
use salus_types::surveillance::{
    DueItemAct, DueState, MyDueItem, MyDueItems, MyDueItemsQuery, UpcomingDueItem,
};

use crate::access::{Caller, Me};
use crate::error::ApiError;
use crate::extract::Query;
use crate::scheduling::portal_options;
use crate::state::AppState;

/// What is due for oneself, by due date; or what was, the newest first.
#[utoipa::path(
    tag = "surveillance",
    params(MyDueItemsQuery),
    responses((status = 200, body = MyDueItems), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/me/due-items")]
pub async fn list_my_due_items(
    caller: Caller<Me>,
    state: Data<AppState>,
    query: Query<MyDueItemsQuery>,
) -> Result<Json<MyDueItems>, ApiError> {
    let past = query.0.past.unwrap_or_default();
    let answer = state
        .run(&caller, async |tx| {
            let me = tx.actor.own_person()?;
            let allowed = tx.allow(Act::Read, DataClass::DueItem, About::person(me), me)?;
            let person = work_people(tx.conn(), &[me])
                .await?
                .pop()
                .ok_or_else(ApiError::not_found)?;
            let today = today(tx.now, person.zone);
            let rows = my_due_items(tx.conn(), &allowed, past).await?;
            let is_late = |row: &MyDueRow| row.status.is_open() && row.due_on < today;
            let is_later = |row: &MyDueRow| !past && row.visible_on > today;
            // The portal is asked only where it matters.
            let options = match rows.iter().any(|row| is_late(row) || is_later(row)) {
                true => Some(portal_options(tx).await?),
                false => None,
            };
            let shows_early = options
                .as_ref()
                .is_some_and(|options| options.ignore_visible_date);
            let (seen, later): (Vec<_>, Vec<_>) = rows
                .into_iter()
                .partition(|row| shows_early || !is_later(row));
            let upcoming = later
                .into_iter()
                .min_by_key(|row| (row.visible_on, row.id))
                .map(|row| UpcomingDueItem {
                    name: row.name,
                    visible_on: row.visible_on,
                });
            let late_is_booked = options
                .as_ref()
                .is_some_and(|options| options.may_be_late(Audience::Employee));
            let warns = seen.iter().any(is_late);
            Ok(MyDueItems {
                items: seen
                    .into_iter()
                    .map(|row| shown(row, today, late_is_booked))
                    .collect(),
                next_cursor: None,
                past_due_warning: options
                    .as_ref()
                    .filter(|_| warns)
                    .and_then(|options| options.own_past_due_warning())
                    .map(str::to_owned),
                upcoming,
            })
        })
        .await?;
    Ok(Json(answer))
}

fn shown(row: MyDueRow, today: chrono::NaiveDate, late_is_booked: bool) -> MyDueItem {
    let state = DueState::of(row.status, row.visit.is_some());
    let past_due = row.status.is_open() && row.due_on < today;
    let in_time = !past_due || late_is_booked;
    let bookable = state == DueState::Open && row.appointment_type_id.is_some() && in_time;
    let (appointment_id, appointment_starts_at, appointment_time_zone) = match row.visit {
        Some((id, at, zone)) => (Some(id), Some(at), Some(zone)),
        None => (None, None, None),
    };
    MyDueItem {
        id: row.id,
        name: row.name,
        due_on: row.due_on,
        past_due,
        state,
        minutes: row.minutes,
        appointment_type_id: row.appointment_type_id,
        appointment_id,
        appointment_starts_at,
        appointment_time_zone,
        completed_on: row.completed_on,
        allowed: if bookable {
            vec![DueItemAct::Book]
        } else {
            Vec::new()
        },
    }
}
