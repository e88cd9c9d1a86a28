//! Requests for an export that reached our staff: two of them decide, an owner of the workspace gets the file, and the
//! workspace reads who did what.

mod deputy;
mod erased;
mod searches;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Api, World, eventually};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::journey_access::prove;
use crate::journey_exports::{self, EXPORTS, download, id};
use crate::journey_privacy::REQUESTS;
use crate::retention::{RETENTION, look_through};
use crate::staff::{Staff, hire, hire_as, workspace};

/// Where requests that reached our staff are written down.
pub(crate) const CASES: &str = "/compliance/export-requests";
const REASON: &str = "A letter came, ticket 4711: the owner asks.";

async fn officers(world: &World) -> (Staff, Staff) {
    let cleo = hire_as(world, "Cleo Ward", "compliance").await;
    let otto = hire_as(world, "Otto Lind", "compliance").await;
    (cleo, otto)
}

fn form(workspace: &str) -> Value {
    json!({ "workspace_id": workspace, "law": "gdpr", "reason": REASON })
}

/// Has something done about a request.
pub(crate) async fn act(staff: &Api, case: &str, what: &str, body: &Value) -> Answer {
    staff.post(&format!("{CASES}/{case}/{what}"), body).await
}

async fn shown(staff: &Api, case: &str, workspace: &str) -> Value {
    let path = format!("{CASES}/{case}?workspace_id={workspace}");
    staff.get(&path).await.expect(200)
}

/// A request, as soon as its export can be downloaded.
pub(crate) async fn ready(staff: &Api, case: &str, workspace: &str) -> Value {
    eventually("the export is ready", async || {
        let detail = shown(staff, case, workspace).await;
        (detail["export"]["state"] == "ready").then_some(detail)
    })
    .await
}

/// The newest entry of an act in the workspace's log.
async fn logged(creator: &Api, action: &str) -> Value {
    let path = format!("/api/v1/audit?action={action}");
    eventually("the workspace sees the act", async || {
        let page = creator.get(&path).await.expect(200);
        let entry = page["entries"].get(0);
        entry.filter(|entry| entry["sequence"].is_u64()).cloned()
    })
    .await
}

