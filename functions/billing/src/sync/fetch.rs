//! What Stripe says of a customer at this moment, in our words.

use std::sync::Arc;

use app::App;
use domain::Timestamp;
use domain::billing::{
    CustomerId, Fetched, Interval, InvoiceId, Period, SubscriptionId, SubscriptionStatus,
};
use jobs::Hint;
use store::row::{BILLS_COMPARED, SubscriptionRow};
use stripe::objects::{self, Invoice, InvoiceStatus, Payment, Subscription};
use stripe::{Client, StripeError};

use super::dispute::{self, Disputes};
use super::returned;
use super::tell::Contract;
use crate::error::BillingError;
use crate::vendor;

/// Everything about one customer.
pub(super) struct AtStripe {
    /// Who was asked.
    pub(super) client: Arc<Client>,
    /// What was ever bought.
    pub(super) subscriptions: Vec<Fetched>,
    /// The newest bills, with what paid each, and the one that an event named.
    pub(super) invoices: Vec<Invoice>,
    /// The disputes that are open.
    pub(super) disputes: Disputes,
}

impl AtStripe {
    /// How the contract of a bill stands.
    pub(super) fn contract(&self, invoice: &Invoice) -> Contract {
        contract(&self.subscriptions, invoice)
    }
}

/// Asks for everything about a customer. One that Stripe does not know is a failure and no end: with the key of another
/// account, nobody would have bought anything.
pub(super) async fn all(
    app: &App,
    row: &SubscriptionRow,
    hint: Option<&Hint>,
) -> Result<AtStripe, BillingError> {
    let client = vendor::client(app).await?;
    let customer = &row.customer;
    let mut subscriptions = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let listed = client.subscriptions_of(customer.as_str(), after.as_deref());
        let page = Box::pin(listed).await?;
        subscriptions.extend(page.items);
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let listed = client.invoices_of(customer.as_str(), BILLS_COMPARED, None);
    let mut invoices = Box::pin(listed).await?.items;
    let named = Box::pin(named(&client, hint, &invoices)).await?;
    if let Some(id) = named {
        invoices.extend(Box::pin(own(&client, customer, &id)).await?);
    }
    let disputes = Box::pin(dispute::all(&client, row, hint)).await?;
    let subscriptions: Option<_> = subscriptions
        .iter()
        .map(|one| fetched(one, &invoices))
        .collect();
    Ok(AtStripe {
        client,
        subscriptions: subscriptions.ok_or(StripeError::Unreadable)?,
        invoices,
        disputes,
    })
}

/// The customer of an object; nothing for one of a kind that has none, or that is gone.
pub(super) async fn customer_of(
    client: &Client,
    object: &str,
) -> Result<Option<CustomerId>, BillingError> {
    let customer = if object.parse::<SubscriptionId>().is_ok() {
        let found = Box::pin(client.subscription(object)).await;
        there(found)?.map(|found| found.customer)
    } else if object.parse::<InvoiceId>().is_ok() {
        let found = Box::pin(client.invoice(object)).await;
        there(found)?.and_then(|found| found.customer)
    } else {
        None
    };
    Ok(customer.and_then(|customer| customer.parse().ok()))
}

/// Where the bill is found that an event is about.
#[derive(Debug, PartialEq, Eq)]
enum About<'a> {
    /// By its own name.
    Bill(&'a str),
    /// By what paid it.
    PaidBy(&'a str),
}

/// The invoice that an event is about, if it is not among those that are known: money may go back of a bill of years ago, which no later
/// look would ask about.
async fn named(
    client: &Client,
    hint: Option<&Hint>,
    known: &[Invoice],
) -> Result<Option<String>, StripeError> {
    let found = match hint.and_then(|hint| about(hint, known)) {
        Some(About::Bill(id)) => Some(id.to_owned()),
        Some(About::PaidBy(intent)) => match Box::pin(client.invoice_paid_by(intent)).await {
            // Access does not wait for a key that may not read it.
            Err(error) if dispute::is_forbidden(&error) => None,
            found => found?,
        },
        None => None,
    };
    Ok(found.filter(|id| is_new(id, known)))
}

/// What leads from an event to its bill. A payment of a bill that is known leads nowhere else.
fn about<'a>(hint: &'a Hint, known: &[Invoice]) -> Option<About<'a>> {
    let is_bill = |id: &str| id.parse::<InvoiceId>().is_ok();
    let object = hint.object.as_deref().filter(|object| is_bill(object));
    let named = || hint.bill.as_deref().filter(|_| returned::tells(hint));
    let id = object.or_else(named)?;
    if is_bill(id) {
        return is_new(id, known).then_some(About::Bill(id));
    }
    let intent = Payment::Intent(id.to_owned());
    let is_known = known.iter().any(|bill| bill.payments.contains(&intent));
    (id.starts_with("pi_") && !is_known).then_some(About::PaidBy(id))
}

