//! Submitting: the server computes everything again and agrees, or says all that is wrong.

use super::answers::{AnswerError, Answers, Entry, ErrorCode};
use super::content::Observe;
use super::evaluate::{Form, Raised};
use super::facts::Context;
use crate::rules::Value;

/// What a submission keeps.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// The visible answers, blank ones left out.
    pub answers: Answers,
    /// The value of every answered or calculated item, in the order of the form.
    pub values: Vec<(String, Value)>,
    /// What the answers become as data.
    pub observations: Vec<Extracted>,
    /// What the clinic should look at.
    pub flags: Vec<Raised>,
    /// How many recommended questions were left blank on purpose.
    pub blank: usize,
}

/// One observation made from one answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Extracted {
    /// The item.
    pub link_id: String,
    /// What was observed.
    pub observe: Observe,
    /// The value, in its stored unit.
    pub value: Value,
}

/// Why answers are not taken; the draft stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSubmitted {
    /// Hidden questions are answered.
    #[error("hidden questions are answered")]
    HiddenAnswered(Vec<String>),
    /// Nothing is answered.
    #[error("nothing is answered")]
    Empty,
    /// Answers are wrong or missing.
    #[error("answers are wrong or missing")]
    Invalid(Vec<AnswerError>),
}

/// Judges what a browser submits against the saved draft. `leave_blank` is the person's choice to
/// leave recommended questions blank.
///
/// # Errors
/// All that is wrong, at once.
pub fn submit(
    form: &Form,
    context: &Context,
    submitted: &Answers,
    draft: &Answers,
    leave_blank: bool,
) -> Result<Submission, NotSubmitted> {
    let outcome = form.evaluate(submitted, context);
    let given = |link_id: &str| submitted.get(link_id).filter(|entry| !entry.is_blank());
    let hidden: Vec<String> = outcome
        .items
        .iter()
        .filter(|state| !state.visible && given(&state.link_id).is_some())
        .map(|state| state.link_id.clone())
        .collect();
    if !hidden.is_empty() {
        return Err(NotSubmitted::HiddenAnswered(hidden));
    }
    let is_asked = |link_id: &str| form.item(link_id).is_some_and(|i| i.kind.is_answerable());
    let mut asked = outcome
        .items
        .iter()
        .filter(|state| state.visible && is_asked(&state.link_id))
        .peekable();
    if asked.peek().is_some() && asked.clone().all(|state| given(&state.link_id).is_none()) {
        return Err(NotSubmitted::Empty);
    }
    let mut errors = outcome.errors;
    let mut blank = 0;
    for state in asked {
        let (sent, saved) = (given(&state.link_id), saved(draft, &state.link_id));
        if sent != saved {
            errors.push(AnswerError::new(&state.link_id, ErrorCode::NotSaved));
        }
        if state.recommended && sent.is_none() {
            blank += 1;
            if !leave_blank {
                errors.push(AnswerError::new(
                    &state.link_id,
                    ErrorCode::RecommendedBlank,
                ));
            }
        }
    }
    if !errors.is_empty() {
        return Err(NotSubmitted::Invalid(errors));
    }
    let answers = submitted
        .iter()
        .filter(|(_, entry)| !entry.is_blank())
        .map(|(link_id, entry)| (link_id.clone(), entry.clone()))
        .collect();
    let mut values = Vec::new();
    let mut observations = Vec::new();
    for state in outcome.items.into_iter().filter(|s| !s.value.is_none()) {
        let Some(item) = form.item(&state.link_id) else {
            continue;
        };
        values.push((state.link_id.clone(), state.value.clone()));
        if let Some(observe) = &item.observation {
            observations.push(Extracted {
                link_id: state.link_id,
                observe: observe.clone(),
                value: state.value,
            });
        }
    }
    Ok(Submission {
        answers,
        values,
        observations,
        flags: outcome.flags,
        blank,
    })
}

fn saved<'a>(draft: &'a Answers, link_id: &str) -> Option<&'a Entry> {
    draft.get(link_id).filter(|entry| !entry.is_blank())
}
