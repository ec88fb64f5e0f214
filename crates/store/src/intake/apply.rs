//! Writing what a plan says: persons, employments, contact points and identifiers first, accounts
//! and relationships after.

use super::known::PlaceIds;
use crate::accounts::{NewAccount, NewRelationship};
use crate::schema::{contact_points, employments, person_identifiers, persons, relationships};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use salus_domain::ids::{EmployerId, PersonId, ProviderOrgId};
use salus_domain::intake::feed::{Change, Field, Outcome, RowPlan, Standing, values};
use std::collections::HashMap;
use uuid::Uuid;

/// Whose rows are written, and when.
#[derive(Clone, Debug)]
pub struct Target {
    /// The organization.
    pub org: ProviderOrgId,
    /// The employer.
    pub employer: EmployerId,
    /// The employer's places.
    pub places: PlaceIds,
    /// The time of the run.
    pub now: DateTime<Utc>,
    /// Who sent or decided it.
    pub by: Option<Uuid>,
    /// In the sandbox, ids are the same every time: which one a person or an account gets.
    pub sandbox: Option<SandboxIds>,
}

/// The sandbox's ids by employee number.
#[derive(Clone, Copy, Debug)]
pub struct SandboxIds {
    /// Of persons.
    pub person: fn(&str) -> Option<Uuid>,
    /// Of accounts.
    pub account: fn(&str) -> Option<Uuid>,
}

/// Kinds of relationships that end with an employment. `self` stays: one's own record stays one's
/// own.
const ENDS_WITH_EMPLOYMENT: [&str; 3] = ["supervisor", "backup_supervisor", "delegate"];

/// Marks a place in the transaction that can be gone back to.
///
/// # Errors
/// What the database says.
pub async fn savepoint(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    conn.batch_execute("SAVEPOINT rows").await
}

/// Goes back to the place marked last.
///
/// # Errors
/// What the database says.
pub async fn rollback_to_savepoint(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    conn.batch_execute("ROLLBACK TO SAVEPOINT rows").await
}

/// Gives up the sign-in names and badges that rows change, so that others of the same file may take
/// them.
///
/// # Errors
/// What the database says.
pub async fn release_identifiers(
    conn: &mut AsyncPgConnection,
    target: &Target,
    rows: &[&RowPlan],
) -> QueryResult<()> {
    for field in [Field::SsoId, Field::BadgeId] {
        let given_up: Vec<&str> = rows
            .iter()
            .flat_map(|row| &row.changes)
            .filter(|change| change.field == field)
            .filter_map(|change| change.before.as_deref())
            .collect();
        if given_up.is_empty() {
            continue;
        }
        diesel::delete(
            person_identifiers::table
                .filter(person_identifiers::employer_id.eq(target.employer.0))
                .filter(person_identifiers::kind.eq(identifier_kind(field)))
                .filter(person_identifiers::value.eq_any(given_up)),
        )
        .execute(conn)
        .await?;
    }
    Ok(())
}

/// Writes rows of a plan; answers each row's number and person.
///
/// # Errors
/// What the database says; the caller undoes to its savepoint.
pub async fn write_rows(
    conn: &mut AsyncPgConnection,
    target: &Target,
    rows: &[&RowPlan],
) -> QueryResult<Vec<(i32, Option<PersonId>)>> {
    let mut written = Vec::with_capacity(rows.len());
    let mut new = NewPeople::default();
    for row in rows {
        let number = i32::try_from(row.number).unwrap_or(i32::MAX);
        match (row.outcome, row.person) {
            (Outcome::Added, _) => {
                let person = new.push(target, row);
                written.push((number, Some(person)));
            }
            (Outcome::Changed | Outcome::Ended | Outcome::Rehired, Some(person)) => {
                change_person(conn, target, row, person).await?;
                written.push((number, Some(person)));
            }
            (_, person) => written.push((number, person)),
        }
    }
    new.insert(conn).await?;
    Ok(written)
}

