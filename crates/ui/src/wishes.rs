//! When a visit would suit, and where.

use crate::args;
use crate::hooks::{State, use_state};
use crate::i18n::{Text, use_text};
use crate::parts::{Button, Card, CheckGroup, Choice, DateField, Note, Radio, Select, Tone};
use crate::regions::RegionField;
use chrono::{Days, NaiveDate};
use salus_types::ids::{AppointmentTypeId, LocationId, ResourceId};
use salus_types::scheduling::{
    DayPart, MOST_PREFERENCES, Modality, OfferedProvider, Place, Preference,
};
use yew::prelude::*;

/// How many days ahead a wish reaches at first.
const TWO_WEEKS: u64 = 14;

/// A wish as it is typed.
#[derive(Clone, Copy, PartialEq)]
struct Wish {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    part: DayPart,
    /// Bit by bit, Monday first.
    weekdays: u8,
}

impl Wish {
    /// The two weeks from tomorrow on.
    fn from_day(today: NaiveDate) -> Self {
        Self {
            from: Some(today + Days::new(1)),
            to: Some(today + Days::new(TWO_WEEKS)),
            part: DayPart::Any,
            weekdays: 0,
        }
    }

    fn weekdays(self) -> impl Iterator<Item = u8> {
        (1..=7).filter(move |day| self.weekdays & (1 << day) != 0)
    }

    /// What is wished, where both dates are there.
    fn preference(self) -> Option<Preference> {
        Some(Preference {
            from: self.from?,
            to: self.to?,
            part: self.part,
            weekdays: self.weekdays().collect(),
        })
    }
}

/// Where and how, where there is a choice.
fn where_and_how(
    t: &Text,
    places: &[Place],
    modalities: &[Modality],
    (place, on_place): (Option<LocationId>, &Callback<String>),
    (modality, on_modality): (Option<Modality>, &Callback<String>),
) -> Html {
    let mut choices = vec![Choice::new("", t.text("request-anywhere"))];
    choices.extend(
        places
            .iter()
            .map(|place| Choice::new(place.id.to_string(), place.name.clone())),
    );
    let modality = modality.or(modalities.first().copied());
    html! {
        <>
            if places.len() > 1 {
                <Radio name="place" label={t.text("request-where")} {choices}
                    value={place.map(|id| id.to_string()).unwrap_or_default()} on_change={on_place.clone()} />
            }
            if modalities.len() > 1 {
                <Radio name="modality" label={t.text("appointment-how")} choices={hows(t, modalities)}
                    value={modality.map_or("", Modality::as_str)} on_change={on_modality.clone()} />
            }
        </>
    }
}

/// What [`Wishes`] takes.
#[derive(Properties, PartialEq)]
struct WishesProps {
    /// The wishes so far.
    wishes: Vec<Wish>,
    /// The date where the visit will be.
    today: NaiveDate,
    /// They are others now.
    on_change: Callback<Vec<Wish>>,
    /// What is wrong with them.
    error: Option<AttrValue>,
}

