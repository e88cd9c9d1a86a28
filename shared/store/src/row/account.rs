//! Accounts, workspaces and what was agreed.

use domain::consent::ConsentAct;
use domain::documents::{self, DocumentId};
use domain::ids::{ApiTokenId, InvitationId, SavedReplyId, TenantId, UserId};
use domain::notice::MailTopic;
use domain::quiet::QuietHours;
use domain::registry::class;
use domain::retention::Choice;
use domain::role::{DataScope, Right, Role};
use domain::{Sealed, Timestamp, stored};

use super::Row;
use crate::Table;
use crate::keys::{self, LocalKey};

stored! {
    /// A workspace.
    pub struct WorkspaceRow: "workspace" {
        /// Its id.
        id: TenantId => class::ACCOUNT,
        /// What fans see as the creator's name.
        name: String => class::ACCOUNT,
        /// When it was made.
        created_at: Timestamp => class::ACCOUNT,
        /// For how many days a fan is kept after the last contact; absent: never chosen.
        #[serde(default)]
        retention_days: Option<u16> => class::ACCOUNT,
        /// A shorter time that was chosen.
        #[serde(default)]
        retention_next_days: Option<u16> => class::ACCOUNT,
        /// From when that counts.
        #[serde(default)]
        retention_next_from: Option<Timestamp> => class::ACCOUNT,
    }
}

impl WorkspaceRow {
    /// A workspace of whom nothing was chosen yet.
    pub const fn new(id: TenantId, name: String, created_at: Timestamp) -> Self {
        Self {
            id,
            name,
            created_at,
            retention_days: None,
            retention_next_days: None,
            retention_next_from: None,
        }
    }

    /// How long fans are kept.
    pub fn retention(&self) -> Choice {
        Choice {
            days: self.retention_days,
            next: self.retention_next_days.zip(self.retention_next_from),
        }
    }

    /// The workspace with another choice.
    #[must_use]
    pub fn with_retention(&self, choice: Choice) -> Self {
        Self {
            retention_days: choice.days,
            retention_next_days: choice.next.map(|(days, _)| days),
            retention_next_from: choice.next.map(|(_, from)| from),
            ..self.clone()
        }
    }
}

impl Row for WorkspaceRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::workspace()
    }
}

stored! {
    /// A member of a workspace.
    pub struct MemberRow: "member" {
        /// Who.
        user: UserId => class::ACCOUNT,
        /// In which role.
        role: Role => class::ACCOUNT,
        /// Which bots' rows.
        #[serde(default)]
        data: DataScope => class::ACCOUNT,
        /// Name and address at joining as JSON, sealed under the workspace's key: the team sees whom it has let in.
        #[serde(default)]
        card: Option<Sealed> => class::ACCOUNT_SEALED,
        /// Since when.
        joined_at: Timestamp => class::ACCOUNT,
        /// When alerts that can wait do.
        #[serde(default)]
        quiet: Option<QuietHours> => class::ACCOUNT,
    }
}

impl MemberRow {
    /// Somebody who joins and sees all bots, without a card for the team.
    pub const fn new(user: UserId, role: Role, at: Timestamp) -> Self {
        Self {
            user,
            role,
            data: DataScope::AllBots,
            card: None,
            joined_at: at,
            quiet: None,
        }
    }
}

impl Row for MemberRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::member(self.user)
    }
}

stored! {
    /// An invitation to a workspace. Stays until its end even when it was taken back: mails to strangers are counted by it.
    pub struct InvitationRow: "invitation" {
        /// Its id.
        id: InvitationId => class::ACCOUNT,
        /// The address, sealed under the workspace's key.
        email: Sealed => class::ACCOUNT_SEALED,
        /// To which role.
        role: Role => class::ACCOUNT,
        /// Which bots' rows.
        data: DataScope => class::ACCOUNT,
        /// Who invites.
        invited_by: UserId => class::ACCOUNT,
        /// Hex of SHA-256 of the token in the link; absent once it was accepted or taken back.
        token_hash: Option<String> => class::CREDENTIAL,
        /// When.
        created_at: Timestamp => class::ACCOUNT,
        /// Until when.
        until: Timestamp => class::ACCOUNT,
    }
}

