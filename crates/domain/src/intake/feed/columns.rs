//! Which column of a file fills which field.

use super::fields::{Field, squeezed};
use super::profile::Profile;
use super::result_file;
use std::collections::HashSet;
use thiserror::Error;

/// The meaning of a file's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The field of each column, in the file's order.
    pub fields: Vec<Option<Field>>,
    /// Headers that mean nothing here; their columns are ignored.
    pub unmapped: Vec<String>,
}

/// Why a header row is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HeaderError {
    /// There is no column for the employee id.
    #[error("no column for employee_id")]
    NoEmployeeId,
    /// Two columns have the same header, or fill the same field.
    #[error("the header {0} stands twice")]
    Duplicate(String),
}

impl Columns {
    /// The field a header means under a profile.
    #[must_use]
    pub fn field(header: &str, profile: &Profile) -> Option<Field> {
        let wanted = squeezed(header);
        profile
            .columns
            .iter()
            .find(|(name, _)| squeezed(name) == wanted)
            .map(|(_, field)| *field)
            .or_else(|| Field::by_header(header))
            .filter(|_| !is_result_column(header))
    }

    /// Maps a header row.
    ///
    /// # Errors
    /// [`HeaderError`] when a header stands twice or the employee id has no column.
    pub fn map(header: &[String], profile: &Profile) -> Result<Self, HeaderError> {
        let mut seen = HashSet::new();
        let mut filled = HashSet::new();
        let mut fields = Vec::with_capacity(header.len());
        let mut unmapped = Vec::new();
        for name in header {
            let field = Self::field(name, profile);
            let squeezed = squeezed(name);
            let again = !squeezed.is_empty() && !is_result_column(name) && !seen.insert(squeezed);
            if again || field.is_some_and(|field| !filled.insert(field)) {
                return Err(HeaderError::Duplicate(name.trim().to_owned()));
            }
            if field.is_none() && !is_result_column(name) && !name.trim().is_empty() {
                unmapped.push(name.trim().to_owned());
            }
            fields.push(field);
        }
        if !filled.contains(&Field::EmployeeId) {
            return Err(HeaderError::NoEmployeeId);
        }
        Ok(Self { fields, unmapped })
    }
}

/// A file that comes back corrected still carries the columns of the result file.
fn is_result_column(header: &str) -> bool {
    result_file::COLUMNS.contains(&header.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(header: &[&str]) -> Result<Columns, HeaderError> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        Columns::map(&header, &Profile::default())
    }

    #[test]
    fn headers_match_whatever_their_case_spaces_and_punctuation() {
        let columns = map(&["EMPLOYEE-ID", "last name", "Supervisor #2 Id", "Shoe Size"]).unwrap();
        assert_eq!(
            columns.fields,
            [
                Some(Field::EmployeeId),
                Some(Field::LastName),
                Some(Field::Supervisor2Id),
                None
            ]
        );
        assert_eq!(columns.unmapped, ["Shoe Size"]);
    }

    #[test]
    fn a_header_that_stands_twice_is_refused_by_name() {
        assert_eq!(
            map(&["Employee ID", "employee_id"]),
            Err(HeaderError::Duplicate("employee_id".into()))
        );
        assert_eq!(
            map(&["Employee ID", "Shoe", "shoe"]),
            Err(HeaderError::Duplicate("shoe".into()))
        );
    }

    #[test]
    fn a_file_without_employee_ids_is_refused() {
        assert_eq!(map(&["Last Name"]), Err(HeaderError::NoEmployeeId));
        assert_eq!(map(&[]), Err(HeaderError::NoEmployeeId));
    }

    #[test]
    fn a_profile_names_the_employers_own_headers() {
        let mut profile = Profile::default();
        profile
            .columns
            .insert("Personalnummer".into(), Field::EmployeeId);
        let columns = Columns::map(&["PERSONALNUMMER".to_owned()], &profile).unwrap();
        assert_eq!(columns.fields, [Some(Field::EmployeeId)]);
    }
}
