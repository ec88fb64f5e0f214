//! What a status is computed from, without any clinical column: the same statements serve the
//! supervisor's role.

use super::{interval, unknown};
use crate::database::{Connection, planned};
use crate::schema::{
    accommodations, appointment_type_texts, appointments, departments, employer_locations,
    employers, employments, locations, persons, restrictions,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AppointmentId, EmployerId, PersonId, RestrictionId};
use salus_domain::people::shown_name;
use salus_domain::private::Private;
use salus_domain::time::local_date;
use salus_domain::work_status::{Accommodation, AccommodationType, DayEffect, Limitation, Terms};
use uuid::Uuid;

/// A person at work: name, place in the organization, zone.
#[derive(Clone, Debug)]
pub struct WorkPerson {
    /// Who.
    pub id: PersonId,
    /// The employer of the open employment, else of the last one.
    pub employer_id: EmployerId,
    /// Family name, for ordering.
    pub last_name: String,
    /// The name people use, then the family name.
    pub name: String,
    /// The job; empty when not known.
    pub job: String,
    /// The department's name.
    pub department: Option<String>,
    /// The zone of the work location, else the employer's.
    pub zone: salus_domain::time::Tz,
    /// The last day of the employment, if it has one.
    pub employed_until: Option<NaiveDate>,
}

type PersonRow = (
    Uuid,
    Uuid,
    String,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    String,
    Option<NaiveDate>,
    Option<DateTime<Utc>>,
);

/// People with the employment that counts: the open one, else the one that ended last. By family
/// name, first name and id.
///
/// # Errors
/// What the database says.
pub async fn work_people(
    mut conn: &Connection,
    people: &[PersonId],
) -> QueryResult<Vec<WorkPerson>> {
    let ids = planned(people.iter().map(|id| id.uuid()));
    let rows: Vec<PersonRow> = employments::table
        .inner_join(
            persons::table.on(persons::provider_org_id
                .eq(employments::provider_org_id)
                .and(persons::id.eq(employments::person_id))),
        )
        .inner_join(
            employers::table.on(employers::provider_org_id
                .eq(employments::provider_org_id)
                .and(employers::id.eq(employments::employer_id))),
        )
        .left_join(
            departments::table.on(departments::provider_org_id
                .eq(employments::provider_org_id)
                .and(departments::id.nullable().eq(employments::department_id))),
        )
        .left_join(
            locations::table.on(locations::provider_org_id
                .eq(employments::provider_org_id)
                .and(locations::id.nullable().eq(employments::location_id))),
        )
        .filter(employments::person_id.eq_any(ids))
        .distinct_on(employments::person_id)
        .order((
            employments::person_id,
            employments::status.eq("ended"),
            employments::ends_on.desc().nulls_first(),
            employments::id.desc(),
        ))
        .select((
            persons::id,
            employments::employer_id,
            persons::last_name,
            persons::first_name,
            persons::preferred_name,
            employments::job,
            departments::name.nullable(),
            locations::time_zone.nullable(),
            employers::time_zone,
            employments::ends_on,
            employments::ends_at,
        ))
        .load(&mut conn)
        .await?;
    let mut people = rows
        .into_iter()
        .map(person)
        .collect::<QueryResult<Vec<_>>>()?;
    people.sort_by_cached_key(|person| {
        (
            person.last_name.to_lowercase(),
            person.name.to_lowercase(),
            person.id,
        )
    });
    Ok(people)
}

fn person(row: PersonRow) -> QueryResult<WorkPerson> {
    let (id, employer, last, first, preferred, job, department, place, fallback, on, at) = row;
    let zone: salus_domain::time::Tz = place
        .unwrap_or(fallback)
        .parse()
        .map_err(|_| unknown("time zone"))?;
    let name = shown_name(&first, &preferred, &last);
    let last_day = at.map(|at| local_date(at - chrono::Duration::microseconds(1), zone));
    Ok(WorkPerson {
        id: PersonId(id),
        employer_id: EmployerId(employer),
        last_name: last,
        name,
        job,
        department,
        zone,
        employed_until: on.or(last_day),
    })
}

