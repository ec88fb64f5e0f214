//! Visits the clinic is asked for.

use super::{audience, region, unknown};
use crate::database::Connection;
use crate::schema::{appointment_requests, persons};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::{Allowed, Bounds, Scope};
use salus_domain::ids::{
    AccountId, AppointmentId, AppointmentRequestId, AppointmentTypeId, ConversationId, EmployerId,
    LocationId, PersonId, ProviderOrgId, ResourceId,
};
use salus_domain::scheduling::request::{Contact, State};
use salus_domain::scheduling::{Audience, Modality, Preference, Region, Request};
use uuid::Uuid;

/// A request and what is shown of it.
#[derive(Clone, Debug)]
pub struct RequestRecord {
    /// State, who asked, until when times are proposed.
    pub rules: Request,
    /// For whom.
    pub person: PersonId,
    /// The person's name.
    pub person_name: String,
    /// For which employer.
    pub employer: EmployerId,
    /// What kind of visit.
    pub appointment_type: AppointmentTypeId,
    /// Where; anywhere when empty.
    pub location: Option<LocationId>,
    /// With whom; whoever is free when empty.
    pub resource: Option<ResourceId>,
    /// How.
    pub modality: Modality,
    /// Where the person will be, if it is online.
    pub region: Option<Region>,
    /// When the person would like to come.
    pub preferences: Vec<Preference>,
    /// How the person wants to hear from the clinic.
    pub contact: Contact,
    /// What was written when asking, sealed.
    pub comment_sealed: Option<Vec<u8>>,
    /// Who sent it.
    pub asked_by_account: Option<AccountId>,
    /// The conversation it began.
    pub conversation: Option<ConversationId>,
    /// The visit it became.
    pub appointment: Option<AppointmentId>,
    /// By when the clinic said it would answer.
    pub answer_by: Option<DateTime<Utc>>,
    /// When the clinic read it.
    pub seen_at: Option<DateTime<Utc>>,
    /// Why the clinic has no time, sealed by the chart's key.
    pub decline_sealed: Option<Vec<u8>>,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
    /// Counts the changes.
    pub version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = appointment_requests)]
struct RequestRow {
    id: Uuid,
    employer_id: Uuid,
    person_id: Uuid,
    appointment_type_id: Uuid,
    location_id: Option<Uuid>,
    resource_id: Option<Uuid>,
    modality: String,
    region: Option<String>,
    preferences: serde_json::Value,
    contact: String,
    comment_sealed: Option<Vec<u8>>,
    asked_by_audience: String,
    created_by: Option<Uuid>,
    state: String,
    conversation_id: Option<Uuid>,
    appointment_id: Option<Uuid>,
    answer_by: Option<DateTime<Utc>>,
    seen_at: Option<DateTime<Utc>>,
    offered_until: Option<DateTime<Utc>>,
    decline_sealed: Option<Vec<u8>>,
    created_at: DateTime<Utc>,
    version: i32,
}

type Row = (RequestRow, (String, String));

fn record((row, (first, last)): Row) -> QueryResult<RequestRecord> {
    Ok(RequestRecord {
        rules: Request {
            id: AppointmentRequestId(row.id),
            state: State::parse(&row.state).ok_or_else(|| unknown("state", &row.state))?,
            asked_by: audience(&row.asked_by_audience)?,
            offered_until: row.offered_until,
        },
        person: PersonId(row.person_id),
        person_name: format!("{first} {last}").trim().to_owned(),
        employer: EmployerId(row.employer_id),
        appointment_type: AppointmentTypeId(row.appointment_type_id),
        location: row.location_id.map(LocationId),
        resource: row.resource_id.map(ResourceId),
        modality: Modality::parse(&row.modality)
            .ok_or_else(|| unknown("modality", &row.modality))?,
        region: row.region.as_deref().map(region).transpose()?,
        preferences: serde_json::from_value(row.preferences)
            .map_err(|error| unknown("preferences", &error.to_string()))?,
        contact: Contact::parse(&row.contact).ok_or_else(|| unknown("contact", &row.contact))?,
        comment_sealed: row.comment_sealed,
        asked_by_account: row.created_by.map(AccountId),
        conversation: row.conversation_id.map(ConversationId),
        appointment: row.appointment_id.map(AppointmentId),
        answer_by: row.answer_by,
        seen_at: row.seen_at,
        decline_sealed: row.decline_sealed,
        created_at: row.created_at,
        version: row.version,
    })
}

