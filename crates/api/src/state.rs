//! What every request shares.

use ipnet::IpNet;
use salus_domain::ids::ProviderOrgId;
use salus_store::database::{Connection, Database};
use salus_store::sealing::{Key, KeyFile};
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, RwLock};

use crate::accounts::password::Hasher;
use crate::accounts::signing_keys::Looking;
use crate::accounts::tokens::Tokens;
use crate::clock::Clock;
use crate::error::ApiError;
use crate::events::Hub;
use crate::http::rates::Rates;
use crate::mail::Mail;
use crate::metrics::Metrics;
use crate::questionnaires::Forms;
use crate::settings::Settings;
use crate::stop::Stop;

/// The application: settings, connections, keys. The server keeps no other state of its own, so
/// copies of it can run side by side.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

/// The parts of the application.
pub struct Inner {
    /// Settings in force.
    pub settings: Settings,
    /// The database.
    pub database: Database,
    /// The clocks.
    pub clock: Clock,
    /// The key-encryption key.
    pub key_file: KeyFile,
    /// Signs and checks access tokens.
    pub tokens: Tokens,
    /// Looks for signing keys of other servers.
    pub looking: Looking,
    /// The networks of the proxies in front.
    pub proxies: Vec<IpNet>,
    /// How often whom may ask.
    pub rates: Rates,
    /// Hashes passwords, a few at a time.
    pub hasher: Hasher,
    /// Hands mails to the SMTP server.
    pub mail: Mail,
    /// Live updates.
    pub events: Hub,
    /// Forms compiled lately.
    pub forms: Forms,
    /// Numbers of what goes on.
    pub metrics: Metrics,
    /// Tells who works that the server stops.
    pub stop: Stop,
    /// Opened organization keys.
    pub organization_keys: RwLock<HashMap<ProviderOrgId, Key>>,
}

impl Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl AppState {
    /// Puts the parts together.
    #[must_use]
    pub fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// The organization's key, opened once and kept in memory; made when the organization has none.
    ///
    /// # Errors
    /// When the key file is not the one that wrapped it.
    pub async fn organization_key(
        &self,
        conn: &mut Connection,
        org: ProviderOrgId,
    ) -> Result<Key, ApiError> {
        if let Some(key) = self
            .organization_keys
            .read()
            .ok()
            .and_then(|keys| keys.get(&org).cloned())
        {
            return Ok(key);
        }
        let (wrapped, _) = salus_store::plumbing::organization_key(conn, org)
            .await?
            .ok_or_else(|| ApiError::internal("the organization has no key"))?;
        let key = self.key_file.organization_key(org, &wrapped)?;
        if let Ok(mut keys) = self.organization_keys.write() {
            keys.insert(org, key.clone());
        }
        Ok(key)
    }
}
