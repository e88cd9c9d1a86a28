//! The part of the walk in which Sofi takes part.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Person, World, eventually};

use crate::journey::Journey;

/// Settings, personas, budget, facts, replies, drafts, take-over, care and test chat, each at least once.
pub(crate) async fn walk(world: &World, journey: &Journey) {
    settings(journey).await;
    let fan = world.person("Sam", "en").await;
    let conversation = answered(world, journey, &fan).await;
    facts(world, journey, &fan).await;
    retried(world, journey, &fan).await;
    swept(world, journey, &fan, &conversation).await;
    drafted(world, journey, &fan, &conversation).await;
    withdrawn(world, journey, &fan, &conversation).await;
    cared_for(world, journey).await;
    let off = json!({ "mode": "off" });
    journey.creator.sofi(&journey.bot, &off).await;
    world.settled().await;
}

async fn settings(journey: &Journey) {
    let api = &journey.creator.api;
    let bot = format!("/api/v1/bots/{}", journey.bot.id);
    for text in ["Warm and short.", "Warm, short, curious."] {
        let body = json!({ "text": text });
        let made = api.post(&format!("{bot}/personas"), &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
    }
    let first = format!("{bot}/personas/1/activations");
    let rolled_back = api.post(&first, &json!({})).await;
    assert!(rolled_back.status < 300, "{}", rolled_back.body);
    api.get(&format!("{bot}/personas")).await.expect(200);
    let auto = json!({ "mode": "auto" });
    journey.creator.sofi(&journey.bot, &auto).await;
    api.get(&format!("{bot}/sofi")).await.expect(200);
    let limits = json!({ "vendors": ["xai", "groq"], "daily_cost_micro_usd": 10_000_000, "daily_tokens": 10_000_000 });
    for _ in 0..2 {
        api.put("/api/v1/ai/budget", &limits).await.expect(200);
    }
    api.get("/api/v1/ai/budget").await.expect(200);
    let talk = json!({ "messages": [{ "from": "fan", "text": "what a day!" }] });
    api.post(&format!("{bot}/test-chats"), &talk)
        .await
        .expect(201);
}

/// A fan is answered, and the trace of it is there.
async fn answered(world: &World, journey: &Journey, fan: &Person) -> String {
    fan.says(world, &journey.bot, "what a day!").await;
    let conversation = journey.creator.conversation("Sam").await;
    let id = conversation["id"].as_str().expect("an id").to_owned();
    let reply = reply(world, journey, &id, "sent", "what a day!").await;
    let path = format!(
        "/api/v1/conversations/{id}/messages/{}/trace",
        reply["id"].as_str().expect("an id")
    );
    journey.creator.api.get(&path).await.expect(200);
    id
}

/// Sofi's message as soon as it is shown like this.
async fn reply(
    world: &World,
    journey: &Journey,
    conversation: &str,
    delivery: &str,
    about: &str,
) -> Value {
    let shown = async || {
        let all = journey.creator.messages(conversation).await;
        all.into_iter().find(|message| {
            message["author"] == "ai"
                && message["delivery"] == delivery
                && message["text"]
                    .as_str()
                    .is_some_and(|text| text.contains(about))
        })
    };
    world.soon("Sofi's message is shown", shown).await
}

async fn facts(world: &World, journey: &Journey, fan: &Person) {
    let api = &journey.creator.api;
    let id = journey.creator.conversation("Sam").await["fan_id"]
        .as_str()
        .expect("a fan")
        .to_owned();
    let path = format!("/api/v1/fans/{id}/facts");
    let mut made = Vec::new();
    for text in ["Likes tea", "Has a cat"] {
        let fact = api.post(&path, &json!({ "text": text })).await.expect(201);
        made.push(fact["id"].as_str().expect("an id").to_owned());
    }
    let change = json!({ "text": "Likes green tea" });
    api.patch(&format!("{path}/{}", made[0]), &change)
        .await
        .expect(200);
    assert_eq!(api.delete(&format!("{path}/{}", made[1])).await.status, 204);
    api.get(&path).await.expect(200);
    let learnt = json!({
        "match": "I have a red kayak", "reply": "A kayak, how nice!",
        "facts": [{ "text": "Has a red kayak", "confidence": 80 }],
    });
    world.ai("POST", "/replies", learnt).await;
    fan.says(world, &journey.bot, "I have a red kayak").await;
    let noted = async || {
        let facts = api.get(&path).await.expect(200);
        facts.to_string().contains("kayak").then_some(())
    };
    world.soon("the fact is noted", noted).await;
    fan.says(world, &journey.bot, "/forget").await;
    eventually("everything is forgotten", async || {
        let facts = api.get(&path).await.expect(200);
        (facts["facts"] == json!([])).then_some(())
    })
    .await;
    // One stays, for whoever looks at this walk afterwards.
    let keep = json!({ "text": "Plays chess" });
    api.post(&path, &keep).await.expect(201);
}

/// Vendors that fail for a moment: the turn is tried again.
async fn retried(world: &World, journey: &Journey, fan: &Person) {
    for vendor in ["xai", "groq"] {
        let fault = json!({ "vendor": vendor, "count": 2, "fault": { "kind": "server_error" } });
        world.ai("POST", "/faults", fault).await;
    }
    fan.says(world, &journey.bot, "is it snowing?").await;
    let conversation = journey.creator.conversation("Sam").await;
    let id = conversation["id"].as_str().expect("an id");
    reply(world, journey, id, "sent", "snowing").await;
    world.ai("DELETE", "/faults", Value::Null).await;
}

/// A job that the queue has lost: the minute's sweep finds the turn.
async fn swept(world: &World, journey: &Journey, fan: &Person, conversation: &str) {
    let function = |what: &str| format!("/__local/functions/sofi.reply/{what}");
    world
        .api()
        .post(&function("pause"), &json!({}))
        .await
        .expect(200);
    fan.says(world, &journey.bot, "is the lake frozen?").await;
    eventually("Sofi is asked", async || {
        (world.depth("-sofi") > 0).then_some(())
    })
    .await;
    let sqs = world.host.aws().sqs();
    let queue = sqs
        .queues()
        .into_iter()
        .find(|queue| queue.name.ends_with("-sofi"))
        .expect("the queue");
    sqs.purge(&queue.name).expect("the queue exists");
    world
        .api()
        .post(&function("resume"), &json!({}))
        .await
        .expect(200);
    world.host.advance(time::Duration::seconds(130)).await;
    reply(world, journey, conversation, "sent", "frozen").await;
}

/// Drafts that a person edits, approves, discards.
async fn drafted(world: &World, journey: &Journey, fan: &Person, conversation: &str) {
    let api = &journey.creator.api;
    let base = format!("/api/v1/conversations/{conversation}");
    let mode = format!("{base}/ai-mode");
    api.put(&mode, &json!({ "mode": "draft" }))
        .await
        .expect(200);
    fan.says(world, &journey.bot, "shall I bring cake?").await;
    let draft = waiting(world, journey, &base, "cake").await;
    let edit = json!({ "text": "Yes, bring cake!", "rev": draft["rev"] });
    let edited = api.patch(&format!("{base}/draft"), &edit).await.expect(200);
    let approve = json!({ "rev": edited["rev"] });
    for _ in 0..2 {
        let approved = api
            .send(
                Method::POST,
                &format!("{base}/draft/approvals"),
                Some(&approve),
                &[("idempotency-key", "cake")],
            )
            .await;
        assert_eq!(approved.status, 201, "{}", approved.body);
    }
    eventually("the approved text is sent", async || {
        let all = journey.creator.messages(conversation).await;
        all.iter()
            .any(|message| message["text"] == "Yes, bring cake!" && message["delivery"] == "sent")
            .then_some(())
    })
    .await;
    fan.says(world, &journey.bot, "or pie?").await;
    let draft = waiting(world, journey, &base, "pie").await;
    let approve = json!({ "rev": draft["rev"] });
    let approved = api.post(&format!("{base}/draft/approvals"), &approve).await;
    assert_eq!(approved.status, 201, "{}", approved.body);
    reply(world, journey, conversation, "sent", "pie").await;
    fan.says(world, &journey.bot, "or soup?").await;
    waiting(world, journey, &base, "soup").await;
    for view in ["drafts", "care"] {
        api.get(&format!("/api/v1/conversations?view={view}"))
            .await
            .expect(200);
    }
    assert_eq!(api.delete(&format!("{base}/draft")).await.status, 204);
    overtaken(world, journey, fan, conversation).await;
    api.put(&mode, &json!({ "mode": null })).await.expect(200);
}

/// Whoever answers in their own words wants no draft any more.
async fn overtaken(world: &World, journey: &Journey, fan: &Person, conversation: &str) {
    let api = &journey.creator.api;
    let base = format!("/api/v1/conversations/{conversation}");
    fan.says(world, &journey.bot, "or biscuits?").await;
    waiting(world, journey, &base, "biscuits").await;
    journey
        .creator
        .answer(conversation, "Biscuits it is.")
        .await;
    eventually("the draft is gone", async || {
        let draft = api.get(&format!("{base}/draft")).await;
        (draft.status == 404).then_some(())
    })
    .await;
    let takeover = format!("{base}/takeover");
    assert_eq!(api.delete(&takeover).await.status, 204);
}

async fn waiting(world: &World, journey: &Journey, base: &str, about: &str) -> Value {
    let draft = async || {
        let draft = journey.creator.api.get(&format!("{base}/draft")).await;
        (draft.status == 200
            && draft.body["text"]
                .as_str()
                .is_some_and(|text| text.contains(about)))
        .then_some(draft.body)
    };
    world.soon("a draft waits", draft).await
}

/// A reply that waits in the outbox while a person takes over does not leave.
async fn withdrawn(world: &World, journey: &Journey, fan: &Person, conversation: &str) {
    let function = |what: &str| format!("/__local/functions/workers.sender/{what}");
    world
        .api()
        .post(&function("pause"), &json!({}))
        .await
        .expect(200);
    fan.says(world, &journey.bot, "and the games?").await;
    reply(world, journey, conversation, "queued", "games").await;
    let takeover = format!("/api/v1/conversations/{conversation}/takeover");
    journey
        .creator
        .api
        .put(&takeover, &json!({ "minutes": 30 }))
        .await
        .expect(200);
    world
        .api()
        .post(&function("resume"), &json!({}))
        .await
        .expect(200);
    eventually("the reply is withdrawn", async || {
        let all = journey.creator.messages(conversation).await;
        let gone = all.iter().all(|message| {
            !(message["author"] == "ai"
                && message["text"]
                    .as_str()
                    .is_some_and(|text| text.contains("games")))
        });
        gone.then_some(())
    })
    .await;
    assert_eq!(journey.creator.api.delete(&takeover).await.status, 204);
    fan.says(world, &journey.bot, "/human").await;
    eventually("the fan keeps Sofi silent", async || {
        let page = journey.creator.conversation("Sam").await;
        (page["hold"]["reason"] == "fan").then_some(())
    })
    .await;
}

async fn cared_for(world: &World, journey: &Journey) {
    let fan = world.person("Lee", "en").await;
    fan.says(world, &journey.bot, "i want to kill myself").await;
    let conversation = eventually("care mode is shown", async || {
        let conversation = journey.creator.conversation("Lee").await;
        conversation["care"].is_object().then_some(conversation)
    })
    .await;
    let id = conversation["id"].as_str().expect("an id");
    let api = &journey.creator.api;
    let path = format!("/api/v1/conversations/{id}/care");
    assert_eq!(api.delete(&path).await.status, 204);
    api.get("/api/v1/ai/care-counts?year=2026")
        .await
        .expect(200);
}