#[derive(Insertable)]
#[diesel(table_name = persons)]
struct NewPerson {
    id: Uuid,
    provider_org_id: Uuid,
    last_name: String,
    first_name: String,
    middle_name: String,
    preferred_name: String,
    birth_date: Option<NaiveDate>,
    sex: Option<String>,
    language: Option<String>,
    time_zone: Option<String>,
    created_at: DateTime<Utc>,
    created_by: Option<Uuid>,
}

#[derive(Insertable)]
#[diesel(table_name = person_identifiers)]
struct NewIdentifier {
    id: Uuid,
    provider_org_id: Uuid,
    employer_id: Uuid,
    person_id: Uuid,
    kind: &'static str,
    value: String,
    source: &'static str,
    created_at: DateTime<Utc>,
}

#[derive(Insertable)]
#[diesel(table_name = contact_points)]
struct NewContact {
    id: Uuid,
    provider_org_id: Uuid,
    person_id: Uuid,
    kind: &'static str,
    value: String,
    street: Option<String>,
    street_2: Option<String>,
    city: Option<String>,
    state: Option<String>,
    zip: Option<String>,
    country: Option<String>,
    source: &'static str,
    usable: bool,
    created_at: DateTime<Utc>,
}

#[derive(Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = employments)]
struct EmploymentRow {
    id: Uuid,
    provider_org_id: Uuid,
    employer_id: Uuid,
    person_id: Uuid,
    kind: String,
    status: String,
    job: String,
    job_class: String,
    cost_center: String,
    shift: String,
    department_id: Option<Uuid>,
    location_id: Option<Uuid>,
    hired_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    ends_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    created_by: Option<Uuid>,
}

impl EmploymentRow {
    fn new(target: &Target, person: PersonId) -> Self {
        Self {
            id: Uuid::now_v7(),
            provider_org_id: target.org.0,
            employer_id: target.employer.0,
            person_id: person.0,
            kind: "employee".into(),
            status: Standing::Active.word().into(),
            job: String::new(),
            job_class: String::new(),
            cost_center: String::new(),
            shift: String::new(),
            department_id: None,
            location_id: None,
            hired_on: None,
            ends_on: None,
            ends_at: None,
            created_at: target.now,
            created_by: target.by,
        }
    }

    /// Takes over the values of a row that belong to an employment.
    fn take(&mut self, target: &Target, row: &RowPlan) {
        for change in &row.changes {
            let value = change.after.clone();
            match change.field {
                Field::Kind => self.kind = value.unwrap_or_else(|| "employee".into()),
                Field::PositionTitle => self.job = value.unwrap_or_default(),
                Field::JobClass => self.job_class = value.unwrap_or_default(),
                Field::CostCenter => self.cost_center = value.unwrap_or_default(),
                Field::Shift => self.shift = value.unwrap_or_default(),
                Field::Department => {
                    self.department_id =
                        value.and_then(|code| target.places.departments.get(&code).copied());
                }
                Field::Location => {
                    self.location_id =
                        value.and_then(|code| target.places.locations.get(&code).copied());
                }
                Field::HireDate => self.hired_on = date(value.as_deref()),
                Field::EndDate if change.after.is_none() => {
                    self.ends_on = None;
                    self.ends_at = None;
                }
                _ => {}
            }
        }
        row.standing.word().clone_into(&mut self.status);
        if let Some(at) = row.ends_at {
            self.ends_at = Some(at);
            self.ends_on = row.ends_on;
        }
    }
}

#[derive(Default)]
struct NewPeople {
    persons: Vec<NewPerson>,
    identifiers: Vec<NewIdentifier>,
    contacts: Vec<NewContact>,
    employments: Vec<EmploymentRow>,
}

