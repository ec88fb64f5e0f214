//! The functions of the language.

/// A function every place offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builtin {
    /// Whether there is a value; never unknown.
    Answered,
    /// The first of several values that is not missing.
    Coalesce,
    /// One value or another.
    If,
    /// How many instances, or how many options are chosen.
    Count,
    /// The total, missing values left out.
    Sum,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// The mean.
    Avg,
    /// Whether at least one instance meets a condition.
    Any,
    /// Whether every instance meets a condition.
    All,
    /// The first instance's value.
    First,
    /// The last instance's value.
    Last,
    /// Rounded half away from zero.
    Round,
    /// Without its sign.
    Abs,
    /// Full years.
    YearsBetween,
    /// Full months.
    MonthsBetween,
    /// Days.
    DaysBetween,
    /// A date some days later.
    AddDays,
    /// How many characters.
    Length,
    /// Whether a text contains another.
    Contains,
    /// Whether an option is chosen.
    Selected,
    /// The number of a quantity in a unit.
    Units,
    /// In lower case.
    Lower,
    /// Whether a text fits a pattern.
    Matches,
}

impl Builtin {
    /// Every function with its name, in the order of the documentation.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("answered", Self::Answered),
        ("coalesce", Self::Coalesce),
        ("if", Self::If),
        ("count", Self::Count),
        ("sum", Self::Sum),
        ("min", Self::Min),
        ("max", Self::Max),
        ("avg", Self::Avg),
        ("any", Self::Any),
        ("all", Self::All),
        ("first", Self::First),
        ("last", Self::Last),
        ("round", Self::Round),
        ("abs", Self::Abs),
        ("years_between", Self::YearsBetween),
        ("months_between", Self::MonthsBetween),
        ("days_between", Self::DaysBetween),
        ("add_days", Self::AddDays),
        ("length", Self::Length),
        ("contains", Self::Contains),
        ("selected", Self::Selected),
        ("units", Self::Units),
        ("lower", Self::Lower),
        ("matches", Self::Matches),
    ];

    /// Finds a function by its name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, function)| *function)
    }

    /// The name people write.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, function)| *function == self)
            .map_or("", |(name, _)| *name)
    }

    /// Whether it looks at all instances of a repeat when its first value names one.
    #[must_use]
    pub fn gathers(self) -> bool {
        matches!(
            self,
            Self::Count
                | Self::Sum
                | Self::Min
                | Self::Max
                | Self::Avg
                | Self::Any
                | Self::All
                | Self::First
                | Self::Last
        )
    }

    /// What it takes, in words.
    #[must_use]
    pub fn takes(self) -> &'static str {
        match self {
            Self::Answered | Self::Abs | Self::Length | Self::Lower => "one value",
            Self::Coalesce => "two or more values",
            Self::If => "a condition and two values",
            Self::Count => "a group, a group and a condition, or a set of options",
            Self::Sum | Self::Min | Self::Max | Self::Avg => "a group and a value, or values",
            Self::Any | Self::All => "a group and a condition",
            Self::First | Self::Last => "a group and a value",
            Self::Round => "a number and the places to keep",
            Self::YearsBetween | Self::MonthsBetween | Self::DaysBetween => "two dates",
            Self::AddDays => "a date and a number of days",
            Self::Contains => "two texts",
            Self::Selected => "an item and one of its options",
            Self::Units => "a quantity and a unit",
            Self::Matches => "a text and a pattern",
        }
    }
}
