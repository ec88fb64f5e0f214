//! A server that is too busy.
#![cfg(test)]

use salus_ui::{Failure, Keeper, Problem};
use serde_json::json;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::Callback;

fn problem(status: u16) -> Failure {
    let problem: Problem = serde_json::from_value(json!({
        "type": "/problems/unavailable", "title": "Busy", "status": status,
        "instance": "0", "retry_after": 0,
    }))
    .unwrap();
    Failure::Problem(Rc::new(problem))
}

/// What a request comes to that is answered a failure so often, how often it was made, and what
/// was said meanwhile.
async fn asked(failures: u32, failure: Failure) -> (Result<u32, Failure>, u32, Vec<bool>) {
    let (made, said) = (Rc::new(Cell::new(0)), Rc::new(RefCell::new(Vec::new())));
    let keeper = Rc::new(Keeper::default());
    keeper.watch_busy({
        let said = said.clone();
        Callback::from(move |busy| said.borrow_mut().push(busy))
    });
    let request = {
        let made = made.clone();
        move |_| {
            made.set(made.get() + 1);
            let answer = if made.get() > failures {
                Ok(made.get())
            } else {
                Err(failure.clone())
            };
            async move { answer }
        }
    };
    let answer = keeper.call(false, request).await;
    let said = said.borrow().clone();
    (answer, made.get(), said)
}

#[tokio::test]
async fn a_busy_server_is_asked_again_and_the_person_is_told() {
    let (answer, made, said) = asked(2, problem(503)).await;
    assert_eq!((answer, made), (Ok(3), 3));
    assert_eq!(said, [true, true, false]);
}

#[tokio::test]
async fn a_server_that_stays_busy_is_not_asked_for_ever() {
    let (answer, made, said) = asked(u32::MAX, problem(503)).await;
    assert_eq!((answer, made), (Err(problem(503)), 4));
    assert_eq!(said.last(), Some(&false));
}

#[tokio::test]
async fn any_other_problem_is_final() {
    let (answer, made, said) = asked(1, problem(409)).await;
    assert_eq!((answer, made), (Err(problem(409)), 1));
    assert_eq!(said, [] as [bool; 0]);
}
