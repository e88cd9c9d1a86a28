//! Ten lives of subscriptions, of which every event comes in any order, twice, thin, under another id, in both shapes, and weeks
//! late; among them one of real money, which is none of this stage's.

use serde_json::{Value, json};
use tests::{Creator, World};
use time::Duration;

use super::{RECEIPT, RENEWS, hold, look, mails_saying};
use crate::journey_billing::{buy, copy, events, resend};

const SEED: u64 = 20_261_130;
const LIVES: usize = 10;
/// Permutations of each life.
const ROUNDS: usize = 20;
/// Versions of Stripe's API before and after subscriptions lost their period.
const VERSIONS: [&str; 2] = ["2024-06-20", "2026-10-28.endive"];
const PLANS: [&str; 4] = [
    "sofi_creator_month",
    "sofi_studio_month",
    "sofi_agency_month",
    "sofi_creator_year",
];
const CARDS: [&str; 2] = ["works", "declines"];

/// The same numbers for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let sides = u64::try_from(sides).expect("small");
        usize::try_from(self.0 % sides).expect("small")
    }

    fn any<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_permutations_of_a_subscriptions_life_end_in_what_stripe_has_and_a_receipt_an_invoice()
 {
    let world = World::start().await;
    let mut dice = Dice(SEED);
    let mut permutations = 0;
    for life in 0..LIVES {
        let who = world.creator(&format!("Owner {life:02}")).await;
        let settings = json!({ "disorder": true, "duplicates": 1, "events": "both" });
        world.stripe("PATCH", "/settings", settings).await;
        let customer = buy(&world, &who, "creator", "month").await;
        for round in 0..ROUNDS {
            hold(&world, true).await;
            let version = json!({ "api_version": dice.any(&VERSIONS) });
            world.stripe("PATCH", "/settings", version).await;
            act(&world, &customer, &mut dice).await;
            if round == 1 {
                foreign(&world, &customer).await;
            }
            if round == ROUNDS / 2 {
                renew(&world, &who, &customer).await;
            }
            again(&world, &customer, &mut dice).await;
            hold(&world, false).await;
            world.settled().await;
            assert_alike(&world, &who, &customer, (life, round)).await;
            permutations += 1;
        }
        assert!(mails_saying(&world, &who, RENEWS) <= 1, "{life}");
    }
    println!("{permutations} permutations, seed {SEED}");
    assert_eq!(permutations, 200);
    assert_eq!(world.depth("billing-dlq.fifo"), 0);
    world.host.stop().await;
}

/// Something happens to the subscription at Stripe: nothing, if it is over.
async fn act(world: &World, customer: &str, dice: &mut Dice) {
    let account = world.stripe_account();
    let subscription = subscription(world, customer).await;
    let path = format!("/v1/subscriptions/{}", text(&subscription["id"]));
    match dice.below(5) {
        0 => {
            let form = [("cancel_at_period_end", "true")];
            account.post(&path, &form).await;
        }
        1 => {
            let form = [("cancel_at_period_end", "false")];
            account.post(&path, &form).await;
        }
        2 | 3 => {
            let keys = [("lookup_keys[]", *dice.any(&PLANS))];
            let prices = account.get("/v1/prices", &keys).await.expect(200);
            let item = text(&subscription["items"]["data"][0]["id"]);
            let price = text(&prices["data"][0]["id"]);
            let form = [("items[0][id]", item), ("items[0][price]", price)];
            account.post(&path, &form).await;
        }
        _ => {
            let card = json!({ "card": dice.any(&CARDS) });
            let path = format!("/customers/{customer}/card");
            world.stripe("PUT", &path, card).await;
        }
    }
}

