//! What people do: write, edit, react, press, pay, block.

mod parts;

use serde::Deserialize;
use serde_json::{Value, json};

use parts::{NewMedia, add_reply, media};
use stand_in_kit::{Refusal, parse};

use super::{business, chats::plain, find_bot, number};
use crate::{
    content,
    shared::Shared,
    updates::Body,
    world::{
        Callback, World, business::AccountChat, chats::Dialog, files::Media, messages::text_content,
    },
};

#[derive(Deserialize)]
struct ActRequest {
    /// Id or username.
    bot: Value,
    /// A group or channel; the private chat without it.
    chat: Option<i64>,
    /// The owner of the account in whose chat it is done.
    business: Option<i64>,
    /// In the owner's acts: the other person of that chat (`chat` says the same).
    to: Option<i64>,
    /// Whether the updates are queued for delivery; without it they are only answered.
    #[serde(default = "yes")]
    deliver: bool,
    #[serde(flatten)]
    act: Act,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
enum Act {
    Start {
        payload: Option<String>,
    },
    Text {
        text: String,
        reply_to: Option<i64>,
        entities: Option<Vec<Value>>,
    },
    Edit {
        message_id: i64,
        text: String,
    },
    React {
        message_id: i64,
        emoji: Vec<String>,
    },
    Media(NewMedia),
    Album {
        items: Vec<NewMedia>,
    },
    /// Any further content of a message, for example `{"contact": {...}}` or `{"dice": {...}}`.
    Content {
        content: Value,
    },
    Press {
        message_id: i64,
        /// The button's data; without it the first button with data is pressed.
        data: Option<String>,
    },
    Block,
    Unblock,
    Pay {
        message_id: Option<i64>,
        link: Option<String>,
    },
    Subscription {
        charge: String,
        /// `renew`, `cancel` or `fail`.
        step: String,
    },
    JoinRequest,
    /// The person lets the bot into the own account.
    ConnectBusiness {
        #[serde(default = "yes")]
        can_reply: bool,
    },
    ChangeBusiness {
        can_reply: Option<bool>,
    },
    EndBusiness,
    /// In an account's chat only.
    DeleteMessages {
        message_ids: Vec<i64>,
    },
}

impl Act {
    /// Whether it is done in the chats of an account.
    fn is_of_accounts(&self) -> bool {
        matches!(
            self,
            Self::Text { .. }
                | Self::Edit { .. }
                | Self::Media(_)
                | Self::Album { .. }
                | Self::Content { .. }
                | Self::Press { .. }
                | Self::DeleteMessages { .. }
        )
    }
}

/// Does one act; answers its message and the updates that came of it.
pub(super) fn act(shared: &Shared, person: &str, mut body: Value) -> Result<Value, Refusal> {
    let person = number(person, "a person's id")?;
    // `{"act": "photo"}` is short for `{"act": "media", "media": "photo"}`.
    if let Some(media) = body["act"]
        .as_str()
        .filter(|act| Media::parse(act).is_some())
        .map(str::to_owned)
    {
        body["act"] = json!("media");
        body["media"] = json!(media);
    }
    let request: ActRequest = parse(body)?;
    shared.with(|world, now_ms| {
        let bot = find_bot(world, &plain(&request.bot))?;
        let first_new = world.bot(bot)?.queue.next_seq();
        let account = match request.business {
            Some(owner) => Some(business::place(owner, person, request.to.or(request.chat))?),
            None => None,
        };
        let chat = match account {
            Some(account) => account.other,
            None => request.chat.unwrap_or(person),
        };
        let scene = Scene {
            bot,
            person,
            chat,
            account,
            now_ms,
        };
        if account.is_some() && !request.act.is_of_accounts() {
            return Err(Refusal::bad("this act is not done in an account's chat"));
        }
        let mut result = carry_out(world, scene, request.act)?;
        let queue = &mut world.bot_mut(bot)?.queue;
        let updates: Vec<Value> = queue
            .pending
            .iter()
            .filter(|update| update.seq >= first_new)
            .map(|update| match &update.body {
                Body::Json(body) => body.clone(),
                Body::Text(text) => json!(text),
            })
            .collect();
        if !request.deliver {
            queue.pending.retain(|update| update.seq < first_new);
        }
        result["updates"] = json!(updates);
        Ok(result)
    })
}

#[derive(Clone, Copy)]
struct Scene {
    bot: i64,
    person: i64,
    chat: i64,
    /// The account's chat in which it happens, instead of a chat of the bot's own.
    account: Option<AccountChat>,
    now_ms: u64,
}

impl Scene {
    fn write(self, world: &mut World, content: Value) -> Result<Value, Refusal> {
        let Self {
            bot,
            person,
            chat,
            account,
            now_ms,
        } = self;
        let message = match account {
            Some(place) => world.account_message(bot, place, person, content, now_ms)?,
            None => world.person_message(bot, chat, person, content, now_ms)?,
        };
        Ok(json!({ "message": message }))
    }

