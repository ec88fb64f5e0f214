//! The session for everything below it, with the warning before it ends.

use super::{Ended, IdleClock, Keeper, Remaining, Status};
use crate::args;
use crate::clock;
use crate::failure::Failure;
use crate::hooks::{State, use_effect_with, use_state};
use crate::i18n::{use_language, use_text};
use crate::parts::{Button, Dialog, Look as ButtonLook};
use std::rc::Rc;
use yew::prelude::*;

/// What a component needs of the session.
#[derive(Clone)]
pub struct Session {
    /// Where it stands.
    pub status: Status,
    /// Makes requests with it.
    pub keeper: Rc<Keeper>,
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        self.status == other.status && Rc::ptr_eq(&self.keeper, &other.keeper)
    }
}

impl Session {
    /// Who is signed in.
    #[must_use]
    pub fn signed(&self) -> Option<&super::Signed> {
        match &self.status {
            Status::SignedIn(signed) => Some(signed),
            Status::Starting | Status::Unreachable | Status::SignedOut(_) => None,
        }
    }

    /// Signs in; the status follows.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<(), Failure> {
        self.keeper.sign_in(email, password).await
    }

    /// Signs out, asking first when something is not sent yet; the status follows.
    pub fn sign_out(&self) {
        spawn(self.keeper.clone().leave());
    }
}

/// What a [`SessionProvider`] takes.
#[derive(Properties, PartialEq)]
pub struct SessionProviderProps {
    /// A fixed session, for tests.
    #[prop_or_default]
    pub fixed: Option<Session>,
    /// The app.
    pub children: Html,
}

/// Resumes the session, provides it, and warns before it ends.
#[component]
pub fn SessionProvider(props: &SessionProviderProps) -> Html {
    let fixed = props.fixed.clone();
    let first = fixed
        .as_ref()
        .map_or(Status::Starting, |session| session.status.clone());
    let status = use_state(|| first);
    let keeper = use_memo(fixed, |fixed| {
        fixed.as_ref().map_or_else(
            || Rc::new(Keeper::default()),
            |session| session.keeper.clone(),
        )
    });
    let keeper: Rc<Keeper> = (*keeper).clone();
    {
        let status = status.clone();
        let keeper = keeper.clone();
        let online = use_context::<crate::online::Online>();
        use_effect_with((), move |()| {
            keeper.watch(Callback::from(move |new| status.set(new)));
            if let Some(online) = online {
                keeper.watch_reach(online.report);
                keeper.watch_busy(online.report_busy);
            }
            spawn(keeper.resume());
        });
    }
    let language = use_language();
    {
        let language = language.clone();
        let account = match &*status {
            Status::SignedIn(signed) => Some((signed.account_id, signed.language.clone())),
            _ => None,
        };
        use_effect_with(account, move |account| {
            if let Some((_, tag)) = account {
                language.follow(tag);
            }
        });
    }
    {
        let lang = language.text.lang();
        let keeper = keeper.clone();
        use_memo(lang, move |lang| keeper.speak(lang.language()));
    }
    let context = Session {
        status: (*status).clone(),
        keeper,
    };
    html! {
        <ContextProvider<Session> context={context.clone()}>
            { props.children.clone() }
            if context.signed().is_some() {
                <TimeoutWarning />
                <UnsentWarning />
            }
        </ContextProvider<Session>>
    }
}

/// The session of the nearest provider.
#[hook]
pub fn use_session() -> Session {
    use_context::<Session>().unwrap_or_else(|| Session {
        status: Status::SignedOut(Ended::NotYet),
        keeper: Rc::new(Keeper::default()),
    })
}

/// Asks before a sign-out erases what is not sent yet.
#[component]
fn UnsentWarning() -> Html {
    let t = use_text();
    let session = use_session();
    let open = use_state(|| false);
    {
        let (keeper, open) = (session.keeper.clone(), open.clone());
        use_effect_with((), move |()| {
            keeper.watch_unsent(Callback::from(move |()| open.set(true)));
            move || keeper.watch_unsent(Callback::noop())
        });
    }
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(false))
    };
    let sign_out = {
        let (keeper, open) = (session.keeper.clone(), open.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(false);
            spawn(keeper.clone().sign_out(Ended::SignedOut));
        })
    };
    let actions = html! {
        <>
            <Button look={ButtonLook::Primary} on_press={close.reform(|_: MouseEvent| ())}>{ t.text("unsent-stay") }</Button>
            <Button look={ButtonLook::Danger} on_press={sign_out}>{ t.text("unsent-sign-out") }</Button>
        </>
    };
    html! {
        <Dialog open={*open} title={t.text("unsent-title")} on_close={close} {actions}>
            <p>{ t.text("unsent-text") }</p>
        </Dialog>
    }
}

