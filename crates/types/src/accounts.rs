//! Signing in, sessions, the signed-in account.

use chrono::{DateTime, NaiveTime, Utc};
use salus_domain::access::{Assurance, Role};
use salus_domain::ids::{AccountId, PersonId, SessionId};
use serde::{Deserialize, Serialize};

/// Signs in with a name and a password. Exactly one of `email` and `user_name`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"email": "employee@sandbox.example", "password": "salus-sandbox-only"})))]
pub struct OpenSession {
    /// The e-mail address of the account.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub email: Option<String>,
    /// The user name of the account.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub user_name: Option<String>,
    /// The password.
    pub password: String,
    /// The portal the person came through; it chooses looks only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub portal: Option<String>,
}

/// What signing in and refreshing answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// Sent as `Authorization: Bearer …`; kept in memory only.
    pub access_token: String,
    /// When the access token ends; refresh before.
    pub expires_at: DateTime<Utc>,
    /// Who is signed in and which doors are open.
    pub session: Session,
}

/// Who is signed in, which doors are open, and when the session ends by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The session.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: SessionId,
    /// The account.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub account_id: AccountId,
    /// The account's own chart, if it has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub person_id: Option<PersonId>,
    /// The account's name on the screen.
    pub display_name: String,
    /// The name of the provider organization.
    pub organization: String,
    /// BCP 47 language of the account.
    pub language: String,
    /// The account's version, for `If-Match` when changing its settings.
    pub version: i32,
    /// How surely the person is known.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "password"))]
    pub assurance: Assurance,
    /// Which parts of Salus are open to this account.
    pub doors: Doors,
    /// Live role grants.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub roles: Vec<Role>,
    /// Live capabilities of the grants.
    pub capabilities: Vec<String>,
    /// Seconds without activity after which the session ends.
    pub idle_seconds: u32,
    /// Seconds before the end at which to warn.
    pub warn_seconds: u32,
    /// When the session ends without further activity.
    pub idle_ends_at: DateTime<Utc>,
    /// When the session ends whatever the activity.
    pub ends_at: DateTime<Utc>,
}

/// Which parts of Salus are open to an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Doors {
    /// The employee portal.
    pub employee: bool,
    /// The supervisor portal.
    pub supervisor: bool,
    /// The clinic.
    pub clinic: bool,
    /// The administration.
    pub administration: bool,
}

/// A signed-in browser or program, as its holder sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Device {
    /// The session.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: SessionId,
    /// What the browser says of itself, shortened.
    pub device: String,
    /// When it signed in.
    pub started_at: DateTime<Utc>,
    /// When it was last used.
    pub last_seen_at: DateTime<Utc>,
    /// Whether it is the one asking.
    pub current: bool,
}

/// Changes the signed-in account's settings; absent keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeSettings {
    /// BCP 47 language: `en` or `es`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language: Option<String>,
}

/// Hours of the day, on the clocks one lives by; they may reach over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuietStretch {
    /// Their first minute.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "21:00:00"))]
    pub from: NaiveTime,
    /// The first minute after them.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "07:00:00"))]
    pub until: NaiveTime,
}

/// When the signed-in account does not want to be disturbed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuietHours {
    /// By mail; never when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mail: Option<QuietStretch>,
    /// Counts the changes; 0 when nothing was chosen yet.
    pub version: i32,
}

/// Choose when the signed-in account does not want to be disturbed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReplaceQuietHours {
    /// By mail; never when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mail: Option<QuietStretch>,
}

/// How often somebody gets a digest by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Digest {
    /// Never.
    #[serde(rename = "none")]
    Never,
    /// On business days, at seven in the morning.
    Daily,
    /// On Mondays, at seven in the morning.
    Weekly,
}

/// How the signed-in account is told of what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotificationPreferences {
    /// How often it gets a digest by mail.
    pub digest: Digest,
    /// Whether there are digests for this account: for staff who look after appointments, and for
    /// those who lead people.
    pub has_digests: bool,
    /// Counts the changes.
    pub version: i32,
}

/// Choose how the signed-in account is told of what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReplaceNotificationPreferences {
    /// How often it gets a digest by mail.
    pub digest: Digest,
}
