//! Hands a file to the person, as the browser keeps files.

/// Milliseconds for which the browser may still begin to read the file.
#[cfg(target_arch = "wasm32")]
const READING: u32 = 30_000;

/// Has the browser keep a file.
#[cfg(target_arch = "wasm32")]
pub fn hand_over(bytes: &[u8], kind: &str, name: &str) {
    use wasm_bindgen::JsCast;
    let blob = gloo::file::Blob::new_with_options(bytes, Some(kind));
    let address = gloo::file::ObjectUrl::from(blob);
    let link = gloo::utils::document()
        .create_element("a")
        .ok()
        .and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(link) = link {
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", name);
        link.click();
    }
    gloo::timers::callback::Timeout::new(READING, move || drop(address)).forget();
}

/// Outside a browser nobody keeps files.
#[cfg(not(target_arch = "wasm32"))]
pub fn hand_over(_bytes: &[u8], _kind: &str, _name: &str) {}
