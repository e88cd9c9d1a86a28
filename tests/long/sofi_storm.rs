//! Two hundred fans write three thousand messages, twice each, while vendors fail and workers die: every quiet period
//! is answered at most once, nobody is answered over a person's shoulder, and the books balance.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually_within};

const FANS: usize = 200;
const ROUNDS: usize = 5;
const PER_ROUND: usize = 3;
/// Fans whom a person answers in the middle of it.
const TAKEN_OVER: usize = 20;
const LIMIT: Duration = Duration::from_secs(900);
const LOOKS_WITHOUT_PROGRESS: u32 = 240;

#[tokio::test(flavor = "multi_thread")]
async fn every_quiet_period_is_answered_at_most_once_and_the_books_balance() {
    let world = World::start().await;
    let creator = world.creator("Storm Owner").await;
    let bot = creator.connect_bot(&world, "sofi_storm_bot").await;
    world
        .telegram("PATCH", "/settings", json!({ "rate_limits": false }))
        .await;
    creator.sofi(&bot, &json!({ "mode": "auto" })).await;
    let wide = json!({ "vendors": ["xai", "groq"], "daily_cost_micro_usd": 1_000_000_000, "daily_tokens": 1_000_000_000 });
    creator
        .api
        .put("/api/v1/ai/budget", &wide)
        .await
        .expect(200);
    let mut fans = Vec::new();
    for number in 0..FANS {
        fans.push(world.person(&format!("Fan{number:03}"), "en").await);
    }
    faults(&world).await;
    plan_kills(&world);

    let mut taken = BTreeMap::new();
    for round in 0..ROUNDS {
        let updates = updates(&world, &bot, &fans, round).await;
        let storm = json!({ "updates": updates, "copies": 2, "concurrency": 50, "shuffle": true, "seed": round, "tries": 20 });
        let path = format!("/bots/{}/bulk", bot.telegram_id);
        let sent = world.telegram("POST", &path, storm).await;
        assert_eq!(sent["failed"], 0, "{sent}");
        if round == 2 {
            taken = take_over(&creator, &fans).await;
        }
        heal(&world, &bot).await;
    }
    world.host.clear_kill_plans();
    for _ in 0..3 {
        world.host.advance(time::Duration::seconds(120)).await;
        world.settled().await;
    }
    reconcile(&world, &bot, &fans, &taken).await;
    world.host.stop().await;
}

/// Three calls in ten fail, in every way there is.
async fn faults(world: &World) {
    for (vendor, kind, share) in [
        (
            "xai",
            json!({ "kind": "too_many_requests", "retry_after": 1 }),
            0.06,
        ),
        ("xai", json!({ "kind": "server_error" }), 0.06),
        ("xai", json!({ "kind": "cut_body" }), 0.06),
        ("xai", json!({ "kind": "invalid_json" }), 0.06),
        ("xai", json!({ "kind": "huge" }), 0.06),
        ("groq", json!({ "kind": "unavailable" }), 0.15),
        ("groq", json!({ "kind": "wrong_schema" }), 0.15),
    ] {
        world
            .ai(
                "POST",
                "/faults",
                json!({ "vendor": vendor, "probability": share, "fault": kind }),
            )
            .await;
    }
}

fn plan_kills(world: &World) {
    let plan =
        |function: &str, operation: &str, before: Option<u32>, after: Option<u32>, skip: u32| {
            local::KillPlan {
                function: Some(function.to_owned()),
                before_call: before,
                after_call: after,
                operation: Some(operation.to_owned()),
                times: 1,
                skip,
            }
        };
    for skip in [5, 60, 120, 200, 300] {
        world
            .host
            .plan_kill(plan("sofi.reply", "xai:responses", Some(1), None, skip));
        world.host.plan_kill(plan(
            "sofi.reply",
            "xai:responses",
            None,
            Some(1),
            skip + 20,
        ));
        world.host.plan_kill(plan(
            "sofi.reply",
            "dynamodb:TransactWriteItems",
            None,
            Some(1),
            skip + 40,
        ));
        world.host.plan_kill(plan(
            "sofi.reply",
            "dynamodb:TransactWriteItems",
            None,
            Some(2),
            skip + 50,
        ));
        world.host.plan_kill(plan(
            "workers.inbound",
            "dynamodb:TransactWriteItems",
            None,
            Some(1),
            skip,
        ));
    }
    for (before, after) in [(Some(1), None), (None, Some(1))] {
        world.host.plan_kill(plan(
            "workers.sender",
            "telegram:sendMessage",
            before,
            after,
            10,
        ));
        world.host.plan_kill(plan(
            "workers.sender",
            "dynamodb:TransactWriteItems",
            before,
            after,
            20,
        ));
    }
}

