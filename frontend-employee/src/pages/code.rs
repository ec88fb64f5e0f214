//! A pick-up code is traded for an account: one question at a time.

use crate::routes::Route;
use chrono::NaiveDate;
use salus_types::accounts::SignedIn;
use salus_types::intake::{
    AnswerRedemption, CompleteRedemption, Redemption, StartRedemption, Who, problems,
};
use salus_ui::hooks::{State, use_effect_with, use_state};
use salus_ui::{
    Action, Button, Choice, Client, ErrorSummary, Failure, Fault, LanguageMenu, Look,
    MemorableDate, Note, PortalMark, Radio, Text, TextField, Tone, args, use_action, use_session,
    use_text,
};
use yew::prelude::*;
use yew_router::prelude::*;

/// How many steps there are.
const STEPS: usize = 6;

/// What is sent.
#[derive(Clone)]
enum Ask {
    Start(StartRedemption),
    Answer(Box<Redemption>, AnswerRedemption),
    Complete(Box<Redemption>, CompleteRedemption),
}

/// What comes back.
enum Told {
    Attempt(Redemption),
    Opened(Box<SignedIn>),
}

async fn send(client: Client, ask: Ask) -> Result<Told, Failure> {
    Ok(match ask {
        Ask::Start(command) => Told::Attempt(client.start_code_redemption(&command).await?),
        Ask::Answer(attempt, command) => {
            Told::Attempt(client.answer_code_redemption(attempt.id, &command).await?)
        }
        Ask::Complete(attempt, command) => Told::Opened(Box::new(
            client
                .complete_code_redemption(attempt.id, &command)
                .await?,
        )),
    })
}

/// What was typed, kept whatever goes wrong; the password aside.
#[derive(Clone, Default, PartialEq)]
struct Typed {
    code: String,
    birth_date: Option<NaiveDate>,
    phone: String,
    who: String,
    email: String,
    digits: String,
    password: String,
}

/// The code as it stands in the address after `#`, where no server sees it.
fn code_of_address() -> String {
    let hash = gloo::utils::window().location().hash();
    hash.unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Opening one's own access with a code.
#[component]
pub(crate) fn Code() -> Html {
    let t = use_text();
    let session = use_session();
    let navigator = use_navigator();
    let typed = use_state(|| Typed {
        code: code_of_address(),
        ..Typed::default()
    });
    let attempt = use_state(|| None::<Redemption>);
    let other_address = use_state(|| false);
    let faults = use_state(Vec::<Fault>::new);
    {
        let navigator = navigator.clone();
        use_effect_with((), move |()| {
            if let Some(navigator) = navigator {
                navigator.replace(&Route::Code);
            }
        });
    }
    let title = t.text("code-page-title");
    use_effect_with(title.clone(), |title| {
        gloo::utils::document().set_title(title);
    });
    let ask = {
        let (attempt, other_address) = (attempt.clone(), other_address.clone());
        use_action(send, move |told| match told {
            Told::Attempt(next) => {
                let token = attempt.as_ref().and_then(|before| before.token.clone());
                let fact = attempt.as_ref().and_then(|before| before.fact.clone());
                other_address.set(false);
                attempt.set(Some(Redemption {
                    token: next.token.or(token),
                    fact: next.fact.or(fact),
                    ..next
                }));
            }
            Told::Opened(granted) => {
                session.keeper.accept(*granted);
                if let Some(navigator) = &navigator {
                    navigator.push(&Route::Home);
                }
            }
        })
    };
    let step = match attempt.as_ref() {
        None => "code".to_owned(),
        Some(_) if *other_address => "email".to_owned(),
        Some(attempt) => attempt.step.clone(),
    };
    let onsubmit = {
        let (t, ask, step) = (t.clone(), ask.clone(), step.clone());
        let (typed, attempt, faults) = (typed.clone(), attempt.clone(), faults.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let found = missing(&t, &step, attempt.as_ref(), &typed);
            let complete = found.is_empty();
            faults.set(found);
            if let (true, Some(next)) = (complete, next(&t, &step, attempt.as_ref(), &typed)) {
                ask.run.emit(next);
            }
        })
    };
    let start_again = {
        let (attempt, faults) = (attempt.clone(), faults.clone());
        Callback::from(move |_: MouseEvent| {
            faults.set(Vec::new());
            attempt.set(None);
        })
    };
    let asked = Asked {
        t: t.clone(),
        typed: typed.clone(),
        faults: (*faults).clone(),
    };
    let over = ask.failure.as_ref().is_some_and(|failure| {
        [problems::REDEMPTION_OVER, problems::CODE_NOT_USABLE]
            .iter()
            .any(|kind| failure.slug() == kind.slug)
    });
    html! {
        <div class="sign-in">
            <header class="bar bar-plain"><span class="bar-end"><LanguageMenu /></span></header>
            <main id="content" class="sign-in-card">
                <div class="sign-in-mark"><PortalMark /></div>
                <h1 class="h1">{ title }</h1>
                <p class="lead">{ t.text("code-page-lead") }</p>
                <p class="quiet" role="status">
                    { t.msg("code-page-step", args!(step = position(&step), steps = STEPS)) }
                </p>
                <ErrorSummary faults={(*faults).clone()} />
                { ask.problem() }
                { tries_left(&t, &ask) }
                <form novalidate={true} key={step.clone()} {onsubmit}>
                    { asked.question(&step, attempt.as_ref()) }
                    <Button look={Look::Primary} submit={true} busy={ask.pending} class="btn-block">
                        { t.text(if step == "password" { "code-finish" } else { "continue" }) }
                    </Button>
                    if step == "digits" {
                        { again(&t, &ask, attempt.as_ref(), &typed, &other_address) }
                    }
                </form>
                if over && attempt.is_some() {
                    <Button look={Look::Quiet} on_press={start_again}>{ t.text("code-start-again") }</Button>
                }
            </main>
        </div>
    }
}