fn is_new(id: &str, known: &[Invoice]) -> bool {
    known.iter().all(|invoice| invoice.id != id)
}

async fn own(
    client: &Client,
    customer: &CustomerId,
    id: &str,
) -> Result<Option<Invoice>, StripeError> {
    let found = there(client.invoice(id).await)?;
    Ok(found.filter(|invoice| invoice.customer.as_deref() == Some(customer.as_str())))
}

/// What was found; nothing where it is gone.
pub(super) fn there<T>(answer: Result<T, StripeError>) -> Result<Option<T>, StripeError> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(StripeError::Gone { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// How the contract of a bill stands; of one that nobody knows, a payment may be owed.
fn contract(all: &[Fetched], invoice: &Invoice) -> Contract {
    match contract_of(all, invoice) {
        Some(one) if one.status.is_over() => Contract::Over,
        Some(one) if is_in_order(one) => Contract::InOrder,
        _ => Contract::Owing,
    }
}

/// The contract of a bill.
pub(super) fn contract_of<'a>(all: &'a [Fetched], invoice: &Invoice) -> Option<&'a Fetched> {
    let id = invoice.subscription.as_deref()?;
    all.iter().find(|one| one.id.as_str() == id)
}

/// Whether Stripe calls a contract paid.
const fn is_in_order(one: &Fetched) -> bool {
    matches!(
        one.status,
        SubscriptionStatus::Active | SubscriptionStatus::Trialing
    )
}

/// When the oldest invoice of a contract was made that is owed since the last one that was paid. One that was left open before that
/// stays open at Stripe, and must not make a payment that fails years later one of years ago.
fn unpaid_since(contract: &str, invoices: &[Invoice]) -> Option<Timestamp> {
    let own = invoices
        .iter()
        .filter(|invoice| invoice.subscription.as_deref() == Some(contract));
    let made = |status: &InvoiceStatus| -> Vec<Timestamp> {
        let those = own.clone().filter(|invoice| invoice.status == *status);
        those.filter_map(|invoice| invoice.created).collect()
    };
    let paid = made(&InvoiceStatus::Paid).into_iter().max();
    let open = made(&InvoiceStatus::Open).into_iter();
    open.filter(|&made| Some(made) > paid).min()
}

/// Nothing for one with a name that cannot be Stripe's.
fn fetched(one: &Subscription, invoices: &[Invoice]) -> Option<Fetched> {
    let price = one.price();
    Some(Fetched {
        id: one.id.parse().ok()?,
        customer: one.customer.parse().ok()?,
        status: one.status.as_str().into(),
        lookup_key: price.and_then(|price| price.lookup_key.clone()),
        price: price.map(|price| price.id.clone()),
        amount: price.and_then(|price| price.unit_amount),
        currency: price.and_then(|price| price.currency.clone()),
        interval: price
            .and_then(|price| price.interval.as_ref())
            .and_then(interval),
        quantity: one.items.first().map_or(1, |item| item.quantity),
        period: one.period.map(period),
        trial_end: one.trial_end,
        cancel_at: one.cancel_at,
        cancel_at_period_end: one.cancel_at_period_end,
        cancelled_at: one.canceled_at,
        bought_at: one.created,
        unpaid_since: unpaid_since(&one.id, invoices),
        ended_at: one.ended_at,
        ended_unpaid: one.ended_unpaid,
    })
}

const fn interval(interval: &objects::Interval) -> Option<Interval> {
    match interval {
        objects::Interval::Month => Some(Interval::Month),
        objects::Interval::Year => Some(Interval::Year),
        objects::Interval::Day | objects::Interval::Week | objects::Interval::Unknown(_) => None,
    }
}