async fn updates(world: &World, bot: &Bot, fans: &[Person], round: usize) -> Vec<Value> {
    let mut updates = Vec::new();
    for part in 0..PER_ROUND {
        for fan in fans {
            let text = format!("round {round} part {part} of {}", fan.first_name);
            let done = fan
                .act(
                    world,
                    bot,
                    json!({ "act": "text", "text": text, "deliver": false }),
                )
                .await;
            updates.extend(done["updates"].as_array().expect("updates").iter().cloned());
        }
    }
    updates
}

/// A person answers some fans; from then on nothing of Sofi's may reach them for a quarter of an hour of clock.
async fn take_over(creator: &Creator, fans: &[Person]) -> BTreeMap<String, String> {
    let mut taken = BTreeMap::new();
    for fan in fans.iter().take(TAKEN_OVER) {
        let conversation = creator.conversation(&fan.first_name).await;
        let id = conversation["id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}/takeover");
        creator
            .api
            .put(&path, &json!({ "minutes": 10_080 }))
            .await
            .expect(200);
        taken.insert(fan.first_name.clone(), id);
    }
    taken
}

/// Lets visibility and leases pass by the clock whenever nothing moves any more: no queue, and no call to Telegram.
async fn heal(world: &World, bot: &Bot) {
    let waiting = || {
        [
            "inbound.fifo",
            "inbound-dlq.fifo",
            "-sofi",
            "doorbell.fifo",
            "-wake",
        ]
        .map(|queue| world.depth(queue))
    };
    let path = format!("/bots/{}/counters", bot.telegram_id);
    let mut idle = ((waiting(), String::new()), 0);
    eventually_within(LIMIT, "everything has been worked", async || {
        // One turn of the sender sends hundreds of messages while it holds a single ring.
        let sent = world.telegram("GET", &path, Value::Null).await;
        let now = (waiting(), sent.to_string());
        if now.0.iter().sum::<usize>() == 0 {
            return Some(());
        }
        idle = if now == idle.0 {
            (now, idle.1 + 1)
        } else {
            (now, 0)
        };
        if idle.1 > LOOKS_WITHOUT_PROGRESS {
            println!("nothing moves: {:?}; advancing the clock", idle.0.0);
            world.host.advance(time::Duration::seconds(400)).await;
            idle.1 = 0;
        }
        None
    })
    .await;
}

/// One turn, as its trace tells.
struct Turn {
    conversation: String,
    id: String,
    end: String,
    reason: String,
}

fn rows(world: &World, table: &str, kind: &str) -> Vec<Value> {
    let dynamodb = world.host.aws().dynamodb();
    let tables = dynamodb.tables().expect("tables");
    let name = tables
        .iter()
        .find(|name| name.ends_with(table))
        .expect("the table");
    let all = dynamodb.dump(name).expect("its rows");
    all.into_iter()
        .filter(|row| row["kind"]["S"] == kind)
        .collect()
}

fn text(row: &Value, field: &str) -> String {
    row[field]["S"].as_str().unwrap_or_default().to_owned()
}

