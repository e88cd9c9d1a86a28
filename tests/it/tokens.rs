//! Tokens of the API: what they open, how often, and that each ends with the rights it came from.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, PASSWORD, World};

use crate::journey_access::{log_in, prove};
use crate::journey_team::{colleague, path};
use crate::journey_tokens::{RIGHTS, TOKENS, call, make, routes};

const CONVERSATIONS: &str = "/api/v1/conversations";

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let found = answer.headers.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_what_it_was_given_and_nothing_that_is_for_people() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let bot = mira.connect_bot(&world, "mira_test_bot").await;
    let form = json!({ "name": "Importer", "rights": ["read_conversations"], "days": 1 });
    world.host.advance(time::Duration::seconds(301)).await;
    let unproved = mira.api.post(TOKENS, &form).await;
    assert_eq!(unproved.problem(403), "step_up_required");
    prove(&mira.api, None).await;
    let reading = make(&world, &mira.api, &["read_conversations"], 1).await;
    let everything = make(&world, &mira.api, &RIGHTS, 1).await;
    world.mail_saying(&mira.email, "Importer").await;

    reading.api.get(CONVERSATIONS).await.expect(200);
    let refused = reading.api.get("/api/v1/bots").await;
    assert_eq!(refused.problem(403), "token_lacks_right");
    everything.api.get("/api/v1/bots").await.expect(200);
    for (method, path, takes_tokens) in routes() {
        let answer = call(&everything.api, &method, &path, &[]).await;
        match takes_tokens {
            true => assert_ne!(answer.body["code"], "person_required", "{method} {path}"),
            false => assert_eq!(answer.problem(403), "person_required", "{method} {path}"),
        }
    }

    let cookie = format!("__Host-sofi={}", reading.secret);
    let by_cookie = world
        .api()
        .send(Method::GET, CONVERSATIONS, None, &[("cookie", &cookie)])
        .await;
    assert_eq!(by_cookie.status, 401, "a browser sends no token");
    let nia = world.creator("Nia Hart").await;
    let me = nia.api.get("/api/v1/me").await.expect(200);
    let foreign = me["workspaces"][0]["id"].as_str().expect("an id");
    let elsewhere = [("x-sofi-workspace", foreign)];
    let answer = call(&reading.api, &Method::GET, CONVERSATIONS, &elsewhere).await;
    assert_eq!(answer.status, 404, "{}", answer.body);

    let repaired = format!("/api/v1/bots/{}/repairs", bot.id);
    everything.api.post(&repaired, &json!({})).await.expect(201);
    let audit = mira.api.get("/api/v1/audit").await.expect(200).to_string();
    assert!(audit.contains("api_token.create"), "{audit}");
    assert!(
        audit.contains(&format!("\"actor\":\"{}\"", everything.id)),
        "{audit}"
    );
    let listed = mira.api.get(TOKENS).await.expect(200);
    assert!(!listed.to_string().contains(&reading.secret));
    let told = world
        .host
        .log()
        .select(|line| line.text.contains(&reading.secret));
    assert!(
        told.is_empty(),
        "a token stands in {} lines of logs",
        told.len()
    );
    let used = |entry: &Value| entry["last_used_at"].is_string();
    assert!(
        listed["tokens"]
            .as_array()
            .is_some_and(|all| all.iter().all(used)),
        "{listed}"
    );
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_with_the_rights_it_came_from() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let ola = colleague(&world, &mira.api, "Ola Berg", json!({ "role": "manager" })).await;
    prove(&ola.api, None).await;
    let by_ola = make(&world, &ola.api, &["read_conversations"], 30).await;
    prove(&mira.api, None).await;
    let revoked = make(&world, &mira.api, &["read_conversations"], 30).await;
    let by_mira = make(&world, &mira.api, &["read_conversations"], 30).await;
    let short = make(&world, &mira.api, &["read_conversations"], 1).await;

    let end = format!("{TOKENS}/{}", revoked.id);
    assert_eq!(ola.api.delete(&end).await.status, 204, "whoever made it");
    assert_eq!(ola.api.delete(&end).await.status, 404);
    assert_eq!(revoked.api.get(CONVERSATIONS).await.status, 401);
    // A workspace of her own changes nothing about this one.
    ola.api
        .post("/api/v1/workspaces", &json!({ "name": "Ola" }))
        .await
        .expect(201);
    by_ola.api.get(CONVERSATIONS).await.expect(200);
    assert_eq!(mira.api.delete("/api/v1/sessions").await.status, 204);
    by_mira.api.get(CONVERSATIONS).await.expect(200);

    let lower = json!({ "role": "chatter" });
    mira.api.patch(&path(&ola), &lower).await.expect(200);
    assert_eq!(
        by_ola.api.get(CONVERSATIONS).await.status,
        401,
        "a lower role"
    );
    let listed = mira.api.get(TOKENS).await.expect(200);
    let ids: Vec<_> = listed["tokens"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|token| &token["id"])
        .collect();
    assert_eq!(ids, [&json!(short.id), &json!(by_mira.id)], "newest first");

    let change = json!({ "current": PASSWORD, "new": "another horse battery staple" });
    mira.api
        .put("/api/v1/me/password", &change)
        .await
        .expect(201);
    assert_eq!(
        by_mira.api.get(CONVERSATIONS).await.status,
        401,
        "a new password"
    );

    let now = log_in(&world, &mira.email, "another horse battery staple").await;
    prove_with(&now, "another horse battery staple").await;
    let last = make(&world, &now, &["read_conversations"], 1).await;
    let before = make(&world, &now, &["read_conversations"], 1).await;
    let now = crate::addresses::change(&world, &now, "mira.vale@new.example").await;
    for token in [&last, &before] {
        let ended = token.api.get(CONVERSATIONS).await;
        assert_eq!(ended.status, 401, "another address");
    }
    prove_with(&now, "another horse battery staple").await;
    let last = make(&world, &now, &["read_conversations"], 1).await;
    last.api.get(CONVERSATIONS).await.expect(200);
    world.host.advance(time::Duration::days(1)).await;
    assert_eq!(
        last.api.get(CONVERSATIONS).await.status,
        401,
        "its day is over"
    );
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_have_ended_take_no_room() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let mut password = PASSWORD.to_owned();
    for round in 0..5 {
        let session = log_in(&world, &mira.email, &password).await;
        for _ in 0..10 {
            make(&world, &session, &["read_conversations"], 30).await;
        }
        let form = json!({ "name": "One more", "rights": ["read_conversations"], "days": 1 });
        let surplus = session.post(TOKENS, &form).await;
        assert_eq!(surplus.problem(409), "too_many_tokens");
        let new = format!("another horse battery staple {round}");
        let change = json!({ "current": password, "new": new });
        session
            .put("/api/v1/me/password", &change)
            .await
            .expect(201);
        password = new;
    }
    let session = log_in(&world, &mira.email, &password).await;
    let last = make(&world, &session, &["read_conversations"], 1).await;
    let listed = session.get(TOKENS).await.expect(200);
    assert_eq!(
        listed["tokens"].as_array().map(Vec::len),
        Some(1),
        "{listed}"
    );
    assert_eq!(listed["tokens"][0]["id"], json!(last.id));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_are_made_at_once_are_no_more_than_there_is_room_for() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    for _ in 0..9 {
        make(&world, &mira.api, &["read_conversations"], 30).await;
    }
    let form = json!({ "name": "Importer", "rights": ["read_conversations"], "days": 1 });
    let one = || mira.api.post(TOKENS, &form);
    let (first, second, third) = tokio::join!(one(), one(), one());
    let mut made = [first.status, second.status, third.status];
    made.sort_unstable();
    assert_eq!(made, [201, 409, 409], "{} {}", first.body, second.body);
    let listed = mira.api.get(TOKENS).await.expect(200);
    assert_eq!(listed["tokens"].as_array().map(Vec::len), Some(10));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_stands_beyond_the_list_ends_with_its_makers_role() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let ola = colleague(&world, &mira.api, "Ola Berg", json!({ "role": "manager" })).await;
    prove(&ola.api, None).await;
    let last = make(&world, &ola.api, &["read_conversations"], 30).await;
    // More than one look at the list reads, all older than the one that is asked with.
    let mut listed = world.rows("user_session").await;
    listed.retain(|(_, row)| row["token_of"]["S"].is_string());
    let (table, row) = listed.swap_remove(0);
    let text = |name: &str| row[name]["S"].as_str().expect("a text");
    let suffix = text("id").rsplit('_').next().expect("what an id ends with");
    let (hash, token) = (text("token_hash"), row.to_string());
    for number in 0..90 {
        let copy = token.replace(suffix, &format!("{number:026}"));
        let copy = copy.replace(hash, &format!("{number:064x}"));
        let copy = serde_json::from_str(&copy).expect("JSON");
        crate::journey_closing::put(&world, table.clone(), &copy);
    }
    prove(&mira.api, None).await;
    let lower = json!({ "role": "chatter" });
    mira.api.patch(&path(&ola), &lower).await.expect(200);
    assert_eq!(last.api.get(CONVERSATIONS).await.status, 401);
    let mut left = world.rows("user_session").await;
    left.retain(|(_, row)| row["token_of"]["S"].is_string());
    assert!(left.is_empty(), "{} tokens are left", left.len());
    world.host.stop().await;
}

