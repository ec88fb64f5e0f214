//! Changing kinds of visits, and the visits that are booked already.

use super::small;
use crate::database::{Connection, planned};
use crate::schema::{
    appointment_resources, appointment_types, appointments, claims, questionnaires,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{
    AppointmentId, AppointmentTypeId, LocationId, PersonId, QuestionnaireId, ResourceId,
};
use salus_domain::scheduling::retiming::{Claimed, Retimed, Taken};
use salus_domain::scheduling::{State, Stretch};
use uuid::Uuid;

/// The version of a kind of visit, deleted or not, which is kept from being changed by others until
/// the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_type(conn: &mut Connection, id: AppointmentTypeId) -> QueryResult<Option<i32>> {
    appointment_types::table
        .filter(appointment_types::id.eq(id.0))
        .select(appointment_types::version)
        .for_update()
        .first(conn)
        .await
        .optional()
}

/// Whether a kind of visit, deleted or not, has a code.
///
/// # Errors
/// What the database says.
pub async fn is_type_code_taken(conn: &mut Connection, code: &str) -> QueryResult<bool> {
    let with = appointment_types::table.filter(appointment_types::code.eq(code));
    diesel::select(diesel::dsl::exists(with))
        .get_result(conn)
        .await
}

/// Whether there is such a questionnaire.
///
/// # Errors
/// What the database says.
pub async fn is_questionnaire(conn: &mut Connection, id: QuestionnaireId) -> QueryResult<bool> {
    let known = questionnaires::table.filter(questionnaires::id.eq(id.0));
    diesel::select(diesel::dsl::exists(known))
        .get_result(conn)
        .await
}

/// Deletes a kind of visit softly, or takes it back.
///
/// # Errors
/// What the database says.
pub async fn set_type_deleted(
    conn: &mut Connection,
    id: AppointmentTypeId,
    at: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    diesel::update(appointment_types::table.filter(appointment_types::id.eq(id.0)))
        .set((
            appointment_types::deleted_at.eq(at),
            appointment_types::version.eq(appointment_types::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// A visit of a kind that lies ahead.
#[derive(Clone, Copy, Debug)]
pub struct VisitAhead {
    /// Which one.
    pub id: AppointmentId,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// Where.
    pub location: LocationId,
    /// Who leads it.
    pub lead: ResourceId,
    /// Whose it is.
    pub person: PersonId,
}

/// The visits of a kind that lie ahead, the soonest first.
///
/// # Errors
/// What the database says.
pub async fn visits_of_type(
    conn: &mut Connection,
    id: AppointmentTypeId,
    now: DateTime<Utc>,
) -> QueryResult<Vec<VisitAhead>> {
    let live = [State::Pending.as_str(), State::Booked.as_str()];
    let rows: Vec<(Uuid, DateTime<Utc>, Uuid, Uuid, Uuid)> = appointments::table
        .inner_join(
            appointment_resources::table.on(appointment_resources::provider_org_id
                .eq(appointments::provider_org_id)
                .and(appointment_resources::appointment_id.eq(appointments::id))
                .and(appointment_resources::position.eq(0))),
        )
        .filter(appointments::appointment_type_id.eq(id.0))
        .filter(appointments::starts_at.gt(now))
        .filter(appointments::state.eq_any(live))
        .order((appointments::starts_at, appointments::id))
        .select((
            appointments::id,
            appointments::starts_at,
            appointments::location_id,
            appointment_resources::resource_id,
            appointments::person_id,
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, starts_at, location, lead, person)| VisitAhead {
            id: AppointmentId(id),
            starts_at,
            location: LocationId(location),
            lead: ResourceId(lead),
            person: PersonId(person),
        })
        .collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = claims)]
struct ClaimRow {
    resource_id: Option<Uuid>,
    person_id: Option<Uuid>,
    lane: i16,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    appointment_id: Option<Uuid>,
}

/// What is taken of some resources and people from now on.
///
/// # Errors
/// What the database says.
pub async fn taken_of(
    conn: &mut Connection,
    resources: &[ResourceId],
    persons: &[PersonId],
    now: DateTime<Utc>,
) -> QueryResult<Vec<Claimed>> {
    let resources = planned(resources.iter().map(|id| id.0));
    let persons = planned(persons.iter().map(|id| id.0));
    let rows: Vec<ClaimRow> = claims::table
        .filter(
            claims::resource_id
                .eq_any(resources)
                .or(claims::person_id.eq_any(persons)),
        )
        .filter(claims::ends_at.gt(now))
        .filter(claims::expires_at.is_null().or(claims::expires_at.gt(now)))
        .order((claims::starts_at, claims::id))
        .select(ClaimRow::as_select())
        .load(conn)
        .await?;
    let claimed = |row: ClaimRow| {
        let on = match (row.resource_id, row.person_id) {
            (Some(id), _) => Taken::Lane(ResourceId(id), small(row.lane)?),
            (None, Some(id)) => Taken::Person(PersonId(id)),
            (None, None) => return Ok(None),
        };
        Ok(Some(Claimed {
            on,
            stretch: Stretch {
                from: row.starts_at,
                until: row.ends_at,
            },
            visit: row.appointment_id.map(AppointmentId),
        }))
    };
    rows.into_iter()
        .filter_map(|row| claimed(row).transpose())
        .collect()
}

/// Gives visits their new times: first all their claims shrink to their starts, so that none stands
/// in another's way meanwhile, then each takes what it needs.
///
/// # Errors
/// What the database says; an exclusion violation when something else is there.
pub async fn retime_visits(conn: &mut Connection, retimed: &[Retimed]) -> QueryResult<()> {
    for visit in retimed {
        let moment = visit.starts_at + chrono::TimeDelta::seconds(1);
        diesel::update(claims::table.filter(claims::appointment_id.eq(visit.id.0)))
            .set((
                claims::starts_at.eq(visit.starts_at),
                claims::ends_at.eq(moment),
            ))
            .execute(conn)
            .await?;
    }
    for visit in retimed {
        let of_visit = claims::table.filter(claims::appointment_id.eq(visit.id.0));
        let of_resource = visit.times.of_resource(visit.starts_at);
        diesel::update(of_visit.filter(claims::resource_id.is_not_null()))
            .set((
                claims::starts_at.eq(of_resource.from),
                claims::ends_at.eq(of_resource.until),
            ))
            .execute(conn)
            .await?;
        let of_person = visit.times.of_person(visit.starts_at);
        diesel::update(of_visit.filter(claims::person_id.is_not_null()))
            .set((
                claims::starts_at.eq(of_person.from),
                claims::ends_at.eq(of_person.until),
            ))
            .execute(conn)
            .await?;
        diesel::update(appointments::table.filter(appointments::id.eq(visit.id.0)))
            .set((
                appointments::ends_at.eq(visit.times.visit(visit.starts_at).until),
                appointments::shown_ends_at.eq(visit.times.shown(visit.starts_at).until),
                appointments::sequence.eq(appointments::sequence + 1),
                appointments::version.eq(appointments::version + 1),
            ))
            .execute(conn)
            .await?;
    }
    Ok(())
}
