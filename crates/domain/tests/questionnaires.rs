//! The corpus: forms and answers with what must come of them. The browser's build runs the same
//! file (`crates/types/examples/corpus.rs`), and its results are equal byte for byte.
#![cfg(test)]

#[path = "questionnaires/corpus.rs"]
mod corpus;

use corpus::Corpus;

#[test]
fn the_corpus_gives_the_committed_results() {
    let corpus = Corpus::read().unwrap();
    let mut wrong = Vec::new();
    for case in &corpus.cases {
        let result = corpus.run(case);
        if result.as_ref() != Some(&case.result) {
            wrong.push(format!("{}: {result:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
