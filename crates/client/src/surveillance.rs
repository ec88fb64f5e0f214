//! Due items and the catalogue.

use salus_types::ids::{DueItemId, PersonId};
use salus_types::surveillance::{
    ChangeDueItem, ClinicDueItem, ClinicDueItems, CompleteDueItem, DueItemsQuery, EnterDueItem,
    MyDueItems, MyDueItemsQuery, OrderItems, TeamDueItems, WaiveDueItem,
};

use crate::{Call, Client, Versioned};

impl Client {
    /// What is due for oneself.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_my_due_items(&self, query: &MyDueItemsQuery) -> Call<MyDueItems> {
        self.get_with("/api/v1/me/due-items", query)
    }

    /// What is due for a report.
    ///
    /// # Errors
    /// `not-found` for anybody who is no report.
    pub fn list_team_due_items(&self, person: PersonId) -> Call<TeamDueItems> {
        self.get(&format!("/api/v1/team/people/{person}/due-items"))
    }

    /// The catalogue of what can be asked for.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_order_items(&self) -> Call<OrderItems> {
        self.get("/api/v1/clinic/order-items")
    }

    /// Due items of the clinic's people.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_due_items(&self, query: &DueItemsQuery) -> Call<ClinicDueItems> {
        self.get_with("/api/v1/clinic/due-items", query)
    }

    /// Enter a due item by hand.
    ///
    /// # Errors
    /// `item-not-orderable`, `invalid`.
    pub fn enter_due_item(
        &self,
        key: &str,
        command: &EnterDueItem,
    ) -> Call<Versioned<ClinicDueItem>> {
        self.create("/api/v1/clinic/due-items", key, command)
    }

    /// Change a due item's dates or comment.
    ///
    /// # Errors
    /// `version-conflict`, `order-line-closed`.
    pub fn change_due_item(
        &self,
        id: DueItemId,
        version: i32,
        command: &ChangeDueItem,
    ) -> Call<Versioned<ClinicDueItem>> {
        self.patch_versioned(&format!("/api/v1/clinic/due-items/{id}"), version, command)
    }

    /// Say that a due item was done.
    ///
    /// # Errors
    /// `completion-in-future`, `order-line-closed`.
    pub fn complete_due_item(
        &self,
        id: DueItemId,
        version: i32,
        command: &CompleteDueItem,
    ) -> Call<Versioned<ClinicDueItem>> {
        self.post_versioned(
            &format!("/api/v1/clinic/due-items/{id}/completion"),
            version,
            command,
        )
    }

    /// Say that a due item need not be done.
    ///
    /// # Errors
    /// `reason-required`, `order-line-closed`.
    pub fn waive_due_item(
        &self,
        id: DueItemId,
        version: i32,
        command: &WaiveDueItem,
    ) -> Call<Versioned<ClinicDueItem>> {
        self.post_versioned(
            &format!("/api/v1/clinic/due-items/{id}/waiver"),
            version,
            command,
        )
    }
}
