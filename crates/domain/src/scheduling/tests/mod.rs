//! The rules, as sentences.

mod booking;
mod clocks;
mod free_times;
mod opening;
mod overrides;
mod regions;
mod requests;
mod setup;
mod visit_plans;
mod wait_list;
mod zones;

use super::offered::Offer;
use super::*;
use crate::ids::{AppointmentId, AppointmentTypeId, LocationId, ResourceId, ScheduleId};
use chrono::{DateTime, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use uuid::Uuid;

pub(super) const KIND: AppointmentTypeId = AppointmentTypeId(Uuid::from_u128(1));
pub(super) const CLINIC: LocationId = LocationId(Uuid::from_u128(2));
pub(super) const ANA: ResourceId = ResourceId(Uuid::from_u128(10));
pub(super) const BEN: ResourceId = ResourceId(Uuid::from_u128(11));

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn minutes(text: &str) -> u16 {
    let (hour, minute) = text.split_once(':').unwrap();
    hour.parse::<u16>().unwrap() * 60 + minute.parse::<u16>().unwrap()
}

pub(super) fn window(start: &str, end: &str) -> Window {
    Window::new(minutes(start), minutes(end)).unwrap()
}

pub(super) fn visit_type(duration: u16) -> AppointmentType {
    AppointmentType {
        id: KIND,
        times: Times::of(duration),
        exceptions: vec![],
        modalities: vec![Modality::InPerson],
        needs: vec![Need::one_provider()],
        locations: vec![CLINIC],
        employee_bookable: true,
        supervisor_bookable: false,
        visible_to_supervisor: true,
        clinic_confirms: false,
        min_notice_to_book: 0,
        notice: Notice {
            cancel: 24,
            move_: 24,
        },
        max_per_day: 1,
        bundle_order: 50,
        after: None,
        active: true,
    }
}

pub(super) fn schedule(whose: ResourceId, windows: &[(Weekday, &str, &str)]) -> Schedule {
    Schedule {
        id: ScheduleId(Uuid::from_u128(whose.0.as_u128() + 100)),
        resource_id: whose,
        location_id: CLINIC,
        modality: None,
        types: TypeScope::All,
        effective_from: day("2026-01-01"),
        effective_until: None,
        pattern: Pattern::Weekly {
            every_n_weeks: 1,
            windows: windows
                .iter()
                .map(|(weekday, start, end)| WeeklyWindow {
                    weekday: *weekday,
                    window: window(start, end),
                })
                .collect(),
        },
        interval: 15,
        offset: 0,
        capacity: 1,
        daily_cap: None,
        overbook: 0,
        opens_at: None,
        audience: Audience::ALL.to_vec(),
        priority: 5,
    }
}

pub(super) fn calendar(schedule: Schedule) -> ResourceCalendar {
    ResourceCalendar {
        resource: Resource {
            id: schedule.resource_id,
            kind: ResourceKind::Provider,
            skills: vec![],
            home_location: CLINIC,
            regions: vec![],
        },
        schedules: vec![schedule],
        blocked: vec![],
        claims: vec![],
    }
}

pub(super) fn morning(whose: ResourceId) -> ResourceCalendar {
    calendar(schedule(whose, &[(Weekday::Mon, "09:00", "12:00")]))
}

pub(super) fn every_half_hour(whose: ResourceId) -> ResourceCalendar {
    let mut all = morning(whose);
    for schedule in &mut all.schedules {
        schedule.interval = 30;
    }
    all
}

pub(super) fn claim(lane: u16, times: Times, start: &str) -> Claim {
    Claim {
        stretch: times.of_resource(at(start)),
        lane,
        appointment_id: Some(AppointmentId(Uuid::from_u128(900 + u128::from(lane)))),
        hold_id: None,
        schedule_id: None,
        local_date: at(start).date_naive(),
    }
}

/// What a search is made of; every part can be replaced.
pub(super) struct Clinic {
    pub(super) kind: AppointmentType,
    pub(super) options: BookingOptions,
    pub(super) person: PersonCalendar,
    pub(super) calendars: Vec<ResourceCalendar>,
    pub(super) zone: Tz,
    pub(super) now: DateTime<Utc>,
    pub(super) audience: Audience,
    pub(super) item: Option<Item>,
    pub(super) moving: Option<AppointmentId>,
    pub(super) modality: Modality,
    pub(super) region: Option<Region>,
}

impl Clinic {
    pub(super) fn new(duration: u16, calendars: Vec<ResourceCalendar>) -> Self {
        Self {
            kind: visit_type(duration),
            options: BookingOptions {
                days_out: 365,
                ..BookingOptions::default()
            },
            person: PersonCalendar::default(),
            calendars,
            zone: chrono_tz::UTC,
            now: at("2027-01-01T00:00:00Z"),
            audience: Audience::Employee,
            item: None,
            moving: None,
            modality: Modality::InPerson,
            region: None,
        }
    }

    pub(super) fn search(&self) -> Search<'_> {
        Search {
            offer: Offer {
                appointment_type: &self.kind,
                audience: self.audience,
                options: &self.options,
                item: self.item,
                person: &self.person,
                moving: self.moving.is_some(),
                now: self.now,
            },
            place: Place {
                location_id: CLINIC,
                zone: self.zone,
            },
            modality: self.modality,
            region: self.region.as_ref(),
            calendars: &self.calendars,
            wanted: None,
            moving: self.moving,
        }
    }

    pub(super) fn starts_on(&self, date: &str) -> Vec<String> {
        self.search()
            .slots(day(date), day(date))
            .iter()
            .map(|slot| {
                slot.starts_at
                    .with_timezone(&self.zone)
                    .format("%H:%M")
                    .to_string()
            })
            .collect()
    }
}
