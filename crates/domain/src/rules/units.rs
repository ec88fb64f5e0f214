//! Units of measure: UCUM codes, exact conversion.
//!
//! Factors are those of the international yard and pound (1959) and of the SI; every conversion
//! is one multiplication and one division of exact decimals.

use rust_decimal::{Decimal, RoundingStrategy};

/// What a unit measures. Only units of one dimension convert into each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Weight in everyday words.
    Mass,
    /// Height, distance.
    Length,
    /// Warmth.
    Temperature,
    /// Duration.
    Time,
    /// Blood pressure, air pressure.
    Pressure,
    /// Liquids.
    Volume,
    /// Beats or breaths per time.
    Rate,
    /// Loudness.
    Sound,
    /// Parts of a whole.
    Share,
}

/// A unit: `base = (value + offset) * numerator / denominator`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// UCUM code.
    pub code: &'static str,
    /// What people write.
    pub label: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    numerator: Decimal,
    denominator: Decimal,
    offset: Decimal,
}

const fn unit(
    code: &'static str,
    label: &'static str,
    dimension: Dimension,
    numerator: (i64, u32),
    denominator: i64,
    offset: (i64, u32),
) -> Unit {
    Unit {
        code,
        label,
        dimension,
        numerator: exact(numerator),
        denominator: exact((denominator, 0)),
        offset: exact(offset),
    }
}

/// `(12345, 2)` is 123.45. All constants here are positive and fit 64 bits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "splits a positive constant into its two 32-bit halves"
)]
const fn exact((digits, places): (i64, u32)) -> Decimal {
    Decimal::from_parts(digits as u32, (digits >> 32) as u32, 0, false, places)
}

const ONE: (i64, u32) = (1, 0);
const ZERO: (i64, u32) = (0, 0);

/// Every unit a form may use. Bases: gram, metre, kelvin, second, pascal, litre, per minute.
pub const UNITS: &[Unit] = &[
    unit("kg", "kg", Dimension::Mass, (1000, 0), 1, ZERO),
    unit("g", "g", Dimension::Mass, ONE, 1, ZERO),
    unit("mg", "mg", Dimension::Mass, ONE, 1_000, ZERO),
    unit("ug", "µg", Dimension::Mass, ONE, 1_000_000, ZERO),
    unit("[lb_av]", "lb", Dimension::Mass, (45_359_237, 5), 1, ZERO),
    unit(
        "[oz_av]",
        "oz",
        Dimension::Mass,
        (28_349_523_125, 9),
        1,
        ZERO,
    ),
    unit("m", "m", Dimension::Length, ONE, 1, ZERO),
    unit("cm", "cm", Dimension::Length, ONE, 100, ZERO),
    unit("mm", "mm", Dimension::Length, ONE, 1_000, ZERO),
    unit("km", "km", Dimension::Length, (1000, 0), 1, ZERO),
    unit("[in_i]", "in", Dimension::Length, (254, 4), 1, ZERO),
    unit("[ft_i]", "ft", Dimension::Length, (3048, 4), 1, ZERO),
    unit("[mi_i]", "mi", Dimension::Length, (1_609_344, 3), 1, ZERO),
    unit("K", "K", Dimension::Temperature, ONE, 1, ZERO),
    unit("Cel", "°C", Dimension::Temperature, ONE, 1, (27_315, 2)),
    unit(
        "[degF]",
        "°F",
        Dimension::Temperature,
        (5, 0),
        9,
        (45_967, 2),
    ),
    unit("s", "s", Dimension::Time, ONE, 1, ZERO),
    unit("min", "min", Dimension::Time, (60, 0), 1, ZERO),
    unit("h", "h", Dimension::Time, (3_600, 0), 1, ZERO),
    unit("d", "d", Dimension::Time, (86_400, 0), 1, ZERO),
    unit("wk", "wk", Dimension::Time, (604_800, 0), 1, ZERO),
    unit("mo", "mo", Dimension::Time, (2_629_800, 0), 1, ZERO),
    unit("a", "a", Dimension::Time, (31_557_600, 0), 1, ZERO),
    unit("Pa", "Pa", Dimension::Pressure, ONE, 1, ZERO),
    unit("kPa", "kPa", Dimension::Pressure, (1000, 0), 1, ZERO),
    unit(
        "mm[Hg]",
        "mmHg",
        Dimension::Pressure,
        (133_322_387_415, 9),
        1,
        ZERO,
    ),
    unit("L", "L", Dimension::Volume, ONE, 1, ZERO),
    unit("mL", "mL", Dimension::Volume, ONE, 1_000, ZERO),
    unit(
        "[foz_us]",
        "fl oz",
        Dimension::Volume,
        (295_735_295_625, 13),
        1,
        ZERO,
    ),
    unit("/min", "/min", Dimension::Rate, ONE, 1, ZERO),
    unit("/s", "/s", Dimension::Rate, (60, 0), 1, ZERO),
    unit("dB", "dB", Dimension::Sound, ONE, 1, ZERO),
    unit("%", "%", Dimension::Share, ONE, 1, ZERO),
];

/// Finds a unit by its UCUM code, or by what people write (`lb`, `in`).
#[must_use]
pub fn find(code: &str) -> Option<&'static Unit> {
    UNITS
        .iter()
        .find(|unit| unit.code == code)
        .or_else(|| UNITS.iter().find(|unit| unit.label == code))
}

/// What a unit measures.
#[must_use]
pub fn dimension(code: &str) -> Option<Dimension> {
    find(code).map(|unit| unit.dimension)
}

/// Converts a number between two units of one dimension.
#[must_use]
pub fn convert(value: Decimal, from: &str, to: &str) -> Option<Decimal> {
    let (from, to) = (find(from)?, find(to)?);
    if from.dimension != to.dimension {
        return None;
    }
    if from.code == to.code {
        return Some(value);
    }
    let up = value
        .checked_add(from.offset)?
        .checked_mul(from.numerator)?
        .checked_mul(to.denominator)?;
    let down = from.denominator.checked_mul(to.numerator)?;
    up.checked_div(down)?
        .checked_sub(to.offset)
        .map(|n| n.normalize())
}

/// Rounds half away from zero.
#[must_use]
pub fn round(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn pounds_and_inches_are_stored_as_kilograms_and_centimetres_to_two_places() {
        let weight = round(convert(number("176"), "lb", "kg").unwrap(), 2);
        let height = round(convert(number("70"), "[in_i]", "cm").unwrap(), 2);
        assert_eq!((weight, height), (number("79.83"), number("177.80")));
    }

    #[test]
    fn rounding_is_half_away_from_zero_on_both_sides() {
        assert_eq!(round(number("12.345"), 2), number("12.35"));
        assert_eq!(round(number("-0.005"), 2), number("-0.01"));
    }

    #[test]
    fn temperatures_convert_with_their_offset() {
        let fever = convert(number("98.6"), "[degF]", "Cel").unwrap();
        assert_eq!(round(fever, 2), number("37"));
    }

    #[test]
    fn a_weight_never_becomes_a_length() {
        assert_eq!(convert(number("1"), "kg", "m"), None);
    }
}
