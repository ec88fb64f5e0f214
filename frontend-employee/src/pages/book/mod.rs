//! Booking an appointment: what, when, check, done; and moving one.

mod confirm;
pub(crate) mod done;
mod moving;
mod times;
mod what;

use crate::pages::appointments::UpToAppointments;
use crate::routes::Route;
use confirm::Confirm;
use done::Done;
pub(crate) use moving::Move;
use salus_types::ids::{AppointmentId, AppointmentTypeId, DueItemId, LocationId};
use salus_types::scheduling::{Appointment, BookingRules, HoldSlot, OfferedType, Slot, SlotHold};
use salus_ui::hooks::{State, use_state};
use salus_ui::{
    Action, Contacts, Empty, Page, Row, Rows, Steps, Text, Waiting, use_action, use_query, use_text,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use times::Times;
use what::What;
use yew::prelude::*;
use yew_router::prelude::*;

/// What an address may ask for: `?type=…&item=…`, from something that is due.
#[derive(Clone, Copy, Default, PartialEq, Deserialize)]
struct Asked {
    #[serde(rename = "type")]
    appointment_type: Option<AppointmentTypeId>,
    item: Option<DueItemId>,
}

/// Booking an appointment.
#[component]
pub(crate) fn Book() -> Html {
    let t = use_text();
    let asked = use_location()
        .and_then(|location| location.query::<Asked>().ok())
        .unwrap_or_default();
    let chosen = use_state(|| None::<AppointmentTypeId>);
    let (hold, keep) = use_kept();
    let booked = use_state(|| None::<Appointment>);
    let comment = use_state(String::new);
    let region = use_state(|| None::<String>);
    let offered = use_query((), |client, ()| client.list_my_appointment_types());
    if let Some(visit) = &*booked {
        return html! { <Done visit={visit.clone()} /> };
    }
    let kind_id = chosen.or(asked.appointment_type);
    let step = match (&*hold, kind_id) {
        (Some(_), _) => 2,
        (None, Some(_)) => 1,
        (None, None) => 0,
    };
    let on_type = {
        let chosen = chosen.clone();
        Callback::from(move |id| chosen.set(Some(id)))
    };
    let other_type = {
        let chosen = chosen.clone();
        (asked.appointment_type.is_none()).then(|| Callback::from(move |()| chosen.set(None)))
    };
    let let_go = {
        let hold = hold.clone();
        Callback::from(move |()| hold.set(None))
    };
    let on_booked = {
        let booked = booked.clone();
        Callback::from(move |visit| booked.set(Some(visit)))
    };
    let write = {
        let comment = comment.clone();
        Callback::from(move |text| comment.set(text))
    };
    let on_slot = |kind: &OfferedType| {
        let (run, kind, item) = (keep.run.clone(), kind.id, asked.item);
        let region = (*region).clone();
        Callback::from(move |(slot, named): (Slot, bool)| {
            let wish = wish(kind, item, None, region.clone(), &slot, named);
            run.emit((salus_client::new_key(), wish));
        })
    };
    let on_region = {
        let region = region.clone();
        Callback::from(move |chosen| region.set(chosen))
    };
    let shown = |kinds: &[OfferedType], rules: &BookingRules| {
        let kind = kind_id.and_then(|id| kinds.iter().find(|kind| kind.id == id));
        match (kind, &*hold) {
            (Some(kind), Some(kept)) => html! {
                <Confirm hold={kept.clone()} kind={kind.clone()} comments={rules.comments} prompt={rules.comment_prompt.clone()}
                    comment={(*comment).clone()} on_comment={write} on_other={let_go} {on_booked}
                    again={on_slot(kind)} failure={keep.failure.clone()} holding={keep.pending} />
            },
            (Some(kind), None) => html! {
                <Times kind={kind.clone()} rules={rules.clone()} item={asked.item}
                    region={(*region).clone()} {on_region} on_slot={on_slot(kind)} on_back={other_type} failure={keep.failure.clone()}
                    pending={keep.pending} />
            },
            (None, _) if rules.schedule && !kinds.is_empty() => html! {
                <>
                    <What kinds={kinds.to_vec()} {on_type} />
                    if rules.request {
                        { instead(&t, None, None) }
                    }
                </>
            },
            (None, _) if rules.request && !kinds.is_empty() => instead(&t, None, None),
            (None, _) => html! {
                <Empty icon="phone" title={t.text("book-no-types")} text={t.text("book-no-types-text")}>
                    <Contacts />
                </Empty>
            },
        }
    };
    let steps = ["book-step-type", "book-step-time", "book-step-confirm"].map(|id| t.text(id));
    let back = html! { <UpToAppointments /> };
    html! {
        <Page title={t.text("book")} {back} narrow={true}>
            <Steps steps={steps.to_vec()} current={step} />
            { offered.show(Waiting::Rows(3), |found| shown(&found.items, &found.rules)) }
        </Page>
    }
}

/// The way to ask the clinic for a time, with what was chosen so far.
fn instead(t: &Text, kind: Option<AppointmentTypeId>, place: Option<LocationId>) -> Html {
    let chosen = [
        ("type", kind.map(|id| id.to_string())),
        ("place", place.map(|id| id.to_string())),
    ];
    let query: BTreeMap<String, String> = chosen
        .into_iter()
        .filter_map(|(name, id)| Some((name.to_owned(), id?)))
        .collect();
    html! {
        <Rows>
            <Row<Route> to={Route::Request} {query} icon="calendar-plus" title={t.text("book-request-instead")}
                text={t.text("book-request-text")} />
        </Rows>
    }
}

/// The time that is kept, and what keeps another one. A key for each press: when the server is too
/// busy it is asked again under the same.
#[hook]
fn use_kept() -> (State<Option<SlotHold>>, Action<(String, HoldSlot)>) {
    let hold = use_state(|| None::<SlotHold>);
    let keep = {
        let hold = hold.clone();
        use_action(
            |client, (key, wish): (String, HoldSlot)| client.hold_my_slot(&key, &wish),
            move |kept| hold.set(Some(kept)),
        )
    };
    (hold, keep)
}

/// A slot as something to keep; with its provider when the person chose one.
fn wish(
    kind: AppointmentTypeId,
    item: Option<DueItemId>,
    moving: Option<AppointmentId>,
    region: Option<String>,
    slot: &Slot,
    named: bool,
) -> HoldSlot {
    let lead = slot.lead().map(|lead| lead.id);
    HoldSlot {
        appointment_type_id: kind,
        starts_at: slot.starts_at,
        location_id: slot.location_id,
        modality: slot.modality,
        region,
        resource_id: lead.filter(|_| named),
        item_id: item,
        moving,
    }
}
