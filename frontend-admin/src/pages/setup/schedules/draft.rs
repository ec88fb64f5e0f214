//! A schedule while it is typed.

use crate::pages::setup::known::Known;
use chrono::{DateTime, NaiveDate, Utc};
use salus_types::scheduling::{
    Audience, CreateSchedule, Modality, Schedule, ScheduleTemplateFields, ScheduleWindow,
};
use wasm_bindgen::JsValue;

/// Some days with the same hours, or one date.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Hours {
    /// Weekdays, 1 is Monday.
    pub(super) days: Vec<u8>,
    /// The date, where dates are named.
    pub(super) date: Option<NaiveDate>,
    /// From, `HH:MM`.
    pub(super) start: String,
    /// To, `HH:MM`; midnight is the end of the day.
    pub(super) end: String,
}

/// What was typed so far.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    pub(super) resource: String,
    pub(super) place: String,
    pub(super) modality: String,
    pub(super) kinds: Vec<String>,
    pub(super) from: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
    pub(super) weekly: bool,
    pub(super) weeks: String,
    pub(super) hours: Vec<Hours>,
    pub(super) interval: String,
    pub(super) offset: String,
    pub(super) capacity: String,
    pub(super) daily_cap: String,
    pub(super) overbook: String,
    pub(super) opens_at: String,
    pub(super) audience: Vec<String>,
    pub(super) priority: String,
}

impl Draft {
    /// A new one: working days, mornings.
    pub(super) fn new(known: &Known, today: NaiveDate) -> Self {
        let first = |choices: Vec<salus_ui::Choice>| {
            let first = choices.into_iter().next();
            first.map_or_else(String::new, |choice| choice.value.to_string())
        };
        Self {
            resource: first(known.resource_choices()),
            place: first(known.place_choices()),
            modality: "both".to_owned(),
            kinds: Vec::new(),
            from: Some(today),
            until: None,
            weekly: true,
            weeks: "1".to_owned(),
            hours: vec![Hours {
                days: vec![1, 2, 3, 4, 5],
                date: None,
                start: "08:00".to_owned(),
                end: "12:00".to_owned(),
            }],
            interval: "15".to_owned(),
            offset: "0".to_owned(),
            capacity: "1".to_owned(),
            daily_cap: String::new(),
            overbook: "0".to_owned(),
            opens_at: String::new(),
            audience: everybody(),
            priority: "5".to_owned(),
        }
    }

    /// One there is already.
    pub(super) fn of(schedule: &Schedule) -> Self {
        let kinds = schedule.appointment_type_ids.iter().flatten();
        Self {
            resource: schedule.resource_id.to_string(),
            place: schedule.location_id.to_string(),
            modality: schedule
                .modality
                .map_or("both", Modality::as_str)
                .to_owned(),
            kinds: kinds.map(ToString::to_string).collect(),
            from: Some(schedule.effective_from),
            until: schedule.effective_until,
            weekly: schedule.every_n_weeks.is_some(),
            weeks: schedule.every_n_weeks.unwrap_or(1).to_string(),
            hours: hours_of(&schedule.windows),
            interval: schedule.interval.to_string(),
            offset: schedule.offset.to_string(),
            capacity: schedule.capacity.to_string(),
            daily_cap: schedule
                .daily_cap
                .map_or_else(String::new, |cap| cap.to_string()),
            overbook: schedule.overbook.to_string(),
            opens_at: schedule.opens_at.map_or_else(String::new, local),
            audience: schedule
                .audience
                .iter()
                .map(|one| one.as_str().to_owned())
                .collect(),
            priority: schedule.priority.to_string(),
        }
    }

    /// Takes hours and limits from a template; whose, where and from when stays.
    pub(super) fn fill(&mut self, fields: &ScheduleTemplateFields) {
        let kinds = fields.appointment_type_ids.iter().flatten();
        self.modality = fields.modality.map_or("both", Modality::as_str).to_owned();
        self.kinds = kinds.map(ToString::to_string).collect();
        self.weekly = true;
        self.weeks = fields.every_n_weeks.to_string();
        self.hours = hours_of(&fields.windows);
        self.interval = fields.interval.to_string();
        self.offset = fields.offset.to_string();
        self.capacity = fields.capacity.to_string();
        self.daily_cap = fields
            .daily_cap
            .map_or_else(String::new, |cap| cap.to_string());
        self.overbook = fields.overbook.to_string();
        self.audience = fields
            .audience
            .iter()
            .map(|one| one.as_str().to_owned())
            .collect();
        self.priority = fields.priority.to_string();
    }

