//! Who is told that a work status has changed.

use super::*;

fn version(number: i32, terms: &Terms) -> Version {
    Version {
        number,
        notify: true,
        current: true,
        says: Readable::Restriction {
            terms: terms.clone(),
            reason_released: false,
        },
    }
}

fn lifting() -> Terms {
    restriction(RestrictionType::Lift, "2026-05-01", Some("2026-05-31")).terms
}

fn longer(terms: &Terms) -> Terms {
    let mut longer = terms.clone();
    longer.interval.end = End::Permanent;
    longer
}

const BOTH: Told = Told {
    person: true,
    supervisors: true,
};

#[test]
fn a_new_a_changed_and_an_ended_restriction_are_told_to_the_person_and_the_supervisors() {
    let terms = lifting();
    let mut versions = vec![version(1, &terms)];
    assert_eq!(told(&versions, 1), BOTH);
    versions.push(version(2, &longer(&terms)));
    assert_eq!(told(&versions, 2), BOTH);
    versions.push(Version {
        current: false,
        ..version(3, &longer(&terms))
    });
    assert_eq!(told(&versions, 3), BOTH);
}

#[test]
fn edits_that_cancel_out_and_versions_without_notice_tell_nobody() {
    let terms = lifting();
    let back = [
        version(1, &terms),
        version(2, &longer(&terms)),
        version(3, &terms),
    ];
    assert_eq!(told(&back, 2), Told::default());
    let quiet = Version {
        notify: false,
        ..version(2, &longer(&terms))
    };
    assert_eq!(told(&[version(1, &terms), quiet], 2), Told::default());
}

#[test]
fn a_supervisor_hears_of_nothing_they_may_not_see() {
    let mut personal = lifting();
    personal.affects_work = false;
    let only_the_person = Told {
        person: true,
        supervisors: false,
    };
    assert_eq!(told(&[version(1, &personal)], 1), only_the_person);
    let mut released = version(2, &lifting());
    if let Readable::Restriction {
        reason_released, ..
    } = &mut released.says
    {
        *reason_released = true;
    }
    assert_eq!(
        told(&[version(1, &lifting()), released], 2),
        only_the_person
    );
    let away = |kind| Version {
        says: Readable::Accommodation {
            kind: Some(kind),
            effect: DayEffect::Away,
            details: None,
            interval: lifting().interval,
        },
        ..version(1, &lifting())
    };
    let cause = [
        away(AccommodationType::LostTime),
        Version {
            number: 2,
            ..away(AccommodationType::LostTimeMaternity)
        },
    ];
    assert_eq!(told(&cause, 2), only_the_person);
}
