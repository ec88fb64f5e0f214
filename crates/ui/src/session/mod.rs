//! Who is signed in, and staying signed in.

mod begun;
mod idle;
mod keeper;
mod provider;

pub use idle::{IdleClock, Remaining};
pub use keeper::Keeper;
pub(crate) use keeper::{Ask, whole};
pub use provider::{Session, SessionProvider, SessionProviderProps, spawn, use_session};

pub use salus_types::accounts::Session as Signed;

/// Where the session stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// The first refresh is on its way.
    Starting,
    /// The server could not be reached, so nobody knows yet.
    Unreachable,
    /// Nobody is signed in.
    SignedOut(Ended),
    /// Somebody is signed in.
    SignedIn(Box<Signed>),
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
