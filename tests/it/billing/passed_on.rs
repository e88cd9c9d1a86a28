//! A withdrawal is confirmed to whoever declared it, and told to whoever else it concerns.

use serde_json::json;
use tests::{World, eventually};
use time::Duration;

use super::hold;
use super::withdrawn::{WITHDRAWN, withdraw};
use crate::billing_routes::dies;
use crate::journey_access::prove;
use crate::journey_billing::{buy, copied, daily, events, open, resend};
use crate::journey_team::{colleague, path};

/// What is told of a withdrawal to others than who declared it, and no other mail says.
const TOLD: &str = "Somebody has withdrawn from the contract";

/// How many mails to an address have these words.
fn mails(world: &World, address: &str, words: &str) -> usize {
    let mails = world.mails_to(address).into_iter();
    let texts = mails.filter_map(|mail| mail.text);
    texts.filter(|text| text.contains(words)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_is_told_once_to_every_other_owner_and_to_who_bought_though_a_look_dies() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let owner = || json!({ "role": "owner" });
    let ada = colleague(&world, &mira.api, "Ada Stone", owner()).await;
    let kit = colleague(&world, &mira.api, "Kit Moor", owner()).await;
    let manager = json!({ "role": "manager" });
    let uma = colleague(&world, &mira.api, "Uma Lind", manager).await;
    // Ada buys, on the page that Kit had opened, and owns the workspace no more when Kit withdraws.
    let session = open(&kit.api, "creator", "month").await;
    let order = json!({ "plan": "creator", "interval": "month", "terms_accepted": true,
        "immediate_start_acknowledged": true });
    let shown = ada.api.post("/api/v1/billing/checkouts", &order).await;
    shown.expect(200);
    let page = format!("/sessions/{session}");
    world.stripe("POST", &page, json!({ "act": "pay" })).await;
    let session = format!("/v1/checkout/sessions/{session}");
    let bought = world.stripe_account().get(&session, &[]).await.expect(200);
    let customer = bought["customer"].as_str().expect("a customer");
    copied(&world, customer, "active").await;
    prove(&mira.api, None).await;
    let demoted = json!({ "role": "chatter", "bots": null });
    mira.api.patch(&path(&ada), &demoted).await.expect(200);
    // What Stripe says of it comes after the act, so that the act confirms it.
    hold(&world, true).await;
    withdraw(&kit.api).await.expect(200);
    world.mail_saying(&kit.email, WITHDRAWN).await;
    let known = world.host.kills().len();
    let write = "dynamodb:TransactWriteItems";
    dies(&world, "billing.sync", write, 2, true);
    hold(&world, false).await;
    eventually("a look died", async || {
        (world.host.kills().len() > known).then_some(())
    })
    .await;
    // How long the queue hides what the look had taken that died.
    world.host.advance(Duration::minutes(7)).await;
    for address in [&mira.email, &ada.email] {
        world.mail_saying(address, TOLD).await;
    }
    world.settled().await;
    for event in events(&world, customer).await {
        resend(&world, &event, json!({ "new_id": true })).await;
    }
    world.settled().await;
    daily(&world, &mira).await;
    for (address, confirmed, told) in [
        (&kit.email, 1, 0),
        (&mira.email, 0, 1),
        (&ada.email, 0, 1),
        (&uma.email, 0, 0),
    ] {
        let mails = |words| mails(&world, address, words);
        assert_eq!((mails(WITHDRAWN), mails(TOLD)), (confirmed, told));
    }
    let shown = mira.api.get("/api/v1/billing").await.expect(200);
    let listed = shown["mails"].as_array().expect("a list").iter();
    let told = listed.filter(|mail| mail["what"] == "withdrawal_passed_on");
    assert_eq!(told.count(), 2, "to the other owner, and to who bought");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_that_died_and_that_a_look_finished_is_confirmed_to_who_declared_it() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let owner = json!({ "role": "owner" });
    let kit = colleague(&world, &mira.api, "Kit Moor", owner).await;
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    let end = "stripe:subscriptions/*";
    dies(&world, "billing.withdraw", end, 1, true);
    let cut = withdraw(&kit.api).await;
    assert!(cut.status >= 500, "{} {}", cut.status, cut.body);
    daily(&world, &mira).await;
    copied(&world, &customer, "canceled").await;
    world.mail_saying(&kit.email, WITHDRAWN).await;
    daily(&world, &mira).await;
    world.mail_saying(&mira.email, TOLD).await;
    world.settled().await;
    for (address, confirmed, told) in [(&kit.email, 1, 0), (&mira.email, 0, 1)] {
        let mails = |words| mails(&world, address, words);
        assert_eq!((mails(WITHDRAWN), mails(TOLD)), (confirmed, told));
    }
    world.host.stop().await;
}
