//! Foreign ids in the places of a request that are not its path: query, cursor, body, header. Whoever sends them has
//! everything else right: a bot, a chat, a team of their own.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Api, Authenticator, Bot, PASSWORD, Person, World, token_in};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::matrix::Cell;
use super::{Ids, Route, essence};
use crate::journey::Journey;
use crate::journey_access::prove;
use crate::journey_team::{Colleague, colleague};

/// A workspace beside the one that everything belongs to.
pub(super) struct Stranger {
    pub(super) api: Api,
    bot: String,
    conversation: String,
    member: Colleague,
    /// A record of each kind that a file can tell of the chat.
    history: Value,
}

impl Stranger {
    pub(super) async fn open(world: &World) -> Self {
        let eve = world.creator("Somebody Else").await;
        let bot = eve.connect_bot(world, "somebody_else_bot").await;
        let toni = world.person("Toni", "en").await;
        toni.says(world, &bot, "hello").await;
        let conversation = eve.conversation("Toni").await;
        let offer = json!({ "role": "chatter" });
        let member = colleague(world, &eve.api, "Lea Ash", offer).await;
        world.settled().await;
        Self {
            history: history(&bot, &toni, &conversation),
            api: eve.api,
            bot: bot.id,
            conversation: conversation["id"].as_str().expect("an id").to_owned(),
            member,
        }
    }

    /// A path with ids of their own.
    fn own(&self, path: &str) -> String {
        path.replace("{bot_id}", &self.bot)
            .replace("{conversation_id}", &self.conversation)
            .replace("{user_id}", &self.member.user)
    }

    /// Asks with a foreign and with a missing value: both are refused alike.
    async fn same(&self, (method, path): (&Method, &str), foreign: &Value, missing: &Value) {
        let ask = async |body: &Value| self.api.send(method.clone(), path, Some(body), &[]).await;
        let (foreign, missing) = (ask(foreign).await, ask(missing).await);
        alike(&format!("{method} {path}"), &foreign, &missing);
    }
}

/// What a file tells of a chat, each record without its id.
fn history(bot: &Bot, fan: &Person, conversation: &Value) -> Value {
    let at = conversation["last_activity"].as_str().expect("a moment");
    let begun = OffsetDateTime::parse(at, &Rfc3339).expect("a moment");
    let until = (begun + time::Duration::days(30)).format(&Rfc3339);
    let (of, until) = (fan.id.to_string(), until.expect("a moment"));
    json!({
        "bot_id": bot.id, "telegram_bot_id": bot.telegram_id.to_string(), "dry_run": false,
        "messages": [{ "telegram_id": of, "author": "person", "content_kind": "text",
            "content": { "text": "old words" }, "at": at, "delivery": "failed" }],
        "notes": [{ "telegram_id": of, "text": "asks for more", "at": at }],
        "facts": [{ "telegram_id": of, "text": "likes winter", "confidence": 90, "sensitivity": "ordinary",
            "at": at, "until": until }],
    })
}

fn alike(name: &str, foreign: &Answer, missing: &Answer) {
    assert!(foreign.status >= 400, "{name}: {}", foreign.body);
    assert_eq!(essence(foreign), essence(missing), "{name}");
}

fn cells<'a>(
    wanted: &'a BTreeSet<Cell>,
    kind: &'a str,
) -> impl Iterator<Item = (&'a Cell, &'a str, &'a str)> {
    wanted.iter().filter_map(move |cell| {
        let rest = cell.1.strip_prefix(kind)?;
        let (_, path) = cell.0.split_once(' ')?;
        Some((cell, path, rest.trim_start()))
    })
}

