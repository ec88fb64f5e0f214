use super::*;

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn actor(hat: Hat) -> Actor {
    Actor {
        account: Some(AccountId(Uuid::from_u128(9))),
        hat,
        ..Actor::system(ProviderOrgId(Uuid::from_u128(1)))
    }
}

fn supervisor_of(report: PersonId) -> Actor {
    Actor {
        supervisor: true,
        reports: vec![report],
        ..actor(Hat::Team)
    }
}

#[test]
fn a_supervisor_reads_the_work_status_of_a_report_and_of_nobody_else() {
    let me = supervisor_of(person(1));
    assert!(
        me.allow(
            Act::Read,
            DataClass::WorkStatus,
            About::person(person(1)),
            ()
        )
        .is_ok()
    );
    let other = me.allow(
        Act::Read,
        DataClass::WorkStatus,
        About::person(person(2)),
        (),
    );
    assert_eq!(other.err(), Some(Refusal::Hidden));
}

#[test]
fn no_rule_gives_a_supervisor_anything_clinical() {
    let clinical = [
        DataClass::AppointmentDetail,
        DataClass::WorkStatusReason,
        DataClass::Questionnaire,
    ];
    assert!(
        !RULES
            .iter()
            .any(|rule| rule.audience == Audience::Supervisor && clinical.contains(&rule.class))
    );
}

#[test]
fn a_portal_user_reaches_the_own_chart_only() {
    let me = Actor {
        person: Some(person(1)),
        portal_user: true,
        ..actor(Hat::Me)
    };
    assert!(
        me.allow(
            Act::Read,
            DataClass::Appointment,
            About::person(person(1)),
            ()
        )
        .is_ok()
    );
    let other = me.allow(
        Act::Read,
        DataClass::Appointment,
        About::person(person(2)),
        (),
    );
    assert_eq!(other.err(), Some(Refusal::Hidden));
}

#[test]
fn rights_of_different_hats_never_add_up() {
    let nurse = Actor {
        roles: vec![Role::Clinician],
        ..actor(Hat::Team)
    };
    assert_eq!(nurse.through_the_door(), Err(Refusal::Forbidden));
    assert!(nurse.scope(Act::Read, DataClass::Questionnaire).is_err());
}

#[test]
fn a_grant_limited_to_one_employer_hides_the_others() {
    let [ours, theirs] = [1, 2].map(|n| EmployerId(Uuid::from_u128(n)));
    let nurse = Actor {
        roles: vec![Role::Clinician],
        employers: Some(vec![ours]),
        ..actor(Hat::Clinic)
    };
    let about = |employer| About::person(person(1)).employer(employer);
    assert!(
        nurse
            .allow(Act::Read, DataClass::WorkStatus, about(ours), ())
            .is_ok()
    );
    let hidden = nurse.allow(Act::Read, DataClass::WorkStatus, about(theirs), ());
    assert_eq!(hidden.err(), Some(Refusal::Hidden));
}

#[test]
fn an_auditor_reads_the_trail_and_no_record() {
    let auditor = Actor {
        roles: vec![Role::Auditor],
        ..actor(Hat::Admin)
    };
    assert!(auditor.scope(Act::Read, DataClass::AuditTrail).is_ok());
    assert!(auditor.scope(Act::Read, DataClass::Profile).is_err());
}

#[test]
fn what_an_audience_may_do_with_a_class_is_said_in_one_rule() {
    for (n, rule) in RULES.iter().enumerate() {
        let twins = RULES
            .iter()
            .filter(|r| r.audience == rule.audience && r.class == rule.class)
            .filter(|r| r.acts.iter().any(|act| rule.acts.contains(act)))
            .count();
        assert_eq!(twins, 1, "rule {n} {:?} {:?}", rule.audience, rule.class);
    }
}
