//! What is the same whatever of the set-up is changed: the permission, the merge, the save that is
//! kept.

use salus_domain::access::{About, Act, DataClass};
use salus_domain::audit::Entry;
use salus_store::scheduling::{self as store, NewRevision, RevisionRecord};
use salus_types::scheduling::{Revision, RevisionAct, RevisionChange};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use uuid::Uuid;

use crate::error::ApiError;
use crate::transaction::Tx;

/// Asks the policy for an act on the set-up; the audit trail gets its line.
pub(super) fn permit(
    tx: &mut Tx,
    act: Act,
    class: DataClass,
    about: About,
) -> Result<(), ApiError> {
    let allowed = tx.allow(act, class, about, ())?;
    if !class.is_about_a_person() {
        tx.note(Entry::of(&allowed));
    }
    Ok(())
}

/// A merge patch (RFC 7396) of all fields.
pub(super) fn merged<T: Serialize + DeserializeOwned>(
    whole: &T,
    change: &impl Serialize,
) -> Result<T, ApiError> {
    let mut fields = fields_of(Some(whole))?;
    for (name, value) in fields_of(Some(change))? {
        match value {
            Value::Null => drop(fields.remove(&name)),
            value => drop(fields.insert(name, value)),
        }
    }
    serde_json::from_value(Value::Object(fields)).map_err(ApiError::internal)
}

/// What was saved.
pub(super) struct Saved<'a, T> {
    /// `schedule`, `blackout`, ...
    pub(super) kind: &'static str,
    /// Which one.
    pub(super) object: Uuid,
    /// The version the save made.
    pub(super) version: i32,
    /// What was done.
    pub(super) act: RevisionAct,
    /// All fields before; nothing when it was not there.
    pub(super) before: Option<&'a T>,
    /// All fields after; nothing when it is not there any more.
    pub(super) after: Option<&'a T>,
}

/// Keeps a save, names what changed in the audit trail, and tells live listeners.
pub(super) async fn keep<T: Serialize>(tx: &mut Tx, saved: Saved<'_, T>) -> Result<(), ApiError> {
    let (org, by, now) = (tx.actor.provider_org, tx.actor.account, tx.now);
    let before = fields_of(saved.before)?;
    let after = fields_of(saved.after)?;
    let changed = changes(&before, &after);
    let names: Vec<&str> = changed.iter().map(|change| change.field.as_str()).collect();
    tx.detail(&names, None);
    let new = NewRevision {
        kind: saved.kind,
        object: saved.object,
        version: saved.version,
        act: saved.act.as_str(),
        before: Value::Object(before),
        after: Value::Object(after),
        by,
        now,
    };
    store::insert_revision(tx.conn(), org, &new).await?;
    // What comes with an installation is no news to anybody.
    if by.is_some() {
        let payload = serde_json::json!({ "id": saved.object });
        tx.emit(&format!("{}.{}", saved.kind, saved.act.as_str()), payload);
    }
    Ok(())
}

/// The saves of one thing, the latest first.
pub(super) async fn kept(
    tx: &mut Tx,
    kind: &'static str,
    object: impl Into<Uuid>,
) -> Result<Vec<Revision>, ApiError> {
    let records = store::list_revisions(tx.conn(), kind, object.into()).await?;
    records.into_iter().map(revision).collect()
}

fn revision(record: RevisionRecord) -> Result<Revision, ApiError> {
    let fields = |value: &Value| value.as_object().cloned().unwrap_or_default();
    Ok(Revision {
        version: record.version,
        act: RevisionAct::parse(&record.act)
            .ok_or_else(|| ApiError::internal("an unknown act was kept"))?,
        saved_at: record.saved_at,
        saved_by: record.saved_by,
        changes: changes(&fields(&record.before), &fields(&record.after)),
    })
}

fn fields_of(whole: Option<&impl Serialize>) -> Result<Map<String, Value>, ApiError> {
    let value = whole.map(serde_json::to_value).transpose();
    match value.map_err(ApiError::internal)? {
        Some(Value::Object(fields)) => Ok(fields),
        _ => Ok(Map::new()),
    }
}

/// The fields that are not the same, by name.
fn changes(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<RevisionChange> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| RevisionChange {
            field: name.clone(),
            before: before.get(name).cloned(),
            after: after.get(name).cloned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_change_names_only_what_is_not_the_same() {
        let fields = |value: Value| value.as_object().cloned().unwrap_or_default();
        let before = fields(json!({"a": 1, "b": 2, "c": 3}));
        let after = fields(json!({"a": 1, "b": 5, "d": 4}));
        let names: Vec<String> = changes(&before, &after)
            .into_iter()
            .map(|change| change.field)
            .collect();
        assert_eq!(names, ["b", "c", "d"]);
    }

    #[test]
    fn a_merge_keeps_what_is_absent_and_clears_what_is_null() {
        let whole = json!({"a": 1, "b": 2});
        let merged = merged(&whole, &json!({"b": null, "c": 3})).ok();
        assert_eq!(merged, Some(json!({"a": 1, "c": 3})));
    }
}
