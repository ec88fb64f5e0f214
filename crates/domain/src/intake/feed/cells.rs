//! One row's cells, read by the rules of their fields.

use super::fields::Field;
use super::known::Places;
use super::profile::Profile;
use super::reading::{Sheet, SheetRow};
use super::{Problem, RowCode, dates, result_file, values};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// What a cell asks for. A blank cell asks for nothing and is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Take the value away.
    Clear,
    /// Write the value, in its stored spelling.
    Value(String),
}

/// A row as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedRow {
    /// The row's number as a spreadsheet counts.
    pub number: u32,
    /// The employee id; empty when the cell is.
    pub employee_id: String,
    /// What each field asks for.
    pub cells: BTreeMap<Field, Cell>,
    /// Why the row is refused.
    pub problems: Vec<Problem>,
    /// What the row is applied in spite of.
    pub warnings: Vec<Problem>,
}

impl ParsedRow {
    /// The value a field is to get.
    #[must_use]
    pub fn value(&self, field: Field) -> Option<&str> {
        match self.cells.get(&field) {
            Some(Cell::Value(value)) => Some(value),
            _ => None,
        }
    }
}

/// Reads the cells of a row. `today` is the employer's date.
#[must_use]
pub fn parse(
    row: &SheetRow,
    sheet: &Sheet,
    profile: &Profile,
    places: &Places,
    today: NaiveDate,
) -> ParsedRow {
    let mut parsed = ParsedRow {
        number: row.number,
        employee_id: String::new(),
        cells: BTreeMap::new(),
        problems: Vec::new(),
        warnings: Vec::new(),
    };
    let reader = CellReader {
        profile,
        places,
        today,
    };
    for (index, field) in sheet.columns.fields.iter().enumerate() {
        let (Some(field), Some(cell)) = (*field, row.cells.get(index)) else {
            continue;
        };
        let header = sheet.header.get(index).map_or("", |name| name.trim());
        let cell = result_file::restored(cell.trim()).trim();
        if field == Field::EmployeeId {
            cell.clone_into(&mut parsed.employee_id);
        }
        match reader.read(field, cell) {
            Ok(None) => {}
            Ok(Some(value)) => {
                parsed.cells.insert(field, value);
            }
            Err(wrong) => {
                let problem = wrong.at(header, cell);
                if wrong.is_warning {
                    parsed.warnings.push(problem);
                } else {
                    parsed.problems.push(problem);
                }
            }
        }
    }
    if let Some(problem) = wrong_width(row, sheet) {
        parsed.problems.insert(0, problem);
    }
    parsed
}

/// A row with too few cells, or with values beyond the last header, was cut or shifted.
fn wrong_width(row: &SheetRow, sheet: &Sheet) -> Option<Problem> {
    let columns = sheet.header.len();
    let beyond = row.cells.iter().skip(columns);
    if row.cells.len() >= columns && beyond.clone().all(|cell| cell.trim().is_empty()) {
        return None;
    }
    Some(Problem {
        column: String::new(),
        code: RowCode::BadValue,
        found: row.cells.len().to_string(),
        expected: columns.to_string(),
    })
}

struct CellReader<'a> {
    profile: &'a Profile,
    places: &'a Places,
    today: NaiveDate,
}

struct Wrong {
    code: RowCode,
    expected: String,
    is_warning: bool,
}

impl Wrong {
    fn new(code: RowCode, expected: impl Into<String>) -> Self {
        Self {
            code,
            expected: expected.into(),
            is_warning: false,
        }
    }

    fn at(&self, header: &str, found: &str) -> Problem {
        Problem {
            column: header.to_owned(),
            code: self.code,
            found: found.to_owned(),
            expected: self.expected.clone(),
        }
    }
}

