//! Redeeming a pick-up code, one step at a time: the code, a fact about the person, who is asking,
//! an address that is checked by a six-digit message, a password.

use super::pickup_code::{Purpose, WRONG_ANSWERS};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use thiserror::Error;

/// How long an attempt stays open.
pub const ATTEMPT_MINUTES: i64 = 30;
/// How long the six digits sent by e-mail work.
pub const DIGITS_MINUTES: i64 = 15;
/// Wrong six digits after which another message has to be asked for.
pub const WRONG_DIGITS: i16 = 5;
/// Messages one attempt may send.
pub const MESSAGES: i16 = 5;

/// The step an attempt waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A fact only the person and the clinic know.
    Fact,
    /// Myself or someone else.
    Who,
    /// Where the person can be reached.
    Email,
    /// The six digits that were sent there.
    Digits,
    /// A password.
    Password,
    /// Nothing more: there is an account.
    Done,
}

impl Step {
    /// The word that is stored and sent.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Who => "who",
            Self::Email => "email",
            Self::Digits => "digits",
            Self::Password => "password",
            Self::Done => "done",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Fact,
            Self::Who,
            Self::Email,
            Self::Digits,
            Self::Password,
            Self::Done,
        ]
        .into_iter()
        .find(|step| step.word() == word)
    }
}

/// Which fact is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// The birth date of the chart.
    BirthDate,
    /// The last four digits of a phone on file, where the chart has no birth date.
    PhoneDigits,
    /// Nothing on file: staff must help.
    None,
}

/// What the chart knows, against which the answer is held.
#[derive(Debug, Clone, Default)]
pub struct ChartFacts {
    /// The birth date, if the chart has one.
    pub birth_date: Option<NaiveDate>,
    /// The phone numbers on file, as stored.
    pub phones: Vec<String>,
}

impl ChartFacts {
    /// Which fact can be asked.
    #[must_use]
    pub fn asked(&self) -> Fact {
        if self.birth_date.is_some() {
            Fact::BirthDate
        } else if self.phones.iter().any(|phone| last_digits(phone).is_some()) {
            Fact::PhoneDigits
        } else {
            Fact::None
        }
    }

    /// Whether a birth date is the chart's.
    #[must_use]
    pub fn is_birth_date(&self, answer: NaiveDate) -> bool {
        self.birth_date == Some(answer)
    }

    /// Whether four digits end a phone on file. Only asked where there is no birth date.
    #[must_use]
    pub fn is_phone_ending(&self, answer: &str) -> bool {
        self.birth_date.is_none()
            && self
                .phones
                .iter()
                .filter_map(|phone| last_digits(phone))
                .any(|digits| digits == answer.trim())
    }
}

fn last_digits(phone: &str) -> Option<String> {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    digits.last_chunk::<4>().map(|last| last.iter().collect())
}

/// One attempt to redeem a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redemption {
    /// What the code opens.
    pub purpose: Purpose,
    /// The step that is waited for.
    pub step: Step,
    /// When the attempt ends.
    pub expires_at: DateTime<Utc>,
    /// Until when the six digits work; none before the first message.
    pub digits_expire_at: Option<DateTime<Utc>>,
    /// Wrong digits since the last message.
    pub wrong_digits: i16,
    /// Messages sent.
    pub messages: i16,
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum StepRefusal {
    /// The attempt is over, or another step is due.
    #[error("this attempt has ended; start again with the code")]
    Over,
    /// The fact was wrong; so many tries are left. None left: the code is locked.
    #[error("that does not match; {0} tries left")]
    WrongFact(i16),
    /// A code for oneself was answered with "someone else".
    #[error("a code for someone else is needed")]
    SomeoneElse,
    /// The digits were wrong; so many tries are left for this message.
    #[error("those digits do not match; {0} tries left")]
    WrongDigits(i16),
    /// The digits have expired or were tried too often.
    #[error("these digits no longer work; ask for another message")]
    DigitsOver,
    /// Enough messages were sent.
    #[error("no more messages for this attempt")]
    TooManyMessages,
}

impl Redemption {
    /// Begins an attempt for a usable code.
    #[must_use]
    pub fn begin(purpose: Purpose, now: DateTime<Utc>) -> Self {
        Self {
            purpose,
            step: Step::Fact,
            expires_at: now + Duration::minutes(ATTEMPT_MINUTES),
            digits_expire_at: None,
            wrong_digits: 0,
            messages: 0,
        }
    }

    /// Takes the answer to the fact. `wrong_before` counts the code's wrong answers so far, those
    /// of other attempts too.
    ///
    /// # Errors
    /// [`StepRefusal::WrongFact`] with the tries that are left; at none the code is locked.
    pub fn answer_fact(
        mut self,
        right: bool,
        wrong_before: i16,
        now: DateTime<Utc>,
    ) -> Result<Self, StepRefusal> {
        self.due(&[Step::Fact], now)?;
        if !right {
            return Err(StepRefusal::WrongFact(
                (WRONG_ANSWERS - wrong_before - 1).max(0),
            ));
        }
        self.step = Step::Who;
        Ok(self)
    }

    /// Takes the answer to who is asking.
    ///
    /// # Errors
    /// [`StepRefusal::SomeoneElse`] when the code is not for what was answered.
    pub fn answer_who(mut self, myself: bool, now: DateTime<Utc>) -> Result<Self, StepRefusal> {
        self.due(&[Step::Who], now)?;
        if myself != (self.purpose == Purpose::Myself) {
            return Err(StepRefusal::SomeoneElse);
        }
        self.step = Step::Email;
        Ok(self)
    }

