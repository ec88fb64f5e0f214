//! Blocks of sealed events: appended by whoever seals, checked by whoever doubts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bytea, Int4, Int8, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use uuid::Uuid;

use super::seal::{Hash, Header, SealedEvent, root};
use crate::database::Connection;
use crate::schema::audit_blocks;

/// The most events of one block.
pub const MOST: i32 = 1_000;
/// The lock of whoever seals: one server at a time.
const LOCK: i64 = 0x5341_4c55_5341;
/// Blocks read at once when they are checked.
const AT_ONCE: i64 = 50;

/// A block, as stored.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = audit_blocks)]
pub struct Block {
    /// Its number, from 1 without a gap.
    pub number: i64,
    /// When it was sealed.
    pub sealed_at: DateTime<Utc>,
    last_xact: i64,
    last_event: Uuid,
    event_ids: Vec<Uuid>,
    leaves: Vec<u8>,
    root: Vec<u8>,
    previous: Vec<u8>,
    /// Its hash, which is signed.
    pub hash: Vec<u8>,
    /// Which key signed it.
    pub key_id: String,
    /// The signature.
    pub signature: Vec<u8>,
}

impl Block {
    /// Whether it holds as many events as one may, so that more may wait.
    #[must_use]
    pub fn is_full(&self) -> bool {
        i32::try_from(self.event_ids.len()).is_ok_and(|count| count >= MOST)
    }

    fn last(&self) -> (i64, Uuid) {
        (self.last_xact, self.last_event)
    }

    fn leaves(&self) -> Vec<Hash> {
        let chunks = self.leaves.chunks_exact(32);
        chunks.filter_map(|leaf| leaf.try_into().ok()).collect()
    }
}

/// A signature and the key it was made with.
pub struct Signature {
    /// Which key.
    pub key_id: String,
    /// The signature.
    pub bytes: Vec<u8>,
}

/// Signs a block's hash.
pub type Sign<'s> = &'s (dyn Fn(&[u8]) -> Signature + Sync);

/// Takes the place of whoever seals, until the transaction ends; false when another server has it.
///
/// # Errors
/// What the database says.
pub async fn take_turn(conn: &mut Connection) -> QueryResult<bool> {
    diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(&format!(
        "pg_try_advisory_xact_lock({LOCK})"
    )))
    .get_result(conn)
    .await
}

/// The last block.
///
/// # Errors
/// What the database says.
pub async fn last_block(conn: &mut Connection) -> QueryResult<Option<Block>> {
    audit_blocks::table
        .select(Block::as_select())
        .order(audit_blocks::number.desc())
        .first(conn)
        .await
        .optional()
}

/// How far sealing has come.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Blocks there are.
    pub blocks: i64,
    /// When the last one was sealed.
    pub sealed_at: Option<DateTime<Utc>>,
    /// Events that wait for a block, at most [`MOST`] are counted.
    pub waiting: i64,
}

/// How far sealing has come.
///
/// # Errors
/// What the database says.
pub async fn standing(conn: &mut Connection) -> QueryResult<Standing> {
    let last: Option<(i64, DateTime<Utc>, i64, Uuid)> = audit_blocks::table
        .select((
            audit_blocks::number,
            audit_blocks::sealed_at,
            audit_blocks::last_xact,
            audit_blocks::last_event,
        ))
        .order(audit_blocks::number.desc())
        .first(conn)
        .await
        .optional()?;
    let (xact, event) = last.map_or(BEGINNING, |(.., xact, event)| (xact, event));
    let Counted { waiting } =
        diesel::sql_query("SELECT count(*) AS waiting FROM app.audit_after($1, $2, $3)")
            .bind::<Int8, _>(xact)
            .bind::<SqlUuid, _>(event)
            .bind::<Int4, _>(MOST)
            .get_result(conn)
            .await?;
    Ok(Standing {
        blocks: last.map_or(0, |(number, ..)| number),
        sealed_at: last.map(|(_, sealed_at, ..)| sealed_at),
        waiting,
    })
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Int8)]
    waiting: i64,
}

