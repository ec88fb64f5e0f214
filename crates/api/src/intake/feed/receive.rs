//! Receiving a file: its bytes are kept, whatever is in them, and planned without writing.

use chrono::Duration;
use salus_domain::ids::{EmployerId, FeedRunId, ProviderOrgId};
use salus_domain::intake::feed::columns::HeaderError;
use salus_domain::intake::feed::reading::SheetRow;
use salus_domain::intake::feed::result_file;
use salus_domain::intake::feed::{Plan, Problem, Profile, ReadError, RowPlan, Sheet, read};
use salus_store::intake::known::EmployerRow;
use salus_store::intake::runs::{self, NewRun, Planned, ProfileRow, RunRow, RunRowRow};
use salus_store::sealing::Key;
use salus_types::intake::problems;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    DECIDE_HOURS, DUPLICATE_DAYS, Loaded, SealedRow, file_place, load, make_plan, org_of, row_place,
};
use crate::error::ApiError;
use crate::state::AppState;
use crate::transaction::{Tx, json_bytes};

/// A file that came.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Whose people it is about.
    pub employer: EmployerRow,
    /// Name of the profile.
    pub profile: String,
    /// `upload`, `api`, `command`, `sandbox`.
    pub source: &'static str,
    /// Who sent it.
    pub by: Option<Uuid>,
    /// The file's name.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether the same bytes may come again.
    pub replay: bool,
}

/// Keeps a file as a new run.
///
/// # Errors
/// `feed-duplicate-file` when the bytes came before; `feed-unreadable`, `feed-header` or
/// `feed-too-large` when they cannot be read: the run is kept as failed then.
pub async fn receive(state: &AppState, incoming: Incoming) -> Result<FeedRunId, ApiError> {
    let org = ProviderOrgId(incoming.employer.provider_org_id);
    let (id, failure) = state
        .run_system(org, "create_hr_feed_run", async |tx: &mut Tx| {
            let profile = profile(tx, &incoming).await?;
            let settings: Profile =
                serde_json::from_value(profile.settings.clone()).map_err(ApiError::internal)?;
            let hash = Sha256::digest(&incoming.bytes).to_vec();
            refuse_duplicate(tx, &incoming, &hash).await?;
            let failure = read(&incoming.bytes, &settings).err();
            let id = FeedRunId(Uuid::now_v7());
            let run = new_run(tx, &incoming, &profile, id, hash, failure.as_ref()).await?;
            runs::insert_run(tx.conn(), &run).await?;
            Ok((id, failure))
        })
        .await?;
    match failure {
        Some(error) => Err(unreadable(&error).with("run_id", id)),
        None => Ok(id),
    }
}

async fn profile(tx: &mut Tx, incoming: &Incoming) -> Result<ProfileRow, ApiError> {
    let employer = EmployerId(incoming.employer.id);
    if let Some(profile) = runs::find_profile(tx.conn(), employer, &incoming.profile).await? {
        return Ok(profile);
    }
    let profile = ProfileRow {
        id: Uuid::now_v7(),
        provider_org_id: incoming.employer.provider_org_id,
        employer_id: incoming.employer.id,
        name: incoming.profile.clone(),
        settings: serde_json::to_value(Profile::default()).map_err(ApiError::internal)?,
        created_at: tx.now,
        created_by: incoming.by,
        version: 1,
    };
    runs::insert_profile(tx.conn(), &profile).await?;
    runs::find_profile(tx.conn(), employer, &incoming.profile)
        .await?
        .ok_or_else(|| ApiError::internal("the profile is gone"))
}

async fn refuse_duplicate(tx: &mut Tx, incoming: &Incoming, hash: &[u8]) -> Result<(), ApiError> {
    if incoming.replay {
        return Ok(());
    }
    let since = tx.now - Duration::days(DUPLICATE_DAYS);
    let employer = EmployerId(incoming.employer.id);
    match runs::same_file_since(tx.conn(), employer, hash, since).await? {
        Some(run) => Err(ApiError::of(problems::FEED_DUPLICATE_FILE).with("run_id", run)),
        None => Ok(()),
    }
}

