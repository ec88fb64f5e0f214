//! What booking and giving back write, whoever does it.

use chrono::{DateTime, Utc};
use futures_util::future::{try_join, try_join3, try_join4};
use salus_domain::access::{About, Act, Allowed, DataClass};
use salus_domain::ids::{AppointmentId, EmployerId, HoldId, OrderItemId, PersonId, ResourceId};
use salus_domain::scheduling::appointment::{booked_state, cancel as cancelled};
use salus_domain::scheduling::changes::Change;
use salus_domain::scheduling::{
    Appointment, Assigned, Audience, Event, FreedBy, Modality, NotOffered, Refused, Slot, Stretch,
};
use salus_domain::time;
use salus_store::questionnaires::{
    NewAssignment, create_assignment, find_taken_back, hand_over_again, take_back_assignments,
};
use salus_store::scheduling::{
    self as store, Cancellation, HeldClaims, HoldRecord, LocationRecord, NewAppointment, TypeRecord,
};
use salus_types::scheduling::CancelAppointment;
use salus_types::scheduling::problems::{COMMENT_REQUIRED, SLOT_NOT_OFFERED};
use serde_json::json;
use uuid::Uuid;

use super::changes;
use super::freed;
use super::holds::{found, hold_refused, live, locked};
use super::shown::{self, CANCEL_COMMENT, COMMENT};
use super::taking::{Wish, act_refused_at, comment, item_dates, known_kind, options_for};
use crate::error::{ApiError, Field};
use crate::extract::IfMatch;
use crate::transaction::Tx;

/// A visit to be written.
pub(super) struct Booked {
    pub(super) id: AppointmentId,
    pub(super) employer: EmployerId,
    pub(super) comment: Option<String>,
}

/// Writes a visit at a time that was kept for it; the hold's claims are still the hold's. Answers
/// the hold and the visit.
pub(super) async fn book_held(
    tx: &mut Tx,
    by: Audience,
    person: PersonId,
    hold: HoldId,
    written: Option<&str>,
) -> Result<(HoldRecord, AppointmentId), ApiError> {
    let now = tx.now;
    let found = found(tx, hold).await?;
    if found.person != person {
        return Err(tx.missing(Act::Change, DataClass::Appointment, hold));
    }
    let options = options_for(tx, by, person).await?;
    let (kind, place) = kind_and_place(tx, by, &found).await?;
    let held = locked(tx, &found).await?;
    if held.moving.is_some() {
        return Err(ApiError::field("/hold_id", "kept_for_moving"));
    }
    live(&held)?
        .live(now)
        .map_err(|error| hold_refused(error, now))?;
    let written = comment(written, "/comment")?;
    let must_be_written =
        by == Audience::Employee && options.comment_required_types.contains(&kind.rules.id);
    if written.is_none() && must_be_written {
        let field = Field::new("/comment", "required");
        return Err(ApiError::of(COMMENT_REQUIRED).fields(vec![field]));
    }
    let wish = Wish {
        audience: by,
        person,
        item: item_dates(tx, by, person, &kind, held.item).await?,
        kind,
        modality: held.modality,
        region: held.region.clone(),
        resource: held.resources.first().copied(),
        options,
        own_hold: Some(held.hold.id),
        moving: None,
    };
    let slot = held_slot(tx, &wish, &place, &held).await?;
    let id = AppointmentId(Uuid::now_v7());
    let booked = Booked {
        id,
        employer: held.employer,
        comment: written,
    };
    write(tx, &wish, &place, &slot, booked).await?;
    Ok((held, id))
}

/// What a hold is for, and where.
pub(super) async fn kind_and_place(
    tx: &Tx,
    by: Audience,
    held: &HoldRecord,
) -> Result<(TypeRecord, LocationRecord), ApiError> {
    let places = &[held.location];
    let place = async { Ok(store::find_location(tx.shared(), held.location).await?) };
    let (kind, place) = try_join(known_kind(tx, by, held.appointment_type, places), place).await?;
    Ok((kind, place.ok_or_else(ApiError::not_found)?))
}

