//! Times the clinic keeps for somebody: proposing them, taking one, taking none.

use actix_web::post;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use futures_util::future::try_join;
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentId, AppointmentRequestId, OfferId};
use salus_domain::scheduling::offer::{HOURS, MOST_TIMES, TimesError, USUAL_HOURS, check_times};
use salus_domain::scheduling::request::Act as RequestAct;
use salus_domain::scheduling::{
    Audience, BookingOptions, OfferState, OfferedTime, Overrides, Request,
};
use salus_store::scheduling::{
    self as store, HeldClaims, LocationRecord, NewOffer, OfferFor, OfferRecord, RequestEnd,
    RequestRecord,
};
use salus_store::sealing::Place as SealedPlace;
use salus_types::problem::Problem;
use salus_types::scheduling::problems::{OFFER_EXPIRED, OVERRIDE_NEEDED, PERSON_BUSY};
use salus_types::scheduling::{
    AppointmentRequest, ClinicAppointmentRequest, OfferTimes, RequestTime,
};
use std::collections::BTreeSet;
use uuid::Uuid;

use super::clinic::{CLASS, changed_by_clinic, check_act, set_free, wish_for};
use super::me::changed_by_me;
use super::{apply, find, let_go, without_visit};
use crate::access::{Caller, Clinic, Me};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Id, IfMatch, InnerId, Versioned};
use crate::scheduling::booking::{self, Booked, Kept};
use crate::scheduling::overriding::{Aside, Forced, named};
use crate::scheduling::shown::{self, OVERRIDE_REASON};
use crate::scheduling::taking::{Wish, region};
use crate::state::AppState;
use crate::transaction::Tx;

/// Keep one to five times for the person and propose them; they take the place of those proposed
/// before. All of them are kept, or none.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The request")),
    request_body = OfferTimes,
    responses(
        (status = 200, body = ClinicAppointmentRequest),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`slot-taken` or `person-busy` with `next_slots`, `override-needed` with `kinds`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`slot-not-offered`, `override-reason-required`, `invalid`"),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointment-requests/{id}/offers")]
pub async fn offer_appointment_times(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentRequestId>,
    version: IfMatch,
    body: Body<OfferTimes>,
) -> Result<Versioned<ClinicAppointmentRequest>, ApiError> {
    let caller = caller.competing();
    changed_by_clinic(&state, &caller, id.0, async |tx: &mut Tx| {
        let now = tx.now;
        let hours = body.hours.unwrap_or(USUAL_HOURS);
        let aside = Aside::read(body.set_aside.as_ref())?;
        let (record, _) = find(tx, id.0, (Act::Read, CLASS)).await?;
        version.check(record.version)?;
        check_act(&record, RequestAct::Offer, now)?;
        let kind = store::find_type(tx.shared(), record.appointment_type, &[])
            .await?
            .ok_or_else(ApiError::not_found)?;
        let stretches = body.times.iter().map(|time| {
            let with = |lead| kind.rules.times_with(lead, time.location_id);
            let times = time.resource_id.map_or(kind.rules.times, with);
            times.of_person(time.starts_at)
        });
        let stretches: Vec<_> = stretches.collect();
        check_times(&stretches, hours).map_err(times_refused)?;
        set_free(tx, &record).await?;
        let times = wanted_times(tx, &record, &body.times, &aside).await?;
        let wanted: BTreeSet<_> = times
            .iter()
            .flat_map(|time| time.forced.wanted.iter().copied())
            .collect();
        // Everything at once, in the order of all: one by one, two would wait for each other.
        store::lock(tx.shared(), record.person, wanted).await?;
        let (record, allowed) = find(tx, id.0, (Act::Change, CLASS)).await?;
        version.check(record.version)?;
        let mut until = now;
        for time in &times {
            let expires_at = keep(tx, &record, time, &aside, hours).await?;
            until = until.max(expires_at);
        }
        let rule = |request: Request| request.offered(until, now);
        apply(tx, (&record, allowed), &RequestEnd::default(), rule).await
    })
    .await
}

/// A time that is to be proposed.
struct WantedTime {
    wish: Wish,
    place: LocationRecord,
    start: DateTime<Utc>,
    forced: Forced,
    /// Where it is in the body.
    at: String,
}

