//! Makes the request of what the product knows: pure, the same for fans and for the creator's test chat.
//!
//! What stays the same comes first (rules, persona), then what changes slowly (facts), then the conversation, so that
//! a vendor's cache finds a long common beginning. Everything a fan wrote stands between marks that no text can
//! contain, and each of its lines begins with `> `. Identifiers and payment data are masked, wherever they stand.

mod clean;
mod mask;
mod rules;
#[cfg(test)]
mod tests;

use std::fmt;

pub use rules::RULES_VERSION;

use crate::request::{Message, Request, Role, Versions};
use crate::tokens::estimated_tokens;
use clean::{CLOSE, OPEN, cleaned, quoted, single_line};

/// Longest text of one message, in characters.
pub const MAX_TEXT_CHARS: usize = 1000;
/// Longest persona, in characters.
pub const MAX_PERSONA_CHARS: usize = 4000;
/// Longest fact, in characters.
pub const MAX_FACT_CHARS: usize = 200;
/// Longest name, in characters.
const MAX_NAME_CHARS: usize = 40;
/// Most tokens that all facts take.
pub const FACT_TOKENS: u64 = 800;
/// Most tokens that the texts to answer take; the last one always goes in.
pub const NEWEST_TOKENS: u64 = 4000;
/// What the history takes unless the caller says otherwise.
pub const HISTORY_TOKENS: u64 = 2000;
/// Everything beside the history stays below this, whatever goes in.
pub const MOST_TOKENS_WITHOUT_HISTORY: u64 = 12_000;
/// Room for a reply of a few sentences, its JSON and a little thinking.
pub const MAX_OUTPUT_TOKENS: u32 = 800;

/// Who wrote a turn of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// The fan.
    Fan,
    /// The creator, a helper, or an earlier reply of the model.
    Us,
}

/// One text of the history. Shows no text when printed.
#[derive(Clone, Copy)]
pub struct Turn<'a> {
    /// Who wrote it.
    pub author: Author,
    /// What it said.
    pub text: &'a str,
}

/// How the creator wants to sound. Shows no text when printed.
#[derive(Clone, Copy)]
pub struct Persona<'a> {
    /// The creator's own words, at most [`MAX_PERSONA_CHARS`] characters of them.
    pub text: &'a str,
    /// Counts the creator's changes.
    pub version: u32,
}

/// Something the model should know that no text says. A list of ours, so that no stranger's words become a hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hint {
    /// A voice note came that we cannot hear.
    VoiceNotHeard,
    /// A photo came that we cannot see.
    PhotoNotSeen,
    /// A video came that we cannot see.
    VideoNotSeen,
    /// A file came that we cannot open.
    FileNotOpened,
    /// A sticker or animation came.
    Sticker,
    /// It is the first text of this fan.
    FirstContact,
    /// The fan wrote after a long silence.
    LongSilence,
}

/// What goes into a request: one creator, one fan. Has no place for ids, usernames or payments, and shows no text
/// when printed.
pub struct Parts<'a> {
    /// The creator's display name.
    pub creator: &'a str,
    /// The creator's tone.
    pub persona: Persona<'a>,
    /// The fan's language as a tag such as `de` or `pt-BR`; without one, the model follows the fan's texts.
    pub language: Option<&'a str>,
    /// The fan's first name. Left out if it is not one plain word.
    pub first_name: Option<&'a str>,
    /// What is known about the fan, most important first, already filtered by the caller.
    pub facts: &'a [&'a str],
    /// The conversation so far, oldest first.
    pub history: &'a [Turn<'a>],
    /// Most tokens of history; the oldest turns go first. Usually [`HISTORY_TOKENS`].
    pub history_tokens: u64,
    /// The texts to answer, oldest first.
    pub newest: &'a [&'a str],
    /// What else the model should know about them.
    pub hints: &'a [Hint],
    /// A hash of the conversation that the caller made for this purpose only.
    pub cache_key: &'a str,
}

/// Builds the request. The same parts give the same request, byte for byte.
pub fn build(parts: &Parts<'_>) -> Request {
    let mut messages = Vec::with_capacity(parts.history.len() + 2);
    messages.push(user(about(parts)));
    messages.extend(history(parts));
    messages.push(user(question(parts)));
    Request {
        instructions: instructions(parts),
        messages,
        max_output_tokens: MAX_OUTPUT_TOKENS,
        cache_key: parts.cache_key.to_owned(),
        versions: Versions {
            rules: RULES_VERSION,
            persona: parts.persona.version,
        },
    }
}

fn user(text: String) -> Message {
    Message {
        role: Role::User,
        text,
    }
}

