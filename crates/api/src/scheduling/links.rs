//! Answering for a visit, or an offered time, by the link in a mail, without signing in. Looking changes nothing: what
//! opens links by itself, as mail scanners do, can do no harm.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, get, post};
use chrono::{DateTime, TimeDelta, Utc};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::accounts::Rate;
use salus_domain::ids::{AppointmentId, OfferId, PersonId, ProviderOrgId};
use salus_domain::scheduling::appointment::{ActError, cancel, perform};
use salus_domain::scheduling::{
    Act as VisitAct, Audience, BookingOptions, Modality, OfferState, State,
};
use salus_domain::time;
use salus_store::notifications::{Recipient, recipients};
use salus_store::scheduling::{
    self as store, AppointmentRecord, Cancellation, LinkRow, LocationRecord, OfferFor, OfferRecord,
    TypeRecord,
};
use salus_types::problem::Problem;
use salus_types::scheduling::problems::{LINK_EXPIRED, LINK_LOCKED};
use salus_types::scheduling::{AnswerLink, LinkedOffer, LinkedVisit};
use uuid::Uuid;

use super::booking::{give_back, tell};
use super::calendar_file::where_it_is;
use super::check_in::shown_code;
use super::moving::{moved_to, put};
use super::taking::{Wish, is_offered, options_in, with_phone};
use super::wait_list::{accept, refuse, was_taken};
use crate::accounts::sign_in::{hash_token, new_refresh_token};
use crate::accounts::throttling::{count_try, tries_within};
use crate::error::ApiError;
use crate::extract::Body;
use crate::portals::{brand_of, portal_of};
use crate::state::AppState;
use crate::transaction::Tx;

/// Looks and answers from one address in a minute.
const A_MINUTE: u32 = 20;
/// Unknown tokens from one address, and for how long it is then refused.
const MISSES: u32 = 10;
const LOCKED: TimeDelta = TimeDelta::minutes(15);
/// Under which name misses are counted.
const MISS: &str = "link-miss";
/// Other times that are named.
const OTHER_STARTS: usize = 10;
/// What can be said by a link.
const ACTS: [&str; 5] = ["confirm", "cancel", "move", "accept", "decline"];
/// How long links are kept after the visit.
const KEPT: TimeDelta = TimeDelta::days(30);

/// What a link is for.
#[derive(Clone, Copy)]
pub(super) enum LinkFor {
    Visit(AppointmentId),
    Offer(OfferId),
}

/// Makes a link for a reader; answers its token.
pub(super) async fn new_link(
    tx: &mut Tx,
    what: LinkFor,
    until: DateTime<Utc>,
    to: &Recipient,
) -> Result<String, ApiError> {
    let token = new_refresh_token()?;
    let (visit, offer) = match what {
        LinkFor::Visit(id) => (Some(id.0), None),
        LinkFor::Offer(id) => (None, Some(id.0)),
    };
    let row = LinkRow {
        id: Uuid::now_v7(),
        provider_org_id: tx.actor.provider_org.0,
        appointment_id: visit,
        offer_id: offer,
        token_hash: hash_token(&token).to_vec(),
        address_hash: hash_token(&to.email).to_vec(),
        language: to.language.clone(),
        expires_at: until,
        created_at: tx.now,
        spent_at: None,
    };
    store::insert_link(tx.conn(), &row).await?;
    Ok(token)
}

/// Forgets links that can serve nobody any more.
pub(super) async fn forget(tx: &mut Tx) -> Result<(), ApiError> {
    let before = tx.now - KEPT;
    Ok(store::forget_links(tx.conn(), before).await?)
}

