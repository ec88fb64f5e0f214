//! Files of the three apps, precompressed, and the addresses that lead into them.

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, ResponseError, get};
use salus_types::problem;
use std::path::{Component, PathBuf};

use crate::error::ApiError;
use crate::http::methods::Methods;
use crate::state::AppState;

/// Registers the apps' files and doors; they are no operations of the API.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(doors)
        .service(app_file)
        .service(app_root)
        .service(employee_door)
        .service(supervisor_door)
        .service(favicon);
}

/// The worker that keeps an app on the device, and the one that stops that.
const WORKER: &str = "sw.js";
const WORKER_OFF: &str = "sw-off.js";

const APPS: [&str; 3] = ["employee", "supervisor", "admin"];

#[get("/{app:employee|supervisor|admin}/{path:.*}")]
async fn app_file(
    state: Data<AppState>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> HttpResponse {
    let (app, path) = path.into_inner();
    serve(&state, &request, &app, &path)
}

#[get("/{app:employee|supervisor|admin}")]
async fn app_root(app: Path<String>, request: HttpRequest) -> HttpResponse {
    let query = if request.query_string().is_empty() {
        String::new()
    } else {
        format!("?{}", request.query_string())
    };
    found(&format!("/{app}/{query}"))
}

#[get("/p/{slug}{rest:(/.*)?}")]
async fn employee_door(path: Path<(String, String)>, request: HttpRequest) -> HttpResponse {
    through("employee", &path.into_inner(), &request)
}

#[get("/s/{slug}{rest:(/.*)?}")]
async fn supervisor_door(path: Path<(String, String)>, request: HttpRequest) -> HttpResponse {
    through("supervisor", &path.into_inner(), &request)
}

#[get("/")]
async fn doors(state: Data<AppState>, request: HttpRequest) -> HttpResponse {
    serve(&state, &request, "", "index.html")
}

#[get("/favicon.ico")]
async fn favicon(state: Data<AppState>, request: HttpRequest) -> HttpResponse {
    serve(&state, &request, "", "favicon.svg")
}

/// A portal's address leads into the app; the rest of the path is kept, the slug becomes a hint.
fn through(app: &str, (slug, rest): &(String, String), request: &HttpRequest) -> HttpResponse {
    let rest = rest.trim_start_matches('/');
    let more = if request.query_string().is_empty() {
        String::new()
    } else {
        format!("&{}", request.query_string())
    };
    let slug: String = slug
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    found(&format!("/{app}/{rest}?portal={slug}{more}"))
}

fn found(to: &str) -> HttpResponse {
    HttpResponse::Found()
        .insert_header((header::LOCATION, to))
        .finish()
}

/// A file, or the app's page for an address of the app itself.
fn serve(state: &AppState, request: &HttpRequest, app: &str, path: &str) -> HttpResponse {
    let not_found = || ApiError::not_found().error_response();
    let Some(root) = &state.settings.apps else {
        return not_found();
    };
    let relative = PathBuf::from(path);
    if !relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
        && !path.is_empty()
    {
        return not_found();
    }
    let folder = if app.is_empty() {
        root.clone()
    } else {
        root.join(app)
    };
    let is_asset = relative.extension().is_some();
    let relative = if path == WORKER && !state.settings.keep_apps {
        PathBuf::from(WORKER_OFF)
    } else if is_asset {
        relative
    } else {
        PathBuf::from("index.html")
    };
    let file = folder.join(&relative);
    let accepted = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let accepts = |coding: &str| {
        accepted
            .split(',')
            .any(|part| part.trim().split(';').next() == Some(coding))
    };
    let candidates = [("br", "br"), ("gzip", "gz")];
    let compressed = candidates
        .iter()
        .filter(|(coding, _)| accepts(coding))
        .find_map(|(coding, ending)| {
            let mut name = file.clone().into_os_string();
            name.push(format!(".{ending}"));
            std::fs::read(name).ok().map(|bytes| (bytes, Some(*coding)))
        });
    let Some((bytes, coding)) =
        compressed.or_else(|| std::fs::read(&file).ok().map(|bytes| (bytes, None)))
    else {
        return not_found();
    };
    let extension = relative
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_TYPE, media_type(extension)));
    response.insert_header((header::VARY, "Accept-Encoding"));
    if let Some(coding) = coding {
        response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(coding)));
    }
    let hashed = is_hashed(&relative);
    response.insert_header((
        header::CACHE_CONTROL,
        if hashed {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        },
    ));
    response.body(bytes)
}

/// Files whose name carries a hash of their content never change.
fn is_hashed(path: &std::path::Path) -> bool {
    let stem = path
        .file_stem()
        .and_then(|s| s.to_str())
        .unwrap_or_default();
    stem.rsplit(['-', '.'])
        .next()
        .is_some_and(|part| part.len() >= 8 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn media_type(extension: &str) -> &'static str {
    match extension {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A request for no operation and no file, or with a method that an operation's address does not take.
pub async fn nothing(request: HttpRequest, methods: Data<Methods>) -> HttpResponse {
    if let Some(allowed) = methods.at(request.path()) {
        let mut response = ApiError::of(problem::METHOD_NOT_ALLOWED).error_response();
        if let Ok(allowed) = HeaderValue::from_str(&allowed) {
            response.headers_mut().insert(header::ALLOW, allowed);
        }
        return response;
    }
    let known_app = APPS
        .iter()
        .any(|app| request.path().starts_with(&format!("/{app}/")));
    tracing::debug!(known_app, "nothing at this address");
    ApiError::of(problem::NOT_FOUND).error_response()
}