/// Every route for requests that reached our staff once, for the walk through the product.
pub(crate) async fn walk(world: &World, creator: &Api) {
    let (cleo, otto) = officers(world).await;
    searches::walk(&cleo.api, creator).await;
    let workspace = workspace(creator).await;
    let fans = creator.get("/api/v1/fans").await.expect(200);
    let mut of_a_fan = form(&workspace);
    of_a_fan["fan_id"] = fans["fans"][0]["id"].clone();
    let opened = cleo.api.post(CASES, &of_a_fan).await.expect(201);
    let case = id(&opened);
    let body = json!({ "workspace_id": workspace, "how": "By a mail to the same address." });
    act(&otto.api, &case, "acknowledge", &body)
        .await
        .expect(200);
    let body = json!({ "workspace_id": workspace, "reason": "There are very many chats." });
    act(&cleo.api, &case, "extend", &body).await.expect(200);
    let body = json!({ "workspace_id": workspace });
    act(&otto.api, &case, "approve", &body).await.expect(202);
    ready(&cleo.api, &case, &workspace).await;

    let opened = otto.api.post(CASES, &form(&workspace)).await.expect(201);
    let body = json!({ "workspace_id": workspace, "ground": "withdrawn", "text": "Taken back by letter." });
    act(&otto.api, &id(&opened), "refuse", &body)
        .await
        .expect(200);
    let list = format!("{CASES}?workspace_id={workspace}");
    let listed = cleo.api.get(&list).await.expect(200);
    let states = |at: usize| listed["requests"][at]["state"].as_str();
    assert_eq!(
        (states(0), states(1)),
        (Some("refused"), Some("approved")),
        "newest first: {listed}"
    );
    world.settled().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p32_a_request_is_approved_by_a_second_person_and_its_file_is_an_owners() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let bot = mira.connect_bot(&world, "mira_vale_bot").await;
    let robin = world.person("Robin", "en").await;
    robin.says(&world, &bot, "canary-of-robin").await;
    let chat = mira.conversation("Robin").await;
    let own = workspace(&mira.api).await;
    let (cleo, otto) = officers(&world).await;

    let mut wanted = form(&own);
    wanted["fan_id"] = chat["fan_id"].clone();
    let key = [("idempotency-key", "letter-4711")];
    let ask = async |body: &Value| {
        let api = &cleo.api;
        api.send(Method::POST, CASES, Some(body), &key).await
    };
    let opened = ask(&wanted).await.expect(201);
    assert_eq!(ask(&wanted).await.expect(201), opened, "once");
    let other = ask(&form(&own)).await;
    assert_eq!(other.problem(422), "idempotency_key_reused");
    let list = format!("{CASES}?workspace_id={own}");
    let listed = otto.api.get(&list).await.expect(200);
    assert_eq!(listed["requests"], json!([opened]));
    assert_eq!(opened["state"], "open");
    assert_eq!(opened["opened_by"], cleo.id.as_str());

    let case = id(&opened);
    let body = json!({ "workspace_id": own });
    let refused = act(&cleo.api, &case, "approve", &body).await;
    assert_eq!(refused.problem(403), "second_person_needed");
    let support = hire(&world, "Sam Porter").await;
    let refused = act(&support.api, &case, "approve", &body).await;
    assert_eq!(refused.problem(403), "compliance_only");
    let requests = mira.api.get(REQUESTS).await.expect(200);
    assert_eq!(requests["requests"], json!([]), "nothing was begun");
    let approved = act(&otto.api, &case, "approve", &body).await.expect(202);
    assert_eq!(approved["state"], "approved");
    assert_eq!(approved["decided_by"], otto.id.as_str());
    let again = act(&otto.api, &case, "approve", &body).await;
    assert_eq!(again.problem(409), "already_decided");

    let detail = ready(&cleo.api, &case, &own).await;
    assert_eq!(detail["reason"], REASON);
    assert!(
        detail["export"]["records"]
            .as_u64()
            .is_some_and(|count| count > 0),
        "{detail}"
    );
    let sections = detail["sections"].as_array().expect("a list");
    let messages = sections.iter().find(|one| one["name"] == "message");
    let messages = messages.expect("Robin has written");
    let content = messages["fields"].as_array().expect("a list").iter();
    let mut content = content.filter(|field| field["name"] == "content");
    let content = content.next().expect("it is counted");
    assert_eq!(content["records"], messages["records"], "{messages}");
    let text = detail.to_string();
    for hidden in ["canary-of-robin", "Robin", "Mira", "url", "token"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    let request = mira.api.get(REQUESTS).await.expect(200)["requests"][0].take();
    assert_eq!(request["origin"], "compliance");
    assert_eq!(request["due_at"], opened["due_at"], "the clock went on");
    let export = id(&request);
    let header = [("x-sofi-workspace", own.as_str())];
    let path = format!("{REQUESTS}/{export}/links");
    let link = otto
        .api
        .send(Method::POST, &path, Some(&json!({})), &header)
        .await;
    assert_eq!(link.status, 404, "staff get no link: {}", link.body);
    prove(&mira.api, None).await;
    let file = download(&mira.api, &export).await;
    assert!(file.starts_with(b"PK"));

    let entry = logged(&mira.api, "compliance.open").await;
    assert_eq!(entry["actor"], cleo.id.as_str());
    assert_eq!(entry["subject"], chat["fan_id"], "whose key seals it");
    assert_eq!(entry["new"]["value"]["request"], case.as_str());
    let value = entry["new"]["value"].to_string();
    assert!(value.contains(REASON) && value.contains("gdpr"), "{entry}");
    let entry = logged(&mira.api, "compliance.approve").await;
    assert_eq!(entry["actor"], otto.id.as_str());
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p35_a_request_is_extended_once_and_refused_with_a_ground() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let own = workspace(&mira.api).await;
    let (cleo, otto) = officers(&world).await;
    let mut wanted = form(&own);
    wanted["law"] = json!("ccpa");
    let opened = cleo.api.post(CASES, &wanted).await.expect(201);
    assert!(opened["acknowledge_by"].is_string(), "{opened}");
    assert_eq!(opened["extended_to"], Value::Null);

    let case = id(&opened);
    let why = "There are very many chats.";
    let longer = json!({ "workspace_id": own, "reason": why });
    let extended = act(&otto.api, &case, "extend", &longer).await.expect(200);
    assert!(extended["extended_to"].as_str() > opened["due_at"].as_str());
    assert_eq!(extended["due_at"], opened["due_at"]);
    let again = act(&otto.api, &case, "extend", &longer).await;
    assert_eq!(again.problem(409), "already_extended");
    let told = json!({ "workspace_id": own, "how": "By a mail to the same address." });
    let heard = act(&otto.api, &case, "acknowledge", &told).await;
    assert!(
        heard.body.to_string().contains("that it takes longer"),
        "{}",
        heard.body
    );
    assert_eq!(heard.problem(409), "already_acknowledged");

    let text = "No answer came to our question who asks.";
    let refusal = json!({ "workspace_id": own, "ground": "identity_not_verified", "text": text });
    let refused = act(&cleo.api, &case, "refuse", &refusal).await.expect(200);
    assert_eq!(refused["state"], "refused");
    assert_eq!(
        refused["acknowledged_by"],
        otto.id.as_str(),
        "by the notice"
    );
    assert_eq!(refused["ground"], "identity_not_verified");
    let decided = json!({ "workspace_id": own });
    let second = cleo.api.post(CASES, &wanted).await.expect(201);
    let ended = act(&cleo.api, &id(&second), "refuse", &refusal).await;
    let ended = ended.expect(200);
    let heard = act(&otto.api, &id(&second), "acknowledge", &told).await;
    let when = ended["decided_at"].as_str().expect("a moment");
    assert!(
        heard
            .body
            .to_string()
            .contains(&format!("The decision of {when} told")),
        "{}",
        heard.body
    );
    assert_eq!(heard.problem(409), "already_acknowledged");
    for (what, body) in [
        ("approve", &decided),
        ("extend", &longer),
        ("refuse", &refusal),
    ] {
        let late = act(&otto.api, &case, what, body).await;
        assert_eq!(late.problem(409), "already_decided", "{what}");
    }
    let detail = shown(&otto.api, &case, &own).await;
    assert_eq!(detail["extension_reason"], why);
    assert_eq!(detail["refusal_text"], text);
    assert_eq!(detail["export"], Value::Null);
    for (action, staff, words) in [
        ("compliance.extend", &otto, why),
        ("compliance.refuse", &cleo, text),
    ] {
        let entry = logged(&mira.api, action).await;
        assert_eq!(entry["actor"], staff.id.as_str());
        assert!(entry["new"]["value"].to_string().contains(words), "{entry}");
    }

    prove(&mira.api, None).await;
    let export = mira.api.post(EXPORTS, &json!({})).await.expect(202);
    journey_exports::ready(&mira.api, &id(&export)).await;
    let file = download(&mira.api, &id(&export)).await;
    let file = String::from_utf8_lossy(&file);
    let (_, after) = file
        .split_once("data/compliance_request-")
        .expect("a section");
    let section = after.split("PK\u{3}\u{4}").next();
    assert!(
        section.is_some_and(|section| section.contains(text) && section.contains(REASON)),
        "the workspace's own export says what was decided"
    );

    let other = cleo.api.post(CASES, &form(&own)).await.expect(201);
    world.host.advance(time::Duration::seconds(301)).await;
    let unproved = act(&otto.api, &id(&other), "approve", &decided).await;
    assert_eq!(unproved.problem(403), "step_up_required");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_found_in_its_own_workspace_and_for_its_own_fans_alone() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let eve = world.creator("Eve Stone").await;
    let bot = eve.connect_bot(&world, "eve_stone_bot").await;
    let toni = world.person("Toni", "en").await;
    toni.says(&world, &bot, "hello").await;
    let chat = eve.conversation("Toni").await;
    let (own, foreign) = (workspace(&mira.api).await, workspace(&eve.api).await);
    let cleo = hire_as(&world, "Cleo Ward", "compliance").await;

    let with = |field: &str, value: Value| {
        let mut body = form(&own);
        body[field] = value;
        body
    };
    let prefix = own.split('_').next().expect("a prefix");
    let nobody = format!("{prefix}_{}", "0".repeat(26));
    for (body, status) in [
        (with("fan_id", chat["fan_id"].clone()), 404),
        (with("workspace_id", json!(nobody)), 404),
        (with("workspace_id", json!("wsp_nothing")), 404),
        (with("reason", json!("why")), 400),
        (with("law", json!("none")), 400),
        (with("received_at", json!("2099-01-01T00:00:00Z")), 400),
    ] {
        let answer = cleo.api.post(CASES, &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
    }
    let opened = cleo.api.post(CASES, &form(&own)).await.expect(201);
    let case = id(&opened);
    let path = format!("{CASES}/{case}?workspace_id={foreign}");
    assert_eq!(cleo.api.get(&path).await.status, 404);
    let body = json!({ "workspace_id": foreign, "ground": "nothing_held", "text": "Nothing is held of them." });
    assert_eq!(act(&cleo.api, &case, "refuse", &body).await.status, 404);
    let list = format!("{CASES}?workspace_id={foreign}");
    let listed = cleo.api.get(&list).await.expect(200);
    assert_eq!(listed["requests"], json!([]));
    // By this the dashboard tells our staff from everybody else: they may have no workspace to ask about.
    let nowhere = format!("{CASES}?workspace_id={nobody}");
    let listed = cleo.api.get(&nowhere).await.expect(200);
    assert_eq!(listed["requests"], json!([]));
    assert_eq!(eve.api.get(&nowhere).await.status, 404, "none of our staff");
    for api in [&mira.api, &eve.api] {
        let list = format!("{CASES}?workspace_id={own}");
        assert_eq!(api.get(&list).await.status, 404, "an owner");
        assert_eq!(api.post(CASES, &form(&own)).await.status, 404, "an owner");
    }
    assert_eq!(shown(&cleo.api, &case, &own).await["request"], opened);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p35_that_a_request_was_acknowledged_is_written_down_once_and_missed_where_it_was_not() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let own = workspace(&mira.api).await;
    let (cleo, otto) = officers(&world).await;
    let mut wanted = form(&own);
    wanted["law"] = json!("ccpa");
    let now = cleo.api.post(CASES, &wanted).await.expect(201)["received_at"].take();
    let now = OffsetDateTime::parse(now.as_str().expect("a moment"), &Rfc3339).expect("a moment");
    let received = (now - time::Duration::days(30)).format(&Rfc3339);
    wanted["received_at"] = json!(received.expect("a text"));
    let opened = cleo.api.post(CASES, &wanted).await.expect(201);
    let case = id(&opened);
    assert!(opened["acknowledge_by"].is_string() && opened["acknowledged_at"].is_null());
    let untold = || {
        world
            .host
            .log()
            .select(|line| line.text.contains("wait for an acknowledgement"))
    };
    looked(&world, &mira.api, 400).await;
    let before = eventually("it is missed", async || {
        let lines = untold();
        (!lines.is_empty()).then_some(lines.len())
    })
    .await;

    let told = (now - time::Duration::days(29))
        .format(&Rfc3339)
        .expect("a text");
    let how = "By a mail to the address that asked.";
    let with = |at: &str| json!({ "workspace_id": own, "acknowledged_at": at, "how": how });
    let early = act(
        &otto.api,
        &case,
        "acknowledge",
        &with("2020-01-01T00:00:00Z"),
    )
    .await;
    assert_eq!(early.status, 400, "before it was received: {}", early.body);
    let noted = act(&otto.api, &case, "acknowledge", &with(&told))
        .await
        .expect(200);
    assert_eq!(noted["acknowledged_by"], otto.id.as_str());
    assert_eq!(noted["acknowledged_at"], told.as_str());
    let untimed = json!({ "workspace_id": own, "how": how });
    for same in [&with(&told), &untimed] {
        let repeated = act(&otto.api, &case, "acknowledge", same).await;
        assert_eq!(repeated.expect(200), noted, "an answer was lost");
    }
    let other = json!({ "workspace_id": own, "how": "By a letter to the same house." });
    let later = with("2020-01-01T00:00:00Z");
    for (api, body) in [
        (&cleo.api, &with(&told)),
        (&otto.api, &other),
        (&otto.api, &later),
    ] {
        let again = act(api, &case, "acknowledge", body).await;
        assert!(again.body.to_string().contains(&told), "{}", again.body);
        assert_eq!(again.problem(409), "already_acknowledged");
    }
    let detail = shown(&cleo.api, &case, &own).await;
    assert_eq!(detail["acknowledgement"], how);
    let entry = logged(&mira.api, "compliance.acknowledge").await;
    assert_eq!(entry["actor"], otto.id.as_str());
    assert!(entry["new"]["value"].to_string().contains(how), "{entry}");
    looked(&world, &mira.api, 401).await;
    assert_eq!(
        untold().len(),
        before,
        "what was acknowledged is not missed"
    );
    world.host.stop().await;
}

/// How often requests were told of as nearly due, and as overdue.
fn told(world: &World) -> [usize; 2] {
    ["nearly", "overdue"].map(|standing| {
        let says = |text: &str| text.contains("wait for a decision") && text.contains(standing);
        world.host.log().select(|line| says(&line.text)).len()
    })
}

/// Has a workspace looked through as it is once a day: a new choice of how long fans are kept begins that anew.
async fn looked(world: &World, api: &Api, days: u16) {
    let me = api.get("/api/v1/me").await.expect(200);
    let choice = json!({ "days": days });
    api.put(RETENTION, &choice).await.expect(200);
    look_through(world, &me["workspaces"][0]["id"]);
    world.settled().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p32_a_request_is_told_of_before_it_is_due_and_afterwards_until_it_is_decided() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let own = workspace(&mira.api).await;
    let (cleo, otto) = officers(&world).await;
    let mut wanted = form(&own);
    wanted["law"] = json!("ccpa");
    let fresh = cleo.api.post(CASES, &wanted).await.expect(201);
    looked(&world, &mira.api, 400).await;

    let now = fresh["received_at"].as_str().expect("a moment");
    let now = OffsetDateTime::parse(now, &Rfc3339).expect("a moment");
    let mut late = Vec::new();
    for days in [44, 46] {
        let received = (now - time::Duration::days(days)).format(&Rfc3339);
        wanted["received_at"] = json!(received.expect("a text"));
        late.push(cleo.api.post(CASES, &wanted).await.expect(201));
    }
    assert_eq!(told(&world), [0, 0], "45 days are left");
    looked(&world, &mira.api, 401).await;
    eventually("both are told of", async || {
        told(&world).iter().all(|count| *count > 0).then_some(())
    })
    .await;

    let before = told(&world);
    let refusal =
        json!({ "workspace_id": own, "ground": "withdrawn", "text": "Taken back by letter." });
    let case = id(&late[0]);
    act(&otto.api, &case, "refuse", &refusal).await.expect(200);
    looked(&world, &mira.api, 402).await;
    let after = eventually("what is overdue is told of again", async || {
        let after = told(&world);
        (after[1] > before[1]).then_some(after)
    })
    .await;
    assert_eq!(after[0], before[0], "what was decided is not");
    world.host.stop().await;
}
