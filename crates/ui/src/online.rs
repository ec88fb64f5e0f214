//! Whether the server can be reached.

use crate::hooks::{use_effect_with, use_state};
use yew::prelude::*;

/// What is known about the connection.
#[derive(Clone, PartialEq)]
pub struct Online {
    /// Whether the last that was heard is good.
    pub up: bool,
    /// Reports whether a request reached the server.
    pub report: Callback<bool>,
    /// Whether the server is too busy and is being asked again.
    pub busy: bool,
    /// Reports whether the server is too busy.
    pub report_busy: Callback<bool>,
}

/// What an [`OnlineProvider`] takes.
#[derive(Properties, PartialEq)]
pub struct OnlineProviderProps {
    /// The app.
    pub children: Html,
}

/// Listens to the browser and to the requests, and provides [`Online`].
#[component]
pub fn OnlineProvider(props: &OnlineProviderProps) -> Html {
    let up = use_state(|| true);
    let busy = use_state(|| false);
    let report_busy = {
        let busy = busy.clone();
        use_callback((), move |is_busy: bool, ()| busy.set(is_busy))
    };
    let report = {
        let up = up.clone();
        use_callback((), move |reached: bool, ()| up.set(reached))
    };
    {
        let up = up.clone();
        use_effect_with((), move |()| {
            let gone = up.clone();
            let window = gloo::utils::window();
            let listeners = [
                gloo::events::EventListener::new(&window, "offline", move |_| gone.set(false)),
                gloo::events::EventListener::new(&window, "online", move |_| up.set(true)),
            ];
            move || drop(listeners)
        });
    }
    let context = Online {
        up: *up,
        report,
        busy: *busy,
        report_busy,
    };
    html! {
        <ContextProvider<Online> {context}>{ props.children.clone() }</ContextProvider<Online>>
    }
}

/// Whether the server can be reached, as far as is known.
#[hook]
pub fn use_online() -> bool {
    use_context::<Online>().is_none_or(|online| online.up)
}

/// Whether the server is too busy and is being asked again.
#[hook]
pub fn use_busy() -> bool {
    use_context::<Online>().is_some_and(|online| online.busy)
}
