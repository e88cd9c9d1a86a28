//! How deliveries fare, from Telegram's own report. Its words are classified, never passed on.

use std::time::Duration;

use domain::Timestamp;
use telegram::WebhookInfo;

/// `last_error_date` is not cleared by success; an older failure tells nothing about now.
const RECENT: Duration = Duration::from_secs(15 * 60);
/// So many waiting updates are a backlog even without a failure.
const BACKLOG: i64 = 100;

/// Why the last delivery failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Our address refused the secret, or is not known any more.
    Refused,
    /// Our side answered with a failure.
    OurSide,
    /// Telegram could not reach our address.
    Unreachable,
    /// Something else.
    Other,
}

impl Failure {
    pub(crate) const fn cause(self) -> &'static str {
        match self {
            Self::Refused => {
                "Our address refused Telegram's last delivery: the secret there is not the one here."
            }
            Self::OurSide => {
                "Our side failed at Telegram's last delivery. Telegram repeats it; nothing is lost for a day."
            }
            Self::Unreachable => {
                "Telegram could not reach our address. It repeats the delivery; nothing is lost for a day."
            }
            Self::Other => "Telegram's last delivery failed.",
        }
    }

    /// Whether setting the webhook again mends it.
    pub(crate) const fn repairable(self) -> bool {
        matches!(self, Self::Refused | Self::Other)
    }
}

/// The failure that holds up deliveries now: recent, and with updates waiting.
pub(crate) fn failure(info: &WebhookInfo, now: Timestamp) -> Option<Failure> {
    let at = Timestamp::from_seconds(info.last_error_date?);
    if info.pending_update_count == 0 || at.plus(RECENT) <= now {
        return None;
    }
    Some(classify(
        info.last_error_message.as_deref().unwrap_or_default(),
    ))
}

/// Whether updates pile up at Telegram.
pub(crate) fn is_backlog(info: &WebhookInfo, now: Timestamp) -> bool {
    info.pending_update_count >= BACKLOG || failure(info, now).is_some()
}

fn classify(words: &str) -> Failure {
    let words = words.to_ascii_lowercase();
    let says = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    if says(&["401", "403", "404", "410"]) {
        Failure::Refused
    } else if says(&[
        "response from the webhook: 5",
        "internal server error",
        "bad gateway",
        "service unavailable",
    ]) {
        Failure::OurSide
    } else if says(&[
        "connection",
        "timed out",
        "timeout",
        "resolve",
        "ssl",
        "certificate",
    ]) {
        Failure::Unreachable
    } else {
        Failure::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(pending: i64, error_at: Option<i64>, words: &str) -> WebhookInfo {
        WebhookInfo {
            pending_update_count: pending,
            last_error_date: error_at,
            last_error_message: Some(words.to_owned()),
            ..WebhookInfo::default()
        }
    }

    const NOW: Timestamp = Timestamp::from_seconds(10_000);

    #[test]
    fn telegrams_words_are_sorted_into_what_a_person_can_do() {
        let table = [
            (
                "Wrong response from the webhook: 401 Unauthorized",
                Failure::Refused,
            ),
            (
                "Wrong response from the webhook: 503 Service Unavailable",
                Failure::OurSide,
            ),
            ("Connection timed out", Failure::Unreachable),
            ("SSL error {error:0A000086}", Failure::Unreachable),
            (
                "Failed to resolve host: Name or service not known",
                Failure::Unreachable,
            ),
            ("something of the future", Failure::Other),
        ];
        for (words, expected) in table {
            assert_eq!(
                failure(&info(1, Some(9_990), words), NOW),
                Some(expected),
                "{words}"
            );
        }
    }

    #[test]
    fn an_old_failure_or_an_empty_queue_is_no_failure() {
        assert_eq!(failure(&info(1, Some(9_000), "401"), NOW), None);
        assert_eq!(failure(&info(0, Some(9_990), "401"), NOW), None);
        assert_eq!(failure(&info(1, None, ""), NOW), None);
    }

    #[test]
    fn many_waiting_updates_are_a_backlog_without_a_failure() {
        assert!(is_backlog(&info(100, None, ""), NOW));
        assert!(!is_backlog(&info(99, None, ""), NOW));
    }
}
