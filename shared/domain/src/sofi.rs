//! Words about Sofi, the AI, that the store, the API and the workers share.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Older than this an answer of Sofi comes too late to fit, wherever it waited: a person looks.
pub const TOO_LATE: Duration = Duration::from_secs(15 * 60);

/// Facts that are remembered of one fan at most.
pub const MOST_FACTS: usize = 60;

/// What Sofi does when a fan writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReplyMode {
    /// Nothing: people answer.
    #[default]
    Off,
    /// Writes a draft that a person approves, edits or discards.
    Draft,
    /// Answers.
    Auto,
}

impl ReplyMode {
    /// Its stored form.
    pub const fn as_str(self) -> &'static str {
        match self {
            ReplyMode::Off => "off",
            ReplyMode::Draft => "draft",
            ReplyMode::Auto => "auto",
        }
    }
}

/// Why Sofi is silent in one conversation for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// A person of the team is writing.
    Person,
    /// The fan asked for a person (`/human`).
    Fan,
}

/// An AI vendor.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum VendorName {
    /// xAI, asked first.
    Xai,
    /// Groq, asked when xAI cannot answer.
    Groq,
}

impl VendorName {
    /// Every vendor, in the order in which they are asked.
    pub const ALL: &'static [VendorName] = &[VendorName::Xai, VendorName::Groq];

    /// The name in keys, rows and logs.
    pub const fn as_str(self) -> &'static str {
        match self {
            VendorName::Xai => "xai",
            VendorName::Groq => "groq",
        }
    }
}

/// How one turn of Sofi ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TurnEnd {
    /// A reply was queued for the fan.
    Replied,
    /// A draft waits for a person.
    Drafted,
    /// A person answers instead; `reason` says why.
    HandedOver,
    /// A newer turn took its place: a person has the chat, and what the fan wrote is looked at when that ends.
    Superseded,
}

impl TurnEnd {
    /// The name in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            TurnEnd::Replied => "replied",
            TurnEnd::Drafted => "drafted",
            TurnEnd::HandedOver => "handed_over",
            TurnEnd::Superseded => "superseded",
        }
    }
}

/// Whether a remembered fact may be used without asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    /// Yes.
    #[default]
    Ordinary,
    /// Health, faith, politics and the like (GDPR Art. 9 and 10): never used until the creator switches it on.
    Sensitive,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sofi_is_off_until_somebody_switches_it_on() {
        assert_eq!(ReplyMode::default(), ReplyMode::Off);
    }
}
