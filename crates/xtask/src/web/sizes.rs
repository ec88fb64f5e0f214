//! Compressing what is served, and holding it to its budget.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::{App, Mode, bind, output, tools, words};
use crate::process::{Outcome, capture, file_error, note};
use crate::workspace::Workspace;

const KIB: u64 = 1024;

/// Bytes one browser fetches that opens the app, compressed in a release: the
/// page, styles, script, module, pictures, and the words of one language (the
/// longest one counts). What its sections add, when their pages are opened, is
/// counted apart.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sizes {
    total: u64,
    css: u64,
    js: u64,
    wasm: u64,
    words: u64,
    sections: u64,
}

/// What is larger than it may be among built apps, in words.
pub(super) fn over_budget(workspace: &Workspace, apps: &[App], mode: Mode) -> Outcome<Vec<String>> {
    if mode == Mode::Development {
        return Ok(Vec::new());
    }
    let mut over = Vec::new();
    for app in apps {
        over.extend(measure(&output(workspace).join(app.name()))?.over_budget(*app));
    }
    Ok(over)
}

/// Adds up the files of a built app; where there is a compressed copy, that one counts.
pub(super) fn measure(folder: &Path) -> Outcome<Sizes> {
    let mut sizes = Sizes::default();
    sizes.add_folder(folder)?;
    sizes.total += sizes.words;
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
    fn add_folder(&mut self, folder: &Path) -> Outcome<()> {
        let entries = fs::read_dir(folder).map_err(|error| file_error("read", folder, &error))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                self.add_folder(&path)?;
                continue;
            }
            let kind = extension(&path);
            if kind == "br" || kind == "gz" {
                continue;
            }
            let small = path.with_extension(format!("{kind}.br"));
            let sent = if small.is_file() { &small } else { &path };
            let length = fs::metadata(sent).map_err(|error| file_error("read", sent, &error))?;
            self.add(&path, length.len());
        }
        Ok(())
    }

    fn add(&mut self, path: &Path, length: u64) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(words::NAME) {
            self.words = self.words.max(length);
            return;
        }
        if name.starts_with(bind::SECTION) {
            self.sections += length;
            return;
        }
        self.total += length;
        match extension(path) {
            "css" => self.css += length,
            "js" => self.js += length,
            "wasm" => self.wasm += length,
            _ => {}
        }
    }

    /// One line for the terminal.
    pub(super) fn print(&self, app: App, mode: Mode) {
        note(&format!(
            "{:<10} {:>5} KiB{} (module {}, words {}, script {}, styles {}), sections {}",
            app.name(),
            kib(self.total),
            match mode {
                Mode::Release => " brotli",
                Mode::Development => "",
            },
            kib(self.wasm),
            kib(self.words),
            kib(self.js),
            kib(self.css),
            kib(self.sections),
        ));
    }

    /// What is larger than it may be, in words.
    fn over_budget(&self, app: App) -> Vec<String> {
        [
            ("in all", self.total, budget(app)),
            ("styles", self.css, 20),
            ("script", self.js, 30),
            ("sections", self.sections, SECTIONS),
        ]
        .into_iter()
        .filter(|(_, size, allowed)| *size > allowed * KIB)
        .map(|(what, size, allowed)| {
            format!("{} {what} {} KiB of {allowed}", app.name(), kib(size))
        })
        .collect()
    }
}

/// What opening an app may fetch in all, in KiB.
fn budget(app: App) -> u64 {
    match app {
        App::Employee => 350,
        App::Supervisor => 350,
        App::Admin => 600,
    }
}

/// What the sections of an app may fetch later, in KiB.
const SECTIONS: u64 = 350;

fn extension(path: &Path) -> &str {
    path.extension().and_then(OsStr::to_str).unwrap_or_default()
}

fn kib(bytes: u64) -> u64 {
    bytes.div_ceil(KIB)
}

#[cfg(test)]
mod tests {
    use super::{App, Sizes};
    use std::path::Path;

    #[test]
    fn one_languages_words_count_and_sections_count_apart() {
        let mut sizes = Sizes::default();
        for (name, length) in [
            ("assets/words-en-1.txt", 5),
            ("assets/words-es-2.txt", 6),
            ("assets/app-3.wasm", 100),
            ("assets/section-book-4.wasm", 1000),
            ("index.html", 10),
        ] {
            sizes.add(Path::new(name), length);
        }
        assert_eq!((sizes.words, sizes.wasm, sizes.total), (6, 100, 110));
        assert_eq!(sizes.sections, 1000);
    }

    #[test]
    fn an_app_over_its_budget_is_named_with_its_size() {
        let mut sizes = Sizes {
            total: 351 * 1024,
            css: 20 * 1024,
            js: 31 * 1024,
            wasm: 0,
            words: 0,
            sections: 351 * 1024,
        };
        assert_eq!(
            sizes.over_budget(App::Employee),
            [
                "employee in all 351 KiB of 350",
                "employee script 31 KiB of 30",
                "employee sections 351 KiB of 350"
            ]
        );
        sizes.sections = 0;
        assert_eq!(sizes.over_budget(App::Admin), ["admin script 31 KiB of 30"]);
    }
}