/// The header that names a workspace, on every route that takes it: somebody else's is not there.
pub(super) async fn headers(
    stranger: &Stranger,
    route: &Route,
    (own, nobody): (&str, &str),
    ids: &Ids,
) {
    for ids in [&ids.real, &ids.missing] {
        let (path, body) = (super::fill(&route.path, ids), super::body(route, ids, "x"));
        let ask = async |workspace: &str| {
            let header = [("x-sofi-workspace", workspace)];
            let method = route.method.clone();
            stranger
                .api
                .send(method, &path, body.as_ref(), &header)
                .await
        };
        let (foreign, missing) = (ask(own).await, ask(nobody).await);
        assert_eq!(missing.status, 404, "{}: {}", route.name(), missing.body);
        alike(&route.name(), &foreign, &missing);
    }
}

/// Filters by an id of somebody else find what filters by nobody's find.
pub(super) async fn queries(
    stranger: &Stranger,
    ids: &Ids,
    wanted: &BTreeSet<Cell>,
) -> BTreeSet<Cell> {
    let mut tried = BTreeSet::new();
    for (cell, path, name) in cells(wanted, "query ") {
        let id = match name {
            "bot" | "bot_id" => "{bot_id}",
            "actor" => "{user_id}",
            "subject" => "{fan_id}",
            "workspace_id" => "{workspace_id}",
            other => panic!("which id does {other} of {path} take?"),
        };
        let ask = async |id: &str| {
            let path = format!("{}?{name}={id}", stranger.own(path));
            stranger.api.get(&path).await
        };
        let (foreign, missing) = (ask(&ids.real[id]).await, ask(&ids.missing[id]).await);
        assert_eq!(essence(&foreign), essence(&missing), "{path} {name}");
        tried.insert(cell.clone());
    }
    tried
}

/// Cursors of the first workspace's own lists.
pub(super) async fn cursors(
    stranger: &Stranger,
    journey: &Journey,
    ids: &Ids,
    wanted: &BTreeSet<Cell>,
) -> BTreeSet<Cell> {
    let api = &journey.creator.api;
    // Whoever must prove who they are before a cursor is looked at, has.
    prove(&stranger.api, None).await;
    let mut tried = BTreeSet::new();
    for (cell, path, _) in cells(wanted, "cursor") {
        let list = super::fill(path, &ids.real);
        let (list, field) = match path {
            "/api/v1/sync" => (list, "cursor"),
            // One part of these holds more than this walk makes, so that they get a cursor of the log beside them.
            "/api/v1/audit/export" | "/api/v1/audit/verification" => {
                ("/api/v1/audit?limit=1".to_owned(), "next_cursor")
            }
            "/api/v1/audit/account/export" | "/api/v1/audit/account/verification" => {
                ("/api/v1/audit/account?limit=1".to_owned(), "next_cursor")
            }
            _ => (format!("{list}?limit=1"), "next_cursor"),
        };
        let page = api.get(&list).await.expect(200);
        let cursor = page[field].as_str();
        let cursor = cursor.unwrap_or_else(|| panic!("{list} has no second page: {page}"));
        let ask = async |cursor: &str| {
            let path = format!("{}?cursor={cursor}", stranger.own(path));
            stranger.api.get(&path).await
        };
        let (foreign, missing) = (ask(cursor).await, ask("AAAA").await);
        if path == "/api/v1/sync" {
            let answer = foreign.expect(200);
            let (reset, events) = (&answer["reset"], &answer["events"]);
            assert_eq!((reset, events), (&json!(true), &json!([])));
        } else {
            alike(path, &foreign, &missing);
        }
        tried.insert(cell.clone());
    }
    tried
}

