//! Access tokens: EdDSA, five minutes, for this installation only (RFC 9068).

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use salus_domain::ids::{AccountId, ProviderOrgId, SessionId};
use salus_store::accounts::SigningKeyRow;
use salus_store::sealing::{KeyFile, Place};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, RwLock};
use uuid::Uuid;

use crate::error::ApiError;

/// How long a key signs.
const SIGNS: Duration = Duration::days(90);
/// The next key is made so long before it signs: every server has read it by then.
const AHEAD: Duration = Duration::days(1);
/// So far the clocks of two servers may be apart (RFC 7519, section 4.1.5).
const LEEWAY: Duration = Duration::seconds(10);
const AUDIENCE: &str = "salus";
const TYPE: &str = "at+jwt";

/// Signs and checks access tokens. The keys belong to all servers of the installation;
/// [`super::signing_keys`] reads them again and again.
pub struct Tokens {
    issuer: String,
    lifetime: Duration,
    keys: RwLock<Arc<Vec<Known>>>,
}

/// A key this server has read.
struct Known {
    kid: String,
    retires_at: DateTime<Utc>,
    signing: EncodingKey,
    verifying: DecodingKey,
}

/// What a valid token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claims {
    /// The account.
    pub account: AccountId,
    /// The session.
    pub session: SessionId,
    /// The organization.
    pub org: ProviderOrgId,
    /// The account's epoch.
    pub epoch: i32,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    iss: String,
    aud: String,
    sub: Uuid,
    sid: Uuid,
    org: Uuid,
    epoch: i32,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: Uuid,
}

impl Tokens {
    /// Puts keys to use. Every one checks; the one that retires next signs.
    ///
    /// # Errors
    /// When a key does not open with this key file.
    pub fn new(
        rows: &[SigningKeyRow],
        key_file: &KeyFile,
        issuer: &str,
        seconds: u32,
        now: DateTime<Utc>,
    ) -> Result<Self, ApiError> {
        let tokens = Self {
            issuer: issuer.to_owned(),
            lifetime: Duration::seconds(i64::from(seconds)),
            keys: RwLock::default(),
        };
        tokens.take(rows, key_file, now)?;
        Ok(tokens)
    }

    /// Puts keys to use in place of those before. What a retired key signed has run out soon after;
    /// such keys are left out.
    ///
    /// # Errors
    /// When a key does not open with this key file.
    pub fn take(
        &self,
        rows: &[SigningKeyRow],
        key_file: &KeyFile,
        now: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        let sealing = key_file.derive("signing keys");
        let mut keys = Vec::new();
        for row in rows
            .iter()
            .filter(|row| now < self.checks_until(row.retires_at))
        {
            let secret = sealing.open(&place(&row.kid), &row.sealed_private_key)?;
            keys.push(Known {
                kid: row.kid.clone(),
                retires_at: row.retires_at,
                signing: EncodingKey::from_ed_der(&secret),
                verifying: DecodingKey::from_ed_der(&row.public_key),
            });
        }
        keys.sort_by_key(|key| key.retires_at);
        let mut known = self
            .keys
            .write()
            .map_err(|error| ApiError::internal(error.to_string()))?;
        *known = Arc::new(keys);
        Ok(())
    }

    /// Whether it is time to make the next key.
    #[must_use]
    pub fn next_is_due(rows: &[SigningKeyRow], now: DateTime<Utc>) -> bool {
        let last = rows.iter().map(|row| row.retires_at).max();
        last.is_none_or(|retires_at| retires_at - AHEAD <= now)
    }

