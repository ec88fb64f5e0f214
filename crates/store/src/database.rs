//! Connections and transactions.
//!
//! The only way to data is a [`Transaction`], and the only way to a transaction is to enter it as
//! somebody: a session's actor ([`Database::enter`]), the system of one provider organization
//! ([`Database::system`]) or the look-ups before sign-in ([`Database::authn`]). Entering checks the
//! session and sets the context the row-level policies read, in the same round trip as BEGIN.
//!
//! A connection whose transaction was not acknowledged as over is thrown away, whatever dropped it.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::{Array, Bool, Int4, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryResult, Queryable};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use futures_util::future::{try_join, try_join4};
use metrics::{Counter, Histogram};
use salus_domain::access::{Actor, Assurance, Hat, Role};
use salus_domain::audit::{Context, Entry as AuditEntry};
use salus_domain::ids::{AccountId, EmployerId, PersonId, ProviderOrgId, SessionId};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use crate::{audit, plumbing};

/// The password an address names, as it is, not as it stands in the address.
#[must_use]
pub fn password_of(url: &str) -> Option<String> {
    let config: tokio_postgres::Config = url.parse().ok()?;
    String::from_utf8(config.get_password()?.to_vec()).ok()
}

/// How long a new connection may take until it can be used.
const CONNECTED_WITHIN: Duration = Duration::from_secs(5);

/// How to reach the database and how long to wait for it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `postgres://…` of the login `salus_app`.
    pub url: String,
    /// Connections kept open.
    pub pool_size: u32,
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
    pool: bb8::Pool<Manager>,
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
    /// Opens the pool fully, so that connections belong to the caller's runtime.
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
        let manager = Manager { config };
        let pool = bb8::Pool::builder()
            .max_size(settings.pool_size)
            .min_idle(Some(settings.pool_size))
            .connection_timeout(Duration::from_secs(5))
            .test_on_check_out(true)
            .build(manager)
            .await
            .map_err(|e| unavailable(&e))?;
        Ok(Self {
            pool,
            gate: Arc::new(Semaphore::new(settings.pool_size as usize)),
            line: Arc::new(Semaphore::new((settings.pool_size as usize / 2).max(1))),
            door: Arc::new(Semaphore::new((settings.pool_size as usize / 4).max(1))),
            waiting: Arc::new(Semaphore::new(settings.queue)),
            settings: Arc::new(settings),
        })
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
        let size = self.settings.pool_size as usize;
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
        let permits = async { Ok([Some(self.gate.clone().acquire_owned().await?), None]) };
        self.open_within(self.settings.wait, permits).await
    }

    async fn open_in_line(&self) -> Result<Transaction, EnterError> {
        let permits = self.permits_after(&self.line);
        self.open_within(self.settings.wait_in_line, permits).await
    }

    /// Nobody takes a connection before their turn has come.
    async fn permits_after(&self, line: &Arc<Semaphore>) -> Result<Permits, AcquireError> {
        let turn = line.clone().acquire_owned().await?;
        Ok([Some(self.gate.clone().acquire_owned().await?), Some(turn)])
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
        let permits = tokio::time::timeout(wait, permits)
            .await
            .map_err(|_| EnterError::Unavailable("no connection came free in time".to_owned()))?
            .map_err(|_| full())?;
        let mut link = self
            .pool
            .get_owned()
            .await
            .map_err(|e| EnterError::Unavailable(e.to_string()))?;
        link.dirty = true;
        Ok(Transaction {
            link,
            end: End::Dropped,
            settings: Arc::clone(&self.settings),
            _permits: permits,
        })
    }
}

/// An open transaction of somebody. Dropped without [`Transaction::commit`], nothing of it is kept.
pub struct Transaction {
    link: bb8::PooledConnection<'static, Manager>,
    end: End,
    settings: Arc<Settings>,
    _permits: Permits,
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
enum End {
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

/// A place among the connections and, for those who compete and for strangers, a place in line; both
/// come free when the transaction is over.
type Permits = [Option<OwnedSemaphorePermit>; 2];

impl Transaction {
    /// The connection, for query functions.
    pub fn connection(&mut self) -> &mut AsyncPgConnection {
        &mut self.link.pg
    }

