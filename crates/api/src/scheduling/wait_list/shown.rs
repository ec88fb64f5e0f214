//! From the wait list to what is sent.

use chrono::{DateTime, Utc};
use futures_util::future::{try_join, try_join3};
use salus_domain::ids::{AppointmentTypeId, LocationId, PersonId, ResourceId, WaitListItemId};
use salus_domain::people::today;
use salus_domain::scheduling::{Audience, BookingOptions, ItemState, Wishes};
use salus_store::scheduling::{
    self as store, LocationRecord, OfferFor, OfferRecord, RoundRecord, TurnOutcome, TurnRecord,
    TypeRecord, WaitListRecord, WaitsFor,
};
use salus_store::work_status::{WorkPerson, work_people};
use salus_types::scheduling as wire;
use std::collections::BTreeSet;

use crate::error::ApiError;
use crate::scheduling::offered::{Named, places_of};
use crate::scheduling::shown;
use crate::transaction::Tx;

/// Which times would suit.
pub(super) fn wishes(wishes: &Wishes) -> wire::TimeWishes {
    wire::TimeWishes {
        location_id: wishes.location,
        resource_id: wishes.resource,
        modality: wishes.modality,
        part: wishes.part,
        weekdays: wishes.weekdays.clone(),
    }
}

/// What is loaded once for a list.
struct Around {
    kinds: Vec<TypeRecord>,
    places: Vec<LocationRecord>,
    names: Vec<(ResourceId, String)>,
    offers: Vec<OfferRecord>,
    people: Vec<WorkPerson>,
}

impl Around {
    async fn load(tx: &mut Tx, records: &[WaitListRecord]) -> Result<Self, ApiError> {
        let now = tx.now;
        let items: Vec<WaitListItemId> = records.iter().map(|record| record.id).collect();
        let persons: BTreeSet<PersonId> = records.iter().map(|record| record.person).collect();
        let persons: Vec<PersonId> = persons.into_iter().collect();
        let conn = tx.shared();
        let (mut offers, people) = try_join(
            store::offers_of_items(conn, &items),
            work_people(conn, &persons),
        )
        .await?;
        offers.retain(|offer| offer.rules.is_live(now));
        let kinds: BTreeSet<AppointmentTypeId> = records
            .iter()
            .map(|record| record.appointment_type)
            .collect();
        let places: BTreeSet<LocationId> = records
            .iter()
            .filter_map(|record| record.wishes.location)
            .chain(offers.iter().map(|offer| offer.location))
            .collect();
        let resources: BTreeSet<ResourceId> = records
            .iter()
            .filter_map(|record| record.wishes.resource)
            .chain(
                offers
                    .iter()
                    .flat_map(|offer| offer.resources.iter().copied()),
            )
            .collect();
        let (kinds, places, resources) = (
            kinds.into_iter().collect::<Vec<_>>(),
            places.into_iter().collect::<Vec<_>>(),
            resources.into_iter().collect::<Vec<_>>(),
        );
        let (kinds, places, names) = try_join3(
            store::whole_types(conn, &kinds),
            store::find_locations(conn, &places),
            store::resource_names(conn, &resources),
        )
        .await?;
        Ok(Self {
            kinds,
            places,
            names,
            offers,
            people,
        })
    }

    fn kind(&self, record: &WaitListRecord) -> Result<&TypeRecord, ApiError> {
        self.kinds
            .iter()
            .find(|kind| kind.rules.id == record.appointment_type)
            .ok_or_else(|| ApiError::internal("somebody waits for an unknown kind of visit"))
    }

    fn place(&self, id: LocationId) -> Result<wire::Place, ApiError> {
        self.places
            .iter()
            .find(|known| known.place.location_id == id)
            .map(shown::place)
            .ok_or_else(|| ApiError::internal("an offer at an unknown place"))
    }

    fn resource(&self, id: ResourceId) -> Option<wire::SlotResource> {
        let (_, name) = self.names.iter().find(|(known, _)| *known == id)?;
        Some(wire::SlotResource {
            id,
            name: name.clone(),
        })
    }

    /// The time that is kept for an item now.
    fn offer(
        &self,
        tx: &Tx,
        record: &WaitListRecord,
        named: bool,
    ) -> Result<Option<wire::Offer>, ApiError> {
        let is_for = |offer: &&OfferRecord| matches!(offer.made_for, OfferFor::Waiting { item, .. } if item == record.id);
        let Some(offer) = self.offers.iter().find(is_for) else {
            return Ok(None);
        };
        let place = self.place(offer.location)?;
        let resources = offer.resources.iter().filter_map(|id| self.resource(*id));
        let resources = named.then(|| resources.collect());
        Ok(Some(shown::offer(offer, place, resources, tx.now)))
    }

    fn is_past_due(&self, tx: &Tx, record: &WaitListRecord) -> bool {
        let person = self.people.iter().find(|one| one.id == record.person);
        let (Some(person), Some((due, _))) = (person, record.dates) else {
            return false;
        };
        due < today(tx.now, person.zone)
    }
}

fn state(record: &WaitListRecord, offer: Option<&wire::Offer>, tx: &Tx) -> ItemState {
    let until = offer.map(|offer| offer.expires_at);
    ItemState::of(record.closed, record.booked, until, tx.now)
}

