//! Puts the application together and serves it.

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, HttpServer};
use salus_store::database::Database;
use salus_store::sealing::KeyFile;
use salus_types::problem;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::OnceCell;
use utoipa_swagger_ui::{Config as SwaggerConfig, SwaggerUi};

use crate::accounts::password::Hasher;
use crate::accounts::signing_keys::{self, Looking};
use crate::accounts::tokens::Tokens;
use crate::clock::Clock;
use crate::error::ApiError;
use crate::events::Hub;
use crate::http::methods::Methods;
use crate::http::rates::Rates;
use crate::http::{apps, connection, headers, rates, request};
use crate::mail::Mail;
use crate::metrics::Metrics;
use crate::questionnaires::Forms;
use crate::settings::Settings;
use crate::state::{AppState, Inner};
use crate::stop::Stop;
use crate::{events, mail, metrics, openapi, routes};

/// Why the server did not start; one line.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(pub String);

impl StartError {
    fn because(what: &str) -> impl Fn(&dyn std::fmt::Display) -> Self + '_ {
        move |why| Self(format!("{what}: {why}"))
    }
}

/// Reads keys, opens the database and makes what is missing of the installation's own keys.
///
/// # Errors
/// One line that says what to do.
pub async fn build_state(settings: Settings) -> Result<AppState, StartError> {
    build_state_for(settings, 0).await
}

/// The same for a server, each of whose workers has connections of its own.
///
/// # Errors
/// One line that says what to do.
pub async fn build_serving_state(settings: Settings) -> Result<AppState, StartError> {
    let workers = settings.workers;
    build_state_for(settings, workers).await
}

async fn build_state_for(settings: Settings, threads: usize) -> Result<AppState, StartError> {
    let key_file = read_key_file(&settings)?;
    let mut options = salus_store::database::Settings::new(settings.database_url.clone());
    options.pool_size = settings.database_pool;
    options.threads = threads;
    let metrics = match settings.metrics_listen {
        Some(_) => Metrics::kept().map_err(|e| StartError::because("metrics")(&e))?,
        None => Metrics::default(),
    };
    options.meters = metrics.meters();
    let database = Database::connect(options)
        .await
        .map_err(|e| StartError::because("setting database_url")(&e))?;
    check_migrations(&database).await?;
    check_keys(&database, &key_file).await?;
    let clock = Clock::default();
    let tokens = tokens(&database, &key_file, &clock, &settings)
        .await
        .map_err(|e| StartError(format!("signing keys: {}", e.explain())))?;
    let state = AppState::new(Inner {
        hasher: Hasher::new(&settings.password).map_err(|e| StartError::because("password")(&e))?,
        mail: Mail::new(&settings.mail).map_err(|e| StartError(e.to_string()))?,
        events: Hub::default(),
        proxies: settings.proxies().map_err(|e| StartError(e.to_string()))?,
        rates: Rates::new(&settings.rates),
        forms: Forms::default(),
        metrics,
        stop: Stop::default(),
        organization_keys: std::sync::RwLock::default(),
        settings,
        database,
        clock,
        key_file,
        tokens,
        looking: Looking::default(),
    });
    Ok(state)
}

