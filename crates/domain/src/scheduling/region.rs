//! Where a person is during a visit online: clinicians may see people only where they are licensed.

use std::fmt;

/// A country (ISO 3166-1, `CA`) or a part of one (ISO 3166-2, `US-IN`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(String);

impl Region {
    /// Reads a code: two letters for the country, then perhaps a hyphen and one to three letters or
    /// digits for its part.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let (country, part) = match code.split_once('-') {
            Some((country, part)) => (country, Some(part)),
            None => (code, None),
        };
        let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
        let known = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        let is_part = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(known);
        let fits = country.len() == 2 && letters(country) && part.is_none_or(is_part);
        fits.then(|| Self(code.to_owned()))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the other one is the same place or a part of it.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let part = other.0.strip_prefix(&self.0);
        part.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Region;

    fn region(code: &str) -> Region {
        Region::parse(code).unwrap()
    }

    #[test]
    fn a_country_covers_its_parts_and_a_part_only_itself() {
        assert!(region("US").covers(&region("US-IN")));
        assert!(region("US-IN").covers(&region("US-IN")));
        assert!(!region("US-IN").covers(&region("US")));
        assert!(!region("US-IN").covers(&region("US-OH")));
        assert!(!region("CA").covers(&region("US-CA")));
    }

    #[test]
    fn what_is_no_code_of_a_place_is_refused() {
        for text in ["", "us", "USA", "US-", "US-ABCD", "US IN", "U1", "US-in"] {
            assert_eq!(Region::parse(text), None, "{text}");
        }
        assert_eq!(region("MX-CMX").to_string(), "MX-CMX");
    }
}
