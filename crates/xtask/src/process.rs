//! Running other programs, and saying what happens.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What a step gives back; the error is one sentence for the person at the terminal.
pub(crate) type Outcome<T> = Result<T, String>;

/// Announces a step that may take a while.
pub(crate) fn step(text: &str) {
    eprintln!("==> {text}");
}

/// A line of detail below a step.
pub(crate) fn note(text: &str) {
    eprintln!("    {text}");
}

/// Runs a program whose output goes to the terminal.
pub(crate) fn run(command: &mut Command, what: &str) -> Outcome<()> {
    let status = command
        .status()
        .map_err(|error| format!("{what}: {} cannot be started: {error}", name(command)))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{what} failed ({status})"))
    }
}

/// Runs a program and gives back what it wrote; its errors are shown only when it fails.
pub(crate) fn capture(command: &mut Command, what: &str) -> Outcome<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{what}: {} cannot be started: {error}", name(command)))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    eprint!("{}", String::from_utf8_lossy(&output.stdout));
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    Err(format!("{what} failed ({})", output.status))
}

/// Runs a program silently and says whether it succeeded.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What a program writes, or nothing when it is missing or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where a program is on PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

/// Wraps the cause of a file operation into one sentence.
pub(crate) fn file_error(what: &str, path: &std::path::Path, error: &std::io::Error) -> String {
    format!("{} cannot be {what}: {error}", path.display())
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
