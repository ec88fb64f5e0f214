//! Sealing and opening answers, and the forms they answer.

use futures_util::future::try_join;
use salus_domain::ids::{PersonId, QuestionnaireVersionId, ResponseId};
use salus_domain::questionnaires::{Content, Entry, Form, Stored, Words};
use salus_store::questionnaires::{AnswerRow, ResponseRow, VersionRow, find_version, list_answers};
use salus_store::sealing::{Key, Place};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, RwLock};
use uuid::Uuid;

use crate::error::ApiError;
use crate::transaction::{Tx, json_bytes};

/// A draft's answers with their rows.
pub(super) struct Opened {
    /// The answers by link id.
    pub(super) stored: BTreeMap<String, Stored>,
    /// The row of each answer by link id.
    pub(super) rows: BTreeMap<String, Uuid>,
}

/// Opens all answers of a response.
pub(super) async fn open_answers(tx: &mut Tx, response: &ResponseRow) -> Result<Opened, ApiError> {
    let person = PersonId(response.person_id);
    let (rows, wrapped) = try_join(
        list_answers(tx.shared(), ResponseId(response.id)),
        tx.wrapped_key(Some(person)),
    )
    .await?;
    let key = tx.unwrapped_key(person, wrapped).await?;
    opened(&key, rows)
}

/// Answers opened with their chart's key.
pub(super) fn opened(key: &Key, rows: Vec<AnswerRow>) -> Result<Opened, ApiError> {
    let mut opened = Opened {
        stored: BTreeMap::new(),
        rows: BTreeMap::new(),
    };
    for row in rows {
        let value = open(key, &row)?;
        let version = row.version;
        opened
            .stored
            .insert(row.link_id.clone(), Stored { value, version });
        opened.rows.insert(row.link_id, row.id);
    }
    Ok(opened)
}

fn open(key: &Key, row: &AnswerRow) -> Result<Option<Entry>, ApiError> {
    let Some(sealed) = &row.value_sealed else {
        return Ok(None);
    };
    let bytes = key.open(&place(row.id), sealed)?;
    serde_json::from_slice(&bytes).map_err(ApiError::internal)
}

/// Seals an answer for its row.
pub(super) fn seal(key: &Key, row: Uuid, value: &Entry) -> Result<Vec<u8>, ApiError> {
    Ok(key.seal(&place(row), &json_bytes(value)?)?)
}

fn place(row: Uuid) -> Place<'static> {
    Place {
        table: "questionnaire_answers",
        column: "value_sealed",
        row,
    }
}

/// The form a response answers. What is published never changes, so it is compiled once.
pub(super) async fn form_of(tx: &mut Tx, response: &ResponseRow) -> Result<Arc<Form>, ApiError> {
    let id = QuestionnaireVersionId(response.questionnaire_version_id);
    if let Some(form) = tx.state.forms.get(id) {
        return Ok(form);
    }
    let version = find_version(tx.shared(), id)
        .await?
        .ok_or_else(|| ApiError::internal("a response without its version"))?;
    let form = Arc::new(compiled(&version)?);
    tx.state.forms.keep(id, &form);
    Ok(form)
}

/// Forms compiled lately.
#[derive(Default)]
pub struct Forms(RwLock<HashMap<QuestionnaireVersionId, Arc<Form>>>);

/// So many are kept at most; a form takes some ten kilobytes.
const MOST_FORMS: usize = 200;

impl Forms {
    fn get(&self, id: QuestionnaireVersionId) -> Option<Arc<Form>> {
        self.0.read().ok()?.get(&id).cloned()
    }

    fn keep(&self, id: QuestionnaireVersionId, form: &Arc<Form>) {
        if let Ok(mut forms) = self.0.write() {
            if forms.len() >= MOST_FORMS {
                forms.clear();
            }
            forms.insert(id, Arc::clone(form));
        }
    }
}

/// A published version's form; what was published compiles.
pub(super) fn compiled(version: &VersionRow) -> Result<Form, ApiError> {
    Form::compile(content(version)?)
        .map_err(|findings| ApiError::internal(format!("{} findings", findings.len())))
}

/// A version's content.
pub(super) fn content(version: &VersionRow) -> Result<Content, ApiError> {
    serde_json::from_value(version.content.clone()).map_err(ApiError::internal)
}

/// A title by language.
pub(super) fn title(json: serde_json::Value) -> Result<Words, ApiError> {
    serde_json::from_value(json).map_err(ApiError::internal)
}
