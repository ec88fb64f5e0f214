//! PostgreSQL's own programs, which make and read dumps.

use salus_store::database::password_of;
use std::io::ErrorKind;
use std::path::Path;
use tokio::process::Command;

use crate::settings::Settings;

/// The most lines of a program's complaint that are passed on.
const LINES: usize = 4;

/// Dumps the database as a snapshot shows it.
///
/// # Errors
/// One line with what the program said.
pub async fn dump(settings: &Settings, url: &str, snapshot: &str, to: &Path) -> Result<(), String> {
    let mut command = program(settings, "pg_dump", url);
    command
        .arg("--format=custom")
        .arg(format!("--snapshot={snapshot}"))
        .arg("--file")
        .arg(to);
    run("pg_dump", command).await
}

/// Restores a dump into an empty database: all of it or nothing.
///
/// # Errors
/// One line with what the program said.
pub async fn restore(settings: &Settings, url: &str, from: &Path) -> Result<(), String> {
    let mut command = program(settings, "pg_restore", url);
    command
        .arg("--single-transaction")
        .arg("--exit-on-error")
        .arg(from);
    run("pg_restore", command).await
}

/// A program that connects to the database. Its password is handed over where other users of the
/// machine do not see it.
fn program(settings: &Settings, name: &str, url: &str) -> Command {
    let mut command = match &settings.postgres_programs {
        Some(folder) => Command::new(folder.join(name)),
        None => Command::new(name),
    };
    let mut shown = url.to_owned();
    if let Ok(mut parts) = url::Url::parse(url)
        && let Some(password) = password_of(url)
        && parts.set_password(None).is_ok()
    {
        command.env("PGPASSWORD", password);
        shown = parts.to_string();
    }
    command
        .arg("--no-password")
        .arg(format!("--dbname={shown}"))
        .env("LC_ALL", "C")
        .kill_on_drop(true);
    command
}

async fn run(name: &str, mut command: Command) -> Result<(), String> {
    let output = command.output().await.map_err(|e| match e.kind() {
        ErrorKind::NotFound => format!(
            "{name} is not there; install PostgreSQL's client programs, or name their folder in the setting \
             postgres_programs (SALUS_POSTGRES_PROGRAMS)"
        ),
        _ => format!("{name} cannot be run ({e})"),
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = said.lines().take(LINES).collect();
    Err(match lines.as_slice() {
        [] => format!("{name} ended with {}", output.status),
        lines => lines.join("; "),
    })
}
