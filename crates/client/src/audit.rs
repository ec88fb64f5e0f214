//! Who opened whose record.

use salus_types::audit::{AuditEvent, LedgerEntry};
use salus_types::page::{Page, PageQuery};

use crate::{Call, Client};

impl Client {
    /// Who opened my record, newest first.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_my_access_ledger(&self, query: &PageQuery) -> Call<Page<LedgerEntry>> {
        self.get_with("/api/v1/me/access-ledger", query)
    }

    /// The audit trail, newest first.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_audit_events(&self, query: &PageQuery) -> Call<Page<AuditEvent>> {
        self.get_with("/api/v1/admin/audit-events", query)
    }
}
