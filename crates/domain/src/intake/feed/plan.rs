//! What a file would do, computed without writing.

use super::cells::{self, Cell, ParsedRow};
use super::fields::{Field, Owner};
use super::known::{Known, KnownPerson, Namesake, Standing};
use super::profile::Profile;
use super::reading::Sheet;
use super::supervisors::{self, Relation};
use super::thresholds::Crossed;
use super::{Problem, RowCode};
use crate::ids::PersonId;
use crate::intake::names::normalized;
use crate::time::local_date;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a row would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A new person arrives.
    Added,
    /// A known person changes.
    Changed,
    /// Nothing.
    Unchanged,
    /// A known person's employment ends, now or on a date the file brings.
    Ended,
    /// Somebody who was gone is back: a new employment of the same person.
    Rehired,
    /// Somebody has to decide who this is.
    Held,
    /// The row is wrong.
    Error,
    /// The row would have ended an employment, and the decision left those out.
    Spared,
}

impl Outcome {
    /// The word of rows and answers.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Ended => "ended",
            Self::Rehired => "rehired",
            Self::Held => "held",
            Self::Error => "error",
            Self::Spared => "spared",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Added,
            Self::Changed,
            Self::Unchanged,
            Self::Ended,
            Self::Rehired,
            Self::Held,
            Self::Error,
            Self::Spared,
        ]
        .into_iter()
        .find(|outcome| outcome.word() == word)
    }

    /// Whether the row comes back in the result file.
    #[must_use]
    pub fn is_rejected(self) -> bool {
        matches!(self, Self::Held | Self::Error)
    }
}

/// One value that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field.
    pub field: Field,
    /// What stood there.
    pub before: Option<String>,
    /// What will stand there.
    pub after: Option<String>,
}

/// What one row would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlan {
    /// The row's number as a spreadsheet counts: the header is 1.
    pub number: u32,
    /// The employee id, as in the file.
    pub employee_id: String,
    /// The known person, if there is one.
    pub person: Option<PersonId>,
    /// What happens.
    pub outcome: Outcome,
    /// Values that change, with what stood there.
    pub changes: Vec<Change>,
    /// Why it is refused or held.
    pub problems: Vec<Problem>,
    /// What it is applied in spite of.
    pub warnings: Vec<Problem>,
    /// Fields in which the file says something else than the edit that stands.
    pub differs: Vec<Field>,
    /// Where the employment stands after the row.
    pub standing: Standing,
    /// When the employment ends, where the row sets an end.
    pub ends_at: Option<DateTime<Utc>>,
    /// Its last day then, at its location.
    pub ends_on: Option<NaiveDate>,
}

/// How many of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Data rows of the file.
    pub rows: u32,
    /// New people, those who arrive ended among them.
    pub added: u32,
    /// New people whose employment is over already.
    pub added_ended: u32,
    /// Known people who change, those who end among them.
    pub changed: u32,
    /// Rows that change nothing.
    pub unchanged: u32,
    /// Known people whose employment ends.
    pub ended: u32,
    /// People who are back.
    pub rehired: u32,
    /// Rows that wait for somebody to decide.
    pub held: u32,
    /// Rows in error.
    pub errors: u32,
    /// Rows left out by the decision.
    pub spared: u32,
    /// Rows applied in spite of something.
    pub warnings: u32,
    /// Active people who get another supervisor.
    pub supervisor_changed: u32,
    /// Active people who had a supervisor and have none.
    pub lost_supervisor: u32,
    /// Active people who had no supervisor and have one.
    pub gained_supervisor: u32,
    /// People whose supervisor by file changes although one was set by hand, which stays.
    pub kept_by_hand: u32,
    /// Accounts that are made.
    pub accounts: u32,
    /// Active people of this profile before.
    pub active_before: u32,
    /// Active people of this profile after, those on leave among them.
    pub active_after: u32,
    /// Of the active people after, those on leave.
    pub on_leave_after: u32,
    /// Of the active people after, those with a supervisor who works here.
    pub supervised_after: u32,
}

impl Counts {
    /// Rows that are applied: neither refused nor held nor left out.
    #[must_use]
    pub fn applied(&self) -> u32 {
        self.rows - self.errors - self.held - self.spared
    }
}

/// What a file would do.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Every data row, in the file's order.
    pub rows: Vec<RowPlan>,
    /// Supervisor relationships that rows set or clear.
    pub relations: Vec<Relation>,
    /// People who supervise each other in a circle, by number.
    pub circles: Vec<Vec<String>>,
    /// People without a supervisor afterwards who had one, by number.
    pub lost_supervisor: Vec<String>,
    /// People who get an account, by number; whether it opens the employee portal.
    pub accounts: Vec<(String, bool)>,
    /// Changed values per field.
    pub fields: BTreeMap<Field, u32>,
    /// How many of what.
    pub counts: Counts,
    /// Limits that are crossed.
    pub crossed: Vec<Crossed>,
}

