//! Observations made from answers.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::Error;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use salus_domain::access::Allowed;
use salus_domain::ids::ResponseId;
use serde::{Serialize, Serializer};
use uuid::Uuid;

use super::ResponseRow;
use crate::database::Connection;
use crate::schema::observations;

/// An observation to keep; exactly one of its values is set.
#[derive(Clone, Debug, Serialize)]
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
    #[serde(serialize_with = "as_bytea")]
    pub value_text_sealed: Option<Vec<u8>>,
    /// When it was observed.
    pub observed_at: DateTime<Utc>,
    /// Now.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: Option<Uuid>,
}

/// Keeps observations in one statement; the same answer always writes the same one.
///
/// # Errors
/// What the database says.
pub async fn save_observations(
    mut conn: &Connection,
    _response: &Allowed<ResponseRow>,
    new: &[NewObservation],
) -> QueryResult<()> {
    if new.is_empty() {
        return Ok(());
    }
    let rows = serde_json::to_string(new).map_err(|e| Error::SerializationError(Box::new(e)))?;
    Save { rows }.execute(&mut conn).await.map(drop)
}

/// Rows of a number that differs, as JSON, so that the statement is always the same one.
#[derive(QueryId)]
struct Save {
    rows: String,
}

impl QueryFragment<Pg> for Save {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        const COLUMNS: &str = "id, provider_org_id, employer_id, person_id, owner, governance, response_id, link_id, \
            system, code, display, status, value_decimal, value_unit, value_bool, value_date, value_codes, \
            value_text_sealed, observed_at, created_at, created_by";
        out.push_sql("INSERT INTO observations AS known (");
        out.push_sql(COLUMNS);
        out.push_sql(") SELECT ");
        out.push_sql(COLUMNS);
        out.push_sql(" FROM jsonb_populate_recordset(NULL::observations, ");
        out.push_bind_param::<Text, _>(&self.rows)?;
        out.push_sql(
            "::jsonb) ON CONFLICT (provider_org_id, response_id, link_id, instance) WHERE response_id IS NOT NULL \
             DO UPDATE SET status = excluded.status, value_decimal = excluded.value_decimal, \
             value_unit = excluded.value_unit, value_bool = excluded.value_bool, value_date = excluded.value_date, \
             value_codes = excluded.value_codes, value_text_sealed = excluded.value_text_sealed, \
             version = known.version + 1",
        );
        Ok(())
    }
}

/// As PostgreSQL reads bytes from a text.
fn as_bytea<S: Serializer>(bytes: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
    let text = bytes.as_ref().map(|bytes| {
        let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
        format!("\\x{}", digits.collect::<String>())
    });
    text.serialize(serializer)
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
