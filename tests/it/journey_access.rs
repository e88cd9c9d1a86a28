//! The part of the walk that is about getting in: signing up, sessions, passwords, second factors.

use serde_json::{Value, json};
use tests::{Api, Authenticator, PASSWORD, World, accepted, code_in, token_in};
use totp_rs::{Builder, Secret, Totp};

use crate::addresses::{change, choose_password, take_back};
use crate::passkeys;

/// Walks it, and leaves a sign-up that was never verified.
pub(crate) async fn walk(world: &World) -> String {
    let robin = world.creator("Robin Hale").await;
    sessions(world, &robin.email).await;
    second_factor(world, &robin.email).await;
    passwords(world, &robin.email).await;
    address(world, &robin.email).await;
    passkey(world, &robin.email).await;
    pending(world).await
}

/// Logs in with the password alone.
pub(crate) async fn log_in(world: &World, email: &str, password: &str) -> Api {
    let login = json!({ "email": email, "password": password });
    let session = world.api().post("/api/v1/sessions", &login).await;
    api(world, &session.expect(201))
}

/// The API with the session of an answer.
pub(crate) fn api(world: &World, session: &Value) -> Api {
    let token = session["session_token"].as_str().expect("a token");
    Api::new(world.host.url(), Some(token.to_owned()))
}

/// Proves again who is there, as dangerous acts demand.
pub(crate) async fn prove(api: &Api, code: Option<&str>) {
    let proof = json!({ "password": PASSWORD, "code": code });
    api.post("/api/v1/sessions/current/proofs", &proof)
        .await
        .expect(200);
}

/// A generator of an authenticator's codes.
pub(crate) fn authenticator(secret: &Value) -> Totp {
    let text = secret["secret"].as_str().expect("a secret");
    let secret = Secret::try_from_base32(text).expect("base 32");
    Builder::new().with_secret(secret).build().expect("as ours")
}

/// Waits for the next code, by the clock, where the present one is about to change: what is sent may arrive after that.
pub(crate) async fn early_in_a_step(world: &World) {
    let into = world.host.now_ms() / 1_000 % 30;
    if into > 15 {
        let left = time::Duration::seconds(30 - into);
        world.host.advance(left).await;
    }
}

/// The code that an authenticator shows by the host's clock, so many steps from now.
pub(crate) fn code(world: &World, totp: &Totp, steps: i64) -> String {
    let seconds = world.host.now_ms() / 1_000 + 30 * steps;
    totp.generate(seconds.unsigned_abs()).to_string()
}

async fn sessions(world: &World, email: &str) {
    let (one, two) = (
        log_in(world, email, PASSWORD).await,
        log_in(world, email, PASSWORD).await,
    );
    let listed = one.get("/api/v1/sessions").await.expect(200);
    let listed = listed["sessions"].as_array().expect("a list");
    let other = listed
        .iter()
        .find(|session| session["current"] == false)
        .expect("another session");
    let path = format!("/api/v1/sessions/{}", other["id"].as_str().expect("an id"));
    assert_eq!(one.delete(&path).await.status, 204);
    one.put("/api/v1/sessions/current", &json!({}))
        .await
        .expect(200);
    let three = log_in(world, email, PASSWORD).await;
    assert_eq!(three.delete("/api/v1/sessions").await.status, 204);
    for ended in [one, two] {
        assert_eq!(ended.get("/api/v1/me").await.status, 401);
    }
}

async fn second_factor(world: &World, email: &str) {
    let me = log_in(world, email, PASSWORD).await;
    let others = async || log_in(world, email, PASSWORD).await;
    others().await;
    let secret = me.post("/api/v1/me/totp", &json!({})).await.expect(201);
    let totp = authenticator(&secret);
    let first = json!({ "code": code(world, &totp, -1) });
    me.put("/api/v1/me/totp", &first).await.expect(200);
    let session = with_code(world, email, &code(world, &totp, 0)).await;
    let codes = session.post("/api/v1/me/recovery-codes", &json!({})).await;
    let codes = codes.expect(201);
    let spare = |at: usize| {
        codes["recovery_codes"][at]
            .as_str()
            .expect("a code")
            .to_owned()
    };
    with_code(world, email, &spare(0)).await;
    prove(&session, Some(&spare(1))).await;
    assert_eq!(session.delete("/api/v1/me/totp").await.status, 204);
}

