//! `POST /api/v1/billing/checkouts`: the way to Stripe's page on which a plan is bought.
//!
//! One attempt a workspace is open ([`attempt`]). Its row, with the key of the call, is written before Stripe is called; the
//! address of a page is given to a browser only once it stands in that row. So two browsers get one page, and a process that
//! dies between any two calls leaves a row from which the next one goes on.
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem, GetItem and PutItem on `tenant`, PutItem on `routing`, `work` and `audit`,
//! kms:Decrypt (purpose `data`) and for `platform`, sqs:SendMessage on the audit queue.

mod attempt;

use std::sync::Arc;

use app::{App, OrProblem, SealsJson, place};
use domain::audit::Action;
use domain::billing::{CURRENCY, CustomerId, Interval, Plan, Price};
use domain::content::MemberCard;
use domain::documents::{self, DocumentId};
use domain::ids::UserId;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::{CheckoutRow, MemberRow, StripeCustomerRow, SubscriptionRow};
use store::{Found, Row, TenantDb, keys};
use stripe::objects::{self, CheckoutSession};
use stripe::{Client, IdempotencyKey, NewCustomer, Order, StripeError};
use tenancy::{Owner, TenantScope};
use utoipa::ToSchema;

use crate::error::BillingError;
use crate::head::{Head, answered, subscription_exists};
use crate::vendor;
use attempt::{Choice, Stands, bought, judge, next};

/// So often is looked again when another browser was faster.
const TRIES: usize = 6;

/// What is to be bought, and what the buyer has been told.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckoutIn {
    /// Which plan.
    plan: Plan,
    /// How often it is paid.
    interval: Interval,
    /// Must be true: the terms, with their acceptable use policy, are accepted.
    terms_accepted: bool,
    /// Must be true: the service is to begin at once, and the buyer knows how to withdraw within fourteen days.
    immediate_start_acknowledged: bool,
}

impl Validate for CheckoutIn {
    fn validate(&self, errors: &mut FieldErrors) {
        if self.plan.price(self.interval).is_none() {
            errors.add(
                "plan",
                "not_sold",
                "The trial is not bought. Choose a plan.",
            );
        }
        if !self.terms_accepted {
            errors.add("terms_accepted", "not_accepted", "Accept the terms first.");
        }
        if !self.immediate_start_acknowledged {
            errors.add(
                "immediate_start_acknowledged",
                "not_acknowledged",
                "Say that the service is to begin at once.",
            );
        }
    }
}

/// The page on which it is bought.
#[derive(Serialize, ToSchema)]
pub(crate) struct CheckoutOut {
    /// Its address at Stripe. It opens without a login: go there, and keep it nowhere.
    url: String,
    /// When it closes, RFC 3339 UTC.
    closes_at: String,
}

/// What the log keeps of an order.
#[derive(Serialize)]
struct Ordered {
    plan: Plan,
    interval: Interval,
    amount: u32,
    currency: &'static str,
    terms: &'static str,
    immediate_start: bool,
}

/// Who buys, from where.
struct Desk<'a> {
    app: &'a App,
    scope: &'a TenantScope<Owner>,
    db: TenantDb<Owner>,
    client: Arc<Client>,
    buyer: UserId,
}

/// Opens the page on which a plan is bought. A second browser gets the same page while it is open, and one for another plan
/// closes the former. What was accepted is kept with the order in the audit log. Coming back from the page proves nothing:
/// the plan counts once Stripe says that it is paid.
///
/// 409 `subscription_exists` while there is one that is not over; 409 `payment_disputed` while a bank decides on an earlier payment,
/// because what is bought meanwhile gives nothing; 503 `stripe_unavailable`: ask again, nothing is done twice.
#[utoipa::path(post, path = "/api/v1/billing/checkouts", operation_id = "create_checkout", tag = "billing",
    request_body = CheckoutIn,
    responses(
        (status = 201, description = "The page is open.", body = CheckoutOut),
        (status = 200, description = "It was open already.", body = CheckoutOut),
    ))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Owner>,
    buyer: UserId,
    input: CheckoutIn,
) -> Answer {
    let desk = Desk {
        app,
        scope,
        db: app.store.within(scope).or_problem()?,
        client: vendor::client(app).await.or_problem()?,
        buyer,
    };
    let choice = Choice {
        plan: input.plan,
        interval: input.interval,
    };
    for _ in 0..TRIES {
        let head = Head::read(&desk.db).await?;
        head.require_nothing_bought()?;
        head.require_nothing_disputed()?;
        if let Some(answer) = Box::pin(desk.step(&head, choice)).await? {
            return answer;
        }
    }
    Err(Problem::conflict(
        "changed_meanwhile",
        "Another browser is buying for this workspace. Look there, or try again in a moment.",
    ))
}

