//! What stands in the queues. Every message says its version; a release reads its own and the one before.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Timestamp;
use domain::alert::AlertButton;
use domain::ids::{BotId, ConversationId, FanId, PrivacyRequestId, TenantId, UserId};
use domain::notice::NoticeId;
use serde::{Deserialize, Serialize};

const VERSION: u8 = 1;

/// An update as it reached a webhook.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundUpdate {
    v: u8,
    /// Whose bot.
    pub tenant: TenantId,
    /// Which bot.
    pub bot: BotId,
    /// When the webhook took it.
    pub received_at: Timestamp,
    body: Body,
}

/// Bytes that are not text travel as base 64, so that nothing is lost on the way to the parking lot.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Body {
    Text(String),
    Base64(String),
    /// Too large for a message: only how many bytes it had.
    TooLarge(u64),
}

impl InboundUpdate {
    /// Wraps a body as it came.
    pub fn new(tenant: TenantId, bot: BotId, received_at: Timestamp, body: &[u8]) -> Self {
        let body = match std::str::from_utf8(body) {
            Ok(text) if !grows_when_escaped(text) => Body::Text(text.to_owned()),
            _ => Body::Base64(STANDARD.encode(body)),
        };
        Self {
            v: VERSION,
            tenant,
            bot,
            received_at,
            body,
        }
    }

    /// Stands for an update whose body does not fit into a message.
    pub const fn too_large(
        tenant: TenantId,
        bot: BotId,
        received_at: Timestamp,
        bytes: u64,
    ) -> Self {
        Self {
            v: VERSION,
            tenant,
            bot,
            received_at,
            body: Body::TooLarge(bytes),
        }
    }

    /// Whether its body was too large to travel, so that it is lost.
    pub const fn is_too_large(&self) -> bool {
        matches!(self.body, Body::TooLarge(_))
    }

    /// The body as it came; empty if it was too large to travel.
    pub fn body(&self) -> Vec<u8> {
        match &self.body {
            Body::TooLarge(_) => Vec::new(),
            Body::Text(text) => text.clone().into_bytes(),
            Body::Base64(text) => STANDARD
                .decode(text)
                .unwrap_or_else(|_| text.clone().into_bytes()),
        }
    }
}

/// Escaped as JSON, a control character takes six bytes: a body full of them would no longer fit into a message.
fn grows_when_escaped(text: &str) -> bool {
    let control = text.bytes().filter(|byte| byte.is_ascii_control()).count();
    control * 15 > text.len()
}

impl std::fmt::Debug for InboundUpdate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "InboundUpdate({}, {})", self.tenant, self.bot)
    }
}

/// "Look at this bot's outbox." Carries no content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doorbell {
    v: u8,
    /// Whose bot.
    pub tenant: TenantId,
    /// Which bot.
    pub bot: BotId,
}

impl Doorbell {
    /// A ring for one bot.
    pub const fn new(tenant: TenantId, bot: BotId) -> Self {
        Self {
            v: VERSION,
            tenant,
            bot,
        }
    }
}

/// "Something was done in this workspace or account: look at its audit log." Carries no content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRing {
    v: u8,
    /// Whose log.
    pub tenant: TenantId,
}

impl AuditRing {
    /// A ring for one tenant.
    pub const fn new(tenant: TenantId) -> Self {
        Self { v: VERSION, tenant }
    }
}

/// "Go on with this erasure." Carries ids only; one that is finished costs a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureJob {
    v: u8,
    /// Whose.
    pub tenant: TenantId,
    /// Which.
    pub request: PrivacyRequestId,
}

impl ErasureJob {
    /// A job for one erasure.
    pub const fn new(tenant: TenantId, request: PrivacyRequestId) -> Self {
        Self {
            v: VERSION,
            tenant,
            request,
        }
    }
}

/// "Look whose time is over in this workspace." Carries ids only; one that comes before its time costs a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionJob {
    v: u8,
    search: Search,
    /// Whose.
    pub tenant: TenantId,
}

/// What a [`RetentionJob`] is told by among the jobs of its queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Search {
    Retention,
}

impl RetentionJob {
    /// A job for one workspace.
    pub const fn new(tenant: TenantId) -> Self {
        Self {
            v: VERSION,
            search: Search::Retention,
            tenant,
        }
    }
}

/// "Look whether fans who were erased are back in this workspace, by an older copy." Carries ids only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayJob {
    v: u8,
    replay: Replay,
    /// Whose.
    pub tenant: TenantId,
    /// The place in the list of fans after which the look goes on.
    pub after: Option<(Timestamp, FanId)>,
}

/// What a [`ReplayJob`] is told by among the jobs of its queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Replay {
    Erasures,
}

impl ReplayJob {
    /// A look that begins, or goes on after a place.
    pub const fn new(tenant: TenantId, after: Option<(Timestamp, FanId)>) -> Self {
        Self {
            v: VERSION,
            replay: Replay::Erasures,
            tenant,
            after,
        }
    }
}

/// What the queue of erasures holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ErasuresJob {
    /// An erasure to go on with.
    Erasure(ErasureJob),
    /// A workspace in which to look for those who are to be erased.
    Retention(RetentionJob),
    /// A workspace in which to look for those who are back.
    Replay(ReplayJob),
}

