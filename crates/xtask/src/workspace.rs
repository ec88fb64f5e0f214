//! Where things are: the checkout and the build folders.

use std::env;
use std::path::{Path, PathBuf};

use crate::process::Outcome;

/// The checkout and its build folder.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// The checkout this program was started in.
    pub(crate) fn find() -> Outcome<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .ancestors()
            .nth(2)
            .ok_or("run this through `cargo xtask` inside the checkout")?
            .to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(path) => env::current_dir()
                .map_err(|error| format!("the working folder cannot be read: {error}"))?
                .join(path),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The folder of the checkout.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the checkout.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo's build folder for this machine's own programs.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Cargo's build folder for the apps. It is a separate one because another
    /// compiler may build them, and two compilers throw each other's cache away.
    pub(crate) fn wasm_target(&self) -> PathBuf {
        self.target.join("wasm")
    }
}
