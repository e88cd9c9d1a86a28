//! A workspace in which product paths have filled every field that a copy hands out, with words to be known again.

use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};

use super::text;
use crate::compliance::{self, CASES, act};
use crate::imports_history::HISTORIES;
use crate::journey_access::prove;
use crate::journey_alerts::begin;
use crate::journey_exports::{EXPORTS, id, ready, shown};
use crate::journey_privacy::ERASURES;
use crate::journey_team::{colleague, invite};
use crate::journey_tokens::TOKENS;
use crate::staff::{hire_as, workspace};

/// What waits on purpose while a bot is blocked.
const BLOCKED: [&str; 1] = ["-wake"];

/// The workspace, a neighbour who knows one of its fans, and what nobody may be handed.
pub(super) struct Planted {
    pub(super) world: World,
    pub(super) mira: Creator,
    pub(super) eve: Creator,
    pub(super) robin: Person,
    /// Secrets of the workspace: tokens of bots, of the API and of an invitation.
    pub(super) secrets: Vec<String>,
    day: Bot,
    night: Bot,
}

impl Planted {
    pub(super) async fn open() -> Self {
        let world = World::start().await;
        let limits = json!({ "rate_limits": false });
        world.telegram("PATCH", "/settings", limits).await;
        let mira = world.creator("Mira Vale").await;
        let eve = world.creator("Eve Rook").await;
        let mut bots = Vec::new();
        for (creator, name) in [
            (&mira, "quizza_day_bot"),
            (&mira, "quizza_night_bot"),
            (&eve, "eve_other_bot"),
        ] {
            bots.push(creator.connect_bot(&world, name).await);
        }
        let [day, night, foreign]: [Bot; 3] = bots.try_into().expect("three bots");
        let profile = json!({
            "first_name": "Robin", "last_name": "Quizzalast", "username": "quizza_user", "language_code": "en",
        });
        let made = world.telegram("POST", "/people", profile).await;
        let robin = Person {
            id: made["id"].as_i64().expect("an id"),
            first_name: "Robin".to_owned(),
        };
        robin.says(&world, &foreign, "words for Eve").await;
        let secrets = vec![day.token.clone(), night.token.clone()];
        let mut planted = Self {
            world,
            mira,
            eve,
            robin,
            secrets,
            day,
            night,
        };
        Box::pin(planted.plan()).await;
        Box::pin(planted.choices()).await;
        Box::pin(planted.team()).await;
        Box::pin(planted.robins_chat()).await;
        Box::pin(planted.desk()).await;
        Box::pin(planted.sofi()).await;
        Box::pin(planted.business()).await;
        Box::pin(planted.requests()).await;
        Box::pin(planted.on_its_way()).await;
        planted
    }

    /// The chat of somebody whose name begins so with one of the bots, as soon as it is listed.
    async fn chat(&self, bot: &Bot, name: &str) -> Value {
        eventually("the conversation is listed", async || {
            let all = self.mira.conversations().await;
            all.into_iter().find(|one| {
                let called = one["name"].as_str().unwrap_or_default();
                called.starts_with(name) && one["bot_id"] == bot.id.as_str()
            })
        })
        .await
    }

    /// Somebody new who has written to the day's bot, the chat's id and the fan's.
    async fn met(&self, name: &str, words: &str) -> (Person, String, String) {
        let person = self.world.person(name, "en").await;
        person.says(&self.world, &self.day, words).await;
        let chat = self.chat(&self.day, name).await;
        (person, text(&chat["id"]), text(&chat["fan_id"]))
    }

    /// The fan's id of somebody who writes to the day's bot.
    pub(super) async fn fan(&self, name: &str) -> String {
        text(&self.chat(&self.day, name).await["fan_id"])
    }

    /// Members, an invitation, a token, a saved reply, and a chat that hears of what waits.
    async fn team(&mut self) {
        let (world, api) = (&self.world, &self.mira.api);
        prove(api, None).await;
        let offer = json!({ "role": "chatter", "bots": [self.day.id] });
        colleague(world, api, "Quizzamember Lind", offer).await;
        let offer = json!({ "role": "analyst" });
        let link = invite(world, api, "quizzainvited@example.com", offer).await;
        prove(api, None).await;
        let form = json!({ "name": "Quizzatoken", "rights": ["read_conversations"], "days": 30 });
        let token = text(&api.post(TOKENS, &form).await.expect(201)["token"]);
        let reply = json!({ "shortcut": "hello", "text": "quizzasaved" });
        api.post("/api/v1/saved-replies", &reply).await.expect(201);
        let listener = world.person("Mira", "en").await;
        begin(world, api, &self.day, &listener).await;
        self.secrets.extend([link, token]);
    }

