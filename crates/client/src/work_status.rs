//! Work status and restrictions.

use chrono::NaiveDate;
use salus_types::ids::{PersonId, RestrictionId};
use salus_types::work_status::{
    ChangeRestriction, ClinicRestriction, ClinicRestrictions, ClinicWorkStatus, EndAllRestrictions,
    EndRestriction, EndedRestrictions, ExtendRestriction, MarkRestrictionAsError, MyWorkStatus,
    RestrictionsQuery, TeamPeople, TeamPeopleQuery, TeamWorkStatus, WriteRestriction,
};

use crate::{Client, Error, Versioned};

impl Client {
    /// One's own work status; today's when no date is given.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn get_my_work_status(&self, on: Option<NaiveDate>) -> Result<MyWorkStatus, Error> {
        self.get_with("/api/v1/me/work-status", &date(on)).await
    }

    /// The people who report to the caller.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn list_team_people(&self, query: &TeamPeopleQuery) -> Result<TeamPeople, Error> {
        self.get_with("/api/v1/team/people", query).await
    }

    /// A report's work status.
    ///
    /// # Errors
    /// `not-found` for anybody who is no report.
    pub async fn get_team_work_status(&self, person: PersonId) -> Result<TeamWorkStatus, Error> {
        self.get(&format!("/api/v1/team/people/{person}/work-status"))
            .await
    }

    /// A person's status as their supervisor sees it.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn get_person_work_status(
        &self,
        person: PersonId,
        on: Option<NaiveDate>,
    ) -> Result<ClinicWorkStatus, Error> {
        self.get_with(
            &format!("/api/v1/clinic/people/{person}/work-status"),
            &date(on),
        )
        .await
    }

    /// A person's restrictions.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn list_person_restrictions(
        &self,
        person: PersonId,
        query: &RestrictionsQuery,
    ) -> Result<ClinicRestrictions, Error> {
        self.get_with(
            &format!("/api/v1/clinic/people/{person}/restrictions"),
            query,
        )
        .await
    }

    /// Write a restriction.
    ///
    /// # Errors
    /// `end-required`, `limit-invalid`, `lint-confirmation-required` and their kin.
    pub async fn write_restriction(
        &self,
        person: PersonId,
        key: &str,
        command: &WriteRestriction,
    ) -> Result<Versioned<ClinicRestriction>, Error> {
        self.create(
            &format!("/api/v1/clinic/people/{person}/restrictions"),
            key,
            command,
        )
        .await
    }

    /// Change what a restriction says.
    ///
    /// # Errors
    /// `version-conflict`, and what writing answers.
    pub async fn change_restriction(
        &self,
        id: RestrictionId,
        version: i32,
        command: &ChangeRestriction,
    ) -> Result<Versioned<ClinicRestriction>, Error> {
        self.patch_versioned(
            &format!("/api/v1/clinic/restrictions/{id}"),
            version,
            command,
        )
        .await
    }

    /// Set a later end.
    ///
    /// # Errors
    /// `version-conflict`, `wrong-state`.
    pub async fn extend_restriction(
        &self,
        id: RestrictionId,
        version: i32,
        command: &ExtendRestriction,
    ) -> Result<Versioned<ClinicRestriction>, Error> {
        self.post_versioned(
            &format!("/api/v1/clinic/restrictions/{id}/extension"),
            version,
            command,
        )
        .await
    }

    /// End a restriction.
    ///
    /// # Errors
    /// `version-conflict`, `end-before-start`.
    pub async fn end_restriction(
        &self,
        id: RestrictionId,
        version: i32,
        command: &EndRestriction,
    ) -> Result<Versioned<ClinicRestriction>, Error> {
        self.post_versioned(
            &format!("/api/v1/clinic/restrictions/{id}/end"),
            version,
            command,
        )
        .await
    }

    /// Mark a restriction as a mistake.
    ///
    /// # Errors
    /// `version-conflict`, `wrong-state`.
    pub async fn mark_restriction_as_error(
        &self,
        id: RestrictionId,
        version: i32,
        command: &MarkRestrictionAsError,
    ) -> Result<Versioned<ClinicRestriction>, Error> {
        self.post_versioned(
            &format!("/api/v1/clinic/restrictions/{id}/error"),
            version,
            command,
        )
        .await
    }

    /// End every active restriction of a person today and cancel those that start later.
    ///
    /// # Errors
    /// `wrong-state` when the confirmed list is no longer the one there is.
    pub async fn end_all_restrictions(
        &self,
        person: PersonId,
        command: &EndAllRestrictions,
    ) -> Result<EndedRestrictions, Error> {
        self.post(
            &format!("/api/v1/clinic/people/{person}/restrictions/end-all"),
            command,
        )
        .await
    }
}

fn date(on: Option<NaiveDate>) -> Vec<(&'static str, NaiveDate)> {
    on.map(|on| ("on", on)).into_iter().collect()
}
