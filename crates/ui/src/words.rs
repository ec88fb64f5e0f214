//! Where the messages come from. Programs and tests carry them all; a browser fetches those of its
//! language beside the module, and those of another one when it is chosen.

use crate::i18n::{ENGLISH, SPANISH};
use phrasebook::{Catalog, Phrasebook};

#[cfg(not(target_arch = "wasm32"))]
pub use carried::CATALOG;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use carried::{book, fetched, first};
#[cfg(target_arch = "wasm32")]
pub(crate) use served::{book, fetched, first};

fn book_of(catalog: &'static Catalog) -> Phrasebook {
    Phrasebook::builder()
        .language(ENGLISH, "English")
        .language(SPANISH, "Español")
        .catalog(catalog)
        .use_isolating(false)
        .build()
}

#[cfg(not(target_arch = "wasm32"))]
mod carried {
    use super::{Catalog, ENGLISH, Phrasebook, SPANISH, book_of};
    use phrasebook::{Lang, Source};

    include!(concat!(env!("OUT_DIR"), "/locales.rs"));

    /// The messages of all features.
    pub static CATALOG: Catalog = Catalog::new(
        "salus",
        &[Source::new(ENGLISH, EN), Source::new(SPANISH, ES)],
    );

    /// Every language.
    pub(crate) fn book() -> Phrasebook {
        thread_local! {
            static BOOK: Phrasebook = book_of(&CATALOG);
        }
        BOOK.with(Phrasebook::clone)
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
    use super::{Catalog, ENGLISH, Phrasebook, book_of};
    use js_sys::{Function, Promise, Reflect};
    use phrasebook::{Lang, Source};
    use std::cell::RefCell;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    /// What is there so far. A language stays for the life of the page.
    struct Words {
        sources: Vec<Source>,
        book: Phrasebook,
    }

    thread_local! {
        static WORDS: RefCell<Words> = RefCell::new(Words::of(from_loader().into_iter().collect()));
    }

    impl Words {
        fn of(sources: Vec<Source>) -> Self {
            let kept: &'static [Source] = Vec::leak(sources.clone());
            let catalog: &'static Catalog = Box::leak(Box::new(Catalog::new("salus", kept)));
            let book = book_of(catalog);
            Self { sources, book }
        }

        fn has(&self, lang: Lang) -> bool {
            self.sources.iter().any(|source| source.lang() == lang)
        }
    }

    /// The languages that are there.
    pub(crate) fn book() -> Phrasebook {
        WORDS.with_borrow(|words| words.book.clone())
    }

    /// The language to begin with.
    pub(crate) fn first() -> Lang {
        WORDS.with_borrow(|words| words.sources.first().map_or(ENGLISH, Source::lang))
    }

    /// Fetches the words of a language unless they are there; whether they are now.
    pub(crate) async fn fetched(lang: Lang) -> bool {
        if WORDS.with_borrow(|words| words.has(lang)) {
            return true;
        }
        let Some(text) = from_server(lang).await else {
            return false;
        };
        WORDS.with_borrow_mut(|words| {
            let mut sources = words.sources.clone();
            sources.push(source(lang, text));
            *words = Words::of(sources);
        });
        true
    }

    fn source(lang: Lang, text: String) -> Source {
        Source::new(lang, String::leak(text))
    }

    fn member(name: &str) -> Option<JsValue> {
        let loader = Reflect::get(&js_sys::global(), &"salusWords".into()).ok()?;
        Reflect::get(&loader, &name.into()).ok()
    }

    fn from_loader() -> Option<Source> {
        let lang = Lang::parse(&member("first")?.as_string()?)?;
        Some(source(lang, member("text")?.as_string()?))
    }

    async fn from_server(lang: Lang) -> Option<String> {
        let fetch: Function = member("fetch")?.dyn_into().ok()?;
        let asked = fetch.call1(&JsValue::UNDEFINED, &lang.language().into());
        let answer: Promise = asked.ok()?.dyn_into().ok()?;
        JsFuture::from(answer).await.ok()?.as_string()
    }
}
