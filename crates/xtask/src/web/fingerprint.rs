//! Whether an app has to be built again.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

use super::{App, Mode, output};
use crate::process::{Outcome, file_error};
use crate::workspace::Workspace;

/// What an app is made of, apart from itself.
const INPUTS: [&str; 10] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "crates/client",
    "crates/domain",
    "crates/types",
    "crates/ui",
    "crates/xtask/package-lock.json",
    "crates/xtask/compress.mjs",
    "crates/xtask/src/web",
];

/// One value for the names, sizes and times of everything an app is made of.
pub(super) fn of(workspace: &Workspace, app: App, mode: Mode) -> Outcome<String> {
    let mut hash = Sha256::new();
    hash.update(mode.profile());
    for input in INPUTS.into_iter().chain([app.package()]) {
        add(&mut hash, &workspace.path(input))?;
    }
    Ok(hex::encode(hash.finalize()))
}

/// The value of the app in `dist/web`, if it is there whole.
pub(super) fn stored(workspace: &Workspace, app: App) -> Option<String> {
    let page = output(workspace).join(app.name()).join("index.html");
    page.is_file()
        .then(|| fs::read_to_string(stamp(workspace, app)).ok())
        .flatten()
}

/// Remembers the value an app was built from.
pub(super) fn store(workspace: &Workspace, app: App, value: &str) -> Outcome<()> {
    let path = stamp(workspace, app);
    fs::write(&path, value).map_err(|error| file_error("written", &path, &error))
}

/// Makes the next run build the app again.
pub(super) fn forget(workspace: &Workspace, app: App) {
    // Nothing to forget is as good as forgotten.
    drop(fs::remove_file(stamp(workspace, app)));
}

fn stamp(workspace: &Workspace, app: App) -> PathBuf {
    output(workspace).join(format!(".{}.made-from", app.name()))
}

fn add(hash: &mut Sha256, path: &Path) -> Outcome<()> {
    if path.is_dir() {
        let entries = fs::read_dir(path).map_err(|error| file_error("read", path, &error))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        return paths.iter().try_for_each(|path| add(hash, path));
    }
    let Ok(data) = fs::metadata(path) else {
        return Ok(());
    };
    let modified = data
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .map_or(0, |age| age.as_nanos());
    hash.update(path.to_string_lossy().as_bytes());
    hash.update(data.len().to_le_bytes());
    hash.update(modified.to_le_bytes());
    Ok(())
}
