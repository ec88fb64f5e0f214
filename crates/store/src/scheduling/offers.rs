//! Times kept for somebody and proposed to them.

use super::unknown;
use crate::database::{Connection, planned};
use crate::schema::offers;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel_async::RunQueryDsl;
use salus_domain::access::Allowed;
use salus_domain::ids::{
    AccountId, AppointmentRequestId, EmployerId, LocationId, OfferId, OfferRoundId, PersonId,
    ProviderOrgId, ResourceId, WaitListItemId,
};
use salus_domain::scheduling::{Modality, OfferState, OfferedTime, Override, Overrides, Slot};
use uuid::Uuid;

/// For what a time is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferFor {
    /// In answer to a request.
    Request(AppointmentRequestId),
    /// Because it became free and somebody waits.
    Waiting {
        /// For what they wait.
        item: WaitListItemId,
        /// In which round.
        round: OfferRoundId,
    },
}

/// A proposed time.
#[derive(Clone, Debug)]
pub struct OfferRecord {
    /// What became of it, and until when it is kept.
    pub rules: OfferedTime,
    /// Whether it is kept; otherwise whoever takes it first has it.
    pub kept: bool,
    /// For what.
    pub made_for: OfferFor,
    /// To whom.
    pub person: PersonId,
    /// For which employer.
    pub employer: EmployerId,
    /// Where.
    pub location: LocationId,
    /// How.
    pub modality: Modality,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When the resources are done.
    pub ends_at: DateTime<Utc>,
    /// The end the person is told.
    pub shown_ends_at: DateTime<Utc>,
    /// What is taken, the leading one first.
    pub resources: Vec<ResourceId>,
    /// The rules that staff set aside for it.
    pub overrides: Overrides,
    /// Why they did, sealed by the chart's key.
    pub override_reason_sealed: Option<Vec<u8>>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = offers)]
struct OfferRow {
    id: Uuid,
    employer_id: Uuid,
    person_id: Uuid,
    request_id: Option<Uuid>,
    wait_list_item_id: Option<Uuid>,
    round_id: Option<Uuid>,
    location_id: Uuid,
    modality: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    shown_ends_at: DateTime<Utc>,
    resource_ids: Vec<Uuid>,
    state: String,
    expires_at: DateTime<Utc>,
    kept: bool,
    override_kinds: Vec<String>,
    override_reason_sealed: Option<Vec<u8>>,
}

impl OfferRow {
    fn into_record(self) -> QueryResult<OfferRecord> {
        let made_for = match (self.request_id, self.wait_list_item_id, self.round_id) {
            (Some(request), ..) => OfferFor::Request(AppointmentRequestId(request)),
            (None, Some(item), Some(round)) => OfferFor::Waiting {
                item: WaitListItemId(item),
                round: OfferRoundId(round),
            },
            _ => return Err(unknown("offer", &self.id.to_string())),
        };
        Ok(OfferRecord {
            rules: OfferedTime {
                id: OfferId(self.id),
                state: OfferState::parse(&self.state)
                    .ok_or_else(|| unknown("state", &self.state))?,
                expires_at: self.expires_at,
            },
            kept: self.kept,
            made_for,
            person: PersonId(self.person_id),
            employer: EmployerId(self.employer_id),
            location: LocationId(self.location_id),
            modality: Modality::parse(&self.modality)
                .ok_or_else(|| unknown("modality", &self.modality))?,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            shown_ends_at: self.shown_ends_at,
            resources: self.resource_ids.into_iter().map(ResourceId).collect(),
            overrides: self
                .override_kinds
                .iter()
                .map(|word| Override::parse(word).ok_or_else(|| unknown("override", word)))
                .collect::<QueryResult<_>>()?,
            override_reason_sealed: self.override_reason_sealed,
        })
    }
}

/// The times proposed for requests that are still held, run out or not; the soonest first.
///
/// # Errors
/// What the database says.
pub async fn offers_of(
    mut conn: &Connection,
    requests: &[AppointmentRequestId],
) -> QueryResult<Vec<OfferRecord>> {
    let ids = planned(requests.iter().map(|id| id.0));
    let rows: Vec<OfferRow> = offers::table
        .filter(offers::request_id.eq_any(ids))
        .filter(offers::ended_at.is_null())
        .order((offers::starts_at, offers::id))
        .select(OfferRow::as_select())
        .load(&mut conn)
        .await?;
    rows.into_iter().map(OfferRow::into_record).collect()
}

/// Every time that was proposed for a request, kept from changing until the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_offers(
    mut conn: &Connection,
    request: AppointmentRequestId,
) -> QueryResult<Vec<OfferRecord>> {
    let rows: Vec<OfferRow> = offers::table
        .filter(offers::request_id.eq(request.0))
        .order((offers::starts_at, offers::id))
        .for_update()
        .select(OfferRow::as_select())
        .load(&mut conn)
        .await?;
    rows.into_iter().map(OfferRow::into_record).collect()
}

/// One proposed time.
///
/// # Errors
/// What the database says.
pub async fn find_offer(mut conn: &Connection, id: OfferId) -> QueryResult<Option<OfferRecord>> {
    offers::table
        .filter(offers::id.eq(id.0))
        .select(OfferRow::as_select())
        .first(&mut conn)
        .await
        .optional()?
        .map(OfferRow::into_record)
        .transpose()
}