/// Plans a file. `spare` leaves out the rows that end an employment and keeps the supervisors that
/// rows would take away.
#[must_use]
pub fn plan(
    known: &Known,
    sheet: &Sheet,
    profile: &Profile,
    now: DateTime<Utc>,
    spare: bool,
) -> Plan {
    let today = known.places.today(now);
    let mut parsed: Vec<ParsedRow> = sheet
        .rows
        .iter()
        .map(|row| cells::parse(row, sheet, profile, &known.places, today))
        .collect();
    refuse_duplicates(&mut parsed, sheet);
    let planner = Planner {
        known,
        profile,
        now,
        spare,
        by_number: known.by_number(),
        namesakes: known.namesakes(),
        sheet,
    };
    planner.refuse_taken(&mut parsed);
    let mut rows: Vec<RowPlan> = parsed.iter().map(|row| planner.row(row)).collect();
    let relations = supervisors::resolve(known, sheet, &parsed, &mut rows, spare);
    summarize(known, profile, rows, relations)
}

fn summarize(
    known: &Known,
    profile: &Profile,
    rows: Vec<RowPlan>,
    resolved: supervisors::Resolved,
) -> Plan {
    let mut counts = resolved.counts;
    let mut fields = BTreeMap::new();
    counts.rows = count(rows.len());
    for row in &rows {
        counts.warnings += u32::from(!row.warnings.is_empty());
        match row.outcome {
            Outcome::Added => {
                counts.added += 1;
                counts.added_ended += u32::from(row.standing == Standing::Ended);
            }
            Outcome::Changed => counts.changed += 1,
            Outcome::Ended => {
                counts.changed += 1;
                counts.ended += 1;
            }
            Outcome::Unchanged => counts.unchanged += 1,
            Outcome::Rehired => counts.rehired += 1,
            Outcome::Held => counts.held += 1,
            Outcome::Error => counts.errors += 1,
            Outcome::Spared => counts.spared += 1,
        }
        if !matches!(row.outcome, Outcome::Added) {
            for change in &row.changes {
                *fields.entry(change.field).or_default() += 1;
            }
        }
    }
    counts.accounts = count(resolved.accounts.len());
    Plan {
        relations: resolved.relations,
        circles: resolved.circles,
        lost_supervisor: resolved.lost,
        accounts: resolved.accounts,
        fields,
        crossed: profile.thresholds.crossed(&counts, known.first_run),
        counts,
        rows,
    }
}

pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Every row of an id that stands twice is an error: nobody can say which one is meant.
fn refuse_duplicates(parsed: &mut [ParsedRow], sheet: &Sheet) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    for row in parsed.iter() {
        *seen.entry(row.employee_id.clone()).or_default() += 1;
    }
    let column = header_of(sheet, Field::EmployeeId);
    for row in parsed {
        let again = seen.get(&row.employee_id).is_some_and(|times| *times > 1);
        if again && !row.employee_id.is_empty() {
            row.problems = vec![Problem {
                column: column.clone(),
                code: RowCode::DuplicateInFile,
                found: row.employee_id.clone(),
                expected: String::new(),
            }];
        }
    }
}

/// The file's own header of a field; the field's name when the file has no such column.
pub(super) fn header_of(sheet: &Sheet, field: Field) -> String {
    sheet
        .columns
        .fields
        .iter()
        .position(|column| *column == Some(field))
        .and_then(|index| sheet.header.get(index))
        .map_or_else(|| field.name().to_owned(), |name| name.trim().to_owned())
}

struct Planner<'a> {
    known: &'a Known,
    profile: &'a Profile,
    now: DateTime<Utc>,
    spare: bool,
    by_number: HashMap<&'a str, &'a KnownPerson>,
    namesakes: HashSet<Namesake>,
    sheet: &'a Sheet,
}

