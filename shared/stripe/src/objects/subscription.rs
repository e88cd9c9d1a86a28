//! Subscriptions.

use std::collections::BTreeMap;

use domain::Timestamp;
use serde_json::Value;

use super::{Period, Price, words};
use crate::read;

words! {
    /// How a subscription stands.
    SubscriptionStatus {
        /// The first payment is open, for at most 23 hours.
        Incomplete = "incomplete",
        /// The first payment never came.
        IncompleteExpired = "incomplete_expired",
        /// Nothing is due yet.
        Trialing = "trialing",
        /// Paid.
        Active = "active",
        /// A payment failed and is tried again.
        PastDue = "past_due",
        /// Over.
        Canceled = "canceled",
        /// Payments failed until Stripe gave up; invoices are still made.
        Unpaid = "unpaid",
        /// A trial ended without a way to pay.
        Paused = "paused",
    }
}

impl SubscriptionStatus {
    /// Whether it can never be used again, so that another one may be bought.
    pub const fn is_over(&self) -> bool {
        matches!(
            self,
            SubscriptionStatus::Canceled | SubscriptionStatus::IncompleteExpired
        )
    }
}

/// What a subscription is of, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// `si_...`
    pub id: String,
    /// What it costs.
    pub price: Option<Price>,
    /// How many.
    pub quantity: i64,
    /// The period that is paid for, from version 2025-03-31 on.
    pub period: Option<Period>,
}

/// Why Stripe ended one that nobody paid.
const UNPAID: &str = "payment_failed";

/// What somebody bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// `sub_...`
    pub id: String,
    /// Who pays.
    pub customer: String,
    /// How it stands.
    pub status: SubscriptionStatus,
    /// What it is of; ours have one.
    pub items: Vec<Item>,
    /// The present period: of the first item that has one, else of the whole.
    pub period: Option<Period>,
    /// Whether it ends with the present period.
    pub cancel_at_period_end: bool,
    /// When it ends, if that is settled.
    pub cancel_at: Option<Timestamp>,
    /// When somebody cancelled it.
    pub canceled_at: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// Whether it was over because its payments failed.
    pub ended_unpaid: bool,
    /// When its trial ends or ended.
    pub trial_end: Option<Timestamp>,
    /// When it was bought.
    pub created: Option<Timestamp>,
    /// Its newest invoice.
    pub latest_invoice: Option<String>,
    /// What the product noted.
    pub metadata: BTreeMap<String, String>,
    /// Whether money moves.
    pub livemode: bool,
}

impl Subscription {
    /// Reads a subscription of any version.
    pub fn read(value: &Value) -> Option<Self> {
        let items = items(value);
        let period = items.iter().find_map(|item| item.period);
        Some(Subscription {
            id: read::string(value, "/id")?,
            customer: read::id(value, "/customer")?,
            status: read::text(value, "/status")?.into(),
            period: period.or_else(|| Period::read(value, "current_period")),
            items,
            cancel_at_period_end: read::flag(value, "/cancel_at_period_end"),
            cancel_at: read::moment(value, "/cancel_at"),
            canceled_at: read::moment(value, "/canceled_at"),
            ended_at: read::moment(value, "/ended_at"),
            ended_unpaid: read::text(value, "/cancellation_details/reason") == Some(UNPAID),
            trial_end: read::moment(value, "/trial_end"),
            created: read::moment(value, "/created"),
            latest_invoice: read::id(value, "/latest_invoice"),
            metadata: read::metadata(value),
            livemode: read::flag(value, "/livemode"),
        })
    }

    /// What the first item costs: which plan it is.
    pub fn price(&self) -> Option<&Price> {
        self.items.first()?.price.as_ref()
    }

    /// When it ends, if somebody cancelled it.
    pub fn ends_at(&self) -> Option<Timestamp> {
        let at_period_end = self.period.filter(|_| self.cancel_at_period_end);
        self.ended_at
            .or(self.cancel_at)
            .or(at_period_end.map(|period| period.end))
    }
}

/// Its items; of a version without prices each has a plan, and without items the whole has one.
fn items(value: &Value) -> Vec<Item> {
    let listed: Vec<Item> = read::list(value, "/items/data")
        .iter()
        .filter_map(item)
        .collect();
    if !listed.is_empty() {
        return listed;
    }
    let whole = value.get("plan").and_then(Price::read).map(|price| Item {
        id: String::new(),
        price: Some(price),
        quantity: read::integer(value, "/quantity").unwrap_or(1),
        period: None,
    });
    whole.into_iter().collect()
}

fn item(value: &Value) -> Option<Item> {
    let price = value.get("price").and_then(Price::read);
    Some(Item {
        id: read::string(value, "/id")?,
        price: price.or_else(|| Price::read(value.get("plan")?)),
        quantity: read::integer(value, "/quantity").unwrap_or(1),
        period: Period::read(value, "current_period"),
    })
}
