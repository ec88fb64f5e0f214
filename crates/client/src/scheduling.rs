//! Appointments: what can be booked, holding and booking a time, giving it back, the calendar.

use salus_types::ids::{AppointmentId, HoldId, PersonId};
use salus_types::page::Page;
use salus_types::scheduling::{
    Appointment, AppointmentType, AppointmentsQuery, Blackout, BookAppointment, BookForPerson,
    CancelAppointment, CancelReason, ClinicAppointment, ClinicSlotsQuery, DaySheet, DaySheetQuery,
    HoldSlot, OfferedTypes, PersonAppointmentsQuery, Place, Resource, Schedule, SetupQuery, Slot,
    SlotHold, SlotsQuery, TeamAppointment,
};

use crate::{Client, Error, Versioned};

impl Client {
    /// The kinds of visits one may book, and what the portal says about booking.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn list_my_appointment_types(&self) -> Result<OfferedTypes, Error> {
        self.get("/api/v1/me/appointment-types").await
    }

    /// Free times for a kind of visit, by start and preference.
    ///
    /// # Errors
    /// `search-window-too-wide`, `not-found`.
    pub async fn list_my_slots(&self, query: &SlotsQuery) -> Result<Page<Slot>, Error> {
        self.get_with("/api/v1/me/slots", query).await
    }

    /// Keep a time for a few minutes.
    ///
    /// # Errors
    /// `slot-taken` with `next_slots`, `person-busy`, `slot-not-offered`, `hold-limit`.
    pub async fn hold_my_slot(&self, key: &str, command: &HoldSlot) -> Result<SlotHold, Error> {
        let created = self.create("/api/v1/me/slot-holds", key, command).await?;
        Ok(created.value)
    }

    /// Extend a hold once.
    ///
    /// # Errors
    /// `hold-expired`, `wrong-state`.
    pub async fn extend_my_slot_hold(&self, id: HoldId) -> Result<SlotHold, Error> {
        self.post(&format!("/api/v1/me/slot-holds/{id}/extension"), &())
            .await
    }

    /// Give a kept time back.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn release_my_slot_hold(&self, id: HoldId) -> Result<(), Error> {
        self.delete(&format!("/api/v1/me/slot-holds/{id}")).await
    }

    /// One's own visits, upcoming or past.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn list_my_appointments(
        &self,
        query: &AppointmentsQuery,
    ) -> Result<Page<Appointment>, Error> {
        self.get_with("/api/v1/me/appointments", query).await
    }

    /// Book the kept time.
    ///
    /// # Errors
    /// `hold-expired`, `person-busy`, `past-due`, `limit-reached`, `comment-required`.
    pub async fn book_my_appointment(
        &self,
        key: &str,
        command: &BookAppointment,
    ) -> Result<Versioned<Appointment>, Error> {
        self.create("/api/v1/me/appointments", key, command).await
    }

    /// One of one's own visits.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn get_my_appointment(
        &self,
        id: AppointmentId,
    ) -> Result<Versioned<Appointment>, Error> {
        self.get_versioned(&format!("/api/v1/me/appointments/{id}"))
            .await
    }

    /// Give a visit back.
    ///
    /// # Errors
    /// `notice-too-short`, `appointment-begun`, `wrong-state`, `version-conflict`.
    pub async fn cancel_my_appointment(
        &self,
        id: AppointmentId,
        version: i32,
        command: &CancelAppointment,
    ) -> Result<Versioned<Appointment>, Error> {
        let path = format!("/api/v1/me/appointments/{id}/cancellation");
        self.post_versioned(&path, version, command).await
    }

    /// The reasons one may give when giving a visit back.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn list_my_cancel_reasons(&self) -> Result<Page<CancelReason>, Error> {
        self.get("/api/v1/me/cancel-reasons").await
    }

    /// The visits of one report, by public name.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn list_report_appointments(
        &self,
        person: PersonId,
    ) -> Result<Page<TeamAppointment>, Error> {
        self.get(&format!("/api/v1/team/people/{person}/appointments"))
            .await
    }

    /// One day at one location, a column for each resource.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn get_day_sheet(&self, query: &DaySheetQuery) -> Result<DaySheet, Error> {
        self.get_with("/api/v1/clinic/day-sheets", query).await
    }

    /// Free times for a person, one for each provider.
    ///
    /// # Errors
    /// `search-window-too-wide`, `not-found`.
    pub async fn list_slots(&self, query: &ClinicSlotsQuery) -> Result<Page<Slot>, Error> {
        self.get_with("/api/v1/clinic/slots", query).await
    }

    /// The visits of a person.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn list_appointments(
        &self,
        query: &PersonAppointmentsQuery,
    ) -> Result<Page<ClinicAppointment>, Error> {
        self.get_with("/api/v1/clinic/appointments", query).await
    }

    /// Book a visit for a person.
    ///
    /// # Errors
    /// `slot-taken` or `person-busy` with `next_slots`, `slot-not-offered`, `override-needed`.
    pub async fn book_appointment(
        &self,
        key: &str,
        command: &BookForPerson,
    ) -> Result<Versioned<ClinicAppointment>, Error> {
        self.create("/api/v1/clinic/appointments", key, command)
            .await
    }

    /// One visit.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn get_appointment(
        &self,
        id: AppointmentId,
    ) -> Result<Versioned<ClinicAppointment>, Error> {
        self.get_versioned(&format!("/api/v1/clinic/appointments/{id}"))
            .await
    }

    /// Give a visit back for a person.
    ///
    /// # Errors
    /// `appointment-begun`, `wrong-state`, `version-conflict`.
    pub async fn cancel_appointment(
        &self,
        id: AppointmentId,
        version: i32,
        command: &CancelAppointment,
    ) -> Result<Versioned<ClinicAppointment>, Error> {
        let path = format!("/api/v1/clinic/appointments/{id}/cancellation");
        self.post_versioned(&path, version, command).await
    }

    /// The reasons staff may give when giving a visit back.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn list_cancel_reasons(&self) -> Result<Page<CancelReason>, Error> {
        self.get("/api/v1/clinic/cancel-reasons").await
    }

    /// The clinics whose calendars there are.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn list_locations(&self) -> Result<Page<Place>, Error> {
        self.get("/api/v1/clinic/locations").await
    }

    /// Providers, rooms and equipment.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn list_resources(&self) -> Result<Page<Resource>, Error> {
        self.get("/api/v1/clinic/resources").await
    }

    /// Kinds of visits.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn list_appointment_types(&self) -> Result<Page<AppointmentType>, Error> {
        self.get("/api/v1/clinic/appointment-types").await
    }

    /// Schedules in force.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn list_schedules(&self, query: &SetupQuery) -> Result<Page<Schedule>, Error> {
        self.get_with("/api/v1/clinic/schedules", query).await
    }

    /// Blackouts in force.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn list_blackouts(&self, query: &SetupQuery) -> Result<Page<Blackout>, Error> {
        self.get_with("/api/v1/clinic/blackouts", query).await
    }
}
