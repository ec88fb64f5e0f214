//! Live updates: server-sent events with kinds and ids; the app then asks.
//!
//! A stream belongs to the session: at every keep-alive the session is checked in a short
//! transaction, and the stream ends with it. What may be known of is decided by the policy, by the
//! same rules as reading it.
//!
//! An event's id is the time it happened at. Who comes back with the last one is told what happened
//! since, some of it perhaps twice; when that cannot be done, to ask again for all.

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, get};
use chrono::{DateTime, Duration as Span, Utc};
use futures_util::stream::unfold;
use salus_domain::access::{About, Act, Actor, DataClass, Hat};
use salus_domain::ids::{AccountId, EmployerId, PersonId};
use salus_store::notifications::events_since;
use salus_types::problem::{self, Problem};
use serde_json::Value;
use std::collections::VecDeque;
use std::time::Duration;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::{Instant, Interval, interval_at, timeout};
use uuid::Uuid;

use crate::access::{Caller, Clinic, HatKind, Me, Team};
use crate::error::ApiError;
use crate::events::{Heard, Notice};
use crate::metrics::OpenStream;
use crate::routes::Operations;
use crate::state::AppState;
use crate::stop::Stopping;

/// How often the session is checked and the connection kept from falling asleep.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// How long that check may take; then the stream ends, and whoever listens comes back.
const CHECKED_WITHIN: Duration = Duration::from_secs(5);

/// The oldest event that is told again, and how many at most.
const REPLAY_HOURS: i64 = 1;
const REPLAY_EVENTS: i64 = 500;
/// A transaction may commit so long after its events' time.
const OVERLAP_SECONDS: i64 = 60;

/// Registers the streams.
pub(super) fn routes(config: &mut impl Operations) {
    config
        .service(stream_my_events)
        .service(stream_team_events)
        .service(stream_clinic_events);
}

