//! Connections and transactions.
//!
//! The only way to data is a [`Transaction`], and the only way to a transaction is to enter it as
//! somebody: a session's actor ([`Database::enter`]), the system of one provider organization
//! ([`Database::system`]) or the look-ups before sign-in ([`Database::authn`]). Entering checks the
//! session and sets the context the row-level policies read, in the same round trip as BEGIN.
//!
//! A connection whose transaction was not acknowledged as over is thrown away, whatever dropped it.

mod connection;
mod entering;
mod failures;
mod link;
mod pools;
mod transaction;

use chrono::{DateTime, Utc};
use diesel::result::Error as DieselError;
use diesel_async::SimpleAsyncConnection;
use metrics::{Counter, Histogram};
use salus_domain::access::{Actor, Hat};
use salus_domain::ids::{ProviderOrgId, SessionId};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{AcquireError, Semaphore};
use uuid::Uuid;

pub use connection::{Connection, Kept};
use entering::EnterQuery;
pub use failures::{
    constraint, error, is_lock_timeout, may_retry, was_interrupted, without_values,
};
pub use link::{LinkError, listen, password_of};
use link::{connect, reachable};
use pools::Pools;
use transaction::{End, Permits};
pub use transaction::{Left, Transaction};

/// How many entries PostgreSQL plans a list for whose length it does not know.
const PLANNED_FOR: usize = 10;

/// A list for `= ANY($1)`, filled up with repeats to the length PostgreSQL plans for. With a shorter
/// one the plan for it looks so much cheaper than the kept one that it is made anew each time,
/// which takes longer than the statement. A repeated entry is looked up once.
pub(crate) fn planned(ids: impl IntoIterator<Item = Uuid>) -> Vec<Uuid> {
    let mut list: Vec<Uuid> = ids.into_iter().collect();
    if let Some(last) = list.last().copied() {
        list.resize(list.len().max(PLANNED_FOR), last);
    }
    list
}

/// How to reach the database and how long to wait for it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `postgres://…` of the login `salus_app`.
    pub url: String,
    /// Connections kept open.
    pub pool_size: u32,
    /// How many threads get connections of their own ([`Database::settle`]).
    pub threads: usize,
    /// How many requests may wait for a connection before further ones are turned away.
    pub queue: usize,
    /// How long a request waits for a connection.
    pub wait: Duration,
    /// How long a request waits that competes with others for the same thing ([`Entry::competing`]).
    pub wait_in_line: Duration,
    /// How long a statement may run.
    pub statement: Duration,
    /// How long a statement waits for a lock.
    pub lock: Duration,
    /// What is counted.
    pub meters: Meters,
}

/// Counts what goes on; by itself nothing.
#[derive(Clone, Debug)]
pub struct Meters {
    /// Transactions whose work is kept.
    pub committed: Counter,
    /// Transactions whose work was taken back.
    pub rolled_back: Counter,
    /// Transactions that ended neither way; their connection was thrown away.
    pub dropped: Counter,
    /// Seconds waited for a connection.
    pub waited: Histogram,
}

impl Default for Meters {
    fn default() -> Self {
        Self {
            committed: Counter::noop(),
            rolled_back: Counter::noop(),
            dropped: Counter::noop(),
            waited: Histogram::noop(),
        }
    }
}

/// How busy the connections are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Connections there are.
    pub size: usize,
    /// Connections a transaction holds.
    pub in_use: usize,
    /// Who waits for one.
    pub waiting: usize,
}

impl Settings {
    /// The usual limits for an address.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            pool_size: 12,
            threads: 0,
            queue: 512,
            wait: Duration::from_secs(1),
            wait_in_line: Duration::from_secs(10),
            statement: Duration::from_secs(5),
            lock: Duration::from_secs(1),
            meters: Meters::default(),
        }
    }
}

/// Why no transaction could be opened.
#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    /// The session is unknown, over, or older than a change of the account.
    #[error("the session is over")]
    SessionOver,
    /// The account has no live right to act for whom it named.
    #[error("nobody to act for")]
    NobodyToActFor,
    /// No connection came free in time, or the database cannot be reached.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The database refused.
    #[error(transparent)]
    Query(#[from] DieselError),
}

