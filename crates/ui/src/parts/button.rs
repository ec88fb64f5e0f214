use super::Icon;
use crate::i18n::use_text;
use std::collections::BTreeMap;
use yew::prelude::*;
use yew_router::prelude::*;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one main action of a page.
    Primary,
    /// Any other action.
    #[default]
    Plain,
    /// An action in a row or beside a text.
    Quiet,
    /// What cannot be undone.
    Danger,
}

impl Look {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn btn-primary",
            Self::Plain => "btn btn-plain",
            Self::Quiet => "btn btn-ghost text-brand",
            Self::Danger => "btn btn-danger",
        }
    }
}

/// What a [`Button`] takes.
#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// How much it stands out.
    #[prop_or_default]
    pub look: Look,
    /// An icon before the words.
    #[prop_or_default]
    pub icon: Option<&'static str>,
    /// Whether what it does is under way: it stays in place and takes no second press.
    #[prop_or_default]
    pub busy: bool,
    /// Whether pressing sends the form around it.
    #[prop_or_default]
    pub submit: bool,
    /// Whether it takes the whole width on a phone.
    #[prop_or_default]
    pub wide: bool,
    /// What a screen reader says instead of the words, where they repeat in a list.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Extra classes.
    #[prop_or_default]
    pub class: Classes,
    /// What happens.
    #[prop_or_default]
    pub on_press: Callback<MouseEvent>,
    /// The words: what it does.
    pub children: Html,
}

/// A button. Its words say what happens.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let t = use_text();
    let press = {
        let on_press = props.on_press.clone();
        let busy = props.busy;
        Callback::from(move |event: MouseEvent| {
            if !busy {
                on_press.emit(event);
            }
        })
    };
    html! {
        <button
            type={if props.submit { "submit" } else { "button" }}
            class={classes!(props.look.class(), props.wide.then_some("btn-wide-phone"), props.class.clone())}
            aria-disabled={props.busy.then_some("true")}
            aria-label={props.label.clone()}
            onclick={press}>
            if props.busy {
                <span class="busy-dot" aria-hidden="true"></span>
                <span class="sr-only">{ t.text("working") }</span>
            } else if let Some(icon) = props.icon {
                <Icon name={icon} />
            }
            { props.children.clone() }
        </button>
    }
}

/// What a [`ButtonLink`] takes.
#[derive(Properties, PartialEq)]
pub struct ButtonLinkProps<R>
where
    R: Routable + 'static,
{
    /// Where it leads.
    pub to: R,
    /// What the address says besides, such as what to begin with.
    #[prop_or_default]
    pub query: Option<BTreeMap<String, String>>,
    /// How much it stands out.
    #[prop_or_default]
    pub look: Look,
    /// An icon before the words.
    #[prop_or_default]
    pub icon: Option<&'static str>,
    /// Whether it takes the whole width on a phone.
    #[prop_or_default]
    pub wide: bool,
    /// The words.
    pub children: Html,
}

/// A link that looks like a button: it leads to a page, it changes nothing.
#[component]
pub fn ButtonLink<R>(props: &ButtonLinkProps<R>) -> Html
where
    R: Routable + 'static,
{
    let class = classes!(props.look.class(), props.wide.then_some("btn-wide-phone"));
    html! {
        <Link<R, BTreeMap<String, String>> to={props.to.clone()} query={props.query.clone()} classes={class}>
            if let Some(icon) = props.icon {
                <Icon name={icon} />
            }
            { props.children.clone() }
        </Link<R, BTreeMap<String, String>>>
    }
}
