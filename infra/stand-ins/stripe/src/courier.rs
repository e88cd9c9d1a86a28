//! Carries due events to webhook endpoints, and nowhere but to loopback addresses.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Method, Request};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use url::Url;

use crate::{delivery::Delivery, journal::Try, shared::Shared, state::Post, world::World};

/// Bytes of an endpoint's answer that are read.
const ANSWER_LIMIT: usize = 64 * 1024;
/// Longest real time between two looks at the queue: the clock may jump.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// The HTTP client of one stand-in; its connections live on that stand-in's runtime.
pub(crate) type HttpClient = Client<HttpConnector, Full<Bytes>>;

pub(crate) fn client() -> HttpClient {
    Client::builder(TokioExecutor::new()).build_http()
}

/// Delivers due events until the task is ended.
pub(crate) async fn run(shared: Arc<Shared>) {
    loop {
        for (delivery, post) in take_due(&shared) {
            tokio::spawn(deliver(Arc::clone(&shared), delivery, post));
        }
        shared.courier_wakes(LOOK_EVERY).await;
    }
}

/// Takes what is due, without counting as a change when nothing is.
fn take_due(shared: &Shared) -> Vec<(Delivery, Post)> {
    let is_due = |world: &World| {
        !world.state.settings.hold_deliveries && world.state.queue.has_due(world.state.now)
    };
    if !shared.read(is_due) {
        return Vec::new();
    }
    shared.with(|world| {
        let state = &mut world.state;
        let disorder = state.settings.disorder.then_some(&mut state.generator);
        let mut posts = Vec::new();
        for delivery in state.queue.take_due(state.now, disorder) {
            match state.post_of(&delivery) {
                Some(post) => posts.push((delivery, post)),
                // Its endpoint was switched off meanwhile.
                None => state.queue.delivered(delivery.seq),
            }
        }
        posts
    })
}

async fn deliver(shared: Arc<Shared>, delivery: Delivery, post: Post) {
    let limit = shared.read(|world| world.state.settings.webhook_timeout_ms);
    let exchange = send(&shared.client, &post);
    let outcome = tokio::time::timeout(Duration::from_millis(limit), exchange)
        .await
        .unwrap_or_else(|_| Err("the endpoint did not answer in time".to_owned()));
    shared.with(|world| book(world, &delivery, post.kind, outcome));
}

/// Posts an event; answers the status.
async fn send(client: &HttpClient, post: &Post) -> Result<u16, String> {
    let is_reachable =
        Url::parse(&post.url).is_ok_and(|url| url.scheme() == "http" && is_loopback(&url));
    if !is_reachable {
        return Err("the endpoint is not on a loopback address".to_owned());
    }
    let request = Request::builder()
        .method(Method::POST)
        .uri(&post.url)
        .header("content-type", "application/json; charset=utf-8")
        .header(
            "user-agent",
            "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        )
        .header("stripe-signature", &post.signature)
        .body(Full::new(Bytes::from(post.body.clone())))
        .map_err(|_| "the endpoint's URL is no URL".to_owned())?;
    let failed = |error: hyper_util::client::legacy::Error| {
        let text = if error.is_connect() {
            "connection refused"
        } else {
            "connection closed"
        };
        text.to_owned()
    };
    let (head, body) = client.request(request).await.map_err(failed)?.into_parts();
    // The connection can be used again only when the answer was read.
    let _ = Limited::new(body, ANSWER_LIMIT).collect().await;
    Ok(head.status.as_u16())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Books the outcome of one try. Everything but a 2xx is a failure, redirections too.
fn book(world: &mut World, delivery: &Delivery, kind: String, outcome: Result<u16, String>) {
    let state = &mut world.state;
    let (status, error) = match outcome {
        Ok(status) => (Some(status), None),
        Err(error) => (None, Some(error)),
    };
    if status.is_some_and(|status| (200..300).contains(&status)) {
        state.queue.delivered(delivery.seq);
    } else {
        let retries = state.settings.retries;
        state.queue.failed(delivery.seq, state.now, retries);
    }
    world.journal.tried(Try {
        at: world.state.now,
        endpoint: delivery.endpoint.clone(),
        event: delivery.event.clone(),
        kind,
        form: delivery.form,
        attempt: delivery.failures + 1,
        status,
        error,
    });
}
