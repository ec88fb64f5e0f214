//! The employer's HR file: read, planned without writing, applied only within limits.
//!
//! A file is read to a [`Sheet`], its rows are held against what is [`Known`], and the result is a
//! [`Plan`]: what each row would do, and what the whole would do. Applying is somebody else's work;
//! nothing here writes.

pub mod cells;
pub mod columns;
pub mod dates;
pub mod fields;
pub mod known;
pub mod plan;
pub mod profile;
pub mod reading;
pub mod result_file;
pub mod supervisors;
pub mod thresholds;
pub mod values;

pub use fields::{Field, Owner};
pub use known::{Known, KnownPerson, Place, Places, Standing};
pub use plan::{Change, Counts, Outcome, Plan, RowPlan, plan};
pub use profile::Profile;
pub use reading::{ReadError, Sheet, read};
pub use thresholds::{Crossed, Limit, Thresholds};

use serde::{Deserialize, Serialize};

/// Why a row is refused, held, or applied with a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowCode {
    /// A cell that must not be blank is.
    Required,
    /// No date, or one out of range.
    BadDate,
    /// Not one of the allowed forms.
    BadValue,
    /// Longer than the field takes.
    TooLong,
    /// An identifier another person has.
    DuplicateId,
    /// The same identifier in two rows.
    DuplicateInFile,
    /// A known number with another name and another birth date.
    IdentitySuspect,
    /// A new number for somebody who seems to be known.
    LikelySamePerson,
    /// No such department.
    UnknownDepartment,
    /// No such location.
    UnknownLocation,
    /// No such supervisor.
    SupervisorNotFound,
    /// Named as one's own supervisor.
    #[serde(rename = "self")]
    OwnSupervisor,
    /// Somebody else signs in with it.
    SsoIdTaken,
}

impl RowCode {
    /// The code as it stands in result files and answers.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::BadDate => "bad-date",
            Self::BadValue => "bad-value",
            Self::TooLong => "too-long",
            Self::DuplicateId => "duplicate-id",
            Self::DuplicateInFile => "duplicate-in-file",
            Self::IdentitySuspect => "identity-suspect",
            Self::LikelySamePerson => "likely-same-person",
            Self::UnknownDepartment => "unknown-department",
            Self::UnknownLocation => "unknown-location",
            Self::SupervisorNotFound => "supervisor-not-found",
            Self::OwnSupervisor => "self",
            Self::SsoIdTaken => "sso-id-taken",
        }
    }
}

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The column, by the file's own header.
    pub column: String,
    /// What is wrong.
    pub code: RowCode,
    /// What stood there.
    pub found: String,
    /// What would be right, in a notation that needs no language.
    pub expected: String,
}

#[cfg(test)]
mod tests;
