//! One Bot API request from its path to its answer: token, scripted fault, method, log.

use std::time::{Duration, Instant};

use bytes::Bytes;
use serde_json::{Value, json};
use url::Url;

use super::{ApiError, execute, params::Params, params::Upload, polling, webhook};
use crate::{
    courier,
    faults::FaultKind,
    journal::{self, Call},
    shared::Shared,
    world::World,
};

/// Largest request body, in bytes (a file of 50 MB and its form).
pub(crate) const BODY_LIMIT: usize = 52 * 1024 * 1024;

/// What goes back on the connection.
#[derive(Debug)]
pub(crate) enum Reply {
    Json {
        status: u16,
        body: Value,
    },
    Html {
        status: u16,
        body: &'static str,
    },
    /// Headers and half of the body, then the connection is cut.
    CutMidway {
        body: Value,
    },
    /// The connection is cut without any answer.
    Cut,
}

impl Reply {
    pub(crate) fn refusal(error: &ApiError) -> Self {
        Self::Json {
            status: error.code,
            body: error.body(),
        }
    }
}

/// What is known of a request before its body is read.
#[derive(Debug)]
pub(crate) enum Admission {
    /// The body may be read.
    Bot(i64),
    /// The answer stands already.
    Done(Reply),
}

/// Checks the token, and lets a scripted cut happen before the body is read.
pub(crate) fn admit(shared: &Shared, token: &str, method: &str) -> Admission {
    let is_token = token.split_once(':').is_some_and(|(id, secret)| {
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()) && secret.len() >= 3
    });
    if !is_token || method.is_empty() {
        return Admission::Done(Reply::refusal(&ApiError::new(404, "Not Found")));
    }
    shared.with(|world, now_ms| {
        let Some(bot) = world
            .bots
            .values()
            .find(|bot| bot.token == token)
            .map(|bot| bot.id)
        else {
            let error = ApiError::unauthorized();
            record(
                world,
                Entry {
                    bot: None,
                    method,
                    now_ms,
                    params: json!({}),
                    reply: &Reply::refusal(&error),
                    fault: None,
                    executed: false,
                    took: Duration::ZERO,
                },
            );
            return Admission::Done(Reply::refusal(&error));
        };
        if let Some(fault) = world.faults.take_before_reading(bot, method) {
            record(
                world,
                Entry {
                    bot: Some(bot),
                    method,
                    now_ms,
                    params: json!({}),
                    reply: &Reply::Cut,
                    fault: Some(&fault),
                    executed: false,
                    took: Duration::ZERO,
                },
            );
            return Admission::Done(Reply::Cut);
        }
        Admission::Bot(bot)
    })
}

/// Carries out a request whose body has been read.
pub(crate) async fn serve(
    shared: &Shared,
    bot: i64,
    method: &str,
    query: &str,
    content_type: &str,
    body: Bytes,
) -> Reply {
    let started = Instant::now();
    let started_ms = shared.now_ms();
    let mut params = match Params::read(query, content_type, body).await {
        Ok(params) => params,
        Err(error) => return Reply::refusal(&error),
    };
    fetch_loopback_urls(shared, &mut params).await;
    let chat = params.int("chat_id");
    let fault = shared.with(|world, now_ms| {
        let fault = world.faults.take_for(bot, method, chat);
        take_hold(world, bot, fault.as_ref(), now_ms).map_or(fault, Some)
    });
    let (reply, executed) = match &fault {
        None => (run(shared, bot, method, &params).await, true),
        Some(fault) => faulty(shared, bot, method, &params, fault).await,
    };
    shared.with(|world, _| {
        let params = params.for_log();
        record(
            world,
            Entry {
                bot: Some(bot),
                method,
                now_ms: started_ms,
                params,
                reply: &reply,
                fault: fault.as_ref(),
                executed,
                took: started.elapsed(),
            },
        );
    });
    reply
}

