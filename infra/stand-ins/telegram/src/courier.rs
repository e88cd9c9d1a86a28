//! Carries due updates to webhooks, and nowhere but to loopback addresses.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{Method, Request};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use url::Url;

use crate::{
    api::{self, serve},
    delivery::Dispatch,
    journal::DeliveryTry,
    shared::Shared,
    world::{Webhook, World},
};

/// Bytes of a webhook's answer that are read.
const ANSWER_LIMIT: usize = 1024 * 1024;
/// Milliseconds of 410 answers after which Telegram closes a webhook.
const GONE_MS: u64 = 23 * 3_600_000;
/// Longest real time between two looks at the queue while something waits: the clock may jump.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// The HTTP client of one stand-in; its connections live on that stand-in's runtime.
pub(crate) type HttpClient = Client<HttpConnector, Full<Bytes>>;

pub(crate) fn client() -> HttpClient {
    Client::builder(TokioExecutor::new()).build_http()
}

/// What a receiver answered.
#[derive(Debug)]
pub(crate) struct HttpAnswer {
    pub status: u16,
    pub reason: String,
    pub retry_after_s: Option<u64>,
    pub content_type: String,
    pub body: Bytes,
}

/// One webhook post of a body.
pub(crate) async fn post(
    client: &HttpClient,
    webhook: &Webhook,
    body: String,
    timeout: Duration,
) -> Result<HttpAnswer, String> {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(&webhook.url)
        .header("content-type", "application/json");
    if let Some(secret) = &webhook.secret_token {
        request = request.header("x-telegram-bot-api-secret-token", secret);
    }
    let request = request
        .body(Full::new(Bytes::from(body)))
        .map_err(|_| "Invalid webhook URL".to_owned())?;
    send(client, &webhook.url, request, timeout).await
}

/// Fetches a loopback URL.
pub(crate) async fn get(client: &HttpClient, url: &str) -> Result<HttpAnswer, String> {
    let request = Request::get(url)
        .body(Full::default())
        .map_err(|_| "Invalid URL".to_owned())?;
    send(client, url, request, Duration::from_secs(10)).await
}

async fn send(
    client: &HttpClient,
    url: &str,
    request: Request<Full<Bytes>>,
    timeout: Duration,
) -> Result<HttpAnswer, String> {
    let is_reachable =
        Url::parse(url).is_ok_and(|url| url.scheme() == "http" && api::is_loopback(&url));
    if !is_reachable {
        return Err("Failed to resolve host: Name or service not known".to_owned());
    }
    let exchange = async {
        let response = client
            .request(request)
            .await
            .map_err(|error| describe(&error))?;
        let (head, body) = response.into_parts();
        let header = |name: &str| {
            head.headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
                .to_owned()
        };
        let body = Limited::new(body, ANSWER_LIMIT)
            .collect()
            .await
            .map_err(|_| "Connection closed".to_owned())?;
        Ok(HttpAnswer {
            status: head.status.as_u16(),
            reason: head
                .status
                .canonical_reason()
                .unwrap_or_default()
                .to_owned(),
            retry_after_s: header("retry-after").trim().parse().ok(),
            content_type: header("content-type"),
            body: body.to_bytes(),
        })
    };
    tokio::time::timeout(timeout, exchange)
        .await
        .unwrap_or_else(|_| Err("Read timeout expired".to_owned()))
}

fn describe(error: &hyper_util::client::legacy::Error) -> String {
    let text = if error.is_connect() {
        "Connection refused"
    } else {
        "Connection closed"
    };
    text.to_owned()
}

/// A delivery and where it goes.
struct Job {
    bot: i64,
    webhook: Webhook,
    dispatch: Dispatch,
    timeout: Duration,
}

/// Delivers due updates until the task is ended.
pub(crate) async fn run(shared: Arc<Shared>) {
    loop {
        let jobs = shared.take_jobs();
        for job in jobs {
            tokio::spawn(deliver(Arc::clone(&shared), job));
        }
        shared.courier_wakes(LOOK_EVERY).await;
    }
}

impl Shared {
    /// Takes what is due, without counting as a change when nothing is.
    fn take_jobs(&self) -> Vec<Job> {
        let is_any =
            self.read(|world, now_ms| world.bots.keys().any(|bot| world.has_due(*bot, now_ms)));
        if is_any {
            self.with(take_jobs)
        } else {
            Vec::new()
        }
    }
}

