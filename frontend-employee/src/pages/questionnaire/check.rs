//! Checking the answers and sending them.

use super::Opened;
use super::draft::Draft;
use super::item::fault;
use super::runner::{Saving, in_words};
use salus_types::questionnaires::engine::{Answers, Kind, Outcome, shown};
use salus_types::questionnaires::{Response, SubmitResponse};
use salus_ui::hooks::{use_effect_with, use_state};
use salus_ui::{Button, Card, Dialog, Failure, Look, Note, Page, Tone, args, use_action, use_text};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
pub(super) struct CheckProps {
    pub(super) opened: Rc<Opened>,
    pub(super) draft: Draft,
    pub(super) language: String,
    pub(super) entries: Rc<Answers>,
    pub(super) outcome: Rc<Outcome>,
    /// The person wants to change an answer.
    pub(super) on_change: Callback<String>,
    pub(super) on_sent: Callback<Response>,
}

impl PartialEq for CheckProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// All answers with their questions, what is wrong, and the button that sends them.
#[component]
pub(super) fn Check(props: &CheckProps) -> Html {
    let t = use_text();
    let asking = use_state(|| false);
    let (form, outcome, language) = (&props.opened.form, &props.outcome, &props.language);
    let send = {
        let on_sent = props.on_sent.clone();
        use_action(
            |client, (id, command): (_, SubmitResponse)| client.submit_my_response(id, &command),
            move |response: Response| on_sent.emit(response),
        )
    };
    {
        let draft = props.draft.clone();
        use_effect_with(send.failure.clone(), move |failure| {
            let Some(Failure::Problem(problem)) = failure else {
                return;
            };
            let today = problem.more.get("today").and_then(|day| day.as_str());
            if let Some(today) = today.and_then(|day| day.parse().ok()) {
                draft.turn_to(today);
            }
        });
    }
    let visible: Answers = props
        .entries
        .iter()
        .filter(|(link_id, entry)| outcome.shows(link_id) && !entry.is_blank())
        .map(|(link_id, entry)| (link_id.clone(), entry.clone()))
        .collect();
    let blank = outcome
        .items
        .iter()
        .filter(|state| state.recommended && !visible.contains_key(&state.link_id))
        .count();
    let submit = {
        let (response, today) = (props.opened.response.clone(), props.draft.today());
        let (run, answers) = (send.run.clone(), visible);
        Callback::from(move |leave_blank: bool| {
            let command = SubmitResponse {
                person_id: response.person_id,
                version: response.version,
                today,
                answers: answers.clone(),
                leave_blank,
            };
            run.emit((response.id, command));
        })
    };
    let press = {
        let (submit, asking, draft) = (submit.clone(), asking.clone(), props.draft.clone());
        Callback::from(move |_: MouseEvent| {
            if !draft.is_saved() {
                draft.save();
            } else if blank > 0 {
                asking.set(true);
            } else {
                submit.emit(false);
            }
        })
    };
    let close = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(false))
    };
    let anyway = {
        let (submit, asking) = (submit, asking.clone());
        Callback::from(move |_: MouseEvent| {
            asking.set(false);
            submit.emit(true);
        })
    };
    let saving = !props.draft.is_saved() && props.draft.failure().is_none();
    let told = |link_id: &str| {
        let pointer = format!("/answers/{link_id}");
        let said = send
            .failure
            .as_ref()
            .and_then(|failure| failure.field(&pointer));
        match outcome.error(link_id) {
            Some(error) => Some(fault(&t, error, language)),
            None => said.map(|said| AttrValue::from(said.to_owned())),
        }
    };
    let line = |link_id: &str| {
        let item = form.item(link_id)?;
        let answer = props.entries.get(link_id);
        let words = answer.and_then(|entry| shown(item, entry, language));
        let is_blank = words.is_none();
        let change = {
            let link_id = link_id.to_owned();
            props.on_change.reform(move |_: MouseEvent| link_id.clone())
        };
        let question = item.text.in_language(language).to_owned();
        let label = format!("{} {question}", t.text("change"));
        let answered = if is_blank {
            t.text("questionnaires-not-answered")
        } else {
            in_words(&t, words)
        };
        Some(html! {
            <div class="fact" key={link_id.to_owned()}>
                <dt lang={language.clone()}>{ question }</dt>
                <dd class="flex items-start justify-between gap-4">
                    <span>
                        <span class={classes!("whitespace-pre-line", is_blank.then_some("muted"))}>{ answered }</span>
                        if let Some(told) = told(link_id) {
                            <span class="field-error">{ told }</span>
                        }
                    </span>
                    <Button look={Look::Quiet} {label} on_press={change}>{ t.text("change") }</Button>
                </dd>
            </div>
        })
    };
    let mut groups: Vec<(Option<String>, Vec<Html>)> = Vec::new();
    for item in form.items() {
        if item.kind == Kind::Display || !item.kind.is_answerable() || !outcome.shows(&item.link_id)
        {
            continue;
        }
        let page = form.page_of(&item.link_id).map(str::to_owned);
        if groups.last().is_none_or(|(known, _)| *known != page) {
            groups.push((page, Vec::new()));
        }
        if let (Some((_, lines)), Some(drawn)) = (groups.last_mut(), line(&item.link_id)) {
            lines.push(drawn);
        }
    }
    let group = |(page, lines): (Option<String>, Vec<Html>)| {
        let item = page.as_deref().and_then(|page| form.item(page));
        let title = item.map(|item| AttrValue::from(item.text.in_language(language).to_owned()));
        html! { <Card {title}><dl class="facts">{ lines }</dl></Card> }
    };
    let problem = match &send.failure {
        Some(Failure::Problem(problem)) if !problem.errors.is_empty() => html! {
            <Note tone={Tone::Bad} title={problem.title.clone()}>{ problem.detail.clone() }</Note>
        },
        _ => send.problem(),
    };
    let actions = html! {
        <>
            <Button on_press={close.reform(|_| ())}>{ t.text("questionnaires-go-back") }</Button>
            <Button look={Look::Primary} on_press={anyway}>{ t.text("questionnaires-send-anyway") }</Button>
        </>
    };
    html! {
        <Page title={t.text("questionnaires-check")} lead={t.text("questionnaires-check-lead")} narrow=true>
            <div class="stack">
                { problem }
                { for groups.into_iter().map(group) }
                <div class="button-row">
                    <Button look={Look::Primary} wide=true busy={send.pending || saving} on_press={press}>
                        { t.text("questionnaires-send") }
                    </Button>
                </div>
                <Saving draft={props.draft.clone()} />
            </div>
            <Dialog open={*asking} title={t.msg("questionnaires-blank", args!(count = blank))} on_close={close} {actions}>
                <p>{ t.text("questionnaires-blank-text") }</p>
            </Dialog>
        </Page>
    }
}
