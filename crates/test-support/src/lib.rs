//! Real servers on real databases for tests.
//!
//! [`TestApp::start`] clones a database in which the sandbox is seeded, and serves it on a free port
//! of this machine. The cluster is the one `SALUS_TEST_DATABASE_URL` names (an administrator's
//! address); `cargo xtask test` sets it.
#![expect(
    clippy::expect_used,
    reason = "a test that cannot be set up has failed"
)]

mod database;

pub use database::{TestDatabase, backend_of};

use actix_web::dev::ServerHandle;
use salus_api::accounts::sign_in::Holder;
use salus_api::server;
use salus_api::settings::Settings;
use salus_api::state::AppState;
use salus_client::Client;
use salus_domain::ids::{AccountId, PersonId, ProviderOrgId};
use std::net::TcpListener;
use uuid::Uuid;

/// A server with a database of its own; both go when it is dropped.
pub struct TestApp {
    /// The application, for what no operation does: the clock, a session.
    pub state: AppState,
    /// The server's address.
    pub url: String,
    /// The database.
    pub database: TestDatabase,
    server: ServerHandle,
}

impl TestApp {
    /// Starts a server on a fresh sandbox.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Starts a server on a fresh sandbox with settings changed.
    pub async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        let database = TestDatabase::sandbox().await;
        let mut settings = database.settings();
        change(&mut settings);
        let (state, url, handle) = serve(settings).await;
        Self {
            state,
            url,
            database,
            server: handle,
        }
    }

    /// A further server on the same database: its application and address.
    pub async fn beside(&self) -> (AppState, String) {
        let (state, url, _) = serve(self.state.settings.clone()).await;
        (state, url)
    }

    /// The address of a further server on the same database, which knows nothing of the first but
    /// what is there, as after a restart.
    pub async fn restarted(&self) -> String {
        self.beside().await.1
    }

    /// A client that is nobody.
    #[must_use]
    pub fn anonymous(&self) -> Client {
        Client::new(&self.url).expect("the server's address")
    }

    /// A client signed in as `<name>@sandbox.example`, the session made through the store.
    pub async fn signed_in(&self, name: &str) -> Client {
        let name = if name.contains('@') {
            name.to_owned()
        } else {
            format!("{name}@sandbox.example")
        };
        let mut tx = self.state.database.authn().await.expect("a connection");
        let row = salus_store::accounts::find_sign_in(tx.connection(), &name)
            .await
            .expect("a look-up")
            .unwrap_or_else(|| panic!("the sandbox has {name}"));
        tx.commit().await.expect("a commit");
        self.opened(
            AccountId(row.account_id),
            ProviderOrgId(row.provider_org_id),
            row.epoch,
        )
        .await
    }

    async fn opened(&self, account: AccountId, org: ProviderOrgId, epoch: i32) -> Client {
        let opened = self
            .state
            .open_session(Holder {
                account,
                org,
                epoch,
                device: "test".to_owned(),
                portal: None,
            })
            .await
            .expect("a session");
        self.anonymous()
            .with_token(&opened.signed_in.access_token)
            .with_refresh_cookie(&opened.refresh_token)
    }

    /// So many more workers of Northwind like `employee@`, each signed in with an account of their
    /// own.
    pub async fn crowd(&self, size: usize) -> Vec<(PersonId, Client)> {
        let new = || (PersonId(Uuid::now_v7()), AccountId(Uuid::now_v7()));
        let crowd: Vec<_> = std::iter::repeat_with(new).take(size).collect();
        let values: Vec<String> = crowd
            .iter()
            .map(|(person, account)| format!("('{person}'::uuid, '{account}'::uuid)"))
            .collect();
        // Copies rows, a new one for each of the crowd, with some columns changed.
        let copies = |rows: &str, changes: &str| {
            let table = rows.split(' ').next().unwrap_or_default();
            format!(
                "INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, \
                 to_jsonb(old) || jsonb_build_object({changes}))).* FROM (SELECT * FROM {rows}) old, crowd;"
            )
        };
        let model = Self::worker(4);
        let sql = [
            format!(
                "CREATE TEMP TABLE crowd AS SELECT * FROM (VALUES {}) AS new (person, account);",
                values.join(", ")
            ),
            copies(&format!("persons WHERE id = '{model}'"), "'id', person"),
            copies(
                &format!(
                    "accounts WHERE id = (SELECT account_id FROM relationships WHERE person_id = '{model}' AND kind = 'self')"
                ),
                "'id', account, 'epoch', 1",
            ),
            copies(
                &format!("employments WHERE person_id = '{model}'"),
                "'id', gen_random_uuid(), 'person_id', person",
            ),
            copies(
                &format!(
                    "relationships WHERE person_id = '{model}' AND kind IN ('self', 'portal_user')"
                ),
                "'id', gen_random_uuid(), 'person_id', person, 'account_id', account",
            ),
        ];
        self.database.execute(&sql.concat()).await;
        let mut signed_in = Vec::new();
        for (person, account) in crowd {
            let client = self.opened(account, salus_api::sandbox::SALUS, 1).await;
            signed_in.push((person, client));
        }
        signed_in
    }

    /// `employee@`: Elena Castillo, worker 4, who reports to `supervisor@`.
    pub async fn employee(&self) -> Client {
        self.signed_in("employee").await
    }

    /// `employee2@`: Aisha Farouk, worker 6, who reports to `supervisor2@`.
    pub async fn employee2(&self) -> Client {
        self.signed_in("employee2").await
    }

    /// `supervisor@`: Marcus Holloway, over workers 4, 5 and 8.
    pub async fn supervisor(&self) -> Client {
        self.signed_in("supervisor").await
    }

    /// `supervisor2@`: Priya Raman, over workers 6, 7 and 9.
    pub async fn supervisor2(&self) -> Client {
        self.signed_in("supervisor2").await
    }

    /// `clinician@`.
    pub async fn clinician(&self) -> Client {
        self.signed_in("clinician").await
    }

    /// `scheduler@`.
    pub async fn scheduler(&self) -> Client {
        self.signed_in("scheduler").await
    }

    /// `admin@`: the portal administrator.
    pub async fn admin(&self) -> Client {
        self.signed_in("admin").await
    }

    /// The person `user<n>` of Northwind.
    #[must_use]
    pub fn worker(n: u64) -> PersonId {
        PersonId(salus_api::sandbox::worker(n))
    }
}

async fn serve(settings: Settings) -> (AppState, String, ServerHandle) {
    let state = server::build_state(settings)
        .await
        .expect("the application is put together");
    state.clock.set(database::started());
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("the port"));
    let server = server::serve(state.clone(), listener).expect("the server starts");
    let handle = server.handle();
    tokio::spawn(server);
    (state, url, handle)
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.state.stop.begin();
        // Sent, not awaited: the database is dropped with force.
        drop(self.server.stop(false));
    }
}
