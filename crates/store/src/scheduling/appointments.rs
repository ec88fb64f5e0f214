//! Visits.

use super::{audience, region, unknown, zone};
use crate::database::{Connection, planned};
use crate::schema::{appointment_resources, appointment_types, appointments, persons, resources};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::{try_join, try_join_all};
use salus_domain::access::{Allowed, Bounds, Scope};
use salus_domain::ids::{
    AccountId, AppointmentId, AppointmentTypeId, CancelReasonId, EmployerId, LocationId, PersonId,
    ProviderOrgId, ResourceId,
};
use salus_domain::scheduling::{
    Appointment, Audience, Modality, Moves, Notice, Override, Overrides, Region, ResourceKind,
    Slot, State,
};
use salus_domain::time::Tz;
use uuid::Uuid;

/// A visit and what its rules need.
#[derive(Clone, Debug)]
pub struct AppointmentRecord {
    /// State, start, notices.
    pub rules: Appointment,
    /// Whose.
    pub person: PersonId,
    /// The person's name.
    pub person_name: String,
    /// For which employer.
    pub employer: EmployerId,
    /// What kind.
    pub appointment_type: AppointmentTypeId,
    /// Where.
    pub location: LocationId,
    /// The zone promised at booking.
    pub zone: Tz,
    /// How.
    pub modality: Modality,
    /// Where the person will be, if it is online.
    pub region: Option<Region>,
    /// When the resources are done.
    pub ends_at: DateTime<Utc>,
    /// The end the person was told.
    pub shown_ends_at: DateTime<Utc>,
    /// Who booked it.
    pub booked_by: Audience,
    /// The account that booked it.
    pub booked_by_account: Option<AccountId>,
    /// What was written when booking, sealed by the chart's key.
    pub comment_sealed: Option<Vec<u8>>,
    /// What the supervisor who booked wrote, sealed by the organization's key.
    pub supervisor_comment_sealed: Option<Vec<u8>>,
    /// Why it was given back.
    pub cancel_reason: Option<CancelReasonId>,
    /// What was written when it was given back, sealed by the chart's key.
    pub cancel_comment_sealed: Option<Vec<u8>>,
    /// Who gave it back.
    pub cancelled_by: Option<Audience>,
    /// Why the clinic did not agree, sealed by the chart's key.
    pub denial_sealed: Option<Vec<u8>>,
    /// When the person came.
    pub checked_in_at: Option<DateTime<Utc>>,
    /// What was written at the door, sealed by the chart's key.
    pub check_in_comment_sealed: Option<Vec<u8>>,
    /// The rules that staff set aside for its time.
    pub overrides: Vec<Override>,
    /// Why they did, sealed by the chart's key.
    pub override_reason_sealed: Option<Vec<u8>>,
    /// Counts what calendars elsewhere must learn of: moves and the end.
    pub sequence: i32,
    /// Counts the changes.
    pub version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = appointments)]
struct AppointmentRow {
    id: Uuid,
    employer_id: Uuid,
    person_id: Uuid,
    appointment_type_id: Uuid,
    location_id: Uuid,
    modality: String,
    region: Option<String>,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    shown_ends_at: DateTime<Utc>,
    time_zone: String,
    state: String,
    booked_by_audience: String,
    created_by: Option<Uuid>,
    comment_sealed: Option<Vec<u8>>,
    supervisor_comment_sealed: Option<Vec<u8>>,
    cancel_reason_id: Option<Uuid>,
    cancel_comment_sealed: Option<Vec<u8>>,
    cancelled_by_audience: Option<String>,
    denial_sealed: Option<Vec<u8>>,
    checked_in_at: Option<DateTime<Utc>>,
    check_in_comment_sealed: Option<Vec<u8>>,
    confirmed_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    override_kinds: Vec<String>,
    override_reason_sealed: Option<Vec<u8>>,
    sequence: i32,
    moves: i16,
    version: i32,
}

type Row = (AppointmentRow, (i16, i16, i16), (String, String));

