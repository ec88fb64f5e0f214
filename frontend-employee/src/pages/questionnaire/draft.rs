//! The answers in this browser: saved a moment after each change, kept while there is no
//! connection, merged with those of other devices. What is not saved yet is kept by
//! [`salus_ui::kept`], and [`super::unsent`] sends it when its page is not open.

use super::unsent;
use chrono::{DateTime, NaiveDate, Utc};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use salus_client::read_value;
use salus_types::ids::ResponseId;
use salus_types::questionnaires::engine::{Answers, Entry};
use salus_types::questionnaires::{
    AnswerConflict, AnswerOperation, DraftSaved, Response, SaveAnswers,
};
use salus_ui::hooks::use_effect_with;
use salus_ui::{Failure, Keeper, spawn, use_online, use_session};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// How long after the last change answers are saved.
const PAUSE_MS: u32 = 800;
/// How long after a failed save it is tried again.
const RETRY_MS: u32 = 10_000;
/// Operations in one request.
const BATCH: usize = 100;

/// A change that is not acknowledged yet. One that was sent may have arrived: it is never altered.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Unsaved {
    pub(super) operation: AnswerOperation,
    pub(super) sent: bool,
}

struct State {
    response: Rc<Response>,
    account: String,
    entries: Answers,
    versions: BTreeMap<String, i32>,
    waiting: Vec<Unsaved>,
    busy: bool,
    timer: Option<Timeout>,
    saved_at: Option<DateTime<Utc>>,
    failure: Option<Failure>,
    conflicts: Vec<AnswerConflict>,
    language: Option<String>,
    today: NaiveDate,
    /// Whether what is kept is being written, and whether it has changed since.
    keeping: bool,
    stale: bool,
}

/// A handle to the answers; cheap to clone.
#[derive(Clone)]
pub(super) struct Draft {
    state: Rc<RefCell<State>>,
    keeper: Rc<Keeper>,
    redraw: UseForceUpdateHandle,
}

/// Keeps the answers of a response while its page is open; `waiting` is what an earlier page could
/// not save.
#[hook]
pub(super) fn use_draft(
    response: &Rc<Response>,
    waiting: &[Unsaved],
    language: Option<String>,
) -> Draft {
    let session = use_session();
    let online = use_online();
    let redraw = use_force_update();
    let account = session
        .signed()
        .map(|signed| signed.account_id.to_string())
        .unwrap_or_default();
    let state = {
        let (response, waiting) = (response.clone(), waiting.to_vec());
        use_memo((), move |()| {
            Rc::new(RefCell::new(begin(response, waiting, account)))
        })
    };
    let draft = Draft {
        state: (*state).clone(),
        keeper: session.keeper.clone(),
        redraw,
    };
    draft.state.borrow_mut().language = language;
    {
        let draft = draft.clone();
        use_effect_with(online, move |online| {
            if *online {
                draft.save();
            }
        });
    }
    {
        let draft = draft.clone();
        use_effect_with((), move |()| {
            let listeners = listeners(&draft);
            let id = draft.state.borrow().response.id;
            unsent::open(Some(id));
            move || {
                draft.save();
                drop(listeners);
                unsent::open(None);
            }
        });
    }
    draft
}

fn begin(response: Rc<Response>, waiting: Vec<Unsaved>, account: String) -> State {
    let mut entries = response.entries();
    for waiting in &waiting {
        put(
            &mut entries,
            link_id(&waiting.operation),
            waiting.operation.value.clone(),
        );
    }
    let versions = response
        .answers
        .iter()
        .map(|(link_id, saved)| (link_id.clone(), saved.version))
        .collect();
    State {
        saved_at: (response.version > 1).then_some(response.saved_at),
        today: response.context.today,
        response,
        account,
        entries,
        versions,
        waiting,
        busy: false,
        timer: None,
        failure: None,
        conflicts: Vec::new(),
        language: None,
        keeping: false,
        stale: false,
    }
}

