//! The catalogue of restriction types every installation starts with.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What kind of limit a type takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A ladder of weights by frequency, or not at all.
    Weight,
    /// Hours a day or at a time, or not at all.
    Duration,
    /// Not at all, or hours.
    Activity,
    /// Not at all.
    Task,
    /// Not at all, or hours.
    Exposure,
    /// Something that must be worn, done or given.
    Must,
    /// A bound on the working pattern.
    Schedule,
    /// No work of any kind.
    OffWork,
    /// Free text.
    Other,
}

/// Whether a type names a side of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideUse {
    /// A side must be chosen.
    Required,
    /// A side may be chosen.
    Optional,
    /// The type has no side.
    Never,
}

macro_rules! catalogue {
    ($($variant:ident $code:literal $kind:ident $side:ident $doc:literal,)*) => {
        /// A type of the shipped catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum RestrictionType {
            $(#[doc = $doc] $variant,)*
        }

        impl RestrictionType {
            /// Every type, in the order a form lists them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code stored and sent.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What kind of limit it takes.
            #[must_use]
            pub fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind,)* }
            }

            /// Whether it names a side of the body.
            #[must_use]
            pub fn side_use(self) -> SideUse {
                match self { $(Self::$variant => SideUse::$side,)* }
            }
        }
    };
}

catalogue! {
    Lift "lift" Weight Optional "Lifting.",
    LiftOverhead "lift_overhead" Weight Optional "Lifting above the head.",
    Carry "carry" Weight Optional "Carrying.",
    Push "push" Weight Optional "Pushing.",
    Pull "pull" Weight Optional "Pulling.",
    Stand "stand" Duration Never "Standing.",
    Walk "walk" Duration Never "Walking.",
    Sit "sit" Duration Never "Sitting.",
    Drive "drive" Duration Never "Driving.",
    Keyboard "keyboard" Duration Never "Keyboard work.",
    TotalHours "total_hours" Duration Never "All work together.",
    ClimbStairs "climb_stairs" Activity Never "Climbing stairs.",
    ClimbLadder "climb_ladder" Activity Never "Climbing ladders.",
    Bend "bend" Activity Never "Bending.",
    Twist "twist" Activity Never "Twisting.",
    Crawl "crawl" Activity Never "Crawling.",
    Squat "squat" Activity Never "Squatting.",
    Kneel "kneel" Activity Never "Kneeling.",
    Balance "balance" Activity Never "Work that needs balance.",
    ReachAboveShoulder "reach_above_shoulder" Activity Optional "Reaching above the shoulder.",
    ReachBelowShoulder "reach_below_shoulder" Activity Optional "Reaching below the shoulder.",
    HandGrasp "hand_grasp" Activity Required "Grasping.",
    HandFine "hand_fine" Activity Required "Fine hand work.",
    FootRaise "foot_raise" Activity Required "Raising a foot.",
    FootPedal "foot_pedal" Activity Required "Working a pedal.",
    WorkAtHeight "work_at_height" Task Never "Work at height.",
    OperateMachinery "operate_machinery" Task Never "Operating machinery.",
    OperateForklift "operate_forklift" Task Never "Driving a forklift.",
    DriveCommercial "drive_commercial" Task Never "Driving a commercial vehicle.",
    SafetySensitiveWork "safety_sensitive_work" Task Never "Safety-sensitive work.",
    RespiratorUse "respirator_use" Task Never "Work that needs a respirator.",
    PatientCare "patient_care" Task Never "Care of patients.",
    FoodHandling "food_handling" Task Never "Handling food.",
    ConfinedSpace "confined_space" Task Never "Work in confined spaces.",
    WorkAlone "work_alone" Task Never "Working alone.",
    Heat "heat" Exposure Never "Heat.",
    Cold "cold" Exposure Never "Cold.",
    Humidity "humidity" Exposure Never "Humid air.",
    FumesDust "fumes_dust" Exposure Never "Fumes and dust.",
    Noise "noise" Exposure Never "Noise.",
    Vibration "vibration" Exposure Never "Vibration.",
    UnevenGround "uneven_ground" Exposure Never "Uneven ground.",
    Wear "wear" Must Never "Something that must be worn.",
    AlternateSitStand "alternate_sit_stand" Must Never "Changing between sitting and standing.",
    Breaks "breaks" Must Never "Breaks.",
    DaysPerWeek "days_per_week" Schedule Never "Days of work in a week.",
    NoOvertime "no_overtime" Schedule Never "No overtime.",
    NoNightShift "no_night_shift" Schedule Never "No night shift.",
    NoWork "no_work" OffWork Never "No work of any kind.",
    Other "other" Other Never "Anything else, in words.",
}

impl fmt::Display for RestrictionType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// No type of the catalogue has this code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such restriction type")]
pub struct UnknownType;

impl FromStr for RestrictionType {
    type Err = UnknownType;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|known| known.code() == code)
            .ok_or(UnknownType)
    }
}

/// What the type `wear` offers to choose from.
pub const WEAR_CHOICES: &[&str] = &[
    "ear_protection",
    "eye_protection",
    "face_mask",
    "face_shield",
    "gloves",
    "hand_support",
    "back_support",
    "knee_pads",
    "leg_support",
    "safety_shoes",
    "sun_protection",
    "tinted_glasses",
];

/// A side of the body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The left side.
    Left,
    /// The right side.
    Right,
    /// Both sides.
    Both,
    /// No side is meant.
    #[default]
    NotApplicable,
}

impl Side {
    /// The code stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Both => "both",
            Self::NotApplicable => "not_applicable",
        }
    }
}

impl FromStr for Side {
    type Err = UnknownType;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        [Self::Left, Self::Right, Self::Both, Self::NotApplicable]
            .into_iter()
            .find(|side| side.code() == code)
            .ok_or(UnknownType)
    }
}