fn record((row, (cancel, move_, most), name): Row) -> QueryResult<AppointmentRecord> {
    Ok(AppointmentRecord {
        rules: Appointment {
            id: AppointmentId(row.id),
            state: State::parse(&row.state).ok_or_else(|| unknown("state", &row.state))?,
            starts_at: row.starts_at,
            notice: Notice {
                cancel: super::small(cancel)?,
                move_: super::small(move_)?,
            },
            moves: Moves {
                made: super::small(row.moves)?,
                most: super::small(most)?,
            },
            attends: row.confirmed_at.is_some(),
            cancelled_at: row.cancelled_at,
        },
        person: PersonId(row.person_id),
        person_name: full_name(&name.0, &name.1),
        employer: EmployerId(row.employer_id),
        appointment_type: AppointmentTypeId(row.appointment_type_id),
        location: LocationId(row.location_id),
        zone: zone(&row.time_zone)?,
        modality: modality_of(&row.modality)?,
        region: row.region.as_deref().map(region).transpose()?,
        ends_at: row.ends_at,
        shown_ends_at: row.shown_ends_at,
        booked_by: audience(&row.booked_by_audience)?,
        booked_by_account: row.created_by.map(AccountId),
        comment_sealed: row.comment_sealed,
        supervisor_comment_sealed: row.supervisor_comment_sealed,
        cancel_reason: row.cancel_reason_id.map(CancelReasonId),
        cancel_comment_sealed: row.cancel_comment_sealed,
        cancelled_by: row
            .cancelled_by_audience
            .as_deref()
            .map(audience)
            .transpose()?,
        denial_sealed: row.denial_sealed,
        checked_in_at: row.checked_in_at,
        check_in_comment_sealed: row.check_in_comment_sealed,
        overrides: row
            .override_kinds
            .iter()
            .map(|word| Override::parse(word).ok_or_else(|| unknown("override", word)))
            .collect::<QueryResult<_>>()?,
        override_reason_sealed: row.override_reason_sealed,
        sequence: row.sequence,
        version: row.version,
    })
}

fn full_name(first: &str, last: &str) -> String {
    format!("{first} {last}").trim().to_owned()
}

fn modality_of(word: &str) -> QueryResult<Modality> {
    Modality::parse(word).ok_or_else(|| unknown("modality", word))
}

/// Visits with their kind's notices and the person's name.
#[diesel::dsl::auto_type]
fn with_notice() -> _ {
    appointments::table
        .inner_join(
            appointment_types::table.on(appointment_types::provider_org_id
                .eq(appointments::provider_org_id)
                .and(appointment_types::id.eq(appointments::appointment_type_id))),
        )
        .inner_join(
            persons::table.on(persons::provider_org_id
                .eq(appointments::provider_org_id)
                .and(persons::id.eq(appointments::person_id))),
        )
}

macro_rules! record_columns {
    () => {
        (
            AppointmentRow::as_select(),
            (
                appointment_types::cancel_notice,
                appointment_types::move_notice,
                appointment_types::max_moves,
            ),
            (persons::first_name, persons::last_name),
        )
    };
}