/// A visit, or a time that is offered, by the link in a mail; nothing changes.
#[utoipa::path(
    tag = "scheduling",
    security(()),
    params(("token" = String, Path, description = "The link's token")),
    responses(
        (status = 200, body = LinkedVisit),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`link-expired` with `phone`"),
        (status = 429, body = Problem, description = "`rate-limited`, `link-locked`"),
    )
)]
#[get("/public/links/{token}")]
pub async fn get_link(
    state: Data<AppState>,
    request: HttpRequest,
    token: Path<String>,
) -> Result<Json<LinkedVisit>, ApiError> {
    let link = known(&state, &request, &token).await?;
    let org = ProviderOrgId(link.provider_org_id);
    let shown = state
        .run_system(org, "get_link", async |tx: &mut Tx| {
            if let Some(id) = link.offer_id.map(OfferId) {
                return Ok(Offered::by(tx, &link, id).await?.show(tx, &link.language));
            }
            let opened = Opened::by(tx, &link, Act::Read).await?;
            opened.show(tx, &link.language).await
        })
        .await?;
    Ok(Json(shown))
}

/// Say by the link in a mail that one will come, give the visit back, or move it; take a time that is
/// offered, or leave it. Giving back, taking and leaving are the last that a link does.
#[utoipa::path(
    tag = "scheduling",
    security(()),
    params(
        ("token" = String, Path, description = "The link's token"),
        ("act" = String, Path, description = "`confirm`, `cancel` or `move`; `accept` or `decline`"),
    ),
    request_body = AnswerLink,
    responses(
        (status = 200, body = LinkedVisit),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`link-expired` with `phone`, `offer-expired`, `notice-too-short` with `deadline` and `phone`, `too-many-moves`, `slot-taken` or `person-busy` with `next_slots`, `wrong-state`"),
        (status = 422, body = Problem, description = "`slot-not-offered`, `invalid`"),
        (status = 429, body = Problem, description = "`rate-limited`, `link-locked`"),
    )
)]
#[post("/public/links/{token}/{act}")]
pub async fn answer_link(
    state: Data<AppState>,
    request: HttpRequest,
    path: Path<(String, String)>,
    body: Body<AnswerLink>,
) -> Result<Json<LinkedVisit>, ApiError> {
    let (token, act) = path.into_inner();
    if !ACTS.contains(&act.as_str()) {
        return Err(ApiError::not_found());
    }
    let link = known(&state, &request, &token).await?;
    let act = match (act.as_str(), link.offer_id.map(OfferId)) {
        ("accept", Some(id)) => return answer_offer(&state, &link, id, true).await,
        ("decline", Some(id)) => return answer_offer(&state, &link, id, false).await,
        ("confirm", None) => VisitAct::Attend,
        ("cancel", None) => VisitAct::Cancel,
        ("move", None) => VisitAct::Move,
        _ => return Err(ApiError::not_found()),
    };
    let org = ProviderOrgId(link.provider_org_id);
    let shown = state
        .run_system(org, "answer_link", async |tx: &mut Tx| {
            let opened = Opened::by(tx, &link, Act::Change).await?;
            match act {
                VisitAct::Attend => opened.attend(tx).await?,
                VisitAct::Cancel => {
                    opened.give_back(tx).await?;
                    spend(tx, &link).await?;
                }
                _ => {
                    let start = body
                        .starts_at
                        .ok_or_else(|| ApiError::field("/starts_at", "required"))?;
                    opened.move_to(tx, start).await?;
                }
            }
            let opened = Opened::by(tx, &link, Act::Read).await?;
            opened.show(tx, &link.language).await
        })
        .await?;
    Ok(Json(shown))
}

/// Takes or leaves the time behind a link.
async fn answer_offer(
    state: &AppState,
    link: &LinkRow,
    id: OfferId,
    taken: bool,
) -> Result<Json<LinkedVisit>, ApiError> {
    let org = ProviderOrgId(link.provider_org_id);
    let shown = state
        .run_system(org, "answer_link", async |tx: &mut Tx| {
            let person = Offered::by(tx, link, id).await?.offer.person;
            if taken {
                accept(tx, person, id).await?;
            } else {
                refuse(tx, person, id).await?;
            }
            spend(tx, link).await?;
            Ok(Offered::by(tx, link, id).await?.show(tx, &link.language))
        })
        .await?;
    Ok(Json(shown))
}

