//! Gathers every message file of `crates/types/locales/<language>/` into one text per language and
//! compiles it, so that a feature adds its sentences by adding a file.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

const LANGUAGES: [(&str, &str); 2] = [("en", "EN"), ("es", "ES")];

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let locales = Path::new(&root).join("../types/locales");
    println!("cargo:rerun-if-changed={}", locales.display());
    println!("cargo:rerun-if-changed=icons.txt");

    let mut code = String::new();
    for (folder, name) in LANGUAGES {
        let folder = locales.join(folder);
        println!("cargo:rerun-if-changed={}", folder.display());
        let mut fluent = String::new();
        for file in message_files(&folder)? {
            println!("cargo:rerun-if-changed={}", file.display());
            fluent.push_str(&fs::read_to_string(&file)?);
            fluent.push('\n');
        }
        let compiled = salus_messages::compile(&fluent).map_err(io::Error::other)?;
        code.push_str(&format!(
            "/// Every message in `{name}`.\nconst {name}: &str = {compiled:?};\n\
             /// The same as Fluent.\n#[cfg(test)]\npub(crate) const FLUENT_{name}: &str = {fluent:?};\n"
        ));
    }
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("locales.rs"), code)
}

fn message_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
