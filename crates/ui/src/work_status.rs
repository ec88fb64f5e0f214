//! What the apps share about work status: the badge, the sentences and their dates.

use crate::format::DateStyle;
use crate::i18n::{Text, use_text};
use crate::parts::{Badge, Tone};
use crate::{Args, args};
use chrono::{DateTime, Duration, Utc};
use salus_types::work_status::{
    Argument, LocalMoment, Period, Phrase, Sentence, Since, WorkStatus,
};
use std::collections::BTreeMap;
use yew::prelude::*;

impl Text {
    /// What a restriction says, in the reader's language.
    #[must_use]
    pub fn sentence(&self, sentence: &Sentence) -> AttrValue {
        said(self, &sentence.message, &sentence.args)
    }

    /// The same of a restriction that is still being written.
    #[must_use]
    pub fn phrase(&self, phrase: &Phrase) -> AttrValue {
        said(self, &phrase.id, &phrase.args)
    }

    /// "Nov 2, 2026 to Nov 27, 2026", "From Nov 2, 2026, until further notice".
    #[must_use]
    pub fn period(&self, period: &Period) -> AttrValue {
        let zone = &period.time_zone;
        let from = start(self, period.starts, period.starts_at, zone).to_string();
        match period.ends.zip(period.ends_at) {
            Some((ends, at)) => {
                let until = end(self, ends, at, zone).to_string();
                self.msg("work-status-from-to", args!(from = from, until = until))
            }
            None => self.msg("work-status-from-on", args!(from = from)),
        }
    }

    /// "Valid through Nov 27, 2026".
    #[must_use]
    pub fn valid_until(&self, since: &Since) -> AttrValue {
        match self.until(since) {
            Some(until) => self.msg("work-status-valid-until", args!(until = until.to_string())),
            None => self.text("work-status-valid-open"),
        }
    }

    /// The last day or minute a status holds; nothing when there is no end.
    #[must_use]
    pub fn until(&self, since: &Since) -> Option<AttrValue> {
        since
            .until
            .zip(since.until_at)
            .map(|(until, at)| end(self, until, at, &since.time_zone))
    }

    /// The release sentence; `voice` is `work-status` to the person, `team-person` about them.
    #[must_use]
    pub fn release(&self, voice: &str, status: WorkStatus, since: &Since) -> AttrValue {
        let word = match status {
            WorkStatus::FullDuty => "full",
            WorkStatus::Restricted => "restricted",
            WorkStatus::OffWork => "off",
            WorkStatus::NotEmployed => return self.text("work-status-released-ended"),
        };
        let from = since
            .from
            .zip(since.from_at)
            .map(|(from, at)| start(self, from, at, &since.time_zone).to_string());
        let until = self.until(since).map(|until| until.to_string());
        match (word, from, until) {
            ("full", Some(from), _) => {
                self.msg(&format!("{voice}-released-full-from"), args!(from = from))
            }
            ("full", None, _) | (_, None, _) => self.text(&format!("{voice}-released-{word}")),
            (word, Some(from), Some(until)) => self.msg(
                &format!("{voice}-released-{word}"),
                args!(from = from, until = until),
            ),
            (word, Some(from), None) => {
                self.msg(&format!("{voice}-released-{word}-open"), args!(from = from))
            }
        }
    }
}

fn said(t: &Text, message: &str, values: &BTreeMap<String, Argument>) -> AttrValue {
    let mut args = Args::new();
    for (name, value) in values {
        match value {
            Argument::Number(number) => args.set(name, *number),
            Argument::Text(text) => args.set(name, text.clone()),
        };
    }
    t.msg(message, args)
}

fn start(t: &Text, moment: LocalMoment, at: DateTime<Utc>, zone: &str) -> AttrValue {
    let date = t.date(moment.date, DateStyle::Short);
    match moment.time {
        Some(_) => AttrValue::from(format!("{date}, {}", t.time(at, zone))),
        None => date,
    }
}

fn end(t: &Text, moment: LocalMoment, at: DateTime<Utc>, zone: &str) -> AttrValue {
    start(t, moment, at - Duration::minutes(1), zone)
}

/// What a [`WorkStatusBadge`] takes.
#[derive(Properties, PartialEq)]
pub struct WorkStatusBadgeProps {
    /// The status.
    pub status: WorkStatus,
    /// Whether it is the page's main statement.
    #[prop_or_default]
    pub large: bool,
}

/// A work status as icon, words and colour.
#[component]
pub fn WorkStatusBadge(props: &WorkStatusBadgeProps) -> Html {
    let t = use_text();
    let (tone, id) = match props.status {
        WorkStatus::FullDuty => (Tone::Good, "work-status-full-duty"),
        WorkStatus::Restricted => (Tone::Warning, "work-status-restricted"),
        WorkStatus::OffWork => (Tone::Bad, "work-status-off-work"),
        WorkStatus::NotEmployed => (Tone::Neutral, "work-status-not-employed"),
    };
    html! { <Badge {tone} large={props.large} text={t.text(id)} /> }
}
