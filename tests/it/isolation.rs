//! Every route against everybody who must not get in: nobody, another workspace, and ids hidden in each place that a
//! request has. A foreign id is answered exactly like one that does not exist.

mod matrix;
mod places;
mod state;

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Api, Authenticator, World, root};

use crate::journey::{self, Journey};
use crate::journey_access::prove;
use crate::passkeys;
use matrix::Cell;
use places::Stranger;

/// One route of the catalogue.
struct Route {
    method: Method,
    path: String,
    access: String,
    minimum_role: String,
    step_up: bool,
}

fn routes() -> Vec<Route> {
    let text =
        std::fs::read(root().join("infra/api/functions.json")).expect("the catalogue is committed");
    let listing: Value = serde_json::from_slice(&text).expect("JSON");
    let text = |route: &Value, field: &str| route[field].as_str().unwrap_or_default().to_owned();
    let all = listing["routes"].as_array().expect("routes").iter();
    all.map(|route| Route {
        method: Method::from_bytes(text(route, "method").as_bytes()).expect("a method"),
        path: text(route, "path"),
        access: text(route, "access"),
        minimum_role: text(route, "minimum_role"),
        step_up: route["step_up"] == true,
    })
    .collect()
}

impl Route {
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// This route, and what was tried on it.
    fn cell(&self, column: &str) -> Cell {
        (self.name(), column.to_owned())
    }

    /// The ids in its path.
    fn ids(&self) -> impl Iterator<Item = Cell> + '_ {
        let parts = self
            .path
            .split('/')
            .filter_map(|part| part.strip_prefix('{'));
        parts.map(|part| self.cell(&format!("path {}", part.trim_end_matches('}'))))
    }
}

/// Ids of the first workspace, and ids that nobody has.
struct Ids {
    real: BTreeMap<&'static str, String>,
    missing: BTreeMap<&'static str, String>,
}

impl Ids {
    async fn of(world: &World, journey: &Journey) -> Self {
        let api = &journey.creator.api;
        let team = journey.team.as_ref().expect("a team");
        prove(api, None).await;
        let mut phone = Authenticator::at(&world.host.url());
        let passkey = passkeys::add(api, &mut phone, "Phone").await.expect(201);
        let conversation = journey.creator.conversation("Robin").await;
        let mut messages = journey.creator.messages(&journey.conversation).await;
        let photo = messages.iter().find(|message| message["kind"] == "photo");
        let photo = photo.expect("a photo").clone();
        let newest = messages.swap_remove(0);
        let list = format!("/api/v1/bots/{}/parked-updates", journey.bot.id);
        let parked = api.get(&list).await.expect(200)["parked_updates"][0].clone();
        let id = |value: &Value, field: &str| value[field].as_str().expect("an id").to_owned();
        let remembered = journey.creator.conversation("Sam").await;
        let facts = format!("/api/v1/fans/{}/facts", id(&remembered, "fan_id"));
        let fact = api.get(&facts).await.expect(200)["facts"][0].clone();
        let accounts = format!("/api/v1/bots/{}/business-accounts", journey.bot.id);
        let account = api.get(&accounts).await.expect(200)["business_accounts"][0].clone();
        let notes = format!("/api/v1/conversations/{}/notes", journey.conversation);
        let note = api.get(&notes).await.expect(200)["notes"][0].clone();
        let replies = api.get("/api/v1/saved-replies").await.expect(200);
        let reply = replies["saved_replies"][0].clone();
        // Two of each, so that every list has a second page.
        let personas = format!("/api/v1/bots/{}/personas", journey.bot.id);
        for (list, body) in [
            (&notes, json!({ "text": "one more" })),
            (&personas, json!({ "text": "Warm.", "activate": false })),
            (&personas, json!({ "text": "Short.", "activate": false })),
        ] {
            api.post(list, &body).await.expect(201);
        }
        let sessions = api.get("/api/v1/sessions").await.expect(200);
        let requests = api.get("/api/v1/privacy/requests").await.expect(200);
        let real = BTreeMap::from([
            ("{bot_id}", journey.bot.id.clone()),
            ("{business_account_id}", id(&account, "id")),
            ("{conversation_id}", journey.conversation.clone()),
            ("{fact_id}", id(&fact, "id")),
            ("{fan_id}", id(&conversation, "fan_id")),
            ("{message_id}", id(&newest, "id")),
            ("{note_id}", id(&note, "id")),
            ("{parked_id}", id(&parked, "id")),
            ("{invitation_id}", team.invitation.clone()),
            ("{user_id}", team.chatter.user.clone()),
            ("{token_id}", team.token.clone()),
            ("{passkey_id}", id(&passkey, "id")),
            ("{registration_id}", journey.registration.clone()),
            ("{reply_id}", id(&reply, "id")),
            ("{request_id}", id(&requests["requests"][0], "id")),
            ("{session_id}", id(&sessions["sessions"][0], "id")),
            ("{telegram_message_id}", id(&photo, "telegram_message_id")),
            ("{version}", "1".to_owned()),
            ("{workspace_id}", workspace(api).await),
        ]);
        let nobody = |id: &String| match id.rsplit_once('_') {
            Some((prefix, _)) => format!("{prefix}_{}", "0".repeat(26)),
            None => "999999".to_owned(),
        };
        let missing = real.iter().map(|(name, id)| (*name, nobody(id))).collect();
        Self { real, missing }
    }
}