    /// What would be sent, and for each window the line it was typed in; nothing while it is not
    /// known whose, where and from when.
    ///
    /// What is no number becomes 0, which the server says is none.
    pub(super) fn command(&self) -> Option<(CreateSchedule, Vec<usize>)> {
        let (windows, lines) = self.windows().into_iter().unzip();
        let kinds: Vec<_> = self.kinds.iter().flat_map(|id| id.parse()).collect();
        let command = CreateSchedule {
            resource_id: self.resource.parse().ok()?,
            location_id: self.place.parse().ok()?,
            modality: Modality::parse(&self.modality),
            appointment_type_ids: (!kinds.is_empty()).then_some(kinds),
            effective_from: self.from?,
            effective_until: self.until,
            every_n_weeks: self.weekly.then(|| number(&self.weeks)),
            windows,
            interval: number(&self.interval),
            offset: number(&self.offset),
            capacity: number(&self.capacity),
            daily_cap: (!self.daily_cap.trim().is_empty()).then(|| number(&self.daily_cap)),
            overbook: self.overbook.trim().parse().unwrap_or(u8::MAX),
            opens_at: instant(&self.opens_at),
            audience: Audience::ALL
                .iter()
                .filter(|one| self.audience.iter().any(|word| word == one.as_str()))
                .copied()
                .collect(),
            priority: number(&self.priority),
        };
        Some((command, lines))
    }

    fn windows(&self) -> Vec<(ScheduleWindow, usize)> {
        let mut all = Vec::new();
        for (line, hours) in self.hours.iter().enumerate() {
            let window = |weekday, on_date| ScheduleWindow {
                weekday,
                on_date,
                start_minute: minute(&hours.start).unwrap_or(0),
                end_minute: match minute(&hours.end) {
                    Some(0) => 1440,
                    other => other.unwrap_or(0),
                },
            };
            match (self.weekly, hours.days.is_empty()) {
                (true, false) => {
                    all.extend(
                        hours
                            .days
                            .iter()
                            .map(|day| (window(Some(*day), None), line)),
                    );
                }
                (true, true) => all.push((window(None, None), line)),
                (false, _) => all.push((window(None, hours.date), line)),
            }
        }
        all
    }
}

fn everybody() -> Vec<String> {
    let all = Audience::ALL.iter();
    all.map(|one| one.as_str().to_owned()).collect()
}

/// Days with the same hours in one line.
fn hours_of(windows: &[ScheduleWindow]) -> Vec<Hours> {
    let mut lines: Vec<Hours> = Vec::new();
    for one in windows {
        let (start, end) = (typed(one.start_minute), typed(one.end_minute));
        let same = |line: &&mut Hours| {
            one.weekday.is_some() && line.date.is_none() && line.start == start && line.end == end
        };
        match (lines.iter_mut().find(same), one.weekday) {
            (Some(line), Some(day)) => line.days.push(day),
            _ => lines.push(Hours {
                days: one.weekday.into_iter().collect(),
                date: one.on_date,
                start,
                end,
            }),
        }
    }
    lines
}

fn number<N: std::str::FromStr + Default>(text: &str) -> N {
    text.trim().parse().unwrap_or_default()
}

/// `HH:MM` as minutes after midnight.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    Some(hour * 60 + minute)
}

fn typed(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

/// An instant as the browser's field for date and time shows it, on the reader's clock.
#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds of any date fit exactly"
)]
fn local(instant: DateTime<Utc>) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(instant.timestamp_millis() as f64));
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes()
    )
}

/// The instant that was typed on the reader's clock.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds are whole and of a date"
)]
fn instant(text: &str) -> Option<DateTime<Utc>> {
    if text.is_empty() {
        return None;
    }
    let milliseconds = js_sys::Date::new(&JsValue::from_str(text)).get_time();
    if milliseconds.is_nan() {
        return None;
    }
    DateTime::from_timestamp_millis(milliseconds as i64)
}
