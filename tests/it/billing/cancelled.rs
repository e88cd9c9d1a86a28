//! Whoever cancels has it confirmed by mail, and whoever takes that back too: once, wherever it was done.

use serde_json::{Value, json};
use tests::{Api, Creator, World};
use time::{Duration, OffsetDateTime};

use super::{hold, look, mails_saying};
use crate::journey_billing::{buy, copied, copy, daily, events, resend};
use crate::journey_team::colleague;

const BILLING: &str = "/api/v1/billing";
const CANCELLATIONS: &str = "/api/v1/billing/cancellations";
const PORTALS: &str = "/api/v1/billing/portals";
/// What every confirmation of a cancellation says, and what is told of one that was taken back; no other mail does.
const CANCELLED: &str = "We received the cancellation of the contract";
const RESUMED: &str = "goes on and is renewed as before";

async fn bought() -> (World, Creator, String) {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "studio", "month").await;
    copied(&world, &customer, "active").await;
    (world, mira, customer)
}

/// How many confirmations somebody has had, and how often was told that one was taken back.
fn told(world: &World, who: &Creator) -> (usize, usize) {
    let of = |words| mails_saying(world, who, words);
    (of(CANCELLED), of(RESUMED))
}

/// Sends everything that Stripe had to say once more, and looks again.
async fn again(world: &World, who: &Creator, customer: &str) {
    for event in events(world, customer).await {
        resend(world, &event, json!({ "new_id": true })).await;
    }
    world.settled().await;
    daily(world, who).await;
}

/// Opens Stripe's page about the plan, and does something there.
async fn in_portal(world: &World, api: &Api, act: &str) {
    let opened = api.post(PORTALS, &json!({})).await.expect(201);
    let url = opened["url"].as_str().expect("an address");
    let secret = url.rsplit('/').next().expect("a secret");
    let page = format!("/portals/{secret}");
    world.stripe("POST", &page, json!({ "act": act })).await;
    world.settled().await;
}

/// Whether Stripe lets the only subscription of a customer end with its period.
async fn at_stripe(world: &World, customer: &str) -> Value {
    let of = [("customer", customer)];
    let listed = world.stripe_account().get("/v1/subscriptions", &of).await;
    listed.expect(200)["data"][0]["cancel_at_period_end"].clone()
}

/// A moment as mails write it.
fn written(seconds: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(seconds).expect("a moment");
    let (day, month, year) = (at.day(), at.month(), at.year());
    let (hour, minute) = (at.hour(), at.minute());
    format!("on {day} {month} {year}, {hour:02}:{minute:02} UTC")
}