/// Which id a field takes, and a body with it.
type Form = (&'static str, fn(&str) -> Value);

/// Routes with an id in a body that is otherwise right.
const FORMS: &[(&str, &str, Form)] = &[
    (
        "PATCH /api/v1/conversations/{conversation_id}",
        "body assigned_to",
        ("{user_id}", |id| json!({ "assigned_to": id })),
    ),
    (
        "POST /api/v1/conversations/{conversation_id}/messages",
        "body bot_id",
        ("{bot_id}", |id| json!({ "text": "mine now", "bot_id": id })),
    ),
    (
        "POST /api/v1/conversations/{conversation_id}/typing",
        "body bot_id",
        ("{bot_id}", |id| json!({ "bot_id": id })),
    ),
    (
        "POST /api/v1/workspace/invitations",
        "body bots",
        (
            "{bot_id}",
            |id| json!({ "email": "mine@example.com", "role": "chatter", "bots": [id] }),
        ),
    ),
    (
        "PATCH /api/v1/workspace/members/{user_id}",
        "body bots",
        ("{bot_id}", |id| json!({ "bots": [id] })),
    ),
    (
        "POST /api/v1/privacy/erasures",
        "body fan_id",
        ("{fan_id}", |id| json!({ "fan_id": id })),
    ),
    (
        "POST /api/v1/privacy/exports",
        "body fan_id",
        ("{fan_id}", |id| json!({ "fan_id": id })),
    ),
    (
        "POST /compliance/export-requests",
        "body fan_id",
        (
            "{fan_id}",
            |id| json!({ "workspace_id": "x", "fan_id": id, "law": "gdpr", "reason": "mine from now on" }),
        ),
    ),
    (
        "POST /api/v1/fans/histories",
        "body bot_id",
        ("{bot_id}", super::history),
    ),
    (
        "POST /api/v1/privacy/downloads",
        "body request_id",
        (
            "{request_id}",
            |id| json!({ "request_id": id, "token": "A".repeat(43) }),
        ),
    ),
];

/// Ids in bodies.
pub(super) async fn bodies(stranger: &Stranger, ids: &Ids) -> BTreeSet<Cell> {
    prove(&stranger.api, None).await;
    let mut tried = BTreeSet::new();
    for (route, column, (id, form)) in FORMS {
        let (method, path) = route.split_once(' ').expect("a method and a path");
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let (foreign, missing) = (form(&ids.real[id]), form(&ids.missing[id]));
        let path = stranger.own(path);
        stranger.same((&method, &path), &foreign, &missing).await;
        tried.insert(((*route).to_owned(), (*column).to_owned()));
    }
    let tags = "/api/v1/fans/tags";
    let tagged = async |id: &str| {
        let body = json!({ "fan_ids": [id], "add": ["mine"] });
        let answer = stranger.api.post(tags, &body).await.expect(200);
        answer.to_string().replace(id, "")
    };
    let (foreign, missing) = (&ids.real["{fan_id}"], &ids.missing["{fan_id}"]);
    assert_eq!(tagged(foreign).await, tagged(missing).await);
    tried.insert((format!("POST {tags}"), "body fan_ids".to_owned()));
    tried.extend(histories(stranger, ids).await);
    tried
}

/// Records of a file, and which ids somebody else's have.
const HISTORY: [(&str, &str); 3] = [
    ("facts", "{fact_id}"),
    ("messages", "{message_id}"),
    ("notes", "{note_id}"),
];

/// Ids that a file gives its records name nothing here: under somebody else's each comes in as under nobody's.
async fn histories(stranger: &Stranger, ids: &Ids) -> BTreeSet<Cell> {
    let path = "/api/v1/fans/histories";
    let brought = async |ids: &BTreeMap<&'static str, String>| {
        let mut body = stranger.history.clone();
        for (records, id) in HISTORY {
            body[records][0]["id"] = json!(ids[id]);
        }
        stranger.api.post(path, &body).await.expect(200)
    };
    let (foreign, missing) = (brought(&ids.real).await, brought(&ids.missing).await);
    assert_eq!(foreign, missing);
    assert_eq!(foreign["created"], HISTORY.len(), "{foreign}");
    let tried = HISTORY
        .iter()
        .map(|(records, _)| format!("body {records}[].id"));
    tried
        .map(|column| (format!("POST {path}"), column))
        .collect()
}