impl NewPeople {
    fn push(&mut self, target: &Target, row: &RowPlan) -> PersonId {
        let fixed = target
            .sandbox
            .and_then(|ids| (ids.person)(&row.employee_id));
        let person = PersonId(fixed.unwrap_or_else(Uuid::now_v7));
        let value = |field: Field| after(row, field).map(str::to_owned);
        let text = |field: Field| value(field).unwrap_or_default();
        self.persons.push(NewPerson {
            id: person.0,
            provider_org_id: target.org.0,
            last_name: text(Field::LastName),
            first_name: text(Field::FirstName),
            middle_name: text(Field::MiddleName),
            preferred_name: text(Field::PreferredName),
            birth_date: date(after(row, Field::BirthDate)),
            sex: value(Field::Sex),
            language: value(Field::Language),
            time_zone: value(Field::TimeZone),
            created_at: target.now,
            created_by: target.by,
        });
        self.identifiers.push(identifier(
            target,
            person,
            "employee_number",
            &row.employee_id,
        ));
        for field in [Field::SsoId, Field::BadgeId] {
            if let Some(value) = after(row, field) {
                self.identifiers
                    .push(identifier(target, person, identifier_kind(field), value));
            }
        }
        for field in [Field::Email, Field::MobilePhone, Field::HomePhone] {
            if let Some(value) = after(row, field) {
                self.contacts.push(contact(target, person, field, value));
            }
        }
        self.contacts.extend(address(target, person, row));
        let mut employment = EmploymentRow::new(target, person);
        employment.take(target, row);
        self.employments.push(employment);
        person
    }

    async fn insert(self, conn: &mut AsyncPgConnection) -> QueryResult<()> {
        if self.persons.is_empty() {
            return Ok(());
        }
        diesel::insert_into(persons::table)
            .values(&self.persons)
            .execute(conn)
            .await?;
        diesel::insert_into(person_identifiers::table)
            .values(&self.identifiers)
            .execute(conn)
            .await?;
        diesel::insert_into(contact_points::table)
            .values(&self.contacts)
            .execute(conn)
            .await?;
        diesel::insert_into(employments::table)
            .values(&self.employments)
            .execute(conn)
            .await
            .map(drop)
    }
}

fn after(row: &RowPlan, field: Field) -> Option<&str> {
    row.changes
        .iter()
        .find(|change| change.field == field)
        .and_then(|change| change.after.as_deref())
}

fn date(text: Option<&str>) -> Option<NaiveDate> {
    text.and_then(|text| text.parse().ok())
}

fn identifier_kind(field: Field) -> &'static str {
    if field == Field::SsoId {
        "sso"
    } else {
        "badge"
    }
}

fn identifier(target: &Target, person: PersonId, kind: &'static str, value: &str) -> NewIdentifier {
    NewIdentifier {
        id: Uuid::now_v7(),
        provider_org_id: target.org.0,
        employer_id: target.employer.0,
        person_id: person.0,
        kind,
        value: value.to_owned(),
        source: "hr_feed",
        created_at: target.now,
    }
}

fn contact_kind(field: Field) -> &'static str {
    match field {
        Field::Email => "email",
        Field::MobilePhone => "mobile_phone",
        _ => "home_phone",
    }
}

fn contact(target: &Target, person: PersonId, field: Field, value: &str) -> NewContact {
    NewContact {
        id: Uuid::now_v7(),
        provider_org_id: target.org.0,
        person_id: person.0,
        kind: contact_kind(field),
        value: value.to_owned(),
        street: None,
        street_2: None,
        city: None,
        state: None,
        zip: None,
        country: None,
        source: "hr_feed",
        usable: if field == Field::Email {
            values::is_email(value)
        } else {
            values::phone_e164(value).is_some()
        },
        created_at: target.now,
    }
}

const ADDRESS: [Field; 6] = [
    Field::Address1,
    Field::Address2,
    Field::City,
    Field::State,
    Field::Zip,
    Field::Country,
];

fn address(target: &Target, person: PersonId, row: &RowPlan) -> Option<NewContact> {
    let value = |field| after(row, field).map(str::to_owned);
    ADDRESS
        .iter()
        .any(|field| after(row, *field).is_some())
        .then(|| NewContact {
            kind: "address",
            value: one_line(&ADDRESS.map(value)),
            street: value(Field::Address1),
            street_2: value(Field::Address2),
            city: value(Field::City),
            state: value(Field::State),
            zip: value(Field::Zip),
            country: value(Field::Country),
            usable: true,
            ..contact(target, person, Field::HomePhone, "")
        })
}

