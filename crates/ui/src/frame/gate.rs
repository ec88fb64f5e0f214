use super::{PortalPage, SignIn, use_look};
use crate::failure::Failure;
use crate::hooks::use_mut_ref;
use crate::i18n::use_text;
use crate::parts::{ProblemView, Skeleton, Waiting};
use crate::session::{Ended, Status, spawn, use_session};
use salus_types::ids::AccountId;
use yew::prelude::*;

/// What a [`Gate`] takes.
#[derive(Properties, PartialEq)]
pub struct GateProps {
    /// What is behind it.
    pub children: Html,
}

/// Lets the signed-in through, and only those to whom this app is open.
///
/// When a session ends, the page stays where it is, hidden; the same account finds it as it was,
/// with everything that was typed. Another account starts anew.
#[component]
pub fn Gate(props: &GateProps) -> Html {
    let t = use_text();
    let session = use_session();
    let look = use_look();
    let last = use_mut_ref(|| None::<AccountId>);
    match &session.status {
        Status::SignedIn(signed) => {
            last.replace(Some(signed.account_id));
        }
        // Whoever leaves by choice leaves nothing behind; nor does whom somebody else replaced.
        Status::SignedOut(Ended::SignedOut | Ended::Replaced | Ended::NotYet) => {
            last.replace(None);
        }
        Status::SignedOut(Ended::TimedOut | Ended::Ended)
        | Status::Starting
        | Status::Unreachable => {}
    }
    let kept = *last.borrow();
    let (front, open) = match &session.status {
        Status::Starting => (html! { <Blank /> }, false),
        Status::Unreachable => {
            let keeper = session.keeper.clone();
            let retry = Callback::from(move |()| spawn(keeper.clone().resume()));
            let front = html! {
                <main class="content content-alone">
                    <h1 class="sr-only">{ look.name(&t) }</h1>
                    <ProblemView failure={Failure::Offline} {retry} />
                </main>
            };
            (front, false)
        }
        Status::SignedOut(why) => (html! { <SignIn why={*why} /> }, false),
        Status::SignedIn(signed) => {
            if !look.app.is_open_to(signed) {
                (html! { <NotForYou /> }, false)
            } else if look.must_choose() {
                (html! { <PortalPage /> }, false)
            } else {
                (Html::default(), true)
            }
        }
    };
    html! {
        <>
            { front }
            if let Some(account) = kept {
                <div key={account.to_string()} class="behind-gate" hidden={!open}>
                    { props.children.clone() }
                </div>
            }
        </>
    }
}

/// The page's outline while the session resumes.
#[component]
fn Blank() -> Html {
    let t = use_text();
    let look = use_look();
    html! {
        <>
            <header class="bar"><span class="mark-link"><super::PortalMark /></span></header>
            <main class="content content-alone" aria-label={look.name(&t)}>
                <div class="page"><Skeleton waiting={Waiting::Text} /></div>
            </main>
        </>
    }
}

/// Signed in, but this app is not open to the account: says so and leads to those that are.
#[component]
fn NotForYou() -> Html {
    let t = use_text();
    let session = use_session();
    let apps = [
        (super::App::Employee, "app-employee"),
        (super::App::Supervisor, "app-supervisor"),
        (super::App::Admin, "app-admin"),
    ];
    let open = apps.into_iter().filter(|(app, _)| {
        session
            .signed()
            .is_some_and(|signed| app.is_open_to(signed))
    });
    let sign_out = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| session.sign_out())
    };
    html! {
        <>
            <header class="bar"><span class="mark-link"><super::PortalMark /></span></header>
            <main class="content content-alone">
                <super::Page title={t.text("not-for-you")} lead={t.text("not-for-you-lead")} narrow={true}>
                    <div class="button-row">
                        { for open.map(|(app, id)| html! {
                            <a class="btn btn-primary" href={app.base()}>{ t.text(id) }</a>
                        }) }
                        <button type="button" class="btn btn-plain" onclick={sign_out}>{ t.text("sign-out") }</button>
                    </div>
                </super::Page>
            </main>
        </>
    }
}
