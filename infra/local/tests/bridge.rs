//! The bridge, with the stand-in in the place of the real Telegram.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use local::bridge::BridgedBot;
use local::{Host, HostOptions, Request, Telegram};
use serde_json::{Value, json};
use tokio::net::TcpListener;

const TEMPLATE: &str = r#"
Resources:
  Api: {Type: AWS::Serverless::HttpApi}
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Statement: []}}
  Echo:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: sample_function}}
    Properties:
      Handler: sample.echo
      Role: !GetAtt Role.Arn
      Events:
        Post: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: POST, Path: '/hooks/telegram/{id}'}}
"#;

struct Bed {
    host: Host,
    telegram: telegram_stand_in::Handle,
    token: String,
    folder: PathBuf,
}

async fn bed(name: &str) -> Bed {
    let telegram = telegram_stand_in::start(telegram_stand_in::Options::default())
        .await
        .expect("starts");
    let bot = telegram
        .control()
        .call("POST", "/bots", json!({"username": "shop_bot"}))
        .await
        .expect("a bot");
    telegram
        .control()
        .call("POST", "/people", json!({"first_name": "Ann", "id": 700}))
        .await
        .expect("a person");
    let folder = std::env::temp_dir().join(format!("sofi-bridge-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("temporary folder");
    std::fs::write(folder.join("template.yaml"), TEMPLATE).expect("temporary file");
    let examples = std::env::current_exe()
        .expect("a path")
        .parent()
        .expect("deps")
        .join("../examples");
    let mut options = HostOptions::new(folder.join("template.yaml"), examples);
    options.telegram = Telegram::Bridge {
        api_url: telegram.url(),
    };
    let host = Host::start(options).await.expect("starts");
    Bed {
        host,
        telegram,
        token: bot["token"].as_str().expect("a token").to_owned(),
        folder,
    }
}

impl Bed {
    /// Lets a function call the Bot API, as the product would.
    async fn call(&self, method: &str, with: Value) -> Value {
        let order = json!({"do": "telegram", "token": self.token, "calls": [{"method": method, "with": with}]});
        let request = Request {
            payload: order.to_string().into(),
            source: "test".into(),
            trace_root: None,
        };
        let answer = self
            .host
            .functions()
            .invoke("sample.echo", request)
            .await
            .expect("answers");
        let answer: Value = serde_json::from_slice(&answer).expect("JSON");
        answer["answers"][0].clone()
    }

    fn webhook(&self) -> String {
        format!("{}/hooks/telegram/7", self.host.url())
    }

    /// Sets the webhook at Telegram itself, past the bridge, as a deployed stage does.
    async fn set_for_real(&self, url: &str) {
        let client = reqwest::Client::builder().no_proxy().build();
        let real = format!("{}/bot{}/setWebhook", self.telegram.url(), self.token);
        let request = client.expect("a client").post(&real);
        let answer = request.json(&json!({ "url": url })).send().await;
        let set: Value = answer.expect("answers").json().await.expect("JSON");
        assert_eq!(set["ok"], true, "{set}");
    }

    async fn writes(&self, text: &str) {
        let act = json!({"act": "text", "bot": "shop_bot", "text": text});
        let control = self.telegram.control();
        let written = control.call("POST", "/people/700/acts", act);
        written.await.expect("writes");
    }

    /// What the bot has written to the person.
    async fn written_to(&self) -> Vec<String> {
        let path = "/bots/shop_bot/chats/700";
        let chat = self.telegram.control().call("GET", path, Value::Null).await;
        let chat = chat.expect("a chat");
        let messages = chat["messages"].as_array().into_iter().flatten();
        let of_bot = messages.filter(|entry| entry["from_bot"] == true);
        of_bot
            .filter_map(|entry| entry["message"]["text"].as_str().map(str::to_owned))
            .collect()
    }

    /// The only bot of the bridge.
    fn bridged(&self) -> BridgedBot {
        self.host.bridge().expect("bridged").bots().remove(0)
    }

    async fn end(self) {
        self.host.stop().await;
        self.telegram.stop().await.expect("stops");
        std::fs::remove_dir_all(self.folder).expect("temporary folder");
    }
}

/// The secret that came with a call, and its body.
type Delivered = (Option<String>, Value);

/// A webhook that notes what it gets and answers what it is told, 200 when it is told nothing.
#[derive(Clone, Default)]
struct Receiver {
    got: Arc<Mutex<Vec<Delivered>>>,
    answers: Arc<Mutex<VecDeque<(StatusCode, Value)>>>,
}

impl Receiver {
    /// Listens, and says where.
    async fn listen(&self) -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let app = Router::new()
            .route("/hook", post(receive))
            .with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        format!("http://{address}/hook")
    }

    fn answers(&self, status: StatusCode, body: Value) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.push_back((status, body));
    }

    /// Secret and text of each post.
    fn got(&self) -> Vec<(Option<String>, String)> {
        let got = self.got.lock().unwrap_or_else(PoisonError::into_inner);
        let text = |update: &Value| update["message"]["text"].as_str().map(str::to_owned);
        got.iter()
            .map(|(secret, update)| (secret.clone(), text(update).unwrap_or_default()))
            .collect()
    }
}

