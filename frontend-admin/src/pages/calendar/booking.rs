//! Booking a visit for a person.

use super::employer::WhichEmployer;
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
    Button, Choice, DateField, DateStyle, Dialog, Empty, RegionField, Select, Text, TextArea,
    TextField, Waiting, instant_at, today_at, use_action, use_pages, use_query, use_request_key,
    use_text, use_toast,
};
use yew::prelude::*;
use yew_hooks::use_debounce_state;

/// Milliseconds after the last key before the search is made.
const PAUSE: u32 = 250;

/// How many days from the chosen one are searched.
const DAYS: u64 = 7;

/// The longest comment, in characters.
const LONGEST_COMMENT: u32 = 500;

/// What was written, if anything was.
pub(crate) fn written(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Books a visit with what was written, says so and goes on: what books it, whether it is under way,
/// and the problem, where the rules in the way can be set aside and the employer can be named, as long as
/// what is chosen `about` it is the same.
#[hook]
pub(super) fn use_booking<About: Clone + PartialEq + 'static>(
    comment: Option<String>,
    about: About,
    done: Callback<()>,
) -> (Callback<BookForPerson>, bool, Html) {
    let t = use_text();
    let toast = use_toast();
    let key = use_request_key();
    let tried = use_state(|| None::<(BookForPerson, About)>);
    let book = {
        let (sent, said) = (key.clone(), t.text("calendar-booked"));
        use_action(
            move |client, command: BookForPerson| {
                let key = sent.get();
                // Whatever was tried before, it is said as it is written now.
                let command = BookForPerson {
                    comment: comment.clone(),
                    ..command
                };
                client.book_appointment(&key, &command)
            },
            move |_| {
                key.renew();
                toast.say(said.clone());
                done.emit(());
            },
        )
    };
    let (try_out, problem) = use_trying(&book, about.clone(), |command, rules| BookForPerson {
        set_aside: Some(rules),
        ..command
    });
    let take = {
        let (tried, about) = (tried.clone(), about.clone());
        Callback::from(move |command: BookForPerson| {
            tried.set(Some((command.clone(), about.clone())));
            try_out.emit(command);
        })
    };
    let asked = book.failure.as_ref();
    let asked = asked.is_some_and(|failure| failure.field("/employer_id").is_some());
    let tried = (*tried).clone().filter(|(_, then)| asked && *then == about);
    let problem = match tried {
        Some((tried, _)) => {
            let person = tried.person_id;
            let on_send = take.reform(move |employer| BookForPerson {
                employer_id: Some(employer),
                ..tried.clone()
            });
            html! { <WhichEmployer {person} busy={book.pending} {on_send} /> }
        }
        None => problem,
    };
    (take, book.pending, problem)
}

/// What [`CommentField`] takes.
#[derive(Properties, PartialEq)]
pub(crate) struct CommentFieldProps {
    /// Who reads it, where more is to be said of that.
    #[prop_or_default]
    pub(crate) hint: Option<AttrValue>,
    /// What is written so far.
    pub(crate) value: AttrValue,
    /// Something else is written.
    pub(crate) on_change: Callback<String>,
}

/// Asks for something to know about a visit that is booked.
#[component]
pub(crate) fn CommentField(props: &CommentFieldProps) -> Html {
    let t = use_text();
    let hint = props.hint.clone();
    let hint = hint.unwrap_or_else(|| t.text("calendar-comment-hint"));
    html! {
        <TextArea name="comment" label={t.text("calendar-comment")} {hint} rows={2} max_length={LONGEST_COMMENT}
            optional={true} value={props.value.clone()} on_change={props.on_change.clone()} />
    }
}

/// What [`BookFor`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct BookForProps {
    /// Where it can be.
    pub(super) places: Vec<Place>,
    /// Where, unless another place is chosen.
    pub(super) place: LocationId,
    /// From which day on.
    pub(super) date: NaiveDate,
    /// It is closed.
    pub(super) on_close: Callback<()>,
    /// A visit was booked.
    pub(super) on_booked: Callback<()>,
}

/// Whether a kind of visit can be booked at a place.
fn is_bookable(kind: &AppointmentType, place: LocationId) -> bool {
    kind.active && kind.location_ids.contains(&place)
}