impl CellReader<'_> {
    fn read(&self, field: Field, cell: &str) -> Result<Option<Cell>, Wrong> {
        if field == Field::EmployeeId && cell.is_empty() {
            return Err(Wrong::new(RowCode::Required, "1-64"));
        }
        if cell.is_empty() && !self.profile.blank_clears.contains(&field) {
            return Ok(None);
        }
        if cell.is_empty() || (cell == self.profile.clear_token && field != Field::EmployeeId) {
            return if field.may_be_cleared() {
                Ok(Some(Cell::Clear))
            } else {
                Err(Wrong::new(
                    RowCode::Required,
                    format!("1-{}", field.longest()),
                ))
            };
        }
        if cell.chars().count() > field.longest() {
            return Err(Wrong::new(
                RowCode::TooLong,
                format!("1-{}", field.longest()),
            ));
        }
        self.value(field, cell)
            .map(|value| Some(Cell::Value(value)))
    }

    fn value(&self, field: Field, cell: &str) -> Result<String, Wrong> {
        let or_bad = |value: Option<String>, expected: &str| {
            value.ok_or_else(|| Wrong::new(RowCode::BadValue, expected))
        };
        match field {
            Field::BirthDate => self.birth_date(cell),
            Field::HireDate | Field::EndDate => self.date(cell).map(|date| date.to_string()),
            Field::MobilePhone | Field::HomePhone => {
                Ok(values::phone_e164(cell).unwrap_or_else(|| cell.to_owned()))
            }
            Field::WorkStatus => self.standing(cell),
            Field::Kind => {
                let kinds = ["employee", "contractor", "visitor"];
                or_bad(
                    values::one_of(cell, &kinds),
                    "employee | contractor | visitor",
                )
            }
            Field::Department => self.place(field, cell, RowCode::UnknownDepartment),
            Field::Location => self.place(field, cell, RowCode::UnknownLocation),
            Field::State => or_bad(values::code(cell, 1..=3), "ISO 3166-2"),
            Field::Country => or_bad(values::code(cell, 2..=2), "ISO 3166-1 alpha-2"),
            Field::Sex => or_bad(
                values::one_of(cell, &["M", "F", "A", "N", "O", "U"]),
                "M | F | A | N | O | U",
            ),
            Field::Language => or_bad(values::language(cell), "BCP 47"),
            Field::TimeZone => or_bad(
                crate::time::parse_zone(cell).map(|zone| zone.name().to_owned()),
                "IANA",
            ),
            _ => Ok(cell.to_owned()),
        }
    }

    fn date(&self, cell: &str) -> Result<NaiveDate, Wrong> {
        let pattern = self.profile.date_pattern.as_deref();
        dates::parse(cell, pattern).ok_or_else(|| {
            Wrong::new(
                RowCode::BadDate,
                match pattern {
                    Some(pattern) => format!("{} | {pattern}", dates::EXPECTED),
                    None => dates::EXPECTED.to_owned(),
                },
            )
        })
    }

    fn birth_date(&self, cell: &str) -> Result<String, Wrong> {
        let born = self.date(cell)?;
        let latest = self
            .today
            .checked_sub_months(chrono::Months::new(12 * self.profile.youngest))
            .unwrap_or(self.today);
        if born.year() < 1900 || born > latest {
            return Err(Wrong::new(
                RowCode::BadDate,
                format!("1900-01-01..{latest}"),
            ));
        }
        Ok(born.to_string())
    }

    fn standing(&self, cell: &str) -> Result<String, Wrong> {
        let mapped = self
            .profile
            .status_codes
            .iter()
            .find(|(code, _)| code.to_lowercase() == cell.to_lowercase())
            .map(|(_, standing)| *standing);
        mapped
            .or_else(|| values::standing(cell))
            .map(|standing| standing.word().to_owned())
            .ok_or_else(|| Wrong::new(RowCode::BadValue, "active | leave | ended"))
    }

    fn place(&self, field: Field, cell: &str, code: RowCode) -> Result<String, Wrong> {
        self.places
            .code(field, cell)
            .map(str::to_owned)
            .ok_or_else(|| Wrong {
                is_warning: true,
                ..Wrong::new(code, "")
            })
    }
}
