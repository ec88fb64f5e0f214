//! Which compiler builds the apps: rustup's, where its server can be reached,
//! else the newer one of Debian's security archive, which brings its library
//! as source.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{App, Mode};
use crate::install::{self, Need};
use crate::process::{Outcome, answer, capture, file_error, note, run, step};
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";
/// The version of `idna_adapter` that brings no tables.
const WITHOUT_TABLES: &str = "1.0.0";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_LIBRARY: &str = "/usr/lib/rustlib/src/rust/library";

/// A compiler that can build for the browser.
pub(super) enum Compiler {
    /// The ordinary toolchain, with the target installed, and with the
    /// standard library's source if rustup could deliver that too.
    Ordinary { library: bool },
    /// Debian's, which builds the standard library along with the apps.
    Debian { linker: PathBuf },
}

/// Finds a compiler, or installs one.
pub(super) fn find(install: bool) -> Outcome<Compiler> {
    if let Some(compiler) = installed() {
        return Ok(compiler);
    }
    step("No compiler for the browser yet");
    if install {
        note("asking rustup for the WebAssembly target");
        if install::rustup_target(TARGET) {
            install::rustup_library();
        }
        if let Some(compiler) = installed() {
            return Ok(compiler);
        }
        note("rustup cannot deliver it here; Debian's own compiler can do it");
    }
    if !install::debian_offers("rustc-web") && install && install::find_apt() {
        install::refresh_lists()?;
    }
    let need = |what, why, debian: Vec<String>, present| Need {
        what,
        why,
        debian,
        macos: "rustup target add wasm32-unknown-unknown",
        present,
    };
    install::ensure(
        &[need(
            "a Rust compiler for WebAssembly",
            "the three apps run in the browser (rustup target add wasm32-unknown-unknown is enough where it works)",
            vec![
                "rustc-web".into(),
                "cargo-web".into(),
                "rust-web-src".into(),
            ],
            debian_compiler().is_some(),
        )],
        install,
    )?;
    let llvm = debian_compiler()
        .ok_or("Debian's rustc-web was installed, but /usr/bin/rustc is not usable for the apps")?;
    install::ensure(
        &[need(
            "the WebAssembly linker",
            "it links the three apps",
            vec![format!("lld-{llvm}")],
            linker().is_some(),
        )],
        install,
    )?;
    installed().ok_or_else(|| "no compiler for the browser could be set up".into())
}

fn installed() -> Option<Compiler> {
    let sysroot = answer(Command::new("rustc").args(["--print", "sysroot"]))?;
    let rustlib = Path::new(&sysroot).join("lib/rustlib");
    if rustlib.join(TARGET).join("lib").is_dir() {
        let library = rustlib.join("src/rust/library").is_dir();
        return Some(Compiler::Ordinary { library });
    }
    debian_compiler()?;
    linker().map(|linker| Compiler::Debian { linker })
}

/// The LLVM version of Debian's compiler, when it is new enough and has its library's source.
fn debian_compiler() -> Option<u32> {
    if !Path::new(DEBIAN_LIBRARY).is_dir() || !Path::new(DEBIAN_CARGO).is_file() {
        return None;
    }
    let text = answer(Command::new(DEBIAN_RUSTC).arg("-vV"))?;
    let field = |name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name))
            .map(str::trim)
            .map(str::to_owned)
    };
    let release = field("release:")?;
    let wanted = env!("CARGO_PKG_RUST_VERSION");
    if version(&release) < version(wanted) {
        return None;
    }
    field("LLVM version:")?.split('.').next()?.parse().ok()
}

/// The newest `wasm-ld` Debian installed.
fn linker() -> Option<PathBuf> {
    fs::read_dir("/usr/bin")
        .ok()?
        .flatten()
        .filter_map(|entry| {
            let number: u32 = entry
                .file_name()
                .to_str()?
                .strip_prefix("wasm-ld-")?
                .parse()
                .ok()?;
            Some((number, entry.path()))
        })
        .filter(|(number, _)| debian_compiler().is_none_or(|llvm| *number >= llvm))
        .max()
        .map(|(_, path)| path)
}

fn version(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit())
        .map_while(|part| part.parse().ok())
        .collect()
}