async fn new_run(
    tx: &mut Tx,
    incoming: &Incoming,
    profile: &ProfileRow,
    id: FeedRunId,
    file_hash: Vec<u8>,
    failure: Option<&ReadError>,
) -> Result<NewRun, ApiError> {
    let sealed = tx
        .organization_key()
        .await?
        .seal(&file_place(id), &incoming.bytes)?;
    Ok(NewRun {
        id: id.0,
        provider_org_id: incoming.employer.provider_org_id,
        employer_id: incoming.employer.id,
        profile_id: profile.id,
        state: if failure.is_some() {
            "failed"
        } else {
            "received"
        }
        .to_owned(),
        source: incoming.source.to_owned(),
        file_name: incoming.file_name.chars().take(200).collect(),
        file_hash,
        file_size: i32::try_from(incoming.bytes.len()).unwrap_or(i32::MAX),
        sealed_file: Some(sealed),
        received_at: tx.now,
        received_by: incoming.by,
        failure: failure.map(|error| unreadable(error).kind().slug.to_owned()),
        failure_detail: failure.map(failure_detail),
    })
}

fn failure_detail(error: &ReadError) -> String {
    match error {
        ReadError::Unreadable { byte_offset } => byte_offset.to_string(),
        ReadError::Header(HeaderError::Duplicate(name)) => name.clone(),
        ReadError::Header(HeaderError::NoEmployeeId) => "employee_id".to_owned(),
        ReadError::TooLarge => String::new(),
    }
}

/// The problem of a file that cannot be read.
#[must_use]
pub fn unreadable(error: &ReadError) -> ApiError {
    let detail = failure_detail(error);
    match error {
        ReadError::Unreadable { byte_offset } => {
            ApiError::of(problems::FEED_UNREADABLE).with("byte_offset", byte_offset)
        }
        ReadError::Header(HeaderError::Duplicate(_)) => ApiError::of(problems::FEED_HEADER)
            .with("header", detail)
            .with("reason", "duplicate"),
        ReadError::Header(HeaderError::NoEmployeeId) => ApiError::of(problems::FEED_HEADER)
            .with("header", detail)
            .with("reason", "missing"),
        ReadError::TooLarge => ApiError::of(problems::FEED_TOO_LARGE),
    }
}

/// Plans a run and keeps what was found. It waits for a decision when a limit is crossed or the
/// profile is new.
///
/// # Errors
/// What the database says.
pub async fn dry_run(
    state: &AppState,
    org: ProviderOrgId,
    id: FeedRunId,
) -> Result<RunRow, ApiError> {
    state
        .run_system(org, "plan_hr_feed_run", async |tx: &mut Tx| {
            let loaded = load(tx, id).await?;
            let (plan, _) = make_plan(tx, &loaded, false).await?;
            let first_run = is_first(tx, &loaded).await?;
            let waits = first_run || !plan.crossed.is_empty();
            let run_state = if waits { "paused" } else { "dry_run" };
            keep_plan(tx, &loaded, &plan, first_run, run_state).await?;
            runs::find_run(tx.conn(), id)
                .await?
                .ok_or_else(ApiError::not_found)
        })
        .await
}

async fn is_first(tx: &mut Tx, loaded: &Loaded) -> Result<bool, ApiError> {
    let profile = salus_domain::ids::FeedProfileId(loaded.run.profile_id);
    Ok(!runs::has_applied(tx.conn(), profile).await?)
}

