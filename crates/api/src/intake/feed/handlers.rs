//! `/admin/hr-feed-runs`.

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{self, Data, Json};
use actix_web::{FromRequest, HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Utc};
use futures_util::future::LocalBoxFuture;
use salus_domain::access::{About, Act, Actor, DataClass};
use salus_domain::ids::{EmployerId, FeedRunId, ProviderOrgId};
use salus_domain::intake::feed::{Outcome, reading};
use salus_store::intake::known::{EmployerRow, employers_by_code};
use salus_store::intake::runs::{self, RunRow};
use salus_types::intake::problems;
use salus_types::intake::{
    DecideFeedRun, Decision, FeedRowQuery, FeedRun, FeedRunRow, SendFeedFile,
};
use salus_types::page::{Page, PageQuery};
use salus_types::problem::{self, Problem};
use sha2::{Digest, Sha256};
use std::time::Duration;
use uuid::Uuid;

use super::apply::{Decided, apply};
use super::receive::{Incoming, dry_run, receive, rejected_file};
use super::{MAIN_PROFILE, load, show};
use crate::access::{Admin, Caller};
use crate::error::ApiError;
use crate::extract::{
    Body, Created, Id, Idempotency, Query, UPLOAD_PATIENCE, content_type, cursor, limit, place,
    read,
};
use crate::routes::Operations;
use crate::state::AppState;
use crate::transaction::Tx;

/// Registers the operations of this feature.
pub fn routes(config: &mut impl Operations) {
    config
        .service(create_hr_feed_run)
        .service(list_hr_feed_runs)
        .service(get_hr_feed_run)
        .service(list_hr_feed_run_rows)
        .service(get_hr_feed_rejected_rows)
        .service(decide_hr_feed_run);
}

/// How long a request waits for a run before it answers that the run goes on.
const PATIENCE: Duration = Duration::from_secs(8);

/// A file as the body of a request.
pub struct File {
    bytes: Vec<u8>,
    /// Of the file and how it was asked to be taken, to tell a repeated request from another one.
    hash: [u8; 32],
}

impl FromRequest for File {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_csv = matches!(
            content_type(request).as_str(),
            "text/csv" | "application/octet-stream"
        );
        let (payload, query) = (payload.take(), request.query_string().to_owned());
        Box::pin(async move {
            if !is_csv {
                return Err(ApiError::of(problem::UNSUPPORTED_MEDIA_TYPE));
            }
            let bytes = read(payload, reading::MAX_BYTES, UPLOAD_PATIENCE).await?;
            let hash = Sha256::new()
                .chain_update(query)
                .chain_update([0])
                .chain_update(&bytes)
                .finalize();
            Ok(Self {
                bytes,
                hash: hash.into(),
            })
        })
    }
}

/// Send an HR file.
///
/// The body is the file. It is planned without writing; within its limits it is applied at once,
/// beyond them, and the first time a profile is used, the run waits for a decision.
#[utoipa::path(
    tag = "intake",
    params(SendFeedFile),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 401, body = Problem),
        (status = 202, body = FeedRun, description = "Received; `state` says how far it got"),
        (status = 404, body = Problem, description = "`not-found`: no such employer"),
        (status = 409, body = Problem, description = "`feed-duplicate-file`"),
        (status = 413, body = Problem, description = "`feed-too-large`"),
        (status = 422, body = Problem, description = "`feed-unreadable`, `feed-header`"),
    )
)]
#[post("/admin/hr-feed-runs")]
pub async fn create_hr_feed_run(
    caller: Caller<Admin>,
    state: Data<AppState>,
    query: Query<SendFeedFile>,
    key: Idempotency,
    file: File,
) -> Result<Created, ApiError> {
    let hash = file.hash;
    state
        .create_in_steps(&caller, &key, &hash, async || {
            take_file(&caller, &state, query.0, file.bytes).await
        })
        .await
}

