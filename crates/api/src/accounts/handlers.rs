//! `/auth`: sign in, refresh, sign out, list and end sessions, settings of the account.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post};
use chrono::Duration;
use salus_domain::access::{About, Act, DataClass};
use salus_domain::accounts::{self as rules, Counted, Rate, Refresh, RefreshFacts};
use salus_domain::ids::{AccountId, ProviderOrgId, SessionId};
use salus_store::accounts as store;
use salus_types::accounts::{ChangeSettings, Device, OpenSession, Session, SignedIn};
use salus_types::problem::{self, Problem};

use crate::access::{Account, Caller};
use crate::accounts::password::Checked;
use crate::accounts::preferences::{
    get_notification_preferences, replace_notification_preferences,
};
use crate::accounts::quiet_hours::{get_quiet_hours, replace_quiet_hours};
use crate::accounts::sign_in::{Holder, Opened, describe, hash_token, successor_of};
use crate::accounts::throttling::{closed_for, count_failure, count_try, tell_of_closing};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Id, IfMatch, Versioned};
use crate::http::request::address_of;
use crate::routes::Operations;
use crate::state::AppState;
use crate::words;

/// Registers the operations of this feature.
pub fn routes(config: &mut impl Operations) {
    config
        .service(open_session)
        .service(refresh_session)
        .service(get_session)
        .service(close_session)
        .service(list_sessions)
        .service(end_session)
        .service(change_settings)
        .service(get_quiet_hours)
        .service(replace_quiet_hours)
        .service(get_notification_preferences)
        .service(replace_notification_preferences);
}

/// The cookie that carries the refresh token.
const COOKIE: &str = "__Host-salus-refresh";

/// Sign in with a name and a password.
///
/// Answers the same, after the same work, whether the name is known or not.
#[utoipa::path(
    tag = "accounts",
    security(()),
    request_body = OpenSession,
    responses(
        (status = 201, body = SignedIn, description = "Signed in; the cookie holds the refresh token"),
        (status = 401, body = Problem, description = "`sign-in-failed`"),
        (status = 422, body = Problem, description = "`invalid`"),
        (status = 429, body = Problem, description = "`rate-limited`, `locked-out`"),
    )
)]
#[post("/auth/sessions")]
pub async fn open_session(
    state: Data<AppState>,
    request: HttpRequest,
    body: Body<OpenSession>,
) -> Result<HttpResponse, ApiError> {
    let opened = sign_in(&state, &request, body.into_inner()).await;
    state.metrics.signed_in("password", &opened);
    Ok(answer_signed_in(
        actix_web::http::StatusCode::CREATED,
        opened?,
    ))
}

async fn sign_in(
    state: &Data<AppState>,
    request: &HttpRequest,
    command: OpenSession,
) -> Result<Opened, ApiError> {
    let name = match (&command.email, &command.user_name) {
        (Some(name), None) | (None, Some(name)) => rules::normalize_name(name),
        _ => {
            return Err(ApiError::invalid(vec![
                Field::new("/email", "one_of"),
                Field::new("/user_name", "one_of"),
            ]));
        }
    };
    let rate = Rate::a_minute(state.settings.rates.sign_ins_per_minute);
    count_try(state, request, "sign-in", rate).await?;
    let now = state.clock.session_now();
    let keys = [
        (format!("account:{name}"), Counted::Account),
        (format!("address:{}", address_of(request)), Counted::Address),
    ];

    let mut tx = state.database.stranger().await?;
    let closed = closed_for(tx.connection(), &keys, now).await?;
    let found = store::find_sign_in(tx.connection(), &name).await?;
    // No connection is held while the password is hashed.
    tx.commit().await?;
    if let Some(closed) = closed {
        return Err(closed);
    }

    let usable = found.as_ref().filter(|row| row.state == "active");
    let password = rules::normalize_password(&command.password);
    let checked = state
        .hasher
        .check(
            &password,
            usable.and_then(|row| row.password_hash.as_deref()),
        )
        .await?;

    let mut tx = state.database.stranger().await?;
    let (Some(account), Checked::Right | Checked::RightButOld(_)) = (usable, &checked) else {
        let closed = count_failure(tx.connection(), &keys, now).await?;
        tx.commit().await?;
        if let Some(account) = usable.filter(|_| closed) {
            tell_of_closing(state.clone(), name, account);
        }
        return Err(ApiError::of(problem::SIGN_IN_FAILED));
    };
    let rehashed = if let Checked::RightButOld(hash) = &checked {
        Some(hash.as_str())
    } else {
        None
    };
    store::clear_throttles(tx.connection(), &[format!("account:{name}")]).await?;
    store::signed_in(
        tx.connection(),
        AccountId(account.account_id),
        rehashed,
        now,
    )
    .await?;
    tx.commit().await?;

    state
        .open_session(Holder {
            account: AccountId(account.account_id),
            org: ProviderOrgId(account.provider_org_id),
            epoch: account.epoch,
            device: device_of(request),
            portal: command.portal.filter(|slug| slug.len() <= 40),
        })
        .await
}

