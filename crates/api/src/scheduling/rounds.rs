//! Offering times that became free to those who wait, one after the other, or to several at once where
//! the place wants it so.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AccountId, EmployerId, OfferId, OfferRoundId, PersonId};
use salus_domain::scheduling::wait_list::still_wants;
use salus_domain::scheduling::{
    Audience, BookingOptions, ClosedBecause, Hindrances, Item, ItemState, Modality, OfferState,
    OfferedTime, Outcome, Overrides, PersonCalendar, Round, Skip, Slot, Step, Waiting,
};
use salus_domain::time::{self, Tz};
use salus_store::notifications::{Recipient, events_delivered, recipients, take_events};
use salus_store::scheduling::{
    self as store, Book, Candidate, HeldClaims, LocationRecord, NewOffer, NewSkip, OfferFor,
    OfferRecord, RoundRecord, WaitListRecord,
};
use salus_types::problem::Kind;
use salus_types::scheduling::problems::{LIMIT_REACHED, PERSON_BUSY, SLOT_NOT_OFFERED, SLOT_TAKEN};
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

use super::freed::{FreedTime, KIND};
use super::moving::beyond_own;
use super::notices::OFFERED;
use super::taking::{Look, Wish, options_in};
use crate::accounts::quiet_hours::quiet_until;
use crate::error::ApiError;
use crate::portals::portal_of;
use crate::state::AppState;
use crate::transaction::Tx;

/// The most events, and the most items that are closed, of one transaction.
const AT_ONCE: i64 = 200;
/// How often rounds are looked after.
const PAUSE: Duration = Duration::from_secs(3);
/// How far ahead an offered time may be.
const FARTHEST: u16 = 365;

/// Offers what became free, until the server stops.
pub async fn offer_freed_times(state: AppState) {
    let mut stopping = state.stop.follow();
    loop {
        if let Err(error) = offer_freed_times_once(&state).await {
            tracing::warn!(
                error = error.logged(),
                "times that became free could not be offered"
            );
        }
        if !stopping.pause(PAUSE).await {
            return;
        }
    }
}

/// Begins a round for each time that became free, and asks who is next in every round.
///
/// # Errors
/// What the database says.
pub async fn offer_freed_times_once(state: &AppState) -> Result<(), ApiError> {
    for org in state.organizations().await? {
        let open = state.run_system(org, "begin_offer_rounds", async |tx: &mut Tx| {
            let now = tx.now;
            // Written down before anybody else is asked: no clock that is set back revives one.
            store::expire_offers(tx.shared(), now).await?;
            begin(tx).await?;
            Ok(store::open_rounds(tx.shared(), now).await?)
        });
        for id in open.await? {
            let turn = state.run_system(org, "offer_freed_time", async |tx: &mut Tx| {
                next_turn(tx, id).await
            });
            // The next round must not wait for this one.
            if let Err(error) = turn.await {
                tracing::warn!(error = error.logged(), %id, "nobody could be asked in a round");
            }
        }
    }
    Ok(())
}

/// Closes the items nobody waits for any more: what was due is done, or the visit that was to be
/// earlier is not to come any more.
pub(super) async fn close_settled(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    for (id, person, employer) in store::settled_items(tx.shared(), now, AT_ONCE).await? {
        let about = About::person(person).employer(employer).object(id);
        let allowed = tx.allow(Act::Change, DataClass::Appointment, about, id)?;
        tx.detail(&["closed"], None);
        let because = ClosedBecause::Settled;
        store::close_wait_list_item(tx.shared(), &allowed, because, None, now).await?;
    }
    Ok(())
}

/// Begins a round for each time that became free.
async fn begin(tx: &mut Tx) -> Result<(), ApiError> {
    let (org, now) = (tx.actor.provider_org, tx.now);
    let mut ids = Vec::new();
    for event in take_events(tx.conn(), KIND, now, AT_ONCE).await? {
        ids.push(event.id);
        let Ok(told) = serde_json::from_value::<FreedTime>(event.payload) else {
            continue;
        };
        let depth = match told.after {
            None => Some(1),
            Some(id) => {
                let before = store::find_round(tx.shared(), id).await?;
                before.and_then(|round| round.rules.next_depth())
            }
        };
        if let Some(depth) = depth {
            let id = OfferRoundId(Uuid::now_v7());
            let what = (&told.freed(), told.freed_by, depth);
            store::insert_round(tx.shared(), org, id, what, now).await?;
        }
    }
    events_delivered(tx.conn(), &ids, now).await?;
    Ok(())
}

