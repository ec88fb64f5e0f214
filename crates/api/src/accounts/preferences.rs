//! `/auth/notification-preferences`: how often the account wants to be told all in one.

use actix_web::web::Data;
use actix_web::{get, put};
use salus_domain::access::{About, Act, Actor, DataClass};
use salus_domain::scheduling::digest::{Reader, Rhythm};
use salus_store::scheduling as store;
use salus_types::accounts::{Digest, NotificationPreferences, ReplaceNotificationPreferences};
use salus_types::problem::{Problem, VERSION_CONFLICT};

use crate::access::{Account, Caller};
use crate::error::ApiError;
use crate::extract::{Body, IfMatch, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

/// How often the signed-in account gets a digest by mail: what happened to appointments, in counts.
#[utoipa::path(
    tag = "accounts",
    responses((status = 200, body = NotificationPreferences), (status = 401, body = Problem))
)]
#[get("/auth/notification-preferences")]
pub async fn get_notification_preferences(
    caller: Caller<Account>,
    state: Data<AppState>,
) -> Result<Versioned<NotificationPreferences>, ApiError> {
    let found = state
        .run(&caller, async |tx: &mut Tx| {
            tx.scope(Act::Read, DataClass::OwnAccount)?;
            read(tx).await
        })
        .await?;
    Ok(Versioned::by(found, |one| one.version))
}

/// Choose how often the signed-in account gets a digest by mail; it tells of what happens from now on.
#[utoipa::path(
    tag = "accounts",
    request_body = ReplaceNotificationPreferences,
    responses(
        (status = 200, body = NotificationPreferences),
        (status = 401, body = Problem),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[put("/auth/notification-preferences")]
pub async fn replace_notification_preferences(
    caller: Caller<Account>,
    state: Data<AppState>,
    version: IfMatch,
    body: Body<ReplaceNotificationPreferences>,
) -> Result<Versioned<NotificationPreferences>, ApiError> {
    let saved = state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let (org, account, now) = (tx.actor.provider_org, tx.actor.account()?, tx.now);
            let about = About::account(account).object(account);
            tx.allow(Act::Change, DataClass::OwnAccount, about, ())?;
            version.check(read(tx).await?.version)?;
            let rhythm = rhythm(body.digest);
            let known = (account, version.0);
            if !store::choose_digest(tx.shared(), org, known, rhythm, now).await? {
                return Err(ApiError::of(VERSION_CONFLICT));
            }
            read(tx).await
        })
        .await?;
    Ok(Versioned::by(saved, |one| one.version))
}

async fn read(tx: &mut Tx) -> Result<NotificationPreferences, ApiError> {
    let account = tx.actor.account()?;
    let chosen = store::digest_choice(tx.shared(), account).await?;
    let readers = readers(&tx.actor);
    let usual = readers
        .first()
        .map_or(Rhythm::Never, |reader| reader.usual());
    let (rhythm, version) = chosen.unwrap_or((usual, 0));
    Ok(NotificationPreferences {
        digest: shown(rhythm),
        has_digests: !readers.is_empty(),
        version,
    })
}

/// For what the account gets digests.
fn readers(actor: &Actor) -> Vec<Reader> {
    let staff = Reader::STAFF.iter().any(|role| actor.holds(*role));
    let all = [
        (staff, Reader::Staff),
        (actor.supervisor, Reader::Supervisor),
    ];
    let of = all.into_iter().filter(|(is, _)| *is);
    of.map(|(_, reader)| reader).collect()
}

fn rhythm(digest: Digest) -> Rhythm {
    match digest {
        Digest::Never => Rhythm::Never,
        Digest::Daily => Rhythm::Daily,
        Digest::Weekly => Rhythm::Weekly,
    }
}

fn shown(rhythm: Rhythm) -> Digest {
    match rhythm {
        Rhythm::Never => Digest::Never,
        Rhythm::Daily => Digest::Daily,
        Rhythm::Weekly => Digest::Weekly,
    }
}
