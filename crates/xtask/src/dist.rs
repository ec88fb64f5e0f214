//! What leaves the checkout: the installation, and the document of the API.

use std::fs;
use std::process::Command;

use crate::process::{Outcome, capture, file_error, note, step};
use crate::server;
use crate::web::{self, App, Mode};
use crate::workspace::Workspace;

/// Builds the server and the apps for an installation.
pub(crate) fn dist(workspace: &Workspace, install: bool) -> Outcome<()> {
    web::build_within_budget(workspace, &App::ALL, Mode::Release, install)?;
    step("Compiling the server for an installation");
    let binary = server::compile(workspace, true)?;
    let to = workspace.path("dist/salus");
    // Written beside and moved, because a running program cannot be written over.
    let fresh = workspace.path("dist/.salus.new");
    let bytes = fs::copy(&binary, &fresh).map_err(|error| file_error("copied", &binary, &error))?;
    fs::rename(&fresh, &to).map_err(|error| file_error("moved", &fresh, &error))?;
    note(&format!(
        "dist/salus ({} MiB) and dist/web; start it with SALUS_APPS=dist/web",
        bytes.div_ceil(1024 * 1024)
    ));
    Ok(())
}

/// Writes the committed document of the API from the server itself.
pub(crate) fn openapi(workspace: &Workspace) -> Outcome<()> {
    let binary = server::compile(workspace, false)?;
    let document = capture(Command::new(binary).arg("openapi"), "writing the document")?;
    let path = workspace.path("openapi/salus.v1.json");
    if fs::read_to_string(&path).is_ok_and(|committed| committed == document) {
        step("openapi/salus.v1.json is up to date");
        return Ok(());
    }
    fs::write(&path, document).map_err(|error| file_error("written", &path, &error))?;
    step("openapi/salus.v1.json was written anew");
    Ok(())
}
