//! The end of a server in order: who works is told, and the server waits until they are through.

use std::time::Duration;
use tokio::sync::watch;

/// Tells everyone who works that the server is stopping.
pub struct Stop(watch::Sender<bool>);

/// What somebody who works goes by: held until their work is over.
pub struct Stopping(watch::Receiver<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Stop {
    /// The server stops: it is not ready any more, streams end, workers finish what they began.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Whether the server is stopping.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        *self.0.borrow()
    }

    /// For somebody who works from now on.
    #[must_use]
    pub fn follow(&self) -> Stopping {
        Stopping(self.0.subscribe())
    }

    /// Waits until everyone who follows is through.
    pub async fn all_through(&self) {
        self.0.closed().await;
    }
}

impl Stopping {
    /// Waits until the server stops.
    pub async fn begun(&mut self) {
        // Without the sender the server is gone.
        drop(self.0.wait_for(|stopping| *stopping).await);
    }

    /// Waits so long, or until the server stops; false when it does.
    pub async fn pause(&mut self, span: Duration) -> bool {
        tokio::time::timeout(span, self.begun()).await.is_err()
    }

    /// Whether the server is stopping.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        *self.0.borrow()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_pause_ends_when_the_server_stops() {
        let stop = Stop::default();
        let mut stopping = stop.follow();
        assert!(stopping.pause(Duration::from_millis(1)).await);
        stop.begin();
        assert!(!stopping.pause(Duration::from_secs(3600)).await);
        assert!(!stop.follow().pause(Duration::from_secs(3600)).await);
    }

    #[tokio::test]
    async fn the_server_waits_for_who_is_not_through() {
        let stop = Stop::default();
        let stopping = stop.follow();
        stop.begin();
        let through = tokio::time::timeout(Duration::from_millis(20), stop.all_through());
        assert!(through.await.is_err());
        drop(stopping);
        stop.all_through().await;
    }
}
