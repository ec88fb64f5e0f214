//! What people are told outside the portal about their visits: when and where, never what for.

use chrono::{DateTime, TimeDelta, Utc};
use salus_domain::ids::AppointmentId;
use salus_domain::portals::Candidate;
use salus_domain::scheduling::{Audience, State};
use salus_store::notifications::{Recipient, events_delivered, recipients, take_events};
use salus_store::scheduling::{self as store, AppointmentRecord, LocationRecord};
use serde::Deserialize;
use std::collections::BTreeMap;
use uuid::Uuid;

use super::calendar_file::{file_of, where_it_is};
use super::links::new_link;
use super::reminders;
use super::taking::options_in;
use crate::error::ApiError;
use crate::mail::Letter;
use crate::notifications::{Door, something_new};
use crate::portals::{brand_of, link_to, portal_of};
use crate::transaction::Tx;
use crate::words;

/// Kinds of events that are told.
pub(crate) const KINDS: [&str; 4] = [
    "appointment.booked",
    "appointment.confirmed",
    "appointment.moved",
    "appointment.cancelled",
];
/// The most events of one transaction.
const AT_ONCE: i64 = 200;

#[derive(Deserialize)]
struct Happened {
    appointment_id: AppointmentId,
}

/// Tells what happened to visits: of each the last that counts, as it is now.
pub(crate) async fn tell(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let mut told: BTreeMap<AppointmentId, Vec<&'static str>> = BTreeMap::new();
    let mut ids: Vec<Uuid> = Vec::new();
    for kind in KINDS {
        for event in take_events(tx.conn(), kind, now, AT_ONCE).await? {
            ids.push(event.id);
            if let Ok(happened) = serde_json::from_value::<Happened>(event.payload) {
                told.entry(happened.appointment_id).or_default().push(kind);
            }
        }
    }
    for (id, kinds) in told {
        if let Some(record) = store::find_appointment(tx.shared(), id).await? {
            of_visit(tx, &record, &kinds).await?;
        }
    }
    events_delivered(tx.conn(), &ids, now).await?;
    super::requests::notices::tell(tx).await?;
    reminders::remind(tx).await
}

