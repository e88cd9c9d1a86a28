//! A stand-in, a receiver whose answers the test decides, one bot and one fan.

use std::{
    collections::VecDeque,
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use telegram_stand_in::{Clock, Control, Handle, ManualClock, Options, start};
use tokio::{net::TcpListener, task::JoinHandle};

/// Status, headers and body of one answer.
pub(crate) type Answer = (u16, Vec<(&'static str, String)>, String);

/// What the receiver got, and what it answers next.
#[derive(Default)]
pub(crate) struct Hook {
    pub(crate) bodies: Vec<Value>,
    pub(crate) secrets: Vec<Option<String>>,
    pub(crate) answers: VecDeque<Answer>,
    pub(crate) under_way: usize,
    pub(crate) most_under_way: usize,
}

pub(crate) struct Stage {
    pub(crate) stand_in: Handle,
    pub(crate) control: Control,
    pub(crate) clock: ManualClock,
    pub(crate) hook: Arc<Mutex<Hook>>,
    pub(crate) hook_url: String,
    pub(crate) receiver: JoinHandle<()>,
    pub(crate) bot: i64,
    pub(crate) token: String,
    pub(crate) fan: i64,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.receiver.abort();
    }
}

async fn receive(
    hook: Arc<Mutex<Hook>>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let secret = request
        .headers()
        .get("x-telegram-bot-api-secret-token")
        .map(|value| value.to_str().unwrap().to_owned());
    {
        let mut hook = hook.lock().unwrap();
        hook.under_way += 1;
        hook.most_under_way = hook.most_under_way.max(hook.under_way);
    }
    let body = request.into_body().collect().await.unwrap().to_bytes();
    // Deliveries that may overlap get the chance to do so.
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    let mut hook = hook.lock().unwrap();
    hook.under_way -= 1;
    hook.bodies.push(serde_json::from_slice(&body).unwrap());
    hook.secrets.push(secret);
    let (status, headers, text) =
        hook.answers
            .pop_front()
            .unwrap_or((200, Vec::new(), String::new()));
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    Ok(response.body(Full::from(text)).unwrap())
}

/// A stand-in, a receiver, one bot with its webhook set, one fan.
pub(crate) async fn stage() -> Stage {
    let (clock, hand) = Clock::manual(1_800_000_000_000);
    let stand_in = start(Options {
        clock,
        ..Options::default()
    })
    .await
    .unwrap();
    let control = stand_in.control();
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
        .await
        .unwrap();
    let hook_url = format!("http://{}/hook", listener.local_addr().unwrap());
    let hook = Arc::new(Mutex::new(Hook::default()));
    let shared = Arc::clone(&hook);
    let receiver = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let hook = Arc::clone(&shared);
            let service = service_fn(move |request| receive(Arc::clone(&hook), request));
            tokio::spawn(
                hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service),
            );
        }
    });
    let bot = control
        .call("POST", "/bots", json!({ "username": "stage_bot" }))
        .await
        .unwrap();
    let fan = control.call("POST", "/people", json!({})).await.unwrap();
    let stage = Stage {
        stand_in,
        control,
        clock: hand,
        hook,
        hook_url,
        receiver,
        bot: bot["id"].as_i64().unwrap(),
        token: bot["token"].as_str().unwrap().to_owned(),
        fan: fan["id"].as_i64().unwrap(),
    };
    let set = json!({ "url": stage.hook_url, "secret_token": "s3cret", "max_connections": 3 });
    assert_eq!(stage.method("setWebhook", set).await["ok"], true);
    stage
}

impl Stage {
    /// A Bot API call as a client makes it.
    pub(crate) async fn method(&self, name: &str, params: Value) -> Value {
        use hyper_util::{client::legacy::Client, rt::TokioExecutor};
        let client = Client::builder(TokioExecutor::new()).build_http();
        let request = Request::post(format!("{}/bot{}/{name}", self.stand_in.url(), self.token))
            .header("content-type", "application/json")
            .body(Full::<Bytes>::from(params.to_string()))
            .unwrap();
        let body = client
            .request(request)
            .await
            .unwrap()
            .into_body()
            .collect()
            .await
            .unwrap()
            .to_bytes();
        serde_json::from_slice(&body).unwrap()
    }

    pub(crate) async fn act_as(&self, person: i64, mut act: Value) -> Value {
        act["bot"] = json!(self.bot);
        self.control
            .call("POST", &format!("/people/{person}/acts"), act)
            .await
            .unwrap()
    }

    pub(crate) async fn act(&self, act: Value) -> Value {
        self.act_as(self.fan, act).await
    }

    pub(crate) async fn settle(&self) {
        self.control.clock_moved();
        self.control
            .call("POST", "/settle", Value::Null)
            .await
            .unwrap();
    }

    pub(crate) async fn advance_s(&self, seconds: u64) {
        self.clock.advance_ms(seconds * 1_000);
        self.settle().await;
    }

    pub(crate) fn answer_next(
        &self,
        status: u16,
        headers: &[(&'static str, &str)],
        body: &str,
        times: usize,
    ) {
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        for _ in 0..times {
            self.hook
                .lock()
                .unwrap()
                .answers
                .push_back((status, headers.clone(), body.to_owned()));
        }
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        let hook = self.hook.lock().unwrap();
        hook.bodies
            .iter()
            .map(|body| {
                body["message"]["text"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect()
    }

    pub(crate) async fn pending(&self) -> usize {
        self.control
            .call("GET", &format!("/bots/{}/pending", self.bot), Value::Null)
            .await
            .unwrap()["pending"]
            .as_array()
            .unwrap()
            .len()
    }
}
