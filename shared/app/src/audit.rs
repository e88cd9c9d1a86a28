//! Writing an audit entry: two rows in the transaction of the change, a ring after it.
//!
//! ```ignore
//! let key = app.tenant_key(&scope).await?;
//! let entry = app.audit(&scope, Action::SofiChange, bot).values(&key, Some(&before), Some(&after))?;
//! entry.write(&mut transaction);
//! transaction.commit().await?;
//! app.ring_audit(&scope).await;
//! ```
//!
//! The type of the subject decides whose key seals the values: a fan's for what belongs to a fan, the tenant's for the
//! rest (in a person's own partition that is the person's). Whatever the change replaces dies with that key, here as well.

use std::marker::PhantomData;
use std::time::Duration;

use domain::audit::{Action, Actor, Subject};
use domain::ids::{
    ApiTokenId, AuditEntryId, BotId, BusinessAccountId, ConversationId, FanId, ParkedId,
    PrivacyRequestId, SavedReplyId, SessionId, TenantId, UserId,
};
use serde::Serialize;
use store::row::{AuditRow, UnchainedRow};
use store::{Row, Transaction};
use tenancy::{RoleType, TenantScope};
use vault::{FanKey, TenantKey};

use crate::{App, AppError, SealsJson, place};

/// How long an entry waits for the chain before `tick` rings.
const PATIENCE: Duration = Duration::from_secs(60);

/// What an act can be about, and whose key its values are sealed under.
pub trait AuditSubject {
    /// The key.
    type Key: SealsJson;

    /// The subject as it is stored.
    fn subject(self) -> Subject;
}

macro_rules! subjects {
    ($($id:ty => $subject:ident, $key:ty;)+) => {$(
        impl AuditSubject for $id {
            type Key = $key;

            fn subject(self) -> Subject {
                Subject::$subject(self)
            }
        }
    )+};
}

subjects! {
    ApiTokenId => ApiToken, TenantKey;
    BotId => Bot, TenantKey;
    BusinessAccountId => BusinessAccount, TenantKey;
    ConversationId => Conversation, FanKey;
    FanId => Fan, FanKey;
    ParkedId => ParkedUpdate, TenantKey;
    PrivacyRequestId => PrivacyRequest, TenantKey;
    SavedReplyId => SavedReply, TenantKey;
    SessionId => Session, TenantKey;
    TenantId => Workspace, TenantKey;
    UserId => Account, TenantKey;
}

/// A document's version, by its words; it has nothing to seal.
impl AuditSubject for (domain::documents::DocumentId, domain::audit::Version) {
    type Key = TenantKey;

    fn subject(self) -> Subject {
        Subject::Document(self.0, self.1)
    }
}

/// An entry on its way into a transaction. `K` is the key that may seal its values.
pub struct AuditEntry<'a, K> {
    app: &'a App,
    tenant: TenantId,
    row: AuditRow,
    key: PhantomData<fn(&K)>,
}

impl App {
    /// An entry about an act of the scope's person; without one, of the system.
    pub fn audit<R: RoleType, S: AuditSubject>(
        &self,
        scope: &TenantScope<R>,
        action: Action,
        subject: S,
    ) -> AuditEntry<'_, S::Key> {
        let row = AuditRow {
            id: self.mint(AuditEntryId::new),
            action,
            actor: match (scope.token(), scope.actor()) {
                (Some(token), _) => Actor::Token(token),
                (None, Some(person)) => Actor::Person(person),
                (None, None) => Actor::System,
            },
            subject: subject.subject(),
            at: self.clock.now(),
            old: None,
            new: None,
        };
        AuditEntry {
            app: self,
            tenant: scope.tenant(),
            row,
            key: PhantomData,
        }
    }

    /// Has the tenant's entries chained now. Best effort: what a lost ring leaves behind, `tick` finds within minutes.
    pub async fn ring_audit<R: RoleType>(&self, scope: &TenantScope<R>) {
        let rung = self.jobs.ring_audit(scope.tenant(), &self.unique()).await;
        if let Err(error) = rung {
            tracing::warn!(
                error.chain = telemetry::chain(&error),
                "the audit log could not be rung for"
            );
        }
    }
}

impl<K: SealsJson> AuditEntry<'_, K> {
    /// Who acted, where it is not the scope's person: a program, our staff, a person who has no session yet.
    #[must_use]
    pub const fn by(mut self, actor: Actor) -> Self {
        self.row.actor = actor;
        self
    }

    /// What was there before and what is there now; sealed for this entry alone.
    ///
    /// # Errors
    /// When a value is not representable as JSON.
    pub fn values<T: Serialize>(
        mut self,
        key: &K,
        old: Option<&T>,
        new: Option<&T>,
    ) -> Result<Self, AppError> {
        let place_key = self.row.key();
        let seal = |field: &str, value: Option<&T>| {
            value
                .map(|value| {
                    let place = place::<AuditRow>(&place_key, field);
                    key.seal_json(&place, value, self.app.entropy.as_ref())
                })
                .transpose()
        };
        (self.row.old, self.row.new) = (seal("old", old)?, seal("new", new)?);
        Ok(self)
    }

    /// Adds the entry to the transaction of its change: one row in `audit`, one in `work` that leads the chain to it.
    pub fn write(&self, transaction: &mut Transaction<'_>) {
        transaction.create(&self.row);
        transaction.create(&UnchainedRow {
            tenant: self.tenant,
            id: self.row.id,
            at: self.row.at,
            due_at: self.row.at.plus(PATIENCE),
        });
    }
}
