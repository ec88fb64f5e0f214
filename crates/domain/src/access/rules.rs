//! The policy itself.

use super::words::Act;
use super::words::Audience::{
    self, AnyAccount, Auditor, Clinician, PortalAdmin, PortalUser, PrivacyOfficer, SafetyRecorder,
    Scheduler, Supervisor, System,
};
use super::words::DataClass::{
    self, Absence, Appointment, AppointmentDetail, AuditTrail, Configuration, DueItem, FeedRun,
    Message, OwnAccount, PersonAccess, Profile, Questionnaire, WorkStatus, WorkStatusReason,
};
use super::words::Reach::{
    self, Organization, Own, OwnActions, OwnThreads, Reports, SchedulingThreads,
};

/// One line of the policy: an audience may do these acts on this class, this far.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Who.
    pub audience: Audience,
    /// What.
    pub class: DataClass,
    /// Which acts.
    pub acts: &'static [Act],
    /// How far.
    pub reach: Reach,
}

const fn rule(audience: Audience, class: DataClass, acts: &'static [Act], reach: Reach) -> Rule {
    Rule {
        audience,
        class,
        acts,
        reach,
    }
}

const READ: &[Act] = &[Act::Read];
const READ_CHANGE: &[Act] = &[Act::Read, Act::Change];
const CREATE_CHANGE: &[Act] = &[Act::Create, Act::Change];
const WRITE: &[Act] = &[Act::Read, Act::Create, Act::Change];
const ALL: &[Act] = &[Act::Read, Act::Create, Act::Change, Act::Review];

/// The policy, whole. What is not here is refused.
pub const RULES: &[Rule] = &[
    // The employee, about oneself.
    rule(PortalUser, Profile, READ_CHANGE, Own),
    rule(PortalUser, Appointment, WRITE, Own),
    rule(PortalUser, WorkStatus, READ, Own),
    rule(PortalUser, Questionnaire, WRITE, Own),
    rule(PortalUser, Message, WRITE, OwnThreads),
    rule(PortalUser, DueItem, READ, Own),
    rule(PortalUser, AuditTrail, READ, Own),
    rule(PortalUser, Configuration, READ, Own),
    // The supervisor, about those who report to them. Nothing clinical has a line here.
    rule(Supervisor, Profile, READ, Reports),
    rule(Supervisor, Appointment, WRITE, Reports),
    rule(Supervisor, WorkStatus, READ, Reports),
    rule(Supervisor, DueItem, READ, Reports),
    rule(Supervisor, Message, WRITE, OwnThreads),
    rule(Supervisor, Configuration, READ, OwnThreads),
    // Clinic staff.
    rule(Clinician, Profile, WRITE, Organization),
    rule(Clinician, Appointment, WRITE, Organization),
    rule(Clinician, AppointmentDetail, ALL, Organization),
    rule(Clinician, WorkStatus, ALL, Organization),
    rule(Clinician, WorkStatusReason, WRITE, Organization),
    rule(Clinician, Questionnaire, ALL, Organization),
    rule(Clinician, Message, WRITE, Organization),
    rule(Clinician, DueItem, WRITE, Organization),
    rule(Clinician, PersonAccess, WRITE, Organization),
    rule(Clinician, AuditTrail, READ, OwnActions),
    rule(Clinician, Configuration, READ, Organization),
    rule(Clinician, Absence, READ, Organization),
    rule(Clinician, Absence, CREATE_CHANGE, OwnActions),
    rule(Scheduler, Profile, WRITE, Organization),
    rule(Scheduler, Appointment, WRITE, Organization),
    rule(Scheduler, AppointmentDetail, WRITE, Organization),
    rule(Scheduler, Message, WRITE, SchedulingThreads),
    rule(Scheduler, DueItem, READ, Organization),
    rule(Scheduler, PersonAccess, WRITE, Organization),
    rule(Scheduler, Configuration, WRITE, Organization),
    rule(Scheduler, Absence, WRITE, Organization),
    // Administration.
    rule(PortalAdmin, Profile, READ, Organization),
    rule(PortalAdmin, PersonAccess, WRITE, Organization),
    rule(PortalAdmin, FeedRun, WRITE, Organization),
    rule(PortalAdmin, Configuration, WRITE, Organization),
    rule(PortalAdmin, AuditTrail, READ, OwnActions),
    rule(PrivacyOfficer, Profile, READ, Organization),
    rule(PrivacyOfficer, AuditTrail, READ, Organization),
    rule(PrivacyOfficer, Configuration, READ, Organization),
    rule(SafetyRecorder, Profile, READ, Organization),
    rule(SafetyRecorder, WorkStatus, READ, Organization),
    rule(Auditor, AuditTrail, READ, Organization),
    rule(Auditor, FeedRun, READ, Organization),
    rule(Auditor, Configuration, READ, Organization),
    // Everybody's own settings.
    rule(AnyAccount, OwnAccount, WRITE, OwnActions),
    // Jobs: feeds make persons, book-keeping moves states; they review nothing.
    rule(System, Profile, WRITE, Organization),
    rule(System, PersonAccess, WRITE, Organization),
    rule(System, FeedRun, WRITE, Organization),
    rule(System, Appointment, WRITE, Organization),
    rule(System, DueItem, WRITE, Organization),
    rule(System, Questionnaire, WRITE, Organization),
    rule(System, WorkStatus, WRITE, Organization),
    rule(System, Message, WRITE, Organization),
    rule(System, Configuration, WRITE, Organization),
    rule(System, Absence, WRITE, Organization),
];

/// The policy printed: a line for each audience and class, with acts and reach.
#[must_use]
pub fn matrix() -> String {
    let mut out = String::from("| audience | class | acts | reach |\n| --- | --- | --- | --- |\n");
    for audience in Audience::ALL {
        for class in DataClass::ALL {
            let rules = RULES
                .iter()
                .filter(|rule| rule.audience == audience && rule.class == class);
            for rule in rules {
                let acts: Vec<_> = rule.acts.iter().map(|act| act.as_str()).collect();
                out.push_str(&format!(
                    "| {audience:?} | {class:?} | {} | {:?} |\n",
                    acts.join(", "),
                    rule.reach
                ));
            }
        }
    }
    out
}
