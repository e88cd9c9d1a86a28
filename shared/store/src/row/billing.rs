//! What a workspace bought: our copy of Stripe's objects, and the work on it (decision 0041).

use std::collections::BTreeSet;

use domain::billing::{
    CheckoutId, CustomerId, EVENT_LASTS, EventId, Interval, InvoiceId, InvoiceStatus, LOOK_EVERY,
    Period, Plan, SubscriptionCopy, SubscriptionId, SubscriptionStatus,
};
use domain::ids::TenantId;
use domain::registry::class;
use domain::{Timestamp, stored};

use super::Row;
use crate::Table;
use crate::keys::{self, Due, LocalKey};

stored! {
    /// Who pays for a workspace, and our copy of what was bought. Access comes from here alone. Whoever writes it has read it
    /// before asking Stripe, and replaces what was read: an older look never takes the place of a newer one.
    pub struct SubscriptionRow: "subscription" {
        /// Stripe's customer, one a workspace.
        customer: CustomerId => class::ACCOUNT,
        /// Which subscription; absent, as everything else of it: nothing was bought yet.
        subscription: Option<SubscriptionId> => class::ACCOUNT,
        /// How it stands.
        status: Option<SubscriptionStatus> => class::ACCOUNT,
        /// What was bought.
        plan: Option<Plan> => class::ACCOUNT,
        /// How often is paid.
        interval: Option<Interval> => class::ACCOUNT,
        /// Stripe's name for the price.
        price: Option<String> => class::ACCOUNT,
        /// What one costs, in the currency's smallest unit.
        amount: Option<i64> => class::ACCOUNT,
        /// Three small letters.
        currency: Option<String> => class::ACCOUNT,
        /// How many.
        quantity: Option<i64> => class::ACCOUNT,
        /// When the period began that is paid for now.
        period_start: Option<Timestamp> => class::ACCOUNT,
        /// The first moment after it.
        period_end: Option<Timestamp> => class::ACCOUNT,
        /// When Stripe's own trial ends or ended.
        trial_end: Option<Timestamp> => class::ACCOUNT,
        /// When it ends, if somebody set a moment.
        cancel_at: Option<Timestamp> => class::ACCOUNT,
        /// Whether it ends with its period.
        cancel_at_period_end: bool => class::ACCOUNT,
        /// When it was bought.
        bought_at: Option<Timestamp> => class::ACCOUNT,
        /// Since when a payment is owed; only while one is.
        past_due_since: Option<Timestamp> => class::ACCOUNT,
        /// Which contract was withdrawn from last: it stays named when another is bought, because a payment of it may still arrive.
        withdrawn: Option<SubscriptionId> => class::ACCOUNT,
        /// When that was declared.
        withdrawn_at: Option<Timestamp> => class::ACCOUNT,
        /// Stripe's names for the disputes that are open: a bank takes a payment back. Each is settled by itself.
        #[serde(default)]
        disputes: BTreeSet<String> => class::ACCOUNT,
        /// When Stripe was last asked; absent: not yet.
        synced_at: Option<Timestamp> => class::TECHNICAL,
    }
}

impl SubscriptionRow {
    /// That of a customer who has just been made.
    pub const fn of(customer: CustomerId) -> Self {
        Self {
            customer,
            subscription: None,
            status: None,
            plan: None,
            interval: None,
            price: None,
            amount: None,
            currency: None,
            quantity: None,
            period_start: None,
            period_end: None,
            trial_end: None,
            cancel_at: None,
            cancel_at_period_end: false,
            bought_at: None,
            past_due_since: None,
            withdrawn: None,
            withdrawn_at: None,
            disputes: BTreeSet::new(),
            synced_at: None,
        }
    }

    /// The same once its owner has withdrawn from a contract at this moment: written before Stripe hears of it, so that whatever
    /// is cut off from here on is finished later, and no later moment makes the withdrawal late.
    #[must_use]
    pub fn withdrawn_from(&self, contract: SubscriptionId, now: Timestamp) -> Self {
        Self {
            withdrawn: Some(contract),
            withdrawn_at: Some(now),
            ..self.clone()
        }
    }

