//! Accommodations whole, for the clinic.

use super::{interval, unknown};
use crate::database::Connection;
use crate::schema::{accommodation_restrictions, accommodation_versions, accommodations, accounts};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::Allowed;
use salus_domain::ids::{AccountId, EmployerId, PersonId, ProviderOrgId, RestrictionId};
use salus_domain::private::Private;
use salus_domain::work_status::{
    AccommodationTerms, AccommodationType, ClinicAccommodation, Coverage, State,
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// An accommodation as stored.
#[derive(Clone, Debug)]
pub struct StoredAccommodation {
    /// The accommodation.
    pub accommodation: ClinicAccommodation,
    /// The employer whose grants reach it.
    pub employer_id: EmployerId,
    /// The name of who saved this version.
    pub saved_by: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = accommodations)]
struct Row {
    id: Uuid,
    employer_id: Uuid,
    person_id: Uuid,
    version: i32,
    state: String,
    error_reason: Option<String>,
    kind: String,
    details: Option<String>,
    time_zone: String,
    starts_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    coverage: String,
    notify: bool,
    saved_at: DateTime<Utc>,
    saved_by: Uuid,
}

impl Row {
    fn stored(
        self,
        saved_by: Option<String>,
        restrictions: BTreeSet<RestrictionId>,
    ) -> QueryResult<StoredAccommodation> {
        Ok(StoredAccommodation {
            employer_id: EmployerId(self.employer_id),
            saved_by,
            accommodation: ClinicAccommodation {
                id: self.id,
                person_id: PersonId(self.person_id),
                version: self.version,
                state: State::from_code(&self.state).ok_or_else(|| unknown("state"))?,
                error_reason: self.error_reason.map(Private),
                terms: AccommodationTerms {
                    kind: AccommodationType::from_code(&self.kind)
                        .ok_or_else(|| unknown("accommodation type"))?,
                    details: self.details.map(Private),
                    interval: interval(&self.time_zone, self.starts_at, self.ends_at)?,
                    coverage: Coverage::from_code(&self.coverage)
                        .ok_or_else(|| unknown("coverage"))?,
                    restrictions,
                },
                notify: self.notify,
                saved_by: AccountId(self.saved_by),
                saved_at: self.saved_at,
            },
        })
    }
}

/// All accommodations of a person, ended and mistaken ones too; by start, the newest first.
///
/// # Errors
/// What the database says.
pub async fn list_accommodations(
    conn: &mut Connection,
    person: &Allowed<PersonId>,
) -> QueryResult<Vec<StoredAccommodation>> {
    let rows: Vec<(Row, Option<String>)> = accommodations::table
        .left_join(
            accounts::table.on(accounts::provider_org_id
                .eq(accommodations::provider_org_id)
                .and(accounts::id.eq(accommodations::saved_by))),
        )
        .filter(accommodations::person_id.eq(person.get().uuid()))
        .order((accommodations::starts_at.desc(), accommodations::id.desc()))
        .select((Row::as_select(), accounts::display_name.nullable()))
        .load(conn)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|(row, _)| row.id).collect();
    let mut answers = answered(conn, &ids).await?;
    rows.into_iter()
        .map(|(row, saver)| {
            let restrictions = answers.remove(&row.id).unwrap_or_default();
            row.stored(saver, restrictions)
        })
        .collect()
}

/// An accommodation, locked until the transaction ends.
///
/// # Errors
/// What the database says.
pub async fn lock_accommodation(
    conn: &mut Connection,
    id: Uuid,
) -> QueryResult<Option<StoredAccommodation>> {
    let row: Option<Row> = accommodations::table
        .filter(accommodations::id.eq(id))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()?;
    let Some(row) = row else {
        return Ok(None);
    };
    let restrictions = answered(conn, &[id]).await?.remove(&id).unwrap_or_default();
    row.stored(None, restrictions).map(Some)
}

/// Which restrictions accommodations answer.
async fn answered(
    conn: &mut Connection,
    ids: &[Uuid],
) -> QueryResult<HashMap<Uuid, BTreeSet<RestrictionId>>> {
    let rows: Vec<(Uuid, Uuid)> = accommodation_restrictions::table
        .filter(accommodation_restrictions::accommodation_id.eq_any(ids))
        .select((
            accommodation_restrictions::accommodation_id,
            accommodation_restrictions::restriction_id,
        ))
        .load(conn)
        .await?;
    let mut answers: HashMap<Uuid, BTreeSet<RestrictionId>> = HashMap::new();
    for (accommodation, restriction) in rows {
        let known = answers.entry(accommodation).or_default();
        known.insert(RestrictionId(restriction));
    }
    Ok(answers)
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = accommodations)]
#[diesel(treat_none_as_null = true)]
struct Content<'a> {
    version: i32,
    state: &'static str,
    error_reason: Option<&'a str>,
    kind: &'static str,
    effect: &'static str,
    details: Option<&'a str>,
    starts_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    coverage: &'static str,
    notify: bool,
    saved_at: DateTime<Utc>,
    saved_by: Uuid,
}

