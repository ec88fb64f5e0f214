//! The words the rules are written in.

use serde::{Deserialize, Serialize};

/// Which of an account's rights are used in a request; the path says it, and the rights of
/// different hats never add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hat {
    /// `/me`: one's own record.
    Me,
    /// `/team`: supervision, nothing clinical.
    Team,
    /// `/clinic`: clinician and scheduler grants.
    Clinic,
    /// `/admin`: configuration, privacy and recordkeeping grants.
    Admin,
    /// An account's own settings and sessions, whatever else it may.
    Account,
    /// A job or an operator's command, for one provider organization.
    System,
}

impl Hat {
    /// The word the database policies compare with.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::Team => "team",
            Self::Clinic => "clinic",
            Self::Admin => "admin",
            Self::Account => "account",
            Self::System => "system",
        }
    }
}

/// A role an account can hold in an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Physician, nurse, examiner.
    Clinician,
    /// Front desk.
    Scheduler,
    /// Sets portals up.
    PortalAdmin,
    /// Keeps privacy: audit, releases, grants.
    PrivacyOfficer,
    /// Keeps the OSHA log.
    SafetyRecorder,
    /// Reads the audit trail, configuration history and feed runs.
    Auditor,
    /// An API client, never a person.
    Integration,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Clinician,
        Self::Scheduler,
        Self::PortalAdmin,
        Self::PrivacyOfficer,
        Self::SafetyRecorder,
        Self::Auditor,
        Self::Integration,
    ];

    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clinician => "clinician",
            Self::Scheduler => "scheduler",
            Self::PortalAdmin => "portal_admin",
            Self::PrivacyOfficer => "privacy_officer",
            Self::SafetyRecorder => "safety_recorder",
            Self::Auditor => "auditor",
            Self::Integration => "integration",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// How surely the person behind a session is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assurance {
    /// One factor.
    Password,
    /// Two factors, or a passkey with user verification.
    Mfa,
}

impl Assurance {
    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Mfa => "mfa",
        }
    }
}

/// A kind of caller the rules speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// A person in the employee portal, for the own chart.
    PortalUser,
    /// A supervisor or backup supervisor.
    Supervisor,
    /// Physician, nurse, examiner.
    Clinician,
    /// Front desk.
    Scheduler,
    /// Sets portals up.
    PortalAdmin,
    /// Keeps privacy.
    PrivacyOfficer,
    /// Keeps the OSHA log.
    SafetyRecorder,
    /// Reads the trail.
    Auditor,
    /// Any signed-in account, for its own settings.
    AnyAccount,
    /// Jobs and operator's commands.
    System,
}

impl Audience {
    /// Every audience, in the order of the printed matrix.
    pub const ALL: [Self; 10] = [
        Self::PortalUser,
        Self::Supervisor,
        Self::Clinician,
        Self::Scheduler,
        Self::PortalAdmin,
        Self::PrivacyOfficer,
        Self::SafetyRecorder,
        Self::Auditor,
        Self::AnyAccount,
        Self::System,
    ];
}

/// A class of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DataClass {
    /// Name, job, contact.
    Profile,
    /// Time, place and public name of an appointment.
    Appointment,
    /// Clinical name, comments, reason of an appointment.
    AppointmentDetail,
    /// Restrictions, accommodations, status, dates.
    WorkStatus,
    /// Why a restriction exists.
    WorkStatusReason,
    /// Questionnaire assignments and answers, and what was extracted from them.
    Questionnaire,
    /// Conversations and messages.
    Message,
    /// What is due, by public name and date.
    DueItem,
    /// Pick-up codes and relationships.
    PersonAccess,
    /// HR feed runs and their rows.
    FeedRun,
    /// The audit trail.
    AuditTrail,
    /// Portals, appointment types, schedules, questionnaires, settings.
    Configuration,
    /// Times in which a calendar is closed.
    Absence,
    /// The account's own sessions, language, credentials.
    OwnAccount,
}

impl DataClass {
    /// Every class, in the order of the printed matrix.
    pub const ALL: [Self; 14] = [
        Self::Profile,
        Self::Appointment,
        Self::AppointmentDetail,
        Self::WorkStatus,
        Self::WorkStatusReason,
        Self::Questionnaire,
        Self::Message,
        Self::DueItem,
        Self::PersonAccess,
        Self::FeedRun,
        Self::AuditTrail,
        Self::Configuration,
        Self::Absence,
        Self::OwnAccount,
    ];

    /// The word in the audit trail.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Appointment => "appointment",
            Self::AppointmentDetail => "appointment_detail",
            Self::WorkStatus => "work_status",
            Self::WorkStatusReason => "work_status_reason",
            Self::Questionnaire => "questionnaire",
            Self::Message => "message",
            Self::DueItem => "due_item",
            Self::PersonAccess => "person_access",
            Self::FeedRun => "feed_run",
            Self::AuditTrail => "audit_trail",
            Self::Configuration => "configuration",
            Self::Absence => "absence",
            Self::OwnAccount => "own_account",
        }
    }

    /// Whether reading it as such leaves a line in the audit trail.
    #[must_use]
    pub fn is_about_a_person(self) -> bool {
        !matches!(
            self,
            Self::FeedRun
                | Self::AuditTrail
                | Self::Configuration
                | Self::Absence
                | Self::OwnAccount
        )
    }

    /// What looking at it is for, where the operation says nothing else.
    #[must_use]
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Profile => "person_header",
            Self::Appointment | Self::AppointmentDetail => "visit",
            Self::WorkStatus | Self::WorkStatusReason => "work_status",
            Self::Questionnaire => "form_review",
            Self::Message => "message",
            Self::DueItem => "due_item",
            Self::PersonAccess => "portal_access",
            Self::FeedRun => "hr_feed",
            Self::AuditTrail => "audit_review",
            Self::Configuration => "configuration",
            Self::Absence => "absence",
            Self::OwnAccount => "own_account",
        }
    }
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Show it.
    Read,
    /// Make a new one.
    Create,
    /// Change it, short of the acts below.
    Change,
    /// Sign, review or answer for it as a professional.
    Review,
}

impl Act {
    /// Every act, in the order of the printed matrix.
    pub const ALL: [Self; 4] = [Self::Read, Self::Create, Self::Change, Self::Review];

    /// The word in the audit trail.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Create => "create",
            Self::Change => "change",
            Self::Review => "review",
        }
    }
}

/// How far a rule reaches; the later reaches further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// What one did oneself.
    OwnActions,
    /// One's own chart.
    Own,
    /// Conversations of one's own side.
    OwnThreads,
    /// The people one supervises now.
    Reports,
    /// The organization's conversations about appointments, limited by the grant's employers.
    SchedulingThreads,
    /// The organization, limited by the grant's employers.
    Organization,
}
