//! What was chosen on the way to an appointment, and which times that leaves. It stands in the
//! address, so that the browser's own way back leads through the steps.

use super::{DaySearch, day_strip, days_of, looked_up, times_of};
use crate::args;
use crate::format::DateStyle;
use crate::free::FreeTimes;
use crate::hooks::{use_effect_with, use_mut_ref};
use crate::i18n::Text;
use crate::parts::{Button, Card, Choice, Empty, Radio, Select};
use crate::regions::RegionField;
use crate::wishes::hows;
use chrono::NaiveDate;
use salus_types::ids::{
    AppointmentId, AppointmentTypeId, DueItemId, HoldId, LocationId, ResourceId,
};
use salus_types::scheduling::{Modality, OfferedProvider, Place, Reach, Slot};
use serde::{Deserialize, Serialize};
use yew::prelude::*;
use yew_router::Routable;
use yew_router::hooks::{use_location, use_navigator};

/// Whoever is free first, in place of a provider's id.
const ANYBODY: &str = "any";

/// What was chosen so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    /// What is booked.
    #[serde(rename = "type")]
    pub kind: Option<AppointmentTypeId>,
    /// What is due.
    pub item: Option<DueItemId>,
    /// Where.
    pub place: Option<LocationId>,
    /// In person or online.
    pub how: Option<Modality>,
    /// Where the person will be, when it is online.
    pub region: Option<String>,
    /// With whom: an id, or a word for whoever is free first.
    pub with: Option<String>,
    /// The day whose times are shown.
    pub day: Option<NaiveDate>,
    /// The day that was looked up and is shown alone.
    pub alone: Option<NaiveDate>,
    /// The time that is kept.
    pub hold: Option<HoldId>,
    /// What was booked or moved: the way is at its end.
    pub done: Option<AppointmentId>,
}

/// What the browser keeps beside an address that was come to from the step before.
struct Stepped;

/// How an address is changed.
#[derive(Clone, Copy)]
enum Step {
    /// Another choice at the same step.
    Same,
    /// On to the next step.
    On,
    /// To the step before.
    Back,
}

/// How far somebody is on the way to an appointment.
#[derive(Clone, PartialEq)]
pub struct Course {
    /// What was chosen so far.
    pub chosen: Chosen,
    go: Callback<(Chosen, Step)>,
}

impl Course {
    /// Takes another choice at this step; the day is then chosen anew.
    pub fn choose<V: 'static>(&self, choose: impl Fn(&mut Chosen, V) + 'static) -> Callback<V> {
        let (go, chosen) = (self.go.clone(), self.chosen.clone());
        Callback::from(move |value| {
            let mut next = Chosen {
                day: None,
                hold: None,
                ..chosen.clone()
            };
            choose(&mut next, value);
            go.emit((next, Step::Same));
        })
    }

    /// From the kind that was chosen on to its times.
    #[must_use]
    pub fn on_kind(&self) -> Callback<AppointmentTypeId> {
        let item = self.chosen.item;
        self.go.reform(move |kind| {
            let next = Chosen {
                kind: Some(kind),
                item,
                ..Chosen::default()
            };
            (next, Step::On)
        })
    }

    /// Back to the kinds.
    #[must_use]
    pub fn other_kind(&self) -> Callback<()> {
        let item = self.chosen.item;
        self.go.reform(move |()| {
            let next = Chosen {
                item,
                ..Chosen::default()
            };
            (next, Step::Back)
        })
    }

    /// From the time that is kept on to its check; a time kept before gives way.
    #[must_use]
    pub fn on_hold(&self) -> Callback<HoldId> {
        let chosen = self.chosen.clone();
        self.go.reform(move |hold| {
            let step = match chosen.hold {
                Some(_) => Step::Same,
                None => Step::On,
            };
            let next = Chosen {
                hold: Some(hold),
                ..chosen.clone()
            };
            (next, step)
        })
    }

    /// Back to the times.
    #[must_use]
    pub fn other_time(&self) -> Callback<()> {
        let chosen = self.chosen.clone();
        self.go.reform(move |()| {
            let next = Chosen {
                hold: None,
                ..chosen.clone()
            };
            (next, Step::Back)
        })
    }

    /// To the end of the way, in place of the step one is at: what was booked can be read there again.
    #[must_use]
    pub fn on_done(&self) -> Callback<AppointmentId> {
        self.go.reform(|id| {
            let next = Chosen {
                done: Some(id),
                ..Chosen::default()
            };
            (next, Step::Same)
        })
    }

    /// Whether an answer of this page is the one the address speaks of: by what it booked, or by the
    /// time that was kept for it.
    #[must_use]
    pub fn is_done(&self, hold: HoldId, id: AppointmentId) -> bool {
        self.chosen.done == Some(id) || self.chosen.hold == Some(hold)
    }
}

