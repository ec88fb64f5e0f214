use super::Icon;
use crate::hooks::{use_mut_ref, use_state};
use crate::i18n::use_text;
use yew::prelude::*;

/// How long a word stays, in milliseconds.
const SHOWN: u32 = 8_000;

/// Says short things that need no answer.
#[derive(Clone, PartialEq)]
pub struct Toast {
    say: Callback<Said>,
}

#[derive(Clone, PartialEq)]
struct Said {
    text: AttrValue,
    undo: Option<Callback<()>>,
}

impl Toast {
    /// Says that something is done. Never for what went wrong.
    pub fn say(&self, text: impl Into<AttrValue>) {
        let text = text.into();
        self.say.emit(Said { text, undo: None });
    }

    /// Says that something is done and offers to take it back.
    pub fn say_with_undo(&self, text: impl Into<AttrValue>, undo: Callback<()>) {
        let text = text.into();
        self.say.emit(Said {
            text,
            undo: Some(undo),
        });
    }
}

/// What a [`ToastProvider`] takes.
#[derive(Properties, PartialEq)]
pub struct ToastProviderProps {
    /// The app.
    pub children: Html,
}

/// Holds the place where short words appear and are read out.
#[component]
pub fn ToastProvider(props: &ToastProviderProps) -> Html {
    let t = use_text();
    let said = use_state(|| None::<Said>);
    let timer = use_mut_ref(|| None::<gloo::timers::callback::Timeout>);
    let say = {
        let said = said.clone();
        use_callback((), move |word: Said, ()| {
            said.set(Some(word));
            let over = said.clone();
            let timeout = gloo::timers::callback::Timeout::new(SHOWN, move || over.set(None));
            timer.replace(Some(timeout));
        })
    };
    let close = {
        let said = said.clone();
        Callback::from(move |_: MouseEvent| said.set(None))
    };
    let shown = (*said).clone().map(|word| {
        let undo = word.undo.map(|undo| {
            let said = said.clone();
            let onclick = Callback::from(move |_: MouseEvent| {
                undo.emit(());
                said.set(None);
            });
            html! {
                <button type="button" class="btn btn-ghost btn-on-dark" {onclick}>
                    <Icon name="undo-2" />{ t.text("undo") }
                </button>
            }
        });
        html! {
            <div class="toast-word">
                <Icon name="circle-check" />
                <span class="grow">{ word.text }</span>
                { undo }
                <button type="button" class="btn btn-ghost btn-square btn-on-dark" aria-label={t.text("close")} onclick={close}>
                    <Icon name="x" />
                </button>
            </div>
        }
    });
    html! {
        <ContextProvider<Toast> context={Toast { say }}>
            { props.children.clone() }
            <div class="toast-place" role="status">{ shown }</div>
        </ContextProvider<Toast>>
    }
}

/// The way to say short things.
#[hook]
pub fn use_toast() -> Toast {
    use_context::<Toast>().unwrap_or_else(|| Toast {
        say: Callback::noop(),
    })
}
