//! What a schedule would offer, before it is saved.

use super::appointment_type::Which;
use super::offered::Offer;
use super::{
    AppointmentType, Audience, BookingOptions, Modality, Need, PersonCalendar, Place, Resource,
    ResourceCalendar, Schedule, Search,
};
use chrono::{DateTime, Days, NaiveDate, Utc};

/// How many days are shown.
pub const PREVIEW_DAYS: u64 = 14;

/// A local date and the starts a schedule offers on it.
pub type PreviewDay = (NaiveDate, Vec<DateTime<Utc>>);

/// The starts a schedule offers for a type on the days from `from` on, each day with its own, empty
/// ones too. Blackouts and what is taken of the resource already are left out; whatever else the
/// type needs is not asked for, since the schedule of the one resource is what is looked at.
#[must_use]
pub fn preview(
    schedule: &Schedule,
    calendar: &ResourceCalendar,
    appointment_type: &AppointmentType,
    place: Place,
    from: NaiveDate,
    now: DateTime<Utc>,
) -> Vec<PreviewDay> {
    let resource = &calendar.resource;
    let alone = AppointmentType {
        needs: vec![Need {
            kind: resource.kind,
            which: Which::Named(resource.id),
            count: 1,
        }],
        locations: vec![place.location_id],
        ..appointment_type.clone()
    };
    let calendars = [ResourceCalendar {
        schedules: vec![schedule.clone()],
        // Where people will be is not known yet.
        resource: Resource {
            regions: Vec::new(),
            ..resource.clone()
        },
        ..calendar.clone()
    }];
    let modality = modality_of(schedule, &alone);
    let last = from + Days::new(PREVIEW_DAYS - 1);
    let search = Search {
        offer: Offer {
            appointment_type: &alone,
            audience: Audience::Clinic,
            options: &BookingOptions::default(),
            item: None,
            person: &PersonCalendar::default(),
            moving: false,
            now,
        },
        place,
        modality,
        region: None,
        calendars: &calendars,
        wanted: None,
        moving: None,
    };
    let slots = search.slots(from, last);
    from.iter_days()
        .take_while(|date| *date <= last)
        .map(|date| {
            let of_day = slots.iter().filter(|slot| slot.local_date == date);
            (date, of_day.map(|slot| slot.starts_at).collect())
        })
        .collect()
}

/// A way in which both the schedule and the type can take place, else any of the type's.
fn modality_of(schedule: &Schedule, appointment_type: &AppointmentType) -> Modality {
    let offered = &appointment_type.modalities;
    let both = offered
        .iter()
        .find(|modality| schedule.modality.is_none_or(|only| only == **modality));
    both.or(offered.first())
        .copied()
        .unwrap_or(Modality::InPerson)
}
