//! From rules and rows to what is sent.

use chrono::{DateTime, Utc};
use futures_util::future::try_join4;
use salus_domain::access::{Act as AccessAct, DataClass, Hat};
use salus_domain::ids::{AppointmentId, PersonId, ResourceId};
use salus_domain::scheduling::joining::is_joinable;
use salus_domain::scheduling::options::LONGEST_CHECK_IN;
use salus_domain::scheduling::{
    Act, Audience, BookingOptions, JoinLink, Modality, Region, ResourceKind, Slot, State,
};
use salus_store::questionnaires::forms_to_review;
use salus_store::scheduling::{
    self as store, AppointmentRecord, Book, CancelReasonRecord, LocationRecord, OfferRecord,
    TypeRecord,
};
use salus_store::sealing::Place as SealedPlace;
use salus_types::scheduling as wire;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

use super::check_in::shown_code;
use super::joining::joining;
use super::taking::{is_offered, portal_options};
use crate::error::ApiError;
use crate::transaction::Tx;

/// A place.
pub(super) fn place(record: &LocationRecord) -> wire::Place {
    wire::Place {
        id: record.place.location_id,
        name: record.name.clone(),
        street: record.street.clone(),
        city: record.city.clone(),
        state: record.state.clone(),
        zip: record.zip.clone(),
        phone: record.phone.clone(),
        zone: record.place.zone.name().to_owned(),
    }
}

/// A free time; without its resources where the clinic chooses them.
pub(super) fn slot(slot: &Slot, book: &Book, options: &BookingOptions) -> wire::Slot {
    let named = |assigned: &salus_domain::scheduling::Assigned| wire::SlotResource {
        id: assigned.resource_id,
        name: book
            .name(assigned.resource_id)
            .unwrap_or_default()
            .to_owned(),
    };
    wire::Slot {
        starts_at: slot.starts_at,
        ends_at: slot.shown_ends_at,
        local_date: slot.local_date,
        local_time: salus_domain::time::local_time(slot.starts_at, slot.place.zone).time(),
        zone: slot.place.zone.name().to_owned(),
        location_id: slot.place.location_id,
        modality: slot.modality,
        resources: (!options.force_any_provider)
            .then(|| slot.resources.iter().map(named).collect()),
    }
}

/// A time that is kept for somebody and proposed to them.
pub(super) fn offer(
    offer: &OfferRecord,
    place: wire::Place,
    resources: Option<Vec<wire::SlotResource>>,
    now: DateTime<Utc>,
) -> wire::Offer {
    let expires_at = offer.rules.expires_at;
    let left = (expires_at - now).num_seconds();
    wire::Offer {
        id: offer.rules.id,
        starts_at: offer.starts_at,
        ends_at: offer.shown_ends_at,
        zone: place.zone.clone(),
        place,
        modality: offer.modality,
        resources,
        expires_at,
        seconds_left: u32::try_from(left).unwrap_or_default(),
        kept: offer.kept,
    }
}

/// What to do before a visit of a kind.
pub(super) fn preparation(kind: &TypeRecord, language: &str) -> wire::Preparation {
    let text = kind.text(language);
    wire::Preparation {
        summary: text
            .map(|text| text.prep_public.clone())
            .unwrap_or_default(),
        full: text.map(|text| text.prep_full.clone()).unwrap_or_default(),
        bring: text.map(|text| text.bring.clone()).unwrap_or_default(),
        fasting_hours: kind.fasting_hours,
    }
}

/// What the person may do with a visit now: what its rules allow, where the portal offers it.
fn acts_of_person(
    record: &AppointmentRecord,
    kind: &TypeRecord,
    portal: Option<&BookingOptions>,
    now: DateTime<Utc>,
) -> Vec<Act> {
    let mut acts = record.rules.allowed(Audience::Employee, now);
    let at = record.rules.starts_at;
    acts.retain(|act| match act {
        // Where one may not book a kind, no other time of it is offered either.
        Act::Move => portal.is_some_and(|options| is_offered(kind, Audience::Employee, options)),
        Act::CheckIn => portal.is_some_and(|options| options.is_check_in_open(at, now)),
        _ => true,
    });
    acts
}

