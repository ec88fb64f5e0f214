//! The sandbox: synthetic organizations, people and accounts, the same every time, made by the same
//! code real data takes.

mod accounts;
mod messaging;
mod organizations;
mod people;
mod portals;
pub mod questionnaires;
pub mod scheduling;
pub mod surveillance;
mod work_status;

pub use messaging::{APPOINTMENT_REQUEST, ASK_THE_CLINIC, CLINICAL_QUESTION, CLOSED, EARLIER};
pub use people::worker;

use salus_domain::ids::ProviderOrgId;
use salus_store::intake::apply::SandboxIds;
use uuid::Uuid;

use crate::error::ApiError;
use crate::state::AppState;

/// The password of every sandbox account.
pub const PASSWORD: &str = "salus-sandbox-only";

/// The first provider organization.
pub const SALUS: ProviderOrgId = ProviderOrgId(id(0x5a1_0001));
/// The second provider organization, for what must never cross.
pub const FOREIGN: ProviderOrgId = ProviderOrgId(id(0x5a1_0002));

/// An id of the sandbox: a well-formed UUIDv7 whose number is the same every time.
#[must_use]
pub const fn id(n: u64) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000_u128 | n as u128)
}

/// Ids of the people and accounts of Northwind's file.
pub(crate) const FIXED_IDS: SandboxIds = SandboxIds {
    person: |number| numbered(number).map(people::worker),
    account: |number| numbered(number).map(accounts::account),
};

/// `user4` is 4, `S-004` is 1004.
fn numbered(employee_id: &str) -> Option<u64> {
    if let Some(n) = employee_id.strip_prefix("user") {
        return n.parse().ok();
    }
    let n: u64 = employee_id.strip_prefix("S-")?.parse().ok()?;
    Some(1_000 + n)
}

/// Whether the sandbox had to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seeded {
    /// It was made now.
    New,
    /// It was there.
    Already,
}

/// Makes the sandbox in an empty database.
///
/// # Errors
/// What the database or a rule says.
pub async fn seed(state: &AppState) -> Result<Seeded, ApiError> {
    let mut tx = state.database.authn().await?;
    let existing = salus_store::accounts::provider_organizations(tx.connection()).await?;
    tx.commit().await?;
    if existing.iter().any(|(id, _)| *id == SALUS.0) {
        return Ok(Seeded::Already);
    }
    organizations::seed(state).await?;
    people::seed(state).await?;
    questionnaires::seed(state).await?;
    accounts::seed(state).await?;
    portals::seed(state).await?;
    scheduling::seed(state).await?;
    surveillance::seed(state).await?;
    work_status::seed(state).await?;
    messaging::seed(state).await?;
    Ok(Seeded::New)
}
