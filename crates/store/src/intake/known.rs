//! What is known of an employer's people before an HR file is held against it.

use crate::database::Connection;
use crate::schema::{
    contact_points, departments, employers, employments, feed_run_rows, feed_runs, locations,
    person_identifiers, persons, relationships,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{EmployerId, FeedProfileId, PersonId};
use salus_domain::intake::feed::known::Namesake;
use salus_domain::intake::feed::{Field, Known, KnownPerson, Place, Places, Standing, values};
use salus_domain::time::parse_zone;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// An employer, as far as files are concerned.
#[derive(Clone, Debug, Queryable)]
pub struct EmployerRow {
    /// Its id.
    pub id: Uuid,
    /// Its organization.
    pub provider_org_id: Uuid,
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its zone.
    pub time_zone: String,
    /// Who gets an account without being asked.
    pub auto_account: String,
}

/// Employers with a code: one of the organization entered, or one of each before sign-in.
///
/// # Errors
/// What the database says.
pub async fn employers_by_code(conn: &mut Connection, code: &str) -> QueryResult<Vec<EmployerRow>> {
    employers::table
        .filter(employers::code.eq(code))
        .order(employers::id)
        .select((
            employers::id,
            employers::provider_org_id,
            employers::code,
            employers::name,
            employers::time_zone,
            employers::auto_account,
        ))
        .load(conn)
        .await
}

/// Employers by id.
///
/// # Errors
/// What the database says.
pub async fn find_employer(
    conn: &mut Connection,
    employer: EmployerId,
) -> QueryResult<Option<EmployerRow>> {
    employers::table
        .find(employer.0)
        .select((
            employers::id,
            employers::provider_org_id,
            employers::code,
            employers::name,
            employers::time_zone,
            employers::auto_account,
        ))
        .first(conn)
        .await
        .optional()
}

/// Departments and locations by code, and what the plan needs of them.
#[derive(Clone, Debug)]
pub struct PlaceIds {
    /// For the plan.
    pub places: Places,
    /// Ids of departments by code.
    pub departments: HashMap<String, Uuid>,
    /// Ids of locations by code.
    pub locations: HashMap<String, Uuid>,
}

/// The employer's departments and locations.
///
/// # Errors
/// What the database says.
pub async fn places(conn: &mut Connection, employer: &EmployerRow) -> QueryResult<PlaceIds> {
    let department_rows: Vec<(Uuid, String, String)> = departments::table
        .filter(departments::employer_id.eq(employer.id))
        .filter(departments::for_applicants.eq(false))
        .order(departments::code)
        .select((departments::id, departments::code, departments::name))
        .load(conn)
        .await?;
    let location_rows: Vec<(Uuid, String, String, String)> = locations::table
        .filter(locations::employer_id.eq(employer.id))
        .order(locations::code)
        .select((
            locations::id,
            locations::code,
            locations::name,
            locations::time_zone,
        ))
        .load(conn)
        .await?;
    Ok(PlaceIds {
        places: Places {
            zone: parse_zone(&employer.time_zone).unwrap_or_default(),
            departments: department_rows
                .iter()
                .map(|(_, code, name)| Place {
                    code: code.clone(),
                    name: name.clone(),
                    zone: None,
                })
                .collect(),
            locations: location_rows
                .iter()
                .map(|(_, code, name, zone)| Place {
                    code: code.clone(),
                    name: name.clone(),
                    zone: parse_zone(zone),
                })
                .collect(),
        },
        departments: department_rows
            .into_iter()
            .map(|(id, code, _)| (code, id))
            .collect(),
        locations: location_rows
            .into_iter()
            .map(|(id, code, ..)| (code, id))
            .collect(),
    })
}

/// Everything a plan is held against, in a fixed number of queries. `births` are the birth dates of
/// the file: only people born on one of them can be namesakes.
///
/// # Errors
/// What the database says.
pub async fn known(
    conn: &mut Connection,
    employer: &EmployerRow,
    profile: FeedProfileId,
    place_ids: &PlaceIds,
    births: &[NaiveDate],
    now: DateTime<Utc>,
) -> QueryResult<Known> {
    let identifiers = identifier_rows(conn, employer.id).await?;
    let numbers: HashMap<Uuid, String> = identifiers
        .iter()
        .filter(|(_, kind, _)| kind == EMPLOYEE_NUMBER)
        .map(|(person, _, number)| (*person, number.clone()))
        .collect();
    // One table at a time, by ids: a join over tables that a file has just filled is planned with
    // the statistics of before it.
    let ids: Vec<Uuid> = numbers.keys().copied().collect();
    let people = people(conn, &ids).await?;
    let own = own_accounts(conn, &ids).await?;
    let parts = Parts {
        employments: employment_rows(conn, employer.id).await?,
        contacts: contact_rows(conn, &ids).await?,
        identifiers,
        supervisors: supervisor_rows(conn, &ids, now).await?,
        own,
        fed: fed(conn, profile).await?,
        places: place_ids,
        numbers,
    };
    Ok(Known {
        elsewhere: namesakes(conn, &ids, births).await?,
        places: place_ids.places.clone(),
        auto_account: employer.auto_account != "off",
        first_run: !super::runs::has_applied(conn, profile).await?,
        people: parts.assemble(people, now),
    })
}

const EMPLOYEE_NUMBER: &str = "employee_number";

#[derive(Queryable)]
struct PersonRow {
    id: Uuid,
    last_name: String,
    first_name: String,
    middle_name: String,
    preferred_name: String,
    birth_date: Option<NaiveDate>,
    sex: Option<String>,
    language: Option<String>,
    time_zone: Option<String>,
    edited_fields: Vec<String>,
}

async fn people(conn: &mut Connection, ids: &[Uuid]) -> QueryResult<Vec<PersonRow>> {
    persons::table
        .filter(persons::id.eq_any(ids))
        .order(persons::id)
        .select((
            persons::id,
            persons::last_name,
            persons::first_name,
            persons::middle_name,
            persons::preferred_name,
            persons::birth_date,
            persons::sex,
            persons::language,
            persons::time_zone,
            persons::edited_fields,
        ))
        .load(conn)
        .await
}

#[derive(Queryable)]
struct EmploymentRow {
    person_id: Uuid,
    kind: String,
    status: String,
    job: String,
    job_class: String,
    cost_center: String,
    shift: String,
    hired_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    ends_at: Option<DateTime<Utc>>,
    department: Option<Uuid>,
    location: Option<Uuid>,
}

/// The latest employment of each person: the open one, else the newest.
async fn employment_rows(
    conn: &mut Connection,
    employer: Uuid,
) -> QueryResult<HashMap<Uuid, EmploymentRow>> {
    let rows: Vec<EmploymentRow> = employments::table
        .filter(employments::employer_id.eq(employer))
        .filter(employments::kind.ne("applicant"))
        .order((
            employments::person_id,
            employments::status.eq("ended").desc(),
            employments::created_at,
            employments::id,
        ))
        .select((
            employments::person_id,
            employments::kind,
            employments::status,
            employments::job,
            employments::job_class,
            employments::cost_center,
            employments::shift,
            employments::hired_on,
            employments::ends_on,
            employments::ends_at,
            employments::department_id,
            employments::location_id,
        ))
        .load(conn)
        .await?;
    // Later rows of a person replace earlier ones: the open employment comes last.
    Ok(rows.into_iter().map(|row| (row.person_id, row)).collect())
}

#[derive(Queryable)]
struct ContactRow {
    person_id: Uuid,
    kind: String,
    value: String,
    street: Option<String>,
    street_2: Option<String>,
    city: Option<String>,
    state: Option<String>,
    zip: Option<String>,
    country: Option<String>,
    source: String,
}

async fn contact_rows(conn: &mut Connection, ids: &[Uuid]) -> QueryResult<Vec<ContactRow>> {
    contact_points::table
        .filter(contact_points::person_id.eq_any(ids))
        .filter(contact_points::source.eq_any(["hr_feed", "manual"]))
        .order(contact_points::id)
        .select((
            contact_points::person_id,
            contact_points::kind,
            contact_points::value,
            contact_points::street,
            contact_points::street_2,
            contact_points::city,
            contact_points::state,
            contact_points::zip,
            contact_points::country,
            contact_points::source,
        ))
        .load(conn)
        .await
}

async fn identifier_rows(
    conn: &mut Connection,
    employer: Uuid,
) -> QueryResult<Vec<(Uuid, String, String)>> {
    person_identifiers::table
        .filter(person_identifiers::employer_id.eq(employer))
        .order(person_identifiers::id)
        .select((
            person_identifiers::person_id,
            person_identifiers::kind,
            person_identifiers::value,
        ))
        .load(conn)
        .await
}

#[derive(Queryable)]
struct SupervisorRow {
    account_id: Uuid,
    person_id: Uuid,
    source: String,
    line: Option<String>,
}

/// Live supervisors of people.
async fn supervisor_rows(
    conn: &mut Connection,
    ids: &[Uuid],
    now: DateTime<Utc>,
) -> QueryResult<Vec<SupervisorRow>> {
    relationships::table
        .filter(relationships::person_id.eq_any(ids))
        .filter(relationships::kind.eq("supervisor"))
        .filter(
            relationships::ends_at
                .is_null()
                .or(relationships::ends_at.gt(now)),
        )
        .order(relationships::id)
        .select((
            relationships::account_id,
            relationships::person_id,
            relationships::source,
            relationships::line,
        ))
        .load(conn)
        .await
}

/// The person behind each account that is somebody's own.
async fn own_accounts(conn: &mut Connection, ids: &[Uuid]) -> QueryResult<HashMap<Uuid, Uuid>> {
    let rows: Vec<(Uuid, Uuid)> = relationships::table
        .filter(relationships::person_id.eq_any(ids))
        .filter(relationships::kind.eq("self"))
        .filter(relationships::ends_at.is_null())
        .order(relationships::person_id)
        .select((relationships::account_id, relationships::person_id))
        .load(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// People whom files of a profile have brought.
async fn fed(conn: &mut Connection, profile: FeedProfileId) -> QueryResult<HashSet<Uuid>> {
    let of_profile: Vec<Uuid> = feed_runs::table
        .filter(feed_runs::profile_id.eq(profile.0))
        .order(feed_runs::id)
        .select(feed_runs::id)
        .load(conn)
        .await?;
    let rows: Vec<Option<Uuid>> = feed_run_rows::table
        .filter(feed_run_rows::run_id.eq_any(of_profile))
        .filter(feed_run_rows::applied_at.is_not_null())
        .filter(feed_run_rows::person_id.is_not_null())
        .order(feed_run_rows::person_id)
        .distinct()
        .select(feed_run_rows::person_id)
        .load(conn)
        .await?;
    Ok(rows.into_iter().flatten().collect())
}

/// People of the organization born on one of the dates, who work or worked somewhere and have no
/// number at this employer.
async fn namesakes(
    conn: &mut Connection,
    numbered: &[Uuid],
    births: &[NaiveDate],
) -> QueryResult<HashSet<Namesake>> {
    let rows: Vec<(Uuid, String, String, Option<NaiveDate>)> = persons::table
        .filter(persons::birth_date.eq_any(births))
        .filter(persons::id.ne_all(numbered))
        .order(persons::id)
        .select((
            persons::id,
            persons::last_name,
            persons::first_name,
            persons::birth_date,
        ))
        .load(conn)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|(id, ..)| *id).collect();
    let employed: Vec<Uuid> = employments::table
        .filter(employments::person_id.eq_any(ids))
        .filter(employments::kind.ne("applicant"))
        .order(employments::person_id)
        .select(employments::person_id)
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .filter(|(id, ..)| employed.binary_search(id).is_ok())
        .filter_map(|(_, last, first, born)| Some(Namesake::new(&last, &first, &born?.to_string())))
        .collect())
}

struct Parts<'a> {
    employments: HashMap<Uuid, EmploymentRow>,
    contacts: Vec<ContactRow>,
    identifiers: Vec<(Uuid, String, String)>,
    supervisors: Vec<SupervisorRow>,
    /// The person of each account that is somebody's own.
    own: HashMap<Uuid, Uuid>,
    fed: HashSet<Uuid>,
    places: &'a PlaceIds,
    numbers: HashMap<Uuid, String>,
}

