use super::*;
use crate::ids::PersonId;
use chrono::{DateTime, Utc};
use chrono_tz::America::Indiana::Indianapolis;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use uuid::Uuid;

const DAY_1: &[u8] = include_bytes!("../../../../test-support/data/hr-feed-day1.csv");
const DAY_2: &[u8] = include_bytes!("../../../../test-support/data/hr-feed-day2.csv");
const EXPECTED: &str = include_str!("../../../../test-support/data/hr-feed-expected.json");

fn now() -> DateTime<Utc> {
    "2026-11-22T15:00:00Z".parse().unwrap()
}

fn places() -> Places {
    let place = |(code, name, zone): &(&str, &str, &str)| Place {
        code: (*code).into(),
        name: (*name).into(),
        zone: zone.parse().ok(),
    };
    Places {
        zone: Indianapolis,
        departments: [
            ("FAB", "Fabrication", ""),
            ("ASM", "Assembly", ""),
            ("WHS", "Warehouse", ""),
            ("LAB", "Laboratory", ""),
            ("MNT", "Maintenance", ""),
            ("ADM", "Administration", ""),
            ("TRN", "Transport", ""),
        ]
        .iter()
        .map(place)
        .collect(),
        locations: [
            ("FTW", "Fort Wayne Plant", "America/Indiana/Indianapolis"),
            ("PHX", "Phoenix Distribution", "America/Phoenix"),
            ("ELP", "El Paso Works", "America/Denver"),
            ("ANC", "Anchorage Depot", "America/Anchorage"),
            ("NYC", "New York", "America/New_York"),
        ]
        .iter()
        .map(place)
        .collect(),
    }
}

fn nobody() -> Known {
    Known {
        people: Vec::new(),
        elsewhere: HashSet::new(),
        places: places(),
        auto_account: true,
        first_run: true,
    }
}

/// What would be known after a plan was applied.
fn applied(known: &Known, plan: &Plan) -> Known {
    let mut people: BTreeMap<String, KnownPerson> = known
        .people
        .iter()
        .map(|person| (person.employee_id.clone(), person.clone()))
        .collect();
    for row in &plan.rows {
        if matches!(
            row.outcome,
            Outcome::Error | Outcome::Held | Outcome::Spared
        ) {
            continue;
        }
        let person = people
            .entry(row.employee_id.clone())
            .or_insert_with(|| KnownPerson {
                person: PersonId(Uuid::from_u128(u128::from(row.number))),
                employee_id: row.employee_id.clone(),
                values: BTreeMap::new(),
                edited: BTreeSet::new(),
                standing: row.standing,
                supervisors: [None, None],
                by_hand: Vec::new(),
                has_account: false,
                fed: true,
            });
        person.fed = true;
        person.standing = row.standing;
        for change in row
            .changes
            .iter()
            .filter(|change| !change.field.is_supervisor())
        {
            match &change.after {
                Some(value) => person.values.insert(change.field, value.clone()),
                None => person.values.remove(&change.field),
            };
        }
    }
    for relation in &plan.relations {
        people.get_mut(&relation.employee_id).unwrap().supervisors[relation.slot] =
            relation.after.clone();
    }
    for (number, _) in &plan.accounts {
        people.get_mut(number).unwrap().has_account = true;
    }
    let gone: HashSet<String> = people
        .values()
        .filter(|person| person.standing == Standing::Ended)
        .map(|person| person.employee_id.clone())
        .collect();
    for person in people.values_mut() {
        let own = gone.contains(&person.employee_id);
        for slot in &mut person.supervisors {
            if own || slot.as_ref().is_some_and(|number| gone.contains(number)) {
                *slot = None;
            }
        }
        person.by_hand.retain(|number| !gone.contains(number));
    }
    Known {
        people: people.into_values().collect(),
        first_run: false,
        ..known.clone()
    }
}

fn planned(known: &Known, file: &[u8]) -> Plan {
    let sheet = read(file, &Profile::default()).unwrap();
    plan(known, &sheet, &Profile::default(), now(), false)
}

fn rows(known: &Known, text: &str) -> Plan {
    planned(known, text.as_bytes())
}

fn after(text: &str) -> Known {
    let known = nobody();
    applied(&known, &rows(&known, text))
}

fn codes(plan: &Plan) -> Vec<&'static str> {
    let code = |problem: &Problem| problem.code.word();
    plan.rows
        .iter()
        .flat_map(|row| row.problems.iter().map(code))
        .collect()
}

