//! Asking the clinic for a visit, and the times it proposes.

use salus_types::ids::{AppointmentRequestId, OfferId, PersonId};
use salus_types::page::Page;
use salus_types::scheduling::{
    AppointmentRequest, BookRequest, ClinicAppointmentRequest, DeclineRequest, OfferTimes,
    RequestAppointment, RequestForReport, RequestsQuery, TeamAppointmentRequest,
};

use crate::{Call, Client, Versioned};

impl Client {
    /// What one asked the clinic for, the newest first.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_my_appointment_requests(&self) -> Call<Page<AppointmentRequest>> {
        self.get("/api/v1/me/appointment-requests")
    }

    /// Ask the clinic for a visit.
    ///
    /// # Errors
    /// `forbidden`, `comment-required`, `type-not-sendable`, `invalid`.
    pub fn request_my_appointment(
        &self,
        key: &str,
        command: &RequestAppointment,
    ) -> Call<Versioned<AppointmentRequest>> {
        self.create("/api/v1/me/appointment-requests", key, command)
    }

    /// Ask the clinic for a visit of a report.
    ///
    /// # Errors
    /// `forbidden`, `not-found`, `type-not-sendable`, `invalid`.
    pub fn request_for_report(
        &self,
        person: PersonId,
        key: &str,
        command: &RequestForReport,
    ) -> Call<Versioned<TeamAppointmentRequest>> {
        let path = format!("/api/v1/team/people/{person}/appointment-requests");
        self.create(&path, key, command)
    }

    /// One of one's own requests.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_my_appointment_request(
        &self,
        id: AppointmentRequestId,
    ) -> Call<Versioned<AppointmentRequest>> {
        self.get_versioned(&format!("/api/v1/me/appointment-requests/{id}"))
    }

    /// Take a request back.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn withdraw_my_appointment_request(
        &self,
        id: AppointmentRequestId,
        version: i32,
    ) -> Call<Versioned<AppointmentRequest>> {
        let path = format!("/api/v1/me/appointment-requests/{id}/withdrawal");
        self.post_versioned(&path, version, &())
    }

    /// Take one of the times the clinic proposed.
    ///
    /// # Errors
    /// `offer-expired`, `person-busy`, `version-conflict`.
    pub fn accept_my_appointment_offer(
        &self,
        id: AppointmentRequestId,
        offer: OfferId,
        version: i32,
    ) -> Call<Versioned<AppointmentRequest>> {
        let path = format!("/api/v1/me/appointment-requests/{id}/offers/{offer}/acceptance");
        self.post_versioned(&path, version, &())
    }

    /// Take none of the times the clinic proposed.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn refuse_my_appointment_offers(
        &self,
        id: AppointmentRequestId,
        version: i32,
    ) -> Call<Versioned<AppointmentRequest>> {
        let path = format!("/api/v1/me/appointment-requests/{id}/refusal");
        self.post_versioned(&path, version, &())
    }

    /// What the clinic is asked for.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_appointment_requests(
        &self,
        query: &RequestsQuery,
    ) -> Call<Page<ClinicAppointmentRequest>> {
        self.get_with("/api/v1/clinic/appointment-requests", query)
    }

    /// One request.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_appointment_request(
        &self,
        id: AppointmentRequestId,
    ) -> Call<Versioned<ClinicAppointmentRequest>> {
        self.get_versioned(&format!("/api/v1/clinic/appointment-requests/{id}"))
    }

    /// Say that a request was read.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn see_appointment_request(
        &self,
        id: AppointmentRequestId,
        version: i32,
    ) -> Call<Versioned<ClinicAppointmentRequest>> {
        let path = format!("/api/v1/clinic/appointment-requests/{id}/seen");
        self.post_versioned(&path, version, &())
    }

    /// Keep times for the person and propose them.
    ///
    /// # Errors
    /// `slot-taken` or `person-busy` with `next_slots`, `slot-not-offered`, `override-needed`,
    /// `override-reason-required`, `wrong-state`, `version-conflict`.
    pub fn offer_appointment_times(
        &self,
        id: AppointmentRequestId,
        version: i32,
        command: &OfferTimes,
    ) -> Call<Versioned<ClinicAppointmentRequest>> {
        let path = format!("/api/v1/clinic/appointment-requests/{id}/offers");
        self.post_versioned(&path, version, command)
    }

    /// Book a visit for a request.
    ///
    /// # Errors
    /// `slot-taken` or `person-busy` with `next_slots`, `slot-not-offered`, `override-needed`,
    /// `override-reason-required`, `wrong-state`, `version-conflict`.
    pub fn book_appointment_request(
        &self,
        id: AppointmentRequestId,
        version: i32,
        command: &BookRequest,
    ) -> Call<Versioned<ClinicAppointmentRequest>> {
        let path = format!("/api/v1/clinic/appointment-requests/{id}/booking");
        self.post_versioned(&path, version, command)
    }

    /// Say that there is no time for a request, and why.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn decline_appointment_request(
        &self,
        id: AppointmentRequestId,
        version: i32,
        command: &DeclineRequest,
    ) -> Call<Versioned<ClinicAppointmentRequest>> {
        let path = format!("/api/v1/clinic/appointment-requests/{id}/decline");
        self.post_versioned(&path, version, command)
    }
}
