//! Runs the corpus: the same lines natively and in the browser's build.

use salus_domain::questionnaires::{Answers, Content, Context, Form};
use serde_json::{Value, json};

/// A form, answers, and what must come of them.
#[derive(serde::Deserialize)]
pub struct Case {
    pub name: String,
    pub form: String,
    pub context: Context,
    pub answers: Answers,
    pub result: Value,
}

/// The committed forms and cases.
#[derive(serde::Deserialize)]
pub struct Corpus {
    pub forms: std::collections::BTreeMap<String, Content>,
    pub cases: Vec<Case>,
}

impl Corpus {
    /// Reads the committed file.
    pub fn read() -> serde_json::Result<Self> {
        serde_json::from_str(include_str!("corpus.json"))
    }

    /// What the engine of this build makes of a case, as stable JSON: hidden items left out.
    /// Nothing when the form does not compile.
    pub fn run(&self, case: &Case) -> Option<Value> {
        let form = Form::compile(self.forms.get(&case.form)?.clone()).ok()?;
        let outcome = form.evaluate(&case.answers, &case.context);
        let names = |wanted: fn(&salus_domain::questionnaires::ItemState) -> bool| -> Vec<&str> {
            let wanted = outcome.items.iter().filter(|item| wanted(item));
            wanted.map(|item| item.link_id.as_str()).collect()
        };
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
        Some(json!({
            "visible": names(|item| item.visible),
            "required": names(|item| item.required),
            "values": values,
            "flags": flags,
            "errors": errors,
        }))
    }
}
