//! Each request's own id and language, its deadline, its line in the log, and the net that catches
//! panics.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpRequest, ResponseError};
use futures_util::FutureExt;
use salus_domain::ids::{AccountId, ProviderOrgId};
use salus_types::problem::{self, Kind};
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use uuid::Uuid;

use crate::error::ApiError;
use crate::http::address::{caller_address, counted_as};
use crate::http::watched::Watched;
use crate::state::AppState;
use crate::words;

/// How long a request may take, the reading of its body included.
const DEADLINE: Duration = Duration::from_secs(15);
/// How long a request may take whose body is a file.
const UPLOAD_DEADLINE: Duration = Duration::from_secs(615);
/// The operations whose body is a file. What a request says of its body is no reason to wait for it.
const UPLOADS: [&str; 1] = ["/api/v1/admin/hr-feed-runs"];

/// What problems and logs need to know of the request they belong to.
#[derive(Clone, Debug)]
pub struct Current {
    /// The request's id; also the `instance` of its problems.
    pub id: String,
    /// The language to answer in.
    pub language: String,
    /// Where the request comes from.
    pub address: Option<IpAddr>,
    /// What became known of it while it was answered.
    pub known: Arc<Known>,
}

/// What becomes known of a request while it is answered, for its line in the log.
#[derive(Debug, Default)]
pub struct Known {
    /// Whose it is.
    pub caller: OnceLock<(AccountId, ProviderOrgId)>,
    /// The problem it was answered with.
    pub problem: OnceLock<Kind>,
}

tokio::task_local! {
    static CURRENT: Current;
}

/// The request being answered.
#[must_use]
pub fn current() -> Current {
    CURRENT.try_with(Clone::clone).unwrap_or_else(|_| Current {
        id: Uuid::now_v7().to_string(),
        language: "en".to_owned(),
        address: None,
        known: Arc::default(),
    })
}

/// The id of the request being answered, if one is.
#[must_use]
pub fn current_id() -> Option<String> {
    CURRENT.try_with(|current| current.id.clone()).ok()
}

/// Notes whose request is being answered.
pub fn note_caller(account: AccountId, org: ProviderOrgId) {
    // Outside of a request nobody asks.
    let _ = CURRENT.try_with(|current| current.known.caller.set((account, org)));
}

/// What rates and throttles count the caller of a request as.
#[must_use]
pub fn address_of(request: &HttpRequest) -> String {
    request
        .extensions()
        .get::<Current>()
        .and_then(|current| current.address)
        .map(counted_as)
        .unwrap_or_default()
}

/// Gives the request its id and language, its deadline, and an answer even after a panic.
///
/// # Errors
/// What the service answers; a panic and a passed deadline are problems.
pub async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let header = |name: HeaderName| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let language = header(HeaderName::from_static("salus-language"))
        .and_then(words::offered)
        .unwrap_or_else(|| words::negotiate(header(header::ACCEPT_LANGUAGE)));
    let proxies = request
        .app_data::<Data<AppState>>()
        .map_or(&[][..], |state| state.proxies.as_slice());
    let peer = request.peer_addr().map(|peer| peer.ip());
    let current = Current {
        id: Uuid::now_v7().to_string(),
        language: language.to_owned(),
        address: caller_address(peer, request.headers(), proxies),
        known: Arc::default(),
    };
    let watched = Watched::begin(&request, &current);
    let id = current.id.clone();
    request.extensions_mut().insert(current.clone());
    let deadline = deadline_of(request.method(), request.path());

    // The request is handed on whole: a second handle to it would keep the router from using it.
    let outcome = CURRENT
        .scope(current, async move {
            // What is streamed begins in time; how long it lasts is its own affair.
            let answered = AssertUnwindSafe(next.call(request)).catch_unwind();
            match tokio::time::timeout(deadline, answered).await {
                Ok(Ok(Ok(response))) => Ok(response.map_into_boxed_body()),
                Ok(Ok(Err(error))) => Err(error.error_response()),
                Ok(Err(_panic)) => Err(ApiError::internal("a handler panicked").error_response()),
                Err(_) => Err(ApiError::of(problem::UNAVAILABLE)
                    .retry_after(2)
                    .error_response()),
            }
        })
        .await;

    let name = HeaderName::from_static("x-request-id");
    let value = HeaderValue::from_str(&id).ok();
    match outcome {
        Ok(mut response) => {
            watched.answered(response.status());
            if let Some(value) = value {
                response.headers_mut().insert(name, value);
            }
            Ok(response)
        }
        Err(mut response) => {
            watched.answered(response.status());
            if let Some(value) = value {
                response.headers_mut().insert(name, value);
            }
            Err(InternalError::from_response("answered with a problem", response).into())
        }
    }
}

