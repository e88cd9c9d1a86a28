//! What is inside sealed fields, as JSON. Unknown fields are ignored and new ones are optional, so that a release reads
//! what its neighbours wrote. Nothing here prints its content.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::alert::{Alert, AlertAnswer, AlertSummary};
use crate::ids::PrivacyRequestId;
use crate::message::Author;

macro_rules! prints_nothing {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}(***)", stringify!($name))
            }
        }
    )+};
}

/// How the team sees a member: as they were called when they joined.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberCard {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// A formatting span; offsets and lengths in UTF-16 units, as Telegram counts.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Span {
    /// What it is: `bold`, `text_link`, ... Unknown kinds are kept.
    pub kind: String,
    /// Where it begins.
    pub offset: u32,
    /// How long it is.
    pub length: u32,
    /// The address of a `text_link`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A reference to a file at Telegram, where the file itself stays: whoever looks at it has it fetched.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MediaRef {
    /// Telegram's id of the file, good for this bot only.
    pub file_id: String,
    /// The same for all bots and times; downloads nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_unique_id: Option<String>,
    /// Its media type as Telegram gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
    /// Its size in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Its length in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_seconds: Option<u32>,
    /// Its width in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Its height in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// What a message says.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MessageContent {
    /// Text or caption, byte for byte as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Formatting of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
    /// The file that came with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<MediaRef>,
}

/// A fan's profile.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FanProfile {
    /// First name; may be empty for a deleted account.
    #[serde(default)]
    pub first_name: String,
    /// Last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The @name, without the sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// IETF tag of the fan's Telegram language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_code: Option<String>,
    /// Whether the fan pays for Telegram Premium.
    #[serde(default)]
    pub is_premium: bool,
}

/// The largest id by which Telegram knows a person: at most 52 bits.
pub const LARGEST_TELEGRAM_ID: i64 = (1 << 52) - 1;

impl FanProfile {
    /// What a list shows: names, else the @name, else nothing.
    pub fn display_name(&self) -> String {
        let last = self.last_name.as_deref().unwrap_or_default();
        let full = format!("{} {last}", self.first_name);
        match (full.trim(), &self.username) {
            ("", Some(username)) => format!("@{username}"),
            (name, _) => name.to_owned(),
        }
    }
}

/// What a conversation shows in a list.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Card {
    /// The fan's display name.
    pub name: String,
    /// The beginning of the last message.
    pub snippet: String,
    /// Whether the last message is the fan's.
    pub from_fan: bool,
    /// Why the fan is in care mode: a kind of `care`; sealed, because it says something about a person's health.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care: Option<String>,
    /// The beginning of the fan's last message, while something of ours is newer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
}

impl Card {
    /// A message of the fan is the newest.
    pub fn take_fans(&mut self, snippet: String) {
        self.snippet = snippet;
        self.from_fan = true;
        self.said = None;
    }

    /// A message of ours is the newest.
    pub fn take_ours(&mut self, snippet: String) {
        let before = std::mem::replace(&mut self.snippet, snippet);
        if std::mem::replace(&mut self.from_fan, false) {
            self.said = Some(before);
        }
    }

    /// The beginning of the fan's last message, whatever of ours is newer; empty where none is known.
    pub fn words_of_fan(&self) -> &str {
        match self.from_fan {
            true => &self.snippet,
            false => self.said.as_deref().unwrap_or_default(),
        }
    }
}

/// A card as it is sealed: with what decided what it says. Who wants the card alone reads past the rest.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCard {
    /// What a list shows.
    #[serde(flatten)]
    pub card: Card,
    /// Second and number of the update that decided whether the fan can be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<[i64; 2]>,
    /// Telegram's number of the message that shows, where a file says so and Telegram has not: it stands here and not in the head,
    /// whose numbers decide what is read, answered and waited for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<i64>,
    /// Who wrote that message, as the file has it; who wrote the newest one that was seen here, the head says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_author: Option<Author>,
}

impl KeptCard {
    /// A message of the fan is the newest.
    pub fn take_fans(&mut self, snippet: String) {
        self.end_telling();
        self.card.take_fans(snippet);
    }

    /// A message of ours is the newest.
    pub fn take_ours(&mut self, snippet: String) {
        self.end_telling();
        self.card.take_ours(snippet);
    }

    /// A message of a file shows. The fan's own last words stay below it.
    pub fn take_told(&mut self, number: i64, author: Author, snippet: String) {
        let own = Some(self.words_of_fan().to_owned());
        self.card.said = own.filter(|words| !words.is_empty());
        self.card.snippet = snippet;
        self.card.from_fan = author == Author::Fan;
        self.told = Some(number);
        self.told_author = Some(author);
    }

    /// The beginning of the last message that the fan wrote here, whatever shows; empty where none is known.
    pub fn words_of_fan(&self) -> &str {
        match self.told {
            None => self.card.words_of_fan(),
            Some(_) => self.card.said.as_deref().unwrap_or_default(),
        }
    }

    /// Whether the newest message that was seen here is the fan's, whatever shows. `newest_author` is the head's; where it says
    /// nothing, a fan who has said something counts as who spoke last.
    pub fn is_fans(&self, newest_author: Option<Author>) -> bool {
        match (self.told, newest_author) {
            (None, _) => self.card.from_fan,
            (Some(_), Some(author)) => author == Author::Fan,
            (Some(_), None) => self.card.said.is_some(),
        }
    }

    /// What a file says shows no longer, and was never the fan's.
    fn end_telling(&mut self) {
        if self.told.take().is_some() {
            self.told_author = None;
            self.card.from_fan = false;
        }
    }
}

