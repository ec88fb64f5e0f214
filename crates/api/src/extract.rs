//! What handlers take out of a request beside the caller: bodies, versions, keys, pages.

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::StreamExt;
use futures_util::future::{LocalBoxFuture, Ready, ready};
use salus_types::page::PageQuery;
use salus_types::problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::ops::Deref;
use std::time::Duration;

use crate::error::{ApiError, Field};

/// Bytes of a body, where the operation says nothing else.
const BODY_LIMIT: usize = 256 * 1024;
/// How deep arrays and objects may nest.
const DEPTH_LIMIT: usize = 32;
/// How many entries an array may have.
const ENTRY_LIMIT: usize = 1_000;
/// How long a body may take to arrive.
const BODY_PATIENCE: Patience = Patience {
    whole: Duration::from_secs(10),
    between: Duration::from_secs(10),
};
/// How long an upload may take while bytes keep coming.
pub const UPLOAD_PATIENCE: Patience = Patience {
    whole: Duration::from_secs(600),
    between: Duration::from_secs(10),
};

/// How long to wait for a body.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For all of it.
    pub whole: Duration,
    /// For its next piece.
    pub between: Duration,
}

/// A JSON body, read strictly: unknown fields, other types and oversize have each their problem,
/// with a pointer to the field.
pub struct Body<T> {
    value: T,
    hash: [u8; 32],
}

impl<T> Body<T> {
    /// The command.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// A hash of what was sent, for telling a repeated request from another one.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        self.hash
    }
}

impl<T> Deref for Body<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = content_type(request) == "application/json";
        let payload = payload.take();
        Box::pin(async move {
            if !is_json {
                return Err(ApiError::of(problem::UNSUPPORTED_MEDIA_TYPE));
            }
            let bytes = read(payload, BODY_LIMIT, BODY_PATIENCE).await?;
            Ok(Self {
                value: parse(&bytes)?,
                hash: Sha256::digest(&bytes).into(),
            })
        })
    }
}

/// A body as it came, up to a limit in bytes while it keeps coming.
///
/// # Errors
/// 408 when it comes too slowly, 413 when it is larger.
pub async fn read(
    mut payload: Payload,
    limit: usize,
    patience: Patience,
) -> Result<Vec<u8>, ApiError> {
    let late = |_| ApiError::of(problem::TIMEOUT);
    let reading = async {
        let mut bytes = Vec::new();
        while let Some(chunk) = tokio::time::timeout(patience.between, payload.next())
            .await
            .map_err(late)?
        {
            let chunk = chunk.map_err(|_| ApiError::of(problem::MALFORMED))?;
            if bytes.len() + chunk.len() > limit {
                return Err(ApiError::of(problem::PAYLOAD_TOO_LARGE).with("limit_bytes", limit));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    };
    tokio::time::timeout(patience.whole, reading)
        .await
        .map_err(late)?
}

/// The media type without its parameters, lower case.
#[must_use]
pub fn content_type(request: &HttpRequest) -> String {
    let value = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Reads JSON strictly.
///
/// # Errors
/// 400 for what is no JSON or nests too deep, 413 for arrays with too many entries, 422 with a
/// pointer for the rest.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    check_shape(bytes)?;
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let pointer = pointer(error.path());
        let inner = error.into_inner();
        if !inner.is_data() {
            return ApiError::of(problem::MALFORMED);
        }
        let text = inner.to_string();
        let named = |prefix: &str| {
            let rest = text.strip_prefix(prefix)?;
            rest.split('`')
                .nth(1)
                .map(|name| format!("{pointer}/{name}"))
        };
        if text.starts_with("unknown field") {
            // The path already ends in the field's name.
            let at = named("unknown field")
                .filter(|_| pointer.is_empty())
                .unwrap_or_else(|| pointer.clone());
            ApiError::of(problem::UNKNOWN_FIELD).fields(vec![Field::new(at, "unknown_field")])
        } else if let Some(at) = named("missing field") {
            ApiError::invalid(vec![Field::new(at, "required")])
        } else {
            ApiError::invalid(vec![Field::new(pointer.clone(), "wrong_type")])
        }
    })?;
    reader.end().map_err(|_| ApiError::of(problem::MALFORMED))?;
    Ok(value)
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect()
}