fn seconds(copy: &Value, name: &str) -> i64 {
    let millis = copy[name]["N"].as_str().expect("a number");
    millis.parse::<i64>().expect("a moment") / 1_000
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_here_is_confirmed_once_with_both_its_moments_and_so_is_taking_it_back() {
    let (world, mira, customer) = bought().await;
    mira.api.post(CANCELLATIONS, &json!({})).await.expect(200);
    let mail = world.mail_saying(&mira.email, CANCELLED).await;
    world.settled().await;
    let known = copy(&world, &customer).await.expect("a copy");
    let text = mail.text.as_deref().unwrap_or_default();
    for name in ["cancelled_at", "period_end"] {
        let moment = written(seconds(&known, name));
        assert!(text.contains(&moment), "{name} {moment}: {text}");
    }
    assert!(text.contains("Studio") && text.contains("/billing"));
    // Saying it twice, and whatever Stripe says of it, confirms nothing twice.
    mira.api.post(CANCELLATIONS, &json!({})).await.expect(200);
    again(&world, &mira, &customer).await;
    assert_eq!(told(&world, &mira), (1, 0));
    mira.api.delete(CANCELLATIONS).await.expect(200);
    world.mail_saying(&mira.email, RESUMED).await;
    again(&world, &mira, &customer).await;
    assert_eq!(told(&world, &mira), (1, 1));
    mira.api.post(CANCELLATIONS, &json!({})).await.expect(200);
    again(&world, &mira, &customer).await;
    assert_eq!(told(&world, &mira), (2, 1), "it is another one");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_on_stripes_page_is_confirmed_once_and_so_is_taking_it_back() {
    let (world, mira, customer) = bought().await;
    in_portal(&world, &mira.api, "cancel").await;
    world.mail_saying(&mira.email, CANCELLED).await;
    mira.api.post(CANCELLATIONS, &json!({})).await.expect(200);
    again(&world, &mira, &customer).await;
    assert_eq!(told(&world, &mira), (1, 0));
    in_portal(&world, &mira.api, "resume").await;
    world.mail_saying(&mira.email, RESUMED).await;
    again(&world, &mira, &customer).await;
    assert_eq!(told(&world, &mira), (1, 1));
    let shown = mira.api.get(BILLING).await.expect(200);
    let mails = shown["mails"].as_array().expect("a list").iter();
    let kinds: Vec<_> = mails.filter_map(|mail| mail["what"].as_str()).collect();
    for what in ["cancellation_receipt", "cancellation_undone"] {
        let of = kinds.iter().filter(|kind| **kind == what);
        assert_eq!(of.count(), 1, "{what}: {kinds:?}");
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_owner_did_is_told_once_to_the_one_who_has_been_an_owner_for_longest() {
    let (world, mira, customer) = bought().await;
    let owner = json!({ "role": "owner" });
    let ada = colleague(&world, &mira.api, "Ada Stone", owner).await;
    // What Stripe says of it comes after the act, so that the act confirms it.
    hold(&world, true).await;
    ada.api.post(CANCELLATIONS, &json!({})).await.expect(200);
    world.mail_saying(&ada.email, CANCELLED).await;
    assert_eq!(told(&world, &mira), (0, 0));
    hold(&world, false).await;
    world.mail_saying(&mira.email, CANCELLED).await;
    again(&world, &mira, &customer).await;
    assert_eq!(told(&world, &mira), (1, 0));
    hold(&world, true).await;
    ada.api.delete(CANCELLATIONS).await.expect(200);
    world.mail_saying(&ada.email, RESUMED).await;
    hold(&world, false).await;
    world.mail_saying(&mira.email, RESUMED).await;
    again(&world, &mira, &customer).await;
    assert_eq!(told(&world, &mira), (1, 1));
    for words in [CANCELLED, RESUMED] {
        let mails = world.mails_to(&ada.email).into_iter();
        let texts = mails.filter_map(|mail| mail.text);
        assert_eq!(texts.filter(|text| text.contains(words)).count(), 1);
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_of_which_no_event_tells_is_confirmed_by_the_daily_look() {
    let (world, mira, customer) = bought().await;
    hold(&world, true).await;
    super::cancel(&world, &customer, true).await;
    world.host.advance(Duration::hours(25)).await;
    look(&world, &mira).await;
    world.mail_saying(&mira.email, CANCELLED).await;
    hold(&world, false).await;
    world.settled().await;
    look(&world, &mira).await;
    assert_eq!(told(&world, &mira), (1, 0));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_did_at_stripe_a_moment_ago_is_changed_here_though_no_event_told_of_it() {
    let (world, mira, customer) = bought().await;
    mira.api.post(CANCELLATIONS, &json!({})).await.expect(200);
    world.settled().await;
    hold(&world, true).await;
    world.host.advance(Duration::minutes(2)).await;
    super::cancel(&world, &customer, false).await;
    let ends = mira.api.post(CANCELLATIONS, &json!({})).await.expect(200);
    assert_eq!(ends["cancelled"], true);
    assert_eq!(at_stripe(&world, &customer).await, true);
    mira.api.delete(CANCELLATIONS).await.expect(200);
    world.host.advance(Duration::minutes(2)).await;
    super::cancel(&world, &customer, true).await;
    let goes_on = mira.api.delete(CANCELLATIONS).await.expect(200);
    assert_eq!(goes_on["cancelled"], false);
    assert_eq!(at_stripe(&world, &customer).await, false);
    hold(&world, false).await;
    again(&world, &mira, &customer).await;
    // What was done at Stripe was undone before we heard of it.
    assert_eq!(told(&world, &mira), (2, 2));
    let known = copy(&world, &customer).await.expect("a copy");
    assert_eq!(known["cancel_at_period_end"]["BOOL"], false);
    world.host.stop().await;
}
