//! `salus feed`

use salus_domain::ids::{EmployerId, FeedRunId, ProviderOrgId};
use salus_domain::intake::feed::{Counts, Crossed};
use salus_store::intake::known::{EmployerRow, employers_by_code};
use salus_store::intake::runs::{self, RunRow};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

use super::CommandResult;
use crate::error::ApiError;
use crate::intake::feed::apply::{Decided, apply};
use crate::intake::feed::handlers::rejected;
use crate::intake::feed::receive::{Incoming, dry_run, receive};
use crate::intake::feed::{DUPLICATE_DAYS, MAIN_PROFILE, show};
use crate::server;
use crate::settings::Settings;
use crate::state::AppState;
use crate::transaction::Tx;

/// What can be done with HR files.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Read an HR file: print what it would do, then do it, within its limits.
    Import(Import),
}

/// Arguments of `salus feed import`.
#[derive(clap::Args)]
pub(crate) struct Import {
    /// The file.
    file: PathBuf,
    /// Code of the employer.
    #[arg(long)]
    employer: String,
    /// Code of the provider organization, where employers of several have the same code.
    #[arg(long)]
    organization: Option<String>,
    /// Name of the profile that says how the file is read.
    #[arg(long, default_value = MAIN_PROFILE)]
    profile: String,
    /// Print what the file would do, and do nothing.
    #[arg(long)]
    dry_run: bool,
    /// Apply the file beyond its limits, for this reason.
    #[arg(long, value_name = "REASON")]
    accept: Option<String>,
    /// Read the same bytes again.
    #[arg(long)]
    replay: bool,
    /// Write the rejected rows to this file.
    #[arg(long, value_name = "OUT.csv")]
    rejected: Option<PathBuf>,
}

pub(super) async fn run(settings: Settings, command: Command) -> CommandResult {
    let Command::Import(import) = command;
    let bytes =
        std::fs::read(&import.file).map_err(|e| format!("{}: {e}", import.file.display()))?;
    let state = server::build_state(settings)
        .await
        .map_err(|e| e.to_string())?;
    let employer = employer(&state, &import).await?;
    let org = ProviderOrgId(employer.provider_org_id);
    let id = run_of(&state, &import, employer, bytes).await?;
    let planned = plan_or_find(&state, org, id)
        .await
        .map_err(|e| e.explain())?;
    let crossed = print_plan(&planned)?;
    if let Some(out) = &import.rejected {
        write_rejected(&state, org, id, out).await?;
    }
    if import.dry_run {
        return leave_dry(&state, org, id).await;
    }
    if !crossed.is_empty() && import.accept.is_none() {
        return Err(
            "nothing was written: the file goes beyond a limit; --accept REASON applies it"
                .to_owned(),
        );
    }
    let decided = Decided {
        spare: false,
        reason: import.accept.clone(),
        by: None,
    };
    let applied = apply(&state, org, id, decided)
        .await
        .map_err(|e| e.explain())?;
    if applied.state != "applied" {
        return Err(format!(
            "the run is {}: what is known has changed meanwhile; import the file again",
            applied.state
        ));
    }
    println!("applied");
    Ok(())
}

async fn employer(state: &AppState, import: &Import) -> Result<EmployerRow, String> {
    let wanted = match &import.organization {
        None => None,
        Some(code) => match super::account::find_organization(state, code).await {
            Ok(Some(org)) => Some(org),
            Ok(None) => return Err(format!("there is no provider organization {code}")),
            Err(error) => return Err(error.explain()),
        },
    };
    let found = find_employers(state, &import.employer)
        .await
        .map_err(|e| e.explain())?;
    let mut found: Vec<EmployerRow> = found
        .into_iter()
        .filter(|row| wanted.is_none_or(|org| row.provider_org_id == org.0))
        .collect();
    match (found.pop(), found.is_empty()) {
        (Some(employer), true) => Ok(employer),
        (Some(_), false) => Err(format!(
            "several organizations have an employer {}; name one with --organization",
            import.employer
        )),
        (None, _) => Err(format!("there is no employer {}", import.employer)),
    }
}

async fn find_employers(state: &AppState, code: &str) -> Result<Vec<EmployerRow>, ApiError> {
    let mut tx = state.database.authn().await?;
    let found = employers_by_code(tx.connection(), code).await?;
    tx.commit().await?;
    Ok(found)
}

