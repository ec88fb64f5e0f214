use super::{Button, Icon};
use crate::args;
use crate::failure::Failure;
use crate::frame::use_look;
use crate::hooks::{use_effect_with, use_state};
use crate::i18n::use_text;
use salus_types::portals::SupportContact;
use yew::prelude::*;

/// The shape of what is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// Rows of a list or table.
    Rows(u8),
    /// A card.
    Card,
    /// A form or a page of text.
    Text,
}

/// What a [`Skeleton`] takes.
#[derive(Properties, PartialEq)]
pub struct SkeletonProps {
    /// Its shape.
    pub waiting: Waiting,
    /// Asks again; offered after ten seconds.
    #[prop_or_default]
    pub retry: Option<Callback<()>>,
}

/// The outline of what is on its way. After ten seconds it says so and offers to ask again.
#[component]
pub fn Skeleton(props: &SkeletonProps) -> Html {
    let t = use_text();
    let slow = use_state(|| false);
    {
        let slow = slow.clone();
        use_effect_with((), move |()| {
            let timer = gloo::timers::callback::Timeout::new(10_000, move || slow.set(true));
            move || drop(timer)
        });
    }
    let outline = match props.waiting {
        Waiting::Rows(count) => html! {
            <div class="rows">
                { for (0..count).map(|_| html! {
                    <div class="row"><div class="skeleton sk-line-long"></div><div class="skeleton sk-line-short"></div></div>
                }) }
            </div>
        },
        Waiting::Card => html! {
            <div class="panel">
                <div class="skeleton sk-title"></div>
                <div class="skeleton sk-line-long"></div>
                <div class="skeleton sk-line-short"></div>
            </div>
        },
        Waiting::Text => html! {
            <div class="sk-text">
                <div class="skeleton sk-title"></div>
                <div class="skeleton sk-line-long"></div>
                <div class="skeleton sk-line-long"></div>
                <div class="skeleton sk-line-short"></div>
            </div>
        },
    };
    html! {
        <div aria-busy="true">
            <span class="sr-only" role="status">{ t.text("loading") }</span>
            if *slow {
                <div class="note tone-info" role="status">
                    <Icon name="clock" />
                    <div class="note-body">
                        <p>{ t.text("loading-slow") }</p>
                        if let Some(retry) = &props.retry {
                            <Button on_press={retry.reform(|_: MouseEvent| ())}>{ t.text("try-again") }</Button>
                        }
                    </div>
                </div>
            }
            { outline }
        </div>
    }
}

/// What an [`Empty`] takes.
#[derive(Properties, PartialEq)]
pub struct EmptyProps {
    /// A picture of what would be here.
    #[prop_or("inbox")]
    pub icon: &'static str,
    /// What is not here.
    pub title: AttrValue,
    /// Why, and what to do.
    #[prop_or_default]
    pub text: Option<AttrValue>,
    /// One way on.
    #[prop_or_default]
    pub children: Html,
}

/// A list with nothing in it: says why and what to do.
#[component]
pub fn Empty(props: &EmptyProps) -> Html {
    html! {
        <div class="empty">
            <Icon name={props.icon} class="empty-icon" />
            <p class="font-semibold">{ props.title.clone() }</p>
            if let Some(text) = &props.text {
                <p class="muted">{ text }</p>
            }
            { props.children.clone() }
        </div>
    }
}

/// What a [`ProblemView`] takes.
#[derive(Properties, PartialEq)]
pub struct ProblemViewProps {
    /// What went wrong.
    pub failure: Failure,
    /// Tries again.
    #[prop_or_default]
    pub retry: Option<Callback<()>>,
}

/// What went wrong, in words, with the id to quote and a way on.
#[component]
pub fn ProblemView(props: &ProblemViewProps) -> Html {
    let t = use_text();
    let (title, detail, id, faults) = match &props.failure {
        Failure::Offline => (
            t.text("problem-offline"),
            Some(t.text("problem-offline-detail")),
            None,
            vec![],
        ),
        Failure::Unreadable => (
            t.text("problem-unreadable"),
            Some(t.text("problem-unreadable-detail")),
            None,
            vec![],
        ),
        Failure::Problem(problem) => (
            if problem.title.is_empty() {
                t.text("problem-unreadable")
            } else {
                problem.title.clone().into()
            },
            problem.detail.clone().map(AttrValue::from),
            Some(problem.instance.clone()),
            problem.errors.clone(),
        ),
    };
    html! {
        <div class="note tone-bad" role="alert">
            <Icon name="circle-alert" />
            <div class="note-body">
                <p class="font-semibold">{ title }</p>
                if let Some(detail) = detail {
                    <p>{ detail }</p>
                }
                if !faults.is_empty() {
                    <ul>{ for faults.iter().map(|fault| html! { <li>{ &fault.message }</li> }) }</ul>
                }
                if let Some(id) = id {
                    <p class="small">{ t.msg("problem-id", args!(id = id)) }</p>
                }
                <Contacts />
                if let Some(retry) = &props.retry {
                    <Button icon="refresh-cw" on_press={retry.reform(|_: MouseEvent| ())}>{ t.text("try-again") }</Button>
                }
            </div>
        </div>
    }
}

/// Whom to ask for help, as the portal says.
#[component]
pub fn Contacts() -> Html {
    let look = use_look();
    let contacts = look.support_contacts();
    if contacts.is_empty() {
        return Html::default();
    }
    let line = |contact: &SupportContact| {
        let phone = contact.phone.as_ref().map(|phone| {
            let address: String = phone
                .chars()
                .filter(|c| c.is_ascii_digit() || *c == '+')
                .collect();
            html! { <>{ " · " }<a class="link" href={format!("tel:{address}")}>{ phone }</a></> }
        });
        let email = contact.email.as_ref().map(|email| {
            html! { <>{ " · " }<a class="link" href={format!("mailto:{email}")}>{ email }</a></> }
        });
        let hours = contact.hours.as_ref().map(|hours| format!(" · {hours}"));
        html! { <p class="small">{ &contact.label }{ phone }{ email }{ hours }</p> }
    };
    html! { <>{ for contacts.iter().map(line) }</> }
}
