//! Booking a visit for a person.

use super::overriding::{AnotherTime, use_trying};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use salus_types::ids::{AppointmentId, AppointmentTypeId, LocationId, PersonId, ResourceId};
use salus_types::people::PeopleQuery;
use salus_types::scheduling::{
    AppointmentType, BookForPerson, ClinicSlotsQuery, DeletedQuery, Modality, Place, Slot,
};
use salus_ui::hooks::use_state;
use salus_ui::wishes::hows;
use salus_ui::{
    Button, Choice, DateField, DateStyle, Dialog, Empty, RegionField, Select, Text, TextField,
    Waiting, instant_at, today_at, use_action, use_pages, use_query, use_request_key, use_text,
    use_toast,
};
use yew::prelude::*;
use yew_hooks::use_debounce_state;

/// Milliseconds after the last key before the search is made.
const PAUSE: u32 = 250;

/// How many days from the chosen one are searched.
const DAYS: u64 = 7;

/// Books a visit, says so and goes on: what books it, whether it is under way, and the problem, where
/// the rules in the way can be set aside.
#[hook]
pub(super) fn use_booking(done: Callback<()>) -> (Callback<BookForPerson>, bool, Html) {
    let t = use_text();
    let toast = use_toast();
    let key = use_request_key();
    let book = {
        let (sent, said) = (key.clone(), t.text("calendar-booked"));
        use_action(
            move |client, command: BookForPerson| {
                let key = sent.get();
                client.book_appointment(&key, &command)
            },
            move |_| {
                key.renew();
                toast.say(said.clone());
                done.emit(());
            },
        )
    };
    let (try_out, problem) = use_trying(&book, |command, rules| BookForPerson {
        set_aside: Some(rules),
        ..command
    });
    (try_out, book.pending, problem)
}

/// What [`BookFor`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct BookForProps {
    /// Where.
    pub(super) place: Place,
    /// From which day on.
    pub(super) date: NaiveDate,
    /// It is closed.
    pub(super) on_close: Callback<()>,
    /// A visit was booked.
    pub(super) on_booked: Callback<()>,
}

