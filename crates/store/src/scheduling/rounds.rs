//! Times that became free, whom they are offered to, and whom not.

use super::{small, unknown, zone};
use crate::database::{Connection, planned};
use crate::schema::{appointments, claims, locations, offer_rounds, offer_skips, offers, persons};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::{Bounds, Scope};
use salus_domain::ids::{
    AppointmentId, EmployerId, LocationId, OfferRoundId, PersonId, ProviderOrgId, ResourceId,
    WaitListItemId,
};
use salus_domain::scheduling::{
    Freed, FreedBy, KeepTimes, OfferState, Outcome, Place, Round, SkipReason, Stretch,
};
use uuid::Uuid;

/// Where a visit is, and a stretch it has taken of a resource.
type TakenRow = (Uuid, Option<Uuid>, DateTime<Utc>, DateTime<Utc>);

/// What a visit has taken of resources and where, before it is given back; nothing where it has
/// taken nothing.
///
/// # Errors
/// What the database says.
pub async fn taken_by_visit(
    mut conn: &Connection,
    id: AppointmentId,
) -> QueryResult<Option<Freed>> {
    let rows: Vec<TakenRow> = claims::table
        .inner_join(
            appointments::table.on(appointments::provider_org_id
                .eq(claims::provider_org_id)
                .and(appointments::id.nullable().eq(claims::appointment_id))),
        )
        .filter(claims::appointment_id.eq(id.0))
        .filter(claims::resource_id.is_not_null())
        .order((claims::starts_at, claims::resource_id))
        .select((
            appointments::location_id,
            claims::resource_id,
            claims::starts_at,
            claims::ends_at,
        ))
        .load(&mut conn)
        .await?;
    let from = rows.iter().map(|(.., from, _)| *from).min();
    let until = rows.iter().map(|(.., until)| *until).max();
    let location = rows.iter().map(|(location, ..)| *location).next();
    Ok(match (location, from, until) {
        (Some(location), Some(from), Some(until)) => Some(Freed {
            location: LocationId(location),
            resources: rows
                .iter()
                .filter_map(|(_, id, ..)| id.map(ResourceId))
                .collect(),
            gap: Stretch { from, until },
        }),
        _ => None,
    })
}

/// A round and how far it has come.
#[derive(Clone, Debug)]
pub struct RoundRecord {
    /// Which one.
    pub id: OfferRoundId,
    /// What became free, and who was asked.
    pub rules: Round,
    /// What made it free.
    pub freed_by: FreedBy,
    /// When somebody's quiet hours end that are waited for.
    pub look_again_at: Option<DateTime<Utc>>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = offer_rounds)]
struct RoundRow {
    id: Uuid,
    location_id: Uuid,
    resource_ids: Vec<Uuid>,
    from_at: DateTime<Utc>,
    until_at: DateTime<Utc>,
    freed_by: String,
    depth: i16,
    look_again_at: Option<DateTime<Utc>>,
    outcome: Option<String>,
    created_at: DateTime<Utc>,
    broadcast: bool,
}

/// Minutes when the start is soon and when it is later, and the hours ahead.
pub(super) type Times = (i16, i16, i16);

type Row = (RoundRow, Times);

pub(super) fn keep_times((soon, later, lead): Times) -> QueryResult<KeepTimes> {
    Ok(KeepTimes {
        soon: small(soon)?,
        later: small(later)?,
        lead: small(lead)?,
    })
}

fn record((row, times): Row) -> QueryResult<RoundRecord> {
    Ok(RoundRecord {
        id: OfferRoundId(row.id),
        rules: Round {
            freed: Freed {
                location: LocationId(row.location_id),
                resources: row.resource_ids.into_iter().map(ResourceId).collect(),
                gap: Stretch {
                    from: row.from_at,
                    until: row.until_at,
                },
            },
            depth: small(row.depth)?,
            keep: keep_times(times)?,
            broadcast: row.broadcast,
            asked: Vec::new(),
        },
        freed_by: FreedBy::parse(&row.freed_by).ok_or_else(|| unknown("cause", &row.freed_by))?,
        look_again_at: row.look_again_at,
        outcome: row
            .outcome
            .map(|word| Outcome::parse(&word).ok_or_else(|| unknown("outcome", &word)))
            .transpose()?,
        created_at: row.created_at,
    })
}

