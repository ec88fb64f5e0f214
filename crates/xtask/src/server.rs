//! The `salus` program of this checkout.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::process::{Outcome, run};
use crate::workspace::Workspace;

/// Compiles the server and says where it is.
pub(crate) fn compile(workspace: &Workspace, release: bool) -> Outcome<PathBuf> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace.root()).args([
        "build",
        "--locked",
        "-p",
        "salus-api",
        "--bin",
        "salus",
    ]);
    if release {
        command.arg("--release");
    }
    run(&mut command, "compiling the server")?;
    let profile = if release { "release" } else { "debug" };
    Ok(workspace.target().join(profile).join("salus"))
}