/// Person, kind, day, then a free time.
#[component]
pub(super) fn BookFor(props: &BookForProps) -> Html {
    let t = use_text();
    let person = use_state(|| None::<(PersonId, String)>);
    let kind = use_state(|| None::<AppointmentTypeId>);
    let from = use_state(|| props.date);
    let modality = use_state(|| None::<Modality>);
    let region = use_state(|| None::<String>);
    let kinds = use_query((), |client, ()| {
        client.list_appointment_types(&DeletedQuery::default())
    });
    let (book, busy, problem) = use_booking(props.on_booked.clone());
    let location_id = props.place.id;
    let said = (*region).clone();
    let command = move |person, kind, starts_at, modality, resource_id| BookForPerson {
        region: said.clone().filter(|_| modality == Modality::Telehealth),
        person_id: person,
        employer_id: None,
        appointment_type_id: kind,
        starts_at,
        location_id,
        modality,
        resource_id,
        comment: None,
        walk_in: false,
        set_aside: None,
    };
    let on_slot = |person, kind| {
        let command = command.clone();
        book.reform(move |slot: Slot| {
            let lead = slot.lead().map(|lead| lead.id);
            command(person, kind, slot.starts_at, slot.modality, lead)
        })
    };
    // It begins with the next minute of the server's clock, whatever is sent.
    let today = instant_at(props.date.and_time(NaiveTime::MIN), &props.place.zone);
    let on_walk_in = |person, kind| {
        let command = command.clone();
        book.reform(move |_: MouseEvent| BookForPerson {
            walk_in: true,
            ..command(person, kind, today, Modality::InPerson, None)
        })
    };
    let of_kind = kind.and_then(|id| {
        let page = kinds.data.as_deref()?;
        page.items.iter().find(|one| one.id == id)
    });
    let offered = of_kind.map_or(&[][..], |kind| kind.modalities.as_slice());
    let how = modality
        .filter(|chosen| offered.contains(chosen))
        .or(offered.first().copied())
        .unwrap_or(Modality::InPerson);
    let on_time = |person, kind| {
        let command = command.clone();
        book.reform(move |at| command(person, kind, at, how, None))
    };
    let choose_modality = {
        let modality = modality.clone();
        Callback::from(move |word: String| modality.set(Modality::parse(&word)))
    };
    let choose_region = {
        let region = region.clone();
        Callback::from(move |chosen| region.set(chosen))
    };
    let choose_person = {
        let person = person.clone();
        Callback::from(move |chosen| person.set(chosen))
    };
    let choose_kind = {
        let kind = kind.clone();
        Callback::from(move |id: String| kind.set(id.parse().ok()))
    };
    let choose_day = {
        let from = from.clone();
        Callback::from(move |date: Option<NaiveDate>| {
            if let Some(date) = date {
                from.set(date);
            }
        })
    };
    let choices = |kinds: &[AppointmentType]| -> Vec<Choice> {
        kinds
            .iter()
            .filter(|kind| kind.active && kind.location_ids.contains(&props.place.id))
            .map(|kind| Choice::new(kind.id.to_string(), kind.name.clone()))
            .collect()
    };
    html! {
        <Dialog open={true} title={t.text("calendar-book")} on_close={props.on_close.clone()}>
            <div class="stack">
                <ChoosePerson chosen={(*person).clone()} on_choose={choose_person} />
                if person.is_some() {
                    { kinds.show(Waiting::Rows(1), |page| html! {
                        <Select name="type" label={t.text("calendar-type")} choices={choices(&page.items)}
                            value={kind.map(|id| id.to_string()).unwrap_or_default()} on_change={choose_kind.clone()} />
                    }) }
                    <DateField name="from" label={t.text("calendar-from")} value={Some(*from)} on_change={choose_day} />
                }
                if offered.len() > 1 {
                    <Select name="modality" label={t.text("appointment-how")} choices={hows(&t, offered)}
                        value={how.as_str()} on_change={choose_modality} />
                }
                if how == Modality::Telehealth {
                    <RegionField of_somebody={true} value={(*region).clone()} on_change={choose_region} />
                }
                if let (Some((person, _)), Some(kind)) = (&*person, *kind) {
                    { problem }
                    if *from == today_at(&props.place.zone) {
                        <div class="button-row">
                            <Button icon="user-round-check" {busy} on_press={on_walk_in(*person, kind)}>
                                { t.text("calendar-walk-in") }
                            </Button>
                        </div>
                    }
                    <FreeTimes person={*person} {kind} place={props.place.id} from={*from}
                        modality={how} region={(*region).clone()} on_slot={on_slot(*person, kind)} {busy} />
                    <AnotherTime date={*from} zone={props.place.zone.clone()} {busy}
                        on_time={on_time(*person, kind)} />
                }
            </div>
        </Dialog>
    }
}

#[derive(Properties, PartialEq)]
struct ChoosePersonProps {
    chosen: Option<(PersonId, String)>,
    on_choose: Callback<Option<(PersonId, String)>>,
}

/// A person, found by the beginnings of names or by number.
#[component]
fn ChoosePerson(props: &ChoosePersonProps) -> Html {
    let t = use_text();
    let typed = use_state(String::new);
    let words = use_debounce_state(String::new, PAUSE);
    let found = use_query((*words).clone(), |client, words: String| {
        let words = words.trim().to_owned();
        let query = PeopleQuery {
            q: (!words.is_empty()).then_some(words),
            limit: Some(8),
            cursor: None,
        };
        client.list_people(&query)
    });
    if let Some((_, name)) = &props.chosen {
        let again = props.on_choose.reform(|_: MouseEvent| None);
        return html! {
            <div class="flex flex-wrap items-center gap-3">
                <span>{ t.text("calendar-person") }{ ": " }<strong>{ name.clone() }</strong></span>
                <Button on_press={again}>{ t.text("change") }</Button>
            </div>
        };
    }
    let on_change = {
        let typed = typed.clone();
        Callback::from(move |value: String| {
            typed.set(value.clone());
            words.set(value);
        })
    };
    html! {
        <>
            <TextField name="person" kind="search" autocomplete="off" label={t.text("calendar-person")}
                value={(*typed).clone()} {on_change} />
            if !typed.trim().is_empty() {
                { found.show(Waiting::Rows(2), |page| html! {
                    <div class="button-row">
                        { for page.items.iter().map(|one| {
                            let chosen = Some((one.id, one.name.clone()));
                            let on_press = props.on_choose.reform(move |_: MouseEvent| chosen.clone());
                            let born = one.birth_date.map(|date| t.date(date, DateStyle::Short));
                            html! {
                                <Button key={one.id.to_string()} {on_press}>
                                    { one.name.clone() }
                                    if let Some(born) = born {
                                        <span class="muted small numbers">{ born }</span>
                                    }
                                </Button>
                            }
                        }) }
                    </div>
                }) }
            }
        </>
    }
}

