//! One body for every request: it is put together, sent and answered here without knowing what is
//! asked. Only the first step (writing a command) and the last (reading the answer) know types, so
//! that an app carries the rest once.

use reqwest::{RequestBuilder, Response, StatusCode, header};
use salus_types::problem::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::{Error, RETRY_AFTER, Versioned, parsed, read, read_value};

#[cfg(target_arch = "wasm32")]
type Boxed<T> = futures_util::future::LocalBoxFuture<'static, T>;
#[cfg(not(target_arch = "wasm32"))]
type Boxed<T> = futures_util::future::BoxFuture<'static, T>;

/// A request; awaiting it sends it and gives the answer, or an [`Error`].
#[must_use = "a request is sent when it is awaited"]
pub struct Call<T> {
    reply: Boxed<Result<Reply, Error>>,
    read: fn(&Reply) -> Result<T, Error>,
}

impl<T> Future for Call<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = ready!(self.reply.as_mut().poll(context));
        Poll::Ready(reply.and_then(|reply| (self.read)(&reply)))
    }
}

/// A success, not read yet.
pub(crate) struct Reply {
    version: i32,
    body: Vec<u8>,
}

/// A request while it is put together; what goes wrong is told when it is awaited.
pub(crate) struct Prepared(Result<RequestBuilder, Error>);

impl Prepared {
    pub(crate) fn new(request: Result<RequestBuilder, Error>) -> Self {
        Self(request)
    }

    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.map(|request| request.header(name, value)))
    }

    pub(crate) fn if_match(self, version: i32) -> Self {
        self.header("if-match", &format!("\"{version}\""))
    }

    pub(crate) fn query(self, query: &impl Serialize) -> Self {
        self.with_pairs(serde_json::to_value(query))
    }

    fn with_pairs(self, query: serde_json::Result<Value>) -> Self {
        let Ok(Value::Object(fields)) = query else {
            return Self(Err(Error::Unreadable));
        };
        let pairs: Vec<(String, String)> = fields
            .into_iter()
            .filter_map(|(name, value)| match value {
                Value::Null => None,
                Value::String(text) => Some((name, text)),
                other => Some((name, other.to_string())),
            })
            .collect();
        Self(self.0.map(|request| request.query(&pairs)))
    }

    pub(crate) fn json(self, body: &impl Serialize) -> Self {
        self.with_value(serde_json::to_value(body))
    }

    fn with_value(self, body: serde_json::Result<Value>) -> Self {
        match body {
            Ok(body) => self.body("application/json", body.to_string().into_bytes()),
            Err(_) => Self(Err(Error::Unreadable)),
        }
    }

    pub(crate) fn body(self, kind: &str, body: Vec<u8>) -> Self {
        let Self(request) = self.header("content-type", kind);
        Self(request.map(|request| request.body(body)))
    }

    pub(crate) fn call<T: DeserializeOwned>(self) -> Call<T> {
        self.call_and(answer)
    }

    pub(crate) fn call_versioned<T: DeserializeOwned>(self) -> Call<Versioned<T>> {
        self.call_and(|reply| {
            Ok(Versioned {
                value: answer(reply)?,
                version: reply.version,
            })
        })
    }

    pub(crate) fn call_for_nothing(self) -> Call<()> {
        self.call_and(|_| Ok(()))
    }

    pub(crate) fn call_for_bytes(self) -> Call<Vec<u8>> {
        self.call_and(|reply| Ok(reply.body.clone()))
    }

    pub(crate) fn call_and<T>(self, read: fn(&Reply) -> Result<T, Error>) -> Call<T> {
        Call {
            reply: self.reply(),
            read,
        }
    }

    fn reply(self) -> Boxed<Result<Reply, Error>> {
        Box::pin(async move {
            let response = sent(self.0?).await?;
            let etag = response.headers().get("etag");
            let version = etag
                .and_then(|value| value.to_str().ok())
                .and_then(|text| text.trim_matches('"').parse().ok())
                .unwrap_or_default();
            let body = response.bytes().await.map_err(|_| Error::Unreachable)?;
            Ok(Reply {
                version,
                body: body.into(),
            })
        })
    }
}

