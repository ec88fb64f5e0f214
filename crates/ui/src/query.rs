//! How pages ask and act: the only places below a page's root that touch the client.

use crate::failure::Failure;
use crate::hooks::{State, Subject, use_effect_with, use_mut_ref, use_state};
use crate::i18n::Text;
use crate::online::use_online;
use crate::parts::{Button, ProblemView, Skeleton, Waiting};
use crate::session::{Ask, use_session, whole};
use salus_client::Client;
use salus_types::page::Page;
use std::any::Any;
use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use yew::prelude::*;

/// A question's state. It keeps the last good answer while it asks again.
pub struct Query<T> {
    /// The last good answer.
    pub data: Option<Rc<T>>,
    /// What went wrong the last time.
    pub failure: Option<Failure>,
    /// Whether an answer is awaited.
    pub pending: bool,
    /// Asks again.
    pub refetch: Callback<()>,
}

impl<T> Clone for Query<T> {
    fn clone(&self) -> Self {
        Self {
            data: self.data.clone(),
            failure: self.failure.clone(),
            pending: self.pending,
            refetch: self.refetch.clone(),
        }
    }
}

/// The same answer, not an equal one.
impl<T> PartialEq for Query<T> {
    fn eq(&self, other: &Self) -> bool {
        let data = match (&self.data, &other.data) {
            (Some(one), Some(two)) => Rc::ptr_eq(one, two),
            (None, None) => true,
            _ => false,
        };
        data && self.failure == other.failure
            && self.pending == other.pending
            && self.refetch == other.refetch
    }
}

impl<T: 'static> Query<T> {
    /// Draws the answer; until it is there a skeleton, and when it failed the problem with a way to
    /// try again.
    pub fn show(&self, waiting: Waiting, ready: impl FnOnce(&T) -> Html) -> Html {
        let drawn = self.data.as_deref().map(ready);
        shown(waiting, drawn, self.failure.as_ref(), &self.refetch)
    }

    fn of(asked: Asked, refetch: Callback<()>) -> Self {
        Self {
            data: asked.data.and_then(|data| data.downcast().ok()),
            failure: asked.failure,
            pending: asked.pending,
            refetch,
        }
    }
}

fn shown(
    waiting: Waiting,
    drawn: Option<Html>,
    failure: Option<&Failure>,
    refetch: &Callback<()>,
) -> Html {
    if drawn.is_none() && failure.is_none() {
        return html! { <Skeleton {waiting} retry={refetch} /> };
    }
    html! {
        <>
            if let Some(failure) = failure {
                <ProblemView failure={failure.clone()} retry={refetch} />
            }
            { drawn }
        </>
    }
}

/// A [`Query`] with its type taken off.
#[derive(Clone)]
struct Asked {
    data: Option<Rc<dyn Any>>,
    failure: Option<Failure>,
    pending: bool,
}

/// Asks the server when the component appears and whenever `about` changes; late answers to an
/// earlier question are dropped.
///
/// ```ignore
/// let items = use_query((), |client, ()| client.list_my_due_items());
/// ```
#[hook]
pub fn use_query<About, T, E, Request, Answer>(about: About, request: Request) -> Query<T>
where
    About: PartialEq + Clone + 'static,
    T: 'static,
    E: Into<Failure> + 'static,
    Request: Fn(Client, About) -> Answer + 'static,
    Answer: Future<Output = Result<T, E>> + 'static,
{
    let subject = Subject::new(about.clone());
    let ask = Ask::new(move |client| request(client, about.clone()));
    let (asked, refetch) = use_asking(subject, false, ask);
    Query::of(asked, refetch)
}

/// As [`use_query`], for questions the page asks by itself again and again: they do not count as
/// the person's activity.
#[hook]
pub fn use_background_query<About, T, E, Request, Answer>(
    about: About,
    request: Request,
) -> Query<T>
where
    About: PartialEq + Clone + 'static,
    T: 'static,
    E: Into<Failure> + 'static,
    Request: Fn(Client, About) -> Answer + 'static,
    Answer: Future<Output = Result<T, E>> + 'static,
{
    let subject = Subject::new(about.clone());
    let ask = Ask::new(move |client| request(client, about.clone()));
    let (asked, refetch) = use_asking(subject, true, ask);
    Query::of(asked, refetch)
}