/// What [`FreeTimes`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct FreeTimesProps {
    /// For whom.
    pub(super) person: PersonId,
    /// What kind.
    pub(super) kind: AppointmentTypeId,
    /// Where.
    pub(super) place: LocationId,
    /// From which day on.
    pub(super) from: NaiveDate,
    /// How.
    #[prop_or(Modality::InPerson)]
    pub(super) modality: Modality,
    /// Where the person will be, if it is online.
    #[prop_or_default]
    pub(super) region: Option<String>,
    /// The visit that is moved.
    #[prop_or_default]
    pub(super) moving: Option<AppointmentId>,
    /// Its own time, which is no other one: when, and with whom.
    #[prop_or_default]
    pub(super) own: Option<(DateTime<Utc>, Option<ResourceId>)>,
    /// A time was chosen.
    pub(super) on_slot: Callback<Slot>,
    /// Whether a time is being taken.
    pub(super) busy: bool,
}

/// The free times of a week; pressing one takes it.
#[component]
pub(super) fn FreeTimes(props: &FreeTimesProps) -> Html {
    let t = use_text();
    let asked = ClinicSlotsQuery {
        person: props.person,
        appointment_type_id: props.kind,
        location: props.place,
        resource: None,
        modality: Some(props.modality),
        region: props.region.clone(),
        moving: props.moving,
        from: props.from,
        to: props.from + Days::new(DAYS - 1),
        limit: None,
        cursor: None,
    };
    let free = use_pages(asked, |client, asked, cursor| {
        client.list_slots(&ClinicSlotsQuery { cursor, ..asked })
    });
    let press = |slot: &Slot| {
        let slot = slot.clone();
        props.on_slot.reform(move |_: MouseEvent| slot.clone())
    };
    let none = html! { <Empty icon="calendar-days" title={t.text("calendar-free-none")} /> };
    free.show(&t, Waiting::Rows(3), none, |found| {
        let is_other = |slot: &&Slot| {
            let own = |(start, lead): &(DateTime<Utc>, Option<ResourceId>)| {
                slot.starts_at == *start && slot.lead().map(|lead| lead.id) == *lead
            };
            !props.own.as_ref().is_some_and(own)
        };
        let slots: Vec<Slot> = found.iter().copied().filter(is_other).cloned().collect();
        days(&t, &slots, props.busy, &press)
    })
}

fn days(
    t: &Text,
    slots: &[Slot],
    busy: bool,
    press: &dyn Fn(&Slot) -> Callback<MouseEvent>,
) -> Html {
    let mut dates: Vec<NaiveDate> = slots.iter().map(|slot| slot.local_date).collect();
    dates.dedup();
    let day = |date: &NaiveDate| {
        let of_day = slots.iter().filter(|slot| slot.local_date == *date);
        html! {
            <section key={date.to_string()}>
                <h3 class="h3">{ t.date(*date, DateStyle::Long) }</h3>
                <div class="time-grid">
                    { for of_day.map(|slot| html! {
                        <Button class="numbers time-of-somebody" {busy} on_press={press(slot)}>
                            { t.time(slot.starts_at, &slot.zone) }
                            <span class="muted small">{ slot.lead().map(|lead| lead.name.clone()) }</span>
                        </Button>
                    }) }
                </div>
            </section>
        }
    };
    html! { <>{ for dates.iter().map(day) }</> }
}