/// Goes on with a round: asks who is next where nobody is asked now.
async fn next_turn(tx: &mut Tx, id: OfferRoundId) -> Result<(), ApiError> {
    let now = tx.now;
    let Some(round) = store::lock_round(tx.shared(), id).await? else {
        return Ok(());
    };
    let offers = store::offers_of_round(tx.shared(), id).await?;
    let rules: Vec<OfferedTime> = offers.iter().map(|offer| offer.rules).collect();
    let live = offers.iter().filter(|offer| offer.rules.is_live(now));
    match round.rules.step(&rules, round.look_again_at, now) {
        Step::End(outcome) => {
            // Somebody was quicker than these.
            for offer in live {
                withdraw(tx, offer).await?;
            }
            Ok(store::end_round(tx.shared(), id, outcome, now).await?)
        }
        Step::Ask => ask(tx, &round).await,
        Step::Wait => {
            for offer in live {
                if is_needless(tx, offer).await? {
                    withdraw(tx, offer).await?;
                }
            }
            Ok(())
        }
    }
}

/// Whether nobody waits any more for an offered time.
async fn is_needless(tx: &mut Tx, offer: &OfferRecord) -> Result<bool, ApiError> {
    let OfferFor::Waiting { item, .. } = offer.made_for else {
        return Ok(false);
    };
    let waits = store::find_wait_list_item(tx.shared(), item).await?;
    Ok(!waits.is_some_and(|item| wants(&item, offer.starts_at)))
}

/// Takes an offer back.
async fn withdraw(tx: &mut Tx, offer: &OfferRecord) -> Result<(), ApiError> {
    // Of what is not kept nothing is to be freed.
    if offer.kept {
        let resources = offer.resources.iter().copied();
        store::lock(tx.shared(), offer.person, resources).await?;
    }
    let now = tx.now;
    let Some(offer) = store::lock_offer(tx.shared(), offer.rules.id).await? else {
        return Ok(());
    };
    if offer.rules.is_live(now) {
        store::free_offer(tx.shared(), offer.rules.id).await?;
        store::end_offer(tx.shared(), offer.rules.id, OfferState::Withdrawn, now).await?;
        let told = told(offer.rules.id, offer.person, offer.employer);
        tx.emit("wait_list_item.withdrawn", told);
    }
    Ok(())
}

/// Whether a time is still of use for what somebody waits for.
pub(super) fn wants(item: &WaitListRecord, starts_at: DateTime<Utc>) -> bool {
    let state = ItemState::of(item.closed, item.booked, None, starts_at);
    let visit = item.visit.map(|visit| (visit.state, visit.starts_at));
    still_wants(state, visit, starts_at)
}

/// What a round is held against, loaded once for everybody.
struct Ground<'a> {
    round: &'a RoundRecord,
    place: LocationRecord,
    book: Book,
    dates: (NaiveDate, NaiveDate),
}

/// What came of somebody's turn.
enum Turn {
    /// Nothing of it would suit.
    Unfit,
    /// Something stands in the way.
    Skipped(Skip),
    /// A time is kept for them now.
    Offered,
}

/// Asks the next one, or the next ones, for whom there is a time and nothing in the way.
async fn ask(tx: &mut Tx, round: &RoundRecord) -> Result<(), ApiError> {
    let (org, now) = (tx.actor.provider_org, tx.now);
    let freed = &round.rules.freed;
    let place = store::find_location(tx.shared(), freed.location)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let zone = place.place.zone;
    let dates = (
        time::local_date(freed.gap.from, zone),
        time::local_date(freed.gap.until, zone),
    );
    let places = &[freed.location];
    let book = store::load_book(tx.shared(), places, dates.0, dates.1, now).await?;
    let candidates = store::candidates_at(tx.shared(), freed.location, freed.gap.from, now).await?;
    let today = time::local_date(now, zone);
    let waiting = candidates.iter().map(|one| Waiting {
        id: one.id,
        escalated: one.escalated,
        due: one.due_on,
        past_due: one.due_on.is_some_and(|due| due < today),
        offers_lately: one.offers_lately,
        since: one.since,
    });
    let turns = round.rules.turns(waiting.collect());
    let ground = Ground {
        round,
        place,
        book,
        dates,
    };
    let mut skips = Vec::new();
    let mut asked: Vec<PersonId> = Vec::new();
    for turn in turns {
        let Some(mut candidate) = candidates.iter().find(|one| one.id == turn.id).cloned() else {
            continue;
        };
        // Whoever waits for two things is told of one time.
        candidate.has_live_offer |= asked.contains(&candidate.person);
        match take_turn(tx, &ground, &candidate).await? {
            Turn::Unfit => {}
            Turn::Offered => asked.push(candidate.person),
            Turn::Skipped(skip) => {
                let note = NewSkip {
                    round: round.id,
                    item: candidate.id,
                    person: candidate.person,
                    employer: candidate.employer,
                    reason: skip.reason,
                };
                store::note_skip(tx.shared(), org, &note, now).await?;
                skips.push(skip);
            }
        }
        if asked.len() == round.rules.at_once() {
            break;
        }
    }
    if !asked.is_empty() {
        return Ok(store::put_round_off(tx.shared(), round.id, None).await?);
    }
    match Round::look_again(&skips) {
        Some(at) => store::put_round_off(tx.shared(), round.id, Some(at)).await?,
        None => store::end_round(tx.shared(), round.id, Outcome::Nobody, now).await?,
    }
    Ok(())
}