/// While a scripted 429 holds, every call gets the rest of its wait; a new one starts a hold.
fn take_hold(
    world: &mut World,
    bot: i64,
    fault: Option<&FaultKind>,
    now_ms: u64,
) -> Option<FaultKind> {
    let entry = world.bots.get_mut(&bot)?;
    if entry.flood_until_ms > now_ms {
        let retry_after = (entry.flood_until_ms - now_ms).div_ceil(1_000);
        world
            .journal
            .counts
            .entry(bot)
            .or_default()
            .flood_violations += 1;
        return Some(FaultKind::TooManyRequests {
            retry_after,
            hold: false,
        });
    }
    if let Some(FaultKind::TooManyRequests {
        retry_after,
        hold: true,
    }) = fault
    {
        entry.flood_until_ms = now_ms + retry_after * 1_000;
    }
    None
}

async fn run(shared: &Shared, bot: i64, method: &str, params: &Params) -> Reply {
    if method.eq_ignore_ascii_case("getUpdates") {
        return match polling::get_updates(shared, bot, params).await {
            Ok(result) => Reply::Json {
                status: 200,
                body: json!({ "ok": true, "result": result }),
            },
            Err(error) => Reply::refusal(&error),
        };
    }
    match shared.with(|world, now_ms| execute(world, bot, method, params, now_ms)) {
        Ok(answer) => Reply::Json {
            status: 200,
            body: answer.body(),
        },
        Err(error) => Reply::refusal(&error),
    }
}

/// Plays a fault; answers the reply and whether the method was carried out.
async fn faulty(
    shared: &Shared,
    bot: i64,
    method: &str,
    params: &Params,
    fault: &FaultKind,
) -> (Reply, bool) {
    const HTML: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n\
                        <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    let wait = |ms: u64| tokio::time::sleep(Duration::from_millis(ms));
    let error = match fault {
        FaultKind::TooManyRequests { retry_after, .. } => ApiError::too_many(*retry_after),
        FaultKind::Refuse {
            code,
            description,
            migrate_to_chat_id,
        } => ApiError {
            migrate_to_chat_id: *migrate_to_chat_id,
            ..ApiError::new(*code, description.clone())
        },
        FaultKind::Blocked => ApiError::forbidden("bot was blocked by the user"),
        FaultKind::Deactivated => ApiError::forbidden("user is deactivated"),
        FaultKind::CantInitiate => {
            ApiError::forbidden("bot can't initiate conversation with a user")
        }
        FaultKind::Kicked => ApiError::forbidden("bot was kicked from the supergroup chat"),
        FaultKind::ChatNotFound => ApiError::bad("chat not found"),
        FaultKind::Migrated { to } => ApiError {
            migrate_to_chat_id: Some(*to),
            ..ApiError::bad("group chat was upgraded to a supergroup chat")
        },
        FaultKind::QueryTooOld => ApiError::too_old(),
        FaultKind::Unauthorized => ApiError::unauthorized(),
        FaultKind::ServerError => ApiError::new(500, "Internal Server Error"),
        FaultKind::BadGateway => {
            return (
                Reply::Html {
                    status: 502,
                    body: HTML,
                },
                false,
            );
        }
        FaultKind::Silence { ms } => {
            wait(*ms).await;
            return (Reply::Cut, false);
        }
        FaultKind::CutBeforeReading => return (Reply::Cut, false),
        FaultKind::LoseAnswer { after_ms } => {
            run(shared, bot, method, params).await;
            wait(*after_ms).await;
            return (Reply::Cut, true);
        }
        FaultKind::CutBody => {
            let reply = run(shared, bot, method, params).await;
            return match reply {
                Reply::Json { body, .. } => (Reply::CutMidway { body }, true),
                other => (other, true),
            };
        }
        FaultKind::Slow { ms } => {
            let reply = run(shared, bot, method, params).await;
            wait(*ms).await;
            return (reply, true);
        }
    };
    (Reply::refusal(&error), false)
}

