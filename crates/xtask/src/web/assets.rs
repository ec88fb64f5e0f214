//! The folder that is served: hashed files below `assets/`, which may be cached
//! for ever, and the page itself, which may not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use super::bind::{self, Bound};
use super::{App, Mode, icons, tools, words};
use crate::process::{Outcome, capture, file_error};
use crate::workspace::Workspace;

/// The files of one app while they are put together.
pub(super) struct Assets {
    folder: PathBuf,
    app: App,
}

/// The page of every app.
const PAGE: &str = "crates/ui/page.html";

/// The addresses a page names.
struct Addresses {
    app: &'static str,
    css: String,
    loader: String,
    js: String,
    wasm: String,
    icons: String,
    /// What the worker keeps: the page and the hashed files.
    files: Vec<String>,
    /// A value that changes with any of them.
    version: String,
}

/// The worker that keeps an app on the device, and the one that stops that.
const WORKER: &str = "sw.js";
const WORKER_OFF: &str = "sw-off.js";

impl Assets {
    /// Starts an empty folder.
    pub(super) fn create(folder: &Path, app: App) -> Outcome<Self> {
        let assets = folder.join("assets");
        fs::create_dir_all(&assets).map_err(|error| file_error("created", &assets, &error))?;
        Ok(Self {
            folder: folder.to_path_buf(),
            app,
        })
    }

    /// Writes everything the app is served with.
    pub(super) fn write(
        &self,
        workspace: &Workspace,
        bound: &Bound,
        css: &Path,
        mode: Mode,
    ) -> Outcome<()> {
        let name = self.app.name();
        if let Some(snippets) = &bound.snippets {
            copy_tree(
                snippets,
                &self.folder.join("assets/snippets"),
                &mut |bytes, _| bytes,
            )?;
        }
        let css = self.hashed(&read(css)?, name, "css")?;
        let js = self.scripts(bound)?;
        let wasm = self.hashed(&read(&bound.wasm)?, name, "wasm")?;
        let words = words::texts(workspace, self.app)?
            .into_iter()
            .map(|(language, text)| {
                let name = format!("{}{language}", words::NAME);
                Ok((language, self.hashed(text.as_bytes(), &name, "txt")?))
            })
            .collect::<Outcome<Vec<_>>>()?;
        let loader = words::loader(self.app, &js, &wasm, &words);
        let loader = self.hashed(loader.as_bytes(), "loader", "js")?;
        let mut addresses = Addresses {
            app: name,
            css,
            loader,
            js,
            wasm,
            icons: icons::symbols(workspace)?,
            files: Vec::new(),
            version: String::new(),
        };

        let page = workspace.path(PAGE);
        let html = fs::read_to_string(&page).map_err(|error| file_error("read", &page, &error))?;
        let html = fill(&html, &addresses);
        if let Some(unknown) = unfilled(&html) {
            return Err(format!(
                "{} has a placeholder nobody fills: {unknown}",
                page.display()
            ));
        }
        addresses.files = self.kept()?;
        addresses.version = digest(format!("{html}{:?}", addresses.files).as_bytes());
        let written = self.folder.join("index.html");
        fs::write(&written, html).map_err(|error| file_error("written", &written, &error))?;

        for fixed in [
            "crates/ui/static".into(),
            format!("{}/static", self.app.package()),
        ] {
            let from = workspace.path(&fixed);
            if from.is_dir() {
                copy_tree(&from, &self.folder, &mut |bytes, path| {
                    fill_script(bytes, path, &addresses)
                })?;
            }
        }
        if mode == Mode::Development {
            // Who changes an app wants to see it, not the one that was kept.
            let (off, worker) = (self.folder.join(WORKER_OFF), self.folder.join(WORKER));
            fs::copy(&off, &worker).map_err(|error| file_error("copied", &worker, &error))?;
        }
        Ok(())
    }

    /// The addresses of the app's page and of all hashed files.
    fn kept(&self) -> Outcome<Vec<String>> {
        let (name, assets) = (self.app.name(), self.folder.join("assets"));
        let entries = fs::read_dir(&assets).map_err(|error| file_error("read", &assets, &error))?;
        let files = entries.flatten().filter(|entry| entry.path().is_file());
        let files = files.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut kept: Vec<String> = files.map(|file| format!("/{name}/assets/{file}")).collect();
        kept.push(format!("/{name}/"));
        kept.sort();
        Ok(kept)
    }

    /// Writes the app's script and the one that fetches its sections. They name each other, so that
    /// one value tells the versions of both.
    fn scripts(&self, bound: &Bound) -> Outcome<String> {
        let name = self.app.name();
        let mut sections = text(&bound.sections)?;
        for module in &bound.section_modules {
            let file = module.file_name().unwrap_or_default().to_string_lossy();
            let section = file.trim_end_matches(".wasm").trim_start_matches("split_");
            let section = format!("{}{section}", bind::SECTION);
            let address = self.hashed(&read(module)?, &section, "wasm")?;
            let hashed = address.rsplit('/').next().unwrap_or_default();
            sections = sections.replace(&format!("\"./{file}\""), &format!("\"./{hashed}\""));
        }
        let app = text(&bound.js)?;
        let version = digest(format!("{app}{sections}").as_bytes());
        let (app_file, sections_file) = (
            format!("{name}-{version}.js"),
            format!("sections-{version}.js"),
        );
        let app = app.replace(
            &format!("from \"{}\"", bind::SECTIONS),
            &format!("from \"./{sections_file}\""),
        );
        let sections = sections.replace(&format!("./{name}.js"), &format!("./{app_file}"));
        self.named(app.as_bytes(), &app_file)?;
        if !bound.section_modules.is_empty() {
            self.named(sections.as_bytes(), &sections_file)?;
        }
        Ok(format!("/{name}/assets/{app_file}"))
    }