fn position(step: &str) -> usize {
    match step {
        "code" => 1,
        "fact" => 2,
        "who" => 3,
        "email" => 4,
        "digits" => 5,
        _ => STEPS,
    }
}

fn tries_left(t: &Text, ask: &Action<Ask>) -> Html {
    let Some(Failure::Problem(problem)) = &ask.failure else {
        return Html::default();
    };
    match problem
        .more
        .get("tries_left")
        .and_then(|left| left.as_u64())
    {
        Some(left) if left > 0 => {
            html! { <Note tone={Tone::Warning}><p>{ t.msg("code-tries-left", args!(count = left)) }</p></Note> }
        }
        _ => Html::default(),
    }
}

/// Another message, or another address.
fn again(
    t: &Text,
    ask: &Action<Ask>,
    attempt: Option<&Redemption>,
    typed: &Typed,
    other_address: &State<bool>,
) -> Html {
    let send = attempt.map(|attempt| {
        let command = AnswerRedemption {
            email: Some(typed.email.trim().to_owned()),
            ..answer(attempt)
        };
        let next = Ask::Answer(Box::new(attempt.clone()), command);
        ask.run.reform(move |_: MouseEvent| next.clone())
    });
    let other = {
        let other_address = other_address.clone();
        Callback::from(move |_: MouseEvent| other_address.set(true))
    };
    html! {
        <p>
            <Button look={Look::Quiet} on_press={send.unwrap_or_default()}>{ t.text("code-digits-again") }</Button>
            <Button look={Look::Quiet} on_press={other}>{ t.text("code-digits-other") }</Button>
        </p>
    }
}

fn answer(attempt: &Redemption) -> AnswerRedemption {
    AnswerRedemption {
        token: attempt.token.clone().unwrap_or_default(),
        ..AnswerRedemption::default()
    }
}

fn by_phone(attempt: Option<&Redemption>) -> bool {
    attempt.is_some_and(|attempt| attempt.fact.as_deref() == Some("phone_digits"))
}

/// What is still missing on this step.
fn missing(t: &Text, step: &str, attempt: Option<&Redemption>, typed: &Typed) -> Vec<Fault> {
    let fault = |name: &'static str, message: &str| {
        vec![Fault {
            name: name.into(),
            message: t.text(message),
        }]
    };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    match step {
        "code" if typed.code.trim().is_empty() => fault("code", "code-enter-missing"),
        "fact" if by_phone(attempt) && digits(&typed.phone) != 4 => {
            fault("phone", "code-phone-missing")
        }
        "fact" if !by_phone(attempt) && typed.birth_date.is_none() => {
            fault("birth", "code-birth-date-missing")
        }
        "who" if typed.who.is_empty() => fault("who", "code-who-missing"),
        "email" if typed.email.trim().is_empty() => fault("email", "code-email-missing"),
        "digits" if digits(&typed.digits) != 6 => fault("digits", "code-digits-missing"),
        "password" if typed.password.is_empty() => fault("password", "code-password-missing"),
        _ => Vec::new(),
    }
}