impl Parts<'_> {
    fn assemble(self, rows: Vec<PersonRow>, now: DateTime<Utc>) -> Vec<KnownPerson> {
        let with_account: HashSet<Uuid> = self.own.values().copied().collect();
        let mut people: HashMap<Uuid, KnownPerson> = rows
            .into_iter()
            .filter_map(|row| Some((row.id, known_person(self.numbers.get(&row.id)?, row))))
            .collect();
        for (id, person) in &mut people {
            person.has_account = with_account.contains(id);
            person.fed = self.fed.contains(id);
            match self.employments.get(id) {
                Some(row) => employment_values(person, row, self.places, now),
                None => person.standing = Standing::Ended,
            }
        }
        for contact in &self.contacts {
            if let Some(person) = people.get_mut(&contact.person_id) {
                contact_values(person, contact);
            }
        }
        for (id, kind, value) in self.identifiers {
            if kind == EMPLOYEE_NUMBER {
                continue;
            }
            let field = if kind == "sso" {
                Field::SsoId
            } else {
                Field::BadgeId
            };
            if let Some(person) = people.get_mut(&id) {
                person.values.insert(field, value);
            }
        }
        for row in self.supervisors {
            let number = self
                .own
                .get(&row.account_id)
                .and_then(|id| self.numbers.get(id))
                .cloned()
                .unwrap_or_default();
            let Some(person) = people.get_mut(&row.person_id) else {
                continue;
            };
            if row.source == "hr_feed" {
                let slot = usize::from(row.line.as_deref() == Some("dotted"));
                if let Some(entry) = person.supervisors.get_mut(slot) {
                    *entry = Some(number);
                }
            } else {
                person.by_hand.push(number);
            }
        }
        let mut people: Vec<KnownPerson> = people.into_values().collect();
        people.sort_by(|a, b| a.employee_id.cmp(&b.employee_id));
        people
    }
}

