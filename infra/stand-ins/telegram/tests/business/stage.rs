//! A stand-in whose clock only the test moves, one bot that asks for its updates, an account's owner and a fan.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};
use telegram_stand_in::{Clock, Control, Error, Handle, ManualClock, Options, start};

pub(crate) struct Stage {
    pub(crate) stand_in: Handle,
    pub(crate) control: Control,
    pub(crate) clock: ManualClock,
    client: Client<HttpConnector, Full<Bytes>>,
    pub(crate) bot: i64,
    token: String,
    pub(crate) owner: i64,
    pub(crate) fan: i64,
}

pub(crate) async fn stage() -> Stage {
    let (clock, hand) = Clock::manual(1_800_000_000_000);
    let stand_in = start(Options {
        clock,
        rate_limits: false,
        ..Options::default()
    })
    .await
    .unwrap();
    let control = stand_in.control();
    let call = async |path, body| control.call("POST", path, body).await.unwrap();
    let bot = call("/bots", json!({ "username": "stage_bot" })).await;
    let owner = call("/people", json!({ "first_name": "Ophelia" })).await;
    let fan = call(
        "/people",
        json!({ "first_name": "Fabian", "username": "fabian_fan" }),
    )
    .await;
    Stage {
        stand_in,
        control,
        clock: hand,
        client: Client::builder(TokioExecutor::new()).build_http(),
        bot: bot["id"].as_i64().unwrap(),
        token: bot["token"].as_str().unwrap().to_owned(),
        owner: owner["id"].as_i64().unwrap(),
        fan: fan["id"].as_i64().unwrap(),
    }
}

impl Stage {
    /// A Bot API call; answers the whole body.
    pub(crate) async fn method(&self, name: &str, params: Value) -> Value {
        let request = Request::post(format!("{}/bot{}/{name}", self.stand_in.url(), self.token))
            .header("content-type", "application/json")
            .body(Full::from(params.to_string()))
            .unwrap();
        let answer = self.client.request(request).await.unwrap();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        serde_json::from_slice(&body).unwrap()
    }

    /// What the bot has not seen yet, by kind, oldest first.
    pub(crate) async fn updates(&self) -> Vec<(String, Value)> {
        let answer = self.method("getUpdates", json!({})).await;
        let updates = answer["result"].as_array().unwrap().clone();
        if let Some(last) = updates.last() {
            let offset = last["update_id"].as_i64().unwrap() + 1;
            self.method("getUpdates", json!({ "offset": offset })).await;
        }
        let parts = updates.into_iter().map(|update| {
            let mut fields = update.as_object().unwrap().clone().into_iter();
            fields.find(|(name, _)| name != "update_id").unwrap()
        });
        parts.collect()
    }

    pub(crate) async fn try_act(&self, person: i64, mut act: Value) -> Result<Value, Error> {
        if act.get("bot").is_none() {
            act["bot"] = json!(self.bot);
        }
        let path = format!("/people/{person}/acts");
        self.control.call("POST", &path, act).await
    }

    pub(crate) async fn act(&self, person: i64, act: Value) -> Value {
        self.try_act(person, act).await.unwrap()
    }

    /// The owner lets the bot in; answers the connection's id. Its update is taken out of the way.
    pub(crate) async fn connect(&self) -> String {
        let done = self
            .act(self.owner, json!({ "act": "connect_business" }))
            .await;
        self.updates().await;
        done["connection"].as_str().unwrap().to_owned()
    }

    /// The fan writes into the owner's account; answers the message.
    pub(crate) async fn fan_writes(&self, text: &str) -> Value {
        let act = json!({ "act": "text", "business": self.owner, "text": text });
        self.act(self.fan, act).await["message"].take()
    }

    /// The bot writes to the fan in the owner's name; answers the whole body.
    pub(crate) async fn bot_writes(&self, connection: &str, text: &str) -> Value {
        let params =
            json!({ "business_connection_id": connection, "chat_id": self.fan, "text": text });
        self.method("sendMessage", params).await
    }

    pub(crate) async fn transcript(&self, path: &str) -> Value {
        let path = format!("/bots/{}/{path}", self.bot);
        self.control.call("GET", &path, Value::Null).await.unwrap()
    }
}
