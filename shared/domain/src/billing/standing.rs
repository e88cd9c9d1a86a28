//! What a workspace may do at this moment: by its copy, its age and the clock.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Entitlements, Plan, SubscriptionCopy, SubscriptionStatus, days};
use crate::Timestamp;

/// How long a new workspace tries everything, without a card.
pub const TRIAL: Duration = days(14);
/// How long everything goes on once a payment has failed.
pub const GRACE: Duration = days(14);

/// Why nothing is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lapse {
    /// The trial is over and nothing was bought.
    TrialOver,
    /// Payments failed for too long.
    Unpaid,
    /// The subscription is over.
    Ended,
    /// Stripe's own trial ended without a way to pay.
    Paused,
    /// A bank takes a payment back, and that is not settled yet.
    Disputed,
}

/// How a workspace stands. Everything follows from it that a plan decides: what Sofi writes by itself, and what goes to many
/// fans at once. What people write, what they take with them and how they leave does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It tries everything.
    Trial {
        /// The first moment after it.
        until: Timestamp,
    },
    /// It is paid.
    Active {
        /// For what.
        plan: Plan,
    },
    /// A payment failed, and everything goes on for a while.
    Grace {
        /// What is to be paid.
        plan: Plan,
        /// The first moment after it.
        until: Timestamp,
    },
    /// Nothing is paid for.
    Lapsed(Lapse),
}

/// The same in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StandingKind {
    /// See [`Standing::Trial`].
    Trial,
    /// See [`Standing::Active`].
    Active,
    /// See [`Standing::Grace`].
    Grace,
    /// See [`Standing::Lapsed`].
    Lapsed,
}

impl Standing {
    /// In one word.
    pub const fn kind(self) -> StandingKind {
        match self {
            Self::Trial { .. } => StandingKind::Trial,
            Self::Active { .. } => StandingKind::Active,
            Self::Grace { .. } => StandingKind::Grace,
            Self::Lapsed(_) => StandingKind::Lapsed,
        }
    }

    /// Until when it lasts, where the clock alone ends it.
    pub const fn until(self) -> Option<Timestamp> {
        match self {
            Self::Trial { until } | Self::Grace { until, .. } => Some(until),
            Self::Active { .. } | Self::Lapsed(_) => None,
        }
    }

    /// What is tried or paid for.
    pub const fn plan(self) -> Option<Plan> {
        match self {
            Self::Trial { .. } => Some(Plan::Trial),
            Self::Active { plan } | Self::Grace { plan, .. } => Some(plan),
            Self::Lapsed(_) => None,
        }
    }

    /// Whether Sofi writes.
    pub const fn allows_ai(self) -> bool {
        !matches!(self, Self::Lapsed(_))
    }

    /// Whether something goes to many fans at once.
    pub const fn allows_bulk(self) -> bool {
        !matches!(self, Self::Lapsed(_))
    }

    /// What may be had. A lapsed workspace keeps what it has; it may add what a trial may, and Sofi writes nothing.
    pub fn entitlements(self) -> Entitlements {
        match self.plan() {
            Some(plan) => plan.offer().entitlements,
            None => Entitlements {
                ai_messages: 0,
                ..Plan::Trial.offer().entitlements
            },
        }
    }
}

/// How a workspace stands that was created at a moment. As long as its trial lasts, nothing that was bought and taken back makes
/// it worse off than a workspace that bought nothing.
#[must_use]
pub fn standing(
    copy: Option<&SubscriptionCopy>,
    created_at: Timestamp,
    now: Timestamp,
) -> Standing {
    let why = match copy.map(|copy| bought(copy, now)) {
        Some(Ok(standing)) => return standing,
        Some(Err(why)) => why,
        None => Lapse::TrialOver,
    };
    let until = created_at.plus(TRIAL);
    match now < until {
        true => Standing::Trial { until },
        false => Standing::Lapsed(why),
    }
}

