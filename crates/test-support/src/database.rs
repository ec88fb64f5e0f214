//! A database for one test, cloned from a template in which the sandbox is seeded.

use chrono::{DateTime, Duration, Utc};
use diesel_async::RunQueryDsl;
use salus_api::settings::{PasswordSettings, RateSettings, Settings};
use salus_store::database::Transaction;
use salus_store::migrations;
use salus_store::sealing::KeyFile;
use std::path::PathBuf;
use uuid::Uuid;

/// The login's password in test clusters that ask for one. The login belongs to the whole
/// cluster, so whoever runs other things there too names one password for all of them.
fn app_password() -> String {
    std::env::var("SALUS_TEST_APP_PASSWORD").unwrap_or_else(|_| "salus-test".to_owned())
}
/// A key file for tests only.
const KEY: &str = "salus-key-1:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";

/// A database that is dropped when the test ends.
pub struct TestDatabase {
    admin_url: String,
    name: String,
}

impl TestDatabase {
    /// A database with the sandbox in it.
    pub async fn sandbox() -> Self {
        let template = tokio::task::spawn_blocking(|| in_own_runtime(template(true)))
            .await
            .expect("a template");
        Self::clone_of(&template).await
    }

    /// A migrated database with nothing in it.
    pub async fn empty() -> Self {
        let template = tokio::task::spawn_blocking(|| in_own_runtime(template(false)))
            .await
            .expect("a template");
        Self::clone_of(&template).await
    }

    /// A database in which nothing was ever made.
    pub async fn blank() -> Self {
        let admin_url = admin_url();
        let name = format!("test_{}", Uuid::now_v7().simple());
        connect(&admin_url)
            .await
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0"))
            .await
            .expect("a database");
        Self { admin_url, name }
    }

    async fn clone_of(template: &str) -> Self {
        let admin_url = admin_url();
        let name = format!("test_{}", Uuid::now_v7().simple());
        let client = connect(&admin_url).await;
        // Two clones of one template at once are refused; they take turns.
        client
            .batch_execute("SELECT pg_advisory_lock(72728)")
            .await
            .expect("a turn");
        client
            .batch_execute(&format!(
                "CREATE DATABASE {name} OWNER salus_owner TEMPLATE {template}"
            ))
            .await
            .expect("a clone");
        Self { admin_url, name }
    }

    /// Settings for a server on this database: cheap password hashes, rates out of the way.
    #[must_use]
    pub fn settings(&self) -> Settings {
        settings_for(&self.admin_url, &self.name)
    }

    /// The administrator's address of this database.
    #[must_use]
    pub fn admin_url(&self) -> String {
        with_database(&self.admin_url, &self.name)
    }

    /// A connection of an administrator, for what happens within several statements.
    pub async fn open(&self) -> tokio_postgres::Client {
        connect(&self.admin_url()).await
    }

    /// Runs statements as an administrator, whom no policy binds.
    pub async fn execute(&self, sql: &str) {
        connect(&self.admin_url())
            .await
            .batch_execute(sql)
            .await
            .expect("the statement runs");
    }

    /// The one text a query answers, asked as an administrator.
    pub async fn text(&self, query: &str) -> String {
        let client = connect(&self.admin_url()).await;
        let rows = client.simple_query(query).await.expect("the query runs");
        let first = rows.iter().find_map(|message| match message {
            tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        });
        first.unwrap_or_default()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (admin_url, name) = (self.admin_url.clone(), self.name.clone());
        let dropping = std::thread::spawn(move || {
            in_own_runtime(async move {
                let client = connect(&admin_url).await;
                drop(
                    client
                        .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                        .await,
                );
            });
        });
        drop(dropping.join());
    }
}

/// When every test starts, an hour after its sandbox was made, so that no test depends on the day
/// it runs: Monday 16 November 2026, 09:00 in Fort Wayne.
pub(crate) fn started() -> DateTime<Utc> {
    "2026-11-16T14:00:00Z".parse().expect("an instant")
}

