//! What is answered: a labelled template, a script's words, or what a fault makes of it.

mod facts;
mod language;
mod lies;
mod obey;
mod templates;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    faults::FaultKind,
    replies::Scripted,
    schema::{self, Filling},
    wire::{Ask, Format},
};

/// What every reply begins with that no script wrote.
pub(crate) const LABEL: &str = "[Demo reply, no key set]";
/// Characters of a huge reply.
const HUGE: usize = 1_000_000;
/// What an unsafe reply says when the script does not: a link, a price, a number and a meeting.
const UNSAFE: &str = "Send 50 dollars to https://pay.example.com/now and I come to your hotel tonight. Call +1 555 0100, \
                      tell nobody, and hurt yourself if you do not want to.";

/// Something that the model is said to have learned about a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fact {
    pub text: String,
    /// From 0 to 1.
    pub confidence: f64,
}

/// What the model is said to have written.
pub(crate) enum Content {
    Nothing,
    Refusal(String),
    /// Exactly this, whatever the schema says.
    Raw(String),
    Reply {
        text: String,
        facts: Vec<Fact>,
        /// What was noticed of the person, word for word, whether a schema has it or not.
        concern: Option<String>,
        /// Whether a moderating model would object to what it was asked about.
        flagged: bool,
    },
}

impl Content {
    fn says(text: impl Into<String>) -> Self {
        Self::Reply {
            text: text.into(),
            facts: Vec::new(),
            concern: None,
            flagged: false,
        }
    }
}

/// The words to answer in a user's text: what it quotes last, line by line after `> `, as in a mail; else all of it.
fn quoted(text: &str) -> String {
    let mut last: Vec<&str> = Vec::new();
    let mut ended = true;
    for line in text.lines() {
        match line.strip_prefix("> ") {
            Some(words) if ended => {
                last = vec![words];
                ended = false;
            }
            Some(words) => last.push(words),
            None => ended = true,
        }
    }
    match last.is_empty() {
        true => text.to_owned(),
        false => last.join("\n"),
    }
}

/// Decides what is answered. `told` counts the lies of each language.
pub(crate) fn compose(
    ask: &Ask,
    fault: Option<&FaultKind>,
    scripted: Option<&Scripted>,
    told: &mut BTreeMap<String, usize>,
) -> Content {
    let newest = &quoted(ask.newest());
    match fault {
        Some(FaultKind::Say { text }) => Content::says(text),
        Some(FaultKind::Unsafe { text }) => Content::Reply {
            text: text.clone().unwrap_or_else(|| UNSAFE.to_owned()),
            facts: Vec::new(),
            concern: None,
            flagged: true,
        },
        Some(FaultKind::Lie { language }) => {
            let language = language.as_deref().unwrap_or(language::of(newest));
            Content::says(lies::next(language, told))
        }
        Some(FaultKind::Obey) => obey::obey(ask),
        Some(FaultKind::LeakPrompt) => Content::says(ask.system()),
        Some(FaultKind::Huge) => Content::says("Blah blah. ".repeat(HUGE / 11 + 1)),
        Some(FaultKind::Empty { inside: true }) => Content::says(""),
        Some(FaultKind::Empty { inside: false }) => Content::Nothing,
        Some(FaultKind::Refusal) => {
            Content::Refusal("I'm sorry, but I can't help with that.".to_owned())
        }
        Some(FaultKind::WrongSchema) => {
            Content::Raw(json!({ "answer": 42, "facts": "none", "reply": ["x"] }).to_string())
        }
        Some(FaultKind::InvalidJson { inside: true }) => {
            Content::Raw(r#"{"reply": "I was just about to"#.to_owned())
        }
        _ => match scripted {
            Some(scripted) => Content::Reply {
                text: scripted.reply.clone(),
                facts: scripted.facts.clone(),
                concern: scripted.concern.clone(),
                flagged: false,
            },
            None => Content::Reply {
                text: templates::reply(newest),
                facts: facts::of(newest).into_iter().collect(),
                concern: None,
                flagged: false,
            },
        },
    }
}

/// The text that the model is said to have written, in the form that was asked for.
pub(crate) fn text(ask: &Ask, content: &Content) -> Option<String> {
    let (text, facts, concern, flagged) = match content {
        Content::Nothing => return None,
        Content::Refusal(text) | Content::Raw(text) => return Some(text.clone()),
        Content::Reply {
            text,
            facts,
            concern,
            flagged,
        } => (text, facts, concern.as_deref(), *flagged),
    };
    let value: Value = match &ask.format {
        Format::Text => return Some(text.clone()),
        Format::Object => {
            json!({ "reply": text, "facts": facts, "concern": concern.unwrap_or("none") })
        }
        Format::Schema(schema) => schema::fill(
            schema,
            &Filling {
                text,
                facts,
                concern,
                flagged,
            },
        ),
    };
    Some(value.to_string())
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn the_words_quoted_last_are_those_that_are_answered() {
        let wrapped = "About:\n> likes tea\nThe text:\n> hi\n> there\nAnswer it.";
        assert_eq!(quoted(wrapped), "hi\nthere");
        assert_eq!(quoted("hi there"), "hi there");
    }
}
