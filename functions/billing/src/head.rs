//! What a workspace has of billing, in one round trip, and what follows from it for its owners.

use app::OrProblem;
use domain::Timestamp;
use domain::billing::{Standing, SubscriptionCopy, withdrawal_ends};
use http_kit::Problem;
use store::row::{CheckoutRow, SubscriptionRow, WorkspaceRow};
use store::{Found, TenantDb, keys};
use stripe::StripeError;
use tenancy::Reads;

use crate::error::BillingError;

/// Our rows. Stripe is not asked for them.
pub(crate) struct Head {
    pub(crate) workspace: WorkspaceRow,
    pub(crate) bought: Option<Found<SubscriptionRow>>,
    pub(crate) checkout: Option<Found<CheckoutRow>>,
}

impl Head {
    /// Reads them.
    ///
    /// # Errors
    /// 404 for a workspace that is being erased.
    pub(crate) async fn read<R: Reads>(db: &TenantDb<R>) -> Result<Self, Problem> {
        let mut reads = db.read_many();
        let workspace = reads.find::<WorkspaceRow>(&keys::workspace());
        let bought = reads.find::<SubscriptionRow>(&keys::subscription());
        let checkout = reads.find::<CheckoutRow>(&keys::checkout());
        let found = Box::pin(reads.send()).await.or_problem()?;
        let workspace = found.get(workspace).or_problem()?;
        Ok(Self {
            workspace: workspace.ok_or(Problem::NotFound)?.row,
            bought: found.get(bought).or_problem()?,
            checkout: found.get(checkout).or_problem()?,
        })
    }

    /// How the workspace stands.
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        let bought = self.bought.as_ref().map(|found| &found.row);
        app::standing_of(&self.workspace, bought, now)
    }

    /// Our copy of what was bought, over or not.
    pub(crate) fn copy(&self) -> Option<SubscriptionCopy> {
        self.bought.as_ref()?.row.copy()
    }

    /// The row and the subscription in it that is not over.
    ///
    /// # Errors
    /// 409 `nothing_bought`.
    pub(crate) fn running(&self) -> Result<(&Found<SubscriptionRow>, SubscriptionCopy), Problem> {
        let row = self.bought.as_ref();
        let running = row.zip(self.copy());
        running
            .filter(|(_, copy)| !copy.status.is_over())
            .ok_or_else(nothing_bought)
    }

    /// Refuses a second subscription beside one that is not over.
    ///
    /// # Errors
    /// 409 `subscription_exists`.
    pub(crate) fn require_nothing_bought(&self) -> Result<(), Problem> {
        match self.copy() {
            Some(copy) if !copy.status.is_over() => Err(subscription_exists()),
            _ => Ok(()),
        }
    }

    /// Whether a bank decides on an earlier payment.
    pub(crate) fn is_disputed(&self) -> bool {
        let bought = self.bought.as_ref();
        bought.is_some_and(|found| !found.row.disputes.is_empty())
    }

    /// Refuses a purchase while a bank decides on an earlier payment: it would be paid for and give nothing.
    ///
    /// # Errors
    /// 409 `payment_disputed`.
    pub(crate) fn require_nothing_disputed(&self) -> Result<(), Problem> {
        match self.is_disputed() {
            true => Err(payment_disputed()),
            false => Ok(()),
        }
    }
}

/// Whether the time in which it can be taken back lasts.
pub(crate) fn is_early(copy: &SubscriptionCopy, now: Timestamp) -> bool {
    copy.bought_at
        .is_some_and(|bought| now <= withdrawal_ends(bought))
}

/// Until when what was bought can be taken back; nothing where that is over, or was done.
pub(crate) fn withdrawable(copy: &SubscriptionCopy, now: Timestamp) -> Option<Timestamp> {
    let until = withdrawal_ends(copy.bought_at?);
    (!copy.status.is_over() && is_early(copy, now)).then_some(until)
}

/// An answer of Stripe's, or the refusal.
///
/// # Errors
/// 503 where Stripe may answer later, else 500.
pub(crate) fn answered<T>(answer: Result<T, StripeError>) -> Result<T, Problem> {
    answer.map_err(BillingError::from).or_problem()
}

pub(crate) fn nothing_bought() -> Problem {
    Problem::conflict(
        "nothing_bought",
        "There is no subscription. Choose a plan first.",
    )
}