/// A success, or the problem the server answered.
pub(crate) async fn sent(request: RequestBuilder) -> Result<Response, Error> {
    let response = request.send().await.map_err(|_| Error::Unreachable)?;
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        return Ok(response);
    }
    let status = response.status();
    let retry_after = response
        .headers()
        .get(header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse::<u32>().ok());
    let body = response.bytes().await.map_err(|_| Error::Unreachable)?;
    let mut problem = problem(parsed(&body)).ok_or_else(|| no_problem(status))?;
    if let Some(seconds) = retry_after {
        problem.more.insert(RETRY_AFTER.to_owned(), seconds.into());
    }
    Err(Error::Problem(Box::new(problem)))
}

/// What an answer means that is neither a success nor a problem. A proxy speaks no problems: with
/// these it says that it has no answer of a server.
fn no_problem(status: StatusCode) -> Error {
    match status {
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            Error::Unreachable
        }
        _ => Error::Unreadable,
    }
}

impl Reply {
    /// An answer whose members are read one by one.
    pub(crate) fn members<T>(&self, read: fn(&Value) -> Option<T>) -> Result<T, Error> {
        let body = parsed(&self.body);
        body.as_ref().and_then(read).ok_or(Error::Unreadable)
    }
}

/// A member; one that may be left out is read from `null`.
pub(crate) fn member<T: DeserializeOwned>(of: &Value, name: &str) -> Option<T> {
    read_value(of.get(name).unwrap_or(&Value::Null))
}

/// Reads a problem: its own members first, what is left is this kind's.
fn problem(body: Option<Value>) -> Option<Problem> {
    let body = body?;
    let mut problem = Problem {
        kind: member(&body, "type")?,
        title: member(&body, "title")?,
        status: member(&body, "status")?,
        detail: member(&body, "detail")?,
        instance: member(&body, "instance")?,
        errors: member::<Option<_>>(&body, "errors")?.unwrap_or_default(),
        more: Map::new(),
    };
    if let Value::Object(members) = body {
        const OWN: [&str; 6] = ["type", "title", "status", "detail", "instance", "errors"];
        let more = |(name, _): &(String, Value)| !OWN.contains(&name.as_str());
        problem.more = members.into_iter().filter(more).collect();
    }
    Some(problem)
}

fn answer<T: DeserializeOwned>(reply: &Reply) -> Result<T, Error> {
    read(&reply.body).ok_or(Error::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_proxy_that_has_no_answer_is_a_server_out_of_reach() {
        for (status, expected) in [
            (StatusCode::BAD_GATEWAY, "the server could not be reached"),
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the server could not be reached",
            ),
            (
                StatusCode::GATEWAY_TIMEOUT,
                "the server could not be reached",
            ),
            (
                StatusCode::INTERNAL_SERVER_ERROR,
                "the answer could not be read",
            ),
            (StatusCode::NOT_FOUND, "the answer could not be read"),
        ] {
            assert_eq!(no_problem(status).to_string(), expected, "{status}");
        }
    }

    #[test]
    fn a_problem_is_read_as_its_type_says() {
        let bodies = [
            json!({"type": "/problems/not-found", "title": "Not found", "status": 404, "instance": "1"}),
            json!({
                "type": "/problems/slot-taken", "title": "Taken", "status": 409, "detail": "…",
                "instance": "2", "errors": [{"pointer": "/a", "code": "too_long", "message": "…"}],
                "next_slots": [{"starts_at": "2026-11-16T14:00:00Z"}], "more": 1
            }),
        ];
        for body in bodies {
            let usual: Problem = serde_json::from_value(body.clone()).unwrap();
            assert_eq!(problem(Some(body)), Some(usual));
        }
        assert_eq!(problem(Some(json!({"type": "/problems/x"}))), None);
        assert_eq!(problem(None), None);
    }
}
