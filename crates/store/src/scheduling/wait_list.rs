//! Who waits for a time, and for what.

use super::{small, unknown, zone};
use crate::database::Connection;
use crate::schema::{appointments, due_items, order_items, persons, wait_list_items};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{
    Array, Bool, Date, Int2, Int8, Nullable, Text, Timestamptz, Uuid as SqlUuid,
};
use diesel_async::RunQueryDsl;
use salus_domain::access::{Allowed, Bounds, Scope};
use salus_domain::ids::{
    AccountId, AppointmentId, AppointmentRequestId, AppointmentTypeId, DueItemId, EmployerId,
    LocationId, PersonId, ProviderOrgId, ResourceId, WaitListItemId,
};
use salus_domain::scheduling::request::DayPart;
use salus_domain::scheduling::wait_list::{LATELY, WEEK};
use salus_domain::scheduling::{ClosedBecause, Modality, State, Wishes};
use salus_domain::time::Tz;
use uuid::Uuid;

/// For what somebody waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitsFor {
    /// Something that is due.
    DueItem(DueItemId),
    /// An earlier time than a visit has.
    Earlier(AppointmentId),
    /// What the clinic was asked for and had no time for.
    Request(AppointmentRequestId),
}

/// The visit for which an earlier time is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingVisit {
    /// Which one.
    pub id: AppointmentId,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The zone of its place.
    pub zone: Tz,
    /// How far it has come.
    pub state: State,
}

/// An item of the wait list and what is shown of it.
#[derive(Clone, Debug)]
pub struct WaitListRecord {
    /// Which one.
    pub id: WaitListItemId,
    /// Who waits.
    pub person: PersonId,
    /// The person's name.
    pub person_name: String,
    /// For which employer.
    pub employer: EmployerId,
    /// For what kind of visit.
    pub appointment_type: AppointmentTypeId,
    /// For what.
    pub waits_for: WaitsFor,
    /// Which times would suit.
    pub wishes: Wishes,
    /// The last date it is in time, and the first one the person sees it.
    pub dates: Option<(NaiveDate, NaiveDate)>,
    /// Whether what is due has a visit.
    pub booked: bool,
    /// The visit that is to be earlier.
    pub visit: Option<WaitingVisit>,
    /// Whether the clinic put it before the others.
    pub escalated: bool,
    /// Whether nobody waits any more.
    pub closed: bool,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Counts the changes.
    pub version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = wait_list_items)]
struct ItemRow {
    id: Uuid,
    employer_id: Uuid,
    person_id: Uuid,
    appointment_type_id: Uuid,
    due_item_id: Option<Uuid>,
    appointment_id: Option<Uuid>,
    request_id: Option<Uuid>,
    location_id: Option<Uuid>,
    resource_id: Option<Uuid>,
    modality: Option<String>,
    day_part: Option<String>,
    weekdays: Vec<i16>,
    escalated_at: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    version: i32,
}

type Row = (
    ItemRow,
    (String, String),
    (
        Option<NaiveDate>,
        Option<NaiveDate>,
        Option<Uuid>,
        Option<DateTime<Utc>>,
    ),
    (Option<DateTime<Utc>>, Option<String>, Option<String>),
);

fn record((row, (first, last), due, visit): Row) -> QueryResult<WaitListRecord> {
    let waits_for = match (row.due_item_id, row.appointment_id, row.request_id) {
        (Some(id), ..) => WaitsFor::DueItem(DueItemId(id)),
        (_, Some(id), _) => WaitsFor::Earlier(AppointmentId(id)),
        (.., Some(id)) => WaitsFor::Request(AppointmentRequestId(id)),
        _ => return Err(unknown("wait-list item", &row.id.to_string())),
    };
    let visit = match (row.appointment_id, visit) {
        (Some(id), (Some(starts_at), Some(zone_name), Some(state))) => Some(WaitingVisit {
            id: AppointmentId(id),
            starts_at,
            zone: zone(&zone_name)?,
            state: State::parse(&state).ok_or_else(|| unknown("state", &state))?,
        }),
        _ => None,
    };
    let (due_on, visible_on, booked_as, done_at) = due;
    Ok(WaitListRecord {
        id: WaitListItemId(row.id),
        person: PersonId(row.person_id),
        person_name: format!("{first} {last}").trim().to_owned(),
        employer: EmployerId(row.employer_id),
        appointment_type: AppointmentTypeId(row.appointment_type_id),
        waits_for,
        wishes: wishes(
            (row.location_id, row.resource_id),
            row.modality.as_deref(),
            row.day_part.as_deref(),
            &row.weekdays,
        )?,
        dates: due_on.zip(visible_on),
        booked: booked_as.is_some(),
        visit,
        escalated: row.escalated_at.is_some(),
        closed: row.closed_at.is_some() || done_at.is_some(),
        created_at: row.created_at,
        version: row.version,
    })
}

