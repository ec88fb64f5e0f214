//! What a command needs from the machine, and installing what is missing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{Outcome, answer, find, note, run, step, succeeds};
use crate::workspace::Workspace;

/// Something the machine has to have.
pub(crate) struct Need {
    /// What it is, for the person at the terminal.
    pub(crate) what: &'static str,
    /// What it is for.
    pub(crate) why: &'static str,
    /// Debian packages that bring it.
    pub(crate) debian: Vec<String>,
    /// How to get it on macOS.
    pub(crate) macos: &'static str,
    /// Whether it is there already.
    pub(crate) present: bool,
}

/// Node and npm.
pub(crate) fn node() -> Need {
    let version = answer(Command::new("node").arg("--version"));
    let recent = version
        .as_deref()
        .and_then(|text| text.trim_start_matches('v').split('.').next())
        .and_then(|major| major.parse::<u32>().ok())
        .is_some_and(|major| major >= 18);
    Need {
        what: "Node 18 or later, with npm",
        why: "it compiles the styles, optimizes the apps, catches mail and drives the browser tests",
        debian: vec!["nodejs".into(), "npm".into()],
        macos: "brew install node",
        present: recent && find("npm").is_some(),
    }
}

/// PostgreSQL's programs, when no server was named in `DATABASE_URL`.
pub(crate) fn postgres(present: bool) -> Need {
    Need {
        what: "PostgreSQL's programs",
        why: "a private database cluster for development runs from them (set DATABASE_URL to use a server of yours instead)",
        debian: vec!["postgresql".into(), "postgresql-contrib".into()],
        macos: "brew install postgresql@17",
        present,
    }
}

/// A load generator.
pub(crate) fn wrk() -> Need {
    Need {
        what: "wrk",
        why: "the benchmark sends its requests with it",
        debian: vec!["wrk".into()],
        macos: "brew install wrk",
        present: find("wrk").is_some(),
    }
}

/// A browser for the end-to-end tests.
pub(crate) fn chromium() -> Need {
    Need {
        what: "Chromium",
        why: "the end-to-end tests run the apps in a real browser",
        debian: vec!["chromium".into()],
        macos: "brew install --cask chromium",
        present: browser().is_some(),
    }
}

/// The browser the end-to-end tests use.
pub(crate) fn browser() -> Option<std::path::PathBuf> {
    let on_path = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(find);
    on_path.or_else(|| {
        [
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        ]
        .into_iter()
        .map(std::path::PathBuf::from)
        .find(|path| path.is_file())
    })
}

/// Makes sure that everything is there: installs what is missing where that is
/// possible and allowed, and otherwise says exactly what to do.
pub(crate) fn ensure(needs: &[Need], install: bool) -> Outcome<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !need.present).collect();
    if missing.is_empty() {
        return Ok(());
    }
    step("Some tools are missing");
    for need in &missing {
        note(&format!("{}: {}", need.what, need.why));
    }
    let packages: Vec<&str> = missing
        .iter()
        .flat_map(|need| need.debian.iter().map(String::as_str))
        .collect();
    if cfg!(target_os = "macos") {
        for need in &missing {
            note(&format!("install it with: {}", need.macos));
        }
        return Err("install the tools above, then run the command again".into());
    }
    if find("apt-get").is_none() {
        return Err(format!(
            "this is not a Debian system: install the equivalents of {} yourself, then run the command again",
            packages.join(" ")
        ));
    }
    if !install {
        return Err(format!(
            "nothing was installed; to do it: apt-get update && apt-get install -y {}",
            packages.join(" ")
        ));
    }
    apt(&packages)
}

/// Installs Debian packages.
pub(crate) fn apt(packages: &[&str]) -> Outcome<()> {
    step(&format!("Installing {}", packages.join(" ")));
    if !lists_are_fresh() {
        refresh_lists()?;
    }
    let install = |packages: &[&str]| {
        run(
            privileged("apt-get")
                .env("DEBIAN_FRONTEND", "noninteractive")
                .args([
                    "-qq",
                    "-y",
                    "-o",
                    "Dpkg::Use-Pty=0",
                    "--no-install-recommends",
                    "install",
                ])
                .args(packages)
                .stdout(std::process::Stdio::null()),
            "installing the packages",
        )
    };
    install(packages).or_else(|_| {
        refresh_lists()?;
        install(packages)
    })
}

/// A program run with the right to install packages.
fn privileged(program: &str) -> Command {
    let root = answer(Command::new("id").arg("-u")).as_deref() == Some("0");
    if root {
        Command::new(program)
    } else {
        let mut command = Command::new("sudo");
        command.arg(program);
        command
    }
}

/// Whether the package lists were fetched within the last day.
fn lists_are_fresh() -> bool {
    let lists = Path::new("/var/lib/apt/lists");
    let some_list = fs::read_dir(lists).is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().contains("_Packages"))
    });
    let recent = fs::metadata(lists)
        .and_then(|data| data.modified())
        .is_ok_and(|time| time.elapsed().is_ok_and(|age| age.as_secs() < 86_400));
    some_list && recent
}

