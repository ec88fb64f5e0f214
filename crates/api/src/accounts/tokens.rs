//! Access tokens: EdDSA, five minutes, for this installation only (RFC 9068).

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use salus_domain::ids::{AccountId, ProviderOrgId, SessionId};
use salus_store::accounts::SigningKeyRow;
use salus_store::sealing::{KeyFile, Place};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

use crate::error::ApiError;

/// How long a key signs.
const SIGNS: Duration = Duration::days(90);
const AUDIENCE: &str = "salus";
const TYPE: &str = "at+jwt";

/// Signs and checks access tokens.
pub struct Tokens {
    issuer: String,
    lifetime: Duration,
    kid: String,
    signing: EncodingKey,
    verifying: HashMap<String, DecodingKey>,
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
    /// Puts keys to use: the newest that has not retired signs, every one checks.
    ///
    /// # Errors
    /// When a key does not open with this key file.
    pub fn new(
        rows: &[SigningKeyRow],
        key_file: &KeyFile,
        issuer: &str,
        seconds: u32,
    ) -> Result<Self, ApiError> {
        let newest = rows
            .first()
            .ok_or_else(|| ApiError::internal("no signing key"))?;
        let secret = key_file
            .derive("signing keys")
            .open(&place(&newest.kid), &newest.sealed_private_key)?;
        Ok(Self {
            issuer: issuer.to_owned(),
            lifetime: Duration::seconds(i64::from(seconds)),
            kid: newest.kid.clone(),
            signing: EncodingKey::from_ed_der(&secret),
            verifying: rows
                .iter()
                .map(|row| (row.kid.clone(), DecodingKey::from_ed_der(&row.public_key)))
                .collect(),
        })
    }

    /// Makes a key.
    ///
    /// # Errors
    /// When the machine gives no random bytes.
    pub fn new_key(key_file: &KeyFile, now: DateTime<Utc>) -> Result<SigningKeyRow, ApiError> {
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
            retires_at: now + SIGNS,
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
        header.kid = Some(self.kid.clone());
        let token =
            jsonwebtoken::encode(&header, &payload, &self.signing).map_err(ApiError::internal)?;
        Ok((token, expires))
    }

    /// Checks a token; nothing for any that is not wholly ours and of now.
    #[must_use]
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        if header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(TYPE) {
            return None;
        }
        let key = self.verifying.get(header.kid.as_deref()?)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
        // Times are compared below, with the sessions' clock.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let payload = jsonwebtoken::decode::<Payload>(token, key, &validation)
            .ok()?
            .claims;
        let at = now.timestamp();
        if at >= payload.exp || at < payload.nbf {
            return None;
        }
        Some(Claims {
            account: AccountId(payload.sub),
            session: SessionId(payload.sid),
            org: ProviderOrgId(payload.org),
            epoch: payload.epoch,
        })
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
        let key = Tokens::new_key(&file, now).unwrap();
        (Tokens::new(&[key], &file, issuer, 300).unwrap(), now)
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
        assert_eq!(tokens.verify(&token, now - Duration::seconds(1)), None);
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
