//! What a supervisor's role reads to find a time for somebody, and frees.

use super::overrides::{OverrideRow, overrides_of};
use super::reports::report_rules;
use super::types::NeedRow;
use super::{TypeRecord, TypeText, region, small, unknown};
use crate::database::{Connection, planned};
use crate::schema::{
    appointment_type_locations, appointment_type_needs, appointment_type_questionnaires,
    appointment_type_texts, appointment_types, appointments, resources,
};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures_util::future::{try_join3, try_join5};
use salus_domain::ids::{
    AppointmentId, AppointmentTypeId, EmployerId, LocationId, PersonId, QuestionnaireId, ResourceId,
};
use salus_domain::scheduling::{
    Appointment, AppointmentType, Modality, Notice, PersonCalendar, Region, State, Stretch, Times,
};
use uuid::Uuid;

/// What a supervisor's role reads of a kind of visit.
#[derive(Queryable, Selectable)]
#[diesel(table_name = appointment_types)]
struct ReportTypeRow {
    id: Uuid,
    duration: i16,
    shown_duration: i16,
    buffer_before: i16,
    buffer_after: i16,
    modalities: Vec<String>,
    supervisor_bookable: bool,
    visible_to_supervisor: bool,
    clinic_confirms: bool,
    min_notice_to_book: i16,
    cancel_notice: i16,
    move_notice: i16,
    max_moves: i16,
    max_per_day: i16,
    display_order: i16,
    active: bool,
}

/// Every kind of visit a supervisor may know of, in the clinic's order.
///
/// # Errors
/// What the database says.
pub async fn report_types(mut conn: &Connection) -> QueryResult<Vec<TypeRecord>> {
    let rows = appointment_types::table
        .filter(appointment_types::deleted_at.is_null())
        .order((appointment_types::display_order, appointment_types::id))
        .select(ReportTypeRow::as_select())
        .load(&mut conn)
        .await?;
    complete(conn, rows).await
}

/// One kind of visit, if a supervisor may know of it.
///
/// # Errors
/// What the database says.
pub async fn find_report_type(
    mut conn: &Connection,
    id: AppointmentTypeId,
) -> QueryResult<Option<TypeRecord>> {
    let rows = appointment_types::table
        .filter(appointment_types::id.eq(id.0))
        .filter(appointment_types::deleted_at.is_null())
        .select(ReportTypeRow::as_select())
        .load(&mut conn)
        .await?;
    Ok(complete(conn, rows).await?.pop())
}

