//! Portals.

use reqwest::Method;
use salus_types::portals::{Appearance, Portal, PortalSummary};

use crate::{Client, Error};

impl Client {
    /// How a portal presents itself before sign-in.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn get_public_portal(&self, slug: &str) -> Result<Appearance, Error> {
        self.get(&format!("/api/v1/public/portals/{slug}")).await
    }

    /// A portal's picture, by its content.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn get_public_image(&self, hash: &str) -> Result<Vec<u8>, Error> {
        let response = self
            .send(self.request(Method::GET, &format!("/api/v1/public/images/{hash}"))?)
            .await?;
        response
            .bytes()
            .await
            .map(|bytes| bytes.to_vec())
            .map_err(|_| Error::Unreadable)
    }

    /// The employee portal of the signed-in person.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn get_my_portal(&self) -> Result<Portal, Error> {
        self.get("/api/v1/me/portal").await
    }

    /// The supervisor portal of the signed-in account.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn get_team_portal(&self) -> Result<Portal, Error> {
        self.get("/api/v1/team/portal").await
    }

    /// Every portal of the organization.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn list_portals(&self) -> Result<Vec<PortalSummary>, Error> {
        self.get("/api/v1/admin/portals").await
    }
}
