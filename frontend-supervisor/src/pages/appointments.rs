//! What the team is scheduled for, and what still has to be.

use super::people::People;
use super::scheduling::for_item;
use crate::routes::Route;
use salus_types::scheduling::{
    AppointmentView, AppointmentsQuery, ItemAct, TeamAppointment, TeamState, TeamWaitListItem,
};
use salus_ui::{
    Badge, Card, Empty, Page, Row, Rows, Text, Tone, Waiting, WhoSees, args, today_at,
    use_module_name, use_query, use_text,
};
use yew::prelude::*;

/// What the team is scheduled for, and what still has to be.
#[component]
pub(crate) fn Appointments() -> Html {
    let t = use_text();
    let title = use_module_name("supervisor_scheduling", "team-appointments");
    let waiting = use_query((), |client, ()| client.list_team_wait_list_items());
    let ahead = use_query(AppointmentView::Upcoming, |client, view| {
        client.list_team_appointments(&AppointmentsQuery { view })
    });
    let over = use_query(AppointmentView::Past, |client, view| {
        client.list_team_appointments(&AppointmentsQuery { view })
    });
    html! {
        <Page {title}>
            <WhoSees text={t.text("team-appointments-lead")} />
            <People />
            <Card title={t.text("team-to-schedule")}>
                { waiting.show(Waiting::Rows(2), |found| if found.items.is_empty() {
                    html! { <Empty icon="circle-check" title={t.text("team-to-schedule-none")} /> }
                } else {
                    html! { <Rows>{ for found.items.iter().map(|item| to_schedule(&t, item)) }</Rows> }
                }) }
            </Card>
            <Card title={t.text("appointments-upcoming")}>
                { ahead.show(Waiting::Rows(3), |found| if found.items.is_empty() {
                    html! {
                        <Empty icon="calendar-days" title={t.text("team-appointments-none")}
                            text={t.text("team-appointments-none-text")} />
                    }
                } else {
                    of_team(&t, &found.items)
                }) }
            </Card>
            <Card title={t.text("team-appointments-over")}>
                { over.show(Waiting::Rows(2), |found| if found.items.is_empty() {
                    html! {
                        <Empty icon="clock" title={t.text("appointments-past-none")}
                            text={t.text("team-appointments-over-none-text")} />
                    }
                } else {
                    of_team(&t, &found.items)
                }) }
            </Card>
        </Page>
    }
}

/// Something due without a visit; the row leads to a time for it, or to a request to the clinic.
fn to_schedule(t: &Text, item: &TeamWaitListItem) -> Html {
    let text = AttrValue::from(format!("{} · {}", item.public_name, due(t, item)));
    let id = item.person_id;
    let (to, query, words) = match item.allowed.first() {
        Some(ItemAct::Schedule) => (
            Some(Route::Book { id }),
            Some(for_item(item)),
            "team-schedule",
        ),
        Some(ItemAct::Request) => (
            Some(Route::Ask { id }),
            Some(for_item(item)),
            "team-ask-for-time",
        ),
        None => (None, None, ""),
    };
    html! {
        <Row<Route> {to} {query} icon="calendar-plus" title={item.person_name.clone()} {text}>
            if item.past_due {
                <Badge tone={Tone::Bad} text={t.text("due-past-due")} />
            }
            if !words.is_empty() {
                <span class="muted">{ t.text(words) }</span>
            }
        </Row<Route>>
    }
}

/// Until when something is due, or that only the clinic can schedule it.
pub(crate) fn due(t: &Text, item: &TeamWaitListItem) -> AttrValue {
    let day = t.due(item.due_on, today_at(&item.zone)).to_string();
    if item.past_due {
        let was = t.msg("due-was-due", args!(due = day));
        AttrValue::from(format!("{was}. {}", t.text("team-past-due-clinic")))
    } else {
        t.msg("due-by", args!(due = day))
    }
}

fn of_team(t: &Text, visits: &[TeamAppointment]) -> Html {
    let row = |visit: &TeamAppointment| {
        let id = visit.person_id;
        let moment = t.moment(visit.starts_at, &visit.zone, &visit.location.name);
        html! {
            <Row<Route> to={Route::Scheduling { id }} icon="calendar-days" title={visit.person_name.clone()}
                text={AttrValue::from(format!("{} · {moment}", visit.public_name))}>
                { badge(t, visit.state) }
            </Row<Route>>
        }
    };
    html! { <Rows>{ for visits.iter().map(row) }</Rows> }
}

/// The visits of one person, the soonest first.
pub(crate) fn of_person(t: &Text, visits: &[TeamAppointment]) -> Html {
    let row = |visit: &TeamAppointment| {
        html! {
            <Row<Route> icon="calendar-days" title={visit.public_name.clone()}
                text={t.moment(visit.starts_at, &visit.zone, &visit.location.name)}>
                { badge(t, visit.state) }
            </Row<Route>>
        }
    };
    html! { <Rows>{ for visits.iter().map(row) }</Rows> }
}

/// How far a visit has come, in colour, icon and words.
pub(crate) fn badge(t: &Text, state: TeamState) -> Html {
    let (tone, word) = match state {
        TeamState::WaitingForClinic => (Tone::Info, "waiting_for_clinic"),
        TeamState::Booked => (Tone::Good, "booked"),
        TeamState::Done => (Tone::Good, "done"),
        TeamState::Missed => (Tone::Warning, "missed"),
        TeamState::Cancelled => (Tone::Neutral, "cancelled"),
    };
    html! { <Badge {tone} text={t.msg("team-visit-state", args!(state = word))} /> }
}
