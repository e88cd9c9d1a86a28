//! A conversation as lists and pages show it.

use app::{AppError, open_card};
use domain::Timestamp;
use domain::content::{Card, KeptCard};
use domain::message::{Author, Reachability};
use domain::sofi::ReplyMode;
use serde::Serialize;
use store::row::{ConversationRow, HoldRow, MemberRow};
use utoipa::ToSchema;
use vault::{FanKey, VaultError};

use crate::assignee;
use crate::takeover::HoldOut;

/// The head of a conversation.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConversationEntry {
    /// Its id.
    id: String,
    /// The bot that the fan wrote to, or that takes part in the account's chat.
    bot_id: String,
    /// The account in whose chats this is; `null` in the bot's own. Telegram lets a bot write there only within 24 hours
    /// of the fan's last message.
    business_account_id: Option<String>,
    /// The fan.
    fan_id: String,
    /// The fan's display name; may be empty.
    name: String,
    /// The beginning of the newest message.
    snippet: String,
    /// Whether the newest message is the fan's.
    from_fan: bool,
    /// Who wrote the newest message; `null` where that is not known.
    snippet_author: Option<Author>,
    /// Telegram's number of the newest message; send it as `last_seen_message_id` with an answer.
    last_message_id: String,
    /// When anything last happened, RFC 3339 UTC.
    last_activity: String,
    /// When the fan last wrote, RFC 3339 UTC.
    last_inbound_at: Option<String>,
    /// Messages of the fan since a person's last answer.
    unanswered: u32,
    /// Since when a person is asked for, RFC 3339 UTC.
    needs_person_since: Option<String>,
    /// Whether the bot may write.
    reachability: Reachability,
    /// What Sofi does here; `null` where the bot's setting holds.
    ai_mode: Option<ReplyMode>,
    /// Who keeps Sofi silent here for a while.
    hold: Option<HoldOut>,
    /// The fan may be in distress: a person answers, Sofi and offers stay away.
    care: Option<CareOut>,
    /// Since when a draft of Sofi waits, RFC 3339 UTC.
    draft_since: Option<String>,
    /// The member who is to deal with it; `null` once they have left.
    assigned_to: Option<String>,
    /// Out of the working views until then, RFC 3339 UTC. A moment that has passed means that it is awake.
    snoozed_until: Option<String>,
    /// Since when it is dealt with, RFC 3339 UTC; the fan's next message opens it again.
    done_at: Option<String>,
    /// Messages of the fan that nobody of the team has marked as read.
    unread: u32,
    /// When a message to the fan last failed, or its fate became unknown, and nobody has dealt with that since, RFC 3339
    /// UTC. Send it as `unsent_through` once it is dealt with.
    unsent_at: Option<String>,
}

/// Why and since when a conversation is in care mode.
#[derive(Serialize, ToSchema)]
pub(crate) struct CareOut {
    /// What it is about, for example `self_harm`; absent when that is not known.
    kind: Option<String>,
    /// Since when, RFC 3339 UTC.
    since: String,
}

impl CareOut {
    fn new(head: &ConversationRow, card: &Card) -> Option<Self> {
        (head.care_at > Timestamp::default()).then(|| Self {
            kind: card.care.clone(),
            since: head.care_at.rfc3339(),
        })
    }
}

impl ConversationEntry {
    /// A head with its card; `hold` is the conversation's, if there is one, and `team` holds the member whom it is assigned to.
    pub(crate) fn new(
        row: &ConversationRow,
        kept: KeptCard,
        hold: Option<&HoldRow>,
        team: &[MemberRow],
    ) -> Self {
        let snippet_author = snippet_author(row, &kept);
        let card = kept.card;
        Self {
            care: CareOut::new(row, &card),
            id: row.id.to_string(),
            bot_id: row.bot.to_string(),
            business_account_id: row.account.map(|account| account.to_string()),
            fan_id: row.fan.to_string(),
            name: card.name,
            snippet: card.snippet,
            from_fan: card.from_fan,
            snippet_author,
            last_message_id: row.last_message_id.to_string(),
            last_activity: row.last_activity.rfc3339(),
            last_inbound_at: row.last_inbound_at.map(|at| at.rfc3339()),
            unanswered: row.unanswered,
            needs_person_since: row.needs_person_since.map(|at| at.rfc3339()),
            reachability: row.reachability,
            ai_mode: row.ai_mode,
            hold: hold.map(HoldOut::new),
            draft_since: row.draft_since.map(|at| at.rfc3339()),
            assigned_to: assignee::of(row, team).map(|user| user.to_string()),
            snoozed_until: row.snoozed_until.map(|at| at.rfc3339()),
            done_at: row.done_at.map(|at| at.rfc3339()),
            unread: row.unread,
            unsent_at: row.unsent_at.map(|at| at.rfc3339()),
        }
    }
}

