//! Pick-up codes as the clinic gives them.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, post};
use salus_domain::access::{About, Act, Allowed, DataClass};
use salus_domain::ids::{EmployerId, PersonId, PickupCodeId};
use salus_domain::intake::PickupCode as Code;
use salus_domain::intake::pickup_code::{self as rules, Purpose, State};
use salus_store::intake::codes::{self as store, CodeRow};
use salus_types::intake::{MadePickupCode, MakePickupCode, PickupCode, PickupCodeList, problems};
use salus_types::problem::Problem;
use uuid::Uuid;

use crate::access::{Caller, Clinic};
use crate::error::ApiError;
use crate::extract::{Body, Created, Id, Idempotency};
use crate::mail::Letter;
use crate::portals::portal_of;
use crate::routes::Operations;
use crate::state::AppState;
use crate::transaction::Tx;

/// Registers the operations of this feature.
pub fn routes(config: &mut impl Operations) {
    config
        .service(list_pickup_codes)
        .service(create_pickup_code)
        .service(void_pickup_codes);
}

/// The keyed hash under which a code is found again.
#[must_use]
pub fn hash(state: &AppState, code: &Code) -> Vec<u8> {
    let key = state.key_file.derive("pick-up codes");
    key.hash(code.characters().as_bytes()).to_vec()
}

/// A permission about the access of a person who works for an employer in reach.
async fn about_access(
    tx: &mut Tx,
    act: Act,
    person: PersonId,
) -> Result<Allowed<PersonId>, ApiError> {
    tx.scope(act, DataClass::PersonAccess)?;
    let employers = store::employers_of(tx.conn(), person).await?;
    let Some(employer) = employers.first() else {
        return Err(tx.missing(act, DataClass::PersonAccess, person));
    };
    let about = About::person(person).employer(EmployerId(*employer));
    tx.allow(act, DataClass::PersonAccess, about, person)
}

/// The pick-up codes of a person, newest first.
#[utoipa::path(
    tag = "intake",
    params(("id" = Uuid, Path, description = "The person")),
    responses((status = 401, body = Problem), (status = 200, body = PickupCodeList), (status = 404, body = Problem))
)]
#[get("/clinic/people/{id}/pickup-codes")]
pub async fn list_pickup_codes(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<PersonId>,
) -> Result<Json<PickupCodeList>, ApiError> {
    let list = state
        .run(&caller, async |tx: &mut Tx| {
            let now = tx.now;
            let allowed = about_access(tx, Act::Read, id.0).await?;
            let rows = store::list_codes(tx.conn(), &allowed).await?;
            let account_state = store::account_state(tx.conn(), id.0).await?;
            let can_email = store::email_of(tx.conn(), id.0).await?.is_some();
            Ok(PickupCodeList {
                items: rows.into_iter().map(|row| shown(row, now)).collect(),
                account_state,
                can_email,
            })
        })
        .await?;
    Ok(Json(list))
}

fn shown(row: CodeRow, now: chrono::DateTime<chrono::Utc>) -> PickupCode {
    let expired = row.state == State::Pending.word() && row.expires_at <= now;
    PickupCode {
        id: PickupCodeId(row.id),
        purpose: row.purpose,
        state: if expired {
            "expired".to_owned()
        } else {
            row.state
        },
        last_four: row.last_four,
        channel: row.channel,
        created_at: row.created_at,
        expires_at: row.expires_at,
        closed_at: row.closed_at,
    }
}

