//! Moving an appointment: when, check, done. The old time stays until the new one is confirmed.

use super::confirm::Confirm;
use super::done::Done;
use super::times::Times;
use super::{use_kept, wish};
use crate::routes::Route;
use salus_types::ids::AppointmentId;
use salus_types::scheduling::{Act, Appointment, OfferedType, OfferedTypes, Slot};
use salus_ui::hooks::use_state;
use salus_ui::times::visit_time;
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
    let (hold, keep) = use_kept();
    let moved = use_state(|| None::<Appointment>);
    let region = use_state(|| None::<String>);
    let visit = use_query(id, |client, id| client.get_my_appointment(id));
    let offered = use_query((), |client, ()| client.list_my_appointment_types());
    if let Some(visit) = &*moved {
        return html! { <Done visit={visit.clone()} moved={true} /> };
    }
    let let_go = {
        let hold = hold.clone();
        Callback::from(move |()| hold.set(None))
    };
    let on_moved = {
        let moved = moved.clone();
        Callback::from(move |visit| moved.set(Some(visit)))
    };
    // Who moves an appointment online is where they said; they can say another place.
    let own = visit
        .data
        .as_ref()
        .and_then(|found| found.value.region.clone());
    let in_region = (*region).clone().or(own);
    let on_slot = |kind: &OfferedType| {
        let (run, kind, region) = (keep.run.clone(), kind.id, in_region.clone());
        Callback::from(move |(slot, named): (Slot, bool)| {
            let wish = wish(kind, None, Some(id), region.clone(), &slot, named);
            run.emit((salus_client::new_key(), wish));
        })
    };
    let on_region = {
        let region = region.clone();
        Callback::from(move |chosen| region.set(chosen))
    };
    let shown = |visit: &Appointment, offered: &OfferedTypes| {
        let kind = offered
            .items
            .iter()
            .find(|kind| kind.id == visit.appointment_type_id);
        let Some(kind) = kind.filter(|_| visit.allowed.contains(&Act::Move)) else {
            return html! {
                <Empty icon="phone" title={t.text("move-not")} text={t.text("move-not-text")} />
            };
        };
        html! {
            <>
                <Note tone={Tone::Neutral} title={t.text("move-now-at")}>
                    <p>{ visit_time(&t, visit.starts_at, &visit.zone, &visit.place.name, visit.modality) }</p>
                    <p class="muted">{ t.text("move-stays") }</p>
                </Note>
                if let Some(kept) = &*hold {
                    <Confirm hold={kept.clone()} kind={kind.clone()} moving={visit.clone()} comments={false}
                        comment="" on_comment={Callback::noop()} on_other={let_go} on_booked={on_moved}
                        again={on_slot(kind)} failure={keep.failure.clone()} holding={keep.pending} />
                } else {
                    <Times kind={kind.clone()} rules={offered.rules.clone()} item={None} moving={visit.clone()}
                        region={in_region.clone()} {on_region}
                        on_slot={on_slot(kind)} on_back={None::<Callback<()>>} failure={keep.failure.clone()}
                        pending={keep.pending} />
                }
            </>
        }
    };
    let steps = ["book-step-time", "book-step-confirm"].map(|id| t.text(id));
    let back = html! { <Back<Route> to={Route::Appointment { id }}>{ t.text("appointment") }</Back<Route>> };
    html! {
        <Page title={t.text("move")} {back} narrow={true}>
            <Steps steps={steps.to_vec()} current={usize::from(hold.is_some())} />
            { visit.show(Waiting::Rows(3), |visit| {
                offered.show(Waiting::Rows(3), |offered| shown(&visit.value, offered))
            }) }
        </Page>
    }
}