/// Refuses, before anything is built from it, JSON that nests too deep or counts too many entries, and
/// texts with U+0000, which PostgreSQL keeps in none.
fn check_shape(bytes: &[u8]) -> Result<(), ApiError> {
    // For each open bracket, whether it is an array and its commas so far.
    let mut open: Vec<(bool, usize)> = Vec::with_capacity(DEPTH_LIMIT);
    let (mut in_string, mut escaped) = (false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'u' if escaped && bytes.get(at + 1..at + 5) == Some(b"0000") => {
                return Err(ApiError::of(problem::MALFORMED));
            }
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                if open.len() == DEPTH_LIMIT {
                    return Err(ApiError::of(problem::MALFORMED));
                }
                open.push((*byte == b'[', 0));
            }
            b'}' | b']' => drop(open.pop()),
            b',' => {
                if let Some((is_array, commas)) = open.last_mut() {
                    *commas += 1;
                    if *is_array && *commas >= ENTRY_LIMIT {
                        return Err(ApiError::of(problem::PAYLOAD_TOO_LARGE)
                            .with("limit_entries", ENTRY_LIMIT));
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Query parameters; unknown ones and wrong values are problems.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            actix_web::web::Query::<T>::from_query(request.query_string())
                .map(|query| Self(query.into_inner()))
                .map_err(|_| ApiError::of(problem::MALFORMED)),
        )
    }
}

/// An id in the path: what is no id names nothing.
pub struct Id<T>(pub T);

impl<T: From<uuid::Uuid> + 'static> FromRequest for Id<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id_in_path(request.match_info().get("id")).map(Self))
    }
}

/// The last id in the path, of something that belongs to what the first one names.
pub struct InnerId<T>(pub T);

impl<T: From<uuid::Uuid> + 'static> FromRequest for InnerId<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let last = request.match_info().iter().last();
        ready(id_in_path(last.map(|(_, text)| text)).map(Self))
    }
}

fn id_in_path<T: From<uuid::Uuid>>(text: Option<&str>) -> Result<T, ApiError> {
    text.and_then(|text| uuid::Uuid::try_parse(text).ok())
        .map(T::from)
        .ok_or_else(ApiError::not_found)
}

/// The version the caller read, from `If-Match`.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub i32);

impl IfMatch {
    /// Refuses when the row has moved on; the current version is told.
    ///
    /// # Errors
    /// 412 `version-conflict`.
    pub fn check(self, current: i32) -> Result<(), ApiError> {
        if self.0 == current {
            Ok(())
        } else {
            Err(ApiError::of(problem::VERSION_CONFLICT).with("current_version", current))
        }
    }
}

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get(header::IF_MATCH) else {
            return ready(Err(ApiError::of(problem::PRECONDITION_REQUIRED)));
        };
        let version = value
            .to_str()
            .ok()
            .and_then(|text| text.trim().trim_matches('"').parse().ok());
        ready(
            version
                .map(IfMatch)
                .ok_or_else(|| ApiError::of(problem::VERSION_CONFLICT)),
        )
    }
}

/// The key under which a creating request may be repeated, from `Idempotency-Key`.
#[derive(Clone, Debug)]
pub struct Idempotency(pub Option<String>);

impl FromRequest for Idempotency {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get("idempotency-key") else {
            return ready(Ok(Self(None)));
        };
        match value.to_str() {
            Ok(key) if (1..=255).contains(&key.len()) => ready(Ok(Self(Some(key.to_owned())))),
            _ => ready(Err(ApiError::of(problem::MALFORMED))),
        }
    }
}

/// A single resource with its version as ETag.
pub struct Versioned<T>(pub T, pub i32);

impl<T> Versioned<T> {
    /// A resource that carries its version.
    pub fn by(value: T, version: impl FnOnce(&T) -> i32) -> Self {
        let version = version(&value);
        Self(value, version)
    }
}

impl<T: Serialize> Responder for Versioned<T> {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((header::ETAG, etag(self.1)))
            .json(self.0)
    }
}

/// The ETag of a version.
#[must_use]
pub fn etag(version: i32) -> String {
    format!("\"{version}\"")
}

/// The answer of a creating request, first or repeated.
#[derive(Clone, Debug)]
pub struct Created {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Created {
    /// 201 with the new resource's address and version.
    ///
    /// # Errors
    /// When the value cannot be written as JSON.
    pub fn at(
        location: impl Into<String>,
        version: i32,
        value: &impl Serialize,
    ) -> Result<Self, ApiError> {
        Ok(Self {
            status: 201,
            location: Some(location.into()),
            etag: Some(etag(version)),
            body: serde_json::to_vec(value).map_err(ApiError::internal)?,
        })
    }

    /// 202: received, and worked on; where to look.
    ///
    /// # Errors
    /// When the value cannot be written as JSON.
    pub fn accepted(location: impl Into<String>, value: &impl Serialize) -> Result<Self, ApiError> {
        Ok(Self {
            status: 202,
            location: Some(location.into()),
            etag: None,
            body: serde_json::to_vec(value).map_err(ApiError::internal)?,
        })
    }