/// Seals the next events in a block, if there are any: `sign` signs its hash. The caller has the turn.
///
/// # Errors
/// What the database says.
pub async fn seal_next(
    conn: &mut Connection,
    now: DateTime<Utc>,
    sign: Sign<'_>,
) -> QueryResult<Option<Block>> {
    let before = last_block(conn).await?;
    let from = before.as_ref().map_or(BEGINNING, Block::last);
    let events = events_after(conn, from, MOST).await?;
    let Some(last) = events.last() else {
        return Ok(None);
    };
    let leaves: Vec<Hash> = events.iter().map(SealedEvent::leaf).collect();
    let header = Header {
        number: before.as_ref().map_or(0, |block| block.number) + 1,
        // As exact as the database keeps it.
        sealed_at: DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now),
        last: last.place(),
        events: events.len(),
        root: root(&leaves),
        previous: before.map_or([0; 32], |block| hash_of(&block.hash)),
    };
    let hash = header.hash();
    let signature = sign(&hash);
    let block = Block {
        number: header.number,
        sealed_at: header.sealed_at,
        last_xact: header.last.0,
        last_event: header.last.1,
        event_ids: events.iter().map(|event| event.id).collect(),
        leaves: leaves.concat(),
        root: header.root.to_vec(),
        previous: header.previous.to_vec(),
        hash: hash.to_vec(),
        key_id: signature.key_id,
        signature: signature.bytes,
    };
    append(conn, &block).await?;
    Ok(Some(block))
}

async fn append(conn: &mut Connection, block: &Block) -> QueryResult<()> {
    diesel::sql_query("SELECT app.append_audit_block($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind::<Int8, _>(block.number)
        .bind::<Timestamptz, _>(block.sealed_at)
        .bind::<Int8, _>(block.last_xact)
        .bind::<SqlUuid, _>(block.last_event)
        .bind::<Array<SqlUuid>, _>(&block.event_ids)
        .bind::<Bytea, _>(&block.leaves)
        .bind::<Bytea, _>(&block.root)
        .bind::<Bytea, _>(&block.previous)
        .bind::<Bytea, _>(&block.hash)
        .bind::<Text, _>(&block.key_id)
        .bind::<Bytea, _>(&block.signature)
        .execute(conn)
        .await
        .map(drop)
}

/// Before every event.
const BEGINNING: (i64, Uuid) = (i64::MIN, Uuid::nil());

async fn events_after(
    conn: &mut Connection,
    (xact, id): (i64, Uuid),
    most: i32,
) -> QueryResult<Vec<SealedEvent>> {
    diesel::sql_query("SELECT * FROM app.audit_after($1, $2, $3)")
        .bind::<Int8, _>(xact)
        .bind::<SqlUuid, _>(id)
        .bind::<Int4, _>(most)
        .load(conn)
        .await
}

fn hash_of(bytes: &[u8]) -> Hash {
    bytes.try_into().unwrap_or([0; 32])
}

/// What is wrong with the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A block is not there, though a later one or a checkpoint is.
    BlockMissing(i64),
    /// A block does not name the one before it.
    Unchained(i64),
    /// A block's hashes do not belong together.
    BlockChanged(i64),
    /// A block's signature is not of this installation's key.
    Unsigned(i64),
    /// A block is not the one that was noted outside the database.
    NotAsNoted(i64),
    /// An event of a block is not there any more.
    EventMissing(i64, Uuid),
    /// An event stands among those of a block and was not sealed with it.
    EventAdded(i64, Uuid),
    /// An event is not what was sealed.
    EventChanged(i64, Uuid),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BlockMissing(block) => write!(f, "block {block} is missing"),
            Self::Unchained(block) => write!(f, "block {block} does not follow the one before it"),
            Self::BlockChanged(block) => write!(f, "block {block} was changed"),
            Self::Unsigned(block) => write!(f, "block {block} is not signed with this key"),
            Self::NotAsNoted(block) => {
                write!(f, "block {block} is not the one the checkpoint notes")
            }
            Self::EventMissing(block, id) => write!(f, "event {id} of block {block} is missing"),
            Self::EventAdded(block, id) => {
                write!(f, "event {id} was added among those of block {block}")
            }
            Self::EventChanged(block, id) => write!(f, "event {id} of block {block} was changed"),
        }
    }
}

/// What a check of the trail found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Blocks checked.
    pub blocks: i64,
    /// Events sealed in them.
    pub events: usize,
    /// Events that wait for a block, at most [`MOST`] are counted.
    pub waiting: usize,
    /// What is wrong.
    pub broken: Vec<Broken>,
}

