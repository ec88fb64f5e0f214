//! Due items, as each audience reads them.

use super::{OPEN, unknown};
use crate::database::{Connection, planned};
use crate::schema::{appointments, due_items, order_items, persons};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::{Allowed, Bounds, Scope};
use salus_domain::ids::{
    AccountId, AppointmentId, AppointmentTypeId, DueItemId, EmployerId, OrderItemId, PersonId,
    ProviderOrgId,
};
use salus_domain::people::shown_name;
use salus_domain::private::Private;
use salus_domain::surveillance::{DueItem, Status, Waiver, WaiverReason};
use uuid::Uuid;

/// An open item as a supervisor may know it.
#[derive(Clone, Debug)]
pub struct SharedDueRow {
    /// Which item.
    pub id: DueItemId,
    /// Whose.
    pub person_id: PersonId,
    /// Its public name.
    pub name: String,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// From when it is seen.
    pub visible_on: NaiveDate,
    /// A visit is booked for it.
    pub booked: bool,
    /// The kind of visit that answers it.
    pub appointment_type_id: Option<AppointmentTypeId>,
}

type SharedRow = (
    Uuid,
    Uuid,
    String,
    NaiveDate,
    NaiveDate,
    Option<Uuid>,
    Option<Uuid>,
);

/// Open items of people, by due date.
///
/// # Errors
/// What the database says.
pub async fn open_due_items(
    mut conn: &Connection,
    people: &[PersonId],
) -> QueryResult<Vec<SharedDueRow>> {
    let ids = planned(people.iter().map(|id| id.uuid()));
    let rows: Vec<SharedRow> = due_items::table
        .inner_join(
            order_items::table.on(order_items::provider_org_id
                .eq(due_items::provider_org_id)
                .and(order_items::id.eq(due_items::order_item_id))),
        )
        .filter(due_items::person_id.eq_any(ids))
        .filter(due_items::status.eq_any(OPEN))
        .order((due_items::due_on, due_items::id))
        .select((
            due_items::id,
            due_items::person_id,
            order_items::public_name,
            due_items::due_on,
            due_items::visible_on,
            due_items::appointment_id,
            order_items::appointment_type_id,
        ))
        .load(&mut conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(
            |(id, person, name, due_on, visible_on, visit, kind)| SharedDueRow {
                id: DueItemId(id),
                person_id: PersonId(person),
                name,
                due_on,
                visible_on,
                booked: visit.is_some(),
                appointment_type_id: kind.map(AppointmentTypeId),
            },
        )
        .collect())
}

/// An item of one's own.
#[derive(Clone, Debug)]
pub struct MyDueRow {
    /// Which item.
    pub id: DueItemId,
    /// Its public name.
    pub name: String,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// From when it is seen.
    pub visible_on: NaiveDate,
    /// What became of it.
    pub status: Status,
    /// How many minutes it takes.
    pub minutes: Option<i16>,
    /// The kind of visit that answers it.
    pub appointment_type_id: Option<AppointmentTypeId>,
    /// The visit booked for it, when and in which zone.
    pub visit: Option<(AppointmentId, DateTime<Utc>, String)>,
    /// The day it was done.
    pub completed_on: Option<NaiveDate>,
}

type MyRow = (
    Uuid,
    String,
    NaiveDate,
    NaiveDate,
    String,
    Option<i16>,
    Option<Uuid>,
    Option<Uuid>,
    Option<DateTime<Utc>>,
    Option<String>,
    Option<NaiveDate>,
);

