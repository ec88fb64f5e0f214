//! What a clinic sets up.

use super::unknown;
use crate::database::Connection;
use crate::schema::{
    appointment_type_locations, appointment_type_needs, appointment_type_questionnaires,
    appointment_type_texts, appointment_types, cancel_reason_texts, cancel_reasons, resources,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, LocationId, ProviderOrgId, QuestionnaireId, ResourceId};
use salus_domain::scheduling::appointment_type::Which;
use salus_domain::scheduling::{AppointmentType, Audience, Resource, ResourceKind};
use uuid::Uuid;

/// A resource as the clinic sets it up.
#[derive(Clone, Debug)]
pub struct ResourceRecord {
    /// Kind, skills, home.
    pub rules: Resource,
    /// Its name.
    pub name: String,
    /// A provider's account.
    pub account: Option<AccountId>,
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
    type Row = (
        Uuid,
        String,
        String,
        Vec<String>,
        Uuid,
        Option<Uuid>,
        bool,
        i32,
    );
    let rows: Vec<Row> = resources::table
        .order((resources::kind, resources::name, resources::id))
        .select((
            resources::id,
            resources::kind,
            resources::name,
            resources::skills,
            resources::home_location_id,
            resources::account_id,
            resources::active,
            resources::version,
        ))
        .load(conn)
        .await?;
    let mut answer = rows
        .into_iter()
        .map(|(id, kind, name, skills, home, account, active, version)| {
            Ok(ResourceRecord {
                rules: Resource {
                    id: ResourceId(id),
                    kind: ResourceKind::parse(&kind)
                        .ok_or_else(|| unknown("resource kind", &kind))?,
                    skills,
                    home_location: LocationId(home),
                },
                name,
                account: account.map(AccountId),
                active,
                version,
            })
        })
        .collect::<QueryResult<Vec<_>>>()?;
    answer.sort_by_key(|record| record.rules.kind);
    Ok(answer)
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

pub(super) fn stored<T: TryInto<i16>>(value: T) -> QueryResult<i16> {
    value.try_into().map_err(|_| unknown("number", "too large"))
}

/// The settings of a kind of visit that can be changed later.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = appointment_types)]
pub(super) struct TypeSettings<'a> {
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
    max_per_day: i16,
    fasting_hours: i16,
    colour: &'a str,
    active: bool,
}

impl<'a> TypeSettings<'a> {
    pub(super) fn of(
        rules: &AppointmentType,
        name: &'a str,
        fasting_hours: u8,
        colour: &'a str,
    ) -> QueryResult<Self> {
        Ok(Self {
            name,
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
            max_per_day: stored(rules.max_per_day)?,
            fasting_hours: stored(fasting_hours)?,
            colour,
            active: rules.active,
        })
    }
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
    let settings = TypeSettings::of(rules, &new.name, new.fasting_hours, &new.colour)?;
    diesel::insert_into(appointment_types::table)
        .values((
            settings,
            appointment_types::id.eq(rules.id.0),
            appointment_types::provider_org_id.eq(org.0),
            appointment_types::code.eq(&new.code),
            appointment_types::display_order.eq(stored(new.display_order)?),
            (
                appointment_types::bundle_order.eq(stored(rules.bundle_order)?),
                appointment_types::after_type_id.eq(rules.after.map(|after| after.kind.0)),
                appointment_types::after_least_hours.eq(rules
                    .after
                    .map(|after| stored(after.least_hours))
                    .transpose()?),
                appointment_types::after_most_hours.eq(rules
                    .after
                    .map(|after| stored(after.most_hours))
                    .transpose()?),
            ),
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
