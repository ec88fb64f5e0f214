use super::*;
use crate::rules::{Quantity, Value};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

fn content(items: serde_json::Value) -> Content {
    serde_json::from_value(json!({
        "base_language": "en",
        "languages": ["en"],
        "items": items,
    }))
    .unwrap()
}

fn form(items: serde_json::Value) -> Form {
    Form::compile(content(items)).unwrap_or_else(|findings| panic!("{findings:?}"))
}

fn findings(items: serde_json::Value) -> Vec<(String, String)> {
    Form::compile(content(items))
        .unwrap_err()
        .into_iter()
        .map(|finding| (finding.code, finding.link_id.unwrap_or_default()))
        .collect()
}

fn codes(found: &[(&str, &str)]) -> Vec<(String, String)> {
    found
        .iter()
        .map(|(code, item)| ((*code).to_owned(), (*item).to_owned()))
        .collect()
}

fn yes_no(link_id: &str) -> serde_json::Value {
    json!({"link_id": link_id, "type": "yes_no", "text": {"en": "Q"}})
}

fn smoking() -> Form {
    form(json!([
        yes_no("smoker"),
        {"link_id": "packs", "type": "integer", "text": {"en": "Packs a year"},
         "show_when": "smoker", "requirement": "required", "min": "1", "max": "200"},
    ]))
}

fn answers(given: serde_json::Value) -> Answers {
    serde_json::from_value(given).unwrap()
}

fn today() -> Context {
    Context::on("2026-11-22".parse().unwrap())
}

fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

#[test]
fn quantities_are_stored_converted_and_calculated_from_what_is_stored() {
    let form = form(json!([
        {"link_id": "weight", "type": "quantity", "text": {"en": "Weight"},
         "units": ["[lb_av]", "kg"], "stored_unit": "kg"},
        {"link_id": "height", "type": "quantity", "text": {"en": "Height"},
         "units": ["[in_i]", "cm"], "stored_unit": "cm"},
        {"link_id": "bmi", "type": "calculated", "hidden": true,
         "calculate": "round(units(weight,\"kg\") / (units(height,\"m\") * units(height,\"m\")), 2)"},
    ]));
    let outcome = form.evaluate(
        &answers(json!({
            "weight": {"value": "176", "unit": "[lb_av]"},
            "height": {"value": "70", "unit": "[in_i]"},
        })),
        &today(),
    );
    let value = |link_id: &str| outcome.item(link_id).unwrap().value.clone();
    let stored = |text: &str, unit: &str| {
        Value::Quantity(Quantity {
            value: text.parse().unwrap(),
            unit: unit.to_owned(),
        })
    };
    assert_eq!(value("weight"), stored("79.83", "kg"));
    assert_eq!(value("height"), stored("177.8", "cm"));
    assert_eq!(value("bmi"), number("25.25"));
}

#[test]
fn a_quantity_is_rounded_half_away_from_zero() {
    let form = form(json!([
        {"link_id": "weight", "type": "quantity", "text": {"en": "Weight"},
         "units": ["kg"], "stored_unit": "kg", "places": 3},
    ]));
    for (typed, stored) in [("12.345", "12.35"), ("-0.005", "-0.01")] {
        let given = answers(json!({"weight": {"value": typed, "unit": "kg"}}));
        let outcome = form.evaluate(&given, &today());
        assert_eq!(
            outcome.item("weight").unwrap().value.to_json(),
            json!({"value": stored, "unit": "kg"})
        );
    }
}

#[test]
fn a_hidden_answer_stays_in_the_draft_and_comes_back() {
    let form = smoking();
    let packs = |smoker: bool| {
        let outcome = form.evaluate(&answers(json!({"smoker": smoker, "packs": "20"})), &today());
        (
            outcome.shows("packs"),
            outcome.item("packs").unwrap().value.clone(),
        )
    };
    assert_eq!(packs(true), (true, number("20")));
    assert_eq!(packs(false), (false, Value::None));
    assert_eq!(packs(true), (true, number("20")));
}

#[test]
fn an_item_whose_condition_is_unknown_stays_hidden() {
    let form = form(json!([
        yes_no("smoker"),
        {"link_id": "never", "type": "text", "text": {"en": "Q"}, "show_when": "not smoker"},
    ]));
    assert!(!form.evaluate(&Answers::new(), &today()).shows("never"));
    assert!(
        form.evaluate(&answers(json!({"smoker": false})), &today())
            .shows("never")
    );
}

#[test]
fn a_submission_with_an_answer_to_a_hidden_question_is_refused() {
    let draft = answers(json!({"smoker": false, "packs": "20"}));
    let refused = submit(&smoking(), &today(), &draft, &draft, false);
    assert_eq!(
        refused,
        Err(NotSubmitted::HiddenAnswered(vec!["packs".to_owned()]))
    );
}

