//! Reports' visits, as their supervisor's role can read them.

use super::{small, unknown};
use crate::database::{Connection, planned};
use crate::schema::{appointment_type_texts, appointment_types, appointments, locations, persons};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::{Allowed, Bounds, Scope};
use salus_domain::ids::{AppointmentId, PersonId};
use salus_domain::scheduling::{Appointment, Moves, Notice, State};
use uuid::Uuid;

/// A report's visit: no clinical column is selected, and the database role could not.
#[derive(Clone, Debug, Queryable)]
pub struct ReportVisitRow {
    /// Which one.
    pub id: Uuid,
    /// Whose.
    pub person_id: Uuid,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The end the person was told.
    pub shown_ends_at: DateTime<Utc>,
    /// The zone promised at booking.
    pub time_zone: String,
    /// Where.
    pub location_id: Uuid,
    /// The place's name.
    pub location_name: String,
    /// Street and number.
    pub street: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State or province.
    pub location_state: Option<String>,
    /// Postal code.
    pub zip: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// How.
    pub modality: String,
    /// How far it has come.
    pub state: String,
    /// Counts the changes.
    pub version: i32,
    /// How often it was moved from a portal, and how often it may be.
    pub moves: (i16, i16),
    /// Hours of notice for giving it back and for moving it.
    pub notice: (i16, i16),
    /// Whether supervisors book this kind.
    pub bookable: bool,
    /// Language of the public name.
    pub language: String,
    /// The name everybody may know.
    pub public_name: String,
}

impl ReportVisitRow {
    /// What the rules about it need.
    ///
    /// # Errors
    /// The database holds a word or number that the rules do not know.
    pub fn rules(&self) -> QueryResult<Appointment> {
        report_rules(
            AppointmentId(self.id),
            (&self.state, self.starts_at),
            self.notice,
            self.moves,
        )
    }
}

/// A visit of a report, for the rules. Whether the person said that they will come, and when it was
/// given back, is not a supervisor's to know nor to decide by.
pub(super) fn report_rules(
    id: AppointmentId,
    (state, starts_at): (&str, DateTime<Utc>),
    (cancel, move_): (i16, i16),
    (made, most): (i16, i16),
) -> QueryResult<Appointment> {
    Ok(Appointment {
        id,
        state: State::parse(state).ok_or_else(|| unknown("state", state))?,
        starts_at,
        notice: Notice {
            cancel: small(cancel)?,
            move_: small(move_)?,
        },
        moves: Moves {
            made: small(made)?,
            most: small(most)?,
        },
        attends: false,
        cancelled_at: None,
    })
}

/// Visits with place, name and public names, as far as a supervisor's role reads them.
#[diesel::dsl::auto_type]
fn report_visits() -> _ {
    appointments::table
        .inner_join(
            persons::table.on(persons::provider_org_id
                .eq(appointments::provider_org_id)
                .and(persons::id.eq(appointments::person_id))),
        )
        .inner_join(
            locations::table.on(locations::provider_org_id
                .eq(appointments::provider_org_id)
                .and(locations::id.eq(appointments::location_id))),
        )
        .inner_join(
            appointment_types::table.on(appointment_types::provider_org_id
                .eq(appointments::provider_org_id)
                .and(appointment_types::id.eq(appointments::appointment_type_id))),
        )
        .inner_join(
            appointment_type_texts::table.on(appointment_type_texts::provider_org_id
                .eq(appointments::provider_org_id)
                .and(
                    appointment_type_texts::appointment_type_id
                        .eq(appointments::appointment_type_id),
                )),
        )
}

macro_rules! report_columns {
    () => {
        (
            appointments::id,
            appointments::person_id,
            persons::first_name,
            persons::last_name,
            appointments::starts_at,
            appointments::shown_ends_at,
            appointments::time_zone,
            locations::id,
            locations::name,
            locations::street,
            locations::city,
            locations::state,
            locations::zip,
            locations::phone,
            appointments::modality,
            appointments::state,
            appointments::version,
            (appointments::moves, appointment_types::max_moves),
            (
                appointment_types::cancel_notice,
                appointment_types::move_notice,
            ),
            appointment_types::supervisor_bookable,
            appointment_type_texts::language,
            appointment_type_texts::public_name,
        )
    };
}

/// Which visits of reports are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportVisits {
    /// Those that lie ahead, the soonest first.
    Ahead,
    /// Those since an instant that are over, given back or missed, the latest first.
    OverSince(DateTime<Utc>),
}

/// The visits of reports; each once for every language of its public name. At most 400 rows.
///
/// # Errors
/// What the database says.
pub async fn appointments_of_reports(
    conn: &mut Connection,
    scope: &Scope,
    reports: &[PersonId],
    which: ReportVisits,
    now: DateTime<Utc>,
) -> QueryResult<Vec<ReportVisitRow>> {
    debug_assert_eq!(scope.bounds(), &Bounds::Reports);
    let ids = planned(reports.iter().map(|id| id.0));
    let ahead = [
        State::Pending,
        State::Booked,
        State::CheckedIn,
        State::InProgress,
    ]
    .map(State::as_str)
    .to_vec();
    let visits = report_visits()
        .filter(appointments::person_id.eq_any(ids))
        .filter(appointments::state.ne(State::EnteredInError.as_str()))
        .limit(400)
        .select(report_columns!())
        .into_boxed();
    let visits = match which {
        ReportVisits::Ahead => visits
            .filter(appointments::shown_ends_at.gt(now))
            .filter(appointments::state.eq_any(ahead))
            .order((appointments::starts_at.asc(), appointments::id.asc())),
        ReportVisits::OverSince(since) => visits
            .filter(appointments::starts_at.ge(since))
            .filter(
                appointments::shown_ends_at
                    .le(now)
                    .or(appointments::state.ne_all(ahead)),
            )
            .order((appointments::starts_at.desc(), appointments::id.desc())),
    };
    visits
        .then_order_by(appointment_type_texts::language)
        .load(conn)
        .await
}

/// The visits of one report from an instant on, the soonest first; each once for every language of
/// its public name. At most 200.
///
/// # Errors
/// What the database says.
pub async fn appointments_of_report(
    conn: &mut Connection,
    permission: &Allowed<PersonId>,
    since: DateTime<Utc>,
) -> QueryResult<Vec<ReportVisitRow>> {
    report_visits()
        .filter(appointments::person_id.eq(permission.get().0))
        .filter(appointments::starts_at.ge(since))
        .filter(appointments::state.ne(State::EnteredInError.as_str()))
        .order((
            appointments::starts_at,
            appointments::id,
            appointment_type_texts::language,
        ))
        .limit(200)
        .select(report_columns!())
        .load(conn)
        .await
}

/// One visit of a report, once for every language of its public name.
///
/// # Errors
/// What the database says.
pub async fn appointment_of_report(
    mut conn: &Connection,
    permission: &Allowed<AppointmentId>,
) -> QueryResult<Vec<ReportVisitRow>> {
    report_visits()
        .filter(appointments::id.eq(permission.get().0))
        .order((appointments::id, appointment_type_texts::language))
        .select(report_columns!())
        .load(&mut conn)
        .await
}