fn warnings(plan: &Plan) -> Vec<&'static str> {
    let code = |problem: &Problem| problem.code.word();
    plan.rows
        .iter()
        .flat_map(|row| row.warnings.iter().map(code))
        .collect()
}

fn person<'a>(known: &'a Known, number: &str) -> &'a KnownPerson {
    known
        .people
        .iter()
        .find(|person| person.employee_id == number)
        .unwrap()
}

/// The nine workers of the fixture: 1 over 2, 3; 2 over 4, 5, 8; 3 over 6, 7, 9.
fn nine() -> Known {
    after(
        "employee_id,last_name,first_name,birth_date,supervisor_id\n\
         user1,One,A,19800101,\nuser2,Two,B,19800102,user1\nuser3,Three,C,19800103,user1\n\
         user4,Four,D,19800104,user2\nuser5,Five,E,19800105,user2\nuser8,Eight,F,19800108,user2\n\
         user6,Six,G,19800106,user3\nuser7,Seven,H,19800107,user3\nuser9,Nine,I,19800109,user3\n",
    )
}

/// So many active people, numbered from 1.
fn workforce(size: usize) -> Known {
    let mut text = String::from("employee_id,last_name,first_name,birth_date\n");
    for number in 1..=size {
        text.push_str(&format!("{number},Sample,N{number},19800101\n"));
    }
    after(&text)
}

fn ending(size: usize) -> String {
    let mut text = String::from("employee_id,work_status\n");
    for number in 1..=size {
        text.push_str(&format!("{number},ended\n"));
    }
    text
}

#[test]
fn the_first_day_gives_the_errors_and_warnings_that_are_known_to_be_in_it() {
    let expected: serde_json::Value = serde_json::from_str(EXPECTED).unwrap();
    let plan = planned(&nobody(), DAY_1);
    let errors: BTreeMap<String, &str> = plan
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.outcome == Outcome::Error)
        .map(|(index, row)| {
            (
                format!("{}@{index}", row.employee_id),
                row.problems[0].code.word(),
            )
        })
        .collect();
    assert_eq!(serde_json::to_value(errors).unwrap(), expected["errors"]);
    let warnings: BTreeMap<&str, &str> = plan
        .rows
        .iter()
        .flat_map(|row| {
            row.warnings
                .iter()
                .map(|w| (row.employee_id.as_str(), w.code.word()))
        })
        .collect();
    assert_eq!(
        serde_json::to_value(warnings).unwrap(),
        expected["warnings"]
    );
}

#[test]
fn row_numbers_of_the_first_day_are_the_index_and_two() {
    let plan = planned(&nobody(), DAY_1);
    assert!(
        plan.rows
            .iter()
            .enumerate()
            .all(|(index, row)| row.number as usize == index + 2)
    );
}

#[test]
fn the_first_day_counts() {
    let plan = planned(&nobody(), DAY_1);
    let counts = plan.counts;
    assert_eq!(
        (counts.rows, counts.errors, counts.applied()),
        (2000, 6, 1994)
    );
    assert_eq!((counts.added, counts.added_ended), (1994, 37));
    assert_eq!((counts.active_after, counts.on_leave_after), (1957, 80));
    assert_eq!(counts.supervised_after, 1934);
    assert_eq!(counts.warnings, 2);
    assert_eq!(plan.circles.len(), 1);
    assert_eq!(plan.circles[0].len(), 2);
    assert_eq!(plan.crossed, []);
}

#[test]
fn the_second_day_counts_and_ends_more_than_two_percent() {
    let known = nobody();
    let known = applied(&known, &planned(&known, DAY_1));
    let plan = planned(&known, DAY_2);
    let counts = plan.counts;
    assert_eq!((counts.rows, counts.errors), (2020, 6));
    assert_eq!(
        (counts.added, counts.changed, counts.unchanged),
        (20, 59, 1935)
    );
    assert_eq!((counts.ended, counts.active_before), (40, 1957));
    assert_eq!((counts.active_after, counts.supervised_after), (1937, 1913));
    let ended = plan
        .crossed
        .iter()
        .find(|crossed| crossed.measure == thresholds::Measure::Ended);
    assert_eq!(ended.unwrap().limit_hundredths, 3914);
}