/// What changes about oneself, as server-sent events: kinds and ids.
///
/// The first event is `ready`; after it, ask again for what is shown. The stream ends with the
/// session; connect again after a random pause with the last `id` as `Last-Event-ID`: what happened
/// meanwhile comes before `ready`, or `resync` when that is not known any more.
#[utoipa::path(
    tag = "messaging",
    params(("Last-Event-ID" = Option<String>, Header, description = "The `id` of the last event heard")),
    responses((status = 200, body = String, content_type = "text/event-stream"), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/me/events")]
pub async fn stream_my_events(
    caller: Caller<Me>,
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    open(caller, state, &request).await
}

/// What changes about one's team, as server-sent events: kinds and ids.
///
/// The first event is `ready`; after it, ask again for what is shown. The stream ends with the
/// session; connect again after a random pause with the last `id` as `Last-Event-ID`: what happened
/// meanwhile comes before `ready`, or `resync` when that is not known any more.
#[utoipa::path(
    tag = "messaging",
    params(("Last-Event-ID" = Option<String>, Header, description = "The `id` of the last event heard")),
    responses((status = 200, body = String, content_type = "text/event-stream"), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/team/events")]
pub async fn stream_team_events(
    caller: Caller<Team>,
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    open(caller, state, &request).await
}

/// What changes in the clinic, as server-sent events: kinds and ids.
///
/// The first event is `ready`; after it, ask again for what is shown. The stream ends with the
/// session; connect again after a random pause with the last `id` as `Last-Event-ID`: what happened
/// meanwhile comes before `ready`, or `resync` when that is not known any more.
#[utoipa::path(
    tag = "messaging",
    params(("Last-Event-ID" = Option<String>, Header, description = "The `id` of the last event heard")),
    responses((status = 200, body = String, content_type = "text/event-stream"), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/clinic/events")]
pub async fn stream_clinic_events(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    open(caller, state, &request).await
}

async fn open<H: HatKind>(
    caller: Caller<H>,
    state: Data<AppState>,
    request: &HttpRequest,
) -> Result<HttpResponse, ApiError> {
    if state.stop.has_begun() {
        return Err(ApiError::of(problem::UNAVAILABLE).retry_after(2));
    }
    // Subscribed before the first check, so that nothing falls between.
    let notices = state.events.subscribe().await;
    let now = state.clock.now();
    let actor = actor(&state, &caller).await?;
    let mut waiting = VecDeque::new();
    if let Some(last) = request.headers().get("last-event-id") {
        let last = last.to_str().ok().and_then(heard_at);
        waiting.extend(missed(&state, &actor, last, now).await?);
    }
    waiting.push_back(named("ready", now));
    let follower = Follower {
        stopping: state.stop.follow(),
        _open: state.metrics.stream_opened(),
        state,
        caller,
        actor,
        notices,
        alive: interval_at(Instant::now() + KEEP_ALIVE, KEEP_ALIVE),
        waiting,
    };
    let events = unfold(follower, |mut follower| async move {
        let text = follower.next().await?;
        Some((
            Ok::<_, std::convert::Infallible>(Bytes::from(text)),
            follower,
        ))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header(("cache-control", "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events))
}

/// What happened since the event that was heard last.
async fn missed(
    state: &AppState,
    actor: &Actor,
    last: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Vec<String>, ApiError> {
    let known = now - Span::hours(REPLAY_HOURS)..=now;
    let Some(last) = last.filter(|last| known.contains(last)) else {
        return Ok(vec![named("resync", now)]);
    };
    let since = last - Span::seconds(OVERLAP_SECONDS);
    let org = actor.provider_org;
    let rows = state
        .run_system(org, "replay_events", async |tx| {
            Ok(events_since(tx.conn(), since, REPLAY_EVENTS + 1).await?)
        })
        .await?;
    if i64::try_from(rows.len()).unwrap_or(i64::MAX) > REPLAY_EVENTS {
        return Ok(vec![named("resync", now)]);
    }
    Ok(rows
        .into_iter()
        .map(|row| Notice {
            at: row.at,
            org,
            kind: row.kind,
            payload: row.payload,
        })
        .filter(|notice| may_know(actor, notice))
        .map(|notice| written(&notice))
        .collect())
}

/// Who the session is now; its end is an error.
async fn actor<H: HatKind>(state: &AppState, caller: &Caller<H>) -> Result<Actor, ApiError> {
    state.run(caller, async |tx| Ok(tx.actor.clone())).await
}

struct Follower<H> {
    state: Data<AppState>,
    caller: Caller<H>,
    actor: Actor,
    notices: Receiver<Heard>,
    alive: Interval,
    /// The server's end is the stream's.
    stopping: Stopping,
    _open: OpenStream,
    /// What is to be said before listening.
    waiting: VecDeque<String>,
}

impl<H: HatKind> Follower<H> {
    /// The next piece of the stream; none ends it.
    async fn next(&mut self) -> Option<String> {
        if let Some(text) = self.waiting.pop_front() {
            return Some(text);
        }
        loop {
            tokio::select! {
                notice = self.notices.recv() => match notice {
                    Ok(Heard::Notice(notice)) if may_know(&self.actor, &notice) => return Some(written(&notice)),
                    Ok(Heard::Notice(_)) => {}
                    // Not everything was heard, here or by this stream: ask again for all.
                    Ok(Heard::Gap) | Err(RecvError::Lagged(_)) => {
                        return Some(named("resync", self.state.clock.now()));
                    }
                    Err(RecvError::Closed) => return None,
                },
                () = self.stopping.begun() => return None,
                _ = self.alive.tick() => {
                    let checked = timeout(CHECKED_WITHIN, actor(&self.state, &self.caller)).await;
                    self.actor = checked.ok()?.ok()?;
                    return Some(": alive\n\n".to_owned());
                }
            }
        }
    }
}

/// An event that is about the stream itself.
fn named(kind: &str, at: DateTime<Utc>) -> String {
    format!(
        "retry: 2000\nid: {}\nevent: {kind}\ndata: {{}}\n\n",
        at.timestamp_micros()
    )
}

fn written(notice: &Notice) -> String {
    format!(
        "id: {}\nevent: {}\ndata: {}\n\n",
        notice.at.timestamp_micros(),
        notice.kind,
        shown(&notice.payload)
    )
}

/// The time an event's id stands for.
fn heard_at(id: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(id.parse().ok()?)
}

/// What the app needs to ask again; whose employer or account it is stays inside.
fn shown(payload: &Value) -> Value {
    let mut payload = payload.clone();
    if let Some(fields) = payload.as_object_mut() {
        fields.retain(|name, value| {
            !value.is_null()
                && !matches!(
                    name.as_str(),
                    "employer_id" | "account_id" | "scheduling" | "team"
                )
        });
    }
    payload
}

/// Whether the actor may know that this happened: whoever may read the thing may.
fn may_know(actor: &Actor, notice: &Notice) -> bool {
    let Some(class) = class_of(&notice.kind) else {
        return false;
    };
    if notice.org != actor.provider_org {
        return false;
    }
    let id = |name: &str| {
        let text = notice.payload.get(name)?.as_str()?;
        Uuid::try_parse(text).ok()
    };
    let told = |name: &str| notice.payload.get(name).and_then(Value::as_bool);
    // A supervisor hears of the own threads, and else only of what says that it is for their eyes:
    // not every visit, restriction or absence of a report is.
    if actor.hat == Hat::Team && class != DataClass::Message && told("team") != Some(true) {
        return false;
    }
    // A grant limited to some employers reaches nothing that does not say whose it is.
    if actor.employers.is_some() && id("employer_id").is_none() {
        return false;
    }
    let about = About {
        object: None,
        person: id("person_id").map(PersonId),
        employer: id("employer_id").map(EmployerId),
        account: id("account_id").map(AccountId),
        scheduling: told("scheduling").unwrap_or_default(),
    };
    actor.allow(Act::Read, class, about, ()).is_ok()
}

/// The class of data an event is about, by the first part of its kind.
fn class_of(kind: &str) -> Option<DataClass> {
    match kind.split('.').next()? {
        "message" | "conversation" => Some(DataClass::Message),
        "appointment" | "appointment_request" | "wait_list_item" => Some(DataClass::Appointment),
        "scheduling_task" => Some(DataClass::AppointmentDetail),
        "due_item" => Some(DataClass::DueItem),
        "questionnaire" | "questionnaires" | "assignment" | "response" => {
            Some(DataClass::Questionnaire)
        }
        "work_status" | "restriction" | "accommodation" => Some(DataClass::WorkStatus),
        "hr_feed" => Some(DataClass::FeedRun),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_domain::access::Role;
    use salus_domain::ids::ProviderOrgId;
    use serde_json::json;

    const ORG: ProviderOrgId = ProviderOrgId(Uuid::from_u128(1));

    fn notice(kind: &str, payload: Value) -> Notice {
        Notice {
            at: DateTime::UNIX_EPOCH,
            org: ORG,
            kind: kind.to_owned(),
            payload,
        }
    }

    fn actor(hat: Hat) -> Actor {
        Actor {
            hat,
            account: Some(AccountId(Uuid::from_u128(5))),
            person: Some(PersonId(Uuid::from_u128(6))),
            portal_user: true,
            supervisor: true,
            reports: vec![PersonId(Uuid::from_u128(7))],
            ..Actor::system(ORG)
        }
    }

    #[test]
    fn a_person_hears_of_the_own_messages_and_of_nobody_elses() {
        let me = actor(Hat::Me);
        let to = |n| notice("message.sent", json!({ "person_id": Uuid::from_u128(n) }));
        assert!(may_know(&me, &to(6)));
        assert!(!may_know(&me, &to(7)));
    }

    #[test]
    fn a_supervisor_does_not_hear_that_a_report_writes_to_the_clinic() {
        let about = json!({ "person_id": Uuid::from_u128(7) });
        let supervisor = actor(Hat::Team);
        assert!(!may_know(
            &supervisor,
            &notice("message.sent", about.clone())
        ));
        assert!(!may_know(
            &supervisor,
            &notice("questionnaire.submitted", about.clone())
        ));
        assert!(!may_know(
            &supervisor,
            &notice("work_status.changed", about)
        ));
        let shared = json!({ "person_id": Uuid::from_u128(7), "team": true });
        assert!(may_know(
            &supervisor,
            &notice("work_status.changed", shared.clone())
        ));
        assert!(!may_know(
            &supervisor,
            &notice("questionnaire.submitted", shared)
        ));
    }

    #[test]
    fn another_organization_and_an_unknown_kind_are_not_heard_of() {
        let nurse = Actor {
            roles: vec![Role::Clinician],
            ..actor(Hat::Clinic)
        };
        let sent = notice("message.sent", json!({}));
        assert!(may_know(&nurse, &sent));
        let elsewhere = Notice {
            org: ProviderOrgId(Uuid::from_u128(2)),
            ..sent
        };
        assert!(!may_know(&nurse, &elsewhere));
        assert!(!may_know(&nurse, &notice("secret.made", json!({}))));
    }
}
