//! The five tables, by lifecycle.

use serde::{Deserialize, Serialize};

/// A table's lifecycle; its deployed name comes from [`TableNames`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// All rows of tenants that live as long as the tenant or fan.
    Tenant,
    /// What must be found before a tenant is known.
    Routing,
    /// Idempotency, outbox, events, parked updates: short-lived, no point-in-time recovery.
    Work,
    /// Wrapped keys: point-in-time recovery of seven days.
    Keys,
    /// Append-only.
    Audit,
}

impl Table {
    /// The lifecycle name, as bound into sealed values.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::Routing => "routing",
            Self::Work => "work",
            Self::Keys => "keys",
            Self::Audit => "audit",
        }
    }
}

/// Deployed names, one per table that the function may use.
#[derive(Clone, Debug, Default)]
pub struct TableNames {
    /// `TENANT_TABLE`.
    pub tenant: Option<String>,
    /// `ROUTING_TABLE`.
    pub routing: Option<String>,
    /// `WORK_TABLE`.
    pub work: Option<String>,
    /// `KEYS_TABLE`.
    pub keys: Option<String>,
    /// `AUDIT_TABLE`.
    pub audit: Option<String>,
}

impl TableNames {
    /// Reads the variables through the given function.
    pub fn from_env(read: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            tenant: read("TENANT_TABLE"),
            routing: read("ROUTING_TABLE"),
            work: read("WORK_TABLE"),
            keys: read("KEYS_TABLE"),
            audit: read("AUDIT_TABLE"),
        }
    }

    pub(crate) fn of(&self, table: Table) -> Option<&str> {
        match table {
            Table::Tenant => self.tenant.as_deref(),
            Table::Routing => self.routing.as_deref(),
            Table::Work => self.work.as_deref(),
            Table::Keys => self.keys.as_deref(),
            Table::Audit => self.audit.as_deref(),
        }
    }

    pub(crate) fn table_of(&self, name: &str) -> Option<Table> {
        [
            Table::Tenant,
            Table::Routing,
            Table::Work,
            Table::Keys,
            Table::Audit,
        ]
        .into_iter()
        .find(|table| self.of(*table) == Some(name))
    }
}
