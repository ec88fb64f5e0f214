//! What is typed into the form of a restriction, and the command it makes.

use chrono::NaiveDate;
use salus_types::work_status::{
    ChangeRestriction, ClinicRestriction, Hours, Limit, LintConfirmation, LocalMoment,
    RestrictionKind, RestrictionType, Side, WEAR_CHOICES, WeightLine, WriteRestriction,
};
use std::str::FromStr;

/// How the limit is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// Not at all, or the bound itself.
    None,
    /// Weights by frequency.
    Weight,
    /// Hours a day or at a time.
    Hours,
    /// Every so many minutes.
    Minutes,
    /// A break every so often.
    Breaks,
    /// Days a week.
    Days,
    /// One of a list.
    Choice,
    /// In words.
    Text,
}

/// A weight as typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) value: String,
    pub(super) unit: String,
    pub(super) frequency: String,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            value: String::new(),
            unit: "lb".to_owned(),
            frequency: "occasional".to_owned(),
        }
    }
}

/// The form as typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    pub(super) kind: RestrictionType,
    pub(super) how: How,
    pub(super) lines: Vec<Line>,
    pub(super) per_day: String,
    pub(super) at_once: String,
    pub(super) minutes: String,
    pub(super) every: String,
    pub(super) days: String,
    pub(super) choice: String,
    pub(super) text: String,
    pub(super) side: Side,
    pub(super) starts: Option<NaiveDate>,
    pub(super) ends: Option<NaiveDate>,
    pub(super) permanent: bool,
    pub(super) affects_work: bool,
    pub(super) comment: String,
    pub(super) note: String,
    pub(super) problem: String,
    pub(super) release: bool,
    pub(super) lint_reason: String,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            kind: RestrictionType::Lift,
            how: How::Weight,
            lines: vec![Line::default()],
            per_day: String::new(),
            at_once: String::new(),
            minutes: String::new(),
            every: String::new(),
            days: String::new(),
            choice: WEAR_CHOICES.first().copied().unwrap_or_default().to_owned(),
            text: String::new(),
            side: Side::NotApplicable,
            starts: None,
            ends: None,
            permanent: false,
            affects_work: true,
            comment: String::new(),
            note: String::new(),
            problem: String::new(),
            release: false,
            lint_reason: String::new(),
        }
    }
}

/// The ways a type's limit can be said, the usual one first.
pub(super) fn ways(kind: RestrictionType) -> &'static [How] {
    match (kind, kind.kind()) {
        (RestrictionType::TotalHours, _) => &[How::Hours],
        (_, RestrictionKind::Weight) => &[How::Weight, How::None],
        (_, RestrictionKind::Duration) => &[How::Hours, How::None],
        (_, RestrictionKind::Activity | RestrictionKind::Exposure) => &[How::None, How::Hours],
        (RestrictionType::Wear, _) => &[How::Choice],
        (RestrictionType::AlternateSitStand, _) => &[How::Minutes],
        (RestrictionType::Breaks, _) => &[How::Breaks],
        (RestrictionType::DaysPerWeek, _) => &[How::Days],
        (_, RestrictionKind::Other) => &[How::Text],
        _ => &[How::None],
    }
}

impl Draft {
    /// A restriction as it would have been typed.
    pub(super) fn of(one: &ClinicRestriction) -> Self {
        let mut draft = Self {
            kind: one.kind,
            side: one.side,
            starts: Some(one.period.starts.date),
            ends: one.period.ends.map(|ends| ends.date),
            permanent: one.permanent,
            affects_work: one.affects_work,
            comment: one.comment.clone().unwrap_or_default(),
            note: one.clinical_note.clone().unwrap_or_default(),
            problem: one.problem.clone().unwrap_or_default(),
            release: one.reason_released,
            ..Self::default()
        };
        draft.type_limit(&one.limit);
        draft
    }

    fn type_limit(&mut self, limit: &Limit) {
        match limit {
            Limit::None {} => self.how = How::None,
            Limit::Weight {
                lines,
                hours_per_day,
            } => {
                self.how = How::Weight;
                self.per_day = typed_hours(*hours_per_day);
                let line = |line: &WeightLine| Line {
                    value: line.value.to_string(),
                    unit: line.unit.code().to_owned(),
                    frequency: line.frequency.code().to_owned(),
                };
                self.lines = lines.iter().map(line).collect();
            }
            Limit::Hours { per_day, at_once } => {
                self.how = How::Hours;
                self.per_day = typed_hours(*per_day);
                self.at_once = typed_hours(*at_once);
            }
            Limit::Minutes { every } => {
                self.how = How::Minutes;
                self.minutes = every.to_string();
            }
            Limit::Breaks { minutes, every } => {
                self.how = How::Breaks;
                self.minutes = minutes.to_string();
                self.every = typed_hours(Some(*every));
            }
            Limit::Days { per_week } => {
                self.how = How::Days;
                self.days = per_week.to_string();
            }
            Limit::Choice { value } => {
                self.how = How::Choice;
                self.choice.clone_from(value);
            }
            Limit::Text { text } => {
                self.how = How::Text;
                self.text.clone_from(text);
            }
        }
    }

