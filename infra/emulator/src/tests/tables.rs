//! Tables as the host makes, fills, empties and sweeps them.

use serde_json::json;

use super::{NEW_YEAR_MS, setup};
use crate::dynamodb::sweep::SweptTo;

#[tokio::test]
async fn a_protected_table_can_be_reset_by_the_host_and_expired_rows_are_swept() {
    let setup = setup().await;
    let expired = (NEW_YEAR_MS / 1000 - 1).to_string();
    let item =
        json!({"TableName": "rows", "Item": {"pk": {"S": "A#1"}, "expires_at": {"N": expired}}});
    setup.admin.dynamodb("PutItem", &item).await.unwrap();
    assert_eq!(setup.emulator.dynamodb().sweep_ttl().unwrap(), 1);
    setup.emulator.dynamodb().delete_table("rows").unwrap();
    assert!(setup.emulator.dynamodb().tables().unwrap().is_empty());
    setup.emulator.stop().await;
}

#[tokio::test]
async fn a_sweep_of_few_pages_goes_on_where_the_last_one_stopped() {
    let setup = setup().await;
    let dynamodb = setup.emulator.dynamodb();
    let expired = (NEW_YEAR_MS / 1000 - 1).to_string();
    let row = |number: usize| json!({"pk": {"S": format!("A#{number}")}, "expires_at": {"N": expired}, "text": {"S": "x".repeat(390_000)}});
    let rows: Vec<_> = (0..5).map(row).collect();
    dynamodb.load("rows", &json!(rows).to_string()).unwrap();
    let (mut left, mut place) = (5, SweptTo::default());
    while left > 0 {
        let (deleted, next) = dynamodb.sweep(place, 1).unwrap();
        assert!(
            (1..=3).contains(&deleted),
            "a megabyte at a time: {deleted}"
        );
        (left, place) = (left - deleted, next);
    }
    assert_eq!(
        dynamodb.dump("rows").unwrap(),
        Vec::<serde_json::Value>::new()
    );
    setup.emulator.stop().await;
}

#[tokio::test]
async fn a_sweep_reads_no_more_rows_than_its_pages_hold_however_small_they_are() {
    let setup = setup().await;
    let dynamodb = setup.emulator.dynamodb();
    let expired = (NEW_YEAR_MS / 1000 - 1).to_string();
    let row =
        |number: usize| json!({"pk": {"S": format!("A#{number}")}, "expires_at": {"N": expired}});
    let rows: Vec<_> = (0..1_001).map(row).collect();
    dynamodb.load("rows", &json!(rows).to_string()).unwrap();
    let (deleted, next) = dynamodb.sweep(SweptTo::default(), 1).unwrap();
    assert_eq!(deleted, 1_000);
    assert_eq!(dynamodb.sweep(next, 1).unwrap().0, 1);
    setup.emulator.stop().await;
}

#[tokio::test]
async fn rows_that_are_dumped_can_be_loaded() {
    let setup = setup().await;
    let dynamodb = setup.emulator.dynamodb();
    let row = |pk: &str| json!({"pk": {"S": pk}, "sealed": {"B": "AAE="}, "chats": {"L": []}});
    let rows = json!([row("A#1")]);
    dynamodb.load("rows", &rows.to_string()).unwrap();
    assert_eq!(json!(dynamodb.dump("rows").unwrap()), rows);
    let read =
        json!({"TableName": "rows", "Key": {"pk": {"S": "A#1"}}, "ProjectionExpression": "sealed"});
    let answer = setup.admin.dynamodb("GetItem", &read).await.unwrap();
    assert_eq!(answer["Item"], json!({"sealed": {"B": "AAE="}}));

    // One that has no key, and none is written.
    let broken = json!([row("A#2"), {"sk": {"S": "x"}}]).to_string();
    assert!(dynamodb.load("rows", &broken).is_err());
    assert!(dynamodb.load("nowhere", "[]").is_err());
    assert_eq!(json!(dynamodb.dump("rows").unwrap()), rows);
    setup.emulator.stop().await;
}
