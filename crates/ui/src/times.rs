//! Choosing a free time: the days, the times of one, and how long the chosen one is kept.

mod choosing;

pub use choosing::{Among, Chosen, Course, Own, Sought, When, use_course};

use crate::format::{DateStyle, own_zone};
use crate::hooks::{use_effect_with, use_state};
use crate::i18n::{Text, use_text};
use crate::parts::{Button, DateField, Icon, Look};
use crate::{Failure, args};
use chrono::{DateTime, NaiveDate, Timelike, Utc};
use gloo::timers::callback::Interval;
use salus_types::scheduling::{Modality, Place, Reach, Slot};
use std::fmt::Write;
use yew::prelude::*;

/// The days that have free times, with how many.
#[must_use]
pub fn days_of(slots: &[Slot]) -> Vec<(NaiveDate, usize)> {
    let mut days: Vec<(NaiveDate, usize)> = Vec::new();
    for slot in slots {
        match days.last_mut() {
            Some((date, count)) if *date == slot.local_date => *count += 1,
            _ => days.push((slot.local_date, 1)),
        }
    }
    days
}

/// What a [`DaySearch`] takes.
#[derive(Properties, PartialEq)]
pub struct DaySearchProps {
    /// The day that is shown alone.
    pub day: Option<NaiveDate>,
    /// The first day that can be booked.
    pub earliest: NaiveDate,
    /// The last one.
    pub latest: NaiveDate,
    /// Another day, or the list again.
    pub on_day: Callback<Option<NaiveDate>>,
}

/// Looks up one day that the list may not show yet.
#[component]
pub fn DaySearch(props: &DaySearchProps) -> Html {
    let t = use_text();
    let beyond = use_state(|| false);
    let look = {
        let (on_day, beyond) = (props.on_day.clone(), beyond.clone());
        let days = props.earliest..=props.latest;
        Callback::from(move |day: Option<NaiveDate>| {
            let within = day.filter(|day| days.contains(day));
            beyond.set(day.is_some() && within.is_none());
            on_day.emit(within);
        })
    };
    let list = look.reform(|_: MouseEvent| None);
    let error = beyond.then(|| {
        let (first, last) = (props.earliest, props.latest);
        let date = |day| t.date(day, DateStyle::Medium).to_string();
        t.msg(
            "book-day-beyond",
            args!(first = date(first), last = date(last)),
        )
    });
    html! {
        <>
            <DateField name="day" label={t.text("book-day-search")} optional={true} value={props.day} {error}
                earliest={props.earliest} latest={props.latest} on_change={look} />
            if props.day.is_some() {
                <div class="button-row"><Button on_press={list}>{ t.text("book-day-list") }</Button></div>
            }
        </>
    }
}

/// How far to look for free times: along the list, or at the one day that was looked up.
#[must_use]
pub fn looked_up(day: Option<NaiveDate>, today: NaiveDate, reach: Reach) -> (NaiveDate, Reach) {
    match day {
        Some(day) => {
            let alone = Reach {
                days_out: 0,
                days_before_showing: 0,
            };
            (day, alone)
        }
        None => (today, reach),
    }
}

/// A strip of days to choose from.
pub fn day_strip(
    t: &Text,
    days: &[(NaiveDate, usize)],
    chosen: NaiveDate,
    choose: &Callback<NaiveDate>,
) -> Html {
    let button = |(date, count): &(NaiveDate, usize)| {
        let (choose, date) = (choose.clone(), *date);
        let current = (date == chosen).then_some("date");
        let class = if date == chosen {
            "day-chip day-chip-on"
        } else {
            "day-chip"
        };
        html! {
            <li key={date.to_string()}>
                <button type="button" {class} aria-current={current}
                    onclick={Callback::from(move |_: MouseEvent| choose.emit(date))}>
                    <span class="day-chip-date">{ t.date(date, DateStyle::Short) }</span>
                    <span class="day-chip-count">{ t.msg("book-day-free", args!(count = *count)) }</span>
                </button>
            </li>
        }
    };
    html! { <ul class="day-strip">{ for days.iter().map(button) }</ul> }
}

