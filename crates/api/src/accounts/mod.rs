//! Signing in and out, sessions, the signed-in account's settings.

pub(crate) mod handlers;
pub mod password;
pub(crate) mod preferences;
pub(crate) mod quiet_hours;
pub mod sign_in;
pub mod signing_keys;
pub mod throttling;
pub mod tokens;

pub use handlers::routes;
