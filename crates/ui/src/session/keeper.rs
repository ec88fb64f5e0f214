//! Keeps the access token in memory and gets a new one when it is needed, once for all who ask.

use super::begun::begun;
use super::{Ended, Signed, Status};
use crate::clock;
use crate::failure::Failure;
use crate::kept;
use crate::storage;
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use salus_client::Client;
use salus_types::accounts::{ChangeSettings, OpenSession, SignedIn};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;
use yew::Callback;

/// Shared by all tabs, so that work in one keeps the others signed in.
const ACTIVE: &str = "salus.active";
/// Says that this browser holds a refresh cookie, so that nobody asks the server in vain. The loader
/// reads it too.
const HELD: &str = "salus.session";
/// How often a request is repeated when the server is too busy.
const TRIES: u32 = 3;
/// The longest pause before it is, whatever the server says.
const LONGEST_PAUSE: u32 = 10;
/// How often a renewal is repeated whose answer was lost, and the pause before it is. The server
/// gives what was lost again, but not for longer than ten seconds.
const RENEWALS: u32 = 3;
const RENEWAL_PAUSE: Duration = Duration::from_secs(1);
/// A token this close to its end is renewed before it is used.
const MARGIN: i64 = 30_000;

type Renewal = Shared<LocalBoxFuture<'static, Result<(), Failure>>>;

/// The session's keeper; one for each app.
#[derive(Default)]
pub struct Keeper {
    language: RefCell<String>,
    token: RefCell<Option<(String, i64)>>,
    signed: RefCell<Option<Signed>>,
    renewal: RefCell<Option<Renewal>>,
    active_at: Cell<i64>,
    on_change: RefCell<Callback<Status>>,
    on_reach: RefCell<Callback<bool>>,
    on_busy: RefCell<Callback<bool>>,
    on_unsent: RefCell<Callback<()>>,
}

impl Keeper {
    /// Says whom to tell when the session changes.
    pub fn watch(&self, on_change: Callback<Status>) {
        self.on_change.replace(on_change);
    }

    /// Says whom to tell whether the server was reached.
    pub fn watch_reach(&self, on_reach: Callback<bool>) {
        self.on_reach.replace(on_reach);
    }

    /// Says whom to tell whether the server is too busy and is being asked again.
    pub fn watch_busy(&self, on_busy: Callback<bool>) {
        self.on_busy.replace(on_busy);
    }

    /// Says whom to ask before what is not sent yet would be erased.
    pub fn watch_unsent(&self, on_unsent: Callback<()>) {
        self.on_unsent.replace(on_unsent);
    }

    /// Says in which language the server is to word its problems.
    pub fn speak(&self, language: &str) {
        self.language.replace(language.to_owned());
    }

    /// Resumes the session the browser's cookie stands for.
    pub async fn resume(self: Rc<Self>) {
        if storage::get(HELD).is_none() {
            self.end(Ended::NotYet);
            return;
        }
        match self.clone().renew().await {
            Ok(()) => {}
            Err(Failure::Problem(problem)) if problem.status == 401 || problem.status == 403 => {
                self.end(Ended::NotYet);
            }
            Err(_) => self.tell(Status::Unreachable),
        }
    }

