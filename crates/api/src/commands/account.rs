//! `salus account`

use chrono::{DateTime, Utc};
use salus_domain::access::Role;
use salus_domain::accounts::{check_new_password, normalize_name, normalize_password};
use salus_domain::ids::{AccountId, ProviderOrgId};
use salus_store::accounts as store;
use std::io::Read;
use uuid::Uuid;

use super::CommandResult;
use crate::error::ApiError;
use crate::server;
use crate::settings::Settings;
use crate::state::AppState;

/// What can be done with accounts.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Make a staff account; the password is read from standard input.
    Create {
        /// Code of the provider organization.
        #[arg(long)]
        organization: String,
        /// E-mail address to sign in with.
        #[arg(long)]
        email: String,
        /// Name on the screen.
        #[arg(long)]
        name: String,
        /// clinician, scheduler, portal_admin, privacy_officer, safety_recorder or auditor; may be repeated.
        #[arg(long)]
        role: Vec<String>,
    },
}

pub(super) async fn run(settings: Settings, command: Command) -> CommandResult {
    let Command::Create {
        organization,
        email,
        name,
        role,
    } = command;
    let roles = role
        .iter()
        .map(|word| Role::parse(word).ok_or_else(|| format!("there is no role {word}")))
        .collect::<Result<Vec<_>, _>>()?;
    let mut password = String::new();
    std::io::stdin()
        .read_to_string(&mut password)
        .map_err(|e| e.to_string())?;
    let password = password.trim_end_matches(['\r', '\n']);
    check_new_password(password, &[&name, &email]).map_err(|e| format!("the password is {e}"))?;
    let state = server::build_state(settings)
        .await
        .map_err(|e| e.to_string())?;
    let org = find_organization(&state, &organization)
        .await
        .map_err(|e| e.explain())?;
    let Some(org) = org else {
        return Err(format!("there is no provider organization {organization}"));
    };
    let hash = state
        .hasher
        .hash(&normalize_password(password))
        .await
        .map_err(|e| e.explain())?;
    let id = Uuid::now_v7();
    let account = NewStaff {
        id,
        org,
        email: &email,
        name: &name,
        roles: &roles,
        hash: &hash,
        sandbox: false,
    };
    match create_staff(&state, &account).await {
        Ok(Some(id)) => println!("account {id}"),
        Ok(None) => return Err(format!("{email} is taken")),
        Err(error) => return Err(error.explain()),
    }
    Ok(())
}

/// The organization with a code.
pub(crate) async fn find_organization(
    state: &AppState,
    code: &str,
) -> Result<Option<ProviderOrgId>, ApiError> {
    let mut tx = state.database.authn().await?;
    let all = store::provider_organizations(tx.connection()).await?;
    tx.commit().await?;
    Ok(all
        .into_iter()
        .find(|(_, c)| c == code)
        .map(|(id, _)| ProviderOrgId(id)))
}

/// A staff account to be made.
pub(crate) struct NewStaff<'a> {
    pub(crate) id: Uuid,
    pub(crate) org: ProviderOrgId,
    pub(crate) email: &'a str,
    pub(crate) name: &'a str,
    pub(crate) roles: &'a [Role],
    pub(crate) hash: &'a str,
    pub(crate) sandbox: bool,
}

/// Makes a staff account with its roles; nothing when the address is taken.
pub(crate) async fn create_staff(
    state: &AppState,
    staff: &NewStaff<'_>,
) -> Result<Option<AccountId>, ApiError> {
    let now = state.clock.now();
    let id = AccountId(staff.id);
    let made = state
        .run_system(staff.org, "create_account", async |tx| {
            let account = store::NewAccount {
                id: id.0,
                provider_org_id: staff.org.0,
                kind: "managed".to_owned(),
                state: "active".to_owned(),
                display_name: staff.name.to_owned(),
                language: "en".to_owned(),
                password_hash: Some(staff.hash.to_owned()),
                password_changed_at: Some(now),
                sandbox: staff.sandbox,
                created_at: now,
                created_by: None,
            };
            store::insert_accounts(tx.conn(), &[account]).await?;
            for role in staff.roles {
                store::insert_role_grant(tx.conn(), &grant(staff.org, id, *role, now)).await?;
            }
            Ok(())
        })
        .await;
    made?;
    let name = normalize_name(staff.email);
    let mut tx = state.database.authn().await?;
    let named =
        store::insert_sign_in_name(tx.connection(), staff.org, id, "email", &name, now).await?;
    tx.commit().await?;
    Ok(named.then_some(id))
}

fn grant(
    org: ProviderOrgId,
    account: AccountId,
    role: Role,
    now: DateTime<Utc>,
) -> store::NewRoleGrant {
    let defaults: &[&str] = match role {
        Role::Clinician => &["view_unreleased", "break_glass", "verify_identity"],
        Role::Scheduler => &["verify_identity"],
        Role::PortalAdmin => &["manage_portal_content"],
        Role::PrivacyOfficer => &["release_records"],
        _ => &[],
    };
    store::NewRoleGrant {
        id: Uuid::now_v7(),
        provider_org_id: org.0,
        account_id: account.0,
        role: role.as_str().to_owned(),
        employer_ids: None,
        capabilities: defaults.iter().map(|&c| c.to_owned()).collect(),
        starts_at: now,
        created_at: now,
    }
}
