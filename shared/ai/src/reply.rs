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

/// What the model noticed in the fan's newest text that calls for a person. What follows from it is for the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// Nothing of the kind.
    None,
    /// Thoughts of suicide or of hurting oneself; also of someone close.
    SelfHarm,
    /// Danger through others, or a medical emergency.
    Crisis,
    /// The fan seems to be under 18.
    Minor,
    /// Someone died.
    Grief,
    /// Want of money, or gambling.
    MoneyTrouble,
    /// Money wanted back, or a charge of fraud.
    RefundDispute,
}

impl Concern {
    /// Every answer that there is; the usual one first.
    pub const ALL: [Concern; 7] = [
        Concern::None,
        Concern::SelfHarm,
        Concern::Crisis,
        Concern::Minor,
        Concern::Grief,
        Concern::MoneyTrouble,
        Concern::RefundDispute,
    ];

    /// Its name in the schema and in the record of a call.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Concern::None => "none",
            Concern::SelfHarm => "self_harm",
            Concern::Crisis => "crisis",
            Concern::Minor => "minor",
            Concern::Grief => "grief",
            Concern::MoneyTrouble => "money_trouble",
            Concern::RefundDispute => "refund_dispute",
        }
    }

    /// The concern of exactly this name.
    fn named(name: &str) -> Option<Self> {
        Concern::ALL
            .into_iter()
            .find(|concern| concern.name() == name)
    }
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
    /// What the model noticed in the fan's words. With a concern, the text is not one to send.
    pub concern: Concern,
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
    pub(crate) concern: Concern,
    pub(crate) text: String,
    pub(crate) proposed_facts: Vec<ProposedFact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    concern: String,
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
/// nothing beside them, no limits (those are checked when reading). The concern stands first, so that it is judged before
/// a reply is written that it makes useless.
pub(crate) fn schema() -> Value {
    let concerns = Concern::ALL.map(Concern::name);
    json!({
        "type": "object",
        "properties": {
            "concern": {"type": "string", "enum": concerns, "description": "By rule 7; usually none."},
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
        "required": ["concern", "reply", "facts"],
        "additionalProperties": false
    })
}

impl Content {
    /// Reads what a model wrote. Anything but exactly the object asked for is nothing: no fence is stripped, no
    /// prose cut away, no field made up. A concern that is missing is none of these either: both vendors' strict modes
    /// require the field, and a model that leaves it out has not judged what the fan wrote.
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
            concern: Concern::named(&answer.concern)?,
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
            // Distress is not for a log either.
            .field("concern", &"***")
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
            r#" {"concern": "none", "reply": " Hi Tom! ", "facts": [{"text": "Has a dog", "confidence": 80}]} "#,
        )
        .expect("the right shape");
        assert_eq!(content.text, "Hi Tom!");
        assert_eq!(content.concern, Concern::None);
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
            r#"{{"concern":"none","reply":"{}","facts":[]}}"#,
            "a".repeat(MAX_REPLY_CHARS + 1)
        );
        let many = format!(
            r#"{{"concern":"none","reply":"x","facts":[{}]}}"#,
            [r#"{"text":"y","confidence":1}"#; MAX_FACTS + 1].join(",")
        );
        for written in [
            "",
            "Hi!",
            "null",
            "[]",
            r#""Hi!""#,
            r#"{"reply":"Hi!","facts":[]}"#,
            r#"{"concern":"none","concern":"crisis","reply":"Hi!","facts":[]}"#,
            r#"{"concern":"none","reply":"Hi!"}"#,
            r#"{"concern":"none","facts":[]}"#,
            r#"{"concern":"none","reply":"","facts":[]}"#,
            r#"{"concern":"none","reply":" \n ","facts":[]}"#,
            r#"{"concern":"none","reply":null,"facts":[]}"#,
            r#"{"concern":"none","reply":"Hi!","facts":null}"#,
            r#"{"concern":"none","reply":"Hi!","facts":[],"tool":"pay"}"#,
            r#"{"concern":"none","reply":"Hi!","reply":"Ho!","facts":[]}"#,
            r#"{"concern":"none","reply":"Hi!","facts":[]} and more"#,
            "```json\n{\"concern\":\"none\",\"reply\":\"Hi!\",\"facts\":[]}\n```",
            r#"{"concern":"none","reply":"Hi!","facts":["likes tea"]}"#,
            r#"{"concern":"none","reply":"Hi!","facts":[{"text":"likes tea"}]}"#,
            r#"{"concern":"none","reply":"Hi!","facts":[{"text":"likes tea","confidence":101}]}"#,
            r#"{"concern":"none","reply":"Hi!","facts":[{"text":"likes tea","confidence":-1}]}"#,
            r#"{"concern":"none","reply":"Hi!","facts":[{"text":"likes tea","confidence":"90"}]}"#,
            r#"{"concern":"none","reply":"Hi!","facts":[{"text":"likes tea","confidence":0.9}]}"#,
            r#"{"concern":"none","reply":"Hi!","facts":[{"text":"","confidence":90}]}"#,
            r#"{"concern":"none","reply":"Hi!","facts":[{"text":"likes tea","confidence":90,"id":1}]}"#,
            &long,
            &many,
        ] {
            assert!(Content::read(written).is_none(), "{written}");
        }
    }

    #[test]
    fn every_concern_of_the_schema_is_read_and_no_other_word_is() {
        let schema = schema();
        let fields = schema["properties"].as_object().expect("properties");
        assert_eq!(fields.keys().next().map(String::as_str), Some("concern"));
        assert_eq!(
            fields["concern"]["enum"],
            json!(Concern::ALL.map(Concern::name))
        );
        let written = |concern: &Value| {
            let answer = json!({"concern": concern, "reply": "Hi!", "facts": []});
            Content::read(&answer.to_string()).map(|content| content.concern)
        };
        for concern in Concern::ALL {
            assert_eq!(written(&json!(concern.name())), Some(concern));
        }
        for other in [
            json!("None"),
            json!("SELF_HARM"),
            json!("suicide"),
            json!(" crisis"),
            json!(""),
            json!(["crisis"]),
            json!({ "crisis": null }),
            json!(1),
            Value::Null,
        ] {
            assert_eq!(written(&other), None, "{other}");
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
            concern: Concern::SelfHarm,
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
        let shown = format!("{reply:?} {reply:#?}");
        assert!(!shown.contains("canary") && !shown.contains("SelfHarm"));
    }
}