impl Planner<'_> {
    /// Sign-in names and badges belong to one person of the employer. One that its holder gives up
    /// in the same file is free.
    fn refuse_taken(&self, parsed: &mut [ParsedRow]) {
        for (field, code) in [
            (Field::SsoId, RowCode::SsoIdTaken),
            (Field::BadgeId, RowCode::DuplicateId),
        ] {
            let mut holders: HashMap<String, Vec<&str>> = HashMap::new();
            let rows: HashMap<&str, &ParsedRow> = parsed
                .iter()
                .filter(|row| row.problems.is_empty())
                .map(|row| (row.employee_id.as_str(), row))
                .collect();
            for person in &self.known.people {
                let row = rows.get(person.employee_id.as_str());
                let gives_up = row.is_some_and(|row| row.cells.contains_key(&field));
                if let (Some(value), false) = (person.values.get(&field), gives_up) {
                    holders
                        .entry(value.clone())
                        .or_default()
                        .push(&person.employee_id);
                }
            }
            for (number, row) in &rows {
                if let Some(value) = row.value(field) {
                    holders.entry(value.to_owned()).or_default().push(number);
                }
            }
            let taken: Vec<(usize, String)> = parsed
                .iter()
                .enumerate()
                .filter_map(|(index, row)| {
                    let value = row.value(field)?;
                    let others = holders.get(value)?;
                    let other = others.iter().any(|number| *number != row.employee_id);
                    other.then(|| (index, value.to_owned()))
                })
                .collect();
            for (index, found) in taken {
                if let Some(row) = parsed.get_mut(index) {
                    row.problems.push(Problem {
                        column: header_of(self.sheet, field),
                        code,
                        found,
                        expected: String::new(),
                    });
                }
            }
        }
    }

    fn row(&self, row: &ParsedRow) -> RowPlan {
        let known = self.by_number.get(row.employee_id.as_str()).copied();
        let mut planned = RowPlan {
            number: row.number,
            employee_id: row.employee_id.clone(),
            person: known.map(|known| known.person),
            outcome: Outcome::Unchanged,
            changes: Vec::new(),
            problems: row.problems.clone(),
            warnings: row.warnings.clone(),
            differs: Vec::new(),
            standing: known.map_or(Standing::Active, |known| known.standing),
            ends_at: None,
            ends_on: None,
        };
        match known {
            Some(known) => self.known_row(row, known, &mut planned),
            None => self.new_row(row, &mut planned),
        }
        if matches!(planned.outcome, Outcome::Held | Outcome::Error) {
            planned.changes.clear();
            planned.warnings.clear();
        }
        planned
    }

    fn new_row(&self, row: &ParsedRow, planned: &mut RowPlan) {
        for field in [Field::LastName, Field::BirthDate] {
            let column = header_of(self.sheet, field);
            let told = planned.problems.iter().any(|problem| {
                problem.column == column || problem.code == RowCode::DuplicateInFile
            });
            if row.value(field).is_none() && !told {
                planned.problems.push(Problem {
                    column,
                    code: RowCode::Required,
                    found: String::new(),
                    expected: format!("1-{}", field.longest()),
                });
            }
        }
        if !planned.problems.is_empty() {
            planned.outcome = Outcome::Error;
            return;
        }
        let value = |field| row.value(field).unwrap_or_default();
        let namesake = Namesake::new(
            value(Field::LastName),
            value(Field::FirstName),
            value(Field::BirthDate),
        );
        if self.namesakes.contains(&namesake) {
            planned.outcome = Outcome::Held;
            planned.problems.push(Problem {
                column: header_of(self.sheet, Field::EmployeeId),
                code: RowCode::LikelySamePerson,
                found: row.employee_id.clone(),
                expected: String::new(),
            });
            return;
        }
        planned.outcome = Outcome::Added;
        for (field, cell) in &row.cells {
            if let (Cell::Value(value), false, false) =
                (cell, field.is_supervisor(), *field == Field::EmployeeId)
            {
                planned.changes.push(Change {
                    field: *field,
                    before: None,
                    after: Some(value.clone()),
                });
            }
        }
        self.employment(row, None, planned);
    }

    fn known_row(&self, row: &ParsedRow, known: &KnownPerson, planned: &mut RowPlan) {
        if !planned.problems.is_empty() {
            planned.outcome = Outcome::Error;
            return;
        }
        if let Some(problem) = self.another_identity(row, known) {
            planned.outcome = Outcome::Held;
            planned.problems.push(problem);
            return;
        }
        for (field, cell) in &row.cells {
            let status = matches!(
                field,
                Field::EmployeeId | Field::WorkStatus | Field::EndDate
            );
            if status || field.is_supervisor() {
                continue;
            }
            self.value(*field, cell, known, planned);
        }
        self.employment(row, Some(known), planned);
        if planned.outcome == Outcome::Unchanged && !planned.changes.is_empty() {
            planned.outcome = Outcome::Changed;
        }
        if self.spare && planned.outcome == Outcome::Ended {
            planned.outcome = Outcome::Spared;
            planned.changes.clear();
            planned.standing = known.standing;
            planned.ends_at = None;
            planned.ends_on = None;
        }
    }

    /// A number that comes back with another name **and** another birth date was given to somebody
    /// else.
    fn another_identity(&self, row: &ParsedRow, known: &KnownPerson) -> Option<Problem> {
        let last = row.value(Field::LastName)?;
        let born = row.value(Field::BirthDate)?;
        let known_last = known.values.get(&Field::LastName)?;
        let known_born = known.values.get(&Field::BirthDate)?;
        let other = normalized(last) != normalized(known_last) && born != known_born;
        other.then(|| Problem {
            column: header_of(self.sheet, Field::EmployeeId),
            code: RowCode::IdentitySuspect,
            found: row.employee_id.clone(),
            expected: String::new(),
        })
    }

    fn value(&self, field: Field, cell: &Cell, known: &KnownPerson, planned: &mut RowPlan) {
        let before = known.values.get(&field);
        let after = match cell {
            Cell::Clear => None,
            Cell::Value(value) => Some(value),
        };
        if before == after {
            return;
        }
        let stands = match self.profile.owner(field) {
            Owner::Hr => false,
            Owner::HrUntilEdited => known.edited.contains(&field),
            Owner::Employee | Owner::Clinic => before.is_some(),
        };
        if stands {
            planned.differs.push(field);
        } else {
            planned.changes.push(Change {
                field,
                before: before.cloned(),
                after: after.cloned(),
            });
        }
    }

    /// Whether the employment begins, goes on, ends or begins again.
    fn employment(&self, row: &ParsedRow, known: Option<&KnownPerson>, planned: &mut RowPlan) {
        let told = row
            .value(Field::WorkStatus)
            .and_then(super::values::standing);
        let before = known.map(|known| known.standing);
        let was_ended = before == Some(Standing::Ended);
        let last_day_before = known.and_then(|known| known.values.get(&Field::EndDate));
        let last_day = row.value(Field::EndDate);
        let cleared = row.cells.get(&Field::EndDate) == Some(&Cell::Clear);
        let ends_at = last_day.and_then(|day| self.end_instant(day, row, known));
        let past_end = ends_at.is_some_and(|at| at <= self.now);
        // A blank last day keeps the one that is known: "ended" then means that day.
        let kept_day = last_day_before.filter(|_| !cleared && !was_ended);
        let told_end = ends_at.or_else(|| self.end_instant(kept_day?, row, known));

        let after = match told {
            Some(Standing::Ended) if told_end.is_none_or(|at| at <= self.now) => Standing::Ended,
            Some(Standing::Ended) => before.unwrap_or(Standing::Active),
            _ if past_end => Standing::Ended,
            Some(standing) => standing,
            None if was_ended && (cleared || ends_at.is_some()) => Standing::Active,
            None => before.unwrap_or(Standing::Active),
        };
        planned.standing = after;
        if planned.outcome == Outcome::Added {
            let status = |change: &&mut Change| change.field == Field::WorkStatus;
            if let Some(change) = planned.changes.iter_mut().find(status) {
                change.after = Some(after.word().to_owned());
            }
        } else {
            let back = was_ended && after != Standing::Ended;
            if back {
                planned.outcome = Outcome::Rehired;
            }
            end_change(last_day, cleared || back, last_day_before, planned);
            if before != Some(after) {
                planned.changes.push(Change {
                    field: Field::WorkStatus,
                    before: before.map(|standing| standing.word().to_owned()),
                    after: Some(after.word().to_owned()),
                });
            }
        }
        let ends_newly = after == Standing::Ended && !was_ended;
        let end_set = planned
            .changes
            .iter()
            .any(|change| change.field == Field::EndDate && change.after.is_some());
        if ends_newly || end_set {
            planned.ends_at = told_end.or(ends_newly.then_some(self.now));
            let zone = self
                .known
                .places
                .zone_of(self.location(row, known).as_ref());
            planned.ends_on = match last_day.or(kept_day.map(String::as_str)) {
                Some(day) => day.parse().ok(),
                None => Some(local_date(self.now, zone)),
            };
        }
        let first_end = end_set && last_day_before.is_none() && !was_ended;
        if planned.outcome == Outcome::Unchanged && (ends_newly || first_end) {
            planned.outcome = Outcome::Ended;
        }
    }

    fn end_instant(
        &self,
        last_day: &str,
        row: &ParsedRow,
        known: Option<&KnownPerson>,
    ) -> Option<DateTime<Utc>> {
        let last_day: NaiveDate = last_day.parse().ok()?;
        let location = self.location(row, known);
        Some(
            self.known
                .places
                .end_of_employment(last_day, location.as_ref()),
        )
    }

    fn location(&self, row: &ParsedRow, known: Option<&KnownPerson>) -> Option<String> {
        row.value(Field::Location)
            .map(str::to_owned)
            .or_else(|| known.and_then(|known| known.values.get(&Field::Location).cloned()))
    }
}

fn end_change(
    last_day: Option<&str>,
    cleared: bool,
    before: Option<&String>,
    planned: &mut RowPlan,
) {
    let same = before.map(String::as_str) == last_day;
    if (last_day.is_some() && !same) || (last_day.is_none() && cleared && before.is_some()) {
        planned.changes.push(Change {
            field: Field::EndDate,
            before: before.cloned(),
            after: last_day.map(str::to_owned),
        });
    }
}
