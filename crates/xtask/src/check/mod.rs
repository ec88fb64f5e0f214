//! `cargo xtask test`: everything that has to hold before a change is taken.

mod counts;

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::cluster::{self, Cluster};
use crate::install;
use crate::process::{Outcome, file_error, find, note, run, run_watched, step, stopping};
use crate::server;
use crate::web::{self, App, Mode};
use crate::workspace::Workspace;
use counts::Counts;

/// The version that checks licences where the machine brings none.
const CARGO_DENY: &str = "0.20.2";

/// What happened so far.
struct Report {
    counts: Counts,
    failed: Vec<String>,
    took: Vec<(&'static str, u64)>,
}

impl Report {
    /// Runs a stage and goes on when it fails, so that one run shows everything.
    fn stage(
        &mut self,
        name: &'static str,
        work: impl FnOnce(&mut Counts) -> Outcome<()>,
    ) -> Outcome<()> {
        step(name);
        let started = Instant::now();
        let result = work(&mut self.counts);
        self.took.push((name, started.elapsed().as_secs()));
        if stopping() {
            return Err("stopped".into());
        }
        if let Err(message) = result {
            eprintln!("error: {message}");
            self.failed.push(message);
        }
        Ok(())
    }
}

/// The cluster the tests make their databases in.
pub(crate) struct Database {
    url: String,
    app_password: String,
    psql: PathBuf,
}

impl Database {
    /// A cluster of this checkout's own. The login belongs to the whole cluster, so everything that
    /// uses it must know it by the same password.
    pub(crate) fn of(cluster: &Cluster) -> Outcome<Self> {
        let app_password = server::app_password(cluster.folder())?;
        cluster.set_password(server::APP_LOGIN, &app_password)?;
        Ok(Self {
            url: cluster.url("postgres"),
            app_password,
            psql: cluster.psql(),
        })
    }

