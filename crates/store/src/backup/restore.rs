//! The database that is restored into: closed while it is filled, and opened by the transaction that
//! ends what must not live on.

use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::pg::Pg;
use diesel::sql_types::{Array, Bytea, Int8, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use salus_domain::audit::{Context, Entry};
use salus_domain::ids::ProviderOrgId;
use uuid::Uuid;

use super::{BackupError, Contents, administrator, contents, is, lines, login};
use crate::database::Connection;

/// An administrator's connection to the database that is restored into.
pub struct Target {
    conn: Connection,
}

/// Who could connect to the database before it was closed, as `GRANT` names them.
pub struct Door(Vec<String>);

/// How many of a kind were ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Of what: the table.
    pub table: &'static str,
    /// What happened to them.
    pub how: &'static str,
    /// How many.
    pub rows: usize,
}

/// An organization's key, wrapped by the key file.
#[derive(Clone, Debug, QueryableByName)]
pub struct Wrapped {
    #[diesel(sql_type = SqlUuid)]
    provider_org_id: Uuid,
    /// The organization's code.
    #[diesel(sql_type = Text)]
    pub code: String,
    /// The wrapped key.
    #[diesel(sql_type = Bytea)]
    pub wrapped: Vec<u8>,
}

impl Wrapped {
    /// The organization.
    #[must_use]
    pub fn org(&self) -> ProviderOrgId {
        ProviderOrgId(self.provider_org_id)
    }
}

/// What was live at the backup and may have been used, ended or told since: table, what happens to
/// it, and how. `$1` is the time, `$2` the kinds of events that lead to notices.
const ENDING: &[(&str, &str, &str)] = &[
    (
        "sessions",
        "ended",
        "UPDATE sessions SET ended_at = $1, ended_reason = 'revoked' WHERE ended_at IS NULL",
    ),
    ("refresh_tokens", "removed", "DELETE FROM refresh_tokens"),
    // A key that is not there checks nothing either; the next start makes a new one.
    ("signing_keys", "removed", "DELETE FROM signing_keys"),
    (
        "pickup_codes",
        "made void",
        "UPDATE pickup_codes SET state = 'void', closed_at = $1, version = version + 1 WHERE state = 'pending'",
    ),
    (
        "code_redemptions",
        "removed",
        "DELETE FROM code_redemptions WHERE step <> 'done'",
    ),
    (
        "claims",
        "removed",
        "DELETE FROM claims WHERE hold_id IS NOT NULL",
    ),
    (
        "slot_holds",
        "ended",
        "UPDATE slot_holds SET ended_at = $1, version = version + 1 WHERE ended_at IS NULL",
    ),
    // The mails may have gone on to others since.
    (
        "appointment_links",
        "removed",
        "DELETE FROM appointment_links",
    ),
    (
        "idempotency_keys",
        "removed",
        "DELETE FROM idempotency_keys WHERE status IS NULL",
    ),
    // Somebody may have called it off since.
    (
        "planned_publications",
        "called off",
        "UPDATE planned_publications SET state = 'called_off', settled_at = $1 WHERE state = 'waiting'",
    ),
    (
        "outbox_mails",
        "held",
        "UPDATE outbox_mails SET gave_up_at = $1 WHERE sent_at IS NULL AND gave_up_at IS NULL",
    ),
    (
        "outbox_events",
        "held",
        "UPDATE outbox_events SET delivered_at = $1 WHERE delivered_at IS NULL AND kind = ANY ($2)",
    ),
];

/// The tables of which a restore ends something.
pub fn ended_tables() -> impl Iterator<Item = &'static str> {
    ENDING.iter().map(|(table, ..)| *table)
}

impl Target {
    /// Connects; only a superuser can restore.
    ///
    /// # Errors
    /// When the database cannot be reached or the login is no superuser.
    pub async fn open(admin_url: &str) -> Result<Self, BackupError> {
        const SUPERUSER: &str = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user";
        let mut conn = administrator(admin_url).await?;
        if !is(&mut conn, SUPERUSER).await? {
            return Err(BackupError::NoSuperuser(login(&mut conn).await?));
        }
        Ok(Self { conn })
    }

