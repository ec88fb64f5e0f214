//! Organizations, persons, their identifiers, contact points and employments.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use salus_domain::access::{Allowed, Bounds, Scope};
use salus_domain::ids::PersonId;
use uuid::Uuid;

use crate::database::Connection;
use crate::schema::{
    contact_points, departments, employer_locations, employers, employments, locations,
    person_identifiers, persons, provider_organizations,
};

/// A provider organization to be made.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = provider_organizations)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct NewProviderOrganization {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub time_zone: String,
    pub created_at: DateTime<Utc>,
}

/// An employer to be made.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = employers)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct NewEmployer {
    pub id: Uuid,
    pub provider_org_id: Uuid,
    pub code: String,
    pub name: String,
    pub time_zone: String,
    pub created_at: DateTime<Utc>,
}

/// A place to be made.
#[derive(Clone, Debug, Default, Insertable)]
#[diesel(table_name = locations)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct NewLocation {
    pub id: Uuid,
    pub provider_org_id: Uuid,
    pub employer_id: Option<Uuid>,
    pub kind: String,
    pub code: String,
    pub name: String,
    pub public_label: String,
    pub time_zone: String,
    pub street: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub zip: Option<String>,
    pub country: Option<String>,
    pub phone: Option<String>,
    pub created_at: DateTime<Utc>,
}

/// A department to be made.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = departments)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct NewDepartment {
    pub id: Uuid,
    pub provider_org_id: Uuid,
    pub employer_id: Uuid,
    pub code: String,
    pub name: String,
    pub for_applicants: bool,
    pub created_at: DateTime<Utc>,
}

/// A person to be made.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = persons)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct NewPerson {
    pub id: Uuid,
    pub provider_org_id: Uuid,
    pub last_name: String,
    pub first_name: String,
    pub middle_name: String,
    pub preferred_name: String,
    pub birth_date: Option<NaiveDate>,
    pub sex: Option<String>,
    pub language: Option<String>,
    pub time_zone: Option<String>,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<Uuid>,
}

/// An identifier to be made.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = person_identifiers)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct NewIdentifier {
    pub id: Uuid,
    pub provider_org_id: Uuid,
    pub employer_id: Uuid,
    pub person_id: Uuid,
    pub kind: String,
    pub value: String,
    pub source: String,
    pub created_at: DateTime<Utc>,
}

/// A contact point to be made.
#[derive(Clone, Debug, Default, Insertable)]
#[diesel(table_name = contact_points)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct NewContactPoint {
    pub id: Uuid,
    pub provider_org_id: Uuid,
    pub person_id: Uuid,
    pub kind: String,
    pub value: String,
    pub street: Option<String>,
    pub street_2: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub zip: Option<String>,
    pub country: Option<String>,
    pub source: String,
    pub usable: bool,
    pub verified_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// An employment to be made.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = employments)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct NewEmployment {
    pub id: Uuid,
    pub provider_org_id: Uuid,
    pub employer_id: Uuid,
    pub person_id: Uuid,
    pub kind: String,
    pub status: String,
    pub job: String,
    pub job_class: String,
    pub cost_center: String,
    pub shift: String,
    pub department_id: Option<Uuid>,
    pub location_id: Option<Uuid>,
    pub hired_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub ends_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<Uuid>,
}

/// Makes a provider organization, as the system of it.
///
/// # Errors
/// What the database says.
pub async fn insert_provider_organization(
    conn: &mut Connection,
    row: &NewProviderOrganization,
) -> QueryResult<()> {
    diesel::insert_into(provider_organizations::table)
        .values(row)
        .execute(conn)
        .await
        .map(drop)
}

/// Makes employers.
///
/// # Errors
/// What the database says.
pub async fn insert_employers(conn: &mut Connection, rows: &[NewEmployer]) -> QueryResult<usize> {
    diesel::insert_into(employers::table)
        .values(rows)
        .execute(conn)
        .await
}

/// Makes places.
///
/// # Errors
/// What the database says.
pub async fn insert_locations(conn: &mut Connection, rows: &[NewLocation]) -> QueryResult<usize> {
    diesel::insert_into(locations::table)
        .values(rows)
        .execute(conn)
        .await
}

