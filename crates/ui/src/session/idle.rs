//! The idle clock: pure, told the time in milliseconds.

/// Watches how long nothing was done, and when the session ends in any case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IdleClock {
    /// When the person last did something the server knows of.
    pub active_at: i64,
    /// Milliseconds without activity after which the session ends.
    pub idle: i64,
    /// Milliseconds before the end when the warning comes.
    pub warning: i64,
    /// When the session ends whatever is done.
    pub ends_at: Option<i64>,
}

/// How much of the session is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remaining {
    /// Enough.
    Plenty,
    /// Whole seconds until it ends for want of activity; staying is one press.
    Idle(u32),
    /// Whole seconds until it ends for good; only a new sign-in helps.
    Whole(u32),
    /// It is over.
    Over,
}

impl IdleClock {
    /// What is left at a moment.
    #[must_use]
    pub fn remaining(&self, now: i64) -> Remaining {
        let idle_left = self.active_at + self.idle - now;
        let whole_left = self.ends_at.map(|end| end - now);
        let soonest = whole_left.map_or(idle_left, |whole| whole.min(idle_left));
        if soonest <= 0 {
            return Remaining::Over;
        }
        if soonest > self.warning {
            return Remaining::Plenty;
        }
        // Positive and at most a few minutes.
        let seconds = (soonest as u32).div_ceil(1000);
        match whole_left {
            Some(whole) if whole <= idle_left => Remaining::Whole(seconds),
            _ => Remaining::Idle(seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    fn clock() -> IdleClock {
        IdleClock {
            active_at: 0,
            idle: 15 * MINUTE,
            warning: 2 * MINUTE,
            ends_at: None,
        }
    }

    #[test]
    fn nothing_is_said_until_two_minutes_before_the_end() {
        assert_eq!(clock().remaining(13 * MINUTE - 1), Remaining::Plenty);
        assert_eq!(clock().remaining(13 * MINUTE), Remaining::Idle(120));
    }

    #[test]
    fn activity_starts_the_clock_anew() {
        let moved = IdleClock {
            active_at: 10 * MINUTE,
            ..clock()
        };
        assert_eq!(moved.remaining(14 * MINUTE), Remaining::Plenty);
    }

    #[test]
    fn after_the_idle_time_the_session_is_over() {
        assert_eq!(clock().remaining(15 * MINUTE), Remaining::Over);
    }

    #[test]
    fn the_end_of_the_whole_session_is_told_apart() {
        let ending = IdleClock {
            active_at: 9 * MINUTE,
            ends_at: Some(10 * MINUTE),
            ..clock()
        };
        assert_eq!(ending.remaining(9 * MINUTE + 30_000), Remaining::Whole(30));
        assert_eq!(ending.remaining(10 * MINUTE), Remaining::Over);
    }
}
