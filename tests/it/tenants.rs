//! A hundred workspaces in one warm process of each function, all with the same fan.

use std::collections::{BTreeMap, BTreeSet};

use tests::{Creator, World, eventually};

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

fn marker(number: usize) -> String {
    format!("marker-{number:03}-only-here")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_tenants_share_warm_processes_and_no_byte() {
    let world = World::with(|options| options.concurrency = 1).await;
    let fan = world.person("Robin", "en").await;
    let mut creators: Vec<(Creator, tests::Bot)> = Vec::new();
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

/// Handler -> the processes that have served it.
fn processes(world: &World) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, invocation) in world.host.history().select(|_, _| true) {
        let known = found.entry(invocation.handler).or_default();
        known.insert(invocation.sandbox);
    }
    found
}