/// Warns before the session ends; one press stays.
#[component]
fn TimeoutWarning() -> Html {
    let t = use_text();
    let session = use_session();
    let remaining = use_state(|| Remaining::Plenty);
    let limits = session
        .signed()
        .map(|signed| (signed.idle_seconds, signed.warn_seconds, signed.ends_at));
    {
        let keeper = session.keeper.clone();
        let remaining = remaining.clone();
        use_effect_with(limits, move |limits| watch(*limits, keeper, remaining));
    }
    let stay = {
        let keeper = session.keeper.clone();
        let remaining = remaining.clone();
        Callback::from(move |()| {
            remaining.set(Remaining::Plenty);
            spawn(keeper.clone().stay());
        })
    };
    let sign_out = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| session.sign_out())
    };
    let (open, text, can_stay) = match *remaining {
        Remaining::Idle(seconds) => (
            true,
            t.msg("timeout-idle", args!(time = minutes(seconds))),
            true,
        ),
        Remaining::Whole(seconds) => (
            true,
            t.msg("timeout-whole", args!(time = minutes(seconds))),
            false,
        ),
        Remaining::Plenty | Remaining::Over => (false, AttrValue::default(), true),
    };
    let press = {
        let stay = stay.clone();
        Callback::from(move |_: MouseEvent| stay.emit(()))
    };
    html! {
        <Dialog {open} title={t.text("timeout-title")} on_close={stay}
            actions={html! {
                <>
                    if can_stay {
                        <Button look={ButtonLook::Primary} on_press={press}>{ t.text("timeout-stay") }</Button>
                    }
                    <Button on_press={sign_out}>{ t.text("sign-out") }</Button>
                </>
            }}>
            <p class="tabular-nums">{ text }</p>
        </Dialog>
    }
}

fn minutes(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

type Limits = Option<(u32, u32, chrono::DateTime<chrono::Utc>)>;

/// Looks at the clock every second, and tells the server of activity at most once a minute.
fn watch(limits: Limits, keeper: Rc<Keeper>, remaining: State<Remaining>) -> Box<dyn FnOnce()> {
    let Some((idle, warning, ends_at)) = limits else {
        return Box::new(|| {});
    };
    let acted = activity::listen();
    let tick = gloo::timers::callback::Interval::new(1_000, move || {
        let now = clock::now_millis();
        let clock = IdleClock {
            active_at: keeper.active_at(),
            idle: i64::from(idle) * 1000,
            warning: i64::from(warning) * 1000,
            ends_at: Some(ends_at.timestamp_millis()),
        };
        let left = clock.remaining(now);
        match left {
            Remaining::Over => spawn(keeper.clone().sign_out(Ended::TimedOut)),
            Remaining::Plenty if acted.since(clock.active_at + 60_000) => {
                acted.forget();
                spawn(keeper.clone().stay());
            }
            _ => {}
        }
        remaining.set(left);
    });
    Box::new(move || drop(tick))
}

/// When keys and pointers were last used on this page.
mod activity {
    use crate::clock;
    use gloo::events::EventListener;
    use std::cell::Cell;
    use std::rc::Rc;

    pub(super) struct Activity {
        at: Rc<Cell<i64>>,
        _listeners: Vec<EventListener>,
    }

    pub(super) fn listen() -> Activity {
        let at = Rc::new(Cell::new(0));
        let document = gloo::utils::document();
        let listeners = ["pointerdown", "keydown"]
            .into_iter()
            .map(|kind| {
                let at = at.clone();
                EventListener::new(&document, kind, move |_| at.set(clock::now_millis()))
            })
            .collect();
        Activity {
            at,
            _listeners: listeners,
        }
    }

    impl Activity {
        pub(super) fn since(&self, moment: i64) -> bool {
            self.at.get() > moment
        }

        pub(super) fn forget(&self) {
            self.at.set(0);
        }
    }
}

/// Runs a future to its end beside the page.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    yew::platform::spawn_local(future);
}
