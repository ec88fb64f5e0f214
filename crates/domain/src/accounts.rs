//! Accounts: sign-in names, passwords, throttling, when sessions end.

use chrono::{DateTime, Duration, Utc};
use unicode_normalization::UnicodeNormalization;

/// The form a sign-in name is kept and looked up in: NFKC, lower case, trimmed.
#[must_use]
pub fn normalize_name(name: &str) -> String {
    name.trim().nfkc().collect::<String>().to_lowercase()
}

/// The form a password is hashed in: NFKC; nothing is trimmed.
#[must_use]
pub fn normalize_password(password: &str) -> String {
    password.nfkc().collect()
}

/// Why a new password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordProblem {
    /// Fewer characters than needed.
    #[error("too short")]
    TooShort,
    /// More than 128 characters.
    #[error("too long")]
    TooLong,
    /// On the list of common passwords, or nothing but repetition.
    #[error("too common")]
    TooCommon,
    /// Contains the person's name, address or the product's name.
    #[error("contains a name")]
    ContainsName,
}

/// Least characters of a password that is the only factor (NIST SP 800-63B-4).
pub const MIN_SINGLE_FACTOR: usize = 15;
/// Most characters of a password.
pub const MAX_PASSWORD: usize = 128;

/// Checks a new password that is the only factor.
///
/// # Errors
/// The first rule it does not meet.
pub fn check_new_password(password: &str, own_words: &[&str]) -> Result<(), PasswordProblem> {
    let normal = normalize_password(password);
    let length = normal.chars().count();
    if length < MIN_SINGLE_FACTOR {
        return Err(PasswordProblem::TooShort);
    }
    if length > MAX_PASSWORD {
        return Err(PasswordProblem::TooLong);
    }
    let lower = normal.to_lowercase();
    let mut distinct: Vec<char> = lower.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let made_of_common = COMMON.iter().any(|word| {
        lower
            .replace(word, "")
            .chars()
            .filter(|c| c.is_alphabetic())
            .count()
            == 0
    });
    if distinct.len() < 5 || made_of_common {
        return Err(PasswordProblem::TooCommon);
    }
    let own = own_words
        .iter()
        .map(|word| word.trim().to_lowercase())
        .filter(|word| word.chars().count() >= 4);
    if own
        .chain(["salus".to_owned()])
        .any(|word| lower.contains(&word))
    {
        return Err(PasswordProblem::ContainsName);
    }
    Ok(())
}

/// Words that, repeated or padded with digits and signs, make no password.
const COMMON: [&str; 24] = [
    "password",
    "passwort",
    "contraseña",
    "contrasena",
    "qwerty",
    "qwertz",
    "azerty",
    "letmein",
    "welcome",
    "bienvenido",
    "iloveyou",
    "teamo",
    "admin",
    "abc",
    "abcdefgh",
    "asdf",
    "zxcvbn",
    "monkey",
    "dragon",
    "football",
    "baseball",
    "princess",
    "sunshine",
    "secret",
];

/// So many tries in a window, right or wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Tries in a window.
    pub limit: u32,
    /// How long a window is; it begins with its first try.
    pub window: Duration,
}

impl Rate {
    /// So many a minute.
    #[must_use]
    pub fn a_minute(limit: u32) -> Self {
        Self {
            limit,
            window: Duration::minutes(1),
        }
    }

    /// So many an hour.
    #[must_use]
    pub fn an_hour(limit: u32) -> Self {
        Self {
            limit,
            window: Duration::hours(1),
        }
    }

    /// How long the latest try has to wait, if it is one too many of those counted since the window
    /// began.
    #[must_use]
    pub fn wait(&self, counted: u32, since: DateTime<Utc>, now: DateTime<Utc>) -> Option<Duration> {
        (counted > self.limit).then(|| since + self.window - now)
    }
}

/// Failures counted within a window, for an account or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throttle {
    /// Failures in the window.
    pub failures: u32,
    /// When the window began.
    pub window_started_at: DateTime<Utc>,
    /// The last failure.
    pub last_failure_at: DateTime<Utc>,
    /// Closed until.
    pub locked_until: Option<DateTime<Utc>>,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// One account: waits after 5 failures in 15 minutes, closed for 30 minutes at 10.
    Account,
    /// One address: closed at 50 failures in 15 minutes.
    Address,
}

const WINDOW: Duration = Duration::minutes(15);

impl Throttle {
    /// A window that begins with a failure.
    #[must_use]
    pub fn first(now: DateTime<Utc>) -> Self {
        Self {
            failures: 1,
            window_started_at: now,
            last_failure_at: now,
            locked_until: None,
        }
    }

    /// Until when the next try has to wait, if it has to.
    #[must_use]
    pub fn closed_until(&self, counted: Counted, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if let Some(until) = self.locked_until.filter(|until| now < *until) {
            return Some(until);
        }
        if now >= self.window_started_at + WINDOW {
            return None;
        }
        let until = match counted {
            Counted::Account if self.failures >= 5 => {
                let seconds = 1_i64 << (self.failures - 5).min(6);
                self.last_failure_at + Duration::seconds(seconds.min(60))
            }
            Counted::Address if self.failures >= 50 => self.window_started_at + WINDOW,
            _ => return None,
        };
        (now < until).then_some(until)
    }

