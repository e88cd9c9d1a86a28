//! A fan of whom nothing may be left, everything that is held of them, and the search for it.

use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};

use super::rows::{ids, text};
use crate::canary::forms;
use crate::exports::sections;
use crate::journey_access::prove;
use crate::journey_exports::{EXPORTS, download, id, ready};
use crate::journey_privacy::requests;

/// What Telegram, the fan and the team say of the fan of whom nothing may be left.
const CANARY: [&str; 10] = [
    "7312945881",
    "Quizzafirst",
    "Quizzalast",
    "quizza_user",
    "quizzatext",
    "quizzaphoto",
    "quizzanote",
    "quizzafact",
    "quizzatag",
    "quizzaqueued",
];
const CANARY_ID: i64 = 7_312_945_881;
/// What waits on purpose while a bot is blocked.
pub(super) const BLOCKED: [&str; 1] = ["-wake"];

/// Two bots of one workspace and one of another; the same person writes to all of them.
pub(super) struct Stage {
    pub(super) world: World,
    pub(super) mira: Creator,
    /// Where the fan asks to be erased.
    pub(super) day: Bot,
    /// Telegram has told this one to wait.
    pub(super) night: Bot,
    pub(super) eve: Creator,
    pub(super) canary: Person,
    pub(super) neighbour: Person,
}

impl Stage {
    pub(super) async fn open() -> Self {
        let world = World::start().await;
        let limits = json!({ "rate_limits": false });
        world.telegram("PATCH", "/settings", limits).await;
        let (mira, eve) = (
            world.creator("Mira Vale").await,
            world.creator("Eve Rook").await,
        );
        let mut bots = Vec::new();
        for (creator, name) in [
            (&mira, "mira_day_bot"),
            (&mira, "mira_night_bot"),
            (&eve, "eve_other_bot"),
        ] {
            bots.push(creator.connect_bot(&world, name).await);
        }
        let profile = json!({
            "id": CANARY_ID, "first_name": "Quizzafirst", "last_name": "Quizzalast", "username": "quizza_user",
            "language_code": "en",
        });
        world.telegram("POST", "/people", profile).await;
        let canary = Person {
            id: CANARY_ID,
            first_name: "Quizzafirst".to_owned(),
        };
        let neighbour = world.person("Robin", "en").await;
        for bot in &bots {
            canary.says(&world, bot, "quizzatext, hello").await;
        }
        neighbour
            .says(&world, &bots[0], "hello from next door")
            .await;
        world.settled().await;
        let [day, night, _]: [Bot; 3] = bots.try_into().expect("three bots");
        Self {
            world,
            mira,
            day,
            night,
            eve,
            canary,
            neighbour,
        }
    }

    /// A conversation with somebody of this name.
    pub(super) async fn conversation(&self, bot: &Bot, name: &str) -> Value {
        eventually("the conversation is listed", async || {
            let all = self.mira.conversations().await;
            all.into_iter().find(|one| {
                let called = one["name"].as_str().unwrap_or_default();
                called.starts_with(name) && one["bot_id"] == bot.id.as_str()
            })
        })
        .await
    }

    /// A note, a fact and a tag of a fan.
    pub(super) async fn keep(&self, conversation: &Value, [note, fact, tag]: [&str; 3]) {
        let api = &self.mira.api;
        let (id, fan) = (text(&conversation["id"]), text(&conversation["fan_id"]));
        for (path, words) in [
            (format!("/api/v1/conversations/{id}/notes"), note),
            (format!("/api/v1/fans/{fan}/facts"), fact),
        ] {
            let body = json!({ "text": words });
            api.post(&path, &body).await.expect(201);
        }
        let body = json!({ "tags": [tag], "note": note });
        let path = format!("/api/v1/fans/{fan}");
        api.patch(&path, &body).await.expect(200);
    }