#[test]
fn the_second_day_sent_again_changes_nothing() {
    let known = nobody();
    let known = applied(&known, &planned(&known, DAY_1));
    let known = applied(&known, &planned(&known, DAY_2));
    let counts = planned(&known, DAY_2).counts;
    assert_eq!((counts.unchanged, counts.errors), (2014, 6));
    assert_eq!(
        counts.lost_supervisor + counts.gained_supervisor + counts.supervisor_changed,
        0
    );
}

#[test]
fn the_blanked_cells_of_the_second_day_keep_their_values() {
    let known = nobody();
    let known = applied(&known, &planned(&known, DAY_1));
    let later = applied(&known, &planned(&known, DAY_2));
    assert_eq!(person(&later, "000254"), person(&known, "000254"));
}

#[test]
fn a_moved_supervisor_is_a_change_and_a_blank_one_keeps() {
    let known = nine();
    let plan = rows(&known, "employee_id,supervisor_id\nuser2,user3\nuser4,\n");
    let later = applied(&known, &plan);
    assert_eq!(
        person(&later, "user2").supervisors[0].as_deref(),
        Some("user3")
    );
    assert_eq!(
        person(&later, "user4").supervisors[0].as_deref(),
        Some("user2")
    );
    assert_eq!(
        (plan.counts.lost_supervisor, plan.counts.supervisor_changed),
        (0, 1)
    );
}

#[test]
fn a_cleared_supervisor_is_lost() {
    let known = nine();
    let plan = rows(
        &known,
        "employee_id,supervisor_id\nuser2,user3\nuser4,#CLEAR\n",
    );
    assert_eq!(
        person(&applied(&known, &plan), "user4").supervisors[0],
        None
    );
    assert_eq!(
        (plan.counts.lost_supervisor, plan.counts.supervisor_changed),
        (1, 1)
    );
    assert_eq!(plan.lost_supervisor, ["user4"]);
}

#[test]
fn of_1000_active_20_may_end_and_21_pause() {
    let known = workforce(1000);
    assert_eq!(rows(&known, &ending(20)).crossed, []);
    assert_eq!(rows(&known, &ending(21)).crossed.len(), 1);
}

#[test]
fn of_100_active_5_may_end_and_6_pause() {
    let known = workforce(100);
    assert_eq!(rows(&known, &ending(5)).crossed, []);
    assert_eq!(rows(&known, &ending(6)).crossed.len(), 1);
}

#[test]
fn a_number_with_another_name_and_birth_date_is_held() {
    let known = after(
        "employee_id,last_name,first_name,birth_date,work_status\n77,Sample,Alpha,19800101,ended\n",
    );
    let plan = rows(
        &known,
        "employee_id,last_name,first_name,birth_date,work_status\n77,Example,Beta,19950101,active\n",
    );
    assert_eq!(plan.rows[0].outcome, Outcome::Held);
    assert_eq!(codes(&plan), ["identity-suspect"]);
    assert_eq!(applied(&known, &plan).people, known.people);
    assert_eq!(plan.crossed, []);
}

#[test]
fn a_new_name_with_the_same_birth_date_is_the_same_person() {
    let known = after("employee_id,last_name,first_name,birth_date\n77,Sample,Ana,19800101\n");
    let plan = rows(
        &known,
        "employee_id,last_name,birth_date\n77,Married,19800101\n",
    );
    assert_eq!(plan.rows[0].outcome, Outcome::Changed);
}

#[test]
fn somebody_who_is_back_is_the_same_person_again() {
    let known = after(
        "employee_id,last_name,first_name,birth_date,work_status\n77,Sample,Alpha,19800101,ended\n",
    );
    let plan = rows(
        &known,
        "employee_id,last_name,first_name,birth_date,work_status\n77,Sample,Alpha,19800101,active\n",
    );
    assert_eq!(plan.rows[0].outcome, Outcome::Rehired);
    assert_eq!(plan.rows[0].person, Some(known.people[0].person));
}

#[test]
fn impossible_and_two_digit_dates_are_row_errors() {
    let text = "employee_id,last_name,birth_date\n1,A,02/29/2001\n2,B,20000229\n3,C,03/04/85\n";
    let plan = rows(&nobody(), text);
    let outcomes: Vec<Outcome> = plan.rows.iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes, [Outcome::Error, Outcome::Added, Outcome::Error]);
    assert_eq!(codes(&plan), ["bad-date", "bad-date"]);
}

#[test]
fn a_birth_date_younger_than_14_years_is_a_bad_date() {
    let text = "employee_id,last_name,birth_date\n1,A,2012-11-22\n2,B,2012-11-23\n3,C,1899-12-31\n";
    assert_eq!(codes(&rows(&nobody(), text)), ["bad-date", "bad-date"]);
}

