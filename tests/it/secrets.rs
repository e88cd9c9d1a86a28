//! What opens an account leaves no trace: not in tables, queues, objects or logs, and in no answer but the one that gave it.

use std::collections::BTreeSet;

use serde_json::json;
use tests::{Secret, Told, World};

use crate::canary::forms;
use crate::journey_access::prove;
use crate::journey_team::colleague;
use crate::journey_tokens::make;
use crate::{journey_access, staff};

/// Everything that has a secret: signing up, getting in, every factor, changes and their return, a team, tokens, staff.
async fn walk(world: &World) {
    let creator = world.creator("Mira Vale").await;
    journey_access::walk(world).await;
    let offer = json!({ "role": "chatter" });
    colleague(world, &creator.api, "Uma Lind", offer).await;
    prove(&creator.api, None).await;
    let token = make(world, &creator.api, &["read_conversations"], 1).await;
    token.api.get("/api/v1/conversations").await.expect(200);
    let wrong = json!({ "email": creator.email, "password": "not the password at all" });
    let refused = world.api().post("/api/v1/sessions", &wrong).await;
    assert_eq!(refused.problem(422), "wrong_credentials");
    staff::walk(world, &creator.api).await;
    prove(&creator.api, None).await;
    for path in [
        "/api/v1/audit",
        "/api/v1/audit/account",
        "/api/v1/audit/account/export",
        "/api/v1/audit/account/verification",
        "/api/v1/audit/export",
        "/api/v1/sessions",
        "/api/v1/me",
        "/api/v1/workspace/members",
        "/api/v1/workspace/invitations",
        "/api/v1/workspace/tokens",
    ] {
        assert_eq!(creator.api.get(path).await.status, 200, "{path}");
    }
    world.settled().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_opens_an_account_stands_in_the_answer_that_gave_it_and_nowhere_else() {
    let world = World::start().await;
    world.watch();
    walk(&world).await;
    let told = world.told();
    let fields: BTreeSet<&str> = told.secrets.values().flat_map(of).collect();
    let expected = BTreeSet::from([
        "challenge",
        "code",
        "cookie",
        "current",
        "new",
        "password",
        "recovery_codes",
        "secret",
        "session_token",
        "token",
        "uri",
    ]);
    assert_eq!(fields, expected, "every kind was met");
    let dump = world.control("/dump").await;
    for place in ["tables", "queues", "buckets"] {
        search(&told, place, &dump[place].to_string(), None);
    }
    for line in world.host.log().select(|_| true) {
        search(&told, "the log", &line.text, None);
    }
    for (number, (call, text)) in told.answers.iter().enumerate() {
        search(&told, call, text, Some(number));
    }
    let (secrets, answers) = (told.secrets.len(), told.answers.len());
    println!("{secrets} secrets, {answers} answers");
    world.host.stop().await;
}

fn of(secret: &Secret) -> impl Iterator<Item = &'static str> + '_ {
    secret.fields.iter().copied()
}

/// Names the field and the place and never the value.
fn search(told: &Told, place: &str, text: &str, answer: Option<usize>) {
    for (value, secret) in &told.secrets {
        let is_right = answer.is_some_and(|number| secret.given_by.contains(&number));
        let fields = &secret.fields;
        assert!(is_right || !stands(value, text), "{fields:?} is in {place}");
    }
}

/// Whether a secret is in a text, in the clear or in base 64. Eight digits are one only as a whole word: moments in
/// milliseconds hold any.
fn stands(value: &str, text: &str) -> bool {
    let clear = match value.bytes().all(|byte| byte.is_ascii_digit()) {
        true => text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| word == value),
        false => text.contains(value),
    };
    clear || forms(value)[1..].iter().any(|form| text.contains(form))
}
