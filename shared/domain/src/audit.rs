//! What an audit entry says: which act, by whom, to what. Words and ids only, all of them ASCII, so that any program
//! writes the same bytes when it recomputes the chain (`infra/docs/audit.md`).

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::documents::DocumentId;
use crate::ids::{
    ApiTokenId, BotId, BusinessAccountId, ConversationId, FanId, ParkedId, PrivacyRequestId,
    SavedReplyId, SessionId, StaffId, TenantId, UserId,
};

/// How long an entry is kept: 24 months, of which the longest have so many days.
pub const LASTS: Duration = Duration::from_secs(731 * 24 * 3600);

/// A text that no audit entry can hold.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("not the {0} of an audit entry")]
pub struct ParseAuditError(&'static str);

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident => $word:literal;)+) => {
        /// An act. Append-only: an entry outlives the release that wrote it, so a word is never taken away or given
        /// another meaning. Refused access of staff and the use of keys will be acts of their own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Action {
            $($(#[$doc])* $name,)+
        }

        impl Action {
            /// Every act.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The word that is stored and shown.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }
    };
}

actions! {
    /// A person closed their account: it is erased seven days later.
    AccountClose => "account.close";
    /// A person registered.
    AccountCreate => "account.create";
    /// A login took the closing of the account back.
    AccountReopen => "account.reopen";
    /// A token of the API was made.
    ApiTokenCreate => "api_token.create";
    /// A token of the API was ended.
    ApiTokenRevoke => "api_token.revoke";
    /// A member asked for the link with which their own Telegram chat hears of what waits.
    AlertsLink => "alerts.link";
    /// A Telegram chat opened a member's link and hears of what waits from now on.
    AlertsOpen => "alerts.open";
    /// A member's Telegram chat no longer hears of what waits.
    AlertsEnd => "alerts.end";
    /// The audit log was exported.
    AuditExport => "audit.export";
    /// A document was accepted.
    AgreementAccept => "agreement.accept";
    /// An owner accepted the terms and went to buy a plan.
    BillingBuy => "billing.buy";
    /// An owner let the subscription end with its period.
    BillingCancel => "billing.cancel";
    /// An owner lets the subscription go on after all.
    BillingResume => "billing.resume";
    /// An owner withdrew from the contract.
    BillingWithdraw => "billing.withdraw";
    /// A bot was connected for the first time.
    BotConnect => "bot.connect";
    /// A bot was disconnected and its token destroyed.
    BotDisconnect => "bot.disconnect";
    /// A bot that was disconnected is connected again.
    BotReconnect => "bot.reconnect";
    /// A connected bot was connected once more: a new token, a new secret.
    BotRenew => "bot.renew";
    /// A bot's webhook was set again.
    BotRepair => "bot.repair";
    /// A bot's token was replaced.
    BotRotate => "bot.rotate";
    /// What Sofi may spend was changed.
    BudgetChange => "budget.change";
    /// What happens in the chats of a connected account was changed.
    BusinessChange => "business.change";
    /// One of our staff wrote down that whoever asked was told that their request is here, and how.
    ComplianceAcknowledge => "compliance.acknowledge";
    /// A second one of our staff approved a request that reached us; the export began.
    ComplianceApprove => "compliance.approve";
    /// A deputy of our staff approved a request that reached us; the export began.
    ComplianceDeputise => "compliance.deputise";
    /// One of our staff said that a request takes longer, and why.
    ComplianceExtend => "compliance.extend";
    /// One of our staff wrote down a request for an export that reached us.
    ComplianceOpen => "compliance.open";
    /// One of our staff refused a request that reached us.
    ComplianceRefuse => "compliance.refuse";
    /// A conversation was given to a member, or to nobody.
    ConversationAssign => "conversation.assign";
    /// A person ended care mode of a conversation.
    ConversationEndCare => "conversation.end_care";
    /// What Sofi does in one conversation was changed.
    ConversationMode => "conversation.mode";
    /// The address of a login was changed.
    EmailChange => "email.change";
    /// Another address was asked for; the account keeps its own until a mail to the other one comes back.
    EmailRequest => "email.request";
    /// A change of address was taken back with the link of a mail.
    EmailRestore => "email.restore";
    /// An export was asked for.
    ExportCreate => "export.create";
    /// An export was downloaded with its link.
    ExportDownload => "export.download";
    /// A link to an export was made; the one before works no more.
    ExportLink => "export.link";
    /// Somebody tried to download an export and was refused.
    ExportRefuse => "export.refuse";
    /// Something that Sofi remembers about a fan was changed.
    FactChange => "fact.change";
    /// A person had Sofi remember something about a fan.
    FactCreate => "fact.create";
    /// A person had Sofi forget something about a fan.
    FactDelete => "fact.delete";
    /// Tags or note of a fan were changed.
    FanChange => "fan.change";
    /// Everything that is held of a fan is being erased.
    FanErase => "fan.erase";
    /// A person was brought in from a file, or a fan got tags, a note or history from one.
    FanImport => "fan.import";
    /// The team had a fan's data only kept, or used again.
    FanRestrict => "fan.restrict";
    /// Somebody was invited to the workspace.
    InvitationCreate => "invitation.create";
    /// An invitation was taken back.
    InvitationRevoke => "invitation.revoke";
    /// A person chose which mails to do without.
    MailsChange => "mails.change";
    /// A member's role, or the bots they see, were changed.
    MemberChange => "member.change";
    /// Somebody joined the workspace.
    MemberJoin => "member.join";
    /// A member left the workspace.
    MemberLeave => "member.leave";
    /// A member was removed from the workspace.
    MemberRemove => "member.remove";
    /// A private note was written in a conversation.
    NoteCreate => "note.create";
    /// A private note of a conversation was deleted.
    NoteDelete => "note.delete";
    /// A passkey was added.
    PasskeyAdd => "passkey.add";
    /// A passkey was removed.
    PasskeyRemove => "passkey.remove";
    /// A password was changed by who knew it.
    PasswordChange => "password.change";
    /// A password was set with the link of a mail.
    PasswordReset => "password.reset";
    /// Another version of a persona is in use.
    PersonaActivate => "persona.activate";
    /// A persona got a new version.
    PersonaCreate => "persona.create";
    /// New recovery codes were made.
    RecoveryCodesCreate => "recovery_codes.create";
    /// How long fans are kept after their last contact was changed.
    RetentionChange => "retention.change";
    /// A saved reply was changed.
    SavedReplyChange => "saved_reply.change";
    /// A saved reply was made.
    SavedReplyCreate => "saved_reply.create";
    /// A saved reply was deleted.
    SavedReplyDelete => "saved_reply.delete";
    /// A login needs a code from now on.
    SecondFactorBegin => "second_factor.begin";
    /// A login needs the password alone from now on.
    SecondFactorEnd => "second_factor.end";
    /// Somebody logged in.
    SessionBegin => "session.begin";
    /// Somebody logged out.
    SessionEnd => "session.end";
    /// Since the login before this one, tries to log in had failed: one entry, however many they were.
    SessionRefuse => "session.refuse";
    /// A person ended another session of theirs, or all others.
    SessionRevoke => "session.revoke";
    /// What Sofi does for a bot was changed.
    SofiChange => "sofi.change";
    /// Somebody was appointed to our staff, or is no longer of it.
    StaffAppoint => "staff.appoint";
    /// One of our staff looked at what the workspace is made of.
    StaffLook => "staff.look";
    /// One of our staff searched for the workspaces that hold somebody: in the log of each that was found, and in their own.
    StaffSearch => "staff.search";
    /// A parked update was processed again.
    UpdateReplay => "update.replay";
    /// A person objected to being counted, or took the objection back.
    UsageChange => "usage.change";
    /// An owner closed the workspace: it is erased seven days later.
    WorkspaceClose => "workspace.close";
    /// A workspace was made.
    WorkspaceCreate => "workspace.create";
    /// An owner took the closing of the workspace back.
    WorkspaceReopen => "workspace.reopen";
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Action {
    type Err = ParseAuditError;

    fn from_str(text: &str) -> Result<Self, ParseAuditError> {
        let found = Self::ALL.iter().find(|action| action.as_str() == text);
        found.copied().ok_or(ParseAuditError("act"))
    }
}

/// Who acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A person with a login.
    Person(UserId),
    /// A program with a token of the workspace's API.
    Token(ApiTokenId),
    /// One of our staff.
    Staff(StaffId),
    /// Nobody: the product by itself.
    System,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(user) => user.fmt(f),
            Self::Token(token) => token.fmt(f),
            Self::Staff(staff) => staff.fmt(f),
            Self::System => f.write_str("system"),
        }
    }
}

