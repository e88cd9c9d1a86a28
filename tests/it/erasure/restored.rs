//! An older copy of the tables is put back after erasures: one command has everything erased once more, and touches nothing
//! else (decision 0039). The table of work is never restored, so it stays as it is.

use std::collections::BTreeMap;

use local::KillPlan;
use serde_json::{Value, json};
use tests::{Answer, Bot, Creator, Person, World, eventually};

use super::rows::{self, ids, text};
use super::stage::tenant;
use crate::journey_access::prove;
use crate::journey_closing::{
    CLOSING, ask, certificate, certificate_path, closing, job, workspace_of,
};
use crate::journey_privacy::{ERASURES, certificate_of, erased, finished, requests};
use crate::sealing::{self, Key, bytes};

/// Fans who are erased.
const MANY: usize = 50;
/// What each of them writes.
pub(super) const WORDS: &str = "tesseratext, hello";
pub(super) const REPLAY: &str = "/__local/functions/operations.replay-erasures/invoke";
/// Rows that the database takes at once.
const BATCH: usize = 25;
/// What a restore brings back.
pub(super) const RESTORED: [&str; 3] = ["-tenant", "-keys", "-routing"];
/// Longer than a function keeps an opened key.
const KEYS_KEPT: time::Duration = time::Duration::minutes(10);

/// Rows of tables.
pub(super) type Tables = BTreeMap<String, Vec<Value>>;

/// A workspace that stays and has fans erased, and one that is closed.
struct Stage {
    world: World,
    eve: Creator,
    bot: Bot,
    mira: Creator,
    workspace: String,
    fans: Vec<Person>,
    /// Ids of the fans who are erased and of their conversations.
    gone: Vec<String>,
    /// The conversation of the fan who stays.
    robin: String,
    neighbour: Person,
}

impl Stage {
    async fn open() -> Self {
        let world = World::start().await;
        let limits = json!({ "rate_limits": false });
        world.telegram("PATCH", "/settings", limits).await;
        let mut eve = world.creator("Eve Rook").await;
        let mira = world.creator("Mira Vale").await;
        let bot = eve.connect_bot(&world, "eve_staying_bot").await;
        let other = mira.connect_bot(&world, "mira_closing_bot").await;
        let mut fans = Vec::new();
        for number in 0..MANY {
            let fan = world.person(&format!("Tessera{number:02}"), "en").await;
            fan.says(&world, &bot, WORDS).await;
            fans.push(fan);
        }
        let neighbour = world.person("Robin", "en").await;
        neighbour.says(&world, &bot, "hello from next door").await;
        fans[0].says(&world, &other, WORDS).await;
        mira.conversation("Tessera00").await;
        let robin = text(&eve.conversation("Robin").await["id"]);
        eve.answer(&robin, "good day").await;
        world.settled().await;
        let workspace = workspace_of(&mira.api).await;

        // Closed seven days ago, but for a few minutes.
        prove(&mira.api, None).await;
        mira.api.post(CLOSING, &json!({})).await.expect(202);
        eventually("it stands still", async || {
            let row = closing(&world).await?;
            (row["state"]["S"] == "frozen").then_some(())
        })
        .await;
        let almost = time::Duration::days(7) - time::Duration::minutes(30);
        world.host.advance(almost).await;
        world.settled().await;
        eve.api = eve.log_in(&world).await;
        let talks = eve.conversations().await;
        let erased = talks.iter().filter(|talk| talk["name"] != "Robin");
        let named: Vec<&Value> = erased
            .flat_map(|talk| [&talk["fan_id"], &talk["id"]])
            .collect();
        let gone = ids(&named);
        assert_eq!(gone.len(), 2 * MANY);
        Self {
            world,
            eve,
            bot,
            mira,
            workspace,
            fans,
            gone,
            robin,
            neighbour,
        }
    }

    /// Has the fans erased, and the closed workspace, whose time is over.
    async fn erase(&self) {
        let (world, api) = (&self.world, &self.eve.api);
        let talks = self.eve.conversations().await;
        prove(api, None).await;
        for talk in talks.iter().filter(|talk| talk["name"] != "Robin") {
            let body = json!({ "fan_id": talk["fan_id"] });
            api.post(ERASURES, &body).await.expect(202);
        }
        finished(api, MANY).await;
        let row = closing(world).await.expect("a closing");
        world.host.advance(time::Duration::minutes(40)).await;
        ask(world, &job(&row));
        certificate(world, &self.mira, &self.workspace).await;
        world.settled().await;
    }

    /// The command.
    async fn replay(&self) -> Answer {
        self.world.api().post(REPLAY, &json!({})).await
    }

    /// The part of the closed workspace's id that stands in keys.
    fn closed(&self) -> &str {
        self.workspace.rsplit_once('_').expect("a prefix").1
    }

    /// Kinds of rows that the closed workspace has, without what stays until its own time is over.
    async fn left(&self) -> Vec<String> {
        let all = rows::dump(&self.world).await;
        let own = rows::of(&all, self.closed());
        let stays = [
            "ai_month",
            "erased",
            "idempotency",
            "notice",
            "privacy_request",
            "spend",
            "update",
        ];
        let kinds = rows::count(&own).into_keys();
        kinds
            .filter(|kind| !kind.starts_with("audit_") && !stays.contains(&kind.as_str()))
            .collect()
    }
}

