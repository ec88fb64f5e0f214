//! Writing what a plan says: persons, employments, contact points and identifiers first, accounts
//! and relationships after.

mod accounts;
mod employments;
mod persons;

pub use accounts::{SupervisorChange, make_accounts, write_supervisors};

use super::known::PlaceIds;
use crate::database::Connection;
use crate::schema::person_identifiers;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use persons::{NewPeople, change_person, identifier_kind};
use salus_domain::ids::{EmployerId, PersonId, ProviderOrgId};
use salus_domain::intake::feed::{Field, Outcome, RowPlan};
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

/// Marks a place in the transaction that can be gone back to.
///
/// # Errors
/// What the database says.
pub async fn savepoint(conn: &mut Connection) -> QueryResult<()> {
    conn.batch_execute("SAVEPOINT rows").await
}

/// Goes back to the place marked last.
///
/// # Errors
/// What the database says.
pub async fn rollback_to_savepoint(conn: &mut Connection) -> QueryResult<()> {
    conn.batch_execute("ROLLBACK TO SAVEPOINT rows").await
}

/// Gives up the sign-in names and badges that rows change, so that others of the same file may take
/// them.
///
/// # Errors
/// What the database says.
pub async fn release_identifiers(
    conn: &mut Connection,
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
    conn: &mut Connection,
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

fn after(row: &RowPlan, field: Field) -> Option<&str> {
    row.changes
        .iter()
        .find(|change| change.field == field)
        .and_then(|change| change.after.as_deref())
}

fn date(text: Option<&str>) -> Option<NaiveDate> {
    text.and_then(|text| text.parse().ok())
}

/// Persons of the employer by their numbers.
///
/// # Errors
/// What the database says.
pub async fn persons_by_number(
    conn: &mut Connection,
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