fn one_line(parts: &[Option<String>]) -> String {
    let line = parts
        .iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    line.chars().take(500).collect()
}

#[derive(Default, AsChangeset)]
#[diesel(table_name = persons)]
struct PersonChanges {
    last_name: Option<String>,
    first_name: Option<String>,
    middle_name: Option<String>,
    preferred_name: Option<String>,
    birth_date: Option<Option<NaiveDate>>,
    sex: Option<Option<String>>,
    language: Option<Option<String>>,
    time_zone: Option<Option<String>>,
}

async fn change_person(
    conn: &mut AsyncPgConnection,
    target: &Target,
    row: &RowPlan,
    person: PersonId,
) -> QueryResult<()> {
    let mut changes = PersonChanges::default();
    let mut any = false;
    for Change { field, after, .. } in &row.changes {
        let text = || Some(after.clone().unwrap_or_default());
        match field {
            Field::LastName => changes.last_name = text(),
            Field::FirstName => changes.first_name = text(),
            Field::MiddleName => changes.middle_name = text(),
            Field::PreferredName => changes.preferred_name = text(),
            Field::BirthDate => changes.birth_date = Some(date(after.as_deref())),
            Field::Sex => changes.sex = Some(after.clone()),
            Field::Language => changes.language = Some(after.clone()),
            Field::TimeZone => changes.time_zone = Some(after.clone()),
            _ => continue,
        }
        any = true;
    }
    if any {
        diesel::update(persons::table.find(person.0))
            .set((changes, persons::version.eq(persons::version + 1)))
            .execute(conn)
            .await?;
    }
    for change in &row.changes {
        match change.field {
            Field::Email | Field::MobilePhone | Field::HomePhone => {
                change_contact(conn, target, person, change).await?;
            }
            Field::SsoId | Field::BadgeId => {
                if let Some(value) = &change.after {
                    diesel::insert_into(person_identifiers::table)
                        .values(identifier(
                            target,
                            person,
                            identifier_kind(change.field),
                            value,
                        ))
                        .execute(conn)
                        .await?;
                }
            }
            _ => {}
        }
    }
    change_address(conn, target, row, person).await?;
    change_employment(conn, target, row, person).await
}

async fn change_contact(
    conn: &mut AsyncPgConnection,
    target: &Target,
    person: PersonId,
    change: &Change,
) -> QueryResult<()> {
    diesel::delete(
        contact_points::table
            .filter(contact_points::person_id.eq(person.0))
            .filter(contact_points::kind.eq(contact_kind(change.field)))
            .filter(contact_points::source.eq("hr_feed")),
    )
    .execute(conn)
    .await?;
    if let Some(value) = &change.after {
        diesel::insert_into(contact_points::table)
            .values(contact(target, person, change.field, value))
            .execute(conn)
            .await?;
    }
    Ok(())
}

type AddressParts = (
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
);

async fn change_address(
    conn: &mut AsyncPgConnection,
    target: &Target,
    row: &RowPlan,
    person: PersonId,
) -> QueryResult<()> {
    if !row.changes.iter().any(|c| ADDRESS.contains(&c.field)) {
        return Ok(());
    }
    let of_feed = contact_points::table
        .filter(contact_points::person_id.eq(person.0))
        .filter(contact_points::kind.eq("address"))
        .filter(contact_points::source.eq("hr_feed"));
    let before: Option<AddressParts> = of_feed
        .select((
            contact_points::street,
            contact_points::street_2,
            contact_points::city,
            contact_points::state,
            contact_points::zip,
            contact_points::country,
        ))
        .first(conn)
        .await
        .optional()?;
    let (street, street_2, city, state, zip, country) = before.unwrap_or_default();
    let mut parts = [street, street_2, city, state, zip, country];
    for (field, part) in ADDRESS.iter().zip(&mut parts) {
        if let Some(change) = row.changes.iter().find(|change| change.field == *field) {
            part.clone_from(&change.after);
        }
    }
    diesel::delete(of_feed).execute(conn).await?;
    if parts.iter().all(Option::is_none) {
        return Ok(());
    }
    let value = one_line(&parts);
    let [street, street_2, city, state, zip, country] = parts;
    diesel::insert_into(contact_points::table)
        .values(NewContact {
            kind: "address",
            value,
            street,
            street_2,
            city,
            state,
            zip,
            country,
            usable: true,
            ..contact(target, person, Field::HomePhone, "")
        })
        .execute(conn)
        .await
        .map(drop)
}

