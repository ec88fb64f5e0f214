//! What is noted of a request when it is over: one line in the log and its numbers. Ids only: no
//! path, no query, no address, no body.

use actix_web::dev::ServiceRequest;
use actix_web::http::{Method, StatusCode};
use actix_web::web::Data;
use std::sync::Arc;
use std::time::Instant;

use crate::http::methods::Methods;
use crate::http::request::{Current, Known};
use crate::metrics::Metrics;
use crate::state::AppState;

/// A request under way. One that is dropped before it was answered lost its caller.
pub struct Watched {
    id: String,
    known: Arc<Known>,
    operation: Arc<str>,
    method: &'static str,
    probe: bool,
    metrics: Metrics,
    begun: Instant,
    status: Option<StatusCode>,
}

impl Watched {
    /// Begins to watch.
    #[must_use]
    pub fn begin(request: &ServiceRequest, current: &Current) -> Self {
        let state = request.app_data::<Data<AppState>>();
        let metrics = state.map(|state| state.metrics.clone()).unwrap_or_default();
        metrics.request_begun();
        let probe = matches!(request.path(), "/healthz" | "/readyz");
        Self {
            id: current.id.clone(),
            known: Arc::clone(&current.known),
            operation: operation(request, probe),
            method: method(request.method()),
            probe,
            metrics,
            begun: Instant::now(),
            status: None,
        }
    }

    /// It was answered.
    pub fn answered(mut self, status: StatusCode) {
        self.status = Some(status);
    }

    fn write_line(&self, duration: f64) {
        let caller = self.known.caller.get();
        let account = caller.map(|(account, _)| tracing::field::display(account));
        let organization = caller.map(|(_, org)| tracing::field::display(org));
        let problem = self.known.problem.get().map(|kind| kind.slug);
        let (request_id, operation, method) = (&*self.id, &*self.operation, self.method);
        let status = self.status.map(|status| status.as_u16());
        let duration_ms = (duration * 1_000_000.0).round() / 1_000.0;
        // Who asks every few seconds whether the server is well would fill the log.
        if self.probe {
            tracing::debug!(
                request_id,
                operation,
                method,
                status,
                duration_ms,
                problem,
                "request"
            );
        } else {
            tracing::info!(
                request_id,
                operation,
                method,
                status,
                duration_ms,
                account,
                organization,
                problem,
                "request"
            );
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let duration = self.begun.elapsed().as_secs_f64();
        let class = class(self.status);
        self.metrics
            .request_over(&self.operation, self.method, class, duration);
        if let Some(kind) = self.known.problem.get() {
            self.metrics.refused(*kind);
        }
        self.write_line(duration);
    }
}

/// What a request asks for: an operation, or one of three words for what is none.
fn operation(request: &ServiceRequest, probe: bool) -> Arc<str> {
    if probe {
        return Arc::from("probe");
    }
    if !request.path().starts_with("/api/") {
        return Arc::from("file");
    }
    request
        .app_data::<Data<Methods>>()
        .and_then(|methods| methods.operation(request.method(), request.path()))
        .unwrap_or_else(|| Arc::from("none"))
}

/// Callers invent methods; these are all that are told apart.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn class(status: Option<StatusCode>) -> &'static str {
    match status.map(|status| status.as_u16() / 100) {
        Some(1) => "1xx",
        Some(2) => "2xx",
        Some(3) => "3xx",
        Some(4) => "4xx",
        Some(_) => "5xx",
        None => "dropped",
    }
}