/// The longest snippet, in characters.
pub const SNIPPET_CHARS: usize = 120;

impl MessageContent {
    /// The beginning of the message for a list; `kind` stands in for a message without text.
    pub fn snippet(&self, kind: &str) -> String {
        match &self.text {
            Some(text) => text.chars().take(SNIPPET_CHARS).collect(),
            None => format!("[{kind}]"),
        }
    }
}

/// A message on its way out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Outgoing {
    /// Plain text.
    Text {
        /// The text, 1 to 4,096 UTF-16 units.
        text: String,
    },
    /// Text that asks for a press of a button.
    Question {
        /// The text.
        text: String,
        /// What the button says.
        button: String,
        /// What the button carries.
        data: String,
    },
    /// Text with several buttons of which one may be pressed.
    Choices {
        /// The text.
        text: String,
        /// What each button says and what it carries, one below the other.
        buttons: Vec<(String, String)>,
    },
    /// The file of a fan's own export, read when it is sent.
    Export {
        /// The request, which names the file.
        request: PrivacyRequestId,
        /// What stands below it.
        text: String,
    },
    /// Text that is never stored as a message of the chat it goes to: the last word to a fan of whom nothing is kept.
    Aside {
        /// The text.
        text: String,
    },
    /// "is typing", for five seconds at most; not stored as a message and worthless when late.
    Typing,
    /// To somebody of the team: something waits. Never stored as a message of the chat it goes to.
    Alert(Alert),
    /// To the same: what became of their word for it.
    AlertAnswer(AlertAnswer),
    /// To the same: what their quiet hours held back.
    AlertSummary(AlertSummary),
}

prints_nothing!(
    Span,
    MediaRef,
    MessageContent,
    FanProfile,
    Card,
    Outgoing,
    AlertAnswer,
    MemberCard
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_name_falls_back_to_the_username() {
        let named = |first: &str, last: Option<&str>, username: Option<&str>| FanProfile {
            first_name: first.into(),
            last_name: last.map(Into::into),
            username: username.map(Into::into),
            ..FanProfile::default()
        };
        assert_eq!(named("Ana", Some("B"), None).display_name(), "Ana B");
        assert_eq!(named("", None, Some("ana")).display_name(), "@ana");
        assert_eq!(named("", None, None).display_name(), "");
    }

    #[test]
    fn what_is_ours_is_never_taken_for_the_fans_words() {
        let mut card = Card::default();
        card.take_ours("Hi! This is the bot.".to_owned());
        assert_eq!(card.words_of_fan(), "");
        card.take_fans("when?".to_owned());
        card.take_ours("Soon.".to_owned());
        card.take_ours("On Friday.".to_owned());
        assert_eq!(
            (card.snippet.as_str(), card.words_of_fan()),
            ("On Friday.", "when?")
        );
        card.take_fans("thanks".to_owned());
        assert_eq!((card.words_of_fan(), &card.said), ("thanks", &None));
    }

    #[test]
    fn a_card_of_before_is_read_and_readers_of_the_card_alone_read_past_the_rest() {
        let before = r#"{"name":"A","snippet":"b","from_fan":false}"#;
        let kept: KeptCard = serde_json::from_str(before).expect("reads");
        assert_eq!((kept.standing, kept.told), (None, None));
        assert_eq!(serde_json::to_string(&kept).expect("JSON"), before);
        let kept = KeptCard {
            standing: Some([7, 9]),
            told: Some(5),
            ..kept
        };
        let json = serde_json::to_string(&kept).expect("JSON");
        let card: Card = serde_json::from_str(&json).expect("reads");
        assert!(card == kept.card);
    }

    #[test]
    fn what_a_file_shows_is_never_taken_for_what_the_fan_wrote_here() {
        for author in [Author::Fan, Author::Person] {
            let mut kept = KeptCard::default();
            kept.take_fans("when?".to_owned());
            for number in [998, 999] {
                kept.take_told(number, author, "of a file".to_owned());
                assert_eq!(kept.card.snippet, "of a file");
                assert_eq!(kept.words_of_fan(), "when?", "{author:?}");
                assert!(kept.is_fans(Some(Author::Fan)) && !kept.is_fans(Some(Author::Ai)));
            }
            kept.take_ours("Soon.".to_owned());
            assert_eq!((kept.told, kept.told_author), (None, None));
            assert_eq!(kept.words_of_fan(), "when?", "{author:?}");
            assert!(!kept.is_fans(Some(Author::Ai)));
            kept.take_told(1_000, author, "of a file".to_owned());
            kept.take_fans("thanks".to_owned());
            assert_eq!((kept.words_of_fan(), &kept.card.said), ("thanks", &None));
            assert!(kept.is_fans(Some(Author::Fan)));
        }
        let mut silent = KeptCard::default();
        silent.take_told(5, Author::Fan, "of a file".to_owned());
        assert!(silent.words_of_fan().is_empty() && !silent.is_fans(None));
    }

    #[test]
    fn a_snippet_never_cuts_a_character() {
        let content = MessageContent {
            text: Some("é".repeat(500)),
            ..MessageContent::default()
        };
        assert_eq!(content.snippet("text").chars().count(), SNIPPET_CHARS);
    }

    #[test]
    fn content_prints_nothing() {
        let content = MessageContent {
            text: Some("canary".into()),
            ..MessageContent::default()
        };
        assert_eq!(format!("{content:?}"), "MessageContent(***)");
    }

    #[test]
    fn content_of_a_newer_release_is_read() {
        let read: MessageContent =
            serde_json::from_str(r#"{"text":"a","effect":"x"}"#).expect("reads");
        assert_eq!(read.text.as_deref(), Some("a"));
    }
}
