//! Asking the clinic for an appointment of somebody.

use super::book::UpToScheduling;
use crate::routes::Route;
use salus_types::ids::{AppointmentTypeId, PersonId};
use salus_types::scheduling::{Mode, RequestForReport, TeamAppointmentRequest, TeamOfferedType};
use salus_ui::hooks::use_state;
use salus_ui::wishes::{Askable, use_asking};
use salus_ui::{
    Button, ButtonLink, Card, Choice, Empty, Look, Note, Page, Select, TextArea, Tone, Waiting,
    WhoSees, args, today_at, use_action, use_query, use_request_key, use_text,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use yew::prelude::*;
use yew_router::prelude::*;

/// What an address may ask for: `?type=…`, from something that is due.
#[derive(Clone, Copy, Default, PartialEq, Deserialize)]
struct Wanted {
    #[serde(rename = "type")]
    appointment_type: Option<AppointmentTypeId>,
}

#[derive(Properties, PartialEq)]
pub(crate) struct AskProps {
    /// For whom.
    pub(crate) id: PersonId,
}

/// Asking the clinic for an appointment of one of the people led.
#[component]
pub(crate) fn Ask(props: &AskProps) -> Html {
    let t = use_text();
    let person = props.id;
    let wanted = use_location()
        .and_then(|location| location.query::<Wanted>().ok())
        .unwrap_or_default();
    let sent = use_state(|| None::<TeamAppointmentRequest>);
    let offered = use_query(person, |client, id| {
        client.list_report_appointment_types(id)
    });
    let status = use_query(person, |client, id| client.get_team_work_status(id));
    let name = status
        .data
        .as_ref()
        .map(|found| found.person.name.clone())
        .unwrap_or_default();
    let back = html! { <UpToScheduling id={person} /> };
    if let Some(request) = &*sent {
        return html! { <Sent request={request.clone()} {name} /> };
    }
    let on_sent = {
        let sent = sent.clone();
        Callback::from(move |request| sent.set(Some(request)))
    };
    let lead = (!name.is_empty()).then(|| t.msg("message-about", args!(name = name.clone())));
    let about = BTreeMap::from([("about".to_owned(), person.to_string())]);
    html! {
        <Page title={t.text("request")} {lead} {back} narrow={true}>
            { offered.show(Waiting::Text, |found| if found.rules.mode == Mode::Request && !found.items.is_empty() {
                html! {
                    <Form {person} {name} kinds={found.items.clone()} wanted={wanted.appointment_type}
                        comments={found.rules.comments} {on_sent} />
                }
            } else {
                html! { <Empty icon="phone" title={t.text("request-none")} text={t.text("book-no-types-text")} /> }
            }) }
            <p>
                <Link<Route, BTreeMap<String, String>> to={Route::NewMessage} query={Some(about)} classes="link">
                    { t.text("team-request-write") }
                </Link<Route, BTreeMap<String, String>>>
            </p>
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct SentProps {
    request: TeamAppointmentRequest,
    name: String,
}

/// The request is on its way.
#[component]
fn Sent(props: &SentProps) -> Html {
    let t = use_text();
    let request = &props.request;
    let text = match request.answer_by {
        Some(by) => t.msg(
            "team-request-done-text",
            args!(time = t.stamp(by).to_string(), name = props.name.clone()),
        ),
        None => t.msg(
            "team-request-done-text-soon",
            args!(name = props.name.clone()),
        ),
    };
    html! {
        <Page title={t.text("request-done")} narrow={true}>
            <Note tone={Tone::Good} title={AttrValue::from(request.public_name.clone())}>{ text }</Note>
            <div class="button-row">
                <ButtonLink<Route> to={Route::Scheduling { id: request.person_id }} look={Look::Primary} wide={true}>
                    { t.text("team-schedule-see") }
                </ButtonLink<Route>>
                <ButtonLink<Route> to={Route::Conversation { id: request.conversation_id }} wide={true}>
                    { t.text("request-conversation") }
                </ButtonLink<Route>>
            </div>
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct FormProps {
    person: PersonId,
    name: String,
    kinds: Vec<TeamOfferedType>,
    wanted: Option<AppointmentTypeId>,
    comments: bool,
    on_sent: Callback<TeamAppointmentRequest>,
}

#[component]
fn Form(props: &FormProps) -> Html {
    let t = use_text();
    let person = props.person;
    let zone = props.kinds.iter().flat_map(|kind| &kind.places).next();
    let today = today_at(zone.map_or("UTC", |place| place.zone.as_str()));
    let known = |id: &AppointmentTypeId| props.kinds.iter().any(|kind| kind.id == *id);
    let only = props.kinds.first().filter(|_| props.kinds.len() == 1);
    let wanted = props.wanted.filter(known);
    let asking = use_asking(wanted.or(only.map(|kind| kind.id)), None, today);
    let key = use_request_key();
    let send = {
        let (sent, used, on_sent) = (key.clone(), key.clone(), props.on_sent.clone());
        use_action(
            move |client, command: RequestForReport| {
                let key = sent.get();
                client.request_for_report(person, &key, &command)
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
    let press = {
        let (run, asking, kind) = (send.run.clone(), asking.clone(), kind.cloned());
        Callback::from(move |_: MouseEvent| {
            let said = asking.said(kind.as_ref().map(askable));
            if let (Some(kind), Some(said)) = (&kind, said) {
                run.emit(RequestForReport {
                    appointment_type_id: kind.id,
                    location_id: said.place,
                    resource_id: said.provider,
                    modality: said.modality,
                    region: said.region,
                    preferences: said.preferences,
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
    let name = props.name.clone();
    html! {
        <>
            <Card>
                <div class="stack">
                    <Select name="type" label={t.text("team-schedule-what")} choices={kinds}
                        value={asking.kind().map(|id| id.to_string()).unwrap_or_default()}
                        on_change={asking.choose_kind()} error={asking.needed(&t, "type")} />
                    if let Some(kind) = kind {
                        { asking.where_and_how(&t, askable(kind), true) }
                    }
                </div>
            </Card>
            { asking.when(&t, today) }
            if props.comments {
                <Card>
                    <TextArea name="comment" label={t.text("team-schedule-comment")}
                        hint={t.msg("team-schedule-comment-hint", args!(name = name.clone()))}
                        rows={3} max_length={500} optional={true} value={asking.comment()} on_change={asking.write()} />
                </Card>
            }
            <WhoSees text={t.msg("team-request-will-be-told", args!(name = name))} />
            { send.problem() }
            <div class="button-row">
                <Button look={Look::Primary} icon="send" wide={true} busy={send.pending} on_press={press}>
                    { t.text("request-send") }
                </Button>
            </div>
        </>
    }
}

fn askable(kind: &TeamOfferedType) -> Askable<'_> {
    Askable {
        places: &kind.places,
        providers: &kind.providers,
        modalities: &kind.modalities,
        comment_required: false,
    }
}
