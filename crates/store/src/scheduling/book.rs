//! The calendars of the resources at some locations, loaded whole for one search.

use super::moving::TakenClaim;
use super::resources::regions_of;
use super::{audience, modality, small, unknown, zone};
use crate::database::{Connection, planned};
use crate::schema::{
    blackouts, claims, locations, resources, schedule_types, schedule_windows, schedules,
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::{try_join, try_join3};
use salus_domain::ids::{
    AppointmentId, AppointmentTypeId, BlackoutId, HoldId, LocationId, ResourceId, ScheduleId,
};
use salus_domain::scheduling::{
    Blackout, Claim, Modality, Pattern, Place, Resource, ResourceCalendar, ResourceKind, Schedule,
    Span, Stretch, Target, TypeScope, WeeklyWindow, Window,
};
use salus_domain::time::Tz;
use std::collections::HashMap;
use uuid::Uuid;

/// Everything that decides what is free at some locations between two instants.
#[derive(Clone, Debug)]
pub struct Book {
    within: Stretch,
    resources: Vec<(Resource, String, Tz)>,
    schedules: Vec<Schedule>,
    blackouts: Vec<(Blackout, String)>,
    claims: HashMap<Uuid, Vec<Claim>>,
}

impl Book {
    /// The calendars at one of the locations; the claims of `without` (the person's own hold, which
    /// a new one would free) do not count.
    #[must_use]
    pub fn at(&self, place: Place, without: Option<HoldId>) -> Vec<ResourceCalendar> {
        self.resources
            .iter()
            .map(|(resource, _, home_zone)| ResourceCalendar {
                resource: resource.clone(),
                schedules: self
                    .schedules
                    .iter()
                    .filter(|schedule| {
                        schedule.resource_id == resource.id
                            && schedule.location_id == place.location_id
                    })
                    .cloned()
                    .collect(),
                blocked: self
                    .closed(resource.id, place, *home_zone)
                    .map(|(stretch, modality, _)| (stretch, modality))
                    .collect(),
                claims: self
                    .claims
                    .get(&resource.id.0)
                    .into_iter()
                    .flatten()
                    .filter(|claim| without.is_none() || claim.hold_id != without)
                    .cloned()
                    .collect(),
            })
            .filter(|calendar| !calendar.schedules.is_empty())
            .collect()
    }

    /// Adds what a visit that is moved has, however far off it is: in its own lanes it stays.
    pub fn know(&mut self, visit: AppointmentId, own: &[TakenClaim]) {
        for claim in own {
            let known = self.claims.entry(claim.resource.0).or_default();
            let is_there =
                |one: &Claim| one.appointment_id == Some(visit) && one.stretch == claim.stretch;
            if !known.iter().any(is_there) {
                known.push(Claim {
                    stretch: claim.stretch,
                    lane: claim.lane,
                    appointment_id: Some(visit),
                    hold_id: None,
                    schedule_id: claim.schedule,
                    local_date: claim.stretch.from.date_naive(),
                });
            }
        }
    }

    /// When a resource is away from a location, and why.
    #[must_use]
    pub fn away(&self, resource: ResourceId, place: Place) -> Vec<(Stretch, String)> {
        let home = self
            .resources
            .iter()
            .find(|(known, ..)| known.id == resource);
        home.map_or_else(Vec::new, |(_, _, home_zone)| {
            self.closed(resource, place, *home_zone)
                .map(|(stretch, _, reason)| (stretch, reason.to_owned()))
                .collect()
        })
    }

    /// A resource's name.
    #[must_use]
    pub fn name(&self, resource: ResourceId) -> Option<&str> {
        self.resources
            .iter()
            .find(|(known, ..)| known.id == resource)
            .map(|(_, name, _)| name.as_str())
    }

    /// Whether a resource is a provider, whose name everybody may know.
    #[must_use]
    pub fn is_provider(&self, resource: ResourceId) -> bool {
        let of = self
            .resources
            .iter()
            .find(|(known, ..)| known.id == resource);
        of.is_some_and(|(known, ..)| known.kind == ResourceKind::Provider)
    }

    /// The resources with a schedule at one of the locations: providers, then rooms, then
    /// equipment, by name.
    pub fn resources(&self) -> impl Iterator<Item = (&Resource, &str)> {
        self.resources
            .iter()
            .map(|(resource, name, _)| (resource, name.as_str()))
    }

    /// What a blackout keeps of a resource at a location, whether it is one of the book or not.
    #[must_use]
    pub fn kept_by(&self, blackout: &Blackout, resource: ResourceId, place: Place) -> Vec<Stretch> {
        let mut known = self.resources.iter();
        let home = known.find(|(known, ..)| known.id == resource);
        home.map_or_else(Vec::new, |(_, _, home_zone)| {
            self.kept(blackout, resource, place, *home_zone)
        })
    }

    fn kept(
        &self,
        blackout: &Blackout,
        resource: ResourceId,
        place: Place,
        home_zone: Tz,
    ) -> Vec<Stretch> {
        let zone = match blackout.target {
            Target::Resource(id) if id == resource => home_zone,
            Target::Location(id) if id == place.location_id => place.zone,
            Target::Organization => place.zone,
            _ => return Vec::new(),
        };
        blackout.stretches(self.within, zone)
    }

    fn closed(
        &self,
        resource: ResourceId,
        place: Place,
        home_zone: Tz,
    ) -> impl Iterator<Item = (Stretch, Option<Modality>, &str)> {
        self.blackouts.iter().flat_map(move |(blackout, reason)| {
            self.kept(blackout, resource, place, home_zone)
                .into_iter()
                .map(|stretch| (stretch, blackout.modality, reason.as_str()))
                .collect::<Vec<_>>()
        })
    }
}

/// Loads the calendars of every resource that works at one of the locations, for visits that
/// start on the local dates `from` to `to`. Five statements, whatever is found. Why somebody is away
/// is not asked: not everybody who looks for a time may know.
///
/// # Errors
/// What the database says.
pub async fn load_book(
    conn: &Connection,
    places: &[LocationId],
    from: NaiveDate,
    to: NaiveDate,
    now: DateTime<Utc>,
) -> QueryResult<Book> {
    load(conn, places, (from, to), now, false).await
}

/// As [`load_book`], with the reasons of blackouts, for staff.
///
/// # Errors
/// What the database says.
pub async fn load_explained_book(
    conn: &Connection,
    places: &[LocationId],
    date: NaiveDate,
    now: DateTime<Utc>,
) -> QueryResult<Book> {
    load(conn, places, (date, date), now, true).await
}

async fn load(
    mut conn: &Connection,
    places: &[LocationId],
    (from, to): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
    explained: bool,
) -> QueryResult<Book> {
    let within = around(from, to);
    let at = planned(places.iter().map(|id| id.0));
    let rows: Vec<(ScheduleRow, ResourceRow, String)> = schedules::table
        .inner_join(
            resources::table.on(resources::provider_org_id
                .eq(schedules::provider_org_id)
                .and(resources::id.eq(schedules::resource_id))),
        )
        .inner_join(
            locations::table.on(locations::provider_org_id
                .eq(resources::provider_org_id)
                .and(locations::id.eq(resources::home_location_id))),
        )
        .filter(schedules::location_id.eq_any(&at))
        .filter(schedules::deleted_at.is_null())
        .filter(schedules::effective_from.le(to + TimeDelta::days(1)))
        .filter(
            schedules::effective_until
                .is_null()
                .or(schedules::effective_until.ge(from - TimeDelta::days(1))),
        )
        .filter(resources::active)
        .filter(resources::deleted_at.is_null())
        .order((
            resources::kind,
            resources::name,
            resources::id,
            schedules::id,
        ))
        .select((
            ScheduleRow::as_select(),
            ResourceRow::as_select(),
            locations::time_zone,
        ))
        .load(&mut conn)
        .await?;
    let mut known: Vec<(Resource, String, Tz)> = Vec::new();
    for (_, resource, home_zone) in &rows {
        if known
            .last()
            .is_none_or(|(last, ..)| last.id.0 != resource.id)
        {
            known.push((
                resource.to_resource()?,
                resource.name.clone(),
                zone(home_zone)?,
            ));
        }
    }
    known.sort_by_key(|(resource, ..)| resource.kind);
    let ids = planned(known.iter().map(|(resource, ..)| resource.id.0));
    let rows: Vec<ScheduleRow> = rows.into_iter().map(|(schedule, ..)| schedule).collect();
    let (schedules, blackouts, claims) = try_join3(
        complete(conn, rows),
        load_blackouts(conn, &ids, &at, within, explained),
        load_claims(conn, &ids, within, now),
    )
    .await?;
    Ok(Book {
        within,
        resources: known,
        schedules,
        blackouts,
        claims,
    })
}

/// Providers with a schedule at one of the locations that has not ended by a date, once for each such
/// schedule, by name.
///
/// # Errors
/// What the database says.
pub async fn providers_at(
    mut conn: &Connection,
    places: &[LocationId],
    date: NaiveDate,
) -> QueryResult<Vec<(Resource, String, Schedule)>> {
    let at = planned(places.iter().map(|id| id.0));
    let rows: Vec<(ScheduleRow, ResourceRow)> = schedules::table
        .inner_join(
            resources::table.on(resources::provider_org_id
                .eq(schedules::provider_org_id)
                .and(resources::id.eq(schedules::resource_id))),
        )
        .filter(schedules::location_id.eq_any(&at))
        .filter(schedules::deleted_at.is_null())
        .filter(
            schedules::effective_until
                .is_null()
                .or(schedules::effective_until.ge(date)),
        )
        .filter(resources::kind.eq(ResourceKind::Provider.as_str()))
        .filter(resources::active)
        .filter(resources::deleted_at.is_null())
        .order((resources::name, resources::id, schedules::id))
        .select((ScheduleRow::as_select(), ResourceRow::as_select()))
        .load(&mut conn)
        .await?;
    let (rows, providers): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let schedules = complete(conn, rows).await?;
    providers
        .into_iter()
        .zip(schedules)
        .map(|(provider, schedule)| Ok((provider.to_resource()?, provider.name, schedule)))
        .collect()
}

/// What is blocked and taken of one resource, for a schedule of it at a place that is not saved yet;
/// without the schedules it has.
///
/// # Errors
/// What the database says.
pub async fn load_calendar(
    mut conn: &Connection,
    resource: ResourceId,
    place: Place,
    from: NaiveDate,
    to: NaiveDate,
    now: DateTime<Utc>,
) -> QueryResult<Option<ResourceCalendar>> {
    let found: Option<(ResourceRow, String)> = resources::table
        .inner_join(
            locations::table.on(locations::provider_org_id
                .eq(resources::provider_org_id)
                .and(locations::id.eq(resources::home_location_id))),
        )
        .filter(resources::id.eq(resource.0))
        .select((ResourceRow::as_select(), locations::time_zone))
        .first(&mut conn)
        .await
        .optional()?;
    let Some((row, home_zone)) = found else {
        return Ok(None);
    };
    let within = around(from, to);
    let (ids, at) = (planned([resource.0]), planned([place.location_id.0]));
    let (blackouts, mut claims) = try_join(
        load_blackouts(conn, &ids, &at, within, false),
        load_claims(conn, &ids, within, now),
    )
    .await?;
    let taken = claims.remove(&resource.0).unwrap_or_default();
    let home_zone = zone(&home_zone)?;
    let book = Book {
        within,
        resources: Vec::new(),
        schedules: Vec::new(),
        blackouts,
        claims: HashMap::new(),
    };
    Ok(Some(ResourceCalendar {
        resource: row.to_resource()?,
        schedules: Vec::new(),
        blocked: book
            .closed(resource, place, home_zone)
            .map(|(stretch, modality, _)| (stretch, modality))
            .collect(),
        claims: taken,
    }))
}

/// The instants that visits starting on some local dates may touch.
fn around(from: NaiveDate, to: NaiveDate) -> Stretch {
    // Zones reach from -12 to +14 hours, visits with their buffers ten hours over midnight.
    let day = TimeDelta::days(1);
    Stretch {
        from: from.and_time(chrono::NaiveTime::MIN).and_utc() - day,
        until: to.and_time(chrono::NaiveTime::MIN).and_utc() + day + day,
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = resources)]
struct ResourceRow {
    id: Uuid,
    kind: String,
    name: String,
    skills: Vec<String>,
    home_location_id: Uuid,
    regions: Vec<String>,
}

impl ResourceRow {
    fn to_resource(&self) -> QueryResult<Resource> {
        Ok(Resource {
            id: ResourceId(self.id),
            kind: ResourceKind::parse(&self.kind)
                .ok_or_else(|| unknown("resource kind", &self.kind))?,
            skills: self.skills.clone(),
            home_location: LocationId(self.home_location_id),
            regions: regions_of(&self.regions)?,
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = schedules)]
pub(super) struct ScheduleRow {
    id: Uuid,
    resource_id: Uuid,
    location_id: Uuid,
    modality: String,
    all_types: bool,
    effective_from: NaiveDate,
    effective_until: Option<NaiveDate>,
    every_n_weeks: Option<i16>,
    interval_minutes: i16,
    offset_minutes: i16,
    capacity: i16,
    daily_cap: Option<i16>,
    overbook: i16,
    opens_at: Option<DateTime<Utc>>,
    audience: Vec<String>,
    priority: i16,
    pub(super) deleted_at: Option<DateTime<Utc>>,
    pub(super) version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = schedule_windows)]
struct WindowRow {
    schedule_id: Uuid,
    weekday: Option<i16>,
    on_date: Option<NaiveDate>,
    start_minute: i16,
    end_minute: i16,
}

/// Adds the windows and types to schedules; the order stays.
pub(super) async fn complete(
    conn: &Connection,
    rows: Vec<ScheduleRow>,
) -> QueryResult<Vec<Schedule>> {
    let ids = planned(rows.iter().map(|row| row.id));
    let (mut first, mut second) = (conn, conn);
    let (windows, types) = try_join(
        schedule_windows::table
            .filter(schedule_windows::schedule_id.eq_any(&ids))
            .order((
                schedule_windows::weekday,
                schedule_windows::on_date,
                schedule_windows::start_minute,
            ))
            .select(WindowRow::as_select())
            .load(&mut first),
        schedule_types::table
            .filter(schedule_types::schedule_id.eq_any(&ids))
            .order(schedule_types::appointment_type_id)
            .select((
                schedule_types::schedule_id,
                schedule_types::appointment_type_id,
            ))
            .load::<(Uuid, Uuid)>(&mut second),
    )
    .await?;
    rows.into_iter()
        .map(|row| {
            let own: Vec<&WindowRow> = windows
                .iter()
                .filter(|window| window.schedule_id == row.id)
                .collect();
            let only = types
                .iter()
                .filter(|(schedule, _)| *schedule == row.id)
                .map(|(_, id)| AppointmentTypeId(*id))
                .collect();
            row.into_schedule(&own, only)
        })
        .collect()
}

impl ScheduleRow {
    fn into_schedule(
        self,
        windows: &[&WindowRow],
        only: Vec<AppointmentTypeId>,
    ) -> QueryResult<Schedule> {
        let pattern = match self.every_n_weeks {
            Some(weeks) => Pattern::Weekly {
                every_n_weeks: small(weeks)?,
                windows: windows
                    .iter()
                    .filter_map(|row| Some((row.weekday?, row)))
                    .map(|(weekday, row)| {
                        Ok(WeeklyWindow {
                            weekday: weekday_of(weekday)?,
                            window: row.window()?,
                        })
                    })
                    .collect::<QueryResult<_>>()?,
            },
            None => Pattern::Dates(
                windows
                    .iter()
                    .filter_map(|row| Some((row.on_date?, row)))
                    .map(|(date, row)| Ok((date, row.window()?)))
                    .collect::<QueryResult<_>>()?,
            ),
        };
        Ok(Schedule {
            id: ScheduleId(self.id),
            resource_id: ResourceId(self.resource_id),
            location_id: LocationId(self.location_id),
            modality: modality(&self.modality)?,
            types: if self.all_types {
                TypeScope::All
            } else {
                TypeScope::Only(only)
            },
            effective_from: self.effective_from,
            effective_until: self.effective_until,
            pattern,
            interval: small(self.interval_minutes)?,
            offset: small(self.offset_minutes)?,
            capacity: small(self.capacity)?,
            daily_cap: self.daily_cap.map(small).transpose()?,
            overbook: small(self.overbook)?,
            opens_at: self.opens_at,
            audience: self
                .audience
                .iter()
                .map(|word| audience(word))
                .collect::<QueryResult<_>>()?,
            priority: small(self.priority)?,
        })
    }
}

impl WindowRow {
    fn window(&self) -> QueryResult<Window> {
        Window::new(small(self.start_minute)?, small(self.end_minute)?)
            .map_err(|error| unknown("window", &error.to_string()))
    }
}

fn weekday_of(iso: i16) -> QueryResult<Weekday> {
    small::<u8>(iso - 1)
        .and_then(|day| Weekday::try_from(day).map_err(|_| unknown("weekday", &iso.to_string())))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = blackouts)]
pub(super) struct BlackoutRow {
    pub(super) id: Uuid,
    pub(super) resource_id: Option<Uuid>,
    pub(super) location_id: Option<Uuid>,
    pub(super) starts_local: NaiveDateTime,
    pub(super) ends_local: NaiveDateTime,
    pub(super) whole_days: bool,
    pub(super) modality: String,
    pub(super) reason: String,
    pub(super) yearly: bool,
    pub(super) deleted_at: Option<DateTime<Utc>>,
    pub(super) version: i32,
}

impl BlackoutRow {
    pub(super) fn to_blackout(&self) -> QueryResult<Blackout> {
        Ok(Blackout {
            id: BlackoutId(self.id),
            target: match (self.resource_id, self.location_id) {
                (Some(id), _) => Target::Resource(ResourceId(id)),
                (None, Some(id)) => Target::Location(LocationId(id)),
                (None, None) => Target::Organization,
            },
            span: if self.whole_days {
                Span::Dates(self.starts_local.date(), self.ends_local.date())
            } else {
                Span::Times(self.starts_local, self.ends_local)
            },
            modality: modality(&self.modality)?,
            yearly: self.yearly,
        })
    }
}

async fn load_blackouts(
    mut conn: &Connection,
    resources: &[Uuid],
    places: &[Uuid],
    within: Stretch,
    explained: bool,
) -> QueryResult<Vec<(Blackout, String)>> {
    let found = blackouts::table
        .filter(blackouts::deleted_at.is_null())
        .filter(
            blackouts::resource_id
                .eq_any(resources)
                .or(blackouts::location_id.eq_any(places))
                .or(blackouts::resource_id
                    .is_null()
                    .and(blackouts::location_id.is_null())),
        )
        .filter(
            blackouts::yearly.or(blackouts::starts_local
                .lt(within.until.naive_utc())
                .and(blackouts::ends_local.gt(within.from.naive_utc()))),
        )
        .order((blackouts::starts_local, blackouts::id));
    let rows: Vec<BlackoutRow> = if explained {
        found
            .select(BlackoutRow::as_select())
            .load(&mut conn)
            .await?
    } else {
        let unexplained = "".into_sql::<diesel::sql_types::Text>();
        found
            .select((
                blackouts::id,
                blackouts::resource_id,
                blackouts::location_id,
                blackouts::starts_local,
                blackouts::ends_local,
                blackouts::whole_days,
                blackouts::modality,
                unexplained,
                blackouts::yearly,
                blackouts::deleted_at,
                blackouts::version,
            ))
            .load(&mut conn)
            .await?
    };
    rows.iter()
        .map(|row| Ok((row.to_blackout()?, row.reason.clone())))
        .collect()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = claims)]
