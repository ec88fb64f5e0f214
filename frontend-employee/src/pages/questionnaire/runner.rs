//! The questions, screen by screen.

use super::check::Check;
use super::draft::{Draft, use_draft};
use super::item::{Question, fault};
use super::screens::{Screen, place, screens};
use super::{Opened, language_of};
use crate::routes::Route;
use gloo::events::EventListener;
use salus_types::ids::AssignmentId;
use salus_types::questionnaires::Response;
use salus_types::questionnaires::engine::{Kind, Outcome, Shown, shown};
use salus_ui::hooks::{use_effect_with, use_mut_ref, use_state};
use salus_ui::{
    Button, DateStyle, Dialog, ErrorSummary, Failure, Fault, Icon, Look, Page, ProblemView, Text,
    args, use_text,
};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;
use yew_router::prelude::*;

/// The place of the check, beside the names of questions.
const CHECK: &str = "check";
/// Narrower windows show one question at a time.
const NARROW: &str = "(max-width: 639px)";

#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
struct At {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

#[derive(Properties)]
pub(super) struct RunnerProps {
    pub(super) assignment: AssignmentId,
    pub(super) opened: Rc<Opened>,
    /// The clinic has the answers.
    pub(super) on_sent: Callback<Response>,
}

impl PartialEq for RunnerProps {
    fn eq(&self, other: &Self) -> bool {
        self.assignment == other.assignment && Rc::ptr_eq(&self.opened, &other.opened)
    }
}

/// The questions, then the check.
#[component]
pub(super) fn Runner(props: &RunnerProps) -> Html {
    let t = use_text();
    let opened = props.opened.clone();
    let form = &opened.form;
    let languages = &form.content().languages;
    let language = language_of(&t, languages).unwrap_or(opened.response.language.clone());
    let response = use_memo(opened.response.id, {
        let opened = opened.clone();
        move |_| opened.response.clone()
    });
    let draft = use_draft(&response, &opened.waiting, Some(language.clone()));
    let narrow = use_narrow();
    let faults = use_state(Vec::<Fault>::new);
    let navigator = use_navigator();
    let at = use_location()
        .and_then(|location| location.query::<At>().ok())
        .and_then(|query| query.at);
    let steps = use_mut_ref(|| 0_u32);
    {
        // The browser's own back and forward lead to screens without faults.
        let faults = faults.clone();
        use_effect_with(at.clone(), move |_| {
            if !faults.is_empty() {
                faults.set(Vec::new());
            }
        });
    }

    let entries = draft.entries();
    let outcome = form.evaluate(&entries, &opened.response.context.at(draft.today()));
    let screens = screens(form, &outcome, narrow);
    // Where the person goes on is settled once: answering a question must not move the screen.
    let first = use_memo((), |()| {
        let open = first_open(&screens, &outcome);
        screens
            .get(open)
            .map_or_else(String::new, |screen| screen.key().to_owned())
    });
    let route = Route::Questionnaire {
        id: props.assignment,
    };
    let go = {
        let (navigator, faults, draft, steps) = (
            navigator.clone(),
            faults.clone(),
            draft.clone(),
            steps.clone(),
        );
        Callback::from(move |at: String| {
            faults.set(Vec::new());
            draft.save();
            *steps.borrow_mut() += 1;
            if let Some(navigator) = &navigator {
                let _ = navigator.push_with_query(&route, &At { at: Some(at) });
            }
        })
    };
    let conflict = conflict_dialog(&t, &opened, &draft, &language);
    if at.as_deref() == Some(CHECK) {
        let on_change = go.clone();
        return html! {
            <>
                <Check key="check" opened={opened.clone()} draft={draft.clone()} {language} entries={Rc::new(entries)}
                    outcome={Rc::new(outcome)} {on_change} on_sent={props.on_sent.clone()} />
                { conflict }
            </>
        };
    }
    let current = place(&screens, at.as_deref().unwrap_or(&first));
    let Some(screen) = screens.get(current).cloned() else {
        return Html::default();
    };
    let forward = {
        let (go, faults, t, language) = (go.clone(), faults.clone(), t.clone(), language.clone());
        let next = screens
            .get(current + 1)
            .map_or(CHECK, Screen::key)
            .to_owned();
        let wrong = wrong_here(&screen, &outcome);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let found: Vec<Fault> = wrong
                .iter()
                .map(|error| Fault {
                    name: AttrValue::from(error.link_id.clone()),
                    message: fault(&t, error, &language),
                })
                .collect();
            if found.is_empty() {
                go.emit(next.clone());
            } else {
                faults.set(found);
            }
        })
    };
    let backward = {
        let (go, steps) = (go.clone(), steps.clone());
        let before = current
            .checked_sub(1)
            .and_then(|before| screens.get(before))
            .map(|screen| screen.key().to_owned());
        let navigator = navigator.clone();
        Callback::from(move |_: MouseEvent| {
            let stepped = *steps.borrow() > 0;
            match (&before, &navigator) {
                (_, Some(navigator)) if stepped => {
                    *steps.borrow_mut() -= 1;
                    navigator.back();
                }
                (Some(before), _) => go.emit(before.clone()),
                (None, Some(navigator)) => navigator.push(&Route::Questionnaires),
                (None, None) => {}
            }
        })
    };
    let words = |link_id: &str| {
        let text = form
            .item(link_id)
            .map(|item| item.text.in_language(&language));
        AttrValue::from(text.unwrap_or_default().to_owned())
    };
    let page = screen.page.as_deref().map(words);
    let title = match (narrow, &page) {
        (true, _) => words(screen.key()),
        (false, Some(page)) => page.clone(),
        (false, None) => AttrValue::from(opened.title.in_language(&language).to_owned()),
    };
    let progress = if narrow {
        "questionnaires-progress"
    } else {
        "questionnaires-progress-page"
    };
    let lead = t.msg(progress, args!(number = current + 1, count = screens.len()));
    let name = opened.title.in_language(&language).to_owned();
    let back = html! {
        <button type="button" class="back" onclick={backward}>
            <Icon name="arrow-left" />{ t.text("back") }
        </button>
    };
    let questions = questions(&t, &opened, &screen, &draft, &outcome, &faults, &language);
    // On a phone the heading is the question, so its label is for screen readers only.
    let alone = if narrow {
        "form stack [&_.field-label]:sr-only"
    } else {
        "form stack"
    };
    html! {
        <>
            <Page key={screen.key().to_owned()} {title} {lead} {back} narrow=true>
                <p class="muted small">{ name }</p>
                <ErrorSummary faults={(*faults).clone()} />
                <form class={alone} onsubmit={forward} novalidate=true>
                    { questions }
                    <div class="button-row">
                        <Button look={Look::Primary} wide=true submit=true>{ t.text("continue") }</Button>
                    </div>
                </form>
                <Saving draft={draft.clone()} />
            </Page>
            { conflict }
        </>
    }
}