/// The run of this file: the one that waits for a decision about the same bytes, or a new one.
async fn run_of(
    state: &AppState,
    import: &Import,
    employer: EmployerRow,
    bytes: Vec<u8>,
) -> Result<FeedRunId, String> {
    let org = ProviderOrgId(employer.provider_org_id);
    let hash = Sha256::digest(&bytes).to_vec();
    let waiting = state
        .run_system(org, "create_hr_feed_run", async |tx: &mut Tx| {
            let since = tx.now - chrono::Duration::days(DUPLICATE_DAYS);
            let id = EmployerId(employer.id);
            let Some(run) = runs::same_file_since(tx.conn(), id, &hash, since).await? else {
                return Ok(None);
            };
            let run = runs::find_run(tx.conn(), FeedRunId(run)).await?;
            let open = ["received", "paused", "applying"];
            Ok(run.filter(|run| open.contains(&run.state.as_str())))
        })
        .await
        .map_err(|e| e.explain())?;
    if let Some(run) = waiting {
        return Ok(FeedRunId(run.id));
    }
    let file_name = import.file.file_name().unwrap_or_default();
    let incoming = Incoming {
        employer,
        profile: import.profile.clone(),
        source: "command",
        by: None,
        file_name: file_name.to_string_lossy().into_owned(),
        bytes,
        replay: import.replay,
    };
    receive(state, incoming).await.map_err(|e| e.explain())
}

/// Plans a run anew; one whose applying was interrupted goes on with the plan it had.
async fn plan_or_find(
    state: &AppState,
    org: ProviderOrgId,
    id: FeedRunId,
) -> Result<RunRow, ApiError> {
    let run = state
        .run_system(org, "get_hr_feed_run", async |tx: &mut Tx| {
            runs::find_run(tx.conn(), id)
                .await?
                .ok_or_else(ApiError::not_found)
        })
        .await?;
    if run.state == "applying" {
        return Ok(run);
    }
    dry_run(state, org, id).await
}

/// Prints the counts; answers the limits that are crossed.
fn print_plan(run: &RunRow) -> Result<Vec<Crossed>, String> {
    let counts: Counts = serde_json::from_value(run.counts.clone()).map_err(|e| e.to_string())?;
    let crossed: Vec<Crossed> =
        serde_json::from_value(run.crossed.clone()).map_err(|e| e.to_string())?;
    println!("run {}", run.id);
    for (name, count) in [
        ("rows", counts.rows),
        ("errors", counts.errors),
        ("held", counts.held),
        ("applied", counts.applied()),
        ("added", counts.added),
        ("added, ended already", counts.added_ended),
        ("changed", counts.changed),
        ("of these ended", counts.ended),
        ("rehired", counts.rehired),
        ("unchanged", counts.unchanged),
        ("with a warning", counts.warnings),
        ("supervisor changed", counts.supervisor_changed),
        ("supervisor lost", counts.lost_supervisor),
        ("supervisor gained", counts.gained_supervisor),
        ("accounts made", counts.accounts),
        ("active before", counts.active_before),
        ("active after", counts.active_after),
        ("of these on leave", counts.on_leave_after),
        ("of these with a supervisor", counts.supervised_after),
    ] {
        println!("{name:<28}{count:>8}");
    }
    if !run.unmapped.is_empty() {
        println!("columns without a meaning: {}", run.unmapped.join(", "));
    }
    let circles: Vec<Vec<String>> =
        serde_json::from_value(run.circles.clone()).map_err(|e| e.to_string())?;
    for circle in circles {
        println!("supervise each other: {}", circle.join(", "));
    }
    for limit in &crossed {
        println!(
            "beyond a limit: {} {} (limit {})",
            limit.count,
            limit.measure.word().replace('_', " "),
            show::limit(limit.limit_hundredths)
        );
    }
    Ok(crossed)
}

async fn write_rejected(
    state: &AppState,
    org: ProviderOrgId,
    id: FeedRunId,
    out: &Path,
) -> CommandResult {
    let file = rejected(state, org, id).await.map_err(|e| e.explain())?;
    std::fs::write(out, file).map_err(|e| format!("{}: {e}", out.display()))
}

/// A dry run waits for nobody; the same file may come again.
async fn leave_dry(state: &AppState, org: ProviderOrgId, id: FeedRunId) -> CommandResult {
    state
        .run_system(org, "plan_hr_feed_run", async |tx: &mut Tx| {
            runs::set_state(tx.conn(), id, "dry_run", None).await?;
            Ok(())
        })
        .await
        .map_err(|e| e.explain())?;
    println!("nothing was written");
    Ok(())
}