fn wishes(
    (location, resource): (Option<Uuid>, Option<Uuid>),
    modality: Option<&str>,
    part: Option<&str>,
    weekdays: &[i16],
) -> QueryResult<Wishes> {
    Ok(Wishes {
        location: location.map(LocationId),
        resource: resource.map(ResourceId),
        modality: modality
            .map(|word| Modality::parse(word).ok_or_else(|| unknown("modality", word)))
            .transpose()?,
        part: part
            .map(|word| DayPart::parse(word).ok_or_else(|| unknown("part of the day", word)))
            .transpose()?,
        weekdays: weekdays
            .iter()
            .map(|day| small(*day))
            .collect::<QueryResult<_>>()?,
    })
}

/// Items with the person's name and what they are for.
#[diesel::dsl::auto_type]
fn with_what_for() -> _ {
    wait_list_items::table
        .inner_join(
            persons::table.on(persons::provider_org_id
                .eq(wait_list_items::provider_org_id)
                .and(persons::id.eq(wait_list_items::person_id))),
        )
        .left_join(
            due_items::table.on(due_items::provider_org_id
                .eq(wait_list_items::provider_org_id)
                .and(due_items::id.nullable().eq(wait_list_items::due_item_id))),
        )
        .left_join(
            appointments::table.on(appointments::provider_org_id
                .eq(wait_list_items::provider_org_id)
                .and(
                    appointments::id
                        .nullable()
                        .eq(wait_list_items::appointment_id),
                )),
        )
}

macro_rules! record_columns {
    () => {
        (
            ItemRow::as_select(),
            (persons::first_name, persons::last_name),
            (
                due_items::due_on.nullable(),
                due_items::visible_on.nullable(),
                due_items::appointment_id.nullable(),
                due_items::closed_at.nullable(),
            ),
            (
                appointments::starts_at.nullable(),
                appointments::time_zone.nullable(),
                appointments::state.nullable(),
            ),
        )
    };
}

/// What a person waits for, the oldest first. At most 100.
///
/// # Errors
/// What the database says.
pub async fn wait_list_of_person(
    mut conn: &Connection,
    scope: &Scope,
    person: PersonId,
) -> QueryResult<Vec<WaitListRecord>> {
    let whose = scope.only_person().unwrap_or(person);
    let rows: Vec<Row> = with_what_for()
        .filter(wait_list_items::person_id.eq(whose.0))
        .filter(wait_list_items::closed_at.is_null())
        .order((wait_list_items::created_at, wait_list_items::id))
        .limit(100)
        .select(record_columns!())
        .load(&mut conn)
        .await?;
    rows.into_iter().map(record).collect()
}

/// Which items the clinic asks for; what is not said is left open.
#[derive(Clone, Copy, Debug, Default)]
pub struct WaitListFilter {
    /// Who wants to be seen there, or anywhere.
    pub location: Option<LocationId>,
    /// Who wants to be seen by them, or by anybody.
    pub resource: Option<ResourceId>,
    /// For this kind of visit.
    pub appointment_type: Option<AppointmentTypeId>,
    /// Due on or before a date.
    pub due_until: Option<NaiveDate>,
    /// Seen by the person on or before a date.
    pub visible_until: Option<NaiveDate>,
}

