//! Pages at Stripe to which a person is sent: buying, and looking after what was bought. No card is entered anywhere else.

use std::collections::HashMap;

use domain::Timestamp;
use stripe_billing::billing_portal_session::{
    CreateBillingPortalSession, CreateBillingPortalSessionFlowData,
    CreateBillingPortalSessionFlowDataSubscriptionCancel,
    CreateBillingPortalSessionFlowDataSubscriptionUpdate, CreateBillingPortalSessionFlowDataType,
};
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAutomaticTax,
    CreateCheckoutSessionConsentCollection, CreateCheckoutSessionConsentCollectionTermsOfService,
    CreateCheckoutSessionCustomerUpdate, CreateCheckoutSessionCustomerUpdateAddress,
    CreateCheckoutSessionCustomerUpdateName, CreateCheckoutSessionLineItems,
    CreateCheckoutSessionSubscriptionData, CreateCheckoutSessionTaxIdCollection,
    ExpireCheckoutSession, RetrieveCheckoutSession,
};
use stripe_checkout::{CheckoutSessionBillingAddressCollection, CheckoutSessionMode};
use stripe_client_core::{RequestBuilder, StripeRequest};

use super::exchange::Repeat;
use super::{Client, WORKSPACE, plain, readable};
use crate::error::StripeError;
use crate::key::IdempotencyKey;
use crate::objects::{self, CheckoutSession, Link};

/// What is to be bought, by whom, and where the person goes afterwards.
pub struct Order<'a> {
    /// Who pays.
    pub customer: &'a str,
    /// For which workspace: session and subscription say so.
    pub workspace: &'a str,
    /// Which price.
    pub price: &'a str,
    /// How many.
    pub quantity: u64,
    /// Until when nothing is due; Stripe wants at least 48 hours.
    pub trial_end: Option<Timestamp>,
    /// Whether Stripe computes taxes. It refuses to where the account has no address yet.
    pub automatic_tax: bool,
    /// Where the person goes after paying. Coming back there proves nothing.
    pub success_url: &'a str,
    /// Where the person goes instead.
    pub cancel_url: &'a str,
    /// When the page closes: in 30 minutes to 24 hours.
    pub expires_at: Timestamp,
}

/// Which page of the portal opens at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow<'a> {
    /// Another way to pay.
    PaymentMethod,
    /// Another plan for this subscription.
    ChangePlan(&'a str),
    /// The end of this subscription.
    Cancel(&'a str),
}

impl Client {
    /// Opens a page on which a subscription is bought. Terms must be accepted there; promotion codes and tax ids are asked for.
    ///
    /// # Errors
    /// See [`StripeError`]; a customer or price that is no more is [`StripeError::Gone`], by its parameter.
    pub async fn create_checkout_session(
        &self,
        order: &Order<'_>,
        key: &IdempotencyKey,
    ) -> Result<CheckoutSession, StripeError> {
        let answer = self.exchange(ordered(order), Repeat::Keyed(key)).await?;
        readable(CheckoutSession::read(&answer))
    }

    /// Reads a session.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn checkout_session(&self, id: &str) -> Result<CheckoutSession, StripeError> {
        let request = RetrieveCheckoutSession::new(plain(id)?).build();
        let answer = self.exchange(request, Repeat::Reads).await?;
        readable(CheckoutSession::read(&answer))
    }

    /// Closes a session, so that nothing can be bought in it. One that is over already is refused as invalid.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn expire_checkout_session(
        &self,
        id: &str,
        key: &IdempotencyKey,
    ) -> Result<CheckoutSession, StripeError> {
        let request = ExpireCheckoutSession::new(plain(id)?).build();
        let answer = self.exchange(request, Repeat::Absolute(key)).await?;
        readable(CheckoutSession::read(&answer))
    }

    /// Opens the portal for a customer. Its address opens without a login for a few minutes: one per click.
    ///
    /// # Errors
    /// See [`StripeError`].
    pub async fn create_portal_session(
        &self,
        customer: &str,
        return_url: &str,
        flow: Option<Flow<'_>>,
        key: &IdempotencyKey,
    ) -> Result<Link, StripeError> {
        let request = portal(customer, return_url, flow);
        let answer = self.exchange(request, Repeat::Keyed(key)).await?;
        readable(objects::portal(&answer))
    }
}

/// Not in the future that sends it, because it is large.
fn ordered(order: &Order<'_>) -> RequestBuilder {
    let workspace = HashMap::from([(WORKSPACE.to_owned(), order.workspace.to_owned())]);
    let mut line = CreateCheckoutSessionLineItems::new();
    line.price = Some(order.price.to_owned());
    line.quantity = Some(order.quantity);
    let mut subscription = CreateCheckoutSessionSubscriptionData::new();
    subscription.metadata = Some(workspace.clone());
    subscription.trial_end = order.trial_end.map(Timestamp::seconds);
    // Taxes depend on where and who the person is, and what they say of it is kept at Stripe.
    let mut update = CreateCheckoutSessionCustomerUpdate::new();
    update.address = Some(CreateCheckoutSessionCustomerUpdateAddress::Auto);
    update.name = Some(CreateCheckoutSessionCustomerUpdateName::Auto);
    let mut consent = CreateCheckoutSessionConsentCollection::new();
    consent.terms_of_service = Some(CreateCheckoutSessionConsentCollectionTermsOfService::Required);
    CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Subscription)
        .customer(order.customer)
        .client_reference_id(order.workspace)
        .metadata(workspace)
        .line_items(vec![line])
        .subscription_data(subscription)
        .automatic_tax(CreateCheckoutSessionAutomaticTax::new(order.automatic_tax))
        .tax_id_collection(CreateCheckoutSessionTaxIdCollection::new(true))
        .allow_promotion_codes(true)
        .customer_update(update)
        .billing_address_collection(CheckoutSessionBillingAddressCollection::Required)
        .consent_collection(consent)
        .success_url(order.success_url)
        .cancel_url(order.cancel_url)
        .expires_at(order.expires_at.seconds())
        .build()
}

fn portal(customer: &str, return_url: &str, flow: Option<Flow<'_>>) -> RequestBuilder {
    let request = CreateBillingPortalSession::new()
        .customer(customer)
        .return_url(return_url);
    match flow {
        Some(flow) => request.flow_data(flow_data(flow)).build(),
        None => request.build(),
    }
}

fn flow_data(flow: Flow<'_>) -> CreateBillingPortalSessionFlowData {
    use CreateBillingPortalSessionFlowDataType as Type;
    match flow {
        Flow::PaymentMethod => CreateBillingPortalSessionFlowData::new(Type::PaymentMethodUpdate),
        Flow::ChangePlan(subscription) => {
            let update = CreateBillingPortalSessionFlowDataSubscriptionUpdate::new(subscription);
            let mut data = CreateBillingPortalSessionFlowData::new(Type::SubscriptionUpdate);
            data.subscription_update = Some(update);
            data
        }
        Flow::Cancel(subscription) => {
            let cancel = CreateBillingPortalSessionFlowDataSubscriptionCancel::new(subscription);
            let mut data = CreateBillingPortalSessionFlowData::new(Type::SubscriptionCancel);
            data.subscription_cancel = Some(cancel);
            data
        }
    }
}
