//! Problems: what an operation answers when it cannot do what was asked (RFC 9457).

use serde::{Deserialize, Serialize};

/// A kind of problem: its slug and status. The slug is what programs read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The last part of `type`, `/problems/<slug>`.
    pub slug: &'static str,
    /// The HTTP status.
    pub status: u16,
}

impl Kind {
    /// Declares a kind.
    #[must_use]
    pub const fn new(slug: &'static str, status: u16) -> Self {
        Self { slug, status }
    }
}

/// The request is not what the operation reads.
pub const MALFORMED: Kind = Kind::new("malformed", 400);
/// The cursor is not one this list gave out.
pub const CURSOR_INVALID: Kind = Kind::new("cursor-invalid", 400);
/// Nobody is signed in.
pub const UNAUTHENTICATED: Kind = Kind::new("unauthenticated", 401);
/// Name and password do not go together.
pub const SIGN_IN_FAILED: Kind = Kind::new("sign-in-failed", 401);
/// The account may know of it and may not do it.
pub const FORBIDDEN: Kind = Kind::new("forbidden", 403);
/// It does not exist, for this account.
pub const NOT_FOUND: Kind = Kind::new("not-found", 404);
/// The address knows no such method.
pub const METHOD_NOT_ALLOWED: Kind = Kind::new("method-not-allowed", 405);
/// The request came too slowly.
pub const TIMEOUT: Kind = Kind::new("timeout", 408);
/// A first request with this key is still being answered.
pub const IDEMPOTENCY_IN_PROGRESS: Kind = Kind::new("idempotency-in-progress", 409);
/// Another act would be needed first.
pub const WRONG_STATE: Kind = Kind::new("wrong-state", 409);
/// Somebody changed it meanwhile.
pub const VERSION_CONFLICT: Kind = Kind::new("version-conflict", 412);
/// The body is larger than the operation takes.
pub const PAYLOAD_TOO_LARGE: Kind = Kind::new("payload-too-large", 413);
/// The body is of another kind than the operation takes.
pub const UNSUPPORTED_MEDIA_TYPE: Kind = Kind::new("unsupported-media-type", 415);
/// Understood and not acceptable; `errors` says where.
pub const INVALID: Kind = Kind::new("invalid", 422);
/// It depends on something else that is set otherwise.
pub const DEPENDENCY_UNMET: Kind = Kind::new("dependency-unmet", 422);
/// Two modules would show the same name.
pub const DUPLICATE_NAME: Kind = Kind::new("duplicate-name", 422);
/// A link leads where none may lead.
pub const LINK_NOT_ALLOWED: Kind = Kind::new("link-not-allowed", 422);
/// The portal's draft is to be published at a time, and does not change until then.
pub const PUBLICATION_PLANNED: Kind = Kind::new("publication-planned", 409);
/// There is a portal for these people already.
pub const PORTAL_EXISTS: Kind = Kind::new("portal-exists", 409);
/// The address name belongs to another portal, perhaps another organization's.
pub const SLUG_TAKEN: Kind = Kind::new("slug-taken", 409);
/// A field the operation does not know.
pub const UNKNOWN_FIELD: Kind = Kind::new("unknown-field", 422);
/// The key was used with another request.
pub const IDEMPOTENCY_KEY_REUSED: Kind = Kind::new("idempotency-key-reused", 422);
/// The password does not meet the rules; `errors` says which.
pub const PASSWORD_UNACCEPTABLE: Kind = Kind::new("password-unacceptable", 422);
/// `If-Match` is missing.
pub const PRECONDITION_REQUIRED: Kind = Kind::new("precondition-required", 428);
/// Too many requests.
pub const RATE_LIMITED: Kind = Kind::new("rate-limited", 429);
/// Too many failures; closed for a while.
pub const LOCKED_OUT: Kind = Kind::new("locked-out", 429);
/// Something failed on our side.
pub const INTERNAL: Kind = Kind::new("internal", 500);
/// The service cannot answer now.
pub const UNAVAILABLE: Kind = Kind::new("unavailable", 503);

/// Kinds any operation may answer, and those of sign-in.
pub const GENERAL: &[Kind] = &[
    MALFORMED,
    CURSOR_INVALID,
    UNAUTHENTICATED,
    SIGN_IN_FAILED,
    FORBIDDEN,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    TIMEOUT,
    IDEMPOTENCY_IN_PROGRESS,
    WRONG_STATE,
    VERSION_CONFLICT,
    PAYLOAD_TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    INVALID,
    DEPENDENCY_UNMET,
    DUPLICATE_NAME,
    LINK_NOT_ALLOWED,
    PUBLICATION_PLANNED,
    PORTAL_EXISTS,
    SLUG_TAKEN,
    UNKNOWN_FIELD,
    IDEMPOTENCY_KEY_REUSED,
    PASSWORD_UNACCEPTABLE,
    PRECONDITION_REQUIRED,
    RATE_LIMITED,
    LOCKED_OUT,
    INTERNAL,
    UNAVAILABLE,
];

/// A problem, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `/problems/<slug>`: what programs read.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", schema(example = "/problems/not-found"))]
    pub kind: String,
    /// A short title in the reader's language.
    pub title: String,
    /// The HTTP status again.
    pub status: u16,
    /// What happened and what to do, in the reader's language.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub detail: Option<String>,
    /// The request's id, to quote when asking for help.
    pub instance: String,
    /// Where the input is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub errors: Vec<FieldError>,
    /// Members of this kind of problem: other free times, the current version, and the like.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, serde_json::Value>))]
    pub more: serde_json::Map<String, serde_json::Value>,
}

impl Problem {
    /// The slug: the last part of `type`.
    #[must_use]
    pub fn slug(&self) -> &str {
        self.kind.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it is of a kind.
    #[must_use]
    pub fn is(&self, kind: Kind) -> bool {
        self.slug() == kind.slug
    }
}

/// A wrong field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// JSON pointer to the field (RFC 6901).
    #[cfg_attr(feature = "openapi", schema(example = "/ends"))]
    pub pointer: String,
    /// What is wrong, for programs, `snake_case`.
    #[cfg_attr(feature = "openapi", schema(example = "required"))]
    pub code: String,
    /// What is wrong, in the reader's language.
    pub message: String,
}
