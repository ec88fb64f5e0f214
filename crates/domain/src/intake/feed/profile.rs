//! How an employer's files are read.

use super::fields::{Field, Owner};
use super::known::Standing;
use super::thresholds::Thresholds;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An employer's way of writing HR files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// Headers that do not carry the field's own name.
    pub columns: BTreeMap<String, Field>,
    /// One more date pattern of `YYYY`, `MM`, `DD` and separators, such as `DD.MM.YYYY`.
    pub date_pattern: Option<String>,
    /// The cell that clears a value.
    pub clear_token: String,
    /// Fields in which a blank cell clears.
    pub blank_clears: BTreeSet<Field>,
    /// The employer's words for work status.
    pub status_codes: BTreeMap<String, Standing>,
    /// Owners that differ from the usual ones.
    pub owners: BTreeMap<Field, Owner>,
    /// The youngest age a person may have, in years.
    pub youngest: u32,
    /// Limits beyond which a run waits for somebody to decide.
    pub thresholds: Thresholds,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            columns: BTreeMap::new(),
            date_pattern: None,
            clear_token: "#CLEAR".into(),
            blank_clears: BTreeSet::new(),
            status_codes: BTreeMap::new(),
            owners: BTreeMap::new(),
            youngest: 14,
            thresholds: Thresholds::default(),
        }
    }
}

impl Profile {
    /// Who owns a field under this profile.
    #[must_use]
    pub fn owner(&self, field: Field) -> Owner {
        self.owners
            .get(&field)
            .copied()
            .unwrap_or_else(|| field.default_owner())
    }
}
