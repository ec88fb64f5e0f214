//! Checks of the cluster and the database, as an administrator.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};

use crate::migrations::{self, MigrationError};

/// One check and what it found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What was checked.
    pub what: String,
    /// What is wrong, if anything is.
    pub wrong: Option<String>,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Durability settings that must be on.
const ON: [&str; 4] = [
    "fsync",
    "full_page_writes",
    "synchronous_commit",
    "data_checksums",
];

/// Tables of the installation itself: no tenant column, or one that is not a wall. The lint says
/// `{installation}` for them.
const INSTALLATION_TABLES: [&str; 6] = [
    "audit_blocks",
    "provider_organizations",
    "sign_in_names",
    "refresh_tokens",
    "signing_keys",
    "throttles",
];

/// Those of them that have the tenant's column all the same: `{tenanted}`.
const TENANTED_TABLES: [&str; 2] = ["sign_in_names", "refresh_tokens"];

/// Functions that run as their owner, each with a fixed search path: `{definers}`.
const DEFINER_FUNCTIONS: [&str; 8] = [
    "append_audit_block",
    "audit_after",
    "enter",
    "free_report_holds",
    "keep_visit_step",
    "record_audit",
    "report_open_visits",
    "report_times",
];

/// Runs every check.
///
/// # Errors
/// When the database cannot be reached.
pub async fn examine(admin_url: &str) -> Result<Vec<Finding>, MigrationError> {
    let mut conn = AsyncPgConnection::establish(admin_url).await?;
    let mut findings = Vec::new();
    for setting in ON {
        let lines = lines(
            &mut conn,
            &format!("SELECT current_setting('{setting}') AS line"),
        )
        .await?;
        let value = lines.into_iter().next().unwrap_or_default();
        let wrong = Some(value)
            .filter(|value| value != "on")
            .map(|value| format!("is {value}, must be on"));
        findings.push(Finding {
            what: setting.to_owned(),
            wrong,
        });
    }
    let pending = migrations::pending(admin_url).await?;
    let migrated = pending.is_empty();
    findings.push(finding("migrations", pending, "pending"));
    for (what, query) in LINT {
        let found = lines(&mut conn, &with_lists(query)).await?;
        findings.push(finding(what, found, "found"));
    }
    if migrated {
        let (what, query) = NUMBERS;
        let found = lines(&mut conn, query).await?;
        findings.push(finding(what, found, "found"));
    }
    Ok(findings)
}

/// A dump that was restored in another way than by `salus restore`: what is sealed there would not be
/// found, and nothing more would be sealed.
const NUMBERS: (&str, &str) = (
    "transaction numbers go on after the audit trail",
    "SELECT max(xact)::text || ' is in the trail, the next is ' || \
     (app.audit_offset() + pg_snapshot_xmax(pg_current_snapshot())::text::bigint)::text AS line FROM audit_events \
     HAVING max(xact) >= app.audit_offset() + pg_snapshot_xmax(pg_current_snapshot())::text::bigint",
);

