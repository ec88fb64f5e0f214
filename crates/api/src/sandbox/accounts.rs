//! Accounts with fixed addresses, so that scripts can use them.

use salus_domain::access::Role;
use salus_domain::accounts::normalize_password;
use salus_domain::ids::{AccountId, ProviderOrgId};
use salus_store::accounts::{self as store, NewAccount, NewRelationship};
use uuid::Uuid;

use super::people::{FOREIGN_WORKER, LAKESIDE_SUPERVISOR, LAKESIDE_WORKER, worker};
use super::{FOREIGN, PASSWORD, SALUS, id};
use crate::commands::{NewStaff, create_staff};
use crate::error::ApiError;
use crate::state::AppState;

struct Portal {
    address: &'static str,
    account: Uuid,
    person: Uuid,
    name: &'static str,
    language: &'static str,
    portal_user: bool,
    supervises: &'static [u64],
}

/// The id of an account: `user<n>`, and from 301 the staff.
pub(crate) const fn account(n: u64) -> Uuid {
    id(0x5a1_2000 + n)
}

/// The clinician's account.
pub(super) const CLINICIAN: Uuid = account(301);

/// Accounts the HR file made that can sign in: address, number in the file, language.
const NORTHWIND_ACCOUNTS: [(&str, u64, &str); 9] = [
    ("user1", 1, "en"),
    ("supervisor", 2, "en"),
    ("supervisor2", 3, "en"),
    ("employee", 4, "en"),
    ("user5", 5, "en"),
    ("employee2", 6, "en"),
    ("user7", 7, "es"),
    ("user8", 8, "en"),
    ("user9", 9, "en"),
];

pub(super) async fn seed(state: &AppState) -> Result<(), ApiError> {
    // One hash for all: the password is published, and hashing is slow on purpose.
    let hash = state.hasher.hash(&normalize_password(PASSWORD)).await?;
    for (address, n, language) in NORTHWIND_ACCOUNTS {
        open(state, address, AccountId(account(n)), language, &hash).await?;
    }
    let lakeside = [
        Portal {
            address: "other-employee",
            account: account(101),
            person: LAKESIDE_WORKER,
            name: "Owen Marsh",
            language: "en",
            portal_user: true,
            supervises: &[],
        },
        Portal {
            address: "other-supervisor",
            account: account(102),
            person: LAKESIDE_SUPERVISOR,
            name: "Ruth Kessler",
            language: "en",
            portal_user: true,
            supervises: &[0x101],
        },
    ];
    for portal in &lakeside {
        insert(state, SALUS, portal, &hash).await?;
    }
    let foreign = Portal {
        address: "foreign-employee",
        account: account(201),
        person: FOREIGN_WORKER,
        name: "Ivo Petrov",
        language: "en",
        portal_user: true,
        supervises: &[],
    };
    insert(state, FOREIGN, &foreign, &hash).await?;

    let staff = [
        (SALUS, "clinician", "J. Lee, RN", Role::Clinician),
        (SALUS, "scheduler", "Sam Ortiz", Role::Scheduler),
        (SALUS, "admin", "Alex Novak", Role::PortalAdmin),
        (SALUS, "privacy", "Robin Hale", Role::PrivacyOfficer),
        (SALUS, "recorder", "Casey Lund", Role::SafetyRecorder),
        (SALUS, "auditor", "Jordan Pike", Role::Auditor),
        (
            FOREIGN,
            "foreign-clinician",
            "P. Stone, MD",
            Role::Clinician,
        ),
    ];
    for ((org, address, name, role), n) in staff.into_iter().zip(301..) {
        let email = format!("{address}@sandbox.example");
        let new = NewStaff {
            id: account(n),
            org,
            email: &email,
            name,
            roles: &[role],
            hash: &hash,
            sandbox: true,
        };
        create_staff(state, &new).await?;
    }
    Ok(())
}

async fn insert(
    state: &AppState,
    org: ProviderOrgId,
    portal: &Portal,
    hash: &str,
) -> Result<(), ApiError> {
    state
        .run_system(org, "seed_sandbox", async |tx| {
            let now = tx.now;
            let new = NewAccount {
                id: portal.account,
                provider_org_id: org.0,
                kind: "managed".to_owned(),
                state: "active".to_owned(),
                display_name: portal.name.to_owned(),
                language: portal.language.to_owned(),
                password_hash: Some(hash.to_owned()),
                password_changed_at: Some(now),
                sandbox: true,
                created_at: now,
                created_by: None,
            };
            store::insert_accounts(tx.conn(), &[new]).await?;
            let relationship =
                |kind: &str, person: Uuid, line: Option<&str>, source: &str| NewRelationship {
                    id: Uuid::now_v7(),
                    provider_org_id: org.0,
                    account_id: portal.account,
                    person_id: person,
                    kind: kind.to_owned(),
                    line: line.map(str::to_owned),
                    source: source.to_owned(),
                    starts_at: now,
                    created_at: now,
                    created_by: None,
                };
            let mut rows = vec![relationship("self", portal.person, None, "hr_feed")];
            if portal.portal_user {
                rows.push(relationship("portal_user", portal.person, None, "hr_feed"));
            }
            for n in portal.supervises {
                rows.push(relationship(
                    "supervisor",
                    worker(*n),
                    Some("solid"),
                    "hr_feed",
                ));
            }
            store::insert_relationships(tx.conn(), &rows).await?;
            Ok(())
        })
        .await?;
    name(state, org, portal.address, AccountId(portal.account)).await
}

/// Gives an account that the HR file made its password, as redeeming a code does.
async fn open(
    state: &AppState,
    address: &str,
    account: AccountId,
    language: &str,
    hash: &str,
) -> Result<(), ApiError> {
    state
        .run_system(SALUS, "seed_sandbox", async |tx| {
            let now = tx.now;
            store::activate(tx.conn(), account, hash, language, now).await?;
            Ok(())
        })
        .await?;
    name(state, SALUS, address, account).await
}

async fn name(
    state: &AppState,
    org: ProviderOrgId,
    address: &str,
    account: AccountId,
) -> Result<(), ApiError> {
    let mut tx = state.database.authn().await?;
    let (name, now) = (format!("{address}@sandbox.example"), state.clock.now());
    store::insert_sign_in_name(tx.connection(), org, account, "email", &name, now).await?;
    tx.commit().await?;
    Ok(())
}
