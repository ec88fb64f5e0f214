//! Setting kinds of visits up, and saving them as they become.

use super::unknown;
use crate::database::Connection;
use crate::schema::{
    appointment_type_locations, appointment_type_needs, appointment_type_questionnaires,
    appointment_type_texts, appointment_types,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{ProviderOrgId, QuestionnaireId};
use salus_domain::scheduling::AppointmentType;
use salus_domain::scheduling::appointment_type::Which;
use uuid::Uuid;

/// A kind of visit to set up, or as it becomes.
#[derive(Clone, Debug)]
pub struct NewType {
    /// The rules.
    pub rules: AppointmentType,
    /// Its short code; it stays.
    pub code: String,
    /// Its clinical name.
    pub name: String,
    /// What people read.
    pub texts: Vec<NewTypeText>,
    /// Forms handed over at booking.
    pub questionnaires: Vec<QuestionnaireId>,
    /// Hours with nothing but water before.
    pub fasting_hours: u8,
    /// How often a portal user may move a visit.
    pub max_moves: u8,
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

pub(super) fn stored<T: TryInto<i16>>(value: T) -> QueryResult<i16> {
    value.try_into().map_err(|_| unknown("number", "too large"))
}

/// The columns of a kind of visit that a save sets.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = appointment_types, treat_none_as_null = true)]
struct Saved<'a> {
    name: &'a str,
    duration: i16,
    shown_duration: i16,
    buffer_before: i16,
    buffer_after: i16,
    modalities: Vec<&'static str>,
    employee_bookable: bool,
    supervisor_bookable: bool,
    visible_to_supervisor: bool,
    clinic_confirms: bool,
    min_notice_to_book: i16,
    cancel_notice: i16,
    move_notice: i16,
    max_moves: i16,
    max_per_day: i16,
    fasting_hours: i16,
    display_order: i16,
    colour: &'a str,
    active: bool,
    bundle_order: i16,
    after_type_id: Option<Uuid>,
    after_least_hours: Option<i16>,
    after_most_hours: Option<i16>,
}

impl<'a> Saved<'a> {
    fn of(new: &'a NewType) -> QueryResult<Self> {
        let rules = &new.rules;
        let after = rules.after;
        Ok(Self {
            name: &new.name,
            duration: stored(rules.times.duration)?,
            shown_duration: stored(rules.times.shown_duration)?,
            buffer_before: stored(rules.times.buffer_before)?,
            buffer_after: stored(rules.times.buffer_after)?,
            modalities: rules.modalities.iter().map(|m| m.as_str()).collect(),
            employee_bookable: rules.employee_bookable,
            supervisor_bookable: rules.supervisor_bookable,
            visible_to_supervisor: rules.visible_to_supervisor,
            clinic_confirms: rules.clinic_confirms,
            min_notice_to_book: stored(rules.min_notice_to_book)?,
            cancel_notice: stored(rules.notice.cancel)?,
            move_notice: stored(rules.notice.move_)?,
            max_moves: stored(new.max_moves)?,
            max_per_day: stored(rules.max_per_day)?,
            fasting_hours: stored(new.fasting_hours)?,
            display_order: stored(new.display_order)?,
            colour: &new.colour,
            active: rules.active,
            bundle_order: stored(rules.bundle_order)?,
            after_type_id: after.map(|after| after.kind.0),
            after_least_hours: after.map(|after| stored(after.least_hours)).transpose()?,
            after_most_hours: after.map(|after| stored(after.most_hours)).transpose()?,
        })
    }
}

/// Sets a kind of visit up, with its texts, needs, locations and forms.
///
/// # Errors
/// What the database says.
pub async fn insert_type(
    conn: &mut Connection,
    org: ProviderOrgId,
    new: &NewType,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(appointment_types::table)
        .values((
            Saved::of(new)?,
            appointment_types::id.eq(new.rules.id.0),
            appointment_types::provider_org_id.eq(org.0),
            appointment_types::code.eq(&new.code),
            appointment_types::created_at.eq(now),
        ))
        .execute(conn)
        .await?;
    insert_parts(conn, org, new).await
}

/// Saves a kind of visit, with its texts, needs, locations and forms; its code stays.
///
/// # Errors
/// What the database says.
pub async fn save_type(
    conn: &mut Connection,
    org: ProviderOrgId,
    new: &NewType,
) -> QueryResult<()> {
    let id = new.rules.id.0;
    diesel::update(appointment_types::table.filter(appointment_types::id.eq(id)))
        .set((
            Saved::of(new)?,
            appointment_types::version.eq(appointment_types::version + 1),
        ))
        .execute(conn)
        .await?;
    let texts = appointment_type_texts::appointment_type_id.eq(id);
    diesel::delete(appointment_type_texts::table.filter(texts))
        .execute(conn)
        .await?;
    let needs = appointment_type_needs::appointment_type_id.eq(id);
    diesel::delete(appointment_type_needs::table.filter(needs))
        .execute(conn)
        .await?;
    let places = appointment_type_locations::appointment_type_id.eq(id);
    diesel::delete(appointment_type_locations::table.filter(places))
        .execute(conn)
        .await?;
    let forms = appointment_type_questionnaires::appointment_type_id.eq(id);
    diesel::delete(appointment_type_questionnaires::table.filter(forms))
        .execute(conn)
        .await?;
    insert_parts(conn, org, new).await
}

async fn insert_parts(conn: &mut Connection, org: ProviderOrgId, new: &NewType) -> QueryResult<()> {
    let rules = &new.rules;
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