#[test]
fn an_employment_lasts_until_midnight_of_its_last_day_at_its_location() {
    let known = after("employee_id,last_name,birth_date,location\n1,A,19800101,New York\n");
    let sheet = read(b"employee_id,end_date\n1,2026-11-01\n", &Profile::default()).unwrap();
    let ends = "2026-11-02T05:00:00Z".parse::<DateTime<Utc>>().unwrap();
    let at = |now| plan(&known, &sheet, &Profile::default(), now, false);
    let before = at(ends - chrono::Duration::seconds(1));
    assert_eq!(before.rows[0].ends_at, Some(ends));
    assert_eq!(before.rows[0].standing, Standing::Active);
    assert_eq!(at(ends).rows[0].standing, Standing::Ended);
}

#[test]
fn ended_without_a_date_ends_at_the_moment_of_applying() {
    let plan = rows(&nine(), "employee_id,work_status\nuser4,ended\n");
    assert_eq!(plan.rows[0].ends_at, Some(now()));
    assert_eq!(plan.counts.ended, 1);
}

#[test]
fn reports_of_somebody_who_leaves_lose_their_supervisor_and_their_rows_stay_unchanged() {
    let known = nine();
    let plan = rows(
        &known,
        "employee_id,work_status,supervisor_id\nuser3,ended,\nuser6,,user3\n",
    );
    assert_eq!(plan.lost_supervisor, ["user6", "user7", "user9"]);
    assert_eq!(plan.rows[1].outcome, Outcome::Unchanged);
}

#[test]
fn a_supervisor_who_has_left_is_none_without_a_warning() {
    let known = after(
        "employee_id,last_name,first_name,birth_date,work_status\n1,Gone,A,19800101,ended\n2,Here,B,19800102,active\n",
    );
    let plan = rows(&known, "employee_id,supervisor_id\n2,1\n");
    assert_eq!((warnings(&plan).len(), plan.relations.len()), (0, 0));
    assert_eq!(plan.rows[0].outcome, Outcome::Unchanged);
}

#[test]
fn an_unknown_supervisor_warns_and_the_earlier_one_stays() {
    let known = nine();
    let plan = rows(
        &known,
        "employee_id,supervisor_id\nuser4,nobody\nuser5,user5\n",
    );
    assert_eq!(warnings(&plan), ["supervisor-not-found", "self"]);
    assert_eq!(applied(&known, &plan).people.len(), 9);
    assert_eq!(plan.relations, []);
}

#[test]
fn the_order_of_rows_does_not_matter_for_supervisors() {
    let plan = rows(
        &nobody(),
        "employee_id,last_name,birth_date,supervisor_id\n2,B,19800102,1\n1,A,19800101,\n",
    );
    assert_eq!(plan.relations.len(), 1);
    assert_eq!(warnings(&plan).len(), 0);
}

#[test]
fn a_number_that_lost_its_zeros_is_held_as_likely_the_same_person() {
    let known = after("employee_id,last_name,first_name,birth_date\n00123,Sample,Ana,19800101\n");
    let plan = rows(
        &known,
        "employee_id,last_name,first_name,birth_date\n123,SAMPLE,Ána,19800101\n",
    );
    assert_eq!(codes(&plan), ["likely-same-person"]);
    assert_eq!(plan.rows[0].outcome, Outcome::Held);
}

#[test]
fn somebody_known_elsewhere_in_the_provider_organization_is_held() {
    let mut known = nobody();
    known
        .elsewhere
        .insert(known::Namesake::new("Sample", "Ana", "1980-01-01"));
    let plan = rows(
        &known,
        "employee_id,last_name,first_name,birth_date\n1,Sample,Ana,19800101\n",
    );
    assert_eq!(codes(&plan), ["likely-same-person"]);
}

#[test]
fn a_blank_name_is_an_error_only_for_a_number_not_yet_known() {
    let known = after("employee_id,last_name,birth_date\n1,A,19800101\n");
    let plan = rows(&known, "employee_id,last_name,birth_date\n1,,\n2,,\n");
    assert_eq!(plan.rows[0].outcome, Outcome::Unchanged);
    assert_eq!(codes(&plan), ["required", "required"]);
}

