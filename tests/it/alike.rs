//! A known and an unknown address cost the same: the same calls to AWS, and as many hashes of a password.

use serde_json::{Value, json};
use tests::{Answer, Api, PASSWORD, World, accepted};

use crate::access::verification;

/// The AWS operations of a handler's role since a call of the recording, in order.
fn operations(world: &World, handler: &str, after: u64) -> Vec<String> {
    let role = format!("-{}", handler.replace('.', "-"));
    let records = world.host.aws().recorder().since(after);
    let own = records.into_iter().filter(|record| {
        let arn = record.call.principal.role_arn.as_deref();
        arn.is_some_and(|arn| arn.ends_with(&role))
    });
    own.map(|record| format!("{} {}", record.call.service, record.call.operation))
        .collect()
}

/// What a call makes a handler do, and its answer.
pub(crate) async fn recorded(
    world: &World,
    api: &Api,
    handler: &str,
    path: &str,
    body: Value,
) -> (Vec<String>, Value) {
    let before = world.host.aws().recorder().last_seq();
    let answer = api.post(path, &body).await;
    let mut calls = operations(world, handler, before);
    assert!(!calls.is_empty(), "{handler} calls AWS");
    calls.push(format!("argon2 {}", hashes(world, &answer).await));
    (calls, answer.body)
}

/// How many passwords a call hashed, by its lines of the log: complete once one says how it ended.
async fn hashes(world: &World, answer: &Answer) -> usize {
    let id = answer.header("x-request-id").expect("every answer has one");
    let lines = tests::eventually("the call has ended in the log", async || {
        let lines = world.host.log().select(|line| line.text.contains(id));
        let ended = lines.iter().any(|line| line.text.contains("answered"));
        ended.then_some(lines)
    })
    .await;
    let lines = lines.into_iter().map(|line| line.text);
    lines
        .filter(|text| text.contains("a password is hashed"))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn known_and_unknown_addresses_take_the_same_calls() {
    let world = World::start().await;
    let known = world.creator("Mira Vale").await.email;
    let api = world.api();
    let texts = accepted(&api).await;
    // The first address warms the processes: what is cached for the second is then cached for the third.
    let addresses = ["first@example.com", &known, "stranger@example.com"];
    let (mut seen, mut resends) = (Vec::new(), Vec::new());
    for email in addresses {
        let wrong = json!({ "email": email, "password": "not the password" });
        let reset = json!({ "email": email });
        let form = json!({
            "name": "Mira Vale", "email": email, "password": PASSWORD, "adult_attested": true,
            "workspace_name": "Mira", "accepted": texts,
        });
        let (login, _) = recorded(&world, &api, "accounts.login", "/api/v1/sessions", wrong).await;
        let (reset, _) = recorded(
            &world,
            &api,
            "accounts.reset",
            "/api/v1/password-resets",
            reset,
        )
        .await;
        let (register, taken) = recorded(
            &world,
            &api,
            "accounts.register",
            "/api/v1/registrations",
            form,
        )
        .await;
        seen.push([login, reset, register]);
        resends.push(verification(&taken).replace("verifications", "codes"));
    }
    world.host.advance(time::Duration::seconds(61)).await;
    let mut resent = Vec::new();
    for path in &resends {
        resent.push(
            recorded(&world, &api, "accounts.resend", path, json!({}))
                .await
                .0,
        );
    }
    println!(
        "login, reset, register: {:#?}; resend: {:#?}",
        seen[1], resent[1]
    );
    assert_eq!(seen[1], seen[2]);
    assert_eq!(resent[1], resent[2]);
    let hashed = seen[1].each_ref().map(|calls| calls.last().cloned());
    let expected = ["argon2 1", "argon2 0", "argon2 1"];
    assert_eq!(hashed, expected.map(|word| Some(word.to_owned())));
    world.host.stop().await;
}
