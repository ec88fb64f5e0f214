//! Who may do what to whose data: the one place that decides.
//!
//! One table of rules ([`RULES`]) says which audience may do which act on which class of data, and
//! how far it reaches. A list needs a [`Scope`], one thing an [`Allowed`]; only this module makes
//! either, so forgetting to ask does not compile. The database repeats the walls with row-level
//! security and column grants.

mod rules;
#[cfg(test)]
mod tests;
mod words;

pub use rules::{RULES, Rule, matrix};
pub use words::{Act, Assurance, Audience, DataClass, Hat, Reach, Role};

use crate::ids::{AccountId, EmployerId, PersonId, ProviderOrgId, SessionId};
use uuid::Uuid;

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
    /// The chart within reach of [`Hat::Me`]: the account's own, or that of the person it acts for.
    pub person: Option<PersonId>,
    /// The person the account acts for as a proxy, if it does.
    pub acts_for: Option<PersonId>,
    /// The portal the session came through, or chose.
    pub portal: Option<String>,
    /// Whether the account may enter the employee portal for that chart.
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
            acts_for: None,
            portal: None,
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
    /// Whether it covers what belongs to an employer, or to the whole organization. Whoever is limited to
    /// some employers reads what is everybody's and leaves it as it is.
    #[must_use]
    pub fn covers(&self, employer: Option<EmployerId>) -> bool {
        match (&self.bounds, employer) {
            (Bounds::Organization(Some(only)), Some(employer)) => only.contains(&employer),
            (Bounds::Organization(Some(_)), None) => self.act == Act::Read,
            _ => true,
        }
    }

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

    /// Changes the thing by a rule that also says what happened.
    ///
    /// # Errors
    /// What the rule answers.
    pub fn decide<U, V, E>(
        self,
        rule: impl FnOnce(T) -> Result<(U, V), E>,
    ) -> Result<(Allowed<U>, V), E> {
        let (thing, happened) = rule(self.thing)?;
        let decided = Allowed {
            act: self.act,
            class: self.class,
            about: self.about,
            thing,
        };
        Ok((decided, happened))
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
