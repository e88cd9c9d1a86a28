//! The one object a model may answer with, and the reply made of it.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::vendor::Vendor;

/// Longest reply, in characters: what Telegram takes in one message.
pub const MAX_REPLY_CHARS: usize = 4096;
/// Most facts one answer may propose.
pub const MAX_FACTS: usize = 10;
/// Longest proposed fact, in characters.
pub const MAX_FACT_CHARS: usize = 300;

/// Name of the schema at the vendors.
pub(crate) const SCHEMA_NAME: &str = "chat_reply";

/// Something the model believes to have learned about the fan. A proposal: the caller filters it.
#[derive(Clone, PartialEq, Eq)]
pub struct ProposedFact {
    /// One sentence, at most [`MAX_FACT_CHARS`] characters.
    pub text: String,
    /// How sure the model is, in percent.
    pub confidence: u8,
}

/// What a call was billed for, in tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// All tokens of the question.
    pub input: u64,
    /// Those of them that the vendor had cached; never more than `input`.
    pub cached_input: u64,
    /// All tokens written, reasoning included.
    pub output: u64,
}

/// A checked answer. Its text has the right shape; whether it may be said is for the caller. Shows no text when
/// printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// What to say to the fan; not empty, at most [`MAX_REPLY_CHARS`] characters.
    pub text: String,
    /// What the model proposes to remember; at most [`MAX_FACTS`].
    pub proposed_facts: Vec<ProposedFact>,
    /// Who answered.
    pub vendor: Vendor,
    /// The model that answered, by the vendor's word, else the one that was asked.
    pub model: String,
    /// What was billed; all zero if the vendor did not say.
    pub usage: Usage,
    /// Whether the vendor kept nothing, by its own word. A change of this is an alarm.
    pub zero_retention: Option<bool>,
    /// From asking to having read the answer, a repetition included.
    pub latency: Duration,
}

/// What a model wrote, once it has the right shape.
pub(crate) struct Content {
    pub(crate) text: String,
    pub(crate) proposed_facts: Vec<ProposedFact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    reply: String,
    facts: Vec<AnswerFact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerFact {
    text: String,
    confidence: u8,
}

/// The answer's JSON schema, in the part of the language that both vendors' strict modes take: every field required,
/// nothing beside them, no limits (those are checked when reading).
pub(crate) fn schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "reply": {"type": "string", "description": "The message to the fan, plain text."},
            "facts": {
                "type": "array",
                "description": "What the fan has just told about themselves; usually empty.",
                "items": {
                    "type": "object",
                    "properties": {
                        "text": {"type": "string", "description": "One short sentence about the fan."},
                        "confidence": {"type": "integer", "description": "How sure, from 0 to 100."}
                    },
                    "required": ["text", "confidence"],
                    "additionalProperties": false
                }
            }
        },
        "required": ["reply", "facts"],
        "additionalProperties": false
    })
}

impl Content {
    /// Reads what a model wrote. Anything but exactly the object asked for is nothing: no fence is stripped, no
    /// prose cut away, no field made up.
    pub(crate) fn read(written: &str) -> Option<Self> {
        let answer: Answer = serde_json::from_str(written).ok()?;
        let text = within(&answer.reply, MAX_REPLY_CHARS)?;
        if answer.facts.len() > MAX_FACTS {
            return None;
        }
        let proposed_facts = answer
            .facts
            .into_iter()
            .map(|fact| {
                Some(ProposedFact {
                    text: within(&fact.text, MAX_FACT_CHARS)?,
                    confidence: Some(fact.confidence).filter(|percent| *percent <= 100)?,
                })
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Content {
            text,
            proposed_facts,
        })
    }
}

fn within(text: &str, most: usize) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.chars().count() <= most).then(|| text.to_owned())
}

