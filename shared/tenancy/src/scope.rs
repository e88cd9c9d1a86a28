//! The scope itself.

use std::fmt;
use std::marker::PhantomData;

use domain::ids::{TenantId, UserId};

use crate::RoleType;

/// The right to touch one tenant's rows in one role. Key prefixes, encryption contexts, session tags, queue groups and
/// log spans are all derived from it.
pub struct TenantScope<R: RoleType> {
    tenant: TenantId,
    actor: Option<UserId>,
    role: PhantomData<R>,
}

impl<R: RoleType> TenantScope<R> {
    pub(crate) const fn mint(tenant: TenantId, actor: Option<UserId>) -> Self {
        Self {
            tenant,
            actor,
            role: PhantomData,
        }
    }

    /// Whose rows.
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The person who acts, if one does.
    pub const fn actor(&self) -> Option<UserId> {
        self.actor
    }
}

impl<R: RoleType> fmt::Debug for TenantScope<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TenantScope({})", self.tenant)
    }
}
