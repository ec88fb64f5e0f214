//! Visits the clinic is asked for, and the times it proposes.

mod clinic;
mod me;
pub(super) mod notices;
mod offers;
mod shown;
mod team;

pub use clinic::{
    book_appointment_request, decline_appointment_request, get_appointment_request,
    list_appointment_requests, see_appointment_request,
};
pub use me::{
    get_my_appointment_request, list_my_appointment_requests, request_my_appointment,
    withdraw_my_appointment_request,
};
pub(super) use offers::without_other_times;
pub use offers::{
    accept_my_appointment_offer, offer_appointment_times, refuse_my_appointment_offers,
};
pub use team::request_for_report;

use chrono::NaiveDate;
use salus_domain::access::{About, Act as AccessAct, Allowed, DataClass};
use salus_domain::ids::{
    AppointmentRequestId, AppointmentTypeId, EmployerId, LocationId, PersonId, ResourceId,
};
use salus_domain::scheduling::request::{
    Contact, Event, MOST_PREFERENCES, PreferenceError, State, WrongState, check_preferences,
};
use salus_domain::scheduling::{Audience, Modality, OfferState, Preference, Region, Request};
use salus_store::scheduling::{
    self as store, LocationRecord, NewRequest, OfferRecord, RequestEnd, RequestRecord, TypeRecord,
};
use salus_types::problem;
use serde_json::json;
use uuid::Uuid;

use crate::error::{ApiError, Field};
use crate::extract::IfMatch;
use crate::messaging::{BegunRequest, begin_request};
use crate::scheduling::freed;
use crate::transaction::Tx;
use crate::words;

/// What somebody asks the clinic for.
pub(super) struct Asked {
    pub(super) audience: Audience,
    pub(super) person: PersonId,
    pub(super) employer: EmployerId,
    pub(super) appointment_type: AppointmentTypeId,
    /// What the kind of visit is called in the actor's language.
    pub(super) public_name: String,
    /// Where; anywhere when empty.
    pub(super) place: Option<LocationRecord>,
    pub(super) resource: Option<ResourceId>,
    pub(super) modality: Modality,
    pub(super) region: Option<Region>,
    pub(super) preferences: Vec<Preference>,
    pub(super) contact: Contact,
    pub(super) comment: Option<String>,
}

/// Writes a request and begins its conversation.
pub(super) async fn ask(
    tx: &mut Tx,
    asked: Asked,
) -> Result<(AppointmentRequestId, BegunRequest), ApiError> {
    let id = AppointmentRequestId(Uuid::now_v7());
    let (person, employer) = (asked.person, asked.employer);
    let about = About::person(person).employer(employer).object(id);
    let permission = tx.allow(AccessAct::Create, DataClass::Appointment, about, ())?;
    let name = asked.public_name;
    let said = match &asked.comment {
        Some(comment) => comment.clone(),
        None => words::text(
            &tx.actor.language,
            "request-said",
            &[("name", name.clone())],
        ),
    };
    let begun = begin_request(tx, person, employer, &name, &said).await?;
    let comment = asked.comment.as_deref();
    let comment_sealed = shown::seal_comment(tx, asked.audience, person, id, comment).await?;
    let at_site = asked
        .place
        .as_ref()
        .is_some_and(|at| at.kind == "employer_site");
    let new = NewRequest {
        id,
        org: tx.actor.provider_org,
        person,
        employer,
        record: store::record_of(at_site),
        appointment_type: asked.appointment_type,
        location: asked.place.map(|at| at.place.location_id),
        resource: asked.resource,
        modality: asked.modality,
        region: asked.region,
        preferences: asked.preferences,
        contact: asked.contact,
        comment_sealed,
        conversation: Some(begun.conversation),
        asked_by: asked.audience,
        created_by: tx.actor.account,
        answer_by: begun.answer_by,
        now: tx.now,
    };
    store::insert_request(tx.shared(), &permission, &new).await?;
    tell(tx, Event::Received(id), person, employer);
    Ok((id, begun))
}

/// The place that was chosen, or the first one that has the kind of visit, with whose it is.
pub(super) fn chosen(
    linked: &[(EmployerId, LocationRecord)],
    kind: &TypeRecord,
    wanted: Option<LocationId>,
) -> Result<(EmployerId, LocationRecord), ApiError> {
    linked
        .iter()
        .find(|(_, at)| {
            let id = at.place.location_id;
            kind.rules.locations.contains(&id) && wanted.is_none_or(|only| only == id)
        })
        .cloned()
        .ok_or_else(|| match wanted {
            Some(_) => ApiError::field("/location_id", "unknown"),
            None => ApiError::field("/appointment_type_id", "unknown"),
        })
}