/// The times that are to be proposed, if what is set aside is just what stands in the way of any of them.
async fn wanted_times(
    tx: &mut Tx,
    record: &RequestRecord,
    asked: &[RequestTime],
    aside: &Aside,
) -> Result<Vec<WantedTime>, ApiError> {
    let mut times = Vec::with_capacity(asked.len());
    for (which, time) in asked.iter().enumerate() {
        let at = format!("/times/{which}");
        let (wish, place, needed) = wish_for(tx, record, time, &at).await?;
        let start = time.starts_at;
        let forced = wish.could_force(tx, &place, start, needed).await;
        times.push(WantedTime {
            forced: forced.map_err(|error| error.at(&at))?,
            wish,
            place,
            start,
            at,
        });
    }
    let needed = times.iter().map(|time| time.forced.needed);
    let needed = needed.fold(Overrides::NONE, Overrides::and);
    aside.check(needed).map_err(|error| match error.kind() {
        OVERRIDE_NEEDED => {
            let forced = times.iter().filter(|time| !time.forced.needed.is_empty());
            let fields = forced.map(|time| Field::new(time.at.clone(), "override_needed"));
            error.fields(fields.collect())
        }
        _ => error,
    })?;
    Ok(times)
}

/// Keeps a time for the person; answers until when.
async fn keep(
    tx: &mut Tx,
    record: &RequestRecord,
    time: &WantedTime,
    aside: &Aside,
    hours: u16,
) -> Result<DateTime<Utc>, ApiError> {
    let (now, org) = (tx.now, tx.actor.provider_org);
    let WantedTime { wish, forced, .. } = time;
    let slot = wish
        .take_one(tx, &time.place, time.start, forced.fewest, &forced.wanted)
        .await
        .map_err(|error| error.at(&time.at))?;
    let rules = OfferedTime::held(OfferId(Uuid::now_v7()), time.start, hours, now);
    let about = About::person(record.person)
        .employer(record.employer)
        .object(rules.id);
    let permission = tx.allow(Act::Create, CLASS, about, ())?;
    let mut override_reason_sealed = None;
    if !forced.needed.is_empty() {
        aside.tell(tx, forced.needed, &forced.beside);
        let key = tx.chart_key(record.person).await?;
        let sealed = key.seal(&reason_place(rules.id), aside.reason().as_bytes())?;
        override_reason_sealed = Some(sealed);
    }
    let new = NewOffer {
        org,
        person: record.person,
        employer: record.employer,
        made_for: OfferFor::Request(record.rules.id),
        rules,
        kept: true,
        slot: &slot,
        overrides: forced.needed,
        override_reason_sealed,
        created_by: tx.actor.account,
        now,
    };
    let held = HeldClaims::Offer(rules.id, rules.expires_at);
    // The claims name the offer.
    store::insert_offer(tx.shared(), &permission, &new).await?;
    store::claim_resources(tx.shared(), org, &slot, held, now).await?;
    Ok(rules.expires_at)
}

/// Where it is kept why rules were set aside for an offered time.
fn reason_place(offer: OfferId) -> SealedPlace<'static> {
    SealedPlace {
        table: "offers",
        column: OVERRIDE_REASON,
        row: offer.0,
    }
}

/// Notes on the visit that an offered time became what staff set aside for it, and why.
async fn bear_mark(tx: &mut Tx, offer: &OfferRecord, visit: AppointmentId) -> Result<(), ApiError> {
    let Some(sealed) = &offer.override_reason_sealed else {
        return Ok(());
    };
    let key = tx.chart_key(offer.person).await?;
    let why = key.open(&reason_place(offer.rules.id), sealed)?;
    let why = String::from_utf8(why).map_err(ApiError::internal)?;
    let about = About::person(offer.person)
        .employer(offer.employer)
        .object(visit);
    let allowed = tx.allow(Act::Change, DataClass::Appointment, about, visit)?;
    let fields = named(offer.overrides);
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    tx.detail(&fields, None);
    let sealed = shown::seal(tx, offer.person, visit, OVERRIDE_REASON, Some(&why)).await?;
    let sealed = sealed.unwrap_or_default();
    Ok(store::set_aside(tx.shared(), &allowed, offer.overrides, &sealed).await?)
}

fn times_refused(error: TimesError) -> ApiError {
    let range = |field: Field, from: usize, to: usize| field.with("from", from).with("to", to);
    ApiError::invalid(vec![match error {
        TimesError::Number => range(Field::new("/times", "out_of_range"), 1, MOST_TIMES),
        TimesError::Overlap { which } => Field::new(format!("/times/{which}"), "overlaps"),
        TimesError::Hours => range(
            Field::new("/hours", "out_of_range"),
            usize::from(*HOURS.start()),
            usize::from(*HOURS.end()),
        ),
    }])
}

