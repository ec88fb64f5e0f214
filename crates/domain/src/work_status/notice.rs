//! Whom a change of a person's work status is told: never what has changed, only that something
//! has.

use super::accommodation::{AccommodationType, DayEffect};
use super::interval::Interval;
use super::restriction::Terms;
use crate::private::Private;

/// What one version of a restriction or an accommodation lets people outside the clinic read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readable {
    /// A restriction.
    Restriction {
        /// What may be done and when.
        terms: Terms,
        /// The person may read what it is about.
        reason_released: bool,
    },
    /// An accommodation.
    Accommodation {
        /// Its type; a supervisor has it only of somebody who is at work.
        kind: Option<AccommodationType>,
        /// What it means for a working day.
        effect: DayEffect,
        /// The shared details; as the type.
        details: Option<Private<String>>,
        /// From when, until when.
        interval: Interval,
    },
}

/// A version as it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub number: i32,
    /// Off = nobody is told of it.
    pub notify: bool,
    /// It counts: neither cancelled nor a mistake.
    pub current: bool,
    /// What it says.
    pub says: Readable,
}

impl Version {
    fn own(&self) -> Option<&Readable> {
        self.current.then_some(&self.says)
    }

    fn shared(&self) -> Option<Readable> {
        match self.own()?.clone() {
            Readable::Restriction { terms, .. } => {
                terms.affects_work.then_some(Readable::Restriction {
                    terms,
                    reason_released: false,
                })
            }
            Readable::Accommodation {
                effect: DayEffect::Away,
                interval,
                ..
            } => Some(Readable::Accommodation {
                kind: None,
                effect: DayEffect::Away,
                details: None,
                interval,
            }),
            here => Some(here),
        }
    }
}

/// Who is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The person it is about.
    pub person: bool,
    /// Their supervisors.
    pub supervisors: bool,
}

/// Who is told of what was saved from a version on, `versions` being all there are in their order.
///
/// Each is told when what they may read differs from before; edits that cancel out tell nobody,
/// and a supervisor never hears that something changed which they may not see.
#[must_use]
pub fn told(versions: &[Version], from: i32) -> Told {
    let before = versions.iter().rfind(|version| version.number < from);
    let mut since = versions.iter().filter(|version| version.number >= from);
    let (true, Some(now)) = (
        since.clone().any(|version| version.notify),
        since.next_back(),
    ) else {
        return Told::default();
    };
    Told {
        person: before.and_then(Version::own) != now.own(),
        supervisors: before.and_then(Version::shared) != now.shared(),
    }
}