/// When it would suit: up to three wishes.
#[component]
fn Wishes(props: &WishesProps) -> Html {
    let t = use_text();
    let on_wish = |index: usize| {
        let (on_change, all) = (props.on_change.clone(), props.wishes.clone());
        Callback::from(move |wish: Option<Wish>| {
            let mut all = all.clone();
            // In the place of the old one; or nothing in its place.
            all.splice(index..=index, wish);
            on_change.emit(all);
        })
    };
    let add = {
        let (mut all, today) = (props.wishes.clone(), props.today);
        all.push(Wish::from_day(today));
        props.on_change.reform(move |_: MouseEvent| all.clone())
    };
    html! {
        <Card title={t.text("request-when")}>
            <div class="stack">
                <p class="muted">{ t.text("request-when-hint") }</p>
                if let Some(error) = &props.error {
                    <Note tone={Tone::Bad}>{ error.clone() }</Note>
                }
                { for props.wishes.iter().enumerate().map(|(index, wish)| html! {
                    <OneWish key={index} {index} wish={*wish} today={props.today} on_change={on_wish(index)} />
                }) }
                if props.wishes.len() < MOST_PREFERENCES {
                    <div class="button-row">
                        <Button icon="plus" on_press={add}>{ t.text("request-wish-add") }</Button>
                    </div>
                }
            </div>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct OneWishProps {
    index: usize,
    wish: Wish,
    today: NaiveDate,
    /// Another wish in its place, or none.
    on_change: Callback<Option<Wish>>,
}

/// Dates, part of the day, days of the week.
#[component]
fn OneWish(props: &OneWishProps) -> Html {
    let t = use_text();
    let wish = props.wish;
    let name = |field: &str| AttrValue::from(format!("{field}-{}", props.index));
    let from = props
        .on_change
        .reform(move |from| Some(Wish { from, ..wish }));
    let to = props.on_change.reform(move |to| Some(Wish { to, ..wish }));
    let part = props.on_change.reform(move |word: String| {
        let part = DayPart::parse(&word).unwrap_or(wish.part);
        Some(Wish { part, ..wish })
    });
    let on_weekdays = props.on_change.reform(move |days: Vec<String>| {
        let bit = |day: &String| day.parse::<u8>().map_or(0, |day| 1 << day);
        let weekdays = days.iter().map(bit).fold(0, |all, day: u8| all | day);
        Some(Wish { weekdays, ..wish })
    });
    let remove = props.on_change.reform(|_: MouseEvent| None);
    let chosen: Vec<AttrValue> = wish.weekdays().map(|day| day.to_string().into()).collect();
    html! {
        <fieldset class="offer">
            <legend class="h3">{ t.msg("request-wish", args!(number = props.index + 1)) }</legend>
            <div class="flex flex-wrap gap-3">
                <DateField name={name("from")} label={t.text("request-from")} value={wish.from}
                    earliest={Some(props.today)} on_change={from} />
                <DateField name={name("to")} label={t.text("request-to")} value={wish.to}
                    earliest={wish.from} on_change={to} />
            </div>
            <Select name={name("part")} label={t.text("request-part")} choices={parts(&t)}
                value={wish.part.as_str()} on_change={part} />
            <CheckGroup name={name("weekdays")} label={t.text("request-weekdays")}
                hint={t.text("request-weekdays-hint")} choices={weekdays(&t)} values={chosen} on_change={on_weekdays} />
            <div class="button-row">
                <Button icon="trash-2" on_press={remove}>{ t.text("request-wish-remove") }</Button>
            </div>
        </fieldset>
    }
}

/// In person or online.
#[must_use]
pub fn how(t: &Text, modality: Modality) -> AttrValue {
    t.text(match modality {
        Modality::InPerson => "appointment-in-person",
        Modality::Telehealth => "appointment-telehealth",
    })
}

/// The ways a visit can take place to choose from.
pub fn hows(t: &Text, modalities: &[Modality]) -> Vec<Choice> {
    let choice = |modality: &Modality| Choice::new(modality.as_str(), how(t, *modality));
    modalities.iter().map(choice).collect()
}

/// The parts of the day to choose from.
pub fn parts(t: &Text) -> Vec<Choice> {
    let choice = |part: &DayPart| {
        let words = t.msg("request-part-name", args!(part = part.as_str()));
        Choice::new(part.as_str(), words)
    };
    DayPart::ALL.iter().map(choice).collect()
}

/// The days of the week to choose from.
pub fn weekdays(t: &Text) -> Vec<Choice> {
    (1..=7)
        .map(|day: u8| Choice::new(day.to_string(), t.weekday(day)))
        .collect()
}

/// What somebody asks the clinic for, so far.
pub struct Asking {
    kind: State<Option<AppointmentTypeId>>,
    place: State<Option<LocationId>>,
    provider: State<Option<ResourceId>>,
    modality: State<Option<Modality>>,
    region: State<Option<String>>,
    wishes: State<Vec<Wish>>,
    comment: State<String>,
    missing: State<Option<&'static str>>,
}

impl Clone for Asking {
    fn clone(&self) -> Self {
        Self {
            kind: self.kind.clone(),
            place: self.place.clone(),
            provider: self.provider.clone(),
            modality: self.modality.clone(),
            region: self.region.clone(),
            wishes: self.wishes.clone(),
            comment: self.comment.clone(),
            missing: self.missing.clone(),
        }
    }
}

/// What was said of a visit that is asked for; nothing is missing.
pub struct Said {
    /// Where; anywhere when empty.
    pub place: Option<LocationId>,
    /// With whom; whoever is free when empty.
    pub provider: Option<ResourceId>,
    /// How.
    pub modality: Modality,
    /// Where the person will be, when it takes place online.
    pub region: Option<String>,
    /// When it would suit.
    pub preferences: Vec<Preference>,
    /// What was written.
    pub comment: Option<String>,
}

/// A kind of visit, as far as asking for it goes.
#[derive(Clone, Copy)]
pub struct Askable<'a> {
    /// Where it can take place.
    pub places: &'a [Place],
    /// With whom, by name; nobody where the clinic chooses.
    pub providers: &'a [OfferedProvider],
    /// How.
    pub modalities: &'a [Modality],
    /// Whether something has to be written.
    pub comment_required: bool,
}

/// Asks for a kind and a place, where an address names them, in the two weeks from tomorrow on.
#[hook]
pub fn use_asking(
    kind: Option<AppointmentTypeId>,
    place: Option<LocationId>,
    today: NaiveDate,
) -> Asking {
    Asking {
        kind: use_state(|| kind),
        place: use_state(|| place),
        provider: use_state(|| None),
        modality: use_state(|| None),
        region: use_state(|| None),
        wishes: use_state(|| vec![Wish::from_day(today)]),
        comment: use_state(String::new),
        missing: use_state(|| None),
    }
}

impl Asking {
    /// The kind that was chosen.
    #[must_use]
    pub fn kind(&self) -> Option<AppointmentTypeId> {
        *self.kind
    }

    /// What was written.
    #[must_use]
    pub fn comment(&self) -> String {
        (*self.comment).clone()
    }

    /// The place that was chosen, if the kind is offered there.
    fn at(&self, kind: Askable<'_>) -> Option<LocationId> {
        let known = |id: &LocationId| kind.places.iter().any(|one| one.id == *id);
        self.place.filter(known)
    }

    /// Whom one may ask for at the place that was chosen, or anywhere.
    fn providers<'a>(
        &self,
        kind: Askable<'a>,
    ) -> impl Iterator<Item = &'a OfferedProvider> + use<'a> {
        let at = self.at(kind);
        let works =
            move |one: &&OfferedProvider| at.is_none_or(|at| one.location_ids.contains(&at));
        kind.providers.iter().filter(works)
    }

    /// Who was chosen, if they can be asked for there.
    fn with(&self, kind: Askable<'_>) -> Option<ResourceId> {
        let known = |id: &ResourceId| self.providers(kind).any(|one| one.id == *id);
        self.provider.filter(known)
    }

    fn how(&self, kind: Askable<'_>) -> Option<Modality> {
        let known = self.modality.filter(|one| kind.modalities.contains(one));
        known.or(kind.modalities.first().copied())
    }

    /// Changes a part; nothing is said to be missing any more.
    fn set<T: 'static, V: 'static>(
        &self,
        part: &State<T>,
        read: impl Fn(V) -> T + 'static,
    ) -> Callback<V> {
        let (part, missing) = (part.clone(), self.missing.clone());
        Callback::from(move |value| {
            part.set(read(value));
            missing.set(None);
        })
    }

    /// Chooses the kind.
    #[must_use]
    pub fn choose_kind(&self) -> Callback<String> {
        self.set(&self.kind, |id: String| id.parse().ok())
    }

    /// Writes the comment.
    #[must_use]
    pub fn write(&self) -> Callback<String> {
        self.set(&self.comment, |text| text)
    }

    /// What stands at a field that is missing.
    #[must_use]
    pub fn needed(&self, t: &Text, field: &str) -> Option<AttrValue> {
        (*self.missing == Some(field)).then(|| t.text("appointment-needed"))
    }

    /// With whom, where somebody can be asked for by name.
    fn with_whom(&self, t: &Text, kind: Askable<'_>) -> Html {
        let mut choices = vec![Choice::new("", t.text("request-anybody"))];
        let named = self.providers(kind);
        choices.extend(named.map(|one| Choice::new(one.id.to_string(), one.name.clone())));
        if choices.len() == 1 {
            return Html::default();
        }
        let value = self.with(kind).map(|id| id.to_string()).unwrap_or_default();
        let on_change = self.set(&self.provider, |id: String| id.parse().ok());
        html! { <Select name="provider" label={t.text("book-choose-provider")} {choices} {value} {on_change} /> }
    }

    /// Where, with whom and how, where there is a choice, and where the person will be if it is online.
    pub fn where_and_how(&self, t: &Text, kind: Askable<'_>, of_somebody: bool) -> Html {
        let on_place = self.set(&self.place, |id: String| id.parse().ok());
        let on_modality = self.set(&self.modality, |word: String| Modality::parse(&word));
        let on_region = self.set(&self.region, |code| code);
        let (place, modality) = ((*self.place, &on_place), (*self.modality, &on_modality));
        html! {
            <>
                { where_and_how(t, kind.places, kind.modalities, place, modality) }
                { self.with_whom(t, kind) }
                if self.how(kind) == Some(Modality::Telehealth) {
                    <RegionField {of_somebody} value={(*self.region).clone()} on_change={on_region}
                        error={self.needed(t, "region")} />
                }
            </>
        }
    }

    /// When it would suit.
    pub fn when(&self, t: &Text, today: NaiveDate) -> Html {
        html! {
            <Wishes wishes={(*self.wishes).clone()} {today} on_change={self.set(&self.wishes, |wishes| wishes)}
                error={self.needed(t, "wishes")} />
        }
    }

    /// What was said, when nothing is missing; else what is, is told at its field.
    #[must_use]
    pub fn said(&self, kind: Option<Askable<'_>>) -> Option<Said> {
        let said = kind.ok_or("type").and_then(|kind| self.read(kind));
        self.missing.set(said.as_ref().err().copied());
        said.ok()
    }

    fn read(&self, kind: Askable<'_>) -> Result<Said, &'static str> {
        let wishes = self.wishes.iter().map(|wish| wish.preference());
        let preferences = wishes.collect::<Option<_>>().ok_or("wishes")?;
        let written = self.comment.trim();
        if kind.comment_required && written.is_empty() {
            return Err("comment");
        }
        let modality = self.how(kind).unwrap_or(Modality::InPerson);
        let online = modality == Modality::Telehealth;
        let region = (*self.region).clone().filter(|_| online);
        if online && region.is_none() {
            return Err("region");
        }
        Ok(Said {
            place: self.at(kind),
            provider: self.with(kind),
            modality,
            region,
            preferences,
            comment: (!written.is_empty()).then(|| written.to_owned()),
        })
    }
}
