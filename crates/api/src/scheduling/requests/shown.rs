//! From requests and proposed times to what is sent.

use futures_util::future::try_join3;
use salus_domain::ids::{
    AppointmentRequestId, AppointmentTypeId, LocationId, PersonId, ResourceId,
};
use salus_domain::scheduling::{Audience, BookingOptions, Region};
use salus_store::scheduling::{
    self as store, LocationRecord, OfferFor, OfferRecord, RequestRecord, TypeRecord,
};
use salus_store::sealing::{Key, Place as SealedPlace};
use salus_types::scheduling as wire;
use std::collections::BTreeSet;

use super::waits_for_clinic;
use crate::error::ApiError;
use crate::scheduling::shown::{self, place};
use crate::transaction::Tx;

/// The column of what was written when asking.
const COMMENT: &str = "comment_sealed";
/// The column of why there is no time.
const DECLINE: &str = "decline_sealed";

fn sealed_place(id: AppointmentRequestId, column: &'static str) -> SealedPlace<'static> {
    SealedPlace {
        table: "appointment_requests",
        column,
        row: id.0,
    }
}

/// The key of what was written when asking: no chart is open to a supervisor.
async fn comment_key(tx: &mut Tx, by: Audience, person: PersonId) -> Result<Key, ApiError> {
    match by {
        Audience::Supervisor => tx.organization_key().await,
        _ => tx.chart_key(person).await,
    }
}

/// Seals what is written when asking.
pub(super) async fn seal_comment(
    tx: &mut Tx,
    by: Audience,
    person: PersonId,
    id: AppointmentRequestId,
    text: Option<&str>,
) -> Result<Option<Vec<u8>>, ApiError> {
    let Some(text) = text else {
        return Ok(None);
    };
    let key = comment_key(tx, by, person).await?;
    Ok(Some(key.seal(&sealed_place(id, COMMENT), text.as_bytes())?))
}

/// Seals why there is no time, for the person.
pub(super) async fn seal_decline(
    tx: &mut Tx,
    person: PersonId,
    id: AppointmentRequestId,
    text: &str,
) -> Result<Option<Vec<u8>>, ApiError> {
    let key = tx.chart_key(person).await?;
    Ok(Some(key.seal(&sealed_place(id, DECLINE), text.as_bytes())?))
}

fn opened(key: &Key, place: &SealedPlace<'_>, sealed: &[u8]) -> Result<String, ApiError> {
    String::from_utf8(key.open(place, sealed)?).map_err(ApiError::internal)
}

/// What is loaded once for a list of requests.
struct Around {
    kinds: Vec<TypeRecord>,
    places: Vec<LocationRecord>,
    names: Vec<(ResourceId, String)>,
    offers: Vec<OfferRecord>,
    /// What was written when asking and why there is no time, in the order of the requests.
    words: Vec<(Option<String>, Option<String>)>,
}

impl Around {
    async fn load(tx: &mut Tx, records: &[RequestRecord]) -> Result<Self, ApiError> {
        let now = tx.now;
        let ids: Vec<_> = records.iter().map(|record| record.rules.id).collect();
        let mut offers = store::offers_of(tx.shared(), &ids).await?;
        offers.retain(|offer| offer.rules.is_live(now));
        let kinds: BTreeSet<AppointmentTypeId> = records
            .iter()
            .map(|record| record.appointment_type)
            .collect();
        let places: BTreeSet<LocationId> = records
            .iter()
            .filter_map(|record| record.location)
            .chain(offers.iter().map(|offer| offer.location))
            .collect();
        let resources: BTreeSet<ResourceId> = records
            .iter()
            .filter_map(|record| record.resource)
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
        let sealed: Vec<PersonId> = records
            .iter()
            .filter(|r| r.comment_sealed.is_some() || r.decline_sealed.is_some())
            .map(|record| record.person)
            .collect();
        let conn = tx.shared();
        let (kinds, places, names) = try_join3(
            store::shown_types(conn, &kinds),
            store::find_locations(conn, &places),
            store::resource_names(conn, &resources),
        )
        .await?;
        tx.open_chart_keys(&sealed).await?;
        let mut words = Vec::with_capacity(records.len());
        for record in records {
            words.push(read(tx, record).await?);
        }
        Ok(Self {
            kinds,
            places,
            names,
            offers,
            words,
        })
    }

    fn kind(&self, record: &RequestRecord) -> Result<&TypeRecord, ApiError> {
        self.kinds
            .iter()
            .find(|kind| kind.rules.id == record.appointment_type)
            .ok_or_else(|| ApiError::internal("a request of an unknown kind"))
    }

    fn place(&self, id: LocationId) -> Result<wire::Place, ApiError> {
        self.places
            .iter()
            .find(|known| known.place.location_id == id)
            .map(place)
            .ok_or_else(|| ApiError::internal("a request at an unknown place"))
    }

    fn resource(&self, id: ResourceId) -> Option<wire::SlotResource> {
        let (_, name) = self.names.iter().find(|(known, _)| *known == id)?;
        Some(wire::SlotResource {
            id,
            name: name.clone(),
        })
    }

    /// The times that are kept for a request now.
    fn offers(
        &self,
        tx: &Tx,
        record: &RequestRecord,
        named: bool,
    ) -> Result<Vec<wire::Offer>, ApiError> {
        let own = self
            .offers
            .iter()
            .filter(|offer| offer.made_for == OfferFor::Request(record.rules.id));
        own.map(|offer| {
            let place = self.place(offer.location)?;
            let resources = offer.resources.iter().filter_map(|id| self.resource(*id));
            let resources = named.then(|| resources.collect());
            Ok(shown::offer(offer, place, resources, tx.now))
        })
        .collect()
    }
}

/// Opens what was written of a request.
async fn read(
    tx: &mut Tx,
    record: &RequestRecord,
) -> Result<(Option<String>, Option<String>), ApiError> {
    let id = record.rules.id;
    let mut comment = None;
    if let Some(sealed) = &record.comment_sealed {
        let key = comment_key(tx, record.rules.asked_by, record.person).await?;
        comment = Some(opened(&key, &sealed_place(id, COMMENT), sealed)?);
    }
    let mut decline = None;
    if let Some(sealed) = &record.decline_sealed {
        let key = tx.chart_key(record.person).await?;
        decline = Some(opened(&key, &sealed_place(id, DECLINE), sealed)?);
    }
    Ok((comment, decline))
}

/// Requests, for the person.
pub(super) async fn for_person(
    tx: &mut Tx,
    records: &[RequestRecord],
    options: &BookingOptions,
) -> Result<Vec<wire::AppointmentRequest>, ApiError> {
    let around = Around::load(tx, records).await?;
    let (language, now) = (&tx.actor.language, tx.now);
    let shown = records.iter().zip(&around.words);
    shown
        .map(|(record, (comment, decline))| {
            Ok(wire::AppointmentRequest {
                id: record.rules.id,
                version: record.version,
                state: record.rules.state_at(now),
                appointment_type_id: record.appointment_type,
                public_name: around.kind(record)?.public_name(language),
                place: record.location.map(|id| around.place(id)).transpose()?,
                resource: record.resource.and_then(|id| around.resource(id)),
                modality: record.modality,
                preferences: record.preferences.clone(),
                contact: record.contact,
                comment: comment.clone(),
                asked_by: record.rules.asked_by,
                sent_at: record.created_at,
                answer_by: record.answer_by,
                seen_at: record.seen_at,
                decline_reason: decline.clone(),
                offers: around.offers(tx, record, !options.force_any_provider)?,
                appointment_id: record.appointment,
                conversation_id: own_conversation(record),
                allowed: record.rules.allowed(Audience::Employee, now),
            })
        })
        .collect()
}

/// The conversation about a request is with whoever asked.
fn own_conversation(record: &RequestRecord) -> Option<salus_domain::ids::ConversationId> {
    record
        .conversation
        .filter(|_| record.rules.asked_by == Audience::Employee)
}

/// Requests, for the clinic.
pub(super) async fn for_clinic(
    tx: &mut Tx,
    records: &[RequestRecord],
) -> Result<Vec<wire::ClinicAppointmentRequest>, ApiError> {
    let around = Around::load(tx, records).await?;
    let now = tx.now;
    let shown = records.iter().zip(&around.words);
    shown
        .map(|(record, (comment, decline))| {
            let kind = around.kind(record)?;
            let waits = waits_for_clinic(&record.rules, now);
            Ok(wire::ClinicAppointmentRequest {
                id: record.rules.id,
                version: record.version,
                state: record.rules.state_at(now),
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
                place: record.location.map(|id| around.place(id)).transpose()?,
                resource: record.resource.and_then(|id| around.resource(id)),
                modality: record.modality,
                region: record.region.as_ref().map(Region::to_string),
                preferences: record.preferences.clone(),
                contact: record.contact,
                comment: comment.clone(),
                asked_by: record.rules.asked_by,
                sent_at: record.created_at,
                answer_by: record.answer_by,
                overdue: waits && record.answer_by.is_some_and(|by| by < now),
                seen_at: record.seen_at,
                decline_reason: decline.clone(),
                offers: around.offers(tx, record, true)?,
                appointment_id: record.appointment,
                conversation_id: record.conversation,
                allowed: record.rules.allowed(Audience::Clinic, now),
            })
        })
        .collect()
}
