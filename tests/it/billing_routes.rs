//! The owner's side of billing: buying once, leaving easily, and what a plan stops and never stops.

use local::KillPlan;
use serde_json::{Value, json};
use tests::{Answer, Api, Creator, World, eventually};

use crate::journey_access::prove;
use crate::journey_billing::{buy, copied};
use crate::journey_team::colleague;
use crate::sofi::{Chat, DEMO};

const BILLING: &str = "/api/v1/billing";
const CHECKOUTS: &str = "/api/v1/billing/checkouts";
const CANCELLATIONS: &str = "/api/v1/billing/cancellations";
const WITHDRAWALS: &str = "/api/v1/billing/withdrawals";
/// What every receipt of a withdrawal says, and no other mail.
const WITHDRAWN: &str = "your withdrawal";

fn order(plan: &str) -> Value {
    json!({ "plan": plan, "interval": "month", "terms_accepted": true, "immediate_start_acknowledged": true })
}

fn address(answer: &Answer) -> String {
    let url = answer.body["url"].as_str();
    url.unwrap_or_else(|| panic!("{} {}", answer.status, answer.body))
        .to_owned()
}

/// Entries of a list at Stripe that are about a workspace or an address.
async fn at_stripe(world: &World, path: &str, is_ours: impl Fn(&Value) -> bool) -> Vec<Value> {
    let listed = world.stripe_account().get(path, &[("limit", "100")]).await;
    let listed = listed.expect(200);
    let all = listed["data"].as_array().expect("a list").iter();
    all.filter(|one| is_ours(one)).cloned().collect()
}

async fn shown(api: &Api) -> Value {
    api.get(BILLING).await.expect(200)
}

