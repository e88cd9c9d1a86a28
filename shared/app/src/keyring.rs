//! Opened tenant keys, kept five minutes, so that a warm function pays neither the read nor the KMS call.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::ids::TenantId;
use domain::{Clock, Timestamp};
use store::keys;
use store::row::TenantKeyRow;
use tenancy::{Reads, TenantScope};
use vault::TenantKey;

use crate::{App, AppError};

const KEEP: Duration = Duration::from_secs(300);
const CAPACITY: usize = 512;

pub(crate) struct Keyring {
    clock: Arc<dyn Clock>,
    opened: Mutex<HashMap<TenantId, (Timestamp, TenantKey)>>,
}

impl Keyring {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            opened: Mutex::new(HashMap::new()),
        }
    }

    fn get(&self, tenant: TenantId) -> Option<TenantKey> {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened
            .get(&tenant)
            .filter(|(until, _)| self.clock.now() < *until)
            .map(|(_, key)| key.clone())
    }

    fn put(&self, tenant: TenantId, key: TenantKey) {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if opened.len() >= CAPACITY {
            opened.clear();
        }
        opened.insert(tenant, (self.clock.now().plus(KEEP), key));
    }
}

impl App {
    /// The tenant's opened key. Warm: no call. Cold: one read and one KMS call.
    ///
    /// # Errors
    /// When the key is not there (the tenant was erased) or does not open.
    pub async fn tenant_key<R: Reads>(
        &self,
        scope: &TenantScope<R>,
    ) -> Result<TenantKey, AppError> {
        if let Some(key) = self.keyring.get(scope.tenant()) {
            return Ok(key);
        }
        let row = self
            .store
            .within(scope)?
            .find::<TenantKeyRow>(&keys::tenant_key())
            .await?;
        let wrapped = row.ok_or(AppError::Absent("key"))?.row.wrapped;
        let key = self.vault.within(scope)?.open_key(&wrapped).await?;
        self.keyring.put(scope.tenant(), key.clone());
        Ok(key)
    }
}