/// Rounds with how their place makes its offers.
#[diesel::dsl::auto_type]
fn with_times() -> _ {
    offer_rounds::table.inner_join(
        locations::table.on(locations::provider_org_id
            .eq(offer_rounds::provider_org_id)
            .and(locations::id.eq(offer_rounds::location_id))),
    )
}

macro_rules! record_columns {
    () => {
        (
            RoundRow::as_select(),
            (
                locations::offer_minutes_soon,
                locations::offer_minutes_later,
                locations::offer_lead_hours,
            ),
        )
    };
}

/// Some places with how they make their offers, in no order.
///
/// # Errors
/// What the database says.
pub async fn places_that_offer(
    mut conn: &Connection,
    ids: &[LocationId],
) -> QueryResult<Vec<(Place, KeepTimes)>> {
    let ids = planned(ids.iter().map(|id| id.0));
    let rows: Vec<(Uuid, String, Times)> = locations::table
        .filter(locations::id.eq_any(ids))
        .select((
            locations::id,
            locations::time_zone,
            (
                locations::offer_minutes_soon,
                locations::offer_minutes_later,
                locations::offer_lead_hours,
            ),
        ))
        .load(&mut conn)
        .await?;
    rows.into_iter()
        .map(|(id, time_zone, times)| {
            let place = Place {
                location_id: LocationId(id),
                zone: zone(&time_zone)?,
            };
            Ok((place, keep_times(times)?))
        })
        .collect()
}

