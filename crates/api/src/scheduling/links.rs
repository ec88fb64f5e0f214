//! Answering for a visit by the link in a mail, without signing in. Looking changes nothing: what
//! opens links by itself, as mail scanners do, can do no harm.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, get, post};
use chrono::{DateTime, TimeDelta, Utc};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::accounts::Rate;
use salus_domain::ids::{AppointmentId, ProviderOrgId};
use salus_domain::scheduling::appointment::{cancel, perform};
use salus_domain::scheduling::{Act as VisitAct, Audience, BookingOptions, Modality};
use salus_domain::time;
use salus_store::notifications::{Recipient, recipients};
use salus_store::scheduling::{
    self as store, AppointmentRecord, Cancellation, LinkRow, LocationRecord, TypeRecord,
};
use salus_types::problem::Problem;
use salus_types::scheduling::problems::{LINK_EXPIRED, LINK_LOCKED};
use salus_types::scheduling::{AnswerLink, LinkedVisit};
use uuid::Uuid;

use super::booking::{give_back, tell};
use super::calendar_file::where_it_is;
use super::moving::{moved_to, put};
use super::taking::{Wish, act_refused, options_in};
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
/// How long links are kept after the visit.
const KEPT: TimeDelta = TimeDelta::days(30);

/// Makes a link for a visit and a reader; answers its token.
pub(super) async fn new_link(
    tx: &mut Tx,
    record: &AppointmentRecord,
    to: &Recipient,
) -> Result<String, ApiError> {
    let token = new_refresh_token()?;
    let row = LinkRow {
        id: Uuid::now_v7(),
        provider_org_id: tx.actor.provider_org.0,
        appointment_id: record.rules.id.0,
        token_hash: hash_token(&token).to_vec(),
        address_hash: hash_token(&to.email).to_vec(),
        language: to.language.clone(),
        expires_at: record.rules.starts_at,
        created_at: tx.now,
    };
    store::insert_link(tx.conn(), &row).await?;
    Ok(token)
}

/// Forgets links that can serve nobody any more.
pub(super) async fn forget(tx: &mut Tx) -> Result<(), ApiError> {
    let before = tx.now - KEPT;
    Ok(store::forget_links(tx.conn(), before).await?)
}

/// A visit by the link in a mail; nothing changes.
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
            let opened = Opened::by(tx, &link, Act::Read).await?;
            opened.show(tx, &link.language).await
        })
        .await?;
    Ok(Json(shown))
}

/// Say by the link in a mail that one will come, give the visit back, or move it.
#[utoipa::path(
    tag = "scheduling",
    security(()),
    params(
        ("token" = String, Path, description = "The link's token"),
        ("act" = String, Path, description = "`confirm`, `cancel` or `move`"),
    ),
    request_body = AnswerLink,
    responses(
        (status = 200, body = LinkedVisit),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`link-expired` with `phone`, `notice-too-short`, `too-many-moves`, `slot-taken` or `person-busy` with `next_slots`, `wrong-state`"),
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
    let act = match act.as_str() {
        "confirm" => VisitAct::Attend,
        "cancel" => VisitAct::Cancel,
        "move" => VisitAct::Move,
        _ => return Err(ApiError::not_found()),
    };
    let link = known(&state, &request, &token).await?;
    let org = ProviderOrgId(link.provider_org_id);
    let shown = state
        .run_system(org, "answer_link", async |tx: &mut Tx| {
            let opened = Opened::by(tx, &link, Act::Change).await?;
            match act {
                VisitAct::Attend => opened.attend(tx).await?,
                VisitAct::Cancel => opened.give_back(tx).await?,
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

/// A visit and all that is shown of it.
struct Opened {
    record: AppointmentRecord,
    place: LocationRecord,
    kind: TypeRecord,
    options: BookingOptions,
    brand: String,
}

impl Opened {
    /// Opens a link that still serves: the visit lies ahead, and the address is still the person's.
    async fn by(tx: &mut Tx, link: &LinkRow, act: Act) -> Result<Self, ApiError> {
        let (now, id) = (tx.now, AppointmentId(link.appointment_id));
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
        let readers = recipients(tx.conn(), &[record.person], &["self"], now).await?;
        let same = |reader: &&Recipient| hash_token(&reader.email).as_slice() == link.address_hash;
        let reader = readers.iter().find(same);
        let (Some(reader), true) = (reader, now < record.rules.starts_at) else {
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
        let bookable = self.options.schedule && self.kind.rules.is_bookable_by(Audience::Employee);
        let mut acts = self.record.rules.allowed(Audience::Employee, now);
        acts.retain(|act| match act {
            VisitAct::Attend | VisitAct::Cancel => true,
            VisitAct::Move => bookable,
            _ => false,
        });
        acts
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
            state: record.rules.state,
            starts_at: record.rules.starts_at,
            zone: record.zone.name().to_owned(),
            place_label: place.public_label.clone(),
            address: in_person.then(|| where_it_is(record, place, language)),
            phone: place.phone.clone(),
            modality: record.modality,
            preparation: text
                .map(|text| text.prep_public.clone())
                .filter(|text| !text.is_empty()),
            attends: record.rules.attends,
            allowed,
            deadline_cancel: record.rules.cancel_deadline(),
            deadline_move: record.rules.move_deadline(),
            other_starts,
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
            .map_err(act_refused)?;
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
            .map_err(act_refused)?;
        let how = Cancellation::by(by, None, now);
        give_back(tx, &visit, &how).await?;
        tell(tx, event, self.record.person, self.record.employer);
        Ok(())
    }

    async fn move_to(&self, tx: &mut Tx, start: DateTime<Utc>) -> Result<(), ApiError> {
        let now = tx.now;
        if !self.options.schedule {
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
        let moved = allowed.try_map(|rules| moved_to(rules, start, Audience::Employee, now))?;
        let slot = wish.take(tx, &self.place, start).await?;
        put(tx, &wish, self.record.employer, &moved, &slot).await
    }
}
