//! Who is calling: the access token, checked; the rest is the database's and the policy's.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::future::{Ready, ready};
use salus_domain::access::Hat;
use salus_domain::audit::Context;
use salus_domain::ids::SessionId;
use salus_types::problem;
use std::marker::PhantomData;
use uuid::Uuid;

use crate::accounts::tokens::Claims;
use crate::error::ApiError;
use crate::http::request::Current;

/// Whom a request is for, when not for oneself. Never kept in the session: two tabs may differ.
pub const ACTS_FOR: &str = "salus-for";

/// A hat as a type: the handler's signature says which rights it uses.
pub trait HatKind: 'static {
    /// The hat.
    const HAT: Hat;
}

macro_rules! hats {
    ($($(#[$doc:meta])* $name:ident => $hat:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub enum $name {}

        impl HatKind for $name {
            const HAT: Hat = Hat::$hat;
        }
    )*};
}

hats! {
    /// `/me`: one's own record.
    Me => Me,
    /// `/team`: supervision, nothing clinical.
    Team => Team,
    /// `/clinic`: clinician and scheduler.
    Clinic => Clinic,
    /// `/admin`: configuration, privacy, recordkeeping.
    Admin => Admin,
    /// One's own account, whatever else it may.
    Account => Account,
}

/// Somebody with a valid access token, wearing a hat. Whether the session still lives, and what the
/// account may, is asked when the transaction opens.
pub struct Caller<H> {
    /// The session.
    pub session: SessionId,
    /// The account's epoch when the token was made.
    pub epoch: i32,
    /// Whether the request counts as activity.
    pub moves_idle: bool,
    /// Whom the account acts for, from `Salus-For`.
    pub acts_for: Option<Uuid>,
    /// What the audit trail says of the request.
    pub context: Context,
    /// Whether the request may compete with many others for one thing.
    pub competing: bool,
    hat: PhantomData<H>,
}

impl<H: HatKind> Caller<H> {
    /// The hat.
    #[must_use]
    pub fn hat(&self) -> Hat {
        H::HAT
    }

    /// The same caller, asking for something many others may want at this moment: the request waits
    /// in a line of its own for a connection, and longer than others do.
    #[must_use]
    pub fn competing(self) -> Self {
        Self {
            competing: true,
            ..self
        }
    }
}

impl<H: HatKind> FromRequest for Caller<H> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(identify(request))
    }
}

fn identify<H: HatKind>(request: &HttpRequest) -> Result<Caller<H>, ApiError> {
    let unauthenticated = || ApiError::of(problem::UNAUTHENTICATED);
    // Checked once, when the request was counted.
    let claims = request.extensions().get::<Claims>().copied();
    let claims = claims.ok_or_else(unauthenticated)?;
    let named = request.headers().get(ACTS_FOR);
    let acts_for = named
        .filter(|_| matches!(H::HAT, Hat::Me | Hat::Team))
        .map(|value| {
            // What is no id names nobody.
            let id = value.to_str().ok().and_then(|id| Uuid::try_parse(id).ok());
            id.ok_or_else(ApiError::not_found)
        })
        .transpose()?;
    let background = request
        .headers()
        .get("salus-background")
        .is_some_and(|value| value == "1");
    Ok(Caller {
        session: claims.session,
        epoch: claims.epoch,
        acts_for,
        moves_idle: !background && !request.path().ends_with("/events"),
        context: context_of(request),
        competing: false,
        hat: PhantomData,
    })
}

/// What the audit trail says of a request.
#[must_use]
pub fn context_of(request: &HttpRequest) -> Context {
    let current = request.extensions().get::<Current>().cloned();
    let (id, address) = current
        .map(|current| (current.id, current.address))
        .unwrap_or_default();
    Context {
        operation: request.match_name().unwrap_or_default().to_owned(),
        request_id: id,
        assurance: None,
        portal: None,
        address: address.map(|address| address.to_string()),
        on_behalf_of: None,
    }
}
