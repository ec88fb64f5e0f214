//! A shared text that looks like health information: what was found, and why it has to stay.

use salus_ui::{Failure, TextField, use_text};
use yew::prelude::*;

/// The token that confirms the text a refusal is about.
pub(crate) fn token_of(failure: &Failure) -> Option<String> {
    failure.more("token")?.as_str().map(str::to_owned)
}

#[derive(Properties, PartialEq)]
pub(crate) struct ConfirmProps {
    /// What the server answered.
    pub(crate) failure: Failure,
    /// The reason so far.
    pub(crate) reason: String,
    /// Each change of the reason.
    pub(crate) on_change: Callback<String>,
}

/// The words that were found and the field for the reason; nothing for any other refusal.
#[component]
pub(crate) fn Confirm(props: &ConfirmProps) -> Html {
    let t = use_text();
    let failure = &props.failure;
    if token_of(failure).is_none() {
        return Html::default();
    }
    let findings = failure.more("findings").and_then(|list| list.as_array());
    let words = findings
        .into_iter()
        .flatten()
        .filter_map(|one| one.get("word")?.as_str());
    let error = failure
        .field("/lint_confirmation/reason")
        .map(|said| AttrValue::from(said.to_owned()));
    html! {
        <>
            <ul>{ for words.map(|word| html! { <li><strong>{ word }</strong></li> }) }</ul>
            <TextField name="lint_reason" label={t.text("restrictions-lint-reason")}
                hint={t.text("restrictions-lint-hint")} max_length={200} {error}
                value={props.reason.clone()} on_change={props.on_change.clone()} />
        </>
    }
}
