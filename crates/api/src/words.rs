//! Fluent messages on the server: problems, e-mails, calendar files. The same files as the apps'.

use chrono::{DateTime, Datelike, Timelike, Utc};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use salus_domain::time::Tz;
use salus_domain::work_status::{Argument, Phrase};
use std::borrow::Cow;
use std::collections::HashMap;

static_loader! {
    static LOCALES = {
        locales: "../types/locales",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// Languages that are complete.
pub const LANGUAGES: [&str; 2] = ["en", "es"];

/// The message in a language, or in English; nothing when there is no such message.
#[must_use]
pub fn find(language: &str, id: &str, args: &[(&'static str, String)]) -> Option<String> {
    let values: HashMap<Cow<'static, str>, FluentValue<'_>> = args
        .iter()
        .map(|(name, value)| (Cow::Borrowed(*name), FluentValue::from(value.as_str())))
        .collect();
    LOCALES
        .try_lookup_complete(&identifier(language), id, Some(&values))
        .or_else(|| LOCALES.try_lookup_complete(&identifier("en"), id, Some(&values)))
}

/// A sentence of the domain in a language; its id when there is no such message.
#[must_use]
pub fn phrase(language: &str, phrase: &Phrase) -> String {
    let values: HashMap<Cow<'static, str>, FluentValue<'_>> = phrase
        .args
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Argument::Number(number) => FluentValue::from(*number),
                Argument::Text(text) => FluentValue::from(text.as_str()),
            };
            (Cow::Owned(name.clone()), value)
        })
        .collect();
    LOCALES
        .try_lookup_complete(&identifier(language), &phrase.id, Some(&values))
        .or_else(|| LOCALES.try_lookup_complete(&identifier("en"), &phrase.id, Some(&values)))
        .unwrap_or_else(|| phrase.id.clone())
}

/// The message, or another one, or its id.
#[must_use]
pub fn text_or(language: &str, id: &str, args: &[(&'static str, String)], other: &str) -> String {
    find(language, id, args)
        .or_else(|| find(language, other, args))
        .unwrap_or_else(|| id.to_owned())
}

/// The message in a language.
#[must_use]
pub fn text(language: &str, id: &str, args: &[(&'static str, String)]) -> String {
    find(language, id, args).unwrap_or_else(|| id.to_owned())
}

/// When something happens at a place, on the clocks there: "Tue 4 Nov, 2:30 PM EST (Fort Wayne)". The
/// year is written when it is not this one. The apps write it alike.
#[must_use]
pub fn moment(
    language: &str,
    at: DateTime<Utc>,
    zone: Tz,
    place: &str,
    now: DateTime<Utc>,
) -> String {
    let there = at.with_timezone(&zone);
    let this_year = now.with_timezone(&zone).year() == there.year();
    // Their English names are the keys.
    let named = |id: &str, pattern: &str| {
        let name = there.format(pattern).to_string().to_lowercase();
        text(language, id, &[("name", name)])
    };
    let (is_afternoon, hour) = there.hour12();
    let half = if is_afternoon { "pm" } else { "am" };
    let clock = [
        ("hour", hour.to_string()),
        ("minute", format!("{:02}", there.minute())),
        ("half", half.to_owned()),
    ];
    let args = [
        ("weekday", named("weekday-short", "%a")),
        ("day", there.day().to_string()),
        ("month", named("month-short", "%b")),
        ("year", there.year().to_string()),
        ("time", text(language, "time-of-day", &clock)),
        ("zone", there.format("%Z").to_string()),
        ("place", place.to_owned()),
    ];
    let id = if this_year { "moment" } else { "moment-year" };
    text(language, id, &args)
}

/// The best offered language for an `Accept-Language` header.
#[must_use]
pub fn negotiate(header: Option<&str>) -> &'static str {
    let mut wanted: Vec<(f32, &str)> = header
        .unwrap_or_default()
        .split(',')
        .filter_map(|part| {
            let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
            Some((weight.trim().parse().ok()?, tag.trim()))
        })
        .collect();
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
    wanted
        .into_iter()
        .find_map(|(_, tag)| offered(tag))
        .unwrap_or("en")
}

/// The offered language a tag stands for.
#[must_use]
pub fn offered(tag: &str) -> Option<&'static str> {
    let primary = tag
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    LANGUAGES.into_iter().find(|language| *language == primary)
}

fn identifier(language: &str) -> LanguageIdentifier {
    language.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_offered_language_wins() {
        assert_eq!(negotiate(Some("fr;q=0.9, es-MX;q=0.8, en;q=0.1")), "es");
        assert_eq!(negotiate(Some("vi")), "en");
        assert_eq!(negotiate(None), "en");
    }

    #[test]
    fn a_moment_is_told_on_the_clocks_of_the_place() {
        let at = "2026-11-04T19:30:00Z".parse().unwrap();
        let (now, zone) = (
            "2026-10-01T00:00:00Z".parse().unwrap(),
            chrono_tz::America::Indiana::Indianapolis,
        );
        assert_eq!(
            moment("en", at, zone, "Fort Wayne", now),
            "Wed 4 Nov, 2:30 PM EST (Fort Wayne)"
        );
        let later = "2027-01-01T05:05:00Z".parse().unwrap();
        assert_eq!(
            moment("es", later, zone, "Fort Wayne", now),
            "vie 1 ene 2027, 12:05 a. m. EST (Fort Wayne)"
        );
    }

    #[test]
    fn every_general_problem_has_a_title_and_a_detail_in_every_language() {
        for kind in salus_types::problem::GENERAL {
            for language in LANGUAGES {
                for id in [
                    format!("problem-{}", kind.slug),
                    format!("problem-{}-detail", kind.slug),
                ] {
                    assert!(
                        LOCALES.try_lookup(&identifier(language), &id).is_some(),
                        "{language} {id}"
                    );
                }
            }
        }
    }
}