/// The times of one day as buttons, the soonest first.
pub fn times_of(
    t: &Text,
    slots: &[Slot],
    date: NaiveDate,
    on_slot: &Callback<Slot>,
    pending: bool,
) -> Html {
    let parts = [
        ("book-morning", 0..12),
        ("book-afternoon", 12..17),
        ("book-evening", 17..24),
    ];
    let part = |(head, hours): &(&str, std::ops::Range<u32>)| {
        let of_part: Vec<&Slot> = slots
            .iter()
            .filter(|slot| slot.local_date == date && hours.contains(&slot.local_time.hour()))
            .collect();
        if of_part.is_empty() {
            return Html::default();
        }
        let button = |slot: &&Slot| {
            let (on_slot, chosen) = (on_slot.clone(), (*slot).clone());
            let press = Callback::from(move |_: MouseEvent| on_slot.emit(chosen.clone()));
            html! {
                <Button key={slot.starts_at.to_string()} look={Look::Plain} busy={pending} class="time-button numbers"
                    on_press={press}>
                    { time_of(t, slot) }
                </Button>
            }
        };
        html! {
            <>
                <h3 class="h3">{ t.text(head) }</h3>
                <div class="time-grid">{ for of_part.iter().map(button) }</div>
            </>
        }
    };
    html! { <div class="stack">{ for parts.iter().map(part) }</div> }
}

/// The time of day of a slot at its place; online the reader's own first, where it reads otherwise.
fn time_of(t: &Text, slot: &Slot) -> Html {
    let there = t.time(slot.starts_at, &slot.zone);
    let own = own_zone().filter(|_| slot.modality == Modality::Telehealth);
    match own.map(|zone| t.time(slot.starts_at, &zone)) {
        Some(here) if here != there => html! {
            <>
                { here }
                <span class="muted small">
                    { t.msg("book-time-there", args!(time = there.to_string())) }
                </span>
            </>
        },
        _ => html! { { there } },
    }
}