/// What the subscription itself gives, or why it gives nothing.
fn bought(copy: &SubscriptionCopy, now: Timestamp) -> Result<Standing, Lapse> {
    let plan = copy.plan;
    if copy.ends_at().is_some_and(|end| end <= now) {
        return Err(Lapse::Ended);
    }
    match copy.status {
        SubscriptionStatus::Active | SubscriptionStatus::Trialing => Ok(Standing::Active { plan }),
        SubscriptionStatus::PastDue => {
            // A copy always has it; without it nobody could say when grace is over.
            let since = copy.past_due_since.ok_or(Lapse::Unpaid)?;
            let until = since.plus(GRACE);
            let lasts = now < until;
            lasts
                .then_some(Standing::Grace { plan, until })
                .ok_or(Lapse::Unpaid)
        }
        SubscriptionStatus::Unpaid => Err(Lapse::Unpaid),
        SubscriptionStatus::Paused => Err(Lapse::Paused),
        SubscriptionStatus::Canceled => Err(match copy.past_due_since {
            Some(_) => Lapse::Unpaid,
            None => Lapse::Ended,
        }),
        SubscriptionStatus::Incomplete | SubscriptionStatus::IncompleteExpired => {
            Err(Lapse::TrialOver)
        }
        // Whatever a new word means, what was paid for is given until its end.
        SubscriptionStatus::Other(_) => {
            let is_paid = copy.period.is_some_and(|period| now < period.end);
            is_paid
                .then_some(Standing::Active { plan })
                .ok_or(Lapse::Ended)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Interval, Period};
    use super::*;

    const CREATED: i64 = 1_000;

    fn at(day: i64) -> Timestamp {
        Timestamp::from_seconds(day * 86_400)
    }

    fn copy(status: &str) -> SubscriptionCopy {
        SubscriptionCopy {
            id: "sub_1".parse().expect("an id"),
            status: status.into(),
            plan: Plan::Studio,
            interval: Interval::Month,
            price: None,
            amount: Some(9_900),
            currency: None,
            quantity: 1,
            period: Some(Period {
                start: at(CREATED + 100),
                end: at(CREATED + 130),
            }),
            trial_end: None,
            cancel_at: None,
            cancel_at_period_end: false,
            cancelled_at: None,
            bought_at: None,
            past_due_since: (status == "past_due").then(|| at(CREATED + 100)),
        }
    }

    /// The standing so many days after the workspace was created.
    fn on(copy: Option<&SubscriptionCopy>, day: i64) -> Standing {
        standing(copy, at(CREATED), at(CREATED + day))
    }

    #[test]
    fn a_workspace_tries_everything_for_fourteen_days_and_not_a_moment_longer() {
        let until = at(CREATED + 14);
        assert_eq!(on(None, 0), Standing::Trial { until });
        let last = Timestamp::from_millis(until.millis() - 1);
        assert_eq!(standing(None, at(CREATED), last), Standing::Trial { until });
        assert_eq!(on(None, 14), Standing::Lapsed(Lapse::TrialOver));
        assert!(on(None, 13).allows_ai() && on(None, 13).allows_bulk());
    }

    #[test]
    fn each_status_gives_what_it_says() {
        let plan = Plan::Studio;
        let until = at(CREATED + 114);
        for (status, expected) in [
            ("active", Standing::Active { plan }),
            ("trialing", Standing::Active { plan }),
            ("past_due", Standing::Grace { plan, until }),
            ("unpaid", Standing::Lapsed(Lapse::Unpaid)),
            ("paused", Standing::Lapsed(Lapse::Paused)),
            ("canceled", Standing::Lapsed(Lapse::Ended)),
            ("incomplete", Standing::Lapsed(Lapse::TrialOver)),
            ("incomplete_expired", Standing::Lapsed(Lapse::TrialOver)),
        ] {
            assert_eq!(on(Some(&copy(status)), 110), expected, "{status}");
        }
    }

    #[test]
    fn grace_is_over_fourteen_days_after_the_payment_was_owed() {
        let copy = copy("past_due");
        assert!(on(Some(&copy), 113).allows_ai());
        let over = on(Some(&copy), 114);
        assert_eq!(over, Standing::Lapsed(Lapse::Unpaid));
        assert!(!over.allows_ai() && !over.allows_bulk());
        assert_eq!(over.entitlements().ai_messages, 0);
        assert_eq!(
            over.entitlements().bots,
            Plan::Trial.offer().entitlements.bots
        );
    }

    #[test]
    fn what_was_cancelled_lasts_until_its_end_and_ends_without_word_from_stripe() {
        let leaving = SubscriptionCopy {
            cancel_at_period_end: true,
            ..copy("active")
        };
        assert_eq!(
            on(Some(&leaving), 129),
            Standing::Active { plan: Plan::Studio }
        );
        assert_eq!(on(Some(&leaving), 130), Standing::Lapsed(Lapse::Ended));
        let sooner = SubscriptionCopy {
            cancel_at: Some(at(CREATED + 120)),
            ..leaving
        };
        assert_eq!(on(Some(&sooner), 120), Standing::Lapsed(Lapse::Ended));
    }

    #[test]
    fn a_subscription_that_renews_goes_on_while_stripe_is_silent() {
        assert_eq!(
            on(Some(&copy("active")), 140),
            Standing::Active { plan: Plan::Studio }
        );
    }

    #[test]
    fn a_word_that_nobody_knows_gives_what_was_paid_for_and_no_more() {
        let dreaming = copy("dreaming");
        assert_eq!(
            on(Some(&dreaming), 129),
            Standing::Active { plan: Plan::Studio }
        );
        assert_eq!(on(Some(&dreaming), 130), Standing::Lapsed(Lapse::Ended));
    }

    #[test]
    fn who_buys_and_withdraws_within_the_trial_still_has_the_rest_of_it() {
        let until = at(CREATED + 14);
        for status in ["canceled", "incomplete", "incomplete_expired"] {
            let standing = on(Some(&copy(status)), 5);
            assert_eq!(standing, Standing::Trial { until }, "{status}");
        }
    }

    #[test]
    fn a_standing_says_until_when_the_clock_lets_it_last() {
        assert_eq!(on(None, 1).until(), Some(at(CREATED + 14)));
        let grace = on(Some(&copy("past_due")), 110);
        assert_eq!(grace.until(), Some(at(CREATED + 114)));
        assert_eq!(grace.kind(), StandingKind::Grace);
        assert_eq!(on(Some(&copy("active")), 110).until(), None);
    }
}
