//! The second step of a login, and proofs for dangerous acts.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Api, PASSWORD, World};
use totp_rs::Totp;

use crate::access::{login, reset_links};
use crate::journey_access::{api, authenticator, code, early_in_a_step, log_in, prove};
use crate::staff::end_all_sessions;

const OTHER: &str = "another horse altogether";

/// A login whose password was right: what waits for its code.
pub(crate) async fn waiting(world: &World, email: &str, password: &str) -> Value {
    login(world, email, password).await.expect(202)["challenge"].take()
}

/// Answers it with a code.
pub(crate) async fn answer(world: &World, challenge: &Value, code: &str) -> Answer {
    let body = json!({ "challenge": challenge, "code": code });
    let path = "/api/v1/sessions/second-factors";
    world.api().post(path, &body).await
}

/// Resets the password with the link of a mail that was not there before, in a browser that sends these headers.
pub(crate) async fn reset(
    world: &World,
    email: &str,
    known: &mut Vec<String>,
    password: &str,
    headers: &[(&str, &str)],
) -> Answer {
    let resets = "/api/v1/password-resets";
    let asked = world.api().post(resets, &json!({ "email": email })).await;
    asked.expect(202);
    let links = reset_links(world, email, known.len() + 1).await;
    let link = links.into_iter().find(|link| !known.contains(link));
    let link = link.expect("another link");
    let body = json!({ "token": link, "password": password });
    known.push(link);
    let path = format!("{resets}/completions");
    let browser = world.api();
    let done = browser.send(Method::POST, &path, Some(&body), headers);
    let done = done.await;
    assert_eq!(done.status, 204, "{}", done.body);
    done
}

