//! `--seed`: a creator with sixty fans and two thousand messages, so that no page is empty.
//!
//! Everything goes the way it always goes: a registration, bots connected by BotFather's message, updates posted to the
//! webhook, answers through the API. Only the dates are older than now: the stand-in delivers updates that say so.

mod cast;
mod client;
mod past;

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Host, HostError};
use cast::Fan;
use client::{Desk, eventually, refused, text};

/// How much there is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Fans: a third writes to the bot, the others to the creator's own account.
    pub fans: usize,
    /// Messages in all, both ways.
    pub messages: usize,
}

/// What `--seed` makes.
pub const DEMO: Size = Size {
    fans: 60,
    messages: 2_000,
};

impl Size {
    fn to_the_bot(self) -> usize {
        self.fans / 3
    }

    /// Of those, so many wait for a draft.
    fn asking(self) -> usize {
        self.to_the_bot() * 2 / 5
    }

    /// And so many are answered by hand.
    fn answered(self) -> usize {
        self.to_the_bot() * 3 / 10
    }
}

/// The demo creator's address.
pub const EMAIL: &str = "nova@example.com";
/// The demo creator's password.
pub const PASSWORD: &str = "correct horse battery staple";

/// Fills an empty product; does nothing when the demo creator is there already. `say` is told how far it is.
///
/// # Errors
/// When there is no Telegram stand-in, or anything on the way is refused.
pub async fn sow(host: &Host, size: Size, say: impl Fn(&str)) -> Result<(), HostError> {
    let mut desk = Desk::new(host)?;
    if log_in(&mut desk).await? {
        say("The demo creator is here already; --fresh --seed begins anew.");
        return Ok(());
    }
    say("Seeding: a creator with two bots ...");
    register(&mut desk).await?;
    let bot = connect(&desk, "nova_linden_bot", "Nova Linden").await?;
    let spare = connect(&desk, "nova_spare_bot", "Nova's spare bot").await?;
    kill(&desk, &spare).await?;
    let owner = person(&desk, "Nova", None, Some("nova_linden"), "en").await?;
    act(&desk, owner, &bot, json!({ "act": "connect_business" })).await?;

    let fans = cast::fans(size.fans);
    let mut people = Vec::new();
    for fan in &fans {
        let username = fan.username.as_deref();
        people.push(
            person(
                &desk,
                fan.first_name,
                Some(fan.last_name),
                username,
                fan.language,
            )
            .await?,
        );
    }
    let updates = past::history(&desk, &bot, owner, size, &fans, &people).await?;
    past::deliver(&desk, &bot, updates, &say).await?;
    let listed = eventually("the inbox", async || {
        let all = conversations(&desk).await?;
        Ok((all.len() == size.fans).then_some(all))
    })
    .await?;
    say("Seeding: the team's work ...");
    team(&desk, &listed).await?;
    say("Seeding: Sofi drafts ...");
    drafts(&desk, &bot, size, &fans, &people).await
}

/// A connected bot.
struct Bot {
    id: String,
    username: &'static str,
}

async fn log_in(desk: &mut Desk<'_>) -> Result<bool, HostError> {
    let body = json!({ "email": EMAIL, "password": PASSWORD });
    let (status, answer) = desk.ask(Method::POST, "/sessions", Some(&body)).await?;
    if status == 201 {
        desk.logged_in(text(&answer, "session_token")?.to_owned());
    }
    Ok(status == 201)
}

async fn register(desk: &mut Desk<'_>) -> Result<(), HostError> {
    let mut accepted = Vec::new();
    for document in ["terms", "privacy", "dpa"] {
        let now = desk
            .api(Method::GET, &format!("/documents/{document}"), None)
            .await?;
        accepted.push(
            json!({ "document": document, "version": now["version"], "sha256": now["sha256"] }),
        );
    }
    let body = json!({
        "name": "Nova Linden", "email": EMAIL, "password": PASSWORD, "adult_attested": true,
        "workspace_name": "Nova Linden", "accepted": accepted,
    });
    let registration = desk
        .api(Method::POST, "/registrations", Some(&body))
        .await?;
    let path = format!(
        "/registrations/{}/verifications",
        text(&registration, "registration_id")?
    );
    let code = desk.mailed_code(EMAIL).await?;
    desk.api(Method::POST, &path, Some(&json!({ "code": code })))
        .await?;
    match log_in(desk).await? {
        true => Ok(()),
        false => Err(refused("the demo creator's login", "it was refused")),
    }
}

async fn connect(desk: &Desk<'_>, username: &'static str, name: &str) -> Result<Bot, HostError> {
    let made = desk
        .telegram("/bots", json!({ "username": username, "first_name": name }))
        .await?;
    let body = json!({ "token": made["message"] });
    let bot = desk.api(Method::POST, "/bots", Some(&body)).await?;
    Ok(Bot {
        id: text(&bot, "id")?.to_owned(),
        username,
    })
}

/// Revokes a bot's token at Telegram, and lets the product find that out: it knows of it only once a call was refused.
async fn kill(desk: &Desk<'_>, bot: &Bot) -> Result<(), HostError> {
    let revoked = format!("/bots/{}/revoke", bot.username);
    desk.telegram(&revoked, json!({})).await?;
    let repair = format!("/bots/{}/repairs", bot.id);
    match desk.ask(Method::POST, &repair, Some(&json!({}))).await? {
        (422, _) => Ok(()),
        (status, answer) => Err(refused(&repair, &format!("{status} {answer}"))),
    }
}

