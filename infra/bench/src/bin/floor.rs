//! The floor: the same runtime loop around a function that does nothing. No AWS client, no TLS, no telemetry.

use lambda_runtime::{Error, LambdaEvent, Runtime, service_fn};
use serde_json::{Value, json};

fn main() -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(Runtime::new(service_fn(answer)).run())
}

async fn answer(_event: LambdaEvent<Value>) -> Result<Value, Error> {
    Ok(json!({"statusCode": 200, "headers": {}, "body": "", "isBase64Encoded": false}))
}
