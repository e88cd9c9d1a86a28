//! Sets the keys of the AI vendors and of Stripe the way an operator does: by invoking `operations.set-secret`.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::json;

use crate::error::HostError;
use crate::runtime::{Functions, Request};

/// The function that seals and writes a key.
const SET_SECRET: &str = "operations.set-secret";

/// Sets every key. Templates without the function have nobody who would ask for one.
pub(super) async fn set(
    functions: &Functions,
    keys: &BTreeMap<String, String>,
) -> Result<(), HostError> {
    let Some(function) = functions.resolve(SET_SECRET) else {
        return Ok(());
    };
    for (name, value) in keys {
        let request = Request {
            payload: Bytes::from(json!({ "name": name, "value": value }).to_string()),
            source: "host".to_owned(),
            trace_root: None,
        };
        let answer = functions.invoke(function, request).await;
        answer.map_err(|source| HostError::Secret {
            name: name.clone(),
            source,
        })?;
    }
    Ok(())
}
