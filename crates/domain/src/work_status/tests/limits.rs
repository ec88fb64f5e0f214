use super::*;

fn draft(kind: RestrictionType, limit: Limit) -> RestrictionDraft {
    RestrictionDraft {
        kind,
        limit,
        side: match kind.side_use() {
            SideUse::Required => Side::Left,
            _ => Side::NotApplicable,
        },
        starts: None,
        ends: Some(moment("2026-03-01")),
        permanent: false,
        affects_work: true,
        comment: None,
    }
}

fn faults(draft: RestrictionDraft) -> Vec<(&'static str, String)> {
    match draft.check(New_York, utc("2026-02-01T12:00:30Z")) {
        Ok(_) => Vec::new(),
        Err(faults) => faults
            .into_iter()
            .map(|fault| (fault.kind.slug(), fault.pointer))
            .collect(),
    }
}

fn ladder(lines: &[(&str, WeightUnit, Frequency)]) -> Limit {
    Limit::Weight {
        lines: lines
            .iter()
            .map(|(value, unit, frequency)| WeightLine {
                value: value.parse().unwrap(),
                unit: *unit,
                frequency: *frequency,
            })
            .collect(),
        hours_per_day: None,
    }
}

#[test]
fn a_pound_is_exactly_453_59237_grams() {
    let grams = |value: &str, unit: WeightUnit| unit.grams(value.parse().unwrap()).to_string();
    assert_eq!(grams("1", WeightUnit::Lb), "453.59237");
    assert_eq!(grams("19.8", WeightUnit::Lb), "8981.128926");
    assert_eq!(grams("0.1", WeightUnit::Lb), "45.359237");
    assert_eq!(grams("9", WeightUnit::Kg), "9000");
}

#[test]
fn weights_fall_as_the_frequency_rises_whatever_their_units() {
    use Frequency::{Constant, Frequent, Occasional};
    use WeightUnit::{Kg, Lb};
    let lift = |limit| faults(draft(RestrictionType::Lift, limit));
    assert_eq!(
        lift(ladder(&[("20", Lb, Occasional), ("10", Lb, Frequent)])),
        []
    );
    assert_eq!(
        lift(ladder(&[("10", Lb, Occasional), ("20", Lb, Frequent)])),
        [("ladder-not-falling", "/limit/lines".to_owned())]
    );
    // 9 kg is less than 20 lb.
    assert_eq!(
        lift(ladder(&[("20", Lb, Frequent), ("9", Kg, Constant)])),
        []
    );
    assert_eq!(
        lift(ladder(&[("9", Kg, Frequent), ("20", Lb, Constant)])),
        [("ladder-not-falling", "/limit/lines".to_owned())]
    );
}

#[test]
fn a_ladder_typed_in_any_order_is_put_in_order() {
    let typed = ladder(&[
        ("10", WeightUnit::Lb, Frequency::Frequent),
        ("20", WeightUnit::Lb, Frequency::Occasional),
    ]);
    let Limit::Weight { lines, .. } = typed.check(RestrictionType::Lift).unwrap() else {
        panic!("a ladder stays a ladder");
    };
    assert_eq!(lines[0].frequency, Frequency::Occasional);
}

#[test]
fn values_out_of_range_are_refused() {
    let lb = |value| ladder(&[(value, WeightUnit::Lb, Frequency::Any)]);
    for value in ["0", "-1", "0.05", "1000", "12.55"] {
        assert_eq!(
            faults(draft(RestrictionType::Lift, lb(value))),
            [("limit-invalid", "/limit/lines".to_owned())],
            "{value} lb"
        );
    }
    for value in ["0.1", "999.9", "20"] {
        assert_eq!(faults(draft(RestrictionType::Lift, lb(value))), []);
    }
}

#[test]
fn any_frequency_stands_alone() {
    let two = ladder(&[
        ("20", WeightUnit::Lb, Frequency::Once),
        ("10", WeightUnit::Lb, Frequency::Any),
    ]);
    assert_eq!(
        faults(draft(RestrictionType::Lift, two)),
        [("limit-invalid", "/limit/lines".to_owned())]
    );
}

#[test]
fn hours_run_from_a_quarter_to_twenty_four_in_quarters() {
    let hours = |text: &str| Hours::try_from(text.parse::<Decimal>().unwrap()).ok();
    for text in ["0", "0.1", "24.25", "25", "-1", "1.3"] {
        assert_eq!(hours(text), None, "{text}");
    }
    for text in ["0.25", "24", "7.5"] {
        assert_eq!(Decimal::from(hours(text).unwrap()).to_string(), text);
    }
}

#[test]
fn at_once_is_at_most_per_day() {
    let stand = |per_day, at_once| {
        faults(draft(
            RestrictionType::Stand,
            Limit::Hours {
                per_day: Hours::from_quarters(per_day),
                at_once: Hours::from_quarters(at_once),
            },
        ))
    };
    assert_eq!(stand(16, 4), []);
    assert_eq!(
        stand(4, 16),
        [("limit-invalid", "/limit/at_once".to_owned())]
    );
    assert_eq!(
        stand(0, 0),
        [("limit-invalid", "/limit/per_day".to_owned())]
    );
}

