//! A workspace is closed: taken back it is as it was, and seven days later nothing of it is left but what the certificate says.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};

use crate::canary::forms;
use crate::journey_access::prove;
use crate::journey_closing::{
    CLOSING, ask, certificate, certificate_path, close_unheard, closing, job, over, state, stopped,
    told, workspace_of,
};
use crate::journey_exports::{EXPORTS, id, ready, signer};
use crate::journey_team::{accept, colleague, invite, newcomer};
use crate::journey_tokens::{TOKENS, make};

/// What Telegram, the fan and the team say of a workspace of which nothing may be left.
const CANARIES: [&str; 8] = [
    "7312945882",
    "Vexxafirst",
    "vexxa_user",
    "vexxatext",
    "vexxaanswer",
    "vexxanote",
    "vexxafact",
    "vexxatag",
];
const CANARY_ID: i64 = 7_312_945_882;
/// What an SPKI of a key on P-256 has before the point.
const BEFORE_POINT: usize = 26;

/// The workspace that is closed, and its neighbour, which knows the same fan.
struct Stage {
    world: World,
    mira: Creator,
    eve: Creator,
    bot: Bot,
    other: Bot,
    fan: Person,
    workspace: String,
    chat: String,
}

impl Stage {
    async fn open() -> Self {
        let world = World::start().await;
        let (mira, eve) = (
            world.creator("Mira Vale").await,
            world.creator("Eve Rook").await,
        );
        let bot = mira.connect_bot(&world, "mira_closing_bot").await;
        let other = eve.connect_bot(&world, "eve_staying_bot").await;
        let profile = json!({
            "id": CANARY_ID, "first_name": "Vexxafirst", "username": "vexxa_user", "language_code": "en",
        });
        world.telegram("POST", "/people", profile).await;
        let fan = Person {
            id: CANARY_ID,
            first_name: "Vexxafirst".to_owned(),
        };
        fan.says(&world, &bot, "vexxatext, hello").await;
        fan.says(&world, &other, "good day to the neighbour").await;
        let conversation = mira.conversation("Vexxafirst").await;
        let text = |field: &str| conversation[field].as_str().expect("an id").to_owned();
        let (chat, person) = (text("id"), text("fan_id"));
        mira.answer(&chat, "vexxaanswer").await;
        for (path, words) in [
            (format!("/api/v1/conversations/{chat}/notes"), "vexxanote"),
            (format!("/api/v1/fans/{person}/facts"), "vexxafact"),
        ] {
            let body = json!({ "text": words });
            mira.api.post(&path, &body).await.expect(201);
        }
        let body = json!({ "tags": ["vexxatag"] });
        let path = format!("/api/v1/fans/{person}");
        mira.api.patch(&path, &body).await.expect(200);
        world.settled().await;
        let workspace = workspace_of(&mira.api).await;
        prove(&mira.api, None).await;
        Self {
            world,
            mira,
            eve,
            bot,
            other,
            fan,
            workspace,
            chat,
        }
    }

    /// The part of the workspace's id that stands in keys.
    fn tenant(&self) -> &str {
        self.workspace.rsplit_once('_').expect("a prefix").1
    }

    async fn close(&self) -> Value {
        let closed = self.mira.api.post(CLOSING, &json!({})).await.expect(202);
        stopped(&self.mira, &self.bot).await;
        eventually("it stands still", async || {
            let row = closing(&self.world).await?;
            (row["state"]["S"] == "frozen").then_some(())
        })
        .await;
        self.world.settled().await;
        closed
    }

    /// What the neighbour has.
    async fn neighbour(&self) -> Vec<Value> {
        let api = self.eve.log_in(&self.world).await;
        let page = api.get("/api/v1/conversations").await.expect(200);
        let all = page["conversations"].as_array().expect("a list");
        all.iter().map(|one| one["name"].clone()).collect()
    }
}

/// Rows of a workspace, of all tables but the audit log, with their kinds.
async fn rows_of(world: &World, tenant: &str) -> Vec<String> {
    let dump = world.control("/dump").await;
    let tables = dump["tables"].as_object().expect("tables");
    let prefix = format!("T#{tenant}#");
    let rows = tables.values().filter_map(Value::as_array).flatten();
    let own = rows.filter(|row| {
        let pk = row["pk"]["S"].as_str().unwrap_or_default();
        pk.starts_with(&prefix)
    });
    let kinds = own.map(|row| row["kind"]["S"].as_str().unwrap_or_default().to_owned());
    kinds.filter(|kind| !kind.starts_with("audit_")).collect()
}