/// Links an employer's people to a clinic.
///
/// # Errors
/// What the database says.
pub async fn link_location(
    conn: &mut Connection,
    org: Uuid,
    employer: Uuid,
    location: Uuid,
) -> QueryResult<usize> {
    diesel::insert_into(employer_locations::table)
        .values((
            employer_locations::provider_org_id.eq(org),
            employer_locations::employer_id.eq(employer),
            employer_locations::location_id.eq(location),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await
}

/// Makes departments.
///
/// # Errors
/// What the database says.
pub async fn insert_departments(
    conn: &mut Connection,
    rows: &[NewDepartment],
) -> QueryResult<usize> {
    diesel::insert_into(departments::table)
        .values(rows)
        .execute(conn)
        .await
}

/// Makes persons.
///
/// # Errors
/// What the database says.
pub async fn insert_persons(conn: &mut Connection, rows: &[NewPerson]) -> QueryResult<usize> {
    diesel::insert_into(persons::table)
        .values(rows)
        .execute(conn)
        .await
}

/// Makes identifiers.
///
/// # Errors
/// What the database says.
pub async fn insert_identifiers(
    conn: &mut Connection,
    rows: &[NewIdentifier],
) -> QueryResult<usize> {
    diesel::insert_into(person_identifiers::table)
        .values(rows)
        .execute(conn)
        .await
}

/// Makes contact points.
///
/// # Errors
/// What the database says.
pub async fn insert_contact_points(
    conn: &mut Connection,
    rows: &[NewContactPoint],
) -> QueryResult<usize> {
    diesel::insert_into(contact_points::table)
        .values(rows)
        .execute(conn)
        .await
}

/// Makes employments.
///
/// # Errors
/// What the database says.
pub async fn insert_employments(
    conn: &mut Connection,
    rows: &[NewEmployment],
) -> QueryResult<usize> {
    diesel::insert_into(employments::table)
        .values(rows)
        .execute(conn)
        .await
}

/// A person, the employment that counts now and the others that are not over, as the clinic's header and
/// search show them.
#[derive(Clone, Debug, Queryable)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct PersonRow {
    pub id: Uuid,
    pub last_name: String,
    pub first_name: String,
    pub preferred_name: String,
    pub birth_date: Option<NaiveDate>,
    pub language: Option<String>,
    pub time_zone: Option<String>,
    pub version: i32,
    pub employment: Option<EmploymentRow>,
    pub other_employments: Vec<EmploymentRow>,
}

/// An employment with its names.
#[derive(Clone, Debug, Queryable)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct EmploymentRow {
    pub employer_id: Uuid,
    pub employer_name: String,
    pub employer_time_zone: String,
    pub kind: String,
    pub status: String,
    pub job: String,
    pub department: Option<String>,
    pub location_id: Option<Uuid>,
    pub location: Option<String>,
    pub location_time_zone: Option<String>,
    pub employee_number: Option<String>,
}

type EmploymentSelection = (
    employments::employer_id,
    employers::name,
    employers::time_zone,
    employments::kind,
    employments::status,
    employments::job,
    diesel::helper_types::Nullable<departments::name>,
    employments::location_id,
    diesel::helper_types::Nullable<locations::name>,
    diesel::helper_types::Nullable<locations::time_zone>,
    diesel::helper_types::Nullable<person_identifiers::value>,
);

fn employment_selection() -> EmploymentSelection {
    (
        employments::employer_id,
        employers::name,
        employers::time_zone,
        employments::kind,
        employments::status,
        employments::job,
        departments::name.nullable(),
        employments::location_id,
        locations::name.nullable(),
        locations::time_zone.nullable(),
        person_identifiers::value.nullable(),
    )
}

/// The open employments of persons, with the names of employer, department and location.
///
/// # Errors
/// What the database says.
pub async fn open_employments(
    conn: &mut Connection,
    people: &[Uuid],
) -> QueryResult<Vec<(Uuid, EmploymentRow)>> {
    employments::table
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
        .left_join(
            person_identifiers::table.on(person_identifiers::provider_org_id
                .eq(employments::provider_org_id)
                .and(person_identifiers::person_id.eq(employments::person_id))
                .and(person_identifiers::employer_id.eq(employments::employer_id))
                .and(person_identifiers::kind.eq("employee_number"))),
        )
        .filter(employments::person_id.eq_any(people))
        .filter(employments::status.ne("ended"))
        .order((employments::person_id, employments::id))
        .select((employments::person_id, employment_selection()))
        .load(conn)
        .await
}

type PersonColumns = (
    Uuid,
    String,
    String,
    String,
    Option<NaiveDate>,
    Option<String>,
    Option<String>,
    i32,
);

async fn with_employments(
    conn: &mut Connection,
    people: Vec<PersonColumns>,
) -> QueryResult<Vec<PersonRow>> {
    let ids: Vec<Uuid> = people.iter().map(|person| person.0).collect();
    let mut found = open_employments(conn, &ids).await?;
    Ok(people
        .into_iter()
        .map(
            |(
                id,
                last_name,
                first_name,
                preferred_name,
                birth_date,
                language,
                time_zone,
                version,
            )| {
                let (own, others): (Vec<_>, Vec<_>) = std::mem::take(&mut found)
                    .into_iter()
                    .partition(|(person, _)| *person == id);
                found = others;
                let mut own = own.into_iter().map(|(_, employment)| employment);
                PersonRow {
                    id,
                    last_name,
                    first_name,
                    preferred_name,
                    birth_date,
                    language,
                    time_zone,
                    version,
                    employment: own.next(),
                    other_employments: own.collect(),
                }
            },
        )
        .collect())
}