/// Requests with the person's name.
#[diesel::dsl::auto_type]
fn with_person() -> _ {
    appointment_requests::table.inner_join(
        persons::table.on(persons::provider_org_id
            .eq(appointment_requests::provider_org_id)
            .and(persons::id.eq(appointment_requests::person_id))),
    )
}

macro_rules! record_columns {
    () => {
        (
            RequestRow::as_select(),
            (persons::first_name, persons::last_name),
        )
    };
}

/// The requests for a person since an instant and those that wait, the newest first. At most 100.
///
/// # Errors
/// What the database says.
pub async fn requests_of_person(
    mut conn: &Connection,
    scope: &Scope,
    person: PersonId,
    since: DateTime<Utc>,
) -> QueryResult<Vec<RequestRecord>> {
    let whose = scope.only_person().unwrap_or(person);
    let rows: Vec<Row> = with_person()
        .filter(appointment_requests::person_id.eq(whose.0))
        .filter(
            appointment_requests::ended_at
                .is_null()
                .or(appointment_requests::ended_at.ge(since)),
        )
        .order((
            appointment_requests::created_at.desc(),
            appointment_requests::id.desc(),
        ))
        .limit(100)
        .select(record_columns!())
        .load(&mut conn)
        .await?;
    rows.into_iter().map(record).collect()
}

/// Which requests the clinic asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichRequests {
    /// Those of which something is still to come, the oldest first.
    Waiting,
    /// Those of which nothing more comes, the latest first.
    Ended,
}

/// Requests to the clinic, within the employers of the scope. At most 200.
///
/// # Errors
/// What the database says.
pub async fn list_requests(
    mut conn: &Connection,
    scope: &Scope,
    which: WhichRequests,
) -> QueryResult<Vec<RequestRecord>> {
    let mut query = with_person()
        .select(record_columns!())
        .limit(200)
        .into_boxed();
    if let Bounds::Organization(Some(employers)) = scope.bounds() {
        let ids: Vec<Uuid> = employers.iter().map(|id| id.0).collect();
        query = query.filter(appointment_requests::employer_id.eq_any(ids));
    }
    query = match which {
        WhichRequests::Waiting => query
            .filter(appointment_requests::ended_at.is_null())
            .order((
                appointment_requests::created_at.asc(),
                appointment_requests::id.asc(),
            )),
        WhichRequests::Ended => query
            .filter(appointment_requests::ended_at.is_not_null())
            .order((
                appointment_requests::ended_at.desc(),
                appointment_requests::id.desc(),
            )),
    };
    let rows: Vec<Row> = query.load(&mut conn).await?;
    rows.into_iter().map(record).collect()
}

/// One request.
///
/// # Errors
/// What the database says.
pub async fn find_request(
    mut conn: &Connection,
    id: AppointmentRequestId,
) -> QueryResult<Option<RequestRecord>> {
    with_person()
        .filter(appointment_requests::id.eq(id.0))
        .select(record_columns!())
        .first::<Row>(&mut conn)
        .await
        .optional()?
        .map(record)
        .transpose()
}

/// One request, kept from changing until the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_request(
    mut conn: &Connection,
    id: AppointmentRequestId,
) -> QueryResult<Option<RequestRecord>> {
    let locked: Option<Uuid> = appointment_requests::table
        .filter(appointment_requests::id.eq(id.0))
        .select(appointment_requests::id)
        .for_update()
        .first(&mut conn)
        .await
        .optional()?;
    match locked {
        Some(_) => find_request(conn, id).await,
        None => Ok(None),
    }
}

/// Requests whose last proposed time is gone and that were not put back yet, locked; who is busy
/// with one is left alone.
///
/// # Errors
/// What the database says.
pub async fn expired_requests(
    mut conn: &Connection,
    now: DateTime<Utc>,
) -> QueryResult<Vec<(Request, PersonId, EmployerId)>> {
    let rows: Vec<RequestRow> = appointment_requests::table
        .filter(appointment_requests::ended_at.is_null())
        .filter(appointment_requests::offered_until.le(now))
        .order(appointment_requests::id)
        .for_update()
        .skip_locked()
        .select(RequestRow::as_select())
        .load(&mut conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            let record = record((row, Default::default()))?;
            Ok((record.rules, record.person, record.employer))
        })
        .collect()
}

