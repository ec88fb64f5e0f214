//! The calendar file of an appointment (RFC 5545, RFC 5546): one event whose identifier never
//! changes, so that a calendar replaces what it has when the appointment moves and removes it when
//! it is cancelled. It says when and where, and nothing of what it is for.

use chrono::{DateTime, Days, FixedOffset, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{OffsetComponents, Tz};
use icalendar::{Calendar, CalendarDateTime, Class, Component, Event, EventLike, EventStatus};
use std::fmt::Write;
use uuid::Uuid;

/// How far around the event changes of the clocks are told; a year holds every kind of change.
const AROUND: Days = Days::new(400);

/// What the reader's calendar is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Show it; for a file that was fetched.
    Publish,
    /// Take it in or replace it; for a file that was sent.
    Request,
    /// Remove it.
    Cancel,
}

impl Method {
    fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// What a calendar file tells of an appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit<'a> {
    /// Which one.
    pub id: Uuid,
    /// The server's name; with the id it makes the identifier.
    pub host: &'a str,
    /// Counts the moves and the end.
    pub sequence: u32,
    /// When the file is made.
    pub made_at: DateTime<Utc>,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The end to expect.
    pub ends_at: DateTime<Utc>,
    /// The zone of the place.
    pub zone: Tz,
    /// What stands in the calendar; neutral.
    pub summary: &'a str,
    /// The street address, or that it is online.
    pub location: &'a str,
    /// Where the portal shows it.
    pub link: &'a str,
    /// Whether it was given back.
    pub cancelled: bool,
    /// Who sends the file to whom, by e-mail address; nobody where it was fetched.
    pub between: Option<(&'a str, &'a str)>,
}

/// The calendar file of an appointment.
#[must_use]
pub fn calendar_file(visit: &Visit<'_>, method: Method) -> String {
    let method = if visit.cancelled {
        Method::Cancel
    } else {
        method
    };
    let mut calendar = Calendar::empty();
    for property in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Salus//EN"),
        ("METHOD", method.as_str()),
    ] {
        calendar.append_property(property);
    }
    let local = |at: DateTime<Utc>| CalendarDateTime::WithTimezone {
        date_time: at.with_timezone(&visit.zone).naive_local(),
        tzid: visit.zone.name().to_owned(),
    };
    let status = if visit.cancelled {
        EventStatus::Cancelled
    } else {
        EventStatus::Confirmed
    };
    let mut event = Event::new()
        .uid(&format!("{}@{}", visit.id, visit.host))
        .sequence(visit.sequence)
        .timestamp(visit.made_at)
        .starts(local(visit.starts_at))
        .ends(local(visit.ends_at))
        .class(Class::Private)
        .status(status)
        .summary(visit.summary)
        .location(visit.location)
        .description(visit.link)
        .url(visit.link)
        .done();
    if let Some((organizer, attendee)) = visit.between {
        event.add_property("ORGANIZER", format!("mailto:{organizer}"));
        event.add_property("ATTENDEE", format!("mailto:{attendee}"));
    }
    calendar.push(event);
    // The library gives every part an identifier, and a zone has none.
    let zone = zone_description(visit);
    calendar
        .to_string()
        .replacen(EVENT, &format!("{zone}{EVENT}"), 1)
}

/// Where the event begins.
const EVENT: &str = "BEGIN:VEVENT";

/// A stretch in which a zone's clocks show one offset.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Observance {
    /// The wall-clock before the change at which it begins.
    starts: NaiveDateTime,
    before: FixedOffset,
    offset: FixedOffset,
    is_daylight: bool,
}

/// The zone around an event. Calendars that know the zone by its name take
/// their own rules; the others need these.
fn zone_description(visit: &Visit<'_>) -> String {
    let mut text = format!("BEGIN:VTIMEZONE\r\nTZID:{}\r\n", visit.zone.name());
    for observance in observances(visit.zone, visit.starts_at, visit.ends_at) {
        let kind = if observance.is_daylight {
            "DAYLIGHT"
        } else {
            "STANDARD"
        };
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "BEGIN:{kind}\r\nDTSTART:{}\r\nTZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\nEND:{kind}\r\n",
            observance.starts.format("%Y%m%dT%H%M%S"),
            offset(observance.before),
            offset(observance.offset),
        );
    }
    text.push_str("END:VTIMEZONE\r\n");
    text
}

