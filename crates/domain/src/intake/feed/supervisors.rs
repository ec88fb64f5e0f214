//! Who supervises whom after a file: the second pass, so that the order of rows does not matter.

use super::cells::{Cell, ParsedRow};
use super::fields::Field;
use super::known::{Known, KnownPerson, Standing};
use super::plan::{Change, Counts, Outcome, RowPlan, header_of};
use super::reading::Sheet;
use super::{Problem, RowCode};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The two columns that name supervisors.
pub const SLOTS: [Field; 2] = [Field::SupervisorId, Field::Supervisor2Id];

/// A relationship a row sets, changes or clears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Who is supervised, by number.
    pub employee_id: String,
    /// Which column said so.
    pub slot: usize,
    /// The supervisor before, by number.
    pub before: Option<String>,
    /// The supervisor after, by number.
    pub after: Option<String>,
}

/// What the second pass found.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    /// Relationships that rows set or clear.
    pub relations: Vec<Relation>,
    /// Circles of supervision.
    pub circles: Vec<Vec<String>>,
    /// Who had a supervisor and has none.
    pub lost: Vec<String>,
    /// Who gets an account, and whether it opens the employee portal.
    pub accounts: Vec<(String, bool)>,
    /// The counts of this pass.
    pub counts: Counts,
}

type Slots = [Option<String>; 2];

/// Resolves the supervisors of every row, adds their changes and warnings to the rows, and counts
/// what the whole file does to supervision.
#[must_use]
pub fn resolve(
    known: &Known,
    sheet: &Sheet,
    parsed: &[ParsedRow],
    rows: &mut [RowPlan],
    spare: bool,
) -> Resolved {
    let mut pass = Pass::new(known, rows, spare);
    for (row, planned) in parsed.iter().zip(rows.iter_mut()) {
        pass.row(sheet, row, planned);
    }
    pass.finish(rows)
}

struct Pass<'a> {
    known: &'a Known,
    by_number: HashMap<&'a str, &'a KnownPerson>,
    /// Everybody with a number after the file, and whether they work here.
    standing: BTreeMap<String, Standing>,
    /// Who supervises whom by file, after it.
    slots: HashMap<String, Slots>,
    fed: BTreeSet<String>,
    spare: bool,
    resolved: Resolved,
}

impl<'a> Pass<'a> {
    fn new(known: &'a Known, rows: &[RowPlan], spare: bool) -> Self {
        let mut standing: BTreeMap<String, Standing> = known
            .people
            .iter()
            .map(|person| (person.employee_id.clone(), person.standing))
            .collect();
        let mut fed: BTreeSet<String> = known
            .people
            .iter()
            .filter(|person| person.fed)
            .map(|person| person.employee_id.clone())
            .collect();
        for row in rows {
            if matches!(row.outcome, Outcome::Error | Outcome::Held) {
                continue;
            }
            standing.insert(row.employee_id.clone(), row.standing);
            fed.insert(row.employee_id.clone());
        }
        Self {
            known,
            by_number: known.by_number(),
            standing,
            slots: known
                .people
                .iter()
                .map(|person| (person.employee_id.clone(), person.supervisors.clone()))
                .collect(),
            fed,
            spare,
            resolved: Resolved::default(),
        }
    }

    fn works(&self, number: &str) -> bool {
        matches!(
            self.standing.get(number),
            Some(Standing::Active | Standing::Leave)
        )
    }

    fn row(&mut self, sheet: &Sheet, row: &ParsedRow, planned: &mut RowPlan) {
        let skipped = matches!(
            planned.outcome,
            Outcome::Error | Outcome::Held | Outcome::Spared
        );
        if skipped {
            return;
        }
        let before = self
            .slots
            .get(&row.employee_id)
            .cloned()
            .unwrap_or_default();
        let mut after = before.clone();
        for (slot, (field, entry)) in SLOTS.iter().zip(after.iter_mut()).enumerate() {
            match row.cells.get(field) {
                None => {}
                Some(Cell::Clear) => *entry = None,
                Some(Cell::Value(named)) => match self.named(named, row) {
                    Ok(supervisor) => *entry = supervisor,
                    Err(code) => planned.warnings.push(Problem {
                        column: header_of(sheet, *field),
                        code,
                        found: named.clone(),
                        expected: Field::EmployeeId.name().to_owned(),
                    }),
                },
            }
            // What ends with the supervisor's employment is the supervisor's row, not this one.
            let ended_with_supervisor = entry.is_none()
                && before
                    .get(slot)
                    .is_some_and(|old| old.is_some() && old.as_deref() == row.value(*field));
            if ended_with_supervisor {
                entry.clone_from(before.get(slot).unwrap_or(&None));
            }
        }
        if let [first, second] = &mut after
            && first == second
        {
            *second = None;
        }
        if self.spare && self.loses(&row.employee_id, &before, &after) {
            after.clone_from(&before);
        }
        if self.works(&row.employee_id) {
            self.note(&row.employee_id, &before, &after, planned);
        }
        self.slots.insert(row.employee_id.clone(), after);
    }

    /// The supervisor a cell names; none when their employment has ended.
    fn named(&self, named: &str, row: &ParsedRow) -> Result<Option<String>, RowCode> {
        if named == row.employee_id {
            return Err(RowCode::OwnSupervisor);
        }
        match self.standing.get(named) {
            None => Err(RowCode::SupervisorNotFound),
            Some(Standing::Ended) => Ok(None),
            Some(_) => Ok(Some(named.to_owned())),
        }
    }

    fn loses(&self, number: &str, before: &Slots, after: &Slots) -> bool {
        self.works(number) && self.has_any(number, before) && !self.has_any(number, after)
    }

