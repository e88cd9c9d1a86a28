//! Passkeys: adding them, logging in and proving with them, and everything about an answer that can be wrong.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tests::{Answer, Api, Authenticator, PASSWORD, World};

use crate::access::login;
use crate::journey_access::{api, authenticator, code, log_in};

const OWN: &str = "/api/v1/me/passkeys";
const SESSIONS: &str = "/api/v1/sessions/passkeys";

/// Asks for a new passkey, has it made, and gives it to the account.
pub(crate) async fn add(me: &Api, phone: &mut Authenticator, name: &str) -> Answer {
    let question = me.post("/api/v1/me/passkeys/challenges", &json!({})).await;
    let question = question.expect(201);
    let made = phone.create(&question);
    let body = json!({ "challenge": question["challenge"], "credential": made, "name": name });
    me.post(OWN, &body).await
}

/// The same with an authenticator that gives its passkey the number of a former one.
async fn add_again(world: &World, me: &Api, former: &[u8]) -> Answer {
    let question = me.post("/api/v1/me/passkeys/challenges", &json!({})).await;
    let question = question.expect(201);
    let mut copy = Authenticator::at(&world.host.url());
    let made = renumbered(copy.create(&question), &copy.chosen, former);
    let body = json!({ "challenge": question["challenge"], "credential": made, "name": "Copy" });
    me.post(OWN, &body).await
}

fn renumbered(mut made: Value, own: &[u8], former: &[u8]) -> Value {
    let object = &made["response"]["attestationObject"];
    let decoded = URL_SAFE_NO_PAD.decode(object.as_str().expect("a text"));
    let mut bytes = decoded.expect("base64url");
    let place = bytes.windows(own.len()).position(|part| part == own);
    let place = place.expect("the number stands in it");
    bytes[place..place + own.len()].copy_from_slice(former);
    made["response"]["attestationObject"] = json!(URL_SAFE_NO_PAD.encode(&bytes));
    for name in ["id", "rawId"] {
        made[name] = json!(URL_SAFE_NO_PAD.encode(former));
    }
    made
}

/// A question to whichever passkey somebody has.
async fn asked(world: &World) -> Value {
    let path = "/api/v1/sessions/passkey-challenges";
    world.api().post(path, &json!({})).await.expect(201)
}

fn answer(question: &Value, phone: &mut Authenticator) -> Value {
    json!({ "challenge": question["challenge"], "credential": phone.answer(question) })
}

/// Logs in with nothing but a passkey.
pub(crate) async fn enter(world: &World, phone: &mut Authenticator) -> Answer {
    let body = answer(&asked(world).await, phone);
    world.api().post(SESSIONS, &body).await
}

