//! Digests: who gets one how often, which were written, and what is counted in them.

use super::changes::{Counted, counted};
use super::unknown;
use crate::database::{Connection, planned};
use crate::schema::{
    accounts, appointment_resources, appointment_types, appointments, digest_choices, digests,
    employer_locations, relationships, resources, role_grants, visit_changes,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::Role;
use salus_domain::ids::{AccountId, EmployerId, LocationId, PersonId, ProviderOrgId};
use salus_domain::scheduling::digest::{Reader, Rhythm};
use salus_domain::scheduling::{Audience, State, Stretch};
use uuid::Uuid;

/// Relationships of those who lead people.
const LEADS: [&str; 2] = ["supervisor", "backup_supervisor"];

/// Somebody who can get a digest.
#[derive(Clone, Debug)]
pub struct ReaderRecord {
    /// Whose account.
    pub account: AccountId,
    /// The language it reads.
    pub language: String,
    /// Since when there is something to tell them: since they work there or lead somebody, or since
    /// they chose.
    pub since: DateTime<Utc>,
    /// How often they chose; nothing where they never did.
    pub chosen: Option<Rhythm>,
    /// The employers a grant of staff is limited to; none for all.
    pub employers: Option<Vec<EmployerId>>,
}

type Chosen = (Option<String>, Option<DateTime<Utc>>);

fn reader(
    account: Uuid,
    language: String,
    since: DateTime<Utc>,
    (rhythm, changed_at): Chosen,
    employers: Option<Vec<Uuid>>,
) -> QueryResult<ReaderRecord> {
    let chosen = rhythm
        .map(|word| Rhythm::parse(&word).ok_or_else(|| unknown("rhythm", &word)))
        .transpose()?;
    let employers = employers.map(|ids| ids.into_iter().map(EmployerId).collect());
    Ok(ReaderRecord {
        account: AccountId(account),
        language,
        since: changed_at.map_or(since, |changed_at| changed_at.max(since)),
        chosen,
        employers,
    })
}

/// The staff who look after visits now, each account once.
///
/// # Errors
/// What the database says.
pub async fn staff_readers(
    mut conn: &Connection,
    now: DateTime<Utc>,
) -> QueryResult<Vec<ReaderRecord>> {
    type Row = (Uuid, String, DateTime<Utc>, Option<Vec<Uuid>>, Chosen);
    let rows: Vec<Row> = role_grants::table
        .inner_join(
            accounts::table.on(accounts::provider_org_id
                .eq(role_grants::provider_org_id)
                .and(accounts::id.eq(role_grants::account_id))),
        )
        .left_join(
            digest_choices::table.on(digest_choices::provider_org_id
                .eq(role_grants::provider_org_id)
                .and(digest_choices::account_id.eq(role_grants::account_id))),
        )
        .filter(role_grants::role.eq_any(Reader::STAFF.map(Role::as_str)))
        .filter(role_grants::starts_at.le(now))
        .filter(
            role_grants::ends_at
                .is_null()
                .or(role_grants::ends_at.gt(now)),
        )
        .filter(accounts::state.eq("active"))
        .order((accounts::id, role_grants::starts_at, role_grants::id))
        .select((
            accounts::id,
            accounts::language,
            role_grants::starts_at,
            role_grants::employer_ids,
            (
                digest_choices::rhythm.nullable(),
                digest_choices::changed_at.nullable(),
            ),
        ))
        .load(&mut conn)
        .await?;
    let mut readers: Vec<ReaderRecord> = Vec::new();
    for (account, language, since, employers, chosen) in rows {
        let found = reader(account, language, since, chosen, employers)?;
        match readers.last_mut() {
            // Who is limited by one grant only is not limited.
            Some(last) if last.account == found.account => {
                last.employers = match (last.employers.take(), found.employers) {
                    (Some(known), Some(more)) => Some([known, more].concat()),
                    _ => None,
                };
            }
            _ => readers.push(found),
        }
    }
    Ok(readers)
}

/// Those who lead somebody now, each account once, and the person behind it.
///
/// # Errors
/// What the database says.
pub async fn leading_readers(
    mut conn: &Connection,
    now: DateTime<Utc>,
) -> QueryResult<Vec<(ReaderRecord, PersonId)>> {
    diesel::alias!(relationships as own: Own);
    type Row = (Uuid, String, DateTime<Utc>, Uuid, Chosen);
    let rows: Vec<Row> = relationships::table
        .inner_join(
            accounts::table.on(accounts::provider_org_id
                .eq(relationships::provider_org_id)
                .and(accounts::id.eq(relationships::account_id))),
        )
        .inner_join(
            own.on(own
                .field(relationships::provider_org_id)
                .eq(relationships::provider_org_id)
                .and(
                    own.field(relationships::account_id)
                        .eq(relationships::account_id),
                )
                .and(own.field(relationships::kind).eq("self"))
                .and(own.field(relationships::ends_at).is_null())),
        )
        .left_join(
            digest_choices::table.on(digest_choices::provider_org_id
                .eq(relationships::provider_org_id)
                .and(digest_choices::account_id.eq(relationships::account_id))),
        )
        .filter(relationships::kind.eq_any(LEADS))
        .filter(relationships::starts_at.le(now))
        .filter(
            relationships::ends_at
                .is_null()
                .or(relationships::ends_at.gt(now)),
        )
        .filter(accounts::state.eq("active"))
        .distinct_on(accounts::id)
        .order((accounts::id, relationships::starts_at))
        .select((
            accounts::id,
            accounts::language,
            relationships::starts_at,
            own.field(relationships::person_id),
            (
                digest_choices::rhythm.nullable(),
                digest_choices::changed_at.nullable(),
            ),
        ))
        .load(&mut conn)
        .await?;
    rows.into_iter()
        .map(|(account, language, since, person, chosen)| {
            let found = reader(account, language, since, chosen, None)?;
            Ok((found, PersonId(person)))
        })
        .collect()
}

/// The people an account leads now.
///
/// # Errors
/// What the database says.
pub async fn people_led_by(
    mut conn: &Connection,
    account: AccountId,
    now: DateTime<Utc>,
) -> QueryResult<Vec<PersonId>> {
    let ids: Vec<Uuid> = relationships::table
        .filter(relationships::account_id.eq(account.0))
        .filter(relationships::kind.eq_any(LEADS))
        .filter(relationships::starts_at.le(now))
        .filter(
            relationships::ends_at
                .is_null()
                .or(relationships::ends_at.gt(now)),
        )
        .order(relationships::person_id)
        .select(relationships::person_id)
        .distinct()
        .load(&mut conn)
        .await?;
    Ok(ids.into_iter().map(PersonId).collect())
}

/// Which places are linked to which employers.
///
/// # Errors
/// What the database says.
pub async fn places_of_employers(
    mut conn: &Connection,
) -> QueryResult<Vec<(EmployerId, LocationId)>> {
    let rows: Vec<(Uuid, Uuid)> = employer_locations::table
        .order((
            employer_locations::employer_id,
            employer_locations::location_id,
        ))
        .select((
            employer_locations::employer_id,
            employer_locations::location_id,
        ))
        .load(&mut conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(employer, location)| (EmployerId(employer), LocationId(location)))
        .collect())
}

