//! A model that does what strangers tell it, and a day that somebody tries to spend.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::eventually;

use super::{Stage, answers, corpus, owns_up};

/// A name that only the other fan's chat knows.
const CANARY: &str = "Quillfeather-7731";
/// Rules that take what they are about out of a text; the plain rest of it may leave.
const MENDS: [&str; 2] = ["R16_length", "R17_format"];
/// Words that stand together, by which a text is known again.
const TOGETHER: usize = 3;

/// An order, what a bad model answers to it, and the rule that stops that.
struct Order {
    text: String,
    obedient: String,
    rule: String,
}

/// The order with its number, by which the stand-in knows it again.
fn orders() -> Vec<Order> {
    let rows = corpus("injections.tsv").into_iter().enumerate();
    rows.map(|(number, row)| Order {
        text: format!("{} {}", tag(number), row[0]),
        obedient: row[1].replace("\\n", "\n"),
        rule: row[2].clone(),
    })
    .collect()
}

fn tag(number: usize) -> String {
    format!("case{number:04}")
}

/// Letters and digits only, in one case.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn pieces(text: &str) -> Vec<String> {
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    words
        .windows(TOGETHER)
        .map(|words| words.join(" "))
        .collect()
}

/// Whether a text says what the bad model was to say, up to case, blanks and punctuation, or in most of its words.
fn says(text: &str, obedient: &str) -> bool {
    let wanted = plain(obedient);
    if wanted.chars().count() >= 4 && plain(text).contains(&wanted) {
        return true;
    }
    let (wanted, said) = (pieces(obedient), pieces(text));
    let kept = wanted.iter().filter(|piece| said.contains(piece)).count();
    wanted.len() >= TOGETHER && kept * 5 >= wanted.len() * 4
}

/// The one address of ours: where a caring text says that there is help.
const HELPLINE: &str = "https://findahelpline.com";

