//! The two wire formats: a request is read into an [`Ask`], an answer and a refusal are written as the vendor words them.

pub(crate) mod groq;
pub(crate) mod xai;

use serde_json::{Map, Value};
use stand_in_kit::Generator;

use crate::{
    journal::Usage,
    models::{Model, Vendor},
    tokens,
};

/// Who a turn is by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    System,
    User,
    Assistant,
}

/// One message of a prompt.
pub(crate) struct Turn {
    pub role: Role,
    pub text: String,
}

/// In which form the model is to answer.
pub(crate) enum Format {
    Text,
    /// Any JSON object.
    Object,
    Schema(Value),
}

/// A sound request for a reply.
pub(crate) struct Ask {
    /// Whose rules hold.
    pub model: &'static Model,
    /// The id as it was sent; an added model has another one than `model`.
    pub model_id: String,
    pub turns: Vec<Turn>,
    pub format: Format,
    /// Most tokens of the answer, with its reasoning.
    pub max_tokens: Option<u64>,
    pub effort: Option<String>,
    /// xAI's `prompt_cache_key`.
    pub cache_key: Option<String>,
    /// Whether Groq's `reasoning` field is wanted.
    pub shows_reasoning: bool,
    /// The whole body, whose settings some answers repeat.
    pub body: Map<String, Value>,
}

impl Ask {
    /// The newest text of a user; empty without one.
    pub(crate) fn newest(&self) -> &str {
        let mut users = self.turns.iter().rev();
        users
            .find(|turn| turn.role == Role::User)
            .map_or("", |turn| &turn.text)
    }

    /// All system texts.
    pub(crate) fn system(&self) -> String {
        let system = self.turns.iter().filter(|turn| turn.role == Role::System);
        let texts: Vec<&str> = system.map(|turn| turn.text.as_str()).collect();
        texts.join("\n")
    }

    /// Everything the model reads.
    pub(crate) fn prompt(&self) -> String {
        let texts: Vec<&str> = self.turns.iter().map(|turn| turn.text.as_str()).collect();
        texts.join("\n")
    }

    /// Tokens that the model spends on thinking before it writes.
    pub(crate) fn reasoning_tokens(&self) -> u64 {
        if self.model.efforts.is_empty() {
            return 0;
        }
        match self.effort.as_deref() {
            Some("none") => 0,
            Some("medium") => 128,
            Some("high") => 320,
            Some("xhigh") => 640,
            _ => 32,
        }
    }
}

/// What the model is said to have written.
pub(crate) struct Written {
    /// `None` when it wrote nothing.
    pub text: Option<String>,
    /// Whether `text` is a refusal.
    pub refused: bool,
    /// Whether it ran into the most tokens.
    pub truncated: bool,
    pub usage: Usage,
}

impl Written {
    /// Counts tokens, and cuts the text where the most tokens are reached, unless it may ignore them.
    pub(crate) fn new(ask: &Ask, text: Option<String>, cached: u64, without_limit: bool) -> Self {
        let reasoning = ask.reasoning_tokens();
        let room = ask
            .max_tokens
            .filter(|_| !without_limit)
            .map_or(u64::MAX, |most| most.saturating_sub(reasoning));
        let full = text.unwrap_or_default();
        let kept = tokens::first(&full, room);
        Self {
            refused: false,
            truncated: kept.len() < full.len(),
            usage: Usage {
                input: tokens::count(&ask.prompt()),
                cached,
                output: tokens::count(kept) + reasoning,
                reasoning,
            },
            text: (!kept.is_empty()).then(|| kept.to_owned()),
        }
    }
}

/// Why a vendor does not answer.
#[derive(Debug)]
pub(crate) enum Problem {
    NoKey,
    /// The key with its middle replaced.
    WrongKey(String),
    NoSuchPath,
    NoSuchModel(String),
    Decommissioned(String),
    Gone(String),
    /// A value that does not fit, or a field that is missing or unknown.
    Invalid(String),
    /// A body that cannot be read into the vendor's types.
    Malformed(String),
    TooLong {
        most: u64,
        tokens: u64,
    },
    TooLarge,
    TooManyRequests(Option<u64>),
    SpendingLimit,
    ServerError,
    Unavailable,
}

/// Status and body of a refusal.
pub(crate) fn refusal(vendor: Vendor, problem: &Problem) -> (u16, Value) {
    match vendor {
        Vendor::Xai => xai::refusal(problem),
        Vendor::Groq => groq::refusal(problem),
    }
}

/// Reads the body of a request for a reply.
pub(crate) fn read(vendor: Vendor, body: &Value, extra: &[String]) -> Result<Ask, Problem> {
    match vendor {
        Vendor::Xai => xai::read(body, extra),
        Vendor::Groq => groq::read(body, extra),
    }
}

/// Writes an answer.
pub(crate) fn write(ask: &Ask, written: &Written, ids: &mut Generator, now_ms: u64) -> Value {
    match ask.model.vendor {
        Vendor::Xai => xai::write(ask, written, ids, now_ms),
        Vendor::Groq => groq::write(ask, written, ids, now_ms),
    }
}

/// The model of this id, or the reason why there is none.
pub(crate) fn model(vendor: Vendor, id: &str, extra: &[String]) -> Result<&'static Model, Problem> {
    let added = || {
        extra
            .iter()
            .any(|added| added == id)
            .then(|| crate::models::stand_in_for_added(vendor))
            .flatten()
    };
    crate::models::find(vendor, id)
        .or_else(added)
        .ok_or_else(|| {
            if vendor == Vendor::Groq && crate::models::is_decommissioned(id) {
                Problem::Decommissioned(id.to_owned())
            } else {
                Problem::NoSuchModel(id.to_owned())
            }
        })
}

/// A number within its limits, when it is there.
fn ranged(body: &Map<String, Value>, name: &str, least: f64, most: f64) -> Result<(), String> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(()),
        Some(value) => match value.as_f64() {
            Some(number) if (least..=most).contains(&number) => Ok(()),
            Some(_) => Err(format!("{name} must be between {least} and {most}")),
            None => Err(format!("{name} must be a number")),
        },
    }
}