type LimitationRow = (
    Uuid,
    Uuid,
    i32,
    String,
    serde_json::Value,
    String,
    String,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    bool,
    Option<String>,
);

/// Restrictions of people that count and did not end before `since`, by start.
///
/// # Errors
/// What the database says.
pub async fn limitations(
    mut conn: &Connection,
    people: &[PersonId],
    since: DateTime<Utc>,
) -> QueryResult<Vec<(PersonId, Limitation)>> {
    let ids = planned(people.iter().map(|id| id.uuid()));
    let rows: Vec<LimitationRow> = restrictions::table
        .filter(restrictions::person_id.eq_any(ids))
        .filter(restrictions::state.eq("current"))
        .filter(
            restrictions::ends_at
                .is_null()
                .or(restrictions::ends_at.gt(since)),
        )
        .order((restrictions::starts_at, restrictions::id))
        .select((
            restrictions::person_id,
            restrictions::id,
            restrictions::version,
            restrictions::kind,
            restrictions::limits,
            restrictions::side,
            restrictions::time_zone,
            restrictions::starts_at,
            restrictions::ends_at,
            restrictions::affects_work,
            restrictions::comment,
        ))
        .load(&mut conn)
        .await?;
    rows.into_iter().map(limitation).collect()
}

fn limitation(row: LimitationRow) -> QueryResult<(PersonId, Limitation)> {
    let (person, id, version, kind, limits, side, zone, starts, ends, affects_work, comment) = row;
    Ok((
        PersonId(person),
        Limitation {
            id: RestrictionId(id),
            version,
            terms: Terms {
                kind: kind.parse().map_err(|_| unknown("restriction type"))?,
                limit: serde_json::from_value(limits).map_err(|_| unknown("limit"))?,
                side: side.parse().map_err(|_| unknown("side"))?,
                interval: interval(&zone, starts, ends)?,
                affects_work,
                comment: comment.map(Private),
            },
        },
    ))
}

type AccommodationRow = (
    Uuid,
    Uuid,
    String,
    Option<String>,
    Option<String>,
    String,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
);

/// Accommodations of people as a supervisor may know them, that did not end before `since`.
///
/// # Errors
/// What the database says.
pub async fn shared_accommodations(
    mut conn: &Connection,
    people: &[PersonId],
    since: DateTime<Utc>,
) -> QueryResult<Vec<(PersonId, Accommodation)>> {
    let ids = planned(people.iter().map(|id| id.uuid()));
    let rows: Vec<AccommodationRow> = accommodations::table
        .filter(accommodations::person_id.eq_any(ids))
        .filter(accommodations::state.eq("current"))
        .filter(
            accommodations::ends_at
                .is_null()
                .or(accommodations::ends_at.gt(since)),
        )
        .order((accommodations::starts_at, accommodations::id))
        .select((
            accommodations::person_id,
            accommodations::id,
            accommodations::effect,
            accommodations::shared_kind,
            accommodations::shared_details,
            accommodations::time_zone,
            accommodations::starts_at,
            accommodations::ends_at,
        ))
        .load(&mut conn)
        .await?;
    rows.into_iter().map(accommodation).collect()
}

/// One's own accommodations, whole, that did not end before `since`.
///
/// # Errors
/// What the database says.
pub async fn own_accommodations(
    conn: &mut Connection,
    person: PersonId,
    since: DateTime<Utc>,
) -> QueryResult<Vec<Accommodation>> {
    let rows: Vec<AccommodationRow> = accommodations::table
        .filter(accommodations::person_id.eq(person.uuid()))
        .filter(accommodations::state.eq("current"))
        .filter(
            accommodations::ends_at
                .is_null()
                .or(accommodations::ends_at.gt(since)),
        )
        .order((accommodations::starts_at, accommodations::id))
        .select((
            accommodations::person_id,
            accommodations::id,
            accommodations::effect,
            accommodations::kind.nullable(),
            accommodations::details,
            accommodations::time_zone,
            accommodations::starts_at,
            accommodations::ends_at,
        ))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|row| accommodation(row).map(|(_, item)| item))
        .collect()
}