/// Leaving the tab saves at once; closing it with unsaved answers asks first.
fn listeners(draft: &Draft) -> [EventListener; 2] {
    let hidden = {
        let draft = draft.clone();
        EventListener::new(&gloo::utils::document(), "visibilitychange", move |_| {
            draft.save();
        })
    };
    let leaving = {
        let draft = draft.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(
            &gloo::utils::window(),
            "beforeunload",
            options,
            move |event| {
                if draft.state.borrow().waiting.is_empty() {
                    return;
                }
                event.prevent_default();
                if let Some(event) = event.dyn_ref::<web_sys::BeforeUnloadEvent>() {
                    event.set_return_value("unsaved");
                }
            },
        )
    };
    [hidden, leaving]
}

impl Draft {
    /// The answers as they stand here.
    pub(super) fn entries(&self) -> Answers {
        self.state.borrow().entries.clone()
    }

    /// Whether everything is saved.
    pub(super) fn is_saved(&self) -> bool {
        let state = self.state.borrow();
        state.waiting.is_empty() && !state.busy
    }

    /// The person's local date, as the server last said.
    pub(super) fn today(&self) -> NaiveDate {
        self.state.borrow().today
    }

    /// Midnight has passed: other questions may be asked.
    pub(super) fn turn_to(&self, today: NaiveDate) {
        self.state.borrow_mut().today = today;
        self.redraw.force_update();
    }

    /// The last acknowledged save.
    pub(super) fn saved_at(&self) -> Option<DateTime<Utc>> {
        self.state.borrow().saved_at
    }

    /// Why the last save did not succeed.
    pub(super) fn failure(&self) -> Option<Failure> {
        self.state.borrow().failure.clone()
    }

    /// The first answer that was also changed on another device.
    pub(super) fn conflict(&self) -> Option<AnswerConflict> {
        self.state.borrow().conflicts.first().cloned()
    }

    /// Changes an answer; it is saved a moment later.
    pub(super) fn set(&self, link_id: &str, value: Option<Entry>) {
        {
            let mut state = self.state.borrow_mut();
            put(&mut state.entries, link_id, value.clone());
            let unsent = state
                .waiting
                .iter_mut()
                .find(|waiting| !waiting.sent && self::link_id(&waiting.operation) == link_id);
            match unsent {
                Some(waiting) => waiting.operation.value = value,
                None => {
                    let base = state.versions.get(link_id).copied().unwrap_or_default();
                    state.waiting.push(Unsaved {
                        operation: AnswerOperation {
                            op_id: Uuid::new_v4(),
                            path: format!("/answers/{link_id}"),
                            value,
                            base,
                        },
                        sent: false,
                    });
                }
            }
        }
        self.keep();
        self.later(PAUSE_MS);
        self.redraw.force_update();
    }

    /// Settles a conflict: `mine` replaces what the other device said, else that stays.
    pub(super) fn settle(&self, mine: bool) {
        let conflict = {
            let mut state = self.state.borrow_mut();
            if state.conflicts.is_empty() {
                return;
            }
            state.conflicts.remove(0)
        };
        let link_id = conflict.path.trim_start_matches("/answers/").to_owned();
        if mine {
            self.set(&link_id, conflict.yours);
        } else {
            put(
                &mut self.state.borrow_mut().entries,
                &link_id,
                conflict.saved,
            );
            self.redraw.force_update();
        }
    }

    fn later(&self, pause: u32) {
        let draft = self.clone();
        let timer = Timeout::new(pause, move || draft.save());
        // Replacing the timer cancels the one before.
        self.state.borrow_mut().timer = Some(timer);
    }

