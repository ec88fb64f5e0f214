//! What the versions of restrictions and accommodations let people read, for telling them.

use super::{interval, unknown};
use crate::database::Connection;
use crate::schema::{accommodation_versions, accommodations, restriction_versions, restrictions};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::private::Private;
use salus_domain::work_status::{AccommodationType, Readable, State, Terms, Version};
use uuid::Uuid;

type RestrictionColumns = (
    Uuid,
    i32,
    bool,
    String,
    String,
    serde_json::Value,
    String,
    String,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    bool,
    Option<String>,
    bool,
);

/// All versions of restrictions, each restriction's in their order.
///
/// # Errors
/// What the database says.
pub async fn restriction_versions_of(
    conn: &mut Connection,
    ids: &[Uuid],
) -> QueryResult<Vec<(Uuid, Version)>> {
    use restriction_versions as v;
    let rows: Vec<RestrictionColumns> = v::table
        .inner_join(
            restrictions::table.on(restrictions::provider_org_id
                .eq(v::provider_org_id)
                .and(restrictions::id.eq(v::restriction_id))),
        )
        .filter(v::restriction_id.eq_any(ids))
        .order((v::restriction_id, v::version))
        .select((
            v::restriction_id,
            v::version,
            v::notify,
            v::state,
            v::kind,
            v::limits,
            v::side,
            restrictions::time_zone,
            v::starts_at,
            v::ends_at,
            v::affects_work,
            v::comment,
            v::reason_released,
        ))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            let (
                id,
                number,
                notify,
                state,
                kind,
                limits,
                side,
                zone,
                starts,
                ends,
                shared,
                text,
                told,
            ) = row;
            let terms = Terms {
                kind: kind.parse().map_err(|_| unknown("restriction type"))?,
                limit: serde_json::from_value(limits).map_err(|_| unknown("limit"))?,
                side: side.parse().map_err(|_| unknown("side"))?,
                interval: interval(&zone, starts, ends)?,
                affects_work: shared,
                comment: text.map(Private),
            };
            let says = Readable::Restriction {
                terms,
                reason_released: told,
            };
            Ok((id, version(number, notify, &state, says)))
        })
        .collect()
}

type AccommodationColumns = (
    Uuid,
    i32,
    bool,
    String,
    String,
    Option<String>,
    String,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
);

/// All versions of accommodations, each accommodation's in their order.
///
/// # Errors
/// What the database says.
pub async fn accommodation_versions_of(
    conn: &mut Connection,
    ids: &[Uuid],
) -> QueryResult<Vec<(Uuid, Version)>> {
    use accommodation_versions as v;
    let rows: Vec<AccommodationColumns> = v::table
        .inner_join(
            accommodations::table.on(accommodations::provider_org_id
                .eq(v::provider_org_id)
                .and(accommodations::id.eq(v::accommodation_id))),
        )
        .filter(v::accommodation_id.eq_any(ids))
        .order((v::accommodation_id, v::version))
        .select((
            v::accommodation_id,
            v::version,
            v::notify,
            v::state,
            v::kind,
            v::details,
            accommodations::time_zone,
            v::starts_at,
            v::ends_at,
        ))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(
            |(id, number, notify, state, kind, details, zone, starts, ends)| {
                let kind = AccommodationType::from_code(&kind)
                    .ok_or_else(|| unknown("accommodation type"))?;
                let says = Readable::Accommodation {
                    kind: Some(kind),
                    effect: kind.effect(),
                    details: details.map(Private),
                    interval: interval(&zone, starts, ends)?,
                };
                Ok((id, version(number, notify, &state, says)))
            },
        )
        .collect()
}

fn version(number: i32, notify: bool, state: &str, says: Readable) -> Version {
    Version {
        number,
        notify,
        current: State::from_code(state) == Some(State::Current),
        says,
    }
}