#[test]
fn an_unknown_department_warns_and_the_rest_of_the_row_applies() {
    let plan = rows(
        &nobody(),
        "employee_id,last_name,birth_date,department,location\n1,A,19800101,XYZ,phoenix distribution\n",
    );
    assert_eq!(warnings(&plan), ["unknown-department"]);
    let location = plan.rows[0]
        .changes
        .iter()
        .find(|change| change.field == Field::Location);
    assert_eq!(location.unwrap().after.as_deref(), Some("PHX"));
}

#[test]
fn a_sign_in_name_belongs_to_one_person_unless_the_file_moves_it() {
    let known =
        after("employee_id,last_name,birth_date,sso_id\n1,A,19800101,nw\\1\n2,B,19800102,\n");
    let taken = rows(&known, "employee_id,sso_id\n2,nw\\1\n");
    assert_eq!(codes(&taken), ["sso-id-taken"]);
    let moved = rows(&known, "employee_id,sso_id\n2,nw\\1\n1,nw\\2\n");
    assert_eq!(moved.counts.changed, 2);
}

#[test]
fn an_edit_by_the_person_stands_and_is_listed() {
    let mut known =
        after("employee_id,last_name,birth_date,email\n1,A,19800101,a@northwind.example\n");
    known.people[0]
        .values
        .insert(Field::Email, "own@example.org".into());
    known.people[0].edited.insert(Field::Email);
    let plan = rows(&known, "employee_id,email\n1,b@northwind.example\n");
    assert_eq!(plan.rows[0].outcome, Outcome::Unchanged);
    assert_eq!(plan.rows[0].differs, [Field::Email]);
}

#[test]
fn a_supervisor_set_by_hand_survives_and_is_counted() {
    let mut known = nine();
    for person in &mut known.people {
        if person.employee_id == "user4" {
            person.by_hand.push("user1".into());
        }
    }
    let plan = rows(&known, "employee_id,supervisor_id\nuser4,#CLEAR\n");
    assert_eq!(
        (plan.counts.kept_by_hand, plan.counts.lost_supervisor),
        (1, 0)
    );
}

#[test]
fn applying_without_the_ended_and_lost_ones_leaves_those_rows_out() {
    let known = nine();
    let text =
        b"employee_id,work_status,supervisor_id,first_name\nuser3,ended,,\nuser4,,#CLEAR,New\n";
    let sheet = read(text, &Profile::default()).unwrap();
    let plan = plan(&known, &sheet, &Profile::default(), now(), true);
    assert_eq!(
        (
            plan.counts.spared,
            plan.counts.ended,
            plan.counts.lost_supervisor
        ),
        (1, 0, 0)
    );
    assert_eq!(plan.rows[1].outcome, Outcome::Changed);
    assert_eq!(plan.relations, []);
}

#[test]
fn the_rejected_rows_corrected_and_sent_alone_are_a_valid_file() {
    let known = nobody();
    let text = "Employee ID,Last Name,Birth Date,Mobile Phone\n1,A,19800101,\n2,B,02/30/1980,+1 (629) 555-0199\n";
    let sheet = read(text.as_bytes(), &Profile::default()).unwrap();
    let first = plan(&known, &sheet, &Profile::default(), now(), false);
    let file =
        result_file::write(&sheet.header, ',', result_file::rejected(&sheet, &first)).unwrap();
    let fixed = String::from_utf8(file)
        .unwrap()
        .replacen("02/30/1980", "02/28/1980", 1);
    let known = applied(&known, &first);
    let second = rows(&known, &fixed);
    assert_eq!((second.counts.rows, second.counts.added), (1, 1));
    let phone = second.rows[0]
        .changes
        .iter()
        .find(|change| change.field == Field::MobilePhone);
    assert_eq!(phone.unwrap().after.as_deref(), Some("+16295550199"));
    let sheet = read(fixed.as_bytes(), &Profile::default()).unwrap();
    assert_eq!(sheet.columns.unmapped, Vec::<String>::new());
}

#[test]
fn a_row_that_was_cut_is_an_error_and_trailing_empty_cells_are_none() {
    let plan = rows(
        &nobody(),
        "employee_id,last_name,birth_date\n1,A,19800101,,\n2,B\n3,C,19800101,x\n",
    );
    let outcomes: Vec<Outcome> = plan.rows.iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes, [Outcome::Added, Outcome::Error, Outcome::Error]);
}

#[test]
fn supervisors_named_by_the_file_get_an_account_even_where_accounts_are_off() {
    let mut known = nobody();
    known.auto_account = false;
    let plan = rows(
        &known,
        "employee_id,last_name,birth_date,supervisor_id\n1,A,19800101,\n2,B,19800102,1\n",
    );
    assert_eq!(plan.accounts, [("1".to_owned(), false)]);
}

