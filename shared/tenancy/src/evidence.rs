//! Evidence: what callers fetch, and the pure checks that turn it into scopes.

use domain::Timestamp;
use domain::ids::{ApiTokenId, BotId, HookId, SessionId, TenantId, UserId};
use domain::role::{DataScope, Role};
use ring::digest;
use subtle::ConstantTimeEq;

use crate::{Notifier, Owner, Refused, RoleType, TenantScope, Worker};

/// SHA-256 of a bearer secret: the only form in which sessions and webhook secrets are stored.
pub fn hash_token(token: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, token).as_ref());
    hash
}

/// [`hash_token`] in hex, as it stands in keys and rows.
pub fn hash_token_hex(token: &[u8]) -> String {
    hash_token(token)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A workspace of a person, and what they may do and see there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Which workspace.
    pub tenant: TenantId,
    /// In which role.
    pub role: Role,
    /// Which bots' rows.
    pub data: DataScope,
    /// When the workspace is erased, once it is being closed.
    pub closes_at: Option<Timestamp>,
}

/// What the session row says.
#[derive(Debug)]
pub struct SessionEvidence<'a> {
    /// SHA-256 of the token, as stored.
    pub token_hash: &'a [u8],
    /// The session's id.
    pub id: SessionId,
    /// The person who logged in.
    pub user: UserId,
    /// The workspaces and roles of that person.
    pub memberships: &'a [Member],
    /// The session dies at this moment, whatever happens (idle or absolute, the earlier).
    pub expires_at: Timestamp,
    /// The token that it is, when it is a program's and no person's.
    pub token: Option<ApiTokenId>,
}

/// A session whose token was presented and matches. Not cloneable, not serialisable.
#[derive(Debug)]
pub struct VerifiedSession {
    id: SessionId,
    user: UserId,
    memberships: Vec<Member>,
    token: Option<ApiTokenId>,
}

impl VerifiedSession {
    /// Compares in constant time.
    ///
    /// # Errors
    /// [`Refused::Invalid`] when the token is another one or the session has expired.
    pub fn verify(
        presented: &[u8],
        evidence: &SessionEvidence<'_>,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        let same: bool = hash_token(presented)
            .as_slice()
            .ct_eq(evidence.token_hash)
            .into();
        if !same || evidence.expires_at <= now {
            return Err(Refused::Invalid);
        }
        Ok(Self {
            id: evidence.id,
            user: evidence.user,
            memberships: evidence.memberships.to_vec(),
            token: evidence.token,
        })
    }

    /// The session's id; opens nothing.
    pub const fn id(&self) -> SessionId {
        self.id
    }

    /// Who is logged in.
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// Whether it is a token's, and no person's.
    pub const fn is_a_programs(&self) -> bool {
        self.token.is_some()
    }

    /// The workspaces of this person, in the order they were joined.
    pub fn memberships(&self) -> &[Member] {
        &self.memberships
    }

    /// A scope for a workspace; the first one when none is named.
    ///
    /// # Errors
    /// When the person is no member, or the role is lower than `R` asks.
    pub fn scope<R: RoleType>(
        &self,
        workspace: Option<TenantId>,
    ) -> Result<TenantScope<R>, Refused> {
        let minimum = R::MINIMUM.ok_or(Refused::RoleTooLow)?;
        let member = match workspace {
            None => self.memberships.first(),
            Some(wanted) => self
                .memberships
                .iter()
                .find(|member| member.tenant == wanted),
        }
        .ok_or(Refused::NotAMember)?;
        if member.role < minimum {
            return Err(Refused::RoleTooLow);
        }
        Ok(TenantScope::mint(member.tenant, Some(self.user))
            .narrowed(member.data.clone())
            .acting_by(self.token))
    }

    /// The scope of the person's own account partition.
    pub const fn account(&self) -> TenantScope<Owner> {
        TenantScope::mint(self.user.account_tenant(), Some(self.user))
    }
}

/// What the routing row of a webhook says.
#[derive(Debug)]
pub struct HookEvidence<'a> {
    /// The id in the address.
    pub hook: HookId,
    /// The workspace it belongs to.
    pub tenant: TenantId,
    /// The bot it belongs to.
    pub bot: BotId,
    /// SHA-256 of the secret in force.
    pub secret_hash: &'a [u8],
    /// SHA-256 of the former secret and the moment until which it is still taken (rotation overlap).
    pub previous: Option<(&'a [u8], Timestamp)>,
}

/// An authenticated webhook call: names the queue group, opens no table.
#[derive(Debug)]
pub struct Ingress {
    tenant: TenantId,
    bot: BotId,
}

impl Ingress {
    /// Compares in constant time; the former secret counts during its overlap.
    ///
    /// # Errors
    /// [`Refused::Invalid`] when neither secret matches.
    pub fn verify(
        presented: &[u8],
        evidence: &HookEvidence<'_>,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        let presented = hash_token(presented);
        let current: bool = presented.as_slice().ct_eq(evidence.secret_hash).into();
        let previous = evidence.previous.is_some_and(|(hash, until)| {
            let same: bool = presented.as_slice().ct_eq(hash).into();
            same && now < until
        });
        if current || previous {
            Ok(Self {
                tenant: evidence.tenant,
                bot: evidence.bot,
            })
        } else {
            Err(Refused::Invalid)
        }
    }

