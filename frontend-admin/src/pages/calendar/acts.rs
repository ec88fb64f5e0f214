//! What becomes of a visit, said by one press; where words are needed, they are asked for.

use salus_types::ids::AppointmentId;
use salus_types::scheduling::{
    Act, CheckIn, ClinicAppointment, CorrectAppointment, DenyAppointment, MarkAppointmentAsError,
    State,
};
use salus_ui::hooks::use_state;
use salus_ui::{
    Action, Button, Choice, Client, Look, Radio, Text, TextArea, args, use_action, use_text,
    use_toast,
};
use yew::prelude::*;

/// The acts that need no words, in the order of the day.
const AT_ONCE: [Act; 7] = [
    Act::Confirm,
    Act::CheckIn,
    Act::Begin,
    Act::Finish,
    Act::Miss,
    Act::UndoCheckIn,
    Act::UndoCancel,
];

/// What an act is called.
pub(super) fn name(t: &Text, act: Act) -> AttrValue {
    t.text(match act {
        Act::Confirm => "calendar-act-confirm",
        Act::Deny => "calendar-act-deny",
        Act::CheckIn => "calendar-act-check-in",
        Act::UndoCheckIn => "calendar-act-undo-check-in",
        Act::Begin => "calendar-act-begin",
        Act::Finish => "calendar-act-finish",
        Act::Miss => "calendar-act-miss",
        Act::Correct => "calendar-act-correct",
        Act::UndoCancel => "calendar-act-undo-cancel",
        Act::Move => "calendar-move",
        Act::Strike => "calendar-act-strike",
        _ => "calendar-cancel",
    })
}

/// What [`Acts`] and the forms take.
#[derive(Properties, PartialEq)]
pub(super) struct ActsProps {
    /// The visit.
    pub(super) visit: ClinicAppointment,
    /// The visit was changed.
    pub(super) on_changed: Callback<()>,
}

async fn act(
    client: Client,
    (id, version, act): (AppointmentId, i32, Act),
) -> Result<(), salus_client::Error> {
    match act {
        Act::Confirm => client.confirm_appointment(id, version).await,
        Act::CheckIn => {
            let nothing = CheckIn::default();
            client.check_in_appointment(id, version, &nothing).await
        }
        Act::UndoCheckIn => client.undo_check_in(id, version).await,
        Act::Begin => client.begin_appointment(id, version).await,
        Act::Finish => client.complete_appointment(id, version).await,
        Act::UndoCancel => client.undo_cancellation(id, version).await,
        _ => client.miss_appointment(id, version).await,
    }
    .map(drop)
}

#[hook]
fn use_told(on_changed: &Callback<()>) -> impl Fn(()) + 'static + use<> {
    let t = use_text();
    let toast = use_toast();
    let (said, changed) = (t.text("calendar-changed"), on_changed.clone());
    move |()| {
        toast.say(said.clone());
        changed.emit(());
    }
}

/// A button for everything that can be said of the visit now.
#[component]
pub(super) fn Acts(props: &ActsProps) -> Html {
    let t = use_text();
    let visit = &props.visit;
    let told = use_told(&props.on_changed);
    let acting = use_action(act, told);
    let (id, version) = (visit.id, visit.version);
    let button = |(place, act): (usize, Act)| {
        let press = acting.run.reform(move |_: MouseEvent| (id, version, act));
        // The next step of the day stands out.
        let look = if place == 0 {
            Look::Primary
        } else {
            Look::Plain
        };
        html! { <Button {look} busy={acting.pending} on_press={press}>{ name(&t, act) }</Button> }
    };
    let open = AT_ONCE
        .into_iter()
        .filter(|act| visit.allowed.contains(act));
    html! {
        <>
            { acting.problem() }
            <div class="button-row">{ for open.enumerate().map(button) }</div>
        </>
    }
}

/// What is common to the forms: words that must be there, and the button that sends them.
struct Words {
    text: AttrValue,
    on_change: Callback<String>,
    error: Option<AttrValue>,
    send: Callback<MouseEvent>,
}

