//! SAM functions.

use serde_json::Value;

use super::collect::Resource;
use super::error::TemplateError;
use super::model::{Deployment, Function};
use super::stack::scalar;

type Result<T> = std::result::Result<T, TemplateError>;

/// Lambda's own limits: 128 to 10,240 MB and at most 900 s.
const MEMORY_MB: std::ops::RangeInclusive<u32> = 128..=10_240;
const TIMEOUT_SECONDS: std::ops::RangeInclusive<u32> = 1..=900;

/// Adds the function, its implicit role, and what its events describe.
pub(super) fn collect(resource: &Resource<'_>, found: &mut Deployment) -> Result<()> {
    let handler = resource
        .text("Handler")
        .ok_or_else(|| resource.place.child("Handler").error("is missing"))?;
    let binary = match resource
        .metadata
        .and_then(|m| m.get("BuildProperties")?.get("Binary"))
    {
        Some(value) => resource.loader.text(
            resource.stack,
            value,
            &resource.place.child("Metadata.BuildProperties.Binary"),
        )?,
        None => handler.split('.').next().unwrap_or(&handler).to_owned(),
    };
    let role_arn = match resource.text("Role") {
        Some(arn) => arn,
        None => {
            let role = super::roles::implicit(resource)?;
            let arn = role.arn.clone();
            found.roles.push(role);
            arn
        }
    };
    let mut environment = std::collections::BTreeMap::new();
    if let Some(variables) = resource
        .get("Environment")
        .and_then(|e| e.get("Variables"))
        .and_then(Value::as_object)
    {
        for (name, value) in variables {
            environment.insert(name.clone(), scalar(value));
        }
    }
    let memory_mb = resource.number("MemorySize", 128)?;
    if !MEMORY_MB.contains(&memory_mb) {
        return Err(resource
            .place
            .child("MemorySize")
            .error("Lambda takes 128 to 10240 MB"));
    }
    let timeout_seconds = resource.number("Timeout", 3)?;
    if !TIMEOUT_SECONDS.contains(&timeout_seconds) {
        return Err(resource
            .place
            .child("Timeout")
            .error("Lambda takes 1 to 900 seconds"));
    }
    let reserved_concurrency = match resource.get("ReservedConcurrentExecutions") {
        None => None,
        Some(_) => Some(resource.number("ReservedConcurrentExecutions", 0)?),
    };
    let function = Function {
        logical_id: resource.logical_id.into(),
        stack: resource.stack.name.clone(),
        arn: resource.loader.function_arn(&resource.name),
        name: resource.name.clone(),
        handler,
        binary,
        environment,
        memory_mb,
        timeout_seconds,
        role_arn,
        json_logs: resource
            .get("LoggingConfig")
            .and_then(|c| c.get("LogFormat"))
            .is_some_and(|f| f == "JSON"),
        reserved_concurrency,
    };
    super::events::collect(resource, &function, found)?;
    found.functions.push(function);
    Ok(())
}
