//! What a team keeps of its conversations: whose, until when, dealt with, read; and the notes among themselves.

use serde_json::json;

use crate::journey::Journey;

/// Each of it once. One note stays.
pub(crate) async fn walk(journey: &Journey) {
    let api = &journey.creator.api;
    let path = format!("/api/v1/conversations/{}", journey.conversation);
    let me = api.get("/api/v1/me").await.expect(200);
    let later = "2099-01-01T00:00:00Z";
    let refused = api.patch(&path, &json!({ "snoozed_until": later })).await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    for change in [
        json!({ "assigned_to": me["id"], "done": true }),
        json!({ "assigned_to": null, "done": false, "unread": true }),
    ] {
        api.patch(&path, &change).await.expect(200);
        // Whom it is assigned to is looked up while it is.
        let messages = format!("{path}/messages");
        api.get(&messages).await.expect(200);
        tests::eventually("the inbox shows it", async || {
            let inbox = api.get("/api/v1/conversations").await.expect(200);
            let rows = inbox["conversations"].as_array().expect("a list");
            let mut named = rows.iter().map(|row| &row["assigned_to"]);
            let mine = named.any(|named| *named == me["id"]);
            (mine == change["assigned_to"].is_string()).then_some(())
        })
        .await;
    }
    let notes = format!("{path}/notes");
    let mut ids = Vec::new();
    for text in ["asks for a call", "prefers evenings", "to be deleted"] {
        let note = api.post(&notes, &json!({ "text": text })).await.expect(201);
        ids.push(note["id"].as_str().expect("an id").to_owned());
    }
    let page = api.get(&format!("{notes}?limit=1")).await.expect(200);
    let next = page["next_cursor"].as_str().expect("there is more");
    api.get(&format!("{notes}?limit=1&cursor={next}"))
        .await
        .expect(200);
    let last = format!("{notes}/{}", ids.pop().expect("three notes"));
    assert_eq!(api.delete(&last).await.status, 204);
    assert_eq!(api.delete(&last).await.status, 404);
    saved_replies(journey).await;
}

async fn saved_replies(journey: &Journey) {
    let (api, path) = (&journey.creator.api, "/api/v1/saved-replies");
    let mut ids = Vec::new();
    for shortcut in ["hello", "price"] {
        let body = json!({ "shortcut": shortcut, "text": "Hi there" });
        let reply = api.post(path, &body).await.expect(201);
        ids.push(reply["id"].as_str().expect("an id").to_owned());
    }
    let one = format!("{path}/{}", ids[0]);
    api.patch(&one, &json!({ "text": "Hello" }))
        .await
        .expect(200);
    api.get(path).await.expect(200);
    assert_eq!(api.delete(&format!("{path}/{}", ids[1])).await.status, 204);
}
