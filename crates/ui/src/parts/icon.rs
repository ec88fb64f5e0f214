use yew::prelude::*;

/// What an [`Icon`] takes.
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// A name from `icons.txt`.
    pub name: &'static str,
    /// Extra classes; the size is that of the text.
    #[prop_or_default]
    pub class: Classes,
}

/// A picture beside a word, never instead of one: screen readers pass over it.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    html! {
        <svg class={classes!("icon", props.class.clone())} aria-hidden="true" focusable="false">
            <use href={format!("#i-{}", props.name)} />
        </svg>
    }
}
