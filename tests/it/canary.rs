//! A bot's token leaves no trace: not in tables, queues, objects, mail, logs or answers, whatever Telegram does.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Bot, Creator, World};

/// The stand-in's faults, each as Telegram or the way to it could fail.
fn faults() -> Vec<Value> {
    vec![
        json!({ "kind": "too_many_requests", "retry_after": 1, "hold": false }),
        json!({ "kind": "blocked" }),
        json!({ "kind": "deactivated" }),
        json!({ "kind": "cant_initiate" }),
        json!({ "kind": "kicked" }),
        json!({ "kind": "chat_not_found" }),
        json!({ "kind": "query_too_old" }),
        json!({ "kind": "unauthorized" }),
        json!({ "kind": "migrated", "to": -100_123 }),
        json!({ "kind": "refuse", "code": 404, "description": "Not Found" }),
        json!({ "kind": "server_error" }),
        json!({ "kind": "bad_gateway" }),
        json!({ "kind": "silence", "ms": 50 }),
        json!({ "kind": "cut_before_reading" }),
        json!({ "kind": "lose_answer" }),
        json!({ "kind": "cut_body" }),
        json!({ "kind": "slow", "ms": 20 }),
    ]
}

const OPERATIONS: [&str; 6] = [
    "connect",
    "doctor",
    "repair",
    "rotate",
    "send",
    "disconnect",
];

/// All tokens so far and every answer that the API gave.
struct Watch {
    tokens: Vec<String>,
    answers: Vec<Vec<u8>>,
}

