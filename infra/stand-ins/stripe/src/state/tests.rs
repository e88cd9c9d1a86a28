//! Whole lives of subscriptions, without any network.

mod calls;

use serde_json::{Value, json};

use super::{Card, CheckoutAct, PortalAct, State, entries, id_in};
use crate::{
    calendar,
    form::Params,
    settings::DunningEnd,
    store::{number, text},
};

const DAY: i64 = 86_400;
/// 2027-01-31 10:00:00 UTC.
const START: i64 = 1_801_389_600;

/// A state with a monthly price, a dearer one and a customer.
struct Shop {
    state: State,
    monthly: String,
    dearer: String,
    customer: String,
}

fn id(object: &Value) -> String {
    text(object, "id").to_owned()
}

impl Shop {
    fn open() -> Self {
        let mut state = State::new(1, "http://127.0.0.1:1");
        state.advance(START);
        let mut price = |amount: &str| {
            let params = Params::of(json!({
                "currency": "eur", "unit_amount": amount,
                "recurring": { "interval": "month" }, "product_data": { "name": "Plan" },
            }));
            id(&state.create_price(&params).unwrap())
        };
        let (monthly, dearer) = (price("3100"), price("6200"));
        let params = Params::of(json!({ "email": "creator@example.com", "name": "Shop" }));
        let customer = id(&state.create_customer(&params).unwrap());
        Self {
            state,
            monthly,
            dearer,
            customer,
        }
    }

    /// A session of the monthly price.
    fn session(&mut self, trial: Option<&str>) -> String {
        let mut params = json!({
            "mode": "subscription", "customer": self.customer, "client_reference_id": "tenant",
            "line_items": [{ "price": self.monthly, "quantity": "1" }],
            "success_url": "http://127.0.0.1:2/done?session={CHECKOUT_SESSION_ID}", "cancel_url": "http://127.0.0.1:2/back",
        });
        if let Some(days) = trial {
            params["subscription_data"] = json!({ "trial_period_days": days });
        }
        id(&self.state.create_session(&Params::of(params)).unwrap())
    }

    /// Buys the monthly price; the subscription.
    fn buy(&mut self, trial: Option<&str>) -> String {
        let session = self.session(trial);
        let act = CheckoutAct::Pay;
        self.state.act_on_session(&session, act, None).unwrap();
        id_in(
            &self.state.find("checkout.session", &session).unwrap(),
            "subscription",
        )
    }

    fn card(&mut self, card: Card) {
        self.state.set_card(&self.customer, card).unwrap();
    }

    fn pass(&mut self, seconds: i64) {
        self.state.advance(self.state.now + seconds);
    }

    fn status(&self, subscription: &str) -> String {
        let found = self.state.find("subscription", subscription).unwrap();
        text(&found, "status").to_owned()
    }

    fn period_end(&self, subscription: &str) -> String {
        let found = self.state.find("subscription", subscription).unwrap();
        calendar::rfc3339(number(&entries(&found, "items")[0], "current_period_end"))
    }

    fn events(&self, kind: &str) -> usize {
        let events = self.state.store.all("event");
        events.filter(|event| event["type"] == kind).count()
    }

    fn latest_invoice(&self, subscription: &str) -> Value {
        let found = self.state.find("subscription", subscription).unwrap();
        self.state
            .find("invoice", text(&found, "latest_invoice"))
            .unwrap()
    }
}

#[test]
fn a_paid_checkout_makes_an_active_subscription_and_one_paid_invoice() {
    let mut shop = Shop::open();
    let session = shop.session(None);
    let to = shop
        .state
        .act_on_session(&session, CheckoutAct::Pay, None)
        .unwrap();
    assert_eq!(
        to,
        Some(format!("http://127.0.0.1:2/done?session={session}"))
    );
    let session = shop.state.find("checkout.session", &session).unwrap();
    assert_eq!(
        (&session["status"], &session["payment_status"]),
        (&json!("complete"), &json!("paid"))
    );
    assert_eq!(session["client_reference_id"], "tenant");
    let subscription = id_in(&session, "subscription");
    assert_eq!(shop.status(&subscription), "active");
    let invoice = shop.latest_invoice(&subscription);
    assert_eq!(
        (
            number(&invoice, "amount_paid"),
            text(&invoice, "billing_reason")
        ),
        (3_100, "subscription_create")
    );
    assert_eq!(
        (
            shop.events("invoice.paid"),
            shop.events("checkout.session.completed")
        ),
        (1, 1)
    );
}

