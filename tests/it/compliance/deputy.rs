//! Where one person alone was appointed for compliance, somebody named for it gives the second word: for a while, in the sight of
//! the workspace, and with nothing else in their hands.

use domain::Timestamp;
use serde_json::json;
use tests::World;

use super::{CASES, act, form, logged, ready, shown};
use crate::journey_exports::id;
use crate::staff::{deputise, hire, hire_as, workspace};

/// A moment after now, by the host's clock.
fn after(world: &World, span: time::Duration) -> String {
    let now = time::Duration::milliseconds(world.host.now_ms());
    Timestamp::from_seconds((now + span).whole_seconds()).rfc3339()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_deputy_gives_the_second_word_for_a_while_and_the_workspace_reads_who_it_was() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let own = workspace(&mira.api).await;
    let cleo = hire_as(&world, "Cleo Ward", "compliance").await;
    let sam = hire(&world, "Sam Porter").await;
    let opened = cleo.api.post(CASES, &form(&own)).await.expect(201);
    let case = id(&opened);
    let body = json!({ "workspace_id": own });
    let unnamed = act(&sam.api, &case, "approve", &body).await;
    assert_eq!(unnamed.problem(403), "compliance_only");

    for days in [-1, 15] {
        let until = after(&world, time::Duration::days(days));
        let refused = deputise(&world, &sam, &until).await;
        assert_eq!(refused.status, 502, "{days}: {}", refused.body);
    }
    let until = after(&world, time::Duration::hours(1));
    let named = deputise(&world, &sam, &until).await.expect(200);
    assert_eq!(named["staff_id"], sam.id.as_str(), "known as before");
    assert_eq!(named["deputy_until"], until.as_str());

    let own_case = sam.api.post(CASES, &form(&own)).await;
    assert_eq!(own_case.problem(403), "compliance_only");
    let list = format!("{CASES}?workspace_id={own}");
    let listed = sam.api.get(&list).await;
    assert_eq!(listed.problem(403), "compliance_only");
    let longer = json!({ "workspace_id": own, "reason": "There are very many chats." });
    let no = json!({ "workspace_id": own, "ground": "withdrawn", "text": "Taken back by letter." });
    for (what, body) in [("extend", &longer), ("refuse", &no)] {
        let refused = act(&sam.api, &case, what, body).await;
        assert_eq!(refused.problem(403), "compliance_only", "{what}");
    }

    assert_eq!(shown(&sam.api, &case, &own).await["request"], opened);
    let approved = act(&sam.api, &case, "approve", &body).await.expect(202);
    assert_eq!(approved["state"], "approved");
    assert_eq!(approved["decided_by"], sam.id.as_str());
    assert_eq!(approved["deputy"], true);
    let detail = ready(&cleo.api, &case, &own).await;
    assert_eq!(detail["request"]["deputy"], true);
    let entry = logged(&mira.api, "compliance.deputise").await;
    assert_eq!(entry["actor"], sam.id.as_str());
    assert_eq!(entry["subject"], case.as_str());

    world.host.advance(time::Duration::minutes(61)).await;
    let path = format!("{CASES}/{case}?workspace_id={own}");
    let late = sam.api.get(&path).await;
    assert_eq!(late.problem(403), "compliance_only");
    world.host.stop().await;
}
