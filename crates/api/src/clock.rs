//! The two clocks: one for what is decided, one for sessions.

use chrono::{DateTime, Duration, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time. The sandbox and tests move the first clock; the second, which sessions, tokens
/// and throttles are judged by, stays with the machine's, so that moving the first signs nobody out.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_ms: Arc<AtomicI64>,
    session_offset_ms: Arc<AtomicI64>,
}

impl Clock {
    /// The time requests are decided by.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        machine() + Duration::milliseconds(self.offset_ms.load(Ordering::Relaxed))
    }

    /// The time sessions are judged by.
    #[must_use]
    pub fn session_now(&self) -> DateTime<Utc> {
        machine() + Duration::milliseconds(self.session_offset_ms.load(Ordering::Relaxed))
    }

    /// Moves the first clock to a time; it goes on from there.
    pub fn set(&self, to: DateTime<Utc>) {
        self.offset_ms
            .store((to - machine()).num_milliseconds(), Ordering::Relaxed);
    }

    /// Moves the sessions' clock by a span.
    pub fn advance_sessions(&self, by: Duration) {
        self.session_offset_ms
            .fetch_add(by.num_milliseconds(), Ordering::Relaxed);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the machine's clock"
)]
fn machine() -> DateTime<Utc> {
    // PostgreSQL keeps microseconds; a time that is stored must read back equal.
    let now = Utc::now();
    chrono::SubsecRound::trunc_subsecs(now, 6)
}
