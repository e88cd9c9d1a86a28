//! The part of the walk in which exports are written, downloaded, taken back and taken away.

use std::io::Cursor;

use archive::PublicKey;
use local::gate::{FaultKind, FaultRule};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tests::{Api, Bot, Person, Signed, World, eventually};

use crate::journey::Journey;
use crate::journey_access::prove;
use crate::journey_privacy::{ERASURES, REQUESTS, known};
use crate::journey_team::{colleague, path};

/// Where an export is asked for.
pub(crate) const EXPORTS: &str = "/api/v1/privacy/exports";
/// Where its link is used.
pub(crate) const DOWNLOADS: &str = "/api/v1/privacy/downloads";

/// The time for which a job has its row, and the minute until the sweep after it.
const WAKES: time::Duration = time::Duration::seconds(150);

/// An export that fails and begins again, and one that is downloaded and then taken back.
pub(crate) async fn walk(world: &World, journey: &Journey) {
    let api = &journey.creator.api;
    // It fails before its first checkpoint, and once more when all that is missing is the signature.
    for (service, operation, times) in [("s3", "PutObject", 1), ("kms", "GetPublicKey", 100)] {
        let job = world.host.functions().resolve("privacy.export");
        world.host.gate().add_fault(FaultRule {
            kind: FaultKind::Unavailable,
            service: Some(service.to_owned()),
            operation: Some(operation.to_owned()),
            function: Some(job.expect("a function").to_owned()),
            times: Some(times),
            skip: 0,
            delay_ms: 0,
        });
    }
    let failed = failures(world);
    prove(api, None).await;
    let made = api.post(EXPORTS, &json!({})).await.expect(202);
    uses(world, "s3:AbortMultipartUpload").await;
    // The row belongs to the job that failed; its message is hidden for longer, so that it is the sweep that asks.
    world.host.advance(WAKES).await;
    // The state alone comes before the fault has struck.
    eventually("it failed for want of its signature", async || {
        let request = shown(api, &id(&made)).await;
        (request["export"]["state"] == "closing" && failures(world) > failed + 1).then_some(())
    })
    .await;
    world.host.gate().clear_faults();
    world.host.advance(WAKES).await;
    ready(api, &id(&made)).await;
    uses(world, "s3:GetObject").await;
    world.host.advance(time::Duration::seconds(460)).await;
    world.settled().await;
    prove(api, None).await;

    // Owners hear of what somebody else has exported.
    let manager = json!({ "role": "manager" });
    let manager = colleague(world, api, "Kay Dorn", manager).await;
    prove(&manager.api, None).await;
    let theirs = manager.api.post(EXPORTS, &json!({})).await.expect(202);
    ready(&manager.api, &id(&theirs)).await;
    let owner = &journey.creator.email;
    world.mail_saying(owner, "Kay Dorn has data").await;
    prove(api, None).await;
    assert_eq!(api.delete(&path(&manager)).await.status, 204);

    hold(world, "pause").await;
    let first = api.post(EXPORTS, &json!({})).await.expect(202);
    let again = api.post(EXPORTS, &json!({})).await.expect(202);
    assert_eq!(first["id"], again["id"], "the one that runs");
    hold(world, "resume").await;
    let id = id(&first);
    ready(api, &id).await;
    let file = download(api, &id).await;
    let findings = archive::verify(&mut Cursor::new(file), &signer(world).await);
    assert_eq!(findings.expect("reads"), []);

    let una = world.person("Una", "en").await;
    known(world, journey, &una).await;
    una.says(world, &journey.bot, "/export").await;
    copies(world, &journey.bot, &una, 1).await;
    world.settled().await;

    let ben = world.person("Ben", "en").await;
    let fan = known(world, journey, &ben).await;
    prove(api, None).await;
    let body = json!({ "fan_id": fan });
    let of_ben = api.post(EXPORTS, &body).await.expect(202);
    ready(api, of_ben["id"].as_str().expect("an id")).await;
    erase(api, &fan).await;
    withdrawn(api, &id).await;
    world.settled().await;
    let link = format!("{REQUESTS}/{id}/links");
    api.post(&link, &json!({})).await.problem(404);
}

async fn erase(api: &Api, fan: &str) {
    let body = json!({ "fan_id": fan });
    api.post(ERASURES, &body).await.expect(202);
}

async fn withdrawn(api: &Api, id: &str) {
    eventually("the export is taken back", async || {
        (shown(api, id).await["state"] == "withdrawn").then_some(())
    })
    .await;
}

/// How often a job of exports did not go on.
fn failures(world: &World) -> usize {
    let job = world.host.functions().resolve("privacy.export");
    let job = job.expect("a function");
    let log = world
        .host
        .log()
        .select(|line| line.function == job && line.text.contains("a privacy job did not go on"));
    log.len()
}