/// What to send on this step.
fn next(t: &Text, step: &str, attempt: Option<&Redemption>, typed: &Typed) -> Option<Ask> {
    if step == "code" {
        let code = typed.code.trim().to_owned();
        return Some(Ask::Start(StartRedemption { code }));
    }
    let attempt = attempt?;
    let empty = answer(attempt);
    let boxed = Box::new(attempt.clone());
    let command = match step {
        "fact" if by_phone(Some(attempt)) => AnswerRedemption {
            phone_digits: Some(typed.phone.trim().to_owned()),
            ..empty
        },
        "fact" => AnswerRedemption {
            birth_date: typed.birth_date,
            ..empty
        },
        "who" => AnswerRedemption {
            who: Some(if typed.who == "myself" {
                Who::Myself
            } else {
                Who::SomeoneElse
            }),
            ..empty
        },
        "email" => AnswerRedemption {
            email: Some(typed.email.trim().to_owned()),
            ..empty
        },
        "digits" => AnswerRedemption {
            digits: Some(typed.digits.clone()),
            ..empty
        },
        _ => {
            let command = CompleteRedemption {
                token: empty.token,
                password: typed.password.clone(),
                language: t.lang().language().to_owned(),
            };
            return Some(Ask::Complete(boxed, command));
        }
    };
    Some(Ask::Answer(boxed, command))
}

/// The one question of a step.
struct Asked {
    t: Text,
    typed: State<Typed>,
    faults: Vec<Fault>,
}

impl Asked {
    fn fault(&self, name: &str) -> Option<AttrValue> {
        let found = self.faults.iter().find(|fault| fault.name == name);
        found.map(|fault| fault.message.clone())
    }

    fn change<T: 'static>(&self, put: fn(&mut Typed, T)) -> Callback<T> {
        let typed = self.typed.clone();
        Callback::from(move |value: T| {
            let mut now = (*typed).clone();
            put(&mut now, value);
            typed.set(now);
        })
    }

    fn question(&self, step: &str, attempt: Option<&Redemption>) -> Html {
        let (t, typed) = (&self.t, &*self.typed);
        match step {
            "code" => html! {
                <TextField name="code" label={t.text("code-enter")} hint={t.text("code-enter-hint")}
                    autocomplete="one-time-code" max_length={20} value={typed.code.clone()} error={self.fault("code")}
                    on_change={self.change(|typed, value| typed.code = value)} />
            },
            "fact" if by_phone(attempt) => html! {
                <TextField name="phone" label={t.text("code-phone")} hint={t.text("code-phone-hint")}
                    input_mode="numeric" max_length={4} short={true} value={typed.phone.clone()} error={self.fault("phone")}
                    on_change={self.change(|typed, value| typed.phone = value)} />
            },
            "fact" => html! {
                <MemorableDate name="birth" label={t.text("code-birth-date")} birth_date={true}
                    value={typed.birth_date} error={self.fault("birth")}
                    on_change={self.change(|typed, value| typed.birth_date = value)} />
            },
            "who" => html! {
                <Radio name="who" label={t.text("code-who")} value={typed.who.clone()} error={self.fault("who")}
                    choices={vec![
                        Choice::new("myself", t.text("code-who-myself")),
                        Choice::new("someone_else", t.text("code-who-someone-else")),
                    ]}
                    on_change={self.change(|typed, value| typed.who = value)} />
            },
            "email" => html! {
                <TextField name="email" label={t.text("code-email")} hint={t.text("code-email-hint")} kind="email"
                    autocomplete="username" max_length={254} value={typed.email.clone()} error={self.fault("email")}
                    on_change={self.change(|typed, value| typed.email = value)} />
            },
            "digits" => html! {
                <>
                    <p role="status">{ t.msg("code-email-sent", args!(email = typed.email.trim().to_owned())) }</p>
                    <TextField name="digits" label={t.text("code-digits")} input_mode="numeric"
                        autocomplete="one-time-code" max_length={7} short={true} value={typed.digits.clone()} error={self.fault("digits")}
                        on_change={self.change(|typed, value| typed.digits = value)} />
                </>
            },
            _ => html! {
                <TextField name="password" label={t.text("code-password")} hint={t.text("code-password-hint")}
                    kind="password" autocomplete="new-password" max_length={128} value={typed.password.clone()}
                    error={self.fault("password")}
                    on_change={self.change(|typed, value| typed.password = value)} />
            },
        }
    }
}