/// Exchange the refresh cookie for a new access token.
///
/// The cookie's token is replaced each time; one used again later than ten seconds after its
/// replacement ends the session.
#[utoipa::path(
    tag = "accounts",
    security(("refresh_cookie" = [])),
    responses(
        (status = 200, body = SignedIn),
        (status = 401, body = Problem, description = "`unauthenticated`"),
        (status = 403, body = Problem, description = "`forbidden`: not from a page of the apps"),
    )
)]
#[post("/auth/refresh")]
pub async fn refresh_session(
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    from_own_page(&request)?;
    let unauthenticated = || ApiError::of(problem::UNAUTHENTICATED);
    let token = request
        .cookie(COOKIE)
        .map(|c| c.value().to_owned())
        .ok_or_else(unauthenticated)?;
    let now = state.clock.session_now();
    let hash = hash_token(&token);
    let mut tx = state.database.authn().await?;
    let row = store::lock_refresh_token(tx.connection(), &hash)
        .await?
        .ok_or_else(unauthenticated)?;
    let (session, org) = (
        SessionId(row.session_id),
        ProviderOrgId(row.provider_org_id),
    );
    let facts = RefreshFacts {
        rotated_at: row.rotated_at,
        ended: row.ended_at.is_some(),
        active: row.state == "active",
        last_seen_at: row.last_seen_at,
        idle: Duration::seconds(i64::from(row.idle_seconds)),
        expires_at: row.expires_at,
    };
    let successor = match rules::refresh(&facts, now) {
        Refresh::Rotate => {
            let next = successor_of(&state.key_file, &token);
            store::rotate_refresh_token(tx.connection(), &hash, now).await?;
            store::insert_refresh_token(tx.connection(), org, session, &hash_token(&next), now)
                .await?;
            Some(next)
        }
        Refresh::Grace => {
            // The answer that carried the successor may have been lost with the server that gave
            // it. Where the successor was used, it was not.
            let next = successor_of(&state.key_file, &token);
            let known = store::lock_refresh_token(tx.connection(), &hash_token(&next)).await?;
            known
                .filter(|known| known.rotated_at.is_none())
                .map(|_| next)
        }
        Refresh::Reuse => {
            store::end_session(tx.connection(), session, "reuse", now).await?;
            tx.commit().await?;
            tracing::warn!(session = %session, "a replaced refresh token was used again; session ended");
            return Err(unauthenticated());
        }
        Refresh::Over => return Err(unauthenticated()),
    };
    tx.commit().await?;
    let signed_in = state
        .signed_in(AccountId(row.account_id), org, session, row.epoch)
        .await?;
    Ok(match successor {
        Some(refresh_token) => answer_signed_in(
            actix_web::http::StatusCode::OK,
            Opened {
                signed_in,
                refresh_token,
            },
        ),
        None => HttpResponse::Ok().json(signed_in),
    })
}

/// Who is signed in, and which doors are open.
#[utoipa::path(tag = "accounts", responses((status = 200, body = Session), (status = 401, body = Problem)))]
#[get("/auth/session")]
pub async fn get_session(
    caller: Caller<Account>,
    state: Data<AppState>,
) -> Result<Versioned<Session>, ApiError> {
    let session_now = state.clock.session_now();
    let session = state.run(&caller, async |tx| {
        let actor = tx.actor.clone();
        describe(tx.conn(), &actor, session_now).await
    });
    let session = session.await?;
    let version = session.version;
    Ok(Versioned(session, version))
}

/// Sign out, from a page of the apps. Elsewhere a session is ended by its id.
#[utoipa::path(
    tag = "accounts",
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem, description = "`forbidden`: not from a page of the apps"),
    )
)]
#[delete("/auth/session")]
pub async fn close_session(
    caller: Caller<Account>,
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    from_own_page(&request)?;
    let (session, now) = (caller.session, state.clock.session_now());
    state
        .run(&caller, async |tx| {
            store::end_session(tx.conn(), session, "signed_out", now).await?;
            Ok(())
        })
        .await?;
    let mut gone = cookie(String::new());
    gone.make_removal();
    Ok(HttpResponse::NoContent()
        .cookie(gone)
        .insert_header(("clear-site-data", "\"cache\", \"storage\""))
        .finish())
}