/// Writes that a link has served.
async fn spend(tx: &Tx, link: &LinkRow) -> Result<(), ApiError> {
    Ok(store::spend_link(tx.shared(), link.id, tx.now).await?)
}

/// The link behind a token. Looks are counted by address, and who guesses is refused for a while.
async fn known(
    state: &Data<AppState>,
    request: &HttpRequest,
    token: &str,
) -> Result<LinkRow, ApiError> {
    let guesses = Rate {
        limit: MISSES,
        window: LOCKED,
    };
    let (missed, wait) = tries_within(state, request, MISS, guesses).await?;
    if missed >= MISSES {
        return Err(ApiError::of(LINK_LOCKED).retry_after(wait));
    }
    count_try(state, request, "link", Rate::a_minute(A_MINUTE)).await?;
    let mut tx = state.database.authn().await?;
    let found = store::find_link(tx.connection(), &hash_token(token)).await?;
    tx.commit().await?;
    match found {
        Some(link) => Ok(link),
        None => {
            // One more is counted than refused: the refusal comes with the next look.
            count_try(state, request, MISS, guesses).await?;
            Err(ApiError::not_found())
        }
    }
}

/// Whom a link was sent to, if the address is still theirs.
async fn reader_of(
    tx: &mut Tx,
    link: &LinkRow,
    person: PersonId,
) -> Result<Option<Recipient>, ApiError> {
    let now = tx.now;
    let readers = recipients(tx.conn(), &[person], &["self"], now).await?;
    let same = |reader: &Recipient| hash_token(&reader.email).as_slice() == link.address_hash;
    Ok(readers.into_iter().find(same))
}

/// An offered time and all that is shown of it.
struct Offered {
    offer: OfferRecord,
    place: LocationRecord,
    kind: TypeRecord,
    brand: String,
}

impl Offered {
    /// Opens a link that still serves: it was not used, the time is kept, or was answered elsewhere, and the
    /// address is still the person's.
    async fn by(tx: &mut Tx, link: &LinkRow, id: OfferId) -> Result<Self, ApiError> {
        let now = tx.now;
        let found = store::find_offer(tx.shared(), id).await?;
        let offer = found.ok_or_else(ApiError::not_found)?;
        let about = About::person(offer.person)
            .employer(offer.employer)
            .object(id);
        tx.allow(Act::Read, DataClass::Appointment, about, ())?;
        let place = store::find_location(tx.shared(), offer.location)
            .await?
            .ok_or_else(ApiError::not_found)?;
        let answered = matches!(
            offer.rules.state,
            OfferState::Accepted | OfferState::Declined
        );
        let open = answered || was_taken(&offer) || offer.rules.is_live(now);
        let serves = open && link.spent_at.is_none();
        let reader = reader_of(tx, link, offer.person).await?;
        let (Some(reader), true) = (reader, serves) else {
            return Err(ApiError::of(LINK_EXPIRED).with("phone", place.phone));
        };
        let OfferFor::Waiting { item, .. } = offer.made_for else {
            return Err(ApiError::not_found());
        };
        let item = store::find_wait_list_item(tx.shared(), item)
            .await?
            .ok_or_else(ApiError::not_found)?;
        let kind = store::find_type(tx.shared(), item.appointment_type, &[offer.location])
            .await?
            .ok_or_else(ApiError::not_found)?;
        let portal = portal_of(tx, Some(reader.own_person_id), "employee").await?;
        Ok(Self {
            brand: brand_of(portal.as_ref(), &link.language),
            offer,
            place,
            kind,
        })
    }

