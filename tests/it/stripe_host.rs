//! The Stripe that a laptop and tests have: there from the start, with what is sold, on the host's clock.

use domain::billing::{CURRENCY, PLANS};
use serde_json::{Value, json};
use tests::{Answer, World};
use time::Duration;

/// A line of Checkout for the plan of one creator, to be left alone.
async fn open_checkout(world: &World) -> Value {
    let account = world.stripe_account();
    let keys = [("lookup_keys[]", "sofi_creator_month")];
    let prices = account.get("/v1/prices", &keys).await.expect(200);
    let price = prices["data"][0]["id"].as_str().expect("a price");
    let form = [
        ("mode", "subscription"),
        ("line_items[0][price]", price),
        ("line_items[0][quantity]", "1"),
        ("success_url", "http://127.0.0.1:9/done"),
        ("cancel_url", "http://127.0.0.1:9/back"),
    ];
    let opened = account.post("/v1/checkout/sessions", &form).await;
    opened.expect(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn stripe_is_there_with_a_price_for_each_lookup_key_and_says_that_no_money_moves() {
    let world = World::start().await;
    let status = world.control("/status").await;
    assert_eq!(status["stripe"], "stand-in");
    assert_eq!(status["stripe_url"], world.host.stripe_url());
    let account = world.stripe_account();
    let page: Answer = account.get("/", &[]).await;
    assert_eq!(page.status, 200);
    assert!(String::from_utf8_lossy(&page.bytes).contains("no money moves"));
    let mut sold = 0;
    for offer in &PLANS {
        for price in offer.prices {
            let keys = [
                ("lookup_keys[]", price.lookup_key),
                ("expand[]", "data.product"),
            ];
            let found = account.get("/v1/prices", &keys).await.expect(200);
            let found = found["data"].as_array().expect("a list");
            assert_eq!(found.len(), 1, "{}", price.lookup_key);
            assert_eq!(found[0]["currency"], CURRENCY);
            assert_eq!(found[0]["unit_amount"], price.amount);
            let interval = price.interval.as_str();
            assert_eq!(found[0]["recurring"]["interval"], interval);
            assert_eq!(found[0]["product"]["name"], offer.name);
            sold += 1;
        }
    }
    let all = account.get("/v1/prices", &[]).await.expect(200);
    assert_eq!(all["data"].as_array().map(Vec::len), Some(sold));
    let stranger = account.with_key("sk_live_of_nobody");
    assert_eq!(stranger.get("/v1/prices", &[]).await.status, 401);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn key_and_webhook_secret_are_set_as_an_operator_sets_them_and_stand_nowhere_in_the_clear() {
    let world = World::start().await;
    let tables = world.control("/dump").await["tables"].to_string();
    for name in ["stripe-key", "stripe-webhook-secret"] {
        assert!(tables.contains(&format!("PLATFORM#{name}")), "{name}");
    }
    let key = &world.host.vendor_keys()[local::STRIPE_KEY];
    assert!(!tables.contains(key.as_str()));
    assert!(!tables.contains("whsec_"));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stripes_clock_is_the_hosts_and_when_it_was_moved_its_webhooks_have_gone_out() {
    let world = World::start().await;
    let session = open_checkout(&world).await;
    let before = world.host.now_ms() / 1_000;
    let opened = session["created"].as_i64().expect("a moment");
    assert!((before - opened).abs() <= 60, "{opened} and {before}");
    world.host.advance(Duration::hours(25)).await;
    let told = world.stripe("GET", "/deliveries", Value::Null).await;
    let tries = told["tries"].as_array().expect("a list");
    let expired = tries
        .iter()
        .find(|made| made["kind"] == "checkout.session.expired");
    let expired = expired.expect("an open session lasts a day, and its end is told");
    assert!(expired["at"].as_i64().expect("a moment") >= opened + 86_400);
    let path = format!(
        "/v1/checkout/sessions/{}",
        session["id"].as_str().expect("an id")
    );
    let ended = world.stripe_account().get(&path, &[]).await.expect(200);
    assert_eq!(ended["status"], "expired");
    world.settled().await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_of_stripe_are_scripted_on_the_control_page_too_and_a_reset_takes_them_back() {
    let world = World::start().await;
    let fault = json!({ "path": "/v1/prices", "fault": { "kind": "server_error" } });
    let scripted = world.api().post("/__local/stripe/faults", &fault).await;
    assert_eq!(scripted.expect(200)["id"], 1);
    let account = world.stripe_account();
    assert_eq!(account.get("/v1/prices", &[]).await.status, 500);
    let unknown = json!({ "fault": { "kind": "dreaming" } });
    let refused = world.api().post("/__local/stripe/faults", &unknown).await;
    assert_eq!(refused.status, 400);
    world.host.reset().await.expect("resets");
    let prices = account.get("/v1/prices", &[]).await.expect(200);
    assert!(prices["data"].as_array().is_some_and(|all| !all.is_empty()));
    world.host.stop().await;
}