/// Adds public names, needs, places and forms.
async fn complete(conn: &Connection, rows: Vec<ReportTypeRow>) -> QueryResult<Vec<TypeRecord>> {
    let ids = planned(rows.iter().map(|row| row.id));
    // Sent together: one round trip for the five of them.
    let (mut first, mut second, mut third, mut fourth) = (conn, conn, conn, conn);
    let (texts, needs, locations, questionnaires, overrides) = try_join5(
        appointment_type_texts::table
            .filter(appointment_type_texts::appointment_type_id.eq_any(&ids))
            .order(appointment_type_texts::language)
            .select((
                appointment_type_texts::appointment_type_id,
                appointment_type_texts::language,
                appointment_type_texts::public_name,
            ))
            .load::<(Uuid, String, String)>(&mut first),
        appointment_type_needs::table
            .filter(appointment_type_needs::appointment_type_id.eq_any(&ids))
            .order(appointment_type_needs::position)
            .select(NeedRow::as_select())
            .load(&mut second),
        appointment_type_locations::table
            .filter(appointment_type_locations::appointment_type_id.eq_any(&ids))
            .order(appointment_type_locations::location_id)
            .select((
                appointment_type_locations::appointment_type_id,
                appointment_type_locations::location_id,
            ))
            .load::<(Uuid, Uuid)>(&mut third),
        appointment_type_questionnaires::table
            .filter(appointment_type_questionnaires::appointment_type_id.eq_any(&ids))
            .order(appointment_type_questionnaires::position)
            .select((
                appointment_type_questionnaires::appointment_type_id,
                appointment_type_questionnaires::questionnaire_id,
            ))
            .load::<(Uuid, Uuid)>(&mut fourth),
        overrides_of(conn, &ids),
    )
    .await?;
    rows.into_iter()
        .map(|row| {
            let own = |pairs: &[(Uuid, Uuid)]| -> Vec<Uuid> {
                let of_type = pairs.iter().filter(|(id, _)| *id == row.id);
                of_type.map(|(_, other)| *other).collect()
            };
            let named = texts.iter().filter(|(id, ..)| *id == row.id);
            let needed = needs
                .iter()
                .filter(|need| need.appointment_type_id == row.id);
            Ok(TypeRecord {
                rules: AppointmentType {
                    id: AppointmentTypeId(row.id),
                    times: Times {
                        duration: small(row.duration)?,
                        shown_duration: small(row.shown_duration)?,
                        buffer_before: small(row.buffer_before)?,
                        buffer_after: small(row.buffer_after)?,
                    },
                    exceptions: overrides
                        .iter()
                        .filter(|one| one.appointment_type_id == row.id)
                        .map(OverrideRow::rules)
                        .collect::<QueryResult<_>>()?,
                    modalities: row
                        .modalities
                        .iter()
                        .map(|word| Modality::parse(word).ok_or_else(|| unknown("modality", word)))
                        .collect::<QueryResult<_>>()?,
                    needs: needed.map(NeedRow::to_need).collect::<QueryResult<_>>()?,
                    locations: own(&locations).into_iter().map(LocationId).collect(),
                    employee_bookable: false,
                    supervisor_bookable: row.supervisor_bookable,
                    visible_to_supervisor: row.visible_to_supervisor,
                    clinic_confirms: row.clinic_confirms,
                    min_notice_to_book: small(row.min_notice_to_book)?,
                    notice: Notice {
                        cancel: small(row.cancel_notice)?,
                        move_: small(row.move_notice)?,
                    },
                    max_per_day: small(row.max_per_day)?,
                    // Only the person's own visits are planned together.
                    bundle_order: 50,
                    after: None,
                    active: row.active,
                },
                code: String::new(),
                name: String::new(),
                texts: named
                    .map(|(id, language, public_name)| TypeText {
                        appointment_type_id: *id,
                        language: language.clone(),
                        public_name: public_name.clone(),
                        prep_public: String::new(),
                        prep_full: String::new(),
                        bring: Vec::new(),
                    })
                    .collect(),
                questionnaires: own(&questionnaires)
                    .into_iter()
                    .map(QuestionnaireId)
                    .collect(),
                fasting_hours: 0,
                max_moves: small(row.max_moves)?,
                display_order: small(row.display_order)?,
                colour: String::new(),
                deleted_at: None,
                version: 1,
            })
        })
        .collect()
}

/// Functions that say of a report what a search needs and nothing else.
mod app {
    use diesel::sql_types::{Nullable, Uuid as SqlUuid};

    diesel::define_sql_function! {
        #[sql_name = "app.report_open_visits"]
        fn report_open_visits(person: SqlUuid, moving: Nullable<SqlUuid>) -> BigInt;
    }

    diesel::define_sql_function! {
        #[sql_name = "app.free_report_holds"]
        fn free_report_holds(person: SqlUuid) -> Integer;
    }
}

#[derive(QueryableByName)]
struct Busy {
    #[diesel(sql_type = Timestamptz)]
    starts_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    ends_at: DateTime<Utc>,
}

/// When a report is elsewhere from `from` on, beside a visit that is being moved, and what limits
/// further visits of a kind. By what they are busy is not among it.
///
/// # Errors
/// What the database says.
pub async fn report_calendar(
    conn: &Connection,
    person: PersonId,
    appointment_type: AppointmentTypeId,
    from: DateTime<Utc>,
    moving: Option<AppointmentId>,
) -> QueryResult<PersonCalendar> {
    let (mut first, mut second, mut third) = (conn, conn, conn);
    let moved = moving.map(|id| id.0);
    let (busy, open, visits) = try_join3(
        diesel::sql_query("SELECT starts_at, ends_at FROM app.report_times($1, $2, $3)")
            .bind::<SqlUuid, _>(person.0)
            .bind::<Timestamptz, _>(from)
            .bind::<Nullable<SqlUuid>, _>(moved)
            .load::<Busy>(&mut first),
        diesel::select(app::report_open_visits(person.0, moved)).get_result::<i64>(&mut second),
        appointments::table
            .filter(appointments::person_id.eq(person.0))
            .filter(appointments::appointment_type_id.eq(appointment_type.0))
            .filter(appointments::starts_at.gt(from - chrono::TimeDelta::days(2)))
            .filter(appointments::state.ne_all(vec![
                State::Cancelled.as_str(),
                State::EnteredInError.as_str(),
            ]))
            .order(appointments::starts_at)
            .select((appointments::id, appointments::local_start))
            .load::<(Uuid, NaiveDateTime)>(&mut third),
    )
    .await?;
    Ok(PersonCalendar {
        busy: busy
            .into_iter()
            .map(|busy| {
                let stretch = Stretch {
                    from: busy.starts_at,
                    until: busy.ends_at,
                };
                (stretch, AppointmentId(Uuid::nil()))
            })
            .collect(),
        visits: visits
            .into_iter()
            .filter(|(id, _)| moved != Some(*id))
            .map(|(_, local)| (appointment_type, local.date()))
            .collect(),
        open: u16::try_from(open).unwrap_or(u16::MAX),
        // What a kind follows is not told to supervisors.
        ends: Vec::new(),
    })
}