fn fill(path: &str, ids: &BTreeMap<&'static str, String>) -> String {
    ids.iter()
        .fold(path.to_owned(), |path, (name, id)| path.replace(name, id))
}

/// A body that the route would take.
fn body(route: &Route, ids: &BTreeMap<&'static str, String>, token: &str) -> Option<Value> {
    match (
        route.method.as_str(),
        route.path.rsplit('/').next().unwrap_or_default(),
    ) {
        ("POST", "messages") => Some(json!({ "text": "mine now", "bot_id": ids["{bot_id}"] })),
        ("PATCH", "{conversation_id}") => Some(json!({ "done": true })),
        ("POST", "saved-replies") => Some(json!({ "shortcut": "mine", "text": "mine now" })),
        ("PATCH", "{reply_id}") => Some(json!({ "text": "mine now" })),
        ("POST", "notes") => Some(json!({ "text": "mine now" })),
        ("POST", "tags") => Some(json!({ "fan_ids": [ids["{fan_id}"]], "add": ["mine"] })),
        ("POST", "imports") => Some(json!({
            "csv": "id\n71\n", "columns": { "id": "telegram_id" }, "dry_run": false,
        })),
        ("POST", "histories") => Some(history(&ids["{bot_id}"])),
        ("PUT", "takeover") => Some(json!({})),
        ("PUT", "ai-mode" | "sofi") => Some(json!({ "mode": "off" })),
        ("PUT", "restriction") => Some(json!({ "reason": "mine now" })),
        ("PUT", "retention") => Some(json!({ "days": 60 })),
        ("PUT", "budget") => {
            Some(json!({ "vendors": [], "daily_cost_micro_usd": 1, "daily_tokens": 1 }))
        }
        ("POST", "personas" | "facts") => Some(json!({ "text": "mine now" })),
        ("PATCH", "{fact_id}") => Some(json!({ "text": "mine now" })),
        ("PATCH", "{business_account_id}") => Some(json!({ "stored": false })),
        ("PATCH", "current") => Some(json!({ "quiet_hours": null })),
        ("PATCH", "{user_id}") => Some(json!({ "role": "analyst" })),
        ("POST", "invitations") => Some(json!({ "email": "mine@example.com", "role": "analyst" })),
        ("POST", "tokens") => Some(json!({ "name": "mine", "rights": ["read_audit"], "days": 1 })),
        ("POST", "acceptances") => Some(json!({ "token": "A".repeat(43) })),
        ("PATCH", "draft") => Some(json!({ "text": "mine now", "rev": "1" })),
        ("POST", "approvals") => Some(json!({ "rev": "1" })),
        ("POST", "test-chats") => {
            Some(json!({ "messages": [{ "from": "fan", "text": "mine now" }] }))
        }
        ("POST", "erasures") => Some(json!({ "fan_id": ids["{fan_id}"] })),
        ("POST", "typing") => Some(json!({ "bot_id": ids["{bot_id}"] })),
        ("PUT", "token") | ("POST", "bots") => Some(json!({ "token": token })),
        ("PUT", "password") => {
            Some(json!({ "current": "whatever it is", "new": "mine from now on" }))
        }
        ("PUT", "usage") => Some(json!({ "objected": true })),
        ("PATCH", "{passkey_id}") => Some(json!({ "name": "mine now" })),
        ("PUT", "totp") => Some(json!({ "code": "000000" })),
        ("POST", "proofs") => Some(json!({ "password": "whatever it is" })),
        ("PATCH", _) => Some(json!({ "note": "mine now" })),
        ("POST", _) => Some(json!({})),
        _ => None,
    }
}

