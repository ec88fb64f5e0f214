//! Dates, times and numbers as the reader writes them, through the browser's `Intl`.
//!
//! There is one way to write the time of something that happens at a place: in the place's zone,
//! with the zone's short name and the place: "Tue 4 Nov, 2:30 PM EST (Fort Wayne clinic)".

use crate::args;
use crate::i18n::Text;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use yew::AttrValue;

/// How much of a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// "Tue, Nov 4, 2026"
    Medium,
    /// "Tuesday, November 4"
    Long,
    /// "Nov 4, 2026", for tables.
    Short,
}

impl Text {
    /// A local date.
    #[must_use]
    pub fn date(&self, date: NaiveDate, style: DateStyle) -> AttrValue {
        let options: &[(&str, &str)] = match style {
            DateStyle::Medium => &[
                ("weekday", "short"),
                ("day", "numeric"),
                ("month", "short"),
                ("year", "numeric"),
            ],
            DateStyle::Long => &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
            DateStyle::Short => &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
        };
        let noon = date.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc();
        AttrValue::from(platform::format(self.locale(), noon, Some("UTC"), options))
    }

    /// The month of a date, such as "November 2026".
    #[must_use]
    pub fn month(&self, date: NaiveDate) -> AttrValue {
        let noon = date.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc();
        let options = [("month", "long"), ("year", "numeric")];
        AttrValue::from(platform::format(self.locale(), noon, Some("UTC"), &options))
    }

    /// A day of the week, 1 Monday to 7 Sunday, such as "Monday".
    #[must_use]
    pub fn weekday(&self, iso: u8) -> AttrValue {
        // 5 January 1970 was a Monday.
        let day = DateTime::UNIX_EPOCH + TimeDelta::days(i64::from(iso) + 3);
        let options = [("weekday", "long")];
        AttrValue::from(platform::format(self.locale(), day, Some("UTC"), &options))
    }

    /// The time of day at a place, such as "2:30 PM".
    #[must_use]
    pub fn time(&self, instant: DateTime<Utc>, zone: &str) -> AttrValue {
        let options = [("hour", "numeric"), ("minute", "2-digit")];
        AttrValue::from(platform::format(
            self.locale(),
            instant,
            Some(zone),
            &options,
        ))
    }

    /// The day and the time at a place, such as "Tue, Nov 4, 2:30 PM", where the place is clear.
    #[must_use]
    pub fn day_and_time(&self, instant: DateTime<Utc>, zone: &str) -> AttrValue {
        let options = [
            ("weekday", "short"),
            ("day", "numeric"),
            ("month", "short"),
            ("hour", "numeric"),
            ("minute", "2-digit"),
        ];
        AttrValue::from(platform::format(
            self.locale(),
            instant,
            Some(zone),
            &options,
        ))
    }

    /// When something happens at a place: "Tue 4 Nov, 2:30 PM EST (Fort Wayne clinic)". The year
    /// is written when it is not this one.
    #[must_use]
    pub fn moment(&self, instant: DateTime<Utc>, zone: &str, place: &str) -> AttrValue {
        let parts = Moment::of(self.locale(), instant, zone);
        let this_year = platform::local_date(zone).year().to_string() == parts.year;
        let id = if this_year { "moment" } else { "moment-year" };
        self.msg(
            id,
            args!(
                weekday = parts.weekday,
                day = parts.day,
                month = parts.month,
                year = parts.year,
                time = parts.time,
                zone = parts.zone,
                place = place.to_owned()
            ),
        )
    }

    /// The same moment on the reader's own clock, or nothing when it reads the same there.
    #[must_use]
    pub fn moment_here(&self, instant: DateTime<Utc>, zone: &str) -> Option<AttrValue> {
        self.moment_in(instant, zone, &platform::own_zone()?)
    }

    /// The same for a reader whose clock is in another zone.
    fn moment_in(&self, instant: DateTime<Utc>, zone: &str, own: &str) -> Option<AttrValue> {
        let (there, here) = (
            Moment::of(self.locale(), instant, zone),
            Moment::of(self.locale(), instant, own),
        );
        let same = (&there.day, &there.month, &there.time) == (&here.day, &here.month, &here.time);
        (!same).then(|| {
            self.msg(
                "moment-here",
                args!(
                    weekday = here.weekday,
                    day = here.day,
                    month = here.month,
                    time = here.time,
                    zone = here.zone
                ),
            )
        })
    }

    /// When something was recorded, on the reader's own clock: "Nov 4, 2026, 2:30 PM".
    #[must_use]
    pub fn stamp(&self, instant: DateTime<Utc>) -> AttrValue {
        let options = [
            ("day", "numeric"),
            ("month", "short"),
            ("year", "numeric"),
            ("hour", "numeric"),
            ("minute", "2-digit"),
        ];
        AttrValue::from(platform::format(self.locale(), instant, None, &options))
    }