async fn take_file(
    caller: &Caller<Admin>,
    state: &Data<AppState>,
    command: SendFeedFile,
    bytes: Vec<u8>,
) -> Result<Created, ApiError> {
    let (employer, actor) = state
        .run(caller, async |tx: &mut Tx| {
            tx.scope(Act::Create, DataClass::FeedRun)?;
            let found = employers_by_code(tx.conn(), &command.employer).await?;
            let employer = found.into_iter().next().ok_or_else(ApiError::not_found)?;
            let about = About::default().employer(EmployerId(employer.id));
            let employer = tx.allow(Act::Create, DataClass::FeedRun, about, employer)?;
            Ok((employer.into_inner(), tx.actor.clone()))
        })
        .await?;
    let incoming = incoming(command, employer, &actor, bytes)?;
    let org = actor.provider_org;
    let id = receive(state, incoming).await?;
    let run = patiently(
        state,
        org,
        id,
        go_on(state.clone(), org, id, actor.account.map(Uuid::from)),
    )
    .await?;
    Created::accepted(
        format!("/api/v1/admin/hr-feed-runs/{id}"),
        &show::run(run, &actor)?,
    )
}

fn incoming(
    command: SendFeedFile,
    employer: EmployerRow,
    actor: &Actor,
    bytes: Vec<u8>,
) -> Result<Incoming, ApiError> {
    let profile = command.profile.unwrap_or_else(|| MAIN_PROFILE.to_owned());
    if !(1..=80).contains(&profile.chars().count()) {
        return Err(ApiError::field("/profile", "length"));
    }
    Ok(Incoming {
        employer,
        profile,
        source: "upload",
        by: actor.account.map(Uuid::from),
        file_name: command.file_name.unwrap_or_default(),
        bytes,
        replay: command.replay,
    })
}

/// Plans a run, and applies it where nothing has to be decided.
async fn go_on(
    state: Data<AppState>,
    org: ProviderOrgId,
    id: FeedRunId,
    by: Option<Uuid>,
) -> Result<RunRow, ApiError> {
    let run = dry_run(&state, org, id).await?;
    if run.state != "dry_run" {
        return Ok(run);
    }
    let decided = Decided {
        by,
        ..Decided::default()
    };
    apply(&state, org, id, decided).await
}

/// Waits a while for work that goes on even if the caller does not wait.
async fn patiently(
    state: &AppState,
    org: ProviderOrgId,
    id: FeedRunId,
    work: impl Future<Output = Result<RunRow, ApiError>> + 'static,
) -> Result<RunRow, ApiError> {
    let working = actix_web::rt::spawn(work);
    match tokio::time::timeout(PATIENCE, working).await {
        Ok(done) => done.map_err(ApiError::internal)?,
        Err(_) => {
            state
                .run_system(org, "get_hr_feed_run", async |tx: &mut Tx| {
                    runs::find_run(tx.conn(), id)
                        .await?
                        .ok_or_else(ApiError::not_found)
                })
                .await
        }
    }
}

/// HR file runs, newest first.
#[utoipa::path(
    tag = "intake",
    params(PageQuery),
    responses((status = 200, body = Page<FeedRun>), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/admin/hr-feed-runs")]
pub async fn list_hr_feed_runs(
    caller: Caller<Admin>,
    state: Data<AppState>,
    query: Query<PageQuery>,
) -> Result<Json<Page<FeedRun>>, ApiError> {
    let page = state
        .run(&caller, async |tx: &mut Tx| {
            let scope = tx.scope(Act::Read, DataClass::FeedRun)?;
            let limit = limit(&query.0)?;
            let after = place::<(DateTime<Utc>, Uuid)>(query.0.cursor.as_deref())?;
            let mut rows = runs::list_runs(tx.conn(), &scope, after, limit + 1).await?;
            let next_cursor = next(&mut rows, limit, |row| (row.received_at, row.id))?;
            let items = rows
                .into_iter()
                .map(|row| show::run(row, &tx.actor))
                .collect::<Result<_, _>>()?;
            Ok(Page { items, next_cursor })
        })
        .await?;
    Ok(Json(page))
}

/// Cuts the surplus row off and makes the cursor of the next page.
fn next<T, K: serde::Serialize>(
    rows: &mut Vec<T>,
    limit: i64,
    key: impl Fn(&T) -> K,
) -> Result<Option<String>, ApiError> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if rows.len() <= limit {
        return Ok(None);
    }
    rows.truncate(limit);
    rows.last().map(|row| cursor(&key(row))).transpose()
}

