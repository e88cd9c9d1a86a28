//! A bot's token leaves no trace: not in tables, queues, objects, mail, logs or answers, whatever Telegram does.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};

use crate::journey_access::prove;
use crate::journey_alerts::{alert, begin, press};
use crate::journey_privacy::asked;

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

/// `connect` connects again what is connected; the first one of a bot is `first connect`. `answer` ends the waiting circle on
/// a pressed button, `buttons` takes the buttons from under a question, `alert` tells the team of a new message.
const OPERATIONS: [&str; 13] = [
    "first connect",
    "answer",
    "buttons",
    "connect",
    "doctor",
    "alert",
    "repair",
    "rotate",
    "media",
    "replay",
    "typing",
    "send",
    "disconnect",
];
/// These always ask Telegram, whatever went wrong before; the others only while token and fan are in order.
const ALWAYS_ASK: [&str; 9] = [
    "first connect",
    "answer",
    "buttons",
    "connect",
    "doctor",
    "alert",
    "repair",
    "rotate",
    "disconnect",
];
/// A question whether everything is to be deleted is good for ten minutes.
const LATE: time::Duration = time::Duration::minutes(11);

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

    /// The newest answer as JSON.
    fn last(&self) -> Value {
        let before_headers = self.answers.len().checked_sub(2).expect("an answer");
        serde_json::from_slice(&self.answers[before_headers]).unwrap_or(Value::Null)
    }

    /// Everything that is kept somewhere.
    async fn search_kept(&self, world: &World) {
        let dump = world.control("/dump").await;
        for place in ["tables", "queues", "buckets", "mail"] {
            assert!(dump.get(place).is_some(), "{place} is dumped");
            self.search(place, &dump[place].to_string());
        }
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
    let (mut listed, mut met) = (0, 0);
    for (number, fault) in faults().into_iter().enumerate() {
        let chat = connected(&world, &creator, number).await;
        watch.tokens.push(chat.bot.token.clone());
        for operation in OPERATIONS {
            if operation == "disconnect" {
                // While the token is sealed in its row, and work waits in queues.
                watch.search_kept(&world).await;
            }
            // One setWebhook a second is Telegram's own limit.
            world.host.advance(time::Duration::seconds(2)).await;
            let fresh = (operation == "first connect").then_some(number);
            let bot = match fresh {
                Some(number) => unconnected(&world, number, &mut watch).await,
                None => chat.bot.clone(),
            };
            let mut scripted = json!({ "bot": bot.telegram_id, "fault": fault });
            if operation == "buttons" {
                // They go only once the press itself has been answered.
                scripted["method"] = json!("editMessageReplyMarkup");
            }
            world.telegram("POST", "/faults", scripted).await;
            let status = operate(&world, &creator, &bot, &chat, operation, &mut watch).await;
            let scripted = world.telegram("GET", "/faults", Value::Null).await;
            let hits = scripted["faults"][0]["hits"].as_u64().expect("a number");
            world.telegram("DELETE", "/faults", Value::Null).await;
            if operation == "rotate" && status != 200 {
                // With the former token, Telegram refuses whatever follows before it looks at a script.
                let again = rotate(&creator, &bot, &mut watch).await;
                assert_eq!(again, 200, "{}", watch.last());
            }
            let kind = fault["kind"].as_str().expect("a kind");
            listed += 1;
            met += usize::from(hits > 0);
            println!("{listed:3} {kind:20} {operation:13} {status} met {hits}");
            assert!(
                hits > 0 || !ALWAYS_ASK.contains(&operation),
                "{operation} did not meet {kind}"
            );
        }
    }
    assert_eq!(listed, faults().len() * OPERATIONS.len());
    assert!(met * 2 > listed, "{met} of {listed} met their fault");
    watch.search_kept(&world).await;
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

/// A connected bot with a fan who has written, sent a photo and asked for everything to be deleted.
struct Chat {
    bot: Bot,
    fan: Person,
    conversation: String,
    photo: Value,
    /// The bot's question to the fan, and what its button carries.
    question: (i64, String),
    /// Whoever hears of this bot's fans, and the number of what they were told.
    owner: Person,
    alert: i64,
}

/// A bot that is connected, with a fan in its chat, somebody who hears of it and an update that could not be processed.
async fn connected(world: &World, creator: &Creator, number: usize) -> Chat {
    let bot = creator
        .connect_bot(world, &format!("canary{number:02}_bot"))
        .await;
    let owner = world.person(&format!("Owner {number:02}"), "en").await;
    begin(world, &creator.api, &bot, &owner).await;
    let name = format!("Fan {number:02}");
    let fan = world.person(&name, "en").await;
    fan.says(world, &bot, "hello").await;
    let alert = alert(world, &bot, &owner, &name).await;
    let question = asked(world, &bot, &fan).await;
    let act = fan.act(world, &bot, json!({ "act": "photo" })).await;
    let updates = format!("/bots/{}/updates", bot.telegram_id);
    let garbage = json!({ "text": "garbage" });
    world.telegram("POST", &updates, garbage).await;
    let conversation = creator.conversation(&name).await;
    world.settled().await;
    Chat {
        bot,
        fan,
        conversation: conversation["id"].as_str().expect("an id").to_owned(),
        photo: act["message"]["message_id"].clone(),
        question,
        owner,
        alert,
    }
}

/// A bot that nobody has connected yet.
async fn unconnected(world: &World, number: usize, watch: &mut Watch) -> Bot {
    let username = format!("fresh{number:02}_bot");
    let wanted = json!({ "username": username, "first_name": "Fresh" });
    let made = world.telegram("POST", "/bots", wanted).await;
    let token = made["token"].as_str().expect("a token").to_owned();
    watch.tokens.push(token.clone());
    Bot {
        id: String::new(),
        telegram_id: made["id"].as_i64().expect("Telegram's id"),
        username,
        token,
    }
}

async fn operate(
    world: &World,
    creator: &Creator,
    bot: &Bot,
    chat: &Chat,
    operation: &str,
    watch: &mut Watch,
) -> u16 {
    let in_chat = format!("/api/v1/conversations/{}", chat.conversation);
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
        "answer" | "buttons" | "alert" => {
            in_telegram(world, bot, chat, operation).await;
            let alerts = format!("{path}/alerts");
            watch.ask(creator, Method::GET, &alerts, None).await
        }
        "connect" | "first connect" => {
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
            watch.tokens.push(token);
            rotate(creator, bot, watch).await
        }
        "media" => {
            let media = format!("{in_chat}/media/{}", chat.photo);
            watch.ask(creator, Method::GET, &media, None).await
        }
        "replay" => {
            let parked = format!("{path}/parked-updates");
            watch.ask(creator, Method::GET, &parked, None).await;
            let kept = watch.last();
            let id = kept["parked_updates"][0]["id"].as_str().expect("an id");
            let replays = format!("{parked}/{id}/replays");
            let nothing = Some(json!({}));
            watch.ask(creator, Method::POST, &replays, nothing).await
        }
        "typing" => {
            let before = calls(world, bot, "sendChatAction").await;
            let typing = format!("{in_chat}/typing");
            let status = watch
                .ask(creator, Method::POST, &typing, Some(json!({})))
                .await;
            tried(world, bot, "sendChatAction", before).await;
            status
        }
        "send" => {
            let before = calls(world, bot, "sendMessage").await;
            let messages = format!("{in_chat}/messages");
            let text = Some(json!({ "text": "hi" }));
            let status = watch.ask(creator, Method::POST, &messages, text).await;
            tried(world, bot, "sendMessage", before).await;
            status
        }
        _ => {
            prove(&creator.api, None).await;
            watch.ask(creator, Method::DELETE, &path, None).await
        }
    }
}