/// Refuses to serve what must not be served: sandbox accounts outside a sandbox, and a trail whose
/// blocks could be noted nowhere.
///
/// # Errors
/// One line that says what to do.
pub async fn check_start(state: &AppState) -> Result<(), StartError> {
    if let Some(file) = &state.settings.audit_checkpoints {
        crate::audit::checkpoints::open(file).map_err(|error| {
            let file = file.display();
            StartError(format!(
                "setting audit_checkpoints: {file} cannot be written ({error})"
            ))
        })?;
    }
    let failed = StartError::because("start checks");
    let mut tx = state.database.authn().await.map_err(|e| failed(&e))?;
    let sandbox = salus_store::accounts::sandbox_exists(tx.connection())
        .await
        .map_err(|e| failed(&e))?;
    tx.commit().await.map_err(|e| failed(&e))?;
    if sandbox && !state.settings.sandbox {
        return Err(StartError(
            "setting sandbox: the database holds sandbox accounts, whose password is published; \
             set sandbox = true or use another database"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Refuses a database on which not every migration has run: half of it would answer.
async fn check_migrations(database: &Database) -> Result<(), StartError> {
    let failed = StartError::because("migrations");
    let mut tx = database.nobody().await.map_err(|e| failed(&e))?;
    let missing = salus_store::migrations::missing(tx.connection())
        .await
        .map_err(|e| failed(&e))?;
    tx.rollback().await;
    match missing.as_slice() {
        [] => Ok(()),
        [first, ..] => Err(StartError(format!(
            "the database is not migrated: {} pending, the first is {first}; run salus migrate",
            missing.len()
        ))),
    }
}

/// Refuses a key file that does not open what was sealed here, and says which one is needed.
async fn check_keys(database: &Database, key_file: &KeyFile) -> Result<(), StartError> {
    let failed = StartError::because("key checks");
    let mut tx = database.authn().await.map_err(|e| failed(&e))?;
    let organizations = salus_store::accounts::provider_organizations(tx.connection())
        .await
        .map_err(|e| failed(&e))?;
    for (org, code) in organizations {
        let org = salus_domain::ids::ProviderOrgId(org);
        let stored = salus_store::plumbing::organization_key(tx.connection(), org)
            .await
            .map_err(|e| failed(&e))?;
        let Some((wrapped, key_file_id)) = stored else {
            continue;
        };
        if key_file.organization_key(org, &wrapped).is_err() {
            let ours = key_file.id();
            let why = if ours == key_file_id {
                "the stored key is damaged"
            } else {
                "another key file wrapped it"
            };
            return Err(StartError(format!(
                "setting key_file: it does not open the key of {code}: {why} (needed {key_file_id}, given {ours})"
            )));
        }
    }
    tx.commit().await.map_err(|e| failed(&e))
}

/// The key file the settings name.
///
/// # Errors
/// One line that says what to do.
pub(crate) fn read_key_file(settings: &Settings) -> Result<KeyFile, StartError> {
    let path = settings.key_file.display();
    let content = std::fs::read_to_string(&settings.key_file).map_err(|e| {
        let lost = e.kind() == std::io::ErrorKind::NotFound;
        let what = if lost {
            "is not there"
        } else {
            "cannot be read"
        };
        StartError(format!(
            "setting key_file: {path} {what} ({e}); without it sealed values cannot be opened: put \
             the copy back, or make the first one with salus doctor --make-key"
        ))
    })?;
    KeyFile::parse(&content)
        .ok_or_else(|| StartError(format!("setting key_file: {path} is no key file")))
}

async fn tokens(
    database: &Database,
    key_file: &KeyFile,
    clock: &Clock,
    settings: &Settings,
) -> Result<Tokens, ApiError> {
    let now = clock.session_now();
    let keys = signing_keys::read(database, key_file, now).await?;
    let seconds = settings.sessions.access_seconds;
    Tokens::new(&keys, key_file, &settings.public_url, seconds, now)
}

/// The document of the API. It is put together when somebody asks for it: it would be the largest
/// thing an idle server holds.
async fn contract() -> Result<HttpResponse, ApiError> {
    static TEXT: OnceCell<web::Bytes> = OnceCell::const_new();
    let made = || async {
        let text = web::block(|| serde_json::to_string(&openapi::document()));
        let text = text.await.map_err(ApiError::internal)?;
        Ok::<_, ApiError>(text.map_err(ApiError::internal)?.into())
    };
    let text = TEXT.get_or_try_init(made).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .body(text.clone()))
}

/// Starts the workers and the server on a listening socket.
///
/// # Errors
/// When the socket cannot be used.
pub fn serve(state: AppState, listener: TcpListener) -> std::io::Result<Server> {
    tokio::spawn(events::work(state.clone()));
    tokio::spawn(signing_keys::work(state.clone()));
    tokio::spawn(rates::work(state.clone()));
    tokio::spawn(mail::work(state.clone()));
    tokio::spawn(crate::notifications::work(state.clone()));
    tokio::spawn(crate::audit::sealer::work(state.clone()));
    tokio::spawn(crate::portals::work(state.clone()));
    tokio::spawn(crate::scheduling::sweep(state.clone()));
    tokio::spawn(crate::scheduling::settle(state.clone()));
    if state.settings.offer_freed_times {
        tokio::spawn(crate::scheduling::offer_freed_times(state.clone()));
    }
    tokio::spawn(crate::intake::feed::work(state.clone()));
    tokio::spawn(forget_idle_callers(state.clone()));
    tokio::spawn(metrics::work(state.clone()));
    let workers = state.settings.workers;
    let patience = u64::from(state.settings.shutdown_seconds - state.settings.drain_seconds);
    let methods = Data::new(Methods::all());
    let started = Arc::new(AtomicUsize::new(0));
    let server = HttpServer::new(move || {
        let number = started.fetch_add(1, Ordering::Relaxed) + 1;
        actix_web::rt::spawn(settle(state.clone(), number));
        App::new()
            .service(web::scope(routes::ROOT).configure(routes::operations))
            .app_data(Data::new(state.clone()))
            .app_data(methods.clone())
            .route("/healthz", web::get().to(healthz))
            .route("/readyz", web::get().to(readyz))
            .route("/openapi.json", web::get().to(contract))
            .service(SwaggerUi::new("/docs/{_:.*}").config(SwaggerConfig::from("/openapi.json")))
            .service(actix_web::web::redirect("/docs", "/docs/"))
            .configure(apps::routes)
            .default_service(web::to(apps::nothing))
            .wrap(from_fn(rates::around))
            .wrap(from_fn(headers::around))
            .wrap(from_fn(request::around))
            .wrap(from_fn(connection::around))
    })
    .on_connect(connection::opened)
    .workers(workers)
    .client_request_timeout(Duration::from_secs(10))
    .shutdown_timeout(patience)
    .disable_signals()
    .listen(listener)?
    .run();
    Ok(server)
}

/// Opens a worker's own connections.
async fn settle(state: AppState, number: usize) {
    while let Err(error) = state.database.settle(number).await {
        tracing::warn!(%error, "a worker has no connections of its own yet");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Keeps what is counted small: in memory the callers of the last minute, in the database those of
/// the last day.
async fn forget_idle_callers(state: AppState) {
    let mut stopping = state.stop.follow();
    loop {
        state.rates.forget_idle();
        if let Err(error) = forget_throttles(&state).await {
            tracing::warn!(error = error.logged(), "old counts could not be forgotten");
        }
        if !stopping.pause(Duration::from_secs(60)).await {
            return;
        }
    }
}

async fn forget_throttles(state: &AppState) -> Result<(), ApiError> {
    let yesterday = state.clock.session_now() - chrono::Duration::days(1);
    let mut tx = state.database.authn().await?;
    salus_store::accounts::forget_throttles(tx.connection(), yesterday).await?;
    Ok(tx.commit().await?)
}

/// The process answers.
async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// The process can reach its database, and is not about to end.
async fn readyz(state: Data<AppState>) -> Result<HttpResponse, ApiError> {
    if state.stop.has_begun() {
        return Err(ApiError::of(problem::UNAVAILABLE).retry_after(2));
    }
    let unready = || ApiError::of(problem::UNAVAILABLE).retry_after(1);
    let reached = async { Ok::<(), ApiError>(state.database.nobody().await?.commit().await?) };
    tokio::time::timeout(Duration::from_secs(1), reached)
        .await
        .map_err(|_| unready())?
        .map_err(|_| unready())?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain")
        .body("ready\n"))
}