/// The first screen with an unanswered question.
fn first_open(screens: &[Screen], outcome: &Outcome) -> usize {
    let open = |link_id: &String| {
        let state = outcome.item(link_id);
        state.is_some_and(|state| state.required && state.value.is_none())
    };
    screens
        .iter()
        .position(|screen| screen.items.iter().any(open))
        .unwrap_or_default()
}

fn wrong_here(
    screen: &Screen,
    outcome: &Outcome,
) -> Vec<salus_types::questionnaires::engine::AnswerError> {
    let here = |link_id: &String| outcome.error(link_id).cloned();
    screen.items.iter().filter_map(here).collect()
}

fn questions(
    t: &Text,
    opened: &Rc<Opened>,
    screen: &Screen,
    draft: &Draft,
    outcome: &Outcome,
    faults: &[Fault],
    language: &str,
) -> Vec<Html> {
    let form = &opened.form;
    let entries = draft.entries();
    let mut section = None;
    let mut drawn = Vec::new();
    for link_id in &screen.items {
        let Some(item) = form.item(link_id) else {
            continue;
        };
        let parent = form
            .parent(link_id)
            .filter(|parent| parent.kind == Kind::Section);
        let heading = parent.map(|parent| parent.link_id.clone());
        if let Some(parent) = parent.filter(|_| heading != section) {
            let title = parent.text.in_language(language).to_owned();
            drawn.push(html! { <h2 class="h2" key={parent.link_id.clone()}>{ title }</h2> });
        }
        section = heading;
        // A fault is shown from the first try to go on until the answer is right.
        let tried = faults.iter().any(|fault| fault.name == link_id.as_str());
        let error = outcome
            .error(link_id)
            .filter(|_| tried)
            .map(|error| fault(t, error, language));
        let required = outcome.item(link_id).is_some_and(|state| state.required);
        let on_change = {
            let (draft, link_id) = (draft.clone(), link_id.clone());
            Callback::from(move |value| draft.set(&link_id, value))
        };
        let on_leave = {
            let draft = draft.clone();
            Callback::from(move |()| draft.save())
        };
        drawn.push(html! {
            <Question key={link_id.clone()} item={item.clone()} entry={entries.get(link_id).cloned()}
                {required} {error} language={language.to_owned()} {on_change} {on_leave} />
        });
    }
    drawn
}

