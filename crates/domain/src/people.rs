//! Persons: names and what "today" means for them.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::time::{local_date, parse_zone};

/// The name shown: the preferred first name where there is one, then the last name.
#[must_use]
pub fn shown_name(first: &str, preferred: &str, last: &str) -> String {
    let first = if preferred.trim().is_empty() {
        first
    } else {
        preferred
    };
    format!("{} {}", first.trim(), last.trim())
        .trim()
        .to_owned()
}

/// The zone that "today" has for a person: the primary work location's, else the employer's, else
/// the provider organization's.
#[must_use]
pub fn zone_of(location: Option<&str>, employer: Option<&str>, organization: &str) -> Tz {
    location
        .and_then(parse_zone)
        .or_else(|| employer.and_then(parse_zone))
        .or_else(|| parse_zone(organization))
        .unwrap_or(Tz::UTC)
}

/// Today for a person.
#[must_use]
pub fn today(now: DateTime<Utc>, zone: Tz) -> NaiveDate {
    local_date(now, zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_first_name_stands_before_the_last_name() {
        assert_eq!(shown_name("Roberto", "Beto", "Sample"), "Beto Sample");
        assert_eq!(shown_name("", "", "Sample"), "Sample");
    }

    #[test]
    fn today_is_the_work_locations_date() {
        let zone = zone_of(Some("America/Los_Angeles"), Some("America/New_York"), "UTC");
        let now = "2026-12-16T07:30:00Z".parse().unwrap();
        assert_eq!(today(now, zone).to_string(), "2026-12-15");
    }
}
