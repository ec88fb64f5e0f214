//! The few requests the shell itself makes: sign in, stay signed in, sign out, and the look.

use crate::failure::{Failure, Problem};
use crate::look::Look;
use gloo::net::http::{Request, RequestBuilder, Response};
use salus_types::accounts::{Session, SignedIn};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::rc::Rc;

/// The typed client with which pages ask.
#[derive(Clone, Debug, Default)]
pub struct Client {
    token: Option<Rc<str>>,
    background: bool,
}

#[derive(Serialize)]
struct SignIn<'a> {
    email: &'a str,
    password: &'a str,
}

impl Client {
    /// The same client with an access token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(Rc::from(token)),
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

    /// Signs in with e-mail address and password.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<SignedIn, Failure> {
        self.post("/api/v1/auth/sessions", &SignIn { email, password })
            .await
    }

    /// Trades the refresh cookie for a new access token.
    pub async fn refresh(&self) -> Result<SignedIn, Failure> {
        self.post("/api/v1/auth/refresh", &serde_json::json!({}))
            .await
    }

    /// Who is signed in; asking counts as activity.
    pub async fn session(&self) -> Result<Session, Failure> {
        self.get("/api/v1/auth/session").await
    }

    /// Ends the session.
    pub async fn sign_out(&self) -> Result<(), Failure> {
        let request = self.headers(Request::delete("/api/v1/auth/session"));
        accepted(request.send().await.map_err(|_| Failure::Offline)?)
            .await
            .map(drop)
    }

    /// A portal's look, before sign-in.
    pub async fn public_look(&self, slug: &str) -> Result<Look, Failure> {
        self.get(&format!("/api/v1/public/portals/{slug}")).await
    }

    /// The look of the portal the session belongs to, as the app needs it.
    pub async fn portal_look(&self, app: crate::frame::App) -> Result<Look, Failure> {
        let hat = match app {
            crate::frame::App::Supervisor => "team",
            _ => "me",
        };
        self.get(&format!("/api/v1/{hat}/portal")).await
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        let request = self.headers(Request::get(path));
        read(request.send().await.map_err(|_| Failure::Offline)?).await
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        let request = self.headers(Request::post(path));
        let request = request.json(body).map_err(|_| Failure::Unreadable)?;
        read(request.send().await.map_err(|_| Failure::Offline)?).await
    }

    fn headers(&self, request: RequestBuilder) -> RequestBuilder {
        let request = match &self.token {
            Some(token) => request.header("Authorization", &format!("Bearer {token}")),
            None => request,
        };
        if self.background {
            request.header("Salus-Background", "1")
        } else {
            request
        }
    }
}

async fn read<T: DeserializeOwned>(response: Response) -> Result<T, Failure> {
    accepted(response)
        .await?
        .json()
        .await
        .map_err(|_| Failure::Unreadable)
}

async fn accepted(response: Response) -> Result<Response, Failure> {
    if response.ok() {
        return Ok(response);
    }
    let problem: Problem = response.json().await.map_err(|_| Failure::Unreadable)?;
    Err(Failure::Problem(Rc::new(problem)))
}
