//! One talk as a vendor is asked about it and as a reply is checked against it: the same for fans and for the test chat.

use std::fmt;

use ai::Request;
use ai::prompt::{self, HISTORY_TOKENS, Hint, Parts, Persona, Turn};
use care::Care;
use ring::digest;
use wording::Language;

/// What a prompt and the rules are made of. No ids; one fan. Debug prints no text.
pub(crate) struct Talk<'a> {
    /// The creator's name.
    pub(crate) creator: &'a str,
    /// Version and text of the persona.
    pub(crate) persona: Option<(u32, &'a str)>,
    /// Hosts that a reply may link to.
    pub(crate) hosts: &'a [String],
    /// @names that a reply may mention.
    pub(crate) handles: &'a [String],
    /// The language of the answer.
    pub(crate) language: Language,
    /// The fan's first name.
    pub(crate) first_name: Option<&'a str>,
    /// What is known about the fan, most important first.
    pub(crate) facts: Vec<&'a str>,
    /// The talk before what is to be answered, oldest first.
    pub(crate) history: Vec<Turn<'a>>,
    /// The texts to answer, oldest first.
    pub(crate) newest: Vec<&'a str>,
    /// What no text says.
    pub(crate) hints: Vec<Hint>,
    /// See [`cache_key`].
    pub(crate) cache_key: String,
}

impl fmt::Debug for Talk<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Talk(***)")
    }
}

impl Talk<'_> {
    /// The question.
    pub(crate) fn request(&self) -> Request {
        let (version, text) = self.persona.unwrap_or((0, ""));
        prompt::build(&Parts {
            creator: self.creator,
            persona: Persona { text, version },
            language: Some(self.language.tag()),
            first_name: self.first_name.filter(|name| !name.is_empty()),
            facts: &self.facts,
            history: &self.history,
            history_tokens: HISTORY_TOKENS,
            newest: &self.newest,
            hints: &self.hints,
            cache_key: &self.cache_key,
        })
    }

    /// The gravest distress that code finds in one of the texts to answer.
    pub(crate) fn distress(&self) -> Option<Care> {
        self.newest
            .iter()
            .filter_map(|text| care::detect(text))
            .max()
    }

    /// Whether the fan asks if this is a human being.
    pub(crate) fn asks_identity(&self) -> bool {
        self.newest
            .iter()
            .any(|text| rules::identity::asks_identity_of(text, self.creator))
    }
}

/// Good for the vendor's cache and nothing else: a hash of an id.
pub(crate) fn cache_key(id: &[u8]) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(b"prompt cache");
    context.update(id);
    let hash = context.finish();
    hash.as_ref()[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn talk<'a>(newest: &[&'a str]) -> Talk<'a> {
        Talk {
            creator: "Mira",
            persona: Some((3, "Warm, short, no slang")),
            hosts: &[],
            handles: &[],
            language: Language::English,
            first_name: Some("Ada"),
            facts: Vec::new(),
            history: Vec::new(),
            newest: newest.to_vec(),
            hints: Vec::new(),
            cache_key: cache_key(&[1; 16]),
        }
    }

    #[test]
    fn a_cache_key_tells_conversations_apart_and_names_none() {
        let (one, other) = (cache_key(&[1; 16]), cache_key(&[2; 16]));
        assert_ne!(one, other);
        assert_eq!(one.len(), 32);
    }

    #[test]
    fn the_question_names_the_version_of_the_persona() {
        assert_eq!(talk(&["hi"]).request().versions.persona, 3);
    }

    #[test]
    fn a_fan_who_asks_who_writes_is_noticed_in_any_of_the_texts() {
        assert!(talk(&["hi", "are you a bot?"]).asks_identity());
        assert!(!talk(&["hi", "how was your day?"]).asks_identity());
    }

    #[test]
    fn debug_output_holds_no_text() {
        assert_eq!(format!("{:?}", talk(&["canary"])), "Talk(***)");
    }
}
