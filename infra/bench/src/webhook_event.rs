//! The webhook's input: one bot's hook row, and updates as Telegram posts them.

use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

use crate::aws_stub::binary;

const HOOK: &str = "01JD8ZK5Q0000000000000000H";
const BOT: &str = "01JD8ZK5Q0000000000000000B";
const TENANT: &str = "01JD8ZK5Q0000000000000000T";
const SECRET: &str = "bench-secret-0123456789abcdefghijklmnopqrstuvwxyz";

/// The row's key.
pub fn hook_key() -> Value {
    json!({"pk": {"S": format!("R#HOOK#{HOOK}")}, "sk": {"S": "HOOK"}})
}

/// The row.
pub fn hook_item() -> Value {
    let mut item = hook_key();
    item["kind"] = json!({"S": "hook"});
    item["v"] = json!({"N": "1"});
    item["rev"] = json!({"N": "1"});
    item["id"] = json!({"S": format!("hok_{HOOK}")});
    item["tenant"] = json!({"S": format!("ten_{TENANT}")});
    item["bot"] = json!({"S": format!("bot_{BOT}")});
    item["secret_hash"] = binary(digest(&SHA256, SECRET.as_bytes()).as_ref());
    item
}

/// The event of the `number`th update, in API Gateway's payload format 2.0.
pub fn event(number: u64) -> String {
    let path = format!("/hooks/telegram/hok_{HOOK}");
    let update = json!({
        "update_id": 700_000_000 + number,
        "message": {
            "message_id": number + 1,
            "from": {"id": 5_000_000_001_u64, "is_bot": false, "first_name": "Mara", "username": "mara_w", "language_code": "de"},
            "chat": {"id": 5_000_000_001_u64, "first_name": "Mara", "username": "mara_w", "type": "private"},
            "date": 1_795_000_000_u64 + number,
            "text": "Hi! Did you see the sunset yesterday? I sat at the harbour until it was dark 🌅",
            "entities": [{"offset": 0, "length": 2, "type": "bold"}],
        },
    });
    json!({
        "version": "2.0",
        "routeKey": "POST /hooks/telegram/{hook_id}",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {
            "accept-encoding": "gzip, deflate",
            "content-length": "420",
            "content-type": "application/json",
            "host": "abc123.execute-api.eu-central-1.amazonaws.com",
            "x-amzn-trace-id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700",
            "x-forwarded-for": "149.154.167.220",
            "x-forwarded-port": "443",
            "x-forwarded-proto": "https",
            "x-telegram-bot-api-secret-token": SECRET,
        },
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "abc123",
            "domainName": "abc123.execute-api.eu-central-1.amazonaws.com",
            "domainPrefix": "abc123",
            "http": {"method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "149.154.167.220", "userAgent": ""},
            "requestId": format!("K2lrDhbTliAEMcw{number}"),
            "routeKey": "POST /hooks/telegram/{hook_id}",
            "stage": "$default",
            "time": "23/Nov/2026:12:00:00 +0000",
            "timeEpoch": 1_795_435_200_000_u64,
        },
        "pathParameters": {"hook_id": format!("hok_{HOOK}")},
        "body": update.to_string(),
        "isBase64Encoded": false,
    })
    .to_string()
}
