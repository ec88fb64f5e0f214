//! Transactions and how they end.

use chrono::{DateTime, Utc};
use diesel::QueryResult;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use futures_util::future::{try_join, try_join4};
use salus_domain::audit::{Context, Entry as AuditEntry};
use salus_domain::ids::ProviderOrgId;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

use super::entering::{EnterQuery, EnteredRow};
use super::link::{Link, Manager};
use super::{Connection, Settings};
use crate::{audit, plumbing};

/// An open transaction of somebody. Dropped without [`Transaction::commit`], nothing of it is kept.
pub struct Transaction {
    pub(super) link: bb8::PooledConnection<'static, Manager>,
    pub(super) end: End,
    pub(super) settings: Arc<Settings>,
    pub(super) _permits: Permits,
}

/// What a transaction leaves besides its own rows.
pub struct Left<'a> {
    /// The time it is decided by.
    pub now: DateTime<Utc>,
    /// What happened, for whoever listens.
    pub events: &'a [plumbing::Event],
    /// The answer, for whoever asks again.
    pub answer: Option<plumbing::FirstAnswer>,
    /// Where the lines of the trail come from.
    pub context: &'a Context,
    /// The lines of the trail.
    pub entries: &'a [AuditEntry],
}

/// How a transaction ended.
#[derive(Clone, Copy)]
pub(super) enum End {
    Committed,
    RolledBack,
    Dropped,
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let meters = &self.settings.meters;
        let ended = match self.end {
            End::Committed => &meters.committed,
            End::RolledBack => &meters.rolled_back,
            End::Dropped => &meters.dropped,
        };
        ended.increment(1);
    }
}

/// The connection, a place among those who have one and, for those who compete and for strangers, a
/// place in line. They come free in this order when the transaction is over, so that who has a place
/// finds a connection.
pub(super) type Permits = [Option<OwnedSemaphorePermit>; 3];

impl Transaction {
    /// The connection, for query functions.
    pub fn connection(&mut self) -> &mut Connection {
        &mut self.link.pg
    }

    /// The connection, for statements that are sent together.
    #[must_use]
    pub fn shared(&self) -> &Connection {
        &self.link.pg
    }

    /// Ends the transaction and keeps what was written.
    ///
    /// # Errors
    /// What the database says; nothing is kept then.
    pub async fn commit(mut self) -> QueryResult<()> {
        Commit.execute(&mut self.link.pg).await?;
        self.link.dirty = false;
        self.end = End::Committed;
        Ok(())
    }

    /// Ends the transaction and keeps what was written, with all it leaves for others: one round
    /// trip. The audit trail is the last statement before COMMIT, so that an error unnoticed before
    /// keeps nothing.
    ///
    /// # Errors
    /// What the database says; nothing is kept then.
    pub async fn finish(mut self, org: ProviderOrgId, left: &Left<'_>) -> QueryResult<()> {
        let pg = &self.link.pg;
        let mut last = pg;
        // One statement each: they are sent in this order, and nothing may follow COMMIT.
        let answer = async {
            match &left.answer {
                Some(first) => plumbing::keep_answer(pg, org, first).await,
                None => Ok(()),
            }
        };
        try_join4(
            plumbing::emit(pg, org, left.events, left.now),
            answer,
            audit::record(pg, left.context, left.entries),
            Commit.execute(&mut last),
        )
        .await?;
        self.link.dirty = false;
        self.end = End::Committed;
        Ok(())
    }

    /// Ends the transaction and forgets it. A connection that cannot even do that is thrown away.
    pub async fn rollback(mut self) {
        if self.link.pg.batch_execute("ROLLBACK").await.is_ok() {
            self.link.dirty = false;
            self.end = End::RolledBack;
        }
    }

    pub(super) fn link(&mut self) -> &mut Link {
        &mut self.link
    }

    pub(super) async fn begin_with<const TEAM: bool>(
        &mut self,
        enter: EnterQuery<TEAM>,
    ) -> QueryResult<EnteredRow> {
        let pg = &self.link.pg;
        let (mut first, mut second) = (pg, pg);
        let ((), row) = try_join(
            first.batch_execute("BEGIN"),
            enter.get_result::<EnteredRow>(&mut second),
        )
        .await?;
        Ok(row)
    }
}

/// COMMIT as a prepared statement: sent as a plain one it could overtake statements before it.
struct Commit;

impl QueryFragment<Pg> for Commit {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("COMMIT");
        Ok(())
    }
}

impl QueryId for Commit {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}
