//! HR files and pick-up codes.

use reqwest::{Method, header};
use salus_types::accounts::SignedIn;
use salus_types::ids::{FeedRunId, PersonId, RedemptionId};
use salus_types::intake::{
    AnswerRedemption, CompleteRedemption, DecideFeedRun, FeedRowQuery, FeedRun, FeedRunRow,
    MadePickupCode, MakePickupCode, PickupCodeList, Redemption, SendFeedFile, StartRedemption,
};
use salus_types::page::{Page, PageQuery};

use crate::{Client, Error, read};

impl Client {
    /// Send an HR file.
    ///
    /// # Errors
    /// `feed-duplicate-file`, `feed-unreadable`, `feed-header`, `feed-too-large`.
    pub async fn create_hr_feed_run(
        &self,
        query: &SendFeedFile,
        file: Vec<u8>,
    ) -> Result<FeedRun, Error> {
        let request = self
            .request(Method::POST, "/api/v1/admin/hr-feed-runs")?
            .query(query)
            .header(header::CONTENT_TYPE, "text/csv")
            .body(file);
        read(self.send(request).await?).await
    }

    /// HR file runs, newest first.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn list_hr_feed_runs(&self, query: &PageQuery) -> Result<Page<FeedRun>, Error> {
        let request = self
            .request(Method::GET, "/api/v1/admin/hr-feed-runs")?
            .query(query);
        read(self.send(request).await?).await
    }

    /// One run: what it would do, or did.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn get_hr_feed_run(&self, id: FeedRunId) -> Result<FeedRun, Error> {
        self.get(&format!("/api/v1/admin/hr-feed-runs/{id}")).await
    }

    /// Rows of a run, in the file's order.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn list_hr_feed_run_rows(
        &self,
        id: FeedRunId,
        query: &FeedRowQuery,
    ) -> Result<Page<FeedRunRow>, Error> {
        let path = format!("/api/v1/admin/hr-feed-runs/{id}/rows");
        let request = self.request(Method::GET, &path)?.query(query);
        read(self.send(request).await?).await
    }

    /// The rejected rows as a file that can be corrected and sent again.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn get_hr_feed_rejected_rows(&self, id: FeedRunId) -> Result<Vec<u8>, Error> {
        let path = format!("/api/v1/admin/hr-feed-runs/{id}/rejected.csv");
        let response = self.send(self.request(Method::GET, &path)?).await?;
        let bytes = response.bytes().await.map_err(|_| Error::Unreadable)?;
        Ok(bytes.to_vec())
    }

    /// Decide about a run that waits.
    ///
    /// # Errors
    /// `feed-run-not-paused`, `feed-run-busy`.
    pub async fn decide_hr_feed_run(
        &self,
        id: FeedRunId,
        command: &DecideFeedRun,
    ) -> Result<FeedRun, Error> {
        let path = format!("/api/v1/admin/hr-feed-runs/{id}/decisions");
        self.post(&path, command).await
    }

    /// The pick-up codes of a person, newest first.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn list_pickup_codes(&self, person: PersonId) -> Result<PickupCodeList, Error> {
        self.get(&format!("/api/v1/clinic/people/{person}/pickup-codes"))
            .await
    }

    /// Make a pick-up code for a person; it is in this answer only.
    ///
    /// # Errors
    /// `not-found`, `no-address`.
    pub async fn create_pickup_code(
        &self,
        person: PersonId,
        command: &MakePickupCode,
    ) -> Result<MadePickupCode, Error> {
        let path = format!("/api/v1/clinic/people/{person}/pickup-codes");
        self.post(&path, command).await
    }

    /// Take back the pending codes of a person.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn void_pickup_codes(&self, person: PersonId) -> Result<(), Error> {
        self.delete(&format!("/api/v1/clinic/people/{person}/pickup-codes"))
            .await
    }

    /// Begin to redeem a pick-up code.
    ///
    /// # Errors
    /// `code-not-usable`, `code-expired`, `code-locked`, `code-needs-staff`.
    pub async fn start_code_redemption(
        &self,
        command: &StartRedemption,
    ) -> Result<Redemption, Error> {
        self.post("/api/v1/public/code-redemptions", command).await
    }

    /// Answer the step an attempt waits for.
    ///
    /// # Errors
    /// `verification-failed`, `someone-else-code-needed`, `redemption-over`, `code-locked`.
    pub async fn answer_code_redemption(
        &self,
        id: RedemptionId,
        command: &AnswerRedemption,
    ) -> Result<Redemption, Error> {
        let path = format!("/api/v1/public/code-redemptions/{id}");
        self.patch(&path, command).await
    }

    /// End an attempt with a password; signs in.
    ///
    /// # Errors
    /// `password-unacceptable`, `code-not-usable`, `redemption-over`.
    pub async fn complete_code_redemption(
        &self,
        id: RedemptionId,
        command: &CompleteRedemption,
    ) -> Result<SignedIn, Error> {
        let path = format!("/api/v1/public/code-redemptions/{id}/completion");
        self.post(&path, command).await
    }
}
