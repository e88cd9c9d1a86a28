//! Evidence of an invitation.

use domain::Timestamp;
use domain::ids::{TenantId, UserId};
use subtle::ConstantTimeEq;

use crate::{Joiner, Refused, TenantScope, VerifiedSession, hash_token_hex};

/// What the row of an invitation's link says.
#[derive(Debug)]
pub struct InvitationEvidence<'a> {
    /// Hex of SHA-256 of the token, as stored.
    pub token_hash: &'a str,
    /// The workspace that invites.
    pub tenant: TenantId,
    /// Until when it is taken.
    pub until: Timestamp,
}

/// A token that a workspace mailed to somebody, in the hands of a person who is logged in.
#[derive(Debug)]
pub struct VerifiedInvitation {
    tenant: TenantId,
    user: UserId,
}

impl VerifiedInvitation {
    /// Compares in constant time.
    ///
    /// # Errors
    /// [`Refused::Invalid`] when the token is another one or its time is over.
    pub fn verify(
        presented: &[u8],
        evidence: &InvitationEvidence<'_>,
        session: &VerifiedSession,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        let hash = hash_token_hex(presented);
        let same: bool = hash.as_bytes().ct_eq(evidence.token_hash.as_bytes()).into();
        if !same || evidence.until <= now {
            return Err(Refused::Invalid);
        }
        Ok(Self {
            tenant: evidence.tenant,
            user: session.user(),
        })
    }

    /// The scope of joining the workspace: one that no member can hold.
    pub const fn scope(&self) -> TenantScope<Joiner> {
        TenantScope::mint(self.tenant, Some(self.user))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SessionEvidence, hash_token};
    use domain::ids::SessionId;

    #[test]
    fn an_invitation_opens_its_workspace_only_with_its_token_and_in_its_time() {
        let now = Timestamp::from_seconds(1_000);
        let (hash, session) = (hash_token_hex(b"token"), hash_token(b"session"));
        let person = SessionEvidence {
            token_hash: &session,
            id: SessionId::from_bytes([8; 16]),
            user: UserId::from_bytes([9; 16]),
            memberships: &[],
            expires_at: Timestamp::from_seconds(2_000),
            token: None,
        };
        let person = VerifiedSession::verify(b"session", &person, now).expect("valid");
        let evidence = InvitationEvidence {
            token_hash: &hash,
            tenant: TenantId::from_bytes([4; 16]),
            until: Timestamp::from_seconds(1_001),
        };
        let verify = |token, at| VerifiedInvitation::verify(token, &evidence, &person, at);
        let scope = verify(b"token".as_slice(), now).expect("valid").scope();
        assert_eq!(
            (scope.tenant(), scope.actor()),
            (evidence.tenant, Some(person.user()))
        );
        assert!(verify(b"other", now).is_err());
        assert!(verify(b"token", Timestamp::from_seconds(1_001)).is_err());
    }
}
