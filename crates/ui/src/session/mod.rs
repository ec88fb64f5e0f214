//! Who is signed in, and staying signed in.

mod idle;
mod keeper;
mod provider;

pub use idle::{IdleClock, Remaining};
pub use keeper::Keeper;
pub use provider::{Session, SessionProvider, SessionProviderProps, spawn, use_session};

use chrono::{DateTime, Utc};
use serde::Deserialize;

/// Who is signed in and what is open to them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Signed {
    /// The account.
    pub account_id: uuid::Uuid,
    /// How to address them.
    pub display_name: String,
    /// The language they chose.
    #[serde(default)]
    pub language: Option<String>,
    /// The doors that open: `me`, `team`, `clinic`, `admin`.
    #[serde(default)]
    pub doors: Vec<String>,
    /// Role grants, such as `clinician`.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Seconds without activity after which the session ends.
    #[serde(default = "fifteen_minutes")]
    pub idle_seconds: u32,
    /// Seconds before the end when the warning comes.
    #[serde(default = "two_minutes")]
    pub warning_seconds: u32,
    /// When it ends whatever happens.
    #[serde(default)]
    pub ends_at: Option<DateTime<Utc>>,
}

impl Signed {
    /// Whether a door opens for this account.
    #[must_use]
    pub fn may_enter(&self, door: &str) -> bool {
        self.doors.iter().any(|open| open == door)
    }

    /// Whether this account holds a role.
    #[must_use]
    pub fn holds(&self, role: &str) -> bool {
        self.roles.iter().any(|held| held == role)
    }
}

fn fifteen_minutes() -> u32 {
    900
}

fn two_minutes() -> u32 {
    120
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
