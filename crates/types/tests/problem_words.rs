//! Every kind of problem is told in every language.
#![cfg(test)]

use salus_types::problem::Kind;
use salus_types::{surveillance, work_status};
use std::fs;
use std::path::Path;

fn messages(language: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("locales")
        .join(language);
    let mut all = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        all.push('\n');
        all.push_str(&fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    all
}

#[test]
fn every_problem_has_a_title_and_a_detail_in_both_languages() {
    let kinds: Vec<&Kind> = work_status::PROBLEMS
        .iter()
        .chain(surveillance::PROBLEMS)
        .collect();
    for language in ["en", "es"] {
        let messages = messages(language);
        for kind in &kinds {
            for id in [
                format!("problem-{}", kind.slug),
                format!("problem-{}-detail", kind.slug),
            ] {
                assert!(messages.contains(&format!("\n{id} =")), "{language}: {id}");
            }
        }
    }
}
