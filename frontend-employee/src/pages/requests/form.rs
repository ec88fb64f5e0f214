//! Asking the clinic for an appointment.

use crate::routes::Route;
use salus_types::ids::{AppointmentTypeId, LocationId};
use salus_types::scheduling::{
    AppointmentRequest, Contact, Modality, OfferedType, Preference, RequestAppointment,
};
use salus_ui::hooks::use_state;
use salus_ui::wishes::{Wish, Wishes, where_and_how};
use salus_ui::{
    Back, Button, ButtonLink, Card, Choice, Empty, Look, Note, Page, Radio, RegionField, Select,
    Text, TextArea, Tone, Waiting, WhoSees, args, today_at, use_action, use_query, use_request_key,
    use_text,
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
    let back =
        html! { <Back<Route> to={Route::Appointments}>{ t.text("appointments") }</Back<Route>> };
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
    let first = props.kinds.first().map(|kind| kind.id);
    let kind_id = use_state(|| {
        let known = |id: &AppointmentTypeId| props.kinds.iter().any(|kind| kind.id == *id);
        props.wanted.appointment_type.filter(known)
    });
    let place = use_state(|| props.wanted.place);
    let modality = use_state(|| None::<Modality>);
    let region = use_state(|| None::<String>);
    let zone = props.kinds.iter().flat_map(|kind| &kind.places).next();
    let today = today_at(zone.map_or("UTC", |place| place.zone.as_str()));
    let wishes = use_state(|| vec![Wish::from_day(today)]);
    let contact = use_state(|| Contact::Message);
    let comment = use_state(String::new);
    let missing = use_state(|| None::<&'static str>);
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
    let only = first.filter(|_| props.kinds.len() == 1);
    let chosen = kind_id.or(only);
    let kind = chosen.and_then(|id| props.kinds.iter().find(|kind| kind.id == id));
    let how = kind.and_then(|kind| {
        let known = modality.filter(|one| kind.modalities.contains(one));
        known.or(kind.modalities.first().copied())
    });
    let choose_region = {
        let (region, missing) = (region.clone(), missing.clone());
        Callback::from(move |chosen| {
            region.set(chosen);
            missing.set(None);
        })
    };
    let choose_kind = {
        let (kind_id, missing) = (kind_id.clone(), missing.clone());
        Callback::from(move |id: String| {
            kind_id.set(id.parse().ok());
            missing.set(None);
        })
    };
    let choose_place = {
        let place = place.clone();
        Callback::from(move |id: String| place.set(id.parse().ok()))
    };
    let choose_modality = {
        let modality = modality.clone();
        Callback::from(move |word: String| modality.set(Modality::parse(&word)))
    };
    let choose_contact = {
        let contact = contact.clone();
        Callback::from(move |word: String| {
            if let Some(chosen) = Contact::parse(&word) {
                contact.set(chosen);
            }
        })
    };
    let write = {
        let comment = comment.clone();
        Callback::from(move |text| comment.set(text))
    };
    let on_wishes = {
        let (wishes, missing) = (wishes.clone(), missing.clone());
        Callback::from(move |typed| {
            wishes.set(typed);
            missing.set(None);
        })
    };
    let press = {
        let (run, missing) = (send.run.clone(), missing.clone());
        let (place, contact) = (*place, *contact);
        let region = (*region).clone();
        let written = comment.trim().to_owned();
        let preferences: Option<Vec<Preference>> =
            wishes.iter().map(|wish| wish.preference()).collect();
        let kind = kind.cloned();
        Callback::from(move |_: MouseEvent| {
            let Some(kind) = &kind else {
                missing.set(Some("type"));
                return;
            };
            let Some(preferences) = preferences.clone() else {
                missing.set(Some("wishes"));
                return;
            };
            if kind.comment_required && written.is_empty() {
                missing.set(Some("comment"));
                return;
            }
            if how == Some(Modality::Telehealth) && region.is_none() {
                missing.set(Some("region"));
                return;
            }
            missing.set(None);
            run.emit(RequestAppointment {
                appointment_type_id: kind.id,
                location_id: place.filter(|id| kind.places.iter().any(|one| one.id == *id)),
                resource_id: None,
                modality: how.unwrap_or(Modality::InPerson),
                region: region.clone().filter(|_| how == Some(Modality::Telehealth)),
                preferences,
                contact,
                comment: (!written.is_empty()).then(|| written.clone()),
            });
        })
    };
    let needed = |field: &str| (*missing == Some(field)).then(|| t.text("appointment-needed"));
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
                        value={chosen.map(|id| id.to_string()).unwrap_or_default()}
                        on_change={choose_kind} error={needed("type")} />
                    if let Some(kind) = kind {
                        { where_and_how(&t, &kind.places, &kind.modalities, (*place, &choose_place), (*modality, &choose_modality)) }
                    }
                    if how == Some(Modality::Telehealth) {
                        <RegionField value={(*region).clone()} on_change={choose_region} error={needed("region")} />
                    }
                </div>
            </Card>
            <Wishes wishes={(*wishes).clone()} {today} on_change={on_wishes} error={needed("wishes")} />
            <Card>
                <div class="stack">
                    <Radio name="contact" label={t.text("request-contact")} choices={contacts(&t)}
                        value={contact.as_str()} on_change={choose_contact} />
                    <TextArea name="comment" label={t.text("request-comment")} hint={t.text("request-comment-hint")}
                        rows={4} max_length={1000} optional={!kind.is_some_and(|kind| kind.comment_required)}
                        value={(*comment).clone()} on_change={write} error={needed("comment")} />
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

fn contacts(t: &Text) -> Vec<Choice> {
    Contact::ALL
        .iter()
        .map(|contact| {
            let name = t.msg("request-contact-name", args!(contact = contact.as_str()));
            Choice::new(contact.as_str(), name)
        })
        .collect()
}
