//! What is to be done with a notice, and what follows from a call: pure.

use std::time::Duration;

use domain::Timestamp;
use domain::notice::{MailLane, MailTopic};
use mail::{SendError, SesMessageId};
use store::row::{NoticeRow, NoticeState};

/// The first distance between two tries.
const FIRST_WAIT: Duration = Duration::from_secs(30);
/// The longest.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);
/// Codes and links of security mails have ended by then: the longest lets a person take their address back for 72 hours.
const SECURITY_PATIENCE: Duration = Duration::from_secs(72 * 3600);
/// A receipt is worth having after a week.
const BULK_PATIENCE: Duration = Duration::from_secs(7 * 24 * 3600);

/// What to do with a notice that a message or the sweep names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Nothing: it is at its end, under way, or not due; whoever made it wait has asked for a look by then.
    Leave,
    /// Its mailer died between claim and record.
    Lost,
    /// To be sent.
    Send,
}

/// Decides what to do now.
pub(crate) fn step(row: &NoticeRow, now: Timestamp) -> Step {
    match row.state {
        NoticeState::Pending if row.next_at <= now => Step::Send,
        NoticeState::Sending if row.next_at <= now => Step::Lost,
        NoticeState::Pending
        | NoticeState::Sending
        | NoticeState::Sent
        | NoticeState::Failed
        | NoticeState::Unknown
        | NoticeState::Suppressed => Step::Leave,
    }
}

/// How a notice ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) state: NoticeState,
    pub(crate) reason: Option<&'static str>,
    pub(crate) ses_id: Option<String>,
}

impl End {
    fn because(state: NoticeState, reason: &'static str) -> Self {
        Self {
            state,
            reason: Some(reason),
            ses_id: None,
        }
    }

    pub(crate) fn failed(reason: &'static str) -> Self {
        Self::because(NoticeState::Failed, reason)
    }

    pub(crate) fn suppressed(reason: &'static str) -> Self {
        Self::because(NoticeState::Suppressed, reason)
    }

    pub(crate) fn lost() -> Self {
        Self::because(NoticeState::Unknown, "mailer_died")
    }
}

/// How a notice ends that has no address to go to.
pub(crate) fn nowhere() -> End {
    End::failed("no_address")
}

/// Whether a person does without a kind of mail.
pub(crate) fn is_off(off: Option<&[MailTopic]>, kind: &str) -> bool {
    let mut topics = off.into_iter().flatten();
    topics.any(|topic| topic.as_str() == kind)
}

/// What follows from a call to SES.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The notice is at its end.
    End(End),
    /// Surely not accepted: once more after this time.
    Again(Duration),
}

/// Decides after try number `row.attempts` (the first is 1).
pub(crate) fn verdict(
    row: &NoticeRow,
    answer: &Result<SesMessageId, SendError>,
    now: Timestamp,
) -> Verdict {
    match answer {
        Ok(id) => Verdict::End(End {
            state: NoticeState::Sent,
            reason: None,
            ses_id: Some(id.0.clone()),
        }),
        Err(SendError::Never(_)) => Verdict::End(End::failed("refused")),
        Err(SendError::Unknown(_)) => {
            Verdict::End(End::because(NoticeState::Unknown, "answer_lost"))
        }
        Err(SendError::Later(_)) => {
            let wait = distance(row.attempts);
            if now.plus(wait) > row.created_at.plus(patience(row.lane)) {
                Verdict::End(End::failed("not_accepted_in_time"))
            } else {
                Verdict::Again(wait)
            }
        }
    }
}

/// 30 s, 1, 2, 4 ... minutes, at most an hour.
fn distance(attempt: u32) -> Duration {
    let doublings = attempt.saturating_sub(1).min(10);
    (FIRST_WAIT * 2_u32.pow(doublings)).min(LONGEST_WAIT)
}

const fn patience(lane: MailLane) -> Duration {
    match lane {
        MailLane::Security => SECURITY_PATIENCE,
        MailLane::Bulk => BULK_PATIENCE,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::Sealed;
    use domain::ids::TenantId;
    use domain::notice::NoticeId;

    const NOW: Timestamp = Timestamp::from_seconds(1_000_000);

    pub(crate) fn row(state: NoticeState, next_at: Timestamp) -> NoticeRow {
        NoticeRow {
            id: NoticeId::parse("verify-1").expect("an id"),
            tenant: TenantId::from_bytes([1; 16]),
            account: None,
            template: "verify_address".into(),
            lane: MailLane::Security,
            content: Some(Sealed::from_bytes(vec![1])),
            state,
            attempts: 1,
            reason: None,
            ses_id: None,
            trouble: None,
            created_at: NOW,
            next_at,
            ended_at: None,
            due_at: Some(next_at),
            until: None,
        }
    }

    fn later() -> Result<SesMessageId, SendError> {
        Err(SendError::Later("throttled".into()))
    }

    #[test]
    fn a_repeated_message_sends_nothing_twice() {
        let soon = NOW.plus(Duration::from_secs(1));
        assert_eq!(step(&row(NoticeState::Pending, NOW), NOW), Step::Send);
        assert_eq!(step(&row(NoticeState::Pending, soon), NOW), Step::Leave);
        assert_eq!(step(&row(NoticeState::Sending, soon), NOW), Step::Leave);
        for state in [
            NoticeState::Sent,
            NoticeState::Failed,
            NoticeState::Unknown,
            NoticeState::Suppressed,
        ] {
            assert_eq!(step(&row(state, NOW), NOW), Step::Leave, "{state:?}");
        }
    }

    #[test]
    fn a_claim_whose_lease_ended_is_lost_and_not_sent_again() {
        assert_eq!(step(&row(NoticeState::Sending, NOW), NOW), Step::Lost);
    }

    #[test]
    fn what_may_have_been_accepted_is_never_tried_again() {
        let answer = Err(SendError::Unknown("timed out".into()));
        let verdict = verdict(&row(NoticeState::Sending, NOW), &answer, NOW);
        assert!(matches!(verdict, Verdict::End(end) if end.state == NoticeState::Unknown));
    }

    #[test]
    fn who_does_without_a_mail_gets_every_other_one() {
        let off = [MailTopic::QuotaNear];
        assert!(is_off(Some(&off), "quota_near"));
        assert!(!is_off(Some(&off), "budget_reached") && !is_off(Some(&off), "receipt"));
        assert!(!is_off(None, "quota_near") && !is_off(Some(&[]), "quota_near"));
    }

    #[test]
    fn distances_grow_to_an_hour() {
        let seconds: Vec<_> = (1..=9).map(|attempt| distance(attempt).as_secs()).collect();
        assert_eq!(seconds, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
        assert_eq!(distance(u32::MAX), LONGEST_WAIT);
    }

    #[test]
    fn a_security_mail_is_given_up_with_its_longest_link_and_a_bulk_mail_after_a_week() {
        let mut notice = row(NoticeState::Sending, NOW);
        let ended = |notice: &NoticeRow, hours: u64| {
            let at = NOW.plus(Duration::from_secs(hours * 3600));
            matches!(verdict(notice, &later(), at), Verdict::End(_))
        };
        assert!(!ended(&notice, 71) && ended(&notice, 72));
        notice.lane = MailLane::Bulk;
        assert!(!ended(&notice, 72) && ended(&notice, 7 * 24));
    }
}
