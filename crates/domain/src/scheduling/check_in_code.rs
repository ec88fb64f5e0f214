//! The short code of a visit, typed at the clinic's door.

use crate::intake::pickup_code::ALPHABET;
use crate::private::Private;
use std::fmt;

/// How many characters a code has: 30 bits, tried at a counted rate against the visits of one place
/// and day.
pub const LENGTH: usize = 6;

/// A code in its plain spelling. It is made of the visit with a secret and stored nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct CheckInCode(Private<String>);

impl CheckInCode {
    /// The code that follows from a keyed hash of the visit.
    #[must_use]
    pub fn of_hash(hash: &[u8; 32]) -> Self {
        let characters = hash
            .iter()
            .take(LENGTH)
            .filter_map(|byte| ALPHABET.get(usize::from(byte & 31)));
        Self(Private(characters.map(|byte| char::from(*byte)).collect()))
    }

    /// Reads what somebody typed: case, spaces and hyphens do not matter, `O` is 0, `I` and `L` are
    /// 1. Nothing where it cannot be a code.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let text: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let known = |c: char| u8::try_from(c).is_ok_and(|byte| ALPHABET.contains(&byte));
        let fits = text.chars().count() == LENGTH && text.chars().all(known);
        fits.then_some(Self(Private(text)))
    }

    /// As it is shown: `XXX-XXX`.
    #[must_use]
    pub fn shown(&self) -> String {
        let (first, second) = self.0.expose().split_at(LENGTH / 2);
        format!("{first}-{second}")
    }
}

impl fmt::Debug for CheckInCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[check-in code]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typing_ignores_case_spaces_and_hyphens_and_what_looks_alike() {
        let code = CheckInCode::parse("10K-7MZ");
        assert!(code.is_some());
        for typed in ["10k7mz", " LO K 7MZ ", "io-k7-mz"] {
            assert_eq!(CheckInCode::parse(typed), code, "{typed}");
        }
    }

    #[test]
    fn what_is_too_short_too_long_or_has_other_characters_is_no_code() {
        for typed in ["", "10K7M", "10K7MZ2", "10K-7MU", "ñ0K7MZ"] {
            assert_eq!(CheckInCode::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn debug_output_shows_nothing_of_a_code() {
        let code = CheckInCode::of_hash(&[7; 32]);
        assert_eq!(format!("{code:?}"), "[check-in code]");
        assert_eq!(code.shown(), "777-777");
    }

    proptest! {
        #[test]
        fn every_made_code_reads_back_from_how_it_is_shown(hash in any::<[u8; 32]>()) {
            let code = CheckInCode::of_hash(&hash);
            prop_assert_eq!(CheckInCode::parse(&code.shown().to_lowercase()), Some(code));
        }
    }
}