    /// Everything that a fan does in a chat and a team keeps of it, without Sofi.
    async fn robins_chat(&self) {
        let (world, bot, robin, api) = (&self.world, &self.day, &self.robin, &self.mira.api);
        let act = async |what: Value| robin.act(world, bot, what).await;
        act(json!({ "act": "start", "payload": "quizzasource" })).await;
        let said = robin.says(world, bot, "quizzafirst").await;
        let number = said["message"]["message_id"].as_i64().expect("a number");
        act(json!({ "act": "edit", "message_id": number, "text": "quizzaedit" })).await;
        act(json!({ "act": "react", "message_id": number, "emoji": ["\u{1F44D}"] })).await;
        act(json!({ "act": "text", "text": "quizzareply", "reply_to": number })).await;
        act(json!({ "act": "album", "items": [{ "media": "photo" }, { "media": "photo" }] })).await;
        let chat = self.chat(bot, "Robin").await;
        let (id, fan) = (text(&chat["id"]), text(&chat["fan_id"]));
        self.mira.answer(&id, "quizzaanswer").await;
        for (path, words) in [
            (format!("/api/v1/conversations/{id}/notes"), "quizzanote"),
            (format!("/api/v1/fans/{fan}/facts"), "quizzafact"),
        ] {
            let body = json!({ "text": words });
            api.post(&path, &body).await.expect(201);
        }
        let profile = json!({ "note": "quizzaprofile", "tags": ["quizzatag"] });
        let path = format!("/api/v1/fans/{fan}");
        api.patch(&path, &profile).await.expect(200);
        world.settled().await;
    }

    /// Chats that are put away, that were answered last, that were not reached, and whose fan wants nothing.
    async fn desk(&self) {
        let (world, api) = (&self.world, &self.mira.api);
        let (_, kims, _) = self.met("Kim", "hello").await;
        let me = api.get("/api/v1/me").await.expect(200);
        let now = world.now() + time::Duration::days(2);
        let later = now.format(&time::format_description::well_known::Rfc3339);
        let away = json!({ "assigned_to": me["id"], "snoozed_until": later.expect("a moment") });
        let path = |chat: &str| format!("/api/v1/conversations/{chat}");
        api.patch(&path(&kims), &away).await.expect(200);

        let (max, maxs, _) = self.met("Max", "hello").await;
        self.mira.answer(&maxs, "hi Max").await;
        self.shows(&maxs, "delivery", "sent").await;
        self.brought(&max).await;

        let (pat, pats, _) = self.met("Pat", "hello").await;
        let rule = json!({ "bot": self.day.telegram_id, "method": "sendMessage", "chat": pat.id, "count": 1,
            "fault": { "kind": "blocked" } });
        world.telegram("POST", "/faults", rule).await;
        self.mira.answer(&pats, "are you there?").await;
        self.shows(&pats, "delivery", "failed").await;
        let done = json!({ "done": true });
        api.patch(&path(&pats), &done).await.expect(200);

        let (tim, _, fan) = self.met("Tim", "hello").await;
        for command in ["/stop", "/noai", "/restrict"] {
            tim.says(world, &self.day, command).await;
        }
        world.settled().await;
        let why = json!({ "reason": "quizzareason" });
        let path = format!("/api/v1/fans/{fan}/restriction");
        api.put(&path, &why).await.expect(200);
        self.met("Una", "do you know me?").await;
        world.settled().await;
    }

    /// A message of before, brought in as an export tells it.
    async fn brought(&self, fan: &Person) {
        let before = self.world.now() - time::Duration::days(2);
        let before = before.format(&time::format_description::well_known::Rfc3339);
        let message = json!({ "telegram_id": fan.id.to_string(), "id": "of before", "message_id": null, "author": "person",
            "content_kind": "text", "content": { "text": "quizzabrought" }, "at": before.expect("a moment"), "edited_at": null,
            "reply_to": null, "album": null, "reactions": null, "delivery": "failed", "failure": "blocked" });
        let body = json!({ "bot_id": self.day.id, "telegram_bot_id": self.day.telegram_id.to_string(), "dry_run": false,
            "messages": [message] });
        let brought = self.mira.api.post(HISTORIES, &body).await.expect(200);
        assert_eq!(brought["created"], 1, "{brought}");
    }

    /// Waits for a message of which this is said.
    async fn shows(&self, chat: &str, field: &str, value: &str) {
        eventually(&format!("a message with {field} {value}"), async || {
            let all = self.mira.messages(chat).await;
            all.iter()
                .any(|message| message[field] == value)
                .then_some(())
        })
        .await;
    }

