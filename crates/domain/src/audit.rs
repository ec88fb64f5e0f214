//! What the audit trail says of a request.

use crate::access::{Act, Allowed, Assurance, DataClass, Scope};
use crate::ids::PersonId;
use std::borrow::Cow;
use uuid::Uuid;

/// What is the same for every entry of a request.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The operation's id.
    pub operation: String,
    /// The request's id.
    pub request_id: String,
    /// The session's assurance.
    pub assurance: Option<Assurance>,
    /// The portal in use.
    pub portal: Option<String>,
    /// The caller's address.
    pub address: Option<String>,
    /// For whom the account acts as a proxy.
    pub on_behalf_of: Option<PersonId>,
}

/// One line of the trail: a person's data of one class, shown or changed, or the attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whose data.
    pub person: Option<PersonId>,
    /// Which class.
    pub class: DataClass,
    /// What was done.
    pub act: Act,
    /// What for.
    pub purpose: Cow<'static, str>,
    /// Whether it was allowed.
    pub allowed: bool,
    /// The rows.
    pub objects: Vec<Uuid>,
    /// Names of changed fields, never values.
    pub fields: Vec<String>,
    /// A reason the actor gave.
    pub reason: Option<String>,
}

impl Entry {
    /// What a permission for one thing leaves behind.
    #[must_use]
    pub fn of<T>(allowed: &Allowed<T>) -> Self {
        let about = allowed.about();
        Self {
            person: about.person,
            class: allowed.class(),
            act: allowed.act(),
            purpose: Cow::Borrowed(allowed.class().purpose()),
            allowed: true,
            objects: about.object.into_iter().collect(),
            fields: Vec::new(),
            reason: None,
        }
    }

    /// What showing one person's rows of a list leaves behind.
    #[must_use]
    pub fn shown(scope: &Scope, person: PersonId, objects: Vec<Uuid>) -> Self {
        Self {
            person: Some(person),
            class: scope.class(),
            act: scope.act(),
            purpose: Cow::Borrowed(scope.class().purpose()),
            allowed: true,
            objects,
            fields: Vec::new(),
            reason: None,
        }
    }

    /// An attempt that was refused.
    #[must_use]
    pub fn denied(
        act: Act,
        class: DataClass,
        person: Option<PersonId>,
        object: Option<Uuid>,
    ) -> Self {
        Self {
            person,
            class,
            act,
            purpose: Cow::Borrowed(class.purpose()),
            allowed: false,
            objects: object.into_iter().collect(),
            fields: Vec::new(),
            reason: None,
        }
    }
}

/// Folds the rows of a list into one entry for each person, in the order first met.
#[must_use]
pub fn shown_rows(scope: &Scope, rows: impl IntoIterator<Item = (PersonId, Uuid)>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (person, object) in rows {
        match entries
            .iter_mut()
            .find(|entry| entry.person == Some(person))
        {
            Some(entry) => entry.objects.push(object),
            None => entries.push(Entry::shown(scope, person, vec![object])),
        }
    }
    entries
}
