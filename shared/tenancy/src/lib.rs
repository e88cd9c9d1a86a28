//! Tenant scopes: the only place where evidence becomes the right to touch a tenant's rows.
//!
//! A [`TenantScope<R>`] cannot be cloned, defaulted, deserialised or built from an id. It is minted from evidence that
//! only verifying code can produce: [`VerifiedSession`] (a session row whose token hash matches), [`TrustedJob`] (a
//! message from a queue that only our roles may write), [`VerifiedProof`] (a token that only the person was given),
//! [`Provisioning`] (a tenant that did not exist before), or [`Upkeep`] (an operator's word to a function that has no trigger).
//! [`Addressee`] may only leave a notice; [`VerifiedStaff`] may look at what a tenant is made of, or see to requests for its data,
//! and leaves an entry in its audit log.
//! A webhook yields only an [`Ingress`]: it may enqueue, never read. No I/O here; callers fetch, this crate decides.
//!
//! ```compile_fail
//! let id = domain::ids::TenantId::from_bytes([0; 16]);
//! let scope = tenancy::TenantScope::<tenancy::Reader>::from(id);
//! ```
//! The compiling twin differs in where the scope comes from:
//! ```
//! let id = domain::ids::TenantId::from_bytes([0; 16]);
//! let scope = tenancy::Provisioning::of(id).scope();
//! assert_eq!(scope.tenant(), id);
//! ```
//! A lower role does not open a higher door:
//! ```compile_fail
//! fn owners_only<R: tenancy::Owns>(_: &tenancy::TenantScope<R>) {}
//! fn call(scope: tenancy::TenantScope<tenancy::Chatter>) { owners_only(&scope) }
//! ```
//! ```
//! fn owners_only<R: tenancy::Owns>(_: &tenancy::TenantScope<R>) {}
//! fn call(scope: tenancy::TenantScope<tenancy::Owner>) { owners_only(&scope) }
//! ```

mod evidence;
mod invitation;
mod roles;
mod scope;
mod staff;

pub use evidence::{
    Addressee, HookEvidence, Ingress, Member, ProofEvidence, Provisioning, QueueEvidence,
    SessionEvidence, TrustedJob, Upkeep, VerifiedProof, VerifiedSession, hash_token,
    hash_token_hex,
};
pub use invitation::{InvitationEvidence, VerifiedInvitation};
pub use roles::{
    Chats, Chatter, Joiner, Leaver, Manager, Manages, Notifier, Officer, Overseer, Owner, Owns,
    Reader, Reads, RoleType, Worker, Works, Writes,
};
pub use scope::TenantScope;
pub use staff::{StaffEvidence, VerifiedStaff};

use thiserror::Error;

/// Why evidence did not become a scope.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Refused {
    /// The presented secret does not match, or has expired.
    #[error("the evidence is not valid")]
    Invalid,
    /// The person is no member of the workspace asked for.
    #[error("not a member of this workspace")]
    NotAMember,
    /// The person's role is too low.
    #[error("the role is too low")]
    RoleTooLow,
}
