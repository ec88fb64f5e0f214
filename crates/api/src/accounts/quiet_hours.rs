//! `/auth/quiet-hours`: when the signed-in account is not to be disturbed.

use actix_web::web::Data;
use actix_web::{get, put};
use chrono::{DateTime, Utc};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::AccountId;
use salus_domain::scheduling::{QuietHours as Rules, WrongHours};
use salus_domain::time::Tz;
use salus_store::accounts as store;
use salus_types::accounts::{QuietHours, QuietStretch, ReplaceQuietHours};
use salus_types::problem::{Problem, VERSION_CONFLICT};

use crate::access::{Account, Caller};
use crate::error::ApiError;
use crate::extract::{Body, IfMatch, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

/// When the signed-in account does not want to be disturbed, by channel. Mail has no quiet hours until
/// they are chosen.
#[utoipa::path(
    tag = "accounts",
    responses((status = 200, body = QuietHours), (status = 401, body = Problem))
)]
#[get("/auth/quiet-hours")]
pub async fn get_quiet_hours(
    caller: Caller<Account>,
    state: Data<AppState>,
) -> Result<Versioned<QuietHours>, ApiError> {
    let found = state
        .run(&caller, async |tx: &mut Tx| {
            tx.scope(Act::Read, DataClass::OwnAccount)?;
            read(tx).await
        })
        .await?;
    Ok(Versioned::by(found, |one| one.version))
}

/// Choose when the signed-in account does not want to be disturbed. Reminders wait until the quiet hours
/// end, and times that become free are offered then; codes and what the clinic changes come at once.
#[utoipa::path(
    tag = "accounts",
    request_body = ReplaceQuietHours,
    responses(
        (status = 200, body = QuietHours),
        (status = 401, body = Problem),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[put("/auth/quiet-hours")]
pub async fn replace_quiet_hours(
    caller: Caller<Account>,
    state: Data<AppState>,
    version: IfMatch,
    body: Body<ReplaceQuietHours>,
) -> Result<Versioned<QuietHours>, ApiError> {
    let saved = state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let (org, account, now) = (tx.actor.provider_org, tx.actor.account()?, tx.now);
            let about = About::account(account).object(account);
            tx.allow(Act::Change, DataClass::OwnAccount, about, ())?;
            version.check(read(tx).await?.version)?;
            let hours = body.mail.as_ref().map(checked).transpose()?;
            let known = (account, version.0);
            if !store::choose_quiet_hours_of_mail(tx.shared(), org, known, hours, now).await? {
                return Err(ApiError::of(VERSION_CONFLICT));
            }
            read(tx).await
        })
        .await?;
    Ok(Versioned::by(saved, |one| one.version))
}

/// Until when an account is not to be disturbed by mail, where it is not now.
pub(crate) async fn quiet_until(
    tx: &mut Tx,
    account: AccountId,
    zone: Tz,
) -> Result<Option<DateTime<Utc>>, ApiError> {
    let now = tx.now;
    let chosen = store::quiet_hours_of_mail(tx.shared(), account).await?;
    let hours = chosen.and_then(|(hours, _)| hours);
    Ok(hours.and_then(|hours| hours.end_of(now, zone)))
}

fn checked(wanted: &QuietStretch) -> Result<Rules, ApiError> {
    Rules::chosen(wanted.from, wanted.until).map_err(|wrong| match wrong {
        WrongHours::From => ApiError::field("/mail/from", "invalid"),
        WrongHours::Until => ApiError::field("/mail/until", "invalid"),
    })
}

async fn read(tx: &mut Tx) -> Result<QuietHours, ApiError> {
    let account = tx.actor.account()?;
    let chosen = store::quiet_hours_of_mail(tx.shared(), account).await?;
    let (hours, version) = chosen.unwrap_or((None, 0));
    Ok(QuietHours {
        mail: hours.map(|hours| QuietStretch {
            from: hours.from,
            until: hours.until,
        }),
        version,
    })
}
