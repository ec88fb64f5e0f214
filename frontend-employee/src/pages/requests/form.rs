//! Asking the clinic for an appointment.

use crate::pages::appointments::UpToAppointments;
use crate::routes::Route;
use salus_types::ids::{AppointmentTypeId, LocationId};
use salus_types::scheduling::{AppointmentRequest, Contact, OfferedType, RequestAppointment};
use salus_ui::hooks::use_state;
use salus_ui::wishes::{Askable, use_asking};
use salus_ui::{
    Button, ButtonLink, Card, Choice, Empty, Look, Note, Page, Radio, Select, Text, TextArea, Tone,
    Waiting, WhoSees, args, today_at, use_action, use_query, use_request_key, use_text,
};
use serde::Deserialize;
use yew::prelude::*;
use yew_router::prelude::*;

/// What an address may ask for: `?type=…&place=…`, from a search that found nothing.
#[derive(Clone, Copy, Default, PartialEq, Deserialize)]
struct Wanted {
    #[serde(rename = "type")]
    appointment_type: Option<AppointmentTypeId>,
    place: Option<LocationId>,
}

/// Asking the clinic for an appointment.
#[component]
pub(crate) fn Ask() -> Html {
    let t = use_text();
    let wanted = use_location()
        .and_then(|location| location.query::<Wanted>().ok())
        .unwrap_or_default();
    let sent = use_state(|| None::<AppointmentRequest>);
    let offered = use_query((), |client, ()| client.list_my_appointment_types());
    if let Some(request) = &*sent {
        return html! { <Sent request={request.clone()} /> };
    }
    let on_sent = {
        let sent = sent.clone();
        Callback::from(move |request| sent.set(Some(request)))
    };
    let back = html! { <UpToAppointments /> };
    html! {
        <Page title={t.text("request")} lead={t.text("request-lead")} {back} narrow={true}>
            { offered.show(Waiting::Text, |found| if found.rules.request && !found.items.is_empty() {
                html! { <Form kinds={found.items.clone()} {wanted} on_sent={on_sent.clone()} /> }
            } else {
                html! { <Empty icon="phone" title={t.text("request-none")} text={t.text("book-no-types-text")} /> }
            }) }
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct SentProps {
    request: AppointmentRequest,
}

/// The request is on its way.
#[component]
fn Sent(props: &SentProps) -> Html {
    let t = use_text();
    let request = &props.request;
    let text = match request.answer_by {
        Some(by) => t.msg("request-done-text", args!(time = t.stamp(by).to_string())),
        None => t.text("request-done-text-soon"),
    };
    html! {
        <Page title={t.text("request-done")} narrow={true}>
            <Note tone={Tone::Good} title={AttrValue::from(request.public_name.clone())}>{ text }</Note>
            <div class="button-row">
                <ButtonLink<Route> to={Route::AppointmentRequest { id: request.id }} look={Look::Primary} wide={true}>
                    { t.text("request-done-open") }
                </ButtonLink<Route>>
                <ButtonLink<Route> to={Route::Appointments} wide={true}>
                    { t.text("book-done-see") }
                </ButtonLink<Route>>
            </div>
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct FormProps {
    kinds: Vec<OfferedType>,
    wanted: Wanted,
    on_sent: Callback<AppointmentRequest>,
}

#[component]
fn Form(props: &FormProps) -> Html {
    let t = use_text();
    let zone = props.kinds.iter().flat_map(|kind| &kind.places).next();
    let today = today_at(zone.map_or("UTC", |place| place.zone.as_str()));
    let known = |id: &AppointmentTypeId| props.kinds.iter().any(|kind| kind.id == *id);
    let only = props.kinds.first().filter(|_| props.kinds.len() == 1);
    let wanted = props.wanted.appointment_type.filter(known);
    let asking = use_asking(
        wanted.or(only.map(|kind| kind.id)),
        props.wanted.place,
        today,
    );
    let contact = use_state(|| Contact::Message);
    let key = use_request_key();
    let send = {
        let (sent, used, on_sent) = (key.clone(), key.clone(), props.on_sent.clone());
        use_action(
            move |client, command: RequestAppointment| {
                let key = sent.get();
                client.request_my_appointment(&key, &command)
            },
            move |request| {
                used.renew();
                on_sent.emit(request.value);
            },
        )
    };
    let kind = asking
        .kind()
        .and_then(|id| props.kinds.iter().find(|kind| kind.id == id));
    let choose_contact = {
        let contact = contact.clone();
        Callback::from(move |word: String| {
            if let Some(chosen) = Contact::parse(&word) {
                contact.set(chosen);
            }
        })
    };
    let press = {
        let (run, asking, contact) = (send.run.clone(), asking.clone(), *contact);
        let kind = kind.cloned();
        Callback::from(move |_: MouseEvent| {
            let said = asking.said(kind.as_ref().map(askable));
            if let (Some(kind), Some(said)) = (&kind, said) {
                run.emit(RequestAppointment {
                    appointment_type_id: kind.id,
                    location_id: said.place,
                    resource_id: said.provider,
                    modality: said.modality,
                    region: said.region,
                    preferences: said.preferences,
                    contact,
                    comment: said.comment,
                });
            }
        })
    };
    let kinds: Vec<Choice> = props
        .kinds
        .iter()
        .map(|kind| Choice::new(kind.id.to_string(), kind.public_name.clone()))
        .collect();
    html! {
        <>
            <Card>
                <div class="stack">
                    <Select name="type" label={t.text("request-choose")} choices={kinds}
                        value={asking.kind().map(|id| id.to_string()).unwrap_or_default()}
                        on_change={asking.choose_kind()} error={asking.needed(&t, "type")} />
                    if let Some(kind) = kind {
                        { asking.where_and_how(&t, askable(kind), false) }
                    }
                </div>
            </Card>
            { asking.when(&t, today) }
            <Card>
                <div class="stack">
                    <Radio name="contact" label={t.text("request-contact")} choices={contacts(&t)}
                        value={contact.as_str()} on_change={choose_contact} />
                    <TextArea name="comment" label={t.text("request-comment")} hint={t.text("request-comment-hint")}
                        rows={4} max_length={1000} optional={!kind.is_some_and(|kind| kind.comment_required)}
                        value={asking.comment()} on_change={asking.write()} error={asking.needed(&t, "comment")} />
                </div>
            </Card>
            <WhoSees text={t.text("request-who-sees")} />
            { send.problem() }
            <div class="button-row">
                <Button look={Look::Primary} icon="send" wide={true} busy={send.pending} on_press={press}>
                    { t.text("request-send") }
                </Button>
            </div>
        </>
    }
}

fn askable(kind: &OfferedType) -> Askable<'_> {
    Askable {
        places: &kind.places,
        providers: &kind.providers,
        modalities: &kind.modalities,
        comment_required: kind.comment_required,
    }
}

fn contacts(t: &Text) -> Vec<Choice> {
    Contact::ALL
        .iter()
        .map(|contact| {
            let name = t.msg("request-contact-name", args!(contact = contact.as_str()));
            Choice::new(contact.as_str(), name)
        })
        .collect()
}
