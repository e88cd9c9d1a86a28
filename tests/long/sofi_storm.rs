//! Two hundred fans write three thousand messages, twice each, while vendors fail and workers die: every quiet period
//! is answered at most once, nobody is answered over a person's shoulder, and the books balance.
//!
//! What a fan writes in one round is one quiet period by construction: Sofi's queue stands still until all of it is
//! stored, and a round begins when the one before has ended. The second copies come while Sofi writes. What a fan does while a
//! reply is written is looked at by itself: `sofi_overtaken.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually, eventually_within};

const FANS: usize = 200;
const ROUNDS: usize = 5;
const PER_ROUND: usize = 3;
/// Fans whom a person answers in the middle of it.
const TAKEN_OVER: usize = 20;
/// The round in which that happens.
const TAKEN_IN: usize = 2;
const LIMIT: Duration = Duration::from_secs(900);
const LOOKS_WITHOUT_PROGRESS: u32 = 240;
/// Queues on a message's way to where it is stored.
pub(crate) const INBOUND: [&str; 2] = ["inbound.fifo", "inbound-dlq.fifo"];
/// The rest of the way.
pub(crate) const REPLIES: [&str; 3] = ["-sofi", "doorbell.fifo", "-wake"];

/// A chat that a person has taken over.
pub(crate) struct Taken {
    conversation: String,
    /// What the bot had said in it by then.
    said: usize,
}

/// By the names of the fans.
pub(crate) type TakenOver = BTreeMap<String, Taken>;

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

    let mut taken = TakenOver::new();
    for round in 0..ROUNDS {
        let updates = updates(&world, &bot, &fans, round).await;
        sofi_listens(&world, false);
        deliver(&world, &bot, &updates, round).await;
        heal(&world, &bot, &taken, &INBOUND).await;
        sofi_listens(&world, true);
        deliver(&world, &bot, &updates, ROUNDS + round).await;
        if round == TAKEN_IN {
            taken = take_over(&world, &creator, &bot, &fans).await;
        }
        heal(
            &world,
            &bot,
            &taken,
            &[INBOUND.as_slice(), &REPLIES].concat(),
        )
        .await;
    }
    world.host.clear_kill_plans();
    for _ in 0..3 {
        world.host.advance(time::Duration::seconds(120)).await;
        world.settled().await;
    }
    let conversations = conversations(&creator).await;
    reconcile(&world, &bot, &fans, &conversations, &taken).await;
    world.host.stop().await;
}