/// Looks for a time for one who waits, and keeps it for them.
async fn take_turn(
    tx: &mut Tx,
    ground: &Ground<'_>,
    candidate: &Candidate,
) -> Result<Turn, ApiError> {
    let now = tx.now;
    let Some(options) = options_of(tx, candidate.person).await? else {
        return Ok(Turn::Unfit);
    };
    let places = &[ground.place.place.location_id];
    let kind = store::find_type(tx.shared(), candidate.appointment_type, places).await?;
    let Some(kind) = kind else {
        return Ok(Turn::Unfit);
    };
    let moving = candidate.visit.map(|(visit, _)| visit);
    let mut look = Look {
        book: ground.book.clone(),
        calendar: PersonCalendar::default(),
    };
    let mut region = None;
    if let Some(visit) = moving {
        let own = store::claims_of_visit(tx.shared(), visit).await?;
        look.book.know(visit, &own);
        let found = store::find_appointment(tx.shared(), visit).await?;
        region = found.and_then(|found| found.region);
    }
    let modalities = kind.rules.modalities.clone();
    let mut wish = Wish {
        audience: Audience::Employee,
        person: candidate.person,
        kind,
        options,
        item: Some(Item {
            due_date: None,
            visible_date: candidate.visible_on,
        }),
        modality: Modality::InPerson,
        region,
        resource: candidate.wishes.resource,
        own_hold: None,
        moving,
    };
    if wish.kind.rules.after.is_some() {
        // What it follows says which times suit, not when the person is free.
        look.calendar.ends = wish.calendar(tx, now).await?.ends;
    }
    // Without the person first: who is busy is passed over, for whom nothing suits is not.
    let mut found = None;
    for modality in modalities {
        // Nobody is sent online of whom it is not known where they will be.
        if modality == Modality::Telehealth && wish.region.is_none() {
            continue;
        }
        wish.modality = modality;
        found = ground.first_fitting(&wish, &look, candidate, now);
        if found.is_some() {
            break;
        }
    }
    if found.is_none() {
        return Ok(Turn::Unfit);
    }
    let since = ground.round.rules.freed.gap.from - TimeDelta::days(2);
    look.calendar = wish.calendar(tx, since.min(now)).await?;
    let fitting = ground.first_fitting(&wish, &look, candidate, now);
    let (person, employer) = (candidate.person, candidate.employer);
    let zone = store::zone_of_reader(tx.shared(), person, employer).await?;
    let zone = zone.unwrap_or(ground.place.place.zone);
    let readers = recipients(tx.conn(), &[candidate.person], &["self"], now).await?;
    let hindrances = Hindrances {
        unreachable: readers.is_empty(),
        busy: fitting.is_none(),
        has_live_offer: candidate.has_live_offer,
        offers_in_week: candidate.offers_in_week,
        quiet_until: all_quiet_until(tx, &readers, zone).await?,
    };
    match (hindrances.skip(), fitting) {
        (Some(skip), _) => Ok(Turn::Skipped(skip)),
        (None, Some(slot)) if ground.round.rules.broadcast => offer(tx, ground, candidate, &slot)
            .await
            .map(|_| Turn::Offered),
        (None, Some(slot)) => keep(tx, ground, candidate, wish, &slot).await,
        (None, None) => Ok(Turn::Unfit),
    }
}

