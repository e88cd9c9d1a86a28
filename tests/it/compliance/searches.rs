//! Our staff find the workspaces that hold a person, and each of these reads who searched, and why (decision 0046).

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{Answer, Api, World, eventually};

use super::{logged, officers};
use crate::imports::IMPORTS;
use crate::journey_access::prove;
use crate::journey_privacy::{ERASURES, certificate_of, erased, finished};
use crate::staff::{hire, workspace};

const SEARCHES: &str = "/compliance/searches";
const WHY: &str = "A letter came, ticket 4712: somebody asks who holds them.";
/// Telegram's id of somebody who wrote to no bot.
const NOBODY: i64 = 4_700_000_000_000;
/// Searches of one of our staff in a quarter of an hour.
const MOST: usize = 20;

async fn search(api: &Api, whom: Value) -> Answer {
    let mut body = whom;
    body["reason"] = json!(WHY);
    api.post(SEARCHES, &body).await
}

/// Ids of the workspaces that are found.
fn found(answer: &Value) -> BTreeSet<String> {
    assert_eq!(answer["complete"], true, "{answer}");
    let all = answer["workspaces"].as_array().expect("a list").iter();
    all.map(|one| one["id"].as_str().expect("an id").to_owned())
        .collect()
}

fn these(workspaces: &[&str]) -> BTreeSet<String> {
    workspaces.iter().map(|id| (*id).to_owned()).collect()
}

/// How many searches a workspace reads of.
async fn told(creator: &Api) -> usize {
    let path = "/api/v1/audit?action=staff.search";
    let page = creator.get(path).await.expect(200);
    page["entries"].as_array().expect("a list").len()
}

/// A search of each kind, for the walk through the product.
pub(super) async fn walk(officer: &Api, creator: &Api) {
    let me = creator.get("/api/v1/me").await.expect(200);
    let own = workspace(creator).await;
    let member = search(officer, json!({ "email": me["email"] })).await;
    assert!(found(&member.expect(200)).contains(&own));
    let nobody = search(officer, json!({ "telegram_id": NOBODY })).await;
    assert_eq!(found(&nobody.expect(200)), these(&[]));
}

/// Rows that say who holds somebody.
async fn holders(world: &World) -> usize {
    world.rows("holder").await.len()
}