    /// Saves what is not saved yet, now.
    pub(super) fn save(&self) {
        let (id, command) = {
            let mut state = self.state.borrow_mut();
            if state.busy || state.waiting.is_empty() {
                return;
            }
            state.busy = true;
            state.timer = None;
            for waiting in state.waiting.iter_mut().take(BATCH) {
                waiting.sent = true;
            }
            let operations = state.waiting.iter().take(BATCH);
            let language = state.language.clone();
            let command = SaveAnswers {
                operations: operations.map(|w| w.operation.clone()).collect(),
                language: language.filter(|language| *language != state.response.language),
            };
            (state.response.id, command)
        };
        self.keep();
        self.redraw.force_update();
        let draft = self.clone();
        spawn(async move {
            let sent: Vec<Uuid> = command.operations.iter().map(|o| o.op_id).collect();
            let ask = move |client: salus_client::Client| {
                let command = command.clone();
                client.save_my_answers(id, &command)
            };
            let answer = draft.keeper.clone().call(false, ask).await;
            draft.heard(&sent, answer);
        });
    }

    fn heard(&self, sent: &[Uuid], answer: Result<DraftSaved, Failure>) {
        let again = {
            let mut state = self.state.borrow_mut();
            state.busy = false;
            state.failure = None;
            match answer {
                Ok(saved) => state.acknowledge(sent, &saved),
                Err(Failure::Problem(problem)) if problem.more.contains_key("saved") => {
                    let told = |name: &str| problem.more.get(name);
                    let saved: Option<DraftSaved> = told("saved").and_then(read_value);
                    if let Some(saved) = saved {
                        state.acknowledge(sent, &saved);
                    }
                    let conflicts: Vec<AnswerConflict> =
                        told("conflicts").and_then(read_value).unwrap_or_default();
                    for conflict in conflicts {
                        let link_id = conflict.path.trim_start_matches("/answers/").to_owned();
                        state.versions.insert(link_id, conflict.version);
                        state.conflicts.push(conflict);
                    }
                }
                Err(failure) => state.failure = Some(failure),
            }
            let busy = state.failure.as_ref().and_then(Failure::busy_for);
            match (&state.failure, state.waiting.is_empty()) {
                (Some(Failure::Offline), _) => Some(RETRY_MS),
                (Some(_), _) if busy.is_some() => Some(RETRY_MS),
                (None, false) => Some(PAUSE_MS),
                _ => None,
            }
        };
        self.keep();
        if let Some(pause) = again {
            self.later(pause);
        }
        self.redraw.force_update();
    }

    /// Keeps what is not saved, as it is now. One writer at a time, so that nothing older comes
    /// last.
    fn keep(&self) {
        let begun = {
            let mut state = self.state.borrow_mut();
            state.stale = true;
            std::mem::replace(&mut state.keeping, true)
        };
        if begun {
            return;
        }
        let draft = self.clone();
        spawn(async move {
            while let Some((account, id, waiting)) = draft.to_keep() {
                unsent::keep(&account, id, &waiting).await;
            }
        });
    }

    fn to_keep(&self) -> Option<(String, ResponseId, Vec<Unsaved>)> {
        let mut state = self.state.borrow_mut();
        // Signing out erases what is kept, and a page that closes after it must not keep it again.
        let is_mine = self.keeper.account() == state.account;
        state.keeping = std::mem::replace(&mut state.stale, false) && is_mine;
        let id = state.response.id;
        state
            .keeping
            .then(|| (state.account.clone(), id, state.waiting.clone()))
    }
}

impl State {
    fn acknowledge(&mut self, sent: &[Uuid], saved: &DraftSaved) {
        self.waiting
            .retain(|waiting| !sent.contains(&waiting.operation.op_id));
        for (link_id, version) in &saved.answers {
            self.versions.insert(link_id.clone(), *version);
        }
        for waiting in &mut self.waiting {
            if let Some(version) = saved.answers.get(link_id(&waiting.operation)) {
                waiting.operation.base = *version;
            }
        }
        self.saved_at = Some(saved.saved_at);
        self.today = saved.today;
    }
}

fn link_id(operation: &AnswerOperation) -> &str {
    operation.path.trim_start_matches("/answers/")
}

fn put(entries: &mut Answers, link_id: &str, value: Option<Entry>) {
    match value {
        Some(value) => entries.insert(link_id.to_owned(), value),
        None => entries.remove(link_id),
    };
}
