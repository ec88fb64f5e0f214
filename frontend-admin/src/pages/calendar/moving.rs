//! Another time for a visit of a person.

use super::booking::FreeTimes;
use super::columns::Wanted;
use super::overriding::{AnotherTime, use_trying};
use chrono::{NaiveDate, TimeDelta};
use salus_types::scheduling::{ClinicAppointment, MoveForPerson, Slot};
use salus_ui::hooks::use_state;
use salus_ui::{Button, DateField, Facts, Look, Text, today_at, use_action, use_text, use_toast};
use yew::prelude::*;

/// What [`MoveTo`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct MoveToProps {
    /// The visit.
    pub(super) visit: ClinicAppointment,
    /// The time that is asked for first.
    pub(super) wanted: Option<Wanted>,
    /// It was moved.
    pub(super) on_changed: Callback<()>,
}

/// The time that is wanted, and the free times from a day on; pressing one moves the visit there.
#[component]
pub(super) fn MoveTo(props: &MoveToProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let visit = &props.visit;
    // Half a day back, so that it is not the day after anywhere; a day before does not matter.
    let day = (visit.starts_at - TimeDelta::hours(12)).date_naive();
    let from = use_state(|| match &props.wanted {
        Some(wanted) => wanted.date,
        None => day.max(today_at(&visit.zone)),
    });
    let choose_day = {
        let from = from.clone();
        Callback::from(move |date: Option<NaiveDate>| {
            if let Some(date) = date {
                from.set(date);
            }
        })
    };
    let put = {
        let (id, version) = (visit.id, visit.version);
        let (said, changed) = (t.text("calendar-moved"), props.on_changed.clone());
        use_action(
            move |client, command: MoveForPerson| client.move_appointment(id, version, &command),
            move |_| {
                toast.say(said.clone());
                changed.emit(());
            },
        )
    };
    let (try_out, problem) = use_trying(&put, |command, rules| MoveForPerson {
        set_aside: Some(rules),
        ..command
    });
    let on_slot = try_out.reform(|slot: Slot| MoveForPerson {
        starts_at: slot.starts_at,
        location_id: slot.location_id,
        modality: slot.modality,
        region: None,
        resource_id: slot.lead().map(|lead| lead.id),
        set_aside: None,
    });
    let (location_id, modality) = (visit.location_id, visit.modality);
    let lead = visit.resources.first().map(|lead| lead.id);
    let command = move |starts_at, resource_id| MoveForPerson {
        starts_at,
        location_id,
        modality,
        region: None,
        resource_id,
        set_aside: None,
    };
    let on_time = try_out.reform(move |starts_at| command(starts_at, lead));
    let on_wanted = |wanted: &Wanted| {
        let (starts_at, with) = (wanted.starts_at, wanted.resource_id());
        try_out.reform(move |_: MouseEvent| command(starts_at, with))
    };
    let own = (visit.starts_at, visit.resources.first().map(|lead| lead.id));
    html! {
        <div class="stack">
            if let Some(wanted) = &props.wanted {
                <Facts facts={vec![(t.text("calendar-moved-to"), moved_to(&t, wanted, &visit.zone))]} />
                { problem.clone() }
                <div class="button-row">
                    <Button look={Look::Primary} busy={put.pending} on_press={on_wanted(wanted)}>
                        { t.text("calendar-move-here") }
                    </Button>
                </div>
                <h3 class="h3">{ t.text("calendar-move-elsewhere") }</h3>
            }
            <DateField name="from" label={t.text("calendar-from")} value={Some(*from)} on_change={choose_day} />
            if props.wanted.is_none() {
                { problem }
            }
            <FreeTimes person={visit.person.id} kind={visit.appointment_type.id} place={visit.location_id}
                from={*from} modality={visit.modality} moving={visit.id} {own} {on_slot} busy={put.pending} />
            <AnotherTime date={*from} zone={visit.zone.clone()} busy={put.pending} {on_time} />
        </div>
    }
}

/// When and with whom a visit is to be.
fn moved_to(t: &Text, wanted: &Wanted, zone: &str) -> Html {
    let when = t.day_and_time(wanted.starts_at, zone);
    html! {
        <>
            <strong class="numbers">{ when }</strong>
            if let Some(lead) = &wanted.lead {
                { " · " }{ lead.name.clone() }
            }
        </>
    }
}
