use super::Icon;
use std::collections::BTreeMap;
use yew::prelude::*;
use yew_router::prelude::*;

/// What a [`Card`] takes.
#[derive(Properties, PartialEq)]
pub struct CardProps {
    /// Its heading.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// What stands at the right of the heading, such as a link to all.
    #[prop_or_default]
    pub aside: Html,
    /// What it holds.
    pub children: Html,
}

/// A group of things that belong together.
#[component]
pub fn Card(props: &CardProps) -> Html {
    html! {
        <section class="panel">
            if let Some(title) = &props.title {
                <div class="panel-head"><h2 class="h2">{ title }</h2>{ props.aside.clone() }</div>
            }
            { props.children.clone() }
        </section>
    }
}

/// What [`Rows`] take.
#[derive(Properties, PartialEq)]
pub struct RowsProps {
    /// What they list, for screen readers.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// The [`Row`]s.
    pub children: Html,
}

/// A list of things, one under the other.
#[component]
pub fn Rows(props: &RowsProps) -> Html {
    html! { <ul class="rows" aria-label={props.label.clone()}>{ props.children.clone() }</ul> }
}

/// What a [`Row`] takes.
#[derive(Properties, PartialEq)]
pub struct RowProps<R>
where
    R: Routable + 'static,
{
    /// Where the whole row leads.
    #[prop_or_default]
    pub to: Option<R>,
    /// What the address says besides, such as what to begin with.
    #[prop_or_default]
    pub query: Option<BTreeMap<String, String>>,
    /// A picture of the kind of thing.
    #[prop_or_default]
    pub icon: Option<&'static str>,
    /// What it is.
    pub title: AttrValue,
    /// A line under it.
    #[prop_or_default]
    pub text: Option<AttrValue>,
    /// Whether it is new to the reader.
    #[prop_or_default]
    pub unread: bool,
    /// What stands at the right: a badge, a time, a button.
    #[prop_or_default]
    pub children: Html,
}

/// One thing of a list.
#[component]
pub fn Row<R>(props: &RowProps<R>) -> Html
where
    R: Routable + 'static,
{
    let title = match &props.to {
        Some(to) => html! {
            <Link<R, BTreeMap<String, String>> to={to.clone()} query={props.query.clone()} classes={classes!("row-title", "row-link")}>
                { props.title.clone() }
            </Link<R, BTreeMap<String, String>>>
        },
        None => html! { <span class="row-title">{ props.title.clone() }</span> },
    };
    html! {
        <li class={classes!("row", props.unread.then_some("row-unread"))}>
            if let Some(icon) = props.icon {
                <span class="row-icon"><Icon name={icon} /></span>
            }
            <div class="row-body">
                { title }
                if let Some(text) = &props.text {
                    <p class="row-text">{ text }</p>
                }
            </div>
            <div class="row-aside">{ props.children.clone() }</div>
            if props.to.is_some() {
                <Icon name="chevron-right" class="row-chevron" />
            }
        </li>
    }
}

/// What [`Facts`] take.
#[derive(Properties, PartialEq)]
pub struct FactsProps {
    /// Name and value, in order.
    pub facts: Vec<(AttrValue, Html)>,
}

/// Names with their values, such as the facts of an appointment.
#[component]
pub fn Facts(props: &FactsProps) -> Html {
    html! {
        <dl class="facts">
            { for props.facts.iter().map(|(name, value)| html! {
                <div class="fact"><dt>{ name }</dt><dd>{ value.clone() }</dd></div>
            }) }
        </dl>
    }
}