    fn edit(self, world: &mut World, message_id: i64, text: &str) -> Result<Value, Refusal> {
        let Self {
            bot,
            person,
            chat,
            account,
            now_ms,
        } = self;
        let message = match account {
            Some(place) => world.account_edit(bot, place, person, message_id, text, now_ms)?,
            None => world.person_edit(bot, chat, person, message_id, text, now_ms)?,
        };
        Ok(json!({ "message": message }))
    }

    fn dialog(self, world: &World) -> Option<&Dialog> {
        match self.account {
            Some(place) => world.business.dialog(place),
            None => world.bots.get(&self.bot)?.dialogs.get(&self.chat),
        }
    }
}

fn carry_out(world: &mut World, scene: Scene, act: Act) -> Result<Value, Refusal> {
    let Scene {
        bot,
        person,
        chat,
        account,
        now_ms,
    } = scene;
    match act {
        Act::Start { payload } => {
            let text = match payload {
                Some(payload) => {
                    let is_payload = payload.len() <= 64
                        && payload.chars().all(|character| {
                            character.is_ascii_alphanumeric() || "_-".contains(character)
                        });
                    if !is_payload {
                        return Err(Refusal::bad(
                            "a start payload has at most 64 of A-Z, a-z, 0-9, _ and -",
                        ));
                    }
                    format!("/start {payload}")
                }
                None => "/start".to_owned(),
            };
            if world
                .bot(bot)?
                .dialogs
                .get(&chat)
                .is_some_and(|dialog| dialog.blocked)
            {
                world.set_blocked(bot, person, false, now_ms)?;
            }
            let entities = content::find_entities(&text);
            scene.write(world, text_content(&text, entities))
        }
        Act::Text {
            text,
            reply_to,
            entities,
        } => {
            if text.is_empty() || content::units(&text) > 4_096 {
                return Err(Refusal::bad("a text has 1 to 4096 UTF-16 units"));
            }
            let entities = entities.unwrap_or_else(|| content::find_entities(&text));
            let mut content = text_content(&text, entities);
            add_reply(world, scene, &mut content, reply_to)?;
            scene.write(world, content)
        }
        Act::Edit { message_id, text } => scene.edit(world, message_id, &text),
        Act::React { message_id, emoji } => {
            world.person_react(bot, chat, person, message_id, &emoji, now_ms)?;
            Ok(json!({}))
        }
        Act::Media(new) => {
            let content = media(world, scene, new)?;
            scene.write(world, content)
        }
        Act::Album { items } => {
            if !(2..=10).contains(&items.len()) {
                return Err(Refusal::bad("an album has 2 to 10 items"));
            }
            let group = format!("2{:016}", world.rng.below(10_000_000_000_000_000));
            let mut messages = Vec::new();
            for item in items {
                let mut content = media(world, scene, item)?;
                content["media_group_id"] = json!(group);
                messages.push(scene.write(world, content)?["message"].take());
            }
            Ok(json!({ "messages": messages }))
        }
        Act::Content { content } => scene.write(world, content),
        Act::Press { message_id, data } => press(world, scene, message_id, data),
        Act::Block => world
            .set_blocked(bot, person, true, now_ms)
            .map(|()| json!({})),
        Act::Unblock => world
            .set_blocked(bot, person, false, now_ms)
            .map(|()| json!({})),
        Act::Pay { message_id, link } => {
            let ledger = &world.bot(bot)?.ledger;
            let slug = match (message_id, link) {
                (Some(id), _) => ledger
                    .invoices
                    .values()
                    .find(|invoice| invoice.message == Some((chat, id)))
                    .map(|invoice| invoice.slug.clone()),
                (None, Some(link)) => link.rsplit(['$', '/']).next().map(str::to_owned),
                (None, None) => return Err(Refusal::bad("name the invoice's message_id or link")),
            };
            let slug = slug.ok_or_else(|| Refusal::missing("this invoice"))?;
            Ok(json!({ "pre_checkout_query_id": world.start_payment(bot, person, &slug, now_ms)? }))
        }
        Act::Subscription { charge, step } => world
            .move_subscription(bot, &charge, &step, now_ms)
            .map(|()| json!({})),
        Act::JoinRequest => {
            let user = world.person(person)?.user();
            let chat_object = world.chat_object(chat);
            if !world.groups.contains_key(&chat) {
                return Err(Refusal::missing("this chat"));
            }
            let payload = json!({ "chat": chat_object, "from": user, "user_chat_id": person, "date": now_ms / 1_000 });
            world.push_update(bot, "chat_join_request", payload, now_ms);
            Ok(json!({}))
        }
        Act::ConnectBusiness { can_reply } => {
            Ok(json!({ "connection": world.connect_business(bot, person, can_reply, now_ms)? }))
        }
        Act::ChangeBusiness { can_reply } => {
            Ok(json!({ "connection": world.change_business(bot, person, can_reply, now_ms)? }))
        }
        Act::EndBusiness => world.end_business(bot, person, now_ms).map(|()| json!({})),
        Act::DeleteMessages { message_ids } => {
            let place = account.ok_or_else(|| {
                Refusal::bad("only messages of an account can be deleted: name it with `business`")
            })?;
            let deleted = world.account_delete(bot, place, person, &message_ids, now_ms)?;
            Ok(json!({ "deleted": deleted }))
        }
    }
}

/// Presses an inline button.
fn press(
    world: &mut World,
    scene: Scene,
    message_id: i64,
    data: Option<String>,
) -> Result<Value, Refusal> {
    let Scene {
        bot,
        person,
        chat,
        now_ms,
        ..
    } = scene;
    let user = world.person(person)?.user();
    let dialog = scene
        .dialog(world)
        .ok_or_else(|| Refusal::missing("this chat"))?;
    let message = dialog
        .find(message_id)
        .ok_or_else(|| Refusal::missing("this message"))?
        .message
        .clone();
    let rows = message
        .pointer("/reply_markup/inline_keyboard")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let known = rows
        .iter()
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(|button| button["callback_data"].as_str());
    let data = match data {
        Some(data) => known
            .into_iter()
            .find(|known| *known == data)
            .map(str::to_owned),
        None => known.into_iter().next().map(str::to_owned),
    };
    let data = data.ok_or_else(|| Refusal::missing("this button"))?;
    let id = format!(
        "{}",
        1_000_000_000_000_000_u64 + world.rng.below(8_000_000_000_000_000)
    );
    world.bot_mut(bot)?.callbacks.insert(
        id.clone(),
        Callback {
            person,
            pressed_ms: now_ms,
            answer: None,
        },
    );
    let payload = json!({ "id": id, "from": user, "message": message, "chat_instance": format!("{}", chat.unsigned_abs() * 31 + 7), "data": data });
    world.push_update(bot, "callback_query", payload, now_ms);
    Ok(json!({ "callback_query_id": id }))
}