    /// Everything that can be held of a fan; the ids under which it is.
    pub(super) async fn fill(&self) -> Vec<String> {
        let day = self.conversation(&self.day, "Quizzafirst").await;
        let night = self.conversation(&self.night, "Quizzafirst").await;
        self.keep(&day, ["quizzanote", "quizzafact", "quizzatag"])
            .await;
        self.queue_blocked(&text(&night["id"])).await;
        let photo = json!({ "act": "photo", "caption": "quizzaphoto" });
        self.canary.act(&self.world, &self.night, photo).await;
        // What this version cannot read is kept raw, and an edit waits for its message.
        let smell = json!({ "act": "content", "content": { "smell": { "quizzatext": 3 } } });
        self.canary.act(&self.world, &self.night, smell).await;
        let early = json!({ "edited_message": {
            "message_id": 900_000, "date": 1_800_000_000, "edit_date": 1_800_000_001, "text": "quizzatext, early",
            "chat": { "id": CANARY_ID, "type": "private", "first_name": "Quizzafirst" },
            "from": { "id": CANARY_ID, "is_bot": false, "first_name": "Quizzafirst", "last_name": "Quizzalast", "username": "quizza_user" },
        } });
        let path = format!("/bots/{}/updates", self.night.telegram_id);
        let update = json!({ "update": early });
        self.world.telegram("POST", &path, update).await;
        self.world.settled_but(&BLOCKED).await;

        let account = self.connect().await;
        self.mira.sofi(&self.day, &json!({ "mode": "draft" })).await;
        let script =
            json!({ "match": "your day", "reply": "Thank you for quizzatext! How is yours?" });
        self.world.ai("POST", "/replies", script).await;
        let question = "quizzatext, how was your day?";
        self.canary.says(&self.world, &self.day, question).await;
        eventually("a draft waits", async || {
            let now = self.conversation(&self.day, "Quizzafirst").await;
            now["draft_since"].is_string().then_some(())
        })
        .await;
        self.world.settled_but(&BLOCKED).await;
        ids(&[&day["fan_id"], &day["id"], &night["id"], &account["id"]])
    }

    async fn accounts(&self) -> Vec<Value> {
        let path = format!("/api/v1/bots/{}/business-accounts", self.day.id);
        let page = self.mira.api.get(&path).await.expect(200);
        page["business_accounts"]
            .as_array()
            .expect("a list")
            .clone()
    }

    /// The fan lets the day's bot into their own account.
    async fn connect(&self) -> Value {
        let act = json!({ "act": "connect_business" });
        self.canary.act(&self.world, &self.day, act).await;
        let account = eventually("the account is listed", async || {
            self.accounts().await.pop()
        })
        .await;
        self.world.settled_but(&BLOCKED).await;
        account
    }

    /// What is written to the account and what it does once its owner is gone leaves nothing, though Telegram still tells of it.
    pub(super) async fn write_to_the_account(&self) {
        let words = json!({ "act": "text", "business": CANARY_ID, "text": "hello, quizzatext" });
        self.neighbour.act(&self.world, &self.day, words).await;
        for act in ["change_business", "end_business"] {
            let act = json!({ "act": act });
            self.canary.act(&self.world, &self.day, act).await;
        }
        self.world.settled_but(&BLOCKED).await;
        assert_eq!(self.accounts().await, Vec::<Value>::new());
        let parked = format!("/api/v1/bots/{}/parked-updates", self.day.id);
        let parked = self.mira.api.get(&parked).await.expect(200);
        assert_eq!(parked["parked_updates"], json!([]));
    }

    /// Telegram tells the night's bot to wait, and an answer of the team waits with it.
    async fn queue_blocked(&self, conversation: &str) {
        let fault = json!({ "kind": "too_many_requests", "retry_after": 3_000 });
        let rule = json!({ "bot": self.night.telegram_id, "method": "sendMessage", "count": 1, "fault": fault });
        self.world.telegram("POST", "/faults", rule).await;
        self.mira.answer(conversation, "quizzaqueued").await;
        let path = format!("/log?bot={}&status=429", self.night.telegram_id);
        eventually("Telegram has said wait", async || {
            let log = self.world.telegram("GET", &path, Value::Null).await;
            let calls = log["calls"].as_array().expect("calls");
            (!calls.is_empty()).then_some(())
        })
        .await;
        self.world.settled_but(&BLOCKED).await;
    }

    /// Words under the question that are not the fan's, not ours, or too late.
    pub(super) async fn void_words(&self, number: i64, word: &str) {
        let (end, tag) = word.rsplit_once(':').expect("two parts");
        let first = if tag.starts_with('0') { "1" } else { "0" };
        let forged = format!("{end}:{first}{}", &tag[1..]);
        let far = format!("erase:9999999999:{tag}");
        for (person, data) in [
            (&self.neighbour, word),
            (&self.canary, forged.as_str()),
            (&self.canary, far.as_str()),
            (&self.canary, "erase:"),
        ] {
            let user = json!({ "id": person.id, "is_bot": false, "first_name": person.first_name });
            let chat =
                json!({ "id": person.id, "type": "private", "first_name": person.first_name });
            let update = json!({ "callback_query": {
                "id": "4711", "from": user, "chat_instance": "1", "data": data,
                "message": { "message_id": number, "date": 1_800_000_000, "chat": chat, "text": "x" },
            } });
            let path = format!("/bots/{}/updates", self.day.telegram_id);
            let body = json!({ "update": update });
            self.world.telegram("POST", &path, body).await;
        }
        self.world.settled_but(&BLOCKED).await;
        assert!(requests(&self.mira.api).await.is_empty(), "nobody pressed");
    }

