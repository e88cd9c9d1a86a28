//! What nobody can go on with begins again, and leaves nothing behind.

use std::io::Cursor;

use local::KillPlan;
use serde_json::{Value, json};
use tests::{World, eventually};

use super::{Stage, sections};
use crate::journey_access::prove;
use crate::journey_closing::put;
use crate::journey_exports::{EXPORTS, download, id, shown, signer};

/// The row of the export that is under way, and its table.
async fn under_way(world: &World) -> (String, Value) {
    eventually("an export is under way", async || {
        let mut exports = world.rows("export").await.into_iter();
        exports.find(|(_, row)| row["state"]["S"] == "closing")
    })
    .await
}

/// The names of all tails that lie in S3.
fn tails(world: &World) -> Vec<String> {
    let s3 = world.host.aws().s3();
    let buckets = s3.buckets();
    let names = buckets
        .iter()
        .flat_map(|bucket| s3.keys(bucket).expect("a bucket"));
    names.filter(|name| name.contains(".tail-")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_release_has_begun_is_taken_away_and_the_export_begins_again() {
    let stage = Stage::open().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    let body = json!({ "fan_id": stage.fan });
    let (_, calm) = stage.export(&body).await;
    let left = tails(world).len();
    // Everything is in the tail and the row names it.
    world.host.plan_kill(KillPlan {
        function: Some("privacy.export".to_owned()),
        before_call: Some(1),
        after_call: None,
        operation: Some("s3:DeleteObject".to_owned()),
        times: 1,
        skip: 0,
    });
    let id = id(&api.post(EXPORTS, &body).await.expect(202));
    eventually("the job dies", async || {
        (!world.host.kills().is_empty()).then_some(())
    })
    .await;
    let (table, mut row) = under_way(world).await;
    let written = row["progress"]["S"].as_str().expect("progress");
    let written: Value = serde_json::from_str(written).expect("JSON");
    assert_eq!(tails(world).len(), left + 1);
    let other = json!({ "upload": written["upload"], "tail": written["tail"], "way": "another" });
    row["progress"] = json!({ "S": other.to_string() });
    put(world, table, &row);
    eventually("it is ready all the same", async || {
        world.host.advance(time::Duration::seconds(60)).await;
        let request = shown(api, &id).await;
        (request["export"]["state"] == "ready").then_some(())
    })
    .await;
    prove(api, None).await;
    let file = download(api, &id).await;
    let key = signer(world).await;
    let findings = archive::verify(&mut Cursor::new(&file), &key).expect("reads");
    assert_eq!(findings, []);
    assert_eq!(sections(&file), calm);
    assert_eq!(tails(world).len(), left + 1, "its own");
    stage.world.host.stop().await;
}
