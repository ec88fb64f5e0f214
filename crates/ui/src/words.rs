//! Where the messages come from. Programs and tests carry them all; a browser fetches those of its
//! language beside the module, and those of another one when it is chosen.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use carried::{fetched, first, messages};
#[cfg(target_arch = "wasm32")]
pub(crate) use served::{fetched, first, messages};

#[cfg(test)]
pub(crate) use carried::{FLUENT_EN, FLUENT_ES};

#[cfg(not(target_arch = "wasm32"))]
mod carried {
    use crate::i18n::{ENGLISH, Lang, SPANISH};
    use crate::message::Messages;
    use std::rc::Rc;

    include!(concat!(env!("OUT_DIR"), "/locales.rs"));

    /// The messages of a language, with the language they are in.
    pub(crate) fn messages(lang: Lang) -> (Lang, Rc<Messages>) {
        thread_local! {
            static ALL: [Rc<Messages>; 2] = [EN, ES].map(|text| Rc::new(Messages::read(text)));
        }
        ALL.with(|[english, spanish]| {
            let spanish_wanted = lang == SPANISH;
            (
                lang,
                Rc::clone(if spanish_wanted { spanish } else { english }),
            )
        })
    }

    /// The language to begin with.
    pub(crate) fn first() -> Lang {
        ENGLISH
    }

    /// Whether the words of a language are there.
    pub(crate) async fn fetched(_: Lang) -> bool {
        true
    }
}

/// The loader fetches the first language while the module is on its way and leaves in `salusWords`
/// what it is (`first`), its text (`text`) and the way to fetch another one (`fetch`).
#[cfg(target_arch = "wasm32")]
mod served {
    use crate::i18n::{ENGLISH, Lang};
    use crate::message::Messages;
    use js_sys::{Function, Promise, Reflect};
    use std::cell::RefCell;
    use std::rc::Rc;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    type Words = (Lang, Rc<Messages>);

    thread_local! {
        /// What is there so far. A language stays for the life of the page.
        static WORDS: RefCell<Vec<Words>> = RefCell::new(from_loader().into_iter().collect());
    }

    /// The messages of a language, or those that are there; with the language they are in.
    pub(crate) fn messages(lang: Lang) -> Words {
        WORDS
            .with_borrow(|words| {
                let wanted = words.iter().find(|(one, _)| *one == lang);
                wanted.or(words.first()).cloned()
            })
            .unwrap_or_default()
    }

    /// The language to begin with.
    pub(crate) fn first() -> Lang {
        messages(ENGLISH).0
    }

    /// Fetches the words of a language unless they are there; whether they are now.
    pub(crate) async fn fetched(lang: Lang) -> bool {
        if WORDS.with_borrow(|words| words.iter().any(|(one, _)| *one == lang)) {
            return true;
        }
        let Some(text) = from_server(lang).await else {
            return false;
        };
        WORDS.with_borrow_mut(|words| words.push(read(lang, &text)));
        true
    }

    fn read(lang: Lang, text: &str) -> Words {
        (lang, Rc::new(Messages::read(text)))
    }

    fn member(name: &str) -> Option<JsValue> {
        let loader = Reflect::get(&js_sys::global(), &"salusWords".into()).ok()?;
        Reflect::get(&loader, &name.into()).ok()
    }

    fn from_loader() -> Option<Words> {
        let lang = Lang::parse(&member("first")?.as_string()?)?;
        Some(read(lang, &member("text")?.as_string()?))
    }

    async fn from_server(lang: Lang) -> Option<String> {
        let fetch: Function = member("fetch")?.dyn_into().ok()?;
        let asked = fetch.call1(&JsValue::UNDEFINED, &lang.language().into());
        let answer: Promise = asked.ok()?.dyn_into().ok()?;
        JsFuture::from(answer).await.ok()?.as_string()
    }
}
