//! Due items as the clinic enters, changes and closes them.

use actix_web::web::{Data, Json};
use actix_web::{get, patch, post};
use chrono::{Days, NaiveDate};
use salus_domain::access::{About, Act, Actor, Allowed, DataClass, Role};
use salus_domain::ids::{DueItemId, PersonId, WaitListItemId};
use salus_domain::people::today;
use salus_domain::private::Private;
use salus_domain::scheduling::Wishes;
use salus_domain::surveillance::{
    Completion, DueItem, DueItemChange, DueItemDraft, DueItemError, Status,
};
use salus_store::scheduling::DueToVisit;
use salus_store::surveillance::{
    DueFilter as Filter, ListedDueItem, find_open_due_item, find_order_item, insert_due_item,
    list_due_items as list, list_order_items as catalogue, lock_due_item, person_name,
    save_due_item,
};
use salus_store::work_status::work_people;
use salus_types::problem::Problem;
use salus_types::surveillance::{
    COMPLETION_IN_FUTURE, ChangeDueItem, ClinicDueItem, ClinicDueItems, CompleteDueItem,
    DUPLICATE_ORDER, DueFilter, DueItemAct, DueItemsQuery, EnterDueItem, ITEM_NOT_ORDERABLE,
    ORDER_LINE_CLOSED, OrderItem, OrderItems, REASON_REQUIRED, WaiveDueItem,
};
use std::collections::HashMap;
use uuid::Uuid;

use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{
    Body, Created, Id, Idempotency, IfMatch, Query, Versioned, cursor, limit, place,
};
use crate::scheduling::wait_for_due_item;
use crate::state::AppState;
use crate::transaction::Tx;

/// The catalogue of what can be asked for, by name.
#[utoipa::path(
    tag = "surveillance",
    responses((status = 200, body = OrderItems), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/clinic/order-items")]
pub async fn list_order_items(
    caller: Caller<Clinic>,
    state: Data<AppState>,
) -> Result<Json<OrderItems>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, DataClass::Configuration)?;
            Ok(catalogue(tx.conn()).await?)
        })
        .await?;
    let items = items
        .into_iter()
        .map(|item| OrderItem {
            id: item.id,
            code: item.code,
            name: item.name,
            public_name: item.public_name,
            kind: item.kind.code().to_owned(),
            minutes: item.minutes,
        })
        .collect();
    Ok(Json(OrderItems {
        items,
        next_cursor: None,
    }))
}

/// Due items, by due date: of one person or of everybody, open, past due or closed.
#[utoipa::path(
    tag = "surveillance",
    params(DueItemsQuery),
    responses((status = 200, body = ClinicDueItems), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/clinic/due-items")]
pub async fn list_due_items(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<DueItemsQuery>,
) -> Result<Json<ClinicDueItems>, ApiError> {
    let query = query.0;
    let at_most = limit(&salus_types::page::PageQuery {
        limit: query.limit,
        cursor: None,
    })?;
    let after: Option<(NaiveDate, Uuid)> = place(query.cursor.as_deref())?;
    let answer = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::DueItem)?;
            let late = query.state == Some(DueFilter::PastDue);
            // Somewhere it is already tomorrow; who is not late yet is sorted out below.
            let tomorrow = tx.now.date_naive().checked_add_days(Days::new(1));
            let filter = Filter {
                person: query.person,
                closed: query.state == Some(DueFilter::Closed),
                before: tomorrow.filter(|_| late),
                after,
                limit: at_most + 1,
            };
            let mut rows = list(tx.conn(), &scope, &filter).await?;
            let more = rows.len() > usize::try_from(at_most).unwrap_or_default();
            rows.truncate(usize::try_from(at_most).unwrap_or_default());
            let next_cursor = match rows.last() {
                Some(last) if more => Some(cursor(&(last.item.due_on, last.item.id))?),
                _ => None,
            };
            let mut people: Vec<PersonId> = rows.iter().map(|row| row.item.person_id).collect();
            people.sort_unstable();
            people.dedup();
            let now = tx.now;
            let today: HashMap<PersonId, NaiveDate> = work_people(tx.conn(), &people)
                .await?
                .into_iter()
                .map(|person| (person.id, today(now, person.zone)))
                .collect();
            let on = |person| today.get(&person).copied().unwrap_or(now.date_naive());
            rows.retain(|row| !late || row.item.is_past_due(on(row.item.person_id)));
            tx.shown(
                &scope,
                rows.iter()
                    .map(|row| (row.item.person_id, row.item.id.uuid())),
            );
            let items = rows
                .into_iter()
                .map(|row| {
                    let today = on(row.item.person_id);
                    shown(&tx.actor, row, today)
                })
                .collect();
            Ok(ClinicDueItems { items, next_cursor })
        })
        .await?;
    Ok(Json(answer))
}