/// Who wrote what a list shows: it may be of a file, and the head knows only who wrote what was seen here.
fn snippet_author(row: &ConversationRow, kept: &KeptCard) -> Option<Author> {
    let ours = kept.told_author.or(row.newest_author);
    match kept.card.from_fan {
        true => Some(Author::Fan),
        false => ours.filter(|author| *author != Author::Fan),
    }
}

/// The card of a head in a list. While its fan is being erased the key may be gone before the head, and another one there of who
/// has written again: then nothing is said.
pub(crate) fn listed_card(
    key: Option<&FanKey>,
    row: &ConversationRow,
) -> Result<KeptCard, AppError> {
    match key.map(|key| open_card(key, row)) {
        None | Some(Err(AppError::Vault(VaultError::DoesNotOpen))) => Ok(KeptCard::default()),
        Some(opened) => opened,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::ids::{BotId, ConversationId, FanId};

    /// A head of a reachable fan in which nothing waits; its newest message is number 7.
    pub(crate) fn head() -> ConversationRow {
        let [id, bot, fan] = [1, 2, 3].map(|byte| [byte; 16]);
        ConversationRow {
            last_message_id: 7,
            ..ConversationRow::new(
                ConversationId::from_bytes(id),
                BotId::from_bytes(bot),
                FanId::from_bytes(fan),
            )
        }
    }

    #[test]
    fn a_greeting_of_the_bot_is_shown_as_the_bots() {
        let head = ConversationRow {
            newest_author: Some(Author::Automation),
            ..head()
        };
        let mut kept = KeptCard::default();
        assert_eq!(snippet_author(&head, &kept), Some(Author::Automation));
        kept.take_fans("hello".into());
        assert_eq!(snippet_author(&head, &kept), Some(Author::Fan));
    }

    #[test]
    fn what_a_file_shows_is_shown_as_whose_it_is_there() {
        let seen = |newest_author| ConversationRow {
            newest_author,
            ..head()
        };
        for author in [Author::Fan, Author::Person, Author::Ai] {
            let mut kept = KeptCard::default();
            kept.take_told(999, author, "of a file".into());
            for newest in [None, Some(Author::Fan), Some(Author::Automation)] {
                assert_eq!(snippet_author(&seen(newest), &kept), Some(author));
            }
        }
    }

    #[test]
    fn whose_key_is_gone_is_listed_without_name_words_and_reason() {
        let care = ConversationRow {
            care_at: Timestamp::from_seconds(60),
            newest_author: Some(Author::Fan),
            ..head()
        };
        let kept = listed_card(None, &care).expect("no error");
        let entry = ConversationEntry::new(&care, kept, None, &[]);
        assert_eq!((entry.name.as_str(), entry.snippet.as_str()), ("", ""));
        assert_eq!(entry.snippet_author, None);
        assert_eq!(entry.care.expect("care mode").kind, None);
    }

    #[test]
    fn care_is_shown_while_it_lasts_whatever_the_card_still_says() {
        let card = Card {
            care: Some("crisis".into()),
            ..Card::default()
        };
        assert!(CareOut::new(&head(), &card).is_none());
        let care = ConversationRow {
            care_at: Timestamp::from_seconds(60),
            ..head()
        };
        let shown = CareOut::new(&care, &card).expect("care mode");
        assert_eq!(
            (shown.kind.as_deref(), shown.since.as_str()),
            (Some("crisis"), "1970-01-01T00:01:00Z")
        );
        let unknown = CareOut::new(&care, &Card::default()).expect("care mode");
        assert_eq!(unknown.kind, None);
    }
}