    /// Settings, a reply, a fact that was learnt, a draft, a reply that a rule stopped, and care mode.
    async fn sofi(&self) {
        let (world, api, bot) = (&self.world, &self.mira.api, &self.day);
        let budget = json!({ "vendors": ["xai", "groq"], "daily_cost_micro_usd": 10_000_000, "daily_tokens": 10_000_000 });
        api.put("/api/v1/ai/budget", &budget).await.expect(200);
        let persona = json!({ "text": "Warm, short, quizzapersona." });
        let personas = format!("/api/v1/bots/{}/personas", bot.id);
        api.post(&personas, &persona).await.expect(201);
        let settings = json!({ "mode": "auto", "allowed_hosts": ["quizzahost.example"],
            "allowed_handles": ["quizzahandle"], "answer_within_hours": 12 });
        self.mira.sofi(bot, &settings).await;
        for script in [
            json!({ "match": "kayak", "reply": "A kayak, how nice!",
                "facts": [{ "text": "Has a red quizzakayak", "confidence": 80 }] }),
            json!({ "match": "where", "reply": "Look at https://evil.example/x" }),
            json!({ "match": "your day", "reply": "Thank you for quizzawritten! How is yours?" }),
        ] {
            world.ai("POST", "/replies", script).await;
        }
        let (kai, _, fan) = self.met("Kai", "I have a red quizzakayak").await;
        let facts = format!("/api/v1/fans/{fan}/facts");
        eventually("the fact is noted", async || {
            let facts = api.get(&facts).await.expect(200);
            facts.to_string().contains("quizzakayak").then_some(())
        })
        .await;
        // Of this reply the fact is a part.
        kai.says(world, bot, "what shall we play?").await;
        let (lou, ..) = self.met("Lou", "where are you?").await;
        self.met("Lee", "i want to kill myself").await;
        for (name, field) in [("Lou", "needs_person_since"), ("Lee", "care")] {
            eventually(&format!("{name} waits for a person"), async || {
                let chat = self.chat(bot, name).await;
                (!chat[field].is_null()).then_some(())
            })
            .await;
        }
        lou.says(world, bot, "/human").await;
        self.drafts().await;
        world.settled().await;
    }

    /// A draft that a person has changed, and a message that was one.
    async fn drafts(&self) {
        let api = &self.mira.api;
        let question = "quizzawritten, how was your day?";
        let (path, draft) = self.drafted("Sam", question).await;
        let edit = json!({ "text": "quizzachanged", "rev": draft["rev"] });
        api.patch(&path, &edit).await.expect(200);

        let question = "tell me, how was your day?";
        let (path, draft) = self.drafted("Ivo", question).await;
        let own = json!({ "text": "quizzaapproved, by a lake all day", "rev": draft["rev"] });
        let edited = api.patch(&path, &own).await.expect(200);
        let word = json!({ "rev": edited["rev"] });
        let path = format!("{path}/approvals");
        api.post(&path, &word).await.expect(201);
        let chat = text(&self.chat(&self.day, "Ivo").await["id"]);
        let me = api.get("/api/v1/me").await.expect(200);
        self.shows(&chat, "edited_by", &text(&me["id"])).await;
    }

    /// A draft that waits for a person: where it is, and as it is.
    async fn drafted(&self, name: &str, question: &str) -> (String, Value) {
        let (fan, chat, _) = self.met(name, "/help").await;
        let (api, chat) = (&self.mira.api, format!("/api/v1/conversations/{chat}"));
        let mode = json!({ "mode": "draft" });
        let path = format!("{chat}/ai-mode");
        api.put(&path, &mode).await.expect(200);
        fan.says(&self.world, &self.day, question).await;
        let path = format!("{chat}/draft");
        let draft = eventually("a draft waits", async || {
            let draft = api.get(&path).await;
            (draft.status == 200).then_some(draft.body)
        })
        .await;
        (path, draft)
    }

    /// An account in whose chats Sofi takes part, and one that was declined.
    async fn business(&self) {
        let (world, api, bot) = (&self.world, &self.mira.api, &self.day);
        let list = format!("/api/v1/bots/{}/business-accounts", bot.id);
        let connected = async |name: &str, wanted: bool| {
            let owner = world.person(name, "en").await;
            let act = json!({ "act": "connect_business" });
            owner.act(world, bot, act).await;
            let account = eventually("the account is listed", async || {
                let page = api.get(&list).await.expect(200);
                let mut all = page["business_accounts"].as_array()?.iter();
                let found = all.find(|account| account["name"] == name)?;
                found["id"].as_str().map(str::to_owned)
            })
            .await;
            let body = json!({ "stored": wanted, "sofi": wanted });
            let path = format!("{list}/{account}");
            api.patch(&path, &body).await.expect(200);
            owner
        };
        connected("Nox", false).await;
        let ada = connected("Ada", true).await;
        ada.says(world, bot, "/allow_ai").await;
        world.settled().await;
        let jona = world.person("Jona", "en").await;
        for (words, answer) in [("hello Ada", "automation"), ("what a day!", "ai")] {
            let act = json!({ "act": "text", "business": ada.id, "text": words });
            jona.act(world, bot, act).await;
            let chat = self.chat(bot, "Jona").await;
            self.shows(&text(&chat["id"]), "author", answer).await;
            world.settled().await;
        }
    }

