//! Functions of billing that die between any two of their calls.

use local::KillPlan;
use serde_json::json;
use tests::{World, eventually};
use time::Duration;

use super::{RECEIPT, mails_saying};
use crate::billing_routes::dies;
use crate::journey_billing::{buy, copied, copy, open};

const CANCELLATIONS: &str = "/api/v1/billing/cancellations";
/// More calls than a look makes, and fewer than any.
const MOST: u32 = 40;
const LEAST: u32 = 6;

/// A look that dies before its call of this number. What it leaves is what one leaves that dies after the call before.
fn dies_before(world: &World, call: u32) {
    world.host.plan_kill(KillPlan {
        function: Some("billing.sync".to_owned()),
        before_call: Some(call),
        after_call: None,
        operation: None,
        times: 1,
        skip: 0,
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_that_dies_between_any_two_calls_copies_the_purchase_and_has_one_receipt_told() {
    let world = World::start().await;
    let mut deaths = 0;
    for call in 1..=MOST {
        let who = world.creator(&format!("Buyer {call:02}")).await;
        let session = open(&who.api, "creator", "month").await;
        let known = world.host.kills().len();
        dies_before(&world, call);
        let page = format!("/sessions/{session}");
        world.stripe("POST", &page, json!({ "act": "pay" })).await;
        let died = eventually("a look died, or all came to their end", async || {
            if world.host.kills().len() > known {
                return Some(true);
            }
            let is_told = mails_saying(&world, &who, RECEIPT) == 1;
            (is_told && world.depth("billing.fifo") == 0).then_some(false)
        })
        .await;
        if !died {
            break;
        }
        deaths += 1;
        // How long the queue hides what was taken from it; the sweep asks for a mail whose message was lost.
        world.host.advance(Duration::minutes(7)).await;
        world.settled().await;
        world.mail_saying(&who.email, RECEIPT).await;
        world.settled().await;
        assert_eq!(mails_saying(&world, &who, RECEIPT), 1, "before call {call}");
        let path = format!("/v1/checkout/sessions/{session}");
        let bought = world.stripe_account().get(&path, &[]).await.expect(200);
        let customer = bought["customer"].as_str().expect("a customer");
        let ours = copied(&world, customer, "active").await;
        assert_eq!(ours["plan"]["S"], "creator", "before call {call}");
    }
    assert!((LEAST..MOST).contains(&deaths), "{deaths} deaths");
    assert_eq!(world.depth("billing-dlq.fifo"), 0);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_that_dies_between_any_two_calls_holds_once_it_is_asked_again() {
    const MOMENTS: [(&str, bool); 4] = [
        ("stripe:subscriptions/*", true),
        ("stripe:subscriptions/*", false),
        ("dynamodb:TransactWriteItems", true),
        ("dynamodb:TransactWriteItems", false),
    ];
    let world = World::start().await;
    for (round, (operation, before)) in MOMENTS.into_iter().enumerate() {
        let who = world.creator(&format!("Leaver {round:02}")).await;
        let customer = buy(&world, &who, "creator", "month").await;
        copied(&world, &customer, "active").await;
        dies(&world, "billing.cancel", operation, 1, before);
        let cut = who.api.post(CANCELLATIONS, &json!({})).await;
        let name = format!("{operation}, before: {before}");
        assert!(cut.status >= 500, "{name}: {} {}", cut.status, cut.body);
        assert_eq!(world.host.kills().len(), round + 1, "{name}");
        world.settled().await;
        let ends = who.api.post(CANCELLATIONS, &json!({})).await.expect(200);
        assert_eq!(ends["cancelled"], true, "{name}");
        world.settled().await;
        let ours = copy(&world, &customer).await.expect("a copy");
        assert_eq!(ours["cancel_at_period_end"]["BOOL"], true, "{name}");
        let of = [("customer", customer.as_str())];
        let theirs = world.stripe_account().get("/v1/subscriptions", &of).await;
        let theirs = theirs.expect(200);
        assert_eq!(theirs["data"][0]["cancel_at_period_end"], true, "{name}");
    }
    world.host.stop().await;
}
