//! The screen at a clinic's door: a code, and that somebody is checked in. It never says who, or what
//! for, and forgets by itself.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use salus_types::ids::LocationId;
use salus_types::problem::NOT_FOUND;
use salus_types::scheduling::problems::CHECK_IN_CLOSED;
use salus_types::scheduling::{CheckInAtDoor, CheckedInAtDoor};
use salus_ui::hooks::{use_effect_with, use_state};
use salus_ui::{
    Button, Failure, LanguageMenu, Look, Note, PortalMark, Text, TextField, Tone, args, use_action,
    use_text,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Milliseconds after which the screen is as before.
const FORGETS: u32 = 10_000;
/// The most characters that are typed.
const TYPED: u32 = 12;

/// What [`Kiosk`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct KioskProps {
    /// Where the door is.
    pub(crate) location: LocationId,
}

/// Checking in at the door.
#[component]
pub(crate) fn Kiosk(props: &KioskProps) -> Html {
    let t = use_text();
    let title = t.text("kiosk-title");
    use_effect_with(title.clone(), |title| {
        gloo::utils::document().set_title(title);
    });
    // A new one is as if nobody had been there.
    let turn = use_state(|| 0_u32);
    let again = {
        let turn = turn.clone();
        Callback::from(move |()| turn.set(*turn + 1))
    };
    html! {
        <div class="sign-in">
            <header class="bar bar-plain"><span class="bar-end"><LanguageMenu /></span></header>
            <main id="content" class="sign-in-card kiosk">
                <div class="sign-in-mark"><PortalMark /></div>
                <h1 class="h1">{ title }</h1>
                <Turn key={*turn} location={props.location} on_over={again} />
            </main>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct TurnProps {
    location: LocationId,
    on_over: Callback<()>,
}

/// One person at the door.
#[component]
fn Turn(props: &TurnProps) -> Html {
    let t = use_text();
    let typed = use_state(String::new);
    let here = use_state(|| None::<CheckedInAtDoor>);
    let check_in = {
        let (here, typed) = (here.clone(), typed.clone());
        use_action(
            |client, command: CheckInAtDoor| client.check_in_at_door(&command),
            move |answer| {
                typed.set(String::new());
                here.set(Some(answer));
            },
        )
    };
    let answered = here.is_some() || check_in.failure.is_some();
    let begun = !typed.is_empty();
    {
        // A code somebody left half typed is forgotten too, only later.
        let on_over = props.on_over.clone();
        let wait = match (answered, begun) {
            (true, _) => Some(FORGETS),
            (false, true) => Some(FORGETS * 6),
            (false, false) => None,
        };
        use_effect_with((wait, (*typed).clone()), move |(wait, _)| {
            let over = wait.map(|wait| Timeout::new(wait, move || on_over.emit(())));
            move || drop(over)
        });
    }
    let on_change = {
        let (typed, here) = (typed.clone(), here.clone());
        Callback::from(move |text| {
            typed.set(text);
            // Somebody else is at the door.
            if here.is_some() {
                here.set(None);
            }
        })
    };
    // A scanner types what it reads, wherever the focus is: at first and after each answer it goes to the
    // field, and what is typed nowhere goes there too.
    use_effect_with(check_in.pending, |pending| {
        if !pending {
            write_anew();
        }
    });
    use_effect_with((), |()| {
        let window = gloo::utils::window();
        let listener = EventListener::new(&window, "keydown", |_| {
            let document = gloo::utils::document();
            let focused = document.active_element();
            if focused.is_none_or(|element| element.tag_name() == "BODY") {
                write_anew();
            }
        });
        move || drop(listener)
    });
    let onsubmit = {
        let (run, typed, location_id) = (check_in.run.clone(), typed.clone(), props.location);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let code = typed.trim().to_owned();
            if !code.is_empty() {
                run.emit(CheckInAtDoor { code, location_id });
            }
        })
    };
    let next = props.on_over.reform(|_: MouseEvent| ());
    let done = here.as_ref().map(|here| {
        let time = t.time(here.checked_in_at, &here.zone).to_string();
        html! {
            <>
                <Note tone={Tone::Good}>
                    <p class="lead">{ t.text("kiosk-done") }</p>
                    <p class="numbers">{ t.msg("kiosk-done-at", args!(time = time)) }</p>
                </Note>
                <p>{ t.text("kiosk-done-lead") }</p>
                <Button look={Look::Plain} class="btn-block" on_press={next}>{ t.text("kiosk-next") }</Button>
            </>
        }
    });
    html! {
        <form class="stack" novalidate={true} {onsubmit}>
            <div class="stack" role="status">{ done.unwrap_or_default() }</div>
            if here.is_none() {
                <p class="lead">{ t.text("kiosk-lead") }</p>
            }
            if let Some(failure) = &check_in.failure {
                { refused(&t, failure) }
            }
            <TextField name="code" label={t.text("kiosk-code")} hint={t.text("kiosk-code-hint")} autocomplete="off"
                max_length={TYPED} value={(*typed).clone()} {on_change} />
            <Button look={Look::Primary} submit={true} busy={check_in.pending} class="btn-block">
                { t.text("appointment-check-in") }
            </Button>
        </form>
    }
}

/// Puts the focus into the field; what stands there is replaced by what is typed next.
fn write_anew() {
    let field = gloo::utils::document().get_element_by_id("f-code");
    if let Some(field) = field.and_then(|found| found.dyn_into::<HtmlInputElement>().ok()) {
        let _ = field.focus();
        field.select();
    }
}

/// Why it did not work; whoever is at the door can only ask at the desk.
fn refused(t: &Text, failure: &Failure) -> Html {
    let slug = failure.slug();
    let (title, text) = if slug == NOT_FOUND.slug {
        ("kiosk-unknown", "kiosk-unknown-text")
    } else if slug == CHECK_IN_CLOSED.slug {
        ("problem-check-in-closed", "problem-check-in-closed-detail")
    } else {
        ("kiosk-failed", "kiosk-unknown-text")
    };
    html! {
        <Note tone={Tone::Warning} title={t.text(title)}><p role="alert">{ t.text(text) }</p></Note>
    }
}