/// A file of a few people in any state, with blanks anywhere.
fn any_file() -> impl Strategy<Value = String> {
    let row = (
        1..12u8,
        prop_oneof!["", "Sample", "Example", "#CLEAR"],
        prop_oneof!["", "19800101", "1981-02-03", "02/30/1980"],
        prop_oneof!["", "active", "leave", "ended", "odd"],
        prop_oneof!["", "2026-01-01", "2027-01-01", "#CLEAR"],
        prop_oneof!["", "FAB", "Assembly", "Nowhere"],
        prop_oneof!["", "[1-9]", "#CLEAR"],
        prop_oneof!["", "[1-9]"],
    );
    proptest::collection::vec(row, 0..14).prop_map(|rows| {
        let mut text = String::from(
            "employee_id,last_name,birth_date,work_status,end_date,department,supervisor_id,supervisor_2_id,first_name\n",
        );
        for (id, last, born, status, end, department, first, second) in rows {
            text.push_str(&format!(
                "{id},{last},{born},{status},{end},{department},{first},{second},N{id}\n"
            ));
        }
        text
    })
}

fn active(known: &Known) -> u32 {
    let works = known
        .people
        .iter()
        .filter(|person| person.standing != Standing::Ended);
    u32::try_from(works.count()).unwrap()
}

fn supervised(known: &Known) -> u32 {
    let has = known.people.iter().filter(|person| {
        person.standing != Standing::Ended && person.supervisors.iter().any(Option::is_some)
    });
    u32::try_from(has.count()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_a_dry_run_counts_is_what_applying_does(first in any_file(), second in any_file()) {
        let known = after(&first);
        let plan = rows(&known, &second);
        let later = applied(&known, &plan);
        let counts = plan.counts;
        prop_assert_eq!(counts.active_before, active(&known));
        prop_assert_eq!(counts.active_after, active(&later));
        prop_assert_eq!(counts.supervised_after, supervised(&later));
        let added = u32::try_from(later.people.len() - known.people.len()).unwrap();
        prop_assert_eq!(counts.added, added);
        prop_assert_eq!(
            counts.rows,
            counts.added + counts.changed + counts.unchanged + counts.rehired + counts.held + counts.errors
        );
        let lost: Vec<&String> = known
            .people
            .iter()
            .filter(|before| {
                let now = person(&later, &before.employee_id);
                before.standing != Standing::Ended
                    && now.standing != Standing::Ended
                    && before.supervisors.iter().any(Option::is_some)
                    && now.supervisors.iter().all(Option::is_none)
            })
            .map(|person| &person.employee_id)
            .collect();
        prop_assert_eq!(plan.lost_supervisor.iter().collect::<Vec<_>>(), lost);
    }

    #[test]
    fn a_file_applied_twice_changes_nothing_the_second_time(first in any_file(), second in any_file()) {
        let known = after(&first);
        let later = applied(&known, &rows(&known, &second));
        let again = rows(&later, &second);
        prop_assert_eq!(again.counts.added + again.counts.changed, 0);
        prop_assert_eq!(&applied(&later, &again).people, &later.people);
    }

    #[test]
    fn blanks_anywhere_end_no_relationship(first in any_file(), blanked in proptest::collection::vec(any::<bool>(), 8)) {
        let known = after(&first);
        let fields = ["last_name", "birth_date", "work_status", "end_date", "department", "supervisor_id", "supervisor_2_id", "first_name"];
        let mut text = format!("employee_id,{}\n", fields.join(","));
        for known in &known.people {
            text.push_str(&known.employee_id);
            for (name, blank) in fields.iter().zip(&blanked) {
                let field = Field::parse(name).unwrap();
                let value = match field {
                    Field::SupervisorId => known.supervisors[0].clone(),
                    Field::Supervisor2Id => known.supervisors[1].clone(),
                    _ => known.values.get(&field).cloned(),
                };
                text.push(',');
                if !blank {
                    text.push_str(&value.unwrap_or_default());
                }
            }
            text.push('\n');
        }
        let plan = rows(&known, &text);
        prop_assert_eq!(plan.counts.unchanged, plan.counts.rows);
        prop_assert_eq!(plan.relations, []);
        prop_assert_eq!(plan.counts.lost_supervisor, 0);
    }
}
