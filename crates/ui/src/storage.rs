//! What this browser remembers: choices of look and language, never anything about a person.

/// Choices that outlive a session: the server has the browser forget everything at sign-out, and
/// these are about the device, not about a person.
const CHOICES: [&str; 4] = [
    "salus.language",
    "salus.theme",
    "salus.density",
    "salus.portal",
];

/// The choices as they are now, to be put back with [`restore`].
pub(crate) fn choices() -> Vec<(&'static str, String)> {
    CHOICES
        .into_iter()
        .filter_map(|key| Some((key, get(key)?)))
        .collect()
}

/// Puts choices back.
pub(crate) fn restore(choices: Vec<(&'static str, String)>) {
    for (key, value) in choices {
        set(key, &value);
    }
}

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
