//! Portals: look, words and modules.

use salus_domain::ids::{EmployerId, PortalId};
pub use salus_domain::portals::{SupportContact, Term};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a portal presents itself before sign-in, in the asked language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Appearance {
    /// The portal's address name.
    #[cfg_attr(feature = "openapi", schema(example = "northwind"))]
    pub slug: String,
    /// `employee`, `supervisor` or `applicant`.
    pub audience: String,
    /// The name beside the logo.
    pub name: String,
    /// Colour of the primary action.
    #[cfg_attr(feature = "openapi", schema(example = "#1D4ED8"))]
    pub brand_color: String,
    /// Address of the logo.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub logo_url: Option<String>,
    /// What the logo shows, in words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub logo_alt: Option<String>,
    /// Languages offered.
    pub languages: Vec<String>,
    /// The language texts fall back to.
    pub default_language: String,
    /// Words in place of Salus' own: `person`, `supervisor`, `employer`, `applicant`, `portal`,
    /// `product`.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, schema::Term>))]
    pub terms: BTreeMap<String, Term>,
    /// Line under the greeting.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub welcome: Option<String>,
    /// Whom to ask for help.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::SupportContact>))]
    pub support_contacts: Vec<SupportContact>,
}

/// The portal of the signed-in person: its look and what it offers, in the account's language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Portal {
    /// How it looks.
    #[serde(flatten)]
    pub appearance: Appearance,
    /// Modules shown, in order.
    pub modules: Vec<Module>,
    /// Above the box of a clinical message.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub emergency_text: Option<String>,
    /// The published version.
    pub version: i32,
    /// The portals one may choose among, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub choices: Vec<PortalChoice>,
    /// Whether this is the only one or the one chosen; else one of `choices` is to be chosen.
    pub chosen: bool,
}

/// One of several portals of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalChoice {
    /// Its address name.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Address of its logo.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub logo_url: Option<String>,
    /// The employer it is of; absent for the provider organization's own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub employer: Option<String>,
}

/// Choose one of several portals for this session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChoosePortal {
    /// Its address name.
    pub slug: String,
}

/// A module of a portal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Module {
    /// Which: `appointments`, `work_status`, `send_message`, …
    pub key: String,
    /// The portal's own name for it; absent for the module's usual name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// Settings beside the name.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, serde_json::Value>))]
    pub settings: serde_json::Map<String, serde_json::Value>,
}

/// A portal in the administration's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalSummary {
    /// The portal.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: PortalId,
    /// The employer it belongs to; absent for the provider organization's own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub employer_id: Option<EmployerId>,
    /// `employee`, `supervisor` or `applicant`.
    pub audience: String,
    /// Its address name.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Whether people may enter it.
    pub enabled: bool,
    /// The version that is published.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published_version: Option<i32>,
    /// Colour of the primary action.
    pub brand_color: String,
    /// Keys of its modules, in order.
    pub modules: Vec<String>,
}

/// How the domain's types appear in the document.
#[cfg(feature = "openapi")]
#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "only their shape is used"
)]
pub(crate) mod schema {
    use serde::Serialize;
    use utoipa::ToSchema;

    /// A replacement word in one language.
    #[derive(Serialize, ToSchema)]
    pub struct Term {
        /// One of it.
        pub singular: String,
        /// Several of it.
        pub plural: String,
    }

    /// Whom to ask for help.
    #[derive(Serialize, ToSchema)]
    pub struct SupportContact {
        /// Who or what it is.
        pub label: String,
        /// A telephone number.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub phone: Option<String>,
        /// An e-mail address.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub email: Option<String>,
        /// When somebody answers.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub hours: Option<String>,
    }
}
