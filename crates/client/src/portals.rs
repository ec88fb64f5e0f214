//! Portals.

use reqwest::Method;
use salus_types::ids::PortalId;
use salus_types::page::Page;
use salus_types::portals::{
    Appearance, ChoosePortal, ComparisonQuery, CreatePortal, DraftNotifications, EmployerName,
    Portal, PortalDraft, PortalSummary, PortalVersion, PublishPortal, ReplaceModules,
    ReplaceNotifications, VersionComparison,
};

use crate::call::member;
use crate::{Call, Client, Versioned, read_value};
use serde_json::Value;

/// A portal: its look stands among its other members.
fn portal(body: &Value) -> Option<Portal> {
    Some(Portal {
        appearance: read_value::<Appearance>(body)?,
        modules: member(body, "modules")?,
        columns: member(body, "columns")?,
        emergency_text: member(body, "emergency_text")?,
        version: member(body, "version")?,
        choices: member::<Option<_>>(body, "choices")?.unwrap_or_default(),
        chosen: member(body, "chosen")?,
    })
}

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
        self.to(Method::GET, "/api/v1/me/portal")
            .call_and(|reply| reply.members(portal))
    }

    /// Choose one of several portals for this session.
    ///
    /// # Errors
    /// `invalid` when it is none of the person's.
    pub fn choose_my_portal(&self, command: &ChoosePortal) -> Call<Portal> {
        self.to(Method::PUT, "/api/v1/me/portal")
            .json(command)
            .call_and(|reply| reply.members(portal))
    }

    /// The supervisor portal of the signed-in account.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn get_team_portal(&self) -> Call<Portal> {
        self.to(Method::GET, "/api/v1/team/portal")
            .call_and(|reply| reply.members(portal))
    }

    /// Every portal of the organization.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_portals(&self) -> Call<Vec<PortalSummary>> {
        self.get("/api/v1/admin/portals")
    }

    /// A portal of the organization, published or not.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_portal(&self, id: PortalId) -> Call<Versioned<PortalSummary>> {
        self.get_versioned(&format!("/api/v1/admin/portals/{id}"))
    }

    /// Make a portal, which nobody sees before it is published.
    ///
    /// # Errors
    /// `portal-exists`, `slug-taken`, `invalid`.
    pub fn create_portal(
        &self,
        key: &str,
        command: &CreatePortal,
    ) -> Call<Versioned<PortalSummary>> {
        self.create("/api/v1/admin/portals", key, command)
    }

    /// The employers that may have portals, by name.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_employers(&self) -> Call<Page<EmployerName>> {
        self.get("/api/v1/admin/employers")
    }

    /// What will be published of a portal.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_portal_draft(&self, id: PortalId) -> Call<Versioned<PortalDraft>> {
        self.get_versioned(&format!("/api/v1/admin/portals/{id}/draft"))
    }

    /// Replace the modules of a portal's draft.
    ///
    /// # Errors
    /// `version-conflict`, `dependency-unmet`, `invalid`.
    pub fn replace_draft_modules(
        &self,
        id: PortalId,
        version: i32,
        command: &ReplaceModules,
    ) -> Call<Versioned<PortalDraft>> {
        let path = format!("/api/v1/admin/portals/{id}/draft/modules");
        let request = self.to(Method::PUT, &path).if_match(version);
        request.json(command).call_versioned()
    }

    /// What will be published of a portal about how people are reminded.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_draft_notifications(&self, id: PortalId) -> Call<Versioned<DraftNotifications>> {
        self.get_versioned(&format!("/api/v1/admin/portals/{id}/draft/notifications"))
    }

    /// Replace how people are reminded in a portal's draft.
    ///
    /// # Errors
    /// `version-conflict`, `invalid`.
    pub fn replace_draft_notifications(
        &self,
        id: PortalId,
        version: i32,
        command: &ReplaceNotifications,
    ) -> Call<Versioned<DraftNotifications>> {
        let path = format!("/api/v1/admin/portals/{id}/draft/notifications");
        let request = self.to(Method::PUT, &path).if_match(version);
        request.json(command).call_versioned()
    }

    /// Discard a portal's draft.
    ///
    /// # Errors
    /// `version-conflict`.
    pub fn discard_portal_draft(&self, id: PortalId, version: i32) -> Call<Versioned<PortalDraft>> {
        let path = format!("/api/v1/admin/portals/{id}/draft");
        let request = self.to(Method::DELETE, &path).if_match(version);
        request.call_versioned()
    }

    /// Publish a portal's draft, or what an earlier version said, at once or at a time.
    ///
    /// # Errors
    /// `publication-planned`, `version-conflict`, `dependency-unmet`, `invalid`.
    pub fn publish_portal(
        &self,
        id: PortalId,
        key: &str,
        command: &PublishPortal,
    ) -> Call<Versioned<PortalDraft>> {
        self.create(
            &format!("/api/v1/admin/portals/{id}/publications"),
            key,
            command,
        )
    }

    /// Call a planned publication off.
    ///
    /// # Errors
    /// `wrong-state`.
    pub fn call_off_publication(&self, id: PortalId) -> Call<Versioned<PortalDraft>> {
        let path = format!("/api/v1/admin/portals/{id}/planned-publication");
        self.to(Method::DELETE, &path).call_versioned()
    }

    /// What a version says otherwise than another, or than what people see.
    ///
    /// # Errors
    /// `not-found`.
    pub fn compare_portal_versions(
        &self,
        id: PortalId,
        number: i32,
        query: &ComparisonQuery,
    ) -> Call<VersionComparison> {
        let path = format!("/api/v1/admin/portals/{id}/versions/{number}/diff");
        self.to(Method::GET, &path).query(query).call()
    }

    /// What was published of a portal, the latest first.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_portal_versions(&self, id: PortalId) -> Call<Page<PortalVersion>> {
        self.get(&format!("/api/v1/admin/portals/{id}/versions"))
    }
}
