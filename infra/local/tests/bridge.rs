//! The bridge, with the stand-in in the place of the real Telegram.

use std::path::PathBuf;
use std::time::Duration;

use local::{Host, HostOptions, Request, Telegram};
use serde_json::{Value, json};

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

    async fn end(self) {
        self.host.stop().await;
        self.telegram.stop().await.expect("stops");
        std::fs::remove_dir_all(self.folder).expect("temporary folder");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_of_a_real_bot_reaches_the_local_webhook_with_its_secret() {
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
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let real = format!("{}/bot{}/setWebhook", bed.telegram.url(), bed.token);
    let foreign = "https://api.example.org/hooks/telegram/1";
    let set: Value = client
        .post(&real)
        .json(&json!({"url": foreign}))
        .send()
        .await
        .expect("answers")
        .json()
        .await
        .expect("JSON");
    assert_eq!(set["ok"], true, "{set}");
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