    /// The connection, for statements that are sent together.
    #[must_use]
    pub fn shared(&self) -> &AsyncPgConnection {
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

    fn link(&mut self) -> &mut Link {
        &mut self.link
    }

    async fn begin_with<const TEAM: bool>(
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

/// Makes connections for the pool.
struct Manager {
    config: tokio_postgres::Config,
}

/// A connection and what is known of its state.
struct Link {
    pg: AsyncPgConnection,
    closed: Arc<AtomicBool>,
    dirty: bool,
}

impl bb8::ManageConnection for Manager {
    type Connection = Link;
    type Error = LinkError;

    async fn connect(&self) -> Result<Link, LinkError> {
        let (client, driver) = connect(&self.config).await?;
        let closed = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&closed);
        tokio::spawn(async move {
            if let Err(error) = driver.await {
                tracing::debug!(%error, "a database connection ended");
            }
            flag.store(true, Ordering::Release);
        });
        let pg = AsyncPgConnection::try_from(client).await?;
        Ok(Link {
            pg,
            closed,
            dirty: false,
        })
    }

    async fn is_valid(&self, link: &mut Link) -> Result<(), LinkError> {
        if AtomicBool::load(&link.closed, Ordering::Acquire) {
            Err(LinkError::Closed)
        } else {
            Ok(())
        }
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        link.dirty || AtomicBool::load(&link.closed, Ordering::Acquire)
    }
}

/// The address, and how soon it is noticed that nobody is there any more.
fn reachable(url: &str) -> Result<tokio_postgres::Config, tokio_postgres::Error> {
    let mut config: tokio_postgres::Config = url.parse()?;
    config
        .connect_timeout(CONNECTED_WITHIN)
        .keepalives_idle(Duration::from_secs(30))
        .keepalives_interval(Duration::from_secs(10))
        .keepalives_retries(3)
        .tcp_user_timeout(Duration::from_secs(30));
    Ok(config)
}

type Connected = (
    tokio_postgres::Client,
    tokio_postgres::Connection<tokio_postgres::Socket, tokio_postgres::tls::NoTlsStream>,
);

/// Connects; a server that takes the connection and then says nothing is given up too.
async fn connect(config: &tokio_postgres::Config) -> Result<Connected, LinkError> {
    tokio::time::timeout(CONNECTED_WITHIN, config.connect(tokio_postgres::NoTls))
        .await
        .map_err(|_| LinkError::Silent)?
        .map_err(LinkError::from)
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// What the server or the network says.
    #[error(transparent)]
    Postgres(#[from] tokio_postgres::Error),
    /// It could not be set up.
    #[error(transparent)]
    Diesel(#[from] diesel::ConnectionError),
    /// It ended.
    #[error("the connection is closed")]
    Closed,
    /// The server did not answer in time.
    #[error("the database does not answer")]
    Silent,
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

/// The call of `app.enter`; for a supervisor it also takes the role with the column grants.
struct EnterQuery<const TEAM: bool>(Entry);

type EnteredSql = (
    SqlUuid,
    SqlUuid,
    Text,
    Text,
    Nullable<SqlUuid>,
    Bool,
    Bool,
    Array<Text>,
    Array<Text>,
    Nullable<Array<SqlUuid>>,
    Array<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<Text>,
);

impl<const TEAM: bool> Query for EnterQuery<TEAM> {
    type SqlType = EnteredSql;
}

impl<const TEAM: bool> QueryId for EnterQuery<TEAM> {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<const TEAM: bool> QueryFragment<Pg> for EnterQuery<TEAM> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "SELECT account_id, provider_org_id, language, assurance, person_id, is_portal_user, is_supervisor, \
             roles, capabilities, employers, reports, acts_for, portal",
        );
        if TEAM {
            out.push_sql(", set_config('role', 'salus_supervisor', true)");
        }
        out.push_sql(" FROM app.enter(");
        out.push_bind_param::<SqlUuid, _>(&self.0.session.0)?;
        out.push_sql(", ");
        out.push_bind_param::<Int4, _>(&self.0.epoch)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(match self.0.hat {
            Hat::Me => "me",
            Hat::Team => "team",
            Hat::Clinic => "clinic",
            Hat::Admin => "admin",
            Hat::Account | Hat::System => "account",
        })?;
        out.push_sql(", ");
        out.push_bind_param::<Timestamptz, _>(&self.0.now)?;
        out.push_sql(", ");
        out.push_bind_param::<Timestamptz, _>(&self.0.session_now)?;
        out.push_sql(", ");
        out.push_bind_param::<Bool, _>(&self.0.moves_idle)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<SqlUuid>, _>(&self.0.acts_for)?;
        out.push_sql(")");
        Ok(())
    }
}

#[derive(Queryable)]
struct EnteredRow {
    account_id: Uuid,
    provider_org_id: Uuid,
    language: String,
    assurance: String,
    person_id: Option<Uuid>,
    is_portal_user: bool,
    is_supervisor: bool,
    roles: Vec<String>,
    capabilities: Vec<String>,
    employers: Option<Vec<Uuid>>,
    reports: Vec<Uuid>,
    acts_for: Option<Uuid>,
    portal: Option<String>,
}

impl EnteredRow {
    fn into_actor(self, entry: &Entry) -> Actor {
        Actor {
            account: Some(AccountId(self.account_id)),
            session: Some(entry.session),
            provider_org: ProviderOrgId(self.provider_org_id),
            hat: entry.hat,
            assurance: if self.assurance == "mfa" {
                Assurance::Mfa
            } else {
                Assurance::Password
            },
            language: self.language,
            person: self.person_id.map(PersonId),
            acts_for: self.acts_for.map(PersonId),
            portal: self.portal,
            portal_user: self.is_portal_user,
            supervisor: self.is_supervisor,
            reports: self.reports.into_iter().map(PersonId).collect(),
            roles: self
                .roles
                .iter()
                .filter_map(|word| Role::parse(word))
                .collect(),
            capabilities: self.capabilities,
            employers: self
                .employers
                .map(|ids| ids.into_iter().map(EmployerId).collect()),
        }
    }
}

/// Whether a statement lost a race and the whole transaction may be tried again.
#[must_use]
pub fn may_retry(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(
            DatabaseErrorKind::SerializationFailure | DatabaseErrorKind::ExclusionViolation,
            _,
        ) => true,
        DieselError::DatabaseError(_, info) => info.message().contains("deadlock detected"),
        _ => false,
    }
}

/// Whether the database gave up a statement that nothing is wrong with: it or its locks took too
/// long, or the database stops, starts or recovers. Whether it was done is not known when it was the
/// COMMIT.
#[must_use]
pub fn was_interrupted(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
            _,
        ) => true,
        DieselError::DatabaseError(_, info) => {
            let message = info.message();
            [
                "canceling statement",
                "terminating connection",
                "the database system is",
            ]
            .iter()
            .any(|begin| message.starts_with(begin))
        }
        _ => false,
    }
}

/// The name of the constraint a statement ran into, if one did.
#[must_use]
pub fn constraint(error: &DieselError) -> Option<&str> {
    match error {
        DieselError::DatabaseError(_, info) => info.constraint_name(),
        _ => None,
    }
}

/// What a failed statement says, for the log: PostgreSQL quotes values in some of its messages, and
/// only quoted names may stay.
#[must_use]
pub fn without_values(error: &DieselError) -> String {
    const NAMED: [&str; 12] = [
        "column",
        "constraint",
        "cursor",
        "function",
        "index",
        "policy",
        "relation",
        "role",
        "schema",
        "sequence",
        "table",
        "type",
    ];
    let DieselError::DatabaseError(_, info) = error else {
        return match error {
            DieselError::DeserializationError(_) => "a row of no use".to_owned(),
            DieselError::SerializationError(_) => "a value of no use".to_owned(),
            _ => error.to_string(),
        };
    };
    let message = info.message();
    let mut told = String::new();
    for (at, part) in message.split('"').enumerate() {
        let named = NAMED.iter().any(|word| told.trim_end().ends_with(word));
        if at % 2 == 1 && !named {
            // A value may hold quotes itself: nothing is kept up to the last one.
            let rest = message.rsplit('"').next().unwrap_or_default();
            return format!("{told}\"…\"{rest}");
        }
        if at > 0 {
            told.push('"');
        }
        told.push_str(part);
    }
    told
}

/// What query functions answer when a statement fails, for the one place that maps it.
pub mod error {
    pub use diesel::QueryResult;
    pub use diesel::result::{DatabaseErrorKind, Error};
}

/// A connection inside a transaction, as query functions take it.
pub type Connection = AsyncPgConnection;

/// Whether a statement waited too long for a lock.
#[must_use]
pub fn is_lock_timeout(error: &DieselError) -> bool {
    matches!(error, DieselError::DatabaseError(_, info) if info.message().contains("lock timeout"))
}

/// Listens on channels with a connection of its own, until that connection ends: says when it
/// begins, and then hands on each channel and what was said there.
///
/// # Errors
/// Why the connection could not be made or ended.
pub async fn listen(
    url: &str,
    channels: &[&str],
    begun: impl FnOnce(),
    mut hear: impl FnMut(&str, &str),
) -> Result<(), LinkError> {
    let (client, mut connection) = connect(&reachable(url)?).await?;
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    let driver = tokio::spawn(async move {
        loop {
            match std::future::poll_fn(|cx| connection.poll_message(cx)).await {
                Some(Ok(tokio_postgres::AsyncMessage::Notification(note))) => {
                    let said = (note.channel().to_owned(), note.payload().to_owned());
                    if sender.send(said).is_err() {
                        return Ok(());
                    }
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error),
                None => return Ok(()),
            }
        }
    });
    for channel in channels {
        client.batch_execute(&format!("LISTEN {channel}")).await?;
    }
    begun();
    while let Some((channel, text)) = receiver.recv().await {
        hear(&channel, &text);
    }
    Ok(driver.await.unwrap_or(Ok(()))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logged(message: &str) -> String {
        without_values(&DieselError::DatabaseError(
            DatabaseErrorKind::Unknown,
            Box::new(message.to_owned()),
        ))
    }

    #[test]
    fn a_failed_statement_is_logged_with_the_names_and_without_the_values_it_quotes() {
        for (message, said) in [
            (
                "duplicate key value violates unique constraint \"sign_in_names_pkey\"",
                "duplicate key value violates unique constraint \"sign_in_names_pkey\"",
            ),
            (
                "invalid input syntax for type date: \"Maria Lopez\"",
                "invalid input syntax for type date: \"…\"",
            ),
            (
                "value \"5551234567\" is out of range for type integer",
                "value \"…\" is out of range for type integer",
            ),
            (
                "null value in column \"name\" of relation \"persons\" violates not-null constraint",
                "null value in column \"name\" of relation \"persons\" violates not-null constraint",
            ),
            (
                "column persons.first_name does not exist",
                "column persons.first_name does not exist",
            ),
            (
                "syntax error in tsquery: \"mar\"ia\"",
                "syntax error in tsquery: \"…\"",
            ),
        ] {
            assert_eq!(logged(message), said);
        }
    }

    #[test]
    fn a_password_is_read_as_it_is_not_as_it_stands_in_the_address() {
        let of = |url: &str| password_of(url);
        assert_eq!(
            of("postgres://salus_app:p%40ss%2Fword@db/salus").as_deref(),
            Some("p@ss/word")
        );
        assert_eq!(
            of("host=db user=salus_app password='p@ss'").as_deref(),
            Some("p@ss")
        );
        assert_eq!(of("postgres://salus_app@db/salus"), None);
    }
}
