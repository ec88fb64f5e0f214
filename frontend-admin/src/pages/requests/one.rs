//! One request: who asks for what, and what the clinic answers.

use super::answer::{Answer, Decline};
use super::badges;
use crate::routes::Route;
use salus_types::ids::AppointmentRequestId;
use salus_types::scheduling::{Audience, ClinicAppointmentRequest, Preference, RequestAct};
use salus_ui::hooks::{use_effect_with, use_state};
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Back, Button, ButtonLink, Card, DateStyle, Facts, Go, Look, Page, Text, Waiting, args,
    use_action, use_background_query, use_text,
};
use yew::prelude::*;

/// What [`Request`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct RequestProps {
    /// Which one.
    pub(crate) id: AppointmentRequestId,
}

/// One request.
#[component]
pub(crate) fn Request(props: &RequestProps) -> Html {
    let t = use_text();
    let request = use_background_query(props.id, |client, id| async move {
        let found = client.get_appointment_request(id).await;
        found.map(|found| found.value)
    });
    use_live_refetch(&request.refetch);
    let title = request.data.as_ref().map_or_else(
        || t.text("requests-clinic"),
        |found| AttrValue::from(found.person.name.clone()),
    );
    let back =
        html! { <Back<Route> to={Route::Requests}>{ t.text("requests-clinic") }</Back<Route>> };
    html! {
        <Page {title} {back}>
            { request.show(Waiting::Text, |found| html! {
                <Shown request={found.clone()} refetch={request.refetch.clone()} />
            }) }
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct ShownProps {
    request: ClinicAppointmentRequest,
    refetch: Callback<()>,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    let t = use_text();
    let request = &props.request;
    let may = |act: RequestAct| request.allowed.contains(&act);
    let see = {
        let (id, refetch) = (request.id, props.refetch.clone());
        use_action(
            move |client, version: i32| client.see_appointment_request(id, version),
            move |_| refetch.emit(()),
        )
    };
    // Who opens a request has read it; whoever was quicker has said so.
    {
        let run = see.run.clone();
        let unread = may(RequestAct::See).then_some(request.version);
        use_effect_with(unread, move |unread| {
            if let Some(version) = unread {
                run.emit(*version);
            }
        });
    }
    let declining = use_state(|| false);
    let decline = {
        let declining = declining.clone();
        Callback::from(move |_: MouseEvent| declining.set(true))
    };
    let close = {
        let declining = declining.clone();
        Callback::from(move |()| declining.set(false))
    };
    html! {
        <>
            <div class="flex flex-wrap gap-1">{ badges(&t, request) }</div>
            <Card title={AttrValue::from(request.appointment_type.name.clone())}>
                <Facts facts={facts(&t, request)} />
            </Card>
            <div class="button-row">
                <ButtonLink<Route> to={Route::Chart { id: request.person.id }} icon="file-text">
                    { t.text("calendar-open-chart") }
                </ButtonLink<Route>>
                if let Some(id) = request.conversation_id {
                    <ButtonLink<Route> to={Route::Conversation { id }} icon="message-square">
                        { t.text("requests-ask") }
                    </ButtonLink<Route>>
                }
                if may(RequestAct::Decline) {
                    <Button look={Look::Danger} on_press={decline}>{ t.text("requests-decline") }</Button>
                }
            </div>
            if *declining {
                <Decline request={request.clone()} on_close={close} on_changed={props.refetch.clone()} />
            }
            if may(RequestAct::Offer) {
                <Answer request={request.clone()} on_changed={props.refetch.clone()} />
            }
        </>
    }
}

fn facts(t: &Text, request: &ClinicAppointmentRequest) -> Vec<(AttrValue, Html)> {
    let any_place = t.text("request-anywhere").to_string();
    let anybody = t.text("request-anybody").to_string();
    let place = request.place.as_ref().map(|place| place.name.clone());
    let with = request.resource.as_ref().map(|one| one.name.clone());
    let by = match request.asked_by {
        Audience::Employee => "requests-asked-by-person",
        _ => "requests-asked-by-team",
    };
    let contact = args!(contact = request.contact.as_str());
    let mut facts = vec![
        (t.text("requests-sent"), html! { t.stamp(request.sent_at) }),
        (t.text("requests-asked-by"), html! { t.text(by) }),
        (t.text("requests-wishes"), wishes(t, &request.preferences)),
        (
            t.text("appointment-where"),
            html! { place.unwrap_or(any_place) },
        ),
        (
            t.text("appointment-with"),
            html! { with.unwrap_or(anybody) },
        ),
        (
            t.text("requests-contact"),
            html! { t.msg("request-contact-name", contact) },
        ),
    ];
    if let Some(by) = request.answer_by {
        facts.push((t.text("requests-answer-by"), html! { t.stamp(by) }));
    }
    let written = [
        ("requests-comment", &request.comment),
        ("requests-decline-reason", &request.decline_reason),
    ];
    for (name, value) in written {
        if let Some(value) = value {
            facts.push((t.text(name), html! { value.clone() }));
        }
    }
    if !request.offers.is_empty() {
        let line = |offer: &salus_types::scheduling::Offer| {
            let names: Vec<_> = offer
                .resources
                .iter()
                .flatten()
                .map(|one| one.name.clone())
                .collect();
            let until = t.msg(
                "requests-proposed-until",
                args!(time = t.stamp(offer.expires_at).to_string()),
            );
            html! {
                <p class="numbers">
                    { t.day_and_time(offer.starts_at, &offer.zone) }{ " · " }{ names.join(", ") }
                    <span class="muted">{ " · " }{ until }</span>
                </p>
            }
        };
        let lines = html! { <>{ for request.offers.iter().map(line) }</> };
        facts.push((t.text("requests-proposed"), lines));
    }
    if request.appointment_id.is_some() {
        let id = request.person.id;
        let to = Route::ChartAppointments { id };
        let link = html! { <Go<Route> {to}>{ t.text("requests-see-visits") }</Go<Route>> };
        facts.push((t.text("requests-booked"), link));
    }
    facts
}

/// When it would suit, a line for each wish.
fn wishes(t: &Text, preferences: &[Preference]) -> Html {
    if preferences.is_empty() {
        return html! { t.text("request-any-time") };
    }
    let line = |wish: &Preference| {
        let between = args!(
            from = t.date(wish.from, DateStyle::Medium).to_string(),
            to = t.date(wish.to, DateStyle::Medium).to_string()
        );
        let days: Vec<String> = wish
            .weekdays
            .iter()
            .map(|day| t.weekday(*day).to_string())
            .collect();
        html! {
            <p>
                { t.msg("request-wish-line", between) }{ " · " }
                { t.msg("request-part-name", args!(part = wish.part.as_str())) }
                if !days.is_empty() {
                    { " · " }{ days.join(", ") }
                }
            </p>
        }
    };
    html! { <>{ for preferences.iter().map(line) }</> }
}
