//! The corpus: forms and answers with what must come of them. The same file is meant for the
//! browser build, whose results must be equal byte for byte.
#![cfg(test)]

use salus_domain::questionnaires::{Answers, Content, Context, Form};
use serde_json::{Value, json};

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    form: String,
    context: Context,
    answers: Answers,
    result: Value,
}

#[derive(serde::Deserialize)]
struct Corpus {
    forms: std::collections::BTreeMap<String, Content>,
    cases: Vec<Case>,
}

#[test]
fn the_corpus_gives_the_committed_results() {
    let corpus: Corpus = serde_json::from_str(include_str!("questionnaires/corpus.json")).unwrap();
    let mut wrong = Vec::new();
    for case in &corpus.cases {
        let form = Form::compile(corpus.forms[&case.form].clone()).unwrap();
        let result = result(&form, case);
        if result != case.result {
            wrong.push(format!("{}: {result}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a form says, as stable JSON: hidden items left out.
fn result(form: &Form, case: &Case) -> Value {
    let outcome = form.evaluate(&case.answers, &case.context);
    let visible: Vec<&str> = outcome
        .items
        .iter()
        .filter(|item| item.visible)
        .map(|item| item.link_id.as_str())
        .collect();
    let required: Vec<&str> = outcome
        .items
        .iter()
        .filter(|item| item.required)
        .map(|item| item.link_id.as_str())
        .collect();
    let values: serde_json::Map<String, Value> = outcome
        .items
        .iter()
        .filter(|item| !item.value.is_none())
        .map(|item| (item.link_id.clone(), item.value.to_json()))
        .collect();
    let flags: Vec<Value> = outcome
        .flags
        .iter()
        .map(|flag| json!([flag.link_id, flag.severity]))
        .collect();
    let errors: Vec<Value> = outcome
        .errors
        .iter()
        .map(|error| json!([error.link_id, error.code, error.limit]))
        .collect();
    json!({
        "visible": visible,
        "required": required,
        "values": values,
        "flags": flags,
        "errors": errors,
    })
}