#[test]
fn hands_and_feet_need_a_side_and_standing_has_none() {
    let mut grasp = draft(RestrictionType::HandGrasp, Limit::NONE);
    grasp.side = Side::NotApplicable;
    assert_eq!(faults(grasp), [("side-required", "/side".to_owned())]);
    let mut stand = draft(RestrictionType::Stand, Limit::NONE);
    stand.side = Side::Left;
    assert_eq!(faults(stand), [("limit-invalid", "/side".to_owned())]);
}

#[test]
fn one_of_an_end_and_permanent_is_needed() {
    let ends = |ends: Option<&str>, permanent| {
        faults(RestrictionDraft {
            ends: ends.map(moment),
            permanent,
            ..draft(RestrictionType::Lift, Limit::NONE)
        })
    };
    let fault = |slug| vec![(slug, "/ends".to_owned())];
    assert_eq!(ends(None, false), fault("end-required"));
    assert_eq!(ends(Some("2026-03-01"), true), fault("end-and-permanent"));
    assert_eq!(ends(Some("2026-01-31"), false), fault("end-before-start"));
    assert_eq!(ends(None, true), []);
}

#[test]
fn all_faults_are_told_at_once() {
    let mut grasp = draft(
        RestrictionType::HandGrasp,
        Limit::Choice {
            value: "gloves".to_owned(),
        },
    );
    grasp.side = Side::NotApplicable;
    grasp.ends = None;
    let slugs: Vec<_> = faults(grasp).into_iter().map(|(slug, _)| slug).collect();
    assert_eq!(slugs, ["limit-invalid", "side-required", "end-required"]);
}

#[test]
fn a_start_defaults_to_the_running_minute() {
    let terms = draft(RestrictionType::Lift, Limit::NONE)
        .check(New_York, utc("2026-02-01T12:00:30Z"))
        .unwrap();
    assert_eq!(terms.interval.starts, utc("2026-02-01T12:00:00Z"));
}

#[test]
fn a_personal_no_work_is_refused() {
    let mut off = draft(RestrictionType::NoWork, Limit::NONE);
    off.affects_work = false;
    assert_eq!(faults(off), [("invalid", "/affects_work".to_owned())]);
}

/// Every limit a type takes, one of each shape.
pub(super) fn limits_of(kind: RestrictionType) -> Vec<Limit> {
    let hours = Hours::from_quarters(16);
    [
        Limit::NONE,
        Limit::Weight {
            lines: vec![WeightLine {
                value: Decimal::from(20),
                unit: WeightUnit::Lb,
                frequency: Frequency::Occasional,
            }],
            hours_per_day: hours,
        },
        Limit::Hours {
            per_day: hours,
            at_once: None,
        },
        Limit::Hours {
            per_day: None,
            at_once: hours,
        },
        Limit::Minutes { every: 30 },
        Limit::Breaks {
            minutes: 10,
            every: Hours::from_quarters(8).unwrap(),
        },
        Limit::Days { per_week: 3 },
        Limit::Choice {
            value: WEAR_CHOICES[0].to_owned(),
        },
        Limit::Text {
            text: "Only in the tool room.".to_owned(),
        },
    ]
    .into_iter()
    .filter_map(|limit| limit.check(kind).ok())
    .collect()
}

#[test]
fn every_type_takes_some_limit_and_its_sentence_exists_in_both_languages() {
    let locales = [
        include_str!("../../../../types/locales/en/work_status.ftl"),
        include_str!("../../../../types/locales/es/work_status.ftl"),
    ];
    for kind in RestrictionType::ALL {
        let limits = limits_of(*kind);
        assert!(!limits.is_empty(), "{kind}");
        for limit in limits {
            for phrase in sentence::sentences(*kind, &limit, Side::NotApplicable) {
                for locale in locales {
                    let line = format!("\n{} =", phrase.id);
                    assert!(locale.contains(&line), "{} is missing", phrase.id);
                }
            }
        }
        for locale in locales {
            let name = kind.code().replace('_', "-");
            assert!(locale.contains(&format!("\nwork-status-type-{name} =")));
        }
    }
}

#[test]
fn codes_read_back() {
    for kind in RestrictionType::ALL {
        assert_eq!(kind.code().parse(), Ok(*kind));
    }
    assert!("yodel".parse::<RestrictionType>().is_err());
}

#[test]
fn a_limit_travels_as_it_was_typed() {
    let typed = r#"{"shape":"weight","lines":[{"value":"20.0","unit":"lb","frequency":"any"}]}"#;
    let limit: Limit = serde_json::from_str(typed).unwrap();
    assert_eq!(serde_json::to_string(&limit).unwrap(), typed);
}