/// Where the providers with an account belong.
///
/// # Errors
/// What the database says.
pub async fn homes_of_providers(
    mut conn: &Connection,
) -> QueryResult<Vec<(AccountId, LocationId)>> {
    let rows: Vec<(Option<Uuid>, Uuid)> = resources::table
        .filter(resources::account_id.is_not_null())
        .filter(resources::deleted_at.is_null())
        .order(resources::id)
        .select((resources::account_id, resources::home_location_id))
        .load(&mut conn)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(account, home)| Some((AccountId(account?), LocationId(home))))
        .collect())
}

/// Up to when everybody's last digest told.
///
/// # Errors
/// What the database says.
pub async fn last_digests(
    mut conn: &Connection,
) -> QueryResult<Vec<((AccountId, Reader), DateTime<Utc>)>> {
    let rows: Vec<(Uuid, String, DateTime<Utc>)> = digests::table
        .distinct_on((digests::account_id, digests::reader))
        .order((digests::account_id, digests::reader, digests::due_at.desc()))
        .select((digests::account_id, digests::reader, digests::due_at))
        .load(&mut conn)
        .await?;
    rows.into_iter()
        .map(|(account, word, due_at)| {
            let reader = Reader::parse(&word).ok_or_else(|| unknown("reader", &word))?;
            Ok(((AccountId(account), reader), due_at))
        })
        .collect()
}

