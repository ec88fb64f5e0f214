//! What this browser remembers: choices of look and language, never anything about a person.

/// Reads a remembered choice.
#[must_use]
#[cfg(target_arch = "wasm32")]
pub(crate) fn get(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

/// Remembers a choice; a browser that refuses storage just forgets it.
#[cfg(target_arch = "wasm32")]
pub(crate) fn set(key: &str, value: &str) {
    if let Some(storage) = local() {
        let _ = storage.set_item(key, value);
    }
}

/// Forgets a choice.
#[cfg(target_arch = "wasm32")]
pub(crate) fn remove(key: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(key);
    }
}

#[cfg(target_arch = "wasm32")]
fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Outside a browser nothing is remembered.
#[must_use]
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn get(_key: &str) -> Option<String> {
    None
}

/// Outside a browser nothing is remembered.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn set(_key: &str, _value: &str) {}

/// Outside a browser nothing is remembered.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn remove(_key: &str) {}