/// What would bring something in, into the chats of a bot.
fn history(bot: &str) -> Value {
    let at = "2026-01-01T00:00:00Z";
    json!({
        "bot_id": bot, "telegram_bot_id": "71", "dry_run": false,
        "notes": [{ "telegram_id": "71", "id": "one", "text": "mine now", "at": at }],
    })
}

/// All of an answer but what differs between any two answers.
fn essence(answer: &Answer) -> (u16, String, Vec<(String, String)>) {
    let changing = ["x-request-id", "date", "apigw-requestid"];
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| !changing.contains(&name.as_str()))
        .cloned()
        .collect();
    let mut text = String::from_utf8_lossy(&answer.bytes).into_owned();
    if let Some(id) = answer.body["request_id"].as_str() {
        text = text.replace(id, "");
    }
    (answer.status, text, headers)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_lets_anybody_in_who_does_not_belong() {
    let world = World::start().await;
    let journey = journey::walk(&world).await;
    let ids = Ids::of(&world, &journey).await;
    let stranger = Stranger::open(&world).await;
    let ended = journey.creator.log_in(&world).await;
    assert_eq!(ended.delete("/api/v1/sessions/current").await.status, 204);
    state::give_back(&journey).await;
    let before = state::of(&journey).await;
    let routes = routes();
    let wanted = matrix::wanted(&routes);
    let mut tried = BTreeSet::new();
    for route in &routes {
        println!("{:8} {}", route.access, route.name());
        match route.access.as_str() {
            "session" | "person" => tried
                .extend(route_of_people(&world, &journey, (&ended, &stranger), route, &ids).await),
            "staff" => {
                tried.extend(nobody(&world, &ended, route, &ids, &journey.bot.token).await);
                tried.extend(not_staff(&journey, &stranger.api, route, &ids).await);
            }
            "hook" => {
                hook(&world, &journey).await;
                tried.extend(route.ids());
            }
            _ if route.path.contains("{registration_id}") => {
                sign_up(&world, route, &ids).await;
                tried.extend(route.ids());
            }
            _ => {}
        }
    }
    tried.extend(places::queries(&stranger, &ids, &wanted).await);
    tried.extend(places::cursors(&stranger, &journey, &ids, &wanted).await);
    tried.extend(places::bodies(&stranger, &ids).await);
    tried.extend(places::tokens(&world, &stranger, &journey, &ids).await);
    assert_eq!(before, state::of(&journey).await, "nothing has changed");
    tried.extend(expired(&world, &journey, &ids).await);
    let untried: Vec<_> = wanted.difference(&tried).collect();
    assert!(untried.is_empty(), "{untried:#?}");
    matrix::print(&wanted);
    world.host.stop().await;
}

