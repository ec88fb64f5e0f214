//! What people are told outside the portal about their visits: when and where, never what for.

use chrono::TimeDelta;
use salus_domain::ids::{AppointmentId, OfferId};
use salus_domain::people::zone_of;
use salus_domain::portals::Candidate;
use salus_domain::scheduling::{Audience, Modality, State};
use salus_domain::time::local_time;
use salus_store::notifications::{Recipient, events_delivered, recipients, take_events};
use salus_store::people::find_person;
use salus_store::scheduling::{self as store, AppointmentRecord, LocationRecord, OfferRecord};
use serde::Deserialize;
use std::collections::BTreeMap;
use uuid::Uuid;

use super::calendar_file::{file_of, where_it_is};
use super::check_in::shown_code;
use super::links::{LinkFor, new_link};
use super::reminders;
use super::taking::options_in;
use crate::error::ApiError;
use crate::mail::Letter;
use crate::notifications::{Door, something_new};
use crate::portals::{brand_of, link_to, portal_of};
use crate::transaction::Tx;
use crate::words;

/// Kinds of events that are told.
pub(crate) const KINDS: [&str; 5] = [
    "appointment.booked",
    "appointment.confirmed",
    "appointment.moved",
    "appointment.cancelled",
    OFFERED,
];
/// A time that became free is kept for somebody.
pub(super) const OFFERED: &str = "wait_list_item.offered";
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
    offered(tx).await?;
    for kind in KINDS.into_iter().filter(|kind| *kind != OFFERED) {
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
    super::changes::tell(tx).await?;
    reminders::remind(tx).await
}

#[derive(Deserialize)]
struct Offered {
    offer_id: OfferId,
}

/// Tells of times that became free, as long as they are kept.
async fn offered(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let mut ids: Vec<Uuid> = Vec::new();
    for event in take_events(tx.conn(), OFFERED, now, AT_ONCE).await? {
        ids.push(event.id);
        let Ok(offered) = serde_json::from_value::<Offered>(event.payload) else {
            continue;
        };
        let found = store::find_offer(tx.shared(), offered.offer_id).await?;
        let Some(offer) = found.filter(|offer| offer.rules.is_live(now)) else {
            continue;
        };
        let Some(place) = store::find_location(tx.shared(), offer.location).await? else {
            continue;
        };
        for reader in recipients(tx.conn(), &[offer.person], &["self"], now).await? {
            write_offer(tx, &offer, &place, &reader).await?;
        }
    }
    events_delivered(tx.conn(), &ids, now).await?;
    Ok(())
}

/// Writes of an offered time when it is, where, and until when it is kept.
async fn write_offer(
    tx: &mut Tx,
    offer: &OfferRecord,
    place: &LocationRecord,
    to: &Recipient,
) -> Result<(), ApiError> {
    let language = words::offered(&to.language).unwrap_or("en");
    let portal = portal_of(tx, Some(to.own_person_id), "employee").await?;
    let token = new_link(
        tx,
        LinkFor::Offer(offer.rules.id),
        offer.rules.expires_at,
        to,
    )
    .await?;
    let base = &tx.state.settings.public_url;
    let link = link_to(base, portal.as_ref(), "employee", "/appointments");
    let path = format!("/visit#{token}");
    let answer = link_to(base, portal.as_ref(), "employee", &path);
    let (zone, label) = (place.place.zone, &place.public_label);
    let moment = |at| words::moment(language, at, zone, label, tx.now);
    let letter = Letter {
        to: to.email.clone(),
        variables: vec![
            ("brand".to_owned(), brand_of(portal.as_ref(), language)),
            ("time".to_owned(), moment(offer.starts_at)),
            ("until".to_owned(), moment(offer.rules.expires_at)),
            ("link".to_owned(), link),
            ("answer".to_owned(), answer),
        ],
        calendar: None,
    };
    let kind = match offer.kept {
        true => "offer-made",
        false => "offer-open",
    };
    tx.mail(kind, language, &letter).await
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
        // What should never have been written is told of where somebody was to come.
        State::EnteredInError if happened("appointment.cancelled") => "appointment-cancelled",
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
            let visit = LinkFor::Visit(record.rules.id);
            let token = new_link(tx, visit, record.rules.starts_at, to).await?;
            link_to(&base, portal, "employee", &format!("/visit#{token}"))
        }
        false => String::new(),
    };
    let time = moment(tx, language, record, place).await?;
    let code = shown_code(tx, record, &options_in(portal)?);
    let details = details(tx, language, record, place, code).await?;
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
    code: Option<String>,
) -> Result<String, ApiError> {
    let mut lines = vec![where_it_is(record.modality, place, language)];
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
    if let Some(code) = code {
        let code = [("code", code)];
        lines.push(words::text(language, "mail-appointment-code", &code));
    }
    lines.retain(|line| !line.is_empty());
    Ok(lines.join("\n"))
}

/// When it starts, on the clocks of the place, with the name the place has outside the portal; online
/// on the person's clocks first, where they read otherwise.
async fn moment(
    tx: &mut Tx,
    language: &str,
    record: &AppointmentRecord,
    place: &LocationRecord,
) -> Result<String, ApiError> {
    let (at, now) = (record.rules.starts_at, tx.now);
    let there = words::moment(language, at, record.zone, &place.public_label, now);
    if record.modality == Modality::InPerson {
        return Ok(there);
    }
    let person = find_person(tx.conn(), record.person).await?;
    let employment = person.and_then(|person| person.employment);
    let own = employment.map_or(record.zone, |employment| {
        let location = employment.location_time_zone.as_deref();
        zone_of(location, Some(&employment.employer_time_zone), "UTC")
    });
    if local_time(at, own) == local_time(at, record.zone) {
        return Ok(there);
    }
    let yours = words::text(language, "mail-appointment-your-time", &[]);
    let here = words::moment(language, at, own, &yours, now);
    let there = words::text(language, "mail-appointment-there", &[("time", there)]);
    Ok(format!("{here}\n{there}"))
}
