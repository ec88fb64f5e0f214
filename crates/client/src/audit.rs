//! Who opened whose record.

use salus_types::audit::{AuditEvent, LedgerEntry};
use salus_types::page::{Page, PageQuery};

use crate::{Client, Error};

impl Client {
    /// Who opened my record, newest first.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn list_my_access_ledger(
        &self,
        query: &PageQuery,
    ) -> Result<Page<LedgerEntry>, Error> {
        self.get_with("/api/v1/me/access-ledger", query).await
    }

    /// The audit trail, newest first.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn list_audit_events(&self, query: &PageQuery) -> Result<Page<AuditEvent>, Error> {
        self.get_with("/api/v1/admin/audit-events", query).await
    }
}
