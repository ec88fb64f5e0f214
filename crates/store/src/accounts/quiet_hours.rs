//! When accounts are not to be disturbed by mail.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, ProviderOrgId};
use salus_domain::scheduling::QuietHours;

use crate::database::Connection;
use crate::schema::quiet_hours;

const MAIL: &str = "email";

/// What an account chose for its mails, and how often; nothing where it never did.
///
/// # Errors
/// What the database says.
pub async fn quiet_hours_of_mail(
    mut conn: &Connection,
    account: AccountId,
) -> QueryResult<Option<(Option<QuietHours>, i32)>> {
    let found: Option<(Option<i16>, Option<i16>, i32)> = quiet_hours::table
        .filter(quiet_hours::account_id.eq(account.0))
        .filter(quiet_hours::channel.eq(MAIL))
        .select((
            quiet_hours::from_minute,
            quiet_hours::until_minute,
            quiet_hours::version,
        ))
        .first(&mut conn)
        .await
        .optional()?;
    Ok(found.map(|(from, until, version)| {
        let minute = |minute: Option<i16>| minute.and_then(|minute| u16::try_from(minute).ok());
        let chosen = minute(from).zip(minute(until));
        let hours = chosen.and_then(|(from, until)| QuietHours::of_minutes(from, until));
        (hours, version)
    }))
}

/// Writes what an account chose for its mails, if it still is as the account knows it; 0 is the version
/// of what was never chosen.
///
/// # Errors
/// What the database says.
pub async fn choose_quiet_hours_of_mail(
    mut conn: &Connection,
    org: ProviderOrgId,
    (account, version): (AccountId, i32),
    hours: Option<QuietHours>,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let minutes = hours.map(QuietHours::minutes);
    let minute = |minute: Option<u16>| minute.and_then(|minute| i16::try_from(minute).ok());
    let from = minute(minutes.map(|(from, _)| from));
    let until = minute(minutes.map(|(_, until)| until));
    let values = (
        quiet_hours::from_minute.eq(from),
        quiet_hours::until_minute.eq(until),
        quiet_hours::changed_at.eq(now),
    );
    let saved = if version == 0 {
        diesel::insert_into(quiet_hours::table)
            .values((
                quiet_hours::provider_org_id.eq(org.0),
                quiet_hours::account_id.eq(account.0),
                quiet_hours::channel.eq(MAIL),
                values,
            ))
            .on_conflict_do_nothing()
            .execute(&mut conn)
            .await?
    } else {
        diesel::update(quiet_hours::table)
            .filter(quiet_hours::account_id.eq(account.0))
            .filter(quiet_hours::channel.eq(MAIL))
            .filter(quiet_hours::version.eq(version))
            .set((values, quiet_hours::version.eq(version + 1)))
            .execute(&mut conn)
            .await?
    };
    Ok(saved == 1)
}
