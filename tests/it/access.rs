//! Who gets in, and who does not: signing up, guessing, sessions, passwords, second factors.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Api, PASSWORD, World, accepted, code_in, token_in};

use crate::journey_access::{api, log_in};

async fn sign_up(world: &World, email: &str, password: &str) -> Answer {
    let api = world.api();
    let body = json!({
        "name": "Mira Vale", "email": email, "password": password, "adult_attested": true,
        "workspace_name": "Mira", "accepted": accepted(&api).await,
    });
    api.post("/api/v1/registrations", &body).await
}

/// Where the code of a sign-up is taken.
pub(crate) fn verification(taken: &Value) -> String {
    let id = taken["registration_id"].as_str().expect("an id");
    format!("/api/v1/registrations/{id}/verifications")
}

/// Tries to log in.
pub(crate) async fn login(world: &World, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password });
    world.api().post("/api/v1/sessions", &body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_exists_once_its_address_is_verified_and_not_before() {
    let world = World::start().await;
    let email = "mira.vale@example.com";
    let taken = sign_up(&world, email, PASSWORD).await.expect(201);
    assert_eq!(
        login(&world, email, PASSWORD).await.problem(422),
        "wrong_credentials"
    );
    let path = verification(&taken);
    let right = code_in(&world.next_mail(email, 0).await);
    let wrong = json!({ "code": if right == "00000000" { "00000001" } else { "00000000" } });
    for _ in 0..8 {
        assert_eq!(
            world.api().post(&path, &wrong).await.problem(422),
            "wrong_code"
        );
    }
    let used_up = world.api().post(&path, &json!({ "code": right })).await;
    assert_eq!(used_up.problem(409), "code_used_up");

    let codes = path.replace("verifications", "codes");
    assert_eq!(world.api().post(&codes, &json!({})).await.status, 429);
    world.host.advance(time::Duration::seconds(61)).await;
    world.api().post(&codes, &json!({})).await.expect(202);
    let mail = world.next_mail(email, 1).await;
    assert_eq!(
        world
            .api()
            .post(&path, &json!({ "code": right }))
            .await
            .problem(422),
        "wrong_code"
    );
    // Who opens the link of somebody else's sign-up does not finish it for them.
    let link = token_in(&mail);
    let alone = json!({ "token": link });
    let alone = world.api().post(&path, &alone).await;
    assert_eq!(alone.problem(400), "invalid_input");
    let curious = json!({ "token": link, "password": "whatever it may be" });
    let curious = world.api().post(&path, &curious).await;
    assert_eq!(curious.problem(422), "wrong_password");
    assert_eq!(
        login(&world, email, PASSWORD).await.problem(422),
        "wrong_credentials"
    );
    let token = json!({ "token": link, "password": PASSWORD });
    world.api().post(&path, &token).await.expect(201);
    assert_eq!(
        world.api().post(&path, &token).await.status,
        404,
        "a link works once"
    );
    login(&world, email, PASSWORD).await.expect(201);

    let late = sign_up(&world, "late@example.com", PASSWORD)
        .await
        .expect(201);
    let code = world.mailed_code("late@example.com").await;
    world.host.advance(time::Duration::hours(48)).await;
    let gone = world
        .api()
        .post(&verification(&late), &json!({ "code": code }))
        .await;
    assert_eq!(
        gone.status, 404,
        "an unverified sign-up is gone after 48 hours"
    );
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_mailbox_tells_whether_an_address_has_an_account() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let known = creator.email.as_str();
    let mut shapes = Vec::new();
    for email in [known, "stranger@example.com"] {
        let taken = sign_up(&world, email, "my own horse by now")
            .await
            .expect(201);
        let mut fields: Vec<_> = taken
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        fields.sort();
        shapes.push((fields, taken["message"].clone()));
        let guess = json!({ "code": "12345678" });
        let guessed = world.api().post(&verification(&taken), &guess).await;
        assert_eq!(guessed.problem(422), "wrong_code");
        let reset = json!({ "email": email });
        world
            .api()
            .post("/api/v1/password-resets", &reset)
            .await
            .expect(202);
        assert_eq!(
            login(&world, email, "my own horse by now")
                .await
                .problem(422),
            "wrong_credentials"
        );
    }
    assert_eq!(shapes[0], shapes[1]);
    world.mail_saying(known, "already has an account").await;
    world
        .mail_saying("stranger@example.com", "but there is none")
        .await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_are_slowed_and_the_owner_gets_in_on_a_known_device() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let first = login(&world, &creator.email, PASSWORD).await;
    let device = first.cookie("__Host-sofi_device").expect("it is marked");
    let mut taken = 0;
    for guess in 0..200_u8 {
        // Each guess comes from another network.
        let from = format!("127.{}.7.1", guess + 1);
        let wrong = json!({ "email": creator.email, "password": format!("guess number {guess}") });
        let answer = world
            .api()
            .from(&from)
            .post("/api/v1/sessions", &wrong)
            .await;
        taken += usize::from(answer.status == 422);
        assert!([422, 429].contains(&answer.status), "{}", answer.body);
    }
    assert!(
        (4..=12).contains(&taken),
        "{taken} of 200 guesses were looked at"
    );
    assert_eq!(login(&world, &creator.email, PASSWORD).await.status, 429);
    let body = json!({ "email": creator.email, "password": PASSWORD });
    let cookie = format!("__Host-sofi_device={device}");
    let known = [("cookie", cookie.as_str())];
    let owner = world
        .api()
        .send(Method::POST, "/api/v1/sessions", Some(&body), &known)
        .await;
    owner.expect(201);

    // Nothing is locked for good: a quarter of an hour later anybody may try again.
    world.host.advance(time::Duration::minutes(16)).await;
    login(&world, &creator.email, PASSWORD).await.expect(201);
    world.host.stop().await;
}

/// Guesses at an account until nobody may try for a quarter of an hour.
pub(crate) async fn close(world: &World, email: &str) {
    for guess in 0..10 {
        let wrong = json!({ "email": email, "password": format!("guess number {guess}") });
        let stranger = world.api().from("127.9.7.1");
        let answer = stranger.post("/api/v1/sessions", &wrong).await;
        assert_eq!(answer.problem(422), "wrong_credentials");
        world.host.advance(time::Duration::seconds(20)).await;
    }
    assert_eq!(login(world, email, PASSWORD).await.status, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_and_asks_for_resets_for_hours_does_not_keep_the_owner_out() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let email = creator.email.as_str();
    let (path, reset) = ("/api/v1/password-resets", json!({ "email": email }));
    close(&world, email).await;
    let proof = json!({ "password": PASSWORD });
    let proofs = "/api/v1/sessions/current/proofs";
    creator.api.post(proofs, &proof).await.expect(200);

    // A stranger takes every mail that may be sent: four, and one more for each half hour.
    let mut sent = 0;
    for _ in 0..8 {
        let stranger = world.api().from("127.9.7.1");
        while stranger.post(path, &reset).await.status == 202 {
            sent += 1;
        }
        assert_eq!(world.api().post(path, &reset).await.status, 429);
        world.host.advance(time::Duration::minutes(31)).await;
    }
    assert_eq!(sent, 4 + 7);
    let former = reset_links(&world, email, sent).await;
    let stranger = world.api().from("127.9.7.1");
    stranger.post(path, &reset).await.expect(202);
    assert_eq!(world.api().post(path, &reset).await.status, 429);

    // The owner has what the stranger had sent, and the browser that used it is one of theirs.
    let links = reset_links(&world, email, sent + 1).await;
    let link = links.iter().find(|link| !former.contains(link));
    let password = "another horse altogether";
    let body = json!({ "token": link.expect("another link"), "password": password });
    // Somebody with a stolen session has used up the proofs.
    let wrong = json!({ "password": "not the password" });
    while creator.api.post(proofs, &wrong).await.status != 429 {}
    let completions = "/api/v1/password-resets/completions";
    let done = world.api().post(completions, &body).await;
    assert_eq!(done.status, 204, "{}", done.body);
    let device = done.cookie("__Host-sofi_device").expect("it is marked");
    close(&world, email).await;
    let cookie = format!("__Host-sofi_device={device}");
    let body = json!({ "email": email, "password": password });
    let marked = [("cookie", cookie.as_str())];
    let sessions = "/api/v1/sessions";
    let owner = world
        .api()
        .send(Method::POST, sessions, Some(&body), &marked)
        .await;
    let token = owner.expect(201)["session_token"]
        .as_str()
        .map(str::to_owned);
    let owner = Api::new(world.host.url(), token);
    let proof = json!({ "password": password });
    owner.post(proofs, &proof).await.expect(200);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_network_cannot_try_many_accounts() {
    let world = World::start().await;
    world.creator("Mira Vale").await;
    let mut looked_at = 0;
    for account in 0..160 {
        let email = format!("person.{account}@example.com");
        let body = json!({ "email": email });
        let from_one = world.api().from("127.9.9.9");
        let answer = from_one.post("/api/v1/password-resets", &body).await;
        looked_at += usize::from(answer.status == 202);
        assert!([202, 429].contains(&answer.status), "{}", answer.body);
    }
    assert_eq!(looked_at, 100);
    let body = json!({ "email": "somebody@example.com", "password": PASSWORD });
    let elsewhere = world
        .api()
        .from("127.9.8.1")
        .post("/api/v1/sessions", &body)
        .await;
    assert_eq!(elsewhere.status, 422, "another network is not concerned");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_logged_in_is_not_concerned_by_what_their_network_tried() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let mut asked = 0;
    loop {
        let body = json!({ "email": format!("person.{asked}@example.com") });
        let answer = world.api().post("/api/v1/password-resets", &body).await;
        if answer.status == 429 {
            break;
        }
        answer.expect(202);
        asked += 1;
    }
    assert_eq!(login(&world, &creator.email, PASSWORD).await.status, 429);
    let proof = json!({ "password": PASSWORD });
    let proofs = "/api/v1/sessions/current/proofs";
    creator.api.post(proofs, &proof).await.expect(200);
    let change = json!({ "current": PASSWORD, "new": "another horse altogether" });
    let changed = creator.api.put("/api/v1/me/password", &change).await;
    changed.expect(201);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn breached_passwords_are_refused() {
    let world = World::start().await;
    let sample = include_str!("../../functions/accounts/data/breached-sample.txt");
    let api = world.api();
    let texts = accepted(&api).await;
    let mut refused = 0;
    for password in sample.lines() {
        let body = json!({
            "name": "Mira Vale", "email": "mira@example.com", "password": password, "adult_attested": true,
            "workspace_name": "Mira", "accepted": texts,
        });
        let answer = api.post("/api/v1/registrations", &body).await;
        refused += usize::from(answer.body["field_errors"][0]["code"] == "breached");
    }
    assert_eq!(refused, 1_000);
    assert!(world.mails_to("mira@example.com").is_empty());
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_can_choose_the_session_of_another() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let planted = world.creator("Eve Planter").await;
    let body = json!({ "email": creator.email, "password": PASSWORD });
    let cookie = format!("__Host-sofi={}", planted.token);
    let headers = [
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let opened = world
        .api()
        .send(Method::POST, "/api/v1/sessions", Some(&body), &headers)
        .await;
    let fresh = opened.cookie("__Host-sofi").expect("a cookie").to_owned();
    assert_ne!(fresh, planted.token);
    let answer = opened.expect(201);
    assert_eq!(
        answer.get("session_token"),
        None,
        "a browser has the cookie"
    );
    let program = world.api().post("/api/v1/sessions", &body).await;
    let given = program.cookie("__Host-sofi").map(str::to_owned);
    let answer = program.expect(201);
    assert_eq!(answer["session_token"].as_str(), given.as_deref());
    let me = planted.api.get("/api/v1/me").await;
    assert_eq!(me.status, 401, "the planted session ended with the login");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_password_is_dead_everywhere_at_once() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let (here, there) = (
        log_in(&world, &email, PASSWORD).await,
        log_in(&world, &email, PASSWORD).await,
    );
    let wrong = json!({ "current": "not the password", "new": "another horse altogether" });
    assert_eq!(
        here.put("/api/v1/me/password", &wrong).await.problem(422),
        "wrong_password"
    );
    let change = json!({ "current": PASSWORD, "new": "another horse altogether" });
    let fresh = here.put("/api/v1/me/password", &change).await.expect(201);
    for former in [&here, &there] {
        assert_eq!(former.get("/api/v1/me").await.status, 401);
    }
    api(&world, &fresh).get("/api/v1/me").await.expect(200);
    assert_eq!(
        login(&world, &email, PASSWORD).await.problem(422),
        "wrong_credentials"
    );
    world.mail_saying(&email, "was changed").await;

    let reset = json!({ "email": email });
    world
        .api()
        .post("/api/v1/password-resets", &reset)
        .await
        .expect(202);
    let token = token_in(&world.mail_saying(&email, "/reset#").await);
    let completion = json!({ "token": token, "password": PASSWORD });
    let path = "/api/v1/password-resets/completions";
    assert_eq!(world.api().post(path, &completion).await.status, 204);
    assert_eq!(
        world.api().post(path, &completion).await.problem(422),
        "link_not_valid"
    );
    assert_eq!(api(&world, &fresh).get("/api/v1/me").await.status, 401);
    login(&world, &email, PASSWORD).await.expect(201);

    world
        .api()
        .post("/api/v1/password-resets", &reset)
        .await
        .expect(202);
    let known = token.clone();
    let late = tests::eventually("another link is mailed", async || {
        let mails = world.mails_to(&email);
        let links = mails.iter().filter(|mail| {
            mail.text
                .as_deref()
                .is_some_and(|text| text.contains("/reset#"))
        });
        links.map(token_in).find(|token| *token != known)
    })
    .await;
    world.host.advance(time::Duration::minutes(31)).await;
    let completion = json!({ "token": late, "password": "a third horse by now" });
    assert_eq!(
        world.api().post(path, &completion).await.problem(422),
        "link_not_valid"
    );
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_takes_their_own_name_for_a_password() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let me = log_in(&world, &email, PASSWORD).await;
    let reset = json!({ "email": email });
    let resets = "/api/v1/password-resets";
    world.api().post(resets, &reset).await.expect(202);
    let token = token_in(&world.mail_saying(&email, "/reset#").await);
    let completions = "/api/v1/password-resets/completions";
    for own in ["mira-VALE-1990", email.as_str()] {
        let change = json!({ "current": PASSWORD, "new": own });
        let refused = me.put("/api/v1/me/password", &change).await.expect(400);
        assert_eq!(refused["field_errors"][0]["code"], "guessable");
        let completion = json!({ "token": token, "password": own });
        let refused = world.api().post(completions, &completion).await.expect(400);
        assert_eq!(refused["field_errors"][0]["code"], "guessable");
    }
    let same = json!({ "current": PASSWORD, "new": PASSWORD });
    let refused = me.put("/api/v1/me/password", &same).await.expect(400);
    assert_eq!(refused["field_errors"][0]["code"], "same_password");
    let completion = json!({ "token": token, "password": "another horse altogether" });
    let done = world.api().post(completions, &completion).await;
    assert_eq!(done.status, 204, "{}", done.body);
    world.host.stop().await;
}

/// The links to choose a password that an address got, oldest first, once there are so many.
pub(crate) async fn reset_links(world: &World, email: &str, count: usize) -> Vec<String> {
    tests::eventually("the links are mailed", async || {
        let mut mails = world.mails_to(email);
        mails.retain(|mail| {
            let text = mail.text.as_deref();
            text.is_some_and(|text| text.contains("/reset#"))
        });
        (mails.len() >= count).then(|| mails.iter().map(token_in).collect())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_link_is_for_the_password_that_was_forgotten() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let (path, reset) = ("/api/v1/password-resets", json!({ "email": email }));
    let complete = async |token: &String, password: &str| {
        let body = json!({ "token": token, "password": password });
        let path = "/api/v1/password-resets/completions";
        world.api().post(path, &body).await
    };
    for _ in 0..2 {
        world.api().post(path, &reset).await.expect(202);
    }
    let links = reset_links(&world, &email, 2).await;
    let done = complete(&links[0], "another horse altogether").await;
    assert_eq!(done.status, 204, "{}", done.body);
    let other = complete(&links[1], "a third horse by now").await;
    assert_eq!(other.problem(422), "link_not_valid");

    world.api().post(path, &reset).await.expect(202);
    let third = reset_links(&world, &email, 3).await;
    let third = third.iter().find(|link| !links.contains(link));
    let session = login(&world, &email, "another horse altogether").await;
    let me = api(&world, &session.expect(201));
    let change = json!({ "current": "another horse altogether", "new": PASSWORD });
    me.put("/api/v1/me/password", &change).await.expect(201);
    let late = complete(third.expect("a third link"), "a third horse by now").await;
    assert_eq!(late.problem(422), "link_not_valid");
    login(&world, &email, PASSWORD).await.expect(201);
    world.host.stop().await;
}