impl Compiler {
    /// For the person at the terminal.
    pub(super) fn describe(&self) -> &'static str {
        match self {
            Self::Ordinary { .. } => "the ordinary toolchain",
            Self::Debian { .. } => "Debian's compiler",
        }
    }

    /// Compiles apps in one call, so that they share everything.
    pub(super) fn compile(&self, workspace: &Workspace, apps: &[App], mode: Mode) -> Outcome<()> {
        let mut command = self.build(workspace, apps, mode)?;
        run(&mut command, "compiling the apps")
    }

    /// Compiles an example of a package for the browser. The apps are named with it, so that what
    /// all rest on is compiled once, with the same features.
    pub(super) fn compile_example(
        &self,
        workspace: &Workspace,
        package: &str,
        example: &str,
        mode: Mode,
    ) -> Outcome<()> {
        let mut command = self.build(workspace, &App::ALL, mode)?;
        command.args(["-p", package, "--example", example]);
        run(
            &mut command,
            &format!("compiling {example} for the browser"),
        )
    }

    fn build(&self, workspace: &Workspace, apps: &[App], mode: Mode) -> Outcome<Command> {
        let lock = self.lock(workspace)?;
        let mut command = self.cargo(workspace, &lock);
        command
            .args(["build", "--locked", "--target", TARGET])
            .args(["--profile", mode.profile()])
            .arg("--target-dir")
            .arg(workspace.wasm_target())
            .env("RUSTFLAGS", self.flags(mode));
        if self.builds_library() {
            command.arg("-Zbuild-std=std,panic_abort");
            if mode == Mode::Release {
                command.arg("-Zbuild-std-features=optimize_for_size");
            }
        }
        for app in apps {
            command.args(["-p", app.package()]);
        }
        Ok(command)
    }

    /// The apps' own lock file: the checkout's, but without the Unicode tables
    /// for host names (40 KiB of what a browser would fetch). A browser's
    /// addresses are ASCII already; the server keeps the tables.
    fn lock(&self, workspace: &Workspace) -> Outcome<PathBuf> {
        let folder = workspace.wasm_target().join("lock");
        fs::create_dir_all(&folder).map_err(|error| file_error("created", &folder, &error))?;
        let (lock, made_from) = (folder.join("Cargo.lock"), folder.join("made-from"));
        let source = workspace.path("Cargo.lock");
        let given = fs::read(&source).map_err(|error| file_error("read", &source, &error))?;
        if lock.is_file() && fs::read(&made_from).is_ok_and(|before| before == given) {
            return Ok(lock);
        }
        fs::write(&lock, &given).map_err(|error| file_error("written", &lock, &error))?;
        capture(
            self.cargo(workspace, &lock).args([
                "update",
                "--quiet",
                "--package",
                "idna_adapter",
                "--precise",
                WITHOUT_TABLES,
            ]),
            "making the apps' lock file",
        )?;
        fs::write(&made_from, given).map_err(|error| file_error("written", &made_from, &error))?;
        Ok(lock)
    }

    /// Whether the standard library is built along with the apps, for their size.
    fn builds_library(&self) -> bool {
        matches!(self, Self::Ordinary { library: true } | Self::Debian { .. })
    }

    /// Takes the builder's home folder out of the module's texts (the checkout
    /// needs no such line: cargo names its files relative to it). A release also
    /// leaves out what only developers read: the places and texts of panics,
    /// and the texts of `Debug`.
    fn flags(&self, mode: Mode) -> String {
        let registry = env::var_os("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
            .map(|home| home.join("registry/src"));
        // Where code refers to other code is how an app is split into its sections.
        let mut flags = vec!["-Clink-arg=--emit-relocs".to_owned()];
        if let Some(path) = registry {
            flags.push(format!("--remap-path-prefix={}=registry", path.display()));
        }
        if mode == Mode::Release {
            flags.push("-Zlocation-detail=none".into());
            flags.push("-Zfmt-debug=none".into());
            if self.builds_library() {
                flags.push("-Zunstable-options -Cpanic=immediate-abort".into());
            }
        }
        flags.join(" ")
    }

    /// Cargo with a lock file of its own, which is not stable yet. It is said
    /// by the environment, since a `-Z` of a subcommand replaces those before it.
    fn cargo(&self, workspace: &Workspace, lock: &Path) -> Command {
        let mut command = match self {
            Self::Ordinary { .. } => {
                Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            }
            Self::Debian { linker } => {
                let mut command = Command::new(DEBIAN_CARGO);
                command
                    .env("RUSTC", DEBIAN_RUSTC)
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                    .env_remove("CARGO")
                    .env_remove("LD_LIBRARY_PATH")
                    .env_remove("RUSTDOC")
                    .env_remove("RUSTUP_TOOLCHAIN");
                command
            }
        };
        command
            .current_dir(workspace.root())
            .env("CARGO_UNSTABLE_LOCKFILE_PATH", "true")
            .env("CARGO_RESOLVER_LOCKFILE_PATH", lock)
            .env("RUSTC_BOOTSTRAP", "1")
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        command
    }
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_compare_by_number() {
        assert!(version("1.96.0") > version("1.95"));
        assert!(version("1.100.0") > version("1.95"));
        assert!(version("1.63.0") < version("1.95"));
    }
}