/// What staff may do with a visit now.
fn acts_of_staff(record: &AppointmentRecord, professional: bool, now: DateTime<Utc>) -> Vec<Act> {
    let mut acts = record.rules.allowed(Audience::Clinic, now);
    acts.retain(|act| professional || !act.is_professional());
    acts
}

/// What the portal says, where it matters for one of the visits: for moving it and for check-in.
async fn portal_around(
    tx: &mut Tx,
    records: &[AppointmentRecord],
) -> Result<Option<BookingOptions>, ApiError> {
    let (_, after) = LONGEST_CHECK_IN;
    let now = tx.now;
    let matters = records.iter().any(|record| {
        let open = matches!(record.rules.state, State::Pending | State::Booked);
        open && now <= record.rules.starts_at + after
    });
    match matters && tx.actor.hat == Hat::Me {
        true => portal_options(tx).await.map(Some),
        false => Ok(None),
    }
}

/// Where the person who looks joins visits online that are still to be held.
async fn links_for_person(
    tx: &Tx,
    records: &[AppointmentRecord],
) -> Result<HashMap<AppointmentId, JoinLink>, ApiError> {
    let online = records
        .iter()
        .filter(|record| record.modality == Modality::Telehealth)
        .filter(|record| is_joinable(record.rules.state));
    let online: Vec<_> = online.map(|record| record.rules.id).collect();
    if online.is_empty() || tx.actor.hat != Hat::Me {
        return Ok(HashMap::new());
    }
    Ok(store::join_links_of(tx.shared(), &online).await?)
}

/// The forms of visits that wait to be read, where who looks at the clinic reads answers.
async fn unread_forms(
    tx: &Tx,
    visits: &[AppointmentId],
) -> Result<HashMap<AppointmentId, u16>, ApiError> {
    let reads = tx.actor.scope(AccessAct::Read, DataClass::Questionnaire);
    if tx.actor.hat != Hat::Clinic || reads.is_err() {
        return Ok(HashMap::new());
    }
    let counted = forms_to_review(tx.shared(), visits).await?;
    let counted = counted.into_iter();
    Ok(counted
        .map(|(visit, count)| (visit, u16::try_from(count).unwrap_or(u16::MAX)))
        .collect())
}

