//! Checks of items on their own: names, texts, options, bounds, limits.

use super::{Finding, Flat};
use crate::questionnaires::answers::date_bound;
use crate::questionnaires::content::{Content, Item, Kind, Words};
use crate::questionnaires::{MAX_ITEMS, MAX_LEVELS, MAX_OPTIONS};
use crate::rules::{is_pattern, units};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

const TEXT_LIMIT: usize = 2_000;
const HELP_LIMIT: usize = 1_000;

pub(super) fn check(content: &Content, flat: &[Flat<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    languages(content, &mut findings);
    if flat.len() > MAX_ITEMS {
        findings.push(about_form("E20", "items", MAX_ITEMS.to_string()));
    }
    let mut seen = BTreeSet::new();
    for flat in flat {
        let item = flat.item;
        let mut check = Check {
            content,
            item,
            findings: &mut findings,
        };
        if !is_link_id(&item.link_id) || !seen.insert(&item.link_id) {
            check.report("E05", "link_id", &item.link_id);
        }
        if flat.level > MAX_LEVELS {
            check.report("E20", "levels", MAX_LEVELS.to_string());
        }
        check.texts();
        check.options();
        check.numbers();
        check.dates();
        check.units();
        check.others();
    }
    findings
}

fn about_form(code: &str, place: &str, detail: String) -> Finding {
    Finding {
        code: code.to_owned(),
        link_id: None,
        place: place.to_owned(),
        column: None,
        detail,
        hint: None,
    }
}

fn languages(content: &Content, findings: &mut Vec<Finding>) {
    if !content.languages.contains(&content.base_language) {
        let base = content.base_language.clone();
        findings.push(about_form("E15", "languages", base));
    }
    if let Some(words) = &content.introduction {
        for language in missing(words, &content.languages) {
            findings.push(about_form("E15", "introduction", language));
        }
    }
}

fn missing(words: &Words, languages: &[String]) -> Vec<String> {
    languages
        .iter()
        .filter(|language| {
            words
                .0
                .get(*language)
                .is_none_or(|text| text.trim().is_empty())
        })
        .cloned()
        .collect()
}

fn is_link_id(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn is_code(code: &str) -> bool {
    (1..=64).contains(&code.len())
        && code
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

struct Check<'a> {
    content: &'a Content,
    item: &'a Item,
    findings: &'a mut Vec<Finding>,
}

impl Check<'_> {
    fn report(&mut self, code: &str, place: &str, detail: impl Into<String>) {
        self.findings
            .push(Finding::new(code, self.item, place, detail));
    }

    fn words(&mut self, words: &Words, place: &str, limit: usize) {
        let gaps = missing(words, &self.content.languages);
        if gaps.contains(&self.content.base_language) {
            self.report("E14", place, &self.content.base_language);
        }
        for language in gaps {
            if language != self.content.base_language {
                self.report("E15", place, language);
            }
        }
        if words
            .0
            .values()
            .any(|text| text.chars().nth(limit).is_some())
        {
            self.report("E20", place, limit.to_string());
        }
    }

    fn texts(&mut self) {
        let item = self.item;
        let silent = item.kind == Kind::Calculated && item.hidden;
        if !silent {
            self.words(&item.text, "text", TEXT_LIMIT);
        }
        if let Some(help) = &item.help {
            self.words(help, "help", HELP_LIMIT);
        }
        for valid in &item.valid_when {
            self.words(&valid.message, "valid_when", HELP_LIMIT);
        }
        for flag in &item.flag_when {
            self.words(&flag.message, "flag_when", HELP_LIMIT);
        }
    }

    fn options(&mut self) {
        let item = self.item;
        if item.kind.has_options() == item.options.is_empty() {
            self.report("E13", "options", "");
        }
        if item.options.len() > MAX_OPTIONS {
            self.report("E20", "options", MAX_OPTIONS.to_string());
        }
        let mut seen = BTreeSet::new();
        for option in &item.options {
            if !is_code(&option.code) || !seen.insert(&option.code) {
                self.report("E13", "options", &option.code);
            }
            self.words(&option.text, "options", TEXT_LIMIT);
        }
    }

    fn numbers(&mut self) {
        let item = self.item;
        if !matches!(item.kind, Kind::Integer | Kind::Decimal | Kind::Quantity) {
            return;
        }
        let (min, max) = (&item.min, &item.max);
        for bound in [min, max].into_iter().flatten() {
            if bound.parse::<Decimal>().is_err() {
                self.report("E11", "min", bound);
            }
        }
        let number =
            |text: &Option<String>| text.as_deref().and_then(|t| t.parse::<Decimal>().ok());
        if let (Some(min), Some(max)) = (number(min), number(max))
            && min > max
        {
            self.report("E11", "min", min.to_string());
        }
        if item.places.is_some_and(|places| places > 6) {
            self.report("E20", "places", "6");
        }
    }

    fn dates(&mut self) {
        let item = self.item;
        if item.kind != Kind::Date {
            return;
        }
        // Any day serves to see whether the bounds read and are in order.
        let today = NaiveDate::default();
        let bounds: Vec<Option<NaiveDate>> = [&item.min, &item.max]
            .into_iter()
            .map(|bound| bound.as_deref().and_then(|text| date_bound(text, today)))
            .collect();
        for (read, written) in bounds.iter().zip([&item.min, &item.max]) {
            if let (None, Some(written)) = (read, written) {
                self.report("E11", "min", written);
            }
        }
        let relative =
            |text: &Option<String>| text.as_deref().is_some_and(|t| t.starts_with("today"));
        if relative(&item.min) == relative(&item.max)
            && let [Some(min), Some(max)] = bounds.as_slice()
            && min > max
        {
            self.report("E11", "min", min.to_string());
        }
    }

    fn units(&mut self) {
        let item = self.item;
        if item.kind != Kind::Quantity {
            return;
        }
        let Some(stored) = item.stored_unit.as_deref().and_then(units::find) else {
            let unit = item.stored_unit.clone().unwrap_or_default();
            return self.report("E12", "stored_unit", unit);
        };
        if item.units.is_empty() {
            self.report("E12", "units", "");
        }
        for unit in &item.units {
            if units::dimension(unit) != Some(stored.dimension) {
                self.report("E12", "units", unit);
            }
        }
    }

    fn others(&mut self) {
        let item = self.item;
        if item.pattern.as_deref().is_some_and(|p| !is_pattern(p)) {
            self.report("E22", "pattern", item.pattern.clone().unwrap_or_default());
        }
        if (item.kind == Kind::Calculated) != item.calculate.is_some() {
            self.report("E02", "calculate", "");
        }
        if !item.kind.is_container() && !item.items.is_empty() {
            self.report("E02", "items", "");
        }
        let valued = item.kind.is_answerable() || item.kind == Kind::Calculated;
        if item.observation.is_some() && !valued {
            self.report("E21", "observation", "");
        }
        if item
            .observation
            .as_ref()
            .is_some_and(|o| !matches!(o.system.as_str(), "loinc" | "local") || o.code.is_empty())
        {
            self.report("E21", "observation", "");
        }
    }
}
