//! How often somebody may ask: an account so often a minute, and an address for those of its
//! requests of which nobody is signed in. Kept in memory, so that no request waits for it; the
//! servers on a database tell each other every second what they counted, so that a caller has one
//! quota and not one at each of them. What a restart must not forget (sign-ins, pick-up codes) is
//! counted in the database and only told here.

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
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::Duration;
use uuid::Uuid;

use crate::accounts::signing_keys::claims;
use crate::error::ApiError;
use crate::http::request::{address_of, note_caller};
use crate::settings::RateSettings;
use crate::state::AppState;

/// Where servers tell each other what they counted.
pub const CHANNEL: &str = "salus_rates";
const EVERY: Duration = Duration::from_secs(1);
/// Callers in one announcement, which may have 8,000 bytes.
const TOLD_AT_ONCE: usize = 200;

type Limiter = RateLimiter<u64, DashMapStateStore<u64>, DefaultClock, StateInformationMiddleware>;

/// The rates that are kept in memory.
pub struct Rates {
    accounts: Limiter,
    addresses: Limiter,
    server: Uuid,
    untold: Mutex<HashMap<Counted, u32>>,
}

/// What a server counted since it last told the others.
#[derive(Serialize, Deserialize)]
struct Told {
    server: Uuid,
    counts: Vec<(Counted, u32)>,
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
            server: Uuid::now_v7(),
            untold: Mutex::default(),
        }
    }

    /// Forgets whoever has their whole quota again.
    pub fn forget_idle(&self) {
        for limiter in [&self.accounts, &self.addresses] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }

    /// What is to be told to the other servers: one text for each announcement.
    fn untold(&self) -> Vec<String> {
        let counts = self
            .untold
            .lock()
            .map(|mut untold| std::mem::take(&mut *untold));
        let counts: Vec<_> = counts.unwrap_or_default().into_iter().collect();
        let told = counts.chunks(TOLD_AT_ONCE).map(|counts| Told {
            server: self.server,
            counts: counts.to_vec(),
        });
        told.filter_map(|told| serde_json::to_string(&told).ok())
            .collect()
    }

    /// Counts what another server told. What is beyond a quota was answered there already.
    pub fn hear(&self, text: &str) {
        let told = match serde_json::from_str::<Told>(text) {
            Ok(told) => told,
            Err(error) => return tracing::warn!(%error, "an announcement could not be read"),
        };
        if told.server == self.server {
            return;
        }
        for (caller, count) in told.counts {
            let (_, limiter, key) = self.of(&caller);
            for _ in 0..count {
                if limiter.check_key(key).is_err() {
                    break;
                }
            }
        }
    }

    fn of<'a>(&'a self, caller: &'a Counted) -> (&'static str, &'a Limiter, &'a u64) {
        match caller {
            Counted::Account(key) => ("account", &self.accounts, key),
            Counted::Address(key) => ("address", &self.addresses, key),
        }
    }

    /// Counts a request.
    fn count(&self, caller: &Counted) -> Result<Standing, (Standing, u32)> {
        let (policy, limiter, key) = self.of(caller);
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
            Ok(state) => {
                if let Ok(mut untold) = self.untold.lock() {
                    *untold.entry(*caller).or_default() += 1;
                }
                Ok(standing(state.quota(), state.remaining_burst_capacity()))
            }
            Err(until) => {
                let wait = until.wait_time_from(DefaultClock::default().now());
                let seconds = u32::try_from(wait.as_secs()).unwrap_or(60) + 1;
                Err((standing(until.quota(), 0), seconds))
            }
        }
    }
}

/// Who a request is counted for, by a hash: what servers tell each other names nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Counted {
    Account(u64),
    Address(u64),
}

impl Counted {
    fn account(name: &str) -> Self {
        Self::Account(hash(name))
    }

    fn address(name: &str) -> Self {
        Self::Address(hash(name))
    }
}

fn hash(name: &str) -> u64 {
    let [a, b, c, d, e, f, g, h, ..]: [u8; 32] = Sha256::digest(name).into();
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// Tells the other servers until this one stops.
pub async fn work(state: AppState) {
    let mut stopping = state.stop.follow();
    while stopping.pause(EVERY).await {
        if let Err(error) = tell(&state).await {
            tracing::warn!(
                error = error.logged(),
                "the other servers could not be told what was counted"
            );
        }
    }
}

/// Tells the other servers what was counted here since the last time.
///
/// # Errors
/// What the database says; these counts are told to nobody then.
pub async fn tell(state: &AppState) -> Result<(), ApiError> {
    let untold = state.rates.untold();
    if untold.is_empty() {
        return Ok(());
    }
    let mut tx = state.database.nobody().await?;
    for text in untold {
        salus_store::plumbing::announce(tx.connection(), CHANNEL, &text).await?;
    }
    Ok(tx.commit().await?)
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
    let counted = counted(&request, &state).await;
    let counted = counted.map(|caller| state.rates.count(&caller));
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

async fn counted(request: &ServiceRequest, state: &AppState) -> Option<Counted> {
    let path = request.path().strip_prefix("/api/v1")?;
    if let Some(claims) = claims(request.headers(), state).await {
        note_caller(claims.account, claims.org);
        request.extensions_mut().insert(claims);
        return Some(Counted::account(&claims.account.to_string()));
    }
    let address = address_of(request.request());
    match path {
        // They are counted by rates of their own, which a restart does not forget.
        "/auth/sessions" | "/public/code-redemptions" if request.method() == Method::POST => None,
        // Behind one address a whole plant may be signed in, each page refreshing its session.
        "/auth/refresh" => Some(Counted::account(&format!("refresh {address}"))),
        _ => Some(Counted::address(&address)),
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
        let from = |address: &str| rates.count(&Counted::address(address));
        assert_eq!(from("a").unwrap().remaining, 1);
        assert_eq!(from("a").unwrap().remaining, 0);
        let (standing, seconds) = from("a").unwrap_err();
        assert_eq!((standing.quota, standing.remaining), (2, 0));
        assert!((1..=31).contains(&seconds));
        assert!(from("b").is_ok());
    }

    #[test]
    fn what_another_server_answered_counts_here_too_and_ones_own_only_once() {
        let (here, there) = (rates(10), rates(10));
        for _ in 0..4 {
            there.count(&Counted::address("a")).unwrap();
        }
        let told = there.untold();
        assert_eq!(told.len(), 1);
        for text in told {
            here.hear(&text);
            there.hear(&text);
        }
        assert!(there.untold().is_empty() && here.untold().is_empty());
        for rates in [&here, &there] {
            assert_eq!(rates.count(&Counted::address("a")).unwrap().remaining, 5);
            assert_eq!(rates.count(&Counted::address("b")).unwrap().remaining, 9);
        }
    }

    #[test]
    fn an_announcement_of_many_callers_is_as_long_as_the_database_takes() {
        let rates = rates(10);
        for caller in 0..TOLD_AT_ONCE * 2 + 1 {
            rates
                .count(&Counted::Account(u64::MAX - caller as u64))
                .unwrap();
        }
        let told = rates.untold();
        assert_eq!(told.len(), 3);
        assert!(told.iter().all(|text| text.len() < 8000));
    }

    #[test]
    fn a_standing_is_told_as_structured_fields() {
        let mut headers = HeaderMap::new();
        rates(60)
            .count(&Counted::address("a"))
            .unwrap()
            .write(&mut headers);
        assert_eq!(
            headers.get("ratelimit-policy").unwrap(),
            "\"address\";q=60;w=60"
        );
        assert_eq!(headers.get("ratelimit").unwrap(), "\"address\";r=59;t=1");
    }
}
