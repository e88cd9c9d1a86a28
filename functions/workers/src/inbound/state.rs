//! A chat as far as one update concerns it, opened. What is decided is decided on these values; rows and keys are
//! [`super::load`]'s and [`super::save`]'s business.
//!
//! Updates of a chat may arrive in any order and more than once. So every fact that a later update may change carries
//! the [`Version`] that set it, and the newest wins. Versions stand inside the sealed values, where readers that do not
//! know them ignore them.

use domain::Timestamp;
use domain::content::{FanProfile, KeptCard, MessageContent};
use domain::ids::UserId;
use domain::message::{Author, Reachability};
use domain::sofi::ReplyMode;
use serde::{Deserialize, Serialize};

/// Telegram's moment of a fact in seconds, then the number of the update that brought it: updates of one second are
/// numbered in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Version(pub(crate) i64, pub(crate) i64);

impl Version {
    pub(crate) const fn at(self) -> Timestamp {
        Timestamp::from_seconds(self.0)
    }
}

/// What is known before an update, and what is true after it.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Chat {
    pub(crate) head: Option<Head>,
    pub(crate) fan: Option<Fan>,
    /// The message that the update is or concerns.
    pub(crate) message: Option<Stored>,
    /// An edit of that message, if it came first.
    pub(crate) edit: Option<Edit>,
    /// A reaction to that message, if it came first.
    pub(crate) reaction: Option<Marks>,
}

/// The head of the conversation.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Head {
    pub(crate) card: KeptCard,
    pub(crate) reachability: Reachability,
    pub(crate) last_message_id: i64,
    pub(crate) last_activity: Timestamp,
    pub(crate) last_inbound_at: Option<Timestamp>,
    pub(crate) unanswered: u32,
    pub(crate) needs_person_since: Option<Timestamp>,
    /// When the fan last asked for a person who has not answered since.
    pub(crate) wished_at: Option<Timestamp>,
    pub(crate) ai_mode: Option<ReplyMode>,
    pub(crate) disclosed_at: Option<Timestamp>,
    pub(crate) promised_at: Option<Timestamp>,
    /// Zero: no care mode.
    pub(crate) care_at: Timestamp,
    pub(crate) care_answered_at: Option<Timestamp>,
    pub(crate) draft_since: Option<Timestamp>,
    pub(crate) answered_through: i64,
    /// When the notice that an AI takes part was last queued, in an account's chat.
    pub(crate) notice_at: Option<Timestamp>,
    /// Telegram's number of that notice, once it was sent.
    pub(crate) noticed: Option<i64>,
    /// What the team keeps of it: the fan's message wakes and opens it, and is unread.
    pub(crate) desk: Desk,
}

/// What the team keeps of a conversation.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Desk {
    pub(crate) assigned_to: Option<UserId>,
    pub(crate) snoozed_until: Option<Timestamp>,
    pub(crate) done_at: Option<Timestamp>,
    pub(crate) unread: u32,
    pub(crate) newest_author: Option<Author>,
    pub(crate) newest_by: Option<UserId>,
    pub(crate) unsent_at: Option<Timestamp>,
}

/// The fan.
#[derive(Clone, PartialEq)]
pub(crate) struct Fan {
    pub(crate) profile: ProfileOf,
    pub(crate) source: Option<String>,
    pub(crate) stopped_at: Option<Timestamp>,
    /// The fan's data is only kept, by the fan's own word.
    pub(crate) restricted_at: Option<Timestamp>,
    /// The same by the team's word, which no update changes.
    pub(crate) team_restricts: bool,
    /// The fan wants no AI.
    pub(crate) no_ai_at: Option<Timestamp>,
    /// Care mode of this chat or another one of the fan's, since.
    pub(crate) care_at: Option<Timestamp>,
    /// Whether this chat is one in which it began.
    pub(crate) cared_for_here: bool,
    pub(crate) first_seen: Timestamp,
    pub(crate) last_seen: Timestamp,
}

/// The sealed profile, and what decided it, the source, the restriction and the refusal of AI.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ProfileOf {
    #[serde(flatten)]
    pub(crate) profile: FanProfile,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) as_of: Option<Version>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) source_as_of: Option<Version>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) restricted_as_of: Option<Version>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) no_ai_as_of: Option<Version>,
}

/// A stored message.
#[derive(Clone, PartialEq)]
pub(crate) struct Stored {
    pub(crate) author: Author,
    pub(crate) kind: String,
    pub(crate) content: ContentOf,
    pub(crate) at: Timestamp,
    pub(crate) edited_at: Option<Timestamp>,
    pub(crate) reply_to: Option<i64>,
    pub(crate) album: Option<String>,
    pub(crate) reactions: Vec<String>,
    /// A file says so, and nobody here has seen it.
    pub(crate) imported: bool,
}

