//! Telegram Stars: invoices, the ten seconds of a pre-checkout, charges, refunds, subscriptions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use stand_in_kit::Refusal;

use super::World;
use crate::{api::ApiError, random};

/// Milliseconds that a bot has to answer a pre-checkout query.
pub(crate) const PRE_CHECKOUT_MS: u64 = 10_000;
/// The only allowed subscription period, in seconds.
pub(crate) const SUBSCRIPTION_S: u64 = 2_592_000;

/// Invoices and charges of one bot.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Ledger {
    pub balance: i64,
    pub invoices: BTreeMap<String, Invoice>,
    pub checkouts: BTreeMap<String, Checkout>,
    /// Oldest first, as getStarTransactions lists them.
    pub transactions: Vec<Transaction>,
    pub subscriptions: BTreeMap<String, Subscription>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Invoice {
    pub slug: String,
    pub title: String,
    pub description: String,
    pub payload: String,
    pub amount: i64,
    pub subscription_period: Option<u64>,
    /// The chat and message of a sent invoice; none for a link.
    pub message: Option<(i64, i64)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Checkout {
    pub id: String,
    pub person: i64,
    pub slug: String,
    pub asked_ms: u64,
    /// `waiting`, `paid` or `declined`; a waiting one past its time counts as `timed_out`.
    pub state: String,
    pub reason: Option<String>,
    pub charge: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Transaction {
    pub charge: String,
    pub person: i64,
    pub amount: i64,
    pub payload: String,
    pub at_s: u64,
    /// Whether this line gives the Stars back.
    pub is_refund: bool,
    pub subscription_period: Option<u64>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Subscription {
    pub slug: String,
    pub person: i64,
    pub expires_s: u64,
    pub canceled: bool,
}

impl Checkout {
    pub(crate) fn state_at(&self, now_ms: u64) -> &str {
        if self.state == "waiting" && now_ms.saturating_sub(self.asked_ms) > PRE_CHECKOUT_MS {
            "timed_out"
        } else {
            &self.state
        }
    }
}

impl World {
    /// A person presses Pay: the bot is asked, and has ten seconds.
    pub(crate) fn start_payment(
        &mut self,
        bot: i64,
        person: i64,
        slug: &str,
        now_ms: u64,
    ) -> Result<String, Refusal> {
        let user = self.person(person)?.user();
        let id = format!(
            "{}",
            1_000_000_000_000_000_u64 + self.rng.below(8_000_000_000_000_000)
        );
        let ledger = &mut self.bot_mut(bot)?.ledger;
        let invoice = ledger
            .invoices
            .get(slug)
            .ok_or_else(|| Refusal::missing("this invoice"))?
            .clone();
        ledger.checkouts.insert(
            id.clone(),
            Checkout {
                id: id.clone(),
                person,
                slug: slug.to_owned(),
                asked_ms: now_ms,
                state: "waiting".to_owned(),
                reason: None,
                charge: None,
            },
        );
        let payload = json!({ "id": id, "from": user, "currency": "XTR", "total_amount": invoice.amount, "invoice_payload": invoice.payload });
        self.push_update(bot, "pre_checkout_query", payload, now_ms);
        Ok(id)
    }

    /// answerPreCheckoutQuery: pays or declines while the time runs.
    pub(crate) fn answer_checkout(
        &mut self,
        bot: i64,
        id: &str,
        refusal: Option<String>,
        now_ms: u64,
    ) -> Result<(), ApiError> {
        let ledger = self
            .bots
            .get_mut(&bot)
            .map(|bot| &mut bot.ledger)
            .ok_or_else(ApiError::unauthorized)?;
        let checkout = ledger
            .checkouts
            .get_mut(id)
            .filter(|checkout| checkout.state_at(now_ms) == "waiting")
            .ok_or_else(ApiError::too_old)?;
        if let Some(reason) = refusal {
            checkout.state = "declined".to_owned();
            checkout.reason = Some(reason);
            return Ok(());
        }
        checkout.state = "paid".to_owned();
        let (person, slug) = (checkout.person, checkout.slug.clone());
        let charge = self.charge(bot, person, &slug, true, now_ms);
        if let Some(checkout) = self
            .bots
            .get_mut(&bot)
            .and_then(|bot| bot.ledger.checkouts.get_mut(id))
        {
            checkout.charge = charge;
        }
        Ok(())
    }

    /// Moves the Stars and sends the `successful_payment` message.
    fn charge(
        &mut self,
        bot: i64,
        person: i64,
        slug: &str,
        is_first: bool,
        now_ms: u64,
    ) -> Option<String> {
        let charge = format!("stx{}", random::word(&mut self.rng, 40));
        let now_s = now_ms / 1_000;
        let ledger = &mut self.bots.get_mut(&bot)?.ledger;
        let invoice = ledger.invoices.get(slug)?.clone();
        ledger.balance += invoice.amount;
        ledger.transactions.push(Transaction {
            charge: charge.clone(),
            person,
            amount: invoice.amount,
            payload: invoice.payload.clone(),
            at_s: now_s,
            is_refund: false,
            subscription_period: invoice.subscription_period,
        });
        let mut payment = json!({
            "currency": "XTR", "total_amount": invoice.amount, "invoice_payload": invoice.payload,
            "telegram_payment_charge_id": charge, "provider_payment_charge_id": "",
        });
        if let Some(period) = invoice.subscription_period {
            let expires_s = now_s + period;
            payment["subscription_expiration_date"] = json!(expires_s);
            payment["is_recurring"] = json!(true);
            if is_first {
                payment["is_first_recurring"] = json!(true);
            }
            ledger.subscriptions.insert(
                charge.clone(),
                Subscription {
                    slug: slug.to_owned(),
                    person,
                    expires_s,
                    canceled: false,
                },
            );
        }
        let from = self.people.get(&person).map(super::people::Person::user);
        let message = self.new_message(
            bot,
            person,
            from,
            json!({ "successful_payment": payment }),
            now_ms,
        );
        self.store_message(bot, person, message.clone(), false);
        self.push_update(bot, "message", message, now_ms);
        Some(charge)
    }

    /// The next period of a subscription: `renew`, `cancel` or `fail`.
    pub(crate) fn move_subscription(
        &mut self,
        bot: i64,
        charge: &str,
        step: &str,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        let subscription = self
            .bot(bot)?
            .ledger
            .subscriptions
            .get(charge)
            .ok_or_else(|| Refusal::missing("this subscription"))?
            .clone();
        let state = match step {
            "renew" => {
                if subscription.canceled {
                    return Err(Refusal::conflict("this subscription is cancelled"));
                }
                self.bot_mut(bot)?.ledger.subscriptions.remove(charge);
                self.charge(bot, subscription.person, &subscription.slug, false, now_ms);
                return Ok(());
            }
            "cancel" => "canceled",
            "fail" => "failed",
            _ => return Err(Refusal::bad("a subscription can renew, cancel or fail")),
        };
        let user = self.person(subscription.person)?.user();
        let ledger = &mut self.bot_mut(bot)?.ledger;
        if let Some(kept) = ledger.subscriptions.get_mut(charge) {
            kept.canceled = true;
        }
        let payload = ledger
            .invoices
            .get(&subscription.slug)
            .map(|invoice| invoice.payload.clone())
            .unwrap_or_default();
        self.push_update(
            bot,
            "subscription",
            json!({ "user": user, "invoice_payload": payload, "state": state }),
            now_ms,
        );
        Ok(())
    }

    /// refundStarPayment.
    pub(crate) fn refund(
        &mut self,
        bot: i64,
        person: i64,
        charge: &str,
        now_ms: u64,
    ) -> Result<(), ApiError> {
        let ledger = self
            .bots
            .get_mut(&bot)
            .map(|bot| &mut bot.ledger)
            .ok_or_else(ApiError::unauthorized)?;
        let paid = ledger
            .transactions
            .iter()
            .find(|line| line.charge == charge && line.person == person && !line.is_refund);
        let paid = paid
            .ok_or_else(|| ApiError::bad("CHARGE_NOT_FOUND"))?
            .clone();
        if ledger
            .transactions
            .iter()
            .any(|line| line.charge == charge && line.is_refund)
        {
            return Err(ApiError::bad("CHARGE_ALREADY_REFUNDED"));
        }
        ledger.balance -= paid.amount;
        ledger.transactions.push(Transaction {
            is_refund: true,
            at_s: now_ms / 1_000,
            ..paid.clone()
        });
        let content = json!({ "refunded_payment": {
            "currency": "XTR", "total_amount": paid.amount, "invoice_payload": paid.payload, "telegram_payment_charge_id": charge,
        } });
        let from = self.people.get(&person).map(super::people::Person::user);
        let message = self.new_message(bot, person, from, content, now_ms);
        self.store_message(bot, person, message.clone(), false);
        self.push_update(bot, "message", message, now_ms);
        Ok(())
    }

    /// A line of getStarTransactions.
    pub(crate) fn transaction_object(&self, line: &Transaction) -> Value {
        let user = self.people.get(&line.person).map_or_else(
            || json!({ "id": line.person, "is_bot": false, "first_name": "" }),
            super::people::Person::user,
        );
        let mut partner = json!({ "type": "user", "transaction_type": "invoice_payment", "user": user, "invoice_payload": line.payload });
        if let Some(period) = line.subscription_period {
            partner["subscription_period"] = json!(period);
        }
        let side = if line.is_refund { "receiver" } else { "source" };
        json!({ "id": line.charge, "amount": line.amount, "date": line.at_s, side: partner })
    }
}
