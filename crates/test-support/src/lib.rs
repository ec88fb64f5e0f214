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

pub use database::TestDatabase;

use actix_web::dev::ServerHandle;
use salus_api::accounts::sign_in::Holder;
use salus_api::server;
use salus_api::settings::Settings;
use salus_api::state::AppState;
use salus_client::Client;
use salus_domain::ids::{AccountId, PersonId, ProviderOrgId};
use std::net::TcpListener;

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
        let state = server::build_state(settings)
            .await
            .expect("the application is put together");
        state.clock.set(database::started());
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("the port"));
        let server = server::serve(state.clone(), listener).expect("the server starts");
        let handle = server.handle();
        tokio::spawn(server);
        Self {
            state,
            url,
            database,
            server: handle,
        }
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
        let opened = self
            .state
            .open_session(Holder {
                account: AccountId(row.account_id),
                org: ProviderOrgId(row.provider_org_id),
                epoch: row.epoch,
                device: "test".to_owned(),
                portal: None,
            })
            .await
            .expect("a session");
        self.anonymous()
            .with_token(&opened.signed_in.access_token)
            .with_refresh_cookie(&opened.refresh_token)
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

impl Drop for TestApp {
    fn drop(&mut self) {
        // Sent, not awaited: the database is dropped with force.
        drop(self.server.stop(false));
    }
}
