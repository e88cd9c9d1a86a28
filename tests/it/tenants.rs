//! A hundred workspaces in one warm process of each function, all with the same fan.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tests::{Bot, Creator, World, eventually};

const TENANTS: usize = 100;
/// Those through which every workspace went.
const SHARED: [&str; 6] = [
    "telegram-hooks.webhook",
    "workers.inbound",
    "conversations.list",
    "conversations.messages",
    "conversations.sync",
    "fans.get",
];

/// Those of them in whose chats Sofi answers, and then a person.
const ANSWERING: usize = 12;
/// Those through which all answers went.
const ANSWERED_BY: [&str; 3] = ["sofi.reply", "conversations.send", "workers.sender"];

fn marker(number: usize) -> String {
    format!("marker-{number:03}-only-here")
}

fn persona(number: usize) -> String {
    format!("persona-{number:03}")
}

/// Of which workspaces a text holds something: their fan's words, their persona, their name.
fn owners(text: &str) -> Vec<usize> {
    let holds = |number: &usize| {
        let own = [
            marker(*number),
            persona(*number),
            format!("Owner {number:03}"),
        ];
        own.iter().any(|part| text.contains(part.as_str()))
    };
    (0..ANSWERING).filter(holds).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_tenants_share_warm_processes_and_no_byte() {
    let world = World::with(|options| options.concurrency = 1).await;
    let fan = world.person("Robin", "en").await;
    let mut creators: Vec<(Creator, Bot)> = Vec::new();
    for number in 0..TENANTS {
        let creator = world.creator(&format!("Owner {number:03}")).await;
        let bot = creator
            .connect_bot(&world, &format!("tenant{number:03}_bot"))
            .await;
        fan.says(&world, &bot, &marker(number)).await;
        creators.push((creator, bot));
    }
    let mut bytes = 0;
    for round in 0..2 {
        for (number, (creator, bot)) in creators.iter().enumerate() {
            let conversation = creator.conversation("Robin").await;
            let id = conversation["id"].as_str().expect("an id");
            let fan = conversation["fan_id"].as_str().expect("an id");
            eventually("the fan's text is there", async || {
                creator
                    .messages(id)
                    .await
                    .iter()
                    .any(|message| message["text"] == marker(number).as_str())
                    .then_some(())
            })
            .await;
            for path in [
                "/api/v1/conversations".to_owned(),
                format!("/api/v1/conversations/{id}/messages"),
                format!("/api/v1/fans/{fan}"),
                "/api/v1/fans?query=robin".to_owned(),
                "/api/v1/sync".to_owned(),
                "/api/v1/bots".to_owned(),
                format!("/api/v1/bots/{}/parked-updates", bot.id),
                "/api/v1/privacy/requests".to_owned(),
                "/api/v1/me".to_owned(),
            ] {
                let answer = creator.api.get(&path).await;
                assert_eq!(answer.status, 200, "{path}: {}", answer.body);
                let text = String::from_utf8_lossy(&answer.bytes);
                for other in (0..TENANTS).filter(|other| *other != number) {
                    let names = [
                        marker(other),
                        format!("Owner {other:03}"),
                        format!("tenant{other:03}_bot"),
                        creators[other].1.id.clone(),
                    ];
                    assert!(
                        names.iter().all(|name| !text.contains(name.as_str())),
                        "tenant {number} sees {other} in {path}, round {round}"
                    );
                }
                bytes += answer.bytes.len();
            }
        }
    }
    let logged = world
        .host
        .log()
        .select(|line| line.text.contains("marker-") || line.text.contains("Owner "));
    assert!(logged.is_empty(), "{logged:?}");
    let processes = processes(&world);
    for handler in SHARED {
        let one = processes.get(handler).map(BTreeSet::len);
        assert_eq!(one, Some(1), "{handler} is one process: {processes:?}");
    }
    let most = processes.values().map(BTreeSet::len).max();
    println!(
        "{TENANTS} tenants, {bytes} bytes of answers searched, {} functions, at most {most:?} processes of one",
        processes.len()
    );
    assert_eq!(most, Some(1), "{processes:?}");
    world.host.stop().await;
}

/// Workspaces whose bots answer by themselves, each with a persona of its own.
async fn answering(world: &World) -> Vec<(Creator, Bot)> {
    let mut creators = Vec::new();
    for number in 0..ANSWERING {
        let creator = world.creator(&format!("Owner {number:03}")).await;
        let name = format!("tenant{number:03}_bot");
        let bot = creator.connect_bot(world, &name).await;
        creator.sofi(&bot, &json!({ "mode": "auto" })).await;
        let path = format!("/api/v1/bots/{}/personas", bot.id);
        let text = format!("Warm and short. {}", persona(number));
        let made = creator.api.post(&path, &json!({ "text": text })).await;
        made.expect(201);
        creators.push((creator, bot));
    }
    creators
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_warm_process_asks_a_vendor_or_sends_a_fan_is_of_one_tenant_only() {
    let world = World::with(|options| options.concurrency = 1).await;
    let fan = world.person("Robin", "en").await;
    let creators = answering(&world).await;
    for (number, (_, bot)) in creators.iter().enumerate() {
        let words = format!("do you like tea? {}", marker(number));
        fan.says(&world, bot, &words).await;
    }
    world.settled().await;
    let log = world.ai("GET", "/log", Value::Null).await;
    let prompts = log["calls"].as_array().expect("calls").iter();
    let prompts: Vec<String> = prompts.map(|call| call["request"].to_string()).collect();
    for prompt in &prompts {
        assert_eq!(owners(prompt).len(), 1, "of several or nobody: {prompt}");
    }
    let asked: BTreeSet<usize> = prompts.iter().flat_map(|prompt| owners(prompt)).collect();
    assert_eq!(asked.len(), ANSWERING, "{asked:?}");

    for (number, (creator, _)) in creators.iter().enumerate() {
        let conversation = creator.conversation("Robin").await;
        let id = conversation["id"].as_str().expect("an id");
        let words = format!("by hand, {}", marker(number));
        creator.answer(id, &words).await;
    }
    world.settled().await;
    let mut sent = 0;
    for (number, (_, bot)) in creators.iter().enumerate() {
        let seen = fan.sees(&world, bot).await.into_iter();
        let got: Vec<String> = seen
            .filter(|(from_bot, _)| *from_bot)
            .map(|(_, text)| text)
            .collect();
        sent += got.len();
        let by_hand = got.iter().filter(|text| text.starts_with("by hand, "));
        assert_eq!(by_hand.count(), 1, "{got:?}");
        assert_eq!(owners(&got.join("\n")), [number], "{got:?}");
    }
    assert!(sent > ANSWERING, "Sofi has answered, not people alone");
    let logged = world
        .host
        .log()
        .select(|line| line.text.contains("marker-") || line.text.contains("persona-0"));
    assert!(logged.is_empty(), "{logged:?}");
    let processes = processes(&world);
    for handler in ANSWERED_BY {
        let one = processes.get(handler).map(BTreeSet::len);
        assert_eq!(one, Some(1), "{handler} is one process: {processes:?}");
    }
    println!(
        "{} prompts of {ANSWERING} tenants, each with its own words only",
        prompts.len()
    );
    world.host.stop().await;
}

/// Handler -> the processes that have served it.
fn processes(world: &World) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, invocation) in world.host.history().select(|_, _| true) {
        let known = found.entry(invocation.handler).or_default();
        known.insert(invocation.sandbox);
    }
    found
}
