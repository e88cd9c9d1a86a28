//! Notices, suppressed addresses, accounts whose mail does not arrive.

use domain::ids::{TenantId, UserId};
use domain::notice::{MailLane, MailTrouble, NoticeId};
use domain::registry::class;
use domain::{Sealed, Timestamp, stored};
use serde::{Deserialize, Serialize};

use super::Row;
use crate::Table;
use crate::keys::{self, Due, LocalKey};

/// Where a notice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeState {
    /// Waits to be sent, for the first time or again.
    Pending,
    /// The call to SES is under way; a row found like this after its lease has an unknown fate.
    Sending,
    /// SES has it.
    Sent,
    /// SES refused it for good, or could not be reached for too long.
    Failed,
    /// SES may have it; never sent again by itself.
    Unknown,
    /// Not sent, because the address bounced or complained, or because its person does without such mails.
    Suppressed,
}

stored! {
    /// One fact that somebody is told by mail, and how far that got: the ledger that makes a mail go out once.
    pub struct NoticeRow: "notice" {
        /// The fact.
        id: NoticeId => class::MAIL_FACT,
        /// In whose partition it stands; the due index carries ids only.
        tenant: TenantId => class::MAIL_FACT,
        /// The person whose own address it goes to; absent where it is nobody's account yet, or no longer theirs.
        account: Option<UserId> => class::MAIL_FACT,
        /// Which kind of mail, for example `new_device`.
        template: String => class::MAIL_FACT,
        /// Which queue it waits in.
        lane: MailLane => class::MAIL_FACT,
        /// Address, language and what the mail says, sealed by KMS under purpose `mail`. Gone when the mail is.
        content: Option<Sealed> => class::MAIL,
        /// Where it stands.
        state: NoticeState => class::MAIL_FACT,
        /// How often SES was called.
        attempts: u32 => class::MAIL_FACT,
        /// Why it failed or was not sent: a stable code.
        reason: Option<String> => class::MAIL_FACT,
        /// SES's id of the mail.
        ses_id: Option<String> => class::MAIL_FACT,
        /// What the receiver's side said later.
        trouble: Option<MailTrouble> => class::MAIL_FACT,
        /// When the fact happened.
        created_at: Timestamp => class::MAIL_FACT,
        /// Pending: not to be tried sooner. Sending: the end of the lease.
        next_at: Timestamp => class::MAIL_FACT,
        /// When it reached its last state.
        ended_at: Option<Timestamp> => class::MAIL_FACT,
        /// When `tick` asks for it, as long as it is not at its end.
        due_at: Option<Timestamp> => class::MAIL_FACT,
        /// Until when it is kept, once it is at its end.
        until: Option<Timestamp> => class::MAIL_FACT,
    }
}

impl Row for NoticeRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::notice(&self.id)
    }
    fn due(&self) -> Option<Due> {
        self.due_at.map(|at| Due {
            at,
            tenant: self.tenant,
            bot: keys::no_bot(self.tenant),
            unique: keys::due_notice(self.lane, &self.id),
        })
    }
    fn expires_at(&self) -> Option<Timestamp> {
        self.until
    }
}

stored! {
    /// An address that bounced or complained. The hash is keyed with the platform's secret `suppression`, so that the row
    /// says nothing without it.
    pub struct SuppressionRow: "suppression" {
        /// Hex of the keyed hash of the normalised address.
        address_hash: String => class::SUPPRESSION,
        /// When a mail to it bounced for good, last.
        bounced_at: Option<Timestamp> => class::SUPPRESSION,
        /// When its owner complained, last.
        complained_at: Option<Timestamp> => class::SUPPRESSION,
    }
}

impl Row for SuppressionRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::suppression(&self.address_hash)
    }
}

stored! {
    /// That mail to a person's address does not arrive, for a banner. Whoever changes the address deletes it.
    pub struct MailTroubleRow: "mail_trouble" {
        /// The person.
        user: UserId => class::ACCOUNT,
        /// What happened.
        trouble: MailTrouble => class::ACCOUNT,
        /// When.
        at: Timestamp => class::ACCOUNT,
    }
}

impl Row for MailTroubleRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::mail_trouble()
    }
}