#[test]
fn hidden_answers_of_the_draft_are_not_part_of_what_is_submitted() {
    let draft = answers(json!({"smoker": false, "packs": "20"}));
    let sent = answers(json!({"smoker": false, "packs": " "}));
    let submitted = submit(&smoking(), &today(), &sent, &draft, false).unwrap();
    assert_eq!(submitted.answers, answers(json!({"smoker": false})));
}

#[test]
fn a_blank_form_is_not_a_submission() {
    let nothing = Answers::new();
    let refused = submit(&smoking(), &today(), &nothing, &nothing, false);
    assert_eq!(refused, Err(NotSubmitted::Empty));
    let spaces = answers(json!({"smoker": "  "}));
    let refused = submit(&smoking(), &today(), &spaces, &nothing, false);
    assert_eq!(refused, Err(NotSubmitted::Empty));
}

#[test]
fn a_submission_says_everything_that_is_wrong_at_once() {
    let form = form(json!([
        {"link_id": "age", "type": "integer", "text": {"en": "Q"}, "max": "120"},
        {"link_id": "day", "type": "date", "text": {"en": "Q"}, "max": "today"},
        {"link_id": "name", "type": "text", "text": {"en": "Q"}, "requirement": "required"},
        {"link_id": "side", "type": "choice", "text": {"en": "Q"},
         "options": [{"code": "left", "text": {"en": "Left"}}]},
    ]));
    let draft = answers(json!({"age": "twelve", "day": "2026-02-31", "side": "up"}));
    let Err(NotSubmitted::Invalid(errors)) = submit(&form, &today(), &draft, &draft, false) else {
        panic!("taken");
    };
    let found: Vec<_> = errors
        .iter()
        .map(|e| (e.link_id.as_str(), e.code))
        .collect();
    assert_eq!(
        found,
        [
            ("age", ErrorCode::NotANumber),
            ("day", ErrorCode::NotADate),
            ("name", ErrorCode::Required),
            ("side", ErrorCode::UnknownOption),
        ]
    );
}

#[test]
fn answers_that_differ_from_what_is_saved_are_not_taken() {
    let (sent, saved) = (
        answers(json!({"smoker": true, "packs": "2"})),
        answers(json!({"smoker": true, "packs": "3"})),
    );
    let Err(NotSubmitted::Invalid(errors)) = submit(&smoking(), &today(), &sent, &saved, false)
    else {
        panic!("taken");
    };
    assert_eq!(errors.first().map(|e| e.code), Some(ErrorCode::NotSaved));
}

#[test]
fn a_blank_recommended_question_is_asked_about_once_and_then_left() {
    let form = form(json!([
        yes_no("a"),
        {"link_id": "b", "type": "text", "text": {"en": "Q"}, "requirement": "recommended"},
    ]));
    let draft = answers(json!({"a": true}));
    let asked = submit(&form, &today(), &draft, &draft, false);
    assert!(matches!(asked, Err(NotSubmitted::Invalid(errors))
        if errors.first().map(|e| e.code) == Some(ErrorCode::RecommendedBlank)));
    assert_eq!(
        submit(&form, &today(), &draft, &draft, true).unwrap().blank,
        1
    );
}

#[test]
fn only_visible_bound_answers_become_observations() {
    let bound = json!({"system": "local", "code": "packs", "display": "Packs"});
    let form = form(json!([
        yes_no("smoker"),
        {"link_id": "packs", "type": "integer", "text": {"en": "Q"},
         "show_when": "smoker", "observation": bound},
    ]));
    let yes = answers(json!({"smoker": true, "packs": "20"}));
    let made = submit(&form, &today(), &yes, &yes, false)
        .unwrap()
        .observations;
    assert_eq!(made.first().map(|o| o.value.clone()), Some(number("20")));
    let no = answers(json!({"smoker": false}));
    assert!(submit(&form, &today(), &no, &yes, false).unwrap_err() != NotSubmitted::Empty);
    assert!(
        submit(&form, &today(), &no, &no, false)
            .unwrap()
            .observations
            .is_empty()
    );
}

#[test]
fn flags_and_conditions_speak_only_when_their_rule_is_known() {
    let form = form(json!([
        {"link_id": "pain", "type": "integer", "text": {"en": "Pain"},
         "valid_when": [{"rule": "pain <= 10", "message": {"en": "Between 0 and 10"}}],
         "flag_when": [{"rule": "pain >= 8", "severity": "urgent", "message": {"en": "Strong pain"}}]},
    ]));
    let outcome = |typed: &str| form.evaluate(&answers(json!({"pain": typed})), &today());
    assert!(outcome("").errors.is_empty() && outcome("").flags.is_empty());
    assert_eq!(outcome("9").flags.len(), 1);
    assert_eq!(
        outcome("11").error("pain").map(|e| e.code),
        Some(ErrorCode::Condition)
    );
}

