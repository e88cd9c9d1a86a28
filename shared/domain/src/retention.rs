//! How long data is kept: the table that the privacy policy publishes, as code.

mod choice;

use std::time::Duration;

pub use choice::{Choice, DEFAULT_DAYS, LONGEST_DAYS, SHORTER_AFTER, SHORTEST_DAYS};

/// How often a workspace is searched for fans whose time is over.
pub const RETENTION_EVERY: Duration = Duration::from_secs(24 * 3600);

/// How long what came through a bot is kept once the bot was disconnected.
pub const BOT_LASTS: Duration = Duration::from_secs(30 * 24 * 3600);

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Which data, in the policy's words.
    pub data: &'static str,
    /// How long, in the policy's words.
    pub kept: &'static str,
    /// The same in days, where it is a number of days.
    pub days: Option<u16>,
}

const fn rule(data: &'static str, kept: &'static str, days: Option<u16>) -> Rule {
    Rule { data, kept, days }
}

/// The published table.
pub const TABLE: &[Rule] = &[
    rule(
        "sessions",
        "12 hours without use, 30 days at most",
        Some(30),
    ),
    rule("login and network address records", "30 days", Some(30)),
    rule(
        "sign-ups whose address was never confirmed",
        "48 hours",
        Some(2),
    ),
    rule(
        "fan messages and profile",
        "as the creator chooses, 30 to 730 days after the last contact; 365 days unless chosen",
        None,
    ),
    rule("updates that we could not read", "sealed, 7 days", Some(7)),
    rule(
        "messages that could not be worked because something failed",
        "in a queue as they came, 22 days at most; nothing comes of them once their fan was erased",
        Some(22),
    ),
    rule(
        "numbers of Telegram updates, kept so that none is stored twice",
        "7 days",
        Some(7),
    ),
    rule(
        "what an AI provider was asked and answered",
        "not stored beyond the message, draft or fact that came of it",
        None,
    ),
    rule(
        "notices of Stripe, kept so that none counts twice",
        "90 days",
        Some(90),
    ),
    rule("exports", "7 days", Some(7)),
    rule("records of privacy requests", "24 months", Some(731)),
    rule(
        "marks of erased fans, kept so that nothing of theirs comes back",
        "45 days",
        Some(45),
    ),
    rule("audit records", "24 months", Some(731)),
    rule("invoices", "as tax law requires", None),
    rule(
        "account closed on request",
        "erased after 7 days, in which you can change your mind",
        Some(7),
    ),
    rule(
        "account closed by the end of the contract, or bot disconnected",
        "frozen, can be retrieved for 30 days, then erased; earlier if you say so",
        Some(30),
    ),
    rule("backups", "35 days at most", Some(35)),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{self, DocumentId};
    use crate::registry::{Retention, class};

    #[test]
    fn p41_the_policy_publishes_exactly_this_table() {
        let policy = documents::current(DocumentId::Privacy).text;
        let (_, section) = policy
            .split_once("## 10. How long data is kept")
            .expect("the section");
        let section = section.split("\n## ").next().expect("a beginning");
        let shown: Vec<&str> = section
            .lines()
            .filter(|line| line.starts_with("| "))
            .skip(1)
            .collect();
        let rules: Vec<String> = TABLE
            .iter()
            .map(|rule| format!("| {} | {} |", rule.data, rule.kept))
            .collect();
        assert_eq!(shown, rules);
    }

    #[test]
    fn a_closing_can_be_taken_back_as_long_as_is_published() {
        let row = |rule: &&Rule| rule.data == "account closed on request";
        let published = TABLE.iter().find(row).and_then(|rule| rule.days);
        let days = crate::privacy::CLOSING_LASTS.as_secs() / 86_400;
        assert_eq!(published.map(u64::from), Some(days));
    }

    #[test]
    fn what_could_not_be_worked_lies_in_queues_as_long_as_is_published_and_agreed() {
        let row = |rule: &&Rule| rule.data.starts_with("messages that could not be worked");
        let published = TABLE.iter().find(row).and_then(|rule| rule.days);
        let days = crate::privacy::QUEUES_LAST.as_secs() / 86_400;
        assert_eq!(published.map(u64::from), Some(days));
        let agreement = documents::current(DocumentId::Dpa).text;
        assert!(agreement.contains(&format!("for at most {days} days. After the erasure")));
    }

    #[test]
    fn what_a_disconnected_bot_brought_is_kept_as_long_as_is_published() {
        let row = |rule: &&Rule| rule.data.ends_with("or bot disconnected");
        let published = TABLE.iter().find(row).and_then(|rule| rule.days);
        let days = BOT_LASTS.as_secs() / 86_400;
        assert_eq!(published.map(u64::from), Some(days));
    }

    #[test]
    fn p41_an_entry_of_the_audit_log_lasts_as_long_as_is_published() {
        let row = |rule: &&Rule| rule.data == "audit records";
        let published = TABLE.iter().find(row).and_then(|rule| rule.days);
        let days = crate::audit::LASTS.as_secs() / 86_400;
        assert_eq!(published.map(u64::from), Some(days));
    }

    #[test]
    fn every_fixed_time_of_the_field_registry_is_published() {
        for class in [
            class::FAN_TRANSIT,
            class::FAN_TRANSIT_FACT,
            class::LOGIN,
            class::AUDIT,
            class::REQUEST,
            class::REQUEST_SEALED,
            class::STRIPE_NOTICE,
            class::TOMBSTONE,
        ] {
            let Retention::Days(days) = class.retention else {
                panic!("{class:?} has a fixed time");
            };
            assert!(TABLE.iter().any(|rule| rule.days == Some(days)), "{days}");
        }
    }
}
