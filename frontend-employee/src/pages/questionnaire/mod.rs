//! Answering one questionnaire: what it is for, its questions, checking, sending.

mod check;
mod draft;
mod item;
mod runner;
mod screens;
mod start;
pub(crate) mod unsent;

use crate::routes::Route;
use draft::Unsaved;
use runner::Runner;
use salus_client::{Client, Error};
use salus_types::ids::AssignmentId;
use salus_types::questionnaires::engine::{Form, Words};
use salus_types::questionnaires::{
    AssignmentState, QuestionnaireAssignment, Response, ResponseState, StartResponse,
};
use salus_ui::hooks::use_state;
use salus_ui::{
    Back, Empty, Facts, Note, Page, Tone, Waiting, use_action, use_query, use_session, use_text,
};
use start::Start;
use std::rc::Rc;
use yew::prelude::*;
use yew_router::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct QuestionnaireProps {
    /// Which assignment.
    pub(crate) id: AssignmentId,
}

/// A draft with the form it answers.
pub(crate) struct Opened {
    pub(crate) response: Response,
    pub(crate) form: Form,
    pub(crate) title: Words,
    /// Answers that an earlier page could not save.
    waiting: Vec<Unsaved>,
}

/// Answering one questionnaire.
#[component]
pub(crate) fn Questionnaire(props: &QuestionnaireProps) -> Html {
    let t = use_text();
    let id = props.id;
    let assignments = use_query((), |client, ()| client.list_my_questionnaire_assignments());
    let session = use_session();
    let account = session.signed().map(|signed| signed.account_id.to_string());
    let account = account.unwrap_or_default();
    let opened = use_state(|| None::<Rc<Opened>>);
    let sent = use_state(|| None::<Rc<Response>>);
    let navigator = use_navigator();
    let begin = {
        let opened = opened.clone();
        use_action(open, move |answer: Opened| {
            opened.set(Some(Rc::new(answer)))
        })
    };
    if let Some(response) = &*sent {
        return html! { <Done response={response.clone()} /> };
    }
    if let Some(opened) = &*opened {
        let on_sent = {
            let sent = sent.clone();
            Callback::from(move |response: Response| {
                if let Some(navigator) = &navigator {
                    navigator.replace(&Route::Questionnaire { id });
                }
                sent.set(Some(Rc::new(response)));
            })
        };
        return html! { <Runner assignment={id} opened={opened.clone()} {on_sent} /> };
    }
    let back = html! { <Back<Route> to={Route::Questionnaires}>{ t.text("questionnaires-title") }</Back<Route>> };
    assignments.show(Waiting::Card, |found| {
        match found.items.iter().find(|one| one.id == id) {
            Some(one) if one.state == AssignmentState::Submitted => {
                html! { <Sent assignment={Rc::new(one.clone())} /> }
            }
            Some(one) => {
                let language = language_of(&t, &one.languages);
                let command = (account.clone(), id, language);
                let on_start = begin.run.reform(move |_: ()| command.clone());
                let on_fresh = {
                    let refetch = assignments.refetch.clone();
                    Callback::from(move |()| refetch.emit(()))
                };
                html! {
                    <Start assignment={Rc::new(one.clone())} {on_start} {on_fresh}
                        busy={begin.pending} problem={begin.problem()} />
                }
            }
            None => html! {
                <Page title={t.text("questionnaires-title")} {back}>
                    <Empty icon="clipboard-check" title={t.text("questionnaires-none")}
                        text={t.text("questionnaires-none-text")} />
                </Page>
            },
        }
    })
}

/// Begins or takes up the draft, and fetches what it asks.
async fn open(
    client: Client,
    (account, assignment_id, language): (String, AssignmentId, Option<String>),
) -> Result<Opened, Error> {
    let command = StartResponse {
        assignment_id,
        language,
    };
    let key = salus_client::new_key();
    let response = client.start_my_response(&key, &command).await?.value;
    let version = client
        .get_my_questionnaire_version(response.version_id)
        .await?;
    let form = Form::published(&version.content).map_err(|_| Error::Unreadable)?;
    let waiting = unsent::read(&account, response.id).await;
    Ok(Opened {
        response,
        form,
        title: version.title,
        waiting,
    })
}

/// The reader's language when the questions are offered in it.
pub(crate) fn language_of(t: &salus_ui::Text, offered: &[String]) -> Option<String> {
    let code = t.locale().split('-').next().unwrap_or_default().to_owned();
    offered.contains(&code).then_some(code)
}

#[derive(Properties, PartialEq)]
struct SentProps {
    assignment: Rc<QuestionnaireAssignment>,
}

/// A questionnaire that was sent before.
#[component]
fn Sent(props: &SentProps) -> Html {
    let response = use_query(props.assignment.response_id, |client, id| async move {
        match id {
            Some(id) => client.get_my_response(id).await.map(|found| found.value),
            None => Err(Error::Unreadable),
        }
    });
    response.show(Waiting::Card, |found| {
        html! { <Done response={Rc::new(found.clone())} /> }
    })
}

#[derive(Properties, PartialEq)]
struct DoneProps {
    response: Rc<Response>,
}

/// Thanks, the receipt, and what happens next.
#[component]
fn Done(props: &DoneProps) -> Html {
    let t = use_text();
    let response = &props.response;
    let mut facts: Vec<(AttrValue, Html)> = Vec::new();
    if let Some(receipt) = &response.receipt {
        let number = html! { <span class="numbers">{ receipt }</span> };
        facts.push((t.text("questionnaires-receipt"), number));
    }
    if let Some(at) = response.submitted_at {
        facts.push((t.text("questionnaires-sent-at"), html! { t.stamp(at) }));
    }
    let title = match response.state {
        ResponseState::Submitted | ResponseState::Reviewed | ResponseState::Amended => {
            t.text("questionnaires-done-title")
        }
        _ => t.text("questionnaires-title"),
    };
    let back = html! { <Back<Route> to={Route::Questionnaires}>{ t.text("questionnaires-title") }</Back<Route>> };
    html! {
        <Page key="done" {title} {back} narrow=true>
            <div class="stack">
                <Note tone={Tone::Good} title={t.text("questionnaires-thanks")}>
                    <p>{ t.text("questionnaires-done-text") }</p>
                </Note>
                <Facts {facts} />
            </div>
        </Page>
    }
}
