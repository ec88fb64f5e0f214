//! What a clinic sets up.

use super::book::{BlackoutRow, ScheduleRow, complete};
use super::{modality_word, unknown};
use crate::database::Connection;
use crate::schema::{
    appointment_type_locations, appointment_type_needs, appointment_type_questionnaires,
    appointment_type_texts, appointment_types, blackouts, cancel_reason_texts, cancel_reasons,
    resources, schedule_types, schedule_windows, schedules,
};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, LocationId, ProviderOrgId, QuestionnaireId, ResourceId};
use salus_domain::scheduling::appointment_type::Which;
use salus_domain::scheduling::{
    AppointmentType, Audience, Blackout, Pattern, Resource, ResourceKind, Schedule, Span, Target,
    TypeScope, Window,
};
use uuid::Uuid;

/// A resource as the clinic sets it up.
#[derive(Clone, Debug)]
pub struct ResourceRecord {
    /// Kind, skills, home.
    pub rules: Resource,
    /// Its name.
    pub name: String,
    /// Whether it is in use.
    pub active: bool,
    /// Counts the changes.
    pub version: i32,
}

/// Every resource: providers, then rooms, then equipment, by name.
///
/// # Errors
/// What the database says.
pub async fn list_resources(conn: &mut Connection) -> QueryResult<Vec<ResourceRecord>> {
    type Row = (Uuid, String, String, Vec<String>, Uuid, bool, i32);
    let rows: Vec<Row> = resources::table
        .order((resources::kind, resources::name, resources::id))
        .select((
            resources::id,
            resources::kind,
            resources::name,
            resources::skills,
            resources::home_location_id,
            resources::active,
            resources::version,
        ))
        .load(conn)
        .await?;
    let mut answer = rows
        .into_iter()
        .map(|(id, kind, name, skills, home, active, version)| {
            Ok(ResourceRecord {
                rules: Resource {
                    id: ResourceId(id),
                    kind: ResourceKind::parse(&kind)
                        .ok_or_else(|| unknown("resource kind", &kind))?,
                    skills,
                    home_location: LocationId(home),
                },
                name,
                active,
                version,
            })
        })
        .collect::<QueryResult<Vec<_>>>()?;
    answer.sort_by_key(|record| record.rules.kind);
    Ok(answer)
}

/// A schedule and its version.
#[derive(Clone, Debug)]
pub struct ScheduleRecord {
    /// Whose time, where, when.
    pub rules: Schedule,
    /// Counts the changes.
    pub version: i32,
}

/// The schedules in force, at one location or everywhere, by resource and first date.
///
/// # Errors
/// What the database says.
pub async fn list_schedules(
    conn: &mut Connection,
    location: Option<LocationId>,
) -> QueryResult<Vec<ScheduleRecord>> {
    let mut query = schedules::table
        .filter(schedules::deleted_at.is_null())
        .order((
            schedules::resource_id,
            schedules::effective_from,
            schedules::id,
        ))
        .select(ScheduleRow::as_select())
        .into_boxed();
    if let Some(location) = location {
        query = query.filter(schedules::location_id.eq(location.0));
    }
    let rows: Vec<ScheduleRow> = query.load(conn).await?;
    let versions: Vec<i32> = rows.iter().map(|row| row.version).collect();
    let rules = complete(conn, rows).await?;
    Ok(rules
        .into_iter()
        .zip(versions)
        .map(|(rules, version)| ScheduleRecord { rules, version })
        .collect())
}

/// A blackout, its reason and its version.
#[derive(Clone, Debug)]
pub struct BlackoutRecord {
    /// Who is away and when.
    pub rules: Blackout,
    /// Why; staff only.
    pub reason: String,
    /// From this wall-clock time.
    pub starts_local: NaiveDateTime,
    /// To this wall-clock time.
    pub ends_local: NaiveDateTime,
    /// Counts the changes.
    pub version: i32,
}

/// The blackouts in force, the earliest first; those of one location and of everybody, or all.
///
/// # Errors
/// What the database says.
pub async fn list_blackouts(
    conn: &mut Connection,
    location: Option<LocationId>,
) -> QueryResult<Vec<BlackoutRecord>> {
    let mut query = blackouts::table
        .filter(blackouts::deleted_at.is_null())
        .order((blackouts::starts_local, blackouts::id))
        .select(BlackoutRow::as_select())
        .into_boxed();
    if let Some(location) = location {
        query = query.filter(
            blackouts::location_id
                .is_null()
                .or(blackouts::location_id.eq(location.0)),
        );
    }
    let rows: Vec<BlackoutRow> = query.load(conn).await?;
    rows.iter()
        .map(|row| {
            Ok(BlackoutRecord {
                rules: row.to_blackout()?,
                reason: row.reason.clone(),
                starts_local: row.starts_local,
                ends_local: row.ends_local,
                version: row.version,
            })
        })
        .collect()
}