    /// Counts a further failure.
    #[must_use]
    pub fn failed(self, counted: Counted, now: DateTime<Utc>) -> Self {
        if now >= self.window_started_at + WINDOW {
            return Self::first(now);
        }
        let failures = self.failures + 1;
        let locked_until = if counted == Counted::Account && failures >= 10 {
            Some(now + Duration::minutes(30))
        } else {
            None
        };
        Self {
            failures,
            last_failure_at: now,
            locked_until,
            ..self
        }
    }
}

/// Seconds before the end of a session at which to warn.
pub const WARN_SECONDS: u32 = 120;
/// Live sessions an account may have.
pub const MAX_SESSIONS: i64 = 5;
/// How long a rotated refresh token is still taken from the same browser: two tabs refresh at once.
pub const REUSE_GRACE: Duration = Duration::seconds(10);

/// What becomes of a refresh token that is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// It is current: replace it.
    Rotate,
    /// It was replaced moments ago by another tab: give a new access token, keep the successor.
    Grace,
    /// It was replaced before: somebody copied it. End the session.
    Reuse,
    /// The session is over.
    Over,
}

/// The facts a refresh is decided by.
#[derive(Clone, Copy, Debug)]
pub struct RefreshFacts {
    /// When the token was replaced.
    pub rotated_at: Option<DateTime<Utc>>,
    /// Whether the session was ended.
    pub ended: bool,
    /// Whether the account is active.
    pub active: bool,
    /// The idle clock.
    pub last_seen_at: DateTime<Utc>,
    /// How long the session may stand idle.
    pub idle: Duration,
    /// The session's absolute end.
    pub expires_at: DateTime<Utc>,
}

/// Decides what becomes of a refresh token.
#[must_use]
pub fn refresh(facts: &RefreshFacts, now: DateTime<Utc>) -> Refresh {
    let alive = !facts.ended
        && facts.active
        && now < facts.expires_at
        && now < facts.last_seen_at + facts.idle;
    match facts.rotated_at {
        _ if !alive => Refresh::Over,
        None => Refresh::Rotate,
        Some(at) if now <= at + REUSE_GRACE => Refresh::Grace,
        Some(_) => Refresh::Reuse,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn at(second: i64) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 22, 8, 0, 0).unwrap() + Duration::seconds(second)
    }

    #[test]
    fn names_are_looked_up_whatever_their_case_and_width() {
        assert_eq!(
            normalize_name(" Employee@Sandbox.Example "),
            "employee@sandbox.example"
        );
        assert_eq!(normalize_name("ＵＳＥＲ"), "user");
    }

    #[test]
    fn a_password_needs_length_and_not_composition() {
        assert_eq!(
            check_new_password("fourteen chars", &[]),
            Err(PasswordProblem::TooShort)
        );
        assert_eq!(check_new_password("green ladder by the river", &[]), Ok(()));
        assert_eq!(
            check_new_password(&"ab".repeat(70), &[]),
            Err(PasswordProblem::TooLong)
        );
        assert_eq!(
            check_new_password("aaaaaaaaaaaaaaaaa", &[]),
            Err(PasswordProblem::TooCommon)
        );
        assert_eq!(
            check_new_password("password123456789", &[]),
            Err(PasswordProblem::TooCommon)
        );
        assert_eq!(
            check_new_password("maria likes green tea", &["Maria"]),
            Err(PasswordProblem::ContainsName)
        );
    }

    #[test]
    fn the_try_after_the_last_allowed_one_waits_for_the_window_to_end() {
        let rate = Rate::a_minute(30);
        assert_eq!(rate.wait(30, at(0), at(20)), None);
        assert_eq!(rate.wait(31, at(0), at(20)), Some(Duration::seconds(40)));
    }

    #[test]
    fn the_fifth_failure_makes_wait_and_the_tenth_closes_for_half_an_hour() {
        let mut throttle = Throttle::first(at(0));
        for second in 1..4 {
            throttle = throttle.failed(Counted::Account, at(second));
        }
        assert_eq!(throttle.closed_until(Counted::Account, at(4)), None);
        throttle = throttle.failed(Counted::Account, at(4));
        assert_eq!(throttle.closed_until(Counted::Account, at(4)), Some(at(5)));
        for second in [10, 20, 30, 40, 50] {
            throttle = throttle.failed(Counted::Account, at(second));
        }
        assert_eq!(throttle.failures, 10);
        assert_eq!(
            throttle.closed_until(Counted::Account, at(51)),
            Some(at(50 + 30 * 60))
        );
        assert_eq!(
            throttle.closed_until(Counted::Account, at(50 + 30 * 60)),
            None
        );
    }

    #[test]
    fn a_replaced_refresh_token_is_good_for_ten_seconds_and_then_ends_the_session() {
        let facts = RefreshFacts {
            rotated_at: Some(at(0)),
            ended: false,
            active: true,
            last_seen_at: at(0),
            idle: Duration::minutes(15),
            expires_at: at(3600),
        };
        assert_eq!(refresh(&facts, at(10)), Refresh::Grace);
        assert_eq!(refresh(&facts, at(11)), Refresh::Reuse);
        assert_eq!(
            refresh(
                &RefreshFacts {
                    rotated_at: None,
                    ..facts
                },
                at(899)
            ),
            Refresh::Rotate
        );
        assert_eq!(
            refresh(
                &RefreshFacts {
                    rotated_at: None,
                    ..facts
                },
                at(900)
            ),
            Refresh::Over
        );
    }
}