    /// Refuses a database in which there is anything but extensions.
    ///
    /// # Errors
    /// Names what was found.
    pub async fn check_empty(&mut self) -> Result<(), BackupError> {
        let found = lines(
            &mut self.conn,
            "WITH own AS (SELECT oid, nspname FROM pg_namespace \
                           WHERE nspname !~ '^pg_' AND nspname <> 'information_schema') \
             SELECT what AS line FROM ( \
                 SELECT 'the schema ' || nspname AS what, 0::oid AS objid, 0::oid AS class FROM own WHERE nspname <> 'public' \
                 UNION ALL SELECT 'the table ' || nspname || '.' || relname, c.oid, 'pg_class'::regclass::oid \
                   FROM pg_class c JOIN own ON own.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') \
                 UNION ALL SELECT 'the function ' || nspname || '.' || proname, p.oid, 'pg_proc'::regclass::oid \
                   FROM pg_proc p JOIN own ON own.oid = p.pronamespace) found \
              WHERE NOT EXISTS (SELECT 1 FROM pg_depend d \
                                 WHERE d.classid = class AND d.objid = found.objid AND d.deptype = 'e') \
              ORDER BY 1 DESC LIMIT 1",
        )
        .await?;
        match found.into_iter().next() {
            None => Ok(()),
            Some(what) => Err(BackupError::NotEmpty(what)),
        }
    }

