//! A bounded cache of one value per tenant, such as an SDK client with that tenant's session.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::ids::TenantId;

/// Least recently used values make room; a lost value is only built again.
#[derive(Debug)]
pub struct PerTenant<T> {
    capacity: usize,
    entries: Mutex<Entries<T>>,
}

#[derive(Debug)]
struct Entries<T> {
    uses: u64,
    values: HashMap<TenantId, (u64, T)>,
}

impl<T: Clone> PerTenant<T> {
    /// Holds at most `capacity` values.
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity,
            entries: Mutex::new(Entries {
                uses: 0,
                values: HashMap::new(),
            }),
        }
    }

    /// The tenant's value, built when it is not there.
    ///
    /// # Errors
    /// Whatever `build` returns; nothing is kept then.
    pub fn get_or_build<E>(
        &self,
        tenant: TenantId,
        build: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.uses += 1;
        let now = entries.uses;
        if let Some((last_use, value)) = entries.values.get_mut(&tenant) {
            *last_use = now;
            return Ok(value.clone());
        }
        let value = build()?;
        if entries.values.len() >= self.capacity {
            let oldest = entries
                .values
                .iter()
                .min_by_key(|(_, (last_use, _))| *last_use)
                .map(|(tenant, _)| *tenant);
            if let Some(oldest) = oldest {
                entries.values.remove(&oldest);
            }
        }
        entries.values.insert(tenant, (now, value.clone()));
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(byte: u8) -> TenantId {
        TenantId::from_bytes([byte; 16])
    }

    #[test]
    fn the_least_recently_used_value_makes_room() {
        let cache = PerTenant::new(2);
        let built = |byte: u8, value: u8| cache.get_or_build(tenant(byte), || Ok::<_, ()>(value));
        assert_eq!(
            (built(1, 1), built(2, 2), built(1, 9)),
            (Ok(1), Ok(2), Ok(1))
        );
        assert_eq!(built(3, 3), Ok(3));
        assert_eq!((built(1, 9), built(2, 7)), (Ok(1), Ok(7)));
    }

    #[test]
    fn a_failed_build_leaves_nothing_behind() {
        let cache = PerTenant::new(2);
        assert_eq!(
            cache.get_or_build(tenant(1), || Err::<u8, _>("no")),
            Err("no")
        );
        assert_eq!(cache.get_or_build(tenant(1), || Ok::<_, &str>(4)), Ok(4));
    }
}
