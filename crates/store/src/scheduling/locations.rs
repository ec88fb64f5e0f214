//! Places, who works there, and whose places they are.

use super::zone;
use crate::database::{Connection, planned};
use crate::schema::{employer_locations, employments, locations, resources};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{EmployerId, LocationId, PersonId, ResourceId};
use salus_domain::scheduling::Place;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A place, as people read it.
#[derive(Clone, Debug)]
pub struct LocationRecord {
    /// Which one, and its zone.
    pub place: Place,
    /// `clinic` or `employer_site`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// What stands for it outside the portal: the city, never the clinic's name.
    pub public_label: String,
    /// Street and number.
    pub street: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State or province.
    pub state: Option<String>,
    /// Postal code.
    pub zip: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = locations)]
struct LocationRow {
    id: Uuid,
    kind: String,
    name: String,
    public_label: String,
    time_zone: String,
    street: Option<String>,
    city: Option<String>,
    state: Option<String>,
    zip: Option<String>,
    phone: Option<String>,
}

impl LocationRow {
    fn into_record(self) -> QueryResult<LocationRecord> {
        Ok(LocationRecord {
            place: Place {
                location_id: LocationId(self.id),
                zone: zone(&self.time_zone)?,
            },
            kind: self.kind,
            name: self.name,
            public_label: self.public_label,
            street: self.street,
            city: self.city,
            state: self.state,
            zip: self.zip,
            phone: self.phone,
        })
    }
}

/// One location of the organization.
///
/// # Errors
/// What the database says.
pub async fn find_location(
    mut conn: &Connection,
    id: LocationId,
) -> QueryResult<Option<LocationRecord>> {
    locations::table
        .filter(locations::id.eq(id.0))
        .select(LocationRow::as_select())
        .first(&mut conn)
        .await
        .optional()?
        .map(LocationRow::into_record)
        .transpose()
}

/// One of the clinics, with its version.
///
/// # Errors
/// What the database says.
pub async fn find_clinic(
    mut conn: &Connection,
    id: LocationId,
) -> QueryResult<Option<(LocationRecord, i32)>> {
    locations::table
        .filter(locations::id.eq(id.0))
        .filter(locations::kind.eq("clinic"))
        .select((LocationRow::as_select(), locations::version))
        .first(&mut conn)
        .await
        .optional()?
        .map(with_version)
        .transpose()
}

/// One of the clinics, kept from changing until the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_clinic(
    mut conn: &Connection,
    id: LocationId,
) -> QueryResult<Option<(LocationRecord, i32)>> {
    locations::table
        .filter(locations::id.eq(id.0))
        .filter(locations::kind.eq("clinic"))
        .select((LocationRow::as_select(), locations::version))
        .for_update()
        .first(&mut conn)
        .await
        .optional()?
        .map(with_version)
        .transpose()
}

fn with_version((row, version): (LocationRow, i32)) -> QueryResult<(LocationRecord, i32)> {
    Ok((row.into_record()?, version))
}