    /// The cluster that the environment names.
    fn given() -> Outcome<Self> {
        Ok(Self {
            url: env::var("SALUS_TEST_DATABASE_URL").map_err(|error| error.to_string())?,
            app_password: env::var("SALUS_TEST_APP_PASSWORD")
                .unwrap_or_else(|_| "salus-test".into()),
            psql: "psql".into(),
        })
    }
}

/// Runs every check; the last line says how many tests passed and failed.
pub(crate) fn run_all(workspace: &Workspace, install: bool) -> Outcome<()> {
    let own_cluster = env::var_os("SALUS_TEST_DATABASE_URL").is_none();
    install::ensure(
        &[
            install::node(),
            install::postgres(cluster::installed()),
            install::chromium(),
        ],
        install,
    )?;
    let mut report = Report {
        counts: Counts::default(),
        failed: Vec::new(),
        took: Vec::new(),
    };

    report.stage("Checking the format", |_| {
        run(
            cargo(workspace).args(["fmt", "--all", "--check"]),
            "cargo fmt",
        )
    })?;
    report.stage("Checking with clippy", |_| {
        run(
            cargo(workspace)
                .args(["clippy", "--workspace", "--all-targets", "--locked"])
                .args(["--", "-D", "warnings"]),
            "cargo clippy",
        )
    })?;
    report.stage("Checking licences and sources", |_| {
        let deny = install::cargo_tool(
            workspace,
            "cargo-deny",
            CARGO_DENY,
            "it checks the licences of everything that is shipped",
            install,
        )?;
        run(
            Command::new(deny)
                .current_dir(workspace.root())
                .args(["--locked", "check", "licenses", "bans", "sources"]),
            "cargo deny",
        )
    })?;

    let cluster = own_cluster.then(|| Cluster::start(workspace)).transpose()?;
    let database = match &cluster {
        Some(cluster) => Database::of(cluster)?,
        None => Database::given()?,
    };

    report.stage("Running the tests", |counts| {
        tests(workspace, &database, counts)
    })?;
    report.stage("Running the documented examples", |counts| {
        run_watched(
            cargo(workspace)
                .args(["test", "--workspace", "--locked", "--no-fail-fast", "--doc"])
                .env("SALUS_TEST_DATABASE_URL", &database.url),
            "cargo test --doc",
            |line| counts.cargo_test(line),
        )
    })?;
    report.stage("Building the apps", |_| {
        web::build_within_budget(workspace, &App::ALL, Mode::Release, install)
    })?;
    report.stage("Walking the journeys in a browser", |counts| {
        journeys(workspace, &database, install, counts)
    })?;
    drop(cluster);

    for (stage, seconds) in &report.took {
        note(&format!("{seconds:>5} s  {stage}"));
    }
    for message in &report.failed {
        note(&format!("failed: {message}"));
    }
    println!("{}", report.counts.line());
    if report.failed.is_empty() && report.counts.none_failed() {
        Ok(())
    } else {
        Err("not everything holds".into())
    }
}

/// The tests of every crate, by nextest where it is installed.
fn tests(workspace: &Workspace, database: &Database, counts: &mut Counts) -> Outcome<()> {
    let mut command = cargo(workspace);
    command
        .env("SALUS_TEST_DATABASE_URL", &database.url)
        .env("SALUS_TEST_APP_PASSWORD", &database.app_password);
    if let Some(programs) = database.psql.parent().filter(|p| p.is_absolute()) {
        command.env("SALUS_TEST_POSTGRES_PROGRAMS", programs);
    }
    if find("cargo-nextest").is_some() {
        command.args([
            "nextest",
            "run",
            "--workspace",
            "--locked",
            "--no-fail-fast",
        ]);
        command.args(["--status-level", "fail", "--final-status-level", "fail"]);
        run_watched(&mut command, "the tests", |line| counts.nextest(line))
    } else {
        command.args([
            "test",
            "--workspace",
            "--locked",
            "--no-fail-fast",
            "--all-targets",
        ]);
        run_watched(&mut command, "the tests", |line| counts.cargo_test(line))
    }
}

/// The journeys of `e2e/`, against the server of this checkout.
fn journeys(
    workspace: &Workspace,
    database: &Database,
    install: bool,
    counts: &mut Counts,
) -> Outcome<()> {
    let folder = workspace.path("e2e");
    install::npm(&folder, install)?;
    install::npm(&web::tools(workspace), install)?;
    // The tests' own build, which is there already; compiling the server alone
    // would choose other features for what it depends on, and so compile it anew.
    run(
        cargo(workspace).args(["build", "--workspace", "--tests", "--examples", "--locked"]),
        "compiling the server",
    )?;
    let binary = workspace.target().join("debug/salus");
    let corpus = workspace.target().join("debug/examples/corpus");
    let corpus_in_browser = web::corpus(workspace, Mode::Release, install)?;
    let report = workspace.target().join("journeys.tap");
    let result = run_watched(
        scripts(workspace, database)
            .args(["--test", "--test-concurrency=1"])
            .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
            .arg("--test-reporter=tap")
            .arg(format!("--test-reporter-destination={}", report.display()))
            .args(test_files(workspace)?)
            .env("E2E_SERVER", binary)
            .env("E2E_CORPUS", corpus)
            .env("E2E_CORPUS_WASM", corpus_in_browser),
        "the journeys",
        |_| {},
    );
    let text = fs::read_to_string(&report).unwrap_or_default();
    text.lines().for_each(|line| counts.tap(line));
    result
}

/// Node in `e2e/`, told where everything is.
pub(crate) fn scripts(workspace: &Workspace, database: &Database) -> Command {
    let mut node = Command::new("node");
    node.current_dir(workspace.path("e2e"))
        .env("E2E_DATABASE", &database.url)
        .env("E2E_APP_PASSWORD", &database.app_password)
        .env("E2E_PSQL", &database.psql)
        .env("E2E_WEB", web::output(workspace))
        .env("E2E_BROWSER", install::browser().unwrap_or_default());
    node
}

/// The tests' files by name: older versions of node expand no patterns.
fn test_files(workspace: &Workspace) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for part in ["e2e/checks", "e2e/journeys"] {
        let folder = workspace.path(part);
        let entries = fs::read_dir(&folder).map_err(|error| file_error("read", &folder, &error))?;
        files.extend(
            entries
                .flatten()
                .map(|entry| entry.path())
                .filter(|path| path.to_string_lossy().ends_with(".test.mjs")),
        );
    }
    files.sort();
    Ok(files)
}

fn cargo(workspace: &Workspace) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace.root());
    command
}
