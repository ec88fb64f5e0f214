//! Waiting for a time, and the times that become free.

use salus_types::ids::{AppointmentId, OfferId, WaitListItemId};
use salus_types::page::Page;
use salus_types::scheduling::{
    Appointment, ChangeWaitListItem, ClinicWaitListItem, EscalateWaitListItem, OfferRound,
    OffersQuery, WaitListItem, WaitListQuery, WishEarlier,
};

use crate::{Call, Client, Versioned};

impl Client {
    /// What one waits for a time for, with the times that are kept for it.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_my_wait_list_items(&self) -> Call<Page<WaitListItem>> {
        self.get("/api/v1/me/wait-list-items")
    }

    /// Change which times would suit.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`, `invalid`.
    pub fn change_my_wait_list_item(
        &self,
        id: WaitListItemId,
        version: i32,
        command: &ChangeWaitListItem,
    ) -> Call<Versioned<WaitListItem>> {
        let path = format!("/api/v1/me/wait-list-items/{id}");
        self.patch_versioned(&path, version, command)
    }

    /// Say whether one wants an earlier time for a visit.
    ///
    /// # Errors
    /// `forbidden`, `wrong-state`, `invalid`.
    pub fn wish_earlier_appointment(
        &self,
        id: AppointmentId,
        command: &WishEarlier,
    ) -> Call<WaitListItem> {
        let path = format!("/api/v1/me/appointments/{id}/earlier-wish");
        self.post(&path, command)
    }

    /// Take a time that became free.
    ///
    /// # Errors
    /// `offer-expired`, `person-busy`, `limit-reached`, `slot-not-offered`.
    pub fn accept_my_offer(&self, id: OfferId) -> Call<Appointment> {
        self.post(&format!("/api/v1/me/offers/{id}/acceptance"), &())
    }

    /// Do not take a time that became free.
    ///
    /// # Errors
    /// `offer-expired`.
    pub fn refuse_my_offer(&self, id: OfferId) -> Call<WaitListItem> {
        self.post(&format!("/api/v1/me/offers/{id}/refusal"), &())
    }

    /// Who waits for a time.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_wait_list_items(&self, query: &WaitListQuery) -> Call<Page<ClinicWaitListItem>> {
        self.get_with("/api/v1/clinic/wait-list-items", query)
    }

    /// Put somebody before all others who wait, or back among them.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn escalate_wait_list_item(
        &self,
        id: WaitListItemId,
        version: i32,
        command: &EscalateWaitListItem,
    ) -> Call<Versioned<ClinicWaitListItem>> {
        let path = format!("/api/v1/clinic/wait-list-items/{id}/escalation");
        self.post_versioned(&path, version, command)
    }

    /// Say that somebody does not wait any more.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn close_wait_list_item(
        &self,
        id: WaitListItemId,
        version: i32,
    ) -> Call<Versioned<ClinicWaitListItem>> {
        let path = format!("/api/v1/clinic/wait-list-items/{id}/closing");
        self.post_versioned(&path, version, &())
    }

    /// Times that became free, whom each was offered to, and who was passed over.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_offer_rounds(&self, query: &OffersQuery) -> Call<Page<OfferRound>> {
        self.get_with("/api/v1/clinic/offers", query)
    }
}
