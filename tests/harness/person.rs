//! People on Telegram.

use serde_json::{Value, json};

use crate::{Bot, World};

/// A person with Telegram: everything they do goes through the stand-in.
#[derive(Clone, Debug)]
pub struct Person {
    /// Telegram's id.
    pub id: i64,
    /// What profiles show.
    pub first_name: String,
}

impl Person {
    pub(crate) async fn create(world: &World, first_name: &str, language: &str) -> Self {
        let made = world
            .telegram(
                "POST",
                "/people",
                json!({ "first_name": first_name, "language_code": language }),
            )
            .await;
        Self {
            id: made["id"].as_i64().expect("an id"),
            first_name: first_name.to_owned(),
        }
    }

    /// Does something with a bot; `act` as the stand-in's control API describes it.
    pub async fn act(&self, world: &World, bot: &Bot, mut act: Value) -> Value {
        act["bot"] = json!(bot.telegram_id);
        world
            .telegram("POST", &format!("/people/{}/acts", self.id), act)
            .await
    }

    /// Writes a text.
    pub async fn says(&self, world: &World, bot: &Bot, text: &str) -> Value {
        self.act(world, bot, json!({ "act": "text", "text": text }))
            .await
    }

    /// Presses start.
    pub async fn starts(&self, world: &World, bot: &Bot) -> Value {
        self.act(world, bot, json!({ "act": "start" })).await
    }

    /// What this person's chat with the bot shows, oldest first: (from the bot, text).
    pub async fn sees(&self, world: &World, bot: &Bot) -> Vec<(bool, String)> {
        let path = format!("/bots/{}/chats/{}", bot.telegram_id, self.id);
        let chat = world.telegram("GET", &path, Value::Null).await;
        let messages = chat["messages"].as_array().expect("a transcript");
        let text = |entry: &Value| {
            entry["message"]["text"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        messages
            .iter()
            .map(|entry| (entry["from_bot"] == true, text(entry)))
            .collect()
    }
}
