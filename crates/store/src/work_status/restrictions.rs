//! Restrictions whole, for the clinic, and as the person they are about may read them.

use super::{interval, unknown};
use crate::database::Connection;
use crate::schema::{accounts, restriction_versions, restrictions, role_grants};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::Allowed;
use salus_domain::ids::{AccountId, EmployerId, PersonId, ProviderOrgId, RestrictionId};
use salus_domain::private::Private;
use salus_domain::work_status::{Clinical, Provider, Restriction, Source, State, Terms};
use uuid::Uuid;

/// The texts that only the chart's key opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// The clinical note.
    pub note: Option<Vec<u8>>,
    /// What it is about.
    pub problem: Option<Vec<u8>>,
}

/// A restriction as stored: its sealed texts still closed.
#[derive(Clone, Debug)]
pub struct StoredRestriction {
    /// The restriction, without note and problem.
    pub restriction: Restriction,
    /// The employer whose grants reach it.
    pub employer_id: EmployerId,
    /// Note and problem, sealed.
    pub sealed: Sealed,
    /// The name of the clinician who ordered it.
    pub provider: Option<String>,
    /// The name of who saved this version.
    pub saved_by: Option<String>,
}

/// What a version is written with beside the restriction itself.
#[derive(Clone, Debug)]
pub struct Writing {
    /// The tenant.
    pub provider_org: ProviderOrgId,
    /// The employer.
    pub employer: EmployerId,
    /// Note and problem, sealed for the restriction's row.
    pub sealed: Sealed,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = restrictions)]
struct Row {
    id: Uuid,
    employer_id: Uuid,
    person_id: Uuid,
    version: i32,
    state: String,
    error_reason: Option<String>,
    kind: String,
    limits: serde_json::Value,
    side: String,
    time_zone: String,
    starts_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    affects_work: bool,
    comment: Option<String>,
    occupational: bool,
    clinical_note_sealed: Option<Vec<u8>>,
    problem_sealed: Option<Vec<u8>>,
    disability_criteria: bool,
    reason_released: bool,
    provider_account_id: Option<Uuid>,
    provider_name: Option<String>,
    notify: bool,
    source: String,
    saved_at: DateTime<Utc>,
    saved_by: Uuid,
}

impl Row {
    fn stored(
        self,
        provider: Option<String>,
        saved_by: Option<String>,
    ) -> QueryResult<StoredRestriction> {
        let ordered_by = match (self.provider_account_id, self.provider_name) {
            (Some(account), _) => Some(Provider::Account(AccountId(account))),
            (None, Some(name)) => Some(Provider::Outside(name)),
            (None, None) => None,
        };
        Ok(StoredRestriction {
            employer_id: EmployerId(self.employer_id),
            sealed: Sealed {
                note: self.clinical_note_sealed,
                problem: self.problem_sealed,
            },
            provider,
            saved_by,
            restriction: Restriction {
                id: RestrictionId(self.id),
                person_id: PersonId(self.person_id),
                version: self.version,
                state: State::from_code(&self.state).ok_or_else(|| unknown("state"))?,
                error_reason: self.error_reason.map(Private),
                terms: Terms {
                    kind: self.kind.parse().map_err(|_| unknown("restriction type"))?,
                    limit: serde_json::from_value(self.limits).map_err(|_| unknown("limit"))?,
                    side: self.side.parse().map_err(|_| unknown("side"))?,
                    interval: interval(&self.time_zone, self.starts_at, self.ends_at)?,
                    affects_work: self.affects_work,
                    comment: self.comment.map(Private),
                },
                clinical: Clinical {
                    occupational: self.occupational,
                    note: None,
                    problem: None,
                    disability_criteria: self.disability_criteria,
                    reason_released: self.reason_released,
                    provider: ordered_by,
                },
                notify: self.notify,
                source: Source::from_code(&self.source).ok_or_else(|| unknown("source"))?,
                saved_by: AccountId(self.saved_by),
                saved_at: self.saved_at,
            },
        })
    }
}

diesel::alias!(accounts as ordering: Ordering, accounts as saving: Saving);

/// All restrictions of a person, ended and mistaken ones too; by start, the newest first.
///
/// # Errors
/// What the database says.
pub async fn list_restrictions(
    conn: &mut Connection,
    person: &Allowed<PersonId>,
) -> QueryResult<Vec<StoredRestriction>> {
    let rows: Vec<(Row, Option<String>, Option<String>)> = restrictions::table
        .left_join(
            ordering.on(ordering
                .field(accounts::provider_org_id)
                .eq(restrictions::provider_org_id)
                .and(
                    ordering
                        .field(accounts::id)
                        .nullable()
                        .eq(restrictions::provider_account_id),
                )),
        )
        .left_join(
            saving.on(saving
                .field(accounts::provider_org_id)
                .eq(restrictions::provider_org_id)
                .and(saving.field(accounts::id).eq(restrictions::saved_by))),
        )
        .filter(restrictions::person_id.eq(person.get().uuid()))
        .order((restrictions::starts_at.desc(), restrictions::id.desc()))
        .select((
            Row::as_select(),
            ordering.field(accounts::display_name).nullable(),
            saving.field(accounts::display_name).nullable(),
        ))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|(row, provider, saver)| row.stored(provider, saver))
        .collect()
}