/// One's own items: the open ones by due date, or the past ones, the newest first.
///
/// # Errors
/// What the database says.
pub async fn my_due_items(
    conn: &mut Connection,
    person: &Allowed<PersonId>,
    past: bool,
) -> QueryResult<Vec<MyDueRow>> {
    let found = due_items::table
        .inner_join(
            order_items::table.on(order_items::provider_org_id
                .eq(due_items::provider_org_id)
                .and(order_items::id.eq(due_items::order_item_id))),
        )
        .left_join(
            appointments::table.on(appointments::provider_org_id
                .eq(due_items::provider_org_id)
                .and(appointments::id.nullable().eq(due_items::appointment_id))),
        )
        .filter(due_items::person_id.eq(person.get().uuid()))
        .select((
            due_items::id,
            order_items::public_name,
            due_items::due_on,
            due_items::visible_on,
            due_items::status,
            order_items::minutes,
            order_items::appointment_type_id,
            due_items::appointment_id,
            appointments::starts_at.nullable(),
            appointments::time_zone.nullable(),
            due_items::completed_on,
        ));
    let rows: Vec<MyRow> = if past {
        found
            .filter(due_items::status.ne_all(OPEN))
            .filter(due_items::status.ne("entered_in_error"))
            .order((due_items::closed_at.desc(), due_items::id))
            .load(conn)
            .await?
    } else {
        found
            .filter(due_items::status.eq_any(OPEN))
            .order((due_items::due_on, due_items::id))
            .load(conn)
            .await?
    };
    rows.into_iter()
        .map(|row| {
            let (id, name, due_on, visible_on, status, minutes, kind, visit, at, zone, done) = row;
            Ok(MyDueRow {
                id: DueItemId(id),
                name,
                due_on,
                visible_on,
                status: Status::from_code(&status).ok_or_else(|| unknown("status"))?,
                minutes,
                appointment_type_id: kind.map(AppointmentTypeId),
                visit: visit
                    .zip(at)
                    .zip(zone)
                    .map(|((id, at), zone)| (AppointmentId(id), at, zone)),
                completed_on: done,
            })
        })
        .collect()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = due_items)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    employer_id: Uuid,
    order_item_id: Uuid,
    due_on: NaiveDate,
    visible_on: NaiveDate,
    status: String,
    appointment_id: Option<Uuid>,
    comment: Option<String>,
    completed_on: Option<NaiveDate>,
    closed_at: Option<DateTime<Utc>>,
    closed_by: Option<Uuid>,
    waive_reason: Option<String>,
    waive_note: Option<String>,
    version: i32,
}

impl Row {
    fn item(self) -> QueryResult<DueItem> {
        let reason = self
            .waive_reason
            .map(|code| WaiverReason::from_code(&code).ok_or_else(|| unknown("waiver reason")))
            .transpose()?;
        Ok(DueItem {
            id: DueItemId(self.id),
            person_id: PersonId(self.person_id),
            employer_id: EmployerId(self.employer_id),
            order_item_id: OrderItemId(self.order_item_id),
            due_on: self.due_on,
            visible_on: self.visible_on,
            status: Status::from_code(&self.status).ok_or_else(|| unknown("status"))?,
            appointment_id: self.appointment_id.map(AppointmentId),
            comment: self.comment.map(Private),
            completed_on: self.completed_on,
            waiver: reason.zip(self.waive_note).map(|(reason, note)| Waiver {
                reason,
                note: Private(note),
            }),
            closed: self.closed_at.map(|at| (at, self.closed_by.map(AccountId))),
            version: self.version,
        })
    }
}

/// An item of the clinic's list.
#[derive(Clone, Debug)]
pub struct ListedDueItem {
    /// The item.
    pub item: DueItem,
    /// The person's name.
    pub person_name: String,
    /// The catalogue entry's code.
    pub code: String,
    /// The clinic's name for it.
    pub name: String,
}

/// Which items the clinic asks for.
#[derive(Clone, Debug, Default)]
pub struct DueFilter {
    /// Of one person only.
    pub person: Option<PersonId>,
    /// Closed ones instead of open ones.
    pub closed: bool,
    /// Only those due before this date.
    pub before: Option<NaiveDate>,
    /// Only those after this place of the order.
    pub after: Option<(NaiveDate, Uuid)>,
    /// At most so many.
    pub limit: i64,
}

/// Items within a scope, by due date and id.
///
/// # Errors
/// What the database says.
pub async fn list_due_items(
    conn: &mut Connection,
    scope: &Scope,
    filter: &DueFilter,
) -> QueryResult<Vec<ListedDueItem>> {
    let mut query = due_items::table
        .inner_join(
            order_items::table.on(order_items::provider_org_id
                .eq(due_items::provider_org_id)
                .and(order_items::id.eq(due_items::order_item_id))),
        )
        .inner_join(
            persons::table.on(persons::provider_org_id
                .eq(due_items::provider_org_id)
                .and(persons::id.eq(due_items::person_id))),
        )
        .order((due_items::due_on, due_items::id))
        .limit(filter.limit)
        .select((
            Row::as_select(),
            persons::first_name,
            persons::preferred_name,
            persons::last_name,
            order_items::code,
            order_items::name,
        ))
        .into_boxed();
    if let Some(person) = scope.only_person() {
        query = query.filter(due_items::person_id.eq(person.uuid()));
    }
    if let Bounds::Organization(Some(employers)) = scope.bounds() {
        let employers: Vec<Uuid> = employers.iter().map(|id| id.uuid()).collect();
        query = query.filter(due_items::employer_id.eq_any(employers));
    }
    if let Some(person) = filter.person {
        query = query.filter(due_items::person_id.eq(person.uuid()));
    }
    query = if filter.closed {
        query.filter(due_items::closed_at.is_not_null())
    } else {
        query.filter(due_items::closed_at.is_null())
    };
    if let Some(before) = filter.before {
        query = query.filter(due_items::due_on.lt(before));
    }
    if let Some((date, id)) = filter.after {
        query = query.filter(
            due_items::due_on
                .gt(date)
                .or(due_items::due_on.eq(date).and(due_items::id.gt(id))),
        );
    }
    let rows: Vec<(Row, String, String, String, String, String)> = query.load(conn).await?;
    rows.into_iter()
        .map(|(row, first, preferred, last, code, name)| {
            Ok(ListedDueItem {
                item: row.item()?,
                person_name: shown_name(&first, &preferred, &last),
                code,
                name,
            })
        })
        .collect()
}

