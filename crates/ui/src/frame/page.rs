use super::use_look;
use crate::hooks::use_effect_with;
use crate::i18n::use_text;
use std::cell::Cell;
use web_sys::HtmlElement;
use yew::prelude::*;

thread_local! {
    /// The first page of a visit leaves the focus where the browser puts it.
    static ARRIVED: Cell<bool> = const { Cell::new(false) };
}

/// What a [`Page`] takes.
#[derive(Properties, PartialEq)]
pub struct PageProps {
    /// The heading, in the reader's words; also the window's title.
    pub title: AttrValue,
    /// One line under it, when it helps.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
    /// The way up.
    #[prop_or_default]
    pub back: Html,
    /// The one main action: top right on a desktop, full width at the bottom on a phone.
    #[prop_or_default]
    pub action: Html,
    /// A form or a text: one narrow column.
    #[prop_or_default]
    pub narrow: bool,
    /// Clinic tables: all the width there is.
    #[prop_or_default]
    pub full: bool,
    /// What it holds.
    pub children: Html,
}

/// One page: names the window, takes the focus to its heading and has its name read out.
#[component]
pub fn Page(props: &PageProps) -> Html {
    let t = use_text();
    let look = use_look();
    let heading = use_node_ref();
    let site = look.name(&t);
    {
        let heading = heading.clone();
        use_effect_with((), move |()| {
            if ARRIVED.replace(true) {
                gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
                if let Some(heading) = heading.cast::<HtmlElement>() {
                    let _ = heading.focus();
                }
            }
        });
    }
    use_effect_with((props.title.clone(), site), |(title, site)| {
        gloo::utils::document().set_title(&format!("{title} - {site}"));
    });
    let width = match (props.narrow, props.full) {
        (true, _) => "page page-narrow",
        (false, true) => "page page-full",
        (false, false) => "page",
    };
    html! {
        <div class={width}>
            { props.back.clone() }
            <div class="page-head">
                <div>
                    <h1 class="h1" tabindex="-1" ref={heading}>{ props.title.clone() }</h1>
                    if let Some(lead) = &props.lead {
                        <p class="lead">{ lead }</p>
                    }
                </div>
                <div class="page-action">{ props.action.clone() }</div>
            </div>
            { props.children.clone() }
        </div>
    }
}
