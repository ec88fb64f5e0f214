//! What is noted of each block outside the database: its hash, signed. Who can change everything in
//! the database cannot change these lines, nor sign others.

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use chrono::{DateTime, Utc};
use salus_store::audit::blocks::{Block, Signature};
use salus_store::audit::seal::Hash;
use salus_store::sealing::KeyFile;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::error::ApiError;

/// What is signed begins with this, so that no other signature of the key can stand for one.
const CONTEXT: &[u8] = b"salus audit block 1\0";

/// Signs blocks, with a key that is made from the key file and is never in the database.
pub struct Signer {
    pair: Ed25519KeyPair,
    id: String,
}

impl Signer {
    /// The key of an installation.
    ///
    /// # Errors
    /// When the library refuses it.
    pub fn new(key_file: &KeyFile) -> Result<Self, ApiError> {
        let seed = key_file.seed("audit checkpoints");
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.as_slice())
            .map_err(|error| ApiError::internal(error.to_string()))?;
        let id = hex::encode(pair.public_key().as_ref().get(..8).unwrap_or_default());
        Ok(Self { pair, id })
    }

    /// Signs a block's hash.
    #[must_use]
    pub fn sign(&self, hash: &[u8]) -> Signature {
        Signature {
            key_id: self.id.clone(),
            bytes: self.pair.sign(&message(hash)).as_ref().to_vec(),
        }
    }

    /// Whether a block is signed with this key.
    #[must_use]
    pub fn signed(&self, block: &Block) -> bool {
        self.is_signature(&block.key_id, &block.hash, &block.signature)
    }

    fn is_signature(&self, key_id: &str, hash: &[u8], signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&ED25519, self.pair.public_key().as_ref());
        key_id == self.id && key.verify(&message(hash), signature).is_ok()
    }
}

fn message(hash: &[u8]) -> Vec<u8> {
    [CONTEXT, hash].concat()
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Checkpoint {
    block: i64,
    sealed_at: DateTime<Utc>,
    hash: String,
    key_id: String,
    signature: String,
}

/// Opens the file to append to it, and makes it where there is none.
///
/// # Errors
/// What the system says.
pub fn open(file: &Path) -> io::Result<File> {
    OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(file)
}

/// Appends a block's line and waits until it is on the disk.
///
/// # Errors
/// What the system says.
pub fn note(file: &Path, block: &Block) -> io::Result<()> {
    let mut line = serde_json::to_string(&Checkpoint {
        block: block.number,
        sealed_at: block.sealed_at,
        hash: hex::encode(&block.hash),
        key_id: block.key_id.clone(),
        signature: hex::encode(&block.signature),
    })?;
    line.push('\n');
    let mut file = open(file)?;
    file.write_all(line.as_bytes())?;
    file.sync_data()
}

/// Keeps a file as it is beside itself and leaves in it only what notes blocks up to `last`, the last
/// one of a restored trail; answers the last block that is noted and lost, and where the file is kept.
/// Nothing where it notes no later one.
///
/// # Errors
/// One line that says what is wrong with the file.
pub fn set_aside(
    file: &Path,
    last: i64,
    now: DateTime<Utc>,
    signer: &Signer,
) -> Result<Option<(i64, PathBuf)>, String> {
    let noted = read(file, signer)?;
    let Some((&lost, _)) = noted.range(last + 1..).next_back() else {
        return Ok(None);
    };
    let beside = |what: &str| {
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(what);
        file.with_file_name(name)
    };
    let kept = beside(&format!(".before-{}", now.format("%Y%m%dT%H%M%SZ")));
    keep_until(file, last, &kept, &beside(".new"))
        .map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(Some((lost, kept)))
}

fn keep_until(file: &Path, last: i64, kept: &Path, new: &Path) -> io::Result<()> {
    let mut shortened = String::new();
    for line in fs::read_to_string(file)?.lines() {
        if serde_json::from_str::<Checkpoint>(line)?.block <= last {
            shortened.push_str(line);
            shortened.push('\n');
        }
    }
    // Never over another one: it is the only witness of what is lost.
    fs::hard_link(file, kept)?;
    let mut to = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(new)?;
    to.write_all(shortened.as_bytes())?;
    to.sync_all()?;
    fs::rename(new, file)
}

/// The hashes a file of checkpoints notes.
///
/// # Errors
/// One line that says which line of the file is none of this installation's.
pub fn read(file: &Path, signer: &Signer) -> Result<BTreeMap<i64, Hash>, String> {
    let name = file.display();
    let text = fs::read_to_string(file).map_err(|error| format!("{name}: {error}"))?;
    let mut noted = BTreeMap::new();
    for (line, number) in text.lines().zip(1..) {
        let checkpoint: Checkpoint = serde_json::from_str(line)
            .map_err(|_| format!("{name}: line {number} is no checkpoint"))?;
        let (hash, signature) = (
            hex::decode(&checkpoint.hash),
            hex::decode(&checkpoint.signature),
        );
        let (Ok(hash), Ok(signature)) = (hash, signature) else {
            return Err(format!("{name}: line {number} is no checkpoint"));
        };
        if !signer.is_signature(&checkpoint.key_id, &hash, &signature) {
            return Err(format!("{name}: line {number} is not signed with this key"));
        }
        let Ok(hash) = Hash::try_from(hash) else {
            return Err(format!("{name}: line {number} is no checkpoint"));
        };
        if noted
            .insert(checkpoint.block, hash)
            .is_some_and(|other| other != hash)
        {
            return Err(format!(
                "{name}: line {number} notes another block {}",
                checkpoint.block
            ));
        }
    }
    Ok(noted)
}
