//! What an audit event hashes to, the tree over the events of a block, and the chain of blocks.
//!
//! Leaves and inner nodes are hashed apart, and the tree splits at powers of two, as in RFC 9162,
//! section 2.1.1. The fields of an event are written with their lengths, so that no two events
//! write the same bytes.

use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Array, Int8, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A SHA-256 value.
pub type Hash = [u8; 32];

const LEAF: u8 = 0;
const NODE: u8 = 1;
const BLOCK: u8 = 2;
/// The version of what is hashed.
const VERSION: u8 = 1;

/// An event with everything that is sealed of it.
#[derive(Clone, Debug, QueryableByName)]
pub struct SealedEvent {
    #[diesel(sql_type = SqlUuid)]
    pub(crate) id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    provider_org_id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    account_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    session_id: Option<Uuid>,
    #[diesel(sql_type = Text)]
    hat: String,
    #[diesel(sql_type = Array<Text>)]
    roles: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    assurance: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    portal: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    address: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    person_id: Option<Uuid>,
    #[diesel(sql_type = Text)]
    data_class: String,
    #[diesel(sql_type = Text)]
    act: String,
    #[diesel(sql_type = Text)]
    operation: String,
    #[diesel(sql_type = Array<SqlUuid>)]
    object_ids: Vec<Uuid>,
    #[diesel(sql_type = Array<Text>)]
    fields: Vec<String>,
    #[diesel(sql_type = Text)]
    purpose: String,
    #[diesel(sql_type = Text)]
    outcome: String,
    #[diesel(sql_type = Nullable<Text>)]
    reason: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    on_behalf_of: Option<Uuid>,
    #[diesel(sql_type = Text)]
    request_id: String,
    #[diesel(sql_type = Int8)]
    pub(crate) xact: i64,
}

impl SealedEvent {
    /// The event's place in the order of sealing.
    #[must_use]
    pub fn place(&self) -> (i64, Uuid) {
        (self.xact, self.id)
    }

    /// The event's hash.
    #[must_use]
    pub fn leaf(&self) -> Hash {
        let mut to = Writer::new(LEAF);
        to.id(self.id).id(self.provider_org_id).time(self.at);
        to.optional_id(self.account_id).optional_id(self.session_id);
        to.text(&self.hat).texts(&self.roles);
        to.optional(self.assurance.as_deref())
            .optional(self.portal.as_deref())
            .optional(self.address.as_deref());
        to.optional_id(self.person_id)
            .text(&self.data_class)
            .text(&self.act)
            .text(&self.operation);
        to.count(self.object_ids.len());
        for id in &self.object_ids {
            to.id(*id);
        }
        to.texts(&self.fields)
            .text(&self.purpose)
            .text(&self.outcome)
            .optional(self.reason.as_deref());
        to.optional_id(self.on_behalf_of)
            .text(&self.request_id)
            .number(self.xact);
        to.finish()
    }
}

/// The root of the tree over some leaves.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            let mut hash = Sha256::new();
            hash.update([NODE]);
            hash.update(root(left));
            hash.update(root(right));
            hash.finalize().into()
        }
    }
}

/// What a block's own hash is made of.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// Its number, from 1.
    pub number: i64,
    /// When it was sealed.
    pub sealed_at: DateTime<Utc>,
    /// The place of its last event.
    pub last: (i64, Uuid),
    /// How many events it has.
    pub events: usize,
    /// The root of the tree over them.
    pub root: Hash,
    /// The hash of the block before; zeros for the first.
    pub previous: Hash,
}

impl Header {
    /// The block's hash.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let mut to = Writer::new(BLOCK);
        to.number(self.number)
            .time(self.sealed_at)
            .number(self.last.0)
            .id(self.last.1)
            .count(self.events);
        to.bytes(&self.root).bytes(&self.previous);
        to.finish()
    }
}

struct Writer(Sha256);

impl Writer {
    fn new(kind: u8) -> Self {
        let mut hash = Sha256::new();
        hash.update([kind, VERSION]);
        Self(hash)
    }

    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update(bytes);
        self
    }

    fn number(&mut self, number: i64) -> &mut Self {
        self.bytes(&number.to_be_bytes())
    }

    fn count(&mut self, count: usize) -> &mut Self {
        self.bytes(&(count as u64).to_be_bytes())
    }

    fn id(&mut self, id: Uuid) -> &mut Self {
        self.bytes(id.as_bytes())
    }

    fn time(&mut self, time: DateTime<Utc>) -> &mut Self {
        self.number(time.timestamp_micros())
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.count(text.len()).bytes(text.as_bytes())
    }

    fn texts(&mut self, texts: &[String]) -> &mut Self {
        self.count(texts.len());
        for text in texts {
            self.text(text);
        }
        self
    }

    fn optional(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            None => self.bytes(&[0]),
            Some(text) => self.bytes(&[1]).text(text),
        }
    }

    fn optional_id(&mut self, id: Option<Uuid>) -> &mut Self {
        match id {
            None => self.bytes(&[0]),
            Some(id) => self.bytes(&[1]).id(id),
        }
    }

    fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(hash: Hash) -> String {
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The leaf of some data, as the test vectors of certificate transparency have it.
    fn leaf(data: &[u8]) -> Hash {
        let mut hash = Sha256::new();
        hash.update([LEAF]);
        hash.update(data);
        hash.finalize().into()
    }

    #[test]
    fn the_tree_is_that_of_certificate_transparency() {
        let data: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let leaves: Vec<Hash> = data.into_iter().map(leaf).collect();
        for (count, known) in [
            (
                0,
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                1,
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            ),
            (
                2,
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            ),
            (
                3,
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            ),
            (
                5,
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            ),
            (
                8,
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
            ),
        ] {
            assert_eq!(
                hex(root(leaves.get(..count).unwrap())),
                known,
                "{count} leaves"
            );
        }
    }

    #[test]
    fn a_block_hashes_each_of_its_parts() {
        let header = Header {
            number: 2,
            sealed_at: DateTime::UNIX_EPOCH,
            last: (7, Uuid::nil()),
            events: 3,
            root: [1; 32],
            previous: [2; 32],
        };
        let others = [
            Header {
                number: 3,
                ..header
            },
            Header {
                sealed_at: DateTime::UNIX_EPOCH + chrono::Duration::microseconds(1),
                ..header
            },
            Header {
                last: (8, Uuid::nil()),
                ..header
            },
            Header {
                last: (7, Uuid::max()),
                ..header
            },
            Header {
                events: 4,
                ..header
            },
            Header {
                root: [3; 32],
                ..header
            },
            Header {
                previous: [3; 32],
                ..header
            },
        ];
        for other in others {
            assert_ne!(header.hash(), other.hash());
        }
        assert_eq!(header.hash(), header.hash());
    }
}
