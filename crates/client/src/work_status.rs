//! Work status and restrictions.

use chrono::NaiveDate;
use salus_types::ids::{PersonId, RestrictionId};
use salus_types::work_status::{
    ChangeAccommodation, ChangeRestriction, ClinicAccommodation, ClinicAccommodations,
    ClinicRestriction, ClinicRestrictions, ClinicWorkStatus, EndAccommodation, EndAllRestrictions,
    EndRestriction, EndedRestrictions, ExtendRestriction, MarkAccommodationAsError,
    MarkRestrictionAsError, MyWorkStatus, RestrictionsQuery, TeamPeople, TeamPeopleQuery,
    TeamWorkStatus, WriteAccommodation, WriteRestriction,
};
use uuid::Uuid;

use serde::Serialize;

use crate::{Call, Client, Versioned};

impl Client {
    /// One's own work status; today's when no date is given.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn get_my_work_status(&self, on: Option<NaiveDate>) -> Call<MyWorkStatus> {
        self.get_with("/api/v1/me/work-status", &Day { on })
    }

    /// The people who report to the caller.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_team_people(&self, query: &TeamPeopleQuery) -> Call<TeamPeople> {
        self.get_with("/api/v1/team/people", query)
    }

    /// A report's work status.
    ///
    /// # Errors
    /// `not-found` for anybody who is no report.
    pub fn get_team_work_status(&self, person: PersonId) -> Call<TeamWorkStatus> {
        self.get(&format!("/api/v1/team/people/{person}/work-status"))
    }

    /// A person's status as their supervisor sees it.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_person_work_status(
        &self,
        person: PersonId,
        on: Option<NaiveDate>,
    ) -> Call<ClinicWorkStatus> {
        self.get_with(
            &format!("/api/v1/clinic/people/{person}/work-status"),
            &Day { on },
        )
    }

    /// A person's restrictions.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_person_restrictions(
        &self,
        person: PersonId,
        query: &RestrictionsQuery,
    ) -> Call<ClinicRestrictions> {
        self.get_with(
            &format!("/api/v1/clinic/people/{person}/restrictions"),
            query,
        )
    }

    /// Write a restriction.
    ///
    /// # Errors
    /// `end-required`, `limit-invalid`, `lint-confirmation-required` and their kin.
    pub fn write_restriction(
        &self,
        person: PersonId,
        key: &str,
        command: &WriteRestriction,
    ) -> Call<Versioned<ClinicRestriction>> {
        self.create(
            &format!("/api/v1/clinic/people/{person}/restrictions"),
            key,
            command,
        )
    }

    /// Change what a restriction says.
    ///
    /// # Errors
    /// `version-conflict`, and what writing answers.
    pub fn change_restriction(
        &self,
        id: RestrictionId,
        version: i32,
        command: &ChangeRestriction,
    ) -> Call<Versioned<ClinicRestriction>> {
        self.patch_versioned(
            &format!("/api/v1/clinic/restrictions/{id}"),
            version,
            command,
        )
    }

    /// Set a later end.
    ///
    /// # Errors
    /// `version-conflict`, `wrong-state`.
    pub fn extend_restriction(
        &self,
        id: RestrictionId,
        version: i32,
        command: &ExtendRestriction,
    ) -> Call<Versioned<ClinicRestriction>> {
        self.post_versioned(
            &format!("/api/v1/clinic/restrictions/{id}/extension"),
            version,
            command,
        )
    }

    /// End a restriction.
    ///
    /// # Errors
    /// `version-conflict`, `end-before-start`.
    pub fn end_restriction(
        &self,
        id: RestrictionId,
        version: i32,
        command: &EndRestriction,
    ) -> Call<Versioned<ClinicRestriction>> {
        self.post_versioned(
            &format!("/api/v1/clinic/restrictions/{id}/end"),
            version,
            command,
        )
    }

    /// Mark a restriction as a mistake.
    ///
    /// # Errors
    /// `version-conflict`, `wrong-state`.
    pub fn mark_restriction_as_error(
        &self,
        id: RestrictionId,
        version: i32,
        command: &MarkRestrictionAsError,
    ) -> Call<Versioned<ClinicRestriction>> {
        self.post_versioned(
            &format!("/api/v1/clinic/restrictions/{id}/error"),
            version,
            command,
        )
    }

    /// End every active restriction of a person today and cancel those that start later.
    ///
    /// # Errors
    /// `wrong-state` when the confirmed list is no longer the one there is.
    pub fn end_all_restrictions(
        &self,
        person: PersonId,
        command: &EndAllRestrictions,
    ) -> Call<EndedRestrictions> {
        self.post(
            &format!("/api/v1/clinic/people/{person}/restrictions/end-all"),
            command,
        )
    }

    /// A person's accommodations, and the restrictions none of them answers.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_person_accommodations(
        &self,
        person: PersonId,
        query: &RestrictionsQuery,
    ) -> Call<ClinicAccommodations> {
        let path = format!("/api/v1/clinic/people/{person}/accommodations");
        self.get_with(&path, query)
    }

    /// Write an accommodation.
    ///
    /// # Errors
    /// `end-before-start`, `lint-confirmation-required` and their kin.
    pub fn write_accommodation(
        &self,
        person: PersonId,
        key: &str,
        command: &WriteAccommodation,
    ) -> Call<Versioned<ClinicAccommodation>> {
        let path = format!("/api/v1/clinic/people/{person}/accommodations");
        self.create(&path, key, command)
    }

    /// Change what an accommodation says.
    ///
    /// # Errors
    /// `version-conflict`, `wrong-state`, and those of writing one.
    pub fn change_accommodation(
        &self,
        id: Uuid,
        version: i32,
        change: &ChangeAccommodation,
    ) -> Call<Versioned<ClinicAccommodation>> {
        let path = format!("/api/v1/clinic/accommodations/{id}");
        self.patch_versioned(&path, version, change)
    }

    /// End an accommodation.
    ///
    /// # Errors
    /// `end-before-start`, `version-conflict`, `wrong-state`.
    pub fn end_accommodation(
        &self,
        id: Uuid,
        version: i32,
        command: &EndAccommodation,
    ) -> Call<Versioned<ClinicAccommodation>> {
        let path = format!("/api/v1/clinic/accommodations/{id}/end");
        self.post_versioned(&path, version, command)
    }

    /// Mark an accommodation as a mistake.
    ///
    /// # Errors
    /// `version-conflict`, `wrong-state`.
    pub fn mark_accommodation_as_error(
        &self,
        id: Uuid,
        version: i32,
        command: &MarkAccommodationAsError,
    ) -> Call<Versioned<ClinicAccommodation>> {
        let path = format!("/api/v1/clinic/accommodations/{id}/error");
        self.post_versioned(&path, version, command)
    }
}

/// The date asked about; today without one.
#[derive(Serialize)]
struct Day {
    on: Option<NaiveDate>,
}
