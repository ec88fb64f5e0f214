//! `salus backup`

use salus_store::backup::Snapshot;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::CommandResult;
use super::migrate::admin_url;
use crate::backup::manifest::{DUMP, Dump, FILE};
use crate::backup::{Manifest, programs};
use crate::clock::Clock;
use crate::settings::Settings;

/// Where to.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder to make. In a folder that exists already, one is made that is named by the time.
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
}

pub(super) async fn run(settings: Settings, arguments: Arguments) -> CommandResult {
    let admin = admin_url(&settings)?;
    let folder = place(arguments.to)?;
    let unfinished = Unfinished::beside(&folder)?;
    let mut snapshot = Snapshot::take(admin).await.map_err(|e| e.to_string())?;
    let contents = snapshot.contents().await.map_err(|e| e.to_string())?;
    let dump = unfinished.0.join(DUMP);
    // Made first, so that nobody else may read it at any time.
    write(&dump, b"").map_err(|e| at(&dump, &e))?;
    programs::dump(&settings, admin, snapshot.name(), &dump).await?;
    drop(snapshot);
    let made = Dump::of(&dump).map_err(|e| at(&dump, &e))?;
    let manifest = Manifest::new(contents, made, Clock::default().session_now());
    unfinished
        .finish(&manifest, &folder)
        .map_err(|e| at(&folder, &e))?;
    print(&folder, &manifest);
    Ok(())
}

/// The folder of the new backup, which is not there yet.
fn place(to: PathBuf) -> Result<PathBuf, String> {
    let refused = |folder: &Path| {
        Err(format!(
            "{} is there already; a backup is never written over",
            folder.display()
        ))
    };
    if to.join(FILE).exists() {
        return refused(&to);
    }
    let folder = if to.is_dir() {
        let now = Clock::default().session_now();
        to.join(format!("salus-{}", now.format("%Y%m%dT%H%M%SZ")))
    } else {
        to
    };
    if folder.symlink_metadata().is_ok() {
        return refused(&folder);
    }
    Ok(folder)
}

/// A folder that gets its name when everything is in it; taken away again when that never happens.
struct Unfinished(PathBuf);

impl Unfinished {
    fn beside(folder: &Path) -> Result<Self, String> {
        let name = folder
            .file_name()
            .ok_or_else(|| format!("{} names no folder", folder.display()))?;
        let name = format!(
            "{}.unfinished-{}",
            name.to_string_lossy(),
            std::process::id()
        );
        let path = folder.with_file_name(name);
        DirBuilder::new()
            .mode(0o700)
            .create(&path)
            .map_err(|e| format!("{} cannot be made ({e})", path.display()))?;
        Ok(Self(path))
    }

    /// Writes the manifest, waits until everything is on the disk, and gives the folder its name.
    fn finish(&self, manifest: &Manifest, folder: &Path) -> io::Result<()> {
        let dump = self.0.join(DUMP);
        fs::set_permissions(&dump, fs::Permissions::from_mode(0o600))?;
        File::open(&dump)?.sync_all()?;
        let mut text = serde_json::to_string_pretty(manifest)?;
        text.push('\n');
        write(&self.0.join(FILE), text.as_bytes())?;
        File::open(&self.0)?.sync_all()?;
        fs::rename(&self.0, folder)?;
        let parent = folder.parent().filter(|p| !p.as_os_str().is_empty());
        File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Renamed, it is not there any more.
        drop(fs::remove_dir_all(&self.0));
    }
}

fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn at(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}

fn print(folder: &Path, manifest: &Manifest) {
    println!("backup    {}", folder.display());
    println!(
        "dump      {} bytes, SHA-256 {}",
        manifest.dump.bytes, manifest.dump.sha256
    );
    println!(
        "tables    {} with {} rows",
        manifest.tables.len(),
        manifest.tables.values().sum::<i64>()
    );
    println!("migrated  {}", manifest.newest_migration);
    if let Some(audit) = &manifest.audit {
        let block = audit.block.as_ref().map_or(0, |block| block.number);
        println!("audit     block {block}, {} not sealed", audit.not_sealed);
    }
    match &manifest.key_file_id {
        Some(id) => println!(
            "key file  {id} is needed to open it and is not in it: keep a copy apart from the backup"
        ),
        None => println!("key file  none is needed: there is no organization yet"),
    }
}