/// A person's name.
///
/// # Errors
/// What the database says.
pub async fn person_name(
    conn: &mut Connection,
    person: PersonId,
) -> QueryResult<Option<(String, Option<NaiveDate>)>> {
    let row: Option<(String, String, String, Option<NaiveDate>)> = persons::table
        .filter(persons::id.eq(person.uuid()))
        .select((
            persons::first_name,
            persons::preferred_name,
            persons::last_name,
            persons::birth_date,
        ))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(|(first, preferred, last, born)| (shown_name(&first, &preferred, &last), born)))
}

/// An item, locked until the transaction ends.
///
/// # Errors
/// What the database says.
pub async fn lock_due_item(conn: &mut Connection, id: DueItemId) -> QueryResult<Option<DueItem>> {
    let row: Option<Row> = due_items::table
        .filter(due_items::id.eq(id.uuid()))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()?;
    row.map(Row::item).transpose()
}

/// A person's open item of a catalogue entry, the one due first.
///
/// # Errors
/// What the database says.
pub async fn find_open_due_item(
    conn: &mut Connection,
    person: PersonId,
    order_item: OrderItemId,
) -> QueryResult<Option<DueItem>> {
    let row: Option<Row> = due_items::table
        .filter(due_items::person_id.eq(person.uuid()))
        .filter(due_items::order_item_id.eq(order_item.uuid()))
        .filter(due_items::status.eq_any(OPEN))
        .order((due_items::due_on, due_items::id))
        .select(Row::as_select())
        .first(conn)
        .await
        .optional()?;
    row.map(Row::item).transpose()
}

/// Keeps a new item.
///
/// # Errors
/// What the database says.
pub async fn insert_due_item(
    conn: &mut Connection,
    item: &Allowed<DueItem>,
    org: ProviderOrgId,
    now: DateTime<Utc>,
    by: Option<AccountId>,
) -> QueryResult<()> {
    let new = item.get();
    diesel::insert_into(due_items::table)
        .values((
            due_items::id.eq(new.id.uuid()),
            due_items::provider_org_id.eq(org.uuid()),
            due_items::employer_id.eq(new.employer_id.uuid()),
            due_items::person_id.eq(new.person_id.uuid()),
            due_items::owner.eq("employer"),
            due_items::governance.eq("osha"),
            due_items::order_item_id.eq(new.order_item_id.uuid()),
            due_items::due_on.eq(new.due_on),
            due_items::visible_on.eq(new.visible_on),
            due_items::status.eq(new.status.code()),
            due_items::comment.eq(new.comment.as_ref().map(|text| text.expose())),
            due_items::created_at.eq(now),
            due_items::created_by.eq(by.map(AccountId::uuid)),
            due_items::version.eq(new.version),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Keeps what an act made of an item; the version counts up. The item must be locked.
///
/// # Errors
/// What the database says.
pub async fn save_due_item(conn: &mut Connection, item: &Allowed<DueItem>) -> QueryResult<i32> {
    let new = item.get();
    diesel::update(due_items::table.filter(due_items::id.eq(new.id.uuid())))
        .set((
            due_items::due_on.eq(new.due_on),
            due_items::visible_on.eq(new.visible_on),
            due_items::status.eq(new.status.code()),
            due_items::comment.eq(new.comment.as_ref().map(|text| text.expose())),
            due_items::completed_on.eq(new.completed_on),
            due_items::waive_reason.eq(new.waiver.as_ref().map(|waiver| waiver.reason.code())),
            due_items::waive_note.eq(new.waiver.as_ref().map(|waiver| waiver.note.expose())),
            due_items::closed_at.eq(new.closed.map(|(at, _)| at)),
            due_items::closed_by.eq(new.closed.and_then(|(_, by)| by).map(AccountId::uuid)),
            due_items::version.eq(due_items::version + 1),
        ))
        .returning(due_items::version)
        .get_result(conn)
        .await
}