/// The one body of all questions: it knows no types, so that it is in an app once. A question that
/// did not reach the server is asked again when something does.
#[hook]
fn use_asking(about: Rc<Subject>, background: bool, ask: Ask) -> (Asked, Callback<()>) {
    let session = use_session();
    let online = use_online();
    let state = use_state(|| Asked {
        data: None,
        failure: None,
        pending: true,
    });
    let round = use_state(|| 0_u32);
    let latest = use_mut_ref(|| None::<(Rc<Subject>, Rc<Cell<bool>>)>);
    let last_good = use_mut_ref(|| None::<Rc<dyn Any>>);
    let account = session.signed().map(|signed| signed.account_id);
    let was_signed_in = use_mut_ref(|| false);
    {
        let state = state.clone();
        let keeper = session.keeper.clone();
        use_effect_with((about, *round, account), move |(about, _, account)| {
            let wanted = Rc::new(Cell::new(true));
            // A page behind the sign-in asks nothing until somebody is back.
            if account.is_none() && *was_signed_in.borrow() {
                return stop(wanted);
            }
            was_signed_in.replace(account.is_some());
            let before = latest.borrow_mut().replace((about.clone(), wanted.clone()));
            if let Some((asked, earlier)) = before {
                earlier.set(false);
                if asked != *about {
                    last_good.replace(None);
                }
            }
            state.set(Asked {
                data: last_good.borrow().clone(),
                failure: None,
                pending: true,
            });
            let mine = wanted.clone();
            crate::session::spawn(async move {
                let answer = keeper.answer(background, ask).await;
                if !mine.get() {
                    return;
                }
                let (data, failure) = match answer {
                    Ok(data) => {
                        last_good.replace(Some(data.clone()));
                        (Some(data), None)
                    }
                    Err(failure) => (last_good.borrow().clone(), Some(failure)),
                };
                state.set(Asked {
                    data,
                    failure,
                    pending: false,
                });
            });
            stop(wanted)
        });
    }
    let refetch = {
        let count = use_mut_ref(|| 0_u32);
        use_callback((), move |(), ()| {
            let mut count = count.borrow_mut();
            *count += 1;
            round.set(*count);
        })
    };
    {
        let unheard = matches!(state.failure, Some(Failure::Offline));
        let refetch = refetch.clone();
        use_effect_with(online, move |online| {
            if *online && unheard {
                refetch.emit(());
            }
        });
    }
    ((*state).clone(), refetch)
}

/// What to do when the question is no longer asked: a late answer is dropped.
fn stop(wanted: Rc<Cell<bool>>) -> impl FnOnce() {
    move || wanted.set(false)
}

/// Something a person may do that changes a record.
pub struct Action<Input> {
    /// Does it. Pressing again while it is under way does nothing.
    pub run: Callback<Input>,
    /// Whether it is under way.
    pub pending: bool,
    /// Why it did not succeed.
    pub failure: Option<Failure>,
}

impl<Input> Clone for Action<Input> {
    fn clone(&self) -> Self {
        Self {
            run: self.run.clone(),
            pending: self.pending,
            failure: self.failure.clone(),
        }
    }
}

impl<Input> Action<Input> {
    /// The problem, if there was one: to be shown beside the form, never as a toast only.
    pub fn problem(&self) -> Html {
        match &self.failure {
            Some(failure) => html! { <ProblemView failure={failure.clone()} /> },
            None => Html::default(),
        }
    }

    /// What the server says about a field or the first of its parts, named by its JSON pointer.
    #[must_use]
    pub fn wrong(&self, pointer: &str) -> Option<AttrValue> {
        let said = self.failure.as_ref()?.within(pointer)?;
        Some(AttrValue::from(said.to_owned()))
    }
}

/// Changes something; afterwards `done` gets the answer, usually to ask again.
///
/// ```ignore
/// let cancel = use_action(
///     |client, id| client.cancel_my_appointment(id),
///     { let refetch = list.refetch.clone(); move |_| refetch.emit(()) },
/// );
/// ```
#[hook]
pub fn use_action<Input, T, E, Request, Answer, Done>(request: Request, done: Done) -> Action<Input>
where
    Input: Clone + 'static,
    T: 'static,
    E: Into<Failure> + 'static,
    Request: Fn(Client, Input) -> Answer + 'static,
    Answer: Future<Output = Result<T, E>> + 'static,
    Done: Fn(T) + 'static,
{
    let acting = use_acting();
    let request = Rc::new(request);
    let start = acting.start;
    let done: Taken = Rc::new(move |answer| {
        if let Ok(answer) = whole(answer) {
            done(answer);
        }
    });
    let run = Callback::from(move |input: Input| {
        let request = request.clone();
        let ask = Ask::new(move |client| request(client, input.clone()));
        start.emit((ask, done.clone()));
    });
    Action {
        run,
        pending: acting.pending,
        failure: acting.failure,
    }
}

/// Takes the answer of an act.
type Taken = Rc<dyn Fn(Rc<dyn Any>)>;

/// An [`Action`] with its types taken off.
struct Acting {
    start: Callback<(Ask, Taken)>,
    pending: bool,
    failure: Option<Failure>,
}

