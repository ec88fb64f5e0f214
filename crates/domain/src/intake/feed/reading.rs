//! From bytes to rows of text.

use super::columns::{Columns, HeaderError};
use super::dates;
use super::fields::Field;
use super::profile::Profile;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use thiserror::Error;

/// The largest file, in bytes.
pub const MAX_BYTES: usize = 200 * 1024 * 1024;
/// The most data rows.
pub const MAX_ROWS: usize = 500_000;
/// Separators that are recognized.
pub const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// A file as rows of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The separator that was found.
    pub separator: char,
    /// The header row, as written.
    pub header: Vec<String>,
    /// Which column is which field.
    pub columns: Columns,
    /// The data rows; rows without any value are left out.
    pub rows: Vec<SheetRow>,
}

impl Sheet {
    /// The birth dates of the file that can be read, each once.
    #[must_use]
    pub fn birth_dates(&self, profile: &Profile) -> Vec<NaiveDate> {
        let column = self
            .columns
            .fields
            .iter()
            .position(|field| *field == Some(Field::BirthDate));
        let dates: BTreeSet<NaiveDate> = self
            .rows
            .iter()
            .filter_map(|row| row.cells.get(column?))
            .filter_map(|cell| dates::parse(cell.trim(), profile.date_pattern.as_deref()))
            .collect();
        dates.into_iter().collect()
    }
}

/// One data row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Its number as a spreadsheet counts: the header is 1.
    pub number: u32,
    /// Its cells, as written.
    pub cells: Vec<String>,
}

/// Why a file cannot be read. Nothing is written then.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// Not text in UTF-8 or UTF-16, or a quote that never closes.
    #[error("the file cannot be read at byte {byte_offset}")]
    Unreadable {
        /// Where, counted from the first byte of the file.
        byte_offset: usize,
    },
    /// The header row is wrong.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// More bytes or rows than are taken.
    #[error("the file is too large")]
    TooLarge,
}

/// Reads a file: UTF-8 with or without byte order mark, UTF-16 by its mark; comma, semicolon, tab
/// or pipe; quotes as RFC 4180.
///
/// # Errors
/// [`ReadError`]; nothing is guessed.
pub fn read(bytes: &[u8], profile: &Profile) -> Result<Sheet, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    let text = Text::decode(bytes)?;
    let separator = text.separator(profile)?;
    if let Some(at) = unclosed_quote(&text.characters, separator) {
        return Err(text.unreadable(at));
    }
    let mut records = text.records(separator)?.into_iter();
    let header = records.next().map(|row| row.cells).unwrap_or_default();
    let columns = Columns::map(&header, profile)?;
    let rows: Vec<SheetRow> = records
        .filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()))
        .collect();
    if rows.len() > MAX_ROWS {
        return Err(ReadError::TooLarge);
    }
    Ok(Sheet {
        separator,
        header,
        columns,
        rows,
    })
}

/// Decoded text that still knows where its characters stood in the file.
struct Text {
    characters: String,
    encoding: Encoding,
}

#[derive(Clone, Copy)]
enum Encoding {
    Utf8 { mark: usize },
    Utf16,
}

impl Text {
    fn decode(bytes: &[u8]) -> Result<Self, ReadError> {
        let decoded = match bytes {
            [0xFF, 0xFE, rest @ ..] => Self::utf16(rest, u16::from_le_bytes)?,
            [0xFE, 0xFF, rest @ ..] => Self::utf16(rest, u16::from_be_bytes)?,
            [0xEF, 0xBB, 0xBF, rest @ ..] => Self::utf8(rest, 3)?,
            rest => Self::utf8(rest, 0)?,
        };
        // A NUL is never part of a name; it means another encoding than the bytes claim.
        if let Some(at) = decoded.characters.find('\0') {
            return Err(decoded.unreadable(at));
        }
        Ok(decoded.with_usual_line_ends())
    }

    fn utf8(bytes: &[u8], mark: usize) -> Result<Self, ReadError> {
        let characters = std::str::from_utf8(bytes).map_err(|error| ReadError::Unreadable {
            byte_offset: mark + error.valid_up_to(),
        })?;
        Ok(Self {
            characters: characters.to_owned(),
            encoding: Encoding::Utf8 { mark },
        })
    }

    fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Self, ReadError> {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let mut characters = String::with_capacity(bytes.len());
        let mut byte_offset = 2;
        for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
            let character = decoded.map_err(|_| ReadError::Unreadable { byte_offset })?;
            byte_offset += 2 * character.len_utf16();
            characters.push(character);
        }
        if !rest.is_empty() {
            return Err(ReadError::Unreadable { byte_offset });
        }
        Ok(Self {
            characters,
            encoding: Encoding::Utf16,
        })
    }

    /// Files of old spreadsheets end lines with a bare carriage return.
    fn with_usual_line_ends(mut self) -> Self {
        if !self.characters.contains('\n') && self.characters.contains('\r') {
            self.characters = self.characters.replace('\r', "\n");
        }
        self
    }

    fn unreadable(&self, at: usize) -> ReadError {
        let before = self.characters.get(..at).unwrap_or_default();
        ReadError::Unreadable {
            byte_offset: match self.encoding {
                Encoding::Utf8 { mark } => mark + at,
                Encoding::Utf16 => 2 + 2 * before.encode_utf16().count(),
            },
        }
    }

    /// The separator under which the header names most fields, then most columns.
    fn separator(&self, profile: &Profile) -> Result<char, ReadError> {
        let mut best = (0, 0, ',');
        for separator in SEPARATORS {
            let Some(header) = self.reader(separator).into_records().next() else {
                continue;
            };
            let header = header.map_err(|_| self.unreadable(0))?;
            let known = header
                .iter()
                .filter(|name| Columns::field(name, profile).is_some())
                .count();
            if (known, header.len()) > (best.0, best.1) {
                best = (known, header.len(), separator);
            }
        }
        Ok(best.2)
    }

    fn records(&self, separator: char) -> Result<Vec<SheetRow>, ReadError> {
        let bytes = self.characters.as_bytes();
        let mut rows = Vec::new();
        let mut number = 0;
        for record in self.reader(separator).into_records() {
            let record = record.map_err(|error| {
                let at = error.position().map_or(0, |position| position.byte());
                self.unreadable(usize::try_from(at).unwrap_or(0))
            })?;
            let start = record.position().map_or(0, csv::Position::byte);
            let start = usize::try_from(start).unwrap_or(0);
            number += 1 + blank_lines(bytes, start);
            rows.push(SheetRow {
                number,
                cells: record.iter().map(str::to_owned).collect(),
            });
        }
        Ok(rows)
    }

    fn reader(&self, separator: char) -> csv::Reader<&[u8]> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(u8::try_from(separator).unwrap_or(b','))
            .from_reader(self.characters.as_bytes())
    }
}

