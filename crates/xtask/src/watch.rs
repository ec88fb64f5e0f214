//! Noticing that files changed, by their names, sizes and times.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

use crate::process::{Outcome, file_error};
use crate::workspace::Workspace;

/// What every app is made of, apart from its own folder.
pub(crate) const APP_INPUTS: [&str; 11] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "crates/client",
    "crates/domain",
    "crates/messages",
    "crates/types",
    "crates/ui",
    "crates/xtask/package-lock.json",
    "crates/xtask/compress.mjs",
    "crates/xtask/src/web",
];

const APPS: [&str; 3] = ["frontend-employee", "frontend-supervisor", "frontend-admin"];

/// What the server is made of.
const SERVER_INPUTS: [&str; 8] = [
    "Cargo.lock",
    "Cargo.toml",
    "crates/api",
    "crates/documents",
    "crates/domain",
    "crates/store",
    "crates/types",
    "migrations",
];

/// One value for the state of a set of files and folders.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct State(String);

impl State {
    /// Of the three apps.
    pub(crate) fn of_apps(workspace: &Workspace) -> Outcome<Self> {
        Self::of(workspace, APP_INPUTS.into_iter().chain(APPS))
    }

    /// Of the server.
    pub(crate) fn of_server(workspace: &Workspace) -> Outcome<Self> {
        Self::of(workspace, SERVER_INPUTS)
    }

    /// Of some paths below the checkout.
    pub(crate) fn of<'a>(
        workspace: &Workspace,
        inputs: impl IntoIterator<Item = &'a str>,
    ) -> Outcome<Self> {
        let mut hash = Sha256::new();
        for input in inputs {
            add(&mut hash, &workspace.path(input))?;
        }
        Ok(Self(hex::encode(hash.finalize())))
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn add(hash: &mut Sha256, path: &Path) -> Outcome<()> {
    if path.is_dir() {
        let entries = fs::read_dir(path).map_err(|error| file_error("read", path, &error))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        return paths.iter().try_for_each(|path| add(hash, path));
    }
    // A file that is not there, or no longer, counts as nothing.
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

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::add;

    #[test]
    fn a_longer_file_and_a_new_file_both_change_the_state() {
        let folder = std::env::temp_dir().join(format!("xtask-watch-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let state = || {
            let mut hash = Sha256::new();
            add(&mut hash, &folder).unwrap();
            hex::encode(hash.finalize())
        };
        std::fs::write(folder.join("a"), "1").unwrap();
        let first = state();
        assert_eq!(state(), first);
        std::fs::write(folder.join("a"), "12").unwrap();
        let second = state();
        assert_ne!(second, first);
        std::fs::write(folder.join("b"), "1").unwrap();
        assert_ne!(state(), second);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