/// The one body of all acts: it knows no types, so that it is in an app once.
#[hook]
fn use_acting() -> Acting {
    let session = use_session();
    let pending = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    let busy = use_mut_ref(|| false);
    let start = {
        let pending = pending.clone();
        let failure = failure.clone();
        Callback::from(move |(ask, done): (Ask, Taken)| {
            if busy.replace(true) {
                return;
            }
            pending.set(true);
            failure.set(None);
            let keeper = session.keeper.clone();
            let (pending, failure) = (pending.clone(), failure.clone());
            let busy = busy.clone();
            crate::session::spawn(async move {
                let answer = keeper.answer(false, ask).await;
                busy.replace(false);
                pending.set(false);
                match answer {
                    Ok(answer) => done(answer),
                    Err(problem) => failure.set(Some(problem)),
                }
            });
        })
    };
    Acting {
        start,
        pending: *pending,
        failure: (*failure).clone(),
    }
}

/// Has the browser ask before the page is left while something typed is not kept yet.
#[hook]
pub fn use_leave_guard(unsaved: bool) {
    use_effect_with(unsaved, |unsaved| {
        let guard = unsaved.then(|| {
            let options = gloo::events::EventListenerOptions::enable_prevent_default();
            let window = gloo::utils::window();
            gloo::events::EventListener::new_with_options(
                &window,
                "beforeunload",
                options,
                |event| {
                    event.prevent_default();
                },
            )
        });
        move || drop(guard)
    });
}

/// The key of a creating request: the same while it is tried again, so that nothing is created
/// twice; a new one after it succeeded.
#[derive(Clone)]
pub struct RequestKey {
    key: State<String>,
}

impl RequestKey {
    /// The key to send.
    #[must_use]
    pub fn get(&self) -> String {
        (*self.key).clone()
    }

    /// Makes a new key; to be called when the request succeeded.
    pub fn renew(&self) {
        self.key.set(salus_client::new_key());
    }
}

/// A key for the creating request of a form.
#[hook]
pub fn use_request_key() -> RequestKey {
    let key = use_state(salus_client::new_key);
    RequestKey { key }
}

/// A list that comes in pages.
pub struct Pages<T> {
    first: Query<Page<T>>,
    further: Vec<Rc<Page<T>>>,
    next: Action<String>,
}

impl<T> Clone for Pages<T> {
    fn clone(&self) -> Self {
        Self {
            first: self.first.clone(),
            further: self.further.clone(),
            next: self.next.clone(),
        }
    }
}

impl<T: 'static> Pages<T> {
    /// Asks again from the first page.
    #[must_use]
    pub fn refetch(&self) -> Callback<()> {
        self.first.refetch.clone()
    }

    /// Draws what has come so far, with a button for more; `empty` when there is nothing.
    pub fn show(
        &self,
        t: &Text,
        waiting: Waiting,
        empty: Html,
        ready: impl FnOnce(&[&T]) -> Html,
    ) -> Html {
        self.first.show(waiting, |first| {
            let further = self.further.iter().flat_map(|page| page.items.iter());
            let items: Vec<&T> = first.items.iter().chain(further).collect();
            if items.is_empty() {
                return empty;
            }
            let last = self.further.last().map_or(first, |page| page.as_ref());
            let more = last.next_cursor.clone().map(|cursor| {
                let on_press = self.next.run.reform(move |_: MouseEvent| cursor.clone());
                html! {
                    <div class="button-row">
                        <Button busy={self.next.pending} {on_press}>{ t.text("more") }</Button>
                    </div>
                }
            });
            html! { <>{ ready(&items) }{ self.next.problem() }{ more }</> }
        })
    }
}

/// As [`use_query`], for a list that comes in pages; `request` gets the cursor of the page.
///
/// ```ignore
/// let people = use_pages(words, |client, q, cursor| {
///     client.list_people(&PeopleQuery { q: Some(q), limit: None, cursor })
/// });
/// ```
#[hook]
pub fn use_pages<About, T, E, Request, Answer>(about: About, request: Request) -> Pages<T>
where
    About: PartialEq + Clone + 'static,
    T: 'static,
    E: Into<Failure> + 'static,
    Request: Fn(Client, About, Option<String>) -> Answer + 'static,
    Answer: Future<Output = Result<Page<T>, E>> + 'static,
{
    let request = Rc::new(request);
    let first = {
        let request = request.clone();
        use_query(about.clone(), move |client, about| {
            request(client, about, None)
        })
    };
    let start = first.data.as_ref().map(|page| Rc::as_ptr(page).addr());
    let further = use_further(start);
    let next = {
        let further = further.clone();
        use_action(
            move |client, cursor| request(client, about.clone(), Some(cursor)),
            move |page: Page<T>| {
                let mut pages = (*further).clone();
                pages.push(Rc::new(page));
                further.set(pages);
            },
        )
    };
    let further = further.iter().cloned();
    Pages {
        first,
        further: further.filter_map(|page| page.downcast().ok()).collect(),
        next,
    }
}

/// The pages after the first one, until the first one is another.
#[hook]
fn use_further(first: Option<usize>) -> State<Vec<Rc<dyn Any>>> {
    let further = use_state(Vec::new);
    {
        let further = further.clone();
        use_effect_with(first, move |_| further.set(Vec::new()));
    }
    further
}
