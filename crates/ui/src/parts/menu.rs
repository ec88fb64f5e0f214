use super::Icon;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// What a [`Menu`] takes.
#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// Its id, one of a kind on the page.
    pub id: AttrValue,
    /// What its button is called.
    pub label: AttrValue,
    /// Whether the button shows the label, or only its icon.
    #[prop_or_default]
    pub wordless: bool,
    /// The button's icon.
    #[prop_or("ellipsis")]
    pub icon: &'static str,
    /// Buttons and links with class `menu-item`.
    pub children: Html,
}

/// A button that opens a short list of actions or links, by the browser's own popover.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let button = use_node_ref();
    let panel = use_node_ref();
    let onclick = {
        let (button, panel) = (button.clone(), panel.clone());
        Callback::from(move |_: MouseEvent| place_under(&button, &panel))
    };
    let close = {
        let panel = panel.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(panel) = panel.cast::<HtmlElement>() {
                let _ = panel.hide_popover();
            }
        })
    };
    html! {
        <>
            <button type="button" ref={button} class="btn btn-ghost menu-button" popovertarget={props.id.clone()}
                aria-label={props.label.clone()} {onclick}>
                <Icon name={props.icon} />
                if !props.wordless {
                    <span class="menu-label">{ props.label.clone() }</span>
                    <Icon name="chevron-down" class="small-icon" />
                }
            </button>
            <div id={props.id.clone()} ref={panel} popover="auto" class="menu-panel" onclick={close}>
                { props.children.clone() }
            </div>
        </>
    }
}

/// Puts the panel under its button, inside the window.
fn place_under(button: &NodeRef, panel: &NodeRef) {
    let (Some(button), Some(panel)) = (button.cast::<HtmlElement>(), panel.cast::<HtmlElement>())
    else {
        return;
    };
    let rect = button.get_bounding_client_rect();
    let window = gloo::utils::window();
    let width = window
        .inner_width()
        .ok()
        .and_then(|width| width.as_f64())
        .unwrap_or(0.0);
    let style = panel.unchecked_ref::<HtmlElement>().style();
    let _ = style.set_property("top", &pixels(rect.bottom() + 4.0));
    let _ = style.set_property("right", &pixels((width - rect.right()).max(8.0)));
}

/// A length in whole pixels.
fn pixels(length: f64) -> String {
    format!("{}px", length as i32)
}
