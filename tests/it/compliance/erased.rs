//! Requests that reached our staff, and people who are erased: what was written down about them goes, what was to be exported of
//! others is made once more, and nothing begins about somebody who is on their way out.

use serde_json::{Value, json};
use tests::{Answer, Api, Creator, World, eventually};

use super::{CASES, act, form, officers, ready, shown};
use crate::journey_access::prove;
use crate::journey_exports::{self, EXPORTS, download, id};
use crate::journey_privacy::{ERASURES, requests};
use crate::staff::{Staff, workspace};

const CANARY: &str = "A letter of Robin came, quizzaletter 4712.";

struct Stage {
    world: World,
    mira: Creator,
    own: String,
    fan: Value,
    cleo: Staff,
    otto: Staff,
}

impl Stage {
    async fn open() -> Self {
        let world = World::start().await;
        let mira = world.creator("Mira Vale").await;
        let bot = mira.connect_bot(&world, "mira_vale_bot").await;
        let robin = world.person("Robin", "en").await;
        robin.says(&world, &bot, "hello").await;
        let chat = mira.conversation("Robin").await;
        let own = workspace(&mira.api).await;
        let (cleo, otto) = officers(&world).await;
        world.settled().await;
        prove(&mira.api, None).await;
        Self {
            fan: chat["fan_id"].clone(),
            world,
            mira,
            own,
            cleo,
            otto,
        }
    }

    /// A request about the fan, or about the whole workspace.
    async fn case(&self, fan: Option<&Value>) -> Value {
        let mut body = form(&self.own);
        if let Some(fan) = fan {
            body["fan_id"] = fan.clone();
            body["reason"] = json!(CANARY);
        }
        self.cleo.api.post(CASES, &body).await.expect(201)
    }

    async fn approve(&self, by: &Api, case: &Value) -> Answer {
        let body = json!({ "workspace_id": self.own });
        act(by, &id(case), "approve", &body).await
    }

    async fn refuse(&self, case: &Value) -> Answer {
        let body = json!({ "workspace_id": self.own, "ground": "withdrawn", "text": CANARY });
        act(&self.cleo.api, &id(case), "refuse", &body).await
    }

    async fn shown(&self, case: &Value) -> Value {
        shown(&self.cleo.api, &id(case), &self.own).await
    }

    /// Asks for the fan to be erased; the request.
    async fn ask(&self) -> String {
        let body = json!({ "fan_id": self.fan });
        id(&self.mira.api.post(ERASURES, &body).await.expect(202))
    }

    async fn erased(&self, request: &str) {
        eventually("the fan is erased", async || {
            let request = journey_exports::shown(&self.mira.api, request).await;
            (request["certified"] == true).then_some(())
        })
        .await;
        self.world.settled().await;
    }

    /// What the workspace's log shows of the words of an act, newest first.
    async fn logged(&self, action: &str) -> Vec<Value> {
        self.world.settled().await;
        let path = format!("/api/v1/audit?action={action}");
        let page = self.mira.api.get(&path).await.expect(200);
        let entries = page["entries"].as_array().expect("entries").iter();
        entries.map(|entry| entry["new"].clone()).collect()
    }