/// A month goes by: in the days before its end the renewal is told, if Stripe has one in mind, and it comes while nothing is heard.
async fn renew(world: &World, who: &Creator, customer: &str) {
    hold(world, false).await;
    world.settled().await;
    // Within the window of a month, however many days it has.
    let before = Duration::days(24) + Duration::hours(1);
    world.host.advance(before).await;
    look(world, who).await;
    let is_told = is_near(world, &subscription(world, customer).await);
    assert_eq!(mails_saying(world, who, RENEWS), usize::from(is_told));
    hold(world, true).await;
    world.host.advance(Duration::days(8)).await;
}

/// Whether a subscription renews by itself, and so soon that it is to be told.
fn is_near(world: &World, theirs: &Value) -> bool {
    let item = &theirs["items"]["data"][0];
    let end = [item, theirs].map(|place| place["current_period_end"].as_i64());
    let end = end.into_iter().flatten().next().expect("a period");
    let is_year = item["price"]["recurring"]["interval"] == "year";
    let days = if is_year { 30 } else { 7 };
    let left = end - world.host.now_ms() / 1_000;
    let renews = theirs["status"] == "active" && theirs["cancel_at_period_end"] == false;
    renews && (1..=days * 86_400).contains(&left)
}

/// Somebody else's event about real money says that it is over.
async fn foreign(world: &World, customer: &str) {
    let live = |livemode: bool| json!({ "livemode": livemode });
    world.stripe("PATCH", "/settings", live(true)).await;
    let object = json!({ "object": "subscription", "id": "sub_live", "customer": customer });
    let event = json!({ "type": "customer.subscription.deleted", "object": object });
    world.stripe("POST", "/events", event).await;
    world.stripe("PATCH", "/settings", live(false)).await;
}

/// Old events come again, some of them under new ids, some of them thin, and some that nobody knows.
async fn again(world: &World, customer: &str, dice: &mut Dice) {
    let known = events(world, customer).await;
    for _ in 0..3 {
        let form = *dice.any(&["snapshot", "thin"]);
        let how = json!({ "form": form, "new_id": dice.below(2) == 0 });
        let event: &String = dice.any(&known);
        resend(world, event, how).await;
    }
    // Once a month has gone by, this one is weeks old.
    let oldest = known.last().expect("one at least");
    resend(world, oldest, json!({ "new_id": true })).await;
    let object = json!({ "object": "star", "id": "star_1", "customer": customer });
    let unknown = json!({ "type": "star.exploded", "object": object });
    world.stripe("POST", "/events", unknown).await;
}

/// The only subscription that a customer ever bought here.
async fn subscription(world: &World, customer: &str) -> Value {
    let of = [("customer", customer), ("status", "all")];
    let listed = world.stripe_account().get("/v1/subscriptions", &of).await;
    let listed = listed.expect(200);
    assert_eq!(listed["data"].as_array().map(Vec::len), Some(1));
    listed["data"][0].clone()
}

/// Copy, entitlement and receipts are those of Stripe's objects.
async fn assert_alike(world: &World, who: &Creator, customer: &str, at: (usize, usize)) {
    let theirs = subscription(world, customer).await;
    let ours = copy(world, customer).await.expect("a copy");
    assert_eq!(ours["status"]["S"], theirs["status"], "{at:?}");
    let ends = &theirs["cancel_at_period_end"];
    assert_eq!(&ours["cancel_at_period_end"]["BOOL"], ends, "{at:?}");
    let key = text(&theirs["items"]["data"][0]["price"]["lookup_key"]);
    let (plan, interval) = (text(&ours["plan"]["S"]), text(&ours["interval"]["S"]));
    assert_eq!(format!("sofi_{plan}_{interval}"), key, "{at:?}");
    let of = [("customer", customer), ("limit", "100")];
    let bills = world.stripe_account().get("/v1/invoices", &of).await;
    let bills = bills.expect(200);
    let bills = bills["data"].as_array().expect("a list").iter();
    let paid = bills.filter(|bill| bill["status"] == "paid" && bill["amount_paid"] != 0);
    assert_eq!(mails_saying(world, who, RECEIPT), paid.count(), "{at:?}");
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
