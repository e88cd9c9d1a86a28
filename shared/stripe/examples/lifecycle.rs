//! One call of ours to Stripe or to a stand-in, for the tests in `tests/stripe`: `lifecycle <address> <call> [argument...]`.
//! Writes the answer as one line of JSON, or `{"error": ...}` with our word for it.

use std::error::Error;
use std::io::Write as _;
use std::sync::Arc;

use domain::{SystemEntropy, Timestamp};
use serde_json::{Value, json};
use stripe::objects::{CheckoutSession, Invoice, Payment, Subscription};
use stripe::{ApiKey, Client, Flow, IdempotencyKey, Mode, NewCustomer, Order, StripeError, Window};

/// Nobody's.
const KEY: &str = "sk_test_of_nobody";

type Outcome = Result<Value, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [address, ref call @ ..] = arguments[..] else {
        return Err("lifecycle <address> <call> [argument...]".into());
    };
    let (key, entropy) = (ApiKey::parse(KEY)?, Arc::new(SystemEntropy::new()));
    let client = Client::new(key, Some(address), Mode::Sandbox, entropy)?;
    let told = match made(&client, call).await {
        Ok(answer) => answer,
        Err(error) => match error.downcast_ref::<StripeError>() {
            Some(known) => json!({ "error": known.code() }),
            None => return Err(error),
        },
    };
    writeln!(std::io::stdout(), "{told}")?;
    Ok(())
}

async fn made(client: &Client, call: &[&str]) -> Outcome {
    match call {
        ["customer" | "price" | "use", ..] => catalogue(client, call).await,
        ["order" | "session" | "expire" | "portal", ..] => pages(client, call).await,
        ["invoice" | "invoices" | "renewal" | "refund", ..] => invoices(client, call).await,
        _ => subscriptions(client, call).await,
    }
}

async fn catalogue(client: &Client, call: &[&str]) -> Outcome {
    match *call {
        ["customer", name, email, workspace, key] => {
            let who = NewCustomer {
                name,
                email,
                workspace,
            };
            let customer = client.create_customer(&who, &stored(key)?).await?;
            Ok(
                json!({ "id": customer.id, "metadata": customer.metadata, "livemode": customer.livemode }),
            )
        }
        ["price", ref lookup_keys @ ..] => {
            let prices = client.prices(lookup_keys).await?;
            let shown = prices.iter().map(|price| {
                let interval = price.interval.as_ref().map(|interval| interval.as_str());
                json!({ "id": price.id, "lookup_key": price.lookup_key, "amount": price.unit_amount,
                    "currency": price.currency, "interval": interval })
            });
            Ok(shown.collect())
        }
        ["use", meter, customer, value, at, key] => {
            let (value, at) = (value.parse()?, moment(at)?);
            client
                .report_use(meter, customer, value, at, &stored(key)?)
                .await?;
            Ok(json!({}))
        }
        _ => Err("unknown call".into()),
    }
}

async fn pages(client: &Client, call: &[&str]) -> Outcome {
    match *call {
        [
            "order",
            customer,
            workspace,
            price,
            trial_end,
            expires_at,
            key,
        ] => {
            let trial_end = match trial_end {
                "-" => None,
                text => Some(moment(text)?),
            };
            let order = Order {
                customer,
                workspace,
                price,
                quantity: 1,
                trial_end,
                automatic_tax: true,
                success_url: "http://127.0.0.1:9/done?session={CHECKOUT_SESSION_ID}",
                cancel_url: "http://127.0.0.1:9/back",
                expires_at: moment(expires_at)?,
            };
            let session = client
                .create_checkout_session(&order, &stored(key)?)
                .await?;
            Ok(shown_session(&session))
        }
        ["session", id] => Ok(shown_session(&client.checkout_session(id).await?)),
        ["expire", id, key] => {
            let session = client.expire_checkout_session(id, &stored(key)?).await?;
            Ok(shown_session(&session))
        }
        ["portal", customer, flow, subscription, key] => {
            let flow = match flow {
                "payment_method" => Some(Flow::PaymentMethod),
                "change" => Some(Flow::ChangePlan(subscription)),
                "cancel" => Some(Flow::Cancel(subscription)),
                _ => None,
            };
            let back = "http://127.0.0.1:9/plan";
            let link = client
                .create_portal_session(customer, back, flow, &stored(key)?)
                .await?;
            Ok(json!({ "url": link.as_str() }))
        }
        _ => Err("unknown call".into()),
    }
}

