use super::*;
use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A form in miniature: plain names and one repeat `job` holding `hours` and `noisy`.
#[derive(Default)]
struct Place {
    values: BTreeMap<&'static str, Value>,
    hours: Vec<Value>,
}

impl Names for Place {
    fn name(&self, name: &str) -> Option<Described> {
        let kind = match name {
            "x" | "dept" => {
                let mut described = Described::plain(Type::Code);
                described.options = Some(Arc::from(["a".to_owned(), "b".to_owned()]));
                return Some(described);
            }
            "symptoms" => Type::Set,
            "n" => Type::Decimal,
            "born" | "today" => Type::Date,
            "smoker" => Type::Bool,
            "words" => Type::Text,
            "weight" => Type::Quantity(Some(units::Dimension::Mass)),
            "height" => Type::Quantity(Some(units::Dimension::Length)),
            "hours" => {
                let mut described = Described::plain(Type::Decimal);
                described.groups = vec!["job".to_owned()];
                return Some(described);
            }
            _ => return None,
        };
        Some(Described::plain(kind))
    }

    fn group(&self, name: &str) -> Option<Vec<String>> {
        (name == "job").then(|| vec!["job".to_owned()])
    }

    fn function(&self, name: &str) -> Option<FactFunction> {
        (name == "due").then(|| FactFunction {
            takes: vec![Type::Text],
            gives: None,
            fields: vec![("on".to_owned(), Type::Date)],
        })
    }

    fn functions(&self) -> Vec<String> {
        vec!["due".to_owned()]
    }

    fn all(&self) -> Vec<String> {
        ["x", "dept", "n", "smoker", "weight", "hours"]
            .map(str::to_owned)
            .to_vec()
    }
}

impl Facts for Place {
    fn value(&self, name: &str, scope: &[usize]) -> Value {
        if name == "hours" {
            return scope
                .first()
                .and_then(|instance| self.hours.get(*instance))
                .cloned()
                .unwrap_or(Value::None);
        }
        self.values.get(name).cloned().unwrap_or(Value::None)
    }

    fn instances(&self, _group: &str, _scope: &[usize]) -> usize {
        self.hours.len()
    }

    fn call(&self, _function: &str, _args: &[Value], _field: Option<&str>) -> Value {
        date("2027-01-05")
    }
}

fn date(text: &str) -> Value {
    Value::Date(text.parse::<NaiveDate>().unwrap())
}

fn number(text: &str) -> Value {
    Value::Number(text.parse::<Decimal>().unwrap())
}

fn quantity(text: &str, unit: &str) -> Value {
    Value::Quantity(Quantity {
        value: text.parse().unwrap(),
        unit: unit.to_owned(),
    })
}

fn value(place: &Place, source: &str) -> Value {
    compile(source, place, None, &[])
        .unwrap_or_else(|errors| panic!("{source}: {errors:?}"))
        .evaluate(place, &[], &mut Steps::default())
}

fn blank(source: &str) -> Value {
    value(&Place::default(), source)
}

fn errors(source: &str) -> Vec<(&'static str, usize)> {
    compile(source, &Place::default(), None, &[])
        .unwrap_err()
        .iter()
        .map(|error| (error.code(), error.column))
        .collect()
}

#[test]
fn body_mass_index_comes_from_the_stored_values() {
    let place = Place {
        values: BTreeMap::from([
            ("weight", quantity("79.83", "kg")),
            ("height", quantity("177.80", "cm")),
        ]),
        ..Place::default()
    };
    let rule = r#"round(units(weight,"kg") / (units(height,"m") * units(height,"m")), 2)"#;
    assert_eq!(value(&place, rule), number("25.25"));
}