async fn receive(
    State(receiver): State<Receiver>,
    headers: HeaderMap,
    Json(update): Json<Value>,
) -> (StatusCode, Json<Value>) {
    let secret = headers.get("x-telegram-bot-api-secret-token");
    let secret = secret.and_then(|value| value.to_str().ok().map(str::to_owned));
    let mut got = receiver.got.lock().unwrap_or_else(PoisonError::into_inner);
    got.push((secret, update));
    let mut answers = receiver
        .answers
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let (status, body) = answers.pop_front().unwrap_or((StatusCode::OK, Value::Null));
    (status, Json(body))
}

/// Looks for ten seconds.
async fn eventually(what: &str, mut look: impl AsyncFnMut() -> bool) {
    for _ in 0..500 {
        if look().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never came true: {what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_update_comes_again_before_the_next_with_the_secret_and_an_answer_may_send() {
    let bed = bed("again").await;
    let receiver = Receiver::default();
    let url = receiver.listen().await;
    receiver.answers(StatusCode::INTERNAL_SERVER_ERROR, Value::Null);
    let reply = json!({"method": "sendMessage", "chat_id": 700, "text": "from the answer"});
    receiver.answers(StatusCode::OK, reply);
    let with = json!({"url": url, "secret_token": "s3cret"});
    let set = bed.call("setWebhook", with).await;
    assert_eq!(set["ok"], true, "{set}");
    bed.writes("first").await;
    bed.writes("second").await;
    let posted = async || receiver.got().len() >= 3;
    eventually("both updates are posted", posted).await;
    let wanted = ["first", "first", "second"];
    let wanted = wanted.map(|text| (Some("s3cret".to_owned()), text.to_owned()));
    assert_eq!(receiver.got(), wanted);
    let sent = async || bed.written_to().await == ["from the answer"];
    eventually("the method in the answer is carried out", sent).await;
    bed.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_a_deployed_stage_takes_over_is_polled_no_more() {
    let bed = bed("taken").await;
    let with = json!({"url": bed.webhook(), "secret_token": "s"});
    let set = bed.call("setWebhook", with).await;
    assert_eq!(set["ok"], true, "{set}");
    bed.set_for_real("https://api.example.org/hooks/telegram/1")
        .await;
    eventually("polling ends", async || !bed.bridged().polling).await;
    let bot = bed.bridged();
    let trouble = bot.trouble.as_deref().unwrap_or_default();
    assert!(trouble.contains("409"), "{bot:?}");
    assert_eq!(bot.delivered, 0);
    bed.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_of_a_real_bot_reaches_the_local_webhook() {
    let bed = bed("delivers").await;
    let set = bed
        .call(
            "setWebhook",
            json!({"url": bed.webhook(), "secret_token": "s3cret"}),
        )
        .await;
    assert_eq!(set["ok"], true, "{set}");
    let info = bed.call("getWebhookInfo", json!({})).await;
    assert_eq!(info["result"]["url"], json!(bed.webhook()));
    let act = json!({"act": "text", "bot": "shop_bot", "text": "hello"});
    bed.telegram
        .control()
        .call("POST", "/people/700/acts", act)
        .await
        .expect("writes");
    let mut delivered = 0;
    for _ in 0..500 {
        delivered = bed
            .host
            .bridge()
            .map_or(0, |bridge| bridge.bots()[0].delivered);
        if delivered > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(delivered, 1);
    let runs = bed
        .host
        .history()
        .select(|_, run| run.source == "POST /hooks/telegram/{id}");
    assert_eq!(runs.len(), 1);
    let deleted = bed.call("deleteWebhook", json!({})).await;
    assert_eq!(deleted["ok"], true);
    assert!(bed.host.bridge().expect("bridged").bots().is_empty());
    bed.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_whose_webhook_belongs_to_a_deployed_stage_is_refused_and_left_alone() {
    let bed = bed("refuses").await;
    let foreign = "https://api.example.org/hooks/telegram/1";
    bed.set_for_real(foreign).await;
    let refused = bed
        .call(
            "setWebhook",
            json!({"url": bed.webhook(), "secret_token": "s"}),
        )
        .await;
    assert_eq!(
        (&refused["ok"], &refused["error_code"]),
        (&json!(false), &json!(409))
    );
    assert!(
        refused["description"]
            .as_str()
            .is_some_and(|text| text.contains("api.example.org")),
        "{refused}"
    );
    assert_eq!(
        bed.call("getWebhookInfo", json!({})).await["result"]["url"],
        foreign
    );
    bed.end().await;
}
