//! Appointments: what can be booked, holding and booking a time, giving it back, the calendar.

use reqwest::Method;
use salus_types::ids::{AppointmentId, HoldId, PersonId};
use salus_types::page::Page;
use salus_types::scheduling::{
    AnswerLink, Appointment, AppointmentsQuery, Blackout, BookAppointment, BookForPerson,
    BookForReport, BookVisitPlan, CancelAppointment, CancelReason, CheckIn, CheckInAtDoor,
    CheckedInAtDoor, ClinicAppointment, ClinicSlotsQuery, CorrectAppointment, DaySheet,
    DaySheetQuery, DenyAppointment, HoldForReport, HoldSlot, JoinLink, LinkedVisit,
    MarkAppointmentAsError, MoveAppointment, MoveForPerson, OfferedTypes, PersonAppointmentsQuery,
    Place, Schedule, SetupQuery, Slot, SlotHold, SlotsQuery, TeamAppointment, TeamOfferedTypes,
    TeamSlotHold, TeamSlotsQuery, TeamWaitListItem, VisitPlans, VisitStep,
};

use crate::{Call, Client, KEY, Versioned};

impl Client {
    /// The kinds of visits one may book, and what the portal says about booking.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_my_appointment_types(&self) -> Call<OfferedTypes> {
        self.get("/api/v1/me/appointment-types")
    }

    /// Free times for a kind of visit, by start and preference.
    ///
    /// # Errors
    /// `search-window-too-wide`, `not-found`.
    pub fn list_my_slots(&self, query: &SlotsQuery) -> Call<Page<Slot>> {
        self.get_with("/api/v1/me/slots", query)
    }

    /// Keep a time for a few minutes.
    ///
    /// # Errors
    /// `slot-taken` with `next_slots`, `person-busy`, `slot-not-offered`, `hold-limit`.
    pub fn hold_my_slot(&self, key: &str, command: &HoldSlot) -> Call<SlotHold> {
        let request = self.to(Method::POST, "/api/v1/me/slot-holds");
        request.header(KEY, key).json(command).call()
    }

    /// Extend a hold once.
    ///
    /// # Errors
    /// `hold-expired`, `wrong-state`.
    pub fn extend_my_slot_hold(&self, id: HoldId) -> Call<SlotHold> {
        self.post(&format!("/api/v1/me/slot-holds/{id}/extension"), &())
    }

    /// Give a kept time back.
    ///
    /// # Errors
    /// `not-found`.
    pub fn release_my_slot_hold(&self, id: HoldId) -> Call<()> {
        self.delete(&format!("/api/v1/me/slot-holds/{id}"))
    }

    /// One's own visits, upcoming or past.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_my_appointments(&self, query: &AppointmentsQuery) -> Call<Page<Appointment>> {
        self.get_with("/api/v1/me/appointments", query)
    }

    /// Book the kept time.
    ///
    /// # Errors
    /// `hold-expired`, `person-busy`, `past-due`, `limit-reached`, `comment-required`.
    pub fn book_my_appointment(
        &self,
        key: &str,
        command: &BookAppointment,
    ) -> Call<Versioned<Appointment>> {
        self.create("/api/v1/me/appointments", key, command)
    }

    /// One of one's own visits.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_my_appointment(&self, id: AppointmentId) -> Call<Versioned<Appointment>> {
        self.get_versioned(&format!("/api/v1/me/appointments/{id}"))
    }

    /// Give a visit back.
    ///
    /// # Errors
    /// `notice-too-short`, `appointment-begun`, `wrong-state`, `version-conflict`.
    pub fn cancel_my_appointment(
        &self,
        id: AppointmentId,
        version: i32,
        command: &CancelAppointment,
    ) -> Call<Versioned<Appointment>> {
        let path = format!("/api/v1/me/appointments/{id}/cancellation");
        self.post_versioned(&path, version, command)
    }

    /// A visit for one's own calendar.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_my_calendar_file(&self, id: AppointmentId) -> Call<Vec<u8>> {
        let path = format!("/api/v1/me/appointments/{id}/calendar-file");
        self.to(Method::GET, &path).call_for_bytes()
    }

    /// Where to join one's visit online.
    ///
    /// # Errors
    /// `wrong-state` with `opens_at` when it is too early, `not-found`.
    pub fn get_my_join_link(&self, id: AppointmentId) -> Call<JoinLink> {
        self.get(&format!("/api/v1/me/appointments/{id}/join-link"))
    }

    /// Move a visit to a time that was kept for it.
    ///
    /// # Errors
    /// `hold-expired`, `notice-too-short`, `too-many-moves`, `appointment-begun`, `wrong-state`,
    /// `version-conflict`.
    pub fn move_my_appointment(
        &self,
        id: AppointmentId,
        version: i32,
        command: &MoveAppointment,
    ) -> Call<Versioned<Appointment>> {
        let path = format!("/api/v1/me/appointments/{id}/move");
        self.post_versioned(&path, version, command)
    }

    /// Say that one will come.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn confirm_my_appointment(
        &self,
        id: AppointmentId,
        version: i32,
    ) -> Call<Versioned<Appointment>> {
        let path = format!("/api/v1/me/appointments/{id}/confirmation");
        self.post_versioned(&path, version, &())
    }

    /// Say that one is there.
    ///
    /// # Errors
    /// `check-in-closed`, `wrong-state`, `version-conflict`.
    pub fn check_in_to_my_appointment(
        &self,
        id: AppointmentId,
        version: i32,
        command: &CheckIn,
    ) -> Call<Versioned<Appointment>> {
        let path = format!("/api/v1/me/appointments/{id}/check-in");
        self.post_versioned(&path, version, command)
    }

    /// The reasons one may give when giving a visit back.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_my_cancel_reasons(&self) -> Call<Page<CancelReason>> {
        self.get("/api/v1/me/cancel-reasons")
    }

    /// Everything due for oneself in as few visits as possible.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_my_visit_plans(&self) -> Call<VisitPlans> {
        self.get("/api/v1/me/visit-plans")
    }

    /// Book all visits of a plan, or none.
    ///
    /// # Errors
    /// `plan-stale`, `comment-required`, `not-found`.
    pub fn book_my_visit_plan(
        &self,
        key: &str,
        id: &str,
        command: &BookVisitPlan,
    ) -> Call<Versioned<Page<Appointment>>> {
        let path = format!("/api/v1/me/visit-plans/{id}/booking");
        self.create(&path, key, command)
    }

    /// The visits of one report, by public name.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_report_appointments(&self, person: PersonId) -> Call<Page<TeamAppointment>> {
        self.get(&format!("/api/v1/team/people/{person}/appointments"))
    }

    /// The visits of everybody who reports to one, by public name.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_team_appointments(&self, query: &AppointmentsQuery) -> Call<Page<TeamAppointment>> {
        self.get_with("/api/v1/team/appointments", query)
    }

    /// What the people who report to one still have to be scheduled for.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_team_wait_list_items(&self) -> Call<Page<TeamWaitListItem>> {
        self.get("/api/v1/team/wait-list-items")
    }

    /// What one report still has to be scheduled for.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_report_wait_list_items(&self, person: PersonId) -> Call<Page<TeamWaitListItem>> {
        self.get(&format!("/api/v1/team/people/{person}/wait-list-items"))
    }

    /// The kinds of visits one may get for a report, and what the portals say about booking.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_report_appointment_types(&self, person: PersonId) -> Call<TeamOfferedTypes> {
        self.get(&format!("/api/v1/team/people/{person}/appointment-types"))
    }

    /// Free times for a visit of a report.
    ///
    /// # Errors
    /// `search-window-too-wide`, `not-found`.
    pub fn list_report_slots(&self, person: PersonId, query: &TeamSlotsQuery) -> Call<Page<Slot>> {
        self.get_with(&format!("/api/v1/team/people/{person}/slots"), query)
    }

    /// Keep a time for a report for a few minutes.
    ///
    /// # Errors
    /// `slot-taken` with `next_slots`, `past-due`, `slot-not-offered`, `hold-limit`.
    pub fn hold_slot_for_report(
        &self,
        person: PersonId,
        key: &str,
        command: &HoldForReport,
    ) -> Call<TeamSlotHold> {
        let path = format!("/api/v1/team/people/{person}/slot-holds");
        let request = self.to(Method::POST, &path);
        request.header(KEY, key).json(command).call()
    }

    /// Book the kept time for a report.
    ///
    /// # Errors
    /// `hold-expired`, `slot-taken`, `past-due`.
    pub fn book_for_report(
        &self,
        person: PersonId,
        key: &str,
        command: &BookForReport,
    ) -> Call<Versioned<TeamAppointment>> {
        let path = format!("/api/v1/team/people/{person}/appointments");
        self.create(&path, key, command)
    }

    /// Give a report's visit back.
    ///
    /// # Errors
    /// `notice-too-short`, `appointment-begun`, `wrong-state`, `version-conflict`.
    pub fn cancel_for_report(
        &self,
        id: AppointmentId,
        version: i32,
    ) -> Call<Versioned<TeamAppointment>> {
        let path = format!("/api/v1/team/appointments/{id}/cancellation");
        self.post_versioned(&path, version, &())
    }

    /// Move a report's visit to a time that was kept for it.
    ///
    /// # Errors
    /// `hold-expired`, `slot-taken`, `notice-too-short`, `too-many-moves`, `appointment-begun`,
    /// `wrong-state`, `version-conflict`.
    pub fn move_for_report(
        &self,
        id: AppointmentId,
        version: i32,
        command: &MoveAppointment,
    ) -> Call<Versioned<TeamAppointment>> {
        let path = format!("/api/v1/team/appointments/{id}/move");
        self.post_versioned(&path, version, command)
    }

    /// One day at one location, a column for each resource.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_day_sheet(&self, query: &DaySheetQuery) -> Call<DaySheet> {
        self.get_with("/api/v1/clinic/day-sheets", query)
    }

    /// Free times for a person, one for each provider.
    ///
    /// # Errors
    /// `search-window-too-wide`, `not-found`.
    pub fn list_slots(&self, query: &ClinicSlotsQuery) -> Call<Page<Slot>> {
        self.get_with("/api/v1/clinic/slots", query)
    }

    /// The visits of a person.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_appointments(
        &self,
        query: &PersonAppointmentsQuery,
    ) -> Call<Page<ClinicAppointment>> {
        self.get_with("/api/v1/clinic/appointments", query)
    }

    /// Book a visit for a person.
    ///
    /// # Errors
    /// `slot-taken` or `person-busy` with `next_slots`, `slot-not-offered`, `override-needed`.
    pub fn book_appointment(
        &self,
        key: &str,
        command: &BookForPerson,
    ) -> Call<Versioned<ClinicAppointment>> {
        self.create("/api/v1/clinic/appointments", key, command)
    }

    /// One visit.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_appointment(&self, id: AppointmentId) -> Call<Versioned<ClinicAppointment>> {
        self.get_versioned(&format!("/api/v1/clinic/appointments/{id}"))
    }

    /// The steps of a visit, from the booking on, with who took them.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_appointment_history(&self, id: AppointmentId) -> Call<Page<VisitStep>> {
        self.get(&format!("/api/v1/clinic/appointments/{id}/history"))
    }

    /// Give a visit back for a person.
    ///
    /// # Errors
    /// `appointment-begun`, `wrong-state`, `version-conflict`.
    pub fn cancel_appointment(
        &self,
        id: AppointmentId,
        version: i32,
        command: &CancelAppointment,
    ) -> Call<Versioned<ClinicAppointment>> {
        let path = format!("/api/v1/clinic/appointments/{id}/cancellation");
        self.post_versioned(&path, version, command)
    }

    /// Move a visit for a person.
    ///
    /// # Errors
    /// `slot-taken` or `person-busy` with `next_slots`, `slot-not-offered`, `override-needed`,
    /// `appointment-begun`, `wrong-state`, `version-conflict`.
    pub fn move_appointment(
        &self,
        id: AppointmentId,
        version: i32,
        command: &MoveForPerson,
    ) -> Call<Versioned<ClinicAppointment>> {
        let path = format!("/api/v1/clinic/appointments/{id}/move");
        self.post_versioned(&path, version, command)
    }

    /// Agree to a visit that waits for the clinic.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn confirm_appointment(
        &self,
        id: AppointmentId,
        version: i32,
    ) -> Call<Versioned<ClinicAppointment>> {
        let path = format!("/api/v1/clinic/appointments/{id}/confirmation");
        self.post_versioned(&path, version, &())
    }

    /// Note that the person is there.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn check_in_appointment(
        &self,
        id: AppointmentId,
        version: i32,
        command: &CheckIn,
    ) -> Call<Versioned<ClinicAppointment>> {
        let path = format!("/api/v1/clinic/appointments/{id}/check-in");
        self.post_versioned(&path, version, command)
    }

    /// Note that the person was not there after all.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn undo_check_in(
        &self,
        id: AppointmentId,
        version: i32,
    ) -> Call<Versioned<ClinicAppointment>> {
        let path = format!("/api/v1/clinic/appointments/{id}/check-in-undo");
        self.post_versioned(&path, version, &())
    }

    /// Begin a visit.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn begin_appointment(
        &self,
        id: AppointmentId,
        version: i32,
    ) -> Call<Versioned<ClinicAppointment>> {
        let path = format!("/api/v1/clinic/appointments/{id}/beginning");
        self.post_versioned(&path, version, &())
    }

    /// Finish a visit.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn complete_appointment(
        &self,
        id: AppointmentId,
        version: i32,
    ) -> Call<Versioned<ClinicAppointment>> {
        let path = format!("/api/v1/clinic/appointments/{id}/completion");
        self.post_versioned(&path, version, &())
    }

    /// Note that the person did not come.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn miss_appointment(
        &self,
        id: AppointmentId,
        version: i32,
    ) -> Call<Versioned<ClinicAppointment>> {
        let path = format!("/api/v1/clinic/appointments/{id}/no-show");
        self.post_versioned(&path, version, &())
    }

    /// Take up again a visit that was given back.
    ///
    /// # Errors
    /// `wrong-state`, `slot-taken` or `person-busy` with `next_slots`, `version-conflict`.
    pub fn undo_cancellation(
        &self,
        id: AppointmentId,
        version: i32,
    ) -> Call<Versioned<ClinicAppointment>> {
        let path = format!("/api/v1/clinic/appointments/{id}/cancellation-undo");
        self.post_versioned(&path, version, &())
    }

    /// Mark a visit as a mistake.
    ///
    /// # Errors
    /// `forbidden` for all but clinicians, `wrong-state`, `version-conflict`.
    pub fn mark_appointment_as_error(
        &self,
        id: AppointmentId,
        version: i32,
        command: &MarkAppointmentAsError,
    ) -> Call<Versioned<ClinicAppointment>> {
        let path = format!("/api/v1/clinic/appointments/{id}/error");
        self.post_versioned(&path, version, command)
    }

    /// Do not agree to a visit.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn deny_appointment(
        &self,
        id: AppointmentId,
        version: i32,
        command: &DenyAppointment,
    ) -> Call<Versioned<ClinicAppointment>> {
        let path = format!("/api/v1/clinic/appointments/{id}/denial");
        self.post_versioned(&path, version, command)
    }

    /// Say what became of a visit that was taken for missed.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn correct_appointment(
        &self,
        id: AppointmentId,
        version: i32,
        command: &CorrectAppointment,
    ) -> Call<Versioned<ClinicAppointment>> {
        let path = format!("/api/v1/clinic/appointments/{id}/correction");
        self.post_versioned(&path, version, command)
    }

    /// A visit by the link in a mail; nothing changes.
    ///
    /// # Errors
    /// `link-expired`, `link-locked`.
    pub fn get_link(&self, token: &str) -> Call<LinkedVisit> {
        self.get(&format!("/api/v1/public/links/{token}"))
    }

    /// Answer for a visit by the link in a mail: `confirm`, `cancel` or `move`; the link has served when the
    /// visit was given back by it.
    ///
    /// # Errors
    /// `link-expired`, `link-locked`, `notice-too-short` with `phone`, `too-many-moves`, `slot-taken`,
    /// `person-busy`, `slot-not-offered`, `wrong-state`.
    pub fn answer_link(&self, token: &str, act: &str, command: &AnswerLink) -> Call<LinkedVisit> {
        self.post(&format!("/api/v1/public/links/{token}/{act}"), command)
    }

    /// Check in at a clinic's door with the code of a visit.
    ///
    /// # Errors
    /// `not-found` for every wrong code, `check-in-closed`, `check-in-locked`.
    pub fn check_in_at_door(&self, command: &CheckInAtDoor) -> Call<CheckedInAtDoor> {
        self.post("/api/v1/public/check-ins", command)
    }

    /// The clinics whose calendars there are.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_locations(&self) -> Call<Page<Place>> {
        self.get("/api/v1/clinic/locations")
    }

    /// Schedules in force.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_schedules(&self, query: &SetupQuery) -> Call<Page<Schedule>> {
        self.get_with("/api/v1/clinic/schedules", query)
    }

    /// Blackouts in force.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_blackouts(&self, query: &SetupQuery) -> Call<Page<Blackout>> {
        self.get_with("/api/v1/clinic/blackouts", query)
    }
}
