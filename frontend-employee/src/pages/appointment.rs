//! One appointment.

use super::appointments::badge;
use super::joining::Join;
use super::qr::check_in_code;
use super::wait_list::Earlier;
use crate::pages::appointments::UpToAppointments;
use crate::routes::Route;
use salus_types::ids::AppointmentId;
use salus_types::scheduling::problems::NOTICE_TOO_SHORT;
use salus_types::scheduling::{
    Act, Appointment as Visit, CancelAppointment, CheckIn, Modality, Preparation, State,
};
use salus_ui::hooks::use_state;
use salus_ui::times::{phone, phone_told, visit_place, visit_time};
use salus_ui::{
    Button, ButtonLink, Card, Choice, Dialog, Facts, Look, Note, Page, Radio, Text, TextArea, Tone,
    Waiting, WhoSees, args, hand_over, region_name, use_action, use_look, use_query, use_text,
    use_toast,
};
use yew::prelude::*;

/// What [`Appointment`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct AppointmentProps {
    /// Which one.
    pub(crate) id: AppointmentId,
}

/// One appointment: when, where, with whom, what to do before, and giving it back.
#[component]
pub(crate) fn Appointment(props: &AppointmentProps) -> Html {
    let t = use_text();
    let visit = use_query(props.id, |client, id| async move {
        client.get_my_appointment(id).await.map(|found| found.value)
    });
    let title = visit.data.as_ref().map_or_else(
        || t.text("appointment"),
        |v| AttrValue::from(v.public_name.clone()),
    );
    let back = html! { <UpToAppointments /> };
    html! {
        <Page {title} {back} narrow={true}>
            { visit.show(Waiting::Text, |found| html! {
                <Shown visit={found.clone()} refetch={visit.refetch.clone()} />
            }) }
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct ShownProps {
    visit: Visit,
    refetch: Callback<()>,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    let t = use_text();
    let visit = &props.visit;
    let asking = use_state(|| false);
    let ask = |open: bool| {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(open))
    };
    let may_cancel = visit.allowed.contains(&Act::Cancel);
    let facts = facts(&t, visit);
    html! {
        <>
            <div>{ badge(&t, visit.state) }</div>
            if let Some(reason) = &visit.cancel_reason {
                <Note tone={Tone::Neutral}>
                    { t.msg("appointment-cancelled-because", args!(reason = reason.clone())) }
                </Note>
            }
            if let Some(reason) = &visit.denial {
                <Note tone={Tone::Warning}>
                    { t.msg("appointment-denied", args!(reason = reason.clone())) }
                </Note>
            }
            if let Some(came) = visit.checked_in_at.filter(|_| visit.state == State::CheckedIn) {
                <Note tone={Tone::Good}>
                    { t.msg("appointment-checked-in-at", args!(time = t.time(came, &visit.zone).to_string())) }
                </Note>
            }
            <Join visit={visit.clone()} refetch={props.refetch.clone()} />
            if visit.allowed.contains(&Act::CheckIn) {
                <Arrive visit={visit.clone()} refetch={props.refetch.clone()} />
            }
            <Card><Facts {facts} /></Card>
            if visit.attends && visit.state == State::Booked {
                <p>{ t.text("appointment-attends") }</p>
            } else if visit.allowed.contains(&Act::Attend) {
                <Attend visit={visit.clone()} refetch={props.refetch.clone()} />
            }
            if is_ahead(visit) {
                { preparation(&t, &visit.preparation, Some((visit.starts_at, visit.zone.as_str()))) }
            }
            <WhoSees text={who_sees(&t, visit.supervisor_sees, &visit.public_name)} />
            if is_ahead(visit) {
                <AddToCalendar id={visit.id} />
                <Earlier visit={visit.clone()} />
            }
            if visit.allowed.contains(&Act::Move) {
                <p class="muted small">
                    { t.msg("appointment-move-until", args!(
                        time = t.moment(visit.deadline_move, &visit.zone, &visit.place.name).to_string()
                    )) }
                </p>
                <div class="button-row">
                    <ButtonLink<Route> to={Route::MoveAppointment { id: visit.id }} look={Look::Plain}
                        icon="calendar-days" wide={true}>
                        { t.text("appointment-move") }
                    </ButtonLink<Route>>
                </div>
            } else if may_cancel {
                <p class="muted small">
                    { t.text("appointment-move-late") }{ " " }{ phone(visit.place.phone.as_deref()) }
                </p>
                <AskClinic />
            }
            if may_cancel {
                <p class="muted small">
                    { t.msg("appointment-cancel-until", args!(
                        time = t.moment(visit.deadline_cancel, &visit.zone, &visit.place.name).to_string()
                    )) }
                </p>
                <div class="button-row">
                    <Button look={Look::Danger} wide={true} on_press={ask(true).reform(|_: MouseEvent| ())}>
                        { t.text("appointment-cancel") }
                    </Button>
                </div>
                if *asking {
                    <Cancel visit={visit.clone()} on_close={ask(false)} refetch={props.refetch.clone()} />
                }
            } else if is_ahead(visit) {
                <Note tone={Tone::Info}>
                    { t.text("appointment-cancel-late") }{ " " }{ phone(visit.place.phone.as_deref()) }
                    <AskClinic />
                </Note>
            }
        </>
    }
}

/// The way to ask the clinic in writing, where one can begin a conversation.
#[component]
pub(crate) fn AskClinic() -> Html {
    let t = use_text();
    let types = use_query((), |client, ()| client.list_my_message_types());
    let writes = use_look().offers_module("send_message");
    let open = writes && types.data.is_some_and(|found| !found.items.is_empty());
    html! {
        if open {
            <div class="button-row">
                <ButtonLink<Route> to={Route::NewMessage} look={Look::Plain} icon="message-square" wide={true}>
                    { t.text("appointment-ask-clinic") }
                </ButtonLink<Route>>
            </div>
        }
    }
}

#[derive(Properties, PartialEq)]
struct ActProps {
    visit: Visit,
    refetch: Callback<()>,
}

/// The person says that they will come.
#[component]
fn Attend(props: &ActProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let (id, version) = (props.visit.id, props.visit.version);
    let (said, refetch) = (t.text("appointment-attend-thanks"), props.refetch.clone());
    let attend = use_action(
        move |client, ()| client.confirm_my_appointment(id, version),
        move |_| {
            toast.say(said.clone());
            refetch.emit(());
        },
    );
    html! {
        <>
            { attend.problem() }
            <div class="button-row">
                <Button icon="check" wide={true} busy={attend.pending}
                    on_press={attend.run.reform(|_: MouseEvent| ())}>
                    { t.text("appointment-attend") }
                </Button>
            </div>
        </>
    }
}

/// The person is there.
#[component]
fn Arrive(props: &ActProps) -> Html {
    let t = use_text();
    let (id, version) = (props.visit.id, props.visit.version);
    let words = use_state(String::new);
    let refetch = props.refetch.clone();
    let check_in = use_action(
        move |client, command: CheckIn| client.check_in_to_my_appointment(id, version, &command),
        move |_| refetch.emit(()),
    );
    let press = {
        let written = words.trim().to_owned();
        let comment = (!written.is_empty()).then_some(written);
        check_in.run.reform(move |_: MouseEvent| CheckIn {
            comment: comment.clone(),
        })
    };
    let write = {
        let words = words.clone();
        Callback::from(move |text| words.set(text))
    };
    let (title, lead, button) = match props.visit.modality {
        Modality::InPerson => (
            "appointment-check-in-title",
            Some("appointment-check-in-lead"),
            "appointment-check-in",
        ),
        Modality::Telehealth => ("appointment-telehealth", None, "appointment-ready"),
    };
    html! {
        <Card title={t.text(title)}>
            <div class="stack">
                if let Some(lead) = lead {
                    <p>{ t.text(lead) }</p>
                }
                <TextArea name="comment" label={t.text("appointment-check-in-comment")} rows={1} max_length={100}
                    optional={true} value={(*words).clone()} on_change={write} />
                { check_in.problem() }
                <div class="button-row">
                    <Button look={Look::Primary} wide={true} busy={check_in.pending} on_press={press}>
                        { t.text(button) }
                    </Button>
                </div>
            </div>
        </Card>
    }
}

/// Puts an appointment into the person's own calendar.
#[component]
pub(crate) fn AddToCalendar(props: &AppointmentProps) -> Html {
    let t = use_text();
    let fetch = use_action(
        |client, id| client.get_my_calendar_file(id),
        |file: Vec<u8>| hand_over(&file, "text/calendar", "appointment.ics"),
    );
    let id = props.id;
    html! {
        <>
            { fetch.problem() }
            <div class="button-row">
                <Button icon="calendar-plus" wide={true} busy={fetch.pending}
                    on_press={fetch.run.reform(move |_: MouseEvent| id)}>
                    { t.text("appointment-add-to-calendar") }
                </Button>
            </div>
        </>
    }
}

/// Whether a visit is booked, or waits for the clinic.
pub(crate) fn is_ahead(visit: &Visit) -> bool {
    matches!(visit.state, State::Pending | State::Booked)
}

fn facts(t: &Text, visit: &Visit) -> Vec<(AttrValue, Html)> {
    let mut facts = vec![(
        t.text("appointment-when"),
        visit_time(
            t,
            visit.starts_at,
            &visit.zone,
            &visit.place.name,
            visit.modality,
        ),
    )];
    let place = visit_place(t, &visit.place, visit.modality);
    facts.push((t.text("appointment-where"), place));
    if let Some(region) = &visit.region {
        facts.push((
            t.text("appointment-region"),
            html! { region_name(t, region) },
        ));
    }
    if let Some(code) = &visit.check_in_code {
        facts.push((t.text("appointment-check-in-code"), check_in_code(t, code)));
    }
    if !visit.resources.is_empty() {
        let names: Vec<_> = visit.resources.iter().map(|r| r.name.clone()).collect();
        facts.push((t.text("appointment-with"), html! { names.join(", ") }));
    }
    if let Some(comment) = &visit.comment {
        facts.push((
            t.text("appointment-your-comment"),
            html! { comment.clone() },
        ));
    }
    if let Some(comment) = &visit.supervisor_comment {
        facts.push((
            t.text("appointment-comment-of-supervisor"),
            html! { comment.clone() },
        ));
    }
    facts
}

/// What to do before a visit and what to bring; nothing where there is nothing.
pub(crate) fn preparation(
    t: &Text,
    preparation: &Preparation,
    start: Option<(chrono::DateTime<chrono::Utc>, &str)>,
) -> Html {
    let fasting = start
        .filter(|_| preparation.fasting_hours > 0)
        .map(|(at, zone)| {
            let from = at - chrono::TimeDelta::hours(i64::from(preparation.fasting_hours));
            t.msg(
                "appointment-fasting",
                args!(time = t.time(from, zone).to_string()),
            )
        });
    if preparation.full.is_empty() && preparation.bring.is_empty() && fasting.is_none() {
        return Html::default();
    }
    html! {
        <Card title={t.text("appointment-prepare")}>
            if let Some(fasting) = fasting {
                <p><strong>{ fasting }</strong></p>
            }
            <p>{ preparation.full.clone() }</p>
            if !preparation.bring.is_empty() {
                <h3 class="h3">{ t.text("appointment-bring") }</h3>
                <ul class="list-disc ps-5">
                    { for preparation.bring.iter().map(|line| html! { <li>{ line.clone() }</li> }) }
                </ul>
            }
        </Card>
    }
}

/// Who sees an appointment, in one or two sentences.
pub(crate) fn who_sees(t: &Text, supervisor: bool, name: &str) -> AttrValue {
    let clinic = t.text("appointment-who-sees");
    let other = if supervisor {
        t.msg(
            "appointment-who-sees-supervisor",
            args!(name = name.to_owned()),
        )
    } else {
        t.text("appointment-who-sees-not-supervisor")
    };
    AttrValue::from(format!("{clinic} {other}"))
}

#[derive(Properties, PartialEq)]
struct CancelProps {
    visit: Visit,
    on_close: Callback<()>,
    refetch: Callback<()>,
}

/// Why it is given back, asked in front of the page.
#[component]
fn Cancel(props: &CancelProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let visit = &props.visit;
    let reason = use_state(String::new);
    let words = use_state(String::new);
    let missing = use_state(|| None::<&'static str>);
    let reasons = use_query((), |client, ()| client.list_my_cancel_reasons());
    let cancel = {
        let (said, close, refetch) = (
            t.text("appointment-cancelled"),
            props.on_close.clone(),
            props.refetch.clone(),
        );
        let (id, version) = (visit.id, visit.version);
        use_action(
            move |client, command: CancelAppointment| {
                client.cancel_my_appointment(id, version, &command)
            },
            move |_| {
                toast.say(said.clone());
                close.emit(());
                refetch.emit(());
            },
        )
    };
    let wants_text = reasons
        .data
        .as_ref()
        .is_some_and(|list| list.items.iter().any(|r| r.code == *reason && r.wants_text));
    let send = {
        let (reason, words, missing, run) = (
            reason.clone(),
            words.clone(),
            missing.clone(),
            cancel.run.clone(),
        );
        Callback::from(move |_: MouseEvent| {
            let written = words.trim().to_owned();
            if reason.is_empty() {
                missing.set(Some("reason"));
            } else if wants_text && written.is_empty() {
                missing.set(Some("comment"));
            } else {
                missing.set(None);
                run.emit(CancelAppointment {
                    reason: (*reason).clone(),
                    comment: (!written.is_empty()).then_some(written),
                });
            }
        })
    };
    let needed = |field: &str| (*missing == Some(field)).then(|| t.text("appointment-needed"));
    let late = cancel.failure.as_ref();
    let late = late.is_some_and(|failure| failure.slug() == NOTICE_TOO_SHORT.slug);
    let close = props.on_close.clone();
    let actions = html! {
        <>
            <Button on_press={close.reform(|_: MouseEvent| ())}>{ t.text("appointment-cancel-keep") }</Button>
            <Button look={Look::Danger} busy={cancel.pending} on_press={send}>
                { t.text("appointment-cancel") }
            </Button>
        </>
    };
    let lead = t.msg(
        "appointment-cancel-lead",
        args!(
            name = visit.public_name.clone(),
            time = t
                .moment(visit.starts_at, &visit.zone, &visit.place.name)
                .to_string()
        ),
    );
    let choose = {
        let reason = reason.clone();
        Callback::from(move |code| reason.set(code))
    };
    let write = {
        let words = words.clone();
        Callback::from(move |text| words.set(text))
    };
    html! {
        <Dialog open={true} title={t.text("appointment-cancel-title")} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <p>{ lead }</p>
                { cancel.problem() }
                if late {
                    { phone_told(cancel.failure.as_ref()) }
                    <AskClinic />
                }
                { reasons.show(Waiting::Rows(3), |list| {
                    let choices: Vec<Choice> = list.items.iter()
                        .map(|r| Choice::new(r.code.clone(), r.label.clone())).collect();
                    html! {
                        <Radio name="reason" label={t.text("appointment-cancel-why")} {choices}
                            value={(*reason).clone()} on_change={choose.clone()} error={needed("reason")} />
                    }
                }) }
                <TextArea name="comment" label={t.text("appointment-cancel-text")} rows={2} max_length={500}
                    hint={t.text("appointment-cancel-text-hint")} optional={!wants_text}
                    value={(*words).clone()} on_change={write} error={needed("comment")} />
            </div>
        </Dialog>
    }
}
