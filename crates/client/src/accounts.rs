//! Sign in, refresh, sign out, sessions, settings.

use reqwest::Method;
use salus_types::accounts::{ChangeSettings, Device, OpenSession, Session, SignedIn};
use salus_types::ids::SessionId;

use crate::{Client, Error, Versioned, read};

impl Client {
    /// Sign in with a name and a password.
    ///
    /// # Errors
    /// `sign-in-failed`, `locked-out`.
    pub async fn open_session(&self, command: &OpenSession) -> Result<SignedIn, Error> {
        self.post("/api/v1/auth/sessions", command).await
    }

    /// Exchange the refresh cookie for a new access token.
    ///
    /// # Errors
    /// `unauthenticated` when the session is over.
    pub async fn refresh_session(&self) -> Result<SignedIn, Error> {
        read(
            self.send(self.request(Method::POST, "/api/v1/auth/refresh")?)
                .await?,
        )
        .await
    }

    /// Who is signed in, and which doors are open.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub async fn get_session(&self) -> Result<Session, Error> {
        self.get("/api/v1/auth/session").await
    }

    /// Sign out.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub async fn close_session(&self) -> Result<(), Error> {
        self.delete("/api/v1/auth/session").await
    }

    /// Where this account is signed in.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub async fn list_sessions(&self) -> Result<Vec<Device>, Error> {
        self.get("/api/v1/auth/sessions").await
    }

    /// End one of this account's sessions.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn end_session(&self, id: SessionId) -> Result<(), Error> {
        self.delete(&format!("/api/v1/auth/sessions/{id}")).await
    }

    /// Change the signed-in account's settings.
    ///
    /// # Errors
    /// `invalid`, `version-conflict`.
    pub async fn change_settings(
        &self,
        version: i32,
        command: &ChangeSettings,
    ) -> Result<Versioned<Session>, Error> {
        self.patch_versioned("/api/v1/auth/session", version, command)
            .await
    }
}