/// A time whose resources are taken already, by a hold or for a proposal.
pub(super) struct Kept<'a> {
    pub(super) starts_at: DateTime<Utc>,
    pub(super) ends_at: DateTime<Utc>,
    pub(super) shown_ends_at: DateTime<Utc>,
    pub(super) modality: Modality,
    /// The leading one first.
    pub(super) resources: &'a [ResourceId],
}

/// The slot of a hold.
pub(super) async fn held_slot(
    tx: &mut Tx,
    wish: &Wish,
    place: &LocationRecord,
    held: &HoldRecord,
) -> Result<Slot, ApiError> {
    let kept = Kept {
        starts_at: held.starts_at,
        ends_at: held.ends_at,
        shown_ends_at: held.shown_ends_at,
        modality: held.modality,
        resources: &held.resources,
    };
    kept_slot(tx, wish, place, &kept).await
}

/// The slot of a time that is kept: its resources are taken already, so only the person and the
/// rules that may have changed since are asked again.
pub(super) async fn kept_slot(
    tx: &mut Tx,
    wish: &Wish,
    place: &LocationRecord,
    kept: &Kept<'_>,
) -> Result<Slot, ApiError> {
    let now = tx.now;
    let zone = place.place.zone;
    let date = time::local_date(kept.starts_at, zone);
    let since = kept.starts_at - chrono::TimeDelta::days(2);
    let calendar = wish.calendar(tx, since.min(now)).await?;
    let offer = salus_domain::scheduling::offered::Offer {
        appointment_type: &wish.kind.rules,
        audience: wish.audience,
        options: &wish.options,
        item: wish.item,
        person: &calendar,
        moving: wish.moving.is_some(),
        now: kept_since(wish, kept.starts_at, now),
    };
    let of_person = Stretch {
        from: kept.starts_at,
        until: kept.ends_at.max(kept.shown_ends_at),
    };
    let refused = match offer.check(kept.starts_at, zone) {
        Ok(()) if calendar.is_free_for(of_person, wish.moving) => None,
        Ok(()) => Some(Refused::PersonBusy),
        Err(NotOffered::Type) => return Err(ApiError::of(SLOT_NOT_OFFERED)),
        Err(refused) => Some(Refused::NotOffered(refused)),
    };
    if let Some(refused) = refused {
        return Err(wish.refuse(tx, place, kept.starts_at, refused).await?);
    }
    let visit = Stretch {
        from: kept.starts_at,
        until: kept.ends_at,
    };
    let claimed = kept.resources.first().map_or(visit, |lead| {
        let rules = &wish.kind.rules;
        let times = rules.times_with(*lead, place.place.location_id);
        visit.widened(times.buffer_before, times.buffer_after)
    });
    Ok(Slot {
        starts_at: kept.starts_at,
        ends_at: kept.ends_at,
        shown_ends_at: kept.shown_ends_at,
        local_date: date,
        place: place.place,
        modality: kept.modality,
        resources: kept
            .resources
            .iter()
            .map(|id| Assigned {
                resource_id: *id,
                lane: 1,
                schedule_id: None,
                claimed,
            })
            .collect(),
        priority: 0,
    })
}

/// A time that was kept soon enough stays soon enough while it is kept; it must only lie ahead.
fn kept_since(wish: &Wish, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    let notice = chrono::TimeDelta::hours(wish.kind.rules.min_notice_to_book.into());
    if now < starts_at {
        now.min(starts_at - notice)
    } else {
        now
    }
}