    /// Notes that a message with six digits goes out. The address may be changed until the digits
    /// were right.
    ///
    /// # Errors
    /// [`StepRefusal::TooManyMessages`] after five messages.
    pub fn send_digits(mut self, now: DateTime<Utc>) -> Result<Self, StepRefusal> {
        self.due(&[Step::Email, Step::Digits], now)?;
        if self.messages >= MESSAGES {
            return Err(StepRefusal::TooManyMessages);
        }
        self.step = Step::Digits;
        self.messages += 1;
        self.wrong_digits = 0;
        self.digits_expire_at = Some(now + Duration::minutes(DIGITS_MINUTES));
        Ok(self)
    }

    /// Takes the six digits. A wrong answer returns the counted attempt beside the refusal, so
    /// that it can be stored.
    ///
    /// # Errors
    /// [`StepRefusal::WrongDigits`] or [`StepRefusal::DigitsOver`].
    pub fn answer_digits(
        mut self,
        right: bool,
        now: DateTime<Utc>,
    ) -> Result<Self, (Self, StepRefusal)> {
        if let Err(refusal) = self.due(&[Step::Digits], now) {
            return Err((self, refusal));
        }
        if self.wrong_digits >= WRONG_DIGITS || self.digits_expire_at.is_none_or(|at| now >= at) {
            return Err((self, StepRefusal::DigitsOver));
        }
        if !right {
            self.wrong_digits += 1;
            let left = WRONG_DIGITS - self.wrong_digits;
            return Err((self, StepRefusal::WrongDigits(left)));
        }
        self.step = Step::Password;
        Ok(self)
    }

    /// Ends the attempt with an account.
    ///
    /// # Errors
    /// [`StepRefusal::Over`] when another step is due.
    pub fn complete(mut self, now: DateTime<Utc>) -> Result<Self, StepRefusal> {
        self.due(&[Step::Password], now)?;
        self.step = Step::Done;
        Ok(self)
    }

    fn due(&self, steps: &[Step], now: DateTime<Utc>) -> Result<(), StepRefusal> {
        if now >= self.expires_at || !steps.contains(&self.step) {
            return Err(StepRefusal::Over);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2027-02-08T09:00:00Z".parse().unwrap()
    }

    fn at_who() -> Redemption {
        Redemption::begin(Purpose::Myself, now())
            .answer_fact(true, 0, now())
            .unwrap()
    }

    fn at_digits() -> Redemption {
        at_who()
            .answer_who(true, now())
            .unwrap()
            .send_digits(now())
            .unwrap()
    }

    #[test]
    fn the_steps_lead_from_the_code_to_the_account() {
        let done = at_digits()
            .answer_digits(true, now())
            .unwrap()
            .complete(now())
            .unwrap();
        assert_eq!(done.step, Step::Done);
    }

    #[test]
    fn the_fifth_wrong_fact_leaves_no_try() {
        let attempt = Redemption::begin(Purpose::Myself, now());
        assert_eq!(
            attempt.clone().answer_fact(false, 0, now()),
            Err(StepRefusal::WrongFact(4))
        );
        assert_eq!(
            attempt.answer_fact(false, 4, now()),
            Err(StepRefusal::WrongFact(0))
        );
    }

    #[test]
    fn a_code_for_oneself_stops_at_someone_else() {
        assert_eq!(
            at_who().answer_who(false, now()),
            Err(StepRefusal::SomeoneElse)
        );
    }

    #[test]
    fn a_step_cannot_be_skipped() {
        assert_eq!(at_who().complete(now()), Err(StepRefusal::Over));
        assert_eq!(at_who().send_digits(now()), Err(StepRefusal::Over));
    }

    #[test]
    fn an_attempt_ends_after_30_minutes() {
        let late = now() + Duration::minutes(30);
        assert_eq!(at_who().answer_who(true, late), Err(StepRefusal::Over));
    }

    #[test]
    fn digits_are_dead_after_five_wrong_ones_until_another_message() {
        let mut attempt = at_digits();
        for left in (0..5).rev() {
            let (counted, refusal) = attempt.answer_digits(false, now()).unwrap_err();
            assert_eq!(refusal, StepRefusal::WrongDigits(left));
            attempt = counted;
        }
        let (attempt, refusal) = attempt.answer_digits(true, now()).unwrap_err();
        assert_eq!(refusal, StepRefusal::DigitsOver);
        assert!(
            attempt
                .send_digits(now())
                .unwrap()
                .answer_digits(true, now())
                .is_ok()
        );
    }

    #[test]
    fn digits_expire_after_15_minutes() {
        let late = now() + Duration::minutes(15);
        let (_, refusal) = at_digits().answer_digits(true, late).unwrap_err();
        assert_eq!(refusal, StepRefusal::DigitsOver);
    }

    #[test]
    fn a_phone_ending_is_asked_only_where_the_chart_has_no_birth_date() {
        let mut facts = ChartFacts {
            birth_date: None,
            phones: vec!["+18155550190".into()],
        };
        assert_eq!(facts.asked(), Fact::PhoneDigits);
        assert!(facts.is_phone_ending("0190"));
        facts.birth_date = NaiveDate::from_ymd_opt(1980, 1, 1);
        assert_eq!(facts.asked(), Fact::BirthDate);
        assert!(!facts.is_phone_ending("0190"));
        assert_eq!(ChartFacts::default().asked(), Fact::None);
    }
}
