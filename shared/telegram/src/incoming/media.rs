//! Media by reference: what it is and where Telegram keeps it, never the bytes.

use std::fmt;

use serde_json::Value;

use crate::fields::Fields;

macro_rules! media_kinds {
    ($($(#[$doc:meta])* $variant:ident = $wire:literal,)*) => {
        /// What is attached to a message.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum MediaKind { $($(#[$doc])* $variant,)* }

        impl MediaKind {
            /// Every kind. A message may carry a more general kind beside a special one, so the special
            /// ones come first: animation before document, venue before location.
            pub const ALL: &'static [MediaKind] = &[$(MediaKind::$variant,)*];

            /// The key under which it stands in a message; also the word for storing it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(MediaKind::$variant => $wire,)* }
            }

            /// Finds the kind of a stored word.
            #[must_use]
            pub fn find(word: &str) -> Option<Self> {
                match word { $($wire => Some(MediaKind::$variant),)* _ => None }
            }
        }
    };
}

media_kinds! {
    /// A short silent video.
    Animation = "animation",
    /// A photo with motion.
    LivePhoto = "live_photo",
    /// A photo.
    Photo = "photo",
    /// A video.
    Video = "video",
    /// A round video.
    VideoNote = "video_note",
    /// A voice note.
    Voice = "voice",
    /// A piece of music.
    Audio = "audio",
    /// A file.
    Document = "document",
    /// A sticker.
    Sticker = "sticker",
    /// Media behind a price; only the price is kept.
    PaidMedia = "paid_media",
    /// A forwarded story.
    Story = "story",
    /// A poll; its questions are not kept.
    Poll = "poll",
    /// A contact; nobody's number is kept.
    Contact = "contact",
    /// A place with a name; not kept.
    Venue = "venue",
    /// A place; not kept.
    Location = "location",
    /// A thrown die.
    Dice = "dice",
    /// A game.
    Game = "game",
    /// A checklist; not kept.
    Checklist = "checklist",
    /// An invoice.
    Invoice = "invoice",
    /// A giveaway.
    Giveaway = "giveaway",
    /// The winners of a giveaway.
    GiveawayWinners = "giveaway_winners",
    /// A message of rich blocks; its blocks are not kept in this version.
    RichMessage = "rich_message",
}

impl MediaKind {
    /// Whether Telegram keeps a file for it that `getFile` fetches.
    #[must_use]
    pub const fn has_file(self) -> bool {
        matches!(
            self,
            MediaKind::Animation
                | MediaKind::LivePhoto
                | MediaKind::Photo
                | MediaKind::Video
                | MediaKind::VideoNote
                | MediaKind::Voice
                | MediaKind::Audio
                | MediaKind::Document
                | MediaKind::Sticker
        )
    }
}

/// A reference to media. Debug prints the kind only.
#[derive(Clone, PartialEq, Eq)]
pub struct Media {
    /// What it is.
    pub kind: MediaKind,
    /// This bot's lasting id of the file, to fetch or send it again.
    pub file_id: Option<String>,
    /// The same for all bots; cannot fetch.
    pub file_unique_id: Option<String>,
    /// Bytes.
    pub size: Option<i64>,
    /// As the sender's app declared it: untrusted.
    pub mime_type: Option<String>,
    /// As the sender named it: untrusted.
    pub file_name: Option<String>,
    /// Seconds.
    pub duration: Option<i64>,
    /// Pixels; the diameter of a video note.
    pub width: Option<i64>,
    /// Pixels; the diameter of a video note.
    pub height: Option<i64>,
    /// The price of paid media, in Stars.
    pub stars: Option<i64>,
}

impl Media {
    /// Reads what is attached to a message, if anything is.
    pub(crate) fn read(message: Fields<'_>) -> Option<Self> {
        let kind = *MediaKind::ALL
            .iter()
            .find(|kind| message.has(kind.as_str()))?;
        let mut media = Media {
            kind,
            file_id: None,
            file_unique_id: None,
            size: None,
            mime_type: None,
            file_name: None,
            duration: None,
            width: None,
            height: None,
            stars: None,
        };
        let body = match kind {
            MediaKind::Photo => largest(message.list("photo")),
            _ => message.object(kind.as_str()),
        };
        let Some(body) = body else { return Some(media) };
        if kind == MediaKind::PaidMedia {
            media.stars = body.int("star_count");
        }
        if kind.has_file() {
            let diameter = if kind == MediaKind::VideoNote {
                body.int("length")
            } else {
                None
            };
            media.file_id = body.string("file_id");
            media.file_unique_id = body.string("file_unique_id");
            media.size = body.int("file_size");
            media.mime_type = body.string("mime_type");
            media.file_name = body.string("file_name");
            media.duration = body.int("duration");
            media.width = body.int("width").or(diameter);
            media.height = body.int("height").or(diameter);
        }
        Some(media)
    }
}

/// A photo comes in several sizes; the largest is the photo.
fn largest(sizes: &[Value]) -> Option<Fields<'_>> {
    let pixels = |size: &Fields<'_>| {
        size.int("width")
            .unwrap_or(0)
            .saturating_mul(size.int("height").unwrap_or(0))
    };
    sizes
        .iter()
        .filter_map(Fields::of)
        .filter(|size| size.has("file_id"))
        .max_by_key(pixels)
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Media")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
