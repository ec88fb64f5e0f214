//! Notices that leave the portal: "You have something new", a link, and nothing else.
//!
//! A worker reads what happened from the outbox, decides whom it is told and writes the mails, in
//! one transaction. What the reader saw meanwhile, or what was taken back, is told to nobody.

use chrono::Duration;
use salus_domain::ids::{AccountId, ConversationId, PersonId};
use salus_domain::work_status::{Told, Version, told};
use salus_store::messaging::{find_conversation, first_unread};
use salus_store::notifications::{
    Recipient, events_delivered, oldest_waiting, person_of, recipients, take_events,
};
use salus_store::work_status::{accommodation_versions_of, restriction_versions_of};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

use crate::error::ApiError;
use crate::mail::Letter;
use crate::portals;
use crate::scheduling;
use crate::state::AppState;
use crate::transaction::Tx;
use crate::words;

/// Kinds of events that are told.
pub const KINDS: [&str; 12] = {
    let [booked, confirmed, moved, cancelled, free] = scheduling::NOTICES;
    let [received, offered, declined, expired] = scheduling::REQUEST_NOTICES;
    [
        CHANGED,
        SENT,
        booked,
        confirmed,
        moved,
        cancelled,
        free,
        received,
        offered,
        declined,
        expired,
        scheduling::CHANGES,
    ]
};
const CHANGED: &str = "work_status.changed";
const SENT: &str = "message.sent";
/// Changes of a work status are told together, so many minutes after the first.
const BATCH_MINUTES: i64 = 15;
/// Who has the conversation open reads a message within this time and needs no mail.
const GRACE_MINUTES: i64 = 1;
/// The most events of one transaction.
const AT_ONCE: i64 = 500;

/// Writes notices until the server stops.
pub async fn work(state: AppState) {
    let mut stopping = state.stop.follow();
    loop {
        if let Err(error) = work_once(&state).await {
            tracing::warn!(error = error.logged(), "notices could not be written");
        }
        if !stopping.pause(std::time::Duration::from_secs(1)).await {
            return;
        }
    }
}

/// Writes the notices that are due now.
///
/// # Errors
/// What the database says.
pub async fn work_once(state: &AppState) -> Result<(), ApiError> {
    for org in state.organizations().await? {
        state
            .run_system(org, "write_notices", async |tx: &mut Tx| {
                work_status(tx).await?;
                messages(tx).await?;
                scheduling::tell(tx).await
            })
            .await?;
    }
    Ok(())
}

/// Seconds the oldest event waits that should have been told already.
///
/// # Errors
/// What the database says.
pub async fn lag_seconds(tx: &mut Tx) -> Result<i64, ApiError> {
    let now = tx.now;
    let mut longest = 0;
    let waits = |kind: &str| match kind {
        CHANGED => BATCH_MINUTES,
        SENT => GRACE_MINUTES,
        _ => 0,
    };
    for kind in KINDS {
        if let Some(oldest) = oldest_waiting(tx.conn(), kind).await? {
            let late = now - oldest - Duration::minutes(waits(kind));
            longest = longest.max(late.num_seconds());
        }
    }
    Ok(longest)
}

/// Which app a notice leads to.
#[derive(Clone, Copy)]
pub(crate) enum Door {
    Employee,
    Supervisor,
}

impl Door {
    fn audience(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Supervisor => "supervisor",
        }
    }
}

#[derive(Deserialize)]
struct Changed {
    person_id: Uuid,
    restriction_id: Option<Uuid>,
    accommodation_id: Option<Uuid>,
    version: i32,
}

