//! Asking the clinic for an appointment, and what becomes of it.

mod form;
mod offers;

use crate::pages::appointments::UpToAppointments;
use crate::routes::Route;
pub(crate) use form::Ask;
pub(crate) use offers::{Offers, OneOffer};
use salus_types::ids::AppointmentRequestId;
use salus_types::scheduling::{
    AppointmentRequest, Audience, Preference, RequestAct, RequestState as State,
};
use salus_ui::hooks::use_state;
use salus_ui::messaging::use_live_refetch;
use salus_ui::times::place;
use salus_ui::{
    Badge, Button, ButtonLink, Card, DateStyle, Dialog, Facts, Look, Note, Page, Row, Rows, Steps,
    Text, Tone, Waiting, args, use_action, use_background_query, use_text, use_toast,
};
use yew::prelude::*;

/// What [`Request`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct RequestProps {
    /// Which one.
    pub(crate) id: AppointmentRequestId,
}

/// One request: how far it has come, what the clinic proposes, what was asked.
#[component]
pub(crate) fn Request(props: &RequestProps) -> Html {
    let t = use_text();
    let request = use_background_query(props.id, |client, id| async move {
        let found = client.get_my_appointment_request(id).await;
        found.map(|found| found.value)
    });
    use_live_refetch(&request.refetch);
    let title = request.data.as_ref().map_or_else(
        || t.text("request"),
        |found| AttrValue::from(found.public_name.clone()),
    );
    let back = html! { <UpToAppointments /> };
    html! {
        <Page {title} {back} narrow={true}>
            { request.show(Waiting::Text, |found| html! {
                <Shown request={found.clone()} refetch={request.refetch.clone()} />
            }) }
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct ShownProps {
    request: AppointmentRequest,
    refetch: Callback<()>,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    let t = use_text();
    let request = &props.request;
    let over = matches!(request.state, State::Declined | State::Withdrawn);
    html! {
        <>
            <div>{ badge(&t, request.state) }</div>
            if !over {
                { steps(&t, request) }
            }
            if let Some(reason) = &request.decline_reason {
                <Note tone={Tone::Warning}>
                    { t.msg("request-declined-because", args!(reason = reason.clone())) }
                </Note>
            }
            if let Some(id) = request.appointment_id {
                <div class="button-row">
                    <ButtonLink<Route> to={Route::Appointment { id }} look={Look::Primary} icon="calendar-check" wide={true}>
                        { t.text("request-booked-see") }
                    </ButtonLink<Route>>
                </div>
            }
            if !request.offers.is_empty() {
                <Offers request={request.clone()} refetch={props.refetch.clone()} />
            }
            <Card><Facts facts={facts(&t, request)} /></Card>
            if let Some(id) = request.conversation_id {
                <Rows>
                    <Row<Route> to={Route::Conversation { id }} icon="message-square" title={t.text("request-conversation")} />
                </Rows>
            }
            if request.allowed.contains(&RequestAct::Withdraw) {
                <Withdraw request={request.clone()} refetch={props.refetch.clone()} />
            }
        </>
    }
}

fn facts(t: &Text, request: &AppointmentRequest) -> Vec<(AttrValue, Html)> {
    let at = request.place.as_ref().map(place);
    let with = request.resource.as_ref().map(|one| one.name.clone());
    let mut facts = vec![
        (t.text("request-when"), wishes(t, &request.preferences)),
        (
            t.text("appointment-where"),
            at.unwrap_or_else(|| html! { t.text("request-anywhere") }),
        ),
    ];
    if let Some(with) = with {
        facts.push((t.text("appointment-with"), html! { with }));
    }
    let contact = args!(contact = request.contact.as_str());
    facts.push((
        t.text("request-contact"),
        html! { t.msg("request-contact-name", contact) },
    ));
    if let Some(comment) = &request.comment {
        facts.push((
            t.text("appointment-your-comment"),
            html! { comment.clone() },
        ));
    }
    if request.asked_by == Audience::Supervisor {
        let by = t.text("request-asked-by-supervisor");
        facts.push((t.text("request-step-sent"), html! { by }));
    }
    facts
}

/// When it would suit, a line for each wish.
fn wishes(t: &Text, preferences: &[Preference]) -> Html {
    if preferences.is_empty() {
        return html! { t.text("request-any-time") };
    }
    html! {
        <>
            { for preferences.iter().map(|wish| html! { <p>{ wish_line(t, wish) }</p> }) }
        </>
    }
}

fn wish_line(t: &Text, wish: &Preference) -> String {
    let (from, to) = (
        t.date(wish.from, DateStyle::Medium),
        t.date(wish.to, DateStyle::Medium),
    );
    let dates = if from == to {
        from
    } else {
        let between = args!(from = from.to_string(), to = to.to_string());
        t.msg("request-wish-line", between)
    };
    let part = t.msg("request-part-name", args!(part = wish.part.as_str()));
    let mut line = format!("{dates} · {part}");
    if !wish.weekdays.is_empty() {
        let days: Vec<String> = wish
            .weekdays
            .iter()
            .map(|day| t.weekday(*day).to_string())
            .collect();
        line.push_str(" · ");
        line.push_str(&days.join(", "));
    }
    line
}

/// How far a request has come, step by step.
fn steps(t: &Text, request: &AppointmentRequest) -> Html {
    let names = [
        "request-step-sent",
        "request-step-seen",
        "request-step-offered",
        "request-step-booked",
    ];
    let current = match request.state {
        State::Booked => names.len(),
        State::Offered => 3,
        _ if request.seen_at.is_some() => 2,
        _ => 1,
    };
    html! { <Steps steps={names.map(|id| t.text(id)).to_vec()} {current} /> }
}

/// How far a request has come, in colour, icon and words.
fn badge(t: &Text, state: State) -> Html {
    let tone = match state {
        State::Booked => Tone::Good,
        State::Offered => Tone::Warning,
        State::Open | State::Seen => Tone::Info,
        State::Declined | State::Withdrawn => Tone::Neutral,
    };
    let text = t.msg("request-state", args!(state = state.as_str()));
    html! { <Badge {tone} {text} /> }
}

/// Requests as rows that lead to them.
pub(crate) fn rows(t: &Text, requests: &[AppointmentRequest]) -> Html {
    let row = |request: &AppointmentRequest| {
        let sent = t.stamp(request.sent_at).to_string();
        html! {
            <Row<Route> to={Route::AppointmentRequest { id: request.id }} icon="hourglass"
                title={request.public_name.clone()} text={t.msg("request-sent-at", args!(time = sent))}>
                { badge(t, request.state) }
            </Row<Route>>
        }
    };
    html! { <Rows>{ for requests.iter().map(row) }</Rows> }
}

/// Taking a request back, after asking once more.
#[component]
fn Withdraw(props: &ShownProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let asking = use_state(|| false);
    let ask = |open: bool| {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(open))
    };
    let (id, version) = (props.request.id, props.request.version);
    let (said, refetch) = (t.text("request-withdrawn"), props.refetch.clone());
    let withdraw = use_action(
        move |client, ()| client.withdraw_my_appointment_request(id, version),
        move |_| {
            toast.say(said.clone());
            refetch.emit(());
        },
    );
    let actions = html! {
        <>
            <Button look={Look::Danger} busy={withdraw.pending} on_press={withdraw.run.reform(|_: MouseEvent| ())}>
                { t.text("request-withdraw") }
            </Button>
            <Button on_press={ask(false).reform(|_: MouseEvent| ())}>{ t.text("appointment-cancel-keep") }</Button>
        </>
    };
    html! {
        <>
            <div class="button-row">
                <Button look={Look::Danger} wide={true} on_press={ask(true).reform(|_: MouseEvent| ())}>
                    { t.text("request-withdraw") }
                </Button>
            </div>
            <Dialog open={*asking} title={t.text("request-withdraw-title")} on_close={ask(false)} {actions}>
                <p>{ t.text("request-withdraw-lead") }</p>
                { withdraw.problem() }
            </Dialog>
        </>
    }
}
