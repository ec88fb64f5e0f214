//! `cargo xtask prove`: the long harnesses of `e2e/proofs`, each against a server of this checkout.

use std::path::PathBuf;

use crate::check::{self, Database};
use crate::cluster::{self, Cluster};
use crate::install;
use crate::process::{Outcome, run, step};
use crate::server;
use crate::web;
use crate::workspace::Workspace;

/// What can be proven.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Proof {
    /// Processes killed while people work: nothing acknowledged is lost or done twice.
    Crash,
    /// The document of the API holds for random requests and for generated clients.
    Contract,
    /// Floods, slow peers and a stopped database: refused in order, and soon normal again.
    Overload,
    /// A backup becomes an installation again.
    Restore,
}

impl Proof {
    fn script(self) -> &'static str {
        match self {
            Self::Crash => "crash.mjs",
            Self::Contract => "contract.mjs",
            Self::Overload => "overload.mjs",
            Self::Restore => "restore.mjs",
        }
    }
}

/// Runs a harness with what it takes from the command line.
pub(crate) fn prove(
    workspace: &Workspace,
    proof: Proof,
    arguments: &[String],
    install: bool,
) -> Outcome<()> {
    install::ensure(
        &[install::node(), install::postgres(cluster::installed())],
        install,
    )?;
    let folder = workspace.path("e2e");
    install::npm(&folder, install)?;
    install::npm(&web::tools(workspace), install)?;
    step("Compiling the server; the first time takes some minutes");
    let binary = server::compile(workspace, true)?;
    let cluster = Cluster::start(workspace)?;
    let database = Database::of(&cluster)?;
    run(
        check::scripts(workspace, &database)
            .arg(PathBuf::from("proofs").join(proof.script()))
            .args(arguments)
            .env("E2E_SERVER", binary),
        "the proof",
    )
}