#[derive(Properties)]
pub(super) struct SavingProps {
    pub(super) draft: Draft,
}

impl PartialEq for SavingProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// Whether the answers are saved.
#[component]
pub(super) fn Saving(props: &SavingProps) -> Html {
    let t = use_text();
    let draft = &props.draft;
    let retry = {
        let draft = draft.clone();
        Callback::from(move |()| draft.save())
    };
    let words = match draft.failure() {
        Some(Failure::Offline) => t.text("questionnaires-offline"),
        Some(failure) => {
            return html! {
                <div class="stack">
                    <p>{ t.text("questionnaires-save-failed") }</p>
                    <ProblemView {failure} {retry} />
                </div>
            };
        }
        None if !draft.is_saved() => t.text("questionnaires-saving"),
        None => match draft.saved_at() {
            Some(at) => {
                let time = t.clock_time(at);
                t.msg("questionnaires-saved", args!(time = time.as_str()))
            }
            None => AttrValue::default(),
        },
    };
    html! { <p class="muted small numbers" role="status">{ words }</p> }
}

fn conflict_dialog(t: &Text, opened: &Rc<Opened>, draft: &Draft, language: &str) -> Html {
    let Some(conflict) = draft.conflict() else {
        return Html::default();
    };
    let link_id = conflict.path.trim_start_matches("/answers/");
    let item = opened.form.item(link_id);
    let question = item.map_or("", |item| item.text.in_language(language));
    let answer = |entry: &Option<salus_types::questionnaires::engine::Entry>| {
        let shown = item
            .zip(entry.as_ref())
            .and_then(|(item, entry)| shown(item, entry, language));
        in_words(t, shown)
    };
    let settle = |mine: bool| {
        let draft = draft.clone();
        Callback::from(move |_: MouseEvent| draft.settle(mine))
    };
    let side = |title: &str, entry, mine: bool| {
        html! {
            <div class="stack">
                <h3 class="h3">{ t.text(title) }</h3>
                <p>{ answer(entry) }</p>
                <Button on_press={settle(mine)}>{ t.text("questionnaires-conflict-keep") }</Button>
            </div>
        }
    };
    let on_close = {
        let draft = draft.clone();
        Callback::from(move |()| draft.settle(false))
    };
    html! {
        <Dialog open=true title={t.msg("questionnaires-conflict", args!(question = question))} {on_close}>
            <p>{ t.text("questionnaires-conflict-text") }</p>
            <div class="grid gap-4 sm:grid-cols-2">
                { side("questionnaires-conflict-yours", &conflict.yours, true) }
                { side("questionnaires-conflict-saved", &conflict.saved, false) }
            </div>
        </Dialog>
    }
}

/// An answer in the reader's words.
pub(super) fn in_words(t: &Text, shown: Option<Shown>) -> AttrValue {
    match shown {
        None => t.text("questionnaires-blank-answer"),
        Some(Shown::Bool(true)) => t.text("yes"),
        Some(Shown::Bool(false)) => t.text("no"),
        Some(Shown::Date(date)) => t.date(date, DateStyle::Medium),
        Some(Shown::Texts(texts)) => AttrValue::from(texts.join(", ")),
    }
}

/// Whether the window is a phone's.
#[hook]
fn use_narrow() -> bool {
    let matches = || {
        let found = gloo::utils::window().match_media(NARROW).ok().flatten();
        found.is_some_and(|media| media.matches())
    };
    let narrow = use_state(matches);
    {
        let narrow = narrow.clone();
        use_effect_with((), move |()| {
            let listener = EventListener::new(&gloo::utils::window(), "resize", move |_| {
                narrow.set(matches());
            });
            move || drop(listener)
        });
    }
    *narrow
}
