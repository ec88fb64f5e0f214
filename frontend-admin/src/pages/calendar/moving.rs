//! Another time for a visit of a person.

use super::booking::FreeTimes;
use super::columns::Wanted;
use super::overriding::{AnotherTime, use_trying};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use salus_types::ids::{LocationId, ResourceId};
use salus_types::scheduling::{
    AppointmentType, ClinicAppointment, Modality, MoveForPerson, Place, Slot,
};
use salus_ui::hooks::use_state;
use salus_ui::wishes::hows;
use salus_ui::{
    Button, Choice, DateField, Facts, Look, RegionField, Select, Text, today_at, use_action,
    use_query, use_text, use_toast,
};
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

/// Where and how a visit is to take place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spot {
    place: LocationId,
    how: Modality,
    /// Where the person will be, if it is online.
    region: Option<String>,
}

impl Spot {
    /// Where and how it takes place now.
    fn of(visit: &ClinicAppointment) -> Self {
        Self {
            place: visit.location_id,
            how: visit.modality,
            region: visit.region.clone(),
        }
    }

    /// Where the person will be; of a visit in person nobody asks.
    fn region(&self) -> Option<String> {
        let online = self.how == Modality::Telehealth;
        self.region.clone().filter(|_| online)
    }

    /// Who has it where a time is off the list: at another place whoever is free there.
    fn lead(&self, visit: &ClinicAppointment) -> Option<ResourceId> {
        let lead = visit.resources.first().map(|lead| lead.id);
        lead.filter(|_| self.place == visit.location_id)
    }

    /// The visit's own time, which is no other one where nothing else is.
    fn own(&self, visit: &ClinicAppointment) -> Option<(DateTime<Utc>, Option<ResourceId>)> {
        let same = self.place == visit.location_id && self.how == visit.modality;
        same.then(|| (visit.starts_at, self.lead(visit)))
    }

