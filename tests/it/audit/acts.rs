//! What of getting in and out stands in a person's own log.

use serde_json::json;
use tests::{PASSWORD, World};

use super::OWN;
use super::desk::text;
use crate::journey_access::log_in;

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_log_says_what_ended_and_that_somebody_tried_but_not_how_often() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let me = log_in(&world, &creator.email, PASSWORD).await;
    for guess in 0..3 {
        let body = json!({ "email": creator.email, "password": format!("guess number {guess}") });
        let refused = world.api().post("/api/v1/sessions", &body).await;
        assert_eq!(refused.problem(422), "wrong_credentials");
    }
    let other = log_in(&world, &creator.email, PASSWORD).await;
    let listed = other.get("/api/v1/sessions").await.expect(200);
    let own = listed["sessions"].as_array().expect("a list").iter();
    let own = own.filter(|session| session["current"] == true);
    let own = own.map(|session| text(&session["id"])).next();
    let path = format!("/api/v1/sessions/{}", own.expect("a session"));
    assert_eq!(me.delete(&path).await.status, 204);
    assert_eq!(me.delete("/api/v1/sessions").await.status, 204);
    let wanted = json!({ "email": "mira@vale.example" });
    me.post("/api/v1/me/email-changes", &wanted)
        .await
        .expect(202);
    assert_eq!(me.delete("/api/v1/sessions/current").await.status, 204);

    let again = log_in(&world, &creator.email, PASSWORD).await;
    let log = again.get(OWN).await.expect(200);
    let entries = log["entries"].as_array().expect("a list").iter();
    let acts: Vec<_> = entries.map(|entry| text(&entry["action"])).collect();
    let of = |act: &str| acts.iter().filter(|known| known.as_str() == act).count();
    for (act, times) in [
        ("session.refuse", 1),
        ("session.revoke", 2),
        ("email.request", 1),
        ("session.end", 1),
    ] {
        assert_eq!(of(act), times, "{act} in {acts:?}");
    }
    world.host.stop().await;
}