    /// The workspace, as a label for the queue message.
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The bot, as a label for the queue message.
    pub const fn bot(&self) -> BotId {
        self.bot
    }
}

/// Where a queue message came from, as Lambda's event says, and where it must have come from.
#[derive(Debug)]
pub struct QueueEvidence<'a> {
    /// `eventSourceARN` of the record.
    pub source_arn: &'a str,
    /// The name of the only queue whose messages this worker takes; its policy lets only our roles send.
    pub expected_queue: &'a str,
}

/// A job that one of our own functions queued.
#[derive(Debug)]
pub struct TrustedJob {
    tenant: TenantId,
}

impl TrustedJob {
    /// Takes a job for `tenant` from a queue that only our roles may write.
    ///
    /// # Errors
    /// [`Refused::Invalid`] when the record came from another queue.
    pub fn verify(evidence: &QueueEvidence<'_>, tenant: TenantId) -> Result<Self, Refused> {
        let queue = evidence.source_arn.rsplit(':').next().unwrap_or_default();
        if queue.is_empty() || queue != evidence.expected_queue {
            return Err(Refused::Invalid);
        }
        Ok(Self { tenant })
    }

    /// The worker's scope. One per record; dropped with it.
    pub const fn scope(&self) -> TenantScope<Worker> {
        TenantScope::mint(self.tenant, None)
    }

    /// The scope of a member on whose word the job acts; `member` is what the member's row says now.
    ///
    /// # Errors
    /// When it is another tenant's member, or the role is lower than `R` asks.
    pub fn acting_for<R: RoleType>(
        &self,
        user: UserId,
        member: &Member,
    ) -> Result<TenantScope<R>, Refused> {
        let minimum = R::MINIMUM.ok_or(Refused::RoleTooLow)?;
        if member.tenant != self.tenant {
            return Err(Refused::NotAMember);
        }
        if member.role < minimum {
            return Err(Refused::RoleTooLow);
        }
        Ok(TenantScope::mint(self.tenant, Some(user)).narrowed(member.data.clone()))
    }
}

/// A tenant that an operator has named to a function which nothing but an operator can invoke: it has no trigger, and IAM says
/// who may.
#[derive(Debug)]
pub struct Upkeep {
    tenant: TenantId,
}

impl Upkeep {
    /// The tenant of the operator's input. Only for handlers without a trigger.
    pub const fn of(tenant: TenantId) -> Self {
        Self { tenant }
    }

    /// The worker's scope. One per invocation; dropped with it.
    pub const fn scope(&self) -> TenantScope<Worker> {
        TenantScope::mint(self.tenant, None)
    }
}

/// A tenant that is being created by this very call: its id was minted a moment ago, so nothing can be foreign in it.
#[derive(Debug)]
pub struct Provisioning {
    tenant: TenantId,
}

impl Provisioning {
    /// Registers a freshly minted id. Every first write into it is conditional on absence.
    pub const fn of(tenant: TenantId) -> Self {
        Self { tenant }
    }

    /// The owner's scope of the new tenant.
    pub const fn scope(&self) -> TenantScope<Owner> {
        TenantScope::mint(self.tenant, None)
    }
}

/// What the row of a token says that stands for one person for a while: of a password reset, of a login that waits for
/// its second factor.
#[derive(Debug)]
pub struct ProofEvidence<'a> {
    /// Hex of SHA-256 of the token, as stored.
    pub token_hash: &'a str,
    /// The person it was given to.
    pub user: UserId,
    /// Until when it is taken.
    pub until: Timestamp,
}

/// A token that came back from the person it was given to.
#[derive(Debug)]
pub struct VerifiedProof {
    user: UserId,
}

impl VerifiedProof {
    /// Compares in constant time.
    ///
    /// # Errors
    /// [`Refused::Invalid`] when the token is another one or its time is over.
    pub fn verify(
        presented: &[u8],
        evidence: &ProofEvidence<'_>,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        let hash = hash_token_hex(presented);
        let same: bool = hash.as_bytes().ct_eq(evidence.token_hash.as_bytes()).into();
        if !same || evidence.until <= now {
            return Err(Refused::Invalid);
        }
        Ok(Self {
            user: evidence.user,
        })
    }

    /// Who it was given to.
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// The scope of the person's own account partition.
    pub const fn account(&self) -> TenantScope<Owner> {
        TenantScope::mint(self.user.account_tenant(), Some(self.user))
    }
}

/// Somebody whose address a stranger has named: a notice may be left for them.
#[derive(Debug)]
pub struct Addressee {
    user: UserId,
}

impl Addressee {
    /// The person behind an address, or the one that an address without an account would have.
    pub const fn of(user: UserId) -> Self {
        Self { user }
    }

