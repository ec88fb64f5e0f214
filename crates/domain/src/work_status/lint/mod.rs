//! Finds health information in a text that is about to leave the clinic.
//!
//! Shared texts (a restriction's comment, an answer to a supervisor) must say what a person may
//! do, not why. The lint points at diagnosis codes of ICD-10-CM and at words that name conditions,
//! medicines, tests and especially sensitive matters, in English and Spanish alike. It changes
//! nothing: who writes decides, and gives a reason.

mod words;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use words::{CATEGORIES, ENDINGS, ORDINARY, WORDS};

/// What a finding names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// A diagnosis code.
    Code,
    /// A condition or an injury.
    Condition,
    /// A medicine.
    Medicine,
    /// A test or an examination.
    Test,
    /// Infection, pregnancy, mental health, substance use, reproduction.
    Sensitive,
}

impl Topic {
    /// The code sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Condition => "condition",
            Self::Medicine => "medicine",
            Self::Test => "test",
            Self::Sensitive => "sensitive",
        }
    }
}

/// A place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The first character, counted from 0.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
    /// What stands there.
    pub word: String,
    /// What it names.
    pub topic: Topic,
}

struct Word {
    start: usize,
    end: usize,
    folded: String,
}

/// Every place that looks like health information, in the order of the text.
#[must_use]
pub fn findings(text: &str) -> Vec<Finding> {
    let characters: Vec<char> = text.chars().collect();
    let words = split(&characters);
    let mut found = codes(&characters, &words);
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let (taken, topic) = longest(rest);
        if let (Some(topic), Some(first), Some(last)) = (topic, rest.first(), rest.get(taken - 1)) {
            found.push(finding(&characters, first.start, last.end, topic));
        }
        at += taken;
    }
    found.sort_by_key(|finding| (finding.start, finding.end));
    found.dedup_by(|later, earlier| later.start < earlier.end);
    found
}

fn finding(characters: &[char], start: usize, end: usize, topic: Topic) -> Finding {
    let word = characters
        .get(start..end)
        .map(|part| part.iter().collect())
        .unwrap_or_default();
    Finding {
        start,
        end,
        word,
        topic,
    }
}

/// Lower case without accents.
fn fold(text: impl Iterator<Item = char>) -> String {
    text.nfkd()
        .filter(|character| !is_combining_mark(*character))
        .flat_map(char::to_lowercase)
        .collect()
}

fn split(characters: &[char]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let inside = |character: &char| character.is_alphanumeric() || is_combining_mark(*character);
    for (at, character) in characters.iter().chain(std::iter::once(&' ')).enumerate() {
        match (inside(character), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let part = characters.get(from..at).unwrap_or_default();
                words.push(Word {
                    start: from,
                    end: at,
                    folded: fold(part.iter().copied()),
                });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// How many words the longest entry at the front takes, and what it names.
fn longest(words: &[Word]) -> (usize, Option<Topic>) {
    for count in (1..=3.min(words.len())).rev() {
        let phrase = words
            .iter()
            .take(count)
            .map(|word| word.folded.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let listed = WORDS
            .iter()
            .find(|(_, list)| list.contains(&phrase.as_str()))
            .map(|(topic, _)| *topic);
        if listed.is_some() {
            return (count, listed);
        }
    }
    let medicine = words.first().is_some_and(|word| {
        !ORDINARY.contains(&word.folded.as_str())
            && ENDINGS.iter().any(|ending| {
                word.folded.len() >= ending.len() + 3 && word.folded.ends_with(ending)
            })
    });
    (1, medicine.then_some(Topic::Medicine))
}

/// Diagnosis codes: letter, digit, digit or letter; with a point and one to four more always,
/// without one only when the first three are a listed category.
fn codes(characters: &[char], words: &[Word]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !word.folded.is_ascii() {
            continue;
        }
        let after = words.get(at + 1).filter(|next| {
            next.start == word.end + 1
                && characters.get(word.end) == Some(&'.')
                && next.folded.is_ascii()
                && (1..=4).contains(&next.folded.len())
        });
        let whole = word.folded.len() == 3;
        if whole
            && is_category_shape(&word.folded)
            && let Some(next) = after
        {
            found.push(finding(characters, word.start, next.end, Topic::Code));
            continue;
        }
        if (3..=7).contains(&word.folded.len())
            && is_category_shape(&word.folded)
            && word
                .folded
                .get(..3)
                .is_some_and(|category| CATEGORIES.contains(&category))
        {
            found.push(finding(characters, word.start, word.end, Topic::Code));
        }
    }
    found
}

fn is_category_shape(word: &str) -> bool {
    let mut bytes = word.bytes();
    let (first, second, third) = (bytes.next(), bytes.next(), bytes.next());
    first.is_some_and(|byte| byte.is_ascii_lowercase())
        && second.is_some_and(|byte| byte.is_ascii_digit())
        && third.is_some_and(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(text: &str) -> Vec<(String, Topic)> {
        findings(text)
            .into_iter()
            .map(|finding| (finding.word, finding.topic))
            .collect()
    }

    #[test]
    fn a_diagnosis_code_and_a_condition_are_found_where_they_stand() {
        let found = findings("no lifting, L. disc M51.26");
        let seen: Vec<_> = found
            .iter()
            .map(|f| (f.start, f.end, f.word.as_str(), f.topic))
            .collect();
        assert_eq!(
            seen,
            [
                (15, 19, "disc", Topic::Condition),
                (20, 26, "M51.26", Topic::Code)
            ]
        );
    }

    #[test]
    fn a_code_without_its_point_counts_only_when_its_category_is_listed() {
        assert_eq!(topics("see M5126"), [("M5126".to_owned(), Topic::Code)]);
        assert!(topics("bay A1C3, press B2B, aisle Q77").is_empty());
    }

    #[test]
    fn case_and_accents_do_not_hide_a_word() {
        assert_eq!(
            topics("EMBARAZO, Depresión y hernia"),
            [
                ("EMBARAZO".to_owned(), Topic::Sensitive),
                ("Depresión".to_owned(), Topic::Sensitive),
                ("hernia".to_owned(), Topic::Condition)
            ]
        );
    }

    #[test]
    fn only_whole_words_count() {
        assert!(topics("discuss the discount at the herniary shop").is_empty());
    }

    #[test]
    fn a_medicine_is_known_by_its_ending() {
        assert_eq!(
            topics("takes lisinopril, not in April"),
            [("lisinopril".to_owned(), Topic::Medicine)]
        );
    }

    #[test]
    fn plain_words_about_work_pass() {
        for text in [
            "Use the cart for anything above the shoulder. Trade tasks with a team member.",
            "May sit or stand as needed. Keep the left hand dry.",
            "Puede usar el montacargas. Descansos de 10 minutos cada 2 horas.",
        ] {
            assert_eq!(topics(text), [], "{text}");
        }
    }

    #[test]
    fn every_entry_of_the_lists_is_found_and_none_is_listed_twice() {
        let mut all = std::collections::BTreeSet::new();
        for (_, list) in WORDS {
            for entry in *list {
                assert!(all.insert(*entry), "{entry} twice");
                assert!(!findings(entry).is_empty(), "{entry}");
                assert_eq!(fold(entry.chars()), *entry, "{entry} is not folded");
            }
        }
    }
}