/// Begins a digest; false when it was begun already.
///
/// # Errors
/// What the database says.
pub async fn begin_digest(
    mut conn: &Connection,
    org: ProviderOrgId,
    account: AccountId,
    reader: Reader,
    due_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let made = diesel::insert_into(digests::table)
        .values((
            digests::id.eq(Uuid::now_v7()),
            digests::provider_org_id.eq(org.0),
            digests::account_id.eq(account.0),
            digests::reader.eq(reader.as_str()),
            digests::due_at.eq(due_at),
            digests::begun_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(&mut conn)
        .await?;
    Ok(made == 1)
}

#[diesel::dsl::auto_type]
fn changed_visits() -> _ {
    visit_changes::table.inner_join(
        appointments::table.on(appointments::provider_org_id
            .eq(visit_changes::provider_org_id)
            .and(appointments::id.eq(visit_changes::appointment_id))),
    )
}

/// What was done from outside with visits at some places, of some employers or of all, that the front
/// desk was not told of at once.
///
/// # Errors
/// What the database says.
pub async fn changes_at(
    mut conn: &Connection,
    places: &[LocationId],
    employers: Option<&[EmployerId]>,
    within: Stretch,
) -> QueryResult<Counted> {
    let places = planned(places.iter().map(|id| id.0));
    let mut query = changed_visits()
        .filter(visit_changes::location_id.eq_any(places))
        .filter(visit_changes::changed_by.ne(Audience::Clinic.as_str()))
        .filter(visit_changes::at_once.eq(false))
        .filter(visit_changes::happened_at.ge(within.from))
        .filter(visit_changes::happened_at.lt(within.until))
        .select(visit_changes::what)
        .into_boxed();
    if let Some(employers) = employers {
        let employers = planned(employers.iter().map(|id| id.0));
        query = query.filter(appointments::employer_id.eq_any(employers));
    }
    let happened: Vec<String> = query.load(&mut conn).await?;
    counted(happened)
}

/// What happened to visits of some people that whoever leads them may know of.
///
/// # Errors
/// What the database says.
pub async fn changes_of(
    mut conn: &Connection,
    people: &[PersonId],
    within: Stretch,
) -> QueryResult<Counted> {
    let people = planned(people.iter().map(|id| id.0));
    let happened: Vec<String> = changed_visits()
        .inner_join(
            appointment_types::table.on(appointment_types::provider_org_id
                .eq(appointments::provider_org_id)
                .and(appointment_types::id.eq(appointments::appointment_type_id))),
        )
        .filter(appointments::person_id.eq_any(people))
        .filter(appointments::state.ne(State::EnteredInError.as_str()))
        .filter(appointment_types::visible_to_supervisor)
        .filter(visit_changes::happened_at.ge(within.from))
        .filter(visit_changes::happened_at.lt(within.until))
        .select(visit_changes::what)
        .load(&mut conn)
        .await?;
    counted(happened)
}

/// How many visits ahead there are with a provider.
///
/// # Errors
/// What the database says.
pub async fn visits_with(
    mut conn: &Connection,
    account: AccountId,
    within: Stretch,
) -> QueryResult<usize> {
    appointment_resources::table
        .inner_join(
            resources::table.on(resources::provider_org_id
                .eq(appointment_resources::provider_org_id)
                .and(resources::id.eq(appointment_resources::resource_id))),
        )
        .inner_join(
            appointments::table.on(appointments::provider_org_id
                .eq(appointment_resources::provider_org_id)
                .and(appointments::id.eq(appointment_resources::appointment_id))),
        )
        .filter(resources::account_id.eq(account.0))
        .filter(appointments::state.eq(State::Booked.as_str()))
        .filter(appointments::starts_at.ge(within.from))
        .filter(appointments::starts_at.lt(within.until))
        .select(appointments::id)
        .distinct()
        .load::<Uuid>(&mut conn)
        .await
        .map(|visits| visits.len())
}

/// How many visits ahead of some people there are that an account booked for them and may know of.
///
/// # Errors
/// What the database says.
pub async fn visits_booked_by(
    mut conn: &Connection,
    account: AccountId,
    people: &[PersonId],
    within: Stretch,
) -> QueryResult<usize> {
    let people = planned(people.iter().map(|id| id.0));
    appointments::table
        .inner_join(
            appointment_types::table.on(appointment_types::provider_org_id
                .eq(appointments::provider_org_id)
                .and(appointment_types::id.eq(appointments::appointment_type_id))),
        )
        .filter(appointments::created_by.eq(account.0))
        .filter(appointments::person_id.eq_any(people))
        .filter(appointment_types::visible_to_supervisor)
        .filter(appointments::state.eq(State::Booked.as_str()))
        .filter(appointments::starts_at.ge(within.from))
        .filter(appointments::starts_at.lt(within.until))
        .select(appointments::id)
        .load::<Uuid>(&mut conn)
        .await
        .map(|visits| visits.len())
}

/// How often an account chose to get a digest, and how often it chose.
///
/// # Errors
/// What the database says.
pub async fn digest_choice(
    mut conn: &Connection,
    account: AccountId,
) -> QueryResult<Option<(Rhythm, i32)>> {
    let found: Option<(String, i32)> = digest_choices::table
        .filter(digest_choices::account_id.eq(account.0))
        .select((digest_choices::rhythm, digest_choices::version))
        .first(&mut conn)
        .await
        .optional()?;
    found
        .map(|(word, version)| {
            let rhythm = Rhythm::parse(&word).ok_or_else(|| unknown("rhythm", &word))?;
            Ok((rhythm, version))
        })
        .transpose()
}

/// Keeps how often an account wants a digest; answers whether its choice still was the given one.
///
/// # Errors
/// What the database says.
pub async fn choose_digest(
    mut conn: &Connection,
    org: ProviderOrgId,
    (account, version): (AccountId, i32),
    rhythm: Rhythm,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let values = (
        digest_choices::rhythm.eq(rhythm.as_str()),
        digest_choices::changed_at.eq(now),
    );
    let saved = if version == 0 {
        diesel::insert_into(digest_choices::table)
            .values((
                digest_choices::provider_org_id.eq(org.0),
                digest_choices::account_id.eq(account.0),
                values,
            ))
            .on_conflict_do_nothing()
            .execute(&mut conn)
            .await?
    } else {
        diesel::update(digest_choices::table)
            .filter(digest_choices::account_id.eq(account.0))
            .filter(digest_choices::version.eq(version))
            .set((values, digest_choices::version.eq(version + 1)))
            .execute(&mut conn)
            .await?
    };
    Ok(saved == 1)
}
