//! Portals.

use reqwest::Method;
use salus_types::portals::{Appearance, ChoosePortal, Portal, PortalSummary};

use crate::{Call, Client};

impl Client {
    /// How a portal presents itself before sign-in.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_public_portal(&self, slug: &str) -> Call<Appearance> {
        self.get(&format!("/api/v1/public/portals/{slug}"))
    }

    /// A portal's picture, by its content.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_public_image(&self, hash: &str) -> Call<Vec<u8>> {
        self.to(Method::GET, &format!("/api/v1/public/images/{hash}"))
            .call_for_bytes()
    }

    /// The employee portal of the signed-in person.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn get_my_portal(&self) -> Call<Portal> {
        self.get("/api/v1/me/portal")
    }

    /// Choose one of several portals for this session.
    ///
    /// # Errors
    /// `invalid` when it is none of the person's.
    pub fn choose_my_portal(&self, command: &ChoosePortal) -> Call<Portal> {
        self.put("/api/v1/me/portal", command)
    }

    /// The supervisor portal of the signed-in account.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn get_team_portal(&self) -> Call<Portal> {
        self.get("/api/v1/team/portal")
    }

    /// Every portal of the organization.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_portals(&self) -> Call<Vec<PortalSummary>> {
        self.get("/api/v1/admin/portals")
    }
}