fn accommodation(row: AccommodationRow) -> QueryResult<(PersonId, Accommodation)> {
    let (person, id, effect, kind, details, zone, starts, ends) = row;
    Ok((
        PersonId(person),
        Accommodation {
            id,
            effect: DayEffect::from_code(&effect).ok_or_else(|| unknown("day effect"))?,
            kind: kind.as_deref().and_then(AccommodationType::from_code),
            details: details.map(Private),
            interval: interval(&zone, starts, ends)?,
        },
    ))
}

/// A person's next visit, by the name everybody may know.
#[derive(Clone, Debug)]
pub struct NextAppointment {
    /// Whose.
    pub person_id: PersonId,
    /// Which visit.
    pub id: AppointmentId,
    /// Its public name in the language asked for, else in English.
    pub name: String,
    /// When.
    pub starts_at: DateTime<Utc>,
    /// The zone of its place.
    pub zone: String,
}

diesel::alias!(appointment_type_texts as english_texts: EnglishTexts);

/// Person, appointment, its public name in the language and in English, when, and in which zone.
type NextColumns = (
    Uuid,
    Uuid,
    Option<String>,
    Option<String>,
    DateTime<Utc>,
    String,
);

/// The next visit of each person from an instant on, by person.
///
/// # Errors
/// What the database says.
pub async fn next_appointments(
    mut conn: &Connection,
    people: &[PersonId],
    language: &str,
    from: DateTime<Utc>,
) -> QueryResult<Vec<NextAppointment>> {
    let ids = planned(people.iter().map(|id| id.uuid()));
    let rows: Vec<NextColumns> = appointments::table
        .left_join(
            appointment_type_texts::table.on(appointment_type_texts::provider_org_id
                .eq(appointments::provider_org_id)
                .and(
                    appointment_type_texts::appointment_type_id
                        .eq(appointments::appointment_type_id),
                )
                .and(appointment_type_texts::language.eq(language.to_owned()))),
        )
        .left_join(
            english_texts.on(english_texts
                .field(appointment_type_texts::provider_org_id)
                .eq(appointments::provider_org_id)
                .and(
                    english_texts
                        .field(appointment_type_texts::appointment_type_id)
                        .eq(appointments::appointment_type_id),
                )
                .and(
                    english_texts
                        .field(appointment_type_texts::language)
                        .eq("en"),
                )),
        )
        .filter(appointments::person_id.eq_any(ids))
        .filter(appointments::state.eq_any(["pending", "booked"]))
        .filter(appointments::starts_at.ge(from))
        .distinct_on(appointments::person_id)
        .order((
            appointments::person_id,
            appointments::starts_at,
            appointments::id,
        ))
        .select((
            appointments::person_id,
            appointments::id,
            appointment_type_texts::public_name.nullable(),
            english_texts
                .field(appointment_type_texts::public_name)
                .nullable(),
            appointments::starts_at,
            appointments::time_zone,
        ))
        .load(&mut conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(
            |(person, id, named, english, starts_at, zone)| NextAppointment {
                person_id: PersonId(person),
                id: AppointmentId(id),
                name: named.or(english).unwrap_or_default(),
                starts_at,
                zone,
            },
        )
        .collect())
}

/// The name and telephone of the clinic an employer's people go to, the first by name.
///
/// # Errors
/// What the database says.
pub async fn clinic_contact(
    conn: &mut Connection,
    employer: EmployerId,
) -> QueryResult<Option<(String, Option<String>)>> {
    employer_locations::table
        .inner_join(
            locations::table.on(locations::provider_org_id
                .eq(employer_locations::provider_org_id)
                .and(locations::id.eq(employer_locations::location_id))),
        )
        .filter(employer_locations::employer_id.eq(employer.uuid()))
        .filter(locations::kind.eq("clinic"))
        .order((locations::name, locations::id))
        .select((locations::name, locations::phone))
        .first(conn)
        .await
        .optional()
}