#[test]
fn a_declined_card_leaves_the_session_open_and_leaving_goes_back_to_the_shop() {
    let mut shop = Shop::open();
    let session = shop.session(None);
    let declined = shop
        .state
        .act_on_session(&session, CheckoutAct::Decline, None);
    assert_eq!(declined.unwrap_err().status, 402);
    let back = shop
        .state
        .act_on_session(&session, CheckoutAct::Leave, None)
        .unwrap();
    assert_eq!(back.as_deref(), Some("http://127.0.0.1:2/back"));
    assert_eq!(
        shop.state.find("checkout.session", &session).unwrap()["status"],
        "open"
    );
    assert_eq!(shop.state.store.all("subscription").count(), 0);
}

#[test]
fn a_session_that_nobody_pays_expires_after_a_day() {
    let mut shop = Shop::open();
    let session = shop.session(None);
    shop.pass(DAY);
    assert_eq!(
        shop.state.find("checkout.session", &session).unwrap()["status"],
        "expired"
    );
    assert_eq!(shop.events("checkout.session.expired"), 1);
    let late = shop.state.act_on_session(&session, CheckoutAct::Pay, None);
    assert_eq!(late.unwrap_err().status, 400);
}

#[test]
fn a_trial_is_free_is_told_three_days_before_its_end_and_becomes_active() {
    let mut shop = Shop::open();
    let subscription = shop.buy(Some("14"));
    assert_eq!(shop.status(&subscription), "trialing");
    assert_eq!(
        number(&shop.latest_invoice(&subscription), "amount_paid"),
        0
    );
    shop.pass(11 * DAY - 1);
    assert_eq!(shop.events("customer.subscription.trial_will_end"), 0);
    shop.pass(1);
    assert_eq!(shop.events("customer.subscription.trial_will_end"), 1);
    shop.pass(3 * DAY + 3_600);
    assert_eq!(shop.status(&subscription), "active");
    assert_eq!(
        number(&shop.latest_invoice(&subscription), "amount_paid"),
        3_100
    );
}

#[test]
fn a_year_that_passes_at_once_renews_each_month_at_its_own_moment() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    assert_eq!(shop.period_end(&subscription), "2027-02-28T10:00:00.000Z");
    shop.pass(365 * DAY);
    assert_eq!(shop.status(&subscription), "active");
    assert_eq!(shop.events("invoice.paid"), 12);
    let drafts: Vec<String> = shop
        .state
        .store
        .all("invoice")
        .skip(1)
        .take(2)
        .map(|invoice| calendar::rfc3339(number(invoice, "created")))
        .collect();
    assert_eq!(
        drafts,
        ["2027-02-28T10:00:00.000Z", "2027-03-31T10:00:00.000Z"]
    );
}

#[test]
fn a_failing_card_is_tried_four_times_and_then_the_subscription_ends() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    shop.card(Card::Declines);
    shop.pass(28 * DAY + 3_600);
    assert_eq!(shop.status(&subscription), "past_due");
    let invoice = shop.latest_invoice(&subscription);
    assert_eq!(
        number(&invoice, "next_payment_attempt"),
        shop.state.now + 3 * DAY
    );
    assert!(text(&invoice, "hosted_invoice_url").starts_with("http://127.0.0.1:1/i/in_"));
    shop.pass(15 * DAY);
    assert_eq!(
        (
            shop.status(&subscription).as_str(),
            shop.events("invoice.payment_failed")
        ),
        ("canceled", 4)
    );
    let ended = shop.state.find("subscription", &subscription).unwrap();
    assert_eq!(ended["cancellation_details"]["reason"], "payment_failed");
}

#[test]
fn whoever_tries_to_pay_with_a_card_that_fails_uses_up_none_of_the_tries_of_the_schedule() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    shop.card(Card::Declines);
    shop.pass(28 * DAY + 3_600);
    let before = shop.latest_invoice(&subscription);
    for _ in 0..3 {
        let paid = shop.state.pay_call(&id(&before), &Params::of(json!({})));
        assert_eq!(paid.unwrap_err().status, 402);
    }
    let after = shop.latest_invoice(&subscription);
    for field in ["attempt_count", "next_payment_attempt", "status"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    assert_eq!(shop.status(&subscription), "past_due");
    assert_eq!(shop.events("invoice.payment_failed"), 4);
    shop.pass(14 * DAY);
    assert_eq!(shop.status(&subscription), "past_due");
    shop.pass(DAY);
    assert_eq!(shop.status(&subscription), "canceled");
}

