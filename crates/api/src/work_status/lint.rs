//! Asks before a text that looks like health information crosses to a supervisor.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use salus_domain::work_status::lint::{Topic, findings};
use salus_types::problem::INVALID;
use salus_types::work_status::{
    LINT_CONFIRMATION_REQUIRED, LINT_TOKEN_STALE, LintConfirmation, LintFinding,
};

use crate::error::{ApiError, Field};
use crate::transaction::Tx;

/// What was confirmed: the reason for the audit trail, and whether something sensitive is in it.
#[derive(Clone, Debug)]
pub(crate) struct Confirmed {
    /// Why the text is shared all the same.
    pub(crate) reason: String,
    /// Something of the sensitive list is in it.
    pub(crate) sensitive: bool,
}

/// Checks a shared text. Nothing found needs no confirmation; what is found needs one, for exactly
/// this text.
///
/// # Errors
/// As [`check_all`].
pub(crate) async fn check(
    tx: &mut Tx,
    pointer: &str,
    text: Option<&str>,
    confirmation: Option<&LintConfirmation>,
) -> Result<Option<Confirmed>, ApiError> {
    let texts: Vec<_> = text
        .into_iter()
        .map(|text| (pointer.to_owned(), text))
        .collect();
    check_all(tx, &texts, confirmation).await
}

/// Checks shared texts, each with the pointer to it; one confirmation is for all of them.
///
/// # Errors
/// 422 `lint-confirmation-required` with the places and a token, `lint-token-stale` when the
/// confirmation was for another text, `invalid` when its reason is not 10 to 200 characters.
pub(crate) async fn check_all(
    tx: &mut Tx,
    texts: &[(String, &str)],
    confirmation: Option<&LintConfirmation>,
) -> Result<Option<Confirmed>, ApiError> {
    let mut found = Vec::new();
    let mut said = String::from("shared text");
    for (pointer, text) in texts {
        let text = text.trim();
        let places = findings(text);
        if !places.is_empty() {
            said.push('\0');
            said.push_str(text);
        }
        found.extend(places.into_iter().map(|place| (pointer.as_str(), place)));
    }
    let Some((first, _)) = found.first() else {
        return Ok(None);
    };
    let first = (*first).to_owned();
    let sensitive = found
        .iter()
        .any(|(_, finding)| finding.topic == Topic::Sensitive);
    let key = tx.organization_key().await?;
    let token = URL_SAFE_NO_PAD.encode(key.hash(said.as_bytes()));
    // Whatever is still wrong, the places and the token go with it: the text can be confirmed.
    let problem = |kind, wrong: Field| {
        let places: Vec<_> = found
            .iter()
            .map(|(pointer, finding)| LintFinding::at(pointer, finding.clone()))
            .collect();
        ApiError::of(kind)
            .fields(vec![wrong])
            .with("findings", places)
            .with("token", &token)
    };
    let says_why = || Field::new(first.clone(), "health_information");
    let Some(confirmation) = confirmation else {
        return Err(problem(LINT_CONFIRMATION_REQUIRED, says_why()));
    };
    if confirmation.token != token {
        return Err(problem(LINT_TOKEN_STALE, says_why()));
    }
    let reason = confirmation.reason.trim();
    let at = "/lint_confirmation/reason";
    match reason.chars().count() {
        0..10 => Err(problem(
            INVALID,
            Field::new(at, "too_short").with("limit", 10),
        )),
        201.. => Err(problem(
            INVALID,
            Field::new(at, "too_long").with("limit", 200),
        )),
        _ => Ok(Some(Confirmed {
            reason: reason.to_owned(),
            sensitive,
        })),
    }
}