impl Desk<'_> {
    /// One step from what is stored; nothing when it has to be looked at again.
    async fn step(&self, head: &Head, choice: Choice) -> Result<Option<Answer>, Problem> {
        let Some(found) = &head.checkout else {
            Box::pin(self.begin(None, choice)).await?;
            return Ok(None);
        };
        let page = Box::pin(self.page(&found.row)).await?;
        let is_over = Box::pin(self.is_over(head, page.as_ref())).await?;
        let now = self.app.clock.now();
        match judge(&found.row, page.as_ref(), is_over, choice, now) {
            Stands::Open => {
                let page = found.row.clone();
                Box::pin(self.give(StatusCode::OK, found, page)).await
            }
            Stands::Bought => Err(subscription_exists()),
            Stands::Other => {
                Box::pin(self.close(&found.row)).await?;
                Ok(None)
            }
            Stands::Over => {
                Box::pin(self.begin(Some(found), choice)).await?;
                Ok(None)
            }
            Stands::Unanswered => Box::pin(self.open(head, found, choice)).await,
        }
    }

    /// Whether what was bought on a page is over. Our copy may be of another subscription, or not know this one yet: then Stripe
    /// is asked, so that a page on which something was bought once does not stand in the way for ever.
    async fn is_over(&self, head: &Head, page: Option<&CheckoutSession>) -> Result<bool, Problem> {
        let Some(id) = page.and_then(bought) else {
            return Ok(false);
        };
        if let Some(copy) = head.copy().filter(|copy| copy.id.as_str() == id) {
            return Ok(copy.status.is_over());
        }
        match Box::pin(self.client.subscription(id)).await {
            Err(StripeError::Gone { .. }) => Ok(true),
            answer => Ok(answered(answer)?.status.is_over()),
        }
    }

    /// The attempt's page as Stripe has it now.
    async fn page(&self, row: &CheckoutRow) -> Result<Option<CheckoutSession>, Problem> {
        let Some(session) = &row.session else {
            return Ok(None);
        };
        match Box::pin(self.client.checkout_session(session.as_str())).await {
            Err(StripeError::Gone { .. }) => Ok(None),
            answer => answered(answer).map(Some),
        }
    }

    /// Writes the next attempt with what the buyer accepted. Another browser may be faster: what it wrote is looked at then.
    async fn begin(
        &self,
        former: Option<&Found<CheckoutRow>>,
        choice: Choice,
    ) -> Result<(), Problem> {
        let workspace = self.scope.tenant().suffix();
        let now = self.app.clock.now();
        let who = (workspace.as_str(), self.buyer);
        let row = next(former.map(|found| &found.row), who, choice, now);
        let key = self.app.tenant_key(self.scope).await.or_problem()?;
        let ordered = ordered(choice)?;
        let entry = self
            .app
            .audit(self.scope, Action::BillingBuy, self.scope.tenant())
            .values(&key, None, Some(&ordered))
            .or_problem()?;
        let mut transaction = self.db.transaction();
        match former {
            Some(found) => transaction.replace(&row, found.rev),
            None => transaction.create(&row),
        };
        entry.write(&mut transaction);
        match Box::pin(transaction.commit()).await {
            Ok(()) => self.app.ring_audit(self.scope).await,
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error).or_problem(),
        }
        Ok(())
    }

    /// Closes a page. One that is over already is looked at again: it may have been paid.
    async fn close(&self, row: &CheckoutRow) -> Result<(), Problem> {
        let Some(session) = &row.session else {
            return Ok(());
        };
        let key = key(format!("{}.close", row.idempotency_key))?;
        let closed = self.client.expire_checkout_session(session.as_str(), &key);
        match Box::pin(closed).await {
            Err(StripeError::Invalid { .. } | StripeError::Gone { .. }) => Ok(()),
            answer => answered(answer).map(drop),
        }
    }

    /// Has Stripe open the page, under the stored key, and gives its address once it is stored.
    async fn open(
        &self,
        head: &Head,
        found: &Found<CheckoutRow>,
        choice: Choice,
    ) -> Result<Option<Answer>, Problem> {
        let Some(customer) = Box::pin(self.customer(head, found, choice)).await? else {
            return Ok(None);
        };
        let price = Box::pin(self.price(choice)).await?;
        let (site, workspace) = (self.app.config.site(), self.scope.tenant().to_string());
        let order = Order {
            customer: customer.as_str(),
            workspace: &workspace,
            price: &price,
            quantity: 1,
            trial_end: None,
            automatic_tax: self.client.mode().is_live(),
            success_url: &format!("{site}/billing?from=checkout"),
            cancel_url: &format!("{site}/billing"),
            expires_at: found.row.closes_at,
        };
        let key = key(found.row.idempotency_key.clone())?;
        let opened = self.client.create_checkout_session(&order, &key);
        let session = match Box::pin(opened).await {
            // Something of the order has changed since the call that was cut off, or the key stands for a failure: nobody was
            // given what it opened.
            Err(StripeError::KeyReused | StripeError::Spent { .. }) => {
                Box::pin(self.begin(Some(found), choice)).await?;
                return Ok(None);
            }
            answer => answered(answer)?,
        };
        let (Ok(id), Some(url)) = (session.id.parse(), session.url.as_ref()) else {
            return answered(Err(StripeError::Unreadable));
        };
        let row = CheckoutRow {
            session: Some(id),
            url: Some(url.as_str().to_owned()),
            ..found.row.clone()
        };
        Box::pin(self.give(StatusCode::CREATED, found, row)).await
    }

    /// Gives the address of a page once it is stored, with who is shown it last: one page is open, and that is who buys on it.
    async fn give(
        &self,
        status: StatusCode,
        found: &Found<CheckoutRow>,
        page: CheckoutRow,
    ) -> Result<Option<Answer>, Problem> {
        let buyer = Some(self.buyer);
        let row = CheckoutRow { buyer, ..page };
        if row == found.row {
            return Ok(shown(status, &row));
        }
        let mut transaction = self.db.transaction();
        transaction.replace(&row, found.rev);
        match Box::pin(transaction.commit()).await {
            Ok(()) => Ok(shown(status, &row)),
            Err(error) if error.is_race() => Ok(None),
            Err(error) => Err(error).or_problem(),
        }
    }

    /// Stripe's customer of the workspace, made once; one who bought before bears the name and the address of who buys now, because
    /// that owner may have left. Nothing when what is stored has to be looked at again.
    async fn customer(
        &self,
        head: &Head,
        attempt: &Found<CheckoutRow>,
        choice: Choice,
    ) -> Result<Option<CustomerId>, Problem> {
        let (tenant, email) = (self.scope.tenant(), Box::pin(self.email()).await?);
        let who = NewCustomer {
            name: &head.workspace.name,
            email: &email,
            workspace: &tenant.to_string(),
        };
        if let Some(found) = &head.bought {
            let (customer, key) = (found.row.customer.clone(), &attempt.row.idempotency_key);
            let key = self::key(format!("{key}.payer"))?;
            let told = self.client.update_customer(customer.as_str(), &who, &key);
            return match Box::pin(told).await {
                // Another owner came to this attempt first.
                Err(StripeError::KeyReused) => {
                    Box::pin(self.begin(Some(attempt), choice)).await?;
                    Ok(None)
                }
                answer => answered(answer).map(|_| Some(customer)),
            };
        }
        let key = key(format!("{}.customer", attempt.row.idempotency_key))?;
        let made = match Box::pin(self.client.create_customer(&who, &key)).await {
            // Made by a call that was cut off, for another owner or under another name, or not at all: nobody pays as that one.
            Err(StripeError::KeyReused | StripeError::Spent { .. }) => {
                Box::pin(self.begin(Some(attempt), choice)).await?;
                return Ok(None);
            }
            answer => answered(answer)?,
        };
        let customer: CustomerId = match made.id.parse() {
            Ok(customer) => customer,
            Err(_) => return answered(Err(StripeError::Unreadable)),
        };
        let mut transaction = self.db.transaction();
        transaction.create(&SubscriptionRow::of(customer.clone()));
        transaction.create(&StripeCustomerRow {
            customer: customer.clone(),
            tenant,
        });
        match Box::pin(transaction.commit()).await {
            Ok(()) => Ok(Some(customer)),
            Err(error) if error.is_race() => Ok(None),
            Err(error) => Err(error).or_problem(),
        }
    }

    /// The buyer's address: it and the workspace's name are all that Stripe is told of anybody.
    async fn email(&self) -> Result<String, Problem> {
        let key = self.app.tenant_key(self.scope).await.or_problem()?;
        let member = self.db.find::<MemberRow>(&keys::member(self.buyer)).await;
        let member = member.or_problem()?.ok_or(Problem::NotFound)?.row;
        let sealed = member.card.as_ref().ok_or_else(|| {
            Problem::conflict(
                "address_unknown",
                "Your address is not known in this workspace. Log out and in again, then repeat.",
            )
        })?;
        let row_key = member.key();
        let place = place::<MemberRow>(&row_key, "card");
        let card: MemberCard = key.open_json(&place, sealed).or_problem()?;
        Ok(card.email)
    }

    /// Stripe's name for a price of ours.
    async fn price(&self, choice: Choice) -> Result<String, Problem> {
        let price = choice
            .plan
            .price(choice.interval)
            .ok_or(Problem::NotFound)?;
        let found = Box::pin(self.client.prices(&[price.lookup_key])).await;
        let mut found = answered(found)?.into_iter();
        let found = found.find(|found| is_listed(found, price));
        Ok(found.ok_or(BillingError::NoPrice).or_problem()?.id)
    }
}

