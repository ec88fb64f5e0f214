//! What a backup says of a database, and how a dump becomes an installation again. Both are the
//! work of an administrator whom row-level security does not bind.

mod restore;
mod snapshot;

pub use restore::{Door, Ended, Target, Wrapped, ended_tables};
pub use snapshot::Snapshot;

use crate::database::Connection;
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Int8, Nullable, Text, Timestamptz};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use std::collections::BTreeMap;

/// What stopped a backup or a restore.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database cannot be reached.
    #[error("the database cannot be reached: {0}")]
    Connection(#[from] diesel::ConnectionError),
    /// A statement failed.
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
    /// Row-level security would hide rows from the backup.
    #[error(
        "row-level security is forced on every table and binds {0}, so that its backup would lack rows; \
         setting admin_database_url must name a superuser or a role with BYPASSRLS"
    )]
    Bound(String),
    /// The restored functions belong to several roles.
    #[error(
        "{0} is no superuser; a restore makes what belongs to several roles, so setting \
         admin_database_url must name a superuser"
    )]
    NoSuperuser(String),
    /// Nothing was ever migrated here.
    #[error("there is nothing to back up: no migration has run in this database")]
    NeverMigrated,
    /// Organizations' keys are wrapped by different key files.
    #[error("the organizations' keys are wrapped by several key files: {0}")]
    SeveralKeyFiles(String),
    /// Something is in the database already.
    #[error("the database is not empty (it has {0}); a restore needs an empty one")]
    NotEmpty(String),
    /// A server is connected to the database.
    #[error("a server is connected to the database; stop every server before a restore")]
    Served,
    /// The server's login could still connect.
    #[error(
        "the database cannot be closed to salus_app while it is restored; let a superuser restore"
    )]
    NotClosed,
}

/// What is in a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// The version of PostgreSQL.
    pub postgres: String,
    /// Every migration that ran, oldest first.
    pub migrations: Vec<String>,
    /// The fingerprint of the key file that wraps the organizations' keys; none without organizations.
    pub key_file_id: Option<String>,
    /// Rows of each table.
    pub tables: BTreeMap<String, i64>,
    /// The audit trail; none before there were blocks.
    pub trail: Option<Trail>,
}

/// How far the audit trail goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// The largest transaction number in it; 0 when it is empty.
    pub largest_xact: i64,
    /// Events that are in no block yet.
    pub not_sealed: i64,
    /// The last block.
    pub head: Option<Head>,
}

/// The last block of a trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub number: i64,
    /// When it was sealed.
    pub sealed_at: DateTime<Utc>,
    /// Its hash, in hexadecimal digits.
    pub hash: String,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Flag {
    #[diesel(sql_type = Bool)]
    flag: bool,
}

async fn lines(conn: &mut Connection, query: &str) -> Result<Vec<String>, BackupError> {
    let lines: Vec<Line> = diesel::sql_query(query).load(conn).await?;
    Ok(lines.into_iter().map(|line| line.line).collect())
}

async fn is(conn: &mut Connection, condition: &str) -> Result<bool, BackupError> {
    let found: Flag = diesel::sql_query(format!("SELECT ({condition}) AS flag"))
        .get_result(conn)
        .await?;
    Ok(found.flag)
}

/// A connection of an administrator that no time limit ends.
async fn administrator(admin_url: &str) -> Result<Connection, BackupError> {
    use diesel_async::SimpleAsyncConnection;
    let mut conn = Connection::new(AsyncPgConnection::establish(admin_url).await?);
    conn.batch_execute(
        "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET timezone = 'UTC'",
    )
    .await?;
    Ok(conn)
}

async fn login(conn: &mut Connection) -> Result<String, BackupError> {
    let names = lines(conn, "SELECT current_user::text AS line").await?;
    Ok(names.into_iter().next().unwrap_or_default())
}

/// Reads what is in a database; nothing where no migration ever ran.
async fn contents(conn: &mut Connection) -> Result<Contents, BackupError> {
    const MIGRATED: &str = "to_regclass('public.__diesel_schema_migrations') IS NOT NULL";
    if !is(conn, MIGRATED).await? {
        return Err(BackupError::NeverMigrated);
    }
    let postgres = lines(conn, "SELECT current_setting('server_version') AS line").await?;
    Ok(Contents {
        postgres: postgres.into_iter().next().unwrap_or_default(),
        migrations: lines(
            conn,
            "SELECT version::text AS line FROM public.__diesel_schema_migrations ORDER BY 1",
        )
        .await?,
        key_file_id: key_file_id(conn).await?,
        tables: counts(conn).await?,
        trail: trail(conn).await?,
    })
}

async fn key_file_id(conn: &mut Connection) -> Result<Option<String>, BackupError> {
    if !is(conn, "to_regclass('public.organization_keys') IS NOT NULL").await? {
        return Ok(None);
    }
    let mut ids = lines(
        conn,
        "SELECT DISTINCT key_file_id AS line FROM public.organization_keys ORDER BY 1",
    )
    .await?;
    if ids.len() > 1 {
        return Err(BackupError::SeveralKeyFiles(ids.join(", ")));
    }
    Ok(ids.pop())
}

async fn counts(conn: &mut Connection) -> Result<BTreeMap<String, i64>, BackupError> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Int8)]
        rows: i64,
    }
    let each = lines(
        conn,
        "SELECT format('SELECT %L AS name, count(*) AS rows FROM %I.%I', relname, nspname, relname) AS line \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY relname",
    )
    .await?;
    if each.is_empty() {
        return Ok(BTreeMap::new());
    }
    let counts: Vec<Count> = diesel::sql_query(each.join(" UNION ALL "))
        .load(conn)
        .await?;
    Ok(counts.into_iter().map(|c| (c.name, c.rows)).collect())
}

async fn trail(conn: &mut Connection) -> Result<Option<Trail>, BackupError> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Int8)]
        largest_xact: i64,
        #[diesel(sql_type = Int8)]
        not_sealed: i64,
        #[diesel(sql_type = Nullable<Int8>)]
        number: Option<i64>,
        #[diesel(sql_type = Nullable<Timestamptz>)]
        sealed_at: Option<DateTime<Utc>>,
        #[diesel(sql_type = Nullable<Text>)]
        hash: Option<String>,
    }
    if !is(conn, "to_regclass('public.audit_blocks') IS NOT NULL").await? {
        return Ok(None);
    }
    let row: Row = diesel::sql_query(
        "SELECT coalesce(greatest((SELECT max(xact) FROM public.audit_events), b.last_xact), 0) AS largest_xact, \
                (SELECT count(*) FROM public.audit_events e \
                  WHERE b.number IS NULL OR (e.xact, e.id) > (b.last_xact, b.last_event)) AS not_sealed, \
                b.number, b.sealed_at, encode(b.hash, 'hex') AS hash \
           FROM (SELECT 1) one LEFT JOIN \
                (SELECT * FROM public.audit_blocks ORDER BY number DESC LIMIT 1) b ON true",
    )
    .get_result(conn)
    .await?;
    let head = match (row.number, row.sealed_at, row.hash) {
        (Some(number), Some(sealed_at), Some(hash)) => Some(Head {
            number,
            sealed_at,
            hash,
        }),
        _ => None,
    };
    Ok(Some(Trail {
        largest_xact: row.largest_xact,
        not_sealed: row.not_sealed,
        head,
    }))
}
