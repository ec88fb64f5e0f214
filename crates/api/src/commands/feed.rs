//! `salus feed`

use super::CommandResult;
use crate::settings::Settings;

/// What can be done with HR files.
#[derive(clap::Subcommand)]
pub(crate) enum Command {}

pub(super) async fn run(_settings: Settings, command: Command) -> CommandResult {
    match command {}
}
