//! What becomes of the attempt that is there: pure.

use std::time::Duration;

use domain::Timestamp;
use domain::billing::{Interval, Plan};
use domain::ids::UserId;
use store::row::CheckoutRow;
use stripe::objects::{CheckoutSession, SessionStatus};

/// How long a page stays open: long enough to fetch a card, short enough that a price on it is still ours.
const OPEN_FOR: Duration = Duration::from_secs(2 * 3600);
/// Stripe opens no page for less than half an hour; a call that was cut off is made again as long as it would.
const LEAST: Duration = Duration::from_secs(35 * 60);

/// What is to be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) plan: Plan,
    pub(super) interval: Interval,
}

/// What the last attempt has come to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// Its page is open and sells the same: every browser gets it.
    Open,
    /// Its page is open and sells something else: it is closed first.
    Other,
    /// Stripe was called and no answer was kept: the call is made again under its key.
    Unanswered,
    /// Something was bought on it that is not over.
    Bought,
    /// Nothing can be bought on it any more.
    Over,
}

/// Judges an attempt by its row, its page at Stripe if one is known, and whether what was bought on that is over by now.
pub(super) fn judge(
    row: &CheckoutRow,
    page: Option<&CheckoutSession>,
    is_over: bool,
    choice: Choice,
    now: Timestamp,
) -> Stands {
    let is_same = (row.plan, row.interval) == (choice.plan, choice.interval);
    let Some(page) = page else {
        // Nobody was ever given the address of its page, if there is one. One that was known and is gone is over.
        let is_asked_again = is_same && row.session.is_none() && now.plus(LEAST) <= row.closes_at;
        return match is_asked_again {
            true => Stands::Unanswered,
            false => Stands::Over,
        };
    };
    match page.status {
        SessionStatus::Complete if is_over => Stands::Over,
        SessionStatus::Complete => Stands::Bought,
        SessionStatus::Open if is_same => Stands::Open,
        SessionStatus::Open => Stands::Other,
        SessionStatus::Expired | SessionStatus::Unknown(_) => Stands::Over,
    }
}

/// What was bought on a page, once somebody is through.
pub(super) fn bought(page: &CheckoutSession) -> Option<&str> {
    let is_through = page.status == SessionStatus::Complete;
    page.subscription.as_deref().filter(|_| is_through)
}

/// The next attempt. Its key is made of the workspace and its number, and stored before Stripe is called.
pub(super) fn next(
    former: Option<&CheckoutRow>,
    (workspace, buyer): (&str, UserId),
    choice: Choice,
    now: Timestamp,
) -> CheckoutRow {
    let attempt = former.map_or(0, |row| row.attempt).saturating_add(1);
    CheckoutRow {
        attempt,
        plan: choice.plan,
        interval: choice.interval,
        buyer: Some(buyer),
        idempotency_key: format!("checkout.{workspace}.{attempt}"),
        session: None,
        url: None,
        closes_at: now.plus(OPEN_FOR),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_456_800);
    const CHOICE: Choice = Choice {
        plan: Plan::Studio,
        interval: Interval::Year,
    };
    const WHO: (&str, UserId) = ("W", UserId::from_bytes([2; 16]));

    fn page(status: &str, subscription: Option<&str>) -> CheckoutSession {
        let value = json!({ "id": "cs_1", "status": status, "subscription": subscription });
        CheckoutSession::read(&value).expect("a session")
    }

    #[test]
    fn each_attempt_has_a_key_of_its_own_and_begins_without_a_page() {
        let first = next(None, WHO, CHOICE, NOW);
        let second = next(Some(&first), WHO, CHOICE, NOW);
        assert_eq!((first.attempt, second.attempt), (1, 2));
        assert_eq!(second.idempotency_key, "checkout.W.2");
        assert!(second.session.is_none() && second.url.is_none());
        assert!(second.closes_at > NOW.plus(LEAST));
    }

    #[test]
    fn a_page_that_is_open_is_shown_again_or_closed_before_another_opens() {
        let row = next(None, WHO, CHOICE, NOW);
        let open = page("open", None);
        assert_eq!(judge(&row, Some(&open), false, CHOICE, NOW), Stands::Open);
        let other = Choice {
            plan: Plan::Creator,
            ..CHOICE
        };
        assert_eq!(judge(&row, Some(&open), false, other, NOW), Stands::Other);
        let expired = page("expired", None);
        assert_eq!(
            judge(&row, Some(&expired), false, CHOICE, NOW),
            Stands::Over
        );
    }

    #[test]
    fn a_call_without_an_answer_is_made_again_as_long_as_stripe_takes_it() {
        let row = next(None, WHO, CHOICE, NOW);
        assert_eq!(judge(&row, None, false, CHOICE, NOW), Stands::Unanswered);
        let late = NOW.plus(OPEN_FOR);
        assert_eq!(judge(&row, None, false, CHOICE, late), Stands::Over);
        let other = Choice {
            interval: Interval::Month,
            ..CHOICE
        };
        assert_eq!(judge(&row, None, false, other, NOW), Stands::Over);
    }

    #[test]
    fn what_was_paid_on_a_page_is_not_sold_again_until_it_is_over() {
        let row = next(None, WHO, CHOICE, NOW);
        let paid = page("complete", Some("sub_1"));
        for (is_over, expected) in [(false, Stands::Bought), (true, Stands::Over)] {
            let judged = judge(&row, Some(&paid), is_over, CHOICE, NOW);
            assert_eq!(judged, expected);
        }
    }

    #[test]
    fn only_who_is_through_has_bought_something() {
        assert_eq!(bought(&page("complete", Some("sub_1"))), Some("sub_1"));
        assert_eq!(bought(&page("complete", None)), None);
        assert_eq!(bought(&page("open", None)), None);
    }
}