fn content(one: &ClinicAccommodation) -> Content<'_> {
    Content {
        version: one.version,
        state: one.state.code(),
        error_reason: one.error_reason.as_ref().map(|text| text.expose().as_str()),
        kind: one.terms.kind.code(),
        effect: one.terms.kind.effect().code(),
        details: one
            .terms
            .details
            .as_ref()
            .map(|text| text.expose().as_str()),
        starts_at: one.terms.interval.starts,
        ends_at: one.terms.interval.end.instant(),
        coverage: one.terms.coverage.code(),
        notify: one.notify,
        saved_at: one.saved_at,
        saved_by: one.saved_by.uuid(),
    }
}

/// Keeps a new accommodation, its first version and what it answers.
///
/// # Errors
/// What the database says.
pub async fn insert_accommodation(
    conn: &mut Connection,
    new: &Allowed<ClinicAccommodation>,
    org: ProviderOrgId,
    employer: EmployerId,
) -> QueryResult<()> {
    let one = new.get();
    diesel::insert_into(accommodations::table)
        .values((
            accommodations::id.eq(one.id),
            accommodations::provider_org_id.eq(org.uuid()),
            accommodations::employer_id.eq(employer.uuid()),
            accommodations::person_id.eq(one.person_id.uuid()),
            accommodations::owner.eq("provider"),
            accommodations::governance.eq("general"),
            accommodations::time_zone.eq(one.terms.interval.zone.name()),
            accommodations::created_at.eq(one.saved_at),
            accommodations::created_by.eq(one.saved_by.uuid()),
            content(one),
        ))
        .execute(conn)
        .await?;
    insert_version(conn, one, org, employer).await?;
    answer(conn, one, org).await
}

/// Keeps a new version as the newest and in the history. The accommodation must be locked.
///
/// # Errors
/// What the database says.
pub async fn save_accommodation(
    conn: &mut Connection,
    changed: &Allowed<ClinicAccommodation>,
    org: ProviderOrgId,
    employer: EmployerId,
) -> QueryResult<()> {
    let one = changed.get();
    diesel::update(accommodations::table.filter(accommodations::id.eq(one.id)))
        .set(content(one))
        .execute(conn)
        .await?;
    insert_version(conn, one, org, employer).await?;
    let kept: Vec<Uuid> = one.terms.restrictions.iter().map(|id| id.uuid()).collect();
    diesel::delete(
        accommodation_restrictions::table
            .filter(accommodation_restrictions::accommodation_id.eq(one.id))
            .filter(accommodation_restrictions::restriction_id.ne_all(kept)),
    )
    .execute(conn)
    .await?;
    answer(conn, one, org).await
}

async fn insert_version(
    conn: &mut Connection,
    one: &ClinicAccommodation,
    org: ProviderOrgId,
    employer: EmployerId,
) -> QueryResult<()> {
    use accommodation_versions as v;
    let content = content(one);
    let restrictions: Vec<Uuid> = one.terms.restrictions.iter().map(|id| id.uuid()).collect();
    diesel::insert_into(v::table)
        .values((
            (
                v::id.eq(Uuid::now_v7()),
                v::provider_org_id.eq(org.uuid()),
                v::employer_id.eq(employer.uuid()),
                v::person_id.eq(one.person_id.uuid()),
                v::accommodation_id.eq(one.id),
                v::version.eq(content.version),
                v::state.eq(content.state),
                v::error_reason.eq(content.error_reason),
            ),
            (
                v::kind.eq(content.kind),
                v::details.eq(content.details),
                v::starts_at.eq(content.starts_at),
                v::ends_at.eq(content.ends_at),
                v::coverage.eq(content.coverage),
                v::restriction_ids.eq(restrictions),
                v::notify.eq(content.notify),
                v::saved_at.eq(content.saved_at),
                v::saved_by.eq(content.saved_by),
            ),
        ))
        .execute(conn)
        .await
        .map(drop)
}

async fn answer(
    conn: &mut Connection,
    one: &ClinicAccommodation,
    org: ProviderOrgId,
) -> QueryResult<()> {
    use accommodation_restrictions as a;
    let rows: Vec<_> = one
        .terms
        .restrictions
        .iter()
        .map(|restriction| {
            (
                a::provider_org_id.eq(org.uuid()),
                a::accommodation_id.eq(one.id),
                a::restriction_id.eq(restriction.uuid()),
            )
        })
        .collect();
    diesel::insert_into(a::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(conn)
        .await
        .map(drop)
}
