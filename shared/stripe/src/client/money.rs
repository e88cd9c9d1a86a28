//! Money that goes back: what we give, and what a bank takes.

use serde::Serialize;
use serde_json::Value;
use stripe_client_core::{RequestBuilder, StripeMethod, StripeRequest};
use stripe_core::refund::{CreateRefund, CreateRefundReason, ListRefund};

use super::exchange::Repeat;
use super::{Client, PAGE, plain, readable};
use crate::error::StripeError;
use crate::key::IdempotencyKey;
use crate::objects::{CreditNote, Dispute, Page, Payment, Refund};
use crate::read;

/// Charges, credit notes, disputes and payments of invoices are behind features of `async-stripe` that bring much more; for these calls
/// they are left out.
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
struct CreditNotesOf<'a> {
    invoice: &'a str,
    limit: i64,
}

#[derive(Serialize)]
struct InvoicesPaidBy<'a> {
    payment: Paying<'a>,
    status: &'static str,
    limit: i64,
}

#[derive(Serialize)]
struct Paying<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    payment_intent: &'a str,
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
        let charges = self.charges_of(customer).await?;
        let disputed = charges.into_iter().filter(|charge| charge.is_disputed);
        Ok(disputed.map(|charge| charge.payment).collect())
    }

    /// Of the newest hundred payments of a customer, those that were ever disputed and those of which something was refunded, by each
    /// name that an invoice may have for them.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn moved_payments(&self, customer: &str) -> Result<Vec<Payment>, StripeError> {
        let charges = self.charges_of(customer).await?.into_iter();
        let moved = charges.filter(|charge| charge.is_disputed || charge.is_refunded);
        let names = |charge: Charge| charge.intent.into_iter().chain([charge.payment]);
        Ok(moved.flat_map(names).collect())
    }

    async fn charges_of(&self, customer: &str) -> Result<Vec<Charge>, StripeError> {
        let query = ChargesOf {
            customer,
            limit: PAGE,
        };
        let request = RequestBuilder::new(StripeMethod::Get, "/charges").query(&query);
        let answer = self.exchange(request, Repeat::Reads).await?;
        let page = readable(Page::read(&answer, Charge::read))?;
        Ok(page.items)
    }

    /// The invoice that a payment intent paid; nothing where it paid none.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn invoice_paid_by(&self, intent: &str) -> Result<Option<String>, StripeError> {
        let query = InvoicesPaidBy {
            payment: Paying {
                kind: "payment_intent",
                payment_intent: intent,
            },
            status: "paid",
            limit: 1,
        };
        let request = RequestBuilder::new(StripeMethod::Get, "/invoice_payments").query(&query);
        let answer = self.exchange(request, Repeat::Reads).await?;
        let page = readable(Page::read(&answer, |paid| read::id(paid, "/invoice")))?;
        Ok(page.items.into_iter().next())
    }

    /// The credit notes of an invoice, those that are void too.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn credit_notes_of(&self, invoice: &str) -> Result<Vec<CreditNote>, StripeError> {
        let query = CreditNotesOf {
            invoice,
            limit: PAGE,
        };
        let request = RequestBuilder::new(StripeMethod::Get, "/credit_notes").query(&query);
        let answer = self.exchange(request, Repeat::Reads).await?;
        let page = readable(Page::read(&answer, CreditNote::read))?;
        Ok(page.items)
    }

    /// Gives back what paid an invoice, whole, as its payer wishes: all that Stripe still has of it, also what a credit note gave back
    /// outside of Stripe or to the balance.
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

/// What became of a charge.
struct Charge {
    payment: Payment,
    intent: Option<Payment>,
    is_disputed: bool,
    is_refunded: bool,
}

impl Charge {
    fn read(value: &Value) -> Option<Self> {
        Some(Charge {
            payment: Payment::Charge(read::string(value, "/id")?),
            intent: read::id(value, "/payment_intent").map(Payment::Intent),
            is_disputed: read::flag(value, "/disputed"),
            is_refunded: read::integer(value, "/amount_refunded").is_some_and(|sum| sum > 0),
        })
    }
}