#[test]
fn a_card_that_works_again_brings_a_past_due_subscription_back() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    shop.card(Card::Declines);
    shop.pass(28 * DAY + 3_600);
    shop.card(Card::Works);
    shop.pass(3 * DAY);
    assert_eq!(shop.status(&subscription), "active");
    assert_eq!(shop.latest_invoice(&subscription)["status"], "paid");
}

#[test]
fn dunning_can_end_unpaid_and_a_bank_that_asks_is_told_apart() {
    let mut shop = Shop::open();
    shop.state.settings.dunning_end = DunningEnd::Unpaid;
    shop.state.settings.dunning_days = vec![1];
    let subscription = shop.buy(None);
    shop.card(Card::NeedsAction);
    shop.pass(30 * DAY);
    assert_eq!(shop.status(&subscription), "unpaid");
    assert_eq!(shop.events("invoice.payment_action_required"), 2);
}

#[test]
fn a_first_payment_that_fails_stays_incomplete_for_23_hours() {
    let mut shop = Shop::open();
    shop.card(Card::Declines);
    let params =
        Params::of(json!({ "customer": shop.customer, "items": [{ "price": shop.monthly }] }));
    let subscription = id(&shop.state.create_subscription(&params).unwrap());
    assert_eq!(shop.status(&subscription), "incomplete");
    shop.pass(23 * 3_600);
    assert_eq!(shop.status(&subscription), "incomplete_expired");
    assert_eq!(shop.latest_invoice(&subscription)["status"], "void");
}

#[test]
fn a_cancellation_at_the_end_of_the_period_can_be_taken_back_until_then() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    let cancel = |flag: &str| Params::of(json!({ "cancel_at_period_end": flag }));
    let updated = shop
        .state
        .update_subscription(&subscription, &cancel("true"))
        .unwrap();
    assert_eq!(
        updated["cancel_at"],
        entries(&updated, "items")[0]["current_period_end"]
    );
    let updated = shop
        .state
        .update_subscription(&subscription, &cancel("false"))
        .unwrap();
    assert_eq!(
        (&updated["cancel_at"], &updated["canceled_at"]),
        (&Value::Null, &Value::Null)
    );
    shop.state
        .update_subscription(&subscription, &cancel("true"))
        .unwrap();
    shop.pass(28 * DAY);
    assert_eq!(shop.status(&subscription), "canceled");
    assert_eq!(
        (
            shop.events("customer.subscription.deleted"),
            shop.events("invoice.paid")
        ),
        (1, 1)
    );
}

#[test]
fn a_change_in_the_middle_of_a_month_gives_half_back_and_charges_half() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    shop.pass(14 * DAY);
    let item = shop.state.find("subscription", &subscription).unwrap();
    let item = id(&entries(&item, "items")[0]);
    let change = Params::of(json!({
        "items": [{ "id": item, "price": shop.dearer }], "proration_behavior": "always_invoice",
    }));
    shop.state
        .update_subscription(&subscription, &change)
        .unwrap();
    let invoice = shop.latest_invoice(&subscription);
    let amounts: Vec<i64> = entries(&invoice, "lines")
        .iter()
        .map(|line| number(line, "amount"))
        .collect();
    assert_eq!(
        (amounts, number(&invoice, "amount_paid")),
        (vec![-1_550, 3_100], 1_550)
    );
    assert_eq!(invoice["billing_reason"], "subscription_update");
}

#[test]
fn a_change_in_the_portal_is_settled_on_the_next_invoice() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    shop.pass(14 * DAY);
    let portal = Params::of(
        json!({ "customer": shop.customer, "return_url": "http://127.0.0.1:2/billing" }),
    );
    let portal = shop.state.create_portal(&portal).unwrap();
    let secret = text(&portal, "url")
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    let act = PortalAct::Change {
        price: shop.dearer.clone(),
    };
    assert_eq!(shop.state.act_in_portal(&secret, &act), Ok(None));
    shop.pass(14 * DAY + 3_600);
    let invoice = shop.latest_invoice(&subscription);
    assert_eq!(number(&invoice, "amount_paid"), 6_200 + 1_550);
    assert_eq!(entries(&invoice, "lines").len(), 3);
    assert_eq!(shop.state.portal(&secret).unwrap_err().status, 404);
}