/// What is shown of billing as soon as it stands so.
async fn stands(api: &Api, standing: &str) -> Value {
    eventually(&format!("it is {standing}"), async || {
        let shown = shown(api).await;
        (shown["standing"] == standing).then_some(shown)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_get_one_page_and_cannot_buy_two_subscriptions() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let (one, studio) = (order("creator"), order("studio"));
    let (first, second) = tokio::join!(
        mira.api.post(CHECKOUTS, &one),
        mira.api.post(CHECKOUTS, &one)
    );
    assert_eq!(address(&first), address(&second));
    let again = mira.api.post(CHECKOUTS, &one).await;
    assert_eq!((again.status, address(&again)), (200, address(&first)));
    // Another plan closes the former page: nobody can pay on both.
    let other = mira.api.post(CHECKOUTS, &studio).await;
    assert_ne!(address(&other), address(&first));
    let sessions = at_stripe(&world, "/v1/checkout/sessions", |_| true).await;
    let open: Vec<_> = sessions
        .iter()
        .filter(|one| one["status"] == "open")
        .collect();
    assert_eq!((sessions.len(), open.len()), (2, 1), "{sessions:#?}");
    let session = address(&other);
    let session = session.rsplit('/').next().expect("a session");
    let page = format!("/sessions/{session}");
    world.stripe("POST", &page, json!({ "act": "pay" })).await;
    let refused = mira.api.post(CHECKOUTS, &one).await;
    assert_eq!(refused.problem(409), "subscription_exists");
    stands(&mira.api, "active").await;
    let refused = mira.api.post(CHECKOUTS, &studio).await;
    assert_eq!(refused.problem(409), "subscription_exists");
    let bought = at_stripe(&world, "/v1/subscriptions", |_| true).await;
    assert_eq!(bought.len(), 1);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_accepts_nothing_buys_nothing_and_stripe_hears_of_nobody() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let mut silent = order("creator");
    silent["terms_accepted"] = json!(false);
    silent["immediate_start_acknowledged"] = json!(false);
    let refused = mira.api.post(CHECKOUTS, &silent).await;
    assert_eq!(refused.problem(400), "invalid_input");
    let trial = mira.api.post(CHECKOUTS, &order("trial")).await;
    assert_eq!(trial.problem(400), "invalid_input");
    let log = world.stripe("GET", "/log", Value::Null).await;
    assert_eq!(log["calls"], json!([]));
    world.host.stop().await;
}

/// A process that dies at a moment of one call of an owner's.
pub(crate) fn dies(world: &World, function: &str, operation: &str, number: u32, before: bool) {
    world.host.plan_kill(KillPlan {
        function: Some(function.to_owned()),
        before_call: before.then_some(number),
        after_call: (!before).then_some(number),
        operation: Some(operation.to_owned()),
        times: 1,
        skip: 0,
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_that_dies_between_any_two_calls_goes_on_with_one_customer_and_one_page() {
    const MOMENTS: [(&str, u32); 5] = [
        ("dynamodb:TransactWriteItems", 1),
        ("stripe:customers", 1),
        ("dynamodb:TransactWriteItems", 2),
        ("stripe:checkout/sessions", 1),
        ("dynamodb:TransactWriteItems", 3),
    ];
    let world = World::start().await;
    let moments = MOMENTS.iter().flat_map(|at| [(at, true), (at, false)]);
    for (round, ((operation, number), before)) in moments.enumerate() {
        let who = world.creator(&format!("Buyer {round:02}")).await;
        dies(&world, "billing.checkout", operation, *number, before);
        let cut = who.api.post(CHECKOUTS, &order("creator")).await;
        let name = format!("{operation} {number}, before: {before}");
        assert!(cut.status >= 500, "{name}: {} {}", cut.status, cut.body);
        assert_eq!(world.host.kills().len(), round + 1, "{name}");
        let opened = who.api.post(CHECKOUTS, &order("creator")).await;
        assert!(opened.status < 300, "{name}: {}", opened.body);
        let is_theirs = |one: &Value| one["email"] == who.email.as_str();
        let customers = at_stripe(&world, "/v1/customers", is_theirs).await;
        assert_eq!(customers.len(), 1, "{name}");
        let customer = customers[0]["id"].clone();
        let of = |one: &Value| one["customer"] == customer;
        let sessions = at_stripe(&world, "/v1/checkout/sessions", of).await;
        assert_eq!(sessions.len(), 1, "{name}");
        assert_eq!(sessions[0]["url"], address(&opened), "{name}");
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_that_dies_between_any_two_calls_gives_back_once_and_is_confirmed_once() {
    // The first transaction declares, the second confirms.
    const MOMENTS: [(&str, u32, bool); 7] = [
        ("dynamodb:TransactWriteItems", 1, true),
        ("dynamodb:TransactWriteItems", 1, false),
        ("stripe:refunds", 1, true),
        ("stripe:refunds", 1, false),
        ("stripe:subscriptions/*", 1, false),
        ("dynamodb:TransactWriteItems", 2, true),
        ("dynamodb:TransactWriteItems", 2, false),
    ];
    let world = World::start().await;
    for (round, (operation, number, before)) in MOMENTS.into_iter().enumerate() {
        let who = world.creator(&format!("Leaver {round:02}")).await;
        let customer = buy(&world, &who, "creator", "month").await;
        stands(&who.api, "active").await;
        dies(&world, "billing.withdraw", operation, number, before);
        let word = json!({ "confirm": true });
        let cut = who.api.post(WITHDRAWALS, &word).await;
        let name = format!("{operation} {number}, before: {before}");
        assert!(cut.status >= 500, "{name}: {} {}", cut.status, cut.body);
        world.settled().await;
        let done = who.api.post(WITHDRAWALS, &word).await.expect(200);
        assert_eq!(done["refunded"], 2_900, "{name}");
        copied(&world, &customer, "canceled").await;
        let of = |one: &Value| one["customer"] == customer.as_str();
        let charges = at_stripe(&world, "/v1/charges", of).await;
        let back: i64 = charges
            .iter()
            .filter_map(|one| one["amount_refunded"].as_i64())
            .sum();
        assert_eq!(back, 2_900, "{name}");
        // The mail that the dead process did not ask for is asked for by the minute's sweep.
        world.host.advance(time::Duration::minutes(1)).await;
        world.mail_saying(&who.email, WITHDRAWN).await;
        world.settled().await;
        let mails = world.mails_to(&who.email);
        let says = |text: &str| text.contains(WITHDRAWN);
        let told = mails.iter().filter_map(|mail| mail.text.as_deref());
        assert_eq!(told.filter(|text| says(text)).count(), 1, "{name}");
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_cancelled_and_kept_in_one_call_each_and_withdrawn_until_the_last_moment() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let api = &mira.api;
    let nothing = api.post(CANCELLATIONS, &json!({})).await;
    assert_eq!(nothing.problem(409), "nothing_bought");
    buy(&world, &mira, "creator", "month").await;
    stands(api, "active").await;
    for _ in 0..2 {
        let ends = api.post(CANCELLATIONS, &json!({})).await.expect(200);
        assert_eq!(ends["cancelled"], true, "{ends}");
        assert!(ends["ends_at"].is_string(), "{ends}");
        world.settled().await;
        assert_eq!(shown(api).await["subscription"]["cancelled"], true);
        let goes_on = api.delete(CANCELLATIONS).await.expect(200);
        assert_eq!(goes_on["cancelled"], false, "{goes_on}");
        world.settled().await;
        let bought = at_stripe(&world, "/v1/subscriptions", |_| true).await;
        assert_eq!(bought[0]["cancel_at_period_end"], false);
    }
    assert_eq!(shown(api).await["withdrawal"]["refund"], 2_900);
    let unsaid = api.post(WITHDRAWALS, &json!({ "confirm": false })).await;
    assert_eq!(unsaid.problem(400), "invalid_input");
    world.host.advance(time::Duration::days(19)).await;
    let later = mira.log_in(&world).await;
    assert_eq!(shown(&later).await["withdrawal"], Value::Null);
    let late = later.post(WITHDRAWALS, &json!({ "confirm": true })).await;
    assert_eq!(late.problem(409), "too_late_to_withdraw");
    later.post(CANCELLATIONS, &json!({})).await.expect(200);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn managers_read_and_only_owners_change_and_nobody_below_sees_it() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let manager = colleague(&world, &mira.api, "Ola Berg", json!({ "role": "manager" })).await;
    let chatter = colleague(&world, &mira.api, "Uma Lind", json!({ "role": "chatter" })).await;
    manager.api.get(BILLING).await.expect(200);
    let refused = chatter.api.get(BILLING).await;
    assert_eq!(refused.problem(403), "role_too_low");
    for path in [
        CHECKOUTS,
        CANCELLATIONS,
        WITHDRAWALS,
        "/api/v1/billing/portals",
    ] {
        let refused = manager.api.post(path, &order("creator")).await;
        assert_eq!(refused.problem(403), "role_too_low", "{path}");
    }
    let seats = shown(&mira.api).await["usage"][1].clone();
    assert_eq!(
        (&seats["meter"], &seats["used"]),
        (&json!("seats"), &json!(3))
    );
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_has_room_for_so_much_and_what_is_there_stays() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let allowed = shown(&mira.api).await["usage"][0]["allowed"].clone();
    for number in 0..allowed.as_u64().expect("a number") {
        mira.connect_bot(&world, &format!("room{number}_test_bot"))
            .await;
    }
    let made = json!({ "username": "toomany_test_bot", "first_name": "Too many" });
    let made = world.telegram("POST", "/bots", made).await;
    let connect = json!({ "token": made["message"] });
    let refused = mira.api.post("/api/v1/bots", &connect).await;
    assert_eq!(refused.problem(409), "plan_limit");
    buy(&world, &mira, "studio", "month").await;
    stands(&mira.api, "active").await;
    mira.api.post("/api/v1/bots", &connect).await.expect(201);
    // Back in the trial, a bot more than it allows is still there.
    let word = json!({ "confirm": true });
    mira.api.post(WITHDRAWALS, &word).await.expect(200);
    let bots = stands(&mira.api, "trial").await["usage"][0].clone();
    assert!(bots["used"].as_u64() > bots["allowed"].as_u64(), "{bots}");
    let listed = mira.api.get("/api/v1/bots").await.expect(200);
    let on = listed["bots"].as_array().expect("a list").iter();
    assert!(
        on.clone().all(|bot| bot["state"] == "connected"),
        "{listed}"
    );
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lapsed_plan_stops_sofi_and_never_a_persons_answer_an_export_or_leaving() {
    let mut chat = Chat::open("auto").await;
    chat.world.host.advance(time::Duration::days(15)).await;
    chat.creator.api = chat.creator.log_in(&chat.world).await;
    let api = &chat.creator.api;
    stands(api, "lapsed").await;
    chat.says("is anybody there?").await;
    let told = chat.answered(1).await;
    assert!(!told[0].contains(DEMO), "{told:?}");
    chat.says("hello?").await;
    assert!(chat.quiet().await.iter().all(|text| !text.contains(DEMO)));
    assert_eq!(
        chat.prompts().await,
        Vec::<String>::new(),
        "no vendor was asked"
    );
    let email = &chat.creator.email;
    let stopped = "has no plan at the moment";
    chat.world.mail_saying(email, stopped).await;
    let mails = chat.world.mails_to(email);
    let says = |text: &str| text.contains(stopped);
    let told = mails.iter().filter_map(|mail| mail.text.as_deref());
    assert_eq!(told.filter(|text| says(text)).count(), 1, "once");
    let path = format!("/api/v1/bots/{}/test-chats", chat.bot.id);
    let test = json!({ "messages": [{ "from": "fan", "text": "how was your day?" }] });
    assert_eq!(api.post(&path, &test).await.problem(409), "plan_lapsed");

    let conversation = chat.conversation().await;
    chat.creator.answer(&conversation, "I am here.").await;
    eventually("the person's answer arrives", async || {
        let seen = chat.answers().await;
        seen.iter().any(|text| text == "I am here.").then_some(())
    })
    .await;
    prove(api, None).await;
    let export = api.post("/api/v1/privacy/exports", &json!({})).await;
    assert!(export.status < 300, "{}", export.body);

    buy(&chat.world, &chat.creator, "creator", "month").await;
    stands(api, "active").await;
    let other = chat.world.person("Sam", "en").await;
    other
        .says(&chat.world, &chat.bot, "how are you today?")
        .await;
    eventually("Sofi writes again", async || {
        let seen = other.sees(&chat.world, &chat.bot).await;
        seen.iter()
            .any(|(_, text)| text.contains(DEMO))
            .then_some(())
    })
    .await;
    let used = shown(api).await["usage"][2].clone();
    assert_eq!(
        (&used["meter"], &used["used"]),
        (&json!("ai_messages"), &json!(1))
    );
    prove(api, None).await;
    let closing = api.post("/api/v1/workspace/closing", &json!({})).await;
    assert!(closing.status < 300, "{}", closing.body);
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p14_stripe_is_told_a_name_and_an_address_and_nothing_else_of_anybody() {
    let world = World::start().await;
    let mira: Creator = world.creator("Mira Vale").await;
    let bot = mira.connect_bot(&world, "told_test_bot").await;
    let fan = world.person("Quillifred", "en").await;
    fan.says(&world, &bot, "nobody else may read this").await;
    mira.conversation("Quillifred").await;
    buy(&world, &mira, "creator", "month").await;
    stands(&mira.api, "active").await;
    mira.api.post(CANCELLATIONS, &json!({})).await.expect(200);
    let portal = "/api/v1/billing/portals";
    mira.api.post(portal, &json!({})).await.expect(201);
    let word = json!({ "confirm": true });
    mira.api.post(WITHDRAWALS, &word).await.expect(200);
    world.settled().await;
    let log = world.stripe("GET", "/log", Value::Null).await;
    let calls = log["calls"].as_array().expect("a list");
    let made: Vec<_> = calls
        .iter()
        .filter(|call| call["verb"] == "POST" && call["path"] == "/v1/customers")
        .collect();
    assert_eq!(made.len(), 1, "{calls:#?}");
    let told = &made[0]["params"];
    let mut fields: Vec<_> = told.as_object().expect("a form").keys().collect();
    fields.sort();
    assert_eq!(fields, ["email", "metadata", "name"]);
    let marks = told["metadata"].as_object().expect("marks");
    assert_eq!(marks.keys().collect::<Vec<_>>(), ["workspace"]);
    // Whatever else is asked names the customer, and the person nowhere.
    for call in calls.iter().filter(|call| call["path"] != "/v1/customers") {
        let said = call["params"].to_string();
        for word in [mira.email.as_str(), "Mira Vale"] {
            assert!(!said.contains(word), "{call:#}");
        }
    }
    let said = log.to_string();
    assert!(said.contains(mira.email.as_str()) && said.contains("Mira Vale"));
    for word in ["Quillifred", "nobody else", "told_test_bot", &bot.token] {
        assert!(!said.contains(word), "{word}");
    }
    world.host.stop().await;
}
