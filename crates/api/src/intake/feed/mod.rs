//! HR files: received, planned without writing, applied within limits or after a decision.

pub mod apply;
pub mod handlers;
pub mod receive;
pub mod show;

use salus_domain::ids::{EmployerId, FeedProfileId, FeedRunId, ProviderOrgId};
use salus_domain::intake::feed::{Change, Plan, Problem, Profile, Sheet, plan, read};
use salus_store::intake::known::{EmployerRow, PlaceIds, find_employer, known, places};
use salus_store::intake::runs::{self, RunRow};
use salus_store::sealing::Place;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::ApiError;
use crate::state::AppState;
use crate::transaction::Tx;

/// How long a file that was received is known again.
pub const DUPLICATE_DAYS: i64 = 30;
/// How long a paused run waits for a decision.
pub const DECIDE_HOURS: i64 = 72;
/// The profile used when none is named.
pub const MAIN_PROFILE: &str = "main";

/// A run with everything that is needed to plan it.
pub struct Loaded {
    /// The run.
    pub run: RunRow,
    /// Its employer.
    pub employer: EmployerRow,
    /// How the file is read.
    pub profile: Profile,
    /// The file.
    pub sheet: Sheet,
}

/// What is sealed of a row: the cells of a rejected one, values and findings.
#[derive(Serialize, Deserialize, Default)]
pub struct SealedRow {
    /// The cells, of rows that come back in the result file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<String>,
    /// Values that change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// Why it is refused or held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// What it is applied in spite of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Problem>,
}

/// Opens a run's file again.
///
/// # Errors
/// 404 when there is no such run, or its file is no longer kept.
pub async fn load(tx: &mut Tx, id: FeedRunId) -> Result<Loaded, ApiError> {
    let run = runs::lock_run(tx.conn(), id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let employer = find_employer(tx.conn(), EmployerId(run.employer_id))
        .await?
        .ok_or_else(ApiError::not_found)?;
    let profile = runs::profile(tx.conn(), FeedProfileId(run.profile_id))
        .await?
        .ok_or_else(ApiError::not_found)?;
    let profile: Profile = serde_json::from_value(profile.settings).map_err(ApiError::internal)?;
    let sealed = runs::sealed_file(tx.conn(), id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let bytes = tx
        .organization_key()
        .await?
        .open(&file_place(id), &sealed)?;
    let sheet = read(&bytes, &profile).map_err(|error| receive::unreadable(&error))?;
    Ok(Loaded {
        run,
        employer,
        profile,
        sheet,
    })
}

/// Plans a run against what is known now.
///
/// # Errors
/// What the database says.
pub async fn make_plan(
    tx: &mut Tx,
    loaded: &Loaded,
    spare: bool,
) -> Result<(Plan, PlaceIds), ApiError> {
    let now = tx.now;
    let place_ids = places(tx.conn(), &loaded.employer).await?;
    let births = loaded.sheet.birth_dates(&loaded.profile);
    let known = known(
        tx.conn(),
        &loaded.employer,
        FeedProfileId(loaded.run.profile_id),
        &place_ids,
        &births,
        now,
    )
    .await?;
    let plan = plan(&known, &loaded.sheet, &loaded.profile, now, spare);
    Ok((plan, place_ids))
}

/// Lets runs expire that waited too long for a decision, until the server stops.
pub async fn work(state: AppState) {
    let mut stopping = state.stop.follow();
    while stopping.pause(std::time::Duration::from_secs(60)).await {
        if let Err(error) = expire(&state).await {
            tracing::warn!(
                error = error.logged(),
                "runs that wait too long could not be expired"
            );
        }
    }
}

async fn expire(state: &AppState) -> Result<(), ApiError> {
    for org in state.organizations().await? {
        state
            .run_system(org, "expire_hr_feed_runs", async |tx: &mut Tx| {
                let now = tx.now;
                runs::expire_paused(tx.conn(), org, now).await?;
                Ok(())
            })
            .await?;
    }
    Ok(())
}

fn file_place(run: FeedRunId) -> Place<'static> {
    Place {
        table: "feed_runs",
        column: "sealed_file",
        row: run.0,
    }
}

fn row_place(row: Uuid) -> Place<'static> {
    Place {
        table: "feed_run_rows",
        column: "sealed",
        row,
    }
}

fn org_of(loaded: &Loaded) -> ProviderOrgId {
    ProviderOrgId(loaded.employer.provider_org_id)
}