    /// Another type takes its own usual way.
    pub(super) fn take(&mut self, kind: RestrictionType) {
        self.kind = kind;
        self.side = Side::NotApplicable;
        if !ways(kind).contains(&self.how) {
            self.how = ways(kind).first().copied().unwrap_or(How::None);
        }
        if kind == RestrictionType::NoWork {
            self.affects_work = true;
        }
    }

    /// The limit, once it is complete; the same rules as the server's.
    pub(super) fn limit(&self) -> Option<Limit> {
        let limit = match self.how {
            How::None => Limit::NONE,
            How::Weight => Limit::Weight {
                lines: self.lines.iter().map(line).collect::<Option<_>>()?,
                hours_per_day: hours(&self.per_day)?,
            },
            How::Hours => Limit::Hours {
                per_day: hours(&self.per_day)?,
                at_once: hours(&self.at_once)?,
            },
            How::Minutes => Limit::Minutes {
                every: self.minutes.trim().parse().ok()?,
            },
            How::Breaks => Limit::Breaks {
                minutes: self.minutes.trim().parse().ok()?,
                every: hours(&self.every)??,
            },
            How::Days => Limit::Days {
                per_week: self.days.trim().parse().ok()?,
            },
            How::Choice => Limit::Choice {
                value: self.choice.clone(),
            },
            How::Text => Limit::Text {
                text: self.text.trim().to_owned(),
            },
        };
        limit.check(self.kind).ok()
    }

    /// What was typed differently from what a restriction says: the rest keeps its value, so that
    /// a start in the middle of a day or a confirmed comment is not touched by accident.
    pub(super) fn change(
        &self,
        before: &ClinicRestriction,
        token: Option<String>,
    ) -> ChangeRestriction {
        let (was, now) = (Self::of(before), self.command(token));
        let text = |was: &str, now: &str, typed: Option<String>| (was != now).then_some(typed);
        let until = (self.ends, self.permanent) != (was.ends, was.permanent);
        ChangeRestriction {
            limit: (now.limit != before.limit).then_some(now.limit),
            side: (now.side != before.side).then_some(now.side),
            starts: now.starts.filter(|_| self.starts != was.starts),
            ends: until.then_some(now.ends),
            permanent: until.then_some(now.permanent),
            affects_work: (now.affects_work != before.affects_work).then_some(now.affects_work),
            comment: text(&was.comment, &self.comment, now.comment),
            clinical_note: text(&was.note, &self.note, now.clinical_note),
            problem: text(&was.problem, &self.problem, now.problem),
            reason_released: (self.release != was.release).then_some(self.release),
            lint_confirmation: now.lint_confirmation,
            ..ChangeRestriction::default()
        }
    }

    /// The command; what is incomplete is sent as it is, so that the server says what is missing.
    pub(super) fn command(&self, token: Option<String>) -> WriteRestriction {
        let typed = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        WriteRestriction {
            kind: self.kind,
            limit: self.limit().unwrap_or(Limit::Hours {
                per_day: None,
                at_once: None,
            }),
            side: self.side,
            starts: self.starts.map(LocalMoment::on),
            ends: self.ends.filter(|_| !self.permanent).map(LocalMoment::on),
            permanent: self.permanent,
            affects_work: self.affects_work,
            comment: typed(&self.comment),
            occupational: false,
            clinical_note: typed(&self.note),
            problem: typed(&self.problem),
            reason_released: self.release,
            disability_criteria: false,
            provider_account_id: None,
            provider_name: None,
            notify: true,
            lint_confirmation: token.map(|token| LintConfirmation {
                token,
                reason: self.lint_reason.clone(),
            }),
        }
    }
}

fn line(line: &Line) -> Option<WeightLine> {
    let value = serde_json::json!({
        "value": line.value.trim(), "unit": line.unit, "frequency": line.frequency,
    });
    salus_client::read_value(&value)
}

/// Nothing typed is no limit; something that is no number of hours is a mistake.
fn hours(text: &str) -> Option<Option<Hours>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    salus_client::read_value(&serde_json::Value::from(text)).map(Some)
}

fn typed_hours(hours: Option<Hours>) -> String {
    hours
        .map(|hours| hours.number().to_string())
        .unwrap_or_default()
}

/// A side by its code.
pub(super) fn side(code: &str) -> Side {
    Side::from_str(code).unwrap_or_default()
}
