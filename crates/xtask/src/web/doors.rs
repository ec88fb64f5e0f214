//! The page at the root: a plain list of the doors that lead into the apps.

use std::fs;

use super::{App, Mode, output, sizes};
use crate::process::{Outcome, file_error};
use crate::workspace::Workspace;

const PAGE: &str = "crates/ui/doors.html";
const FAVICON: &str = "crates/ui/static/favicon.svg";

/// Writes the page, dressed in the employee app's styles, when that app is there.
pub(super) fn write(workspace: &Workspace, mode: Mode) -> Outcome<()> {
    let assets = output(workspace).join(App::Employee.name()).join("assets");
    let Some(css) = fs::read_dir(&assets)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .find(|name| name.ends_with(".css"))
    else {
        return Ok(());
    };
    let source = workspace.path(PAGE);
    let html = fs::read_to_string(&source)
        .map_err(|error| file_error("read", &source, &error))?
        .replace("{{css}}", &format!("/employee/assets/{css}"));
    let page = output(workspace).join("index.html");
    fs::write(&page, html).map_err(|error| file_error("written", &page, &error))?;
    let (from, to) = (
        workspace.path(FAVICON),
        output(workspace).join("favicon.svg"),
    );
    fs::copy(&from, &to).map_err(|error| file_error("copied", &from, &error))?;
    sizes::compress(workspace, &[&page, &to], mode)
}