impl FromStr for Actor {
    type Err = ParseAuditError;

    fn from_str(text: &str) -> Result<Self, ParseAuditError> {
        let system = || (text == "system").then_some(Self::System);
        id(text, Self::Person)
            .or_else(|| id(text, Self::Token))
            .or_else(|| id(text, Self::Staff))
            .or_else(system)
            .ok_or(ParseAuditError("actor"))
    }
}

/// What was acted upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// A workspace.
    Workspace(TenantId),
    /// A person's account.
    Account(UserId),
    /// A login.
    Session(SessionId),
    /// A token of the workspace's API.
    ApiToken(ApiTokenId),
    /// A bot.
    Bot(BotId),
    /// An account that is connected to a bot.
    BusinessAccount(BusinessAccountId),
    /// A parked update.
    ParkedUpdate(ParkedId),
    /// A fan; ids of fans are pseudonyms under the tenant's key.
    Fan(FanId),
    /// A conversation of a fan.
    Conversation(ConversationId),
    /// A saved reply.
    SavedReply(SavedReplyId),
    /// A request about personal data.
    PrivacyRequest(PrivacyRequestId),
    /// A version of a document, in force since the day that names it.
    Document(DocumentId, Version),
}

/// A document's version: a day as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Version([u8; 10]);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