/// The other times a refusal names.
#[must_use]
pub fn next_slots(failure: Option<&Failure>) -> Vec<Slot> {
    match failure {
        Some(Failure::Problem(problem)) => problem
            .more
            .get("next_slots")
            .and_then(salus_client::read_value)
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// When something happens at a place, and on the reader's own clock where that reads otherwise.
pub fn when(t: &Text, at: DateTime<Utc>, zone: &str, place: &str) -> Html {
    html! {
        <>
            <strong class="numbers">{ t.moment(at, zone, place) }</strong>
            if let Some(here) = t.moment_here(at, zone) {
                <span class="muted small">{ " " }{ here }</span>
            }
        </>
    }
}

/// The same for a visit: online the reader's own clock comes first, since nobody goes there.
pub fn visit_time(
    t: &Text,
    at: DateTime<Utc>,
    zone: &str,
    place: &str,
    modality: Modality,
) -> Html {
    match (modality, t.moment_here(at, zone)) {
        (Modality::Telehealth, Some(here)) => html! {
            <>
                <strong class="numbers">{ here }</strong>
                <span class="muted small">{ " " }{ t.moment(at, zone, place) }</span>
            </>
        },
        _ => when(t, at, zone, place),
    }
}

/// The minutes to expect of a visit from its start to the end that is told.
#[must_use]
pub fn minutes_told(t: &Text, starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> AttrValue {
    let minutes = (ends_at - starts_at).num_minutes();
    t.msg("appointment-minutes", args!(minutes = minutes))
}

/// Where a visit is: at a place, or online, where only the place's telephone matters.
pub fn visit_place(t: &Text, at: &Place, modality: Modality) -> Html {
    match modality {
        Modality::InPerson => place(at),
        Modality::Telehealth => html! {
            <>
                { t.text("appointment-telehealth") }
                if at.phone.is_some() {
                    <br />{ phone(at.phone.as_deref()) }
                }
            </>
        },
    }
}

/// A place with its address, the way to a map and a telephone number that dials.
pub fn place(place: &Place) -> Html {
    let address: Vec<&str> = [&place.street, &place.city, &place.state, &place.zip]
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    let address = address.join(", ");
    html! {
        <>
            { place.name.clone() }
            if !address.is_empty() {
                <br /><span class="muted">{ address.clone() }</span>
                <br /><MapLink {address} />
            }
            if place.phone.is_some() {
                <br />{ phone(place.phone.as_deref()) }
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct MapLinkProps {
    address: String,
}

/// Leads to an address on the map of OpenStreetMap; the address is told to nobody before.
#[component]
fn MapLink(props: &MapLinkProps) -> Html {
    let t = use_text();
    let href = format!(
        "https://www.openstreetmap.org/search?query={}",
        encoded(&props.address)
    );
    html! {
        <a class="link" {href} target="_blank" rel="noopener noreferrer">
            { t.text("book-map") }{ " " }
            <Icon name="external-link" class="inline align-text-bottom" />
            <span class="sr-only">{ " " }{ t.text("opens-new-tab") }</span>
        </a>
    }
}

/// A text as a value in an address (RFC 3986, 2.1).
fn encoded(text: &str) -> String {
    let mut value = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            value.push(char::from(byte));
        } else {
            let _ = write!(value, "%{byte:02X}");
        }
    }
    value
}

/// A telephone number that dials.
pub fn phone(number: Option<&str>) -> Html {
    number.map_or_else(Html::default, |number| {
        let dialled: String = number
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect();
        html! { <a class="link" href={format!("tel:{dialled}")}>{ number.to_owned() }</a> }
    })
}

/// The telephone number that a refusal names, which dials; nothing where it names none.
pub fn phone_told(failure: Option<&Failure>) -> Html {
    let told = failure.and_then(|failure| failure.more("phone"));
    match told.and_then(serde_json::Value::as_str) {
        Some(number) => html! { <p>{ phone(Some(number)) }</p> },
        None => Html::default(),
    }
}

/// "4:59", or "23 h 10 min" where there is more time.
#[must_use]
pub fn countdown(seconds: i64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60);
    if hours > 0 {
        format!("{hours} h {} min", minutes % 60)
    } else {
        format!("{minutes}:{:02}", seconds % 60)
    }
}

/// When so many seconds will have passed, in milliseconds of this browser's clock: the server's says
/// how long a time is kept, and this one's may be wrong.
#[must_use]
pub fn in_seconds(seconds: u32) -> f64 {
    js_sys::Date::now() + f64::from(seconds) * 1000.0
}

/// The seconds until a time of this browser's clock, counted down.
#[hook]
pub fn use_seconds_left(until: f64) -> i64 {
    let left = use_state_eq(|| seconds_until(until));
    {
        let left = left.clone();
        use_effect_with(until, move |until| {
            let until = *until;
            left.set(seconds_until(until));
            let tick = Interval::new(500, move || left.set(seconds_until(until)));
            move || drop(tick)
        });
    }
    *left
}

fn seconds_until(until: f64) -> i64 {
    // A few days: far from what an integer cannot hold.
    ((until - js_sys::Date::now()) / 1000.0).ceil().max(0.0) as i64
}

#[cfg(test)]
mod tests {
    use super::{countdown, encoded, looked_up};
    use chrono::NaiveDate;
    use salus_types::scheduling::Reach;

    #[test]
    fn a_day_that_is_looked_up_is_shown_alone() {
        let today = NaiveDate::default();
        let day = today.succ_opt().unwrap();
        let list = Reach {
            days_out: 60,
            days_before_showing: 7,
        };
        assert_eq!(looked_up(None, today, list), (today, list));
        let (from, reach) = looked_up(Some(day), today, list);
        assert_eq!((from, reach.last_day(from)), (day, day));
        assert_eq!(reach.shown_until(from, 0, None), day);
    }

    #[test]
    fn an_address_is_one_value_of_a_search() {
        assert_eq!(
            encoded("12 Côte & Main, #3"),
            "12%20C%C3%B4te%20%26%20Main%2C%20%233"
        );
        assert_eq!(encoded("a-Z_0.9~"), "a-Z_0.9~");
    }

    #[test]
    fn less_than_an_hour_is_written_in_minutes_and_seconds() {
        assert_eq!(countdown(0), "0:00");
        assert_eq!(countdown(299), "4:59");
        assert_eq!(countdown(3_599), "59:59");
        assert_eq!(countdown(3_600), "1 h 0 min");
        assert_eq!(countdown(83_400), "23 h 10 min");
    }
}