impl Watch {
    async fn ask(
        &mut self,
        creator: &Creator,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> u16 {
        let answer = creator.api.send(method, path, body.as_ref(), &[]).await;
        let headers = answer
            .headers
            .iter()
            .flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()].concat())
            .collect();
        self.answers.extend([answer.bytes, headers]);
        answer.status
    }

    /// Both the whole token and its secret half.
    fn search(&self, place: &str, text: &str) {
        for token in &self.tokens {
            let secret = token.split_once(':').expect("a token has a colon").1;
            for form in forms(secret) {
                assert!(!text.contains(&form), "a token is in {place}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_leaves_no_trace_whatever_telegram_does() {
    let world = World::start().await;
    world
        .telegram("PATCH", "/settings", json!({ "rate_limits": false }))
        .await;
    let creator = world.creator("Canary Owner").await;
    let mut watch = Watch {
        tokens: Vec::new(),
        answers: Vec::new(),
    };
    let mut listed = 0;
    for (number, fault) in faults().into_iter().enumerate() {
        let (bot, conversation) = connected(&world, &creator, number).await;
        watch.tokens.push(bot.token.clone());
        for operation in OPERATIONS {
            let scripted = json!({ "bot": bot.telegram_id, "fault": fault });
            // One setWebhook a second is Telegram's own limit.
            world.host.advance(time::Duration::seconds(2)).await;
            world.telegram("POST", "/faults", scripted).await;
            let status =
                operate(&world, &creator, &bot, &conversation, operation, &mut watch).await;
            world.telegram("DELETE", "/faults", Value::Null).await;
            listed += 1;
            println!(
                "{listed:3} {:20} {operation:10} {status}",
                fault["kind"].as_str().expect("a kind")
            );
        }
    }
    assert_eq!(listed, faults().len() * OPERATIONS.len());
    let dump = world.control("/dump").await;
    for place in ["tables", "queues", "buckets", "mail"] {
        assert!(dump.get(place).is_some(), "{place} is dumped");
        watch.search(place, &dump[place].to_string());
    }
    for line in world.host.log().select(|_| true) {
        watch.search("the log", &line.text);
    }
    for answer in &watch.answers {
        watch.search("an answer", &String::from_utf8_lossy(answer));
    }
    println!(
        "{listed} combinations, {} tokens, {} answers",
        watch.tokens.len(),
        watch.answers.len() / 2
    );
    world.host.stop().await;
}

/// The secret as text, and as it stands inside base 64 (binary attributes, objects) at each of the three alignments.
pub(crate) fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![secret.to_owned()];
    for skipped in 0..3 {
        let bytes = &secret.as_bytes()[skipped..];
        forms.push(base64(&bytes[..bytes.len() / 3 * 3]));
    }
    forms
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |word: u32, shift: u32| char::from(ALPHABET[(word >> shift & 63) as usize]);
    let groups = bytes.chunks_exact(3).map(|group| {
        let word = u32::from(group[0]) << 16 | u32::from(group[1]) << 8 | u32::from(group[2]);
        [18, 12, 6, 0].map(|shift| digit(word, shift))
    });
    groups.flatten().collect()
}

/// A connected bot with a fan who has written.
async fn connected(world: &World, creator: &Creator, number: usize) -> (Bot, String) {
    let bot = creator
        .connect_bot(world, &format!("canary{number:02}_bot"))
        .await;
    let name = format!("Fan {number:02}");
    let fan = world.person(&name, "en").await;
    fan.says(world, &bot, "hello").await;
    let conversation = creator.conversation(&name).await;
    (bot, conversation["id"].as_str().expect("an id").to_owned())
}

async fn operate(
    world: &World,
    creator: &Creator,
    bot: &Bot,
    conversation: &str,
    operation: &str,
    watch: &mut Watch,
) -> u16 {
    let path = format!("/api/v1/bots/{}", bot.id);
    let current = world
        .telegram(
            "GET",
            &format!("/bots/{}/botfather", bot.telegram_id),
            Value::Null,
        )
        .await;
    let token = json!({ "token": current["message"] });
    match operation {
        "connect" => {
            watch
                .ask(creator, Method::POST, "/api/v1/bots", Some(token))
                .await
        }
        "doctor" => {
            watch
                .ask(creator, Method::GET, &format!("{path}/health"), None)
                .await
        }
        "repair" => {
            watch
                .ask(
                    creator,
                    Method::POST,
                    &format!("{path}/repairs"),
                    Some(json!({})),
                )
                .await
        }
        "rotate" => {
            let made = world
                .telegram(
                    "POST",
                    &format!("/bots/{}/revoke", bot.telegram_id),
                    Value::Null,
                )
                .await;
            let token = made["token"].as_str().expect("a token").to_owned();
            watch.tokens.push(token.clone());
            watch
                .ask(
                    creator,
                    Method::PUT,
                    &format!("{path}/token"),
                    Some(json!({ "token": token })),
                )
                .await
        }
        "send" => {
            let messages = format!("/api/v1/conversations/{conversation}/messages");
            let status = watch
                .ask(
                    creator,
                    Method::POST,
                    &messages,
                    Some(json!({ "text": "hi" })),
                )
                .await;
            tests::eventually("the sender has tried", async || {
                let log = world
                    .telegram(
                        "GET",
                        &format!("/log?bot={}&method=sendMessage", bot.telegram_id),
                        Value::Null,
                    )
                    .await;
                let tried = log["calls"]
                    .as_array()
                    .is_some_and(|calls| !calls.is_empty());
                (tried || world.depth("doorbell.fifo") == 0).then_some(())
            })
            .await;
            status
        }
        _ => watch.ask(creator, Method::DELETE, &path, None).await,
    }
}

#[test]
fn the_search_finds_a_token_in_text_and_in_base_64() {
    let forms = forms("AAsecretsecretsecret");
    assert!("x AAsecretsecretsecret y".contains(&forms[0]));
    // "1:AAsecretsecretsecret" and the same behind one and two more bytes.
    for whole in [
        "MTpBQXNlY3JldHNlY3JldHNlY3JldA==",
        "eDE6QUFzZWNyZXRzZWNyZXRzZWNyZXQ=",
        "eHgxOkFBc2VjcmV0c2VjcmV0c2VjcmV0",
    ] {
        assert!(
            forms[1..].iter().any(|form| whole.contains(form)),
            "{whole}"
        );
    }
}