/// What the person who looks types at the clinic's door, where the portal lets people check in.
fn codes_for_person(
    tx: &Tx,
    records: &[AppointmentRecord],
    portal: Option<&BookingOptions>,
) -> HashMap<AppointmentId, String> {
    let Some(options) = portal else {
        return HashMap::new();
    };
    let codes = records
        .iter()
        .filter_map(|record| Some((record.rules.id, shown_code(tx, record, options)?)));
    codes.collect()
}
/// What is loaded once for a list of visits.
pub(super) struct Around {
    kinds: Vec<TypeRecord>,
    places: HashMap<Uuid, LocationRecord>,
    resources: HashMap<AppointmentId, Vec<(ResourceId, String, ResourceKind)>>,
    reasons: Vec<CancelReasonRecord>,
    comments: HashMap<(AppointmentId, &'static str), String>,
    /// Forms that wait to be read, for a clinician who looks.
    unread: HashMap<AppointmentId, u16>,
    /// Where visits online are joined, for the person who looks.
    links: HashMap<AppointmentId, JoinLink>,
    /// What is typed at the door, for the person who looks.
    codes: HashMap<AppointmentId, String>,
    /// The portal of the person who looks, where it matters.
    portal: Option<BookingOptions>,
    /// Whether who looks may say that a visit is done.
    professional: bool,
}

impl Around {
    /// Loads kinds, places, resources, reasons and the words written, each in one statement.
    pub(super) async fn load(tx: &mut Tx, records: &[AppointmentRecord]) -> Result<Self, ApiError> {
        if records.is_empty() {
            return Ok(Self {
                kinds: Vec::new(),
                places: HashMap::new(),
                resources: HashMap::new(),
                reasons: Vec::new(),
                comments: HashMap::new(),
                unread: HashMap::new(),
                links: HashMap::new(),
                codes: HashMap::new(),
                portal: None,
                professional: false,
            });
        }
        let ids: Vec<_> = records.iter().map(|record| record.rules.id).collect();
        let locations: BTreeSet<_> = records.iter().map(|record| record.location).collect();
        let locations: Vec<_> = locations.into_iter().collect();
        let kinds: BTreeSet<_> = records
            .iter()
            .map(|record| record.appointment_type)
            .collect();
        let kinds: Vec<_> = kinds.into_iter().collect();
        let given_back = records.iter().any(|record| record.cancel_reason.is_some());
        let conn = tx.shared();
        let reasons = async {
            match given_back {
                true => store::cancel_reasons(conn).await,
                false => Ok(Vec::new()),
            }
        };
        let (with, places, kinds, reasons) = try_join4(
            store::appointment_resources(conn, &ids),
            store::find_locations(conn, &locations),
            store::shown_types(conn, &kinds),
            reasons,
        )
        .await?;
        let portal = portal_around(tx, records).await?;
        let mut resources: HashMap<_, Vec<_>> = HashMap::new();
        for (visit, id, name, kind) in with {
            resources.entry(visit).or_default().push((id, name, kind));
        }
        Ok(Self {
            kinds,
            places: places
                .into_iter()
                .map(|record| (record.place.location_id.0, record))
                .collect(),
            resources,
            reasons,
            comments: open_comments(tx, records).await?,
            unread: unread_forms(tx, &ids).await?,
            links: links_for_person(tx, records).await?,
            codes: codes_for_person(tx, records, portal.as_ref()),
            portal,
            professional: tx
                .actor
                .scope(AccessAct::Review, DataClass::AppointmentDetail)
                .is_ok(),
        })
    }

    fn kind(&self, record: &AppointmentRecord) -> Result<&TypeRecord, ApiError> {
        self.kinds
            .iter()
            .find(|kind| kind.rules.id == record.appointment_type)
            .ok_or_else(|| ApiError::internal("a visit of no known kind"))
    }

    fn place(&self, record: &AppointmentRecord) -> Result<&LocationRecord, ApiError> {
        self.places
            .get(&record.location.0)
            .ok_or_else(|| ApiError::internal("a visit at no known place"))
    }

