//! What was bought: subscriptions, their invoices, and what changed while nobody listened.

use domain::Timestamp;
use serde::Serialize;
use stripe_billing::invoice::{
    CreatePreviewInvoice, ListInvoice, RetrieveInvoice, VoidInvoiceInvoice,
};
use stripe_billing::subscription::{
    CancelSubscription, ListSubscription, ListSubscriptionStatus, RetrieveSubscription,
    UpdateSubscription,
};
use stripe_client_core::{RequestBuilder, StripeMethod, StripeRequest};
use stripe_core::event::ListEvent;
use stripe_types::{RangeBoundsTs, RangeQueryTs};

use super::exchange::Repeat;
use super::{Client, PAGE, plain, readable};
use crate::error::StripeError;
use crate::key::IdempotencyKey;
use crate::objects::{Invoice, Page, Renewal, Subscription};
use crate::webhook::Envelope;

/// Events after which our copy of a subscription may be wrong.
const CHANGES: [&str; 9] = [
    "checkout.session.completed",
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "invoice.paid",
    "invoice.payment_failed",
    "charge.refunded",
];

/// The builder of `async-stripe` takes a moment and cannot take it back.
#[derive(Serialize)]
struct NoEnd {
    cancel_at: &'static str,
}

/// What was made in which time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// From this second on.
    pub from: Timestamp,
    /// Before this second.
    pub until: Timestamp,
}

impl Window {
    fn range(self) -> RangeQueryTs {
        RangeQueryTs::Bounds(RangeBoundsTs {
            gte: Some(self.from.seconds()),
            lt: Some(self.until.seconds()),
            ..RangeBoundsTs::default()
        })
    }
}

impl Client {
    /// Reads a subscription.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn subscription(&self, id: &str) -> Result<Subscription, StripeError> {
        let request = RetrieveSubscription::new(plain(id)?).build();
        let answer = self.exchange(request, Repeat::Reads).await?;
        readable(Subscription::read(&answer))
    }

    /// All subscriptions of a customer, those that are over too.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn subscriptions_of(
        &self,
        customer: &str,
        after: Option<&str>,
    ) -> Result<Page<Subscription>, StripeError> {
        let list = ListSubscription::new().customer(customer);
        self.subscriptions(list, after).await
    }

    /// The subscriptions that were bought in a time, those that are over too.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn subscriptions_bought(
        &self,
        window: Window,
        after: Option<&str>,
    ) -> Result<Page<Subscription>, StripeError> {
        let list = ListSubscription::new().created(window.range());
        self.subscriptions(list, after).await
    }

    async fn subscriptions(
        &self,
        list: ListSubscription,
        after: Option<&str>,
    ) -> Result<Page<Subscription>, StripeError> {
        let list = list.status(ListSubscriptionStatus::All).limit(PAGE);
        let request = match after {
            Some(id) => list.starting_after(id).build(),
            None => list.build(),
        };
        let answer = self.exchange(request, Repeat::Reads).await?;
        readable(Page::read(&answer, Subscription::read))
    }

    /// What happened in a time, of at most the last 30 days, to subscriptions and invoices: which to fetch again where
    /// webhooks may have been missed. Stripe has no list of the subscriptions that changed.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn changes(
        &self,
        window: Window,
        after: Option<&str>,
    ) -> Result<Page<Envelope>, StripeError> {
        let list = ListEvent::new()
            .types(CHANGES.map(str::to_owned).to_vec())
            .created(window.range())
            .limit(PAGE);
        let request = match after {
            Some(id) => list.starting_after(id).build(),
            None => list.build(),
        };
        let answer = self.exchange(request, Repeat::Reads).await?;
        readable(Page::read(&answer, Envelope::read))
    }

    /// Lets a subscription end with its period, or takes that back.
    ///
    /// # Errors
    /// See [`StripeError`]; one that is over already is [`StripeError::Gone`].
    pub async fn cancel_at_period_end(
        &self,
        id: &str,
        cancels: bool,
        key: &IdempotencyKey,
    ) -> Result<Subscription, StripeError> {
        let request = UpdateSubscription::new(plain(id)?)
            .cancel_at_period_end(cancels)
            .build();
        let answer = self.exchange(request, Repeat::Absolute(key)).await?;
        readable(Subscription::read(&answer))
    }

    /// Takes back the moment at which somebody had a subscription end: it renews again.
    ///
    /// # Errors
    /// See [`StripeError`]; one that is over already is [`StripeError::Gone`].
    pub async fn forget_end(
        &self,
        id: &str,
        key: &IdempotencyKey,
    ) -> Result<Subscription, StripeError> {
        let path = format!("/subscriptions/{}", plain(id)?);
        let request = RequestBuilder::new(StripeMethod::Post, path).form(&NoEnd { cancel_at: "" });
        let answer = self.exchange(request, Repeat::Absolute(key)).await?;
        readable(Subscription::read(&answer))
    }

    /// Ends a subscription at once, without another invoice and without crediting the rest of its period. One that is over
    /// already is what was wanted.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn cancel_now(&self, id: &str) -> Result<Subscription, StripeError> {
        let request = CancelSubscription::new(plain(id)?)
            .invoice_now(false)
            .prorate(false)
            .build();
        match self.exchange(request, Repeat::Refused).await {
            // An answer that was lost looks so at the next try.
            Err(StripeError::Gone { .. }) => self.subscription(id).await,
            answer => readable(Subscription::read(&answer?)),
        }
    }

    /// Reads an invoice, with what paid it.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn invoice(&self, id: &str) -> Result<Invoice, StripeError> {
        let request = RetrieveInvoice::new(plain(id)?)
            .expand(vec!["payments".to_owned()])
            .build();
        let answer = self.exchange(request, Repeat::Reads).await?;
        readable(Invoice::read(&answer))
    }

    /// The invoices of a customer, with what paid each.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn invoices_of(
        &self,
        customer: &str,
        limit: u8,
        after: Option<&str>,
    ) -> Result<Page<Invoice>, StripeError> {
        let list = ListInvoice::new()
            .customer(customer)
            .limit(limit)
            .expand(vec!["data.payments".to_owned()]);
        let request = match after {
            Some(id) => list.starting_after(id).build(),
            None => list.build(),
        };
        let answer = self.exchange(request, Repeat::Reads).await?;
        readable(Page::read(&answer, Invoice::read))
    }

    /// Takes an invoice back that is not paid, so that nobody can pay it any more.
    ///
    /// # Errors
    /// See [`StripeError`]; one that is settled otherwise, or of which a payment is under way, is [`StripeError::Invalid`].
    pub async fn void_invoice(
        &self,
        id: &str,
        key: &IdempotencyKey,
    ) -> Result<Invoice, StripeError> {
        let request = VoidInvoiceInvoice::new(plain(id)?).build();
        let answer = self.exchange(request, Repeat::Absolute(key)).await?;
        readable(Invoice::read(&answer))
    }

    /// What the next invoice of a subscription will say; nothing when there will be none.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn renewal(&self, subscription: &str) -> Result<Option<Renewal>, StripeError> {
        let request = CreatePreviewInvoice::new()
            .subscription(plain(subscription)?)
            .build();
        match self.exchange(request, Repeat::Reads).await {
            Err(error) if error.invalid_code() == Some("invoice_upcoming_none") => Ok(None),
            answer => readable(Renewal::read(&answer?)).map(Some),
        }
    }
}
