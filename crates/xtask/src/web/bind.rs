//! From the compiled module to the JavaScript and WebAssembly the browser loads.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use super::{App, Mode, clear, tools};
use crate::process::{Outcome, capture, file_error};
use crate::workspace::Workspace;

/// The script that fetches sections, as the other scripts name it.
pub(super) const SECTIONS: &str = "./sections.js";
/// What the names of the sections' modules begin with.
pub(super) const SECTION: &str = "section-";

/// The files made from one compiled module.
pub(super) struct Bound {
    /// The glue code, which imports the module.
    pub(super) js: PathBuf,
    /// The module.
    pub(super) wasm: PathBuf,
    /// The script that fetches sections.
    pub(super) sections: PathBuf,
    /// The sections' modules.
    pub(super) section_modules: Vec<PathBuf>,
    /// Script files that crates bring along, if any.
    pub(super) snippets: Option<PathBuf>,
}

/// Makes the browser's files, and shrinks the module in a release.
pub(super) fn bind(workspace: &Workspace, app: App, mode: Mode) -> Outcome<Bound> {
    let target = workspace.wasm_target();
    let compiled = target
        .join("wasm32-unknown-unknown")
        .join(mode.profile())
        .join(format!("{}.wasm", app.package()));
    let folder = target.join("bound").join(mode.profile()).join(app.name());
    clear(&folder)?;
    let (whole, section_modules) = split(&compiled, app, &folder)?;
    Bindgen::new()
        .input_path(&whole)
        .out_name(app.name())
        .web(true)
        .map_err(|error| error.to_string())?
        // The sections share the table of functions.
        .keep_lld_exports(true)
        .typescript(false)
        .omit_default_module_path(true)
        .remove_producers_section(true)
        .keep_debug(false)
        .generate(&folder)
        .map_err(|error| format!("binding the {} app failed: {error:#}", app.name()))?;

    let wasm = folder.join(format!("{}_bg.wasm", app.name()));
    if mode == Mode::Release {
        for module in section_modules.iter().chain([&wasm]) {
            optimize(workspace, app, module)?;
        }
    }
    let snippets = folder.join("snippets");
    Ok(Bound {
        js: folder.join(format!("{}.js", app.name())),
        wasm,
        sections: folder.join(SECTIONS),
        section_modules,
        snippets: snippets.is_dir().then_some(snippets),
    })
}

/// Takes the sections that are fetched later out of a compiled module; gives back the module
/// without them, and theirs.
fn split(compiled: &Path, app: App, folder: &Path) -> Outcome<(PathBuf, Vec<PathBuf>)> {
    let whole = fs::read(compiled).map_err(|error| file_error("read", compiled, &error))?;
    let main = folder.join("main.wasm");
    let script = format!("./{}.js", app.name());
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = SECTIONS;
    options.main_module = &script;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| format!("splitting the {} app failed: {error:#}", app.name()))?;
    Ok((main, split.split_modules))
}

/// Makes the script that runs a compiled module in node.
pub(super) fn bind_for_node(compiled: &Path, folder: &Path, name: &str) -> Outcome<PathBuf> {
    clear(folder)?;
    Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .nodejs(true)
        .map_err(|error| error.to_string())?
        .typescript(false)
        .generate(folder)
        .map_err(|error| format!("binding {name} failed: {error:#}"))?;
    Ok(folder.join(format!("{name}.js")))
}

/// The module's own `target_features` section tells binaryen what it may use;
/// with `--all-features` it writes what browsers refuse.
fn optimize(workspace: &Workspace, app: App, wasm: &Path) -> Outcome<()> {
    let small = wasm.with_extension("small.wasm");
    capture(
        Command::new("node")
            .arg(tools(workspace).join("node_modules/binaryen/bin/wasm-opt"))
            // No address is reached by wrapping around into the first kilobyte: the stack ends
            // there, and data and heap lie above it.
            .args(["-Oz", "--low-memory-unused"])
            // Instances of one generic function side by side compress better. The names that
            // say so are not written.
            .arg("--reorder-functions-by-name")
            .arg(wasm)
            .arg("-o")
            .arg(&small),
        &format!("optimizing the {} app", app.name()),
    )?;
    fs::rename(&small, wasm).map_err(|error| file_error("moved", &small, &error))
}