    fn resources(&self, id: AppointmentId) -> &[(ResourceId, String, ResourceKind)] {
        self.resources
            .get(&id)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    fn reason(&self, record: &AppointmentRecord, language: &str) -> Option<String> {
        let id = record.cancel_reason?;
        let reason = self.reasons.iter().find(|reason| reason.id == id)?;
        Some(reason.label(language).to_owned())
    }

    fn comment(&self, record: &AppointmentRecord, column: &'static str) -> Option<String> {
        self.comments.get(&(record.rules.id, column)).cloned()
    }

    /// A visit, for the person.
    pub(super) fn for_person(
        &self,
        record: &AppointmentRecord,
        language: &str,
        now: DateTime<Utc>,
    ) -> Result<wire::Appointment, ApiError> {
        let kind = self.kind(record)?;
        Ok(wire::Appointment {
            id: record.rules.id,
            version: record.version,
            state: record.rules.state,
            appointment_type_id: record.appointment_type,
            public_name: kind.public_name(language),
            starts_at: record.rules.starts_at,
            ends_at: record.shown_ends_at,
            zone: record.zone.name().to_owned(),
            place: place(self.place(record)?),
            modality: record.modality,
            region: record.region.as_ref().map(Region::to_string),
            joining: joining(record, self.links.get(&record.rules.id), now),
            check_in_code: self.codes.get(&record.rules.id).cloned(),
            resources: self
                .resources(record.rules.id)
                .iter()
                .map(|(id, name, _)| wire::SlotResource {
                    id: *id,
                    name: name.clone(),
                })
                .collect(),
            comment: self.comment(record, COMMENT),
            supervisor_comment: self.comment(record, SUPERVISOR_COMMENT),
            cancel_reason: self.reason(record, language),
            denial: self.comment(record, DENIAL),
            attends: record.rules.attends,
            checked_in_at: record.checked_in_at,
            preparation: preparation(kind, language),
            supervisor_sees: kind.rules.visible_to_supervisor,
            allowed: acts_of_person(record, kind, self.portal.as_ref(), now),
            deadline_cancel: record.rules.cancel_deadline(),
            deadline_move: record.rules.move_deadline(),
        })
    }

    /// A visit, for the clinic.
    pub(super) fn for_clinic(
        &self,
        record: &AppointmentRecord,
        language: &str,
        now: DateTime<Utc>,
    ) -> Result<wire::ClinicAppointment, ApiError> {
        let kind = self.kind(record)?;
        Ok(wire::ClinicAppointment {
            id: record.rules.id,
            version: record.version,
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
            starts_at: record.rules.starts_at,
            ends_at: record.ends_at,
            shown_ends_at: record.shown_ends_at,
            zone: record.zone.name().to_owned(),
            location_id: record.location,
            modality: record.modality,
            region: record.region.as_ref().map(Region::to_string),
            resources: self
                .resources(record.rules.id)
                .iter()
                .map(|(id, name, kind)| wire::AppointmentResource {
                    id: *id,
                    name: name.clone(),
                    kind: *kind,
                })
                .collect(),
            state: record.rules.state,
            fasting_hours: kind.fasting_hours,
            unread_forms: self.unread.get(&record.rules.id).copied().unwrap_or(0),
            comment: self.comment(record, COMMENT),
            supervisor_comment: self.comment(record, SUPERVISOR_COMMENT),
            booked_by: record.booked_by,
            cancel_reason: self.reason(record, language),
            cancel_comment: self.comment(record, CANCEL_COMMENT),
            cancelled_by: record.cancelled_by,
            denial: self.comment(record, DENIAL),
            attends: record.rules.attends,
            checked_in_at: record.checked_in_at,
            check_in_comment: self.comment(record, CHECK_IN_COMMENT),
            set_aside: self
                .comment(record, OVERRIDE_REASON)
                .map(|reason| wire::OverrideRules {
                    kinds: record.overrides.clone(),
                    reason,
                }),
            allowed: acts_of_staff(record, self.professional, now),
        })
    }
}

/// The column of a booking comment.
pub(super) const COMMENT: &str = "comment_sealed";
/// The column of the comment of a supervisor who booked.
const SUPERVISOR_COMMENT: &str = "supervisor_comment_sealed";
/// The column of a cancel comment, and of why a visit was marked as a mistake.
pub(super) const CANCEL_COMMENT: &str = "cancel_comment_sealed";
/// The column of what the clinic that did not agree wrote.
pub(super) const DENIAL: &str = "denial_sealed";
/// The column of why rules were set aside.
pub(super) const OVERRIDE_REASON: &str = "override_reason_sealed";
/// The column of what was written at the door.
pub(super) const CHECK_IN_COMMENT: &str = "check_in_comment_sealed";

/// What was written when a visit was given back.
pub(super) async fn cancel_words(
    tx: &mut Tx,
    record: &AppointmentRecord,
) -> Result<Option<String>, ApiError> {
    let mut opened = open_comments(tx, std::slice::from_ref(record)).await?;
    Ok(opened.remove(&(record.rules.id, CANCEL_COMMENT)))
}

fn sealed_place(row: AppointmentId, column: &'static str) -> SealedPlace<'static> {
    SealedPlace {
        table: "appointments",
        column,
        row: row.0,
    }
}

/// Seals something written about a visit by the chart's key.
pub(super) async fn seal(
    tx: &mut Tx,
    person: PersonId,
    visit: AppointmentId,
    column: &'static str,
    text: Option<&str>,
) -> Result<Option<Vec<u8>>, ApiError> {
    let Some(text) = text else {
        return Ok(None);
    };
    let key = tx.chart_key(person).await?;
    Ok(Some(
        key.seal(&sealed_place(visit, column), text.as_bytes())?,
    ))
}

/// Seals a supervisor's comment by the organization's key: no chart is open to them.
pub(super) async fn seal_unopened(
    tx: &mut Tx,
    visit: AppointmentId,
    text: Option<&str>,
) -> Result<Option<Vec<u8>>, ApiError> {
    let Some(text) = text else {
        return Ok(None);
    };
    let key = tx.organization_key().await?;
    let place = sealed_place(visit, SUPERVISOR_COMMENT);
    Ok(Some(key.seal(&place, text.as_bytes())?))
}

async fn open_comments(
    tx: &mut Tx,
    records: &[AppointmentRecord],
) -> Result<HashMap<(AppointmentId, &'static str), String>, ApiError> {
    let written: Vec<_> = records
        .iter()
        .flat_map(|record| {
            [
                (COMMENT, record.comment_sealed.as_ref()),
                (CANCEL_COMMENT, record.cancel_comment_sealed.as_ref()),
                (DENIAL, record.denial_sealed.as_ref()),
                (CHECK_IN_COMMENT, record.check_in_comment_sealed.as_ref()),
                (OVERRIDE_REASON, record.override_reason_sealed.as_ref()),
            ]
            .into_iter()
            .filter_map(|(column, sealed)| Some((record.person, record.rules.id, column, sealed?)))
        })
        .collect();
    let mut persons: Vec<Uuid> = written.iter().map(|(person, ..)| person.0).collect();
    persons.sort_unstable();
    persons.dedup();
    let mut opened = HashMap::new();
    let of_supervisors: Vec<_> = records
        .iter()
        .filter_map(|record| Some((record.rules.id, record.supervisor_comment_sealed.as_ref()?)))
        .collect();
    if persons.is_empty() && of_supervisors.is_empty() {
        return Ok(opened);
    }
    let organization = tx.organization_key().await?;
    for (visit, sealed) in of_supervisors {
        let text = organization.open(&sealed_place(visit, SUPERVISOR_COMMENT), sealed)?;
        let text = String::from_utf8(text).map_err(ApiError::internal)?;
        opened.insert((visit, SUPERVISOR_COMMENT), text);
    }
    if persons.is_empty() {
        return Ok(opened);
    }
    let mut keys = HashMap::new();
    for (person, wrapped) in salus_store::plumbing::chart_keys(tx.conn(), &persons).await? {
        keys.insert(person, organization.chart_key(PersonId(person), &wrapped)?);
    }
    for (person, visit, column, sealed) in written {
        let key = keys
            .get(&person.0)
            .ok_or_else(|| ApiError::internal("a sealed comment without its key"))?;
        let text = key.open(&sealed_place(visit, column), sealed)?;
        let text = String::from_utf8(text).map_err(ApiError::internal)?;
        opened.insert((visit, column), text);
    }
    Ok(opened)
}

/// The reasons an audience may give, in a language.
pub(super) fn reasons_for(
    reasons: &[CancelReasonRecord],
    by: Audience,
    language: &str,
) -> Vec<wire::CancelReason> {
    reasons
        .iter()
        .filter(|reason| reason.rules.is_offered_to(by))
        .map(|reason| wire::CancelReason {
            code: reason.rules.code.clone(),
            label: reason.label(language).to_owned(),
            wants_text: reason.rules.wants_text,
        })
        .collect()
}
