//! What a vendor is asked about a turn: who may be asked and how is in [`crate::vendors`].

use ai::prompt::{self, Hint};
use domain::message::Author;
use domain::sofi::Sensitivity;
use wording::Language;

use super::history::{self, steady, unanswered};
use super::load::{HISTORY, Known, Said, View};
use crate::talk::{Talk, cache_key};

/// Facts that stand in a prompt at most.
const FACTS: usize = 20;
/// A fact that is less sure than this is not used.
const SURE_ENOUGH: u32 = 50;

/// The facts that a reply may use, most recent first.
pub(crate) fn usable(view: &View) -> Vec<&Known> {
    let sensitive = view
        .settings
        .as_ref()
        .is_some_and(|settings| settings.sensitive_facts);
    view.facts
        .iter()
        .filter(|fact| fact.confidence >= SURE_ENOUGH)
        .filter(|fact| sensitive || fact.sensitivity == Sensitivity::Ordinary)
        .take(FACTS)
        .collect()
}

/// The language in which the fan is answered: that of the newest text, else of the profile.
pub(crate) fn language(view: &View) -> Language {
    let open = unanswered(&view.said, view.answered_through);
    let newest = open.texts().last().unwrap_or_default();
    wording::speak(newest, view.profile.language_code.as_deref())
}

/// The talk. No ids, no user name, one fan.
pub(crate) fn talk(view: &View) -> Talk<'_> {
    let open = unanswered(&view.said, view.answered_through);
    let history: Vec<prompt::Turn<'_>> = steady(&view.said, HISTORY)
        .iter()
        .rev()
        .filter(|said| {
            !open
                .messages
                .iter()
                .any(|new| new.message_id == said.message_id)
        })
        .filter_map(|said| {
            let author = match said.author {
                Author::Fan => prompt::Author::Fan,
                _ => prompt::Author::Us,
            };
            let text = said.text.as_deref()?;
            Some(prompt::Turn { author, text })
        })
        .collect();
    let mut hints: Vec<Hint> = open.unreadable().filter_map(hint).collect();
    hints.dedup();
    if history.is_empty() {
        hints.push(Hint::FirstContact);
    }
    let settings = view.settings.as_ref();
    Talk {
        creator: &view.creator,
        persona: view
            .persona
            .as_ref()
            .map(|(version, text)| (*version, text.as_str())),
        hosts: settings.map_or(&[], |settings| settings.allowed_hosts.as_slice()),
        handles: settings.map_or(&[], |settings| settings.allowed_handles.as_slice()),
        language: language(view),
        first_name: Some(view.profile.first_name.as_str()),
        facts: usable(view).iter().map(|fact| fact.text.as_str()).collect(),
        history,
        newest: open.texts().collect(),
        hints,
        cache_key: cache_key(&view.turn.row.conversation.to_bytes()),
    }
}

/// The fan's messages from which facts may be remembered now.
pub(crate) fn grounds(view: &View) -> Vec<&Said> {
    history::grounds(&view.said, view.answered_through, view.turn.row.began_at)
}

fn hint(kind: &str) -> Option<Hint> {
    Some(match kind {
        "voice" | "audio" => Hint::VoiceNotHeard,
        "photo" => Hint::PhotoNotSeen,
        "video" | "video_note" => Hint::VideoNotSeen,
        "document" => Hint::FileNotOpened,
        "sticker" | "animation" => Hint::Sticker,
        _ => return None,
    })
}