/// Canaries that stand in tables, buckets or queues, in the clear or in base 64.
async fn found(world: &World) -> Vec<&'static str> {
    let dump = world.control("/dump").await;
    let text = [&dump["tables"], &dump["buckets"], &dump["queues"]].map(Value::to_string);
    let text = text.concat();
    let small = text.to_lowercase();
    let stands = |word: &&str| {
        small.contains(&word.to_lowercase()) || forms(word).iter().any(|form| text.contains(form))
    };
    CANARIES.into_iter().filter(stands).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_workspace_stands_still_and_is_as_it_was_once_that_is_taken_back() {
    let stage = Stage::open().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    let manager = json!({ "role": "manager" });
    let ola = colleague(world, api, "Ola Berg", manager).await;
    let address = "late.guest@example.com";
    let open = invite(world, api, address, json!({ "role": "analyst" })).await;
    let refused = ola.api.post(CLOSING, &json!({})).await;
    assert_eq!(refused.problem(403), "role_too_low");
    assert_eq!(api.delete(CLOSING).await.problem(404), "not_found");

    prove(api, None).await;
    let closed = stage.close().await;
    let again = api.post(CLOSING, &json!({})).await.expect(202);
    assert_eq!(again, closed, "closing twice changes nothing");
    let mail = world.mail_saying(&stage.mira.email, "is erased").await;
    let told = mail.text.expect("a text");
    assert!(
        told.contains("Mira Vale") && told.contains("/more"),
        "{told}"
    );
    let me = api.get("/api/v1/me").await.expect(200);
    assert_eq!(me["workspaces"][0]["closes_at"], closed["closes_at"]);
    assert_eq!(ola.api.get("/api/v1/me").await.status, 401, "ended");

    // It can be read and exported; nothing else.
    assert_eq!(stage.mira.conversations().await.len(), 1);
    let messages = stage.mira.messages(&stage.chat).await;
    let text = json!({ "text": "one more" });
    let send = format!("/api/v1/conversations/{}/messages", stage.chat);
    let refused = api.post(&send, &text).await;
    assert_eq!(refused.problem(409), "workspace_closing");
    let export = api.post(EXPORTS, &json!({})).await.expect(202);
    ready(api, &id(&export)).await;
    let (guest, _) = newcomer(world, "Late Guest").await;
    assert_eq!(accept(&guest, &open).await.status, 404, "it has ended");
    stage.fan.says(world, &stage.bot, "is anybody there?").await;
    world.settled().await;
    assert_eq!(stage.mira.messages(&stage.chat).await, messages);

    assert_eq!(api.delete(CLOSING).await.status, 204);
    state(&stage.mira, &stage.bot, "connected").await;
    over(world).await;
    world.settled().await;
    api.post(&send, &text).await.expect(201);
    stage.fan.says(world, &stage.bot, "there you are").await;
    eventually("the bot hears again", async || {
        let messages = stage.mira.messages(&stage.chat).await;
        let heard = messages.iter().any(|one| one["text"] == "there you are");
        heard.then_some(())
    })
    .await;
    let log = api.get("/api/v1/audit?action=workspace.reopen").await;
    let log = log.expect(200);
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(1), "{log}");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_a_closing_back_while_its_members_are_told_stays_signed_in() {
    let stage = Stage::open().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    prove(api, None).await;
    for milliseconds in [0, 5, 10, 15, 20, 25] {
        let latency = std::time::Duration::from_millis(milliseconds);
        world.host.gate().set_latency(latency);
        api.post(CLOSING, &json!({})).await.expect(202);
        eventually("it is taken back", async || {
            let taken = api.delete(CLOSING).await;
            // The job may have written a moment ago.
            assert!([204, 409].contains(&taken.status), "{taken:?}");
            (taken.status == 204).then_some(())
        })
        .await;
        over(world).await;
        api.get("/api/v1/me").await.expect(200);
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_began_beside_a_closing_ends_though_the_job_died_and_no_token_comes_after_it() {
    let stage = Stage::open().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    let manager = json!({ "role": "manager" });
    let ola = colleague(world, api, "Ola Berg", manager).await;
    prove(&ola.api, None).await;
    let token = make(world, &ola.api, &["read_conversations"], 1).await;
    prove(api, None).await;
    close_unheard(world, api).await;

    let form = json!({ "name": "Late", "rights": ["read_conversations"], "days": 1 });
    let late = ola.api.post(TOKENS, &form).await;
    assert_eq!(late.problem(409), "changed_meanwhile");
    token.api.get("/api/v1/conversations").await.expect(200);
    let job = told(world, &ola.user).await;
    ask(world, &job);
    eventually("it stands still", async || {
        let row = closing(world).await?;
        (row["state"]["S"] == "frozen").then_some(())
    })
    .await;
    assert_eq!(ola.api.get("/api/v1/me").await.status, 401, "her session");
    let by_token = token.api.get("/api/v1/conversations").await;
    assert_eq!(by_token.status, 401, "her token");
    api.get("/api/v1/me").await.expect(200);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p27_a_closed_workspace_is_erased_after_seven_days_and_its_neighbour_is_not() {
    let stage = Stage::open().await;
    let world = &stage.world;
    let closed = stage.close().await;
    let row = closing(world).await.expect("a closing");
    let job = job(&row);
    let before = stage.neighbour().await;
    assert_eq!(before.len(), 1);

    // A file goes by itself after a week: this one is younger than the closing.
    world.host.advance(time::Duration::days(1)).await;
    let mira = stage.mira.log_in(world).await;
    let export = mira.post(EXPORTS, &json!({})).await.expect(202);
    ready(&mira, &id(&export)).await;

    let almost = time::Duration::days(6) - time::Duration::minutes(5);
    world.host.advance(almost).await;
    ask(world, &job);
    world.settled().await;
    let held = rows_of(world, stage.tenant()).await;
    assert!(held.iter().any(|kind| kind == "tenant_key"), "{held:?}");

    world.host.advance(time::Duration::minutes(10)).await;
    ask(world, &job);
    let given = certificate(world, &stage.mira, &stage.workspace).await;
    world.settled().await;
    let said = given["certificate"].as_str().expect("a text");
    let signature = STANDARD.decode(given["signature"].as_str().expect("a text"));
    let key = signer(world).await;
    let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &key.spki()[BEFORE_POINT..]);
    let signature = signature.expect("base 64");
    assert!(public.verify(said.as_bytes(), &signature).is_ok());
    let certificate: Value = serde_json::from_str(said).expect("JSON");
    assert_eq!(certificate["subject"], "workspace");
    assert_eq!(certificate["asked_at"], closed["closed_at"]);
    for (store, kind, count) in [
        ("keys", "tenant_key", 1),
        ("keys", "fan_key", 1),
        ("routing", "holder", 1),
        ("routing", "hook", 1),
        ("tenant", "bot", 1),
        ("tenant", "fan", 1),
        ("tenant", "member", 1),
        ("tenant", "message", 2),
        ("objects", "export_file", 1),
    ] {
        assert_eq!(certificate["deleted"][store][kind], count, "{certificate}");
    }

    assert_eq!(found(world).await, Vec::<&str>::new());
    let mut left = rows_of(world, stage.tenant()).await;
    left.retain(|kind| {
        let stays = [
            "notice",
            "privacy_request",
            "update",
            "spend",
            "ai_month",
            "idempotency",
            "erased",
        ];
        !stays.contains(&kind.as_str())
    });
    assert_eq!(left, Vec::<String>::new());
    let api = stage.mira.log_in(world).await;
    let me = api.get("/api/v1/me").await.expect(200);
    assert_eq!(me["workspaces"], json!([]), "the person stays");

    // A late job changes nothing.
    ask(world, &job);
    world.settled().await;
    assert_eq!(found(world).await, Vec::<&str>::new());
    assert_eq!(world.depth("-closings-dlq"), 0);

    assert_eq!(stage.neighbour().await, before);
    let path = certificate_path(&stage.workspace);
    let eve = stage.eve.log_in(world).await;
    assert_eq!(eve.get(&path).await.problem(404), "not_found");
    stage.fan.says(world, &stage.other, "still here").await;
    eventually("the neighbour hears", async || {
        let page = eve.get("/api/v1/conversations").await.expect(200);
        let unread = page["conversations"][0]["unread"].as_u64()?;
        (unread >= 2).then_some(())
    })
    .await;
    world.host.stop().await;
}