    /// The time of day on the reader's own clock, such as "10:32 AM".
    #[must_use]
    pub fn clock_time(&self, instant: DateTime<Utc>) -> AttrValue {
        let options = [("hour", "numeric"), ("minute", "2-digit")];
        AttrValue::from(platform::format(self.locale(), instant, None, &options))
    }

    /// A date relative to today where that is clearer: "today", "tomorrow", "in 5 days",
    /// "3 days ago"; the date itself when it is farther than two weeks.
    #[must_use]
    pub fn due(&self, date: NaiveDate, today: NaiveDate) -> AttrValue {
        match (date - today).num_days() {
            0 => self.text("day-today"),
            1 => self.text("day-tomorrow"),
            -1 => self.text("day-yesterday"),
            days @ 2..=14 => self.msg("day-in", args!(count = days)),
            days @ -14..=-2 => self.msg("day-ago", args!(count = -days)),
            _ => self.date(date, DateStyle::Short),
        }
    }
}

/// Today's date at a place; it words and orders, it decides nothing.
#[must_use]
pub fn today_at(zone: &str) -> NaiveDate {
    platform::local_date(zone)
}

/// The instant of a wall-clock time at a place; of one that comes twice the first, of one that never
/// comes the one as much later.
#[must_use]
pub fn instant_at(local: NaiveDateTime, zone: &str) -> DateTime<Utc> {
    let ahead = |at: DateTime<Utc>| platform::local_time(at, zone) - at.naive_utc();
    // What the zone is ahead by half a day before and after: the same, but for a change of the clocks.
    let half = TimeDelta::hours(12);
    let (before, after) = (ahead(local.and_utc() - half), ahead(local.and_utc() + half));
    let early = local.and_utc() - before;
    let late = local.and_utc() - after;
    let stands = |at: DateTime<Utc>| platform::local_time(at, zone) == local;
    match (stands(early), stands(late)) {
        (true, true) => early.min(late),
        (false, true) => late,
        _ => early,
    }
}

/// Whole minutes since an instant, by the browser's clock; never less than none.
#[must_use]
pub fn minutes_since(instant: DateTime<Utc>) -> i64 {
    let passed = crate::clock::now_millis() - instant.timestamp_millis();
    (passed / 60_000).max(0)
}

/// The reader's own zone, where the browser says it.
#[must_use]
pub fn own_zone() -> Option<String> {
    platform::own_zone()
}

struct Moment {
    weekday: String,
    day: String,
    month: String,
    year: String,
    time: String,
    zone: String,
}

