//! Live updates: what the outbox announces through LISTEN/NOTIFY, handed to every open stream of
//! this server. Ids and kinds only; who may know of one is decided where the stream is written.

use chrono::{DateTime, Utc};
use salus_domain::ids::ProviderOrgId;
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;
use tokio::sync::broadcast;

use crate::state::AppState;

/// Something happened.
#[derive(Clone, Debug, Deserialize)]
pub struct Notice {
    /// When; also the stream's `id:`.
    pub at: DateTime<Utc>,
    /// In which organization.
    pub org: ProviderOrgId,
    /// What: `message.sent`, `appointment.booked`, …
    pub kind: String,
    /// To what: ids only.
    pub payload: Value,
}

/// Listens to the database until the server stops.
pub async fn work(state: AppState) {
    let mut stopping = state.stop.follow();
    tokio::select! {
        () = state.events.listen(&state.settings.database_url) => {}
        () = stopping.begun() => {}
    }
}

/// Hands notices to every open stream.
#[derive(Clone)]
pub struct Hub {
    sender: broadcast::Sender<Notice>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            sender: broadcast::Sender::new(1024),
        }
    }
}

impl Hub {
    /// Notices from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Notice> {
        self.sender.subscribe()
    }

    /// Listens to the database; connects again when the connection ends.
    async fn listen(&self, url: &str) {
        loop {
            if let Err(error) =
                salus_store::database::listen(url, "salus_events", |text| self.hear(text)).await
            {
                tracing::warn!(%error, "live updates are interrupted");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    fn hear(&self, text: &str) {
        match serde_json::from_str::<Notice>(text) {
            // Nobody listening is no error.
            Ok(notice) => drop(self.sender.send(notice)),
            Err(error) => tracing::warn!(%error, "an announcement could not be read"),
        }
    }
}
