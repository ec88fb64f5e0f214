//! What visits were after each step.

use super::unknown;
use crate::database::Connection;
use crate::schema::{accounts, visit_steps};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, AppointmentId, LocationId};
use salus_domain::scheduling::history::{Snapshot, Time};
use salus_domain::scheduling::{Audience, Modality, State};
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = visit_steps, check_for_backend(diesel::pg::Pg))]
struct StepRow {
    happened_at: DateTime<Utc>,
    account_id: Option<Uuid>,
    hat: String,
    state: String,
    starts_at: DateTime<Utc>,
    location_id: Uuid,
    modality: String,
    sequence: i32,
    attends: bool,
    denied: bool,
}

/// What a visit was after each of its steps, the first one first; with the names of those who took them.
///
/// # Errors
/// What the database says.
pub async fn snapshots(
    mut conn: &Connection,
    visit: AppointmentId,
) -> QueryResult<Vec<(Snapshot, Option<String>)>> {
    let rows: Vec<(StepRow, Option<String>)> = visit_steps::table
        .left_join(
            accounts::table.on(accounts::provider_org_id
                .eq(visit_steps::provider_org_id)
                .and(accounts::id.nullable().eq(visit_steps::account_id))),
        )
        .filter(visit_steps::appointment_id.eq(visit.0))
        .order(visit_steps::number)
        .select((StepRow::as_select(), accounts::display_name.nullable()))
        .load(&mut conn)
        .await?;
    rows.into_iter()
        .map(|(row, name)| Ok((row.into_snapshot()?, name)))
        .collect()
}

impl StepRow {
    fn into_snapshot(self) -> QueryResult<Snapshot> {
        let modality = &self.modality;
        Ok(Snapshot {
            at: self.happened_at,
            account: self.account_id.map(AccountId),
            side: match self.hat.as_str() {
                "me" => Some(Audience::Employee),
                "team" => Some(Audience::Supervisor),
                "clinic" => Some(Audience::Clinic),
                _ => None,
            },
            state: State::parse(&self.state).ok_or_else(|| unknown("state", &self.state))?,
            time: Time {
                starts_at: self.starts_at,
                location: LocationId(self.location_id),
                modality: Modality::parse(modality).ok_or_else(|| unknown("modality", modality))?,
            },
            sequence: self.sequence,
            attends: self.attends,
            denied: self.denied,
        })
    }
}
