//! Compressing what is served, and holding it to its budget.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{App, Mode, output, tools};
use crate::process::{Outcome, capture, file_error, note};
use crate::workspace::Workspace;

const KIB: u64 = 1024;

/// Bytes sent to a browser that loads the app, compressed in a release.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sizes {
    total: u64,
    css: u64,
    js: u64,
    wasm: u64,
}

/// Writes the `.br` and `.gz` files beside the originals in a release, and adds up the sizes.
pub(super) fn compress_and_measure(
    workspace: &Workspace,
    folder: &Path,
    mode: Mode,
) -> Outcome<Sizes> {
    let mut command = Command::new("node");
    command
        .arg(tools(workspace).join("compress.mjs"))
        .arg(folder);
    if mode == Mode::Development {
        command.arg("--measure-only");
    }
    let text = capture(&mut command, "compressing the app")?;
    let value: Value = serde_json::from_str(&text)
        .map_err(|error| format!("compressing the app gave no sizes: {error}"))?;
    let size = |name: &str| value.get(name).and_then(Value::as_u64).unwrap_or_default();
    Ok(Sizes {
        total: size("total"),
        css: size("css"),
        js: size("js"),
        wasm: size("wasm"),
    })
}

/// What is larger than it may be among built apps, in words.
pub(super) fn over_budget(workspace: &Workspace, apps: &[App], mode: Mode) -> Outcome<Vec<String>> {
    if mode == Mode::Development {
        return Ok(Vec::new());
    }
    let mut over = Vec::new();
    for app in apps {
        over.extend(sent(&output(workspace).join(app.name()))?.over_budget(*app));
    }
    Ok(over)
}

/// Bytes that the built app's compressed files take.
fn sent(folder: &Path) -> Outcome<Sizes> {
    let mut sizes = Sizes::default();
    let entries = fs::read_dir(folder).map_err(|error| file_error("read", folder, &error))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            let inner = sent(&path)?;
            sizes.total += inner.total;
            sizes.css += inner.css;
            sizes.js += inner.js;
            sizes.wasm += inner.wasm;
            continue;
        }
        let name = path.to_string_lossy().into_owned();
        let length = fs::metadata(&path).map_or(0, |data| data.len());
        let Some(original) = name.strip_suffix(".br") else {
            continue;
        };
        sizes.total += length;
        match original.rsplit('.').next() {
            Some("css") => sizes.css += length,
            Some("js") => sizes.js += length,
            Some("wasm") => sizes.wasm += length,
            _ => {}
        }
    }
    Ok(sizes)
}

/// Writes the compressed copies of some files in a release.
pub(super) fn compress(workspace: &Workspace, files: &[&Path], mode: Mode) -> Outcome<()> {
    if mode == Mode::Development {
        return Ok(());
    }
    capture(
        Command::new("node")
            .arg(tools(workspace).join("compress.mjs"))
            .args(files),
        "compressing",
    )
    .map(drop)
}

impl Sizes {
    /// One line for the terminal.
    pub(super) fn print(&self, app: App, mode: Mode) {
        note(&format!(
            "{:<10} {:>5} KiB{} (module {}, script {}, styles {})",
            app.name(),
            kib(self.total),
            match mode {
                Mode::Release => " brotli",
                Mode::Development => "",
            },
            kib(self.wasm),
            kib(self.js),
            kib(self.css),
        ));
    }

    /// What is larger than it may be, in words.
    fn over_budget(&self, app: App) -> Vec<String> {
        let whole = match app {
            App::Employee | App::Supervisor => 350,
            App::Admin => 550,
        };
        [
            ("in all", self.total, whole),
            ("styles", self.css, 20),
            ("script", self.js, 30),
        ]
        .into_iter()
        .filter(|(_, size, allowed)| *size > allowed * KIB)
        .map(|(what, size, allowed)| {
            format!("{} {what} {} KiB of {allowed}", app.name(), kib(size))
        })
        .collect()
    }
}

fn kib(bytes: u64) -> u64 {
    bytes.div_ceil(KIB)
}

#[cfg(test)]
mod tests {
    use super::{App, Sizes};

    #[test]
    fn an_app_over_its_budget_is_named_with_its_size() {
        let sizes = Sizes {
            total: 351 * 1024,
            css: 20 * 1024,
            js: 31 * 1024,
            wasm: 0,
        };
        assert_eq!(
            sizes.over_budget(App::Employee),
            [
                "employee in all 351 KiB of 350",
                "employee script 31 KiB of 30"
            ]
        );
        assert_eq!(sizes.over_budget(App::Admin), ["admin script 31 KiB of 30"]);
    }
}