/// The same in our words.
pub(super) const fn period(period: objects::Period) -> Period {
    Period {
        start: period.start,
        end: period.end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn both_shapes_of_a_subscription_give_the_same() {
        let price = json!({ "id": "price_1", "lookup_key": "sofi_studio_month", "unit_amount": 9_900,
            "currency": "eur", "recurring": { "interval": "month" }, "active": true });
        let old = json!({ "id": "sub_1", "customer": "cus_1", "status": "past_due", "created": 5,
            "current_period_start": 10, "current_period_end": 20,
            "items": { "data": [{ "id": "si_1", "quantity": 1, "price": price }] } });
        let new = json!({ "id": "sub_1", "customer": "cus_1", "status": "past_due", "created": 5,
            "items": { "data": [{ "id": "si_1", "quantity": 1, "price": price,
                "current_period_start": 10, "current_period_end": 20 }] } });
        let bills = [
            json!({ "id": "in_1", "customer": "cus_1", "subscription": "sub_1", "status": "open", "created": 12 }),
            json!({ "id": "in_2", "customer": "cus_1", "status": "open", "created": 11,
                "parent": { "subscription_details": { "subscription": "sub_1" } } }),
            json!({ "id": "in_3", "customer": "cus_1", "subscription": "sub_2", "status": "open", "created": 1 }),
            json!({ "id": "in_4", "customer": "cus_1", "subscription": "sub_1", "status": "paid", "created": 2 }),
        ];
        let bills: Vec<Invoice> = bills.iter().filter_map(Invoice::read).collect();
        let [old, new] = [old, new].map(|value| {
            let one = Subscription::read(&value).expect("a subscription");
            fetched(&one, &bills).expect("ours")
        });
        assert_eq!(old, new);
        assert_eq!(old.status, SubscriptionStatus::PastDue);
        assert_eq!(old.interval, Some(Interval::Month));
        assert_eq!(old.unpaid_since, Some(Timestamp::from_seconds(11)));
        assert_eq!(
            old.period.map(|period| period.end),
            Some(Timestamp::from_seconds(20))
        );
    }

    fn bill(id: &str, status: &str, created: i64) -> Invoice {
        let value = json!({ "id": id, "customer": "cus_1", "subscription": "sub_1", "status": status,
            "created": created });
        Invoice::read(&value).expect("an invoice")
    }

    #[test]
    fn what_was_left_open_before_a_later_payment_makes_a_new_failure_no_old_one() {
        let since = |bills: &[Invoice]| unpaid_since("sub_1", bills).map(Timestamp::seconds);
        let left = bill("in_1", "open", 10);
        let (paid, failed) = (bill("in_2", "paid", 20), bill("in_3", "open", 30));
        let again = bill("in_4", "open", 40);
        assert_eq!(since(&[left.clone(), again.clone()]), Some(10));
        let all = [again, failed, paid.clone(), left.clone()];
        assert_eq!(since(&all), Some(30));
        assert_eq!(since(&[paid, left]), None);
    }

    #[test]
    fn only_its_own_contract_says_how_a_bill_stands() {
        let bought = |status: &str| {
            let value = json!({ "id": "sub_1", "customer": "cus_1", "status": status });
            let one = Subscription::read(&value).expect("a subscription");
            fetched(&one, &[]).expect("ours")
        };
        let own = bill("in_1", "open", 10);
        let other = Invoice {
            subscription: Some("sub_2".to_owned()),
            ..own.clone()
        };
        for (status, expected) in [
            ("active", Contract::InOrder),
            ("trialing", Contract::InOrder),
            ("past_due", Contract::Owing),
            ("unpaid", Contract::Owing),
            ("canceled", Contract::Over),
        ] {
            let all = [bought(status)];
            assert_eq!(contract(&all, &own), expected, "{status}");
            assert_eq!(contract(&all, &other), Contract::Owing, "{status}");
        }
    }

    #[test]
    fn only_an_invoice_that_is_not_known_yet_is_asked_for_by_itself() {
        let known = Invoice::read(&json!({ "id": "in_1", "status": "paid" })).expect("an invoice");
        let known = [known];
        let hint = |object| Hint::new(None, "invoice.paid", Some(object));
        assert_eq!(about(&hint("in_1"), &known), None);
        assert_eq!(about(&hint("in_2"), &known), Some(About::Bill("in_2")));
        assert_eq!(about(&hint("sub_1"), &known), None);
    }

    #[test]
    fn money_that_goes_back_leads_to_its_bill_however_old_and_costs_no_call_where_that_is_known() {
        let payment = json!({ "status": "paid", "payment": { "payment_intent": "pi_1" } });
        let value = json!({ "id": "in_1", "status": "paid", "payments": { "data": [payment] } });
        let known = [Invoice::read(&value).expect("an invoice")];
        let hint = |kind, bill| Hint::new(None, kind, Some("ch_1")).of_bill(Some(bill));
        let refunded = |bill| hint("charge.refunded", bill);
        assert_eq!(about(&refunded("pi_1"), &known), None);
        assert_eq!(
            about(&refunded("pi_2"), &known),
            Some(About::PaidBy("pi_2"))
        );
        assert_eq!(about(&refunded("py_2"), &known), None);
        let noted = |bill| hint("credit_note.created", bill);
        assert_eq!(about(&noted("in_1"), &known), None);
        assert_eq!(about(&noted("in_2"), &known), Some(About::Bill("in_2")));
        let paid = hint("charge.succeeded", "pi_2");
        assert_eq!(about(&paid, &known), None, "no money goes back");
    }
}
