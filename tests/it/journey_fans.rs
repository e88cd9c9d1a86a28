//! The part of the walk that is about all fans: listed, looked for, tagged, restricted, brought in from a file.

use serde_json::{Value, json};

use crate::imports::IMPORTS;
use crate::imports_history::HISTORIES;
use crate::journey::Journey;
use crate::journey_access::prove;

/// Each of it once. The fan keeps the tag that it had.
pub(crate) async fn walk(journey: &Journey) {
    let api = &journey.creator.api;
    let page = api.get("/api/v1/fans?limit=1").await.expect(200);
    let next = page["next_cursor"].as_str().expect("there is more");
    api.get(&format!("/api/v1/fans?limit=1&cursor={next}"))
        .await
        .expect(200);
    let found = api.get("/api/v1/fans?query=rob&tag=vip").await.expect(200);
    assert_eq!(found["fans"][0]["name"], "Robin", "{found}");
    let fan = found["fans"][0]["id"].clone();
    for change in [
        json!({ "add": ["regular"] }),
        json!({ "remove": ["regular"] }),
    ] {
        let mut body = change;
        body["fan_ids"] = json!([fan]);
        let done = api.post("/api/v1/fans/tags", &body).await.expect(200);
        assert_eq!(done["fans"][0]["outcome"], "changed", "{done}");
    }
    let path = format!("/api/v1/fans/{}", fan.as_str().expect("an id"));
    for tags in [json!([]), json!(["vip"])] {
        api.patch(&path, &json!({ "tags": tags })).await.expect(200);
    }
    let restriction = format!("{path}/restriction");
    for reason in [json!("asked by mail"), json!(null)] {
        let body = json!({ "reason": reason });
        let fan = api.put(&restriction, &body).await.expect(200);
        assert_eq!(fan["restriction"]["reason"], reason, "{fan}");
    }
    prove(api, None).await;
    let file = json!({
        "csv": "id,name\n71,Vera\n", "columns": { "id": "telegram_id", "name": "first_name" }, "dry_run": false,
    });
    let done = api.post(IMPORTS, &file).await.expect(200);
    assert_eq!(done["created"], 1, "{done}");
    history(journey).await;
    let tags = api.get("/api/v1/fans/tags").await.expect(200);
    assert_eq!(tags["tags"][0]["name"], "vip", "{tags}");
}

/// What Vera once wrote, what was noted then, and what is remembered of her.
async fn history(journey: &Journey) {
    let creator = &journey.creator;
    let messages = creator.messages(&journey.conversation).await;
    // Older than what the rest of the walk looks at first.
    let at = &messages.last().expect("a message")["at"];
    let page = json!({ "bot_id": journey.bot.id, "telegram_bot_id": journey.bot.telegram_id.to_string(), "dry_run": false,
        "messages": [{ "telegram_id": "71", "id": "first", "message_id": 1, "author": "fan", "content_kind": "text",
            "content": { "text": "hello" }, "at": at, "delivery": "received" }],
        "notes": [{ "telegram_id": "71", "id": "second", "text": "wrote in May", "at": at }],
        "facts": [{ "telegram_id": "71", "id": "third", "text": "likes spring", "confidence": 90, "sensitivity": "ordinary",
            "at": at, "until": until(at) }],
    });
    let done = creator.api.post(HISTORIES, &page).await.expect(200);
    assert_eq!(done["created"], 3, "{done}");
}

/// Half a year later.
fn until(at: &Value) -> String {
    let at = at.as_str().and_then(domain::Timestamp::from_rfc3339);
    let half = std::time::Duration::from_secs(180 * 24 * 3600);
    at.expect("a moment").plus(half).rfc3339()
}
