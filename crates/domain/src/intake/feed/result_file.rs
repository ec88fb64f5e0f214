//! Rejected rows, given back as a file that can be corrected and sent again.

use super::Problem;
use super::reading::{Sheet, SheetRow};

/// The columns added to the file's own.
pub const COLUMNS: [&str; 5] = ["_row", "_column", "_code", "_found", "_expected"];

/// Writes the rejected rows with what is wrong with each; several problems of one row stand in one
/// cell, each on its own line. Cells that a spreadsheet would run as a formula are made text.
///
/// # Errors
/// Only what the `csv` writer reports; writing to memory does not fail.
pub fn write<'a>(
    header: &[String],
    separator: char,
    rejected: impl IntoIterator<Item = (&'a SheetRow, &'a [Problem])>,
) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    let kept: Vec<usize> = header
        .iter()
        .enumerate()
        .filter(|(_, name)| !COLUMNS.contains(&name.trim()))
        .map(|(index, _)| index)
        .collect();
    let names = kept.iter().filter_map(|index| header.get(*index));
    writer.write_record(
        names
            .map(|name| neutralized(name))
            .chain(COLUMNS.iter().map(|name| (*name).to_owned())),
    )?;
    for (row, problems) in rejected {
        let cells = kept
            .iter()
            .map(|index| row.cells.get(*index).map_or("", String::as_str));
        let joined = |part: fn(&Problem) -> &str| {
            let parts: Vec<&str> = problems.iter().map(part).collect();
            neutralized(&parts.join("\n"))
        };
        writer.write_record(cells.map(neutralized).chain([
            row.number.to_string(),
            joined(|problem| &problem.column),
            joined(|problem| problem.code.word()),
            joined(|problem| &problem.found),
            joined(|problem| &problem.expected),
        ]))?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// The rows of a sheet that a plan rejects, with their problems.
#[must_use]
pub fn rejected<'a>(sheet: &'a Sheet, plan: &'a super::Plan) -> Vec<(&'a SheetRow, &'a [Problem])> {
    sheet
        .rows
        .iter()
        .zip(&plan.rows)
        .filter(|(_, planned)| planned.outcome.is_rejected())
        .map(|(row, planned)| (row, planned.problems.as_slice()))
        .collect()
}

/// Makes text of a cell that a spreadsheet would take for a formula, by an apostrophe before it.
#[must_use]
pub fn neutralized(cell: &str) -> String {
    if cell.starts_with(is_formula_start) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// Takes the apostrophe of [`neutralized`] off again.
#[must_use]
pub fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(is_formula_start) => rest,
        _ => cell,
    }
}

fn is_formula_start(c: char) -> bool {
    matches!(
        c,
        '=' | '+'
            | '-'
            | '@'
            | '\t'
            | '\r'
            | '\n'
            | '\0'
            | '\u{FF1D}'
            | '\u{FF0B}'
            | '\u{FF0D}'
            | '\u{FF20}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::feed::RowCode;
    use proptest::prelude::*;

    #[test]
    fn a_rejected_row_comes_back_with_its_row_column_code_finding_and_expectation() {
        let header = vec![
            "Employee ID".to_owned(),
            "Birth Date".into(),
            "Title".into(),
        ];
        let row = SheetRow {
            number: 7,
            cells: vec!["001".into(), "02/30/1980".into(), "=1+1".into()],
        };
        let problems = [Problem {
            column: "Birth Date".into(),
            code: RowCode::BadDate,
            found: "02/30/1980".into(),
            expected: "YYYYMMDD".into(),
        }];
        let file = write(&header, ',', [(&row, problems.as_slice())]).unwrap();
        assert_eq!(
            String::from_utf8(file).unwrap(),
            "Employee ID,Birth Date,Title,_row,_column,_code,_found,_expected\r\n\
             001,02/30/1980,'=1+1,7,Birth Date,bad-date,02/30/1980,YYYYMMDD\r\n"
        );
    }

    #[test]
    fn full_width_formula_signs_are_neutralized_too() {
        assert_eq!(neutralized("\u{FF1D}1"), "'\u{FF1D}1");
        assert_eq!(neutralized("Sample"), "Sample");
    }

    proptest! {
        #[test]
        fn what_was_neutralized_comes_back_as_it_was(cell in "[=+@\\-a-z]{0,6}") {
            let text = neutralized(&cell);
            prop_assert_eq!(restored(&text), cell.as_str());
        }
    }
}