    fn show(&self, tx: &Tx, language: &str) -> LinkedVisit {
        let (offer, place) = (&self.offer, &self.place);
        let in_person = offer.modality == Modality::InPerson;
        let text = self.kind.text(language);
        let left = (offer.rules.expires_at - tx.now).num_seconds();
        LinkedVisit {
            brand: self.brand.clone(),
            state: State::Pending,
            starts_at: offer.starts_at,
            zone: place.place.zone.name().to_owned(),
            place_label: place.public_label.clone(),
            address: in_person.then(|| where_it_is(offer.modality, place, language)),
            phone: place.phone.clone(),
            modality: offer.modality,
            preparation: text
                .map(|text| text.prep_public.clone())
                .filter(|text| !text.is_empty()),
            check_in_code: None,
            attends: false,
            allowed: Vec::new(),
            deadline_cancel: offer.starts_at,
            deadline_move: offer.starts_at,
            other_starts: Vec::new(),
            offer: Some(LinkedOffer {
                offer_state: offer.rules.state,
                expires_at: offer.rules.expires_at,
                seconds_left: u32::try_from(left).unwrap_or_default(),
                kept: offer.kept,
            }),
        }
    }
}

/// A visit and all that is shown of it.
struct Opened {
    record: AppointmentRecord,
    place: LocationRecord,
    kind: TypeRecord,
    options: BookingOptions,
    brand: String,
}

impl Opened {
    /// Opens a link that still serves: it was not used, the visit lies ahead, and the address is still the
    /// person's.
    async fn by(tx: &mut Tx, link: &LinkRow, act: Act) -> Result<Self, ApiError> {
        let id = link.appointment_id.map(AppointmentId);
        let (now, id) = (tx.now, id.ok_or_else(ApiError::not_found)?);
        // Who changes it waits for whoever changes it now.
        let found = match act {
            Act::Read => store::find_appointment(tx.shared(), id).await?,
            _ => store::lock_appointment(tx.conn(), id).await?,
        };
        let record = found.ok_or_else(ApiError::not_found)?;
        let about = About::person(record.person)
            .employer(record.employer)
            .object(id);
        tx.allow(act, DataClass::Appointment, about, ())?;
        let place = store::find_location(tx.shared(), record.location)
            .await?
            .ok_or_else(ApiError::not_found)?;
        let reader = reader_of(tx, link, record.person).await?;
        let serves = link.spent_at.is_none() && now < record.rules.starts_at;
        let (Some(reader), true) = (reader, serves) else {
            return Err(ApiError::of(LINK_EXPIRED).with("phone", place.phone));
        };
        let portal = portal_of(tx, Some(reader.own_person_id), "employee").await?;
        let kind = store::find_type(tx.shared(), record.appointment_type, &[record.location])
            .await?
            .ok_or_else(ApiError::not_found)?;
        Ok(Self {
            options: options_in(portal.as_ref())?,
            brand: brand_of(portal.as_ref(), &link.language),
            record,
            place,
            kind,
        })
    }

    /// What may be done: what the person could do in the portal.
    fn allowed(&self, now: DateTime<Utc>) -> Vec<VisitAct> {
        let mut acts = self.record.rules.allowed(Audience::Employee, now);
        acts.retain(|act| match act {
            VisitAct::Attend | VisitAct::Cancel => true,
            VisitAct::Move => self.is_movable(),
            _ => false,
        });
        acts
    }

    /// Whether the portal offers other times of the kind.
    fn is_movable(&self) -> bool {
        is_offered(&self.kind, Audience::Employee, &self.options)
    }

    /// Refuses what the rules do not let one do, and says whom to call.
    fn refused(&self, error: ActError) -> ApiError {
        with_phone(error, self.place.phone.as_deref())
    }

    async fn show(&self, tx: &mut Tx, language: &str) -> Result<LinkedVisit, ApiError> {
        let now = tx.now;
        let (record, place) = (&self.record, &self.place);
        let allowed = self.allowed(now);
        let other_starts = match allowed.contains(&VisitAct::Move) {
            true => self.other_starts(tx).await?,
            false => Vec::new(),
        };
        let in_person = record.modality == Modality::InPerson;
        let text = self.kind.text(language);
        Ok(LinkedVisit {
            brand: self.brand.clone(),
            // Whoever holds the link need not know which of the two it is.
            state: match record.rules.state {
                State::EnteredInError => State::Cancelled,
                state => state,
            },
            starts_at: record.rules.starts_at,
            zone: record.zone.name().to_owned(),
            place_label: place.public_label.clone(),
            address: in_person.then(|| where_it_is(record.modality, place, language)),
            phone: place.phone.clone(),
            modality: record.modality,
            preparation: text
                .map(|text| text.prep_public.clone())
                .filter(|text| !text.is_empty()),
            check_in_code: shown_code(tx, record, &self.options),
            attends: record.rules.attends && record.rules.state.holds_claims(),
            allowed,
            deadline_cancel: record.rules.cancel_deadline(),
            deadline_move: record.rules.move_deadline(),
            other_starts,
            offer: None,
        })
    }

