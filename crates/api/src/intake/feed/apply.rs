//! Applying a run: persons and employments by the chunk, each chunk in a transaction of its own so
//! that a crash loses none and repeats none; then accounts and supervisors.

use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{EmployerId, FeedRunId, PersonId, ProviderOrgId};
use salus_domain::intake::feed::{Outcome, Plan, RowPlan};
use salus_store::database::{constraint, error as diesel_error};
use salus_store::intake::apply::{self as store, SupervisorChange, Target};
use salus_store::intake::runs::{self, RunRow};
use salus_types::intake::problems;
use std::collections::HashMap;
use uuid::Uuid;

use super::receive::keep_plan;
use super::{Loaded, load, make_plan};
use crate::error::ApiError;
use crate::state::AppState;
use crate::transaction::Tx;

/// Rows written in one transaction.
const CHUNK: usize = 500;

/// Who decided, and what.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    /// Whether endings and lost supervisors are left out.
    pub spare: bool,
    /// Why; none where no limit is crossed.
    pub reason: Option<String>,
    /// Who.
    pub by: Option<Uuid>,
}

/// Applies a run. What is known is read anew; a limit that is crossed only now pauses it again.
///
/// # Errors
/// `feed-run-not-paused` when it is over already, `feed-run-busy` while another run of the employer
/// is applied.
pub async fn apply(
    state: &AppState,
    org: ProviderOrgId,
    id: FeedRunId,
    decided: Decided,
) -> Result<RunRow, ApiError> {
    let started = state
        .run_system(org, "apply_hr_feed_run", async |tx: &mut Tx| {
            start(tx, id, &decided).await
        })
        .await?;
    let Some(job) = started else {
        return find(state, org, id).await;
    };
    let writing: Vec<&RowPlan> = job
        .plan
        .rows
        .iter()
        .filter(|row| {
            !matches!(
                row.outcome,
                Outcome::Error | Outcome::Held | Outcome::Spared
            )
        })
        .collect();
    for (index, chunk) in writing.chunks(CHUNK).enumerate() {
        let first = index == 0;
        state
            .run_system(org, "apply_hr_feed_run", async |tx: &mut Tx| {
                if first {
                    store::release_identifiers(tx.conn(), &job.target, &writing).await?;
                }
                write_chunk(tx, &job, id, chunk).await
            })
            .await?;
    }
    state
        .run_system(org, "apply_hr_feed_run", async |tx: &mut Tx| {
            finish(tx, &job, id).await
        })
        .await
}

struct Job {
    plan: Plan,
    target: Target,
}

async fn find(state: &AppState, org: ProviderOrgId, id: FeedRunId) -> Result<RunRow, ApiError> {
    state
        .run_system(org, "get_hr_feed_run", async |tx: &mut Tx| {
            runs::find_run(tx.conn(), id)
                .await?
                .ok_or_else(ApiError::not_found)
        })
        .await
}

