//! When: a strip of days, then the times of one day, the soonest first.

use super::instead;
use chrono::NaiveDate;
use salus_types::ids::{DueItemId, LocationId, ResourceId};
use salus_types::scheduling::{
    Appointment, BookingRules, Modality, OfferedType, Reach, Slot, SlotsQuery,
};
use salus_ui::hooks::{use_effect_with, use_state};
use salus_ui::times::{DaySearch, day_strip, days_of, looked_up, times_of};
use salus_ui::wishes::hows;
use salus_ui::{
    Button, Card, Choice, DateStyle, Empty, Failure, ProblemView, Radio, RegionField, Select, Text,
    args, today_at, use_free_times, use_text,
};
use yew::prelude::*;

/// What [`Times`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct TimesProps {
    /// What is booked.
    pub(super) kind: OfferedType,
    /// What the site says about booking.
    pub(super) rules: BookingRules,
    /// What is due.
    pub(super) item: Option<DueItemId>,
    /// The appointment that is moved.
    #[prop_or_default]
    pub(super) moving: Option<Appointment>,
    /// Where the person will be, for an appointment online.
    pub(super) region: Option<String>,
    /// They will be elsewhere.
    pub(super) on_region: Callback<Option<String>>,
    /// A time was chosen, and whether its provider was too.
    pub(super) on_slot: Callback<(Slot, bool)>,
    /// Another kind.
    pub(super) on_back: Option<Callback<()>>,
    /// Why the last time could not be kept.
    pub(super) failure: Option<Failure>,
    /// Whether a time is being kept.
    pub(super) pending: bool,
}

/// The free times of a kind of appointment.
#[component]
pub(super) fn Times(props: &TimesProps) -> Html {
    let t = use_text();
    let kind = &props.kind;
    let moving = props.moving.as_ref();
    // Who moves an appointment mostly wants the same place and provider.
    let place = use_state(|| {
        let own = moving.and_then(|visit| kind.places.iter().find(|p| p.id == visit.place.id));
        own.or(kind.places.first()).map(|place| place.id)
    });
    let provider = use_state(|| {
        let lead = moving.and_then(|visit| visit.resources.first());
        lead.filter(|_| !props.rules.force_any_provider)
            .map(|lead| lead.id)
    });
    let modality = use_state(|| None::<Modality>);
    let how = modality
        .or(moving.map(|visit| visit.modality))
        .or(kind.modalities.first().copied());
    let online = how == Some(Modality::Telehealth);
    let day = use_state(|| None::<NaiveDate>);
    let sought = use_state(|| None::<NaiveDate>);
    let zone = kind
        .places
        .iter()
        .find(|known| Some(known.id) == *place)
        .map_or("UTC", |known| known.zone.as_str());
    let today = today_at(zone);
    let list = Reach {
        days_out: props.rules.days_out,
        days_before_showing: props.rules.days_before_showing,
    };
    let (from, reach) = looked_up(*sought, today, list);
    let asked = SlotsQuery {
        appointment_type_id: kind.id,
        location: *place,
        resource: *provider,
        modality: how,
        region: props.region.clone().filter(|_| online),
        item: props.item,
        moving: moving.map(|visit| visit.id),
        from,
        to: reach.last_day(from),
        limit: None,
        cursor: None,
    };
    let free = use_free_times(asked, from, reach, |client, asked, page| {
        client.list_my_slots(&SlotsQuery {
            from: page.from,
            to: page.to,
            limit: page.limit,
            cursor: page.cursor,
            ..asked
        })
    });
    // A time that was taken meanwhile must not be offered again.
    {
        let again = free.again.clone();
        use_effect_with(props.failure.clone(), move |failure| {
            if failure.is_some() {
                again.emit(());
            }
        });
    }
    let seek = {
        let (sought, day) = (sought.clone(), day.clone());
        Callback::from(move |wanted| {
            sought.set(wanted);
            day.set(None);
        })
    };
    let choose_day = {
        let day = day.clone();
        Callback::from(move |date| day.set(Some(date)))
    };
    let choose_place = {
        let (place, day) = (place.clone(), day.clone());
        Callback::from(move |id: String| {
            place.set(id.parse::<LocationId>().ok());
            day.set(None);
        })
    };
    let choose_provider = {
        let (provider, day) = (provider.clone(), day.clone());
        Callback::from(move |id: String| {
            provider.set(id.parse::<ResourceId>().ok());
            day.set(None);
        })
    };
    let choose_modality = {
        let (modality, day) = (modality.clone(), day.clone());
        Callback::from(move |word: String| {
            modality.set(Modality::parse(&word));
            day.set(None);
        })
    };
    let choose_region = {
        let (on_region, day) = (props.on_region.clone(), day.clone());
        Callback::from(move |region| {
            on_region.emit(region);
            day.set(None);
        })
    };
    let named = provider.is_some();
    let on_slot = props.on_slot.reform(move |slot: Slot| (slot, named));
    let shown = || {
        let slots: Vec<Slot> = free
            .slots
            .iter()
            .filter(|slot| moving.is_none_or(|visit| !is_now(visit, slot)))
            .cloned()
            .collect();
        let slots = slots.as_slice();
        let days = days_of(slots);
        let chosen = day.filter(|date| days.iter().any(|(known, _)| known == date));
        let Some(date) = chosen.or_else(|| days.first().map(|(date, _)| *date)) else {
            let date = t.date(free.until, DateStyle::Medium).to_string();
            let none = match *sought {
                Some(_) => t.msg("book-none-on", args!(date = date)),
                None => t.msg("book-none-before", args!(date = date)),
            };
            return html! {
                <>
                    <Empty icon="calendar-days" title={none} text={t.text("book-none-before-text")} />
                    if props.rules.earlier_offers && props.item.is_some() && moving.is_none() {
                        <p>{ t.text("wait-list-due") }</p>
                    }
                </>
            };
        };
        html! {
            <>
                { day_strip(&t, &days, date, &choose_day) }
                { times_of(&t, slots, date, &on_slot, props.pending) }
                <p class="muted small">
                    { t.msg("appointment-zone", args!(place = place_name(kind, *place))) }
                </p>
            </>
        }
    };
    let minutes = t.msg("appointment-minutes", args!(minutes = kind.minutes));
    html! {
        <>
            <Card title={kind.public_name.clone()}>
                <p class="muted">{ minutes }</p>
                if let Some(back) = &props.on_back {
                    <div class="button-row">
                        <Button on_press={back.reform(|_: MouseEvent| ())}>{ t.text("change") }</Button>
                    </div>
                }
                if kind.places.len() > 1 {
                    <Radio name="place" label={t.text("book-choose-place")} on_change={choose_place}
                        choices={kind.places.iter().map(|p| Choice::new(p.id.to_string(), p.name.clone())).collect::<Vec<_>>()}
                        value={place.map(|id| id.to_string()).unwrap_or_default()} />
                }
                if kind.modalities.len() > 1 {
                    <Radio name="modality" label={t.text("appointment-how")} choices={hows(&t, &kind.modalities)}
                        value={how.map_or("", Modality::as_str)} on_change={choose_modality} />
                }
                if online {
                    <RegionField value={props.region.clone()} on_change={choose_region} />
                }
                if let Some(choices) = providers(&t, &props.rules, &free.slots, *provider, moving) {
                    <Select name="provider" label={t.text("book-choose-provider")} {choices}
                        value={provider.map(|id| id.to_string()).unwrap_or_default()} on_change={choose_provider} />
                }
            </Card>
            if let Some(failure) = &props.failure {
                <ProblemView failure={failure.clone()} />
            }
            <Card title={t.text("book-choose-day")}>
                if props.rules.calendar_search {
                    <DaySearch day={*sought} earliest={today} latest={list.last_day(today)} on_day={seek} />
                }
                if online && props.region.is_none() {
                    <p class="muted">{ t.text("book-choose-region-first") }</p>
                } else {
                    { free.show(shown) }
                }
                if let Some(more) = &free.more {
                    <div class="button-row">
                        <Button icon="chevron-right" on_press={more}>{ t.text("book-more-days") }</Button>
                    </div>
                }
            </Card>
            if props.rules.request && moving.is_none() {
                { instead(&t, Some(kind.id), *place) }
            }
        </>
    }
}