/// Person, place, kind, day, then a free time.
#[component]
pub(super) fn BookFor(props: &BookForProps) -> Html {
    let t = use_text();
    let person = use_state(|| None::<(PersonId, String)>);
    let at = use_state(|| props.place);
    let kind = use_state(|| None::<AppointmentTypeId>);
    let from = use_state(|| props.date);
    let modality = use_state(|| None::<Modality>);
    let region = use_state(|| None::<String>);
    let comment = use_state(String::new);
    let kinds = use_query((), |client, ()| {
        client.list_appointment_types(&DeletedQuery::default())
    });
    let here = props.places.iter().find(|place| place.id == *at);
    let of_kind = kind.and_then(|id| {
        let page = kinds.data.as_deref()?;
        let chosen = |one: &&AppointmentType| one.id == id && is_bookable(one, *at);
        page.items.iter().find(chosen)
    });
    let offered = of_kind.map_or(&[][..], |kind| kind.modalities.as_slice());
    let how = modality
        .filter(|chosen| offered.contains(chosen))
        .or(offered.first().copied())
        .unwrap_or(Modality::InPerson);
    let choose_place = {
        let at = at.clone();
        Callback::from(move |id: String| {
            if let Ok(id) = id.parse::<LocationId>() {
                at.set(id);
            }
        })
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
    let write = {
        let comment = comment.clone();
        Callback::from(move |text| comment.set(text))
    };
    let choices = |kinds: &[AppointmentType]| -> Vec<Choice> {
        kinds
            .iter()
            .filter(|kind| is_bookable(kind, *at))
            .map(|kind| Choice::new(kind.id.to_string(), kind.name.clone()))
            .collect()
    };
    let places = props.places.iter();
    let places: Vec<Choice> = places
        .map(|place| Choice::new(place.id.to_string(), place.name.clone()))
        .collect();
    html! {
        <Dialog open={true} title={t.text("calendar-book")} on_close={props.on_close.clone()}>
            <div class="stack">
                <ChoosePerson chosen={(*person).clone()} on_choose={choose_person} />
                if person.is_some() {
                    if places.len() > 1 {
                        <Select name="place" label={t.text("calendar-location")} choices={places}
                            value={at.to_string()} on_change={choose_place} />
                    }
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
                if let (Some((person, _)), Some(kind), Some(place)) = (&*person, of_kind, here) {
                    <CommentField value={(*comment).clone()} on_change={write} />
                    <TakeTime key={format!("{person} {} {}", kind.id, place.id)} person={*person} kind={kind.id}
                        place={place.clone()} from={*from} modality={how} region={(*region).clone()}
                        comment={written(&comment)} on_booked={props.on_booked.clone()} />
                }
            </div>
        </Dialog>
    }
}

#[derive(Properties, PartialEq)]
struct TakeTimeProps {
    person: PersonId,
    kind: AppointmentTypeId,
    place: Place,
    from: NaiveDate,
    modality: Modality,
    region: Option<String>,
    comment: Option<String>,
    on_booked: Callback<()>,
}

/// The times there are for a person; pressing one books it. What stands in the way of a time is about
/// this person, kind and place alone.
#[component]
fn TakeTime(props: &TakeTimeProps) -> Html {
    let t = use_text();
    let about = (props.from, props.modality, props.region.clone());
    let (book, busy, problem) = use_booking(props.comment.clone(), about, props.on_booked.clone());
    let (person_id, location_id) = (props.person, props.place.id);
    let (appointment_type_id, how) = (props.kind, props.modality);
    let said = props.region.clone();
    let command =
        move |starts_at: DateTime<Utc>, modality: Modality, resource_id: Option<ResourceId>| {
            BookForPerson {
                region: said.clone().filter(|_| modality == Modality::Telehealth),
                person_id,
                employer_id: None,
                appointment_type_id,
                starts_at,
                location_id,
                modality,
                resource_id,
                comment: None,
                walk_in: false,
                set_aside: None,
            }
        };
    let on_slot = {
        let command = command.clone();
        book.reform(move |slot: Slot| {
            let lead = slot.lead().map(|lead| lead.id);
            command(slot.starts_at, slot.modality, lead)
        })
    };
    // It begins with the next minute of the server's clock, whatever is sent.
    let today = instant_at(props.from.and_time(NaiveTime::MIN), &props.place.zone);
    let on_walk_in = {
        let command = command.clone();
        book.reform(move |_: MouseEvent| BookForPerson {
            walk_in: true,
            ..command(today, Modality::InPerson, None)
        })
    };
    let on_time = book.reform(move |starts_at| command(starts_at, how, None));
    html! {
        <>
            { problem }
            if props.from == today_at(&props.place.zone) {
                <div class="button-row">
                    <Button icon="user-round-check" {busy} on_press={on_walk_in}>
                        { t.text("calendar-walk-in") }
                    </Button>
                </div>
            }
            <FreeTimes person={props.person} kind={props.kind} place={location_id} from={props.from}
                modality={how} region={props.region.clone()} {on_slot} {busy} />
            <AnotherTime date={props.from} zone={props.place.zone.clone()} {busy} {on_time} />
        </>
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
