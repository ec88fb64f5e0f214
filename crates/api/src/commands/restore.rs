//! `salus restore`

use chrono::{DateTime, Utc};
use salus_domain::access::{About, Act, Actor, DataClass};
use salus_domain::audit::{Context, Entry};
use salus_store::backup::{Door, Ended, Target};
use salus_store::migrations;
use salus_store::sealing::KeyFile;
use std::path::{Path, PathBuf};
use uuid::Uuid;

use super::CommandResult;
use super::migrate::admin_url;
use crate::audit::checkpoints::{self, Signer};
use crate::backup::manifest::DUMP;
use crate::backup::{Manifest, programs};
use crate::clock::Clock;
use crate::notifications;
use crate::server;
use crate::settings::Settings;

/// What to restore.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the backup.
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,
}

pub(super) async fn run(settings: Settings, arguments: Arguments) -> CommandResult {
    let now = Clock::default().session_now();
    let (manifest, key_file) = read(&settings, &arguments.from)?;
    let admin = admin_url(&settings)?;
    let mut target = Target::open(admin).await.map_err(|e| e.to_string())?;
    target.check_empty().await.map_err(|e| e.to_string())?;
    super::migrate::make_roles(&settings).await?;
    let door = target.close().await.map_err(|e| e.to_string())?;
    println!(
        "restoring the backup of {}, made by salus {}",
        manifest.made_at, manifest.salus
    );
    if let Err(why) = programs::restore(&settings, admin, &arguments.from.join(DUMP)).await {
        // Nothing is in the database, so it is as it was.
        target.reopen(&door).await.map_err(|e| e.to_string())?;
        return Err(why);
    }
    let restored = Restored {
        settings: &settings,
        manifest: &manifest,
        key_file: &key_file,
        now,
    };
    restored.finish(&mut target, &door).await.map_err(|why| {
        format!(
            "{why}; the database holds what was restored and stays closed to the server: drop it, and restore into a \
             new one"
        )
    })?;
    println!(
        "restored; now run salus doctor, and salus audit verify with a copy of the checkpoints"
    );
    Ok(())
}

/// Reads the manifest and checks everything that can be checked before the database is touched.
fn read(settings: &Settings, folder: &Path) -> Result<(Manifest, KeyFile), String> {
    let manifest = Manifest::read(folder)?;
    let unknown = migrations::unknown(&manifest.migrations).map_err(|e| e.to_string())?;
    if let Some(version) = unknown {
        return Err(format!(
            "the backup is newer than this program: migration {version} had run, which this program does not know \
             (made by salus {}, this is {}); use a newer salus",
            manifest.salus,
            env!("CARGO_PKG_VERSION")
        ));
    }
    let key_file = server::read_key_file(settings).map_err(|e| e.to_string())?;
    if let Some(needed) = &manifest.key_file_id
        && *needed != key_file.id()
    {
        return Err(format!(
            "setting key_file: the backup was made with another key file (needed {needed}, given {})",
            key_file.id()
        ));
    }
    if let Some(file) = noted(settings) {
        let signer = Signer::new(&key_file).map_err(|e| e.explain())?;
        checkpoints::read(file, &signer).map_err(|why| {
            format!("setting audit_checkpoints: {why}; move it to a safe place and restore again")
        })?;
    }
    manifest.check_dump(folder)?;
    Ok((manifest, key_file))
}

/// The file of checkpoints, where there is one.
fn noted(settings: &Settings) -> Option<&Path> {
    let file = settings.audit_checkpoints.as_deref()?;
    file.is_file().then_some(file)
}

/// A dump that was read into the database, which nobody can reach yet.
struct Restored<'a> {
    settings: &'a Settings,
    manifest: &'a Manifest,
    key_file: &'a KeyFile,
    now: DateTime<Utc>,
}

impl Restored<'_> {
    /// Makes an installation of it that can be served.
    async fn finish(&self, target: &mut Target, door: &Door) -> CommandResult {
        let found = target.contents().await.map_err(|e| e.to_string())?;
        self.manifest.check_contents(&found)?;
        println!(
            "tables    {} with {} rows, as the manifest says",
            found.tables.len(),
            found.tables.values().sum::<i64>()
        );
        self.check_keys(target).await?;
        let ran = migrations::migrate(admin_url(self.settings)?)
            .await
            .map_err(|e| e.to_string())?;
        for version in ran {
            println!("migrated  {version}");
        }
        let lost = self.set_checkpoints_aside()?;
        target.begin().await.map_err(|e| e.to_string())?;
        let ended = target
            .end_what_was_live(self.now, &notifications::KINDS)
            .await
            .map_err(|e| e.to_string())?;
        for Ended { table, how, rows } in &ended {
            println!("{:<9} {rows} {table}", *how);
        }
        let offset = target.continue_trail().await.map_err(|e| e.to_string())?;
        println!("audit     {offset} is added to transaction numbers");
        self.note(target, &ended, lost).await?;
        target.commit(door).await.map_err(|e| e.to_string())
    }

    /// The key file opens every organization's key, whatever the manifest says.
    async fn check_keys(&self, target: &mut Target) -> CommandResult {
        for key in target.wrapped_keys().await.map_err(|e| e.to_string())? {
            self.key_file
                .organization_key(key.org(), &key.wrapped)
                .map_err(|e| {
                    format!(
                        "setting key_file: it does not open the key of {}: {e}",
                        key.code
                    )
                })?;
        }
        println!("keys      opened by the key file {}", self.key_file.id());
        Ok(())
    }

    /// Blocks that were sealed after the backup are not in it, and blocks to come get their numbers.
    /// The file that notes them is kept beside; answers the last of them.
    fn set_checkpoints_aside(&self) -> Result<Option<i64>, String> {
        let Some(file) = noted(self.settings) else {
            return Ok(None);
        };
        let audit = self.manifest.audit.as_ref();
        let last = audit.and_then(|audit| audit.block.as_ref());
        let last = last.map_or(0, |block| block.number);
        let signer = Signer::new(self.key_file).map_err(|e| e.explain())?;
        let aside = checkpoints::set_aside(file, last, self.now, &signer)?;
        let Some((lost, kept)) = aside else {
            return Ok(None);
        };
        println!(
            "audit     blocks {} to {lost} were sealed after the backup and are lost; {} notes them",
            last + 1,
            kept.display()
        );
        Ok(Some(lost))
    }

    /// The audit trail of every organization says that it was restored, and what became of the rest.
    async fn note(&self, target: &mut Target, ended: &[Ended], lost: Option<i64>) -> CommandResult {
        let mut reason = format!(
            "restored from the backup of {}, made by salus {}",
            self.manifest.made_at, self.manifest.salus
        );
        for Ended { table, how, rows } in ended {
            reason.push_str(&format!("; {table} {how}: {rows}"));
        }
        if let Some(lost) = lost {
            reason.push_str(&format!(
                "; blocks up to {lost} had been noted and are lost"
            ));
        }
        let context = Context {
            operation: "restore".to_owned(),
            request_id: Uuid::now_v7().to_string(),
            ..Context::default()
        };
        for org in target.organizations().await.map_err(|e| e.to_string())? {
            let allowed = Actor::system(org)
                .allow(Act::Change, DataClass::Configuration, About::default(), ())
                .map_err(|e| e.to_string())?;
            let entry = Entry {
                fields: ended.iter().map(|e| e.table.to_owned()).collect(),
                reason: Some(reason.clone()),
                ..Entry::of(&allowed)
            };
            target
                .record(org, self.now, &context, &[entry])
                .await
                .map_err(|e| e.to_string())?;
        }
        Ok(())
    }
}