/// Gives the bot the newest token.
async fn rotate(creator: &Creator, bot: &Bot, watch: &mut Watch) -> u16 {
    prove(&creator.api, None).await;
    let path = format!("/api/v1/bots/{}/token", bot.id);
    let token = watch.tokens.last().expect("a token").clone();
    let token = Some(json!({ "token": token }));
    watch.ask(creator, Method::PUT, &path, token).await
}

/// What begins in a chat with the bot, and what the sender says there.
async fn in_telegram(world: &World, bot: &Bot, chat: &Chat, operation: &str) {
    match operation {
        "answer" => {
            press(world, bot, &chat.owner, chat.alert, "alert:take_over").await;
            world.settled().await;
        }
        "buttons" => {
            // Whoever presses too late is told so, and nobody is erased.
            world.host.advance(LATE).await;
            let (number, word) = &chat.question;
            press(world, bot, &chat.fan, *number, word).await;
            world.settled().await;
        }
        _ => {
            let before = calls(world, bot, "sendMessage").await;
            let other = world.person("Kim", "en").await;
            other.says(world, bot, "anybody there?").await;
            eventually("the team is told", async || {
                (calls(world, bot, "sendMessage").await > before).then_some(())
            })
            .await;
        }
    }
}

/// Waits until the sender has asked Telegram once more than `before`, or has nothing to ask.
async fn tried(world: &World, bot: &Bot, method: &str, before: usize) {
    eventually("the sender has tried", async || {
        let tried = calls(world, bot, method).await > before;
        (tried || world.depth("doorbell.fifo") == 0).then_some(())
    })
    .await;
}

/// How often Telegram was asked.
async fn calls(world: &World, bot: &Bot, method: &str) -> usize {
    let log = format!("/log?bot={}&method={method}", bot.telegram_id);
    let log = world.telegram("GET", &log, Value::Null).await;
    log["calls"].as_array().expect("a list").len()
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
