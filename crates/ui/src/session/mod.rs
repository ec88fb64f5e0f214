//! Who is signed in, and staying signed in.

mod idle;
mod keeper;
mod provider;

pub use idle::{IdleClock, Remaining};
pub use keeper::Keeper;
pub use provider::{Session, SessionProvider, SessionProviderProps, spawn, use_session};

use crate::frame::App;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// Who is signed in and what is open to them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Signed {
    /// The account.
    pub account_id: uuid::Uuid,
    /// How to address them.
    pub display_name: String,
    /// The provider organization's name.
    pub organization: String,
    /// The language of the account.
    pub language: String,
    /// The doors that open.
    pub doors: Doors,
    /// Role grants, such as `clinician`.
    pub roles: Vec<String>,
    /// Seconds without activity after which the session ends.
    pub idle_seconds: u32,
    /// Seconds before the end when the warning comes.
    pub warn_seconds: u32,
    /// When it ends whatever happens.
    pub ends_at: DateTime<Utc>,
}

/// Which parts are open to an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Doors {
    /// The employee's app.
    pub employee: bool,
    /// The supervisor's app.
    pub supervisor: bool,
    /// The clinic.
    pub clinic: bool,
    /// The administration.
    pub administration: bool,
}

impl Signed {
    /// Whether an app is open to this account.
    #[must_use]
    pub fn may_enter(&self, app: App) -> bool {
        match app {
            App::Employee => self.doors.employee,
            App::Supervisor => self.doors.supervisor,
            App::Admin => self.doors.clinic || self.doors.administration,
        }
    }
}

/// Where the session stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// The first refresh is on its way.
    Starting,
    /// The server could not be reached, so nobody knows yet.
    Unreachable,
    /// Nobody is signed in.
    SignedOut(Ended),
    /// Somebody is signed in.
    SignedIn(Signed),
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Nobody was.
    NotYet,
    /// By choice.
    SignedOut,
    /// Nothing was done for too long, or the session's whole time was over.
    TimedOut,
    /// The server ended it.
    Ended,
    /// Somebody else signed in with this browser.
    Replaced,
}