/// Writes the visit, the person's claim, the forms to answer before it and the due items it
/// answers; the resources' claims are the caller's.
pub(super) async fn write(
    tx: &mut Tx,
    wish: &Wish,
    place: &LocationRecord,
    slot: &Slot,
    booked: Booked,
) -> Result<(), ApiError> {
    let (person, now, org) = (wish.person, tx.now, tx.actor.provider_org);
    let Booked {
        id,
        employer,
        comment,
    } = booked;
    let about = About::person(person).employer(employer).object(id);
    let permission = tx.allow(Act::Create, DataClass::Appointment, about, ())?;
    let comment = comment.as_deref();
    let (comment_sealed, supervisor_comment_sealed) = match wish.audience {
        Audience::Supervisor => (None, shown::seal_unopened(tx, id, comment).await?),
        _ => (shown::seal(tx, person, id, COMMENT, comment).await?, None),
    };
    let record = store::record_of(place.kind == "employer_site");
    let new = NewAppointment {
        id,
        org,
        person,
        employer,
        record,
        appointment_type: wish.kind.rules.id,
        slot,
        region: wish.region.as_ref(),
        state: booked_state(wish.kind.rules.clinic_confirms, wish.audience),
        booked_by: wish.audience,
        created_by: tx.actor.account,
        comment_sealed,
        supervisor_comment_sealed,
        now,
    };
    let busy = slot.of_person();
    let conn = tx.shared();
    let ((), (), fitting) = try_join3(
        store::insert_appointment(conn, &permission, &new),
        store::claim_person(conn, org, person, id, busy, slot.local_date, now),
        store::fitting_items(conn, person, wish.kind.rules.id),
    )
    .await?;
    attach(tx, wish, slot, (id, employer), record, &fitting).await?;
    tell(tx, Event::Booked(id), person, employer);
    changes::note(tx, id, Change::Booked, wish.audience, slot.starts_at)?;
    Ok(())
}

/// Ties to a visit what it answers and what is asked before it.
async fn attach(
    tx: &mut Tx,
    wish: &Wish,
    slot: &Slot,
    (id, employer): (AppointmentId, EmployerId),
    (owner, governance): (&str, &str),
    fitting: &[store::FittingItem],
) -> Result<(), ApiError> {
    let (person, now, org) = (wish.person, tx.now, tx.actor.provider_org);
    let fitting: Vec<OrderItemId> = fitting
        .iter()
        .filter(|item| answers(wish, item, slot))
        .map(|item| item.order_item)
        .collect();
    if !fitting.is_empty() {
        salus_store::surveillance::book_due_items(tx.conn(), person, id, &fitting).await?;
    }
    for questionnaire in &wish.kind.questionnaires {
        let assignment = NewAssignment {
            id: Uuid::now_v7(),
            provider_org_id: org.0,
            employer_id: employer.0,
            person_id: person.0,
            owner: owner.to_owned(),
            governance: governance.to_owned(),
            questionnaire_id: questionnaire.0,
            reason: "pre_visit".to_owned(),
            appointment_id: Some(id.0),
            due_on: Some(slot.local_date),
            state: "open".to_owned(),
            created_at: now,
            created_by: tx.actor.account.map(|account| account.0),
        };
        hand_over(tx, wish.audience, &assignment).await?;
    }
    Ok(())
}

/// Takes a visit that was given back up again: all of it is what it was.
pub(super) async fn restore(
    tx: &mut Tx,
    wish: &Wish,
    place: &LocationRecord,
    slot: &Slot,
    employer: EmployerId,
    restored: &Allowed<Appointment>,
) -> Result<(), ApiError> {
    let (person, now, org) = (wish.person, tx.now, tx.actor.provider_org);
    let id = restored.get().id;
    let busy = slot.of_person();
    let held = HeldClaims::Appointment(id);
    let conn = tx.shared();
    let ((), (), (), fitting) = try_join4(
        store::restore_appointment(conn, restored),
        store::claim_person(conn, org, person, id, busy, slot.local_date, now),
        store::claim_resources(conn, org, slot, held, now),
        store::fitting_items(conn, person, wish.kind.rules.id),
    )
    .await?;
    let record = store::record_of(place.kind == "employer_site");
    attach(tx, wish, slot, (id, employer), record, &fitting).await?;
    tell(tx, Event::Booked(id), person, employer);
    changes::note(tx, id, Change::Booked, wish.audience, slot.starts_at)?;
    Ok(())
}

/// Hands a visit's form over. One that was taken back with an earlier visit comes again, so that
/// nobody answers twice; a supervisor's booking cannot see that one.
async fn hand_over(
    tx: &mut Tx,
    audience: Audience,
    assignment: &NewAssignment,
) -> Result<(), ApiError> {
    let taken_back = match audience {
        Audience::Supervisor => None,
        _ => find_taken_back(tx.conn(), assignment).await?,
    };
    match taken_back {
        Some(id) => hand_over_again(tx.conn(), id, assignment).await?,
        None => create_assignment(tx.conn(), assignment).await?,
    }
    Ok(())
}