/// Saves what a clinic is called, where it is, and its zone.
///
/// # Errors
/// What the database says.
pub async fn save_clinic(mut conn: &Connection, changed: &LocationRecord) -> QueryResult<()> {
    diesel::update(locations::table.filter(locations::id.eq(changed.place.location_id.0)))
        .set((
            locations::name.eq(&changed.name),
            locations::public_label.eq(&changed.public_label),
            locations::street.eq(&changed.street),
            locations::city.eq(&changed.city),
            locations::state.eq(&changed.state),
            locations::zip.eq(&changed.zip),
            locations::phone.eq(&changed.phone),
            locations::time_zone.eq(changed.place.zone.name()),
            locations::version.eq(locations::version + 1),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Some locations of the organization, in no order.
///
/// # Errors
/// What the database says.
pub async fn find_locations(
    mut conn: &Connection,
    ids: &[LocationId],
) -> QueryResult<Vec<LocationRecord>> {
    let ids = planned(ids.iter().map(|id| id.0));
    let rows: Vec<LocationRow> = locations::table
        .filter(locations::id.eq_any(ids))
        .select(LocationRow::as_select())
        .load(&mut conn)
        .await?;
    rows.into_iter().map(LocationRow::into_record).collect()
}

/// All places, clinics or not.
///
/// # Errors
/// What the database says.
pub async fn location_ids(mut conn: &Connection) -> QueryResult<Vec<LocationId>> {
    let ids: Vec<Uuid> = locations::table
        .order(locations::id)
        .select(locations::id)
        .load(&mut conn)
        .await?;
    Ok(ids.into_iter().map(LocationId).collect())
}

/// The clinics, by name.
///
/// # Errors
/// What the database says.
pub async fn list_clinics(conn: &mut Connection) -> QueryResult<Vec<LocationRecord>> {
    let rows: Vec<LocationRow> = locations::table
        .filter(locations::kind.eq("clinic"))
        .order((locations::name, locations::id))
        .select(LocationRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(LocationRow::into_record).collect()
}

/// Names of some resources, in no order.
///
/// # Errors
/// What the database says.
pub async fn resource_names(
    mut conn: &Connection,
    ids: &[ResourceId],
) -> QueryResult<Vec<(ResourceId, String)>> {
    let ids = planned(ids.iter().map(|id| id.0));
    let rows: Vec<(Uuid, String)> = resources::table
        .filter(resources::id.eq_any(ids))
        .select((resources::id, resources::name))
        .load(&mut conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| (ResourceId(id), name))
        .collect())
}

/// The locations a person is offered: those linked to an employer they work for now. By name; a
/// location linked to several employers comes once for each.
///
/// # Errors
/// What the database says.
pub async fn linked_locations(
    mut conn: &Connection,
    person: PersonId,
    now: DateTime<Utc>,
) -> QueryResult<Vec<(EmployerId, LocationRecord)>> {
    let rows: Vec<(Uuid, LocationRow)> = employments::table
        .inner_join(
            employer_locations::table.on(employer_locations::provider_org_id
                .eq(employments::provider_org_id)
                .and(employer_locations::employer_id.eq(employments::employer_id))),
        )
        .inner_join(
            locations::table.on(locations::provider_org_id
                .eq(employer_locations::provider_org_id)
                .and(locations::id.eq(employer_locations::location_id))),
        )
        .filter(employments::person_id.eq(person.0))
        .filter(employments::kind.ne("applicant"))
        .filter(employments::status.ne("ended"))
        .filter(
            employments::ends_at
                .is_null()
                .or(employments::ends_at.gt(now)),
        )
        .order((locations::name, locations::id, employments::employer_id))
        .select((employments::employer_id, LocationRow::as_select()))
        .load(&mut conn)
        .await?;
    rows.into_iter()
        .map(|(employer, row)| Ok((EmployerId(employer), row.into_record()?)))
        .collect()
}

/// An employer somebody works for, or worked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmploymentAt {
    /// Which one.
    pub employer: EmployerId,
    /// Whether a location is open to it.
    pub linked: bool,
    /// Whether the person works there now.
    pub current: bool,
}

/// The employers of a person, each once, and whether a location is open to them: those of now first, then
/// the one that ended last. Staff see people at the end of their work too.
///
/// # Errors
/// What the database says.
pub async fn employments_at(
    mut conn: &Connection,
    person: PersonId,
    location: LocationId,
    now: DateTime<Utc>,
) -> QueryResult<Vec<EmploymentAt>> {
    type Row = (Uuid, Option<Uuid>, String, Option<DateTime<Utc>>);
    let rows: Vec<Row> = employments::table
        .left_join(
            employer_locations::table.on(employer_locations::provider_org_id
                .eq(employments::provider_org_id)
                .and(employer_locations::employer_id.eq(employments::employer_id))
                .and(employer_locations::location_id.eq(location.0))),
        )
        .filter(employments::person_id.eq(person.0))
        .order((employments::employer_id, employments::id))
        .select((
            employments::employer_id,
            employer_locations::location_id.nullable(),
            employments::status,
            employments::ends_at,
        ))
        .load(&mut conn)
        .await?;
    let mut all: Vec<(EmploymentAt, Option<DateTime<Utc>>)> = rows
        .into_iter()
        .map(|(employer, linked, status, ends_at)| {
            let current = status != "ended" && ends_at.is_none_or(|end| now < end);
            let one = EmploymentAt {
                employer: EmployerId(employer),
                linked: linked.is_some(),
                current,
            };
            (one, ends_at.filter(|_| !current))
        })
        .collect();
    all.sort_by_key(|(one, ended)| (!one.current, Reverse(*ended)));
    let mut seen = BTreeSet::new();
    all.retain(|(one, _)| seen.insert(one.employer.0));
    Ok(all.into_iter().map(|(one, _)| one).collect())
}