/// A request to write.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// Which one.
    pub id: AppointmentRequestId,
    /// Whose organization.
    pub org: ProviderOrgId,
    /// For whom.
    pub person: PersonId,
    /// For which employer.
    pub employer: EmployerId,
    /// Whose record it is, and under which rules it stands; see [`super::record_of`].
    pub record: (&'static str, &'static str),
    /// What kind of visit.
    pub appointment_type: AppointmentTypeId,
    /// Where; anywhere when empty.
    pub location: Option<LocationId>,
    /// With whom; whoever is free when empty.
    pub resource: Option<ResourceId>,
    /// How.
    pub modality: Modality,
    /// Where the person will be, if it is online.
    pub region: Option<Region>,
    /// When the person would like to come.
    pub preferences: Vec<Preference>,
    /// How the person wants to hear from the clinic.
    pub contact: Contact,
    /// The comment, sealed: by the chart's key, or the organization's where a supervisor asks.
    pub comment_sealed: Option<Vec<u8>>,
    /// The conversation it begins.
    pub conversation: Option<ConversationId>,
    /// Who asks: the person, or who supervises them.
    pub asked_by: Audience,
    /// The account that asks.
    pub created_by: Option<AccountId>,
    /// By when the clinic says it answers.
    pub answer_by: Option<DateTime<Utc>>,
    /// When.
    pub now: DateTime<Utc>,
}

/// Writes a request. A supervisor's role may do so for a report, without reading it back.
///
/// # Errors
/// What the database says.
pub async fn insert_request(
    mut conn: &Connection,
    permission: &Allowed<()>,
    new: &NewRequest,
) -> QueryResult<()> {
    debug_assert_eq!(permission.about().person, Some(new.person));
    let preferences = serde_json::to_value(&new.preferences)
        .map_err(|error| unknown("preferences", &error.to_string()))?;
    diesel::insert_into(appointment_requests::table)
        .values((
            (
                appointment_requests::id.eq(new.id.0),
                appointment_requests::provider_org_id.eq(new.org.0),
                appointment_requests::employer_id.eq(new.employer.0),
                appointment_requests::person_id.eq(new.person.0),
                appointment_requests::owner.eq(new.record.0),
                appointment_requests::governance.eq(new.record.1),
            ),
            appointment_requests::appointment_type_id.eq(new.appointment_type.0),
            appointment_requests::location_id.eq(new.location.map(|id| id.0)),
            appointment_requests::resource_id.eq(new.resource.map(|id| id.0)),
            (
                appointment_requests::modality.eq(new.modality.as_str()),
                appointment_requests::region.eq(new.region.as_ref().map(Region::as_str)),
            ),
            appointment_requests::preferences.eq(preferences),
            appointment_requests::contact.eq(new.contact.as_str()),
            appointment_requests::comment_sealed.eq(new.comment_sealed.as_deref()),
            appointment_requests::conversation_id.eq(new.conversation.map(|id| id.0)),
            appointment_requests::asked_by_audience.eq(new.asked_by.as_str()),
            appointment_requests::state.eq(State::Open.as_str()),
            appointment_requests::answer_by.eq(new.answer_by),
            appointment_requests::created_at.eq(new.now),
            appointment_requests::created_by.eq(new.created_by.map(|id| id.0)),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// What a request came to.
#[derive(Clone, Debug, Default)]
pub struct RequestEnd {
    /// The visit.
    pub appointment: Option<AppointmentId>,
    /// Why the clinic has no time, sealed by the chart's key.
    pub decline_sealed: Option<Vec<u8>>,
}

/// Writes how far a request has come.
///
/// # Errors
/// What the database says.
pub async fn save_request(
    mut conn: &Connection,
    changed: &Allowed<Request>,
    end: &RequestEnd,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let request = changed.get();
    let seen = (request.state == State::Seen).then_some(now);
    diesel::update(appointment_requests::table.filter(appointment_requests::id.eq(request.id.0)))
        .set((
            appointment_requests::state.eq(request.state.as_str()),
            appointment_requests::offered_until.eq(request.offered_until),
            appointment_requests::ended_at.eq(request.state.is_over().then_some(now)),
            appointment_requests::appointment_id.eq(end.appointment.map(|id| id.0)),
            appointment_requests::decline_sealed.eq(end.decline_sealed.as_deref()),
            seen.map(|at| appointment_requests::seen_at.eq(at)),
            appointment_requests::version.eq(appointment_requests::version + 1),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}
