//! What the loader may offer once the app runs: to load a newer version, and to install the app on
//! the device. Each is left as a member of the window and told of by an event.

use crate::hooks::{use_effect_with, use_state};
use yew::prelude::*;

/// An offer that can be taken.
struct Offer {
    event: &'static str,
    member: &'static str,
    /// The method to call; the member itself without one.
    method: Option<&'static str>,
}

const UPDATE: Offer = Offer {
    event: "salus-update",
    member: "salusUpdate",
    method: None,
};
const INSTALL: Offer = Offer {
    event: "salus-install",
    member: "salusInstall",
    method: Some("prompt"),
};

/// Loads the newer version that is there, if there is one.
#[hook]
pub(crate) fn use_update() -> Option<Callback<()>> {
    use_offer(&UPDATE)
}

/// Asks the browser to install the app, if it offered that.
#[hook]
pub(crate) fn use_install() -> Option<Callback<()>> {
    use_offer(&INSTALL)
}

#[hook]
fn use_offer(offer: &'static Offer) -> Option<Callback<()>> {
    let there = use_state(|| false);
    {
        let there = there.clone();
        use_effect_with((), move |()| {
            there.set(window::has(offer));
            let seen = there.clone();
            let window = gloo::utils::window();
            let told = gloo::events::EventListener::new(&window, offer.event, move |_| {
                seen.set(true);
            });
            move || drop(told)
        });
    }
    there.then(|| {
        Callback::from(move |()| {
            there.set(false);
            window::take(offer);
        })
    })
}

mod window {
    use super::Offer;
    use js_sys::{Function, Reflect};
    use wasm_bindgen::{JsCast, JsValue};

    fn member(offer: &Offer) -> Option<JsValue> {
        let member = Reflect::get(&js_sys::global(), &offer.member.into()).ok()?;
        member.is_truthy().then_some(member)
    }

    pub(super) fn has(offer: &Offer) -> bool {
        member(offer).is_some()
    }

    /// Takes an offer; it holds once.
    pub(super) fn take(offer: &Offer) {
        let Some(member) = member(offer) else { return };
        let _ = Reflect::set(&js_sys::global(), &offer.member.into(), &JsValue::UNDEFINED);
        let call = match offer.method {
            Some(method) => Reflect::get(&member, &method.into()).ok(),
            None => Some(member.clone()),
        };
        if let Some(call) = call.and_then(|call| call.dyn_into::<Function>().ok()) {
            let _ = call.call0(&member);
        }
    }
}
