//! Migrations, embedded. They run as `salus_owner`; the roles are made first, by an administrator.

use crate::database::Connection;
use diesel::QueryableByName;
use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::Text;
use diesel_async::{
    AsyncConnection, AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::time::Duration;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");
const ROLES: &str = include_str!("bootstrap.sql");

/// What stopped a migration.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// The database cannot be reached.
    #[error("the database cannot be reached: {0}")]
    Connection(#[from] diesel::ConnectionError),
    /// A statement failed.
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
    /// A migration failed and was rolled back.
    #[error("{0}")]
    Migration(String),
    /// A newer program has migrated the database.
    #[error(
        "the database is newer than this program: it ran migration {0}, which this program does not know; use a \
         newer salus"
    )]
    Newer(String),
}

/// Makes the cluster's roles, where they are missing, and sets the password of the login
/// `salus_app`. Needs an administrator's address.
///
/// # Errors
/// When the database cannot be reached or refuses.
pub async fn bootstrap(admin_url: &str, app_password: Option<&str>) -> Result<(), MigrationError> {
    let mut conn = AsyncPgConnection::establish(admin_url).await?;
    let mut statements = ROLES.to_owned();
    if let Some(password) = app_password {
        let quoted = password.replace('\'', "''");
        statements.push_str(&format!("ALTER ROLE salus_app PASSWORD '{quoted}';"));
    }
    // Roles belong to the whole cluster, in which others may change them at the same moment; there is no
    // lock that reaches beyond one database.
    let mut tries = 0;
    loop {
        match conn.batch_execute(&statements).await {
            Err(error) if tries < TRIES && somebody_was_faster(&error) => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(20 * tries)).await;
            }
            made => return Ok(made?),
        }
    }
}

/// How often what competes for the cluster's roles is tried again.
const TRIES: u64 = 20;

fn somebody_was_faster(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => true,
        Error::DatabaseError(_, about) => about.message().contains("concurrently"),
        _ => false,
    }
}

/// Runs what is pending; answers the versions that ran.
///
/// # Errors
/// When the database cannot be reached, a newer program has migrated it, or a migration fails; that
/// migration is rolled back whole.
pub async fn migrate(admin_url: &str) -> Result<Vec<String>, MigrationError> {
    check_not_newer(admin_url).await?;
    let mut harness = harness(admin_url).await?;
    let ran = harness
        .run_pending_migrations(MIGRATIONS)
        .map_err(|e| MigrationError::Migration(e.to_string()))?;
    Ok(ran.iter().map(ToString::to_string).collect())
}

/// Undoes every migration, newest first.
///
/// # Errors
/// As [`migrate`].
pub async fn revert_all(admin_url: &str) -> Result<Vec<String>, MigrationError> {
    let mut harness = harness(admin_url).await?;
    let undone = harness
        .revert_all_migrations(MIGRATIONS)
        .map_err(|e| MigrationError::Migration(e.to_string()))?;
    Ok(undone.iter().map(ToString::to_string).collect())
}

/// Undoes the newest migration, as an older program left the database; answers its version.
///
/// # Errors
/// As [`migrate`].
pub async fn revert_last(admin_url: &str) -> Result<String, MigrationError> {
    let mut harness = harness(admin_url).await?;
    let undone = harness
        .revert_last_migration(MIGRATIONS)
        .map_err(|e| MigrationError::Migration(e.to_string()))?;
    Ok(undone.to_string())
}

/// Refuses a database on which a migration has run that this program does not know.
///
/// # Errors
/// [`MigrationError::Newer`], or when the database cannot be reached.
pub async fn check_not_newer(admin_url: &str) -> Result<(), MigrationError> {
    let mut conn = Connection::new(AsyncPgConnection::establish(admin_url).await?);
    let ran = ran(&mut conn).await;
    match unknown(&ran)? {
        Some(version) => Err(MigrationError::Newer(version)),
        None => Ok(()),
    }
}

/// The first of some versions that this program does not know.
///
/// # Errors
/// When the embedded migrations cannot be read.
pub fn unknown(versions: &[String]) -> Result<Option<String>, MigrationError> {
    let known = known()?;
    let first = versions.iter().find(|version| !known.contains(version));
    Ok(first.cloned())
}

/// Versions embedded in this program, oldest first.
///
/// # Errors
/// When they cannot be read.
pub fn known() -> Result<Vec<String>, MigrationError> {
    let known = MigrationSource::<Pg>::migrations(&MIGRATIONS)
        .map_err(|e| MigrationError::Migration(e.to_string()))?;
    let mut versions: Vec<String> = known
        .iter()
        .map(|m| m.name().version().to_string())
        .collect();
    versions.sort();
    Ok(versions)
}

/// Versions embedded in this program that the database has not run.
///
/// # Errors
/// As [`migrate`].
pub async fn pending(admin_url: &str) -> Result<Vec<String>, MigrationError> {
    let mut harness = harness(admin_url).await?;
    let pending = harness
        .pending_migrations(MIGRATIONS)
        .map_err(|e| MigrationError::Migration(e.to_string()))?;
    Ok(pending
        .iter()
        .map(|m| m.name().version().to_string())
        .collect())
}

/// Versions embedded in this program that the database has not run, asked as the server's own login.
/// A database that does not even tell has run none of them.
///
/// # Errors
/// When the embedded migrations cannot be read.
pub async fn missing(conn: &mut Connection) -> Result<Vec<String>, MigrationError> {
    let ran = ran(conn).await;
    let mut versions = known()?;
    versions.retain(|version| !ran.contains(version));
    Ok(versions)
}

/// Versions that ran; none where the database does not tell.
async fn ran(conn: &mut Connection) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Ran {
        #[diesel(sql_type = Text)]
        version: String,
    }
    let ran: Vec<Ran> = diesel::sql_query(
        "SELECT version::text FROM public.__diesel_schema_migrations ORDER BY version",
    )
    .load(conn)
    .await
    .unwrap_or_default();
    ran.into_iter().map(|ran| ran.version).collect()
}

/// A fingerprint of every migration's content, for naming template databases.
#[must_use]
pub fn fingerprint() -> &'static str {
    env!("SALUS_MIGRATIONS")
}

async fn harness(
    admin_url: &str,
) -> Result<AsyncMigrationHarness<AsyncPgConnection>, MigrationError> {
    let mut conn = AsyncPgConnection::establish(admin_url).await?;
    conn.batch_execute("SET ROLE salus_owner").await?;
    Ok(AsyncMigrationHarness::new(conn))
}