/// Tokens and questions that were made for somebody else, or for something else: as good as none.
pub(super) async fn tokens(
    world: &World,
    stranger: &Stranger,
    journey: &Journey,
    ids: &Ids,
) -> BTreeSet<Cell> {
    let creator = &journey.creator;
    // Of an address that nobody has asked a link for today.
    let forgetful = world.creator("Forgetful Owner").await;
    let reset = json!({ "email": forgetful.email });
    let asked = world.api().post("/api/v1/password-resets", &reset).await;
    asked.expect(202);
    let of_reset = token_in(&world.mail_saying(&forgetful.email, "/reset#").await);
    let of_sign_up = token_in(
        &world
            .mail_saying("nobody.yet@example.com", "/verify/")
            .await,
    );
    prove(&creator.api, None).await;
    let (changes, new) = ("/api/v1/me/email-changes", "mira.next@example.com");
    let begun = creator.api.post(changes, &json!({ "email": new })).await;
    begun.expect(202);
    let of_change = token_in(&world.mail_saying(new, "to use this address").await);
    let mut phone = Authenticator::at(&world.host.url());
    let question = creator
        .api
        .post("/api/v1/me/passkeys/challenges", &json!({}))
        .await;
    let question = question.expect(201);
    let challenge = question["challenge"].as_str().expect("a token").to_owned();
    let (made, answered) = (phone.create(&question), phone.answer(&question));

    let token = |token: &str| json!({ "token": token });
    let completing = |token: &str| json!({ "token": token, "password": PASSWORD });
    let registration = &ids.real["{registration_id}"];
    let verifying = format!("/api/v1/registrations/{registration}/verifications");
    let adding = |of: &str| json!({ "challenge": of, "credential": made, "name": "Mine" });
    let entering = |of: &str| json!({ "challenge": of, "credential": answered });
    let proving = |of: &str| json!({ "passkey": entering(of) });
    let second = |of: &str| json!({ "challenge": of, "code": "123456" });
    let bogus = "A".repeat(43);
    let request = &ids.real["{request_id}"];
    let fetching = |token: &str| json!({ "request_id": request, "token": token });
    let attempts: [(&str, &str, Value, Value); 9] = [
        (
            "/api/v1/privacy/downloads",
            "body token",
            fetching(&of_reset),
            fetching(&bogus),
        ),
        (
            "/api/v1/email-change-reversals",
            "body token",
            token(&of_reset),
            token(&bogus),
        ),
        (
            "/api/v1/password-resets/completions",
            "body token",
            completing(&of_sign_up),
            completing(&bogus),
        ),
        (
            verifying.as_str(),
            "body token",
            completing(&of_reset),
            completing(&bogus),
        ),
        (
            "/api/v1/me/email-changes/completions",
            "body token",
            token(&of_change),
            token(&bogus),
        ),
        (
            "/api/v1/me/passkeys",
            "body challenge",
            adding(&challenge),
            adding(&bogus),
        ),
        (
            "/api/v1/sessions/passkeys",
            "body challenge",
            entering(&challenge),
            entering(&bogus),
        ),
        (
            "/api/v1/sessions/current/proofs",
            "body passkey.challenge",
            proving(&challenge),
            proving(&bogus),
        ),
        (
            "/api/v1/sessions/second-factors",
            "body challenge",
            second(&challenge),
            second(&bogus),
        ),
    ];
    let mut tried = BTreeSet::new();
    for (path, column, foreign, missing) in attempts {
        let at = (&Method::POST, path);
        stranger.same(at, &foreign, &missing).await;
        let route = path.replace(registration.as_str(), "{registration_id}");
        tried.insert((format!("POST {route}"), column.to_owned()));
    }
    // Whoever holds an invitation's 256 bits is told that they are another's, and joins nothing.
    let accepting = "/api/v1/workspace/invitations/acceptances";
    let mail = world.mail_saying("nobody.yet@example.com", "asks you to join");
    let of_invitation = token_in(&mail.await);
    let accepted = stranger.api.post(accepting, &token(&of_invitation)).await;
    assert_eq!(accepted.problem(422), "other_address");
    let nothing = stranger.api.post(accepting, &token(&bogus)).await;
    assert_eq!(nothing.status, 404);
    tried.insert((format!("POST {accepting}"), "body token".to_owned()));
    tried
}
