//! Times off the list, and the rules that staff set aside for them.

use chrono::{DateTime, NaiveDate, Utc};
use salus_types::scheduling::{LONGEST_REASON, Override, OverrideRules, SHORTEST_REASON};
use salus_ui::hooks::use_state;
use salus_ui::{
    Action, Button, Failure, Look, Note, TextArea, TextField, Tone, instant_at, use_text,
};
use yew::prelude::*;

/// What [`AnotherTime`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct AnotherTimeProps {
    /// On which day.
    pub(crate) date: NaiveDate,
    /// The location's zone.
    pub(crate) zone: AttrValue,
    /// What the button says, where the time is not taken at once.
    #[prop_or_default]
    pub(crate) button: Option<AttrValue>,
    /// A time was asked for.
    pub(crate) on_time: Callback<DateTime<Utc>>,
    /// Whether a time is being taken.
    #[prop_or_default]
    pub(crate) busy: bool,
}

/// A time that is not among the free ones.
#[component]
pub(crate) fn AnotherTime(props: &AnotherTimeProps) -> Html {
    let t = use_text();
    let typed = use_state(String::new);
    let missing = use_state(|| false);
    let on_change = {
        let (typed, missing) = (typed.clone(), missing.clone());
        Callback::from(move |text| {
            typed.set(text);
            missing.set(false);
        })
    };
    let ask = {
        let (typed, missing) = (typed.clone(), missing.clone());
        let (date, zone, on_time) = (props.date, props.zone.clone(), props.on_time.clone());
        Callback::from(move |_: MouseEvent| {
            match typed.get(..5).and_then(|text| text.parse().ok()) {
                Some(time) => on_time.emit(instant_at(date.and_time(time), &zone)),
                None => missing.set(true),
            }
        })
    };
    let button = props.button.clone();
    let button = button.unwrap_or_else(|| t.text("calendar-another-time-take"));
    html! {
        <div class="flex flex-wrap items-end gap-3">
            <TextField name="time" kind="time" label={t.text("calendar-another-time")}
                value={(*typed).clone()} {on_change} error={missing.then(|| t.text("appointment-needed"))} />
            <Button busy={props.busy} on_press={ask}>{ button }</Button>
        </div>
    }
}

/// The rules that stand in the way of what was tried.
fn in_the_way(failure: Option<&Failure>) -> Option<Vec<Override>> {
    match failure {
        Some(Failure::Problem(problem)) => {
            problem.more.get("kinds").and_then(salus_client::read_value)
        }
        _ => None,
    }
}

/// What [`SetAside`] takes.
#[derive(Properties, PartialEq)]
struct SetAsideProps {
    kinds: Vec<Override>,
    busy: bool,
    on_send: Callback<OverrideRules>,
}

/// Names the rules and asks why they do not hold this time.
#[component]
fn SetAside(props: &SetAsideProps) -> Html {
    let t = use_text();
    let reason = use_state(String::new);
    let missing = use_state(|| false);
    let on_change = {
        let (reason, missing) = (reason.clone(), missing.clone());
        Callback::from(move |text| {
            reason.set(text);
            missing.set(false);
        })
    };
    let send = {
        let (reason, missing) = (reason.clone(), missing.clone());
        let (kinds, on_send) = (props.kinds.clone(), props.on_send.clone());
        Callback::from(move |_: MouseEvent| {
            let written = reason.trim().to_owned();
            let short = written.chars().count() < SHORTEST_REASON;
            missing.set(short);
            if !short {
                on_send.emit(OverrideRules {
                    kinds: kinds.clone(),
                    reason: written,
                });
            }
        })
    };
    let needed = t.msg(
        "calendar-override-reason-hint",
        salus_ui::args!(count = SHORTEST_REASON),
    );
    html! {
        <Note tone={Tone::Warning} title={t.text("calendar-override-title")}>
            <ul class="list-disc ps-5">
                { for props.kinds.iter().map(|kind| html! {
                    <li key={kind.as_str()}>{ t.msg("calendar-override-kind", salus_ui::args!(kind = kind.as_str())) }</li>
                }) }
            </ul>
            <TextArea name="reason" label={t.text("calendar-override-reason")} rows={2} max_length={LONGEST_REASON as u32}
                hint={needed.clone()} value={(*reason).clone()} {on_change}
                error={missing.then_some(needed)} />
            <div class="button-row">
                <Button look={Look::Danger} busy={props.busy} on_press={send}>
                    { t.text("calendar-override-anyway") }
                </Button>
            </div>
        </Note>
    }
}

/// Tries something that rules may stand in the way of, and what all is chosen `about` it: what tries it,
/// and the problem of what was tried last, where the rules can be set aside and it is tried again. Once
/// something else is chosen there is no problem any more.
#[hook]
pub(crate) fn use_trying<Input: Clone + 'static, About: Clone + PartialEq + 'static>(
    action: &Action<Input>,
    about: About,
    again: impl Fn(Input, OverrideRules) -> Input + 'static,
) -> (Callback<Input>, Html) {
    let tried = use_state(|| None::<(Input, About)>);
    let try_out = {
        let (tried, run, about) = (tried.clone(), action.run.clone(), about.clone());
        Callback::from(move |command: Input| {
            tried.set(Some((command.clone(), about.clone())));
            run.emit(command);
        })
    };
    let kinds = in_the_way(action.failure.as_ref());
    let problem = match (kinds, (*tried).clone()) {
        (_, Some((_, then))) if then != about => Html::default(),
        (Some(kinds), Some((tried, _))) => {
            let on_send = action
                .run
                .reform(move |rules: OverrideRules| again(tried.clone(), rules));
            html! { <SetAside {kinds} busy={action.pending} {on_send} /> }
        }
        _ => action.problem(),
    };
    (try_out, problem)
}
