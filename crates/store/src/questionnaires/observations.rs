//! Observations made from answers.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use salus_domain::access::Allowed;
use salus_domain::ids::ResponseId;
use uuid::Uuid;

use super::ResponseRow;
use crate::database::Connection;
use crate::schema::observations;

/// An observation to keep; exactly one of its values is set.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = observations)]
pub struct NewObservation {
    /// Its id: the place a text is sealed for.
    pub id: Uuid,
    /// The tenant.
    pub provider_org_id: Uuid,
    /// The person's employer.
    pub employer_id: Uuid,
    /// Whom it is about.
    pub person_id: Uuid,
    /// Whose record it is.
    pub owner: String,
    /// Under which rules.
    pub governance: String,
    /// The response it comes from.
    pub response_id: Option<Uuid>,
    /// The item it comes from.
    pub link_id: Option<String>,
    /// `loinc` or `local`.
    pub system: String,
    /// The code in that system.
    pub code: String,
    /// Name of the observation.
    pub display: String,
    /// `preliminary`, `final`, …
    pub status: String,
    /// An exact number.
    pub value_decimal: Option<String>,
    /// UCUM code of its unit.
    pub value_unit: Option<String>,
    /// True or false.
    pub value_bool: Option<bool>,
    /// A date.
    pub value_date: Option<NaiveDate>,
    /// Codes of options.
    pub value_codes: Option<Vec<String>>,
    /// A text, sealed.
    pub value_text_sealed: Option<Vec<u8>>,
    /// When it was observed.
    pub observed_at: DateTime<Utc>,
    /// Now.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: Option<Uuid>,
}

/// Keeps an observation; the same answer always writes the same one.
///
/// # Errors
/// What the database says.
pub async fn save_observation(
    mut conn: &Connection,
    _response: &Allowed<ResponseRow>,
    new: &NewObservation,
) -> QueryResult<()> {
    diesel::insert_into(observations::table)
        .values(new)
        .on_conflict((
            observations::provider_org_id,
            observations::response_id,
            observations::link_id,
            observations::instance,
        ))
        .filter_target(observations::response_id.is_not_null())
        .do_update()
        .set((
            observations::status.eq(excluded(observations::status)),
            observations::value_decimal.eq(excluded(observations::value_decimal)),
            observations::value_unit.eq(excluded(observations::value_unit)),
            observations::value_bool.eq(excluded(observations::value_bool)),
            observations::value_date.eq(excluded(observations::value_date)),
            observations::value_codes.eq(excluded(observations::value_codes)),
            observations::value_text_sealed.eq(excluded(observations::value_text_sealed)),
            observations::version.eq(observations::version + 1),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Makes a response's preliminary observations final.
///
/// # Errors
/// What the database says.
pub async fn finish_observations(
    conn: &mut Connection,
    response: &Allowed<ResponseRow>,
) -> QueryResult<()> {
    let preliminary = observations::table
        .filter(observations::response_id.eq(response.get().id))
        .filter(observations::status.eq("preliminary"));
    diesel::update(preliminary)
        .set((
            observations::status.eq("final"),
            observations::version.eq(observations::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// An observation.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = observations)]
pub struct ObservationRow {
    /// Its id.
    pub id: Uuid,
    /// The item it comes from.
    pub link_id: Option<String>,
    /// `loinc` or `local`.
    pub system: String,
    /// The code in that system.
    pub code: String,
    /// Name of the observation.
    pub display: String,
    /// How sure it is.
    pub status: String,
    /// An exact number.
    pub value_decimal: Option<String>,
    /// UCUM code of its unit.
    pub value_unit: Option<String>,
    /// True or false.
    pub value_bool: Option<bool>,
    /// A date.
    pub value_date: Option<NaiveDate>,
    /// Codes of options.
    pub value_codes: Option<Vec<String>>,
    /// A text, sealed.
    pub value_text_sealed: Option<Vec<u8>>,
}

/// Observations of a response, by their names.
///
/// # Errors
/// What the database says.
pub async fn list_observations(
    mut conn: &Connection,
    response: ResponseId,
) -> QueryResult<Vec<ObservationRow>> {
    observations::table
        .filter(observations::response_id.eq(response.0))
        .order((observations::display, observations::id))
        .select(ObservationRow::as_select())
        .load(&mut conn)
        .await
}
