//! Routing rows of webhooks, kept for a minute, so that a busy bot costs no read per update.
//!
//! Only rows that exist are kept: an unknown id is looked up each time. A secret that does not match a kept row is
//! compared once more with a fresh one, so a rotated secret is taken at once and a wrong secret costs the same read as
//! an unknown id.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use app::{App, AppError};
use domain::Timestamp;
use domain::ids::{BotId, HookId, TenantId};
use store::row::HookRow;
use tenancy::{HookEvidence, Ingress};

const KEEP: Duration = Duration::from_secs(60);
/// About a megabyte at most.
const CAPACITY: usize = 4096;

/// The rows that this process has read lately.
#[derive(Default)]
pub(crate) struct Hooks(Mutex<HashMap<HookId, (Timestamp, Arc<HookRow>)>>);

/// The one of this process.
pub(crate) fn shared() -> &'static Hooks {
    static SHARED: LazyLock<Hooks> = LazyLock::new(Hooks::default);
    &SHARED
}

impl Hooks {
    /// The proof that the caller knows the secret of this hook, or nothing: the caller cannot tell an unknown hook from
    /// a wrong secret. Known and kept: no call. Otherwise one read.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn admit(
        &self,
        app: &App,
        hook: Option<HookId>,
        secret: &[u8],
    ) -> Result<Option<Ingress>, AppError> {
        let now = app.clock.now();
        let Some(hook) = hook else {
            return Ok(compare(None, secret, now));
        };
        if let Some(row) = self.get(hook, now)
            && let Some(ingress) = compare(Some(&row), secret, now)
        {
            return Ok(Some(ingress));
        }
        let row = app
            .store
            .routing()
            .find_hook(hook)
            .await?
            .map(|found| Arc::new(found.row));
        self.put(hook, row.as_ref(), now);
        Ok(compare(row.as_deref(), secret, now))
    }

    fn get(&self, hook: HookId, now: Timestamp) -> Option<Arc<HookRow>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&hook)
            .filter(|(until, _)| now < *until)
            .map(|(_, row)| row.clone())
    }

    fn put(&self, hook: HookId, row: Option<&Arc<HookRow>>, now: Timestamp) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match row {
            None => drop(kept.remove(&hook)),
            Some(row) => {
                if kept.len() >= CAPACITY {
                    kept.clear();
                }
                kept.insert(hook, (now.plus(KEEP), row.clone()));
            }
        }
    }
}

/// Compares with the row's hashes, or with a hash that nothing has, so that both ways cost the same.
fn compare(row: Option<&HookRow>, secret: &[u8], now: Timestamp) -> Option<Ingress> {
    const NOBODY: [u8; 32] = [0; 32];
    let nobody = HookEvidence {
        hook: HookId::from_bytes([0; 16]),
        tenant: TenantId::from_bytes([0; 16]),
        bot: BotId::from_bytes([0; 16]),
        secret_hash: &NOBODY,
        previous: None,
    };
    let evidence = row.map_or(nobody, |row| HookEvidence {
        hook: row.id,
        tenant: row.tenant,
        bot: row.bot,
        secret_hash: row.secret_hash.as_bytes(),
        previous: row
            .previous_hash
            .as_ref()
            .map(domain::Sealed::as_bytes)
            .zip(row.previous_until),
    });
    Ingress::verify(secret, &evidence, now)
        .ok()
        .filter(|_| row.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Sealed;

    const NOW: Timestamp = Timestamp::from_seconds(1_000);

    fn row() -> HookRow {
        HookRow {
            id: HookId::from_bytes([1; 16]),
            tenant: TenantId::from_bytes([2; 16]),
            bot: BotId::from_bytes([3; 16]),
            secret_hash: Sealed::from_bytes(tenancy::hash_token(b"new").to_vec()),
            previous_hash: Some(Sealed::from_bytes(tenancy::hash_token(b"old").to_vec())),
            previous_until: Some(Timestamp::from_seconds(1_001)),
        }
    }

    #[test]
    fn only_the_secret_in_force_and_the_former_one_during_its_overlap_open_the_door() {
        let row = row();
        assert_eq!(
            compare(Some(&row), b"new", NOW).map(|ingress| ingress.bot()),
            Some(row.bot)
        );
        assert!(compare(Some(&row), b"old", NOW).is_some());
        assert!(compare(Some(&row), b"old", Timestamp::from_seconds(1_001)).is_none());
        assert!(compare(Some(&row), b"other", NOW).is_none());
        assert!(compare(Some(&row), b"", NOW).is_none());
    }

    #[test]
    fn nothing_opens_a_hook_that_does_not_exist() {
        assert!(compare(None, b"", NOW).is_none());
        assert!(compare(None, b"new", NOW).is_none());
    }

    #[test]
    fn a_row_is_kept_for_a_minute_and_a_missing_one_not_at_all() {
        let hooks = Hooks::default();
        let row = Arc::new(row());
        hooks.put(row.id, Some(&row), NOW);
        assert!(hooks.get(row.id, Timestamp::from_seconds(1_059)).is_some());
        assert!(hooks.get(row.id, Timestamp::from_seconds(1_060)).is_none());
        hooks.put(row.id, None, NOW);
        assert!(hooks.get(row.id, NOW).is_none());
    }
}
