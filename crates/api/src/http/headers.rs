//! Headers that protect the browser, on every response.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, ResponseError};
use salus_types::problem;

use crate::error::ApiError;

/// Bytes of a query.
const QUERY_LIMIT: usize = 8 * 1024;

/// U+0000 in an address. No text that PostgreSQL keeps has it, so nothing is called by it.
const NUL: &str = "%00";

/// The apps' content security policy: own files only, WebAssembly allowed, no inline script or
/// style, DOM sinks guarded by Trusted Types.
pub const APP_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
     style-src 'self'; img-src 'self' blob: data:; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
     base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'; trusted-types salus";

/// The documentation viewer writes styles of its own.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self' 'unsafe-inline'; connect-src 'self'; \
     style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; base-uri 'none'; \
     object-src 'none'; form-action 'self'; frame-ancestors 'none'";

const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(), \
     gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=(), \
     publickey-credentials-get=(self), publickey-credentials-create=(self), clipboard-write=(self), \
     geolocation=(self)";

/// Refuses changes sent by other sites, endless queries and addresses with U+0000, and adds the protecting headers to the answer.
///
/// # Errors
/// What the service answers.
pub async fn around<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<actix_web::body::BoxBody>, Error> {
    let docs = request.path().starts_with("/docs");
    let api = request.path().starts_with("/api/");
    let refusal = if crosses_sites(&request) {
        Some(problem::FORBIDDEN)
    } else if request.uri().path().contains(NUL) {
        Some(problem::NOT_FOUND)
    } else if request.query_string().len() > QUERY_LIMIT || request.query_string().contains(NUL) {
        Some(problem::MALFORMED)
    } else {
        None
    };
    let mut response = if let Some(kind) = refusal {
        let refused: HttpResponse = ApiError::of(kind).error_response();
        request.into_response(refused)
    } else {
        next.call(request).await?.map_into_boxed_body()
    };
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &'static str| {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    };
    set(
        "content-security-policy",
        if docs { DOCS_POLICY } else { APP_POLICY },
    );
    set(
        "strict-transport-security",
        "max-age=63072000; includeSubDomains",
    );
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "no-referrer");
    set("cross-origin-opener-policy", "same-origin");
    set("cross-origin-resource-policy", "same-origin");
    set("permissions-policy", PERMISSIONS);
    if api && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// A browser says where a request comes from; a change from another site is refused.
fn crosses_sites(request: &ServiceRequest) -> bool {
    let changes = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let site = request.headers().get("sec-fetch-site");
    changes && site.is_some_and(|site| site != "same-origin")
}
