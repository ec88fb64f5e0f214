//! E-mail: written to the outbox with what it tells of, handed to the SMTP server by a worker.
//!
//! A mail names no clinic purpose and no health information; its words are Fluent messages
//! `mail-<kind>-subject` and `mail-<kind>-body`.

use chrono::{DateTime, Duration, Utc};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use salus_domain::ids::ProviderOrgId;
use salus_store::plumbing as store;
use salus_store::sealing::Place;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::ApiError;
use crate::settings::{MailSettings, SettingsError};
use crate::state::AppState;
use crate::transaction::{Tx, json_bytes};
use crate::words;

/// Mails of one organization before it is the next one's turn.
const AT_ONCE: usize = 5;
/// How long the SMTP server may take for one; shorter than the first pause between two attempts.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// Hands mails over.
#[derive(Clone)]
pub struct Mail {
    transport: Option<AsyncSmtpTransport<Tokio1Executor>>,
    from: Mailbox,
}

/// A mail to be written: its kind and the variables of its words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Letter {
    /// To which address.
    pub to: String,
    /// Variables of the message.
    pub variables: Vec<(String, String)>,
    /// A calendar file that goes with it.
    #[serde(default)]
    pub calendar: Option<String>,
}

impl Mail {
    /// A connection to the SMTP server, or none.
    ///
    /// # Errors
    /// Names the setting that cannot be used.
    pub fn new(settings: &MailSettings) -> Result<Self, SettingsError> {
        let wrong = |name: &str, why: String| SettingsError {
            name: name.to_owned(),
            why,
        };
        let from = settings
            .from
            .parse()
            .map_err(|e| wrong("mail.from", format!("{} ({e})", settings.from)))?;
        let transport = match &settings.url {
            None => None,
            Some(url) => Some(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .map_err(|e| wrong("mail.url", e.to_string()))?
                    .timeout(Some(std::time::Duration::from_secs(10)))
                    .build(),
            ),
        };
        Ok(Self { transport, from })
    }

    /// The address mails come from.
    #[must_use]
    pub fn address(&self) -> String {
        self.from.email.to_string()
    }

    async fn send(
        &self,
        language: &str,
        kind: &str,
        id: Uuid,
        letter: &Letter,
    ) -> Result<(), String> {
        let Some(transport) = &self.transport else {
            return Err("no SMTP server is set".to_owned());
        };
        let args = arguments(letter);
        let message = Message::builder()
            .from(self.from.clone())
            .to(letter
                .to
                .parse()
                .map_err(|_| "the address cannot be used".to_owned())?)
            .message_id(Some(format!("<{id}@salus>")))
            .subject(words::text(
                language,
                &format!("mail-{kind}-subject"),
                &args,
            ));
        let body = words::text(language, &format!("mail-{kind}-body"), &args);
        let message = match &letter.calendar {
            None => message.header(ContentType::TEXT_PLAIN).body(body),
            Some(file) => message.multipart(with_calendar(body, file)?),
        };
        let message = message.map_err(|e| e.to_string())?;
        transport
            .send(message)
            .await
            .map(drop)
            .map_err(|error| why(&error))
    }
}

/// The words and a calendar file: as another way to read the mail, which is how calendars find it.
fn with_calendar(body: String, file: &str) -> Result<MultiPart, String> {
    let method = file
        .lines()
        .find_map(|line| line.strip_prefix("METHOD:"))
        .unwrap_or("PUBLISH");
    let kind = format!("text/calendar; charset=utf-8; method={method}");
    let kind = ContentType::parse(&kind).map_err(|e| e.to_string())?;
    let calendar = SinglePart::builder().header(kind).body(file.to_owned());
    Ok(MultiPart::alternative()
        .singlepart(SinglePart::plain(body))
        .singlepart(calendar))
}

/// Why a server did not take a mail, for the log. What it said is left out: it likes to quote the
/// address.
fn why(error: &lettre::transport::smtp::Error) -> String {
    let kind = match error {
        _ if error.is_permanent() => "the server refuses it",
        _ if error.is_transient() => "the server refuses it for now",
        _ if error.is_timeout() => "the server does not answer in time",
        _ if error.is_tls() => "no TLS connection",
        _ if error.is_response() => "the server's answer cannot be read",
        _ if error.is_client() => "the message cannot be sent",
        _ => "no connection to the server",
    };
    match error.status() {
        Some(code) => format!("{kind} ({code})"),
        None => kind.to_owned(),
    }
}

