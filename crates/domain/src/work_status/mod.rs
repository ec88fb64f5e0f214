//! Work status: what a person may and may not do at work, from when, until when.
//!
//! A clinician writes restrictions; the status is never written, it is computed from them at an
//! instant or over a local date. A restriction has two parts kept apart by type: its [`Terms`],
//! which the person's supervisor may read when it affects work, and its [`Clinical`] part, which
//! no supervisor ever gets.

pub mod accommodation;
pub mod catalogue;
pub mod change;
pub mod draft;
pub mod interval;
pub mod limit;
pub mod lint;
pub mod notice;
pub mod release;
pub mod restriction;
pub mod sentence;
pub mod shown;
pub mod status;

#[cfg(test)]
mod tests;

pub use accommodation::{
    Accommodation, AccommodationDraft, AccommodationTerms, AccommodationType, ClinicAccommodation,
    Coverage, DayEffect, not_accommodated,
};
pub use catalogue::{Kind, RestrictionType, SideUse};
pub use change::{ChangeError, EndAll, Ending, Extension};
pub use draft::{Fault, FaultKind, RestrictionDraft};
pub use interval::{End, Interval, LocalMoment, Phase};
pub use limit::{Frequency, Hours, Limit, WeightLine, WeightUnit};
pub use notice::{Readable, Told, Version, told};
pub use release::{Release, release_at};
pub use restriction::{Clinical, Limitation, Provider, Restriction, Source, State, Terms};
pub use sentence::{Argument, Phrase};
pub use shown::{
    EmployeeRestriction, EmployeeWorkStatus, SharedAccommodation, SharedRestriction,
    SharedWorkStatus,
};
pub use status::{DayStatus, Facts, WorkStatus, lost_time_days, status_at, status_on};
