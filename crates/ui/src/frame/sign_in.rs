use super::{LanguageMenu, PortalMark, use_look};
use crate::args;
use crate::failure::Failure;
use crate::hooks::{State, use_effect_with, use_state};
use crate::i18n::use_text;
use crate::parts::{Button, ErrorSummary, Fault, Look, Note, ProblemView, TextField, Tone};
use crate::session::{Ended, spawn, use_session};
use yew::prelude::*;

/// What a [`SignIn`] takes.
#[derive(Properties, PartialEq)]
pub struct SignInProps {
    /// Why nobody is signed in.
    #[prop_or(Ended::NotYet)]
    pub why: Ended,
}

/// Sign-in with e-mail address and password. Whatever page was asked for follows.
#[component]
pub fn SignIn(props: &SignInProps) -> Html {
    let t = use_text();
    let session = use_session();
    let look = use_look();
    let email = use_state(String::new);
    let password = use_state(String::new);
    let shown = use_state(|| false);
    let busy = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    let faults = use_state(Vec::<Fault>::new);
    let site = look.name(&t);
    {
        let title = t.text("sign-in");
        use_effect_with((title, site.clone()), |(title, site)| {
            gloo::utils::document().set_title(&format!("{title} - {site}"));
        });
    }
    let onsubmit = {
        let t = t.clone();
        let (email, password) = (email.clone(), password.clone());
        let (busy, failure, faults) = (busy.clone(), failure.clone(), faults.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *busy {
                return;
            }
            let missing = [
                ("email", email.trim().is_empty(), "sign-in-email-missing"),
                ("password", password.is_empty(), "sign-in-password-missing"),
            ];
            let found: Vec<Fault> = missing
                .into_iter()
                .filter(|(_, missing, _)| *missing)
                .map(|(name, _, message)| Fault {
                    name: name.into(),
                    message: t.text(message),
                })
                .collect();
            let complete = found.is_empty();
            faults.set(found);
            if !complete {
                return;
            }
            busy.set(true);
            failure.set(None);
            let (email, password) = (email.trim().to_owned(), password.to_string());
            let (busy, failure, session) = (busy.clone(), failure.clone(), session.clone());
            spawn(async move {
                let answer = session.sign_in(&email, &password).await;
                busy.set(false);
                failure.set(answer.err());
            });
        })
    };
    let fault = |name: &str| {
        let found = faults.iter().find(|fault| fault.name == name);
        found.map(|fault| fault.message.clone())
    };
    let change = |field: &State<String>| {
        let field = field.clone();
        Callback::from(move |value: String| field.set(value))
    };
    let toggle = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(!*shown))
    };
    html! {
        <div class="sign-in">
            <header class="bar bar-plain"><span class="bar-end"><LanguageMenu /></span></header>
            <main id="content" class="sign-in-card">
                <div class="sign-in-mark"><PortalMark /></div>
                <h1 class="h1">{ t.msg("sign-in-title", args!(site = site.to_string())) }</h1>
                { ended(&t, props.why) }
                <ErrorSummary faults={(*faults).clone()} />
                if let Some(failure) = &*failure {
                    <ProblemView failure={failure.clone()} />
                }
                <form novalidate={true} {onsubmit}>
                    <TextField name="email" label={t.text("sign-in-email")} kind="email" autocomplete="username"
                        value={(*email).clone()} error={fault("email")} on_change={change(&email)} />
                    <TextField name="password" label={t.text("sign-in-password")}
                        kind={if *shown { "text" } else { "password" }} autocomplete="current-password"
                        value={(*password).clone()} error={fault("password")} on_change={change(&password)} />
                    <button type="button" class="btn btn-ghost text-brand show-password" aria-pressed={if *shown { "true" } else { "false" }}
                        onclick={toggle}>
                        { t.text("sign-in-show-password") }
                    </button>
                    <Button look={Look::Primary} submit={true} busy={*busy} class="btn-block">{ t.text("sign-in") }</Button>
                </form>
            </main>
        </div>
    }
}

fn ended(t: &crate::i18n::Text, why: Ended) -> Html {
    let (tone, id) = match why {
        Ended::NotYet => return Html::default(),
        Ended::SignedOut => (Tone::Good, "ended-signed-out"),
        Ended::TimedOut => (Tone::Info, "ended-timed-out"),
        Ended::Ended => (Tone::Info, "ended-by-server"),
        Ended::Replaced => (Tone::Warning, "ended-replaced"),
    };
    html! { <div role="status"><Note {tone}><p>{ t.text(id) }</p></Note></div> }
}
