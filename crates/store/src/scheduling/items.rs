//! What a visit of a kind would be for.

use crate::database::Connection;
use crate::schema::{due_items, order_items};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AppointmentTypeId, DueItemId, OrderItemId, PersonId};
use salus_domain::scheduling::Item;
use uuid::Uuid;

/// A person's open due item that a kind of visit answers.
#[derive(Clone, Copy, Debug)]
pub struct FittingItem {
    /// Which one.
    pub id: DueItemId,
    /// Its catalogue entry.
    pub order_item: OrderItemId,
    /// Its dates.
    pub dates: Item,
}

/// A person's open due items without a visit that a kind of visit answers, the first due first.
///
/// # Errors
/// What the database says.
pub async fn fitting_items(
    mut conn: &Connection,
    person: PersonId,
    appointment_type: AppointmentTypeId,
) -> QueryResult<Vec<FittingItem>> {
    let rows: Vec<(Uuid, Uuid, NaiveDate, NaiveDate)> = due_items::table
        .inner_join(
            order_items::table.on(order_items::provider_org_id
                .eq(due_items::provider_org_id)
                .and(order_items::id.eq(due_items::order_item_id))),
        )
        .filter(due_items::person_id.eq(person.0))
        .filter(order_items::appointment_type_id.eq(appointment_type.0))
        .filter(due_items::closed_at.is_null())
        .filter(due_items::appointment_id.is_null())
        .order((due_items::due_on, due_items::id))
        .select((
            due_items::id,
            due_items::order_item_id,
            due_items::due_on,
            due_items::visible_on,
        ))
        .load(&mut conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, order_item, due_on, visible_on)| fitting(id, order_item, due_on, visible_on))
        .collect())
}

/// A person's open due items without a visit, each with the kind of visit that answers it, the first
/// due first.
///
/// # Errors
/// What the database says.
pub async fn items_to_visit(
    mut conn: &Connection,
    person: PersonId,
) -> QueryResult<Vec<(AppointmentTypeId, FittingItem)>> {
    let rows: Vec<(Uuid, Uuid, NaiveDate, NaiveDate, Option<Uuid>)> = due_items::table
        .inner_join(
            order_items::table.on(order_items::provider_org_id
                .eq(due_items::provider_org_id)
                .and(order_items::id.eq(due_items::order_item_id))),
        )
        .filter(due_items::person_id.eq(person.0))
        .filter(order_items::appointment_type_id.is_not_null())
        .filter(due_items::closed_at.is_null())
        .filter(due_items::appointment_id.is_null())
        .order((due_items::due_on, due_items::id))
        .select((
            due_items::id,
            due_items::order_item_id,
            due_items::due_on,
            due_items::visible_on,
            order_items::appointment_type_id,
        ))
        .load(&mut conn)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, order_item, due_on, visible_on, kind)| {
            let item = fitting(id, order_item, due_on, visible_on);
            Some((AppointmentTypeId(kind?), item))
        })
        .collect())
}

fn fitting(id: Uuid, order_item: Uuid, due_on: NaiveDate, visible_on: NaiveDate) -> FittingItem {
    FittingItem {
        id: DueItemId(id),
        order_item: OrderItemId(order_item),
        dates: Item {
            due_date: Some(due_on),
            visible_date: Some(visible_on),
        },
    }
}
