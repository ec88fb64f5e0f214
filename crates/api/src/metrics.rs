//! Numbers for Prometheus, on a port of their own. No label says who: operations, outcomes and kinds
//! of problems only, all of them words of this program.
//!
//! They are kept when the setting `metrics_listen` names a port; else every call here does nothing.
//! Each [`AppState`] has its own, so that several servers of one process do not count together.

use actix_web::dev::Server;
use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, HttpServer};
use metrics::{
    Counter, Gauge, Histogram, Key, KeyName, Label, Level, Metadata, Recorder, SharedString,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use salus_domain::ids::ProviderOrgId;
use salus_store::database::Meters;
use salus_types::problem::{self, Kind};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::error::ApiError;
use crate::notifications;
use crate::state::AppState;

/// Requests by operation, method and class of status.
pub const REQUESTS: &str = "salus_requests_total";
/// How long requests took.
pub const REQUEST_SECONDS: &str = "salus_request_seconds";
/// Requests under way.
pub const IN_FLIGHT: &str = "salus_requests_in_flight";
/// Answers that were problems.
pub const PROBLEMS: &str = "salus_problems_total";
/// Connections to the database.
pub const CONNECTIONS: &str = "salus_database_connections";
/// Connections in use.
pub const CONNECTIONS_IN_USE: &str = "salus_database_connections_in_use";
/// Who waits for a connection.
pub const CONNECTIONS_WAITING: &str = "salus_database_waiting";
/// How long was waited for a connection.
pub const WAIT_SECONDS: &str = "salus_database_wait_seconds";
/// Transactions by their end.
pub const TRANSACTIONS: &str = "salus_transactions_total";
/// Transactions tried again.
pub const RETRIES: &str = "salus_transaction_retries_total";
/// Sign-ins by their end.
pub const SIGN_INS: &str = "salus_sign_ins_total";
/// Mails by what became of them.
pub const MAILS: &str = "salus_mails_total";
/// Mails that wait.
pub const MAILS_WAITING: &str = "salus_mails_waiting";
/// How late notices are.
pub const NOTICES_LAG: &str = "salus_notices_lag_seconds";
/// Open streams of live updates.
pub const STREAMS: &str = "salus_streams_open";
/// Audit events that wait for a block.
pub const AUDIT_WAITING: &str = "salus_audit_events_waiting";
/// Blocks of the trail.
pub const AUDIT_BLOCKS: &str = "salus_audit_blocks";
/// The age of the last block.
pub const AUDIT_AGE: &str = "salus_audit_last_block_age_seconds";
/// Whether the trail is whole.
pub const AUDIT_WHOLE: &str = "salus_audit_whole";
/// When the trail was checked.
pub const AUDIT_CHECKED: &str = "salus_audit_checked_timestamp_seconds";
/// When the database was asked.
pub const MEASURED: &str = "salus_measured_timestamp_seconds";
/// The version.
pub const BUILD: &str = "salus_build_info";
/// When the process started.
pub const STARTED: &str = "process_start_time_seconds";
/// Memory of the process.
pub const MEMORY: &str = "process_resident_memory_bytes";

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// It only grows.
    Counter,
    /// It rises and falls.
    Gauge,
    /// How often a value was below each of some bounds.
    Histogram,
}