/// Takes the run; none when it has to wait for another decision.
async fn start(tx: &mut Tx, id: FeedRunId, decided: &Decided) -> Result<Option<Job>, ApiError> {
    let loaded = load(tx, id).await?;
    let waiting = matches!(
        loaded.run.state.as_str(),
        "received" | "dry_run" | "paused" | "applying"
    );
    if !waiting {
        return Err(ApiError::of(problems::FEED_RUN_NOT_PAUSED).with("state", &loaded.run.state));
    }
    let (plan, places) = make_plan(tx, &loaded, decided.spare).await?;
    if crosses_more(&loaded, &plan) && loaded.run.state != "applying" {
        let first_run = loaded.run.first_run;
        keep_plan(tx, &loaded, &plan, first_run, "paused").await?;
        return Ok(None);
    }
    if loaded.run.state != "applying" {
        keep_plan(tx, &loaded, &plan, loaded.run.first_run, "dry_run").await?;
        let now = tx.now;
        let decision = if decided.spare {
            "apply_without_ended"
        } else {
            "apply"
        };
        let reason = decided.reason.as_deref();
        runs::decide(tx.conn(), id, decision, reason, decided.by, now).await?;
        match runs::set_state(tx.conn(), id, "applying", None).await {
            Ok(()) => {}
            Err(error) if constraint(&error) == Some("feed_runs_one_applying") => {
                return Err(ApiError::of(problems::FEED_RUN_BUSY).retry_after(5));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let target = Target {
        org: tx.actor.provider_org,
        employer: EmployerId(loaded.employer.id),
        places,
        now: tx.now,
        by: decided.by,
        sandbox: (loaded.run.source == "sandbox").then_some(crate::sandbox::FIXED_IDS),
    };
    Ok(Some(Job { plan, target }))
}

/// Whether a limit is crossed that was not when somebody decided.
fn crosses_more(loaded: &Loaded, plan: &Plan) -> bool {
    let shown: Vec<salus_domain::intake::feed::Crossed> =
        serde_json::from_value(loaded.run.crossed.clone()).unwrap_or_default();
    plan.crossed
        .iter()
        .any(|now| !shown.iter().any(|then| then.measure == now.measure))
}

/// Writes a chunk at once; where that fails, row by row, so that one row never blocks the others.
async fn write_chunk(
    tx: &mut Tx,
    job: &Job,
    id: FeedRunId,
    rows: &[&RowPlan],
) -> Result<(), ApiError> {
    let now = job.target.now;
    store::savepoint(tx.conn()).await?;
    let written = match store::write_rows(tx.conn(), &job.target, rows).await {
        Ok(written) => written,
        Err(error) => {
            note_failure(&error);
            store::rollback_to_savepoint(tx.conn()).await?;
            one_by_one(tx, job, id, rows).await?
        }
    };
    for (row, (_, person)) in rows.iter().zip(&written) {
        let act = match row.outcome {
            Outcome::Added => Act::Create,
            Outcome::Changed | Outcome::Ended | Outcome::Rehired => Act::Change,
            _ => continue,
        };
        let Some(person) = *person else { continue };
        let about = About::person(person)
            .employer(job.target.employer)
            .object(id);
        tx.allow(act, DataClass::Profile, about, ())?;
        let fields: Vec<&str> = row.changes.iter().map(|c| c.field.name()).collect();
        tx.detail(&fields, None);
    }
    runs::mark_applied(tx.conn(), id, &written, now).await?;
    Ok(())
}

async fn one_by_one(
    tx: &mut Tx,
    job: &Job,
    id: FeedRunId,
    rows: &[&RowPlan],
) -> Result<Vec<(i32, Option<PersonId>)>, ApiError> {
    let mut written = Vec::with_capacity(rows.len());
    for row in rows {
        store::savepoint(tx.conn()).await?;
        match store::write_rows(tx.conn(), &job.target, std::slice::from_ref(row)).await {
            Ok(one) => written.extend(one),
            Err(error) => {
                note_failure(&error);
                store::rollback_to_savepoint(tx.conn()).await?;
                let number = i32::try_from(row.number).unwrap_or(i32::MAX);
                runs::mark_failed(tx.conn(), id, number, "bad-value").await?;
            }
        }
    }
    Ok(written)
}

fn note_failure(error: &diesel_error::Error) {
    tracing::warn!(constraint = ?constraint(error), "rows of an HR file could not be written at once");
}

/// Accounts and supervisors, when every person is there.
async fn finish(tx: &mut Tx, job: &Job, id: FeedRunId) -> Result<RunRow, ApiError> {
    let numbers: Vec<String> = job
        .plan
        .relations
        .iter()
        .flat_map(|relation| {
            [
                Some(relation.employee_id.clone()),
                relation.before.clone(),
                relation.after.clone(),
            ]
        })
        .flatten()
        .chain(job.plan.accounts.iter().map(|(number, _)| number.clone()))
        .collect();
    let people = store::persons_by_number(tx.conn(), job.target.employer, &numbers).await?;
    let accounts: Vec<(PersonId, &str, bool)> = job
        .plan
        .accounts
        .iter()
        .filter_map(|(number, portal_user)| {
            Some((*people.get(number)?, number.as_str(), *portal_user))
        })
        .collect();
    store::make_accounts(tx.conn(), &job.target, &accounts).await?;
    let changes = supervisor_changes(&job.plan, &people);
    store::write_supervisors(tx.conn(), &job.target, &changes).await?;
    let now = tx.now;
    runs::set_state(tx.conn(), id, "applied", Some(now)).await?;
    tx.emit("hr_feed.applied", serde_json::json!({ "run_id": id }));
    runs::find_run(tx.conn(), id)
        .await?
        .ok_or_else(ApiError::not_found)
}

fn supervisor_changes(plan: &Plan, people: &HashMap<String, PersonId>) -> Vec<SupervisorChange> {
    let find = |number: &Option<String>| number.as_ref().and_then(|n| people.get(n).copied());
    plan.relations
        .iter()
        .filter_map(|relation| {
            Some(SupervisorChange {
                person: *people.get(&relation.employee_id)?,
                solid: relation.slot == 0,
                before: find(&relation.before),
                after: find(&relation.after),
            })
        })
        .collect()
}
