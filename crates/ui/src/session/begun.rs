//! The renewal that the loader began while the module was on its way.

use salus_types::accounts::SignedIn;

/// What was granted; nothing if no renewal was begun, if it failed or if it was taken before.
#[cfg(target_arch = "wasm32")]
pub(super) async fn begun() -> Option<SignedIn> {
    use js_sys::{Promise, Reflect};
    use wasm_bindgen::JsCast;

    let begun = Reflect::get(&js_sys::global(), &MEMBER.into()).ok()?;
    let begun: Promise = begun.dyn_into().ok()?;
    Reflect::delete_property(&js_sys::global(), &MEMBER.into()).ok()?;
    let answer = wasm_bindgen_futures::JsFuture::from(begun).await.ok()?;
    serde_json::from_slice(answer.as_string()?.as_bytes()).ok()
}

/// Outside a browser nothing loads the app.
#[cfg(not(target_arch = "wasm32"))]
pub(super) async fn begun() -> Option<SignedIn> {
    None
}

/// Where the loader leaves its promise of the answer's text.
#[cfg(target_arch = "wasm32")]
const MEMBER: &str = "salusSession";
