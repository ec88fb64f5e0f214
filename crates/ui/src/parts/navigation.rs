use super::Icon;
use crate::hooks::use_effect_with;
use crate::i18n::use_text;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;
use yew_router::prelude::*;

/// What a [`Go`] takes.
#[derive(Properties, PartialEq)]
pub struct GoProps<R>
where
    R: Routable + 'static,
{
    /// Where it leads.
    pub to: R,
    /// The words.
    pub children: Html,
}

/// A link in a text.
#[component]
pub fn Go<R>(props: &GoProps<R>) -> Html
where
    R: Routable + 'static,
{
    html! { <Link<R> to={props.to.clone()} classes="link">{ props.children.clone() }</Link<R>> }
}

/// What a [`Back`] takes.
#[derive(Properties, PartialEq)]
pub struct BackProps<R>
where
    R: Routable + 'static,
{
    /// The page above this one.
    pub to: R,
    /// Its name.
    pub children: Html,
}

/// The way up, above the heading.
#[component]
pub fn Back<R>(props: &BackProps<R>) -> Html
where
    R: Routable + 'static,
{
    html! {
        <Link<R> to={props.to.clone()} classes="back">
            <Icon name="arrow-left" />{ props.children.clone() }
        </Link<R>>
    }
}

/// One page of a set.
#[derive(Clone, PartialEq)]
pub struct Tab<R> {
    /// Where it leads.
    pub to: R,
    /// Its name.
    pub text: AttrValue,
    /// How many wait there.
    pub count: Option<usize>,
}

/// What [`Tabs`] take.
#[derive(Properties, PartialEq)]
pub struct TabsProps<R>
where
    R: Routable + 'static,
{
    /// What they divide.
    pub label: AttrValue,
    /// The pages.
    pub tabs: Vec<Tab<R>>,
    /// The page shown.
    pub current: R,
}

/// Pages of one thing, as links.
#[component]
pub fn Tabs<R>(props: &TabsProps<R>) -> Html
where
    R: Routable + 'static,
{
    let one = |tab: &Tab<R>| {
        let here = tab.to == props.current;
        html! {
            <li>
                <TabLink<R> tab={tab.clone()} {here} />
            </li>
        }
    };
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with(props.current.clone(), move |_| show_current(&list));
    }
    html! {
        <nav aria-label={props.label.clone()}><ul ref={list} class="tab-links">{ for props.tabs.iter().map(one) }</ul></nav>
    }
}

/// Scrolls a list that is wider than the screen to the link of the page one is on.
fn show_current(list: &NodeRef) {
    let Some(list) = list.cast::<HtmlElement>() else {
        return;
    };
    let current = list.query_selector("[aria-current]").ok().flatten();
    if let Some(current) = current.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let middle = current.offset_left() - list.offset_left() + current.offset_width() / 2;
        list.set_scroll_left(middle - list.client_width() / 2);
    }
}

#[derive(Properties, PartialEq)]
struct TabLinkProps<R>
where
    R: Routable + 'static,
{
    tab: Tab<R>,
    here: bool,
}

#[component]
fn TabLink<R>(props: &TabLinkProps<R>) -> Html
where
    R: Routable + 'static,
{
    let tab = &props.tab;
    html! {
        <NavLink<R> to={tab.to.clone()} here={props.here} class="tab-link">
            { tab.text.clone() }
            if let Some(count) = tab.count {
                <span class="chip-count">{ count }</span>
            }
        </NavLink<R>>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct NavLinkProps<R>
where
    R: Routable + 'static,
{
    pub(crate) to: R,
    pub(crate) here: bool,
    pub(crate) class: AttrValue,
    pub(crate) children: Html,
}

/// A link that says whether it leads to the page shown.
#[component]
pub(crate) fn NavLink<R>(props: &NavLinkProps<R>) -> Html
where
    R: Routable + 'static,
{
    let navigator = use_navigator();
    let base = navigator
        .as_ref()
        .and_then(|navigator| navigator.basename().map(str::to_owned));
    let href = format!("{}{}", base.unwrap_or_default(), props.to.to_path());
    let onclick = {
        let to = props.to.clone();
        Callback::from(move |event: MouseEvent| {
            let elsewhere =
                event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
            if let (false, Some(navigator)) = (elsewhere, &navigator) {
                event.prevent_default();
                navigator.push(&to);
            }
        })
    };
    html! {
        <a {href} class={props.class.clone()} aria-current={props.here.then_some("page")} {onclick}>
            { props.children.clone() }
        </a>
    }
}

/// What [`Steps`] take.
#[derive(Properties, PartialEq)]
pub struct StepsProps {
    /// The names of the steps.
    pub steps: Vec<AttrValue>,
    /// Which one is shown, from 0.
    pub current: usize,
}

/// How far one has come.
#[component]
pub fn Steps(props: &StepsProps) -> Html {
    let t = use_text();
    let one = |(index, name): (usize, &AttrValue)| {
        let done = index < props.current;
        html! {
            <li class={classes!("step", done.then_some("step-done"))}
                aria-current={(index == props.current).then_some("step")}>
                <span class="step-mark" aria-hidden="true">
                    if done { <Icon name="check" /> } else { { index + 1 } }
                </span>
                <span>{ name }</span>
                if done { <span class="sr-only">{ " " }{ t.text("step-done") }</span> }
            </li>
        }
    };
    html! { <ol class="steps-line">{ for props.steps.iter().enumerate().map(one) }</ol> }
}