/// Empty lines before a record: a spreadsheet counts them, the reader skips them.
fn blank_lines(bytes: &[u8], start: usize) -> u32 {
    let mut lines = 0;
    let mut at = start;
    while let Some(byte @ (b'\r' | b'\n')) = bytes.get(at) {
        let ends_the_line_before = at == start && at > 0 && bytes.get(at - 1) == Some(&b'\r');
        if *byte == b'\n' && !ends_the_line_before {
            lines += 1;
        }
        at += 1;
    }
    lines
}

/// Where a quote opens that never closes. Read leniently, such a file would lose all rows after it.
fn unclosed_quote(text: &str, separator: char) -> Option<usize> {
    enum At {
        CellStart,
        Plain,
        Quoted(usize),
        AfterQuote(usize),
    }
    let ends_cell = |c: char| c == separator || c == '\n' || c == '\r';
    let mut at = At::CellStart;
    for (offset, c) in text.char_indices() {
        at = match at {
            At::CellStart if c == '"' => At::Quoted(offset),
            At::CellStart | At::Plain if ends_cell(c) => At::CellStart,
            At::CellStart | At::Plain => At::Plain,
            At::Quoted(opened) if c == '"' => At::AfterQuote(opened),
            At::Quoted(opened) => At::Quoted(opened),
            At::AfterQuote(opened) if c == '"' => At::Quoted(opened),
            At::AfterQuote(_) if ends_cell(c) => At::CellStart,
            At::AfterQuote(_) => At::Plain,
        };
    }
    match at {
        At::Quoted(opened) => Some(opened),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        read(text.as_bytes(), &Profile::default()).unwrap()
    }

    fn numbers(sheet: &Sheet) -> Vec<u32> {
        sheet.rows.iter().map(|row| row.number).collect()
    }

    #[test]
    fn each_separator_is_found_by_the_fields_the_header_names() {
        for separator in SEPARATORS {
            let text = format!("Employee ID{separator}Last Name\n1{separator}Sample\n");
            assert_eq!(sheet(&text).separator, separator);
        }
    }

    #[test]
    fn utf_16_is_read_by_its_mark_in_both_orders() {
        let text = "employee_id,last_name\n1,Núñez 金\n";
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain(units.iter().flat_map(|unit| unit.to_le_bytes()))
            .collect();
        let big: Vec<u8> = [0xFE, 0xFF]
            .into_iter()
            .chain(units.iter().flat_map(|unit| unit.to_be_bytes()))
            .collect();
        for bytes in [little, big] {
            let sheet = read(&bytes, &Profile::default()).unwrap();
            assert_eq!(sheet.rows[0].cells, ["1", "Núñez 金"]);
        }
    }

    #[test]
    fn a_latin_1_file_is_refused_with_the_byte_offset() {
        let bytes = b"employee_id,last_name\n1,Jos\xE9\n";
        assert_eq!(
            read(bytes, &Profile::default()),
            Err(ReadError::Unreadable { byte_offset: 27 })
        );
    }

    #[test]
    fn the_byte_offset_counts_the_byte_order_mark() {
        let bytes = b"\xEF\xBB\xBFemployee_id\n\xE9\n";
        assert_eq!(
            read(bytes, &Profile::default()),
            Err(ReadError::Unreadable { byte_offset: 15 })
        );
    }

    #[test]
    fn a_quote_that_never_closes_is_refused_where_it_opens() {
        let text = "employee_id,last_name\n1,\"Sample\n2,Example\n";
        assert_eq!(
            read(text.as_bytes(), &Profile::default()),
            Err(ReadError::Unreadable { byte_offset: 24 })
        );
    }

    #[test]
    fn quotes_hold_separators_quotes_and_line_breaks() {
        let sheet = sheet(
            "employee_id,last_name,address_1\r\n1,\"O'Brien, \"\"Jr\"\"\",\"12 Main St\nUnit 4\"\r\n2,B,C\r\n",
        );
        assert_eq!(
            sheet.rows[0].cells,
            ["1", "O'Brien, \"Jr\"", "12 Main St\nUnit 4"]
        );
        assert_eq!(numbers(&sheet), [2, 3]);
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does_blank_lines_too() {
        assert_eq!(numbers(&sheet("employee_id\n1\n\n\n2\n")), [2, 5]);
        assert_eq!(numbers(&sheet("employee_id\r\n1\r\n\r\n2\r\n")), [2, 4]);
        assert_eq!(numbers(&sheet("employee_id,x\r1,\r,\r2,\r")), [2, 4]);
    }
}