/// One notice to the person and to each supervisor, however much changed.
async fn work_status(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let ripe = now - Duration::minutes(BATCH_MINUTES);
    if take_events(tx.conn(), CHANGED, ripe, 1).await?.is_empty() {
        return Ok(());
    }
    let events = take_events(tx.conn(), CHANGED, now, AT_ONCE).await?;
    let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
    // Of each thing the person and the first version nobody was told of.
    let mut changed: BTreeMap<Uuid, (Uuid, i32)> = BTreeMap::new();
    let (mut restrictions, mut accommodations) = (Vec::new(), Vec::new());
    for event in events {
        let Ok(change) = serde_json::from_value::<Changed>(event.payload) else {
            continue;
        };
        restrictions.extend(change.restriction_id);
        accommodations.extend(change.accommodation_id);
        if let Some(id) = change.restriction_id.or(change.accommodation_id) {
            let first = changed
                .entry(id)
                .or_insert((change.person_id, change.version));
            first.1 = first.1.min(change.version);
        }
    }
    let mut versions: HashMap<Uuid, Vec<Version>> = HashMap::new();
    let found = restriction_versions_of(tx.conn(), &restrictions).await?;
    let further = accommodation_versions_of(tx.conn(), &accommodations).await?;
    for (id, version) in found.into_iter().chain(further) {
        versions.entry(id).or_default().push(version);
    }
    let (mut people, mut reports) = (BTreeSet::new(), BTreeSet::new());
    for (id, (person, from)) in changed {
        let Told {
            person: own,
            supervisors,
        } = told(versions.get(&id).map_or(&[], Vec::as_slice), from);
        people.extend(own.then_some(PersonId(person)));
        reports.extend(supervisors.then_some(PersonId(person)));
    }
    for (door, about, kinds) in [
        (Door::Employee, people, &["self"][..]),
        (
            Door::Supervisor,
            reports,
            &["supervisor", "backup_supervisor"][..],
        ),
    ] {
        let about: Vec<PersonId> = about.into_iter().collect();
        let mut told = BTreeSet::new();
        for recipient in recipients(tx.conn(), &about, kinds, now).await? {
            if told.insert(recipient.account_id) {
                something_new(tx, &recipient, door, "/").await?;
            }
        }
    }
    events_delivered(tx.conn(), &ids, now).await?;
    Ok(())
}

#[derive(Deserialize)]
struct Sent {
    conversation_id: ConversationId,
    seq: i32,
}

/// One notice for each run of unread messages: for the first of them.
async fn messages(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let ripe = now - Duration::minutes(GRACE_MINUTES);
    let events = take_events(tx.conn(), SENT, ripe, AT_ONCE).await?;
    let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
    for event in events {
        let Ok(sent) = serde_json::from_value::<Sent>(event.payload) else {
            continue;
        };
        let Some(row) = find_conversation(tx.conn(), sent.conversation_id).await? else {
            continue;
        };
        let supervisor = row.account_id.map(AccountId);
        let (door, person) = match supervisor {
            Some(account) => (Door::Supervisor, person_of(tx.conn(), account).await?),
            None => (Door::Employee, row.chart()),
        };
        let about: Vec<PersonId> = person.into_iter().collect();
        for reader in recipients(tx.conn(), &about, &["self"], now).await? {
            let account = AccountId(reader.account_id);
            let unread = first_unread(tx.conn(), account, sent.conversation_id).await?;
            if unread == Some(sent.seq) {
                let path = format!("/messages/{}", sent.conversation_id);
                something_new(tx, &reader, door, &path).await?;
            }
        }
    }
    events_delivered(tx.conn(), &ids, now).await?;
    Ok(())
}

/// That there is something new, in the reader's language and under the portal's name.
pub(crate) async fn something_new(
    tx: &mut Tx,
    to: &Recipient,
    door: Door,
    path: &str,
) -> Result<(), ApiError> {
    let language = words::offered(&to.language).unwrap_or("en");
    let portal = portals::portal_of(tx, Some(to.own_person_id), door.audience()).await?;
    let brand = portals::brand_of(portal.as_ref(), language);
    let base = &tx.state.settings.public_url;
    let link = portals::link_to(base, portal.as_ref(), door.audience(), path);
    let letter = Letter {
        to: to.email.clone(),
        variables: vec![("brand".to_owned(), brand), ("link".to_owned(), link)],
        calendar: None,
    };
    tx.mail("something-new", language, &letter).await
}
