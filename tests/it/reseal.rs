//! What is sealed in a form that is not written any more is sealed anew: all of it, once, and nothing else of a row (decision 0045).

mod forms;
mod tags;

use std::collections::{BTreeMap, BTreeSet};

use local::KillPlan;
use local::gate::{FaultKind, FaultRule};
use serde_json::{Value, json};
use tests::{Answer, Api, Bot, Creator, Person, World, eventually};

use crate::journey_access::prove;
use crate::journey_privacy::{ERASURES, finished};
use crate::journey_team::invite;
use crate::sealing::{FORMER, WRITTEN};
use crate::staff::workspace;
use forms::{Held, Keys};

const RESEAL: &str = "/__local/functions/privacy.reseal/invoke";
/// More calls than a test needs, and more writes than a call makes.
const CALLS: usize = 200;
const WRITES: u32 = 10_000;

/// What calls came to, up to the end of the way.
struct Run {
    resealed: u64,
    left: u64,
    calls: usize,
}

/// A workspace with something of each kind that an API writes.
struct Stage {
    world: World,
    mira: Creator,
    bot: Bot,
    robin: Person,
    tenant: String,
    conversation: Value,
}

impl Stage {
    async fn open() -> Self {
        let world = World::start().await;
        let mira = world.creator("Mira Vale").await;
        let bot = mira.connect_bot(&world, "mira_resealed_bot").await;
        let robin = world.person("Robin", "en").await;
        for words in ["the first words", "the second"] {
            robin.says(&world, &bot, words).await;
        }
        let conversation = mira.conversation("Robin").await;
        let (chat, fan) = (
            text(&conversation, "id").to_owned(),
            text(&conversation, "fan_id").to_owned(),
        );
        mira.answer(&chat, "the answer").await;
        let words = json!({ "text": "likes the sea" });
        for path in [
            format!("/api/v1/conversations/{chat}/notes"),
            format!("/api/v1/fans/{fan}/facts"),
            format!("/api/v1/bots/{}/personas", bot.id),
        ] {
            mira.api.post(&path, &words).await.expect(201);
        }
        let tags = json!({ "fan_ids": [fan], "add": ["VIP"] });
        let tagged = mira.api.post("/api/v1/fans/tags", &tags).await;
        assert!(tagged.status < 300, "{}", tagged.body);
        prove(&mira.api, None).await;
        let guest = json!({ "role": "analyst" });
        invite(&world, &mira.api, "late.guest@example.com", guest).await;
        let updates = format!("/bots/{}/updates", bot.telegram_id);
        let garbage = json!({ "text": "garbage" });
        world.telegram("POST", &updates, garbage).await;
        let parked = format!("/api/v1/bots/{}/parked-updates", bot.id);
        eventually("it is parked", async || {
            let page = mira.api.get(&parked).await.expect(200);
            let all = page["parked_updates"].as_array()?;
            (!all.is_empty()).then_some(())
        })
        .await;
        world.settled().await;
        let tenant = suffix(&workspace(&mira.api).await);
        Self {
            world,
            mira,
            bot,
            robin,
            tenant,
            conversation,
        }
    }

    async fn keys(&self) -> Keys {
        Keys::of(&self.world, &self.tenant).await
    }

    async fn messages(&self) -> Vec<Value> {
        self.mira.messages(text(&self.conversation, "id")).await
    }

    /// The forms in which values are sealed now.
    fn forms(&self, keys: &Keys) -> BTreeSet<u8> {
        let held = keys.held(&self.world).into_values();
        held.flat_map(|row| row.sealed.into_values().map(|(form, _)| form))
            .collect()
    }
}

async fn invoke(world: &World, tenant: &str, cursor: &Value, pages: Option<u32>) -> Answer {
    let mut input = json!({ "tenant": format!("ten_{tenant}"), "cursor": cursor });
    if let Some(pages) = pages {
        input["pages"] = pages.into();
    }
    world.api().post(RESEAL, &input).await
}

