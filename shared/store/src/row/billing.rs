//! What a workspace bought: our copy of Stripe's objects, and the work on it (decision 0041).

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use domain::billing::{
    CheckoutId, CustomerId, EVENT_LASTS, EventId, Interval, InvoiceId, InvoiceStatus, LOOK_EVERY,
    Period, Plan, SubscriptionCopy, SubscriptionId, SubscriptionStatus,
};
use domain::ids::{TenantId, UserId};
use domain::registry::class;
use domain::{Timestamp, stored};

use super::Row;
use crate::Table;
use crate::keys::{self, Due, LocalKey};

/// How many of the newest bills of a customer are compared: more than a year's of those who pay each month, and more than anybody pays
/// in the time in which a contract can be taken back.
pub const BILLS_COMPARED: u8 = 20;

/// How many contracts that were withdrawn from stay named before the last one: as many as bills are compared, so that none of those
/// that may still owe a refund is forgotten.
const MOST_WITHDRAWN: usize = BILLS_COMPARED as usize;
/// How many contracts stay named that came before the present one: more than anybody has in the ninety days for which mails are listed.
const MOST_BEFORE: usize = 8;

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
        /// When somebody cancelled it last; absent while it goes on.
        cancelled_at: Option<Timestamp> => class::ACCOUNT,
        /// When somebody had cancelled it before that was taken back last: it names the mails about both.
        taken_back: Option<Timestamp> => class::ACCOUNT,
        /// Which contracts there were before this one, and when somebody had cancelled each last, or else when another took its place:
        /// they name the mails about their ends.
        #[serde(default)]
        contracts_before: BTreeMap<String, Timestamp> => class::ACCOUNT,
        /// When it was bought.
        bought_at: Option<Timestamp> => class::ACCOUNT,
        /// Since when a payment is owed; only while one is, or where it ended because of that.
        past_due_since: Option<Timestamp> => class::ACCOUNT,
        /// Which contract was withdrawn from last: it stays named when another is bought, because a payment of it may still arrive.
        withdrawn: Option<SubscriptionId> => class::ACCOUNT,
        /// When that was declared.
        withdrawn_at: Option<Timestamp> => class::ACCOUNT,
        /// Which contracts were withdrawn from before that one, and when: a refund of these may be owed still.
        #[serde(default)]
        withdrawn_before: BTreeMap<String, Timestamp> => class::ACCOUNT,
        /// Who declared each of them, and gets what is told of it. Absent in rows of before.
        #[serde(default)]
        withdrawn_by: BTreeMap<String, UserId> => class::ACCOUNT,
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
            cancelled_at: None,
            taken_back: None,
            contracts_before: BTreeMap::new(),
            bought_at: None,
            past_due_since: None,
            withdrawn: None,
            withdrawn_at: None,
            withdrawn_before: BTreeMap::new(),
            withdrawn_by: BTreeMap::new(),
            disputes: BTreeSet::new(),
            synced_at: None,
        }
    }

    /// The same once this owner has withdrawn from a contract at this moment: written before Stripe hears of it, so that whatever
    /// is cut off from here on is finished later, and no later moment makes the withdrawal late.
    #[must_use]
    pub fn withdrawn_from(&self, contract: SubscriptionId, by: UserId, now: Timestamp) -> Self {
        let mut before = self.withdrawn_before.clone();
        let last = self.withdrawn.as_ref().zip(self.withdrawn_at);
        before.extend(last.map(|(last, at)| (last.to_string(), at)));
        before.remove(contract.as_str());
        keep_newest(&mut before, MOST_WITHDRAWN);
        let mut withdrawn_by = self.withdrawn_by.clone();
        withdrawn_by.retain(|known, _| before.contains_key(known));
        withdrawn_by.insert(contract.to_string(), by);
        Self {
            withdrawn: Some(contract),
            withdrawn_at: Some(now),
            withdrawn_before: before,
            withdrawn_by,
            ..self.clone()
        }
    }

    /// Every contract that is known to have been withdrawn from, the last one first.
    pub fn withdrawals(&self) -> Vec<SubscriptionId> {
        let before = self.withdrawn_before.keys();
        let before = before.filter_map(|id| id.parse().ok());
        self.withdrawn.iter().cloned().chain(before).collect()
    }

    /// When somebody withdrew from this contract; nothing where nobody did.
    pub fn withdrawal_of(&self, contract: &str) -> Option<Timestamp> {
        let is_it = self
            .withdrawn
            .as_ref()
            .is_some_and(|known| known.as_str() == contract);
        let before = self.withdrawn_before.get(contract).copied();
        self.withdrawn_at.filter(|_| is_it).or(before)
    }

    /// What it says now that Stripe was asked; nothing of before stays but the customer, which contracts there were, what was withdrawn
    /// from and what is disputed.
    #[must_use]
    pub fn synced(&self, copy: Option<SubscriptionCopy>, now: Timestamp) -> Self {
        let bare = Self {
            contracts_before: self.replaced_by(copy.as_ref().map(|copy| &copy.id), now),
            withdrawn: self.withdrawn.clone(),
            withdrawn_at: self.withdrawn_at,
            withdrawn_before: self.withdrawn_before.clone(),
            withdrawn_by: self.withdrawn_by.clone(),
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
            cancelled_at,
            bought_at,
            past_due_since,
        } = copy;
        let taken_back = self.taken_back_of(&id, cancelled_at);
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
            cancelled_at,
            taken_back,
            bought_at,
            past_due_since,
            ..bare
        }
    }

    /// The contracts of before, now that this one counts.
    fn replaced_by(
        &self,
        next: Option<&SubscriptionId>,
        now: Timestamp,
    ) -> BTreeMap<String, Timestamp> {
        let mut before = self.contracts_before.clone();
        let former = self.subscription.as_ref();
        if let Some(former) = former.filter(|former| Some(*former) != next) {
            let at = self.cancelled_at.or(self.taken_back).unwrap_or(now);
            before.insert(former.to_string(), at);
            keep_newest(&mut before, MOST_BEFORE);
        }
        before
    }

    /// The contracts of before, each with the moment that names the mails about its last cancellation.
    pub fn former_contracts(&self) -> Vec<(SubscriptionId, Timestamp)> {
        let all = self.contracts_before.iter();
        all.filter_map(|(id, at)| Some((id.parse().ok()?, *at)))
            .collect()
    }

    /// Which cancellation of this contract was taken back last, now that this is the one that stands.
    fn taken_back_of(
        &self,
        contract: &SubscriptionId,
        standing: Option<Timestamp>,
    ) -> Option<Timestamp> {
        let former = self.cancelled_at.filter(|_| standing.is_none());
        let is_it = self.subscription.as_ref() == Some(contract);
        former.or(self.taken_back).filter(|_| is_it)
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
            cancelled_at: self.cancelled_at,
            bought_at: self.bought_at,
            past_due_since: self.past_due_since,
        })
    }
}