/// Every number there is, with its sort and what it tells.
pub const ALL: &[(&str, Sort, &str)] = &[
    (
        REQUESTS,
        Sort::Counter,
        "Requests by operation of the API (or file, probe, none), method and class of status; dropped: the caller left before the answer",
    ),
    (
        REQUEST_SECONDS,
        Sort::Histogram,
        "Seconds from a request's head to its answer's, by operation",
    ),
    (
        IN_FLIGHT,
        Sort::Gauge,
        "Requests that are being answered, open streams not counted",
    ),
    (
        PROBLEMS,
        Sort::Counter,
        "Answers that were problems, by the last part of the problem's type",
    ),
    (
        CONNECTIONS,
        Sort::Gauge,
        "Connections to the database, the setting database_pool",
    ),
    (
        CONNECTIONS_IN_USE,
        Sort::Gauge,
        "Connections to the database that a transaction holds",
    ),
    (
        CONNECTIONS_WAITING,
        Sort::Gauge,
        "Transactions that wait for a connection",
    ),
    (
        WAIT_SECONDS,
        Sort::Histogram,
        "Seconds a transaction waited for a connection, those that got none included",
    ),
    (
        TRANSACTIONS,
        Sort::Counter,
        "Transactions by end: committed, rolled_back, dropped (the connection was thrown away with it)",
    ),
    (
        RETRIES,
        Sort::Counter,
        "Transactions that lost a race and were tried again",
    ),
    (
        SIGN_INS,
        Sort::Counter,
        "Sign-ins by way (password, code) and outcome: right, wrong, closed (too many failures), limited (too many tries), invalid, failed (on our side)",
    ),
    (
        MAILS,
        Sort::Counter,
        "Tries to hand a mail to the SMTP server: sent, failed (to be tried again), given_up (not tried again)",
    ),
    (
        MAILS_WAITING,
        Sort::Gauge,
        "Mails that were neither sent nor given up, of all organizations",
    ),
    (
        NOTICES_LAG,
        Sort::Gauge,
        "Seconds the oldest event waits that should have been told by notice already, 0 when none does",
    ),
    (STREAMS, Sort::Gauge, "Open streams of live updates"),
    (
        AUDIT_WAITING,
        Sort::Gauge,
        "Audit events that wait to be sealed in a block; 1000 stands for that many or more",
    ),
    (AUDIT_BLOCKS, Sort::Gauge, "Blocks of the audit trail"),
    (
        AUDIT_AGE,
        Sort::Gauge,
        "Seconds since the last block of the audit trail; it grows while nothing happens, so look at it with what waits",
    ),
    (
        AUDIT_WHOLE,
        Sort::Gauge,
        "Whether the last daily check found the audit trail whole: 1 or 0; missing until the first check of this process",
    ),
    (
        AUDIT_CHECKED,
        Sort::Gauge,
        "When this process last checked the audit trail, in Unix seconds",
    ),
    (
        MEASURED,
        Sort::Gauge,
        "When what waits in the database was last counted, in Unix seconds",
    ),
    (BUILD, Sort::Gauge, "1, with the version of the program"),
    (
        STARTED,
        Sort::Gauge,
        "When the process started, in Unix seconds",
    ),
    (
        MEMORY,
        Sort::Gauge,
        "Bytes of memory the process has in use, where the system tells",
    ),
];

/// Bounds of the histograms, in seconds.
const BOUNDS: [f64; 11] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];
/// How often the database is asked for what waits in it. Until then samples of the histograms lie
/// uncounted.
const EVERY: Duration = Duration::from_secs(15);

const ABOUT: Metadata<'static> = Metadata::new("salus", Level::INFO, None);

/// The numbers of one server, or none.
#[derive(Clone, Default)]
pub struct Metrics(Option<Arc<Kept>>);

struct Kept {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

/// A stream that counts as open until this is dropped.
pub struct OpenStream(Gauge);

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.decrement(1);
    }
}

impl Metrics {
    /// Numbers that are kept.
    ///
    /// # Errors
    /// When the library refuses the bounds.
    pub fn kept() -> Result<Self, String> {
        let builder = PrometheusBuilder::new()
            .set_buckets(&BOUNDS)
            .map_err(|error| error.to_string())?;
        let recorder = builder.build_recorder();
        for (name, sort, help) in ALL {
            let (name, help) = (KeyName::from(*name), SharedString::from(*help));
            match sort {
                Sort::Counter => recorder.describe_counter(name, None, help),
                Sort::Gauge => recorder.describe_gauge(name, None, help),
                Sort::Histogram => recorder.describe_histogram(name, None, help),
            }
        }
        let handle = recorder.handle();
        let kept = Self(Some(Arc::new(Kept { recorder, handle })));
        kept.begin();
        Ok(kept)
    }

    /// What can be 0 is told as 0, so that its first rise is seen.
    fn begin(&self) {
        for way in ["password", "code"] {
            for outcome in ["right", "wrong", "closed", "limited", "invalid", "failed"] {
                self.sign_ins(way, outcome).absolute(0);
            }
        }
        for outcome in ["sent", "failed", "given_up"] {
            self.mails(outcome).absolute(0);
        }
        self.counter(RETRIES, Vec::new()).absolute(0);
        drop(self.meters());
        for name in [IN_FLIGHT, STREAMS] {
            self.gauge(name).set(0);
        }
        let version = vec![Label::from_static_parts(
            "version",
            env!("CARGO_PKG_VERSION"),
        )];
        self.labelled_gauge(BUILD, version).set(1);
        self.gauge(STARTED).set(unix_seconds());
    }

