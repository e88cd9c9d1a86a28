//! Sofi, the AI: settings, personas, turns, drafts, traces, facts.

use domain::ids::{BotId, ConversationId, FactId, FanId, MessageId, TenantId, UserId};
use domain::registry::class;
use domain::sofi::{ReplyMode, Sensitivity, TurnEnd, VendorName};
use domain::{Entropy, Sealed, Timestamp, stored};
use serde::{Deserialize, Serialize};

use super::Row;
use crate::Table;
use crate::keys::{self, Due, LocalKey};

stored! {
    /// What Sofi does for one bot.
    pub struct SofiRow: "sofi" {
        /// The bot.
        bot: BotId => class::ACCOUNT,
        /// In chats that have no mode of their own.
        mode: ReplyMode => class::ACCOUNT,
        /// The version of the persona in use.
        persona: Option<u32> => class::ACCOUNT,
        /// The newest version of the persona, in use or not.
        newest_persona: u32 => class::ACCOUNT,
        /// Hosts that a reply may link to.
        allowed_hosts: Vec<String> => class::ACCOUNT,
        /// @names that a reply may mention, without the sign.
        allowed_handles: Vec<String> => class::ACCOUNT,
        /// Within how many hours a person answers a fan who asked for one.
        answer_within_hours: u32 => class::ACCOUNT,
        /// Whether sensitive facts may be used.
        sensitive_facts: bool => class::ACCOUNT,
        /// Who changed it last.
        changed_by: UserId => class::ACCOUNT,
        /// When.
        changed_at: Timestamp => class::ACCOUNT,
    }
}

impl Row for SofiRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::sofi(self.bot)
    }
}

stored! {
    /// One version of a bot's persona, or the copy that is in use.
    pub struct PersonaRow: "persona" {
        /// The bot.
        bot: BotId => class::ACCOUNT,
        /// Its number, from 1.
        version: u32 => class::ACCOUNT,
        /// Whether this is the copy that replies read.
        in_use: bool => class::ACCOUNT,
        /// The tone in the creator's words, sealed under the tenant's key.
        text: Sealed => class::ACCOUNT_SEALED,
        /// Who wrote it.
        created_by: UserId => class::ACCOUNT,
        /// When.
        created_at: Timestamp => class::ACCOUNT,
    }
}

impl Row for PersonaRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        match self.in_use {
            true => keys::persona_in_use(self.bot),
            false => keys::persona(self.bot, self.version),
        }
    }
}

stored! {
    /// A reply of Sofi that waits for a person.
    pub struct DraftRow: "draft" {
        /// The turn that it answers; the reply will have this id.
        id: MessageId => class::FAN_FACT,
        /// Where.
        conversation: ConversationId => class::FAN_FACT,
        /// Through which bot.
        bot: BotId => class::FAN_FACT,
        /// The text, sealed under the fan's key.
        text: Sealed => class::FAN_CONTENT,
        /// What Sofi wrote, where a person has changed it: it decides whose words the text is. Sealed under the fan's key.
        #[serde(default)]
        written: Option<Sealed> => class::FAN_CONTENT,
        /// Telegram's number of the newest message that it answers.
        answers: i64 => class::FAN_FACT,
        /// The person who changed the text.
        edited_by: Option<UserId> => class::FAN_FACT,
        /// Whether the text itself says that an AI writes.
        #[serde(default)]
        discloses: bool => class::FAN_FACT,
        /// When it was written.
        at: Timestamp => class::FAN_FACT,
    }
}

impl DraftRow {
    /// Names a draft and its text. Every new draft begins at the same revision, so the revision alone would not tell one
    /// draft from the next.
    pub fn named(found: &crate::Found<Self>) -> String {
        format!("{}.{}", found.row.id.suffix(), found.rev)
    }
}

impl Row for DraftRow {
    const TABLE: Table = Table::Tenant;
    const BOT: Option<&'static str> = Some("bot");
    fn key(&self) -> LocalKey {
        keys::draft(self.conversation)
    }
}

