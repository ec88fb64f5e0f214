//! Runs and their rows as they are shown.

use salus_domain::access::{Act, Actor, DataClass};
use salus_domain::ids::{EmployerId, FeedRunId, PersonId};
use salus_domain::intake::feed::{Counts, Crossed, Problem};
use salus_store::intake::runs::{RunRow, RunRowRow};
use salus_store::sealing::Key;
use salus_types::intake::{
    Decision, FeedChange, FeedCounts, FeedCrossed, FeedFinding, FeedRun, FeedRunRow,
};

use super::{SealedRow, row_place};
use crate::error::ApiError;

/// A run as an actor sees it.
///
/// # Errors
/// When what is stored cannot be read.
pub fn run(row: RunRow, actor: &Actor) -> Result<FeedRun, ApiError> {
    let counts: Counts = serde_json::from_value(row.counts).map_err(ApiError::internal)?;
    let crossed: Vec<Crossed> = serde_json::from_value(row.crossed).map_err(ApiError::internal)?;
    let may_decide = actor.scope(Act::Change, DataClass::FeedRun).is_ok();
    let allowed = match row.state.as_str() {
        "paused" if may_decide => vec![
            Decision::Apply,
            Decision::ApplyWithoutEnded,
            Decision::Reject,
        ],
        _ => Vec::new(),
    };
    Ok(FeedRun {
        id: FeedRunId(row.id),
        employer_id: EmployerId(row.employer_id),
        state: row.state,
        source: row.source,
        file_name: row.file_name,
        file_size: u32::try_from(row.file_size).unwrap_or_default(),
        unmapped: row.unmapped,
        first_run: row.first_run,
        counts: FeedCounts::from(counts),
        fields: serde_json::from_value(row.fields).map_err(ApiError::internal)?,
        crossed: crossed.iter().map(crossed_limit).collect(),
        circles: serde_json::from_value(row.circles).map_err(ApiError::internal)?,
        lost_supervisor: row.lost_supervisor,
        failure: row.failure,
        failure_detail: row.failure_detail,
        decision: row.decision,
        reason: row.reason,
        received_at: row.received_at,
        decide_by: row.decide_by,
        decided_at: row.decided_at,
        applied_at: row.applied_at,
        allowed,
        version: row.version,
    })
}

fn crossed_limit(crossed: &Crossed) -> FeedCrossed {
    FeedCrossed {
        measure: crossed.measure.word().to_owned(),
        count: crossed.count,
        limit: limit(crossed.limit_hundredths),
    }
}

/// A limit as a decimal without needless zeros.
#[must_use]
pub fn limit(hundredths: u64) -> String {
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole}.{part:02}"),
    }
}

/// A row, opened.
///
/// # Errors
/// When the sealed part does not open.
pub fn open_row(row: &RunRowRow, key: &Key) -> Result<SealedRow, ApiError> {
    match &row.sealed {
        None => Ok(SealedRow::default()),
        Some(sealed) => {
            let bytes = key.open(&row_place(row.id), sealed)?;
            serde_json::from_slice(&bytes).map_err(ApiError::internal)
        }
    }
}

/// A row as it is shown.
///
/// # Errors
/// When the sealed part does not open.
pub fn row(row: RunRowRow, key: &Key) -> Result<FeedRunRow, ApiError> {
    let content = open_row(&row, key)?;
    Ok(FeedRunRow {
        number: u32::try_from(row.number).unwrap_or_default(),
        employee_id: row.employee_id,
        person_id: row.person_id.map(PersonId),
        outcome: row.outcome,
        changes: content
            .changes
            .into_iter()
            .map(|change| FeedChange {
                field: change.field.name().to_owned(),
                before: change.before,
                after: change.after,
            })
            .collect(),
        problems: content.problems.into_iter().map(finding).collect(),
        warnings: content.warnings.into_iter().map(finding).collect(),
        applied_at: row.applied_at,
    })
}

fn finding(problem: Problem) -> FeedFinding {
    FeedFinding {
        column: problem.column,
        code: problem.code.word().to_owned(),
        found: problem.found,
        expected: problem.expected,
    }
}