    /// When somebody withdrew from this contract; nothing where nobody did.
    pub fn withdrawal_of(&self, contract: &str) -> Option<Timestamp> {
        let is_it = self
            .withdrawn
            .as_ref()
            .is_some_and(|known| known.as_str() == contract);
        self.withdrawn_at.filter(|_| is_it)
    }

    /// What it says now that Stripe was asked; nothing of before stays but the customer, what was withdrawn from and what is
    /// disputed.
    #[must_use]
    pub fn synced(&self, copy: Option<SubscriptionCopy>, now: Timestamp) -> Self {
        let bare = Self {
            withdrawn: self.withdrawn.clone(),
            withdrawn_at: self.withdrawn_at,
            disputes: self.disputes.clone(),
            synced_at: Some(now),
            ..Self::of(self.customer.clone())
        };
        let Some(copy) = copy else {
            return bare;
        };
        let SubscriptionCopy {
            id,
            status,
            plan,
            interval,
            price,
            amount,
            currency,
            quantity,
            period,
            trial_end,
            cancel_at,
            cancel_at_period_end,
            bought_at,
            past_due_since,
        } = copy;
        Self {
            subscription: Some(id),
            status: Some(status),
            plan: Some(plan),
            interval: Some(interval),
            price,
            amount,
            currency,
            quantity: Some(quantity),
            period_start: period.map(|period| period.start),
            period_end: period.map(|period| period.end),
            trial_end,
            cancel_at,
            cancel_at_period_end,
            bought_at,
            past_due_since,
            ..bare
        }
    }

    /// Our copy of what was bought; nothing where nothing was.
    pub fn copy(&self) -> Option<SubscriptionCopy> {
        let period = self.period_start.zip(self.period_end);
        Some(SubscriptionCopy {
            id: self.subscription.clone()?,
            status: self.status.clone()?,
            plan: self.plan?,
            interval: self.interval?,
            price: self.price.clone(),
            amount: self.amount,
            currency: self.currency.clone(),
            quantity: self.quantity?,
            period: period.map(|(start, end)| Period { start, end }),
            trial_end: self.trial_end,
            cancel_at: self.cancel_at,
            cancel_at_period_end: self.cancel_at_period_end,
            bought_at: self.bought_at,
            past_due_since: self.past_due_since,
        })
    }
}

impl Row for SubscriptionRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::subscription()
    }
}

stored! {
    /// The attempt to buy that is open, or was the last: one a workspace, so that two browsers cannot buy two subscriptions. The
    /// key is stored before Stripe is called, so a call that was cut off is made again and answered as the first one was.
    pub struct CheckoutRow: "checkout" {
        /// Which attempt: counted, so that each has a key of its own.
        attempt: u32 => class::TECHNICAL,
        /// What is to be bought.
        plan: Plan => class::TECHNICAL,
        /// How often it is paid.
        interval: Interval => class::TECHNICAL,
        /// The idempotency key of the call that opens the page.
        idempotency_key: String => class::TECHNICAL,
        /// The page; absent until Stripe has answered.
        session: Option<CheckoutId> => class::TECHNICAL,
        /// Its address, which opens without a login.
        url: Option<String> => class::CREDENTIAL,
        /// When it closes.
        closes_at: Timestamp => class::TECHNICAL,
    }
}

impl Row for CheckoutRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::checkout()
    }
}

stored! {
    /// Our copy of an invoice. The invoice itself stays at Stripe for as long as tax law requires.
    pub struct InvoiceRow: "invoice" {
        /// Which.
        id: InvoiceId => class::ACCOUNT,
        /// Its number for the tax office; absent while it is a draft.
        number: Option<String> => class::ACCOUNT,
        /// How far it is.
        status: InvoiceStatus => class::ACCOUNT,
        /// Everything together, in the currency's smallest unit.
        total: i64 => class::ACCOUNT,
        /// Three small letters.
        currency: Option<String> => class::ACCOUNT,
        /// Stripe's page of it, which opens without a login.
        page: Option<String> => class::CREDENTIAL,
        /// When it was made. It never changes: the key holds it.
        made_at: Timestamp => class::ACCOUNT,
        /// When it was paid.
        paid_at: Option<Timestamp> => class::ACCOUNT,
        /// When the time begins that it covers.
        period_start: Option<Timestamp> => class::ACCOUNT,
        /// The first moment after that.
        period_end: Option<Timestamp> => class::ACCOUNT,
        /// When everything was given back that had paid it, because its contract was withdrawn from.
        refunded_at: Option<Timestamp> => class::ACCOUNT,
    }
}

