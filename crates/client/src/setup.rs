//! What a clinic sets up: schedules, blackouts, kinds of visits.

use reqwest::Method;
use salus_types::ids::{
    AppointmentTypeId, BlackoutId, ScheduleId, SchedulingTaskId, TypeOverrideId,
};
use salus_types::page::Page;
use salus_types::scheduling::{
    AppointmentType, Blackout, ChangeAppointmentType, ChangeBlackout, ChangeSchedule,
    ChangeTypeOverride, ConfirmQuery, CreateAppointmentType, CreateBlackout, CreateSchedule,
    CreateTypeOverrides, CreatedTypeOverrides, DeletedSchedule, PreviewSchedule, Revision,
    Schedule, SchedulePreview, SchedulingTask, SetupQuery, TypeOverride,
};

use crate::{Call, Client, Versioned};

impl Client {
    /// Set a schedule up.
    ///
    /// # Errors
    /// `invalid`.
    pub fn create_schedule(
        &self,
        key: &str,
        command: &CreateSchedule,
    ) -> Call<Versioned<Schedule>> {
        self.create("/api/v1/clinic/schedules", key, command)
    }

    /// One schedule, deleted or not.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_schedule(&self, id: ScheduleId) -> Call<Versioned<Schedule>> {
        self.get_versioned(&format!("/api/v1/clinic/schedules/{id}"))
    }

    /// Change a schedule.
    ///
    /// # Errors
    /// `invalid`, `wrong-state`, `version-conflict`.
    pub fn change_schedule(
        &self,
        id: ScheduleId,
        version: i32,
        command: &ChangeSchedule,
    ) -> Call<Versioned<Schedule>> {
        self.patch_versioned(&format!("/api/v1/clinic/schedules/{id}"), version, command)
    }

    /// Delete a schedule.
    ///
    /// # Errors
    /// `schedule-has-appointments`, `wrong-state`, `version-conflict`.
    pub fn delete_schedule(
        &self,
        id: ScheduleId,
        version: i32,
        query: &ConfirmQuery,
    ) -> Call<DeletedSchedule> {
        let path = format!("/api/v1/clinic/schedules/{id}");
        let request = self.to(Method::DELETE, &path).if_match(version);
        request.query(query).call()
    }

    /// Restore a schedule that was deleted.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn restore_schedule(&self, id: ScheduleId, version: i32) -> Call<Versioned<Schedule>> {
        let path = format!("/api/v1/clinic/schedules/{id}/restoration");
        self.post_versioned(&path, version, &())
    }

    /// Who saved a schedule when.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_schedule_revisions(&self, id: ScheduleId) -> Call<Page<Revision>> {
        self.get(&format!("/api/v1/clinic/schedules/{id}/revisions"))
    }

    /// What a schedule would offer.
    ///
    /// # Errors
    /// `invalid`.
    pub fn preview_schedule(&self, command: &PreviewSchedule) -> Call<SchedulePreview> {
        self.post("/api/v1/clinic/schedule-previews", command)
    }

    /// Say when a resource, a location or everybody is away.
    ///
    /// # Errors
    /// `invalid`, `blackout-overlaps-appointments`.
    pub fn create_blackout(
        &self,
        key: &str,
        command: &CreateBlackout,
    ) -> Call<Versioned<Blackout>> {
        self.create("/api/v1/clinic/blackouts", key, command)
    }

    /// One blackout, deleted or not.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_blackout(&self, id: BlackoutId) -> Call<Versioned<Blackout>> {
        self.get_versioned(&format!("/api/v1/clinic/blackouts/{id}"))
    }

    /// Change a blackout.
    ///
    /// # Errors
    /// `invalid`, `blackout-overlaps-appointments`, `wrong-state`, `version-conflict`.
    pub fn change_blackout(
        &self,
        id: BlackoutId,
        version: i32,
        command: &ChangeBlackout,
    ) -> Call<Versioned<Blackout>> {
        self.patch_versioned(&format!("/api/v1/clinic/blackouts/{id}"), version, command)
    }

    /// Delete a blackout.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn delete_blackout(&self, id: BlackoutId, version: i32) -> Call<Versioned<Blackout>> {
        let path = format!("/api/v1/clinic/blackouts/{id}");
        let request = self.to(Method::DELETE, &path).if_match(version);
        request.call_versioned()
    }

    /// Restore a blackout that was deleted.
    ///
    /// # Errors
    /// `blackout-overlaps-appointments`, `wrong-state`, `version-conflict`.
    pub fn restore_blackout(
        &self,
        id: BlackoutId,
        version: i32,
        query: &ConfirmQuery,
    ) -> Call<Versioned<Blackout>> {
        let path = format!("/api/v1/clinic/blackouts/{id}/restoration");
        let request = self.to(Method::POST, &path).if_match(version);
        request.query(query).json(&()).call_versioned()
    }

    /// Who saved a blackout when.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_blackout_revisions(&self, id: BlackoutId) -> Call<Page<Revision>> {
        self.get(&format!("/api/v1/clinic/blackouts/{id}/revisions"))
    }

    /// What waits in the scheduling work queue.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_scheduling_tasks(&self) -> Call<Page<SchedulingTask>> {
        self.get("/api/v1/clinic/scheduling-tasks")
    }

    /// Close a task of the scheduling work queue.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn close_scheduling_task(
        &self,
        id: SchedulingTaskId,
        version: i32,
    ) -> Call<Versioned<SchedulingTask>> {
        let path = format!("/api/v1/clinic/scheduling-tasks/{id}/closing");
        self.post_versioned(&path, version, &())
    }

    /// Times of kinds of visits that differ with a resource or at a location.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_type_overrides(&self, query: &SetupQuery) -> Call<Page<TypeOverride>> {
        self.get_with("/api/v1/clinic/type-overrides", query)
    }

    /// Set overrides up; what there is already is left alone.
    ///
    /// # Errors
    /// `invalid`.
    pub fn create_type_overrides(
        &self,
        key: &str,
        command: &CreateTypeOverrides,
    ) -> Call<Versioned<CreatedTypeOverrides>> {
        self.create("/api/v1/clinic/type-overrides", key, command)
    }

    /// Change the times of an override.
    ///
    /// # Errors
    /// `invalid`, `wrong-state`, `version-conflict`.
    pub fn change_type_override(
        &self,
        id: TypeOverrideId,
        version: i32,
        command: &ChangeTypeOverride,
    ) -> Call<Versioned<TypeOverride>> {
        let path = format!("/api/v1/clinic/type-overrides/{id}");
        self.patch_versioned(&path, version, command)
    }

    /// Delete an override.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn delete_type_override(
        &self,
        id: TypeOverrideId,
        version: i32,
    ) -> Call<Versioned<TypeOverride>> {
        let path = format!("/api/v1/clinic/type-overrides/{id}");
        let request = self.to(Method::DELETE, &path).if_match(version);
        request.call_versioned()
    }

    /// Who saved an override when.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_type_override_revisions(&self, id: TypeOverrideId) -> Call<Page<Revision>> {
        self.get(&format!("/api/v1/clinic/type-overrides/{id}/revisions"))
    }

    /// One kind of visit.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_appointment_type(&self, id: AppointmentTypeId) -> Call<Versioned<AppointmentType>> {
        self.get_versioned(&format!("/api/v1/clinic/appointment-types/{id}"))
    }

    /// Set a kind of visit up.
    ///
    /// # Errors
    /// `invalid`.
    pub fn create_appointment_type(
        &self,
        key: &str,
        command: &CreateAppointmentType,
    ) -> Call<Versioned<AppointmentType>> {
        self.create("/api/v1/clinic/appointment-types", key, command)
    }

    /// Change a kind of visit.
    ///
    /// # Errors
    /// `invalid`, `type-in-use`, `version-conflict`.
    pub fn change_appointment_type(
        &self,
        id: AppointmentTypeId,
        version: i32,
        command: &ChangeAppointmentType,
    ) -> Call<Versioned<AppointmentType>> {
        let path = format!("/api/v1/clinic/appointment-types/{id}");
        self.patch_versioned(&path, version, command)
    }

    /// Delete a kind of visit nobody has ahead of them.
    ///
    /// # Errors
    /// `type-in-use`, `version-conflict`.
    pub fn delete_appointment_type(&self, id: AppointmentTypeId, version: i32) -> Call<()> {
        self.delete_versioned(&format!("/api/v1/clinic/appointment-types/{id}"), version)
    }

    /// Who saved a kind of visit when.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_appointment_type_revisions(&self, id: AppointmentTypeId) -> Call<Page<Revision>> {
        self.get(&format!("/api/v1/clinic/appointment-types/{id}/revisions"))
    }
}