impl Moment {
    fn of(locale: &str, instant: DateTime<Utc>, zone: &str) -> Self {
        let one = |options: &[(&str, &str)]| platform::format(locale, instant, Some(zone), options);
        Self {
            weekday: one(&[("weekday", "short")])
                .trim_end_matches('.')
                .to_owned(),
            day: one(&[("day", "numeric")]),
            month: one(&[("month", "short")]).trim_end_matches('.').to_owned(),
            year: one(&[("year", "numeric")]),
            time: one(&[("hour", "numeric"), ("minute", "2-digit")]),
            zone: platform::zone_name(locale, instant, zone),
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod platform {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
    use js_sys::{Array, Date, Intl, Object, Reflect};
    use wasm_bindgen::{JsCast, JsValue};

    fn formatter(
        locale: &str,
        zone: Option<&str>,
        options: &[(&str, &str)],
    ) -> Intl::DateTimeFormat {
        let wanted = Object::new();
        for (name, value) in options {
            let _ = Reflect::set(&wanted, &JsValue::from_str(name), &JsValue::from_str(value));
        }
        if let Some(zone) = zone {
            let _ = Reflect::set(&wanted, &"timeZone".into(), &JsValue::from_str(zone));
        }
        Intl::DateTimeFormat::new(&Array::of1(&JsValue::from_str(locale)), &wanted)
    }

    fn date(instant: DateTime<Utc>) -> Date {
        Date::new(&JsValue::from_f64(instant.timestamp_millis() as f64))
    }

    pub(super) fn format(
        locale: &str,
        instant: DateTime<Utc>,
        zone: Option<&str>,
        options: &[(&str, &str)],
    ) -> String {
        let format = formatter(locale, zone, options).format();
        let written = format.call1(&JsValue::UNDEFINED, &date(instant));
        written
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_default()
    }

    pub(super) fn zone_name(locale: &str, instant: DateTime<Utc>, zone: &str) -> String {
        let options = [("hour", "numeric"), ("timeZoneName", "short")];
        let parts = formatter(locale, Some(zone), &options).format_to_parts(&date(instant));
        let read = |part: &JsValue, name: &str| {
            Reflect::get(part, &JsValue::from_str(name))
                .ok()
                .and_then(|value| value.as_string())
        };
        parts
            .iter()
            .find(|part| read(part, "type").as_deref() == Some("timeZoneName"))
            .and_then(|part| read(&part, "value"))
            .unwrap_or_default()
    }

    pub(super) fn own_zone() -> Option<String> {
        let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
        Reflect::get(options.unchecked_ref(), &"timeZone".into())
            .ok()?
            .as_string()
    }

    pub(super) fn local_time(instant: DateTime<Utc>, zone: &str) -> NaiveDateTime {
        let options = [
            ("year", "numeric"),
            ("month", "2-digit"),
            ("day", "2-digit"),
            ("hour", "2-digit"),
            ("minute", "2-digit"),
            ("second", "2-digit"),
        ];
        let written = format("sv-SE", instant, Some(zone), &options);
        NaiveDateTime::parse_from_str(&written, "%Y-%m-%d %H:%M:%S")
            .unwrap_or_else(|_| instant.naive_utc())
    }

    pub(super) fn local_date(zone: &str) -> NaiveDate {
        let now = DateTime::from_timestamp_millis(Date::now() as i64).unwrap_or_default();
        let options = [
            ("year", "numeric"),
            ("month", "2-digit"),
            ("day", "2-digit"),
        ];
        // Sweden writes dates as ISO 8601 does.
        format("sv-SE", now, Some(zone), &options)
            .parse()
            .unwrap_or_else(|_| now.date_naive())
    }
}

/// Outside a browser, for tests: English words, by the zones of `chrono-tz`.
#[cfg(not(target_arch = "wasm32"))]
mod platform {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
    use chrono_tz::Tz;

    fn there(instant: DateTime<Utc>, zone: Option<&str>) -> DateTime<Tz> {
        let zone = zone.and_then(|name| name.parse().ok());
        instant.with_timezone(&zone.unwrap_or(Tz::UTC))
    }

    pub(super) fn format(
        _locale: &str,
        instant: DateTime<Utc>,
        zone: Option<&str>,
        options: &[(&str, &str)],
    ) -> String {
        let pattern = |option: &(&str, &str)| match *option {
            ("weekday", "long") => "%A",
            ("weekday", _) => "%a",
            ("day", _) => "%-d",
            ("month", "long") => "%B",
            ("month", _) => "%b",
            ("year", _) => "%Y",
            ("hour", _) => "%-I:%M",
            ("minute", _) => "%p",
            _ => "",
        };
        let patterns: Vec<&str> = options.iter().map(pattern).collect();
        there(instant, zone).format(&patterns.join(" ")).to_string()
    }

    pub(super) fn zone_name(_locale: &str, instant: DateTime<Utc>, zone: &str) -> String {
        there(instant, Some(zone)).format("%Z").to_string()
    }

    pub(super) fn own_zone() -> Option<String> {
        None
    }

    pub(super) fn local_time(instant: DateTime<Utc>, zone: &str) -> NaiveDateTime {
        there(instant, Some(zone)).naive_local()
    }

    pub(super) fn local_date(zone: &str) -> NaiveDate {
        let now = DateTime::from_timestamp_millis(crate::clock::now_millis());
        local_time(now.unwrap_or_default(), zone).date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::ENGLISH;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_moment_names_its_zone_and_its_place() {
        let instant = "2031-11-04T14:30:00Z".parse().unwrap();
        let written = Text::new(ENGLISH).moment(instant, "UTC", "Fort Wayne clinic");
        assert_eq!(written, "Tue 4 Nov 2031, 2:30 PM UTC (Fort Wayne clinic)");
    }

    #[test]
    fn a_visit_in_phoenix_is_told_by_its_clocks_and_then_by_those_of_a_reader_in_new_york() {
        let instant = "2027-07-01T21:30:00Z".parse().unwrap();
        let text = Text::new(ENGLISH);
        let (phoenix, new_york) = ("America/Phoenix", "America/New_York");
        assert_eq!(
            text.moment(instant, phoenix, "Phoenix clinic"),
            "Thu 1 Jul 2027, 2:30 PM MST (Phoenix clinic)"
        );
        assert_eq!(
            text.moment_in(instant, phoenix, new_york).as_deref(),
            Some("Thu 1 Jul, 5:30 PM EDT where you are now")
        );
        // In July the clocks of Los Angeles read the same.
        let los_angeles = text.moment_in(instant, phoenix, "America/Los_Angeles");
        assert_eq!(los_angeles, None);
    }

    #[test]
    fn near_dates_are_told_by_their_distance() {
        let text = Text::new(ENGLISH);
        let today = day("2026-11-22");
        assert_eq!(text.due(day("2026-11-22"), today), "today");
        assert_eq!(text.due(day("2026-11-23"), today), "tomorrow");
        assert_eq!(text.due(day("2026-11-27"), today), "in 5 days");
        assert_eq!(text.due(day("2026-11-19"), today), "3 days ago");
        assert_eq!(text.due(day("2027-01-05"), today), "5 Jan 2027");
    }
}