/// "Go on with this export, or take its file away if it is time." Carries ids only; one that is gone costs a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportJob {
    v: u8,
    /// Whose.
    pub tenant: TenantId,
    /// Which.
    pub request: PrivacyRequestId,
}

impl ExportJob {
    /// A job for one export.
    pub const fn new(tenant: TenantId, request: PrivacyRequestId) -> Self {
        Self {
            v: VERSION,
            tenant,
            request,
        }
    }
}

/// "Go on with the closing of this workspace or account, or begin its erasure if it is time." Carries ids only; one that is over,
/// or was taken back, costs a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingJob {
    v: u8,
    /// Whose.
    pub tenant: TenantId,
    /// Which.
    pub request: PrivacyRequestId,
    /// Somebody whose account is being erased with that closing: their membership of this workspace ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaver: Option<UserId>,
}

impl ClosingJob {
    /// A job for one closing.
    pub const fn new(tenant: TenantId, request: PrivacyRequestId) -> Self {
        Self {
            v: VERSION,
            tenant,
            request,
            leaver: None,
        }
    }

    /// The end of a membership of this workspace, because an account is being erased.
    pub const fn leaving(tenant: TenantId, request: PrivacyRequestId, leaver: UserId) -> Self {
        Self {
            leaver: Some(leaver),
            ..Self::new(tenant, request)
        }
    }
}

/// "Look whether a turn of Sofi is due in this conversation." Carries no content; a conversation without one costs a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SofiTurn {
    v: u8,
    /// Whose bot.
    pub tenant: TenantId,
    /// Which bot.
    pub bot: BotId,
    /// Where.
    pub conversation: ConversationId,
}

impl SofiTurn {
    /// A look at one conversation.
    pub const fn new(tenant: TenantId, bot: BotId, conversation: ConversationId) -> Self {
        Self {
            v: VERSION,
            tenant,
            bot,
            conversation,
        }
    }
}

/// A member's word for an alert in their Telegram chat.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertWord {
    v: u8,
    /// Whose bot.
    pub tenant: TenantId,
    /// Which bot.
    pub bot: BotId,
    /// In whose chat.
    pub chat: ConversationId,
    /// Telegram's number of the alert.
    pub alert: i64,
    /// What they said.
    pub said: Said,
    /// Makes its effect one, however often the job is worked.
    pub unique: String,
}

/// What a member said to an alert.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// They pressed a button.
    Press {
        /// Telegram's id of the press.
        id: String,
        /// Which.
        button: AlertButton,
    },
    /// They replied.
    Reply {
        /// Telegram's number of the reply.
        message_id: i64,
        /// Its words; empty when it had none.
        text: String,
    },
}

impl AlertWord {
    /// A word that was said a moment ago.
    pub const fn new(
        (tenant, bot, chat): (TenantId, BotId, ConversationId),
        alert: i64,
        said: Said,
        unique: String,
    ) -> Self {
        Self {
            v: VERSION,
            tenant,
            bot,
            chat,
            alert,
            said,
            unique,
        }
    }
}

impl std::fmt::Debug for AlertWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AlertWord({}, {})", self.tenant, self.bot)
    }
}

/// "Look whether this notice is to be sent." Carries no content; a notice that was sent costs a read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailJob {
    v: u8,
    /// In whose partition the notice stands.
    pub tenant: TenantId,
    /// Which.
    pub notice: NoticeId,
}

impl MailJob {
    /// A look at one notice.
    pub const fn new(tenant: TenantId, notice: NoticeId) -> Self {
        Self {
            v: VERSION,
            tenant,
            notice,
        }
    }
}

/// "Ring this bot's doorbell later": travels on a standard queue, because FIFO queues take no delay per message.
pub type Wake = Doorbell;

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> InboundUpdate {
        serde_json::from_str(text).expect("a job")
    }

    #[test]
    fn a_body_of_control_characters_does_not_grow_sixfold() {
        let body = vec![1_u8; 300_000];
        let ids = (TenantId::from_bytes([1; 16]), BotId::from_bytes([2; 16]));
        let update = InboundUpdate::new(ids.0, ids.1, Timestamp::default(), &body);
        let text = serde_json::to_string(&update).expect("serialises");
        assert!(text.len() < 410_000, "{}", text.len());
        assert_eq!(read(&text).body(), body);
    }

    #[test]
    fn of_a_body_that_is_too_large_only_a_note_travels() {
        let ids = (TenantId::from_bytes([1; 16]), BotId::from_bytes([2; 16]));
        let note = InboundUpdate::too_large(ids.0, ids.1, Timestamp::default(), 600_000);
        let text = serde_json::to_string(&note).expect("serialises");
        assert!(text.len() < 300 && text.contains("600000"), "{text}");
        assert!(read(&text).is_too_large() && read(&text).body().is_empty());
        let whole = InboundUpdate::new(ids.0, ids.1, Timestamp::default(), b"");
        assert!(!whole.is_too_large());
    }

    #[test]
    fn a_body_that_is_no_text_arrives_unchanged() {
        for body in [b"{\"update_id\":1}".as_slice(), &[0xff, 0x00, 0xfe], b""] {
            let update = InboundUpdate::new(
                TenantId::from_bytes([1; 16]),
                BotId::from_bytes([2; 16]),
                Timestamp::default(),
                body,
            );
            let text = serde_json::to_string(&update).expect("serialises");
            assert_eq!(read(&text).body(), body);
        }
    }
}