/// Whether a visit at that time answers a due item: in time, or allowed to be late.
fn answers(wish: &Wish, item: &store::FittingItem, slot: &Slot) -> bool {
    let visible = item
        .dates
        .visible_date
        .is_none_or(|from| from <= slot.local_date);
    let may_be_late = wish.options.may_be_late(wish.audience);
    visible && (may_be_late || !item.dates.is_past_due(slot.local_date))
}

/// Appends what happened to the outbox: ids only.
pub(super) fn tell(
    tx: &mut Tx,
    event: Event,
    person: salus_domain::ids::PersonId,
    employer: EmployerId,
) {
    let (Event::Booked(id)
    | Event::Confirmed(id)
    | Event::Cancelled(id)
    | Event::Moved(id)
    | Event::Changed(id, _)) = event;
    tx.emit(
        event.kind(),
        json!({ "appointment_id": id, "person_id": person, "employer_id": employer }),
    );
}

/// Gives a visit back: its claims are free, its due items open again, its unanswered form is no
/// longer asked.
pub(super) async fn cancel(
    tx: &mut Tx,
    id: AppointmentId,
    version: IfMatch,
    class: DataClass,
    by: Audience,
    command: &CancelAppointment,
) -> Result<(), ApiError> {
    let Some(found) = store::lock_appointment(tx.conn(), id).await? else {
        return Err(tx.missing(Act::Change, class, id));
    };
    let (person, employer) = (found.person, found.employer);
    let about = About::person(person).employer(employer).object(id);
    let allowed = tx.allow(Act::Change, class, about, found.rules)?;
    version.check(found.version)?;
    let reasons = store::cancel_reasons(tx.conn()).await?;
    let reason = reasons
        .iter()
        .find(|one| one.rules.code == command.reason && one.rules.is_offered_to(by))
        .ok_or_else(|| ApiError::field("/reason", "unknown_reason"))?;
    let written = comment(command.comment.as_deref(), "/comment")?;
    if reason.rules.wants_text && written.is_none() {
        return Err(ApiError::invalid(vec![Field::new("/comment", "required")]));
    }
    let now = tx.now;
    let (given_back, event) = match allowed.decide(|visit| cancelled(visit, by, now)) {
        Ok(decided) => decided,
        Err(error) => return Err(act_refused_at(tx, found.location, error).await?),
    };
    let how = Cancellation {
        reason: Some(reason.id),
        comment_sealed: shown::seal(tx, person, id, CANCEL_COMMENT, written.as_deref()).await?,
        ..Cancellation::by(by, tx.actor.account, now)
    };
    give_back(tx, &given_back, &how).await?;
    tell(tx, event, person, employer);
    Ok(())
}

/// Writes that a visit was given back, and lets go of everything that hung on it.
pub(super) async fn give_back(
    tx: &mut Tx,
    allowed: &Allowed<Appointment>,
    how: &Cancellation,
) -> Result<(), ApiError> {
    let (id, starts_at) = (allowed.get().id, allowed.get().starts_at);
    changes::note(tx, id, Change::Cancelled, how.by, starts_at)?;
    freed::of_visit(tx, id, FreedBy::Cancellation, None).await?;
    store::cancel_appointment(tx.conn(), allowed, how).await?;
    let_go(tx, id).await
}

/// Writes that a visit should never have been written, and lets go of everything that hung on it; `was` is
/// what it was before.
pub(super) async fn strike(
    tx: &mut Tx,
    allowed: &Allowed<Appointment>,
    was: &Appointment,
    how: &Cancellation,
) -> Result<(), ApiError> {
    let (id, starts_at) = (was.id, was.starts_at);
    if was.is_to_come(tx.now) {
        changes::note(tx, id, Change::Cancelled, how.by, starts_at)?;
    }
    freed::of_visit(tx, id, FreedBy::Cancellation, None).await?;
    store::strike_appointment(tx.conn(), allowed, how, was.state).await?;
    let_go(tx, id).await
}

/// What a visit took is free, what it answered is due, and what was asked before it is asked no more.
async fn let_go(tx: &mut Tx, id: AppointmentId) -> Result<(), ApiError> {
    store::free_appointment(tx.conn(), id).await?;
    salus_store::surveillance::reopen_due_items(tx.conn(), id).await?;
    take_back_assignments(tx.conn(), id).await?;
    Ok(())
}
