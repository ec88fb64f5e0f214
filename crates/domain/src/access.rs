//! Who may do what to whose data: the one place that decides.
//!
//! One table of rules ([`RULES`]) says which audience may do which act on which class of data, and
//! how far it reaches. A list needs a [`Scope`], one thing an [`Allowed`]; only this module makes
//! either, so forgetting to ask does not compile. The database repeats the walls with row-level
//! security and column grants.

use crate::ids::{AccountId, EmployerId, PersonId, ProviderOrgId, SessionId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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

/// Who is making a request. Built once, by the database's check of the session, and immutable.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The account, or none for a job.
    pub account: Option<AccountId>,
    /// The session, or none for a job.
    pub session: Option<SessionId>,
    /// The tenant.
    pub provider_org: ProviderOrgId,
    /// The hat of this request.
    pub hat: Hat,
    /// How surely the person is known.
    pub assurance: Assurance,
    /// The account's language.
    pub language: String,
    /// The account's own chart.
    pub person: Option<PersonId>,
    /// Whether the account may enter the employee portal for its own chart.
    pub portal_user: bool,
    /// Whether the account supervises anybody now.
    pub supervisor: bool,
    /// The people the account supervises now; filled under [`Hat::Team`] only.
    pub reports: Vec<PersonId>,
    /// Live role grants.
    pub roles: Vec<Role>,
    /// Live capabilities of those grants.
    pub capabilities: Vec<String>,
    /// The employers the grants are limited to; none for all.
    pub employers: Option<Vec<EmployerId>>,
}

impl Actor {
    /// The actor of a job or an operator's command.
    #[must_use]
    pub fn system(provider_org: ProviderOrgId) -> Self {
        Self {
            account: None,
            session: None,
            provider_org,
            hat: Hat::System,
            assurance: Assurance::Mfa,
            language: "en".to_owned(),
            person: None,
            portal_user: false,
            supervisor: false,
            reports: Vec::new(),
            roles: Vec::new(),
            capabilities: Vec::new(),
            employers: None,
        }
    }

    /// Whether a role is held.
    #[must_use]
    pub fn holds(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The account, for what only an account can do.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] for a job.
    pub fn account(&self) -> Result<AccountId, Refusal> {
        self.account.ok_or(Refusal::Forbidden)
    }

    /// The account's own chart.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] when the account has none.
    pub fn own_person(&self) -> Result<PersonId, Refusal> {
        self.person.ok_or(Refusal::Forbidden)
    }

    /// Whether the door of the hat is open to this account at all.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], the same for every address behind the door.
    pub fn through_the_door(&self) -> Result<(), Refusal> {
        let open = match self.hat {
            Hat::Me => self.portal_user && self.person.is_some(),
            Hat::Team => self.supervisor,
            Hat::Clinic | Hat::Admin => !self.audiences().is_empty(),
            Hat::Account | Hat::System => true,
        };
        if open {
            Ok(())
        } else {
            Err(Refusal::Forbidden)
        }
    }

    /// The audiences this actor is, under the hat worn.
    #[must_use]
    pub fn audiences(&self) -> Vec<Audience> {
        let staff = |role: &Role| match (self.hat, role) {
            (Hat::Clinic, Role::Clinician) => Some(Audience::Clinician),
            (Hat::Clinic, Role::Scheduler) => Some(Audience::Scheduler),
            (Hat::Admin, Role::PortalAdmin) => Some(Audience::PortalAdmin),
            (Hat::Admin, Role::PrivacyOfficer) => Some(Audience::PrivacyOfficer),
            (Hat::Admin, Role::SafetyRecorder) => Some(Audience::SafetyRecorder),
            (Hat::Admin, Role::Auditor) => Some(Audience::Auditor),
            _ => None,
        };
        match self.hat {
            Hat::Me if self.portal_user && self.person.is_some() => vec![Audience::PortalUser],
            Hat::Team if self.supervisor => vec![Audience::Supervisor],
            Hat::Clinic | Hat::Admin => self.roles.iter().filter_map(staff).collect(),
            Hat::Account => vec![Audience::AnyAccount],
            Hat::System => vec![Audience::System],
            _ => Vec::new(),
        }
    }