#[test]
fn a_comparison_with_an_unanswered_item_is_unknown_and_logic_follows_kleene() {
    assert_eq!(blank(r#"x == "a""#), Value::None);
    assert_eq!(blank(r#"x != "a""#), Value::None);
    assert_eq!(blank(r#"not (x == "a")"#), Value::None);
    assert_eq!(blank(r#"x == "a" or true"#), Value::Bool(true));
    assert_eq!(blank(r#"x == "a" and false"#), Value::Bool(false));
    assert_eq!(blank(r#"coalesce(x,"b") == "b""#), Value::Bool(true));
    assert_eq!(blank("answered(x)"), Value::Bool(false));
    assert_eq!(blank(r#"x in ["a", "b"]"#), Value::None);
}

#[test]
fn arithmetic_with_a_missing_number_has_no_value_and_sums_leave_it_out() {
    let place = Place {
        hours: vec![number("2"), Value::None, number("3")],
        ..Place::default()
    };
    assert_eq!(value(&place, "n + 1"), Value::None);
    assert_eq!(value(&place, "sum(job, hours)"), number("5"));
    assert_eq!(value(&place, "avg(job, hours)"), number("2.5"));
    assert_eq!(value(&place, "count(job)"), number("3"));
    assert_eq!(blank("avg(job, hours)"), Value::None);
    assert_eq!(blank("sum(job, hours)"), number("0"));
    assert_eq!(blank("10 / 0"), Value::None);
    let largest = "79228162514264337593543950335";
    assert_eq!(blank(&format!("{largest} + 1")), Value::None);
}

#[test]
fn a_repeat_seen_from_outside_needs_a_gathering_function() {
    let place = |hours: &[&str]| Place {
        hours: hours
            .iter()
            .map(|h| if *h == "-" { Value::None } else { number(h) })
            .collect(),
        ..Place::default()
    };
    let any = "any(job, hours > 8)";
    assert_eq!(value(&place(&["4", "-", "9"]), any), Value::Bool(true));
    assert_eq!(value(&place(&["4", "-"]), any), Value::None);
    assert_eq!(
        value(&place(&["4", "-"]), "all(job, hours > 8)"),
        Value::Bool(false)
    );
    assert_eq!(errors("hours > 8"), [("E04", 1)]);
    let inside = compile("hours > 8", &Place::default(), None, &["job".to_owned()]).unwrap();
    let nine = place(&["4", "9"]);
    assert!(inside.holds(&nine, &[1], &mut Steps::default()));
}

#[test]
fn years_are_full_birthdays_and_a_leap_day_counts_on_1_march() {
    let age = |today: &str| {
        let place = Place {
            values: BTreeMap::from([("born", date("2000-02-29")), ("today", date(today))]),
            ..Place::default()
        };
        value(&place, "years_between(born, today)")
    };
    assert_eq!(
        (age("2027-02-28"), age("2027-03-01"), age("2028-02-29")),
        (number("26"), number("27"), number("28"))
    );
}

#[test]
fn an_option_that_does_not_exist_is_pointed_out_with_its_place() {
    assert_eq!(errors(r#"dept == "X9""#), [("E07", 9)]);
    assert_eq!(errors(r#"dept in ["a", "c"]"#), [("E07", 15)]);
    assert_eq!(errors(r#"selected(dept, "c")"#), [("E07", 16)]);
}

#[test]
fn every_wrong_name_and_type_is_reported_at_once_with_the_nearest_name() {
    let found = compile("smokre and weight > 80", &Place::default(), None, &[]).unwrap_err();
    assert_eq!(
        found.iter().map(RuleError::code).collect::<Vec<_>>(),
        ["E01", "E02"]
    );
    assert_eq!(
        found.first().map(|e| e.reason.clone()),
        Some(Reason::UnknownName {
            name: "smokre".to_owned(),
            nearest: Some("smoker".to_owned())
        })
    );
    assert_eq!(errors(r#"units(weight, "cm") > 1"#), [("E12", 15)]);
    assert_eq!(errors("weight == height"), [("E02", 1)]);
    assert_eq!(errors(r#"matches(words, "(")"#), [("E22", 16)]);
    assert_eq!(errors("roundd(n)"), [("E01", 1)]);
}

#[test]
fn dates_compare_with_quoted_dates_and_places_may_offer_functions() {
    let place = Place::default();
    assert_eq!(
        value(&place, r#"due("hearing").on > "2027-01-01""#),
        Value::Bool(true)
    );
    assert_eq!(errors(r#"born > "31 May""#), [("E02", 8)]);
    assert_eq!(errors(r#"due("hearing").at"#), [("E01", 1)]);
}

#[test]
fn a_rule_stays_within_its_limits() {
    assert_eq!(errors(&"(".repeat(40)).first().map(|e| e.0), Some("E20"));
    let long = vec!["true"; 250].join(" and ");
    assert_eq!(errors(&long).first().map(|e| e.0), Some("E20"));
    assert_eq!(errors(&" ".repeat(4001)), [("E20", 1)]);
    let mut steps = Steps::new(2);
    let rule = compile("1 + 1 == 2", &Place::default(), None, &[]).unwrap();
    assert_eq!(
        rule.evaluate(&Place::default(), &[], &mut steps),
        Value::None
    );
    assert!(steps.exhausted());
}

#[test]
fn numbers_are_exact() {
    assert_eq!(blank("0.1 + 0.2 == 0.3"), Value::Bool(true));
    assert_eq!(blank("round(-0.005, 2)"), number("-0.01"));
    assert_eq!(blank("if(1 < 2, 10, 20) - -3"), number("13"));
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_or_the_checker_panic(source in ".{0,200}") {
        let _ = compile(&source, &Place::default(), None, &[]);
    }

    #[test]
    fn no_rule_makes_the_evaluator_panic(
        source in rule_text(),
        n in proptest::option::of(any::<(i64, u8)>()),
        smoker in proptest::option::of(any::<bool>()),
        hours in proptest::collection::vec(proptest::option::of(any::<i64>()), 0..4),
    ) {
        let mut place = Place::default();
        if let Some((digits, places)) = n {
            let decimal = Decimal::from_i128_with_scale(digits.into(), u32::from(places) % 28);
            place.values.insert("n", Value::Number(decimal));
        }
        if let Some(smoker) = smoker {
            place.values.insert("smoker", Value::Bool(smoker));
        }
        place.hours = hours
            .into_iter()
            .map(|h| h.map_or(Value::None, |h| Value::Number(h.into())))
            .collect();
        if let Ok(rule) = compile(&source, &place, None, &[]) {
            let found = rule.evaluate(&place, &[], &mut Steps::default());
            let fits = match found {
                Value::None => true,
                Value::Bool(_) => rule.result() == Type::Bool,
                Value::Number(_) => rule.result().is_number(),
                Value::Date(_) => rule.result() == Type::Date,
                _ => true,
            };
            prop_assert!(fits, "{source}");
        }
    }
}

fn rule_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("n".to_owned()),
        Just("smoker".to_owned()),
        Just("today".to_owned()),
        Just("true".to_owned()),
        Just("x".to_owned()),
        Just("\"a\"".to_owned()),
        Just("sum(job, hours)".to_owned()),
        Just("any(job, hours > 8)".to_owned()),
        (-1000i64..1000).prop_map(|n| format!("({n})")),
        Just("79228162514264337593543950335".to_owned()),
    ];
    leaf.prop_recursive(5, 60, 3, |inner| {
        let sign =
            prop::sample::select(vec!["+", "-", "*", "/", "<", ">=", "==", "!=", "and", "or"]);
        let function = prop::sample::select(vec![
            "round",
            "abs",
            "min",
            "max",
            "sum",
            "avg",
            "coalesce",
            "if",
            "answered",
            "add_days",
            "years_between",
            "months_between",
            "days_between",
            "length",
            "selected",
        ]);
        prop_oneof![
            (inner.clone(), sign, inner.clone()).prop_map(|(a, s, b)| format!("({a} {s} {b})")),
            (function, proptest::collection::vec(inner.clone(), 1..4))
                .prop_map(|(f, args)| format!("{f}({})", args.join(", "))),
            inner.prop_map(|a| format!("not ({a})")),
        ]
    })
}