/// Checks every block and every event in them: `signed` judges a block's signature, `noted` are
/// hashes of blocks that were written down outside the database.
///
/// # Errors
/// What the database says.
pub async fn verify(
    conn: &mut Connection,
    signed: &(dyn Fn(&Block) -> bool + Sync),
    noted: &BTreeMap<i64, Hash>,
) -> QueryResult<Report> {
    let mut report = Report::default();
    let mut from = BEGINNING;
    let mut previous: Hash = [0; 32];
    let mut number = 0;
    loop {
        let blocks: Vec<Block> = audit_blocks::table
            .select(Block::as_select())
            .filter(audit_blocks::number.gt(number))
            .order(audit_blocks::number)
            .limit(AT_ONCE)
            .load(conn)
            .await?;
        let Some(last) = blocks.last() else { break };
        let until = last.number;
        for block in &blocks {
            report
                .broken
                .extend((number + 1..block.number).map(Broken::BlockMissing));
            number = block.number;
            check_block(block, previous, signed, noted, &mut report.broken);
            let events = events_until(conn, from, block.last()).await?;
            check_events(block, &events, &mut report.broken);
            report.blocks += 1;
            report.events += block.event_ids.len();
            previous = hash_of(&block.hash);
            from = block.last();
        }
        number = until;
    }
    let lost = noted
        .range(number + 1..)
        .map(|(lost, _)| Broken::BlockMissing(*lost));
    report.broken.extend(lost);
    report.waiting = events_after(conn, from, MOST).await?.len();
    Ok(report)
}

async fn events_until(
    conn: &mut Connection,
    from: (i64, Uuid),
    last: (i64, Uuid),
) -> QueryResult<Vec<SealedEvent>> {
    let mut found: Vec<SealedEvent> = Vec::new();
    loop {
        let after = found.last().map_or(from, SealedEvent::place);
        let page = events_after(conn, after, MOST + 1).await?;
        let more = page.len() > MOST as usize;
        let before = found.len();
        found.extend(page.into_iter().filter(|event| event.place() <= last));
        if !more || found.len() == before {
            return Ok(found);
        }
        if found.last().is_some_and(|event| event.place() == last) {
            return Ok(found);
        }
    }
}

fn check_block(
    block: &Block,
    previous: Hash,
    signed: &(dyn Fn(&Block) -> bool + Sync),
    noted: &BTreeMap<i64, Hash>,
    broken: &mut Vec<Broken>,
) {
    let number = block.number;
    let header = Header {
        number,
        sealed_at: block.sealed_at,
        last: block.last(),
        events: block.event_ids.len(),
        root: hash_of(&block.root),
        previous: hash_of(&block.previous),
    };
    if header.previous != previous {
        broken.push(Broken::Unchained(number));
    }
    if header.root != root(&block.leaves()) || header.hash().as_slice() != block.hash {
        broken.push(Broken::BlockChanged(number));
    }
    if !signed(block) {
        broken.push(Broken::Unsigned(number));
    }
    if noted
        .get(&number)
        .is_some_and(|hash| hash.as_slice() != block.hash)
    {
        broken.push(Broken::NotAsNoted(number));
    }
}

fn check_events(block: &Block, events: &[SealedEvent], broken: &mut Vec<Broken>) {
    let sealed: BTreeMap<Uuid, Hash> = block
        .event_ids
        .iter()
        .copied()
        .zip(block.leaves())
        .collect();
    let found: BTreeSet<Uuid> = events.iter().map(|event| event.id).collect();
    let number = block.number;
    for id in sealed.keys().filter(|id| !found.contains(id)) {
        broken.push(Broken::EventMissing(number, *id));
    }
    for event in events {
        match sealed.get(&event.id) {
            None => broken.push(Broken::EventAdded(number, event.id)),
            Some(leaf) if *leaf != event.leaf() => {
                broken.push(Broken::EventChanged(number, event.id));
            }
            Some(_) => {}
        }
    }
    // The order of the list is sealed too: it is the order of the leaves.
    let order = block.event_ids.iter().filter(|id| found.contains(id));
    if !order.eq(events
        .iter()
        .map(|event| &event.id)
        .filter(|id| sealed.contains_key(id)))
    {
        broken.push(Broken::BlockChanged(number));
    }
}
