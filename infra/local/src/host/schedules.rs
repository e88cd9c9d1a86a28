//! Schedules of the templates, run by the embedded scheduler, which calls back to run functions.

use std::sync::Arc;

use bytes::Bytes;
use emulator::Emulator;
use emulator::scheduler::{Invocation, Target};
use futures::future::BoxFuture;
use serde_json::json;

use crate::error::HostError;
use crate::runtime::{Functions, Request};
use crate::template::Deployment;

/// Runs scheduled functions.
struct FunctionTarget {
    functions: Arc<Functions>,
    /// Function name by ARN.
    names: std::collections::BTreeMap<String, String>,
}

impl Target for FunctionTarget {
    fn invoke<'a>(&'a self, invocation: &'a Invocation) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move {
            let Some(name) = self.names.get(&invocation.target_arn) else {
                return Err(format!("there is no function {}", invocation.target_arn));
            };
            let request = Request {
                payload: Bytes::from(invocation.input.clone()),
                source: format!("schedule {}", invocation.schedule),
                trace_root: None,
            };
            self.functions
                .invoke(name, request)
                .await
                .map(drop)
                .map_err(|error| error.to_string())
        })
    }
}

/// Declares the schedules of the templates and removes those that are in them no more.
pub(super) fn start(
    emulator: &Emulator,
    deployment: &Deployment,
    functions: &Arc<Functions>,
    running: bool,
) -> Result<(), HostError> {
    let names = deployment
        .functions
        .iter()
        .map(|f| (f.arn.clone(), f.name.clone()))
        .collect();
    emulator.scheduler().set_target(Arc::new(FunctionTarget {
        functions: Arc::clone(functions),
        names,
    }));
    for name in emulator.scheduler().names() {
        if !deployment
            .schedules
            .iter()
            .any(|schedule| schedule.id == name)
        {
            let failed = |source: emulator::ServiceError| HostError::Resource {
                what: name.clone(),
                source: source.into(),
            };
            emulator.scheduler().remove(&name).map_err(failed)?;
        }
    }
    for schedule in &deployment.schedules {
        let Some(function) = deployment
            .functions
            .iter()
            .find(|function| function.name == schedule.function)
        else {
            continue;
        };
        let mut target = json!({
            "Arn": function.arn,
            "RoleArn": format!("{}-schedule", function.role_arn),
            "RetryPolicy": {"MaximumRetryAttempts": schedule.retries},
        });
        if let Some(input) = &schedule.input {
            target["Input"] = json!(input);
        }
        if let Some(arn) = &schedule.dead_letter_arn {
            target["DeadLetterConfig"] = json!({ "Arn": arn });
        }
        let body = json!({
            "ScheduleExpression": schedule.expression,
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "State": if schedule.enabled && running { "ENABLED" } else { "DISABLED" },
            "Target": target,
        });
        emulator
            .scheduler()
            .put(&schedule.id, &body)
            .map_err(|source| HostError::Resource {
                what: schedule.id.clone(),
                source: source.into(),
            })?;
    }
    Ok(())
}
