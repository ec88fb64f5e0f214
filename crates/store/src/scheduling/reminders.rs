//! Reminders of visits: planned, written, or passed over.

use super::{unknown, zone};
use crate::database::Connection;
use crate::schema::{appointment_reminders, employers, employments, locations, persons};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, AppointmentId, EmployerId, PersonId, ProviderOrgId};
use salus_domain::scheduling::reminders::Step;
use salus_domain::time::Tz;
use uuid::Uuid;

/// A reminder whose time has come.
#[derive(Clone, Copy, Debug)]
pub struct DueReminder {
    /// Which one.
    pub id: Uuid,
    /// Of which visit.
    pub appointment: AppointmentId,
    /// For whom.
    pub account: AccountId,
    /// Which step.
    pub step: Step,
    /// The visit's sequence when it was planned.
    pub sequence: i32,
}

/// Plans reminders of a visit for somebody; what is planned already stays as it is.
///
/// # Errors
/// What the database says.
pub async fn plan_reminders(
    mut conn: &Connection,
    org: ProviderOrgId,
    (appointment, sequence): (AppointmentId, i32),
    account: AccountId,
    steps: &[(Step, DateTime<Utc>)],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    for (step, due_at) in steps {
        diesel::insert_into(appointment_reminders::table)
            .values((
                appointment_reminders::id.eq(Uuid::now_v7()),
                appointment_reminders::provider_org_id.eq(org.0),
                appointment_reminders::appointment_id.eq(appointment.0),
                appointment_reminders::account_id.eq(account.0),
                appointment_reminders::step.eq(step.as_str()),
                appointment_reminders::sequence.eq(sequence),
                appointment_reminders::due_at.eq(due_at),
                appointment_reminders::created_at.eq(now),
            ))
            .on_conflict_do_nothing()
            .execute(&mut conn)
            .await?;
    }
    Ok(())
}

/// Makes the reminders of a visit moot that wait, but those of its present sequence.
///
/// # Errors
/// What the database says.
pub async fn drop_reminders(
    mut conn: &Connection,
    appointment: AppointmentId,
    but: Option<i32>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(appointment_reminders::table)
        .filter(appointment_reminders::appointment_id.eq(appointment.0))
        .filter(appointment_reminders::state.eq("waiting"))
        .filter(appointment_reminders::sequence.ne(but.unwrap_or(-1)))
        .set((
            appointment_reminders::state.eq("moot"),
            appointment_reminders::settled_at.eq(now),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Reminders whose time has come, the latest of each visit and account last; who is busy with one is
/// left alone.
///
/// # Errors
/// What the database says.
pub async fn due_reminders(
    mut conn: &Connection,
    now: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<DueReminder>> {
    let rows: Vec<(Uuid, Uuid, Uuid, String, i32)> = appointment_reminders::table
        .filter(appointment_reminders::state.eq("waiting"))
        .filter(appointment_reminders::due_at.le(now))
        .order((appointment_reminders::due_at, appointment_reminders::id))
        .limit(limit)
        .select((
            appointment_reminders::id,
            appointment_reminders::appointment_id,
            appointment_reminders::account_id,
            appointment_reminders::step,
            appointment_reminders::sequence,
        ))
        .for_update()
        .skip_locked()
        .load(&mut conn)
        .await?;
    rows.into_iter()
        .map(|(id, appointment, account, step, sequence)| {
            Ok(DueReminder {
                id,
                appointment: AppointmentId(appointment),
                account: AccountId(account),
                step: Step::parse(&step).ok_or_else(|| unknown("step", &step))?,
                sequence,
            })
        })
        .collect()
}

/// Puts a reminder off to an instant.
///
/// # Errors
/// What the database says.
pub async fn put_reminder_off(
    mut conn: &Connection,
    id: Uuid,
    until: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(appointment_reminders::table)
        .filter(appointment_reminders::id.eq(id))
        .set(appointment_reminders::due_at.eq(until))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Writes down what became of a reminder: `written`, `passed_over` or `moot`.
///
/// # Errors
/// What the database says.
pub async fn settle_reminder(
    mut conn: &Connection,
    id: Uuid,
    became: &str,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(appointment_reminders::table)
        .filter(appointment_reminders::id.eq(id))
        .set((
            appointment_reminders::state.eq(became),
            appointment_reminders::settled_at.eq(now),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// The zone somebody lives by, whichever employer it is about.
///
/// # Errors
/// What the database says.
pub async fn zone_of_person(conn: &Connection, person: PersonId) -> QueryResult<Option<Tz>> {
    zone_of_reader(conn, person, EmployerId(Uuid::nil())).await
}

/// The zone somebody lives by: the one they chose, else that of where they work, else their
/// employer's.
///
/// # Errors
/// What the database says.
pub async fn zone_of_reader(
    mut conn: &Connection,
    person: PersonId,
    employer: EmployerId,
) -> QueryResult<Option<Tz>> {
    let chosen: Option<Option<String>> = persons::table
        .filter(persons::id.eq(person.0))
        .select(persons::time_zone)
        .first(&mut conn)
        .await
        .optional()?;
    if let Some(name) = chosen.flatten() {
        return zone(&name).map(Some);
    }
    let works: Option<(Option<String>, String)> = employments::table
        .inner_join(
            employers::table.on(employers::provider_org_id
                .eq(employments::provider_org_id)
                .and(employers::id.eq(employments::employer_id))),
        )
        .left_join(
            locations::table.on(locations::provider_org_id
                .eq(employments::provider_org_id)
                .and(locations::id.nullable().eq(employments::location_id))),
        )
        .filter(employments::person_id.eq(person.0))
        .order((
            employments::employer_id.eq(employer.0).desc(),
            employments::ends_on.desc().nulls_first(),
            employments::id.desc(),
        ))
        .select((locations::time_zone.nullable(), employers::time_zone))
        .first(&mut conn)
        .await
        .optional()?;
    works
        .map(|(place, fallback)| zone(&place.unwrap_or(fallback)))
        .transpose()
}
