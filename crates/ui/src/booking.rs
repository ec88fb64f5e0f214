//! What booking looks like, in the app and in the sample beside its options.

use crate::i18n::{Text, use_text};
use crate::parts::{Contacts, Markup, Note, TextArea, Tone};
use yew::prelude::*;

/// What an [`Alert`] takes.
#[derive(Properties, PartialEq)]
pub struct AlertProps {
    /// What the site wants to be read first, if anything.
    pub text: Option<String>,
}

/// What stands above the visits.
#[component]
pub fn Alert(props: &AlertProps) -> Html {
    match &props.text {
        Some(text) => html! {
            <Note tone={Tone::Info}><p><Markup text={text.clone()} /></p></Note>
        },
        None => Html::default(),
    }
}

/// Where nobody books or asks by themselves: whom to call.
#[component]
pub fn CallClinic() -> Html {
    let t = use_text();
    html! {
        <Note tone={Tone::Info} title={t.text("book-call")}>
            <p>{ t.text("book-call-text") }</p>
            <Contacts />
        </Note>
    }
}

/// What a [`CommentField`] takes.
#[derive(Properties, PartialEq)]
pub struct CommentFieldProps {
    /// What stands above it, where the site has words of its own.
    #[prop_or_default]
    pub prompt: Option<String>,
    /// Whether something has to be written.
    #[prop_or_default]
    pub required: bool,
    /// What was written so far.
    pub value: AttrValue,
    /// Something was written.
    #[prop_or_default]
    pub on_change: Callback<String>,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
}

/// A comment for the clinic.
#[component]
pub fn CommentField(props: &CommentFieldProps) -> Html {
    let t = use_text();
    let label = own_or(&t, props.prompt.as_deref(), "book-comment");
    html! {
        <TextArea name="comment" {label} hint={t.text("book-comment-hint")} rows={3} max_length={500}
            optional={!props.required} value={props.value.clone()} on_change={props.on_change.clone()}
            error={props.error.clone()} />
    }
}

/// What the button for a new visit says.
#[must_use]
pub fn new_visit(t: &Text, own: Option<&str>) -> AttrValue {
    own_or(t, own, "appointments-book")
}

/// Words of the site's own, else the usual ones.
#[must_use]
pub fn own_or(t: &Text, own: Option<&str>, usual: &str) -> AttrValue {
    own.map_or_else(|| t.text(usual), |words| AttrValue::from(words.to_owned()))
}
