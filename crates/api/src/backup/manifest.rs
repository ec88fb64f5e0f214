//! What a backup says of itself.

use chrono::{DateTime, Utc};
use salus_store::backup::{Contents, Head, Trail};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The file's name in the backup's folder.
pub const FILE: &str = "manifest.json";
/// The dump's name beside it.
pub const DUMP: &str = "database.dump";
/// The form of backups this program makes, the newest it can read.
pub const FORMAT: u32 = 1;

const READ_ME: &str = "The dump holds the whole database; names, addresses and appointments in it can be read by \
    whoever has it. Answers, messages and comments in it are sealed: they can be opened only with the key file whose \
    id is key_file_id. The key file is not in this backup and must not be kept with it. Keep a copy of it apart: \
    without it what is sealed is lost. salus restore --from FOLDER makes an installation of this backup.";

/// A backup's manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// What somebody has to know who finds it.
    pub read_me: String,
    /// The form of the backup.
    pub format: u32,
    /// The version of the program that made it.
    pub salus: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// The version of the database server.
    pub postgres: String,
    /// The newest migration that had run.
    pub newest_migration: String,
    /// Every migration that had run.
    pub migrations: Vec<String>,
    /// Which key file opens what is sealed in it; none when it holds no organization.
    pub key_file_id: Option<String>,
    /// The dump.
    pub dump: Dump,
    /// How far the audit trail goes; none before it was sealed in blocks.
    pub audit: Option<Audit>,
    /// Rows of each table.
    pub tables: BTreeMap<String, i64>,
}

/// The file of the dump.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dump {
    /// Its name.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of it, in hexadecimal digits.
    pub sha256: String,
}

/// The audit trail in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// The largest transaction number in it.
    pub largest_transaction: i64,
    /// Events that were in no block yet.
    pub not_sealed: i64,
    /// The last block.
    pub block: Option<Block>,
}

/// The last block of the trail in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Its number.
    pub number: i64,
    /// When it was sealed.
    pub sealed_at: DateTime<Utc>,
    /// Its hash, in hexadecimal digits.
    pub hash: String,
}

impl From<Trail> for Audit {
    fn from(trail: Trail) -> Self {
        Self {
            largest_transaction: trail.largest_xact,
            not_sealed: trail.not_sealed,
            block: trail.head.map(Block::from),
        }
    }
}

impl From<Head> for Block {
    fn from(head: Head) -> Self {
        Self {
            number: head.number,
            sealed_at: head.sealed_at,
            hash: head.hash,
        }
    }
}

impl Manifest {
    /// Of what was in the database and the dump that was made of it.
    #[must_use]
    pub fn new(contents: Contents, dump: Dump, made_at: DateTime<Utc>) -> Self {
        Self {
            read_me: READ_ME.to_owned(),
            format: FORMAT,
            salus: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            postgres: contents.postgres,
            newest_migration: contents.migrations.last().cloned().unwrap_or_default(),
            migrations: contents.migrations,
            key_file_id: contents.key_file_id,
            dump,
            audit: contents.trail.map(Audit::from),
            tables: contents.tables,
        }
    }

    /// Reads the manifest of a backup.
    ///
    /// # Errors
    /// One line that says what is wrong with it.
    pub fn read(folder: &Path) -> Result<Self, String> {
        /// The form first: a newer one may have other fields.
        #[derive(Deserialize)]
        struct Form {
            format: u32,
        }
        let file = folder.join(FILE);
        let name = file.display();
        let text = std::fs::read_to_string(&file)
            .map_err(|e| format!("{} is no backup: {name}: {e}", folder.display()))?;
        let broken = |e: serde_json::Error| format!("{name} is no manifest of a backup: {e}");
        let Form { format } = serde_json::from_str(&text).map_err(broken)?;
        if format > FORMAT {
            return Err(format!(
                "{name}: the backup has form {format}, this program reads {FORMAT}; use a newer salus"
            ));
        }
        serde_json::from_str(&text).map_err(broken)
    }

    /// Checks that the dump is the one the manifest speaks of.
    ///
    /// # Errors
    /// One line that says what is wrong with it.
    pub fn check_dump(&self, folder: &Path) -> Result<(), String> {
        let file = folder.join(DUMP);
        let name = file.display();
        if self.dump.file != DUMP {
            return Err(format!("the manifest names another dump than {DUMP}"));
        }
        let found = Dump::of(&file).map_err(|e| format!("{name}: {e}"))?;
        if found.bytes != self.dump.bytes {
            return Err(format!(
                "{name} is damaged: it has {} bytes, the manifest says {}",
                found.bytes, self.dump.bytes
            ));
        }
        if found.sha256 != self.dump.sha256 {
            return Err(format!(
                "{name} is damaged: its SHA-256 is {}, the manifest says {}",
                found.sha256, self.dump.sha256
            ));
        }
        Ok(())
    }

    /// Checks that what was restored is what had been dumped.
    ///
    /// # Errors
    /// One line that names the first difference.
    pub fn check_contents(&self, found: &Contents) -> Result<(), String> {
        let tables = self.tables.keys().chain(found.tables.keys());
        for table in tables {
            let (said, is) = (self.tables.get(table), found.tables.get(table));
            if said != is {
                let rows = |n: Option<&i64>| n.map_or("none".to_owned(), i64::to_string);
                return Err(format!(
                    "the table {table} has {} rows, the manifest says {}",
                    rows(is),
                    rows(said)
                ));
            }
        }
        if self.migrations != found.migrations {
            return Err("other migrations have run than the manifest says".to_owned());
        }
        if self.audit != found.trail.clone().map(Audit::from) {
            return Err("the audit trail is not the one of the manifest".to_owned());
        }
        Ok(())
    }
}

impl Dump {
    /// Of a file in a backup's folder.
    ///
    /// # Errors
    /// What the system says.
    pub fn of(file: &Path) -> io::Result<Self> {
        let mut open = File::open(file)?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1 << 20];
        let mut bytes = 0;
        loop {
            let read = open.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hash.update(buffer.get(..read).unwrap_or_default());
            bytes += read as u64;
        }
        Ok(Self {
            file: DUMP.to_owned(),
            bytes,
            sha256: hex::encode(hash.finalize()),
        })
    }
}
