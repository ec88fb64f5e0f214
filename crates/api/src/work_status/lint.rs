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
/// 422 `lint-confirmation-required` with the places and a token, `lint-token-stale` when the
/// confirmation was for another text, `invalid` when its reason is not 10 to 200 characters.
pub(crate) async fn check(
    tx: &mut Tx,
    pointer: &str,
    text: Option<&str>,
    confirmation: Option<&LintConfirmation>,
) -> Result<Option<Confirmed>, ApiError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let found = findings(text);
    if found.is_empty() {
        return Ok(None);
    }
    let sensitive = found
        .iter()
        .any(|finding| finding.topic == Topic::Sensitive);
    let key = tx.organization_key().await?;
    let token = URL_SAFE_NO_PAD.encode(key.hash(format!("shared text\0{text}").as_bytes()));
    // Whatever is still wrong, the places and the token go with it: the text can be confirmed.
    let problem = |kind, wrong: Field| {
        let places: Vec<_> = found
            .iter()
            .map(|finding| LintFinding::at(pointer, finding.clone()))
            .collect();
        ApiError::of(kind)
            .fields(vec![wrong])
            .with("findings", places)
            .with("token", &token)
    };
    let says_why = || Field::new(pointer, "health_information");
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