impl FromStr for Version {
    type Err = ParseAuditError;

    fn from_str(text: &str) -> Result<Self, ParseAuditError> {
        let bytes: [u8; 10] = text
            .as_bytes()
            .try_into()
            .map_err(|_| ParseAuditError("subject"))?;
        let right = |(index, byte): (usize, &u8)| match index {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        if bytes.iter().enumerate().all(right) {
            Ok(Self(bytes))
        } else {
            Err(ParseAuditError("subject"))
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Workspace(id) => id.fmt(f),
            Self::Account(id) => id.fmt(f),
            Self::Session(id) => id.fmt(f),
            Self::ApiToken(id) => id.fmt(f),
            Self::Bot(id) => id.fmt(f),
            Self::BusinessAccount(id) => id.fmt(f),
            Self::ParkedUpdate(id) => id.fmt(f),
            Self::Fan(id) => id.fmt(f),
            Self::Conversation(id) => id.fmt(f),
            Self::SavedReply(id) => id.fmt(f),
            Self::PrivacyRequest(id) => id.fmt(f),
            Self::Document(document, version) => write!(f, "{}:{version}", document.as_str()),
        }
    }
}

impl FromStr for Subject {
    type Err = ParseAuditError;

    fn from_str(text: &str) -> Result<Self, ParseAuditError> {
        let document = || {
            let (document, version) = text.split_once(':')?;
            Some(Self::Document(
                DocumentId::find(document)?,
                version.parse().ok()?,
            ))
        };
        id(text, Self::Workspace)
            .or_else(|| id(text, Self::Account))
            .or_else(|| id(text, Self::Session))
            .or_else(|| id(text, Self::ApiToken))
            .or_else(|| id(text, Self::Bot))
            .or_else(|| id(text, Self::BusinessAccount))
            .or_else(|| id(text, Self::ParkedUpdate))
            .or_else(|| id(text, Self::Fan))
            .or_else(|| id(text, Self::Conversation))
            .or_else(|| id(text, Self::SavedReply))
            .or_else(|| id(text, Self::PrivacyRequest))
            .or_else(document)
            .ok_or(ParseAuditError("subject"))
    }
}

fn id<I: FromStr, T>(text: &str, wrap: fn(I) -> T) -> Option<T> {
    text.parse().ok().map(wrap)
}

macro_rules! stored_as_text {
    ($($name:ident),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

stored_as_text!(Action, Actor, Subject);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_reads_back_and_no_two_share_a_word() {
        let mut words: Vec<_> = Action::ALL.iter().map(|action| action.as_str()).collect();
        for action in Action::ALL {
            assert_eq!(action.to_string().parse(), Ok(*action));
        }
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Action::ALL.len());
        assert!("bot.steal".parse::<Action>().is_err());
    }

    #[test]
    fn actors_and_subjects_read_back_what_they_print() {
        let actors = [
            Actor::Person(UserId::from_bytes([1; 16])),
            Actor::Token(ApiTokenId::from_bytes([2; 16])),
            Actor::Staff(StaffId::from_bytes([3; 16])),
            Actor::System,
        ];
        for actor in actors {
            assert_eq!(actor.to_string().parse(), Ok(actor));
        }
        let day = "2026-11-23".parse().expect("a day");
        for subject in [
            Subject::Workspace(TenantId::from_bytes([1; 16])),
            Subject::Account(UserId::from_bytes([1; 16])),
            Subject::Session(SessionId::from_bytes([1; 16])),
            Subject::Bot(BotId::from_bytes([1; 16])),
            Subject::BusinessAccount(BusinessAccountId::from_bytes([1; 16])),
            Subject::ParkedUpdate(ParkedId::from_bytes([1; 16])),
            Subject::Fan(FanId::from_bytes([1; 16])),
            Subject::Conversation(ConversationId::from_bytes([1; 16])),
            Subject::SavedReply(SavedReplyId::from_bytes([1; 16])),
            Subject::Document(DocumentId::Dpa, day),
        ] {
            assert_eq!(subject.to_string().parse(), Ok(subject));
        }
    }

    #[test]
    fn free_text_is_neither_actor_nor_subject() {
        for text in ["", "Mira", "dpa:soon", "dpa:2026-11-2é", "usr_1"] {
            assert!(text.parse::<Subject>().is_err(), "{text}");
            assert!(text.parse::<Actor>().is_err(), "{text}");
        }
    }
}