/// The visits of a person that lie ahead, the soonest first, or those since an instant that are
/// over, given back or missed, the latest first; those marked as a mistake are for the clinic only. At
/// most 200.
///
/// # Errors
/// What the database says.
pub async fn appointments_of_person(
    conn: &mut Connection,
    scope: &Scope,
    person: PersonId,
    past_since: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> QueryResult<Vec<AppointmentRecord>> {
    let whose = scope.only_person().unwrap_or(person);
    let ahead = [
        State::Pending,
        State::Booked,
        State::CheckedIn,
        State::InProgress,
    ]
    .map(State::as_str)
    .to_vec();
    let struck = State::EnteredInError.as_str();
    let hidden: Vec<&str> = scope.only_person().map(|_| struck).into_iter().collect();
    let own = with_notice().filter(appointments::person_id.eq(whose.0));
    let rows: Vec<Row> = match past_since {
        None => {
            own.filter(appointments::shown_ends_at.gt(now))
                .filter(appointments::state.eq_any(ahead))
                .order((appointments::starts_at.asc(), appointments::id))
                .limit(200)
                .select(record_columns!())
                .load(conn)
                .await?
        }
        Some(since) => {
            own.filter(appointments::starts_at.ge(since))
                .filter(
                    appointments::shown_ends_at
                        .le(now)
                        .or(appointments::state.ne_all(ahead)),
                )
                .filter(appointments::state.ne_all(hidden))
                .order((appointments::starts_at.desc(), appointments::id.desc()))
                .limit(200)
                .select(record_columns!())
                .load(conn)
                .await?
        }
    };
    rows.into_iter().map(record).collect()
}

/// The visits at a location that start within a stretch, the soonest first; within the employers
/// of the scope.
///
/// # Errors
/// What the database says.
pub async fn appointments_of_day(
    conn: &mut Connection,
    scope: &Scope,
    location: LocationId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> QueryResult<Vec<AppointmentRecord>> {
    let mut query = with_notice()
        .filter(appointments::location_id.eq(location.0))
        .filter(appointments::starts_at.ge(from))
        .filter(appointments::starts_at.lt(until))
        .filter(appointments::state.ne(State::EnteredInError.as_str()))
        .order((appointments::starts_at, appointments::id))
        .select(record_columns!())
        .into_boxed();
    if let Bounds::Organization(Some(employers)) = scope.bounds() {
        let ids: Vec<Uuid> = employers.iter().map(|id| id.0).collect();
        query = query.filter(appointments::employer_id.eq_any(ids));
    }
    let rows: Vec<Row> = query.load(conn).await?;
    rows.into_iter().map(record).collect()
}

/// Some visits, the soonest first; within the employers of the scope.
///
/// # Errors
/// What the database says.
pub async fn some_appointments(
    conn: &mut Connection,
    scope: &Scope,
    ids: &[AppointmentId],
) -> QueryResult<Vec<AppointmentRecord>> {
    let ids = planned(ids.iter().map(|id| id.0));
    let mut query = with_notice()
        .filter(appointments::id.eq_any(ids))
        .order((appointments::starts_at, appointments::id))
        .select(record_columns!())
        .into_boxed();
    if let Bounds::Organization(Some(employers)) = scope.bounds() {
        let ids: Vec<Uuid> = employers.iter().map(|id| id.0).collect();
        query = query.filter(appointments::employer_id.eq_any(ids));
    }
    let rows: Vec<Row> = query.load(conn).await?;
    rows.into_iter().map(record).collect()
}

/// One visit.
///
/// # Errors
/// What the database says.
pub async fn find_appointment(
    mut conn: &Connection,
    id: AppointmentId,
) -> QueryResult<Option<AppointmentRecord>> {
    with_notice()
        .filter(appointments::id.eq(id.0))
        .select(record_columns!())
        .first::<Row>(&mut conn)
        .await
        .optional()?
        .map(record)
        .transpose()
}

/// One visit, kept from changing until the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_appointment(
    conn: &mut Connection,
    id: AppointmentId,
) -> QueryResult<Option<AppointmentRecord>> {
    let locked: Option<Uuid> = appointments::table
        .filter(appointments::id.eq(id.0))
        .select(appointments::id)
        .for_update()
        .first(conn)
        .await
        .optional()?;
    match locked {
        Some(_) => find_appointment(conn, id).await,
        None => Ok(None),
    }
}

/// Notes on a visit which rules were set aside for its time, and why.
///
/// # Errors
/// What the database says.
pub async fn set_aside(
    mut conn: &Connection,
    visit: &Allowed<AppointmentId>,
    aside: Overrides,
    reason_sealed: &[u8],
) -> QueryResult<()> {
    let kinds: Vec<&str> = aside.kinds().into_iter().map(Override::as_str).collect();
    diesel::update(appointments::table.filter(appointments::id.eq(visit.get().0)))
        .set((
            appointments::override_kinds.eq(kinds),
            appointments::override_reason_sealed.eq(reason_sealed),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Names of the resources of visits: visit, resource, name, kind; by visit, the leading one first.
///
/// # Errors
/// What the database says.
pub async fn appointment_resources(
    mut conn: &Connection,
    of: &[AppointmentId],
) -> QueryResult<Vec<(AppointmentId, ResourceId, String, ResourceKind)>> {
    let all = appointment_resources::table
        .inner_join(
            resources::table.on(resources::provider_org_id
                .eq(appointment_resources::provider_org_id)
                .and(resources::id.eq(appointment_resources::resource_id))),
        )
        .order((
            appointment_resources::appointment_id,
            appointment_resources::position,
        ))
        .select((
            appointment_resources::appointment_id,
            resources::id,
            resources::name,
            resources::kind,
        ))
        .into_boxed();
    // A list is planned for ten, which for one costs so much more that no plan would be kept.
    let wanted = match of {
        [one] => all.filter(appointment_resources::appointment_id.eq(one.0)),
        _ => {
            let ids: Vec<Uuid> = of.iter().map(|id| id.0).collect();
            all.filter(appointment_resources::appointment_id.eq_any(ids))
        }
    };
    let rows: Vec<(Uuid, Uuid, String, String)> = wanted.load(&mut conn).await?;
    rows.into_iter()
        .map(|(visit, id, name, kind)| {
            let kind = ResourceKind::parse(&kind).ok_or_else(|| unknown("resource kind", &kind))?;
            Ok((AppointmentId(visit), ResourceId(id), name, kind))
        })
        .collect()
}

/// A visit to write.
#[derive(Clone, Debug)]
pub struct NewAppointment<'a> {
    /// Which one.
    pub id: AppointmentId,
    /// Whose organization.
    pub org: ProviderOrgId,
    /// Whose visit.
    pub person: PersonId,
    /// For which employer.
    pub employer: EmployerId,
    /// Whose record it is, and under which rules it stands; see [`record_of`].
    pub record: (&'static str, &'static str),
    /// What kind.
    pub appointment_type: AppointmentTypeId,
    /// When, where and with whom.
    pub slot: &'a Slot,
    /// Where the person will be, if it is online.
    pub region: Option<&'a Region>,
    /// Agreed or waiting.
    pub state: State,
    /// Who books.
    pub booked_by: Audience,
    /// The account that books.
    pub created_by: Option<AccountId>,
    /// The comment, sealed by the chart's key.
    pub comment_sealed: Option<Vec<u8>>,
    /// A supervisor's comment, sealed by the organization's key.
    pub supervisor_comment_sealed: Option<Vec<u8>>,
    /// When.
    pub now: DateTime<Utc>,
}

/// Whose record a visit is, and under which rules it stands: at the employer's own place it is the
/// employer's (29 CFR 1910.1020), else the provider's (45 CFR 164).
#[must_use]
pub fn record_of(at_employer_site: bool) -> (&'static str, &'static str) {
    if at_employer_site {
        ("employer", "osha")
    } else {
        ("provider", "hipaa")
    }
}

/// Writes a visit and with whom it is. Its claims are written by the functions of their own.
///
/// # Errors
/// What the database says.
pub async fn insert_appointment(
    conn: &Connection,
    permission: &Allowed<()>,
    new: &NewAppointment<'_>,
) -> QueryResult<()> {
    debug_assert_eq!(permission.about().person, Some(new.person));
    let slot = new.slot;
    let local_start: NaiveDateTime =
        salus_domain::time::local_time(slot.starts_at, slot.place.zone);
    let mut first = conn;
    let visit = diesel::insert_into(appointments::table)
        .values((
            (
                appointments::id.eq(new.id.0),
                appointments::provider_org_id.eq(new.org.0),
                appointments::employer_id.eq(new.employer.0),
                appointments::person_id.eq(new.person.0),
                appointments::owner.eq(new.record.0),
                appointments::governance.eq(new.record.1),
            ),
            appointments::appointment_type_id.eq(new.appointment_type.0),
            appointments::location_id.eq(slot.place.location_id.0),
            (
                appointments::modality.eq(slot.modality.as_str()),
                appointments::region.eq(new.region.map(Region::as_str)),
            ),
            appointments::starts_at.eq(slot.starts_at),
            appointments::ends_at.eq(slot.ends_at),
            appointments::shown_ends_at.eq(slot.shown_ends_at),
            appointments::local_start.eq(local_start),
            appointments::time_zone.eq(slot.place.zone.name()),
            appointments::state.eq(new.state.as_str()),
            appointments::booked_by_audience.eq(new.booked_by.as_str()),
            appointments::comment_sealed.eq(new.comment_sealed.as_deref()),
            appointments::supervisor_comment_sealed.eq(new.supervisor_comment_sealed.as_deref()),
            appointments::created_at.eq(new.now),
            appointments::created_by.eq(new.created_by.map(|id| id.0)),
        ))
        .execute(&mut first);
    try_join(visit, write_resources(conn, new.org, new.id, slot))
        .await
        .map(drop)
}

/// Writes with whom and where in the building a visit is, the leading one first.
pub(super) async fn write_resources(
    conn: &Connection,
    org: ProviderOrgId,
    visit: AppointmentId,
    slot: &Slot,
) -> QueryResult<()> {
    let resources = slot.resources.iter().zip(0_i16..);
    try_join_all(resources.map(|(assigned, position)| async move {
        let mut conn = conn;
        diesel::insert_into(appointment_resources::table)
            .values((
                appointment_resources::provider_org_id.eq(org.0),
                appointment_resources::appointment_id.eq(visit.0),
                appointment_resources::resource_id.eq(assigned.resource_id.0),
                appointment_resources::position.eq(position),
            ))
            .execute(&mut conn)
            .await
    }))
    .await
    .map(drop)
}
