//! What a clinic sets up: resources, schedules, blackouts, kinds of visits, cancel reasons.

use reqwest::Method;
use salus_types::ids::{
    AppointmentTypeId, BlackoutId, CancelReasonId, HolidayId, LocationId, ResourceId, ScheduleId,
    ScheduleTemplateId, SchedulingTaskId, TypeOverrideId,
};
use salus_types::page::Page;
use salus_types::scheduling::{
    AddHoliday, AppointmentType, Blackout, ChangeAppointmentType, ChangeBlackout,
    ChangeCancelReason, ChangeClinicLocation, ChangeLocationSettings, ChangeResource,
    ChangeSchedule, ChangeTypeOverride, ClinicCancelReason, ClinicLocation, Clinician,
    ConfirmQuery, CreateAppointmentType, CreateBlackout, CreateCancelReason, CreateResource,
    CreateSchedule, CreateScheduleTemplate, CreateTypeOverrides, CreatedTypeOverrides,
    DeletedQuery, DeletedResource, DeletedSchedule, Holiday, LocationSettings, PreviewSchedule,
    Resource, Revision, Schedule, SchedulePreview, ScheduleTemplate, SchedulingTask, SetupQuery,
    TypeOverride,
};

use crate::{Call, Client, Versioned};

impl Client {
    /// How a place offers times and what it does by itself.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_location_settings(&self, id: LocationId) -> Call<Versioned<LocationSettings>> {
        self.get_versioned(&format!("/api/v1/clinic/locations/{id}/settings"))
    }

    /// Change how a place offers times and what it does by itself.
    ///
    /// # Errors
    /// `invalid`, `version-conflict`.
    pub fn change_location_settings(
        &self,
        id: LocationId,
        version: i32,
        command: &ChangeLocationSettings,
    ) -> Call<Versioned<LocationSettings>> {
        let path = format!("/api/v1/clinic/locations/{id}/settings");
        self.patch_versioned(&path, version, command)
    }

    /// Who saved the settings of a place, and what they were before and after.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_location_settings_revisions(&self, id: LocationId) -> Call<Page<Revision>> {
        self.get(&format!("/api/v1/clinic/locations/{id}/settings/revisions"))
    }

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

    /// Templates for schedules.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_schedule_templates(&self) -> Call<Page<ScheduleTemplate>> {
        self.get("/api/v1/clinic/schedule-templates")
    }

    /// Keep hours and limits under a name.
    ///
    /// # Errors
    /// `invalid`.
    pub fn create_schedule_template(
        &self,
        key: &str,
        command: &CreateScheduleTemplate,
    ) -> Call<Versioned<ScheduleTemplate>> {
        self.create("/api/v1/clinic/schedule-templates", key, command)
    }

    /// Delete a template.
    ///
    /// # Errors
    /// `not-found`.
    pub fn delete_schedule_template(&self, id: ScheduleTemplateId) -> Call<()> {
        self.delete(&format!("/api/v1/clinic/schedule-templates/{id}"))
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

    /// The days on which a place does not work.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_holidays(&self, location: LocationId) -> Call<Page<Holiday>> {
        self.get(&format!("/api/v1/clinic/locations/{location}/holidays"))
    }

    /// Add a day on which a place does not work.
    ///
    /// # Errors
    /// `invalid`.
    pub fn add_holiday(
        &self,
        location: LocationId,
        key: &str,
        command: &AddHoliday,
    ) -> Call<Versioned<Holiday>> {
        let path = format!("/api/v1/clinic/locations/{location}/holidays");
        self.create(&path, key, command)
    }

    /// Remove a day on which a place does not work.
    ///
    /// # Errors
    /// `not-found`.
    pub fn remove_holiday(&self, location: LocationId, id: HolidayId) -> Call<()> {
        let path = format!("/api/v1/clinic/locations/{location}/holidays/{id}");
        self.delete(&path)
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

    /// Restore an override that was deleted.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn restore_type_override(
        &self,
        id: TypeOverrideId,
        version: i32,
    ) -> Call<Versioned<TypeOverride>> {
        let path = format!("/api/v1/clinic/type-overrides/{id}/restoration");
        self.post_versioned(&path, version, &())
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

    /// Kinds of visits.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_appointment_types(&self, query: &DeletedQuery) -> Call<Page<AppointmentType>> {
        self.get_with("/api/v1/clinic/appointment-types", query)
    }

    /// Set a kind of visit up.
    ///
    /// # Errors
    /// `invalid`, `lint-confirmation-required`, `lint-token-stale`.
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
    /// `invalid`, `type-in-use`, `lint-confirmation-required`, `lint-token-stale`, `wrong-state`,
    /// `version-conflict`.
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
    /// `type-in-use`, `wrong-state`, `version-conflict`.
    pub fn delete_appointment_type(
        &self,
        id: AppointmentTypeId,
        version: i32,
    ) -> Call<Versioned<AppointmentType>> {
        let path = format!("/api/v1/clinic/appointment-types/{id}");
        let request = self.to(Method::DELETE, &path).if_match(version);
        request.call_versioned()
    }

    /// Restore a kind of visit that was deleted.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn restore_appointment_type(
        &self,
        id: AppointmentTypeId,
        version: i32,
    ) -> Call<Versioned<AppointmentType>> {
        let path = format!("/api/v1/clinic/appointment-types/{id}/restoration");
        self.post_versioned(&path, version, &())
    }

    /// Who saved a kind of visit when.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_appointment_type_revisions(&self, id: AppointmentTypeId) -> Call<Page<Revision>> {
        self.get(&format!("/api/v1/clinic/appointment-types/{id}/revisions"))
    }

    /// Reasons for giving a visit back.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_cancel_reasons(&self, query: &DeletedQuery) -> Call<Page<ClinicCancelReason>> {
        self.get_with("/api/v1/clinic/cancel-reasons", query)
    }

    /// Set a reason for giving a visit back up.
    ///
    /// # Errors
    /// `invalid`.
    pub fn create_cancel_reason(
        &self,
        key: &str,
        command: &CreateCancelReason,
    ) -> Call<Versioned<ClinicCancelReason>> {
        self.create("/api/v1/clinic/cancel-reasons", key, command)
    }

    /// One of the clinic's places.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_location(&self, id: LocationId) -> Call<Versioned<ClinicLocation>> {
        self.get_versioned(&format!("/api/v1/clinic/locations/{id}"))
    }

    /// Change a place of the clinic.
    ///
    /// # Errors
    /// `invalid`, `version-conflict`.
    pub fn change_location(
        &self,
        id: LocationId,
        version: i32,
        command: &ChangeClinicLocation,
    ) -> Call<Versioned<ClinicLocation>> {
        self.patch_versioned(&format!("/api/v1/clinic/locations/{id}"), version, command)
    }

    /// Change a reason for giving a visit back.
    ///
    /// # Errors
    /// `invalid`, `wrong-state`, `version-conflict`.
    pub fn change_cancel_reason(
        &self,
        id: CancelReasonId,
        version: i32,
        command: &ChangeCancelReason,
    ) -> Call<Versioned<ClinicCancelReason>> {
        let path = format!("/api/v1/clinic/cancel-reasons/{id}");
        self.patch_versioned(&path, version, command)
    }

    /// Delete a reason for giving a visit back.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn delete_cancel_reason(
        &self,
        id: CancelReasonId,
        version: i32,
    ) -> Call<Versioned<ClinicCancelReason>> {
        let path = format!("/api/v1/clinic/cancel-reasons/{id}");
        let request = self.to(Method::DELETE, &path).if_match(version);
        request.call_versioned()
    }

    /// Restore a reason for giving a visit back that was deleted.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn restore_cancel_reason(
        &self,
        id: CancelReasonId,
        version: i32,
    ) -> Call<Versioned<ClinicCancelReason>> {
        let path = format!("/api/v1/clinic/cancel-reasons/{id}/restoration");
        self.post_versioned(&path, version, &())
    }

    /// Who saved a reason for giving a visit back when.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_cancel_reason_revisions(&self, id: CancelReasonId) -> Call<Page<Revision>> {
        self.get(&format!("/api/v1/clinic/cancel-reasons/{id}/revisions"))
    }

    /// Providers, rooms and equipment.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_resources(&self, query: &SetupQuery) -> Call<Page<Resource>> {
        self.get_with("/api/v1/clinic/resources", query)
    }

    /// Who can have a calendar.
    ///
    /// # Errors
    /// [`Error`](crate::Error).
    pub fn list_clinicians(&self) -> Call<Page<Clinician>> {
        self.get("/api/v1/clinic/clinicians")
    }

    /// Set a provider, a room or a piece of equipment up.
    ///
    /// # Errors
    /// `invalid`.
    pub fn create_resource(
        &self,
        key: &str,
        command: &CreateResource,
    ) -> Call<Versioned<Resource>> {
        self.create("/api/v1/clinic/resources", key, command)
    }

    /// Change a resource.
    ///
    /// # Errors
    /// `invalid`, `wrong-state`, `version-conflict`.
    pub fn change_resource(
        &self,
        id: ResourceId,
        version: i32,
        command: &ChangeResource,
    ) -> Call<Versioned<Resource>> {
        self.patch_versioned(&format!("/api/v1/clinic/resources/{id}"), version, command)
    }

    /// Delete a resource.
    ///
    /// # Errors
    /// `resource-has-appointments`, `wrong-state`, `version-conflict`.
    pub fn delete_resource(
        &self,
        id: ResourceId,
        version: i32,
        query: &ConfirmQuery,
    ) -> Call<DeletedResource> {
        let path = format!("/api/v1/clinic/resources/{id}");
        let request = self.to(Method::DELETE, &path).if_match(version);
        request.query(query).call()
    }

    /// Restore a resource that was deleted.
    ///
    /// # Errors
    /// `wrong-state`, `version-conflict`.
    pub fn restore_resource(&self, id: ResourceId, version: i32) -> Call<Versioned<Resource>> {
        let path = format!("/api/v1/clinic/resources/{id}/restoration");
        self.post_versioned(&path, version, &())
    }

    /// Who saved a resource when.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_resource_revisions(&self, id: ResourceId) -> Call<Page<Revision>> {
        self.get(&format!("/api/v1/clinic/resources/{id}/revisions"))
    }
}