/// Three calls in ten fail, in every way there is; and a few times a vendor is silent for longer than anybody waits.
async fn faults(world: &World) {
    let silence = json!({ "kind": "hang", "ms": 13_000 });
    let rule = json!({ "vendor": "xai", "skip": 40, "count": 3, "fault": silence });
    world.ai("POST", "/faults", rule).await;
    for (vendor, kind, share) in [
        (
            "xai",
            json!({ "kind": "too_many_requests", "retry_after": 1 }),
            0.05,
        ),
        ("xai", json!({ "kind": "server_error" }), 0.05),
        ("xai", json!({ "kind": "cut_body" }), 0.05),
        ("xai", json!({ "kind": "invalid_json" }), 0.05),
        ("xai", json!({ "kind": "huge" }), 0.05),
        ("xai", json!({ "kind": "hang", "ms": 500 }), 0.05),
        ("groq", json!({ "kind": "unavailable" }), 0.1),
        ("groq", json!({ "kind": "wrong_schema" }), 0.1),
        ("groq", json!({ "kind": "hang", "ms": 500 }), 0.1),
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
            // No names: three of a kind that nobody knows sound like a complaint, and no more is written to who gets a caring text.
            let text = format!("round {round} part {part}");
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

/// Whether Sofi's queue is worked.
fn sofi_listens(world: &World, running: bool) {
    let sources = world.host.sources();
    let states = sources.states();
    let source = states
        .iter()
        .find(|source| source.mapping.queue_arn.ends_with("-sofi"));
    let id = &source.expect("Sofi's queue").mapping.id;
    assert_eq!(sources.set_running(id, running), 1);
}

/// All updates of a round, in another order each time.
async fn deliver(world: &World, bot: &Bot, updates: &[Value], seed: usize) {
    let storm = json!({ "updates": updates, "copies": 1, "concurrency": 50, "shuffle": true, "seed": seed, "tries": 20 });
    let path = format!("/bots/{}/bulk", bot.telegram_id);
    let sent = world.telegram("POST", &path, storm).await;
    assert_eq!(sent["failed"], 0, "{sent}");
}

/// What the bot has said to a fan, oldest first.
async fn said(world: &World, bot: &Bot, fan: &Person) -> Vec<String> {
    let seen = fan.sees(world, bot).await;
    seen.into_iter()
        .filter_map(|(from_bot, text)| from_bot.then_some(text))
        .collect()
}

/// A person answers some fans; from then on nothing of Sofi's may reach them for a week of clock. What was on the wire when
/// the person came is waited for.
async fn take_over(world: &World, creator: &Creator, bot: &Bot, fans: &[Person]) -> TakenOver {
    let known = conversations(creator).await;
    let mut taken = TakenOver::new();
    for fan in fans.iter().take(TAKEN_OVER) {
        let conversation = known[&fan.first_name].clone();
        let path = format!("/api/v1/conversations/{conversation}/takeover");
        creator
            .api
            .put(&path, &json!({ "minutes": 10_080 }))
            .await
            .expect(200);
        eventually("nothing is on its way to Telegram", async || {
            let sending = |row: &Value| {
                text(row, "conversation") == conversation && text(row, "state") == "sending"
            };
            (!rows(world, "-work", "outbox").iter().any(sending)).then_some(())
        })
        .await;
        let said = said(world, bot, fan).await.len();
        taken.insert(fan.first_name.clone(), Taken { conversation, said });
    }
    taken
}

/// Ids by the names of the fans.
async fn conversations(creator: &Creator) -> BTreeMap<String, String> {
    let all = creator.conversations().await;
    let field = |entry: &Value, name: &str| entry[name].as_str().expect("a text").to_owned();
    all.iter()
        .map(|entry| (field(entry, "name"), field(entry, "id")))
        .collect()
}

/// Turns that wait in the chats in which Sofi answers.
fn open(world: &World, taken: &TakenOver) -> usize {
    let mut turns = rows(world, "-work", "turn");
    turns.retain(|row| {
        let conversation = text(row, "conversation");
        !taken
            .values()
            .any(|taken| taken.conversation == conversation)
    });
    turns.len()
}

/// Lets visibility and leases pass by the clock whenever nothing moves any more: no queue, and no call to Telegram. Where
/// Sofi listens, the end is that no turn waits any more.
pub(crate) async fn heal(world: &World, bot: &Bot, taken: &TakenOver, queues: &[&str]) {
    let waiting = || -> Vec<usize> { queues.iter().map(|queue| world.depth(queue)).collect() };
    let sofi_listens = queues.contains(&REPLIES[0]);
    let is_over = || !sofi_listens || open(world, taken) == 0;
    let path = format!("/bots/{}/counters", bot.telegram_id);
    let mut idle = ((waiting(), String::new()), 0);
    eventually_within(LIMIT, "everything has been worked", async || {
        // One turn of the sender sends hundreds of messages while it holds a single ring.
        let sent = world.telegram("GET", &path, Value::Null).await;
        let now = (waiting(), sent.to_string());
        if now.0.iter().sum::<usize>() == 0 && is_over() {
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

/// How the turn of each trace ended for the fan.
fn ended(turn: &Turn, ours: &BTreeMap<String, String>) -> &'static str {
    let sent = ours.get(&turn.id).map(String::as_str);
    match (turn.end.as_str(), sent) {
        (_, Some("sent")) => "sent",
        (_, Some("unknown")) => "unknown",
        (_, Some("failed")) => "failed",
        ("handed_over", None) => "handed over",
        ("superseded", None) => "superseded",
        (end, delivery) => panic!(
            "turn {} ended {end} ({}), message {delivery:?}",
            turn.id, turn.reason
        ),
    }
}

/// The rounds in which a fan has written, as the fan's own Telegram shows them: each is one quiet period.
fn periods(seen: &[(bool, String)]) -> BTreeSet<usize> {
    let own = seen.iter().filter(|(from_bot, _)| !from_bot);
    own.filter_map(|(_, text)| {
        let rest = text.strip_prefix("round ")?;
        rest.split(' ').next()?.parse().ok()
    })
    .collect()
}

/// How many turns of one chat ended how.
type Ends = BTreeMap<&'static str, usize>;

fn count(ends: &Ends, end: &str) -> usize {
    ends.get(end).copied().unwrap_or_default()
}

async fn reconcile(
    world: &World,
    bot: &Bot,
    fans: &[Person],
    conversations: &BTreeMap<String, String>,
    taken: &TakenOver,
) {
    let turns: Vec<Turn> = rows(world, "-tenant", "trace")
        .iter()
        .map(|row| Turn {
            conversation: text(row, "conversation"),
            id: text(row, "id"),
            end: text(row, "end"),
            reason: text(row, "reason"),
        })
        .collect();
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
    assert_eq!(from_fans, FANS * ROUNDS * PER_ROUND);

    let mut by_chat: BTreeMap<&str, Ends> = BTreeMap::new();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for turn in &turns {
        let ends = by_chat.entry(&turn.conversation).or_default();
        *ends.entry(ended(turn, &ours)).or_default() += 1;
        *reasons.entry(&turn.reason).or_default() += 1;
    }
    let waiting = rows(world, "-work", "turn");
    let (mut expected, mut with_people, mut wrong) = (0, 0, Vec::new());
    let mut total = Ends::new();
    for fan in fans {
        let name = &fan.first_name;
        let conversation = &conversations[name];
        let ends = by_chat.remove(conversation.as_str()).unwrap_or_default();
        let seen = fan.sees(world, bot).await;
        let periods = periods(&seen);
        let said: Vec<&String> = seen
            .iter()
            .filter_map(|(from_bot, text)| from_bot.then_some(text))
            .collect();
        // Where a person has the chat, one turn waits for the end of that, whatever the fan writes meanwhile.
        let persons = match taken.get(name) {
            Some(_) => periods.iter().filter(|round| **round > TAKEN_IN).count(),
            None => 0,
        };
        let open = waiting
            .iter()
            .filter(|row| text(row, "conversation") == *conversation)
            .count();
        let ended: usize = ends.values().sum();
        let is_balanced = ended + persons == periods.len() && open == usize::from(persons > 0);
        // What Telegram showed is what the books say, once for each period, and nothing was said twice.
        let (sent, unknown) = (count(&ends, "sent"), count(&ends, "unknown"));
        let once: BTreeSet<&&String> = said.iter().collect();
        let is_told = (sent..=sent + unknown).contains(&said.len()) && once.len() == said.len();
        let is_left_alone = taken.get(name).is_none_or(|taken| taken.said == said.len());
        if !is_balanced || !is_told || !is_left_alone || said.len() > periods.len() - persons {
            wrong.push(format!(
                "{name}: {} periods, {persons} of them a person's; {ends:?}, {open} open; said {said:?}",
                periods.len()
            ));
        }
        expected += periods.len();
        with_people += persons;
        for (end, times) in ends {
            *total.entry(end).or_default() += times;
        }
    }
    let accounted = total.values().sum::<usize>() + with_people;
    println!(
        "reconciliation: sent {} + unknown {} + superseded {} + handed over {} = {accounted}, expected {expected} quiet \
         periods of {FANS} fans; {with_people} of those handed over wait for the end of a person's time; {from_fans} \
         messages stored; reasons {reasons:?}; kills: {}",
        count(&total, "sent"),
        count(&total, "unknown"),
        count(&total, "superseded"),
        count(&total, "handed over") + with_people,
        world.host.kills().len()
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(by_chat.is_empty(), "turns of nobody: {by_chat:?}");
    assert_eq!(expected, FANS * ROUNDS, "every fan wrote in every round");
    assert_eq!(accounted, expected);
    assert_eq!(count(&total, "failed"), 0);
    // With three calls in ten failing at both vendors, their breakers are open most of the time: fans hear the honest line once,
    // and a person. A model has spoken often enough for all of this to have been tried.
    let replied = reasons.get("").copied().unwrap_or_default();
    assert!(replied > expected / 10, "{total:?} {reasons:?}");
    survived(world);
}

/// Workers of every kind died, and no queue gave anything up.
fn survived(world: &World) {
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
