//! `salus audit`

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::CommandResult;
use crate::audit::checkpoints::{self, Signer};
use crate::audit::sealer;
use crate::server;
use crate::settings::Settings;

/// What can be done with the audit trail.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Check that nothing of the sealed trail was changed, removed or added.
    Verify(Verify),
}

/// Arguments of `salus audit verify`.
#[derive(clap::Args)]
pub(crate) struct Verify {
    /// A copy of the checkpoints that was kept outside the database; the file of the setting
    /// `audit_checkpoints` where none is named.
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
}

/// Further findings are counted only.
const SHOWN: usize = 50;

pub(super) async fn run(settings: Settings, command: Command) -> CommandResult {
    let Command::Verify(Verify { checkpoint }) = command;
    let usual = settings.audit_checkpoints.clone();
    let file = checkpoint.or(usual.filter(|file| file.is_file()));
    let state = server::build_state(settings)
        .await
        .map_err(|e| e.to_string())?;
    let noted = match &file {
        Some(file) => {
            let signer = Signer::new(&state.key_file).map_err(|e| e.explain())?;
            checkpoints::read(file, &signer)?
        }
        None => BTreeMap::new(),
    };
    let report = sealer::verify(&state, &noted)
        .await
        .map_err(|e| e.explain())?;
    println!("blocks       {}", report.blocks);
    println!("events       {}", report.events);
    println!("not sealed   {}", report.waiting);
    match &file {
        Some(file) => println!("checkpoints  {} of {}", noted.len(), file.display()),
        None => println!("checkpoints  none: who can sign can have sealed anew"),
    }
    for broken in report.broken.iter().take(SHOWN) {
        println!("broken       {broken}");
    }
    match report.broken.len() {
        0 => {
            println!("whole");
            Ok(())
        }
        1 => Err("the audit trail is broken in one place".to_owned()),
        found => Err(format!("the audit trail is broken in {found} places")),
    }
}