/// Everything that is tried on a route for people who are known.
async fn route_of_people(
    world: &World,
    journey: &Journey,
    (ended, stranger): (&Api, &Stranger),
    route: &Route,
    ids: &Ids,
) -> BTreeSet<Cell> {
    let token = &journey.bot.token;
    let mut tried = nobody(world, ended, route, ids, token).await;
    tried.extend(lower(journey, route, ids).await);
    if route.access == "session" {
        let own = workspace(&journey.creator.api).await;
        let prefix = own.rsplit_once('_').expect("a prefix").0;
        let missing = format!("{prefix}_{}", "0".repeat(26));
        places::headers(stranger, route, (&own, &missing), ids).await;
        tried.insert(route.cell("header x-sofi-workspace"));
    }
    if route.path.contains('{') {
        if route.step_up {
            prove(&stranger.api, None).await;
        }
        foreign(&stranger.api, route, ids, token).await;
        tried.extend(route.ids());
    }
    tried
}

async fn workspace(api: &Api) -> String {
    let me = api.get("/api/v1/me").await.expect(200);
    let id = me["workspaces"][0]["id"].as_str();
    id.expect("an id").to_owned()
}

/// What is for our staff is not there for anybody else, whatever their role and whichever workspace they name.
async fn not_staff(journey: &Journey, stranger: &Api, route: &Route, ids: &Ids) -> BTreeSet<Cell> {
    let own = workspace(&journey.creator.api).await;
    let reason = "Ticket 4711: the bot does not answer.";
    for (api, ids) in [&journey.creator.api, stranger]
        .into_iter()
        .flat_map(|api| [(api, &ids.real), (api, &ids.missing)])
    {
        let path = fill(&route.path, ids);
        let body = json!({ "workspace_id": own, "reason": reason });
        let answer = api
            .send(route.method.clone(), &path, Some(&body), &[])
            .await;
        let nothing = api.send(route.method.clone(), &path, None, &[]).await;
        assert_eq!(answer.status, 404, "{} {path}", route.method);
        assert_eq!(essence(&answer), essence(&nothing));
    }
    let columns = ["not of our staff", "body workspace_id"];
    let tried = columns.into_iter().map(|column| route.cell(column));
    tried.chain(route.ids()).collect()
}

/// A member whose role is just too low is told so, for ids that exist and ids that do not.
async fn lower(journey: &Journey, route: &Route, ids: &Ids) -> BTreeSet<Cell> {
    let team = journey.team.as_ref().expect("a team");
    let member = match route.minimum_role.as_str() {
        "owner" => &team.manager,
        "manager" => &team.chatter,
        "chatter" => &team.analyst,
        _ => return BTreeSet::new(),
    };
    for ids in [&ids.real, &ids.missing] {
        let (path, body) = (fill(&route.path, ids), body(route, ids, "x"));
        let answer = member
            .api
            .send(route.method.clone(), &path, body.as_ref(), &[])
            .await;
        // A bot that this chatter does not see is not there, whatever their role.
        let unseen = route.path.contains("{bot_id}") && ids["{bot_id}"].ends_with("000000");
        if !(unseen && answer.status == 404) {
            assert_eq!(
                answer.problem(403),
                "role_too_low",
                "{} {path}",
                route.method
            );
        }
    }
    BTreeSet::from([route.cell("lower role")])
}

/// After twelve idle hours every session is dead, on every route.
async fn expired(world: &World, journey: &Journey, ids: &Ids) -> BTreeSet<Cell> {
    let mut tried = BTreeSet::new();
    world.host.advance(time::Duration::hours(13)).await;
    for route in routes() {
        if !matches!(route.access.as_str(), "session" | "person" | "staff") {
            continue;
        }
        let (path, body) = (fill(&route.path, &ids.real), body(&route, &ids.real, "x"));
        let api = &journey.creator.api;
        let answer = api.send(route.method.clone(), &path, body.as_ref(), &[]);
        assert_eq!(answer.await.status, 401, "{} {path}", route.method);
        tried.insert(route.cell("expired token"));
    }
    tried
}

