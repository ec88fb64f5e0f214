//! A state of the database that several connections can see.

use diesel_async::SimpleAsyncConnection;

use super::{BackupError, Contents, administrator, contents, is, lines, login};
use crate::database::Connection;

/// A moment of the database, kept until it is dropped: what is read here and what is dumped with its
/// name is the same.
pub struct Snapshot {
    conn: Connection,
    name: String,
}

impl Snapshot {
    /// Takes one.
    ///
    /// # Errors
    /// When the database cannot be reached, or row-level security would hide rows from this login.
    pub async fn take(admin_url: &str) -> Result<Self, BackupError> {
        const FREE: &str =
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user";
        let mut conn = administrator(admin_url).await?;
        if !is(&mut conn, FREE).await? {
            return Err(BackupError::Bound(login(&mut conn).await?));
        }
        conn.batch_execute(
            "SET row_security = off; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        )
        .await?;
        let name = lines(&mut conn, "SELECT pg_export_snapshot() AS line").await?;
        Ok(Self {
            conn,
            name: name.into_iter().next().unwrap_or_default(),
        })
    }

    /// Its name, for `pg_dump --snapshot`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is in the database at that moment.
    ///
    /// # Errors
    /// What the database says.
    pub async fn contents(&mut self) -> Result<Contents, BackupError> {
        contents(&mut self.conn).await
    }
}
