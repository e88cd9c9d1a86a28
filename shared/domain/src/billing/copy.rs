//! What fetched subscriptions make of our copy.
//!
//! The copy is a function of what Stripe said last: of nothing that was said before, and of no event. So it does not matter in
//! which order events come, how often, or which of them get lost, as long as one look comes after the last change.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::{CustomerId, Interval, Plan, SubscriptionId, SubscriptionStatus};
use crate::Timestamp;

/// From when to when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Its first moment.
    pub start: Timestamp,
    /// The first moment after it.
    pub end: Timestamp,
}

/// A subscription as Stripe gave it a moment ago.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Which.
    pub id: SubscriptionId,
    /// Who pays.
    pub customer: CustomerId,
    /// How it stands.
    pub status: SubscriptionStatus,
    /// Our own name for what was bought.
    pub lookup_key: Option<String>,
    /// Stripe's name for it.
    pub price: Option<String>,
    /// What one costs, in the currency's smallest unit.
    pub amount: Option<i64>,
    /// Three small letters.
    pub currency: Option<String>,
    /// How often is paid, if it is one of ours.
    pub interval: Option<Interval>,
    /// How many.
    pub quantity: i64,
    /// What is paid for now.
    pub period: Option<Period>,
    /// When Stripe's own trial ends or ended.
    pub trial_end: Option<Timestamp>,
    /// When it ends, if somebody set a moment.
    pub cancel_at: Option<Timestamp>,
    /// Whether it ends with its period.
    pub cancel_at_period_end: bool,
    /// When somebody cancelled it last; absent while it goes on.
    pub cancelled_at: Option<Timestamp>,
    /// When it was bought.
    pub bought_at: Option<Timestamp>,
    /// When the oldest of its invoices was made that is still to be paid, of those since the last that was paid. With it, the copy
    /// depends on nothing that was seen earlier; without it, grace runs from the moment at which we first saw that a payment had
    /// failed.
    pub unpaid_since: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// Whether it was over because its payments failed.
    pub ended_unpaid: bool,
}

impl Fetched {
    /// Whether it is over because its payments failed for too long.
    pub fn is_over_unpaid(&self) -> bool {
        self.status == SubscriptionStatus::Canceled && self.ended_unpaid
    }
}

/// Our copy of a workspace's subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionCopy {
    /// Which.
    pub id: SubscriptionId,
    /// How it stands.
    pub status: SubscriptionStatus,
    /// What was bought.
    pub plan: Plan,
    /// How often is paid.
    pub interval: Interval,
    /// Stripe's name for the price.
    pub price: Option<String>,
    /// What one costs, in the currency's smallest unit.
    pub amount: Option<i64>,
    /// Three small letters.
    pub currency: Option<String>,
    /// How many.
    pub quantity: i64,
    /// What is paid for now.
    pub period: Option<Period>,
    /// When Stripe's own trial ends or ended.
    pub trial_end: Option<Timestamp>,
    /// When it ends, if somebody set a moment.
    pub cancel_at: Option<Timestamp>,
    /// Whether it ends with its period.
    pub cancel_at_period_end: bool,
    /// When somebody cancelled it last; absent while it goes on.
    pub cancelled_at: Option<Timestamp>,
    /// When it was bought.
    pub bought_at: Option<Timestamp>,
    /// Since when a payment is owed; only while one is, or where it ended because of that.
    pub past_due_since: Option<Timestamp>,
}

/// What a person of ours must see to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is another customer's, and counts for nothing here.
    Foreign(SubscriptionId),
    /// The customer has a better or newer one: this one is to be cancelled, or it is paid twice.
    Surplus(SubscriptionId),
    /// Its price is none of ours. It counts as the smallest plan: whoever pays has something.
    UnknownPrice(SubscriptionId),
}

/// What is to be written, and what was noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The new copy; absent where nothing was ever bought.
    pub copy: Option<SubscriptionCopy>,
    /// What was noticed, in an order that depends on nothing but the subscriptions.
    pub problems: Vec<Problem>,
}

impl SubscriptionCopy {
    /// When it ends, if that is settled.
    pub fn ends_at(&self) -> Option<Timestamp> {
        let with_period = self.period.filter(|_| self.cancel_at_period_end);
        let with_period = with_period.map(|period| period.end);
        match (self.cancel_at, with_period) {
            (Some(at), Some(end)) => Some(at.min(end)),
            (at, end) => at.or(end),
        }
    }