/// Who waits for a time and has none, within the employers of the scope, the oldest first. At most
/// 200.
///
/// # Errors
/// What the database says.
pub async fn list_wait_list(
    mut conn: &Connection,
    scope: &Scope,
    filter: &WaitListFilter,
) -> QueryResult<Vec<WaitListRecord>> {
    let mut query = with_what_for()
        .filter(wait_list_items::closed_at.is_null())
        .filter(due_items::appointment_id.is_null())
        .filter(due_items::closed_at.is_null())
        .order((wait_list_items::created_at, wait_list_items::id))
        .limit(200)
        .select(record_columns!())
        .into_boxed();
    if let Bounds::Organization(Some(employers)) = scope.bounds() {
        let ids: Vec<Uuid> = employers.iter().map(|id| id.0).collect();
        query = query.filter(wait_list_items::employer_id.eq_any(ids));
    }
    if let Some(location) = filter.location {
        query = query.filter(
            wait_list_items::location_id
                .is_null()
                .or(wait_list_items::location_id.eq(location.0)),
        );
    }
    if let Some(resource) = filter.resource {
        query = query.filter(
            wait_list_items::resource_id
                .is_null()
                .or(wait_list_items::resource_id.eq(resource.0)),
        );
    }
    if let Some(kind) = filter.appointment_type {
        query = query.filter(wait_list_items::appointment_type_id.eq(kind.0));
    }
    if let Some(until) = filter.due_until {
        query = query.filter(due_items::due_on.le(until));
    }
    if let Some(until) = filter.visible_until {
        query = query.filter(
            due_items::visible_on
                .is_null()
                .or(due_items::visible_on.le(until)),
        );
    }
    let rows: Vec<Row> = query.load(&mut conn).await?;
    rows.into_iter().map(record).collect()
}

/// One item.
///
/// # Errors
/// What the database says.
pub async fn find_wait_list_item(
    mut conn: &Connection,
    id: WaitListItemId,
) -> QueryResult<Option<WaitListRecord>> {
    with_what_for()
        .filter(wait_list_items::id.eq(id.0))
        .select(record_columns!())
        .first::<Row>(&mut conn)
        .await
        .optional()?
        .map(record)
        .transpose()
}

/// One item, kept from changing until the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_wait_list_item(
    mut conn: &Connection,
    id: WaitListItemId,
) -> QueryResult<Option<WaitListRecord>> {
    let locked: Option<Uuid> = wait_list_items::table
        .filter(wait_list_items::id.eq(id.0))
        .select(wait_list_items::id)
        .for_update()
        .first(&mut conn)
        .await
        .optional()?;
    match locked {
        Some(_) => find_wait_list_item(conn, id).await,
        None => Ok(None),
    }
}

/// Whether an earlier time is wanted for a visit.
///
/// # Errors
/// What the database says.
pub async fn earlier_wish_of(
    mut conn: &Connection,
    visit: AppointmentId,
) -> QueryResult<Option<WaitListItemId>> {
    let id: Option<Uuid> = wait_list_items::table
        .filter(wait_list_items::appointment_id.eq(visit.0))
        .filter(wait_list_items::closed_at.is_null())
        .select(wait_list_items::id)
        .first(&mut conn)
        .await
        .optional()?;
    Ok(id.map(WaitListItemId))
}

/// An item to write.
#[derive(Clone, Debug)]
pub struct NewWaitListItem {
    /// Which one.
    pub id: WaitListItemId,
    /// Whose organization.
    pub org: ProviderOrgId,
    /// Who waits.
    pub person: PersonId,
    /// For which employer.
    pub employer: EmployerId,
    /// Whose record it is, and under which rules it stands; see [`super::record_of`].
    pub record: (&'static str, &'static str),
    /// For what kind of visit.
    pub appointment_type: AppointmentTypeId,
    /// For what.
    pub waits_for: WaitsFor,
    /// Which times would suit.
    pub wishes: Wishes,
    /// The account that said so.
    pub created_by: Option<AccountId>,
    /// When.
    pub now: DateTime<Utc>,
}

fn weekdays(wishes: &Wishes) -> Vec<i16> {
    wishes.weekdays.iter().map(|day| i16::from(*day)).collect()
}