async fn reconcile(world: &World, bot: &Bot, fans: &[Person], taken: &BTreeMap<String, String>) {
    let turns: Vec<Turn> = rows(world, "-tenant", "trace")
        .iter()
        .map(|row| Turn {
            conversation: text(row, "conversation"),
            id: text(row, "id"),
            end: text(row, "end"),
            reason: text(row, "reason"),
        })
        .collect();
    // Where a person has the chat, what the fan writes waits for the end of that.
    let open = rows(world, "-work", "turn")
        .iter()
        .filter(|row| !taken.values().any(|id| text(row, "conversation") == *id))
        .count();
    let messages = rows(world, "-tenant", "message");
    let ours: BTreeMap<String, String> = messages
        .iter()
        .filter(|row| text(row, "author") == "ai")
        .map(|row| (text(row, "id"), text(row, "delivery")))
        .collect();
    let from_fans = messages
        .iter()
        .filter(|row| text(row, "author") == "fan")
        .count();
    let ids: BTreeSet<&String> = turns.iter().map(|turn| &turn.id).collect();
    assert_eq!(ids.len(), turns.len(), "a turn ended twice");

    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    for turn in &turns {
        let sent = ours.get(&turn.id).map(String::as_str);
        let end = match (turn.end.as_str(), sent) {
            (_, Some("sent")) => "sent",
            (_, Some("unknown")) => "unknown",
            (_, Some("failed")) => "failed",
            ("handed_over", None) => "handed over",
            ("superseded", None) => "superseded",
            (end, delivery) => panic!(
                "turn {} ended {end} ({}), message {delivery:?}",
                turn.id, turn.reason
            ),
        };
        *ends.entry(end).or_default() += 1;
    }
    let reasons = turns
        .iter()
        .fold(BTreeMap::<&str, usize>::new(), |mut all, turn| {
            *all.entry(turn.reason.as_str()).or_default() += 1;
            all
        });
    let total: usize = ends.values().sum();
    println!(
        "reconciliation: {from_fans} messages stored of {}; {} turns expected, {total} accounted for: {ends:?}; reasons {reasons:?}; \
         {open} left open; kills: {}",
        FANS * ROUNDS * PER_ROUND,
        turns.len(),
        world.host.kills().len()
    );
    assert_eq!(from_fans, FANS * ROUNDS * PER_ROUND);
    assert_eq!((total, open), (turns.len(), 0));
    assert!(turns.len() >= FANS * (ROUNDS - 2), "{}", turns.len());
    assert_eq!(ends.get("failed"), None);
    assert!(
        ends.get("sent").copied().unwrap_or_default() > turns.len() / 2,
        "{ends:?}"
    );
    // What Telegram showed is what the books say, and nothing was said twice.
    for fan in fans {
        let seen = fan.sees(world, bot).await;
        let bots: Vec<&String> = seen
            .iter()
            .filter_map(|(from_bot, text)| from_bot.then_some(text))
            .collect();
        let said: BTreeSet<&&String> = bots.iter().collect();
        assert_eq!(said.len(), bots.len(), "{}: {bots:?}", fan.first_name);
        assert!(bots.len() <= ROUNDS * PER_ROUND);
    }
    for (name, conversation) in taken {
        let late = turns
            .iter()
            .filter(|turn| &turn.conversation == conversation)
            .filter(|turn| turn.end == "handed_over" && turn.reason == "person_has_taken_over")
            .count();
        let fan = fans
            .iter()
            .find(|fan| &fan.first_name == name)
            .expect("the fan");
        let after: Vec<_> = fan
            .sees(world, bot)
            .await
            .into_iter()
            .filter(|(from_bot, text)| {
                *from_bot && (text.contains("round 3") || text.contains("round 4"))
            })
            .collect();
        assert!(
            after.is_empty(),
            "{name} was answered over a person's shoulder: {after:?} ({late} handed over)"
        );
    }
    for function in ["reply", "inbound", "sender"] {
        let kills = world
            .host
            .kills()
            .iter()
            .filter(|kill| kill.function.ends_with(function))
            .count();
        assert!(kills >= 3, "{function}: {kills} kills");
    }
    for queue in [
        "inbound-dlq.fifo",
        "doorbell-dlq.fifo",
        "drain-dlq.fifo",
        "wake-dlq",
        "sofi-dlq",
    ] {
        assert_eq!(world.depth(queue), 0, "{queue}");
    }
}
