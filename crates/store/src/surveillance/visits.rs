//! Visits that answer what is due.

use super::OPEN;
use crate::database::Connection;
use crate::schema::due_items;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AppointmentId, OrderItemId, PersonId};
use uuid::Uuid;

/// Ties a person's open items for some catalogue entries to a visit; items that have a visit keep
/// it. Answers how many were tied.
///
/// # Errors
/// What the database says.
pub async fn book_due_items(
    conn: &mut Connection,
    person: PersonId,
    appointment: AppointmentId,
    order_items: &[OrderItemId],
) -> QueryResult<usize> {
    let order_items: Vec<Uuid> = order_items.iter().map(|id| id.uuid()).collect();
    diesel::update(due_items::table)
        .filter(due_items::person_id.eq(person.uuid()))
        .filter(due_items::order_item_id.eq_any(order_items))
        .filter(due_items::status.eq_any(OPEN))
        .filter(due_items::appointment_id.is_null())
        .set((
            due_items::appointment_id.eq(appointment.uuid()),
            due_items::version.eq(due_items::version + 1),
        ))
        .execute(conn)
        .await
}

/// Frees the items of a visit that will not take place: they are due as before. Answers how many
/// were freed.
///
/// # Errors
/// What the database says.
pub async fn reopen_due_items(
    conn: &mut Connection,
    appointment: AppointmentId,
) -> QueryResult<usize> {
    diesel::update(due_items::table)
        .filter(due_items::appointment_id.eq(appointment.uuid()))
        .filter(due_items::status.eq_any(OPEN))
        .set((
            due_items::appointment_id.eq(None::<Uuid>),
            due_items::version.eq(due_items::version + 1),
        ))
        .execute(conn)
        .await
}
