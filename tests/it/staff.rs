//! Our own staff: appointed by an operator, let in by a passkey, shown what a workspace is made of and nothing in it, and
//! seen by the workspace each time. And what a browser or a person says about being watched.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Api, Authenticator, PASSWORD, World, eventually};

use crate::journey_access::{api, log_in, prove};
use crate::journey_account::COPY;
use crate::passkeys;

const LOOKS: &str = "/api/v1/staff/looks";
const REASON: &str = "Ticket 4711: the bot does not answer.";
const APPOINT: &str = "/__local/functions/accounts.appoint-staff/invoke";
const END: &str = "/__local/functions/accounts.end-all-sessions/invoke";
const RENEW: &str = "/__local/functions/accounts.renew-pepper/invoke";

/// Somebody of our staff, with a session that a passkey opened.
pub(crate) struct Staff {
    pub api: Api,
    pub id: String,
    email: String,
}

async fn appoint(world: &World, email: &str, role: &Value) -> Answer {
    let input = json!({ "email": email, "role": role });
    world.api().post(APPOINT, &input).await
}

/// Ends every session of whoever has this address, as an operator.
pub(crate) async fn end_all_sessions(world: &World, email: &str) -> Answer {
    world.api().post(END, &json!({ "email": email })).await
}

/// Gives the pepper one more generation, as an operator.
pub(crate) async fn renew_pepper(world: &World) -> Answer {
    world.api().post(RENEW, &json!({ "renew": "pepper" })).await
}

/// Names somebody who helps creators as the deputy for compliance until a moment.
pub(crate) async fn deputise(world: &World, staff: &Staff, until: &str) -> Answer {
    let input = json!({ "email": staff.email, "role": "support", "deputy_until": until });
    world.api().post(APPOINT, &input).await
}

/// Signs up, adds a passkey, is appointed, and comes in with the passkey.
pub(crate) async fn hire(world: &World, name: &str) -> Staff {
    hire_as(world, name, "support").await
}

/// The same, for this role.
pub(crate) async fn hire_as(world: &World, name: &str, role: &str) -> Staff {
    let person = world.creator(name).await;
    let mut phone = Authenticator::at(&world.host.url());
    passkeys::add(&person.api, &mut phone, "Key")
        .await
        .expect(201);
    let appointed = appoint(world, &person.email, &json!(role))
        .await
        .expect(200);
    let session = passkeys::enter(world, &mut phone).await.expect(201);
    Staff {
        api: api(world, &session),
        id: appointed["staff_id"].as_str().expect("an id").to_owned(),
        email: person.email,
    }
}

