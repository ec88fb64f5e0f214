//! The code a worker without single sign-on turns into an account: twelve characters, used once.

use crate::private::Private;
use chrono::{DateTime, Duration, Utc};
use std::fmt;
use thiserror::Error;

/// The characters of a code: digits and letters nobody mistakes for one another (Crockford's
/// base 32).
pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many characters a code has.
pub const LENGTH: usize = 12;
/// Days a code works unless said otherwise.
pub const DEFAULT_DAYS: u16 = 30;
/// Wrong answers to the second fact after which a code is locked.
pub const WRONG_ANSWERS: i16 = 5;

/// A whole code in its stored spelling: twelve characters, no hyphens. Never logged, never stored:
/// what is stored is a keyed hash of it and its last four characters.
#[derive(Clone, PartialEq, Eq)]
pub struct PickupCode(Private<String>);

/// What was typed cannot be a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not twelve characters of a code")]
pub struct NotACode;

impl PickupCode {
    /// Makes a code of random bytes; 60 of the 96 bits are used.
    #[must_use]
    pub fn from_random(bytes: [u8; LENGTH]) -> Self {
        let text = bytes
            .iter()
            .filter_map(|byte| ALPHABET.get(usize::from(byte & 31)))
            .map(|character| char::from(*character))
            .collect();
        Self(Private(text))
    }

    /// Reads what somebody typed: case and hyphens do not matter, `O` is 0, `I` and `L` are 1.
    ///
    /// # Errors
    /// [`NotACode`] when other characters or another number of them remain.
    pub fn parse(typed: &str) -> Result<Self, NotACode> {
        let text: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let known = |c: char| u8::try_from(c).is_ok_and(|byte| ALPHABET.contains(&byte));
        if text.chars().count() == LENGTH && text.chars().all(known) {
            Ok(Self(Private(text)))
        } else {
            Err(NotACode)
        }
    }

    /// The twelve characters, for hashing.
    #[must_use]
    pub fn characters(&self) -> &str {
        self.0.expose()
    }

    /// As it is shown, once: `XXXX-XXXX-XXXX`.
    #[must_use]
    pub fn shown(&self) -> String {
        let characters: Vec<char> = self.characters().chars().collect();
        characters
            .chunks(4)
            .map(|group| group.iter().collect::<String>())
            .collect::<Vec<_>>()
            .join("-")
    }

    /// The last four characters, by which staff tell codes apart.
    #[must_use]
    pub fn last_four(&self) -> String {
        self.characters().chars().skip(LENGTH - 4).collect()
    }
}

impl fmt::Debug for PickupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[pick-up code]")
    }
}

/// What a code opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The person's own access.
    Myself,
    /// Access of a representative or a relative.
    Proxy,
}

impl Purpose {
    /// The word that is stored and sent.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Myself => "self",
            Self::Proxy => "proxy",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "self" => Some(Self::Myself),
            "proxy" => Some(Self::Proxy),
            _ => None,
        }
    }
}

/// Where a code stands. Expiry is a matter of the clock and not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Waiting to be used.
    Pending,
    /// Used.
    Redeemed,
    /// Closed after wrong answers.
    Locked,
    /// Replaced by a newer one, or taken back.
    Void,
}

impl State {
    /// The word that is stored and sent.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Redeemed => "redeemed",
            Self::Locked => "locked",
            Self::Void => "void",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Pending, Self::Redeemed, Self::Locked, Self::Void]
            .into_iter()
            .find(|state| state.word() == word)
    }
}

/// Why a code opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CodeRefusal {
    /// Used, replaced, taken back or never made: one answer for all of them.
    #[error("this code was already used")]
    NotUsable,
    /// Its time is over since the given instant.
    #[error("this code has expired")]
    Expired(DateTime<Utc>),
    /// Too many wrong answers.
    #[error("this code is locked")]
    Locked,
}

/// When a code made at an instant stops working, to the second. Between 1 and 90 days.
#[must_use]
pub fn expires_at(made_at: DateTime<Utc>, days: u16) -> DateTime<Utc> {
    made_at + Duration::days(i64::from(days.clamp(1, 90)))
}

/// Whether a code may be used at an instant.
///
/// # Errors
/// Says which of the three refusals applies.
pub fn check(
    state: State,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), CodeRefusal> {
    match state {
        State::Redeemed | State::Void => Err(CodeRefusal::NotUsable),
        State::Locked => Err(CodeRefusal::Locked),
        State::Pending if now >= expires_at => Err(CodeRefusal::Expired(expires_at)),
        State::Pending => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn typing_ignores_case_and_hyphens_and_reads_o_as_0_and_i_and_l_as_1() {
        assert_eq!(
            PickupCode::parse("i0o1-abcd-efgh").unwrap(),
            PickupCode::parse("1001ABCDEFGH").unwrap()
        );
        assert_eq!(
            PickupCode::parse(" l001 abcd\u{2013}efgh ")
                .unwrap()
                .shown(),
            "1001-ABCD-EFGH"
        );
    }

    #[test]
    fn u_is_not_a_character_of_a_code_and_eleven_are_too_few() {
        assert_eq!(PickupCode::parse("U001-ABCD-EFGH"), Err(NotACode));
        assert_eq!(PickupCode::parse("001-ABCD-EFGH"), Err(NotACode));
    }

    #[test]
    fn a_code_made_for_30_days_expires_to_the_second() {
        let expires = expires_at(at("2027-02-08T09:00:00Z"), DEFAULT_DAYS);
        assert_eq!(
            check(State::Pending, expires, at("2027-03-10T08:59:59Z")),
            Ok(())
        );
        assert_eq!(
            check(State::Pending, expires, at("2027-03-10T09:00:00Z")),
            Err(CodeRefusal::Expired(at("2027-03-10T09:00:00Z")))
        );
    }

    #[test]
    fn a_used_and_a_replaced_code_answer_the_same() {
        let later = at("2027-03-10T09:00:00Z");
        let now = at("2027-03-01T09:00:00Z");
        assert_eq!(
            check(State::Redeemed, later, now),
            check(State::Void, later, now)
        );
        assert_eq!(check(State::Locked, later, now), Err(CodeRefusal::Locked));
    }

    #[test]
    fn debug_output_shows_nothing_of_a_code() {
        let code = PickupCode::parse("1001ABCDEFGH").unwrap();
        assert_eq!(format!("{code:?}"), "[pick-up code]");
        assert_eq!(code.last_four(), "EFGH");
    }

    proptest! {
        #[test]
        fn every_made_code_reads_back_from_how_it_is_shown(bytes in any::<[u8; LENGTH]>()) {
            let code = PickupCode::from_random(bytes);
            prop_assert_eq!(PickupCode::parse(&code.shown().to_lowercase()).unwrap(), code);
        }
    }
}
