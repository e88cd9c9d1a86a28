//! The part of the walk that is about tokens of the API: making, using, ending.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Api, World, root};

use crate::journey_access::prove;

/// Where tokens are made and listed.
pub(crate) const TOKENS: &str = "/api/v1/workspace/tokens";

/// Every right that a token can be given.
pub(crate) const RIGHTS: [&str; 7] = [
    "read_conversations",
    "read_settings",
    "answer_fans",
    "keep_notes",
    "manage_sofi",
    "manage_bots",
    "read_audit",
];

/// A token and the API that it opens.
pub(crate) struct Token {
    /// Its id.
    pub id: String,
    /// What opens the API.
    pub secret: String,
    /// The API with it.
    pub api: Api,
}

/// Makes a token with a session that has just been proved.
pub(crate) async fn make(world: &World, api: &Api, rights: &[&str], days: u32) -> Token {
    let form = json!({ "name": "Importer", "rights": rights, "days": days });
    let made = api.post(TOKENS, &form).await.expect(201);
    let text = |field: &str| made[field].as_str().expect("a text").to_owned();
    Token {
        id: text("id"),
        secret: text("token"),
        api: Api::new(world.host.url(), Some(text("token"))),
    }
}

/// Routes of the catalogue that need somebody to be known, and whether a token can open each.
pub(crate) fn routes() -> Vec<(Method, String, bool)> {
    let text =
        std::fs::read(root().join("infra/api/functions.json")).expect("the catalogue is committed");
    let listing: Value = serde_json::from_slice(&text).expect("JSON");
    let all = listing["routes"].as_array().expect("routes").iter();
    let known = |route: &&Value| {
        ["session", "person", "staff"]
            .iter()
            .any(|of| route["access"] == *of)
    };
    all.filter(known)
        .map(|route| {
            let text = |field: &str| route[field].as_str().expect("a text");
            let method = Method::from_bytes(text("method").as_bytes()).expect("a method");
            (
                method,
                text("path").to_owned(),
                route["takes_tokens"] == true,
            )
        })
        .collect()
}

/// A call of a route with ids that nobody has and a form without fields.
pub(crate) async fn call(api: &Api, method: &Method, path: &str, more: &[(&str, &str)]) -> Answer {
    let mut filled = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').expect("a template");
        let prefix = match name {
            "bot_id" => "bot",
            "business_account_id" => "bac",
            "conversation_id" => "cnv",
            "fact_id" => "fct",
            "fan_id" => "fan",
            "invitation_id" => "inv",
            "message_id" => "msg",
            "note_id" => "nte",
            "parked_id" => "prk",
            "passkey_id" => "pky",
            "reply_id" => "rep",
            "request_id" => "prq",
            "session_id" => "ses",
            "telegram_message_id" => "1",
            "token_id" => "tok",
            "user_id" => "usr",
            "version" => "1",
            "workspace_id" => "ten",
            other => panic!("which prefix has {other}?"),
        };
        filled += before;
        filled += prefix;
        if !matches!(name, "telegram_message_id" | "version") {
            filled += "_00000000000000000000000000";
        }
        rest = after;
    }
    filled += rest;
    let form = json!({});
    let body = (!matches!(*method, Method::GET | Method::DELETE)).then_some(&form);
    api.send(method.clone(), &filled, body, more).await
}

/// Walks it with a manager's or an owner's session, and leaves one token that is good.
pub(crate) async fn walk(world: &World, api: &Api) -> Token {
    prove(api, None).await;
    let short = make(world, api, &["read_conversations"], 1).await;
    short.api.get("/api/v1/conversations").await.expect(200);
    let token = make(world, api, &RIGHTS, 30).await;
    let ended = api.delete(&format!("{TOKENS}/{}", short.id)).await;
    assert_eq!(ended.status, 204, "{}", ended.body);
    for (method, path, _) in routes().iter().filter(|(.., takes)| *takes) {
        let answer = call(&token.api, method, path, &[]).await;
        let told = answer.headers.iter().any(|(name, _)| name == "ratelimit");
        assert!(told, "{method} {path}: {} {}", answer.status, answer.body);
        assert!(
            answer.status < 500 && answer.status != 403,
            "{method} {path}: {}",
            answer.body
        );
    }
    let listed = api.get(TOKENS).await.expect(200);
    assert_eq!(
        listed["tokens"].as_array().map(Vec::len),
        Some(1),
        "{listed}"
    );
    token
}