/// Carries out a method that a webhook put into its answer. Its result is seen by nobody but the log.
pub(crate) async fn serve_webhook_reply(
    shared: &Shared,
    bot: i64,
    content_type: &str,
    body: Bytes,
) {
    let Ok(mut params) = Params::read("", content_type, body).await else {
        return;
    };
    let Some(Value::String(method)) = params.remove("method") else {
        return;
    };
    let name = method.to_ascii_lowercase();
    if name.starts_with("get")
        || ["deletewebhook", "setwebhook", "close", "logout"].contains(&name.as_str())
    {
        return;
    }
    fetch_loopback_urls(shared, &mut params).await;
    let started = Instant::now();
    shared.with(|world, now_ms| {
        let reply = match execute(world, bot, &method, &params, now_ms) {
            Ok(answer) => Reply::Json {
                status: 200,
                body: answer.body(),
            },
            Err(error) => Reply::refusal(&error),
        };
        let entry = Entry {
            bot: Some(bot),
            method: &method,
            now_ms,
            params: params.for_log(),
            reply: &reply,
            fault: None,
            executed: true,
            took: started.elapsed(),
        };
        record_via(world, entry, "webhook_reply");
    });
}

/// Media given as a URL: fetched when the address is this machine, never elsewhere.
async fn fetch_loopback_urls(shared: &Shared, params: &mut Params) {
    let mut urls: Vec<String> = [
        "photo",
        "video",
        "voice",
        "audio",
        "document",
        "animation",
        "sticker",
        "video_note",
    ]
    .iter()
    .filter_map(|field| params.text(field))
    .collect();
    if let Ok(Some(Value::Array(items))) = params.json("media") {
        urls.extend(
            items
                .iter()
                .filter_map(|item| item["media"].as_str().map(str::to_owned)),
        );
    }
    for text in urls {
        let Some(url) = Url::parse(&text)
            .ok()
            .filter(|url| url.scheme() == "http" && webhook::is_loopback(url))
        else {
            continue;
        };
        let name = url
            .path_segments()
            .and_then(|mut segments| segments.next_back().map(str::to_owned));
        if let Ok(answer) = courier::get(&shared.client, &text).await
            && answer.status == 200
        {
            params.files.insert(
                text,
                Upload {
                    name,
                    mime: Some(answer.content_type),
                    bytes: answer.body,
                },
            );
        }
    }
}

struct Entry<'a> {
    bot: Option<i64>,
    method: &'a str,
    now_ms: u64,
    params: Value,
    reply: &'a Reply,
    fault: Option<&'a FaultKind>,
    executed: bool,
    took: Duration,
}

fn record(world: &mut World, entry: Entry<'_>) {
    record_via(world, entry, "http");
}

fn record_via(world: &mut World, entry: Entry<'_>, via: &'static str) {
    let tokens: Vec<String> = world.bots.values().map(|bot| bot.token.clone()).collect();
    let mut params = entry.params;
    journal::redact(&mut params, &tokens);
    let (status, mut answer) = match entry.reply {
        Reply::Json { status, body } => (Some(*status), body.clone()),
        Reply::Html { status, .. } => (Some(*status), json!("(an HTML body)")),
        Reply::CutMidway { body } => (Some(200), body.clone()),
        Reply::Cut => (None, Value::Null),
    };
    journal::redact(&mut answer, &tokens);
    let fault = entry
        .fault
        .and_then(|fault| serde_json::to_value(fault).ok())
        .and_then(|fault| fault["kind"].as_str().map(str::to_owned));
    let call = Call {
        seq: 0,
        at_ms: entry.now_ms,
        bot: entry.bot,
        method: entry.method.to_owned(),
        params,
        status,
        answer,
        duration_ms: u64::try_from(entry.took.as_millis()).unwrap_or(u64::MAX),
        via,
        fault,
        executed: entry.executed,
    };
    world.journal.record_call(call);
}