    /// A copy that was taken back, an erasure with its certificate, and requests that reached our staff.
    async fn requests(&self) {
        let (world, api) = (&self.world, &self.mira.api);
        let una = self.fan("Una").await;
        prove(api, None).await;
        let export = id(&api.post(EXPORTS, &json!({})).await.expect(202));
        ready(api, &export).await;
        self.cases(&una).await;
        prove(api, None).await;
        let body = json!({ "fan_id": una });
        let erasure = id(&api.post(ERASURES, &body).await.expect(202));
        eventually("the fan is erased", async || {
            let (copy, request) = (shown(api, &export).await, shown(api, &erasure).await);
            (copy["state"] == "withdrawn" && request["certified"] == true).then_some(())
        })
        .await;
        world.settled().await;
        compliance::walk(world, api).await;
        let officer = hire_as(world, "Quill Ward", "compliance").await;
        let case = json!({ "workspace_id": workspace(api).await, "law": "ccpa", "fan_id": self.fan("Sam").await,
            "reason": "A letter came, quizzacase: a fan asks." });
        officer.api.post(CASES, &case).await.expect(201);
        // Last: what can wait until the morning would.
        let night = json!({ "from": "22:00", "to": "07:00", "time_zone": "Europe/Berlin" });
        let quiet = json!({ "quiet_hours": night });
        let own = "/api/v1/workspace/members/current";
        api.patch(own, &quiet).await.expect(200);
        world.settled().await;
    }

    /// Requests that an erasure is about to meet: one about the fan, and one whose export holds everybody.
    async fn cases(&self, fan: &str) {
        let (world, own) = (&self.world, workspace(&self.mira.api).await);
        let first = hire_as(world, "Quade Rook", "compliance").await.api;
        let second = hire_as(world, "Quin Holm", "compliance").await.api;
        let whole = json!({ "workspace_id": own, "law": "gdpr", "reason": "A letter came: the owner asks." });
        let mut about = whole.clone();
        about["fan_id"] = json!(fan);
        first.post(CASES, &about).await.expect(201);
        let whole = id(&first.post(CASES, &whole).await.expect(201));
        let body = json!({ "workspace_id": own });
        let approved = act(&second, &whole, "approve", &body).await;
        approved.expect(202);
        compliance::ready(&first, &whole, &own).await;
    }

    /// An update that nobody can read, an edit before its message, and an answer that Telegram does not take yet.
    async fn on_its_way(&self) {
        let (world, night, robin) = (&self.world, &self.night, &self.robin);
        robin.says(world, night, "hello").await;
        let chat = text(&self.chat(night, "Robin").await["id"]);
        let smell = json!({ "act": "content", "content": { "smell": { "quizzasmell": 3 } } });
        robin.act(world, night, smell).await;
        let early = json!({ "edited_message": {
            "message_id": 900_000, "date": 1_800_000_000, "edit_date": 1_800_000_001, "text": "quizzaearly",
            "chat": { "id": robin.id, "type": "private", "first_name": "Robin" },
            "from": { "id": robin.id, "is_bot": false, "first_name": "Robin", "last_name": "Quizzalast", "username": "quizza_user" },
        } });
        let path = format!("/bots/{}/updates", night.telegram_id);
        let update = json!({ "update": early });
        world.telegram("POST", &path, update).await;
        world.settled().await;
        let fault = json!({ "kind": "too_many_requests", "retry_after": 3_000 });
        let rule = json!({ "bot": night.telegram_id, "method": "sendMessage", "count": 1, "fault": fault });
        world.telegram("POST", "/faults", rule).await;
        self.mira.answer(&chat, "quizzaqueued").await;
        let path = format!("/log?bot={}&status=429", night.telegram_id);
        eventually("Telegram has said wait", async || {
            let log = world.telegram("GET", &path, Value::Null).await;
            let calls = log["calls"].as_array().expect("calls");
            (!calls.is_empty()).then_some(())
        })
        .await;
        world.settled_but(&BLOCKED).await;
    }
}