fn take_jobs(world: &mut World, now_ms: u64) -> Vec<Job> {
    if world.settings.hold_deliveries {
        return Vec::new();
    }
    let timeout = Duration::from_millis(world.settings.webhook_timeout_ms);
    let mut jobs = Vec::new();
    for bot in world.bots.values_mut() {
        let Some(webhook) = bot.webhook.clone() else {
            continue;
        };
        let room = usize::try_from(webhook.max_connections).unwrap_or(40);
        for dispatch in bot.queue.take_due(now_ms, room) {
            jobs.push(Job {
                bot: bot.id,
                webhook: webhook.clone(),
                dispatch,
                timeout,
            });
        }
    }
    jobs
}

impl World {
    /// Whether a delivery of this bot could start now, room in `max_connections` included.
    fn has_due(&self, bot: i64, now_ms: u64) -> bool {
        let Some(bot) = self
            .bots
            .get(&bot)
            .filter(|_| !self.settings.hold_deliveries)
        else {
            return false;
        };
        let Some(webhook) = &bot.webhook else {
            return false;
        };
        let under_way = bot
            .queue
            .pending
            .iter()
            .filter(|update| update.in_flight)
            .count();
        under_way < usize::try_from(webhook.max_connections).unwrap_or(40)
            && bot
                .queue
                .next_due_ms()
                .is_some_and(|due_ms| due_ms <= now_ms)
    }

    /// Whether nothing is under way and nothing is due.
    pub(crate) fn is_settled(&self, now_ms: u64) -> bool {
        self.bots
            .values()
            .all(|bot| !bot.queue.any_in_flight() && !self.has_due(bot.id, now_ms))
    }
}

async fn deliver(shared: Arc<Shared>, job: Job) {
    let started = Instant::now();
    let outcome = post(
        &shared.client,
        &job.webhook,
        job.dispatch.body.clone(),
        job.timeout,
    )
    .await;
    let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    if let Ok(answer) = &outcome
        && is_success(answer.status)
        && !answer.body.is_empty()
    {
        serve::serve_webhook_reply(&shared, job.bot, &answer.content_type, answer.body.clone())
            .await;
    }
    shared.with(|world, now_ms| finish(world, &job, &outcome, took_ms, now_ms));
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// Books the outcome of one delivery.
fn finish(
    world: &mut World,
    job: &Job,
    outcome: &Result<HttpAnswer, String>,
    took_ms: u64,
    now_ms: u64,
) {
    let (status, error) = match outcome {
        Ok(answer) if is_success(answer.status) => (Some(answer.status), None),
        Ok(answer) => (
            Some(answer.status),
            Some(format!(
                "Wrong response from the webhook: {} {}",
                answer.status, answer.reason
            )),
        ),
        Err(error) => (None, Some(error.clone())),
    };
    world.journal.record_delivery(DeliveryTry {
        seq: 0,
        at_ms: now_ms,
        bot: job.bot,
        update_id: job.dispatch.update_id,
        kind: job.dispatch.kind.clone(),
        attempt: job.dispatch.attempt,
        status,
        error: error.clone(),
        duration_ms: took_ms,
    });
    let World { bots, rng, .. } = world;
    let Some(bot) = bots.get_mut(&job.bot) else {
        return;
    };
    let is_same_webhook = bot
        .webhook
        .as_ref()
        .is_some_and(|webhook| webhook.url == job.webhook.url);
    match error {
        None => bot.queue.delivered(job.dispatch.seq),
        Some(message) => {
            let retry_after_s = outcome
                .as_ref()
                .ok()
                .and_then(|answer| answer.retry_after_s);
            bot.queue
                .failed(job.dispatch.seq, now_ms, retry_after_s, rng);
            if let Some(webhook) = bot.webhook.as_mut().filter(|_| is_same_webhook) {
                webhook.last_error_ms = Some(now_ms);
                webhook.last_error_message = Some(message);
            }
        }
    }
    if !is_same_webhook {
        return;
    }
    if let Some(webhook) = &mut bot.webhook {
        webhook.gone_since_ms = if status == Some(410) {
            webhook.gone_since_ms.or(Some(now_ms))
        } else {
            None
        };
        if webhook
            .gone_since_ms
            .is_some_and(|since| now_ms.saturating_sub(since) >= GONE_MS)
        {
            bot.webhook = None;
        }
    }
}
