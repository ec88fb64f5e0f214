//! `salus sandbox`

use super::CommandResult;
use crate::settings::Settings;
use crate::{sandbox, server};

/// What can be done with the sandbox.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Fill an empty database with the synthetic organizations, people and accounts.
    Seed,
    /// Throw everything away, migrate, and seed again.
    Reset,
}

pub(super) async fn run(settings: Settings, command: Command) -> CommandResult {
    if !settings.sandbox {
        return Err("setting sandbox: must be true to seed or reset a sandbox".to_owned());
    }
    if matches!(command, Command::Reset) {
        let admin = super::migrate::admin_url(&settings)?;
        salus_store::migrations::revert_all(admin)
            .await
            .map_err(|e| e.to_string())?;
        super::migrate::run(&settings).await?;
        // What was noted of the blocks that are gone would contradict the new ones.
        if let Some(file) = settings.audit_checkpoints.as_ref().filter(|f| f.exists()) {
            std::fs::remove_file(file).map_err(|e| format!("{}: {e}", file.display()))?;
        }
    }
    let state = server::build_state(settings)
        .await
        .map_err(|e| e.to_string())?;
    match sandbox::seed(&state).await {
        Ok(sandbox::Seeded::New) => println!(
            "sandbox seeded; password of every account: {}",
            sandbox::PASSWORD
        ),
        Ok(sandbox::Seeded::Already) => println!("the sandbox is seeded already"),
        Err(error) => return Err(error.explain()),
    }
    Ok(())
}
