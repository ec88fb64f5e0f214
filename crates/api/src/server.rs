//! Puts the application together and serves it.

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, HttpServer};
use salus_store::database::Database;
use salus_store::sealing::KeyFile;
use salus_types::problem;
use std::net::TcpListener;
use std::time::Duration;
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;
use utoipa_swagger_ui::SwaggerUi;

use crate::accounts::password::Hasher;
use crate::accounts::tokens::Tokens;
use crate::clock::Clock;
use crate::error::ApiError;
use crate::events::Hub;
use crate::http::{apps, headers, request};
use crate::mail::Mail;
use crate::settings::Settings;
use crate::state::{AppState, Inner};
use crate::{mail, openapi, routes};

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
    let key_file = read_key_file(&settings)?;
    let mut options = salus_store::database::Settings::new(settings.database_url.clone());
    options.pool_size = settings.database_pool;
    let database = Database::connect(options)
        .await
        .map_err(|e| StartError::because("database")(&e))?;
    let clock = Clock::default();
    let tokens = signing_keys(&database, &key_file, &clock, &settings)
        .await
        .map_err(|e| StartError::because("signing keys (is the database migrated?)")(&e))?;
    let state = AppState::new(Inner {
        hasher: Hasher::new(&settings.password).map_err(|e| StartError::because("password")(&e))?,
        mail: Mail::new(&settings.mail).map_err(|e| StartError(e.to_string()))?,
        events: Hub::default(),
        organization_keys: std::sync::RwLock::default(),
        settings,
        database,
        clock,
        key_file,
        tokens,
    });
    Ok(state)
}

/// Refuses to serve what must not be served: sandbox accounts outside a sandbox, a key file that
/// does not open the organizations' keys.
///
/// # Errors
/// One line that says what to do.
pub async fn check_start(state: &AppState) -> Result<(), StartError> {
    let failed = StartError::because("start checks");
    let mut tx = state.database.authn().await.map_err(|e| failed(&e))?;
    let sandbox = salus_store::accounts::sandbox_exists(tx.connection())
        .await
        .map_err(|e| failed(&e))?;
    let organizations = salus_store::accounts::provider_organizations(tx.connection())
        .await
        .map_err(|e| failed(&e))?;
    if sandbox && !state.settings.sandbox {
        return Err(StartError(
            "setting sandbox: the database holds sandbox accounts, whose password is published; \
             set sandbox = true or use another database"
                .to_owned(),
        ));
    }
    for (org, code) in organizations {
        let org = salus_domain::ids::ProviderOrgId(org);
        let stored = salus_store::plumbing::organization_key(tx.connection(), org)
            .await
            .map_err(|e| failed(&e))?;
        let Some((wrapped, key_file_id)) = stored else {
            continue;
        };
        if state.key_file.organization_key(org, &wrapped).is_err() {
            let ours = state.key_file.id();
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

fn read_key_file(settings: &Settings) -> Result<KeyFile, StartError> {
    let path = settings.key_file.display();
    let content = std::fs::read_to_string(&settings.key_file).map_err(|e| {
        StartError(format!("setting key_file: {path} cannot be read ({e}); without it sealed values cannot be opened"))
    })?;
    KeyFile::parse(&content)
        .ok_or_else(|| StartError(format!("setting key_file: {path} is no key file")))
}

async fn signing_keys(
    database: &Database,
    key_file: &KeyFile,
    clock: &Clock,
    settings: &Settings,
) -> Result<Tokens, ApiError> {
    let now = clock.session_now();
    let mut tx = database.authn().await?;
    let mut keys = salus_store::accounts::signing_keys(tx.connection()).await?;
    if keys.first().is_none_or(|newest| newest.retires_at <= now) {
        let key = Tokens::new_key(key_file, now)?;
        salus_store::accounts::insert_signing_key(tx.connection(), &key).await?;
        keys.insert(0, key);
    }
    tx.commit().await?;
    Tokens::new(
        &keys,
        key_file,
        &settings.public_url,
        settings.sessions.access_seconds,
    )
}

/// Starts the workers and the server on a listening socket.
///
/// # Errors
/// When the socket cannot be used.
pub fn serve(state: AppState, listener: TcpListener) -> std::io::Result<Server> {
    tokio::spawn(
        state
            .events
            .clone()
            .listen(state.settings.database_url.clone()),
    );
    tokio::spawn(mail::work(state.clone()));
    tokio::spawn(crate::notifications::work(state.clone()));
    tokio::spawn(crate::scheduling::sweep(state.clone()));
    tokio::spawn(crate::intake::feed::work(state.clone()));
    let workers = state.settings.workers;
    let server = HttpServer::new(move || {
        let (app, document) = App::new()
            .into_utoipa_app()
            .openapi(openapi::Document::openapi())
            .service(utoipa_actix_web::scope("/api/v1").configure(routes::operations))
            .split_for_parts();
        app.app_data(Data::new(state.clone()))
            .route("/healthz", web::get().to(healthz))
            .route("/readyz", web::get().to(readyz))
            .service(SwaggerUi::new("/docs/{_:.*}").url("/openapi.json", document))
            .service(actix_web::web::redirect("/docs", "/docs/"))
            .configure(apps::routes)
            .default_service(web::to(apps::nothing))
            .wrap(from_fn(headers::around))
            .wrap(from_fn(request::around))
    })
    .workers(workers)
    .client_request_timeout(Duration::from_secs(10))
    .shutdown_timeout(10)
    .disable_signals()
    .listen(listener)?
    .run();
    Ok(server)
}

/// The process answers.
async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// The process can reach its database.
async fn readyz(state: Data<AppState>) -> Result<HttpResponse, ApiError> {
    let unready = |_| ApiError::of(problem::UNAVAILABLE).retry_after(1);
    let tx = tokio::time::timeout(Duration::from_secs(1), state.database.nobody())
        .await
        .map_err(|_| ApiError::of(problem::UNAVAILABLE).retry_after(1))?;
    tx.map_err(unready)?.commit().await?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain")
        .body("ready\n"))
}
