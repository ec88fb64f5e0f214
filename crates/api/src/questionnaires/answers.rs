//! Sealing and opening answers, and the forms they answer.

use salus_domain::ids::{PersonId, QuestionnaireVersionId, ResponseId};
use salus_domain::questionnaires::{Content, Entry, Form, Stored, Words};
use salus_store::questionnaires::{AnswerRow, ResponseRow, VersionRow, find_version, list_answers};
use salus_store::sealing::{Key, Place};
use std::collections::BTreeMap;
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
    let key = tx.chart_key(PersonId(response.person_id)).await?;
    let rows = list_answers(tx.conn(), ResponseId(response.id)).await?;
    let mut opened = Opened {
        stored: BTreeMap::new(),
        rows: BTreeMap::new(),
    };
    for row in rows {
        let value = open(&key, &row)?;
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

/// The form a response answers.
pub(super) async fn form_of(tx: &mut Tx, response: &ResponseRow) -> Result<Form, ApiError> {
    let id = QuestionnaireVersionId(response.questionnaire_version_id);
    let version = find_version(tx.conn(), id)
        .await?
        .ok_or_else(|| ApiError::internal("a response without its version"))?;
    compiled(&version)
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