/// Enter a due item by hand.
///
/// The same item that is open already is a likely mistake: repeat with `confirm_duplicate` to enter
/// it all the same.
#[utoipa::path(
    tag = "surveillance",
    request_body = EnterDueItem,
    responses(
        (status = 201, body = ClinicDueItem),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`duplicate-order`: the same is open already; `existing` is it"),
        (status = 422, body = Problem, description = "`item-not-orderable`, `invalid`"),
    )
)]
#[post("/clinic/due-items")]
pub async fn enter_due_item(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<EnterDueItem>,
) -> Result<Created, ApiError> {
    let command = (*body).clone();
    state
        .create(&caller, &key, &body, async |tx| {
            tx.scope(Act::Create, DataClass::DueItem)?;
            let Some(person) = work_people(tx.conn(), &[command.person_id]).await?.pop() else {
                return Err(tx.missing(Act::Create, DataClass::DueItem, command.person_id));
            };
            let id = DueItemId(Uuid::now_v7());
            let about = About::person(person.id)
                .employer(person.employer_id)
                .object(id);
            let allowed = tx.allow(Act::Create, DataClass::DueItem, about, ())?;
            let draft = DueItemDraft {
                due_on: command.due_on,
                visible_on: command.visible_on,
                comment: command.comment.clone(),
            };
            let (due_on, visible_on, comment) = draft.check().map_err(refused)?;
            let offered = find_order_item(tx.conn(), command.order_item_id).await?;
            let Some(offered) = offered.filter(|item| item.active) else {
                let field = Field::new("/order_item_id", "invalid");
                return Err(ApiError::of(ITEM_NOT_ORDERABLE).fields(vec![field]));
            };
            let existing = if command.confirm_duplicate {
                None
            } else {
                find_open_due_item(tx.conn(), person.id, command.order_item_id).await?
            };
            if let Some(existing) = existing {
                let existing = describe(tx, existing).await?;
                return Err(ApiError::of(DUPLICATE_ORDER).with("existing", existing));
            }
            let new = allowed.try_map(|()| {
                Ok::<_, ApiError>(DueItem {
                    id,
                    person_id: person.id,
                    employer_id: person.employer_id,
                    order_item_id: command.order_item_id,
                    due_on,
                    visible_on,
                    status: Status::Pending,
                    appointment_id: None,
                    comment,
                    completed_on: None,
                    waiver: None,
                    closed: None,
                    version: 1,
                })
            })?;
            let (org, by, now) = (tx.actor.provider_org, tx.actor.account, tx.now);
            insert_due_item(tx.conn(), &new, org, now, by).await?;
            if let Some(kind) = offered.appointment_type_id {
                let wait = WaitListItemId(Uuid::now_v7());
                let due = DueToVisit {
                    id: new.get().id,
                    person: new.get().person_id,
                    employer: new.get().employer_id,
                    appointment_type: kind,
                    since: now,
                };
                wait_for_due_item(tx, wait, &due, Wishes::default()).await?;
            }
            announce(tx, new.get());
            let made = describe(tx, new.into_inner()).await?;
            Created::at(
                format!("/api/v1/clinic/due-items/{}", made.id),
                made.version,
                &made,
            )
        })
        .await
}