type OwnRow = (
    Uuid,
    Uuid,
    i32,
    String,
    serde_json::Value,
    String,
    String,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    bool,
    Option<String>,
    bool,
    Option<Vec<u8>>,
    Option<Uuid>,
    Option<String>,
    Option<String>,
    bool,
    String,
    DateTime<Utc>,
    Uuid,
);

/// A person's restrictions that count and did not end before `since`, without the columns that
/// are the clinic's alone; by start.
///
/// # Errors
/// What the database says.
pub async fn own_restrictions(
    conn: &mut Connection,
    person: &Allowed<PersonId>,
    since: DateTime<Utc>,
) -> QueryResult<Vec<StoredRestriction>> {
    let rows: Vec<OwnRow> = restrictions::table
        .left_join(
            ordering.on(ordering
                .field(accounts::provider_org_id)
                .eq(restrictions::provider_org_id)
                .and(
                    ordering
                        .field(accounts::id)
                        .nullable()
                        .eq(restrictions::provider_account_id),
                )),
        )
        .filter(restrictions::person_id.eq(person.get().uuid()))
        .filter(restrictions::state.eq("current"))
        .filter(
            restrictions::ends_at
                .is_null()
                .or(restrictions::ends_at.gt(since)),
        )
        .order((restrictions::starts_at, restrictions::id))
        .select((
            restrictions::id,
            restrictions::employer_id,
            restrictions::version,
            restrictions::kind,
            restrictions::limits,
            restrictions::side,
            restrictions::time_zone,
            restrictions::starts_at,
            restrictions::ends_at,
            restrictions::affects_work,
            restrictions::comment,
            restrictions::reason_released,
            restrictions::problem_sealed,
            restrictions::provider_account_id,
            restrictions::provider_name,
            ordering.field(accounts::display_name).nullable(),
            restrictions::notify,
            restrictions::source,
            restrictions::saved_at,
            restrictions::saved_by,
        ))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            let (
                id,
                employer_id,
                version,
                kind,
                limits,
                side,
                time_zone,
                starts_at,
                ends_at,
                affects_work,
                comment,
                reason_released,
                problem,
                provider_account_id,
                provider_name,
                provider,
                notify,
                source,
                saved_at,
                saved_by,
            ) = row;
            Row {
                id,
                employer_id,
                person_id: person.get().uuid(),
                version,
                state: State::Current.code().to_owned(),
                error_reason: None,
                kind,
                limits,
                side,
                time_zone,
                starts_at,
                ends_at,
                affects_work,
                comment,
                occupational: false,
                clinical_note_sealed: None,
                // Closed until the clinician released it.
                problem_sealed: problem.filter(|_| reason_released),
                disability_criteria: false,
                reason_released,
                provider_account_id,
                provider_name,
                notify,
                source,
                saved_at,
                saved_by,
            }
            .stored(provider, None)
        })
        .collect()
}

/// A restriction, locked until the transaction ends.
///
/// # Errors
/// What the database says.
pub async fn lock_restriction(
    conn: &mut Connection,
    id: RestrictionId,
) -> QueryResult<Option<StoredRestriction>> {
    let row: Option<Row> = restrictions::table
        .filter(restrictions::id.eq(id.uuid()))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()?;
    row.map(|row| row.stored(None, None)).transpose()
}

/// All restrictions of a person that count, locked until the transaction ends, by id.
///
/// # Errors
/// What the database says.
pub async fn lock_restrictions(
    conn: &mut Connection,
    person: &Allowed<PersonId>,
) -> QueryResult<Vec<StoredRestriction>> {
    let rows: Vec<Row> = restrictions::table
        .filter(restrictions::person_id.eq(person.get().uuid()))
        .filter(restrictions::state.eq("current"))
        .order(restrictions::id)
        .select(Row::as_select())
        .for_update()
        .load(conn)
        .await?;
    rows.into_iter().map(|row| row.stored(None, None)).collect()
}

#[derive(Insertable)]
#[diesel(table_name = restrictions)]
struct NewRow {
    id: Uuid,
    provider_org_id: Uuid,
    employer_id: Uuid,
    person_id: Uuid,
    owner: &'static str,
    governance: &'static str,
    time_zone: String,
    source: &'static str,
    created_at: DateTime<Utc>,
    created_by: Uuid,
    #[diesel(embed)]
    content: Content,
}

/// What changes from version to version, of the newest.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = restrictions, treat_none_as_null = true)]
struct Content {
    version: i32,
    state: &'static str,
    error_reason: Option<String>,
    kind: &'static str,
    limits: serde_json::Value,
    side: &'static str,
    starts_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    permanent: bool,
    affects_work: bool,
    comment: Option<String>,
    occupational: bool,
    clinical_note_sealed: Option<Vec<u8>>,
    problem_sealed: Option<Vec<u8>>,
    disability_criteria: bool,
    reason_released: bool,
    provider_account_id: Option<Uuid>,
    provider_name: Option<String>,
    notify: bool,
    saved_at: DateTime<Utc>,
    saved_by: Uuid,
}

