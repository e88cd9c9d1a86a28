//! A team at one inbox: whose a conversation is, when it comes back, what is unread, notes among themselves, and that two
//! people never answer twice.

use serde_json::{Value, json};
use tests::{Api, World, eventually};

use crate::journey_team::colleague;

async fn view(api: &Api, view: &str) -> Vec<Value> {
    let path = format!("/api/v1/conversations?view={view}");
    let page = api.get(&path).await.expect(200);
    page["conversations"].as_array().expect("a list").clone()
}

/// The list index follows within a moment.
async fn shows(api: &Api, name: &str, count: usize) -> Vec<Value> {
    eventually("the view shows it", async || {
        let rows = view(api, name).await;
        (rows.len() == count).then_some(rows)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_away_comes_back_at_its_moment_or_with_the_fans_next_message() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let bot = mira.connect_bot(&world, "desk_test_bot").await;
    let (robin, kim) = (
        world.person("Robin", "en").await,
        world.person("Kim", "de").await,
    );
    robin.says(&world, &bot, "hello").await;
    kim.says(&world, &bot, "hallo").await;
    let path = async |name: &str| {
        let conversation = mira.conversation(name).await;
        format!(
            "/api/v1/conversations/{}",
            conversation["id"].as_str().expect("an id")
        )
    };
    let (robins, kims) = (path("Robin").await, path("Kim").await);
    let unread = shows(&mira.api, "unread", 2).await;
    assert!(unread.iter().all(|row| row["unread"] == 1));
    let newest = mira.conversation("Robin").await["last_message_id"].clone();
    let read = json!({ "read_through_message_id": newest });
    let state = mira.api.patch(&robins, &read).await.expect(200);
    assert_eq!(state["unread"], 0);
    assert_eq!(shows(&mira.api, "unread", 1).await[0]["name"], "Kim");

    let start = mira.api.get("/api/v1/sync").await.expect(200);
    let me = mira.api.get("/api/v1/me").await.expect(200)["id"].clone();
    let mine = json!({ "assigned_to": me });
    mira.api.patch(&robins, &mine).await.expect(200);
    assert_eq!(shows(&mira.api, "mine", 1).await[0]["assigned_to"], me);
    let cursor = start["cursor"].as_str().expect("a cursor");
    eventually("the change is told", async || {
        let news = mira
            .api
            .get(&format!("/api/v1/sync?cursor={cursor}"))
            .await
            .expect(200);
        news.to_string()
            .contains("conversation.changed")
            .then_some(())
    })
    .await;
    let nobody = json!({ "assigned_to": "usr_00000000000000000000000000" });
    let refused = mira.api.patch(&robins, &nobody).await;
    assert_eq!(refused.status, 400, "{}", refused.body);

    let now = world.now() + time::Duration::hours(1);
    let until = now.format(&time::format_description::well_known::Rfc3339);
    let until = json!({ "snoozed_until": until.expect("a moment") });
    mira.api.patch(&robins, &until).await.expect(200);
    mira.api.patch(&kims, &until).await.expect(200);
    shows(&mira.api, "snoozed", 2).await;
    shows(&mira.api, "open", 0).await;
    shows(&mira.api, "mine", 0).await;
    kim.says(&world, &bot, "noch etwas").await;
    assert_eq!(shows(&mira.api, "open", 1).await[0]["name"], "Kim");
    world.host.advance(time::Duration::minutes(61)).await;
    shows(&mira.api, "open", 2).await;
    shows(&mira.api, "snoozed", 0).await;

    let done = json!({ "done": true });
    mira.api.patch(&kims, &done).await.expect(200);
    assert_eq!(shows(&mira.api, "done", 1).await[0]["name"], "Kim");
    shows(&mira.api, "open", 1).await;
    kim.says(&world, &bot, "doch nicht").await;
    shows(&mira.api, "done", 0).await;
    shows(&mira.api, "open", 2).await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_assigned_to_somebody_who_has_left_is_nobodys() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let bot = mira.connect_bot(&world, "left_test_bot").await;
    let fan = world.person("Robin", "en").await;
    fan.says(&world, &bot, "hello").await;
    let uma = colleague(&world, &mira.api, "Uma Lind", json!({ "role": "chatter" })).await;
    let conversation = mira.conversation("Robin").await;
    let id = conversation["id"].as_str().expect("an id");
    let path = format!("/api/v1/conversations/{id}");
    let hers = json!({ "assigned_to": uma.user });
    mira.api.patch(&path, &hers).await.expect(200);
    shows(&uma.api, "mine", 1).await;
    let left = uma.api.delete("/api/v1/workspace/members/current").await;
    assert_eq!(left.status, 204, "{}", left.body);

    let nobody = Value::Null;
    let listed = shows(&mira.api, "all", 1).await;
    assert_eq!(listed[0]["assigned_to"], nobody);
    let messages = format!("{path}/messages");
    let page = mira.api.get(&messages).await.expect(200);
    assert_eq!(page["conversation"]["assigned_to"], nobody);
    let done = json!({ "done": true });
    let state = mira.api.patch(&path, &done).await.expect(200);
    assert_eq!(state["assigned_to"], nobody);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_never_answer_the_same_message_twice() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let bot = mira.connect_bot(&world, "twice_test_bot").await;
    let fan = world.person("Robin", "en").await;
    fan.says(&world, &bot, "hello").await;
    let conversation = mira.conversation("Robin").await;
    let uma = colleague(&world, &mira.api, "Uma Lind", json!({ "role": "chatter" })).await;
    let id = conversation["id"].as_str().expect("an id");
    let path = format!("/api/v1/conversations/{id}/messages");
    let answer = |text: &str, seen: &Value| json!({ "text": text, "bot_id": bot.id, "last_seen_message_id": seen });
    let seen = conversation["last_message_id"].clone();
    let pause = "/__local/functions/workers.sender/pause";
    world.api().post(pause, &json!({})).await.expect(200);
    let (one, two) = (answer("mine", &seen), answer("no, mine", &seen));
    let (one, two) = tokio::join!(mira.api.post(&path, &one), uma.api.post(&path, &two));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{} {}", one.body, two.body);
    let (first, second) = match one.status {
        201 => (&mira.api, &uma.api),
        _ => (&uma.api, &mira.api),
    };
    let refused = second.post(&path, &answer("still mine", &seen)).await;
    assert_eq!(refused.problem(409), "conversation_moved_on");
    first
        .post(&path, &answer("and this", &seen))
        .await
        .expect(201);
    world
        .api()
        .post(&pause.replace("pause", "resume"), &json!({}))
        .await
        .expect(200);
    let newest = eventually("both are sent", async || {
        let all = mira.messages(id).await;
        let sent = all.iter().filter(|message| message["delivery"] == "sent");
        (sent.count() == 2).then(|| all[0]["telegram_message_id"].clone())
    })
    .await;
    world.host.advance(time::Duration::minutes(3)).await;
    let refused = second.post(&path, &answer("stale", &seen)).await;
    assert_eq!(refused.problem(409), "conversation_moved_on");
    second
        .post(&path, &answer("seen it", &newest))
        .await
        .expect(201);
    let told = fan.sees(&world, &bot).await;
    assert!(
        told.iter()
            .all(|(_, text)| !text.contains("mine") || text == "mine" || text == "no, mine")
    );
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_are_the_teams_alone() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let bot = mira.connect_bot(&world, "notes_test_bot").await;
    let fan = world.person("Robin", "en").await;
    fan.says(&world, &bot, "hello").await;
    let conversation = mira.conversation("Robin").await;
    let path = format!(
        "/api/v1/conversations/{}/notes",
        conversation["id"].as_str().expect("an id")
    );
    let reader = colleague(&world, &mira.api, "Ito Sand", json!({ "role": "analyst" })).await;
    let secret = "the canary of a private note";
    let note = mira
        .api
        .post(&path, &json!({ "text": secret }))
        .await
        .expect(201);
    let blank = mira.api.post(&path, &json!({ "text": "  " })).await;
    assert_eq!(blank.status, 400, "{}", blank.body);
    let writing = reader.api.post(&path, &json!({ "text": "me too" })).await;
    assert_eq!(writing.problem(403), "role_too_low");
    let listed = reader.api.get(&path).await.expect(200);
    assert_eq!(listed["notes"][0]["text"], secret);
    assert_eq!(listed["notes"][0]["id"], note["id"]);
    let seen = fan.sees(&world, &bot).await;
    assert!(seen.iter().all(|(_, text)| !text.contains("canary")));
    let dump = world.control("/dump").await;
    assert!(dump.to_string().contains("NOTE") || dump.get("tables").is_some());
    assert!(!dump["tables"].to_string().contains(secret), "it is sealed");
    let one = format!("{path}/{}", note["id"].as_str().expect("an id"));
    assert_eq!(mira.api.delete(&one).await.status, 204);
    let listed = mira.api.get(&path).await.expect(200);
    assert_eq!(listed["notes"], json!([]));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shortcut_names_one_saved_reply_even_when_two_people_save_at_once() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let uma = colleague(&world, &mira.api, "Uma Lind", json!({ "role": "chatter" })).await;
    let path = "/api/v1/saved-replies";
    let body = |shortcut: &str, text: &str| json!({ "shortcut": shortcut, "text": text });
    let (one, two) = (body("Hello", "Hi!"), body("hello", "Hey!"));
    let (one, two) = tokio::join!(mira.api.post(path, &one), uma.api.post(path, &two));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{} {}", one.body, two.body);
    let other = mira
        .api
        .post(path, &body("bye", "See you"))
        .await
        .expect(201);
    let bye = format!("{path}/{}", other["id"].as_str().expect("an id"));
    let taken = uma.api.patch(&bye, &json!({ "shortcut": "HELLO" })).await;
    assert_eq!(taken.problem(409), "shortcut_taken");
    let changed = uma
        .api
        .patch(&bye, &json!({ "text": "the canary of a text" }))
        .await;
    assert_eq!(changed.expect(200)["shortcut"], "bye");
    let dump = world.control("/dump").await;
    assert!(!dump["tables"].to_string().contains("canary of a text"));
    let listed = mira.api.get(path).await.expect(200);
    let replies = listed["saved_replies"].as_array().expect("a list");
    assert_eq!((replies.len(), &replies[0]["shortcut"]), (2, &json!("bye")));
    assert_eq!(mira.api.delete(&bye).await.status, 204);
    assert_eq!(mira.api.delete(&bye).await.status, 404);
    mira.api.post(path, &body("bye", "again")).await.expect(201);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_team_does_at_the_desk_is_in_the_audit_log_without_its_words() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let bot = mira.connect_bot(&world, "desk_audit_test_bot").await;
    let fan = world.person("Robin", "en").await;
    fan.says(&world, &bot, "hello").await;
    let conversation = mira.conversation("Robin").await;
    let id = conversation["id"].as_str().expect("an id");
    let uma = colleague(&world, &mira.api, "Uma Lind", json!({ "role": "chatter" })).await;
    let path = format!("/api/v1/conversations/{id}");
    let hers = json!({ "assigned_to": uma.user });
    for _ in 0..2 {
        mira.api.patch(&path, &hers).await.expect(200);
    }
    let done = json!({ "done": true });
    mira.api.patch(&path, &done).await.expect(200);
    let notes = format!("{path}/notes");
    let note = json!({ "text": "the canary of a note" });
    let note = mira.api.post(&notes, &note).await.expect(201);
    let note = format!("{notes}/{}", note["id"].as_str().expect("an id"));
    assert_eq!(mira.api.delete(&note).await.status, 204);
    let replies = "/api/v1/saved-replies";
    let reply = json!({ "shortcut": "hi", "text": "the canary of a reply" });
    let reply = mira.api.post(replies, &reply).await.expect(201);
    let reply = reply["id"].as_str().expect("an id");
    let one = format!("{replies}/{reply}");
    let text = json!({ "text": "another canary" });
    mira.api.patch(&one, &text).await.expect(200);
    assert_eq!(mira.api.delete(&one).await.status, 204);

    for (subject, expected) in [
        (id, ["note.delete", "note.create", "conversation.assign"]),
        (
            reply,
            [
                "saved_reply.delete",
                "saved_reply.change",
                "saved_reply.create",
            ],
        ),
    ] {
        let path = format!("/api/v1/audit?subject={subject}");
        eventually("the acts are listed", async || {
            let page = mira.api.get(&path).await.expect(200);
            assert!(!page.to_string().contains("canary"), "{page}");
            let entries = page["entries"].as_array().expect("a list");
            let acts: Vec<_> = entries.iter().map(|entry| &entry["action"]).collect();
            (acts == expected).then_some(())
        })
        .await;
    }
    let verdict = mira.api.get("/api/v1/audit/verification").await.expect(200);
    assert_eq!(verdict["state"], "ok", "{verdict}");
    world.host.stop().await;
}