async fn subscriptions(client: &Client, call: &[&str]) -> Outcome {
    match *call {
        ["subscription", id] => Ok(shown_subscription(&client.subscription(id).await?)),
        ["subscriptions", customer] => {
            let page = client.subscriptions_of(customer, None).await?;
            Ok(page.items.iter().map(shown_subscription).collect())
        }
        ["bought", from, until] => {
            let page = client
                .subscriptions_bought(window(from, until)?, None)
                .await?;
            Ok(page.items.iter().map(shown_subscription).collect())
        }
        ["changes", from, until] => {
            let page = client.changes(window(from, until)?, None).await?;
            let shown = page
                .items
                .iter()
                .map(|event| json!([event.kind, event.subscription]));
            Ok(shown.collect())
        }
        ["cancel", id, cancels, key] => {
            let key = stored(key)?;
            let subscription = client
                .cancel_at_period_end(id, cancels == "true", &key)
                .await?;
            Ok(shown_subscription(&subscription))
        }
        ["end", id] => Ok(shown_subscription(&client.cancel_now(id).await?)),
        _ => Err("unknown call".into()),
    }
}

async fn invoices(client: &Client, call: &[&str]) -> Outcome {
    match *call {
        ["invoice", id] => Ok(shown_invoice(&client.invoice(id).await?)),
        ["invoices", customer, limit, ref after @ ..] => {
            let after = after.first().copied();
            let page = client.invoices_of(customer, limit.parse()?, after).await?;
            let items: Value = page.items.iter().map(shown_invoice).collect();
            Ok(json!({ "items": items, "next": page.next }))
        }
        ["renewal", subscription] => {
            let renewal = client.renewal(subscription).await?;
            Ok(renewal.map_or(Value::Null, |renewal| {
                let at = renewal.at.map(Timestamp::seconds);
                json!({ "amount": renewal.amount_due, "currency": renewal.currency, "at": at })
            }))
        }
        ["refund", invoice, key] => {
            let invoice = client.invoice(invoice).await?;
            let payment = invoice.payments.first().ok_or("nothing paid it")?;
            let refund = client.refund(payment, &stored(key)?).await?;
            Ok(
                json!({ "id": refund.id, "status": refund.status.as_str(), "amount": refund.amount }),
            )
        }
        _ => Err("unknown call".into()),
    }
}

fn stored(key: &str) -> Result<IdempotencyKey, stripe::KeyError> {
    IdempotencyKey::new(key)
}

fn moment(text: &str) -> Result<Timestamp, std::num::ParseIntError> {
    text.parse().map(Timestamp::from_seconds)
}

fn window(from: &str, until: &str) -> Result<Window, std::num::ParseIntError> {
    Ok(Window {
        from: moment(from)?,
        until: moment(until)?,
    })
}

fn shown_session(session: &CheckoutSession) -> Value {
    json!({ "id": session.id, "url": session.url.as_ref().map(|url| url.as_str()), "status": session.status.as_str(),
        "payment": session.payment_status.as_str(), "customer": session.customer, "subscription": session.subscription,
        "reference": session.client_reference_id, "expires_at": session.expires_at.map(Timestamp::seconds),
        "grants": session.grants() })
}

fn shown_subscription(subscription: &Subscription) -> Value {
    let period = subscription
        .period
        .map(|it| [it.start.seconds(), it.end.seconds()]);
    json!({ "id": subscription.id, "customer": subscription.customer, "status": subscription.status.as_str(),
        "price": subscription.price().map(|price| &price.id), "period": period,
        "cancels": subscription.cancel_at_period_end, "ends_at": subscription.ends_at().map(Timestamp::seconds),
        "trial_end": subscription.trial_end.map(Timestamp::seconds), "invoice": subscription.latest_invoice,
        "metadata": subscription.metadata })
}

fn shown_invoice(invoice: &Invoice) -> Value {
    let payments = invoice.payments.iter().map(|payment| match payment {
        Payment::Intent(id) | Payment::Charge(id) => id.as_str(),
    });
    let payments: Vec<&str> = payments.collect();
    json!({ "id": invoice.id, "subscription": invoice.subscription, "status": invoice.status.as_str(),
        "number": invoice.number, "total": invoice.total, "paid": invoice.amount_paid, "currency": invoice.currency,
        "reason": invoice.billing_reason, "payments": payments, "page": invoice.page.as_ref().map(|page| page.as_str()) })
}