impl Row for InvitationRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::invitation(self.id)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// A text that the team keeps at hand.
    pub struct SavedReplyRow: "saved_reply" {
        /// Its id.
        id: SavedReplyId => class::ACCOUNT,
        /// Shortcut and text as JSON, sealed under the workspace's key.
        content: Sealed => class::ACCOUNT_SEALED,
        /// Who wrote it last.
        changed_by: Option<UserId> => class::ACCOUNT,
        /// When.
        changed_at: Timestamp => class::ACCOUNT,
    }
}

impl Row for SavedReplyRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::saved_reply(self.id)
    }
}

stored! {
    /// Makes changes of the saved replies come one after the other: their number and their shortcuts hold together.
    pub struct SavedRepliesRow: "saved_replies" {
        /// When the last change was.
        changed_at: Timestamp => class::TECHNICAL,
    }
}

impl Row for SavedRepliesRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::saved_replies()
    }
}

stored! {
    /// A token of the workspace's API in the workspace's list. It opens nothing; the session that it names does.
    pub struct ApiTokenRow: "api_token" {
        /// Its id.
        id: ApiTokenId => class::ACCOUNT,
        /// What the team calls it.
        name: String => class::ACCOUNT,
        /// What it may do.
        rights: Vec<Right> => class::ACCOUNT,
        /// Who made it: it ends with their rights.
        made_by: UserId => class::ACCOUNT,
        /// Hex of SHA-256 of the token.
        token_hash: String => class::CREDENTIAL,
        /// When.
        created_at: Timestamp => class::ACCOUNT,
        /// Until when it is good.
        until: Timestamp => class::ACCOUNT,
    }
}

impl Row for ApiTokenRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::api_token(self.id)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// A person's account, in the person's own partition.
    pub struct AccountRow: "account" {
        /// Who.
        user: UserId => class::ACCOUNT,
        /// The address, sealed under the account's key.
        email: Sealed => class::ACCOUNT_SEALED,
        /// The name, sealed under the account's key.
        name: Sealed => class::ACCOUNT_SEALED,
        /// In which language the person is written to: `en` or `de`.
        language: String => class::ACCOUNT,
        /// The key of the login row.
        email_hash: String => class::CREDENTIAL,
        /// When being of age was attested; no birth date is stored.
        adult_attested_at: Timestamp => class::AGREEMENT,
        /// When it was made.
        created_at: Timestamp => class::ACCOUNT,
        /// Mails that the person does without; absent before anything was chosen.
        mails_off: Option<Vec<MailTopic>> => class::ACCOUNT,
    }
}

impl Row for AccountRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::account()
    }
}

stored! {
    /// The acceptance of one version of one document.
    pub struct AgreementRow: "agreement" {
        /// `terms`, `privacy` or `dpa`.
        document: String => class::AGREEMENT,
        /// Its version.
        version: String => class::AGREEMENT,
        /// SHA-256 of the text that was shown, hex.
        sha256: String => class::AGREEMENT,
        /// Who accepted.
        actor: UserId => class::AGREEMENT,
        /// When.
        accepted_at: Timestamp => class::AGREEMENT,
    }
}

impl Row for AgreementRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::agreement(&self.document, &self.version)
    }
}

stored! {
    /// One word of a person on whether their acts are counted. It stays when the word is taken back: what holds now stands in the
    /// person's login.
    pub struct UsageWordRow: "usage_word" {
        /// Who.
        user: UserId => class::AGREEMENT,
        /// What was said.
        act: ConsentAct => class::AGREEMENT,
        /// When.
        at: Timestamp => class::AGREEMENT,
        /// The version of the privacy policy that told of it then.
        policy: String => class::AGREEMENT,
        /// SHA-256 of that text, hex.
        policy_sha256: String => class::AGREEMENT,
    }
}

impl UsageWordRow {
    /// A word that is said now, under the policy of now.
    pub fn said(user: UserId, act: ConsentAct, at: Timestamp) -> Self {
        let policy = documents::current(DocumentId::Privacy);
        Self {
            user,
            act,
            at,
            policy: policy.version.to_owned(),
            policy_sha256: policy.sha256.to_owned(),
        }
    }
}

impl Row for UsageWordRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::usage_word(self.at, self.act)
    }
}
