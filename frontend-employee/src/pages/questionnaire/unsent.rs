//! Answers that are not saved yet, kept in this browser and sent when there is a connection again,
//! whatever page is open.

use super::draft::Unsaved;
use salus_client::Client;
use salus_types::ids::ResponseId;
use salus_types::questionnaires::{AnswerConflict, SaveAnswers};
use salus_ui::hooks::use_effect_with;
use salus_ui::{Failure, Keeper, kept, spawn, use_online, use_session};
use std::cell::Cell;
use std::rc::Rc;
use uuid::Uuid;
use yew::prelude::*;

/// Before the response's id in the name its answers are kept under.
const NAME: &str = "answers-";
/// What the server says of a response that takes no more answers.
const GONE: [&str; 3] = ["not-found", "already-submitted", "wrong-state"];
/// Operations in one request.
const BATCH: usize = 100;

thread_local! {
    /// The response whose page is open: that page sends its answers itself.
    static OPEN: Cell<Option<ResponseId>> = const { Cell::new(None) };
}

/// Says which response's page is open.
pub(super) fn open(id: Option<ResponseId>) {
    OPEN.set(id);
}

/// Keeps what is not saved of a response; nothing is kept when everything is.
pub(super) async fn keep(account: &str, id: ResponseId, waiting: &[Unsaved]) {
    let name = format!("{NAME}{id}");
    match serde_json::to_value(waiting) {
        Ok(all) if !waiting.is_empty() => kept::keep(account, &name, &all.to_string()).await,
        _ => kept::forget(account, &name).await,
    }
}

/// What is kept of a response.
pub(super) async fn read(account: &str, id: ResponseId) -> Vec<Unsaved> {
    let text = kept::read(account, &format!("{NAME}{id}")).await;
    let waiting = text.and_then(|text| salus_client::read(text.as_bytes()));
    waiting.unwrap_or_default()
}

/// Sends what is kept as soon as somebody is signed in and there is a connection.
#[component]
pub(crate) fn Unsent() -> Html {
    let session = use_session();
    let online = use_online();
    let account = session.signed().map(|signed| signed.account_id.to_string());
    let keeper = session.keeper.clone();
    use_effect_with((account, online), move |(account, online)| {
        if let (Some(account), true) = (account.clone(), *online) {
            spawn(send_all(keeper, account));
        }
    });
    Html::default()
}

async fn send_all(keeper: Rc<Keeper>, account: String) {
    for name in kept::list(&account).await {
        let id = name.strip_prefix(NAME).and_then(|id| id.parse().ok());
        let Some(id) = id.map(ResponseId) else {
            continue;
        };
        let waiting = read(&account, id).await;
        if OPEN.get() != Some(id) && !send(&keeper, &account, id, waiting).await {
            return;
        }
    }
}

/// Sends what is kept of a response; answers whether going on makes sense. What another device
/// changed meanwhile stays kept: the page asks which answer counts.
async fn send(keeper: &Rc<Keeper>, account: &str, id: ResponseId, waiting: Vec<Unsaved>) -> bool {
    let mut undecided: Vec<Unsaved> = Vec::new();
    let mut rest = waiting;
    while !rest.is_empty() {
        let later = rest.split_off(rest.len().min(BATCH));
        let command = SaveAnswers {
            operations: rest.iter().map(|one| one.operation.clone()).collect(),
            language: None,
        };
        let ask = move |client: Client| {
            let command = command.clone();
            client.save_my_answers(id, &command)
        };
        match keeper.clone().call(true, ask).await {
            Ok(_) => {}
            Err(Failure::Problem(problem)) if problem.more.contains_key("saved") => {
                let conflicts = problem.more.get("conflicts");
                let conflicts: Vec<AnswerConflict> = conflicts
                    .and_then(salus_client::read_value)
                    .unwrap_or_default();
                let open: Vec<Uuid> = conflicts.iter().map(|conflict| conflict.op_id).collect();
                undecided.extend(
                    rest.into_iter()
                        .filter(|one| open.contains(&one.operation.op_id)),
                );
            }
            // Submitted or put aside meanwhile, on another device: there is nowhere to save them.
            Err(failure) if GONE.contains(&failure.slug()) => {
                keep(account, id, &[]).await;
                return true;
            }
            Err(_) => return false,
        }
        rest = later;
    }
    // The page may have been opened meanwhile: then what is kept is the page's.
    if OPEN.get() != Some(id) {
        keep(account, id, &undecided).await;
    }
    true
}
