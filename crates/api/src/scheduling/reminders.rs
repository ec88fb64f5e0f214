//! Reminding people of visits by mail, each step once.

use salus_domain::ids::{AccountId, AppointmentId, PersonId};
use salus_domain::scheduling::State;
use salus_domain::scheduling::reminders::{Reminded, Reminders, Step};
use salus_store::notifications::{Recipient, recipients};
use salus_store::scheduling::{self as store, AppointmentRecord, DueReminder, LocationRecord};
use std::collections::BTreeMap;

use super::notices::letter;
use crate::accounts::quiet_hours::quiet_until;
use crate::error::ApiError;
use crate::portals::portal_of;
use crate::transaction::Tx;
use crate::words;

/// The most reminders of one transaction.
const AT_ONCE: i64 = 200;

/// Plans the reminders of a visit for those who are told of it, from now on; those of an earlier
/// time of it are moot.
pub(super) async fn plan(
    tx: &mut Tx,
    record: &AppointmentRecord,
    readers: &[Recipient],
) -> Result<(), ApiError> {
    let (id, now) = (record.rules.id, tx.now);
    let agreed = record.rules.state == State::Booked;
    let but = agreed.then_some(record.sequence);
    store::drop_reminders(tx.shared(), id, but, now).await?;
    if !agreed {
        return Ok(());
    }
    let kinds = store::shown_types(tx.shared(), &[record.appointment_type]).await?;
    let holidays = store::holidays_at(tx.shared(), record.location).await?;
    for reader in readers {
        let language = words::offered(&reader.language).unwrap_or("en");
        let (fasting_hours, says) = kinds.first().map_or((0, false), |kind| {
            let text = kind.text(language);
            let says = text.is_some_and(|text| !text.prep_public.is_empty());
            (kind.fasting_hours, says)
        });
        let visit = Reminded {
            starts_at: record.rules.starts_at,
            zone: record.zone,
            holidays: &holidays,
            prepares: says || fasting_hours > 0,
            fasting_hours,
        };
        let person = PersonId(reader.own_person_id);
        let zone = store::zone_of_reader(tx.shared(), person, record.employer).await?;
        let portal = portal_of(tx, Some(person.0), "employee").await?;
        let rules = portal.map_or_else(Reminders::default, |portal| portal.content.reminders);
        let steps = visit.plan(&rules, zone.unwrap_or(record.zone), now);
        let (org, which) = (tx.actor.provider_org, (id, record.sequence));
        let account = AccountId(reader.account_id);
        store::plan_reminders(tx.shared(), org, which, account, &steps, now).await?;
    }
    Ok(())
}

/// Writes the reminders whose time has come. Of several of one visit only the last: after a pause
/// nobody is told twice.
pub(super) async fn remind(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let mut last: BTreeMap<(AppointmentId, AccountId), DueReminder> = BTreeMap::new();
    for due in store::due_reminders(tx.shared(), now, AT_ONCE).await? {
        let earlier = last.insert((due.appointment, due.account), due);
        if let Some(earlier) = earlier {
            store::settle_reminder(tx.shared(), earlier.id, "passed_over", now).await?;
        }
    }
    for due in last.into_values() {
        let became = match still_true(tx, &due).await? {
            Some((record, place, reader)) => {
                if put_off(tx, &due, &record, &reader).await? {
                    continue;
                }
                let wanted = write(tx, &record, &place, due.step, &reader).await?;
                if wanted { "written" } else { "moot" }
            }
            None => "moot",
        };
        store::settle_reminder(tx.shared(), due.id, became, now).await?;
    }
    Ok(())
}

/// Puts a reminder off to when its reader may be disturbed again; it is checked again then, and moot
/// when the visit has begun by then.
async fn put_off(
    tx: &mut Tx,
    due: &DueReminder,
    record: &AppointmentRecord,
    reader: &Recipient,
) -> Result<bool, ApiError> {
    let person = PersonId(reader.own_person_id);
    let zone = store::zone_of_reader(tx.shared(), person, record.employer).await?;
    let until = quiet_until(tx, due.account, zone.unwrap_or(record.zone)).await?;
    if let Some(until) = until {
        store::put_reminder_off(tx.shared(), due.id, until).await?;
    }
    Ok(until.is_some())
}

/// The visit and its reader, where the visit is still agreed for the time the reminder is about.
async fn still_true(
    tx: &mut Tx,
    due: &DueReminder,
) -> Result<Option<(AppointmentRecord, LocationRecord, Recipient)>, ApiError> {
    let now = tx.now;
    let Some(record) = store::find_appointment(tx.shared(), due.appointment).await? else {
        return Ok(None);
    };
    let rules = &record.rules;
    if rules.state != State::Booked || record.sequence != due.sequence || rules.starts_at <= now {
        return Ok(None);
    }
    let Some(place) = store::find_location(tx.shared(), record.location).await? else {
        return Ok(None);
    };
    let readers = recipients(tx.conn(), &[record.person], &["self"], now).await?;
    let mut readers = readers.into_iter();
    let reader = readers.find(|reader| reader.account_id == due.account.0);
    Ok(reader.map(|reader| (record, place, reader)))
}

/// Writes a reminder; false where the employer does not want it any more.
async fn write(
    tx: &mut Tx,
    record: &AppointmentRecord,
    place: &LocationRecord,
    step: Step,
    to: &Recipient,
) -> Result<bool, ApiError> {
    let language = words::offered(&to.language).unwrap_or("en");
    let portal = portal_of(tx, Some(to.own_person_id), "employee").await?;
    let rules = portal.as_ref().map(|portal| &portal.content.reminders);
    if rules.is_some_and(|rules| !rules.sends(step)) {
        return Ok(false);
    }
    let letter = letter(tx, record, place, portal.as_ref(), to, false).await?;
    let kind = match step {
        Step::Preparation => "appointment-preparation",
        Step::ThreeDays | Step::OneDay => "appointment-reminder",
    };
    tx.mail(kind, language, &letter).await?;
    Ok(true)
}
