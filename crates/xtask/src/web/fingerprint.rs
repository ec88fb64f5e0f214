//! Whether an app has to be built again.

use std::fs;
use std::path::PathBuf;

use super::{App, Mode, output};
use crate::process::{Outcome, file_error};
use crate::watch::{APP_INPUTS, State};
use crate::workspace::Workspace;

/// One value for the names, sizes and times of everything an app is made of.
pub(super) fn of(workspace: &Workspace, app: App, mode: Mode) -> Outcome<String> {
    let inputs = APP_INPUTS.into_iter().chain([app.package()]);
    let state = State::of(workspace, inputs)?;
    Ok(format!("{} {state}", mode.profile()))
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

fn stamp(workspace: &Workspace, app: App) -> PathBuf {
    output(workspace).join(format!(".{}.made-from", app.name()))
}
