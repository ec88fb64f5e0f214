//! Setting providers, rooms and equipment up.

use super::ResourceKind;
use super::setup::Resource;
use crate::ids::{AccountId, LocationId, ResourceId};
use crate::patch::clearable;
use serde::{Deserialize, Serialize};

/// Somebody who can have a calendar: an account with a clinician's role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Clinician {
    /// Which account.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub account_id: AccountId,
    /// The name.
    pub name: String,
    /// The calendar they have already, deleted or not.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource_id: Option<ResourceId>,
}

/// Set a provider, a room or a piece of equipment up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateResource {
    /// What it is; it stays.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::ResourceKind))]
    pub kind: ResourceKind,
    /// A provider's account, which has a clinician's role; it stays. Absent for all others.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account_id: Option<AccountId>,
    /// Its name, at most 60 characters.
    pub name: String,
    /// What it can do, at most 20 tags of 40 characters.
    #[serde(default)]
    pub skills: Vec<String>,
    /// Where it belongs; times away are in this place's wall-clock.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub home_location_id: LocationId,
    /// Where a provider sees people online, `https`; `{appointment}` stands for the visit's id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub join_link: Option<String>,
    /// Where people may be whom a provider sees online: countries (`CA`) and parts of them (`US-IN`,
    /// ISO 3166); anywhere when empty.
    #[serde(default)]
    pub regions: Vec<String>,
    /// Whether it is in use.
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

impl From<Resource> for CreateResource {
    fn from(resource: Resource) -> Self {
        Self {
            kind: resource.kind,
            account_id: resource.account_id,
            name: resource.name,
            skills: resource.skills,
            home_location_id: resource.home_location_id,
            join_link: resource.join_link,
            regions: resource.regions,
            active: resource.active,
        }
    }
}

/// Change a resource: what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChangeResource {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it can do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skills: Option<Vec<String>>,
    /// Where it belongs.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_location_id: Option<LocationId>,
    /// Where a provider sees people online; null takes it away.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub join_link: Option<Option<String>>,
    /// Where people may be whom a provider sees online; anywhere when empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regions: Option<Vec<String>>,
    /// Whether it is in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl From<CreateResource> for ChangeResource {
    /// A change to exactly this; kind and account stay.
    fn from(whole: CreateResource) -> Self {
        Self {
            name: Some(whole.name),
            skills: Some(whole.skills),
            home_location_id: Some(whole.home_location_id),
            join_link: Some(whole.join_link),
            regions: Some(whole.regions),
            active: Some(whole.active),
        }
    }
}

/// A resource that was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeletedResource {
    /// As it is kept; it can be restored.
    pub resource: Resource,
    /// Visits that lie ahead with it; they stay booked.
    pub appointments_ahead: u32,
}
