//! How much of something a person may do.

use super::catalogue::{Kind, RestrictionType, WEAR_CHOICES};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The unit a weight was typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeightUnit {
    /// International avoirdupois pound, exactly 453.59237 g.
    Lb,
    /// Kilogram.
    Kg,
}

impl WeightUnit {
    /// The code stored and sent, also the unit's symbol.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Lb => "lb",
            Self::Kg => "kg",
        }
    }

    /// What a value in this unit weighs in grams, exactly.
    #[must_use]
    pub fn grams(self, value: Decimal) -> Decimal {
        let one = match self {
            Self::Lb => Decimal::from_i128_with_scale(45_359_237, 5),
            Self::Kg => Decimal::from(1_000),
        };
        (value * one).normalize()
    }
}

/// How often in a shift, from seldom to always; `Any` stands for every frequency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Once in a shift.
    Once,
    /// Up to a third of the shift.
    Occasional,
    /// From a third to two thirds of the shift.
    Frequent,
    /// More than two thirds of the shift.
    Constant,
    /// At any time; alone on its ladder.
    Any,
}

impl Frequency {
    /// The code stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Occasional => "occasional",
            Self::Frequent => "frequent",
            Self::Constant => "constant",
            Self::Any => "any",
        }
    }
}

/// A line of a weight ladder, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightLine {
    /// The most that is allowed, 0.1 to 999.9.
    pub value: Decimal,
    /// The unit of the value.
    pub unit: WeightUnit,
    /// How often that much is allowed.
    pub frequency: Frequency,
}

impl WeightLine {
    /// The most that is allowed, in grams.
    #[must_use]
    pub fn grams(&self) -> Decimal {
        self.unit.grams(self.value)
    }
}

/// A number of hours in quarters: 0.25 to 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Hours(u8);

impl Hours {
    /// Hours from a count of quarters, 1 to 96.
    #[must_use]
    pub fn from_quarters(quarters: u8) -> Option<Self> {
        (1..=96).contains(&quarters).then_some(Self(quarters))
    }

    /// How many quarters of an hour.
    #[must_use]
    pub fn quarters(self) -> u8 {
        self.0
    }

    /// The number of hours.
    #[must_use]
    pub fn number(self) -> f64 {
        f64::from(self.0) / 4.0
    }
}

/// Not 0.25 to 24 in steps of 0.25.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("hours run from 0.25 to 24 in steps of 0.25")]
pub struct NotHours;

impl TryFrom<Decimal> for Hours {
    type Error = NotHours;

    fn try_from(hours: Decimal) -> Result<Self, Self::Error> {
        let quarters = hours.checked_mul(Decimal::from(4)).ok_or(NotHours)?;
        if !quarters.is_integer() {
            return Err(NotHours);
        }
        u8::try_from(quarters)
            .ok()
            .and_then(Self::from_quarters)
            .ok_or(NotHours)
    }
}

impl From<Hours> for Decimal {
    fn from(hours: Hours) -> Self {
        Self::from_i128_with_scale(i128::from(hours.0) * 25, 2).normalize()
    }
}

/// How much a restriction allows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "snake_case", deny_unknown_fields)]
pub enum Limit {
    /// Not at all; for a bound of the working pattern, the bound itself.
    None {},
    /// Weights by frequency.
    Weight {
        /// One to four lines, weights falling as the frequency rises.
        lines: Vec<WeightLine>,
        /// At most so many hours a day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hours_per_day: Option<Hours>,
    },
    /// Hours a day, at a time, or both.
    Hours {
        /// At most so many hours a day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        per_day: Option<Hours>,
        /// At most so many hours without a stop.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_once: Option<Hours>,
    },
    /// Every so many minutes.
    Minutes {
        /// 1 to 480.
        every: u16,
    },
    /// A break of so many minutes every so many hours.
    Breaks {
        /// 1 to 480.
        minutes: u16,
        /// After so many hours.
        every: Hours,
    },
    /// Days of work in a week.
    Days {
        /// 1 to 6.
        per_week: u8,
    },
    /// One of a list.
    Choice {
        /// The code of what was chosen.
        value: String,
    },
    /// In words.
    Text {
        /// 1 to 200 characters.
        text: String,
    },
}

