//! What rules may know of a person beside the answers.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::PersonId;
use uuid::Uuid;

use crate::database::Connection;
use crate::schema::{
    departments, employers, employments, locations, persons, provider_organizations,
};

/// A person with the employment that counts, and every zone that may be theirs.
#[derive(Clone, Debug, Queryable)]
pub struct FactsRow {
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// The organization's zone.
    pub organization_zone: String,
    /// The employer.
    pub employer_id: Option<Uuid>,
    /// The employer's zone.
    pub employer_zone: Option<String>,
    /// The work location's zone.
    pub location_zone: Option<String>,
    /// The work location's code.
    pub location: Option<String>,
    /// The department's code.
    pub department: Option<String>,
    /// The job.
    pub job: Option<String>,
    /// `employee`, `contractor`, …
    pub employment_kind: Option<String>,
    /// First day.
    pub hired_on: Option<NaiveDate>,
}

/// The facts of a person; of several employments an open one counts, then the latest.
///
/// # Errors
/// What the database says.
pub async fn find_facts(mut conn: &Connection, person: PersonId) -> QueryResult<Option<FactsRow>> {
    persons::table
        .inner_join(
            provider_organizations::table
                .on(provider_organizations::id.eq(persons::provider_org_id)),
        )
        .left_join(
            employments::table.on(employments::provider_org_id
                .eq(persons::provider_org_id)
                .and(employments::person_id.eq(persons::id))),
        )
        .left_join(
            employers::table.on(employers::provider_org_id.eq(persons::provider_org_id).and(
                employers::id
                    .nullable()
                    .eq(employments::employer_id.nullable()),
            )),
        )
        .left_join(
            locations::table.on(locations::provider_org_id
                .eq(persons::provider_org_id)
                .and(locations::id.nullable().eq(employments::location_id))),
        )
        .left_join(
            departments::table.on(departments::provider_org_id
                .eq(persons::provider_org_id)
                .and(departments::id.nullable().eq(employments::department_id))),
        )
        .filter(persons::id.eq(person.0))
        .order((
            employments::status.nullable().eq("ended"),
            employments::hired_on.nullable().desc().nulls_last(),
            employments::id.nullable(),
        ))
        .select((
            persons::birth_date,
            provider_organizations::time_zone,
            employments::employer_id.nullable(),
            employers::time_zone.nullable(),
            locations::time_zone.nullable(),
            locations::code.nullable(),
            departments::code.nullable(),
            employments::job.nullable(),
            employments::kind.nullable(),
            employments::hired_on.nullable(),
        ))
        .first(&mut conn)
        .await
        .optional()
}