/// Keeps a plan: counts at the run, a row for each row of the file.
///
/// # Errors
/// What the database says.
pub async fn keep_plan(
    tx: &mut Tx,
    loaded: &Loaded,
    plan: &Plan,
    first_run: bool,
    run_state: &str,
) -> Result<(), ApiError> {
    let id = FeedRunId(loaded.run.id);
    let value = |value: serde_json::Result<serde_json::Value>| value.map_err(ApiError::internal);
    let planned = Planned {
        state: run_state.to_owned(),
        separator: loaded.sheet.separator.to_string(),
        unmapped: loaded.sheet.columns.unmapped.clone(),
        first_run,
        counts: value(serde_json::to_value(plan.counts))?,
        fields: value(serde_json::to_value(&plan.fields))?,
        crossed: value(serde_json::to_value(&plan.crossed))?,
        circles: value(serde_json::to_value(&plan.circles))?,
        lost_supervisor: plan.lost_supervisor.clone(),
        decide_by: (run_state == "paused").then(|| tx.now + Duration::hours(DECIDE_HOURS)),
    };
    runs::save_plan(tx.conn(), id, &planned).await?;
    runs::delete_unapplied_rows(tx.conn(), id).await?;
    let applied = runs::applied_numbers(tx.conn(), id).await?;
    let key = tx.organization_key().await?;
    let rows = loaded
        .sheet
        .rows
        .iter()
        .zip(&plan.rows)
        .map(|(row, planned)| run_row(&key, loaded, planned, &row.cells))
        .filter(|row| {
            row.as_ref()
                .map_or(true, |row| applied.binary_search(&row.number).is_err())
        })
        .collect::<Result<Vec<_>, _>>()?;
    runs::insert_rows(tx.conn(), &rows).await?;
    Ok(())
}

fn run_row(
    key: &Key,
    loaded: &Loaded,
    planned: &RowPlan,
    cells: &[String],
) -> Result<RunRowRow, ApiError> {
    let id = Uuid::now_v7();
    let codes = |problems: &[Problem]| {
        problems
            .iter()
            .map(|problem| problem.code.word().to_owned())
            .collect()
    };
    let content = SealedRow {
        cells: if planned.outcome.is_rejected() {
            cells.to_vec()
        } else {
            Vec::new()
        },
        changes: planned.changes.clone(),
        problems: planned.problems.clone(),
        warnings: planned.warnings.clone(),
    };
    let empty = content.cells.is_empty()
        && content.changes.is_empty()
        && content.warnings.is_empty()
        && content.problems.is_empty();
    let sealed = if empty {
        None
    } else {
        Some(key.seal(&row_place(id), &json_bytes(&content)?)?)
    };
    Ok(RunRowRow {
        id,
        provider_org_id: org_of(loaded).0,
        employer_id: loaded.employer.id,
        run_id: loaded.run.id,
        number: i32::try_from(planned.number).unwrap_or(i32::MAX),
        employee_id: planned.employee_id.chars().take(1_000).collect(),
        person_id: planned.person.map(Uuid::from),
        outcome: planned.outcome.word().to_owned(),
        fields: planned
            .changes
            .iter()
            .map(|change| change.field.name().to_owned())
            .collect(),
        codes: codes(&planned.problems),
        warnings: codes(&planned.warnings),
        sealed,
        applied_at: None,
    })
}

/// Stored rows, with what was found in them, as a file.
///
/// # Errors
/// When the file cannot be written to memory.
pub fn rejected_file(sheet: &Sheet, rows: &[(i32, SealedRow)]) -> Result<Vec<u8>, ApiError> {
    let rows: Vec<(SheetRow, &[Problem])> = rows
        .iter()
        .map(|(number, content)| {
            let row = SheetRow {
                number: u32::try_from(*number).unwrap_or_default(),
                cells: content.cells.clone(),
            };
            (row, content.problems.as_slice())
        })
        .collect();
    let rows = rows.iter().map(|(row, problems)| (row, *problems));
    result_file::write(&sheet.header, sheet.separator, rows).map_err(ApiError::internal)
}