async fn find(tx: &mut Tx, act: Act, id: FeedRunId) -> Result<RunRow, ApiError> {
    tx.scope(act, DataClass::FeedRun)?;
    let Some(run) = runs::find_run(tx.conn(), id).await? else {
        return Err(tx.missing(act, DataClass::FeedRun, id));
    };
    let about = About::default()
        .employer(EmployerId(run.employer_id))
        .object(id);
    Ok(tx.allow(act, DataClass::FeedRun, about, run)?.into_inner())
}

/// One run: what it would do, or did.
#[utoipa::path(tag = "intake", params(("id" = Uuid, Path, description = "The run")), responses((status = 401, body = Problem), (status = 200, body = FeedRun), (status = 404, body = Problem)))]
#[get("/admin/hr-feed-runs/{id}")]
pub async fn get_hr_feed_run(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<FeedRunId>,
) -> Result<Json<FeedRun>, ApiError> {
    let run = state
        .run(&caller, async |tx: &mut Tx| {
            let run = find(tx, Act::Read, id.0).await?;
            show::run(run, &tx.actor)
        })
        .await?;
    Ok(Json(run))
}

/// Rows of a run, in the file's order.
#[utoipa::path(
    tag = "intake",
    params(("id" = Uuid, Path, description = "The run"), FeedRowQuery),
    responses((status = 401, body = Problem), (status = 200, body = Page<FeedRunRow>), (status = 404, body = Problem))
)]
#[get("/admin/hr-feed-runs/{id}/rows")]
pub async fn list_hr_feed_run_rows(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<FeedRunId>,
    query: Query<FeedRowQuery>,
) -> Result<Json<Page<FeedRunRow>>, ApiError> {
    let page = state
        .run(&caller, async |tx: &mut Tx| {
            find(tx, Act::Read, id.0).await?;
            let asked = PageQuery {
                limit: query.0.limit,
                cursor: query.0.cursor.clone(),
            };
            let limit = limit(&asked)?;
            let after = place::<i32>(asked.cursor.as_deref())?.unwrap_or(0);
            let (outcomes, with_warning) = outcomes(query.0.outcome.as_deref())?;
            let mut rows = runs::list_rows(
                tx.conn(),
                id.0,
                outcomes.as_deref(),
                with_warning,
                after,
                limit + 1,
            )
            .await?;
            let next_cursor = next(&mut rows, limit, |row| row.number)?;
            let key = tx.organization_key().await?;
            let items = rows
                .into_iter()
                .map(|row| show::row(row, &key))
                .collect::<Result<_, _>>()?;
            Ok(Page { items, next_cursor })
        })
        .await?;
    Ok(Json(page))
}

type Outcomes = Option<Vec<&'static str>>;

fn outcomes(word: Option<&str>) -> Result<(Outcomes, bool), ApiError> {
    let wrong = || ApiError::field("/outcome", "one_of");
    match word {
        None => Ok((None, false)),
        Some("warning") => Ok((None, true)),
        Some("changed") => Ok((Some(vec!["changed", "ended"]), false)),
        Some(word) => {
            let outcome = Outcome::parse(word).ok_or_else(wrong)?;
            Ok((Some(vec![outcome.word()]), false))
        }
    }
}

