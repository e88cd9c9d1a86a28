//! What somebody of the team hears of in their own Telegram chat with a bot, and what they can do about it there.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::ids::{ConversationId, MessageId, UserId};

/// When the team hears again of a fan in distress whom nobody has answered.
pub const REMINDED_AFTER: [Duration; 2] =
    [Duration::from_secs(15 * 60), Duration::from_secs(60 * 60)];

/// People who hear of one bot's fans: a team, not an audience.
pub const MOST_ALERT_CHATS: usize = 10;

/// A member's own chat with a bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertChat {
    /// Who.
    pub user: UserId,
    /// Their chat with the bot.
    pub chat: ConversationId,
    /// The language of their Telegram, an IETF tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// When the link was asked for with which it began; absent in what an earlier release wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Timestamp>,
}

impl AlertChat {
    /// Whether it still hears when all of its person's chats ended at that moment: it does if its link was asked for later.
    pub fn outlives(&self, ended_at: Timestamp) -> bool {
        self.asked_at.unwrap_or(self.since) > ended_at
    }
}

/// Why somebody is alerted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertCause {
    /// The fan may be in distress: before everything else.
    Care,
    /// A draft of Sofi waits for a person's word.
    Draft,
    /// A person is asked for.
    Person,
    /// A fan has written where people answer.
    Message,
    /// They want to write the answer themselves: what they reply to is what the fan gets.
    Rewrite,
}

/// An alert on its way. It names what it is about; what is said is read when it is sent, so that nobody hears of what has
/// been dealt with meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// In which conversation something waits.
    pub about: ConversationId,
    /// Why.
    pub cause: AlertCause,
    /// The draft that waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<MessageId>,
    /// Since when a person has been asked for, where this says that nobody has answered since. Whoever has answered
    /// meanwhile hears no more of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unanswered_since: Option<Timestamp>,
}

/// Conversations that one summary names at most.
pub const MOST_SUMMED: usize = 99;

/// What a member's quiet hours held back: told in one line when they end, if it still waits then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertSummary {
    /// In which conversations something waited, each once.
    pub about: Vec<ConversationId>,
}

impl AlertSummary {
    /// With more conversations; those for which there is no room are left out.
    #[must_use]
    pub fn with(mut self, more: &[ConversationId]) -> Self {
        for about in more {
            if self.about.len() < MOST_SUMMED && !self.about.contains(about) {
                self.about.push(*about);
            }
        }
        self
    }

    /// Without those conversations; `None` when it names none of them.
    #[must_use]
    pub fn without(&self, gone: &[ConversationId]) -> Option<Self> {
        let others = self.about.iter().filter(|about| !gone.contains(about));
        let about: Vec<_> = others.copied().collect();
        (about.len() < self.about.len()).then_some(Self { about })
    }

    /// The id of the row in which it waits: one for each chat and moment, so that what comes later joins it.
    pub const fn id(chat: ConversationId) -> MessageId {
        MessageId::from_bytes(chat.to_bytes())
    }
}

/// A button under an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertButton {
    /// The draft is sent.
    Approve,
    /// The draft is not wanted.
    Discard,
    /// The person's own words are sent instead.
    Edit,
    /// The person answers, Sofi is silent.
    TakeOver,
}

impl AlertButton {
    /// Every button.
    pub const ALL: [Self; 4] = [Self::Approve, Self::Discard, Self::Edit, Self::TakeOver];

    /// What the button carries through Telegram. It names no conversation: that follows from the message it stands under.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "alert:approve",
            Self::Discard => "alert:discard",
            Self::Edit => "alert:edit",
            Self::TakeOver => "alert:take_over",
        }
    }

    /// The button of what came back, if it is one of ours.
    pub fn find(data: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|button| button.as_str() == data)
    }
}

/// What became of a person's word for an alert.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertAnswer {
    /// Telegram's id of the press, if a button was pressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub press: Option<String>,
    /// The message with the buttons, or the person's own with the words.
    pub message_id: i64,
    /// What they are told; at most 200 characters. Empty where the answer to a press comes as a message of its own.
    pub notice: String,
    /// Whether the buttons go: it is dealt with.
    pub closes: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_ends_with_what_its_link_was_asked_for_and_whenever_it_was_opened() {
        let [before, end, after] = [1, 2, 3].map(Timestamp::from_seconds);
        let chat = |asked_at, since| AlertChat {
            user: UserId::from_bytes([1; 16]),
            chat: ConversationId::from_bytes([2; 16]),
            language: None,
            since,
            asked_at,
        };
        assert!(!chat(Some(before), after).outlives(end));
        assert!(!chat(Some(end), after).outlives(end));
        assert!(chat(Some(after), after).outlives(end));
        assert!(!chat(None, before).outlives(end) && chat(None, after).outlives(end));
    }

    #[test]
    fn an_alert_of_an_earlier_release_is_no_reminder() {
        let about = ConversationId::from_bytes([1; 16]);
        let stored = format!(r#"{{"about":"{about}","cause":"person"}}"#);
        let alert: Alert = serde_json::from_str(&stored).expect("an alert");
        assert_eq!(
            (alert.about, alert.cause, alert.unanswered_since),
            (about, AlertCause::Person, None)
        );
    }

    #[test]
    fn a_summary_names_each_conversation_once_and_no_more_than_it_can_read() {
        let one = ConversationId::from_bytes([1; 16]);
        let summary = AlertSummary::default().with(&[one, one]).with(&[one]);
        assert_eq!(summary.about, [one]);
        let many: Vec<_> = (0..=99_u8)
            .map(|byte| ConversationId::from_bytes([byte; 16]))
            .collect();
        assert_eq!(AlertSummary::default().with(&many).about.len(), MOST_SUMMED);
    }

    #[test]
    fn a_summary_forgets_what_is_erased() {
        let [one, other] = [1, 2].map(|byte| ConversationId::from_bytes([byte; 16]));
        let summary = AlertSummary::default().with(&[one, other]);
        let foreign = ConversationId::from_bytes([3; 16]);
        assert_eq!(summary.without(&[foreign]), None);
        let left = summary.without(&[one]).expect("it named it");
        assert_eq!(left.about, [other]);
        assert_eq!(left.without(&[other]), Some(AlertSummary::default()));
    }

    #[test]
    fn a_button_is_known_by_what_it_carries_and_fits_telegrams_64_bytes() {
        for button in AlertButton::ALL {
            assert_eq!(AlertButton::find(button.as_str()), Some(button));
            assert!(button.as_str().len() <= 64);
        }
        assert_eq!(AlertButton::find("alert:erase"), None);
    }
}