/// Calls until the end, as the operator's command does.
async fn run(world: &World, tenant: &str, pages: Option<u32>) -> Run {
    let mut run = Run {
        resealed: 0,
        left: 0,
        calls: 0,
    };
    let mut cursor = Value::Null;
    while run.calls < CALLS {
        let answer = invoke(world, tenant, &cursor, pages).await.expect(200);
        run.calls += 1;
        run.resealed += answer["resealed"].as_u64().expect("a number");
        run.left += answer["left"].as_u64().expect("a number");
        cursor = answer["cursor"].clone();
        assert_eq!(answer["done"], cursor.is_null(), "{answer}");
        if cursor.is_null() {
            return run;
        }
    }
    panic!("no end after {CALLS} calls");
}

/// The part of the journey in which an operator has a workspace sealed anew.
pub(crate) async fn walk(world: &World, api: &Api) {
    world.settled().await;
    let tenant = suffix(&workspace(api).await);
    let values = Keys::of(world, &tenant).await.put_former(world);
    let run = run(world, &tenant, None).await;
    assert!(values > 0 && run.resealed > 0, "{values}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_a_former_form_is_sealed_anew_and_nothing_else_changes() {
    let stage = Stage::open().await;
    let (world, tenant) = (&stage.world, &stage.tenant);
    let eve = world.creator("Eve Rook").await;
    let eves = suffix(&workspace(&eve.api).await);
    let eves = Keys::of(world, &eves).await;
    let keys = stage.keys().await;
    let (before, messages) = (keys.held(world), stage.messages().await);
    let kinds: BTreeSet<_> = before.values().map(|row| row.kind.as_str()).collect();
    for kind in [
        "conversation",
        "fact",
        "fan",
        "fan_key",
        "invitation",
        "member",
        "message",
        "note",
        "parked",
        "persona",
        "tag",
    ] {
        assert!(kinds.contains(kind), "{kind} is among {kinds:?}");
    }
    assert_eq!(stage.forms(&keys), BTreeSet::from([WRITTEN]));

    let values = keys.put_former(world);
    assert!(eves.put_former(world) > 0);
    let untouched = eves.held(world);
    assert_eq!(stage.forms(&keys), BTreeSet::from([FORMER]));
    assert_eq!(stage.messages().await, messages, "both forms are read");

    // Page by page, so that each place of the way is gone on from.
    let first = run(world, tenant, Some(1)).await;
    assert_eq!((first.resealed, first.left), (values, 0));
    assert!(first.calls > 5, "{} calls", first.calls);
    assert_eq!(keys.held(world), before, "contents, forms and all the rest");
    assert_eq!(stage.messages().await, messages);
    assert_eq!(eves.held(world), untouched, "another workspace");

    let second = run(world, tenant, None).await;
    assert_eq!((second.resealed, second.left), (0, 0));
    assert_eq!(second.calls, 1, "there is nothing to do");
    stage.world.host.stop().await;
}

/// A person's account and what opens its values.
struct Account {
    world: World,
    mira: Creator,
    /// What `/me` tells.
    me: Value,
    user: String,
    keys: Keys,
}

impl Account {
    async fn open() -> Self {
        let world = World::start().await;
        let mira = world.creator("Mira Vale").await;
        let me = mira.api.get("/api/v1/me").await.expect(200);
        let user = suffix(text(&me, "id"));
        let keys = Keys::of(&world, &user).await;
        Self {
            world,
            mira,
            me,
            user,
            keys,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_sealed_anew_by_the_same_command() {
    let Account {
        world,
        mira,
        me,
        user,
        keys,
    } = Account::open().await;
    let before = keys.held(&world);
    let values = keys.put_former(&world);
    assert!(values >= 2, "a name and an address");
    assert_eq!(mira.api.get("/api/v1/me").await.expect(200), me);
    let done = run(&world, &user, None).await;
    assert_eq!((done.resealed, done.left), (values, 0));
    assert_eq!(keys.held(&world), before);
    assert_eq!(mira.api.get("/api/v1/me").await.expect(200), me);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_killed_while_sealing_anew_loses_nothing() {
    let stage = Stage::open().await;
    let (world, tenant) = (&stage.world, &stage.tenant);
    let keys = stage.keys().await;
    let before = keys.held(world);
    let values = keys.put_former(world);
    // Before a write, after one that the function does not hear of any more, and while it reads.
    for (operation, before_call, after_call) in [
        ("dynamodb:TransactWriteItems", Some(2), None),
        ("dynamodb:TransactWriteItems", None, Some(3)),
        ("dynamodb:Query", Some(7), None),
    ] {
        world.host.plan_kill(KillPlan {
            function: Some("privacy.reseal".to_owned()),
            before_call,
            after_call,
            operation: Some(operation.to_owned()),
            times: 1,
            skip: 0,
        });
        let killed = invoke(world, tenant, &Value::Null, None).await;
        assert_ne!(killed.status, 200, "{operation}: {}", killed.body);
    }
    assert_eq!(contents(&keys.held(world)), contents(&before));
    let rest = run(world, tenant, None).await;
    assert!(rest.resealed > 0 && rest.resealed < values, "not all anew");
    assert_eq!(rest.left, 0);
    assert_eq!(keys.held(world), before);
    stage.world.host.stop().await;
}

/// Has each write of the function take this long, in milliseconds.
fn slow(world: &World, delay_ms: u64) {
    let function = world.host.functions().resolve("privacy.reseal");
    world.host.gate().add_fault(FaultRule {
        kind: FaultKind::Slow,
        service: Some("dynamodb".to_owned()),
        operation: Some("TransactWriteItems".to_owned()),
        function: Some(function.expect("a function").to_owned()),
        times: Some(WRITES),
        skip: 0,
        delay_ms,
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_to_its_revision_with_other_values_meanwhile_is_left_alone() {
    let Account {
        world, user, keys, ..
    } = Account::open().await;
    let before = keys.held(&world);
    let values = keys.put_former(&world);
    slow(&world, 3_000);
    // As a draft is written, or the persona in use: at the first revision, whatever was there.
    let others = async {
        eventually("everything is read, and a write begins", async || {
            let rules = world.host.gate().faults();
            let writes = rules.iter().any(|rule| rule.times != Some(WRITES));
            writes.then_some(())
        })
        .await;
        assert_eq!(keys.put_former(&world), values);
    };
    let start = Value::Null;
    let (answer, ()) = tokio::join!(invoke(&world, &user, &start, None), others);
    let answer = answer.expect(200);
    assert_eq!(
        (&answer["resealed"], &answer["left"]),
        (&json!(0), &json!(values))
    );
    world.host.gate().clear_faults();
    let again = run(&world, &user, None).await;
    assert_eq!((again.resealed, again.left), (values, 0));
    assert_eq!(keys.held(&world), before);
    world.host.stop().await;
}

/// What the values say, whatever form they are in.
fn contents(held: &BTreeMap<String, Held>) -> BTreeMap<String, Vec<u8>> {
    let mut contents = BTreeMap::new();
    for (at, row) in held {
        for (name, (_, content)) in &row.sealed {
            contents.insert(format!("{at} {name}"), content.clone());
        }
    }
    contents
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fan_who_is_erased_meanwhile_does_not_come_back() {
    let stage = Stage::open().await;
    let (world, tenant) = (&stage.world, &stage.tenant);
    let bea = world.person("Bea", "en").await;
    bea.says(world, &stage.bot, "I stay").await;
    stage.mira.conversation("Bea").await;
    world.settled().await;
    let keys = stage.keys().await;
    keys.put_former(world);
    prove(&stage.mira.api, None).await;
    slow(world, 500);
    let fan = text(&stage.conversation, "fan_id");
    let erasure = async {
        let body = json!({ "fan_id": fan });
        stage.mira.api.post(ERASURES, &body).await.expect(202);
        finished(&stage.mira.api, 1).await;
    };
    let start = Value::Null;
    let (answer, ()) = tokio::join!(invoke(world, tenant, &start, None), erasure);
    answer.expect(200);
    world.host.gate().clear_faults();
    world.settled().await;
    run(world, tenant, None).await;

    let chat = text(&stage.conversation, "id");
    let gone = [suffix(fan), suffix(chat)];
    let held = keys.held(world);
    for at in held.keys() {
        assert!(!gone.iter().any(|id| at.contains(id)), "{at}");
    }
    assert!(held.values().any(|row| row.kind == "fan"), "Bea is there");
    assert_eq!(stage.forms(&keys), BTreeSet::from([WRITTEN]));
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_that_nobody_has_is_refused() {
    let world = World::start().await;
    let nobody = invoke(&world, &"0".repeat(26), &Value::Null, None).await;
    assert_eq!(nobody.status, 502, "{}", nobody.body);
    world.host.stop().await;
}

fn suffix(id: &str) -> String {
    id.rsplit_once('_').expect("an id").1.to_owned()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().expect("a text")
}