/// Until when none of those who would be told is to be disturbed, where none is now.
async fn all_quiet_until(
    tx: &mut Tx,
    readers: &[Recipient],
    zone: Tz,
) -> Result<Option<DateTime<Utc>>, ApiError> {
    let mut first: Option<DateTime<Utc>> = None;
    for reader in readers {
        let Some(until) = quiet_until(tx, AccountId(reader.account_id), zone).await? else {
            return Ok(None);
        };
        first = Some(first.map_or(until, |first| first.min(until)));
    }
    Ok(first)
}

impl Ground<'_> {
    fn first_fitting(
        &self,
        wish: &Wish,
        look: &Look,
        candidate: &Candidate,
        now: DateTime<Utc>,
    ) -> Option<Slot> {
        let (from, to) = self.dates;
        let slots = wish.search(look, &self.place, now, |search| search.slots(from, to));
        let before = candidate.visit.map(|(_, starts_at)| starts_at);
        let rules = &self.round.rules;
        rules.first_fitting(&slots, &candidate.wishes, before, now)
    }
}

/// Keeps a time for somebody and tells them.
async fn keep(
    tx: &mut Tx,
    ground: &Ground<'_>,
    candidate: &Candidate,
    wish: Wish,
    slot: &Slot,
) -> Result<Turn, ApiError> {
    let wish = Wish {
        resource: slot.resources.first().map(|lead| lead.resource_id),
        ..wish
    };
    let slot = match wish.take(tx, &ground.place, slot.starts_at).await {
        Ok(slot) => slot,
        // Somebody was quicker.
        Err(error) if GONE.contains(&error.kind()) => return Ok(Turn::Unfit),
        Err(error) => return Err(error),
    };
    // The claims name the offer.
    let rules = offer(tx, ground, candidate, &slot).await?;
    let kept = match wish.moving {
        Some(visit) => beyond_own(tx, visit, &slot).await?,
        None => slot,
    };
    let (org, now) = (tx.actor.provider_org, tx.now);
    let held = HeldClaims::Offer(rules.id, rules.expires_at);
    store::claim_resources(tx.shared(), org, &kept, held, now).await?;
    Ok(Turn::Offered)
}

/// Writes an offer and tells of it.
async fn offer(
    tx: &mut Tx,
    ground: &Ground<'_>,
    candidate: &Candidate,
    slot: &Slot,
) -> Result<OfferedTime, ApiError> {
    let (org, now) = (tx.actor.provider_org, tx.now);
    let round = &ground.round.rules;
    let rules = OfferedTime {
        id: OfferId(Uuid::now_v7()),
        state: OfferState::Held,
        expires_at: round.keep.kept_until(slot.starts_at, now),
    };
    let about = About::person(candidate.person)
        .employer(candidate.employer)
        .object(rules.id);
    let permission = tx.allow(Act::Create, DataClass::Appointment, about, ())?;
    let new = NewOffer {
        org,
        person: candidate.person,
        employer: candidate.employer,
        made_for: OfferFor::Waiting {
            item: candidate.id,
            round: ground.round.id,
        },
        rules,
        kept: !round.broadcast,
        slot,
        overrides: Overrides::NONE,
        override_reason_sealed: None,
        created_by: None,
        now,
    };
    store::insert_offer(tx.shared(), &permission, &new).await?;
    tx.emit(
        OFFERED,
        told(rules.id, candidate.person, candidate.employer),
    );
    Ok(rules)
}

/// Why a time that was free a moment ago cannot be kept.
const GONE: [Kind; 4] = [SLOT_TAKEN, PERSON_BUSY, LIMIT_REACHED, SLOT_NOT_OFFERED];

fn told(offer: OfferId, person: PersonId, employer: EmployerId) -> serde_json::Value {
    json!({ "offer_id": offer, "person_id": person, "employer_id": employer })
}

/// By which rules a person is offered times; none where their portal offers none. The clinic
/// proposes them, so that neither a past due date nor the days that may be searched count.
pub(super) async fn options_of(
    tx: &mut Tx,
    person: PersonId,
) -> Result<Option<BookingOptions>, ApiError> {
    let portal = portal_of(tx, Some(person.0), "employee").await?;
    let options = options_in(portal.as_ref())?;
    let offers = options.earlier_offers && (options.schedule || options.request);
    Ok(offers.then_some(BookingOptions {
        allow_past_due: true,
        days_out: FARTHEST,
        ..options
    }))
}