impl Row for InvoiceRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::invoice(self.made_at, &self.id)
    }
}

stored! {
    /// Whose a customer of Stripe's is: written in the transaction that writes the customer down.
    pub struct StripeCustomerRow: "stripe_customer" {
        /// Stripe's customer.
        customer: CustomerId => class::ACCOUNT,
        /// Whose.
        tenant: TenantId => class::ACCOUNT,
    }
}

impl Row for StripeCustomerRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::stripe_customer(&self.customer)
    }
}

stored! {
    /// That an event of Stripe's counted: created once all that follows from it is done, so that it is not looked at again.
    pub struct StripeEventRow: "stripe_event" {
        /// Which.
        event: EventId => class::STRIPE_NOTICE,
        /// When it counted.
        at: Timestamp => class::STRIPE_NOTICE,
    }
}

impl Row for StripeEventRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::stripe_event(&self.event)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.at.plus(EVENT_LASTS))
    }
}

stored! {
    /// When a workspace is looked at next though nothing was heard of it: whether its copy is Stripe's, and whether somebody is to
    /// be told of an end or a renewal.
    pub struct ReconciliationRow: "reconciliation" {
        /// Whose; the due index carries ids only.
        tenant: TenantId => class::TECHNICAL,
        /// When `tick` asks for it.
        wakes_at: Timestamp => class::TECHNICAL,
    }
}

impl ReconciliationRow {
    /// A look at this moment.
    pub const fn at(tenant: TenantId, wakes_at: Timestamp) -> Self {
        Self { tenant, wakes_at }
    }

    /// That of a new workspace: each has its own time of day, the one at which it was made.
    pub fn begin(tenant: TenantId, made_at: Timestamp) -> Self {
        Self::at(tenant, made_at.plus(LOOK_EVERY))
    }
}