    /// What the database counts by itself.
    #[must_use]
    pub fn meters(&self) -> Meters {
        let ended = |outcome| {
            let label = vec![Label::from_static_parts("outcome", outcome)];
            self.counter(TRANSACTIONS, label)
        };
        Meters {
            committed: ended("committed"),
            rolled_back: ended("rolled_back"),
            dropped: ended("dropped"),
            waited: self.histogram(WAIT_SECONDS, Vec::new()),
        }
    }

    /// A request began.
    pub fn request_begun(&self) {
        self.gauge(IN_FLIGHT).increment(1);
    }

    /// A request is over.
    pub fn request_over(
        &self,
        operation: &Arc<str>,
        method: &'static str,
        status: &'static str,
        seconds: f64,
    ) {
        if self.0.is_none() {
            return;
        }
        self.gauge(IN_FLIGHT).decrement(1);
        let operation = || Label::new("operation", Arc::clone(operation));
        let labels = vec![
            operation(),
            Label::from_static_parts("method", method),
            Label::from_static_parts("status", status),
        ];
        self.counter(REQUESTS, labels).increment(1);
        self.histogram(REQUEST_SECONDS, vec![operation()])
            .record(seconds);
    }

    /// A request was answered with a problem.
    pub fn refused(&self, kind: Kind) {
        let label = vec![Label::from_static_parts("problem", kind.slug)];
        self.counter(PROBLEMS, label).increment(1);
    }

    /// A transaction is tried again.
    pub fn retried(&self) {
        self.counter(RETRIES, Vec::new()).increment(1);
    }

    /// Somebody tried to sign in.
    pub fn signed_in<T>(&self, way: &'static str, outcome: &Result<T, ApiError>) {
        let outcome = match outcome.as_ref().map_err(ApiError::kind) {
            Ok(_) => "right",
            Err(problem::LOCKED_OUT) => "closed",
            Err(problem::RATE_LIMITED) => "limited",
            Err(kind) if kind.status >= 500 => "failed",
            Err(kind) if kind.status == 422 => "invalid",
            Err(_) => "wrong",
        };
        self.sign_ins(way, outcome).increment(1);
    }

    /// A mail was handed over, or not.
    pub fn mailed(&self, outcome: &'static str) {
        self.mails(outcome).increment(1);
    }

    /// A stream opened.
    #[must_use]
    pub fn stream_opened(&self) -> OpenStream {
        let open = self.gauge(STREAMS);
        open.increment(1);
        OpenStream(open)
    }

    /// The trail was checked.
    pub fn trail_checked(&self, whole: bool) {
        self.gauge(AUDIT_WHOLE).set(f64::from(u8::from(whole)));
        self.gauge(AUDIT_CHECKED).set(unix_seconds());
    }

    /// All numbers as Prometheus reads them; none when none are kept.
    #[must_use]
    pub fn text(&self, state: &AppState) -> Option<String> {
        let kept = self.0.as_ref()?;
        let load = state.database.load();
        self.gauge(CONNECTIONS).set(load.size as f64);
        self.gauge(CONNECTIONS_IN_USE).set(load.in_use as f64);
        self.gauge(CONNECTIONS_WAITING).set(load.waiting as f64);
        if let Some(bytes) = resident_bytes() {
            self.gauge(MEMORY).set(bytes as f64);
        }
        Some(kept.handle.render())
    }

    fn sign_ins(&self, way: &'static str, outcome: &'static str) -> Counter {
        let labels = vec![
            Label::from_static_parts("way", way),
            Label::from_static_parts("outcome", outcome),
        ];
        self.counter(SIGN_INS, labels)
    }

    fn mails(&self, outcome: &'static str) -> Counter {
        self.counter(MAILS, vec![Label::from_static_parts("outcome", outcome)])
    }

    fn counter(&self, name: &'static str, labels: Vec<Label>) -> Counter {
        match &self.0 {
            Some(kept) => kept
                .recorder
                .register_counter(&Key::from_parts(name, labels), &ABOUT),
            None => Counter::noop(),
        }
    }

    fn gauge(&self, name: &'static str) -> Gauge {
        self.labelled_gauge(name, Vec::new())
    }