/// The tables as a point in time has them.
pub(super) fn copy(world: &World) -> Tables {
    let dynamodb = world.host.aws().dynamodb();
    let tables = dynamodb.tables().expect("tables").into_iter();
    let restored = tables.filter(|name| RESTORED.iter().any(|end| name.ends_with(end)));
    restored
        .map(|table| {
            let rows = dynamodb.dump(&table).expect("rows");
            (table, rows)
        })
        .collect()
}

/// Puts a copy in the place of what is there, of the tables whose names end so.
pub(super) fn put_back(world: &World, copy: &Tables, tables: &[&str]) {
    let dynamodb = world.host.aws().dynamodb();
    let restored = copy
        .iter()
        .filter(|(table, _)| tables.iter().any(|end| table.ends_with(end)));
    for (table, rows) in restored {
        let now = dynamodb.dump(table).expect("rows");
        let delete = now.iter().map(|row| {
            let key = json!({ "pk": row["pk"], "sk": row["sk"] });
            json!({ "DeleteRequest": { "Key": key } })
        });
        write(world, table, delete.collect());
        let put = rows
            .iter()
            .map(|row| json!({ "PutRequest": { "Item": row } }));
        write(world, table, put.collect());
    }
}

fn write(world: &World, table: &str, writes: Vec<Value>) {
    let database = world.host.aws().dynamodb().database();
    for some in writes.chunks(BATCH) {
        let items = BTreeMap::from([(table, some)]);
        let request = serde_json::from_value(json!({ "RequestItems": items }));
        let done = database.batch_write_item(request.expect("a request"));
        let done = done.expect("they are written");
        assert!(done.unprocessed_items.is_empty(), "all of them");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p27_what_an_older_copy_brings_back_is_erased_again_by_one_command() {
    let stage = Stage::open().await;
    let (world, api) = (&stage.world, &stage.eve.api);
    let before = copy(world);
    let said = stage.eve.messages(&stage.robin).await;
    stage.erase().await;
    rows::assert_gone(&rows::dump(world).await, &stage.gone);
    assert_eq!(stage.left().await, Vec::<String>::new());

    without_keys(&stage, &before).await;

    put_back(world, &before, &RESTORED);
    let held = rows::naming(&rows::dump(world).await, &stage.gone);
    let kinds = rows::count(&held);
    assert_eq!((kinds["fan"], kinds["fan_key"]), (MANY as u64, MANY as u64));
    assert_eq!(stage.eve.conversations().await.len(), MANY + 1, "back");
    assert!(stage.left().await.contains(&"tenant_key".to_owned()));
    assert!(requests(api).await.is_empty(), "of a later time");

    killed(&stage).await;
    let answer = stage.replay().await.expect(200);
    assert_eq!(
        answer,
        json!({ "workspaces": 1, "closed": 1, "after": null })
    );
    world.settled().await;
    finished(api, MANY).await;
    let given = certificate(world, &stage.mira, &stage.workspace).await;
    world.settled().await;
    all_is_gone(&stage, &given).await;

    // The neighbour reads and writes as before, and whoever was erased can come back as somebody new.
    assert_eq!(stage.eve.messages(&stage.robin).await, said);
    stage.eve.answer(&stage.robin, "how are you?").await;
    stage.neighbour.says(world, &stage.bot, "fine").await;
    stage.fans[0].says(world, &stage.bot, "hello again").await;
    world.settled().await;
    let texts = stage.eve.messages(&stage.robin).await;
    let has = |wanted: &str| texts.iter().any(|one| one["text"] == wanted);
    assert!(has("how are you?") && has("fine"), "{texts:?}");
    let back = text(&stage.eve.conversation("Tessera00").await["id"]);
    let known = requests(api).await;

    stage.replay().await.expect(200);
    world.settled().await;
    assert_eq!(requests(api).await, known, "nothing is done twice");
    assert_eq!(stage.eve.messages(&back).await.len(), 1, "a new subject");
    assert_eq!(stage.left().await, Vec::<String>::new());
    for queue in ["-erasures-dlq", "-closings-dlq"] {
        assert_eq!(world.depth(queue), 0, "{queue}");
    }
    world.host.stop().await;
}

/// A copy of the rows without their keys: nothing of it opens, and nothing is begun that could not be ended.
async fn without_keys(stage: &Stage, before: &Tables) {
    let world = &stage.world;
    world.host.advance(KEYS_KEPT).await;
    put_back(world, before, &RESTORED[..1]);
    let chat = &stage.gone[1];
    let path = format!("/api/v1/conversations/cnv_{chat}/messages?limit=100");
    let read = stage.eve.api.get(&path).await;
    assert_ne!(read.status, 200, "{}", read.body);
    assert!(!read.body.to_string().contains("tesseratext"));
    let listed = stage.eve.conversations().await;
    assert_eq!(listed.len(), MANY + 1, "the heads are back");
    for talk in listed.iter().filter(|talk| talk["name"] != "Robin") {
        assert_eq!((&talk["name"], &talk["snippet"]), (&json!(""), &json!("")));
    }
    nothing_opens(stage, before).await;
    stage.replay().await.expect(200);
    world.settled().await;
    let kinds = rows::count(&rows::dump(world).await);
    for kind in ["erasure", "closing"] {
        assert!(!kinds.contains_key(kind), "{kind} has begun");
    }
}

/// Of what the copy has sealed of who was erased, nothing opens under the key that is left, the workspace's.
async fn nothing_opens(stage: &Stage, copy: &Tables) {
    let tenant = tenant(&stage.eve).await;
    let key = Key::of_tenant(&stage.world, &tenant).await;
    let prefix = format!("T#{tenant}#");
    let mut tables = copy.iter();
    let copied = tables.find(|(table, _)| table.ends_with(RESTORED[0]));
    let (mut closed, mut opened) = (0, 0);
    for row in copied.expect("a copy of the rows").1 {
        let Some(pk) = sealing::text(row, "pk").strip_prefix(&prefix) else {
            continue;
        };
        let whole = row.to_string();
        let of_gone = stage.gone.iter().any(|id| whole.contains(id.as_str()));
        let attributes = row.as_object().expect("an item").iter();
        for (name, value) in attributes.filter(|(_, value)| value["B"].is_string()) {
            let place = ["tenant", pk, sealing::text(row, "sk"), name];
            let opens = key.open(place, &bytes(&value["B"])).is_some();
            assert!(!(of_gone && opens), "{}.{name}", row["kind"]["S"]);
            closed += usize::from(of_gone);
            opened += usize::from(opens);
        }
    }
    assert!(closed >= 3 * MANY, "profiles, cards and messages: {closed}");
    assert!(opened > 0, "it is the workspace's key");
}

/// A job dies after some of its fans, and the command after it asked for the first job.
async fn killed(stage: &Stage) {
    let world = &stage.world;
    // Each tombstone is put back by a transaction; so it dies half-way through those that begin an erasure.
    plan_kill(world, "privacy.erase", "dynamodb:TransactWriteItems", 75);
    stage.replay().await.expect(200);
    eventually("the job has died", async || {
        (world.host.kills().len() == 1).then_some(())
    })
    .await;
    plan_kill(world, "operations.replay-erasures", "sqs:SendMessage", 1);
    let died = stage.replay().await;
    assert_ne!(died.status, 200, "{}", died.body);
    assert_eq!(world.host.kills().len(), 2);
    world.host.clear_kill_plans();
    // What the job was at is hidden for its visibility time-out.
    world.host.advance(time::Duration::seconds(400)).await;
    world.settled().await;
}

pub(super) fn plan_kill(world: &World, function: &str, operation: &str, call: u32) {
    world.host.plan_kill(KillPlan {
        function: Some(function.to_owned()),
        before_call: None,
        after_call: Some(call),
        operation: Some(operation.to_owned()),
        times: 1,
        skip: 0,
    });
}

/// No row of who was erased is left, and the certificates say what went.
async fn all_is_gone(stage: &Stage, given: &Value) {
    let (world, api) = (&stage.world, &stage.eve.api);
    let after = rows::dump(world).await;
    rows::assert_gone(&after, &stage.gone);
    assert_eq!(stage.left().await, Vec::<String>::new());
    assert_eq!(stage.eve.conversations().await.len(), 1);
    let found = api.get("/api/v1/fans?query=tess").await.expect(200);
    assert_eq!(found["fans"], json!([]));
    let own = rows::of(&after, &tenant(&stage.eve).await);
    let kinds = rows::count(&own);
    assert_eq!((kinds["fan"], kinds["fan_key"]), (1, 1), "the neighbour's");
    let marks = own.iter().filter(|(place, _)| place.contains("#GONE#"));
    let complete = marks.filter(|(_, row)| row["complete"]["BOOL"] == true);
    assert_eq!(complete.count(), MANY, "and what is late stays out");

    for request in requests(api).await {
        let counts = erased(&request);
        for kind in ["conversation", "fan", "fan_key", "message"] {
            assert_eq!(counts.get(kind), Some(&1), "{kind} in {counts:?}");
        }
        let path = certificate_of(&request);
        let signed = text(&api.get(&path).await.expect(200)["certificate"]);
        let certificate: Value = serde_json::from_str(&signed).expect("JSON");
        assert_eq!(certificate["deleted"]["keys"]["fan_key"], 1, "{signed}");
    }
    let certificate: Value = serde_json::from_str(&text(&given["certificate"])).expect("JSON");
    assert_eq!(certificate["subject"], "workspace");
    for (store, kind) in [
        ("keys", "tenant_key"),
        ("keys", "fan_key"),
        ("routing", "hook"),
        ("tenant", "bot"),
        ("tenant", "fan"),
        ("tenant", "member"),
        ("tenant", "message"),
    ] {
        assert_eq!(certificate["deleted"][store][kind], 1, "{certificate}");
    }
    let path = certificate_path(&stage.workspace);
    assert_eq!(api.get(&path).await.problem(404), "not_found");
}
