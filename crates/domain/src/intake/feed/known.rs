//! What is known before a file is read.

use super::fields::Field;
use crate::ids::PersonId;
use crate::intake::names::normalized;
use crate::time::{day_end, local_date};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Whether somebody works for the employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// At work.
    Active,
    /// On leave; still employed.
    Leave,
    /// No longer employed.
    Ended,
}

impl Standing {
    /// The word in files and rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Leave => "leave",
            Self::Ended => "ended",
        }
    }
}

/// A person who has a number at the employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPerson {
    /// The person.
    pub person: PersonId,
    /// The employer's number for them.
    pub employee_id: String,
    /// Values in their stored spelling: dates `YYYY-MM-DD`, places by code. Supervisors are not
    /// among them.
    pub values: BTreeMap<Field, String>,
    /// Fields somebody edited after a file wrote them.
    pub edited: BTreeSet<Field>,
    /// Where the latest employment stands now.
    pub standing: Standing,
    /// Numbers of the supervisors files have set: first and second.
    pub supervisors: [Option<String>; 2],
    /// Numbers of supervisors set by hand; empty text for one without a number here.
    pub by_hand: Vec<String>,
    /// Whether there is an account for them.
    pub has_account: bool,
    /// Whether this profile's files have brought them; shares are counted of these.
    pub fed: bool,
}

/// A department or a location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its code, unique among its kind.
    pub code: String,
    /// Its name.
    pub name: String,
    /// A location's zone.
    pub zone: Option<Tz>,
}

/// The places of an employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The employer's own zone, for people without a location.
    pub zone: Tz,
    /// Departments.
    pub departments: Vec<Place>,
    /// Locations.
    pub locations: Vec<Place>,
}

impl Places {
    /// The code of the department or location a cell names, by code or name.
    #[must_use]
    pub fn code(&self, field: Field, typed: &str) -> Option<&str> {
        let places = match field {
            Field::Department => &self.departments,
            _ => &self.locations,
        };
        let same = |text: &str| text.to_lowercase() == typed.to_lowercase();
        places
            .iter()
            .find(|place| same(&place.code))
            .or_else(|| places.iter().find(|place| same(&place.name)))
            .map(|place| place.code.as_str())
    }

    /// The zone of a location, by its code; the employer's without one.
    #[must_use]
    pub fn zone_of(&self, location: Option<&String>) -> Tz {
        self.locations
            .iter()
            .find(|place| Some(&place.code) == location)
            .and_then(|place| place.zone)
            .unwrap_or(self.zone)
    }

    /// When an employment with a last day is over: at 24:00 of that day at its location.
    #[must_use]
    pub fn end_of_employment(
        &self,
        last_day: NaiveDate,
        location: Option<&String>,
    ) -> DateTime<Utc> {
        day_end(last_day, self.zone_of(location))
    }

    /// The employer's date.
    #[must_use]
    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        local_date(now, self.zone)
    }
}

/// A name and a birth date, as people are compared by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Namesake {
    name: String,
    born: String,
}

impl Namesake {
    /// Reduces a name; the birth date is `YYYY-MM-DD`.
    #[must_use]
    pub fn new(last: &str, first: &str, born: &str) -> Self {
        Self {
            name: format!("{} {}", normalized(last), normalized(first)),
            born: born.to_owned(),
        }
    }
}

/// Everything a plan is held against.
#[derive(Debug, Clone)]
pub struct Known {
    /// People with a number at the employer.
    pub people: Vec<KnownPerson>,
    /// People of the provider organization without a number at the employer.
    pub elsewhere: HashSet<Namesake>,
    /// The employer's places.
    pub places: Places,
    /// Whether the employer's people get accounts when they arrive by file.
    pub auto_account: bool,
    /// Whether no file of this profile was applied before.
    pub first_run: bool,
}

impl Known {
    pub(super) fn by_number(&self) -> HashMap<&str, &KnownPerson> {
        self.people
            .iter()
            .map(|person| (person.employee_id.as_str(), person))
            .collect()
    }

    pub(super) fn namesakes(&self) -> HashSet<Namesake> {
        let here = self.people.iter().map(|person| {
            let value = |field| person.values.get(&field).map_or("", String::as_str);
            Namesake::new(
                value(Field::LastName),
                value(Field::FirstName),
                value(Field::BirthDate),
            )
        });
        here.chain(self.elsewhere.iter().cloned()).collect()
    }
}