pub(crate) fn subscription_exists() -> Problem {
    Problem::conflict(
        "subscription_exists",
        "This workspace has a subscription already, or its payment is being taken over. Change the plan under Manage instead.",
    )
}

fn payment_disputed() -> Problem {
    Problem::conflict(
        "payment_disputed",
        "Your bank decides on an earlier payment, so a plan that you buy now would give nothing. Write to our support: a plan can be bought as soon as that is settled.",
    )
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::billing::{Fetched, Interval, Period, Plan, SubscriptionStatus};
    use domain::ids::{TenantId, UserId};

    /// Who buys, cancels and withdraws.
    pub(crate) const OWNER: UserId = UserId::from_bytes([2; 16]);

    /// What a workspace has that was made at this moment, and may have bought something.
    pub(crate) fn head(bought: Option<SubscriptionRow>, made_at: Timestamp) -> Head {
        Head {
            workspace: WorkspaceRow::new(TenantId::from_bytes([1; 16]), "Mira".into(), made_at),
            bought: bought.map(|row| Found { row, rev: 1 }),
            checkout: None,
        }
    }

    /// A subscription as Stripe tells of it, and nothing that need not be known.
    pub(crate) fn fetched(id: &str, customer: &str, status: &str) -> Fetched {
        Fetched {
            id: id.parse().expect("an id"),
            customer: customer.parse().expect("an id"),
            status: status.into(),
            lookup_key: None,
            price: None,
            amount: None,
            currency: None,
            interval: None,
            quantity: 1,
            period: None,
            trial_end: None,
            cancel_at: None,
            cancel_at_period_end: false,
            cancelled_at: None,
            bought_at: None,
            unpaid_since: None,
            ended_at: None,
            ended_unpaid: false,
        }
    }

    /// A subscription that was bought at a moment.
    pub(crate) fn copy(status: SubscriptionStatus, bought_at: i64) -> SubscriptionCopy {
        SubscriptionCopy {
            id: "sub_1".parse().expect("an id"),
            status,
            plan: Plan::Creator,
            interval: Interval::Month,
            price: None,
            amount: Some(2_900),
            currency: Some("eur".to_owned()),
            quantity: 1,
            period: None,
            trial_end: None,
            cancel_at: None,
            cancel_at_period_end: false,
            cancelled_at: None,
            bought_at: Some(Timestamp::from_seconds(bought_at)),
            past_due_since: None,
        }
    }

    /// An active one that was bought when its period began, and renews when it ends.
    pub(crate) fn renewing(start: Timestamp, end: Timestamp) -> SubscriptionCopy {
        SubscriptionCopy {
            period: Some(Period { start, end }),
            ..copy(SubscriptionStatus::Active, start.seconds())
        }
    }

    #[test]
    fn nothing_is_sold_while_a_bank_decides_on_an_earlier_payment() {
        let at = Timestamp::from_seconds(1_795_456_800);
        let row = SubscriptionRow::of("cus_1".parse().expect("an id"));
        let over = copy(SubscriptionStatus::Canceled, at.seconds());
        let settled = row.synced(Some(over), at);
        let disputed = SubscriptionRow {
            disputes: ["dp_1".to_owned()].into(),
            ..settled.clone()
        };
        let refusal = |row| {
            let head = head(row, at);
            assert!(head.require_nothing_bought().is_ok());
            let refused = head.require_nothing_disputed().err();
            refused.map(|problem| problem.code())
        };
        assert_eq!(refusal(None), None);
        assert_eq!(refusal(Some(settled)), None);
        assert_eq!(refusal(Some(disputed)), Some("payment_disputed"));
    }

    #[test]
    fn what_was_bought_can_be_taken_back_until_its_last_moment_and_once() {
        let bought = 1_795_456_800;
        let active = copy(SubscriptionStatus::Active, bought);
        let until = withdrawal_ends(Timestamp::from_seconds(bought));
        assert_eq!(withdrawable(&active, until), Some(until));
        let late = Timestamp::from_millis(until.millis() + 1);
        assert_eq!(withdrawable(&active, late), None);
        let over = copy(SubscriptionStatus::Canceled, bought);
        assert_eq!(withdrawable(&over, until), None);
    }
}