    /// Closes the database to everybody but administrators, so that nothing of it is served before
    /// [`Target::commit`].
    ///
    /// # Errors
    /// When a server is connected, or the database cannot be closed.
    pub async fn close(&mut self) -> Result<Door, BackupError> {
        let door = Door(
            lines(
                &mut self.conn,
                "SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END \
                        || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS line \
                   FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a \
                  WHERE d.datname = current_database() AND a.privilege_type = 'CONNECT' \
                    AND a.grantee <> d.datdba AND a.grantee <> current_user::regrole::oid",
            )
            .await?,
        );
        for grantee in &door.0 {
            let grantee = grantee.trim_end_matches(" WITH GRANT OPTION");
            self.on_database("REVOKE CONNECT ON DATABASE", &format!("FROM {grantee}"))
                .await?;
        }
        let closed = !is(&mut self.conn, CONNECTS).await?;
        let served = is(
            &mut self.conn,
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity \
                             WHERE datname = current_database() AND usename = 'salus_app')",
        )
        .await?;
        if closed && !served {
            return Ok(door);
        }
        self.reopen(&door).await?;
        Err(if served {
            BackupError::Served
        } else {
            BackupError::NotClosed
        })
    }

    /// Opens the database again as it was.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reopen(&mut self, door: &Door) -> Result<(), BackupError> {
        for grantee in &door.0 {
            self.on_database("GRANT CONNECT ON DATABASE", &format!("TO {grantee}"))
                .await?;
        }
        // After a restore that was broken off nobody is known any more; the server is needed anyway.
        if !is(&mut self.conn, CONNECTS).await? {
            self.on_database("GRANT CONNECT ON DATABASE", "TO salus_app")
                .await?;
        }
        Ok(())
    }

    async fn on_database(&mut self, what: &str, whom: &str) -> Result<(), BackupError> {
        let name = lines(
            &mut self.conn,
            "SELECT quote_ident(current_database()) AS line",
        )
        .await?;
        let name = name.into_iter().next().unwrap_or_default();
        self.conn
            .batch_execute(&format!("{what} {name} {whom}"))
            .await?;
        Ok(())
    }

    /// What is in the database.
    ///
    /// # Errors
    /// What the database says.
    pub async fn contents(&mut self) -> Result<Contents, BackupError> {
        contents(&mut self.conn).await
    }

    /// The organizations' wrapped keys.
    ///
    /// # Errors
    /// What the database says.
    pub async fn wrapped_keys(&mut self) -> Result<Vec<Wrapped>, BackupError> {
        Ok(diesel::sql_query(
            "SELECT o.id AS provider_org_id, o.code, k.wrapped FROM organization_keys k \
               JOIN provider_organizations o ON o.id = k.provider_org_id ORDER BY o.code",
        )
        .load(&mut self.conn)
        .await?)
    }

    /// Begins the transaction that makes an installation of what was restored.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin(&mut self) -> Result<(), BackupError> {
        Ok(self.conn.batch_execute("BEGIN").await?)
    }

    /// Ends what was live at the backup: since then it may have been used, and the backup cannot
    /// know. Mails and events of the `told` kinds that were waiting are not sent: they may have been.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_what_was_live(
        &mut self,
        now: DateTime<Utc>,
        told: &[&str],
    ) -> Result<Vec<Ended>, BackupError> {
        let mut ended = Vec::new();
        for &(table, how, statement) in ENDING {
            let mut query = diesel::sql_query(statement).into_boxed::<Pg>();
            if statement.contains("$1") {
                query = query.bind::<Timestamptz, _>(now);
            }
            if statement.contains("$2") {
                query = query.bind::<Array<Text>, _>(told);
            }
            let rows = query.execute(&mut self.conn).await?;
            ended.push(Ended { table, how, rows });
        }
        Ok(ended)
    }

    /// Lets the transaction numbers of this cluster go on after the largest one of the restored
    /// trail; answers what is added to them from now on. Counted from the oldest transaction that
    /// runs anywhere in the cluster: what it holds up is later than everything restored.
    ///
    /// # Errors
    /// What the database says.
    pub async fn continue_trail(&mut self) -> Result<i64, BackupError> {
        #[derive(QueryableByName)]
        struct Offset {
            #[diesel(sql_type = Int8)]
            offset: i64,
        }
        let Offset { offset } = diesel::sql_query(
            "SELECT greatest(0, coalesce(greatest((SELECT max(xact) FROM audit_events), \
                                                  (SELECT max(last_xact) FROM audit_blocks)), 0) + 1 \
                    - pg_snapshot_xmin(pg_current_snapshot())::text::bigint) AS offset",
        )
        .get_result(&mut self.conn)
        .await?;
        self.conn
            .batch_execute(&format!(
                "CREATE OR REPLACE FUNCTION app.audit_offset() RETURNS bigint LANGUAGE sql IMMUTABLE \
                 SET search_path = pg_catalog AS 'SELECT {offset}::bigint'"
            ))
            .await?;
        Ok(offset)
    }

    /// The provider organizations.
    ///
    /// # Errors
    /// What the database says.
    pub async fn organizations(&mut self) -> Result<Vec<ProviderOrgId>, BackupError> {
        let found = crate::accounts::provider_organizations(&mut self.conn).await?;
        Ok(found.into_iter().map(|(id, _)| ProviderOrgId(id)).collect())
    }

    /// Appends entries to an organization's audit trail.
    ///
    /// # Errors
    /// What the database says.
    pub async fn record(
        &mut self,
        org: ProviderOrgId,
        now: DateTime<Utc>,
        context: &Context,
        entries: &[Entry],
    ) -> Result<(), BackupError> {
        diesel::sql_query("SELECT app.enter_system($1, $2)")
            .bind::<SqlUuid, _>(org.0)
            .bind::<Timestamptz, _>(now)
            .execute(&mut self.conn)
            .await?;
        Ok(crate::audit::record(&self.conn, context, entries).await?)
    }

    /// Opens the database and ends the transaction: from here on it can be served.
    ///
    /// # Errors
    /// What the database says; nothing is kept then and the database stays closed.
    pub async fn commit(&mut self, door: &Door) -> Result<(), BackupError> {
        self.reopen(door).await?;
        self.conn.batch_execute("COMMIT").await?;
        // A dump has no statistics, and without them the first requests would be slow.
        Ok(self.conn.batch_execute("ANALYZE").await?)
    }
}

/// Whether the server's login may connect.
const CONNECTS: &str = "has_database_privilege('salus_app', current_database(), 'CONNECT')";