/// Fluent wants names that live as long as the program; the variables of all mails are these.
fn arguments(letter: &Letter) -> Vec<(&'static str, String)> {
    const NAMES: [&str; 11] = [
        "brand", "code", "link", "name", "time", "until", "place", "minutes", "support", "details",
        "answer",
    ];
    let known = |name: &str| NAMES.into_iter().find(|known| *known == name);
    letter
        .variables
        .iter()
        .filter_map(|(name, value)| Some((known(name)?, value.clone())))
        .collect()
}

impl Tx {
    /// Writes a mail to the outbox, in this transaction.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mail(
        &mut self,
        kind: &str,
        language: &str,
        letter: &Letter,
    ) -> Result<(), ApiError> {
        let id = Uuid::now_v7();
        let sealed = self
            .organization_key()
            .await?
            .seal(&place(id), &json_bytes(letter)?)?;
        let (org, now) = (self.actor.provider_org, self.now);
        store::enqueue_mail(self.conn(), org, id, kind, language, &sealed, now).await?;
        Ok(())
    }
}

/// When a mail that failed so often is tried again: 1, 5, 15 minutes, 1, 4, 12, 24 hours, then not.
#[must_use]
pub fn next_attempt(attempts: i32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let minutes = [1, 5, 15, 60, 240, 720, 1440];
    usize::try_from(attempts)
        .ok()
        .and_then(|n| minutes.get(n))
        .map(|m| now + Duration::minutes(*m))
}

/// Hands waiting mails over, until the server stops.
pub async fn work(state: AppState) {
    let mut stopping = state.stop.follow();
    loop {
        if let Err(error) = work_once(&state).await {
            tracing::warn!(
                error = error.logged(),
                "mails could not be taken from the outbox"
            );
        }
        if !stopping.pause(std::time::Duration::from_millis(500)).await {
            return;
        }
    }
}

async fn work_once(state: &AppState) -> Result<(), ApiError> {
    for org in state.organizations().await? {
        for _ in 0..AT_ONCE {
            // What is not tried now is found by whoever looks next.
            if state.stop.has_begun() || !deliver_next(state, org).await? {
                break;
            }
        }
    }
    Ok(())
}

/// Hands over the mail that has waited longest; false when none is due. The attempt is noted before
/// it is made and in a transaction of its own: every server then leaves the mail alone until the
/// next attempt, and no transaction waits for the SMTP server.
async fn deliver_next(state: &AppState, org: ProviderOrgId) -> Result<bool, ApiError> {
    let taken = state
        .run_system(org, "deliver_mails", async |tx: &mut Tx| {
            let now = tx.now;
            let Some(mail) = store::take_mails(tx.conn(), now, 1).await?.pop() else {
                return Ok(None);
            };
            let next = next_attempt(mail.attempts, now);
            store::mail_tried(tx.conn(), mail.id, next, now).await?;
            let opened = tx
                .organization_key()
                .await?
                .open(&place(mail.id), &mail.sealed)?;
            let letter: Letter = serde_json::from_slice(&opened).map_err(ApiError::internal)?;
            Ok(Some((mail, letter)))
        })
        .await?;
    let Some((mail, letter)) = taken else {
        return Ok(false);
    };
    let sending = state
        .mail
        .send(&mail.language, &mail.kind, mail.id, &letter);
    let sent = tokio::time::timeout(PATIENCE, sending).await;
    if let Err(why) = sent.unwrap_or_else(|_| Err("it took too long".to_owned())) {
        tracing::warn!(mail = %mail.id, why, "a mail was not taken");
        let last = next_attempt(mail.attempts, state.clock.now()).is_none();
        state
            .metrics
            .mailed(if last { "given_up" } else { "failed" });
        return Ok(true);
    }
    state.metrics.mailed("sent");
    state
        .run_system(org, "deliver_mails", async |tx: &mut Tx| {
            let now = tx.now;
            Ok(store::mail_sent(tx.conn(), mail.id, now).await?)
        })
        .await?;
    Ok(true)
}

fn place(id: Uuid) -> Place<'static> {
    Place {
        table: "outbox_mails",
        column: "sealed",
        row: id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn a_mail_is_tried_eight_times_over_two_days_and_then_given_up() {
        let now = Utc.with_ymd_and_hms(2026, 11, 22, 8, 0, 0).unwrap();
        assert_eq!(next_attempt(0, now), Some(now + Duration::minutes(1)));
        assert_eq!(next_attempt(6, now), Some(now + Duration::hours(24)));
        assert_eq!(next_attempt(7, now), None);
    }
}