/// The part that is the same for every fan of a creator.
fn instructions(parts: &Parts<'_>) -> String {
    let name = single_line(parts.creator, MAX_NAME_CHARS);
    let persona = quoted(parts.persona.text, MAX_PERSONA_CHARS);
    format!(
        "{}\n\n{}",
        rules::RULES,
        block("creator", &format!("> name: {name}\n{persona}"))
    )
}

/// What changes slowly: it stands before the conversation, so that a new text does not undo the cache.
fn about(parts: &Parts<'_>) -> String {
    let mut lines = Vec::new();
    if let Some(name) = parts.first_name.and_then(plain_name) {
        lines.push(format!("> first name: {name}"));
    }
    let mut left = FACT_TOKENS;
    for fact in parts.facts {
        let line = format!("> {}", single_line(fact, MAX_FACT_CHARS));
        let Some(rest) = left.checked_sub(estimated_tokens(&line)) else {
            break;
        };
        left = rest;
        lines.push(line);
    }
    if lines.is_empty() {
        lines.push("> nothing yet".to_owned());
    }
    let language = parts.language.filter(|tag| is_language(tag)).map_or_else(
        || "Answer in the language of the fan's newest text.".to_owned(),
        |tag| format!("Answer in the language {tag}, or in the fan's if the newest text is clearly in another."),
    );
    format!("{}\n{language}", block("about-the-fan", &lines.join("\n")))
}

/// The newest turns that fit, oldest first.
fn history(parts: &Parts<'_>) -> Vec<Message> {
    let mut left = parts.history_tokens;
    let mut kept = Vec::new();
    for turn in parts.history.iter().rev() {
        let message = match turn.author {
            Author::Fan => user(block("fan", &quoted(turn.text, MAX_TEXT_CHARS))),
            Author::Us => Message {
                role: Role::Assistant,
                text: cleaned(turn.text, MAX_TEXT_CHARS),
            },
        };
        let Some(rest) = left.checked_sub(estimated_tokens(&message.text)) else {
            break;
        };
        left = rest;
        kept.push(message);
    }
    kept.reverse();
    kept
}

fn question(parts: &Parts<'_>) -> String {
    let mut left = NEWEST_TOKENS;
    let mut blocks = Vec::new();
    for text in parts.newest.iter().rev() {
        let quoted = block("fan", &quoted(text, MAX_TEXT_CHARS));
        let needed = estimated_tokens(&quoted);
        if !blocks.is_empty() && needed > left {
            break;
        }
        left = left.saturating_sub(needed);
        blocks.push(quoted);
    }
    blocks.reverse();
    let mut lines = blocks;
    for (index, hint) in parts.hints.iter().enumerate() {
        // A caller that repeats itself would otherwise lengthen the request without end.
        if !parts.hints[..index].contains(hint) {
            lines.push(format!("Note: {}", hint.sentence()));
        }
    }
    lines.push(rules::CLOSING.to_owned());
    lines.join("\n")
}

fn block(name: &str, lines: &str) -> String {
    format!("{OPEN}{name}{CLOSE}\n{lines}\n{OPEN}/{name}{CLOSE}")
}

/// The first word of a name, if it is one. Names are chosen by strangers, and some of them are instructions.
fn plain_name(name: &str) -> Option<String> {
    let word = single_line(name, MAX_NAME_CHARS);
    let word = word.split(' ').next().unwrap_or_default();
    let plain = |c: char| c.is_alphabetic() || matches!(c, '\'' | '-' | '’');
    (word.chars().any(char::is_alphabetic) && word.chars().count() <= 24 && word.chars().all(plain))
        .then(|| word.to_owned())
}

fn is_language(tag: &str) -> bool {
    (2..=12).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

impl Hint {
    const fn sentence(self) -> &'static str {
        match self {
            Hint::VoiceNotHeard => {
                "the fan also sent a voice note that you cannot hear; say so if it matters."
            }
            Hint::PhotoNotSeen => {
                "the fan also sent a photo that you cannot see; do not describe it."
            }
            Hint::VideoNotSeen => {
                "the fan also sent a video that you cannot see; do not describe it."
            }
            Hint::FileNotOpened => {
                "the fan also sent a file that you cannot open; do not guess what is in it."
            }
            Hint::Sticker => "the fan also sent a sticker.",
            Hint::FirstContact => "this is the fan's first message.",
            Hint::LongSilence => "the fan had not written for a long time.",
        }
    }
}

impl fmt::Debug for Turn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Turn")
            .field("author", &self.author)
            .field("text", &"***")
            .finish()
    }
}

impl fmt::Debug for Persona<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Persona")
            .field("text", &"***")
            .field("version", &self.version)
            .finish()
    }
}

impl fmt::Debug for Parts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts")
            .field("persona", &self.persona)
            .field("facts", &self.facts.len())
            .field("history", &self.history.len())
            .field("newest", &self.newest.len())
            .field("hints", &self.hints)
            .finish_non_exhaustive()
    }
}