/// Writes a round that begins; how many are told at once, its place says now.
///
/// # Errors
/// What the database says.
pub async fn insert_round(
    mut conn: &Connection,
    org: ProviderOrgId,
    id: OfferRoundId,
    (freed, by, depth): (&Freed, FreedBy, u8),
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let resources: Vec<Uuid> = freed.resources.iter().map(|id| id.0).collect();
    let broadcast: bool = locations::table
        .filter(locations::id.eq(freed.location.0))
        .select(locations::offer_broadcast)
        .first(&mut conn)
        .await?;
    diesel::insert_into(offer_rounds::table)
        .values((
            offer_rounds::id.eq(id.0),
            offer_rounds::provider_org_id.eq(org.0),
            offer_rounds::location_id.eq(freed.location.0),
            offer_rounds::resource_ids.eq(resources),
            offer_rounds::from_at.eq(freed.gap.from),
            offer_rounds::until_at.eq(freed.gap.until),
            offer_rounds::freed_by.eq(by.as_str()),
            offer_rounds::depth.eq(i16::from(depth)),
            offer_rounds::broadcast.eq(broadcast),
            offer_rounds::created_at.eq(now),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// One round.
///
/// # Errors
/// What the database says.
pub async fn find_round(
    mut conn: &Connection,
    id: OfferRoundId,
) -> QueryResult<Option<RoundRecord>> {
    with_times()
        .filter(offer_rounds::id.eq(id.0))
        .select(record_columns!())
        .first::<Row>(&mut conn)
        .await
        .optional()?
        .map(record)
        .transpose()
}

/// The rounds that have not ended and wait for nobody's quiet hours, the oldest first.
///
/// # Errors
/// What the database says.
pub async fn open_rounds(
    mut conn: &Connection,
    now: DateTime<Utc>,
) -> QueryResult<Vec<OfferRoundId>> {
    let ids: Vec<Uuid> = offer_rounds::table
        .filter(offer_rounds::ended_at.is_null())
        .filter(
            offer_rounds::look_again_at
                .is_null()
                .or(offer_rounds::look_again_at.le(now)),
        )
        .order((offer_rounds::created_at, offer_rounds::id))
        .select(offer_rounds::id)
        .load(&mut conn)
        .await?;
    Ok(ids.into_iter().map(OfferRoundId).collect())
}

/// A round that has not ended, with who was asked, kept from changing until the end of the
/// transaction; one that another server is busy with is left alone.
///
/// # Errors
/// What the database says.
pub async fn lock_round(
    mut conn: &Connection,
    id: OfferRoundId,
) -> QueryResult<Option<RoundRecord>> {
    let locked: Option<Uuid> = offer_rounds::table
        .filter(offer_rounds::id.eq(id.0))
        .filter(offer_rounds::ended_at.is_null())
        .select(offer_rounds::id)
        .for_update()
        .skip_locked()
        .first(&mut conn)
        .await
        .optional()?;
    if locked.is_none() {
        return Ok(None);
    }
    let Some(mut found) = find_round(conn, id).await? else {
        return Ok(None);
    };
    let asked: Vec<Option<Uuid>> = offers::table
        .filter(offers::round_id.eq(id.0))
        .order(offers::created_at)
        .select(offers::wait_list_item_id)
        .load(&mut conn)
        .await?;
    found.rules.asked = asked.into_iter().flatten().map(WaitListItemId).collect();
    Ok(Some(found))
}

/// Writes how a round ended.
///
/// # Errors
/// What the database says.
pub async fn end_round(
    mut conn: &Connection,
    id: OfferRoundId,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(offer_rounds::table.filter(offer_rounds::id.eq(id.0)))
        .set((
            offer_rounds::ended_at.eq(now),
            offer_rounds::outcome.eq(outcome.as_str()),
            offer_rounds::look_again_at.eq(None::<DateTime<Utc>>),
            offer_rounds::version.eq(offer_rounds::version + 1),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Writes when to look again for somebody.
///
/// # Errors
/// What the database says.
pub async fn put_round_off(
    mut conn: &Connection,
    id: OfferRoundId,
    until: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    diesel::update(offer_rounds::table.filter(offer_rounds::id.eq(id.0)))
        .set((
            offer_rounds::look_again_at.eq(until),
            offer_rounds::version.eq(offer_rounds::version + 1),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Whose turn was passed over.
#[derive(Clone, Copy, Debug)]
pub struct NewSkip {
    /// In which round.
    pub round: OfferRoundId,
    /// Which item.
    pub item: WaitListItemId,
    /// Whose.
    pub person: PersonId,
    /// Of which employer.
    pub employer: EmployerId,
    /// Why.
    pub reason: SkipReason,
}

/// Notes why somebody's turn was passed over; the same reason once a round.
///
/// # Errors
/// What the database says.
pub async fn note_skip(
    mut conn: &Connection,
    org: ProviderOrgId,
    skip: &NewSkip,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(offer_skips::table)
        .values((
            offer_skips::id.eq(Uuid::now_v7()),
            offer_skips::provider_org_id.eq(org.0),
            offer_skips::employer_id.eq(skip.employer.0),
            offer_skips::person_id.eq(skip.person.0),
            offer_skips::round_id.eq(skip.round.0),
            offer_skips::wait_list_item_id.eq(skip.item.0),
            offer_skips::reason.eq(skip.reason.as_str()),
            offer_skips::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(&mut conn)
        .await
        .map(drop)
}

/// What became of somebody's turn in a round.
#[derive(Clone, Copy, Debug)]
pub enum TurnOutcome {
    /// It was offered a time, which starts then.
    Offered {
        /// What became of the offer.
        state: OfferState,
        /// When the time starts.
        starts_at: DateTime<Utc>,
        /// Until when it was kept.
        expires_at: DateTime<Utc>,
    },
    /// It was passed over.
    Skipped(SkipReason),
}

/// Somebody's turn in a round.
#[derive(Clone, Debug)]
pub struct TurnRecord {
    /// In which round.
    pub round: OfferRoundId,
    /// For what they wait.
    pub item: WaitListItemId,
    /// Who.
    pub person: PersonId,
    /// The person's name.
    pub person_name: String,
    /// When it was their turn.
    pub at: DateTime<Utc>,
    /// What became of it.
    pub outcome: TurnOutcome,
}

/// The latest rounds, or those in which it was an item's turn; the latest first, at most so many.
///
/// # Errors
/// What the database says.
pub async fn latest_rounds(
    mut conn: &Connection,
    item: Option<WaitListItemId>,
    limit: i64,
) -> QueryResult<Vec<RoundRecord>> {
    let mut query = with_times()
        .order((offer_rounds::created_at.desc(), offer_rounds::id.desc()))
        .limit(limit)
        .select(record_columns!())
        .into_boxed();
    if let Some(item) = item {
        let offered = offers::table
            .filter(offers::wait_list_item_id.eq(item.0))
            .filter(offers::round_id.is_not_null())
            .select(offers::round_id.assume_not_null());
        let skipped = offer_skips::table
            .filter(offer_skips::wait_list_item_id.eq(item.0))
            .select(offer_skips::round_id);
        query = query.filter(
            offer_rounds::id
                .eq_any(offered)
                .or(offer_rounds::id.eq_any(skipped)),
        );
    }
    let rows: Vec<Row> = query.load(&mut conn).await?;
    rows.into_iter().map(record).collect()
}

/// Whose turn it was in some rounds, within the employers of the scope, in the order of time.
///
/// # Errors
/// What the database says.
pub async fn turns_of(
    mut conn: &Connection,
    scope: &Scope,
    rounds: &[OfferRoundId],
) -> QueryResult<Vec<TurnRecord>> {
    let ids = planned(rounds.iter().map(|id| id.0));
    let within: Option<Vec<Uuid>> = match scope.bounds() {
        Bounds::Organization(Some(employers)) => Some(employers.iter().map(|id| id.0).collect()),
        _ => None,
    };
    type Offered = (
        (Option<Uuid>, Option<Uuid>, Uuid, Uuid),
        (DateTime<Utc>, String, DateTime<Utc>, DateTime<Utc>),
        (String, String),
    );
    let offered: Vec<Offered> = offers::table
        .inner_join(
            persons::table.on(persons::provider_org_id
                .eq(offers::provider_org_id)
                .and(persons::id.eq(offers::person_id))),
        )
        .filter(offers::round_id.eq_any(&ids))
        .order((offers::created_at, offers::id))
        .select((
            (
                offers::round_id,
                offers::wait_list_item_id,
                offers::person_id,
                offers::employer_id,
            ),
            (
                offers::created_at,
                offers::state,
                offers::starts_at,
                offers::expires_at,
            ),
            (persons::first_name, persons::last_name),
        ))
        .load(&mut conn)
        .await?;
    type Skipped = (
        (Uuid, Uuid, Uuid, Uuid),
        (DateTime<Utc>, String),
        (String, String),
    );
    let skipped: Vec<Skipped> = offer_skips::table
        .inner_join(
            persons::table.on(persons::provider_org_id
                .eq(offer_skips::provider_org_id)
                .and(persons::id.eq(offer_skips::person_id))),
        )
        .filter(offer_skips::round_id.eq_any(&ids))
        .order((offer_skips::created_at, offer_skips::id))
        .select((
            (
                offer_skips::round_id,
                offer_skips::wait_list_item_id,
                offer_skips::person_id,
                offer_skips::employer_id,
            ),
            (offer_skips::created_at, offer_skips::reason),
            (persons::first_name, persons::last_name),
        ))
        .load(&mut conn)
        .await?;
    let is_within = |employer: &Uuid| within.as_ref().is_none_or(|ids| ids.contains(employer));
    let name = |(first, last): (String, String)| format!("{first} {last}").trim().to_owned();
    let mut turns = Vec::with_capacity(offered.len() + skipped.len());
    for ((round, item, person, employer), (at, state, starts_at, expires_at), names) in offered {
        let (Some(round), Some(item), true) = (round, item, is_within(&employer)) else {
            continue;
        };
        turns.push(TurnRecord {
            round: OfferRoundId(round),
            item: WaitListItemId(item),
            person: PersonId(person),
            person_name: name(names),
            at,
            outcome: TurnOutcome::Offered {
                state: OfferState::parse(&state).ok_or_else(|| unknown("state", &state))?,
                starts_at,
                expires_at,
            },
        });
    }
    for ((round, item, person, employer), (at, reason), names) in skipped {
        if !is_within(&employer) {
            continue;
        }
        let reason = SkipReason::parse(&reason).ok_or_else(|| unknown("reason", &reason))?;
        turns.push(TurnRecord {
            round: OfferRoundId(round),
            item: WaitListItemId(item),
            person: PersonId(person),
            person_name: name(names),
            at,
            outcome: TurnOutcome::Skipped(reason),
        });
    }
    turns.sort_by_key(|turn| turn.at);
    Ok(turns)
}
