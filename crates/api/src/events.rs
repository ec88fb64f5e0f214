//! Live updates: what the outbox announces through LISTEN/NOTIFY, handed to every open stream of
//! this server. Ids and kinds only; who may know of one is decided where the stream is written.

use chrono::{DateTime, Utc};
use salus_domain::ids::ProviderOrgId;
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;
use tokio::sync::{broadcast, watch};

use crate::http::rates;
use crate::state::AppState;

/// Where the outbox announces what happened.
const CHANNEL: &str = "salus_events";

/// How long a stream waits for the server to listen.
const PATIENCE: Duration = Duration::from_secs(1);

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

/// What a stream hears.
#[derive(Clone, Debug)]
pub enum Heard {
    /// Something happened.
    Notice(Notice),
    /// Nobody listened for a while; something may have happened.
    Gap,
}

/// Hands notices to every open stream.
#[derive(Clone)]
pub struct Hub {
    sender: broadcast::Sender<Heard>,
    listening: watch::Sender<bool>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            sender: broadcast::Sender::new(1024),
            listening: watch::Sender::new(false),
        }
    }
}

impl Hub {
    /// What is heard from now on. A server that has just started, or lost its connection, is given
    /// a moment to listen first.
    pub async fn subscribe(&self) -> broadcast::Receiver<Heard> {
        let mut listening = self.listening.subscribe();
        let begun = listening.wait_for(|listening| *listening);
        drop(tokio::time::timeout(PATIENCE, begun).await);
        self.sender.subscribe()
    }

    fn begin(&self) {
        // Who was there before may have missed something.
        drop(self.sender.send(Heard::Gap));
        self.listening.send_replace(true);
    }

    fn end(&self) {
        self.listening.send_replace(false);
    }

    fn hear(&self, text: &str) {
        match serde_json::from_str::<Notice>(text) {
            // Nobody listening is no error.
            Ok(notice) => drop(self.sender.send(Heard::Notice(notice))),
            Err(error) => tracing::warn!(%error, "an announcement could not be read"),
        }
    }
}

/// Listens to what the servers on this database tell each other, until this one stops.
pub async fn work(state: AppState) {
    let mut stopping = state.stop.follow();
    tokio::select! {
        () = listen(&state) => {}
        () = stopping.begun() => {}
    }
}

/// Connects again when the connection ends.
async fn listen(state: &AppState) {
    let url = &state.settings.database_url;
    loop {
        let hear = |channel: &str, text: &str| match channel {
            CHANNEL => state.events.hear(text),
            _ => state.rates.hear(text),
        };
        let channels = [CHANNEL, rates::CHANNEL];
        let begin = || state.events.begin();
        let ended = salus_store::database::listen(url, &channels, begin, hear).await;
        state.events.end();
        if let Err(error) = ended {
            tracing::warn!(%error, "live updates are interrupted");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