/// A resource to set up.
#[derive(Clone, Debug)]
pub struct NewResource {
    /// Kind, skills, home.
    pub rules: Resource,
    /// Its name.
    pub name: String,
    /// A provider's account.
    pub account: Option<AccountId>,
}

/// Sets a resource up.
///
/// # Errors
/// What the database says.
pub async fn insert_resource(
    conn: &mut Connection,
    org: ProviderOrgId,
    new: &NewResource,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(resources::table)
        .values((
            resources::id.eq(new.rules.id.0),
            resources::provider_org_id.eq(org.0),
            resources::kind.eq(new.rules.kind.as_str()),
            resources::name.eq(&new.name),
            resources::account_id.eq(new.account.map(|id| id.0)),
            resources::skills.eq(&new.rules.skills),
            resources::home_location_id.eq(new.rules.home_location.0),
            resources::created_at.eq(now),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// A kind of visit to set up.
#[derive(Clone, Debug)]
pub struct NewType {
    /// The rules.
    pub rules: AppointmentType,
    /// Its short code.
    pub code: String,
    /// Its clinical name.
    pub name: String,
    /// What people read.
    pub texts: Vec<NewTypeText>,
    /// Forms handed over at booking.
    pub questionnaires: Vec<QuestionnaireId>,
    /// Hours with nothing but water before.
    pub fasting_hours: u8,
    /// Its place in lists.
    pub display_order: u8,
    /// The colour on the calendar.
    pub colour: String,
}

/// What people read about a kind of visit, in one language.
#[derive(Clone, Debug)]
pub struct NewTypeText {
    /// Language tag.
    pub language: String,
    /// The name everybody may know.
    pub public_name: String,
    /// Preparation in short.
    pub prep_public: String,
    /// Preparation in full.
    pub prep_full: String,
    /// What to bring, line by line.
    pub bring: Vec<String>,
}

fn stored<T: TryInto<i16>>(value: T) -> QueryResult<i16> {
    value.try_into().map_err(|_| unknown("number", "too large"))
}

/// Sets a kind of visit up, with its texts, needs and locations.
///
/// # Errors
/// What the database says.
pub async fn insert_type(
    conn: &mut Connection,
    org: ProviderOrgId,
    new: &NewType,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let rules = &new.rules;
    let modalities: Vec<&str> = rules.modalities.iter().map(|m| m.as_str()).collect();
    diesel::insert_into(appointment_types::table)
        .values((
            (
                appointment_types::id.eq(rules.id.0),
                appointment_types::provider_org_id.eq(org.0),
                appointment_types::code.eq(&new.code),
                appointment_types::name.eq(&new.name),
                appointment_types::duration.eq(stored(rules.times.duration)?),
                appointment_types::shown_duration.eq(stored(rules.times.shown_duration)?),
                appointment_types::buffer_before.eq(stored(rules.times.buffer_before)?),
                appointment_types::buffer_after.eq(stored(rules.times.buffer_after)?),
                appointment_types::modalities.eq(modalities),
            ),
            (
                appointment_types::employee_bookable.eq(rules.employee_bookable),
                appointment_types::supervisor_bookable.eq(rules.supervisor_bookable),
                appointment_types::visible_to_supervisor.eq(rules.visible_to_supervisor),
                appointment_types::clinic_confirms.eq(rules.clinic_confirms),
                appointment_types::min_notice_to_book.eq(stored(rules.min_notice_to_book)?),
                appointment_types::cancel_notice.eq(stored(rules.notice.cancel)?),
                appointment_types::move_notice.eq(stored(rules.notice.move_)?),
                appointment_types::max_per_day.eq(stored(rules.max_per_day)?),
            ),
            appointment_types::fasting_hours.eq(stored(new.fasting_hours)?),
            appointment_types::display_order.eq(stored(new.display_order)?),
            appointment_types::colour.eq(&new.colour),
            appointment_types::active.eq(rules.active),
            appointment_types::created_at.eq(now),
        ))
        .execute(conn)
        .await?;
    let texts: Vec<_> = new
        .texts
        .iter()
        .map(|text| {
            (
                appointment_type_texts::provider_org_id.eq(org.0),
                appointment_type_texts::appointment_type_id.eq(rules.id.0),
                appointment_type_texts::language.eq(&text.language),
                appointment_type_texts::public_name.eq(&text.public_name),
                appointment_type_texts::prep_public.eq(&text.prep_public),
                appointment_type_texts::prep_full.eq(&text.prep_full),
                appointment_type_texts::bring.eq(&text.bring),
            )
        })
        .collect();
    diesel::insert_into(appointment_type_texts::table)
        .values(texts)
        .execute(conn)
        .await?;
    let needs = rules
        .needs
        .iter()
        .zip(0_i16..)
        .map(|(need, position)| {
            let (skill, resource) = match &need.which {
                Which::Any => (None, None),
                Which::Skilled(skill) => (Some(skill.clone()), None),
                Which::Named(id) => (None, Some(id.0)),
            };
            Ok((
                appointment_type_needs::id.eq(Uuid::now_v7()),
                appointment_type_needs::provider_org_id.eq(org.0),
                appointment_type_needs::appointment_type_id.eq(rules.id.0),
                appointment_type_needs::position.eq(position),
                appointment_type_needs::kind.eq(need.kind.as_str()),
                appointment_type_needs::skill.eq(skill),
                appointment_type_needs::resource_id.eq(resource),
                appointment_type_needs::count.eq(stored(need.count)?),
            ))
        })
        .collect::<QueryResult<Vec<_>>>()?;
    diesel::insert_into(appointment_type_needs::table)
        .values(needs)
        .execute(conn)
        .await?;
    let places: Vec<_> = rules
        .locations
        .iter()
        .map(|location| {
            (
                appointment_type_locations::provider_org_id.eq(org.0),
                appointment_type_locations::appointment_type_id.eq(rules.id.0),
                appointment_type_locations::location_id.eq(location.0),
            )
        })
        .collect();
    diesel::insert_into(appointment_type_locations::table)
        .values(places)
        .execute(conn)
        .await?;
    let forms: Vec<_> = new
        .questionnaires
        .iter()
        .zip(0_i16..)
        .map(|(questionnaire, position)| {
            (
                appointment_type_questionnaires::provider_org_id.eq(org.0),
                appointment_type_questionnaires::appointment_type_id.eq(rules.id.0),
                appointment_type_questionnaires::questionnaire_id.eq(questionnaire.0),
                appointment_type_questionnaires::position.eq(position),
            )
        })
        .collect();
    diesel::insert_into(appointment_type_questionnaires::table)
        .values(forms)
        .execute(conn)
        .await
        .map(drop)
}

/// A schedule to set up.
#[derive(Clone, Debug)]
pub struct NewSchedule {
    /// Whose time, where, when.
    pub rules: Schedule,
}

/// Sets a schedule up, with its windows and types.
///
/// # Errors
/// What the database says.
pub async fn insert_schedule(
    conn: &mut Connection,
    org: ProviderOrgId,
    new: &NewSchedule,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let rules = &new.rules;
    let audience: Vec<&str> = rules.audience.iter().map(|a| a.as_str()).collect();
    let weeks = match &rules.pattern {
        Pattern::Weekly { every_n_weeks, .. } => Some(i16::from(*every_n_weeks)),
        Pattern::Dates(_) => None,
    };
    diesel::insert_into(schedules::table)
        .values((
            (
                schedules::id.eq(rules.id.0),
                schedules::provider_org_id.eq(org.0),
                schedules::resource_id.eq(rules.resource_id.0),
                schedules::location_id.eq(rules.location_id.0),
                schedules::modality.eq(modality_word(rules.modality)),
                schedules::all_types.eq(rules.types == TypeScope::All),
                schedules::effective_from.eq(rules.effective_from),
                schedules::effective_until.eq(rules.effective_until),
                schedules::every_n_weeks.eq(weeks),
            ),
            schedules::interval_minutes.eq(stored(rules.interval)?),
            schedules::offset_minutes.eq(stored(rules.offset)?),
            schedules::capacity.eq(stored(rules.capacity)?),
            schedules::daily_cap.eq(rules.daily_cap.map(stored).transpose()?),
            schedules::overbook.eq(stored(rules.overbook)?),
            schedules::opens_at.eq(rules.opens_at),
            schedules::audience.eq(audience),
            schedules::priority.eq(stored(rules.priority)?),
            schedules::created_at.eq(now),
        ))
        .execute(conn)
        .await?;
    let windows: Vec<(Option<i16>, Option<chrono::NaiveDate>, Window)> = match &rules.pattern {
        Pattern::Weekly { windows, .. } => windows
            .iter()
            .map(|weekly| {
                let iso = weekly.weekday.number_from_monday();
                Ok((Some(stored(iso)?), None, weekly.window))
            })
            .collect::<QueryResult<_>>()?,
        Pattern::Dates(dates) => dates
            .iter()
            .map(|(date, window)| (None, Some(*date), *window))
            .collect(),
    };
    let windows = windows
        .into_iter()
        .map(|(weekday, on_date, window)| {
            Ok((
                schedule_windows::id.eq(Uuid::now_v7()),
                schedule_windows::provider_org_id.eq(org.0),
                schedule_windows::schedule_id.eq(rules.id.0),
                schedule_windows::weekday.eq(weekday),
                schedule_windows::on_date.eq(on_date),
                schedule_windows::start_minute.eq(stored(window.start_minute())?),
                schedule_windows::end_minute.eq(stored(window.end_minute())?),
            ))
        })
        .collect::<QueryResult<Vec<_>>>()?;
    diesel::insert_into(schedule_windows::table)
        .values(windows)
        .execute(conn)
        .await?;
    if let TypeScope::Only(types) = &rules.types {
        let types: Vec<_> = types
            .iter()
            .map(|id| {
                (
                    schedule_types::provider_org_id.eq(org.0),
                    schedule_types::schedule_id.eq(rules.id.0),
                    schedule_types::appointment_type_id.eq(id.0),
                )
            })
            .collect();
        diesel::insert_into(schedule_types::table)
            .values(types)
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// A blackout to set up.
#[derive(Clone, Debug)]
pub struct NewBlackout {
    /// Who is away and when.
    pub rules: Blackout,
    /// Why; staff only.
    pub reason: String,
    /// Who says so.
    pub created_by: Option<AccountId>,
}

/// Sets a blackout up.
///
/// # Errors
/// What the database says.
pub async fn insert_blackout(
    conn: &mut Connection,
    org: ProviderOrgId,
    new: &NewBlackout,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let midnight = chrono::NaiveTime::MIN;
    let (from, until, whole_days) = match new.rules.span {
        Span::Times(from, until) => (from, until, false),
        Span::Dates(first, last) => (first.and_time(midnight), last.and_time(midnight), true),
    };
    let (resource, location) = match new.rules.target {
        Target::Resource(id) => (Some(id.0), None),
        Target::Location(id) => (None, Some(id.0)),
        Target::Organization => (None, None),
    };
    diesel::insert_into(blackouts::table)
        .values((
            blackouts::id.eq(new.rules.id.0),
            blackouts::provider_org_id.eq(org.0),
            blackouts::resource_id.eq(resource),
            blackouts::location_id.eq(location),
            blackouts::starts_local.eq(from),
            blackouts::ends_local.eq(until),
            blackouts::whole_days.eq(whole_days),
            blackouts::modality.eq(modality_word(new.rules.modality)),
            blackouts::reason.eq(&new.reason),
            blackouts::yearly.eq(new.rules.yearly),
            blackouts::created_at.eq(now),
            blackouts::created_by.eq(new.created_by.map(|id| id.0)),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// A cancel reason to set up.
#[derive(Clone, Debug)]
pub struct NewCancelReason {
    /// Its code.
    pub code: String,
    /// Who may give it.
    pub used_by: Vec<Audience>,
    /// Whether it means that the person did not come.
    pub no_show: bool,
    /// Whether a sentence is wanted with it.
    pub wants_text: bool,
    /// Its place in lists.
    pub position: u8,
    /// Language and label.
    pub labels: Vec<(String, String)>,
}

/// Sets a cancel reason up.
///
/// # Errors
/// What the database says.
pub async fn insert_cancel_reason(
    conn: &mut Connection,
    org: ProviderOrgId,
    id: Uuid,
    new: &NewCancelReason,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let used_by: Vec<&str> = new.used_by.iter().map(|a| a.as_str()).collect();
    diesel::insert_into(cancel_reasons::table)
        .values((
            cancel_reasons::id.eq(id),
            cancel_reasons::provider_org_id.eq(org.0),
            cancel_reasons::code.eq(&new.code),
            cancel_reasons::used_by.eq(used_by),
            cancel_reasons::no_show.eq(new.no_show),
            cancel_reasons::wants_text.eq(new.wants_text),
            cancel_reasons::position.eq(stored(new.position)?),
            cancel_reasons::created_at.eq(now),
        ))
        .execute(conn)
        .await?;
    let labels: Vec<_> = new
        .labels
        .iter()
        .map(|(language, label)| {
            (
                cancel_reason_texts::provider_org_id.eq(org.0),
                cancel_reason_texts::cancel_reason_id.eq(id),
                cancel_reason_texts::language.eq(language),
                cancel_reason_texts::label.eq(label),
            )
        })
        .collect();
    diesel::insert_into(cancel_reason_texts::table)
        .values(labels)
        .execute(conn)
        .await
        .map(drop)
}
