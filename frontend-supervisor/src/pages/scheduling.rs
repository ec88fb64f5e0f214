//! What one of the people led is scheduled for, and still has to be.

use super::appointments::{badge, due};
use crate::routes::Route;
use salus_types::ids::PersonId;
use salus_types::scheduling::{
    Act, ItemAct, Mode, TeamAppointment, TeamOfferedTypes, TeamState, TeamWaitListItem,
};
use salus_ui::booking::Alert;
use salus_ui::hooks::use_state;
use salus_ui::messaging::use_live_refetch;
use salus_ui::times::phone_told;
use salus_ui::{
    Back, Badge, Button, ButtonLink, Card, Dialog, Empty, Look, Page, Row, Rows, Text, Tone,
    Waiting, WhoSees, args, use_action, use_module_name, use_query, use_text, use_toast,
};
use std::collections::BTreeMap;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct SchedulingProps {
    /// Who.
    pub(crate) id: PersonId,
}

/// What one of the people led is scheduled for: what waits, a new appointment, what is coming up.
#[component]
pub(crate) fn Scheduling(props: &SchedulingProps) -> Html {
    let t = use_text();
    let id = props.id;
    let status = use_query(id, |client, id| client.get_team_work_status(id));
    let waiting = use_query(id, |client, id| client.list_report_wait_list_items(id));
    let offered = use_query(id, |client, id| client.list_report_appointment_types(id));
    let visits = use_query(id, |client, id| client.list_report_appointments(id));
    use_live_refetch(&waiting.refetch);
    use_live_refetch(&visits.refetch);
    let asking = use_state(|| None::<TeamAppointment>);
    let ask = {
        let asking = asking.clone();
        Callback::from(move |visit| asking.set(Some(visit)))
    };
    let close = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(None))
    };
    let again = {
        let (waiting, visits) = (waiting.refetch.clone(), visits.refetch.clone());
        Callback::from(move |()| {
            waiting.emit(());
            visits.emit(());
        })
    };
    let appointments = use_module_name("supervisor_scheduling", "team-appointments");
    let title = status.data.as_ref().map_or_else(
        || appointments.clone(),
        |found| AttrValue::from(found.person.name.clone()),
    );
    let alert = offered
        .data
        .as_ref()
        .and_then(|found| found.rules.alert_text.clone());
    let back =
        html! { <Back<Route> to={Route::Appointments}>{ appointments.clone() }</Back<Route>> };
    html! {
        <Page {title} {back}>
            <Alert text={alert} />
            <WhoSees text={t.text("team-appointments-lead")} />
            <Card title={t.text("team-to-schedule")}>
                { waiting.show(Waiting::Rows(2), |found| if found.items.is_empty() {
                    html! { <Empty icon="circle-check" title={t.text("team-to-schedule-none")} /> }
                } else {
                    html! { <Rows>{ for found.items.iter().map(|item| to_schedule(&t, item)) }</Rows> }
                }) }
            </Card>
            <Card title={t.text("team-schedule-new")}>
                { offered.show(Waiting::Rows(1), |offered| new(&t, id, offered)) }
            </Card>
            <Card title={t.text("team-schedule-coming")}>
                { visits.show(Waiting::Rows(2), |found| {
                    let open: Vec<&TeamAppointment> = found.items.iter().filter(|visit| is_open(visit)).collect();
                    if open.is_empty() {
                        html! { <p>{ t.text("team-person-appointments-none") }</p> }
                    } else {
                        html! { <Rows>{ for open.into_iter().map(|visit| shown(&t, visit, &ask)) }</Rows> }
                    }
                }) }
            </Card>
            if let Some(visit) = &*asking {
                <Cancel visit={visit.clone()} on_close={close} refetch={again} />
            }
        </Page>
    }
}

/// Whether a visit is still to come, or was missed.
fn is_open(visit: &TeamAppointment) -> bool {
    matches!(
        visit.state,
        TeamState::Booked | TeamState::WaitingForClinic | TeamState::Missed
    )
}

/// What an address says so that its page looks for a time for something due.
pub(crate) fn for_item(item: &TeamWaitListItem) -> BTreeMap<String, String> {
    let kind = item
        .appointment_type_id
        .map(|kind| ("type".to_owned(), kind.to_string()));
    kind.into_iter()
        .chain([("item".to_owned(), item.id.to_string())])
        .collect()
}

