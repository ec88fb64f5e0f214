//! Opening a session: after a password, after a pick-up code, and for tests through the store.

use chrono::{DateTime, Duration, Utc};
use salus_domain::access::{Actor, Hat, Role};
use salus_domain::accounts::{MAX_SESSIONS, WARN_SECONDS};
use salus_domain::ids::{AccountId, ProviderOrgId, SessionId};
use salus_store::accounts as store;
use salus_store::database::{Connection, Entry};
use salus_store::sealing::KeyFile;
use salus_types::accounts::{Doors, Session, SignedIn};
use salus_types::problem;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::accounts::tokens::Claims;
use crate::error::ApiError;
use crate::http::request::note_caller;
use crate::state::AppState;

/// A session just opened, with the secret for the cookie.
pub struct Opened {
    /// What the body says.
    pub signed_in: SignedIn,
    /// The refresh token, for the cookie only.
    pub refresh_token: String,
}

/// Whose session, and how surely.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The account.
    pub account: AccountId,
    /// Its organization.
    pub org: ProviderOrgId,
    /// Its epoch.
    pub epoch: i32,
    /// What the browser says of itself.
    pub device: String,
    /// The portal it came through.
    pub portal: Option<String>,
}

impl AppState {
    /// Opens a session for an account whose holder has proved who they are.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_session(&self, holder: Holder) -> Result<Opened, ApiError> {
        let now = self.clock.session_now();
        let id = SessionId(Uuid::now_v7());
        let token = new_refresh_token()?;
        let mut tx = self.database.authn().await?;
        let session = store::NewSession {
            id: id.0,
            provider_org_id: holder.org.0,
            account_id: holder.account.0,
            assurance: "password".to_owned(),
            device: holder.device.chars().take(200).collect(),
            portal_slug: holder.portal,
            started_at: now,
            last_seen_at: now,
            idle_seconds: i32::try_from(self.settings.sessions.idle_minutes * 60).unwrap_or(900),
            expires_at: now + Duration::hours(i64::from(self.settings.sessions.absolute_hours)),
        };
        note_caller(holder.account, holder.org);
        store::insert_session(tx.connection(), &session, MAX_SESSIONS).await?;
        store::insert_refresh_token(tx.connection(), holder.org, id, &hash_token(&token), now)
            .await?;
        tx.commit().await?;
        let signed_in = self
            .signed_in(holder.account, holder.org, id, holder.epoch)
            .await?;
        Ok(Opened {
            signed_in,
            refresh_token: token,
        })
    }

    /// A new access token for a live session, and who is signed in.
    ///
    /// # Errors
    /// 401 when the session is over.
    pub async fn signed_in(
        &self,
        account: AccountId,
        org: ProviderOrgId,
        session: SessionId,
        epoch: i32,
    ) -> Result<SignedIn, ApiError> {
        let now = self.clock.session_now();
        let (access_token, expires_at) = self.tokens.sign(
            Claims {
                account,
                session,
                org,
                epoch,
            },
            now,
        )?;
        let entry = Entry {
            session,
            epoch,
            hat: Hat::Account,
            now: self.clock.now(),
            session_now: now,
            moves_idle: false,
            competing: false,
            acts_for: None,
        };
        let (mut tx, actor) = self.database.enter(&entry).await?;
        let session = describe(tx.connection(), &actor, now).await?;
        tx.commit().await?;
        Ok(SignedIn {
            access_token,
            expires_at,
            session,
        })
    }
}

/// Who is signed in, which doors are open, when the session ends by itself.
///
/// # Errors
/// 401 when the session is not there.
pub async fn describe(
    conn: &mut Connection,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Session, ApiError> {
    let over = || ApiError::of(problem::UNAUTHENTICATED);
    let account_id = actor.account()?;
    let session_id = actor.session.ok_or_else(over)?;
    let account = store::find_account(conn, account_id)
        .await?
        .ok_or_else(over)?;
    let organization = store::organization_name(conn, actor.provider_org).await?;
    let sessions = store::list_sessions(conn, account_id, now).await?;
    let session = sessions
        .into_iter()
        .find(|row| row.id == session_id.0)
        .ok_or_else(over)?;
    let clinic = actor.holds(Role::Clinician) || actor.holds(Role::Scheduler);
    let administration = [
        Role::PortalAdmin,
        Role::PrivacyOfficer,
        Role::SafetyRecorder,
        Role::Auditor,
    ]
    .into_iter()
    .any(|role| actor.holds(role));
    Ok(Session {
        id: session_id,
        account_id,
        person_id: actor.person,
        display_name: account.display_name,
        organization,
        language: account.language,
        version: account.version,
        assurance: actor.assurance,
        doors: Doors {
            employee: actor.portal_user,
            supervisor: actor.supervisor,
            clinic,
            administration,
        },
        roles: actor.roles.clone(),
        capabilities: actor.capabilities.clone(),
        idle_seconds: u32::try_from(session.idle_seconds).unwrap_or(900),
        warn_seconds: WARN_SECONDS,
        idle_ends_at: session.last_seen_at + Duration::seconds(i64::from(session.idle_seconds)),
        ends_at: session.expires_at,
    })
}

/// A fresh refresh token: 256 random bits.
///
/// # Errors
/// When the machine gives no random bytes.
pub fn new_refresh_token() -> Result<String, ApiError> {
    Ok(hex::encode(salus_store::sealing::random::<32>()?))
}

/// The token that replaces a refresh token: for the same one the same, so that it can be given
/// again, and a thief and its holder who both use it are told apart as before.
#[must_use]
pub fn successor_of(key_file: &KeyFile, token: &str) -> String {
    hex::encode(key_file.derive("refresh tokens").hash(token.as_bytes()))
}

/// What is kept of a refresh token.
#[must_use]
pub fn hash_token(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
