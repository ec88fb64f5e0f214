//! Message types and the queues they wait in.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::MessageTypeId;
use uuid::Uuid;

use crate::database::Connection;
use crate::schema::{message_types, work_queues};

/// A message type with its queue's working time.
#[derive(Clone, Debug, Queryable)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct MessageTypeRow {
    pub id: Uuid,
    pub key: String,
    pub audience: String,
    pub kind: String,
    pub names: serde_json::Value,
    pub descriptions: serde_json::Value,
    pub clinical: bool,
    pub scheduling: bool,
    pub reply_within: i16,
    pub emergency_text: bool,
    pub sending: bool,
    pub time_zone: String,
    pub weekdays: Vec<i16>,
    pub opens_at: NaiveTime,
    pub closes_at: NaiveTime,
    pub holidays: Vec<NaiveDate>,
}

#[diesel::dsl::auto_type]
fn with_queues() -> _ {
    message_types::table.inner_join(
        work_queues::table.on(work_queues::provider_org_id
            .eq(message_types::provider_org_id)
            .and(work_queues::id.eq(message_types::work_queue_id))),
    )
}

#[diesel::dsl::auto_type]
fn columns() -> _ {
    (
        message_types::id,
        message_types::key,
        message_types::audience,
        message_types::kind,
        message_types::names,
        message_types::descriptions,
        message_types::clinical,
        message_types::scheduling,
        message_types::reply_within,
        message_types::emergency_text,
        message_types::sending,
        work_queues::time_zone,
        work_queues::weekdays,
        work_queues::opens_at,
        work_queues::closes_at,
        work_queues::holidays,
    )
}

/// Every message type the actor may see, in the portals' order.
///
/// # Errors
/// What the database says.
pub async fn list_message_types(mut conn: &Connection) -> QueryResult<Vec<MessageTypeRow>> {
    with_queues()
        .order((message_types::position, message_types::id))
        .select(columns())
        .load(&mut conn)
        .await
}

/// A message type.
///
/// # Errors
/// What the database says.
pub async fn find_message_type(
    mut conn: &Connection,
    id: MessageTypeId,
) -> QueryResult<Option<MessageTypeRow>> {
    with_queues()
        .filter(message_types::id.eq(id.0))
        .select(columns())
        .first(&mut conn)
        .await
        .optional()
}

/// A queue to be made.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = work_queues)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct NewWorkQueue {
    pub id: Uuid,
    pub provider_org_id: Uuid,
    pub name: String,
    pub time_zone: String,
    pub holidays: Vec<NaiveDate>,
    pub created_at: DateTime<Utc>,
}

/// Makes a queue with the usual hours.
///
/// # Errors
/// What the database says.
pub async fn insert_work_queue(conn: &mut Connection, new: &NewWorkQueue) -> QueryResult<()> {
    diesel::insert_into(work_queues::table)
        .values(new)
        .execute(conn)
        .await
        .map(drop)
}

/// A message type to be made.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = message_types)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct NewMessageType {
    pub id: Uuid,
    pub provider_org_id: Uuid,
    pub key: String,
    pub audience: String,
    pub kind: String,
    pub names: serde_json::Value,
    pub descriptions: serde_json::Value,
    pub clinical: bool,
    pub scheduling: bool,
    pub work_queue_id: Uuid,
    pub emergency_text: bool,
    pub position: i16,
    pub created_at: DateTime<Utc>,
}

/// Makes message types.
///
/// # Errors
/// What the database says.
pub async fn insert_message_types(
    conn: &mut Connection,
    rows: &[NewMessageType],
) -> QueryResult<usize> {
    diesel::insert_into(message_types::table)
        .values(rows)
        .execute(conn)
        .await
}