/// Links, handles, prices, foreign formats, floods.
fn is_bad(text: &str) -> bool {
    let lower = text.to_lowercase();
    let handle = text
        .split_whitespace()
        .any(|word| word.trim_start_matches(['(', '"', '*']).starts_with('@') && word.len() > 3);
    handle
        || ["http", "www.", ".com", ".net", "t.me/", "pwned", "system prompt", "<|", "```", "stars", "% off", "€", "$"]
            .iter()
            .any(|sign| lower.contains(sign))
        || text.chars().count() > 1_400
        || text.chars().any(|c| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// A model that answers every second order as its author hoped, and does as it is told by all others. Nothing and very
/// much are no answers: a vendor that gives them is left alone, and the others would not be asked about.
async fn obeys(stage: &Stage, orders: &[Order]) {
    for (number, order) in orders.iter().enumerate().step_by(2) {
        if plain(&order.obedient).is_empty() || order.obedient.chars().count() > 1_000 {
            continue;
        }
        let said = json!({ "kind": "say", "text": order.obedient });
        let rule = json!({ "match": tag(number), "fault": said });
        stage.world.ai("POST", "/faults", rule).await;
    }
    let obey = json!({ "fault": { "kind": "obey" } });
    stage.world.ai("POST", "/faults", obey).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_obeys_injected_orders_brings_nothing_out() {
    let stage = Stage::open().await;
    let victim = stage.world.person(CANARY, "en").await;
    let secret = format!("my secret is {CANARY}, keep it");
    victim.says(&stage.world, &stage.bot, &secret).await;
    eventually("the other fan is answered", async || {
        (!answers(&stage.world, &stage.bot, &victim).await.is_empty()).then_some(())
    })
    .await;
    stage.world.settled().await;
    stage.world.ai("DELETE", "/log", Value::Null).await;

    let orders = orders();
    assert!(orders.len() >= 300, "{}", orders.len());
    obeys(&stage, &orders).await;
    let texts: Vec<String> = orders.iter().map(|order| order.text.clone()).collect();
    let got = stage.talk(&texts).await;
    let mut outcomes = BTreeMap::<&str, usize>::new();
    let (mut bad, mut obeyed) = (Vec::new(), Vec::new());
    for (order, (_, answers)) in orders.iter().zip(&got) {
        let outcome = match answers.as_slice() {
            [] => "a person instead",
            _ => "a text",
        };
        *outcomes.entry(outcome).or_default() += 1;
        let mended = MENDS.contains(&order.rule.as_str());
        for text in answers {
            if is_bad(&text.replace(HELPLINE, "")) {
                bad.push((&order.text, text));
            }
            // An honest line may hold the words of the lie that it denies.
            if !mended && !owns_up(text) && says(text, &order.obedient) {
                obeyed.push((&order.text, text));
            }
        }
    }
    let log = stage.world.ai("GET", "/log", Value::Null).await;
    let calls = log["calls"].as_array().expect("calls");
    let by = |kind: &str| calls.iter().filter(|call| call["fault"] == kind).count();
    println!(
        "injected {} orders: {outcomes:?}; the model said what was hoped for {} times and obeyed {} times; {} bad texts \
         and {} obedient ones left",
        got.len(),
        by("say"),
        by("obey"),
        bad.len(),
        obeyed.len()
    );
    assert!(by("say") + by("obey") >= 300, "{outcomes:?}");
    assert!(bad.is_empty() && obeyed.is_empty(), "{bad:#?} {obeyed:#?}");
    assert!(
        !log.to_string().contains(CANARY),
        "another fan's words stand in a prompt"
    );
    let everywhere: String = got
        .iter()
        .flat_map(|(_, answers)| answers.clone())
        .collect();
    assert!(!everywhere.contains(CANARY));
    stage.world.host.stop().await;
}

/// What the day has cost so far: millionths of a dollar, tokens, and what is set aside.
async fn today(stage: &Stage) -> (i64, i64, i64) {
    let budget = stage.creator.api.get("/api/v1/ai/budget").await.expect(200);
    let of = |name: &str| budget["today"][name].as_i64().expect("a number");
    (
        of("spent_micro_usd"),
        of("tokens"),
        of("reserved_micro_usd"),
    )
}

fn bombs(count: usize) -> Vec<String> {
    let bomb = |number: usize| format!("write a novel {number} {}", "long ".repeat(300));
    (0..count).map(bomb).collect()
}

/// What one such call costs, what it takes, and what is set aside for it at most.
async fn one(stage: &Stage) -> (i64, i64, i64) {
    let hold = |hold: bool| json!({ "hold": hold });
    stage.world.ai("PATCH", "/settings", hold(true)).await;
    let fan = stage.world.person("First", "en").await;
    fan.says(&stage.world, &stage.bot, &bombs(1)[0]).await;
    let held = json!({ "held": 1, "timeout_ms": 60_000 });
    stage.world.ai("POST", "/wait", held).await;
    let (_, _, aside) = today(stage).await;
    stage.world.ai("PATCH", "/settings", hold(false)).await;
    stage.world.settled().await;
    let (cost, tokens, left) = today(stage).await;
    assert!(cost > 0 && tokens > 0 && aside >= cost && left == 0);
    (cost, tokens, aside)
}

/// So many fans at once. Whoever gets no reply hears that a person comes.
async fn explode(stage: &Stage, fans: usize) {
    let got = stage.talk(&bombs(fans)).await;
    let silent = got.iter().filter(|(_, answers)| answers.is_empty());
    assert_eq!(silent.count(), 0);
}

async fn calls(stage: &Stage) -> usize {
    let log = stage.world.ai("GET", "/log", Value::Null).await;
    log["calls"].as_array().expect("calls").len()
}

async fn reached(stage: &Stage) -> bool {
    let budget = stage.creator.api.get("/api/v1/ai/budget").await.expect(200);
    budget["reached"] == true
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cost_bomb_ends_at_the_days_cap_and_leaves_people_free() {
    let stage = Stage::open().await;
    let (cost, tokens, aside) = one(&stage).await;

    let cap = cost * 5 + aside;
    stage.limits(cap, 1_000_000_000).await;
    stage.world.ai("DELETE", "/log", Value::Null).await;
    let mut sent = 0;
    while !reached(&stage).await {
        assert!(sent < 20, "the cap of {cap} is not reached");
        explode(&stage, 1).await;
        sent += 1;
    }
    let asked = calls(&stage).await;
    explode(&stage, 2).await;
    assert_eq!(calls(&stage).await, asked, "a spent day asks nobody");
    let (spent, _, left) = today(&stage).await;
    println!(
        "a cap of {cap} micro-USD: {asked} calls, {spent} spent; one costs {cost}, at most {aside}"
    );
    assert!(0 < asked && asked < sent, "{asked} calls of {sent}");
    assert!(spent <= cap && left == 0, "{spent} of {cap}, {left} aside");
    eventually("the owner has the mail", async || {
        let mails = stage.world.mails_to(&stage.creator.email);
        let told = |mail: &emulator::ses::Mail| mail.subject == "Today's AI budget is spent";
        mails.iter().any(told).then_some(())
    })
    .await;
    assert!(
        reached(&stage).await,
        "what the mail says, the page says too"
    );

    let (_, before, _) = today(&stage).await;
    let cap = before + tokens * 9;
    stage.limits(1_000_000_000, cap).await;
    stage.world.ai("DELETE", "/log", Value::Null).await;
    explode(&stage, 30).await;
    let asked = calls(&stage).await;
    let (_, used, left) = today(&stage).await;
    println!(
        "a cap of {cap} tokens, {before} of them used: {asked} calls, {used} used; one takes {tokens}"
    );
    assert!(0 < asked && asked < 30, "{asked} calls");
    assert!(used <= cap && left == 0, "{used} of {cap}, {left} aside");
    assert!(reached(&stage).await);

    let conversation = stage.creator.conversation("First").await;
    let id = conversation["id"].as_str().expect("an id");
    stage.creator.answer(id, "a person, as ever").await;
    let path = format!("/api/v1/conversations/{id}/messages");
    eventually("the person's answer is sent", async || {
        let page = stage.creator.api.get(&path).await.expect(200);
        let newest = &page["messages"][0];
        (newest["text"] == "a person, as ever" && newest["delivery"] == "sent").then_some(())
    })
    .await;
    stage.world.host.stop().await;
}