async fn of_visit(
    tx: &mut Tx,
    record: &AppointmentRecord,
    kinds: &[&'static str],
) -> Result<(), ApiError> {
    let now = tx.now;
    let happened = |kind: &str| kinds.contains(&kind);
    let by_clinic = record.cancelled_by == Some(Audience::Clinic);
    let state = record.rules.state;
    let kind = match state {
        _ if record.rules.starts_at <= now => return Ok(()),
        State::Cancelled if record.denial_sealed.is_some() => "appointment-denied",
        State::Cancelled => "appointment-cancelled",
        State::Pending if happened("appointment.booked") => "appointment-pending",
        State::Booked if happened("appointment.booked") => "appointment-booked",
        State::Booked if happened("appointment.confirmed") => "appointment-confirmed",
        State::Pending | State::Booked if happened("appointment.moved") => "appointment-moved",
        _ => return Ok(()),
    };
    let Some(place) = store::find_location(tx.shared(), record.location).await? else {
        return Ok(());
    };
    let readers = recipients(tx.conn(), &[record.person], &["self"], now).await?;
    for reader in &readers {
        write(tx, record, &place, kind, by_clinic, reader).await?;
    }
    reminders::plan(tx, record, &readers).await?;
    // Who booked it for somebody hears that there is something, and no more.
    let booker = record.booked_by_account;
    let supervisors = ["supervisor", "backup_supervisor", "delegate"];
    for reader in recipients(tx.conn(), &[record.person], &supervisors, now).await? {
        if Some(reader.account_id) == booker.map(|account| account.0) {
            something_new(tx, &reader, Door::Supervisor, "/appointments").await?;
            break;
        }
    }
    Ok(())
}

/// Writes the mail to the person, in the reader's language and under the portal's name.
async fn write(
    tx: &mut Tx,
    record: &AppointmentRecord,
    place: &LocationRecord,
    kind: &str,
    by_clinic: bool,
    to: &Recipient,
) -> Result<(), ApiError> {
    let language = words::offered(&to.language).unwrap_or("en");
    let portal = portal_of(tx, Some(to.own_person_id), "employee").await?;
    let options = options_in(portal.as_ref())?;
    // What the clinic takes away is told in any case.
    if options.disable_emails && !by_clinic {
        return Ok(());
    }
    // What the clinic has not agreed to yet belongs in no calendar.
    let agreed = record.rules.state != State::Pending;
    let letter = letter(tx, record, place, portal.as_ref(), to, agreed).await?;
    tx.mail(kind, language, &letter).await
}

/// When and where a visit is, in the reader's language and under the portal's name, with a link by
/// which they answer for it and, where it belongs in one, an event for their calendar.
pub(super) async fn letter(
    tx: &mut Tx,
    record: &AppointmentRecord,
    place: &LocationRecord,
    portal: Option<&Candidate>,
    to: &Recipient,
    in_calendar: bool,
) -> Result<Letter, ApiError> {
    let language = words::offered(&to.language).unwrap_or("en");
    let brand = brand_of(portal, language);
    let base = tx.state.settings.public_url.clone();
    let path = format!("/appointments/{}", record.rules.id);
    let link = link_to(&base, portal, "employee", &path);
    // The token stands after `#`, where no server and no log sees it.
    let answer = match record.rules.state.holds_claims() {
        true => {
            let token = new_link(tx, record, to).await?;
            link_to(&base, portal, "employee", &format!("/visit#{token}"))
        }
        false => String::new(),
    };
    let time = moment(language, record, place, tx.now);
    let details = details(tx, language, record, place).await?;
    let sender = tx.state.mail.address();
    let calendar = in_calendar.then(|| {
        let between = Some((sender.as_str(), to.email.as_str()));
        let door = (base.as_str(), link.as_str());
        file_of(
            record,
            place,
            language,
            brand.clone(),
            door,
            between,
            tx.now,
        )
    });
    Ok(Letter {
        to: to.email.clone(),
        variables: vec![
            ("brand".to_owned(), brand),
            ("time".to_owned(), time),
            ("details".to_owned(), details),
            ("link".to_owned(), link),
            ("answer".to_owned(), answer),
        ],
        calendar,
    })
}

/// Where it is, whom to call, and what to do before: each line only where there is something to say.
async fn details(
    tx: &mut Tx,
    language: &str,
    record: &AppointmentRecord,
    place: &LocationRecord,
) -> Result<String, ApiError> {
    let mut lines = vec![where_it_is(record, place, language)];
    if let Some(phone) = &place.phone {
        let phone = [("phone", phone.clone())];
        lines.push(words::text(language, "mail-appointment-phone", &phone));
    }
    if record.rules.state.holds_claims() {
        let kinds = store::shown_types(tx.shared(), &[record.appointment_type]).await?;
        let summary = kinds
            .first()
            .and_then(|kind| kind.text(language))
            .map(|text| text.prep_public.clone())
            .filter(|summary| !summary.is_empty());
        if let Some(summary) = summary {
            let summary = [("prep", summary)];
            lines.push(words::text(language, "mail-appointment-prep", &summary));
        }
        let fasting_hours = kinds.first().map_or(0, |kind| kind.fasting_hours);
        if fasting_hours > 0 {
            let from = record.rules.starts_at - TimeDelta::hours(fasting_hours.into());
            let from = words::moment(language, from, record.zone, &place.public_label, tx.now);
            let from = [("time", from)];
            lines.push(words::text(language, "mail-appointment-fast", &from));
        }
    }
    lines.retain(|line| !line.is_empty());
    Ok(lines.join("\n"))
}

/// When it starts, on the clocks of the place, with the name the place has outside the portal.
fn moment(
    language: &str,
    record: &AppointmentRecord,
    place: &LocationRecord,
    now: DateTime<Utc>,
) -> String {
    words::moment(
        language,
        record.rules.starts_at,
        record.zone,
        &place.public_label,
        now,
    )
}
