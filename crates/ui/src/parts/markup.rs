use super::Icon;
use crate::i18n::{Text, use_text};
use salus_types::portals::markup::{self, Span};
use yew::prelude::*;

/// What [`Markup`] takes.
#[derive(Properties, PartialEq)]
pub struct MarkupProps {
    /// What an administrator wrote.
    pub text: AttrValue,
}

/// Words with bold, italic and links, drawn as what they are; everything else is text.
#[component]
pub fn Markup(props: &MarkupProps) -> Html {
    let t = use_text();
    drawn(&t, &markup::parse(&props.text))
}

fn drawn(t: &Text, spans: &[Span]) -> Html {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) => html! { { text.clone() } },
            Span::Bold(inner) => html! { <strong>{ drawn(t, inner) }</strong> },
            Span::Italic(inner) => html! { <em>{ drawn(t, inner) }</em> },
            Span::Link(to, inner) if to.is_external() => html! {
                <a class="link" href={to.as_str().to_owned()} target="_blank" rel="noopener noreferrer">
                    { drawn(t, inner) }
                    <Icon name="external-link" class="inline align-text-bottom" />
                    <span class="sr-only">{ " " }{ t.text("opens-new-tab") }</span>
                </a>
            },
            Span::Link(to, inner) => html! {
                <a class="link" href={to.as_str().to_owned()}>{ drawn(t, inner) }</a>
            },
        })
        .collect()
}