    fn has_any(&self, number: &str, slots: &Slots) -> bool {
        slots
            .iter()
            .flatten()
            .any(|supervisor| self.works(supervisor))
            || self.by_number.get(number).is_some_and(|person| {
                person
                    .by_hand
                    .iter()
                    .any(|supervisor| supervisor.is_empty() || self.works(supervisor))
            })
    }

    fn note(&mut self, number: &str, before: &Slots, after: &Slots, planned: &mut RowPlan) {
        let by_hand = self
            .by_number
            .get(number)
            .is_some_and(|person| !person.by_hand.is_empty());
        for (slot, (old, new)) in before.iter().zip(after).enumerate() {
            if old == new {
                continue;
            }
            if let Some(field) = SLOTS.get(slot) {
                planned.changes.push(Change {
                    field: *field,
                    before: old.clone(),
                    after: new.clone(),
                });
            }
            self.resolved.relations.push(Relation {
                employee_id: number.to_owned(),
                slot,
                before: old.clone(),
                after: new.clone(),
            });
        }
        if before != after {
            self.resolved.counts.kept_by_hand += u32::from(by_hand);
            if planned.outcome == Outcome::Unchanged {
                planned.outcome = Outcome::Changed;
            }
        }
    }

    fn finish(mut self, rows: &[RowPlan]) -> Resolved {
        let numbers: Vec<String> = self.standing.keys().cloned().collect();
        for number in &numbers {
            self.count(number);
        }
        self.resolved.circles = circles(&self.live_slots());
        self.resolved.accounts = self.accounts(rows);
        self.resolved
    }

    fn count(&mut self, number: &str) {
        let known = self.by_number.get(number).copied();
        let worked = known.is_some_and(|person| person.standing != Standing::Ended);
        let fed_before = known.is_some_and(|person| person.fed);
        let works = self.works(number);
        let empty = Slots::default();
        let before = known.map_or(&empty, |person| &person.supervisors);
        let after = self.slots.get(number).cloned().unwrap_or_default();
        let had = known.is_some_and(|person| {
            person.supervisors.iter().any(Option::is_some) || !person.by_hand.is_empty()
        });
        let has = self.has_any(number, &after);
        let live = |slots: &Slots| -> BTreeSet<String> {
            slots
                .iter()
                .flatten()
                .filter(|supervisor| self.works(supervisor))
                .cloned()
                .collect()
        };
        let old: BTreeSet<String> = before.iter().flatten().cloned().collect();
        let new = live(&after);
        let changed = worked && works && !old.is_empty() && !new.is_empty() && !new.is_subset(&old);
        let on_leave = self.standing.get(number) == Some(&Standing::Leave);
        let fed = self.fed.contains(number);

        let counts = &mut self.resolved.counts;
        counts.active_before += u32::from(worked && fed_before);
        counts.active_after += u32::from(works && fed);
        counts.on_leave_after += u32::from(works && fed && on_leave);
        counts.supervised_after += u32::from(works && fed && has);
        counts.supervisor_changed += u32::from(changed);
        counts.gained_supervisor += u32::from(works && has && !had);
        if worked && works && had && !has {
            counts.lost_supervisor += 1;
            self.resolved.lost.push(number.to_owned());
        }
    }

    fn live_slots(&self) -> BTreeMap<&str, Vec<&str>> {
        self.slots
            .iter()
            .filter(|(number, _)| self.works(number))
            .map(|(number, slots)| {
                let supervisors = slots
                    .iter()
                    .flatten()
                    .filter(|supervisor| self.works(supervisor))
                    .map(String::as_str)
                    .collect();
                (number.as_str(), supervisors)
            })
            .collect()
    }

    /// New and returning people get an account where the employer wants that; whom the file names
    /// as supervisor gets one whatever it wants, then without the employee portal.
    fn accounts(&self, rows: &[RowPlan]) -> Vec<(String, bool)> {
        let has_account = |number: &str| {
            self.by_number
                .get(number)
                .is_some_and(|person| person.has_account)
        };
        let mut wanted: BTreeMap<String, bool> = BTreeMap::new();
        for row in rows {
            let arrives = matches!(row.outcome, Outcome::Added | Outcome::Rehired);
            if arrives && self.known.auto_account && row.standing != Standing::Ended {
                wanted.insert(row.employee_id.clone(), true);
            }
        }
        for supervisor in self
            .resolved
            .relations
            .iter()
            .filter_map(|relation| relation.after.as_ref())
        {
            wanted.entry(supervisor.clone()).or_insert(false);
        }
        wanted
            .into_iter()
            .filter(|(number, _)| !has_account(number) && self.works(number))
            .collect()
    }
}

/// Circles of supervision, each from where it was entered. Every person is walked once.
fn circles(supervisors: &BTreeMap<&str, Vec<&str>>) -> Vec<Vec<String>> {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for start in supervisors.keys() {
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        let mut on_path: HashMap<&str, usize> = HashMap::from([(*start, 0)]);
        while let Some((number, next)) = path.last().copied() {
            if done.contains(number) {
                path.pop();
                on_path.remove(number);
                continue;
            }
            let Some(supervisor) = supervisors.get(number).and_then(|named| named.get(next)) else {
                done.insert(number);
                path.pop();
                on_path.remove(number);
                continue;
            };
            if let Some(last) = path.last_mut() {
                last.1 += 1;
            }
            match on_path.get(supervisor) {
                Some(entered) => found.push(
                    path.iter()
                        .skip(*entered)
                        .map(|(number, _)| (*number).to_owned())
                        .collect(),
                ),
                None => {
                    on_path.insert(supervisor, path.len());
                    path.push((supervisor, 0));
                }
            }
        }
    }
    found
}