struct ClaimRow {
    resource_id: Option<Uuid>,
    lane: i16,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    local_date: NaiveDate,
    schedule_id: Option<Uuid>,
    appointment_id: Option<Uuid>,
    hold_id: Option<Uuid>,
}

async fn load_claims(
    mut conn: &Connection,
    resources: &[Uuid],
    within: Stretch,
    now: DateTime<Utc>,
) -> QueryResult<HashMap<Uuid, Vec<Claim>>> {
    let rows = claims::table
        .filter(claims::resource_id.eq_any(resources))
        .filter(claims::ends_at.gt(within.from))
        .filter(claims::starts_at.lt(within.until))
        .filter(claims::expires_at.is_null().or(claims::expires_at.gt(now)))
        .order((claims::resource_id, claims::ends_at))
        .select(ClaimRow::as_select())
        .load(&mut conn)
        .await?;
    let mut answer: HashMap<Uuid, Vec<Claim>> = HashMap::new();
    for row in rows {
        let Some(resource) = row.resource_id else {
            continue;
        };
        answer.entry(resource).or_default().push(Claim {
            stretch: Stretch {
                from: row.starts_at,
                until: row.ends_at,
            },
            lane: small(row.lane)?,
            appointment_id: row.appointment_id.map(AppointmentId),
            hold_id: row.hold_id.map(HoldId),
            schedule_id: row.schedule_id.map(ScheduleId),
            local_date: row.local_date,
        });
    }
    Ok(answer)
}
