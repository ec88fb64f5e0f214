//! The catalogue.

use super::unknown;
use crate::database::Connection;
use crate::schema::{appointment_types, order_items};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AppointmentTypeId, OrderItemId, ProviderOrgId};
use salus_domain::surveillance::{OrderItem, OrderItemKind};
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = order_items)]
struct Row {
    id: Uuid,
    code: String,
    name: String,
    public_name: String,
    kind: String,
    minutes: Option<i16>,
    appointment_type_id: Option<Uuid>,
    active: bool,
}

impl Row {
    fn item(self) -> QueryResult<OrderItem> {
        Ok(OrderItem {
            id: OrderItemId(self.id),
            code: self.code,
            name: self.name,
            public_name: self.public_name,
            kind: OrderItemKind::from_code(&self.kind)
                .ok_or_else(|| unknown("kind of order item"))?,
            minutes: self.minutes,
            appointment_type_id: self.appointment_type_id.map(AppointmentTypeId),
            active: self.active,
        })
    }
}

/// The entries still offered, by name and code.
///
/// # Errors
/// What the database says.
pub async fn list_order_items(conn: &mut Connection) -> QueryResult<Vec<OrderItem>> {
    let rows: Vec<Row> = order_items::table
        .filter(order_items::active)
        .order((order_items::name, order_items::code))
        .select(Row::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(Row::item).collect()
}

/// One entry.
///
/// # Errors
/// What the database says.
pub async fn find_order_item(
    conn: &mut Connection,
    id: OrderItemId,
) -> QueryResult<Option<OrderItem>> {
    let row: Option<Row> = order_items::table
        .filter(order_items::id.eq(id.uuid()))
        .select(Row::as_select())
        .first(conn)
        .await
        .optional()?;
    row.map(Row::item).transpose()
}

/// An entry to keep.
#[derive(Clone, Debug)]
pub struct NewOrderItem {
    /// The entry.
    pub item: OrderItem,
    /// The tenant.
    pub provider_org: ProviderOrgId,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Keeps new entries; answers how many.
///
/// # Errors
/// What the database says; a code that is taken is a unique violation.
pub async fn insert_order_items(conn: &mut Connection, new: &[NewOrderItem]) -> QueryResult<usize> {
    let rows: Vec<_> = new
        .iter()
        .map(|new| {
            let item = &new.item;
            (
                order_items::id.eq(item.id.uuid()),
                order_items::provider_org_id.eq(new.provider_org.uuid()),
                order_items::code.eq(&item.code),
                order_items::name.eq(&item.name),
                order_items::public_name.eq(&item.public_name),
                order_items::kind.eq(item.kind.code()),
                order_items::minutes.eq(item.minutes),
                order_items::appointment_type_id
                    .eq(item.appointment_type_id.map(AppointmentTypeId::uuid)),
                order_items::active.eq(item.active),
                order_items::created_at.eq(new.created_at),
            )
        })
        .collect();
    diesel::insert_into(order_items::table)
        .values(rows)
        .execute(conn)
        .await
}

/// Makes a kind of visit what answers these entries, and of those still offered no others.
///
/// # Errors
/// What the database says.
pub async fn answer_order_items(
    conn: &mut Connection,
    kind: AppointmentTypeId,
    items: &[OrderItemId],
) -> QueryResult<()> {
    let ids: Vec<Uuid> = items.iter().map(|id| id.uuid()).collect();
    let left = order_items::table
        .filter(order_items::active)
        .filter(order_items::appointment_type_id.eq(kind.uuid()))
        .filter(order_items::id.ne_all(&ids));
    diesel::update(left)
        .set((
            order_items::appointment_type_id.eq(None::<Uuid>),
            order_items::version.eq(order_items::version + 1),
        ))
        .execute(conn)
        .await?;
    let added = order_items::table
        .filter(order_items::id.eq_any(&ids))
        .filter(order_items::appointment_type_id.is_distinct_from(kind.uuid()));
    diesel::update(added)
        .set((
            order_items::appointment_type_id.eq(kind.uuid()),
            order_items::version.eq(order_items::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// The kind of visit with a code, if there is one.
///
/// # Errors
/// What the database says.
pub async fn appointment_type_of_code(
    conn: &mut Connection,
    code: &str,
) -> QueryResult<Option<AppointmentTypeId>> {
    appointment_types::table
        .filter(appointment_types::code.eq(code))
        .order(appointment_types::id)
        .select(appointment_types::id)
        .first::<Uuid>(conn)
        .await
        .optional()
        .map(|id| id.map(AppointmentTypeId))
}
