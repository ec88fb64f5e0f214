//! Moving an appointment: when, check, done. The old time stays until the new one is confirmed.

use super::confirm::Confirm;
use super::done::done;
use super::times::Times;
use super::{longer, other_time, take, use_kept};
use crate::pages::appointment::AskClinic;
use crate::routes::Route;
use salus_types::ids::{AppointmentId, HoldId};
use salus_types::scheduling::{Act, Appointment, OfferedTypes};
use salus_ui::hooks::use_state;
use salus_ui::times::{phone, use_course, visit_time};
use salus_ui::{Back, Empty, Note, Page, Steps, Tone, Waiting, use_query, use_text};
use yew::prelude::*;

/// What [`Move`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct MoveProps {
    /// Which appointment.
    pub(crate) id: AppointmentId,
}

/// Another time for an appointment.
#[component]
pub(crate) fn Move(props: &MoveProps) -> Html {
    let t = use_text();
    let id = props.id;
    let course = use_course(Route::MoveAppointment { id });
    let chosen = &course.chosen;
    let (kept, keep) = use_kept(&course);
    let moved = use_state(|| None::<(HoldId, Appointment)>);
    let visit = use_query(id, |client, id| client.get_my_appointment(id));
    let offered = use_query((), |client, ()| client.list_my_appointment_types());
    if let Some(done) = done(&course, (*moved).as_ref(), true) {
        return done;
    }
    let held = (*kept)
        .clone()
        .filter(|held| chosen.hold == Some(held.hold.id));
    let step = usize::from(held.is_some());
    let on_moved = {
        let (moved, refetch, on_done) = (moved.clone(), visit.refetch.clone(), course.on_done());
        Callback::from(move |(hold, visit): (HoldId, Appointment)| {
            let id = visit.id;
            moved.set(Some((hold, visit)));
            refetch.emit(());
            on_done.emit(id);
        })
    };
    let shown = |visit: &Appointment, offered: &OfferedTypes| {
        let kind = offered
            .items
            .iter()
            .find(|kind| kind.id == visit.appointment_type_id);
        let Some(kind) = kind.filter(|_| visit.allowed.contains(&Act::Move)) else {
            return html! {
                <Empty icon="phone" title={t.text("move-not")} text={t.text("move-not-text")}>
                    <p>{ phone(visit.place.phone.as_deref()) }</p>
                    <AskClinic />
                </Empty>
            };
        };
        html! {
            <>
                <Note tone={Tone::Neutral} title={t.text("move-now-at")}>
                    <p>{ visit_time(&t, visit.starts_at, &visit.zone, &visit.place.name, visit.modality) }</p>
                    <p class="muted">{ t.text("move-stays") }</p>
                </Note>
                if let Some(held) = &held {
                    <Confirm key={held.hold.id.to_string()} kept={held.clone()} kind={kind.clone()}
                        moving={visit.clone()} comments={false} comment="" on_comment={Callback::noop()}
                        on_longer={longer(&kept)} on_other={other_time(&kept, &course)} on_booked={on_moved}
                        again={take(&keep)} failure={keep.failure.clone()} holding={keep.pending} />
                } else {
                    <Times kind={kind.clone()} rules={offered.rules.clone()} course={course.clone()} item={None}
                        moving={visit.clone()} on_wish={take(&keep)} on_back={None::<Callback<()>>}
                        failure={keep.failure.clone()} pending={keep.pending} />
                }
            </>
        }
    };
    let steps = ["book-step-time", "book-step-confirm"].map(|id| t.text(id));
    let back = html! { <Back<Route> to={Route::Appointment { id }}>{ t.text("appointment") }</Back<Route>> };
    html! {
        <Page key={step} title={t.text("move")} {back} narrow={true}>
            <Steps steps={steps.to_vec()} current={step} />
            { visit.show(Waiting::Rows(3), |visit| {
                offered.show(Waiting::Rows(3), |offered| shown(&visit.value, offered))
            }) }
        </Page>
    }
}
