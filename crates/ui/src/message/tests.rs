use super::{Args, Messages};
use crate::i18n::{ENGLISH, Lang, SPANISH};
use crate::words;
use phrasebook::{Catalog, Phrasebook, Source};
use std::collections::BTreeSet;

/// What Fluent itself makes of the messages.
struct Fluent {
    catalog: &'static Catalog,
    book: Phrasebook,
}

const NAMES: [(Lang, phrasebook::Lang); 2] = [
    (ENGLISH, phrasebook::Lang::new("en")),
    (SPANISH, phrasebook::Lang::new("es")),
];

fn fluent() -> Fluent {
    let sources = [
        (NAMES[0].1, words::FLUENT_EN),
        (NAMES[1].1, words::FLUENT_ES),
    ]
    .map(|(name, text)| Source::new(name, text));
    let catalog: &'static Catalog =
        Box::leak(Box::new(Catalog::new("salus", Vec::leak(sources.to_vec()))));
    let book = Phrasebook::builder()
        .language(NAMES[0].1, "English")
        .language(NAMES[1].1, "Español")
        .catalog(catalog)
        .use_isolating(false)
        .build();
    Fluent { catalog, book }
}

/// Every name that stands after a mark in the messages: `$` for variables, `[` for keys.
fn names(mark: char) -> BTreeSet<&'static str> {
    [words::FLUENT_EN, words::FLUENT_ES]
        .into_iter()
        .flat_map(|text| text.split(mark).skip(1))
        .filter_map(|rest| {
            rest.split(|c: char| !(c.is_alphanumeric() || "-_".contains(c)))
                .next()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn every_message_exists_in_both_languages_and_formats() {
    phrasebook::check::all(fluent().catalog, &[]).unwrap();
}

#[test]
fn every_message_says_what_fluent_says() {
    let fluent = fluent();
    let (variables, keys) = (names('$'), names('['));
    let numbers = [0.0, 1.0, 2.0, 1.5, -1.0, 21.0, 1_000_000.0];
    assert!(keys.contains("one") && variables.contains("count"));
    for (lang, name) in NAMES {
        let phrases = fluent.book.phrases(name);
        let messages: &Messages = &words::messages(lang).1;
        let mut compared = 0;
        for id in phrasebook::check::all_ids(fluent.catalog) {
            let mut compare = |ours: &Args<'_>, theirs: &phrasebook::Args<'_>| {
                let said = messages.say(&id, lang, &|name| ours.get(name)).unwrap();
                assert_eq!(said, phrases.msg(&id, theirs), "{id} with {ours:?}");
                compared += 1;
            };
            compare(&Args::new(), &phrasebook::Args::new());
            for number in numbers {
                let (mut ours, mut theirs) = (Args::new(), phrasebook::Args::new());
                for variable in &variables {
                    ours.set(variable, number);
                    theirs.set(variable, number);
                }
                compare(&ours, &theirs);
            }
            for key in keys.iter().filter(|key| key.parse::<f64>().is_err()) {
                let (mut ours, mut theirs) = (Args::new(), phrasebook::Args::new());
                for variable in &variables {
                    ours.set(variable, *key);
                    theirs.set(variable, *key);
                }
                compare(&ours, &theirs);
            }
        }
        assert!(compared > 10_000, "{compared}");
    }
}
