//! Sealed values: key file -> organization key -> chart key.
//!
//! XChaCha20-Poly1305, with the place of the value (organization, table, column, row) as associated
//! data, so that a sealed value moved elsewhere does not open. Every sealed value begins with a
//! version byte, a commitment to the key (a value sealed under one key opens under no other), and
//! the nonce.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use salus_domain::ids::{PersonId, ProviderOrgId};
use sha2::{Digest, Sha256};
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const COMMITMENT: usize = 16;
const NONCE: usize = 24;

/// Why a value did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The value was sealed under another key.
    #[error("sealed under another key")]
    OtherKey,
    /// The value was changed, or stands in another place than it was sealed for.
    #[error("the sealed value is damaged or out of its place")]
    Damaged,
    /// The machine gave no random bytes.
    #[error("no random bytes")]
    NoRandom,
}

/// Where a sealed value stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The table.
    pub table: &'a str,
    /// The column.
    pub column: &'a str,
    /// The row's id.
    pub row: Uuid,
}

/// A key that seals and opens values of one organization.
#[derive(Clone)]
pub struct Key {
    secret: Zeroizing<[u8; 32]>,
    org: ProviderOrgId,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key([private])")
    }
}

/// The key-encryption key, read from the key file.
#[derive(Clone)]
pub struct KeyFile {
    secret: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyFile({})", self.id())
    }
}

impl KeyFile {
    /// Makes the content of a new key file.
    ///
    /// # Errors
    /// [`SealError::NoRandom`].
    pub fn generate() -> Result<String, SealError> {
        let bytes = random::<32>()?;
        Ok(format!("salus-key-1:{}\n", hex(&bytes)))
    }

    /// Reads the content of a key file; nothing when it is not one.
    #[must_use]
    pub fn parse(content: &str) -> Option<Self> {
        let digits = content.trim().strip_prefix("salus-key-1:")?;
        if digits.len() != 64 || !digits.is_ascii() {
            return None;
        }
        let mut secret = Zeroizing::new([0_u8; 32]);
        for (byte, at) in secret.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
        }
        Some(Self { secret })
    }

    /// A fingerprint that tells key files apart and reveals nothing.
    #[must_use]
    pub fn id(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"salus key file id");
        hash.update(self.secret.as_slice());
        hex(hash.finalize().get(..8).unwrap_or_default())
    }

    /// A key for a purpose of the installation itself (hashes of codes, signing keys at rest).
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Key {
        Key {
            secret: derive(&self.secret, purpose),
            org: ProviderOrgId(Uuid::nil()),
        }
    }

    /// Secret bytes for a purpose of the installation itself, to make a key of another kind from.
    #[must_use]
    pub fn seed(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        derive(&self.secret, purpose)
    }

    /// Makes a new organization key; answers it and its wrapped form.
    ///
    /// # Errors
    /// [`SealError::NoRandom`].
    pub fn new_organization_key(&self, org: ProviderOrgId) -> Result<(Key, Vec<u8>), SealError> {
        let key = Key {
            secret: Zeroizing::new(random::<32>()?),
            org,
        };
        let wrapped = self
            .wrapping(org)
            .seal(&organization_place(org), key.secret.as_slice())?;
        Ok((key, wrapped))
    }

    /// Opens a wrapped organization key.
    ///
    /// # Errors
    /// [`SealError::OtherKey`] when another key file wrapped it.
    pub fn organization_key(&self, org: ProviderOrgId, wrapped: &[u8]) -> Result<Key, SealError> {
        let opened = self.wrapping(org).open(&organization_place(org), wrapped)?;
        Key::from_bytes(&opened, org)
    }

    fn wrapping(&self, org: ProviderOrgId) -> Key {
        Key {
            secret: derive(&self.secret, "organization keys"),
            org,
        }
    }
}

impl Key {
    /// Makes a chart's key; answers it and its wrapped form.
    ///
    /// # Errors
    /// [`SealError::NoRandom`].
    pub fn new_chart_key(&self, person: PersonId) -> Result<(Self, Vec<u8>), SealError> {
        let key = Self {
            secret: Zeroizing::new(random::<32>()?),
            org: self.org,
        };
        let wrapped = self.seal(&chart_place(person), key.secret.as_slice())?;
        Ok((key, wrapped))
    }