/// Proves with a passkey who is logged in.
pub(crate) async fn prove(world: &World, me: &Api, phone: &mut Authenticator) -> Answer {
    let proof = json!({ "passkey": answer(&asked(world).await, phone) });
    me.post("/api/v1/sessions/current/proofs", &proof).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_belongs_to_one_account_as_long_as_it_is_there() {
    let world = World::start().await;
    let (mira, eve) = (
        world.creator("Mira Vale").await,
        world.creator("Eve Planter").await,
    );
    let mira = log_in(&world, &mira.email, PASSWORD).await;
    let eve = log_in(&world, &eve.email, PASSWORD).await;
    let mut phone = Authenticator::at(&world.host.url());
    let added = add(&mira, &mut phone, "Phone").await.expect(201);
    let number = phone.chosen.clone();
    let again = add_again(&world, &eve, &number).await;
    assert_eq!(again.problem(409), "passkey_taken");
    let twice = add_again(&world, &mira, &number).await;
    assert!([409, 422].contains(&twice.status), "{}", twice.body);
    enter(&world, &mut phone).await.expect(201);
    let path = format!("{OWN}/{}", added["id"].as_str().expect("an id"));
    assert_eq!(mira.delete(&path).await.status, 204);
    add_again(&world, &eve, &number).await.expect(201);
    let late = add_again(&world, &mira, &number).await;
    assert_eq!(late.problem(409), "passkey_taken");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_logs_in_by_itself_and_counts_as_both_factors() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let me = log_in(&world, &email, PASSWORD).await;
    let secret = me.post("/api/v1/me/totp", &json!({})).await.expect(201);
    let first = json!({ "code": code(&world, &authenticator(&secret), 0) });
    me.put("/api/v1/me/totp", &first).await.expect(200);
    let mut phone = Authenticator::at(&world.host.url());
    let added = add(&me, &mut phone, " My phone ").await.expect(201);
    assert_eq!(added["name"], "My phone");
    world.mail_saying(&email, "A passkey was added").await;
    login(&world, &email, PASSWORD).await.expect(202);

    let opened = enter(&world, &mut phone).await.expect(201);
    let own = api(&world, &opened);
    let shown = own.get("/api/v1/me").await.expect(200);
    assert_eq!(shown["email"], email.as_str());
    let listed = own.get(OWN).await.expect(200)["passkeys"].take();
    let fields: Vec<_> = listed[0]
        .as_object()
        .expect("one")
        .keys()
        .cloned()
        .collect();
    assert_eq!(fields, ["created_at", "id", "last_used_at", "name"]);
    let mut tablet = Authenticator::at(&world.host.url());
    add(&own, &mut tablet, "Tablet").await.expect(201);
    assert_eq!(me.get("/api/v1/me").await.status, 401, "other sessions end");

    world.host.advance(time::Duration::minutes(6)).await;
    let path = format!("{OWN}/{}", added["id"].as_str().expect("an id"));
    assert_eq!(own.delete(&path).await.problem(403), "step_up_required");
    prove(&world, &own, &mut tablet).await.expect(200);
    let other = enter(&world, &mut tablet).await.expect(201);
    assert_eq!(own.delete(&path).await.status, 204);
    assert_eq!(own.delete(&path).await.status, 404);
    assert_eq!(api(&world, &other).get("/api/v1/me").await.status, 401);
    world.mail_saying(&email, "A passkey was removed").await;
    assert_eq!(
        enter(&world, &mut phone).await.problem(422),
        "passkey_refused",
        "a passkey that was removed"
    );
    enter(&world, &mut tablet).await.expect(201);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_counts_for_this_site_for_one_question_and_once() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let me = &creator.api;
    let mut phone = Authenticator::at(&world.host.url());
    let (origin, site) = (phone.origin.clone(), phone.rp_id.clone());
    for (origin, site, verifies) in [
        ("https://evil.example", site.as_str(), true),
        (origin.as_str(), "evil.example", true),
        (origin.as_str(), site.as_str(), false),
    ] {
        (phone.origin, phone.rp_id, phone.verifies) = (origin.into(), site.into(), verifies);
        let refused = add(me, &mut phone, "Phone").await;
        assert_eq!(refused.problem(422), "passkey_refused");
    }
    (phone.origin, phone.rp_id, phone.verifies) = (origin.clone(), site.clone(), true);
    add(me, &mut phone, "Phone").await.expect(201);

    for (origin, site, verifies) in [
        ("https://evil.example", site.as_str(), true),
        (origin.as_str(), "evil.example", true),
        (origin.as_str(), site.as_str(), false),
    ] {
        (phone.origin, phone.rp_id, phone.verifies) = (origin.into(), site.into(), verifies);
        let refused = enter(&world, &mut phone).await;
        assert_eq!(refused.problem(422), "passkey_refused");
    }
    (phone.origin, phone.rp_id, phone.verifies) = (origin.clone(), site.clone(), true);
    let right = answer(&asked(&world).await, &mut phone);
    world.api().post(SESSIONS, &right).await.expect(201);
    let replayed = world.api().post(SESSIONS, &right).await;
    assert_eq!(replayed.problem(422), "challenge_over");
    let mut moved = right.clone();
    moved["challenge"] = asked(&world).await["challenge"].take();
    let moved = world.api().post(SESSIONS, &moved).await;
    assert_eq!(moved.problem(422), "passkey_refused");

    let question = asked(&world).await;
    let mut forged = answer(&question, &mut phone);
    forged["credential"]["response"]["signature"] =
        right["credential"]["response"]["signature"].clone();
    let refused = world.api().post(SESSIONS, &forged).await;
    assert_eq!(refused.problem(422), "passkey_refused");
    let again = world
        .api()
        .post(SESSIONS, &answer(&question, &mut phone))
        .await;
    assert_eq!(
        again.problem(422),
        "challenge_over",
        "a wrong answer counts too"
    );
    let late = answer(&asked(&world).await, &mut phone);
    world.host.advance(time::Duration::minutes(6)).await;
    let late = world.api().post(SESSIONS, &late).await;
    assert_eq!(late.problem(422), "challenge_over");
    enter(&world, &mut phone).await.expect(201);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_its_owners_alone() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let eve = world.creator("Eve Planter").await;
    let (mut phone, mut hers) = (
        Authenticator::at(&world.host.url()),
        Authenticator::at(&world.host.url()),
    );
    let added = add(&creator.api, &mut phone, "Phone").await.expect(201);
    add(&eve.api, &mut hers, "Phone").await.expect(201);
    let foreign = prove(&world, &creator.api, &mut hers).await;
    assert_eq!(foreign.problem(422), "passkey_refused");
    let path = format!("{OWN}/{}", added["id"].as_str().expect("an id"));
    assert_eq!(eve.api.delete(&path).await.status, 404);

    // A passkey of hers that says it is his.
    let mut body = answer(&asked(&world).await, &mut hers);
    let his = answer(&asked(&world).await, &mut phone);
    body["credential"]["response"]["userHandle"] =
        his["credential"]["response"]["userHandle"].clone();
    let refused = world.api().post(SESSIONS, &body).await;
    assert_eq!(refused.problem(422), "passkey_refused");

    // A question that somebody else was asked.
    let question = eve
        .api
        .post("/api/v1/me/passkeys/challenges", &json!({}))
        .await;
    let question = question.expect(201);
    let made = phone.create(&question);
    let body = json!({ "challenge": question["challenge"], "credential": made, "name": "Phone" });
    let refused = creator.api.post(OWN, &body).await;
    assert_eq!(refused.problem(422), "challenge_over");
    let both = json!({ "password": PASSWORD, "passkey": answer(&asked(&world).await, &mut hers) });
    let both = creator
        .api
        .post("/api/v1/sessions/current/proofs", &both)
        .await;
    assert_eq!(both.status, 400, "{}", both.body);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_that_was_copied_is_refused_and_its_owner_told() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let mut phone = Authenticator::at(&world.host.url());
    add(&creator.api, &mut phone, "Phone").await.expect(201);
    for _ in 0..3 {
        enter(&world, &mut phone).await.expect(201);
    }
    phone.counter = 1;
    let copied = enter(&world, &mut phone).await;
    assert_eq!(copied.problem(422), "passkey_refused");
    let told = world.mail_saying(&creator.email, "counter had gone").await;
    assert!(told.text.is_some_and(|text| text.contains("Phone")));
    phone.counter = 3;
    enter(&world, &mut phone).await.expect(201);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_counted_like_passwords() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let mut phone = Authenticator::at(&world.host.url());
    add(&creator.api, &mut phone, "Phone").await.expect(201);
    phone.verifies = false;
    let mut looked_at = 0;
    for _ in 0..20 {
        let answer = enter(&world, &mut phone).await;
        looked_at += usize::from(answer.status == 422);
        assert!([422, 429].contains(&answer.status), "{}", answer.body);
    }
    assert!((4..=12).contains(&looked_at), "{looked_at} of 20");
    phone.verifies = true;
    assert_eq!(enter(&world, &mut phone).await.status, 429);
    world.host.advance(time::Duration::minutes(16)).await;
    for _ in 0..12 {
        // Who is right never closes their own account.
        enter(&world, &mut phone).await.expect(201);
    }
    world.host.stop().await;
}