/// What a person waits for, for them.
pub(super) async fn for_person(
    tx: &mut Tx,
    records: &[WaitListRecord],
    options: &BookingOptions,
) -> Result<Vec<wire::WaitListItem>, ApiError> {
    let around = Around::load(tx, records).await?;
    let named = named(tx, records, options).await?;
    records
        .iter()
        .map(|record| {
            let offer = around.offer(tx, record, !options.force_any_provider)?;
            Ok(wire::WaitListItem {
                id: record.id,
                version: record.version,
                state: state(record, offer.as_ref(), tx),
                appointment_type_id: record.appointment_type,
                public_name: around.kind(record)?.public_name(&tx.actor.language),
                due_item_id: match record.waits_for {
                    WaitsFor::DueItem(id) => Some(id),
                    _ => None,
                },
                due_on: record.dates.map(|(due, _)| due),
                past_due: around.is_past_due(tx, record),
                appointment_id: record.visit.map(|visit| visit.id),
                starts_at: record.visit.map(|visit| visit.starts_at),
                zone: record.visit.map(|visit| visit.zone.name().to_owned()),
                wishes: wishes(&record.wishes),
                providers: match record.visit {
                    Some(_) => Vec::new(),
                    None => providers(&named, around.kind(record)?, tx.now),
                },
                offer,
                since: record.created_at,
            })
        })
        .collect()
}

/// Who can be named at the places of a person who waits for something without a visit.
async fn named(
    tx: &mut Tx,
    records: &[WaitListRecord],
    options: &BookingOptions,
) -> Result<Named, ApiError> {
    let without = records.iter().find(|record| record.visit.is_none());
    let Some(person) = without.map(|record| record.person) else {
        return Ok(Named::default());
    };
    let places = places_of(tx, person).await?;
    Named::load(tx, Audience::Employee, &places, options).await
}

/// Those who can lead visits of a kind, by name.
fn providers(named: &Named, kind: &TypeRecord, now: DateTime<Utc>) -> Vec<wire::SlotResource> {
    let all = named.of_kind(kind, now).into_iter();
    let all = all.map(|one| wire::SlotResource {
        id: one.id,
        name: one.name,
    });
    all.collect()
}

/// Who waits, for the clinic.
pub(super) async fn for_clinic(
    tx: &mut Tx,
    records: &[WaitListRecord],
) -> Result<Vec<wire::ClinicWaitListItem>, ApiError> {
    let around = Around::load(tx, records).await?;
    records
        .iter()
        .map(|record| {
            let offer = around.offer(tx, record, true)?;
            let kind = around.kind(record)?;
            let place = record.wishes.location.map(|id| around.place(id));
            Ok(wire::ClinicWaitListItem {
                id: record.id,
                version: record.version,
                state: state(record, offer.as_ref(), tx),
                person: wire::ClinicPerson {
                    id: record.person,
                    name: record.person_name.clone(),
                },
                employer_id: record.employer,
                appointment_type: wire::AppointmentTypeName {
                    id: kind.rules.id,
                    code: kind.code.clone(),
                    name: kind.name.clone(),
                    colour: kind.colour.clone(),
                },
                waits_for: match record.waits_for {
                    WaitsFor::DueItem(_) => wire::WaitsFor::DueItem,
                    WaitsFor::Earlier(_) => wire::WaitsFor::Earlier,
                    WaitsFor::Request(_) => wire::WaitsFor::Request,
                },
                due_on: record.dates.map(|(due, _)| due),
                past_due: around.is_past_due(tx, record),
                visible_on: record.dates.map(|(_, visible)| visible),
                appointment_id: record.visit.map(|visit| visit.id),
                starts_at: record.visit.map(|visit| visit.starts_at),
                zone: record.visit.map(|visit| visit.zone.name().to_owned()),
                wishes: wishes(&record.wishes),
                place: place.transpose()?,
                resource: record.wishes.resource.and_then(|id| around.resource(id)),
                escalated: record.escalated,
                offer,
                since: record.created_at,
            })
        })
        .collect()
}

/// Times that became free, and whose turn it was.
pub(super) async fn rounds(
    tx: &mut Tx,
    records: &[RoundRecord],
    turns: &[TurnRecord],
) -> Result<Vec<wire::OfferRound>, ApiError> {
    let places: BTreeSet<LocationId> = records
        .iter()
        .map(|record| record.rules.freed.location)
        .collect();
    let places: Vec<LocationId> = places.into_iter().collect();
    let places = store::find_locations(tx.shared(), &places).await?;
    records
        .iter()
        .map(|record| {
            let freed = &record.rules.freed;
            let place = places
                .iter()
                .find(|known| known.place.location_id == freed.location)
                .ok_or_else(|| ApiError::internal("a round at an unknown place"))?;
            let own = turns.iter().filter(|turn| turn.round == record.id);
            Ok(wire::OfferRound {
                id: record.id,
                place: shown::place(place),
                starts_at: freed.gap.from,
                ends_at: freed.gap.until,
                freed_by: record.freed_by,
                depth: record.rules.depth,
                broadcast: record.rules.broadcast,
                begun_at: record.created_at,
                round_outcome: record.outcome,
                look_again_at: record.look_again_at,
                turns: own.map(turn).collect(),
            })
        })
        .collect()
}

fn turn(record: &TurnRecord) -> wire::OfferTurn {
    let (offer, skipped) = match record.outcome {
        TurnOutcome::Offered {
            state,
            starts_at,
            expires_at,
        } => (Some((state, starts_at, expires_at)), None),
        TurnOutcome::Skipped(reason) => (None, Some(reason)),
    };
    wire::OfferTurn {
        item_id: record.item,
        person: wire::ClinicPerson {
            id: record.person,
            name: record.person_name.clone(),
        },
        at: record.at,
        offer_state: offer.map(|(state, ..)| state),
        starts_at: offer.map(|(_, starts_at, _)| starts_at),
        expires_at: offer.map(|(.., expires_at)| expires_at),
        skipped,
    }
}