    /// Writes a file under a name that changes with its content; gives back its address.
    fn hashed(&self, content: &[u8], name: &str, extension: &str) -> Outcome<String> {
        let file = format!("{name}-{}.{extension}", digest(content));
        self.named(content, &file)?;
        Ok(format!("/{}/assets/{file}", self.app.name()))
    }

    fn named(&self, content: &[u8], file: &str) -> Outcome<()> {
        let path = self.folder.join("assets").join(file);
        fs::write(&path, content).map_err(|error| file_error("written", &path, &error))
    }
}

/// A short value for a content.
fn digest(content: &[u8]) -> String {
    let mut digest = hex::encode(Sha256::digest(content));
    digest.truncate(16);
    digest
}

fn fill(text: &str, addresses: &Addresses) -> String {
    text.replace("{{app}}", addresses.app)
        .replace("{{css}}", &addresses.css)
        .replace("{{loader}}", &addresses.loader)
        .replace("{{js}}", &addresses.js)
        .replace("{{wasm}}", &addresses.wasm)
        .replace("{{icons}}", &addresses.icons)
        .replace("{{version}}", &addresses.version)
        .replace("{{files}}", &quoted(&addresses.files))
}

fn quoted(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
    quoted.join(", ")
}

/// The first placeholder that is left over.
fn unfilled(text: &str) -> Option<&str> {
    let start = text.find("{{")?;
    let rest = text.get(start..)?;
    let end = rest.find("}}")?;
    rest.get(..end + 2)
}

/// Scripts and manifests among the fixed files may name the hashed files too.
fn fill_script(bytes: Vec<u8>, path: &Path, addresses: &Addresses) -> Vec<u8> {
    let text_file = path
        .extension()
        .is_some_and(|extension| extension == "js" || extension == "webmanifest");
    match (text_file, std::str::from_utf8(&bytes)) {
        (true, Ok(text)) => fill(text, addresses).into_bytes(),
        _ => bytes,
    }
}

/// Compiles the style sheet, with the classes of the shared parts and of this app.
pub(super) fn compile_styles(workspace: &Workspace, app: App, mode: Mode) -> Outcome<PathBuf> {
    let folder = workspace.wasm_target().join("styles");
    fs::create_dir_all(&folder).map_err(|error| file_error("created", &folder, &error))?;
    let input = folder.join(format!("{}.input.css", app.name()));
    let output = folder.join(format!("{}.css", app.name()));
    let root = workspace.root().display();
    let text = format!(
        "@import \"{root}/crates/ui/styles/salus.css\";\n\
         @source \"{root}/crates/ui/src/**/*.rs\";\n\
         @source \"{root}/{package}/src/**/*.rs\";\n\
         @source \"{root}/{PAGE}\";\n",
        package = app.package()
    );
    fs::write(&input, text).map_err(|error| file_error("written", &input, &error))?;
    let modules = tools(workspace).join("node_modules");
    let mut command = Command::new("node");
    command
        .arg(modules.join("@tailwindcss/cli/dist/index.mjs"))
        .arg("--input")
        .arg(&input)
        .arg("--output")
        .arg(&output)
        .current_dir(tools(workspace))
        .env("NODE_PATH", &modules);
    if mode == Mode::Release {
        command.arg("--minify");
    }
    capture(
        &mut command,
        &format!("compiling the styles of the {} app", app.name()),
    )?;
    Ok(output)
}

fn copy_tree(
    from: &Path,
    to: &Path,
    change: &mut dyn FnMut(Vec<u8>, &Path) -> Vec<u8>,
) -> Outcome<()> {
    fs::create_dir_all(to).map_err(|error| file_error("created", to, &error))?;
    let entries = fs::read_dir(from).map_err(|error| file_error("read", from, &error))?;
    for entry in entries.flatten() {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy_tree(&source, &target, change)?;
        } else {
            let content = change(read(&source)?, &source);
            fs::write(&target, content).map_err(|error| file_error("written", &target, &error))?;
        }
    }
    Ok(())
}

fn text(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| file_error("read", path, &error))
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| file_error("read", path, &error))
}

#[cfg(test)]
mod tests {
    use super::{Addresses, fill, unfilled};

    fn addresses() -> Addresses {
        Addresses {
            app: "employee",
            css: "/employee/assets/employee-1.css".into(),
            loader: "/employee/assets/loader-2.js".into(),
            js: "/employee/assets/employee-3.js".into(),
            wasm: "/employee/assets/employee-4.wasm".into(),
            icons: String::new(),
            files: vec![
                "/employee/".into(),
                "/employee/assets/employee-4.wasm".into(),
            ],
            version: "5".into(),
        }
    }

    #[test]
    fn the_worker_knows_what_it_keeps() {
        assert_eq!(
            fill("\"{{version}}\", [{{files}}]", &addresses()),
            "\"5\", [\"/employee/\", \"/employee/assets/employee-4.wasm\"]"
        );
    }

    #[test]
    fn a_page_names_its_hashed_files() {
        let page = "<link href=\"/{{app}}/favicon.svg\"><link href=\"{{css}}\"><script src=\"{{loader}}\"></script>";
        assert_eq!(
            fill(page, &addresses()),
            "<link href=\"/employee/favicon.svg\"><link href=\"/employee/assets/employee-1.css\"><script src=\"/employee/assets/loader-2.js\"></script>"
        );
    }

    #[test]
    fn a_placeholder_nobody_fills_is_found() {
        assert_eq!(unfilled("<p>{{title}}</p>"), Some("{{title}}"));
        assert_eq!(unfilled("<p>plain</p>"), None);
    }
}
