//! What the first workspace sees of itself.

use serde_json::{Value, json};

use crate::journey::Journey;

/// A chat that somebody has taken over is given back by itself a quarter of an hour later: it would look like a change.
pub(super) async fn give_back(journey: &Journey) {
    for conversation in journey.creator.conversations().await {
        if conversation["hold"].is_object() {
            let id = conversation["id"].as_str().expect("an id");
            let path = format!("/api/v1/conversations/{id}/takeover");
            let answer = journey.creator.api.delete(&path).await;
            assert_eq!(answer.status, 204);
        }
    }
}

/// Conversations, messages, bots, fans and tags.
pub(super) async fn of(journey: &Journey) -> (Vec<Value>, Vec<Value>, Value) {
    let bots = journey.creator.api.get("/api/v1/bots").await.expect(200);
    let fans = journey.creator.api.get("/api/v1/fans").await.expect(200);
    let tags = journey.creator.api.get("/api/v1/fans/tags").await;
    (
        journey.creator.conversations().await,
        journey.creator.messages(&journey.conversation).await,
        json!([bots, fans["fans"], tags.expect(200)]),
    )
}