fn deadline_of(method: &Method, path: &str) -> Duration {
    if method == Method::POST && UPLOADS.contains(&path) {
        UPLOAD_DEADLINE
    } else {
        DEADLINE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::middleware::from_fn;
    use actix_web::{App, HttpResponse, test, web};
    use salus_types::problem::Problem;
    use std::io;
    use std::sync::Mutex;
    use tracing_subscriber::fmt::MakeWriter;

    /// What was written to the log.
    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Written {
        fn lines(&self) -> Vec<serde_json::Value> {
            let text = self.0.lock().unwrap().clone();
            let text = String::from_utf8(text).unwrap();
            let lines = text.lines();
            lines
                .map(|line| serde_json::from_str(line).unwrap())
                .collect()
        }
    }

    impl io::Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl MakeWriter<'_> for Written {
        type Writer = Self;

        fn make_writer(&self) -> Self {
            self.clone()
        }
    }

    async fn panics() -> HttpResponse {
        let read = "Kanarienvogel";
        assert!(read.is_empty(), "{read} is not empty");
        HttpResponse::Ok().finish()
    }

    #[actix_web::test]
    async fn a_panic_is_a_problem_and_is_logged_with_its_place_and_the_requests_id_only() {
        let written = Written::default();
        let log = tracing_subscriber::fmt()
            .json()
            .with_writer(written.clone());
        let _log = tracing::subscriber::set_default(log.finish());
        let app = App::new()
            .route("/", web::get().to(panics))
            .wrap(from_fn(around));
        let app = test::init_service(app).await;
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(crate::logs::note_panic));
        let answer = test::try_call_service(&app, test::TestRequest::get().to_request()).await;
        std::panic::set_hook(before);

        let answer = answer.unwrap_err().error_response();
        assert_eq!(answer.status(), 500);
        let id = answer
            .headers()
            .get("x-request-id")
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        let body = actix_web::body::to_bytes(answer.into_body()).await;
        let problem: Problem = serde_json::from_slice(&body.unwrap()).unwrap();
        assert!(problem.is(problem::INTERNAL));
        assert_eq!(problem.instance, id);

        let lines = written.lines();
        let said: Vec<_> = lines
            .iter()
            .map(|line| line["fields"]["message"].as_str().unwrap())
            .collect();
        assert_eq!(said, ["panicked", "request failed", "request"]);
        for line in &lines {
            assert_eq!(line["fields"]["request_id"], *id);
            assert!(!line.to_string().contains("Kanarienvogel"), "{line}");
        }
        let place = lines[0]["fields"]["place"].as_str().unwrap();
        assert!(place.contains("request.rs:"), "{place}");
        assert_eq!(lines[2]["fields"]["status"], 500);
    }

    #[actix_web::test]
    async fn a_request_whose_caller_leaves_is_logged_without_a_status() {
        let written = Written::default();
        let log = tracing_subscriber::fmt()
            .json()
            .with_writer(written.clone());
        let _log = tracing::subscriber::set_default(log.finish());
        let endless = || async {
            std::future::pending::<()>().await;
            HttpResponse::Ok().finish()
        };
        let app = App::new()
            .route("/", web::get().to(endless))
            .wrap(from_fn(around));
        let app = test::init_service(app).await;
        let asked = test::try_call_service(&app, test::TestRequest::get().to_request());
        let left = tokio::time::timeout(Duration::from_millis(20), asked).await;
        assert!(left.is_err());
        let lines = written.lines();
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0]["fields"]["message"], "request");
        assert!(lines[0]["fields"].get("status").is_none());
    }

    #[actix_web::test]
    async fn only_the_operation_that_takes_a_file_has_time_for_one() {
        let [upload] = UPLOADS;
        assert_eq!(deadline_of(&Method::POST, upload), UPLOAD_DEADLINE);
        assert_eq!(deadline_of(&Method::GET, upload), DEADLINE);
        assert_eq!(deadline_of(&Method::GET, "/api/v1/me/events"), DEADLINE);
    }
}
