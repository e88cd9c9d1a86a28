//! A function for the host's own tests: it does what its event says.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    // A second provider cannot be there already: this is the first thing the process does.
    let _ = rustls::crypto::ring::default_provider().install_default();
    run(service_fn(handle)).await
}

async fn handle(event: LambdaEvent<Value>) -> Result<Value, Error> {
    let (event, context) = event.into_parts();
    let body: Value = match event.get("body").and_then(Value::as_str) {
        Some(body) => serde_json::from_str(body)?,
        None => event.clone(),
    };
    let order = body.get("do").and_then(Value::as_str).unwrap_or("echo");
    write_line(&format!("{order} for {}", context.request_id));
    match order {
        "exit" => std::process::exit(3),
        "sleep" => {
            let ms = body.get("ms").and_then(Value::as_u64).unwrap_or(60_000);
            tokio::time::sleep(std::time::Duration::from_millis(ms)).await;
            Ok(json!({"slept": ms}))
        }
        "fail" => Err("asked to fail".into()),
        "telegram" => telegram(&body).await,
        "vendors" => vendors(&body).await,
        "environment" => Ok(json!(std::env::vars().collect::<Vec<_>>())),
        "batch" => Ok(json!({"batchItemFailures": body.get("failures")})),
        _ if event.get("Records").is_some() => Ok(records(&event)),
        _ => Ok(json!({
            "statusCode": 200,
            "cookies": ["a=1", "b=2"],
            "headers": {"content-type": "application/json"},
            "body": json!({
                "event": event,
                "pid": std::process::id(),
                "handler": std::env::var("_HANDLER").ok(),
                "offset": std::env::var("CLOCK_OFFSET_SECONDS").ok(),
                "greeting": std::env::var("GREETING").ok(),
                "foreign": std::env::var("CARGO_MANIFEST_DIR").ok(),
            }).to_string(),
        })),
    }
}

/// Calls the Bot API, one method after the other.
async fn telegram(order: &Value) -> Result<Value, Error> {
    let base = std::env::var("TELEGRAM_API_URL")?;
    let token = order
        .get("token")
        .and_then(Value::as_str)
        .unwrap_or("1:none");
    let client = reqwest::Client::builder().no_proxy().build()?;
    let mut answers = Vec::new();
    for call in order
        .get("calls")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let method = call["method"].as_str().unwrap_or("getMe");
        let request = client
            .post(format!("{base}/bot{token}/{method}"))
            .json(&call["with"]);
        answers.push(request.send().await?.json::<Value>().await?);
    }
    Ok(json!({ "answers": answers }))
}

/// Calls AI vendors, one after the other; a call that takes longer than `patience_ms` is given up.
async fn vendors(order: &Value) -> Result<Value, Error> {
    let client = reqwest::Client::builder().no_proxy().build()?;
    let mut answers = Vec::new();
    for call in order["calls"].as_array().into_iter().flatten() {
        let text = |name: &str| call[name].as_str().unwrap_or_default();
        let base = std::env::var(text("address"))?;
        let patience = call["patience_ms"].as_u64().unwrap_or(60_000);
        let request = client
            .post(format!("{base}{}", text("path")))
            .bearer_auth("demo-sample")
            .timeout(std::time::Duration::from_millis(patience))
            .json(&call["with"]);
        answers.push(match request.send().await {
            Ok(answer) => {
                json!({"status": answer.status().as_u16(), "body": answer.json::<Value>().await?})
            }
            Err(_) => json!({"status": null}),
        });
    }
    Ok(json!({ "answers": answers }))
}

/// Messages whose body is `bad` fail.
fn records(event: &Value) -> Value {
    let failures: Vec<_> = event["Records"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|record| record["body"] == "bad")
        .map(|record| json!({"itemIdentifier": record["messageId"]}))
        .collect();
    json!({ "batchItemFailures": failures })
}

fn write_line(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{text}");
}
