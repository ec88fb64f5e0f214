//! One of the people led.

use crate::pages::appointments::of_person;
use crate::routes::Route;
use salus_types::ids::PersonId;
use salus_types::scheduling::{TeamAppointment, TeamState};
use salus_types::surveillance::TeamDueItem;
use salus_types::work_status::{
    ClinicContact, TeamAccommodation, TeamRestriction, TeamWorkStatus, WorkStatus,
};
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Back, Badge, Card, Go, Page, Row, Rows, Text, Tone, Waiting, WhoSees, WorkStatusBadge, args,
    today_at, use_look, use_module_name, use_query, use_text,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct MemberProps {
    /// Who.
    pub(crate) id: PersonId,
}

/// One of the people led: what they may do, until when, and what is due.
#[component]
pub(crate) fn Member(props: &MemberProps) -> Html {
    let t = use_text();
    let status = use_query(props.id, |client, id| client.get_team_work_status(id));
    let due = use_query(props.id, |client, id| client.list_team_due_items(id));
    let visits = use_query(props.id, |client, id| client.list_report_appointments(id));
    use_live_refetch(&status.refetch);
    use_live_refetch(&due.refetch);
    let appointments = use_module_name("supervisor_scheduling", "team-appointments");
    let schedules = use_look().offers_module("supervisor_scheduling");
    let back = html! { <Back<Route> to={Route::Team}>{ t.text("team-title") }</Back<Route>> };
    let Some(found) = status.data.clone() else {
        return html! {
            <Page title={t.text("team-title")} {back}>{ status.show(Waiting::Text, |_| Html::default()) }</Page>
        };
    };
    let person = &found.person;
    let parts = [Some(person.job.clone()), person.department.clone()];
    let lead: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    let zone = found.since.time_zone.clone();
    html! {
        <Page title={person.name.clone()} lead={AttrValue::from(lead.join(" · "))} {back} key="known">
            { status.show(Waiting::Text, |status| shown(&t, status)) }
            <Card title={t.text("team-person-due")}>
                { due.show(Waiting::Rows(2), |due| due_list(&t, &due.items, &zone)) }
            </Card>
            <Card title={appointments} aside={if schedules { all_appointments(&t) } else { Html::default() }}>
                { visits.show(Waiting::Rows(2), |visits| {
                    let open: Vec<TeamAppointment> = visits.items.iter().filter(|visit| is_ahead(visit)).cloned().collect();
                    html! {
                        <>
                            if open.is_empty() {
                                <p>{ t.text("team-person-appointments-none") }</p>
                            } else {
                                { of_person(&t, &open) }
                            }
                            if schedules {
                                <Rows>
                                    <Row<Route> to={Route::Scheduling { id: person.id }} icon="calendar-plus"
                                        title={t.text("team-schedule-go")} />
                                </Rows>
                            }
                        </>
                    }
                }) }
            </Card>
            { contact(&t, found.clinic.as_ref()) }
        </Page>
    }
}

fn all_appointments(t: &Text) -> Html {
    html! { <Go<Route> to={Route::Appointments}>{ t.text("home-all-appointments") }</Go<Route>> }
}

/// Whether a visit is still to come, or was not long ago and nobody has closed it.
fn is_ahead(visit: &TeamAppointment) -> bool {
    matches!(
        visit.state,
        TeamState::Booked | TeamState::WaitingForClinic | TeamState::Missed
    )
}

fn shown(t: &Text, status: &TeamWorkStatus) -> Html {
    let title = t.msg(
        "team-person-limits",
        args!(name = status.person.name.clone()),
    );
    html! {
        <>
            <Card>
                <WorkStatusBadge status={status.status} large={true} />
                <p>{ t.release("team-person", status.status, &status.since) }</p>
                if status.part_day {
                    <p>{ t.text("work-status-part-day") }</p>
                }
            </Card>
            <Card {title}>
                <WhoSees text={t.text("team-lead")} />
                if status.restrictions.is_empty() && status.status == WorkStatus::FullDuty {
                    <p>{ t.text("team-person-none") }</p>
                } else {
                    <Rows>{ for status.restrictions.iter().map(|one| restriction(t, one)) }</Rows>
                }
            </Card>
            if !status.accommodations.is_empty() {
                <Card title={t.text("team-person-accommodations")}>
                    <Rows>{ for status.accommodations.iter().map(|one| accommodation(t, one)) }</Rows>
                </Card>
            }
            if let Some(next) = &status.follow_up {
                <Card title={t.text("team-person-follow-up")}>
                    <p>{ t.moment(next.starts_at, &next.time_zone, &next.name) }</p>
                </Card>
            }
        </>
    }
}

fn restriction(t: &Text, one: &TeamRestriction) -> Html {
    let said: Vec<String> = one
        .sentences
        .iter()
        .map(|sentence| t.sentence(sentence).to_string())
        .collect();
    let dates = t.period(&one.period);
    let text = match &one.comment {
        Some(comment) => {
            let comment = t.msg("work-status-comment", args!(comment = comment.clone()));
            AttrValue::from(format!("{dates}. {comment}"))
        }
        None => dates,
    };
    html! { <Row<Route> icon="briefcase" title={said.join(" ")} {text} /> }
}

fn accommodation(t: &Text, one: &TeamAccommodation) -> Html {
    let title = t.text(&format!("work-status-kind-{}", one.kind.replace('_', "-")));
    let dates = t.period(&one.period);
    let text = match &one.details {
        Some(details) => AttrValue::from(format!("{details} {dates}")),
        None => dates,
    };
    html! { <Row<Route> icon="briefcase" {title} {text} /> }
}

fn due_list(t: &Text, items: &[TeamDueItem], zone: &str) -> Html {
    if items.is_empty() {
        return html! { <p>{ t.text("team-person-due-none") }</p> };
    }
    let today = today_at(zone);
    let row = |item: &TeamDueItem| {
        let due = t.due(item.due_on, today).to_string();
        let text = t.msg(
            if item.past_due {
                "due-was-due"
            } else {
                "due-by"
            },
            args!(due = due),
        );
        html! {
            <Row<Route> icon="calendar-days" title={item.name.clone()} {text}>
                if item.past_due {
                    <Badge tone={Tone::Bad} text={t.text("due-past-due")} />
                }
                if item.booked {
                    <Badge tone={Tone::Good} text={t.text("team-person-booked")} />
                }
            </Row<Route>>
        }
    };
    html! { <Rows>{ for items.iter().map(row) }</Rows> }
}

fn contact(t: &Text, clinic: Option<&ClinicContact>) -> Html {
    let Some(clinic) = clinic else {
        return Html::default();
    };
    let name = clinic.name.clone();
    let words = match clinic.phone.clone() {
        Some(phone) => t.msg(
            "team-person-clinic-phone",
            args!(clinic = name, phone = phone),
        ),
        None => t.msg("team-person-clinic", args!(clinic = name)),
    };
    html! { <p>{ words }</p> }
}
