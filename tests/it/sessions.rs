//! What a person sees and ends of where they are logged in, what they are told of it, and what asks who is there again.

use std::collections::BTreeSet;

use local::gate::{FaultKind, FaultRule};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Api, PASSWORD, World, accepted, root, token_in};

use crate::journey_access::{api, log_in, prove};
use crate::journey_team::colleague;
use crate::journey_tokens::{call, make};
use crate::staff::end_all_sessions;

const SESSIONS: &str = "/api/v1/sessions";
const INVITATIONS: &str = "/api/v1/workspace/invitations";

/// Ids of the open sessions, and which of them is the one that asks.
async fn listed(api: &Api) -> Vec<(String, bool)> {
    let page = api.get(SESSIONS).await.expect(200);
    let all = page["sessions"].as_array().expect("a list").iter();
    let shown = all.map(|one| {
        let id = one["id"].as_str().expect("an id");
        (id.to_owned(), one["current"] == true)
    });
    shown.collect()
}

fn current(listed: &[(String, bool)]) -> String {
    let mut current = listed.iter().filter(|(_, current)| *current);
    let (id, _) = current.next().expect("one is the session that asks");
    assert!(current.next().is_none(), "and no other");
    id.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_sees_their_sessions_and_ends_each_by_its_id() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let stranger = world.creator("Eve Planter").await.api;
    let (here, there) = (
        log_in(&world, &creator.email, PASSWORD).await,
        log_in(&world, &creator.email, PASSWORD).await,
    );
    let (first, second) = (listed(&here).await, listed(&there).await);
    assert_eq!(first.len(), 3, "{first:?}");
    let (own, other) = (current(&first), current(&second));
    assert_ne!(own, other);
    let ids = |list: Vec<(String, bool)>| -> BTreeSet<String> {
        list.into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(ids(first), ids(second));

    let path = format!("{SESSIONS}/{other}");
    assert_eq!(stranger.delete(&path).await.status, 404);
    there.get("/api/v1/me").await.expect(200);
    assert_eq!(here.delete(&path).await.status, 204);
    assert_eq!(there.get("/api/v1/me").await.status, 401);
    assert_eq!(here.delete(&path).await.status, 404, "once");
    let left = listed(&here).await;
    assert!(left.iter().all(|(id, _)| *id != other), "{left:?}");
    assert_eq!(left.len(), 2, "{left:?}");
    assert_eq!(
        here.delete(&format!("{SESSIONS}/{own}")).await.status,
        204,
        "one's own too"
    );
    assert_eq!(here.get("/api/v1/me").await.status, 401);
    creator.api.get("/api/v1/me").await.expect(200);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_ends_every_session_and_token_of_a_person_and_of_nobody_else() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let stranger = world.creator("Eve Planter").await.api;
    let other = log_in(&world, &creator.email, PASSWORD).await;
    prove(&other, None).await;
    let token = make(&world, &other, &["read_conversations"], 1).await;
    token.api.get("/api/v1/conversations").await.expect(200);

    let refused = end_all_sessions(&world, "nobody@example.com").await;
    assert_eq!(refused.status, 502, "{}", refused.body);
    let done = end_all_sessions(&world, &creator.email).await.expect(200);
    assert_eq!(done["ended"], 3, "two sessions and a token: {done}");
    for former in [&creator.api, &other, &token.api] {
        assert_eq!(former.get("/api/v1/conversations").await.status, 401);
    }
    stranger.get("/api/v1/me").await.expect(200);

    let again = log_in(&world, &creator.email, PASSWORD).await;
    let path = "/api/v1/audit/account?action=session.revoke";
    let log = again.get(path).await.expect(200);
    let entries = log["entries"].as_array().expect("a list");
    assert_eq!(entries.len(), 1, "{log}");
    assert_eq!(entries[0]["actor"], "system", "{log}");
    assert_eq!(
        entries[0]["subject"],
        again.get("/api/v1/me").await.expect(200)["id"]
    );
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_session_makes_of_itself_while_all_are_ended_ends_with_it() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    prove(&creator.api, None).await;
    let function = world.host.functions().resolve("accounts.end-all-sessions");
    let gate = world.host.gate();
    gate.add_fault(FaultRule {
        kind: FaultKind::Slow,
        service: Some("dynamodb".to_owned()),
        operation: Some("TransactWriteItems".to_owned()),
        function: Some(function.expect("a function").to_owned()),
        times: Some(1),
        skip: 0,
        delay_ms: 3_000,
    });
    let meanwhile = async {
        tests::eventually("the list was read and its end is held up", async || {
            gate.faults().is_empty().then_some(())
        })
        .await;
        make(&world, &creator.api, &["read_conversations"], 1).await
    };
    let (done, token) = tokio::join!(end_all_sessions(&world, &creator.email), meanwhile);
    let done = done.expect(200);
    assert_eq!(done["ended"], 2, "a session and the token it made: {done}");
    for former in [&creator.api, &token.api] {
        assert_eq!(former.get("/api/v1/conversations").await.status, 401);
    }
    world.host.stop().await;
}

/// Lines of the log that have this field, without what the platform says.
fn lines(world: &World, field: &str) -> Vec<Value> {
    let lines = world.host.log().select(|line| line.text.contains(field));
    let read = lines.iter().map(|line| serde_json::from_str(&line.text));
    read.map(|line| line.expect("a line of ours is JSON"))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_names_who_was_refused_once_a_call_and_counts_no_act_of_theirs() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let analyst = json!({ "role": "analyst" });
    let ana = colleague(&world, &mira.api, "Ana Holt", analyst).await;
    world.settled().await;
    let (before, counted) = (lines(&world, "user.id").len(), lines(&world, "usage.event"));
    let body = json!({ "email": "uma@example.com", "role": "chatter" });
    let refused = ana.api.post(INVITATIONS, &body).await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    ana.api.get("/api/v1/conversations").await.expect(200);
    let named = tests::eventually("the refusal is told", async || {
        let named = lines(&world, "user.id");
        (named.len() > before).then_some(named)
    })
    .await;
    assert_eq!(named.len(), before + 1, "{named:?}");
    let line = &named[before];
    assert_eq!(line["user.id"], ana.user.as_str(), "{line}");
    assert_eq!(line["message"], "refused");
    let of_call = |other: &&Value| other["request.id"] == line["request.id"];
    let told = tests::eventually("the call has ended", async || {
        let ended = lines(&world, "\"answered\"");
        ended.iter().find(of_call).cloned()
    })
    .await;
    assert_eq!(told["status"], 403, "{told}");
    assert_eq!(lines(&world, "usage.event"), counted);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_clears_the_browser() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let me = log_in(&world, &email, PASSWORD).await;
    let out = me.delete("/api/v1/sessions/current").await;
    assert_eq!(out.status, 204, "{}", out.body);
    let cleared = out.header("clear-site-data");
    assert_eq!(cleared, Some("\"cache\", \"storage\""));
    assert_eq!(out.cookie("__Host-sofi"), Some(""), "and the cookie");
    world.host.stop().await;
}

/// Mails of an address about a login from a device that had not been seen.
pub(crate) fn told(world: &World, email: &str) -> usize {
    let mut mails = world.mails_to(email);
    mails.retain(|mail| {
        let text = mail.text.as_deref();
        text.is_some_and(|text| text.contains("had not seen before"))
    });
    mails.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_login_after_a_reset_is_told_though_the_browser_is_marked() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let resets = "/api/v1/password-resets";
    let asked = world.api().post(resets, &json!({ "email": email })).await;
    asked.expect(202);
    let token = token_in(&world.mail_saying(&email, "/reset#").await);
    let body = json!({ "token": token, "password": "another horse altogether" });
    let done = world
        .api()
        .post(&format!("{resets}/completions"), &body)
        .await;
    assert_eq!(done.status, 204, "{}", done.body);
    let device = done.cookie("__Host-sofi_device").expect("it is marked");
    let cookie = format!("__Host-sofi_device={device}");
    let login = json!({ "email": email, "password": "another horse altogether" });
    let enter = async || -> Answer {
        let headers = [("cookie", cookie.as_str())];
        world
            .api()
            .send(Method::POST, SESSIONS, Some(&login), &headers)
            .await
    };
    let known = told(&world, &email);
    enter().await.expect(201);
    tests::eventually("the login is told", async || {
        (told(&world, &email) == known + 1).then_some(())
    })
    .await;
    enter().await.expect(201);
    world.settled().await;
    assert_eq!(told(&world, &email), known + 1, "and the next one is not");
    world.host.stop().await;
}

/// The stored sign-up, as long as DynamoDB has not cleared it away.
fn row(world: &World, registration: &str) -> Value {
    let rows = world.host.aws().dynamodb().dump("sofi-routing");
    let rows: Vec<Value> = rows.expect("a table");
    let found = rows
        .into_iter()
        .find(|row| row["kind"]["S"] == "registration" && row["id"]["S"] == registration);
    found.expect("the sign-up is stored")
}

#[tokio::test(flavor = "multi_thread")]
async fn after_48_hours_nothing_reads_a_sign_up_and_its_row_may_go() {
    let world = World::start().await;
    let api = world.api();
    let email = "late@example.com";
    let form = json!({
        "name": "Mira Vale", "email": email, "password": PASSWORD, "adult_attested": true,
        "workspace_name": "Mira", "accepted": accepted(&api).await,
    });
    let taken = api.post("/api/v1/registrations", &form).await.expect(201);
    let id = taken["registration_id"].as_str().expect("an id");
    let code = world.mailed_code(email).await;
    let stored = row(&world, id);
    let number = |field: &str| -> i64 {
        let text = stored[field]["N"].as_str().expect("a number");
        text.parse().expect("a number")
    };
    assert_eq!(number("expires_at"), number("until") / 1_000);
    world.host.advance(time::Duration::hours(48)).await;
    for (what, body) in [
        ("codes", json!({})),
        ("verifications", json!({ "code": code })),
    ] {
        let path = format!("/api/v1/registrations/{id}/{what}");
        let gone = world.api().post(&path, &body).await;
        let never = path.replace(id, "reg_00000000000000000000000000");
        let never = world.api().post(&never, &body).await;
        assert_eq!((gone.status, never.status), (404, 404), "{what}");
        assert_eq!(gone.bytes, never.bytes, "{what}");
    }
    world.host.stop().await;
}

/// Operations that the committed list marks as dangerous.
fn dangerous() -> Vec<(Method, String)> {
    let text = std::fs::read(root().join("infra/api/functions.json")).expect("it is committed");
    let listing: Value = serde_json::from_slice(&text).expect("JSON");
    let all = listing["routes"].as_array().expect("routes").iter();
    // What is for our staff is there for nobody else; `compliance` asks for its proofs.
    let marked = all.filter(|route| route["step_up"] == true && route["access"] != "staff");
    let marked = marked.map(|route| {
        let text = |field: &str| route[field].as_str().expect("a text");
        let method = Method::from_bytes(text("method").as_bytes());
        (method.expect("a method"), text("path").to_owned())
    });
    let mut marked: Vec<_> = marked.collect();
    // Nothing can be changed after it.
    marked.sort_by_key(|(_, path)| path.ends_with("/closing"));
    marked
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_dangerous_asks_after_five_minutes_who_is_there() {
    let world = World::start().await;
    let owner = world.creator("Mira Vale").await.api;
    let marked = dangerous();
    assert!(marked.len() >= 10, "{marked:?}");
    let invite = async |role: &str| {
        let body = json!({ "email": format!("{role}@example.com"), "role": role });
        owner.post(INVITATIONS, &body).await
    };
    world.host.advance(time::Duration::seconds(301)).await;
    for (method, path) in &marked {
        let refused = call(&owner, method, path, &[]).await;
        assert_eq!(refused.problem(403), "step_up_required", "{method} {path}");
    }
    for role in ["owner", "manager"] {
        assert_eq!(
            invite(role).await.problem(403),
            "step_up_required",
            "{role}"
        );
    }
    invite("chatter").await.expect(201);
    prove(&owner, None).await;
    invite("manager").await.expect(201);
    for (method, path) in &marked {
        let answer = call(&owner, method, path, &[]).await;
        assert_ne!(answer.body["code"], "step_up_required", "{method} {path}");
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_was_just_proved_is_the_only_one_that_acts_dangerously() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let form = json!({ "email": creator.email, "password": PASSWORD });
    let opened = world.api().post(SESSIONS, &form).await.expect(201);
    let other = api(&world, &opened);
    world.host.advance(time::Duration::seconds(301)).await;
    prove(&creator.api, None).await;
    let body = json!({ "email": "ola@example.com", "role": "manager" });
    let refused = other.post(INVITATIONS, &body).await;
    assert_eq!(refused.problem(403), "step_up_required");
    creator.api.post(INVITATIONS, &body).await.expect(201);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_when_it_is_told_to_and_when_nobody_uses_it() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let at_work = log_in(&world, &email, PASSWORD).await;
    let polling = log_in(&world, &email, PASSWORD).await;
    let hours = async |hours| world.host.advance(time::Duration::hours(hours)).await;
    hours(11).await;
    at_work
        .put("/api/v1/sessions/current", &json!({}))
        .await
        .expect(200);
    polling.get("/api/v1/sync").await.expect(200);
    hours(2).await;
    at_work.get("/api/v1/me").await.expect(200);
    assert_eq!(
        polling.get("/api/v1/sync").await.status,
        401,
        "polling is no use"
    );
    // Used every eleven hours for thirty days, and then over all the same.
    let mut renewals = 0;
    while at_work
        .put("/api/v1/sessions/current", &json!({}))
        .await
        .status
        == 200
    {
        renewals += 1;
        assert!(renewals < 100, "a session must end some day");
        hours(11).await;
    }
    assert!(
        (60..=66).contains(&renewals),
        "{renewals} times eleven hours"
    );
    let ended = log_in(&world, &email, PASSWORD).await;
    assert_eq!(ended.delete("/api/v1/sessions/current").await.status, 204);
    assert_eq!(
        ended.get("/api/v1/me").await.status,
        401,
        "a token that was logged out"
    );
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_logs_in_again_leaves_the_session_they_came_with() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let body = json!({ "email": creator.email, "password": PASSWORD });
    let cookie = format!("__Host-sofi={}", creator.token);
    let again = world.api();
    let headers = [("cookie", cookie.as_str())];
    let post = Method::POST;
    let again = again
        .send(post, "/api/v1/sessions", Some(&body), &headers)
        .await
        .expect(201);
    assert_eq!(creator.api.get("/api/v1/me").await.status, 401);
    let by_cookie = api(&world, &again);
    by_cookie.get("/api/v1/me").await.expect(200);

    // A program leaves its session as a browser does.
    let by_token = by_cookie.post(SESSIONS, &body).await.expect(201);
    assert_eq!(by_cookie.get("/api/v1/me").await.status, 401);

    // Somebody else on the same machine leaves the session of who was there before, and ends no other of theirs.
    let elsewhere = log_in(&world, &creator.email, PASSWORD).await;
    let other = world.creator("Eve Planter").await;
    let body = json!({ "email": other.email, "password": PASSWORD });
    let token = by_token["session_token"].as_str().expect("a token");
    let cookie = format!("__Host-sofi={token}");
    let headers = [("cookie", cookie.as_str())];
    let somebody = world.api();
    let somebody = somebody.send(Method::POST, SESSIONS, Some(&body), &headers);
    let somebody = api(&world, &somebody.await.expect(201));
    let left = api(&world, &by_token).get("/api/v1/me").await;
    assert_eq!(left.status, 401);
    elsewhere.get("/api/v1/me").await.expect(200);
    let me = somebody.get("/api/v1/me").await.expect(200);
    assert_eq!(me["email"], other.email.as_str());
    world.host.stop().await;
}