    /// 200: what was asked for exists already.
    #[must_use]
    pub fn already(self) -> Self {
        Self {
            status: 200,
            ..self
        }
    }
}

impl Responder for Created {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let status = actix_web::http::StatusCode::from_u16(self.status).unwrap_or_default();
        let mut response = HttpResponse::build(status);
        for (name, value) in [(header::LOCATION, self.location), (header::ETAG, self.etag)] {
            if let Some(value) = value.and_then(|v| HeaderValue::from_str(&v).ok()) {
                response.insert_header((name, value));
            }
        }
        response.content_type("application/json").body(self.body)
    }
}

/// How many items a page holds.
///
/// # Errors
/// 422 when the limit is out of range.
pub fn limit(query: &PageQuery) -> Result<i64, ApiError> {
    match query.limit {
        None => Ok(50),
        Some(limit @ 1..=200) => Ok(i64::from(limit)),
        Some(_) => Err(ApiError::invalid(vec![
            Field::new("/limit", "out_of_range")
                .with("from", 1)
                .with("to", 200),
        ])),
    }
}

/// Writes the place a page ends at; opaque to callers.
///
/// # Errors
/// When the place cannot be written as JSON.
pub fn cursor(place: &impl Serialize) -> Result<String, ApiError> {
    Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(place).map_err(ApiError::internal)?))
}

/// Reads a place back.
///
/// # Errors
/// 400 `cursor-invalid`.
pub fn place<T: DeserializeOwned>(cursor: Option<&str>) -> Result<Option<T>, ApiError> {
    let Some(cursor) = cursor else {
        return Ok(None);
    };
    let invalid = || ApiError::of(problem::CURSOR_INVALID);
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| invalid())?;
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|_| invalid())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Command {
        #[serde(rename = "name")]
        _name: String,
        #[serde(rename = "parts", default)]
        _parts: Vec<u8>,
    }

    fn problem_of(text: &str) -> (&'static str, Vec<Field>) {
        let error = parse::<Command>(text.as_bytes()).unwrap_err();
        let problem = error.to_problem("en", "");
        (
            error.kind().slug,
            problem
                .errors
                .into_iter()
                .map(|e| Field::new(e.pointer, e.code))
                .collect(),
        )
    }

    #[test]
    fn a_wrong_body_is_told_with_a_pointer_to_the_field() {
        assert_eq!(
            problem_of(r#"{"name":1}"#),
            ("invalid", vec![Field::new("/name", "wrong_type")])
        );
        assert_eq!(
            problem_of("{}"),
            ("invalid", vec![Field::new("/name", "required")])
        );
        assert_eq!(
            problem_of(r#"{"name":"a","nick":1}"#).1,
            vec![Field::new("/nick", "unknown_field")]
        );
        assert_eq!(
            problem_of(r#"{"name":"a","parts":[1,"x"]}"#).1,
            vec![Field::new("/parts/1", "wrong_type")]
        );
        assert_eq!(problem_of("{").0, "malformed");
        assert_eq!(problem_of(r#"{"name":"a"} x"#).0, "malformed");
    }

    #[test]
    fn a_body_that_nests_too_deep_is_not_read() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(problem_of(&nested(33)).0, "malformed");
        assert_eq!(problem_of(&nested(32)).0, "invalid");
        let text = format!(r#"{{"name":"{}"}}"#, "[".repeat(33));
        assert!(parse::<Command>(text.as_bytes()).is_ok());
    }

    #[test]
    fn a_text_that_postgresql_cannot_keep_is_not_read() {
        assert_eq!(problem_of(r#"{"name":"a\u0000"}"#).0, "malformed");
        assert_eq!(problem_of(r#"{"name":"\\\u0000"}"#).0, "malformed");
        for kept in [
            r#"{"name":"\u0001"}"#,
            r#"{"name":"\\u0000"}"#,
            r#"{"name":"u0000"}"#,
        ] {
            assert!(parse::<Command>(kept.as_bytes()).is_ok(), "{kept}");
        }
    }

    #[test]
    fn an_array_of_more_than_a_thousand_entries_is_not_read() {
        let with = |entries: usize| {
            let parts = vec!["1"; entries].join(",");
            format!(r#"{{"name":"a,b","parts":[{parts}]}}"#)
        };
        assert!(parse::<Command>(with(1_000).as_bytes()).is_ok());
        assert_eq!(problem_of(&with(1_001)).0, "payload-too-large");
    }

    #[actix_web::test]
    async fn a_body_that_does_not_arrive_in_time_is_given_up() {
        let soon = Duration::from_millis(5);
        let late = Duration::from_secs(600);
        for (whole, between) in [(soon, late), (late, soon)] {
            let payload: Payload = Payload::Stream {
                payload: Box::pin(futures_util::stream::pending()),
            };
            let error = read(payload, 10, Patience { whole, between }).await;
            assert_eq!(error.unwrap_err().kind(), problem::TIMEOUT);
        }
    }
}
