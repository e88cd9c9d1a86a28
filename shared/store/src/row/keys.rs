//! Wrapped keys.

use domain::ids::FanId;
use domain::registry::class;
use domain::{Sealed, Timestamp, stored};

use super::Row;
use crate::Table;
use crate::keys::{self, LocalKey};

stored! {
    /// The tenant's key, wrapped by KMS.
    pub struct TenantKeyRow: "tenant_key" {
        /// The wrapped key.
        wrapped: Sealed => class::CREDENTIAL,
        /// When it was made.
        created_at: Timestamp => class::TECHNICAL,
    }
}

impl Row for TenantKeyRow {
    const TABLE: Table = Table::Keys;
    fn key(&self) -> LocalKey {
        keys::tenant_key()
    }
}

stored! {
    /// A fan's key, wrapped by the tenant's.
    pub struct FanKeyRow: "fan_key" {
        /// Whose.
        fan: FanId => class::FAN_FACT,
        /// The wrapped key.
        wrapped: Sealed => class::FAN_KEY,
    }
}

impl Row for FanKeyRow {
    const TABLE: Table = Table::Keys;
    fn key(&self) -> LocalKey {
        keys::fan_key(self.fan)
    }
}