async fn nobody(
    world: &World,
    ended: &Api,
    route: &Route,
    ids: &Ids,
    token: &str,
) -> BTreeSet<Cell> {
    let (path, body) = (fill(&route.path, &ids.real), body(route, &ids.real, token));
    let missing = fill(&route.path, &ids.missing);
    for who in [
        world.api(),
        Api::new(world.host.url(), Some("A".repeat(43))),
        ended.clone(),
    ] {
        let answer = who
            .send(route.method.clone(), &path, body.as_ref(), &[])
            .await;
        assert_eq!(answer.status, 401, "{} {path}", route.method);
        let other = who
            .send(route.method.clone(), &missing, body.as_ref(), &[])
            .await;
        assert_eq!(essence(&answer), essence(&other));
    }
    BTreeSet::from(["nobody", "revoked session"].map(|column| route.cell(column)))
}

/// Each id of the first workspace alone, the others missing, and all of them together.
async fn foreign(stranger: &Api, route: &Route, ids: &Ids, token: &str) {
    let path = fill(&route.path, &ids.missing);
    let nothing = stranger
        .send(
            route.method.clone(),
            &path,
            body(route, &ids.missing, token).as_ref(),
            &[],
        )
        .await;
    assert_eq!(
        nothing.status, 404,
        "{} {path}: {}",
        route.method, nothing.body
    );
    let mut mixes = vec![ids.real.clone()];
    for (name, id) in &ids.real {
        let mut mix = ids.missing.clone();
        mix.insert(name, id.clone());
        mixes.push(mix);
    }
    for mix in mixes {
        let path = fill(&route.path, &mix);
        let answer = stranger
            .send(
                route.method.clone(),
                &path,
                body(route, &mix, token).as_ref(),
                &[],
            )
            .await;
        assert_eq!(
            essence(&answer),
            essence(&nothing),
            "{} {path}",
            route.method
        );
    }
}

/// A sign-up is known to whoever filled in the form, by an id of 128 bits, and to nobody else.
async fn sign_up(world: &World, route: &Route, ids: &Ids) {
    let (path, code) = (
        fill(&route.path, &ids.missing),
        json!({ "code": "00000000" }),
    );
    let body = route.path.ends_with("verifications").then_some(&code);
    let missing = world
        .api()
        .send(route.method.clone(), &path, body, &[])
        .await;
    assert_eq!(missing.status, 404, "{} {path}", route.method);
    let guessed = fill(
        &route.path,
        &BTreeMap::from([("{registration_id}", "reg_1".to_owned())]),
    );
    let guessed = world
        .api()
        .send(route.method.clone(), &guessed, body, &[])
        .await;
    assert_eq!(essence(&guessed), essence(&missing));
}

/// A known address with a wrong secret is answered like an unknown address.
async fn hook(world: &World, journey: &Journey) {
    let bot = world
        .telegram(
            "GET",
            &format!("/bots/{}", journey.bot.telegram_id),
            Value::Null,
        )
        .await;
    let url = bot["webhook"]["url"]
        .as_str()
        .expect("a webhook")
        .to_owned();
    let path = url
        .strip_prefix(&world.host.url())
        .expect("our address")
        .to_owned();
    let unknown = format!("{}{}", &path[..path.len() - 26], "0".repeat(26));
    let update = json!({ "update_id": 1, "message": { "message_id": 1, "text": "forged" } });
    let mut answers = Vec::new();
    for path in [&path, &unknown] {
        for secret in ["", "wrong"] {
            let headers = [("x-telegram-bot-api-secret-token", secret)];
            answers.push(
                world
                    .api()
                    .send(Method::POST, path, Some(&update), &headers)
                    .await,
            );
        }
    }
    assert_eq!(answers[0].status, 401);
    for answer in &answers {
        assert_eq!(essence(answer), essence(&answers[0]));
    }
}
