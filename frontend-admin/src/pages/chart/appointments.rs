//! A person's appointments.

use crate::pages::calendar::state_badge;
use crate::pages::calendar::visit::VisitPanel;
use crate::routes::Route;
use salus_types::ids::{AppointmentId, PersonId};
use salus_types::scheduling::{ClinicAppointment, PersonAppointmentsQuery};
use salus_ui::hooks::use_state;
use salus_ui::messaging::use_live_refetch;
use salus_ui::{Button, Card, Empty, Row, Rows, Text, Waiting, use_query, use_text};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct AppointmentsProps {
    /// Whose chart.
    pub(crate) person: PersonId,
}

/// A person's appointments: those ahead, the soonest first, then those of the last two years.
#[component]
pub(crate) fn Appointments(props: &AppointmentsProps) -> Html {
    let t = use_text();
    let open = use_state(|| None::<AppointmentId>);
    let visits = use_query(props.person, |client, person| {
        client.list_appointments(&PersonAppointmentsQuery { person })
    });
    use_live_refetch(&visits.refetch);
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let changed = {
        let (open, refetch) = (open.clone(), visits.refetch.clone());
        Callback::from(move |()| {
            open.set(None);
            refetch.emit(());
        })
    };
    visits.show(Waiting::Rows(3), |found| {
        if found.items.is_empty() {
            return html! { <Empty icon="calendar-days" title={t.text("calendar-empty")} /> };
        }
        let chosen = found.items.iter().find(|one| Some(one.id) == *open);
        html! {
            <>
                <Card>
                    <Rows>{ for found.items.iter().map(|one| {
                        let (open, id) = (open.clone(), one.id);
                        row(&t, one, Callback::from(move |_: MouseEvent| open.set(Some(id))))
                    }) }</Rows>
                </Card>
                if let Some(visit) = chosen {
                    <VisitPanel visit={visit.clone()} on_close={close.clone()} on_changed={changed.clone()} />
                }
            </>
        }
    })
}

fn row(t: &Text, visit: &ClinicAppointment, on_press: Callback<MouseEvent>) -> Html {
    let with: Vec<_> = visit.resources.iter().map(|one| one.name.clone()).collect();
    let text = t.moment(visit.starts_at, &visit.zone, &with.join(", "));
    html! {
        <Row<Route> icon="calendar-days" title={visit.appointment_type.name.clone()} {text}>
            { state_badge(t, visit.state) }
            <Button {on_press}>{ t.text("details") }</Button>
        </Row<Route>>
    }
}