fn content(restriction: &Restriction, sealed: &Sealed) -> QueryResult<Content> {
    let terms = &restriction.terms;
    let ends_at = terms.interval.end.instant();
    let (account, name) = match &restriction.clinical.provider {
        Some(Provider::Account(account)) => (Some(account.uuid()), None),
        Some(Provider::Outside(name)) => (None, Some(name.clone())),
        None => (None, None),
    };
    Ok(Content {
        version: restriction.version,
        state: restriction.state.code(),
        error_reason: restriction
            .error_reason
            .as_ref()
            .map(|reason| reason.expose().clone()),
        kind: terms.kind.code(),
        limits: serde_json::to_value(&terms.limit)
            .map_err(|error| diesel::result::Error::SerializationError(error.into()))?,
        side: terms.side.code(),
        starts_at: terms.interval.starts,
        ends_at,
        permanent: ends_at.is_none(),
        affects_work: terms.affects_work,
        comment: terms.comment.as_ref().map(|text| text.expose().clone()),
        occupational: restriction.clinical.occupational,
        clinical_note_sealed: sealed.note.clone(),
        problem_sealed: sealed.problem.clone(),
        disability_criteria: restriction.clinical.disability_criteria,
        reason_released: restriction.clinical.reason_released,
        provider_account_id: account,
        provider_name: name,
        notify: restriction.notify,
        saved_at: restriction.saved_at,
        saved_by: restriction.saved_by.uuid(),
    })
}

/// Keeps a new restriction.
///
/// # Errors
/// What the database says.
pub async fn insert_restriction(
    conn: &mut Connection,
    restriction: &Allowed<Restriction>,
    with: &Writing,
) -> QueryResult<()> {
    let new = restriction.get();
    diesel::insert_into(restrictions::table)
        .values(NewRow {
            id: new.id.uuid(),
            provider_org_id: with.provider_org.uuid(),
            employer_id: with.employer.uuid(),
            person_id: new.person_id.uuid(),
            owner: "provider",
            governance: if new.clinical.occupational {
                "osha"
            } else {
                "hipaa"
            },
            time_zone: new.terms.interval.zone.name().to_owned(),
            source: new.source.code(),
            created_at: new.saved_at,
            created_by: new.saved_by.uuid(),
            content: content(new, &with.sealed)?,
        })
        .execute(conn)
        .await
        .map(drop)
}

/// Keeps a new version as the newest. The restriction must be locked.
///
/// # Errors
/// What the database says.
pub async fn save_restriction(
    conn: &mut Connection,
    restriction: &Allowed<Restriction>,
    with: &Writing,
) -> QueryResult<()> {
    let new = restriction.get();
    diesel::update(restrictions::table.filter(restrictions::id.eq(new.id.uuid())))
        .set(content(new, &with.sealed)?)
        .execute(conn)
        .await
        .map(drop)
}

/// Keeps a version in the history.
///
/// # Errors
/// What the database says.
pub async fn insert_restriction_version(
    conn: &mut Connection,
    restriction: &Allowed<Restriction>,
    with: &Writing,
) -> QueryResult<()> {
    use restriction_versions as v;
    let new = restriction.get();
    let content = content(new, &with.sealed)?;
    diesel::insert_into(v::table)
        .values((
            (
                v::id.eq(Uuid::now_v7()),
                v::provider_org_id.eq(with.provider_org.uuid()),
                v::employer_id.eq(with.employer.uuid()),
                v::person_id.eq(new.person_id.uuid()),
                v::restriction_id.eq(new.id.uuid()),
                v::version.eq(content.version),
                v::state.eq(content.state),
                v::error_reason.eq(content.error_reason),
                v::kind.eq(content.kind),
                v::limits.eq(content.limits),
                v::side.eq(content.side),
                v::starts_at.eq(content.starts_at),
                v::ends_at.eq(content.ends_at),
            ),
            (
                v::permanent.eq(content.permanent),
                v::affects_work.eq(content.affects_work),
                v::comment.eq(content.comment),
                v::occupational.eq(content.occupational),
                v::clinical_note_sealed.eq(content.clinical_note_sealed),
                v::problem_sealed.eq(content.problem_sealed),
                v::disability_criteria.eq(content.disability_criteria),
                v::reason_released.eq(content.reason_released),
                v::provider_account_id.eq(content.provider_account_id),
                v::provider_name.eq(content.provider_name),
                v::notify.eq(content.notify),
                v::saved_at.eq(content.saved_at),
                v::saved_by.eq(content.saved_by),
            ),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Whether an account holds a clinician's grant at an instant.
///
/// # Errors
/// What the database says.
pub async fn is_clinician(
    conn: &mut Connection,
    account: AccountId,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        role_grants::table
            .filter(role_grants::account_id.eq(account.uuid()))
            .filter(role_grants::role.eq("clinician"))
            .filter(role_grants::starts_at.le(now))
            .filter(
                role_grants::ends_at
                    .is_null()
                    .or(role_grants::ends_at.gt(now)),
            ),
    ))
    .get_result(conn)
    .await
}