/// The lint of the database: each query lists what is wrong.
const LINT: &[(&str, &str)] = &[
    (
        "roles own nothing and bypass nothing",
        "SELECT rolname::text AS line FROM pg_roles WHERE rolname IN ('salus_app', 'salus_supervisor', 'salus_audit', \
         'salus_authn', 'salus_owner') AND (rolsuper OR rolbypassrls OR (rolname = 'salus_app' AND rolinherit))",
    ),
    (
        "every role exists",
        "SELECT r AS line FROM unnest(ARRAY['salus_owner', 'salus_app', 'salus_supervisor', 'salus_audit', \
         'salus_authn']) r WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = r)",
    ),
    (
        "everything belongs to salus_owner",
        "SELECT c.relname::text AS line FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN \
         ('public', 'app') AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_get_userbyid(c.relowner) <> 'salus_owner'",
    ),
    (
        "no role of the server may empty a table",
        "SELECT table_name || ' by ' || grantee AS line FROM information_schema.role_table_grants WHERE grantee IN \
         ('salus_app', 'salus_supervisor', 'salus_audit', 'salus_authn') AND privilege_type = 'TRUNCATE'",
    ),
    (
        "row-level security forced on every table",
        "SELECT c.relname::text AS line FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = \
         'public' AND c.relkind IN ('r', 'p') AND c.relname <> '__diesel_schema_migrations' AND NOT \
         (c.relrowsecurity AND c.relforcerowsecurity)",
    ),
    (
        "a tenant wall on every table",
        "SELECT c.relname::text AS line FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = \
         'public' AND c.relkind IN ('r', 'p') AND c.relname NOT IN ('__diesel_schema_migrations', {installation}) AND NOT EXISTS \
         (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive)",
    ),
    (
        "a provider_org_id on every table",
        "SELECT c.relname::text AS line FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = \
         'public' AND c.relkind IN ('r', 'p') AND (c.relname IN ({tenanted}) OR c.relname NOT IN \
         ('__diesel_schema_migrations', {installation})) AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE \
         a.attrelid = c.oid AND a.attname = 'provider_org_id' AND a.attnotnull)",
    ),
    (
        "foreign keys within the tenant",
        "SELECT conrelid::regclass || '.' || conname AS line FROM pg_constraint WHERE contype = 'f' AND \
         array_length(conkey, 1) = 1 AND confrelid <> 'provider_organizations'::regclass",
    ),
    (
        "every foreign key indexed",
        "SELECT k.conrelid::regclass || '.' || k.conname AS line FROM pg_constraint k WHERE k.contype = 'f' AND \
         NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = k.conrelid AND \
         (SELECT array_agg(x ORDER BY x) FROM unnest((i.indkey::int2[])[0:array_length(k.conkey, 1) - 1]) x) = \
         (SELECT array_agg(x ORDER BY x) FROM unnest(k.conkey) x)) AND k.confrelid <> \
         'provider_organizations'::regclass",
    ),
    (
        "a comment on every table",
        "SELECT c.relname::text AS line FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = \
         'public' AND c.relkind IN ('r', 'p') AND c.relname <> '__diesel_schema_migrations' AND \
         obj_description(c.oid, 'pg_class') IS NULL",
    ),
    (
        "no view that runs as its owner",
        "SELECT c.relname::text AS line FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN \
         ('public', 'app') AND c.relkind IN ('v', 'm') AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), \
         false)",
    ),
    (
        "definer functions from the list only, with a fixed search path",
        "SELECT p.proname::text AS line FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN \
         ('public', 'app') AND p.prosecdef AND (p.proname NOT IN ({definers}) OR p.proconfig IS NULL)",
    ),
    (
        "supervisors select columns, never whole tables",
        "SELECT table_name::text AS line FROM information_schema.role_table_grants WHERE grantee = 'salus_supervisor' \
         AND privilege_type = 'SELECT' AND table_name NOT IN ('idempotency_keys', 'conversations', 'messages', 'message_receipts', 'read_pointers', \
         'conversation_drafts')",
    ),
];

/// A query of the lint with the lists in their places.
fn with_lists(query: &str) -> String {
    let quoted = |names: &[&str]| format!("'{}'", names.join("', '"));
    query
        .replace("{installation}", &quoted(&INSTALLATION_TABLES))
        .replace("{tenanted}", &quoted(&TENANTED_TABLES))
        .replace("{definers}", &quoted(&DEFINER_FUNCTIONS))
}

fn finding(what: &str, found: Vec<String>, word: &str) -> Finding {
    let wrong = if found.is_empty() {
        None
    } else {
        Some(format!("{word}: {}", found.join(", ")))
    };
    Finding {
        what: what.to_owned(),
        wrong,
    }
}

async fn lines(conn: &mut AsyncPgConnection, query: &str) -> QueryResult<Vec<String>> {
    let lines: Vec<Line> = diesel::sql_query(query).load(conn).await?;
    Ok(lines.into_iter().map(|line| line.line).collect())
}