    async fn job(&self, what: &str) {
        let path = format!("/__local/functions/privacy.erase/{what}");
        self.world.api().post(&path, &json!({})).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p27_what_staff_wrote_about_a_fan_goes_with_the_fan_and_the_clocks_stay() {
    let stage = Stage::open().await;
    let whole = stage.case(None).await;
    let open = stage.case(Some(&stage.fan)).await;
    let refused = stage.case(Some(&stage.fan)).await;
    stage.refuse(&refused).await.expect(200);
    let approved = stage.case(Some(&stage.fan)).await;
    let begun = stage.approve(&stage.otto.api, &approved).await;
    assert_eq!(begun.expect(202)["fan_id"], stage.fan, "until it is erased");
    ready(&stage.cleo.api, &id(&approved), &stage.own).await;
    assert_eq!(stage.shown(&open).await["reason"], CANARY);
    assert_eq!(stage.shown(&refused).await["refusal_text"], CANARY);
    let before = stage.logged("compliance.open").await;
    let readable = before.iter().filter(|new| new["state"] == "shown");
    assert_eq!(readable.count(), 4, "{before:?}");

    let request = stage.ask().await;
    stage.erased(&request).await;
    for (case, state) in [
        (&open, "closed"),
        (&refused, "refused"),
        (&approved, "closed"),
    ] {
        let detail = stage.shown(case).await;
        let now = &detail["request"];
        assert_eq!(now["state"], state, "{detail}");
        for kept in ["received_at", "due_at", "opened_by", "law"] {
            assert_eq!(now[kept], case[kept], "{kept}");
        }
        assert_eq!(now["fan_id"], Value::Null);
        assert!(now["erased_at"].is_string(), "{detail}");
        for gone in ["reason", "refusal_text", "export"] {
            assert_eq!(detail[gone], Value::Null, "{gone}");
        }
    }
    for (action, erased) in [("compliance.open", 3), ("compliance.refuse", 1)] {
        let after = stage.logged(action).await;
        let closed = after.iter().filter(|new| new["state"] == "erased");
        assert_eq!(closed.count(), erased, "{action}: {after:?}");
        let text = json!(after).to_string();
        assert!(!text.contains("quizzaletter"), "{text}");
    }
    let late = stage.approve(&stage.otto.api, &open).await;
    assert_eq!(late.problem(409), "already_decided");
    assert_eq!(stage.refuse(&open).await.problem(409), "already_decided");

    assert_eq!(stage.shown(&whole).await["reason"], super::REASON);
    let export = stage.mira.api.post(EXPORTS, &json!({})).await.expect(202);
    journey_exports::ready(&stage.mira.api, &id(&export)).await;
    let file = download(&stage.mira.api, &id(&export)).await;
    let file = String::from_utf8_lossy(&file);
    assert!(file.contains(super::REASON), "what is of nobody erased");
    assert!(!file.contains("quizzaletter"), "what is");
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_an_erasure_took_back_is_approved_once_more_by_a_second_person() {
    let stage = Stage::open().await;
    let case = stage.case(None).await;
    stage.approve(&stage.otto.api, &case).await.expect(202);
    ready(&stage.cleo.api, &id(&case), &stage.own).await;
    let request = stage.ask().await;
    stage.erased(&request).await;

    let detail = stage.shown(&case).await;
    let now = &detail["request"];
    assert_eq!(now["state"], "open", "{detail}");
    assert!(now["reopened_at"].is_string(), "{detail}");
    assert_eq!(now["due_at"], case["due_at"], "the clock went on");
    for gone in [&now["decided_by"], &now["decided_at"], &detail["export"]] {
        assert_eq!(gone, &Value::Null, "{detail}");
    }
    let own = stage.approve(&stage.cleo.api, &case).await;
    assert_eq!(own.problem(403), "second_person_needed");
    let again = stage.approve(&stage.otto.api, &case).await.expect(202);
    assert_eq!(again["state"], "approved");
    ready(&stage.cleo.api, &id(&case), &stage.own).await;
    let made = requests(&stage.mira.api).await.into_iter();
    let made: Vec<_> = made
        .filter(|request| request["origin"] == "compliance")
        .map(|request| (request["state"].clone(), id(&request)))
        .collect();
    assert_eq!(made.len(), 2, "{made:?}");
    assert_eq!(made[1].0, "withdrawn", "{made:?}");
    let file = download(&stage.mira.api, &made[0].1).await;
    assert!(file.starts_with(b"PK"));
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_begins_about_a_fan_who_is_being_erased() {
    let stage = Stage::open().await;
    let case = stage.case(Some(&stage.fan)).await;
    stage.job("pause").await;
    let request = stage.ask().await;
    let body = json!({ "fan_id": stage.fan });
    let export = stage.mira.api.post(EXPORTS, &body).await;
    assert_eq!(export.problem(404), "not_found");
    let approved = stage.approve(&stage.otto.api, &case).await;
    assert_eq!(approved.problem(409), "fan_is_gone");
    let begun = requests(&stage.mira.api).await;
    assert_eq!(begun.len(), 1, "the erasure alone: {begun:?}");

    stage.job("resume").await;
    stage.erased(&request).await;
    assert_eq!(stage.shown(&case).await["request"]["state"], "closed");
    let export = stage.mira.api.post(EXPORTS, &body).await;
    assert_eq!(export.problem(404), "not_found");
    let mut late = form(&stage.own);
    late["fan_id"] = stage.fan.clone();
    let late = stage.cleo.api.post(CASES, &late).await;
    assert_eq!(late.problem(404), "not_found");
    stage.world.host.stop().await;
}
