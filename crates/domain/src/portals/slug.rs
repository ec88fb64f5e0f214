//! The address names of portals: the last part of `/p/<name>` and `/s/<name>`.

use super::PortalAudience;

/// The fewest characters of an address name.
pub const SHORTEST: usize = 3;
/// The most characters of one.
pub const LONGEST: usize = 40;

/// An address name: small letters, digits, and single hyphens between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug(String);

/// Why something is no address name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSlug {
    /// It has too few characters.
    #[error("too short")]
    Short,
    /// It has too many.
    #[error("too long")]
    Long,
    /// It has others than small letters, digits, and single hyphens between them.
    #[error("other characters than small letters, digits and single hyphens between them")]
    Characters,
}

impl Slug {
    /// The address name that was written.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(written: &str) -> Result<Self, NoSlug> {
        let written = written.trim();
        let count = written.chars().count();
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let is_word = |word: &str| !word.is_empty() && word.chars().all(fits);
        if count < SHORTEST {
            Err(NoSlug::Short)
        } else if count > LONGEST {
            Err(NoSlug::Long)
        } else if written.split('-').all(is_word) {
            Ok(Self(written.to_owned()))
        } else {
            Err(NoSlug::Characters)
        }
    }

    /// An address name made of an owner's name, if there is something to make one of.
    #[must_use]
    pub fn suggested(owner: &str, audience: PortalAudience) -> Option<Self> {
        let more = match audience {
            PortalAudience::Employee => "",
            PortalAudience::Supervisor => "-team",
            PortalAudience::Applicant => "-apply",
        };
        let owner = owner.to_ascii_lowercase();
        let words = owner.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let name: String = words.join("-").chars().take(LONGEST - more.len()).collect();
        let name = name.trim_end_matches('-');
        if name.is_empty() {
            return None;
        }
        Self::parse(&format!("{name}{more}")).ok()
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(written: &str) -> Result<String, NoSlug> {
        Slug::parse(written).map(|slug| slug.as_str().to_owned())
    }

    #[test]
    fn an_address_name_has_three_to_forty_small_letters_digits_and_single_hyphens() {
        for good in ["abc", "a-1", "northwind-team", "1-2-3"] {
            assert_eq!(parsed(good).as_deref(), Ok(good));
        }
        assert_eq!(parsed(" northwind ").as_deref(), Ok("northwind"));
        assert_eq!(parsed(&"a".repeat(40)).map(|slug| slug.len()), Ok(40));
        assert_eq!(parsed(&"a".repeat(41)), Err(NoSlug::Long));
        for short in ["", "  ", "ab"] {
            assert_eq!(parsed(short), Err(NoSlug::Short));
        }
        for other in ["Abc", "a_b", "-abc", "abc-", "a--b", "a b", "peña", "---"] {
            assert_eq!(parsed(other), Err(NoSlug::Characters), "{other}");
        }
    }

    #[test]
    fn an_owners_name_suggests_an_address_name() {
        let suggested = |owner: &str, audience| {
            Slug::suggested(owner, audience).map(|slug| slug.as_str().to_owned())
        };
        let employee = |owner: &str| suggested(owner, PortalAudience::Employee);
        assert_eq!(
            employee("Acme & Sons, Inc.").as_deref(),
            Some("acme-sons-inc")
        );
        assert_eq!(employee("東京"), None);
        assert_eq!(employee("A"), None);
        let team = suggested(&"x".repeat(60), PortalAudience::Supervisor);
        assert_eq!(team, Some(format!("{}-team", "x".repeat(35))));
    }

    proptest! {
        #[test]
        fn what_is_read_or_suggested_is_an_address_name_for_the_database(text in "\\PC{0,50}", dashed in "[a-c-]{0,45}") {
            let pattern = regex_lite::Regex::new("^[a-z0-9]+(-[a-z0-9]+)*$").unwrap();
            let stored = |slug: &Slug| {
                pattern.is_match(slug.as_str()) && (SHORTEST..=LONGEST).contains(&slug.as_str().len())
            };
            for written in [&text, &dashed] {
                let suggested = Slug::suggested(written, PortalAudience::Supervisor);
                let read = Slug::parse(written).ok();
                prop_assert!(suggested.iter().chain(&read).all(stored));
            }
        }
    }
}
