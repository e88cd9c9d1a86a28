//! Opening old and new values: each under the key of its entry's subject, or not at all any more.

use std::collections::HashMap;

use app::{SealsJson, place};
use domain::Sealed;
use domain::audit::Subject;
use domain::ids::FanId;
use serde::Serialize;
use serde_json::Value;
use store::row::{AuditRow, FanKeyRow};
use store::{Row, StoreError, TenantDb, keys};
use tenancy::Reads;
use utoipa::ToSchema;
use vault::{FanKey, TenantKey};

/// Whether a value can still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ValueState {
    /// It is shown.
    Shown,
    /// The subject was erased: no key opens it any more. The chain is as valid as before.
    Erased,
}

/// A value from before or after an act.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct AuditValue {
    /// Whether it can still be read.
    state: ValueState,
    /// The value; its form depends on the act.
    #[schema(value_type = Option<Object>)]
    value: Option<Value>,
}

impl AuditValue {
    fn of(value: Option<Value>) -> Self {
        Self {
            state: match value {
                Some(_) => ValueState::Shown,
                None => ValueState::Erased,
            },
            value,
        }
    }
}

/// The keys that a page of entries needs.
pub(crate) struct Keys<'a> {
    tenant: &'a TenantKey,
    fans: HashMap<FanId, FanKey>,
}

impl<'a> Keys<'a> {
    /// Reads the keys of all fans that these entries are about, in one round trip for a hundred of them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn read<R: Reads>(
        db: &TenantDb<R>,
        tenant: &'a TenantKey,
        entries: &[AuditRow],
    ) -> Result<Self, StoreError> {
        let mut wanted: Vec<_> = entries
            .iter()
            .filter(|entry| entry.old.is_some() || entry.new.is_some())
            .filter_map(|entry| fan_of(tenant, entry.subject))
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut reads = db.read_many();
        let slots: Vec<_> = wanted
            .into_iter()
            .map(|fan| (fan, reads.find::<FanKeyRow>(&keys::fan_key(fan))))
            .collect();
        let found = Box::pin(reads.send()).await?;
        let mut fans = HashMap::new();
        for (fan, slot) in slots {
            let row = found.get(slot)?;
            // A key that does not unwrap opens as little as one that is gone.
            let opened = row.and_then(|found| tenant.open_fan_key(fan, &found.row.wrapped).ok());
            fans.extend(opened.map(|key| (fan, key)));
        }
        Ok(Self { tenant, fans })
    }

    /// Old and new value of an entry.
    pub(crate) fn open(&self, entry: &AuditRow) -> (Option<AuditValue>, Option<AuditValue>) {
        let key = entry.key();
        let open = |field: &str, sealed: &Option<Sealed>| {
            let sealed = sealed.as_ref()?;
            let place = place::<AuditRow>(&key, field);
            let opened = match entry.subject {
                Subject::Fan(_) | Subject::Conversation(_) => fan_of(self.tenant, entry.subject)
                    .and_then(|fan| self.fans.get(&fan))
                    .and_then(|key| key.open_json(&place, sealed).ok()),
                _ => self.tenant.open_json(&place, sealed).ok(),
            };
            Some(AuditValue::of(opened))
        };
        (open("old", &entry.old), open("new", &entry.new))
    }
}

fn fan_of(tenant: &TenantKey, subject: Subject) -> Option<FanId> {
    match subject {
        Subject::Fan(fan) => Some(fan),
        Subject::Conversation(conversation) => tenant.peer_ids().fan_of(conversation).ok(),
        _ => None,
    }
}
