//! Pages whose code is fetched when they are first opened.

use crate::failure::Failure;
use crate::hooks::{use_effect_with, use_state};
use crate::parts::{ProblemView, Skeleton, Waiting};
use crate::session::spawn;
use gloo::timers::callback::Timeout;
use std::pin::Pin;
use yew::prelude::*;

impl From<wasm_split_helpers::SplitLoaderError> for Failure {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self::Offline
    }
}

type Arriving = Pin<Box<dyn Future<Output = Result<Html, Failure>>>>;

#[derive(Properties, PartialEq)]
struct FetchedProps {
    page: Callback<(), Arriving>,
}

/// A page of a section: its outline until its code is here.
///
/// ```ignore
/// Route::Book => fetched(sections::book),
/// ```
pub fn fetched<Page>(page: impl Fn() -> Page + 'static) -> Html
where
    Page: Future<Output = Result<Html, Failure>> + 'static,
{
    let page = Callback::from(move |()| -> Arriving { Box::pin(page()) });
    html! { <Fetched {page} /> }
}

/// Milliseconds after which what the first page needs has come, even to a slow phone.
const SETTLED: u32 = 5_000;

/// Fetches an app's sections once it has settled.
#[hook]
pub fn use_fetching_later<Arriving>(fetch: fn() -> Arriving)
where
    Arriving: Future<Output = ()> + 'static,
{
    use_effect_with((), move |()| {
        let later = Timeout::new(SETTLED, move || spawn(fetch()));
        move || drop(later)
    });
}

#[component]
fn Fetched(props: &FetchedProps) -> Html {
    let page = use_state(|| None::<Result<Html, Failure>>);
    let attempt = use_state(|| 0_u32);
    {
        let page = page.clone();
        // The same section may be asked for another of its pages.
        use_effect_with((*attempt, props.page.clone()), move |(_, asked)| {
            let arriving = asked.emit(());
            spawn(async move { page.set(Some(arriving.await)) });
        });
    }
    match &*page {
        Some(Ok(page)) => page.clone(),
        Some(Err(failure)) => {
            let again = {
                let (page, attempt) = (page.clone(), attempt.clone());
                Callback::from(move |()| {
                    let window = gloo::utils::window();
                    // A newer version of the app has other files: only its page knows them.
                    if window.navigator().on_line() {
                        let _ = window.location().reload();
                    } else {
                        page.set(None);
                        attempt.set(*attempt + 1);
                    }
                })
            };
            html! { <ProblemView failure={failure.clone()} retry={again} /> }
        }
        None => html! { <Skeleton waiting={Waiting::Text} /> },
    }
}
