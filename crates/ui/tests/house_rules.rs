//! What every page of the three apps keeps to, read from the sources.
#![cfg(test)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, str};

/// Sources of the apps and of their shared parts.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = [
        "crates/ui/src",
        "frontend-employee/src",
        "frontend-supervisor/src",
        "frontend-admin/src",
    ];
    let mut files = Vec::new();
    for folder in folders {
        read_into(&root.join(folder), &mut files);
    }
    assert!(files.len() > 30);
    files
}

fn read_into(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_into(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            files.push((path, text));
        }
    }
}

/// What stands in quotes after each occurrence of `before`.
fn quoted<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    text.split(before)
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"'))
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn every_message_that_is_asked_for_exists() {
    let known = salus_ui::Text::new(salus_ui::ENGLISH);
    let mut missing = Vec::new();
    for (path, text) in sources() {
        for call in [".text(", ".msg("] {
            for id in quoted(&text, call) {
                if known.find(id).is_none() && id != "no-such-message" {
                    missing.push(format!("{}: {id}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_icon_is_in_the_list() {
    let list = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("icons.txt")).unwrap();
    let known: BTreeSet<&str> = list.lines().collect();
    let mut missing = Vec::new();
    for (path, text) in sources() {
        for attribute in ["<Icon name=", " icon="] {
            for name in quoted(&text, attribute) {
                if !known.contains(name) {
                    missing.push(format!("{}: {name}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn no_page_writes_what_the_content_policy_blocks() {
    let mut found = Vec::new();
    for (path, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            let style =
                code.replace("~style=", "").contains(" style=") || code.starts_with("style=");
            let markup = [
                "inner_html",
                "outer_html",
                "from_html_unchecked",
                "insert_adjacent_html",
                "VRaw",
            ];
            if style || markup.iter().any(|word| code.contains(word)) {
                found.push(format!("{}:{}: {code}", path.display(), number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Words a portal may replace: a message refers to them as `{ $person }` and so on.
const REPLACEABLE: [(&str, &[&str]); 2] = [
    (
        "en",
        &[
            "salus",
            "patient",
            "patients",
            "employee",
            "employees",
            "supervisor",
            "supervisors",
            "employer",
            "employers",
            "applicant",
            "applicants",
            "portal",
            "portals",
        ],
    ),
    (
        "es",
        &[
            "salus",
            "paciente",
            "pacientes",
            "empleado",
            "empleados",
            "empleada",
            "empleadas",
            "supervisor",
            "supervisores",
            "supervisora",
            "empleador",
            "empleadores",
            "solicitante",
            "solicitantes",
            "portal",
            "portales",
        ],
    ),
];

#[test]
fn no_message_writes_a_word_that_a_portal_may_replace() {
    let locales = Path::new(env!("CARGO_MANIFEST_DIR")).join("../types/locales");
    let mut found = Vec::new();
    for (language, words) in REPLACEABLE {
        for entry in fs::read_dir(locales.join(language)).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            // Those a nurse or a medic cares for at work are patients in any product.
            let about_care = |line: &&str| line.contains("patient-care");
            for line in text
                .lines()
                .filter(|line| !line.starts_with('#') && !about_care(line))
            {
                for word in spoken(line) {
                    if words.contains(&word.to_lowercase().as_str()) {
                        found.push(format!("{}: {}", path.display(), line.trim()));
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// The words of a line that a reader meets: neither the id nor what stands in braces.
fn spoken(line: &str) -> Vec<&str> {
    let is_message = !line.starts_with(char::is_whitespace);
    let value = match line.split_once('=') {
        Some((_, value)) if is_message => value,
        _ => line,
    };
    let mut words = Vec::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('{') {
        words.extend(before.split(|letter: char| !letter.is_alphanumeric()));
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    words.extend(rest.split(|letter: char| !letter.is_alphanumeric()));
    words
}