/// Whether Stripe charges for a price what our table says: that is what the buyer is shown, and what the log says was ordered.
fn is_listed(found: &objects::Price, listed: &Price) -> bool {
    let interval = match listed.interval {
        Interval::Month => objects::Interval::Month,
        Interval::Year => objects::Interval::Year,
    };
    let every = (found.interval.as_ref(), found.interval_count);
    found.unit_amount == Some(i64::from(listed.amount))
        && found.currency.as_deref() == Some(CURRENCY)
        && every == (Some(&interval), 1)
}

fn ordered(choice: Choice) -> Result<Ordered, Problem> {
    let price = choice
        .plan
        .price(choice.interval)
        .ok_or(Problem::NotFound)?;
    Ok(Ordered {
        plan: choice.plan,
        interval: choice.interval,
        amount: price.amount,
        currency: CURRENCY,
        terms: documents::current(DocumentId::Terms).version,
        immediate_start: true,
    })
}

fn key(text: String) -> Result<IdempotencyKey, Problem> {
    IdempotencyKey::new(text)
        .map_err(BillingError::from)
        .or_problem()
}

/// The stored page; nothing where none is stored.
fn shown(status: StatusCode, row: &CheckoutRow) -> Option<Answer> {
    let url = row.url.clone()?;
    let closes_at = row.closes_at.rfc3339();
    Some(http_kit::json(status, &CheckoutOut { url, closes_at }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn wrong(body: Value) -> usize {
        let input: CheckoutIn = serde_json::from_value(body).expect("a form");
        let mut errors = FieldErrors::new();
        input.validate(&mut errors);
        match errors.finish() {
            Err(Problem::Invalid(errors)) => errors.len(),
            _ => 0,
        }
    }

    #[test]
    fn nothing_is_sold_for_another_sum_currency_or_time_than_is_shown() {
        let listed = Plan::Studio.price(Interval::Year).expect("a price");
        let sells = |amount: Value, currency: &str, interval: &str, count: i64| {
            let price = json!({ "id": "price_1", "unit_amount": amount, "currency": currency,
                "recurring": { "interval": interval, "interval_count": count } });
            is_listed(&objects::Price::read(&price).expect("a price"), listed)
        };
        assert!(sells(json!(99_000), "eur", "year", 1));
        assert!(!sells(json!(9_900), "eur", "year", 1));
        assert!(!sells(Value::Null, "eur", "year", 1));
        assert!(!sells(json!(99_000), "usd", "year", 1));
        assert!(!sells(json!(99_000), "eur", "month", 1));
        assert!(!sells(json!(99_000), "eur", "year", 2));
    }

    #[test]
    fn nothing_is_bought_before_both_things_are_said_and_the_trial_never() {
        let form = |plan: &str, said: bool| {
            json!({ "plan": plan, "interval": "month", "terms_accepted": said,
                "immediate_start_acknowledged": said })
        };
        assert_eq!(wrong(form("creator", true)), 0);
        assert_eq!(wrong(form("studio", false)), 2);
        assert_eq!(wrong(form("trial", true)), 1);
    }
}
