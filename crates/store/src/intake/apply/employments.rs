//! Employments: changed, ended, begun again, and what ends with them.

use super::{Target, date};
use crate::database::Connection;
use crate::schema::{employments, relationships};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::PersonId;
use salus_domain::intake::feed::{Field, Outcome, RowPlan, Standing};
use uuid::Uuid;

/// Kinds of relationships that end with an employment. `self` stays: one's own record stays one's
/// own.
const ENDS_WITH_EMPLOYMENT: [&str; 3] = ["supervisor", "backup_supervisor", "delegate"];

#[derive(Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = employments)]
pub(super) struct EmploymentRow {
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
    pub(super) fn new(target: &Target, person: PersonId) -> Self {
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
    pub(super) fn take(&mut self, target: &Target, row: &RowPlan) {
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

pub(super) async fn change_employment(
    conn: &mut Connection,
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
    conn: &mut Connection,
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
    conn: &mut Connection,
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
