//! When: a strip of days, then the times of one day, the soonest first.

use super::Wanted;
use chrono::NaiveDate;
use salus_types::ids::{DueItemId, LocationId, PersonId, ResourceId};
use salus_types::scheduling::{Modality, Reach, Slot, TeamAppointment, TeamSlotsQuery};
use salus_ui::hooks::{use_effect_with, use_state};
use salus_ui::times::{DaySearch, day_strip, days_of, looked_up, times_of};
use salus_ui::{
    Button, Card, Choice, DateStyle, Empty, Failure, ProblemView, Radio, RegionField, Select, Text,
    args, today_at, use_free_times, use_text,
};
use yew::prelude::*;

/// What [`Times`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct TimesProps {
    /// For whom.
    pub(super) person: PersonId,
    /// What is booked or moved.
    pub(super) wanted: Wanted,
    /// How far ahead is searched and shown.
    pub(super) reach: Reach,
    /// Whether a day can be looked up.
    pub(super) search: bool,
    /// What is due.
    pub(super) item: Option<DueItemId>,
    /// The appointment that is moved.
    #[prop_or_default]
    pub(super) moving: Option<TeamAppointment>,
    /// Where the person will be, for an appointment online.
    #[prop_or_default]
    pub(super) region: Option<String>,
    /// They will be elsewhere.
    #[prop_or_default]
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
    let wanted = &props.wanted;
    let moving = props.moving.as_ref();
    let place = use_state(|| {
        let own = moving.and_then(|visit| wanted.places.iter().find(|p| p.id == visit.location.id));
        own.or(wanted.places.first()).map(|place| place.id)
    });
    let provider = use_state(|| None::<ResourceId>);
    let day = use_state(|| None::<NaiveDate>);
    let sought = use_state(|| None::<NaiveDate>);
    let at = wanted.places.iter().find(|known| Some(known.id) == *place);
    let today = today_at(at.map_or("UTC", |known| known.zone.as_str()));
    let list = props.reach;
    let (from, reach) = looked_up(*sought, today, list);
    let asks_region = wanted.modality == Some(Modality::Telehealth) && moving.is_none();
    let asked = TeamSlotsQuery {
        appointment_type_id: wanted.kind,
        location: *place,
        resource: *provider,
        modality: wanted.modality,
        region: props.region.clone().filter(|_| asks_region),
        item: props.item,
        moving: moving.map(|visit| visit.id),
        from,
        to: reach.last_day(from),
        limit: None,
        cursor: None,
    };
    let about = (props.person, asked);
    let free = use_free_times(about, from, reach, |client, (person, asked), page| {
        let asked = TeamSlotsQuery {
            from: page.from,
            to: page.to,
            limit: page.limit,
            cursor: page.cursor,
            ..asked
        };
        client.list_report_slots(person, &asked)
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
    let named = provider.is_some();
    let on_slot = props.on_slot.reform(move |slot: Slot| (slot, named));
    let known = providers(&free.slots);
    let shown = || {
        let slots: Vec<Slot> = free
            .slots
            .iter()
            .filter(|slot| moving.is_none_or(|visit| slot.starts_at != visit.starts_at))
            .cloned()
            .collect();
        let days = days_of(&slots);
        let chosen = day.filter(|date| days.iter().any(|(known, _)| known == date));
        let Some(date) = chosen.or_else(|| days.first().map(|(date, _)| *date)) else {
            let date = t.date(free.until, DateStyle::Medium).to_string();
            let none = match *sought {
                Some(_) => t.msg("book-none-on", args!(date = date)),
                None => t.msg("book-none-before", args!(date = date)),
            };
            return html! {
                <Empty icon="calendar-days" title={none} text={t.text("book-none-before-text")} />
            };
        };
        html! {
            <>
                { day_strip(&t, &days, date, &choose_day) }
                { times_of(&t, &slots, date, &on_slot, props.pending) }
                if let Some(at) = at {
                    <p class="muted small">{ t.msg("appointment-zone", args!(place = at.name.clone())) }</p>
                }
            </>
        }
    };
    html! {
        <>
            <Card title={wanted.public_name.clone()}>
                <div class="stack">
                    <p class="muted">{ t.msg("appointment-minutes", args!(minutes = wanted.minutes)) }</p>
                    if let ([only], Some(_)) = (wanted.places.as_slice(), at) {
                        <p>{ only.name.clone() }</p>
                    } else {
                        <Radio name="place" label={t.text("book-choose-place")} on_change={choose_place}
                            choices={wanted.places.iter().map(|p| Choice::new(p.id.to_string(), p.name.clone())).collect::<Vec<_>>()}
                            value={place.map(|id| id.to_string()).unwrap_or_default()} />
                    }
                    if asks_region {
                        <RegionField of_somebody={true} value={props.region.clone()} on_change={props.on_region.clone()} />
                    }
                    if let ([(_, only)], None) = (known.as_slice(), *provider) {
                        <p>{ t.msg("team-schedule-with", args!(name = only.clone())) }</p>
                    } else if !known.is_empty() {
                        <Select name="provider" label={t.text("book-choose-provider")} choices={choices(&t, known.clone())}
                            value={provider.map(|id| id.to_string()).unwrap_or_default()} on_change={choose_provider} />
                    }
                    if let Some(back) = &props.on_back {
                        <div class="button-row">
                            <Button on_press={back.reform(|_: MouseEvent| ())}>{ t.text("change") }</Button>
                        </div>
                    }
                </div>
            </Card>
            if let Some(failure) = &props.failure {
                <ProblemView failure={failure.clone()} />
            }
            <Card title={t.text("book-choose-day")}>
                if props.search {
                    <DaySearch day={*sought} earliest={today} latest={list.last_day(today)} on_day={seek} />
                }
                if asks_region && props.region.is_none() {
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
        </>
    }
}

/// The providers who have free times.
fn providers(slots: &[Slot]) -> Vec<(ResourceId, String)> {
    let mut known: Vec<(ResourceId, String)> = Vec::new();
    for lead in slots.iter().filter_map(Slot::lead) {
        if known.iter().all(|(id, _)| *id != lead.id) {
            known.push((lead.id, lead.name.clone()));
        }
    }
    known
}

/// The providers to choose from, whoever is free first.
fn choices(t: &Text, known: Vec<(ResourceId, String)>) -> Vec<Choice> {
    let named = known
        .into_iter()
        .map(|(id, name)| Choice::new(id.to_string(), name));
    std::iter::once(Choice::new("", t.text("book-first-available")))
        .chain(named)
        .collect()
}