    /// A scope that no member can hold. What may be written with it is the role policy's limit: notices.
    pub const fn scope(&self) -> TenantScope<Notifier> {
        TenantScope::mint(self.user.account_tenant(), None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Chatter, Manager, Reader};

    const NOW: Timestamp = Timestamp::from_seconds(1_000);

    fn tenant(byte: u8) -> TenantId {
        TenantId::from_bytes([byte; 16])
    }

    fn member(byte: u8, role: Role) -> Member {
        Member {
            tenant: tenant(byte),
            role,
            data: DataScope::AllBots,
            closes_at: None,
        }
    }

    fn session(memberships: &[Member], expires: i64) -> Result<VerifiedSession, Refused> {
        let hash = hash_token(b"token");
        let evidence = SessionEvidence {
            token_hash: &hash,
            id: SessionId::from_bytes([8; 16]),
            user: UserId::from_bytes([9; 16]),
            memberships,
            expires_at: Timestamp::from_seconds(expires),
            token: None,
        };
        VerifiedSession::verify(b"token", &evidence, NOW)
    }

    #[test]
    fn an_expired_session_is_refused() {
        assert_eq!(session(&[], 1_000).err(), Some(Refused::Invalid));
        assert!(session(&[], 1_001).is_ok());
    }

    #[test]
    fn a_scope_is_minted_only_for_a_workspace_of_the_person() {
        let verified = session(&[member(1, Role::Chatter)], 2_000).expect("valid");
        assert_eq!(
            verified.scope::<Reader>(None).map(|s| s.tenant()),
            Ok(tenant(1))
        );
        assert_eq!(
            verified.scope::<Reader>(Some(tenant(2))).err(),
            Some(Refused::NotAMember)
        );
    }

    #[test]
    fn a_scope_is_as_narrow_as_the_membership() {
        let bot = BotId::from_bytes([7; 16]);
        let narrow = Member {
            data: DataScope::Bots(vec![bot]),
            ..member(1, Role::Chatter)
        };
        let verified = session(&[narrow], 2_000).expect("valid");
        let scope = verified.scope::<Reader>(None).expect("a scope");
        assert_eq!(scope.data().bots(), Some([bot].as_slice()));
        assert_eq!(verified.account().data(), &DataScope::AllBots);
    }

    #[test]
    fn a_role_opens_its_own_and_lower_doors_only() {
        let verified = session(&[member(1, Role::Chatter)], 2_000).expect("valid");
        assert!(verified.scope::<Chatter>(None).is_ok());
        assert_eq!(
            verified.scope::<Manager>(None).err(),
            Some(Refused::RoleTooLow)
        );
        assert_eq!(
            verified.scope::<Worker>(None).err(),
            Some(Refused::RoleTooLow)
        );
    }

    fn hook<'a>(
        secret_hash: &'a [u8],
        previous: Option<(&'a [u8], Timestamp)>,
    ) -> HookEvidence<'a> {
        let (hook, bot) = (HookId::from_bytes([1; 16]), BotId::from_bytes([2; 16]));
        HookEvidence {
            hook,
            tenant: tenant(1),
            bot,
            secret_hash,
            previous,
        }
    }

    #[test]
    fn a_former_webhook_secret_is_taken_during_the_overlap_only() {
        let (new, old) = (hash_token(b"new"), hash_token(b"old"));
        let until = Timestamp::from_seconds(1_001);
        assert!(Ingress::verify(b"old", &hook(&new, Some((&old, until))), NOW).is_ok());
        assert!(Ingress::verify(b"old", &hook(&new, Some((&old, NOW))), NOW).is_err());
        assert!(Ingress::verify(b"new", &hook(&new, None), NOW).is_ok());
        assert!(Ingress::verify(b"", &hook(&new, None), NOW).is_err());
    }

    #[test]
    fn a_proof_opens_an_account_only_with_its_token_and_in_its_time() {
        let hash = hash_token_hex(b"token");
        let evidence = ProofEvidence {
            token_hash: &hash,
            user: UserId::from_bytes([9; 16]),
            until: Timestamp::from_seconds(1_001),
        };
        let verified = VerifiedProof::verify(b"token", &evidence, NOW).expect("valid");
        assert_eq!(
            verified.account().tenant(),
            UserId::from_bytes([9; 16]).account_tenant()
        );
        assert!(VerifiedProof::verify(b"other", &evidence, NOW).is_err());
        let late = Timestamp::from_seconds(1_001);
        assert!(VerifiedProof::verify(b"token", &evidence, late).is_err());
    }

    #[test]
    fn a_job_from_another_queue_is_refused() {
        let foreign = QueueEvidence {
            source_arn: "arn:aws:sqs:eu-central-1:1:other.fifo",
            expected_queue: "inbound.fifo",
        };
        assert_eq!(
            TrustedJob::verify(&foreign, tenant(1)).err(),
            Some(Refused::Invalid)
        );
        let empty = QueueEvidence {
            source_arn: "",
            expected_queue: "",
        };
        assert_eq!(
            TrustedJob::verify(&empty, tenant(1)).err(),
            Some(Refused::Invalid)
        );
    }
}
