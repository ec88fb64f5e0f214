//! Finding PostgreSQL's programs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{Outcome, find as on_path};

/// Whether there are any.
pub(crate) fn installed() -> bool {
    find(None).is_ok()
}

/// The folder of the programs: of one major version where data of that version
/// exists, else of the newest.
pub(super) fn find(version: Option<&str>) -> Outcome<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for base in ["/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt"] {
        for entry in fs::read_dir(base).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let number = name.strip_prefix("postgresql@").unwrap_or(&name);
            if let Ok(number) = number.parse() {
                found.push((number, entry.path().join("bin")));
            }
        }
    }
    found.retain(|(_, folder)| complete(folder));
    found.sort();
    let fitting = match version {
        Some(version) => found
            .into_iter()
            .find(|(number, _)| number.to_string() == version),
        None => found.pop(),
    };
    let elsewhere = || {
        let folder = on_path("initdb")?.parent()?.to_path_buf();
        (version.is_none() && complete(&folder)).then_some(folder)
    };
    fitting
        .map(|(_, folder)| folder)
        .or_else(elsewhere)
        .ok_or_else(|| match version {
            Some(version) => format!(
                "the cluster in .data was made by PostgreSQL {version}, whose programs are not installed"
            ),
            None => "PostgreSQL's programs (initdb, pg_ctl, psql) are not installed".into(),
        })
}

fn complete(folder: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres", "psql"]
        .into_iter()
        .all(|program| folder.join(program).is_file())
}
