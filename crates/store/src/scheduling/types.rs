//! Kinds of visits.

use super::overrides::{OverrideRow, overrides_of};
use super::{small, unknown};
use crate::database::{Connection, planned};
use crate::schema::{
    appointment_type_locations, appointment_type_needs, appointment_type_questionnaires,
    appointment_type_texts, appointment_types, questionnaires,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::try_join5;
use salus_domain::ids::{AppointmentTypeId, LocationId, QuestionnaireId, ResourceId};
use salus_domain::scheduling::appointment_type::Which;
use salus_domain::scheduling::{
    After, AppointmentType, Modality, Need, Notice, ResourceKind, Times, TimesException,
};
use uuid::Uuid;

/// A kind of visit with its names and texts.
#[derive(Clone, Debug)]
pub struct TypeRecord {
    /// The rules.
    pub rules: AppointmentType,
    /// Its short code; empty for whoever may know it by its public name only.
    pub code: String,
    /// Its clinical name; empty as the code.
    pub name: String,
    /// What people read, by language.
    pub texts: Vec<TypeText>,
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
    /// When it was deleted, if it was.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

/// What people read about a kind of visit, in one language.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = appointment_type_texts)]
pub struct TypeText {
    pub(super) appointment_type_id: Uuid,
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

impl TypeRecord {
    /// The texts in a language, else in English, else in any.
    #[must_use]
    pub fn text(&self, language: &str) -> Option<&TypeText> {
        let of = |wanted: &str| self.texts.iter().find(|text| text.language == wanted);
        of(language)
            .or_else(|| of("en"))
            .or_else(|| self.texts.as_slice().first())
    }

    /// The name everybody may know; the code where none was written.
    #[must_use]
    pub fn public_name(&self, language: &str) -> String {
        self.text(language)
            .map_or_else(|| self.code.clone(), |text| text.public_name.clone())
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = appointment_types)]
struct TypeRow {
    id: Uuid,
    code: String,
    name: String,
    duration: i16,
    shown_duration: i16,
    buffer_before: i16,
    buffer_after: i16,
    modalities: Vec<String>,
    employee_bookable: bool,
    supervisor_bookable: bool,
    visible_to_supervisor: bool,
    clinic_confirms: bool,
    min_notice_to_book: i16,
    cancel_notice: i16,
    move_notice: i16,
    max_moves: i16,
    max_per_day: i16,
    display_order: i16,
    bundle_order: i16,
    after_type_id: Option<Uuid>,
    after_least_hours: Option<i16>,
    after_most_hours: Option<i16>,
    fasting_hours: i16,
    colour: String,
    active: bool,
    deleted_at: Option<DateTime<Utc>>,
    version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = appointment_type_needs)]
pub(super) struct NeedRow {
    pub(super) appointment_type_id: Uuid,
    kind: String,
    skill: Option<String>,
    resource_id: Option<Uuid>,
    count: i16,
}

/// Every kind of visit, in the clinic's order.
///
/// # Errors
/// What the database says.
pub async fn list_types(mut conn: &Connection) -> QueryResult<Vec<TypeRecord>> {
    let rows = appointment_types::table
        .filter(appointment_types::deleted_at.is_null())
        .order((appointment_types::display_order, appointment_types::code))
        .select(TypeRow::as_select())
        .load(&mut conn)
        .await?;
    complete(conn, rows, None).await
}

/// Every kind of visit that was deleted, in the clinic's order.
///
/// # Errors
/// What the database says.
pub async fn deleted_types(mut conn: &Connection) -> QueryResult<Vec<TypeRecord>> {
    let rows = appointment_types::table
        .filter(appointment_types::deleted_at.is_not_null())
        .order((appointment_types::display_order, appointment_types::code))
        .select(TypeRow::as_select())
        .load(&mut conn)
        .await?;
    complete(conn, rows, None).await
}

/// One kind of visit with all of it, deleted or not.
///
/// # Errors
/// What the database says.
pub async fn whole_type(
    conn: &Connection,
    id: AppointmentTypeId,
) -> QueryResult<Option<TypeRecord>> {
    Ok(whole_types(conn, &[id]).await?.pop())
}

/// Kinds of visits with all of them, deleted or not, in no order.
///
/// # Errors
/// What the database says.
pub async fn whole_types(
    conn: &Connection,
    ids: &[AppointmentTypeId],
) -> QueryResult<Vec<TypeRecord>> {
    complete(conn, some(conn, ids).await?, None).await
}

/// Kinds of visits as they are shown, in no order; where they are offered is left out.
///
/// # Errors
/// What the database says.
pub async fn shown_types(
    conn: &Connection,
    ids: &[AppointmentTypeId],
) -> QueryResult<Vec<TypeRecord>> {
    complete(conn, some(conn, ids).await?, Some(&[])).await
}

async fn some(mut conn: &Connection, ids: &[AppointmentTypeId]) -> QueryResult<Vec<TypeRow>> {
    let ids = planned(ids.iter().map(|id| id.0));
    appointment_types::table
        .filter(appointment_types::id.eq_any(ids))
        .select(TypeRow::as_select())
        .load(&mut conn)
        .await
}

/// One kind of visit; of the places it is offered at, those among `places`.
///
/// # Errors
/// What the database says.
pub async fn find_type(
    mut conn: &Connection,
    id: AppointmentTypeId,
    places: &[LocationId],
) -> QueryResult<Option<TypeRecord>> {
    let rows = appointment_types::table
        .filter(appointment_types::id.eq(id.0))
        .filter(appointment_types::deleted_at.is_null())
        .select(TypeRow::as_select())
        .load(&mut conn)
        .await?;
    let places = planned(places.iter().map(|id| id.0));
    Ok(complete(conn, rows, Some(&places)).await?.pop())
}

/// The questionnaire with a key.
///
/// # Errors
/// What the database says.
pub async fn questionnaire_by_key(
    conn: &mut Connection,
    key: &str,
) -> QueryResult<Option<QuestionnaireId>> {
    let id: Option<Uuid> = questionnaires::table
        .filter(questionnaires::key.eq(key))
        .select(questionnaires::id)
        .first(conn)
        .await
        .optional()?;
    Ok(id.map(QuestionnaireId))
}

/// Adds texts, needs, places and forms; the places only among those named, if any are.
async fn complete(
    conn: &Connection,
    rows: Vec<TypeRow>,
    among: Option<&[Uuid]>,
) -> QueryResult<Vec<TypeRecord>> {
    let ids = planned(rows.iter().map(|row| row.id));
    // Sent together: one round trip for the five of them.
    let (mut first, mut second, mut third, mut fourth) = (conn, conn, conn, conn);
    let (texts, needs, locations, questionnaires, overrides) = try_join5(
        appointment_type_texts::table
            .filter(appointment_type_texts::appointment_type_id.eq_any(&ids))
            .order(appointment_type_texts::language)
            .select(TypeText::as_select())
            .load(&mut first),
        appointment_type_needs::table
            .filter(appointment_type_needs::appointment_type_id.eq_any(&ids))
            .order(appointment_type_needs::position)
            .select(NeedRow::as_select())
            .load(&mut second),
        async {
            let offered = appointment_type_locations::table
                .filter(appointment_type_locations::appointment_type_id.eq_any(&ids))
                .order(appointment_type_locations::location_id)
                .select((
                    appointment_type_locations::appointment_type_id,
                    appointment_type_locations::location_id,
                ));
            match among {
                None => offered.load::<(Uuid, Uuid)>(&mut third).await,
                Some([]) => Ok(Vec::new()),
                Some(places) => {
                    offered
                        .filter(appointment_type_locations::location_id.eq_any(places))
                        .load(&mut third)
                        .await
                }
            }
        },
        appointment_type_questionnaires::table
            .filter(appointment_type_questionnaires::appointment_type_id.eq_any(&ids))
            .order(appointment_type_questionnaires::position)
            .select((
                appointment_type_questionnaires::appointment_type_id,
                appointment_type_questionnaires::questionnaire_id,
            ))
            .load::<(Uuid, Uuid)>(&mut fourth),
        async {
            // What is only shown takes no time.
            if among.is_some_and(<[Uuid]>::is_empty) {
                return Ok(Vec::new());
            }
            overrides_of(conn, &ids).await
        },
    )
    .await?;
    rows.into_iter()
        .map(|row| {
            let of_type = row.id;
            Ok(TypeRecord {
                texts: texts
                    .iter()
                    .filter(|text| text.appointment_type_id == of_type)
                    .cloned()
                    .collect(),
                questionnaires: questionnaires
                    .iter()
                    .filter(|(id, _)| *id == of_type)
                    .map(|(_, questionnaire)| QuestionnaireId(*questionnaire))
                    .collect(),
                code: row.code.clone(),
                name: row.name.clone(),
                fasting_hours: small(row.fasting_hours)?,
                max_moves: small(row.max_moves)?,
                display_order: small(row.display_order)?,
                colour: row.colour.clone(),
                deleted_at: row.deleted_at,
                version: row.version,
                rules: row.into_rules(
                    needs
                        .iter()
                        .filter(|need| need.appointment_type_id == of_type)
                        .map(NeedRow::to_need)
                        .collect::<QueryResult<_>>()?,
                    locations
                        .iter()
                        .filter(|(id, _)| *id == of_type)
                        .map(|(_, location)| LocationId(*location))
                        .collect(),
                    overrides
                        .iter()
                        .filter(|row| row.appointment_type_id == of_type)
                        .map(OverrideRow::rules)
                        .collect::<QueryResult<_>>()?,
                )?,
            })
        })
        .collect()
}

impl TypeRow {
    fn into_rules(
        self,
        needs: Vec<Need>,
        locations: Vec<LocationId>,
        exceptions: Vec<TimesException>,
    ) -> QueryResult<AppointmentType> {
        let after = match (
            self.after_type_id,
            self.after_least_hours,
            self.after_most_hours,
        ) {
            (Some(kind), Some(least), Some(most)) => Some(After {
                kind: AppointmentTypeId(kind),
                least_hours: small(least)?,
                most_hours: small(most)?,
            }),
            _ => None,
        };
        Ok(AppointmentType {
            id: AppointmentTypeId(self.id),
            times: Times {
                duration: small(self.duration)?,
                shown_duration: small(self.shown_duration)?,
                buffer_before: small(self.buffer_before)?,
                buffer_after: small(self.buffer_after)?,
            },
            exceptions,
            modalities: self
                .modalities
                .iter()
                .map(|word| Modality::parse(word).ok_or_else(|| unknown("modality", word)))
                .collect::<QueryResult<_>>()?,
            needs,
            locations,
            employee_bookable: self.employee_bookable,
            supervisor_bookable: self.supervisor_bookable,
            visible_to_supervisor: self.visible_to_supervisor,
            clinic_confirms: self.clinic_confirms,
            min_notice_to_book: small(self.min_notice_to_book)?,
            notice: Notice {
                cancel: small(self.cancel_notice)?,
                move_: small(self.move_notice)?,
            },
            max_per_day: small(self.max_per_day)?,
            bundle_order: small(self.bundle_order)?,
            after,
            active: self.active,
        })
    }
}

impl NeedRow {
    pub(super) fn to_need(&self) -> QueryResult<Need> {
        Ok(Need {
            kind: ResourceKind::parse(&self.kind)
                .ok_or_else(|| unknown("resource kind", &self.kind))?,
            which: match (&self.skill, self.resource_id) {
                (Some(skill), _) => Which::Skilled(skill.clone()),
                (None, Some(id)) => Which::Named(ResourceId(id)),
                (None, None) => Which::Any,
            },
            count: small(self.count)?,
        })
    }
}