/// How far one is on the way to an appointment, on the page of a route. An answer that comes when the page
/// is left leads nowhere.
#[hook]
pub fn use_course<R>(route: R) -> Course
where
    R: Routable + 'static,
{
    let navigator = use_navigator();
    let location = use_location();
    let chosen = location
        .as_ref()
        .and_then(|location| location.query::<Chosen>().ok())
        .unwrap_or_default();
    let stepped = location.is_some_and(|location| location.state::<Stepped>().is_some());
    let here = use_mut_ref(|| true);
    {
        let here = here.clone();
        use_effect_with((), move |()| {
            move || {
                here.replace(false);
            }
        });
    }
    let go = Callback::from(move |(chosen, step): (Chosen, Step)| {
        let Some(navigator) = navigator.as_ref().filter(|_| *here.borrow()) else {
            return;
        };
        let _ = match (step, stepped) {
            (Step::On, _) => navigator.push_with_query_and_state(&route, &chosen, Stepped),
            (Step::Same, true) => navigator.replace_with_query_and_state(&route, &chosen, Stepped),
            (Step::Back, true) => {
                navigator.back();
                Ok(())
            }
            // Nothing of this page is before it.
            (Step::Same | Step::Back, false) => navigator.replace_with_query(&route, &chosen),
        };
    });
    Course { chosen, go }
}

/// What there is to choose among.
#[derive(Clone, Copy)]
pub struct Among<'a> {
    /// Where.
    pub places: &'a [Place],
    /// In person or online.
    pub modalities: &'a [Modality],
    /// With whom, by name; nobody where the clinic chooses.
    pub providers: &'a [OfferedProvider],
    /// Whether whoever is free first can be taken.
    pub first_available: bool,
    /// Whether it is asked where the person will be, when it is online.
    pub asks_region: bool,
}

/// What the appointment has that is moved; nothing for a new one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Own {
    /// Where it is.
    pub place: Option<LocationId>,
    /// How.
    pub how: Option<Modality>,
    /// Where the person said they will be.
    pub region: Option<String>,
    /// With whom it is.
    pub with: Option<ResourceId>,
}

/// Which times are looked for: by what was chosen, else by what there is already, else by what there
/// is first.
#[derive(Clone, Debug, PartialEq)]
pub struct Sought {
    /// Where.
    pub place: Option<Place>,
    /// How.
    pub how: Option<Modality>,
    /// Where the person will be, when it is online.
    pub region: Option<String>,
    /// With whom; whoever is free when empty.
    pub with: Option<ResourceId>,
    named: Vec<(ResourceId, String)>,
    first_available: bool,
    asks_region: bool,
}

impl Sought {
    /// Reads what was chosen among what there is.
    #[must_use]
    pub fn of(chosen: &Chosen, among: Among<'_>, own: &Own) -> Self {
        let place = |id: LocationId| among.places.iter().find(|place| place.id == id);
        let place = chosen
            .place
            .and_then(place)
            .or(own.place.and_then(place))
            .or(among.places.first());
        let offered = |how: &Modality| among.modalities.contains(how);
        let how = chosen
            .how
            .filter(offered)
            .or(own.how)
            .or(among.modalities.first().copied());
        let online = how == Some(Modality::Telehealth);
        let region = chosen.region.as_ref().or(own.region.as_ref());
        let here =
            |one: &&OfferedProvider| place.is_none_or(|place| one.location_ids.contains(&place.id));
        let here = among.providers.iter().filter(here);
        let named: Vec<_> = here.map(|one| (one.id, one.name.clone())).collect();
        let asked = match chosen.with.as_deref() {
            Some(ANYBODY) => None,
            Some(id) => id.parse::<ResourceId>().ok(),
            None => own.with,
        };
        let only = match named.as_slice() {
            [(id, _)] if !among.first_available => Some(*id),
            _ => None,
        };
        let known = |id: &ResourceId| named.iter().any(|(one, _)| one == id);
        Self {
            place: place.cloned(),
            how,
            region: region.filter(|_| online).cloned(),
            with: asked.filter(known).or(only),
            named,
            first_available: among.first_available,
            asks_region: online && among.asks_region,
        }
    }

