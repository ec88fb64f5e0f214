//! Rules that staff may set aside, each by its name.

use super::{Modality, stored_words};
use serde::{Deserialize, Serialize};

/// A rule that is set aside for one visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Override {
    /// More visits at the same time than the schedule takes, in one of its extra lanes.
    DoubleBook,
    /// Outside the hours, or at a start the schedule does not have.
    OutsideHours,
    /// While the resource, the location or the organization is away.
    InsideBlackout,
    /// Without the time the kind of visit keeps free before and after it.
    IgnoreBuffer,
    /// More visits of a schedule on one day than it takes.
    OverCap,
    /// With somebody, or something, that cannot do what the kind of visit asks for.
    NotQualified,
    /// At a location that is not open to the person's employer.
    LocationNotLinked,
    /// Online with somebody who may not see people where the person will be; a professional's word.
    Region,
}

stored_words! {
    Override {
        DoubleBook = "double_book",
        OutsideHours = "outside_hours",
        InsideBlackout = "inside_blackout",
        IgnoreBuffer = "ignore_buffer",
        OverCap = "over_cap",
        NotQualified = "not_qualified",
        LocationNotLinked = "location_not_linked",
        Region = "region",
    }
}

/// The fewest characters that say why.
pub const SHORTEST_REASON: usize = 10;
/// The most characters.
pub const LONGEST_REASON: usize = 500;

/// Rules that are set aside together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overrides(u8);

impl Overrides {
    /// Every rule holds.
    pub const NONE: Self = Self(0);

    /// Whether a rule is set aside.
    #[must_use]
    pub fn has(self, kind: Override) -> bool {
        self.0 & bit(kind) != 0
    }

    /// One more.
    #[must_use]
    pub fn with(self, kind: Override) -> Self {
        Self(self.0 | bit(kind))
    }

    /// All of both.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether nothing is set aside.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// Whether all of the others are among them.
    #[must_use]
    pub fn cover(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Which ones.
    #[must_use]
    pub fn kinds(self) -> Vec<Override> {
        let mut kinds = Override::ALL.to_vec();
        kinds.retain(|kind| self.has(*kind));
        kinds
    }

    /// Every combination of what a calendar can ask for, the smallest first; where people are counts
    /// online only.
    pub(super) fn of_calendars(modality: Modality) -> Vec<Self> {
        let end = match modality {
            Modality::InPerson => bit(Override::Region),
            Modality::Telehealth => bit(Override::LocationNotLinked),
        };
        let mut all: Vec<Self> = (0..end).map(Self).collect();
        all.sort_by_key(|some| (some.0.count_ones(), some.0));
        all
    }
}

impl FromIterator<Override> for Overrides {
    fn from_iter<I: IntoIterator<Item = Override>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::NONE, Self::with)
    }
}

/// The milder first: where one of two would do, it is the one that is asked for.
fn bit(kind: Override) -> u8 {
    match kind {
        Override::IgnoreBuffer => 1,
        Override::OutsideHours => 2,
        Override::OverCap => 4,
        Override::DoubleBook => 8,
        Override::InsideBlackout => 16,
        Override::NotQualified => 32,
        Override::Region => 64,
        Override::LocationNotLinked => 128,
    }
}

/// Whether what staff set aside is what must be.
///
/// # Errors
/// More is needed, or something was named that no rule asks for.
pub fn check(needed: Overrides, granted: Overrides) -> Result<(), OverrideError> {
    if !granted.cover(needed) {
        return Err(OverrideError::Needed(needed));
    }
    if needed != granted {
        return Err(OverrideError::NotAskedFor);
    }
    Ok(())
}

/// Why rules are not set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OverrideError {
    /// These must be named.
    #[error("rules stand in the way")]
    Needed(Overrides),
    /// A rule was named that does not stand in the way.
    #[error("a rule was named that does not stand in the way")]
    NotAskedFor,
}
