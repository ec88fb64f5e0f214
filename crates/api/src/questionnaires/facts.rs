//! The facts rules may use, and the local date they count by.

use salus_domain::ids::PersonId;
use salus_domain::people::zone_of;
use salus_domain::questionnaires::Context;
use salus_domain::time::local_date;
use salus_store::questionnaires::{FactsRow, find_facts};
use uuid::Uuid;

use crate::error::ApiError;
use crate::transaction::Tx;

/// What rules know of a person now, in a language, and the person's employer.
///
/// # Errors
/// 404 when the person is not there for this actor.
pub(super) async fn facts_of(
    tx: &mut Tx,
    person: PersonId,
    language: &str,
) -> Result<(Context, Option<Uuid>), ApiError> {
    let row = find_facts(tx.shared(), person)
        .await?
        .ok_or_else(ApiError::not_found)?;
    Ok(known(tx, row, language))
}

/// As [`facts_of`], from a row that was found.
pub(super) fn known(tx: &Tx, row: FactsRow, language: &str) -> (Context, Option<Uuid>) {
    let zone = zone_of(
        row.location_zone.as_deref(),
        row.employer_zone.as_deref(),
        &row.organization_zone,
    );
    let context = Context {
        today: local_date(tx.now, zone),
        language: language.to_owned(),
        birth_date: row.birth_date,
        job: row.job.filter(|job| !job.is_empty()),
        department: row.department,
        location: row.location,
        employment_kind: row.employment_kind,
        hired_on: row.hired_on,
    };
    (context, row.employer_id)
}
