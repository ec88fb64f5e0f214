//! Names what the sandbox is seeded by, so that every test program of one build clones one template.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Result;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The crates whose code and files decide what a seeded sandbox holds.
const SEEDED_BY: [&str; 6] = [
    "api",
    "documents",
    "domain",
    "store",
    "test-support",
    "types",
];

fn main() -> Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hash = DefaultHasher::new();
    for name in SEEDED_BY {
        for part in ["src", "locales", "sandbox"] {
            let folder = here.with_file_name(name).join(part);
            if folder.is_dir() {
                println!("cargo:rerun-if-changed={}", folder.display());
                add(&folder, &mut hash)?;
            }
        }
    }
    println!("cargo:rustc-env=SALUS_SEEDED_BY={:016x}", hash.finish());
    Ok(())
}

fn add(folder: &Path, hash: &mut DefaultHasher) -> Result<()> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = entries.collect::<Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add(&path, hash)?;
        } else {
            path.file_name().hash(hash);
            fs::read(&path)?.hash(hash);
        }
    }
    Ok(())
}