#[hook]
fn use_words<Input: Clone + 'static>(
    action: &Action<Input>,
    command: impl Fn(String) -> Input + 'static,
) -> Words {
    let t = use_text();
    let text = use_state(String::new);
    let missing = use_state(|| false);
    let on_change = {
        let (text, missing) = (text.clone(), missing.clone());
        Callback::from(move |typed| {
            text.set(typed);
            missing.set(false);
        })
    };
    let send = {
        let (text, missing, run) = (text.clone(), missing.clone(), action.run.clone());
        Callback::from(move |_: MouseEvent| {
            let written = text.trim().to_owned();
            missing.set(written.is_empty());
            if !written.is_empty() {
                run.emit(command(written));
            }
        })
    };
    Words {
        text: AttrValue::from((*text).clone()),
        on_change,
        error: missing.then(|| t.text("appointment-needed")),
        send,
    }
}

/// Why the clinic does not agree, for the person to read.
#[component]
pub(super) fn Deny(props: &ActsProps) -> Html {
    let t = use_text();
    let visit = &props.visit;
    let (id, version) = (visit.id, visit.version);
    let told = use_told(&props.on_changed);
    let deny = use_action(
        move |client: Client, command: DenyAppointment| async move {
            let denied = client.deny_appointment(id, version, &command).await;
            denied.map(drop)
        },
        told,
    );
    let words = use_words(&deny, |reason| DenyAppointment { reason });
    html! {
        <div class="stack">
            <p>{ t.msg("calendar-deny-lead", args!(name = visit.person.name.clone())) }</p>
            { deny.problem() }
            <TextArea name="reason" label={t.text("calendar-deny-reason")} rows={2} max_length={500}
                value={words.text} on_change={words.on_change} error={words.error} />
            <div class="button-row">
                <Button look={Look::Danger} busy={deny.pending} on_press={words.send}>
                    { name(&t, Act::Deny) }
                </Button>
            </div>
        </div>
    }
}

/// What became of a visit that was taken for missed.
#[component]
pub(super) fn Correct(props: &ActsProps) -> Html {
    let t = use_text();
    let visit = &props.visit;
    let (id, version) = (visit.id, visit.version);
    let told = use_told(&props.on_changed);
    let state = use_state(|| State::Fulfilled);
    let correct = use_action(
        move |client: Client, command: CorrectAppointment| async move {
            let corrected = client.correct_appointment(id, version, &command).await;
            corrected.map(drop)
        },
        told,
    );
    let to = *state;
    let words = use_words(&correct, move |reason| CorrectAppointment {
        state: to,
        reason,
    });
    let choose = {
        let state = state.clone();
        Callback::from(move |word: String| {
            if let Some(chosen) = State::parse(&word) {
                state.set(chosen);
            }
        })
    };
    let choices = [
        (State::Fulfilled, "calendar-correct-fulfilled"),
        (State::Booked, "calendar-correct-booked"),
    ];
    let choices = choices.map(|(state, id)| Choice::new(state.as_str(), t.text(id)));
    html! {
        <div class="stack">
            { correct.problem() }
            <Radio name="state" label={t.text("calendar-correct-state")} choices={choices.to_vec()}
                value={to.as_str()} on_change={choose} />
            <TextArea name="reason" label={t.text("calendar-correct-reason")} rows={2} max_length={500}
                value={words.text} on_change={words.on_change} error={words.error} />
            <div class="button-row">
                <Button look={Look::Primary} busy={correct.pending} on_press={words.send}>
                    { name(&t, Act::Correct) }
                </Button>
            </div>
        </div>
    }
}

/// Why a visit should never have been written.
#[component]
pub(super) fn Strike(props: &ActsProps) -> Html {
    let t = use_text();
    let visit = &props.visit;
    let (id, version) = (visit.id, visit.version);
    let told = use_told(&props.on_changed);
    let strike = use_action(
        move |client: Client, command: MarkAppointmentAsError| async move {
            let struck = client
                .mark_appointment_as_error(id, version, &command)
                .await;
            struck.map(drop)
        },
        told,
    );
    let words = use_words(&strike, |reason| MarkAppointmentAsError { reason });
    html! {
        <div class="stack">
            <p>{ t.msg("calendar-strike-lead", args!(name = visit.person.name.clone())) }</p>
            { strike.problem() }
            <TextArea name="reason" label={t.text("calendar-correct-reason")} rows={2} max_length={500}
                value={words.text} on_change={words.on_change} error={words.error} />
            <div class="button-row">
                <Button look={Look::Danger} busy={strike.pending} on_press={words.send}>
                    { name(&t, Act::Strike) }
                </Button>
            </div>
        </div>
    }
}