impl Row for ReconciliationRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::reconciliation()
    }
    fn due(&self) -> Option<Due> {
        Some(keys::due_reconciliation(self.tenant, self.wakes_at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_gives_back_the_copy_that_was_written_into_it_and_nothing_of_an_older_one() {
        let at = Timestamp::from_seconds;
        let copy = SubscriptionCopy {
            id: "sub_1".parse().expect("an id"),
            status: SubscriptionStatus::PastDue,
            plan: Plan::Studio,
            interval: Interval::Year,
            price: Some("price_1".to_owned()),
            amount: Some(99_000),
            currency: Some("eur".to_owned()),
            quantity: 2,
            period: Some(Period {
                start: at(1),
                end: at(2),
            }),
            trial_end: Some(at(3)),
            cancel_at: Some(at(4)),
            cancel_at_period_end: true,
            bought_at: Some(at(5)),
            past_due_since: Some(at(6)),
        };
        let new = SubscriptionRow::of("cus_1".parse().expect("an id"));
        assert_eq!(new.copy(), None);
        let bought = new.synced(Some(copy.clone()), at(7));
        assert_eq!(bought.copy(), Some(copy.clone()));
        let plain = SubscriptionCopy {
            price: None,
            amount: None,
            currency: None,
            period: None,
            trial_end: None,
            cancel_at: None,
            cancel_at_period_end: false,
            bought_at: None,
            past_due_since: None,
            ..copy
        };
        let changed = bought.synced(Some(plain.clone()), at(8));
        assert_eq!(changed.copy(), Some(plain));
        let gone = changed.synced(None, at(9));
        assert_eq!((gone.copy(), gone.synced_at), (None, Some(at(9))));
    }

    #[test]
    fn what_was_withdrawn_from_is_known_after_every_look_and_after_another_purchase() {
        let at = Timestamp::from_seconds;
        let copy = |id: &str| SubscriptionCopy {
            id: id.parse().expect("an id"),
            status: SubscriptionStatus::Active,
            plan: Plan::Creator,
            interval: Interval::Month,
            price: None,
            amount: None,
            currency: None,
            quantity: 1,
            period: None,
            trial_end: None,
            cancel_at: None,
            cancel_at_period_end: false,
            bought_at: None,
            past_due_since: None,
        };
        let bought = SubscriptionRow::of("cus_1".parse().expect("an id"));
        let bought = bought.synced(Some(copy("sub_1")), at(1));
        assert_eq!(bought.withdrawal_of("sub_1"), None);
        let declared = bought.withdrawn_from("sub_1".parse().expect("an id"), at(2));
        assert_eq!(declared.copy(), bought.copy());
        let seen = declared.synced(Some(copy("sub_1")), at(3));
        assert_eq!(seen.withdrawal_of("sub_1"), Some(at(2)));
        let again = seen.synced(Some(copy("sub_2")), at(4));
        assert_eq!(again.withdrawal_of("sub_1"), Some(at(2)));
        assert_eq!(again.withdrawal_of("sub_2"), None);
        assert_eq!(
            again.synced(None, at(5)).withdrawal_of("sub_1"),
            Some(at(2))
        );
    }

    #[test]
    fn what_is_disputed_stays_so_through_every_copy_and_a_row_of_before_has_nothing_disputed() {
        let at = Timestamp::from_seconds;
        let disputed = SubscriptionRow {
            disputes: ["dp_1", "dp_2"].map(str::to_owned).into(),
            ..SubscriptionRow::of("cus_1".parse().expect("an id"))
        };
        let seen = disputed.synced(None, at(1));
        assert_eq!(seen.disputes, disputed.disputes);
        let mut before = serde_json::to_value(&seen).expect("JSON");
        let fields = before.as_object_mut().expect("an object");
        assert!(fields.remove("disputes").is_some());
        let read: SubscriptionRow = serde_json::from_value(before).expect("a row");
        assert!(read.disputes.is_empty());
    }

    #[test]
    fn an_invoice_keeps_its_place_whatever_becomes_of_it() {
        let draft = InvoiceRow {
            id: "in_1".parse().expect("an id"),
            number: None,
            status: InvoiceStatus::Draft,
            total: 2_900,
            currency: Some("eur".to_owned()),
            page: None,
            made_at: Timestamp::from_seconds(1_800_000_000),
            paid_at: None,
            period_start: None,
            period_end: None,
            refunded_at: None,
        };
        let paid = InvoiceRow {
            number: Some("A-1".to_owned()),
            status: InvoiceStatus::Paid,
            paid_at: Some(Timestamp::from_seconds(1_800_003_600)),
            ..draft.clone()
        };
        assert_eq!(draft.key(), paid.key());
        let newer = InvoiceRow {
            id: "in_0".parse().expect("an id"),
            made_at: Timestamp::from_seconds(1_800_000_001),
            ..draft.clone()
        };
        assert!(draft.key().sk < newer.key().sk);
    }

    #[test]
    fn an_event_is_remembered_for_as_long_as_is_published() {
        let at = Timestamp::from_seconds(1_800_000_000);
        let event = "evt_1".parse().expect("an id");
        let until = StripeEventRow { event, at }.expires_at();
        assert_eq!(until.map(|until| at.until(until)), Some(EVENT_LASTS));
    }

    #[test]
    fn a_workspace_is_looked_at_for_the_first_time_a_day_after_it_was_made() {
        let tenant = TenantId::from_bytes([1; 16]);
        let made_at = Timestamp::from_seconds(1_800_000_000);
        let due = ReconciliationRow::begin(tenant, made_at).due();
        assert_eq!(due.map(|due| due.at), Some(made_at.plus(LOOK_EVERY)));
    }
}
