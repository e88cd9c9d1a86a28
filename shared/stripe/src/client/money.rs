//! Money that goes back: what we give, and what a bank takes.

use serde::Serialize;
use serde_json::Value;
use stripe_client_core::{RequestBuilder, StripeMethod, StripeRequest};
use stripe_core::refund::{CreateRefund, CreateRefundReason, ListRefund};

use super::exchange::Repeat;
use super::{Client, PAGE, plain, readable};
use crate::error::StripeError;
use crate::key::IdempotencyKey;
use crate::objects::{Dispute, Page, Payment, Refund};
use crate::read;

/// Charges and disputes are behind features of `async-stripe` that bring much more; for these calls they are left out.
#[derive(Serialize)]
struct Expand {
    expand: &'static [&'static str],
}

#[derive(Serialize)]
struct ChargesOf<'a> {
    customer: &'a str,
    limit: i64,
}

#[derive(Serialize)]
struct DisputesOf<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    charge: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_intent: Option<&'a str>,
    limit: i64,
}

impl Client {
    /// Reads a dispute, with who had paid.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn dispute(&self, id: &str) -> Result<Dispute, StripeError> {
        let path = format!("/disputes/{}", plain(id)?);
        let expand = Expand {
            expand: &["charge"],
        };
        let request = RequestBuilder::new(StripeMethod::Get, path).query(&expand);
        let answer = self.exchange(request, Repeat::Reads).await?;
        readable(Dispute::read(&answer))
    }

    /// The disputes of a payment, those that are settled too. Stripe finds them by payment or by time, and by no customer.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn disputes_of(&self, payment: &Payment) -> Result<Vec<Dispute>, StripeError> {
        let (charge, payment_intent) = match payment {
            Payment::Charge(id) => (Some(id.as_str()), None),
            Payment::Intent(id) => (None, Some(id.as_str())),
        };
        let query = DisputesOf {
            charge,
            payment_intent,
            limit: PAGE,
        };
        let request = RequestBuilder::new(StripeMethod::Get, "/disputes").query(&query);
        let answer = self.exchange(request, Repeat::Reads).await?;
        let page = readable(Page::read(&answer, Dispute::read))?;
        Ok(page.items)
    }

    /// Of the newest hundred payments of a customer, those that were ever disputed.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn disputed_payments(&self, customer: &str) -> Result<Vec<Payment>, StripeError> {
        let query = ChargesOf {
            customer,
            limit: PAGE,
        };
        let request = RequestBuilder::new(StripeMethod::Get, "/charges").query(&query);
        let answer = self.exchange(request, Repeat::Reads).await?;
        let page = readable(Page::read(&answer, charge))?;
        let disputed = page
            .items
            .into_iter()
            .filter(|(_, is_disputed)| *is_disputed);
        Ok(disputed.map(|(payment, _)| payment).collect())
    }

    /// Gives back what paid an invoice, whole, as its payer wishes.
    ///
    /// # Errors
    /// See [`StripeError`]; what was given back before is [`StripeError::Invalid`] with the code `charge_already_refunded`, and
    /// what a bank has taken, or may take, with the code `charge_disputed`.
    pub async fn refund(
        &self,
        payment: &Payment,
        key: &IdempotencyKey,
    ) -> Result<Refund, StripeError> {
        let refund = CreateRefund::new().reason(CreateRefundReason::RequestedByCustomer);
        let request = match payment {
            Payment::Intent(id) => refund.payment_intent(id.as_str()).build(),
            Payment::Charge(id) => refund.charge(id.as_str()).build(),
        };
        let answer = self.exchange(request, Repeat::Absolute(key)).await?;
        readable(Refund::read(&answer))
    }

    /// The refunds of a payment, whoever made them.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn refunds_of(&self, payment: &Payment) -> Result<Vec<Refund>, StripeError> {
        let list = ListRefund::new().limit(PAGE);
        let request = match payment {
            Payment::Intent(id) => list.payment_intent(id.as_str()).build(),
            Payment::Charge(id) => list.charge(id.as_str()).build(),
        };
        let answer = self.exchange(request, Repeat::Reads).await?;
        let page = readable(Page::read(&answer, Refund::read))?;
        Ok(page.items)
    }
}

/// A charge, and whether it was ever disputed.
fn charge(value: &Value) -> Option<(Payment, bool)> {
    let id = read::string(value, "/id")?;
    Some((Payment::Charge(id), read::flag(value, "/disputed")))
}
