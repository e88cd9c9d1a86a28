//! The scope itself.

use std::fmt;
use std::marker::PhantomData;

use domain::ids::{ApiTokenId, TenantId, UserId};
use domain::role::DataScope;

use crate::RoleType;

/// The right to touch one tenant's rows in one role. Key prefixes, encryption contexts, session tags, queue groups and
/// log spans are all derived from it.
pub struct TenantScope<R: RoleType> {
    tenant: TenantId,
    actor: Option<UserId>,
    data: DataScope,
    token: Option<ApiTokenId>,
    role: PhantomData<R>,
}

impl<R: RoleType> TenantScope<R> {
    pub(crate) const fn mint(tenant: TenantId, actor: Option<UserId>) -> Self {
        Self {
            tenant,
            actor,
            data: DataScope::AllBots,
            token: None,
            role: PhantomData,
        }
    }

    /// Narrowed to what a member may see.
    pub(crate) fn narrowed(mut self, data: DataScope) -> Self {
        self.data = data;
        self
    }

    /// A program's, with this token; otherwise the person's own.
    pub(crate) const fn acting_by(mut self, token: Option<ApiTokenId>) -> Self {
        self.token = token;
        self
    }

    /// Whose rows.
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Which bots' rows may be seen. The store leaves the others out; what is not stored by bot asks here.
    pub const fn data(&self) -> &DataScope {
        &self.data
    }

    /// The person who acts, if one does; of a program, the person who made its token.
    pub const fn actor(&self) -> Option<UserId> {
        self.actor
    }

    /// The token by which a program acts.
    pub const fn token(&self) -> Option<ApiTokenId> {
        self.token
    }
}

impl<R: RoleType> fmt::Debug for TenantScope<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TenantScope({})", self.tenant)
    }
}