    /// A permission to list.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] when no rule grants it.
    pub fn scope(&self, act: Act, class: DataClass) -> Result<Scope, Refusal> {
        let reach = self.reach(act, class).ok_or(Refusal::Forbidden)?;
        let reach = match reach {
            Reach::Own => Bounds::Person(self.own_person()?),
            Reach::Reports => Bounds::Reports,
            Reach::OwnThreads => Bounds::Account(self.account()?),
            Reach::OwnActions => Bounds::Account(self.account()?),
            Reach::SchedulingThreads => Bounds::SchedulingThreads(self.employers.clone()),
            Reach::Organization => Bounds::Organization(self.employers.clone()),
        };
        Ok(Scope {
            act,
            class,
            bounds: reach,
        })
    }

    /// A permission for one thing about one person (or about none).
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] when no rule grants the act on this class at all,
    /// [`Refusal::Hidden`] when the thing is out of reach: then it does not exist for this actor.
    pub fn allow<T>(
        &self,
        act: Act,
        class: DataClass,
        about: About,
        thing: T,
    ) -> Result<Allowed<T>, Refusal> {
        let reach = self.reach(act, class).ok_or(Refusal::Forbidden)?;
        let in_reach = match reach {
            Reach::Own => about.person.is_some() && about.person == self.person,
            Reach::Reports => about
                .person
                .is_some_and(|person| self.reports.contains(&person)),
            Reach::OwnThreads => {
                about.account.is_some() && about.account == self.account
                    || about.account.is_none()
                        && about.person.is_some()
                        && about.person == self.person
            }
            Reach::OwnActions => about.account.is_some() && about.account == self.account,
            Reach::SchedulingThreads => about.scheduling && self.covers(about.employer),
            Reach::Organization => self.covers(about.employer),
        };
        if in_reach {
            Ok(Allowed {
                act,
                class,
                about,
                thing,
            })
        } else {
            Err(Refusal::Hidden)
        }
    }

    /// Whether the grants reach an employer's people.
    fn covers(&self, employer: Option<EmployerId>) -> bool {
        match (&self.employers, employer) {
            (Some(employers), Some(employer)) => employers.contains(&employer),
            _ => true,
        }
    }

    fn reach(&self, act: Act, class: DataClass) -> Option<Reach> {
        let audiences = self.audiences();
        RULES
            .iter()
            .filter(|rule| {
                audiences.contains(&rule.audience)
                    && rule.class == class
                    && rule.acts.contains(&act)
            })
            .map(|rule| rule.reach)
            .max()
    }
}

/// What a thing is about; facts the policy decides by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The thing's id, for the audit trail.
    pub object: Option<Uuid>,
    /// The person it is about.
    pub person: Option<PersonId>,
    /// The employer it belongs to.
    pub employer: Option<EmployerId>,
    /// The account it belongs to (a thread's portal side, a session's holder).
    pub account: Option<AccountId>,
    /// Whether it is a thread about appointments.
    pub scheduling: bool,
}

impl About {
    /// About a person.
    #[must_use]
    pub fn person(person: PersonId) -> Self {
        Self {
            person: Some(person),
            ..Self::default()
        }
    }

    /// About an account.
    #[must_use]
    pub fn account(account: AccountId) -> Self {
        Self {
            account: Some(account),
            ..Self::default()
        }
    }

    /// Names the thing.
    #[must_use]
    pub fn object(self, object: impl Into<Uuid>) -> Self {
        Self {
            object: Some(object.into()),
            ..self
        }
    }

    /// Names the employer.
    #[must_use]
    pub fn employer(self, employer: EmployerId) -> Self {
        Self {
            employer: Some(employer),
            ..self
        }
    }

    /// Says whether it is a thread about appointments.
    #[must_use]
    pub fn scheduling(self, scheduling: bool) -> Self {
        Self { scheduling, ..self }
    }

    /// Names the account the thing belongs to.
    #[must_use]
    pub fn of_account(self, account: AccountId) -> Self {
        Self {
            account: Some(account),
            ..self
        }
    }
}

/// A permission to list a class of data; only [`Actor::scope`] makes one.
#[derive(Clone, Debug)]
pub struct Scope {
    act: Act,
    class: DataClass,
    bounds: Bounds,
}

impl Scope {
    /// How far it reaches.
    #[must_use]
    pub fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// The one person it is limited to, if it is.
    #[must_use]
    pub fn only_person(&self) -> Option<PersonId> {
        match self.bounds {
            Bounds::Person(person) => Some(person),
            _ => None,
        }
    }

    /// The one account it is limited to, if it is.
    #[must_use]
    pub fn only_account(&self) -> Option<AccountId> {
        match self.bounds {
            Bounds::Account(account) => Some(account),
            _ => None,
        }
    }