/// The rejected rows as a file that can be corrected and sent again.
#[utoipa::path(
    tag = "intake",
    params(("id" = Uuid, Path, description = "The run")),
    responses((status = 401, body = Problem), (status = 200, content_type = "text/csv", body = String), (status = 404, body = Problem))
)]
#[get("/admin/hr-feed-runs/{id}/rejected.csv")]
pub async fn get_hr_feed_rejected_rows(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<FeedRunId>,
) -> Result<HttpResponse, ApiError> {
    let org = state
        .run(&caller, async |tx: &mut Tx| {
            find(tx, Act::Read, id.0).await?;
            Ok(tx.actor.provider_org)
        })
        .await?;
    let file = rejected(&state, org, id.0).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"rejected.csv\"",
        ))
        .body(file))
}

/// The result file of a run: the rows that were refused or held when it was planned.
///
/// # Errors
/// 404 when the file is no longer kept.
pub async fn rejected(
    state: &AppState,
    org: ProviderOrgId,
    id: FeedRunId,
) -> Result<Vec<u8>, ApiError> {
    state
        .run_system(org, "get_hr_feed_rejected_rows", async |tx: &mut Tx| {
            let loaded = load(tx, id).await?;
            let rejected = ["error", "held"];
            let stored =
                runs::list_rows(tx.conn(), id, Some(&rejected), false, 0, i64::MAX).await?;
            let key = tx.organization_key().await?;
            let mut rows = Vec::with_capacity(stored.len());
            for row in &stored {
                rows.push((row.number, show::open_row(row, &key)?));
            }
            rejected_file(&loaded.sheet, &rows)
        })
        .await
}

/// Decide about a run that waits: apply it, apply it without ending anything, or reject it.
#[utoipa::path(
    tag = "intake",
    params(("id" = Uuid, Path, description = "The run")),
    request_body = DecideFeedRun,
    responses((status = 401, body = Problem),
        (status = 200, body = FeedRun),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`feed-run-not-paused`, `feed-run-busy`"),
    )
)]
#[post("/admin/hr-feed-runs/{id}/decisions")]
pub async fn decide_hr_feed_run(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<FeedRunId>,
    body: Body<DecideFeedRun>,
) -> Result<Json<FeedRun>, ApiError> {
    let command = body.into_inner();
    let reason = command.reason.trim().to_owned();
    if !(1..=500).contains(&reason.chars().count()) {
        return Err(ApiError::field("/reason", "length"));
    }
    let actor = state
        .run(&caller, async |tx: &mut Tx| {
            let run = find(tx, Act::Change, id.0).await?;
            if run.state != "paused" {
                return Err(ApiError::of(problems::FEED_RUN_NOT_PAUSED).with("state", run.state));
            }
            Ok(tx.actor.clone())
        })
        .await?;
    let (org, by) = (actor.provider_org, actor.account.map(Uuid::from));
    let run = match command.decision {
        Decision::Reject => reject(&state, org, id.0, &reason, by).await?,
        Decision::Apply | Decision::ApplyWithoutEnded => {
            let decided = Decided {
                spare: command.decision == Decision::ApplyWithoutEnded,
                reason: Some(reason),
                by,
            };
            let (shared, id) = (state.clone(), id.0);
            let work = async move { apply(&shared, org, id, decided).await };
            patiently(&state, org, id, work).await?
        }
    };
    Ok(Json(show::run(run, &actor)?))
}

async fn reject(
    state: &web::Data<AppState>,
    org: ProviderOrgId,
    id: FeedRunId,
    reason: &str,
    by: Option<Uuid>,
) -> Result<RunRow, ApiError> {
    state
        .run_system(org, "decide_hr_feed_run", async |tx: &mut Tx| {
            let run = runs::lock_run(tx.conn(), id)
                .await?
                .ok_or_else(ApiError::not_found)?;
            if run.state != "paused" {
                return Err(ApiError::of(problems::FEED_RUN_NOT_PAUSED).with("state", run.state));
            }
            let now = tx.now;
            runs::decide(tx.conn(), id, "reject", Some(reason), by, now).await?;
            runs::set_state(tx.conn(), id, "rejected", None).await?;
            runs::find_run(tx.conn(), id)
                .await?
                .ok_or_else(ApiError::not_found)
        })
        .await
}