fn known_person(number: &str, row: PersonRow) -> KnownPerson {
    let mut values = BTreeMap::new();
    let mut put = |field, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            values.insert(field, value);
        }
    };
    put(Field::LastName, Some(row.last_name));
    put(Field::FirstName, Some(row.first_name));
    put(Field::MiddleName, Some(row.middle_name));
    put(Field::PreferredName, Some(row.preferred_name));
    put(
        Field::BirthDate,
        row.birth_date.map(|date| date.to_string()),
    );
    put(Field::Sex, row.sex);
    put(Field::Language, row.language);
    put(Field::TimeZone, row.time_zone);
    KnownPerson {
        person: PersonId(row.id),
        employee_id: number.to_owned(),
        values,
        edited: row
            .edited_fields
            .iter()
            .filter_map(|name| Field::parse(name))
            .collect::<BTreeSet<_>>(),
        standing: Standing::Ended,
        supervisors: [None, None],
        by_hand: Vec::new(),
        has_account: false,
        fed: false,
    }
}

fn employment_values(
    person: &mut KnownPerson,
    row: &EmploymentRow,
    places: &PlaceIds,
    now: DateTime<Utc>,
) {
    let over = row.ends_at.is_some_and(|at| at <= now);
    person.standing = values::standing(&row.status)
        .filter(|_| !over)
        .unwrap_or(Standing::Ended);
    let mut put = |field, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            person.values.insert(field, value.to_owned());
        }
    };
    put(Field::Kind, Some(&row.kind));
    put(Field::WorkStatus, Some(&row.status));
    put(Field::PositionTitle, Some(&row.job));
    put(Field::JobClass, Some(&row.job_class));
    put(Field::CostCenter, Some(&row.cost_center));
    put(Field::Shift, Some(&row.shift));
    put(
        Field::Department,
        code_of(&places.departments, row.department),
    );
    put(Field::Location, code_of(&places.locations, row.location));
    let date = |date: Option<NaiveDate>| date.map(|date| date.to_string());
    put(Field::HireDate, date(row.hired_on).as_deref());
    put(Field::EndDate, date(row.ends_on).as_deref());
}

fn code_of(codes: &HashMap<String, Uuid>, wanted: Option<Uuid>) -> Option<&str> {
    codes
        .iter()
        .find(|(_, id)| Some(**id) == wanted)
        .map(|(code, _)| code.as_str())
}

fn contact_values(person: &mut KnownPerson, row: &ContactRow) {
    let field = match row.kind.as_str() {
        "email" => Some(Field::Email),
        "mobile_phone" => Some(Field::MobilePhone),
        "home_phone" => Some(Field::HomePhone),
        _ => None,
    };
    if row.source != "hr_feed" {
        person.edited.extend(field);
        return;
    }
    if let Some(field) = field {
        person.values.insert(field, row.value.clone());
        return;
    }
    for (field, value) in [
        (Field::Address1, &row.street),
        (Field::Address2, &row.street_2),
        (Field::City, &row.city),
        (Field::State, &row.state),
        (Field::Zip, &row.zip),
        (Field::Country, &row.country),
    ] {
        if let Some(value) = value {
            person.values.insert(field, value.clone());
        }
    }
}
