//! Gathers every message file of `crates/types/locales/<language>/` into one text per language, so
//! that a feature adds its sentences by adding a file.

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
        code.push_str(&format!(
            "/// Every message in `{name}`.\npub(crate) const {name}: &str = concat!("
        ));
        for file in message_files(&folder)? {
            println!("cargo:rerun-if-changed={}", file.display());
            let path = file.canonicalize()?;
            code.push_str(&format!("include_str!({path:?}), \"\\n\", "));
        }
        code.push_str("\"\");\n");
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