async fn change_employment(
    conn: &mut AsyncPgConnection,
    target: &Target,
    row: &RowPlan,
    person: PersonId,
) -> QueryResult<()> {
    let touches = row.changes.iter().any(|change| {
        matches!(
            change.field,
            Field::Kind
                | Field::PositionTitle
                | Field::JobClass
                | Field::CostCenter
                | Field::Shift
                | Field::Department
                | Field::Location
                | Field::HireDate
                | Field::EndDate
                | Field::WorkStatus
        )
    });
    if !touches {
        return Ok(());
    }
    let latest: Option<EmploymentRow> = employments::table
        .filter(employments::employer_id.eq(target.employer.0))
        .filter(employments::person_id.eq(person.0))
        .filter(employments::kind.ne("applicant"))
        .order((
            employments::status.eq("ended"),
            employments::created_at.desc(),
            employments::id.desc(),
        ))
        .select(EmploymentRow::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()?;
    let Some(before) = latest.filter(|_| row.outcome != Outcome::Rehired) else {
        return begin_again(conn, target, row, person).await;
    };
    let mut after = before.clone();
    after.take(target, row);
    diesel::update(employments::table.find(before.id))
        .set((
            employments::kind.eq(&after.kind),
            employments::status.eq(&after.status),
            employments::job.eq(&after.job),
            employments::job_class.eq(&after.job_class),
            employments::cost_center.eq(&after.cost_center),
            employments::shift.eq(&after.shift),
            employments::department_id.eq(after.department_id),
            employments::location_id.eq(after.location_id),
            employments::hired_on.eq(after.hired_on),
            employments::ends_on.eq(after.ends_on),
            employments::ends_at.eq(after.ends_at),
            employments::version.eq(employments::version + 1),
        ))
        .execute(conn)
        .await?;
    if before.ends_at != after.ends_at {
        move_end(conn, person, before.ends_at, after.ends_at, target.now).await?;
    }
    Ok(())
}

/// A new employment of somebody who was gone: what the file leaves blank is as it was.
async fn begin_again(
    conn: &mut AsyncPgConnection,
    target: &Target,
    row: &RowPlan,
    person: PersonId,
) -> QueryResult<()> {
    let earlier: Option<EmploymentRow> = employments::table
        .filter(employments::employer_id.eq(target.employer.0))
        .filter(employments::person_id.eq(person.0))
        .filter(employments::kind.ne("applicant"))
        .order((employments::created_at.desc(), employments::id.desc()))
        .select(EmploymentRow::as_select())
        .first(conn)
        .await
        .optional()?;
    // One that ran out by its date is still marked as it was; only one may be open.
    diesel::update(
        employments::table
            .filter(employments::employer_id.eq(target.employer.0))
            .filter(employments::person_id.eq(person.0))
            .filter(employments::status.ne("ended")),
    )
    .set((
        employments::status.eq("ended"),
        employments::version.eq(employments::version + 1),
    ))
    .execute(conn)
    .await?;
    let fresh = EmploymentRow::new(target, person);
    let mut again = EmploymentRow {
        id: fresh.id,
        created_at: fresh.created_at,
        created_by: fresh.created_by,
        ends_on: None,
        ends_at: None,
        ..earlier.unwrap_or(fresh)
    };
    again.take(target, row);
    diesel::insert_into(employments::table)
        .values(again)
        .execute(conn)
        .await
        .map(drop)
}

/// Supervision by and over somebody ends with the employment; it moves when that end moves.
async fn move_end(
    conn: &mut AsyncPgConnection,
    person: PersonId,
    before: Option<DateTime<Utc>>,
    after: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let own = diesel::alias!(relationships as own_account);
    let accounts_of_person = own
        .filter(own.field(relationships::person_id).eq(person.0))
        .filter(own.field(relationships::kind).eq("self"))
        .select(own.field(relationships::account_id));
    let live = relationships::ends_at
        .is_null()
        .or(relationships::ends_at.gt(now))
        .or(relationships::ends_at.is_not_distinct_from(before));
    diesel::update(
        relationships::table
            .filter(relationships::kind.eq_any(ENDS_WITH_EMPLOYMENT))
            .filter(live)
            .filter(
                relationships::person_id
                    .eq(person.0)
                    .or(relationships::account_id.eq_any(accounts_of_person)),
            ),
    )
    .set((
        relationships::ends_at.eq(after),
        relationships::version.eq(relationships::version + 1),
    ))
    .execute(conn)
    .await
    .map(drop)
}

/// A relationship to set or clear, by ids.
#[derive(Clone, Copy, Debug)]
pub struct SupervisorChange {
    /// Who is supervised.
    pub person: PersonId,
    /// Whether the first column says so, the solid line.
    pub solid: bool,
    /// The supervisor's person before.
    pub before: Option<PersonId>,
    /// The supervisor's person after.
    pub after: Option<PersonId>,
}

/// Ends and begins supervision as a file says. Rows set by hand stay.
///
/// # Errors
/// What the database says.
pub async fn write_supervisors(
    conn: &mut AsyncPgConnection,
    target: &Target,
    changes: &[SupervisorChange],
) -> QueryResult<()> {
    let people: Vec<Uuid> = changes
        .iter()
        .flat_map(|change| [change.before, change.after])
        .flatten()
        .map(Uuid::from)
        .collect();
    let own: HashMap<Uuid, Uuid> = own_accounts(conn, &people).await?;
    for change in changes {
        let account = change.before.and_then(|person| own.get(&person.0));
        let Some(account) = account else { continue };
        diesel::update(
            relationships::table
                .filter(relationships::account_id.eq(account))
                .filter(relationships::person_id.eq(change.person.0))
                .filter(relationships::kind.eq("supervisor"))
                .filter(relationships::source.eq("hr_feed"))
                .filter(
                    relationships::ends_at
                        .is_null()
                        .or(relationships::ends_at.gt(target.now)),
                ),
        )
        .set((
            relationships::ends_at.eq(target.now),
            relationships::version.eq(relationships::version + 1),
        ))
        .execute(conn)
        .await?;
    }
    let begun: Vec<NewRelationship> = changes
        .iter()
        .filter_map(|change| {
            let account = own.get(&change.after?.0)?;
            let line = if change.solid { "solid" } else { "dotted" };
            Some(NewRelationship {
                line: Some(line.into()),
                ..relationship(target, *account, change.person, "supervisor")
            })
        })
        .collect();
    for chunk in begun.chunks(2_000) {
        crate::accounts::insert_relationships(conn, chunk).await?;
    }
    Ok(())
}

fn relationship(target: &Target, account: Uuid, person: PersonId, kind: &str) -> NewRelationship {
    NewRelationship {
        id: Uuid::now_v7(),
        provider_org_id: target.org.0,
        account_id: account,
        person_id: person.0,
        kind: kind.into(),
        line: None,
        source: "hr_feed".into(),
        starts_at: target.now,
        created_at: target.now,
        created_by: target.by,
    }
}

async fn own_accounts(
    conn: &mut AsyncPgConnection,
    people: &[Uuid],
) -> QueryResult<HashMap<Uuid, Uuid>> {
    let rows: Vec<(Uuid, Uuid)> = relationships::table
        .filter(relationships::person_id.eq_any(people))
        .filter(relationships::kind.eq("self"))
        .filter(relationships::ends_at.is_null())
        .order(relationships::person_id)
        .select((relationships::person_id, relationships::account_id))
        .load(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Makes accounts for people, by their numbers, without any means to sign in yet; whether each
/// opens the employee portal.
///
/// # Errors
/// What the database says.
pub async fn make_accounts(
    conn: &mut AsyncPgConnection,
    target: &Target,
    people: &[(PersonId, &str, bool)],
) -> QueryResult<()> {
    for chunk in people.chunks(1_000) {
        let ids: Vec<Uuid> = chunk.iter().map(|(person, ..)| person.0).collect();
        let names: HashMap<Uuid, PersonName> = names(conn, &ids).await?;
        let with_sso: Vec<Uuid> = person_identifiers::table
            .filter(person_identifiers::person_id.eq_any(&ids))
            .filter(person_identifiers::employer_id.eq(target.employer.0))
            .filter(person_identifiers::kind.eq("sso"))
            .order(person_identifiers::person_id)
            .select(person_identifiers::person_id)
            .load(conn)
            .await?;
        let mut made = Vec::with_capacity(chunk.len());
        let mut rights = Vec::with_capacity(chunk.len() * 2);
        for (person, number, portal_user) in chunk {
            let Some(name) = names.get(&person.0) else {
                continue;
            };
            let account = account(target, name, number, with_sso.contains(&person.0));
            rights.push(relationship(target, account.id, *person, "self"));
            if *portal_user {
                rights.push(relationship(target, account.id, *person, "portal_user"));
            }
            made.push(account);
        }
        crate::accounts::insert_accounts(conn, &made).await?;
        crate::accounts::insert_relationships(conn, &rights).await?;
    }
    Ok(())
}

struct PersonName {
    shown: String,
    language: Option<String>,
}

async fn names(
    conn: &mut AsyncPgConnection,
    ids: &[Uuid],
) -> QueryResult<HashMap<Uuid, PersonName>> {
    let rows: Vec<(Uuid, String, String, String, Option<String>)> = persons::table
        .filter(persons::id.eq_any(ids))
        .order(persons::id)
        .select((
            persons::id,
            persons::preferred_name,
            persons::first_name,
            persons::last_name,
            persons::language,
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, preferred, first, last, language)| {
            let first = if preferred.is_empty() {
                first
            } else {
                preferred
            };
            let shown = format!("{first} {last}").trim().chars().take(200).collect();
            (id, PersonName { shown, language })
        })
        .collect())
}

fn account(target: &Target, name: &PersonName, number: &str, sso: bool) -> NewAccount {
    let fixed = target.sandbox.and_then(|ids| (ids.account)(number));
    NewAccount {
        id: fixed.unwrap_or_else(Uuid::now_v7),
        provider_org_id: target.org.0,
        kind: "managed".into(),
        state: if sso { "sso_ready" } else { "invited" }.into(),
        display_name: name.shown.clone(),
        language: name
            .language
            .as_deref()
            .and_then(|tag| tag.split('-').next())
            .filter(|language| matches!(*language, "en" | "es"))
            .unwrap_or("en")
            .to_owned(),
        password_hash: None,
        password_changed_at: None,
        sandbox: target.sandbox.is_some(),
        created_at: target.now,
        created_by: target.by,
    }
}

/// Persons of the employer by their numbers.
///
/// # Errors
/// What the database says.
pub async fn persons_by_number(
    conn: &mut AsyncPgConnection,
    employer: EmployerId,
    numbers: &[String],
) -> QueryResult<HashMap<String, PersonId>> {
    let rows: Vec<(String, Uuid)> = person_identifiers::table
        .filter(person_identifiers::employer_id.eq(employer.0))
        .filter(person_identifiers::kind.eq("employee_number"))
        .filter(person_identifiers::value.eq_any(numbers))
        .order(person_identifiers::value)
        .select((person_identifiers::value, person_identifiers::person_id))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(number, id)| (number, PersonId(id)))
        .collect())
}
