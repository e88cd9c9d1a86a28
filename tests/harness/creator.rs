//! Creators and their bots.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::{Value, json};

use crate::{Api, World, eventually};

/// A creator who is logged in.
pub struct Creator {
    /// The API with the creator's session.
    pub api: Api,
    /// The address that was registered.
    pub email: String,
    /// The session's token.
    pub token: String,
}

/// A connected bot.
#[derive(Clone, Debug)]
pub struct Bot {
    /// Our id.
    pub id: String,
    /// Telegram's id, as the stand-in's control API takes it.
    pub telegram_id: i64,
    /// Its @name.
    pub username: String,
    /// Its token.
    pub token: String,
}

/// Every creator's password.
pub const PASSWORD: &str = "correct horse battery staple";

impl Creator {
    pub(crate) async fn register(world: &World, name: &str) -> Self {
        // Everybody has a network of their own: a hundred people behind one would be throttled.
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        let [a, b, ..] = hasher.finish().to_be_bytes();
        let api = world.api().from(&format!("127.{}.{b}.2", a.max(1)));
        let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
        let body = json!({
            "name": name, "email": email, "password": PASSWORD, "adult_attested": true, "workspace_name": name,
            "accepted": accepted(&api).await,
        });
        let registration = api.post("/api/v1/registrations", &body).await.expect(201);
        let id = registration["registration_id"].as_str().expect("an id");
        let code = world.mailed_code(&email).await;
        let path = format!("/api/v1/registrations/{id}/verifications");
        let verified = api.post(&path, &json!({ "code": code })).await;
        verified.expect(201);
        let token = session(&api, &email).await;
        // The mail about a new device is on its way too; whoever breaks SES next must not meet it.
        world.mail_saying(&email, "had not seen before").await;
        Self {
            api: Api::new(world.host.url(), Some(token.clone())),
            email,
            token,
        }
    }

    /// The API with a new session: one that nobody uses ends after twelve hours.
    pub async fn log_in(&self, world: &World) -> Api {
        let token = session(&world.api(), &self.email).await;
        Api::new(world.host.url(), Some(token))
    }

    /// Makes a bot at the stand-in and connects it by BotFather's message.
    pub async fn connect_bot(&self, world: &World, username: &str) -> Bot {
        let made = world
            .telegram(
                "POST",
                "/bots",
                json!({ "username": username, "first_name": username }),
            )
            .await;
        let message = made["message"].as_str().expect("BotFather's message");
        let connected = self
            .api
            .post("/api/v1/bots", &json!({ "token": message }))
            .await
            .expect(201);
        Bot {
            id: connected["id"].as_str().expect("an id").to_owned(),
            telegram_id: made["id"].as_i64().expect("Telegram's id"),
            username: username.to_owned(),
            token: made["token"].as_str().expect("a token").to_owned(),
        }
    }

    /// All conversations, newest first.
    pub async fn conversations(&self) -> Vec<Value> {
        let mut all = Vec::new();
        let mut path = "/api/v1/conversations?limit=100".to_owned();
        loop {
            let page = self.api.get(&path).await.expect(200);
            all.extend(page["conversations"].as_array().expect("a list").clone());
            match page["next_cursor"].as_str() {
                Some(next) => path = format!("/api/v1/conversations?limit=100&cursor={next}"),
                None => return all,
            }
        }
    }

    /// The conversation of a fan with this display name, as soon as it is there.
    pub async fn conversation(&self, name: &str) -> Value {
        eventually("the conversation is listed", async || {
            self.conversations()
                .await
                .into_iter()
                .find(|conversation| conversation["name"] == name)
        })
        .await
    }

    /// The newest messages of a conversation, newest first.
    pub async fn messages(&self, conversation: &str) -> Vec<Value> {
        let page = self
            .api
            .get(&format!(
                "/api/v1/conversations/{conversation}/messages?limit=100"
            ))
            .await
            .expect(200);
        page["messages"].as_array().expect("a list").clone()
    }

    /// Changes what Sofi does for a bot, for example `{"mode": "auto"}`.
    pub async fn sofi(&self, bot: &Bot, settings: &Value) -> Value {
        let path = format!("/api/v1/bots/{}/sofi", bot.id);
        self.api.put(&path, settings).await.expect(200)
    }

    /// Answers as a person.
    pub async fn answer(&self, conversation: &str, text: &str) -> Value {
        let path = format!("/api/v1/conversations/{conversation}/messages");
        self.api
            .post(&path, &json!({ "text": text }))
            .await
            .expect(201)
    }
}

async fn session(api: &Api, email: &str) -> String {
    let login = json!({ "email": email, "password": PASSWORD });
    let session = api.post("/api/v1/sessions", &login).await.expect(201);
    let token = session["session_token"].as_str().expect("a token");
    token.to_owned()
}

/// The texts that a registration accepts, as they are now.
pub async fn accepted(api: &Api) -> Vec<Value> {
    let mut accepted = Vec::new();
    for document in ["terms", "privacy", "dpa"] {
        let current = api
            .get(&format!("/api/v1/documents/{document}"))
            .await
            .expect(200);
        accepted.push(json!({ "document": document, "version": current["version"], "sha256": current["sha256"] }));
    }
    accepted
}
