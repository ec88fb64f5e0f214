//! How the modules of a portal stand on its start page.

use super::{Module, PortalAudience};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::ops::RangeInclusive;

/// How many columns there may be. Tablets show two at most, phones one.
pub const COLUMNS: RangeInclusive<u8> = 1..=4;

/// How many there are where nothing is said.
#[must_use]
pub fn usual_columns(audience: PortalAudience) -> u8 {
    match audience {
        PortalAudience::Employee | PortalAudience::Applicant => 3,
        PortalAudience::Supervisor => 2,
    }
}

/// Modules and columns, which are changed together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// The modules, in order.
    pub modules: Vec<Module>,
    /// How many stand side by side; as usual when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<u8>,
}

impl Layout {
    /// What a draft says. One from before there were columns is a list of modules, and leaves them as
    /// they are published.
    ///
    /// # Errors
    /// When it is neither.
    pub fn read(drafted: Value, published: Option<u8>) -> Result<Self, serde_json::Error> {
        if drafted.is_array() {
            return Ok(Self {
                modules: serde_json::from_value(drafted)?,
                columns: published,
            });
        }
        serde_json::from_value(drafted)
    }

    /// The columns to keep: nothing is said where they are as usual.
    #[must_use]
    pub fn kept_columns(columns: u8, audience: PortalAudience) -> Option<u8> {
        (columns != usual_columns(audience)).then_some(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_draft_from_before_there_were_columns_leaves_them_as_they_are() {
        let list = json!([{ "key": "appointments" }]);
        let read = Layout::read(list.clone(), Some(4)).unwrap();
        assert_eq!((read.modules.len(), read.columns), (1, Some(4)));
        let read = Layout::read(json!({ "modules": list }), Some(4)).unwrap();
        assert_eq!((read.modules.len(), read.columns), (1, None));
        let written = serde_json::to_value(&read).unwrap();
        assert_eq!(Layout::read(written, None).unwrap(), read);
        assert!(Layout::read(json!("modules"), None).is_err());
    }

    #[test]
    fn columns_are_kept_only_where_they_are_not_as_usual() {
        assert_eq!(Layout::kept_columns(3, PortalAudience::Employee), None);
        assert_eq!(Layout::kept_columns(2, PortalAudience::Supervisor), None);
        assert_eq!(Layout::kept_columns(4, PortalAudience::Employee), Some(4));
    }
}