/// Take one of the times the clinic proposed: it becomes a visit, the others are free again.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The request"),
        ("offer" = Uuid, Path, description = "The proposed time"),
    ),
    responses(
        (status = 200, body = AppointmentRequest),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`offer-expired`, `person-busy`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`slot-not-offered`"),
        (status = 428, body = Problem),
    )
)]
#[post("/me/appointment-requests/{id}/offers/{offer}/acceptance")]
pub async fn accept_my_appointment_offer(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<AppointmentRequestId>,
    offer: InnerId<OfferId>,
    version: IfMatch,
) -> Result<Versioned<AppointmentRequest>, ApiError> {
    let (id, offer) = (id.0, offer.0);
    let caller = caller.competing();
    changed_by_me(&state, &caller, id, async |tx: &mut Tx| {
        let (person, now) = (tx.actor.own_person()?, tx.now);
        let class = DataClass::Appointment;
        let offers = store::offers_of(tx.shared(), &[id]).await?;
        // The person and the resources are locked before any row is, as everywhere.
        let kept = offers.iter().find(|kept| kept.rules.id == offer);
        let resources = kept.map(|kept| kept.resources.clone()).unwrap_or_default();
        store::lock(tx.shared(), person, resources).await?;
        let (record, allowed) = find(tx, id, (Act::Change, class)).await?;
        let offers = store::lock_offers(tx.shared(), id).await?;
        let Some(chosen) = offers.iter().find(|kept| kept.rules.id == offer) else {
            return Err(tx.missing(Act::Change, class, offer));
        };
        // Whoever comes too late reads why, not that something changed.
        let accepted = chosen
            .rules
            .accepted(now)
            .map_err(|_| ApiError::of(OFFER_EXPIRED))?;
        version.check(record.version)?;
        let conn = tx.shared();
        let (kind, place) = try_join(
            store::find_type(conn, record.appointment_type, &[chosen.location]),
            store::find_location(conn, chosen.location),
        )
        .await?;
        let place = place.ok_or_else(ApiError::not_found)?;
        // The clinic chose the time, so what it asks of others is not asked here.
        let wish = Wish {
            audience: Audience::Clinic,
            person,
            kind: kind.ok_or_else(ApiError::not_found)?,
            options: BookingOptions::default(),
            item: None,
            modality: chosen.modality,
            region: region(chosen.modality, None, record.region.as_ref())?,
            resource: None,
            own_hold: None,
            moving: None,
        };
        let kept = Kept {
            starts_at: chosen.starts_at,
            ends_at: chosen.ends_at,
            shown_ends_at: chosen.shown_ends_at,
            modality: chosen.modality,
            resources: &chosen.resources,
        };
        let slot = booking::kept_slot(tx, &wish, &place, &kept).await;
        let slot = slot.map_err(without_other_times)?;
        let visit = AppointmentId(Uuid::now_v7());
        let booked = Booked {
            id: visit,
            employer: record.employer,
            comment: None,
        };
        booking::write(tx, &wish, &place, &slot, booked).await?;
        let conn = tx.shared();
        let (taken, ()) = try_join(
            store::keep_offered(conn, offer, visit),
            store::end_offer(conn, offer, accepted.state, now),
        )
        .await?;
        if taken != chosen.resources.len() {
            return Err(ApiError::of(OFFER_EXPIRED));
        }
        bear_mark(tx, chosen, visit).await?;
        let others: Vec<_> = offers
            .iter()
            .filter(|other| other.rules.id != offer)
            .cloned()
            .collect();
        let_go(tx, &others, OfferState::Declined).await?;
        let end = RequestEnd {
            appointment: Some(visit),
            ..RequestEnd::default()
        };
        let rule = |request: Request| request.perform(RequestAct::Accept, Audience::Employee, now);
        apply(tx, (&record, allowed), &end, rule).await
    })
    .await
}

/// The clinic chooses the times here; others are not offered beside its own.
pub(in crate::scheduling) fn without_other_times(error: ApiError) -> ApiError {
    match error.kind() {
        PERSON_BUSY => ApiError::of(PERSON_BUSY),
        _ => error,
    }
}

/// Take none of the times the clinic proposed; the request waits again.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The request")),
    responses(
        (status = 200, body = AppointmentRequest),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/me/appointment-requests/{id}/refusal")]
pub async fn refuse_my_appointment_offers(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<AppointmentRequestId>,
    version: IfMatch,
) -> Result<Versioned<AppointmentRequest>, ApiError> {
    changed_by_me(&state, &caller, id.0, async |tx: &mut Tx| {
        let now = tx.now;
        let rule = |request: Request| request.perform(RequestAct::Refuse, Audience::Employee, now);
        let (class, end) = (DataClass::Appointment, RequestEnd::default());
        without_visit(tx, id.0, version, class, OfferState::Declined, &end, rule).await
    })
    .await
}
