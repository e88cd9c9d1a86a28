//! Words about mail that the store, the queues and the mailer share.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;
use utoipa::ToSchema;

/// The longest id of a notice: what fits a field of a log line.
pub const MAX_NOTICE_ID: usize = 64;

/// A text that names no notice.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("not an id of a notice")]
pub struct ParseNoticeIdError;

/// Names one fact that a person is told by mail once: `verify-<registration>`, `new-device-<session>`. Made from the
/// fact's own id, so that telling it again finds the notice that is there. Ids only, never an address or a name: it
/// stands in keys, queues and logs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct NoticeId(String);

impl NoticeId {
    /// From the kind of fact and the id of this one, both of letters, digits, `-` and `_`.
    ///
    /// # Errors
    /// When either is empty, has other characters, or both together are longer than [`MAX_NOTICE_ID`].
    pub fn new(fact: &str, id: impl fmt::Display) -> Result<Self, ParseNoticeIdError> {
        let id = id.to_string();
        if fact.is_empty() || id.is_empty() {
            return Err(ParseNoticeIdError);
        }
        Self::parse(&format!("{fact}-{id}"))
    }

    /// Reads an id as it stands in keys and messages.
    ///
    /// # Errors
    /// When the text has another form.
    pub fn parse(text: &str) -> Result<Self, ParseNoticeIdError> {
        let well_formed = (1..=MAX_NOTICE_ID).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        well_formed
            .then(|| Self(text.to_owned()))
            .ok_or(ParseNoticeIdError)
    }

    /// As it stands in keys and messages.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NoticeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for NoticeId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// Which queue a mail waits in. The two never wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailLane {
    /// Keeps an account safe or lets a person in: verification, new device, password, roles.
    Security,
    /// Everything else: receipts, budgets, reports.
    Bulk,
}

impl MailLane {
    /// Its stored form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Bulk => "bulk",
        }
    }
}

/// Mails that a person may do without: they warn of what the dashboard shows as well. What keeps an account safe, what is owed to
/// who pays, what the law wants told and what somebody asked for is none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailTopic {
    /// The day's AI budget is spent.
    BudgetReached,
    /// Four fifths of what the plan lets have are used.
    QuotaNear,
}

impl MailTopic {
    /// Each of them.
    pub const ALL: [Self; 2] = [Self::BudgetReached, Self::QuotaNear];

    /// Its stored form, which is that of the mail.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BudgetReached => "budget_reached",
            Self::QuotaNear => "quota_near",
        }
    }
}

/// What became of a mail after SES took it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailTrouble {
    /// The receiver's server refuses this address for good.
    Bounced,
    /// The receiver called our mail unwanted.
    Complained,
}

impl MailTrouble {
    /// Its stored form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bounced => "bounced",
            Self::Complained => "complained",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_named_by_its_fact() {
        let id = NoticeId::new("new-device", "ses_01ABC").map(|id| id.to_string());
        assert_eq!(id, Ok("new-device-ses_01ABC".to_owned()));
    }

    #[test]
    fn a_name_that_could_break_a_key_is_refused() {
        for text in ["", "a#b", "a b", "a@b.cc", &"x".repeat(MAX_NOTICE_ID + 1)] {
            assert_eq!(NoticeId::parse(text), Err(ParseNoticeIdError), "{text:?}");
        }
        assert!(NoticeId::new("", "x").is_err() && NoticeId::new("x", "").is_err());
    }
}
