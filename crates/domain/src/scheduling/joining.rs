//! Joining a visit that takes place online.

use super::{State, Stretch};
use crate::ids::AppointmentId;
use chrono::{DateTime, TimeDelta, Utc};
use thiserror::Error;

/// How long before the start one can join.
pub const OPENS_BEFORE: TimeDelta = TimeDelta::minutes(15);
/// How long after the end one still can.
pub const OPEN_AFTER: TimeDelta = TimeDelta::minutes(30);
/// What stands in a link for the visit's id.
pub const VISIT: &str = "{appointment}";
/// The most characters of a link.
pub const LONGEST_LINK: usize = 500;

/// An address at which a provider sees people: always the same, or another one for each visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinLink(String);

/// What was written is no address that people can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not an https address")]
pub struct NotALink;

impl JoinLink {
    /// Reads an address: `https`, a host, nothing that hides where it leads; `{appointment}` stands
    /// for the visit.
    ///
    /// # Errors
    /// It is not such an address.
    pub fn parse(text: &str) -> Result<Self, NotALink> {
        let rest = text.strip_prefix("https://").ok_or(NotALink)?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '`');
        let without_visit = text.replace(VISIT, "");
        let fits = text.len() <= LONGEST_LINK
            && host.starts_with(|c: char| c.is_ascii_alphanumeric())
            && host.chars().all(is_host)
            && text.chars().all(plain)
            && !without_visit.contains(['{', '}']);
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotALink)
        }
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address for one visit.
    #[must_use]
    pub fn of_visit(&self, id: AppointmentId) -> String {
        self.0.replace(VISIT, &id.0.to_string())
    }
}

/// When one can join a visit, both ends included.
#[must_use]
pub fn joining_time(visit: Stretch) -> Stretch {
    Stretch {
        from: visit.from - OPENS_BEFORE,
        until: visit.until + OPEN_AFTER,
    }
}

/// Whether somebody could ever join a visit in this state.
#[must_use]
pub fn is_joinable(state: State) -> bool {
    matches!(state, State::Booked | State::CheckedIn | State::InProgress)
}

/// Whether the person can join a visit now.
///
/// # Errors
/// The visit's state does not allow it, or it is too early or too late.
pub fn check_joining(state: State, visit: Stretch, now: DateTime<Utc>) -> Result<(), JoinError> {
    let time = joining_time(visit);
    if !is_joinable(state) {
        Err(JoinError::WrongState)
    } else if now < time.from {
        Err(JoinError::TooEarly {
            opens_at: time.from,
        })
    } else if now > time.until {
        Err(JoinError::TooLate)
    } else {
        Ok(())
    }
}

/// Why somebody cannot join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum JoinError {
    /// The clinic has not agreed, or the visit is over or was given back.
    #[error("nobody can join the visit as it is now")]
    WrongState,
    /// It has not opened.
    #[error("it is too early to join")]
    TooEarly {
        /// When it opens.
        opens_at: DateTime<Utc>,
    },
    /// It has closed.
    #[error("it is too late to join")]
    TooLate,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn visit() -> Stretch {
        Stretch::of_minutes(at("2027-03-01T14:00:00Z"), 30)
    }

    #[test]
    fn one_joins_from_a_quarter_before_the_start_until_half_an_hour_after_the_end() {
        let now = |text| check_joining(State::Booked, visit(), at(text));
        assert_eq!(
            now("2027-03-01T13:44:59Z"),
            Err(JoinError::TooEarly {
                opens_at: at("2027-03-01T13:45:00Z")
            })
        );
        assert_eq!(now("2027-03-01T13:45:00Z"), Ok(()));
        assert_eq!(now("2027-03-01T15:00:00Z"), Ok(()));
        assert_eq!(now("2027-03-01T15:00:01Z"), Err(JoinError::TooLate));
    }

    #[test]
    fn nobody_joins_what_is_not_agreed_or_was_given_back() {
        let now = at("2027-03-01T14:00:00Z");
        for state in [
            State::Pending,
            State::Cancelled,
            State::NoShow,
            State::Fulfilled,
        ] {
            let answer = check_joining(state, visit(), now);
            assert_eq!(answer, Err(JoinError::WrongState), "{state:?}");
        }
        for state in [State::CheckedIn, State::InProgress] {
            assert_eq!(check_joining(state, visit(), now), Ok(()), "{state:?}");
        }
    }

    #[test]
    fn a_template_names_the_visit() {
        let id = AppointmentId(Uuid::from_u128(7));
        let link = JoinLink::parse("https://video.example/room/{appointment}?role=guest").unwrap();
        assert_eq!(
            link.of_visit(id),
            "https://video.example/room/00000000-0000-0000-0000-000000000007?role=guest"
        );
        let same = JoinLink::parse("https://video.example/lee").unwrap();
        assert_eq!(same.of_visit(id), same.as_str());
    }

    #[test]
    fn only_a_plain_https_address_is_a_link() {
        let long = format!("https://video.example/{}", "a".repeat(LONGEST_LINK));
        for text in [
            "",
            "http://video.example/lee",
            "javascript:alert(1)",
            "https://",
            "https:///lee",
            "https://user@video.example/",
            "https://{appointment}.video.example/",
            "https://video.example/{person}",
            "https://video.example/a b",
            "https://video.example/\"x",
            &long,
        ] {
            assert_eq!(JoinLink::parse(text), Err(NotALink), "{text}");
        }
    }
}