    fn labelled_gauge(&self, name: &'static str, labels: Vec<Label>) -> Gauge {
        match &self.0 {
            Some(kept) => kept
                .recorder
                .register_gauge(&Key::from_parts(name, labels), &ABOUT),
            None => Gauge::noop(),
        }
    }

    fn histogram(&self, name: &'static str, labels: Vec<Label>) -> Histogram {
        match &self.0 {
            Some(kept) => kept
                .recorder
                .register_histogram(&Key::from_parts(name, labels), &ABOUT),
            None => Histogram::noop(),
        }
    }
}

/// Counts what waits in the database, until the server stops. Not when the numbers are asked for:
/// who reads them often must not load the database.
pub async fn work(state: AppState) {
    let Some(kept) = state.metrics.0.clone() else {
        return;
    };
    let mut stopping = state.stop.follow();
    loop {
        if let Err(error) = measure(&state).await {
            tracing::warn!(error = error.logged(), "what waits could not be counted");
        }
        kept.handle.run_upkeep();
        if !stopping.pause(EVERY).await {
            return;
        }
    }
}

/// Counts what waits in the database.
///
/// # Errors
/// What the database says.
pub async fn measure(state: &AppState) -> Result<(), ApiError> {
    let mut tx = state.database.authn().await?;
    let organizations = salus_store::accounts::provider_organizations(tx.connection()).await?;
    let trail = salus_store::audit::blocks::standing(tx.connection()).await?;
    tx.commit().await?;
    let (mut mails, mut lag) = (0, 0);
    for (org, _) in organizations {
        let counted = state.run_system(ProviderOrgId(org), "measure", async |tx| {
            let mails = salus_store::plumbing::mails_waiting(tx.conn()).await?;
            Ok((mails, notifications::lag_seconds(tx).await?))
        });
        let (waiting, late) = counted.await?;
        mails += waiting;
        lag = lag.max(late);
    }
    let set = |name, value: i64| state.metrics.gauge(name).set(value as f64);
    set(MAILS_WAITING, mails);
    set(NOTICES_LAG, lag);
    set(AUDIT_WAITING, trail.waiting);
    set(AUDIT_BLOCKS, trail.blocks);
    if let Some(sealed_at) = trail.sealed_at {
        let age = state.clock.session_now() - sealed_at;
        set(AUDIT_AGE, age.num_seconds());
    }
    state.metrics.gauge(MEASURED).set(unix_seconds());
    Ok(())
}

/// Serves the numbers, and nothing else, on a listening socket.
///
/// # Errors
/// When the socket cannot be used.
pub fn serve(state: AppState, listener: TcpListener) -> std::io::Result<Server> {
    let server = HttpServer::new(move || {
        App::new()
            .app_data(Data::new(state.clone()))
            .route("/metrics", web::get().to(answer))
    })
    .workers(1)
    .client_request_timeout(Duration::from_secs(5))
    .shutdown_timeout(1)
    .disable_signals()
    .listen(listener)?
    .run();
    Ok(server)
}

async fn answer(state: Data<AppState>) -> HttpResponse {
    match state.metrics.text(&state) {
        Some(text) => HttpResponse::Ok()
            .content_type("text/plain; version=0.0.4; charset=utf-8")
            .body(text),
        None => HttpResponse::NotFound().finish(),
    }
}

fn unix_seconds() -> f64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.map_or(0.0, |since| since.as_secs_f64())
}

/// As Linux tells it.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_listed_once_and_says_what_it_tells() {
        for (at, (name, sort, help)) in ALL.iter().enumerate() {
            assert!(!help.is_empty(), "{name}");
            assert!(ALL.iter().skip(at + 1).all(|(other, ..)| other != name));
            assert_eq!(*sort == Sort::Counter, name.ends_with("_total"), "{name}");
        }
    }

    #[test]
    fn two_servers_of_one_process_count_apart() {
        let (one, other) = (Metrics::kept().unwrap(), Metrics::kept().unwrap());
        one.retried();
        let text = |metrics: &Metrics| metrics.0.as_ref().unwrap().handle.render();
        assert!(text(&one).contains("salus_transaction_retries_total 1\n"));
        assert!(text(&other).contains("salus_transaction_retries_total 0\n"));
    }

    #[test]
    fn what_is_not_kept_costs_nothing_and_says_nothing() {
        let off = Metrics::default();
        off.retried();
        drop(off.stream_opened());
        assert!(off.0.is_none());
    }
}
