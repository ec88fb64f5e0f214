//! How often somebody may ask: an account so often a minute, and an address for those of its
//! requests of which nobody is signed in. Kept in memory; what a restart must not forget (sign-ins,
//! pick-up codes) is counted in the database and only told here.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, ResponseError};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::num::NonZeroU32;

use crate::access::claims;
use crate::error::ApiError;
use crate::http::request::{address_of, note_caller};
use crate::settings::RateSettings;
use crate::state::AppState;

type Limiter =
    RateLimiter<String, DashMapStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// The rates that are kept in memory.
pub struct Rates {
    accounts: Limiter,
    addresses: Limiter,
}

/// Where a caller stands with a rate, as `RateLimit-Policy` and `RateLimit` say it
/// (draft-ietf-httpapi-ratelimit-headers).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The rate's name.
    pub policy: &'static str,
    /// Requests in a window.
    pub quota: u32,
    /// Seconds of a window.
    pub window: u32,
    /// Requests left.
    pub remaining: u32,
    /// Seconds until the quota is whole again.
    pub reset: u32,
}

impl Standing {
    /// Adds the two headers to an answer.
    pub fn write(&self, headers: &mut HeaderMap) {
        let Self {
            policy,
            quota,
            window,
            remaining,
            reset,
        } = self;
        for (name, value) in [
            (
                "ratelimit-policy",
                format!("\"{policy}\";q={quota};w={window}"),
            ),
            ("ratelimit", format!("\"{policy}\";r={remaining};t={reset}")),
        ] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

impl Rates {
    /// The rates of the settings.
    #[must_use]
    pub fn new(settings: &RateSettings) -> Self {
        let limiter = |a_minute: u32| -> Limiter {
            let quota = Quota::per_minute(NonZeroU32::new(a_minute).unwrap_or(NonZeroU32::MIN));
            RateLimiter::dashmap(quota).with_middleware()
        };
        Self {
            accounts: limiter(settings.requests_per_minute),
            addresses: limiter(settings.anonymous_per_minute),
        }
    }

    /// Forgets whoever has their whole quota again.
    pub fn forget_idle(&self) {
        for limiter in [&self.accounts, &self.addresses] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }

    /// Counts a request.
    fn count(&self, caller: &Counted) -> Result<Standing, (Standing, u32)> {
        let (policy, limiter, key) = match caller {
            Counted::Account(key) => ("account", &self.accounts, key),
            Counted::Address(key) => ("address", &self.addresses, key),
        };
        let standing = |quota: Quota, remaining: u32| {
            let whole = quota.burst_size().get();
            Standing {
                policy,
                quota: whole,
                window: 60,
                remaining,
                reset: (60 * (whole - remaining.min(whole))).div_ceil(whole),
            }
        };
        match limiter.check_key(key) {
            Ok(state) => Ok(standing(state.quota(), state.remaining_burst_capacity())),
            Err(until) => {
                let wait = until.wait_time_from(DefaultClock::default().now());
                let seconds = u32::try_from(wait.as_secs()).unwrap_or(60) + 1;
                Err((standing(until.quota(), 0), seconds))
            }
        }
    }
}

/// Who a request is counted for.
enum Counted {
    Account(String),
    Address(String),
}

/// Counts a request of the API, answers 429 when there were too many, and says on every answer how
/// many are left.
///
/// # Errors
/// What the service answers.
pub async fn around<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(state) = request.app_data::<Data<AppState>>().cloned() else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let counted = counted(&request, &state).map(|caller| state.rates.count(&caller));
    if let Some(Err((standing, seconds))) = counted {
        let refused = ApiError::rate_limited(standing, seconds).error_response();
        return Ok(request.into_response(refused));
    }
    let mut response = next.call(request).await?.map_into_boxed_body();
    // A rate of the operation itself is the narrower one.
    let own = response.request().extensions().get::<Standing>().copied();
    if let Some(standing) = own.or(counted.and_then(Result::ok)) {
        standing.write(response.headers_mut());
    }
    Ok(response)
}

fn counted(request: &ServiceRequest, state: &AppState) -> Option<Counted> {
    let path = request.path().strip_prefix("/api/v1")?;
    if let Some(claims) = claims(request.headers(), state) {
        note_caller(claims.account, claims.org);
        request.extensions_mut().insert(claims);
        return Some(Counted::Account(claims.account.to_string()));
    }
    let address = address_of(request.request());
    match path {
        // They are counted by rates of their own, which a restart does not forget.
        "/auth/sessions" | "/public/code-redemptions" if request.method() == Method::POST => None,
        // Behind one address a whole plant may be signed in, each page refreshing its session.
        "/auth/refresh" => Some(Counted::Account(format!("refresh {address}"))),
        _ => Some(Counted::Address(address)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(anonymous_per_minute: u32) -> Rates {
        Rates::new(&RateSettings {
            anonymous_per_minute,
            ..RateSettings::default()
        })
    }

    #[test]
    fn a_quota_is_for_each_address_by_itself() {
        let rates = rates(2);
        let from = |address: &str| rates.count(&Counted::Address(address.to_owned()));
        assert_eq!(from("a").unwrap().remaining, 1);
        assert_eq!(from("a").unwrap().remaining, 0);
        let (standing, seconds) = from("a").unwrap_err();
        assert_eq!((standing.quota, standing.remaining), (2, 0));
        assert!((1..=31).contains(&seconds));
        assert!(from("b").is_ok());
    }

    #[test]
    fn a_standing_is_told_as_structured_fields() {
        let mut headers = HeaderMap::new();
        rates(60)
            .count(&Counted::Address("a".to_owned()))
            .unwrap()
            .write(&mut headers);
        assert_eq!(
            headers.get("ratelimit-policy").unwrap(),
            "\"address\";q=60;w=60"
        );
        assert_eq!(headers.get("ratelimit").unwrap(), "\"address\";r=59;t=1");
    }
}