    /// Makes the key that signs when all of these have retired.
    ///
    /// # Errors
    /// When the machine gives no random bytes.
    pub fn new_key(
        rows: &[SigningKeyRow],
        key_file: &KeyFile,
        now: DateTime<Utc>,
    ) -> Result<SigningKeyRow, ApiError> {
        let before = rows.iter().map(|row| row.retires_at).max();
        let rng = aws_lc_rs::rand::SystemRandom::new();
        let failed = |_| ApiError::internal("no signing key could be made");
        let document = Ed25519KeyPair::generate_pkcs8(&rng).map_err(failed)?;
        let pair = Ed25519KeyPair::from_pkcs8(document.as_ref())
            .map_err(|e| ApiError::internal(e.to_string()))?;
        let kid = Uuid::now_v7().to_string();
        Ok(SigningKeyRow {
            public_key: pair.public_key().as_ref().to_vec(),
            sealed_private_key: key_file
                .derive("signing keys")
                .seal(&place(&kid), document.as_ref())?,
            kid,
            created_at: now,
            retires_at: before.map_or(now, |before| before.max(now)) + SIGNS,
        })
    }

    /// Makes a token and tells when it ends.
    ///
    /// # Errors
    /// When signing fails.
    pub fn sign(
        &self,
        claims: Claims,
        now: DateTime<Utc>,
    ) -> Result<(String, DateTime<Utc>), ApiError> {
        let keys = self.known();
        let key = keys
            .iter()
            .find(|key| now < key.retires_at)
            .ok_or_else(|| ApiError::internal("no signing key"))?;
        let expires = now + self.lifetime;
        let payload = Payload {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: claims.account.0,
            sid: claims.session.0,
            org: claims.org.0,
            epoch: claims.epoch,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: expires.timestamp(),
            jti: Uuid::now_v7(),
        };
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(key.kid.clone());
        let token =
            jsonwebtoken::encode(&header, &payload, &key.signing).map_err(ApiError::internal)?;
        Ok((token, expires))
    }

    /// Checks a token; nothing for any that is not wholly ours and of now.
    #[must_use]
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        if header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(TYPE) {
            return None;
        }
        let (keys, kid) = (self.known(), header.kid?);
        let key = keys
            .iter()
            .find(|key| key.kid == kid && now < self.checks_until(key.retires_at))?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
        // Times are compared below, with the sessions' clock.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let payload = jsonwebtoken::decode::<Payload>(token, &key.verifying, &validation)
            .ok()?
            .claims;
        let at = now.timestamp();
        if at >= payload.exp || at + LEEWAY.num_seconds() < payload.nbf {
            return None;
        }
        Some(Claims {
            account: AccountId(payload.sub),
            session: SessionId(payload.sid),
            org: ProviderOrgId(payload.org),
            epoch: payload.epoch,
        })
    }

    /// Whether a token names a key that this server has not read.
    #[must_use]
    pub fn is_of_unknown_key(&self, token: &str) -> bool {
        let kid = jsonwebtoken::decode_header(token)
            .ok()
            .and_then(|header| header.kid);
        kid.is_some_and(|kid| {
            Uuid::try_parse(&kid).is_ok() && !self.known().iter().any(|key| key.kid == kid)
        })
    }

    fn known(&self) -> Arc<Vec<Known>> {
        self.keys
            .read()
            .map(|keys| keys.clone())
            .unwrap_or_default()
    }

    /// The last token a key signed is over then, whichever server's clock is asked.
    fn checks_until(&self, retires_at: DateTime<Utc>) -> DateTime<Utc> {
        retires_at + self.lifetime + LEEWAY
    }
}