/// Change a due item's dates or comment.
#[utoipa::path(
    tag = "surveillance",
    params(("id" = Uuid, Path, description = "The due item")),
    request_body = ChangeDueItem,
    responses(
        (status = 200, body = ClinicDueItem),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`order-line-closed`"),
        (status = 412, body = Problem, description = "`version-conflict`"),
        (status = 422, body = Problem), (status = 428, body = Problem),
    )
)]
#[patch("/clinic/due-items/{id}")]
pub async fn change_due_item(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<DueItemId>,
    version: IfMatch,
    body: Body<ChangeDueItem>,
) -> Result<Versioned<ClinicDueItem>, ApiError> {
    let change = body.into_inner();
    act(&caller, &state, id.0, version, "dates", async |_, item| {
        item.try_map(|item| {
            item.change(DueItemChange {
                due_on: change.due_on,
                visible_on: change.visible_on,
                comment: change.comment,
            })
        })
        .map_err(refused)
    })
    .await
}

/// Say that a due item was done.
#[utoipa::path(
    tag = "surveillance",
    params(("id" = Uuid, Path, description = "The due item")),
    request_body = CompleteDueItem,
    responses(
        (status = 200, body = ClinicDueItem),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`order-line-closed`"),
        (status = 412, body = Problem, description = "`version-conflict`"),
        (status = 422, body = Problem, description = "`completion-in-future`"), (status = 428, body = Problem),
    )
)]
#[post("/clinic/due-items/{id}/completion")]
pub async fn complete_due_item(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<DueItemId>,
    version: IfMatch,
    body: Body<CompleteDueItem>,
) -> Result<Versioned<ClinicDueItem>, ApiError> {
    let done = Completion {
        on: body.completed_on,
    };
    act(
        &caller,
        &state,
        id.0,
        version,
        "completion",
        async |tx, item| {
            let person = item.get().person_id;
            let at = work_people(tx.conn(), &[person])
                .await?
                .pop()
                .ok_or_else(ApiError::not_found)?;
            let born = person_name(tx.conn(), person)
                .await?
                .and_then(|(_, born)| born);
            let (now, by) = (tx.now, tx.actor.account);
            let today = today(now, at.zone);
            item.try_map(|item| item.complete(done, today, born, (now, by)))
                .map_err(refused)
        },
    )
    .await
}

/// Say that a due item need not be done, and why.
#[utoipa::path(
    tag = "surveillance",
    params(("id" = Uuid, Path, description = "The due item")),
    request_body = WaiveDueItem,
    responses(
        (status = 200, body = ClinicDueItem),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`order-line-closed`"),
        (status = 412, body = Problem, description = "`version-conflict`"),
        (status = 422, body = Problem, description = "`reason-required`"), (status = 428, body = Problem),
    )
)]
#[post("/clinic/due-items/{id}/waiver")]
pub async fn waive_due_item(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<DueItemId>,
    version: IfMatch,
    body: Body<WaiveDueItem>,
) -> Result<Versioned<ClinicDueItem>, ApiError> {
    let command = body.into_inner();
    act(
        &caller,
        &state,
        id.0,
        version,
        "waiver",
        async |tx, item| {
            let by = (tx.now, tx.actor.account);
            item.try_map(|item| item.waive(command.reason, &command.note, by))
                .map_err(refused)
        },
    )
    .await
}

