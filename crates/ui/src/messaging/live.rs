//! Live updates: one stream for the whole app; pages ask again when something happened.

use super::ask;
use crate::failure::Failure;
use crate::frame::{App, use_look};
use crate::hooks::{use_effect_with, use_mut_ref};
use crate::session::{spawn, use_session};
use futures_util::StreamExt;
use futures_util::future::abortable;
use std::time::Duration;
use yew::prelude::*;

/// Milliseconds before the first new try, doubled up to the last.
const FIRST_PAUSE: u32 = 1_000;
const LAST_PAUSE: u32 = 30_000;
/// How long what opens the app goes first; a browser has few connections to one server.
const HEAD_START: Duration = Duration::from_secs(1);

/// Counts what happened; a page asks again when the number changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// How much happened since the page was opened.
    pub news: u32,
}

#[derive(Clone, Copy, PartialEq)]
struct Heard(u32);

impl Reducible for Heard {
    type Action = ();

    fn reduce(self: std::rc::Rc<Self>, (): ()) -> std::rc::Rc<Self> {
        Self(self.0.wrapping_add(1)).into()
    }
}

/// What a [`LiveProvider`] takes.
#[derive(Properties, PartialEq)]
pub struct LiveProviderProps {
    /// The app.
    pub children: Html,
}

/// Follows what happens while somebody is signed in; connects again, a little later each time and
/// never all at once, when the connection ends.
#[component]
pub fn LiveProvider(props: &LiveProviderProps) -> Html {
    let session = use_session();
    let app = use_look().app;
    let heard = use_reducer(|| Heard(0));
    let account = session
        .signed()
        .filter(|signed| app.is_open_to(signed))
        // What is followed there happens in the clinic.
        .filter(|signed| app != App::Admin || signed.doors.clinic)
        .map(|signed| signed.account_id);
    {
        let keeper = session.keeper.clone();
        let dispatch = heard.dispatcher();
        use_effect_with((account, app), move |(account, app)| {
            let app = *app;
            let following = account.map(|_| {
                let (follow, handle) = abortable(async move {
                    yew::platform::time::sleep(HEAD_START).await;
                    let mut pause = FIRST_PAUSE;
                    let mut last = None::<String>;
                    loop {
                        let after = last.clone();
                        let ask = move |client| {
                            let after = after.clone();
                            async move { ask::events(&client, app, after.as_deref()).await }
                        };
                        match keeper.clone().call(true, ask).await {
                            Ok(mut events) => {
                                let resumed = last.is_some();
                                while let Some(event) = events.next().await {
                                    pause = FIRST_PAUSE;
                                    if is_news(&event.kind, resumed) {
                                        dispatch.dispatch(());
                                    }
                                    last = Some(event.id).filter(|id| !id.is_empty()).or(last);
                                }
                            }
                            // The door is closed, or there is nothing to follow.
                            Err(Failure::Problem(problem)) if problem.status < 500 => return,
                            Err(_) => {}
                        }
                        let jitter = 0.5 + js_sys::Math::random();
                        let wait = (f64::from(pause) * jitter).round();
                        yew::platform::time::sleep(Duration::from_secs_f64(wait / 1000.0)).await;
                        pause = (pause * 2).min(LAST_PAUSE);
                    }
                });
                spawn(async move {
                    // Aborted means the account changed or the app went away.
                    let _ = follow.await;
                });
                handle
            });
            move || {
                if let Some(handle) = following {
                    handle.abort();
                }
            }
        });
    }
    html! {
        <ContextProvider<Live> context={Live { news: heard.0 }}>{ props.children.clone() }</ContextProvider<Live>>
    }
}

/// Whether something may look different now. A stream that was taken up again where it ended has
/// told everything before it is ready.
fn is_news(kind: &str, resumed: bool) -> bool {
    kind != "ready" || !resumed
}

/// How much happened.
#[hook]
pub fn use_live() -> Live {
    use_context::<Live>().unwrap_or_default()
}

/// Asks again whenever something happened.
#[hook]
pub fn use_live_refetch(refetch: &Callback<()>) {
    let live = use_live();
    let first = use_mut_ref(|| true);
    let refetch = refetch.clone();
    use_effect_with(live.news, move |_| {
        // The page has just asked by itself.
        if !first.replace(false) {
            refetch.emit(());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_new_stream_asks_for_everything_again_when_it_is_ready() {
        assert!(is_news("ready", false));
        assert!(!is_news("ready", true));
        assert!(is_news("resync", true));
        assert!(is_news("message.sent", true));
    }
}