/// A pool of connections as `salus_app`.
#[derive(Clone)]
pub struct Database {
    pools: Arc<Pools>,
    gate: Arc<Semaphore>,
    /// At most half of the connections go to requests that compete with each other: they wait for
    /// each other's locks, and all other work must not wait with them.
    line: Arc<Semaphore>,
    /// A quarter goes to strangers: a rush of sign-ins must not take the others.
    door: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    settings: Arc<Settings>,
}

/// What a request brings: its session, its hat and both clocks.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The session of the access token.
    pub session: SessionId,
    /// The account's epoch at the time the token was made.
    pub epoch: i32,
    /// The hat the path names.
    pub hat: Hat,
    /// The time the request is decided by.
    pub now: DateTime<Utc>,
    /// The time sessions are judged by.
    pub session_now: DateTime<Utc>,
    /// Whether the request counts as activity.
    pub moves_idle: bool,
    /// Whether the request may compete with many others for one thing, such as a free time. It then
    /// stands in a line of its own and may wait longer.
    pub competing: bool,
    /// Whom the account acts for: under [`Hat::Me`] a person it is a proxy of, under [`Hat::Team`]
    /// a supervisor's account it stands in for.
    pub acts_for: Option<Uuid>,
}

impl Database {
    /// Opens all connections that belong to no thread, so that they are of the caller's runtime.
    ///
    /// # Errors
    /// When the address is wrong or the database cannot be reached.
    pub async fn connect(settings: Settings) -> Result<Self, EnterError> {
        let unavailable =
            |error: &dyn std::fmt::Display| EnterError::Unavailable(error.to_string());
        let mut config = reachable(&settings.url).map_err(|e| unavailable(&e))?;
        config.application_name("salus").options(format!(
            "-c statement_timeout={} -c lock_timeout={} -c idle_in_transaction_session_timeout=5000 -c timezone=UTC",
            settings.statement.as_millis(),
            settings.lock.as_millis(),
        ));
        // Once by itself: the pool would only say that it waited too long.
        drop(connect(&config).await.map_err(|e| unavailable(&e))?);
        let (pools, opened) = Pools::open(config, settings.pool_size, settings.threads)
            .await
            .map_err(|e| unavailable(&e))?;
        Ok(Self {
            pools: Arc::new(pools),
            gate: Arc::new(Semaphore::new(opened)),
            line: Arc::new(Semaphore::new((settings.pool_size as usize / 2).max(1))),
            door: Arc::new(Semaphore::new((settings.pool_size as usize / 4).max(1))),
            waiting: Arc::new(Semaphore::new(settings.queue)),
            settings: Arc::new(settings),
        })
    }