fn place(kid: &str) -> Place<'static> {
    Place {
        table: "signing_keys",
        column: "sealed_private_key",
        row: Uuid::try_parse(kid).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn tokens(issuer: &str) -> (Tokens, DateTime<Utc>) {
        let now = Utc.with_ymd_and_hms(2026, 11, 22, 8, 0, 0).unwrap();
        let file = KeyFile::parse(&KeyFile::generate().unwrap()).unwrap();
        let key = Tokens::new_key(&[], &file, now).unwrap();
        (Tokens::new(&[key], &file, issuer, 300, now).unwrap(), now)
    }

    fn claims() -> Claims {
        Claims {
            account: AccountId(Uuid::from_u128(1)),
            session: SessionId(Uuid::from_u128(2)),
            org: ProviderOrgId(Uuid::from_u128(3)),
            epoch: 1,
        }
    }

    #[test]
    fn a_token_is_valid_until_its_last_second() {
        let (tokens, now) = tokens("http://localhost");
        let (token, expires) = tokens.sign(claims(), now).unwrap();
        assert_eq!(
            tokens.verify(&token, expires - Duration::seconds(1)),
            Some(claims())
        );
        assert_eq!(tokens.verify(&token, expires), None);
    }

    #[test]
    fn a_token_of_a_server_whose_clock_is_a_little_ahead_is_accepted_and_no_earlier_one() {
        let (tokens, now) = tokens("http://localhost");
        let (token, _) = tokens.sign(claims(), now).unwrap();
        assert_eq!(tokens.verify(&token, now - LEEWAY), Some(claims()));
        let earlier = now - LEEWAY - Duration::seconds(1);
        assert_eq!(tokens.verify(&token, earlier), None);
    }

    #[test]
    fn the_next_key_is_made_a_day_before_it_signs_and_the_one_before_checks_until_its_last_token_is_over()
     {
        let file = KeyFile::parse(&KeyFile::generate().unwrap()).unwrap();
        let start = Utc.with_ymd_and_hms(2026, 11, 22, 8, 0, 0).unwrap();
        let first = Tokens::new_key(&[], &file, start).unwrap();
        let end = start + SIGNS;
        assert_eq!(first.retires_at, end);
        let rows = [first];
        assert!(!Tokens::next_is_due(
            &rows,
            end - AHEAD - Duration::seconds(1)
        ));
        assert!(Tokens::next_is_due(&rows, end - AHEAD));

        let next = Tokens::new_key(&rows, &file, end - AHEAD).unwrap();
        assert_eq!(next.retires_at, end + SIGNS);
        let [first] = rows;
        let alone = |row: &SigningKeyRow, now| {
            Tokens::new(std::slice::from_ref(row), &file, "x", 300, now).unwrap()
        };
        let (before, after) = (end - Duration::seconds(1), end);
        let both = Tokens::new(&[next.clone(), first.clone()], &file, "x", 300, before).unwrap();
        let (of_first, over) = both.sign(claims(), before).unwrap();
        assert!(alone(&first, before).verify(&of_first, before).is_some());
        let (of_next, _) = both.sign(claims(), after).unwrap();
        assert!(alone(&next, after).verify(&of_next, after).is_some());
        assert!(
            both.verify(&of_first, over - Duration::seconds(1))
                .is_some()
        );
        let long_after = end + Duration::days(1);
        assert!(both.verify(&of_first, long_after).is_none());
        assert!(alone(&first, before).sign(claims(), end).is_err());
    }

    #[test]
    fn only_a_key_that_could_be_ours_is_worth_a_look() {
        let ((ours, now), (theirs, _)) = (tokens("x"), tokens("x"));
        assert!(!ours.is_of_unknown_key(&ours.sign(claims(), now).unwrap().0));
        assert!(ours.is_of_unknown_key(&theirs.sign(claims(), now).unwrap().0));
        // {"alg":"EdDSA","kid":"../keys"}
        assert!(!ours.is_of_unknown_key("eyJhbGciOiJFZERTQSIsImtpZCI6Ii4uL2tleXMifQ.e30."));
    }

    #[test]
    fn a_token_of_another_installation_or_changed_in_one_letter_is_refused() {
        let (ours, now) = tokens("http://localhost");
        let (theirs, _) = tokens("http://localhost");
        let (token, _) = theirs.sign(claims(), now).unwrap();
        assert_eq!(ours.verify(&token, now), None);
        let (token, _) = ours.sign(claims(), now).unwrap();
        let middle = token.len() / 2;
        let changed: String = token
            .char_indices()
            .map(|(n, c)| {
                if n == middle {
                    if c == 'A' { 'B' } else { 'A' }
                } else {
                    c
                }
            })
            .collect();
        assert_eq!(ours.verify(&changed, now), None);
        assert_eq!(ours.verify("eyJhbGciOiJub25lIn0.e30.", now), None);
    }
}