/// Ends the time kept for a report, whoever kept it.
///
/// # Errors
/// What the database says.
pub async fn free_report_holds(mut conn: &Connection, person: PersonId) -> QueryResult<()> {
    diesel::select(app::free_report_holds(person.0))
        .get_result::<i32>(&mut conn)
        .await
        .map(drop)
}

/// Names of the providers among some resources, in no order.
///
/// # Errors
/// What the database says.
pub async fn provider_names(
    mut conn: &Connection,
    ids: &[ResourceId],
) -> QueryResult<Vec<(ResourceId, String)>> {
    let ids = planned(ids.iter().map(|id| id.0));
    let rows: Vec<(Uuid, String)> = resources::table
        .filter(resources::id.eq_any(ids))
        .filter(resources::kind.eq("provider"))
        .select((resources::id, resources::name))
        .load(&mut conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| (ResourceId(id), name))
        .collect())
}

/// A visit of a report, and what the rules about it need.
#[derive(Clone, Debug)]
pub struct ReportVisit {
    /// State, start, notices.
    pub rules: Appointment,
    /// Whose.
    pub person: PersonId,
    /// For which employer.
    pub employer: EmployerId,
    /// What kind.
    pub appointment_type: AppointmentTypeId,
    /// Where.
    pub location: LocationId,
    /// Where the person will be, if it is online.
    pub region: Option<Region>,
    /// Whether supervisors book this kind.
    pub bookable: bool,
    /// Counts the changes.
    pub version: i32,
}

type VisitRow = (
    (Uuid, Uuid, Uuid, (Uuid, Uuid), Option<String>),
    (String, DateTime<Utc>, i16, i32),
    (i16, i16, i16, bool),
);

/// One visit of a report that a supervisor may know of.
///
/// # Errors
/// What the database says.
pub async fn find_report_visit(
    mut conn: &Connection,
    id: AppointmentId,
) -> QueryResult<Option<ReportVisit>> {
    let row: Option<VisitRow> = appointments::table
        .inner_join(
            appointment_types::table.on(appointment_types::provider_org_id
                .eq(appointments::provider_org_id)
                .and(appointment_types::id.eq(appointments::appointment_type_id))),
        )
        .filter(appointments::id.eq(id.0))
        .select((
            (
                appointments::id,
                appointments::person_id,
                appointments::employer_id,
                (appointments::appointment_type_id, appointments::location_id),
                appointments::region,
            ),
            (
                appointments::state,
                appointments::starts_at,
                appointments::moves,
                appointments::version,
            ),
            (
                appointment_types::cancel_notice,
                appointment_types::move_notice,
                appointment_types::max_moves,
                appointment_types::supervisor_bookable,
            ),
        ))
        .first(&mut conn)
        .await
        .optional()?;
    row.map(visit).transpose()
}

/// One visit of a report of a kind that supervisors book, kept from changing until the end of the
/// transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_report_visit(
    conn: &mut Connection,
    id: AppointmentId,
) -> QueryResult<Option<ReportVisit>> {
    let locked: Option<Uuid> = appointments::table
        .filter(appointments::id.eq(id.0))
        .select(appointments::id)
        .for_update()
        .first(conn)
        .await
        .optional()?;
    match locked {
        Some(_) => find_report_visit(conn, id).await,
        None => Ok(None),
    }
}

fn visit(
    ((id, person, employer, (kind, location), at), (state, starts_at, made, version), notices): VisitRow,
) -> QueryResult<ReportVisit> {
    let (cancel, move_, most, bookable) = notices;
    Ok(ReportVisit {
        rules: report_rules(
            AppointmentId(id),
            (&state, starts_at),
            (cancel, move_),
            (made, most),
        )?,
        person: PersonId(person),
        employer: EmployerId(employer),
        appointment_type: AppointmentTypeId(kind),
        location: LocationId(location),
        region: at.as_deref().map(region).transpose()?,
        bookable,
        version,
    })
}