    /// Opens a chart's wrapped key.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn chart_key(&self, person: PersonId, wrapped: &[u8]) -> Result<Self, SealError> {
        Self::from_bytes(&self.open(&chart_place(person), wrapped)?, self.org)
    }

    /// Seals a value for its place.
    ///
    /// # Errors
    /// [`SealError::NoRandom`].
    pub fn seal(&self, place: &Place<'_>, value: &[u8]) -> Result<Vec<u8>, SealError> {
        let nonce = random::<NONCE>()?;
        let payload = Payload {
            msg: value,
            aad: &self.associated(place),
        };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| SealError::Damaged)?;
        let mut out = Vec::with_capacity(1 + COMMITMENT + NONCE + sealed.len());
        out.push(VERSION);
        out.extend_from_slice(&self.commitment());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens a sealed value in its place.
    ///
    /// # Errors
    /// [`SealError::OtherKey`] or [`SealError::Damaged`].
    pub fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (version, rest) = sealed.split_first().ok_or(SealError::Damaged)?;
        let (commitment, rest) = rest
            .split_at_checked(COMMITMENT)
            .ok_or(SealError::Damaged)?;
        let (nonce, body) = rest.split_at_checked(NONCE).ok_or(SealError::Damaged)?;
        if *version != VERSION {
            return Err(SealError::Damaged);
        }
        if commitment != self.commitment() {
            return Err(SealError::OtherKey);
        }
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| SealError::Damaged)?;
        let payload = Payload {
            msg: body,
            aad: &self.associated(place),
        };
        self.cipher()
            .decrypt(&XNonce::from(nonce), payload)
            .map_err(|_| SealError::Damaged)
    }

    /// A keyed hash, for values that are looked up and never shown (codes).
    #[must_use]
    pub fn hash(&self, value: &[u8]) -> [u8; 32] {
        let secret = derive(&self.secret, "keyed hash");
        match <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(secret.as_slice()) {
            Ok(mut mac) => {
                mac.update(value);
                mac.finalize().into_bytes().into()
            }
            // HMAC takes keys of every length.
            Err(_) => [0; 32],
        }
    }

    fn from_bytes(bytes: &[u8], org: ProviderOrgId) -> Result<Self, SealError> {
        let secret: [u8; 32] = bytes.try_into().map_err(|_| SealError::Damaged)?;
        Ok(Self {
            secret: Zeroizing::new(secret),
            org,
        })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*derive(&self.secret, "values")).into())
    }

    fn commitment(&self) -> [u8; COMMITMENT] {
        let tag = derive(&self.secret, "commitment");
        let mut out = [0; COMMITMENT];
        out.copy_from_slice(tag.get(..COMMITMENT).unwrap_or(&[0; COMMITMENT]));
        out
    }

    fn associated(&self, place: &Place<'_>) -> Vec<u8> {
        format!(
            "{VERSION}/{}/{}/{}/{}",
            self.org, place.table, place.column, place.row
        )
        .into_bytes()
    }
}

/// Fills an array with the machine's random bytes.
///
/// # Errors
/// [`SealError::NoRandom`].
pub fn random<const N: usize>() -> Result<[u8; N], SealError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| SealError::NoRandom)?;
    Ok(bytes)
}

fn organization_place(org: ProviderOrgId) -> Place<'static> {
    Place {
        table: "organization_keys",
        column: "wrapped",
        row: org.0,
    }
}

fn chart_place(person: PersonId) -> Place<'static> {
    Place {
        table: "chart_keys",
        column: "wrapped",
        row: person.0,
    }
}

fn derive(secret: &[u8; 32], purpose: &str) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new([0; 32]);
    // 32 bytes is one block of HKDF-SHA-256; expanding cannot fail.
    let _ =
        Hkdf::<Sha256>::new(Some(b"salus"), secret).expand(purpose.as_bytes(), out.as_mut_slice());
    out
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
