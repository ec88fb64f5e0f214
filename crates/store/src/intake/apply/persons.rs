//! Persons with their identifiers and contact points, new ones and changed ones.

use super::employments::{EmploymentRow, change_employment};
use super::{Target, after, date};
use crate::database::Connection;
use crate::schema::{contact_points, employments, person_identifiers, persons};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::PersonId;
use salus_domain::intake::feed::{Change, Field, RowPlan, values};
use uuid::Uuid;

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

#[derive(Default)]
pub(super) struct NewPeople {
    persons: Vec<NewPerson>,
    identifiers: Vec<NewIdentifier>,
    contacts: Vec<NewContact>,
    employments: Vec<EmploymentRow>,
}

impl NewPeople {
    pub(super) fn push(&mut self, target: &Target, row: &RowPlan) -> PersonId {
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

    pub(super) async fn insert(self, conn: &mut Connection) -> QueryResult<()> {
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

pub(super) fn identifier_kind(field: Field) -> &'static str {
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

pub(super) async fn change_person(
    conn: &mut Connection,
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
    conn: &mut Connection,
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
    conn: &mut Connection,
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
