use super::Icon;
use yew::prelude::*;

/// What [`Chips`] take.
#[derive(Properties, PartialEq)]
pub struct ChipsProps {
    /// What they filter.
    pub label: AttrValue,
    /// The [`Chip`]s.
    pub children: Html,
}

/// A line of filters.
#[component]
pub fn Chips(props: &ChipsProps) -> Html {
    html! {
        <div class="chips" role="group" aria-label={props.label.clone()}>{ props.children.clone() }</div>
    }
}

/// What a [`Chip`] takes.
#[derive(Properties, PartialEq)]
pub struct ChipProps {
    /// Its words.
    pub text: AttrValue,
    /// How many it would show.
    #[prop_or_default]
    pub count: Option<usize>,
    /// Whether it is on.
    pub on: bool,
    /// Pressing it.
    pub on_press: Callback<()>,
}

/// One filter, on or off.
#[component]
pub fn Chip(props: &ChipProps) -> Html {
    let onclick = props.on_press.reform(|_: MouseEvent| ());
    html! {
        <button type="button" class="chip" aria-pressed={if props.on { "true" } else { "false" }} {onclick}>
            if props.on {
                <Icon name="check" />
            }
            <span>{ props.text.clone() }</span>
            if let Some(count) = props.count {
                <span class="chip-count">{ count }</span>
            }
        </button>
    }
}
