//! Our staff: who they are, and how little that opens.

use std::time::Duration;

use domain::Timestamp;
use domain::ids::{StaffId, TenantId, UserId};
use domain::role::StaffRole;

use crate::{Officer, Overseer, Refused, TenantScope, VerifiedSession};

/// A passkey counts for a working day.
const PASSKEY_COUNTS_FOR: Duration = Duration::from_secs(12 * 3600);

/// What the rows of a member of staff and of their session say.
#[derive(Debug)]
pub struct StaffEvidence {
    /// Whose appointment it is.
    pub user: UserId,
    /// What tenants know them by.
    pub id: StaffId,
    /// For what they were appointed.
    pub role: StaffRole,
    /// Until when they also stand in for compliance.
    pub deputy_until: Option<Timestamp>,
    /// When the session was last proved with a passkey.
    pub passkey_at: Option<Timestamp>,
}

/// A member of our staff who came with a passkey today.
#[derive(Debug)]
pub struct VerifiedStaff {
    id: StaffId,
    role: StaffRole,
    deputy: bool,
}

impl VerifiedStaff {
    /// Compares the appointment with the session.
    ///
    /// # Errors
    /// [`Refused::NotAMember`] for another person's appointment or a program's session, [`Refused::Invalid`] without a
    /// passkey within the last twelve hours.
    pub fn verify(
        session: &VerifiedSession,
        evidence: &StaffEvidence,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        if evidence.user != session.user() || session.is_a_programs() {
            return Err(Refused::NotAMember);
        }
        let counts = |at: Timestamp| now < at.plus(PASSKEY_COUNTS_FOR);
        if !evidence.passkey_at.is_some_and(counts) {
            return Err(Refused::Invalid);
        }
        Ok(Self {
            id: evidence.id,
            role: evidence.role,
            deputy: evidence.role != StaffRole::Compliance
                && evidence.deputy_until.is_some_and(|until| now < until),
        })
    }

    /// What tenants know them by.
    pub const fn id(&self) -> StaffId {
        self.id
    }

    /// For what they were appointed.
    pub const fn role(&self) -> StaffRole {
        self.role
    }

    /// Whether they stand in for compliance at this moment.
    pub const fn is_deputy(&self) -> bool {
        self.deputy
    }

    /// A scope that no member can hold. What may be read with it is the role policy's limit: what a workspace is made of.
    pub const fn overseer(&self, workspace: TenantId) -> TenantScope<Overseer> {
        TenantScope::mint(workspace, None)
    }

    /// A scope for requests about personal data that reached us.
    ///
    /// # Errors
    /// [`Refused::RoleTooLow`] for who was appointed for something else.
    pub const fn officer(&self, workspace: TenantId) -> Result<TenantScope<Officer>, Refused> {
        match self.role {
            StaffRole::Compliance => Ok(TenantScope::mint(workspace, None)),
            StaffRole::Support => Err(Refused::RoleTooLow),
        }
    }

    /// The same, for the second word about a request that somebody else wrote down: for a deputy as well.
    ///
    /// # Errors
    /// [`Refused::RoleTooLow`] for who is neither of both.
    pub const fn approver(&self, workspace: TenantId) -> Result<TenantScope<Officer>, Refused> {
        match self.deputy {
            true => Ok(TenantScope::mint(workspace, None)),
            false => self.officer(workspace),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SessionEvidence, hash_token};
    use domain::ids::{ApiTokenId, SessionId};

    const NOW: Timestamp = Timestamp::from_seconds(100_000);

    fn session(token: Option<ApiTokenId>) -> VerifiedSession {
        let hash = hash_token(b"token");
        let evidence = SessionEvidence {
            token_hash: &hash,
            id: SessionId::from_bytes([8; 16]),
            user: UserId::from_bytes([9; 16]),
            memberships: &[],
            expires_at: Timestamp::from_seconds(200_000),
            token,
        };
        VerifiedSession::verify(b"token", &evidence, NOW).expect("valid")
    }

    fn evidence(user: u8, passkey_at: Option<i64>) -> StaffEvidence {
        StaffEvidence {
            user: UserId::from_bytes([user; 16]),
            id: StaffId::from_bytes([1; 16]),
            role: StaffRole::Support,
            deputy_until: None,
            passkey_at: passkey_at.map(Timestamp::from_seconds),
        }
    }

    #[test]
    fn staff_come_with_a_passkey_of_the_same_day() {
        let person = session(None);
        let verify = |at| VerifiedStaff::verify(&person, &evidence(9, at), NOW);
        assert_eq!(verify(None).err(), Some(Refused::Invalid));
        let a_day_ago = NOW.seconds() - 12 * 3600;
        assert_eq!(verify(Some(a_day_ago)).err(), Some(Refused::Invalid));
        let staff = verify(Some(a_day_ago + 1)).expect("staff");
        assert_eq!(staff.role(), StaffRole::Support);
        let workspace = TenantId::from_bytes([4; 16]);
        let scope = staff.overseer(workspace);
        assert_eq!((scope.tenant(), scope.actor()), (workspace, None));
    }

    #[test]
    fn requests_for_data_are_for_who_was_appointed_for_compliance() {
        let workspace = TenantId::from_bytes([4; 16]);
        for (role, refused) in [
            (StaffRole::Compliance, None),
            (StaffRole::Support, Some(Refused::RoleTooLow)),
        ] {
            let appointed = StaffEvidence {
                role,
                ..evidence(9, Some(NOW.seconds()))
            };
            let staff = VerifiedStaff::verify(&session(None), &appointed, NOW).expect("staff");
            assert_eq!(staff.officer(workspace).err(), refused, "{role:?}");
        }
    }

    #[test]
    fn a_deputy_gives_the_second_word_until_their_time_is_over_and_nothing_else() {
        let workspace = TenantId::from_bytes([4; 16]);
        let deputy = |until: Option<i64>| {
            let appointed = StaffEvidence {
                deputy_until: until.map(Timestamp::from_seconds),
                ..evidence(9, Some(NOW.seconds()))
            };
            VerifiedStaff::verify(&session(None), &appointed, NOW).expect("staff")
        };
        let now = NOW.seconds();
        for (until, counts) in [(None, false), (Some(now), false), (Some(now + 1), true)] {
            let staff = deputy(until);
            assert_eq!(staff.is_deputy(), counts, "{until:?}");
            assert_eq!(staff.approver(workspace).is_ok(), counts, "{until:?}");
            assert!(staff.officer(workspace).is_err(), "{until:?}");
        }
    }

    #[test]
    fn an_appointment_is_good_for_its_person_and_for_no_program() {
        let (person, program) = (
            session(None),
            session(Some(ApiTokenId::from_bytes([2; 16]))),
        );
        let today = Some(NOW.seconds());
        for (session, user, refused) in [
            (&person, 9, None),
            (&person, 7, Some(Refused::NotAMember)),
            (&program, 9, Some(Refused::NotAMember)),
        ] {
            let verified = VerifiedStaff::verify(session, &evidence(user, today), NOW);
            assert_eq!(verified.err(), refused, "{user}");
        }
    }
}