/// Waits until the job has used this permission.
async fn uses(world: &World, action: &str) {
    eventually(&format!("the export uses {action}"), async || {
        let used = world.host.gate().used();
        let mut by_job = used
            .iter()
            .filter(|(role, _)| role.ends_with("-privacy-export"));
        by_job.any(|(_, used)| used.contains(action)).then_some(())
    })
    .await;
}

/// Lets the job wait, or go on.
pub(crate) async fn hold(world: &World, what: &str) {
    let path = format!("/__local/functions/privacy.export/{what}");
    world.api().post(&path, &json!({})).await.expect(200);
}

/// The id of a request.
pub(crate) fn id(request: &Value) -> String {
    request["id"].as_str().expect("an id").to_owned()
}

/// A request as it is shown now.
pub(crate) async fn shown(api: &Api, id: &str) -> Value {
    api.get(&format!("{REQUESTS}/{id}")).await.expect(200)
}

/// A request, as soon as its export can be downloaded.
pub(crate) async fn ready(api: &Api, id: &str) -> Value {
    eventually("the export is ready", async || {
        let request = shown(api, id).await;
        (request["export"]["state"] == "ready").then_some(request)
    })
    .await
}

/// A new link to an export.
pub(crate) async fn link(api: &Api, id: &str) -> Value {
    let made = api
        .post(&format!("{REQUESTS}/{id}/links"), &json!({}))
        .await;
    json!({ "request_id": id, "token": made.expect(201)["token"] })
}

/// The bytes of an export.
pub(crate) async fn download(api: &Api, id: &str) -> Vec<u8> {
    let link = link(api, id).await;
    let given = api.post(DOWNLOADS, &link).await.expect(200);
    let url = given["url"].as_str().expect("an address");
    let answer = fetched(url).await;
    assert_eq!(answer.status(), 200, "{url}");
    let saved_as = answer.headers()["content-disposition"].to_str();
    assert_eq!(
        saved_as.ok(),
        Some("attachment; filename=\"sofi-export.zip\"")
    );
    answer.bytes().await.expect("bytes").to_vec()
}

/// What an address gives to whoever has it.
pub(crate) async fn fetched(url: &str) -> Response {
    // A browser follows such an address without anything of ours.
    let client = Client::builder().no_proxy().build().expect("a client");
    client.get(url).send().await.expect("an answer")
}

/// The file of an export as a fan got it.
pub(crate) struct FanFile {
    /// What it is called.
    pub(crate) name: String,
    /// What stands below it.
    pub(crate) caption: String,
    /// What is in it.
    pub(crate) bytes: Vec<u8>,
}

/// The files in a fan's chat with the bot, oldest first, as soon as there are so many.
pub(crate) async fn copies(world: &World, bot: &Bot, fan: &Person, count: usize) -> Vec<FanFile> {
    let sent = eventually(&format!("{count} files are in the chat"), async || {
        let sent = files(world, bot, fan).await;
        (sent.len() >= count).then_some(sent)
    })
    .await;
    assert_eq!(sent.len(), count);
    let mut copies = Vec::new();
    for message in sent {
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let document = &message["document"];
        let id = text(&document["file_unique_id"]);
        let url = format!("{}/__control/files/{id}", world.host.telegram_url());
        let answer = fetched(&url).await;
        assert_eq!(answer.status(), 200, "{url}");
        copies.push(FanFile {
            name: text(&document["file_name"]),
            caption: text(&message["caption"]),
            bytes: answer.bytes().await.expect("bytes").to_vec(),
        });
    }
    copies
}

/// Messages with a file in a fan's chat with the bot, oldest first.
pub(crate) async fn files(world: &World, bot: &Bot, fan: &Person) -> Vec<Value> {
    let path = format!("/bots/{}/chats/{}", bot.telegram_id, fan.id);
    let chat = world.telegram("GET", &path, Value::Null).await;
    let messages = chat["messages"].as_array().expect("a transcript").iter();
    let messages = messages.map(|entry| entry["message"].clone());
    messages
        .filter(|message| message["document"].is_object())
        .collect()
}

/// The key that signs exports, as KMS has it.
pub(crate) async fn signer(world: &World) -> PublicKey {
    let keys = world.host.aws().kms().keys();
    for key in keys {
        let body = json!({ "KeyId": key });
        let found = Signed::platform(world).kms("GetPublicKey", &body).await;
        if let Ok(found) = found {
            let text = found["PublicKey"].as_str().expect("a key");
            let spki = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text);
            return PublicKey::from_spki(&spki.expect("base 64")).expect("a key on P-256");
        }
    }
    panic!("no signing key")
}
