//! Keys of what Sofi does: settings, personas, turns, memory, spending.

use domain::Timestamp;
use domain::ids::{BotId, ConversationId, FactId, FanId, MessageId};
use domain::sofi::VendorName;

use super::{LocalKey, key, moment};

/// What Sofi may do for a whole workspace: vendors and limits.
pub fn ai_limits() -> LocalKey {
    key("WORKSPACE", "AI")
}

/// Partition of a bot's settings of Sofi and of its personas.
pub fn sofi_of(bot: BotId) -> String {
    format!("SOFI#{}", bot.suffix())
}

/// A bot's settings of Sofi.
pub fn sofi(bot: BotId) -> LocalKey {
    key(sofi_of(bot), "SETTINGS")
}

/// One version of a bot's persona.
pub fn persona(bot: BotId, version: u32) -> LocalKey {
    key(sofi_of(bot), format!("V#{version:06}"))
}

/// The copy of the persona that is in use.
pub fn persona_in_use(bot: BotId) -> LocalKey {
    key(sofi_of(bot), "PERSONA")
}

/// The draft that waits in a conversation.
pub fn draft(conversation: ConversationId) -> LocalKey {
    key(format!("CNV#{}", conversation.suffix()), "DRAFT")
}

/// How one turn of Sofi went; a reply has its turn's id.
pub fn trace(conversation: ConversationId, turn: MessageId) -> LocalKey {
    key(
        format!("CNV#{}", conversation.suffix()),
        format!("T#{}", turn.suffix()),
    )
}

/// One thing that Sofi remembers about a fan.
pub fn fact(fan: FanId, fact: FactId) -> LocalKey {
    key(
        format!("FAN#{}", fan.suffix()),
        format!("FACT#{}", fact.suffix()),
    )
}

/// Partition of when care mode began.
pub const CARE: &str = "CARE";

/// One time that care mode began: in which month, and nothing else.
pub fn care(at: Timestamp, unique: &str) -> LocalKey {
    key(CARE, format!("{}#{unique}", moment(at)))
}

/// The turn of Sofi that waits in a conversation.
pub fn turn(conversation: ConversationId) -> LocalKey {
    key(format!("CNV#{}", conversation.suffix()), "TURN")
}

/// Up to where Sofi has dealt with what a fan wrote.
pub fn answered(conversation: ConversationId) -> LocalKey {
    key(format!("CNV#{}", conversation.suffix()), "ANSWERED")
}

const TURN_MARK: &str = "TURN-";

/// What tells a due turn from a due outbox in the due index.
pub(crate) fn due_turn(conversation: ConversationId) -> String {
    format!("{TURN_MARK}{}", conversation.suffix())
}

/// The conversation of a due turn; nothing for anything else that is due.
pub(crate) fn turn_of(unique: &str) -> Option<ConversationId> {
    ConversationId::from_suffix(unique.strip_prefix(TURN_MARK)?).ok()
}

/// Who keeps Sofi silent in a conversation.
pub fn hold(conversation: ConversationId) -> LocalKey {
    key(format!("CNV#{}", conversation.suffix()), "HOLD")
}

/// Who has queued an answer a moment ago.
pub fn answering(conversation: ConversationId) -> LocalKey {
    key(format!("CNV#{}", conversation.suffix()), "ANSWERING")
}

/// What a workspace spent on one UTC day, in shards; `day` counts since the epoch.
pub fn spend(day: i64, shard: u8) -> LocalKey {
    key(format!("SPEND#{day:05}"), format!("{shard}"))
}

/// What Sofi wrote for a workspace in one UTC month, in shards; `month` counts since the epoch.
pub fn ai_month(month: i64, shard: u8) -> LocalKey {
    key(format!("AIMONTH#{month:04}"), format!("{shard}"))
}

/// Partition of what is known about vendors of AI.
pub const VENDORS: &str = "VENDORS";

/// Whether a vendor may be asked for a workspace.
pub fn vendor(vendor: VendorName) -> LocalKey {
    key(VENDORS, vendor.as_str())
}
