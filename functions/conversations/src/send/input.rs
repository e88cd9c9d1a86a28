//! What a person sends.

use domain::ids::BotId;
use http_kit::{FieldErrors, Validate};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::fields::{check_number, check_text, number};

/// A message for a fan.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendIn {
    /// The text, 1 to 4,096 UTF-16 units, not only blanks. It is sent exactly as it is here, unless a draft of Sofi waits
    /// and half of it stands there, or most of the draft stands in it: then it is sent as the AI's text, with the line
    /// that says so in front where it is due, and refused where an approval of the draft would be.
    #[schema(min_length = 1)]
    pub(super) text: String,
    /// The conversation's bot, as lists give it. Saves a read: send it if you know it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub(super) bot_id: Option<BotId>,
    /// Telegram's number of the message that this one answers.
    #[serde(default)]
    #[schema(pattern = "^[1-9][0-9]{0,11}$")]
    reply_to_message_id: Option<String>,
    /// Telegram's number of the newest message that the sender has seen. When the fan or another person of the
    /// team has written since, or another person's answer to the same is on its way, the message is refused as
    /// `conversation_moved_on`, and nothing is sent. Programs may leave it out.
    #[serde(default)]
    #[schema(pattern = "^(0|[1-9][0-9]{0,11})$")]
    last_seen_message_id: Option<String>,
}

impl SendIn {
    /// Words from elsewhere, by somebody who has seen the chat up to a message.
    pub(crate) fn of(text: &str, bot: BotId, seen: i64) -> Self {
        Self {
            text: text.to_owned(),
            bot_id: Some(bot),
            reply_to_message_id: None,
            last_seen_message_id: Some(seen.to_string()),
        }
    }

    /// The message that this one answers.
    pub(super) fn reply_to(&self) -> Option<i64> {
        self.reply_to_message_id.as_deref().and_then(number)
    }

    /// The newest message that the sender has seen.
    pub(super) fn last_seen(&self) -> Option<i64> {
        self.last_seen_message_id.as_deref().and_then(number)
    }
}

impl Validate for SendIn {
    fn validate(&self, errors: &mut FieldErrors) {
        check_text(errors, &self.text);
        let (reply_to, last_seen) = (&self.reply_to_message_id, &self.last_seen_message_id);
        check_number(errors, "reply_to_message_id", reply_to.as_deref(), 1);
        check_number(errors, "last_seen_message_id", last_seen.as_deref(), 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_kit::Problem;

    fn fields(body: &serde_json::Value) -> Vec<(String, String)> {
        let input: SendIn = serde_json::from_value(body.clone()).expect("an input");
        let mut errors = FieldErrors::new();
        input.validate(&mut errors);
        match errors.finish() {
            Ok(()) => Vec::new(),
            Err(Problem::Invalid(errors)) => errors
                .into_iter()
                .map(|error| (error.field, error.code.into_owned()))
                .collect(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_text_is_kept_as_it_is() {
        for text in [
            "a",
            " a\n",
            "\u{200f}שלום",
            "👩‍👩‍👧",
            &"x".repeat(4_096),
            &"😀".repeat(2_048),
        ] {
            let body = serde_json::json!({ "text": text });
            assert!(fields(&body).is_empty(), "{text}");
            let input: SendIn = serde_json::from_value(body).expect("an input");
            assert_eq!(input.text, text);
        }
    }

    #[test]
    fn blank_and_too_long_texts_are_refused() {
        for (text, code) in [
            (String::new(), "required"),
            (" \n\t".into(), "required"),
            ("😀".repeat(2_049), "too_long"),
        ] {
            assert_eq!(
                fields(&serde_json::json!({ "text": text })),
                [("text".to_owned(), code.to_owned())]
            );
        }
    }

    #[test]
    fn everything_wrong_is_reported_at_once() {
        let body = serde_json::json!({ "text": "", "reply_to_message_id": "0", "last_seen_message_id": "-1" });
        let found: Vec<_> = fields(&body).into_iter().map(|(field, _)| field).collect();
        assert_eq!(
            found,
            ["text", "reply_to_message_id", "last_seen_message_id"]
        );
    }
}