/// The sealed content, and what decided it and the reactions.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ContentOf {
    #[serde(flatten)]
    pub(crate) content: MessageContent,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) edit_as_of: Option<Version>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reactions_as_of: Option<Version>,
}

/// A new version of a message. Sealed as it stands while it waits.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Edit {
    pub(crate) kind: String,
    pub(crate) content: MessageContent,
    pub(crate) version: Version,
}

/// All reactions of the fan on a message: emoji or ids of custom emoji. Sealed as they stand while they wait.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Marks {
    pub(crate) marks: Vec<String>,
    pub(crate) version: Version,
}

impl Chat {
    /// The message, if Telegram or we have said so: what a file says of a number gives way to what is delivered under it.
    pub(crate) fn witnessed(&self) -> Option<&Stored> {
        self.message.as_ref().filter(|stored| !stored.imported)
    }
}

impl Stored {
    /// Takes a newer version of the content. Says whether it was newer.
    pub(crate) fn edit(&mut self, edit: Edit) -> bool {
        if self.content.edit_as_of >= Some(edit.version) {
            return false;
        }
        self.kind = edit.kind;
        self.content.content = edit.content;
        self.content.edit_as_of = Some(edit.version);
        self.edited_at = Some(edit.version.at());
        true
    }

    /// Takes newer reactions. Says whether they were newer.
    pub(crate) fn react(&mut self, marks: Marks) -> bool {
        if self.content.reactions_as_of >= Some(marks.version) {
            return false;
        }
        self.reactions = marks.marks;
        self.content.reactions_as_of = Some(marks.version);
        true
    }

    /// What a list shows of it.
    pub(crate) fn snippet(&self) -> String {
        self.content.content.snippet(&self.kind)
    }
}

impl Head {
    /// A message of the fan: a late one does not move the head back.
    pub(crate) fn take(&mut self, message_id: i64, message: &Stored, active: Timestamp) {
        self.last_activity = self.last_activity.max(active);
        self.last_inbound_at = self.last_inbound_at.max(Some(message.at));
        self.desk.snoozed_until = None;
        self.desk.done_at = None;
        self.desk.unread = self.desk.unread.saturating_add(1);
        if message_id >= self.last_message_id {
            self.desk.newest_author = Some(Author::Fan);
            self.desk.newest_by = None;
            self.last_message_id = message_id;
            self.card.take_fans(message.snippet());
        } else if !self.card.is_fans(self.desk.newest_author) {
            self.card.card.said = Some(message.snippet());
        }
    }

    /// A message of the account's owner, written without us: the fan is answered.
    pub(crate) fn take_owners(&mut self, message_id: i64, message: &Stored, active: Timestamp) {
        self.last_activity = self.last_activity.max(active);
        self.answered_through = self.answered_through.max(message_id);
        if message_id >= self.last_message_id {
            self.last_message_id = message_id;
            self.card.take_ours(message.snippet());
            self.desk.newest_author = Some(Author::Person);
            self.desk.newest_by = None;
            self.desk.unread = 0;
            self.unanswered = 0;
            self.needs_person_since = None;
            self.wished_at = None;
            self.draft_since = None;
        }
    }

    /// Since when care mode holds in this chat, if it does.
    pub(crate) fn in_care_since(&self) -> Option<Timestamp> {
        (self.care_at > Timestamp::default()).then_some(self.care_at)
    }

    /// Whether this is the message that shows.
    pub(crate) fn shows(&self, message_id: i64) -> bool {
        self.card.told.unwrap_or(self.last_message_id) == message_id
    }

    /// Whether the bot may write, as of a version; an older word is ignored.
    pub(crate) fn stand(&mut self, reachability: Reachability, version: Version) {
        let version = Some([version.0, version.1]);
        if self.card.standing < version {
            self.card.standing = version;
            self.reachability = reachability;
        }
    }
}

impl Fan {
    /// A fan at the first sign of life.
    pub(crate) fn new(at: Timestamp) -> Self {
        Self {
            profile: ProfileOf::default(),
            source: None,
            stopped_at: None,
            restricted_at: None,
            team_restricts: false,
            no_ai_at: None,
            care_at: None,
            cared_for_here: false,
            first_seen: at,
            last_seen: at,
        }
    }

    /// Where the fan came from: the earliest start link counts.
    pub(crate) fn came_from(&mut self, source: &str, version: Version) {
        if self
            .profile
            .source_as_of
            .is_none_or(|earlier| version < earlier)
        {
            self.source = Some(source.to_owned());
            self.profile.source_as_of = Some(version);
        }
    }