async fn prove_with(api: &tests::Api, password: &str) {
    let proof = json!({ "password": password, "code": null });
    api.post("/api/v1/sessions/current/proofs", &proof)
        .await
        .expect(200);
}

/// Many at once, so that a counter which loses one of two would let more through.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_calls_six_hundred_times_a_minute_and_is_told_so() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    prove(&mira.api, None).await;
    let token = make(&world, &mira.api, &["read_conversations"], 1).await;
    let first = token.api.get(CONVERSATIONS).await;
    assert_eq!(
        header(&first, "ratelimit-policy"),
        Some("\"token\";q=600;w=60")
    );
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let began = std::time::Instant::now();
    // On a busy machine six hundred calls take longer than a minute.
    let windows = || began.elapsed().as_secs() / 60 + 2;
    let refused = loop {
        let calls = (0..20).map(|_| {
            let api = token.api.clone();
            tokio::spawn(async move { api.get(CONVERSATIONS).await })
        });
        let mut refused = None;
        for call in calls.collect::<Vec<_>>() {
            let answer = call.await.expect("an answer");
            match answer.status {
                200 => {
                    let left = header(&answer, "ratelimit").expect("told").to_owned();
                    let left = left.split(';').nth(1).unwrap_or_default().to_owned();
                    *taken.entry(left).or_default() += 1;
                }
                429 => refused = Some(answer),
                other => panic!("{other}: {}", answer.body),
            }
        }
        if let Some(refused) = refused {
            break refused;
        }
        let most = usize::try_from(windows()).expect("few") * 650;
        assert!(taken.values().sum::<usize>() < most, "nothing is refused");
    };
    // Each number left is told once in a window; minutes may have turned while we called.
    let most = usize::try_from(windows()).expect("few");
    assert!(taken.values().all(|times| *times <= most), "{taken:?}");
    assert!(taken.contains_key("r=0"), "{taken:?}");
    let wait: u64 = header(&refused, "retry-after")
        .expect("told")
        .parse()
        .expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    assert!(header(&refused, "ratelimit").is_some_and(|text| text.contains("r=0")));
    mira.api.get(CONVERSATIONS).await.expect(200);
    world.host.advance(time::Duration::seconds(61)).await;
    token.api.get(CONVERSATIONS).await.expect(200);
    world.host.stop().await;
}
