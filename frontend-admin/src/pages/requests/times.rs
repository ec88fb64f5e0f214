//! The free times of a week, to choose among for a request.

use chrono::{Days, NaiveDate};
use salus_types::ids::{LocationId, ResourceId};
use salus_types::scheduling::{
    ClinicAppointmentRequest, ClinicSlotsQuery, Preference, RequestTime, Slot,
};
use salus_ui::{DateStyle, Empty, Waiting, use_pages, use_text};
use yew::prelude::*;

/// How many days from the chosen one are searched.
const DAYS: u64 = 7;

/// What [`Times`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct TimesProps {
    /// For what.
    pub(super) request: ClinicAppointmentRequest,
    /// Where.
    pub(super) place: LocationId,
    /// With whom; whoever is free when empty.
    pub(super) with: Option<ResourceId>,
    /// From which day on.
    pub(super) from: NaiveDate,
    /// Only times that suit one of these; every time when there is none.
    pub(super) wishes: Vec<Preference>,
    /// What is chosen so far.
    pub(super) chosen: Vec<RequestTime>,
    /// A time was chosen, or is no longer.
    pub(super) on_toggle: Callback<RequestTime>,
}

fn time_of(slot: &Slot) -> RequestTime {
    RequestTime {
        starts_at: slot.starts_at,
        location_id: slot.location_id,
        modality: slot.modality,
        resource_id: slot.lead().map(|lead| lead.id),
    }
}

/// The free times of a week; pressing one chooses it.
#[component]
pub(super) fn Times(props: &TimesProps) -> Html {
    let t = use_text();
    let request = &props.request;
    let asked = ClinicSlotsQuery {
        person: request.person.id,
        appointment_type_id: request.appointment_type.id,
        location: props.place,
        resource: props.with,
        modality: Some(request.modality),
        region: request.region.clone(),
        moving: None,
        from: props.from,
        to: props.from + Days::new(DAYS - 1),
        limit: Some(200),
        cursor: None,
    };
    let free = use_pages(asked, |client, asked, cursor| {
        client.list_slots(&ClinicSlotsQuery { cursor, ..asked })
    });
    let suits = |slot: &Slot| {
        let local = slot.local_date.and_time(slot.local_time);
        props.wishes.is_empty() || props.wishes.iter().any(|wish| wish.suits(local))
    };
    let button = |slot: &Slot| {
        let time = time_of(slot);
        let chosen = props.chosen.contains(&time);
        let lead = slot.lead().map(|lead| lead.name.clone());
        let onclick = props.on_toggle.reform(move |_: MouseEvent| time.clone());
        let class = classes!(
            "btn",
            "btn-plain",
            "numbers",
            "time-of-somebody",
            chosen.then_some("time-chosen")
        );
        html! {
            <button type="button" {class} aria-pressed={if chosen { "true" } else { "false" }} {onclick}>
                { t.time(slot.starts_at, &slot.zone) }
                <span class="muted small">{ lead }</span>
            </button>
        }
    };
    let none = |said| html! { <Empty icon="calendar-days" title={t.text(said)} /> };
    free.show(&t, Waiting::Rows(3), none("calendar-free-none"), |found| {
        let slots: Vec<&Slot> = found.iter().copied().filter(|slot| suits(slot)).collect();
        if slots.is_empty() {
            return none("requests-none-suits");
        }
        let mut dates: Vec<NaiveDate> = slots.iter().map(|slot| slot.local_date).collect();
        dates.dedup();
        let day = |date: &NaiveDate| {
            let of_day = slots.iter().filter(|slot| slot.local_date == *date);
            html! {
                <section key={date.to_string()}>
                    <h3 class="h3">{ t.date(*date, DateStyle::Long) }</h3>
                    <div class="time-grid">{ for of_day.map(|slot| button(slot)) }</div>
                </section>
            }
        };
        html! { <div class="stack">{ for dates.iter().map(day) }</div> }
    })
}
