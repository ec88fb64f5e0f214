//! Due items and the catalogue.

use salus_types::ids::{DueItemId, PersonId};
use salus_types::surveillance::{
    ChangeDueItem, ClinicDueItem, ClinicDueItems, CompleteDueItem, DueItemsQuery, EnterDueItem,
    MyDueItems, MyDueItemsQuery, OrderItems, TeamDueItems, WaiveDueItem,
};

use crate::{Client, Error, Versioned};

impl Client {
    /// What is due for oneself.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn list_my_due_items(&self, query: &MyDueItemsQuery) -> Result<MyDueItems, Error> {
        self.get_with("/api/v1/me/due-items", query).await
    }

    /// What is due for a report.
    ///
    /// # Errors
    /// `not-found` for anybody who is no report.
    pub async fn list_team_due_items(&self, person: PersonId) -> Result<TeamDueItems, Error> {
        self.get(&format!("/api/v1/team/people/{person}/due-items"))
            .await
    }

    /// The catalogue of what can be asked for.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn list_order_items(&self) -> Result<OrderItems, Error> {
        self.get("/api/v1/clinic/order-items").await
    }

    /// Due items of the clinic's people.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn list_due_items(&self, query: &DueItemsQuery) -> Result<ClinicDueItems, Error> {
        self.get_with("/api/v1/clinic/due-items", query).await
    }

    /// Enter a due item by hand.
    ///
    /// # Errors
    /// `item-not-orderable`, `invalid`.
    pub async fn enter_due_item(
        &self,
        key: &str,
        command: &EnterDueItem,
    ) -> Result<Versioned<ClinicDueItem>, Error> {
        self.create("/api/v1/clinic/due-items", key, command).await
    }

    /// Change a due item's dates or comment.
    ///
    /// # Errors
    /// `version-conflict`, `order-line-closed`.
    pub async fn change_due_item(
        &self,
        id: DueItemId,
        version: i32,
        command: &ChangeDueItem,
    ) -> Result<Versioned<ClinicDueItem>, Error> {
        self.patch_versioned(&format!("/api/v1/clinic/due-items/{id}"), version, command)
            .await
    }

    /// Say that a due item was done.
    ///
    /// # Errors
    /// `completion-in-future`, `order-line-closed`.
    pub async fn complete_due_item(
        &self,
        id: DueItemId,
        version: i32,
        command: &CompleteDueItem,
    ) -> Result<Versioned<ClinicDueItem>, Error> {
        self.post_versioned(
            &format!("/api/v1/clinic/due-items/{id}/completion"),
            version,
            command,
        )
        .await
    }

    /// Say that a due item need not be done.
    ///
    /// # Errors
    /// `reason-required`, `order-line-closed`.
    pub async fn waive_due_item(
        &self,
        id: DueItemId,
        version: i32,
        command: &WaiveDueItem,
    ) -> Result<Versioned<ClinicDueItem>, Error> {
        self.post_versioned(
            &format!("/api/v1/clinic/due-items/{id}/waiver"),
            version,
            command,
        )
        .await
    }
}
