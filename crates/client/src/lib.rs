//! Typed client of the Salus API, for browsers and programs.
//!
//! Every operation is a method of [`Client`] with the operation's name, whose [`Call`] is to be
//! awaited. Requests and answers are the types of `salus-types`; a problem is an [`Error::Problem`].
#![warn(missing_docs, unreachable_pub)]

mod accounts;
mod audit;
mod call;
mod intake;
mod messaging;
mod people;
mod portals;
mod questionnaires;
mod read;
mod requests;
mod scheduling;
mod setup;
mod surveillance;
mod wait_list;
mod work_status;

pub use messaging::LiveEvent;
pub use read::{parsed, read, read_value};

pub use call::Call;
use call::Prepared;
use reqwest::{Method, RequestBuilder, Response};
use salus_types::problem::{Kind, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use url::Url;

/// The header of a creating request's key.
pub(crate) const KEY: &str = "idempotency-key";

/// Asks a Salus server.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: Arc<Url>,
    token: Option<Arc<str>>,
    #[cfg(not(target_arch = "wasm32"))]
    refresh_cookie: Option<Arc<str>>,
    language: Option<Arc<str>>,
    background: bool,
    acts_for: Option<uuid::Uuid>,
}

/// Where [`Problem::more`] holds the seconds of the answer's `Retry-After`.
pub const RETRY_AFTER: &str = "retry_after";

/// Why there is no answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The server answered a problem.
    #[error("{} ({})", .0.title, .0.slug())]
    Problem(Box<Problem>),
    /// The server could not be reached, or did not answer in time.
    #[error("the server could not be reached")]
    Unreachable,
    /// The answer is not what the operation answers.
    #[error("the answer could not be read")]
    Unreadable,
    /// The server's address cannot be used.
    #[error("the address cannot be used")]
    Address,
}

impl Error {
    /// Whether it is a problem of a kind.
    #[must_use]
    pub fn is(&self, kind: Kind) -> bool {
        matches!(self, Self::Problem(problem) if problem.is(kind))
    }

    /// The problem, if it is one.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            _ => None,
        }
    }

    /// The HTTP status of the problem, if it is one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.problem().map(|problem| problem.status)
    }
}

/// A value with the version to send back in `If-Match`.
#[derive(Clone, Debug, PartialEq)]
pub struct Versioned<T> {
    /// The value.
    pub value: T,
    /// Its version.
    pub version: i32,
}

impl Client {
    /// A client for the server at an address: an origin, without a path.
    ///
    /// # Errors
    /// [`Error::Address`].
    pub fn new(base: &str) -> Result<Self, Error> {
        let base = Url::parse(base).map_err(|_| Error::Address)?;
        Ok(Self {
            http: reqwest::Client::new(),
            base: Arc::new(base),
            token: None,
            #[cfg(not(target_arch = "wasm32"))]
            refresh_cookie: None,
            language: None,
            background: false,
            acts_for: None,
        })
    }

    /// The same client with an access token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(token.into()),
            ..self.clone()
        }
    }

    /// The same client without an access token.
    #[must_use]
    pub fn without_token(&self) -> Self {
        Self {
            token: None,
            ..self.clone()
        }
    }

    /// The same client with a refresh cookie; for programs, since browsers keep their own.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn with_refresh_cookie(&self, cookie: &str) -> Self {
        Self {
            refresh_cookie: Some(cookie.into()),
            ..self.clone()
        }
    }

    /// The same client, asking for answers in a language.
    #[must_use]
    pub fn in_language(&self, language: &str) -> Self {
        Self {
            language: Some(language.into()),
            ..self.clone()
        }
    }

    /// The same client, whose requests do not count as the person's activity.
    #[must_use]
    pub fn in_background(&self) -> Self {
        Self {
            background: true,
            ..self.clone()
        }
    }

    /// The same client, acting for somebody: under `/me` a person it is a proxy of, under `/team` a
    /// supervisor's account it stands in for.
    #[must_use]
    pub fn acting_for(&self, whom: impl Into<uuid::Uuid>) -> Self {
        Self {
            acts_for: Some(whom.into()),
            ..self.clone()
        }
    }

    /// A request of any kind under the server's address, with this client's token and language; for
    /// what no method covers.
    ///
    /// # Errors
    /// [`Error::Address`].
    pub fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, Error> {
        let url = self.base.join(path).map_err(|_| Error::Address)?;
        let mut request = self.http.request(method, url);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(language) = &self.language {
            request = request.header("salus-language", language.as_ref());
        }
        if self.background {
            request = request.header("salus-background", "1");
        }
        if let Some(whom) = self.acts_for {
            request = request.header("salus-for", whom.to_string());
        }
        #[cfg(not(target_arch = "wasm32"))]
        {
            // Browsers say this by themselves and let nobody else say it.
            request = request.header("sec-fetch-site", "same-origin");
            if let Some(cookie) = &self.refresh_cookie {
                request = request.header("cookie", format!("__Host-salus-refresh={cookie}"));
            }
        }
        Ok(request)
    }

    /// Sends a request and reads a success or a problem.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn send(&self, request: RequestBuilder) -> Result<Response, Error> {
        call::sent(request).await
    }

    /// A request to be put together and called.
    pub(crate) fn to(&self, method: Method, path: &str) -> Prepared {
        Prepared::new(self.request(method, path))
    }

    pub(crate) fn get<T: DeserializeOwned>(&self, path: &str) -> Call<T> {
        self.to(Method::GET, path).call()
    }

    pub(crate) fn get_with<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &impl Serialize,
    ) -> Call<T> {
        self.to(Method::GET, path).query(query).call()
    }

    pub(crate) fn get_versioned<T: DeserializeOwned>(&self, path: &str) -> Call<Versioned<T>> {
        self.to(Method::GET, path).call_versioned()
    }

    /// An act, or a request that creates nothing: POST without a key.
    pub(crate) fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Call<T> {
        self.to(Method::POST, path).json(body).call()
    }

    /// An act on a version of something.
    pub(crate) fn post_versioned<T: DeserializeOwned>(
        &self,
        path: &str,
        version: i32,
        body: &impl Serialize,
    ) -> Call<Versioned<T>> {
        let request = self.to(Method::POST, path).if_match(version);
        request.json(body).call_versioned()
    }

    /// A creating request under a key, so that repeating it creates nothing twice.
    pub(crate) fn create<T: DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
        body: &impl Serialize,
    ) -> Call<Versioned<T>> {
        let request = self.to(Method::POST, path).header(KEY, key);
        request.json(body).call_versioned()
    }

    pub(crate) fn patch_versioned<T: DeserializeOwned>(
        &self,
        path: &str,
        version: i32,
        body: &impl Serialize,
    ) -> Call<Versioned<T>> {
        let request = self.to(Method::PATCH, path).if_match(version);
        request.json(body).call_versioned()
    }

    pub(crate) fn patch<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Call<T> {
        self.to(Method::PATCH, path).json(body).call()
    }

    pub(crate) fn put<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Call<T> {
        self.to(Method::PUT, path).json(body).call()
    }

    pub(crate) fn delete(&self, path: &str) -> Call<()> {
        self.to(Method::DELETE, path).call_for_nothing()
    }

    pub(crate) fn delete_versioned(&self, path: &str, version: i32) -> Call<()> {
        let request = self.to(Method::DELETE, path).if_match(version);
        request.call_for_nothing()
    }
}

/// A fresh key for a creating request; keep it while the same request is tried again.
#[must_use]
pub fn new_key() -> String {
    uuid::Uuid::new_v4().to_string()
}