/// The id of the person's first workspace.
pub(crate) async fn workspace(api: &Api) -> String {
    let me = api.get("/api/v1/me").await.expect(200);
    me["workspaces"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned()
}

async fn look(staff: &Api, workspace: &str) -> Answer {
    let body = json!({ "workspace_id": workspace, "reason": REASON });
    staff.post(LOOKS, &body).await
}

/// Every function of staff, privacy and reports once, for the walk through the product.
pub(crate) async fn walk(world: &World, creator: &Api) {
    let staff = hire(world, "Sam Porter").await;
    look(&staff.api, &workspace(creator).await)
        .await
        .expect(201);
    appoint(world, &staff.email, &Value::Null).await.expect(200);
    let report = json!({ "csp-report": { "effective-directive": "img-src" } });
    assert_eq!(
        world.api().post("/api/v1/csp-report", &report).await.status,
        204
    );
    for objected in [true, false] {
        let body = json!({ "objected": objected });
        staff.api.put("/api/v1/me/usage", &body).await.expect(200);
    }
    let off = json!({ "off": ["quota_near"] });
    staff.api.put("/api/v1/me/mails", &off).await.expect(200);
    let log = staff.api.get("/api/v1/audit/account").await.expect(200);
    assert!(
        log["entries"].as_array().is_some_and(|all| !all.is_empty()),
        "{log}"
    );
    let listed = staff.api.get("/api/v1/me/passkeys").await.expect(200);
    let path = format!(
        "/api/v1/me/passkeys/{}",
        listed["passkeys"][0]["id"].as_str().expect("an id")
    );
    let renamed = staff
        .api
        .patch(&path, &json!({ "name": "Desk" }))
        .await
        .expect(200);
    assert_eq!(renamed["name"], "Desk");
    end_all_sessions(world, &staff.email).await.expect(200);
    renew_pepper(world).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_what_a_workspace_is_made_of_and_are_seen_by_it() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let bot = creator.connect_bot(&world, "mira_vale_bot").await;
    let workspace_id = workspace(&creator.api).await;
    let staff = hire(&world, "Sam Porter").await;
    let shown = look(&staff.api, &workspace_id).await.expect(201);
    assert_eq!(shown["members"], json!([{ "role": "owner", "count": 1 }]));
    assert_eq!(shown["bots"][0]["id"], bot.id.as_str());
    assert_eq!(shown["bots"][0]["state"], "connected");
    let text = shown.to_string();
    for hidden in ["Mira", "mira_vale_bot", creator.email.as_str()] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }

    let entry = eventually("the workspace sees the look", async || {
        let page = creator
            .api
            .get("/api/v1/audit?action=staff.look")
            .await
            .expect(200);
        page["entries"]
            .get(0)
            .filter(|entry| entry["sequence"].is_u64())
            .cloned()
    })
    .await;
    assert_eq!(entry["actor"], staff.id.as_str());
    let value = entry["new"]["value"].to_string();
    assert!(
        value.contains(REASON) && value.contains("support"),
        "{entry}"
    );

    // Nothing else opens to them, and nothing at all once they are dismissed.
    let header = [("x-sofi-workspace", workspace_id.as_str())];
    let bots = staff
        .api
        .send(Method::GET, "/api/v1/bots", None, &header)
        .await;
    assert_eq!(bots.status, 404);
    appoint(&world, &staff.email, &Value::Null)
        .await
        .expect(200);
    assert_eq!(look(&staff.api, &workspace_id).await.status, 404);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_becomes_staff_without_an_operator_and_a_passkey_of_today() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let workspace_id = workspace(&creator.api).await;
    assert_eq!(world.api().post(LOOKS, &json!({})).await.status, 401);
    assert_eq!(
        look(&creator.api, &workspace_id).await.status,
        404,
        "an owner"
    );
    for (email, role) in [
        (creator.email.as_str(), json!("support")),
        ("nobody@example.com", json!("support")),
        (creator.email.as_str(), json!("owner")),
    ] {
        let refused = appoint(&world, email, &role).await;
        assert_eq!(refused.status, 502, "{email} {role}: {}", refused.body);
        assert!(!refused.body.to_string().contains(email));
    }
    let staff = hire(&world, "Sam Porter").await;
    let by_password = log_in(&world, &staff.email, PASSWORD).await;
    let refused = look(&by_password, &workspace_id).await;
    assert_eq!(refused.problem(403), "passkey_required");
    prove(&by_password, None).await;
    let refused = look(&by_password, &workspace_id).await;
    assert_eq!(
        refused.problem(403),
        "passkey_required",
        "a password is no passkey"
    );
    for (id, reason, status) in [
        (workspace_id.as_str(), "why", 400),
        ("wsp_nothing", REASON, 404),
        (
            &format!(
                "{}_{}",
                workspace_id.split('_').next().expect("a prefix"),
                "0".repeat(26)
            ),
            REASON,
            404,
        ),
    ] {
        let body = json!({ "workspace_id": id, "reason": reason });
        assert_eq!(staff.api.post(LOOKS, &body).await.status, status, "{id}");
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_says_in_which_role_and_an_appointment_stands_in_the_persons_own_log() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let staff = hire_as(&world, "Cleo Ward", "compliance").await;
    look(&staff.api, &workspace(&creator.api).await)
        .await
        .expect(201);
    let entry = eventually("the workspace sees the look", async || {
        let path = "/api/v1/audit?action=staff.look";
        let page = creator.api.get(path).await.expect(200);
        page["entries"].get(0).cloned()
    })
    .await;
    assert_eq!(entry["actor"], staff.id.as_str());
    let value = entry["new"]["value"].to_string();
    assert!(
        value.contains("compliance") && !value.contains("support"),
        "{entry}"
    );

    appoint(&world, &staff.email, &Value::Null)
        .await
        .expect(200);
    let me = staff.api.get("/api/v1/me").await.expect(200);
    let path = "/api/v1/audit/account?action=staff.appoint";
    let log = staff.api.get(path).await.expect(200);
    let entries = log["entries"].as_array().expect("a list");
    assert_eq!(entries.len(), 2, "appointed and dismissed: {log}");
    for entry in entries {
        assert_eq!(entry["subject"], me["id"], "{log}");
        assert_eq!(entry["actor"], "system", "{log}");
    }
    world.host.stop().await;
}

/// Lines of usage that the functions wrote so far.
fn usage(world: &World) -> Vec<String> {
    let lines = world.host.log().select(|_| true);
    let texts = lines.into_iter().map(|line| line.text);
    texts.filter(|text| text.contains("usage.event")).collect()
}

/// How many there are once the line of this act of somebody who is counted has come: lines come in order.
async fn counted(world: &World, witness: &Api, expected: usize) {
    renew(witness).await;
    eventually("the witness is counted", async || {
        (usage(world).len() > expected).then_some(())
    })
    .await;
    assert_eq!(usage(world).len(), expected + 1);
}

async fn renew(api: &Api) {
    api.put("/api/v1/sessions/current", &json!({}))
        .await
        .expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn p30_acts_are_counted_without_names_until_a_person_or_a_browser_objects() {
    let world = World::start().await;
    let witness = world.creator("Uma Reed").await.api;
    let creator = world.creator("Mira Vale").await;
    let me = log_in(&world, &creator.email, PASSWORD).await;
    let state = async |api: &Api| api.get("/api/v1/me").await.expect(200)["usage"].take();
    assert_eq!(state(&me).await, "counted");
    counted(&world, &me, 0).await;
    assert_eq!(state(&me).await, "counted");
    counted(&world, &witness, 1).await;

    // In no session of the person from then on, and in no later one.
    let other = log_in(&world, &creator.email, PASSWORD).await;
    let answer = other
        .put("/api/v1/me/usage", &json!({ "objected": true }))
        .await;
    assert_eq!(answer.expect(200)["usage"], "objected");
    for api in [&me, &other, &log_in(&world, &creator.email, PASSWORD).await] {
        renew(api).await;
        assert_eq!(state(api).await, "objected");
    }
    // The objection itself was still counted.
    counted(&world, &witness, 3).await;

    let answer = other
        .put("/api/v1/me/usage", &json!({ "objected": false }))
        .await;
    assert_eq!(answer.expect(200)["usage"], "counted");
    let login = json!({ "email": creator.email, "password": PASSWORD });
    let signal = [("sec-gpc", "1")];
    let opened = world
        .api()
        .send(Method::POST, "/api/v1/sessions", Some(&login), &signal)
        .await;
    let quiet = api(&world, &opened.expect(201));
    renew(&quiet).await;
    assert_eq!(state(&quiet).await, "browser_signal");
    counted(&world, &witness, 4).await;
    // A browser that begins to signal is taken at its word at once, whatever its session says.
    let loud = log_in(&world, &creator.email, PASSWORD).await;
    counted(&world, &loud, 5).await;
    let path = "/api/v1/sessions/current";
    let again = loud
        .send(Method::PUT, path, Some(&json!({})), &signal)
        .await;
    again.expect(200);
    counted(&world, &witness, 6).await;
    for line in usage(&world) {
        for named in [creator.email.as_str(), "Mira", "usr_", "wsp_", "tenant.id"] {
            assert!(!line.contains(named), "{named} in {line}");
        }
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p30_each_word_of_a_person_on_being_counted_stays_with_its_moment_and_is_in_their_copy() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    for objected in [true, true, false, false, true] {
        world.host.advance(time::Duration::seconds(2)).await;
        let body = json!({ "objected": objected });
        creator.api.put("/api/v1/me/usage", &body).await.expect(200);
    }
    prove(&creator.api, None).await;
    let copy = creator.api.get(COPY).await.expect(200);
    let words = copy["usage_words"].as_array().expect("a list");
    let acts: Vec<_> = words.iter().map(|word| &word["act"]).collect();
    assert_eq!(acts, ["objected", "taken_back", "objected"], "{copy}");
    assert_eq!(words[2]["at"], copy["usage_objected_at"], "what holds");
    assert!(words[0]["at"].as_str() < words[1]["at"].as_str(), "{copy}");
    let policy = world.api().get("/api/v1/documents/privacy").await;
    let policy = policy.expect(200);
    for word in words {
        assert_eq!(word["policy"], policy["version"], "{word}");
        assert_eq!(word["policy_sha256"], policy["sha256"], "{word}");
    }
    world.host.stop().await;
}