/// A person with the employment that counts now.
///
/// # Errors
/// What the database says.
pub async fn find_person(
    conn: &mut Connection,
    person: PersonId,
) -> QueryResult<Option<PersonRow>> {
    let found: Vec<PersonColumns> = persons::table
        .filter(persons::id.eq(person.0))
        .select((
            persons::id,
            persons::last_name,
            persons::first_name,
            persons::preferred_name,
            persons::birth_date,
            persons::language,
            persons::time_zone,
            persons::version,
        ))
        .load(conn)
        .await?;
    Ok(with_employments(conn, found).await?.pop())
}

/// Persons whose name begins with the words or whose employee number is the word, by last and first
/// name, after a given place.
///
/// # Errors
/// What the database says.
pub async fn search_people(
    conn: &mut Connection,
    scope: &Scope,
    words: &str,
    after: Option<(String, String, Uuid)>,
    limit: i64,
) -> QueryResult<Vec<PersonRow>> {
    diesel::define_sql_function! { fn lower(text: Text) -> Text; }
    let mut query = persons::table
        .select((
            persons::id,
            persons::last_name,
            persons::first_name,
            persons::preferred_name,
            persons::birth_date,
            persons::language,
            persons::time_zone,
            persons::version,
        ))
        .order((
            lower(persons::last_name),
            lower(persons::first_name),
            persons::id,
        ))
        .limit(limit)
        .into_boxed();
    if let Bounds::Organization(Some(employers)) = scope.bounds() {
        let employers = employers.iter().map(|employer| employer.0);
        let theirs = employments::table
            .filter(employments::employer_id.eq_any(employers.collect::<Vec<_>>()))
            .select(employments::person_id);
        query = query.filter(persons::id.eq_any(theirs));
    }
    for word in words.split_whitespace().take(4) {
        let prefix = format!(
            "{}%",
            word.to_lowercase().replace('%', "\\%").replace('_', "\\_")
        );
        let numbered = person_identifiers::table
            .filter(person_identifiers::kind.eq("employee_number"))
            .filter(person_identifiers::value.eq(word.to_owned()))
            .select(person_identifiers::person_id);
        query = query.filter(
            lower(persons::last_name)
                .like(prefix.clone())
                .or(lower(persons::first_name).like(prefix.clone()))
                .or(lower(persons::preferred_name).like(prefix))
                .or(persons::id.eq_any(numbered)),
        );
    }
    if let Some((last, first, id)) = after {
        query = query.filter(
            lower(persons::last_name)
                .gt(last.clone())
                .or(lower(persons::last_name).eq(last).and(
                    lower(persons::first_name)
                        .gt(first.clone())
                        .or(lower(persons::first_name).eq(first).and(persons::id.gt(id))),
                )),
        );
    }
    let found: Vec<PersonColumns> = query.load(conn).await?;
    with_employments(conn, found).await
}

/// Changes the preferred name; answers whether the version still was the permitted one's.
///
/// # Errors
/// What the database says.
pub async fn set_preferred_name(
    conn: &mut Connection,
    person: &Allowed<PersonRow>,
    name: &str,
) -> QueryResult<bool> {
    let row = person.get();
    diesel::update(
        persons::table
            .filter(persons::id.eq(row.id))
            .filter(persons::version.eq(row.version)),
    )
    .set((
        persons::preferred_name.eq(name),
        persons::version.eq(row.version + 1),
    ))
    .execute(conn)
    .await
    .map(|changed| changed == 1)
}

/// The id of an employer by its code.
///
/// # Errors
/// What the database says.
pub async fn employer_by_code(conn: &mut Connection, code: &str) -> QueryResult<Option<Uuid>> {
    employers::table
        .filter(employers::code.eq(code))
        .select(employers::id)
        .first(conn)
        .await
        .optional()
}

/// The person an employer knows by a number.
///
/// # Errors
/// What the database says.
pub async fn person_by_number(
    conn: &mut Connection,
    employer: Uuid,
    number: &str,
) -> QueryResult<Option<Uuid>> {
    person_identifiers::table
        .filter(person_identifiers::employer_id.eq(employer))
        .filter(person_identifiers::kind.eq("employee_number"))
        .filter(person_identifiers::value.eq(number))
        .select(person_identifiers::person_id)
        .first(conn)
        .await
        .optional()
}