    /// What is done.
    #[must_use]
    pub fn act(&self) -> Act {
        self.act
    }

    /// To what.
    #[must_use]
    pub fn class(&self) -> DataClass {
        self.class
    }
}

/// How far a list reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bounds {
    /// One's own chart.
    Person(PersonId),
    /// The people one supervises now.
    Reports,
    /// What belongs to one's own account: own threads, own actions.
    Account(AccountId),
    /// What is about appointments in the organization, perhaps only in some of its employers.
    SchedulingThreads(Option<Vec<EmployerId>>),
    /// The organization, perhaps only some of its employers.
    Organization(Option<Vec<EmployerId>>),
}

/// A permission for one thing; only [`Actor::allow`] makes one.
#[derive(Clone, Debug)]
pub struct Allowed<T> {
    act: Act,
    class: DataClass,
    about: About,
    thing: T,
}

impl<T> Allowed<T> {
    /// The thing.
    pub fn get(&self) -> &T {
        &self.thing
    }

    /// The thing, permission used up.
    pub fn into_inner(self) -> T {
        self.thing
    }

    /// What is done.
    #[must_use]
    pub fn act(&self) -> Act {
        self.act
    }

    /// To what.
    #[must_use]
    pub fn class(&self) -> DataClass {
        self.class
    }

    /// Whom and what it is about.
    #[must_use]
    pub fn about(&self) -> About {
        self.about
    }

    /// Changes the thing by a rule of the domain, the permission stays.
    ///
    /// # Errors
    /// What the rule answers.
    pub fn try_map<U, E>(self, rule: impl FnOnce(T) -> Result<U, E>) -> Result<Allowed<U>, E> {
        Ok(Allowed {
            act: self.act,
            class: self.class,
            about: self.about,
            thing: rule(self.thing)?,
        })
    }
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It does not exist, for this actor.
    #[error("not found")]
    Hidden,
    /// The actor may know of it and may not do it.
    #[error("forbidden")]
    Forbidden,
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
    /// The account's own sessions, language, credentials.
    OwnAccount,
}

