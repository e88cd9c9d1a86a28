//! Who pays, what there is to buy, and how much was used.

use std::collections::HashMap;

use domain::Timestamp;
use serde::Serialize;
use stripe_billing::billing_meter_event::CreateBillingMeterEvent;
use stripe_client_core::{RequestBuilder, StripeMethod, StripeRequest};
use stripe_core::customer::{CreateCustomer, UpdateCustomer};

use super::exchange::Repeat;
use super::{Client, WORKSPACE, plain, readable};
use crate::error::StripeError;
use crate::key::IdempotencyKey;
use crate::objects::{Customer, Page, Price};

/// Most lookup keys that Stripe takes in one call.
const MOST_LOOKUP_KEYS: usize = 10;

/// Who is to pay. All that Stripe is told of a person; it must not grow.
pub struct NewCustomer<'a> {
    /// As it stands on invoices.
    pub name: &'a str,
    /// Where Stripe writes to.
    pub email: &'a str,
    /// For which workspace.
    pub workspace: &'a str,
}

/// Prices have a crate of their own at `async-stripe`; for this one list it is left out.
#[derive(Serialize)]
struct PriceQuery<'a> {
    active: bool,
    limit: usize,
    lookup_keys: &'a [&'a str],
}

impl Client {
    /// Makes the customer of a workspace.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn create_customer(
        &self,
        who: &NewCustomer<'_>,
        key: &IdempotencyKey,
    ) -> Result<Customer, StripeError> {
        let request = CreateCustomer::new()
            .name(who.name)
            .email(who.email)
            .metadata(HashMap::from([(
                WORKSPACE.to_owned(),
                who.workspace.to_owned(),
            )]))
            .build();
        let answer = self.exchange(request, Repeat::Keyed(key)).await?;
        readable(Customer::read(&answer))
    }

    /// Has a customer bear another name and address: whoever paid before may have left. The workspace stays.
    ///
    /// # Errors
    /// See [`StripeError`]; one that was deleted is [`StripeError::Gone`].
    pub async fn update_customer(
        &self,
        id: &str,
        who: &NewCustomer<'_>,
        key: &IdempotencyKey,
    ) -> Result<Customer, StripeError> {
        let request = UpdateCustomer::new(plain(id)?);
        let request = request.email(who.email).name(who.name).build();
        let answer = self.exchange(request, Repeat::Absolute(key)).await?;
        readable(Customer::read(&answer))
    }

    /// The prices that can be bought, by our own names for them. A name without a price is left out.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn prices(&self, lookup_keys: &[&str]) -> Result<Vec<Price>, StripeError> {
        let mut prices = Vec::new();
        for lookup_keys in lookup_keys.chunks(MOST_LOOKUP_KEYS) {
            let query = PriceQuery {
                active: true,
                limit: MOST_LOOKUP_KEYS,
                lookup_keys,
            };
            let request = RequestBuilder::new(StripeMethod::Get, "/prices").query(&query);
            let answer = self.exchange(request, Repeat::Reads).await?;
            let page = readable(Page::read(&answer, Price::read))?;
            prices.extend(page.items);
        }
        Ok(prices)
    }

    /// Tells a meter of use. The key is also the identifier by which Stripe counts it once; it has at most 100 characters then.
    /// What was told before counts as told.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn report_use(
        &self,
        meter: &str,
        customer: &str,
        value: u64,
        at: Timestamp,
        key: &IdempotencyKey,
    ) -> Result<(), StripeError> {
        let payload = HashMap::from([
            ("stripe_customer_id".to_owned(), customer.to_owned()),
            ("value".to_owned(), value.to_string()),
        ]);
        let request = CreateBillingMeterEvent::new(meter, payload)
            .identifier(key.as_str())
            .timestamp(at.seconds())
            .build();
        match self.exchange(request, Repeat::Keyed(key)).await {
            Err(error) if error.invalid_code() == Some("duplicate_meter_event") => Ok(()),
            answer => answer.map(drop),
        }
    }
}
