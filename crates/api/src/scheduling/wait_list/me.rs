//! What one waits for, and which times would suit.

use actix_web::web::{Data, Json};
use actix_web::{get, patch, post};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentId, AppointmentTypeId, WaitListItemId};
use salus_domain::people::today;
use salus_domain::scheduling::request::are_weekdays;
use salus_domain::scheduling::{Audience, ClosedBecause, Wishes};
use salus_store::scheduling::{self as store, NewWaitListItem, WaitsFor};
use salus_store::work_status::work_people;
use salus_types::page::Page;
use salus_types::problem::{FORBIDDEN, Problem, WRONG_STATE};
use salus_types::scheduling::{ChangeWaitListItem, TimeWishes, WaitListItem, WishEarlier};
use uuid::Uuid;

use super::{find, shown};
use crate::access::{Caller, Me};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Id, IfMatch, Versioned};
use crate::scheduling::offered::{Named, places_of};
use crate::scheduling::revisions::merged;
use crate::scheduling::taking::portal_options;
use crate::state::AppState;
use crate::transaction::Tx;

/// What one waits for a time for, the longest first: what is due and has no visit, and earlier times
/// than visits have; each with the time that is kept for it now.
#[utoipa::path(
    tag = "scheduling",
    responses(
        (status = 200, body = Page<WaitListItem>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/me/wait-list-items")]
pub async fn list_my_wait_list_items(
    caller: Caller<Me>,
    state: Data<AppState>,
) -> Result<Json<Page<WaitListItem>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::Appointment)?;
            let (person, now) = (tx.actor.own_person()?, tx.now);
            let options = portal_options(tx).await?;
            let people = work_people(tx.shared(), &[person]).await?;
            let seen_until = people.first().map(|person| today(now, person.zone));
            let mut records = store::wait_list_of_person(tx.shared(), &scope, person).await?;
            records.retain(|record| {
                let visible = record.dates.is_none_or(|(_, visible)| {
                    options.ignore_visible_date || seen_until.is_none_or(|today| visible <= today)
                });
                !record.closed && !record.booked && visible
            });
            tx.shown(&scope, records.iter().map(|r| (r.person, r.id.0)));
            shown::for_person(tx, &records, &options).await
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Change which times would suit.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "What one waits for")),
    request_body = ChangeWaitListItem,
    responses(
        (status = 200, body = WaitListItem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[patch("/me/wait-list-items/{id}")]
pub async fn change_my_wait_list_item(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<WaitListItemId>,
    version: IfMatch,
    body: Body<ChangeWaitListItem>,
) -> Result<Versioned<WaitListItem>, ApiError> {
    changed_by_me(&state, &caller, async |tx: &mut Tx| {
        let (record, allowed) = find(tx, id.0, DataClass::Appointment).await?;
        tx.detail(&["wishes"], None);
        version.check(record.version)?;
        if record.closed {
            return Err(ApiError::of(WRONG_STATE));
        }
        let whole = shown::wishes(&record.wishes);
        let wanted: TimeWishes = merged(&whole, &*body)?;
        let wishes = checked(tx, record.appointment_type, &record.wishes, &wanted, "").await?;
        store::save_wishes(tx.shared(), &allowed, &wishes).await?;
        Ok(id.0)
    })
    .await
}

/// Say that one wants an earlier time for a visit, and which ones would suit; or that one does not
/// any more.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The visit")),
    request_body = WishEarlier,
    responses(
        (status = 200, body = WaitListItem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 422, body = Problem),
    )
)]
#[post("/me/appointments/{id}/earlier-wish")]
pub async fn wish_earlier_appointment(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    body: Body<WishEarlier>,
) -> Result<Versioned<WaitListItem>, ApiError> {
    changed_by_me(&state, &caller, async |tx: &mut Tx| {
        let (class, now) = (DataClass::Appointment, tx.now);
        let Some(visit) = store::find_appointment(tx.shared(), id.0).await? else {
            return Err(tx.missing(Act::Change, class, id.0));
        };
        let about = About::person(visit.person)
            .employer(visit.employer)
            .object(id.0);
        tx.allow(Act::Change, class, about, ())?;
        tx.detail(&["earlier_wish"], None);
        let listed = store::earlier_wish_of(tx.shared(), id.0).await?;
        match (listed, body.wanted) {
            (Some(item), false) => {
                let (record, allowed) = find(tx, item, class).await?;
                let by = tx.actor.account;
                let because = ClosedBecause::Person;
                store::close_wait_list_item(tx.shared(), &allowed, because, by, now).await?;
                return Ok(record.id);
            }
            (None, false) => return Err(ApiError::of(WRONG_STATE)),
            _ => {}
        }
        if !visit.rules.is_to_come(now) {
            return Err(ApiError::of(WRONG_STATE));
        }
        let kind = visit.appointment_type;
        let before = Wishes::default();
        let wishes = checked(tx, kind, &before, &body.wishes, "/wishes").await?;
        may_wish(tx, kind).await?;
        if let Some(item) = listed {
            let (record, allowed) = find(tx, item, class).await?;
            store::save_wishes(tx.shared(), &allowed, &wishes).await?;
            return Ok(record.id);
        }
        let place = store::find_location(tx.shared(), visit.location).await?;
        let at_site = place.is_some_and(|place| place.kind == "employer_site");
        let new = NewWaitListItem {
            id: WaitListItemId(Uuid::now_v7()),
            org: tx.actor.provider_org,
            person: visit.person,
            employer: visit.employer,
            record: store::record_of(at_site),
            appointment_type: kind,
            waits_for: WaitsFor::Earlier(id.0),
            wishes,
            created_by: tx.actor.account,
            now,
        };
        let about = About::person(new.person)
            .employer(new.employer)
            .object(new.id);
        let permission = tx.allow(Act::Create, class, about, ())?;
        store::insert_wait_list_item(tx.shared(), &permission, &new).await?;
        Ok(new.id)
    })
    .await
}