/// Make a pick-up code for a person. A pending one is void from now on.
///
/// The code is in this answer only; it is stored nowhere.
#[utoipa::path(
    tag = "intake",
    params(("id" = Uuid, Path, description = "The person")),
    request_body = MakePickupCode,
    responses((status = 401, body = Problem),
        (status = 201, body = MadePickupCode),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`invalid`, `no-address`"),
    )
)]
#[post("/clinic/people/{id}/pickup-codes")]
pub async fn create_pickup_code(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<PersonId>,
    key: Idempotency,
    body: Body<MakePickupCode>,
) -> Result<Created, ApiError> {
    let command = &*body;
    let days = command.valid_days.unwrap_or(rules::DEFAULT_DAYS);
    if !(1..=90).contains(&days) {
        let field = crate::error::Field::new("/valid_days", "out_of_range");
        return Err(ApiError::invalid(vec![
            field.with("from", 1).with("to", 90),
        ]));
    }
    if !matches!(command.channel.as_str(), "shown" | "email") {
        return Err(ApiError::field("/channel", "one_of"));
    }
    let code = Code::from_random(salus_store::sealing::random()?);
    let code = &code;
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            let allowed = about_access(tx, Act::Create, id.0).await?;
            tx.detail(&["pickup_code"], None);
            let now = tx.now;
            let row = CodeRow {
                id: Uuid::now_v7(),
                provider_org_id: tx.actor.provider_org.0,
                person_id: id.0.0,
                purpose: Purpose::Myself.word().to_owned(),
                state: State::Pending.word().to_owned(),
                code_hash: hash(&state, code),
                last_four: code.last_four(),
                channel: command.channel.clone(),
                wrong_answers: 0,
                created_at: now,
                created_by: tx.actor.account.map(Uuid::from),
                expires_at: rules::expires_at(now, days),
                closed_at: None,
            };
            let purpose = Purpose::Myself.word();
            store::void_codes(tx.conn(), id.0, Some(purpose), now).await?;
            let row = allowed.try_map(|_| Ok::<_, ApiError>(row))?;
            let row = store::insert_code(tx.conn(), row).await?;
            let link = link_of(tx, id.0, code).await?;
            if command.channel == "email" {
                send(tx, id.0, code, &link).await?;
            }
            let made = MadePickupCode {
                code: code.shown(),
                link,
                pickup_code: shown(row, now),
            };
            let list = format!("/api/v1/clinic/people/{}/pickup-codes", id.0);
            Created::at(list, 1, &made)
        })
        .await
}

/// Where a code is typed: behind the portal's address, so that the page wears its look. The code is
/// in the fragment, which no server is told.
async fn link_of(tx: &mut Tx, person: PersonId, code: &Code) -> Result<String, ApiError> {
    let portal = portal_of(tx, Some(person.0), "employee").await?;
    let door = portal.map_or_else(
        || "/employee".to_owned(),
        |portal| format!("/p/{}", portal.slug),
    );
    let address = tx.state.settings.public_url.trim_end_matches('/');
    Ok(format!("{address}{door}/code#{}", code.shown()))
}

/// Sends a code to the address on file, in the person's language; it names no clinic purpose.
async fn send(tx: &mut Tx, person: PersonId, code: &Code, link: &str) -> Result<(), ApiError> {
    let to = store::email_of(tx.conn(), person)
        .await?
        .ok_or_else(|| ApiError::of(problems::NO_ADDRESS))?;
    let language = store::language_of(tx.conn(), person).await?;
    let language = language
        .as_deref()
        .and_then(crate::words::offered)
        .unwrap_or("en");
    let letter = Letter {
        to,
        variables: vec![
            ("code".to_owned(), code.shown()),
            ("link".to_owned(), link.to_owned()),
        ],
        calendar: None,
    };
    tx.mail("pickup-code", language, &letter).await
}

/// Take back the pending codes of a person.
#[utoipa::path(
    tag = "intake",
    params(("id" = Uuid, Path, description = "The person")),
    responses((status = 401, body = Problem), (status = 204), (status = 404, body = Problem))
)]
#[delete("/clinic/people/{id}/pickup-codes")]
pub async fn void_pickup_codes(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<PersonId>,
) -> Result<HttpResponse, ApiError> {
    state
        .run(&caller, async |tx: &mut Tx| {
            about_access(tx, Act::Change, id.0).await?;
            tx.detail(&["pickup_code"], None);
            let now = tx.now;
            store::void_codes(tx.conn(), id.0, None, now).await?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
