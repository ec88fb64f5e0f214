//! HR files and pick-up codes.

use reqwest::Method;
use salus_types::accounts::SignedIn;
use salus_types::ids::{FeedRunId, PersonId, RedemptionId};
use salus_types::intake::{
    AnswerRedemption, CompleteRedemption, DecideFeedRun, FeedRowQuery, FeedRun, FeedRunRow,
    MadePickupCode, MakePickupCode, PickupCodeList, Redemption, SendFeedFile, StartRedemption,
};
use salus_types::page::{Page, PageQuery};

use crate::{Call, Client};

impl Client {
    /// Send an HR file.
    ///
    /// # Errors
    /// `feed-duplicate-file`, `feed-unreadable`, `feed-header`, `feed-too-large`.
    pub fn create_hr_feed_run(
        &self,
        key: &str,
        query: &SendFeedFile,
        file: Vec<u8>,
    ) -> Call<FeedRun> {
        self.to(Method::POST, "/api/v1/admin/hr-feed-runs")
            .query(query)
            .header("idempotency-key", key)
            .body("text/csv", file)
            .call()
    }

    /// HR file runs, newest first.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_hr_feed_runs(&self, query: &PageQuery) -> Call<Page<FeedRun>> {
        self.get_with("/api/v1/admin/hr-feed-runs", query)
    }

    /// One run: what it would do, or did.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_hr_feed_run(&self, id: FeedRunId) -> Call<FeedRun> {
        self.get(&format!("/api/v1/admin/hr-feed-runs/{id}"))
    }

    /// Rows of a run, in the file's order.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_hr_feed_run_rows(
        &self,
        id: FeedRunId,
        query: &FeedRowQuery,
    ) -> Call<Page<FeedRunRow>> {
        let path = format!("/api/v1/admin/hr-feed-runs/{id}/rows");
        self.get_with(&path, query)
    }

    /// The rejected rows as a file that can be corrected and sent again.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_hr_feed_rejected_rows(&self, id: FeedRunId) -> Call<Vec<u8>> {
        let path = format!("/api/v1/admin/hr-feed-runs/{id}/rejected.csv");
        self.to(Method::GET, &path).call_for_bytes()
    }

    /// Decide about a run that waits.
    ///
    /// # Errors
    /// `feed-run-not-paused`, `feed-run-busy`.
    pub fn decide_hr_feed_run(&self, id: FeedRunId, command: &DecideFeedRun) -> Call<FeedRun> {
        let path = format!("/api/v1/admin/hr-feed-runs/{id}/decisions");
        self.post(&path, command)
    }

    /// The pick-up codes of a person, newest first.
    ///
    /// # Errors
    /// `not-found`.
    pub fn list_pickup_codes(&self, person: PersonId) -> Call<PickupCodeList> {
        self.get(&format!("/api/v1/clinic/people/{person}/pickup-codes"))
    }

    /// Make a pick-up code for a person; it is in this answer only.
    ///
    /// # Errors
    /// `not-found`, `no-address`.
    pub fn create_pickup_code(
        &self,
        person: PersonId,
        command: &MakePickupCode,
    ) -> Call<MadePickupCode> {
        let path = format!("/api/v1/clinic/people/{person}/pickup-codes");
        self.post(&path, command)
    }

    /// Take back the pending codes of a person.
    ///
    /// # Errors
    /// `not-found`.
    pub fn void_pickup_codes(&self, person: PersonId) -> Call<()> {
        self.delete(&format!("/api/v1/clinic/people/{person}/pickup-codes"))
    }

    /// Begin to redeem a pick-up code.
    ///
    /// # Errors
    /// `code-not-usable`, `code-expired`, `code-locked`, `code-needs-staff`.
    pub fn start_code_redemption(&self, command: &StartRedemption) -> Call<Redemption> {
        self.post("/api/v1/public/code-redemptions", command)
    }

    /// Answer the step an attempt waits for.
    ///
    /// # Errors
    /// `verification-failed`, `someone-else-code-needed`, `redemption-over`, `code-locked`.
    pub fn answer_code_redemption(
        &self,
        id: RedemptionId,
        command: &AnswerRedemption,
    ) -> Call<Redemption> {
        let path = format!("/api/v1/public/code-redemptions/{id}");
        self.patch(&path, command)
    }

    /// End an attempt with a password; signs in.
    ///
    /// # Errors
    /// `password-unacceptable`, `code-not-usable`, `redemption-over`.
    pub fn complete_code_redemption(
        &self,
        id: RedemptionId,
        command: &CompleteRedemption,
    ) -> Call<SignedIn> {
        let path = format!("/api/v1/public/code-redemptions/{id}/completion");
        self.post(&path, command)
    }
}