/// Whether a time is the one an appointment has already.
fn is_now(visit: &Appointment, slot: &Slot) -> bool {
    let own = visit.resources.first().map(|lead| lead.id);
    slot.starts_at == visit.starts_at
        && slot.modality == visit.modality
        && slot.location_id == visit.place.id
        && slot.lead().is_none_or(|lead| Some(lead.id) == own)
}

fn place_name(kind: &OfferedType, place: Option<LocationId>) -> String {
    kind.places
        .iter()
        .find(|known| Some(known.id) == place)
        .map(|known| known.name.clone())
        .unwrap_or_default()
}

/// The providers to choose from, the first available one first; none where there is no choice.
fn providers(
    t: &Text,
    rules: &BookingRules,
    slots: &[Slot],
    chosen: Option<ResourceId>,
    moving: Option<&Appointment>,
) -> Option<Vec<Choice>> {
    if rules.force_any_provider {
        return None;
    }
    let mut known: Vec<(ResourceId, String)> = Vec::new();
    for slot in slots {
        if let Some(lead) = slot
            .lead()
            .filter(|lead| known.iter().all(|(id, _)| *id != lead.id))
        {
            known.push((lead.id, lead.name.clone()));
        }
    }
    // Whom one is with already can be chosen also where they have no free time.
    let own = moving.and_then(|visit| visit.resources.first());
    if let Some(own) = own.filter(|own| known.iter().all(|(id, _)| *id != own.id)) {
        known.push((own.id, own.name.clone()));
    }
    if known.len() < 2 && chosen.is_none() {
        return None;
    }
    let mut choices = vec![Choice::new("", t.text("book-first-available"))];
    choices.extend(
        known
            .into_iter()
            .map(|(id, name)| Choice::new(id.to_string(), name)),
    );
    Some(choices)
}
