//! The scheduling work queue: what is to be done about visits.

use crate::pages::calendar::visit::VisitPanel;
use crate::routes::Route;
use salus_types::ids::{AppointmentId, LocationId, SchedulingTaskId};
use salus_types::scheduling::{ClinicAppointment, SchedulingTask, SchedulingTaskKind};
use salus_ui::hooks::use_state;
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Back, Button, Card, Empty, Look, Page, Text, Waiting, args, use_action, use_background_query,
    use_query, use_text, use_toast,
};
use yew::prelude::*;

/// The tasks, the oldest first; a visit opens its panel, where it can be moved.
#[component]
pub(crate) fn Tasks() -> Html {
    let t = use_text();
    let toast = use_toast();
    let open = use_state(|| None::<AppointmentId>);
    let list = use_background_query((), |client, ()| client.list_scheduling_tasks());
    use_live_refetch(&list.refetch);
    let places = use_query((), |client, ()| client.list_locations());
    let place = |id: LocationId| {
        let known = &places.data.as_deref()?.items;
        let found = known.iter().find(|one| one.id == id)?;
        Some(found.name.clone())
    };
    let close_task = {
        let (refetch, said) = (list.refetch.clone(), t.text("tasks-closed"));
        use_action(
            |client, (id, version): (SchedulingTaskId, i32)| {
                client.close_scheduling_task(id, version)
            },
            move |_| {
                toast.say(said.clone());
                refetch.emit(());
            },
        )
    };
    let on_visit = {
        let open = open.clone();
        Callback::from(move |id| open.set(Some(id)))
    };
    let on_close = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let on_changed = {
        let (open, refetch) = (open.clone(), list.refetch.clone());
        Callback::from(move |()| {
            open.set(None);
            refetch.emit(());
        })
    };
    let shown = open.and_then(|id| {
        let tasks = &list.data.as_deref()?.items;
        let mut visits = tasks.iter().flat_map(|task| &task.appointments);
        visits.find(|visit| visit.id == id).cloned()
    });
    let back = html! { <Back<Route> to={Route::WorkList}>{ t.text("work-list") }</Back<Route>> };
    html! {
        <Page title={t.text("tasks")} lead={t.text("tasks-lead")} {back}>
            { close_task.problem() }
            { list.show(Waiting::Rows(3), |page| if page.items.is_empty() {
                html! { <Empty icon="circle-check" title={t.text("tasks-none")} /> }
            } else {
                html! {
                    <div class="stack">
                        { for page.items.iter().map(|one| {
                            let what = (one.id, one.version);
                            let on_press = close_task.run.reform(move |_: MouseEvent| what);
                            task(&t, one, &place, &on_visit, &on_press, close_task.pending)
                        }) }
                    </div>
                }
            }) }
            if let Some(visit) = shown {
                <VisitPanel {visit} {on_close} {on_changed} />
            }
        </Page>
    }
}

fn task(
    t: &Text,
    one: &SchedulingTask,
    place: &dyn Fn(LocationId) -> Option<String>,
    on_visit: &Callback<AppointmentId>,
    on_press: &Callback<MouseEvent>,
    busy: bool,
) -> Html {
    let count = one.appointments.len();
    let title = match one.kind {
        SchedulingTaskKind::MoveAppointments => t.msg("tasks-move", args!(count = count)),
        SchedulingTaskKind::EmploymentEnded => t.msg("tasks-ended", args!(count = count)),
        SchedulingTaskKind::ZoneChanged => t.text("tasks-zone"),
        SchedulingTaskKind::NotConfirmed => t.text("tasks-not-confirmed"),
        SchedulingTaskKind::BookedOnline => t.text("tasks-booked-online"),
        SchedulingTaskKind::MovedOnline => t.text("tasks-moved-online"),
        SchedulingTaskKind::CancelledOnline => t.text("tasks-cancelled-online"),
        SchedulingTaskKind::ToConfirm => t.text("tasks-to-confirm"),
    };
    let lead = match one.kind {
        SchedulingTaskKind::MoveAppointments => None,
        SchedulingTaskKind::EmploymentEnded => Some("tasks-ended-lead"),
        SchedulingTaskKind::ZoneChanged => Some("tasks-zone-lead"),
        SchedulingTaskKind::NotConfirmed => Some("tasks-not-confirmed-lead"),
        SchedulingTaskKind::BookedOnline
        | SchedulingTaskKind::MovedOnline
        | SchedulingTaskKind::CancelledOnline => Some("tasks-online-lead"),
        SchedulingTaskKind::ToConfirm => Some("tasks-to-confirm-lead"),
    };
    let close = match one.kind {
        SchedulingTaskKind::BookedOnline
        | SchedulingTaskKind::MovedOnline
        | SchedulingTaskKind::CancelledOnline => "tasks-seen",
        _ => "tasks-close",
    };
    // Of one visit, at its place.
    let at_place = |at| {
        let visit = one.appointments.first()?;
        let place = place(visit.location_id).unwrap_or_default();
        Some(t.moment(at, &visit.zone, &place).to_string())
    };
    let due = one.due_at.and_then(at_place);
    let before = one.moved_from.and_then(at_place);
    html! {
        <Card key={one.id.to_string()} {title}>
            <div class="stack">
                if let Some(lead) = lead {
                    <p>{ t.text(lead) }</p>
                }
                if let Some(time) = due {
                    <p><strong>{ t.msg("tasks-due", args!(time = time)) }</strong></p>
                }
                if let Some(time) = before {
                    <p>{ t.msg("tasks-moved-from", args!(time = time)) }</p>
                }
                <p class="muted small">
                    if !one.reason.is_empty() {
                        { t.msg("tasks-reason", args!(reason = one.reason.as_str())) }{ " · " }
                    }
                    <span class="numbers">{ t.stamp(one.created_at) }</span>
                </p>
                <ul class="stack">
                    { for one.appointments.iter().map(|visit| line(t, visit, &place(visit.location_id).unwrap_or_default(), on_visit)) }
                </ul>
                <div class="button-row">
                    <Button look={Look::Quiet} {busy} on_press={on_press}>{ t.text(close) }</Button>
                </div>
            </div>
        </Card>
    }
}

fn line(
    t: &Text,
    visit: &ClinicAppointment,
    place: &str,
    on_visit: &Callback<AppointmentId>,
) -> Html {
    let id = visit.id;
    let onclick = on_visit.reform(move |_: MouseEvent| id);
    html! {
        <li key={id.to_string()}>
            <button type="button" class="visit" {onclick}>
                <span class="numbers small">{ t.moment(visit.starts_at, &visit.zone, place) }</span>
                <strong>{ visit.person.name.clone() }</strong>
                <span class="small">{ visit.appointment_type.name.clone() }</span>
            </button>
        </li>
    }
}
