//! Windows of a week in words.

use chrono::{NaiveDate, NaiveTime};
use salus_types::scheduling::ScheduleWindow;
use salus_ui::{DateStyle, Text, args};

/// Minutes after midnight as a time of day.
pub(in crate::pages::setup) fn minute_words(t: &Text, minute: u16) -> String {
    let seconds = u32::from(minute % 1440) * 60;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0);
    // Of any day: only the time of day is read.
    let any = NaiveDate::default();
    let instant = any.and_time(time.unwrap_or_default()).and_utc();
    t.time(instant, "UTC").to_string()
}

/// Windows as one reads them aloud: days with the same hours together.
pub(in crate::pages::setup) fn window_words(t: &Text, windows: &[ScheduleWindow]) -> String {
    let hours = |one: &ScheduleWindow| {
        format!(
            "{}–{}",
            minute_words(t, one.start_minute),
            minute_words(t, one.end_minute)
        )
    };
    let mut days: Vec<(Day, Vec<String>)> = Vec::new();
    for one in windows {
        let day = Day {
            weekday: one.weekday,
            date: one.on_date,
        };
        match days.iter_mut().find(|(known, _)| *known == day) {
            Some((_, times)) => times.push(hours(one)),
            None => days.push((day, vec![hours(one)])),
        }
    }
    days.sort_by_key(|(day, _)| (day.weekday, day.date));
    let mut parts: Vec<(Vec<Day>, Vec<String>)> = Vec::new();
    for (day, times) in days {
        match parts.last_mut() {
            Some((together, same)) if *same == times => together.push(day),
            _ => parts.push((vec![day], times)),
        }
    }
    let part = |(days, times): (Vec<Day>, Vec<String>)| {
        format!("{} {}", together(t, &days), times.join(", "))
    };
    parts.into_iter().map(part).collect::<Vec<_>>().join(" · ")
}

#[derive(Clone, Copy, PartialEq)]
struct Day {
    weekday: Option<u8>,
    date: Option<NaiveDate>,
}

impl Day {
    fn words(self, t: &Text) -> String {
        match (self.weekday, self.date) {
            (Some(weekday), _) => weekday_words(t, weekday),
            (None, Some(date)) => t.date(date, DateStyle::Short).to_string(),
            (None, None) => String::new(),
        }
    }
}

/// A weekday in short; 1 is Monday.
pub(in crate::pages::setup) fn weekday_words(t: &Text, weekday: u8) -> String {
    let day = format!("d{weekday}");
    t.msg("setup-weekday", args!(day = day)).to_string()
}

/// Three or more weekdays in a row are told by the first and the last.
fn together(t: &Text, days: &[Day]) -> String {
    let in_a_row = days.windows(2).all(|pair| match pair {
        [a, b] => a.weekday.is_some() && a.weekday.map(|day| day + 1) == b.weekday,
        _ => false,
    });
    match (days, in_a_row) {
        ([first, _, .., last], true) => format!("{}–{}", first.words(t), last.words(t)),
        _ => {
            let all: Vec<String> = days.iter().map(|day| day.words(t)).collect();
            all.join(", ")
        }
    }
}
