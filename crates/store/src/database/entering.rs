//! Entering as a session's actor.

use diesel::QueryResult;
use diesel::Queryable;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, Bool, Int4, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use salus_domain::access::{Actor, Assurance, Hat, Role};
use salus_domain::ids::{AccountId, EmployerId, PersonId, ProviderOrgId};
use uuid::Uuid;

use super::Entry;

/// The call of `app.enter`; for a supervisor it also takes the role with the column grants.
pub(super) struct EnterQuery<const TEAM: bool>(pub(super) Entry);

type EnteredSql = (
    SqlUuid,
    SqlUuid,
    Text,
    Text,
    Nullable<SqlUuid>,
    Bool,
    Bool,
    Array<Text>,
    Array<Text>,
    Nullable<Array<SqlUuid>>,
    Array<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<Text>,
);

impl<const TEAM: bool> Query for EnterQuery<TEAM> {
    type SqlType = EnteredSql;
}

impl<const TEAM: bool> QueryId for EnterQuery<TEAM> {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<const TEAM: bool> QueryFragment<Pg> for EnterQuery<TEAM> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "SELECT account_id, provider_org_id, language, assurance, person_id, is_portal_user, is_supervisor, \
             roles, capabilities, employers, reports, acts_for, portal",
        );
        if TEAM {
            out.push_sql(", set_config('role', 'salus_supervisor', true)");
        }
        // Requests that compete for one thing ask by keys alone: to plan a statement anew for its values
        // takes longer than to run it.
        out.push_sql(", set_config('plan_cache_mode', ");
        out.push_bind_param::<Text, _>(match self.0.competing {
            true => "force_generic_plan",
            false => "auto",
        })?;
        out.push_sql(", true)");
        out.push_sql(" FROM app.enter(");
        out.push_bind_param::<SqlUuid, _>(&self.0.session.0)?;
        out.push_sql(", ");
        out.push_bind_param::<Int4, _>(&self.0.epoch)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(match self.0.hat {
            Hat::Me => "me",
            Hat::Team => "team",
            Hat::Clinic => "clinic",
            Hat::Admin => "admin",
            Hat::Account | Hat::System => "account",
        })?;
        out.push_sql(", ");
        out.push_bind_param::<Timestamptz, _>(&self.0.now)?;
        out.push_sql(", ");
        out.push_bind_param::<Timestamptz, _>(&self.0.session_now)?;
        out.push_sql(", ");
        out.push_bind_param::<Bool, _>(&self.0.moves_idle)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<SqlUuid>, _>(&self.0.acts_for)?;
        out.push_sql(")");
        Ok(())
    }
}

#[derive(Queryable)]
pub(super) struct EnteredRow {
    account_id: Uuid,
    provider_org_id: Uuid,
    language: String,
    assurance: String,
    person_id: Option<Uuid>,
    is_portal_user: bool,
    is_supervisor: bool,
    roles: Vec<String>,
    capabilities: Vec<String>,
    employers: Option<Vec<Uuid>>,
    reports: Vec<Uuid>,
    acts_for: Option<Uuid>,
    portal: Option<String>,
}

impl EnteredRow {
    pub(super) fn into_actor(self, entry: &Entry) -> Actor {
        Actor {
            account: Some(AccountId(self.account_id)),
            session: Some(entry.session),
            provider_org: ProviderOrgId(self.provider_org_id),
            hat: entry.hat,
            assurance: if self.assurance == "mfa" {
                Assurance::Mfa
            } else {
                Assurance::Password
            },
            language: self.language,
            person: self.person_id.map(PersonId),
            acts_for: self.acts_for.map(PersonId),
            portal: self.portal,
            portal_user: self.is_portal_user,
            supervisor: self.is_supervisor,
            reports: self.reports.into_iter().map(PersonId).collect(),
            roles: self
                .roles
                .iter()
                .filter_map(|word| Role::parse(word))
                .collect(),
            capabilities: self.capabilities,
            employers: self
                .employers
                .map(|ids| ids.into_iter().map(EmployerId).collect()),
        }
    }
}
