use super::Icon;
use crate::hooks::use_effect_with;
use crate::i18n::use_text;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What a [`Dialog`] takes.
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Whether it is shown.
    pub open: bool,
    /// Its heading.
    pub title: AttrValue,
    /// Closing by Escape or the corner button; the page then sets `open` to false.
    pub on_close: Callback<()>,
    /// The buttons, the main one first.
    #[prop_or_default]
    pub actions: Html,
    /// What it says.
    pub children: Html,
}

/// A question in front of the page, by the browser's own modal dialog: the page behind rests, the
/// focus stays inside and goes back afterwards.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let t = use_text();
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(props.open, move |open| {
            let Some(dialog) = place.cast::<HtmlDialogElement>() else {
                return;
            };
            match (*open, dialog.open()) {
                (true, false) => {
                    let _ = dialog.show_modal();
                }
                (false, true) => dialog.close(),
                _ => {}
            }
        });
    }
    let oncancel = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            on_close.emit(());
        })
    };
    let onclick = props.on_close.reform(|_: MouseEvent| ());
    let heading = use_memo((), |()| heading_id());
    html! {
        <dialog class="dialog" ref={place} {oncancel} aria-labelledby={(*heading).clone()}>
            if props.open {
                <h2 class="h2 dialog-title" id={(*heading).clone()}>{ props.title.clone() }</h2>
                <div class="dialog-body">{ props.children.clone() }</div>
                <div class="dialog-actions">{ props.actions.clone() }</div>
                // Last, so that the focus begins with what the dialog asks.
                <button type="button" class="btn btn-ghost btn-square dialog-close" aria-label={t.text("close")} {onclick}>
                    <Icon name="x" />
                </button>
            }
        </dialog>
    }
}

fn heading_id() -> AttrValue {
    thread_local! {
        static LAST: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
    }
    LAST.set(LAST.get().wrapping_add(1));
    AttrValue::from(format!("dialog-{}", LAST.get()))
}
