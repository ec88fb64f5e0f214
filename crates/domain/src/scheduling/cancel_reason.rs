//! Why a visit can be given back, and who may say so.

use super::Audience;
use thiserror::Error;

/// What the night gives for a visit that the clinic never answered; nobody chooses it.
pub const NOT_CONFIRMED: &str = "not_confirmed";

/// A reason for giving a visit back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelReason {
    /// Its code, 1 to 40 of `a-z 0-9 _`; it stays.
    pub code: String,
    /// Who may give it.
    pub used_by: Vec<Audience>,
    /// Whether it means that the person did not come.
    pub no_show: bool,
    /// Whether a sentence is wanted with it.
    pub wants_text: bool,
    /// Its place in lists, 1 to 99.
    pub position: u8,
    /// Whether it can still be given.
    pub active: bool,
    /// Whether it was deleted; past visits still name it.
    pub deleted: bool,
}

/// What is wrong with a reason somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReasonError {
    /// Not 1 to 40 of the allowed letters.
    #[error("a code is 1 to 40 small letters, digits and underscores")]
    Code,
    /// Nobody could give it.
    #[error("somebody may give it")]
    Nobody,
    /// Somebody could give what only the night gives.
    #[error("what the night gives is given by nobody else")]
    NightOnly,
    /// Not 1 to 99.
    #[error("a place in lists is 1 to 99")]
    Position,
}

impl CancelReason {
    /// Whether this side may give it now.
    #[must_use]
    pub fn is_offered_to(&self, side: Audience) -> bool {
        self.active && !self.deleted && self.used_by.contains(&side)
    }

    /// Whether only the night gives it.
    #[must_use]
    pub fn is_of_the_night(&self) -> bool {
        self.code == NOT_CONFIRMED
    }

    /// Every rule that is broken.
    #[must_use]
    pub fn faults(&self) -> Vec<ReasonError> {
        let of_code =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        let code = (1..=40).contains(&self.code.len()) && self.code.chars().all(of_code);
        let nobody = self.used_by.is_empty();
        let night = self.is_of_the_night();
        let rules = [
            (!code, ReasonError::Code),
            (nobody && !night, ReasonError::Nobody),
            (!nobody && night, ReasonError::NightOnly),
            (!(1..=99).contains(&self.position), ReasonError::Position),
        ];
        let broken = rules.into_iter().filter(|(broken, _)| *broken);
        broken.map(|(_, fault)| fault).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat_tyre() -> CancelReason {
        CancelReason {
            code: "flat_tyre".to_owned(),
            used_by: vec![Audience::Employee],
            no_show: false,
            wants_text: false,
            position: 8,
            active: true,
            deleted: false,
        }
    }

    #[test]
    fn a_reason_is_offered_to_those_it_names_while_it_is_in_use() {
        let reason = flat_tyre();
        assert!(reason.is_offered_to(Audience::Employee));
        assert!(!reason.is_offered_to(Audience::Clinic));
        let inactive = CancelReason {
            active: false,
            ..flat_tyre()
        };
        assert!(!inactive.is_offered_to(Audience::Employee));
        let deleted = CancelReason {
            deleted: true,
            ..flat_tyre()
        };
        assert!(!deleted.is_offered_to(Audience::Employee));
    }

    #[test]
    fn what_the_night_gives_is_given_by_nobody_else() {
        let night = CancelReason {
            code: NOT_CONFIRMED.to_owned(),
            used_by: Vec::new(),
            ..flat_tyre()
        };
        assert_eq!(night.faults(), []);
        let chosen = CancelReason {
            used_by: vec![Audience::Clinic],
            ..night
        };
        assert_eq!(chosen.faults(), [ReasonError::NightOnly]);
    }

    #[test]
    fn every_broken_rule_of_a_reason_is_told() {
        let broken = CancelReason {
            code: "Flat tyre".to_owned(),
            used_by: Vec::new(),
            position: 0,
            ..flat_tyre()
        };
        let told = [
            ReasonError::Code,
            ReasonError::Nobody,
            ReasonError::Position,
        ];
        assert_eq!(broken.faults(), told);
        assert_eq!(flat_tyre().faults(), []);
    }
}
