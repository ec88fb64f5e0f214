//! Pick-up codes: made by the clinic, redeemed by the person.

use chrono::{DateTime, NaiveDate, Utc};
use salus_domain::ids::{PickupCodeId, RedemptionId};
use serde::{Deserialize, Serialize};

/// Makes a code for a person; it replaces a pending one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"channel": "shown", "valid_days": 30})))]
pub struct MakePickupCode {
    /// `shown` to be given by hand, `email` to be sent to the address on file as well.
    pub channel: String,
    /// Days it works, 1 to 90; 30 when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub valid_days: Option<u16>,
}

/// A code just made: the only time it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MadePickupCode {
    /// The code, `XXXX-XXXX-XXXX`.
    pub code: String,
    /// The address that opens the code page with the code filled in.
    pub link: String,
    /// The code as the list shows it from now on.
    pub pickup_code: PickupCode,
}

/// A code, without the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PickupCode {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: PickupCodeId,
    /// `self` or `proxy`.
    pub purpose: String,
    /// `pending`, `redeemed`, `locked`, `void`, `expired`.
    pub state: String,
    /// Its last four characters.
    pub last_four: String,
    /// How it was given: `shown`, `email`.
    pub channel: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
    /// When it was used, locked or made void.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub closed_at: Option<DateTime<Utc>>,
}

/// The codes of a person, newest first, and what can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PickupCodeList {
    /// The codes.
    pub items: Vec<PickupCode>,
    /// State of the person's account: absent without one, else `invited`, `sso_ready`, `active`, …
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account_state: Option<String>,
    /// Whether there is an address a code can be sent to.
    pub can_email: bool,
}

/// Begins to redeem a code.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"code": "1001-ABCD-EFGH"})))]
pub struct StartRedemption {
    /// The code, as typed: case and hyphens do not matter.
    pub code: String,
}

/// An attempt to redeem a code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Redemption {
    /// The attempt.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: RedemptionId,
    /// The token of this attempt, told once, when it begins; it goes into every further request.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub token: Option<String>,
    /// The step that is waited for: `fact`, `who`, `email`, `digits`, `password`, `done`.
    pub step: String,
    /// Which fact is asked: `birth_date` or `phone_digits`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fact: Option<String>,
    /// When the attempt ends.
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for Redemption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Redemption({}, {})", self.id, self.step)
    }
}

/// Who redeems a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Who {
    /// The person of the chart.
    Myself,
    /// A representative or a relative.
    SomeoneElse,
}

/// Answers the step that is waited for: the token and exactly one answer. Naming another e-mail
/// address is possible until the digits were right; it sends new ones.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"token": "5f2c0b7de14f4a7fb5a9", "birth_date": "1985-03-27"})))]
pub struct AnswerRedemption {
    /// The token of the attempt.
    pub token: String,
    /// The birth date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub birth_date: Option<NaiveDate>,
    /// The last four digits of a phone on file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone_digits: Option<String>,
    /// Who is asking.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub who: Option<Who>,
    /// The address to sign in with; six digits are sent there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub email: Option<String>,
    /// The six digits.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub digits: Option<String>,
}

/// Ends an attempt with a password; signs in.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompleteRedemption {
    /// The token of the attempt.
    pub token: String,
    /// The new password.
    pub password: String,
    /// BCP 47 language of the account: `en` or `es`.
    pub language: String,
}