/// The offsets a zone has around an event, each from the change that brought it.
fn observances(zone: Tz, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Observance> {
    let first = from.checked_sub_days(AROUND).unwrap_or(from);
    let last = until.checked_add_days(AROUND).unwrap_or(until);
    let mut found = vec![observance(zone, first, first)];
    let mut at = first;
    while at < last {
        let next = at + TimeDelta::days(1);
        if offset_at(zone, at) != offset_at(zone, next) {
            let change = change_between(zone, at, next);
            found.push(observance(zone, change - TimeDelta::seconds(1), change));
        }
        at = next;
    }
    found
}

fn observance(zone: Tz, before: DateTime<Utc>, at: DateTime<Utc>) -> Observance {
    let offset_before = offset_at(zone, before);
    let here = zone.offset_from_utc_datetime(&at.naive_utc());
    Observance {
        starts: (at.naive_utc() + offset_before),
        before: offset_before,
        offset: here.fix(),
        is_daylight: !here.dst_offset().is_zero(),
    }
}

fn offset_at(zone: Tz, at: DateTime<Utc>) -> FixedOffset {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix()
}

/// The first second after a change of the offset that lies between two instants.
fn change_between(zone: Tz, mut before: DateTime<Utc>, mut after: DateTime<Utc>) -> DateTime<Utc> {
    let old = offset_at(zone, before);
    while after - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if offset_at(zone, middle) == old {
            before = middle;
        } else {
            after = middle;
        }
    }
    after
}

/// `-0500`.
fn offset(offset: FixedOffset) -> String {
    let minutes = offset.local_minus_utc() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn visit() -> Visit<'static> {
        Visit {
            id: Uuid::from_u128(1),
            host: "salus.example",
            sequence: 0,
            made_at: at("2027-03-01T10:00:00Z"),
            starts_at: at("2027-03-16T13:00:00Z"),
            ends_at: at("2027-03-16T13:30:00Z"),
            zone: chrono_tz::America::New_York,
            summary: "Appointment - Northwind, Health; here",
            location: "12 Mill Street, Fort Wayne, IN 46802",
            link: "https://salus.example/employee/appointments/1",
            cancelled: false,
            between: None,
        }
    }

    fn lines(visit: &Visit<'_>, method: Method) -> Vec<String> {
        let file = calendar_file(visit, method);
        assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"));
        let unfolded = file.replace("\r\n ", "");
        unfolded.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_file_that_is_sent_says_from_whom_to_whom_and_one_that_is_fetched_does_not() {
        let sent = Visit {
            between: Some(("clinic@salus.example", "worker@salus.example")),
            ..visit()
        };
        let sent = lines(&sent, Method::Request);
        for line in [
            "METHOD:REQUEST",
            "ORGANIZER:mailto:clinic@salus.example",
            "ATTENDEE:mailto:worker@salus.example",
        ] {
            assert!(sent.iter().any(|known| known == line), "{line}");
        }
        let fetched = lines(&visit(), Method::Publish);
        assert!(!fetched.iter().any(|line| line.contains("mailto:")));
    }

    #[test]
    fn times_are_the_wall_clock_of_the_place_and_the_zone_is_described() {
        let lines = lines(&visit(), Method::Publish);
        let has = |line: &str| lines.iter().any(|known| known == line);
        assert!(has("METHOD:PUBLISH"));
        assert!(
            has("DTSTART;TZID=America/New_York:20270316T090000"),
            "{lines:#?}"
        );
        assert!(has("DTEND;TZID=America/New_York:20270316T093000"));
        assert!(has("CLASS:PRIVATE"));
        assert!(has("STATUS:CONFIRMED"));
        assert!(has(
            "UID:00000000-0000-0000-0000-000000000001@salus.example"
        ));
        // The clocks went forward two days before.
        assert!(has("DTSTART:20270314T020000"));
        assert!(has("TZOFFSETFROM:-0500") && has("TZOFFSETTO:-0400"));
        assert!(
            has(r"SUMMARY:Appointment - Northwind\, Health\; here"),
            "{lines:#?}"
        );
    }

    #[test]
    fn only_the_event_has_an_identifier() {
        let lines = lines(&visit(), Method::Publish);
        let identifiers = lines.iter().filter(|line| line.starts_with("UID"));
        assert_eq!(identifiers.count(), 1, "{lines:#?}");
    }

    #[test]
    fn a_move_counts_up_and_the_end_cancels_under_the_same_identifier() {
        let moved = Visit {
            sequence: 1,
            ..visit()
        };
        let gone = Visit {
            sequence: 2,
            cancelled: true,
            ..visit()
        };
        let uid = "UID:00000000-0000-0000-0000-000000000001@salus.example";
        for (visit, expected) in [
            (&moved, ["METHOD:REQUEST", "SEQUENCE:1", "STATUS:CONFIRMED"]),
            (&gone, ["METHOD:CANCEL", "SEQUENCE:2", "STATUS:CANCELLED"]),
        ] {
            let lines = lines(visit, Method::Request);
            for line in expected.iter().chain(&[uid]) {
                assert!(lines.iter().any(|known| known == line), "{line}");
            }
        }
    }

    #[test]
    fn every_zone_is_described_so_that_its_offsets_hold_at_the_event() {
        for zone in chrono_tz::TZ_VARIANTS {
            for day in ["2027-01-10T12:00:00Z", "2027-07-10T12:00:00Z"] {
                let start = at(day);
                let found = observances(zone, start, start);
                let local = start.with_timezone(&zone).naive_local();
                let holds = found.iter().rev().find(|one| one.starts <= local);
                let expected = offset_at(zone, start);
                assert_eq!(holds.map(|one| one.offset), Some(expected), "{zone} {day}");
            }
        }
    }
}