    /// Neither a list nor an address leads to the fan any more, and the neighbour is where they were.
    pub(super) async fn look(&self, ids: &[String]) {
        let api = &self.mira.api;
        for query in [
            "query=quizza",
            "query=quizzalast",
            "query=@quizza_user",
            "tag=quizzatag",
        ] {
            let found = api.get(&format!("/api/v1/fans?{query}")).await.expect(200);
            assert_eq!(found["fans"], json!([]), "{query}");
        }
        for path in [
            format!("/api/v1/fans/fan_{}", ids[0]),
            format!("/api/v1/conversations/cnv_{}/messages", ids[1]),
            format!("/api/v1/conversations/cnv_{}/messages", ids[2]),
        ] {
            assert_eq!(api.get(&path).await.status, 404, "{path}");
        }
        let parked = format!("/api/v1/bots/{}/parked-updates", self.night.id);
        let parked = api.get(&parked).await.expect(200);
        assert_eq!(parked["parked_updates"], json!([]));
        let listed = eventually("the list follows", async || {
            let listed = self.mira.conversations().await;
            (listed.len() == 1).then_some(listed)
        })
        .await;
        assert_eq!(listed[0]["name"], "Robin");
        let kept = self.mira.messages(&text(&listed[0]["id"])).await;
        assert_eq!(kept[0]["text"], "hello from next door");
        let found = api.get("/api/v1/fans?query=rob&tag=vip").await.expect(200);
        assert_eq!(found["fans"][0]["name"], "Robin", "{found}");
        let tags = api.get("/api/v1/fans/tags").await.expect(200);
        let tags = tags["tags"].as_array().expect("tags");
        let names: Vec<_> = tags.iter().map(|tag| &tag["name"]).collect();
        assert_eq!(names, ["vip"], "that of nobody is offered to nobody");
        // The log still says that somebody changed a fan, and no longer what.
        let log = api.get("/api/v1/audit?action=fan.change").await.expect(200);
        let entries = log["entries"].as_array().expect("a list");
        let of_fan = entries.iter().filter(|entry| {
            let subject = entry["subject"].as_str().unwrap_or_default();
            subject.ends_with(ids[0].as_str())
        });
        let states: Vec<_> = of_fan.map(|entry| &entry["new"]["state"]).collect();
        assert_eq!(states, ["erased"], "{log}");
        assert!(!log.to_string().contains("quizza"), "{log}");
        let path = format!("/api/v1/audit?subject=fan_{}", ids[0]);
        let of_fan = api.get(&path).await.expect(200);
        for entry in of_fan["entries"].as_array().expect("a list") {
            for value in ["old", "new"].map(|side| &entry[side]) {
                assert!(value.is_null() || value["state"] == "erased", "{entry}");
            }
        }
        let verdict = api.get("/api/v1/audit/verification").await.expect(200);
        assert_eq!(verdict["state"], "ok", "the chain is whole: {verdict}");
    }

    /// What the workspace has exported from now on says nothing of the fan.
    pub(super) async fn export(&self) {
        let api = &self.mira.api;
        prove(api, None).await;
        let export = api.post(EXPORTS, &json!({})).await.expect(202);
        ready(api, &id(&export)).await;
        let sections = sections(&download(api, &id(&export)).await);
        assert!(sections["tag"].contains("vip"), "{}", sections["tag"]);
        for (name, records) in &sections {
            let found = found(records);
            assert!(found.is_empty(), "{found:?} in {name}");
        }
    }
}

/// A workspace as it stands in keys.
pub(super) async fn tenant(creator: &Creator) -> String {
    let me = creator.api.get("/api/v1/me").await.expect(200);
    ids(&[&me["workspaces"][0]["id"]]).swap_remove(0)
}

/// Words of the canary's that stand in a text, in the clear or in base 64.
pub(super) fn found(text: &str) -> Vec<&'static str> {
    let small = text.to_lowercase();
    let stands = |word: &&str| {
        small.contains(&word.to_lowercase()) || forms(word).iter().any(|form| text.contains(form))
    };
    CANARY.into_iter().filter(stands).collect()
}

/// No table, queue, object, mail or line of a log has a word of the canary's.
pub(super) async fn search(world: &World) {
    let dump = world.control("/dump").await;
    for place in ["tables", "queues", "buckets", "mail"] {
        let found = found(&dump[place].to_string());
        assert!(found.is_empty(), "{found:?} in {place}");
    }
    for line in world.host.log().select(|_| true) {
        let found = found(&line.text);
        assert!(found.is_empty(), "{found:?} in the log: {}", line.text);
    }
}
