//! The part of the walk that is about all fans: listed, looked for, tagged, restricted, brought in from a file.

use serde_json::json;

use crate::imports::IMPORTS;
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
    let tags = api.get("/api/v1/fans/tags").await.expect(200);
    assert_eq!(tags["tags"][0]["name"], "vip", "{tags}");
}