    /// The zone of the place.
    #[must_use]
    pub fn zone(&self) -> &str {
        let place = self.place.as_ref();
        place.map_or("UTC", |place| place.zone.as_str())
    }

    /// Whether enough was chosen to look for times.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.lacks().is_none()
    }

    /// From which day on times are looked for, and how far: along the list, or on one day alone.
    #[must_use]
    pub fn days(&self, chosen: &Chosen, today: NaiveDate, list: Reach) -> (NaiveDate, Reach) {
        let alone = match self.is_complete() {
            true => chosen.alone,
            false => Some(today),
        };
        looked_up(alone, today, list)
    }

    /// The message that says what is to be chosen before there are times.
    fn lacks(&self) -> Option<&'static str> {
        if self.asks_region && self.region.is_none() {
            return Some("book-choose-region-first");
        }
        let nobody = self.with.is_none() && !self.first_available && !self.named.is_empty();
        nobody.then_some("book-choose-provider-first")
    }

    /// Where, how and with whom, each where there is a choice; for somebody else also what is settled.
    pub fn fields(&self, t: &Text, course: &Course, among: Among<'_>, of_somebody: bool) -> Html {
        let on_place =
            course.choose(|chosen: &mut Chosen, id: String| chosen.place = id.parse().ok());
        let on_how = course.choose(|chosen: &mut Chosen, word: String| {
            chosen.how = Modality::parse(&word);
        });
        let on_region = course.choose(|chosen: &mut Chosen, code| chosen.region = code);
        let places = among.places.iter();
        let places: Vec<Choice> = places
            .map(|place| Choice::new(place.id.to_string(), place.name.clone()))
            .collect();
        let place = self.place.as_ref();
        html! {
            <>
                if places.len() > 1 {
                    <Radio name="place" label={t.text("book-choose-place")} choices={places}
                        value={place.map(|place| place.id.to_string()).unwrap_or_default()} on_change={on_place} />
                } else if let (true, Some(place)) = (of_somebody, place) {
                    <p>{ place.name.clone() }</p>
                }
                if among.modalities.len() > 1 {
                    <Radio name="modality" label={t.text("appointment-how")} choices={hows(t, among.modalities)}
                        value={self.how.map_or("", Modality::as_str)} on_change={on_how} />
                }
                if self.asks_region {
                    <RegionField {of_somebody} value={self.region.clone()} on_change={on_region} />
                }
                { self.with_whom(t, course) }
            </>
        }
    }

    /// With whom: the first who is free heads the list, where that can be chosen.
    fn with_whom(&self, t: &Text, course: &Course) -> Html {
        let on_change = course.choose(|chosen: &mut Chosen, id: String| {
            let id = Some(id).filter(|id| !id.is_empty());
            chosen.with = Some(id.unwrap_or_else(|| ANYBODY.to_owned()));
        });
        match self.named.as_slice() {
            [] => Html::default(),
            [(_, name)] => html! { <p>{ t.msg("book-with", args!(name = name.clone())) }</p> },
            named => {
                let head = || Choice::new("", t.text("book-first-available"));
                let first = self.first_available.then(head);
                let named = named
                    .iter()
                    .map(|(id, name)| Choice::new(id.to_string(), name.clone()));
                let choices: Vec<Choice> = first.into_iter().chain(named).collect();
                let value = self.with.map(|id| id.to_string()).unwrap_or_default();
                html! { <Select name="provider" label={t.text("book-choose-provider")} {choices} {value} {on_change} /> }
            }
        }
    }
}