async fn person(
    desk: &Desk<'_>,
    first: &str,
    last: Option<&str>,
    username: Option<&str>,
    language: &str,
) -> Result<i64, HostError> {
    let mut person = json!({ "first_name": first, "language_code": language });
    for (field, value) in [("last_name", last), ("username", username)] {
        if let Some(value) = value {
            person[field] = json!(value);
        }
    }
    let made = desk.telegram("/people", person).await?;
    made["id"]
        .as_i64()
        .ok_or_else(|| refused("a person", "it has no id"))
}

async fn act(desk: &Desk<'_>, person: i64, bot: &Bot, mut act: Value) -> Result<Value, HostError> {
    act["bot"] = json!(bot.username);
    desk.telegram(&format!("/people/{person}/acts"), act).await
}

async fn conversations(desk: &Desk<'_>) -> Result<Vec<Value>, HostError> {
    let page = desk
        .api(Method::GET, "/conversations?limit=100", None)
        .await?;
    Ok(page["conversations"]
        .as_array()
        .cloned()
        .unwrap_or_default())
}

/// Tags, notes, memory, saved replies, and a bit of every view of the inbox.
async fn team(desk: &Desk<'_>, conversations: &[Value]) -> Result<(), HostError> {
    let me = desk.api(Method::GET, "/me", None).await?;
    for (shortcut, reply) in [
        (
            "prints",
            "Prints come twice a year; the next edition is in spring.",
        ),
        ("stream", "The next stream is on Sunday at eight."),
        ("thanks", "Thank you, that means a lot to me!"),
    ] {
        let body = json!({ "shortcut": shortcut, "text": reply });
        desk.api(Method::POST, "/saved-replies", Some(&body))
            .await?;
    }
    let tomorrow = desk.host.now_ms().div_euclid(1000) + 86_400;
    let tomorrow = time::OffsetDateTime::from_unix_timestamp(tomorrow)
        .ok()
        .and_then(|at| {
            at.format(&time::format_description::well_known::Rfc3339)
                .ok()
        });
    for (number, conversation) in conversations.iter().enumerate() {
        let fan = format!("/fans/{}", text(conversation, "fan_id")?);
        let path = format!("/conversations/{}", text(conversation, "id")?);
        if let Some(tags) = tags(number) {
            desk.api(Method::PATCH, &fan, Some(&json!({ "tags": tags })))
                .await?;
        }
        if number % 12 == 3 {
            let fact = json!({ "text": "Collects prints of harbours." });
            desk.api(Method::POST, &format!("{fan}/facts"), Some(&fact))
                .await?;
            let note = json!({ "text": "Asked for a signed print; promised for spring." });
            desk.api(Method::POST, &format!("{path}/notes"), Some(&note))
                .await?;
        }
        let change = match number % 10 {
            5 => json!({ "done": true }),
            6 => json!({ "snoozed_until": tomorrow }),
            7 => json!({ "assigned_to": me["id"] }),
            8 => json!({ "read_through_message_id": conversation["last_message_id"] }),
            _ => continue,
        };
        desk.api(Method::PATCH, &path, Some(&change)).await?;
    }
    Ok(())
}

fn tags(number: usize) -> Option<Value> {
    match number % 6 {
        0 => Some(json!(["VIP", "prints"])),
        2 => Some(json!(["prints"])),
        3 => Some(json!(["stream", "photographer"])),
        _ => None,
    }
}

/// Sofi drafts for whoever writes to the bot from now on; some are answered by hand.
async fn drafts(
    desk: &Desk<'_>,
    bot: &Bot,
    size: Size,
    fans: &[Fan],
    people: &[i64],
) -> Result<(), HostError> {
    let (asking, others) = fans.split_at(size.asking());
    let persona = json!({ "text": "Warm, brief, curious. Loves winter light, asks back, never promises dates." });
    desk.api(
        Method::POST,
        &format!("/bots/{}/personas", bot.id),
        Some(&persona),
    )
    .await?;
    let mode = json!({ "mode": "draft" });
    desk.api(Method::PUT, &format!("/bots/{}/sofi", bot.id), Some(&mode))
        .await?;
    let of_bot = |conversation: &&Value| conversation["business_account_id"].is_null();
    let by_hand: Vec<Value> = conversations(desk)
        .await?
        .iter()
        .filter(of_bot)
        .filter(|conversation| is_of(conversation, others).is_some())
        .take(size.answered())
        .cloned()
        .collect();
    for conversation in &by_hand {
        let path = format!("/conversations/{}/messages", text(conversation, "id")?);
        let language = is_of(conversation, others).map_or("en", |fan| fan.language);
        let body = json!({ "text": cast::answer(language) });
        desk.api(Method::POST, &path, Some(&body)).await?;
    }
    for (fan, &person) in asking.iter().zip(people) {
        let question = cast::question(fan.language);
        act(
            desk,
            person,
            bot,
            json!({ "act": "text", "text": question }),
        )
        .await?;
    }
    eventually("Sofi's drafts", async || {
        let page = desk
            .api(Method::GET, "/conversations?limit=100&view=drafts", None)
            .await?;
        let drafts = page["conversations"].as_array().map_or(0, Vec::len);
        Ok((drafts == asking.len()).then_some(()))
    })
    .await
}

/// Whose conversation it is, among these.
fn is_of<'f>(conversation: &Value, fans: &'f [Fan]) -> Option<&'f Fan> {
    fans.iter().find(|fan| conversation["name"] == name(fan))
}

fn name(fan: &Fan) -> String {
    format!("{} {}", fan.first_name, fan.last_name)
}