stored! {
    /// How one turn of Sofi went. Never holds text.
    pub struct TraceRow: "trace" {
        /// The turn; a reply has the same id.
        id: MessageId => class::FAN_FACT,
        /// Where.
        conversation: ConversationId => class::FAN_FACT,
        /// Through which bot.
        bot: BotId => class::FAN_FACT,
        /// How it ended.
        end: TurnEnd => class::FAN_FACT,
        /// Why, as a stable code.
        reason: Option<String> => class::FAN_FACT,
        /// The persona's version.
        persona: Option<u32> => class::FAN_FACT,
        /// Version of the hard rules and fixed texts.
        rules_version: String => class::FAN_FACT,
        /// Rules that were run.
        rules_run: Vec<String> => class::FAN_FACT,
        /// Rules that changed or stopped the text.
        rules_hit: Vec<String> => class::FAN_FACT,
        /// Facts that stood in the prompt.
        facts: Vec<FactId> => class::FAN_FACT,
        /// Who wrote the text; absent for fixed texts.
        vendor: Option<VendorName> => class::FAN_FACT,
        /// Its model.
        model: Option<String> => class::FAN_FACT,
        /// Every vendor that was asked, with the outcome: `xai:rate_limited`.
        asked: Vec<String> => class::FAN_FACT,
        /// Tokens of the prompt.
        input_tokens: i64 => class::FAN_FACT,
        /// Those of them that the vendor had cached.
        cached_tokens: i64 => class::FAN_FACT,
        /// Tokens of the answer.
        output_tokens: i64 => class::FAN_FACT,
        /// In millionths of a US dollar.
        cost: i64 => class::FAN_FACT,
        /// From asking to the answer, in milliseconds.
        latency_ms: i64 => class::FAN_FACT,
        /// Whether the vendor said that it keeps nothing.
        zero_retention: Option<bool> => class::FAN_FACT,
        /// Tries, counting those that were cut off.
        attempts: u32 => class::FAN_FACT,
        /// What had been set aside for a call that was under way when the fan's own doing ended the turn, in millionths of a
        /// US dollar: whoever made the call settles it.
        #[serde(default)]
        set_aside: i64 => class::FAN_FACT,
        /// When it ended.
        at: Timestamp => class::FAN_FACT,
    }
}

impl TraceRow {
    /// The trace of a turn that no vendor wrote anything for.
    pub fn ended(turn: &TurnRow, end: TurnEnd, reason: &str, at: Timestamp) -> Self {
        Self {
            id: turn.id,
            conversation: turn.conversation,
            bot: turn.bot,
            end,
            reason: Some(reason.to_owned()),
            persona: None,
            rules_version: String::new(),
            rules_run: Vec::new(),
            rules_hit: Vec::new(),
            facts: Vec::new(),
            vendor: None,
            model: None,
            asked: Vec::new(),
            input_tokens: 0,
            cached_tokens: 0,
            output_tokens: 0,
            cost: 0,
            latency_ms: 0,
            zero_retention: None,
            attempts: turn.attempts,
            set_aside: 0,
            at,
        }
    }
}

impl Row for TraceRow {
    const TABLE: Table = Table::Tenant;
    const BOT: Option<&'static str> = Some("bot");
    fn key(&self) -> LocalKey {
        keys::trace(self.conversation, self.id)
    }
}

stored! {
    /// One thing that Sofi remembers about a fan.
    pub struct FactRow: "fact" {
        /// Its id.
        id: FactId => class::FAN_FACT,
        /// About whom.
        fan: FanId => class::FAN_FACT,
        /// What, sealed under the fan's key.
        text: Sealed => class::FAN_CONTENT,
        /// Where the fan said it; absent when a person wrote it.
        conversation: Option<ConversationId> => class::FAN_FACT,
        /// Telegram's number of the message in which the fan said it.
        source: Option<i64> => class::FAN_FACT,
        /// How sure, in percent.
        confidence: u32 => class::FAN_FACT,
        /// Whether it may be used without asking.
        sensitivity: Sensitivity => class::FAN_FACT,
        /// The person who wrote or changed it.
        edited_by: Option<UserId> => class::FAN_FACT,
        /// When it was noted.
        at: Timestamp => class::FAN_FACT,
        /// Until when it is used.
        until: Timestamp => class::FAN_FACT,
    }
}

impl Row for FactRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::fact(self.fan, self.id)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// One time that care mode began, without whom and what: for the yearly report.
    pub struct CareRow: "care" {
        /// Makes the key unique.
        unique: String => class::TECHNICAL,
        /// The kind, for example `self_harm`.
        care: String => class::TECHNICAL,
        /// Whether a caring text was sent.
        answered: bool => class::TECHNICAL,
        /// The beginning of the month, UTC; in rows of an earlier release, when.
        at: Timestamp => class::TECHNICAL,
    }
}