impl DataClass {
    /// Every class, in the order of the printed matrix.
    pub const ALL: [Self; 13] = [
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
            Self::OwnAccount => "own_account",
        }
    }

    /// Whether reading it as such leaves a line in the audit trail.
    #[must_use]
    pub fn is_about_a_person(self) -> bool {
        !matches!(
            self,
            Self::FeedRun | Self::AuditTrail | Self::Configuration | Self::OwnAccount
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
const READ_CREATE: &[Act] = &[Act::Read, Act::Create];
const READ_CHANGE: &[Act] = &[Act::Read, Act::Change];
const WRITE: &[Act] = &[Act::Read, Act::Create, Act::Change];
const ALL: &[Act] = &[Act::Read, Act::Create, Act::Change, Act::Review];

/// The policy, whole. What is not here is refused.
pub const RULES: &[Rule] = &[
    // The employee, about oneself.
    rule(
        Audience::PortalUser,
        DataClass::Profile,
        READ_CHANGE,
        Reach::Own,
    ),
    rule(
        Audience::PortalUser,
        DataClass::Appointment,
        WRITE,
        Reach::Own,
    ),
    rule(
        Audience::PortalUser,
        DataClass::WorkStatus,
        READ,
        Reach::Own,
    ),
    rule(
        Audience::PortalUser,
        DataClass::Questionnaire,
        WRITE,
        Reach::Own,
    ),
    rule(
        Audience::PortalUser,
        DataClass::Message,
        WRITE,
        Reach::OwnThreads,
    ),
    rule(Audience::PortalUser, DataClass::DueItem, READ, Reach::Own),
    rule(
        Audience::PortalUser,
        DataClass::AuditTrail,
        READ,
        Reach::Own,
    ),
    rule(
        Audience::PortalUser,
        DataClass::Configuration,
        READ,
        Reach::Own,
    ),
    // The supervisor, about those who report to them. Nothing clinical has a line here.
    rule(
        Audience::Supervisor,
        DataClass::Profile,
        READ,
        Reach::Reports,
    ),
    rule(
        Audience::Supervisor,
        DataClass::Appointment,
        READ_CREATE,
        Reach::Reports,
    ),
    rule(
        Audience::Supervisor,
        DataClass::WorkStatus,
        READ,
        Reach::Reports,
    ),
    rule(
        Audience::Supervisor,
        DataClass::DueItem,
        READ,
        Reach::Reports,
    ),
    rule(
        Audience::Supervisor,
        DataClass::Message,
        WRITE,
        Reach::OwnThreads,
    ),
    rule(
        Audience::Supervisor,
        DataClass::Configuration,
        READ,
        Reach::OwnThreads,
    ),
    // Clinic staff.
    rule(
        Audience::Clinician,
        DataClass::Profile,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::Clinician,
        DataClass::Appointment,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::Clinician,
        DataClass::AppointmentDetail,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::Clinician,
        DataClass::WorkStatus,
        ALL,
        Reach::Organization,
    ),
    rule(
        Audience::Clinician,
        DataClass::WorkStatusReason,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::Clinician,
        DataClass::Questionnaire,
        ALL,
        Reach::Organization,
    ),
    rule(
        Audience::Clinician,
        DataClass::Message,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::Clinician,
        DataClass::DueItem,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::Clinician,
        DataClass::PersonAccess,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::Clinician,
        DataClass::AuditTrail,
        READ,
        Reach::OwnActions,
    ),
    rule(
        Audience::Clinician,
        DataClass::Configuration,
        READ,
        Reach::Organization,
    ),
    rule(
        Audience::Scheduler,
        DataClass::Profile,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::Scheduler,
        DataClass::Appointment,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::Scheduler,
        DataClass::AppointmentDetail,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::Scheduler,
        DataClass::Message,
        WRITE,
        Reach::SchedulingThreads,
    ),
    rule(
        Audience::Scheduler,
        DataClass::DueItem,
        READ,
        Reach::Organization,
    ),
    rule(
        Audience::Scheduler,
        DataClass::PersonAccess,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::Scheduler,
        DataClass::Configuration,
        WRITE,
        Reach::Organization,
    ),
    // Administration.
    rule(
        Audience::PortalAdmin,
        DataClass::Profile,
        READ,
        Reach::Organization,
    ),
    rule(
        Audience::PortalAdmin,
        DataClass::PersonAccess,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::PortalAdmin,
        DataClass::FeedRun,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::PortalAdmin,
        DataClass::Configuration,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::PortalAdmin,
        DataClass::AuditTrail,
        READ,
        Reach::OwnActions,
    ),
    rule(
        Audience::PrivacyOfficer,
        DataClass::Profile,
        READ,
        Reach::Organization,
    ),
    rule(
        Audience::PrivacyOfficer,
        DataClass::AuditTrail,
        READ,
        Reach::Organization,
    ),
    rule(
        Audience::PrivacyOfficer,
        DataClass::Configuration,
        READ,
        Reach::Organization,
    ),
    rule(
        Audience::SafetyRecorder,
        DataClass::Profile,
        READ,
        Reach::Organization,
    ),
    rule(
        Audience::SafetyRecorder,
        DataClass::WorkStatus,
        READ,
        Reach::Organization,
    ),
    rule(
        Audience::Auditor,
        DataClass::AuditTrail,
        READ,
        Reach::Organization,
    ),
    rule(
        Audience::Auditor,
        DataClass::FeedRun,
        READ,
        Reach::Organization,
    ),
    rule(
        Audience::Auditor,
        DataClass::Configuration,
        READ,
        Reach::Organization,
    ),
    // Everybody's own settings.
    rule(
        Audience::AnyAccount,
        DataClass::OwnAccount,
        WRITE,
        Reach::OwnActions,
    ),
    // Jobs: feeds make persons, book-keeping moves states; they review nothing.
    rule(
        Audience::System,
        DataClass::Profile,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::System,
        DataClass::PersonAccess,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::System,
        DataClass::FeedRun,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::System,
        DataClass::Appointment,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::System,
        DataClass::DueItem,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::System,
        DataClass::Questionnaire,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::System,
        DataClass::WorkStatus,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::System,
        DataClass::Message,
        WRITE,
        Reach::Organization,
    ),
    rule(
        Audience::System,
        DataClass::Configuration,
        WRITE,
        Reach::Organization,
    ),
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

#[cfg(test)]
mod tests {
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
        assert!(!RULES.iter().any(|rule| rule.audience == Audience::Supervisor && clinical.contains(&rule.class)));
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
    fn every_rule_appears_once() {
        for (n, rule) in RULES.iter().enumerate() {
            let twins = RULES
                .iter()
                .filter(|r| r.audience == rule.audience && r.class == rule.class)
                .count();
            assert_eq!(twins, 1, "rule {n} {:?} {:?}", rule.audience, rule.class);
        }
    }
}