#[test]
fn items_that_wait_for_each_other_do_not_compile() {
    let found = findings(json!([
        {"link_id": "a", "type": "yes_no", "text": {"en": "Q"}, "show_when": "b == true"},
        {"link_id": "b", "type": "yes_no", "text": {"en": "Q"}, "show_when": "a == true"},
        {"link_id": "c", "type": "yes_no", "text": {"en": "Q"}, "show_when": "a"},
    ]));
    assert_eq!(found, codes(&[("E03", "a"), ("E03", "b")]));
}

#[test]
fn a_section_cannot_wait_for_what_stands_inside_it() {
    let found = findings(json!([
        {"link_id": "s", "type": "section", "text": {"en": "S"}, "show_when": "inside",
         "items": [yes_no("inside")]},
    ]));
    assert_eq!(found, codes(&[("E03", "s"), ("E03", "inside")]));
}

#[test]
fn an_option_no_item_offers_does_not_compile() {
    let found = findings(json!([
        {"link_id": "dept", "type": "choice", "text": {"en": "Q"},
         "options": [{"code": "X1", "text": {"en": "One"}}]},
        {"link_id": "b", "type": "yes_no", "text": {"en": "Q"}, "show_when": "dept == \"X9\""},
    ]));
    assert_eq!(found, codes(&[("E07", "b")]));
}

#[test]
fn the_compiler_lists_every_mistake_of_a_form() {
    let found = findings(json!([
        yes_no("a"),
        yes_no("a"),
        {"link_id": "b", "type": "text", "text": {}},
        {"link_id": "c", "type": "choice", "text": {"en": "Q"}},
        {"link_id": "d", "type": "integer", "text": {"en": "Q"}, "min": "5", "max": "1"},
        {"link_id": "e", "type": "quantity", "text": {"en": "Q"}, "units": ["cm"], "stored_unit": "kg"},
        {"link_id": "f", "type": "text", "text": {"en": "Q"}, "show_when": "b > 3"},
        {"link_id": "g", "type": "text", "text": {"en": "Q"}, "show_when": "1 > 3"},
        {"link_id": "h", "type": "text", "text": {"en": "Q"}, "pattern": "("},
    ]));
    assert_eq!(
        found,
        codes(&[
            ("E05", "a"),
            ("E14", "b"),
            ("E13", "c"),
            ("E11", "d"),
            ("E12", "e"),
            ("E02", "f"),
            ("E08", "g"),
            ("E22", "h"),
        ])
    );
}

#[test]
fn a_language_is_offered_only_when_every_text_has_it() {
    let mut content = content(json!([yes_no("a")]));
    content.languages.push("es".to_owned());
    let found = Form::compile(content).unwrap_err();
    assert_eq!(found.first().map(|f| f.code.as_str()), Some("E15"));
}

#[test]
fn a_name_cannot_change_its_type_between_versions() {
    let later = form(json!([{"link_id": "smoker", "type": "text", "text": {"en": "Q"}}]));
    let found = changed_types(&smoking(), &later);
    assert_eq!(found.first().map(|f| f.code.as_str()), Some("E06"));
}

#[test]
fn none_of_these_clears_the_symptoms_chosen_before_and_the_other_way_round() {
    let options: Vec<Choice> = serde_json::from_value(json!([
        {"code": "cough", "text": {"en": "Cough"}},
        {"code": "fever", "text": {"en": "Fever"}},
        {"code": "none", "text": {"en": "None of these"}, "none_of_these": true},
    ]))
    .unwrap();
    let two = ["cough".to_owned(), "fever".to_owned()];
    assert_eq!(
        toggle(&options, &two, "none"),
        (vec!["none".to_owned()], two.to_vec())
    );
    assert_eq!(
        toggle(&options, &["none".to_owned()], "cough"),
        (vec!["cough".to_owned()], vec!["none".to_owned()])
    );
}

fn operation(n: u128, link_id: &str, value: serde_json::Value, base: i32) -> Operation {
    Operation {
        op_id: Uuid::from_u128(n),
        link_id: link_id.to_owned(),
        value: serde_json::from_value(value).unwrap(),
        base,
    }
}

/// Applies a batch the way a store would, and keeps what it needs for the next.
fn apply(
    draft: &mut (i32, BTreeMap<String, Stored>, BTreeMap<Uuid, i32>),
    operations: &[Operation],
) -> Merged {
    let merged = merge(&smoking(), draft.0, &draft.1, &draft.2, operations);
    draft.0 = merged.version;
    for write in &merged.writes {
        draft.1.insert(write.link_id.clone(), write.stored.clone());
        draft.2.insert(write.op_id, write.stored.version);
    }
    merged
}

