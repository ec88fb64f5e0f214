//! The browser apps: compile, bind, style, shrink, name, compress, measure.

mod assets;
mod bind;
mod compiler;
mod doors;
mod fingerprint;
mod icons;
mod sizes;
mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use clap::ValueEnum;

use crate::install;
use crate::process::{Outcome, file_error, note, step};
use crate::workspace::Workspace;

/// One of the three apps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum App {
    /// For employees and applicants.
    Employee,
    /// For supervisors.
    Supervisor,
    /// For the clinic and its administration.
    Admin,
}

impl App {
    /// Every app.
    pub(crate) const ALL: [Self; 3] = [Self::Employee, Self::Supervisor, Self::Admin];

    /// Its name in addresses and folders.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Supervisor => "supervisor",
            Self::Admin => "admin",
        }
    }

    /// Its cargo package, which is also its folder.
    pub(crate) fn package(self) -> &'static str {
        match self {
            Self::Employee => "frontend-employee",
            Self::Supervisor => "frontend-supervisor",
            Self::Admin => "frontend-admin",
        }
    }
}

/// How the apps are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Quick to build, large to load.
    Development,
    /// Small and precompressed.
    Release,
}

impl Mode {
    /// The mode that a `--release` switch means.
    pub(crate) fn from_release(release: bool) -> Self {
        if release {
            Self::Release
        } else {
            Self::Development
        }
    }

    fn profile(self) -> &'static str {
        match self {
            Self::Development => "wasm-dev",
            Self::Release => "wasm-release",
        }
    }
}

/// Builds apps as [`build`] does, and fails when one is larger than it may be.
pub(crate) fn build_within_budget(
    workspace: &Workspace,
    apps: &[App],
    mode: Mode,
    install: bool,
) -> Outcome<()> {
    let over = build(workspace, apps, mode, install)?;
    if over.is_empty() {
        Ok(())
    } else {
        Err(format!("over the size budget: {}", over.join("; ")))
    }
}

/// Builds apps into `dist/web/<app>`; what is up to date is left alone. Gives
/// back what is larger than it may be.
pub(crate) fn build(
    workspace: &Workspace,
    apps: &[App],
    mode: Mode,
    install: bool,
) -> Outcome<Vec<String>> {
    let mut stale = Vec::new();
    for app in apps {
        let current = fingerprint::of(workspace, *app, mode)?;
        if fingerprint::stored(workspace, *app).as_deref() != Some(current.as_str()) {
            stale.push((*app, current));
        }
    }
    if stale.is_empty() {
        step("The apps are up to date");
        return sizes::over_budget(workspace, apps, mode);
    }

    install::ensure(&[install::node()], install)?;
    let compiler = compiler::find(install)?;
    install::npm(&tools(workspace), install)?;

    let names: Vec<&str> = stale.iter().map(|(app, _)| app.name()).collect();
    step(&format!(
        "Compiling the apps ({}) with {}{}",
        names.join(", "),
        compiler.describe(),
        match mode {
            Mode::Release => "; the first time takes some minutes",
            Mode::Development => "",
        }
    ));
    let started = Instant::now();
    let chosen: Vec<App> = stale.iter().map(|(app, _)| *app).collect();
    compiler.compile(workspace, &chosen, mode)?;
    note(&format!("compiled in {} s", started.elapsed().as_secs()));

    step("Packing the apps");
    let started = Instant::now();
    let results: Vec<Outcome<sizes::Sizes>> = thread::scope(|scope| {
        let workers: Vec<_> = stale
            .iter()
            .map(|(app, _)| scope.spawn(|| pack(workspace, *app, mode)))
            .collect();
        workers
            .into_iter()
            .map(|worker| {
                worker
                    .join()
                    .unwrap_or_else(|_| Err("packing an app stopped unexpectedly".into()))
            })
            .collect()
    });
    for ((app, current), result) in stale.iter().zip(results) {
        result?.print(*app, mode);
        fingerprint::store(workspace, *app, current)?;
    }
    doors::write(workspace, mode)?;
    note(&format!("packed in {} s", started.elapsed().as_secs()));
    sizes::over_budget(workspace, apps, mode)
}

/// Builds the questionnaire engine's corpus as the apps are built; gives back the script that runs
/// it in node.
pub(crate) fn corpus(workspace: &Workspace, mode: Mode, install: bool) -> Outcome<PathBuf> {
    let compiler = compiler::find(install)?;
    compiler.compile_example(workspace, "salus-types", "corpus", mode)?;
    let target = workspace.wasm_target();
    let compiled = target
        .join("wasm32-unknown-unknown")
        .join(mode.profile())
        .join("examples/corpus.wasm");
    bind::bind_for_node(&compiled, &target.join("bound/corpus"), "corpus")
}

/// The folder whose npm packages build the apps.
pub(crate) fn tools(workspace: &Workspace) -> PathBuf {
    workspace.path("crates/xtask")
}

/// Where the server finds the apps.
pub(crate) fn output(workspace: &Workspace) -> PathBuf {
    workspace.path("dist/web")
}

/// From the compiled module to the folder that is served, swapped in whole at the end.
fn pack(workspace: &Workspace, app: App, mode: Mode) -> Outcome<sizes::Sizes> {
    let output = output(workspace);
    let fresh = output.join(format!(".{}.new", app.name()));
    clear(&fresh)?;
    let assets = assets::Assets::create(&fresh, app)?;

    let bound = bind::bind(workspace, app, mode)?;
    let css = assets::compile_styles(workspace, app, mode)?;
    assets.write(workspace, &bound, &css, mode)?;
    sizes::compress(workspace, &[&fresh], mode)?;
    let sizes = sizes::measure(&fresh)?;

    let served = output.join(app.name());
    let old = output.join(format!(".{}.old", app.name()));
    clear(&old)?;
    if served.exists() {
        fs::rename(&served, &old).map_err(|error| file_error("moved", &served, &error))?;
    }
    fs::rename(&fresh, &served).map_err(|error| file_error("moved", &fresh, &error))?;
    clear(&old)?;
    Ok(sizes)
}

/// Removes a folder if it is there.
fn clear(folder: &Path) -> Outcome<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| file_error("removed", folder, &error))?;
    }
    Ok(())
}