impl fmt::Debug for ProposedFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProposedFact")
            .field("text", &"***")
            .field("confidence", &self.confidence)
            .finish()
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("text", &"***")
            .field("proposed_facts", &self.proposed_facts)
            .field("vendor", &self.vendor)
            .field("model", &self.model)
            .field("usage", &self.usage)
            .field("zero_retention", &self.zero_retention)
            .field("latency", &self.latency)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_object_asked_for_becomes_a_reply_and_its_facts() {
        let content = Content::read(
            r#" {"reply": " Hi Tom! ", "facts": [{"text": "Has a dog", "confidence": 80}]} "#,
        )
        .expect("the right shape");
        assert_eq!(content.text, "Hi Tom!");
        assert_eq!(
            content.proposed_facts,
            [ProposedFact {
                text: "Has a dog".to_owned(),
                confidence: 80
            }]
        );
    }

    #[test]
    fn anything_else_is_nothing() {
        let long = format!(
            r#"{{"reply":"{}","facts":[]}}"#,
            "a".repeat(MAX_REPLY_CHARS + 1)
        );
        let many = format!(
            r#"{{"reply":"x","facts":[{}]}}"#,
            [r#"{"text":"y","confidence":1}"#; MAX_FACTS + 1].join(",")
        );
        for written in [
            "",
            "Hi!",
            "null",
            "[]",
            r#""Hi!""#,
            r#"{"reply":"Hi!"}"#,
            r#"{"facts":[]}"#,
            r#"{"reply":"","facts":[]}"#,
            r#"{"reply":" \n ","facts":[]}"#,
            r#"{"reply":null,"facts":[]}"#,
            r#"{"reply":"Hi!","facts":null}"#,
            r#"{"reply":"Hi!","facts":[],"tool":"pay"}"#,
            r#"{"reply":"Hi!","reply":"Ho!","facts":[]}"#,
            r#"{"reply":"Hi!","facts":[]} and more"#,
            "```json\n{\"reply\":\"Hi!\",\"facts\":[]}\n```",
            r#"{"reply":"Hi!","facts":["likes tea"]}"#,
            r#"{"reply":"Hi!","facts":[{"text":"likes tea"}]}"#,
            r#"{"reply":"Hi!","facts":[{"text":"likes tea","confidence":101}]}"#,
            r#"{"reply":"Hi!","facts":[{"text":"likes tea","confidence":-1}]}"#,
            r#"{"reply":"Hi!","facts":[{"text":"likes tea","confidence":"90"}]}"#,
            r#"{"reply":"Hi!","facts":[{"text":"likes tea","confidence":0.9}]}"#,
            r#"{"reply":"Hi!","facts":[{"text":"","confidence":90}]}"#,
            r#"{"reply":"Hi!","facts":[{"text":"likes tea","confidence":90,"id":1}]}"#,
            &long,
            &many,
        ] {
            assert!(Content::read(written).is_none(), "{written}");
        }
    }

    #[test]
    fn every_object_of_the_schema_is_closed_and_needs_all_its_fields() {
        fn check(node: &Value) {
            if node["type"] == "object" {
                assert_eq!(node["additionalProperties"], false);
                let mut names: Vec<&str> = node["properties"]
                    .as_object()
                    .expect("properties")
                    .keys()
                    .map(String::as_str)
                    .collect();
                let mut required: Vec<&str> = node["required"]
                    .as_array()
                    .expect("required")
                    .iter()
                    .filter_map(Value::as_str)
                    .collect();
                names.sort_unstable();
                required.sort_unstable();
                assert_eq!(names, required);
            }
            match node {
                Value::Object(map) => map.values().for_each(check),
                Value::Array(items) => items.iter().for_each(check),
                _ => {}
            }
        }
        check(&schema());
    }

    #[test]
    fn a_printed_reply_shows_no_text() {
        let reply = Reply {
            text: "canary one".to_owned(),
            proposed_facts: vec![ProposedFact {
                text: "canary two".to_owned(),
                confidence: 5,
            }],
            vendor: Vendor::Groq,
            model: "m".to_owned(),
            usage: Usage::default(),
            zero_retention: None,
            latency: Duration::ZERO,
        };
        assert!(!format!("{reply:?} {reply:#?}").contains("canary"));
    }
}
