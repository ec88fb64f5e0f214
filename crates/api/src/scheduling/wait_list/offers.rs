//! Taking a time that became free, or not.

use actix_web::post;
use actix_web::web::Data;
use futures_util::future::try_join;
use salus_domain::access::{About, Act, Allowed, DataClass};
use salus_domain::ids::{AppointmentId, OfferId, OfferRoundId, PersonId, WaitListItemId};
use salus_domain::scheduling::{Audience, ClosedBecause, FreedBy, OfferState, Slot};
use salus_store::scheduling::{
    self as store, HeldClaims, LocationRecord, OfferFor, OfferRecord, TypeRecord, WaitListRecord,
    WaitsFor,
};
use salus_types::problem::Problem;
use salus_types::scheduling::problems::{OFFER_EXPIRED, OFFER_TAKEN, SLOT_TAKEN};
use salus_types::scheduling::{Appointment, WaitListItem};
use uuid::Uuid;

use super::find;
use super::me::changed_by_me;
use crate::access::{Caller, Me};
use crate::error::ApiError;
use crate::extract::{Id, Versioned};
use crate::scheduling::appointments::shown_record;
use crate::scheduling::booking::{self, Booked, Kept};
use crate::scheduling::freed;
use crate::scheduling::moving::{in_own_lanes, moved_to, take_place};
use crate::scheduling::requests::without_other_times;
use crate::scheduling::rounds::{options_of, wants};
use crate::scheduling::taking::{Wish, act_refused, region};
use crate::state::AppState;
use crate::transaction::Tx;

const CLASS: DataClass = DataClass::Appointment;

/// Take a time that became free: it becomes a visit, or the visit one has is moved there.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The offered time")),
    responses(
        (status = 200, body = Appointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`offer-expired`, `offer-taken`, `person-busy`, `limit-reached`, `appointment-begun`, `wrong-state`"),
        (status = 422, body = Problem, description = "`slot-not-offered`"),
    )
)]
#[post("/me/offers/{id}/acceptance")]
pub async fn accept_my_offer(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<OfferId>,
) -> Result<Versioned<Appointment>, ApiError> {
    let caller = caller.competing();
    let answer = state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let person = tx.actor.own_person()?;
            let visit = accept(tx, person, id.0).await?;
            let record = store::find_appointment(tx.shared(), visit)
                .await?
                .ok_or_else(ApiError::not_found)?;
            shown_record(tx, record).await
        })
        .await?;
    let version = answer.version;
    Ok(Versioned(answer, version))
}

/// Do not take a time that became free; the next one is asked.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The offered time")),
    responses(
        (status = 200, body = WaitListItem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`offer-expired`, `offer-taken`"),
    )
)]
#[post("/me/offers/{id}/refusal")]
pub async fn refuse_my_offer(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<OfferId>,
) -> Result<Versioned<WaitListItem>, ApiError> {
    changed_by_me(&state, &caller, async |tx: &mut Tx| {
        let person = tx.actor.own_person()?;
        refuse(tx, person, id.0).await
    })
    .await
}

/// An offer of the person's that is still kept, and what they wait for.
struct Live {
    offer: OfferRecord,
    round: OfferRoundId,
    item: WaitListRecord,
    allowed: Allowed<WaitListItemId>,
}

/// Locks an offer and what it is for; the person and the resources first, as everywhere. Of a time that
/// is kept for nobody they are locked when it is taken.
async fn live(tx: &mut Tx, person: PersonId, id: OfferId) -> Result<Live, ApiError> {
    let now = tx.now;
    let found = store::find_offer(tx.shared(), id).await?;
    let own = found.filter(|offer| offer.person == person);
    let Some((offer, OfferFor::Waiting { item, round })) =
        own.map(|offer| (offer.clone(), offer.made_for))
    else {
        return Err(tx.missing(Act::Change, CLASS, id));
    };
    if offer.kept {
        let resources = offer.resources.iter().copied();
        store::lock(tx.shared(), person, resources).await?;
    }
    let Some(offer) = store::lock_offer(tx.shared(), id).await? else {
        return Err(tx.missing(Act::Change, CLASS, id));
    };
    let (item, allowed) = find(tx, item, CLASS).await?;
    let wanted = wants(&item, offer.starts_at);
    if wanted && was_taken(&offer) {
        return Err(ApiError::of(OFFER_TAKEN));
    }
    if !offer.rules.is_live(now) || !wanted {
        return Err(ApiError::of(OFFER_EXPIRED));
    }
    Ok(Live {
        offer,
        round,
        item,
        allowed,
    })
}

/// Whether somebody else took a time that was kept for nobody.
pub(crate) fn was_taken(offer: &OfferRecord) -> bool {
    !offer.kept && offer.rules.state == OfferState::Withdrawn
}

/// Takes an offered time; answers the visit.
pub(crate) async fn accept(
    tx: &mut Tx,
    person: PersonId,
    id: OfferId,
) -> Result<AppointmentId, ApiError> {
    let now = tx.now;
    let live = live(tx, person, id).await?;
    tx.detail(&["offer"], None);
    let offer = &live.offer;
    let conn = tx.shared();
    let (kind, place) = try_join(
        store::find_type(conn, live.item.appointment_type, &[offer.location]),
        store::find_location(conn, offer.location),
    )
    .await?;
    let (Some(kind), Some(place)) = (kind, place) else {
        return Err(ApiError::not_found());
    };
    let visit = match live.item.waits_for {
        WaitsFor::Earlier(visit) => move_there(tx, &live, visit, kind, &place).await?,
        _ => book(tx, &live, kind, &place).await?,
    };
    if offer.kept {
        store::end_offer(tx.shared(), id, OfferState::Accepted, now).await?;
    } else if !store::take_offer(tx.shared(), id, now).await? {
        return Err(ApiError::of(OFFER_TAKEN));
    }
    // What is due has its visit; the rest waits for nothing more.
    if !matches!(live.item.waits_for, WaitsFor::DueItem(_)) {
        let (because, by) = (ClosedBecause::Taken, tx.actor.account);
        store::close_wait_list_item(tx.shared(), &live.allowed, because, by, now).await?;
    }
    Ok(visit)
}

