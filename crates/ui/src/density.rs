//! How close the rows of tables stand: comfortable in the portals, compact in the clinic.

use crate::frame::App;
use crate::hooks::use_state;
use crate::i18n::use_text;
use crate::parts::{Choice, Radio};
use crate::storage;
use yew::prelude::*;

const REMEMBERED: &str = "salus.density";
const COMPACT: &str = "compact";
const COMFORTABLE: &str = "comfortable";

/// The remembered choice, else what the app begins with.
fn chosen(app: App) -> &'static str {
    match storage::get(REMEMBERED).as_deref() {
        Some(COMPACT) => COMPACT,
        Some(COMFORTABLE) => COMFORTABLE,
        _ if app == App::Admin => COMPACT,
        _ => COMFORTABLE,
    }
}

/// Shows the app's rows as they are wanted.
pub(crate) fn show(app: App) {
    mark(chosen(app));
}

#[cfg(target_arch = "wasm32")]
fn mark(density: &str) {
    if let Some(root) = gloo::utils::document().document_element() {
        let _ = root.set_attribute("data-density", density);
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn mark(_density: &str) {}

/// Lets the reader choose; the choice is remembered on this device.
#[component]
pub fn DensityChoice() -> Html {
    let t = use_text();
    let density = use_state(|| chosen(App::Admin));
    let on_change = {
        let density = density.clone();
        Callback::from(move |key: String| {
            let key = if key == COMPACT { COMPACT } else { COMFORTABLE };
            storage::set(REMEMBERED, key);
            mark(key);
            density.set(key);
        })
    };
    let choices = vec![
        Choice::new(COMPACT, t.text("density-compact")),
        Choice::new(COMFORTABLE, t.text("density-comfortable")),
    ];
    html! {
        <Radio name="density" label={t.text("density")} {choices} value={*density} inline={true} {on_change} />
    }
}
