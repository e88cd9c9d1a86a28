//! What is tried out.

use std::fmt;

use ai::prompt;
use http_kit::{FieldErrors, Validate};
use serde::Deserialize;
use utoipa::ToSchema;

const MOST_MESSAGES: usize = 30;
/// Telegram's longest message.
const LONGEST_TEXT: usize = 4_096;
/// Telegram's longest first name.
const LONGEST_NAME: usize = 64;
const LONGEST_TAG: usize = 12;

/// Who says a message of a test chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TestAuthor {
    /// The fan who is played.
    Fan,
    /// The creator's side.
    Us,
}

/// One message of a test chat.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TestMessage {
    /// Who says it.
    from: TestAuthor,
    /// What, 1 to 4,096 characters.
    text: String,
}

/// A talk to try Sofi on. Debug prints no text.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TestChat {
    /// 1 to 30 messages, oldest first; the last one is the fan's.
    messages: Vec<TestMessage>,
    /// The version of the persona to try; left out, the one in use.
    pub(super) persona_version: Option<u32>,
    /// The fan's first name.
    pub(super) first_name: Option<String>,
    /// The language of the fan's Telegram, such as `de` or `pt-BR`.
    pub(super) language: Option<String>,
}

impl fmt::Debug for TestChat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TestChat(***)")
    }
}

impl TestChat {
    /// The talk before the fan's last words, and those.
    pub(super) fn halves(&self) -> (Vec<prompt::Turn<'_>>, Vec<&str>) {
        let open = self
            .messages
            .iter()
            .rev()
            .take_while(|message| message.from == TestAuthor::Fan)
            .count();
        let (before, newest) = self.messages.split_at(self.messages.len() - open);
        let history = before.iter().map(|message| prompt::Turn {
            author: match message.from {
                TestAuthor::Fan => prompt::Author::Fan,
                TestAuthor::Us => prompt::Author::Us,
            },
            text: &message.text,
        });
        let newest = newest.iter().map(|message| message.text.as_str());
        (history.collect(), newest.collect())
    }
}

impl Validate for TestChat {
    fn validate(&self, errors: &mut FieldErrors) {
        match self.messages.last() {
            None => errors.add("messages", "required", "A talk has at least one message."),
            Some(last) if last.from == TestAuthor::Us => errors.add(
                "messages",
                "invalid_value",
                "The last message is the fan's: it is what is answered.",
            ),
            Some(_) => {}
        }
        if self.messages.len() > MOST_MESSAGES {
            errors.add("messages", "too_many", "A talk has at most 30 messages.");
        }
        errors.nested("messages", |errors| {
            for (index, message) in self.messages.iter().enumerate() {
                errors.nested(&index.to_string(), |errors| message.validate(errors));
            }
        });
        let long = |text: &Option<String>, most: usize| {
            text.as_ref()
                .is_some_and(|text| text.chars().count() > most)
        };
        if long(&self.first_name, LONGEST_NAME) {
            errors.add(
                "first_name",
                "too_long",
                "A first name has at most 64 characters.",
            );
        }
        if long(&self.language, LONGEST_TAG) {
            errors.add(
                "language",
                "invalid_value",
                "A language is a tag such as de or pt-BR.",
            );
        }
    }
}

impl Validate for TestMessage {
    fn validate(&self, errors: &mut FieldErrors) {
        if self.text.trim().is_empty() {
            errors.add("text", "required", "A message needs a text.");
        } else if self.text.chars().count() > LONGEST_TEXT {
            errors.add(
                "text",
                "too_long",
                "A message has at most 4,096 characters.",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_kit::Problem;
    use serde_json::{Value, json};

    fn chat(messages: &Value) -> TestChat {
        serde_json::from_value(json!({ "messages": messages })).expect("an input")
    }

    fn fields(messages: &Value) -> Vec<String> {
        let mut errors = FieldErrors::new();
        chat(messages).validate(&mut errors);
        match errors.finish() {
            Err(Problem::Invalid(errors)) => errors.into_iter().map(|e| e.field).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn what_the_fan_said_last_is_answered_together() {
        let chat = chat(&json!([
            { "from": "fan", "text": "a" }, { "from": "us", "text": "b" },
            { "from": "fan", "text": "c" }, { "from": "fan", "text": "d" }
        ]));
        let (history, newest) = chat.halves();
        let history: Vec<_> = history.iter().map(|turn| turn.text).collect();
        assert_eq!((history, newest), (vec!["a", "b"], vec!["c", "d"]));
    }

    #[test]
    fn each_wrong_field_is_named() {
        assert_eq!(fields(&json!([])), ["messages"]);
        assert_eq!(
            fields(&json!([{ "from": "fan", "text": "a" }, { "from": "us", "text": " " }])),
            ["messages", "messages.1.text"]
        );
        let many: Vec<_> = (0..31)
            .map(|_| json!({ "from": "fan", "text": "a" }))
            .collect();
        assert_eq!(fields(&json!(many)), ["messages"]);
        assert_eq!(
            fields(&json!([{ "from": "fan", "text": "a".repeat(4_097) }])),
            ["messages.0.text"]
        );
        assert!(fields(&json!([{ "from": "fan", "text": "a" }])).is_empty());
    }

    #[test]
    fn debug_output_holds_no_text() {
        let chat = chat(&json!([{ "from": "fan", "text": "canary" }]));
        assert!(!format!("{chat:?}").contains("canary"));
    }
}