/// Installs the npm packages a folder's lock file names, unless they are there already.
pub(crate) fn npm(folder: &Path, install: bool) -> Outcome<()> {
    let lock = folder.join("package-lock.json");
    let wanted =
        fs::read(&lock).map_err(|error| crate::process::file_error("read", &lock, &error))?;
    let stamp = folder.join("node_modules/.installed-from");
    if fs::read(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    let shown = folder.display();
    if !install {
        return Err(format!(
            "the npm packages of {shown} are not installed; to do it: npm ci --prefix {shown}"
        ));
    }
    step(&format!("Installing the npm packages of {shown}"));
    run(
        Command::new("npm")
            .args([
                "ci",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--loglevel=error",
            ])
            .current_dir(folder)
            .stdout(std::process::Stdio::null()),
        "npm ci",
    )?;
    fs::write(&stamp, wanted).map_err(|error| crate::process::file_error("written", &stamp, &error))
}

/// Python with its own environments, for the tools that read and test the API's document.
pub(crate) fn python() -> Need {
    let recent = succeeds(
        Command::new("python3")
            .args([
                "-c",
                "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))",
            ])
            .stderr(std::process::Stdio::null()),
    );
    Need {
        what: "Python 3.11 or later, with venv",
        why: "the tools that test the API's document and make a Python client from it are Python programs",
        debian: vec!["python3".into(), "python3-venv".into()],
        macos: "brew install python",
        present: recent,
    }
}

/// An environment in the build folder with the packages a file pins, and nothing else; gives back
/// its Python.
pub(crate) fn python_packages(
    workspace: &Workspace,
    requirements: &Path,
    why: &str,
    install: bool,
) -> Outcome<PathBuf> {
    let wanted = fs::read(requirements)
        .map_err(|error| crate::process::file_error("read", requirements, &error))?;
    let folder = workspace.target().join("python");
    let python = folder.join("bin/python");
    let stamp = folder.join(".installed-from");
    if fs::read(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(python);
    }
    let (listed, shown) = (requirements.display(), folder.display());
    if !install {
        return Err(format!(
            "the Python packages of {listed} are not installed ({why}); to do it: \
             python3 -m venv --clear {shown} && {shown}/bin/python -m pip install --no-deps -r {listed}"
        ));
    }
    step(&format!(
        "Installing the Python packages of {listed}: {why}"
    ));
    run(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
        "python3 -m venv",
    )?;
    run(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--no-deps"])
            .args(["--disable-pip-version-check", "--only-binary", ":all:"])
            .arg("--requirement")
            .arg(requirements),
        "pip install",
    )?;
    fs::write(&stamp, wanted)
        .map_err(|error| crate::process::file_error("written", &stamp, &error))?;
    Ok(python)
}

/// A program of cargo's registry: the machine's own, else one of this version kept in the build folder.
pub(crate) fn cargo_tool(
    workspace: &Workspace,
    name: &str,
    version: &str,
    why: &str,
    install: bool,
) -> Outcome<PathBuf> {
    if let Some(found) = find(name) {
        return Ok(found);
    }
    let folder = workspace.target().join("tools").join(version);
    let program = folder.join("bin").join(name);
    if program.is_file() {
        return Ok(program);
    }
    let package = format!("{name}@{version}");
    if !install {
        return Err(format!(
            "{name} is not installed ({why}); to do it: cargo install --locked {package}"
        ));
    }
    step(&format!("Installing {name}: {why}"));
    run(
        Command::new("cargo")
            .args(["install", "--quiet", "--locked", "--root"])
            .arg(&folder)
            .arg(&package)
            .current_dir(workspace.root())
            .env_remove("CARGO_TARGET_DIR"),
        "cargo install",
    )?;
    Ok(program)
}

/// Whether Debian offers a package.
pub(crate) fn debian_offers(package: &str) -> bool {
    find("apt-cache").is_some()
        && answer(Command::new("apt-cache").args(["policy", package])).is_some_and(|text| {
            text.lines()
                .any(|line| line.trim().starts_with("Candidate:") && !line.contains("(none)"))
        })
}

/// Whether this machine installs with apt.
pub(crate) fn find_apt() -> bool {
    find("apt-get").is_some()
}

/// Fetches the lists of packages.
pub(crate) fn refresh_lists() -> Outcome<()> {
    run(
        privileged("apt-get").args(["-qq", "update"]),
        "refreshing the package lists",
    )
}

/// Adds the standard library's source, where rustup can; the apps are larger without it.
pub(crate) fn rustup_library() {
    if !succeeds(Command::new("rustup").args(["component", "add", "rust-src"])) {
        note("rustup could not add rust-src");
    }
}

/// Whether rustup can add a target here.
pub(crate) fn rustup_target(target: &str) -> bool {
    find("rustup").is_some() && succeeds(Command::new("rustup").args(["target", "add", target]))
}