/// Sets up an authenticator; its code of the step before now is used up by that.
pub(crate) async fn with_authenticator(world: &World, me: &Api) -> Totp {
    let secret = me.post("/api/v1/me/totp", &json!({})).await.expect(201);
    let totp = authenticator(&secret);
    early_in_a_step(world).await;
    let first = json!({ "code": code(world, &totp, -1) });
    me.put("/api/v1/me/totp", &first).await.expect(200);
    totp
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_asked_for_and_each_code_counts_once() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let me = log_in(&world, &email, PASSWORD).await;
    let other = log_in(&world, &email, PASSWORD).await;
    let secret = me.post("/api/v1/me/totp", &json!({})).await.expect(201);
    let totp = authenticator(&secret);
    let wrong = me
        .put("/api/v1/me/totp", &json!({ "code": "000000" }))
        .await;
    assert_eq!(wrong.problem(422), "wrong_code");
    login(&world, &email, PASSWORD).await.expect(201);
    let is_on = async || me.get("/api/v1/me").await.expect(200)["totp_enabled"].clone();
    assert_eq!(is_on().await, json!(false), "it is begun and not confirmed");
    early_in_a_step(&world).await;
    let first = json!({ "code": code(&world, &totp, -1) });
    let codes = me.put("/api/v1/me/totp", &first).await.expect(200);
    assert_eq!(is_on().await, json!(true));
    assert_eq!(
        other.get("/api/v1/me").await.status,
        401,
        "other sessions end"
    );
    me.get("/api/v1/me").await.expect(200);

    let challenge =
        || async { login(&world, &email, PASSWORD).await.expect(202)["challenge"].clone() };
    let answer = async |challenge: &Value, code: &str| {
        let body = json!({ "challenge": challenge, "code": code });
        world
            .api()
            .post("/api/v1/sessions/second-factors", &body)
            .await
    };
    let asked = challenge().await;
    let as_token = Api::new(world.host.url(), asked.as_str().map(str::to_owned));
    assert_eq!(
        as_token.get("/api/v1/me").await.status,
        401,
        "a challenge opens nothing"
    );
    let now = code(&world, &totp, 0);
    let opened = answer(&asked, &now).await.expect(201);
    assert_eq!(answer(&asked, &now).await.problem(422), "challenge_over");
    let again = challenge().await;
    assert_eq!(
        answer(&again, &now).await.problem(422),
        "wrong_code",
        "a code counts once"
    );
    let spare = codes["recovery_codes"][0].as_str().expect("a code");
    answer(&again, &spare.to_uppercase()).await.expect(201);
    let third = challenge().await;
    for _ in 0..5 {
        assert_eq!(answer(&third, spare).await.problem(422), "wrong_code");
    }
    assert_eq!(
        answer(&third, "whatever").await.problem(422),
        "challenge_over"
    );

    let me = api(&world, &opened);
    world.host.advance(time::Duration::minutes(6)).await;
    assert_eq!(
        me.delete("/api/v1/me/totp").await.problem(403),
        "step_up_required"
    );
    let proof = json!({ "password": PASSWORD });
    let without = me.post("/api/v1/sessions/current/proofs", &proof).await;
    assert_eq!(
        without.problem(422),
        "wrong_code",
        "the password alone is not enough"
    );
    prove(&me, Some(&code(&world, &totp, 0))).await;
    assert_eq!(me.delete("/api/v1/me/totp").await.status, 204);
    for _ in 0..12 {
        // Who proves themselves rightly never closes their own account.
        prove(&me, None).await;
    }
    login(&world, &email, PASSWORD).await.expect(201);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_opens_nothing_dangerous_where_a_code_is_needed() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let me = log_in(&world, &email, PASSWORD).await;
    with_authenticator(&world, &me).await;
    world.host.advance(time::Duration::minutes(6)).await;
    let change = async |me: &Api, current: &str, new: &str| {
        let body = json!({ "current": current, "new": new });
        me.put("/api/v1/me/password", &body).await
    };
    let mut me = api(&world, &change(&me, PASSWORD, OTHER).await.expect(201));
    let refused = me.delete("/api/v1/me/totp").await;
    assert_eq!(refused.problem(403), "step_up_required");

    // Nor does changing it again and again give more guesses at the code.
    let (mut current, mut new) = (OTHER, PASSWORD);
    let mut guesses = 0;
    loop {
        let guess = json!({ "password": current, "code": "000000" });
        let guessed = me.post("/api/v1/sessions/current/proofs", &guess).await;
        if guessed.status == 429 {
            break;
        }
        assert_eq!(guessed.problem(422), "wrong_code");
        guesses += 1;
        assert!(guesses < 12, "guesses are not counted");
        let changed = change(&me, current, new).await;
        if changed.status == 429 {
            break;
        }
        me = api(&world, &changed.expect(201));
        std::mem::swap(&mut current, &mut new);
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_waits_for_its_code_ends_with_its_password_and_with_every_session() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let me = log_in(&world, &email, PASSWORD).await;
    let totp = with_authenticator(&world, &me).await;
    let is_over = async |challenge: &Value| {
        let late = answer(&world, challenge, &code(&world, &totp, 0)).await;
        assert_eq!(late.problem(422), "challenge_over");
    };

    let before_a_change = waiting(&world, &email, PASSWORD).await;
    let change = json!({ "current": PASSWORD, "new": OTHER });
    me.put("/api/v1/me/password", &change).await.expect(201);
    is_over(&before_a_change).await;

    let before_a_reset = waiting(&world, &email, OTHER).await;
    let resets = "/api/v1/password-resets";
    let asked = world.api().post(resets, &json!({ "email": email })).await;
    asked.expect(202);
    let link = reset_links(&world, &email, 1).await.remove(0);
    let body = json!({ "token": link, "password": PASSWORD });
    let path = format!("{resets}/completions");
    assert_eq!(world.api().post(&path, &body).await.status, 204);
    is_over(&before_a_reset).await;

    let before_the_end = waiting(&world, &email, PASSWORD).await;
    end_all_sessions(&world, &email).await.expect(200);
    is_over(&before_the_end).await;

    let begun_since = waiting(&world, &email, PASSWORD).await;
    let opened = answer(&world, &begun_since, &code(&world, &totp, 0)).await;
    opened.expect(201);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reset_gives_more_tries_of_a_code_and_the_owners_device_has_its_own() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let me = log_in(&world, &email, PASSWORD).await;
    let totp = with_authenticator(&world, &me).await;
    let first = waiting(&world, &email, PASSWORD).await;
    let entered = answer(&world, &first, &code(&world, &totp, 0)).await;
    let mark = entered.cookie("__Host-sofi_device").expect("it is marked");
    let own = format!("__Host-sofi_device={mark}");

    // Somebody has the mailbox: each reset is a password of theirs, and each right password five tries of a code.
    let (mut links, mut looked_at) = (Vec::new(), 0);
    let passwords = [
        "a first horse by now",
        "a second horse by now",
        "a third horse by now",
    ];
    for password in passwords {
        reset(&world, &email, &mut links, password, &[]).await;
        for _ in 0..2 {
            let asked = waiting(&world, &email, password).await;
            for _ in 0..5 {
                let guessed = answer(&world, &asked, "000000").await;
                if guessed.status == 429 {
                    break;
                }
                assert_eq!(guessed.problem(422), "wrong_code");
                looked_at += 1;
            }
        }
    }
    assert!((5..=10).contains(&looked_at), "{looked_at} of thirty");
    // However slowly it is done, nobody may try for a quarter of an hour then: not with the right code either.
    let asked = loop {
        world.host.advance(time::Duration::seconds(20)).await;
        let asked = waiting(&world, &email, passwords[2]).await;
        if answer(&world, &asked, "000000").await.status == 429 {
            break asked;
        }
        looked_at += 1;
        assert!(looked_at <= 10, "{looked_at}");
    };
    let right = answer(&world, &asked, &code(&world, &totp, 0)).await;
    assert_eq!(right.status, 429, "{}", right.body);

    let browser = [("cookie", own.as_str())];
    let done = reset(&world, &email, &mut links, OTHER, &browser).await;
    assert_eq!(done.cookie("__Host-sofi_device"), Some(mark));
    let enter = async |path: &str, body: Value| {
        let api = world.api();
        api.send(Method::POST, path, Some(&body), &browser).await
    };
    let body = json!({ "email": email, "password": OTHER });
    let asked = enter("/api/v1/sessions", body).await.expect(202);
    let body = json!({ "challenge": asked["challenge"], "code": code(&world, &totp, 0) });
    let opened = enter("/api/v1/sessions/second-factors", body).await;
    opened.expect(201);
    world.host.stop().await;
}
