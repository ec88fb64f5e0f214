//! Rebuilds when a migration changes, and names the set of migrations by its content.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root =
        Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../migrations");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut folders: Vec<_> = fs::read_dir(&root)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        println!("cargo:rerun-if-changed={}", folder.display());
        for name in ["up.sql", "down.sql"] {
            let file = folder.join(name);
            println!("cargo:rerun-if-changed={}", file.display());
            for byte in folder.to_string_lossy().bytes().chain(fs::read(&file)?) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
            }
        }
    }
    println!("cargo:rustc-env=SALUS_MIGRATIONS={hash:016x}");
    Ok(())
}