/// One proposed time, kept from changing until the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_offer(mut conn: &Connection, id: OfferId) -> QueryResult<Option<OfferRecord>> {
    offers::table
        .filter(offers::id.eq(id.0))
        .select(OfferRow::as_select())
        .for_update()
        .first(&mut conn)
        .await
        .optional()?
        .map(OfferRow::into_record)
        .transpose()
}

/// The times that became free and are still held for some who wait, run out or not.
///
/// # Errors
/// What the database says.
pub async fn offers_of_items(
    mut conn: &Connection,
    items: &[WaitListItemId],
) -> QueryResult<Vec<OfferRecord>> {
    let ids = planned(items.iter().map(|id| id.0));
    let rows: Vec<OfferRow> = offers::table
        .filter(offers::wait_list_item_id.eq_any(ids))
        .filter(offers::ended_at.is_null())
        .order((offers::starts_at, offers::id))
        .select(OfferRow::as_select())
        .load(&mut conn)
        .await?;
    rows.into_iter().map(OfferRow::into_record).collect()
}

/// The times offered in a round, in their order.
///
/// # Errors
/// What the database says.
pub async fn offers_of_round(
    mut conn: &Connection,
    round: OfferRoundId,
) -> QueryResult<Vec<OfferRecord>> {
    let rows: Vec<OfferRow> = offers::table
        .filter(offers::round_id.eq(round.0))
        .order((offers::created_at, offers::id))
        .select(OfferRow::as_select())
        .load(&mut conn)
        .await?;
    rows.into_iter().map(OfferRow::into_record).collect()
}

/// A time to keep and propose.
#[derive(Clone, Debug)]
pub struct NewOffer<'a> {
    /// Whose organization.
    pub org: ProviderOrgId,
    /// To whom.
    pub person: PersonId,
    /// For which employer.
    pub employer: EmployerId,
    /// For what.
    pub made_for: OfferFor,
    /// Until when.
    pub rules: OfferedTime,
    /// Whether it is kept; otherwise whoever takes it first has it.
    pub kept: bool,
    /// When, where and with whom.
    pub slot: &'a Slot,
    /// The rules that staff set aside for it.
    pub overrides: Overrides,
    /// Why they did, sealed by the chart's key.
    pub override_reason_sealed: Option<Vec<u8>>,
    /// The account that proposes.
    pub created_by: Option<AccountId>,
    /// When.
    pub now: DateTime<Utc>,
}

/// Writes a proposed time. Its claims are written by a function of their own.
///
/// # Errors
/// What the database says.
pub async fn insert_offer(
    mut conn: &Connection,
    permission: &Allowed<()>,
    new: &NewOffer<'_>,
) -> QueryResult<()> {
    debug_assert_eq!(permission.about().person, Some(new.person));
    let slot = new.slot;
    let (request, item, round) = match new.made_for {
        OfferFor::Request(request) => (Some(request.0), None, None),
        OfferFor::Waiting { item, round } => (None, Some(item.0), Some(round.0)),
    };
    let resources: Vec<Uuid> = slot
        .resources
        .iter()
        .map(|taken| taken.resource_id.0)
        .collect();
    let kinds = new.overrides.kinds().into_iter();
    let kinds: Vec<&str> = kinds.map(Override::as_str).collect();
    diesel::insert_into(offers::table)
        .values((
            offers::id.eq(new.rules.id.0),
            offers::provider_org_id.eq(new.org.0),
            offers::employer_id.eq(new.employer.0),
            offers::person_id.eq(new.person.0),
            offers::request_id.eq(request),
            offers::wait_list_item_id.eq(item),
            offers::round_id.eq(round),
            offers::location_id.eq(slot.place.location_id.0),
            offers::modality.eq(slot.modality.as_str()),
            offers::starts_at.eq(slot.starts_at),
            offers::ends_at.eq(slot.ends_at),
            offers::shown_ends_at.eq(slot.shown_ends_at),
            offers::resource_ids.eq(resources),
            offers::state.eq(new.rules.state.as_str()),
            offers::expires_at.eq(new.rules.expires_at),
            offers::kept.eq(new.kept),
            (
                offers::override_kinds.eq(kinds),
                offers::override_reason_sealed.eq(new.override_reason_sealed.as_deref()),
            ),
            offers::created_at.eq(new.now),
            offers::created_by.eq(new.created_by.map(|id| id.0)),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Writes that a time was taken that is kept for nobody; answers whether nobody was quicker.
///
/// # Errors
/// What the database says.
pub async fn take_offer(conn: &Connection, id: OfferId, now: DateTime<Utc>) -> QueryResult<bool> {
    match end_offer(conn, id, OfferState::Accepted, now).await {
        // Of a round one is taken.
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Ok(false),
        ended => ended.map(|()| true),
    }
}

/// Writes what became of a proposed time. Its claims are kept or freed by functions of their own.
///
/// # Errors
/// What the database says.
pub async fn end_offer(
    mut conn: &Connection,
    id: OfferId,
    state: OfferState,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(offers::table.filter(offers::id.eq(id.0)))
        .set((
            offers::state.eq(state.as_str()),
            offers::ended_at.eq(now),
            offers::version.eq(offers::version + 1),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Writes of every proposed time that has run out that it has.
///
/// # Errors
/// What the database says.
pub async fn expire_offers(mut conn: &Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(
        offers::table
            .filter(offers::ended_at.is_null())
            .filter(offers::expires_at.le(now)),
    )
    .set((
        offers::state.eq(OfferState::Expired.as_str()),
        offers::ended_at.eq(now),
        offers::version.eq(offers::version + 1),
    ))
    .execute(&mut conn)
    .await
}