/// One act on one locked due item.
async fn act(
    caller: &Caller<Clinic>,
    state: &AppState,
    id: DueItemId,
    version: IfMatch,
    field: &'static str,
    change: impl AsyncFnOnce(&mut Tx, Allowed<DueItem>) -> Result<Allowed<DueItem>, ApiError>,
) -> Result<Versioned<ClinicDueItem>, ApiError> {
    let made = state
        .run(caller, async |tx| {
            tx.scope(Act::Change, DataClass::DueItem)?;
            let Some(item) = lock_due_item(tx.conn(), id).await? else {
                return Err(tx.missing(Act::Change, DataClass::DueItem, id));
            };
            let about = About::person(item.person_id)
                .employer(item.employer_id)
                .object(id);
            let current = item.version;
            let allowed = tx.allow(Act::Change, DataClass::DueItem, about, item)?;
            version.check(current)?;
            tx.detail(&[field], None);
            let changed = change(tx, allowed).await?;
            let version = save_due_item(tx.conn(), &changed).await?;
            let item = DueItem {
                version,
                ..changed.into_inner()
            };
            announce(tx, &item);
            describe(tx, item).await
        })
        .await?;
    let version = made.version;
    Ok(Versioned(made, version))
}

/// Tells open pages, ids only. A supervisor hears of what they see, or saw until now.
fn announce(tx: &mut Tx, item: &DueItem) {
    let seen = item.visible_on <= tx.now.date_naive();
    let payload = serde_json::json!({
        "person_id": item.person_id,
        "employer_id": item.employer_id,
        "due_item_id": item.id,
        "team": seen,
    });
    tx.emit("due_item.changed", payload);
}

async fn describe(tx: &mut Tx, item: DueItem) -> Result<ClinicDueItem, ApiError> {
    let offered = find_order_item(tx.conn(), item.order_item_id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let person = work_people(tx.conn(), &[item.person_id])
        .await?
        .pop()
        .ok_or_else(ApiError::not_found)?;
    let today = today(tx.now, person.zone);
    let listed = ListedDueItem {
        item,
        person_name: person.name,
        code: offered.code,
        name: offered.name,
    };
    Ok(shown(&tx.actor, listed, today))
}

/// Comments and reasons are for clinicians; the front desk reads dates.
fn shown(actor: &Actor, row: ListedDueItem, today: NaiveDate) -> ClinicDueItem {
    let clinician = actor.holds(Role::Clinician);
    let item = row.item;
    let allowed = if clinician && item.status.is_open() {
        vec![DueItemAct::Change, DueItemAct::Complete, DueItemAct::Waive]
    } else {
        Vec::new()
    };
    let past_due = item.is_past_due(today);
    let waiver = item.waiver.filter(|_| clinician);
    ClinicDueItem {
        id: item.id,
        person_id: item.person_id,
        person_name: row.person_name,
        order_item_id: item.order_item_id,
        code: row.code,
        name: row.name,
        due_on: item.due_on,
        visible_on: item.visible_on,
        past_due,
        status: item.status.code().to_owned(),
        appointment_id: item.appointment_id,
        comment: item.comment.filter(|_| clinician).map(Private::into_inner),
        completed_on: item.completed_on,
        waiver_reason: waiver
            .as_ref()
            .map(|waiver| waiver.reason.code().to_owned()),
        waiver_note: waiver.map(|waiver| waiver.note.into_inner()),
        allowed,
        version: item.version,
    }
}

fn refused(error: DueItemError) -> ApiError {
    match error {
        DueItemError::Closed => ApiError::of(ORDER_LINE_CLOSED),
        DueItemError::VisibleAfterDue => ApiError::field("/visible_on", "visible_after_due"),
        DueItemError::TooLong => {
            ApiError::invalid(vec![Field::new("/comment", "too_long").with("limit", 500)])
        }
        DueItemError::NoteRequired => ApiError::of(REASON_REQUIRED).fields(vec![
            Field::new("/note", "reason_length").with("limit", 500),
        ]),
        DueItemError::CompletionInFuture => ApiError::of(COMPLETION_IN_FUTURE)
            .fields(vec![Field::new("/completed_on", "in_future")]),
        DueItemError::BeforeBirth => ApiError::field("/completed_on", "before_birth"),
    }
}
