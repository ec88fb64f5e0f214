//! Password hashes: Argon2id, a few at a time, the same work whether the account exists or not.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use salus_types::problem;
use std::sync::Arc;
use tokio::sync::Semaphore;

use crate::error::ApiError;
use crate::settings::PasswordSettings;

/// Hashes and checks passwords behind a gate.
#[derive(Clone)]
pub struct Hasher {
    params: Params,
    gate: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    decoy: Arc<str>,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// The password is another one.
    Wrong,
    /// It is right.
    Right,
    /// It is right, and the hash was made with other costs; here is a new one.
    RightButOld(String),
}

impl Hasher {
    /// A hasher with the costs of the settings.
    ///
    /// # Errors
    /// When the costs are out of what Argon2 allows.
    pub fn new(settings: &PasswordSettings) -> Result<Self, ApiError> {
        let params = Params::new(settings.memory_kib, settings.passes, 1, None)
            .map_err(|e| ApiError::internal(format!("password costs: {e}")))?;
        let decoy = hash(&params, "nobody has this password")?;
        Ok(Self {
            params,
            gate: Arc::new(Semaphore::new(settings.at_once)),
            queue: Arc::new(Semaphore::new(settings.at_once + settings.queue)),
            decoy: decoy.into(),
        })
    }

    /// Hashes a new password.
    ///
    /// # Errors
    /// 503 when too many wait.
    pub async fn hash(&self, password: &str) -> Result<String, ApiError> {
        let (params, password) = (self.params.clone(), password.to_owned());
        self.work(move || hash(&params, &password)).await
    }

    /// Checks a password; without a stored hash it does the same work and answers wrong.
    ///
    /// # Errors
    /// 503 when too many wait.
    pub async fn check(&self, password: &str, stored: Option<&str>) -> Result<Checked, ApiError> {
        let (params, password) = (self.params.clone(), password.to_owned());
        let exists = stored.is_some();
        let stored = stored.map_or_else(|| self.decoy.to_string(), str::to_owned);
        self.work(move || {
            let Ok(parsed) = PasswordHash::new(&stored) else {
                return Ok(Checked::Wrong);
            };
            let right = argon2(&params)
                .verify_password(password.as_bytes(), &parsed)
                .is_ok();
            if !(right && exists) {
                return Ok(Checked::Wrong);
            }
            let same_costs = Params::try_from(&parsed).is_ok_and(|old| {
                (old.m_cost(), old.t_cost(), old.p_cost())
                    == (params.m_cost(), params.t_cost(), params.p_cost())
            });
            if same_costs {
                Ok(Checked::Right)
            } else {
                hash(&params, &password).map(Checked::RightButOld)
            }
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let busy = || ApiError::of(problem::UNAVAILABLE).retry_after(2);
        let _place = self.queue.clone().try_acquire_owned().map_err(|_| busy())?;
        let _turn = self
            .gate
            .clone()
            .acquire_owned()
            .await
            .map_err(|_| busy())?;
        tokio::task::spawn_blocking(job)
            .await
            .map_err(ApiError::internal)?
    }
}

fn argon2(params: &Params) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
}

fn hash(params: &Params, password: &str) -> Result<String, ApiError> {
    let salt = salus_store::sealing::random::<16>()?;
    let hash: PasswordHash = argon2(params)
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|e| ApiError::internal(format!("password hash: {e}")))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hasher(passes: u32) -> Hasher {
        Hasher::new(&PasswordSettings {
            memory_kib: 64,
            passes,
            at_once: 1,
            queue: 1,
        })
        .unwrap()
    }

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let stored = hasher(1).hash("correct horse battery").await.unwrap();
        assert_eq!(
            hasher(1)
                .check("correct horse battery", Some(&stored))
                .await
                .unwrap(),
            Checked::Right
        );
        assert_eq!(
            hasher(1)
                .check("correct horse", Some(&stored))
                .await
                .unwrap(),
            Checked::Wrong
        );
        assert_eq!(
            hasher(1)
                .check("nobody has this password", None)
                .await
                .unwrap(),
            Checked::Wrong
        );
    }

    #[tokio::test]
    async fn a_hash_of_other_costs_is_renewed_at_sign_in() {
        let stored = hasher(1).hash("correct horse battery").await.unwrap();
        let checked = hasher(2)
            .check("correct horse battery", Some(&stored))
            .await
            .unwrap();
        assert!(matches!(checked, Checked::RightButOld(new) if new != stored));
    }
}
