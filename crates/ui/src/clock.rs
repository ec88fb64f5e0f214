//! The browser's clock and address. The clock times the session and words such as "today"; it decides nothing.

use chrono::{DateTime, Utc};

/// Milliseconds since 1970.
#[must_use]
#[cfg(target_arch = "wasm32")]
pub(crate) fn now_millis() -> f64 {
    js_sys::Date::now()
}

/// Milliseconds since 1970.
#[must_use]
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn now_millis() -> f64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0.0, |since| since.as_secs_f64() * 1000.0)
}

/// An instant in milliseconds since 1970.
#[must_use]
pub(crate) fn millis(instant: DateTime<Utc>) -> f64 {
    // Exact up to the year 287396.
    instant.timestamp_millis() as f64
}

/// The origin the page came from, which is where the server is.
#[cfg(target_arch = "wasm32")]
pub(crate) fn origin() -> String {
    gloo::utils::window()
        .location()
        .origin()
        .unwrap_or_default()
}

/// Outside a browser there is no server.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn origin() -> String {
    "http://localhost".to_owned()
}