/// The free times of what is looked for, to choose one.
pub struct When<'a> {
    /// What was chosen so far.
    pub course: &'a Course,
    /// What is looked for.
    pub sought: &'a Sought,
    /// What has come of it.
    pub free: &'a FreeTimes,
    /// The first and the last day that can be looked up; none where only the list is shown.
    pub search: Option<(NaiveDate, NaiveDate)>,
    /// Whether a time is the one they have already, which is none to choose.
    pub is_now: &'a dyn Fn(&Slot) -> bool,
    /// A time was chosen.
    pub on_slot: Callback<Slot>,
    /// Whether a time is being kept.
    pub pending: bool,
    /// What stands below where nothing is free.
    pub otherwise: Html,
}

impl When<'_> {
    /// Draws them: the days, then the times of one.
    pub fn show(&self, t: &Text) -> Html {
        let on_day = self
            .course
            .choose(|chosen: &mut Chosen, day| chosen.alone = day);
        html! {
            <Card title={t.text("book-choose-day")}>
                <div class="stack">
                    if let Some((earliest, latest)) = self.search {
                        <DaySearch day={self.course.chosen.alone} {earliest} {latest} {on_day} />
                    }
                    if let Some(first) = self.sought.lacks() {
                        <p class="muted">{ t.text(first) }</p>
                    } else {
                        { self.free.show(|| self.times(t)) }
                    }
                    if let Some(more) = &self.free.more {
                        <div class="button-row">
                            <Button icon="chevron-right" on_press={more}>{ t.text("book-more-days") }</Button>
                        </div>
                    }
                </div>
            </Card>
        }
    }

    fn times(&self, t: &Text) -> Html {
        let free = self.free.slots.iter();
        let mut slots: Vec<Slot> = free.filter(|slot| !(self.is_now)(slot)).cloned().collect();
        if self.sought.with.is_none() {
            // Whoever it would be with, a time is there once.
            slots.dedup_by_key(|slot| slot.starts_at);
        }
        let days = days_of(&slots);
        let chosen = &self.course.chosen;
        let known = |date: &NaiveDate| days.iter().any(|(one, _)| one == date);
        let first = days.first().map(|(date, _)| *date);
        let Some(date) = chosen.day.filter(known).or(first) else {
            let date = t.date(self.free.until, DateStyle::Medium).to_string();
            let title = match chosen.alone {
                Some(_) => t.msg("book-none-on", args!(date = date)),
                None => t.msg("book-none-before", args!(date = date)),
            };
            return html! {
                <>
                    <Empty icon="calendar-days" {title} text={t.text("book-none-before-text")} />
                    { self.otherwise.clone() }
                </>
            };
        };
        let on_day = self
            .course
            .choose(|chosen: &mut Chosen, date| chosen.day = Some(date));
        let place = self.sought.place.as_ref().map(|place| place.name.clone());
        html! {
            <div class="stack">
                { day_strip(t, &days, date, &on_day) }
                { times_of(t, &slots, date, &self.on_slot, self.pending) }
                <p class="muted small">
                    { t.msg("appointment-zone", args!(place = place.unwrap_or_default())) }
                </p>
            </div>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ANYBODY, Among, Chosen, Own, Sought};
    use chrono::NaiveDate;
    use salus_types::ids::{AppointmentId, HoldId, LocationId, ResourceId};
    use salus_types::scheduling::{Modality, OfferedProvider, Place, Reach};
    use uuid::Uuid;
    use yew_router::query::{FromQuery, ToQuery};

    const HERE: LocationId = LocationId(Uuid::from_u128(1));
    const THERE: LocationId = LocationId(Uuid::from_u128(2));
    const LEE: ResourceId = ResourceId(Uuid::from_u128(11));
    const DIAZ: ResourceId = ResourceId(Uuid::from_u128(12));

    fn place(id: LocationId) -> Place {
        Place {
            id,
            name: "Fort Wayne Clinic".to_owned(),
            street: None,
            city: None,
            state: None,
            zip: None,
            phone: None,
            zone: "America/Fort_Wayne".to_owned(),
        }
    }

    fn provider(id: ResourceId, location_ids: &[LocationId]) -> OfferedProvider {
        OfferedProvider {
            id,
            name: "J. Lee, RN".to_owned(),
            location_ids: location_ids.to_vec(),
        }
    }

    /// What is sought with Lee at both places and Diaz here.
    fn sought(chosen: &Chosen, first_available: bool, own: &Own) -> Sought {
        let among = Among {
            places: &[place(HERE), place(THERE)],
            modalities: &[Modality::InPerson, Modality::Telehealth],
            providers: &[provider(LEE, &[HERE, THERE]), provider(DIAZ, &[HERE])],
            first_available,
            asks_region: true,
        };
        Sought::of(chosen, among, own)
    }

    fn with(id: ResourceId) -> Chosen {
        Chosen {
            with: Some(id.to_string()),
            ..Chosen::default()
        }
    }

    #[test]
    fn what_was_chosen_is_read_from_the_address_again() {
        let chosen = Chosen {
            place: Some(HERE),
            how: Some(Modality::Telehealth),
            region: Some("US-IN".to_owned()),
            with: Some(ANYBODY.to_owned()),
            day: Some(NaiveDate::default()),
            hold: Some(HoldId(Uuid::from_u128(3))),
            done: Some(AppointmentId(Uuid::from_u128(4))),
            ..Chosen::default()
        };
        let address = chosen.to_query().unwrap();
        assert_eq!(Chosen::from_query(&address).unwrap(), chosen);
        assert_eq!(Chosen::default().to_query().unwrap(), "");
        assert_eq!(Chosen::from_query("").unwrap(), Chosen::default());
    }

    #[test]
    fn whoever_is_free_first_is_asked_for_until_somebody_is_chosen() {
        let new = Own::default();
        assert_eq!(sought(&Chosen::default(), true, &new).with, None);
        assert!(sought(&Chosen::default(), true, &new).is_complete());
        assert_eq!(sought(&with(DIAZ), true, &new).with, Some(DIAZ));
    }

    #[test]
    fn somebody_has_to_be_chosen_where_nobody_is_free_first() {
        let new = Own::default();
        let nobody = sought(&Chosen::default(), false, &new);
        assert_eq!(nobody.lacks(), Some("book-choose-provider-first"));
        let today = NaiveDate::default();
        let list = Reach {
            days_out: 60,
            days_before_showing: 0,
        };
        let (from, reach) = nobody.days(&Chosen::default(), today, list);
        assert_eq!((from, reach.last_day(from)), (today, today));
        assert!(sought(&with(LEE), false, &new).is_complete());
        let only = Chosen {
            place: Some(THERE),
            ..with(DIAZ)
        };
        assert_eq!(
            sought(&only, false, &new).with,
            Some(LEE),
            "nobody else is there"
        );
    }

    #[test]
    fn an_appointment_that_is_moved_stays_as_it_is_until_something_else_is_chosen() {
        let own = Own {
            place: Some(THERE),
            how: Some(Modality::Telehealth),
            region: Some("US-IN".to_owned()),
            with: Some(LEE),
        };
        let stays = sought(&Chosen::default(), true, &own);
        assert_eq!(stays.place, Some(place(THERE)));
        assert_eq!((stays.how, stays.with), (own.how, own.with));
        assert_eq!(stays.region, own.region);
        let other = Chosen {
            how: Some(Modality::InPerson),
            with: Some(ANYBODY.to_owned()),
            ..Chosen::default()
        };
        let other = sought(&other, true, &own);
        assert_eq!((other.with, other.region), (None, None));
    }

    #[test]
    fn online_it_is_asked_first_where_the_person_will_be() {
        let online = Chosen {
            how: Some(Modality::Telehealth),
            ..Chosen::default()
        };
        let unknown = sought(&online, true, &Own::default());
        assert_eq!(unknown.lacks(), Some("book-choose-region-first"));
        let known = Chosen {
            region: Some("US-IN".to_owned()),
            ..online
        };
        assert!(sought(&known, true, &Own::default()).is_complete());
    }
}