    /// The fan's word on whether their data is only kept: the newest counts.
    pub(crate) fn restrict(&mut self, only_kept: bool, version: Version) {
        if self.profile.restricted_as_of < Some(version) {
            self.profile.restricted_as_of = Some(version);
            self.restricted_at = only_kept.then(|| version.at());
        }
    }

    /// The fan's word on AI: the newest counts.
    pub(crate) fn refuse_ai(&mut self, refuses: bool, version: Version) {
        if self.profile.no_ai_as_of < Some(version) {
            self.profile.no_ai_as_of = Some(version);
            self.no_ai_at = refuses.then(|| version.at());
        }
    }

    /// Care mode holds in this chat: from then on in all of the fan's.
    pub(crate) fn care_for(&mut self, since: Timestamp) {
        self.care_at.get_or_insert(since);
        self.cared_for_here = true;
    }

    /// Whether the fan's data is only kept.
    pub(crate) const fn is_restricted(&self) -> bool {
        self.restricted_at.is_some() || self.team_restricts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_that_know_no_versions_read_the_sealed_values() {
        let content = ContentOf {
            content: MessageContent {
                text: Some("hi".into()),
                ..MessageContent::default()
            },
            edit_as_of: Some(Version(1, 2)),
            reactions_as_of: None,
        };
        let json = serde_json::to_string(&content).expect("JSON");
        assert_eq!(json, r#"{"text":"hi","edit_as_of":[1,2]}"#);
        let plain: MessageContent = serde_json::from_str(&json).expect("reads");
        assert!(plain == content.content);
        let again: ContentOf = serde_json::from_str(&json).expect("reads");
        assert!(again == content);
    }

    fn text_of_fan() -> Stored {
        Stored {
            author: Author::Fan,
            kind: "text".into(),
            content: ContentOf::default(),
            at: Timestamp::from_seconds(100),
            edited_at: None,
            reply_to: None,
            album: None,
            reactions: Vec::new(),
            imported: false,
        }
    }

    #[test]
    fn the_fans_message_wakes_and_opens_what_the_team_had_put_away() {
        let mut head = Head {
            last_message_id: 7,
            desk: Desk {
                assigned_to: Some(UserId::from_bytes([5; 16])),
                snoozed_until: Some(Timestamp::from_seconds(9_000)),
                done_at: Some(Timestamp::from_seconds(1)),
                newest_by: Some(UserId::from_bytes([5; 16])),
                ..Desk::default()
            },
            ..Head::default()
        };
        let message = text_of_fan();
        head.take(8, &message, message.at);
        assert_eq!(head.desk.snoozed_until, None);
        assert_eq!(head.desk.done_at, None);
        assert_eq!(head.desk.unread, 1);
        assert!(head.desk.assigned_to.is_some(), "whose it is stays");
        assert_eq!(
            (head.desk.newest_author, head.desk.newest_by),
            (Some(Author::Fan), None)
        );
        head.take(6, &message, message.at);
        assert_eq!(head.desk.unread, 2, "a late message is unread as well");
        head.card.card.take_ours("Hi!".into());
        head.last_message_id = 9;
        head.take(8, &message, message.at);
        assert_eq!(head.card.card.snippet, "Hi!");
        assert_eq!(head.card.card.words_of_fan(), "[text]", "its own words");
        head.take_owners(9, &message, message.at);
        assert_eq!(head.desk.unread, 0, "the owner has read what they answer");
    }

    #[test]
    fn what_a_file_shows_is_edited_there_and_gives_way_to_the_first_message_that_is_delivered() {
        let mut head = Head::default();
        head.card.told = Some(999);
        head.card.card.take_ours("put there by a file".into());
        assert!(head.shows(999));
        let message = text_of_fan();
        head.last_message_id = 4;
        head.desk.newest_author = Some(Author::Ai);
        head.take(3, &message, message.at);
        assert!(head.shows(999), "it is a late one");
        assert_eq!(head.card.words_of_fan(), "[text]", "and the fan's own");
        head.take(5, &message, message.at);
        assert!(head.shows(5) && !head.shows(999));
        assert_eq!((head.last_message_id, head.card.told), (5, None));
        assert_eq!(head.card.card.snippet, "[text]");
    }

    #[test]
    fn values_that_others_wrote_without_versions_are_read() {
        let profile: ProfileOf =
            serde_json::from_str(r#"{"first_name":"A","is_premium":false}"#).expect("reads");
        assert_eq!(profile.as_of, None);
    }
}