    /// Signs in with e-mail address and password.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<(), Failure> {
        let command = OpenSession {
            email: Some(email.to_owned()),
            user_name: None,
            password: password.to_owned(),
            portal: storage::get(crate::frame::PORTAL),
        };
        let answer = self.anonymous()?.open_session(&command).await;
        let granted = self.heard(answer.map_err(Failure::from))?;
        self.signed.replace(None);
        self.accept(granted);
        Ok(())
    }

    /// Signs out, unless something is not sent yet: then the person is asked first.
    pub async fn leave(self: Rc<Self>) {
        let account = self.account();
        if kept::list(&account).await.is_empty() {
            self.sign_out(Ended::SignedOut).await;
        } else {
            let on_unsent = self.on_unsent.borrow().clone();
            on_unsent.emit(());
        }
    }

    /// Signs out here and on the server. By choice, what this browser keeps of the account goes
    /// too; a session that ran out while there was no connection leaves it for the next.
    pub async fn sign_out(self: Rc<Self>, why: Ended) {
        let choices = storage::choices();
        let account = self.account();
        if let Ok(client) = self.clone().client(false).await {
            let _ = client.close_session().await;
        }
        storage::restore(choices);
        self.end(why);
        if why == Ended::SignedOut {
            kept::forget_all(&account).await;
        }
    }

    /// Takes in a session that was granted elsewhere, such as by a pick-up code.
    pub fn accept(&self, granted: SignedIn) {
        let mut signed = self.signed.borrow_mut();
        let replaced = signed
            .as_ref()
            .is_some_and(|before| before.account_id != granted.session.account_id);
        if replaced {
            drop(signed);
            self.end(Ended::Replaced);
            return;
        }
        self.token.replace(Some((
            granted.access_token,
            granted.expires_at.timestamp_millis(),
        )));
        signed.replace(granted.session.clone());
        drop(signed);
        storage::set(HELD, "1");
        if self.active_at.get() == 0 {
            self.touched();
        }
        self.tell(Status::SignedIn(Box::new(granted.session)));
    }

    /// Makes a request as the signed-in account; renews the token and asks once more if the server
    /// did not accept it. A server that is too busy is asked again, the very same request: a
    /// creating one goes under the same key.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn call<T, E, Request, Answer>(
        self: Rc<Self>,
        background: bool,
        request: Request,
    ) -> Result<T, Failure>
    where
        T: 'static,
        E: Into<Failure> + 'static,
        Request: Fn(Client) -> Answer + 'static,
        Answer: Future<Output = Result<T, E>> + 'static,
    {
        whole(self.answer(background, Ask::new(request)).await?)
    }

    /// As [`Self::call`], for a request whose types were taken off.
    pub(crate) fn answer(
        self: Rc<Self>,
        background: bool,
        ask: Ask,
    ) -> LocalBoxFuture<'static, Result<Rc<dyn Any>, Failure>> {
        async move {
            let mut tries = 0;
            loop {
                let answer = self.patiently(background, &ask).await;
                let pause = answer.as_ref().err().and_then(Failure::busy_for);
                match pause {
                    Some(seconds) if tries < TRIES => {
                        tries += 1;
                        self.busy(true);
                        let pause = Duration::from_secs(seconds.min(LONGEST_PAUSE).into());
                        yew::platform::time::sleep(pause).await;
                    }
                    _ => {
                        if tries > 0 {
                            self.busy(false);
                        }
                        return answer;
                    }
                }
            }
        }
        .boxed_local()
    }

    fn busy(&self, is_busy: bool) {
        let on_busy = self.on_busy.borrow().clone();
        on_busy.emit(is_busy);
    }

    /// Asks, and once more with a new token where the old one was not accepted.
    async fn patiently(
        self: &Rc<Self>,
        background: bool,
        ask: &Ask,
    ) -> Result<Rc<dyn Any>, Failure> {
        let first = self.asked(background, ask).await;
        let answer = match first {
            Err(failure) if failure.is_unauthenticated() && self.signed.borrow().is_some() => {
                self.token.replace(None);
                self.asked(background, ask).await
            }
            other => other,
        };
        if !background && answer.is_ok() {
            self.touched();
        }
        answer
    }

    async fn asked(self: &Rc<Self>, background: bool, ask: &Ask) -> Result<Rc<dyn Any>, Failure> {
        let client = self.clone().client(background).await?;
        self.heard((ask.0)(client).await)
    }

    /// Tells the server that the person is here.
    pub async fn stay(self: Rc<Self>) {
        let kept = self.clone().call(false, |client| client.get_session());
        if let Ok(signed) = kept.await {
            self.signed.replace(Some(signed.clone()));
            self.tell(Status::SignedIn(Box::new(signed)));
        }
    }

    /// Keeps the language with the account, so that the next device and the e-mails speak it too.
    pub async fn keep_language(self: Rc<Self>, language: String) {
        let change = move |client: Client| {
            let language = Some(language.clone());
            async move {
                let version = client.get_session().await?.version;
                client
                    .change_settings(version, &ChangeSettings { language })
                    .await
            }
        };
        // Without an answer the choice still holds on this device.
        if let Ok(changed) = self.clone().call(false, change).await {
            self.signed.replace(Some(changed.value.clone()));
            self.tell(Status::SignedIn(Box::new(changed.value)));
        }
    }

    /// When the person last did something, in any tab of this browser.
    #[must_use]
    pub fn active_at(&self) -> i64 {
        let elsewhere = storage::get(ACTIVE).and_then(|at| at.parse().ok());
        elsewhere.unwrap_or(0_i64).max(self.active_at.get())
    }

    /// A client with a token that is good for a while.
    pub async fn client(self: Rc<Self>, background: bool) -> Result<Client, Failure> {
        let fresh = |keeper: &Self| {
            let token = keeper.token.borrow();
            let (token, ends_at) = token.as_ref()?;
            (*ends_at > clock::now_millis() + MARGIN).then(|| token.clone())
        };
        let token = match fresh(&self) {
            Some(token) => Some(token),
            None if self.signed.borrow().is_none() => None,
            None => {
                let renewed = self.clone().renew().await;
                if let Err(failure) = renewed {
                    if failure.is_unauthenticated() {
                        self.end(Ended::Ended);
                    }
                    return Err(failure);
                }
                fresh(&self)
            }
        };
        let client = self.anonymous()?;
        let client = match token {
            Some(token) => client.with_token(&token),
            None => client,
        };
        Ok(if background {
            client.in_background()
        } else {
            client
        })
    }

    /// A client of the server this page came from.
    fn anonymous(&self) -> Result<Client, Failure> {
        let client = Client::new(&clock::origin())?;
        Ok(client.in_language(&self.language.borrow()))
    }

    /// One refresh for all who wait.
    async fn renew(self: Rc<Self>) -> Result<(), Failure> {
        let under_way = self.renewal.borrow().clone();
        let renewal = match under_way {
            Some(renewal) => renewal,
            None => {
                let keeper = self.clone();
                let renewal: Renewal = async move {
                    if let Some(granted) = begun().await {
                        keeper.renewal.replace(None);
                        keeper.accept(granted);
                        return Ok(());
                    }
                    let mut tries = 0;
                    let answer = loop {
                        let answer = match keeper.anonymous() {
                            Ok(client) => client.refresh_session().await.map_err(Failure::from),
                            Err(failure) => Err(failure),
                        };
                        let lost = matches!(answer, Err(Failure::Offline)) && !clock::no_network();
                        if !lost || tries == RENEWALS {
                            break answer;
                        }
                        tries += 1;
                        yew::platform::time::sleep(RENEWAL_PAUSE).await;
                    };
                    keeper.renewal.replace(None);
                    keeper.accept(keeper.heard(answer)?);
                    Ok(())
                }
                .boxed_local()
                .shared();
                self.renewal.replace(Some(renewal.clone()));
                renewal
            }
        };
        renewal.await
    }

    fn heard<T>(&self, answer: Result<T, Failure>) -> Result<T, Failure> {
        let reached = !matches!(answer, Err(Failure::Offline));
        let on_reach = self.on_reach.borrow().clone();
        on_reach.emit(reached);
        answer
    }

    /// The account that is signed in; empty when nobody is.
    pub fn account(&self) -> String {
        let signed = self.signed.borrow();
        let account = signed.as_ref().map(|signed| signed.account_id);
        account.map(|id| id.to_string()).unwrap_or_default()
    }

    fn touched(&self) {
        let now = clock::now_millis();
        self.active_at.set(now);
        storage::set(ACTIVE, &now.to_string());
    }

    fn end(&self, why: Ended) {
        if why != Ended::Replaced {
            storage::remove(HELD);
        }
        self.token.replace(None);
        self.signed.replace(None);
        self.active_at.set(0);
        self.tell(Status::SignedOut(why));
    }

    fn tell(&self, status: Status) {
        let on_change = self.on_change.borrow().clone();
        on_change.emit(status);
    }
}

/// A request with its types taken off, so that what asks is in an app once and not for each of
/// its requests.
pub(crate) struct Ask(Box<Asks>);

type Asks = dyn Fn(Client) -> LocalBoxFuture<'static, Result<Rc<dyn Any>, Failure>>;

impl Ask {
    /// Takes the types off a request.
    pub(crate) fn new<T, E, Answer>(request: impl Fn(Client) -> Answer + 'static) -> Self
    where
        T: 'static,
        E: Into<Failure> + 'static,
        Answer: Future<Output = Result<T, E>> + 'static,
    {
        Self(Box::new(move |client| {
            let answer = request(client).map(|answer| match answer {
                Ok(value) => Ok(Rc::new(value) as Rc<dyn Any>),
                Err(error) => Err(error.into()),
            });
            answer.boxed_local()
        }))
    }
}

/// An answer that nobody else holds, with its type put back on.
///
/// # Errors
/// [`Failure::Unreadable`] when it is of another type or held elsewhere.
pub(crate) fn whole<T: 'static>(answer: Rc<dyn Any>) -> Result<T, Failure> {
    let answer = answer.downcast::<T>().ok();
    answer.and_then(Rc::into_inner).ok_or(Failure::Unreadable)
}
