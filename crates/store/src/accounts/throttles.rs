//! Tries and failures, counted before sign-in.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::database::Connection;
use crate::schema::throttles;

/// Failures counted under a key.
#[derive(Clone, Debug, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = throttles, treat_none_as_null = true)]
pub struct ThrottleRow {
    /// What is counted: an account, an address.
    pub key: String,
    /// How many in the window.
    pub failures: i32,
    /// When the window began.
    pub window_started_at: DateTime<Utc>,
    /// The last one.
    pub last_failure_at: DateTime<Utc>,
    /// Closed until.
    pub locked_until: Option<DateTime<Utc>>,
}

/// Counts one more try under a key, in a window that begins with its first try; answers how many
/// there are and since when. Before sign-in.
///
/// # Errors
/// What the database says.
pub async fn count_try(
    conn: &mut Connection,
    key: &str,
    window: chrono::Duration,
    now: DateTime<Utc>,
) -> QueryResult<(i32, DateTime<Utc>)> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::Integer)]
        failures: i32,
        #[diesel(sql_type = diesel::sql_types::Timestamptz)]
        window_started_at: DateTime<Utc>,
    }
    let count: Count = diesel::sql_query(
        "INSERT INTO throttles AS t (key, failures, window_started_at, last_failure_at) VALUES ($1, 1, $2, $2) \
         ON CONFLICT (key) DO UPDATE SET \
         failures = CASE WHEN t.window_started_at > $3 THEN t.failures + 1 ELSE 1 END, \
         window_started_at = CASE WHEN t.window_started_at > $3 THEN t.window_started_at ELSE $2 END, \
         last_failure_at = $2 RETURNING failures, window_started_at",
    )
    .bind::<diesel::sql_types::Text, _>(key)
    .bind::<diesel::sql_types::Timestamptz, _>(now)
    .bind::<diesel::sql_types::Timestamptz, _>(now - window)
    .get_result(conn)
    .await?;
    Ok((count.failures, count.window_started_at))
}

/// Failures counted under keys, locked, in key order; before sign-in.
///
/// # Errors
/// What the database says.
pub async fn lock_throttles(
    conn: &mut Connection,
    keys: &[String],
) -> QueryResult<Vec<ThrottleRow>> {
    throttles::table
        .filter(throttles::key.eq_any(keys))
        .order(throttles::key)
        .for_update()
        .load(conn)
        .await
}

/// Keeps a count of failures, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn save_throttle(conn: &mut Connection, row: &ThrottleRow) -> QueryResult<()> {
    diesel::insert_into(throttles::table)
        .values(row)
        .on_conflict(throttles::key)
        .do_update()
        .set(row)
        .execute(conn)
        .await
        .map(drop)
}

/// Forgets what was last counted before a time: no window is that long. Before sign-in.
///
/// # Errors
/// What the database says.
pub async fn forget_throttles(conn: &mut Connection, before: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(throttles::table.filter(throttles::last_failure_at.lt(before)))
        .execute(conn)
        .await
}

/// Forgets the failures of keys, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn clear_throttles(conn: &mut Connection, keys: &[String]) -> QueryResult<()> {
    diesel::delete(throttles::table.filter(throttles::key.eq_any(keys)))
        .execute(conn)
        .await
        .map(drop)
}