async fn with_code(world: &World, email: &str, code: &str) -> Api {
    let login = json!({ "email": email, "password": PASSWORD });
    let asked = world
        .api()
        .post("/api/v1/sessions", &login)
        .await
        .expect(202);
    let answer = json!({ "challenge": asked["challenge"], "code": code });
    let session = world
        .api()
        .post("/api/v1/sessions/second-factors", &answer)
        .await;
    api(world, &session.expect(201))
}

async fn passwords(world: &World, email: &str) {
    let me = log_in(world, email, PASSWORD).await;
    let change = json!({ "current": PASSWORD, "new": "another horse altogether" });
    me.put("/api/v1/me/password", &change).await.expect(201);
    log_in(world, email, "another horse altogether").await;
    let asked = world
        .api()
        .post("/api/v1/password-resets", &json!({ "email": email }))
        .await;
    asked.expect(202);
    let mail = world.mail_saying(email, "/reset#").await;
    let completion = json!({ "token": token_in(&mail), "password": PASSWORD });
    let completed = world
        .api()
        .post("/api/v1/password-resets/completions", &completion)
        .await;
    assert_eq!(completed.status, 204, "{}", completed.body);
}

/// A change, what an intruder would do next, and the way back.
async fn address(world: &World, email: &str) {
    let me = log_in(world, email, PASSWORD).await;
    let me = change(world, &me, "robin.hale@new.example").await;
    let secret = me.post("/api/v1/me/totp", &json!({})).await.expect(201);
    let first = json!({ "code": code(world, &authenticator(&secret), 0) });
    me.put("/api/v1/me/totp", &first).await.expect(200);
    take_back(world, email).await.expect(201);
    choose_password(world, email).await;
    log_in(world, email, PASSWORD).await;
}

/// Adding one, both things that it is good for, a copy of it, and its end.
async fn passkey(world: &World, email: &str) {
    let me = log_in(world, email, PASSWORD).await;
    log_in(world, email, PASSWORD).await;
    let mut phone = Authenticator::at(&world.host.url());
    let added = passkeys::add(&me, &mut phone, "Phone").await.expect(201);
    passkeys::enter(world, &mut phone).await.expect(201);
    passkeys::prove(world, &me, &mut phone).await.expect(200);
    phone.counter = 0;
    let copied = passkeys::prove(world, &me, &mut phone).await;
    assert_eq!(copied.problem(422), "passkey_refused");
    me.get("/api/v1/me/passkeys").await.expect(200);
    let path = format!(
        "/api/v1/me/passkeys/{}",
        added["id"].as_str().expect("an id")
    );
    assert_eq!(me.delete(&path).await.status, 204);
}

async fn pending(world: &World) -> String {
    let api = world.api();
    let body = json!({
        "name": "Nobody Yet", "email": "nobody.yet@example.com", "password": PASSWORD, "adult_attested": true,
        "workspace_name": "Nobody", "accepted": accepted(&api).await,
    });
    let taken = api.post("/api/v1/registrations", &body).await.expect(201);
    let id = taken["registration_id"].as_str().expect("an id").to_owned();
    let first = code_in(&world.next_mail("nobody.yet@example.com", 0).await);
    world.host.advance(time::Duration::seconds(61)).await;
    let path = format!("/api/v1/registrations/{id}/codes");
    api.post(&path, &json!({})).await.expect(202);
    let second = code_in(&world.next_mail("nobody.yet@example.com", 1).await);
    assert_ne!(first, second);
    let path = format!("/api/v1/registrations/{id}/verifications");
    let refused = api.post(&path, &json!({ "code": first })).await;
    assert_eq!(refused.problem(422), "wrong_code");
    id
}