/// Where this account is signed in, newest first.
#[utoipa::path(tag = "accounts", responses((status = 200, body = Vec<Device>), (status = 401, body = Problem)))]
#[get("/auth/sessions")]
pub async fn list_sessions(
    caller: Caller<Account>,
    state: Data<AppState>,
) -> Result<Json<Vec<Device>>, ApiError> {
    let (current, now) = (caller.session, state.clock.session_now());
    let rows = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, DataClass::OwnAccount)?;
            let account = tx.actor.account()?;
            Ok(store::list_sessions(tx.conn(), account, now).await?)
        })
        .await?;
    let devices = rows.into_iter().map(|row| Device {
        id: SessionId(row.id),
        device: row.device,
        started_at: row.started_at,
        last_seen_at: row.last_seen_at,
        current: row.id == current.0,
    });
    Ok(Json(devices.collect()))
}

/// End one of this account's sessions; it is over at its next request.
#[utoipa::path(
    tag = "accounts",
    params(("id" = uuid::Uuid, Path, description = "The session")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem))
)]
#[delete("/auth/sessions/{id}")]
pub async fn end_session(
    caller: Caller<Account>,
    state: Data<AppState>,
    id: Id<SessionId>,
) -> Result<HttpResponse, ApiError> {
    let now = state.clock.session_now();
    state
        .run(&caller, async |tx| {
            let account = tx.actor.account()?;
            let live = store::list_sessions(tx.conn(), account, now).await?;
            let Some(row) = live.into_iter().find(|row| row.id == id.0.0) else {
                return Err(tx.missing(Act::Change, DataClass::OwnAccount, id.0));
            };
            let about = About::account(AccountId(row.account_id)).object(row.id);
            tx.allow(Act::Change, DataClass::OwnAccount, about, ())?;
            store::end_session(tx.conn(), id.0, "revoked", now).await?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Change the signed-in account's settings.
#[utoipa::path(
    tag = "accounts",
    request_body = ChangeSettings,
    responses(
        (status = 200, body = Session),
        (status = 401, body = Problem),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[patch("/auth/session")]
pub async fn change_settings(
    caller: Caller<Account>,
    state: Data<AppState>,
    version: IfMatch,
    body: Body<ChangeSettings>,
) -> Result<Versioned<Session>, ApiError> {
    let session_now = state.clock.session_now();
    let session = state
        .run(&caller, async |tx| {
            let account = tx.actor.account()?;
            let about = About::account(account).object(account);
            tx.allow(Act::Change, DataClass::OwnAccount, about, ())?;
            let row = store::find_account(tx.conn(), account)
                .await?
                .ok_or_else(ApiError::not_found)?;
            version.check(row.version)?;
            if let Some(language) = &body.language {
                let language = words::offered(language)
                    .ok_or_else(|| ApiError::field("/language", "unknown_language"))?;
                if !store::set_language(tx.conn(), account, version.0, language).await? {
                    return Err(ApiError::of(problem::VERSION_CONFLICT));
                }
            }
            let actor = tx.actor.clone();
            describe(tx.conn(), &actor, session_now).await
        })
        .await?;
    let version = session.version;
    Ok(Versioned(session, version))
}

/// The answer of every operation that signs in: the body and the cookie.
#[must_use]
pub fn answer_signed_in(status: actix_web::http::StatusCode, opened: Opened) -> HttpResponse {
    HttpResponse::build(status)
        .cookie(cookie(opened.refresh_token))
        .json(opened.signed_in)
}

/// What a browser says of itself, for the list of sessions.
#[must_use]
pub fn device_of(request: &HttpRequest) -> String {
    let agent = request
        .headers()
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    agent.chars().take(200).collect()
}

fn cookie(token: String) -> Cookie<'static> {
    Cookie::build(COOKIE, token)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .finish()
}

/// What lives on the cookie is taken from our own pages only.
fn from_own_page(request: &HttpRequest) -> Result<(), ApiError> {
    let site = request
        .headers()
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    if site == Some("same-origin") {
        Ok(())
    } else {
        Err(ApiError::of(problem::FORBIDDEN))
    }
}