/// Checks the preferences, and points at what is wrong.
pub(super) fn preferred(preferences: &[Preference], today: NaiveDate) -> Result<(), ApiError> {
    let at = |which: usize, field: &str| format!("/preferences/{which}/{field}");
    check_preferences(preferences, today).map_err(|error| {
        ApiError::invalid(vec![match error {
            PreferenceError::TooMany => {
                Field::new("/preferences", "too_many").with("limit", MOST_PREFERENCES)
            }
            PreferenceError::Backwards { which } => Field::new(at(which, "to"), "end_before_start"),
            PreferenceError::Past { which } => Field::new(at(which, "to"), "in_the_past"),
            PreferenceError::Weekday { which } => Field::new(at(which, "weekdays"), "invalid"),
        }])
    })
}

/// Appends what happened to the outbox: ids only.
fn tell(tx: &mut Tx, event: Event, person: PersonId, employer: EmployerId) {
    tx.emit(
        event.kind(),
        json!({ "request_id": event.request(), "person_id": person, "employer_id": employer }),
    );
}

/// A request, for an act on it.
async fn find(
    tx: &mut Tx,
    id: AppointmentRequestId,
    (act, class): (AccessAct, DataClass),
) -> Result<(RequestRecord, Allowed<Request>), ApiError> {
    let found = match act {
        AccessAct::Read => store::find_request(tx.shared(), id).await?,
        _ => store::lock_request(tx.shared(), id).await?,
    };
    let Some(record) = found else {
        return Err(tx.missing(act, class, id));
    };
    let about = About::person(record.person)
        .employer(record.employer)
        .object(id);
    let allowed = tx.allow(act, class, about, record.rules)?;
    Ok((record, allowed))
}

/// Applies a rule to a request that is locked, writes it down and tells of it.
async fn apply(
    tx: &mut Tx,
    (record, allowed): (&RequestRecord, Allowed<Request>),
    end: &RequestEnd,
    rule: impl FnOnce(Request) -> Result<(Request, Event), WrongState>,
) -> Result<(), ApiError> {
    let (changed, event) = allowed
        .decide(rule)
        .map_err(|WrongState| ApiError::of(problem::WRONG_STATE))?;
    let now = tx.now;
    store::save_request(tx.shared(), &changed, end, now).await?;
    tell(tx, event, record.person, record.employer);
    Ok(())
}

/// Gives back the times that are kept for a request; they are what `became` says, but those that
/// have run out.
async fn let_go(tx: &mut Tx, offers: &[OfferRecord], became: OfferState) -> Result<(), ApiError> {
    let now = tx.now;
    for offer in offers
        .iter()
        .filter(|offer| offer.rules.state == OfferState::Held)
    {
        let state = if offer.rules.is_live(now) {
            became
        } else {
            OfferState::Expired
        };
        let conn = tx.shared();
        store::free_offer(conn, offer.rules.id).await?;
        store::end_offer(conn, offer.rules.id, state, now).await?;
        // What was kept against a rule is no time that others could take.
        if state == OfferState::Declined && offer.overrides.is_empty() {
            freed::of_offer(tx, offer)?;
        }
    }
    Ok(())
}

/// Ends a request without a visit, or puts it back: nothing is kept for it any more.
async fn without_visit(
    tx: &mut Tx,
    id: AppointmentRequestId,
    version: IfMatch,
    class: DataClass,
    became: OfferState,
    end: &RequestEnd,
    rule: impl FnOnce(Request) -> Result<(Request, Event), WrongState>,
) -> Result<(), ApiError> {
    let (record, allowed) = find(tx, id, (AccessAct::Change, class)).await?;
    version.check(record.version)?;
    let offers = store::lock_offers(tx.shared(), id).await?;
    apply(tx, (&record, allowed), end, rule).await?;
    let_go(tx, &offers, became).await
}

/// Writes down what ran out: proposed times, and requests of which the last one did. Both count as
/// that before.
pub(super) async fn sweep(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    for (request, person, employer) in store::expired_requests(tx.shared(), now).await? {
        let Some((open, event)) = request.run_out(now) else {
            continue;
        };
        let about = About::person(person).employer(employer).object(request.id);
        let changed = tx.allow(AccessAct::Change, DataClass::Appointment, about, open)?;
        store::save_request(tx.shared(), &changed, &RequestEnd::default(), now).await?;
        tell(tx, event, person, employer);
    }
    store::expire_offers(tx.shared(), now).await?;
    Ok(())
}

/// Whether the clinic has to do something about a request now.
fn waits_for_clinic(request: &Request, now: chrono::DateTime<chrono::Utc>) -> bool {
    matches!(request.state_at(now), State::Open | State::Seen)
}
