//! The part of the walk in which a workspace of its own is closed, taken back, closed again and erased.

use emulator::sqs::Send as Message;
use local::gate::{FaultKind, FaultRule};
use serde_json::{Value, json};
use tests::{Api, Bot, Creator, World, eventually};

use crate::journey_access::prove;
use crate::journey_exports::{EXPORTS, id, ready};
use crate::journey_team::{colleague, invite};

/// Where a workspace is closed, and where that is taken back.
pub(crate) const CLOSING: &str = "/api/v1/workspace/closing";

/// Walks it with people and a bot of its own.
pub(crate) async fn walk(world: &World) {
    let zoe = world.creator("Zoe Quill").await;
    let bot = zoe.connect_bot(world, "zoe_quill_bot").await;
    let finn = world.person("Finn", "en").await;
    finn.says(world, &bot, "hello, Zoe").await;
    let conversation = zoe.conversation("Finn").await;
    let chat = conversation["id"].as_str().expect("an id");
    zoe.answer(chat, "hello, Finn").await;
    prove(&zoe.api, None).await;
    let offer = json!({ "role": "owner" });
    let ada = colleague(world, &zoe.api, "Ada Stone", offer).await;
    let guest = json!({ "role": "analyst" });
    invite(world, &zoe.api, "late.guest@example.com", guest).await;
    let export = zoe.api.post(EXPORTS, &json!({})).await.expect(202);
    ready(&zoe.api, &id(&export)).await;
    let workspace = workspace_of(&zoe.api).await;

    // Other sessions end; there must be one. The ring is lost, so that the sweep has to ask.
    zoe.log_in(world).await;
    lose_ring(world, &zoe.api).await;
    stopped(&zoe, &bot).await;
    world.mail_saying(&ada.email, "is erased").await;
    zoe.log_in(world).await;
    let back = zoe.api.delete(CLOSING).await;
    assert_eq!(back.status, 204, "{}", back.body);
    state(&zoe, &bot, "connected").await;
    over(world).await;

    prove(&zoe.api, None).await;
    zoe.api.post(CLOSING, &json!({})).await.expect(202);
    stopped(&zoe, &bot).await;
    eventually("it stands still", async || {
        let row = closing(world).await?;
        (row["state"]["S"] == "frozen").then_some(())
    })
    .await;
    let job = overdue(world).await;
    ask(world, &job);
    let given = certificate(world, &zoe, &workspace).await;
    let stranger = world.creator("Nils Reed").await;
    let path = certificate_path(&workspace);
    assert_eq!(stranger.api.get(&path).await.problem(404), "not_found");
    assert!(given["signature"].is_string(), "{given}");
    world.settled().await;

    // As after a restore: nothing is back, so that nothing begins.
    let replay = "/__local/functions/operations.replay-erasures/invoke";
    let asked = world.api().post(replay, &json!({})).await.expect(200);
    assert!(asked["closed"].as_u64() >= Some(1), "{asked}");
    world.settled().await;
}

/// The first workspace of a session.
pub(crate) async fn workspace_of(api: &Api) -> String {
    let me = api.get("/api/v1/me").await.expect(200);
    let id = me["workspaces"][0]["id"].as_str();
    id.expect("an id").to_owned()
}

/// The certificate of a workspace as soon as nothing else is left, for a former owner: who logs in again, because sessions end
/// with a membership.
pub(crate) async fn certificate(world: &World, owner: &Creator, workspace: &str) -> Value {
    over(world).await;
    let api = owner.log_in(world).await;
    api.get(&certificate_path(workspace)).await.expect(200)
}

/// Where it is.
pub(crate) fn certificate_path(workspace: &str) -> String {
    format!("/api/v1/privacy/closed-workspaces/{workspace}/certificate")
}

/// Waits until the bots are silent, as their owner sees it.
pub(crate) async fn stopped(owner: &Creator, bot: &Bot) {
    state(owner, bot, "stopped").await;
}

/// Waits until a bot is in this state, as its owner sees it.
pub(crate) async fn state(owner: &Creator, bot: &Bot, wanted: &str) {
    eventually(&format!("the bot is {wanted}"), async || {
        let bots = owner.api.get("/api/v1/bots").await.expect(200);
        let all = bots["bots"].as_array().expect("a list");
        let own = all.iter().find(|one| one["id"] == bot.id.as_str())?;
        (own["state"] == wanted).then_some(())
    })
    .await;
}

/// The row of the closing that is under way.
pub(crate) async fn closing(world: &World) -> Option<Value> {
    let closings = world.rows("closing").await;
    closings.into_iter().map(|(_, row)| row).next()
}

/// Waits until no closing is under way.
pub(crate) async fn over(world: &World) {
    eventually("the closing is over", async || {
        closing(world).await.is_none().then_some(())
    })
    .await;
}

/// Lets the seven days of the closing be over without anybody's session ending, and gives the job for it.
pub(crate) async fn overdue(world: &World) -> Value {
    let (table, mut row) = world.rows("closing").await.swap_remove(0);
    row["closes_at"] = json!({ "N": "1" });
    put(world, table, &row);
    job(&row)
}

/// Writes a row as it stands here.
pub(crate) fn put(world: &World, table: String, row: &Value) {
    let put = json!([{ "PutRequest": { "Item": row } }]);
    let request = serde_json::from_value(json!({ "RequestItems": { table: put } }));
    let database = world.host.aws().dynamodb().database();
    let done = database.batch_write_item(request.expect("a request"));
    let done = done.expect("it is written");
    assert!(done.unprocessed_items.is_empty(), "all of it");
}

/// The job that goes on with a closing.
pub(crate) fn job(row: &Value) -> Value {
    let text = |name: &str| row[name]["S"].as_str().expect("an id").to_owned();
    json!({ "v": 1, "tenant": text("tenant"), "request": text("request") })
}

/// Puts a job into its queue. The sweep asks as well, within a minute.
pub(crate) fn ask(world: &World, job: &Value) {
    let sqs = world.host.aws().sqs();
    let mut names = sqs.queues().into_iter().map(|queue| queue.name);
    let queue = names.find(|name| name.ends_with("-closings"));
    let message = Message {
        body: job.to_string(),
        ..Message::default()
    };
    sqs.send(&queue.expect("a queue"), message)
        .expect("takes it");
}

/// The workspace is closed and no ring for it gets through; `tick` makes up for it two minutes later.
async fn lose_ring(world: &World, api: &Api) {
    close_unheard(world, api).await;
    world.host.advance(time::Duration::seconds(200)).await;
}

/// The workspace is closed and no ring for it gets through.
pub(crate) async fn close_unheard(world: &World, api: &Api) {
    let functions = world.host.functions();
    let function = functions.resolve("workspaces.close").expect("a function");
    world.host.gate().add_fault(FaultRule {
        kind: FaultKind::Unavailable,
        service: Some("sqs".to_owned()),
        operation: Some("SendMessage".to_owned()),
        function: Some(function.to_owned()),
        times: None,
        skip: 0,
        delay_ms: 0,
    });
    let answer = api.post(CLOSING, &json!({})).await;
    world.host.gate().clear_faults();
    answer.expect(202);
}

/// Leaves a closing as a job does that died right after it told somebody.
pub(crate) async fn told(world: &World, user: &str) -> Value {
    let (table, mut row) = world.rows("closing").await.swap_remove(0);
    row["told"] = json!({ "L": [{ "S": user }] });
    put(world, table, &row);
    job(&row)
}
