use super::Icon;
use crate::i18n::use_text;
use yew::prelude::*;

/// What a state means to the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Neutral,
    /// News.
    Info,
    /// All is well.
    Good,
    /// Needs attention.
    Warning,
    /// Wrong, late or stopped.
    Bad,
}

impl Tone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tone-neutral",
            Self::Info => "tone-info",
            Self::Good => "tone-good",
            Self::Warning => "tone-warning",
            Self::Bad => "tone-bad",
        }
    }

    pub(crate) fn icon(self) -> &'static str {
        match self {
            Self::Neutral => "circle-minus",
            Self::Info => "info",
            Self::Good => "circle-check",
            Self::Warning => "triangle-alert",
            Self::Bad => "circle-alert",
        }
    }
}

/// What a [`Badge`] takes.
#[derive(Properties, PartialEq)]
pub struct BadgeProps {
    /// What the state means.
    #[prop_or_default]
    pub tone: Tone,
    /// Another icon than the tone's own.
    #[prop_or_default]
    pub icon: Option<&'static str>,
    /// Whether it is the page's main statement.
    #[prop_or_default]
    pub large: bool,
    /// The state in a word or two.
    pub text: AttrValue,
}

/// A state as icon, word and colour together.
#[component]
pub fn Badge(props: &BadgeProps) -> Html {
    let icon = props.icon.unwrap_or(props.tone.icon());
    html! {
        <span class={classes!("state", props.large.then_some("state-large"), props.tone.class())}>
            <Icon name={icon} />
            <span>{ props.text.clone() }</span>
        </span>
    }
}

/// What a [`Note`] takes.
#[derive(Properties, PartialEq)]
pub struct NoteProps {
    /// What it means.
    #[prop_or(Tone::Info)]
    pub tone: Tone,
    /// Its first line, in bold.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// The rest.
    #[prop_or_default]
    pub children: Html,
}

/// A paragraph set apart because the reader should not miss it.
#[component]
pub fn Note(props: &NoteProps) -> Html {
    html! {
        <div class={classes!("note", props.tone.class())}>
            <Icon name={props.tone.icon()} />
            <div class="note-body">
                if let Some(title) = &props.title {
                    <p class="font-semibold">{ title }</p>
                }
                { props.children.clone() }
            </div>
        </div>
    }
}

/// What a [`WhoSees`] takes.
#[derive(Properties, PartialEq)]
pub struct WhoSeesProps {
    /// The sentence: who will see what is on this page, and who will not.
    pub text: AttrValue,
}

/// The calm sentence that says who sees what is shown or entered here.
#[component]
pub fn WhoSees(props: &WhoSeesProps) -> Html {
    let t = use_text();
    html! {
        <p class="who-sees">
            <Icon name="eye" />
            <span><span class="sr-only">{ t.text("who-sees") }{ " " }</span>{ props.text.clone() }</span>
        </p>
    }
}
