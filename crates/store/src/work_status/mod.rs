//! Restrictions, accommodations, and what a person's status is computed from.

mod accommodations;
mod facts;
mod restrictions;
mod versions;

pub use accommodations::{
    StoredAccommodation, insert_accommodation, list_accommodations, lock_accommodation,
    save_accommodation,
};

pub use facts::{
    NextAppointment, WorkPerson, clinic_contact, limitations, next_appointments,
    own_accommodations, shared_accommodations, work_people,
};
pub use restrictions::{
    Sealed, StoredRestriction, Writing, insert_restriction, insert_restriction_version,
    is_clinician, list_restrictions, lock_restriction, lock_restrictions, own_restrictions,
    save_restriction,
};

pub use versions::{accommodation_versions_of, restriction_versions_of};

use chrono::{DateTime, Utc};
use salus_domain::work_status::{End, Interval};

/// A stored word or value the code does not know: the row cannot be read.
fn unknown(what: &'static str) -> diesel::result::Error {
    diesel::result::Error::DeserializationError(
        format!("the database holds an unknown {what}").into(),
    )
}

fn interval(
    zone: &str,
    starts: DateTime<Utc>,
    ends: Option<DateTime<Utc>>,
) -> diesel::QueryResult<Interval> {
    Ok(Interval {
        zone: zone.parse().map_err(|_| unknown("time zone"))?,
        starts,
        end: ends.map_or(End::Permanent, End::At),
    })
}