#[test]
fn different_answers_from_two_devices_merge() {
    let mut draft = (3, BTreeMap::new(), BTreeMap::new());
    apply(&mut draft, &[operation(1, "smoker", json!(true), 3)]);
    let second = apply(&mut draft, &[operation(2, "packs", json!("4"), 3)]);
    assert!(second.conflicts.is_empty());
    assert_eq!((draft.0, draft.1.len()), (5, 2));
}

#[test]
fn the_same_answer_from_two_devices_conflicts_alone() {
    let mut draft = (3, BTreeMap::new(), BTreeMap::new());
    apply(&mut draft, &[operation(1, "smoker", json!(true), 3)]);
    let second = apply(
        &mut draft,
        &[
            operation(2, "smoker", json!(false), 3),
            operation(3, "packs", json!("4"), 3),
        ],
    );
    let conflict = second.conflicts.first().unwrap();
    assert_eq!(conflict.yours, Some(Entry::Bool(false)));
    assert_eq!(conflict.saved.value, Some(Entry::Bool(true)));
    assert_eq!(second.writes.len(), 1);
}

#[test]
fn forty_operations_replayed_in_pieces_change_nothing_more() {
    let operations: Vec<Operation> = (0..40)
        .map(|n| match n % 2 {
            0 => operation(n, "packs", json!(n.to_string()), 0),
            _ => operation(n, "smoker", json!(n % 4 == 1), 0),
        })
        .collect();
    let mut draft = (0, BTreeMap::new(), BTreeMap::new());
    apply(&mut draft, &operations[..25]);
    apply(&mut draft, &operations);
    let once = draft.clone();
    let again = apply(&mut draft, &operations);
    assert_eq!(draft, once);
    assert!(again.conflicts.is_empty() && again.writes.is_empty());
    assert_eq!(draft.1["packs"].value, Some(Entry::Text("38".to_owned())));
}

#[test]
fn an_operation_on_an_unknown_item_is_refused_and_the_rest_saved() {
    let mut draft = (0, BTreeMap::new(), BTreeMap::new());
    let merged = apply(
        &mut draft,
        &[
            operation(1, "nothing", json!(true), 0),
            operation(2, "smoker", json!(true), 0),
        ],
    );
    assert_eq!((merged.refused.len(), merged.writes.len()), (1, 1));
}

#[test]
fn the_debug_output_of_an_answer_shows_nothing() {
    let shown = format!(
        "{:?}",
        answers(json!({"a": "secret", "b": {"value": "7", "unit": "kg"}}))
    );
    assert!(!shown.contains("secret") && !shown.contains('7'));
}

proptest! {
    #[test]
    fn no_answers_make_a_form_panic(
        smoker in entry(), packs in entry(), weight in entry(), day in entry(), list in entry(),
    ) {
        let form = form(json!([
            yes_no("smoker"),
            {"link_id": "packs", "type": "integer", "text": {"en": "Q"}, "show_when": "smoker"},
            {"link_id": "weight", "type": "quantity", "text": {"en": "Q"},
             "units": ["[lb_av]", "kg"], "stored_unit": "kg", "min": "0"},
            {"link_id": "day", "type": "date", "text": {"en": "Q"}, "min": "today-30"},
            {"link_id": "list", "type": "multi_choice", "text": {"en": "Q"},
             "options": [{"code": "a", "text": {"en": "A"}},
                         {"code": "none", "text": {"en": "None"}, "none_of_these": true}]},
            {"link_id": "made", "type": "calculated", "hidden": true,
             "calculate": "packs * packs / units(weight, \"g\") + days_between(day, today)"},
        ]));
        let given: Answers = [("smoker", smoker), ("packs", packs), ("weight", weight),
                              ("day", day), ("list", list)]
            .into_iter()
            .filter_map(|(link_id, entry)| Some((link_id.to_owned(), entry?)))
            .collect();
        let _ = form.evaluate(&given, &today());
        let _ = submit(&form, &today(), &given, &given, true);
    }
}

fn entry() -> impl Strategy<Value = Option<Entry>> {
    let text = prop_oneof![
        "[0-9]{1,40}",
        "-?[0-9]{1,20}\\.[0-9]{1,20}",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        ".{0,20}",
    ];
    let unit = prop::sample::select(vec!["kg", "[lb_av]", "m", ""]);
    proptest::option::of(prop_oneof![
        any::<bool>().prop_map(Entry::Bool),
        text.clone().prop_map(Entry::Text),
        proptest::collection::vec("a|none|x", 0..3).prop_map(Entry::Codes),
        (text, unit).prop_map(|(value, unit)| Entry::Quantity {
            value,
            unit: unit.to_owned()
        }),
    ])
}
