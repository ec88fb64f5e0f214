//! `cargo xtask prove` and `bench`: the long harnesses of `e2e/proofs` and `e2e/bench`, against a
//! server of this checkout.

use std::path::PathBuf;

use crate::check::{self, Database};
use crate::cluster::{self, Cluster};
use crate::install;
use crate::process::{Outcome, run, step};
use crate::server;
use crate::web::{self, App, Mode};
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
    /// Of 64 who want one thing at once as many get it as may.
    Races,
    /// A backup becomes an installation again.
    Restore,
}

impl Proof {
    fn needs_python(self) -> bool {
        matches!(self, Self::Contract)
    }

    fn script(self) -> &'static str {
        match self {
            Self::Crash => "crash.mjs",
            Self::Contract => "contract.mjs",
            Self::Overload => "overload.mjs",
            Self::Races => "races.mjs",
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
    let mut needs = vec![install::node(), install::postgres(cluster::installed())];
    needs.extend(proof.needs_python().then(install::python));
    install::ensure(&needs, install)?;
    let folder = workspace.path("e2e");
    install::npm(&folder, install)?;
    install::npm(&web::tools(workspace), install)?;
    let python = proof
        .needs_python()
        .then(|| {
            let requirements = folder.join("requirements.txt");
            let why = "they send random requests and make a client from the API's document";
            install::python_packages(workspace, &requirements, why, install)
        })
        .transpose()?;
    step("Compiling the server; the first time takes some minutes");
    let (binary, _) = server::compile_for_load(workspace)?;
    let cluster = Cluster::start(workspace)?;
    let database = Database::of(&cluster)?;
    run(
        check::scripts(workspace, &database)
            .arg(PathBuf::from("proofs").join(proof.script()))
            .args(arguments)
            .env("E2E_SERVER", binary)
            .env("E2E_PYTHON", python.unwrap_or_default()),
        "the proof",
    )
}

/// Measures the released server and apps; `arguments` go to `e2e/bench/bench.mjs`.
pub(crate) fn bench(workspace: &Workspace, arguments: &[String], install: bool) -> Outcome<()> {
    install::ensure(
        &[
            install::node(),
            install::postgres(cluster::installed()),
            install::wrk(),
            install::chromium(),
        ],
        install,
    )?;
    install::npm(&workspace.path("e2e"), install)?;
    install::npm(&web::tools(workspace), install)?;
    web::build_within_budget(workspace, &App::ALL, Mode::Release, install)?;
    step("Compiling the server; the first time takes some minutes");
    let (binary, sessions) = server::compile_for_load(workspace)?;
    let cluster = Cluster::start(workspace)?;
    run(
        check::scripts(workspace, &Database::of(&cluster)?)
            .arg("bench/bench.mjs")
            .args(arguments)
            .env("E2E_SERVER", binary)
            .env("E2E_SESSIONS", sessions),
        "the benchmark",
    )
}
