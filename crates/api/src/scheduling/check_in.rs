//! Checking in at a clinic's door with the code of the visit, without signing in.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, post};
use chrono::{DateTime, TimeDelta, Utc};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::accounts::Rate;
use salus_domain::ids::{AppointmentId, LocationId};
use salus_domain::scheduling::appointment::check_in;
use salus_domain::scheduling::options::LONGEST_CHECK_IN;
use salus_domain::scheduling::{Act as VisitAct, BookingOptions, CheckInCode, Modality, State};
use salus_store::scheduling::{self as store, AppointmentRecord};
use salus_types::problem::Problem;
use salus_types::scheduling::problems::CHECK_IN_LOCKED;
use salus_types::scheduling::{CheckInAtDoor, CheckedInAtDoor};

use super::booking::tell;
use super::taking::{act_refused, options_in};
use crate::accounts::throttling::{count_try, tries_within};
use crate::error::ApiError;
use crate::extract::Body;
use crate::portals::portal_of;
use crate::state::AppState;
use crate::transaction::Tx;

/// Tries from one address in a minute: one door may serve a whole shift.
const A_MINUTE: u32 = 30;
/// Wrong codes from one address, and for how long it is then refused.
const MISSES: u32 = 30;
const LOCKED: TimeDelta = TimeDelta::minutes(15);
/// Under which name misses are counted.
const MISS: &str = "check-in-miss";

/// The code of a visit. It follows from the visit and the key file, and is kept nowhere.
fn code_of(state: &AppState, visit: AppointmentId) -> CheckInCode {
    let key = state.key_file.derive("check-in codes");
    CheckInCode::of_hash(&key.hash(visit.0.as_bytes()))
}

/// Whether a visit is one that people check in to at the door and that is still to be held.
pub(super) fn has_code(record: &AppointmentRecord, now: DateTime<Utc>) -> bool {
    let (_, after) = LONGEST_CHECK_IN;
    record.modality == Modality::InPerson
        && record.rules.state == State::Booked
        && now <= record.rules.starts_at + after
}

/// The code of a visit that has one, for the person; where the portal lets people check in.
pub(super) fn shown_code(
    tx: &Tx,
    record: &AppointmentRecord,
    options: &BookingOptions,
) -> Option<String> {
    let serves = options.use_checkin && has_code(record, tx.now);
    serves.then(|| code_of(&tx.state, record.rules.id).shown())
}

/// Check in at a clinic's door with the code of the visit, around its start. Every code that is not
/// that of a visit there has the same answer.
#[utoipa::path(
    tag = "scheduling",
    security(()),
    request_body = CheckInAtDoor,
    responses(
        (status = 200, body = CheckedInAtDoor),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`check-in-closed`"),
        (status = 422, body = Problem),
        (status = 429, body = Problem, description = "`rate-limited`, `check-in-locked`"),
    )
)]
#[post("/public/check-ins")]
pub async fn check_in_at_door(
    state: Data<AppState>,
    request: HttpRequest,
    body: Body<CheckInAtDoor>,
) -> Result<Json<CheckedInAtDoor>, ApiError> {
    let guesses = Rate {
        limit: MISSES,
        window: LOCKED,
    };
    let (missed, wait) = tries_within(&state, &request, MISS, guesses).await?;
    if missed >= MISSES {
        return Err(ApiError::of(CHECK_IN_LOCKED).retry_after(wait));
    }
    count_try(&state, &request, "check-in", Rate::a_minute(A_MINUTE)).await?;
    match answered(&state, &body).await? {
        Some(answer) => Ok(Json(answer)),
        None => {
            // One more is counted than refused: the refusal comes with the next try.
            count_try(&state, &request, MISS, guesses).await?;
            Err(ApiError::not_found())
        }
    }
}

/// Checks the person in; nothing where no visit there has this code.
async fn answered(
    state: &Data<AppState>,
    body: &CheckInAtDoor,
) -> Result<Option<CheckedInAtDoor>, ApiError> {
    let Some(code) = CheckInCode::parse(&body.code) else {
        return Ok(None);
    };
    let place = body.location_id;
    let mut tx = state.database.authn().await?;
    let org = store::org_of_clinic(tx.connection(), place).await?;
    tx.commit().await?;
    let Some(org) = org else {
        return Ok(None);
    };
    state
        .run_system(org, "check_in_at_door", async |tx: &mut Tx| {
            let Some(id) = with_code(tx, place, &code).await? else {
                return Ok(None);
            };
            let Some(found) = store::lock_appointment(tx.conn(), id).await? else {
                return Ok(None);
            };
            arrived(tx, &found).await
        })
        .await
}

/// The only visit around now at a place that has a code.
async fn with_code(
    tx: &mut Tx,
    place: LocationId,
    code: &CheckInCode,
) -> Result<Option<AppointmentId>, ApiError> {
    let (before, after) = LONGEST_CHECK_IN;
    let (from, until) = (tx.now - after, tx.now + before);
    let visits = store::visits_at_door(tx.conn(), place, from, until).await?;
    let mut having = visits
        .into_iter()
        .filter(|visit| code_of(&tx.state, *visit) == *code);
    Ok(match (having.next(), having.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    })
}

/// Whoever types the code twice is checked in once.
async fn arrived(
    tx: &mut Tx,
    found: &AppointmentRecord,
) -> Result<Option<CheckedInAtDoor>, ApiError> {
    let (now, id) = (tx.now, found.rules.id);
    let about = About::person(found.person)
        .employer(found.employer)
        .object(id);
    if found.modality != Modality::InPerson {
        return Ok(None);
    }
    let zone = found.zone.name().to_owned();
    if found.rules.state == State::CheckedIn {
        tx.allow(Act::Read, DataClass::Appointment, about, ())?;
        return Ok(found.checked_in_at.map(|checked_in_at| CheckedInAtDoor {
            checked_in_at,
            zone,
        }));
    }
    let portal = portal_of(tx, Some(found.person.0), "employee").await?;
    let options = options_in(portal.as_ref())?;
    let allowed = tx.allow(Act::Change, DataClass::Appointment, about, found.rules)?;
    let (visit, event) = allowed
        .decide(|rules| check_in(rules, &options, now))
        .map_err(act_refused)?;
    tx.detail(&["state"], None);
    store::progress_appointment(tx.shared(), &visit, VisitAct::CheckIn, None, now).await?;
    tell(tx, event, found.person, found.employer);
    Ok(Some(CheckedInAtDoor {
        checked_in_at: now,
        zone,
    }))
}