fn part(wishes: &Wishes) -> Option<&'static str> {
    wishes
        .part
        .filter(|part| *part != DayPart::Any)
        .map(DayPart::as_str)
}

/// Writes an item.
///
/// # Errors
/// What the database says.
pub async fn insert_wait_list_item(
    mut conn: &Connection,
    permission: &Allowed<()>,
    new: &NewWaitListItem,
) -> QueryResult<()> {
    debug_assert_eq!(permission.about().person, Some(new.person));
    let (due, visit, request) = match new.waits_for {
        WaitsFor::DueItem(id) => (Some(id.0), None, None),
        WaitsFor::Earlier(id) => (None, Some(id.0), None),
        WaitsFor::Request(id) => (None, None, Some(id.0)),
    };
    let insert = diesel::insert_into(wait_list_items::table).values((
        (
            wait_list_items::id.eq(new.id.0),
            wait_list_items::provider_org_id.eq(new.org.0),
            wait_list_items::employer_id.eq(new.employer.0),
            wait_list_items::person_id.eq(new.person.0),
            wait_list_items::owner.eq(new.record.0),
            wait_list_items::governance.eq(new.record.1),
        ),
        wait_list_items::appointment_type_id.eq(new.appointment_type.0),
        wait_list_items::due_item_id.eq(due),
        wait_list_items::appointment_id.eq(visit),
        wait_list_items::request_id.eq(request),
        wait_list_items::location_id.eq(new.wishes.location.map(|id| id.0)),
        wait_list_items::resource_id.eq(new.wishes.resource.map(|id| id.0)),
        wait_list_items::modality.eq(new.wishes.modality.map(Modality::as_str)),
        wait_list_items::day_part.eq(part(&new.wishes)),
        wait_list_items::weekdays.eq(weekdays(&new.wishes)),
        wait_list_items::created_at.eq(new.now),
        wait_list_items::created_by.eq(new.created_by.map(|id| id.0)),
    ));
    match due {
        // Another server may have put it there since somebody looked.
        Some(_) => insert.on_conflict_do_nothing().execute(&mut conn).await,
        None => insert.execute(&mut conn).await,
    }
    .map(drop)
}