/// Whether times of a kind that become free are offered in the person's portal.
async fn may_wish(tx: &mut Tx, kind: AppointmentTypeId) -> Result<(), ApiError> {
    let options = portal_options(tx).await?;
    let kind = store::find_type(tx.shared(), kind, &[]).await?;
    let offered = kind.is_some_and(|kind| {
        kind.rules.is_bookable_by(Audience::Employee)
            && !options.excluded_types.contains(&kind.rules.id)
    });
    if offered && options.earlier_offers {
        Ok(())
    } else {
        Err(ApiError::of(FORBIDDEN))
    }
}

/// Wishes that can be: places of the person's employers, providers who can be asked for there by name,
/// ways the kind of visit has. Where the clinic chooses the provider, nobody is wished for.
async fn checked(
    tx: &mut Tx,
    kind: AppointmentTypeId,
    before: &Wishes,
    wanted: &TimeWishes,
    at: &str,
) -> Result<Wishes, ApiError> {
    let (person, now) = (tx.actor.own_person()?, tx.now);
    let wrong = |field: &str, code: &'static str| {
        ApiError::invalid(vec![Field::new(format!("{at}/{field}"), code)])
    };
    if !are_weekdays(&wanted.weekdays) {
        return Err(wrong("weekdays", "invalid"));
    }
    let places = places_of(tx, person).await?;
    let options = portal_options(tx).await?;
    let kind = store::whole_type(tx.shared(), kind).await?;
    let kind = kind.ok_or_else(ApiError::not_found)?;
    let linked = |id| places.iter().any(|at| at.place.location_id == id);
    if wanted.location_id.is_some_and(|id| !linked(id)) {
        return Err(wrong("location_id", "unknown"));
    }
    // Whoever was wished for stays so, whether or not they can still be asked for.
    let (resource, place) = (wanted.resource_id, wanted.location_id);
    let resource = if before.resource == resource && before.location == place {
        resource
    } else {
        let named = Named::load(tx, Audience::Employee, &places, &options).await?;
        let asked = named.asked(&kind, resource, place, now);
        asked.map_err(|error| error.at(at))?
    };
    let has = |way| kind.rules.modalities.contains(way);
    if wanted.modality.as_ref().is_some_and(|way| !has(way)) {
        return Err(wrong("modality", "unknown"));
    }
    Ok(Wishes {
        location: wanted.location_id,
        resource,
        modality: wanted.modality,
        part: wanted.part,
        weekdays: wanted.weekdays.clone(),
    })
}

/// Changes an item, and shows the person what it is like then.
pub(super) async fn changed_by_me(
    state: &AppState,
    caller: &Caller<Me>,
    change: impl AsyncFn(&mut Tx) -> Result<WaitListItemId, ApiError>,
) -> Result<Versioned<WaitListItem>, ApiError> {
    let answer = state
        .run_retrying(caller, async |tx: &mut Tx| {
            let id = change(tx).await?;
            let options = portal_options(tx).await?;
            let record = store::find_wait_list_item(tx.shared(), id)
                .await?
                .ok_or_else(ApiError::not_found)?;
            let mut shown = shown::for_person(tx, &[record], &options).await?;
            shown.pop().ok_or_else(ApiError::not_found)
        })
        .await?;
    Ok(Versioned::by(answer, |one| one.version))
}
