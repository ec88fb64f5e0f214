//! Each request's own id and language, its deadline, and the net that catches panics.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpRequest, ResponseError};
use futures_util::FutureExt;
use salus_types::problem;
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use uuid::Uuid;

use crate::error::ApiError;
use crate::http::address::{caller_address, counted_as};
use crate::state::AppState;
use crate::words;

/// How long a request may take, the reading of its body included.
const DEADLINE: Duration = Duration::from_secs(15);
/// How long a request may take whose body is a file.
const UPLOAD_DEADLINE: Duration = Duration::from_secs(615);

/// What problems and logs need to know of the request they belong to.
#[derive(Clone, Debug)]
pub struct Current {
    /// The request's id; also the `instance` of its problems.
    pub id: String,
    /// The language to answer in.
    pub language: String,
    /// Where the request comes from.
    pub address: Option<IpAddr>,
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
    })
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
    };
    let id = current.id.clone();
    request.extensions_mut().insert(current.clone());
    let streams = request.path().ends_with("/events");
    let uploads = matches!(
        header(header::CONTENT_TYPE),
        Some(kind) if kind.starts_with("text/csv") || kind.starts_with("application/octet-stream")
    );
    let deadline = if uploads { UPLOAD_DEADLINE } else { DEADLINE };

    // The request is handed on whole: a second handle to it would keep the router from using it.
    let outcome = CURRENT
        .scope(current, async move {
            let answered = AssertUnwindSafe(next.call(request)).catch_unwind();
            let outcome = if streams {
                Ok(answered.await)
            } else {
                tokio::time::timeout(deadline, answered).await
            };
            match outcome {
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
            if let Some(value) = value {
                response.headers_mut().insert(name, value);
            }
            Ok(response)
        }
        Err(mut response) => {
            if let Some(value) = value {
                response.headers_mut().insert(name, value);
            }
            Err(InternalError::from_response("answered with a problem", response).into())
        }
    }
}