/// The template's name; made when it is missing. Its name tells what it was made from: the
/// migrations and, for the sandbox, the sources of what seeds it.
async fn template(seeded: bool) -> String {
    let admin = admin_url();
    let mut hash = fnv(migrations::fingerprint().as_bytes(), 0);
    if seeded {
        hash = fnv(env!("SALUS_SEEDED_BY").as_bytes(), hash);
    }
    let name = format!("template_{hash:016x}");
    let client = connect(&admin).await;
    client
        .batch_execute("SELECT pg_advisory_lock(72729)")
        .await
        .expect("a turn");
    let exists = client
        .query("SELECT 1 FROM pg_database WHERE datname = $1", &[&name])
        .await
        .expect("a look-up");
    if exists.is_empty() {
        migrations::bootstrap(&admin, Some(&app_password()))
            .await
            .expect("roles");
        let making = format!("{name}_making");
        for sql in [
            format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)"),
            format!("CREATE DATABASE {making} OWNER salus_owner"),
        ] {
            client.batch_execute(&sql).await.expect("a database");
        }
        migrations::migrate(&with_database(&admin, &making))
            .await
            .expect("migrations");
        if seeded {
            let state = salus_api::server::build_state(settings_for(&admin, &making))
                .await
                .expect("an application");
            state.clock.set(started() - Duration::hours(1));
            if let Err(error) = salus_api::sandbox::seed(&state).await {
                panic!("the sandbox is seeded: {}", error.explain());
            }
        }
        // Connections of the pool may still be closing.
        let end = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{making}'"
        );
        client.batch_execute(&end).await.expect("connections end");
        let mut renamed = client
            .batch_execute(&format!("ALTER DATABASE {making} RENAME TO {name}"))
            .await;
        for _ in 0..50 {
            if renamed.is_ok() {
                break;
            }
            client.batch_execute(&end).await.expect("connections end");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            renamed = client
                .batch_execute(&format!("ALTER DATABASE {making} RENAME TO {name}"))
                .await;
        }
        renamed.expect("the template is named");
    }
    name
}

fn settings_for(admin_url: &str, database: &str) -> Settings {
    let mut url: url::Url = with_database(admin_url, database)
        .parse()
        .expect("a database address");
    url.set_username("salus_app").expect("a user");
    url.set_password(Some(&app_password())).expect("a password");
    Settings {
        database_url: url.to_string(),
        admin_database_url: Some(with_database(admin_url, database)),
        database_pool: 8,
        key_file: key_file(),
        audit_checkpoints: None,
        sandbox: true,
        // The tests of it say when.
        offer_freed_times: false,
        password: PasswordSettings {
            memory_kib: 64,
            passes: 1,
            at_once: 4,
            queue: 256,
        },
        rates: RateSettings {
            sign_ins_per_minute: 100_000,
            requests_per_minute: 1_000_000,
            anonymous_per_minute: 1_000_000,
            codes_per_hour: 20,
        },
        ..Settings::default()
    }
}

fn key_file() -> PathBuf {
    assert!(KeyFile::parse(KEY).is_some(), "the test key is a key file");
    let path = std::env::temp_dir().join("salus-test.key");
    if !std::fs::read_to_string(&path).is_ok_and(|content| content == KEY) {
        let unique =
            std::env::temp_dir().join(format!("salus-test-{}.key", Uuid::now_v7().simple()));
        std::fs::write(&unique, KEY).expect("a key file");
        std::fs::rename(&unique, &path).expect("a key file");
    }
    path
}

fn admin_url() -> String {
    std::env::var("SALUS_TEST_DATABASE_URL").expect(
        "SALUS_TEST_DATABASE_URL names an administrator's address of a PostgreSQL cluster; `cargo xtask test` sets it",
    )
}

fn with_database(url: &str, database: &str) -> String {
    let mut url: url::Url = url.parse().expect("a database address");
    url.set_path(database);
    url.to_string()
}

async fn connect(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
        .await
        .expect("the test cluster");
    tokio::spawn(connection);
    client
}

/// Migrations need a runtime with threads, whatever the test runs on.
fn in_own_runtime<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    std::thread::spawn(|| {
        tokio::runtime::Runtime::new()
            .expect("a runtime")
            .block_on(work)
    })
    .join()
    .expect("the work")
}

fn fnv(bytes: &[u8], seed: u64) -> u64 {
    bytes
        .iter()
        .fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
        })
}

/// The process of PostgreSQL that serves a transaction.
///
/// # Panics
/// When it does not say.
pub async fn backend_of(tx: &mut Transaction) -> i32 {
    let number = diesel::dsl::sql::<diesel::sql_types::Integer>("pg_backend_pid()");
    let found = diesel::select(number).get_result(tx.connection()).await;
    found.expect("a process")
}