/// Takes an offered time not; answers what the person goes on waiting for.
pub(crate) async fn refuse(
    tx: &mut Tx,
    person: PersonId,
    id: OfferId,
) -> Result<WaitListItemId, ApiError> {
    let now = tx.now;
    let live = live(tx, person, id).await?;
    tx.detail(&["offer"], None);
    store::free_offer(tx.shared(), id).await?;
    store::end_offer(tx.shared(), id, OfferState::Declined, now).await?;
    Ok(live.item.id)
}

async fn wish(
    tx: &mut Tx,
    live: &Live,
    kind: TypeRecord,
    moving: Option<AppointmentId>,
) -> Result<Wish, ApiError> {
    let offer = &live.offer;
    let options = options_of(tx, offer.person).await?;
    let before = match moving {
        Some(visit) => store::find_appointment(tx.shared(), visit).await?,
        None => None,
    };
    let before = before.and_then(|visit| visit.region);
    Ok(Wish {
        audience: Audience::Employee,
        person: offer.person,
        kind,
        options: options.ok_or_else(|| ApiError::of(OFFER_EXPIRED))?,
        item: None,
        modality: offer.modality,
        region: region(offer.modality, None, before.as_ref())?,
        resource: offer.resources.first().copied(),
        own_hold: None,
        moving,
    })
}

fn kept(offer: &OfferRecord) -> Kept<'_> {
    Kept {
        starts_at: offer.starts_at,
        ends_at: offer.ends_at,
        shown_ends_at: offer.shown_ends_at,
        modality: offer.modality,
        resources: &offer.resources,
    }
}

/// The time of an offer: what is kept, or what nobody was quicker to take.
async fn slot_of(
    tx: &mut Tx,
    offer: &OfferRecord,
    wish: &Wish,
    place: &LocationRecord,
) -> Result<Slot, ApiError> {
    if offer.kept {
        let slot = booking::kept_slot(tx, wish, place, &kept(offer)).await;
        return slot.map_err(without_other_times);
    }
    let slot = wish.take(tx, place, offer.starts_at).await;
    slot.map_err(|refused| match refused.kind() {
        SLOT_TAKEN => ApiError::of(OFFER_TAKEN),
        _ => without_other_times(refused),
    })
}

/// A new visit at the offered time.
async fn book(
    tx: &mut Tx,
    live: &Live,
    kind: TypeRecord,
    place: &LocationRecord,
) -> Result<AppointmentId, ApiError> {
    let offer = &live.offer;
    let wish = wish(tx, live, kind, None).await?;
    let slot = slot_of(tx, offer, &wish, place).await?;
    let visit = AppointmentId(Uuid::now_v7());
    let booked = Booked {
        id: visit,
        employer: offer.employer,
        comment: None,
    };
    booking::write(tx, &wish, place, &slot, booked).await?;
    if !offer.kept {
        let (org, now) = (tx.actor.provider_org, tx.now);
        let held = HeldClaims::Appointment(visit);
        store::claim_resources(tx.shared(), org, &slot, held, now).await?;
        return Ok(visit);
    }
    let taken = store::keep_offered(tx.shared(), offer.rules.id, visit).await?;
    if taken == offer.resources.len() {
        Ok(visit)
    } else {
        Err(ApiError::of(OFFER_EXPIRED))
    }
}

/// Puts the visit the person has at the offered time; the time it leaves is offered on. The clinic
/// proposed it, so neither a notice nor a number of moves is asked for.
async fn move_there(
    tx: &mut Tx,
    live: &Live,
    visit: AppointmentId,
    kind: TypeRecord,
    place: &LocationRecord,
) -> Result<AppointmentId, ApiError> {
    let (offer, now) = (&live.offer, tx.now);
    let Some(record) = store::lock_appointment(tx.conn(), visit).await? else {
        return Err(tx.missing(Act::Change, CLASS, visit));
    };
    let about = About::person(record.person)
        .employer(record.employer)
        .object(visit);
    let allowed = tx.allow(Act::Change, CLASS, about, record.rules)?;
    tx.detail(&["starts_at", "location_id", "modality", "resources"], None);
    if record.rules.starts_at <= offer.starts_at {
        return Err(ApiError::of(OFFER_EXPIRED));
    }
    let moved = allowed
        .try_map(|rules| moved_to(rules, offer.starts_at, Audience::Clinic, now))
        .map_err(act_refused)?;
    let wish = wish(tx, live, kind, Some(visit)).await?;
    let mut slot = slot_of(tx, offer, &wish, place).await?;
    if offer.kept {
        let conn = tx.shared();
        let (own, held) = try_join(
            store::claims_of_visit(conn, visit),
            store::claims_of_offer(conn, offer.rules.id),
        )
        .await?;
        in_own_lanes(&mut slot, &held, &own);
    }
    freed::of_visit(tx, visit, FreedBy::Move, Some(live.round)).await?;
    store::free_offer(tx.shared(), offer.rules.id).await?;
    take_place(tx, &wish, record.employer, &moved, &slot).await?;
    Ok(visit)
}