/// Calls of the routing table by the function that stores messages.
fn routing_calls(world: &World) -> usize {
    let recorder = world.host.aws().recorder();
    let by_inbound = recorder.select(|record| {
        let role = record.call.principal.role_arn.as_deref();
        role.is_some_and(|role| role.ends_with("-workers-inbound"))
    });
    let checks = by_inbound.iter().flat_map(|record| &record.call.checks);
    checks
        .filter(|check| check.request.resource.ends_with("-routing"))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_find_who_holds_a_person_and_each_of_these_workspaces_reads_it() {
    let world = World::start().await;
    let (mira, eve, zoe) = (
        world.creator("Mira Vale").await,
        world.creator("Eve Rook").await,
        world.creator("Zoe Lark").await,
    );
    let (first, second) = (
        mira.connect_bot(&world, "mira_vale_bot").await,
        eve.connect_bot(&world, "eve_rook_bot").await,
    );
    let third = zoe.connect_bot(&world, "zoe_lark_bot").await;
    let (robin, uma) = (
        world.person("Robin", "en").await,
        world.person("Uma", "en").await,
    );
    robin.says(&world, &first, "hello").await;
    robin.says(&world, &second, "hello to you too").await;
    uma.says(&world, &third, "good day").await;
    let chat = mira.conversation("Robin").await;
    eve.conversation("Robin").await;
    zoe.conversation("Uma").await;
    let (of_mira, of_eve) = (workspace(&mira.api).await, workspace(&eve.api).await);
    let (cleo, _) = officers(&world).await;

    let answer = search(&cleo.api, json!({ "telegram_id": robin.id })).await;
    let answer = answer.expect(200);
    assert_eq!(found(&answer), these(&[&of_mira, &of_eve]));
    let text = answer.to_string();
    for hidden in ["Robin", "hello", &robin.id.to_string(), "fan_"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    for creator in [&mira, &eve] {
        let entry = logged(&creator.api, "staff.search").await;
        assert_eq!(entry["actor"], cleo.id.as_str());
        let value = entry["new"]["value"].to_string();
        assert!(
            value.contains(WHY) && value.contains("telegram_id"),
            "{entry}"
        );
        assert!(!value.contains(&robin.id.to_string()), "{entry}");
        assert_eq!(told(&creator.api).await, 1);
    }
    assert_eq!(told(&zoe.api).await, 0, "she does not hold Robin");
    let own = cleo.api.get("/api/v1/audit/account").await.expect(200);
    let own = own["entries"].as_array().expect("a list").iter();
    let own = own.filter(|entry| entry["action"] == "staff.search");
    assert_eq!(own.count(), 1, "in the log of whoever searched");

    // Somebody whom nobody holds is nobody's news, and still an entry of whoever searched.
    let nobody = search(&cleo.api, json!({ "telegram_id": NOBODY })).await;
    assert_eq!(found(&nobody.expect(200)), these(&[]));
    let stranger = search(&cleo.api, json!({ "email": "nobody@example.com" })).await;
    assert_eq!(found(&stranger.expect(200)), these(&[]));
    let member = search(&cleo.api, json!({ "email": mira.email })).await;
    assert_eq!(found(&member.expect(200)), these(&[&of_mira]));
    assert_eq!((told(&mira.api).await, told(&eve.api).await), (2, 1));

    // What was erased is not found, and the certificate counts it.
    prove(&mira.api, None).await;
    let body = json!({ "fan_id": chat["fan_id"] });
    mira.api.post(ERASURES, &body).await.expect(202);
    let request = finished(&mira.api, 1).await;
    assert_eq!(erased(&request)["holder"], 1, "{request}");
    let certified = eventually("the erasure is certified", async || {
        let given = mira.api.get(&certificate_of(&request)).await;
        (given.status == 200).then_some(given.body)
    })
    .await;
    let certificate = certified["certificate"].as_str().expect("a text");
    let certificate: Value = serde_json::from_str(certificate).expect("JSON");
    assert_eq!(certificate["deleted"]["routing"], json!({ "holder": 1 }));
    let left = search(&cleo.api, json!({ "telegram_id": robin.id })).await;
    assert_eq!(found(&left.expect(200)), these(&[&of_eve]));
    assert_eq!(told(&mira.api).await, 2, "nothing more to read");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_for_compliance_with_a_fresh_proof_a_reason_and_a_measure() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let sam = hire(&world, "Sam Porter").await;
    let (cleo, otto) = officers(&world).await;
    let whom = || json!({ "email": mira.email });
    assert_eq!(search(&mira.api, whom()).await.problem(404), "not_found");
    let support = search(&sam.api, whom()).await;
    assert_eq!(support.problem(403), "compliance_only");
    for wrong in [
        json!({ "reason": WHY }),
        json!({ "email": mira.email, "telegram_id": 7, "reason": WHY }),
        json!({ "telegram_id": 0, "reason": WHY }),
        json!({ "email": "mira", "reason": WHY }),
        json!({ "email": mira.email, "reason": "because" }),
    ] {
        let refused = cleo.api.post(SEARCHES, &wrong).await;
        assert_eq!(refused.status, 400, "{wrong}: {}", refused.body);
    }
    assert_eq!(told(&mira.api).await, 0, "nobody has searched");
    for _ in 0..MOST {
        search(&cleo.api, whom()).await.expect(200);
    }
    let more = search(&cleo.api, whom()).await;
    assert_eq!(more.problem(429), "rate_limited");
    assert_eq!(told(&mira.api).await, MOST);
    search(&otto.api, whom()).await.expect(200);
    world.host.advance(time::Duration::seconds(301)).await;
    let late = search(&otto.api, whom()).await;
    assert_eq!(late.problem(403), "step_up_required");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_marked_once_by_a_message_or_a_file_and_a_known_fan_costs_no_call() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let bot = mira.connect_bot(&world, "mira_vale_bot").await;
    let own = workspace(&mira.api).await;
    let (cleo, _) = officers(&world).await;
    let robin = world.person("Robin", "en").await;
    let imported = 8_123_456_789_i64;
    prove(&mira.api, None).await;
    let file = json!({
        "csv": format!("User,Name\r\n{imported},Uma\r\n"),
        "columns": { "User": "telegram_id", "Name": "first_name" },
        "dry_run": false,
        "skip_errors": false,
    });
    let done = mira.api.post(IMPORTS, &file).await.expect(200);
    assert_eq!(done["created"], 1, "{done}");
    robin.says(&world, &bot, "hello").await;
    mira.conversation("Robin").await;
    world.settled().await;
    assert_eq!(holders(&world).await, 2);
    for person in [imported, robin.id] {
        let answer = search(&cleo.api, json!({ "telegram_id": person })).await;
        assert_eq!(found(&answer.expect(200)), these(&[&own]), "{person}");
    }

    let before = routing_calls(&world);
    assert!(before > 0, "a new fan is marked");
    robin.says(&world, &bot, "and again").await;
    let talk = mira.conversation("Robin").await;
    let talk = talk["id"].as_str().expect("an id");
    eventually("it is stored", async || {
        (mira.messages(talk).await.len() == 2).then_some(())
    })
    .await;
    world.settled().await;
    assert_eq!(routing_calls(&world), before, "a known fan costs no call");
    assert_eq!(holders(&world).await, 2);
    world.host.stop().await;
}