/// Why a limit is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// The type does not take this shape, or a value is out of its range.
    #[error("the limit does not fit the type")]
    Invalid(&'static str),
    /// Weights must fall as the frequency rises.
    #[error("weights must fall as the frequency rises")]
    NotFalling,
}

impl Limit {
    /// Not at all.
    pub const NONE: Self = Self::None {};

    /// Checks the limit against its type and puts the lines of a ladder in order.
    ///
    /// # Errors
    /// [`LimitError::Invalid`] names the part that is wrong, as a JSON pointer below the limit.
    pub fn check(self, of: RestrictionType) -> Result<Self, LimitError> {
        use LimitError::Invalid;
        match (&self, of, of.kind()) {
            (Self::Weight { .. }, _, Kind::Weight) => return self.check_ladder(),
            (
                Self::Hours {
                    at_once: Some(_), ..
                },
                RestrictionType::TotalHours,
                _,
            ) => Err(Invalid("/at_once")),
            (Self::None {}, RestrictionType::TotalHours, _) => Err(Invalid("")),
            (
                Self::Hours { per_day, at_once },
                _,
                Kind::Duration | Kind::Activity | Kind::Exposure,
            ) => check_hours(*per_day, *at_once),
            (
                Self::None {},
                _,
                Kind::Weight
                | Kind::Duration
                | Kind::Activity
                | Kind::Task
                | Kind::Exposure
                | Kind::OffWork,
            )
            | (Self::None {}, RestrictionType::NoOvertime | RestrictionType::NoNightShift, _) => {
                Ok(())
            }
            (Self::Days { per_week }, RestrictionType::DaysPerWeek, _) => {
                within((1..=6).contains(per_week), "/per_week")
            }
            (Self::Choice { value }, RestrictionType::Wear, _) => {
                within(WEAR_CHOICES.contains(&value.as_str()), "/value")
            }
            (Self::Minutes { every }, RestrictionType::AlternateSitStand, _) => {
                within((1..=480).contains(every), "/every")
            }
            (Self::Breaks { minutes, .. }, RestrictionType::Breaks, _) => {
                within((1..=480).contains(minutes), "/minutes")
            }
            (Self::Text { text }, RestrictionType::Other, _) => within(
                !text.trim().is_empty() && text.chars().count() <= 200,
                "/text",
            ),
            _ => Err(Invalid("/shape")),
        }?;
        Ok(self)
    }

    fn check_ladder(self) -> Result<Self, LimitError> {
        let Self::Weight {
            mut lines,
            hours_per_day,
        } = self
        else {
            return Ok(self);
        };
        if lines.is_empty() || lines.len() > 4 {
            return Err(LimitError::Invalid("/lines"));
        }
        let least = Decimal::from_i128_with_scale(1, 1);
        let most = Decimal::from_i128_with_scale(9_999, 1);
        for line in &lines {
            let in_range = (least..=most).contains(&line.value);
            if !in_range || line.value.normalize().scale() > 1 {
                return Err(LimitError::Invalid("/lines"));
            }
        }
        if lines.len() > 1 && lines.iter().any(|line| line.frequency == Frequency::Any) {
            return Err(LimitError::Invalid("/lines"));
        }
        lines.sort_by_key(|line| line.frequency);
        for pair in lines.windows(2) {
            if let [seldom, often] = pair {
                if seldom.frequency == often.frequency {
                    return Err(LimitError::Invalid("/lines"));
                }
                if seldom.grams() <= often.grams() {
                    return Err(LimitError::NotFalling);
                }
            }
        }
        Ok(Self::Weight {
            lines,
            hours_per_day,
        })
    }
}

fn within(holds: bool, pointer: &'static str) -> Result<(), LimitError> {
    if holds {
        Ok(())
    } else {
        Err(LimitError::Invalid(pointer))
    }
}

fn check_hours(per_day: Option<Hours>, at_once: Option<Hours>) -> Result<(), LimitError> {
    match (per_day, at_once) {
        (None, None) => Err(LimitError::Invalid("/per_day")),
        (Some(day), Some(once)) => within(once <= day, "/at_once"),
        _ => Ok(()),
    }
}
