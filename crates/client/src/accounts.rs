//! Sign in, refresh, sign out, sessions, settings.

use reqwest::Method;
use salus_types::accounts::{
    ChangeSettings, Device, NotificationPreferences, OpenSession, QuietHours,
    ReplaceNotificationPreferences, ReplaceQuietHours, Session, SignedIn,
};
use salus_types::ids::SessionId;

use crate::{Call, Client, Versioned};

impl Client {
    /// Sign in with a name and a password.
    ///
    /// # Errors
    /// `sign-in-failed`, `locked-out`.
    pub fn open_session(&self, command: &OpenSession) -> Call<SignedIn> {
        self.post("/api/v1/auth/sessions", command)
    }

    /// Exchange the refresh cookie for a new access token.
    ///
    /// # Errors
    /// `unauthenticated` when the session is over.
    pub fn refresh_session(&self) -> Call<SignedIn> {
        self.to(Method::POST, "/api/v1/auth/refresh").call()
    }

    /// Who is signed in, and which doors are open.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub fn get_session(&self) -> Call<Session> {
        self.get("/api/v1/auth/session")
    }

    /// Sign out.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub fn close_session(&self) -> Call<()> {
        self.delete("/api/v1/auth/session")
    }

    /// Where this account is signed in.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub fn list_sessions(&self) -> Call<Vec<Device>> {
        self.get("/api/v1/auth/sessions")
    }

    /// End one of this account's sessions.
    ///
    /// # Errors
    /// `not-found`.
    pub fn end_session(&self, id: SessionId) -> Call<()> {
        self.delete(&format!("/api/v1/auth/sessions/{id}"))
    }

    /// Change the signed-in account's settings.
    ///
    /// # Errors
    /// `invalid`, `version-conflict`.
    pub fn change_settings(
        &self,
        version: i32,
        command: &ChangeSettings,
    ) -> Call<Versioned<Session>> {
        self.patch_versioned("/api/v1/auth/session", version, command)
    }

    /// When the signed-in account does not want to be disturbed.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub fn get_quiet_hours(&self) -> Call<QuietHours> {
        self.get("/api/v1/auth/quiet-hours")
    }

    /// Choose when the signed-in account does not want to be disturbed.
    ///
    /// # Errors
    /// `invalid`, `version-conflict`.
    pub fn replace_quiet_hours(
        &self,
        version: i32,
        command: &ReplaceQuietHours,
    ) -> Call<Versioned<QuietHours>> {
        let request = self
            .to(Method::PUT, "/api/v1/auth/quiet-hours")
            .if_match(version);
        request.json(command).call_versioned()
    }

    /// How often the signed-in account gets a digest by mail.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub fn get_notification_preferences(&self) -> Call<NotificationPreferences> {
        self.get("/api/v1/auth/notification-preferences")
    }

    /// Choose how often the signed-in account gets a digest by mail.
    ///
    /// # Errors
    /// `version-conflict`.
    pub fn replace_notification_preferences(
        &self,
        version: i32,
        command: &ReplaceNotificationPreferences,
    ) -> Call<Versioned<NotificationPreferences>> {
        let path = "/api/v1/auth/notification-preferences";
        let request = self.to(Method::PUT, path).if_match(version);
        request.json(command).call_versioned()
    }
}
