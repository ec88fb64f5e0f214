//! The browser's clock, address and network. The clock times the session and words such as "today"; it decides nothing.
//! Its times are whole numbers: reading and writing fractions brings 15 KiB of tables.

/// Milliseconds since 1970.
#[must_use]
#[cfg(target_arch = "wasm32")]
pub(crate) fn now_millis() -> i64 {
    js_sys::Date::now() as i64
}

/// Milliseconds since 1970.
#[must_use]
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn now_millis() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as i64)
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

/// Whether the browser knows that it has no network; then nothing that is sent arrives anywhere.
#[cfg(target_arch = "wasm32")]
pub(crate) fn no_network() -> bool {
    !gloo::utils::window().navigator().on_line()
}

/// Outside a browser there is no server.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn no_network() -> bool {
    true
}