    /// The visit there at a time.
    fn at(&self, starts_at: DateTime<Utc>, resource_id: Option<ResourceId>) -> MoveForPerson {
        MoveForPerson {
            starts_at,
            location_id: self.place,
            modality: self.how,
            region: self.region(),
            resource_id,
            set_aside: None,
        }
    }
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
    let spot = use_state(|| Spot::of(visit));
    let places = use_query((), |client, ()| client.list_locations());
    let places = places.data.as_deref();
    let places = places.map_or(&[][..], |page| page.items.as_slice());
    let choose_day = {
        let from = from.clone();
        Callback::from(move |date: Option<NaiveDate>| {
            if let Some(date) = date {
                from.set(date);
            }
        })
    };
    let choose_spot = {
        let spot = spot.clone();
        Callback::from(move |chosen| spot.set(chosen))
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
    let (try_out, problem) = use_trying(&put, ((*spot).clone(), *from), |command, rules| {
        MoveForPerson {
            set_aside: Some(rules),
            ..command
        }
    });
    let on_slot = {
        let spot = (*spot).clone();
        try_out.reform(move |slot: Slot| spot.at(slot.starts_at, slot.lead().map(|lead| lead.id)))
    };
    let on_time = {
        let (spot, lead) = ((*spot).clone(), spot.lead(visit));
        try_out.reform(move |starts_at| spot.at(starts_at, lead))
    };
    // Where it was dragged to is a time of its own place.
    let on_wanted = |wanted: &Wanted| {
        let command = Spot::of(visit).at(wanted.starts_at, wanted.resource_id());
        try_out.reform(move |_: MouseEvent| command.clone())
    };
    let there = places.iter().find(|place| place.id == spot.place);
    let zone = there.map_or(&visit.zone, |place| &place.zone).clone();
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
            <div class="flex flex-wrap items-end gap-3">
                <WhereAndHow visit={visit.clone()} places={places.to_vec()} spot={(*spot).clone()}
                    on_change={choose_spot} />
                <DateField name="from" label={t.text("calendar-from")} value={Some(*from)} on_change={choose_day} />
            </div>
            if props.wanted.is_none() {
                { problem }
            }
            <FreeTimes person={visit.person.id} kind={visit.appointment_type.id} place={spot.place}
                from={*from} modality={spot.how} region={spot.region()} moving={visit.id} own={spot.own(visit)}
                {on_slot} busy={put.pending} />
            <AnotherTime date={*from} {zone} busy={put.pending} {on_time} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct WhereAndHowProps {
    visit: ClinicAppointment,
    /// The places there are.
    places: Vec<Place>,
    spot: Spot,
    on_change: Callback<Spot>,
}

/// Where and how the visit is to take place, where its kind leaves a choice.
#[component]
fn WhereAndHow(props: &WhereAndHowProps) -> Html {
    let t = use_text();
    let (visit, spot) = (&props.visit, &props.spot);
    let kind = use_query(visit.appointment_type.id, |client, id| {
        client.get_appointment_type(id)
    });
    let kind = kind.data.as_deref().map(|found| &found.value);
    let places = places_of(visit, kind, &props.places);
    let ways = ways_of(visit, kind);
    let on_place = {
        let spot = spot.clone();
        props.on_change.reform(move |id: String| Spot {
            place: id.parse().unwrap_or(spot.place),
            ..spot.clone()
        })
    };
    let on_how = {
        let spot = spot.clone();
        props.on_change.reform(move |word: String| Spot {
            how: Modality::parse(&word).unwrap_or(spot.how),
            ..spot.clone()
        })
    };
    let on_region = {
        let spot = spot.clone();
        props.on_change.reform(move |region| Spot {
            region,
            ..spot.clone()
        })
    };
    html! {
        <>
            if places.len() > 1 {
                <Select name="place" label={t.text("calendar-location")} choices={places}
                    value={spot.place.to_string()} on_change={on_place} />
            }
            if ways.len() > 1 {
                <Select name="modality" label={t.text("appointment-how")} choices={hows(&t, &ways)}
                    value={spot.how.as_str()} on_change={on_how} />
            }
            if spot.how == Modality::Telehealth {
                <RegionField of_somebody={true} value={spot.region.clone()} on_change={on_region} />
            }
        </>
    }
}

/// The places of the visit's kind, and the one where it is.
fn places_of(
    visit: &ClinicAppointment,
    kind: Option<&AppointmentType>,
    places: &[Place],
) -> Vec<Choice> {
    let open = |place: &&Place| {
        let of_kind = kind.is_some_and(|kind| kind.location_ids.contains(&place.id));
        of_kind || place.id == visit.location_id
    };
    let choice = |place: &Place| Choice::new(place.id.to_string(), place.name.clone());
    places.iter().filter(open).map(choice).collect()
}

/// How a visit of its kind can take place, and how it does.
fn ways_of(visit: &ClinicAppointment, kind: Option<&AppointmentType>) -> Vec<Modality> {
    let mut ways = kind.map_or_else(Vec::new, |kind| kind.modalities.clone());
    if !ways.contains(&visit.modality) {
        ways.push(visit.modality);
    }
    ways
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::calendar::columns::tests::visit;
    use uuid::Uuid;

    const OTHER: LocationId = LocationId(Uuid::from_u128(7));

    fn place(id: LocationId) -> Place {
        let sent = serde_json::json!({ "id": id, "name": "A", "zone": "America/New_York" });
        serde_json::from_value(sent).unwrap()
    }

    #[test]
    fn a_visit_that_stays_where_it_is_stays_with_its_provider() {
        let visit = visit();
        let spot = Spot::of(&visit);
        let lead = visit.resources.first().map(|lead| lead.id);
        assert_eq!(spot.lead(&visit), lead);
        assert_eq!(spot.own(&visit), Some((visit.starts_at, lead)));
        let moved = spot.at(visit.ends_at, lead);
        assert_eq!(moved.location_id, visit.location_id);
        assert_eq!((moved.modality, moved.region), (visit.modality, None));
    }

    #[test]
    fn at_another_place_it_is_with_whoever_is_free_and_its_own_time_is_another_one() {
        let visit = visit();
        let there = Spot {
            place: OTHER,
            ..Spot::of(&visit)
        };
        assert_eq!((there.lead(&visit), there.own(&visit)), (None, None));
        assert_eq!(there.at(visit.starts_at, None).location_id, OTHER);
    }

    #[test]
    fn where_the_person_will_be_is_said_of_a_visit_online_alone() {
        let visit = visit();
        let online = Spot {
            how: Modality::Telehealth,
            region: Some("US-IN".to_owned()),
            ..Spot::of(&visit)
        };
        let moved = online.at(visit.starts_at, None);
        assert_eq!(moved.region.as_deref(), Some("US-IN"));
        let back = Spot {
            how: Modality::InPerson,
            ..online
        };
        assert_eq!(back.at(visit.starts_at, None).region, None);
    }

    #[test]
    fn the_place_of_a_visit_is_there_to_choose_whatever_its_kind_says() {
        let visit = visit();
        let all = [place(OTHER), place(visit.location_id)];
        let choices = places_of(&visit, None, &all);
        let ids: Vec<String> = choices.iter().map(|one| one.value.to_string()).collect();
        assert_eq!(ids, [visit.location_id.to_string()]);
        assert_eq!(ways_of(&visit, None), [visit.modality]);
    }
}