/// Forgets what is oldest of more than so many.
fn keep_newest(all: &mut BTreeMap<String, Timestamp>, most: usize) {
    while all.len() > most {
        let oldest = all.iter().min_by_key(|(_, at)| **at);
        let Some(oldest) = oldest.map(|(id, _)| id.clone()) else {
            break;
        };
        all.remove(&oldest);
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
        /// Who buys. Absent in rows of before.
        buyer: Option<UserId> => class::ACCOUNT,
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
        /// What of it was paid with money: less than everything where credit paid a part. Absent in rows of before.
        amount_paid: Option<i64> => class::ACCOUNT,
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
        /// What of it went back though nobody had withdrawn: somebody of ours gave it back, at Stripe or outside of it, or a bank did.
        /// Absent where nothing is known of any.
        returned: Option<i64> => class::ACCOUNT,
        /// What of it was credited to the customer's balance at Stripe instead: it pays later bills, and is no money that came back.
        credited: Option<i64> => class::ACCOUNT,
        /// When everything was given back that had paid it, by us or by a bank, because its contract was withdrawn from.
        refunded_at: Option<Timestamp> => class::ACCOUNT,
        /// What of it we gave back since the withdrawal: less than was paid where a part had gone back before. Absent in rows of
        /// before: everything.
        refunded: Option<i64> => class::ACCOUNT,
        /// What of it a bank gave back, because a dispute was lost.
        by_bank: Option<i64> => class::ACCOUNT,
        /// What of it a bank decides on, because it is disputed: it is not owed by us meanwhile.
        disputed: Option<i64> => class::ACCOUNT,
        /// What of it Stripe refused to give back when it was last asked. Absent until then.
        owed: Option<i64> => class::ACCOUNT,
        /// When a person of ours was last called because of that.
        called_at: Option<Timestamp> => class::TECHNICAL,
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
