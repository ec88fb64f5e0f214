//! Saving a draft: operations on single answers, merged from several devices.

use super::answers::{AnswerError, Entry, ErrorCode};
use super::evaluate::Form;
use std::collections::BTreeMap;
use uuid::Uuid;

/// One change of one answer, made by a browser, perhaps while offline.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The browser's name for it; a repeat is ignored.
    pub op_id: Uuid,
    /// The item.
    pub link_id: String,
    /// The new answer; none clears it.
    pub value: Option<Entry>,
    /// The version of the answer that the browser had seen (0: none).
    pub base: i32,
}

/// An answer as the draft holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The answer; none when it was cleared.
    pub value: Option<Entry>,
    /// The draft's version that brought it.
    pub version: i32,
}

/// An answer to write, and the operation that brought it.
#[derive(Clone, Debug, PartialEq)]
pub struct Write {
    /// The operation.
    pub op_id: Uuid,
    /// The item.
    pub link_id: String,
    /// The new answer and its version.
    pub stored: Stored,
}

/// The same answer changed on two devices; the person picks.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The operation that was not applied.
    pub op_id: Uuid,
    /// The item.
    pub link_id: String,
    /// What this browser wanted.
    pub yours: Option<Entry>,
    /// What is saved.
    pub saved: Stored,
}

/// An operation on something that takes no answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// The operation.
    pub op_id: Uuid,
    /// What is wrong.
    pub error: AnswerError,
}

/// What became of a batch of operations.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Merged {
    /// The draft's version now.
    pub version: i32,
    /// What to write, in order.
    pub writes: Vec<Write>,
    /// Conflicts; everything else is saved.
    pub conflicts: Vec<Conflict>,
    /// Refused operations; everything else is saved.
    pub refused: Vec<Refused>,
}

/// Applies operations to a draft at `version`. `done` holds operations applied before, with the
/// version each brought, so that a replay changes nothing.
#[must_use]
pub fn merge(
    form: &Form,
    version: i32,
    stored: &BTreeMap<String, Stored>,
    done: &BTreeMap<Uuid, i32>,
    operations: &[Operation],
) -> Merged {
    let mut stored = stored.clone();
    // Versions this browser brought itself: later operations of one batch build on earlier ones.
    let mut own: BTreeMap<&str, i32> = BTreeMap::new();
    let mut applied = done.clone();
    let mut merged = Merged {
        version,
        ..Merged::default()
    };
    for operation in operations {
        let link_id = operation.link_id.as_str();
        if let Some(brought) = applied.get(&operation.op_id) {
            own.insert(link_id, *brought);
            continue;
        }
        let refusal = match form.item(link_id) {
            None => Some(ErrorCode::UnknownItem),
            Some(item) if !item.kind.is_answerable() => Some(ErrorCode::NotAnswerable),
            Some(_) => None,
        };
        if let Some(code) = refusal {
            merged.refused.push(Refused {
                op_id: operation.op_id,
                error: AnswerError::new(link_id, code),
            });
            continue;
        }
        let value = operation.value.clone().filter(|entry| !entry.is_blank());
        let base = own.get(link_id).copied().unwrap_or(0).max(operation.base);
        let newer = stored
            .get(link_id)
            .filter(|saved| saved.version > base && saved.value != value);
        if let Some(saved) = newer {
            merged.conflicts.push(Conflict {
                op_id: operation.op_id,
                link_id: link_id.to_owned(),
                yours: value,
                saved: saved.clone(),
            });
            continue;
        }
        merged.version += 1;
        let now = Stored {
            value,
            version: merged.version,
        };
        stored.insert(link_id.to_owned(), now.clone());
        own.insert(link_id, merged.version);
        applied.insert(operation.op_id, merged.version);
        merged.writes.push(Write {
            op_id: operation.op_id,
            link_id: link_id.to_owned(),
            stored: now,
        });
    }
    merged
}
