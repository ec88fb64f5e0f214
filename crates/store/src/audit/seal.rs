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