/// Something due without a visit, and what can be done about it.
fn to_schedule(t: &Text, item: &TeamWaitListItem) -> Html {
    let person = item.person_id;
    let act = item.allowed.first().map(|act| match act {
        ItemAct::Schedule => html! {
            <ButtonLink<Route> to={Route::Book { id: person }} query={for_item(item)} look={Look::Primary}>
                { t.text("team-schedule") }
            </ButtonLink<Route>>
        },
        ItemAct::Request => html! {
            <ButtonLink<Route> to={Route::Ask { id: person }} query={for_item(item)}>
                { t.text("team-schedule-request") }
            </ButtonLink<Route>>
        },
    });
    html! {
        <Row<Route> icon="calendar-plus" title={item.public_name.clone()} text={due(t, item)}>
            if item.past_due {
                <Badge tone={Tone::Bad} text={t.text("due-past-due")} />
            }
            { act.unwrap_or_default() }
        </Row<Route>>
    }
}

/// The way to an appointment that nothing asks for.
fn new(t: &Text, id: PersonId, offered: &TeamOfferedTypes) -> Html {
    match offered.rules.mode {
        Mode::Schedule if !offered.items.is_empty() => html! {
            <div class="button-row">
                <ButtonLink<Route> to={Route::Book { id }} icon="calendar-plus" wide={true}>
                    { t.text("team-schedule-title") }
                </ButtonLink<Route>>
            </div>
        },
        Mode::Request if !offered.items.is_empty() => html! {
            <div class="button-row">
                <ButtonLink<Route> to={Route::Ask { id }} icon="calendar-plus" wide={true}>
                    { t.text("team-ask-for-time") }
                </ButtonLink<Route>>
            </div>
        },
        _ => html! {
            <Empty icon="phone" title={t.text("team-schedule-by-clinic")}
                text={t.text("team-schedule-by-clinic-text")} />
        },
    }
}

/// One visit with time and place, and what can be done with it.
fn shown(t: &Text, visit: &TeamAppointment, ask: &Callback<TeamAppointment>) -> Html {
    let (id, name) = (visit.id, visit.public_name.clone());
    let press = {
        let visit = visit.clone();
        ask.reform(move |_: MouseEvent| visit.clone())
    };
    html! {
        <Row<Route> icon="calendar-days" title={name.clone()}
            text={t.moment(visit.starts_at, &visit.zone, &visit.location.name)}>
            { badge(t, visit.state) }
            if visit.allowed.contains(&Act::Move) {
                <ButtonLink<Route> to={Route::Move { id }}>
                    { t.text("team-visit-move") }
                </ButtonLink<Route>>
            }
            if visit.allowed.contains(&Act::Cancel) {
                <Button label={t.msg("team-visit-cancel-of", args!(name = name))} on_press={press}>
                    { t.text("team-visit-cancel") }
                </Button>
            }
        </Row<Route>>
    }
}

#[derive(Properties, PartialEq)]
struct CancelProps {
    visit: TeamAppointment,
    on_close: Callback<()>,
    refetch: Callback<()>,
}

/// Whether it is really to be given back, asked in front of the page.
#[component]
fn Cancel(props: &CancelProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let visit = &props.visit;
    let cancel = {
        let (said, close, refetch) = (
            t.text("appointment-cancelled"),
            props.on_close.clone(),
            props.refetch.clone(),
        );
        let (id, version) = (visit.id, visit.version);
        use_action(
            move |client, ()| client.cancel_for_report(id, version),
            move |_| {
                toast.say(said.clone());
                close.emit(());
                refetch.emit(());
            },
        )
    };
    let lead = t.msg(
        "team-cancel-lead",
        args!(
            what = visit.public_name.clone(),
            time = t
                .moment(visit.starts_at, &visit.zone, &visit.location.name)
                .to_string(),
            name = visit.person_name.clone()
        ),
    );
    let actions = html! {
        <>
            <Button on_press={props.on_close.reform(|_: MouseEvent| ())}>{ t.text("appointment-cancel-keep") }</Button>
            <Button look={Look::Danger} busy={cancel.pending} on_press={cancel.run.reform(|_: MouseEvent| ())}>
                { t.text("appointment-cancel") }
            </Button>
        </>
    };
    html! {
        <Dialog open={true} title={t.text("appointment-cancel-title")} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <p>{ lead }</p>
                { cancel.problem() }
                { phone_told(cancel.failure.as_ref()) }
            </div>
        </Dialog>
    }
}