    /// This thread is the `number`th, counted from one, to have connections of its own; they are
    /// opened when the future runs, which is to be on this thread.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn settle(&self, number: usize) -> impl Future<Output = Result<(), EnterError>> + use<> {
        Pools::settle(number);
        let database = self.clone();
        async move {
            let opened = database.pools.open_own().await;
            let more = opened.map_err(|e| EnterError::Unavailable(e.to_string()))?;
            database.gate.add_permits(more);
            Ok(())
        }
    }

    /// Opens a transaction as the actor of a session; checks the session in the same round trip.
    ///
    /// # Errors
    /// [`EnterError::SessionOver`], [`EnterError::Unavailable`] or what the database says.
    pub async fn enter(&self, entry: &Entry) -> Result<(Transaction, Actor), EnterError> {
        let mut tx = if entry.competing {
            self.open_in_line().await?
        } else {
            self.open().await?
        };
        let entered = if entry.hat == Hat::Team {
            tx.begin_with(EnterQuery::<true>(entry.clone())).await
        } else {
            tx.begin_with(EnterQuery::<false>(entry.clone())).await
        };
        match entered {
            Ok(row) => Ok((tx, row.into_actor(entry))),
            Err(error) => {
                tx.rollback().await;
                Err(match constraint(&error) {
                    Some("session_over") => EnterError::SessionOver,
                    Some("nobody_to_act_for") => EnterError::NobodyToActFor,
                    _ => error.into(),
                })
            }
        }
    }

    /// Opens a transaction as the system of one provider organization: jobs, operator's commands.
    ///
    /// # Errors
    /// [`EnterError::Unavailable`] or what the database says.
    pub async fn system(
        &self,
        org: ProviderOrgId,
        now: DateTime<Utc>,
    ) -> Result<(Transaction, Actor), EnterError> {
        let mut tx = self.open().await?;
        let begin = format!(
            "BEGIN; SELECT app.enter_system('{org}', '{}')",
            now.to_rfc3339()
        );
        tx.link().pg.batch_execute(&begin).await?;
        Ok((tx, Actor::system(org)))
    }

    /// Opens a transaction for the look-ups before sign-in: sign-in names, sessions, throttles.
    ///
    /// # Errors
    /// [`EnterError::Unavailable`] or what the database says.
    pub async fn authn(&self) -> Result<Transaction, EnterError> {
        let tx = self.open().await?;
        Self::begin_authn(tx).await
    }

    /// As [`Database::authn`], for somebody who has not shown yet who they are: of the connections
    /// only a quarter serves strangers.
    ///
    /// # Errors
    /// [`EnterError::Unavailable`] or what the database says.
    pub async fn stranger(&self) -> Result<Transaction, EnterError> {
        let permits = self.permits_after(&self.door);
        let tx = self.open_within(self.settings.wait, permits).await?;
        Self::begin_authn(tx).await
    }

    async fn begin_authn(mut tx: Transaction) -> Result<Transaction, EnterError> {
        tx.link()
            .pg
            .batch_execute("BEGIN; SET LOCAL ROLE salus_authn")
            .await?;
        Ok(tx)
    }

    /// Opens a transaction that sees nothing but what is public; for checks of the server's health.
    ///
    /// # Errors
    /// [`EnterError::Unavailable`] or what the database says.
    pub async fn nobody(&self) -> Result<Transaction, EnterError> {
        let mut tx = self.open().await?;
        tx.link().pg.batch_execute("BEGIN").await?;
        Ok(tx)
    }

    /// The settings in force.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How busy the connections are.
    #[must_use]
    pub fn load(&self) -> Load {
        let size = self.pools.size();
        Load {
            size,
            in_use: size.saturating_sub(self.gate.available_permits()),
            waiting: self
                .settings
                .queue
                .saturating_sub(self.waiting.available_permits()),
        }
    }

    async fn open(&self) -> Result<Transaction, EnterError> {
        let permits = async { Ok([None, Some(self.gate.clone().acquire_owned().await?), None]) };
        self.open_within(self.settings.wait, permits).await
    }

    async fn open_in_line(&self) -> Result<Transaction, EnterError> {
        let permits = self.permits_after(&self.line);
        self.open_within(self.settings.wait_in_line, permits).await
    }

    /// Nobody takes a connection before their turn has come.
    async fn permits_after(&self, line: &Arc<Semaphore>) -> Result<Permits, AcquireError> {
        let turn = line.clone().acquire_owned().await?;
        let one = self.gate.clone().acquire_owned().await?;
        Ok([None, Some(one), Some(turn)])
    }

    async fn open_within(
        &self,
        wait: Duration,
        permits: impl Future<Output = Result<Permits, AcquireError>>,
    ) -> Result<Transaction, EnterError> {
        let begun = Instant::now();
        let opened = self.open_now(wait, permits).await;
        let waited = &self.settings.meters.waited;
        waited.record(begun.elapsed().as_secs_f64());
        opened
    }

    async fn open_now(
        &self,
        wait: Duration,
        permits: impl Future<Output = Result<Permits, AcquireError>>,
    ) -> Result<Transaction, EnterError> {
        let full = || EnterError::Unavailable("too many requests wait for a connection".to_owned());
        let _place = self
            .waiting
            .clone()
            .try_acquire_owned()
            .map_err(|_| full())?;
        let mut permits = tokio::time::timeout(wait, permits)
            .await
            .map_err(|_| EnterError::Unavailable("no connection came free in time".to_owned()))?
            .map_err(|_| full())?;
        let taken = self.pools.take().await;
        let taken = taken.map_err(|e| EnterError::Unavailable(e.to_string()))?;
        let (mut link, permit) = taken.ok_or_else(full)?;
        permits[0] = Some(permit);
        link.dirty = true;
        Ok(Transaction {
            link,
            end: End::Dropped,
            settings: Arc::clone(&self.settings),
            _permits: permits,
        })
    }
}