    /// Whether it ends with what is paid for or before, so that nothing more is charged. One that ends at a later moment renews
    /// until then.
    pub fn ends_with_period(&self) -> bool {
        let ends = self.cancel_at.zip(self.period);
        self.cancel_at_period_end || ends.is_some_and(|(at, period)| at <= period.end)
    }

    /// Whether more will be charged for it unless somebody ends it.
    pub fn goes_on(&self) -> bool {
        !self.status.is_over() && !self.ends_with_period()
    }
}

/// Makes the copy of a customer's subscriptions, all of which were fetched at this moment. `before` is the copy of then; of it
/// only the beginning of an unpaid time is kept, where Stripe does not tell it.
#[must_use]
pub fn copied(
    customer: &CustomerId,
    fetched: &[Fetched],
    before: Option<&SubscriptionCopy>,
    now: Timestamp,
) -> Copied {
    let (mut own, foreign): (Vec<&Fetched>, Vec<&Fetched>) =
        fetched.iter().partition(|one| one.customer == *customer);
    own.sort_by(|one, other| order(other).cmp(&order(one)));
    let mut problems: Vec<Problem> = foreign
        .into_iter()
        .map(|one| Problem::Foreign(one.id.clone()))
        .collect();
    let surplus = own.iter().skip(1).filter(|one| !one.status.is_over());
    problems.extend(surplus.map(|one| Problem::Surplus(one.id.clone())));
    let copy = own.first().map(|one| {
        let (copy, is_known) = taken(one, before, now);
        if !is_known {
            problems.push(Problem::UnknownPrice(one.id.clone()));
        }
        copy
    });
    problems.sort_by(|one, other| named(one).cmp(&named(other)));
    Copied { copy, problems }
}

/// Which of several counts: one that gives something before one that waits for money, any that lives before one that is over,
/// then the one that was bought last. An unpaid attempt never hides what was paid for.
fn order(one: &Fetched) -> (u8, Option<Timestamp>, &SubscriptionId) {
    let rank = match one.status {
        SubscriptionStatus::Active
        | SubscriptionStatus::Trialing
        | SubscriptionStatus::PastDue
        | SubscriptionStatus::Other(_) => 3,
        SubscriptionStatus::Unpaid | SubscriptionStatus::Paused => 2,
        SubscriptionStatus::Incomplete => 1,
        SubscriptionStatus::Canceled | SubscriptionStatus::IncompleteExpired => 0,
    };
    (rank, one.bought_at, &one.id)
}

fn named(problem: &Problem) -> (u8, &SubscriptionId) {
    match problem {
        Problem::Foreign(id) => (0, id),
        Problem::Surplus(id) => (1, id),
        Problem::UnknownPrice(id) => (2, id),
    }
}

/// The copy of one, and whether its price is ours.
fn taken(
    one: &Fetched,
    before: Option<&SubscriptionCopy>,
    now: Timestamp,
) -> (SubscriptionCopy, bool) {
    let sold = one.lookup_key.as_deref().and_then(Plan::sold_as);
    let unknown = (Plan::Creator, one.interval.unwrap_or(Interval::Month));
    let (plan, interval) = sold.unwrap_or(unknown);
    let copy = SubscriptionCopy {
        id: one.id.clone(),
        status: one.status.clone(),
        plan,
        interval,
        price: one.price.clone(),
        amount: one.amount,
        currency: one.currency.clone(),
        quantity: one.quantity,
        period: one.period,
        trial_end: one.trial_end,
        cancel_at: one.cancel_at,
        cancel_at_period_end: one.cancel_at_period_end,
        cancelled_at: one.cancelled_at,
        bought_at: one.bought_at,
        past_due_since: past_due_since(one, before, now),
    };
    (copy, sold.is_some())
}

fn past_due_since(
    one: &Fetched,
    before: Option<&SubscriptionCopy>,
    now: Timestamp,
) -> Option<Timestamp> {
    if one.status != SubscriptionStatus::PastDue && !one.is_over_unpaid() {
        return None;
    }
    let seen = before.filter(|copy| copy.id == one.id);
    let seen = seen.and_then(|copy| copy.past_due_since);
    Some(one.unpaid_since.or(seen).unwrap_or(now))
}