    async fn wish(&self, tx: &mut Tx) -> Result<Wish, ApiError> {
        let id = self.record.rules.id;
        let with = store::appointment_resources(tx.shared(), &[id]).await?;
        Ok(Wish {
            audience: Audience::Employee,
            person: self.record.person,
            kind: self.kind.clone(),
            options: self.options.clone(),
            item: store::dates_of_visit(tx.shared(), id).await?,
            modality: self.record.modality,
            region: self.record.region.clone(),
            resource: with.first().map(|(_, lead, ..)| *lead),
            own_hold: None,
            moving: Some(id),
        })
    }

    async fn other_starts(&self, tx: &mut Tx) -> Result<Vec<DateTime<Utc>>, ApiError> {
        let now = tx.now;
        let today = time::local_date(now, self.place.place.zone);
        let last = (today + TimeDelta::days(30)).min(self.options.last_day(today));
        let wish = self.wish(tx).await?;
        let look = wish.look(tx, &[&self.place], today, last).await?;
        let free = wish.free(&look, &self.place, (today, last), now);
        let starts = free.iter().map(|slot| slot.starts_at);
        let others = starts.filter(|start| *start != self.record.rules.starts_at);
        Ok(others.take(OTHER_STARTS).collect())
    }

    fn about(&self) -> About {
        About::person(self.record.person)
            .employer(self.record.employer)
            .object(self.record.rules.id)
    }

    /// Saying twice that one will come is saying it once.
    async fn attend(&self, tx: &mut Tx) -> Result<(), ApiError> {
        let (now, rules) = (tx.now, self.record.rules);
        if rules.attends {
            return Ok(());
        }
        let allowed = tx.allow(Act::Change, DataClass::Appointment, self.about(), rules)?;
        tx.detail(&["attends"], None);
        let (act, by) = (VisitAct::Attend, Audience::Employee);
        let (visit, event) = allowed
            .decide(|rules| perform(rules, act, by, now))
            .map_err(|error| self.refused(error))?;
        store::progress_appointment(tx.shared(), &visit, act, None, now).await?;
        tell(tx, event, self.record.person, self.record.employer);
        Ok(())
    }

    async fn give_back(&self, tx: &mut Tx) -> Result<(), ApiError> {
        let (now, rules) = (tx.now, self.record.rules);
        let allowed = tx.allow(Act::Change, DataClass::Appointment, self.about(), rules)?;
        tx.detail(&["state"], None);
        let by = Audience::Employee;
        let (visit, event) = allowed
            .decide(|rules| cancel(rules, by, now))
            .map_err(|error| self.refused(error))?;
        let how = Cancellation::by(by, None, now);
        give_back(tx, &visit, &how).await?;
        tell(tx, event, self.record.person, self.record.employer);
        Ok(())
    }

    async fn move_to(&self, tx: &mut Tx, start: DateTime<Utc>) -> Result<(), ApiError> {
        let now = tx.now;
        if !self.is_movable() {
            return Err(ApiError::of(salus_types::problem::WRONG_STATE));
        }
        let wish = self.wish(tx).await?;
        let allowed = tx.allow(
            Act::Change,
            DataClass::Appointment,
            self.about(),
            self.record.rules,
        )?;
        tx.detail(&["starts_at"], None);
        let moved = allowed
            .try_map(|rules| moved_to(rules, start, Audience::Employee, now))
            .map_err(|error| self.refused(error))?;
        let slot = wish.take(tx, &self.place, start).await?;
        put(tx, &wish, self.record.employer, &moved, &slot).await
    }
}