impl CareRow {
    /// Care mode began at this moment. Of that the month is kept, by which is counted: messages have moments too, and one of care
    /// would say whose words it was about. For the same reason what makes the key unique is no ULID, which has a moment in it.
    pub fn begun(care: &str, answered: bool, at: Timestamp, entropy: &dyn Entropy) -> Self {
        let mut unique = [0; 10];
        entropy.fill(&mut unique);
        Self {
            unique: unique.iter().map(|byte| format!("{byte:02x}")).collect(),
            care: care.to_owned(),
            answered,
            at: Timestamp::of_month(at.month()),
        }
    }
}

impl Row for CareRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::care(self.at, &self.unique)
    }
}

/// Where a turn stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnState {
    /// For the fan to finish writing, or for another try.
    Waiting,
    /// Somebody is at it until the lease ends.
    Generating,
}

stored! {
    /// What the fan wrote last waits for an answer of Sofi: one turn a conversation. Whoever ends it deletes it, so that
    /// a turn ends once.
    pub struct TurnRow: "turn" {
        /// Its id; the reply gets the same.
        id: MessageId => class::FAN_TRANSIT_FACT,
        /// Whose; the due index carries ids only.
        tenant: TenantId => class::FAN_TRANSIT_FACT,
        /// Through which bot.
        bot: BotId => class::FAN_TRANSIT_FACT,
        /// Where.
        conversation: ConversationId => class::FAN_TRANSIT_FACT,
        /// Telegram's number of the newest message to answer.
        newest: i64 => class::FAN_TRANSIT_FACT,
        /// When the fan began to wait.
        began_at: Timestamp => class::FAN_TRANSIT_FACT,
        /// No answer before the fan has been quiet until then.
        quiet_until: Timestamp => class::FAN_TRANSIT_FACT,
        /// Where it stands.
        state: TurnState => class::FAN_TRANSIT_FACT,
        /// While somebody is at it: until when.
        lease_until: Timestamp => class::FAN_TRANSIT_FACT,
        /// How often a vendor was asked.
        attempts: u32 => class::FAN_TRANSIT_FACT,
        /// What was set aside of the day's budget, in millionths of a US dollar.
        reserved: i64 => class::FAN_TRANSIT_FACT,
        /// And of its tokens.
        #[serde(default)]
        reserved_tokens: i64 => class::FAN_TRANSIT_FACT,
        /// When `tick` looks if nobody has ended it.
        due_at: Timestamp => class::FAN_TRANSIT_FACT,
    }
}

impl Row for TurnRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::turn(self.conversation)
    }
    fn due(&self) -> Option<Due> {
        Some(Due {
            at: self.due_at,
            tenant: self.tenant,
            bot: self.bot,
            unique: keys::due_turn(self.conversation),
        })
    }
}

stored! {
    /// Up to where Sofi has dealt with what a fan wrote: written when a turn ends, because its reply may wait for a while
    /// before Telegram numbers it.
    pub struct AnsweredRow: "answered" {
        /// Where.
        conversation: ConversationId => class::FAN_TRANSIT_FACT,
        /// Telegram's number of the newest message that was dealt with.
        through: i64 => class::FAN_TRANSIT_FACT,
        /// Until when it is kept; by then the reply is sent and the head knows.
        until: Timestamp => class::FAN_TRANSIT_FACT,
    }
}

impl Row for AnsweredRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::answered(self.conversation)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// Who has queued an answer a moment ago, and to what: until Telegram has numbered it, nobody else answers the same.
    pub struct AnsweringRow: "answering" {
        /// Where.
        conversation: ConversationId => class::FAN_TRANSIT_FACT,
        /// The person, who may go on writing; nobody where a draft was approved.
        by: Option<UserId> => class::FAN_TRANSIT_FACT,
        /// Telegram's number of the newest message that the person had seen.
        answers: i64 => class::FAN_TRANSIT_FACT,
        /// Until when it counts.
        until: Timestamp => class::FAN_TRANSIT_FACT,
    }
}

impl Row for AnsweringRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::answering(self.conversation)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives the same bytes each time.
    struct Same;

    impl Entropy for Same {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn of_when_care_began_the_month_alone_is_kept() {
        let begun = |moment: &str| {
            let at = Timestamp::from_rfc3339(moment).expect("a moment");
            CareRow::begun("grief", true, at, &Same)
        };
        let (first, last) = (
            begun("2026-11-01T00:00:00Z"),
            begun("2026-11-30T23:59:59.999Z"),
        );
        assert_eq!(first, last, "not even the key says which was when");
        assert_eq!(first.key(), last.key());
        assert_eq!(first.at.rfc3339(), "2026-11-01T00:00:00Z");
        assert!(begun("2026-12-01T00:00:00Z").key().sk > last.key().sk);
    }
}