/// Writes which times would suit.
///
/// # Errors
/// What the database says.
pub async fn save_wishes(
    mut conn: &Connection,
    permission: &Allowed<WaitListItemId>,
    wishes: &Wishes,
) -> QueryResult<()> {
    diesel::update(wait_list_items::table.filter(wait_list_items::id.eq(permission.get().0)))
        .set((
            wait_list_items::location_id.eq(wishes.location.map(|id| id.0)),
            wait_list_items::resource_id.eq(wishes.resource.map(|id| id.0)),
            wait_list_items::modality.eq(wishes.modality.map(Modality::as_str)),
            wait_list_items::day_part.eq(part(wishes)),
            wait_list_items::weekdays.eq(weekdays(wishes)),
            wait_list_items::version.eq(wait_list_items::version + 1),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Writes since when an item stands before the others, or that it does not.
///
/// # Errors
/// What the database says.
pub async fn escalate_wait_list_item(
    mut conn: &Connection,
    permission: &Allowed<WaitListItemId>,
    since: Option<DateTime<Utc>>,
    by: Option<AccountId>,
) -> QueryResult<()> {
    diesel::update(wait_list_items::table.filter(wait_list_items::id.eq(permission.get().0)))
        .set((
            wait_list_items::escalated_at.eq(since),
            wait_list_items::escalated_by.eq(since.and(by).map(|id| id.0)),
            wait_list_items::version.eq(wait_list_items::version + 1),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Writes that nobody waits any more.
///
/// # Errors
/// What the database says.
pub async fn close_wait_list_item(
    mut conn: &Connection,
    permission: &Allowed<WaitListItemId>,
    because: ClosedBecause,
    by: Option<AccountId>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(wait_list_items::table.filter(wait_list_items::id.eq(permission.get().0)))
        .set((
            wait_list_items::closed_at.eq(now),
            wait_list_items::closed_by.eq(by.map(|id| id.0)),
            wait_list_items::closed_because.eq(because.as_str()),
            wait_list_items::version.eq(wait_list_items::version + 1),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Items of which what they were for is done, or whose visit is over, has begun or was given back;
/// whose they are.
///
/// # Errors
/// What the database says.
pub async fn settled_items(
    mut conn: &Connection,
    now: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<(WaitListItemId, PersonId, EmployerId)>> {
    let live = [State::Pending.as_str(), State::Booked.as_str()];
    let rows: Vec<(Uuid, Uuid, Uuid)> = with_what_for()
        .filter(wait_list_items::closed_at.is_null())
        .filter(
            due_items::closed_at
                .is_not_null()
                .or(appointments::starts_at.le(now))
                .or(appointments::state.ne_all(live)),
        )
        .order((wait_list_items::created_at, wait_list_items::id))
        .limit(limit)
        .select((
            wait_list_items::id,
            wait_list_items::person_id,
            wait_list_items::employer_id,
        ))
        .load(&mut conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, person, employer)| (WaitListItemId(id), PersonId(person), EmployerId(employer)))
        .collect())
}

/// What is due and answered by a visit.
#[derive(Clone, Copy, Debug)]
pub struct DueToVisit {
    /// Which due item.
    pub id: DueItemId,
    /// Whose.
    pub person: PersonId,
    /// For which employer.
    pub employer: EmployerId,
    /// By which kind of visit.
    pub appointment_type: AppointmentTypeId,
    /// Since when it is due.
    pub since: DateTime<Utc>,
}

/// What is due, answered by a visit and not on the wait list, the oldest first.
///
/// # Errors
/// What the database says.
pub async fn due_items_not_waiting(
    mut conn: &Connection,
    limit: i64,
) -> QueryResult<Vec<DueToVisit>> {
    let listed = wait_list_items::table
        .filter(wait_list_items::provider_org_id.eq(due_items::provider_org_id))
        .filter(wait_list_items::due_item_id.eq(due_items::id.nullable()));
    let rows: Vec<(Uuid, Uuid, Uuid, Uuid, DateTime<Utc>)> = due_items::table
        .inner_join(
            order_items::table.on(order_items::provider_org_id
                .eq(due_items::provider_org_id)
                .and(order_items::id.eq(due_items::order_item_id))),
        )
        .filter(due_items::closed_at.is_null())
        .filter(order_items::appointment_type_id.is_not_null())
        .filter(diesel::dsl::not(diesel::dsl::exists(listed)))
        .order((due_items::created_at, due_items::id))
        .limit(limit)
        .select((
            due_items::id,
            due_items::person_id,
            due_items::employer_id,
            order_items::appointment_type_id.assume_not_null(),
            due_items::created_at,
        ))
        .load(&mut conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, person, employer, kind, since)| DueToVisit {
            id: DueItemId(id),
            person: PersonId(person),
            employer: EmployerId(employer),
            appointment_type: AppointmentTypeId(kind),
            since,
        })
        .collect())
}

/// Somebody who could be offered a time at a place.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// For what they wait.
    pub id: WaitListItemId,
    /// Who.
    pub person: PersonId,
    /// For which employer.
    pub employer: EmployerId,
    /// What kind of visit.
    pub appointment_type: AppointmentTypeId,
    /// Which times would suit.
    pub wishes: Wishes,
    /// Whether the clinic put it before the others.
    pub escalated: bool,
    /// The last date it is in time.
    pub due_on: Option<NaiveDate>,
    /// The first date the person sees it.
    pub visible_on: Option<NaiveDate>,
    /// The visit that is to be earlier, and when it starts.
    pub visit: Option<(AppointmentId, DateTime<Utc>)>,
    /// Since when.
    pub since: DateTime<Utc>,
    /// How many freed times the person was offered lately.
    pub offers_lately: u32,
    /// How many in the last seven days.
    pub offers_in_week: u32,
    /// Whether a time is kept for the person now.
    pub has_live_offer: bool,
}

#[derive(QueryableByName)]
struct CandidateRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    employer_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    appointment_type_id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    location_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    resource_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    modality: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    day_part: Option<String>,
    #[diesel(sql_type = Array<Int2>)]
    weekdays: Vec<i16>,
    #[diesel(sql_type = Bool)]
    escalated: bool,
    #[diesel(sql_type = Nullable<Date>)]
    due_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    visible_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    appointment_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    starts_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Int8)]
    lately: i64,
    #[diesel(sql_type = Int8)]
    in_week: i64,
    #[diesel(sql_type = Bool)]
    live: bool,
}

/// Who waits for a kind of visit that a location has, works for an employer it is linked to, and has
/// no visit before an instant. Those who stand first come first, at most 500: a round that goes
/// through so many without finding anybody may end.
///
/// # Errors
/// What the database says.
pub async fn candidates_at(
    mut conn: &Connection,
    location: LocationId,
    from: DateTime<Utc>,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Candidate>> {
    let rows: Vec<CandidateRow> = diesel::sql_query(
        "SELECT w.id, w.person_id, w.employer_id, w.appointment_type_id, w.location_id, w.resource_id, w.modality,
                w.day_part, w.weekdays, w.escalated_at IS NOT NULL AS escalated, d.due_on, d.visible_on,
                w.appointment_id, a.starts_at, w.created_at,
                (SELECT count(*) FROM offers o WHERE o.provider_org_id = w.provider_org_id
                    AND o.person_id = w.person_id AND o.round_id IS NOT NULL AND o.created_at > $4) AS lately,
                (SELECT count(*) FROM offers o WHERE o.provider_org_id = w.provider_org_id
                    AND o.person_id = w.person_id AND o.round_id IS NOT NULL AND o.created_at > $5) AS in_week,
                EXISTS (SELECT 1 FROM offers o WHERE o.provider_org_id = w.provider_org_id
                    AND o.person_id = w.person_id AND o.ended_at IS NULL AND o.expires_at > $3) AS live
           FROM wait_list_items w
           JOIN appointment_type_locations l ON l.provider_org_id = w.provider_org_id
                AND l.appointment_type_id = w.appointment_type_id AND l.location_id = $1
           LEFT JOIN due_items d ON d.provider_org_id = w.provider_org_id AND d.id = w.due_item_id
           LEFT JOIN appointments a ON a.provider_org_id = w.provider_org_id AND a.id = w.appointment_id
          WHERE w.closed_at IS NULL AND (w.location_id IS NULL OR w.location_id = $1)
            AND (w.due_item_id IS NULL OR (d.closed_at IS NULL AND d.appointment_id IS NULL))
            AND (w.appointment_id IS NULL OR (a.state IN ('pending', 'booked') AND a.starts_at > $2))
            AND EXISTS (SELECT 1 FROM employments e
                JOIN employer_locations el ON el.provider_org_id = e.provider_org_id
                    AND el.employer_id = e.employer_id AND el.location_id = $1
                WHERE e.provider_org_id = w.provider_org_id AND e.person_id = w.person_id
                  AND e.employer_id = w.employer_id AND e.kind <> 'applicant' AND e.status <> 'ended'
                  AND (e.ends_at IS NULL OR e.ends_at > $3))
          ORDER BY escalated DESC, d.due_on NULLS LAST, w.created_at, w.id
          LIMIT 500",
    )
    .bind::<SqlUuid, _>(location.0)
    .bind::<Timestamptz, _>(from)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now - LATELY)
    .bind::<Timestamptz, _>(now - WEEK)
    .load(&mut conn)
    .await?;
    rows.into_iter().map(candidate).collect()
}

fn candidate(row: CandidateRow) -> QueryResult<Candidate> {
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Candidate {
        id: WaitListItemId(row.id),
        person: PersonId(row.person_id),
        employer: EmployerId(row.employer_id),
        appointment_type: AppointmentTypeId(row.appointment_type_id),
        wishes: wishes(
            (row.location_id, row.resource_id),
            row.modality.as_deref(),
            row.day_part.as_deref(),
            &row.weekdays,
        )?,
        escalated: row.escalated,
        due_on: row.due_on,
        visible_on: row.visible_on,
        visit: row.appointment_id.map(AppointmentId).zip(row.starts_at),
        since: row.created_at,
        offers_lately: count(row.lately),
        offers_in_week: count(row.in_week),
        has_live_offer: row.live,
    })
}
